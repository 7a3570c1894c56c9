//! A table of TOML, read key by key: every value comes with its place, and nothing that is wrong with it stops the reading.
//!
//! A key that is there and cannot be used is reported and then treated as if it were not there. The keys that were asked
//! for are the keys that exist: [`Table::finish`] reports all others.

use crate::diagnostic::Findings;
use crate::front_matter::byte_order_mark;
use crate::rules::{
    empty_text, malformed_toml, missing_key, number_out_of_range, unknown_key, unknown_value,
    wrong_type,
};
use crate::source::{SourceId, Sources, Span};
use crate::words::nearest;
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// TOML text within a file.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The file.
    pub file: SourceId,
    /// The first byte of the TOML in it.
    pub base: usize,
    /// The TOML itself.
    pub text: &'a str,
}

impl<'a> Place<'a> {
    /// A file that is TOML as a whole.
    pub fn whole(file: SourceId, sources: &'a Sources) -> Self {
        let text = sources.get(file).text.as_str();
        let base = byte_order_mark(text);
        Self {
            file,
            base,
            text: text.get(base..).unwrap_or_default(),
        }
    }

    /// The span in the file of a range of the TOML.
    pub fn span(self, range: Range<usize>) -> Span {
        // A fault at the end of the text, or inside a character that the parser refused, still gets whole characters.
        let mut start = range.start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = range.end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(self.file, self.base + start..self.base + end)
    }
}

/// What the parser says of a key that stands twice.
const DUPLICATE_KEY: &str = "duplicate key";

/// Parses TOML as far as it can be, and reports every fault of its spelling.
pub fn parse<'a>(place: Place<'a>, findings: &Findings) -> Spanned<DeTable<'a>> {
    let (table, faults) = DeTable::parse_recoverable(place.text);
    let mut lines_with_a_fault = BTreeSet::new();
    for fault in faults {
        let at = fault.span().unwrap_or(0..0);
        let before = place.text.get(..at.start).unwrap_or(place.text);
        let line = before.bytes().filter(|&b| b == b'\n').count();
        // What the parser makes of the rest of a line after its first fault is not what anybody wrote. A key that stands
        // twice is read all the same, and its value may have a fault of its own.
        if fault.message() != DUPLICATE_KEY && !lines_with_a_fault.insert(line) {
            continue;
        }
        findings.report(malformed_toml::fault(place.span(at), fault.message()));
    }
    table
}

/// A value and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Value<T> {
    /// What it says.
    pub value: T,
    /// Where it stands, quotes included.
    pub span: Span,
}

impl<T> Value<T> {
    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Value<U> {
        Value {
            value: f(self.value),
            span: self.span,
        }
    }
}

/// A day, or words.
#[derive(Clone, Copy, Debug)]
pub enum DayOrWords<'a> {
    /// A TOML date.
    Day(NaiveDate),
    /// A TOML string.
    Words(&'a str),
}

