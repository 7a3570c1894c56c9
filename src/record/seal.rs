//! Seals: each entry is sealed to the one before, so that nothing can be altered, taken out or put in unseen.
//!
//! digest = SHA-256 of the entry's text. seal = SHA-256 of four lines, joined by line feeds: the seal before (64 zeros for the
//! first), the number, the instant in UTC to the millisecond (`2014-04-02T17:00:00.000Z`), the digest. The seal does not
//! cover the text but its digest, so that a text may be withheld or erased and the chain still verifies.

use super::{Entry, EntryKind, canonical};
use crate::error::{Error, Result};
use chrono::{DateTime, SecondsFormat, Utc};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What stands before the first entry.
pub const BEFORE_THE_FIRST: &str =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// An entry as it is kept: its text, and what seals it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// From 1, without gaps.
    pub number: u64,
    /// When it was written, to the millisecond.
    pub at: DateTime<Utc>,
    /// The [canonical] text; `None` where it was erased.
    pub text: Option<String>,
    /// SHA-256 of the text.
    pub digest: String,
    /// The seal.
    pub seal: String,
}

impl Sealed {
    /// Seals a text to the entry before it.
    pub fn new(number: u64, at: DateTime<Utc>, text: String, before: &str) -> Self {
        let digest = sha256(text.as_bytes());
        let seal = seal(before, number, at, &digest);
        Self {
            number,
            at,
            text: Some(text),
            digest,
            seal,
        }
    }

    /// What it says; `None` where that was erased.
    ///
    /// # Errors
    /// When the text is none that an entry has.
    pub fn entry(&self) -> Result<Option<Entry>> {
        let Some(text) = &self.text else {
            return Ok(None);
        };
        let draft = canonical::read(text).map_err(|why| {
            Error::failed(format!(
                "entry {} of the record cannot be read: {why}; `sideletter log --verify` says which entries were altered, and a backup has them as they were",
                self.number
            ))
        })?;
        Ok(Some(draft.into_entry(
            self.number,
            self.at,
            self.seal.clone(),
        )))
    }
}

/// What is wrong with one entry of a record.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SealFault {
    /// The entry's number.
    pub entry: u64,
    /// What is wrong with it.
    pub what: SealFaultKind,
}

/// In what way an entry is not as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SealFaultKind {
    /// Its text is not the one that was sealed.
    TextChanged,
    /// Its text is as sealed, and yet is none that an entry has.
    Unreadable,
    /// Its text is gone, and no later strike says that it erased it.
    TextGone,
    /// It is not there.
    Missing,
    /// Its number comes again, or out of order.
    OutOfOrder,
    /// Its seal does not follow from the entry before, its number, its instant and its digest.
    SealBroken,
    /// It is dated before the entry before it.
    DatedBack,
}

impl fmt::Display for SealFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.what {
            SealFaultKind::TextChanged => "its text is not the one that was sealed",
            SealFaultKind::Unreadable => "its text is none that an entry has",
            SealFaultKind::TextGone => "its text is gone, and no strike erased it",
            SealFaultKind::Missing => "it is missing",
            SealFaultKind::OutOfOrder => "its number comes again or out of order",
            SealFaultKind::SealBroken => {
                "its seal does not follow from the entry before it; one of the two, its number, its instant or its digest was changed"
            }
            SealFaultKind::DatedBack => "it is dated before the entry before it",
        };
        write!(f, "entry {}: {what}", self.entry)
    }
}

/// Walks the seals of a whole record from the first entry to the last and names every entry that is not as it was written,
/// or whose text is gone though no strike erased it.
pub fn verify(entries: &[Sealed]) -> Vec<SealFault> {
    walk(entries, true)
}

/// Does the same of what was handed out, whose texts may have been withheld.
pub fn verify_handed_out(entries: &[Sealed]) -> Vec<SealFault> {
    walk(entries, false)
}

/// The entries whose text is gone and of which a later strike says that it erased it, each with the number of the strike.
pub fn erased(entries: &[Sealed]) -> BTreeMap<u64, u64> {
    let is_gone = |entry: &&Sealed| entry.text.is_none();
    let gone: BTreeSet<u64> = entries.iter().filter(is_gone).map(|e| e.number).collect();
    if gone.is_empty() {
        return BTreeMap::new();
    }
    let strikes = entries.par_iter().with_min_len(1000);
    let strikes = strikes.filter_map(|entry| Some((erases(entry)?, entry.number)));
    let strikes: Vec<(u64, u64)> = strikes.collect();
    let strikes = strikes.into_iter();
    strikes
        .filter(|(number, strike)| number < strike && gone.contains(number))
        .collect()
}

/// The entry that a strike erased. Of a text that is not the one that was sealed nothing is believed.
fn erases(strike: &Sealed) -> Option<u64> {
    // Few entries erase another: only those are hashed and read.
    let text = strike.text.as_deref()?;
    if !text.contains("\nerase: ") || sha256(text.as_bytes()) != strike.digest {
        return None;
    }
    let draft = canonical::read(text).ok()?;
    let erases = draft.kind == EntryKind::Struck && draft.erase && !draft.proposed;
    draft.entry.filter(|_| erases)
}

