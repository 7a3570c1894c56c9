//! What hangs on the end of an agreement or of a term that may be renewed: each of its periods ends, so that it is owed once
//! for each.

use super::facts::OfAgreement;
use super::overtaken::Overtaken;
use super::periods::Periods;
use super::times::Time;
use super::{Known, Occurrence, changes, occurrences, own_term, renewed};
use crate::agreement::{Agreement, Obligation, RenewalKind, Status, Timing};
use crate::deadline::Fact;
use crate::language::Trigger;
use crate::words::Sentence;
use chrono::NaiveDate;

/// Which period of an agreement, or of a term, a time of its end is the end of.
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
    /// Where it is no end any more, but one that all had agreed on before they agreed on another.
    pub(super) overtaken: Option<Overtaken>,
}

/// Whether an obligation is owed once for each end that a trigger names: a limit that hangs on the expiration of an
/// agreement that renews itself, or may be renewed. What lasts or recurs from an expiration begins with one alone, the last that is known to come.
pub(super) fn repeats(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    trigger: &Trigger,
) -> bool {
    is_limit(obligation)
        && renewed_agreement(known, agreement, trigger).is_some_and(|of| of.renewal.is_some())
}

/// The same of a limit that hangs on the end of a term. The end of one that renews itself is only expected until it is settled,
/// so that nothing before it falls due for another.
pub(super) fn repeats_with_a_term(
    agreement: &Agreement,
    obligation: &Obligation,
    trigger: &Trigger,
) -> bool {
    is_limit(obligation) && term(agreement, trigger).is_some()
}

fn is_limit(obligation: &Obligation) -> bool {
    match &obligation.timing {
        Timing::Due(phrase) => !phrase.tree.recurs(),
        _ => false,
    }
}

/// Whether a trigger is the end of a term that may be renewed, by agreement or at an option.
pub(super) fn is_a_term(agreement: &Agreement, trigger: &Trigger) -> bool {
    term(agreement, trigger).is_some()
}

/// The term that may be renewed, by agreement or at an option, whose end a trigger is.
fn term<'a>(agreement: &'a Agreement, trigger: &Trigger) -> Option<&'a Obligation> {
    let Trigger::Obligation(id) = trigger else {
        return None;
    };
    let term = agreement.obligation(id.as_str())?;
    let how = renewed::renewal(term)?.how;
    (how != RenewalKind::Automatic).then_some(term)
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

/// The end of each period of that agreement, or of that term, that is known, up to the one after the days that are asked about:
/// what is owed before it may be due within them. Empty where its first end has no day.
pub(super) fn times(
    here: &OfAgreement<'_>,
    obligation: &Obligation,
    trigger: &Trigger,
) -> Vec<Time> {
    let found = match term(here.agreement(), trigger) {
        Some(term) => ends_of_a_term(here, obligation, term),
        None => ends_of_an_agreement(here, obligation, trigger),
    };
    let found = found.into_iter();
    found
        .map(|(period, fact)| Time {
            event: trigger.clone(),
            fact,
            for_words: None,
            begun_by: Vec::new(),
            otherwise: Vec::new(),
            denied: Vec::new(),
            elsewhere: Vec::new(),
            period: Some(period),
            of_series: None,
        })
        .collect()
}

fn ends_of_an_agreement(
    here: &OfAgreement<'_>,
    obligation: &Obligation,
    trigger: &Trigger,
) -> Vec<(PeriodsEnd, Fact)> {
    let Some(agreement) = renewed_agreement(here.known(), here.agreement(), trigger) else {
        return Vec::new();
    };
    let of = here.of_the(agreement);
    let Fact::Known { day, source } = of.first_end() else {
        return Vec::new();
    };
    let acts = own_term::acts(&of);
    let periods = own_term::periods(&of, day, &acts);
    let without_end = changes::without_end_from(&of);
    let ends = ends(here, obligation, &periods).into_iter();
    ends.filter(|of| without_end.is_none_or(|from| of.end < from))
        .map(|of| {
            let source = source_of(&periods, &of, day, &source);
            (
                of,
                Fact::Known {
                    day: of.end,
                    source,
                },
            )
        })
        .collect()
}

