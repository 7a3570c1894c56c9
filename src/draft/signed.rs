//! The day of signing, where the text says it: `AGREED to this date, June 14, 2024`, `Dated: 9/27/19`.

use super::finder::Reader;
use super::sentences::Sentence;
use chrono::NaiveDate;

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
    "agreed to on this",
    "agreed to on",
    "agreed this",
    "agreed on this",
    "agreed on",
    "signed:",
    "signed this",
    "signed on this",
    "signed on",
    "executed this",
    "executed on this",
    "executed on",
    "dated this",
    "dated",
    "date",
    "date signed",
];

/// The day of signing.
pub(super) fn signed(sentences: &[Sentence], reader: &Reader<'_>) -> Signed {
    let mut found: Vec<(NaiveDate, String)> = Vec::new();
    // Days of which the words say no more than that they are dates, and signatures whose date nobody can read.
    let (mut dates, mut unread) = (0_usize, 0_usize);
    let half = sentences.len() / 2;
    for (index, sentence) in sentences.iter().enumerate() {
        let lower = sentence.text.to_ascii_lowercase();
        let strong = SAYS.iter().filter(|words| !words.starts_with("date"));
        let weak = SAYS
            .iter()
            .filter(|words| words.starts_with("date") && (sentence.signature || index >= half));
        for words in strong.chain(weak) {
            for (at, _) in lower.match_indices(words) {
                let is_date = words.starts_with("date");
                let whole = lower
                    .get(..at)
                    .is_none_or(|t| !t.ends_with(char::is_alphanumeric));
                let after = sentence.text.get(at + words.len()..).unwrap_or_default();
                let labels = is_date && whole && is_label(after);
                let Some(after) = follows(after).filter(|_| whole) else {
                    continue;
                };
                // A line for the pen may stand in the day.
                let after = after.replace('_', " ");
                if let Some(day) = reader
                    .day_at_start(after.trim_start())
                    .filter(|_| reads_well(&after))
                {
                    dates += usize::from(is_date);
                    if !found.iter().any(|(known, _)| *known == day) {
                        found.push((day, excerpt(&sentence.text, at)));
                    }
                } else if labels {
                    unread += 1;
                }
            }
        }
    }
    match found.as_slice() {
        [] => Signed::NotSaid,
        // The signature whose date is not read may be the last.
        [_] if dates > 0 && unread > 0 => Signed::Unclear(found),
        [(day, words)] => Signed::On(*day, words.clone()),
        _ => Signed::Unclear(found),
    }
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