fn walk(entries: &[Sealed], is_whole: bool) -> Vec<SealFault> {
    let erased = is_whole.then(|| erased(entries));
    // The hashing is nearly all of the work, and of each entry needs no more than itself and the seal before it.
    let befores = entries.iter().map(|entry| entry.seal.as_str());
    let befores: Vec<&str> = std::iter::once(BEFORE_THE_FIRST).chain(befores).collect();
    let hashed: Vec<Hashed> = entries
        .par_iter()
        .zip(&befores)
        .with_min_len(1000)
        .map(|(entry, before)| Hashed::of(entry, before))
        .collect();
    let mut faults = Vec::new();
    let mut newest = DateTime::<Utc>::MIN_UTC;
    let mut expected = 1;
    let numbers: BTreeSet<u64> = entries.iter().map(|entry| entry.number).collect();
    for (entry, hashed) in entries.iter().zip(hashed) {
        let number = entry.number;
        let mut fault = |entry, what| faults.push(SealFault { entry, what });
        if number < expected {
            fault(number, SealFaultKind::OutOfOrder);
        }
        // A gap that no honest loss explains is not counted out to its end.
        for missing in (expected..number).take(1000) {
            if !numbers.contains(&missing) {
                fault(missing, SealFaultKind::Missing);
            }
        }
        if let Some(what) = hashed.text {
            fault(number, what);
        }
        let is_erased = |erased: &BTreeMap<u64, u64>| erased.contains_key(&number);
        if entry.text.is_none() && !erased.as_ref().is_none_or(is_erased) {
            fault(number, SealFaultKind::TextGone);
        }
        if !hashed.follows {
            fault(number, SealFaultKind::SealBroken);
        }
        if entry.at < newest {
            fault(number, SealFaultKind::DatedBack);
        }
        newest = newest.max(entry.at);
        expected = expected.max(number.saturating_add(1));
    }
    faults
}

/// What hashing says of an entry.
struct Hashed {
    /// What is wrong with its text.
    text: Option<SealFaultKind>,
    /// Whether its seal follows from the one before it.
    follows: bool,
}

impl Hashed {
    fn of(entry: &Sealed, before: &str) -> Self {
        let text = entry.text.as_deref().and_then(|text| {
            if sha256(text.as_bytes()) != entry.digest {
                Some(SealFaultKind::TextChanged)
            } else if canonical::read(text).is_err() {
                Some(SealFaultKind::Unreadable)
            } else {
                None
            }
        });
        Self {
            text,
            follows: seal(before, entry.number, entry.at, &entry.digest) == entry.seal,
        }
    }
}

/// SHA-256 of bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    sha256_of_pieces([bytes])
}

/// SHA-256 of bytes that lie in pieces, in lower-case hexadecimal.
pub fn sha256_of_pieces<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    pieces.into_iter().for_each(|piece| hasher.update(piece));
    hexadecimal(&hasher.finalize())
}

/// SHA-256 of all that a reader gives, in lower-case hexadecimal.
///
/// # Errors
/// Those of the reader.
pub fn sha256_of(mut reader: impl std::io::Read) -> std::io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match reader.read(&mut buffer)? {
            0 => return Ok(hexadecimal(&hasher.finalize())),
            read => hasher.update(buffer.get(..read).unwrap_or(&buffer)),
        }
    }
}

/// Sixteen bytes that nobody can guess, in hexadecimal.
///
/// # Errors
/// When the system has no randomness to give.
pub fn salt() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|cause| Error::failed("cannot get random bytes from the system").because(cause))?;
    Ok(hexadecimal(&bytes))
}

/// An instant in the form in which it is sealed: `2014-04-02T17:00:00.000Z`.
pub fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn seal(before: &str, number: u64, at: DateTime<Utc>, digest: &str) -> String {
    let instant = instant(at);
    sha256(format!("{before}\n{number}\n{instant}\n{digest}").as_bytes())
}

