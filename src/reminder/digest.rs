//! The weekly overview: one mail a week, by agreement, for the contacts that want it in place of reminders and for the
//! office itself.

use super::hearers::{self, Hearers};
use super::key::Key;
use super::left_open::LeftOpen;
use super::recipients::{self, At, Occasion, Release, Settings, recipients};
use super::stage::Stage;
use super::{ByAgreement, Failures, THE_OFFICE, Told, Undelivered, of};
use super::{renewals, said};
use crate::agreement::{Agreement, Obligation, Status, Visibility};
use crate::ids::{AgreementId, PartyId};
use crate::office::{Contact, Office, Receives};
use crate::record::answers::{Index, Rule, Standing};
use crate::record::{Entry, Record};
use crate::schedule::{
    AwaitedEvent, NotKept, Occurrence, OccurrenceKind, RenewalDays, Schedule, State,
};
use crate::words::Language;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::{BTreeMap, BTreeSet};

/// How far ahead it looks, in days.
const AHEAD: u64 = 30;

/// One reader's overview of one week. It has something to say.
#[derive(Clone, Debug)]
pub struct PlannedDigest<'a> {
    /// Whom it is for: a party, or the office itself.
    pub party: PartyId,
    /// What the party, or the office, is called.
    pub called: String,
    /// The contact's name.
    pub name: String,
    /// Its address.
    pub email: String,
    /// What it is written in.
    pub language: Language,
    /// Whether it leaves at once.
    pub release: Release,
    /// What makes it the one that it is: the reader and the Monday of its week.
    pub key: Key,
    /// The instant from which on entries are new to it: that at which the last one was decided.
    pub since: DateTime<Utc>,
    /// By agreement, in the order of their ids; none is empty.
    pub agreements: Vec<OfAgreement<'a>>,
}

/// What there is to say of one agreement: each thing once, under the first heading that fits.
#[derive(Clone, Debug)]
pub struct OfAgreement<'a> {
    /// The agreement.
    pub agreement: &'a Agreement,
    /// In the order of the headings.
    pub things: Vec<(Heading, Thing<'a>)>,
}

/// Under what a thing stands, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// A party has said or proposed something, and the reader's word on it is missing.
    ToAnswer,
    /// Different things have been said.
    Disputed,
    /// A party says that something was not kept.
    NotKept,
    /// Its last day has passed with nothing recorded.
    NothingRecorded,
    /// Its last day is near.
    Soon,
    /// One party has said that it was done.
    Reported,
    /// It runs, or may be done now.
    Running,
    /// A day is not recorded.
    Waiting,
    /// What others have said since the last overview.
    Said,
    /// Mail about it did not arrive.
    Undelivered,
}

impl Heading {
    /// All, in their order.
    pub const ALL: [Self; 10] = [
        Self::ToAnswer,
        Self::Disputed,
        Self::NotKept,
        Self::NothingRecorded,
        Self::Soon,
        Self::Reported,
        Self::Running,
        Self::Waiting,
        Self::Said,
        Self::Undelivered,
    ];
}

