//! What stays settled, and what is not settled yet: ends that all have confirmed, days that one side alone tells, conditions and
//! notice that are told of late: docs/record.md and docs/renewals.md.

use crate::office::Office;
use crate::record_ends::PARTIES;
use crate::states::{letter, listed, owed};

/// A contract that renews itself by years, with what hangs on its end.
fn evergreen(own: &str) -> Office {
    letter(&format!(
        "effective = 2013-07-01\nexpires = 2016-06-30\ntracked_from = 2013-07-01\n{own}\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"between 90 and 60 days before expiration\"\n{}{}",
        owed("report", "owed_by = [\"dha\"]\ndue = \"30 days before expiration\""),
        owed("accounts", "owed_by = [\"dha\"]\ndue = \"10 days after expiration\""),
    ))
    .file("parties.toml", PARTIES)
}

const REQUIRED: &str = "confirmation = \"required\"\n";

/// Both parties record the same.
fn both(office: &Office, act: &str, today: &str) -> String {
    office.prints(&format!("record {act} --by upe --today {today}"));
    office.prints(&format!("record {act} --by dha --today {today}"))
}

fn on(office: &Office, today: &str) -> String {
    listed(office, &format!("due --all --today {today}"))
}

/// What was reported of the first period, and confirmed.
fn with_a_report(own: &str) -> Office {
    let office = evergreen(own);
    office.prints("record met letter/report --occurrence 2016-05-31 --on 2016-05-20 --by dha --today 2016-05-21");
    office.prints("record confirmed letter --entry 1 --by upe --today 2016-05-22");
    office
}

#[test]
fn the_periods_that_had_run_stay_as_they_were_where_all_confirm_that_it_ended() {
    let agreed = with_a_report(REQUIRED);
    both(&agreed, "ended letter --on 2018-03-15", "2018-03-20");
    let office = with_a_report(REQUIRED);
    office.prints("record happened letter/expiration --on 2018-03-15 --by dha --today 2018-03-20");
    let said = office.prints("record confirmed letter --entry 3 --by upe --today 2018-03-20");
    assert!(!said.contains("there is no more"), "{said}");
    assert!(
        said.contains("Expiration of the agreement: 30 June 2018 -> 15 March 2018 (ended)"),
        "{said}"
    );
    let all = on(&office, "2018-03-22");
    assert_eq!(
        all,
        "report met due 2016-05-31\n\
         expiration renewed due 2016-06-30\n\
         report unrecorded due 2017-05-31\n\
         expiration renewed due 2017-06-30\n\
         report overdue due 2018-02-13\n\
         expiration ended due 2018-03-15\n\
         accounts open due 2018-03-25"
    );
    assert_eq!(all, on(&agreed, "2018-03-22"));
    // Nor does it call for another day in the file, whose end is that of the first period.
    let check = office.prints("check --today 2018-03-22");
    assert!(check.contains("no faults\n"), "{check}");
    let why = office.prints("why letter/accounts --today 2018-03-22");
    assert!(
        why.contains("[entry 3 of the record, by DHA; confirmed by UPE]")
            && !why.contains("it is renewed"),
        "{why}"
    );
    let why = agreed.prints("why letter/accounts --today 2018-03-22");
    assert!(
        why.contains("[entries 3 and 4 of the record, by UPE and DHA]"),
        "{why}"
    );
    // One side's word, where that is enough.
    let office = with_a_report("confirmation = \"none\"\n");
    office.prints("record happened letter/expiration --on 2018-03-15 --by dha --today 2018-03-20");
    assert_eq!(on(&office, "2018-03-22"), all);
}

