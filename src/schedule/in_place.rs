//! What hangs on something that repeats and that a later agreement has replaced: each case, and each of a series, in what stands
//! in its place starts its own occurrence.

use super::Known;
use super::changes::{self, Later, To};
use super::facts::OfAgreement;
use super::times::{self, OneTime, Time};
use crate::agreement::{Agreement, ChangedTo, Obligation, Timing};
use crate::deadline::{Fact, Facts};
use crate::ids::{AgreementId, ObligationId};
use crate::language::{Phrase, Trigger};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The same case under an obligation that stands, or stood, in the place of one that repeats.
#[derive(Clone)]
pub(super) struct Elsewhere {
    agreement: AgreementId,
    obligation: ObligationId,
    time: Box<Time>,
}

/// The obligations that were put in the place of one, whatever became of that since.
pub(super) fn replaced_by<'a>(
    here: &OfAgreement<'a>,
    id: &ObligationId,
) -> Vec<(&'a Agreement, &'a Obligation)> {
    let office = here.known().question.office;
    let was_in_effect = |l: &&Later<'a>| l.is_in_effect() || l.held_while().is_some();
    let later = changes::of(here, id.as_str());
    let replaced = later
        .iter()
        .filter(was_in_effect)
        .filter_map(|l| match l.to {
            To::Replaced(agreement, id) => {
                let agreement = office.agreement(agreement.as_str())?;
                Some((agreement, agreement.obligation(id.as_str())?))
            }
            To::Void | To::Day(_) => None,
        });
    replaced.collect()
}

/// Whether an obligation is owed once for what is missed and once more for what stands in its place then: a limit that hangs on
/// something missed that a later agreement replaces.
pub(super) fn repeats_when_missed(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    trigger: &Trigger,
) -> bool {
    let (Trigger::Missed(id), Timing::Due(phrase)) = (trigger, &obligation.timing) else {
        return false;
    };
    let changes = known.changes.get(agreement.id.as_str());
    let is_restated = changes.into_iter().flatten().any(|(_, change)| {
        change.part.as_deref() == Some(id.as_str()) && matches!(change.to, ChangedTo::Restated(_))
    });
    is_restated && !phrase.tree.recurs()
}

/// The same as `replaced_by`, and what was put in the place of these, at whatever remove.
pub(super) fn all_in_place_of<'a>(
    here: &OfAgreement<'a>,
    id: &ObligationId,
) -> Vec<(&'a Agreement, &'a Obligation)> {
    let mut found: Vec<(&Agreement, &Obligation)> = Vec::new();
    let mut open = VecDeque::from([(here.agreement(), id.clone())]);
    let mut seen: BTreeSet<(AgreementId, ObligationId)> = BTreeSet::new();
    while let Some((agreement, id)) = open.pop_front() {
        if !seen.insert((agreement.id.clone(), id.clone())) {
            continue;
        }
        for (there, obligation) in replaced_by(&here.of_the(agreement), &id) {
            let next = (there.id.clone(), obligation.id.clone());
            let is_found = found
                .iter()
                .any(|(a, o)| (&a.id, &o.id) == (&next.0, &next.1));
            if !is_found && !seen.contains(&next) {
                found.push((there, obligation));
                open.push_back((there, next.1));
            }
        }
    }
    found
}

/// Joins the cases of what stands in the place of what `phrase` hangs on to the `times` of its own event: the same words are the
/// same case, and others are cases of their own.
pub(super) fn join(
    here: &OfAgreement<'_>,
    phrase: &Phrase,
    event: &Trigger,
    times: &mut Vec<Time>,
) {
    let mut by_words: BTreeMap<String, usize> = BTreeMap::new();
    for (place, time) in times.iter().enumerate() {
        if let Some(words) = &time.for_words {
            by_words.entry(words.clone()).or_insert(place);
        }
    }
    for (agreement, obligation) in in_place_of(here, phrase, event) {
        let there = here.of_the(agreement);
        for time in times::of_its_own_event(&there, obligation) {
            let same = time
                .for_words
                .as_ref()
                .and_then(|words| by_words.get(words));
            let elsewhere = Elsewhere {
                agreement: agreement.id.clone(),
                obligation: obligation.id.clone(),
                time: Box::new(time.clone()),
            };
            let same = same.and_then(|place| times.get_mut(*place));
            // One party that names two days for the same words speaks of two cases.
            if let Some(same) = same.filter(|same| !same.is_under(&elsewhere)) {
                same.elsewhere.push(elsewhere);
                continue;
            }
            if let Some(words) = &time.for_words {
                by_words.insert(words.clone(), times.len());
            }
            times.push(Time {
                event: event.clone(),
                elsewhere: vec![elsewhere],
                ..time
            });
        }
    }
}