/// What an overview lists.
#[derive(Clone, Copy, Debug)]
pub enum Thing<'a> {
    /// Something that is owed.
    Occurrence(&'a Occurrence),
    /// A term, or an agreement, of which it may be decided now whether it goes on.
    Renewal(&'a Occurrence, &'a RenewalDays),
    /// An event whose day is not recorded.
    Event(&'a AwaitedEvent),
    /// What a party has said, and at which stage others are told of it.
    Entry(&'a Entry, Stage),
    /// Mail to a party's contact that was refused.
    Undelivered(&'a Undelivered),
}

impl OfAgreement<'_> {
    /// Puts everything in order. What was done waits for an answer under that heading, and under no other.
    fn list_once(&mut self) {
        let to_answer: BTreeSet<u64> = self
            .things
            .iter()
            .filter_map(|(heading, thing)| match (heading, thing) {
                (Heading::ToAnswer, Thing::Entry(entry, _)) => Some(entry.number),
                _ => None,
            })
            .collect();
        let waits = |occurrence: &Occurrence| {
            let mut entries = occurrence.entries.iter();
            entries.any(|number| to_answer.contains(number))
        };
        self.things
            .retain(|(heading, thing)| match (heading, thing) {
                (
                    Heading::Disputed | Heading::NotKept | Heading::Reported,
                    Thing::Occurrence(occurrence),
                ) => !waits(occurrence),
                _ => true,
            });
        self.things.sort_by_key(|(heading, _)| *heading);
    }
}

/// The overviews that are owed on `today`: on Monday, or by the first run after it that finds something to say. After a
/// gap there is one, that of this week. The same arguments give the same plan.
pub fn digests<'a>(
    office: &'a Office,
    record: &'a Record,
    schedule: &'a Schedule,
    told: &Told,
    failures: &'a Failures,
    today: NaiveDate,
) -> Vec<PlannedDigest<'a>> {
    let mut all = readers(office, told, today);
    if all.is_empty() {
        return Vec::new();
    }
    let by_agreement = ByAgreement::new(record, schedule);
    let places = all.iter().map(|digest| digest.key.recipient.clone());
    let places: BTreeMap<String, usize> = places.zip(0..).collect();
    let index = Index::new(record);
    let left_open = LeftOpen::of(office, record, today);
    for agreement in &office.agreements {
        let occurrences = match agreement.status {
            Status::InForce => of(&by_agreement.occurrences, agreement),
            // Settled but not signed: only what it waits for.
            Status::Tentative => &[],
            Status::Draft => continue,
        };
        if left_open.has_whole(&agreement.id) {
            continue;
        }
        let entries = of(&by_agreement.entries, agreement);
        let hearers = Hearers {
            office,
            record,
            today,
            at: None,
        };
        let mut desk = Desk {
            hearers,
            agreement,
            left_open: &left_open,
            all: &mut all,
            places: &places,
        };
        let rule = Rule::new(office, agreement, &record.asked, today);
        for entry in entries.iter().copied() {
            desk.entry(entry, &index, &rule);
        }
        for occurrence in occurrences.iter().copied() {
            desk.occurrence(occurrence);
        }
        for event in of(&by_agreement.awaited, agreement) {
            desk.event(event);
        }
        for refused in failures.of(&agreement.id) {
            desk.undelivered(refused);
        }
    }
    for digest in &mut all {
        for of in &mut digest.agreements {
            of.list_once();
        }
    }
    all.retain(|digest| !digest.agreements.is_empty());
    all
}

/// Who wants an overview and has not been given this week's. An address is one reader, however many contacts have it.
fn readers<'a>(office: &'a Office, told: &Told, today: NaiveDate) -> Vec<PlannedDigest<'a>> {
    let monday = monday(today);
    let week_before = monday.checked_sub_days(Days::new(7)).unwrap_or(monday);
    let mut seen = BTreeSet::new();
    let mut reader = |party: PartyId, called: &str, name: &str, email: &str, language| {
        let key = Key {
            agreement: AgreementId::new(""),
            subject: String::new(),
            occurrence: None,
            about: String::new(),
            stage: Stage::Digest,
            recipient: recipients::address(email),
            day: monday,
        };
        let is_new = seen.insert(key.recipient.clone()) && !told.contains(&key);
        is_new.then(|| PlannedDigest {
            party,
            called: called.to_owned(),
            name: name.to_owned(),
            email: email.to_owned(),
            language,
            release: Release::AtOnce,
            since: told
                .last_overview(&key.recipient)
                .unwrap_or_else(|| begins(week_before, office.settings.zone)),
            key,
            agreements: Vec::new(),
        })
    };
    let settings = &office.settings;
    let mut all = Vec::new();
    if let Some(email) = &settings.digest {
        let party = settings.keeper.clone();
        let party = party.unwrap_or_else(|| PartyId::new(THE_OFFICE));
        all.extend(reader(
            party,
            &settings.name,
            &settings.name,
            email,
            settings.language,
        ));
    }
    for party in office.parties.iter() {
        for contact in &party.contacts {
            if contact.receives == Receives::Digest {
                all.extend(reader(
                    party.id.clone(),
                    &party.short,
                    &contact.name,
                    &contact.email,
                    contact.language,
                ));
            }
        }
    }
    all
}

/// How an overview would go to an address today; `None`: nobody there wants one.
pub(super) fn release(office: &Office, at: At<'_>, today: NaiveDate) -> Option<Release> {
    let own = office.settings.digest.as_deref().map(recipients::address);
    let wants = |contact: &Contact| contact.receives == Receives::Digest;
    let readers = at.found().iter().filter(|(_, contact)| wants(contact));
    if own.as_deref() != Some(at.address) && readers.clone().next().is_none() {
        return None;
    }
    // Whether it waits for a person is the same for all agreements of its party, and of most nobody need be asked.
    let mut held = readers.map(|(party, contact)| {
        recipients::release(office, &party.id, contact, Occasion::Digest, today)
    });
    let may_be_held = held.any(|release| release == Some(Release::Held));
    let mut agreements = office.agreements.iter().filter(|_| may_be_held);
    let is_held = agreements.any(|agreement| {
        let visibility = &agreement.visibility;
        let occasion = Occasion::Digest;
        let found = recipients(
            office,
            agreement,
            visibility,
            None,
            occasion,
            today,
            Some(at),
        );
        found.iter().any(|r| r.release == Release::Held)
    });
    Some(if is_held {
        Release::Held
    } else {
        Release::AtOnce
    })
}

