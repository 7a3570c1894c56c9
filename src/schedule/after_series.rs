//! What hangs on a series: each of its days that was done starts its own occurrence, and that of the next is expected; where it
//! hangs on one that was missed, each of those that were does.

use super::facts::{OfAgreement, as_long_as_it_is_not_met};
use super::matter::{self, Agreed, Matter};
use super::missed::{self, Missed};
use super::times::{self, OneTime, Time};
use super::{answer, changes, in_place, own_term};
use crate::agreement::{Agreement, Obligation, Timing};
use crate::deadline::Fact;
use crate::ids::ObligationId;
use crate::language::Trigger;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Whether an obligation is owed once for each of a series: a limit that hangs on one. What lasts or recurs from a series
/// begins with one of its days alone.
pub(super) fn repeats(agreement: &Agreement, obligation: &Obligation, trigger: &Trigger) -> bool {
    let (Trigger::Obligation(id) | Trigger::Missed(id), Timing::Due(phrase)) =
        (trigger, &obligation.timing)
    else {
        return false;
    };
    !phrase.tree.recurs() && is_of_a_series(agreement, id)
}

/// Whether an obligation of an agreement is a series.
pub(super) fn is_of_a_series(agreement: &Agreement, id: &ObligationId) -> bool {
    agreement.obligation(id.as_str()).is_some_and(is_series)
}

fn is_series(of: &Obligation) -> bool {
    matches!(of.timing, Timing::Every { .. })
        || of
            .timing
            .phrase()
            .is_some_and(|phrase| phrase.tree.recurs())
}

/// The times of a series that `trigger` names. Of one that is to be done: each day on which it was, and the next; empty where it
/// has no day, or where what stands in its place is no series. Of one that is missed: each day that was. Of what a later
/// agreement has put in its place, too.
pub(super) fn times(here: &OfAgreement<'_>, trigger: &Trigger) -> Vec<Time> {
    let (Trigger::Obligation(id) | Trigger::Missed(id)) = trigger else {
        return Vec::new();
    };
    let is_missed = matches!(trigger, Trigger::Missed(_));
    let mut seen = BTreeSet::new();
    let mut times = Vec::new();
    let mut open = vec![(here.agreement(), id.clone())];
    while let Some((agreement, id)) = open.pop() {
        if !seen.insert((agreement.id.clone(), id.clone())) {
            continue;
        }
        let of = here.of_the(agreement);
        times.extend(if is_missed {
            missed_of_one(here, &of, &id, &times::one(&of, None))
        } else {
            of_one(&of, &id, &times::one(&of, None))
        });
        let replaced = in_place::replaced_by(&of, &id).into_iter();
        let counts = replaced.filter(|(_, obligation)| is_missed || is_series(obligation));
        open.extend(counts.map(|(agreement, obligation)| (agreement, obligation.id.clone())));
    }
    times.sort_by_key(|time| matches!(time.fact, Fact::Expected { .. }));
    for time in &mut times {
        time.event = trigger.clone();
    }
    times
}

/// Of what hangs on a series within each case of an event that repeats: each case once for each of its days that starts something;
/// one of which no day does stays as it is, and waits.
pub(super) fn in_each_case(
    here: &OfAgreement<'_>,
    obligation: &Obligation,
    event: &Trigger,
    cases: Vec<Time>,
) -> Vec<Time> {
    let triggers = obligation
        .timing
        .phrase()
        .map(|phrase| phrase.tree.triggers());
    let hangs_on = |trigger: &Trigger| match trigger {
        Trigger::Obligation(id) | Trigger::Missed(id) => {
            repeats(here.agreement(), obligation, trigger)
                && here.repeating().get(id) == Some(event)
        }
        _ => false,
    };
    let Some(trigger) = triggers.into_iter().flatten().find(hangs_on) else {
        return cases;
    };
    let (Trigger::Obligation(id) | Trigger::Missed(id)) = &trigger else {
        return cases;
    };
    let of_a_case = |case: Time| {
        let facts = times::one(here, Some(case.clone()));
        let days = match &trigger {
            Trigger::Missed(_) => missed_of_one(here, here, id, &facts),
            _ => of_one(here, id, &facts),
        };
        let each: Vec<Time> = days
            .into_iter()
            .map(|day| Time {
                otherwise: case.otherwise.clone(),
                denied: day.denied,
                of_series: Some((trigger.clone(), day.fact)),
                ..case.clone()
            })
            .collect();
        if each.is_empty() { vec![case] } else { each }
    };
    cases.into_iter().flat_map(of_a_case).collect()
}

