//! What the next run will find and give up, for whoever looks before it.

use super::queue::Queue;
use super::{Day, WAITING, how_many_hold, is_to_leave};
use crate::error::Result;
use crate::reminder::StillOwed;
use crate::store::Store;
use crate::store::outbox::{MessageRow, MessageState};

/// A message that waits and that the next run gives up.
#[derive(Clone, Debug)]
pub struct GivenUp {
    /// The message.
    pub message: MessageRow,
    /// Whether a part of it holds, and is decided anew.
    pub in_part: bool,
    /// Its keys that are free then.
    pub(super) keys: Vec<String>,
}

/// What the next run would give up, with nothing changed.
pub(super) fn no_longer_hold(store: &dyn Store, day: &Day<'_>) -> Result<Vec<GivenUp>> {
    let owed = StillOwed::new(day.record, day.schedule);
    let mut given_up = Vec::new();
    let mut waiting = Queue::of(WAITING);
    while let Some(pending) = waiting.next(store)? {
        let holding = how_many_hold(&pending, &owed);
        if !is_to_leave(&pending) || holding == pending.keys.len() {
            continue;
        }
        let Some(message) = store.message(pending.id)? else {
            continue;
        };
        let may_have_arrived = pending.state == MessageState::Unknown || message.unanswered > 0;
        if holding > 0 && may_have_arrived {
            continue;
        }
        given_up.push(GivenUp {
            message,
            in_part: holding > 0,
            keys: if may_have_arrived {
                Vec::new()
            } else {
                pending.keys
            },
        });
    }
    Ok(given_up)
}
