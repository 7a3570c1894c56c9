//! Two days that are claimed for one event: marked wherever the date stands that hangs on it, at whatever remove.

use crate::office::Office;
use crate::states::{letter, owed};

/// A letter of which two parties name different days for the launch.
fn office() -> Office {
    let rest = [
        owed("meeting", "due = \"30 days after launch\""),
        owed("minutes", "due = \"10 days after meeting\""),
        owed("copies", "due = \"5 days after minutes\""),
        owed("harmless", "lasts = \"3 months from launch\""),
        owed("apart", "due = \"60 days after effective\""),
    ]
    .concat();
    let office = letter(&format!(
        "visibility = \"public\"\neffective = 2014-01-01\nconfirmation = \"required\"\ntracked_from = 2014-01-01\n{rest}\n[events.launch]\ntitle = \"Launch\"\n"
    ))
    .on("2014-02-20");
    office.prints("record happened letter/launch --on 2014-02-10 --by upe");
    office.prints("record happened letter/launch --on 2014-02-15 --by dha");
    office
}

const MEETING: &str = "two days are claimed: 12 March 2014 and 17 March 2014, the earlier is shown";
const MINUTES: &str = "two days are claimed: 22 March 2014 and 27 March 2014, the earlier is shown";
const COPIES: &str = "two days are claimed: 27 March 2014 and 1 April 2014, the earlier is shown";

#[test]
fn due_and_show_mark_what_hangs_on_an_event_of_which_two_days_are_claimed() {
    let office = office();
    let due = office.prints("due --all");
    for marked in [MEETING, MINUTES, COPIES] {
        assert!(due.contains(marked), "{marked}:\n{due}");
    }
    assert_eq!(due.matches("two days are claimed").count(), 4, "{due}");
    let shown = office.prints("show letter");
    for marked in [MEETING, MINUTES, COPIES] {
        assert!(shown.contains(marked), "{marked}:\n{shown}");
    }
    let rows = office.json("due --all");
    let claimed: Vec<String> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", row["obligation"], row["also_claimed"]))
        .collect();
    assert_eq!(
        claimed,
        [
            "\"apart\" null",
            "\"meeting\" [\"2014-03-17\"]",
            "\"minutes\" [\"2014-03-27\"]",
            "\"copies\" [\"2014-04-01\"]",
            "\"harmless\" [\"2014-05-15\"]"
        ]
    );
    let why = office.prints("why letter/copies");
    assert!(
        why.contains("Another reading would give Tuesday 1 April 2014: if `launch` was on 15 February 2014 (entry 2 of the record, by DHA)"),
        "{why}"
    );
    // Once it is settled nothing is marked any more.
    office.prints("record confirmed letter --entry 2 --by upe");
    let due = office.prints("due --all");
    assert!(!due.contains("are claimed"), "{due}");
}

#[test]
fn pages_and_feeds_mark_it_in_each_language() {
    let office = office();
    office.prints("build");
    let page = office.read("site/agreements/letter.html");
    for marked in [MEETING, MINUTES, COPIES] {
        assert!(page.contains(marked), "{marked}:\n{page}");
    }
    let spanish = office.read("site/es/agreements/letter.html");
    assert!(
        spanish.contains("se afirman dos fechas: 27 de marzo de 2014 y 1 de abril de 2014; se muestra la anterior"),
        "{spanish}"
    );
    let feed = office
        .read("site/agreements/letter.ics")
        .replace("\r\n ", "");
    assert!(
        feed.contains("two days are claimed: 12 March 2014"),
        "{feed}"
    );
    let data = office.read("site/data.json");
    assert!(data.contains("\"also_claimed\":[\"2014-03-17\"]"), "{data}");
}

#[test]
fn two_days_on_which_something_was_done_mark_what_hangs_on_that() {
    let rest = [
        owed("meeting", "due = \"30 days after effective\""),
        owed("minutes", "due = \"10 days after meeting\""),
        owed("copies", "due = \"5 days after minutes\""),
    ]
    .concat();
    let office = letter(&format!(
        "effective = 2014-01-01\nconfirmation = \"required\"\ntracked_from = 2014-01-01\n{rest}"
    ))
    .on("2014-02-01");
    office.prints("record met letter/meeting --on 2014-01-20 --by upe");
    office.prints("record met letter/meeting --on 2014-01-25 --by dha");
    let due = office.prints("due --all");
    for marked in [
        "30 January 2014 and 4 February 2014, the earlier is shown",
        "4 February 2014 and 9 February 2014, the earlier is shown",
    ] {
        assert!(due.contains(marked), "{marked}:\n{due}");
    }
}

#[test]
fn what_hangs_on_an_event_of_another_letter_or_of_one_case_is_marked_too() {
    let office = office().file(
        "agreements/pilot.md",
        crate::states::agreement(
            "Pilot",
            "effective = \"5 days after go_live\"\ntracked_from = 2014-01-01\nexpires = \"1 year after go_live\"\n\n[events.go_live]\ntitle = \"Go-live\"\n",
        ),
    );
    let office = office.file(
        "agreements/later.md",
        crate::states::agreement(
            "Later",
            &format!(
                "effective = 2014-01-01\ntracked_from = 2014-01-01\n{}{}{}\n[events.grievance]\ntitle = \"Grievance\"\nrepeats = true\n",
                owed("report", "due = \"15 days after effective date of pilot\""),
                owed("answer", "due = \"15 days after grievance\""),
                owed("appeal", "due = \"10 days after answer\""),
            ),
        ),
    );
    office.prints("record happened pilot/go_live --on 2014-02-10 --by upe");
    office.prints("record happened pilot/go_live --on 2014-02-15 --by dha");
    office.prints("record happened later/grievance --on 2014-02-10 --for A --by upe");
    office.prints("record happened later/grievance --on 2014-02-12 --for A --by dha");
    let due = office.prints("due --all --agreement later");
    for marked in [
        "2 March 2014 and 7 March 2014, the earlier is shown",
        "25 February 2014 and 27 February 2014, the earlier is shown",
        "7 March 2014 and 9 March 2014, the earlier is shown",
    ] {
        assert!(due.contains(marked), "{marked}:\n{due}");
    }
    let due = office.prints("due --all --agreement pilot");
    assert!(
        due.contains("10 February 2015 and 15 February 2015, the earlier is shown"),
        "{due}"
    );
}
