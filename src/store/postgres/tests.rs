//! What is particular to a server: making the store in it, finding something else in its place, and losing it.

use crate::ids::AgreementId;
use crate::record::{Asked, Draft, EntryKind, Extent, verify};
use crate::store::{Access, Place, Store, cluster};
use chrono::{DateTime, NaiveDate, Utc};
use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;

fn place(url: String) -> Place {
    Place {
        url,
        password: None,
    }
}

/// A new database, and the store in it.
struct Database(String);

impl Database {
    fn new() -> Self {
        Self(cluster::shared().database())
    }

    fn with_one_entry() -> Self {
        let database = Self::new();
        note(database.open(Access::Write).unwrap().as_mut(), "one").unwrap();
        database
    }

    fn open(&self, access: Access) -> crate::error::Result<Box<dyn Store>> {
        let url = cluster::shared().url(&self.0);
        crate::store::open(Path::new("."), &place(url), access)
    }

    fn open_as(&self, role: &str, access: Access) -> crate::error::Result<Box<dyn Store>> {
        let url = cluster::shared().url(&self.0);
        let url = url.replace(&format!("user={}", cluster::ROLE), &format!("user={role}"));
        crate::store::open(Path::new("."), &place(url), access)
    }

    fn execute(&self, sql: &str) {
        cluster::shared()
            .connect(&self.0)
            .batch_execute(sql)
            .unwrap();
    }

    /// What opening says, for reading and for writing alike.
    #[track_caller]
    fn is_refused(&self) -> String {
        let [reading, writing] = [Access::Read, Access::Write].map(|access| {
            let error = self.open(access).err().unwrap();
            assert_eq!(error.exit_code(), 3);
            self.without_names(&error.to_string())
        });
        assert_eq!(reading.replace("read", "write"), writing);
        reading
    }

    fn without_names(&self, said: &str) -> String {
        let folder = cluster::shared().folder().display().to_string();
        said.replace(&folder, "FOLDER").replace(&self.0, "DATABASE")
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2014, 4, 2).unwrap()
}

fn now() -> DateTime<Utc> {
    today().and_hms_opt(17, 0, 0).unwrap().and_utc()
}

fn note(store: &mut dyn Store, words: &str) -> crate::error::Result<()> {
    let mut draft = Draft::new(EntryKind::Noted, AgreementId::new("a"), "00");
    draft.note = Some(words.to_owned());
    store.append(&draft, now(), today()).map(drop)
}

#[test]
fn many_who_make_the_store_at_once_make_one() {
    let database = Database::new();
    std::thread::scope(|scope| {
        for n in 0..8 {
            let database = &database;
            scope.spawn(move || {
                let mut store = database.open(Access::Write).unwrap();
                note(store.as_mut(), &format!("by {n}")).unwrap();
            });
        }
    });
    let sealed = database.open(Access::Read).unwrap().sealed().unwrap();
    assert_eq!(sealed.len(), 8);
    assert_eq!(verify(&sealed), []);
}

#[test]
fn entries_are_neither_changed_nor_removed() {
    let database = Database::with_one_entry();
    let mut other = cluster::shared().connect(&database.0);
    let mut refused = |sql: &str| {
        let error = other.batch_execute(sql).unwrap_err();
        error.as_db_error().unwrap().message().to_owned()
    };
    for change in [
        "UPDATE sideletter.entries SET text = 'kind: noted'",
        "UPDATE sideletter.entries SET at = at + 1",
        "UPDATE sideletter.entries SET seal = digest, text = NULL",
        "DELETE FROM sideletter.entries",
        "TRUNCATE sideletter.entries",
    ] {
        assert!(refused(change).contains("strike it out"), "{change}");
    }
    let gap =
        "INSERT INTO sideletter.entries SELECT 3, at, text, digest, digest FROM sideletter.entries";
    assert!(refused(gap).contains("without gaps"));
    // Erasing the text is the one change that an entry may suffer: it says nothing then, and its seal stands.
    database.execute("UPDATE sideletter.entries SET text = NULL");
    let store = database.open(Access::Read).unwrap();
    assert!(store.entries().unwrap().is_empty());
    let sealed = store.sealed().unwrap();
    assert_eq!(crate::record::seal::verify_handed_out(&sealed), []);
}

#[test]
fn a_newer_store_is_left_alone() {
    let database = Database::with_one_entry();
    let mut open = database.open(Access::Write).unwrap();
    database.execute("UPDATE sideletter.store SET version = 7");
    insta::assert_snapshot!(database.is_refused(), @"the store was written by a newer version of sideletter (store version 7; this one knows 4); install the newer version on this machine too");
    // One that was open when another program brought it to a newer version.
    let said = note(open.as_mut(), "two").unwrap_err();
    assert!(said.to_string().contains("newer version"), "{said}");
    database.execute("UPDATE sideletter.store SET version = 4");
    let kept = database.open(Access::Read).unwrap().sealed().unwrap();
    assert_eq!(kept.len(), 1);
}

