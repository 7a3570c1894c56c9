//! Entries by what they are about, so that asking where each stands does not read the whole record each time.

use crate::record::{Entry, Record, Strikes};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A record, by what its entries are about.
#[derive(Debug)]
pub struct Index<'a> {
    about: BTreeMap<Key<'a>, Vec<&'a Entry>>,
    strikes: Strikes,
}

/// Agreement, obligation or event, occurrence, and which of an event that repeats. An answer has those of what it answers.
type Key<'a> = (&'a str, Option<&'a str>, Option<NaiveDate>, Option<&'a str>);

impl<'a> Index<'a> {
    /// Reads a record.
    pub fn new(record: &'a Record) -> Self {
        let mut about: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for entry in record.standing() {
            about.entry(key(entry)).or_default().push(entry);
        }
        Self {
            about,
            strikes: record.strikes(),
        }
    }

    /// The entries about the same as this one that were not struck out, in order.
    pub fn about(&self, entry: &'a Entry) -> &[&'a Entry] {
        self.about.get(&key(entry)).map_or(&[], Vec::as_slice)
    }

    /// The same, and of an agreement's own end what is recorded about its renewal, in order.
    pub fn about_the_same_end(&self, entry: &'a Entry) -> Vec<&'a Entry> {
        let other = other_half(entry.subject.as_deref());
        let mut about = self.about(entry).to_vec();
        if other.is_some() {
            let (agreement, _, occurrence, for_words) = key(entry);
            let others = self.about.get(&(agreement, other, occurrence, for_words));
            about.extend(others.into_iter().flatten());
            about.sort_by_key(|entry| entry.number);
        }
        about
    }

    /// What is recorded about the end and the renewal of the agreement that an entry is about, in order.
    pub(super) fn about_its_end(&self, entry: &Entry) -> Vec<&'a Entry> {
        let agreement = entry.agreement.as_str();
        let of_one = |subject: &'static str| {
            let first = (agreement, Some(subject), None, None);
            let of_it = self.about.range(first..);
            of_it.take_while(move |(key, _)| (key.0, key.1) == (agreement, Some(subject)))
        };
        let found = ["expiration", "renewal"].into_iter().flat_map(of_one);
        let mut about: Vec<&Entry> = found.flat_map(|(_, entries)| entries).copied().collect();
        about.sort_by_key(|entry| entry.number);
        about
    }

    /// The strike that voided an entry.
    pub fn struck_by(&self, entry: u64) -> Option<u64> {
        self.strikes.of_entry(entry).map(|strike| strike.by)
    }
}

/// What else is recorded about the end of an agreement that is spoken of as `subject`: that it ends under `expiration`, that
/// it goes on under `renewal`.
fn other_half(subject: Option<&str>) -> Option<&'static str> {
    match subject {
        Some("expiration") => Some("renewal"),
        Some("renewal") => Some("expiration"),
        _ => None,
    }
}

/// Whether two subjects of an agreement are one, or the two halves of what is recorded about its own end.
pub(crate) fn is_same_end(one: Option<&str>, other: Option<&str>) -> bool {
    one == other || one.is_some() && one == other_half(other)
}

fn key(entry: &Entry) -> Key<'_> {
    (
        entry.agreement.as_str(),
        entry.subject.as_deref(),
        entry.occurrence,
        entry.for_words.as_deref(),
    )
}
