//! Whether what was decided on another day still holds on this one.

use super::chain::is_reminded_of;
use super::{Key, Stage, renewals};
use crate::record::Record;
use crate::schedule::{Occurrence, Schedule, State};
use std::collections::{BTreeMap, BTreeSet};

/// What holds on a day, looked up by what a reminder is about.
#[derive(Debug)]
pub struct StillOwed<'a> {
    occurrences: BTreeMap<(&'a str, &'a str), Vec<&'a Occurrence>>,
    awaited: BTreeSet<(&'a str, &'a str)>,
    entries: BTreeSet<(&'a str, String)>,
}

impl<'a> StillOwed<'a> {
    /// What holds by this record and this schedule.
    pub fn new(record: &'a Record, schedule: &'a Schedule) -> Self {
        let mut occurrences: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for o in &schedule.occurrences {
            let about = (o.agreement.as_str(), o.obligation.as_str());
            occurrences.entry(about).or_default().push(o);
        }
        Self {
            occurrences,
            awaited: schedule
                .awaited
                .iter()
                .filter(|e| e.to_ask)
                .map(|e| (e.agreement.as_str(), e.event.as_str()))
                .collect(),
            entries: record
                .not_struck()
                .map(|e| (e.agreement.as_str(), format!("entry {}", e.number)))
                .collect(),
        }
    }

    /// Whether a reminder that has not left yet should still leave: what it speaks of has not been done, moved, answered
    /// or struck out since.
    pub fn holds(&self, key: &Key) -> bool {
        let agreement = key.agreement.as_str();
        let about = (agreement, key.subject.as_str());
        match key.stage {
            Stage::Asked => self.awaited.contains(&about),
            stage if stage.tells_of_an_entry() => {
                self.entries.contains(&(agreement, key.about.clone()))
            }
            Stage::Undelivered | Stage::Digest => true,
            Stage::Review => self.any(about, key, |o| o.state == State::Undated),
            Stage::RenewalOpens | Stage::RenewalCloses => self.any(about, key, |o| {
                renewals::open(o).and_then(renewals::spoken_of) == Some(key.day)
            }),
            // A term that goes on does not end on that day.
            Stage::Before(_) if self.any(about, key, |o| o.renewed_until.is_some()) => false,
            Stage::Moved if self.any(about, key, |o| is_taken_over_from(o, key)) => true,
            _ => self.any(about, key, |o| {
                !o.projected && is_reminded_of(o.state) && o.due.or(o.opens) == Some(key.day)
            }),
        }
    }

    fn any(&self, about: (&str, &str), key: &Key, is_so: impl Fn(&Occurrence) -> bool) -> bool {
        self.occurrences.get(&about).is_some_and(|of| {
            of.iter().any(|o| {
                o.occurrence == key.occurrence
                    && o.for_words.as_deref().unwrap_or_default() == key.about
                    && is_so(o)
            })
        })
    }
}

/// Whether a later agreement has taken it over from the day that is spoken of.
fn is_taken_over_from(occurrence: &Occurrence, key: &Key) -> bool {
    let by = occurrence.amended().and_then(|by| by.from);
    occurrence.state == State::Superseded && by == Some(key.day)
}
