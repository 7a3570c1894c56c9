//! A letter that is itself void reaches nothing back: docs/amendments.md.

use crate::office::Office;
use crate::record_clocks::{memorandum, of};
use crate::states::{listed, owed};

const CLAIM: &str = "owed_by = [\"upe\"]\ndue = \"within 15 days after a missed commitment\"";

#[test]
fn what_had_ended_by_a_letter_stays_ended_when_the_letter_is_void() {
    let memorandum_with = |void: &str| {
        memorandum(
            &format!(
                "confirmation = \"none\"\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"between 90 and 60 days before expiration\"\n{}{}{}{}{}",
                owed(
                    "meeting",
                    "owed_by = [\"dha\"]\nevery = \"monthly on the 10th\""
                ),
                owed(
                    "hold",
                    "owed_by = [\"dha\"]\nlasts = \"9 months from effective\""
                ),
                owed("duty", "owed_by = [\"dha\"]"),
                owed(
                    "accounts",
                    "owed_by = [\"dha\"]\ndue = \"30 days after expiration\""
                ),
                owed("claim", CLAIM),
            ),
            &[
                (
                    "l1",
                    "signed = 2026-02-01\namends = [\"mou\"]\n\n[changes]\n\"mou/expiration\" = \"March 31, 2026\"\n\"mou/renewal\" = \"void\"\n",
                ),
                (
                    "l2",
                    &format!(
                        "signed = {void}\namends = [\"l1\"]\n\n[changes]\n\"l1\" = \"void\"\n"
                    ),
                ),
            ],
        )
    };
    let all = |office: &Office, today: &str| {
        listed(
            office,
            &format!("due --all --agreement mou --today {today}"),
        )
    };
    // The letter was void before that end had come: nothing has ended.
    let in_time = memorandum_with("2026-03-20");
    assert_eq!(
        of(&in_time, "expiration", "2026-05-31")[0],
        "expiration running due 2026-12-31"
    );
    assert!(
        of(&in_time, "meeting", "2026-05-31")
            .contains(&"meeting overdue due 2026-05-10".to_owned())
    );
    // And after it: what had ended stays ended, and what was not owed then was not.
    let office = memorandum_with("2026-06-01");
    let before = all(&office, "2026-05-31");
    assert_eq!(before, all(&office, "2026-06-05"));
    assert_eq!(
        of(&office, "expiration", "2026-06-05"),
        ["expiration ended due 2026-03-31"]
    );
    assert_eq!(
        of(&office, "hold", "2026-06-05"),
        ["hold ended due 2026-03-31"]
    );
    assert_eq!(of(&office, "duty", "2026-06-05"), ["duty ended"]);
    assert_eq!(
        of(&office, "meeting", "2026-06-05"),
        [
            "meeting unrecorded due 2026-01-10",
            "meeting unrecorded due 2026-02-10",
            "meeting overdue due 2026-03-10"
        ]
    );
    assert_eq!(
        of(&office, "accounts", "2026-06-05"),
        ["accounts overdue due 2026-04-30"]
    );
}

/// A report due on 1 June 2026 that a letter moved, and a penalty where it is missed; the letter is void from 10 August.
fn moved_to(day: &str) -> Office {
    memorandum(
        &format!(
            "[events.launch]\ntitle = \"Launch\"\ndate = 2026-03-01\n{}{}{}{}",
            owed("report", "owed_by = [\"dha\"]\ndue = \"by June 1, 2026\""),
            owed(
                "penalty",
                "owed_by = [\"dha\"]\ndue = \"10 days after report is missed\""
            ),
            owed(
                "hold",
                "owed_by = [\"dha\"]\nlasts = \"3 months beginning on launch\""
            ),
            owed(
                "review",
                "owed_by = [\"dha\"]\ndue = \"10 days after hold\""
            ),
        ),
        &[
            (
                "l1",
                &format!(
                    "signed = 2026-04-15\namends = [\"mou\"]\n\n[changes]\n\"mou/report\" = \"{day}\"\n\"mou/hold\" = \"{day}\"\n"
                ),
            ),
            (
                "l2",
                "signed = 2026-08-10\namends = [\"l1\"]\n\n[changes]\n\"l1\" = \"void\"\n",
            ),
        ],
    )
}

