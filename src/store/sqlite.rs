//! The store in one SQLite file: write-ahead log, every commit synced, strict tables.
//!
//! Writers take their turn by `BEGIN IMMEDIATE`, so what a writer reads inside its transaction still holds when it writes.

mod opening;
mod outbox;
mod trouble;

#[cfg(test)]
mod tests;

use super::{Access, Store};
use crate::error::{Error, Result};
use crate::ids::AgreementId;
use crate::record::{Asked, Draft, Entry, Record, Sealed, canonical, seal};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use trouble::Trouble;

/// A store in a file.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    /// For messages.
    path: PathBuf,
}

impl Sqlite {
    /// Opens the store in `path`; to write, it is made where it is not there, in a folder for its owner alone.
    ///
    /// # Errors
    /// As [`super::open`].
    pub fn open(path: &Path, access: Access) -> Result<Self> {
        let connection = match access {
            Access::Read => opening::to_read(path),
            Access::Write => opening::to_write(path),
        }?;
        Ok(Self {
            connection,
            path: path.to_owned(),
        })
    }

    /// Begins a transaction that no other writer can come between.
    fn write(&mut self) -> Result<Transaction<'_>> {
        self.connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .writing(&self.path)
    }
}

impl Store for Sqlite {
    fn sealed(&self) -> Result<Vec<Sealed>> {
        sealed(&self.connection, &self.path)
    }

    fn tracking(&self) -> Result<BTreeMap<AgreementId, NaiveDate>> {
        tracking(&self.connection, &self.path)
    }

    fn begin_tracking(&mut self, agreements: &[AgreementId], day: NaiveDate) -> Result<()> {
        // Nearly every run finds all of them tracked, and need not wait for other writers then.
        let tracked = self.tracking()?;
        if agreements.iter().all(|id| tracked.contains_key(id)) {
            return Ok(());
        }
        let path = self.path.clone();
        let transaction = self.write()?;
        for agreement in agreements {
            track(&transaction, agreement, day).writing(&path)?;
        }
        transaction.commit().writing(&path)
    }

    fn enter(
        &mut self,
        at: DateTime<Utc>,
        today: NaiveDate,
        decide: &dyn Fn(&Record) -> Result<Draft>,
    ) -> Result<Entry> {
        let path = self.path.clone();
        let transaction = self.write()?;
        let chain = sealed(&transaction, &path)?;
        let record = Record {
            entries: chain
                .iter()
                .filter_map(|sealed| sealed.entry().transpose())
                .collect::<Result<_>>()?,
            tracking: tracking(&transaction, &path)?,
            asked: Asked::default(),
        };
        let draft = decide(&record)?;
        let next = next(&chain, at, canonical::text(&draft, &seal::salt()?));
        transaction
            .execute(
                "INSERT INTO entries (number, at, text, digest, seal) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    next.number.cast_signed(),
                    next.at.timestamp_millis(),
                    next.text,
                    next.digest,
                    next.seal
                ],
            )
            .writing(&path)?;
        if let Some(erased) = draft.entry.filter(|_| draft.erase) {
            transaction
                .execute(
                    "UPDATE entries SET text = NULL WHERE number = ?1",
                    [erased.cast_signed()],
                )
                .writing(&path)?;
        }
        track(&transaction, &draft.agreement, today).writing(&path)?;
        transaction.commit().writing(&path)?;
        Ok(draft.into_entry(next.number, next.at, next.seal))
    }

    fn last_run(&self) -> Result<Option<DateTime<Utc>>> {
        self.connection
            .query_row("SELECT at FROM last_run", [], |row| instant(row, "at"))
            .optional()
            .reading(&self.path)
    }

    fn set_last_run(&mut self, at: DateTime<Utc>) -> Result<()> {
        self.connection
            .execute(
                "INSERT INTO last_run (one, at) VALUES (1, ?1) ON CONFLICT DO UPDATE SET at = excluded.at",
                [at.timestamp_millis()],
            )
            .writing(&self.path)?;
        Ok(())
    }
}

/// The next link of the chain. Instants are kept to the millisecond and never go back.
fn next(chain: &[Sealed], at: DateTime<Utc>, text: String) -> Sealed {
    let at = DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at);
    match chain.last() {
        Some(newest) => Sealed::new(newest.number + 1, at.max(newest.at), text, &newest.seal),
        None => Sealed::new(1, at, text, seal::BEFORE_THE_FIRST),
    }
}

fn sealed(connection: &Connection, path: &Path) -> Result<Vec<Sealed>> {
    rows(
        connection,
        path,
        "SELECT number, at, text, digest, seal FROM entries ORDER BY number",
        |row| {
            Ok(Sealed {
                number: row.get::<_, i64>("number")?.cast_unsigned(),
                at: instant(row, "at")?,
                text: row.get("text")?,
                digest: row.get("digest")?,
                seal: row.get("seal")?,
            })
        },
    )
}

fn tracking(connection: &Connection, path: &Path) -> Result<BTreeMap<AgreementId, NaiveDate>> {
    let rows = rows(
        connection,
        path,
        "SELECT agreement, day FROM tracking",
        |row| {
            Ok((
                AgreementId::new(row.get::<_, String>("agreement")?),
                day(row, "day")?,
            ))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// The first day wins.
fn track(connection: &Connection, agreement: &AgreementId, day: NaiveDate) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO tracking (agreement, day) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        [agreement.as_str(), &day.to_string()],
    )?;
    Ok(())
}

/// Every row of a query without parameters.
fn rows<T>(
    connection: &Connection,
    path: &Path,
    query: &str,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let collect = || {
        connection
            .prepare(query)?
            .query_map([], read)?
            .collect::<rusqlite::Result<Vec<T>>>()
    };
    collect().reading(path)
}

/// A column that holds an instant, in milliseconds.
fn instant(row: &Row<'_>, column: &str) -> rusqlite::Result<DateTime<Utc>> {
    optional_instant(row, column)?.ok_or_else(|| unreadable(column))
}

fn optional_instant(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let Some(milliseconds) = row.get::<_, Option<i64>>(column)? else {
        return Ok(None);
    };
    DateTime::from_timestamp_millis(milliseconds)
        .map(Some)
        .ok_or_else(|| unreadable(column))
}

/// A column that holds a day.
fn day(row: &Row<'_>, column: &str) -> rusqlite::Result<NaiveDate> {
    optional_day(row, column)?.ok_or_else(|| unreadable(column))
}

fn optional_day(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<NaiveDate>> {
    let Some(text) = row.get::<_, Option<String>>(column)? else {
        return Ok(None);
    };
    NaiveDate::parse_from_str(&text, "%Y-%m-%d")
        .map(Some)
        .map_err(|_| unreadable(column))
}

/// A value that this program never wrote.
fn unreadable(column: &str) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnName(column.to_owned())
}

/// The failure that a method names where a row is not there.
fn no_message(id: i64) -> Error {
    Error::refused(format!(
        "there is no message {id} in the outbox; `sideletter outbox` lists them"
    ))
}
