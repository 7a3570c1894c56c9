//! The occurrences of one obligation: one, or one for each day of a series and each time of an event that repeats.

use super::answer::{self, EndsWithIt, Instead};
use super::claimed::{self, ByClaims, Otherwise};
use super::facts::OfAgreement;
use super::further::{self, Contested};
use super::state::Succession;
use super::times::{OneTime, Time};
use super::{
    Begun, Known, Occurrence, OccurrenceKind, State, changes, expirations, missed, overtaken,
    renewed, state, times,
};
use crate::agreement::{Agreement, Obligation, Timing};
use crate::counting::{Step, the_words};
use crate::deadline::{Answer, Dates, Facts, Kind};
use crate::language::{Limit, Phrase, Trigger};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use std::collections::BTreeMap;

/// The occurrences, and the triggers without a day that they wait for.
pub(super) struct WorkedOut {
    pub(super) occurrences: Vec<Occurrence>,
    pub(super) waiting_on: Vec<Trigger>,
}

pub(super) fn of(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    facts: &OfAgreement<'_>,
    contested: &Contested<'_>,
) -> WorkedOut {
    let later = changes::of(facts, obligation.id.as_str());
    let Some(phrase) = obligation.timing.phrase() else {
        let standing =
            Occurrence::without_days(&agreement.id, &obligation.id, OccurrenceKind::Standing);
        let mut standing = state::settle(facts, obligation, standing, &later);
        stop_with_the_agreement(known, obligation, facts, &mut standing);
        return WorkedOut {
            occurrences: vec![standing],
            waiting_on: Vec::new(),
        };
    };
    let mut occurrences = Vec::new();
    let mut waiting_on = Vec::new();
    let mut succession = Succession::Recurring;
    let as_claimed = contested.each(agreement, obligation, phrase);
    let mut called: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for facts_then in times::of(obligation, phrase, facts) {
        let time = facts_then.time();
        let mut answer = answer::of(facts, obligation, phrase, &facts_then, time);
        for trigger in answer.waiting_on.iter().flat_map(|t| facts.to_be_told(t)) {
            if !waiting_on.contains(&trigger) {
                waiting_on.push(trigger);
            }
        }
        let ByClaims {
            goes_by,
            mut others,
        } = claimed::show_other_claims(obligation, phrase, facts, &facts_then, &mut answer);
        if let Some(time) = time {
            let of_it = further::show_of_one_time(facts, obligation, phrase, time, &mut answer);
            others.extend(of_it);
        }
        // Which of those that are called the same.
        let which = time.map(|time| {
            let before = called.entry(time.for_words.clone()).or_default();
            *before += 1;
            (time, *before - 1)
        });
        for by_a_claim in &as_claimed {
            others.extend(by_a_claim.show(obligation, phrase, which, &mut answer));
        }
        let goes_by = goes_by.map(|(trigger, fact)| Instead {
            facts: &facts_then,
            trigger,
            fact,
        });
        let facts_gone_by: &dyn Facts = match &goes_by {
            Some(instead) => instead,
            None => &facts_then,
        };
        let each = one_time(agreement, obligation, &answer, time);
        for (place, mut occurrence) in each.into_iter().enumerate() {
            let others: Vec<&Otherwise<'_>> = others.iter().filter(|o| o.place == place).collect();
            missed::tell(facts, phrase, &facts_then, &mut occurrence);
            name_what_is_skipped(facts, phrase, &facts_then, &mut occurrence);
            if let Some((event, period)) = time.and_then(|time| Some((&time.event, time.period?))) {
                succession = Succession::All;
                if let Some(dates) = answer.dates.get(place)
                    && !overtaken::is_owed(facts, obligation, time, dates)
                {
                    continue;
                }
                if !expirations::is_owed(facts, obligation, &mut occurrence, event, period) {
                    continue;
                }
            }
            if answer.dates.is_empty() && answer::is_series(obligation, &answer) {
                let agreed = answer::agreed_end(facts, obligation, occurrence.for_words.as_deref());
                let step = agreed.map(|(end, source)| answer::agreed_to_end(end, source));
                occurrence.steps.extend(step);
            }
            occurrences.extend(renewed::occurrences(
                facts,
                obligation,
                occurrence,
                facts_gone_by,
                time,
                &others,
            ));
        }
    }
    let settled = occurrences.into_iter();
    let mut occurrences: Vec<Occurrence> = settled
        .map(|occurrence| state::settle(facts, obligation, occurrence, &later))
        .collect();
    changes::end_what_was_void(&later, &mut occurrences);
    changes::drop_what_would_follow(&mut occurrences);
    state::older_of_series(known, succession, &mut occurrences);
    if changes::superseding(&later).is_some() {
        // Nothing is asked for what is no longer owed.
        waiting_on.clear();
    }
    WorkedOut {
        occurrences,
        waiting_on,
    }
}

/// Names what an occurrence waits for and all have agreed to skip.
fn name_what_is_skipped(
    of: &OfAgreement<'_>,
    phrase: &Phrase,
    facts: &OneTime<'_>,
    occurrence: &mut Occurrence,
) {
    for trigger in phrase.tree.triggers() {
        let (Trigger::Obligation(id) | Trigger::Missed(id)) = &trigger else {
            continue;
        };
        let time = facts.time();
        let time = time.filter(|time| of.repeating().get(id) == Some(&time.event));
        let name = name(&trigger);
        if occurrence.waiting_on.contains(&name) && of.is_skipped(id.as_str(), facts, time) {
            occurrence.skipped.push(name);
        }
    }
}

