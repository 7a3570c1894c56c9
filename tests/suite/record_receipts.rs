//! That a receipt shows what was done to the record since, also where all of it was sealed anew.

use crate::office::Office;
use crate::record_kept::office;
use sha2::{Digest, Sha256};

/// An office with so many remarks in its record, and an export of them.
fn recorded(remarks: usize) -> Office {
    let office = office();
    for n in 1..=remarks {
        office.prints(&format!("record noted letter --note remark-{n} --by upe"));
    }
    exported(office)
}

fn exported(office: Office) -> Office {
    let export = office.prints("log --export");
    office.file("earlier.jsonl", export)
}

/// The receipt of an entry, as the mail of that day had it.
fn receipt(office: &Office, number: usize) -> String {
    let seal = office.json("log")[number - 1]["seal"].clone();
    format!("{number}:{}", seal.as_str().unwrap())
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Does what somebody does who holds the whole store: alters the entries and seals every one of them anew.
pub(crate) fn reseal(office: &Office, alter: &str) {
    let store = rusqlite::Connection::open(office.root().join(".sideletter/store.db")).unwrap();
    store
        .execute_batch(
            "DROP TRIGGER IF EXISTS entries_never_change; DROP TRIGGER IF EXISTS entries_never_go;
             DROP TRIGGER IF EXISTS entries_are_numbered_without_gaps;",
        )
        .unwrap();
    store.execute_batch(alter).unwrap();
    let entries: Vec<(i64, i64, Option<String>, String)> = store
        .prepare("SELECT number, at, text, digest FROM entries ORDER BY number")
        .unwrap()
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut before = "0".repeat(64);
    for (index, (number, at, text, digest)) in entries.into_iter().enumerate() {
        let new = index + 1;
        let digest = text.as_deref().map_or(digest, sha256);
        let instant = chrono::DateTime::from_timestamp_millis(at)
            .unwrap()
            .to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        let seal = sha256(&format!("{before}\n{new}\n{instant}\n{digest}"));
        store
            .execute(
                "UPDATE entries SET number = ?1, digest = ?2, seal = ?3 WHERE number = ?4",
                rusqlite::params![i64::try_from(new).unwrap(), digest, seal, number],
            )
            .unwrap();
        before = seal;
    }
}

/// Alters a record of six, seals it anew, and says what an earlier export shows.
#[track_caller]
fn case(alter: &str) -> String {
    let office = recorded(6);
    reseal(&office, alter);
    assert!(
        office.types("log --verify").code == 0,
        "the chain is sound in itself"
    );
    let ran = office.types("log --verify --receipt earlier.jsonl");
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""), "{ran:?}");
    let lines = ran.stdout.lines().filter(|l| l.starts_with("receipt "));
    lines.map(|line| line.to_owned() + "\n").collect()
}

