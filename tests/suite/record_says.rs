//! What `record` says at once: that nothing follows, that something is taken otherwise than meant, what is to be done; and what
//! the record says of it later.

use crate::office::{Office, Outcome};
use crate::states::{letter, listed, owed};

fn since_2014(rest: &str) -> Office {
    letter(&format!(
        "effective = 2014-01-01\nexpires = 2015-12-31\nconfirmation = \"required\"\ntracked_from = 2014-01-01\n{rest}"
    ))
}

/// A term that renews itself each 3 months unless notice is given at least 5 days before.
fn renewing() -> Office {
    since_2014(&owed(
        "term",
        "lasts = \"3 months from effective\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"3 months\"\nnotice = \"at least 5 days before expiration\"",
    ))
}

/// Runs a command line with one more argument, of several words, after a flag.
fn with_words(office: &Office, line: &str, flag: &str, words: &str) -> Outcome {
    let arguments = line.split_whitespace().chain([flag, words]);
    office.run(&arguments.collect::<Vec<_>>())
}

#[track_caller]
fn says(said: &str, words: &str) {
    assert!(said.contains(words), "{words}\n---\n{said}");
}

#[test]
fn notice_that_changes_nothing_says_so_and_why() {
    let office = renewing();
    let late =
        office.prints("record notice letter/term --on 2014-03-29 --by dha --today 2014-03-29");
    says(
        &late,
        "No day changes by it as things stand: notice was given on Saturday 29 March 2014, 2 days after its last day, 27 March 2014, so it goes on.",
    );
    for by in ["upe", "dha"] {
        office.prints(&format!(
            "record renewed letter/term --to 2014-12-31 --by {by} --today 2014-04-10"
        ));
    }
    let settled =
        office.prints("record notice letter/term --on 2014-06-10 --by dha --today 2014-06-10");
    says(&settled, "No day changes by it as things stand: ");
    says(
        &settled,
        "after all parties had agreed that it goes on: it goes on.",
    );
    // One that ends it says what follows, and a second one for the same end that nothing does.
    let office = renewing();
    let ends =
        office.prints("record notice letter/term --on 2014-03-20 --by dha --today 2014-03-20");
    assert!(!ends.contains("No day changes"), "{ends}");
    says(&ends, "What follows from it");
    let again =
        office.prints("record notice letter/term --on 2014-03-21 --by upe --today 2014-03-21");
    says(
        &again,
        "No day changes by it as things stand: it was not to go on before either: notice was given on Thursday 20 March 2014, inside its window: it is not renewed.",
    );
    // Where nothing renews itself there is nothing to stop.
    let office = since_2014(&owed(
        "term",
        "lasts = \"3 months from effective\"\n[obligations.renewal]\nhow = \"by_agreement\"\nfor = \"3 months\"\nnotice = \"at least 5 days before expiration\"",
    ));
    let nothing =
        office.prints("record notice letter/term --on 2014-03-20 --by dha --today 2014-03-20");
    says(
        &nothing,
        "No day changes by it as things stand: it does not renew itself, so there is no renewal that notice would stop.",
    );
}

#[test]
fn notice_long_before_the_end_says_that_it_does_not_go_on() {
    let office = letter(
        "effective = 2014-01-01\nexpires = 2016-12-31\ntracked_from = 2014-01-01\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\n",
    );
    let said = office.prints("record notice letter --on 2014-02-01 --by dha --today 2014-02-01");
    says(
        &said,
        "31 December 2016 (running), and does not go on after that",
    );
}

#[test]
fn an_act_of_all_that_changes_nothing_says_so() {
    let office = renewing();
    office.prints("record renewed letter/term --by upe --today 2014-02-10");
    let said = office.prints("record renewed letter/term --by dha --today 2014-02-10");
    says(&said, "All parties have agreed to it.");
    says(
        &said,
        "No day changes by it as things stand: all parties agreed that it goes on.",
    );
}

