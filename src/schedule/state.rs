//! Where an occurrence stands: from its dates, what was recorded about it, and the day.

use super::{Known, Occurrence, OccurrenceKind, State};
use crate::agreement::{Agreement, Confirmation, Obligation, RenewalKind, Timing};
use crate::record::{Entry, EntryKind};
use chrono::{Days, NaiveDate};

/// Gives an occurrence its state, and the entries that it follows from.
pub(super) fn settle(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    mut occurrence: Occurrence,
) -> Occurrence {
    let entries: Vec<&Entry> = known
        .about(agreement, obligation.id.as_str())
        .iter()
        .copied()
        .filter(|entry| entry.occurrence.is_none() || entry.occurrence == occurrence.occurrence)
        .filter(|entry| entry.for_words.is_none() || entry.for_words == occurrence.for_words)
        .collect();
    occurrence.entries = entries.iter().map(|entry| entry.number).collect();
    let condition_met =
        obligation.when.is_none() || entries.iter().any(|e| e.kind == EntryKind::Happened);
    let claims: Vec<NaiveDate> = entries
        .iter()
        .filter(|e| e.kind == EntryKind::Met && e.occurrence == occurrence.occurrence)
        .filter_map(|e| e.on)
        .collect();
    occurrence.met_on = claims.first().copied();
    let tracked_from = known.question.tracked_from(agreement, Some(obligation));
    occurrence.state = if claims.windows(2).any(|pair| pair[0] != pair[1]) {
        State::Disputed
    } else if let Some(done) = occurrence.met_on {
        reported(known, agreement, obligation, &entries, done, &occurrence)
    } else if !condition_met {
        let passed = occurrence
            .last_day()
            .is_some_and(|last| last < known.question.today);
        if passed {
            State::Unrecorded
        } else {
            State::Waiting
        }
    } else {
        match occurrence.kind {
            OccurrenceKind::Standing => State::Standing,
            OccurrenceKind::Undated => State::Undated,
            _ if occurrence.projected || has_no_day(&occurrence) => State::Waiting,
            OccurrenceKind::Term => term(known.question.today, obligation, &occurrence),
            _ => limit(known, agreement, obligation, tracked_from, &occurrence),
        }
    };
    occurrence
}

/// Gives each of a series its state: an older one of which the next has fallen due, with nothing recorded, is counted
/// as unrecorded and no longer reminded of.
pub(super) fn older_of_series(
    known: &Known<'_>,
    occurrences: &mut [Occurrence],
    settle: impl Fn(Occurrence) -> Occurrence,
) {
    let next_has_fallen_due: Vec<bool> = (0..occurrences.len())
        .map(|index| {
            let this = &occurrences[index];
            this.occurrence.is_some()
                && occurrences.iter().skip(index + 1).any(|next| {
                    next.for_words == this.for_words
                        && next
                            .last_day()
                            .is_some_and(|last| last < known.question.today)
                })
        })
        .collect();
    for (occurrence, passed) in occurrences.iter_mut().zip(next_has_fallen_due) {
        *occurrence = settle(occurrence.clone());
        if passed && matches!(occurrence.state, State::Overdue | State::NotStarted) {
            occurrence.state = State::Unrecorded;
        }
    }
}

/// The dates of what is settled but not signed by all are projected: none is open or overdue.
pub(super) fn project(occurrence: &mut Occurrence) {
    occurrence.projected = occurrence.due.is_some() || occurrence.opens.is_some();
    if !matches!(occurrence.state, State::Standing | State::Undated) {
        occurrence.state = State::Waiting;
    }
}

fn has_no_day(occurrence: &Occurrence) -> bool {
    occurrence.due.is_none() && occurrence.opens.is_none()
}

/// One side has said that it was done.
fn reported(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    entries: &[&Entry],
    done: NaiveDate,
    occurrence: &Occurrence,
) -> State {
    let confirmation = known
        .question
        .office
        .confirmation(agreement, Some(obligation.id.as_str()));
    let mut sayers: Vec<_> = entries
        .iter()
        .filter(|e| e.kind == EntryKind::Met)
        .map(|e| &e.by)
        .collect();
    sayers.sort();
    sayers.dedup();
    // Another party that says the same has confirmed it. Acceptance by silence needs a message that asked and said so;
    // it comes with both sides' answers.
    if confirmation != Confirmation::None && sayers.len() < 2 {
        State::Reported
    } else if occurrence.last_day().is_some_and(|last| done > last) {
        State::MetLate
    } else {
        State::Met
    }
}

/// A state that lasts and then ends.
fn term(today: NaiveDate, obligation: &Obligation, occurrence: &Occurrence) -> State {
    let begins = occurrence.opens.or(occurrence.begins);
    if begins.is_some_and(|begins| today < begins) {
        return State::Scheduled;
    }
    match occurrence.due {
        Some(due) if today > due => match &obligation.timing {
            Timing::Lasts {
                renewal: Some(renewal),
                ..
            } if renewal.how == RenewalKind::Automatic => State::Renewed,
            _ => State::Ended,
        },
        _ => State::Running,
    }
}

/// A deadline, a window, or one of a series.
fn limit(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    tracked_from: NaiveDate,
    occurrence: &Occurrence,
) -> State {
    let today = known.question.today;
    let Some(last) = occurrence.last_day() else {
        // An opening without end is open from its day and never overdue.
        return if occurrence.opens.is_some_and(|opens| opens <= today) {
            State::Open
        } else {
            State::Scheduled
        };
    };
    if last < tracked_from {
        return State::Unrecorded;
    }
    if today > last {
        return match (occurrence.to_begin, obligation.when.is_some()) {
            (_, true) => State::Unrecorded,
            (true, false) => State::NotStarted,
            (false, false) => State::Overdue,
        };
    }
    let opens = occurrence.opens.or_else(|| {
        let remind = obligation.remind.or(&agreement.remind).or(&known
            .question
            .office
            .settings
            .remind);
        let lead = remind
            .before
            .unwrap_or_default()
            .into_iter()
            .max()
            .unwrap_or(0);
        occurrence
            .due
            .and_then(|due| due.checked_sub_days(Days::new(lead.into())))
    });
    if opens.is_some_and(|opens| opens <= today) {
        State::Open
    } else {
        State::Scheduled
    }
}
