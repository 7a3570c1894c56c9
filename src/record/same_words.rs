//! Words that stand in more than one entry: whoever erases them from one has to know of the others.

use super::Entry;
use std::collections::BTreeSet;

/// How many words in a row are a quotation.
const QUOTED: usize = 5;

/// The fewest letters of what is looked for whole: less than that is said by chance.
const FEWEST_LETTERS: usize = 6;

/// Of `entries`, those that have the words of another, whole or a part that is long enough to be quoted, by their numbers.
pub fn entries_with_words_of<'e>(
    erased: &Entry,
    entries: impl Iterator<Item = &'e Entry>,
) -> Vec<u64> {
    let erased: Vec<Vec<String>> = erased.words().map(words).collect();
    let has_them = |entry: &&Entry| {
        let has = |text| erased.iter().any(|erased| is_quoted(erased, &words(text)));
        entry.words().any(has)
    };
    entries.filter(has_them).map(|entry| entry.number).collect()
}

/// Whether a text has the words that are to go.
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
