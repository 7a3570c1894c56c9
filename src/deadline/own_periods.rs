//! Periods: those of the civil calendar, and those of an office's own calendars; the one that holds a day, the next, the one
//! before.

use super::found::{Missing, not_listed, out_of_range};
use super::limits::Evaluation;
use super::periods;
use crate::counting::{HolidayCalendar, OwnPeriod, OwnUnit, Step};
use crate::language::Period;
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// A period, and how it is known.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    /// What an office's own calendar says of it.
    pub(super) step: Option<Step>,
}

/// Which periods are looked at from a day.
#[derive(Clone, Copy)]
enum From {
    Holding(NaiveDate),
    After(NaiveDate),
    Before(NaiveDate),
}

impl<'a> Evaluation<'a> {
    /// The period that holds a day, or the one so many after or before it.
    pub(super) fn period(
        &mut self,
        unit: Period,
        day: NaiveDate,
        shift: i64,
    ) -> Result<Held, Missing> {
        if unit == Period::FiscalQuarter {
            return self.fiscal_quarter(day, shift);
        }
        let named_pay_date = unit == Period::PayDate && shift == 0;
        if named_pay_date
            && self
                .question
                .counting
                .calendar_of(OwnUnit::PayDate)
                .is_none()
        {
            // The day is named, and nothing says otherwise.
            return Ok(fixed(day, day));
        }
        let Some((own, calendar)) = self.own(unit)? else {
            self.warn_of_july(unit);
            let (first, last) = periods::holding(unit, day, shift).ok_or_else(out_of_range)?;
            return Ok(fixed(first, last));
        };
        if shift == 0 {
            return self.holding(own, calendar, day);
        }
        // Between two school years the next is the one that follows; elsewhere it follows the one that holds the day.
        let mut found = if shift > 0 {
            look(calendar, own, From::After(day))?
        } else {
            look(calendar, own, From::Before(day))?
        };
        for _ in 1..shift.unsigned_abs() {
            found = if shift > 0 {
                look(calendar, own, From::After(found.first))?
            } else {
                look(calendar, own, From::Before(found.first))?
            };
        }
        Ok(held(&found))
    }

    /// Three months of the fiscal year that holds a day, or those so many quarters after or before them.
    fn fiscal_quarter(&mut self, day: NaiveDate, shift: i64) -> Result<Held, Missing> {
        let year = self.period(Period::FiscalYear, day, 0)?;
        let begins = |year: &Held, quarter: i64| {
            periods::add_months(year.first, quarter * 3).ok_or_else(out_of_range)
        };
        let mut quarter = shift;
        for next in 1..4 {
            quarter += i64::from(begins(&year, next)? <= day);
        }
        let year = match quarter.div_euclid(4) {
            0 => year,
            years => self.period(Period::FiscalYear, year.first, years)?,
        };
        let quarter = quarter.rem_euclid(4);
        let last = match quarter {
            3 => year.last,
            _ => begins(&year, quarter + 1)?
                .pred_opt()
                .ok_or_else(out_of_range)?,
        };
        Ok(Held {
            first: begins(&year, quarter)?,
            last,
            step: year.step,
        })
    }

    /// The first period that begins after a day.
    pub(super) fn period_after(&mut self, unit: Period, day: NaiveDate) -> Result<Held, Missing> {
        match self.own(unit)? {
            Some((own, calendar)) => Ok(held(&look(calendar, own, From::After(day))?)),
            None => self.period(unit, day, 1),
        }
    }

    /// The last period that ends before a day.
    pub(super) fn period_before(&mut self, unit: Period, day: NaiveDate) -> Result<Held, Missing> {
        match self.own(unit)? {
            Some((own, calendar)) => Ok(held(&look(calendar, own, From::Before(day))?)),
            None => self.period(unit, day, -1),
        }
    }

    /// The period that holds a day, in a series: where none does, the next.
    pub(super) fn first_of_series(
        &mut self,
        unit: Period,
        day: NaiveDate,
    ) -> Result<Held, Missing> {
        let Some((own, calendar)) = self.own(unit)? else {
            return self.period(unit, day, 0);
        };
        let holding = calendar.holding(own, day).filter(|period| {
            // A pay date that was moved is found by its old day too.
            (period.first..=period.last).contains(&day)
        });
        match holding {
            Some(found) => Ok(held(&found)),
            None => Ok(held(&look(calendar, own, From::After(day))?)),
        }
    }

    /// The period after another in a series.
    pub(super) fn next_of_series(&mut self, unit: Period, held: &Held) -> Result<Held, Missing> {
        self.period_after(unit, held.first)
    }

    /// The fiscal or school year that begins in a year.
    pub(super) fn year_beginning_in(&mut self, unit: Period, year: i32) -> Result<Held, Missing> {
        if unit == Period::Biennium {
            let next = year.checked_add(1).ok_or_else(out_of_range)?;
            let first = self.year_beginning_in(Period::FiscalYear, year)?;
            let last = self.year_beginning_in(Period::FiscalYear, next)?;
            return Ok(fixed(first.first, last.last));
        }
        let own = match unit {
            Period::FiscalYear | Period::SchoolYear => self.own(unit)?,
            _ => None,
        };
        let Some((own, calendar)) = own else {
            let month = if unit == Period::Year { 1 } else { 7 };
            let day = NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(out_of_range)?;
            return self.period(unit, day, 0);
        };
        let found = calendar.year_beginning_in(own, year).ok_or_else(|| {
            not_listed(Sentence::in_each(|language| {
                let (id, noun) = (&calendar.id, own.noun_in(language));
                match language {
                    English => format!("`{id}` lists no {noun} that begins in {year}"),
                    Spanish => format!("en `{id}` no consta ningún {noun} que comience en {year}"),
                }
            }))
        })?;
        Ok(held(&found))
    }

