//! Where two days are claimed for something that a thing hangs on at a remove: what it would be by each of them.

use super::chain::{self, Link};
use super::claimed::{self, Claimed, Otherwise};
use super::facts::{Ledger, OfAgreement};
use super::times::{self, OneTime, Time};
use super::{Known, answer};
use crate::agreement::{Agreement, Obligation, When};
use crate::deadline::{Answer, Dates, Fact, Facts, OtherReading};
use crate::ids::{AgreementId, ObligationId};
use crate::language::{Phrase, Trigger};
use crate::record::answers::{Claim, Claims, is_no_ones_alone};
use crate::record::{Entry, EntryKind};
use crate::words::Language::{English, Spanish};
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
    /// The entries that claim it.
    entries: Vec<u64>,
    source: Sentence,
    /// Why it is not gone by.
    why: Sentence,
    ledger: Ledger<'a>,
}

/// What an obligation hangs on, as it would be by one claim.
pub(super) struct AsClaimed<'c> {
    claim: &'c ByAClaim<'c>,
    there: OfAgreement<'c>,
    /// Where it is owed more than once: each time by that claim.
    times: Vec<Time>,
}

/// The first end of an agreement as it would be by one claim.
pub(super) struct EndAsClaimed<'c> {
    /// What is said of it; its day is for each period to tell.
    pub(super) reading: OtherReading,
    pub(super) there: OfAgreement<'c>,
    pub(super) end: NaiveDate,
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
    // What stands in the file in words has its day from there.
    is_claimed && (days.len() > 1 || is_no_ones_alone(agreement, event))
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
        let own = ["effective", "expiration"].map(|day| (agreement.id.clone(), answer::own(day)));
        let links = links.chain(own);
        contested.reached = chain::reached(known, links, &known.contested);
        let needed: BTreeSet<&Link> = contested.reached.values().flatten().collect();
        for link in needed {
            let Some(other) = known.question.office.agreement(link.0.as_str()) else {
                continue;
            };
            let there = here.of_the(other);
            for (claim, why) in claims(&there, &link.1) {
                let source = there.source(&claim);
                contested.claims.push(ByAClaim {
                    of: link.clone(),
                    day: claim.day,
                    entries: claim.entries.clone(),
                    source: source.clone(),
                    why,
                    ledger: Ledger::by_a_claim(known, link.clone(), claim, source),
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

    /// What an obligation hangs on by each claim of that, at whatever remove.
    pub(super) fn each<'c>(
        &'c self,
        agreement: &'c Agreement,
        obligation: &Obligation,
        phrase: &Phrase,
    ) -> Vec<AsClaimed<'c>> {
        let link = of_obligation(agreement, obligation);
        self.reached_by(&link)
            .map(|claim| {
                let there = claim.ledger.of(agreement);
                let times = times::of(obligation, phrase, &there).into_iter();
                let times = times.filter_map(|then| then.time().cloned()).collect();
                AsClaimed {
                    claim,
                    there,
                    times,
                }
            })
            .collect()
    }

    /// The days on which an agreement took effect by each claim of that, or of what that hangs on.
    pub(super) fn first_days(&self, agreement: &Agreement) -> Vec<NaiveDate> {
        let own = (agreement.id.clone(), answer::own("effective"));
        let itself = self.claims.iter().filter(|claim| claim.of == own);
        let claims = itself.chain(self.reached_by(&own));
        let days = claims.filter_map(|claim| {
            match claim.ledger.of(agreement).day(&answer::own("effective")) {
                Fact::Known { day, .. } => Some(day),
                _ => None,
            }
        });
        days.collect()
    }

    /// The first end of an agreement by each claim of what it hangs on.
    pub(super) fn ends<'c>(&'c self, agreement: &'c Agreement) -> Vec<EndAsClaimed<'c>> {
        let own = (agreement.id.clone(), answer::own("expiration"));
        let others = self.reached_by(&own).filter(|claim| claim.of != own);
        others
            .filter_map(|claim| {
                let there = claim.ledger.of(agreement);
                let Fact::Known { day: end, .. } = there.first_end() else {
                    return None;
                };
                let reading = OtherReading {
                    text: claimed::if_it_was_on(
                        &claim.trigger(agreement),
                        claim.day,
                        &claim.source,
                    ),
                    date: None,
                    source: claim.why.clone(),
                    is_claimed: true,
                    claimed_by: claim.entries.clone(),
                };
                Some(EndAsClaimed {
                    reading,
                    there,
                    end,
                })
            })
            .collect()
    }
}

impl AsClaimed<'_> {
    /// Shows what an obligation would be by this claim, at one of its times where it is owed more than once: the so-many-eth
    /// of those that are called the same. What its words name themselves is compared with its own other readings.
    pub(super) fn show(
        &self,
        obligation: &Obligation,
        phrase: &Phrase,
        time: Option<(&Time, usize)>,
        answer: &mut Answer,
    ) -> Vec<Otherwise<'_>> {
        let agreement = self.there.agreement();
        let trigger = self.claim.trigger(agreement);
        let is_named = match time {
            None => phrase.tree.triggers().contains(&trigger),
            Some((time, _)) => time.period.is_none() && time.event == trigger,
        };
        if is_named
            && matches!(
                trigger,
                Trigger::Event {
                    agreement: None,
                    ..
                }
            )
        {
            return Vec::new();
        }
        let Some(facts) = self.facts_then(time) else {
            if time.is_some_and(|(time, _)| time.event == Trigger::AnyMissed) {
                self.has_no_day(&trigger, answer);
            }
            return Vec::new();
        };
        let otherwise = answer::of(&self.there, obligation, phrase, &facts, facts.time());
        if otherwise.dates.is_empty() {
            self.has_no_day(&trigger, answer);
        }
        let (claim, why) = (self.claim, &self.claim.why);
        let claimed = Claimed {
            day: claim.day,
            by: &claim.source,
            entries: &claim.entries,
        };
        let reading = |of: (&Dates, &Dates)| claimed::reading(&trigger, claimed, why.clone(), of);
        compare(answer, otherwise, reading, &|| {
            let facts = self.facts_then(time)?;
            Some(Box::new(facts))
        })
    }

    /// The facts as that time of it sees them; `None` where it has no such time by this claim.
    fn facts_then(&self, time: Option<(&Time, usize)>) -> Option<OneTime<'_>> {
        let Some((time, place)) = time else {
            return Some(times::one(&self.there, None));
        };
        let same = |other: &&Time| match (time.period, other.period) {
            (Some(one), Some(other)) => {
                (one.number, one.overtaken) == (other.number, other.overtaken)
            }
            _ if !time.begun_by.is_empty() => time.begun_by == other.begun_by,
            _ => time.for_words == other.for_words,
        };
        // By a day on which it ended an agreement was not renewed any more.
        let is_over = self.times.len() == 1 && time.period.is_some_and(|period| period.is_current);
        let of_the_same = if time.period.is_some() { 0 } else { place };
        let found = self.times.iter().filter(same).nth(of_the_same);
        let found = found.or(self.times.first().filter(|_| is_over))?;
        Some(times::one(&self.there, Some(found.clone())))
    }

    /// Says of what has a day that it has none yet by this claim.
    fn has_no_day(&self, trigger: &Trigger, answer: &mut Answer) {
        let text = claimed::if_it_was_on(trigger, self.claim.day, &self.claim.source);
        for dates in answer.dates.iter_mut().filter(|dates| !dates.projected) {
            dates.other_readings.push(OtherReading {
                text: Sentence::in_each(|language| {
                    let text = text.of(language);
                    match language {
                        English => format!("{text}, it has no day yet"),
                        Spanish => format!("{text}, todavía no tiene fecha"),
                    }
                }),
                date: None,
                source: self.claim.why.clone(),
                is_claimed: true,
                claimed_by: self.claim.entries.clone(),
            });
        }
    }
}

