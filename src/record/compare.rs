//! Two copies of one record, held against each other: what of the earlier one is not as it was in the later.
//!
//! Entries are told apart by their digests: each holds a random salt, so no two entries have the same, and sealing a chain
//! anew leaves the digests of the entries that were not touched as they are.

use super::{Sealed, seal};
use std::collections::{BTreeMap, BTreeSet};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// The entry's number in the earlier copy.
    pub entry: Option<u64>,
    /// The number that it has, or that what stands in its place has, in the later.
    pub now: Option<u64>,
    /// What is different.
    pub what: DifferenceKind,
    /// The keys of the entry's text that say something else, where both copies have the text.
    pub fields: Vec<String>,
}

/// In what way an entry is not as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// It says something else, or another entry stands in its place.
    Changed,
    /// It has another instant.
    DatedAnew,
    /// Its text is gone, and no strike erased it.
    TextGone,
    /// It was taken out.
    Removed,
    /// It was put in.
    Inserted,
    /// It stands elsewhere among the others.
    Moved,
    /// The record ends before it.
    CutOff,
    /// No entry has the seal of a receipt.
    NotThere,
    /// The seal of a receipt is there, and belongs to another number than the receipt has.
    OtherNumber,
    /// The seal of a receipt is there, and this entry, which is not after it, is not as it was sealed.
    NotAsSealed,
}

/// What differs, in the order of the entries. What was entered after the earlier copy was made is no difference.
pub fn compare(earlier: &[Sealed], later: &[Sealed]) -> Vec<Difference> {
    let places: BTreeMap<&str, usize> = (0..)
        .zip(later)
        .map(|(place, entry)| (entry.digest.as_str(), place))
        .collect();
    let found: Vec<Option<usize>> = earlier
        .iter()
        .map(|entry| places.get(entry.digest.as_str()).copied())
        .collect();
    let known: BTreeSet<usize> = found.iter().flatten().copied().collect();
    let erased = seal::erased(later);
    let mut differences = Vec::new();
    let mut from = (0, 0);
    let anchors = in_order(&found);
    let ends = anchors.iter().copied().map(Some);
    for anchor in ends.chain([None]) {
        let to = anchor.unwrap_or((earlier.len(), later.len()));
        let gap = Gap {
            earlier: earlier.get(from.0..to.0).unwrap_or_default(),
            found: found.get(from.0..to.0).unwrap_or_default(),
            new: (from.1..to.1)
                .filter(|place| !known.contains(place))
                .filter_map(|place| later.get(place))
                .collect(),
            is_last: anchor.is_none(),
        };
        gap.tell(later, &mut differences);
        if let Some((one, other)) = anchor {
            if let Some((one, other)) = earlier.get(one).zip(later.get(other)) {
                let mut differs = |what| differences.push(difference(Some(one), Some(other), what));
                let is_erased = erased.contains_key(&other.number);
                match (&one.text, &other.text) {
                    (Some(_), None) if !is_erased => differs(DifferenceKind::TextGone),
                    // Under the old digest, which still tells that it is the same entry.
                    (Some(text), Some(now)) if text != now => differs(DifferenceKind::Changed),
                    _ => {}
                }
                if one.at != other.at {
                    differs(DifferenceKind::DatedAnew);
                }
            }
            from = (one + 1, other + 1);
        }
    }
    differences
}

/// What lies between two entries that are in their places in both copies.
struct Gap<'a> {
    earlier: &'a [Sealed],
    found: &'a [Option<usize>],
    /// What only the later copy has.
    new: Vec<&'a Sealed>,
    is_last: bool,
}

impl Gap<'_> {
    fn tell(&self, later: &[Sealed], differences: &mut Vec<Difference>) {
        let mut new = self.new.iter().copied();
        for (entry, found) in self.earlier.iter().zip(self.found) {
            let place = found.and_then(|place| later.get(place));
            let told = match (place, new.len()) {
                (Some(now), _) => difference(Some(entry), Some(now), DifferenceKind::Moved),
                (None, 0) if self.is_last => difference(Some(entry), None, DifferenceKind::CutOff),
                (None, 0) => difference(Some(entry), None, DifferenceKind::Removed),
                (None, _) => difference(Some(entry), new.next(), DifferenceKind::Changed),
            };
            differences.push(told);
        }
        // After the last, it is what was entered since.
        if !self.is_last {
            let more = new.map(|now| difference(None, Some(now), DifferenceKind::Inserted));
            differences.extend(more);
        }
    }
}

fn difference(entry: Option<&Sealed>, now: Option<&Sealed>, what: DifferenceKind) -> Difference {
    let texts = entry
        .and_then(|entry| entry.text.as_deref())
        .zip(now.and_then(|now| now.text.as_deref()));
    Difference {
        entry: entry.map(|entry| entry.number),
        now: now.map(|now| now.number),
        what,
        fields: texts.map_or_else(Vec::new, |(one, other)| fields(one, other)),
    }
}

/// The keys under which two texts say different things, in the order of the form; the salt says nothing.
fn fields(one: &str, other: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for (text, against) in [(one, other), (other, one)] {
        let against: BTreeSet<&str> = against.split_terminator('\n').collect();
        for line in text.split_terminator('\n').filter(|l| !against.contains(l)) {
            let key = line.split_once(':').map_or(line, |(key, _)| key);
            if key != "salt" && !keys.iter().any(|known| known == key) {
                keys.push(key.to_owned());
            }
        }
    }
    keys
}

/// The longest row of entries that both copies have in the same order: each by its places.
fn in_order(found: &[Option<usize>]) -> Vec<(usize, usize)> {
    // Of the rows of each length, the one that ends earliest in the later copy; and for each entry, the one before it.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut before: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (one, other) in found
        .iter()
        .enumerate()
        .filter_map(|(one, other)| Some((one, (*other)?)))
    {
        let length = ends.partition_point(|(_, end)| *end < other);
        if let Some(previous) = length.checked_sub(1).and_then(|last| ends.get(last)) {
            before.insert(one, *previous);
        }
        match ends.get_mut(length) {
            Some(end) => *end = (one, other),
            None => ends.push((one, other)),
        }
    }
    let mut row: Vec<(usize, usize)> = Vec::new();
    let mut next = ends.last().copied();
    while let Some(place) = next {
        row.push(place);
        next = before.get(&place.0).copied();
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests;
