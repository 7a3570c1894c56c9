//! Whether what was decided on another day still holds on this one, and may still go to whom it was decided for.

use super::chain::{is_reminded_of, may_be_told_of};
use super::fallen_away;
use super::hearers::Hearers;
use super::left_open::LeftOpen;
use super::recipients::{At, Contacts, Occasion};
use super::vanished::{self, Files, InFiles};
use super::{Key, Named, Release, Stage, renewals, said};
use crate::office::Office;
use crate::record::answers::{Index, Rule};
use crate::record::{Entry, EntryKind, Record};
use crate::schedule::{AwaitedEvent, Occurrence, Schedule, State};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// What holds on a day, looked up by what a reminder is about.
#[derive(Debug)]
pub struct StillOwed<'a> {
    office: &'a Office,
    record: &'a Record,
    today: NaiveDate,
    contacts: Contacts<'a>,
    files: Files<'a>,
    left_open: LeftOpen,
    occurrences: BTreeMap<(&'a str, &'a str), Vec<&'a Occurrence>>,
    awaited: BTreeMap<(&'a str, &'a str), &'a AwaitedEvent>,
    entries: BTreeSet<(&'a str, String)>,
    index: Index<'a>,
}

impl<'a> StillOwed<'a> {
    /// What holds on a day by this record and this schedule.
    pub fn new(
        office: &'a Office,
        record: &'a Record,
        schedule: &'a Schedule,
        today: NaiveDate,
    ) -> Self {
        let mut occurrences: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for o in &schedule.occurrences {
            let about = (o.agreement.as_str(), o.obligation.as_str());
            occurrences.entry(about).or_default().push(o);
        }
        Self {
            office,
            record,
            today,
            contacts: Contacts::of(office),
            files: Files::of(office),
            left_open: LeftOpen::of(office, record, today),
            occurrences,
            awaited: schedule
                .awaited
                .iter()
                .filter(|e| e.to_ask)
                .map(|e| ((e.agreement.as_str(), e.event.as_str()), e))
                .collect(),
            entries: record
                .not_struck()
                .map(|e| (e.agreement.as_str(), format!("entry {}", e.number)))
                .collect(),
            index: Index::new(record),
        }
    }

    /// The day.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Whether a reminder that has not left yet should still leave: what it speaks of has not been done, moved, answered
    /// or struck out since, and its recipient still hears of it.
    pub fn holds(&self, key: &Key) -> bool {
        !self.left_open.has(key) && self.release(key).is_some() && self.is_so(key)
    }

    /// How mail about it would go to its recipient today; `None`: that address hears nothing of it any more.
    pub fn release(&self, key: &Key) -> Option<Release> {
        if key.named() == Some(Named::Gone) && self.in_files(key) == InFiles::Gone {
            let (agreement, address) = (&key.agreement, key.recipient.as_str());
            let hearer =
                vanished::hearer(self.office, &self.contacts, agreement, address, self.today);
            return hearer.map(|hearer| hearer.release);
        }
        let hearers = self.hearers_at(key);
        let event = (key.agreement.as_str(), key.subject.as_str());
        hearers.release(key, self.awaited.get(&event).copied())
    }

    /// Who hears of what at the address of a key.
    fn hearers_at<'k>(&'k self, key: &'k Key) -> Hearers<'k> {
        Hearers {
            office: self.office,
            record: self.record,
            today: self.today,
            at: Some(At {
                contacts: &self.contacts,
                address: &key.recipient,
            }),
        }
    }

