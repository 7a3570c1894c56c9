//! Two days that are claimed for one event: marked wherever the date stands that hangs on it, at whatever remove.

use crate::office::Office;
use crate::states::{agreement, letter, owed};
use insta::assert_snapshot;

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
        agreement(
            "Pilot",
            "effective = \"5 days after go_live\"\ntracked_from = 2014-01-01\nexpires = \"1 year after go_live\"\n\n[events.go_live]\ntitle = \"Go-live\"\n",
        ),
    );
    let office = office.file(
        "agreements/later.md",
        agreement(
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

/// A report that is owed ten days after a launch of which two days are claimed, and what starts where it is missed.
fn missed() -> Office {
    let rest = [
        owed("report", "owed_by = [\"dha\"]\ndue = \"10 days after launch\""),
        owed("penalty", "owed_by = [\"dha\"]\ndue = \"15 days after report is missed\""),
        owed("claim", "owed_by = [\"upe\"]\ndue = \"within 20 days after a missed commitment\""),
        owed("window", "due = \"between launch and June 30, 2026\""),
        owed(
            "term",
            "lasts = \"3 months from launch\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"3 months\"",
        ),
    ]
    .concat();
    let office = letter(&format!(
        "effective = 2026-01-01\nconfirmation = \"required\"\ntracked_from = 2026-01-01\n{rest}\n[events.launch]\ntitle = \"Launch\"\n"
    ));
    office.prints("record happened letter/launch --on 2026-03-01 --by upe --today 2026-03-10");
    office.prints("record happened letter/launch --on 2026-03-05 --by dha --today 2026-03-10");
    office
}

#[test]
fn clocks_that_start_by_what_is_missed_are_marked() {
    let office = missed();
    let due = office.prints("due --all --today 2026-03-20");
    for marked in [
        "26 March 2026 and 30 March 2026, the earlier is shown",
        "31 March 2026 and 4 April 2026, the earlier is shown",
    ] {
        assert!(due.contains(marked), "{marked}:\n{due}");
    }
    // By the later day the report is not missed yet.
    let why = office.prints("why letter/penalty --today 2026-03-13");
    assert!(
        why.contains("Another reading: if `launch` was on 5 March 2026 (entry 2 of the record, by DHA), it has no day yet"),
        "{why}"
    );
    let due = office.prints("due --today 2026-03-13");
    assert_eq!(
        due.matches("two days are claimed for what it hangs on")
            .count(),
        3,
        "{due}"
    );
}

#[test]
fn another_reading_is_one_that_gives_another_day() {
    let why = missed().prints("why letter/window --today 2026-03-20");
    assert!(
        why.contains("Another reading: if `launch` was on 5 March 2026 (entry 2 of the record, by DHA), it opens on 5 March 2026")
            && !why.contains("would give Tuesday 30 June 2026"),
        "{why}"
    );
}

#[test]
fn later_periods_are_marked_as_the_first_is() {
    let due = missed().prints("due --all --today 2026-07-20");
    for marked in [
        "1 June 2026 and 5 June 2026, the earlier is shown",
        "1 September 2026 and 5 September 2026, the earlier is shown",
        "1 March 2027 and 5 March 2027, the earlier is shown",
    ] {
        assert!(due.contains(marked), "{marked}:\n{due}");
    }
    // The periods of an agreement too, and what hangs on their ends, at whatever remove.
    let rest = [
        owed("accounts", "due = \"30 days after expiration\""),
        owed("copies", "due = \"10 days after accounts\""),
    ]
    .concat();
    let office = letter(&format!(
        "effective = 2026-01-05\nexpires = \"1 year after effective\"\ntracked_from = 2026-01-01\nconfirmation = \"required\"\n{rest}\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\n"
    ));
    office.prints("record happened letter/effective --on 2026-01-20 --by upe --today 2026-02-01");
    let due = office.prints("due --all --today 2027-03-18");
    for marked in [
        "5 January 2028 and 20 January 2028, the earlier is shown",
        "4 February 2028 and 19 February 2028, the earlier is shown",
        "14 February 2028 and 29 February 2028, the earlier is shown",
    ] {
        assert!(due.contains(marked), "{marked}:\n{due}");
    }
}

#[test]
fn two_days_on_which_one_of_a_series_was_done_mark_what_hangs_on_that() {
    let rest = [
        owed("talks", "every = \"monthly on the 15th\""),
        owed("minutes", "due = \"5 days after talks\""),
    ]
    .concat();
    let office = letter(&format!(
        "effective = 2026-01-01\ntracked_from = 2026-03-01\nconfirmation = \"required\"\n{rest}"
    ))
    .on("2026-03-18");
    office.prints("record met letter/talks --occurrence 2026-03-15 --on 2026-03-15 --by dha");
    office.prints("record met letter/talks --occurrence 2026-03-15 --on 2026-03-17 --by upe");
    let due = office.prints("due");
    assert!(
        due.contains("20 March 2026 and 22 March 2026, the earlier is shown"),
        "{due}"
    );
}

#[test]
fn three_claimed_days_are_not_called_two() {
    let parties = "[upe]\nname = \"UPE\"\nside = \"union\"\n[dha]\nname = \"DHA\"\nside = \"employer\"\n[cna]\nname = \"CNA\"\nside = \"union\"\n";
    let letter = agreement(
        "Letter",
        &format!(
            "effective = 2026-01-01\ntracked_from = 2026-01-01\nconfirmation = \"required\"\n\n[events.launch]\ntitle = \"Launch\"\n{}",
            owed("report", "due = \"10 days after launch\"")
        ),
    )
    .replace("\"dha\"]", "\"dha\", \"cna\"]");
    let office = Office::empty()
        .file("parties.toml", parties)
        .file("agreements/letter.md", letter);
    for (party, day) in [("upe", 1), ("dha", 3), ("cna", 5)] {
        office.prints(&format!(
            "record happened letter/launch --on 2026-03-0{day} --by {party} --today 2026-03-06"
        ));
    }
    let why = office.prints("why letter/report --today 2026-03-06");
    let why: Vec<&str> = why
        .lines()
        .skip_while(|line| !line.starts_with("Last day"))
        .collect();
    assert_snapshot!(why.join("\n"), @"
    Last day: Wednesday 11 March 2026
    Another reading would give Friday 13 March 2026: if `launch` was on 3 March 2026 (entry 2 of the record, by DHA)
         [3 days are claimed; the earliest is used until one is confirmed or the others are struck out]
    Another reading would give Sunday 15 March 2026: if `launch` was on 5 March 2026 (entry 3 of the record, by CNA)
         [3 days are claimed; the earliest is used until one is confirmed or the others are struck out]
    ");
    let due = office.prints("due --today 2026-03-06");
    assert!(
        due.contains("3 days are claimed: 11 March 2026, 13 March 2026 and 15 March 2026, the earliest is shown"),
        "{due}"
    );
    office.prints("build --today 2026-03-06");
    for path in [
        "site/agreements/letter.html",
        "site/es/agreements/letter.html",
    ] {
        let page = office.read(path);
        assert!(
            !page.contains("two days") && !page.contains("dos fechas"),
            "{page}"
        );
    }
}
