//! What one side alone does not undo, and what all sides together do: docs/record.md.

use crate::office::Office;
use crate::states::{letter, listed, owed};

const CASES: &str = "\n[events.grievance]\ntitle = \"Grievance\"\nrepeats = true\n";

const LAUNCH: &str = "\n[events.launch]\ntitle = \"Launch\"\n";

/// A letter in effect since the beginning of 2014.
fn since_2014(rest: &str) -> Office {
    letter(&format!(
        "effective = 2014-01-01\nexpires = 2015-12-31\ntracked_from = 2014-01-01\n{rest}"
    ))
}

/// The same, where a claim is accepted once another party has confirmed it.
fn with_confirmation(how: &str, rest: &str) -> Office {
    since_2014(&format!("confirmation = \"{how}\"\n{rest}"))
}

#[test]
fn a_series_and_a_standing_duty_end_where_all_agreed_that_they_do() {
    let talks = owed("talks", "every = \"quarterly\"");
    let stand_by = owed("stand_by", "owed_by = [\"dha\"]");
    let office = since_2014(&format!("{talks}{stand_by}"));
    for id in ["talks", "stand_by"] {
        office.prints(&format!(
            "record ended letter/{id} --on 2014-07-15 --by upe --today 2014-05-01"
        ));
    }
    let all = listed(&office, "due --all --today 2014-10-02");
    assert!(
        all.contains("talks overdue opens 2014-07-01 due 2014-09-30"),
        "{all}"
    );
    for id in ["talks", "stand_by"] {
        office.prints(&format!(
            "record ended letter/{id} --on 2014-07-15 --by dha --today 2014-05-01"
        ));
    }
    let all = listed(&office, "due --all --today 2014-10-02");
    assert!(
        all.contains("talks overdue opens 2014-04-01 due 2014-06-30"),
        "{all}"
    );
    assert!(!all.contains("2014-09-30"), "{all}");
    assert!(all.contains("stand_by ended"), "{all}");
    let why = office.prints("why letter/talks --on 2014-06-30 --today 2014-10-02");
    assert!(
        why.contains("all parties agreed that it ends on Tuesday 15 July 2014"),
        "{why}"
    );
    let refused = office.fails(
        2,
        "record disputed letter/stand_by --on 2014-07-16 --by upe --today 2014-10-02",
    );
    assert!(
        refused.contains("`stand_by` ended on 15 July 2014"),
        "{refused}"
    );
}

#[test]
fn an_earlier_day_that_one_side_claims_late_takes_away_neither_a_limit_nor_a_term() {
    let meeting = owed("meeting", "due = \"30 days after launch\"");
    let harmless = owed(
        "harmless",
        "lasts = \"3 months from launch\"\n[obligations.renewal]\nhow = \"at_option\"\nby = [\"upe\"]\nfor = \"up to 3 months\"\ntimes = 1",
    );
    let office = with_confirmation("required", &format!("{meeting}{harmless}{LAUNCH}"));
    let text = office.read("agreements/letter.md");
    let office = office.file(
        "agreements/letter.md",
        text.replace("tracked_from = 2014-01-01\n", ""),
    );
    office.prints("run --today 2014-03-21");
    office.prints("record happened letter/launch --on 2014-03-20 --by upe --today 2014-03-21");
    assert!(
        listed(&office, "due --all --today 2014-04-25").contains("meeting overdue due 2014-04-19")
    );
    office.prints("record happened letter/launch --on 2014-01-10 --by dha --today 2014-04-25");
    let all = listed(&office, "due --all --today 2014-04-25");
    assert!(all.contains("meeting overdue due 2014-04-19"), "{all}");
    assert!(all.contains("harmless running due 2014-06-20"), "{all}");
    let why = office.prints("why letter/meeting --today 2014-04-25");
    assert!(
        why.contains(
            "Another reading would give Sunday 9 February 2014: if `launch` was on 10 January 2014"
        ) && why.contains("by the earlier nothing would be left, so the later is used"),
        "{why}"
    );
    // Its party has its option still.
    let said =
        office.prints("record renewed letter/harmless --to 2014-09-01 --by upe --today 2014-05-20");
    assert!(said.contains("It holds"), "{said}");
    // An earlier day within the time that is watched is reminded of, as ever.
    office.prints("record struck letter --entry 2 --by dha --today 2014-05-21");
    office.prints("record happened letter/launch --on 2014-03-10 --by dha --today 2014-05-21");
    assert!(
        listed(&office, "due --all --today 2014-05-22").contains("meeting overdue due 2014-04-09")
    );
}

