//! What is superseded, and what stays as it was.

use super::super::{Occurrence, OccurrenceKind, State};
use super::{AmendmentStage, Later, To, superseding};
use chrono::NaiveDate;

/// Takes what a later agreement has taken over out of what is owed. What happened before stays: what was done, said or
/// skipped, the term that had ended, the meeting of a series that was due before.
pub(crate) fn supersede(later: &[Later<'_>], occurrence: &mut Occurrence) {
    let Some((_, from)) = superseding(later) else {
        // It holds again; what came due meanwhile was not owed.
        let last = occurrence.last_day();
        if later.iter().any(|l| l.had_taken_over(last)) && !is_said(occurrence.state) {
            occurrence.state = State::Superseded;
        }
        return;
    };
    let was_before = occurrence
        .last_day()
        .or(occurrence.opens.filter(|_| occurrence.due.is_none()))
        .is_some_and(|last| last < from);
    let recurs = occurrence.kind == OccurrenceKind::Recurrence;
    occurrence.state = match occurrence.state {
        stays if is_said(stays) && !is_done_after(occurrence, from) => stays,
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

/// Whether it is said to have been done when it was no longer owed: that takes nothing back from what took its place.
fn is_done_after(occurrence: &Occurrence, from: NaiveDate) -> bool {
    occurrence.met_on.is_some_and(|day| day >= from)
}

/// Whether the parties have said something about it that stays.
fn is_said(state: State) -> bool {
    matches!(
        state,
        State::Met | State::MetLate | State::Reported | State::Disputed | State::Waived
    )
}

impl Later<'_> {
    /// Whether it took over, for a while, what was due on a day.
    fn had_taken_over(&self, last: Option<NaiveDate>) -> bool {
        let held = match (self.from, self.until) {
            (Some(from), Some(until)) => from..until,
            _ => return false,
        };
        let is_over = matches!(
            self.stage,
            AmendmentStage::Undone | AmendmentStage::Overtaken
        );
        is_over && !matches!(self.to, To::Day(_)) && last.is_some_and(|last| held.contains(&last))
    }
}

/// Of what is superseded the first stays to be seen; those that would have followed on it are no longer told of.
pub(crate) fn drop_what_would_follow(occurrences: &mut Vec<Occurrence>) {
    let mut seen: Vec<(Option<String>, Vec<u64>)> = Vec::new();
    occurrences.retain(|occurrence| {
        let follows = matches!(
            occurrence.kind,
            OccurrenceKind::Recurrence | OccurrenceKind::Term
        );
        if occurrence.state != State::Superseded || !follows {
            return true;
        }
        let of = (occurrence.for_words.clone(), occurrence.begun.by.clone());
        let is_first = !seen.contains(&of);
        seen.push(of);
        is_first
    });
}
