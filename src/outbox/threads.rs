//! What keeps the messages about one thing together in a mail program.

use super::decide::thing;
use crate::error::Result;
use crate::record::Record;
use crate::reminder::{Key, Named, Plan, Stage};
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// How many earlier messages of its thread a message names; a header of all would grow for ever.
const MOST_NAMED: usize = 10;

/// The thread of overviews.
pub(super) const OVERVIEWS: &str = "digest";

/// The Message-IDs of what has left, by recipient and thread, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Threads(BTreeMap<(String, String), Vec<String>>);

impl Threads {
    /// Those that messages of a plan may follow.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn before(plan: &Plan<'_>, record: &Record, store: &dyn Store) -> Result<Self> {
        let mut threads = Self::default();
        // Most days nothing is written.
        if plan.is_empty() {
            return Ok(threads);
        }
        let sent = store.sent_keys()?;
        for of_one in sent.chunk_by(|one, other| one.message_id == other.message_id) {
            let keys = of_one.iter().filter_map(|sent| sent.key.parse().ok());
            let keys: Vec<Key> = keys.collect();
            if let (Some(sent), Some(first)) = (of_one.first(), keys.first()) {
                let of = (first.recipient.clone(), thread(&keys, record));
                threads
                    .0
                    .entry(of)
                    .or_default()
                    .push(sent.message_id.clone());
            }
        }
        Ok(threads)
    }

    /// The last of them in the thread of a message, oldest first.
    pub(super) fn of(&self, recipient: &str, thread: &str) -> &[String] {
        let of = (recipient.to_owned(), thread.to_owned());
        let all = self.0.get(&of).map_or(&[][..], Vec::as_slice);
        all.get(all.len().saturating_sub(MOST_NAMED)..)
            .unwrap_or(all)
    }
}

/// Which worksite or case a key is about. The number of an entry begins no thread of its own: it is about that of the entry.
fn which<'k>(key: &'k Key, record: &'k Record) -> &'k str {
    if !key.stage.tells_of_an_entry() {
        return key.which();
    }
    let number = key.about.strip_prefix("entry ");
    let entry = number.and_then(|number| record.entry(number.parse().ok()?));
    let words = entry.and_then(|entry| entry.for_words.as_deref());
    words.unwrap_or_default()
}

/// The thread of a message, by its keys: messages about one occurrence stay together, and those about several, by their agreement.
pub(super) fn thread(keys: &[Key], record: &Record) -> String {
    let Some(first) = keys.first() else {
        return String::new();
    };
    if first.stage == Stage::Digest {
        return OVERVIEWS.to_owned();
    }
    // That a day has become another is told where that one is.
    let has_become_another = |gone: &&Key| {
        let mut others = keys
            .iter()
            .filter(|other| other.stage == Stage::Moved && other.named() != Some(Named::Gone));
        gone.named() == Some(Named::Gone)
            && others.any(|other| (&other.subject, other.which()) == (&gone.subject, gone.which()))
    };
    let keys = keys.iter().filter(|key| !has_become_another(key));
    let things = keys.map(|key| thing(key, which(key, record)));
    let things: BTreeSet<String> = things.collect();
    let agreement = first.agreement.to_string();
    match (things.len(), things.into_iter().next()) {
        (1, Some(thing)) => format!("{agreement}\u{1f}{thing}"),
        _ => agreement,
    }
}
