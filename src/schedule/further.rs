//! Where two days are claimed for something that a thing hangs on at a remove: what it would be by each of them.

use super::chain::{self, Link};
use super::claimed;
use super::facts::{Ledger, OfAgreement};
use super::times::{OneTime, Time};
use super::{Known, answer};
use crate::agreement::{Agreement, Obligation, When};
use crate::deadline::{Answer, Fact, OtherReading};
use crate::ids::{AgreementId, ObligationId};
use crate::language::{Phrase, Trigger};
use crate::record::answers::Claims;
use crate::record::{Entry, EntryKind};
use crate::words::Sentence;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What is claimed of the things that an agreement's dates hang on, where more than one day is.
pub(super) struct Contested<'a> {
    claims: Vec<ByAClaim<'a>>,
    /// Which of those things each date hangs on, at whatever remove.
    reached: BTreeMap<Link, BTreeSet<Link>>,
}

/// Every day as it would be by one claim.
struct ByAClaim<'a> {
    of: Link,
    day: NaiveDate,
    source: Sentence,
    /// Whether it is the one to go by, as long as it leaves what the others do.
    is_first: bool,
    ledger: Ledger<'a>,
}

/// Everything of which the record, or it and a file, may name more than one day.
pub(super) fn candidates(known: &Known<'_>) -> BTreeSet<Link> {
    let mut found = BTreeSet::new();
    for (id, subjects) in &known.entries {
        let Some(agreement) = known.question.office.agreement(id) else {
            continue;
        };
        for (subject, about) in subjects {
            let is_repeated = agreement.event(subject).is_some_and(|event| event.repeats);
            if !is_repeated && names_two_days(agreement, subject, about) {
                found.insert((AgreementId::new(*id), answer::own(subject)));
            }
            if is_met_on_two_days(about) {
                let id = (AgreementId::new(*id), ObligationId::new(*subject));
                found.insert((id.0, Trigger::Obligation(id.1)));
            }
        }
    }
    found
}

fn names_two_days(agreement: &Agreement, event: &str, about: &[&Entry]) -> bool {
    let stated = |when: &Option<When>| match when {
        Some(When::On(day, _)) => Some(*day),
        _ => None,
    };
    let in_file = match event {
        "signing" => agreement.signed.map(|day| day.value),
        "effective" => stated(&agreement.effective),
        "expiration" => stated(&agreement.expires),
        event => agreement
            .event(event)
            .and_then(|event| event.date)
            .map(|day| day.value),
    };
    let happened = about.iter().filter(|e| e.kind == EntryKind::Happened);
    let mut days: BTreeSet<NaiveDate> = happened.filter_map(|entry| entry.on).collect();
    let is_claimed = !days.is_empty();
    days.extend(in_file);
    is_claimed && days.len() > 1
}

fn is_met_on_two_days(about: &[&Entry]) -> bool {
    let mut days: BTreeMap<_, NaiveDate> = BTreeMap::new();
    let met = about.iter().filter(|entry| entry.kind == EntryKind::Met);
    met.filter_map(|entry| Some((entry, entry.on?)))
        .any(|(entry, on)| {
            let which = (entry.occurrence, &entry.for_words, entry.entry);
            days.insert(which, on).is_some_and(|other| other != on)
        })
}

impl<'a> Contested<'a> {
    /// Those that the dates of an agreement hang on.
    pub(super) fn of(known: &'a Known<'a>, here: &OfAgreement<'a>) -> Self {
        let mut contested = Self {
            claims: Vec::new(),
            reached: BTreeMap::new(),
        };
        if known.contested.is_empty() {
            return contested;
        }
        let agreement = here.agreement();
        let dated = agreement.obligations.iter();
        let links = dated.map(|obligation| of_obligation(agreement, obligation));
        let links = links.chain([(agreement.id.clone(), answer::own("expiration"))]);
        contested.reached = chain::reached(known, links, &known.contested);
        let needed: BTreeSet<&Link> = contested.reached.values().flatten().collect();
        for link in needed {
            let Some(other) = known.question.office.agreement(link.0.as_str()) else {
                continue;
            };
            let there = here.of_the(other);
            let claims = claims(&there, &link.1);
            let first = claims.first().map(|claim| claim.day);
            for claim in &claims.all {
                let source = there.source(claim);
                contested.claims.push(ByAClaim {
                    of: link.clone(),
                    day: claim.day,
                    source: source.clone(),
                    is_first: Some(claim.day) == first,
                    ledger: Ledger::by_a_claim(known, link.clone(), claim.clone(), source),
                });
            }
        }
        contested
    }

