//! Weekdays and days of the year that are nearest to another day.

use super::found::{Missing, out_of_range};
use super::periods::{add_days, add_months, clamped};
use crate::counting::Direction;
use chrono::{Datelike, NaiveDate, Weekday};

/// The weekday nearest to a day; three days at most either way, so there is one.
pub(super) fn nearest(weekday: Weekday, to: NaiveDate) -> Option<NaiveDate> {
    (0..=3)
        .flat_map(|days| [add_days(to, days), add_days(to, -days)])
        .flatten()
        .find(|day| day.weekday() == weekday)
}

pub(super) fn nth_weekday(
    nth: u32,
    weekday: Weekday,
    direction: Direction,
    from: NaiveDate,
) -> Option<NaiveDate> {
    let sign = match direction {
        Direction::Forward => 1,
        Direction::Backward => -1,
    };
    let first = (1..=7)
        .filter_map(|days| add_days(from, days * sign))
        .find(|day| day.weekday() == weekday)?;
    add_days(first, (i64::from(nth.max(1)) - 1) * 7 * sign)
}

pub(super) fn day_toward(
    month: u32,
    day: u32,
    direction: Direction,
    from: NaiveDate,
) -> Option<NaiveDate> {
    let years = match direction {
        Direction::Forward => [from.year(), from.year() + 1],
        Direction::Backward => [from.year(), from.year() - 1],
    };
    years
        .into_iter()
        .filter_map(|year| clamped(year, month, day))
        .find(|found| match direction {
            Direction::Forward => *found > from,
            Direction::Backward => *found < from,
        })
}

/// Months after a day, for the series.
pub(super) fn months_after(day: NaiveDate, months: i64) -> Result<NaiveDate, Missing> {
    add_months(day, months).ok_or_else(out_of_range)
}
