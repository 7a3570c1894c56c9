//! Sentences of a letter, each with its clause and whether it only tells what was before.

use super::letter::{Block, BlockKind, Letter};
use super::numbering::{Path, Sort, marker, marker_word};
use super::quoted::Quoted;
use super::stems::{Stem, is_item, stem_of};

/// A sentence, or an item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Its block.
    pub block: usize,
    /// Its last byte in the block's text, not included.
    pub end: usize,
    /// Its words.
    pub text: String,
    /// The clause, as the letter numbers it.
    pub clause: Option<String>,
    /// Whether it stands among recitals: what led to the letter, or the wording that it changes.
    pub recital: bool,
    /// Whether it stands among the signatures.
    pub signature: bool,
}

/// What a point after it does not end a sentence.
const SHORTENED: &[&str] = &[
    "i.e", "e.g", "etc", "no", "nos", "sec", "art", "dr", "mr", "mrs", "ms", "jr", "sr", "st",
    "vs", "v", "inc", "co", "dept", "approx", "cf", "al", "jan", "feb", "mar", "apr", "aug",
    "sept", "sep", "oct", "nov", "dec", "a.m", "p.m", "u.s", "gov", "subd", "para", "pp", "vol",
    "ext", "seq", "re",
];

/// The sentences of a letter, in order.
pub(super) fn sentences(letter: &Letter) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut path = Path::default();
    let mut recital = false;
    let mut whereas = false;
    let mut quoted = Quoted::default();
    let mut stem: Option<Stem> = None;
    for (index, block) in letter.blocks.iter().enumerate() {
        let before = letter.blocks.get(index.saturating_sub(NOTED)..index);
        let of_word = note_number(&block.text);
        let note = of_word > 0 || is_footnote(&block.marker, before.unwrap_or_default());
        if !block.marker.is_empty() && !note {
            path.enter(&block.marker);
        }
        stem = stem.filter(|stem| stem.holds(block, path.depth()));
        let mut inline: Option<String> = None;
        for (from, end) in divided(&block.text) {
            let text = block.text.get(from..end).unwrap_or_default();
            let text = if letter.is_markdown {
                plain(text)
            } else {
                text.replace(['\n', '\t'], " ")
            };
            let text = match second_marker(&block.marker, &text).filter(|_| from == 0) {
                None if from == 0 && of_word > 0 => {
                    text.get(of_word..).unwrap_or_default().to_owned()
                }
                Some(number) => {
                    path.enter(text.get(..number).unwrap_or_default());
                    let rest = text.get(number..).unwrap_or_default();
                    rest.trim_start().to_owned()
                }
                None => text,
            };
            let text = match (&inline, &stem) {
                (Some(words), _) if is_item(&text) => super::stems::joined(words, &text),
                (_, Some(stem)) if from == 0 => super::stems::joined(&stem.words, &text),
                _ => text,
            };
            let lower = text.to_ascii_lowercase();
            if opens_recitals(&lower) {
                recital = true;
                whereas = lower.starts_with("whereas");
            }
            // A clause with a number ends what began with `WHEREAS`, which has none.
            if ends_recitals(&lower)
                || whereas
                    && from == 0
                    && is_a_clause(&block.marker)
                    && !lower.starts_with("whereas")
            {
                recital = false;
                whereas = false;
            }
            let old = quoted.is_old(&lower, &text);
            if let Some(words) = stem_of(&text) {
                inline = Some(words.clone());
                if end >= block.text.trim_end().len() {
                    stem = Some(Stem::new(words, path.depth()));
                }
            }
            found.push(Sentence {
                block: index,
                end,
                recital: recital || old || lower.starts_with("whereas"),
                signature: block.kind == BlockKind::Signature,
                clause: path.clause().filter(|_| !note),
                text,
            });
            if hands_over(&lower) {
                recital = false;
            }
        }
    }
    found
}

/// How many blocks before a footnote its number is looked for in.
const NOTED: usize = 60;

/// Whether a number in brackets is a footnote's: it stands behind a word of a block before, as no number of a clause does.
fn is_footnote(number: &str, before: &[Block]) -> bool {
    let inner = number
        .trim_start_matches(['(', '['])
        .trim_end_matches([')', ']']);
    let in_brackets = inner.len() + 2 == number.len() && inner.chars().all(|c| c.is_ascii_digit());
    let behind_a_word = |text: &str| {
        text.match_indices(number).any(|(at, _)| {
            let word = text.get(..at).unwrap_or_default();
            let last = word.chars().last();
            last.is_some_and(|c| c.is_alphabetic() || ".,;”\"".contains(c))
        })
    };
    !inner.is_empty() && in_brackets && before.iter().any(|block| behind_a_word(&block.text))
}

/// How long the number of a note is that a text begins with, as a footnote of Word is written: `[2] Until then`.
fn note_number(text: &str) -> usize {
    let Some((number, _)) = text.split_once("] ") else {
        return 0;
    };
    let digits = number.strip_prefix('[').unwrap_or_default();
    let is_number = (1..=3).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
    if is_number { number.len() + 2 } else { 0 }
}

/// How long the number is that a text begins with right behind its block's own: `10. a) The City shall`.
fn second_marker(first: &str, text: &str) -> Option<usize> {
    let found = marker(text).filter(|_| !first.is_empty())?;
    let is_letter = matches!(
        found.sort,
        Sort::Upper(_) | Sort::Lower(_) | Sort::LowerRoman(_)
    );
    (is_letter && !first.starts_with(&found.name)).then_some(found.length)
}