#[test]
fn what_all_agreed_on_before_they_confirmed_an_end_names_the_periods_before_it() {
    let office = evergreen(REQUIRED);
    both(&office, "renewed letter --to 2016-12-31", "2016-05-10");
    both(
        &office,
        "happened letter/expiration --on 2018-03-15",
        "2018-03-20",
    );
    let ends: Vec<String> = on(&office, "2018-03-22")
        .lines()
        .filter(|line| line.starts_with("expiration"))
        .map(str::to_owned)
        .collect();
    assert_eq!(
        ends,
        [
            "expiration renewed due 2016-06-30",
            "expiration renewed due 2016-12-31",
            "expiration renewed due 2017-12-31",
            "expiration ended due 2018-03-15"
        ]
    );
    // And what they agree on since takes its place.
    both(&office, "renewed letter --to 2019-03-31", "2018-04-02");
    let all = on(&office, "2018-04-03");
    assert!(
        all.contains("expiration renewed due 2017-12-31")
            && all.contains("expiration scheduled due 2019-03-31"),
        "{all}"
    );
}

#[test]
fn an_objection_to_an_end_that_is_settled_is_kept_and_says_that_it_changes_nothing() {
    let office = evergreen(REQUIRED);
    office.prints("record happened letter/expiration --on 2018-03-15 --by dha --today 2018-03-20");
    office.prints("record confirmed letter --entry 1 --by upe --today 2018-03-21");
    let ended = on(&office, "2018-03-26");
    let said = office.prints("record disputed letter --entry 1 --by upe --today 2018-03-25");
    assert_eq!(
        said,
        "Entry 3: UPE disputes entry 1.\n\
         To strike it out: sideletter record struck letter --entry 3 --by upe\n\
         Entry 1 was settled for all parties with entry 2, and stays so: this is kept and changes nothing. Another day takes them all, as with: sideletter record ended letter --on DATE\n\
         UPE had confirmed it with entry 2.\n"
    );
    assert_eq!(on(&office, "2018-03-26"), ended);
    let log = office.prints("log --today 2018-03-26");
    assert!(
        log.contains("[UPE had confirmed it with entry 2; kept, and changes nothing: with entry 2 it was settled for all parties]"),
        "{log}"
    );
    let case = office.prints("log --case letter --today 2018-03-26");
    assert!(case.contains("kept, and changes nothing"), "{case}");
    // What all have agreed to is refused, with what to propose instead.
    both(&office, "ended letter --on 2018-03-20", "2018-03-26");
    for how in ["letter --entry 4", "letter/expiration"] {
        let refused = office.fails(
            2,
            &format!("record disputed {how} --by dha --today 2018-03-27"),
        );
        assert!(
            refused.contains("to change what was agreed, propose something else: sideletter record ended letter --on DATE, or record renewed letter --to DATE"),
            "{refused}"
        );
    }
}

#[test]
fn no_notice_is_asked_for_nor_counts_once_all_have_agreed_on_an_end() {
    // In the period after the one whose window is open.
    let office = evergreen(REQUIRED);
    let open = on(&office, "2016-04-10");
    assert!(
        open.contains("expiration deciding due 2016-06-30"),
        "{open}"
    );
    both(&office, "ended letter --on 2016-08-15", "2016-04-05");
    let agreed = on(&office, "2016-04-13");
    assert!(
        agreed.contains("expiration running due 2016-06-30")
            && agreed.contains("expiration scheduled due 2016-08-15")
            && agreed.contains("accounts scheduled due 2016-08-25"),
        "{agreed}"
    );
    let due = office.prints("due --today 2016-04-10");
    assert!(!due.contains("notice by"), "{due}");
    let mails = office.prints("remind --today 2016-04-10");
    assert!(!mails.contains("renewal_"), "{mails}");
    let said = office.prints("record notice letter --on 2016-04-12 --by dha --today 2016-04-12");
    assert!(
        said.contains("No day changes by it as things stand: notice was given on Tuesday 12 April 2016, says an entry that was made once it was settled that its last day is 15 August 2016: that stays."),
        "{said}"
    );
    assert_eq!(on(&office, "2016-04-13"), agreed);
    // In the same period, before its window.
    let office = evergreen(REQUIRED);
    both(&office, "ended letter --on 2016-05-15", "2016-03-05");
    let refused = office.fails(2, "why letter/renewal --today 2016-04-10");
    assert!(
        refused.contains("it is not renewed after that"),
        "{refused}"
    );
}

