//! What is owed on a day: every occurrence of every obligation, with its dates, how they were reached, and its state.
//!
//! Pure: it follows from the office, the record and the day alone. `due`, `why`, the reminders and the pages all read
//! this one schedule.

mod acts;
mod after_series;
mod agreement_days;
mod answer;
mod awaited;
mod chain;
mod changes;
mod claimed;
mod conditions;
mod expirations;
mod extent;
mod facts;
mod further;
mod in_place;
mod matter;
mod missed;
mod occurrence;
mod occurrences;
mod overtaken;
mod own_term;
mod periods;
mod renewals;
mod renewed;
mod settled;
mod state;
mod times;

pub use agreement_days::{AgreementDay, AgreementDays};
pub use changes::{AmendedTo, Amendment, AmendmentStage, takes_the_place_of};
pub use extent::{counts_from, needed, touched};
pub use occurrence::{Begun, NextPeriod, NotKept, Occurrence, OccurrenceKind, State};
pub use renewals::{RenewalAct, RenewalDays};

use crate::agreement::{Agreement, Obligation, Status};
use crate::deadline;
use crate::ids::{AgreementId, EventId, ObligationId, PartyId};
use crate::language::Trigger;
use crate::office::Office;
use crate::record::answers::Rule;
use crate::record::{Entry, EntryKind, Record};
use chrono::{Days, NaiveDate};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a schedule is worked out from.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The agreements.
    pub office: &'a Office,
    /// What has happened since.
    pub record: &'a Record,
    /// The day on which it is asked.
    pub today: NaiveDate,
    /// The last day up to which series are worked out.
    pub until: NaiveDate,
    /// The first day back to which the periods of what renews itself are listed, however many they are; beyond those around
    /// today and those of which the record speaks.
    pub since: NaiveDate,
}

impl<'a> Question<'a> {
    /// Asks about `today` and the year that follows it.
    pub fn new(office: &'a Office, record: &'a Record, today: NaiveDate) -> Self {
        let until = today
            .checked_add_days(Days::new(366))
            .unwrap_or(NaiveDate::MAX);
        Self {
            office,
            record,
            today,
            until,
            since: today,
        }
    }

    /// Works out as far as `day`, where that lies beyond what is worked out otherwise.
    #[must_use]
    pub fn reaching(mut self, day: NaiveDate) -> Self {
        self.until = self.until.max(day);
        self.since = self.since.min(day);
        self
    }

    /// The first day of tracking: what was due before it is shown and counted, never mailed. Until something has begun
    /// it, today counts as its first day.
    pub fn tracked_from(
        &self,
        agreement: &Agreement,
        obligation: Option<&Obligation>,
    ) -> NaiveDate {
        obligation
            .and_then(|o| o.tracked_from)
            .or(agreement.tracked_from)
            .or_else(|| {
                self.record
                    .tracking
                    .get(&agreement.id)
                    .copied()
                    .filter(|day| *day <= self.today)
            })
            .unwrap_or(self.today)
    }
}

/// A question with the record's entries at hand, by agreement and by what they are about.
struct Known<'a> {
    question: &'a Question<'a>,
    entries: Entries<'a>,
    /// What was said to have happened and was struck out since, each with its strike.
    withdrawn: BTreeMap<&'a str, Withdrawn<'a>>,
    /// Who changes each agreement.
    changes: changes::ByTarget<'a>,
    /// Since when each agreement is void, of those that are; `None` while that is worked out.
    void: Option<BTreeMap<AgreementId, deadline::Fact>>,
    /// Of what more than one day may be claimed.
    contested: BTreeSet<chain::Link>,
}

