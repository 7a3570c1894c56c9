//! Where the record and the outbox are kept: one place, so that one transaction can speak of both.
//!
//! SQLite in a file of the office, or PostgreSQL where several hosts work for one office; both pass the same suite of
//! behaviour. Readers never make a store: one that is not there reads as empty.

pub mod address;
pub mod backup;
mod chain;
pub mod outbox;
pub mod postgres;
pub mod refusal;
pub mod sqlite;

#[cfg(test)]
mod behaviour;
#[cfg(test)]
#[expect(dead_code, reason = "the tests of whole commands use the rest")]
#[path = "../tests/cluster.rs"]
mod cluster;

pub use address::Address;
pub use backup::Copied;
pub use outbox::Outbox;

use crate::error::{Error, Result};
use crate::ids::AgreementId;
use crate::record::{Draft, Entry, Extent, Record, Sealed};
use crate::secret::Secret;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// `[store]` of an office: where its store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// `store.url`, as it is written; [`Address`] reads it.
    pub url: String,
    /// What lets the office in, where a server asks for it.
    pub password: Option<Secret>,
}

impl Place {
    /// Where the store of an office is that says nothing about it.
    pub fn fresh() -> Self {
        Self {
            url: "sqlite:.sideletter/store.db".to_owned(),
            password: None,
        }
    }
}

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
pub trait Store: Outbox + Copied {
    /// The entries as they are kept, in the order of their numbers, with their seals. Of the whole: for verifying. What is
    /// about an agreement is found by the line of its text that says so; where the text was erased, nothing says it.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn sealed_of(&self, extent: &Extent) -> Result<Vec<Sealed>>;

    /// One entry as it is kept; `None` where there is none of that number.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn sealed_entry(&self, number: u64) -> Result<Option<Sealed>>;

    /// The last entry about an agreement before a number, as it is kept; `None` where there is none whose text was not erased.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn sealed_before(&self, number: u64, agreement: &AgreementId) -> Result<Option<Sealed>>;

    /// The number of the newest entry; 0 where there is none. Cheap: whoever has read the record asks it whether somebody has
    /// entered something since.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn newest(&self) -> Result<u64>;

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
    /// `known` is what the caller has read of this record, nothing at all included. It is brought up to date first, within its
    /// extent, so that only what others have entered since is read, and is the record before the entry in the end.
    ///
    /// # Errors
    /// Those of `decide`, and when the store cannot be written; nothing is entered then. Where the connection to a server
    /// broke while the entry was being committed, nobody knows, and the message says so.
    fn enter(
        &mut self,
        at: DateTime<Utc>,
        today: NaiveDate,
        known: &mut Record,
        decide: &dyn Fn(&Record) -> Result<Draft>,
    ) -> Result<Entry>;

    /// Takes the writers' turn and gives it back: sees that the store can be written, and writes nothing.
    ///
    /// # Errors
    /// When it cannot be.
    fn turn(&mut self) -> Result<()>;

    /// When reminders last ran completely: all that was owed was decided, and nothing kept it from being tried.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn last_run(&self) -> Result<Option<DateTime<Utc>>>;

    /// Keeps when reminders ran completely.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn set_last_run(&mut self, at: DateTime<Utc>) -> Result<()>;

    /// Every entry as it is kept.
    ///
    /// # Errors
    /// Those of [`sealed_of`](Self::sealed_of).
    fn sealed(&self) -> Result<Vec<Sealed>> {
        self.sealed_of(&Extent::Whole)
    }

    /// The entries, read; those whose text was erased say nothing and are left out.
    ///
    /// # Errors
    /// When the store cannot be read, or an entry's text is none that this program writes.
    fn entries(&self) -> Result<Vec<Entry>> {
        chain::read(&self.sealed()?)
    }

