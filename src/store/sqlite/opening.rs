//! Opening the file: whether it is a store, of which version, and whether it may be read or written as asked.

use super::trouble::{self, ELSEWHERE, Trouble};
use crate::error::{Error, Result};
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Marks the file as ours: `SLET`.
const APPLICATION: i64 = 0x534c_4554;

/// What makes each version of the store out of the one before; the first makes it out of nothing.
pub(super) const MIGRATIONS: [&str; 4] = [
    include_str!("0001.sql"),
    include_str!("0002.sql"),
    include_str!("0003.sql"),
    include_str!("0004.sql"),
];

/// How long to wait before asking again whether another process has ended its turn.
const PAUSE: Duration = Duration::from_millis(2);

/// How often, and how long apart, an empty file is looked at before it is told of: for 2 seconds.
const LOOKS: u32 = 40;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// How many pages of a file are copied at a time.
const PAGES: i32 = 1_000;

/// How often to ask: for 30 seconds. Of many who write without a pause on a slow disk, chance may leave one out for a while.
const TRIES: i32 = 15_000;

/// Opens the store for reading. One that is not there, or is still empty, reads as empty.
pub(super) fn to_read(path: &Path) -> Result<Connection> {
    match std::fs::metadata(path) {
        Ok(file) if file.is_dir() => return Err(folder_in_its_place(path)),
        Ok(file) if file.is_file() && file.len() > 0 => {}
        Ok(file) if file.is_file() && !has_log(path) => return empty(path),
        Ok(file) if file.is_file() => return Err(cut_off(path)),
        Err(cause) if cause.kind() == ErrorKind::NotFound => return empty(path),
        Ok(_) => {}
        Err(cause) => {
            return Err(Error::failed(format!(
                "cannot read the store {}; give this user the right to read and write it and its folder, or run sideletter as their owner",
                path.display()
            ))
            .because(cause));
        }
    }
    // Opened for both where that is possible: a reader that may write leaves no log file of its own behind. Where it is
    // not, SQLite itself falls back to reading.
    let for_reading_alone = OpenOptions::new().append(true).open(path).is_err();
    if for_reading_alone && !has_log(path) {
        // SQLite would leave files beside the store that nobody may write either, and so keep its owner from writing
        // once the store itself may be written again.
        return finish_reading(unchanging(path).reading(path)?, path);
    }
    let opened = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .and_then(|connection| version(&connection).map(|_| connection));
    let connection = match opened {
        // Nobody may make the files beside it that readers and writers share. With no log of a writer beside it, nothing
        // is in flux and the file alone is the whole store.
        Err(cause) if is_about_access(&cause) && !has_log(path) => unchanging(path),
        opened => opened,
    }
    .reading(path)?;
    finish_reading(connection, path)
}

/// Sees that what was opened is a store that can be read.
fn finish_reading(connection: Connection, path: &Path) -> Result<Connection> {
    let found = recognize(&connection, path)?;
    if found == 0 {
        return empty(path);
    }
    let connection = if found < MIGRATIONS.len() {
        brought_up_to_date(&connection, path)?
    } else {
        connection
    };
    connection
        .pragma_update(None, "query_only", true)
        .reading(path)?;
    Ok(connection)
}

/// What an older version wrote, as it is once it is brought up to date: in memory, for who only reads leaves it as it is. It
/// may be a backup, which nobody brings up to date.
fn brought_up_to_date(older: &Connection, path: &Path) -> Result<Connection> {
    let mut copy = Connection::open_in_memory().reading(path)?;
    Backup::new(older, &mut copy)
        .and_then(|whole| whole.run_to_completion(PAGES, PAUSE, None))
        .reading(path)?;
    settle(&mut copy).reading(path)?;
    migrate(&mut copy, path)?;
    Ok(copy)
}

/// Opens the store for writing, and makes it where it is not there.
pub(super) fn to_write(path: &Path) -> Result<Connection> {
    if path.is_dir() {
        return Err(folder_in_its_place(path));
    }
    if is_blank(path) && has_log(path) {
        return Err(cut_off(path));
    }
    prepare(path).map_err(|cause| match cause.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            Error::failed(trouble::read_only(&path.display()))
        }
        _ => Error::failed(format!(
            "cannot make the store {}; see that its folder can be made",
            path.display()
        ))
        .because(cause),
    })?;
    let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).writing(path)?;
    if recognize(&connection, path)? < MIGRATIONS.len() {
        migrate(&mut connection, path)?;
    }
    log_ahead(&connection).writing(path)?;
    Ok(connection)
}

/// Lets readers read while somebody writes. While another process has the file open for this too, SQLite refuses at once
/// and asks for no patience, lest two wait for one another: each lets go and asks again.
fn log_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let mut tried = 0;
    loop {
        match connection.pragma_update(None, "journal_mode", "wal") {
            Err(cause) if is_in_turn(&cause) && tried < TRIES => {
                tried += 1;
                std::thread::sleep(PAUSE);
            }
            done => return done,
        }
    }
}

fn folder_in_its_place(path: &Path) -> Error {
    Error::failed(format!(
        "{} is a folder, and the store is a file; {ELSEWHERE}",
        path.display()
    ))
}

