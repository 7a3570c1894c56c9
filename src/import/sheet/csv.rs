//! Text with a separator between its cells: comma, semicolon, tab or bar, whichever gives a sheet that is understood.

use super::{Budget, Cell, MOST_COLUMNS, MOST_ROWS, Row, Sheet, too_large};
use crate::encoding;
use crate::error::{Error, Result};
use csv::{ReaderBuilder, StringRecord};

/// The separators that are tried, and what they are called.
const SEPARATORS: [(u8, &str); 4] = [
    (b',', "commas"),
    (b';', "semicolons"),
    (b'\t', "tabs"),
    (b'|', "bars"),
];

/// How many rows are looked at for the choice between them.
const LOOKED_AT: usize = 60;

/// Reads it with the separator that `suits` best.
pub(super) fn read(bytes: &[u8], suits: &dyn Fn(&Sheet) -> usize) -> Result<Sheet> {
    let (text, encoding) = encoding::decode(bytes).ok_or_else(|| {
        Error::refused(
            "it is no spreadsheet that can be read; save it as .xlsx, or as CSV in UTF-8",
        )
    })?;
    let mut lines = Lines {
        text: &text,
        before: 0,
    };
    let named = lines.take_separator();
    let separator = match named {
        Some(separator) => separator,
        None => best(lines, suits),
    };
    let text = lines.text.as_bytes();
    if let Some(place) = after_a_quotation(text, separator) {
        let line = lines.before + 1 + lines_in(text.get(..place).unwrap_or_default());
        return Err(Error::refused(format!(
            "in line {line} words stand after the quotation mark that closes a cell, so a mark before it may be missing, and rows may have been taken for one cell; write a mark inside a cell twice, or take it out"
        )));
    }
    let mut sheet = lines.read(separator, MOST_ROWS + 1, Marks::Checked)?;
    if sheet.rows.len() > MOST_ROWS {
        return Err(too_large(&format!("{MOST_ROWS} rows")));
    }
    let called = SEPARATORS.iter().find(|(byte, _)| *byte == separator);
    let called = called.map_or("separators", |(_, called)| *called);
    let encoding = encoding.map_or_else(
        || "UTF-8".to_owned(),
        |name| format!("{name}, for it is no UTF-8"),
    );
    sheet.remarks.insert(
        0,
        format!("read as text with {called} between its cells, in {encoding}"),
    );
    Ok(sheet)
}

/// The separator of which the first rows suit best; of equals, the one that gives more cells, then the first.
fn best(lines: Lines<'_>, suits: &dyn Fn(&Sheet) -> usize) -> u8 {
    let mut best = (0, 0);
    let mut chosen = b',';
    for (separator, _) in SEPARATORS {
        // What is wrong with it is said of the one that is chosen.
        let Ok(sheet) = lines.read(separator, LOOKED_AT, Marks::AsTheyStand) else {
            continue;
        };
        let cells: usize = sheet.rows.iter().map(|row| row.cells.len()).sum();
        let score = (suits(&sheet), cells);
        if score > best {
            best = score;
            chosen = separator;
        }
    }
    chosen
}

/// Whether quotation marks that are missing are faults, or any text is read somehow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    Checked,
    AsTheyStand,
}

/// The text, from a line on.
#[derive(Clone, Copy)]
struct Lines<'a> {
    text: &'a str,
    /// How many lines stand before it.
    before: u64,
}

