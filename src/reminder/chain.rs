//! The stages of one occurrence and their days, in order; and which of them is to be sent.

use super::Skipped;
use super::key::Key;
use super::recipients::Settings;
use super::stage::Stage;
use super::told::Told;
use crate::schedule::{Occurrence, OccurrenceKind, State};
use chrono::{Days, NaiveDate};

/// Every stage of an occurrence up to its last, each with its day. Empty for what is never reminded of: what is done or
/// given up, what waits or is only projected, what was due before tracking began.
pub(super) fn stages(
    occurrence: &Occurrence,
    settings: &Settings,
    tracked_from: NaiveDate,
    day_before_in_series: Option<NaiveDate>,
) -> Vec<(Stage, NaiveDate)> {
    if occurrence.projected || !is_reminded_of(occurrence) {
        return Vec::new();
    }
    let mut stages = match (occurrence.kind, occurrence.due) {
        (OccurrenceKind::Standing | OccurrenceKind::Undated, _) | (OccurrenceKind::Term, None) => {
            Vec::new()
        }
        (OccurrenceKind::Term, Some(end)) => term(occurrence, end, settings),
        (_, Some(due)) => deadline(occurrence, due, settings),
        // An opening without end is told once, and only where it began under this office's eyes.
        (_, None) => occurrence
            .opens
            .filter(|opens| *opens >= tracked_from)
            .map(|opens| (Stage::Opens, opens))
            .into_iter()
            .collect(),
    };
    if occurrence
        .last_day()
        .is_some_and(|last| last < tracked_from)
    {
        stages.clear();
    }
    // Nobody should be reminded of the next meeting before this one has taken place.
    if let Some(before) = day_before_in_series {
        stages.retain(|(_, day)| *day >= before);
    }
    stages.sort_by_key(|(stage, day)| (*day, *stage));
    stages
}

/// Whether an occurrence, where it stands now, is reminded of. What one party reports is not; what another denies is, until
/// that is settled.
pub(super) fn is_reminded_of(occurrence: &Occurrence) -> bool {
    match occurrence.state {
        State::Disputed => occurrence.met.are_denied(),
        State::Overdue
        | State::NotStarted
        | State::Open
        | State::Running
        | State::Deciding
        | State::Scheduled
        | State::Ended => true,
        State::Reported
        | State::Waiting
        | State::Undated
        | State::Standing
        | State::Met
        | State::MetLate
        | State::Waived
        | State::Superseded
        | State::Renewed
        | State::Unrecorded => false,
    }
}

/// Whether somebody who was told another day of it may be told the one that it has: also one from before tracking began, which is
/// not reminded of.
pub(super) fn may_be_told_of(occurrence: &Occurrence) -> bool {
    let is_told = is_reminded_of(occurrence) || occurrence.state == State::Unrecorded;
    is_told && !occurrence.projected
}

fn deadline(
    occurrence: &Occurrence,
    due: NaiveDate,
    settings: &Settings,
) -> Vec<(Stage, NaiveDate)> {
    let mut stages = before(due, settings);
    if let Some(opens) = occurrence.opens.filter(|opens| *opens < due) {
        stages.push((Stage::Opens, opens));
    }
    stages.push((Stage::Due, due));
    if may_be_past(occurrence) {
        let last = occurrence.last_day().unwrap_or(due);
        for time in 1..=settings.overdue_times {
            let days = u64::from(time) * u64::from(settings.overdue_every);
            if let Some(day) = last.checked_add_days(Days::new(days)) {
                stages.push((Stage::Overdue(time), day));
            }
        }
    }
    stages
}

fn term(occurrence: &Occurrence, end: NaiveDate, settings: &Settings) -> Vec<(Stage, NaiveDate)> {
    // Where another period follows, it does not end then.
    let mut stages = match occurrence.renewed_until {
        Some(_) => Vec::new(),
        None => before(end, settings),
    };
    if let Some(day) = end.succ_opt() {
        stages.push((Stage::Ended, day));
    }
    stages
}

