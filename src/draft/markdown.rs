//! A letter's text as Markdown: escaped, so that a page shows it as it was written, with the marks of what is owed; and
//! letters that are Markdown already.

use super::letter::{Block, BlockKind, Letter};
use super::numbering::marker;
use std::fmt::Write as _;

/// The blocks of a Markdown text. Its own signs stay in the words.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    let mut fence: Option<String> = None;
    for line in text.lines() {
        if let Some(closing) = &fence {
            let closes = line.trim() == closing;
            if let Some(last) = blocks.last_mut() {
                last.text.push('\n');
                last.text.push_str(line);
            }
            if closes {
                fence = None;
                open = false;
            }
            continue;
        }
        let trimmed = line.trim();
        if trimmed.is_empty() {
            open = false;
            continue;
        }
        if trimmed.starts_with("```") {
            let ticks: String = trimmed.chars().take_while(|c| *c == '`').collect();
            // What looks like a fence and goes on with ticks is code within a line.
            if !trimmed.trim_start_matches('`').contains('`') {
                blocks.push(Block {
                    kind: BlockKind::Code,
                    marker: String::new(),
                    text: trimmed.to_owned(),
                });
                fence = Some(ticks);
                continue;
            }
        }
        let (kind, number, words) = begins(line, trimmed);
        match blocks.last_mut() {
            Some(last)
                if open
                    && kind == BlockKind::Paragraph
                    && number.is_empty()
                    && !matches!(
                        last.kind,
                        BlockKind::Heading(_) | BlockKind::Row | BlockKind::Code
                    ) =>
            {
                last.text.push(' ');
                last.text.push_str(words);
            }
            _ => blocks.push(Block {
                kind,
                marker: number,
                text: words.to_owned(),
            }),
        }
        open = true;
    }
    if let (Some(closing), Some(last)) = (fence, blocks.last_mut()) {
        last.text.push('\n');
        last.text.push_str(&closing);
    }
    super::layout::mark_signatures(&mut blocks);
    blocks
}

fn begins<'a>(line: &str, trimmed: &'a str) -> (BlockKind, String, &'a str) {
    let hashes = trimmed.chars().take_while(|c| *c == '#').count();
    if (1..=6).contains(&hashes)
        && trimmed
            .get(hashes..)
            .is_some_and(|rest| rest.starts_with(' '))
    {
        let level = u8::try_from(hashes).unwrap_or(6);
        return (
            BlockKind::Heading(level),
            String::new(),
            trimmed.get(hashes..).unwrap_or_default().trim(),
        );
    }
    if trimmed.starts_with('|') {
        return (BlockKind::Row, String::new(), trimmed);
    }
    for sign in ["- ", "* ", "+ "] {
        if let Some(rest) = trimmed.strip_prefix(sign) {
            let indent = line.len() - line.trim_start().len();
            let depth = u8::try_from(indent / 2).unwrap_or_default().min(4);
            return (BlockKind::Bullet(depth), String::new(), rest.trim());
        }
    }
    match marker(trimmed) {
        Some(found) => {
            let (number, rest) = trimmed.split_at(found.length);
            (BlockKind::Paragraph, number.to_owned(), rest.trim())
        }
        None => (BlockKind::Paragraph, String::new(), trimmed),
    }
}

/// The text with marks: each a block, a place in its text, and a name.
pub(super) fn body(letter: &Letter, marks: &[(usize, usize, &str)]) -> String {
    let mut text = String::new();
    let mut counted: Option<(u32, char)> = None;
    let mut in_rows = false;
    let mut after_bullet = false;
    for (index, block) in letter.blocks.iter().enumerate() {
        let words = marked(letter, block, index, marks);
        let is_row = block.kind == BlockKind::Row;
        let is_bullet = matches!(block.kind, BlockKind::Bullet(_));
        if index > 0 && !(is_row && in_rows || is_bullet && after_bullet) {
            text.push('\n');
        }
        let mut number_here = None;
        match block.kind {
            BlockKind::Heading(level) => {
                text.push_str(&"#".repeat(usize::from(level.clamp(1, 6))));
                text.push(' ');
                // Signs at its end would be taken for a closing.
                text.push_str(words.trim_end_matches('#').trim_end());
            }
            BlockKind::Bullet(depth) => {
                text.push_str(&"  ".repeat(usize::from(depth)));
                text.push_str("- ");
                text.push_str(&words);
            }
            BlockKind::Row => row(&mut text, letter, &words, in_rows),
            BlockKind::Code => text.push_str(&words),
            BlockKind::Paragraph | BlockKind::Signature if block.marker.is_empty() => {
                text.push_str(&line_start(&words));
            }
            BlockKind::Paragraph | BlockKind::Signature => {
                number_here = list_number(&block.marker);
                let goes_on = match (counted, number_here) {
                    (Some((before, sign)), Some((now, this))) => sign == this && now == before + 1,
                    (None, Some(_)) => true,
                    (_, None) => false,
                };
                number(
                    &mut text,
                    &block.marker,
                    goes_on && !words.is_empty(),
                    letter,
                );
                if !words.is_empty() {
                    text.push(' ');
                    text.push_str(&words);
                }
                if !goes_on {
                    number_here = None;
                }
            }
        }
        text.push('\n');
        counted = number_here;
        in_rows = is_row;
        after_bullet = is_bullet;
    }
    text
}

