//! A spreadsheet of an office, read into agreement files. Pure: the bytes of the sheet, the office and the day go in, the
//! texts of the files and what was not understood come out; who asks writes them.
//!
//! [`sheet`] reads any file into rows of cells; [`columns`] finds what each column says; [`letters`] gathers the rows of one
//! agreement, whose cells `cells` and `parties` read; `page` writes each as a file. What is written is then read as
//! `check` reads it, so that whatever `check` would refuse is said at the cell that it came from.

pub mod columns;
pub mod letters;
pub mod page;
pub mod sheet;

mod cells;
mod check;
mod parties;
mod standing;
mod tidy;

pub use columns::{Column, Columns, Meaning, Told};
pub use letters::{Done, Letter, Owed, Timing, When};
pub use sheet::{LARGEST, Place, Sheet};

use crate::agreement::AgreementKind;
use crate::error::{Error, Result};
use crate::ids::PartyId;
use crate::office::Office;
use crate::words::list;
use chrono::NaiveDate;

/// What is told besides the sheet.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Columns by their headings.
    pub columns: Vec<Told>,
    /// The kind of every agreement of which the sheet does not say it.
    pub kind: AgreementKind,
    /// Parties to every agreement, besides those that the sheet names.
    pub parties: Vec<PartyId>,
    /// The preset by which every agreement counts its days.
    pub counting: Option<String>,
    /// The calendars that are added to it.
    pub days_off: Vec<String>,
    /// The day.
    pub today: NaiveDate,
}

/// What was understood of a sheet.
#[derive(Clone, Debug)]
pub struct Import {
    /// The sheet.
    pub sheet: Sheet,
    /// Its columns.
    pub columns: Columns,
    /// The agreements, in the order of the sheet, each with its file's text.
    pub letters: Vec<Proposed>,
    /// What was not understood, in the order of the sheet.
    pub findings: Vec<Finding>,
    /// What to know about what was understood.
    pub remarks: Vec<Finding>,
}

/// An agreement and what becomes of it.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// What the sheet says.
    pub letter: Letter,
    /// Its file, relative to the office.
    pub path: String,
    /// The file's text.
    pub text: String,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of an agreement of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// All of it is understood, and it is new.
    New,
    /// Something in it is not understood.
    NotUnderstood,
    /// The office has it already: its file stays as it is.
    There,
}

/// Something about a cell or a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What, in one phrase.
    pub said: String,
    /// What that is in this place, where it is said of many.
    pub here: Option<String>,
    /// What to write or to type.
    pub help: Option<String>,
    /// The rule of `check` that it is a matter of; `None`: it is one of the sheet alone.
    pub code: Option<&'static str>,
}

impl Finding {
    /// Something that is said about a place.
    pub fn new(place: Place, said: impl Into<String>) -> Self {
        Self {
            place,
            said: said.into(),
            here: None,
            help: None,
            code: None,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Reads a spreadsheet as agreements of an office.
///
/// # Errors
/// Refused, where it is no spreadsheet, or it is not said which column is what.
pub fn read(bytes: &[u8], told: &Wishes, office: &Office) -> Result<Import> {
    let suits = |sheet: &Sheet| Columns::understood(sheet, &told.columns);
    let mut sheet = chosen(Sheet::read(bytes, told.sheet.as_deref(), &suits)?, &suits)?;
    let columns = Columns::find(&sheet, &told.columns)?;
    if sheet.rows.iter().all(|row| row.number <= columns.header) {
        return Err(Error::refused(format!(
            "nothing stands below the headings in {} {}",
            sheet.row_word, columns.header
        )));
    }
    let letters::Gathered {
        letters,
        findings,
        remarks,
    } = letters::gather(&mut sheet, &columns, told, office);
    let mut import = Import {
        letters: letters
            .into_iter()
            .map(|letter| page::write(letter, told))
            .collect(),
        sheet,
        columns,
        findings,
        remarks,
    };
    import.check(office, told)?;
    Ok(import)
}

/// The sheet of which the most is understood; of equals the first. The others are named.
fn chosen(mut sheets: Vec<Sheet>, suits: &dyn Fn(&Sheet) -> usize) -> Result<Sheet> {
    let scores: Vec<usize> = sheets.iter().map(suits).collect();
    let most = scores.iter().copied().max().unwrap_or(0);
    let Some(best) = scores.iter().position(|score| *score == most) else {
        return Err(Error::refused(
            "it is empty: no sheet that is shown has anything in it",
        ));
    };
    let others: Vec<String> = sheets
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != best)
        .filter_map(|(_, sheet)| Some(format!("`{}`", sheet.name.as_ref()?)))
        .collect();
    let mut sheet = sheets.swap_remove(best);
    if !others.is_empty() {
        sheet
            .remarks
            .push(format!("not read: {}; name one with --sheet", list(others)));
    }
    Ok(sheet)
}