    /// Whether a party has answered what a reminder tells of, or said the same or otherwise, between two instants: whose word is missing
    /// is another by then.
    pub fn is_answered_since(
        &self,
        key: &Key,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> bool {
        let number = key.about.strip_prefix("entry ");
        let number = number.filter(|_| key.stage.tells_of_an_entry());
        let told = number.and_then(|number| self.record.entry(number.parse().ok()?));
        let Some(told) = told else {
            return false;
        };
        let answered = told.entry.unwrap_or(told.number);
        let is_it = |number| number == told.number || number == answered;
        let answers = |entry: &Entry| {
            let earlier = entry.entry.and_then(|number| self.record.entry(number));
            earlier.is_some_and(|earlier| is_it(earlier.number) || earlier.entry.is_some_and(is_it))
        };
        let is_about_it = |entry: &Entry| {
            (&entry.subject, entry.occurrence, &entry.for_words)
                == (&told.subject, told.occurrence, &told.for_words)
        };
        let since = self.record.entries.iter().rev();
        let mut since = since.take_while(|entry| entry.at > from);
        since.any(|entry| {
            entry.at <= until
                && entry.agreement == told.agreement
                && entry.kind != EntryKind::Noted
                && (answers(entry) || is_about_it(entry))
        })
    }

    /// Whether a fault in the files leaves open whether a reminder holds that does not seem to.
    pub fn is_unread(&self, key: &Key) -> bool {
        let is_hidden = (key.stage != Stage::Digest && self.in_files(key) == InFiles::Unread)
            || self.left_open.has(key)
            || (self.left_open.may_move(key) && !self.is_done(key));
        is_hidden || (self.files.may_hide_a_hearer(&key.agreement) && self.release(key).is_none())
    }

    /// Whether what it speaks of was done, or is not to be done: that is so whatever day it would have now.
    fn is_done(&self, key: &Key) -> bool {
        use State::{Met, MetLate, Reported, Waived};
        let about = (key.agreement.as_str(), key.subject.as_str());
        self.any(about, key, |o| {
            matches!(o.state, Met | MetLate | Reported | Waived)
        })
    }

    fn in_files(&self, key: &Key) -> InFiles {
        self.files.owed(&key.agreement, &key.subject)
    }

    fn is_so(&self, key: &Key) -> bool {
        let agreement = key.agreement.as_str();
        let about = (agreement, key.subject.as_str());
        match key.stage {
            Stage::Asked => self.awaited.contains_key(&about),
            stage if stage.tells_of_an_entry() => {
                self.entries.contains(&(agreement, key.about.clone())) && !self.is_completed(key)
            }
            Stage::Undelivered | Stage::Digest => true,
            Stage::Review => self.any(about, key, |o| {
                matches!(o.state, State::Undated | State::Standing)
            }),
            _ if key.named() == Some(Named::Renewal) => self.any(about, key, |o| {
                renewals::open(o).and_then(renewals::spoken_of) == Some(key.day)
            }),
            _ if key.named() == Some(Named::Gone) => self.has_fallen_away(about, key),
            _ if key.named() == Some(Named::Opening) => self.any(about, key, |o| {
                let of_its_renewal = renewals::open(o).and_then(|renewal| renewal.opens);
                o.opens.filter(|_| is_reminded_of(o)) == Some(key.day)
                    || of_its_renewal == Some(key.day)
            }),
            // A term that goes on does not end on that day.
            Stage::Before(_) if self.any(about, key, |o| o.renewed_until.is_some()) => false,
            Stage::Moved if self.any(about, key, |o| is_taken_over_from(o, key)) => true,
            Stage::Moved => self.any(about, key, |o| {
                may_be_told_of(o) && o.due.or(o.opens) == Some(key.day)
            }),
            _ => self.any(about, key, |o| {
                !o.projected && is_reminded_of(o) && o.due.or(o.opens) == Some(key.day)
            }),
        }
    }

    /// Whether it tells of a proposal to which all have agreed since, to who hears of the word that did.
    fn is_completed(&self, key: &Key) -> bool {
        let number = key.about.strip_prefix("entry ");
        let number = number.filter(|_| key.stage == Stage::Proposed);
        let entry = number.and_then(|number| self.record.entry(number.parse().ok()?));
        let agreement = self.office.agreement(key.agreement.as_str());
        entry.zip(agreement).is_some_and(|(entry, agreement)| {
            let rule = Rule::new(self.office, agreement, &self.record.asked, self.today);
            let word = said::completed_by(self.record, &self.index, &rule, entry);
            let hears = |word| {
                let hearers = self.hearers_at(key);
                let heard = hearers.of_entry(agreement, word, Occasion::Reminder);
                !heard.is_empty()
            };
            word.is_some_and(hears)
        })
    }

    fn has_fallen_away(&self, about: (&str, &str), key: &Key) -> bool {
        if self.in_files(key) == InFiles::Gone {
            return true;
        }
        let agreement = self.office.agreement(key.agreement.as_str());
        let Some(obligation) = agreement.and_then(|of| of.owed(&key.subject)) else {
            return false;
        };
        let now = self.occurrences.get(&about).map_or(&[][..], Vec::as_slice);
        fallen_away::has_fallen_away(obligation, now, &key.as_told(), self.today())
    }

    fn any(&self, about: (&str, &str), key: &Key, is_so: impl Fn(&Occurrence) -> bool) -> bool {
        self.occurrences.get(&about).is_some_and(|of| {
            of.iter().any(|o| {
                o.occurrence == key.occurrence
                    && o.for_words.as_deref().unwrap_or_default() == key.which()
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
