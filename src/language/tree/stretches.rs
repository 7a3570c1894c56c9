//! Stretches of days: months and their parts, periods of the calendar, periods of an office's own.

use super::Point;
use crate::counting::{OwnUnit, Season, TermKind};

/// A stretch of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// A month, or a part of one; without a year, the first after the anchor.
    Month {
        /// Which part.
        part: Part,
        /// 1 to 12.
        month: u32,
        /// The year, where one is named.
        year: Option<i32>,
    },
    /// Five days either side.
    About(Point),
    /// The period that holds a day, or one that many after or before it.
    Holding {
        /// The period.
        unit: Period,
        /// 0: the one that holds it; 1: the one after, 2: the second after; below 0: before.
        shift: i32,
        /// The day.
        of: Point,
    },
    /// The nth quarter of a calendar year.
    Quarter {
        /// 1 to 4.
        nth: u32,
        /// The year, where one is named.
        year: Option<i32>,
    },
    /// The first or the second half of a calendar year.
    HalfYear {
        /// 1 or 2.
        nth: u32,
        /// The year, where one is named.
        year: Option<i32>,
    },
    /// A named year: `2026`, `the 2026-27 school year`. The number is the year in which it begins.
    Year(Period, i32),
    /// The nth week of a month: its 1st to 7th, 8th to 14th and so on.
    WeekOf {
        /// From 1; 0 is the last seven days.
        nth: u32,
        /// 1 to 12.
        month: u32,
        /// The year, where one is named.
        year: Option<i32>,
    },
    /// A fiscal year that is called by one number: `FY 2026`. Whether by its first or its last day, its calendar says.
    FiscalYearCalled(i32),
    /// The nth of an office's own periods, or of the weeks of a longer one: `the first pay period in March`, `the third full
    /// pay period after ratification`, `the second week of the school year`.
    NthPeriod {
        /// From 1; 0 is the last.
        nth: u32,
        /// The period.
        unit: Period,
        /// Whether it has to lie in a stretch with all its days; said of a stretch alone.
        whole: bool,
        /// Among which.
        place: Place,
    },
    /// A part of a school year: `the fall semester`, `the second quarter of the 2026-27 school year`.
    Term {
        /// Which.
        which: WhichTerm,
        /// What it is called.
        kind: TermKind,
        /// The year that it is of, where one is named.
        of: Option<Box<Span>>,
    },
    /// A pay period by its number: `pay period 2507`.
    PayPeriodNumber {
        /// The digits of the number.
        number: u32,
        /// The year, where one is named beside it.
        year: Option<i32>,
    },
    /// A holiday or a break by its name: `Labor Day`, `winter break`.
    Named {
        /// Its usual name.
        name: &'static str,
        /// The year, where one is named; else the first after the anchor.
        year: Option<i32>,
    },
}

/// Among which periods the nth is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Those that begin in a stretch.
    In(Box<Span>),
    /// Those that begin after a day.
    After(Point),
    /// Those that begin on a day or after it.
    OnOrAfter(Point),
    /// Those that end before a day, the last one first.
    Before(Point),
    /// The one that begins nearest to a day.
    Nearest(Point),
}

/// Which part of a school year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichTerm {
    /// From 1.
    Nth(u32),
    /// The one that is called by a season.
    Season(Season),
}

/// A part of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// The 1st to the 10th.
    Early,
    /// The 11th to the 20th.
    Mid,
    /// The 21st to the end.
    Late,
    /// The 1st to the 15th.
    FirstHalf,
    /// The 16th to the end.
    SecondHalf,
}

/// A fixed period of the calendar, or of an office's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// January to June, July to December.
    HalfYear,
    /// A calendar year.
    Year,
    /// From the office's calendar.
    FiscalYear,
    /// A quarter of the fiscal year in the office's calendar.
    FiscalQuarter,
    /// From the office's calendar.
    SchoolYear,
    /// From the office's calendar.
    PayPeriod,
    /// The day on which a pay period is paid; from the office's calendar.
    PayDate,
    /// A part of a school year; from the office's calendar.
    Term(TermKind),
    /// Two fiscal years.
    Biennium,
}

impl Period {
    /// What it is called in an office's own calendar, where it is from there.
    pub fn own_unit(self) -> Option<OwnUnit> {
        Some(match self {
            Self::PayPeriod => OwnUnit::PayPeriod,
            Self::PayDate => OwnUnit::PayDate,
            Self::FiscalYear => OwnUnit::FiscalYear,
            Self::SchoolYear => OwnUnit::SchoolYear,
            Self::Term(kind) => OwnUnit::Term(kind),
            _ => return None,
        })
    }
}
