//! One day of a phrase: found from a trigger, a count, a period, or named outright.

use super::limits::Evaluation;
use super::periods::{add_days, add_months, clamped};
use super::{Fact, OtherReading};
use crate::counting::{Bound, Direction, Length, Step};
use crate::language::{DayIn, Ends, Point, Trigger, Which};
use crate::words;
use chrono::{Datelike, NaiveDate, Weekday};

/// A day that was found, and how.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) day: NaiveDate,
    pub(super) steps: Vec<Step>,
    pub(super) other_readings: Vec<OtherReading>,
    /// It hangs on a day that is only expected.
    pub(super) projected: bool,
    /// The way that was counted last, where something was counted.
    pub(super) counted: Option<Direction>,
    /// The day that was counted from.
    pub(super) from: Option<NaiveDate>,
    /// It is a trigger's own day: nothing is limited by the calendar.
    pub(super) event: bool,
}

impl Found {
    pub(super) fn certain(day: NaiveDate) -> Self {
        Self {
            day,
            steps: Vec::new(),
            other_readings: Vec::new(),
            projected: false,
            counted: None,
            from: None,
            event: false,
        }
    }

    pub(super) fn step(&mut self, text: impl Into<String>, source: &str) {
        self.steps.push(Step {
            text: text.into(),
            date: Some(self.day),
            source: source.to_owned(),
        });
    }
}

/// Why a day was not found.
#[derive(Clone, Debug)]
pub(super) enum Missing {
    /// A trigger has no day.
    Waiting,
    /// It cannot be worked out.
    Fault(String),
}

/// Which year a day without one is in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// Of a series of years.
    pub(super) year: Option<i32>,
    /// On or after this day: the far end of a window.
    pub(super) after: Option<NaiveDate>,
}

pub(super) const THE_PHRASE: &str = "the phrase";

