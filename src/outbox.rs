//! From what is planned to what has left: decided once, written down whole, then handed over.
//!
//! A message stands in the store with its exact bytes before anybody connects, and is taken in hand there before it is handed
//! over. So a kill at any instant loses nothing: the next run finds what was in hand. Into the Maildir it puts the same bytes
//! again, in the same place; of what a relay may have taken it says that nobody knows.

mod by_hand;
mod decide;
mod deliver;
mod fate;
mod next_run;
mod pace;
mod queue;
mod sessions;
#[cfg(test)]
mod tests;
mod threads;
mod turn;
mod undelivered;
mod verdict;

use crate::clock::Clock;
use crate::disagreement::{self, Gone};
use crate::error::Result;
use crate::ids::{AgreementId, PartyId};
use crate::office::{Office, Transport};
use crate::record::{Record, answers};
use crate::reminder::digest;
use crate::reminder::letter::Facts;
use crate::reminder::{self, Failures, Key, Plan, Stage, StillOwed, Told, Vanished, moves};
use crate::schedule::{self, Question, Schedule};
use crate::store::Store;
use crate::store::outbox::{
    Claim, MessageRow, MessageState, PartRow, Pending, Withdrawal, as_withdrawn, released,
};
use crate::store::refusal::OVERTAKEN;
use crate::transport::Trouble;
use chrono::{DateTime, Utc};
use decide::{
    About, JustDecided, OVERTAKEN_IN_PART, is_let_go_late, overtaken_in_part, release,
    still_released,
};
use next_run::no_longer_hold;
use queue::Queue;
use std::collections::{BTreeMap, BTreeSet};

pub use by_hand::would_not_leave;
pub use decide::{Draft, HELD_AS_MOVED, Writing, drafts};
pub use next_run::GivenUp;
pub use threads::Threads;
pub use undelivered::{findings, undelivered};
use verdict::{FOR_ANOTHER_DAY, Verdict, verdict};

/// What a run has done.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// What was tried, with what came of it.
    pub messages: Vec<SentMessage>,
    /// What was decided and waits for a person.
    pub held: Vec<SentMessage>,
    /// How many were left over from earlier runs and no longer hold.
    pub cancelled: usize,
    /// How many were left over and no longer held in part: the rest of them is decided anew.
    pub withdrawn: usize,
    /// How many were left over and would have left too little time to answer.
    pub too_late: usize,
    /// How many were not tried and are left for the next run.
    pub left: usize,
    /// Whether they are left because the cap of one run is reached.
    pub capped: bool,
    /// How many wait for a time of their own, or are in the hand of another run.
    pub waiting: usize,
    /// What kept mail from leaving.
    pub trouble: Option<Trouble>,
    /// The messages, by their numbers, of which a fault in the files leaves open whether they hold: they neither leave nor are
    /// given up.
    pub unread: BTreeSet<i64>,
    /// Parties with a contact whose address is none, so that nothing could be written to it.
    pub no_address: Vec<PartyId>,
    /// What the record speaks of and no file has any more: nobody is reminded of it.
    pub gone: Vec<Gone>,
    /// How many were tried.
    pub tried: usize,
}

/// A message, as a summary needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMessage {
    /// Its number.
    pub id: i64,
    /// The address.
    pub to: String,
    /// The party that it is for.
    pub party: PartyId,
    /// Its subject line.
    pub subject: String,
    /// The agreement that it is about.
    pub agreement: Option<AgreementId>,
    /// What became of it.
    pub state: MessageState,
    /// Why, as the relay or the program put it.
    pub detail: Option<String>,
    /// When it is tried again.
    pub next_at: Option<DateTime<Utc>>,
}

impl Sent {
    /// What was tried and ended in one of these states.
    pub fn in_state(&self, states: &[MessageState]) -> Vec<&SentMessage> {
        let is_one = |message: &&SentMessage| states.contains(&message.state);
        self.messages.iter().filter(is_one).collect()
    }

    /// Whether mail is left for a later run, or in doubt since this one.
    pub fn is_incomplete(&self) -> bool {
        self.left > 0
            || self.waiting > 0
            || !self.unread.is_empty()
            || !self.in_state(&[MessageState::Unknown]).is_empty()
    }
}