#[test]
fn a_store_of_the_first_version_is_brought_up_to_date_by_who_writes() {
    let database = Database::new();
    database.execute(&format!(
        "CREATE SCHEMA sideletter; SET search_path = sideletter; {}
         INSERT INTO store VALUES (1, 'sideletter', 1);
         INSERT INTO messages VALUES (1, 'a', 'agents@upe.example', 'upe', '2014-03-03', 'Met', '<1@x.example>', 'x', 'x',
            'sent', 1, NULL, NULL, 0, 0);
         INSERT INTO reminders VALUES ('key', 1, 1, 'a', 'meeting', NULL, 'reported', 'agents@upe.example', '2014-03-03')",
        include_str!("0001.sql")
    ));
    let refused = database.open(Access::Read).err().unwrap().to_string();
    insta::assert_snapshot!(database.without_names(&refused), @"the store postgres:///DATABASE?host=FOLDER was written by an older version of sideletter; `sideletter run` brings it up to date");
    let mut store = database.open(Access::Write).unwrap();
    note(store.as_mut(), "one").unwrap();
    let reader = database.open(Access::Read).unwrap();
    let extent = Extent::About(vec![AgreementId::new("a")]);
    assert_eq!(reader.record_of(&extent).unwrap().entries.len(), 1);
    assert_eq!(reader.asked(&Extent::Whole).unwrap(), Asked::new());
    assert_eq!(reader.parts(1).unwrap()[0].asks, None);
    let row = reader.message(1).unwrap().unwrap();
    assert_eq!((row.tries, row.unanswered), (1, 0));
    assert_eq!((row.first_tried_at, row.claimed_until), (None, None));
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    let database = Database::new();
    database.execute("CREATE TABLE songs (name text)");
    insta::assert_snapshot!(database.is_refused(), @"the database that `url` under [store] names holds the tables of another program; name a database of sideletter's own (createdb NAME), or make room in this one: CREATE SCHEMA sideletter");
    // Whoever made a schema for it wants it there.
    database.execute("CREATE SCHEMA sideletter");
    let store = database.open(Access::Read).unwrap();
    assert!(store.entries().unwrap().is_empty());
    note(database.open(Access::Write).unwrap().as_mut(), "one").unwrap();
    assert_eq!(
        database
            .open(Access::Read)
            .unwrap()
            .entries()
            .unwrap()
            .len(),
        1
    );

    let other = Database::new();
    other.execute("CREATE SCHEMA sideletter; CREATE TABLE sideletter.store (program text, version int); INSERT INTO sideletter.store VALUES ('jukebox', 1)");
    assert!(other.is_refused().contains("another program"));
    let half = Database::new();
    half.execute("CREATE SCHEMA sideletter; CREATE TABLE sideletter.entries (number int)");
    assert!(half.is_refused().contains("another program"));
}

#[test]
fn a_database_that_cannot_hold_every_letter_is_refused() {
    let name = cluster::shared().database();
    let mut other = cluster::shared().connect("postgres");
    other
        .batch_execute(&format!(
            "CREATE DATABASE {name}_latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
        ))
        .unwrap();
    let database = Database(format!("{name}_latin"));
    let said = database.open(Access::Write).err().unwrap().to_string();
    assert!(said.contains("createdb --encoding UTF8"), "{said}");
}

#[test]
fn a_role_that_may_only_read_reads_and_is_told_why_nothing_is_entered() {
    let database = Database::with_one_entry();
    let role = format!("reader_{}", database.0);
    database.execute(&format!(
        "CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA sideletter TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA sideletter TO {role}"
    ));
    let store = database.open_as(&role, Access::Read).unwrap();
    assert_eq!(store.entries().unwrap().len(), 1);
    let mut store = database.open_as(&role, Access::Write).unwrap();
    let said = note(store.as_mut(), "two").unwrap_err().to_string();
    insta::assert_snapshot!(database.without_names(&said), @"cannot write the store postgres:///DATABASE?host=FOLDER: this role may not; let its owner type: GRANT USAGE ON SCHEMA sideletter TO ROLE, and GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA sideletter TO ROLE; or, where the store is not made yet: GRANT CREATE ON DATABASE NAME TO ROLE");
    // One that may do nothing at all, where there is no store yet.
    let empty = Database::new();
    let said = empty
        .open_as(&role, Access::Write)
        .err()
        .unwrap()
        .to_string();
    assert!(said.contains("GRANT CREATE ON DATABASE"), "{said}");
}

