//! One day of a phrase: found from a trigger, a count, a period, or named outright.

use super::Fact;
use super::day_in::lacking;
use super::found::{Context, Found, Missing, named, out_of_range};
use super::limits::Evaluation;
use super::own_stretches::Ahead;
use super::periods::clamped;
use super::stretches::FoundStretch;
use super::weekdays::{day_toward, nearest, nth_weekday};
use crate::counting::{Bound, Direction, Length, Step, THE_WORDS};
use crate::language::{Ends, Point, Stretch, Trigger, Which};
use crate::words;
use chrono::Datelike;

impl Evaluation<'_> {
    pub(super) fn point(&mut self, point: &Point, context: Context) -> Result<Found, Missing> {
        match point {
            Point::Day(day) => Ok(named(*day)),
            Point::Yearless { month, day } => self.yearless(*month, *day, context),
            Point::Anchor => self.anchor(),
            Point::Occasion => context
                .occasion
                .map(Found::certain)
                .ok_or_else(out_of_range),
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
                let mut stretch = self.stretch(span, context)?;
                let mut in_it = self.certain_day_in(*day, stretch.first, stretch.last)?;
                // The first such day after the anchor is not in a month that the anchor is late in, nor in a term that runs.
                if let Some(after) = stretch.first_after.filter(|after| in_it.day < *after) {
                    let next = Context {
                        year: Some(after.year() + 1),
                        ..context
                    };
                    let steps = std::mem::take(&mut stretch.steps);
                    stretch = match span.as_ref() {
                        Stretch::Term { which, kind, of } => {
                            self.term(*which, *kind, of.as_deref(), Ahead::ToBegin, context)?
                        }
                        span => FoundStretch {
                            steps,
                            ..self.stretch(span, next)?
                        },
                    };
                    in_it = self.certain_day_in(*day, stretch.first, stretch.last)?;
                }
                let stretch = stretch.told(span);
                let mut found = Found {
                    steps: stretch.steps,
                    projected: stretch.projected,
                    ..Found::certain(in_it.day)
                };
                let told = in_it.lacking.unwrap_or_else(|| {
                    format!(
                        "{}: {}",
                        crate::language::print_day_in(*day, span),
                        words::weekday_and_day(in_it.day)
                    )
                });
                found.step(told, THE_WORDS);
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
                    THE_WORDS,
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
                let found = self.point(from, context)?;
                let day = nth_weekday(*nth, *weekday, *direction, found.day);
                let name = format!("{} {}", words::ordinal(*nth), words::weekday(*weekday));
                found.beside(&name, *direction, day)
            }
            Point::DayToward {
                month,
                day,
                direction,
                from,
            } => {
                let found = self.point(from, context)?;
                let to = day_toward(*month, *day, *direction, found.day);
                let name = format!("{} {day}", words::month(*month));
                found.beside(&name, *direction, to)
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
        self.spend(length, 1)?;
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
        let counted = counted.map_err(Missing::counting)?;
        let mut steps = from.steps;
        steps.extend(counted.steps);
        self.turns_on(&counted.turned_on);
        Ok(Found {
            day: counted.nominal,
            steps,
            projected: from.projected,
            counted: Some(direction),
            from: Some(from.day),
            event: false,
            before: false,
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
            steps: self.question.facts.steps(trigger),
            ..Found::certain(day)
        };
        let verb = if projected { "is expected on" } else { "is" };
        found.step(
            format!("{} {verb} {}", called(trigger), words::weekday_and_day(day)),
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
            let found = clamped(year, month, day).ok_or_else(out_of_range)?;
            return Ok(match lacking(day, found) {
                Some(text) => {
                    let mut found = Found::certain(found);
                    let named = format!("the words name {} {day}", words::month(month));
                    found.step(named, THE_WORDS);
                    found.step(text, THE_WORDS);
                    found
                }
                None => named(found),
            });
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
            source: THE_WORDS.to_owned(),
        });
        let mut found = Found {
            steps,
            projected,
            ..Found::certain(found)
        };
        if let Some(text) = lacking(day, found.day) {
            found.step(text, THE_WORDS);
        }
        Ok(found)
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
                THE_WORDS,
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
}

/// A trigger as a sentence speaks of it.
fn called(trigger: &Trigger) -> String {
    let plain = |name: &str| name.replace('_', " ");
    match trigger {
        Trigger::Event { agreement, event } => {
            let event = match event.as_str() {
                "effective" => "the effective date".to_owned(),
                event => plain(event),
            };
            match agreement {
                Some(agreement) => format!("{event} of `{agreement}`"),
                None => event,
            }
        }
        Trigger::Obligation(id) => plain(id.as_str()),
        Trigger::Missed(id) => format!("the last day of {}, which was missed,", plain(id.as_str())),
        Trigger::AnyMissed => "the last day of the missed commitment".to_owned(),
    }
}
