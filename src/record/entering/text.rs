//! Words that people type into the record: on one line, of a bounded length, and nothing in them that cannot be seen.

use crate::error::{Error, Result};
use unicode_normalization::UnicodeNormalization as _;
use unicode_security::MixedScript;
use unicode_security::confusable_detection::skeleton;

/// The most characters of a remark.
pub const LONGEST_NOTE: usize = 10_000;

/// The most characters of a speaker, or of the words that say which.
pub const LONGEST_NAME: usize = 200;

/// Cleans what was typed after `flag`: line breaks and tabs become spaces, and a letter with its accent is one character,
/// however it was typed.
///
/// # Errors
/// Refused, where it is empty or too long, or has a character that cannot be seen.
pub fn line(flag: &str, typed: Option<&str>, longest: usize) -> Result<Option<String>> {
    let Some(typed) = typed else {
        return Ok(None);
    };
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.nfc().collect();
    let length = line.chars().count();
    if length > longest {
        return Err(Error::refused(format!(
            "{flag} has {length} characters, and at most {longest} are kept; put the rest into a file and name it as --evidence FILE"
        )));
    }
    if let Some(unseen) = line.chars().find(|c| cannot_be_seen(*c)) {
        return Err(Error::refused(format!(
            "{flag} has the character U+{:04X}, which cannot be seen; type it without",
            u32::from(unseen)
        )));
    }
    if line.is_empty() {
        return Err(Error::refused(format!(
            "{flag} is empty; write something after it, or leave it out"
        )));
    }
    Ok(Some(line))
}

/// Text as it is shown: what cannot be seen becomes U+FFFD.
pub fn shown(text: &str) -> String {
    text.replace(cannot_be_seen, "\u{fffd}")
}

/// Control characters, and those that turn the direction of the words after them.
pub(crate) fn cannot_be_seen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The first letter of another alphabet than the others of its word: it may look like one of theirs and is none.
pub(super) fn of_another_alphabet(words: &str) -> Option<char> {
    let mixed = words
        .split_whitespace()
        .find(|word| !word.is_single_script())?;
    mixed
        .chars()
        .find(|c| c.is_alphabetic() && !c.is_ascii())
        .or_else(|| mixed.chars().next())
}

/// Whether words look the same, though letters of them are of different alphabets.
pub(super) fn look_alike(one: &str, other: &str) -> bool {
    let letters =
        |words: &str| -> Vec<char> { words.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (one, other) = (letters(one), letters(other));
    one.len() == other.len() && one.iter().zip(&other).all(|(a, b)| is_drawn_alike(*a, *b))
}

/// Whether two letters are the same but for their case, or are drawn alike in either case; among those of ASCII no two are.
fn is_drawn_alike(one: char, other: char) -> bool {
    let prototype = |c: char| -> String {
        if c.is_ascii() {
            c.to_string()
        } else {
            skeleton(c.encode_utf8(&mut [0; 4])).collect()
        }
    };
    let in_either_case = |c: char| -> [String; 2] {
        let lower: String = c.to_lowercase().collect();
        let drawn_lower = lower.chars().map(prototype).collect();
        [prototype(c).to_lowercase(), drawn_lower]
    };
    let (one, other) = (in_either_case(one), in_either_case(other));
    one.iter().zip(&other).any(|(one, other)| one == other)
}

/// Words as two people would take them for the same: without case, spaces and signs.
pub(super) fn as_heard(words: &str) -> String {
    words
        .nfc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_is_one_line_that_can_be_seen() {
        let clean = |typed: &str| line("--note", Some(typed), 20);
        assert_eq!(
            clean("  two\nlines\tand more ").unwrap().as_deref(),
            Some("two lines and more")
        );
        insta::assert_snapshot!(clean(" \n ").unwrap_err(), @"--note is empty; write something after it, or leave it out");
        assert_eq!(clean(&"é".repeat(20)).unwrap(), Some("é".repeat(20)));
        insta::assert_snapshot!(clean(&"é".repeat(21)).unwrap_err(), @"--note has 21 characters, and at most 20 are kept; put the rest into a file and name it as --evidence FILE");
        insta::assert_snapshot!(clean("a\u{202e}b").unwrap_err(), @"--note has the character U+202E, which cannot be seen; type it without");
        insta::assert_snapshot!(clean("a\u{1b}[2Jb").unwrap_err(), @"--note has the character U+001B, which cannot be seen; type it without");
        assert_eq!(shown("a\u{1b}b"), "a\u{fffd}b");
        assert_eq!(clean("Cafe\u{301}").unwrap(), Some("Caf\u{e9}".to_owned()));
    }
}
