//! What is known about the days that phrases hang on: from the agreement's file and the record.

use super::Known;
use crate::agreement::{Agreement, Timing, When};
use crate::deadline::{self, Answer, Dates, Fact, Facts};
use crate::ids::AgreementId;
use crate::language::{Phrase, Trigger};
use crate::record::{Entry, EntryKind};
use crate::words;
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Every fact of the office, each worked out once.
pub(super) struct Ledger<'a> {
    known: &'a Known<'a>,
    /// `None` while a day is being worked out: what hangs on itself is unknown. A rule reports it.
    days: RefCell<BTreeMap<(AgreementId, Trigger), Option<Fact>>>,
}

/// The ledger as the phrases of one agreement see it.
pub(super) struct OfAgreement<'a> {
    ledger: &'a Ledger<'a>,
    agreement: &'a Agreement,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(known: &'a Known<'a>) -> Self {
        Self {
            known,
            days: RefCell::default(),
        }
    }

    pub(super) fn of(&'a self, agreement: &'a Agreement) -> OfAgreement<'a> {
        OfAgreement {
            ledger: self,
            agreement,
        }
    }
}

impl Facts for OfAgreement<'_> {
    fn day(&self, trigger: &Trigger) -> Fact {
        let key = (self.agreement.id.clone(), trigger.clone());
        if let Some(known) = self.ledger.days.borrow().get(&key) {
            return known.clone().unwrap_or(Fact::Unknown);
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
                Some(other) => self.ledger.of(other).day(&Trigger::Event {
                    agreement: None,
                    event: event.clone(),
                }),
                None => Fact::Unknown,
            },
            Trigger::Obligation(id) => self.obligation(id.as_str()),
            Trigger::Missed(id) => self.missed(id.as_str()),
            // Which commitments were missed is for the record of both sides; no such clock runs yet.
            Trigger::AnyMissed => Fact::Unknown,
        }
    }

    fn event(&self, id: &str) -> Fact {
        if let Some(fact) = self.claimed(id) {
            return fact;
        }
        let agreement = self.agreement;
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
            "expiration" => match &agreement.expires {
                Some(when) => self.when(when, "the end, says the agreement's file"),
                None => Fact::Unknown,
            },
            _ => Fact::Unknown,
        }
    }

    /// The day that somebody claims: entries of the record, or a date in the file. Of two, the earlier is reminded of.
    fn claimed(&self, id: &str) -> Option<Fact> {
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
        claims.sort();
        claims.dedup_by_key(|(day, _)| *day);
        let (day, mut source) = claims.first().cloned()?;
        if let Some((other, by)) = claims.get(1) {
            source = format!("{source}; {by} says {}", words::day(*other));
        }
        Some(Fact::Known { day, source })
    }

    fn obligation(&self, id: &str) -> Fact {
        let Some(obligation) = self.agreement.obligation(id) else {
            return Fact::Unknown;
        };
        let Some(phrase) = obligation.timing.phrase() else {
            return Fact::Unknown;
        };
        if !matches!(obligation.timing, Timing::Lasts { .. })
            && let Some(met) = self
                .entries(id, EntryKind::Met)
                .filter(|entry| entry.on.is_some())
                .last()
            && let Some(day) = met.on
        {
            return Fact::Known {
                day,
                source: source_of(met, self.ledger.known),
            };
        }
        let answer = self.evaluate(phrase, obligation.counting.as_ref());
        let today = self.ledger.known.question.today;
        let dates = answer
            .dates
            .iter()
            .find(|d| d.due.is_some_and(|due| due >= today));
        match dates.or(answer.dates.last()) {
            Some(Dates {
                nominal: Some(day),
                projected,
                ..
            }) => {
                // A term ends by itself; a deadline is a trigger only once it is met.
                if matches!(obligation.timing, Timing::Lasts { .. }) && !projected {
                    Fact::Known {
                        day: *day,
                        source: format!("the end of `{id}`"),
                    }
                } else {
                    Fact::Expected {
                        day: *day,
                        source: format!("the last day of `{id}`, as long as it is not met"),
                    }
                }
            }
            _ => Fact::Unknown,
        }
    }

    fn missed(&self, id: &str) -> Fact {
        let Some(obligation) = self.agreement.obligation(id) else {
            return Fact::Unknown;
        };
        let met = self.entries(id, EntryKind::Met).next().is_some();
        let Some(phrase) = obligation.timing.phrase().filter(|_| !met) else {
            return Fact::Unknown;
        };
        let answer = self.evaluate(phrase, obligation.counting.as_ref());
        let today = self.ledger.known.question.today;
        let passed = answer
            .dates
            .iter()
            .rev()
            .find(|d| !d.projected && d.grace.or(d.due).is_some_and(|last| last < today));
        match passed.and_then(|d| d.nominal) {
            Some(day) => Fact::Known {
                day,
                source: format!("the last day of `{id}`, passed with nothing recorded"),
            },
            None => Fact::Unknown,
        }
    }

    fn when(&self, when: &When, source: &str) -> Fact {
        match when {
            When::On(day, _) => Fact::Known {
                day: *day,
                source: source.to_owned(),
            },
            When::Phrase(phrase) => {
                let answer = self.evaluate(phrase, None);
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

    fn evaluate(&self, phrase: &Phrase, counting: Option<&crate::counting::Counting>) -> Answer {
        deadline::evaluate(
            &phrase.tree,
            &deadline::Question {
                facts: self,
                counting: counting.unwrap_or(&self.agreement.counting),
                from: self
                    .ledger
                    .known
                    .question
                    .tracked_from(self.agreement, None),
                until: self.ledger.known.question.until,
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
