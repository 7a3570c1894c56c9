//! What is owed on a day: every occurrence of every obligation, with its dates, how they were reached, and its state.
//!
//! Pure: it follows from the office, the record and the day alone. `due`, `why`, the reminders and the pages all read
//! this one schedule.

mod acts;
mod after_series;
mod answer;
mod awaited;
mod chain;
mod changes;
mod expirations;
mod extent;
mod facts;
mod matter;
mod missed;
mod occurrences;
mod own_term;
mod periods;
mod renewals;
mod renewed;
mod state;
mod times;

pub use changes::{AmendedTo, Amendment, AmendmentStage};
pub use extent::{needed, touched};
pub use renewals::{RenewalAct, RenewalDays};

use crate::agreement::{Agreement, Obligation, Status};
use crate::counting::Step;
use crate::deadline::{self, OtherReading};
use crate::ids::{AgreementId, EventId, ObligationId, PartyId};
use crate::office::Office;
use crate::record::answers::{Act, Claims, Rule, Standing};
use crate::record::{Entry, EntryKind, Record};
use crate::words::Sentence;
use chrono::{Days, NaiveDate};
use rayon::prelude::*;
use std::collections::BTreeMap;

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
        }
    }

    /// Works series out up to `until`, where that is later.
    #[must_use]
    pub fn at_least_until(mut self, until: NaiveDate) -> Self {
        self.until = self.until.max(until);
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
        };
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
    let strikes = record
        .entries
        .iter()
        .filter(|e| e.kind == EntryKind::Struck && !e.proposed);
    for strike in strikes {
        let struck = strike.entry.and_then(|number| record.entry(number));
        let Some(struck) = struck.filter(|entry| entry.kind == EntryKind::Happened) else {
            continue;
        };
        if let Some(subject) = &struck.subject {
            withdrawn
                .entry(struck.agreement.as_str())
                .or_default()
                .entry(subject)
                .or_default()
                .push((struck, strike.number));
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

fn of_one(known: &Known<'_>, agreement: &Agreement) -> Schedule {
    // A ledger for each, so that none waits for another: a day of a third that two hang on is worked out twice.
    let ledger = facts::Ledger::new(known);
    let facts = ledger.of(agreement);
    let mut schedule = Schedule::default();
    let mut waits = Vec::new();
    for obligation in &agreement.obligations {
        let worked_out = occurrences::of(known, agreement, obligation, &facts);
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
    schedule.awaited = awaited::events(known.question.office, agreement, &waits);
    let own_term = own_term::occurrences(known, agreement, &facts);
    let mut days = AgreementDays::of(agreement, &facts, &own_term, known.question.today);
    days.is_settled = agreement.status == Status::Tentative && settles.is_none();
    schedule.occurrences.extend(own_term);
    schedule.agreements.insert(agreement.id.clone(), days);
    if agreement.status == Status::Tentative {
        let settles = settles.as_ref().map(occurrences::name);
        for occurrence in &mut schedule.occurrences {
            state::project(occurrence, settles.as_deref());
        }
    }
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

    /// When notice that was given `on` a day about a term, or about the agreement itself, could be given: the window that holds
    /// that day, else that of the period that does, else the last.
    pub fn notice_window<'a>(
        &'a self,
        agreement: &'a AgreementId,
        subject: Option<&str>,
        on: NaiveDate,
    ) -> Option<&'a RenewalDays> {
        let of = match subject {
            None | Some("renewal" | "notice") => "expiration",
            Some(obligation) => obligation,
        };
        let periods = self.of_agreement(agreement);
        let periods: Vec<(Option<NaiveDate>, &RenewalDays)> = periods
            .filter(|period| period.obligation.as_str() == of)
            .filter_map(|period| Some((period.due, period.renewal.as_ref()?)))
            .collect();
        let from = periods.partition_point(|(due, _)| *due < Some(on));
        let following = periods.get(from..).unwrap_or_default();
        let holds = |window: &RenewalDays| {
            window.opens.is_none_or(|opens| opens <= on)
                && window.closes.is_none_or(|closes| on <= closes)
        };
        let holding = following.iter().find(|(_, window)| holds(window));
        let found = holding.or(following.first()).or(periods.last());
        let of_it_all = || self.agreements.get(agreement)?.renewal.as_ref();
        found.map(|(_, window)| *window).or_else(of_it_all)
    }
}

/// The days of an agreement itself: stated, recorded, or worked out from its phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgreementDays {
    /// The days that are claimed for each of its events that does not repeat: first the one to go by, then those that differ.
    pub claimed: BTreeMap<EventId, Vec<NaiveDate>>,
    /// When it takes effect.
    pub effective: Option<AgreementDay>,
    /// When it ends; where it is renewed, the end of the period that holds the day.
    pub expires: Option<AgreementDay>,
    /// Whether that is a later period than the first.
    pub was_renewed: bool,
    /// The end of the period that follows on it, as things stand.
    pub renewed_until: Option<NaiveDate>,
    /// When the renewal of that period may be asked for, or notice given.
    pub renewal: Option<RenewalDays>,
    /// Whether the record has all that it waited for, and only its file still says that it is tentative.
    pub is_settled: bool,
    /// What later agreements do to the day on which it takes effect.
    pub effective_amended: Vec<Amendment>,
    /// What they do to its end.
    pub expires_amended: Vec<Amendment>,
    /// What they do to it as a whole.
    pub amended: Vec<Amendment>,
}