/// A standing duty stops at its agreement's end, or where all parties agreed that it does.
fn stop_with_the_agreement(
    known: &Known<'_>,
    obligation: &Obligation,
    facts: &OfAgreement<'_>,
    duty: &mut Occurrence,
) {
    let of_all = answer::end(facts).filter(|_| !obligation.survives);
    let agreed = answer::agreed_end(facts, obligation, None);
    let end = of_all
        .into_iter()
        .chain(agreed.as_ref().map(|(end, _)| *end))
        .min();
    if duty.state == State::Standing && end.is_some_and(|end| end < known.question.today) {
        duty.state = State::Ended;
        let with_it = of_all.filter(|of_all| end == Some(*of_all));
        let step = with_it.map(|end| answer::ends_with_the_agreement(end, EndsWithIt::Duty));
        duty.steps.extend(step);
    }
    duty.steps
        .extend(agreed.map(|(end, source)| answer::agreed_to_end(end, source)));
}

/// The occurrences that one answer gives.
fn one_time(
    agreement: &Agreement,
    obligation: &Obligation,
    answer: &Answer,
    time: Option<&Time>,
) -> Vec<Occurrence> {
    let kind = kind(&obligation.timing);
    let mut waiting: Vec<String> = answer.waiting_on.iter().map(name).collect();
    waiting.dedup();
    let template = Occurrence {
        for_words: time.and_then(|time| time.for_words.clone()),
        begun: Begun {
            by: time.map_or_else(Vec::new, |time| time.begun_by.clone()),
            recurs: Time::recurs(time, answer),
        },
        waiting_on: waiting,
        warnings: answer
            .contradictions
            .iter()
            .chain(&answer.warnings)
            .cloned()
            .collect(),
        contradictions: answer.contradictions.clone(),
        ..Occurrence::without_days(&agreement.id, &obligation.id, kind)
    };
    if answer.dates.is_empty() {
        let steps = match answer.kind {
            Kind::Undated => why_undated(obligation),
            _ => answer.for_the_record(),
        };
        return vec![Occurrence { steps, ..template }];
    }
    let series = answer::is_series(obligation, answer) || time.is_some();
    answer
        .dates
        .iter()
        .map(|dates| dated(&template, dates, series))
        .collect()
}

fn dated(template: &Occurrence, dates: &Dates, series: bool) -> Occurrence {
    let mut occurrence = Occurrence {
        opens: dates.opens,
        due: dates.due,
        grace: dates.grace,
        nominal: dates.nominal,
        moved_from: dates.moved_from,
        begins: match template.kind {
            OccurrenceKind::Term => dates.begins.or(dates.opens),
            _ => dates.opens.or(dates.begins),
        },
        to_begin: dates.to_begin,
        projected: dates.projected,
        steps: dates.steps.clone(),
        other_readings: dates.other_readings.clone(),
        ..template.clone()
    };
    if series {
        occurrence.occurrence = dates.name();
    }
    occurrence
}

fn kind(timing: &Timing) -> OccurrenceKind {
    let Some(phrase) = timing.phrase() else {
        return OccurrenceKind::Standing;
    };
    match (timing, &phrase.tree.limit) {
        (_, Limit::Undated { .. }) => OccurrenceKind::Undated,
        (Timing::Lasts { .. }, _) => OccurrenceKind::Term,
        (Timing::Every { .. }, _) | (_, Limit::Several(_) | Limit::Recurs(_)) => {
            OccurrenceKind::Recurrence
        }
        (
            _,
            Limit::Window {
                opens: Some(_),
                due: None,
                ..
            },
        ) => OccurrenceKind::Opening,
        (_, Limit::Window { opens: Some(_), .. } | Limit::During { .. }) => OccurrenceKind::Window,
        (_, Limit::Window { opens: None, .. } | Limit::On(_)) => OccurrenceKind::Deadline,
    }
}

/// What people and JSON call a trigger.
pub(super) fn name(trigger: &Trigger) -> String {
    match trigger {
        Trigger::Event {
            agreement: None,
            event,
        } => event.to_string(),
        Trigger::Event {
            agreement: Some(agreement),
            event,
        } => format!("{agreement}/{event}"),
        Trigger::Obligation(id) | Trigger::Missed(id) => id.to_string(),
        Trigger::AnyMissed => "a missed commitment".to_owned(),
    }
}

/// The agreement's file, as a source.
pub(super) fn in_the_file() -> Sentence {
    Sentence::written(&["the agreement's file", "el archivo del acuerdo"])
}

/// Why something that is owed has no day, and what is done about it.
fn why_undated(obligation: &Obligation) -> Vec<Step> {
    let words = obligation.timing.words().unwrap_or_default();
    let mut steps = vec![Step {
        text: Sentence::in_each(|language| match language {
            English => format!("\"{words}\" names no day, so it is never past one"),
            Spanish => format!("“{words}” no indica ningún día, de modo que nunca se pasa de uno"),
        }),
        date: None,
        source: the_words(),
    }];
    if let Some(every) = &obligation.review_every {
        steps.push(Step {
            text: Sentence::in_each(|language| match language {
                English => format!("how it stands is asked about every {}", every.words),
                Spanish => format!("se pregunta cómo va con esta frecuencia: “{}”", every.words),
            }),
            date: None,
            source: in_the_file(),
        });
    }
    steps
}
