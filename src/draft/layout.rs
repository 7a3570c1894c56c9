//! From lines to blocks: hard-wrapped lines joined, numbers found, signatures seen; page numbers and what heads every page
//! left out where that is certain.

use super::letter::{Block, BlockKind};
use super::numbering::{Marker, Sort, comes_after, follows, marker, marker_word};
use super::sentences::ends_sentence;
use super::signed::begins_signatures;
use std::collections::BTreeMap;

/// Lines longer than this are no wrapped lines: each is a paragraph.
const WRAPPED: usize = 120;

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines = without_page_furniture(text);
    let mut lengths: Vec<usize> = lines
        .iter()
        .map(|l| l.trim().chars().count())
        .filter(|n| *n > 0)
        .collect();
    lengths.sort_unstable();
    let long = lengths
        .get(lengths.len() * 9 / 10)
        .is_some_and(|n| *n > WRAPPED);
    let paragraphs = if long {
        each_line(&lines)
    } else {
        joined(&lines)
    };
    let paragraphs = numbers_to_their_words(paragraphs);
    let mut blocks = Vec::new();
    let mut split = Split::default();
    for paragraph in paragraphs {
        split.paragraph(&paragraph, &mut blocks);
    }
    mark_signatures(&mut blocks);
    blocks
}

/// The lines without page numbers and without what stands at the same place of every page.
fn without_page_furniture(text: &str) -> Vec<String> {
    let pages: Vec<Vec<&str>> = text
        .split('\u{c}')
        .map(|page| page.lines().collect())
        .collect();
    let many = pages
        .iter()
        .filter(|page| page.iter().any(|l| !l.trim().is_empty()))
        .count();
    let mut repeated: BTreeMap<String, usize> = BTreeMap::new();
    if many >= 3 {
        for page in &pages {
            for line in edges(page) {
                *repeated.entry(without_digits(line)).or_default() += 1;
            }
        }
    }
    let mut kept = Vec::new();
    for page in &pages {
        let edge: Vec<&str> = edges(page).collect();
        let mut lines: Vec<String> = Vec::new();
        for line in page {
            let trimmed = line.trim();
            let at_edge = many > 1 && edge.contains(&trimmed);
            let everywhere = repeated
                .get(&without_digits(trimmed))
                .is_some_and(|n| *n >= many && many >= 3);
            let furniture =
                !trimmed.is_empty() && at_edge && (is_page_number(trimmed) || everywhere);
            if !furniture {
                lines.push((*line).to_owned());
            }
        }
        // A sentence goes on over the page.
        while lines.last().is_some_and(|l| l.trim().is_empty()) {
            lines.pop();
        }
        let goes_on = kept
            .last()
            .is_some_and(|l: &String| !ends_sentence(l.trim()));
        let begins = lines.iter().position(|l| !l.trim().is_empty());
        if let Some(begins) = begins {
            if goes_on {
                lines.drain(..begins);
            } else if !kept.is_empty() {
                kept.push(String::new());
            }
            kept.extend(lines);
        }
    }
    kept
}

/// The first and the last line of a page that have words.
fn edges<'a>(page: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let first = page.iter().map(|l| l.trim()).find(|l| !l.is_empty());
    let last = page.iter().rev().map(|l| l.trim()).find(|l| !l.is_empty());
    first
        .into_iter()
        .chain(last.filter(|last| Some(*last) != first))
}

fn without_digits(line: &str) -> String {
    line.trim()
        .chars()
        .filter(|c| !c.is_ascii_digit())
        .collect()
}

/// `Page 2 of 4`, `- 2 -`, `2`.
fn is_page_number(line: &str) -> bool {
    let words: Vec<String> = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let number = |word: &String| word.len() <= 3 && word.chars().all(|c| c.is_ascii_digit());
    match words.as_slice() {
        [one] => number(one),
        [page, one] => page == "page" && number(one),
        [page, one, of, all] => page == "page" && number(one) && of == "of" && number(all),
        _ => false,
    }
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each line a paragraph, unless a sentence goes on over its end.
fn each_line(lines: &[String]) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    // The number of the paragraph that the line may go on.
    let mut number = String::new();
    for line in lines {
        let line = collapse(line);
        if line.is_empty() {
            open = false;
            continue;
        }
        // `4:00 p.m.` ends no sentence, and `G.` after `F.` begins one.
        let marker = marker(&line).map(|marker| marker.name);
        let is_next = marker
            .as_deref()
            .is_some_and(|name| comes_after(&number, name));
        // `...; and` before the last item of a list ends no sentence.
        let is_item = marker.is_some() || bullet(&line).is_some();
        match paragraphs.last_mut() {
            Some(last) if open && !is_next && !(is_item && ends_an_item(last)) => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => {
                paragraphs.push(line.clone());
                number = marker.unwrap_or_default();
            }
        }
        open = !(ends_sentence(&line)
            || ends_with_number(&line)
            || line.ends_with(':')
            || line.chars().count() < 60);
    }
    paragraphs
}

