//! The record: what has happened since, as an append-only, sealed list of entries.
//!
//! Pure: how entries are kept is for the [`store`](crate::store).

use crate::ids::{AgreementId, PartyId};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;

/// One entry. It is never changed; a mistake is struck out by a later entry.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// From 1, without gaps.
    pub number: u64,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// What it says.
    pub kind: EntryKind,
    /// The agreement.
    pub agreement: AgreementId,
    /// The obligation or event; `None`: the agreement as a whole.
    pub subject: Option<String>,
    /// The day that it speaks of.
    pub on: Option<NaiveDate>,
    /// The occurrence, by its nominal last day.
    pub occurrence: Option<NaiveDate>,
    /// Which of an event that repeats: a worksite, a case number.
    #[serde(rename = "for")]
    pub for_words: Option<String>,
    /// The entry that it answers or strikes.
    pub entry: Option<u64>,
    /// The party that says it.
    pub by: Option<PartyId>,
    /// Who spoke for the party.
    pub speaker: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Papers, by name and SHA-256.
    pub evidence: Vec<Evidence>,
    /// The digest of the agreement's file as it then stood.
    pub text: String,
    /// The seal: SHA-256 over the entry before, the number, the instant and the digest of all the rest.
    pub seal: String,
}

/// What an entry says. Both sides' answers and the acts of both come with a later version of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// An event took place, or the condition of a `when` came about.
    Happened,
    /// An occurrence was done, says a party.
    Met,
    /// A remark or evidence.
    Noted,
    /// An earlier entry is void.
    Struck,
}

/// A paper that an entry rests on.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Evidence {
    /// The file's name, without its folder.
    pub name: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// What the store knows, for a pure reader.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Every entry, in order.
    pub entries: Vec<Entry>,
    /// The first day of tracking, by agreement.
    pub tracking: BTreeMap<AgreementId, NaiveDate>,
}

impl Record {
    /// Entries that were not struck out, in order; strikes themselves left out.
    pub fn standing(&self) -> impl Iterator<Item = &Entry> {
        let struck: Vec<u64> = self
            .entries
            .iter()
            .filter(|e| e.kind == EntryKind::Struck)
            .filter_map(|e| e.entry)
            .collect();
        self.entries
            .iter()
            .filter(move |e| e.kind != EntryKind::Struck && !struck.contains(&e.number))
    }
}
