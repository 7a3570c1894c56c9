//! A schedule without the marks that only an entry makes which the readers of the pages may not see.
//!
//! A day is shown as it is; that another is claimed, or that something is disputed, would tell that there is such an entry.

use super::visible::Visible;
use crate::record::{Entry, EntryKind, Record};
use crate::schedule::{Occurrence, OccurrenceKind, Schedule, State};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The schedule as it may be marked; itself where every entry may be seen.
pub(super) fn of<'s>(
    schedule: &'s Schedule,
    record: &Record,
    visible: &Visible<'_>,
) -> Cow<'s, Schedule> {
    let may_be_told = |entry: &&Entry| {
        let agreement = visible.agreement(entry.agreement.as_str());
        let subject = entry.subject.as_deref();
        let hides = agreement.is_some_and(|of| subject.is_some_and(|subject| of.hides(subject)));
        visible.shows(entry) && !hides
    };
    let (told, hidden): (Vec<&Entry>, Vec<&Entry>) = record.standing().partition(may_be_told);
    if hidden.iter().all(|entry| entry.kind == EntryKind::Noted) {
        return Cow::Borrowed(schedule);
    }
    let told: BTreeSet<u64> = told.into_iter().map(|entry| entry.number).collect();
    let mut schedule = schedule.clone();
    for occurrence in &mut schedule.occurrences {
        narrow(occurrence, record, &told);
    }
    Cow::Owned(schedule)
}

fn narrow(occurrence: &mut Occurrence, record: &Record, told: &BTreeSet<u64>) {
    occurrence.other_readings.retain(|reading| {
        let mut by = reading.claimed_by.iter();
        reading.claimed_by.is_empty() || by.any(|number| told.contains(number))
    });
    let is_answered = |kind: EntryKind| {
        record.standing().any(|answer| {
            let answered = answer.entry.and_then(|number| record.entry(number));
            answer.kind == EntryKind::Disputed
                && answer.agreement == occurrence.agreement
                && told.contains(&answer.number)
                && answered.is_some_and(|of| of.kind == kind && told.contains(&of.number))
        })
    };
    if let Some(days) = &mut occurrence.renewal {
        days.is_disputed = days.is_disputed && is_answered(EntryKind::Notice);
    }
    let is_of_claims = occurrence.state == State::Disputed
        && occurrence.kind != OccurrenceKind::Standing
        && !occurrence.is_condition_disputed;
    if !is_of_claims {
        return;
    }
    let of_it = occurrence
        .entries
        .iter()
        .filter(|number| told.contains(number));
    let of_it: Vec<&Entry> = of_it.filter_map(|number| record.entry(*number)).collect();
    let met: BTreeSet<_> = of_it
        .iter()
        .filter(|entry| entry.kind == EntryKind::Met)
        .map(|entry| entry.on)
        .collect();
    let is_denied = of_it.iter().any(|entry| entry.kind == EntryKind::Disputed);
    if met.len() == 1 && !is_denied {
        occurrence.state = State::Reported;
    }
}
