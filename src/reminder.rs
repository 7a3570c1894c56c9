//! Who is told what, and when. Pure: from the office, the record, the schedule and the day alone.
//!
//! A reminder is one thing told to one recipient at one [`Stage`]; its [`Key`] is decided once. What one recipient is
//! owed on one day about one agreement goes into one [`PlannedMessage`]. What it says is for [`letter`]; that it is
//! decided once and delivered whole is for the [`outbox`](crate::outbox).

mod asked;
mod chain;
pub mod digest;
mod fallen_away;
#[cfg(test)]
pub(crate) mod fixture;
mod hearers;
mod key;
mod left_open;
pub mod letter;
pub mod moves;
mod occurrences;
mod quoted;
mod recipients;
mod renewals;
mod review;
mod said;
mod stage;
mod still_owed;
#[cfg(test)]
mod tests;
mod told;
mod undelivered;
mod vanished;
mod wording;

pub use key::{Key, Named, UnknownKey};
pub use recipients::{Recipient, Release, is_told_of};
pub use stage::{Stage, UnknownStage};
pub use still_owed::StillOwed;
pub use told::Told;
pub use undelivered::{Failures, NotTold, Undelivered};
pub use vanished::Vanished;

use crate::agreement::{Agreement, Obligation, Status};
use crate::ids::AgreementId;
use crate::office::Office;
use crate::record::answers::{Index, Standing};
use crate::record::{Asks, Entry, Record};
use crate::schedule::{AwaitedEvent, Occurrence, Question, Schedule};
use chrono::NaiveDate;
use hearers::Hearers;
use left_open::LeftOpen;
use recipients::Contacts;
use std::collections::BTreeMap;

/// Everything that one recipient is owed on one day about one agreement.
#[derive(Clone, Debug)]
pub struct PlannedMessage<'a> {
    /// The agreement.
    pub agreement: &'a Agreement,
    /// Whom it is for.
    pub recipient: Recipient<'a>,
    /// What it holds, in the order of the file. Never empty.
    pub parts: Vec<Part<'a>>,
}

impl PlannedMessage<'_> {
    /// The parts of which something is so, and the rest: each as a message of its own, where there are any.
    pub fn split(self, is_so: impl Fn(&Part<'_>) -> bool) -> [Option<Self>; 2] {
        let (these, rest): (Vec<_>, Vec<_>) = self.parts.into_iter().partition(is_so);
        [these, rest].map(|parts| {
            (!parts.is_empty()).then_some(Self {
                agreement: self.agreement,
                recipient: self.recipient,
                parts,
            })
        })
    }
}

/// All that is owed on one day.
#[derive(Clone, Debug, Default)]
pub struct Plan<'a> {
    /// Reminders, by agreement and recipient.
    pub messages: Vec<PlannedMessage<'a>>,
    /// Weekly overviews.
    pub digests: Vec<digest::PlannedDigest<'a>>,
}

impl Plan<'_> {
    /// Whether nothing is owed.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.digests.is_empty()
    }
}

/// One reminder of a message.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// What makes it the one that it is.
    pub key: Key,
    /// What it is about.
    pub matter: Matter<'a>,
    /// Stages whose day has come without anybody being told.
    pub skipped: Vec<Skipped>,
    /// The day that was spoken of before, for [`Stage::Moved`], and for what overtakes one that a person holds.
    pub before: Option<NaiveDate>,
    /// Of what stands in no file any more: the subject line of the message that told of it.
    pub told_in: Option<String>,
    /// Where what a party has said stands, or what it answers; `None` where it stands nowhere.
    pub standing: Option<Standing>,
    /// What it asks, where silence would be an answer.
    pub asks: Option<Asks>,
    /// Why it is sent, for the office: one short phrase.
    pub reason: String,
}

/// A stage whose day has come without its recipient being told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The stage.
    pub stage: Stage,
    /// Whether a message was written for it, which was not sent or not delivered.
    pub was_written: bool,
}

