//! The day of signing, where the text says it: `AGREED to this date, June 14, 2024`, `Dated: 9/27/19`.

mod whose;

use super::finder::{Reader, bare};
use super::sentences::{Sentence, words_of};
use crate::language::is_month;
use chrono::NaiveDate;
use whose::{heads_a_memo, is_of_another, of_this_letter};

/// What is said of the signing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Signed {
    /// One day, and the words that say it.
    On(NaiveDate, String),
    /// Several days, or one beside a date that cannot be read, of which a person has to say the last: each with its words.
    Unclear(Vec<(NaiveDate, String)>),
    /// Nothing.
    NotSaid,
}

/// Words that the signatures begin with.
const BEGINS: &[&str] = &[
    "in witness whereof",
    "agreed to this",
    "agreed this",
    "agreed to on",
    "agreed on this",
    "agreed to and",
    "it is agreed this",
    "it is so agreed",
    "signatures:",
    "signatures by",
    "signatures",
    "signed this",
    "signed and",
    "dated this",
    "dated:",
    "executed this",
    "for the county",
    "for the city",
    "for the district",
    "for the union",
    "for the association",
    "for the employer",
    "by signing below",
];

/// Whether a block begins the signatures.
pub(super) fn begins_signatures(text: &str) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    // A sentence that only begins so goes on; what is signed does not.
    let short = lower.chars().count() <= 200;
    short && (BEGINS.iter().any(|words| lower.starts_with(words)) || lower.starts_with("____"))
}

/// Words right before a day that say that it is the one of signing.
const SAYS: &[&str] = &[
    "agreed to this date",
    "agreed to this date(s)",
    "agreed to this",
    "agreed to this day",
    "agreed to on this",
    "agreed to on",
    "agreed this",
    "agreed on this",
    "agreed on",
    "signed:",
    "signed this",
    "signed at",
    "signed on this",
    "signed on",
    "signed",
    "entered into this",
    "entered into on",
    "executed this",
    "executed on this",
    "executed on",
    "executed this letter on",
    "executed this agreement on",
    "executed this memorandum on",
    "dated this",
    "dated",
    "date",
    "date signed",
];

/// The day of signing.
pub(super) fn signed(sentences: &[Sentence], reader: &Reader<'_>) -> Signed {
    let mut found: Vec<(NaiveDate, String)> = Vec::new();
    // Days of signing that nobody can read, labels whose date is not there, and whether a label says a day that is.
    let (mut unread, mut blank) = (0_usize, 0_usize);
    let mut labelled = false;
    for (index, sentence) in sentences.iter().enumerate() {
        let lower = sentence.text.to_ascii_lowercase();
        for words in SAYS {
            for (at, _) in lower.match_indices(words) {
                let is_date = words.starts_with("date");
                let before = sentence.text.get(..at).unwrap_or_default();
                let whole = !before.ends_with(char::is_alphanumeric);
                let after = sentence.text.get(at + words.len()..).unwrap_or_default();
                let labels = is_date && whole && is_label(after);
                let Some(after) = follows(after).filter(|_| whole) else {
                    continue;
                };
                // `Signed at Capitol City on March 20, 2026`
                let after = match after.split_once(" on ") {
                    Some((place, day)) if *words == "signed at" && place.len() <= 60 => day,
                    _ => after,
                };
                let later = sentence.signature || index >= sentences.len() / 2;
                // `Jane Doe Date:` and `____ Date:` stand below a letter, also where its last clause goes on into them.
                let below = sentence.signature
                    || later
                        && sentence
                            .text
                            .get(at..)
                            .is_some_and(|it| it.starts_with('D'));
                let own = if labels && is_of_another(sentences, index, before) {
                    false
                } else if labels && !of_this_letter(before) {
                    below
                } else {
                    of_this_letter(before)
                        && !(is_date && heads_a_memo(sentences, index))
                        && (later || !labels)
                };
                if !own {
                    continue;
                }
                // A line for the pen may stand in the day.
                let after = after.replace('_', " ");
                if let Some(day) = reader
                    .day_at_start(after.trim_start())
                    .filter(|_| reads_well(&after))
                {
                    labelled |= is_date;
                    if !found.iter().any(|(known, _)| *known == day) {
                        found.push((day, excerpt(&sentence.text, at)));
                    }
                } else if labels {
                    blank += 1;
                } else if words.ends_with("this") && is_a_day_of_something(&after) {
                    unread += 1;
                }
            }
        }
    }
    match found.as_slice() {
        // Days beside the signatures that nothing is said of may be theirs.
        [] => match beside_signatures(sentences, reader) {
            days if days.is_empty() => Signed::NotSaid,
            days => Signed::Unclear(days),
        },
        // The signature whose date is not read may be the last.
        [_] if unread > 0 || labelled && blank > 0 => Signed::Unclear(found),
        [(day, words)] => Signed::On(*day, words.clone()),
        _ => Signed::Unclear(found),
    }
}

/// `this #k day of Aveust, 2026`: a day that a scanner could not read.
fn is_a_day_of_something(after: &str) -> bool {
    let near: String = after.chars().take(40).collect();
    near.contains(" of ") && near.chars().any(|c| c.is_ascii_digit())
}

/// Days that stand in the signatures without a word that says what they are.
fn beside_signatures(sentences: &[Sentence], reader: &Reader<'_>) -> Vec<(NaiveDate, String)> {
    let mut found: Vec<(NaiveDate, String)> = Vec::new();
    for (index, sentence) in sentences.iter().enumerate().filter(|(_, s)| s.signature) {
        if is_of_another(sentences, index, &sentence.text) {
            continue;
        }
        for (at, word) in words_of(&sentence.text) {
            let begins = word.starts_with(|c: char| c.is_ascii_digit())
                || is_month(&bare(word)) && word.starts_with(char::is_uppercase);
            let text = sentence.text.get(at..).unwrap_or_default();
            let day = if begins {
                reader.day_at_start(text)
            } else {
                None
            };
            if let Some(day) = day
                && !found.iter().any(|(known, _)| *known == day)
            {
                found.push((day, excerpt(&sentence.text, 0)));
            }
        }
    }
    found.truncate(8);
    found
}

/// Whether words stand there as before a date that is to be filled in: `Date: ____`.
fn is_label(after: &str) -> bool {
    after.starts_with(':') || after.trim_start().starts_with('_')
}

/// What follows the words, where it may be a day.
fn follows(after: &str) -> Option<&str> {
    let first = after.chars().next()?;
    (!first.is_alphanumeric())
        .then(|| after.trim_start_matches([' ', ':', ',', '_', '(', 's', ')']))
}

/// Whether its first number is written as one is said: `2th` is half of a day that a scanner read.
fn reads_well(after: &str) -> bool {
    let first = after
        .split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or_default();
    let end = first
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(first.len());
    let (digits, rest) = first.split_at(end);
    let Ok(day) = digits.parse::<u32>() else {
        return true;
    };
    let said = match (day % 10, day % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    let rest: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    rest.is_empty() || !["st", "nd", "rd", "th"].contains(&rest.as_str()) || rest == said
}

fn excerpt(text: &str, at: usize) -> String {
    text.get(at..)
        .unwrap_or(text)
        .chars()
        .take(60)
        .collect::<String>()
        .trim()
        .to_owned()
}