/// One table.
#[derive(Debug)]
pub struct Table<'a> {
    place: Place<'a>,
    findings: &'a Findings,
    entries: &'a DeTable<'a>,
    header: Span,
    noun: &'static str,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Table<'a> {
    /// The table that is a whole text. `header` is what a fault points at that has no place of its own, such as a key
    /// that is missing; `noun` is what the table describes: `an agreement`.
    pub fn root(
        place: Place<'a>,
        findings: &'a Findings,
        entries: &'a DeTable<'a>,
        header: Span,
        noun: &'static str,
    ) -> Self {
        Self {
            place,
            findings,
            entries,
            header,
            noun,
            asked: RefCell::default(),
        }
    }

    /// The words that open the table: `[[obligations]]`.
    pub fn header(&self) -> Span {
        self.header
    }

    /// The text that the table is part of.
    pub fn place(&self) -> Place<'a> {
        self.place
    }

    /// Whether the key is there.
    pub fn has(&self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    /// Where the key itself stands.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        let (key, _) = self.entries.get_key_value(key)?;
        Some(self.place.span(key.span()))
    }

    /// Where the value under a key stands; of a table, its header.
    pub fn value_span(&self, key: &str) -> Option<Span> {
        Some(self.place.span(self.entries.get(key)?.span()))
    }

    /// All entries, for a reader that judges the keys itself.
    pub fn entries(&self) -> &'a DeTable<'a> {
        self.entries
    }

    /// A text that says something.
    pub fn text(&self, key: &'static str) -> Option<Value<&'a str>> {
        let found = self.get(key)?;
        let text = self.as_text(key, found)?;
        if text.value.trim().is_empty() {
            self.findings.report(empty_text::fault(text.span, key));
            return None;
        }
        Some(text)
    }

    /// A text that must be there.
    pub fn required_text(&self, key: &'static str) -> Option<Value<&'a str>> {
        self.require(key);
        self.text(key)
    }

    /// A day.
    pub fn day(&self, key: &'static str) -> Option<Value<NaiveDate>> {
        let found = self.get(key)?;
        let day = as_day(found.get_ref());
        if day.is_none() {
            self.wrong_type(key, "a date without quotes: 2014-02-20", found);
        }
        Some(self.at(found, day?))
    }

    /// A day, or words from which one is worked out.
    pub fn day_or_words(&self, key: &'static str) -> Option<Value<DayOrWords<'a>>> {
        let found = self.get(key)?;
        if let Some(day) = as_day(found.get_ref()) {
            return Some(self.at(found, DayOrWords::Day(day)));
        }
        if found.get_ref().is_str() {
            return Some(self.text(key)?.map(DayOrWords::Words));
        }
        self.wrong_type(key, "a date (2014-02-20) or words in quotes", found);
        None
    }

    /// A whole number within limits.
    pub fn number(&self, key: &'static str, limits: RangeInclusive<u32>) -> Option<Value<u32>> {
        let found = self.get(key)?;
        let Some(integer) = found.get_ref().as_integer() else {
            self.wrong_type(key, "a whole number", found);
            return None;
        };
        let number = i64::from_str_radix(integer.as_str(), integer.radix())
            .ok()
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| limits.contains(number));
        if number.is_none() {
            let span = self.place.span(found.span());
            self.findings
                .report(number_out_of_range::fault(span, key, &limits));
        }
        Some(self.at(found, number?))
    }

    /// `true` or `false`.
    pub fn truth(&self, key: &'static str) -> Option<bool> {
        let found = self.get(key)?;
        let truth = found.get_ref().as_bool();
        if truth.is_none() {
            self.wrong_type(key, "`true` or `false`", found);
        }
        truth
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let chosen = words.iter().find(|(word, _)| *word == text.value);
        if chosen.is_none() {
            let possible: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.findings
                .report(unknown_value::fault(text.span, key, text.value, &possible));
        }
        chosen.map(|(_, value)| *value)
    }

    /// A list of texts. `None` where the key is not there.
    pub fn texts(&self, key: &'static str) -> Option<Vec<Value<&'a str>>> {
        let found = self.get(key)?;
        let Some(items) = found.get_ref().as_array() else {
            self.wrong_type(key, "a list of texts: [\"a\", \"b\"]", found);
            return None;
        };
        Some(
            items
                .iter()
                .filter_map(|item| self.as_text(key, item))
                .filter(|text| {
                    let empty = text.value.trim().is_empty();
                    if empty {
                        self.findings.report(empty_text::fault(text.span, key));
                    }
                    !empty
                })
                .collect(),
        )
    }

    /// A text, or a list of them.
    pub fn text_or_texts(&self, key: &'static str) -> Option<Vec<Value<&'a str>>> {
        if self.get(key)?.get_ref().is_str() {
            return self.text(key).map(|text| vec![text]);
        }
        self.texts(key)
    }

    /// The table under a key.
    pub fn table(&self, key: &'static str, noun: &'static str) -> Option<Self> {
        let found = self.get(key)?;
        let table = self.inner(found, noun);
        if table.is_none() {
            self.wrong_type(key, &format!("a table: [{key}]"), found);
        }
        table
    }

    /// The tables under a key, in the order of the file: `[[obligations]]`.
    pub fn tables(&self, key: &'static str, noun: &'static str) -> Vec<Self> {
        let Some(found) = self.get(key) else {
            return Vec::new();
        };
        let wanted = format!("a list of tables: [[{key}]]");
        let Some(items) = found.get_ref().as_array() else {
            self.wrong_type(key, &wanted, found);
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| {
                let table = self.inner(item, noun);
                if table.is_none() {
                    self.wrong_type(key, &wanted, item);
                }
                table
            })
            .collect()
    }

    /// Every table in this one with its name, in the order of the file; what is no table is a fault. For tables whose
    /// keys are names that the author gives: `[events.implementation]`.
    pub fn named_tables(&self, noun: &'static str) -> Vec<(Value<&'a str>, Self)> {
        self.named(|name, found| {
            let table = self.inner(found, noun);
            if table.is_none() {
                self.findings.report(wrong_type::fault(
                    self.place.span(found.span()),
                    name,
                    "a table",
                    found.get_ref().type_str(),
                ));
            }
            table
        })
    }

    /// Every day or text in this table with its name, in the order of the file; what is neither is a fault.
    pub fn named_days_or_words(&self) -> Vec<(Value<&'a str>, Value<DayOrWords<'a>>)> {
        self.named(|name, found| match as_day(found.get_ref()) {
            Some(day) => Some(self.at(found, DayOrWords::Day(day))),
            None => Some(self.as_text(name, found)?.map(DayOrWords::Words)),
        })
    }

    /// The names in the table under a key, whatever they stand for and in silence.
    pub fn peek_names(&self, key: &str) -> Vec<Value<&'a str>> {
        self.entries
            .get(key)
            .and_then(|found| found.get_ref().as_table())
            .into_iter()
            .flatten()
            .map(|(name, _)| Value {
                value: name.get_ref().as_ref(),
                span: self.place.span(name.span()),
            })
            .collect()
    }

    /// The day under a key, in silence where it is none.
    pub fn peek_day(&self, key: &str) -> Option<Value<NaiveDate>> {
        let found = self.entries.get(key)?;
        Some(self.at(found, as_day(found.get_ref())?))
    }

    /// The earliest of the days that stand in the tables under a key: `[events.implementation]`.
    pub fn peek_first_day(&self, key: &str) -> Option<NaiveDate> {
        let tables = self.entries.get(key)?.get_ref().as_table()?;
        tables
            .iter()
            .filter_map(|(_, table)| table.get_ref().as_table())
            .flatten()
            .filter_map(|(_, value)| as_day(value.get_ref()))
            .min()
    }

    /// Whether a key stands there that may be meant for this one, and is not it.
    pub fn misspells(&self, key: &str) -> bool {
        let mut names = self.entries.iter().map(|(name, _)| name.get_ref());
        names.any(|name| name.as_ref() != key && nearest(name, [key]).is_some())
    }

    /// The keys, of those that were asked for, that are perhaps meant by others that nobody asked for.
    pub fn perhaps_meant(&self) -> BTreeSet<&'static str> {
        let asked = self.asked.borrow();
        let unknown = self.entries.iter().map(|(name, _)| name.get_ref().as_ref());
        let unknown = unknown.filter(|name| !asked.contains(name));
        unknown
            .filter_map(|name| nearest(name, asked.iter().copied()))
            .collect()
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for (key, _) in self.entries {
            let name: &str = key.get_ref();
            if !asked.contains(name) {
                self.findings.report(unknown_key::fault(
                    self.place.span(key.span()),
                    name,
                    self.noun,
                    &asked,
                ));
            }
        }
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key);
        self.entries.get(key)
    }

    /// Reports the key if it is not there.
    pub fn require(&self, key: &'static str) {
        if !self.has(key) {
            self.findings
                .report(missing_key::fault(self.header, key, self.noun));
        }
    }

    fn inner(&self, found: &'a Spanned<DeValue<'a>>, noun: &'static str) -> Option<Self> {
        let entries = found.get_ref().as_table()?;
        let header = self.place.span(found.span());
        Some(Self::root(self.place, self.findings, entries, header, noun))
    }

    fn named<T>(
        &self,
        read: impl Fn(&'a str, &'a Spanned<DeValue<'a>>) -> Option<T>,
    ) -> Vec<(Value<&'a str>, T)> {
        let mut named: Vec<_> = self
            .entries
            .iter()
            .filter_map(|(key, found)| {
                let name: &'a str = key.get_ref();
                let span = self.place.span(key.span());
                Some((Value { value: name, span }, read(name, found)?))
            })
            .collect();
        named.sort_by_key(|(name, _)| name.span.start);
        named
    }

    fn as_text(&self, key: &str, found: &'a Spanned<DeValue<'a>>) -> Option<Value<&'a str>> {
        let text = found.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(key, "a text in quotes", found);
        }
        Some(self.at(found, text?))
    }

    fn at<T>(&self, found: &Spanned<DeValue<'a>>, value: T) -> Value<T> {
        Value {
            value,
            span: self.place.span(found.span()),
        }
    }

    fn wrong_type(&self, key: &str, wanted: &str, found: &Spanned<DeValue<'a>>) {
        self.findings.report(wrong_type::fault(
            self.place.span(found.span()),
            key,
            wanted,
            found.get_ref().type_str(),
        ));
    }
}

fn as_day(value: &DeValue<'_>) -> Option<NaiveDate> {
    let stamp = value.as_datetime()?;
    if stamp.time.is_some() || stamp.offset.is_some() {
        return None;
    }
    let date = stamp.date?;
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}
