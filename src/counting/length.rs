//! A length of time as it is written: `30 days`, `1 year and 6 months`, `10 working days`.

use crate::words::{self, Language, Noun};
use std::fmt;

/// Parts of a length, in the order written: `1 year and 6 months` is two parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Length(pub Vec<(u32, Unit)>);

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 24, 48, 72 hours are days where only days are known.
    Hour,
    /// Every day.
    Day,
    /// Days that a calendar names: working, business, court, school, duty.
    Open(DayKind),
    /// Seven days.
    Week,
    /// A calendar month, clamped to the month's end.
    Month,
    /// The half of a month: fifteen days, counted last.
    HalfMonth,
    /// Three months.
    Quarter,
    /// Twelve months.
    Year,
}

/// A kind of day that a calendar names; a week day needs none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the letters' own words")]
pub enum DayKind {
    Working,
    Business,
    Court,
    School,
    Duty,
    /// Monday to Friday, whatever calendars close: what is left where weekends alone are left out.
    Week,
}

/// Which way days are counted from a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// After the trigger.
    Forward,
    /// Before it.
    Backward,
}

impl DayKind {
    /// Every kind that a calendar may name.
    pub const ALL: [Self; 5] = [
        Self::Working,
        Self::Business,
        Self::Court,
        Self::School,
        Self::Duty,
    ];

    /// A day of that kind.
    pub fn noun(self) -> Noun {
        match self {
            Self::Working => Noun::WorkingDay,
            Self::Business => Noun::BusinessDay,
            Self::Court => Noun::CourtDay,
            Self::School => Noun::SchoolDay,
            Self::Duty => Noun::DutyDay,
            Self::Week => Noun::WeekDay,
        }
    }

    /// The word before `day`, as calendar files write it: `working`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Business => "business",
            Self::Court => "court",
            Self::School => "school",
            Self::Duty => "duty",
            Self::Week => "week",
        }
    }
}

impl Unit {
    /// What is counted.
    pub fn noun(self) -> Noun {
        match self {
            Self::Hour => Noun::Hour,
            Self::Day => Noun::Day,
            Self::Open(kind) => kind.noun(),
            Self::Week => Noun::Week,
            Self::Month => Noun::Month,
            Self::HalfMonth => Noun::HalfMonth,
            Self::Quarter => Noun::Quarter,
            Self::Year => Noun::Year,
        }
    }
}

impl Length {
    /// `1 year and 6 months`, `1 año y 6 meses`.
    pub fn in_words(&self, language: Language) -> String {
        let parts = self.0.iter();
        language.list(parts.map(|(number, unit)| language.count(*number, unit.noun())))
    }
}

impl fmt::Display for Unit {
    /// The singular: `working day`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Open(kind) => return write!(f, "{} day", kind.word()),
            Self::Week => "week",
            Self::Month => "month",
            Self::HalfMonth => "half month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        })
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self
            .0
            .iter()
            .map(|(number, unit)| words::count(*number, &unit.to_string()));
        f.write_str(&words::list(parts))
    }
}
