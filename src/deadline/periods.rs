//! Periods of the calendar: their first and last days, and months added with the month's end as the limit.

use crate::language::Period;
use chrono::{Datelike, Days, Months, NaiveDate};

/// The last day of a month.
pub(super) fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    first.checked_add_months(Months::new(1))?.pred_opt()
}

/// A day of a month; where the month lacks it, the month's last day.
pub(super) fn clamped(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| last_of_month(year, month))
}

/// Months forward or back, clamped to the month's end.
pub(super) fn add_months(day: NaiveDate, months: i64) -> Option<NaiveDate> {
    let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 {
        day.checked_sub_months(count)
    } else {
        day.checked_add_months(count)
    }
}

/// Days forward or back.
pub(super) fn add_days(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    if days < 0 {
        day.checked_sub_days(count)
    } else {
        day.checked_add_days(count)
    }
}

/// The fixed period that holds a day, or the one that many after it. `None` for one that only an office's calendar knows.
pub(super) fn holding(
    period: Period,
    day: NaiveDate,
    shift: i64,
) -> Option<(NaiveDate, NaiveDate)> {
    let months = match period {
        Period::Week => {
            let monday = add_days(day, -i64::from(day.weekday().num_days_from_monday()))?;
            let first = add_days(monday, shift.checked_mul(7)?)?;
            return Some((first, add_days(first, 6)?));
        }
        Period::Month => 1,
        Period::Quarter => 3,
        Period::HalfYear => 6,
        Period::Year | Period::FiscalYear | Period::SchoolYear => 12,
        Period::FiscalQuarter
        | Period::PayPeriod
        | Period::PayDate
        | Period::Term(_)
        | Period::Biennium => return None,
    };
    // Fiscal and school years begin in July where no calendar says otherwise.
    let begins = if matches!(period, Period::FiscalYear | Period::SchoolYear) {
        6
    } else {
        0
    };
    let month = i64::from(day.year()) * 12 + i64::from(day.month0()) - begins;
    let first = month - month.rem_euclid(months) + begins + shift.checked_mul(months)?;
    let first_day = NaiveDate::from_ymd_opt(
        i32::try_from(first.div_euclid(12)).ok()?,
        u32::try_from(first.rem_euclid(12)).ok()? + 1,
        1,
    )?;
    Some((first_day, add_months(first_day, months)?.pred_opt()?))
}
