//! What is particular to a file: making it, finding something else in its place, and finding it locked.

use crate::ids::AgreementId;
use crate::record::{Draft, EntryKind};
use crate::store::{Access, Place, Store};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// The store at an address.
fn open(office: &Path, url: &str, access: Access) -> crate::error::Result<Box<dyn Store>> {
    let place = Place {
        url: url.to_owned(),
        password: None,
    };
    crate::store::open(office, &place, access)
}

const URL: &str = "sqlite:.sideletter/store.db";

struct Office(tempfile::TempDir);

impl Office {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// An office with a store of one entry.
    fn with_one_entry() -> Self {
        let office = Self::new();
        note(office.open(Access::Write).as_mut(), "one");
        office
    }

    /// An office with `bytes` where its store would be.
    fn with_file(bytes: &[u8]) -> Self {
        let office = Self::new();
        std::fs::create_dir(office.0.path().join(".sideletter")).unwrap();
        std::fs::write(office.path(), bytes).unwrap();
        office
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn path(&self) -> PathBuf {
        self.0.path().join(".sideletter/store.db")
    }

    fn open(&self, access: Access) -> Box<dyn Store> {
        open(self.root(), URL, access).unwrap()
    }

    /// What opening says, for reading and for writing alike; the file must not change for it.
    #[track_caller]
    fn is_refused(&self) -> String {
        let before = std::fs::read(self.path()).unwrap();
        let [reading, writing] = [Access::Read, Access::Write].map(|access| {
            let error = open(self.root(), URL, access).err().unwrap();
            assert_eq!(error.exit_code(), 3);
            error
                .to_string()
                .replace(&self.root().display().to_string(), "OFFICE")
        });
        assert_eq!(reading.replace("read", "write"), writing);
        assert_eq!(std::fs::read(self.path()).unwrap(), before);
        reading
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2014, 4, 2).unwrap()
}

fn now() -> DateTime<Utc> {
    today().and_hms_opt(17, 0, 0).unwrap().and_utc()
}

fn note(store: &mut dyn Store, words: &str) {
    try_note(store, words).unwrap();
}

fn try_note(store: &mut dyn Store, words: &str) -> crate::error::Result<()> {
    let mut draft = Draft::new(EntryKind::Noted, AgreementId::new("a"), "00");
    draft.note = Some(words.to_owned());
    store.append(&draft, now(), today()).map(drop)
}

#[test]
fn reading_makes_no_store() {
    let office = Office::new();
    let mut store = office.open(Access::Read);
    assert!(store.record().unwrap().entries.is_empty());
    assert!(store.messages(None).unwrap().is_empty());
    assert_eq!(try_note(store.as_mut(), "lost").unwrap_err().exit_code(), 3);
    assert_eq!(std::fs::read_dir(office.root()).unwrap().count(), 0);
}

#[test]
fn a_reader_cannot_write_and_leaves_nothing_beside_the_store() {
    let office = Office::with_one_entry();
    let mut store = office.open(Access::Read);
    assert_eq!(store.entries().unwrap().len(), 1);
    assert!(try_note(store.as_mut(), "two").is_err());
    drop(store);
    let mut names: Vec<_> = std::fs::read_dir(office.root().join(".sideletter"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, [".gitignore", "store.db"]);
}

#[cfg(unix)]
#[test]
fn the_store_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::with_one_entry();
    let mode = |path: PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(office.root().join(".sideletter")), 0o700);
    assert_eq!(mode(office.path()), 0o600);
}

#[test]
fn commits_are_synced_and_readers_do_not_wait_for_writers() {
    let office = Office::with_one_entry();
    let other = Connection::open(office.path()).unwrap();
    let mode: String = other
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(office.open(Access::Read).entries().unwrap().len(), 1);
}