#[test]
fn whatever_was_altered_is_named_by_an_earlier_export_also_after_all_was_sealed_anew() {
    insta::assert_snapshot!(case("UPDATE entries SET text = replace(text, 'remark-3', 'remark-9') WHERE number = 3;"), @"receipt earlier.jsonl: entry 3: its `note` was changed");
    insta::assert_snapshot!(case("DELETE FROM entries WHERE number = 3;"), @"receipt earlier.jsonl: entry 3: it was taken out");
    insta::assert_snapshot!(case(
        "UPDATE entries SET number = number + 100 WHERE number > 3; UPDATE entries SET number = number - 99 WHERE number > 100;
         INSERT INTO entries SELECT 4, at, replace(text, 'remark-3', 'remark-9'), hex(randomblob(32)), hex(randomblob(32)) FROM entries WHERE number = 3;"
    ), @"receipt earlier.jsonl: entry 4 of the record at hand: it was put in");
    insta::assert_snapshot!(case(
        "UPDATE entries SET number = 100 WHERE number = 2; UPDATE entries SET number = 2 WHERE number = 5; UPDATE entries SET number = 5 WHERE number = 100;"
    ), @r"
    receipt earlier.jsonl: entry 2 (entry 5 now): it was moved
    receipt earlier.jsonl: entry 5 (entry 2 now): it was moved
    ");
    insta::assert_snapshot!(case("UPDATE entries SET at = at - 1000 WHERE number = 1;"), @"receipt earlier.jsonl: entry 1: its instant was changed");
    insta::assert_snapshot!(case("DELETE FROM entries WHERE number > 3;"), @r"
    receipt earlier.jsonl: entry 4: it was cut off; the record at hand ends with entry 3
    receipt earlier.jsonl: entry 5: it was cut off; the record at hand ends with entry 3
    receipt earlier.jsonl: entry 6: it was cut off; the record at hand ends with entry 3
    ");
}

#[test]
fn a_receipt_of_the_verified_record_says_which_entry_it_is_of() {
    let office = recorded(4);
    let second = receipt(&office, 2);
    let bare = second.split_once(':').unwrap().1.to_uppercase();
    let newest = receipt(&office, 4);
    let told = office.prints(&format!(
        "log --verify --receipt {second} --receipt {bare} --receipt {newest} --receipt earlier.jsonl"
    ));
    assert_eq!(
        told,
        format!(
            "4 entries, each sealed to the one before; newest seal {newest}\n\
             receipt {second}: the seal of entry 2, so nothing up to it was altered since; 2 entries came after it\n\
             receipt {}: the seal of entry 2, so nothing up to it was altered since; 2 entries came after it\n\
             receipt {newest}: the seal of entry 4, so nothing up to it was altered since; it is the newest entry\n\
             receipt earlier.jsonl: the seal of entry 4, so nothing up to it was altered since; it is the newest entry\n",
            bare.to_lowercase()
        )
    );
    // What was entered since is no alteration.
    office.prints("record noted letter --note later --by dha");
    let later = office.prints("log --verify --receipt earlier.jsonl");
    assert!(
        later.ends_with("altered since; 1 entry came after it\n"),
        "{later}"
    );
}

#[test]
fn a_receipt_of_another_record_says_what_that_means() {
    let office = recorded(4);
    let (second, fourth) = (receipt(&office, 2), receipt(&office, 4));
    let bare = fourth.split_once(':').unwrap().1.to_owned();
    reseal(
        &office,
        "UPDATE entries SET text = replace(text, 'remark-3', 'remark-9') WHERE number = 3;",
    );
    let verify = |receipts: &[&str]| {
        let line: String = receipts
            .iter()
            .map(|r| " --receipt ".to_owned() + r)
            .collect();
        let ran = office.types(&format!("log --verify{line}"));
        assert_eq!((ran.code, ran.stderr.as_str()), (1, ""), "{ran:?}");
        ran.stdout
            .lines()
            .skip(1)
            .map(|line| {
                line.replace(&second, "2:SECOND")
                    .replace(&fourth, "4:FOURTH")
                    .replace(&bare, "FOURTH")
                    + "\n"
            })
            .collect::<String>()
    };
    insta::assert_snapshot!(verify(&[&fourth]), @r"
    receipt 4:FOURTH: entry 4 has another seal, so it or one before it was changed, taken out, put in or moved since
    The record at hand is not the one that was receipted. To see what differs, compare it with an earlier export (--receipt FILE) or a backup.
    ");
    insta::assert_snapshot!(verify(&[&second, &fourth, &bare]), @r"
    receipt 2:SECOND: the seal of entry 2, so nothing up to it was altered since; 2 entries came after it
    receipt 4:FOURTH: entry 4 has another seal, so one of the entries 3 to 4 was changed, taken out, put in or moved since
    receipt FOURTH: no entry has this seal, so the entry that had it, or one before it, was changed, taken out, put in or moved since, or the newest entries were cut off (the record at hand ends with entry 4); the number before the seal, as the mail has it, would tell more
    The record at hand is not the one that was receipted. To see what differs, compare it with an earlier export (--receipt FILE) or a backup.
    ");
    let wrong = second.replacen("2:", "3:", 1);
    let ran = office.types(&format!("log --verify --receipt {wrong}"));
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout.contains(
            "this is the seal of entry 2, not of entry 3; see that it was copied rightly"
        ),
        "{ran:?}"
    );
    reseal(&office, "DELETE FROM entries WHERE number > 2;");
    insta::assert_snapshot!(verify(&[&second, &fourth]), @r"
    receipt 2:SECOND: the seal of entry 2, so nothing up to it was altered since; it is the newest entry
    receipt 4:FOURTH: entry 4: it was cut off; the record at hand ends with entry 2
    The record at hand is not the one that was receipted. To see what differs, compare it with an earlier export (--receipt FILE) or a backup.
    ");
    reseal(&office, "DELETE FROM entries;");
    let ran = office.types(&format!("log --verify --receipt {fourth}"));
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout
            .contains("entry 4: it was cut off; nothing is recorded here"),
        "{ran:?}"
    );
}

#[test]
fn a_receipt_does_not_vouch_for_what_the_check_of_the_seals_names() {
    let told = |alter: &str| {
        let office = recorded(4);
        let (second, fourth) = (receipt(&office, 2), receipt(&office, 4));
        rusqlite::Connection::open(office.root().join(".sideletter/store.db"))
            .unwrap()
            .execute_batch(&format!(
                "DROP TRIGGER entries_never_change; DROP TRIGGER entries_never_go; {alter}"
            ))
            .unwrap();
        let ran = office.types(&format!(
            "log --verify --receipt {second} --receipt {fourth} --receipt earlier.jsonl"
        ));
        assert_eq!(ran.code, 1, "{ran:?}");
        ran.stdout
            .replace(&second, "2:SECOND")
            .replace(&fourth, "4:FOURTH")
    };
    insta::assert_snapshot!(told("UPDATE entries SET text = replace(text, 'remark-3', 'remark-9') WHERE number = 3;"), @r#"
    entry 3: its text is not the one that was sealed
    4 entries, 1 fault; compare with a backup, and with the seals in reminders that were sent
    receipt 2:SECOND: the seal of entry 2, so nothing up to it was altered since; 2 entries came after it
    receipt 4:FOURTH: the seal of entry 4 stands, but entry 3 was altered since; what was found is told above
    receipt earlier.jsonl: entry 3: its `note` was changed
    The record at hand is not the one that was receipted. To see what differs, compare it with an earlier export (--receipt FILE) or a backup.
    "#);
    insta::assert_snapshot!(told("DELETE FROM entries WHERE number = 3;"), @r#"
    entry 3: it is missing
    entry 4: its seal does not follow from the entry before it; one of the two, its number, its instant or its digest was changed
    3 entries, 2 faults; compare with a backup, and with the seals in reminders that were sent
    receipt 2:SECOND: the seal of entry 2, so nothing up to it was altered since; 1 entry came after it
    receipt 4:FOURTH: the seal of entry 4 stands, but entry 3 was altered since; what was found is told above
    receipt earlier.jsonl: entry 3: it was taken out
    The record at hand is not the one that was receipted. To see what differs, compare it with an earlier export (--receipt FILE) or a backup.
    "#);
}

#[test]
fn what_receipts_show_is_json_too() {
    let office = recorded(3);
    let third = receipt(&office, 3);
    reseal(
        &office,
        "UPDATE entries SET text = replace(text, 'remark-2', 'remark-9') WHERE number = 2;",
    );
    let ran = office.types(&format!(
        "log --verify --receipt {third} --receipt earlier.jsonl --format json"
    ));
    assert_eq!(ran.code, 1);
    let value: serde_json::Value =
        serde_json::from_str(&ran.stdout.replace(&third, "3:THIRD")).unwrap();
    insta::assert_json_snapshot!(value, {".newest_seal" => "SEAL"});
}

#[test]
fn a_malformed_receipt_is_refused() {
    let office = recorded(1);
    let refused = |receipt: &str| office.fails(2, &format!("log --verify --receipt {receipt}"));
    insta::assert_snapshot!(refused("9f86d081"), @"sideletter: --receipt `9f86d081` has 8 of a seal's 64 characters; copy it whole, as the mail or the export has it");
    insta::assert_snapshot!(refused("412:9f86..."), @"sideletter: --receipt `412:9f86...` has 4 of a seal's 64 characters; copy it whole, as the mail or the export has it");
    insta::assert_snapshot!(refused("nowhere.jsonl"), @"sideletter: --receipt `nowhere.jsonl` is neither a seal (64 hexadecimal digits, with or without its number before it: 412:9f86...) nor the file of an earlier `sideletter log --export`");
    insta::assert_snapshot!(refused("agreements"), @"sideletter: --receipt `agreements` is no file of at most 1 GiB; name the file of an earlier export");
    insta::assert_snapshot!(refused("parties.toml"), @"sideletter: --receipt `parties.toml` proves nothing, for it is no export as it was written: line 1: it is no JSON; take the file as it was handed out");
    let tampered = office.read("earlier.jsonl").replace("remark-1", "remark-9");
    let office = office.file("tampered.jsonl", tampered);
    insta::assert_snapshot!(office.fails(2, "log --verify --receipt tampered.jsonl"), @"sideletter: --receipt `tampered.jsonl` proves nothing, for it is no export as it was written: entry 1: its text is not the one that was sealed; take the file as it was handed out");
    assert!(
        office
            .fails(2, "log --receipt 9f86d081")
            .contains("--verify")
    );
    assert!(
        office
            .fails(2, "log --verify --export")
            .contains("cannot be used with")
    );
    insta::assert_snapshot!(office.fails(2, "log --for upe"), @"sideletter: --for says to whom the record is handed out; type --export or --case too");
}