impl Evaluation<'_> {
    pub(super) fn point(&mut self, point: &Point, context: Context) -> Result<Found, Missing> {
        match point {
            Point::Day(day) => Ok(named(*day)),
            Point::Yearless { month, day } => self.yearless(*month, *day, context),
            Point::Anchor => self.anchor(),
            Point::At(trigger) => self.trigger(trigger),
            Point::Offset {
                length,
                direction,
                ends,
                from,
            } => {
                let from = self.point(from, context)?;
                self.counted(from, length, *direction, *ends)
            }
            Point::DayOf { day, span } => {
                let stretch = self.stretch(span, context)?;
                let found = self.day_in(*day, stretch.first, stretch.last)?;
                let mut found = Found {
                    day: found,
                    steps: stretch.steps,
                    projected: stretch.projected,
                    ..Found::certain(found)
                };
                found.step(
                    format!(
                        "{}: {}",
                        crate::language::print_day_in(*day, span),
                        words::weekday_and_day(found.day)
                    ),
                    THE_PHRASE,
                );
                Ok(found)
            }
            Point::Nearest { weekday, to } => {
                let mut found = self.point(to, context)?;
                let from = found.day;
                found.day = nearest(*weekday, from).ok_or_else(out_of_range)?;
                found.step(
                    format!(
                        "the {} closest to {}: {}",
                        words::weekday(*weekday),
                        words::weekday_and_day(from),
                        words::day(found.day)
                    ),
                    THE_PHRASE,
                );
                found.event = false;
                Ok(found)
            }
            Point::NthWeekday {
                nth,
                weekday,
                direction,
                from,
            } => {
                let mut found = self.point(from, context)?;
                let from = found.day;
                found.day =
                    nth_weekday(*nth, *weekday, *direction, from).ok_or_else(out_of_range)?;
                found.step(
                    format!(
                        "the {} {} {} {}: {}",
                        words::ordinal(*nth),
                        words::weekday(*weekday),
                        toward(*direction),
                        words::day(from),
                        words::day(found.day)
                    ),
                    THE_PHRASE,
                );
                found.event = false;
                Ok(found)
            }
            Point::DayToward {
                month,
                day,
                direction,
                from,
            } => {
                let mut found = self.point(from, context)?;
                let from = found.day;
                found.day = day_toward(*month, *day, *direction, from).ok_or_else(out_of_range)?;
                found.step(
                    format!(
                        "the {} {} {} {}: {}",
                        words::month(*month),
                        day,
                        toward(*direction),
                        words::day(from),
                        words::day(found.day)
                    ),
                    THE_PHRASE,
                );
                found.event = false;
                Ok(found)
            }
            Point::Extreme { which, of } => self.extreme(*which, of, context),
        }
    }

    /// So far from a day.
    fn counted(
        &mut self,
        from: Found,
        length: &Length,
        direction: Direction,
        ends: Ends,
    ) -> Result<Found, Missing> {
        let counting = self.question.counting;
        let counted = match (ends, direction) {
            (Ends::Plain, _) => counting.count(from.day, length, direction, Bound::Limit),
            (Ends::Minimum, _) => counting.count(from.day, length, direction, Bound::Minimum),
            (Ends::Clear, _) => counting.count_clear(from.day, length, direction),
            (Ends::Including, Direction::Backward) => {
                counting.count_inclusive_before(from.day, length)
            }
            (Ends::Including, Direction::Forward) => {
                counting.count_including_first(from.day, length)
            }
        };
        let counted = counted.map_err(|fault| Missing::Fault(fault.to_string()))?;
        let mut steps = from.steps;
        steps.extend(counted.steps);
        let mut other_readings = from.other_readings;
        other_readings.extend(counted.other_readings);
        Ok(Found {
            day: counted.nominal,
            steps,
            other_readings,
            projected: from.projected,
            counted: Some(direction),
            from: Some(from.day),
            event: false,
        })
    }

    /// The day of a trigger, or that it is waited for.
    pub(super) fn trigger(&mut self, trigger: &Trigger) -> Result<Found, Missing> {
        let (day, source, projected) = match self.question.facts.day(trigger) {
            Fact::Known { day, source } => (day, source, false),
            Fact::Expected { day, source } => (day, source, true),
            Fact::Unknown => {
                self.wait(trigger);
                return Err(Missing::Waiting);
            }
        };
        if projected {
            self.wait(trigger);
        }
        let mut found = Found {
            projected,
            event: true,
            ..Found::certain(day)
        };
        let name = trigger.to_string().replace('_', " ");
        let verb = if projected { "is expected on" } else { "is" };
        found.step(
            format!("{name} {verb} {}", words::weekday_and_day(day)),
            &source,
        );
        Ok(found)
    }

    /// The day that a phrase hangs on where it names none.
    pub(super) fn anchor(&mut self) -> Result<Found, Missing> {
        if let Some(first) = self.question.first {
            let mut found = Found::certain(first);
            found.step(
                format!("the first is on {}", words::weekday_and_day(first)),
                "`first` in the file",
            );
            return Ok(found);
        }
        self.trigger(&Trigger::effective())
    }

    fn yearless(&mut self, month: u32, day: u32, context: Context) -> Result<Found, Missing> {
        if let Some(year) = context.year {
            return clamped(year, month, day)
                .map(named)
                .ok_or_else(out_of_range);
        }
        let (after, including, mut steps, projected) = if let Some(after) = context.after {
            (after, true, Vec::new(), false)
        } else {
            let anchor = self.anchor()?;
            (
                anchor.day,
                self.question.first.is_some(),
                anchor.steps,
                anchor.projected,
            )
        };
        let found = (0..=1)
            .filter_map(|more| clamped(after.year() + more, month, day))
            .find(|found| *found > after || (including && *found == after))
            .ok_or_else(out_of_range)?;
        steps.push(Step {
            text: format!(
                "{} {day} names no year: the first after {} is {}",
                words::month(month),
                words::day(after),
                words::weekday_and_day(found)
            ),
            date: Some(found),
            source: THE_PHRASE.to_owned(),
        });
        Ok(Found {
            steps,
            projected,
            ..Found::certain(found)
        })
    }

    fn extreme(&mut self, which: Which, of: &[Point], context: Context) -> Result<Found, Missing> {
        let mut found: Vec<Found> = Vec::new();
        let mut waiting = false;
        for point in of {
            match self.point(point, context) {
                Ok(next) => found.push(next),
                Err(Missing::Waiting) => waiting = true,
                Err(fault) => return Err(fault),
            }
        }
        // Of two of which the later counts nothing can be said before both are known; the earlier is no later than what is known.
        if waiting && (which == Which::Later || found.is_empty()) {
            return Err(Missing::Waiting);
        }
        let projected = found.iter().any(|f| f.projected);
        let all: Vec<String> = found.iter().map(|f| words::day(f.day)).collect();
        let steps: Vec<Step> = found.iter().flat_map(|f| f.steps.clone()).collect();
        let chosen = match which {
            Which::Earlier => found.into_iter().min_by_key(|f| f.day),
            Which::Later => found.into_iter().max_by_key(|f| f.day),
        };
        let mut chosen = chosen.ok_or(Missing::Waiting)?;
        let word = match which {
            Which::Earlier => "earlier",
            Which::Later => "later",
        };
        chosen.steps = steps;
        chosen.projected = projected;
        if all.len() > 1 {
            chosen.step(
                format!(
                    "the {word} of {} is {}",
                    words::list(all),
                    words::weekday_and_day(chosen.day)
                ),
                THE_PHRASE,
            );
        }
        if waiting {
            self.warn(format!(
                "it is no later than {}, and earlier if what it waits for comes first",
                words::day(chosen.day)
            ));
        }
        Ok(chosen)
    }

    /// A day of a stretch.
    pub(super) fn day_in(
        &mut self,
        day: DayIn,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<NaiveDate, Missing> {
        let found = match day {
            DayIn::Last => Some(last),
            DayIn::Nth(nth) => add_days(first, i64::from(nth) - 1).map(|day| day.min(last)),
            DayIn::Weekday(0, weekday) => last
                .succ_opt()
                .and_then(|after| nth_weekday(1, weekday, Direction::Backward, after)),
            DayIn::Weekday(nth, weekday) => first
                .pred_opt()
                .and_then(|before| nth_weekday(nth, weekday, Direction::Forward, before))
                .map(|day| {
                    if day > last {
                        add_days(day, -7).unwrap_or(last)
                    } else {
                        day
                    }
                }),
            DayIn::Open(nth, kind) => {
                let (from, direction) = if nth == 0 {
                    (last.succ_opt(), Direction::Backward)
                } else {
                    (first.pred_opt(), Direction::Forward)
                };
                let length = Length(vec![(nth.max(1), crate::counting::Unit::Open(kind))]);
                let from = from.ok_or_else(out_of_range)?;
                let counted = self
                    .question
                    .counting
                    .count(from, &length, direction, Bound::Limit)
                    .map_err(|fault| Missing::Fault(fault.to_string()))?;
                Some(counted.nominal)
            }
        };
        found.ok_or_else(out_of_range)
    }
}

fn named(day: NaiveDate) -> Found {
    let mut found = Found::certain(day);
    found.step(
        format!("the phrase names {}", words::weekday_and_day(day)),
        THE_PHRASE,
    );
    found
}

pub(super) fn out_of_range() -> Missing {
    Missing::Fault("this leads to no day that can be worked out".to_owned())
}

fn toward(direction: Direction) -> &'static str {
    match direction {
        Direction::Forward => "after",
        Direction::Backward => "before",
    }
}

/// The weekday nearest to a day; three days at most either way, so there is one.
fn nearest(weekday: Weekday, to: NaiveDate) -> Option<NaiveDate> {
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

fn day_toward(month: u32, day: u32, direction: Direction, from: NaiveDate) -> Option<NaiveDate> {
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