#[test]
fn what_is_about_an_agreement_is_found_by_an_index() {
    let office = Office::with_one_entry();
    drop(office.open(Access::Write));
    let connection = Connection::open(office.path()).unwrap();
    let plan = |what: &str| -> String {
        let asked = format!(
            "EXPLAIN QUERY PLAN SELECT text FROM entries WHERE {} = 'a' AND number > 0 {what}",
            super::AGREEMENT
        );
        let found = connection.query_row(&asked, [], |row| row.get("detail"));
        found.unwrap()
    };
    insta::assert_snapshot!(plan(""), @"SEARCH entries USING INDEX entries_by_agreement (<expr>=? AND rowid>?)");
    insta::assert_snapshot!(plan(super::WITHOUT_REMARKS), @"SEARCH entries USING INDEX entries_by_agreement_without_remarks (<expr>=? AND rowid>?)");
}

#[test]
fn entries_are_neither_changed_nor_removed() {
    let office = Office::with_one_entry();
    let other = Connection::open(office.path()).unwrap();
    let refused = |sql: &str| other.execute_batch(sql).unwrap_err().to_string();
    for change in [
        "UPDATE entries SET text = 'kind: noted'",
        "UPDATE entries SET at = at + 1",
        "UPDATE entries SET seal = digest, text = NULL",
        "DELETE FROM entries",
    ] {
        assert!(refused(change).contains("strike it out"), "{change}");
    }
    let gap = "INSERT INTO entries SELECT 3, at, text, digest, digest FROM entries";
    assert!(refused(gap).contains("without gaps"));
    // Erasing the text is the one change that an entry may suffer: it says nothing then, and its seal stands.
    other
        .execute_batch("UPDATE entries SET text = NULL")
        .unwrap();
    let store = office.open(Access::Read);
    assert!(store.entries().unwrap().is_empty());
    assert_eq!(
        crate::record::seal::verify_handed_out(&store.sealed().unwrap()),
        []
    );
}

#[test]
fn an_empty_file_is_a_store_that_begins() {
    let office = Office::with_file(b"");
    assert!(office.open(Access::Read).entries().unwrap().is_empty());
    note(office.open(Access::Write).as_mut(), "one");
    assert_eq!(office.open(Access::Read).entries().unwrap().len(), 1);
}

#[test]
fn a_newer_store_is_left_alone() {
    let office = Office::with_one_entry();
    Connection::open(office.path())
        .unwrap()
        .pragma_update(None, "user_version", 7)
        .unwrap();
    insta::assert_snapshot!(office.is_refused(), @"the store OFFICE/.sideletter/store.db was written by a newer version of sideletter (store version 7; this one knows 4); install the newer version on this machine too");
}

#[test]
fn what_is_no_store_is_left_alone() {
    let text = Office::with_file("Dear colleague, ".repeat(100).as_bytes());
    insta::assert_snapshot!(text.is_refused(), @"OFFICE/.sideletter/store.db is no store of sideletter; move it away, put a backup in its place, or name another file as `url` under [store] in sideletter.toml");
    let other = Office::with_file(b"");
    Connection::open(other.path())
        .unwrap()
        .execute_batch("CREATE TABLE songs (name TEXT)")
        .unwrap();
    insta::assert_snapshot!(other.is_refused(), @"OFFICE/.sideletter/store.db is the database of another program; move it away, put a backup in its place, or name another file as `url` under [store] in sideletter.toml");
}

#[test]
fn a_damaged_store_is_said() {
    let office = Office::with_one_entry();
    let mut bytes = std::fs::read(office.path()).unwrap();
    bytes.truncate(bytes.len() / 2);
    bytes.iter_mut().skip(100).for_each(|byte| *byte = 0x55);
    std::fs::write(office.path(), bytes).unwrap();
    let said = office.is_refused();
    assert!(
        said.contains("is damaged; put a backup in its place"),
        "{said}"
    );
}

#[test]
fn a_folder_in_its_place_is_said() {
    let office = Office::new();
    std::fs::create_dir_all(office.path()).unwrap();
    for access in [Access::Read, Access::Write] {
        let error = open(office.root(), URL, access).err().unwrap();
        assert_eq!(error.exit_code(), 3, "{error}");
    }
}

