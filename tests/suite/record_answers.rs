//! What the others answer to a claim, and what follows: docs/record.md, "Claims and answers".

use crate::office::Office;
use crate::states::{letter, owed, stands};
use insta::assert_snapshot;

/// One that is due on 2 May 2014, what hangs on it, a standing duty and a running term.
fn office(top: &str) -> Office {
    letter(&format!(
        "tracked_from = 2014-01-01\n{top}\n[events.implementation]\ntitle = \"Implementation\"\n{}{}{}{}{}",
        owed("meeting", "due = \"30 days after implementation\""),
        owed("minutes", "due = \"10 days after meeting\""),
        owed("report", "due = \"May 2, 2014\""),
        owed("no_quota", ""),
        owed(
            "harmless",
            "lasts = \"from April 1, 2014 through June 30, 2014\""
        ),
    ))
}

/// The first line of what a command prints, and where it stands.
#[track_caller]
fn says(office: &Office, line: &str) -> String {
    let said = office.prints(line);
    said.lines()
        .filter(|line| !line.starts_with("To strike it out"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The state of one obligation.
#[track_caller]
fn state(office: &Office, obligation: &str, today: &str) -> String {
    let all = stands(office, today);
    let found = all.lines().find_map(|line| line.strip_prefix(obligation));
    found.unwrap().trim().to_owned()
}

#[test]
fn a_report_is_met_once_another_party_confirms_it() {
    let office = office("");
    office.prints("record met letter/report --on 2014-05-01 --by dha --today 2014-05-01");
    assert_eq!(
        state(&office, "report", "2014-05-01"),
        "reported due 2014-05-02"
    );
    assert_snapshot!(says(&office, "record confirmed letter/report --by upe --today 2014-05-03"), @"
    Entry 2: UPE confirms entry 1.
    Entry 1 is confirmed.

    What follows from it:
      Title of report: 2 May 2014 (met)
    ");
    assert_eq!(state(&office, "report", "2014-05-03"), "met due 2014-05-02");
    // Struck out, it is reported again.
    office.prints("record struck letter --entry 2 --by upe --today 2014-05-04");
    assert_eq!(
        state(&office, "report", "2014-05-04"),
        "reported due 2014-05-02"
    );
}

#[test]
fn a_report_that_is_disputed_is_disputed_until_one_side_comes_over() {
    let office = office("");
    office.prints("record met letter/report --on 2014-05-01 --by dha --today 2014-05-01");
    assert_snapshot!(says(&office, "record disputed letter --entry 1 --by upe --today 2014-05-03"), @"
    Entry 2: UPE disputes entry 1.
    Entry 1 is disputed: UPE says otherwise. It stays so until one side confirms the other's word or strikes out its own.

    What follows from it:
      Title of report: 2 May 2014 (disputed)
    ");
    assert_eq!(
        state(&office, "report", "2014-05-03"),
        "disputed due 2014-05-02"
    );
    // The latest word of each party counts, not the last of all.
    office.prints("record confirmed letter --entry 1 --by upe --today 2014-05-04");
    assert_eq!(state(&office, "report", "2014-05-04"), "met due 2014-05-02");
    office.prints("record disputed letter --entry 1 --by upe --today 2014-05-05");
    assert_eq!(
        state(&office, "report", "2014-05-05"),
        "disputed due 2014-05-02"
    );
    // Taken back, there is nothing to dispute.
    office.prints("record struck letter --entry 1 --by dha --today 2014-05-06");
    assert_eq!(
        state(&office, "report", "2014-05-06"),
        "overdue due 2014-05-02"
    );
}

#[test]
fn what_is_confirmed_after_its_last_day_is_met_late_by_its_day() {
    let office = office("");
    office.prints("record met letter/report --on 2014-05-04 --by dha --today 2014-05-05");
    office.prints("record confirmed letter/report --by upe --today 2014-05-20");
    assert_eq!(
        state(&office, "report", "2014-05-20"),
        "met_late due 2014-05-02"
    );
}

#[test]
fn with_confirmation_none_one_sides_word_is_enough_until_it_is_disputed() {
    let office = office("confirmation = \"none\"");
    office.prints("record met letter/report --on 2014-05-01 --by dha --today 2014-05-01");
    assert_eq!(state(&office, "report", "2014-05-01"), "met due 2014-05-02");
    office.prints("record disputed letter --entry 1 --by upe --today 2014-05-02");
    assert_eq!(
        state(&office, "report", "2014-05-02"),
        "disputed due 2014-05-02"
    );
}

#[test]
fn silence_accepts_nothing_until_a_message_has_asked() {
    let office = office("confirmation = \"silence\"");
    office.prints("record met letter/report --on 2014-05-01 --by dha --today 2014-05-01");
    assert_eq!(
        state(&office, "report", "2014-07-01"),
        "reported due 2014-05-02"
    );
}

#[test]
fn of_two_days_the_earlier_is_used_until_one_is_confirmed() {
    let office = office("");
    office.prints(
        "record happened letter/implementation --on 2014-03-03 --by dha --today 2014-03-12",
    );
    assert_snapshot!(says(&office, "record happened letter/implementation --on 2014-03-10 --by upe --today 2014-03-12"), @r#"
    Entry 2: UPE says that "Implementation" happened on Monday 10 March 2014.
    It is disputed: DHA says otherwise. It stays so until one side confirms the other's word or strikes out its own.
    "#);
    assert_eq!(
        state(&office, "meeting", "2014-03-12"),
        "open due 2014-04-02"
    );
    assert_snapshot!(office.prints("why letter/meeting --today 2014-03-12"), @r#"
    Title of meeting
    Letter
    Owed by UPE and DHA

    The words: "30 days after implementation"

      1. implementation is Monday 3 March 2014
         [entry 1 of the record, by DHA; entry 2 of the record, by UPE says 10 March 2014]
      2. 30 days after 3 March 2014 (the day itself is not counted): Wednesday 2 April 2014

    Last day: Wednesday 2 April 2014
    Another reading would give Wednesday 9 April 2014: if `implementation` was on 10 March 2014 (entry 2 of the record, by UPE)
         [two days are claimed; the earlier is used until one is confirmed or struck out]
    "#);
    // One claim is confirmed, and settles it.
    assert_snapshot!(says(&office, "record confirmed letter --entry 2 --by dha --today 2014-03-13"), @"
    Entry 3: DHA confirms entry 2.
    Entry 2 is confirmed.

    What follows from it:
      Title of meeting: 2 April 2014 -> 9 April 2014 (open)
      Title of minutes: 12 April 2014 -> 19 April 2014 (expected, waiting)
    ");
    assert_eq!(
        state(&office, "meeting", "2014-03-13"),
        "open due 2014-04-09"
    );
    assert_snapshot!(office.prints("why letter/meeting --today 2014-03-13"), @r#"
    Title of meeting
    Letter
    Owed by UPE and DHA

    The words: "30 days after implementation"

      1. implementation is Monday 10 March 2014
         [entry 2 of the record, by UPE; confirmed by DHA]
      2. 30 days after 10 March 2014 (the day itself is not counted): Wednesday 9 April 2014

    Last day: Wednesday 9 April 2014
    "#);
    assert_snapshot!(office.prints("log --today 2014-03-13"), @"
    no.  entered           what                                      day         by   remark
    1    2014-03-12 09:00  happened letter/implementation            2014-03-03  DHA  [replaced by entry 3, a later word of DHA]
    2    2014-03-12 09:00  happened letter/implementation            2014-03-10  UPE  [confirmed: DHA and UPE]
    3    2014-03-13 09:00  confirmed entry 2, letter/implementation              DHA
    ");
}

#[test]
fn a_day_in_the_file_is_a_claim_too() {
    let with_a_date = |keeper: &str| {
        let text = std::fs::read_to_string(office("").root().join("agreements/letter.md")).unwrap();
        let text = text.replace(
            "title = \"Implementation\"",
            "title = \"Implementation\"\ndate = 2014-03-03",
        );
        office("")
            .file("agreements/letter.md", text)
            .file("sideletter.toml", keeper)
    };
    let office = with_a_date("");
    office.prints(
        "record happened letter/implementation --on 2014-03-10 --by dha --today 2014-03-12",
    );
    assert_eq!(
        state(&office, "meeting", "2014-03-12"),
        "open due 2014-04-02"
    );
    office.prints("record confirmed letter/implementation --by upe --today 2014-03-12");
    assert_eq!(
        state(&office, "meeting", "2014-03-12"),
        "open due 2014-04-09"
    );
    // It is the keeper's, where there is one: another party that says the same has confirmed it.
    let office = with_a_date("[office]\nkeeper = \"upe\"\n");
    office.prints(
        "record happened letter/implementation --on 2014-03-03 --by dha --today 2014-03-12",
    );
    assert_snapshot!(office.prints("log --today 2014-03-12"), @"
    no.  entered           what                            day         by                   remark
    1    2014-03-12 09:00  happened letter/implementation  2014-03-03  DHA, entered by UPE
    ");
}

#[test]
fn what_hangs_on_a_report_is_dated_anew_when_it_is_struck_or_settled() {
    let office = office("");
    office.prints(
        "record happened letter/implementation --on 2014-03-03 --by dha --today 2014-03-12",
    );
    assert_eq!(
        state(&office, "minutes", "2014-03-12"),
        "waiting due 2014-04-12 projected waits for meeting"
    );
    office.prints("record met letter/meeting --on 2014-03-20 --by dha --today 2014-03-21");
    assert_eq!(
        state(&office, "minutes", "2014-03-21"),
        "open due 2014-03-30"
    );
    office.prints("record met letter/meeting --on 2014-03-25 --by upe --today 2014-03-26");
    assert_eq!(
        state(&office, "minutes", "2014-03-26"),
        "open due 2014-03-30"
    );
    office.prints("record confirmed letter --entry 3 --by dha --today 2014-03-26");
    assert_eq!(
        state(&office, "minutes", "2014-03-26"),
        "open due 2014-04-04"
    );
    office.prints("record struck letter --entry 4 --by dha --today 2014-03-27");
    office.prints("record struck letter --entry 3 --by upe --today 2014-03-27");
    office.prints("record struck letter --entry 2 --by dha --today 2014-03-27");
    assert_eq!(
        state(&office, "minutes", "2014-03-27"),
        "waiting due 2014-04-12 projected waits for meeting"
    );
}

#[test]
fn a_standing_duty_that_was_not_kept_is_disputed_and_a_running_term_goes_on() {
    let office = office("");
    assert_snapshot!(says(&office, "record disputed letter/no_quota --on 2014-04-10 --by upe --today 2014-04-11"), @r#"
    Entry 1: UPE says that "Title of no_quota" was not kept on Thursday 10 April 2014.
    DHA may answer: sideletter record confirmed letter --entry 1 --by dha, or `disputed` in its place

    What follows from it:
      Title of no_quota: disputed
    "#);
    assert_eq!(state(&office, "no_quota", "2014-04-11"), "disputed");
    assert_snapshot!(says(&office, "record disputed letter/harmless --on 2014-04-10 --by upe --today 2014-04-11"), @r#"
    Entry 2: UPE says that "Title of harmless" was not kept on Thursday 10 April 2014.
    DHA may answer: sideletter record confirmed letter --entry 2 --by dha, or `disputed` in its place
    "#);
    assert_eq!(
        state(&office, "harmless", "2014-04-11"),
        "running opens 2014-04-01 due 2014-06-30"
    );
    // The other side says so too: it is known, and the duty stands.
    office.prints("record confirmed letter --entry 1 --by dha --today 2014-04-12");
    assert_eq!(state(&office, "no_quota", "2014-04-12"), "standing");
}

#[test]
fn an_answer_names_an_open_claim_of_another_party() {
    let office = office("").on("2014-05-05");
    office.prints("record met letter/report --on 2014-05-01 --by dha");
    office.prints("record noted letter --note x --by dha");
    assert_snapshot!(office.fails(2, "record confirmed letter/report --by dha --entry 1"), @"sideletter: entry 1 is DHA's own, and another party answers it: --by upe; to take it back: sideletter record struck letter --entry 1 --by dha");
    assert_snapshot!(office.fails(2, "record confirmed letter/report --by dha"), @"sideletter: nothing is claimed or proposed about letter/report that DHA could answer; `sideletter log letter` lists what is recorded");
    assert_snapshot!(office.fails(2, "record confirmed letter --by upe --entry 2"), @"sideletter: entry 2 is `noted`, which claims nothing and proposes nothing; answer the entry that does: sideletter log letter");
    assert_snapshot!(office.fails(2, "record confirmed letter --by upe --entry 9"), @"sideletter: there is no entry 9; `sideletter log letter` lists them");
    assert_snapshot!(office.fails(2, "record confirmed letter/meeting --by upe --entry 1"), @"sideletter: entry 1 is about letter/report; leave the other name out: sideletter record confirmed letter --entry 1");
    assert_snapshot!(office.fails(2, "record confirmed letter/report --entry 1"), @"sideletter: which party says so? Type --by upe or --by dha");
    assert_snapshot!(office.fails(2, "record confirmed letter/report --by upe --on 2014-05-01"), @"sideletter: a confirmation takes no --on: it agrees to the day that was said; if it was another day, record that one as the entry did");
    assert_snapshot!(office.fails(2, "record disputed letter/report --by upe --on 2014-05-01"), @"sideletter: --on says on which day a standing duty or a running term was not kept; to dispute an entry, type --entry N without it; to name another day, record that one: --on 2014-05-01, as the entry did");
    assert_snapshot!(office.fails(2, "record disputed letter/no_quota --by upe"), @"sideletter: nothing is claimed or proposed about letter/no_quota that UPE could answer; `sideletter log letter` lists what is recorded");
    assert_snapshot!(office.fails(2, "record disputed letter/no_quota --by upe --on 2014-05-06"), @"sideletter: 6 May 2014 has not come yet: today is 5 May 2014; record what happened once it has");
    office.prints("record confirmed letter/report --by upe");
    assert_snapshot!(office.fails(2, "record confirmed letter --by upe --entry 1"), @"sideletter: entry 3 says so already; if it is wrong, strike it out: sideletter record struck letter --entry 3 --by upe");
    assert_snapshot!(office.fails(2, "record confirmed letter/report --by upe"), @"sideletter: nothing is claimed or proposed about letter/report that UPE could answer; `sideletter log letter` lists what is recorded");
    office.prints("record struck letter --entry 3 --by upe");
    office.prints("record struck letter --entry 1 --by dha");
    assert_snapshot!(office.fails(2, "record disputed letter --by upe --entry 1"), @"sideletter: entry 1 was struck out by entry 5, so there is nothing to answer; `sideletter log letter` lists what stands");
    office.prints("record met letter/report --on 2014-05-02 --by dha");
    office.prints("record happened letter/implementation --on 2014-05-02 --by dha");
    assert_snapshot!(office.fails(2, "record confirmed letter --by upe"), @"sideletter: there is more than one entry about letter to answer; say which, as --entry N: 6 (met letter/report, 2014-05-02), 7 (happened letter/implementation, 2014-05-02)");
    assert_eq!(office.json("log").as_array().unwrap().len(), 7);
}

#[test]
fn the_keeper_enters_for_another_party_only_what_does_not_bind_it() {
    let office = office("")
        .file("sideletter.toml", "[office]\nkeeper = \"upe\"\n")
        .file("letter.pdf", "We agree.")
        .on("2014-05-05");
    office.prints("record met letter/report --on 2014-05-01");
    for line in [
        "record confirmed letter --entry 1 --by dha",
        "record waived letter/report --by dha",
        "record moved letter/report --to 2014-06-01 --by dha",
    ] {
        let said = office.fails(2, line);
        assert!(
            said.contains("without DHA's own words; name the paper that has them: --evidence FILE"),
            "{said}"
        );
    }
    assert_snapshot!(office.fails(2, "record confirmed letter --entry 1 --by dha"), @"sideletter: UPE keeps this office and cannot confirm for DHA without DHA's own words; name the paper that has them: --evidence FILE");
    assert_snapshot!(says(&office, "record confirmed letter --entry 1 --by dha --evidence letter.pdf"), @"
    Entry 2: DHA confirms entry 1.
    Entry 1 is confirmed.

    What follows from it:
      Title of report: 2 May 2014 (met)
    ");
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                              day         by                   remark
    1    2014-05-05 09:00  met letter/report                 2014-05-01  UPE                  [confirmed: UPE and DHA]
    2    2014-05-05 09:00  confirmed entry 1, letter/report              DHA, entered by UPE  [letter.pdf, SHA-256 7ed727ed3508...]
    ");
    // What rests on its words is struck out on its words.
    assert_snapshot!(office.fails(2, "record struck letter --entry 2 --by dha"), @"sideletter: entry 2 rests on a paper of DHA's, and is struck out on DHA's own words alone; name the paper that has them: --evidence FILE");
    // What does not bind it is entered for it.
    office.prints("record happened letter/implementation --on 2014-05-01 --by dha");
    office.prints("record disputed letter --entry 1 --by dha --evidence letter.pdf");
    // Its answer is taken back on its own words.
    assert_snapshot!(office.fails(2, "record struck letter --entry 4 --by dha"), @"sideletter: entry 4 rests on a paper of DHA's, and is struck out on DHA's own words alone; name the paper that has them: --evidence FILE");
    office.prints("record struck letter --entry 4 --by dha --evidence letter.pdf");
}

#[test]
fn a_missed_commitment_of_another_party_starts_a_clock_each() {
    let office = letter(&format!(
        "tracked_from = 2014-01-01\n[events.request]\ntitle = \"Request\"\nrepeats = true\n{}{}{}{}",
        owed("report", "owed_by = [\"dha\"]\ndue = \"May 2, 2014\""),
        owed("plan", "owed_by = [\"upe\"]\ndue = \"May 2, 2014\""),
        owed(
            "answer",
            "owed_by = [\"dha\"]\ndue = \"10 days after request\""
        ),
        owed(
            "grievance",
            "owed_by = [\"upe\"]\ndue = \"within 15 days after a missed commitment\""
        ),
    ));
    assert_eq!(
        state(&office, "grievance", "2014-05-02"),
        "waiting waits for a missed commitment"
    );
    office.prints(
        "record happened letter/request --on 2014-04-24 --for North --by upe --today 2014-04-24",
    );
    assert_snapshot!(stands(&office, "2014-05-05"), @"
    report overdue due 2014-05-02
    plan overdue due 2014-05-02
    answer overdue due 2014-05-04 for North
    grievance open due 2014-05-17 for report
    grievance open due 2014-05-19 for answer (North)
    ");
    assert_snapshot!(office.prints("why letter/grievance --on 2014-05-19 --today 2014-05-05"), @r#"
    Title of grievance (answer (North))
    Letter
    Owed by UPE

    The words: "within 15 days after a missed commitment"

      1. the last day of the commitment, by which nothing was recorded as done, is Sunday 4 May 2014
         [the last day of `answer`; nothing says that it was done by then]
      2. 15 days after 4 May 2014 (the day itself is not counted): Monday 19 May 2014

    Last day: Monday 19 May 2014
    "#);
    // Once it is accepted that it was done in time, the clock is withdrawn.
    office.prints("record met letter/report --on 2014-05-02 --by dha --today 2014-05-06");
    office.prints("record confirmed letter/report --by upe --today 2014-05-06");
    assert_snapshot!(stands(&office, "2014-05-06"), @"
    report met due 2014-05-02
    plan overdue due 2014-05-02
    answer overdue due 2014-05-04 for North
    grievance open due 2014-05-19 for answer (North)
    ");
    // What was skipped by agreement was not missed.
    office.prints("record waived letter/answer --by upe --today 2014-05-06");
    office.prints("record waived letter/answer --by dha --today 2014-05-06");
    assert_snapshot!(stands(&office, "2014-05-06"), @"
    report met due 2014-05-02
    plan overdue due 2014-05-02
    answer waived due 2014-05-04 for North
    grievance waiting waits for a missed commitment
    ");
}

#[test]
fn a_missed_commitment_counts_in_what_amends_the_agreement_too() {
    let office = letter(&format!(
        "tracked_from = 2014-01-01\n{}",
        owed(
            "grievance",
            "owed_by = [\"upe\"]\ndue = \"within 15 days after a missed commitment\""
        ),
    ));
    let amending = crate::states::agreement(
        "Amending",
        &format!(
            "amends = [\"letter\"]\ntracked_from = 2014-01-01\n{}",
            owed("training", "owed_by = [\"dha\"]\ndue = \"May 2, 2014\"")
        ),
    );
    let office = office.file("agreements/second.md", amending);
    assert_snapshot!(stands(&office, "2014-05-05"), @"
    training overdue due 2014-05-02
    grievance open due 2014-05-17 for second/training
    ");
}

#[test]
fn what_follows_from_an_event_that_repeats_stays_with_it_when_its_day_is_corrected() {
    let office = letter(&format!(
        "tracked_from = 2014-01-01\nconfirmation = \"none\"\n[events.request]\ntitle = \"Request\"\nrepeats = true\n{}",
        owed("answer", "due = \"10 days after request\""),
    ));
    office.prints("record happened letter/request --on 2014-04-01 --by upe --today 2014-04-05");
    office.prints(
        "record happened letter/request --on 2014-04-03 --by upe --for North --today 2014-04-05",
    );
    office.prints("record met letter/answer --on 2014-04-04 --by dha --occurrence 2014-04-11 --today 2014-04-05");
    assert_snapshot!(stands(&office, "2014-04-05"), @"
    answer met due 2014-04-11
    answer open due 2014-04-13 for North
    ");
    office.prints("record struck letter --entry 1 --by upe --today 2014-04-06");
    office.prints("record happened letter/request --on 2014-04-02 --by upe --today 2014-04-06");
    assert_snapshot!(stands(&office, "2014-04-06"), @"
    answer met due 2014-04-12
    answer open due 2014-04-13 for North
    ");
    // And once more.
    office.prints("record struck letter --entry 5 --by upe --today 2014-04-06");
    office.prints("record happened letter/request --on 2014-03-31 --by upe --today 2014-04-06");
    assert_snapshot!(stands(&office, "2014-04-06"), @"
    answer met due 2014-04-10
    answer open due 2014-04-13 for North
    ");
}

#[test]
fn of_two_that_are_due_on_one_day_the_words_say_which_is_meant() {
    let office = letter(&format!(
        "tracked_from = 2014-01-01\nconfirmation = \"none\"\n[events.request]\ntitle = \"Request\"\nrepeats = true\n{}",
        owed("answer", "due = \"10 days after request\""),
    ))
    .on("2014-04-05");
    office.prints("record happened letter/request --on 2014-04-01 --by upe --for North");
    office.prints("record happened letter/request --on 2014-04-01 --by upe --for South");
    let met = "record met letter/answer --on 2014-04-04 --by dha --occurrence 2014-04-11";
    assert_snapshot!(office.fails(2, met), @"sideletter: `answer` has more than one occurrence on 2014-04-11; say which is meant, as --for WORDS: 2014-04-11 (for North, open), 2014-04-11 (for South, open)");
    office.prints(&format!("{met} --for South"));
    assert_snapshot!(crate::states::listed(&office, "due --all"), @"
    answer open due 2014-04-11 for North
    answer met due 2014-04-11 for South
    ");
}