impl AgreementDays {
    /// The day on which it ended, where that is past.
    pub fn ended_on(&self, today: NaiveDate) -> Option<NaiveDate> {
        let end = self.expires.as_ref().filter(|end| !end.projected)?.day;
        (end < today && self.renewed_until.is_none()).then_some(end)
    }

    fn of(
        agreement: &Agreement,
        facts: &facts::OfAgreement<'_>,
        own_term: &[Occurrence],
        today: NaiveDate,
    ) -> Self {
        let projected = agreement.status == Status::Tentative;
        let effective = facts.own_day("effective").map(|mut day| {
            day.projected |= projected;
            day
        });
        let holds_today = |period: &&Occurrence| period.due.is_none_or(|due| due >= today);
        let current = own_term.iter().find(holds_today).or(own_term.last());
        let stands = current.filter(|period| period.state != State::Superseded);
        let expires = stands.and_then(|period| {
            Some(AgreementDay {
                day: period.due?,
                projected: period.projected || projected,
                steps: period.steps.clone(),
            })
        });
        let once = agreement.events.iter().filter(|event| !event.repeats);
        let claimed = once.map(|event| {
            let claims = facts.claims(event.id.as_str());
            let first = claims.first().into_iter();
            let days = first.chain(claims.others()).map(|claim| claim.day);
            (event.id.clone(), days.collect())
        });
        Self {
            claimed: claimed.collect(),
            effective,
            expires,
            was_renewed: current
                .zip(facts.own_day("expiration"))
                .is_some_and(|(now, first)| now.due > Some(first.day)),
            renewed_until: current.and_then(|period| period.renewed_until),
            renewal: current.and_then(|period| period.renewal.clone()),
            is_settled: false,
            effective_amended: changes::amendments(facts, "effective"),
            expires_amended: changes::amendments(facts, "expiration"),
            amended: changes::amendments(facts, changes::VOID),
        }
    }
}

/// A day of an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementDay {
    /// The day.
    pub day: NaiveDate,
    /// Whether it hangs on a day that is only expected.
    pub projected: bool,
    /// How it was reached.
    pub steps: Vec<Step>,
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

/// One dated instance of an obligation, or the obligation itself where it has no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Its agreement.
    pub agreement: AgreementId,
    /// Its obligation.
    pub obligation: ObligationId,
    /// Which one: its nominal last day, before it was moved. `None` where there is only one.
    pub occurrence: Option<NaiveDate>,
    /// Which of an event that repeats.
    pub for_words: Option<String>,
    /// What sort of thing it is.
    pub kind: OccurrenceKind,
    /// Where it stands.
    pub state: State,
    /// The first day on which it may be done.
    pub opens: Option<NaiveDate>,
    /// The last day.
    pub due: Option<NaiveDate>,
    /// A later day on which the law lets it be done.
    pub grace: Option<NaiveDate>,
    /// The last day before any roll.
    pub nominal: Option<NaiveDate>,
    /// Its day before all parties agreed on another.
    pub moved_from: Option<NaiveDate>,
    /// The day from which a term runs.
    pub begins: Option<NaiveDate>,
    /// Whether it only has to begin within the window.
    pub to_begin: bool,
    /// Whether its dates hang on a day that is only expected.
    pub projected: bool,
    /// The names of what it waits for: `implementation`, `follow_up_meeting`, `mou_2013/expiration`.
    pub waiting_on: Vec<String>,
    /// How its dates were reached.
    pub steps: Vec<Step>,
    /// Other lawful readings.
    pub other_readings: Vec<OtherReading>,
    /// What to know about the dates.
    pub warnings: Vec<Sentence>,
    /// What its words say twice without agreeing.
    pub contradictions: Vec<Sentence>,
    /// When a term may be renewed, or notice of its end given.
    pub renewal: Option<RenewalDays>,
    /// The end of the period that follows on this one of a term, as things stand.
    pub renewed_until: Option<NaiveDate>,
    /// The day on which it was done: what is accepted, else the earliest that anybody claims.
    pub met_on: Option<NaiveDate>,
    /// Every day on which it is said to have been done, and who stands by it.
    pub met: Claims,
    /// The days on which a standing duty or a term is said not to have been kept, in the order of the record.
    pub not_kept: Vec<NotKept>,
    /// What the parties agreed about it, and what is proposed: until all have agreed, the old date runs.
    pub acts: Vec<Act>,
    /// Whether the parties say different things about whether the condition under which it is owed has come about.
    pub is_condition_disputed: bool,
    /// What it follows from, where that is an event that repeats.
    pub begun: Begun,
    /// The entries of the record about this occurrence, by number.
    pub entries: Vec<u64>,
    /// What later agreements do to it, in the order in which they take effect.
    pub amendments: Vec<Amendment>,
}

