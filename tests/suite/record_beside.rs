//! What `record` says beside an entry, and what it refuses with what there is instead: docs/record.md.

use crate::office::Office;
use crate::record_clocks::{memorandum, of};
use crate::states::{letter, owed};
use insta::assert_snapshot;

const RENEWED_AT_OPTION: &str =
    "\n[renewal]\nhow = \"at_option\"\nby = [\"dha\"]\nfor = \"2 years\"\n";

#[test]
fn the_new_end_of_an_option_is_told_however_far_off_it_is() {
    let office = memorandum(RENEWED_AT_OPTION, &[]);
    assert_snapshot!(office.prints("record renewed mou --by dha --today 2026-11-20"), @r#"
    Entry 1: DHA agrees to renew "MOU".
    To strike it out: sideletter record struck mou --entry 1 --by dha
    It holds: the agreement leaves it to the option of DHA.

    What follows from it:
      Expiration of the agreement: 31 December 2026 (running)
      Expiration of the agreement: 31 December 2028 (scheduled)
    "#);
    assert_eq!(
        of(&office, "expiration", "2026-11-21"),
        [
            "expiration running due 2026-12-31",
            "expiration scheduled due 2028-12-31"
        ]
    );
}

#[test]
fn what_hangs_on_an_overdue_day_of_a_series_stays_listed() {
    let office = memorandum(
        &[
            owed(
                "rounds",
                "owed_by = [\"dha\"]\nevery = \"monthly on the 10th\"",
            ),
            owed(
                "respond",
                "owed_by = [\"upe\"]\ndue = \"5 days after each rounds\"",
            ),
        ]
        .concat(),
        &[],
    );
    assert_eq!(
        of(&office, "respond", "2026-01-20")[..2],
        [
            "respond waiting due 2026-01-15 for 2026-01-10 projected waits for rounds",
            "respond waiting due 2026-02-15 for 2026-02-10 projected waits for rounds",
        ]
    );
    office.prints("why mou/respond --for 2026-01-10 --today 2026-01-20");
    // An older one is not: nothing is recorded of what it hangs on, and the next has fallen due.
    assert_eq!(
        of(&office, "respond", "2026-02-20")[..1],
        ["respond waiting due 2026-02-15 for 2026-02-10 projected waits for rounds"]
    );
}

/// An office that UPE keeps.
fn kept(rest: &str) -> Office {
    letter(&format!(
        "effective = 2026-01-01\ntracked_from = 2026-01-01\n{rest}"
    ))
    .file(
        "sideletter.toml",
        "[office]\nkeeper = \"upe\"\nconfirmation = \"required\"\n",
    )
    .file("paper.pdf", "DHA says so.")
    .on("2026-02-10")
}

#[test]
fn who_may_not_see_an_entry_is_not_named_as_who_may_answer_it() {
    let office = kept(&owed(
        "secret",
        "owed_by = [\"upe\"]\ndue = \"2026-03-01\"\nvisibility = \"upe\"",
    ));
    assert_snapshot!(office.prints("record met letter/secret --on 2026-02-09"), @r#"
    Entry 1: UPE says that "Title of secret" was done on Monday 9 February 2026.
    To strike it out: sideletter record struck letter --entry 1
    DHA may not see it, and is not asked about it.

    What follows from it:
      Title of secret: 1 March 2026 (reported)
    "#);
}

#[test]
fn what_the_keeper_confirms_of_its_own_entry_waits_for_the_partys_own_word() {
    let office = kept(&owed("report", "owed_by = [\"dha\"]\ndue = \"2026-03-01\""));
    office.prints("record met letter/report --on 2026-02-09 --by dha");
    assert_snapshot!(office.prints("record confirmed letter/report"), @"
    Entry 2: UPE confirms entry 1.
    To strike it out: sideletter record struck letter --entry 2
    Entry 1 was entered for DHA without its own words, and waits for those: sideletter record confirmed letter --entry 1 --by dha --evidence FILE
    ");
}

#[test]
fn a_day_beside_that_of_the_file_says_so() {
    let office = memorandum(
        &format!(
            "confirmation = \"required\"\n\n[events.launch]\ntitle = \"Launch\"\ndate = 2026-02-01\n{}",
            owed(
                "report",
                "owed_by = [\"dha\"]\ndue = \"10 days after launch\""
            )
        ),
        &[],
    );
    assert_snapshot!(office.prints("record happened mou/launch --on 2026-02-03 --by dha --today 2026-02-04"), @r#"
    Entry 1: DHA says that "Launch" happened on Tuesday 3 February 2026.
    To strike it out: sideletter record struck mou --entry 1 --by dha
    Its file gives 1 February 2026, so that two days are claimed: both are shown until one of them is confirmed or taken back.
    UPE may answer: sideletter record confirmed mou --entry 1 --by upe, or `disputed` in its place
    "#);
}

#[test]
fn to_dispute_notice_that_was_entered_in_time_changes_no_day_and_says_so() {
    let office = memorandum(
        "\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"between 90 and 60 days before expiration\"\n",
        &[],
    );
    office.prints("record notice mou/renewal --on 2026-10-15 --by upe --today 2026-10-15");
    assert_snapshot!(office.prints("record disputed mou/renewal --by dha --today 2026-10-16"), @"
    Entry 2: DHA disputes entry 1.
    To strike it out: sideletter record struck mou --entry 2 --by dha
    Entry 1 is disputed: DHA says otherwise. It stays so until one side confirms the other's word or strikes out its own.
    No day changes with that: notice that was given and entered in time counts, whatever another party says of it.
    ");
}

#[test]
fn an_event_that_a_later_letter_has_of_its_own_is_named_where_the_old_one_is_recorded() {
    let event = "\n[events.grievance]\ntitle = \"A grievance\"\nrepeats = true\n";
    let office = memorandum(
        &format!(
            "{event}{}",
            owed(
                "reply",
                "owed_by = [\"dha\"]\ndue = \"10 days after grievance\""
            )
        ),
        &[(
            "later",
            &format!(
                "signed = 2026-02-10\neffective = 2026-03-01\namends = [\"mou\"]\n{event}{}",
                owed(
                    "reply_anew",
                    "owed_by = [\"dha\"]\ndue = \"5 days after grievance\"\nreplaces = \"mou/reply\""
                )
            ),
        )],
    );
    assert_snapshot!(office.prints("record happened mou/grievance --on 2026-03-04 --for Case-12 --by upe --today 2026-03-05"), @r#"
    Entry 1: UPE says that "A grievance" (Case-12) happened on Wednesday 4 March 2026.
    To strike it out: sideletter record struck mou --entry 1 --by upe
    DHA may answer: sideletter record confirmed mou --entry 1 --by dha, or `disputed` in its place
    `later/reply_anew` stands in the place of `reply` and follows from `later/grievance`; if it is that which happened: sideletter record happened later/grievance --on 2026-03-04 --for "Case-12"

    What follows from it:
      Title of reply (Case-12): 14 March 2026 (superseded)
    "#);
}

#[test]
fn one_sides_word_that_is_enough_is_not_called_confirmed() {
    let office = memorandum(
        &format!(
            "confirmation = \"none\"\n{}",
            owed("report", "owed_by = [\"dha\"]\ndue = \"2026-03-01\"")
        ),
        &[],
    );
    office.prints("record met mou/report --on 2026-02-09 --by dha --today 2026-02-10");
    assert_snapshot!(office.prints("log --today 2026-02-10"), @"
    no.  entered           what            day         by   remark
    1    2026-02-10 09:00  met mou/report  2026-02-09  DHA  [holds on one side's word]
    ");
}

#[test]
fn a_remark_names_only_what_there_is() {
    let office = memorandum(
        &format!(
            "\n[events.grievance]\ntitle = \"A grievance\"\nrepeats = true\n{}{}",
            owed(
                "reply",
                "owed_by = [\"dha\"]\ndue = \"10 days after grievance\""
            ),
            owed("report", "owed_by = [\"dha\"]\ndue = \"2026-03-01\"")
        ),
        &[],
    )
    .on("2026-02-10");
    office.prints("record happened mou/grievance --on 2026-02-09 --for Case-12 --by upe");
    let note = "--note seen --by upe";
    assert_snapshot!(office.fails(2, &format!("record noted mou/reply --for Case-13 {note}")), @r#"sideletter: `reply` has no occurrence for "Case-13"; there are: --for "Case-12". Another case is recorded first: sideletter record happened mou/grievance --on DATE --for "Case-13""#);
    assert_snapshot!(office.fails(2, &format!("record noted mou/grievance --for Case-13 {note}")), @r#"sideletter: no time of `grievance` is recorded for "Case-13"; `sideletter log mou` lists those that are. Another is recorded first: sideletter record happened mou/grievance --on DATE --for "Case-13""#);
    assert_snapshot!(office.fails(2, &format!("record noted mou/report --for Case-12 {note}")), @"sideletter: `report` is not owed for one case and another, so there is no --for; leave it out");
    assert_snapshot!(office.fails(2, &format!("record noted mou --for Case-12 {note}")), @"sideletter: --for says which of what comes more than once; name what that is, as AGREEMENT/OBLIGATION, or leave it out");
    office.prints(&format!("record noted mou/reply --for Case-12 {note}"));
    office.prints(&format!("record noted mou/grievance --for Case-12 {note}"));
}

#[test]
fn what_is_tentative_erased_or_ends_for_good_is_refused_with_the_reason() {
    let office = memorandum(
        &owed("no_quota", "owed_by = [\"dha\"]"),
        &[(
            "draft_letter",
            &format!(
                "status = \"tentative\"\n{}",
                owed("no_overtime", "owed_by = [\"dha\"]")
            ),
        )],
    )
    .on("2026-02-10");
    assert_snapshot!(office.fails(2, "record disputed draft_letter/no_overtime --on 2026-02-09 --by upe"), @r#"sideletter: `draft_letter` is tentative, so nothing is owed under it yet; to keep a remark: sideletter record noted draft_letter/no_overtime --note "...""#);
    assert_snapshot!(office.fails(2, "record moved mou/expiration --to 2027-01-31 --by upe"), @r#"sideletter: the end of an agreement is brought forward as `ended`: sideletter record ended mou --on DATE; it names no renewal, so a later day is for a later agreement to give, with [changes] in its file: "mou/expiration" = "DATE""#);
    office.prints("record disputed mou/no_quota --on 2026-02-09 --by upe");
    office.prints("record struck mou --entry 1 --erase --by upe");
    assert_snapshot!(office.fails(2, "record confirmed mou --entry 1 --by dha"), @"sideletter: entry 1 was struck out by entry 2, and its text is erased; `sideletter log mou` lists what stands");
}

#[test]
fn an_end_that_all_agreed_on_after_a_letter_took_it_away_is_no_superseded_one() {
    let office = memorandum(
        "",
        &[(
            "later",
            "signed = 2026-03-01\namends = [\"mou\"]\n\n[changes]\n\"mou/expiration\" = \"void\"\n",
        )],
    );
    assert_eq!(
        of(&office, "expiration", "2026-04-01"),
        ["expiration superseded due 2026-12-31"]
    );
    for party in ["upe", "dha"] {
        office.prints(&format!(
            "record ended mou --on 2026-09-30 --by {party} --today 2026-05-01"
        ));
    }
    assert_eq!(
        of(&office, "expiration", "2026-05-02"),
        ["expiration running due 2026-09-30"]
    );
}

#[test]
fn pages_do_not_mark_a_claim_that_their_readers_may_not_see() {
    let office = memorandum(
        &format!(
            "confirmation = \"required\"\n\n[events.launch]\ntitle = \"Launch\"\n{}",
            owed(
                "report",
                "owed_by = [\"dha\"]\ndue = \"10 days after launch\""
            )
        ),
        &[],
    );
    office.prints("record happened mou/launch --on 2026-02-01 --by upe --today 2026-02-04");
    office.prints(
        "record happened mou/launch --on 2026-02-03 --by dha --visibility parties --today 2026-02-04",
    );
    let due = office.prints("due --today 2026-02-05");
    assert!(due.contains("two days are claimed"), "{due}");
    office.prints("build --today 2026-02-05");
    for path in [
        "site/agreements/mou.html",
        "site/data.json",
        "site/agreements/mou.ics",
    ] {
        let page = office.read(path);
        assert!(!page.contains("two days are claimed"), "{path}: {page}");
        assert!(!page.contains("2026-02-13"), "{path}: {page}");
    }
}

#[test]
fn a_claimed_day_is_named_once_however_many_say_so() {
    let office = letter("signed = 2026-01-10\neffective = 2026-01-15\n");
    for party in ["upe", "dha"] {
        office.prints(&format!(
            "record happened letter/signing --on 2026-01-12 --by {party} --today 2026-02-01"
        ));
    }
    let found = office.types("check --today 2026-02-02");
    let found = found.stdout + &found.stderr;
    let named: Vec<&str> = found
        .lines()
        .filter(|line| line.contains("the record has another day"))
        .collect();
    assert_snapshot!(named.join("\n"), @"warning[date-against-the-record]: the record has another day for `signing`: 12 January 2026 (entry 1, by UPE, confirmed; entry 2, by DHA, confirmed)");
}
