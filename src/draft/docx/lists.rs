//! Numbers that Word counts and does not write: `numbering.xml`, and styles that number.

use super::xml::{Piece, pieces, value};
use crate::draft::Unreadable;
use std::collections::BTreeMap;

/// One level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// The levels of each definition.
    definitions: BTreeMap<String, BTreeMap<usize, Level>>,
    /// Which definition a list has, and where its levels begin anew.
    of_number: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    /// What a style numbers: its list and level.
    styles: BTreeMap<String, (Option<String>, usize)>,
    /// What a style is called.
    names: BTreeMap<String, String>,
    /// What was counted, by definition.
    counted: BTreeMap<String, Vec<u32>>,
    /// The lists whose own beginnings were taken up.
    begun: Vec<String>,
}

/// A number, or the sign of an item without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// As it is shown.
    Written(String),
    /// A sign, so deep.
    Bullet(u8),
}

/// The deepest level that Word counts.
const DEEPEST: usize = 9;

impl Lists {
    /// Reads both files; either may be empty.
    pub(super) fn read(numbering: &str, styles: &str) -> Result<Self, Unreadable> {
        let mut lists = Self::default();
        lists.read_numbering(numbering)?;
        lists.read_styles(styles)?;
        Ok(lists)
    }

    fn read_numbering(&mut self, text: &str) -> Result<(), Unreadable> {
        let (mut definition, mut list, mut level) = (None::<String>, None::<String>, 0);
        pieces(text, |piece| {
            let Piece::Start(name, attributes) = piece else {
                if let Piece::End(name) = piece {
                    match name.as_str() {
                        "abstractNum" => definition = None,
                        "num" => list = None,
                        _ => {}
                    }
                }
                return Ok(());
            };
            let own = |name| value(&attributes, name).map(str::to_owned);
            match name.as_str() {
                "abstractNum" => definition = own("abstractNumId"),
                "num" => list = own("numId"),
                "abstractNumId" => {
                    if let (Some(list), Some(definition)) = (&list, own("val")) {
                        self.of_number.entry(list.clone()).or_default().0 = definition;
                    }
                }
                "lvl" | "lvlOverride" => {
                    level = own("ilvl")
                        .and_then(|l| l.parse().ok())
                        .unwrap_or(0)
                        .min(DEEPEST);
                }
                "startOverride" => {
                    if let (Some(list), Some(start)) =
                        (&list, own("val").and_then(|v| v.parse().ok()))
                    {
                        self.of_number
                            .entry(list.clone())
                            .or_default()
                            .1
                            .insert(level, start);
                    }
                }
                "start" | "numFmt" | "lvlText" => {
                    if let (Some(definition), None, Some(text)) = (&definition, &list, own("val")) {
                        let level = self
                            .definitions
                            .entry(definition.clone())
                            .or_default()
                            .entry(level)
                            .or_insert_with(|| Level {
                                start: 1,
                                ..Level::default()
                            });
                        match name.as_str() {
                            "start" => level.start = text.parse().unwrap_or(1),
                            "numFmt" => level.format = text,
                            _ => level.text = text,
                        }
                    }
                }
                _ => {}
            }
            Ok(())
        })
    }

    fn read_styles(&mut self, text: &str) -> Result<(), Unreadable> {
        let mut style = None::<String>;
        pieces(text, |piece| {
            match piece {
                Piece::Start(name, attributes) => {
                    let own = |name| value(&attributes, name).map(str::to_owned);
                    match (name.as_str(), &style) {
                        ("style", _) => style = own("styleId"),
                        ("name", Some(style)) => {
                            self.names
                                .insert(style.clone(), own("val").unwrap_or_default());
                        }
                        ("numId", Some(style)) => {
                            self.styles.entry(style.clone()).or_default().0 = own("val");
                        }
                        ("ilvl", Some(style)) => {
                            self.styles.entry(style.clone()).or_default().1 = own("val")
                                .and_then(|l| l.parse().ok())
                                .unwrap_or(0)
                                .min(DEEPEST);
                        }
                        _ => {}
                    }
                }
                Piece::End(name) if name == "style" => style = None,
                Piece::End(_) | Piece::Text(_) => {}
            }
            Ok(())
        })
    }