/// What was put in the place of what a phrase hangs on, itself or through others, and in the place of that.
fn in_place_of<'a>(
    here: &OfAgreement<'a>,
    phrase: &Phrase,
    event: &Trigger,
) -> Vec<(&'a Agreement, &'a Obligation)> {
    let mut found: Vec<(&Agreement, &Obligation)> = Vec::new();
    let mut seen: BTreeSet<(AgreementId, ObligationId)> = BTreeSet::new();
    let mut open: VecDeque<(&Agreement, ObligationId)> = VecDeque::new();
    let named = |phrase: &Phrase| -> Vec<ObligationId> {
        let triggers = phrase.tree.triggers().into_iter();
        let obligations = triggers.filter_map(|trigger| match trigger {
            Trigger::Obligation(id) | Trigger::Missed(id) => Some(id),
            Trigger::Event { .. } | Trigger::AnyMissed => None,
        });
        obligations.collect()
    };
    open.extend(named(phrase).into_iter().map(|id| (here.agreement(), id)));
    while let Some((agreement, id)) = open.pop_front() {
        if !seen.insert((agreement.id.clone(), id.clone())) {
            continue;
        }
        let of = here.of_the(agreement);
        for (there, obligation) in replaced_by(&of, &id) {
            let is_same = |(other, o): &(&Agreement, &Obligation)| {
                (&other.id, &o.id) == (&there.id, &obligation.id)
            };
            if !found.iter().any(is_same) {
                found.push((there, obligation));
                open.push_back((there, obligation.id.clone()));
            }
        }
        // Through what hangs on the same event here; elsewhere only what replaces is of interest.
        let is_here = agreement.id == here.agreement().id;
        let through = agreement
            .obligation(id.as_str())
            .filter(|_| is_here && here.repeating().get(&id) == Some(event));
        let through = through.and_then(|obligation| obligation.timing.phrase());
        open.extend(
            through
                .into_iter()
                .flat_map(named)
                .map(|id| (agreement, id)),
        );
    }
    found
}

impl Time {
    fn is_under(&self, there: &Elsewhere) -> bool {
        let mut elsewhere = self.elsewhere.iter();
        elsewhere.any(|e| (&e.agreement, &e.obligation) == (&there.agreement, &there.obligation))
    }

    /// The same case under an obligation of another agreement.
    pub(super) fn under(&self, agreement: &AgreementId, obligation: &ObligationId) -> Option<Time> {
        let mut elsewhere = self.elsewhere.iter();
        let of = elsewhere.find(|e| e.agreement == *agreement && e.obligation == *obligation)?;
        Some(Time {
            elsewhere: self.elsewhere.clone(),
            ..(*of.time).clone()
        })
    }
}

/// The facts of what stands in the place of something, for the same case; `None` where it has cases, and not that one.
pub(super) fn facts_there<'a>(
    there: &'a OfAgreement<'a>,
    obligation: &ObligationId,
    time: Option<&Time>,
) -> Option<OneTime<'a>> {
    let case = time.and_then(|time| time.under(&there.agreement().id, obligation));
    // What is told apart there, and has no such case, says nothing about this one.
    let is_of_cases = || {
        let event = there.repeating().get(obligation);
        time.is_some() && event.is_some_and(|event| times::is_declared(there.agreement(), event))
    };
    if case.is_none() && is_of_cases() {
        return None;
    }
    Some(times::one(there, case))
}

/// The day that a trigger of another agreement has for the same case.
pub(super) fn day_there(
    there: &OfAgreement<'_>,
    trigger: &Trigger,
    obligation: &ObligationId,
    time: Option<&Time>,
) -> Fact {
    facts_there(there, obligation, time).map_or(Fact::Unknown, |facts| facts.day(trigger))
}