/// One time of an event that repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    /// The entries that say when it took place; none where nothing follows from such an event.
    pub by: Vec<u64>,
    /// Whether that time of the event has several occurrences.
    pub recurs: bool,
}

impl Occurrence {
    /// One of which nothing is known but what it is of: it waits.
    pub fn without_days(
        agreement: &AgreementId,
        obligation: &ObligationId,
        kind: OccurrenceKind,
    ) -> Self {
        Self {
            agreement: agreement.clone(),
            obligation: obligation.clone(),
            occurrence: None,
            for_words: None,
            kind,
            state: State::Waiting,
            opens: None,
            due: None,
            grace: None,
            nominal: None,
            moved_from: None,
            begins: None,
            to_begin: false,
            projected: false,
            waiting_on: Vec::new(),
            steps: Vec::new(),
            other_readings: Vec::new(),
            warnings: Vec::new(),
            contradictions: Vec::new(),
            renewal: None,
            renewed_until: None,
            met_on: None,
            met: Claims::default(),
            not_kept: Vec::new(),
            acts: Vec::new(),
            is_condition_disputed: false,
            begun: Begun::default(),
            entries: Vec::new(),
            amendments: Vec::new(),
        }
    }

    /// Its days alone: how they were reached is let go of.
    #[must_use]
    pub fn days_alone(mut self) -> Self {
        self.steps = Vec::new();
        self.other_readings = Vec::new();
        if let Some(days) = &mut self.renewal {
            days.steps = Vec::new();
            days.other_readings = Vec::new();
        }
        self
    }

    /// The change that decides about it now, where a later agreement has made one.
    pub fn amended(&self) -> Option<&Amendment> {
        let holds = |a: &&Amendment| a.stage == AmendmentStage::Holds;
        self.amendments.iter().find(holds)
    }

    /// When it is decided whether another period follows, as long as that is open: what is renewed by an act is decided once
    /// it goes on; what renews itself, once it does not.
    pub fn undecided_renewal(&self) -> Option<&RenewalDays> {
        let goes_on = self.renewed_until.is_some();
        self.renewal.as_ref().filter(|days| match days.what {
            RenewalAct::Request => !goes_on,
            RenewalAct::Notice => goes_on,
        })
    }

    /// The last day on which it counts as in time: the grace day, or else the last day.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.grace.or(self.due)
    }

    /// Days from `today` to the last day; negative after it.
    pub fn days_left(&self, today: NaiveDate) -> Option<i64> {
        self.due.map(|due| (due - today).num_days())
    }
}

/// That something was not kept on a day, as a party says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotKept {
    /// The entry that says so; the first of several that name that day.
    pub entry: u64,
    /// The day.
    pub on: Option<NaiveDate>,
    /// Where that stands with the parties.
    pub standing: Standing,
}

/// What sort of thing an occurrence is; the words are those of `due --format json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the contract's own words")]
pub enum OccurrenceKind {
    Deadline,
    Window,
    Recurrence,
    Term,
    Opening,
    Undated,
    Standing,
}

/// Where an occurrence stands. State names are for commands and JSON: readers of mails and pages are
/// told what is recorded, never a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Past its last day, and nothing recorded.
    Overdue,
    /// A window to start in has passed, and nothing recorded.
    NotStarted,
    /// Its window or its first reminder has begun.
    Open,
    /// A term that has begun and not ended.
    Running,
    /// A term whose renewal window is open.
    Deciding,
    /// Met, says one side.
    Reported,
    /// Claims differ.
    Disputed,
    /// Its trigger has no date.
    Waiting,
    /// It lies ahead.
    Scheduled,
    /// It has no date by its nature.
    Undated,
    /// A standing duty.
    Standing,
    /// Done in time.
    Met,
    /// Done after its last day.
    MetLate,
    /// Skipped this time, by agreement.
    Waived,
    /// Taken over by a later agreement.
    Superseded,
    /// A term that goes on.
    Renewed,
    /// A term that has ended.
    Ended,
    /// Due before tracking began, or an older one of a series: shown and counted, never mailed.
    Unrecorded,
}

impl State {
    /// The word of commands and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::NotStarted => "not_started",
            Self::Open => "open",
            Self::Running => "running",
            Self::Deciding => "deciding",
            Self::Reported => "reported",
            Self::Disputed => "disputed",
            Self::Waiting => "waiting",
            Self::Scheduled => "scheduled",
            Self::Undated => "undated",
            Self::Standing => "standing",
            Self::Met => "met",
            Self::MetLate => "met_late",
            Self::Waived => "waived",
            Self::Superseded => "superseded",
            Self::Renewed => "renewed",
            Self::Ended => "ended",
            Self::Unrecorded => "unrecorded",
        }
    }
}