#[test]
fn what_follows_from_a_case_stays_with_it_as_long_as_anybody_speaks_of_it() {
    let answer = owed(
        "answer",
        "owed_by = [\"dha\"]\ndue = \"15 days after grievance\"",
    );
    for (first, second) in [("2014-02-05", "2014-02-05"), ("2014-02-03", "2014-02-05")] {
        let office = since_2014(&format!("{answer}{CASES}")).on("2014-02-10");
        office.prints(&format!(
            "record happened letter/grievance --on {first} --for A --by dha"
        ));
        office.prints(&format!(
            "record happened letter/grievance --on {second} --for A --by upe"
        ));
        office.prints("record met letter/answer --on 2014-02-09 --by dha");
        office.prints("record confirmed letter/answer --by upe");
        office.prints("record struck letter --entry 1 --by dha");
        assert_eq!(
            listed(&office, "due --all"),
            "answer met due 2014-02-20 for A\nexpiration running due 2015-12-31"
        );
    }
}

#[test]
fn what_a_new_day_leaves_without_its_occurrence_is_named_at_once() {
    let talks = owed("talks", "every = \"every 4 weeks from launch\"\ntimes = 4");
    let office = with_confirmation("required", &format!("{talks}{LAUNCH}"));
    office.prints("record happened letter/launch --on 2014-02-02 --by upe --today 2014-02-02");
    office.prints("record met letter/talks --occurrence 2014-02-02 --on 2014-02-02 --by upe --today 2014-02-03");
    office.prints("record confirmed letter/talks --by dha --today 2014-02-03");
    let said =
        office.prints("record happened letter/launch --on 2014-01-30 --by dha --today 2014-02-22");
    assert!(
        said.contains("Entry 2 speaks of an occurrence that there is no more, and what was said counts for nothing as it stands: where another is meant, strike it out and enter it anew for that one."),
        "{said}"
    );
    assert!(office.prints("check --today 2014-02-22").contains(
        "entry 2 of the record speaks of an occurrence of `letter/talks` that there is no more"
    ));
}

#[test]
fn an_option_is_taken_back_by_all_once_what_it_was_used_for_has_begun() {
    let office = letter(
        "effective = 2014-01-01\nexpires = 2014-06-30\ntracked_from = 2014-01-01\n[renewal]\nhow = \"at_option\"\nby = [\"dha\"]\nfor = \"6 months\"\n",
    );
    office.prints("record renewed letter --by dha --today 2014-05-15");
    let early = office.prints("record struck letter --entry 1 --by dha --today 2014-05-16");
    assert!(!early.contains("stands until"), "{early}");
    office.prints("record renewed letter --by dha --today 2014-05-17");
    let late = office.prints("record struck letter --entry 3 --by dha --today 2014-10-05");
    assert!(late.contains("it stands until"), "{late}");
    assert!(
        listed(&office, "due --all --today 2014-10-06")
            .contains("expiration running due 2014-12-30")
    );
    office.prints("record struck letter --entry 3 --by upe --today 2014-10-06");
    assert!(
        listed(&office, "due --all --today 2014-10-06").contains("expiration ended due 2014-06-30")
    );
}

#[test]
fn one_partys_notice_ends_nothing_that_all_have_agreed_goes_on() {
    let term = owed(
        "term",
        "lasts = \"3 months from effective\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"3 months\"\nnotice = \"at least 5 days before expiration\"",
    );
    let office = since_2014(&term);
    let ends = |office: &Office| listed(office, "due --all --today 2014-03-26");
    office.prints("record notice letter/term --on 2014-03-20 --by dha --today 2014-03-20");
    assert!(
        ends(&office).contains("term running due 2014-04-01"),
        "{}",
        ends(&office)
    );
    for by in ["upe", "dha"] {
        office.prints(&format!(
            "record renewed letter/term --to 2014-07-31 --by {by} --today 2014-03-22"
        ));
    }
    let agreed = ends(&office);
    assert!(agreed.contains("2014-07-31"), "{agreed}");
    let said =
        office.prints("record notice letter/term --on 2014-03-25 --by dha --today 2014-03-25");
    assert_eq!(ends(&office), agreed, "{said}");
    let why = office.prints("why letter/term --on 2014-04-01 --today 2014-03-26");
    assert!(
        why.contains("after all parties had agreed that it goes on"),
        "{why}"
    );
    // All together name any later day for the period that comes, however far the list reaches.
    let office = since_2014(&term);
    for by in ["upe", "dha"] {
        office.prints(&format!(
            "record renewed letter/term --to 2014-05-31 --by {by} --today 2014-02-06"
        ));
    }
    assert!(
        listed(&office, "due --all --today 2014-04-02").contains("term running due 2014-05-31")
    );
}

