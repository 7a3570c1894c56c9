//! What the next run will find and give up, for whoever looks before it.

use super::decide::{OVERTAKEN_IN_PART, is_let_go_late};
use super::queue::Queue;
use super::verdict::{FOR_ANOTHER_DAY, Verdict, verdict};
use super::{Day, WAITING, is_to_leave};
use crate::error::Result;
use crate::store::Store;
use crate::store::outbox::{MessageRow, MessageState, Pending};
use crate::store::refusal::OVERTAKEN;

/// A message that waits and that the next run gives up.
#[derive(Clone, Debug)]
pub struct GivenUp {
    /// The message.
    pub message: MessageRow,
    /// Why it is decided anew, or was before; `None` where nothing of it holds.
    pub anew: Option<&'static str>,
    /// Its keys that are free then.
    pub(super) keys: Vec<String>,
}

/// What the next run would give up, with nothing changed.
pub(super) fn no_longer_hold(store: &dyn Store, day: &Day<'_>) -> Result<Vec<GivenUp>> {
    let owed = day.still_owed();
    let mut given_up = Vec::new();
    let mut waiting = Queue::of(WAITING);
    while let Some(pending) = waiting.next(store)? {
        let anew = match verdict(&pending, &owed, day.clock.now()) {
            Verdict::Leaves | Verdict::Waits => continue,
            Verdict::IsDecidedAnew(FOR_ANOTHER_DAY) if is_let_go_late(&pending, store)? => {
                Some(OVERTAKEN)
            }
            Verdict::IsDecidedAnew(why) => Some(why),
            Verdict::NoLongerHolds => None,
        };
        let stays_decided = anew == Some(OVERTAKEN);
        if !is_to_leave(&pending) {
            continue;
        }
        let Some(message) = store.message(pending.id)? else {
            continue;
        };
        let may_have_arrived = pending.state == MessageState::Unknown || message.unanswered > 0;
        if anew.is_some() && may_have_arrived && !stays_decided {
            continue;
        }
        given_up.push(GivenUp {
            message,
            anew,
            keys: if may_have_arrived || stays_decided {
                Vec::new()
            } else {
                pending.keys
            },
        });
    }
    Ok(given_up)
}

/// What it would give up besides, because a part of it is told anew. `in_part`: the messages, each with its keys that are free
/// then.
pub(super) fn overtaken(
    store: &dyn Store,
    in_part: Vec<(Pending, Vec<String>)>,
    given_up: &[GivenUp],
) -> Result<Vec<GivenUp>> {
    let mut overtaken = Vec::new();
    for (pending, keys) in in_part {
        if given_up.iter().any(|of| of.message.id == pending.id) {
            continue;
        }
        let message = store.message(pending.id)?;
        // One that may have arrived stays as it is.
        let message = message.filter(|message| message.unanswered == 0);
        overtaken.extend(message.map(|message| GivenUp {
            message,
            anew: Some(OVERTAKEN_IN_PART),
            keys,
        }));
    }
    Ok(overtaken)
}
