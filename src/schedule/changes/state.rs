//! What is superseded, and what stays as it was.

use super::super::{Occurrence, OccurrenceKind, State};
use super::{Later, superseding};
use chrono::NaiveDate;

/// Takes what a later agreement has taken over out of what is owed. What happened before stays: what was done, said or
/// skipped, the term that had ended, the meeting of a series that was due before.
pub(crate) fn supersede(later: &[Later<'_>], occurrence: &mut Occurrence) {
    let Some((_, from)) = superseding(later) else {
        return;
    };
    let was_before = occurrence
        .last_day()
        .or(occurrence.opens.filter(|_| occurrence.due.is_none()))
        .is_some_and(|last| last < from);
    let recurs = occurrence.kind == OccurrenceKind::Recurrence;
    occurrence.state = match occurrence.state {
        stays @ (State::Met
        | State::MetLate
        | State::Reported
        | State::Disputed
        | State::Waived) => stays,
        stays @ (State::Ended | State::Renewed | State::Unrecorded) if was_before => stays,
        State::Overdue | State::NotStarted if was_before && recurs => State::Unrecorded,
        _ => State::Superseded,
    };
    if occurrence.state == State::Superseded {
        occurrence.renewal = None;
        occurrence.renewed_until = None;
        occurrence.waiting_on.clear();
    }
}

/// Of what is superseded the first stays to be seen; those that would have followed on it are no longer told of.
pub(crate) fn drop_what_would_follow(occurrences: &mut Vec<Occurrence>) {
    let mut seen: Vec<(Option<String>, Vec<u64>, Option<NaiveDate>)> = Vec::new();
    occurrences.retain(|occurrence| {
        if occurrence.state != State::Superseded {
            return true;
        }
        // What hangs on different times of an event, or is one of several named days, does not follow on another.
        let follows = occurrence.recurs
            || occurrence.kind == OccurrenceKind::Recurrence
            || occurrence.kind == OccurrenceKind::Term;
        let of = (
            occurrence.for_words.clone(),
            occurrence.begun_by.clone(),
            occurrence.occurrence.filter(|_| !follows),
        );
        let is_first = !seen.contains(&of);
        seen.push(of);
        is_first
            || occurrence
                .entries
                .iter()
                .any(|_| occurrence.occurrence.is_some() && !occurrence.met.all.is_empty())
    });
}
