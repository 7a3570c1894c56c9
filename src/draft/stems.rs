//! Stems of lists: of `The City shall: (a) post the list` each item is read as a sentence of its own.

use super::finder::bare;
use super::letter::{Block, BlockKind};
use super::numbering::marker_word;
use super::sentences::words_of;
use super::verbs::{ends_with_a_duty, modals};

/// Words that the items below them go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stem {
    /// `The City shall`.
    pub words: String,
    /// Under how many numbers it stands.
    depth: usize,
}

impl Stem {
    pub(super) fn new(words: String, depth: usize) -> Self {
        Self { words, depth }
    }

    /// Whether a block is one of its items.
    pub(super) fn holds(&self, block: &Block, depth: usize) -> bool {
        match block.kind {
            BlockKind::Bullet(_) => true,
            BlockKind::Paragraph => !block.marker.is_empty() && depth > self.depth,
            _ => false,
        }
    }
}

/// The stem that a text ends with: what stands before its colon, where that ends with a verb that makes a duty.
pub(super) fn stem_of(text: &str) -> Option<String> {
    let before = text.trim_end().strip_suffix(':')?.trim_end();
    let before = ["do the following", "do all of the following"]
        .iter()
        .find_map(|words| before.strip_suffix(words))
        .unwrap_or(before)
        .trim_end();
    ends_with_a_duty(before).then(|| before.to_owned())
}

/// Whether a text begins with a number in brackets, as items within a sentence do.
pub(super) fn is_item(text: &str) -> bool {
    let (first, _) = divided(text);
    first.ends_with(')') && marker_word(first).is_some()
}

/// Whether an item is a sentence by itself: it has a verb that makes a duty, and no relative clause has it.
fn is_whole(item: &str) -> bool {
    let words = words_of(item);
    let modals = modals(&words);
    let Some(first) = modals.first() else {
        return false;
    };
    let mut before = words.iter().filter(|(at, _)| *at < first.at);
    first.at > 0 && !before.any(|(_, word)| ["which", "who", "that"].contains(&bare(word).as_str()))
}

/// An item as the rest of its stem's sentence.
pub(super) fn joined(stem: &str, item: &str) -> String {
    let rest = if is_item(item) { divided(item).1 } else { item };
    if is_whole(rest) {
        return rest.to_owned();
    }
    let rest = rest
        .trim_end()
        .trim_end_matches("and")
        .trim_end_matches([' ', ';', ',']);
    let mut letters = rest.chars();
    match (letters.next(), letters.next()) {
        // A name in capitals stays one.
        (Some(first), Some(second)) if second.is_lowercase() => {
            let begin = first.to_lowercase();
            let rest = rest.get(first.len_utf8()..).unwrap_or_default();
            format!("{stem} {begin}{rest}")
        }
        _ => format!("{stem} {rest}"),
    }
}

/// The first word, an `and` before it left out, and the rest.
fn divided(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let text = ["and ", "or "]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    text.split_once(char::is_whitespace).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_with_a_duty_is_a_stem() {
        for (text, stem) in [
            ("The City shall:", Some("The City shall")),
            (
                "The Union agrees to do the following:",
                Some("The Union agrees to"),
            ),
            (
                "The County is responsible for:",
                Some("The County is responsible for"),
            ),
            ("The parties agree to the following:", None),
            ("The following shall apply:", None),
            ("The City shall", None),
            ("Dates:", None),
        ] {
            assert_eq!(stem_of(text).as_deref(), stem, "{text}");
        }
    }

    #[test]
    fn an_item_goes_on_with_its_stem() {
        assert_eq!(
            joined("The City shall", "and (b) Post the list; and"),
            "The City shall post the list"
        );
        assert_eq!(
            joined("The parties agree to", "The City shall pay."),
            "The City shall pay."
        );
        assert_eq!(
            joined("The City shall", "OSHA forms."),
            "The City shall OSHA forms."
        );
    }
}
