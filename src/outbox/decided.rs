//! What was decided before, and so what is owed on a day.

use super::decide::{About, HELD_AS_MOVED, overtaken_in_part, release, still_released};
use super::next_run::{self, GivenUp, no_longer_hold};
use super::queue::Queue;
use super::{Day, deliver, is_to_leave, undelivered, was_released};
use crate::error::Result;
use crate::record::answers;
use crate::reminder::digest;
use crate::reminder::{self, Failures, Key, Plan, Told, Vanished, moves};
use crate::schedule::{self, Question};
use crate::store::Store;
use crate::store::outbox::{MessageRow, MessageState, PartRow, Pending, as_withdrawn, released};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// What was decided before.
#[derive(Debug)]
pub struct Decided {
    /// What was told, or will be by what waits.
    pub told: Told,
    /// Messages that have not left and would leave a party too little time to answer: what they tell is decided anew, with
    /// a later day, and they never leave.
    pub late: Vec<Pending>,
    /// Mail that did not arrive.
    failures: Failures,
    /// When the last run was complete.
    last_run: Option<DateTime<Utc>>,
    /// What was told of and stands in no file any more.
    vanished: Vanished,
    /// What a person has released in earlier words: it leaves in those of this day.
    released: BTreeSet<About>,
    /// The keys under which that is kept.
    pub(super) let_go: Vec<String>,
}

impl Decided {
    /// What was decided by now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn by(store: &dyn Store, day: &Day<'_>) -> Result<Self> {
        Self::with(store.decided_keys()?, store, day)
    }

    /// The same as the next run will have it, once it has given up what waits and no longer holds, or not all of it: that
    /// comes beside it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn by_the_next_run(store: &dyn Store, day: &Day<'_>) -> Result<(Self, Vec<GivenUp>)> {
        let mut given_up = no_longer_hold(store, day)?;
        let mut decided = Self::once_given_up(&given_up, store, day)?;
        let in_part = overtaken_in_part(store, &decided.plan(day))?;
        let in_part = next_run::overtaken(store, in_part, &given_up)?;
        if !in_part.is_empty() {
            given_up.extend(in_part);
            decided = Self::once_given_up(&given_up, store, day)?;
        }
        Ok((decided, given_up))
    }

    fn once_given_up(given_up: &[GivenUp], store: &dyn Store, day: &Day<'_>) -> Result<Self> {
        let freed: BTreeMap<&str, &MessageRow> = given_up
            .iter()
            .flat_map(|of| of.keys.iter().map(|key| (key.as_str(), &of.message)))
            .collect();
        let keys = store.decided_keys()?.into_iter().map(|key| {
            let Some(message) = freed.get(key.as_str()) else {
                return key;
            };
            let is_released = was_released(message.state, message.detail.as_deref());
            as_withdrawn(&key, message.id, is_released)
        });
        Self::with(keys.collect(), store, day)
    }

    /// `keys`: all that were decided, in their order.
    fn with(keys: Vec<String>, store: &dyn Store, day: &Day<'_>) -> Result<Self> {
        let let_go: Vec<String> = keys
            .iter()
            .filter(|k| released(k).is_some())
            .cloned()
            .collect();
        let released = still_released(&keys, &let_go);
        let mut told = Told::new(keys);
        let (undelivered, lost) = undelivered::not_delivered(day.office, store)?;
        for message in &lost {
            let keys = message.parts.iter();
            for key in keys.filter_map(|part| part.key.parse().ok()) {
                told.was_lost(key, &message.party);
            }
        }
        let owed = day.still_owed();
        let today = day.clock.today();
        let mut late = Vec::new();
        let asks_nobody = !day.office.settings.mail.transport.hands_over();
        let is_late = |part: &PartRow| {
            part.asks
                .is_some_and(|asks| asks_nobody || !answers::is_fair(today, asks.silent_from))
                && part.key.parse().is_ok_and(|key: Key| owed.holds(&key))
        };
        let mut leaving = Queue::of(deliver::WAITING);
        while let Some(message) = leaving.next(store)? {
            if is_to_leave(&message)
                && message.keys.iter().any(|key| may_ask(key))
                && store.parts(message.id)?.iter().any(is_late)
            {
                for key in &message.keys {
                    told.forget(key);
                }
                late.push(message);
            }
        }
        let mut held = Queue::of(&[MessageState::Held]);
        while let Some(message) = held.next(store)? {
            if message.detail.as_deref() == Some(HELD_AS_MOVED) {
                for key in &message.keys {
                    told.hold(key);
                }
            }
        }
        let mut overviews = BTreeMap::new();
        for (recipient, key) in told.overviews() {
            if let Some(at) = store.decided_at(key)? {
                overviews.insert(recipient.to_owned(), at);
            }
        }
        told.were_decided(overviews);
        let mut vanished = Vanished::of(day.office, &told, today);
        for key in vanished.keys(&told) {
            if let Some(subject) = store.subject_of(&key)? {
                vanished.was_told_in(key, subject);
            }
        }
        Ok(Self {
            vanished,
            told,
            late,
            failures: undelivered::failures(day.office, undelivered, store)?,
            last_run: store.last_run()?,
            released,
            let_go,
        })
    }

    /// What is owed on the day and was not decided.
    pub fn plan<'a>(&'a self, day: &Day<'a>) -> Plan<'a> {
        let (office, record, schedule) = (day.office, day.record, day.schedule);
        let (told, failures, today) = (&self.told, &self.failures, day.clock.today());
        let gone = &self.vanished;
        let mut messages = reminder::plan(office, record, schedule, told, failures, gone, today);
        if moves::are_many(&messages) {
            // What was entered at the very instant of the last run, it may have known or not.
            let before = [false, true].map(|with_its_instant| {
                let known = record.known_at(self.last_run, with_its_instant);
                schedule::schedule(&Question::new(office, &known, today))
            });
            messages = moves::hold(messages, &before, today);
        }
        Plan {
            messages: release(messages, &self.released),
            digests: digest::digests(office, record, schedule, told, failures, today),
        }
    }
}

/// Whether a reminder may be one that asks: only what tells of an entry does.
fn may_ask(key: &str) -> bool {
    key.parse()
        .is_ok_and(|key: Key| key.stage.tells_of_an_entry())
}
