//! From what is planned to what has left: decided once, written down whole, then handed over.
//!
//! A message stands in the store with its exact bytes before anybody connects, and is taken in hand there before it is handed
//! over. So a kill at any instant loses nothing: the next run finds what was in hand. Into the Maildir it puts the same bytes
//! again, in the same place; of what a relay may have taken it says that nobody knows.

mod by_hand;
mod decide;
mod decided;
mod deliver;
mod fate;
mod given_up;
mod next_run;
mod pace;
mod queue;
mod sent;
mod sessions;
#[cfg(test)]
mod tests;
mod threads;
mod turn;
mod undelivered;
mod verdict;

use crate::clock::Clock;
use crate::disagreement;
use crate::error::Result;
use crate::ids::AgreementId;
use crate::office::{Office, Transport};
use crate::record::Record;
use crate::reminder::letter::Facts;
use crate::reminder::{Key, Plan, StillOwed};
use crate::schedule::{self, Question, Schedule};
use crate::store::Store;
use crate::store::outbox::{Claim, Pending, Withdrawal};
use crate::transport::Trouble;
use decide::{JustDecided, OVERTAKEN_IN_PART, overtaken_in_part};
use given_up::{WAITING, Why, cancel_stale, give_up, is_to_leave, see_that_it_holds, was_released};
use queue::Queue;

pub use by_hand::would_not_leave;
pub use decide::{Draft, HELD_AS_MOVED, Writing, drafts};
pub use decided::Decided;
pub use given_up::{BY_HAND, withdraw_words};
pub use next_run::GivenUp;
pub use sent::{Sent, SentMessage};
pub use threads::Threads;
pub use undelivered::{findings, undelivered};

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