impl SentMessage {
    fn new(row: &MessageRow, state: MessageState) -> Self {
        Self {
            id: row.id,
            to: row.recipient.clone(),
            party: row.party.clone(),
            subject: row.subject.clone(),
            agreement: row.agreement.clone(),
            state,
            detail: row.detail.clone(),
            next_at: row.next_at,
        }
    }
}

/// What a run works with.
#[derive(Clone, Copy)]
pub struct Day<'a> {
    /// The office.
    pub office: &'a Office,
    /// Its record.
    pub record: &'a Record,
    /// What is owed.
    pub schedule: &'a Schedule,
    /// The instant.
    pub clock: &'a Clock,
}

impl<'a> Day<'a> {
    /// What the words of a message are drawn from.
    fn facts(&self) -> Facts<'a> {
        Facts {
            office: self.office,
            record: self.record,
            schedule: self.schedule,
            today: self.clock.today(),
        }
    }

    /// What still holds.
    pub fn still_owed(&self) -> StillOwed<'a> {
        StillOwed::new(self.office, self.record, self.schedule, self.clock.today())
    }
}

/// Decides everything that is owed on the clock's day and was not decided before, and delivers what waits. Tracking of
/// every agreement in force begins with it.
///
/// # Errors
/// When the store or the Maildir cannot be written; what was decided by then is delivered by the next run.
pub fn send(office: &Office, store: &mut dyn Store, clock: &Clock) -> Result<Sent> {
    let turn = turn::take(store.file())?;
    let found: Vec<AgreementId> = office
        .agreements
        .iter()
        .filter(|a| a.status != crate::agreement::Status::Draft)
        .map(|a| a.id.clone())
        .collect();
    store.begin_tracking(&found, clock.today())?;
    let alone = turn.is_some();
    let mut sent = Sent::default();
    for _ in 0..MOST_ROUNDS {
        // What is decided knows what was entered by now.
        let clock = &clock.again();
        let record = store.record()?;
        let schedule = schedule::schedule(&Question::new(office, &record, clock.today()));
        let day = Day {
            office,
            record: &record,
            schedule: &schedule,
            clock,
        };
        sent.gone = disagreement::gone(office, &record);
        let goes_on = send_owed(&day, store, alone, &mut sent)?;
        if !goes_on {
            break;
        }
    }
    if sent.trouble.is_none() && sent.left == 0 {
        store.set_last_run(clock.now())?;
    }
    Ok(sent)
}

/// How often a run begins anew, at most, because of what was entered while it sent.
const MOST_ROUNDS: usize = 5;

/// The same where the schedule is worked out already, and whether there is more to decide: something was withdrawn while
/// others left. `alone`: no other run can be at work on the store.
fn send_owed(day: &Day<'_>, store: &mut dyn Store, alone: bool, sent: &mut Sent) -> Result<bool> {
    cancel_stale(day, store, sent)?;
    if day.office.settings.mail.transport == Transport::Faulty {
        // What is decided keeps its bytes, and the sender in them: nothing is, until it is known who that is.
        sent.trouble = Some(Trouble {
            what: "[mail] in sideletter.toml has a fault; type: sideletter check".to_owned(),
            lasting: true,
        });
    } else {
        decide_owed(day, store, sent)?;
    }
    let withdrawn = sent.withdrawn;
    deliver::all(day, store, alone, sent)?;
    let goes_on = sent.withdrawn > withdrawn && sent.trouble.is_none() && !sent.capped;
    Ok(goes_on)
}

fn decide_owed(day: &Day<'_>, store: &mut dyn Store, sent: &mut Sent) -> Result<()> {
    let decided = Decided::by(store, day)?;
    let plan = decided.plan(day);
    let overtaken = overtaken_in_part(store, &plan)?;
    if overtaken.is_empty() {
        return decide(day, store, (&decided, &plan), sent);
    }
    for (message, rest) in overtaken {
        let is_withdrawn = store.withdraw(&Withdrawal {
            message: message.id,
            from: message.state,
            keys: &rest,
            released: false,
            detail: OVERTAKEN_IN_PART,
            at: day.clock.now(),
        })?;
        sent.withdrawn += usize::from(is_withdrawn);
    }
    let decided = Decided::by(store, day)?;
    let plan = decided.plan(day);
    decide(day, store, (&decided, &plan), sent)
}

