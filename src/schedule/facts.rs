//! What is known about the days that phrases hang on: from the agreement's file and the record.

mod claims;
mod owed;
mod own_days;

pub(super) use owed::as_long_as_it_is_not_met;
pub(super) use own_days::{Own, in_the_file};

use super::Known;
use super::answer::own;
use super::chain::{self, Link};
use super::changes::{self};
use super::own_term::{self, ENDS_FOR_GOOD};
use super::times::{self};
use crate::agreement::{Agreement, Status, When};
use crate::counting::Step;
use crate::deadline::{Fact, Facts};
use crate::ids::{EventId, ObligationId};
use crate::language::Trigger;
use crate::record::answers::{Claim, is_for_all};
use crate::record::{Entry, EntryKind};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;

/// Every fact of the office, each worked out once.
pub(super) struct Ledger<'a> {
    known: &'a Known<'a>,
    /// `None` while a day is being worked out: what hangs on itself is unknown. A rule reports it.
    days: RefCell<BTreeMap<Link, Option<Fact>>>,
    /// Whether a day is being worked out, and with it, in their order, those that it hangs on.
    in_order: Cell<bool>,
    /// How many days, each worked out from the next, are being told.
    deep: Cell<usize>,
    /// What is taken as settled by one of several claims.
    by_a_claim: Option<ByAClaim>,
}

/// A thing whose day is claimed, and the claim that is gone by.
struct ByAClaim {
    of: Link,
    claim: Claim,
    source: Sentence,
}

/// How many days that are each worked out from the next are told with their steps; of those beyond, the day alone.
const MOST_DERIVED: usize = 4;

/// The ledger as the phrases of one agreement see it.
pub(super) struct OfAgreement<'a> {
    ledger: &'a Ledger<'a>,
    agreement: &'a Agreement,
    /// For each obligation, the event that repeats and that it hangs on; worked out when it is first asked for.
    repeating: OnceCell<BTreeMap<ObligationId, Trigger>>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(known: &'a Known<'a>) -> Self {
        Self {
            known,
            days: RefCell::default(),
            in_order: Cell::new(false),
            deep: Cell::new(0),
            by_a_claim: None,
        }
    }

    /// Every fact as it would be if that claim were settled.
    pub(super) fn by_a_claim(
        known: &'a Known<'a>,
        of: Link,
        claim: Claim,
        source: Sentence,
    ) -> Self {
        Self {
            by_a_claim: Some(ByAClaim { of, claim, source }),
            ..Self::new(known)
        }
    }

    pub(super) fn of(&'a self, agreement: &'a Agreement) -> OfAgreement<'a> {
        OfAgreement {
            ledger: self,
            agreement,
            repeating: OnceCell::new(),
        }
    }
}

impl Facts for OfAgreement<'_> {
    fn day(&self, trigger: &Trigger) -> Fact {
        let key = (self.agreement.id.clone(), trigger.clone());
        if let Some(fact) = self.ledger.settled(&key) {
            return fact;
        }
        if !self.ledger.in_order.replace(true) {
            self.ledger.settle_what_it_hangs_on(&key);
            self.ledger.in_order.set(false);
        }
        self.ledger.days.borrow_mut().insert(key.clone(), None);
        let fact = self.work_out(trigger);
        self.ledger
            .days
            .borrow_mut()
            .insert(key, Some(fact.clone()));
        fact
    }

    fn steps(&self, trigger: &Trigger) -> Vec<Step> {
        let Trigger::Event { agreement, event } = trigger else {
            return Vec::new();
        };
        let of = match agreement {
            None => Some(self.agreement),
            Some(id) => self.ledger.known.question.office.agreement(id.as_str()),
        };
        let deep = self.ledger.deep.get();
        let Some(of) = of.filter(|_| deep < MOST_DERIVED) else {
            return Vec::new();
        };
        self.ledger.deep.set(deep + 1);
        let steps = self
            .ledger
            .of(of)
            .derivation(event.as_str(), &self.day(trigger));
        self.ledger.deep.set(deep);
        steps
    }

    fn is_recorded(&self, trigger: &Trigger) -> bool {
        match trigger {
            Trigger::Event {
                agreement: None,
                event,
            } => {
                let own = match event.as_str() {
                    "effective" => self.agreement.effective.as_ref(),
                    "expiration" => self.agreement.expires.as_ref(),
                    _ => None,
                };
                let hangs_on = match own {
                    Some(When::Phrase(phrase)) => phrase.tree.triggers(),
                    None if event.as_str() == "effective" => vec![self::own("signing")],
                    _ => Vec::new(),
                };
                let entered = |event: &EventId| {
                    let claims = self.claims_in_effect(event.as_str());
                    claims
                        .first()
                        .is_some_and(|claim| !claim.entries.is_empty())
                };
                entered(event)
                    || hangs_on.iter().any(|of| {
                        matches!(of, Trigger::Event { agreement: None, event } if entered(event))
                    })
            }
            Trigger::Event {
                agreement: Some(other),
                event,
            } => {
                let office = self.ledger.known.question.office;
                office
                    .agreement(other.as_str())
                    .is_some_and(|other| self.ledger.of(other).is_recorded(&own(event.as_str())))
            }
            // That something was done, or was not, is for the record to say.
            Trigger::Obligation(_) | Trigger::Missed(_) | Trigger::AnyMissed => true,
        }
    }
}