    fn reached_by(&self, link: &Link) -> impl Iterator<Item = &ByAClaim<'a>> {
        let reached = self.reached.get(link);
        let is_reached =
            move |claim: &&ByAClaim<'a>| reached.is_some_and(|reached| reached.contains(&claim.of));
        self.claims.iter().filter(is_reached)
    }

    /// What an obligation would be by each claim of what it hangs on through others. What its words name themselves is
    /// compared with its own other readings.
    pub(super) fn show(
        &self,
        here: &OfAgreement<'_>,
        obligation: &Obligation,
        phrase: &Phrase,
        answer: &mut Answer,
    ) {
        let agreement = here.agreement();
        let named = phrase.tree.triggers();
        let is_named = |of: &Link| {
            let is_own_event = matches!(of.1, Trigger::Event { .. }) && of.0 == agreement.id;
            is_own_event && (named.contains(&of.1) || of.1 == Trigger::effective())
        };
        for claim in self.reached_by(&of_obligation(agreement, obligation)) {
            if is_named(&claim.of) {
                continue;
            }
            let there = claim.ledger.of(agreement);
            let otherwise = answer::of(&there, obligation, phrase, &there, None);
            compare(answer, &otherwise, || claim.reading(agreement));
        }
    }

    /// The first end of an agreement by each claim of what it hangs on, where that is another.
    pub(super) fn ends(&self, agreement: &Agreement, end: NaiveDate) -> Vec<OtherReading> {
        let link = (agreement.id.clone(), answer::own("expiration"));
        let others = self.reached_by(&link).filter(|claim| {
            // Those of its own first day and end are shown with the file's.
            ![answer::own("effective"), answer::own("expiration")].contains(&claim.of.1)
        });
        others
            .filter_map(|claim| match claim.ledger.of(agreement).first_end() {
                Fact::Known { day, .. } if day != end => Some(OtherReading {
                    date: Some(day),
                    ..claim.reading(agreement)
                }),
                _ => None,
            })
            .collect()
    }
}

/// The same of one time of an event that repeats, of which parties name different days.
pub(super) fn show_of_one_time(
    here: &OfAgreement<'_>,
    obligation: &Obligation,
    phrase: &Phrase,
    time: &Time,
    answer: &mut Answer,
) {
    if phrase.tree.triggers().contains(&time.event) {
        return;
    }
    for claim in &time.otherwise {
        let source = here.source(claim);
        let by_it = OneTime::by_a_claim(here, time, claim.day, source.clone());
        let otherwise = answer::of(here, obligation, phrase, &by_it, by_it.time());
        compare(answer, &otherwise, || OtherReading {
            text: claimed::if_it_was_on(&time.event, claim.day, &source),
            date: None,
            source: claimed::the_earlier_is_used(),
            is_claimed: true,
        });
    }
}

fn compare(answer: &mut Answer, otherwise: &Answer, reading: impl Fn() -> OtherReading) {
    for (dates, other) in answer.dates.iter_mut().zip(&otherwise.dates) {
        let last = other.due.or(other.opens);
        if last != dates.due.or(dates.opens) {
            dates.other_readings.push(OtherReading {
                date: last,
                ..reading()
            });
        }
    }
}

impl ByAClaim<'_> {
    fn reading(&self, here: &Agreement) -> OtherReading {
        let trigger = match &self.of {
            (there, Trigger::Event { event, .. }) if *there != here.id => Trigger::Event {
                agreement: Some(there.clone()),
                event: event.clone(),
            },
            (_, trigger) => trigger.clone(),
        };
        OtherReading {
            text: claimed::if_it_was_on(&trigger, self.day, &self.source),
            date: None,
            source: if self.is_first {
                claimed::nothing_would_be_left()
            } else {
                claimed::the_earlier_is_used()
            },
            is_claimed: true,
        }
    }
}

/// The claims of a thing, where more than one day is claimed and none is settled.
fn claims(there: &OfAgreement<'_>, trigger: &Trigger) -> Claims {
    let claims = match trigger {
        Trigger::Event {
            agreement: None,
            event,
        } => Some(there.claims(event.as_str()))
            .filter(|_| !there.other_claims(event.as_str()).is_empty()),
        Trigger::Obligation(id) => there.claims_of_met(id.as_str()),
        _ => None,
    };
    claims
        .filter(|claims| claims.others().next().is_some())
        .unwrap_or_default()
}

fn of_obligation(agreement: &Agreement, obligation: &Obligation) -> Link {
    let trigger = Trigger::Obligation(obligation.id.clone());
    (agreement.id.clone(), trigger)
}