#[test]
fn another_day_of_an_unnamed_event_is_said_to_be_a_second_case() {
    let office = since_2014(&format!(
        "{}\n[events.grievance]\ntitle = \"Grievance\"\nrepeats = true\n",
        owed("answer", "due = \"15 days after grievance\"")
    ))
    .on("2014-02-10");
    office.prints("record happened letter/grievance --on 2014-02-03 --by upe");
    let second = office.prints("record happened letter/grievance --on 2014-02-05 --by dha");
    says(
        &second,
        "It is taken as a second case, beside entry 1 (UPE, 3 February 2014): without --for each day is a case of its own. If it is the same, strike this out and answer that entry: sideletter record confirmed letter --entry 1 --by dha, or `disputed` in its place\n",
    );
    assert_eq!(
        listed(&office, "due --all"),
        "answer open due 2014-02-18\nanswer open due 2014-02-20\nexpiration running due 2015-12-31"
    );
    // Whoever has named the other's day too, or names a case by its words, means another.
    office.prints("record happened letter/grievance --on 2014-02-03 --by dha");
    for third in ["--on 2014-02-07", "--on 2014-02-08 --for Four"] {
        let said = office.types(&format!(
            "record happened letter/grievance {third} --by dha --dry-run"
        ));
        assert!(!said.stdout.contains("second case"), "{said:?}");
    }
}

#[test]
fn notice_by_which_a_term_has_ended_is_for_all_to_strike_out() {
    let office = renewing();
    office.prints("record notice letter/term --on 2014-03-20 --by dha --today 2014-03-20");
    let said = office.prints("record struck letter --entry 1 --by dha --today 2014-03-25");
    assert!(!said.contains("it stands until"), "{said}");
    office.prints("record notice letter/term --on 2014-03-20 --by dha --today 2014-03-26");
    let ended = listed(&office, "due --all --today 2014-05-01");
    says(&ended, "term ended due 2014-04-01");
    let said = office.prints("record struck letter --entry 3 --by dha --today 2014-05-01");
    says(
        &said,
        "What entry 3 gave notice of has ended, so it stands until each party has struck it out: sideletter record struck letter --entry 3 --by PARTY",
    );
    assert_eq!(listed(&office, "due --all --today 2014-05-01"), ended);
    says(
        &office.prints("log letter --today 2014-05-01"),
        "[waits for the strikes of all who agreed]",
    );
    office.prints("record struck letter --entry 3 --by upe --today 2014-05-02");
    let goes_on = listed(&office, "due --all --today 2014-05-02");
    assert!(!goes_on.contains("term ended"), "{goes_on}");
}

#[test]
fn a_third_party_confirms_what_another_has_confirmed_without_naming_it() {
    let meeting = owed("meeting", "due = \"30 days after effective\"");
    let office = since_2014(&meeting);
    let parties = office.read("parties.toml");
    let text = office.read("agreements/letter.md");
    let office = office
        .file(
            "parties.toml",
            format!("{parties}\n[afscme]\nname = \"AFSCME\"\nshort = \"AFS\"\nside = \"union\"\n"),
        )
        .file(
            "agreements/letter.md",
            text.replace("[\"upe\", \"dha\"]", "[\"upe\", \"dha\", \"afscme\"]"),
        )
        .on("2014-02-01");
    office.prints("record met letter/meeting --on 2014-01-20 --by upe");
    office.prints("record confirmed letter/meeting --by dha");
    let third = office.prints("record confirmed letter/meeting --by afscme");
    says(&third, "Entry 3: AFS confirms entry 1.\n");
    says(&third, "Entry 1 is confirmed.");
    let again = office.fails(2, "record confirmed letter/meeting --by afscme");
    says(
        &again,
        "nothing is claimed or proposed about letter/meeting that AFS could answer",
    );
}

#[test]
fn why_says_what_is_disputed_of_a_standing_duty() {
    let office = since_2014(&owed("boards", "owed_by = [\"dha\"]"));
    office.prints("record disputed letter/boards --on 2014-03-10 --by upe --today 2014-03-12");
    let why = office.prints("why letter/boards --today 2014-03-12");
    says(
        &why,
        "A standing duty: it has no date.\nDisputed: UPE says that it was not kept on Monday 10 March 2014 (entry 1); DHA has not answered\n",
    );
    office.prints("record disputed letter --entry 1 --by dha --today 2014-03-13");
    let why = office.prints("why letter/boards --today 2014-03-13");
    says(
        &why,
        "Disputed: UPE says that it was not kept on Monday 10 March 2014 (entry 1); DHA says otherwise\n",
    );
}

