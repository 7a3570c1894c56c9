//! An agreement proposed from a letter: the letter's text as Markdown, and a front matter of what the language of deadlines
//! finds in it, each proposal with the words that it comes from. Precision first: what is not certain is listed and not
//! proposed. Pure, but for [`pdf`], which runs another program.

mod anchors;
mod begun;
mod complete;
mod days_off;
mod docx;
mod duty;
mod finder;
mod layout;
mod letter;
mod limits;
mod made;
mod markdown;
mod naming;
mod numbering;
mod own_dates;
mod parties;
pub mod pdf;
mod propose;
mod quoted;
mod scanned;
mod seen;
mod sentences;
mod signed;
mod stems;
mod text;
mod title;
mod verbs;
mod with_the_contract;
mod written;

pub use days_off::DaysOff;
pub use letter::{Block, BlockKind, Letter, Unreadable};
pub use parties::{PartyNamed, PartyProposed};
pub use propose::{Known, Lack, Obligation, Proposal, Proposed, Timing, propose};
pub use written::written;

/// The most bytes of a file that is read.
pub const MOST_BYTES: u64 = 32 * 1_048_576;

/// The most bytes of text of one letter.
pub const MOST_TEXT: usize = 1_048_576;

/// In what form a letter comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Word's.
    Docx,
    /// Read by another program, see [`pdf`].
    Pdf,
    /// Plain text.
    Text,
    /// Text that is Markdown already.
    Markdown,
}

impl Form {
    /// The form of a file by its name's end.
    pub fn of(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "docx" => Some(Self::Docx),
            "pdf" => Some(Self::Pdf),
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }
}

/// Reads a letter's bytes; of a PDF, the bytes of the text that [`pdf`] printed.
///
/// # Errors
/// Why they are no letter that can be read.
pub fn read(bytes: &[u8], form: Form) -> Result<Letter, Unreadable> {
    let letter = match form {
        Form::Docx => docx::read(bytes)?,
        Form::Pdf | Form::Text => {
            let (text, warnings) = text::decode(bytes)?;
            Letter {
                blocks: layout::blocks(&text),
                is_markdown: false,
                warnings,
            }
        }
        Form::Markdown => {
            let (text, warnings) = text::decode(bytes)?;
            Letter {
                blocks: markdown::blocks(&text),
                is_markdown: true,
                warnings,
            }
        }
    };
    if letter
        .blocks
        .iter()
        .all(|block| block.text.trim().is_empty())
    {
        return Err(Unreadable::empty(form));
    }
    Ok(letter)
}
