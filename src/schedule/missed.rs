//! What was not done by its last day, under the eyes of this office: it may start a clock.

use super::facts::OfAgreement;
use super::matter::{self, Agreed, Matter};
use super::times::{self, Time};
use super::{Known, answer, changes};
use crate::agreement::{Agreement, Obligation, Status};
use crate::deadline::{Answer, Dates, Fact};
use crate::ids::ObligationId;
use crate::language::Trigger;
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The last days of one obligation that passed without its having been done by then, the earliest first. It is withdrawn
/// if it proves done in time; two parties that differ on that have proved nothing.
pub(super) fn days(
    facts: &OfAgreement<'_>,
    obligation: &Obligation,
    answer: &Answer,
    time: Option<&Time>,
) -> Vec<NaiveDate> {
    let id = obligation.id.as_str();
    if !matter::came_about(facts.known(), facts.agreement(), obligation) {
        return Vec::new();
    }
    let later = changes::of(facts, id);
    let superseded = changes::superseding(&later).map(|(_, from)| from);
    answer
        .dates
        .iter()
        .filter_map(|dates| {
            let last = passed(facts, obligation, dates)?;
            // What was taken over by its last day was owed no more on it.
            if superseded.is_some_and(|from| from <= last) {
                return None;
            }
            let is_done = is_done_in_time(facts, obligation, answer, time, dates, last);
            (!is_done).then_some(dates.nominal)?
        })
        .collect()
}

/// The last day of what has passed since this office looks on.
fn passed(facts: &OfAgreement<'_>, obligation: &Obligation, dates: &Dates) -> Option<NaiveDate> {
    let question = facts.known().question;
    let last = dates.grace.or(dates.due)?;
    let watched_from = question.tracked_from(facts.agreement(), Some(obligation));
    (!dates.projected && !dates.to_begin && watched_from <= last && last < question.today)
        .then_some(last)
}

/// Whether it was done by `last`, or skipped by agreement.
fn is_done_in_time(
    facts: &OfAgreement<'_>,
    obligation: &Obligation,
    answer: &Answer,
    time: Option<&Time>,
    dates: &Dates,
    last: NaiveDate,
) -> bool {
    let (known, agreement) = (facts.known(), facts.agreement());
    let called = dates.name();
    let matter = Matter {
        name: called.filter(|_| answer::is_series(obligation, answer) || time.is_some()),
        for_words: time.and_then(|time| time.for_words.as_deref()),
        begun_by: time.map_or(&[], |time| &time.begun_by),
        recurs: answer.dates.len() > 1,
    };
    let about = matter::entries(known, agreement, obligation.id.as_str(), matter);
    if Agreed::of(known, agreement, &about).waived().is_some() {
        return true;
    }
    let met = matter::met(known, agreement, &about);
    !met.are_disputed() && met.first().is_some_and(|claim| claim.day <= last)
}

/// What a day of this file's rests on.
pub(super) fn source(id: &str) -> Sentence {
    Sentence::in_each(|language| match language {
        English => {
            format!("the last day of `{id}`; nothing says that it was done by then")
        }
        Spanish => {
            format!("el último día de `{id}`; nada indica que para entonces se hubiera cumplido")
        }
    })
}

/// Every commitment of another party than those that owe `asking` that was missed, here and in what amends this agreement:
/// a time of its own each. What all owe jointly looks at all commitments.
pub(super) fn any(facts: &OfAgreement<'_>, asking: &Obligation) -> Vec<Time> {
    let here = facts.agreement();
    let asking = hangs_on_it(here, asking);
    let ours = |party| asking.owed_by.contains(party);
    let of_all = here.parties.iter().all(ours);
    let mut times = Vec::new();
    for (agreement, obligation) in commitments(facts.known(), here) {
        if !of_all && obligation.owed_by.iter().all(ours) {
            continue;
        }
        let theirs = facts.of_the(agreement);
        let Some(phrase) = obligation.timing.phrase() else {
            continue;
        };
        let name = if agreement.id == here.id {
            obligation.id.to_string()
        } else {
            format!("{}/{}", agreement.id, obligation.id)
        };
        for facts_then in times::of(obligation, phrase, &theirs) {
            let time = facts_then.time();
            let answer = answer::of(&theirs, obligation, phrase, &facts_then, time);
            let words = time.and_then(|time| time.for_words.as_ref());
            for day in days(&theirs, obligation, &answer, time) {
                times.push(Time {
                    event: Trigger::AnyMissed,
                    fact: Fact::Known {
                        day,
                        source: source(&name),
                    },
                    for_words: Some(match words {
                        Some(words) => format!("{name} ({words})"),
                        None => name.clone(),
                    }),
                    begun_by: Vec::new(),
                    otherwise: Vec::new(),
                    period: None,
                });
            }
        }
    }
    times
}

/// The obligation whose own words name a missed commitment, where another hangs on it.
fn hangs_on_it<'a>(agreement: &'a Agreement, asking: &'a Obligation) -> &'a Obligation {
    let mut open = vec![asking];
    let mut seen: BTreeSet<&ObligationId> = BTreeSet::new();
    while let Some(obligation) = open.pop() {
        let phrase = obligation.timing.phrase();
        let triggers = phrase.map(|phrase| phrase.tree.triggers());
        for trigger in triggers.unwrap_or_default() {
            match trigger {
                Trigger::AnyMissed => return obligation,
                Trigger::Obligation(id) | Trigger::Missed(id) => {
                    if let Some(next) = agreement.obligation(id.as_str())
                        && seen.insert(&next.id)
                    {
                        open.push(next);
                    }
                }
                Trigger::Event { .. } => {}
            }
        }
    }
    asking
}

/// What may be missed under an agreement: what it and those that amend it set a time for. What itself hangs on something
/// missed is none: a clock that runs out starts no other of its kind.
pub(super) fn commitments<'a>(
    known: &Known<'a>,
    agreement: &'a Agreement,
) -> Vec<(&'a Agreement, &'a Obligation)> {
    let mut found = Vec::new();
    let amending = known
        .question
        .office
        .agreements
        .iter()
        .filter(|other| other.id == agreement.id || other.amends.contains(&agreement.id))
        .filter(|other| other.status == Status::InForce);
    for of in amending {
        let repeating = times::repeating_of_each(known, of);
        for obligation in &of.obligations {
            let hangs_on_one = repeating.get(&obligation.id) == Some(&Trigger::AnyMissed);
            if obligation.timing.phrase().is_some() && !hangs_on_one {
                found.push((of, obligation));
            }
        }
    }
    found
}