#[test]
fn a_remark_on_one_of_a_series_reads_well() {
    let office = since_2014(&owed("talks", "every = \"quarterly\"")).on("2014-03-01");
    let noted = "record noted letter/talks --occurrence 2014-03-31 --by upe";
    let said = with_words(&office, noted, "--note", "Put off.");
    says(
        &said.stdout,
        "Entry 1: a remark on \"Title of talks\", that of 31 March 2014, by UPE: Put off.\n",
    );
}

#[test]
fn words_that_are_erased_and_stand_elsewhere_are_named() {
    let office = since_2014(&owed("boards", "owed_by = [\"dha\"]")).on("2014-03-01");
    let noted = |by: &str, words: &str| {
        let said = with_words(
            &office,
            &format!("record noted letter --by {by}"),
            "--note",
            words,
        );
        assert_eq!(said.code, 0, "{said:?}");
    };
    noted("dha", "Jane Doe was sent home on Tuesday.");
    noted("upe", "UPE disagrees: Jane Doe was sent home on Monday.");
    noted("upe", "Nothing else was said.");
    let quoting = with_words(
        &office,
        "record struck letter --entry 1 --erase --by dha --dry-run",
        "--note",
        "Not: Jane Doe was sent home on Tuesday",
    );
    says(
        &quoting.stderr,
        "this strike has the same words in its remark, and keeps them\n",
    );
    let erased = office.types("record struck letter --entry 1 --erase --by dha");
    assert_eq!(erased.code, 0, "{erased:?}");
    assert_eq!(
        erased.stderr,
        "entry 2 has the same words and keeps them; where they are to go there too: sideletter record struck letter --entry 2 --by upe --erase\n"
    );
}

#[test]
fn what_all_agreed_to_and_then_otherwise_is_marked_as_overtaken() {
    let office = since_2014(&owed("meeting", "due = \"90 days after effective\""));
    let all = |what: &str| {
        for by in ["upe", "dha"] {
            office.prints(&format!("record {what} --by {by} --today 2014-02-01"));
        }
    };
    all("moved letter/meeting --to 2014-05-01");
    all("moved letter/meeting --to 2014-06-01");
    all("waived letter/meeting");
    all("ended letter --on 2015-06-30");
    all("ended letter --on 2015-09-30");
    let log = office.prints("log letter --today 2014-02-02");
    let remarks: Vec<&str> = log
        .lines()
        .filter_map(|line| Some(line.split_once('[')?.1))
        .collect();
    assert_eq!(
        remarks,
        [
            "agreed: UPE and DHA; overtaken by entry 4]",
            "agreed: UPE and DHA; overtaken by entry 4]",
            "agreed: UPE and DHA]",
            "agreed: UPE and DHA]",
            "agreed: UPE and DHA]",
            "agreed: UPE and DHA]",
            "agreed: UPE and DHA; overtaken by entry 10]",
            "agreed: UPE and DHA; overtaken by entry 10]",
            "agreed: UPE and DHA]",
            "agreed: UPE and DHA]",
        ],
        "{log}"
    );
}

#[test]
fn a_letter_of_another_alphabet_does_not_make_another_case_unnoticed() {
    let office = since_2014(&format!(
        "{}\n[events.grievance]\ntitle = \"Grievance\"\nrepeats = true\n",
        owed("answer", "due = \"15 days after grievance\"")
    ))
    .on("2014-02-10");
    let happened = |on: &str, words: &str| {
        let line = format!("record happened letter/grievance --on {on} --by upe");
        with_words(&office, &line, "--for", words)
    };
    let mixed = happened("2014-02-03", "St\u{430}tion 4");
    assert_eq!(mixed.code, 2, "{mixed:?}");
    says(
        &mixed.stderr,
        "--for has \"\u{430}\" (U+0430) among letters of another alphabet, and nobody sees the difference",
    );
    assert_eq!(happened("2014-02-03", "Case A").code, 0);
    for alike in ["Case \u{410}", "C\u{430}se A", "case \u{391}"] {
        let refused = happened("2014-02-04", alike);
        assert_eq!(refused.code, 2, "{refused:?}");
        says(
            &refused.stderr,
            "of entry 1, and has letters of another alphabet",
        );
    }
    // What nobody takes for the same is not refused, and neither is another language.
    for other in ["Case I", "Case L", "Case 1", "Reunión 2", "Унит 3"] {
        assert_eq!(happened("2014-02-05", other).code, 0, "{other}");
    }
}

