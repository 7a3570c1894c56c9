//! A holiday that comes every year: on which day, in which years, and on which day it is observed.

use crate::counting::civil;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A holiday that comes every year.
#[derive(Clone, Debug)]
pub(super) struct YearlyRule {
    pub(super) name: String,
    pub(super) day: DaySpec,
    /// The first year; `None`: as far back as anybody counts.
    pub(super) from: Option<i32>,
    /// The last year.
    pub(super) to: Option<i32>,
    pub(super) observed: Observance,
    pub(super) authority: Option<String>,
}

/// Which day of a year it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DaySpec {
    /// `January 1`.
    Fixed { month: u32, day: u32 },
    /// `third Monday of January`.
    Nth {
        nth: u32,
        weekday: Weekday,
        month: u32,
    },
    /// `last Monday of May`.
    Last { weekday: Weekday, month: u32 },
    /// `2 days before Easter`: days after Easter Sunday.
    Easter { offset: i64 },
    /// `day after fourth Thursday of November`: days after another day.
    Offset { offset: i64, day: Box<Self> },
    /// Given year by year.
    Listed(Vec<NaiveDate>),
}

/// On which other day a holiday is off besides, where it falls on a weekend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Observance {
    /// A Saturday's: the Friday before.
    pub(super) saturday_on_friday: bool,
    /// A Saturday's: the Monday after.
    pub(super) saturday_on_monday: bool,
    /// A Sunday's: the Monday after.
    pub(super) sunday_on_monday: bool,
}

impl YearlyRule {
    /// What it is called on `day`, where it is off on it: its own day, or the one on which it is observed.
    pub(super) fn name_on(&self, day: NaiveDate) -> Option<String> {
        if self.falls_on(day) {
            return Some(self.name.clone());
        }
        let away = |offset: i64| shift(day, offset).is_some_and(|other| self.falls_on(other));
        let observed = match day.weekday() {
            Weekday::Fri => self.observed.saturday_on_friday && away(1),
            Weekday::Mon => {
                (self.observed.sunday_on_monday && away(-1))
                    || (self.observed.saturday_on_monday && away(-2))
            }
            _ => false,
        };
        observed.then(|| format!("{}, observed", self.name))
    }

    /// Its own day in a year, wherever it is observed.
    pub(super) fn own_day(&self, year: i32) -> Option<NaiveDate> {
        let holds =
            self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to);
        self.day.in_year(year).filter(|_| holds)
    }

    fn falls_on(&self, day: NaiveDate) -> bool {
        let year = day.year();
        self.from.is_none_or(|from| from <= year)
            && self.to.is_none_or(|to| year <= to)
            && self.day.is(day)
    }
}

impl DaySpec {
    fn is(&self, day: NaiveDate) -> bool {
        match self {
            Self::Listed(days) => days.contains(&day),
            Self::Fixed { month, day: number } => (day.month(), day.day()) == (*month, *number),
            Self::Offset { offset, day: other } => offset
                .checked_neg()
                .and_then(|back| shift(day, back))
                .is_some_and(|day| other.is(day)),
            _ => self.in_year(day.year()) == Some(day),
        }
    }

    fn in_year(&self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Nth {
                nth,
                weekday,
                month,
            } => NaiveDate::from_weekday_of_month_opt(
                year,
                *month,
                *weekday,
                u8::try_from(*nth).ok()?,
            ),
            Self::Last { weekday, month } => {
                let last = civil::last_of_month(year, *month)?;
                let back = (7 + last.weekday().num_days_from_monday()
                    - weekday.num_days_from_monday())
                    % 7;
                last.checked_sub_days(Days::new(u64::from(back)))
            }
            Self::Easter { offset } => shift(civil::easter(year)?, *offset),
            Self::Fixed { month, day } => NaiveDate::from_ymd_opt(year, *month, *day),
            Self::Offset { offset, day } => shift(day.in_year(year)?, *offset),
            Self::Listed(days) => days.iter().copied().find(|day| day.year() == year),
        }
    }
}

fn shift(day: NaiveDate, offset: i64) -> Option<NaiveDate> {
    let days = Days::new(offset.unsigned_abs());
    if offset < 0 {
        day.checked_sub_days(days)
    } else {
        day.checked_add_days(days)
    }
}