    fn holding(
        &mut self,
        own: OwnUnit,
        calendar: &HolidayCalendar,
        day: NaiveDate,
    ) -> Result<Held, Missing> {
        if let Some(found) = calendar.holding(own, day) {
            return Ok(held(&found));
        }
        match own {
            // The day is named: it is the day, whatever payroll says.
            OwnUnit::PayDate => {
                self.warn(Sentence::in_each(|language| {
                    let (id, day) = (&calendar.id, language.weekday_and_day(day));
                    match language {
                        English => format!("`{id}` lists no pay date on {day}"),
                        Spanish => format!("en `{id}` no consta ningún día de pago el {day}"),
                    }
                }));
                Ok(fixed(day, day))
            }
            OwnUnit::SchoolYear | OwnUnit::Term(_) => {
                let found = look(calendar, own, From::After(day))
                    .map_err(|_| missing(calendar, own, From::Holding(day)))?;
                self.warn(Sentence::in_each(|language| {
                    let (id, noun) = (&calendar.id, own.noun_in(language));
                    let day = language.day(day);
                    match language {
                        English => {
                            format!(
                                "{day} lies in no {noun} of `{id}`: read as the one that follows"
                            )
                        }
                        Spanish => format!(
                            "el {day} no está en ningún {noun} de `{id}`: se entiende el siguiente"
                        ),
                    }
                }));
                Ok(held(&found))
            }
            OwnUnit::PayPeriod | OwnUnit::FiscalYear => {
                Err(missing(calendar, own, From::Holding(day)))
            }
        }
    }

    /// The calendar that lists such periods; `None` where they are the civil calendar's, or are taken as such.
    fn own(&self, unit: Period) -> Result<Option<(OwnUnit, &'a HolidayCalendar)>, Missing> {
        let Some(own) = unit.own_unit() else {
            return Ok(None);
        };
        match self.question.counting.calendar_of(own) {
            Some(calendar) => Ok(Some((own, calendar))),
            None if matches!(own, OwnUnit::FiscalYear | OwnUnit::SchoolYear) => Ok(None),
            None => Err(Missing::Fault(own.no_calendar())),
        }
    }

    fn warn_of_july(&mut self, unit: Period) {
        let Some(year @ (OwnUnit::FiscalYear | OwnUnit::SchoolYear)) = unit.own_unit() else {
            return;
        };
        self.warn(Sentence::in_each(|language| {
            let year = year.noun_in(language);
            match language {
                English => {
                    format!("no calendar says when the {year} begins: read as July 1 to June 30")
                }
                Spanish => format!(
                    "ningún calendario indica cuándo comienza el {year}: se entiende del 1 de julio al 30 de junio"
                ),
            }
        }));
    }
}

fn look(calendar: &HolidayCalendar, unit: OwnUnit, from: From) -> Result<OwnPeriod, Missing> {
    let found = match from {
        From::Holding(day) => calendar.holding(unit, day),
        From::After(day) => calendar.beginning_after(unit, day),
        From::Before(day) => calendar.ending_before(unit, day),
    };
    found.ok_or_else(|| missing(calendar, unit, from))
}

fn missing(calendar: &HolidayCalendar, unit: OwnUnit, from: From) -> Missing {
    let is_one_day = unit == OwnUnit::PayDate;
    not_listed(Sentence::in_each(|language| {
        let (id, noun) = (&calendar.id, unit.noun_in(language));
        let (From::Holding(day) | From::After(day) | From::Before(day)) = from;
        let day = language.day(day);
        let which = match (from, language) {
            (From::Holding(_), English) => "that holds",
            (From::Holding(_), Spanish) => "que contenga el",
            (From::After(_), English) if is_one_day => "after",
            (From::After(_), English) => "that begins after",
            (From::After(_), Spanish) => "posterior al",
            (From::Before(_), English) if is_one_day => "before",
            (From::Before(_), English) => "that ends before",
            (From::Before(_), Spanish) => "anterior al",
        };
        match language {
            English => format!("`{id}` lists no {noun} {which} {day}"),
            Spanish => format!("en `{id}` no consta ningún {noun} {which} {day}"),
        }
    }))
}

pub(super) fn held(period: &OwnPeriod) -> Held {
    let (first, last) = (period.first, period.last);
    let text = Sentence::in_each(|language| {
        let name = &period.name;
        match language {
            English if first == last => format!("{name} is {}", language.weekday_and_day(first)),
            English => format!(
                "{name} runs from {} to {}",
                language.weekday_and_day(first),
                language.weekday_and_day(last)
            ),
            Spanish => format!("{name}: {}", language.weekdays_and_days(first, last)),
        }
    });
    Held {
        first: period.first,
        last: period.last,
        step: Some(Step {
            text,
            date: None,
            source: Sentence::verbatim(format!("{}, {}", period.calendar, period.authority)),
        }),
    }
}

fn fixed(first: NaiveDate, last: NaiveDate) -> Held {
    Held {
        first,
        last,
        step: None,
    }
}
