//! The page of all agreements, and the index by which it finds words in them: small files, of which a browser asks only for
//! those that a search needs, without a server.

use super::letter::Letter;
use super::overview::Made;
use super::text::shown;
use super::visible::Visible;
use crate::words::Language;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The script of the page.
pub(super) const SCRIPT: &str = "search.js";

/// The most characters of a word that is looked up.
const LONGEST: usize = 40;

/// From how many agreements on a word may be too common to be looked up.
const COMMON_FROM: usize = 50;

/// What the template of the page is given, besides the frame of every page.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct SearchPage {
    agreements: Vec<Found>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Found {
    /// Its number in the index.
    number: usize,
    id: String,
    title: String,
    its_lang: Option<&'static str>,
    kind: &'static str,
    parties: String,
}

/// Makes the page: every agreement by its title.
pub(super) fn page(language: Language, visible: &Visible<'_>, made: &[Made<'_>]) -> SearchPage {
    let mut agreements: Vec<Found> = made
        .iter()
        .enumerate()
        .map(|(number, m)| {
            let Letter {
                id, title, kind, ..
            } = &m.letter;
            let parties = m.of.agreement.parties.iter();
            Found {
                number,
                id: id.clone(),
                title: title.clone(),
                its_lang: m.letter.its_lang,
                kind,
                parties: language.list(parties.map(|p| visible.short(p))),
            }
        })
        .collect();
    agreements.sort_by_cached_key(|found| (folded(&found.title), found.id.clone()));
    SearchPage { agreements }
}

/// The files of the index. `letters`: the words of each agreement that its page shows, in the order of their numbers.
pub(super) fn index(visible: &Visible<'_>, letters: &[String]) -> Vec<(String, String)> {
    let words_of: Vec<BTreeSet<String>> = visible
        .agreements
        .par_iter()
        .zip(letters)
        .map(|(of, letter)| {
            let mut words = words(letter);
            words.extend(self::words(&of.agreement.title));
            for o in &of.obligations {
                words.extend(self::words(&o.title));
            }
            for event in &of.events {
                words.extend(self::words(&event.title));
            }
            for party in &of.agreement.parties {
                words.extend(self::words(&visible.name(party)));
                words.extend(self::words(&visible.short(party)));
            }
            words
        })
        .collect();
    let mut shards: BTreeMap<String, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (number, words) in words_of.iter().enumerate() {
        for word in words {
            let shard = shards.entry(shard(word)).or_default();
            shard.entry(word).or_default().push(number);
        }
    }
    let all = words_of.len();
    shards
        .into_par_iter()
        .map(|(shard, words)| {
            let of_words: BTreeMap<&str, Numbers> = words
                .into_iter()
                .map(|(word, numbers)| (word, Numbers::of(numbers, all)))
                .collect();
            // Words and numbers alone: nothing in it can fail to be written as JSON.
            let json = serde_json::to_string(&of_words).unwrap_or_default();
            (
                format!("search/{shard}.js"),
                format!("sideletterFound(\"{shard}\", {json});\n"),
            )
        })
        .collect()
}

/// The agreements that have a word.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Numbers {
    These(Vec<usize>),
    /// Nearly all have it, and it finds nothing.
    TooCommon(bool),
}

impl Numbers {
    fn of(numbers: Vec<usize>, all: usize) -> Self {
        if all >= COMMON_FROM && numbers.len() * 2 > all {
            Self::TooCommon(true)
        } else {
            Self::These(numbers)
        }
    }
}

/// The words of a text as they are looked up: small letters without their marks, and digits.
fn words(text: &str) -> BTreeSet<String> {
    folded(&shown(text))
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| (2..=LONGEST).contains(&word.chars().count()))
        .map(str::to_owned)
        .collect()
}

/// The script does the same to what is typed.
fn folded(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .collect::<String>()
        .to_lowercase()
}

/// The file that has a word: its first two letters, where those are plain ones.
fn shard(word: &str) -> String {
    let first: String = word.chars().take(2).collect();
    if first.chars().all(|c| c.is_ascii_alphanumeric()) {
        first
    } else {
        "_".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{shard, words};

    #[test]
    fn words_are_found_whatever_their_letters_and_marks() {
        let words: Vec<String> = words("Reunión, 30 DÍAS después (a)").into_iter().collect();
        assert_eq!(words, ["30", "despues", "dias", "reunion"]);
        assert_eq!(shard("reunion"), "re");
        assert_eq!(shard("30"), "30");
        assert_eq!(shard("日本"), "_");
    }
}
