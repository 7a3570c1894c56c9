//! The record as it was known on an earlier day: docs/record.md, "As of a day".

use crate::office::Office;
use crate::states::{letter, listed, owed};
use insta::assert_snapshot;

fn office() -> Office {
    let office = letter(&format!(
        "effective = 2014-01-01\ntracked_from = 2014-01-01\n[events.launch]\ntitle = \"Launch\"\n{}",
        owed("report", "due = \"30 days after launch\""),
    ));
    for line in [
        "happened letter/launch --on 2014-04-01 --by dha --today 2014-04-02",
        "happened letter/launch --on 2014-03-28 --by upe --today 2014-04-10",
        "noted letter --note Named --by dha --today 2014-04-12",
        "struck letter --entry 3 --erase --by dha --today 2014-04-20",
        "met letter/report --on 2014-04-22 --by dha --today 2014-04-22",
    ] {
        office.prints(&format!("record {line}"));
    }
    office
}

#[test]
fn what_was_entered_later_is_not_known_on_an_earlier_day() {
    let office = office();
    let on = |day: &str| listed(&office, &format!("due --all --today {day}"));
    assert_snapshot!(on("2014-04-01"), @"report waiting waits for launch");
    assert_snapshot!(on("2014-04-02"), @"report open due 2014-05-01");
    assert_snapshot!(on("2014-04-10"), @"report open due 2014-04-27");
    assert_snapshot!(on("2014-04-22"), @"report reported due 2014-04-27");
    assert_snapshot!(office.prints("log --today 2014-04-15"), @"
    no.  entered           what                    day         by   remark
    1    2014-04-02 09:00  happened letter/launch  2014-04-01  DHA  [disputed by UPE]
    2    2014-04-10 09:00  happened letter/launch  2014-03-28  UPE  [disputed by DHA]
    3    2014-04-12 09:00  text erased                              [struck out by entry 4]
    ");
    let why = office.prints("why letter/report --today 2014-04-05");
    assert!(!why.contains("28 March 2014"), "{why}");
    // The newest is still verified whole, whatever the day.
    let verified = office.prints("log --verify --today 2014-04-01");
    assert!(verified.starts_with("5 entries (1 erased"), "{verified}");
}

#[test]
fn an_erased_entry_is_in_the_list_as_json_too() {
    let rows = office().json("log --today 2014-04-22");
    let erased = &rows[2];
    let keys: Vec<&str> = erased
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        ["at", "digest", "erased", "number", "seal", "struck_by"]
    );
    assert_eq!(
        (&erased["number"], &erased["erased"], &erased["struck_by"]),
        (&3.into(), &true.into(), &4.into())
    );
    assert_eq!(rows.as_array().unwrap().len(), 5);
}

#[test]
fn a_day_far_ahead_of_the_clock_is_refused_for_what_it_would_date() {
    let office = office();
    assert_snapshot!(office.fails(2, "record noted letter --note Later --today 8026-12-02"), @"sideletter: today would be 2 December 8026, more than a year after this machine's clock, and no later entry could be dated before that; type the day again, or leave it out; if the clock is wrong, set it");
    let met = "record noted letter --note Later --now 8026-12-02T09:00:00Z";
    assert_eq!(office.types(met).code, 2);
    assert_eq!(
        office
            .json("log --today 2014-04-22")
            .as_array()
            .unwrap()
            .len(),
        5
    );
    // What enters nothing may look as far as it likes.
    office.prints("record noted letter --note Later --dry-run --today 8026-12-02");
    office.prints("due --today 8026-12-02");
}

#[test]
fn an_entry_that_is_dated_far_later_than_it_was_made_is_said_with_what_to_do() {
    let office = letter(&format!(
        "tracked_from = 2014-01-01\n{}",
        owed("no_quota", "")
    ));
    office.prints("record noted letter --note Typed --today 2014-05-01");
    let late = office.types("record noted letter --note Made --today 2012-05-01");
    assert_eq!(late.code, 0);
    assert_snapshot!(late.stderr, @r#"entry 2 was made on 1 May 2012, and is dated 1 May 2014, as the one before it is: no entry is dated earlier than another that came before it; if a clock went wrong then, restore a backup that was made before it (sideletter restore FILE --aside OTHER) and enter anew what came since, or write down what happened: sideletter record noted letter --note "...""#);
}

#[test]
fn an_entry_that_is_dated_ahead_of_the_clock_is_said_and_marked() {
    let office = letter(&format!(
        "tracked_from = 2014-01-01\n{}",
        owed("no_quota", "")
    ));
    let clock = rusqlite::Connection::open_in_memory().unwrap();
    let ahead: String = clock
        .query_row("SELECT date('now', '+30 days')", [], |row| row.get(0))
        .unwrap();
    let said = office.types(&format!("record noted letter --note Slip --today {ahead}"));
    assert_eq!(said.code, 0);
    assert!(
        said.stderr.contains("which lies ahead of this machine's clock, and no later entry is dated before that; if the day was mistyped, restore a backup"),
        "{said:?}"
    );
    // Whoever enters something on the right day hears of it, and it is marked.
    let said = office.types("record noted letter --note Right");
    assert!(said.stderr.contains("as the one before it is"), "{said:?}");
    let log = office.prints("log");
    assert_eq!(
        log.matches("[dated ahead of the clock]").count(),
        2,
        "{log}"
    );
    let found = office.json("check");
    let found = found.as_array().unwrap();
    assert!(
        found
            .iter()
            .any(|f| f["message"] == "entries 1 and 2 of the record are dated ahead of today"),
        "{found:?}"
    );

    // So is an entry that somebody has dated back.
    let store = rusqlite::Connection::open(office.root().join(".sideletter/store.db")).unwrap();
    store
        .execute_batch(
            "DROP TRIGGER entries_never_change; UPDATE entries SET at = 0 WHERE number = 2;",
        )
        .unwrap();
    let log = office.prints("log");
    assert!(log.contains("[dated before entry 1] Right"), "{log}");
    let found = office.json("check");
    assert!(
        found
            .as_array()
            .unwrap()
            .iter()
            .any(|f| f["message"] == "entry 2 of the record is dated before one that came earlier"),
        "{found}"
    );
    // A copy of that is written, and says so.
    let copy = office.types("backup letters.backup");
    assert_eq!(
        (copy.code, copy.stderr.as_str()),
        (
            1,
            "the record is not as it was written, nor is the copy; see: sideletter log --verify\n"
        )
    );
}
