//! From words to tokens, each with its bytes: numbers in digits and in words, ordinals, numeric dates, hours, dashes.
//!
//! Brackets are settled here: `thirty (30)` is one number (two that disagree are refused), an exclusion in brackets is
//! read as if they were not there, and any other bracket is an aside that is kept beside the meaning.

mod brackets;
mod hours;
mod numbers;
mod numeric_dates;
mod scan;

use super::{DateOrder, Refusal};
pub(crate) use brackets::collapse;
use chrono::NaiveDate;
pub(crate) use scan::is_month;
use std::ops::Range;

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its bytes of the phrase.
    pub(crate) range: Range<usize>,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A word in lower case, typographic apostrophes made plain.
    Word(String),
    /// A number in digits or in words.
    Number {
        /// Its value.
        value: u32,
        /// Whether it was written in words.
        spelled: bool,
    },
    /// `1st`, `twenty-first`.
    Ordinal(u32),
    /// A date in numbers.
    Date(NaiveDate),
    /// `11:59 pm`, `noon`, `midnight`.
    Hour,
    /// A dash that joins two ends: `July 1 – July 31`.
    Dash,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// Any other character.
    Mark(char),
}

/// The tokens of a phrase.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    /// In order.
    pub(crate) list: Vec<Token>,
    /// What stood in brackets and was no number of the phrase, with its bytes.
    pub(crate) asides: Vec<(String, Range<usize>)>,
    /// Numbers that disagree, dates that do not exist.
    pub(crate) refusals: Vec<Refusal>,
}

/// Reads the words of a phrase.
pub(crate) fn tokenise(words: &str, order: DateOrder, near: Option<NaiveDate>) -> Tokens {
    let mut tokens = Tokens::default();
    let scanned = scan::scan(words, order, near, &mut tokens.refusals);
    let numbered = numbers::fold(scanned);
    tokens.list = brackets::settle(words, numbered, &mut tokens);
    tokens
}

/// The tokens of a name, for comparing it with the words of a phrase: articles and brackets left out.
pub(crate) fn name_tokens(name: &str) -> Vec<Kind> {
    tokenise(name, DateOrder::MonthDayYear, None)
        .list
        .into_iter()
        .map(|token| token.kind)
        .filter(|kind| !is_silent(kind))
        .collect()
}

/// Words that change nothing wherever they stand.
pub(crate) fn is_silent(kind: &Kind) -> bool {
    matches!(kind, Kind::Word(word) if matches!(word.as_str(), "the" | "a" | "an"))
}
