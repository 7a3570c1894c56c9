//! Which occurrence an entry is about: the one that is named, or the only one that is open.

use super::{Circumstances, Request, text};
use crate::agreement::Obligation;
use crate::error::{Error, Result};
use crate::schedule::{self, Occurrence, Question, Schedule, State};
use chrono::NaiveDate;

/// How many days a refusal lists.
const MOST_LISTED: usize = 12;

/// The occurrence that `--occurrence` names; `None` where none is named, or where there is only one.
pub(super) fn named(
    request: &Request,
    obligation: &Obligation,
    given: &Circumstances<'_>,
) -> Result<Option<NaiveDate>> {
    let Some(day) = request.occurrence else {
        return Ok(None);
    };
    let schedule = schedule_of(request, given);
    let all = of(&schedule, request, obligation, given);
    find(day, &all, obligation)
}

/// The occurrence that was met: the one that is named, the only one that there is, or the only one that is open.
pub(super) fn to_be_met(
    request: &Request,
    obligation: &Obligation,
    given: &Circumstances<'_>,
) -> Result<Option<NaiveDate>> {
    let schedule = schedule_of(request, given);
    let all = of(&schedule, request, obligation, given);
    if let Some(day) = request.occurrence {
        return find(day, &all, obligation);
    }
    if let [only] = all.as_slice() {
        return Ok(only.occurrence);
    }
    if all.is_empty() {
        return match &request.for_words {
            Some(words) => Err(Error::refused(format!(
                "`{}` has no occurrence for \"{}\"; leave --for out, or record first that its event happened",
                obligation.id,
                text::shown(words)
            ))),
            // It has no occurrence yet that could be told from another.
            None => Ok(None),
        };
    }
    let open: Vec<&Occurrence> = all
        .iter()
        .copied()
        .filter(|o| {
            matches!(
                o.state,
                State::Open | State::Overdue | State::NotStarted | State::Deciding
            )
        })
        .collect();
    match open.as_slice() {
        [only] => Ok(only.occurrence),
        [] => Err(Error::refused(format!(
            "`{}` recurs, and none is open or overdue; say which was done, as --occurrence DATE: {}",
            obligation.id,
            list(&all, given.today)
        ))),
        several => Err(Error::refused(format!(
            "`{}` recurs, and several are open or overdue; say which was done, as --occurrence DATE: {}",
            obligation.id,
            list(several, given.today)
        ))),
    }
}

fn schedule_of(request: &Request, given: &Circumstances<'_>) -> Schedule {
    schedule::schedule(
        &Question::new(given.office, given.record, given.today)
            .at_least_until(request.occurrence.unwrap_or(given.today)),
    )
}

fn of<'a>(
    schedule: &'a Schedule,
    request: &Request,
    obligation: &Obligation,
    given: &Circumstances<'_>,
) -> Vec<&'a Occurrence> {
    schedule
        .occurrences
        .iter()
        .filter(|o| o.agreement == given.agreement.id && o.obligation == obligation.id)
        .filter(|o| request.for_words.is_none() || o.for_words == request.for_words)
        .collect()
}

/// An occurrence is called by its nominal last day; its due day and its only day are understood too.
fn find(day: NaiveDate, all: &[&Occurrence], obligation: &Obligation) -> Result<Option<NaiveDate>> {
    let is_called = |name: fn(&Occurrence) -> Option<NaiveDate>| {
        all.iter().find(|o| name(o) == Some(day)).copied()
    };
    is_called(|o| o.occurrence)
        .or_else(|| is_called(|o| o.nominal))
        .or_else(|| is_called(|o| o.due))
        .map(|o| o.occurrence)
        .ok_or_else(|| {
            let listed = list(all, day);
            Error::refused(if listed.is_empty() {
                format!(
                    "`{}` has no dated occurrence yet; leave --occurrence out",
                    obligation.id
                )
            } else {
                format!(
                    "`{}` has no occurrence on {day}; there are: {listed}",
                    obligation.id
                )
            })
        })
}

/// The days by which occurrences are called, each with its state; of many, those around `middle`.
fn list(occurrences: &[&Occurrence], middle: NaiveDate) -> String {
    let mut days: Vec<(NaiveDate, &Occurrence)> = occurrences
        .iter()
        .filter_map(|o| Some((o.occurrence.or(o.nominal).or(o.due)?, *o)))
        .collect();
    days.sort_by_key(|(day, _)| *day);
    let left_out = days.len().saturating_sub(MOST_LISTED);
    let before = days.iter().filter(|(day, _)| *day < middle).count();
    let skipped = before.saturating_sub(MOST_LISTED / 2).min(left_out);
    let mut listed: Vec<String> = days
        .iter()
        .skip(skipped)
        .take(MOST_LISTED)
        .map(|(day, o)| match &o.for_words {
            Some(words) if !words.is_empty() => {
                format!("{day} ({}, {})", text::shown(words), o.state.as_str())
            }
            _ => format!("{day} ({})", o.state.as_str()),
        })
        .collect();
    if left_out > 0 {
        listed.push(format!("and {left_out} more"));
    }
    listed.join(", ")
}
