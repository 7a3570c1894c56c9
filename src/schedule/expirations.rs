//! What hangs on the expiration of an agreement that may be renewed: each of its periods ends, so that it is owed once for
//! each.

use super::facts::OfAgreement;
use super::times::Time;
use super::{Known, Occurrence, changes, occurrences, own_term};
use crate::agreement::{Agreement, Obligation, Status, Timing};
use crate::deadline::Fact;
use crate::language::Trigger;
use chrono::NaiveDate;

/// Which period of an agreement a time of its expiration is the end of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PeriodsEnd {
    /// Which one; 0 is the first.
    pub(super) number: u32,
    end: NaiveDate,
    /// The end that it had before the parties agreed on another: what is owed at it is called by that.
    pub(super) called: NaiveDate,
    /// Whether it lies so far back that nothing of it is shown but what the record speaks of.
    is_old: bool,
    /// Whether another period follows, as things stand.
    goes_on: bool,
    /// Whether it is the last period that is known to come.
    pub(super) is_current: bool,
}

/// Whether an obligation is owed once for each end that a trigger names: a limit that hangs on the expiration of an
/// agreement that renews itself, or may be renewed. What lasts or recurs from an expiration begins with one alone, the last that is known to come.
pub(super) fn repeats(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    trigger: &Trigger,
) -> bool {
    let is_limit = match &obligation.timing {
        Timing::Due(phrase) => !phrase.tree.recurs(),
        _ => false,
    };
    is_limit && renewed_agreement(known, agreement, trigger).is_some_and(|of| of.renewal.is_some())
}

/// The agreement whose expiration a trigger is.
fn renewed_agreement<'a>(
    known: &Known<'a>,
    agreement: &'a Agreement,
    trigger: &Trigger,
) -> Option<&'a Agreement> {
    let Trigger::Event {
        agreement: of,
        event,
    } = trigger
    else {
        return None;
    };
    let of = match of {
        Some(of) => known.question.office.agreement(of.as_str())?,
        None => agreement,
    };
    let in_force = of.id == agreement.id || of.status == Status::InForce;
    (event.as_str() == "expiration" && in_force).then_some(of)
}

/// The end of each period of that agreement that is known, up to the one after the days that are asked about: what is owed before it
/// may be due within them. Empty where its first end has no day.
pub(super) fn times(
    here: &OfAgreement<'_>,
    obligation: &Obligation,
    trigger: &Trigger,
) -> Vec<Time> {
    let known = here.known();
    let Some(agreement) = renewed_agreement(known, here.agreement(), trigger) else {
        return Vec::new();
    };
    let of = here.of_the(agreement);
    let Fact::Known { day, source } = of.first_end() else {
        return Vec::new();
    };
    let acts = own_term::acts(&of);
    let periods = own_term::periods(&of, day, &acts);
    let current = periods.known_to_come(known.question.today);
    let without_end = changes::without_end_from(&of);
    let first_listed = periods.first_listed(known.question);
    // None is owed after the end of a period that is over, so the oldest of them ends after that day.
    let oldest = spoken_of(here, obligation).min();
    periods
        .ends(known.question, oldest)
        .filter(|(_, end)| without_end.is_none_or(|from| *end < from))
        .map(|(number, end)| Time {
            event: trigger.clone(),
            fact: Fact::Known {
                day: end,
                source: own_term::source_of_end(&periods, number, day, &source),
            },
            for_words: None,
            begun_by: Vec::new(),
            otherwise: Vec::new(),
            denied: Vec::new(),
            elsewhere: Vec::new(),
            period: Some(PeriodsEnd {
                number,
                end,
                called: periods.called(number, end),
                is_old: number < first_listed,
                goes_on: !periods.is_last(number),
                is_current: number == current,
            }),
        })
        .collect()
}

/// What the occurrences of an obligation are called by of which the record speaks.
fn spoken_of<'a>(
    here: &'a OfAgreement<'_>,
    obligation: &Obligation,
) -> impl Iterator<Item = NaiveDate> + use<'a> {
    let about = here.known().about(here.agreement(), obligation.id.as_str());
    about.iter().filter_map(|entry| entry.occurrence)
}

/// Takes what is owed at one end for what it is: what would be due after an end that is no expiration, because the
/// agreement goes on, is only expected, and not owed once it has gone on. `false`: it is not owed.
pub(super) fn is_owed(
    here: &OfAgreement<'_>,
    obligation: &Obligation,
    occurrence: &mut Occurrence,
    event: &Trigger,
    of: PeriodsEnd,
) -> bool {
    let question = here.known().question;
    if of.is_old && spoken_of(here, obligation).all(|day| Some(day) != occurrence.occurrence) {
        return false;
    }
    let Some(last) = occurrence.due.or(occurrence.opens) else {
        return of.is_current;
    };
    let begins = occurrence.opens.unwrap_or(last);
    if of.goes_on && last > of.end {
        if !of.is_current {
            return false;
        }
        occurrence.projected = true;
        occurrence.waiting_on.push(occurrences::name(event));
    }
    of.is_current || of.end < question.today || begins <= question.until
}
