//! What a phrase says, without its wording.

mod stretches;
mod walk;

use super::Trigger;
use crate::counting::{Direction, Length};
use chrono::{NaiveDate, Weekday};
pub use stretches::{Part, Period, Place, Span, WhichTerm};

/// What a phrase says: its time limit, and the words that stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The time limit.
    pub limit: Limit,
    /// Hours and brackets, as remarks: `11:59 pm`.
    pub asides: Vec<String>,
    /// A condition in a tail, in its own words: `unless extended by mutual agreement`.
    pub condition: Option<String>,
}

/// A time limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// That day.
    On(Point),
    /// A first day, a last day, or both.
    Window {
        /// The first day.
        opens: Option<Edge>,
        /// The last day.
        due: Option<Edge>,
        /// What sort of limit it is.
        sort: Sort,
    },
    /// A stretch of days that has a name: `February 2000`, `on or about March 1, 2000`.
    During {
        /// The stretch.
        span: Span,
        /// Whether it only has to begin then.
        sort: Sort,
    },
    /// Several days or windows, each owed.
    Several(Vec<Limit>),
    /// It recurs.
    Recurs(Recurrence),
    /// It has no date.
    Undated {
        /// Which wording, in its shortest form.
        wording: Undated,
        /// What it hangs on, where the phrase says so.
        after: Option<Trigger>,
    },
}

/// What sort of limit a window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Something is to be done.
    Act,
    /// Something is to be begun: past it, it is "not started".
    ToBegin,
    /// Something lasts.
    Term,
}

/// An end of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edge {
    /// That day included.
    On(Point),
    /// That day excluded: the day after it for a first day, the day before it for a last.
    Beyond(Point),
    /// A last day of which the words do not say whether it is included: `until D`, `to D`. The counting says it.
    Until(Point),
}

impl Edge {
    /// The day that it speaks of.
    pub fn point(&self) -> &Point {
        match self {
            Self::On(point) | Self::Beyond(point) | Self::Until(point) => point,
        }
    }
}

/// A day, or how one is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    /// A day certain.
    Day(NaiveDate),
    /// A day without a year: the first after the anchor.
    Yearless {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// Where nothing is named: the day on which the agreement takes effect.
    Anchor,
    /// The day of a trigger.
    At(Trigger),
    /// The day of the other series that a limit is counted from, in [`Every::Around`].
    Occasion,
    /// Counted from another day.
    Offset {
        /// How far.
        length: Length,
        /// Which way.
        direction: Direction,
        /// How its ends are counted.
        ends: Ends,
        /// From where.
        from: Box<Point>,
    },
    /// A day of a stretch: `the last day of the month in which ratification occurs`.
    DayOf {
        /// Which day.
        day: DayIn,
        /// Of what.
        span: Box<Span>,
    },
    /// The weekday nearest to a day.
    Nearest {
        /// The weekday.
        weekday: Weekday,
        /// The day.
        to: Box<Point>,
    },
    /// The nth weekday after or before a day: `the first Monday after ratification`.
    NthWeekday {
        /// From 1.
        nth: u32,
        /// The weekday.
        weekday: Weekday,
        /// Which way.
        direction: Direction,
        /// From where; that day itself is not counted.
        from: Box<Point>,
    },
    /// The nearest day of that name after or before another: `January 1 preceding expiration`.
    DayToward {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
        /// Which way.
        direction: Direction,
        /// From where; that day itself is not counted.
        from: Box<Point>,
    },
    /// The first or the last of several.
    Extreme {
        /// Which.
        which: Which,
        /// Two or more.
        of: Vec<Point>,
    },
}

/// How the ends of a count are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// The trigger's day is not counted, the last day is.
    Plain,
    /// The same, and the words ask for at least so much: some rules then count clear days.
    Minimum,
    /// Neither day is counted.
    Clear,
    /// The trigger's day is counted as the first.
    Including,
}

/// The first or the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Which {
    Earlier,
    Later,
}

/// One day of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayIn {
    /// From 1; clamped to the last.
    Nth(u32),
    /// The last.
    Last,
    /// From 1; 0 is the last.
    Weekday(u32, Weekday),
    /// From 1; 0 is the last.
    Open(u32, crate::counting::DayKind),
}

/// Something that recurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// How.
    pub every: Every,
    /// The anchor, where the phrase names one; else the agreement's effective day.
    pub from: Option<Point>,
    /// The last day on which one may fall, where the phrase says so.
    pub until: Option<Edge>,
}

/// How something recurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Every {
    /// On the day: the anchor and each so much after it.
    On(Length),
    /// Once in each running period of that length.
    Within(Length),
    /// Once in each fixed period.
    Each(Period),
    /// Twice in each calendar month: 1st to 15th, 16th to the end.
    HalfMonth,
    /// The named day of every so many months.
    DayOfMonths {
        /// Which day of the month.
        day: DayIn,
        /// How many months apart.
        months: u32,
    },
    /// A weekday of every so many weeks.
    Weekday {
        /// The weekday.
        weekday: Weekday,
        /// How many weeks apart.
        weeks: u32,
    },
    /// The named day of each fixed period: `the last day of each quarter`.
    DayOfEach {
        /// Which day.
        day: DayIn,
        /// Of which period.
        period: Period,
    },
    /// The same day of each year after the anchor: its anniversaries, the first a year after it.
    Anniversary,
    /// What is counted from each day of another series: `within 10 days after the end of each quarter`.
    Around {
        /// Limits that speak of [`Point::Occasion`].
        each: Vec<Limit>,
        /// The other series; where it begins and ends, so does this one.
        of: Box<Recurrence>,
    },
    /// What is said of a year, in each year.
    Yearly {
        /// With days and months that name no year.
        each: Vec<Limit>,
        /// In which years.
        years: Years,
    },
}

/// Years in which something recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Years {
    /// Every year, from the first such day after the anchor.
    All,
    /// From a year on.
    From(i32),
    /// 2025, 2027.
    Odd,
    /// 2024, 2026.
    Even,
}

/// A wording that names no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the wordings")]
pub enum Undated {
    AsSoonAsPossible,
    Promptly,
    Immediately,
    AsNeeded,
    UponRequest,
    Ongoing,
    WithinAReasonableTime,
    Periodically,
    AtATimeToBeAgreed,
    NoTimeStated,
}