#[test]
fn notice_for_a_period_long_over_is_told_by_its_own_window() {
    let monthly = letter(
        "effective = 2013-01-01\nexpires = 2013-03-31\ntracked_from = 2013-01-01\nconfirmation = \"required\"\n\n[renewal]\nhow = \"automatic\"\nfor = \"1 month\"\nnotice = \"between 20 and 10 days before expiration\"\n",
    )
    .file("parties.toml", PARTIES);
    let said = monthly.prints("record notice letter --on 2013-03-15 --by dha --today 2017-08-01");
    assert!(
        said.contains(
            "It is entered 1594 days after the last day for notice, Thursday 21 March 2013"
        ) && said.contains("it counts once it is accepted, and until then it goes on.")
            && !said.contains("early")
            && !said.contains("What follows from it"),
        "{said}"
    );
    // Both see it at the period that holds, also when that is another than when it was entered.
    for today in ["2017-08-01", "2017-10-15"] {
        let due = monthly.prints(&format!("due --today {today}"));
        assert_eq!(
            due.matches("notice for an earlier period was entered once that had gone on, and is not accepted yet").count(),
            1,
            "{due}"
        );
        let why = monthly.prints(&format!("why letter/expiration --today {today}"));
        assert!(
            why.contains("notice was given on Friday 15 March 2013, says an entry that was made 1594 days after the last day for it"),
            "{why}"
        );
    }
    // Outside of its window it is flagged by that one, and waits for nothing.
    let said = monthly.prints("record notice letter --on 2013-06-02 --by dha --today 2017-08-02");
    assert!(
        said.contains("Notice may be given from Monday 10 June 2013: this is 8 days early."),
        "{said}"
    );
    monthly.prints("record confirmed letter --entry 1 --by upe --today 2017-08-03");
    let all = on(&monthly, "2017-08-03");
    assert!(
        all.starts_with("expiration ended due 2013-03-31") && all.lines().count() == 1,
        "{all}"
    );
}

#[test]
fn who_is_told_of_late_notice_reads_what_its_word_would_end() {
    let office = evergreen(REQUIRED);
    office.prints("record notice letter --on 2016-04-20 --by dha --today 2018-08-01");
    office.prints("remind --send --today 2018-08-01");
    let mail = office.prints("outbox show 1 --today 2018-08-01");
    assert!(
        mail.contains(
            "it counts once it is accepted, and that term then ended on Thursday 30 June 2016."
        ),
        "{mail}"
    );
    // Of notice that is entered in its time nothing is said of that.
    let office = evergreen(REQUIRED);
    office.prints("record notice letter --on 2016-04-20 --by dha --today 2016-04-21");
    office.prints("remind --send --today 2016-04-21");
    let mail = office.prints("outbox show 1 --today 2016-04-21");
    assert!(!mail.contains("then ended on"), "{mail}");
}

#[test]
fn what_late_notice_has_ended_by_the_word_of_all_no_change_of_mind_of_one_goes_on_with() {
    let office = evergreen(REQUIRED);
    office.prints("record notice letter --on 2016-04-20 --by dha --today 2018-08-01");
    office.prints("record confirmed letter --entry 1 --by upe --today 2018-08-02");
    let ended = on(&office, "2018-08-10");
    assert!(ended.contains("expiration ended due 2016-06-30"), "{ended}");
    let said = office.prints("record struck letter --entry 2 --by upe --today 2018-08-03");
    assert!(said.contains("so it stands until each party"), "{said}");
    assert_eq!(on(&office, "2018-08-10"), ended);
    office.prints("record disputed letter --entry 1 --by upe --today 2018-08-04");
    assert_eq!(on(&office, "2018-08-10"), ended);
    let why = office.prints("why letter/expiration --today 2018-08-10");
    assert!(why.contains("disputed by UPE"), "{why}");
}