impl Ledger<'_> {
    fn settled(&self, link: &Link) -> Option<Fact> {
        let days = self.days.borrow();
        days.get(link)
            .map(|fact| fact.clone().unwrap_or(Fact::Unknown))
    }

    /// Works out every day that this one hangs on, the farthest first.
    fn settle_what_it_hangs_on(&self, link: &Link) {
        let order = chain::farthest_first(self.known, link.clone(), &|link| {
            self.days.borrow().contains_key(link)
        });
        for (agreement, trigger) in order.iter().filter(|of| *of != link) {
            if let Some(agreement) = self.known.question.office.agreement(agreement.as_str()) {
                self.of(agreement).day(trigger);
            }
        }
    }
}

impl<'a> OfAgreement<'a> {
    /// The claim by which the day of something is taken as settled, with where it stands.
    fn settled_by(&self, trigger: &Trigger) -> Option<&ByAClaim> {
        let by_a_claim = self.ledger.by_a_claim.as_ref();
        by_a_claim.filter(|by| by.of.0 == self.agreement.id && by.of.1 == *trigger)
    }

    fn work_out(&self, trigger: &Trigger) -> Fact {
        if let (Trigger::Obligation(_), Some(by)) = (trigger, self.settled_by(trigger)) {
            return Fact::Known {
                day: by.claim.day,
                source: by.source.clone(),
            };
        }
        match trigger {
            Trigger::Event {
                agreement: None,
                event,
            } => self.event(event.as_str()),
            Trigger::Event {
                agreement: Some(other),
                event,
            } => match self.ledger.known.question.office.agreement(other.as_str()) {
                Some(other) => self.of_another(other, event),
                None => Fact::Unknown,
            },
            Trigger::Obligation(id) => self.obligation(id.as_str(), self, None),
            Trigger::Missed(id) => self.missed(id.as_str(), self, None),
            // Each that is missed starts its own clock: one of them alone has no day.
            Trigger::AnyMissed => Fact::Unknown,
        }
    }

    /// A day of another agreement. Nothing is computed from a draft, and what is not settled is only expected.
    fn of_another(&self, other: &Agreement, event: &EventId) -> Fact {
        let theirs = self.ledger.of(other);
        let fact = theirs.day(&own(event.as_str()));
        let fact = match theirs.void_from() {
            // Its own days are what they were; to others it ends with the last day on which it was in force.
            Some(void) if matches!(event.as_str(), "expiration" | ENDS_FOR_GOOD) => {
                no_later_than_before(void, fact)
            }
            _ => fact,
        };
        match (other.status, fact) {
            (Status::Draft, _) => Fact::Unknown,
            (Status::Tentative, Fact::Known { day, source }) => Fact::Expected {
                day,
                source: Sentence::in_each(|language| {
                    let (source, id) = (source.of(language), &other.id);
                    match language {
                        English => format!("{source}; `{id}` is tentative"),
                        Spanish => format!("{source}; `{id}` es provisional"),
                    }
                }),
            },
            (_, fact) => fact,
        }
    }

    /// When another agreement takes effect, as it seems from here.
    pub(super) fn effective_of(&self, other: &Agreement) -> Fact {
        self.of_another(other, &EventId::new("effective"))
    }

