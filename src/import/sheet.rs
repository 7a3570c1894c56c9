//! A spreadsheet as rows of cells, whatever file it came in. What the cells mean is not known here.

mod csv;
mod xlsx;

use crate::error::{Error, Result};
use chrono::NaiveDate;

/// The most bytes of a spreadsheet's file.
pub const LARGEST: usize = 64 * 1_048_576;
/// The most rows that are read.
const MOST_ROWS: usize = 1_048_576;
/// The most cells that are read.
const MOST_CELLS: usize = 8_000_000;
/// The most columns that are looked at: what lies beyond is said and left.
const MOST_COLUMNS: u32 = 500;
/// The most bytes of text in all cells together.
const MOST_TEXT: usize = 256 * 1_048_576;
/// The most characters of a cell: what Excel itself can hold.
const LONGEST_CELL: usize = 32_767;

/// One sheet.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its name in the workbook; `None`: its file has no names for sheets.
    pub name: Option<String>,
    /// The rows that have something in them, in order.
    pub rows: Vec<Row>,
    /// How its file was read, and what to know about that.
    pub remarks: Vec<String>,
    /// What a row is called that has a number: a row of a workbook, a line of a text file.
    pub row_word: &'static str,
}

/// A row that has something in it.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// From 1: the row of the workbook, the line of the text file.
    pub number: u32,
    /// Its cells that have something in them, by column.
    cells: Vec<(u32, Cell)>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text, without white space at its ends; never empty.
    Text(String),
    /// A cell that the workbook keeps as a date.
    Day(NaiveDate),
    /// A number that is no date.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// Something of which the value is not known, and why.
    Unreadable(&'static str),
}

/// A cell of a sheet, or a row of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// From 1.
    pub row: u32,
    /// From 0; `None`: the row as a whole.
    pub column: Option<u32>,
}

/// Which sheet of a workbook is asked for: one by its name, or the one that suits best.
pub type Wanted<'a> = Option<&'a str>;

impl Sheet {
    /// The sheets that a file holds: one of a text file; of a workbook the one that is asked for, or else all that are not
    /// hidden and have something in them. `suits` says how well a sheet is understood, for the choice of what separates
    /// the cells of a text file.
    ///
    /// # Errors
    /// Refused, where the file is no spreadsheet that can be read, is larger than a limit, or has no such sheet.
    pub fn read(
        bytes: &[u8],
        wanted: Wanted<'_>,
        suits: &dyn Fn(&Self) -> usize,
    ) -> Result<Vec<Self>> {
        if bytes.len() > LARGEST {
            return Err(too_large(&format!("{} MB", LARGEST / 1_048_576)));
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return xlsx::read(bytes, wanted);
        }
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(Error::refused(
                "it is a workbook in the old form .xls, or one with a password; save it without a password as .xlsx or CSV",
            ));
        }
        if bytes.starts_with(b"%PDF") {
            return Err(Error::refused(
                "it is a PDF; ask for the spreadsheet that it was made from",
            ));
        }
        if let Some(name) = wanted {
            return Err(Error::refused(format!(
                "a text file has no sheet `{name}`; leave --sheet out"
            )));
        }
        Ok(vec![csv::read(bytes, suits)?])
    }

    /// The number of its last column, plus one.
    pub fn width(&self) -> u32 {
        let last = self.rows.iter().filter_map(|row| row.cells.last());
        last.map(|(column, _)| column + 1).max().unwrap_or(0)
    }
}

impl Row {
    /// The cell in a column; `None` where nothing stands.
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |(c, _)| *c).ok()?;
        Some(&self.cells.get(at)?.1)
    }

    /// Its cells that have something in them, each with its column.
    pub fn cells(&self) -> impl Iterator<Item = (u32, &Cell)> {
        self.cells.iter().map(|(column, cell)| (*column, cell))
    }

    /// Puts a cell into a column where nothing stands.
    fn fill(&mut self, column: u32, cell: &Cell) {
        if let Err(at) = self.cells.binary_search_by_key(&column, |(c, _)| *c) {
            self.cells.insert(at, (column, cell.clone()));
        }
    }
}

impl Cell {
    /// A cell of text; `None` where that is blank.
    fn of_text(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            None
        } else if text.len() > LONGEST_CELL && text.chars().nth(LONGEST_CELL).is_some() {
            Some(Self::Unreadable(
                "it has more than 32,767 characters, more than a cell can hold: a quotation mark may be missing",
            ))
        } else {
            Some(Self::Text(text.to_owned()))
        }
    }

    /// Its words; of a date `2014-03-03`. `None` where its value is not known.
    pub fn words(&self) -> Option<String> {
        Some(match self {
            Self::Text(text) => text.clone(),
            Self::Day(day) => day.to_string(),
            // Whole numbers are printed without a point.
            Self::Number(number) => number.to_string(),
            Self::Truth(true) => "yes".to_owned(),
            Self::Truth(false) => "no".to_owned(),
            Self::Unreadable(_) => return None,
        })
    }
}

/// The letters of a column: A to Z, then AA.
pub fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

/// The column that letters name.
pub fn column_of(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    letters
        .chars()
        .try_fold(0, |number, c| {
            let digit = c.to_ascii_uppercase();
            digit
                .is_ascii_uppercase()
                .then(|| number * 26 + (u32::from(digit) - u32::from('A')) + 1)
        })
        .map(|number| number - 1)
}

/// What is being read, counted against the limits.
#[derive(Debug, Default)]
struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    /// Takes up one more cell.
    fn take(&mut self, cell: &Cell) -> Result<()> {
        self.cells += 1;
        if let Cell::Text(text) = cell {
            self.text += text.len();
        }
        if self.cells > MOST_CELLS {
            return Err(too_large(&format!("{MOST_CELLS} cells")));
        }
        if self.text > MOST_TEXT {
            return Err(too_large(&format!("{} MB of text", MOST_TEXT / 1_048_576)));
        }
        Ok(())
    }
}

fn too_large(limit: &str) -> Error {
    Error::refused(format!(
        "it is larger than {limit}, the most that is read; save what is needed of it into a file of its own"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_by_letters() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(column), name);
            assert_eq!(column_of(name), Some(column));
        }
        assert_eq!(column_of("f"), Some(5));
        assert_eq!(column_of("Due"), Some(3254));
        assert_eq!(column_of("A1"), None);
    }
}
