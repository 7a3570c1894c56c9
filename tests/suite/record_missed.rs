//! What is missed beside a single limit: a window to start in, what was replaced and what stands in its place.

use crate::record_clocks::{memorandum, of};
use crate::states::owed;

#[test]
fn a_window_to_start_in_is_missed_like_every_limit() {
    let office = memorandum(
        &format!(
            "confirmation = \"none\"\n{}{}{}",
            owed(
                "training",
                "owed_by = [\"dha\"]\ndue = \"begin in March 2026\""
            ),
            owed(
                "remedy",
                "owed_by = [\"dha\"]\ndue = \"10 days after training is missed\""
            ),
            owed(
                "claim",
                "owed_by = [\"upe\"]\ndue = \"within 15 days after a missed commitment\""
            ),
        ),
        &[],
    );
    let both = |today| [of(&office, "remedy", today), of(&office, "claim", today)].concat();
    let none = [
        "remedy waiting waits for training",
        "claim waiting waits for a missed commitment",
    ];
    assert_eq!(both("2026-03-31"), none);
    assert_eq!(
        both("2026-04-01"),
        [
            "remedy open due 2026-04-10",
            "claim open due 2026-04-15 for training"
        ]
    );
    let why = office.prints("why mou/remedy --today 2026-04-01");
    assert!(
        why.contains("1. the last day of `training`, by which nothing was recorded as done, is Tuesday 31 March 2026"),
        "{why}"
    );
    // That it had begun in time withdraws it.
    office.prints("record met mou/training --on 2026-03-20 --by dha --today 2026-04-02");
    assert_eq!(both("2026-04-02"), none);
}

#[test]
fn what_is_missed_of_what_was_replaced_and_then_of_what_stands_in_its_place_starts_a_clock_each() {
    let office = memorandum(
        &format!(
            "confirmation = \"none\"\n{}{}{}",
            owed("survey", "owed_by = [\"dha\"]\ndue = \"February 9, 2026\""),
            owed(
                "cure",
                "owed_by = [\"dha\"]\ndue = \"10 days after survey is missed\""
            ),
            owed(
                "fine",
                "owed_by = [\"dha\"]\ndue = \"5 days after cure is missed\""
            ),
        ),
        &[(
            "l1",
            &format!(
                "signed = 2026-03-01\ntracked_from = 2026-03-01\namends = [\"mou\"]\n{}",
                owed(
                    "survey_anew",
                    "owed_by = [\"dha\"]\ndue = \"May 30, 2026\"\nreplaces = \"mou/survey\""
                )
            ),
        )],
    );
    let both = |today| [of(&office, "cure", today), of(&office, "fine", today)].concat();
    assert_eq!(
        both("2026-05-20"),
        ["cure overdue due 2026-02-19", "fine overdue due 2026-02-24"]
    );
    // The first keeps what was said of it.
    office.prints("record met mou/cure --on 2026-02-25 --by dha --today 2026-05-21");
    assert_eq!(
        both("2026-06-01"),
        [
            "cure met_late due 2026-02-19",
            "cure open due 2026-06-09 for l1/survey_anew",
            "fine overdue due 2026-02-24",
            "fine waiting for l1/survey_anew waits for cure"
        ]
    );
    office.prints(
        "record met mou/cure --on 2026-06-05 --for l1/survey_anew --by dha --today 2026-06-05",
    );
    assert_eq!(
        of(&office, "cure", "2026-06-10"),
        [
            "cure met_late due 2026-02-19",
            "cure met due 2026-06-09 for l1/survey_anew",
        ]
    );
}
