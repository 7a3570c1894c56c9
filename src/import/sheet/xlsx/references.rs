//! What the sheets of a workbook call their cells: A1 to XFD1048576, as Excel has them. Others would be counted to a wrong
//! place, or beyond what a number holds.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufRead, Read, Seek};
use zip::ZipArchive;

/// The last column, XFD, from 1.
const COLUMNS: u32 = 16_384;
/// The last row.
const ROWS: u32 = 1_048_576;

/// The first name in a part of a workbook that no cell or area can have, in the places where a sheet names some. A part that
/// is no XML has none.
pub(super) fn impossible(part: impl BufRead) -> Option<String> {
    let mut xml = Reader::from_reader(part);
    let config = xml.config_mut();
    config.check_end_names = false;
    let mut buffer = Vec::new();
    let mut among_cells = false;
    loop {
        buffer.clear();
        let (Event::Start(element) | Event::Empty(element)) =
            (match xml.read_event_into(&mut buffer) {
                Ok(Event::Eof) | Err(_) => return None,
                Ok(event) => event,
            })
        else {
            continue;
        };
        let (key, is_sound): (_, fn(&str) -> bool) = match element.local_name().as_ref() {
            "sheetData" => {
                among_cells = true;
                continue;
            }
            "dimension" | "mergeCell" => ("ref", is_area),
            "f" if among_cells => ("ref", is_area),
            "c" if among_cells => ("r", |name| place(name).is_some()),
            "row" if among_cells => ("r", |name| row(name).is_some()),
            _ => continue,
        };
        if let Some(name) = values(&element, key).find(|name| !is_sound(name)) {
            return Some(name);
        }
    }
}

/// What a workbook calls the sheet that a part of it holds; `None` where it is not found.
pub(super) fn sheet_of<R: Read + Seek>(archive: &mut ZipArchive<R>, part: &str) -> Option<String> {
    let relations = text_of(archive, "xl/_rels/workbook.xml.rels")?;
    let target = part.strip_prefix("xl/").unwrap_or(part);
    let id = of_elements(&relations, "Relationship", |element| {
        let found = values(element, "Target").next()?;
        let is_it = found == target || found.strip_prefix('/') == Some(part);
        values(element, "Id").next().filter(|_| is_it)
    })?;
    of_elements(&text_of(archive, "xl/workbook.xml")?, "sheet", |element| {
        let is_it = values(element, "id").any(|found| found == id);
        values(element, "name").next().filter(|_| is_it)
    })
}

/// The text of a part.
pub(super) fn text_of<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> Option<String> {
    let mut text = String::new();
    let mut part = archive.by_name(name).ok()?;
    part.read_to_string(&mut text).ok()?;
    Some(text)
}

/// What is found first in the elements of a name.
pub(super) fn of_elements(
    xml: &str,
    name: &str,
    find: impl Fn(&BytesStart<'_>) -> Option<String>,
) -> Option<String> {
    let mut xml = Reader::from_str(xml);
    loop {
        match xml.read_event() {
            Ok(Event::Start(element) | Event::Empty(element))
                if element.local_name().as_ref() == name =>
            {
                let found = find(&element);
                if found.is_some() {
                    return found;
                }
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// The values of the attributes that are called so, whatever stands before their names.
pub(super) fn values<'a>(
    element: &'a BytesStart<'_>,
    name: &'a str,
) -> impl Iterator<Item = String> + 'a {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    attributes
        .filter_map(Result::ok)
        .filter(move |attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.into_owned())
}

fn is_area(name: &str) -> bool {
    let mut ends = name.split(':').map(place);
    match (ends.next(), ends.next(), ends.next()) {
        (Some(Some(_)), None, None) => true,
        (Some(Some(first)), Some(Some(last)), None) => first.0 <= last.0 && first.1 <= last.1,
        _ => false,
    }
}

/// The row and the column of a cell, from 1.
pub(super) fn place(name: &str) -> Option<(u32, u32)> {
    let letters = name.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, digits) = name.split_at(letters);
    let column = super::super::column_of(letters)? + 1;
    (column <= COLUMNS).then_some((row(digits)?, column))
}

fn row(digits: &str) -> Option<u32> {
    let is_number = digits.chars().all(|c| c.is_ascii_digit());
    let row = digits.parse().ok().filter(|_| is_number)?;
    (1..=ROWS).contains(&row).then_some(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_a1_to_xfd1048576() {
        for name in ["A1", "a1", "XFD1048576", "A1:A1", "A1:XFD1048576"] {
            assert!(is_area(name), "{name}");
        }
        for name in [
            "",
            "A",
            "1",
            "A0",
            "XFE1",
            "AAAA1",
            "A1048577",
            "A99999999999",
            "A+1",
            "$A$1",
            "ZZZZZZZZZ1",
            "B1:A1",
            "A2:A1",
            "A1:",
            "A1:B2:C3",
            "Ä1",
        ] {
            assert!(!is_area(name), "{name}");
        }
    }
}
