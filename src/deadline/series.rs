//! What recurs. Occurrence k is the anchor and k periods, clamped to the month's end, never counted from the one before.

mod rule;

use super::Dates;
use super::found::{Context, Found, Missing, out_of_range};
use super::limits::Evaluation;
use super::own_periods::Held;
use super::periods::{self, add_days, clamped};
use super::weekdays::months_after;
use crate::counting::{Act, Counting, Direction, Length, Step, THE_WORDS, Unit};
use crate::language::{DayIn, Edge, Every, Limit, Period, Point, Recurrence, Sort, Stretch, Years};
use crate::words;
use chrono::{Datelike, NaiveDate};

/// The most occurrences that are worked out at once: ten years of days.
const MOST: usize = 3660;

/// How far past the days asked about another series is worked out, for what is counted back from it, in days.
const LONGEST_BEFORE: i64 = 1100;

/// Where a series begins.
struct Start {
    day: NaiveDate,
    steps: Vec<Step>,
    projected: bool,
    /// A day that was named; else the series is followed from a day that is not its own.
    named: bool,
    /// The day itself may be one of the series.
    including: bool,
}

impl Evaluation<'_> {
    pub(super) fn series(&mut self, recurrence: &Recurrence) -> Result<Vec<Dates>, Missing> {
        self.series_up_to(recurrence, self.question.until)
    }

    fn series_up_to(
        &mut self,
        recurrence: &Recurrence,
        asked: NaiveDate,
    ) -> Result<Vec<Dates>, Missing> {
        let mut start = match &recurrence.every {
            // It begins where the series does that it is counted from.
            Every::Around { of, .. } if recurrence.from.is_none() => self.start(of)?,
            _ => self.start(recurrence)?,
        };
        start
            .steps
            .extend(rule::step(&recurrence.every, start.day, start.including));
        let until = match &recurrence.until {
            Some(edge) => {
                let context = Context {
                    after: Some(start.day),
                    ..Context::default()
                };
                let found = self.point(edge.point(), context)?;
                let last = match edge {
                    Edge::On(_) => Some(found.day),
                    Edge::Beyond(_) => found.day.pred_opt(),
                    Edge::Until(_) => Some(self.until(found.clone()).day),
                };
                last.unwrap_or(found.day).min(asked)
            }
            None => asked,
        };
        match &recurrence.every {
            Every::On(length) => self.on_days(&start, until, length),
            Every::Within(length) => self.running(&start, until, length),
            Every::Each(period) => {
                let periods = self.periods_of_series(&start, until, *period)?;
                Ok(self.windows_of(&start, until, periods))
            }
            Every::HalfMonth => {
                let halves = half_months(&start, until);
                Ok(self.windows_of(&start, until, halves))
            }
            Every::DayOfMonths { day, months } => self.days_of_months(&start, until, *day, *months),
            Every::Weekday { weekday, weeks } => {
                let first = start
                    .day
                    .pred_opt()
                    .and_then(|before| {
                        super::weekdays::nth_weekday(1, *weekday, Direction::Forward, before)
                    })
                    .ok_or_else(out_of_range)?;
                let step = i64::from((*weeks).max(1)) * 7;
                let days = (0..).map_while(|k: i64| add_days(first, k.checked_mul(step)?));
                Ok(self.occurrences(
                    &start,
                    days.take_while(|d| *d <= until).take(MOST),
                    &rule::by_number,
                ))
            }
            Every::DayOfEach { day, period } => {
                let mut days = Vec::new();
                let mut steps = Vec::new();
                for held in self.periods_of_series(&start, until, *period)? {
                    let found = self.day_in(*day, held.first, held.last)?;
                    if found > until {
                        break;
                    }
                    if found >= start.day {
                        days.push(found);
                        steps.push(held.step);
                    }
                }
                let mut all = self.occurrences(&start, days.into_iter(), &rule::by_number);
                for (dates, step) in all.iter_mut().zip(steps) {
                    explain_by(dates, step);
                }
                Ok(all)
            }
            Every::Anniversary => {
                let year = Length(vec![(1, Unit::Year)]);
                let mut days = Vec::new();
                for k in 1..MOST {
                    match self.after(start.day, &year, k) {
                        Ok(day) if day <= until => days.push(day),
                        _ => break,
                    }
                }
                Ok(self.occurrences(&start, days.into_iter(), &rule::by_number))
            }
            Every::Around { each, of } => self.around(&start, until, each, of),
            Every::Yearly { each, years } => self.yearly(&start, until, each, *years),
        }
    }

    fn start(&mut self, recurrence: &Recurrence) -> Result<Start, Missing> {
        let found = match &recurrence.from {
            Some(from) => {
                // A start without a year is the first after the anchor, as any day is.
                self.point(from, Context::default())
                    .map(|found| (found, true))
            }
            None => self
                .anchor()
                .map(|found| (found, self.question.first.is_some())),
        };
        match found {
            Ok((found, including)) => Ok(Start {
                day: found.day,
                steps: found.steps,
                projected: found.projected,
                named: true,
                including,
            }),
            Err(Missing::Waiting) if !recurrence.needs_anchor() && recurrence.from.is_none() => {
                // Fixed periods need no anchor: they are followed from the day that was asked about.
                self.forget_waiting();
                Ok(Start {
                    day: self.question.from,
                    steps: Vec::new(),
                    projected: false,
                    named: false,
                    including: true,
                })
            }
            Err(missing) => Err(missing),
        }
    }

    /// `every 3 months from X`: X itself is the first.
    fn on_days(
        &mut self,
        start: &Start,
        until: NaiveDate,
        length: &Length,
    ) -> Result<Vec<Dates>, Missing> {
        let mut days: Vec<NaiveDate> = Vec::new();
        let counting = self.question.counting;
        for (k, day) in counting.repeats(start.day, length).enumerate().take(MOST) {
            self.spend(length, Counting::counts_over(length, k))?;
            let Ok(day) = day else { break };
            if day > until || days.last().is_some_and(|last| *last >= day) {
                break;
            }
            days.push(day);
        }
        // A count that cannot be made says so.
        self.after(start.day, length, 1)?;
        Ok(self.occurrences(start, days.into_iter(), &|day, k| {
            rule::length_after(start.day, length, k, day)
        }))
    }

    /// `quarterly`: once in each running period.
    fn running(
        &mut self,
        start: &Start,
        until: NaiveDate,
        length: &Length,
    ) -> Result<Vec<Dates>, Missing> {
        self.after(start.day, length, 1)?;
        let mut windows = Vec::new();
        let counting = self.question.counting;
        let mut first = start.day;
        let all = counting.repeats(start.day, length).enumerate().skip(1);
        for (k, next) in all.take(MOST) {
            self.spend(length, Counting::counts_over(length, k))?;
            let Ok(next) = next else { break };
            let Some(last) = next.pred_opt() else { break };
            if last > until || last < first {
                break;
            }
            windows.push((first, last));
            first = next;
        }
        Ok(self.windows(start, windows))
    }

    /// The periods of a series, from the one that holds its start to the last that begins by a day.
    fn periods_of_series(
        &mut self,
        start: &Start,
        until: NaiveDate,
        unit: Period,
    ) -> Result<Vec<Held>, Missing> {
        let mut all: Vec<Held> = Vec::new();
        let mut next = self.first_of_series(unit, start.day);
        loop {
            match next {
                Ok(held) => {
                    if held.first > until || all.len() >= MOST {
                        return Ok(all);
                    }
                    next = self.next_of_series(unit, &held);
                    all.push(held);
                }
                // What is listed is told, and that no more is.
                Err(Missing::NotListed(text)) if !all.is_empty() => {
                    if all
                        .last()
                        .is_some_and(|held| held.last < self.question.until)
                    {
                        self.warn(text);
                    }
                    return Ok(all);
                }
                Err(missing) => return Err(missing),
            }
        }
    }

    /// Once in each period that ends by a day; the first begins where the series does.
    fn windows_of(&mut self, start: &Start, until: NaiveDate, periods: Vec<Held>) -> Vec<Dates> {
        let mut steps = Vec::new();
        let mut windows = Vec::new();
        for held in periods.into_iter().take_while(|held| held.last <= until) {
            let first = if start.named {
                held.first.max(start.day)
            } else {
                held.first
            };
            windows.push((first, held.last));
            steps.push(held.step);
        }
        let mut all = self.windows(start, windows);
        for (dates, step) in all.iter_mut().zip(steps) {
            explain_by(dates, step);
        }
        all
    }

    fn days_of_months(
        &mut self,
        start: &Start,
        until: NaiveDate,
        day: DayIn,
        months: u32,
    ) -> Result<Vec<Dates>, Missing> {
        let first_of_month = NaiveDate::from_ymd_opt(start.day.year(), start.day.month(), 1)
            .ok_or_else(out_of_range)?;
        let in_month = |evaluation: &mut Self, k: i64| {
            let first = months_after(first_of_month, k)?;
            let last = months_after(first, 1)?
                .pred_opt()
                .ok_or_else(out_of_range)?;
            match day {
                DayIn::Nth(nth) => {
                    clamped(first.year(), first.month(), nth).ok_or_else(out_of_range)
                }
                other => evaluation.day_in(other, first, last),
            }
        };
        // The first such day on or after the anchor; the others that many months after its month.
        let mut offset = 0;
        while in_month(self, offset)? < start.day {
            offset += 1;
        }
        let mut days = Vec::new();
        for k in 0..i64::try_from(MOST).unwrap_or(i64::MAX) {
            let Ok(found) = in_month(self, offset + k * i64::from(months.max(1))) else {
                break;
            };
            if found > until {
                break;
            }
            days.push(found);
        }
        Ok(self.occurrences(start, days.into_iter(), &rule::by_number))
    }

    /// What is counted from each day of another series; a day that lies before the series begins is none of it.
    fn around(
        &mut self,
        start: &Start,
        until: NaiveDate,
        each: &[Limit],
        of: &Recurrence,
    ) -> Result<Vec<Dates>, Missing> {
        // What is counted back from a day is due before it.
        let ahead = add_days(until, LONGEST_BEFORE).unwrap_or(until);
        let mut all = Vec::new();
        let mut missing = None;
        let of_a_period = each.iter().any(speaks_of_its_period);
        for occasion in self.series_up_to(of, ahead)? {
            let Some(day) = occasion.nominal.or(occasion.opens) else {
                continue;
            };
            let context = Context {
                occasion: Some(day),
                ..Context::default()
            };
            for limit in each {
                let found = self.limit(limit, context, Act::Occurrence);
                // What lies before the first that is listed may be long past.
                let asked = day <= until && !all.is_empty();
                for mut dates in where_listed(found, asked, &mut missing)? {
                    let reached = dates.nominal.or(dates.opens);
                    if reached.is_some_and(|day| day >= start.day && day <= until) {
                        let counted = std::mem::take(&mut dates.steps);
                        // Where the period itself is meant, its last day is only what it is found by.
                        let known = if of_a_period {
                            &start.steps
                        } else {
                            &occasion.steps
                        };
                        dates.steps.clone_from(known);
                        dates.steps.extend(counted);
                        dates.projected |= occasion.projected;
                        all.push(dates);
                    }
                }
            }
        }
        self.in_order(all, missing)
    }

    /// What is said of a year, in each year: those after the anchor.
    fn yearly(
        &mut self,
        start: &Start,
        until: NaiveDate,
        each: &[Limit],
        years: Years,
    ) -> Result<Vec<Dates>, Missing> {
        let from = match years {
            Years::From(year) => year,
            _ => start.day.year() - 1,
        };
        let to = (until.year().saturating_add(2)).min(from.saturating_add(400));
        let mut all = Vec::new();
        let mut missing = None;
        for year in from..=to {
            let counts = match years {
                Years::Odd => year % 2 != 0,
                Years::Even => year % 2 == 0,
                Years::All | Years::From(_) => true,
            };
            if !counts {
                continue;
            }
            let context = Context {
                year: Some(year),
                ..Context::default()
            };
            let asked = (start.day.year()..until.year()).contains(&year);
            for limit in each {
                let found = self.limit(limit, context, Act::Occurrence);
                for mut dates in where_listed(found, asked, &mut missing)? {
                    let Some(day) = dates.nominal.or(dates.opens) else {
                        continue;
                    };
                    let follows = matches!(years, Years::From(_))
                        || day > start.day
                        || (start.including && day == start.day);
                    if follows && day <= until {
                        dates.projected |= start.projected;
                        dates.steps.splice(0..0, start.steps.iter().cloned());
                        all.push(dates);
                    }
                }
            }
        }
        self.in_order(all, missing)
    }

    /// The dates of a series by their days; where an office's calendar lists none of them, that is said instead.
    fn in_order(
        &mut self,
        mut all: Vec<Dates>,
        missing: Option<(String, bool)>,
    ) -> Result<Vec<Dates>, Missing> {
        match missing {
            Some((text, _)) if all.is_empty() => return Err(Missing::NotListed(text)),
            Some((text, true)) => self.warn(text),
            _ => {}
        }
        all.sort_by_key(|dates| dates.nominal.or(dates.opens));
        all.truncate(MOST);
        Ok(all)
    }

    /// `k` lengths after a day.
    fn after(&self, day: NaiveDate, length: &Length, k: usize) -> Result<NaiveDate, Missing> {
        self.question
            .counting
            .repeated(day, length, k)
            .map_err(Missing::counting)
    }

    fn occurrences(
        &mut self,
        start: &Start,
        days: impl Iterator<Item = NaiveDate>,
        told: &dyn Fn(NaiveDate, u32) -> Vec<String>,
    ) -> Vec<Dates> {
        (0u32..)
            .zip(days)
            .map(|(k, day)| {
                let mut found = found(start, day);
                for text in told(day, k) {
                    found.step(text, THE_WORDS);
                }
                self.last_day(None, Some(found), Sort::Act, Act::Occurrence, true)
            })
            .collect()
    }

    fn windows(&mut self, start: &Start, windows: Vec<(NaiveDate, NaiveDate)>) -> Vec<Dates> {
        (1u32..)
            .zip(windows)
            .map(|(number, (first, last))| {
                let mut found = found(start, last);
                found.step(
                    format!(
                        "the {} period: {} to {}",
                        words::ordinal(number),
                        words::day(first),
                        words::day(last)
                    ),
                    THE_WORDS,
                );
                self.last_day(
                    Some(Found::certain(first)),
                    Some(found),
                    Sort::Act,
                    Act::Occurrence,
                    true,
                )
            })
            .collect()
    }
}

