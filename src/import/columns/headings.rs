//! The wordings in which offices head their columns.

mod wordings;

use super::Meaning;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use wordings::HEADINGS;

/// Words of a heading that do not change what it means.
const FILLERS: [&str; 13] = [
    "the", "an", "of", "for", "is", "in", "s", "de", "del", "la", "el", "our", "full",
];

/// What a heading means; `None` where it is none of the wordings.
pub(super) fn meaning(heading: &str) -> Option<Meaning> {
    let plain = plain(heading);
    // What stands in brackets explains the rest: `Due (per clause)`.
    let outside = heading
        .split(['(', '['])
        .next()
        .map(self::plain)
        .unwrap_or_default();
    [plain, outside]
        .iter()
        .filter(|words| !words.is_empty())
        .find_map(|words| {
            HEADINGS
                .iter()
                .find(|(_, known)| known.contains(&words.as_str()))
                .map(|(meaning, _)| *meaning)
        })
}

/// The known heading that a heading is spelled most like: `deadine`.
pub(super) fn near(heading: &str) -> Option<(Meaning, &'static str)> {
    let words = plain(heading);
    if words.chars().count() < 5 {
        return None;
    }
    HEADINGS
        .iter()
        .flat_map(|(meaning, known)| known.iter().map(move |known| (*meaning, *known)))
        .filter(|(_, known)| known.len() >= 5)
        .map(|(meaning, known)| (strsim::damerau_levenshtein(&words, known), meaning, known))
        .filter(|(distance, ..)| *distance <= 1)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(_, meaning, known)| (meaning, known))
}

/// A heading's words alone: small letters without accents, one blank between.
pub(super) fn plain(heading: &str) -> String {
    // A heading is a few words; what is longer is none.
    let letters: String = heading
        .chars()
        .take(200)
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let letters = letters.to_lowercase();
    let words: Vec<&str> = letters.split_whitespace().collect();
    let telling: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !FILLERS.contains(word))
        .collect();
    if telling.is_empty() {
        words.join(" ")
    } else {
        telling.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_punctuation_and_fillers_do_not_matter() {
        for (heading, meant) in [
            ("DUE DATE:", Meaning::Due),
            ("Name of the agreement", Meaning::Agreement),
            ("Side-letter", Meaning::Agreement),
            ("Due (per clause)", Meaning::Due),
            ("Responsible party", Meaning::OwedBy),
            ("Owed to", Meaning::OwedTo),
            ("Fecha límite", Meaning::Due),
            ("What is owed?", Meaning::Obligation),
            ("Date\nsigned", Meaning::Signed),
        ] {
            assert_eq!(meaning(heading), Some(meant), "{heading}");
        }
        assert_eq!(meaning("Colour"), None);
        assert_eq!(near("Deadlne"), Some((Meaning::Due, "deadline")));
        assert_eq!(near("Colour"), None);
    }

    #[test]
    fn every_wording_is_written_as_it_is_looked_for_and_means_one_thing() {
        let mut seen = std::collections::BTreeSet::new();
        for wording in HEADINGS.iter().flat_map(|(_, known)| known.iter()) {
            assert!(seen.insert(wording), "`{wording}` stands twice");
            let found = meaning(wording);
            assert!(found.is_some(), "`{wording}` is never found");
        }
    }
}
