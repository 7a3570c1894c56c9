//! The periods of an office's own calendar, asked for in one way: the one that holds a day, the next, the one before.

use super::fiscal_year::{CalledBy, years_in_words};
use super::pay_dates::PayDate;
use super::pay_periods::Place;
use super::school_years::{SchoolYear, Season, Term, TermKind};
use super::{DayOff, DayOffKind, HolidayCalendar};
use crate::words::Language::{self, English, Spanish};
use crate::words::{self, Sentence};
use chrono::{Datelike, NaiveDate};

/// A period that only an office's own calendar knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnUnit {
    /// The days for which one wage is paid.
    PayPeriod,
    /// The day on which a pay period is paid.
    PayDate,
    /// The employer's year.
    FiscalYear,
    /// From the first day of school to the last.
    SchoolYear,
    /// A part of a school year.
    Term(TermKind),
}

/// One such period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPeriod {
    /// `pay period 2507`, `school year 2026-27`, `Fall semester of school year 2026-27`.
    pub name: String,
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// The id of the calendar that lists it.
    pub calendar: String,
    /// Where the calendar has it from.
    pub authority: String,
}

impl OwnUnit {
    /// The singular, as messages write it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::PayPeriod => "pay period",
            Self::PayDate => "pay date",
            Self::FiscalYear => "fiscal year",
            Self::SchoolYear => "school year",
            Self::Term(kind) => kind.word(),
        }
    }

    /// What is said where no calendar lists such periods.
    pub fn no_calendar(self) -> Sentence {
        Sentence::in_each(|language| {
            let noun = self.noun();
            match (self, language) {
                (Self::PayDate, English) => {
                    format!("no calendar says when {} are", words::plural(noun))
                }
                (_, English) => format!("no calendar says when {} begin", words::plural(noun)),
                (_, Spanish) => format!(
                    "ningún calendario indica cuándo comienza cada {}",
                    self.noun_in(language)
                ),
            }
        })
    }

    /// What such a period is called in that language.
    pub fn noun_in(self, language: Language) -> &'static str {
        match (self, language) {
            (_, English) => self.noun(),
            (Self::PayPeriod, Spanish) => "período de pago",
            (Self::PayDate, Spanish) => "día de pago",
            (Self::FiscalYear, Spanish) => "año fiscal",
            (Self::SchoolYear, Spanish) => "año escolar",
            (Self::Term(kind), Spanish) => kind.word_in(language),
        }
    }

    /// What a calendar file is to say, for it to list such periods.
    pub fn key(self) -> &'static str {
        match self {
            Self::PayPeriod => "`[pay_periods]`",
            Self::PayDate => "`paid` under `[pay_periods]`",
            Self::FiscalYear => "`[fiscal_year]`",
            Self::SchoolYear => "`[[school_years]]`",
            Self::Term(_) => "`terms` under `[[school_years]]`",
        }
    }
}

impl HolidayCalendar {
    /// Whether it lists such periods.
    pub fn lists(&self, unit: OwnUnit) -> bool {
        match unit {
            OwnUnit::PayPeriod => self.pay_periods.is_some(),
            OwnUnit::PayDate => self
                .pay_periods
                .as_ref()
                .is_some_and(|pay| pay.cycles.iter().any(|cycle| cycle.paid.is_some())),
            OwnUnit::FiscalYear => self.fiscal_year.is_some(),
            OwnUnit::SchoolYear => !self.school_years.is_empty(),
            OwnUnit::Term(kind) => self.terms(kind).next().is_some(),
        }
    }

    /// The period that holds a day.
    pub fn holding(&self, unit: OwnUnit, day: NaiveDate) -> Option<OwnPeriod> {
        match unit {
            OwnUnit::PayPeriod => {
                let place = self.pay_periods.as_ref()?.holding(day)?;
                Some(self.pay_period(&place))
            }
            OwnUnit::PayDate => {
                let (place, paid) = self.pay_periods.as_ref()?.pay_date_on(day, self)?;
                Some(self.pay_date(&place, &paid))
            }
            OwnUnit::FiscalYear => {
                let (first, last) = self.fiscal_year.as_ref()?.holding(day)?;
                self.a_fiscal_year(first, last)
            }
            OwnUnit::SchoolYear => (self.school_years.iter())
                .find(|year| (year.first..=year.last).contains(&day))
                .map(|year| self.school_year(year)),
            OwnUnit::Term(kind) => self
                .terms(kind)
                .find(|(_, term)| (term.first..=term.last).contains(&day))
                .map(|(year, term)| self.term(year, term)),
        }
    }

