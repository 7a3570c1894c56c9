//! The periods and the named days that the calendars of a counting list: an office's own, in the order in which they are
//! named.

use super::calendar::HolidayCalendar;
use super::{Counting, OwnUnit, Season, TermKind};
use crate::words;
use chrono::NaiveDate;

/// A holiday or a break, found by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDay {
    /// As the calendar calls it.
    pub name: String,
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// The id of the calendar.
    pub calendar: String,
    /// Where the calendar has it from.
    pub authority: String,
}

impl Counting {
    /// The calendar that lists such periods; `None` where none among the days off does.
    pub fn calendar_of(&self, unit: OwnUnit) -> Option<&HolidayCalendar> {
        self.days_off().find(|calendar| calendar.lists(unit))
    }

    /// The calendar that lists terms called by a season.
    pub fn calendar_of_season(&self, season: Season, kind: TermKind) -> Option<&HolidayCalendar> {
        self.days_off()
            .find(|calendar| calendar.lists_term_of(season, kind))
    }

    /// The fiscal year that is called by the number of a year, by the number of the one in which it begins; without a
    /// calendar that says otherwise a year is called by its end.
    pub fn fiscal_year_called(&self, year: i32) -> i32 {
        self.days_off()
            .find_map(|calendar| calendar.fiscal_year_called(year))
            .unwrap_or(year - 1)
    }

    /// The holidays and breaks of one of these names that begin in a year, in every calendar that has them.
    pub fn named_days(&self, names: &[&str], year: i32) -> Vec<NamedDay> {
        self.days_off()
            .flat_map(|calendar| {
                calendar.named_days(names, year).map(|found| NamedDay {
                    name: found.name,
                    first: found.first,
                    last: found.last,
                    calendar: calendar.id.clone(),
                    authority: found.authority,
                })
            })
            .collect()
    }

    /// What two of its calendars both list, and only one may: pay periods, fiscal years or school years.
    pub fn contradiction(&self) -> Option<String> {
        [OwnUnit::PayPeriod, OwnUnit::FiscalYear, OwnUnit::SchoolYear]
            .into_iter()
            .find_map(|unit| self.listed_twice(unit))
    }

    /// That two of its calendars list such periods, or what they are parts of.
    pub fn listed_twice(&self, unit: OwnUnit) -> Option<String> {
        let unit = match unit {
            OwnUnit::PayDate => OwnUnit::PayPeriod,
            OwnUnit::Term(_) => OwnUnit::SchoolYear,
            unit => unit,
        };
        let mut listing = self.days_off().filter(|calendar| calendar.lists(unit));
        let first = listing.next()?;
        let second = listing.find(|other| other.id != first.id)?;
        Some(format!(
            "`{}` and `{}` both list {}",
            first.id,
            second.id,
            words::plural(unit.noun())
        ))
    }

    /// Whether a calendar has a holiday or a break of one of these names.
    pub fn knows_days(&self, names: &[&str]) -> bool {
        self.days_off().any(|calendar| calendar.knows_days(names))
    }
}
