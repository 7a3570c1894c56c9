//! What waits and does not leave as it stands: it is given up, or withdrawn and decided anew.

use super::decide::is_let_go_late;
use super::queue::Queue;
use super::verdict::{FOR_ANOTHER_DAY, Verdict, verdict};
use super::{Day, Sent, SentMessage};
use crate::error::Result;
use crate::ids::AgreementId;
use crate::reminder::{Key, Stage, StillOwed};
use crate::store::Store;
use crate::store::outbox::{MessageState, Pending, Withdrawal};
use crate::store::refusal::OVERTAKEN;
use chrono::{DateTime, Utc};

/// Gives up what has waited since an earlier run and no longer holds: it was done, moved or answered since.
pub(super) fn cancel_stale(day: &Day<'_>, store: &mut dyn Store, sent: &mut Sent) -> Result<()> {
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
pub(super) fn see_that_it_holds(
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
pub(super) enum Why {
    NoLongerHolds,
    LaterOneDecided,
    TooLate,
    Erased,
}

/// What is kept with a message that a person has moved along.
pub const BY_HAND: &str = "by hand";

/// Whether a person has let a message go, which has not left.
pub(super) fn was_released(state: MessageState, detail: Option<&str>) -> bool {
    detail == Some(BY_HAND) && matches!(state, MessageState::Queued | MessageState::Deferred)
}

/// What may leave one day, and may be given up until then.
pub(super) const WAITING: &[MessageState] = &[
    MessageState::Queued,
    MessageState::Deferred,
    MessageState::Held,
    MessageState::Unknown,
];

/// Whether it leaves by itself, or by a person's word: of what is in doubt, only what is sent once more.
pub(super) fn is_to_leave(message: &Pending) -> bool {
    message.state != MessageState::Unknown || message.next_at.is_some()
}

/// Gives up a message that waits. One that may have arrived stays in doubt, and is not sent again.
pub(super) fn give_up(
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
