//! The occurrences of one obligation: its phrase worked out, bounded by its series' and its agreement's end.

use super::facts::OfAgreement;
use super::{Known, Occurrence, OccurrenceKind, State, state};
use crate::agreement::{Agreement, Obligation, Timing, When};
use crate::deadline::{self, Answer, Dates, Fact, Facts, Kind};
use crate::ids::EventId;
use crate::language::{Limit, Phrase, Trigger};
use crate::record::EntryKind;
use chrono::NaiveDate;

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
) -> WorkedOut {
    let Some(phrase) = obligation.timing.phrase() else {
        let standing = undated(agreement, obligation, OccurrenceKind::Standing);
        return WorkedOut {
            occurrences: vec![state::settle(known, agreement, obligation, standing)],
            waiting_on: Vec::new(),
        };
    };
    let mut occurrences = Vec::new();
    let mut waiting_on = Vec::new();
    for (for_words, facts) in times(known, agreement, phrase, facts) {
        let answer = evaluate(known, agreement, obligation, phrase, &facts);
        for trigger in &answer.waiting_on {
            if !waiting_on.contains(trigger) {
                waiting_on.push(trigger.clone());
            }
        }
        let several = for_words.is_some();
        occurrences.extend(
            one_time(agreement, obligation, &answer, facts.inner)
                .into_iter()
                .map(|mut occurrence| {
                    if several {
                        occurrence.occurrence = occurrence.nominal;
                        occurrence.for_words.clone_from(&for_words);
                    }
                    occurrence
                }),
        );
    }
    state::older_of_series(known, &mut occurrences, |occurrence| {
        state::settle(known, agreement, obligation, occurrence)
    });
    WorkedOut {
        occurrences,
        waiting_on,
    }
}

/// The facts, with one time of an event that repeats in the place of all.
struct OneTime<'a> {
    inner: &'a OfAgreement<'a>,
    time: Option<(Trigger, Fact)>,
}

impl Facts for OneTime<'_> {
    fn day(&self, trigger: &Trigger) -> Fact {
        match &self.time {
            Some((event, fact)) if event == trigger => fact.clone(),
            _ => self.inner.day(trigger),
        }
    }
}

/// Each time of an event that repeats starts its own occurrence; everything else happens once.
fn times<'a>(
    known: &Known<'_>,
    agreement: &Agreement,
    phrase: &Phrase,
    facts: &'a OfAgreement<'a>,
) -> Vec<(Option<String>, OneTime<'a>)> {
    let once = || {
        vec![(
            None,
            OneTime {
                inner: facts,
                time: None,
            },
        )]
    };
    let repeating = phrase.tree.triggers().into_iter().find(|trigger| {
        matches!(trigger, Trigger::Event { agreement: None, event }
            if agreement.event(event.as_str()).is_some_and(|e| e.repeats))
    });
    let Some(trigger @ Trigger::Event { event, .. }) = &repeating else {
        return once();
    };
    let each: Vec<_> = known
        .about(agreement, event.as_str())
        .iter()
        .copied()
        .filter(|entry| entry.kind == EntryKind::Happened)
        .filter_map(|entry| {
            let day = entry.on?;
            let source = format!("entry {} of the record", entry.number);
            let time = OneTime {
                inner: facts,
                time: Some((trigger.clone(), Fact::Known { day, source })),
            };
            Some((Some(entry.for_words.clone().unwrap_or_default()), time))
        })
        .collect();
    if each.is_empty() { once() } else { each }
}

fn evaluate(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    phrase: &Phrase,
    facts: &OneTime<'_>,
) -> Answer {
    let counting = obligation.counting.as_ref().unwrap_or(&agreement.counting);
    let mut until = known.question.until;
    let mut first_day = None;
    if let Timing::Every {
        first, until: last, ..
    } = &obligation.timing
    {
        first_day = *first;
        if let Some(last) = last {
            until = until.min(last_day(last, facts, agreement).unwrap_or(until));
        }
    }
    let mut answer = deadline::evaluate(
        &phrase.tree,
        &deadline::Question {
            facts,
            counting,
            from: known.question.tracked_from(agreement, Some(obligation)),
            until,
            first: first_day,
        },
    );
    if let Timing::Every {
        times: Some(times), ..
    } = &obligation.timing
    {
        answer
            .dates
            .truncate(usize::try_from(*times).unwrap_or(usize::MAX));
    }
    if matches!(obligation.timing, Timing::Every { .. }) && !obligation.survives {
        let expiration = Trigger::Event {
            agreement: None,
            event: EventId::new("expiration"),
        };
        if let Fact::Known { day, .. } = facts.day(&expiration) {
            answer
                .dates
                .retain(|dates| dates.opens.or(dates.due).is_none_or(|begins| begins <= day));
        }
    }
    answer
}

/// The day that a `when` of the series names.
fn last_day(when: &When, facts: &OneTime<'_>, agreement: &Agreement) -> Option<NaiveDate> {
    match when {
        When::On(day, _) => Some(*day),
        When::Phrase(phrase) => {
            let question = deadline::Question {
                facts,
                counting: &agreement.counting,
                from: NaiveDate::MIN,
                until: NaiveDate::MAX,
                first: None,
            };
            deadline::evaluate(&phrase.tree, &question)
                .dates
                .first()
                .and_then(|dates| dates.due)
        }
    }
}

/// The occurrences that one answer gives.
fn one_time(
    agreement: &Agreement,
    obligation: &Obligation,
    answer: &Answer,
    facts: &OfAgreement<'_>,
) -> Vec<Occurrence> {
    let kind = kind(&obligation.timing);
    let mut waiting: Vec<String> = answer.waiting_on.iter().map(name).collect();
    waiting.dedup();
    let template = Occurrence {
        waiting_on: waiting,
        warnings: answer.warnings.clone(),
        ..undated(agreement, obligation, kind)
    };
    if answer.dates.is_empty() {
        return vec![template];
    }
    let series =
        matches!(obligation.timing, Timing::Every { .. }) || answer.kind == Kind::Recurrence;
    answer
        .dates
        .iter()
        .map(|dates| dated(&template, dates, series, facts))
        .collect()
}

fn dated(
    template: &Occurrence,
    dates: &Dates,
    series: bool,
    _facts: &OfAgreement<'_>,
) -> Occurrence {
    Occurrence {
        occurrence: if series {
            dates.nominal.or(dates.due).or(dates.opens)
        } else {
            None
        },
        kind: template.kind,
        opens: dates.opens,
        due: dates.due,
        grace: dates.grace,
        nominal: dates.nominal,
        begins: dates.begins.or(dates.opens),
        to_begin: dates.to_begin,
        projected: dates.projected,
        steps: dates.steps.clone(),
        other_readings: dates.other_readings.clone(),
        ..template.clone()
    }
}

fn undated(agreement: &Agreement, obligation: &Obligation, kind: OccurrenceKind) -> Occurrence {
    Occurrence {
        agreement: agreement.id.clone(),
        obligation: obligation.id.clone(),
        occurrence: None,
        for_words: None,
        kind,
        state: State::Waiting,
        opens: None,
        due: None,
        grace: None,
        nominal: None,
        begins: None,
        to_begin: false,
        projected: false,
        waiting_on: Vec::new(),
        steps: Vec::new(),
        other_readings: Vec::new(),
        warnings: Vec::new(),
        met_on: None,
        entries: Vec::new(),
    }
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
        Trigger::Obligation(id) => id.to_string(),
        Trigger::Missed(id) => format!("{id} is missed"),
        Trigger::AnyMissed => "a missed commitment".to_owned(),
    }
}
