//! What a workbook shows and its values do not say: rows that are hidden, text that is struck through, and days of which
//! only the month is shown. A part that cannot be read shows nothing; the cells are read by another.

use super::references::{of_elements, place, text_of, values};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;
use std::io::{BufReader, Read, Seek};
use zip::ZipArchive;

/// How a sheet looks, by rows and columns from 1.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// The rows that are hidden.
    pub(super) hidden: BTreeSet<u32>,
    /// The cells whose text is struck through, or a part of it.
    pub(super) struck: BTreeSet<(u32, u32)>,
    /// The cells that show a month and a year alone.
    pub(super) months: BTreeSet<(u32, u32)>,
}

/// The forms of a workbook's cells.
#[derive(Debug, Default)]
struct Styles {
    /// By number: whether the text is struck through, and whether only a month is shown.
    forms: Vec<(bool, bool)>,
}

/// The number of the form `mmm-yy`, which every workbook has.
const MONTH_AND_YEAR: &str = "17";

impl Looks {
    /// How the sheet of that name looks. `is_there` says of which cells it is asked.
    pub(super) fn of<R: Read + Seek>(
        archive: &mut ZipArchive<R>,
        sheet: &str,
        is_there: impl Fn(u32, u32) -> bool,
    ) -> Option<Self> {
        let part = part_of(archive, sheet)?;
        let styles = Styles::read(&text_of(archive, "xl/styles.xml").unwrap_or_default());
        let texts = struck_texts(&text_of(archive, "xl/sharedStrings.xml").unwrap_or_default());
        let mut xml = Reader::from_reader(BufReader::new(archive.by_name(&part).ok()?));
        xml.config_mut().check_end_names = false;
        let mut looks = Self::default();
        let mut buffer = Vec::new();
        let (mut row, mut column) = (0, 0);
        // The cell that is being read, where its text is one of those that several cells may share.
        let mut shared = false;
        let mut in_value = false;
        loop {
            buffer.clear();
            let event = match xml.read_event_into(&mut buffer) {
                Ok(Event::Eof) | Err(_) => return Some(looks),
                Ok(event) => event,
            };
            match event {
                Event::Start(element) | Event::Empty(element) => {
                    match element.local_name().as_ref() {
                        "row" => {
                            let number = values(&element, "r").next();
                            row = number.and_then(|r| r.parse().ok()).unwrap_or(row + 1);
                            column = 0;
                            if values(&element, "hidden").any(|hidden| is_true(&hidden)) {
                                looks.hidden.insert(row);
                            }
                        }
                        "c" => {
                            let named = values(&element, "r").next();
                            (row, column) = named
                                .and_then(|name| place(&name))
                                .unwrap_or((row, column + 1));
                            shared = values(&element, "t").any(|kind| kind == "s");
                            let style = values(&element, "s").next();
                            let (struck, month) = styles.form(style.as_deref());
                            if is_there(row, column) {
                                if struck {
                                    looks.struck.insert((row, column));
                                }
                                if month {
                                    looks.months.insert((row, column));
                                }
                            }
                        }
                        "strike" if is_on(&element) && is_there(row, column) => {
                            looks.struck.insert((row, column));
                        }
                        "v" => in_value = shared,
                        _ => in_value = false,
                    }
                }
                Event::Text(text) if in_value => {
                    let index = text.trim().parse::<usize>();
                    if index.is_ok_and(|index| texts.contains(&index)) && is_there(row, column) {
                        looks.struck.insert((row, column));
                    }
                }
                Event::End(_) => in_value = false,
                _ => {}
            }
        }
    }
}

