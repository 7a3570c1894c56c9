//! Text with a separator between its cells: comma, semicolon, tab or bar, whichever gives a sheet that is understood.

use super::{Budget, Cell, MOST_COLUMNS, MOST_ROWS, Row, Sheet, encoding, too_large};
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
    let (text, encoding) = encoding::decode(bytes)?;
    let mut lines = Lines {
        text: &text,
        before: 0,
    };
    let named = lines.take_separator();
    let separator = match named {
        Some(separator) => separator,
        None => best(lines, suits)?,
    };
    let mut sheet = lines.read(separator, MOST_ROWS + 1)?;
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
fn best(lines: Lines<'_>, suits: &dyn Fn(&Sheet) -> usize) -> Result<u8> {
    let mut best = (0, 0);
    let mut chosen = b',';
    for (separator, _) in SEPARATORS {
        let sheet = lines.read(separator, LOOKED_AT)?;
        let cells: usize = sheet.rows.iter().map(|row| row.cells.len()).sum();
        let score = (suits(&sheet), cells);
        if score > best {
            best = score;
            chosen = separator;
        }
    }
    Ok(chosen)
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

    fn read(self, separator: u8, most: usize) -> Result<Sheet> {
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
        while sheet.rows.len() < most {
            let more = reader.read_record(&mut record).map_err(|cause| {
                Error::refused("its lines cannot be read as cells").because(cause)
            })?;
            if !more {
                break;
            }
            let line = record.position().map_or(1, csv::Position::line) + self.before;
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
