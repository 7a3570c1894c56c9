//! An obligation's phrase worked out, bounded by its series' and its agreement's end.

use super::changes::{self, NewDay};
use super::facts::OfAgreement;
use super::own_term::ENDS_FOR_GOOD;
use super::times::Time;
use super::{Known, acts, matter};
use crate::agreement::{Agreement, Obligation, Renewal, RenewalKind, Timing, When};
use crate::counting::Step;
use crate::deadline::{self, Answer, Dates, Ending, Fact, Facts, Kind};
use crate::ids::EventId;
use crate::language::{Every, Limit, Phrase, Trigger};
use crate::record::EntryKind;
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::{Months, NaiveDate};

/// How many years further a first day is looked for.
const FURTHER_YEARS: [u32; 5] = [10, 100, 1000, 3000, 9000];

/// The days of an obligation's phrase, as far as `facts` go, or those that all parties agreed on in their place. `time`
/// is the one time of an event that repeats that they are worked out for.
pub(super) fn of(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    phrase: &Phrase,
    facts: &dyn Facts,
    time: Option<&Time>,
) -> Answer {
    let (known, agreement) = (of.known(), of.agreement());
    let new_day = changes::new_day(of, obligation.id.as_str());
    let new_last = new_day.as_ref().and_then(NewDay::known);
    let counting = obligation.counting.as_ref().unwrap_or(&agreement.counting);
    let mut until = known.question.until;
    let mut first_day = None;
    if let Timing::Every {
        first, until: last, ..
    } = &obligation.timing
    {
        first_day = *first;
        let last = last.as_ref().and_then(|until| {
            // A day without a year is the first after the series begins, and not after the agreement does.
            match first.filter(|_| until.names_no_year()) {
                Some(first) => {
                    let begins = Instead {
                        facts,
                        trigger: Trigger::effective(),
                        fact: Fact::Known {
                            day: first,
                            source: Sentence::verbatim(""),
                        },
                    };
                    last_day(known, until, agreement, &begins)
                }
                None => last_day(known, until, agreement, facts),
            }
        });
        // As long as a letter held that had put its end off, it went on.
        let last = last.map(|last| {
            let held = changes::held_until(of, obligation.id.as_str());
            let held = held.and_then(|(until, _)| until.pred_opt());
            held.map_or(last, |held| last.max(held))
        });
        if let Some(last) = new_last.or(last) {
            until = until.min(last);
        }
    }
    let question = deadline::Question {
        facts,
        counting,
        from: known.question.tracked_from(agreement, Some(obligation)),
        until,
        first: first_day,
        ending: match &obligation.timing {
            Timing::Lasts { .. } => Ending::Stays,
            _ => Ending::MayRoll,
        },
    };
    let mut answer = deadline::explain(phrase, &question);
    if matches!(obligation.timing, Timing::Every { .. }) && until == known.question.until {
        look_further(phrase, &question, &mut answer);
    }
    if let Timing::Every {
        times: Some(times), ..
    } = &obligation.timing
        && new_last.is_none()
    {
        let times = usize::try_from(*times).unwrap_or(usize::MAX);
        answer.dates.truncate(times);
    }
    stop_at_the_agreements_end(of, obligation, facts, time, &mut answer);
    if let Some(time) = time {
        keep_names(phrase, &question, time, &mut answer);
    }
    if let Timing::Lasts {
        renewal: Some(renewal),
        ..
    } = &obligation.timing
        && renewal.how == RenewalKind::ByAgreement
    {
        let step = by_agreement(renewal);
        for dates in &mut answer.dates {
            dates.steps.push(step.clone());
        }
    }
    let series = is_series(obligation, &answer);
    if let Some(last) = new_last.filter(|_| series) {
        let begins = |dates: &Dates| dates.nominal.or(dates.opens);
        answer
            .dates
            .retain(|dates| begins(dates).is_none_or(|begins| begins <= last));
    }
    // Of a term that has begun for certain it is one more act about its end.
    let by_acts = matches!(obligation.timing, Timing::Lasts { .. })
        && answer.dates.iter().any(|dates| !dates.projected);
    let new_day = new_day.filter(|_| !series && !by_acts);
    matter::move_days(of, obligation, time, series, new_day.as_ref(), &mut answer);
    stop_as_agreed(of, obligation, time, &mut answer);
    answer
}

/// That a term may go on by agreement alone.
fn by_agreement(renewal: &Renewal) -> Step {
    let length = renewal.length.as_ref();
    let text = Sentence::in_each(|language| {
        let length = match (length, language) {
            (Some(length), English) => format!(", for \"{}\"", length.words),
            (Some(length), Spanish) => format!(", por “{}”", length.words),
            (None, _) => String::new(),
        };
        let times = match (renewal.times, language) {
            (Some(1), English) => ", at most 1 time".to_owned(),
            (Some(1), Spanish) => ", como máximo 1 vez".to_owned(),
            (Some(times), English) => format!(", at most {times} times"),
            (Some(times), Spanish) => format!(", como máximo {times} veces"),
            (None, _) => String::new(),
        };
        match language {
            English => format!(
                "it goes on after that only by agreement{length}{times}; what is agreed on is entered in the record"
            ),
            Spanish => format!(
                "después continúa solo de común acuerdo{length}{times}; lo que se acuerde se anota en el registro"
            ),
        }
    });
    Step {
        text,
        date: None,
        source: Sentence::written(&[
            "what the file says of its renewal",
            "lo que el archivo dice de su renovación",
        ]),
    }
}

