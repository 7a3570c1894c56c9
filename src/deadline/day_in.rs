//! A day of a stretch: its 15th, its last Tuesday, its 5th working day.

use super::found::{Missing, not_listed, out_of_range};
use super::limits::Evaluation;
use super::periods::{add_days, last_of_month};
use super::weekdays::nth_weekday;
use crate::counting::{DayKind, Direction, Length, Unit};
use crate::language::DayIn;
use crate::words::Language::{self, English, Spanish};
use crate::words::{Noun, Sentence};
use chrono::{Datelike, NaiveDate};

/// The day that was found in a stretch.
pub(super) struct InStretch {
    pub(super) day: NaiveDate,
    /// That the stretch has no such day, and which was taken: its last.
    pub(super) lacking: Option<Sentence>,
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
            return Err(not_listed(Sentence::when_read(move |language| {
                let stretch = language.days(first, last);
                let nth = language.ordinal(nth);
                match language {
                    English => format!("there is no {nth} day in {stretch}"),
                    Spanish => format!("no hay un {nth} día en el tramo {stretch}"),
                }
            })));
        }
        let lacking = if of_a_month {
            lacking(nth, taken)
        } else {
            Some(Sentence::when_read(move |language| {
                let (nth, noun) = (language.ordinal_before(nth), noun(language, day));
                let stretch = language.days(first, last);
                let taken = language.weekday_and_day(taken);
                match language {
                    English => format!("no {nth} {noun} in {stretch}: the last one, {taken}"),
                    Spanish => {
                        format!("no hay {nth} {noun} en el tramo {stretch}: el último, {taken}")
                    }
                }
            }))
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
            not_listed(Sentence::when_read(move |language| {
                let (noun, stretch) = (noun(language, day), language.days(first, last));
                match language {
                    English => format!("there is no {noun} in {stretch}"),
                    Spanish => format!("no hay ningún {noun} en el tramo {stretch}"),
                }
            }))
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
pub(super) fn lacking(wanted: u32, taken: NaiveDate) -> Option<Sentence> {
    (taken.day() != wanted).then(|| {
        Sentence::when_read(move |language| {
            let (month, taken) = (language.month(taken.month()), language.day(taken));
            match language {
                English => format!("no {wanted} {month}: {taken}"),
                Spanish => format!("{month} no tiene día {wanted}: {taken}"),
            }
        })
    })
}

fn noun(language: Language, day: DayIn) -> &'static str {
    match day {
        DayIn::Last | DayIn::Nth(_) => Noun::Day.one(language),
        DayIn::Weekday(_, weekday) => language.weekday(weekday),
        DayIn::Open(_, kind) => kind.noun().one(language),
    }
}

fn last_weekday(weekday: chrono::Weekday, last: NaiveDate) -> Option<NaiveDate> {
    nth_weekday(1, weekday, Direction::Backward, last.succ_opt()?)
}
