//! What hangs on something that repeats, in what a later agreement has put in its place: docs/amendments.md.

use crate::record_clocks::{memorandum, of};
use crate::states::owed;

#[test]
fn each_case_of_what_was_put_in_the_place_of_something_starts_its_own_clock() {
    const GRIEVANCE: &str = "[events.grievance]\ntitle = \"Grievance\"\nrepeats = true\n";
    let office = memorandum(
        &format!(
            "confirmation = \"none\"\n{GRIEVANCE}{}{}{}{}",
            owed(
                "answer",
                "owed_by = [\"dha\"]\ndue = \"10 days after grievance\""
            ),
            owed(
                "appeal",
                "owed_by = [\"upe\"]\ndue = \"10 days after answer\""
            ),
            owed(
                "move_on",
                "owed_by = [\"upe\"]\ndue = \"7 days after answer is missed\""
            ),
            owed(
                "arbitration",
                "owed_by = [\"upe\"]\ndue = \"30 days after appeal\""
            ),
        ),
        &[(
            "l1",
            &format!(
                "confirmation = \"none\"\nsigned = 2026-02-10\namends = [\"mou\"]\n{GRIEVANCE}{}",
                owed(
                    "answer",
                    "owed_by = [\"dha\"]\ndue = \"20 days after grievance\"\nreplaces = \"mou/answer\""
                )
            ),
        )],
    );
    for line in [
        "happened mou/grievance --on 2026-02-01 --for One --by upe --today 2026-02-01",
        "happened mou/grievance --on 2026-02-03 --for Two --by upe --today 2026-02-03",
        "met mou/answer --for One --on 2026-02-05 --by dha --today 2026-02-05",
        "happened l1/grievance --on 2026-02-20 --for Three --by upe --today 2026-02-24",
        "happened l1/grievance --on 2026-02-22 --for Four --by upe --today 2026-02-24",
        "met l1/answer --for Three --on 2026-02-25 --by dha --today 2026-02-25",
    ] {
        office.prints(&format!("record {line}"));
    }
    assert_eq!(
        of(&office, "appeal", "2026-02-26"),
        [
            "appeal overdue due 2026-02-15 for One",
            "appeal open due 2026-03-07 for Three",
            "appeal waiting due 2026-03-24 for Four projected waits for answer",
            "appeal waiting for Two waits for answer",
        ]
    );
    office.prints("record met mou/appeal --for Three --on 2026-02-27 --by upe --today 2026-02-27");
    // The day of another case's answer moves nothing of it.
    office.prints("record met l1/answer --for Four --on 2026-03-01 --by dha --today 2026-03-01");
    assert_eq!(
        of(&office, "appeal", "2026-03-02"),
        [
            "appeal overdue due 2026-02-15 for One",
            "appeal met due 2026-03-07 for Three",
            "appeal open due 2026-03-11 for Four",
            "appeal waiting for Two waits for answer",
        ]
    );
    assert!(
        of(&office, "arbitration", "2026-03-02")
            .contains(&"arbitration open due 2026-03-29 for Three".to_owned())
    );
    assert_eq!(office.types("check --today 2026-03-02").code, 0);
    // What was missed, too.
    office.prints(
        "record happened l1/grievance --on 2026-03-02 --for Five --by upe --today 2026-03-02",
    );
    assert_eq!(
        of(&office, "move_on", "2026-03-23"),
        [
            "move_on open due 2026-03-29 for Five",
            "move_on waiting for One waits for answer",
            "move_on waiting for Two waits for answer",
            "move_on waiting for Three waits for answer",
            "move_on waiting for Four waits for answer",
        ]
    );
}

#[test]
fn each_of_a_series_in_the_place_of_another_starts_its_own_clock() {
    let office = memorandum(
        &format!(
            "confirmation = \"none\"\n{}{}",
            owed(
                "meeting",
                "owed_by = [\"dha\"]\nevery = \"monthly on the 10th\""
            ),
            owed(
                "minutes",
                "owed_by = [\"dha\"]\ndue = \"5 days after meeting\""
            ),
        ),
        &[(
            "l1",
            &format!(
                "confirmation = \"none\"\nsigned = 2026-04-01\namends = [\"mou\"]\n{}",
                owed(
                    "meeting_anew",
                    "owed_by = [\"dha\"]\nevery = \"every 2 months on the 20th\"\nreplaces = \"mou/meeting\""
                )
            ),
        )],
    );
    for line in [
        "met mou/meeting --occurrence 2026-03-10 --on 2026-03-11 --by dha --today 2026-03-12",
        "met l1/meeting_anew --occurrence 2026-04-20 --on 2026-04-20 --by dha --today 2026-04-21",
        "met l1/meeting_anew --occurrence 2026-06-20 --on 2026-06-22 --by dha --today 2026-06-23",
    ] {
        office.prints(&format!("record {line}"));
    }
    assert_eq!(
        of(&office, "minutes", "2026-06-24"),
        [
            "minutes overdue due 2026-03-16 for 2026-03-10",
            "minutes overdue due 2026-04-25 for 2026-04-20",
            "minutes open due 2026-06-27 for 2026-06-20",
            "minutes waiting due 2026-08-25 for 2026-08-20 projected waits for meeting",
        ]
    );
    office.prints(
        "record met mou/minutes --for 2026-04-20 --on 2026-04-23 --by dha --today 2026-06-24",
    );
    assert_eq!(
        of(&office, "minutes", "2026-06-24")[1],
        "minutes met due 2026-04-25 for 2026-04-20"
    );
}
