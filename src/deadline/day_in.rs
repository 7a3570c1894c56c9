//! A day of a stretch: its 15th, its last Tuesday, its 5th working day.

use super::found::{Missing, not_listed, out_of_range};
use super::limits::Evaluation;
use super::periods::{add_days, last_of_month};
use super::weekdays::nth_weekday;
use crate::counting::{DayKind, Direction, Length, Unit};
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
    /// The day that words name in a stretch, which is never outside of it; `None` where the stretch has no day of that kind.
    pub(super) fn day_in(
        &self,
        day: DayIn,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<Option<InStretch>, Missing> {
        let wanted = match day {
            DayIn::Last => Some(last),
            DayIn::Nth(nth) => add_days(first, i64::from(nth) - 1),
            DayIn::Weekday(0, weekday) => last_weekday(weekday, last),
            DayIn::Weekday(nth, weekday) => first
                .pred_opt()
                .and_then(|before| nth_weekday(nth, weekday, Direction::Forward, before)),
            DayIn::Open(0, kind) => Some(self.last_open(kind, last)?),
            DayIn::Open(nth, kind) => Some(self.open_day(nth, kind, first)?),
        };
        let wanted = wanted.ok_or_else(out_of_range)?;
        if (first..=last).contains(&wanted) {
            return Ok(Some(InStretch {
                day: wanted,
                lacking: None,
            }));
        }
        let (nth, taken) = match day {
            DayIn::Last => (0, last),
            DayIn::Nth(nth) => (nth, last),
            DayIn::Weekday(nth, weekday) => {
                (nth, last_weekday(weekday, last).ok_or_else(out_of_range)?)
            }
            DayIn::Open(nth, kind) => (nth, self.last_open(kind, last)?),
        };
        if taken < first {
            return Ok(None);
        }
        let is_a_month =
            first.day() == 1 && last_of_month(first.year(), first.month()) == Some(last);
        let of_a_month = matches!(day, DayIn::Nth(_)) && is_a_month;
        // The days of a month are clamped; a day that no week, quarter or year has is none.
        if matches!(day, DayIn::Nth(_)) && !is_a_month {
            let stretch = words::days(first, last);
            return Err(not_listed(format!(
                "there is no {} day in {stretch}",
                words::ordinal(nth)
            )));
        }
        let lacking = if of_a_month {
            lacking(nth, taken)
        } else {
            Some(format!(
                "no {} {} in {}: the last one, {}",
                words::ordinal(nth),
                noun(day),
                words::days(first, last),
                words::weekday_and_day(taken)
            ))
        };
        Ok(Some(InStretch {
            day: taken,
            lacking,
        }))
    }

    /// The same, where a stretch without such a day is nothing that can be counted on.
    pub(super) fn certain_day_in(
        &self,
        day: DayIn,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<InStretch, Missing> {
        self.day_in(day, first, last)?.ok_or_else(|| {
            let stretch = words::days(first, last);
            not_listed(format!("there is no {} in {stretch}", noun(day)))
        })
    }

    /// The nth day of a kind from a day on, that day included, however triggers are counted.
    fn open_day(&self, nth: u32, kind: DayKind, first: NaiveDate) -> Result<NaiveDate, Missing> {
        self.question
            .counting
            .count_including_first(first, &Length(vec![(nth, Unit::Open(kind))]))
            .map(|counted| counted.nominal)
            .map_err(Missing::counting)
    }

    /// The last day of a kind up to a day, that day included, however days before another are counted.
    fn last_open(&self, kind: DayKind, last: NaiveDate) -> Result<NaiveDate, Missing> {
        self.question
            .counting
            .count_inclusive_before(last, &Length(vec![(1, Unit::Open(kind))]))
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

fn noun(day: DayIn) -> String {
    match day {
        DayIn::Last | DayIn::Nth(_) => "day".to_owned(),
        DayIn::Weekday(_, weekday) => words::weekday(weekday).to_owned(),
        DayIn::Open(_, kind) => format!("{} day", kind.word()),
    }
}

fn last_weekday(weekday: chrono::Weekday, last: NaiveDate) -> Option<NaiveDate> {
    nth_weekday(1, weekday, Direction::Backward, last.succ_opt()?)
}
