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
    // One of a series, or what is owed at the end of each period of what renews itself.
    let is_of_a_period = occurrence.occurrence.is_some()
        && occurrence.begun.by.is_empty()
        && occurrence.for_words.is_none();
    let recurs = occurrence.kind == OccurrenceKind::Recurrence || is_of_a_period;
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

/// Since when a term that began on a day is no more, though the agreement that ended it is itself void: what has ended stays so.
pub(crate) fn ended_while_void(
    later: &[Later<'_>],
    begins: Option<NaiveDate>,
) -> Option<NaiveDate> {
    let ended = later
        .iter()
        .filter(|l| l.is_specific && matches!(l.to, To::Void));
    ended
        .filter_map(Later::held_while)
        .filter(|(_, until)| begins.is_none_or(|begins| begins < *until))
        .map(|(from, _)| from)
        .min()
        .filter(|_| superseding(later).is_none())
}

/// Takes out of what is owed the periods of a term that had been ended so.
pub(crate) fn end_what_was_void(later: &[Later<'_>], periods: &mut [Occurrence]) {
    let first = periods
        .first()
        .filter(|first| first.kind == OccurrenceKind::Term);
    let Some(first) = first else { return };
    let Some(from) = ended_while_void(later, first.opens.or(first.begins)) else {
        return;
    };
    for period in periods.iter_mut().filter(|period| period.due >= Some(from)) {
        period.state = State::Superseded;
        period.renewal = None;
        period.renewed_until = None;
    }
}

/// Whether a later agreement had taken something over on a day: on that day it was not owed, whatever came of that
/// agreement since.
pub(crate) fn had_taken_over(later: &[Later<'_>], on: NaiveDate) -> bool {
    superseding(later).is_some_and(|(_, from)| from <= on)
        || later.iter().any(|l| l.had_taken_over(Some(on)))
}

/// Whether a letter that is void since had given a limit another day on what is its last day again.
pub(crate) fn had_put_off(later: &[Later<'_>], last: NaiveDate) -> bool {
    let of_a_day = later.iter().filter(|l| l.gives_a_day());
    of_a_day
        .filter_map(Later::held_while)
        .any(|(from, until)| (from..until).contains(&last))
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
