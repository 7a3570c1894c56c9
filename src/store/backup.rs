//! A copy of a whole store, and a store made from such a copy.
//!
//! A backup is a store in one file of SQLite, whatever the store is kept in: so it reads and verifies like any other, and
//! an office moves from one kind of database to the other by a backup and a restore. `docs/record.md` says so.

use super::outbox::{Bounce, MessageRow, MessageState, PartRow};
use super::sqlite::Sqlite;
use super::{Access, Store};
use crate::error::{Error, Result};
use crate::ids::AgreementId;
use crate::record::{Sealed, verify};
use crate::words::count;
use crate::write_whole::{Readers, build_whole};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use std::path::Path;

/// The part of a store that copying needs.
pub trait Copied {
    /// Hands over all that the store holds, as it stood at one instant, whoever writes meanwhile: in pieces, so that a
    /// store may be larger than the memory.
    ///
    /// # Errors
    /// Those of `take`, and when the store cannot be read.
    fn pieces(&self, take: &mut Taking<'_>) -> Result<()>;

    /// What the store holds, by what names it.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn holdings(&self) -> Result<Holdings>;

    /// Puts all that `source` holds in the place of what this store holds, in one transaction. While nobody else can
    /// write, `consent` is asked with what this store holds then, and may have it copied first.
    ///
    /// # Errors
    /// Those of `consent`, and when one of the stores cannot be read or written; the store is then as it was.
    fn replace(&mut self, source: &dyn Store, consent: &Consent<'_>) -> Result<()>;

    /// The file that the store is, where it is one.
    fn file(&self) -> Option<&Path>;
}

/// Takes a piece.
pub type Taking<'a> = dyn FnMut(Piece) -> Result<()> + 'a;

/// Judges what is about to be replaced.
pub type Consent<'a> =
    dyn Fn(&Holdings, &mut dyn FnMut(&mut Taking<'_>) -> Result<()>) -> Result<()> + 'a;

/// A part of what a store holds. Each kind comes in its own order, and all of one kind before the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Entries, in the order of their numbers.
    Entries(Vec<Sealed>),
    /// The first days of tracking.
    Tracking(BTreeMap<AgreementId, NaiveDate>),
    /// When reminders last ran completely.
    LastRun(DateTime<Utc>),
    /// Messages in the order of their numbers, each with its reminders.
    Messages(Vec<(MessageRow, Vec<PartRow>)>),
    /// What mail systems reported of messages.
    Bounces(Vec<Bounce>),
}

/// How many entries make a piece.
pub(super) const ENTRIES: i64 = 5000;

/// How many messages make a piece: they may have papers with them.
pub(super) const MESSAGES: i64 = 100;

/// What a store holds, by what names it: enough to see what another lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// The seals, by the entries' numbers.
    pub seals: BTreeMap<u64, String>,
    /// The messages by their Message-IDs.
    pub messages: BTreeMap<String, Became>,
    /// The first days of tracking.
    pub tracking: BTreeMap<AgreementId, NaiveDate>,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Became {
    /// Its state.
    pub state: MessageState,
    /// How often it was tried.
    pub tries: u32,
    /// When its state last changed.
    pub changed_at: DateTime<Utc>,
}

/// What one store has and another lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Lacking {
    /// Entries, from the first of them on.
    entries: Vec<u64>,
    /// Messages that were decided.
    messages: usize,
    /// Messages of which something else has become since.
    otherwise: usize,
    /// Agreements whose tracking began on no such day.
    tracking: usize,
}

impl Holdings {
    /// What is here and not there.
    fn lacking_in(&self, there: &Self) -> Lacking {
        let (known, new): (Vec<_>, Vec<_>) = self
            .messages
            .iter()
            .partition(|(id, _)| there.messages.contains_key(*id));
        Lacking {
            entries: self
                .seals
                .iter()
                .filter(|&(number, seal)| there.seals.get(number) != Some(seal))
                .map(|(&number, _)| number)
                .collect(),
            messages: new.len(),
            otherwise: known
                .iter()
                .filter(|(id, became)| {
                    there.messages.get(*id).is_some_and(|later| {
                        later != *became && later.changed_at <= became.changed_at
                    })
                })
                .count(),
            tracking: self
                .tracking
                .iter()
                .filter(|&(agreement, day)| there.tracking.get(agreement) != Some(day))
                .count(),
        }
    }
}

impl Lacking {
    /// What is lacking, in words; `None` where nothing is.
    fn in_words(&self) -> Option<String> {
        let mut parts = Vec::new();
        if let Some(first) = self.entries.first() {
            parts.push(format!(
                "{} (from number {first})",
                count(self.entries.len(), "entry")
            ));
        }
        if self.messages > 0 {
            parts.push(count(self.messages, "message"));
        }
        if self.otherwise > 0 {
            parts.push(format!(
                "what has become of {}",
                count(self.otherwise, "message")
            ));
        }
        if self.tracking > 0 {
            parts.push(format!(
                "the first day of tracking of {}",
                count(self.tracking, "agreement")
            ));
        }
        (!parts.is_empty()).then(|| crate::words::list(&parts))
    }
}

/// What was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// How many entries.
    pub entries: usize,
    /// How many messages.
    pub messages: usize,
    /// How many messages are still to be sent.
    pub waiting: usize,
    /// The newest seal.
    pub newest_seal: Option<String>,
}

impl From<&Holdings> for Copy {
    fn from(holdings: &Holdings) -> Self {
        use MessageState::{Deferred, Queued, Sending};
        Self {
            entries: holdings.seals.len(),
            messages: holdings.messages.len(),
            waiting: holdings
                .messages
                .values()
                .filter(|became| matches!(became.state, Queued | Sending | Deferred))
                .count(),
            newest_seal: holdings.seals.values().next_back().cloned(),
        }
    }
}

/// Writes a copy of a store into `file`, whole, for its owner alone. An older backup of the same store is replaced.
///
/// # Errors
/// Refused, where `file` is something else, or a backup with something in it that the store lacks. Failed, where the store
/// cannot be read or the file cannot be written; an older one is then as it was.
pub fn write(store: &dyn Store, file: &Path) -> Result<Copy> {
    refuse_to_overwrite(store, file)?;
    copy(file, &mut |take| store.pieces(take))
}

/// Sees that a file is a backup that can be read.
///
/// # Errors
/// Refused, where there is none; failed, where it is something else.
pub fn look(file: &Path) -> Result<()> {
    open(file).map(drop)
}

/// Puts what a backup holds in the place of what the store holds, in one transaction. Where that is something that the
/// backup lacks, it is refused, unless `aside` names a file to copy it to first.
///
/// # Errors
/// Refused, as said; faulty, where the backup is not as it was written. Failed, where a file or the store cannot be read or
/// written. The store is then as it was.
pub fn restore(store: &mut dyn Store, file: &Path, aside: Option<&Path>) -> Result<Copy> {
    let source = open(file)?;
    let sealed = source.sealed()?;
    let faults = verify(&sealed);
    if let Some(first) = faults.first() {
        return Err(Error::faulty(format!(
            "the backup {} is not as it was written, so nothing was restored: {first}{}; restore an older one",
            file.display(),
            match faults.len() {
                1 => String::new(),
                more => format!(", and {} more", count(more - 1, "fault")),
            }
        )));
    }
    drop(sealed);
    let held = source.holdings()?;
    if let Some(aside) = aside {
        refuse_to_overwrite(store, aside)?;
    }
    store.replace(&source, &|there, pieces| {
        let Some(lacking) = there.lacking_in(&held).in_words() else {
            return Ok(());
        };
        match aside {
            Some(aside) => copy(aside, pieces).map(drop),
            None => Err(Error::refused(format!(
                "the store has what the backup {} lacks: {lacking}; to restore all the same, and have what is there now kept as a backup of its own: sideletter restore {} --aside OTHER",
                file.display(),
                file.display()
            ))),
        }
    })?;
    Ok(Copy::from(&held))
}

/// Opens a backup for reading.
fn open(file: &Path) -> Result<Sqlite> {
    if !file.is_file() {
        return Err(Error::refused(format!(
            "there is no backup {}; name a file that `sideletter backup` wrote",
            file.display()
        )));
    }
    Sqlite::open(file, Access::Read)
}

fn refuse_to_overwrite(store: &dyn Store, file: &Path) -> Result<()> {
    let Ok(there) = std::fs::metadata(file) else {
        return Ok(());
    };
    if there.is_file() && there.len() == 0 {
        return Ok(());
    }
    let shown = file.display();
    let same = |other: &Path| {
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        real(other).is_some() && real(other) == real(file)
    };
    if store.file().is_some_and(same) {
        return Err(Error::refused(format!(
            "{shown} is the store itself; name another file"
        )));
    }
    let old = there
        .is_file()
        .then(|| Sqlite::open(file, Access::Read).and_then(|old| old.holdings()))
        .and_then(Result::ok)
        .ok_or_else(|| {
            Error::refused(format!(
                "{shown} is there already and is no backup that can be read; name another file"
            ))
        })?;
    let lacking = Lacking {
        otherwise: 0,
        tracking: 0,
        ..old.lacking_in(&store.holdings()?)
    };
    match lacking.in_words() {
        None => Ok(()),
        Some(lacking) => Err(Error::refused(format!(
            "{shown} is a backup with something that the store lacks: {lacking}; it is left as it is: name another file, or see whether the store is the right one"
        ))),
    }
}

/// Makes a store in `file` of the pieces that are handed over.
fn copy(file: &Path, hand_over: &mut dyn FnMut(&mut Taking<'_>) -> Result<()>) -> Result<Copy> {
    let mut copied = None;
    build_whole(file, Readers::Owner, |path| {
        let mut fresh = Sqlite::fresh(path)?;
        fresh.fill(hand_over)?;
        copied = Some(Copy::from(&fresh.holdings()?));
        Ok(())
    })?;
    copied.ok_or_else(|| Error::failed(format!("cannot write {}", file.display())))
}

/// The parts of each message, from the parts of several in the order of the messages' numbers.
pub(super) fn with_parts(
    messages: Vec<MessageRow>,
    parts: Vec<(i64, PartRow)>,
) -> Vec<(MessageRow, Vec<PartRow>)> {
    let mut by_message: BTreeMap<i64, Vec<PartRow>> = BTreeMap::new();
    for (message, part) in parts {
        by_message.entry(message).or_default().push(part);
    }
    messages
        .into_iter()
        .map(|message| {
            let parts = by_message.remove(&message.id).unwrap_or_default();
            (message, parts)
        })
        .collect()
}

#[cfg(test)]
mod tests;