fn ends_of_a_term(
    here: &OfAgreement<'_>,
    obligation: &Obligation,
    term: &Obligation,
) -> Vec<(PeriodsEnd, Fact)> {
    let Some((_, answer)) = here.answer(term.id.as_str(), here, None) else {
        return Vec::new();
    };
    let in_its_place = here.in_its_place(term, &answer, true, here, None);
    let found = renewed::with_periods(here, term, &answer, here, None, |periods, first| {
        let source = renewed::the_end_of(term.id.as_str());
        let ends = ends(here, obligation, periods).into_iter();
        let known = ends.map(|of| {
            let source = source_of(periods, &of, first, &source);
            (
                of,
                Fact::Known {
                    day: of.end,
                    source,
                },
            )
        });
        let Some(fact) = in_its_place else {
            return known.collect();
        };
        // What follows from a later agreement takes the place of the end of the period that holds its day.
        let later = changes::of(here, term.id.as_str());
        let from = changes::superseding(&later).map(|(_, from)| from);
        let from = from.or(day_of(&fact));
        let mut found: Vec<(PeriodsEnd, Fact)> = known
            .filter(|(of, _)| from.is_some_and(|from| of.end < from))
            .collect();
        if let Some((of, _)) = found.last_mut() {
            of.is_current = day_of(&fact) == Some(of.end);
        }
        if found.last().is_none_or(|(of, _)| !of.is_current) {
            let number = from.map_or(0, |from| periods.holding(from));
            let end = periods.end(number).unwrap_or(first);
            let of = PeriodsEnd {
                number,
                end: day_of(&fact).unwrap_or(end),
                called: periods.called(number, end),
                is_old: false,
                goes_on: false,
                is_current: true,
                overtaken: None,
            };
            found.push((of, fact));
        }
        found
    });
    found.unwrap_or_default()
}

fn day_of(fact: &Fact) -> Option<NaiveDate> {
    match fact {
        Fact::Known { day, .. } | Fact::Expected { day, .. } => Some(*day),
        Fact::Unknown => None,
    }
}

/// The ends of the periods that are known, each up to the one after the days that are asked about.
fn ends(here: &OfAgreement<'_>, obligation: &Obligation, periods: &Periods<'_>) -> Vec<PeriodsEnd> {
    let question = here.known().question;
    let current = periods.known_to_come(question.today);
    let first_listed = periods.first_listed(question);
    // None is owed after the end of a period that is over, so the oldest of them ends after that day.
    let oldest = spoken_of(here, obligation).min();
    periods
        .ends(question, oldest)
        .flat_map(|(number, end)| {
            let of_it = PeriodsEnd {
                number,
                end,
                called: periods.called(number, end),
                is_old: number < first_listed,
                goes_on: !periods.is_last(number),
                is_current: number == current,
                overtaken: None,
            };
            let before = periods.overtaken(number).map(move |of| PeriodsEnd {
                end: of.end,
                called: of.end,
                is_current: false,
                overtaken: Some(Overtaken::of(of)),
                ..of_it
            });
            before.chain([of_it])
        })
        .collect()
}

/// Where the end of a period comes from, or one that was overtaken.
fn source_of(
    periods: &Periods<'_>,
    of: &PeriodsEnd,
    first: NaiveDate,
    source: &Sentence,
) -> Sentence {
    let mut before = periods.overtaken(of.number);
    let overtaken = before.find(|before| of.overtaken.is_some() && before.end == of.end);
    match overtaken {
        Some(before) => before.source.clone(),
        None => own_term::source_of_end(periods, of.number, first, source),
    }
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
    if of.overtaken.is_some() {
        return !occurrence.projected;
    }
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