/// Each day of one series alone that was missed.
fn missed_of_one(
    here: &OfAgreement<'_>,
    of: &OfAgreement<'_>,
    id: &ObligationId,
    facts: &OneTime<'_>,
) -> Vec<Time> {
    let Some((series, answer)) = of.answer(id.as_str(), facts, facts.time()) else {
        return Vec::new();
    };
    let name = if of.agreement().id == here.agreement().id {
        id.to_string()
    } else {
        format!("{}/{id}", of.agreement().id)
    };
    let missed = missed::days(of, series, &answer, facts.time()).into_iter();
    missed
        .map(
            |Missed {
                 day,
                 name: of_the_series,
                 denied,
             }| Time {
                event: Trigger::Missed(id.clone()),
                fact: Fact::Known {
                    day,
                    source: missed::source(of, &name, &denied),
                },
                for_words: Some(of_the_series.unwrap_or(day).to_string()),
                begun_by: Vec::new(),
                otherwise: Vec::new(),
                denied,
                elsewhere: Vec::new(),
                period: None,
                of_series: None,
            },
        )
        .collect()
}

/// Whether one of a series fell due under the eyes of this office, and not while the agreement had ended before all renewed it.
fn is_owed_on(
    here: &OfAgreement<'_>,
    series: &Obligation,
    last: NaiveDate,
    watched_from: NaiveDate,
) -> bool {
    watched_from <= last && (series.survives || !own_term::had_lapsed_on(here, last))
}

/// The same of one series alone.
fn of_one(here: &OfAgreement<'_>, id: &ObligationId, facts: &OneTime<'_>) -> Vec<Time> {
    let later = changes::of(here, id.as_str());
    let case = facts.time();
    let Some((series, answer)) = here.answer(id.as_str(), facts, case) else {
        return Vec::new();
    };
    let is_series = answer::is_series(series, &answer);
    let today = here.known().question.today;
    let goes_on = changes::superseding(&later).is_none();
    let watched_from = here
        .known()
        .question
        .tracked_from(here.agreement(), Some(series));
    let mut times = Vec::new();
    // The last that passed, as long as nothing is recorded of it, and the next.
    let mut overdue: Option<Time> = None;
    let mut next: Option<Time> = None;
    for dates in &answer.dates {
        let Some(name) = dates.name() else {
            continue;
        };
        let matter = Matter {
            name: is_series.then_some(name),
            for_words: case.and_then(|case| case.for_words.as_deref()),
            begun_by: case.map_or(&[], |case| &case.begun_by),
            recurs: answer.dates.len() > 1,
        };
        let time = |fact| Time {
            event: Trigger::Obligation(id.clone()),
            fact,
            for_words: Some(name.to_string()),
            begun_by: Vec::new(),
            otherwise: Vec::new(),
            denied: Vec::new(),
            elsewhere: Vec::new(),
            period: None,
            of_series: None,
        };
        let last = dates.grace.or(dates.due);
        let has_passed = last.is_some_and(|last| last < today);
        if has_passed {
            overdue = None;
        }
        let about = matter::entries(here.known(), here.agreement(), id.as_str(), matter);
        let met = matter::met(here.known(), here.agreement(), &about);
        let is_skipped = Agreed::of(here.known(), here.agreement(), &about)
            .waived()
            .is_some();
        // What all agreed to skip starts nothing, whatever one side says.
        if is_skipped && met.accepted().is_none() {
            continue;
        }
        if let (Some(first), Some(source)) = (met.first(), here.source_of_claims(&met)) {
            let day = first.day;
            // What was done once another stood in its place took nothing from that.
            if !changes::had_taken_over(&later, day) {
                times.push(Time {
                    otherwise: met.others().cloned().collect(),
                    ..time(Fact::Known { day, source })
                });
            }
            continue;
        }
        let is_ahead = next.is_none() && dates.due.is_some_and(|due| due >= today);
        let is_overdue =
            has_passed && last.is_some_and(|last| is_owed_on(here, series, last, watched_from));
        let source = as_long_as_it_is_not_met(id.as_str());
        let day = dates.nominal.unwrap_or(name);
        let expected = || Some(time(Fact::Expected { day, source }));
        if goes_on && is_ahead {
            next = expected();
        } else if goes_on && is_overdue {
            overdue = expected();
        }
    }
    times.extend(overdue);
    times.extend(next);
    times
}
