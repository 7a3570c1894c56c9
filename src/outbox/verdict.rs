//! Whether a message that waits may leave as it stands. Pure.

use super::decide::HELD_FOR_ANOTHER;
use super::was_released;
use crate::reminder::{Key, Release, StillOwed};
use crate::store::outbox::{MessageState, Pending};
use chrono::{DateTime, Utc};

/// Why a message is decided anew whose words are those of another day.
pub(super) const FOR_ANOTHER_DAY: &str = "it was written for another day, and is decided anew";

/// What becomes of a message that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It says what holds, to somebody who hears of it.
    Leaves,
    /// It does not leave as it stands, for this reason.
    IsDecidedAnew(&'static str),
    /// A fault in the files leaves open whether it holds, or a part of it: it stays where it is.
    Waits,
    /// Nothing of it holds any more.
    NoLongerHolds,
}

/// What becomes of a message, at the instant `now`. A key of a newer version, which says nothing here, is among those that do not hold.
pub(super) fn verdict(message: &Pending, owed: &StillOwed<'_>, now: DateTime<Utc>) -> Verdict {
    let keys: Vec<Key> = message.keys.iter().filter_map(|k| k.parse().ok()).collect();
    let (holding, others): (Vec<&Key>, Vec<&Key>) = keys.iter().partition(|key| owed.holds(key));
    let leaves = matches!(message.state, MessageState::Queued | MessageState::Deferred);
    let leaves_by_itself = leaves && !was_released(message.state, message.detail.as_deref());
    let waits_for_its_party =
        message.state == MessageState::Held && message.detail.as_deref() == Some(HELD_FOR_ANOTHER);
    // As it is decided: an address at which one thing leaves at once hears of all, whoever else is written to there.
    let may_leave = || {
        let mut keys = keys.iter();
        keys.any(|key| owed.release(key) == Some(Release::AtOnce))
    };
    if others.iter().any(|key| owed.is_unread(key)) {
        Verdict::Waits
    } else if holding.is_empty() {
        Verdict::NoLongerHolds
    } else if holding.len() < message.keys.len() {
        Verdict::IsDecidedAnew("a part of what it says no longer holds; the rest is decided anew")
    } else if leaves_by_itself && !may_leave() {
        Verdict::IsDecidedAnew("it has to wait for a person now, and is decided anew")
    } else if waits_for_its_party && may_leave() {
        Verdict::IsDecidedAnew("its reader has agreed to reminders since, and it is decided anew")
    } else if leaves && is_for_another_day(message, owed) {
        Verdict::IsDecidedAnew(FOR_ANOTHER_DAY)
    } else if leaves
        && keys
            .iter()
            .any(|key| owed.is_answered_since(key, (message.decided_at, now)))
    {
        Verdict::IsDecidedAnew(
            "a party has answered what it tells since it was written, and it is decided anew",
        )
    } else {
        Verdict::Leaves
    }
}

/// Whether its words are those of another day: it was never tried since, or a person has queued it again since it was, or its
/// day has not come, because the clock was wrong. What a relay has put off keeps its bytes.
fn is_for_another_day(message: &Pending, owed: &StillOwed<'_>) -> bool {
    let is_put_off = message.tries > 0 && !was_released(message.state, message.detail.as_deref());
    message.day > owed.today() || (message.day < owed.today() && !is_put_off)
}
