//! Receipts: seals that somebody kept, held against the record of today.
//!
//! Whoever holds the whole store can make every seal anew, and the chain then verifies. It no longer has the seals that were
//! printed before; so a seal out of a mail shows that something up to its entry was altered, and an earlier
//! [export](super::export) shows what.

use super::compare::{Difference, DifferenceKind};
use super::{SealFault, Sealed};
use std::fmt;

/// The characters of a seal.
const LENGTH: usize = 64;

/// A seal that was handed out, as a mail prints it: `412:9f86...`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The number of the entry whose seal it is, where it was written down too.
    pub number: Option<u64>,
    /// The seal.
    pub seal: String,
}

/// What a receipt shows of a record; the fields are those of `log --verify --format json`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Checked {
    /// The receipt, or the name of the file with an earlier export.
    pub receipt: String,
    /// The entry of the record that has its seal; of an export, the seal of its newest entry.
    pub entry: Option<u64>,
    /// How many entries came after that one.
    pub after: Option<usize>,
    /// What is not as it was.
    pub faults: Vec<Difference>,
}

impl Receipt {
    /// Reads `SEAL` or `NUMBER:SEAL`. `None` where it is neither and may be the name of a file.
    ///
    /// # Errors
    /// Where it was meant for a receipt and is none: what is wrong with it, and what to type.
    pub fn read(typed: &str) -> Option<Result<Self, String>> {
        let typed = typed.trim();
        let (number, seal) = match typed.split_once(':') {
            Some((number, seal)) => (Some(number.trim()), seal.trim()),
            None => (None, typed),
        };
        let begin = seal.trim_end_matches(['.', '\u{2026}']);
        let is_seal = !begin.is_empty() && begin.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_seal {
            return None;
        }
        let number = match number.map(str::parse::<u64>) {
            None => None,
            Some(Ok(number)) if number > 0 => Some(number),
            // A path with a colon in it, say.
            Some(_) => return None,
        };
        if seal.len() != LENGTH {
            // A short word of the letters a to f may be a file.
            let is_short = begin.len() == seal.len() && seal.len() < 8 && number.is_none();
            return (!is_short).then(|| {
                Err(format!(
                    "has {} of a seal's {LENGTH} characters; copy it whole, as the mail or the export has it",
                    begin.len()
                ))
            });
        }
        Some(Ok(Self {
            number,
            seal: seal.to_ascii_lowercase(),
        }))
    }

    /// Holds it against a record, of which [`verify`](super::verify) found these faults.
    pub fn check(&self, entries: &[Sealed], faults: &[SealFault]) -> Checked {
        let place = entries.iter().position(|entry| entry.seal == self.seal);
        let found = place.and_then(|place| entries.get(place));
        let fault = match (found, self.number) {
            (Some(entry), Some(number)) if entry.number != number => {
                Some(difference(Some(number), DifferenceKind::OtherNumber))
            }
            (Some(entry), _) => not_as_sealed(entry, faults),
            (None, Some(number)) if entries.last().is_none_or(|last| last.number < number) => {
                Some(difference(Some(number), DifferenceKind::CutOff))
            }
            (None, number) => Some(difference(number, DifferenceKind::NotThere)),
        };
        Checked {
            receipt: self.to_string(),
            entry: found.map(|entry| entry.number),
            after: place.map(|place| entries.len() - place - 1),
            faults: fault.into_iter().collect(),
        }
    }
}

/// The first entry up to this one that is not as it was sealed.
fn not_as_sealed(found: &Sealed, faults: &[SealFault]) -> Option<Difference> {
    let altered = faults.iter().map(|fault| fault.entry);
    let first = altered.filter(|entry| *entry <= found.number).min()?;
    Some(difference(Some(first), DifferenceKind::NotAsSealed))
}

fn difference(entry: Option<u64>, what: DifferenceKind) -> Difference {
    Difference {
        entry,
        now: None,
        what,
        fields: Vec::new(),
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(number) = self.number {
            write!(f, "{number}:")?;
        }
        f.write_str(&self.seal)
    }
}

/// The receipt of an entry, as mails and pages print it.
pub fn of(number: u64, seal: &str) -> String {
    format!("{number}:{seal}")
}

/// Holds an earlier export against a record, entry by entry; [`verify`](super::verify) found these faults of the record.
pub fn check_export(
    name: &str,
    exported: &[Sealed],
    entries: &[Sealed],
    faults: &[SealFault],
) -> Checked {
    let newest = exported.last();
    let place = newest.and_then(|newest| entries.iter().position(|e| e.seal == newest.seal));
    let found = place.and_then(|place| entries.get(place));
    let mut differences = super::compare::compare(exported, entries);
    // What the export has no text of is known to be altered by the seals alone.
    if differences.is_empty() {
        differences.extend(found.and_then(|found| not_as_sealed(found, faults)));
    }
    Checked {
        receipt: name.to_owned(),
        entry: found.map(|found| found.number),
        after: place.map(|place| entries.len() - place - 1),
        faults: differences,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_a_seal_with_or_without_its_number() {
        let seal = "9F".repeat(32);
        let read = |typed: &str| Receipt::read(typed).unwrap().unwrap();
        assert_eq!(read(&seal).to_string(), "9f".repeat(32));
        assert_eq!(
            read(&format!(" 412:{seal} ")).to_string(),
            format!("412:{}", "9f".repeat(32))
        );
    }

    #[test]
    fn what_is_abbreviated_is_refused_and_all_else_may_be_a_file() {
        for typed in [
            "9f86d081",
            "412:9f86...",
            "9f86d081\u{2026}",
            &"a".repeat(65),
        ] {
            assert!(matches!(Receipt::read(typed), Some(Err(_))), "{typed}");
        }
        for typed in [
            "",
            ":",
            "export.jsonl",
            "0:ab",
            "x:ab",
            "abc",
            "C:\\ab.jsonl",
        ] {
            assert!(Receipt::read(typed).is_none(), "{typed}");
        }
    }
}