impl Lines<'_> {
    /// Takes the line `sep=;` away, by which Excel is told what separates.
    fn take_separator(&mut self) -> Option<u8> {
        let (first, rest) = self.text.split_once('\n')?;
        let separator = first.trim_end_matches('\r').strip_prefix("sep=")?;
        let [separator] = separator.as_bytes() else {
            return None;
        };
        self.text = rest;
        self.before += 1;
        SEPARATORS
            .iter()
            .any(|(byte, _)| byte == separator)
            .then_some(*separator)
    }

    fn read(self, separator: u8, most: usize, marks: Marks) -> Result<Sheet> {
        let mut reader = ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(self.text.as_bytes());
        let mut sheet = Sheet {
            row_word: "line",
            ..Sheet::default()
        };
        let mut budget = Budget::default();
        let mut record = StringRecord::new();
        let mut beyond = false;
        let bytes = self.text.as_bytes();
        // Where the row before begins, and in which line.
        let mut at = 0;
        let mut line = self.before + 1;
        while sheet.rows.len() < most {
            let more = reader.read_record(&mut record).map_err(|cause| {
                Error::refused("its lines cannot be read as cells").because(cause)
            })?;
            if !more {
                if marks == Marks::Checked && never_closed(bytes.get(at..).unwrap_or_default()) {
                    return Err(Error::refused(format!(
                        "a quotation mark that opens a cell in line {line} is never closed, and all below is taken for that cell; close it, or take it out"
                    )));
                }
                break;
            }
            let begin = record.position().map_or(0, csv::Position::byte);
            let begin = usize::try_from(begin).unwrap_or(usize::MAX);
            let begin = after_ends_of_lines(bytes, begin.max(at));
            line += lines_in(bytes.get(at..begin).unwrap_or_default());
            at = begin;
            let mut row = Row {
                number: u32::try_from(line).unwrap_or(u32::MAX),
                cells: Vec::new(),
            };
            for (column, text) in (0..).zip(record.iter()) {
                if let Some(cell) = Cell::of_text(text) {
                    if column >= MOST_COLUMNS {
                        beyond = true;
                        break;
                    }
                    budget.take(&cell)?;
                    row.cells.push((column, cell));
                }
            }
            if !row.cells.is_empty() {
                sheet.rows.push(row);
            }
        }
        if beyond {
            sheet
                .remarks
                .push(format!("cells beyond column {MOST_COLUMNS} were left"));
        }
        Ok(sheet)
    }
}

/// Where a row really begins: the reader counts the ends of lines before it as its own.
fn after_ends_of_lines(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    from + ends.count()
}

/// Whether the last row goes on over lines to the end of the file because a quotation mark is missing.
fn never_closed(row: &[u8]) -> bool {
    let is_open = row.iter().fold(false, |open, byte| open != (*byte == b'"'));
    let lines = row.trim_ascii_end();
    is_open && lines.contains(&b'\n')
}

/// Where words stand after the mark that closes a quoted cell.
fn after_a_quotation(text: &[u8], separator: u8) -> Option<usize> {
    #[derive(PartialEq)]
    enum At {
        Beginning,
        Plain,
        Quoted,
        Closed,
    }
    let mut at = At::Beginning;
    for (place, byte) in text.iter().enumerate() {
        at = match (at, *byte) {
            (At::Quoted, b'"') => At::Closed,
            // Written twice, it is one inside the cell.
            (At::Beginning | At::Closed, b'"') | (At::Quoted, _) => At::Quoted,
            (_, byte) if byte == separator => At::Beginning,
            (At::Beginning | At::Plain | At::Closed, b'\r' | b'\n') => At::Beginning,
            (At::Closed, byte) if !byte.is_ascii_whitespace() => return Some(place),
            (At::Closed, _) => At::Closed,
            (At::Beginning | At::Plain, _) => At::Plain,
        };
    }
    None
}

/// How many lines end in a text: with a line feed, a carriage return, or both.
fn lines_in(bytes: &[u8]) -> u64 {
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    let ends = bytes.iter().zip(next).filter(|(byte, next)| match byte {
        b'\n' => true,
        b'\r' => *next != Some(&b'\n'),
        _ => false,
    });
    ends.count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_that_is_missing_swallows_no_row() {
        let widest = |sheet: &Sheet| {
            sheet
                .rows
                .iter()
                .map(|row| row.cells.len())
                .max()
                .unwrap_or(0)
        };
        let read = |text: &str| read(text.as_bytes(), &widest).map(|sheet| sheet.rows.len());
        let swallowed = "a,\"call Bob\nb,c\nd,\"ok\"\n";
        let said = read(swallowed).unwrap_err().to_string();
        assert!(said.contains("in line 3"), "{said}");
        assert_eq!(read("a,\"say \"\"yes\"\"\" \nb,\"c\nd\"\n").unwrap(), 2);
        assert_eq!(read("a 5\" pipe,b\n\"c\",d").unwrap(), 2);
    }

    #[test]
    fn rows_are_called_by_the_lines_that_they_begin_in() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "\"c", "d\",e", "f,g"].join(end);
            let sheet = read(text.as_bytes(), &|_| 0).unwrap();
            let lines: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
            assert_eq!(lines, [1, 3, 5], "{end:?}");
        }
    }
}