/// Whether a text ends as an item does before another one.
fn ends_an_item(text: &str) -> bool {
    let text = text.trim_end();
    let text = [" and", " or"]
        .iter()
        .find_map(|word| text.strip_suffix(word))
        .unwrap_or(text);
    text.ends_with([';', ','])
}

/// Lines between blank ones joined, but for those that begin something.
fn joined(lines: &[String]) -> Vec<String> {
    let width = lines
        .iter()
        .map(|l| l.trim_end().chars().count())
        .max()
        .unwrap_or_default();
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    let mut last_length = 0;
    for line in lines {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            open = false;
            continue;
        }
        let begins = marker(trimmed).is_some()
            || bullet(trimmed).is_some()
            || is_rule(trimmed)
            // A short line that ends nothing is a title, or a line of an address or a signature.
            || (last_length < width * 3 / 5 && trimmed.starts_with(|c: char| c.is_uppercase() || c == '_'));
        match paragraphs.last_mut() {
            Some(last) if open && !begins => {
                // A word that was divided at the line's end keeps its hyphen: whether it is its own is not known.
                if !(last.ends_with('-') && trimmed.starts_with(char::is_lowercase)) {
                    last.push(' ');
                }
                last.push_str(&collapse(trimmed));
            }
            _ => paragraphs.push(collapse(trimmed)),
        }
        open = true;
        last_length = line.trim_end().chars().count();
    }
    paragraphs
}

/// A line for a signature, or one that divides.
fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && line
            .chars()
            .all(|c| matches!(c, '_' | '-' | '=' | '*' | ' '))
}

fn bullet(line: &str) -> Option<&str> {
    ["•", "·", "▪", "◦", "●", "§", "-", "–", "*", "o"]
        .iter()
        .find_map(|sign| line.strip_prefix(*sign))
        .filter(|rest| rest.starts_with(char::is_whitespace) && !rest.trim().is_empty())
}

/// Whether a line ends with the number of what follows: `... as follows: 1.`
fn ends_with_number(line: &str) -> bool {
    line.rsplit_once(' ')
        .is_some_and(|(before, word)| heads_what_follows(before, word))
}

fn heads_what_follows(before: &str, word: &str) -> bool {
    marker_word(word).is_some_and(|m| !matches!(m.sort, Sort::Parts(_)))
        && (ends_sentence(before) || before.trim_end().ends_with([':', ';']))
}

/// A number that stands alone, or at the end of a paragraph, goes to the words after it.
fn numbers_to_their_words(paragraphs: Vec<String>) -> Vec<String> {
    let mut moved: Vec<String> = Vec::new();
    let mut held: Option<String> = None;
    let mut left = paragraphs.into_iter().peekable();
    while let Some(paragraph) = left.next() {
        let mut paragraph = match held.take() {
            Some(number) => format!("{number} {paragraph}"),
            None => paragraph,
        };
        if left.peek().is_some_and(|next| marker(next).is_none()) {
            if marker_word(&paragraph).is_some() {
                held = Some(paragraph);
                continue;
            }
            let cut = paragraph
                .rsplit_once(' ')
                .filter(|(before, word)| heads_what_follows(before, word));
            if let Some((before, word)) = cut {
                held = Some(word.to_owned());
                let before = before.to_owned();
                paragraph = before;
            }
        }
        moved.push(paragraph);
    }
    moved.extend(held);
    moved
}

/// Divides paragraphs at the numbers that go on in them: `...: 1. The County ... 2. The Union ...`
#[derive(Default)]
struct Split {
    /// The last number with digits alone.
    last: Option<String>,
}

impl Split {
    fn paragraph(&mut self, paragraph: &str, blocks: &mut Vec<Block>) {
        let mut rest = paragraph;
        loop {
            let number = marker(rest);
            self.note(number.as_ref());
            let from = number.as_ref().map_or(0, |m| m.length);
            let at = self.next_number(rest, from);
            let (piece, after) = rest.split_at(at.unwrap_or(rest.len()));
            blocks.push(block_with(piece, number.as_ref()));
            rest = after.trim_start();
            if at.is_none() || rest.is_empty() {
                return;
            }
        }
    }