#[test]
fn a_store_that_stays_locked_is_said_and_nothing_is_entered() {
    let office = Office::with_one_entry();
    let mut store = office.open(Access::Write);
    let other = Connection::open(office.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = try_note(store.as_mut(), "two").unwrap_err();
    assert_eq!(error.exit_code(), 3);
    let said = error
        .to_string()
        .replace(&office.root().display().to_string(), "OFFICE");
    insta::assert_snapshot!(said, @"cannot write the store OFFICE/.sideletter/store.db: another process has had it locked for 30 seconds; wait until that one has ended and run this again");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(store.entries().unwrap().len(), 1);
    note(store.as_mut(), "two");
}

#[test]
fn other_kinds_of_store_are_refused_without_showing_a_password() {
    for url in [
        "mysql://office:secret@db.example",
        "store.db",
        "sqlite:",
        "",
    ] {
        let said = open(Path::new("."), url, Access::Read)
            .err()
            .unwrap()
            .to_string();
        assert!(said.contains("sqlite:.sideletter/store.db"), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }
}

#[test]
fn any_path_may_hold_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let url = "sqlite:a folder/50% of #1?.db";
    note(
        open(folder.path(), url, Access::Write).unwrap().as_mut(),
        "one",
    );
    let store = open(folder.path(), url, Access::Read).unwrap();
    assert_eq!(store.entries().unwrap().len(), 1);
    assert!(folder.path().join("a folder/50% of #1?.db").is_file());
}

/// A message as the first version of the store kept it.
const OLD_MESSAGE: &str = "INSERT INTO messages (id, recipient, party, day, subject, message_id, bytes, sha256, state,
        tries, next_at, detail, decided_at, changed_at)
    VALUES (1, 'agents@upe.example', 'upe', '2014-03-03', 'Meeting', '<1@upe.example>', x'41', 'x', 'deferred', 1, 5, '451',
        3, 4)";

#[test]
fn an_older_store_is_read_as_it_is_and_brought_up_to_date_by_who_writes() {
    let office = Office::with_file(b"");
    let old = Connection::open(office.path()).unwrap();
    old.execute_batch(super::opening::MIGRATIONS[0]).unwrap();
    old.execute_batch(OLD_MESSAGE).unwrap();
    old.pragma_update(None, "application_id", 0x534c_4554_i64)
        .unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    drop(old);
    let before = std::fs::read(office.path()).unwrap();
    let read = office.open(Access::Read).messages(None).unwrap();
    assert_eq!((read[0].tries, read[0].unanswered), (1, 0));
    assert_eq!(
        (read[0].first_tried_at, read[0].claimed_until),
        (None, None)
    );
    assert_eq!(std::fs::read(office.path()).unwrap(), before);

    // As a backup it may be restored, today and later.
    let other = Office::with_one_entry();
    let backup = other.root().join("backup.db");
    std::fs::write(&backup, &before).unwrap();
    let aside = other.root().join("aside.db");
    let mut store = other.open(Access::Write);
    crate::store::backup::restore(store.as_mut(), &backup, Some(&aside)).unwrap();
    assert_eq!(store.messages(None).unwrap(), read);

    let mut store = office.open(Access::Write);
    assert_eq!(store.messages(None).unwrap(), read);
    note(store.as_mut(), "one");
    let version: i64 = Connection::open(office.path())
        .and_then(|store| store.pragma_query_value(None, "user_version", |row| row.get(0)))
        .unwrap();
    assert_eq!(version, 4);
}

#[test]
fn many_who_begin_a_store_at_once_each_find_it_theirs() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..150 {
        let path = folder.path().join(format!("{round}/store.db"));
        let start = std::sync::Barrier::new(4);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    start.wait();
                    super::opening::to_write(&path).unwrap();
                });
            }
        });
    }
}
