//! The texts of cells made fit for where they are written.

use crate::ids::{is_snake_case, snake_case};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most characters of an id that is made from a title.
const LONGEST_ID: usize = 60;

/// A text in one line.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as it is compared: in one line, in small letters.
pub(super) fn compared(text: &str) -> String {
    line(text).to_lowercase()
}

/// The beginning of a text, for a message.
pub(super) fn short(text: &str) -> String {
    const SHOWN: usize = 80;
    let line = line(text);
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}...", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

/// Whether a cell's words say that there is nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    let word = compared(text);
    matches!(
        word.as_str(),
        "n/a"
            | "na"
            | "n.a."
            | "none"
            | "nil"
            | "no date"
            | "no end"
            | "no end date"
            | "ninguno"
            | "ninguna"
    ) || word
        .chars()
        .all(|c| matches!(c, '-' | '–' | '—' | '.' | '?' | '*' | '/'))
}

/// An id for a title; `otherwise` comes before one that does not begin with a letter, and stands for one without any.
pub(super) fn id_of(title: &str, otherwise: &str) -> String {
    let letters: String = title
        .chars()
        .take(400)
        // Nobody reads an apostrophe as the beginning of a word.
        .filter(|c| !matches!(c, '\'' | '’'))
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .collect();
    let mut id = String::new();
    for word in letters
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let longer = id.len() + 1 + word.len();
        if longer > LONGEST_ID && !id.is_empty() {
            break;
        }
        if !id.is_empty() {
            id.push('_');
        }
        id.extend(
            word.chars()
                .take(LONGEST_ID)
                .map(|c| c.to_ascii_lowercase()),
        );
    }
    match snake_case(&id) {
        Some(id) => id,
        None if id.is_empty() => otherwise.to_owned(),
        None => format!("{otherwise}_{id}"),
    }
}

/// The ids that are taken.
#[derive(Debug, Default)]
pub(super) struct Taken {
    ids: BTreeSet<String>,
    /// Of an id that was asked for, the number that is tried next: thousands of titles may begin alike.
    next: BTreeMap<String, u64>,
}

impl Taken {
    /// Takes an id that is free: the id itself, or the first of `id_2`, `id_3` and so on.
    pub(super) fn free(&mut self, id: &str) -> String {
        let number = self.next.entry(id.to_owned()).or_insert(1);
        loop {
            let candidate = if *number == 1 {
                id.to_owned()
            } else {
                format!("{id}_{number}")
            };
            *number += 1;
            debug_assert!(is_snake_case(&candidate), "{candidate}");
            if self.ids.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

impl Extend<String> for Taken {
    fn extend<T: IntoIterator<Item = String>>(&mut self, ids: T) {
        self.ids.extend(ids);
    }
}

impl FromIterator<String> for Taken {
    fn from_iter<T: IntoIterator<Item = String>>(ids: T) -> Self {
        let mut taken = Self::default();
        taken.extend(ids);
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn titles_become_ids() {
        assert_eq!(
            id_of("SDR Phase II – agreements", "letter"),
            "sdr_phase_ii_agreements"
        );
        assert_eq!(id_of("Reunión del comité", "letter"), "reunion_del_comite");
        assert_eq!(id_of("Members' time", "letter"), "members_time");
        assert_eq!(
            id_of("2014 letter", "side_letter"),
            "side_letter_2014_letter"
        );
        assert_eq!(id_of("協定", "side_letter"), "side_letter");
        let mut taken: Taken = ["notice_2".to_owned()].into_iter().collect();
        let free = ["notice", "notice", "notice"].map(|id| taken.free(id));
        assert_eq!(free, ["notice", "notice_3", "notice_4"]);
    }

    #[test]
    fn a_dash_is_nothing() {
        assert!(is_nothing("N/A") && is_nothing("—") && is_nothing(" none "));
        assert!(!is_nothing("no later than June 1, 2026"));
    }

    proptest! {
        #[test]
        fn every_title_becomes_an_id(title in "\\PC{0,200}") {
            let id = id_of(&title, "obligation");
            prop_assert!(is_snake_case(&id), "{}", id);
            prop_assert!(id.len() <= LONGEST_ID + 20);
        }
    }
}