/// The instant at which a day begins; where none does at midnight, that hour of UTC.
fn begins(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let local = zone.from_local_datetime(&midnight).earliest();
    local.map_or_else(|| midnight.and_utc(), |local| local.with_timezone(&Utc))
}

/// The Monday of a day's week.
fn monday(day: NaiveDate) -> NaiveDate {
    let after = day.weekday().num_days_from_monday();
    day.checked_sub_days(Days::new(u64::from(after)))
        .unwrap_or(day)
}

/// What lies before whoever sorts one agreement's things to their readers.
struct Desk<'a, 'd> {
    hearers: Hearers<'a>,
    agreement: &'a Agreement,
    /// Of what a fault leaves open nothing is listed.
    left_open: &'d LeftOpen,
    all: &'d mut Vec<PlannedDigest<'a>>,
    /// Of each address, which of all is for it.
    places: &'d BTreeMap<String, usize>,
}

impl<'a> Desk<'a, '_> {
    fn occurrence(&mut self, occurrence: &'a Occurrence) {
        let Some(obligation) = self.agreement.owed(occurrence.obligation.as_str()) else {
            return;
        };
        let id = obligation.id.as_str();
        if self.left_open.has_subject(&self.agreement.id, id) {
            return;
        }
        self.renewal(occurrence, obligation);
        let Some(heading) = heading(occurrence, self.hearers.today) else {
            return;
        };
        // That an agreement runs is nothing new from week to week.
        if heading == Heading::Running && self.agreement.is_own_term(obligation) {
            return;
        }
        let settings = Settings::of(
            self.hearers.office,
            self.agreement,
            Some(&obligation.remind),
        );
        self.tell(
            &obligation.visibility,
            settings.to.as_deref(),
            heading,
            Thing::Occurrence(occurrence),
        );
    }

    /// Until when it may be decided whether something goes on, for those who are reminded of that.
    fn renewal(&mut self, occurrence: &'a Occurrence, obligation: &Obligation) {
        let is_open = occurrence.state == State::Deciding;
        let Some(days) = renewals::open(occurrence).filter(|_| is_open) else {
            return;
        };
        let settings = Settings::of(
            self.hearers.office,
            self.agreement,
            Some(&obligation.remind),
        );
        let to = renewals::to(self.hearers.office, self.agreement, &settings);
        self.tell(
            &obligation.visibility,
            to.as_deref(),
            Heading::Running,
            Thing::Renewal(occurrence, days),
        );
    }

    fn event(&mut self, event: &'a AwaitedEvent) {
        let id = event.event.as_str();
        if self.left_open.has_subject(&self.agreement.id, id) {
            return;
        }
        let of_event = self.agreement.event(id);
        let visibility = of_event.map_or(&self.agreement.visibility, |e| &e.visibility);
        // Who may see nothing of what waits for it is not told of it.
        let hanging = event.hanging.iter();
        let widest = hanging
            .filter_map(|id| self.agreement.obligation(id.as_str()))
            .map(|o| &o.visibility)
            .min();
        let Some(widest) = widest else { return };
        self.tell(
            visibility.max(widest),
            None,
            Heading::Waiting,
            Thing::Event(event),
        );
    }

    /// What a party has said: as long as the reader's word on it is missing, and otherwise once.
    fn entry(&mut self, entry: &'a Entry, index: &Index<'a>, rule: &Rule<'_>) {
        let Some(stage) = said::stage(self.hearers.record, index, rule, entry) else {
            return;
        };
        let is_an_answer = matches!(stage, Stage::Confirmed | Stage::Disputed);
        let standing = said::standing(self.hearers.record, index, rule, entry);
        let standing = standing.filter(|_| !is_an_answer);
        let heading = |party: &PartyId, since: DateTime<Utc>| {
            let is_by_it = entry.by.as_ref() == Some(party);
            // What the keeper entered for it is told to it as well, whatever paper has its words.
            let is_its_own_entry = is_by_it && entry.entered_by.is_none();
            let waits = |standing: &Standing| !is_by_it && standing.waits_for_a_word_of(party);
            match &standing {
                _ if is_its_own_entry => None,
                Some(standing) if waits(standing) => Some(Heading::ToAnswer),
                _ => (entry.at >= since).then_some(Heading::Said),
            }
        };
        let thing = Thing::Entry(entry, stage);
        let visibility = self.hearers.visibility(self.agreement, entry);
        let is_known = hearers::may_be_known(self.agreement, entry);
        let own = self.own_address(visibility).filter(|_| is_known);
        let readers = self
            .hearers
            .of_entry(self.agreement, entry, Occasion::Digest);
        let readers = readers.iter().map(|r| (r.address(), r.release));
        for (address, release) in own
            .map(|own| (own, Release::AtOnce))
            .into_iter()
            .chain(readers)
        {
            let reader = self
                .all
                .iter()
                .find(|digest| digest.key.recipient == address);
            let heading = reader.and_then(|reader| heading(&reader.party, reader.since));
            if let Some(heading) = heading {
                self.add(&address, release, heading, thing);
            }
        }
    }

    fn undelivered(&mut self, refused: &'a Undelivered) {
        let of_it = self.agreement.obligation(refused.subject());
        let visibility = of_it.map_or(&self.agreement.visibility, |o| &o.visibility);
        let thing = Thing::Undelivered(refused);
        // How another party is reached is for that party and for the office.
        let own = [refused.party.clone()];
        self.tell(visibility, Some(&own), Heading::Undelivered, thing);
    }

    /// Adds a thing to the overview of each reader that may see it.
    fn tell(
        &mut self,
        visibility: &Visibility,
        parties: Option<&[PartyId]>,
        heading: Heading,
        thing: Thing<'a>,
    ) {
        let (office, agreement) = (self.hearers.office, self.agreement);
        if let Some(own) = self.own_address(visibility) {
            self.add(&own, Release::AtOnce, heading, thing);
        }
        for recipient in recipients(
            office,
            agreement,
            visibility,
            parties,
            Occasion::Digest,
            self.hearers.today,
            None,
        ) {
            self.add(&recipient.address(), recipient.release, heading, thing);
        }
    }

    /// The address of the office itself, where it wants an overview and may see a thing.
    fn own_address(&self, visibility: &Visibility) -> Option<String> {
        let settings = &self.hearers.office.settings;
        let for_the_office = settings.keeper.as_ref().is_none_or(|keeper| {
            self.agreement.visibility.admits(keeper) && visibility.admits(keeper)
        });
        let address = settings.digest.as_ref().filter(|_| for_the_office)?;
        Some(recipients::address(address))
    }

    fn add(&mut self, address: &str, release: Release, heading: Heading, thing: Thing<'a>) {
        let place = self.places.get(address).copied();
        let reader = place.and_then(|place| self.all.get_mut(place));
        let Some(reader) = reader else { return };
        if release == Release::Held {
            reader.release = Release::Held;
        }
        match reader.agreements.last_mut() {
            Some(last) if last.agreement.id == self.agreement.id => {
                let is_there = last
                    .things
                    .iter()
                    .any(|(of, other)| *of == heading && same(*other, thing));
                if !is_there {
                    last.things.push((heading, thing));
                }
            }
            _ => reader.agreements.push(OfAgreement {
                agreement: self.agreement,
                things: vec![(heading, thing)],
            }),
        }
    }
}

