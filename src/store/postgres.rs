//! The store in a PostgreSQL database, in a schema of its own, `sideletter`: for several hosts that work for one office.
//!
//! Writers take their turn by locking the one row of the table `store`, so what a writer reads inside its transaction still
//! holds when it writes. It is a row's lock and not an advisory one, because servers that speak PostgreSQL's protocol and
//! are something else keep rows' locks too.

mod copying;
mod opening;
mod outbox;
mod rows;
#[cfg(test)]
mod tests;
mod trouble;
mod writing;

use super::address::Server;
use super::{Access, Store, chain};
use crate::error::Result;
use crate::ids::AgreementId;
use crate::record::{Draft, Entry, Extent, Record, Sealed, canonical, seal};
use ::postgres::{Client, GenericClient};
use chrono::{DateTime, NaiveDate, Utc};
use rows::{day, instant, sealed_row};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use trouble::Trouble;
use writing::Stop;

/// The agreement that an entry's text is about: word by word what the index of `0002.sql` is made of.
const AGREEMENT: &str = "split_part(split_part(text, 'agreement: ', 2), chr(10), 1)";

/// A store on a server.
pub struct Postgres {
    /// Lent out for one question at a time: asking changes the connection and not the store.
    client: RefCell<Client>,
    /// For messages.
    server: Server,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Postgres({})", self.server)
    }
}

impl Postgres {
    /// Connects; to write, the store is made where it is not there. `None`: there is none to read yet. Paths in the address
    /// are relative to `office`.
    ///
    /// # Errors
    /// As [`super::open`].
    pub fn open(
        server: Server,
        password: Option<String>,
        office: &Path,
        access: Access,
    ) -> Result<Option<Self>> {
        let client = opening::connect(&server, password, office, access)?;
        let store = Self {
            client: RefCell::new(client),
            server,
        };
        let there = match access {
            Access::Read => opening::to_read(&store)?,
            Access::Write => {
                opening::to_write(&store)?;
                true
            }
        };
        Ok(there.then_some(store))
    }

    /// Every row of a question, read.
    fn ask<T>(
        &self,
        question: &str,
        parameters: &[&(dyn ::postgres::types::ToSql + Sync)],
        read: impl Fn(&::postgres::Row) -> std::result::Result<T, Stop>,
    ) -> Result<Vec<T>> {
        let rows = self.client.borrow_mut().query(question, parameters);
        rows.map_err(Stop::from)
            .and_then(|rows| rows.iter().map(read).collect())
            .reading(&self.server)
    }
}

impl Store for Postgres {
    fn sealed_of(&self, extent: &Extent) -> Result<Vec<Sealed>> {
        sealed_of(&mut *self.client.borrow_mut(), extent, 0).reading(&self.server)
    }

    fn sealed_entry(&self, number: u64) -> Result<Option<Sealed>> {
        sealed_entry(&mut *self.client.borrow_mut(), number).reading(&self.server)
    }

    fn sealed_before(&self, number: u64, agreement: &AgreementId) -> Result<Option<Sealed>> {
        let last = self.ask(
            &format!(
                "SELECT number, at, text, digest, seal FROM entries WHERE {AGREEMENT} = $1 AND number < $2
                 ORDER BY number DESC LIMIT 1"
            ),
            &[&agreement.as_str(), &number.cast_signed()],
            sealed_row,
        )?;
        Ok(last.into_iter().next())
    }

    fn newest(&self) -> Result<u64> {
        let newest = self.ask("SELECT coalesce(max(number), 0) FROM entries", &[], |row| {
            Ok(row.try_get::<_, i64>(0)?.cast_unsigned())
        })?;
        Ok(newest.into_iter().next().unwrap_or_default())
    }

    fn tracking(&self) -> Result<BTreeMap<AgreementId, NaiveDate>> {
        tracking(&mut *self.client.borrow_mut()).reading(&self.server)
    }

    fn begin_tracking(&mut self, agreements: &[AgreementId], day: NaiveDate) -> Result<()> {
        // Nearly every run finds all of them tracked, and need not wait for other writers then.
        let tracked = self.tracking()?;
        if agreements.iter().all(|id| tracked.contains_key(id)) {
            return Ok(());
        }
        self.write("the first day of tracking", |transaction| {
            agreements
                .iter()
                .try_for_each(|agreement| track(transaction, agreement, day))
        })
    }

    fn enter(
        &mut self,
        at: DateTime<Utc>,
        today: NaiveDate,
        known: &mut Record,
        decide: &dyn Fn(&Record) -> Result<Draft>,
    ) -> Result<Entry> {
        self.write("the entry", |transaction| {
            let number = known.entries.last().map_or(0, |last| last.number);
            let entry = sealed_entry(transaction, number)?;
            let extent = known.extent.clone();
            chain::catch_up(
                known,
                |_| Ok(entry),
                |number| sealed_of(transaction, &extent, number),
            )?;
            known.tracking = tracking(transaction)?;
            known.asked = outbox::asked(transaction, &extent)?;
            let draft = decide(known)?;
            let newest = newest(transaction)?;
            let text = canonical::text(&draft, &seal::salt()?);
            let next = chain::next(newest.as_ref(), at, text);
            insert(transaction, std::slice::from_ref(&next))?;
            if let Some(erased) = draft.entry.filter(|_| draft.erase) {
                transaction.execute(
                    "UPDATE entries SET text = NULL WHERE number = $1",
                    &[&erased.cast_signed()],
                )?;
            }
            track(transaction, &draft.agreement, today)?;
            Ok(draft.into_entry(next.number, next.at, next.seal))
        })
    }