    pub(super) fn agreement(&self) -> &'a Agreement {
        self.agreement
    }

    pub(super) fn repeating(&self) -> &BTreeMap<ObligationId, Trigger> {
        self.repeating
            .get_or_init(|| times::repeating_of_each(self.ledger.known, self.agreement))
    }

    fn event(&self, id: &str) -> Fact {
        match id {
            "expiration" => return own_term::current_end(self),
            ENDS_FOR_GOOD => return own_term::last_end(self),
            changes::VOID => {
                return match &self.ledger.known.void {
                    Some(days) => days
                        .get(&self.agreement.id)
                        .cloned()
                        .unwrap_or(Fact::Unknown),
                    None => changes::void_from(self),
                };
            }
            "effective" => {
                if let Some(day) = self.changed_effective() {
                    return day;
                }
            }
            _ => {}
        }
        self.unchanged(id)
    }

    /// Another day on which it takes effect, by a later agreement; where an entry says that it took effect after that, this
    /// is so.
    fn changed_effective(&self) -> Option<Fact> {
        let Some(day) = changes::new_day(self, "effective") else {
            return self.put_off_until_void();
        };
        let recorded = self.claims_in_effect("effective");
        let recorded = recorded.first().map(|claim| claim.day);
        (recorded <= Some(day.from)).then_some(day.fact)
    }

    /// The day from which a letter is void that had put off the day on which this takes effect, where that has come meanwhile: it
    /// was not in effect before.
    fn put_off_until_void(&self) -> Option<Fact> {
        let (until, source) = changes::held_until(self, "effective")?;
        let own = self.unchanged("effective");
        matches!(own, Fact::Known { day, .. } if day < until)
            .then_some(Fact::Known { day: until, source })
    }

    /// The day of an event as the record and the file have it, whatever a later agreement says.
    pub(super) fn unchanged(&self, id: &str) -> Fact {
        let agreement = self.agreement;
        if id == "expiration" && self.end_by_the_record_alone().is_none() {
            return self.in_the_file(id);
        }
        if let Some(fact) = self.claimed(id) {
            return fact;
        }
        if let Some(event) = agreement.event(id) {
            return match event.expected {
                Some(day) => Fact::Expected {
                    day,
                    source: Sentence::written(&[
                        "expected, says the agreement's file",
                        "prevista, según el archivo del acuerdo",
                    ]),
                },
                None => Fact::Unknown,
            };
        }
        self.in_the_file(id)
    }

    /// When it takes effect, or ends, as its file says; it takes effect with its signing where it says nothing else.
    pub(super) fn in_the_file(&self, id: &str) -> Fact {
        let agreement = self.agreement;
        match id {
            "effective" => match (&agreement.effective, &agreement.signed) {
                (Some(when), _) => self.when(when, &in_the_file(Own::Effective), self),
                (None, Some(signed)) if !self.is_signing_for_all() => Fact::Known {
                    day: signed.value,
                    source: claims::the_file(),
                },
                (None, _) => self.event("signing"),
            },
            "expiration" => match &agreement.expires {
                Some(when) => self.when(when, &in_the_file(Own::End), self),
                None => Fact::Unknown,
            },
            _ => Fact::Unknown,
        }
    }

    /// Whether every party has said when it was signed: only then another day than the file's begins it.
    fn is_signing_for_all(&self) -> bool {
        let office = self.ledger.known.question.office;
        let claims = self.claims("signing");
        is_for_all(office, self.agreement, "signing", claims.accepted())
    }

    /// The triggers whose day has to be told before that of `trigger` is known: itself, except that an agreement's own
    /// day hangs on what its phrase names.
    pub(super) fn to_be_told(&self, trigger: &Trigger) -> Vec<Trigger> {
        let mut found = Vec::new();
        let mut open = vec![trigger.clone()];
        let mut seen = Vec::new();
        while let Some(trigger) = open.pop() {
            if seen.contains(&trigger) || matches!(self.day(&trigger), Fact::Known { .. }) {
                continue;
            }
            if let Trigger::Event {
                agreement: None,
                event,
            } = &trigger
                && let Some(new) = changes::new_day(self, event.as_str())
            {
                // What its own words hang on is of no matter any more.
                found.extend(new.waits_for);
                seen.push(trigger);
                continue;
            }
            let said = match &trigger {
                Trigger::Event {
                    agreement: None,
                    event,
                } => match event.as_str() {
                    "effective" => self.agreement.effective.as_ref(),
                    // Whether it goes on after an end that has its day is for nobody to tell.
                    "expiration" if matches!(self.first_end(), Fact::Known { .. }) => continue,
                    "expiration" => self.agreement.expires.as_ref(),
                    _ => None,
                },
                _ => None,
            };
            match said {
                Some(When::Phrase(phrase)) => open.extend(phrase.tree.triggers()),
                _ => found.push(trigger.clone()),
            }
            seen.push(trigger);
        }
        found
    }

    /// What an agreement that is not settled waits for: the event that its effective day hangs on, or else the signing
    /// by all, or else, signed, the ratification. `None` where the record has all of that, and only its file still says that it
    /// is tentative.
    pub(super) fn settles(&self) -> Option<Trigger> {
        let named = self
            .to_be_told(&own("effective"))
            .into_iter()
            .find(|trigger| *trigger != own("effective"));
        let is_open = |event: &&str| self.claims(event).all.is_empty();
        let own_days = || ["signing", "ratification"].into_iter().find(is_open);
        named.or_else(|| own_days().map(own))
    }

    pub(super) fn known(&self) -> &'a Known<'a> {
        self.ledger.known
    }

    /// The same facts as another agreement sees them.
    pub(super) fn of_the(&self, other: &'a Agreement) -> OfAgreement<'a> {
        self.ledger.of(other)
    }

    pub(super) fn entries(&self, subject: &str, kind: EntryKind) -> impl Iterator<Item = &Entry> {
        self.ledger
            .known
            .about(self.agreement, subject)
            .iter()
            .copied()
            .filter(move |entry| entry.kind == kind)
    }
}

/// The end of an agreement that is void from a day on.
fn no_later_than_before(void: NaiveDate, end: Fact) -> Fact {
    match (end, void.pred_opt()) {
        (Fact::Known { day, source }, Some(last)) if day <= last => Fact::Known { day, source },
        (_, Some(last)) => Fact::Known {
            day: last,
            source: Sentence::written(&[
                "the day before it is void as a whole, by a later agreement",
                "el día antes de que quede sin efecto en su totalidad, por un acuerdo posterior",
            ]),
        },
        (end, None) => end,
    }
}
