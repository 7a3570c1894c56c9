//! Whether words of time are all that a sentence says of when: neither half of a choice, nor cut before what bounds them.

use super::finder::{Found, bare};

/// What goes on with the other half of a choice.
const OR: &[&str] = &[
    "or until",
    "or upon",
    "or when",
    "or if",
    "or on ",
    "or by ",
    "or after",
    "or before",
    "or within",
    "or earlier",
    "or later",
    "or the date",
    "or such",
    "or at ",
    "or no later",
    "or not later",
    "or once",
    "or as of",
    "or through",
    "whichever",
    "(whichever",
    "if earlier",
    "if later",
    "if sooner",
    "if it is earlier",
    "and again",
    "and in any case",
    "and in no case",
    "but in any case",
    "but not before",
];

/// What bounds a series.
const BOUNDS: &[&str] = &[
    "after",
    "during",
    "for",
    "throughout",
    "through",
    "beginning",
    "starting",
    "commencing",
    "effective",
];

const UNITS: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "quarter", "year", "years",
];

/// Whether words of time are whole.
pub(super) fn is_complete(sentence: &str, found: &Found) -> bool {
    let after = sentence
        .get(found.end..)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let after = after.trim_start_matches([',', ' ', ')', ';']);
    let words = found.words.to_ascii_lowercase();
    let before = sentence
        .get(..found.start)
        .unwrap_or_default()
        .to_ascii_lowercase();
    // `by the earlier of signing or June 30, 2027` has both halves in it.
    let chooses = OR.iter().any(|or| after.starts_with(or));
    let chosen = words.contains("whichever")
        && [" or", " and"]
            .iter()
            .any(|tie| before.trim_end().ends_with(tie));
    let next = after
        .split_whitespace()
        .next()
        .map(bare)
        .unwrap_or_default();
    let bounded = found.phrase.tree.recurs() && BOUNDS.contains(&next.as_str());
    let last = words
        .split_whitespace()
        .next_back()
        .map(bare)
        .unwrap_or_default();
    // `during the first month` of operation
    let of_what = next == "of"
        && UNITS.contains(&last.as_str())
        && words
            .split_whitespace()
            .any(|word| ["first", "last", "final", "initial"].contains(&word));
    !(chooses || chosen || bounded || of_what)
}

/// Nouns of time, which what stands behind them belongs to: `the first available pay date after ratification`.
const TIMES: &[&str] = &[
    "date", "day", "days", "payday", "paycheck", "payroll", "period", "periods", "cycle", "month",
    "months", "week", "weeks", "year", "years", "quarter", "roster",
];

/// Whether words of time are the rest of a longer limit that was not read.
pub(super) fn is_a_rest(before: &str, found: &Found) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let first = found
        .words
        .split_whitespace()
        .next()
        .map(bare)
        .unwrap_or_default();
    TIMES.contains(&last.to_ascii_lowercase().as_str())
        && ["after", "before", "following", "prior", "from", "of"].contains(&first.as_str())
}
