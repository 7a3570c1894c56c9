//! Stretches of days: parts of months, quarters, years, the period that holds a day.

mod told;

use super::found::{Context, Found, Missing, out_of_range};
use super::limits::Evaluation;
use super::own_periods::Held;
use super::periods::{add_days, last_of_month};
use crate::counting::OwnUnit;
use crate::counting::Step;
use crate::language::{Part, Period, Stretch};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::{Datelike, NaiveDate};

/// A stretch that was found.
pub(super) struct FoundStretch {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) steps: Vec<Step>,
    pub(super) projected: bool,
    /// The day that it was looked for from, where it names no year.
    pub(super) first_after: Option<NaiveDate>,
    /// Whether a step says already from which day to which it runs: an office's calendar lists it.
    pub(super) said: bool,
}

impl FoundStretch {
    /// Says which days its name means, unless everybody knows them.
    pub(super) fn told(mut self, span: &Stretch) -> Self {
        if !self.said && !told::goes_without_saying(span) {
            let step = told::step(span, &self);
            self.steps.push(step);
        }
        self
    }

    /// Says which days they are, as a window.
    pub(super) fn told_as_window(mut self, span: &Stretch) -> Self {
        if !self.said {
            let step = told::step(span, &self);
            self.steps.push(step);
        }
        self
    }
}

impl Evaluation<'_> {
    pub(super) fn stretch(
        &mut self,
        span: &Stretch,
        context: Context,
    ) -> Result<FoundStretch, Missing> {
        match span {
            Stretch::Month { part, month, year } => {
                self.in_year(*year, context, |year| part_of_month(*part, year, *month))
            }
            Stretch::Quarter { nth, year } => self.in_year(*year, context, |year| {
                let first = NaiveDate::from_ymd_opt(year, nth * 3 - 2, 1)?;
                Some((first, last_of_month(year, nth * 3)?))
            }),
            Stretch::HalfYear { nth, year } => self.in_year(*year, context, |year| {
                let first = NaiveDate::from_ymd_opt(year, nth * 6 - 5, 1)?;
                Some((first, last_of_month(year, nth * 6)?))
            }),
            Stretch::WeekOf { nth, month, year } => self.in_year(*year, context, |year| {
                let last = last_of_month(year, *month)?;
                if *nth == 0 {
                    return Some((add_days(last, -6)?, last));
                }
                let first =
                    NaiveDate::from_ymd_opt(year, *month, (nth - 1) * 7 + 1).unwrap_or(last);
                Some((first, add_days(first, 6)?.min(last)))
            }),
            Stretch::About(point) => {
                let about = self.point(point, context)?;
                let first = add_days(about.day, -5).ok_or_else(out_of_range)?;
                let last = add_days(about.day, 5).ok_or_else(out_of_range)?;
                Ok(FoundStretch {
                    first,
                    last,
                    steps: about.steps,
                    projected: about.projected,
                    first_after: None,
                    said: false,
                })
            }
            Stretch::Holding { unit, shift, of } => {
                let of = self.point(of, context)?;
                let held = self.period(*unit, of.day, i64::from(*shift))?;
                Ok(found_from(of, held))
            }
            Stretch::Year(period, year) => Ok(found(self.year_beginning_in(*period, *year)?)),
            Stretch::FiscalYearCalled(year) => {
                let counting = self.question.counting;
                if counting.calendar_of(OwnUnit::FiscalYear).is_none() {
                    self.warn(Sentence::in_each(|language| match language {
                        English => format!(
                            "no calendar says whether fiscal year {year} begins or ends in {year}: read as the one that ends in it"
                        ),
                        Spanish => format!(
                            "ningún calendario indica si el año fiscal {year} comienza o termina en {year}: se entiende el que termina en él"
                        ),
                    }));
                }
                let begins = counting.fiscal_year_called(*year);
                Ok(found(self.year_beginning_in(Period::FiscalYear, begins)?))
            }
            Stretch::NthPeriod {
                nth,
                unit,
                whole,
                place,
            } => self.nth_period(*nth, *unit, *whole, place, context),
            Stretch::Term { which, kind, of } => self.term(*which, *kind, of.as_deref(), context),
            Stretch::PayPeriodNumber { number, year } => {
                self.pay_period_numbered(*number, *year, context)
            }
            Stretch::Named { name, year } => self.named(name, *year, context),
        }
    }

    /// A stretch of a named year, of the year of a series, or the first after the anchor.
    fn in_year(
        &mut self,
        year: Option<i32>,
        context: Context,
        stretch: impl Fn(i32) -> Option<(NaiveDate, NaiveDate)>,
    ) -> Result<FoundStretch, Missing> {
        let mut first_after = None;
        let (first, last, steps, projected) = if let Some(year) = year.or(context.year) {
            let (first, last) = stretch(year).ok_or_else(out_of_range)?;
            (first, last, Vec::new(), false)
        } else {
            let (after, steps, projected) = if let Some(after) = context.after {
                (after, Vec::new(), false)
            } else {
                let anchor = self.anchor()?;
                (anchor.day, anchor.steps, anchor.projected)
            };
            let (first, last) = (0..=1)
                .filter_map(|more| stretch(after.year() + more))
                .find(|(_, last)| *last >= after)
                .ok_or_else(out_of_range)?;
            first_after = Some(after);
            (first, last, steps, projected)
        };
        Ok(FoundStretch {
            first,
            last,
            steps,
            projected,
            first_after,
            said: false,
        })
    }
}

/// A period as a stretch.
pub(super) fn found(held: Held) -> FoundStretch {
    FoundStretch {
        said: held.step.is_some(),
        first: held.first,
        last: held.last,
        steps: held.step.into_iter().collect(),
        projected: false,
        first_after: None,
    }
}

/// A period that was found from a day.
pub(super) fn found_from(of: Found, held: Held) -> FoundStretch {
    let said = held.step.is_some();
    let mut steps = of.steps;
    steps.extend(held.step);
    FoundStretch {
        said,
        first: held.first,
        last: held.last,
        steps,
        projected: of.projected,
        first_after: None,
    }
}

fn part_of_month(part: Part, year: i32, month: u32) -> Option<(NaiveDate, NaiveDate)> {
    let last = last_of_month(year, month)?;
    let (from, to) = match part {
        Part::Whole => (1, 31),
        Part::Early => (1, 10),
        Part::Mid => (11, 20),
        Part::Late => (21, 31),
        Part::FirstHalf => (1, 15),
        Part::SecondHalf => (16, 31),
    };
    Some((
        NaiveDate::from_ymd_opt(year, month, from)?,
        NaiveDate::from_ymd_opt(year, month, to).unwrap_or(last),
    ))
}
