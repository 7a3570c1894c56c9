//! Each time of an event that repeats: it starts its own occurrence of whatever hangs on it, at whatever remove.

use super::expirations::PeriodsEnd;
use super::facts::OfAgreement;
use super::in_place::{self, Elsewhere};
use super::{Known, after_series, expirations, missed};
use crate::agreement::{Agreement, Obligation};
use crate::counting::Step;
use crate::deadline::{Answer, Fact, Facts};
use crate::ids::ObligationId;
use crate::language::{Phrase, Trigger};
use crate::record::answers::Claim;
use crate::words::Sentence;
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};

/// The facts as one time of an event sees them.
pub(super) struct OneTime<'a> {
    inner: &'a OfAgreement<'a>,
    /// `None` where nothing repeats.
    time: Option<Time>,
    /// What is being worked out: what hangs on itself is unknown.
    under_way: RefCell<Vec<Trigger>>,
}

/// One time of an event that repeats.
#[derive(Clone)]
pub(super) struct Time {
    pub(super) event: Trigger,
    pub(super) fact: Fact,
    /// Which one: a worksite, a case number, a commitment that was missed.
    pub(super) for_words: Option<String>,
    /// The entries that say when it was, those among them that were struck out and entered anew.
    pub(super) begun_by: Vec<u64>,
    /// Other days that parties claim for it, as long as none is settled.
    pub(super) otherwise: Vec<Claim>,
    /// Of something missed: those who say that it was done in time, and bind nobody yet.
    pub(super) denied: Vec<Claim>,
    /// The same case under what stands in the place of what hangs on it.
    pub(super) elsewhere: Vec<Elsewhere>,
    /// Of the end of what may be renewed: the period that ends with it.
    pub(super) period: Option<PeriodsEnd>,
    /// Of what hangs on a series within a case: the series, and the day of the one that it hangs on.
    pub(super) of_series: Option<(Trigger, Fact)>,
}

impl Time {
    /// Whether a case has several of what hangs on it once.
    pub(super) fn recurs(time: Option<&Time>, answer: &Answer) -> bool {
        answer.dates.len() > 1 || time.is_some_and(|time| time.of_series.is_some())
    }
}

impl<'a> OneTime<'a> {
    /// The same time of the event as it would be if it were settled that it took place on that day.
    pub(super) fn by_a_claim(
        inner: &'a OfAgreement<'a>,
        time: &Time,
        day: NaiveDate,
        source: Sentence,
    ) -> Self {
        Self {
            inner,
            time: Some(Time {
                fact: Fact::Known { day, source },
                otherwise: Vec::new(),
                ..time.clone()
            }),
            under_way: RefCell::default(),
        }
    }

    pub(super) fn time(&self) -> Option<&Time> {
        self.time.as_ref()
    }
}

impl Facts for OneTime<'_> {
    fn day(&self, trigger: &Trigger) -> Fact {
        let Some(time) = &self.time else {
            return self.inner.day(trigger);
        };
        if time.event == *trigger {
            return time.fact.clone();
        }
        if let Some((_, fact)) = time.of_series.as_ref().filter(|(of, _)| of == trigger) {
            return fact.clone();
        }
        let (Trigger::Obligation(id) | Trigger::Missed(id)) = trigger else {
            return self.inner.day(trigger);
        };
        if self.inner.repeating().get(id) != Some(&time.event) {
            return self.inner.day(trigger);
        }
        if self.under_way.borrow().contains(trigger) {
            return Fact::Unknown;
        }
        self.under_way.borrow_mut().push(trigger.clone());
        let fact = self.inner.of_one_time(trigger, self, time);
        self.under_way.borrow_mut().pop();
        fact
    }

    fn steps(&self, trigger: &Trigger) -> Vec<Step> {
        match &self.time {
            Some(time) if time.event == *trigger => Vec::new(),
            _ => self.inner.steps(trigger),
        }
    }

    fn is_recorded(&self, trigger: &Trigger) -> bool {
        match &self.time {
            Some(time) if time.event == *trigger => !time.begun_by.is_empty(),
            _ => self.inner.is_recorded(trigger),
        }
    }
}

/// The times of the event that repeats and that the phrase hangs on; one that says nothing where there is none, or
/// where it has not happened yet.
pub(super) fn of<'a>(
    obligation: &Obligation,
    phrase: &Phrase,
    facts: &'a OfAgreement<'a>,
) -> Vec<OneTime<'a>> {
    let event = repeating(facts, obligation, phrase);
    // What it starts by what is missed first is not told apart by words: there may come no other.
    let is_first_bare = matches!(&event, Some(Trigger::Missed(id)) if !after_series::is_of_a_series(facts.agreement(), id));
    let times = match event {
        Some(Trigger::AnyMissed) => missed::any(facts, obligation),
        Some(of @ (Trigger::Obligation(_) | Trigger::Missed(_))) => {
            if expirations::is_a_term(facts.agreement(), &of) {
                expirations::times(facts, obligation, &of)
            } else if is_first_bare {
                missed::further(facts, &of)
            } else {
                after_series::times(facts, &of)
            }
        }
        Some(event) if is_declared(facts.agreement(), &event) => {
            let mut times = facts.times(&event);
            in_place::join(facts, phrase, &event, &mut times);
            after_series::in_each_case(facts, obligation, &event, times)
        }
        Some(event) => expirations::times(facts, obligation, &event),
        None => Vec::new(),
    };
    let bare = (times.is_empty() || is_first_bare).then(|| one(facts, None));
    let times = times.into_iter().map(|time| one(facts, Some(time)));
    bare.into_iter().chain(times).collect()
}