/// The words without the signs of Markdown, each byte in its place.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            if matches!(c, '*' | '`' | '\n' | '\t') {
                ' '
            } else {
                c
            }
        })
        .collect()
}

/// Whether a title or the first words of a section open what led to the letter.
fn opens_recitals(lower: &str) -> bool {
    ["background", "recitals", "whereas", "witnesseth"]
        .iter()
        .any(|word| lower.starts_with(word))
}

/// Whether the agreement itself begins here.
fn ends_recitals(lower: &str) -> bool {
    lower.starts_with("agreement ")
        || lower == "agreement"
        || lower == "agreement:"
        || lower.starts_with("therefore")
        || lower.starts_with("now,")
        || lower.starts_with("now therefore")
        || lower.starts_with("terms")
        || [
            "the parties agree",
            "the parties hereby agree",
            "parties agree",
        ]
        .iter()
        .any(|words| {
            lower
                .strip_prefix(words)
                .is_some_and(|rest| rest.starts_with([' ', ':', ',']))
        }) && !lower.contains("agree as follows")
}

/// Whether a number is one of a clause: `1.`, `2)`.
fn is_a_clause(number: &str) -> bool {
    let digits = number.trim_end_matches(['.', ')']);
    digits.len() < number.len() && !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}

/// Whether the agreement begins after this sentence: `... the parties agree as follows:`
fn hands_over(lower: &str) -> bool {
    let end = lower.trim_end_matches([' ', ':', '.', ';']);
    let agrees = lower.contains("agree") || lower.contains("resolve");
    agrees
        && (end.ends_with("as follows")
            || end.ends_with("the following")
            || end.ends_with("following change")
            || end.ends_with("following changes")
            || end.ends_with("following terms")
            || end.ends_with("following agreement"))
}

/// Where the sentences of a text begin and end.
fn divided(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let words = words_of(text);
    // Whether the items of a list within this text are being read.
    let mut items = false;
    for (index, (at, word)) in words.iter().enumerate() {
        let end = at + word.len();
        let next = words.get(index + 1).map(|(_, next)| *next);
        let following = words.get(index + 1..).unwrap_or_default();
        let item = begins_item(following);
        if item
            && word.ends_with(':')
            && stem_of(text.get(start..end).unwrap_or_default()).is_some()
            || items && item && word.ends_with([';', ','])
        {
            items = true;
            found.push((start, end));
            start = following.first().map_or(end, |(at, _)| *at);
            continue;
        }
        items = items && !ends_sentence(word);
        let begins = next.is_none_or(begins_sentence);
        if begins && (ends_sentence(word) || word.ends_with(';') && text.len() > 400)
            || next.is_some_and(|n| n == "•" || n == "▪")
        {
            found.push((start, end));
            start = words.get(index + 1).map_or(end, |(at, _)| *at);
        }
    }
    if text
        .get(start..)
        .is_some_and(|rest| !rest.trim().is_empty())
    {
        found.push((start, text.trim_end().len()));
    }
    found
}

/// Whether words begin an item: `(b) post`, `and (c) report`.
fn begins_item(words: &[(usize, &str)]) -> bool {
    let mut words = words.iter().map(|(_, word)| *word);
    let first = words.next().unwrap_or_default();
    let marker = if ["and", "or"].contains(&first) {
        words.next().unwrap_or_default()
    } else {
        first
    };
    marker.ends_with(')') && marker_word(marker).is_some()
}

/// The words of a text, each with its first byte.
pub(super) fn words_of(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    text.split(char::is_whitespace)
        .filter_map(|word| {
            let start = at;
            at += word.len();
            // White space may have several bytes.
            at += text
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
            (!word.is_empty()).then_some((start, word))
        })
        .collect()
}

fn begins_sentence(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "“\"‘'(•▪*[".contains(c))
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '’', '\'', ')', ']', '*']);
    if text.ends_with(['!', '?']) {
        return true;
    }
    let Some(before) = text.strip_suffix('.') else {
        return false;
    };
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let word = word
        .trim_start_matches(['(', '“', '"', '['])
        .to_ascii_lowercase();
    !(SHORTENED.contains(&word.as_str())
        || word.chars().count() == 1 && word.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Block;

    fn divided_text(text: &str) -> Vec<String> {
        let letter = Letter {
            blocks: vec![Block::paragraph(text)],
            is_markdown: false,
            warnings: Vec::new(),
        };
        sentences(&letter).into_iter().map(|s| s.text).collect()
    }

    #[test]
    fn sentences_end_where_one_begins_after_a_point() {
        assert_eq!(
            divided_text(
                "The County, i.e. the employer, shall meet on Oct. 15 at 7 p.m. with No. 3. “It may.” Then (maybe) not."
            ),
            [
                "The County, i.e. the employer, shall meet on Oct. 15 at 7 p.m. with No. 3.",
                "“It may.”",
                "Then (maybe) not."
            ]
        );
        assert_eq!(
            divided_text("one\u{2003}two. Three"),
            ["one\u{2003}two.", "Three"]
        );
    }

    #[test]
    fn recitals_end_where_the_parties_agree() {
        let letter = Letter {
            blocks: [
                "Background: It was 2020.",
                "The parties agree as follows:",
                "1 is owed.",
            ]
            .map(Block::paragraph)
            .to_vec(),
            is_markdown: false,
            warnings: Vec::new(),
        };
        let recitals: Vec<bool> = sentences(&letter).iter().map(|s| s.recital).collect();
        assert_eq!(recitals, [true, true, false]);
    }
}
