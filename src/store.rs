//! Where the record and the outbox are kept: one place, so that one transaction can speak of both.
//!
//! SQLite in a file of the office; another database later stands beside it and passes the same
//! suite of behaviour. Readers never make a store: one that is not there reads as empty.

pub mod outbox;
pub mod sqlite;

#[cfg(test)]
mod behaviour;

pub use outbox::Outbox;

use crate::error::{Error, Result};
use crate::ids::AgreementId;
use crate::record::{Asked, Draft, Entry, Record, Sealed};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use std::path::Path;

/// What a command wants of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To read. A store that is not there is empty, and is not made.
    Read,
    /// To write. A store that is not there is made.
    Write,
}

/// The record, the days from which agreements are tracked, and (through [`Outbox`]) the mail that was decided.
///
/// Every method is one transaction: done and durable when it returns `Ok`, and not done at all otherwise.
pub trait Store: Outbox {
    /// The entries as they are kept, in the order of their numbers, with their seals: for verifying.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn sealed(&self) -> Result<Vec<Sealed>>;

    /// The day from which each agreement is tracked.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn tracking(&self) -> Result<BTreeMap<AgreementId, NaiveDate>>;

    /// Begins to track agreements on `day`; one that is tracked already keeps its day.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn begin_tracking(&mut self, agreements: &[AgreementId], day: NaiveDate) -> Result<()>;

    /// Makes an entry: asks `decide` what to enter, with the record before it, and while nobody else can write; then
    /// numbers, dates and seals it, and begins to track its agreement on `today`. The entry's instant is `at`, or that of
    /// the newest entry where a clock went backwards. Where the draft erases, the text of the entry that it strikes is
    /// removed with it.
    ///
    /// # Errors
    /// Those of `decide`, and when the store cannot be written; nothing is entered then.
    fn enter(
        &mut self,
        at: DateTime<Utc>,
        today: NaiveDate,
        decide: &dyn Fn(&Record) -> Result<Draft>,
    ) -> Result<Entry>;

    /// When the timer's pass last ended.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn last_run(&self) -> Result<Option<DateTime<Utc>>>;

    /// Keeps when the timer's pass ended.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn set_last_run(&mut self, at: DateTime<Utc>) -> Result<()>;

    /// The entries, read; those whose text was erased say nothing and are left out.
    ///
    /// # Errors
    /// When the store cannot be read, or an entry's text is none that this program writes.
    fn entries(&self) -> Result<Vec<Entry>> {
        self.sealed()?
            .iter()
            .filter_map(|sealed| sealed.entry().transpose())
            .collect()
    }

    /// All that a pure reader needs to know.
    ///
    /// # Errors
    /// Those of [`entries`](Self::entries) and [`tracking`](Self::tracking).
    fn record(&self) -> Result<Record> {
        Ok(Record {
            entries: self.entries()?,
            tracking: self.tracking()?,
            asked: Asked::default(),
        })
    }

    /// Makes an entry without asking what went before.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn append(&mut self, draft: &Draft, at: DateTime<Utc>, today: NaiveDate) -> Result<Entry> {
        self.enter(at, today, &|_| Ok(draft.clone()))
    }
}

/// Opens the store of an office: `sqlite:PATH`, relative to the office's folder.
///
/// # Errors
/// When the store is of another kind or a newer version, is no store, is locked, or may not be read or written as asked.
pub fn open(office: &Path, url: &str, access: Access) -> Result<Box<dyn Store>> {
    match url.split_once(':') {
        Some(("sqlite", path)) if !path.is_empty() => {
            Ok(Box::new(sqlite::Sqlite::open(&office.join(path), access)?))
        }
        Some(("postgres" | "postgresql", _)) => Err(Error::failed(
            "PostgreSQL comes with a later version of sideletter; write `url = \"sqlite:.sideletter/store.db\"` under [store] in sideletter.toml",
        )),
        // The address is not shown whole: it may hold a password.
        _ => Err(Error::failed(
            "`url` under [store] in sideletter.toml names no kind of store; write `url = \"sqlite:.sideletter/store.db\"`",
        )),
    }
}
