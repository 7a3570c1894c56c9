//! A day of a stretch: its 15th, its last Tuesday, its 5th working day.

use super::found::{Missing, not_listed, out_of_range};
use super::limits::Evaluation;
use super::periods::{add_days, last_of_month};
use super::weekdays::nth_weekday;
use crate::counting::{Direction, Length, Unit};
use crate::language::DayIn;
use crate::words;
use chrono::{Datelike, NaiveDate};

/// The day that was found in a stretch.
pub(super) struct InStretch {
    pub(super) day: NaiveDate,
    /// That the stretch has no such day, and which was taken: its last.
    pub(super) lacking: Option<String>,
}

impl Evaluation<'_> {
    /// The day that words name in a stretch, which is never outside of it.
    pub(super) fn day_in(
        &self,
        day: DayIn,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<InStretch, Missing> {
        let (wanted, name) = match day {
            DayIn::Last => (Some(last), String::new()),
            DayIn::Nth(nth) => (add_days(first, i64::from(nth) - 1), "day".to_owned()),
            DayIn::Weekday(nth, weekday) => {
                let wanted = match nth {
                    0 => last_weekday(weekday, last),
                    nth => first
                        .pred_opt()
                        .and_then(|before| nth_weekday(nth, weekday, Direction::Forward, before)),
                };
                (wanted, words::weekday(weekday).to_owned())
            }
            DayIn::Open(nth, kind) => {
                let wanted = match nth {
                    0 => self.last_open(Unit::Open(kind), last)?,
                    nth => self.open_day(nth, Unit::Open(kind), first)?,
                };
                (Some(wanted), format!("{} day", kind.word()))
            }
        };
        let wanted = wanted.ok_or_else(out_of_range)?;
        if (first..=last).contains(&wanted) {
            return Ok(InStretch {
                day: wanted,
                lacking: None,
            });
        }
        let stretch = words::days(first, last);
        let (nth, taken) = match day {
            DayIn::Last => (0, Some(last)),
            DayIn::Nth(nth) => (nth, Some(last)),
            DayIn::Weekday(nth, weekday) => (nth, last_weekday(weekday, last)),
            DayIn::Open(nth, kind) => (nth, Some(self.last_open(Unit::Open(kind), last)?)),
        };
        let taken = taken
            .filter(|taken| *taken >= first)
            .ok_or_else(|| not_listed(format!("there is no {name} in {stretch}")))?;
        let is_a_month =
            first.day() == 1 && last_of_month(first.year(), first.month()) == Some(last);
        let of_a_month = matches!(day, DayIn::Nth(_)) && is_a_month;
        Ok(InStretch {
            day: taken,
            lacking: if of_a_month {
                lacking(nth, taken)
            } else {
                Some(format!(
                    "no {} {name} in {stretch}: the last one, {}",
                    words::ordinal(nth),
                    words::weekday_and_day(taken)
                ))
            },
        })
    }

    /// The nth day of a kind from a day on, that day included, however triggers are counted.
    fn open_day(&self, nth: u32, unit: Unit, first: NaiveDate) -> Result<NaiveDate, Missing> {
        self.question
            .counting
            .count_including_first(first, &Length(vec![(nth, unit)]))
            .map(|counted| counted.nominal)
            .map_err(Missing::counting)
    }

    /// The last day of a kind up to a day, that day included, however days before another are counted.
    fn last_open(&self, unit: Unit, last: NaiveDate) -> Result<NaiveDate, Missing> {
        self.question
            .counting
            .count_inclusive_before(last, &Length(vec![(1, unit)]))
            .map(|counted| counted.nominal)
            .map_err(Missing::counting)
    }
}

/// That the month of a day lacks the one that was asked for, and so its last was taken.
pub(super) fn lacking(wanted: u32, taken: NaiveDate) -> Option<String> {
    (taken.day() != wanted).then(|| {
        format!(
            "no {wanted} {}: {}",
            words::month(taken.month()),
            words::day(taken)
        )
    })
}

fn last_weekday(weekday: chrono::Weekday, last: NaiveDate) -> Option<NaiveDate> {
    nth_weekday(1, weekday, Direction::Backward, last.succ_opt()?)
}