fn found(start: &Start, day: NaiveDate) -> Found {
    Found {
        steps: start.steps.clone(),
        projected: start.projected,
        ..Found::certain(day)
    }
}

/// Whether a limit speaks of the period that holds the day of another series, and not of the day.
fn speaks_of_its_period(limit: &Limit) -> bool {
    let mut found = false;
    limit.visit_spans(&mut |span| {
        found |= matches!(
            span,
            Stretch::Holding {
                shift: 0,
                of: Point::Occasion,
                ..
            }
        );
    });
    found
}

/// The dates that were found; what an office's calendar does not list is kept as `missing`, with whether it was asked about.
fn where_listed(
    found: Result<Vec<Dates>, Missing>,
    asked: bool,
    missing: &mut Option<(String, bool)>,
) -> Result<Vec<Dates>, Missing> {
    match found {
        Err(Missing::NotListed(text)) => {
            let known = missing.take().filter(|(_, told)| *told);
            *missing = known.or(Some((text, asked)));
            Ok(Vec::new())
        }
        found => found,
    }
}

/// What an office's own calendar says of a period stands before what follows from it.
fn explain_by(dates: &mut Dates, step: Option<Step>) {
    if let Some(step) = step {
        let at = dates.steps.len().saturating_sub(1);
        dates.steps.insert(at, step);
    }
}

/// The halves of the months from the one that holds the start of a series to the last that begins by a day.
fn half_months(start: &Start, until: NaiveDate) -> Vec<Held> {
    (0..)
        .map_while(|k| half_month(start.day, k))
        .take_while(|(first, _)| *first <= until)
        .take(MOST)
        .map(|(first, last)| Held {
            first,
            last,
            step: None,
        })
        .collect()
}

/// The 1st to the 15th, the 16th to the end.
fn half_month(day: NaiveDate, k: i64) -> Option<(NaiveDate, NaiveDate)> {
    let half = i64::from(day.day() > 15) + k;
    let first = NaiveDate::from_ymd_opt(day.year(), day.month(), 1)?;
    let month = periods::add_months(first, half.div_euclid(2))?;
    let last = periods::last_of_month(month.year(), month.month())?;
    let middle = add_days(month, 14)?;
    Some(if half.rem_euclid(2) == 0 {
        (month, middle)
    } else {
        (middle.succ_opt()?, last)
    })
}
