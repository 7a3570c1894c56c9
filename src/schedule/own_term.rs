//! An agreement's own term: when it ends, and the periods through which it is renewed.
//!
//! What hangs on the expiration of an agreement that is renewed hangs on the end of the period that holds today.

use super::acts::{self, Act, OF_AN_AGREEMENT};
use super::facts::{OfAgreement, Own, in_the_file};
use super::further::Contested;
use super::periods::{Periods, Renewable};
use super::renewed::{each, is_automatic};
use super::{Known, Occurrence, OccurrenceKind, answer, changes, occurrences, renewals, state};
use crate::agreement::{Agreement, When};
use crate::deadline::{Fact, Facts, OtherReading};
use crate::record::EntryKind;
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// The name under which the facts tell when an agreement ends and is not renewed. No event of a file can have it.
pub(super) const ENDS_FOR_GOOD: &str = "end for good";

/// The end of the period that holds today.
pub(super) fn current_end(of: &OfAgreement<'_>) -> Fact {
    if changes::without_end_from(of).is_some() {
        return Fact::Unknown;
    }
    let first = of.first_end();
    let known = of.known();
    let Fact::Known { day, source } = first else {
        return first;
    };
    let acts = acts::of(of, &OF_AN_AGREEMENT, None);
    let periods = periods(of, day, &acts);
    let current = periods.holding(known.question.today);
    match periods.end(current) {
        Some(end) if end != day => Fact::Known {
            day: end,
            source: source_of_end(end, day, &source),
        },
        _ => Fact::Known { day, source },
    }
}

/// Where the end of a period comes from: that of the first, and that it was renewed.
pub(super) fn source_of_end(end: NaiveDate, first: NaiveDate, source: &Sentence) -> Sentence {
    if end == first {
        source.clone()
    } else {
        let source = source.clone();
        Sentence::when_read(move |language| {
            let (first, source) = (language.day(first), source.of(language));
            match language {
                English => format!(
                    "the end of a period; the first ends on {first} ({source}), and it is renewed"
                ),
                Spanish => format!(
                    "el fin de un período; el primero termina el {first} ({source}), y se renueva"
                ),
            }
        })
    }
}

/// The day on which it ends and is not renewed, as things stand; unknown where it has no end, or renews itself without
/// one.
pub(super) fn last_end(of: &OfAgreement<'_>) -> Fact {
    if changes::without_end_from(of).is_some() {
        return ended(of);
    }
    let (day, is_expected) = match of.first_end() {
        Fact::Known { day, .. } => (day, false),
        Fact::Expected { day, .. } => (day, true),
        Fact::Unknown => return ended(of),
    };
    let acts = acts::of(of, &OF_AN_AGREEMENT, None);
    let source = Sentence::written(&["the agreement's own end", "el fin del propio acuerdo"]);
    match periods(of, day, &acts).last_day() {
        Some(day) if is_expected => Fact::Expected { day, source },
        Some(day) => Fact::Known { day, source },
        None => Fact::Unknown,
    }
}

/// Where its file names no end: the day on which all agreed that it ends.
fn ended(of: &OfAgreement<'_>) -> Fact {
    let acts = acts::of(of, &OF_AN_AGREEMENT, None);
    let ended = acts.into_iter().filter(|act| act.kind == EntryKind::Ended);
    match ended.filter_map(|act| Some((act.on?, act.source))).last() {
        Some((day, source)) => Fact::Known { day, source },
        None => Fact::Unknown,
    }
}

/// The end of the period that holds a day, as the parties alone have left it.
pub(super) fn end_without_changes(
    of: &OfAgreement<'_>,
    first: NaiveDate,
    on: NaiveDate,
) -> Option<Fact> {
    let acts: Vec<Act> = acts::recorded(of, &OF_AN_AGREEMENT, None)
        .into_iter()
        .map(|(_, act)| act)
        .collect();
    let periods = periods(of, first, &acts);
    let day = periods.end(periods.holding(on))?;
    let source = source_of_end(day, first, &in_the_file(Own::End));
    Some(Fact::Known { day, source })
}