#[test]
fn a_late_notice_that_nobody_disputed_in_its_time_is_not_undone_much_later() {
    let term = owed(
        "term",
        "lasts = \"3 months from effective\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"3 months\"\nnotice = \"at least 15 days before expiration\"",
    );
    let office = with_confirmation("required", &term);
    office.prints("record notice letter/term --on 2014-03-10 --by dha --today 2014-03-20");
    let rows = || office.types("due --all --format json --today 2014-11-04");
    let ended = rows();
    assert!(ended.stdout.contains("\"state\": \"ended\""), "{ended:?}");
    office.prints("record disputed letter --entry 1 --by upe --today 2014-11-03");
    assert_eq!(rows().stdout, ended.stdout);
    assert!(rows().stderr.contains("the notice is disputed"));
}

#[test]
fn a_day_that_all_agreed_on_stays_where_they_skip_it_too() {
    let answer = owed(
        "answer",
        "owed_by = [\"dha\"]\ndue = \"30 days after effective\"",
    );
    let office = since_2014(&answer);
    for by in ["upe", "dha"] {
        office.prints(&format!(
            "record moved letter/answer --to 2014-03-30 --by {by} --today 2014-01-10"
        ));
    }
    for by in ["upe", "dha"] {
        office.prints(&format!(
            "record waived letter/answer --by {by} --today 2014-03-20"
        ));
    }
    assert!(
        listed(&office, "due --all --today 2014-03-21").contains("answer waived due 2014-03-30")
    );
    office.prints("record met letter/answer --on 2014-03-26 --by dha --today 2014-03-26");
    office.prints("record confirmed letter/answer --by upe --today 2014-03-27");
    assert!(listed(&office, "due --all --today 2014-03-28").contains("answer met due 2014-03-30"));
}

#[test]
fn a_letter_whose_signing_is_disputed_changes_nothing_until_that_is_settled() {
    let boards = owed("boards", "owed_by = [\"dha\"]");
    let office = since_2014(&boards).file(
        "agreements/later.md",
        crate::states::agreement(
            "Later",
            "amends = [\"letter\"]\n[changes]\n\"letter/boards\" = \"void\"\n",
        ),
    );
    office.prints("record happened later/signing --on 2014-03-01 --by dha --today 2014-03-02");
    assert!(listed(&office, "due --all --today 2014-03-03").contains("boards superseded"));
    office.prints("record disputed later --entry 1 --by upe --today 2014-03-03");
    let all = listed(&office, "due --all --today 2014-03-04");
    assert!(all.contains("boards standing"), "{all}");
    office.prints("record confirmed later --entry 1 --by upe --today 2014-03-05");
    assert!(listed(&office, "due --all --today 2014-03-06").contains("boards superseded"));
}

#[test]
fn what_was_done_about_a_case_that_was_struck_out_counts_for_no_other_in_the_same_words() {
    let answer = owed(
        "answer",
        "owed_by = [\"dha\"]\ndue = \"15 days after grievance\"",
    );
    let office = since_2014(&format!("{answer}{CASES}"));
    office.prints(
        "record happened letter/grievance --on 2014-01-19 --for Nine --by upe --today 2014-01-20",
    );
    office.prints("record met letter/answer --on 2014-01-21 --by dha --today 2014-01-22");
    office.prints("record confirmed letter/answer --by upe --today 2014-01-22");
    office.prints(
        "record happened letter/grievance --on 2014-03-19 --for Nine --by upe --today 2014-03-20",
    );
    office.prints("record struck letter --entry 1 --by upe --today 2014-03-24");
    let all = listed(&office, "due --all --today 2014-03-24");
    assert!(all.contains("answer open due 2014-04-03 for Nine"), "{all}");
}

#[test]
fn what_hangs_on_a_thing_goes_by_the_same_of_two_claimed_days() {
    let rest = [
        owed("harmless", "lasts = \"3 months from launch\""),
        owed("after", "due = \"10 days after harmless\""),
        owed("meeting", "due = \"30 days after launch\""),
        owed("fee", "due = \"15 days after meeting is missed\""),
    ]
    .concat();
    let office = with_confirmation("required", &format!("{rest}{LAUNCH}"));
    let text = office.read("agreements/letter.md");
    let office = office.file(
        "agreements/letter.md",
        text.replace("2014-01-01\nexpires", "2013-01-01\nexpires")
            .replace("tracked_from = 2014-01-01\n", ""),
    );
    office.prints("run --today 2014-01-02");
    office.prints("record happened letter/launch --on 2014-02-20 --by upe --today 2014-03-01");
    let one_day = listed(&office, "due --all --today 2014-04-10");
    assert!(
        one_day.contains("fee open due 2014-04-06")
            || one_day.contains("fee overdue due 2014-04-06"),
        "{one_day}"
    );
    office.prints("record happened letter/launch --on 2013-11-01 --by dha --today 2014-03-02");
    assert_eq!(listed(&office, "due --all --today 2014-04-10"), one_day);
}