fn before(due: NaiveDate, settings: &Settings) -> Vec<(Stage, NaiveDate)> {
    settings
        .before
        .iter()
        .filter_map(|&days| {
            let day = due.checked_sub_days(Days::new(u64::from(days)))?;
            Some((Stage::Before(days), day))
        })
        .collect()
}

/// Every stage at which somebody may have been told of the day of something.
pub(super) fn every_stage(settings: &Settings) -> Vec<Stage> {
    let before = settings.before.iter().map(|days| Stage::Before(*days));
    [Stage::Opens, Stage::Due]
        .into_iter()
        .chain(before)
        .chain(after_the_last_day(settings))
        .collect()
}

/// The stages of what is past its last day.
pub(super) fn after_the_last_day(settings: &Settings) -> impl Iterator<Item = Stage> + use<> {
    (1..=settings.overdue_times).map(Stage::Overdue)
}

/// Whether its last day is past and nothing settles it; of what is disputed, the day says whether it is past.
fn may_be_past(occurrence: &Occurrence) -> bool {
    match occurrence.state {
        State::Overdue => true,
        State::Disputed => !occurrence.to_begin && is_reminded_of(occurrence),
        _ => false,
    }
}

/// The day on which the contacts for escalations hear of something whose last day is past.
pub(super) fn escalation(occurrence: &Occurrence, settings: &Settings) -> Option<NaiveDate> {
    if !may_be_past(occurrence) || occurrence.projected {
        return None;
    }
    let days = u64::from(settings.escalate_after?);
    occurrence.last_day()?.checked_add_days(Days::new(days))
}

/// The latest stage whose day has come, and those that are skipped for it: they came since the last one that was
/// decided, and nobody was told of them. `None` when the latest was decided already, or one after it: the clock was set back
/// since, and that one named what it skipped.
///
/// `after`: stages that come once the last day is past, which an occurrence has only then.
pub(super) fn latest(
    stages: &[(Stage, NaiveDate)],
    after: impl IntoIterator<Item = Stage>,
    told: &Told,
    today: NaiveDate,
    key: impl Fn(Stage) -> Key,
) -> Option<(Stage, NaiveDate, Vec<Skipped>)> {
    let come: Vec<(Stage, NaiveDate)> = stages
        .iter()
        .copied()
        .take_while(|(_, day)| *day <= today)
        .collect();
    let ((stage, day), earlier) = come.split_last()?;
    // An opening may be put off after it was told, with stages that come before it then.
    let is_ahead =
        |(stage, _): &&(Stage, NaiveDate)| !matches!(stage, Stage::Opens | Stage::RenewalOpens);
    let ahead = stages.iter().skip(come.len()).filter(is_ahead);
    let come_already = |later: &Stage| come.iter().any(|(stage, _)| stage == later);
    let after = after.into_iter().filter(|later| !come_already(later));
    let mut ahead = ahead.map(|(stage, _)| *stage).chain(after);
    if told.contains(&key(*stage)) || ahead.any(|stage| told.contains(&key(stage))) {
        return None;
    }
    let mut skipped: Vec<Skipped> = earlier
        .iter()
        .rev()
        .take_while(|(stage, _)| !told.contains(&key(*stage)))
        .filter(|(_, earlier)| earlier < day)
        .map(|(stage, _)| Skipped {
            stage: *stage,
            was_written: told.was_withdrawn(&key(*stage)),
        })
        // Whoever comes later, or has another address, was told with the others before.
        .filter(|skipped| skipped.was_written || !told.was_told_to_anybody(&key(skipped.stage)))
        .collect();
    skipped.reverse();
    Some((*stage, *day, skipped))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_of_one_day_keep_their_own_order() {
        assert!(Stage::Opens < Stage::Before(7));
        assert!(Stage::Before(1) < Stage::Due);
        assert!(Stage::Due < Stage::Overdue(1));
    }
}
