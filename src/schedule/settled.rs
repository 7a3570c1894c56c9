//! Whether the last day of something is settled, so that what was done after it was done late.
//!
//! A day that is only expected, or that rests on what one side alone says, may still be another: nobody is said to have been late
//! against it.

use super::answer::own;
use super::changes::{self, Later};
use super::facts::OfAgreement;
use super::matter::Agreed;
use super::{Known, Occurrence};
use crate::agreement::{Agreement, Obligation, When};
use crate::deadline::{Fact, Facts};
use crate::ids::{AgreementId, EventId};
use crate::language::{Phrase, Trigger};
use crate::record::answers::{Claims, Repeats, Stands, standing};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Whether what was done on a day, after its last day, was late by all that may still prove to be so.
pub(super) fn is_late(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    occurrence: &Occurrence,
    agreed: &Agreed,
    later: &[Later<'_>],
    done: NaiveDate,
) -> bool {
    if occurrence.projected || !occurrence.withdrawn_by.is_empty() {
        return false;
    }
    // What all agreed on, and what a later agreement says, holds whatever it was counted from.
    let is_given = agreed.is_moved() || changes::deciding(later).is_some_and(Later::gives_a_day);
    if is_given {
        return true;
    }
    let mut claimed = occurrence.other_readings.iter().filter(|r| r.is_claimed);
    let is_in_time = claimed.any(|reading| reading.date.is_none_or(|last| done <= last));
    !is_in_time && !rests_on_one_word(of, obligation, occurrence)
}

/// Whether the words of an obligation count, at whatever remove, from a day that no other party than its teller has accepted.
fn rests_on_one_word(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    occurrence: &Occurrence,
) -> bool {
    let mut seen: BTreeSet<(AgreementId, Trigger)> = BTreeSet::new();
    let mut open = Vec::new();
    let named = |phrase: &Phrase| phrase.tree.triggers();
    let of_words = obligation.timing.phrase().map(named).unwrap_or_default();
    open.extend(
        of_words
            .into_iter()
            .map(|trigger| (of.agreement(), trigger)),
    );
    while let Some((agreement, trigger)) = open.pop() {
        if !seen.insert((agreement.id.clone(), trigger.clone())) {
            continue;
        }
        let here = of.of_the(agreement);
        let mut next: Vec<Trigger> = Vec::new();
        match &trigger {
            Trigger::Event {
                agreement: Some(other),
                event,
            } => {
                let office = of.known().question.office;
                let other = office.agreement(other.as_str());
                open.extend(other.map(|other| (other, own(event.as_str()))));
            }
            Trigger::Event {
                agreement: None,
                event,
            } if agreement.event(event.as_str()).is_some_and(|e| e.repeats) => {
                if is_one_words_time(of.known(), agreement, event, &occurrence.begun.by) {
                    return true;
                }
            }
            Trigger::Event {
                agreement: None,
                event,
            } => {
                let claims = here.claims_in_effect(event.as_str());
                if is_one_word(&claims) {
                    return true;
                }
                next = match (event.as_str(), &agreement.effective, &agreement.expires) {
                    _ if !claims.all.is_empty() => Vec::new(),
                    ("effective", Some(When::Phrase(phrase)), _)
                    | ("expiration", _, Some(When::Phrase(phrase))) => named(phrase),
                    ("effective", None, _) => vec![own("signing")],
                    _ => Vec::new(),
                };
            }
            Trigger::Obligation(id) | Trigger::Missed(id) => {
                let met = here.claims_of_met(id.as_str()).unwrap_or_default();
                if matches!(trigger, Trigger::Obligation(_)) && is_one_word(&met) {
                    return true;
                }
                let is_done =
                    matches!(here.day(&trigger), Fact::Known { .. }) && !met.all.is_empty();
                let phrase = agreement.obligation(id.as_str());
                let phrase = phrase.and_then(|obligation| obligation.timing.phrase());
                if !is_done {
                    next = phrase.map(named).unwrap_or_default();
                }
            }
            Trigger::AnyMissed => {}
        }
        open.extend(next.into_iter().map(|trigger| (agreement, trigger)));
    }
    false
}

/// Whether a day is claimed and not accepted. One that the file alone gives is what the parties go by.
fn is_one_word(claims: &Claims) -> bool {
    claims.accepted().is_none()
        && claims
            .first()
            .is_some_and(|claim| !claim.entries.is_empty())
}

/// The same of one time of an event that repeats, by the entries that say when it was; none where the file alone does.
fn is_one_words_time(
    known: &Known<'_>,
    agreement: &Agreement,
    event: &EventId,
    by: &[u64],
) -> bool {
    let about = known.about(agreement, event.as_str());
    let rule = known.rule(agreement);
    let mut told = about
        .iter()
        .filter(|entry| by.contains(&entry.number))
        .peekable();
    told.peek().is_some()
        && !told.any(|entry| {
            let standing = standing(entry, about, Repeats::Yes, &rule);
            standing.is_some_and(|standing| standing.stands == Stands::Confirmed)
        })
}