fn same(one: Thing<'_>, other: Thing<'_>) -> bool {
    match (one, other) {
        (Thing::Occurrence(one), Thing::Occurrence(other))
        | (Thing::Renewal(one, _), Thing::Renewal(other, _)) => std::ptr::eq(one, other),
        (Thing::Event(one), Thing::Event(other)) => std::ptr::eq(one, other),
        (Thing::Entry(one, _), Thing::Entry(other, _)) => one.number == other.number,
        (Thing::Undelivered(one), Thing::Undelivered(other)) => {
            (&one.party, one.why) == (&other.party, other.why)
        }
        _ => false,
    }
}

/// Under which heading something stands; `None` where there is nothing to say of it this week.
fn heading(occurrence: &Occurrence, today: NaiveDate) -> Option<Heading> {
    let soon = today.checked_add_days(Days::new(AHEAD));
    let is_soon = || occurrence.due.is_some() && occurrence.due <= soon;
    if occurrence.projected {
        return None;
    }
    match occurrence.state {
        State::Disputed if is_one_partys_word(occurrence) => Some(Heading::NotKept),
        State::Disputed => Some(Heading::Disputed),
        State::Overdue | State::NotStarted => Some(Heading::NothingRecorded),
        State::Reported => Some(Heading::Reported),
        State::Running | State::Deciding | State::Open | State::Scheduled if is_soon() => {
            Some(Heading::Soon)
        }
        State::Running | State::Deciding => Some(Heading::Running),
        // That its first reminder's day has come does not make it something that may be done only now.
        State::Open if occurrence.kind != OccurrenceKind::Deadline => Some(Heading::Running),
        _ => None,
    }
}

/// Whether it is disputed because one party says that it was not kept, and no other has said anything to that.
fn is_one_partys_word(occurrence: &Occurrence) -> bool {
    let is_answered = |told: &NotKept| !told.standing.against.is_empty();
    occurrence.kind == OccurrenceKind::Standing
        && !occurrence.met.are_disputed()
        && !occurrence.not_kept.iter().any(is_answered)
}