/// Whether the file stays without anything in it: who begins a store fills it soon after.
pub(super) fn stays_blank(path: &Path) -> bool {
    for _ in 0..LOOKS {
        if !is_blank(path) {
            return false;
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
    is_blank(path)
}

/// Whether the file is there and has nothing in it.
fn is_blank(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() == 0)
}

/// A store is never empty beside a log: SQLite would take it for a new one, and throw the log away.
fn cut_off(path: &Path) -> Error {
    let path = path.display();
    Error::failed(format!(
        "the store {path} is an empty file, and the log of its writers beside it is not, so something has cut it off; nothing was changed: keep {path}-wal, move both files aside, and put the newest backup in their place: sideletter restore FILE"
    ))
}

/// Makes the folder, for its owner alone, and an empty file in it, likewise, where they are not there.
fn prepare(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    if !folder.exists() {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        if folder.ends_with(".sideletter") {
            // The store is never in version control, whatever the office's own settings say.
            std::fs::write(folder.join(".gitignore"), "*\n")?;
        }
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    Ok(())
}

fn connect(path: &Path, access: OpenFlags) -> rusqlite::Result<Connection> {
    // Without the flag for addresses a path is a path, whatever characters it has.
    let mut connection =
        Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    settle(&mut connection)?;
    Ok(connection)
}

fn settle(connection: &mut Connection) -> rusqlite::Result<()> {
    // SQLite's own patience sleeps longer the longer it has waited, so that of many who write without a pause the one who has
    // waited longest has the least chance.
    connection.busy_handler(Some(|tried| {
        std::thread::sleep(PAUSE);
        tried < TRIES
    }))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A text that was erased leaves nothing of itself in the file.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "trusted_schema", false)
}

/// Opens a file that nobody is writing and that this user cannot lock.
fn unchanging(path: &Path) -> rusqlite::Result<Connection> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut connection = Connection::open_with_flags(
        format!("file://{}?immutable=1", escape(&absolute.to_string_lossy())),
        OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI,
    )?;
    settle(&mut connection)?;
    Ok(connection)
}

/// A path as part of an address.
fn escape(path: &str) -> String {
    use std::fmt::Write;
    path.bytes().fold(String::new(), |mut address, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
        address
    })
}

/// Makes a store in an empty file of one's own, which is to be filled before anybody else sees it.
pub(super) fn to_fill(path: &Path) -> Result<Connection> {
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .writing(path)?;
    settle(&mut connection).writing(path)?;
    for (setting, value) in [("journal_mode", "memory"), ("synchronous", "off")] {
        connection
            .pragma_update(None, setting, value)
            .writing(path)?;
    }
    migrate(&mut connection, path)?;
    Ok(connection)
}

/// A store without anything in it, in memory; writing to it fails.
pub(super) fn empty(path: &Path) -> Result<Connection> {
    let mut connection = Connection::open_in_memory().reading(path)?;
    settle(&mut connection).reading(path)?;
    migrate(&mut connection, path)?;
    connection
        .pragma_update(None, "query_only", true)
        .reading(path)?;
    Ok(connection)
}

/// Which version of the store the file holds: 0 for a file without anything in it.
fn recognize(connection: &Connection, path: &Path) -> Result<usize> {
    let version = version(connection).reading(path)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .reading(path)?;
    if tables == 0 && version == 0 {
        return Ok(0);
    }
    // Asked last: another process that makes the store between two questions writes all of it at once, its mark too.
    let application: i64 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .reading(path)?;
    if application != APPLICATION {
        return Err(Error::failed(format!(
            "{} is the database of another program; {ELSEWHERE}",
            path.display()
        )));
    }
    usize::try_from(version)
        .ok()
        .filter(|&version| version <= MIGRATIONS.len())
        .ok_or_else(|| {
            Error::failed(format!(
                "the store {} was written by a newer version of sideletter (store version {version}; this one knows {}); install the newer version on this machine too",
                path.display(),
                MIGRATIONS.len()
            ))
        })
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings the store up to date, in one transaction.
fn migrate(connection: &mut Connection, path: &Path) -> Result<()> {
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .writing(path)?;
    // Another process may have done it while this one waited for its turn.
    let found = recognize(&transaction, path)?;
    for migration in MIGRATIONS.iter().skip(found) {
        transaction.execute_batch(migration).writing(path)?;
    }
    transaction
        .pragma_update(None, "application_id", APPLICATION)
        .writing(path)?;
    transaction
        .pragma_update(
            None,
            "user_version",
            i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX),
        )
        .writing(path)?;
    transaction.commit().writing(path)
}

/// Whether a writer left something beside the file that is not in it yet.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(PathBuf::from(log)).is_ok_and(|log| log.len() > 0)
}

fn is_in_turn(cause: &rusqlite::Error) -> bool {
    use rusqlite::ffi::ErrorCode;
    matches!(
        cause.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

fn is_about_access(cause: &rusqlite::Error) -> bool {
    use rusqlite::ffi::ErrorCode;
    matches!(
        cause.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied)
    )
}
