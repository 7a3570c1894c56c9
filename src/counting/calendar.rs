//! A calendar: which weekdays are off, which holidays by which rule and in which years, and single days by order; and an
//! office's own periods: pay periods, the fiscal year, school years with their terms.

mod day_words;
mod fiscal_year;
mod named_days;
mod own_periods;
mod pay_dates;
mod pay_periods;
mod read;
mod school_years;
#[cfg(test)]
mod tests;
mod yearly;

pub use own_periods::{OwnPeriod, OwnUnit};
pub use read::CalendarFault;
pub use school_years::{Season, TermKind};

use fiscal_year::FiscalYear;
use pay_periods::PayPeriods;
use school_years::SchoolYear;
use yearly::{DaySpec, Observance, YearlyRule};

use super::DayKind;
use chrono::{Datelike, NaiveDate, Weekday};

/// A calendar of days off, and of an office's own periods. Called by its id: `us_federal`.
#[derive(Clone, Debug)]
pub struct HolidayCalendar {
    /// What agreements call it: a built-in name, or the stem of a file in `calendars/`.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The statute, the article, the board's decision.
    pub authority: String,
    /// Whose days these are.
    pub level: Level,
    /// The first year that somebody checked it for; what lies before is provisional. `None`: all that lies back.
    pub reviewed_from: Option<i32>,
    /// The last year that somebody checked it for; what lies beyond is provisional. `None`: it has no horizon.
    pub reviewed_to: Option<i32>,
    /// The weekdays that are off.
    pub weekdays_off: Vec<Weekday>,
    /// The kinds of day that it names. Empty: it closes days for every kind and names none.
    pub names: Vec<DayKind>,
    rules: Vec<YearlyRule>,
    exceptions: Vec<Exception>,
    pay_periods: Option<PayPeriods>,
    fiscal_year: Option<FiscalYear>,
    /// In the order of their days; empty where it lists none.
    school_years: Vec<SchoolYear>,
}

/// Whose days a calendar lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Of no one government: weekends, an employer's own list.
    General,
    /// Of a nation.
    National,
    /// Of a state. Some counts backward pass over these.
    State,
}

/// Days that were off, or open, by a single act.
#[derive(Clone, Debug)]
struct Exception {
    first: NaiveDate,
    last: NaiveDate,
    name: String,
    authority: Option<String>,
    off: bool,
}

/// Why a day is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayOff {
    /// The weekday's name, or the holiday's: `Saturday`, `Thanksgiving Day`.
    pub name: String,
    /// The id of the calendar that says so.
    pub calendar: String,
    /// Where the calendar has it from.
    pub authority: String,
    /// Whether it is off as a weekday or as a holiday.
    pub kind: DayOffKind,
}

/// As what a day is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOffKind {
    /// Every such day of the week is off.
    Weekday,
    /// This day is off.
    Holiday,
}

impl HolidayCalendar {
    /// Why a day is off here; `None`: it is open.
    pub fn day_off(&self, day: NaiveDate) -> Option<DayOff> {
        let exception = self
            .exceptions
            .iter()
            .find(|exception| (exception.first..=exception.last).contains(&day));
        if let Some(exception) = exception {
            return exception
                .off
                .then(|| self.holiday(exception.name.clone(), exception.authority.as_deref()));
        }
        let holiday = self.rules.iter().find_map(|rule| {
            let name = rule.name_on(day)?;
            Some(self.holiday(name, rule.authority.as_deref()))
        });
        holiday.or_else(|| self.weekday_off(day))
    }

    /// Whether a day is off as a day of the week.
    pub fn weekday_off(&self, day: NaiveDate) -> Option<DayOff> {
        self.weekdays_off.contains(&day.weekday()).then(|| DayOff {
            name: crate::words::weekday(day.weekday()).to_owned(),
            calendar: self.id.clone(),
            authority: self.authority.clone(),
            kind: DayOffKind::Weekday,
        })
    }

    /// Whether somebody checked the calendar for the year of `day`.
    pub fn is_reviewed(&self, day: NaiveDate) -> bool {
        !self.is_too_early(day) && self.reviewed_to.is_none_or(|last| day.year() <= last)
    }

    /// Whether a day lies before the first year that somebody checked the calendar for.
    pub fn is_too_early(&self, day: NaiveDate) -> bool {
        self.reviewed_from.is_some_and(|first| day.year() < first)
    }

    fn holiday(&self, name: String, authority: Option<&str>) -> DayOff {
        DayOff {
            name,
            calendar: self.id.clone(),
            authority: authority.unwrap_or(&self.authority).to_owned(),
            kind: DayOffKind::Holiday,
        }
    }
}