/// For each event, the entries that were struck out, each with the number of its strike.
type Withdrawn<'a> = BTreeMap<&'a str, Vec<(&'a Entry, u64)>>;

/// Entries by agreement, then by obligation or event, in order.
type Entries<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a Entry>>>;

impl<'a> Known<'a> {
    fn new(question: &'a Question<'a>) -> Self {
        let mut entries: BTreeMap<&str, BTreeMap<&str, Vec<&Entry>>> = BTreeMap::new();
        for entry in question.record.standing() {
            let subject = entry.subject.as_deref().unwrap_or_default();
            entries
                .entry(entry.agreement.as_str())
                .or_default()
                .entry(subject)
                .or_default()
                .push(entry);
        }
        let mut known = Self {
            question,
            entries,
            withdrawn: withdrawn(question.record),
            changes: changes::by_target(&question.office.agreements),
            void: None,
            contested: BTreeSet::new(),
        };
        known.contested = further::candidates(&known);
        known.void = Some(changes::void_days(&known));
        known
    }

    /// What was said to have happened about an event and was struck out since, each with the number of its strike.
    fn withdrawn(&self, agreement: &Agreement, event: &str) -> &[(&'a Entry, u64)] {
        self.withdrawn
            .get(agreement.id.as_str())
            .and_then(|of| of.get(event))
            .map_or(&[], Vec::as_slice)
    }

    /// By whose word, or silence, something about an agreement is accepted.
    fn rule<'b>(&self, agreement: &'b Agreement) -> Rule<'b>
    where
        'a: 'b,
    {
        let Question {
            office,
            record,
            today,
            ..
        } = *self.question;
        Rule::new(office, agreement, &record.asked, today)
    }

    /// The entries about one obligation or event of an agreement, or under no name about the agreement as a whole, that
    /// were not struck, in order.
    fn about(&self, agreement: &Agreement, subject: &str) -> &[&'a Entry] {
        self.entries
            .get(agreement.id.as_str())
            .and_then(|of| of.get(subject))
            .map_or(&[], Vec::as_slice)
    }
}

/// What was said to have happened and was struck out, by agreement and event.
fn withdrawn(record: &Record) -> BTreeMap<&str, Withdrawn<'_>> {
    let mut withdrawn: BTreeMap<_, Withdrawn<'_>> = BTreeMap::new();
    for (number, strike) in record.strikes().all() {
        let struck = record.entry(number);
        let Some(struck) = struck.filter(|entry| entry.kind == EntryKind::Happened) else {
            continue;
        };
        if let Some(subject) = &struck.subject {
            withdrawn
                .entry(struck.agreement.as_str())
                .or_default()
                .entry(subject)
                .or_default()
                .push((struck, strike.by));
        }
    }
    withdrawn
}

/// Works out what is owed under each agreement that the record covers by itself, and keeps what `take` makes of it, in the
/// order of the agreements.
pub fn of_each<T: Send>(
    question: &Question<'_>,
    take: impl Fn(&Agreement, Schedule) -> T + Sync,
) -> Vec<T> {
    let known = Known::new(question);
    let agreements = question.office.agreements.par_iter();
    agreements
        .filter(|a| a.status != Status::Draft && question.record.extent.covers(&a.id))
        .map(|agreement| take(agreement, of_one(&known, agreement)))
        .collect()
}

/// Works out everything that is owed, under the agreements that the record covers.
pub fn schedule(question: &Question<'_>) -> Schedule {
    let each = of_each(question, |_, schedule| schedule);
    let number = each.iter().map(|of_one| of_one.occurrences.len()).sum();
    let mut schedule = Schedule {
        occurrences: Vec::with_capacity(number),
        ..Schedule::default()
    };
    for mut of_one in each {
        schedule.occurrences.append(&mut of_one.occurrences);
        schedule.awaited.append(&mut of_one.awaited);
        // Not `append`, which makes the whole map anew each time.
        schedule.agreements.extend(of_one.agreements);
    }
    schedule
}

/// What hangs on one of `days`, at whatever remove: obligations and own terms, each with its agreement.
pub fn hanging_on(
    question: &Question<'_>,
    days: &BTreeSet<(AgreementId, Trigger)>,
) -> BTreeSet<(AgreementId, ObligationId)> {
    if days.is_empty() {
        return BTreeSet::new();
    }
    let known = Known::new(question);
    let agreements = question.office.agreements.iter();
    let in_force = agreements.filter(|a| a.status != Status::Draft);
    in_force
        .flat_map(|of| {
            let hanging = chain::hanging_on(&known, of, days).into_iter();
            hanging.map(|id| (of.id.clone(), id))
        })
        .collect()
}

fn of_one(known: &Known<'_>, agreement: &Agreement) -> Schedule {
    // A ledger for each, so that none waits for another: a day of a third that two hang on is worked out twice.
    let ledger = facts::Ledger::new(known);
    let facts = ledger.of(agreement);
    let contested = further::Contested::of(known, &facts);
    let mut schedule = Schedule::default();
    let mut waits = Vec::new();
    for obligation in &agreement.obligations {
        let worked_out = occurrences::of(known, agreement, obligation, &facts, &contested);
        schedule.occurrences.extend(worked_out.occurrences);
        waits.extend(
            worked_out
                .waiting_on
                .into_iter()
                .map(|trigger| (trigger, obligation)),
        );
    }
    let settles = facts
        .settles()
        .filter(|_| agreement.status == Status::Tentative);
    if let Some(settles) = &settles {
        let dated = agreement
            .obligations
            .iter()
            .filter(|obligation| obligation.timing.phrase().is_some());
        waits.extend(dated.map(|obligation| (settles.clone(), obligation)));
    }
    // An end that one side claims has been told: it waits for the others, and not for a day.
    if !facts.other_claims("expiration").is_empty() {
        waits.retain(|(trigger, _)| *trigger != answer::own("expiration"));
    }
    schedule.awaited = awaited::events(known.question.office, agreement, &waits);
    let own_term = own_term::occurrences(known, agreement, &facts, &contested);
    let mut days = AgreementDays::of(
        agreement,
        &facts,
        &own_term,
        &contested,
        known.question.today,
    );
    days.is_settled = agreement.status == Status::Tentative && settles.is_none();
    schedule.occurrences.extend(own_term);
    schedule.agreements.insert(agreement.id.clone(), days);
    if agreement.status == Status::Tentative {
        let settles = settles.as_ref().map(occurrences::name);
        for occurrence in &mut schedule.occurrences {
            state::project(occurrence, settles.as_deref());
        }
    }
    // They are kept until those of every agreement are there.
    schedule.occurrences.shrink_to_fit();
    schedule
}