#[test]
fn a_server_that_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for url in [
        format!("postgres:///letters?host={}", folder.path().display()),
        "postgres://127.0.0.1:1/letters?connect_timeout=2".to_owned(),
    ] {
        let error = crate::store::open(Path::new("."), &place(url), Access::Read)
            .err()
            .unwrap();
        assert_eq!(error.exit_code(), 3);
        assert!(
            error.to_string().contains("see that the server runs"),
            "{error}"
        );
    }
    let none = Database("no_such_database".to_owned());
    assert!(none.is_refused().contains("createdb"));
}

#[test]
fn a_store_that_stays_locked_is_said_and_nothing_is_entered() {
    let database = Database::with_one_entry();
    let mut store = database.open(Access::Write).unwrap();
    let mut other = cluster::shared().connect(&database.0);
    let mut transaction = other.transaction().unwrap();
    transaction
        .execute("SELECT version FROM sideletter.store FOR UPDATE", &[])
        .unwrap();
    // Readers do not wait for writers.
    assert_eq!(store.entries().unwrap().len(), 1);
    let said = note(store.as_mut(), "two").unwrap_err().to_string();
    insta::assert_snapshot!(database.without_names(&said), @"cannot write the store postgres:///DATABASE?host=FOLDER: another process has had it locked for 10 seconds; wait until that one has ended and run this again");
    transaction.rollback().unwrap();
    assert_eq!(store.entries().unwrap().len(), 1);
    note(store.as_mut(), "two").unwrap();
}

/// Stands between a client and the server, and cuts the line when the client asks for a commit: before the server hears
/// of it, or after.
fn cut_at_commit(folder: &Path, when: Cut) -> std::thread::JoinHandle<()> {
    let listener = UnixListener::bind(folder.join(".s.PGSQL.5432")).unwrap();
    std::thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let socket = cluster::shared().folder().join(".s.PGSQL.5432");
        let mut server = UnixStream::connect(socket).unwrap();
        let (mut answers, mut back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
        let answering = std::thread::spawn(move || {
            let _ = std::io::copy(&mut answers, &mut back);
        });
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = client.read(&mut buffer).unwrap_or(0);
            let asked = &buffer[..read];
            let commits = asked.windows(7).any(|window| window == b"COMMIT\0");
            if commits && when == Cut::After {
                // Its answer goes no further.
                client.shutdown(std::net::Shutdown::Both).unwrap();
                server.write_all(asked).unwrap();
                break;
            }
            if read == 0 || commits {
                break;
            }
            server.write_all(asked).unwrap();
        }
        let _ = client.shutdown(std::net::Shutdown::Both);
        let _ = server.shutdown(std::net::Shutdown::Write);
        answering.join().unwrap();
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Before,
    After,
}

#[test]
fn a_connection_that_is_lost_in_a_commit_leaves_a_doubt_and_says_so() {
    for (when, kept) in [(Cut::Before, 1), (Cut::After, 2)] {
        let database = Database::with_one_entry();
        let folder = tempfile::tempdir().unwrap();
        let line = cut_at_commit(folder.path(), when);
        let url = format!(
            "postgres:///{}?host={}&user={}",
            database.0,
            folder.path().display(),
            cluster::ROLE
        );
        let mut store = crate::store::open(Path::new("."), &place(url), Access::Write).unwrap();
        let error = note(store.as_mut(), "two").unwrap_err();
        line.join().unwrap();
        assert_eq!(error.exit_code(), 3);
        let said = error
            .to_string()
            .replace(&folder.path().display().to_string(), "FOLDER");
        let said = database.without_names(&said);
        assert!(said.starts_with("the connection to the store postgres:///DATABASE?host=FOLDER was lost while the entry was being written, so nobody here knows whether it is there; when the server is back, see `sideletter log`"), "{said}");
        // The server may still be at it; who comes next waits for its turn, and finds one chain.
        note(database.open(Access::Write).unwrap().as_mut(), "three").unwrap();
        let sealed = database.open(Access::Read).unwrap().sealed().unwrap();
        assert_eq!((sealed.len(), verify(&sealed)), (kept + 1, vec![]));
    }
}

#[test]
fn a_connection_that_the_server_ends_is_said_and_nothing_is_entered() {
    let database = Database::with_one_entry();
    let mut store = database.open(Access::Write).unwrap();
    database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'sideletter'");
    let error = note(store.as_mut(), "two").unwrap_err();
    assert_eq!(error.exit_code(), 3);
    let said = error.to_string();
    assert!(
        said.contains("the connection was lost; nothing was written"),
        "{said}"
    );
    assert_eq!(
        database
            .open(Access::Read)
            .unwrap()
            .entries()
            .unwrap()
            .len(),
        1
    );
}
