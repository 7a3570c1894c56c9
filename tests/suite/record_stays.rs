//! What was said of an occurrence stays with it, whatever ends since and however long ago it was: docs/record.md.

use crate::office::Office;
use crate::states::{letter, listed, owed, state};

/// The rows of one obligation that are in such a state.
fn rows(office: &Office, id: &str, state: &str, today: &str) -> Vec<String> {
    let all = office.json(&format!("due --all{today}"));
    let rows = all.as_array().unwrap().iter();
    rows.filter(|row| row["obligation"] == id && row["state"] == state)
        .map(|row| format!("{} due {}", row["occurrence"], row["due"]))
        .collect()
}

/// A letter with quarterly talks, whose third quarter was held and confirmed.
fn with_talks_in_august(own: &str) -> Office {
    let talks = owed("talks", "every = \"quarterly\"");
    let office = letter(&format!(
        "effective = 2014-01-01\nconfirmation = \"required\"\ntracked_from = 2014-01-01\n{own}{talks}"
    ));
    office.prints("record met letter/talks --occurrence 2014-09-30 --on 2014-08-01 --by upe --today 2014-08-02");
    office.prints("record confirmed letter/talks --by dha --today 2014-08-03");
    office
}

#[test]
fn what_was_met_stays_met_where_all_end_the_agreement_in_the_middle_of_its_period() {
    for own in ["expires = 2015-12-31\n", ""] {
        let office = with_talks_in_august(own);
        for by in ["upe", "dha"] {
            office.prints(&format!(
                "record ended letter --on 2014-08-20 --by {by} --today 2014-08-10"
            ));
        }
        assert_eq!(
            rows(&office, "talks", "met", " --today 2014-10-02"),
            ["\"2014-09-30\" due \"2014-08-20\""],
            "{}",
            listed(&office, "due --all --today 2014-10-02")
        );
        assert!(
            !office
                .prints("check --today 2014-10-02")
                .contains("gone-since-recorded")
        );
        // It is found by its name and by its last day.
        for day in ["2014-09-30", "2014-08-20"] {
            let why = office.prints(&format!("why letter/talks --on {day} --today 2014-10-02"));
            assert!(why.contains("Last day: Wednesday 20 August 2014"), "{why}");
        }
    }
}

#[test]
fn what_was_met_stays_met_where_all_end_the_series_in_the_middle_of_its_period() {
    let office = with_talks_in_august("");
    for by in ["upe", "dha"] {
        office.prints(&format!(
            "record ended letter/talks --on 2014-08-20 --by {by} --today 2014-08-10"
        ));
    }
    assert_eq!(
        rows(&office, "talks", "met", " --today 2014-10-02"),
        ["\"2014-09-30\" due \"2014-09-30\""]
    );
    // What nobody had done by then is owed no more.
    let all = listed(&office, "due --all --today 2015-02-02");
    assert!(!all.contains("2014-12-31"), "{all}");
    assert!(
        !office
            .prints("check --today 2014-10-02")
            .contains("gone-since-recorded")
    );
}

#[test]
fn who_was_told_of_a_day_that_an_end_cuts_short_is_told_that_it_moved() {
    let talks = owed("talks", "every = \"quarterly\"");
    let office = letter(&format!(
        "effective = 2014-01-01\ntracked_from = 2014-01-01\n{talks}"
    ));
    let parties = office.read("parties.toml").replace(
        "\n[dha]",
        "\n[[upe.contacts]]\nname = \"Agent\"\nemail = \"agents@upe.example\"\n\n[dha]",
    );
    let office = office.file("parties.toml", parties);
    office.types("remind --send --today 2014-08-31");
    for by in ["upe", "dha"] {
        office.prints(&format!(
            "record ended letter --on 2014-09-20 --by {by} --today 2014-09-01"
        ));
    }
    let told = office.json("remind --today 2014-09-14");
    let parts: Vec<String> = told
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|message| message["parts"].as_array().unwrap())
        .filter(|part| part["obligation"] == "talks")
        .map(|part| format!("{} {}", part["occurrence"], part["reason"]))
        .collect();
    assert_eq!(
        parts,
        [
            "\"2014-09-30\" \"told 2014-09-30 before; it is 2014-09-20 now\"",
            "\"2014-09-30\" \"before 7 days: its day is 2014-09-13; skipped: opens, before 30 days\""
        ]
    );
}

