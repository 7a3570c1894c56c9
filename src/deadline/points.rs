//! One day of a phrase: found from a trigger, a count, a period, or named outright.

use super::Fact;
use super::day_in::lacking;
use super::found::{Context, Found, Missing, named, out_of_range};
use super::limits::Evaluation;
use super::own_stretches::Ahead;
use super::periods::clamped;
use super::stretches::FoundStretch;
use super::weekdays::{day_toward, nearest, nth_weekday};
use crate::counting::{Bound, Direction, Length, Step, the_words};
use crate::language::{Ends, Point, Stretch, Trigger, Which};
use crate::words::Language::{self, English, Spanish};
use crate::words::Sentence;
use chrono::{Datelike, NaiveDate, Weekday};

/// The day of the week that is closest to a day.
fn nearest_to(mut found: Found, weekday: Weekday) -> Result<Found, Missing> {
    let from = found.day;
    let day = nearest(weekday, from).ok_or_else(out_of_range)?;
    found.day = day;
    found.step(
        Sentence::when_read(move |language| {
            let name = language.weekday(weekday);
            let (from, day) = (language.weekday_and_day(from), language.day(day));
            match language {
                English => format!("the {name} closest to {from}: {day}"),
                Spanish => format!("el {name} más próximo al {from}: {day}"),
            }
        }),
        the_words(),
    );
    found.event = false;
    Ok(found)
}

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
                    let name = crate::language::print_day_in(*day, span);
                    Sentence::when_read(move |language| {
                        let day = language.weekday_and_day(in_it.day);
                        match language {
                            English => format!("{name}: {day}"),
                            Spanish => format!("“{name}”: {day}"),
                        }
                    })
                });
                found.step(told, the_words());
                Ok(found)
            }
            Point::Nearest { weekday, to } => {
                let found = self.point(to, context)?;
                nearest_to(found, *weekday)
            }
            Point::NthWeekday {
                nth,
                weekday,
                direction,
                from,
            } => {
                let found = self.point(from, context)?;
                let day = nth_weekday(*nth, *weekday, *direction, found.day);
                let (nth, weekday) = (*nth, *weekday);
                let name = Sentence::when_read(move |language| {
                    let nth = language.ordinal_before(nth);
                    format!("{nth} {}", language.weekday(weekday))
                });
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
                let (month, day) = (*month, *day);
                let name = Sentence::when_read(move |language| language.day_of_month(month, day));
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
            is_least: ends == Ends::Minimum,
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
        let trigger = trigger.clone();
        let text = Sentence::when_read(move |language| {
            let (name, day) = (called(language, &trigger), language.weekday_and_day(day));
            match (projected, language) {
                (true, English) => format!("{name} is expected on {day}"),
                (true, Spanish) => {
                    let name = name.trim_end_matches(',');
                    format!("{name}: se espera para el {day}")
                }
                (false, English) => format!("{name} is {day}"),
                (false, Spanish) => format!("{}: {day}", name.trim_end_matches(',')),
            }
        });
        found.step(text, source);
        Ok(found)
    }

    /// The day that a phrase hangs on where it names none.
    pub(super) fn anchor(&mut self) -> Result<Found, Missing> {
        if let Some(first) = self.question.first {
            let mut found = Found::certain(first);
            found.step(
                Sentence::when_read(move |language| {
                    let first = language.weekday_and_day(first);
                    match language {
                        English => format!("the first is on {first}"),
                        Spanish => format!("la primera vez es el {first}"),
                    }
                }),
                Sentence::written(&[
                    "the first day that the file states",
                    "el primer día que indica el archivo",
                ]),
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
                    let named = Sentence::when_read(move |language| {
                        let day = language.day_of_month(month, day);
                        match language {
                            English => format!("the words name {day}"),
                            Spanish => format!("el texto indica el {day}"),
                        }
                    });
                    found.step(named, the_words());
                    found.step(text, the_words());
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
            text: Sentence::when_read(move |language| {
                let name = language.day_of_month(month, day);
                let (after, found) = (language.day(after), language.weekday_and_day(found));
                match language {
                    English => format!("{name} names no year: the first after {after} is {found}"),
                    Spanish => format!(
                        "el {name} no indica el año: el primero después del {after} es el {found}"
                    ),
                }
            }),
            date: Some(found),
            source: the_words(),
        });
        let mut found = Found {
            steps,
            projected,
            ..Found::certain(found)
        };
        if let Some(text) = lacking(day, found.day) {
            found.step(text, the_words());
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
        let all: Vec<NaiveDate> = found.iter().map(|f| f.day).collect();
        let steps: Vec<Step> = found.iter().flat_map(|f| f.steps.clone()).collect();
        let chosen = match which {
            Which::Earlier => found.into_iter().min_by_key(|f| f.day),
            Which::Later => found.into_iter().max_by_key(|f| f.day),
        };
        let mut chosen = chosen.ok_or(Missing::Waiting)?;
        chosen.steps = steps;
        chosen.projected = projected;
        if all.len() > 1 {
            let day = chosen.day;
            chosen.step(
                Sentence::when_read(move |language| {
                    let all = language.list(all.iter().map(|day| language.day(*day)));
                    let day = language.weekday_and_day(day);
                    match (which, language) {
                        (Which::Earlier, English) => format!("the earlier of {all} is {day}"),
                        (Which::Earlier, Spanish) => format!("de {all}, la primera es el {day}"),
                        (Which::Later, English) => format!("the later of {all} is {day}"),
                        (Which::Later, Spanish) => format!("de {all}, la última es el {day}"),
                    }
                }),
                the_words(),
            );
        }
        if waiting {
            self.warn(Sentence::when_read(move |language| {
                let day = language.day(chosen.day);
                match language {
                    English => format!(
                        "it is no later than {day}, and earlier if what it waits for comes first"
                    ),
                    Spanish => format!(
                        "es a más tardar el {day}, y antes si lo que se espera ocurre primero"
                    ),
                }
            }));
        }
        Ok(chosen)
    }
}

/// A trigger as a sentence speaks of it.
fn called(language: Language, trigger: &Trigger) -> String {
    let plain = |name: &str| name.replace('_', " ");
    match (trigger, language) {
        (Trigger::Event { agreement, event }, _) => {
            let event = match (event.as_str(), language) {
                ("effective", English) => "the effective date".to_owned(),
                ("effective", Spanish) => "la fecha de entrada en vigor".to_owned(),
                ("signing", Spanish) => "la firma".to_owned(),
                ("ratification", Spanish) => "la ratificación".to_owned(),
                // Of the agreement, or of a term.
                ("expiration", Spanish) => "la expiración".to_owned(),
                (event, English | Spanish) => plain(event),
            };
            match (agreement, language) {
                (Some(agreement), English) => format!("{event} of `{agreement}`"),
                (Some(agreement), Spanish) => format!("{event} de `{agreement}`"),
                (None, _) => event,
            }
        }
        (Trigger::Obligation(id), _) => plain(id.as_str()),
        (Trigger::Missed(id), English) => {
            format!("the last day of `{id}`, by which nothing was recorded as done,")
        }
        (Trigger::Missed(id), Spanish) => {
            format!("el último día de `{id}`, hasta el que no consta que se cumpliera,")
        }
        (Trigger::AnyMissed, English) => {
            "the last day of the commitment, by which nothing was recorded as done,".to_owned()
        }
        (Trigger::AnyMissed, Spanish) => {
            "el último día del compromiso, hasta el que no consta que se cumpliera,".to_owned()
        }
    }
}
