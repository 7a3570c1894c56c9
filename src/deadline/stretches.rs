//! Stretches of days: parts of months, quarters, years, the period that holds a day.

mod told;

use super::found::{Context, Missing, out_of_range};
use super::limits::Evaluation;
use super::periods::{self, add_days, last_of_month};
use crate::counting::Step;
use crate::language::{Part, Period, Stretch};
use chrono::{Datelike, NaiveDate};

/// A stretch that was found.
pub(super) struct FoundStretch {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) steps: Vec<Step>,
    pub(super) projected: bool,
    /// The day that it was looked for from, where it names no year.
    pub(super) first_after: Option<NaiveDate>,
}

impl FoundStretch {
    /// Says which days its name means, unless everybody knows them.
    pub(super) fn told(mut self, span: &Stretch) -> Self {
        if !told::goes_without_saying(span) {
            let step = told::step(span, &self);
            self.steps.push(step);
        }
        self
    }

    /// Says which days they are, as a window.
    pub(super) fn told_as_window(mut self, span: &Stretch) -> Self {
        let step = told::step(span, &self);
        self.steps.push(step);
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
                })
            }
            Stretch::Holding { unit, shift, of } => {
                let of = self.point(of, context)?;
                let (first, last) = self.period(*unit, of.day, i64::from(*shift))?;
                Ok(FoundStretch {
                    first,
                    last,
                    steps: of.steps,
                    projected: of.projected,
                    first_after: None,
                })
            }
            Stretch::Year(period, year) => {
                let month = if *period == Period::Year { 1 } else { 7 };
                let day = NaiveDate::from_ymd_opt(*year, month, 1).ok_or_else(out_of_range)?;
                let (first, last) = self.period(*period, day, 0)?;
                Ok(FoundStretch {
                    first,
                    last,
                    steps: Vec::new(),
                    projected: false,
                    first_after: None,
                })
            }
            Stretch::NthPeriod { .. } => Err(Missing::Fault(
                "no calendar says when pay periods begin".to_owned(),
            )),
        }
    }

    /// A fixed period.
    pub(super) fn period(
        &mut self,
        unit: Period,
        day: NaiveDate,
        shift: i64,
    ) -> Result<(NaiveDate, NaiveDate), Missing> {
        if matches!(unit, Period::FiscalYear | Period::SchoolYear) {
            let which = if unit == Period::FiscalYear {
                "fiscal"
            } else {
                "school"
            };
            self.warn(format!(
                "no calendar says when the {which} year begins: read as July 1 to June 30"
            ));
        }
        if unit == Period::PayPeriod {
            return Err(Missing::Fault(
                "no calendar says when pay periods begin".to_owned(),
            ));
        }
        periods::holding(unit, day, shift).ok_or_else(out_of_range)
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
        })
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