/// The facts as one time of an event sees them, or as they are where nothing repeats.
pub(super) fn one<'a>(facts: &'a OfAgreement<'a>, time: Option<Time>) -> OneTime<'a> {
    OneTime {
        inner: facts,
        time,
        under_way: RefCell::default(),
    }
}

/// The times of the event that the file declares to repeat and that an obligation hangs on.
pub(super) fn of_its_own_event(facts: &OfAgreement<'_>, obligation: &Obligation) -> Vec<Time> {
    let event = facts.repeating().get(&obligation.id);
    let event = event.filter(|event| is_declared(facts.agreement(), event));
    event.map_or_else(Vec::new, |event| facts.times(event))
}

/// The event that repeats and that a phrase hangs on, itself or through other obligations.
fn repeating(facts: &OfAgreement<'_>, obligation: &Obligation, phrase: &Phrase) -> Option<Trigger> {
    let (known, agreement) = (facts.known(), facts.agreement());
    let triggers = phrase.tree.triggers();
    triggers.into_iter().find_map(|trigger| match &trigger {
        Trigger::Obligation(id) | Trigger::Missed(id) => {
            let its_own = || with_another(known, agreement, obligation, &trigger);
            let found = facts.repeating().get(id).cloned();
            found.or_else(|| its_own().then(|| trigger.clone()))
        }
        _ => repeats(known, agreement, obligation, &trigger).then_some(trigger),
    })
}

/// Whether an obligation is owed once for each time of another: of a series, of a term that may be renewed, or of one that may be
/// missed, and what stands in its place after it.
fn with_another(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    trigger: &Trigger,
) -> bool {
    after_series::repeats(agreement, obligation, trigger)
        || expirations::repeats_with_a_term(agreement, obligation, trigger)
        || in_place::repeats_when_missed(known, agreement, obligation, trigger)
}

fn repeats(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    trigger: &Trigger,
) -> bool {
    *trigger == Trigger::AnyMissed
        || is_declared(agreement, trigger)
        || expirations::repeats(known, agreement, obligation, trigger)
}

/// Whether it is an event that the file declares to repeat.
pub(super) fn is_declared(agreement: &Agreement, trigger: &Trigger) -> bool {
    match trigger {
        Trigger::Event {
            agreement: None,
            event,
        } => agreement
            .event(event.as_str())
            .is_some_and(|event| event.repeats),
        _ => false,
    }
}

/// The event that repeats (that a commitment is missed, that an agreement or a term which may be renewed ends, or that one of a
/// series is done, among them), for each obligation that hangs on one, itself or through others. Walked from the events outward and not by calls: a chain may be
/// as long as a file allows.
pub(super) fn repeating_of_each<'a>(
    known: &Known<'_>,
    agreement: &'a Agreement,
) -> BTreeMap<ObligationId, Trigger> {
    let mut found = BTreeMap::new();
    let mut hang_on: BTreeMap<ObligationId, Vec<&ObligationId>> = BTreeMap::new();
    let mut reached: VecDeque<(&ObligationId, Trigger)> = VecDeque::new();
    let mut on_another: VecDeque<(&ObligationId, Trigger)> = VecDeque::new();
    for obligation in &agreement.obligations {
        let triggers = obligation
            .timing
            .phrase()
            .map(|phrase| phrase.tree.triggers());
        for trigger in triggers.unwrap_or_default() {
            match trigger {
                Trigger::Obligation(ref id) | Trigger::Missed(ref id) => {
                    hang_on.entry(id.clone()).or_default().push(&obligation.id);
                    if with_another(known, agreement, obligation, &trigger) {
                        on_another.push_back((&obligation.id, trigger));
                    }
                }
                event if repeats(known, agreement, obligation, &event) => {
                    reached.push_back((&obligation.id, event));
                }
                _ => {}
            }
        }
    }
    let mut spread = |mut reached: VecDeque<(&'a ObligationId, Trigger)>| {
        while let Some((id, event)) = reached.pop_front() {
            if found.contains_key(id) {
                continue;
            }
            let next = hang_on.get(id).into_iter().flatten();
            reached.extend(next.map(|next| (*next, event.clone())));
            found.insert(id.clone(), event);
        }
    };
    spread(reached);
    // A series, or a term, that hangs on an event is told apart by the times of that event alone.
    spread(on_another);
    found
}
