//! From what is planned to what has left: decided once, written down whole, then delivered.
//!
//! A message stands in the store with its exact bytes before it is delivered, and is taken in hand there before it is
//! put into the Maildir. So a kill at any instant loses nothing: the next run finds it and puts the same bytes into the
//! same place.

mod decide;
mod deliver;
#[cfg(test)]
mod tests;
mod turn;

use crate::clock::Clock;
use crate::error::Result;
use crate::ids::{AgreementId, PartyId};
use crate::office::Office;
use crate::record::{Record, answers};
use crate::reminder::{self, Key, StillOwed, Told};
use crate::schedule::{self, Question, Schedule};
use crate::store::Store;
use crate::store::outbox::{MessageRow, MessageState, PartRow};

pub use decide::{Draft, drafts};

/// What a run has done.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// What left, oldest first.
    pub messages: Vec<SentMessage>,
    /// What was decided and waits for a person.
    pub held: Vec<SentMessage>,
    /// How many were left over from earlier runs and no longer hold.
    pub cancelled: usize,
    /// How many are left for the next run.
    pub left: usize,
    /// Parties with a contact whose address is none, so that nothing could be written to it.
    pub no_address: Vec<PartyId>,
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

/// Decides everything that is owed on the clock's day and was not decided before, and delivers what waits. Tracking of
/// every agreement in force begins with it.
///
/// # Errors
/// When the store or the Maildir cannot be written; what was decided by then is delivered by the next run.
pub fn send(office: &Office, store: &mut dyn Store, clock: &Clock) -> Result<Sent> {
    let _turn = turn::take(&office.root)?;
    let found: Vec<AgreementId> = office
        .agreements
        .iter()
        .filter(|a| a.status != crate::agreement::Status::Draft)
        .map(|a| a.id.clone())
        .collect();
    store.begin_tracking(&found, clock.today())?;
    let record = store.record()?;
    let schedule = schedule::schedule(&Question::new(office, &record, clock.today()));
    let day = Day {
        office,
        record: &record,
        schedule: &schedule,
        clock,
    };
    send_owed(&day, store)
}

/// The same where the schedule is worked out already.
fn send_owed(day: &Day<'_>, store: &mut dyn Store) -> Result<Sent> {
    let mut sent = Sent::default();
    cancel_stale(day, store, &mut sent)?;
    let decided = Decided::by(store, day)?;
    let today = day.clock.today();
    let plan = reminder::plan(day.office, day.record, day.schedule, &decided.told, today);
    let drafts = drafts(day, &plan, &mut sent.no_address)?;
    decide::keep(store, drafts, &decided.late, day.clock.now(), &mut sent)?;
    deliver::all(day, store, &mut sent)?;
    Ok(sent)
}

/// What was decided before.
#[derive(Debug)]
pub struct Decided {
    /// What was told, or will be by what waits.
    pub told: Told,
    /// Messages that have not left and would leave a party too little time to answer: what they tell is decided anew, with
    /// a later day, and they never leave.
    pub late: Vec<i64>,
}

impl Decided {
    /// What was decided by now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn by(store: &dyn Store, day: &Day<'_>) -> Result<Self> {
        let owed = StillOwed::new(day.record, day.schedule);
        let today = day.clock.today();
        let mut told = Told::new(store.decided_keys()?);
        let mut late = Vec::new();
        for state in [MessageState::Queued, MessageState::Deferred] {
            for message in store.messages(Some(state))? {
                let parts = store.parts(message.id)?;
                let is_late = |part: &PartRow| {
                    part.asks
                        .is_some_and(|asks| !answers::is_fair(today, asks.silent_from))
                        && part.key.parse().is_ok_and(|key: Key| owed.holds(&key))
                };
                if parts.iter().any(is_late) {
                    for part in &parts {
                        told.forget(&part.key);
                    }
                    late.push(message.id);
                }
            }
        }
        Ok(Self { told, late })
    }
}

/// Gives up what has waited since an earlier run and no longer holds: it was done, moved or answered since.
fn cancel_stale(day: &Day<'_>, store: &mut dyn Store, sent: &mut Sent) -> Result<()> {
    let owed = StillOwed::new(day.record, day.schedule);
    for state in [
        MessageState::Queued,
        MessageState::Deferred,
        MessageState::Held,
    ] {
        for message in store.messages(Some(state))? {
            if !still_owed(&owed, store, message.id)? {
                let why = "what it says no longer holds";
                store.set_state(
                    message.id,
                    MessageState::Cancelled,
                    Some(why),
                    day.clock.now(),
                )?;
                sent.cancelled += 1;
            }
        }
    }
    Ok(())
}

/// Whether anything that a message carries still holds.
///
/// # Errors
/// When the store cannot be read.
pub fn still_owed(owed: &StillOwed<'_>, store: &dyn Store, message: i64) -> Result<bool> {
    let parts = store.parts(message)?;
    // A key of a newer version is left to that version.
    Ok(parts
        .iter()
        .any(|part| part.key.parse().is_ok_and(|key: Key| owed.holds(&key))))
}
