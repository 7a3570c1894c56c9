//! Cases of an event that repeats, told apart by their words: docs/record.md, "What repeats".

use crate::office::Office;
use crate::states::{letter, listed, owed};
use insta::assert_snapshot;

fn office() -> Office {
    on_any_day().on("2014-05-01")
}

fn on_any_day() -> Office {
    letter(&format!(
        "effective = 2014-01-01\ntracked_from = 2014-01-01\n[events.request]\ntitle = \"Request\"\nrepeats = true\n{}",
        owed("answer", "due = \"within 10 days after request\""),
    ))
}

#[test]
fn two_days_that_parties_claim_for_one_case_are_disputed_and_the_earlier_is_used() {
    let office = office();
    office.prints("record happened letter/request --on 2014-04-28 --for Station-4 --by dha");
    assert_snapshot!(office.prints("record happened letter/request --on 2014-04-25 --for Station-4 --by upe"), @r#"
    Entry 2: UPE says that "Request" (Station-4) happened on Friday 25 April 2014.
    To strike it out: sideletter record struck letter --entry 2 --by upe
    It is disputed: DHA says otherwise. It stays so until one side confirms the other's word or strikes out its own.
    Those who name different days for the same words speak of one case; if this is another, strike it out and enter it with words of its own: --for "Station-4, second"

    What follows from it:
      Title of answer (Station-4): 5 May 2014 (open)
    "#);
    assert_snapshot!(listed(&office, "due --all"), @"answer open due 2014-05-05 for Station-4");
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                                    day         by   remark
    1    2014-05-01 09:00  happened letter/request, for Station-4  2014-04-28  DHA  [disputed by UPE]
    2    2014-05-01 09:00  happened letter/request, for Station-4  2014-04-25  UPE  [disputed by DHA]
    ");
    assert_snapshot!(office.prints("why letter/answer"), @r#"
    Title of answer (Station-4)
    Letter
    Owed by UPE and DHA

    The words: "within 10 days after request"

      1. request is Friday 25 April 2014
         [entry 2 of the record, by UPE; entry 1 of the record, by DHA says 28 April 2014]
      2. 10 days after 25 April 2014 (the day itself is not counted): Monday 5 May 2014

    Last day: Monday 5 May 2014
    Another reading would give Thursday 8 May 2014: if `request` was on 28 April 2014 (entry 1 of the record, by DHA)
         [two days are claimed; the earlier is used until one is confirmed or struck out]
    "#);
    // It is one thing to answer.
    assert_snapshot!(office.prints("record confirmed letter/request --for Station-4 --by upe"), @"
    Entry 3: UPE confirms entry 1.
    To strike it out: sideletter record struck letter --entry 3 --by upe
    Entry 1 is confirmed.

    What follows from it:
      Title of answer (Station-4): 8 May 2014 (open)
    ");
    assert_snapshot!(listed(&office, "due --all"), @"answer open due 2014-05-08 for Station-4");
}

#[test]
fn other_words_no_words_and_a_second_time_by_one_party_are_other_cases() {
    let office = office();
    for line in [
        "--on 2014-04-20 --for Station-4 --by dha",
        "--on 2014-04-28 --for Station-4 --by dha",
        "--on 2014-04-20 --for Station-4 --by upe",
        "--on 2014-04-21 --for Station-5 --by upe",
        "--on 2014-04-22 --by dha",
        "--on 2014-04-23 --by upe",
    ] {
        office.prints(&format!("record happened letter/request {line}"));
    }
    assert_snapshot!(listed(&office, "due --all"), @"
    answer overdue due 2014-04-30 for Station-4
    answer open due 2014-05-01 for Station-5
    answer open due 2014-05-02
    answer open due 2014-05-03
    answer open due 2014-05-08 for Station-4
    ");
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                                    day         by   remark
    1    2014-05-01 09:00  happened letter/request, for Station-4  2014-04-20  DHA  [confirmed: DHA and UPE]
    2    2014-05-01 09:00  happened letter/request, for Station-4  2014-04-28  DHA
    3    2014-05-01 09:00  happened letter/request, for Station-4  2014-04-20  UPE  [confirmed: DHA and UPE]
    4    2014-05-01 09:00  happened letter/request, for Station-5  2014-04-21  UPE
    5    2014-05-01 09:00  happened letter/request                 2014-04-22  DHA
    6    2014-05-01 09:00  happened letter/request                 2014-04-23  UPE
    ");
}

#[test]
fn words_that_differ_in_spelling_alone_are_not_taken_for_another_case() {
    let office = office();
    let happened = |words: &str, on: &str, note: &[&str]| {
        let line = [
            "record",
            "happened",
            "letter/request",
            "--by",
            "dha",
            "--for",
            words,
            "--on",
            on,
        ];
        office.run(&[&line[..], note].concat())
    };
    assert_eq!(happened("Case B", "2014-04-20", &[]).code, 0);
    for other in ["case b", "Case-B", "CASE B."] {
        let ran = happened(other, "2014-04-22", &[]);
        assert_eq!(ran.code, 2, "{other}: {ran:?}");
        assert!(
            ran.stderr.contains("did you mean --for \"Case B\"?"),
            "{ran:?}"
        );
    }
    assert_snapshot!(happened("case b", "2014-04-22", &[]).stderr, @r#"sideletter: entry 1 calls it "Case B", and "case b" would be another case; did you mean --for "Case B"? If it is another, say how they differ: --note "...""#);
    // The same words speak of the same case, and whoever says how another differs means another.
    assert_eq!(happened("Case B", "2014-04-22", &[]).code, 0);
    assert_eq!(
        happened("case b", "2014-04-22", &["--note", "of the north"]).code,
        0
    );
    assert_eq!(happened("case b", "2014-04-24", &[]).code, 0);
}

#[test]
fn what_hangs_on_a_series_is_owed_once_for_each_of_its_days() {
    let office = letter(&format!(
        "effective = 2014-01-15\ntracked_from = 2014-01-01\nconfirmation = \"none\"\n{}{}{}",
        owed("meeting", "every = \"every 3 months\"\ntimes = 3"),
        owed("minutes", "due = \"10 days after each meeting\""),
        owed("answers", "due = \"5 days after minutes\""),
    ))
    .on("2014-02-01");
    // Nothing was done yet: what follows from the one that is overdue, and from the next, is expected.
    assert_snapshot!(listed(&office, "due --all --agreement letter"), @"
    meeting overdue due 2014-01-15
    minutes waiting due 2014-01-25 for 2014-01-15 projected waits for meeting
    answers waiting due 2014-01-30 for 2014-01-15 projected waits for minutes
    meeting scheduled due 2014-04-15
    minutes waiting due 2014-04-25 for 2014-04-15 projected waits for meeting
    answers waiting due 2014-04-30 for 2014-04-15 projected waits for minutes
    meeting scheduled due 2014-07-15
    ");
    office.prints("record met letter/meeting --occurrence 2014-01-15 --on 2014-01-28 --by dha");
    assert_snapshot!(listed(&office, "due --all --agreement letter"), @"
    meeting met_late due 2014-01-15
    minutes open due 2014-02-07 for 2014-01-15
    answers waiting due 2014-02-12 for 2014-01-15 projected waits for minutes
    meeting scheduled due 2014-04-15
    minutes waiting due 2014-04-25 for 2014-04-15 projected waits for meeting
    answers waiting due 2014-04-30 for 2014-04-15 projected waits for minutes
    meeting scheduled due 2014-07-15
    ");
    let office = office.on("2014-04-20");
    office.prints("record met letter/meeting --occurrence 2014-04-15 --on 2014-04-17 --by dha");
    office.prints("record met letter/minutes --for 2014-04-15 --on 2014-04-19 --by dha");
    assert_snapshot!(listed(&office, "due --all --agreement letter"), @"
    meeting met_late due 2014-01-15
    minutes overdue due 2014-02-07 for 2014-01-15
    answers waiting due 2014-02-12 for 2014-01-15 projected waits for minutes
    meeting met_late due 2014-04-15
    answers open due 2014-04-24 for 2014-04-15
    minutes met due 2014-04-27 for 2014-04-15
    meeting scheduled due 2014-07-15
    minutes waiting due 2014-07-25 for 2014-07-15 projected waits for meeting
    answers waiting due 2014-07-30 for 2014-07-15 projected waits for minutes
    ");
    assert_snapshot!(office.prints("why letter/minutes --on 2014-02-07"), @r#"
    Title of minutes (2014-01-15)
    Letter
    Owed by UPE and DHA

    The words: "10 days after each meeting"

      1. meeting is Tuesday 28 January 2014
         [entry 1 of the record, by DHA]
      2. 10 days after 28 January 2014 (the day itself is not counted): Friday 7 February 2014

    Last day: Friday 7 February 2014
    "#);
}

#[test]
fn each_is_told_where_an_event_is_not_declared_to_repeat() {
    let written = |repeats: &str| {
        letter(&format!(
            "effective = 2014-01-01\n[events.request]\ntitle = \"Request\"\n{repeats}{}",
            owed("answer", "due = \"within 10 days after each request\""),
        ))
        .on("2014-05-01")
    };
    assert_snapshot!(written("").prints("check"), @r#"
    warning[ambiguous-phrase]: `request` happens once, as it is declared: of `each` one day is read
      --> agreements/letter.md:14:29
       |
    14 | due = "within 10 days after each request"
       |                             ^^^^^^^^^^^^
       |
       = help: write `repeats = true` under `[events.request]`, and record each time

    1 agreement read; no faults, 1 warning
    "#);
    assert!(!written("repeats = true\n").prints("check").contains("each"));
}

#[test]
fn what_happened_after_another_was_told_of_is_another_time_also_for_the_same_words() {
    let office = on_any_day();
    for line in [
        "record happened letter/request --on 2014-02-03 --for Station-4 --by dha --today 2014-02-04",
        "record confirmed letter/request --for Station-4 --by upe --today 2014-02-05",
        "record happened letter/request --on 2014-04-10 --for Station-4 --by upe --today 2014-04-11",
    ] {
        office.prints(line);
    }
    assert_snapshot!(listed(&office, "due --all --today 2014-04-11"), @"
    answer overdue due 2014-02-13 for Station-4
    answer open due 2014-04-20 for Station-4
    ");
    // A day before that is the same, and words of its own make it another.
    let said = office.prints("record happened letter/request --on 2014-04-08 --for Station-4 --by dha --today 2014-04-12");
    assert!(
        said.contains("It is disputed: UPE says otherwise."),
        "{said}"
    );
    assert!(said.contains("if this is another, strike it out and enter it with words of its own: --for \"Station-4, second\""), "{said}");
}

#[test]
fn what_has_not_happened_has_no_occurrence_that_is_met() {
    let office = office();
    let refused = office.fails(2, "record met letter/answer --on 2014-04-20 --by dha");
    assert_snapshot!(refused, @r#"sideletter: `answer` follows from each time of "Request", and none is recorded yet; record that first: sideletter record happened letter/request --on DATE --for WORDS"#);
}

#[test]
fn what_was_said_of_a_case_that_is_struck_out_starts_nothing() {
    let office = letter(&format!(
        "effective = 2026-01-01\ntracked_from = 2026-01-01\n\n[events.filed]\ntitle = \"A filing\"\nrepeats = true\n{}{}",
        owed("answer", "owed_by = [\"dha\"]\ndue = \"14 days after filed\""),
        owed("appeal", "owed_by = [\"upe\"]\ndue = \"7 days after answer\"")
    ))
    .on("2026-02-10");
    office.prints("record happened letter/filed --on 2026-02-01 --for G-1 --by upe");
    office.prints("record met letter/answer --on 2026-02-09 --by dha");
    assert_eq!(
        listed(&office, "due --all"),
        "answer reported due 2026-02-15 for G-1\nappeal open due 2026-02-16 for G-1"
    );
    office.prints("record struck letter --entry 1 --by upe");
    assert_eq!(
        listed(&office, "due --all"),
        "answer waiting waits for filed\nappeal waiting waits for answer"
    );
}

#[test]
fn a_term_of_each_case_is_renewed_ended_and_stopped_by_itself() {
    let term = |id: &str, renewal: &str| {
        owed(
            id,
            &format!(
                "owed_by = [\"dha\"]\nlasts = \"60 days from filed\"\n[obligations.renewal]\nfor = \"30 days\"\n{renewal}"
            ),
        )
    };
    let office = letter(&format!(
        "confirmation = \"required\"\ntracked_from = 2014-01-01\n\n[events.filed]\ntitle = \"A grievance is filed\"\nrepeats = true\n{}{}{}{}",
        term("stay", "how = \"at_option\"\nby = [\"upe\"]\ntimes = 1"),
        term("hold", "how = \"by_agreement\""),
        term(
            "pilot",
            "how = \"automatic\"\ntimes = 1\nnotice = \"at least 10 days before expiration\""
        ),
        owed(
            "report",
            "owed_by = [\"dha\"]\ndue = \"10 days after stay\""
        ),
    ));
    let office = office.on("2014-03-01");
    for (words, day) in [("G-1", "2014-02-01"), ("G-2", "2014-02-10")] {
        office.prints(&format!(
            "record happened letter/filed --on {day} --for {words} --by upe"
        ));
        office.prints("record confirmed letter --by dha");
    }
    assert_snapshot!(office.fails(2, "record renewed letter/stay --by upe"), @"sideletter: `stay` follows from more than one time of what repeats; say of which `renewed` speaks, as --for WORDS: 2014-04-02 (for G-1, running), 2014-04-11 (for G-2, running)");
    assert_snapshot!(office.fails(2, "record renewed letter/stay --for G-3 --by upe"), @r#"sideletter: `stay` has no occurrence for "G-3"; there are: --for "G-1", --for "G-2". Another case is recorded first: sideletter record happened letter/filed --on DATE --for "G-3""#);
    assert_snapshot!(office.fails(2, "record renewed letter --for G-1 --by upe"), @"sideletter: `renewed` is about all that is still to come; leave --for out");
    assert_snapshot!(office.prints("record renewed letter/stay --for G-1 --by upe"), @r#"
    Entry 5: UPE agrees to renew "Title of stay" (G-1).
    To strike it out: sideletter record struck letter --entry 5 --by upe
    It holds: the agreement leaves it to the option of UPE.

    What follows from it:
      Title of stay (G-1): 2 May 2014 (scheduled)
      Title of report (G-1): 12 May 2014 (scheduled)
    "#);
    office.prints("record renewed letter/hold --for G-2 --to 2014-05-20 --by upe");
    office.prints("record confirmed letter --by dha");
    assert_snapshot!(office.prints("record notice letter/pilot --on 2014-03-01 --for G-1 --by upe"), @r#"
    Entry 8: UPE says that notice about the renewal of "Title of pilot" (G-1) was given on Saturday 1 March 2014.
    To strike it out: sideletter record struck letter --entry 8 --by upe
    DHA may answer: sideletter record confirmed letter --entry 8 --by dha, or `disputed` in its place

    What follows from it:
      Title of pilot (G-1): 2 April 2014 (running)
      Title of pilot (G-1): 2 May 2014 (owed no more)
    "#);
    office.prints("record confirmed letter --by dha");
    assert_snapshot!(listed(&office, "due --all --agreement letter"), @"
    stay running due 2014-04-02 for G-1
    hold running due 2014-04-02 for G-1
    pilot running due 2014-04-02 for G-1
    stay running due 2014-04-11 for G-2
    hold running due 2014-04-11 for G-2
    pilot running due 2014-04-11 for G-2
    report scheduled due 2014-04-21 for G-2
    stay scheduled due 2014-05-02 for G-1
    pilot scheduled due 2014-05-11 for G-2
    report scheduled due 2014-05-12 for G-1
    hold scheduled due 2014-05-20 for G-2
    ");
    for party in ["upe", "dha"] {
        office.prints(&format!(
            "record ended letter/pilot --on 2014-03-20 --for G-2 --by {party}"
        ));
    }
    let office = office.on("2014-03-21");
    let all = listed(&office, "due --all --agreement letter");
    assert!(
        all.contains("pilot running due 2014-04-02 for G-1")
            && all.contains("pilot ended due 2014-03-20 for G-2")
            && !all.contains("2014-05-11"),
        "{all}"
    );
}

#[test]
fn what_hangs_on_a_series_in_each_case_is_owed_once_for_each_of_its_days() {
    let office = letter(&format!(
        "confirmation = \"none\"\ntracked_from = 2014-01-01\n\n[events.filed]\ntitle = \"A pilot begins\"\nrepeats = true\n{}{}{}",
        owed(
            "meeting",
            "owed_by = [\"dha\"]\nevery = \"every month from filed\"\ntimes = 4"
        ),
        owed(
            "makeup",
            "owed_by = [\"dha\"]\ndue = \"10 days after meeting is missed\""
        ),
        owed(
            "minutes",
            "owed_by = [\"dha\"]\ndue = \"40 days after meeting\""
        ),
    ));
    let office = office.on("2014-02-05");
    for (words, day) in [("S-1", "2014-01-03"), ("S-2", "2014-02-01")] {
        office.prints(&format!(
            "record happened letter/filed --on {day} --for {words} --by dha"
        ));
    }
    let of = |office: &Office, id: &str| -> Vec<String> {
        let all = listed(office, "due --all --agreement letter");
        let of_it = all.lines().filter(|line| line.starts_with(id));
        of_it.map(str::to_owned).collect()
    };
    let office = office.on("2014-03-04");
    assert_snapshot!(of(&office, "makeup").join("\n"), @"
    makeup overdue due 2014-01-13 for S-1
    makeup overdue due 2014-02-11 for S-2
    makeup overdue due 2014-02-13 for S-1
    makeup open due 2014-03-11 for S-2
    makeup open due 2014-03-13 for S-1
    ");
    // What is said of one says nothing of the other, and what was missed is withdrawn by a word that binds.
    office.prints(
        "record met letter/makeup --on 2014-02-12 --occurrence 2014-02-13 --for S-1 --by dha",
    );
    office.prints(
        "record met letter/meeting --on 2014-03-03 --occurrence 2014-03-03 --for S-1 --by dha",
    );
    assert_snapshot!(of(&office, "makeup").join("\n"), @"
    makeup overdue due 2014-01-13 for S-1
    makeup overdue due 2014-02-11 for S-2
    makeup met due 2014-02-13 for S-1
    makeup open due 2014-03-11 for S-2
    ");
    assert_snapshot!(of(&office, "minutes").join("\n"), @"
    minutes waiting due 2014-04-10 for S-2 projected waits for meeting
    minutes scheduled due 2014-04-12 for S-1
    minutes waiting due 2014-05-11 for S-2 projected waits for meeting
    minutes waiting due 2014-05-13 for S-1 projected waits for meeting
    ");
    let office = office.on("2014-04-04");
    office.prints(
        "record met letter/meeting --on 2014-04-03 --occurrence 2014-04-03 --for S-1 --by dha",
    );
    assert_snapshot!(of(&office, "minutes").join("\n"), @"
    minutes open due 2014-04-12 for S-1
    minutes waiting due 2014-05-11 for S-2 projected waits for meeting
    minutes scheduled due 2014-05-13 for S-1
    minutes waiting due 2014-06-10 for S-2 projected waits for meeting
    ");
}
