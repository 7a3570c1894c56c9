//! What hangs on a series: each of its days that was done starts its own occurrence, and that of the next is expected.

use super::facts::{OfAgreement, as_long_as_it_is_not_met};
use super::matter::{self, Agreed, Matter};
use super::times::Time;
use super::{answer, changes, in_place};
use crate::agreement::{Agreement, Obligation, Timing};
use crate::deadline::Fact;
use crate::ids::ObligationId;
use crate::language::Trigger;
use std::collections::BTreeSet;

/// Whether an obligation is owed once for each of a series: a limit that hangs on one. What lasts or recurs from a series
/// begins with one of its days alone.
pub(super) fn repeats(agreement: &Agreement, obligation: &Obligation, trigger: &Trigger) -> bool {
    let (Trigger::Obligation(id), Timing::Due(phrase)) = (trigger, &obligation.timing) else {
        return false;
    };
    !phrase.tree.recurs() && agreement.obligation(id.as_str()).is_some_and(is_series)
}

fn is_series(of: &Obligation) -> bool {
    matches!(of.timing, Timing::Every { .. })
        || of
            .timing
            .phrase()
            .is_some_and(|phrase| phrase.tree.recurs())
}

/// Each day of a series on which it was done, and the next that is to be done; of what a later agreement has put in its place,
/// too. Empty where it has no day, or where what stands in its place is no series.
pub(super) fn times(here: &OfAgreement<'_>, id: &ObligationId) -> Vec<Time> {
    let mut seen = BTreeSet::new();
    let mut times = Vec::new();
    let mut open = vec![(here.agreement(), id.clone())];
    while let Some((agreement, id)) = open.pop() {
        if !seen.insert((agreement.id.clone(), id.clone())) {
            continue;
        }
        let of = here.of_the(agreement);
        times.extend(of_one(&of, &id));
        let replaced = in_place::replaced_by(&of, &id).into_iter();
        let series = replaced.filter(|(_, obligation)| is_series(obligation));
        open.extend(series.map(|(agreement, obligation)| (agreement, obligation.id.clone())));
    }
    times.sort_by_key(|time| matches!(time.fact, Fact::Expected { .. }));
    for time in &mut times {
        time.event = Trigger::Obligation(id.clone());
    }
    times
}

/// The same of one series alone.
fn of_one(here: &OfAgreement<'_>, id: &ObligationId) -> Vec<Time> {
    let later = changes::of(here, id.as_str());
    let Some((series, answer)) = here.answer(id.as_str(), here, None) else {
        return Vec::new();
    };
    let is_series = answer::is_series(series, &answer);
    let today = here.known().question.today;
    let goes_on = changes::superseding(&later).is_none();
    let mut times = Vec::new();
    let mut next: Option<Time> = None;
    for dates in &answer.dates {
        let Some(name) = dates.name() else {
            continue;
        };
        let matter = Matter {
            name: is_series.then_some(name),
            for_words: None,
            begun_by: &[],
            recurs: answer.dates.len() > 1,
        };
        let time = |fact| Time {
            event: Trigger::Obligation(id.clone()),
            fact,
            for_words: Some(name.to_string()),
            begun_by: Vec::new(),
            otherwise: Vec::new(),
            denied: Vec::new(),
            elsewhere: Vec::new(),
            period: None,
        };
        let about = matter::entries(here.known(), here.agreement(), id.as_str(), matter);
        let met = matter::met(here.known(), here.agreement(), &about);
        if let (Some(first), Some(source)) = (met.first(), here.source_of_claims(&met)) {
            let day = first.day;
            // What was done once another stood in its place took nothing from that.
            if !changes::had_taken_over(&later, day) {
                times.push(Time {
                    otherwise: met.others().cloned().collect(),
                    ..time(Fact::Known { day, source })
                });
            }
            continue;
        }
        let agreed = Agreed::of(here.known(), here.agreement(), &about);
        let is_ahead = next.is_none() && dates.due.is_some_and(|due| due >= today);
        if goes_on && agreed.waived().is_none() && is_ahead {
            let source = as_long_as_it_is_not_met(id.as_str());
            let day = dates.nominal.unwrap_or(name);
            next = Some(time(Fact::Expected { day, source }));
        }
    }
    times.extend(next);
    times
}
