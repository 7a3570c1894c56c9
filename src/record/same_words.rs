//! Words that stand in more than one entry: whoever erases them from one has to know of the others.

use super::Entry;
use std::collections::BTreeSet;

/// How many words in a row are a quotation.
const QUOTED: usize = 5;

/// The fewest letters of what is looked for whole: less than that is said by chance.
const FEWEST_LETTERS: usize = 6;

/// The other entries that have the words of one, whole or a part that is long enough to be quoted.
pub fn others_with_words_of<'e>(erased: &Entry, entries: &'e [Entry]) -> Vec<&'e Entry> {
    let others = entries.iter().filter(|other| other.number != erased.number);
    let has_them = |other: &&Entry| other.words().any(|text| quotes(text, erased));
    others.filter(has_them).collect()
}

/// Whether a text has the words of an entry.
pub fn quotes(text: &str, erased: &Entry) -> bool {
    let text = words(text);
    erased
        .words()
        .any(|erased| is_quoted(&words(erased), &text))
}

fn is_quoted(erased: &[String], text: &[String]) -> bool {
    let letters: usize = erased.iter().map(|word| word.chars().count()).sum();
    if letters < FEWEST_LETTERS {
        return false;
    }
    let run = erased.len().min(QUOTED);
    let runs: BTreeSet<&[String]> = erased.windows(run).collect();
    text.windows(run).any(|window| runs.contains(window))
}

/// Words without case and signs.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