/// Whether its days are called by themselves, each being one of several.
pub(super) fn is_series(obligation: &Obligation, answer: &Answer) -> bool {
    matches!(obligation.timing, Timing::Every { .. }) || answer.kind == Kind::Recurrence
}

/// What is owed at the end of a period that the parties gave another end is called as it would be with the one before.
fn keep_names(
    phrase: &Phrase,
    question: &deadline::Question<'_>,
    time: &Time,
    answer: &mut Answer,
) {
    let (Some(period), Fact::Known { day, source }) = (&time.period, &time.fact) else {
        return;
    };
    if period.called == *day {
        return;
    }
    let before = Instead {
        facts: question.facts,
        trigger: time.event.clone(),
        fact: Fact::Known {
            day: period.called,
            source: source.clone(),
        },
    };
    let question = deadline::Question {
        facts: &before,
        ..*question
    };
    let named = deadline::evaluate(&phrase.tree, &question).dates;
    for (dates, named) in answer.dates.iter_mut().zip(named) {
        dates.called = named.name();
    }
}

/// A series that begins beyond the days that are asked about still has a first day, which is shown.
fn look_further(phrase: &Phrase, question: &deadline::Question<'_>, answer: &mut Answer) {
    for years in FURTHER_YEARS {
        if !answer.dates.is_empty() || !answer.waiting_on.is_empty() || !answer.warnings.is_empty()
        {
            return;
        }
        let Some(until) = question.until.checked_add_months(Months::new(12 * years)) else {
            return;
        };
        *answer = deadline::explain(phrase, &deadline::Question { until, ..*question });
        answer.dates.truncate(1);
    }
}

/// The last day of the agreement, as far as it is known or expected; `None` where it has no end, or renews itself
/// without one.
pub(super) fn end(facts: &dyn Facts) -> Option<NaiveDate> {
    day(facts, ENDS_FOR_GOOD)
}

/// The last day to which what first ends on `end` may renew itself, by the `until` of its renewal.
pub(super) fn renewed_until(
    known: &Known<'_>,
    agreement: &Agreement,
    renewal: Option<&Renewal>,
    end: NaiveDate,
    facts: &dyn Facts,
) -> Option<NaiveDate> {
    let of_the_first = Instead {
        facts,
        trigger: own("expiration"),
        fact: Fact::Known {
            day: end,
            source: Sentence::written(&["the first end", "el primer fin"]),
        },
    };
    last_day(known, renewal?.until.as_ref()?, agreement, &of_the_first)
}

/// The facts, with one day in the place of another.
pub(super) struct Instead<'a> {
    pub(super) facts: &'a dyn Facts,
    pub(super) trigger: Trigger,
    pub(super) fact: Fact,
}

impl Facts for Instead<'_> {
    fn day(&self, trigger: &Trigger) -> Fact {
        if *trigger == self.trigger {
            self.fact.clone()
        } else {
            self.facts.day(trigger)
        }
    }

    fn steps(&self, trigger: &Trigger) -> Vec<Step> {
        if *trigger == self.trigger {
            Vec::new()
        } else {
            self.facts.steps(trigger)
        }
    }

    fn is_recorded(&self, trigger: &Trigger) -> bool {
        *trigger != self.trigger && self.facts.is_recorded(trigger)
    }
}

/// One of an agreement's own events.
pub(super) fn own(event: &str) -> Trigger {
    Trigger::Event {
        agreement: None,
        event: EventId::new(event),
    }
}

/// Series and terms stop where their agreement does, unless they survive it.
fn stop_at_the_agreements_end(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    facts: &dyn Facts,
    time: Option<&Time>,
    answer: &mut Answer,
) {
    if obligation.survives {
        return;
    }
    let series = match &obligation.timing {
        Timing::Every { .. } => true,
        Timing::Due(phrase) if matches!(phrase.tree.limit, Limit::Recurs(_)) => true,
        Timing::Lasts { .. } => false,
        Timing::Due(_) | Timing::Standing => return,
    };
    let Some(end) = end(facts) else {
        return;
    };
    if series {
        // A term of whole years from a day ends on the day of that number, on which the next running period begins: of that
        // one there is nothing in the agreement's time but its last day.
        let runs = obligation.timing.phrase().is_some_and(runs_from_its_anchor);
        let mut first = true;
        let recurs = answer.dates.len() > 1;
        answer.dates.retain(|dates| {
            let is_first = std::mem::take(&mut first);
            let begins = dates.opens.or(dates.nominal).or(dates.due);
            begins.is_none_or(|begins| begins < end || (begins == end && (is_first || !runs)))
                || matter::is_finished(of, obligation, time, recurs, dates)
        });
    }
    for dates in &mut answer.dates {
        shorten(dates, end, series);
    }
}