#[test]
fn an_option_goes_on_with_nothing_that_all_have_confirmed_to_have_ended() {
    let office = letter(
        "effective = 2014-01-01\nexpires = 2014-12-31\ntracked_from = 2014-01-01\nconfirmation = \"required\"\n\n[renewal]\nhow = \"at_option\"\nby = [\"upe\"]\nfor = \"6 months\"\n",
    )
    .file("parties.toml", PARTIES);
    both(
        &office,
        "happened letter/expiration --on 2014-03-01",
        "2014-03-01",
    );
    let before = on(&office, "2014-03-02");
    assert_eq!(before, "expiration ended due 2014-03-01");
    for today in ["2014-03-01", "2014-03-02"] {
        office.types(&format!("record renewed letter --by upe --today {today}"));
        assert_eq!(on(&office, "2014-03-02"), before, "{today}");
    }
}

#[test]
fn what_was_owed_at_the_end_of_a_period_before_it_was_void_is_unrecorded_as_of_a_series() {
    let office = evergreen(REQUIRED).file(
        "agreements/later.md",
        crate::states::agreement(
            "Later",
            "signed = 2017-08-01\namends = [\"letter\"]\n[changes]\n\"letter\" = \"void\"\n",
        ),
    );
    assert_eq!(
        on(&office, "2018-03-01"),
        "report unrecorded due 2016-05-31\n\
         expiration renewed due 2016-06-30\n\
         report unrecorded due 2017-05-31\n\
         expiration renewed due 2017-06-30\n\
         report superseded due 2018-05-31\n\
         expiration superseded due 2018-06-30\n\
         accounts superseded due 2018-07-10 projected"
    );
}

/// A duty under a condition with a day that its words name, and what hangs on its being missed or done.
fn conditional() -> Office {
    letter(&format!(
        "effective = 2014-01-01\ntracked_from = 2014-01-01\n{REQUIRED}{}{}{}",
        owed(
            "quota",
            "owed_by = [\"dha\"]\nwhen = \"DHA sets a quota\"\ndue = \"2014-03-10\""
        ),
        owed("appeal", "due = \"15 days after quota is missed\""),
        owed("review", "due = \"20 days after quota\""),
    ))
    .file("parties.toml", PARTIES)
}

#[test]
fn what_is_owed_only_after_its_last_day_is_open_from_its_condition_on_and_past_no_day() {
    let office = conditional();
    let said =
        office.prints("record happened letter/quota --on 2014-03-20 --by upe --today 2014-03-22");
    assert!(
        said.contains("Its last day, 10 March 2014, had passed by then: it is owed from 20 March 2014 on, and no last day is left. All parties may agree on one: sideletter record moved letter/quota --to DATE")
            && said.contains("Title of quota: 10 March 2014 -> from 20 March 2014 (open)"),
        "{said}"
    );
    assert_eq!(
        on(&office, "2014-05-22"),
        "quota open opens 2014-03-20\n\
         appeal waiting waits for quota\n\
         review waiting waits for quota"
    );
    let why = office.prints("why letter/quota --today 2014-03-22");
    assert!(
        why.contains("its condition came about on Thursday 20 March 2014, after 10 March 2014: it is owed from then on, and no last day is left that it could be past"),
        "{why}"
    );
    let mails = office.prints("remind --today 2014-03-22");
    assert!(
        mails.contains("letter/quota: opens") && !mails.contains("overdue"),
        "{mails}"
    );
    // All may agree on a day, and what is done without one is not late.
    let done = conditional();
    done.prints("record happened letter/quota --on 2014-03-20 --by upe --today 2014-03-22");
    both(&done, "met letter/quota --on 2014-04-02", "2014-04-02");
    assert!(on(&done, "2014-04-03").contains("quota met opens 2014-03-20"));
    both(&office, "moved letter/quota --to 2014-04-01", "2014-03-24");
    let all = on(&office, "2014-04-03");
    assert!(
        all.contains("quota overdue due 2014-04-01") && all.contains("appeal open due 2014-04-16"),
        "{all}"
    );
}