fn decide(
    day: &Day<'_>,
    store: &mut dyn Store,
    (decided, plan): (&Decided, &Plan<'_>),
    sent: &mut Sent,
) -> Result<()> {
    let threads = Threads::before(plan, day.record, store)?;
    let known = (&decided.told, &threads);
    drafts(day, known, plan, &mut sent.no_address, |write| {
        store.decide_each(&|keep| write(&mut |draft| keep(&draft.message)))?;
        Ok(())
    })?;
    JustDecided::by(plan).give_up_what_went_before(store, &decided.late, day.clock.now(), sent)?;
    // Not before: a run that was killed on the way leaves it to the next.
    if decided.let_go.is_empty() {
        return Ok(());
    }
    store.use_up_releases(&decided.let_go)
}

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
    let_go: Vec<String>,
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
            failures: undelivered::failures(day.office, store)?,
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

/// Gives up what has waited since an earlier run and no longer holds: it was done, moved or answered since.
fn cancel_stale(day: &Day<'_>, store: &mut dyn Store, sent: &mut Sent) -> Result<()> {
    sent.unread.clear();
    let owed = day.still_owed();
    let mut waiting = Queue::of(WAITING);
    while let Some(message) = waiting.next(store)? {
        if is_to_leave(&message) {
            see_that_it_holds(store, &message, &owed, day.clock.now(), sent)?;
        }
    }
    Ok(())
}

/// Whether a message may leave as it stands; else it is given up, or withdrawn and decided anew.
fn see_that_it_holds(
    store: &mut dyn Store,
    message: &Pending,
    owed: &StillOwed<'_>,
    at: DateTime<Utc>,
    sent: &mut Sent,
) -> Result<bool> {
    let verdict = verdict(message, owed, at);
    let (count, detail) = match verdict {
        Verdict::Leaves => return Ok(true),
        Verdict::Waits => {
            // Of what waits for a person there is nothing to hope for from the next run.
            if message.state != MessageState::Held {
                sent.unread.insert(message.id);
            }
            return Ok(false);
        }
        // Its words are of another day, and what it tells is told: it would be decided no more.
        Verdict::IsDecidedAnew(FOR_ANOTHER_DAY) if is_let_go_late(message, store)? => {
            give_up(store, message, Why::LaterOneDecided, at, sent)?;
            return Ok(false);
        }
        // What may have arrived already keeps its bytes.
        Verdict::IsDecidedAnew(_) if message.state == MessageState::Unknown => return Ok(true),
        Verdict::IsDecidedAnew(detail) => (&mut sent.withdrawn, detail),
        // All of its keys are free: what holds no more today may hold again after a strike.
        Verdict::NoLongerHolds => (&mut sent.cancelled, "what it says no longer holds"),
    };
    let is_withdrawn = store.withdraw(&withdrawal(message, detail, at))?;
    *count += usize::from(is_withdrawn);
    if verdict == Verdict::NoLongerHolds && !is_withdrawn {
        give_up(store, message, Why::NoLongerHolds, at, sent)?;
    }
    Ok(verdict != Verdict::NoLongerHolds && !is_withdrawn)
}

/// All of a message, withdrawn. What a person had let go leaves in its new words too.
fn withdrawal<'m>(message: &'m Pending, detail: &'m str, at: DateTime<Utc>) -> Withdrawal<'m> {
    Withdrawal {
        message: message.id,
        from: message.state,
        keys: &message.keys,
        released: was_released(message.state, message.detail.as_deref()),
        detail,
        at,
    }
}

/// Withdraws what waits and may quote the record of an agreement, before a text of it is erased: it is decided anew without
/// that text. What may have arrived already is not sent again.
///
/// # Errors
/// When the store cannot be written.
pub fn withdraw_words(
    store: &mut dyn Store,
    agreement: &AgreementId,
    at: DateTime<Utc>,
) -> Result<()> {
    let detail = "a text was erased that it may quote; it is decided anew without that";
    let quotes = |key: &String| {
        key.parse()
            .is_ok_and(|key: Key| key.agreement == *agreement || key.stage == Stage::Digest)
    };
    let mut waiting = Queue::of(WAITING);
    while let Some(message) = waiting.next(store)? {
        if !is_to_leave(&message) || !message.keys.iter().any(quotes) {
            continue;
        }
        if message.state == MessageState::Unknown
            || !store.withdraw(&withdrawal(&message, detail, at))?
        {
            give_up(store, &message, Why::Erased, at, &mut Sent::default())?;
        }
    }
    Ok(())
}

/// Why a message that waits does not leave any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    NoLongerHolds,
    LaterOneDecided,
    TooLate,
    Erased,
}