/// Everything that is owed, by agreement in the order of their ids, then by obligation in the order of the file, then by day.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    /// The occurrences.
    pub occurrences: Vec<Occurrence>,
    /// The events that something waits for.
    pub awaited: Vec<AwaitedEvent>,
    /// The days of the agreements themselves.
    pub agreements: BTreeMap<AgreementId, AgreementDays>,
}

impl Schedule {
    /// The occurrences of one agreement.
    pub fn of_agreement<'a>(&'a self, id: &'a AgreementId) -> impl Iterator<Item = &'a Occurrence> {
        let first = self.occurrences.partition_point(|o| o.agreement < *id);
        self.occurrences
            .iter()
            .skip(first)
            .take_while(move |o| o.agreement == *id)
    }

    /// The occurrences of one obligation.
    pub fn of_obligation<'a>(
        &'a self,
        agreement: &'a AgreementId,
        obligation: &'a ObligationId,
    ) -> impl Iterator<Item = &'a Occurrence> {
        self.of_agreement(agreement)
            .filter(move |o| o.obligation == *obligation)
    }

    /// The same of one case of what repeats; where none is named, of all.
    pub fn of_case<'a>(
        &'a self,
        agreement: &'a AgreementId,
        obligation: &'a ObligationId,
        of_case: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Occurrence> {
        self.of_obligation(agreement, obligation)
            .filter(move |o| of_case.is_none() || o.for_words.as_deref() == of_case)
    }

    /// What later agreements do to the day of an obligation of an agreement, or else to the agreement's own end.
    pub fn amendments<'a>(
        &'a self,
        agreement: &'a Agreement,
        subject: Option<&str>,
    ) -> &'a [Amendment] {
        if let Some(obligation) = subject.and_then(|id| agreement.obligation(id)) {
            let mut of_it = self.of_obligation(&agreement.id, &obligation.id);
            of_it.next().map_or(&[], |first| &first.amendments)
        } else {
            let days = self.agreements.get(&agreement.id);
            days.map_or(&[], |days| &days.expires_amended)
        }
    }

    /// When notice that was given `on` a day about a term, or about the agreement itself, could be given: the window that holds
    /// that day, else that of the period that does, else the last. `of_case`: of one case of what repeats.
    pub fn notice_window<'a>(
        &'a self,
        agreement: &'a AgreementId,
        subject: Option<&str>,
        of_case: Option<&str>,
        on: NaiveDate,
    ) -> Option<&'a RenewalDays> {
        let of = match subject {
            None | Some("renewal" | "notice") => "expiration",
            Some(obligation) => obligation,
        };
        let periods = self.of_agreement(agreement);
        let periods: Vec<(Option<NaiveDate>, &RenewalDays)> = periods
            .filter(|period| period.obligation.as_str() == of)
            .filter(|period| of_case.is_none() || period.for_words.as_deref() == of_case)
            .filter_map(|period| Some((period.due, period.renewal.as_ref()?)))
            .collect();
        let from = periods.partition_point(|(due, _)| *due < Some(on));
        let following = periods.get(from..).unwrap_or_default();
        // Where nothing says from when, it is from the period's first day: of those that follow, only the first has begun.
        let holds = |(place, (_, window)): &(usize, &(_, &RenewalDays))| {
            window.opens.map_or(*place == 0, |opens| opens <= on)
                && window.closes.is_none_or(|closes| on <= closes)
        };
        let holding = following.iter().enumerate().find(holds);
        let holding = holding.map(|(_, period)| period);
        let found = holding.or(following.first()).or(periods.last());
        let of_it_all = || self.agreements.get(agreement)?.renewal.as_ref();
        found.map(|(_, window)| *window).or_else(of_it_all)
    }
}

/// An event without a day, on which something hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwaitedEvent {
    /// Its agreement.
    pub agreement: AgreementId,
    /// The event; built-in ones too.
    pub event: EventId,
    /// What it is called.
    pub title: String,
    /// Who is asked for the day; never empty.
    pub asked: Vec<PartyId>,
    /// The obligations that hang on it, in the order of the file.
    pub hanging: Vec<ObligationId>,
    /// Whether anybody is asked by mail: not about what only has a condition, nor about what repeats and nobody is named to tell.
    pub to_ask: bool,
}
