//! Arithmetic on civil days: no zone, no calendar of days off.

use super::rules::Months;
use super::{CountingFault, Direction};
use chrono::{Datelike, Days, NaiveDate};

/// The years that days are worked out in: those that `YYYY-MM-DD` can write.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1..=9999;

/// A month reached, and what became of the day.
pub(super) struct MonthReached {
    pub(super) day: NaiveDate,
    /// `31 April`, where the month lacks the day.
    pub(super) missing: Option<(u32, u32)>,
}

/// The day `number` days away.
pub(super) fn add_days(
    day: NaiveDate,
    number: u64,
    direction: Direction,
) -> Result<NaiveDate, CountingFault> {
    let reached = match direction {
        Direction::Forward => day.checked_add_days(Days::new(number)),
        Direction::Backward => day.checked_sub_days(Days::new(number)),
    };
    in_range(reached)
}

/// The same number of the month `number` months away.
pub(super) fn add_months(
    day: NaiveDate,
    number: u64,
    direction: Direction,
    rule: Months,
) -> Result<MonthReached, CountingFault> {
    let number = i64::try_from(number).map_err(|_| CountingFault::OutOfRange)?;
    let signed = match direction {
        Direction::Forward => number,
        Direction::Backward => -number,
    };
    let months = (i64::from(day.year()) * 12 + i64::from(day.month0()))
        .checked_add(signed)
        .ok_or(CountingFault::OutOfRange)?;
    let year = i32::try_from(months.div_euclid(12)).map_err(|_| CountingFault::OutOfRange)?;
    let month = u32::try_from(months.rem_euclid(12)).map_err(|_| CountingFault::OutOfRange)? + 1;
    if let Some(same) = NaiveDate::from_ymd_opt(year, month, day.day()) {
        return in_range(Some(same)).map(|day| MonthReached { day, missing: None });
    }
    let last = in_range(last_of_month(year, month))?;
    let reached = match rule {
        Months::Clamp => last,
        Months::Spill => add_days(last, 1, Direction::Forward)?,
    };
    Ok(MonthReached {
        day: reached,
        missing: Some((day.day(), month)),
    })
}

/// The day 365 days away for each year, 28 and 29 February reckoned together as one day.
///
/// So every year is as long as any other, and the day reached is the anniversary; the only difference is a count
/// forward that ends on 28 February of a leap year, a day that lasts to the end of the 29th.
pub(super) fn add_folded_years(
    day: NaiveDate,
    years: u64,
    direction: Direction,
) -> Result<NaiveDate, CountingFault> {
    let anniversary = add_months(day, years.saturating_mul(12), direction, Months::Clamp)?.day;
    let folded = (direction == Direction::Forward
        && (anniversary.month(), anniversary.day()) == (2, 28))
        .then(|| NaiveDate::from_ymd_opt(anniversary.year(), 2, 29))
        .flatten();
    Ok(folded.unwrap_or(anniversary))
}

/// Whether a day is the last of its month.
pub(super) fn is_last_of_month(day: NaiveDate) -> bool {
    last_of_month(day.year(), day.month()) == Some(day)
}

/// The last day of a month.
pub(super) fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    (28..=31)
        .rev()
        .find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
}

/// Easter Sunday in the Gregorian calendar, by the anonymous computation of 1876.
pub(super) fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, in_century) = (year.div_euclid(100), year.rem_euclid(100));
    let moon_correction = (8 * century + 13) / 25;
    let full_moon = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    let to_sunday =
        (32 + 2 * (century % 4) + 2 * (in_century / 4) - full_moon - in_century % 4).rem_euclid(7);
    let correction = (golden + 11 * full_moon + 22 * to_sunday) / 451;
    let days = full_moon + to_sunday - 7 * correction + 114;
    let (month, day) = (days / 31, days % 31 + 1);
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

fn in_range(day: Option<NaiveDate>) -> Result<NaiveDate, CountingFault> {
    day.filter(|day| YEARS.contains(&day.year()))
        .ok_or(CountingFault::OutOfRange)
}
