//! What recurs. Occurrence k is the anchor and k periods, clamped to the month's end, never counted from the one before.

mod limits_of_each;
mod rule;

use super::Dates;
use super::day_in::InStretch;
use super::found::{Context, Found, Missing, out_of_range};
use super::limits::Evaluation;
use super::own_periods::Held;
use super::periods::{self, add_days};
use super::weekdays::months_after;
use crate::counting::{Act, Counting, Direction, Length, Step, Unit, the_words};
use crate::language::{DayIn, Edge, Every, Period, Recurrence, Sort};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::{Datelike, NaiveDate};

/// The most occurrences that are worked out at once: ten years of days.
const MOST: usize = 3660;

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

impl Start {
    /// A window that runs when the series begins opens with it, and not before.
    fn holds_back(&self, dates: &mut Dates) {
        let begins = self.day;
        let runs =
            |opens: &NaiveDate| *opens < begins && dates.nominal.is_some_and(|last| last >= begins);
        if !self.named || !dates.opens.as_ref().is_some_and(runs) {
            return;
        }
        dates.opens = Some(begins);
        dates.steps.push(Step {
            text: Sentence::when_read(move |language| {
                let day = language.weekday_and_day(begins);
                match language {
                    English => format!(
                        "it would have opened before the first day of the series: it opens on {day}"
                    ),
                    Spanish => format!(
                        "se habría abierto antes del primer día de la serie: se abre el {day}"
                    ),
                }
            }),
            date: Some(begins),
            source: the_words(),
        });
    }
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
        start.steps.extend(rule::step(
            &recurrence.every,
            start.day,
            start.including,
            start.named,
        ));
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
                    let Some(found) = self.day_in(*day, held.first, held.last)? else {
                        continue;
                    };
                    if found.day > until {
                        break;
                    }
                    if found.day >= start.day {
                        days.push(found);
                        steps.push(held.step);
                    }
                }
                let mut all = self.days_of_periods(&start, &days);
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
        // The first such day on or after the anchor; the others that many months after its month.
        let mut days = Vec::new();
        let mut months_on = 0;
        while days.len() < MOST {
            let first = months_after(first_of_month, months_on)?;
            if first > until {
                break;
            }
            let last = months_after(first, 1)?
                .pred_opt()
                .ok_or_else(out_of_range)?;
            let found = match self.day_in(day, first, last) {
                Ok(found) => found.filter(|found| found.day >= start.day),
                // What is listed is told, and that no more is.
                Err(Missing::NotListed(text)) if !days.is_empty() => {
                    self.warn(text);
                    break;
                }
                Err(missing) => return Err(missing),
            };
            let on = if days.is_empty() && found.is_none() {
                1
            } else {
                months.max(1)
            };
            months_on += i64::from(on);
            match found {
                Some(found) if found.day > until => break,
                found => days.extend(found),
            }
        }
        Ok(self.days_of_periods(start, &days))
    }

    /// Days that words name in each period; where a period lacks its day, that is told.
    fn days_of_periods(&mut self, start: &Start, days: &[InStretch]) -> Vec<Dates> {
        let told = |day: NaiveDate, k: u32| {
            let lacking = usize::try_from(k).ok().and_then(|k| days.get(k));
            let lacking = lacking.and_then(|found| found.lacking.clone());
            rule::by_number(day, k).into_iter().chain(lacking).collect()
        };
        self.occurrences(start, days.iter().map(|found| found.day), &told)
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
        told: &dyn Fn(NaiveDate, u32) -> Vec<Sentence>,
    ) -> Vec<Dates> {
        (0u32..)
            .zip(days)
            .map(|(k, day)| {
                let mut found = found(start, day);
                for text in told(day, k) {
                    found.step(text, the_words());
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
                    Sentence::when_read(move |language| {
                        let number = language.ordinal_before(number);
                        match language {
                            English => format!(
                                "the {number} period: {} to {}",
                                language.day(first),
                                language.day(last)
                            ),
                            Spanish => {
                                format!("el {number} período: {}", language.days(first, last))
                            }
                        }
                    }),
                    the_words(),
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