/// The same of one time of what repeats, of which parties name different days. What hangs on the event itself is compared with
/// its own other readings.
pub(super) fn show_of_one_time<'f>(
    here: &'f OfAgreement<'f>,
    obligation: &Obligation,
    phrase: &Phrase,
    time: &Time,
    answer: &mut Answer,
) -> Vec<Otherwise<'f>> {
    let is_event = matches!(time.event, Trigger::Event { .. });
    if is_event && phrase.tree.triggers().contains(&time.event) {
        return Vec::new();
    }
    let mut others = Vec::new();
    for claim in &time.otherwise {
        let source = here.source(claim);
        let by_it = || OneTime::by_a_claim(here, time, claim.day, source.clone());
        let then = by_it();
        let otherwise = answer::of(here, obligation, phrase, &then, then.time());
        let reading = |of: (&Dates, &Dates)| {
            let why = claimed::the_earlier_is_used(time.otherwise.len() + 1);
            let claimed = Claimed {
                day: claim.day,
                by: &source,
                entries: &claim.entries,
            };
            claimed::reading(&time.event, claimed, why, of)
        };
        others.extend(compare(answer, otherwise, reading, &|| {
            Some(Box::new(by_it()))
        }));
    }
    others
}

/// Shows what the days of something would be otherwise, where they differ and that is not shown yet.
fn compare<'f>(
    answer: &mut Answer,
    otherwise: Answer,
    reading: impl Fn((&Dates, &Dates)) -> OtherReading,
    facts: &dyn Fn() -> Option<Box<dyn Facts + 'f>>,
) -> Vec<Otherwise<'f>> {
    let mut others = Vec::new();
    let each = answer.dates.iter_mut().zip(otherwise.dates);
    for (place, (dates, other)) in each.enumerate() {
        if !claimed::differs(&other, dates) {
            continue;
        }
        let reading = reading((dates, &other));
        let is_same = |shown: &OtherReading| shown.is_claimed && shown.text == reading.text;
        if dates.other_readings.iter().any(is_same) {
            continue;
        }
        dates.other_readings.push(reading.clone());
        others.extend(facts().map(|facts| Otherwise {
            place,
            reading,
            dates: other,
            facts,
        }));
    }
    others
}

