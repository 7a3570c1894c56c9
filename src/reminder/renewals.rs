//! Renewals: when one may be asked for or notice be given, and that the time for it ends soon.

use super::recipients::Settings;
use super::stage::Stage;
use crate::agreement::Agreement;
use crate::ids::PartyId;
use crate::office::Office;
use crate::schedule::{Occurrence, RenewalDays, State};
use chrono::{Days, NaiveDate};

/// What is still to be decided about the period that holds now, or begins soon: whether another follows.
pub(super) fn open(occurrence: &Occurrence) -> Option<&RenewalDays> {
    let is_ahead = matches!(
        occurrence.state,
        State::Scheduled | State::Running | State::Deciding
    );
    occurrence
        .undecided_renewal()
        .filter(|_| is_ahead && !occurrence.projected)
}

/// The day that a reminder of it speaks of: the last on which it can be decided.
pub(super) fn spoken_of(renewal: &RenewalDays) -> Option<NaiveDate> {
    renewal.closes.or(renewal.opens)
}

/// Its stages, each with its day: the first day on which it may be decided, and the longest of `before` that is left from
/// then to the last day. Where the agreement names a last day alone, the first of `before` begins it.
pub(super) fn stages(
    occurrence: &Occurrence,
    settings: &Settings,
    tracked_from: NaiveDate,
) -> Vec<(Stage, NaiveDate)> {
    let Some(renewal) = open(occurrence) else {
        return Vec::new();
    };
    if spoken_of(renewal).is_none_or(|day| day < tracked_from) {
        return Vec::new();
    }
    let longest = settings.before.iter().max().copied().unwrap_or(0);
    let Some(first) = renewal.decided_from(Days::new(longest.into())) else {
        return Vec::new();
    };
    // Nobody decides about a period before it begins.
    let first = occurrence.begins.map_or(first, |begins| first.max(begins));
    let mut stages = vec![(Stage::RenewalOpens, first)];
    if let Some(closes) = renewal.closes {
        let before = settings.before.iter();
        let soon = before
            .filter_map(|days| closes.checked_sub_days(Days::new(u64::from(*days))))
            .filter(|day| *day > first)
            .min()
            .or(renewal.opens.is_none().then_some(first));
        stages.extend(soon.map(|day| (Stage::RenewalCloses, day)));
        stages.retain(|(_, day)| *day <= closes);
    }
    stages
}

/// Who hears of it: the keeper alone, where there is one and the settings say nothing else. When to give notice is its own
/// affair.
pub(super) fn to(
    office: &Office,
    agreement: &Agreement,
    settings: &Settings,
) -> Option<Vec<PartyId>> {
    let keeper = office.settings.keeper.as_ref();
    let keeper = keeper.filter(|keeper| agreement.parties.contains(keeper));
    settings
        .to
        .clone()
        .or(keeper.map(|keeper| vec![keeper.clone()]))
}