#[test]
fn a_condition_that_came_about_in_time_and_is_told_of_late_moves_no_day_and_is_said_so() {
    let office = conditional();
    let said =
        office.prints("record happened letter/quota --on 2014-03-05 --by upe --today 2014-03-22");
    assert!(
        said.contains("Its last day, 10 March 2014, had passed when this was entered."),
        "{said}"
    );
    assert!(on(&office, "2014-03-22").contains("quota overdue due 2014-03-10"));
    let why = office.prints("why letter/quota --today 2014-03-22");
    assert!(
        why.contains("its condition came about on Wednesday 5 March 2014, which was told only after 10 March 2014"),
        "{why}"
    );
}

#[test]
fn nothing_was_done_late_against_a_day_that_is_not_settled() {
    let office = letter(&format!(
        "effective = 2014-01-01\ntracked_from = 2014-01-01\n{REQUIRED}{}{}\n[events.launch]\ntitle = \"Launch\"\n",
        owed("plan", "owed_by = [\"dha\"]\ndue = \"10 days after launch\""),
        owed("list", "owed_by = [\"upe\"]\ndue = \"10 days after plan\""),
    ))
    .file("parties.toml", PARTIES);
    office.prints("record happened letter/launch --on 2014-02-01 --by upe --today 2014-02-02");
    both(&office, "met letter/plan --on 2014-03-01", "2014-03-02");
    let state = |id: &str| {
        let all = on(&office, "2014-04-22");
        let line = all.lines().find(|line| line.starts_with(id));
        line.unwrap_or_default().to_owned()
    };
    assert_eq!(state("plan"), "plan met due 2014-02-11");
    // Once another party has accepted the day that it counts from, it was.
    office.prints("record confirmed letter/launch --by dha --today 2014-03-03");
    assert_eq!(state("plan"), "plan met_late due 2014-02-11");
    both(&office, "met letter/list --on 2014-03-20", "2014-03-21");
    assert_eq!(state("list"), "list met_late due 2014-03-11");
    // And no more where that is denied, at whatever remove.
    office.prints("record disputed letter --entry 2 --by dha --today 2014-03-25");
    assert_eq!(state("list"), "list met due 2014-03-11");
}

#[test]
fn nothing_was_done_late_against_a_day_that_is_only_expected() {
    let office = letter(&format!(
        "effective = 2014-01-01\ntracked_from = 2014-01-01\n{REQUIRED}{}{}",
        owed("plan", "owed_by = [\"dha\"]\ndue = \"2014-02-10\""),
        owed("list", "owed_by = [\"upe\"]\ndue = \"10 days after plan\""),
    ))
    .file("parties.toml", PARTIES);
    both(&office, "met letter/list --on 2014-03-01", "2014-03-02");
    let all = on(&office, "2014-03-03");
    assert!(all.contains("list met due 2014-02-20 projected"), "{all}");
}

#[test]
fn check_says_which_letter_takes_the_place_of_a_day_that_all_agreed_on() {
    let later = |rest: &str| {
        crate::states::agreement(
            "Later",
            &format!("signed = 2016-04-10\namends = [\"letter\"]\n{rest}"),
        )
    };
    let office = evergreen(REQUIRED).file(
        "agreements/later.md",
        later("[changes]\n\"letter/expiration\" = \"March 31, 2017\"\n"),
    );
    both(&office, "ended letter --on 2016-12-15", "2016-03-05");
    let check = office.prints("check --today 2016-04-12");
    assert!(
        check.contains("note[agreed-day-changed]: from 10 April 2016 on this holds for `letter/expiration`, 31 March 2017, and no longer the day that all parties agreed on: 15 December 2016 (entries 1 and 2)"),
        "{check}"
    );
    assert!(on(&office, "2016-04-12").contains("due 2017-03-31"));
    // Where that day is meant all the same, they may say so anew.
    let said = both(&office, "ended letter --on 2016-12-15", "2016-04-12");
    assert!(said.contains("2017 -> 15 December 2016"), "{said}");
    let check = office.prints("check --today 2016-04-13");
    assert!(!check.contains("agreed-day-changed"), "{check}");
}