/// The occurrences of the agreement's own term; none where it has no end.
pub(super) fn occurrences(
    known: &Known<'_>,
    agreement: &Agreement,
    of: &OfAgreement<'_>,
    contested: &Contested<'_>,
) -> Vec<Occurrence> {
    let Some(term) = &agreement.term else {
        return Vec::new();
    };
    let later = changes::of(of, term.id.as_str());
    // Only a later agreement gives it an end.
    if agreement.expires.is_none() && changes::deciding(&later).is_none_or(|l| !l.gives_a_day()) {
        return Vec::new();
    }
    let mut first = Occurrence::without_days(&agreement.id, &term.id, OccurrenceKind::Term);
    let all = match of.own_day("expiration") {
        None => {
            let waits = of.to_be_told(&answer::own("expiration"));
            first.waiting_on = waits.iter().map(occurrences::name).collect();
            vec![first]
        }
        Some(end) => {
            first.begins = day(of, "effective");
            first.due = Some(end.day);
            first.nominal = Some(end.day);
            first.projected = end.projected;
            first.steps = end.steps;
            first.other_readings = contested.ends(agreement, end.day);
            if end.projected {
                first.waiting_on = term
                    .timing
                    .phrase()
                    .into_iter()
                    .flat_map(|phrase| phrase.tree.triggers())
                    .flat_map(|trigger| of.to_be_told(&trigger))
                    .map(|trigger| occurrences::name(&trigger))
                    .collect();
                first.renewal = agreement.renewal.as_ref().and_then(|renewal| {
                    renewals::days(renewal, end.day, None, &agreement.counting, of)
                });
                vec![first]
            } else {
                let acts = acts::of(of, &OF_AN_AGREEMENT, None);
                let spoken_of = acts::days_spoken_of(of, &OF_AN_AGREEMENT);
                let periods = periods(of, end.day, &acts).listed(known.question, &spoken_of);
                each(&first, periods, is_automatic(agreement.renewal.as_ref()))
            }
        }
    };
    let mut all = all;
    show_claimed_ends(of, &mut all);
    let settled = all
        .into_iter()
        .map(|occurrence| state::settle(of, term, occurrence, &later));
    let mut settled: Vec<Occurrence> = settled.collect();
    changes::drop_what_would_follow(&mut settled);
    settled
}

/// A day that is claimed for its end against the one in its file is shown, with the period that holds today and those after.
fn show_claimed_ends(of: &OfAgreement<'_>, periods: &mut [Occurrence]) {
    let today = of.known().question.today;
    let is_over = |period: &Occurrence| period.due.is_some_and(|due| due < today);
    let current = periods.iter().position(|period| !is_over(period));
    let first = current.unwrap_or(periods.len().saturating_sub(1));
    for claim in of.other_claims("expiration") {
        for period in periods.iter_mut().skip(first) {
            period.other_readings.push(OtherReading {
                text: Sentence::in_each(|language| {
                    let source = of.source(&claim);
                    let (day, source) = (language.day(claim.day), source.of(language));
                    match language {
                        English => format!("if it ended on {day} ({source})"),
                        Spanish => format!("si terminó el {day} ({source})"),
                    }
                }),
                date: Some(claim.day),
                source: Sentence::written(&["the end that the file gives holds until every other party has confirmed another", "el fin que da el archivo rige hasta que todas las demás partes hayan confirmado otro"]),
                is_claimed: true,
            });
        }
    }
    show_ends_by_another_first_day(of, periods.get_mut(first..).unwrap_or_default());
}

/// The end that the words of the file would give if it had taken effect on a day that is claimed against the file's.
fn show_ends_by_another_first_day(of: &OfAgreement<'_>, periods: &mut [Occurrence]) {
    let Some(words @ When::Phrase(_)) = &of.agreement().expires else {
        return;
    };
    if !of.leaves_the_files_day("effective") {
        return;
    }
    for claim in of.other_claims("effective") {
        let source = of.source(&claim);
        let then = answer::Instead {
            facts: of,
            trigger: answer::own("effective"),
            fact: Fact::Known {
                day: claim.day,
                source: source.clone(),
            },
        };
        let Fact::Known { day: end, .. } = of.when(words, &in_the_file(Own::End), &then) else {
            continue;
        };
        for period in periods.iter_mut().filter(|period| period.due != Some(end)) {
            period.other_readings.push(OtherReading {
                text: Sentence::in_each(|language| {
                    let (day, source) = (language.day(claim.day), source.of(language));
                    match language {
                        English => format!("if it took effect on {day} ({source})"),
                        Spanish => format!("si entró en vigor el {day} ({source})"),
                    }
                }),
                date: Some(end),
                source: Sentence::written(&["the day that the file gives holds until every other party has confirmed another", "el día que da el archivo rige hasta que todas las demás partes hayan confirmado otro"]),
                is_claimed: true,
            });
        }
    }
}

/// The periods of an agreement whose first ends on `end`.
pub(super) fn periods<'p>(of: &'p OfAgreement<'_>, end: NaiveDate, acts: &'p [Act]) -> Periods<'p> {
    let (known, agreement) = (of.known(), of.agreement());
    // An expiration that was recorded is one that took place.
    let is_recorded = of.claims_in_effect("expiration").first().is_some();
    let renewal = agreement.renewal.as_ref().filter(|_| !is_recorded);
    let words = match &agreement.expires {
        Some(When::Phrase(phrase)) if !is_recorded => Some(&phrase.tree),
        _ => None,
    };
    Periods::of(Renewable {
        renewal,
        counting: &agreement.counting,
        facts: of,
        words,
        begins: day(of, "effective"),
        end,
        until: answer::renewed_until(known, agreement, renewal, end, of),
        agreements_end: None,
        is_moved: false,
        acts,
    })
}

fn day(of: &OfAgreement<'_>, event: &str) -> Option<NaiveDate> {
    match of.day(&answer::own(event)) {
        Fact::Known { day, .. } | Fact::Expected { day, .. } => Some(day),
        Fact::Unknown => None,
    }
}