    fn turn(&mut self) -> Result<()> {
        self.write("nothing", |_| Ok(()))
    }

    fn last_run(&self) -> Result<Option<DateTime<Utc>>> {
        let found = self.ask("SELECT at FROM last_run", &[], |row| instant(row, "at"))?;
        Ok(found.into_iter().next())
    }

    fn set_last_run(&mut self, at: DateTime<Utc>) -> Result<()> {
        self.write("when the run ended", |transaction| {
            set_last_run(transaction, at)
        })
    }
}

/// The entries after one, up to so many.
fn sealed_after(
    client: &mut impl GenericClient,
    number: u64,
    most: i64,
) -> std::result::Result<Vec<Sealed>, Stop> {
    client
        .query(
            "SELECT number, at, text, digest, seal FROM entries WHERE number > $1 ORDER BY number LIMIT $2",
            &[&number.cast_signed(), &most],
        )?
        .iter()
        .map(sealed_row)
        .collect()
}

fn newest(client: &mut impl GenericClient) -> std::result::Result<Option<Sealed>, Stop> {
    client
        .query_opt(
            "SELECT number, at, text, digest, seal FROM entries ORDER BY number DESC LIMIT 1",
            &[],
        )?
        .as_ref()
        .map(sealed_row)
        .transpose()
}

fn sealed_entry(
    client: &mut impl GenericClient,
    number: u64,
) -> std::result::Result<Option<Sealed>, Stop> {
    client
        .query_opt(
            "SELECT number, at, text, digest, seal FROM entries WHERE number = $1",
            &[&number.cast_signed()],
        )?
        .as_ref()
        .map(sealed_row)
        .transpose()
}

/// The entries of an extent that come after one, in order.
fn sealed_of(
    client: &mut impl GenericClient,
    extent: &Extent,
    number: u64,
) -> std::result::Result<Vec<Sealed>, Stop> {
    let Some(agreements) = extent.agreements() else {
        return sealed_after(client, number, i64::MAX);
    };
    let what = match extent {
        Extent::WithoutRemarks(_) => "AND text NOT LIKE 'kind: noted%'",
        Extent::Whole | Extent::About(_) => "",
    };
    let agreements: Vec<&str> = agreements.iter().map(AgreementId::as_str).collect();
    client
        .query(
            &format!(
                "SELECT number, at, text, digest, seal FROM entries
                 WHERE {AGREEMENT} = ANY ($1) AND number > $2 {what} ORDER BY number"
            ),
            &[&agreements, &number.cast_signed()],
        )?
        .iter()
        .map(sealed_row)
        .collect()
}

fn tracking(
    client: &mut impl GenericClient,
) -> std::result::Result<BTreeMap<AgreementId, NaiveDate>, Stop> {
    client
        .query("SELECT agreement, day FROM tracking", &[])?
        .iter()
        .map(|row| {
            let agreement: String = row.try_get("agreement")?;
            Ok((AgreementId::new(agreement), day(row, "day")?))
        })
        .collect()
}

/// Puts entries at the end, all by one question.
fn insert(client: &mut impl GenericClient, entries: &[Sealed]) -> std::result::Result<(), Stop> {
    let numbers: Vec<i64> = entries.iter().map(|e| e.number.cast_signed()).collect();
    let instants: Vec<i64> = entries.iter().map(|e| e.at.timestamp_millis()).collect();
    let texts: Vec<Option<&str>> = entries.iter().map(|e| e.text.as_deref()).collect();
    let digests: Vec<&str> = entries.iter().map(|e| e.digest.as_str()).collect();
    let seals: Vec<&str> = entries.iter().map(|e| e.seal.as_str()).collect();
    client.execute(
        "INSERT INTO entries (number, at, text, digest, seal)
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[])",
        &[&numbers, &instants, &texts, &digests, &seals],
    )?;
    Ok(())
}

/// The first day wins.
fn track(
    client: &mut impl GenericClient,
    agreement: &AgreementId,
    day: NaiveDate,
) -> std::result::Result<(), Stop> {
    client.execute(
        "INSERT INTO tracking (agreement, day) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        &[&agreement.as_str(), &day.to_string()],
    )?;
    Ok(())
}

fn set_last_run(
    client: &mut impl GenericClient,
    at: DateTime<Utc>,
) -> std::result::Result<(), Stop> {
    client.execute(
        "INSERT INTO last_run (one, at) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET at = excluded.at",
        &[&at.timestamp_millis()],
    )?;
    Ok(())
}
