//! Under which text each entry was made, and whether that is the text of now.

use crate::agreement::Agreement;
use crate::record::Entry;
use std::collections::BTreeMap;

/// One text of the agreement's file.
#[derive(serde::Serialize)]
pub(super) struct Text {
    sha256: String,
    /// The entries that were made under it.
    entries: Vec<u64>,
    /// Whether the file has it now.
    is_now: bool,
}

/// The texts in the order in which the record spoke of them, then that of now where it spoke of none.
pub(super) fn texts(about: &[&Entry], of: Option<&Agreement>) -> Vec<Text> {
    let now = of.map(|of| of.digest.as_str());
    let mut texts: Vec<Text> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in about {
        let place = *places.entry(&entry.text).or_insert(texts.len());
        match texts.get_mut(place) {
            Some(text) => text.entries.push(entry.number),
            None => texts.push(Text {
                sha256: entry.text.clone(),
                entries: vec![entry.number],
                is_now: now == Some(entry.text.as_str()),
            }),
        }
    }
    if let Some(now) = now.filter(|now| !places.contains_key(now)) {
        texts.push(Text {
            sha256: now.to_owned(),
            entries: Vec::new(),
            is_now: true,
        });
    }
    texts
}