/// A series ends where all parties agreed that it does: what falls due after that day is owed no more.
fn stop_as_agreed(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    time: Option<&Time>,
    answer: &mut Answer,
) {
    let for_words = time.and_then(|time| time.for_words.as_deref());
    if !is_series(obligation, answer) {
        return;
    }
    let Some((end, source)) = agreed_end(of, obligation, for_words) else {
        return;
    };
    let before = answer.dates.len();
    let last = |dates: &Dates| dates.due.or(dates.opens);
    answer.dates.retain(|dates| {
        last(dates).is_none_or(|last| last <= end)
            || matter::is_finished(of, obligation, time, before > 1, dates)
    });
    let is_cut = answer.dates.len() < before;
    match answer.dates.last_mut() {
        Some(last) if is_cut => last.steps.push(agreed_to_end(end, source)),
        // One that ended before its first day waits for nothing more.
        None if end < of.known().question.today => answer.waiting_on.clear(),
        _ => {}
    }
}

/// The day on which all parties agreed that a series or a standing duty ends, and where that is said.
pub(super) fn agreed_end(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    for_words: Option<&str>,
) -> Option<(NaiveDate, Sentence)> {
    let acts = acts::of(of, &[obligation.id.as_str()], for_words);
    let ended = acts.into_iter().rev().find(|act| {
        matches!(act.kind, EntryKind::Ended | EntryKind::Renewed) && !act.is_of_an_agreement
    });
    let ended = ended.filter(|act| act.kind == EntryKind::Ended)?;
    Some((ended.on?, ended.source))
}

/// That all parties agreed on its end.
pub(super) fn agreed_to_end(end: NaiveDate, source: Sentence) -> Step {
    Step {
        text: Sentence::in_each(|language| {
            let end = language.weekday_and_day(end);
            match language {
                English => format!("all parties agreed that it ends on {end}"),
                Spanish => format!("todas las partes acordaron que termina el {end}"),
            }
        }),
        date: Some(end),
        source,
    }
}

/// Whether it is due once in each of the periods that run from its anchor.
fn runs_from_its_anchor(phrase: &Phrase) -> bool {
    matches!(&phrase.tree.limit, Limit::Recurs(series) if matches!(series.every, Every::Within(_)))
}

fn shorten(dates: &mut Dates, end: NaiveDate, is_series: bool) {
    let begins = dates.opens.or(dates.begins);
    // A last day inside the agreement's time may move beyond it, as that of any limit may.
    let last = dates.nominal.or(dates.due);
    if last.is_some_and(|last| last <= end)
        || (last.is_none() && is_series)
        || begins.is_some_and(|begins| begins > end)
    {
        return;
    }
    // It has been spoken of under the day that its words give.
    dates.called = dates.name();
    dates.due = Some(end);
    dates.nominal = Some(end);
    dates.grace = None;
    // A reading by which it would last longer gives the same end.
    dates
        .other_readings
        .retain(|other| other.date.is_none_or(|day| day < end));
    let what = if is_series {
        EndsWithIt::Series
    } else {
        EndsWithIt::Term
    };
    dates.steps.push(ends_with_the_agreement(end, what));
}

/// What ends with its agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EndsWithIt {
    Series,
    Term,
    Duty,
}

/// That something ends with its agreement.
pub(super) fn ends_with_the_agreement(end: NaiveDate, what: EndsWithIt) -> Step {
    Step {
        text: Sentence::in_each(|language| {
            let end = language.weekday_and_day(end);
            match language {
                English => {
                    let what = match what {
                        EndsWithIt::Series => "series",
                        EndsWithIt::Term => "term",
                        EndsWithIt::Duty => "duty",
                    };
                    format!("the agreement itself ends on {end}, and the {what} with it")
                }
                Spanish => {
                    let what = match what {
                        EndsWithIt::Series => "la serie",
                        EndsWithIt::Term => "el período",
                        EndsWithIt::Duty => "la obligación",
                    };
                    format!("el propio acuerdo termina el {end}, y con él {what}")
                }
            }
        }),
        date: Some(end),
        source: Sentence::written(&[
            "nothing says that it outlives its agreement",
            "nada indica que perdure más allá de su acuerdo",
        ]),
    }
}

fn day(facts: &dyn Facts, event: &str) -> Option<NaiveDate> {
    match facts.day(&own(event)) {
        Fact::Known { day, .. } | Fact::Expected { day, .. } => Some(day),
        Fact::Unknown => None,
    }
}

/// The day that a `when` names.
fn last_day(
    known: &Known<'_>,
    when: &When,
    agreement: &Agreement,
    facts: &dyn Facts,
) -> Option<NaiveDate> {
    match when {
        When::On(day, _) => Some(*day),
        When::Phrase(phrase) => {
            let question = deadline::Question {
                facts,
                counting: &agreement.counting,
                from: known.question.tracked_from(agreement, None),
                until: known.question.until,
                first: None,
                ending: Ending::Stays,
            };
            deadline::evaluate(&phrase.tree, &question)
                .dates
                .first()
                .and_then(|dates| dates.nominal.or(dates.due))
        }
    }
}
