//! What was done to a chain that was then sealed anew is named.

use super::DifferenceKind::{Changed, CutOff, DatedAnew, Inserted, Moved, Removed};
use super::*;
use crate::ids::AgreementId;
use crate::record::{Draft, EntryKind, canonical, seal, verify};
use chrono::DateTime;

/// An entry before it is sealed: its second, and its text.
type Loose = (i64, String);

fn note(words: &str, salt: &str) -> String {
    let mut draft = Draft::new(EntryKind::Noted, AgreementId::new("letter"), "00");
    draft.note = Some(words.to_owned());
    canonical::text(&draft, salt)
}

fn six() -> Vec<Loose> {
    (1..=6)
        .map(|n| (10 * n, note(&format!("remark {n}"), &format!("salt {n}"))))
        .collect()
}

fn seal_all(loose: &[Loose]) -> Vec<Sealed> {
    let mut entries: Vec<Sealed> = Vec::new();
    for (number, (second, text)) in (1..).zip(loose) {
        let before = entries
            .last()
            .map_or(seal::BEFORE_THE_FIRST, |e| e.seal.as_str())
            .to_owned();
        let at = DateTime::from_timestamp(*second, 0).unwrap();
        entries.push(Sealed::new(number, at, text.clone(), &before));
    }
    entries
}

/// Alters six entries, seals them all anew and says what is found.
#[track_caller]
fn case(
    alter: impl FnOnce(&mut Vec<Loose>),
    expected: &[(DifferenceKind, Option<u64>, Option<u64>)],
) -> Vec<Difference> {
    let mut loose = six();
    alter(&mut loose);
    let later = seal_all(&loose);
    assert_eq!(verify(&later), [], "the chain is sound in itself");
    let differences = compare(&seal_all(&six()), &later);
    let found: Vec<_> = differences
        .iter()
        .map(|d| (d.what, d.entry, d.now))
        .collect();
    assert_eq!(found, expected);
    differences
}

#[test]
fn every_alteration_is_named_also_after_all_was_sealed_anew() {
    case(|_| {}, &[]);
    case(|e| e.push((70, note("more", "s"))), &[]);
    let changed = case(
        |e| e[2].1 = note("else", "salt 3"),
        &[(Changed, Some(3), Some(3))],
    );
    assert_eq!(changed[0].fields, ["note"]);
    case(|e| drop(e.remove(2)), &[(Removed, Some(3), None)]);
    case(
        |e| e.insert(2, (25, note("slipped in", "s"))),
        &[(Inserted, None, Some(3))],
    );
    case(
        |e| {
            let second = e[1].1.clone();
            e[1].1 = std::mem::replace(&mut e[2].1, second);
        },
        &[(Moved, Some(2), Some(3)), (DatedAnew, Some(3), Some(2))],
    );
    case(|e| e[2].0 = 21, &[(DatedAnew, Some(3), Some(3))]);
    case(
        |e| e.truncate(4),
        &[(CutOff, Some(5), None), (CutOff, Some(6), None)],
    );
    case(
        |e| {
            e.truncate(4);
            e.push((80, note("another", "s")));
        },
        &[(Changed, Some(5), Some(5)), (CutOff, Some(6), None)],
    );
    case(
        |e| {
            e.remove(4);
            e[0].1 = note("else", "s");
        },
        &[(Changed, Some(1), Some(1)), (Removed, Some(5), None)],
    );
    case(
        Vec::clear,
        &(1..=6).map(|n| (CutOff, Some(n), None)).collect::<Vec<_>>(),
    );
}

#[test]
fn long_records_are_compared_at_once() {
    let loose: Vec<Loose> = (1..=20_000)
        .map(|n| (n, note(&n.to_string(), &n.to_string())))
        .collect();
    let earlier = seal_all(&loose);
    let mut shuffled = loose;
    shuffled.reverse();
    for (second, entry) in (1..).zip(&mut shuffled) {
        entry.0 = second;
    }
    assert_eq!(compare(&earlier, &seal_all(&shuffled)).len(), 20_000);
}
