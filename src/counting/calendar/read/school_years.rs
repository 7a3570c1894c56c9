//! Reads the school years and the fiscal year of a calendar file.

use super::Reader;
use crate::counting::calendar::DaySpec;
use crate::counting::calendar::fiscal_year::{CalledBy, FiscalYear};
use crate::counting::calendar::school_years::{SchoolYear, Term, TermKind};
use crate::words;
use chrono::{Datelike, NaiveDate};
use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;

const KEYS: [&str; 4] = ["first", "last", "terms", "authority"];
const TERM_KEYS: [&str; 3] = ["name", "first", "last"];
const FISCAL_KEYS: [&str; 3] = ["begins", "called_by", "authority"];
/// The longest school year, in days.
const LONGEST: i64 = 366;
/// The longest time between two school years, in days: more is a year that is missing.
const LONGEST_GAP: i64 = 240;

impl Reader {
    /// The school years, in the order of their days.
    pub(super) fn school_years(&mut self, table: &DeTable<'_>) -> Vec<SchoolYear> {
        let mut all: Vec<SchoolYear> = Vec::new();
        let faults = self.faults.len();
        let read = self.each(table, "school_years", Self::school_year);
        // One that cannot be read leaves a gap that is none.
        let all_were_read = self.faults.len() == faults;
        for (year, first) in read {
            if let Some(before) = all.last()
                && let Some((message, help)) = out_of_order(before, &year, all_were_read)
            {
                self.fault(first, message, Some(&help));
                continue;
            }
            all.push(year);
        }
        all
    }

    fn school_year(
        &mut self,
        table: &DeTable<'_>,
        range: &Range<usize>,
    ) -> Option<(SchoolYear, Range<usize>)> {
        self.keys(table, &KEYS);
        let authority = table.get("authority").and_then(|value| self.text(value));
        let days = self.first_and_last(
            table,
            range,
            "a school year has its first and its last day of school",
            "first = 2026-08-17 and last = 2027-06-04",
        );
        let (first, last) = days?;
        if last.signed_duration_since(first).num_days() >= LONGEST {
            self.fault(
                table.get("last").map_or(range.clone(), Spanned::span),
                "a school year is no longer than a year",
                Some("correct its first or its last day"),
            );
            return None;
        }
        let mut year = SchoolYear {
            first,
            last,
            terms: Vec::new(),
            authority,
        };
        for (term, range) in self.each(table, "terms", Self::term) {
            if let Some((message, help)) = misplaced(&term, &year) {
                self.fault(range, message, Some(&help));
                continue;
            }
            year.terms.push(term);
        }
        Some((
            year,
            table.get("first").map_or(range.clone(), Spanned::span),
        ))
    }

    fn term(&mut self, table: &DeTable<'_>, range: &Range<usize>) -> Option<(Term, Range<usize>)> {
        self.keys(table, &TERM_KEYS);
        let name = if let Some(value) = table.get("name") {
            self.text(value).map(|name| (name, value.span()))
        } else {
            self.fault(
                range.clone(),
                "a term has a name",
                Some("name = \"Fall semester\""),
            );
            None
        };
        let days = self.first_and_last(
            table,
            range,
            "a term has its first and its last day",
            "first = 2026-08-17 and last = 2026-12-18",
        );
        let ((name, at), (first, last)) = name.zip(days)?;
        let word = name.split_whitespace().last().unwrap_or_default();
        let kind = TermKind::ALL
            .into_iter()
            .find(|kind| kind.word().eq_ignore_ascii_case(word));
        let Some(kind) = kind else {
            let kinds = TermKind::ALL.map(|kind| format!("`{}`", kind.word()));
            self.fault(
                at,
                format!("a term's name ends with {}", words::either(kinds)),
                Some(&format!("name = \"{name} semester\"")),
            );
            return None;
        };
        let range = table.get("first").map_or(range.clone(), Spanned::span);
        Some((
            Term {
                name,
                kind,
                first,
                last,
            },
            range,
        ))
    }

