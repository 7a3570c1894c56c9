//! What is known about the days that phrases hang on: from the agreement's file and the record.

use super::answer::{self, own};
use super::chain::{self, Link};
use super::own_term::{self, ENDS_FOR_GOOD};
use super::times::{self, Time};
use super::{AgreementDay, Known, renewed};
use crate::agreement::{Agreement, Obligation, Status, Timing, When};
use crate::counting::Step;
use crate::deadline::{self, Answer, Dates, Fact, Facts};
use crate::ids::{EventId, ObligationId};
use crate::language::{Phrase, Trigger};
use crate::record::{Entry, EntryKind};
use crate::words;
use chrono::NaiveDate;
use std::cell::{Cell, OnceCell, RefCell};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Every fact of the office, each worked out once.
pub(super) struct Ledger<'a> {
    known: &'a Known<'a>,
    /// `None` while a day is being worked out: what hangs on itself is unknown. A rule reports it.
    days: RefCell<BTreeMap<Link, Option<Fact>>>,
    /// Whether a day is being worked out, and with it, in their order, those that it hangs on.
    in_order: Cell<bool>,
}

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

impl OfAgreement<'_> {
    fn work_out(&self, trigger: &Trigger) -> Fact {
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
            // Which commitments were missed is for the record of both sides; no such clock runs yet.
            Trigger::AnyMissed => Fact::Unknown,
        }
    }

    /// A day of another agreement. Nothing is computed from a draft, and what is not settled is only expected.
    fn of_another(&self, other: &Agreement, event: &EventId) -> Fact {
        let fact = self.ledger.of(other).day(&Trigger::Event {
            agreement: None,
            event: event.clone(),
        });
        match (other.status, fact) {
            (Status::Draft, _) => Fact::Unknown,
            (Status::Tentative, Fact::Known { day, source }) => Fact::Expected {
                day,
                source: format!("{source}; `{}` is tentative", other.id),
            },
            (_, fact) => fact,
        }
    }

    pub(super) fn agreement(&self) -> &Agreement {
        self.agreement
    }

    pub(super) fn repeating(&self) -> &BTreeMap<ObligationId, Trigger> {
        self.repeating
            .get_or_init(|| times::repeating_of_each(self.agreement))
    }

    fn event(&self, id: &str) -> Fact {
        let agreement = self.agreement;
        match id {
            "expiration" => return own_term::current_end(self),
            ENDS_FOR_GOOD => return own_term::last_end(self),
            _ => {}
        }
        if let Some(fact) = self.claimed(id) {
            return fact;
        }
        if let Some(event) = agreement.event(id) {
            return match event.expected {
                Some(day) => Fact::Expected {
                    day,
                    source: "expected, says the agreement's file".to_owned(),
                },
                None => Fact::Unknown,
            };
        }
        match id {
            "effective" => match &agreement.effective {
                Some(when) => self.when(when, "in effect, says the agreement's file"),
                None => self.event("signing"),
            },
            _ => Fact::Unknown,
        }
    }

    /// The end of the agreement's first term: recorded, or as its file says.
    pub(super) fn first_end(&self) -> Fact {
        if let Some(fact) = self.claimed("expiration") {
            return fact;
        }
        match &self.agreement.expires {
            Some(when) => self.when(when, "the end, says the agreement's file"),
            None => Fact::Unknown,
        }
    }

    pub(super) fn known(&self) -> &Known<'_> {
        self.ledger.known
    }

    /// The day that somebody claims. Of several, the earlier is reminded of.
    fn claimed(&self, id: &str) -> Option<Fact> {
        let claims = self.claims(id);
        let ((day, source), others) = claims.split_first()?;
        let mut source = source.clone();
        for (other, by) in others {
            source = format!("{source}; {by} says {}", words::day(*other));
        }
        Some(Fact::Known { day: *day, source })
    }

    /// The days that are claimed for an event, by entries of the record or in the file, the earliest first, and by whom.
    pub(super) fn claims(&self, id: &str) -> Vec<(NaiveDate, String)> {
        let in_file = match (self.agreement.event(id), id) {
            (Some(event), _) => event.date,
            (None, "signing") => self.agreement.signed,
            _ => None,
        };
        let mut claims: Vec<(NaiveDate, String)> = in_file
            .map(|day| (day, "the agreement's file".to_owned()))
            .into_iter()
            .chain(self.entries(id, EntryKind::Happened).filter_map(|entry| {
                entry
                    .on
                    .map(|day| (day, source_of(entry, self.ledger.known)))
            }))
            .collect();
        // Stable: of claims of one day the file comes first, then the earlier entry.
        claims.sort_by_key(|(day, _)| *day);
        claims.dedup_by_key(|(day, _)| *day);
        claims
    }

    /// Each time of an event that repeats, the earliest first. Two parties that tell the same are one time.
    pub(super) fn times(&self, event: &Trigger) -> Vec<Time> {
        let Trigger::Event { event: id, .. } = event else {
            return Vec::new();
        };
        let in_file = self.agreement.event(id.as_str()).and_then(|e| e.date);
        let in_file = in_file.map(|day| (day, None, "the agreement's file".to_owned()));
        let recorded = self
            .entries(id.as_str(), EntryKind::Happened)
            .filter_map(|entry| {
                let source = source_of(entry, self.ledger.known);
                Some((entry.on?, entry.for_words.clone(), source))
            });
        let mut times: Vec<_> = in_file.into_iter().chain(recorded).collect();
        times.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        times.dedup_by(|a, b| (a.0, &a.1) == (b.0, &b.1));
        times
            .into_iter()
            .map(|(day, for_words, source)| Time {
                event: event.clone(),
                fact: Fact::Known { day, source },
                for_words,
            })
            .collect()
    }

    /// The day of an obligation that hangs on one time of an event that repeats.
    pub(super) fn of_one_time(&self, trigger: &Trigger, facts: &dyn Facts, time: &Time) -> Fact {
        match trigger {
            Trigger::Obligation(id) => self.obligation(id.as_str(), facts, Some(time)),
            Trigger::Missed(id) => self.missed(id.as_str(), facts, Some(time)),
            Trigger::Event { .. } | Trigger::AnyMissed => Fact::Unknown,
        }
    }

    fn obligation(&self, id: &str, facts: &dyn Facts, time: Option<&Time>) -> Fact {
        let Some((obligation, answer)) = self.answer(id, facts) else {
            return Fact::Unknown;
        };
        let is_term = matches!(obligation.timing, Timing::Lasts { .. });
        if is_term && let Some(fact) = renewed::end(self, obligation, &answer, facts, time) {
            return fact;
        }
        // Of a series, the latest that was done; where two days are claimed for it, the earlier.
        let met = self
            .entries(id, EntryKind::Met)
            .filter(|entry| entry.on.is_some() && is_of(entry, time, &answer))
            .max_by_key(|entry| (entry.occurrence, Reverse(entry.on)));
        if let Some(met) = met.filter(|_| !is_term)
            && let Some(day) = met.on
        {
            return Fact::Known {
                day,
                source: source_of(met, self.ledger.known),
            };
        }
        let today = self.ledger.known.question.today;
        let dates = answer
            .dates
            .iter()
            .find(|d| d.due.is_some_and(|due| due >= today));
        match dates.or(answer.dates.last()) {
            // A term ends by itself; a deadline is a trigger only once it is met.
            Some(Dates {
                nominal: Some(day),
                projected: false,
                ..
            }) if is_term => Fact::Known {
                day: *day,
                source: format!("the end of `{id}`"),
            },
            Some(Dates {
                nominal: Some(day), ..
            }) => Fact::Expected {
                day: *day,
                source: format!("the last day of `{id}`, as long as it is not met"),
            },
            _ => Fact::Unknown,
        }
    }

    /// The last day of what passed, under the eyes of this office, without having been done by then.
    fn missed(&self, id: &str, facts: &dyn Facts, time: Option<&Time>) -> Fact {
        let Some((obligation, answer)) = self.answer(id, facts) else {
            return Fact::Unknown;
        };
        let comes_about =
            obligation.when.is_none() || self.entries(id, EntryKind::Happened).next().is_some();
        let question = self.ledger.known.question;
        let watched_from = question.tracked_from(self.agreement, Some(obligation));
        let missed = answer.dates.iter().rev().find_map(|dates| {
            let last = dates.grace.or(dates.due)?;
            let passed = !dates.projected && watched_from <= last && last < question.today;
            let in_time = |entry: &Entry| entry.on.is_some_and(|on| on <= last);
            let done_in_time = self
                .entries(id, EntryKind::Met)
                .filter(|entry| entry.occurrence.is_none() || entry.occurrence == dates.nominal)
                .any(|entry| is_of(entry, time, &answer) && in_time(entry));
            (passed && !done_in_time).then_some(dates.nominal)?
        });
        match missed.filter(|_| comes_about) {
            Some(day) => Fact::Known {
                day,
                source: format!("the last day of `{id}`; nothing says that it was done by then"),
            },
            None => Fact::Unknown,
        }
    }

    fn answer(&self, id: &str, facts: &dyn Facts) -> Option<(&Obligation, Answer)> {
        let obligation = self.agreement.obligation(id)?;
        let phrase = obligation.timing.phrase()?;
        let known = self.ledger.known;
        let answer = answer::of(known, self.agreement, obligation, phrase, facts);
        Some((obligation, answer))
    }

    fn when(&self, when: &When, source: &str) -> Fact {
        match when {
            When::On(day, _) => Fact::Known {
                day: *day,
                source: source.to_owned(),
            },
            When::Phrase(phrase) => {
                let answer = self.evaluate(phrase);
                let Some(dates) = answer.dates.first() else {
                    return Fact::Unknown;
                };
                let Some(day) = dates.nominal.or(dates.opens) else {
                    return Fact::Unknown;
                };
                let source = format!("{source}: \"{}\"", phrase.words);
                if dates.projected {
                    Fact::Expected { day, source }
                } else {
                    Fact::Known { day, source }
                }
            }
        }
    }

    /// The day of `signing`, of `effective`, or of the end of the first term, with how it was reached.
    pub(super) fn own_day(&self, event: &str) -> Option<AgreementDay> {
        let said = match event {
            "effective" if self.agreement.effective.is_none() => return self.own_day("signing"),
            "effective" => self.agreement.effective.as_ref(),
            "expiration" => self.agreement.expires.as_ref(),
            _ => None,
        };
        let fact = match event {
            "expiration" => self.first_end(),
            _ => self.day(&own(event)),
        };
        let (day, projected, source) = match fact {
            Fact::Known { day, source } => (day, false, source),
            Fact::Expected { day, source } => (day, true, source),
            Fact::Unknown => return None,
        };
        let mut steps = match said {
            Some(When::Phrase(phrase)) if self.claims(event).is_empty() => {
                self.evaluate(phrase).dates.into_iter().next()?.steps
            }
            _ => Vec::new(),
        };
        if steps.is_empty() {
            steps.push(Step {
                text: format!("{event} is {}", words::weekday_and_day(day)),
                date: Some(day),
                source,
            });
        }
        Some(AgreementDay {
            day,
            projected,
            steps,
        })
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
            let said = match &trigger {
                Trigger::Event {
                    agreement: None,
                    event,
                } => match event.as_str() {
                    "effective" => self.agreement.effective.as_ref(),
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
    /// by all, or else, signed, the ratification.
    pub(super) fn settles(&self) -> Trigger {
        let named = self
            .to_be_told(&own("effective"))
            .into_iter()
            .find(|trigger| *trigger != own("effective"));
        let signed = || !self.claims("signing").is_empty();
        named.unwrap_or_else(|| own(if signed() { "ratification" } else { "signing" }))
    }

    fn evaluate(&self, phrase: &Phrase) -> Answer {
        let question = self.ledger.known.question;
        deadline::evaluate(
            phrase.under(&self.agreement.counting.rules),
            &deadline::Question {
                facts: self,
                counting: &self.agreement.counting,
                from: question.tracked_from(self.agreement, None),
                until: question.until,
                first: None,
            },
        )
    }

    fn entries(&self, subject: &str, kind: EntryKind) -> impl Iterator<Item = &Entry> {
        self.ledger
            .known
            .about(self.agreement, subject)
            .iter()
            .copied()
            .filter(move |entry| entry.kind == kind)
    }
}

/// Whether an entry speaks of what hangs on this time of an event; where nothing repeats, every one does.
fn is_of(entry: &Entry, time: Option<&Time>, answer: &Answer) -> bool {
    let Some(time) = time else {
        return true;
    };
    entry.for_words == time.for_words
        && (entry.occurrence.is_none()
            || answer
                .dates
                .iter()
                .any(|dates| dates.nominal == entry.occurrence))
}

fn source_of(entry: &Entry, known: &Known<'_>) -> String {
    match &entry.by {
        Some(party) => format!(
            "entry {} of the record, by {}",
            entry.number,
            known.question.office.short_name(party)
        ),
        None => format!("entry {} of the record", entry.number),
    }
}
