//! A letter's text in blocks, each with its number as written.

use super::{Form, MOST_TEXT};

/// A letter, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its text, in order. No word of it is left out.
    pub blocks: Vec<Block>,
    /// Whether its words are Markdown already.
    pub is_markdown: bool,
    /// What a person should know of how it was read.
    pub warnings: Vec<String>,
}

/// A heading, a paragraph, an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its number as written, with its point or brackets; empty where it has none.
    pub marker: String,
    /// Its words, on one line.
    pub text: String,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A title or a section's name; the level counts from 1.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item without a number, so deep.
    Bullet(u8),
    /// A row of a table; its cells are divided by tab characters.
    Row,
    /// Who signs, and when.
    Signature,
    /// What stands between two lines of backticks in Markdown, line feeds included.
    Code,
}

impl Block {
    /// A paragraph without a number.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self {
            kind: BlockKind::Paragraph,
            marker: String::new(),
            text: text.into(),
        }
    }
}

/// Why a file cannot be read as a letter: what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong, as the rest of "it ...".
    pub why: String,
    /// What to do.
    pub help: String,
}

impl Unreadable {
    pub(super) fn new(why: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            help: help.into(),
        }
    }

    pub(super) fn too_long() -> Self {
        Self::new(
            format!("has more than {} MB of text", MOST_TEXT / 1_048_576),
            "draft the part that is the letter",
        )
    }

    pub(super) fn empty(form: Form) -> Self {
        match form {
            Form::Pdf => Self::new(
                "has no text in it; it may be a scan",
                "have its pages recognised first, as by `ocrmypdf`",
            ),
            _ => Self::new("has no words in it", "name the letter"),
        }
    }
}