#[test]
fn a_day_that_had_passed_when_its_letter_became_void_stays() {
    let office = moved_to("August 1, 2026");
    for (id, line) in [
        ("report", "report overdue due 2026-08-01"),
        ("penalty", "penalty open due 2026-08-11"),
        ("hold", "hold ended due 2026-08-01"),
        ("review", "review open due 2026-08-11"),
    ] {
        assert_eq!(of(&office, id, "2026-08-11"), [line]);
    }
}

#[test]
fn a_day_that_lay_ahead_when_its_letter_became_void_is_as_it_was_before() {
    let office = moved_to("October 1, 2026");
    assert_eq!(
        of(&office, "report", "2026-08-09"),
        ["report scheduled due 2026-10-01"]
    );
    // It was not due on 1 June, so it was not missed; the term ran as long as the letter held.
    for (id, line) in [
        ("report", "report overdue due 2026-06-01"),
        ("penalty", "penalty waiting waits for report"),
        ("hold", "hold ended due 2026-08-09"),
        ("review", "review open due 2026-08-19"),
    ] {
        assert_eq!(of(&office, id, "2026-08-11"), [line]);
    }
}

#[test]
fn a_term_that_a_letter_had_ended_does_not_begin_again() {
    let office = memorandum(
        &format!(
            "{}{}",
            owed(
                "hold",
                "owed_by = [\"dha\"]\nlasts = \"from January 1, 2026 through December 31, 2026\""
            ),
            owed(
                "review",
                "owed_by = [\"dha\"]\ndue = \"10 days after hold\""
            ),
        ),
        &[
            (
                "l1",
                "signed = 2026-04-01\namends = [\"mou\"]\n\n[changes]\n\"mou/hold\" = \"void\"\n",
            ),
            (
                "l2",
                "signed = 2026-06-01\namends = [\"l1\"]\n\n[changes]\n\"l1\" = \"void\"\n",
            ),
        ],
    );
    for day in ["2026-05-31", "2026-06-05"] {
        assert_eq!(
            of(&office, "hold", day),
            ["hold superseded opens 2026-01-01 due 2026-12-31"]
        );
        assert_eq!(
            of(&office, "review", day),
            ["review overdue due 2026-04-10"]
        );
    }
}

#[test]
fn what_was_missed_under_a_letter_stays_missed_when_that_is_void() {
    let clocks = |void: &str| {
        let office = memorandum(
            &format!(
                "confirmation = \"none\"\n{}{}{}",
                owed("survey", "owed_by = [\"dha\"]\ndue = \"February 9, 2026\""),
                owed(
                    "cure",
                    "owed_by = [\"dha\"]\ndue = \"10 days after survey is missed\""
                ),
                owed("claim", CLAIM),
            ),
            &[
                (
                    "l1",
                    &format!(
                        "signed = 2026-02-01\ntracked_from = 2026-02-01\namends = [\"mou\"]\n{}",
                        owed(
                            "survey_anew",
                            "owed_by = [\"dha\"]\ndue = \"March 30, 2026\"\nreplaces = \"mou/survey\""
                        )
                    ),
                ),
                (
                    "l2",
                    &format!(
                        "signed = 2026-05-01\namends = [\"mou\", \"l1\"]\n\n[changes]\n\"{void}\" = \"void\"\n"
                    ),
                ),
            ],
        );
        let all = |today| [of(&office, "cure", today), of(&office, "claim", today)].concat();
        assert_eq!(all("2026-04-30"), all("2026-05-01"), "{void}");
        all("2026-05-01")
    };
    let stays = [
        "cure overdue due 2026-04-09",
        "claim overdue due 2026-04-14 for l1/survey_anew",
        "claim overdue due 2026-04-24 for cure",
    ];
    assert_eq!(clocks("l1"), stays);
    assert_eq!(clocks("l1/survey_anew"), stays);
}