/// The words of a block with its marks.
fn marked(letter: &Letter, block: &Block, index: usize, marks: &[(usize, usize, &str)]) -> String {
    let mut words = String::new();
    let mut at = 0;
    // Code shows everything as it is: a mark in it would be none.
    for (_, end, id) in marks
        .iter()
        .filter(|(of, _, _)| *of == index && block.kind != BlockKind::Code)
    {
        let piece = block.text.get(at..*end).unwrap_or_default();
        words.push_str(&escaped(letter, block.kind, piece));
        let _ = write!(words, " [{id}]");
        at = (*end).max(at);
    }
    words.push_str(&escaped(
        letter,
        block.kind,
        block.text.get(at..).unwrap_or_default(),
    ));
    words
}

fn escaped(letter: &Letter, kind: BlockKind, words: &str) -> String {
    if kind == BlockKind::Code {
        words.to_owned()
    } else if letter.is_markdown {
        escaped_markdown(words)
    } else {
        escaped_text(words)
    }
}

/// Plain words: every sign of Markdown is what it looks like.
fn escaped_text(words: &str) -> String {
    let mut text = String::with_capacity(words.len() + 8);
    let mut before = ' ';
    let mut rest = words.chars();
    while let Some(c) = rest.next() {
        let after = rest.clone().next().unwrap_or(' ');
        let escape = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '&' => is_entity(rest.as_str()),
            _ => false,
        };
        if escape {
            text.push('\\');
        }
        text.push(c);
        before = c;
    }
    text
}

/// Words that are Markdown: only HTML and what would be a mark or a definition is made what it looks like.
fn escaped_markdown(words: &str) -> String {
    let mut text = String::with_capacity(words.len() + 8);
    let mut rest = words;
    while let Some(at) = rest.find(['<', '[', ']', '\\']) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        // What is escaped already stays so.
        if from.starts_with('\\') {
            let length = from.chars().take(2).map(char::len_utf8).sum();
            let (pair, after) = from.split_at(length);
            text.push_str(pair);
            rest = after;
            continue;
        }
        let link = link(from);
        if let Some(length) = link {
            let (link, after) = from.split_at(length);
            text.push_str(link);
            rest = after;
            continue;
        }
        let (sign, after) = from.split_at(1);
        text.push('\\');
        text.push_str(sign);
        rest = after;
    }
    text.push_str(rest);
    text
}

/// How long a link is that begins here: `[words](address)` or `<https://...>`.
fn link(text: &str) -> Option<usize> {
    if let Some(inner) = text.strip_prefix('<') {
        let end = inner.find('>')?;
        let address = inner.get(..end)?;
        let is_address = address.starts_with("https://") || address.starts_with("http://");
        return (is_address && !address.contains(char::is_whitespace)).then_some(end + 2);
    }
    let inner = text.strip_prefix('[')?;
    let close = inner.find(['[', ']', '<', '\\'])?;
    let after = inner.get(close..)?.strip_prefix("](")?;
    let end = after.find([')', '<', '[', ']', ' ', '('])?;
    after
        .get(end..)?
        .starts_with(')')
        .then_some(1 + close + 2 + end + 1)
}

fn is_entity(after: &str) -> bool {
    let name: String = after
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '#')
        .take(34)
        .collect();
    !name.is_empty()
        && after
            .get(name.len()..)
            .is_some_and(|rest| rest.starts_with(';'))
}

/// Words at the beginning of a line, where some signs would make something else of it.
fn line_start(words: &str) -> String {
    let first = words.chars().next().unwrap_or(' ');
    let digits = words.chars().take_while(char::is_ascii_digit).count();
    let counts = (1..=9).contains(&digits)
        && words
            .get(digits..)
            .is_some_and(|rest| rest.starts_with(['.', ')']));
    if matches!(first, '#' | '+' | '-' | '=' | '>' | '~' | '|') {
        return format!("\\{words}");
    }
    if counts {
        let (digits, rest) = words.split_at(digits);
        return format!("{digits}\\{rest}");
    }
    words.to_owned()
}

/// The number of an item that Markdown counts, and the sign behind it.
fn list_number(marker: &str) -> Option<(u32, char)> {
    let sign = marker
        .chars()
        .last()
        .filter(|sign| matches!(sign, '.' | ')'))?;
    let digits = marker.strip_suffix(sign)?;
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    plain
        .then(|| digits.parse().ok())
        .flatten()
        .map(|number| (number, sign))
}

/// A number as written. Where Markdown would count on with another it is escaped.
fn number(text: &mut String, marker: &str, goes_on: bool, letter: &Letter) {
    match list_number(marker) {
        Some(_) if !goes_on => {
            let (digits, sign) = marker.split_at(marker.len() - 1);
            text.push_str(digits);
            text.push('\\');
            text.push_str(sign);
        }
        Some(_) => text.push_str(marker),
        None => text.push_str(&escaped(letter, BlockKind::Paragraph, marker)),
    }
}

/// A row of a table; the first row heads it.
fn row(text: &mut String, letter: &Letter, words: &str, in_rows: bool) {
    if letter.is_markdown {
        text.push_str(words);
        return;
    }
    let cells: Vec<String> = words
        .split('\t')
        .map(|cell| cell.replace('|', "\\|"))
        .collect();
    let _ = write!(text, "| {} |", cells.join(" | "));
    if !in_rows {
        let _ = write!(text, "\n|{}", " --- |".repeat(cells.len()));
    }
}