    fn note(&mut self, number: Option<&Marker>) {
        if let Some(Marker {
            sort: Sort::Digits("."),
            name,
            ..
        }) = number
        {
            self.last = Some(name.clone());
        }
    }

    /// Where the next number of the count stands, after a sentence's end and before a capital.
    fn next_number(&self, text: &str, from: usize) -> Option<usize> {
        let mut at = from;
        let mut before = "";
        for word in text.get(from..)?.split(' ') {
            let end = at + word.len();
            let capital = text.get(end..).is_some_and(|after| {
                after
                    .trim_start()
                    .starts_with(|c: char| c.is_uppercase() || "“\"‘".contains(c))
            });
            let goes_on = marker_word(word).is_some_and(|m| {
                m.sort == Sort::Digits(".") && follows(self.last.as_deref(), &m.name)
            });
            if at > from && capital && goes_on && before.ends_with(['.', ':', ';', '”', '"', ')'])
            {
                return Some(at);
            }
            before = word;
            at = end + 1;
        }
        None
    }
}

/// The block that a paragraph is.
pub(super) fn block(text: &str) -> Block {
    block_with(text, marker(text).as_ref())
}

fn block_with(text: &str, number: Option<&Marker>) -> Block {
    let text = text.trim();
    if let Some(number) = number {
        let (marker, rest) = text.split_at(number.length.min(text.len()));
        return Block {
            kind: BlockKind::Paragraph,
            marker: marker.to_owned(),
            text: rest.trim().to_owned(),
        };
    }
    if let Some(rest) = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        return Block {
            kind: BlockKind::Bullet(0),
            marker: String::new(),
            text: rest.trim().to_owned(),
        };
    }
    let kind = if is_heading(text) {
        BlockKind::Heading(2)
    } else {
        BlockKind::Paragraph
    };
    Block {
        kind,
        marker: String::new(),
        text: text.to_owned(),
    }
}

/// A short line in capitals is a heading; one in small letters may be anything.
fn is_heading(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4
        && text.chars().count() <= 80
        && !text.chars().any(char::is_lowercase)
        && !text.contains("__")
}

/// The blocks from the signatures on.
pub(super) fn mark_signatures(blocks: &mut [Block]) {
    let from = blocks.len() / 3;
    let mut signing = false;
    for (index, block) in blocks.iter_mut().enumerate() {
        signing = signing || index >= from && begins_signatures(&block.text);
        if signing
            && block.kind == BlockKind::Paragraph
            && block.marker.is_empty()
            && block.text.chars().count() <= 200
        {
            block.kind = BlockKind::Signature;
        }
        // A clause after them, such as an attachment's, is text again.
        signing = signing && block.marker.is_empty();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        blocks(text)
            .iter()
            .map(|b| format!("{}|{}", b.marker, b.text))
            .collect()
    }

    #[test]
    fn wrapped_lines_are_joined_and_numbers_begin_blocks() {
        let text = "The parties agree as\nfollows:\n\n1. The County shall meet with\n   the Union.\n2. The Union may\nask.\n";
        assert_eq!(
            shown(text),
            [
                "|The parties agree as follows:",
                "1.|The County shall meet with the Union.",
                "2.|The Union may ask."
            ]
        );
    }

    #[test]
    fn numbers_in_one_line_begin_blocks_where_they_count() {
        let text =
            "The parties agree: 1. The County pays $1.50. 2. The Union asks. 7. Is no number.\n";
        assert_eq!(
            shown(text),
            [
                "|The parties agree:",
                "1.|The County pays $1.50.",
                "2.|The Union asks. 7. Is no number."
            ]
        );
    }

    #[test]
    fn what_heads_and_foots_every_page_is_left_out_and_nothing_else() {
        let page = |n: u32, words: &str| format!("Side letter 7\n\n{words}\n\nPage {n} of 3\n");
        let text = [page(1, "One begins"), page(2, "and ends."), page(3, "Two.")].join("\u{c}");
        assert_eq!(shown(&text), ["|One begins and ends.", "|Two."]);
        // Of one page nothing is certain.
        assert_eq!(
            shown("Side letter 7\n\nOne.\n\n3\n"),
            ["|Side letter 7", "|One.", "|3"]
        );
    }
}