    /// The fiscal year.
    pub(super) fn fiscal_year(&mut self, table: &DeTable<'_>) -> Option<FiscalYear> {
        let value = table.get("fiscal_year")?;
        let Some(table) = value.get_ref().as_table() else {
            self.fault(
                value.span(),
                "`fiscal_year` is a table",
                Some("[fiscal_year] with `begins = \"July 1\"`"),
            );
            return None;
        };
        self.keys(table, &FISCAL_KEYS);
        let authority = table.get("authority").and_then(|value| self.text(value));
        let called_by = table
            .get("called_by")
            .and_then(|value| {
                self.choice(
                    value,
                    &[
                        ("last_day", CalledBy::LastDay),
                        ("first_day", CalledBy::FirstDay),
                    ],
                )
            })
            .unwrap_or_default();
        let Some(begins) = table.get("begins") else {
            self.fault(
                value.span(),
                "a fiscal year has the day on which it begins",
                Some("begins = \"July 1\""),
            );
            return None;
        };
        let fixed = match begins.get_ref().as_str() {
            Some(text) => crate::counting::calendar::day_words::parse(text),
            None => None,
        };
        let Some(DaySpec::Fixed {
            month,
            day: day @ 1..=28,
        }) = fixed
        else {
            self.fault(
                begins.span(),
                "expected a day of a month that every year has, no later than the 28th",
                Some("begins = \"July 1\""),
            );
            return None;
        };
        Some(FiscalYear {
            month,
            day,
            called_by,
            authority,
        })
    }

    fn first_and_last(
        &mut self,
        table: &DeTable<'_>,
        range: &Range<usize>,
        message: &str,
        help: &str,
    ) -> Option<(NaiveDate, NaiveDate)> {
        let (Some(first), Some(last)) = (table.get("first"), table.get("last")) else {
            self.fault(range.clone(), message, Some(help));
            return None;
        };
        // Both are read, so that both may be told.
        let (first_day, last_day) = (self.date(first), self.date(last));
        let (first_day, last_day) = first_day.zip(last_day)?;
        if last_day < first_day {
            self.fault(
                last.span(),
                "it ends before it begins",
                Some("swap `first` and `last`, or correct one"),
            );
            return None;
        }
        Some((first_day, last_day))
    }
}

/// What is wrong with a school year after another.
fn out_of_order(
    before: &SchoolYear,
    year: &SchoolYear,
    all_were_read: bool,
) -> Option<(String, String)> {
    if year.first <= before.last {
        let message = if year.last < before.first {
            "it lies before the school year above it".to_owned()
        } else {
            format!(
                "it overlaps the school year above it, which ends on {}",
                words::day(before.last)
            )
        };
        let help = "list the school years in their order, each with its own days".to_owned();
        return Some((message, help));
    }
    if year.first.year() == before.first.year() {
        return Some((
            format!("two school years begin in {}", year.first.year()),
            "`first` is the first day of the school year, even where it is past; correct one"
                .to_owned(),
        ));
    }
    let gap = year.first.signed_duration_since(before.last).num_days();
    (all_were_read && gap > LONGEST_GAP).then(|| {
        (
            format!(
                "no school year is listed between {} and {}",
                words::day(before.last),
                words::day(year.first)
            ),
            "list the one that is missing".to_owned(),
        )
    })
}

/// What is wrong with a term of a school year, after those before it.
fn misplaced(term: &Term, year: &SchoolYear) -> Option<(String, String)> {
    let days = words::days(year.first, year.last);
    // A summer session follows the year that it belongs to.
    let beyond = term.kind != TermKind::Session && year.last < term.last;
    if term.first < year.first || beyond {
        return Some((
            format!("`{}` reaches outside its school year, {days}", term.name),
            "correct its days, or the school year's".to_owned(),
        ));
    }
    let other = year.terms.iter().find(|other| {
        other.kind == term.kind && (term.first <= other.last || other.name == term.name)
    })?;
    let message = if other.name == term.name {
        format!("there are two terms called `{}`", term.name)
    } else {
        format!(
            "`{}` begins before `{}` has ended, on {}",
            term.name,
            other.name,
            words::day(other.last)
        )
    };
    Some((
        message,
        "list the terms of a kind in their order, each with its own days".to_owned(),
    ))
}