impl ByAClaim<'_> {
    /// The thing that is claimed, as it is called from an agreement.
    fn trigger(&self, here: &Agreement) -> Trigger {
        match &self.of {
            (there, Trigger::Event { event, .. }) if *there != here.id => Trigger::Event {
                agreement: Some(there.clone()),
                event: event.clone(),
            },
            (_, trigger) => trigger.clone(),
        }
    }
}

/// The claims of a thing, where more than one day is claimed and none is settled, each with why it is not gone by where it is
/// not.
fn claims(there: &OfAgreement<'_>, trigger: &Trigger) -> Vec<(Claim, Sentence)> {
    let claims = match trigger {
        Trigger::Event {
            agreement: None,
            event,
        } => {
            let event = event.as_str();
            if there.leaves_the_files_day(event) {
                let why = claimed::what_holds_meanwhile(there, event);
                let others = there.other_claims(event).into_iter();
                return others.map(|claim| (claim, why.clone())).collect();
            }
            Some(there.claims(event))
        }
        Trigger::Obligation(id) => there.claims_of_met(id.as_str()),
        _ => None,
    };
    let claims = claims.filter(|claims| claims.others().next().is_some());
    let first = claims.as_ref().and_then(Claims::first);
    let first = first.map(|claim| claim.day);
    let all = claims.map(|claims| claims.all).unwrap_or_default();
    let number = all.len();
    let why = |claim: &Claim| {
        // The one to go by, as long as it leaves what the others do.
        if Some(claim.day) == first {
            claimed::nothing_would_be_left(number)
        } else {
            claimed::the_earlier_is_used(number)
        }
    };
    all.into_iter()
        .map(|claim| {
            let why = why(&claim);
            (claim, why)
        })
        .collect()
}

fn of_obligation(agreement: &Agreement, obligation: &Obligation) -> Link {
    let trigger = Trigger::Obligation(obligation.id.clone());
    (agreement.id.clone(), trigger)
}
