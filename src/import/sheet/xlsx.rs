//! A workbook, by calamine. Before that reads a byte, everything in the file is unpacked once on trial, so that one that
//! unpacks to more than a limit, or names cells that no sheet has, is refused whatever it says of itself.

mod looks;
mod references;

use super::{Budget, Cell, MOST_COLUMNS, MOST_ROWS, Row, Sheet, Wanted, too_large};
use crate::error::{Error, Result};
use crate::import::tidy::short;
use crate::words::{count, did_you_mean, list};
use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::NaiveDate;
use looks::Looks;
use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};

/// The most bytes that all parts of a workbook unpack to.
const UNPACKED: u64 = 256 * 1_048_576;
/// The most parts of a workbook.
const MOST_PARTS: usize = 4_096;
/// The most areas of merged cells that are looked at, and the most cells that are filled from them.
const MOST_MERGED: usize = 200_000;

/// How many of the rows that are left out are named.
const NAMED: usize = 20;

/// Why cells are left to a person.
const STRUCK: &str = "its text is struck through, or a part of it: clear the cell, or the row, where it no longer holds; else take the line away";
const MONTH_ALONE: &str = "the workbook shows a month and a year, and keeps a day that nobody sees: show the day and see whether it is meant, or write words, such as June 2027";

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;
type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads the sheet of that name, or every one that is not hidden and has something in it.
pub(super) fn read(bytes: &[u8], wanted: Wanted<'_>) -> Result<Vec<Sheet>> {
    check(bytes)?;
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let (shown, hidden): (Vec<_>, Vec<_>) = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .cloned()
        .partition(|sheet| sheet.visible == SheetVisible::Visible);
    let all: Vec<String> = shown
        .iter()
        .chain(&hidden)
        .map(|sheet| sheet.name.clone())
        .collect();
    let names = match wanted {
        Some(wanted) => vec![named(&all, wanted)?],
        None => shown.into_iter().map(|sheet| sheet.name).collect(),
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_workbook())?;
    let mut sheets = Vec::new();
    for name in names {
        let mut sheet = sheet(&mut workbook, &mut archive, &name)?;
        if workbook.has_1904_epoch() {
            sheet.remarks.push(
                "the workbook counts its days from 1904, as old ones of a Mac do: compare one date below with what the workbook shows".to_owned(),
            );
        }
        if wanted.is_none() && !hidden.is_empty() {
            let names = list(hidden.iter().map(|sheet| format!("`{}`", sheet.name)));
            sheet.remarks.push(format!(
                "not read, because hidden: {names}; name one with --sheet"
            ));
        }
        if wanted.is_some() || !sheet.rows.is_empty() {
            sheets.push(sheet);
        }
    }
    Ok(sheets)
}

fn named(all: &[String], wanted: &str) -> Result<String> {
    let same = |name: &&String| name.trim().to_lowercase() == wanted.trim().to_lowercase();
    all.iter().find(same).cloned().ok_or_else(|| {
        let near = did_you_mean(wanted, all.iter().map(String::as_str)).unwrap_or_else(|| {
            format!(
                "it has {}",
                list(all.iter().map(|name| format!("`{name}`")))
            )
        });
        Error::refused(format!("the workbook has no sheet `{wanted}`; {near}"))
    })
}

fn sheet(workbook: &mut Workbook<'_>, archive: &mut Archive<'_>, name: &str) -> Result<Sheet> {
    let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
    let mut budget = Budget::default();
    let mut beyond = false;
    let mut with_hour = 0_u32;
    let mut cells = workbook.worksheet_cells_reader(name).map_err(damaged)?;
    while let Some(found) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
        let (row, column) = found.pos;
        let Some(cell) = cell(&found.value, found.formula.is_some()) else {
            continue;
        };
        if column >= MOST_COLUMNS {
            beyond = true;
            continue;
        }
        if let (Cell::Day(_), DataRef::DateTime(when)) = (&cell, &found.value) {
            with_hour += u32::from(when.as_f64().fract() != 0.0);
        }
        budget.take(&cell)?;
        let number = row.saturating_add(1);
        let row = rows.entry(number).or_default();
        row.number = number;
        match row.cells.binary_search_by_key(&column, |(c, _)| *c) {
            Ok(at) => row.cells[at].1 = cell,
            Err(at) => row.cells.insert(at, (column, cell)),
        }
        if rows.len() > MOST_ROWS {
            return Err(too_large(&format!("{MOST_ROWS} rows")));
        }
    }
    drop(cells);
    let left = leave_what_is_hidden_or_struck(archive, name, &mut rows);
    fill_merged(workbook, name, &mut rows);
    let mut sheet = Sheet {
        name: Some(name.to_owned()),
        rows: rows.into_values().collect(),
        row_word: "row",
        remarks: left,
    };
    if with_hour > 0 {
        let dates = count(with_hour, "cell");
        sheet
            .remarks
            .push(format!("left: the hour of {dates} with a date and an hour"));
    }
    if beyond {
        sheet.remarks.push(format!(
            "cells beyond column {} were left",
            super::letters(MOST_COLUMNS - 1)
        ));
    }
    Ok(sheet)
}