#[test]
fn what_is_owed_in_each_period_of_an_agreement_can_be_entered_however_long_ago_it_was() {
    let report = owed("report", "due = \"10 days before expiration\"");
    let office = letter(&format!(
        "effective = 2010-01-01\nexpires = 2010-01-31\nconfirmation = \"required\"\ntracked_from = 2010-01-01\n[renewal]\nhow = \"automatic\"\nfor = \"1 month\"\n{report}"
    ))
    .on("2013-01-20");
    let before = listed(&office, "due --all").lines().count();
    office.prints("record met letter/report --occurrence 2010-03-21 --on 2010-03-20 --by upe");
    assert_eq!(
        rows(&office, "report", "reported", ""),
        ["\"2010-03-21\" due \"2010-03-21\""]
    );
    assert_eq!(listed(&office, "due --all").lines().count(), before + 1);
    office.prints("record disputed letter/report --occurrence 2010-03-21 --by dha");
    assert_eq!(
        rows(&office, "report", "disputed", ""),
        ["\"2010-03-21\" due \"2010-03-21\""]
    );
    let why = office.prints("why letter/report --on 2010-02-18");
    assert!(why.contains("Last day: Thursday 18 February 2010"), "{why}");
    let refused = office.fails(
        2,
        "record met letter/report --occurrence 2010-03-22 --on 2010-03-20 --by upe",
    );
    assert!(
        refused.contains("2010-03-21 (disputed), 2010-04-20 (unrecorded)"),
        "{refused}"
    );
}

#[test]
fn that_a_term_was_not_kept_long_ago_is_shown_at_its_period() {
    let term = owed(
        "harmless",
        "lasts = \"1 month from effective\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"1 month\"",
    );
    let office = letter(&format!(
        "effective = 2010-01-01\ntracked_from = 2010-01-01\n{term}"
    ))
    .on("2013-01-20");
    office.prints("record disputed letter/harmless --on 2010-03-15 --by upe");
    assert_eq!(rows(&office, "harmless", "renewed", "").len(), 21);
    let why = office.prints("why letter/harmless --on 2010-04-01");
    assert!(why.contains("15 March 2010"), "{why}");
    let refused = office.fails(
        2,
        "record disputed letter/harmless --on 2009-12-15 --by upe",
    );
    assert!(refused.contains("begins on 1 January 2010"), "{refused}");
}

#[test]
fn what_was_met_at_the_end_of_a_period_stays_met_where_all_end_that_period_early() {
    let report = owed("report", "due = \"30 days before expiration\"");
    let office = letter(&format!(
        "effective = 2013-01-01\nexpires = 2013-12-31\nconfirmation = \"none\"\ntracked_from = 2013-01-01\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\n{report}"
    ));
    office.prints("record met letter/report --occurrence 2013-12-01 --on 2013-09-01 --by upe --today 2013-09-01");
    for by in ["upe", "dha"] {
        office.prints(&format!(
            "record ended letter --on 2013-11-15 --by {by} --today 2013-09-10"
        ));
    }
    assert_eq!(
        rows(&office, "report", "met", " --today 2013-12-05"),
        ["\"2013-12-01\" due \"2013-10-16\""]
    );
}

#[test]
fn what_all_agreed_to_skip_stays_skipped_whatever_one_party_says() {
    let office = letter(&format!(
        "signed = 2026-01-05\ntracked_from = 2026-01-05\nconfirmation = \"required\"\n{}",
        owed("report", "owed_by = [\"dha\"]\ndue = \"2026-02-01\"")
    ));
    let waive = |today: &str| {
        office.prints(&format!(
            "record waived letter/report --by upe --today {today}"
        ));
        office.prints(&format!(
            "record waived letter/report --by dha --today {today}"
        ))
    };
    waive("2026-01-10");
    office.prints("record met letter/report --on 2026-02-10 --by dha --today 2026-02-10");
    assert_eq!(state(&office, "2026-02-10"), "waived");
    office.prints("record disputed letter/report --by upe --today 2026-02-11");
    assert_eq!(state(&office, "2026-02-11"), "waived");
    // What every party says outranks it, and was not late.
    office.prints("record confirmed letter/report --by upe --today 2026-02-12");
    assert_eq!(state(&office, "2026-02-12"), "met");
}

#[test]
fn to_skip_it_settles_a_quarrel_about_whether_it_was_done() {
    let office = letter(&format!(
        "signed = 2026-01-05\ntracked_from = 2026-01-05\nconfirmation = \"required\"\n{}",
        owed("report", "owed_by = [\"dha\"]\ndue = \"2026-02-01\"")
    ));
    office.prints("record met letter/report --on 2026-01-20 --by dha --today 2026-01-20");
    office.prints("record disputed letter/report --by upe --today 2026-02-11");
    assert_eq!(state(&office, "2026-02-11"), "disputed");
    office.prints("record waived letter/report --by upe --today 2026-02-12");
    assert_eq!(state(&office, "2026-02-12"), "disputed");
    let said = office.prints("record waived letter/report --by dha --today 2026-02-13");
    assert_eq!(state(&office, "2026-02-13"), "waived");
    assert!(said.contains("(waived)"), "{said}");
}
