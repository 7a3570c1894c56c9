//! What a page may not show of a text: e-mail addresses, and the passages of hidden obligations.

use super::Mark;
use super::events::Piece;
use crate::site::text;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// The bytes of addresses in one piece, and whether each begins there.
type Cuts = Vec<(Range<usize>, bool)>;

/// Replaces every e-mail address, also one that emphasis or code cuts into parts.
pub(super) fn addresses(pieces: &mut [Piece<'_>]) {
    let mut run = String::new();
    let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
    let mut found: Vec<(usize, Cuts)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Event(Event::Text(words) | Event::Code(words)) => {
                let start = run.len();
                run.push_str(words);
                parts.push((index, start..run.len()));
            }
            Piece::Event(
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. })
                | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image),
            ) => {}
            _ => {
                found.append(&mut in_run(&run, &parts));
                run.clear();
                parts.clear();
            }
        }
    }
    found.append(&mut in_run(&run, &parts));
    for (index, cuts) in found {
        if let Some(Piece::Event(Event::Text(words) | Event::Code(words))) = pieces.get_mut(index) {
            let mut kept = String::new();
            let mut from = 0;
            for (range, begins) in cuts {
                kept.push_str(words.get(from..range.start).unwrap_or_default());
                kept.push_str(if begins { text::ADDRESS_WITHHELD } else { "" });
                from = range.end;
            }
            kept.push_str(words.get(from..).unwrap_or_default());
            *words = CowStr::from(kept);
        }
    }
}

/// The addresses of a run, by its pieces.
fn in_run(run: &str, parts: &[(usize, Range<usize>)]) -> Vec<(usize, Cuts)> {
    let addresses = text::addresses(run);
    if addresses.is_empty() {
        return Vec::new();
    }
    let mut next = 0;
    let mut found = Vec::new();
    for (index, part) in parts {
        while addresses.get(next).is_some_and(|a| a.end <= part.start) {
            next += 1;
        }
        let cuts: Vec<_> = addresses
            .iter()
            .skip(next)
            .take_while(|a| a.start < part.end)
            .map(|a| {
                let start = a.start.max(part.start) - part.start;
                let end = a.end.min(part.end) - part.start;
                (start..end, a.start >= part.start)
            })
            .collect();
        if !cuts.is_empty() {
            found.push((*index, cuts));
        }
    }
    found
}

/// The blocks that may not be shown: from the first piece of each to its last.
///
/// It is the paragraph, the heading or the row of a table that bears the mark; in a list without space between its items,
/// the item; in the head of a table, the table.
pub(super) fn passages(pieces: &[Piece<'_>], shown: &[Mark]) -> BTreeMap<usize, usize> {
    if !shown.contains(&Mark::Hidden) {
        return BTreeMap::new();
    }
    let mut open: Vec<(usize, bool, bool)> = Vec::new();
    let mut hidden = BTreeMap::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Event(Event::Start(tag)) => open.push((index, is_passage(tag), false)),
            Piece::Event(Event::End(_)) => {
                if let Some((start, _, true)) = open.pop() {
                    hidden.insert(start, index);
                }
            }
            Piece::Mark(_) if shown.get(index) == Some(&Mark::Hidden) => {
                if let Some(block) = open.iter_mut().rev().find(|(_, passage, _)| *passage) {
                    block.2 = true;
                }
            }
            _ => {}
        }
    }
    hidden
}

fn is_passage(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableRow | Tag::Table(_)
    )
}