    /// The level of a heading, where a style is one.
    pub(super) fn heading(&self, style: &str) -> Option<u8> {
        let name = self
            .names
            .get(style)
            .map_or(style, String::as_str)
            .to_ascii_lowercase();
        if name == "title" {
            return Some(1);
        }
        let level: u8 = name.strip_prefix("heading")?.trim().parse().ok()?;
        Some(level.clamp(1, 5) + 1)
    }

    /// The number of the next paragraph of a list, or of a style that numbers.
    pub(super) fn next(
        &mut self,
        list: Option<&str>,
        level: Option<usize>,
        style: Option<&str>,
    ) -> Option<Number> {
        let by_style = style.and_then(|style| self.styles.get(style)).cloned();
        let (list, level) = match (list, by_style) {
            (Some(list), by_style) => (
                list.to_owned(),
                level.or(by_style.map(|(_, level)| level)).unwrap_or(0),
            ),
            (None, Some((Some(list), own))) => (list, level.unwrap_or(own)),
            (None, _) => return None,
        };
        let level = level.min(DEEPEST);
        let (definition, begins) = self.of_number.get(&list)?.clone();
        let levels = self.definitions.get(&definition)?.clone();
        let own = levels.get(&level)?;
        if own.format == "bullet" {
            return Some(Number::Bullet(
                u8::try_from(level.min(4)).unwrap_or_default(),
            ));
        }
        let counted = self.counted.entry(definition).or_default();
        if !self.begun.contains(&list) && !begins.is_empty() {
            counted.clear();
        }
        if !self.begun.contains(&list) {
            self.begun.push(list);
        }
        let start = |level: usize| {
            begins
                .get(&level)
                .copied()
                .or_else(|| levels.get(&level).map(|l| l.start))
                .unwrap_or(1)
        };
        while counted.len() < level {
            let at = counted.len();
            counted.push(start(at));
        }
        counted.truncate(level + 1);
        match counted.get_mut(level) {
            Some(count) => *count = count.saturating_add(1),
            None => counted.push(start(level)),
        }
        let mut written = own.text.clone();
        for (at, count) in counted.iter().enumerate() {
            let format = levels.get(&at).map_or("decimal", |l| l.format.as_str());
            written = written.replace(&format!("%{}", at + 1), &in_format(*count, format));
        }
        let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
        (!written.is_empty() && own.format != "none").then_some(Number::Written(written))
    }
}

fn in_format(count: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(count),
        "upperLetter" => letters(count).to_uppercase(),
        "lowerRoman" => roman(count),
        "upperRoman" => roman(count).to_uppercase(),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}

/// a to z, then aa, bb: as Word counts.
fn letters(count: u32) -> String {
    let index = count.saturating_sub(1);
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or_default());
    let times = usize::try_from(index / 26).unwrap_or_default().min(8) + 1;
    letter.to_string().repeat(times)
}

fn roman(count: u32) -> String {
    const SIGNS: &[(u32, &str)] = &[
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if count > 3999 {
        return count.to_string();
    }
    let mut left = count;
    let mut text = String::new();
    for (worth, sign) in SIGNS {
        while left >= *worth {
            text.push_str(sign);
            left -= worth;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_roman_numbers_count_as_words_do() {
        let shown: Vec<String> = [1, 4, 9, 14, 40].into_iter().map(roman).collect();
        assert_eq!(shown, ["i", "iv", "ix", "xiv", "xl"]);
        assert_eq!([letters(1), letters(26), letters(27)], ["a", "z", "aa"]);
    }
}