    /// What a pure reader needs to know who asks about an extent of the record alone.
    ///
    /// # Errors
    /// Those of [`entries`](Self::entries), [`tracking`](Self::tracking) and [`asked`](Outbox::asked).
    fn record_of(&self, extent: &Extent) -> Result<Record> {
        Ok(Record {
            extent: extent.clone(),
            entries: chain::read(&self.sealed_of(extent)?)?,
            tracking: self.tracking()?,
            asked: self.asked(extent)?,
        })
    }

    /// All that a pure reader needs to know.
    ///
    /// # Errors
    /// Those of [`record_of`](Self::record_of).
    fn record(&self) -> Result<Record> {
        self.record_of(&Extent::Whole)
    }

    /// Makes an entry without asking what went before.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn append(&mut self, draft: &Draft, at: DateTime<Utc>, today: NaiveDate) -> Result<Entry> {
        let mut nothing = Record {
            extent: Extent::About(Vec::new()),
            ..Record::default()
        };
        self.enter(at, today, &mut nothing, &|_| Ok(draft.clone()))
    }
}

/// Opens the store of an office: `sqlite:PATH`, relative to the office's folder, or `postgres://...`.
///
/// # Errors
/// When the address is none, the store is of a newer version, is no store, is locked or not reached, or may not be read or
/// written as asked.
pub fn open(office: &Path, place: &Place, access: Access) -> Result<Box<dyn Store>> {
    match Address::parse(&place.url) {
        Ok(Address::Sqlite(path)) => {
            Ok(Box::new(sqlite::Sqlite::open(&office.join(path), access)?))
        }
        Ok(Address::Postgres(server)) => {
            let password = place.password.as_ref().map(|secret| secret.read(office));
            match postgres::Postgres::open(server, password.transpose()?, office, access)? {
                Some(store) => Ok(Box::new(store)),
                None => Ok(Box::new(sqlite::Sqlite::empty()?)),
            }
        }
        // The address is not shown whole: it may hold a password.
        Err(wanted) => Err(Error::failed(format!(
            "`url` under [store] in sideletter.toml cannot be `{}`; {wanted}",
            Address::shown(&place.url)
        ))),
    }
}

/// The file of an office's store, where it is there and has nothing in it: it is as good as none, or it was cut off.
pub fn blank(office: &Path, place: &Place) -> Option<PathBuf> {
    match Address::parse(&place.url) {
        Ok(Address::Sqlite(path)) => {
            Some(office.join(path)).filter(|path| sqlite::stays_blank(path))
        }
        _ => None,
    }
}

/// How a store was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It can be read and written, and has so many entries.
    There(u64),
    /// There is none yet; the first command that writes makes it.
    NotYet,
}

/// Sees whether an office's store can be read and written, and makes none.
///
/// # Errors
/// As [`open`] for writing; and where there is none, when it could not be made.
pub fn see(office: &Path, place: &Place) -> Result<Seen> {
    let is_there = match Address::parse(&place.url) {
        Ok(Address::Sqlite(path)) => {
            let path = office.join(path);
            let is_there = std::fs::metadata(&path).is_ok_and(|file| file.len() > 0);
            if !is_there {
                // The nearest folder that is there: the others are made in it.
                let folder = path.ancestors().skip(1).find(|folder| folder.is_dir());
                tempfile::tempfile_in(folder.unwrap_or(office)).map_err(|cause| {
                    Error::failed(format!(
                        "the store {} cannot be made; give this user the right to write its folder, or run sideletter as its owner",
                        path.display()
                    ))
                    .because(cause)
                })?;
            }
            is_there
        }
        Ok(Address::Postgres(server)) => {
            let password = place.password.as_ref().map(|secret| secret.read(office));
            let found =
                postgres::Postgres::open(server, password.transpose()?, office, Access::Read);
            found?.is_some()
        }
        Err(_) => true,
    };
    if !is_there {
        return Ok(Seen::NotYet);
    }
    let mut store = open(office, place, Access::Write)?;
    store.turn()?;
    Ok(Seen::There(store.newest()?))
}
