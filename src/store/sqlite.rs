//! The store in one SQLite file: write-ahead log, every commit synced, strict tables.
//!
//! Writers take their turn by `BEGIN IMMEDIATE`, so what a writer reads inside its transaction still holds when it writes.

mod copying;
mod opening;
mod outbox;
mod trouble;

#[cfg(test)]
mod tests;

use super::{Access, Store, chain};
use crate::error::Result;
use crate::ids::AgreementId;
use crate::record::{Draft, Entry, Extent, Record, Sealed, canonical, seal};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use trouble::Trouble;

/// The agreement that an entry's text is about: word by word what the index of `0002.sql` is made of.
const AGREEMENT: &str = "substr(text, instr(text, 'agreement: ') + 11,
    instr(substr(text, instr(text, 'agreement: ') + 11), char(10)) - 1)";

/// What leaves remarks out, to the letter as the index has it.
const WITHOUT_REMARKS: &str = "AND text NOT GLOB 'kind: noted*'";

/// A store in a file.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    /// For messages.
    path: PathBuf,
}

/// Whether the file of a store is there and stays without anything in it.
pub fn stays_blank(path: &Path) -> bool {
    opening::stays_blank(path)
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

    /// A store without anything in it, that cannot be written.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn empty() -> Result<Self> {
        let path = PathBuf::from("(none yet)");
        let connection = opening::empty(&path)?;
        Ok(Self { connection, path })
    }

    /// A store in a file of one's own, made for being filled and put elsewhere: nothing stands beside it, and nobody syncs it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn fresh(path: &Path) -> Result<Self> {
        let connection = opening::to_fill(path)?;
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
    fn sealed_of(&self, extent: &Extent) -> Result<Vec<Sealed>> {
        sealed_of(&self.connection, &self.path, extent, 0)
    }

    fn sealed_entry(&self, number: u64) -> Result<Option<Sealed>> {
        sealed_entry(&self.connection, number).reading(&self.path)
    }

    fn sealed_before(&self, number: u64, agreement: &AgreementId) -> Result<Option<Sealed>> {
        self.connection
            .query_row(
                &format!(
                    "SELECT number, at, text, digest, seal FROM entries WHERE {AGREEMENT} = ?1 AND number < ?2
                     ORDER BY number DESC LIMIT 1"
                ),
                params![agreement.as_str(), number.cast_signed()],
                sealed_row,
            )
            .optional()
            .reading(&self.path)
    }

    fn newest(&self) -> Result<u64> {
        let newest: i64 = self
            .connection
            .prepare_cached("SELECT coalesce(max(number), 0) FROM entries")
            .and_then(|mut newest| newest.query_row([], |row| row.get(0)))
            .reading(&self.path)?;
        Ok(newest.cast_unsigned())
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
        known: &mut Record,
        decide: &dyn Fn(&Record) -> Result<Draft>,
    ) -> Result<Entry> {
        let path = self.path.clone();
        let transaction = self.write()?;
        let extent = known.extent.clone();
        chain::catch_up(
            known,
            |number| sealed_entry(&transaction, number).reading(&path),
            |number| sealed_of(&transaction, &path, &extent, number),
        )?;
        known.tracking = tracking(&transaction, &path)?;
        known.asked = outbox::asked(&transaction, &extent).reading(&path)?;
        let draft = decide(known)?;
        let newest = newest(&transaction).reading(&path)?;
        let text = canonical::text(&draft, &seal::salt()?);
        let next = chain::next(newest.as_ref(), at, text);
        insert(&transaction, &next).writing(&path)?;
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

    fn turn(&mut self) -> Result<()> {
        let path = self.path.clone();
        self.write()?.rollback().writing(&path)
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

/// The entries after one, up to so many.
fn sealed_after(
    connection: &Connection,
    path: &Path,
    number: u64,
    most: i64,
) -> Result<Vec<Sealed>> {
    let select = || {
        connection
            .prepare_cached(
                "SELECT number, at, text, digest, seal FROM entries WHERE number > ?1 ORDER BY number LIMIT ?2",
            )?
            .query_map([number.cast_signed(), most], sealed_row)?
            .collect::<rusqlite::Result<_>>()
    };
    select().reading(path)
}

fn newest(connection: &Connection) -> rusqlite::Result<Option<Sealed>> {
    connection
        .query_row(
            "SELECT number, at, text, digest, seal FROM entries ORDER BY number DESC LIMIT 1",
            [],
            sealed_row,
        )
        .optional()
}

fn sealed_entry(connection: &Connection, number: u64) -> rusqlite::Result<Option<Sealed>> {
    connection
        .query_row(
            "SELECT number, at, text, digest, seal FROM entries WHERE number = ?1",
            [number.cast_signed()],
            sealed_row,
        )
        .optional()
}

/// The entries of an extent that come after one, in order.
fn sealed_of(
    connection: &Connection,
    path: &Path,
    extent: &Extent,
    number: u64,
) -> Result<Vec<Sealed>> {
    let Some(agreements) = extent.agreements() else {
        return sealed_after(connection, path, number, i64::MAX);
    };
    let what = match extent {
        Extent::WithoutRemarks(_) => WITHOUT_REMARKS,
        Extent::Whole | Extent::About(_) => "",
    };
    let select = || {
        let mut about = connection.prepare_cached(&format!(
            "SELECT number, at, text, digest, seal FROM entries WHERE {AGREEMENT} = ?1 AND number > ?2 {what}"
        ))?;
        let mut found = Vec::new();
        for agreement in agreements {
            let rows = about.query_map(
                params![agreement.as_str(), number.cast_signed()],
                sealed_row,
            )?;
            for row in rows {
                found.push(row?);
            }
        }
        Ok(found)
    };
    let mut found: Vec<Sealed> = select().reading(path)?;
    found.sort_by_key(|entry| entry.number);
    Ok(found)
}

// By their places, which is twice as fast as by their names where there are a hundred thousand.
fn sealed_row(row: &Row<'_>) -> rusqlite::Result<Sealed> {
    Ok(Sealed {
        number: row.get::<_, i64>(0)?.cast_unsigned(),
        at: chain::instant(row.get(1)?),
        text: row.get(2)?,
        digest: row.get(3)?,
        seal: row.get(4)?,
    })
}

fn insert(connection: &Connection, entry: &Sealed) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO entries (number, at, text, digest, seal) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            entry.number.cast_signed(),
            entry.at.timestamp_millis(),
            entry.text,
            entry.digest,
            entry.seal
        ])?;
    Ok(())
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