impl Styles {
    fn read(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        let mut months: BTreeSet<String> = BTreeSet::from([MONTH_AND_YEAR.to_owned()]);
        let mut fonts: Vec<bool> = Vec::new();
        let mut styles = Self::default();
        let (mut in_fonts, mut in_forms) = (false, false);
        loop {
            match reader.read_event() {
                Ok(Event::Start(element) | Event::Empty(element)) => {
                    match element.local_name().as_ref() {
                        "numFmt" => {
                            let code = values(&element, "formatCode").next();
                            if code.is_some_and(|code| is_month_alone(&code)) {
                                months.extend(values(&element, "numFmtId"));
                            }
                        }
                        "fonts" => in_fonts = true,
                        "font" if in_fonts => fonts.push(false),
                        "strike" if in_fonts && is_on(&element) => {
                            if let Some(font) = fonts.last_mut() {
                                *font = true;
                            }
                        }
                        "cellXfs" => in_forms = true,
                        "xf" if in_forms => {
                            let font = values(&element, "fontId").next();
                            let font = font.and_then(|id| id.parse::<usize>().ok());
                            let struck = font.and_then(|id| fonts.get(id)).copied();
                            let month = values(&element, "numFmtId").any(|id| months.contains(&id));
                            styles.forms.push((struck.unwrap_or(false), month));
                        }
                        _ => {}
                    }
                }
                Ok(Event::End(element)) => match element.local_name().as_ref() {
                    "fonts" => in_fonts = false,
                    "cellXfs" => in_forms = false,
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => return styles,
                Ok(_) => {}
            }
        }
    }

    fn form(&self, number: Option<&str>) -> (bool, bool) {
        let number = number.and_then(|number| number.parse::<usize>().ok());
        let form = number.and_then(|number| self.forms.get(number));
        form.copied().unwrap_or_default()
    }
}

/// The part that holds the sheet of a name.
fn part_of<R: Read + Seek>(archive: &mut ZipArchive<R>, sheet: &str) -> Option<String> {
    let id = of_elements(&text_of(archive, "xl/workbook.xml")?, "sheet", |element| {
        let is_it = values(element, "name").any(|name| {
            quick_xml::escape::unescape(&name).is_ok_and(|name| name == sheet) || name == sheet
        });
        values(element, "id").next().filter(|_| is_it)
    })?;
    let relations = text_of(archive, "xl/_rels/workbook.xml.rels")?;
    let target = of_elements(&relations, "Relationship", |element| {
        let is_it = values(element, "Id").any(|found| found == id);
        values(element, "Target").next().filter(|_| is_it)
    })?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

/// The numbers of the shared texts of which a part is struck through.
fn struck_texts(xml: &str) -> BTreeSet<usize> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut struck = BTreeSet::new();
    let mut texts = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                match element.local_name().as_ref() {
                    "si" => texts += 1,
                    "strike" if is_on(&element) => {
                        struck.extend(texts.checked_sub(1));
                    }
                    _ => {}
                }
            }
            Ok(Event::Eof) | Err(_) => return struck,
            Ok(_) => {}
        }
    }
}

/// Whether a property that needs no value is on.
fn is_on(element: &BytesStart<'_>) -> bool {
    values(element, "val").all(|value| is_true(&value))
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

/// Whether a form of numbers shows a month and a year, and no day: `mmm-yy`, `[$-409]mmmm\ yyyy;@`.
fn is_month_alone(code: &str) -> bool {
    let mut plain = String::new();
    let mut rest = code.split(';').next().unwrap_or_default().chars();
    // Words, places and what stands behind a backslash are shown as they are.
    while let Some(c) = rest.next() {
        match c {
            '"' => {
                rest.by_ref().find(|c| *c == '"');
            }
            '[' => {
                rest.by_ref().find(|c| *c == ']');
            }
            '\\' | '_' => {
                rest.next();
            }
            c => plain.extend(c.to_lowercase()),
        }
    }
    plain.contains('m') && plain.contains('y') && !plain.contains(['d', 'h', 's', '0', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_without_a_day_are_told_apart() {
        for code in ["mmm-yy", "[$-409]mmmm\\ yyyy;@", "mm/yyyy", "mmm\" of \"yy"] {
            assert!(is_month_alone(code), "{code}");
        }
        for code in [
            "d-mmm-yy",
            "mm/dd/yyyy",
            "[h]:mm:ss",
            "yyyy",
            "0.00",
            "General",
        ] {
            assert!(!is_month_alone(code), "{code}");
        }
    }
}