    /// The first period that begins after a day.
    pub fn beginning_after(&self, unit: OwnUnit, day: NaiveDate) -> Option<OwnPeriod> {
        match unit {
            OwnUnit::PayPeriod => {
                let place = self.pay_periods.as_ref()?.beginning_after(day)?;
                Some(self.pay_period(&place))
            }
            OwnUnit::PayDate => {
                let (place, paid) = self.pay_periods.as_ref()?.pay_date_after(day, self)?;
                Some(self.pay_date(&place, &paid))
            }
            OwnUnit::FiscalYear => {
                let year = self.fiscal_year.as_ref()?;
                let (_, last) = year.holding(day)?;
                let (first, last) = year.holding(last.succ_opt()?)?;
                self.a_fiscal_year(first, last)
            }
            OwnUnit::SchoolYear => (self.school_years.iter())
                .find(|year| day < year.first)
                .filter(|year| self.none_between(day, year.first))
                .map(|year| self.school_year(year)),
            OwnUnit::Term(kind) => {
                let years = self.school_years.iter();
                for year in years.filter(|year| day < year.ends()) {
                    // A year that lists none may have had one.
                    year.terms.iter().find(|term| term.kind == kind)?;
                    let mut terms = year.terms.iter().filter(|term| term.kind == kind);
                    if let Some(term) = terms.find(|term| day < term.first) {
                        return self
                            .none_between(day, year.first)
                            .then(|| self.term(year, term));
                    }
                }
                None
            }
        }
    }

    /// The last period that ends before a day.
    pub fn ending_before(&self, unit: OwnUnit, day: NaiveDate) -> Option<OwnPeriod> {
        match unit {
            OwnUnit::PayPeriod => {
                let place = self.pay_periods.as_ref()?.ending_before(day)?;
                Some(self.pay_period(&place))
            }
            OwnUnit::PayDate => {
                let (place, paid) = self.pay_periods.as_ref()?.pay_date_before(day, self)?;
                Some(self.pay_date(&place, &paid))
            }
            OwnUnit::FiscalYear => {
                let year = self.fiscal_year.as_ref()?;
                let (first, _) = year.holding(day)?;
                let (first, last) = year.holding(first.pred_opt()?)?;
                self.a_fiscal_year(first, last)
            }
            OwnUnit::SchoolYear => (self.school_years.iter())
                .rfind(|year| year.last < day)
                .filter(|year| self.none_between(year.last, day))
                .map(|year| self.school_year(year)),
            OwnUnit::Term(kind) => {
                let years = self.school_years.iter().rev();
                for year in years.filter(|year| year.first < day) {
                    year.terms.iter().find(|term| term.kind == kind)?;
                    let mut terms = year.terms.iter().filter(|term| term.kind == kind);
                    if let Some(term) = terms.rfind(|term| term.last < day) {
                        return self
                            .none_between(year.last, day)
                            .then(|| self.term(year, term));
                    }
                }
                None
            }
        }
    }

    /// The fiscal or school year that begins in a year.
    pub fn year_beginning_in(&self, unit: OwnUnit, year: i32) -> Option<OwnPeriod> {
        match unit {
            OwnUnit::FiscalYear => {
                let (first, last) = self.fiscal_year.as_ref()?.beginning_in(year)?;
                self.a_fiscal_year(first, last)
            }
            OwnUnit::SchoolYear => (self.school_years.iter())
                .find(|listed| listed.first.year() == year)
                .map(|listed| self.school_year(listed)),
            OwnUnit::PayPeriod | OwnUnit::PayDate | OwnUnit::Term(_) => None,
        }
    }

    /// The year in which the fiscal year begins that is called by the number of a year.
    pub(in crate::counting) fn fiscal_year_called(&self, year: i32) -> Option<i32> {
        let fiscal = self.fiscal_year.as_ref()?;
        let (first, last) = fiscal.beginning_in(year)?;
        Some(match fiscal.called_by {
            CalledBy::LastDay if first.year() != last.year() => year - 1,
            CalledBy::FirstDay | CalledBy::LastDay => year,
        })
    }

    /// The pay period of a number; of a number that comes again every year, that of `year`, or the first that ends on `after`
    /// or later.
    pub fn pay_period_numbered(
        &self,
        number: u32,
        year: Option<i32>,
        after: NaiveDate,
    ) -> Option<OwnPeriod> {
        let place = self
            .pay_periods
            .as_ref()?
            .numbered(number, year, after, self)?;
        Some(self.pay_period(&place))
    }

    /// Whether the number of a pay period names its year as well.
    pub fn pay_period_numbers_name_years(&self) -> bool {
        self.pay_periods.as_ref().is_some_and(|pay| {
            pay.cycles.iter().any(|cycle| {
                let number = cycle.number.as_ref();
                number.is_some_and(|number| number.pattern.contains('Y'))
            })
        })
    }

    /// The term that is called by a season and begins in a year, or the first that begins after a day.
    pub fn term_of(
        &self,
        season: Season,
        kind: TermKind,
        year: Option<i32>,
        after: NaiveDate,
    ) -> Option<OwnPeriod> {
        self.terms(kind)
            .filter(|(_, term)| term.season() == Some(season))
            .find(|(_, term)| match year {
                Some(year) => term.year() == year,
                None => after < term.first,
            })
            .map(|(year, term)| self.term(year, term))
    }