#[test]
fn a_term_that_renews_itself_does_not_move_by_one_sides_later_day() {
    let term = owed(
        "term",
        "lasts = \"3 months from launch\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"3 months\"\nnotice = \"at least 1 month before expiration\"",
    );
    let office = with_confirmation("required", &format!("{term}{LAUNCH}"));
    office.prints("record happened letter/launch --on 2014-01-10 --by upe --today 2014-01-15");
    let before = listed(&office, "due --all --today 2014-05-20");
    assert!(before.contains("term deciding due 2014-07-10"), "{before}");
    office.prints("record happened letter/launch --on 2014-03-25 --by dha --today 2014-05-20");
    assert_eq!(listed(&office, "due --all --today 2014-05-20"), before);
}

#[test]
fn who_has_confirmed_a_signing_undoes_nothing_by_a_change_of_mind() {
    let boards = owed("boards", "owed_by = [\"dha\"]");
    let later = |signed: &str| {
        crate::states::agreement(
            "Later",
            &format!("{signed}amends = [\"letter\"]\n[changes]\n\"letter/boards\" = \"void\"\n"),
        )
    };
    let office = since_2014(&boards).file("agreements/later.md", later(""));
    office.prints("record happened later/signing --on 2014-03-01 --by upe --today 2014-03-02");
    office.prints("record confirmed later --entry 1 --by dha --today 2014-03-03");
    office.prints("record disputed later/signing --entry 1 --by dha --today 2015-03-03");
    assert!(listed(&office, "due --all --today 2015-03-04").contains("boards superseded"));
    // Nor does one side undo what the file says is signed.
    let office = since_2014(&boards).file("agreements/later.md", later("signed = 2014-03-01\n"));
    office.prints("record happened later/signing --on 2014-03-01 --by upe --today 2014-03-02");
    office.prints("record disputed later/signing --entry 1 --by dha --today 2014-03-03");
    assert!(listed(&office, "due --all --today 2014-03-04").contains("boards superseded"));
}

#[test]
fn what_was_moved_before_the_end_of_its_series_stays_owed() {
    let talks = owed("talks", "every = \"by the last day of each quarter\"");
    let office = since_2014(&talks);
    for by in ["upe", "dha"] {
        office.prints(&format!(
            "record moved letter/talks --occurrence 2014-09-30 --to 2014-08-01 --by {by} --today 2014-05-01"
        ));
    }
    for by in ["upe", "dha"] {
        office.prints(&format!(
            "record ended letter/talks --on 2014-08-15 --by {by} --today 2014-05-01"
        ));
    }
    let all = listed(&office, "due --all --today 2014-05-02");
    assert!(all.contains("talks scheduled due 2014-08-01"), "{all}");
    assert!(!all.contains("2014-12-31"), "{all}");
}

#[test]
fn what_was_done_long_ago_in_a_term_that_renews_itself_is_not_gone() {
    let notice = owed("report", "due = \"10 days before expiration\"");
    let office = letter(&format!(
        "effective = 2010-01-01\nexpires = 2010-01-31\ntracked_from = 2010-01-01\n[renewal]\nhow = \"automatic\"\nfor = \"1 month\"\n{notice}"
    ));
    office.prints("record met letter/report --occurrence 2010-01-21 --on 2010-01-20 --by upe --today 2010-01-20");
    assert!(
        !office
            .prints("check --today 2013-01-20")
            .contains("gone-since-recorded")
    );
}

#[test]
fn what_all_renew_beyond_its_last_day_leaves_the_period_before_as_it_was() {
    let office = letter(
        "effective = 2013-01-01\nexpires = 2013-12-31\ntracked_from = 2013-01-01\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nuntil = 2014-06-30\n",
    );
    let before = listed(&office, "due --all --today 2014-02-04");
    assert!(
        before.contains("expiration running due 2014-06-30"),
        "{before}"
    );
    for by in ["upe", "dha"] {
        office.prints(&format!(
            "record renewed letter --to 2014-09-30 --by {by} --today 2014-02-03"
        ));
    }
    let after = listed(&office, "due --all --today 2014-02-04");
    assert!(
        after.contains("expiration running due 2014-06-30"),
        "{after}"
    );
    assert!(
        after.contains("expiration scheduled due 2014-09-30"),
        "{after}"
    );
}