fn hexadecimal(bytes: &[u8]) -> String {
    // By hand: of a hundred thousand seals the formatter's own way would take as long as the hashing.
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('?');
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::AgreementId;
    use crate::record::{Draft, EntryKind};

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_396_458_000 + second, 0).unwrap()
    }

    fn note(words: &str) -> String {
        let mut draft = Draft::new(EntryKind::Noted, AgreementId::new("a"), "00");
        draft.note = Some(words.to_owned());
        canonical::text(&draft, "5a17")
    }

    fn chain(length: u64) -> Vec<Sealed> {
        let mut entries: Vec<Sealed> = Vec::new();
        for number in 1..=length {
            let before = entries
                .last()
                .map_or(BEFORE_THE_FIRST, |e| e.seal.as_str())
                .to_owned();
            entries.push(Sealed::new(
                number,
                at(number.cast_signed()),
                note(&format!("remark {number}")),
                &before,
            ));
        }
        entries
    }

    /// Alters an honest chain of four and says what `verify` finds.
    #[track_caller]
    fn case(alter: impl FnOnce(&mut Vec<Sealed>), expected: &[(u64, SealFaultKind)]) {
        let mut entries = chain(4);
        alter(&mut entries);
        let found: Vec<_> = verify(&entries).iter().map(|f| (f.entry, f.what)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_seal_is_made_as_documented() {
        // Worked out with `printf` and `sha256sum`, not with this program.
        let sealed = Sealed::new(
            1,
            at(0),
            "kind: noted\nagreement: a\nsalt: 00\n".to_owned(),
            BEFORE_THE_FIRST,
        );
        assert_eq!(
            sealed.digest,
            "3952b4cb43897308e0357eb2ce70c9a2bb96dfc5613b90d62e3e5b9d01c9c3dc"
        );
        assert_eq!(
            sealed.seal,
            "4584ebca18f08843c4c4d929ef693dd7beb40436f162b068f49c2dca6ceaf706"
        );
    }

    #[test]
    fn an_honest_chain_verifies_and_so_does_what_was_handed_out_of_it() {
        let mut entries = chain(5);
        assert_eq!(verify(&entries), []);
        entries[1].text = None;
        assert_eq!(verify_handed_out(&entries), []);
        assert_eq!(verify(&[]), []);
    }

    #[test]
    fn a_text_is_gone_rightly_only_where_a_later_strike_erased_it() {
        let erasing = |alter: fn(&mut Draft)| {
            let mut draft = Draft::new(EntryKind::Struck, AgreementId::new("a"), "00");
            (draft.entry, draft.erase) = (Some(2), true);
            alter(&mut draft);
            canonical::text(&draft, "5a17")
        };
        let found = |text: String| {
            let mut entries = chain(4);
            let before = entries[3].seal.clone();
            entries.push(Sealed::new(5, at(5), text, &before));
            entries[1].text = None;
            let found: Vec<_> = verify(&entries).iter().map(|f| (f.entry, f.what)).collect();
            (found, erased(&entries))
        };
        let gone = (vec![(2, SealFaultKind::TextGone)], BTreeMap::new());
        assert_eq!(found(erasing(|_| {})), (vec![], BTreeMap::from([(2, 5)])));
        for strike in [
            note("nothing"),
            erasing(|strike| strike.erase = false),
            erasing(|strike| strike.entry = Some(3)),
            erasing(|strike| strike.proposed = true),
            erasing(|strike| strike.kind = EntryKind::Noted),
        ] {
            assert_eq!(found(strike), gone);
        }
        // A strike before it erased nothing of it.
        case(|e| e[3].text = None, &[(4, SealFaultKind::TextGone)]);
        // Nor is a strike believed whose text was changed.
        let mut entries = chain(3);
        entries[1].text = None;
        entries[2].text = Some(erasing(|_| {}));
        let found: Vec<_> = verify(&entries).iter().map(|f| (f.entry, f.what)).collect();
        assert_eq!(
            found,
            [
                (2, SealFaultKind::TextGone),
                (3, SealFaultKind::TextChanged)
            ]
        );
    }

    #[test]
    fn every_alteration_is_named_at_its_entry() {
        use SealFaultKind::{DatedBack, Missing, OutOfOrder, SealBroken, TextChanged, Unreadable};
        // Another text under the old digest.
        case(|e| e[1].text = Some(note("else")), &[(2, TextChanged)]);
        // Another text, sealed anew: the next entry does not follow from it.
        case(
            |e| e[1] = Sealed::new(2, at(2), note("else"), &e[0].seal),
            &[(3, SealBroken)],
        );
        // Taken out, and taken out with the others moved up.
        case(|e| drop(e.remove(1)), &[(2, Missing), (3, SealBroken)]);
        case(|e| drop(e.remove(0)), &[(1, Missing), (2, SealBroken)]);
        case(
            |e| {
                e.remove(1);
                e[1].number = 2;
                e[2].number = 3;
            },
            &[(2, SealBroken), (3, SealBroken)],
        );
        // Slipped in.
        case(
            |e| e.insert(1, Sealed::new(2, at(2), note("more"), &e[0].seal)),
            &[(2, OutOfOrder), (2, SealBroken)],
        );
        // Changed places.
        case(
            |e| e.swap(1, 2),
            &[
                (3, SealBroken),
                (2, OutOfOrder),
                (2, SealBroken),
                (2, DatedBack),
                (4, SealBroken),
            ],
        );
        // Dated anew.
        case(|e| e[2].at = at(0), &[(3, SealBroken), (3, DatedBack)]);
        // Sealed well, and no entry.
        case(
            |e| e[3] = Sealed::new(4, at(4), "mood: good\n".to_owned(), &e[2].seal),
            &[(4, Unreadable)],
        );
        case(|e| e[3].number = u64::MAX, &{
            let mut faults: Vec<_> = (4..1004).map(|n| (n, Missing)).collect();
            faults.push((u64::MAX, SealBroken));
            faults
        });
    }
}