/// What stands in a cell; `None` where nothing does.
fn cell(value: &DataRef<'_>, is_formula: bool) -> Option<Cell> {
    Some(match value {
        DataRef::Empty if is_formula => Cell::Unreadable(
            "it has a formula and no value: open the workbook in Excel and save it, or write the value",
        ),
        DataRef::Int(number) => {
            // Nothing larger stands in a sheet as a whole number.
            #[expect(
                clippy::cast_precision_loss,
                reason = "it is shown, and never counted with"
            )]
            let number = *number as f64;
            Cell::Number(number)
        }
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) => return Cell::of_text(text),
        DataRef::SharedString(text) => return Cell::of_text(text),
        DataRef::Bool(truth) => Cell::Truth(*truth),
        DataRef::DateTime(when) if when.is_duration() => {
            Cell::Unreadable("it is a length of time to the workbook, and no date: write the words")
        }
        DataRef::DateTime(when) => {
            // Days before March 1900 are counted otherwise by every program: whatever stands there is no date of an agreement.
            let (year, month, day, ..) = when.to_ymd_hms_milli();
            match NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()) {
                Some(day) if when.as_f64() >= 61.0 => Cell::Day(day),
                _ => Cell::Unreadable(
                    "it is a date before March 1900 to the workbook, or a time of day: write the date that is meant",
                ),
            }
        }
        DataRef::DurationIso(_) => {
            Cell::Unreadable("it is a length of time to the workbook, and no date: write the words")
        }
        DataRef::Error(_) => Cell::Unreadable("its formula gives an error: write the value"),
        DataRef::Empty => return None,
    })
}

/// Leaves out the rows that are hidden and those that are struck through whole, and says so. What is struck through alone,
/// and a day of which only the month is shown, is for a person to decide.
fn leave_what_is_hidden_or_struck(
    archive: &mut Archive<'_>,
    name: &str,
    rows: &mut BTreeMap<u32, Row>,
) -> Vec<String> {
    let is_there = |row: u32, column: u32| {
        let row = rows.get(&row);
        row.is_some_and(|row| row.cell(column.saturating_sub(1)).is_some())
    };
    let Some(looks) = Looks::of(archive, name, is_there) else {
        return Vec::new();
    };
    let (mut hidden, mut struck) = (Vec::new(), Vec::new());
    rows.retain(|number, row| {
        if looks.hidden.contains(number) {
            hidden.push(*number);
            return false;
        }
        for (column, cell) in &mut row.cells {
            let place = (*number, *column + 1);
            if looks.struck.contains(&place) {
                *cell = Cell::Unreadable(STRUCK);
            } else if looks.months.contains(&place) && matches!(cell, Cell::Day(_)) {
                *cell = Cell::Unreadable(MONTH_ALONE);
            }
        }
        let all = row
            .cells
            .iter()
            .all(|(_, cell)| *cell == Cell::Unreadable(STRUCK));
        if all {
            struck.push(*number);
        }
        !all
    });
    let said = |left: Vec<u32>, why: &str| {
        (!left.is_empty()).then(|| {
            let rows = count(left.len() as u64, "row");
            let numbers = list(left.iter().take(NAMED).map(u32::to_string));
            let more = if left.len() > NAMED { " and more" } else { "" };
            format!("not read, because {why}: {rows} ({numbers}{more})")
        })
    };
    [
        said(hidden, "hidden, by hand or by a filter"),
        said(struck, "struck through"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What is merged over several cells stands in each of them. Areas that cannot be read leave the cells as they are.
fn fill_merged(workbook: &mut Workbook<'_>, name: &str, rows: &mut BTreeMap<u32, Row>) {
    let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut filled = 0;
    for area in merged.iter().take(MOST_MERGED) {
        let ((top, left), (bottom, right)) = (area.start, area.end);
        if top >= bottom || left > right {
            continue;
        }
        let Some(cell) = rows
            .get(&top.saturating_add(1))
            .and_then(|row| row.cell(left))
            .cloned()
        else {
            continue;
        };
        // Only downwards: what stands over several columns is a heading of the sheet.
        for (_, row) in rows.range_mut(top.saturating_add(2)..=bottom.saturating_add(1)) {
            filled += 1;
            if filled > MOST_MERGED {
                return;
            }
            row.fill(left, &cell);
        }
    }
}

/// Unpacks everything on trial.
fn check(bytes: &[u8]) -> Result<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_workbook())?;
    if archive.len() > MOST_PARTS {
        return Err(too_large(&format!("{MOST_PARTS} parts")));
    }
    let is_workbook = archive.index_for_name("xl/workbook.xml").is_some()
        || archive.index_for_name("[Content_Types].xml").is_some();
    if !is_workbook {
        return Err(no_workbook());
    }
    let mut left = UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| no_workbook())?;
        if part.size() > left {
            return Err(too_unpacked());
        }
        let name = part.name().map_err(|_| no_workbook())?.into_owned();
        let mut part = BufReader::new(part.take(left + 1));
        if let Some(cells) = references::impossible(&mut part) {
            drop(part);
            return Err(no_such_cells(&mut archive, &name, &cells));
        }
        std::io::copy(&mut part, &mut std::io::sink()).map_err(|_| no_workbook())?;
        left = part
            .into_inner()
            .limit()
            .checked_sub(1)
            .ok_or_else(too_unpacked)?;
    }
    Ok(())
}

fn no_such_cells(archive: &mut Archive<'_>, part: &str, cells: &str) -> Error {
    let sheet = references::sheet_of(archive, part)
        .map_or_else(|| part.to_owned(), |name| format!("`{name}`"));
    Error::refused(format!(
        "it is damaged: its sheet {sheet} names `{}`, and a sheet has the cells A1 to XFD1048576; open it in Excel or LibreOffice and save it anew as .xlsx or CSV",
        short(cells)
    ))
}

fn too_unpacked() -> Error {
    too_large(&format!("{} MB when unpacked", UNPACKED / 1_048_576))
}

fn no_workbook() -> Error {
    Error::refused(
        "it is no workbook of the form .xlsx, or a damaged one; open it and save it as .xlsx or CSV",
    )
}

fn damaged(cause: XlsxError) -> Error {
    no_workbook().because(cause)
}
