//! What hangs on a series: each of its days that was done starts its own occurrence, and that of the next is expected.

use super::facts::{OfAgreement, as_long_as_it_is_not_met};
use super::matter::{self, Agreed, Matter};
use super::times::Time;
use super::{answer, changes};
use crate::agreement::{Agreement, Obligation, Timing};
use crate::deadline::Fact;
use crate::ids::ObligationId;
use crate::language::Trigger;

/// Whether an obligation is owed once for each of a series: a limit that hangs on one. What lasts or recurs from a series
/// begins with one of its days alone.
pub(super) fn repeats(agreement: &Agreement, obligation: &Obligation, trigger: &Trigger) -> bool {
    let (Trigger::Obligation(id), Timing::Due(phrase)) = (trigger, &obligation.timing) else {
        return false;
    };
    let is_series = |of: &Obligation| {
        matches!(of.timing, Timing::Every { .. })
            || of
                .timing
                .phrase()
                .is_some_and(|phrase| phrase.tree.recurs())
    };
    !phrase.tree.recurs() && agreement.obligation(id.as_str()).is_some_and(is_series)
}

/// Each day of a series on which it was done, and the next that is to be done. Empty where it has no day, or where a later
/// agreement has taken it over: what hangs on it hangs on what stands in its place.
pub(super) fn times(here: &OfAgreement<'_>, id: &ObligationId) -> Vec<Time> {
    let later = changes::of(here, id.as_str());
    let answer = here.answer(id.as_str(), here, None);
    let Some((series, answer)) = answer.filter(|_| changes::superseding(&later).is_none()) else {
        return Vec::new();
    };
    let is_series = answer::is_series(series, &answer);
    let today = here.known().question.today;
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
            period: None,
        };
        let about = matter::entries(here.known(), here.agreement(), id.as_str(), matter);
        let met = matter::met(here.known(), here.agreement(), &about);
        if let (Some(first), Some(source)) = (met.first(), here.source_of_claims(&met)) {
            let day = first.day;
            times.push(time(Fact::Known { day, source }));
            continue;
        }
        let agreed = Agreed::of(here.known(), here.agreement(), &about);
        let is_ahead = next.is_none() && dates.due.is_some_and(|due| due >= today);
        if agreed.waived().is_none() && is_ahead {
            let source = as_long_as_it_is_not_met(id.as_str());
            let day = dates.nominal.unwrap_or(name);
            next = Some(time(Fact::Expected { day, source }));
        }
    }
    times.extend(next);
    times
}
