//! The text of `document.xml`: paragraphs, tables and notes, in order. Text that was deleted is not the letter's.

use super::lists::{Lists, Number};
use super::xml::{Piece, pieces, value};
use crate::draft::layout;
use crate::draft::{Block, BlockKind, Letter, MOST_TEXT, Unreadable};
use std::collections::BTreeMap;

/// A paragraph that is being read.
#[derive(Clone, Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
}

#[derive(Debug, Default)]
struct Body {
    blocks: Vec<Block>,
    /// A paragraph may hold a box of text with paragraphs of its own.
    open: Vec<Paragraph>,
    /// The tables that are open, each with the cells of its row.
    tables: Vec<Vec<String>>,
    /// What is left out: elements within which nothing is read.
    skipped: usize,
    in_text: usize,
    inserted: bool,
    deleted: bool,
    notes: Vec<String>,
    length: usize,
}

/// Reads the document.
pub(super) fn read(
    document: &str,
    footnotes: &str,
    lists: &mut Lists,
) -> Result<Letter, Unreadable> {
    let mut body = Body::default();
    pieces(document, |piece| body.take(piece, lists))?;
    // Notes stand behind the signatures, and are none.
    layout::mark_signatures(&mut body.blocks);
    let notes = footnotes_by_id(footnotes)?;
    for (number, id) in (1..).zip(std::mem::take(&mut body.notes)) {
        if let Some(words) = notes.get(&id) {
            body.blocks
                .push(Block::paragraph(format!("[{number}] {words}")));
        }
    }
    let mut warnings = Vec::new();
    if body.inserted || body.deleted {
        warnings.push(
            "it has tracked changes: what was inserted is taken as its text and what was deleted is left out; accept or reject them in Word if that is not what was agreed"
                .to_owned(),
        );
    }
    Ok(Letter {
        blocks: body.blocks,
        is_markdown: false,
        warnings,
    })
}

/// All words of a file, on one line.
pub(super) fn words(text: &str) -> Result<String, Unreadable> {
    let letter = read(text, "", &mut Lists::default())?;
    let words: Vec<&str> = letter
        .blocks
        .iter()
        .flat_map(|b| b.text.split_whitespace())
        .collect();
    Ok(words.join(" "))
}

fn footnotes_by_id(text: &str) -> Result<BTreeMap<String, String>, Unreadable> {
    let mut notes: BTreeMap<String, String> = BTreeMap::new();
    let mut open = None::<String>;
    let mut in_text = 0usize;
    pieces(text, |piece| {
        match piece {
            Piece::Start(name, attributes) => match name.as_str() {
                "footnote" => open = value(&attributes, "id").map(str::to_owned),
                "t" => in_text += 1,
                "p" => {
                    if let Some(note) = open.as_ref().and_then(|id| notes.get_mut(id)) {
                        note.push(' ');
                    }
                }
                _ => {}
            },
            Piece::End(name) => match name.as_str() {
                "footnote" => open = None,
                "t" => in_text = in_text.saturating_sub(1),
                _ => {}
            },
            Piece::Text(words) => {
                if let (Some(id), 1..) = (&open, in_text) {
                    notes.entry(id.clone()).or_default().push_str(&words);
                }
            }
        }
        Ok(())
    })?;
    for note in notes.values_mut() {
        *note = note.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    Ok(notes)
}

impl Body {
    fn take(&mut self, piece: Piece, lists: &mut Lists) -> Result<(), Unreadable> {
        match piece {
            Piece::Start(name, attributes) => self.start(&name, &attributes),
            Piece::End(name) => self.end(&name, lists),
            Piece::Text(words) if self.in_text > 0 && self.skipped == 0 => {
                self.length += words.len();
                if self.length > MOST_TEXT {
                    return Err(Unreadable::too_long());
                }
                self.write(&words);
            }
            Piece::Text(_) => {}
        }
        Ok(())
    }

    fn write(&mut self, words: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(words);
        }
    }

    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        match name {
            // A box of text stands twice: for new programs, and for old ones.
            "Fallback" | "del" | "moveFrom" => {
                self.deleted |= name != "Fallback";
                self.skipped += 1;
            }
            "ins" | "moveTo" => self.inserted = true,
            "p" => self.open.push(Paragraph::default()),
            "t" => self.in_text += 1,
            "tab" | "br" | "cr" if self.skipped == 0 => self.write(" "),
            "noBreakHyphen" if self.skipped == 0 => self.write("-"),
            "tbl" => self.tables.push(Vec::new()),
            "tc" => {
                if let Some(row) = self.tables.last_mut() {
                    row.push(String::new());
                }
            }
            "footnoteReference" if self.skipped == 0 => {
                if let Some(id) = value(attributes, "id") {
                    self.notes.push(id.to_owned());
                    self.write(&format!(" [{}]", self.notes.len()));
                }
            }
            "pStyle" | "numId" | "ilvl" => self.property(name, value(attributes, "val")),
            _ => {}
        }
    }

    fn property(&mut self, name: &str, value: Option<&str>) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let value = value.map(str::to_owned);
        match name {
            "pStyle" => open.style = value,
            "numId" => open.list = value,
            _ => open.level = value.and_then(|level| level.parse().ok()),
        }
    }

    fn end(&mut self, name: &str, lists: &mut Lists) {
        match name {
            "Fallback" | "del" | "moveFrom" => self.skipped = self.skipped.saturating_sub(1),
            "t" => self.in_text = self.in_text.saturating_sub(1),
            "p" => self.paragraph(lists),
            "tr" => self.row(),
            "tbl" => {
                self.row();
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn paragraph(&mut self, lists: &mut Lists) {
        let Some(paragraph) = self.open.pop() else {
            return;
        };
        let text = paragraph
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if text.is_empty() {
            return;
        }
        let number = lists.next(
            paragraph.list.as_deref(),
            paragraph.level,
            paragraph.style.as_deref(),
        );
        if let Some(cell) = self.tables.last_mut().and_then(|row| row.last_mut()) {
            let number = match number {
                Some(Number::Written(number)) => format!("{number} "),
                _ => String::new(),
            };
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&number);
            cell.push_str(&text);
            return;
        }
        let heading = paragraph
            .style
            .as_deref()
            .and_then(|style| lists.heading(style));
        let block = match (number, heading) {
            (Some(Number::Bullet(depth)), _) => Block {
                kind: BlockKind::Bullet(depth),
                marker: String::new(),
                text,
            },
            (Some(Number::Written(marker)), _) => Block {
                kind: BlockKind::Paragraph,
                marker,
                text,
            },
            (None, Some(level)) => Block {
                kind: BlockKind::Heading(level),
                marker: String::new(),
                text,
            },
            (None, None) => layout::block(&text),
        };
        self.blocks.push(block);
    }

    /// The cells of a row; a table of one column is only a frame.
    fn row(&mut self) {
        let Some(row) = self.tables.last_mut() else {
            return;
        };
        let cells = std::mem::take(row);
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let block = match cells.as_slice() {
            [one] => layout::block(one),
            _ => Block {
                kind: BlockKind::Row,
                marker: String::new(),
                text: cells.join("\t"),
            },
        };
        self.blocks.push(block);
    }
}
