//! Patterns of words, as the parser looks for them: alternatives are joined by `|`, a word that may be missing ends in `?`.
//!
//! Most of the time of a reading goes into patterns that do not stand there. Each is therefore made with the program, with
//! the words that it may begin with as bits, so that one look at a word shows of nearly every pattern that it begins otherwise.

/// A pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    text: &'static str,
    /// The bits of every word that it may begin with.
    first: u64,
}

/// A [`Pattern`] of these words.
macro_rules! words {
    ($text:expr) => {
        const { &$crate::language::pattern::Pattern::of($text) }
    };
}

impl Pattern {
    /// The pattern of a text.
    pub(super) const fn of(text: &'static str) -> Self {
        Self {
            text,
            first: first_words(text.as_bytes()),
        }
    }

    /// Whether it may begin with a word of which these are the bits; where it does not, it is not there.
    pub(super) fn may_begin_with(&self, bits: u64) -> bool {
        self.first & bits != 0
    }

    /// How many words it covers of those that `word` gives by their place; `None`: it is not there.
    pub(super) fn covers<'w>(&self, word: impl Fn(usize) -> &'w str) -> Option<usize> {
        let mut covered = 0;
        let mut rest = self.text.as_bytes();
        while !rest.is_empty() {
            let part = Part::of(rest, word(covered).as_bytes());
            if part.is_met {
                covered += 1;
            } else if !part.is_optional {
                return None;
            }
            rest = part.rest;
        }
        Some(covered)
    }
}

/// The first part of a pattern against a word.
struct Part<'p> {
    is_met: bool,
    is_optional: bool,
    /// The pattern after it.
    rest: &'p [u8],
}

impl<'p> Part<'p> {
    fn of(pattern: &'p [u8], word: &[u8]) -> Self {
        let mut is_met = false;
        let mut left = pattern;
        loop {
            let length = left
                .iter()
                .position(|byte| matches!(byte, b'|' | b' ' | b'?'))
                .unwrap_or(left.len());
            let (choice, after) = left.split_at(length);
            is_met |= !word.is_empty() && choice == word;
            match after {
                [b'|', others @ ..] => left = others,
                [b'?', b' ', rest @ ..] | [b'?', rest @ ..] => {
                    return Self {
                        is_met,
                        is_optional: true,
                        rest,
                    };
                }
                [_, rest @ ..] | rest @ [] => {
                    return Self {
                        is_met,
                        is_optional: false,
                        rest,
                    };
                }
            }
        }
    }
}

/// The bit of a word, one of 64; several words have the same.
pub(super) const fn bit(word: &[u8]) -> u64 {
    bit_of(word, 0, word.len())
}

const fn bit_of(bytes: &[u8], from: usize, to: usize) -> u64 {
    let mut hash: u32 = 0x811c_9dc5;
    let mut at = from;
    while at < to {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    1 << (hash >> 26)
}

/// The bits of every word that a pattern may begin with: those of its first part, and of the next where that may be missing.
const fn first_words(pattern: &[u8]) -> u64 {
    let mut bits = 0;
    let (mut from, mut at) = (0, 0);
    while at < pattern.len() {
        match pattern[at] {
            b'|' => {
                bits |= bit_of(pattern, from, at);
                from = at + 1;
            }
            b'?' => {
                bits |= bit_of(pattern, from, at);
                // And the blank after it.
                at += 1;
                from = at + 1;
            }
            b' ' => return bits | bit_of(pattern, from, at),
            _ => {}
        }
        at += 1;
    }
    if from < pattern.len() {
        bits |= bit_of(pattern, from, pattern.len());
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How a pattern reads: by its parts.
    fn plainly(pattern: &str, words: &[String]) -> Option<usize> {
        let mut covered = 0;
        for part in pattern.split(' ') {
            let (part, is_optional) = part
                .strip_suffix('?')
                .map_or((part, false), |part| (part, true));
            let word = words.get(covered).map_or("", String::as_str);
            if !word.is_empty() && part.split('|').any(|choice| choice == word) {
                covered += 1;
            } else if !is_optional {
                return None;
            }
        }
        Some(covered)
    }

    proptest! {
        #[test]
        fn the_bits_leave_out_nothing_that_stands_there(
            parts in prop::collection::vec((prop::collection::vec("[a-d]{1,3}", 1..4), any::<bool>()), 1..5),
            words in prop::collection::vec("[a-d]{1,3}", 0..5),
        ) {
            let parts = parts.iter().map(|(choices, is_optional)| {
                format!("{}{}", choices.join("|"), if *is_optional { "?" } else { "" })
            });
            let text = parts.collect::<Vec<_>>().join(" ");
            let pattern = Pattern::of(text.clone().leak());
            let word = |place: usize| words.get(place).map_or("", String::as_str);
            let covered = pattern.covers(word);
            prop_assert_eq!(covered, plainly(&text, &words), "{}", text);
            if covered.is_some_and(|covered| covered > 0) {
                prop_assert!(pattern.may_begin_with(bit(word(0).as_bytes())), "{}", text);
            }
        }
    }
}