#[test]
fn a_strike_that_the_keeper_enters_for_a_party_says_what_that_partys_own_words_would_do() {
    let office = since_2014(&owed("meeting", "due = \"30 days after effective\""))
        .file("sideletter.toml", "[office]\nkeeper = \"upe\"\n")
        .on("2014-02-01");
    office.prints("record met letter/meeting --on 2014-01-20 --by dha");
    office.prints("record confirmed letter/meeting");
    let said = office.prints("record struck letter --entry 1 --by dha");
    says(
        &said,
        "Entry 1 was entered for DHA without its own words; with them it is void at once: sideletter record struck letter --entry 1 --by dha --evidence FILE\n",
    );
    let office = office.file("paper.txt", "We never said so.");
    let paper = office.root().join("paper.txt");
    let said = office.prints(&format!(
        "record struck letter --entry 1 --by dha --evidence {}",
        paper.display()
    ));
    says(&said, "entry 1 is struck out, by DHA.");
}

#[test]
fn an_empty_file_in_the_place_of_the_store_is_told_and_never_loses_a_log() {
    let office =
        since_2014(&owed("boards", "owed_by = [\"dha\"]")).file(".sideletter/store.db", "");
    let read = office.types("log --today 2014-03-01");
    assert_eq!(read.code, 0, "{read:?}");
    says(
        &read.stderr,
        "store.db is an empty file, so nothing is recorded; where something was, put a backup in its place: sideletter restore FILE\n",
    );
    assert_eq!(read.stderr.lines().count(), 1, "{read:?}");
    let office = office.file(".sideletter/store.db-wal", "what a writer left");
    for line in [
        "log --today 2014-03-01",
        "due --today 2014-03-01",
        "record noted letter --note \"One.\" --by upe --today 2014-03-01",
    ] {
        let refused = office.fails(3, line);
        says(
            &refused,
            "store.db is an empty file, and the log of its writers beside it is not, so something has cut it off; nothing was changed",
        );
        assert_eq!(
            office.read(".sideletter/store.db-wal"),
            "what a writer left"
        );
        assert_eq!(office.read(".sideletter/store.db"), "");
    }
}

#[test]
fn what_all_end_early_lists_what_is_owed_no_more() {
    let talks = owed("talks", "every = \"monthly on the 10th\"");
    let stand_by = owed("stand_by", "owed_by = [\"dha\"]");
    let office = letter(&format!(
        "effective = 2014-01-01\nexpires = 2015-12-31\ntracked_from = 2014-01-01\n{talks}{stand_by}"
    ));
    let by_all = |id: &str| {
        let ended = format!("record ended letter/{id} --on 2014-08-31 --today 2014-05-01");
        office.prints(&format!("{ended} --by upe"));
        office.prints(&format!("{ended} --by dha"))
    };
    insta::assert_snapshot!(by_all("talks"), @r#"
    Entry 2: DHA agrees to end "Title of talks" on Sunday 31 August 2014.
    To strike it out: sideletter record struck letter --entry 2 --by dha
    All parties have agreed to it.

    What follows from it:
      Title of talks: 10 September 2014 and 7 more (owed no more)
    "#);
    insta::assert_snapshot!(by_all("stand_by"), @r#"
    Entry 4: DHA agrees to end "Title of stand_by" on Sunday 31 August 2014.
    To strike it out: sideletter record struck letter --entry 4 --by dha
    All parties have agreed to it.
    It stands until 31 August 2014, and is over after that.
    "#);
}

#[test]
fn an_accent_typed_in_two_ways_is_one_letter() {
    let answer = owed("answer", "due = \"within 10 days after grievance\"");
    let grievance = "\n[events.grievance]\ntitle = \"Grievance\"\nrepeats = true\n";
    let office = letter(&format!(
        "effective = 2014-01-01\ntracked_from = 2014-01-01\n{answer}{grievance}"
    ));
    let happened = "record happened letter/grievance --on 2014-02-05 --today 2014-02-06 --for";
    office.prints(&format!("{happened} Caf\u{e9} --by upe"));
    office.prints(&format!("{happened} Cafe\u{301} --by dha"));
    let all = listed(&office, "due --all --today 2014-02-06");
    assert_eq!(all.matches("answer").count(), 1, "{all}");
}
