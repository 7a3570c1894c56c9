//! Each time of an event that repeats: it starts its own occurrence of whatever hangs on it, at whatever remove.

use super::facts::OfAgreement;
use crate::agreement::Agreement;
use crate::deadline::{Fact, Facts};
use crate::ids::ObligationId;
use crate::language::{Phrase, Trigger};
use std::cell::RefCell;

/// The facts as one time of an event sees them.
pub(super) struct OneTime<'a> {
    inner: &'a OfAgreement<'a>,
    /// `None` where nothing repeats.
    time: Option<Time>,
    /// What is being worked out: what hangs on itself is unknown.
    under_way: RefCell<Vec<Trigger>>,
}

/// One time of an event that repeats.
pub(super) struct Time {
    pub(super) event: Trigger,
    pub(super) fact: Fact,
    /// Which one: a worksite, a case number.
    pub(super) for_words: Option<String>,
}

impl OneTime<'_> {
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
        let (Trigger::Obligation(id) | Trigger::Missed(id)) = trigger else {
            return self.inner.day(trigger);
        };
        if repeating_below(self.inner.agreement(), id).as_ref() != Some(&time.event) {
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
}

/// The times of the event that repeats and that the phrase hangs on; one that says nothing where there is none, or
/// where it has not happened yet.
pub(super) fn of<'a>(phrase: &Phrase, facts: &'a OfAgreement<'a>) -> Vec<OneTime<'a>> {
    let once = |time| OneTime {
        inner: facts,
        time,
        under_way: RefCell::default(),
    };
    let times = repeating(facts.agreement(), phrase, &mut Vec::new())
        .map(|event| facts.times(&event))
        .unwrap_or_default();
    if times.is_empty() {
        vec![once(None)]
    } else {
        times.into_iter().map(|time| once(Some(time))).collect()
    }
}

/// The event that repeats and that a phrase hangs on, itself or through other obligations.
fn repeating(
    agreement: &Agreement,
    phrase: &Phrase,
    seen: &mut Vec<ObligationId>,
) -> Option<Trigger> {
    phrase
        .tree
        .triggers()
        .into_iter()
        .find_map(|trigger| match &trigger {
            Trigger::Event {
                agreement: None,
                event,
            } => agreement
                .event(event.as_str())
                .filter(|event| event.repeats)
                .map(|_| trigger),
            Trigger::Obligation(id) | Trigger::Missed(id) => {
                if seen.contains(id) {
                    return None;
                }
                seen.push(id.clone());
                let phrase = agreement.obligation(id.as_str())?.timing.phrase()?;
                repeating(agreement, phrase, seen)
            }
            Trigger::Event { .. } | Trigger::AnyMissed => None,
        })
}

fn repeating_below(agreement: &Agreement, id: &ObligationId) -> Option<Trigger> {
    let phrase = agreement.obligation(id.as_str())?.timing.phrase()?;
    repeating(agreement, phrase, &mut vec![id.clone()])
}