/// What is kept with a message that a person has moved along.
pub const BY_HAND: &str = "by hand";

/// Whether a person has let a message go, which has not left.
fn was_released(state: MessageState, detail: Option<&str>) -> bool {
    detail == Some(BY_HAND) && matches!(state, MessageState::Queued | MessageState::Deferred)
}

/// What may leave one day, and may be given up until then.
const WAITING: &[MessageState] = &[
    MessageState::Queued,
    MessageState::Deferred,
    MessageState::Held,
    MessageState::Unknown,
];

/// Whether it leaves by itself, or by a person's word: of what is in doubt, only what is sent once more.
fn is_to_leave(message: &Pending) -> bool {
    message.state != MessageState::Unknown || message.next_at.is_some()
}

/// Gives up a message that waits. One that may have arrived stays in doubt, and is not sent again.
fn give_up(
    store: &mut dyn Store,
    message: &Pending,
    why: Why,
    at: DateTime<Utc>,
    sent: &mut Sent,
) -> Result<()> {
    let words = match why {
        Why::NoLongerHolds => "what it says no longer holds",
        Why::LaterOneDecided => OVERTAKEN,
        Why::Erased => "a text was erased that it may quote",
        Why::TooLate => "it left too little time to answer before the day that it names",
    };
    let (to, detail) = match (message.state, why) {
        (MessageState::Unknown, _) => (
            MessageState::Unknown,
            format!("no answer came, and it is not sent again: {words}"),
        ),
        (MessageState::Deferred, Why::LaterOneDecided) => (
            MessageState::GaveUp,
            format!("the relay never took it, and {words}"),
        ),
        _ => (MessageState::Cancelled, words.to_owned()),
    };
    // Where another run has taken it meanwhile, it is that run's.
    if !store.shift(&[(message.id, message.state)], to, Some(&detail), at)? {
        return Ok(());
    }
    match to {
        MessageState::GaveUp => {
            let row = store.message(message.id)?;
            let given_up = row.map(|row| SentMessage::new(&row, to));
            sent.messages.extend(given_up);
        }
        _ if why == Why::TooLate => sent.too_late += 1,
        _ => sent.cancelled += 1,
    }
    Ok(())
}

/// What a run would find to send now beside what it decides.
///
/// # Errors
/// When the store cannot be read.
pub fn waiting(store: &dyn Store, clock: &Clock) -> Result<Vec<Pending>> {
    let claim = Claim {
        by: String::new(),
        at: clock.now(),
        until: clock.now(),
        alone: store.file().is_some(),
    };
    let mut queue = Queue::of(deliver::WAITING_OR_IN_HAND);
    let mut waiting = Vec::new();
    while let Some(message) = queue.next(store)? {
        if claim.may_take(&message) {
            waiting.push(message);
        }
    }
    Ok(waiting)
}

/// Whether anything that a message carries still holds, by its keys.
pub fn still_owed(owed: &StillOwed<'_>, keys: &[String]) -> bool {
    // A key of a newer version is left to that version.
    keys.iter()
        .any(|key| key.parse().is_ok_and(|key: Key| owed.holds(&key)))
}
