//! A length of time as it is written: `30 days`, `1 year and 6 months`, `10 working days`.

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

/// A kind of day that a calendar names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the letters' own words")]
pub enum DayKind {
    Working,
    Business,
    Court,
    School,
    Duty,
}

/// Which way days are counted from a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// After the trigger.
    Forward,
    /// Before it.
    Backward,
}