/// What a reminder is about.
#[derive(Clone, Copy, Debug)]
pub enum Matter<'a> {
    /// Something that is owed.
    Occurrence(&'a Occurrence),
    /// Of something that is owed, a day that stands no more; beside it what there is of it now.
    FallenAway(&'a Obligation, InItsPlace<'a>),
    /// An event whose day is not recorded.
    Event(&'a AwaitedEvent),
    /// What a party has said.
    Entry(&'a Entry),
    /// Mail that did not arrive.
    Undelivered(&'a Undelivered),
}

/// What there is now of something of which a day stands no more.
#[derive(Clone, Copy, Debug)]
pub enum InItsPlace<'a> {
    /// The same without a day, or nothing.
    NoDay(Option<&'a Occurrence>),
    /// Of a series whose days are others now, the one in its place, of which the same message tells.
    Another(&'a Occurrence),
    /// Of a series that is left without that day, its next.
    Next(&'a Occurrence),
}

/// The thing that a part tells of: what is owed or the event, which occurrence, and what else tells it apart.
pub type Thing<'p> = (&'p str, Option<NaiveDate>, &'p str);

impl Part<'_> {
    /// What it tells of: of a day with another in its place, that one.
    pub fn thing(&self) -> Thing<'_> {
        let occurrence = match self.matter {
            Matter::FallenAway(_, InItsPlace::Another(other)) => other.occurrence,
            _ => self.key.occurrence,
        };
        (&self.key.subject, occurrence, self.key.which())
    }
}

/// The party's id that stands for the office where no party keeps it.
const THE_OFFICE: &str = "office";

/// What is owed to whom on `today` and was not decided before. `vanished`: what was told of and stands in no file any more. The
/// same arguments give the same plan.
pub fn plan<'a>(
    office: &'a Office,
    record: &'a Record,
    schedule: &'a Schedule,
    told: &Told,
    failures: &'a Failures,
    vanished: &'a Vanished,
    today: NaiveDate,
) -> Vec<PlannedMessage<'a>> {
    let by_agreement = ByAgreement::new(record, schedule);
    let index = Index::new(record);
    let left_open = LeftOpen::of(office, record, today);
    let contacts = (!vanished.is_empty()).then(|| Contacts::of(office));
    let mut messages = Vec::new();
    for agreement in office.agreements.iter().chain(vanished.agreements()) {
        let desk = Desk {
            office,
            record,
            told,
            failures,
            today,
            agreement,
            occurrences: of(&by_agreement.occurrences, agreement),
            awaited: of(&by_agreement.awaited, agreement),
            entries: of(&by_agreement.entries, agreement),
            index: &index,
            ended_on: schedule
                .agreements
                .get(&agreement.id)
                .and_then(|days| days.ended_on(today)),
        };
        let taken_back = || {
            let contacts = contacts.as_ref();
            contacts.map_or_else(Vec::new, |contacts| {
                vanished::owed(&desk, vanished, contacts)
            })
        };
        let mut owed = Vec::new();
        match agreement.status {
            Status::InForce => {
                owed.extend(said::owed(&desk));
                owed.extend(asked::owed(&desk));
                owed.extend(fallen_away::owed(&desk));
                owed.extend(taken_back());
                owed.extend(occurrences::owed(&desk));
                owed.extend(undelivered::owed(&desk));
            }
            // Settled but not signed: each party is asked for the day that is missing, hears what another says of it, and
            // nothing more than which day it was told before.
            Status::Tentative => {
                owed.extend(said::owed(&desk));
                owed.extend(asked::owed(&desk));
                owed.extend(fallen_away::owed(&desk));
                owed.extend(taken_back());
            }
            // Of one that has become a draft, once, as of one that is gone.
            Status::Draft if vanished.is(agreement) => owed.extend(taken_back()),
            Status::Draft => {}
        }
        owed.retain(|(_, part)| !left_open.keeps_back(&part.key, told));
        messages.extend(group(agreement, owed));
    }
    messages
}

/// What lies before whoever plans the reminders of one agreement.
struct Desk<'a, 't> {
    office: &'a Office,
    record: &'a Record,
    told: &'t Told,
    failures: &'a Failures,
    today: NaiveDate,
    agreement: &'a Agreement,
    occurrences: &'t [&'a Occurrence],
    awaited: &'t [&'a AwaitedEvent],
    /// Those that were not struck out, in order, strikes among them.
    entries: &'t [&'a Entry],
    index: &'t Index<'a>,
    /// The last day of the agreement's own term, where that is over.
    ended_on: Option<NaiveDate>,
}

/// What there is, sorted once, so that planning grows with it and not with its square.
#[derive(Default)]
struct ByAgreement<'a> {
    occurrences: Sorted<'a, Occurrence>,
    awaited: Sorted<'a, AwaitedEvent>,
    entries: Sorted<'a, Entry>,
}

type Sorted<'a, T> = BTreeMap<&'a AgreementId, Vec<&'a T>>;

impl<'a> ByAgreement<'a> {
    fn new(record: &'a Record, schedule: &'a Schedule) -> Self {
        let mut sorted = Self::default();
        for occurrence in &schedule.occurrences {
            let of = sorted.occurrences.entry(&occurrence.agreement);
            of.or_default().push(occurrence);
        }
        for event in &schedule.awaited {
            sorted
                .awaited
                .entry(&event.agreement)
                .or_default()
                .push(event);
        }
        for entry in record.not_struck() {
            sorted
                .entries
                .entry(&entry.agreement)
                .or_default()
                .push(entry);
        }
        sorted
    }
}

fn of<'t, 'a, T>(sorted: &'t Sorted<'a, T>, agreement: &Agreement) -> &'t [&'a T] {
    sorted.get(&agreement.id).map_or(&[], Vec::as_slice)
}

impl<'a> Desk<'a, '_> {
    fn hearers(&self) -> Hearers<'a> {
        Hearers {
            office: self.office,
            record: self.record,
            today: self.today,
            at: None,
        }
    }

    /// The first day of tracking; until something has begun it, today counts as that.
    fn tracked_from(&self, obligation: Option<&Obligation>) -> NaiveDate {
        Question::new(self.office, self.record, self.today).tracked_from(self.agreement, obligation)
    }
}

/// One message a recipient. Parts about one thing stand together.
fn group<'a>(
    agreement: &'a Agreement,
    owed: Vec<(Recipient<'a>, Part<'a>)>,
) -> Vec<PlannedMessage<'a>> {
    let mut messages: Vec<PlannedMessage<'a>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (recipient, part) in owed {
        let next = messages.len();
        let place = *places.entry(recipient.address()).or_insert(next);
        match messages.get_mut(place) {
            Some(message) => {
                if recipient.release == Release::AtOnce {
                    message.recipient.release = Release::AtOnce;
                }
                if !message.parts.iter().any(|p| p.key == part.key) {
                    message.parts.push(part);
                }
            }
            None => messages.push(PlannedMessage {
                agreement,
                recipient,
                parts: vec![part],
            }),
        }
    }
    messages
}