    /// Whether it lists a term that is called so.
    pub fn lists_term_of(&self, season: Season, kind: TermKind) -> bool {
        self.terms(kind)
            .any(|(_, term)| term.season() == Some(season))
    }

    /// Why a day is no school day, where it lies between two school years, or between two of the terms that are listed of one.
    pub(in crate::counting) fn out_of_school(&self, day: NaiveDate) -> Option<DayOff> {
        let next = self.school_years.partition_point(|year| year.first <= day);
        let before = self.school_years.get(next.checked_sub(1)?)?;
        let name = if day <= before.last {
            let (ended, begins) = before.between_terms(day)?;
            format!("between the terms {} and {}", ended.name, begins.name)
        } else {
            let next = self.school_years.get(next)?;
            format!(
                "between the school years {} and {}",
                before.years(),
                next.years()
            )
        };
        Some(DayOff {
            name,
            calendar: self.id.clone(),
            authority: self.authority.clone(),
            kind: DayOffKind::Holiday,
        })
    }

    /// Whether no school year can lie between two days that is not listed.
    fn none_between(&self, first: NaiveDate, second: NaiveDate) -> bool {
        /// Shorter than from the beginning of a school year to the next.
        const NEAR: i64 = 320;
        let near = second.signed_duration_since(first).num_days() < NEAR;
        let years = self.school_years.first().zip(self.school_years.last());
        near || years
            .is_some_and(|(earliest, latest)| earliest.first <= first && second <= latest.last)
    }

    /// Whether it lists school years, and none so far, forward or back.
    pub(in crate::counting) fn is_past_the_school_years(&self, day: NaiveDate) -> bool {
        match (self.school_years.first(), self.school_years.last()) {
            (Some(first), Some(last)) => day < first.first || last.last < day,
            _ => false,
        }
    }

    fn terms(&self, kind: TermKind) -> impl Iterator<Item = (&SchoolYear, &Term)> {
        self.school_years.iter().flat_map(move |year| {
            let terms = year.terms.iter().filter(move |term| term.kind == kind);
            terms.map(move |term| (year, term))
        })
    }

    fn pay_period(&self, place: &Place) -> OwnPeriod {
        let pay = self.pay_periods.as_ref();
        let number = pay.and_then(|pay| pay.number(place, self));
        OwnPeriod {
            name: number.map_or_else(
                || "the pay period".to_owned(),
                |number| format!("pay period {number}"),
            ),
            first: place.first,
            last: place.last,
            calendar: self.id.clone(),
            authority: self.authority_of(pay.and_then(|pay| pay.authority(place))),
        }
    }

    fn pay_date(&self, place: &Place, paid: &PayDate) -> OwnPeriod {
        let pay = self.pay_periods.as_ref();
        let number = pay.and_then(|pay| pay.number(place, self));
        let days = words::days(place.first, place.last);
        let mut name = match number {
            Some(number) => format!("the pay date of pay period {number} ({days})"),
            None => format!("the pay date of {days}"),
        };
        if let Some(moved) = &paid.moved {
            name = format!("{name}, moved from {},", words::day(moved.from));
        }
        let authority = paid
            .moved
            .as_ref()
            .and_then(|moved| moved.authority.as_deref())
            .or_else(|| pay.and_then(|pay| pay.authority(place)));
        OwnPeriod {
            name,
            first: paid.day,
            last: paid.day,
            calendar: self.id.clone(),
            authority: self.authority_of(authority),
        }
    }

    fn a_fiscal_year(&self, first: NaiveDate, last: NaiveDate) -> Option<OwnPeriod> {
        let authority = self.fiscal_year.as_ref()?.authority.as_deref();
        Some(OwnPeriod {
            name: format!("fiscal year {}", years_in_words(first, last)),
            first,
            last,
            calendar: self.id.clone(),
            authority: self.authority_of(authority),
        })
    }

    fn school_year(&self, year: &SchoolYear) -> OwnPeriod {
        OwnPeriod {
            name: format!("school year {}", year.years()),
            first: year.first,
            last: year.last,
            calendar: self.id.clone(),
            authority: self.authority_of(year.authority.as_deref()),
        }
    }

    fn term(&self, year: &SchoolYear, term: &Term) -> OwnPeriod {
        OwnPeriod {
            name: format!("{} of school year {}", term.name, year.years()),
            first: term.first,
            last: term.last,
            calendar: self.id.clone(),
            authority: self.authority_of(year.authority.as_deref()),
        }
    }

    fn authority_of(&self, own: Option<&str>) -> String {
        own.unwrap_or(&self.authority).to_owned()
    }
}

#[cfg(test)]
mod tests;
