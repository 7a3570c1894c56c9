//! Whether what was decided on another day still holds on this one.

use super::chain::is_reminded_of;
use super::{Key, Stage};
use crate::record::Record;
use crate::schedule::{Schedule, State};

/// Whether a reminder that has not left yet should still leave: what it speaks of has not been done, moved, answered or
/// struck out since.
pub fn still_owed(record: &Record, schedule: &Schedule, key: &Key) -> bool {
    match key.stage {
        Stage::Asked => schedule
            .awaited
            .iter()
            .any(|e| e.agreement == key.agreement && e.event.as_str() == key.subject && e.to_ask),
        Stage::Reported => record
            .standing()
            .any(|e| e.agreement == key.agreement && key.about == format!("entry {}", e.number)),
        Stage::Review => occurrences(schedule, key).any(|o| o.state == State::Undated),
        _ => occurrences(schedule, key)
            .any(|o| !o.projected && is_reminded_of(o.state) && o.due.or(o.opens) == Some(key.day)),
    }
}

fn occurrences<'a>(
    schedule: &'a Schedule,
    key: &'a Key,
) -> impl Iterator<Item = &'a crate::schedule::Occurrence> {
    schedule.of_agreement(&key.agreement).filter(|o| {
        o.obligation.as_str() == key.subject
            && o.occurrence == key.occurrence
            && o.for_words.as_deref().unwrap_or_default() == key.about
    })
}
