//! Stretches that an office's own calendars know: the nth pay period, a term, a holiday or a break by its name.

use super::found::{Context, Missing, not_listed, out_of_range};
use super::limits::Evaluation;
use super::own_periods::{Held, held};
use super::periods::add_days;
use super::stretches::{FoundStretch, found, found_from};
use crate::counting::{OwnUnit, Step, TermKind};
use crate::language::{Period, Place, Stretch, WhichTerm, names_of};
use crate::words::Language::{English, Spanish};
use crate::words::{self, Noun, Sentence};
use chrono::{Datelike, NaiveDate};

/// How many school years further a term without a year is looked for.
const MOST_YEARS: usize = 3;

/// Which of the terms of one name is looked for, where no year is said.
#[derive(Clone, Copy)]
pub(super) enum Ahead {
    /// The first that has not ended.
    ToEnd,
    /// The first that has not begun: the one that runs began on a day that is past.
    ToBegin,
}

impl Evaluation<'_> {
    /// The nth period among those that begin in a stretch, or after a day, or that end before one.
    pub(super) fn nth_period(
        &mut self,
        nth: u32,
        unit: Period,
        whole: bool,
        place: &Place,
        context: Context,
    ) -> Result<FoundStretch, Missing> {
        let (of, first) = match place {
            Place::In(span) => {
                let stretch = self.stretch(span, context)?;
                let held = self.nth_in(nth, unit, whole, &stretch)?;
                return Ok(FoundStretch {
                    first: held.first,
                    last: held.last,
                    steps: stretch.steps.into_iter().chain(held.step).collect(),
                    projected: stretch.projected,
                    first_after: None,
                    said: true,
                });
            }
            Place::After(point) => {
                let of = self.point(point, context)?;
                let first = self.period_after(unit, of.day)?;
                (of, first)
            }
            Place::OnOrAfter(point) => {
                let of = self.point(point, context)?;
                let before = of.day.pred_opt().ok_or_else(out_of_range)?;
                let first = self.period_after(unit, before)?;
                (of, first)
            }
            Place::Nearest(point) => {
                let of = self.point(point, context)?;
                let before = of.day.pred_opt().ok_or_else(out_of_range)?;
                let after = self.period_after(unit, before)?;
                // The one that holds the day before begins before it; a pay date holds no other day.
                let earlier = match unit {
                    Period::PayDate => self.period_before(unit, of.day),
                    unit => self.period(unit, before, 0),
                };
                let found = match earlier {
                    Ok(held) if (of.day - held.first) <= (after.first - of.day) => held,
                    _ => after,
                };
                return Ok(found_from(of, found));
            }
            Place::Before(point) => {
                let of = self.point(point, context)?;
                let mut found = self.period_before(unit, of.day)?;
                for _ in 1..nth {
                    found = self.period_before(unit, found.first)?;
                }
                return Ok(found_from(of, found));
            }
        };
        let mut found = first;
        for _ in 1..nth {
            found = self.period_after(unit, found.first)?;
        }
        Ok(found_from(of, found))
    }

    /// The nth period that begins in a stretch; the last, for 0.
    fn nth_in(
        &mut self,
        nth: u32,
        unit: Period,
        whole: bool,
        stretch: &FoundStretch,
    ) -> Result<Held, Missing> {
        if unit == Period::Week {
            // The first week is the one in which the stretch begins.
            let mut week = match nth {
                0 => self.period(unit, stretch.last, 0)?,
                nth => self.period(unit, stretch.first, i64::from(nth) - 1)?,
            };
            if week.first > stretch.last {
                return Err(none_in(unit, nth.saturating_sub(1), stretch));
            }
            week.first = week.first.max(stretch.first);
            week.last = week.last.min(stretch.last);
            return Ok(week);
        }
        if nth == 0 {
            let after = stretch.last.succ_opt().ok_or_else(out_of_range)?;
            let mut found = self.period_before(unit, after)?;
            if !whole {
                // One that begins in the stretch and goes on after it.
                if let Ok(next) = self.period_after(unit, found.first)
                    && next.first <= stretch.last
                {
                    found = next;
                }
            }
            return if found.first < stretch.first {
                Err(none_in(unit, 0, stretch))
            } else {
                Ok(found)
            };
        }
        let before = stretch.first.pred_opt().ok_or_else(out_of_range)?;
        let mut found = self.period_after(unit, before)?;
        for reached in 1..nth {
            if found.first > stretch.last {
                return Err(none_in(unit, reached, stretch));
            }
            found = self.period_after(unit, found.first)?;
        }
        if found.first > stretch.last || (whole && found.last > stretch.last) {
            return Err(none_in(unit, nth, stretch));
        }
        Ok(found)
    }

    /// A part of a school year.
    pub(super) fn term(
        &mut self,
        which: WhichTerm,
        kind: TermKind,
        of: Option<&Stretch>,
        ahead: Ahead,
        context: Context,
    ) -> Result<FoundStretch, Missing> {
        let unit = OwnUnit::Term(kind);
        let counting = self.question.counting;
        let calendar = match which {
            WhichTerm::Nth(_) => counting.calendar_of(unit),
            WhichTerm::Season(season) => counting.calendar_of_season(season, kind),
        };
        let calendar = calendar.ok_or_else(|| Missing::Fault(unit.no_calendar()))?;
        let year = match of {
            None => context.year,
            Some(Stretch::Year(Period::Year, year)) => Some(*year),
            Some(of) => {
                let year = self.stretch(of, context)?;
                let found = self.term_of_year(which, kind, year.first, unit)?;
                return Ok(FoundStretch {
                    first: found.first,
                    last: found.last,
                    steps: year.steps.into_iter().chain(found.step).collect(),
                    projected: year.projected,
                    first_after: None,
                    said: true,
                });
            }
        };
        match (which, year) {
            (WhichTerm::Season(season), Some(year)) => {
                let term = calendar
                    .term_of(season, kind, Some(year), NaiveDate::MIN)
                    .ok_or_else(|| {
                        not_listed(Sentence::in_each(|language| {
                            let id = &calendar.id;
                            let (season, kind) = (season.word_in(language), kind.word_in(language));
                            match language {
                                English => format!("`{id}` lists no {season} {kind} of {year}"),
                                Spanish => format!(
                                    "en `{id}` no consta ningún {kind} de {season} de {year}"
                                ),
                            }
                        }))
                    })?;
                Ok(found(held(&term)))
            }
            (WhichTerm::Nth(_), Some(year)) => {
                let year = self.year_beginning_in(Period::SchoolYear, year)?;
                Ok(found(self.term_of_year(which, kind, year.first, unit)?))
            }
            (_, None) => {
                let (after, steps, projected) = self.after_which(context)?;
                let mut year = self.first_of_series(Period::SchoolYear, after)?;
                for _ in 0..MOST_YEARS {
                    if let Ok(term) = self.term_of_year(which, kind, year.first, unit)
                        && after
                            <= match ahead {
                                Ahead::ToEnd => term.last,
                                Ahead::ToBegin => term.first,
                            }
                    {
                        return Ok(FoundStretch {
                            first: term.first,
                            last: term.last,
                            steps: steps.into_iter().chain(term.step).collect(),
                            projected,
                            first_after: Some(after),
                            said: true,
                        });
                    }
                    year = self.next_of_series(Period::SchoolYear, &year)?;
                }
                Err(not_listed(Sentence::in_each(|language| {
                    let (id, kind) = (&calendar.id, kind.word_in(language));
                    let after = language.day(after);
                    match language {
                        English => format!("`{id}` lists no such {kind} after {after}"),
                        Spanish => {
                            format!("en `{id}` no consta ningún {kind} así después del {after}")
                        }
                    }
                })))
            }
        }
    }

    /// The term of the school year that begins on a day; a summer session may follow its last day.
    fn term_of_year(
        &mut self,
        which: WhichTerm,
        kind: TermKind,
        first: NaiveDate,
        unit: OwnUnit,
    ) -> Result<Held, Missing> {
        let calendar = self
            .question
            .counting
            .calendar_of(OwnUnit::SchoolYear)
            .ok_or_else(|| Missing::Fault(unit.no_calendar()))?;
        let next = calendar
            .beginning_after(OwnUnit::SchoolYear, first)
            .map_or(NaiveDate::MAX, |year| year.first);
        let found = match which {
            WhichTerm::Season(season) => first
                .pred_opt()
                .and_then(|before| calendar.term_of(season, kind, None, before)),
            WhichTerm::Nth(nth) => {
                let mut found = first
                    .pred_opt()
                    .and_then(|before| calendar.beginning_after(unit, before));
                for _ in 1..nth {
                    found = found.and_then(|term| calendar.beginning_after(unit, term.first));
                }
                found
            }
        };
        found
            .filter(|term| term.first < next)
            .map(|term| held(&term))
            .ok_or_else(|| {
                not_listed(Sentence::in_each(|language| {
                    let (id, kind) = (&calendar.id, kind.word_in(language));
                    let first = language.day(first);
                    match language {
                        English => format!(
                            "`{id}` lists no such {kind} of the school year that begins on {first}"
                        ),
                        Spanish => format!(
                            "en `{id}` no consta ningún {kind} así del año escolar que comienza el {first}"
                        ),
                    }
                }))
            })
    }

    /// A pay period by its number.
    pub(super) fn pay_period_numbered(
        &mut self,
        number: u32,
        year: Option<i32>,
        context: Context,
    ) -> Result<FoundStretch, Missing> {
        let calendar = self
            .question
            .counting
            .calendar_of(OwnUnit::PayPeriod)
            .ok_or_else(|| Missing::Fault(OwnUnit::PayPeriod.no_calendar()))?;
        let year = year.or(context.year);
        let (after, steps, projected) =
            if year.is_some() || calendar.pay_period_numbers_name_years() {
                (NaiveDate::MIN, Vec::new(), false)
            } else {
                self.after_which(context)?
            };
        let found = calendar
            .pay_period_numbered(number, year, after)
            .ok_or_else(|| {
                not_listed(Sentence::in_each(|language| {
                    let id = &calendar.id;
                    match (year, language) {
                        (Some(year), English) => {
                            format!("`{id}` lists no pay period {number} of {year}")
                        }
                        (Some(year), Spanish) => {
                            format!("en `{id}` no consta el período de pago {number} de {year}")
                        }
                        (None, English) => format!("`{id}` lists no pay period {number}"),
                        (None, Spanish) => {
                            format!("en `{id}` no consta el período de pago {number}")
                        }
                    }
                }))
            })?;
        let found = held(&found);
        Ok(FoundStretch {
            first: found.first,
            last: found.last,
            steps: steps.into_iter().chain(found.step).collect(),
            projected,
            first_after: None,
            said: true,
        })
    }

    /// A holiday or a break, by its name: of a year, or the first after the anchor.
    pub(super) fn named(
        &mut self,
        name: &str,
        year: Option<i32>,
        context: Context,
    ) -> Result<FoundStretch, Missing> {
        if let Some(year) = year.or(context.year) {
            let named = self.named_in(name, year).ok_or_else(|| {
                not_listed(Sentence::in_each(|language| match language {
                    English => format!("no calendar in `days_off` lists {name} of {year}"),
                    Spanish => {
                        format!("en ningún calendario de `days_off` consta “{name}” de {year}")
                    }
                }))
            })?;
            return Ok(found(named));
        }
        let (after, steps, projected) = self.after_which(context)?;
        for year in [after.year() - 1, after.year(), after.year() + 1] {
            // A winter break may have begun in the year before.
            if let Some(named) = self.named_in(name, year)
                && named.last > after
            {
                return Ok(FoundStretch {
                    first: named.first,
                    last: named.last,
                    steps: steps.into_iter().chain(named.step).collect(),
                    projected,
                    first_after: None,
                    said: true,
                });
            }
        }
        Err(not_listed(Sentence::in_each(|language| {
            let after = language.day(after);
            match language {
                English => format!("no calendar in `days_off` lists {name} after {after}"),
                Spanish => format!(
                    "en ningún calendario de `days_off` consta “{name}” después del {after}"
                ),
            }
        })))
    }

    fn named_in(&mut self, name: &str, year: i32) -> Option<Held> {
        let counting = self.question.counting;
        let names = names_of(name);
        let found = counting.named_days(names, year);
        let Some(first) = found.first() else {
            // A district that lists no summer break has one all the same.
            let summer = name == "summer break" && !counting.knows_days(names);
            return summer.then(|| self.summer(year)).flatten();
        };
        if let Some(other) = found
            .iter()
            .find(|other| (other.first, other.last) != (first.first, first.last))
        {
            self.warn(Sentence::in_each(|language| {
                let (name, here, there) = (&first.name, &first.calendar, &other.calendar);
                let days = language.days(first.first, first.last);
                let others = language.days(other.first, other.last);
                match language {
                    English => format!(
                        "{name} is {days} in `{here}` and {others} in `{there}`: the first is taken"
                    ),
                    Spanish => format!(
                        "{name}: {days} en `{here}` y {others} en `{there}`; se toma lo primero"
                    ),
                }
            }));
        }
        Some(Held {
            first: first.first,
            last: first.last,
            step: Some(Step {
                text: Sentence::in_each(|language| {
                    let days = language.weekdays_and_days(first.first, first.last);
                    match language {
                        English => format!("{} is {days}", first.name),
                        Spanish => format!("{}: {days}", first.name),
                    }
                }),
                date: None,
                source: Sentence::verbatim(format!("{}, {}", first.calendar, first.authority)),
            }),
        })
    }

    /// From the end of the school year that ends in a year to the beginning of the next.
    fn summer(&self, year: i32) -> Option<Held> {
        let counting = self.question.counting;
        let calendar = counting.calendar_of(OwnUnit::SchoolYear)?;
        let next = NaiveDate::from_ymd_opt(year, 1, 1)
            .and_then(|day| calendar.beginning_after(OwnUnit::SchoolYear, day));
        let before = next
            .as_ref()
            .and_then(|next| calendar.ending_before(OwnUnit::SchoolYear, next.first));
        let days = before
            .and_then(|year| year.last.succ_opt())
            .zip(next.as_ref().and_then(|next| next.first.pred_opt()));
        let ((first, last), next) = days.zip(next)?;
        (first.year() == year).then(|| Held {
            first,
            last,
            step: Some(Step {
                text: Sentence::in_each(|language| {
                    let days = language.weekdays_and_days(first, last);
                    match language {
                        English => format!("summer is between two school years: {days}"),
                        Spanish => format!("el verano está entre dos años escolares: {days}"),
                    }
                }),
                date: None,
                source: Sentence::verbatim(format!("{}, {}", next.calendar, next.authority)),
            }),
        })
    }

    /// The day after which something without a year is looked for, and where it is from.
    fn after_which(&mut self, context: Context) -> Result<(NaiveDate, Vec<Step>, bool), Missing> {
        if let Some(after) = context.after {
            // That day itself may be the one.
            let before = add_days(after, -1).unwrap_or(after);
            return Ok((before, Vec::new(), false));
        }
        let anchor = self.anchor()?;
        Ok((anchor.day, anchor.steps, anchor.projected))
    }
}

fn none_in(unit: Period, reached: u32, stretch: &FoundStretch) -> Missing {
    not_listed(Sentence::in_each(|language| {
        let noun = match (unit, unit.own_unit(), language) {
            (Period::Week, _, _) => Noun::Week.one(language),
            (_, Some(unit), _) => unit.noun_in(language),
            (_, None, English) => "period",
            (_, None, Spanish) => "período",
        };
        let days = language.days(stretch.first, stretch.last);
        match (reached, language) {
            (0 | 1, English) => format!("no {noun} begins in {days}"),
            (_, English) => format!("too few {} begin in {days}", words::plural(noun)),
            (0 | 1, Spanish) => format!("no comienza nada que sea {noun} en el tramo {days}"),
            (_, Spanish) => format!("no comienzan bastantes períodos ({noun}) en el tramo {days}"),
        }
    }))
}
