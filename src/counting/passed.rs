//! Days off that were stepped over or passed, told in steps: every holiday by its name and its list.

use super::{DayOff, DayOffKind, Step};
use crate::words::Language::{self, English, Spanish};
use crate::words::{Noun, Sentence};
use chrono::{Datelike, NaiveDate};

/// Runs of ordinary weekends that are told one by one; more are summed up in one step.
const MOST_WEEKENDS: usize = 5;
/// Holidays that are told by name: those of a working life are only counted.
const MOST_HOLIDAYS: usize = 100;

impl DayOff {
    /// `Saturday 7 March 2026 is off`, `Thursday 26 November 2026: Thanksgiving Day`.
    pub fn sentence(&self, day: NaiveDate) -> Sentence {
        Run {
            first: day,
            last: day,
            off: self,
        }
        .sentence()
    }

    /// Where a step about it comes from: the list, and the law or the resolution behind it.
    pub(super) fn source(&self) -> String {
        if self.kind == DayOffKind::Weekday && self.calendar == "weekends" {
            return self.calendar.clone();
        }
        format!("{}, {}", self.calendar, self.authority)
    }
}

/// Days next to each other that are off for one reason.
struct Run<'a> {
    first: NaiveDate,
    last: NaiveDate,
    off: &'a DayOff,
}

impl Run<'_> {
    fn sentence(&self) -> Sentence {
        let (first, last) = (self.first, self.last);
        let one = first == last;
        match self.off.kind {
            DayOffKind::Holiday => {
                let name = self.off.name.clone();
                Sentence::when_read(move |language| {
                    format!("{}: {name}", Self::days(language, first, last))
                })
            }
            DayOffKind::Weekday => Sentence::when_read(move |language| {
                let days = Self::days(language, first, last);
                match language {
                    English if one => format!("{days} is off"),
                    English => format!("{days} are off"),
                    Spanish if one => format!("{days}: día no laborable"),
                    Spanish => format!("{days}: días no laborables"),
                }
            }),
        }
    }

    /// `Saturday 7 and Sunday 8 March 2026`.
    fn days(language: Language, first: NaiveDate, last: NaiveDate) -> String {
        let last_in_words = language.weekday_and_day(last);
        if first == last {
            return last_in_words;
        }
        let same_month = (first.month(), first.year()) == (last.month(), last.year());
        let first_in_words = if same_month {
            format!("{} {}", language.weekday(first.weekday()), first.day())
        } else {
            language.weekday_and_day(first)
        };
        match (first.succ_opt() == Some(last), language) {
            (true, English) => format!("{first_in_words} and {last_in_words}"),
            (true, Spanish) => format!("{first_in_words} y {last_in_words}"),
            (false, English) => format!("{first_in_words} to {last_in_words}"),
            (false, Spanish) => format!("del {first_in_words} al {last_in_words}"),
        }
    }

    fn step(&self) -> Step {
        Step {
            text: self.sentence(),
            date: None,
            source: Sentence::verbatim(self.off.source()),
        }
    }
}

/// The days that were passed, in their order; where ordinary weekends are many, they are summed up before the holidays.
pub(super) fn steps_over(days: &[(NaiveDate, DayOff)]) -> Vec<Step> {
    let mut ordered: Vec<&(NaiveDate, DayOff)> = days.iter().collect();
    ordered.sort_by_key(|(day, _)| *day);
    let runs = runs(&ordered);
    let (weekends, holidays): (Vec<&Run<'_>>, Vec<&Run<'_>>) = runs
        .iter()
        .partition(|run| run.off.kind == DayOffKind::Weekday);
    if weekends.len() <= MOST_WEEKENDS && holidays.len() <= MOST_HOLIDAYS {
        return runs.iter().map(Run::step).collect();
    }
    let mut steps: Vec<Step> = summed_up(&ordered).into_iter().collect();
    steps.extend(holidays.iter().take(MOST_HOLIDAYS).map(|run| run.step()));
    if let Some(more) = holidays
        .get(MOST_HOLIDAYS..)
        .filter(|more| !more.is_empty())
    {
        steps.push(Step {
            text: Sentence::in_each(|language| {
                let holidays = language.count(more.len(), Noun::Holiday);
                match language {
                    English => format!("and {holidays} more"),
                    Spanish => format!("y {holidays} más"),
                }
            }),
            date: None,
            source: sources(more.iter().map(|run| run.off)),
        });
    }
    steps
}

fn runs<'a>(ordered: &[&'a (NaiveDate, DayOff)]) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    for (day, off) in ordered.iter().copied() {
        match runs.last_mut() {
            Some(run) if run.last.succ_opt() == Some(*day) && alike(run.off, off) => {
                run.last = *day;
            }
            _ => runs.push(Run {
                first: *day,
                last: *day,
                off,
            }),
        }
    }
    runs
}

/// A Saturday and a Sunday of one list, or two days of one break.
fn alike(a: &DayOff, b: &DayOff) -> bool {
    a.kind == b.kind
        && (&a.calendar, &a.authority) == (&b.calendar, &b.authority)
        && (a.kind == DayOffKind::Weekday || a.name == b.name)
}

/// `24 Saturdays and Sundays from Saturday 29 August 2026 to Sunday 22 November 2026 are off`.
fn summed_up(ordered: &[&(NaiveDate, DayOff)]) -> Option<Step> {
    let weekends: Vec<&(NaiveDate, DayOff)> = ordered
        .iter()
        .copied()
        .filter(|(_, off)| off.kind == DayOffKind::Weekday)
        .collect();
    let (first, last) = (weekends.first()?.0, weekends.last()?.0);
    let mut names = Vec::new();
    for (day, _) in &weekends {
        if !names.contains(&day.weekday()) {
            names.push(day.weekday());
        }
    }
    Some(Step {
        text: Sentence::in_each(|language| {
            let number = weekends.len();
            let names = language.list(names.iter().map(|day| language.weekdays(*day)));
            match language {
                English => format!(
                    "{number} {names} from {} to {} are off",
                    language.day(first),
                    language.day(last)
                ),
                Spanish => format!(
                    "{number} {names} {}: días no laborables",
                    language.days(first, last)
                ),
            }
        }),
        date: None,
        source: sources(weekends.iter().map(|(_, off)| off)),
    })
}

fn sources<'a>(of: impl Iterator<Item = &'a DayOff>) -> Sentence {
    let mut all: Vec<String> = Vec::new();
    for off in of {
        let source = off.source();
        if !all.contains(&source) {
            all.push(source);
        }
    }
    Sentence::verbatim(all.join("; "))
}
