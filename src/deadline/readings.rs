//! The other lawful readings of a phrase: each worked out whole, and told where it leads to another day.

use super::limits::Evaluation;
use super::{Answer, Dates, Kind, OtherReading, Question};
use crate::counting::{Counting, OtherRules, OwnUnit};
use crate::language::{Phrase, Tree, Wording};
use crate::words::Language::{English, Spanish};
use crate::words::{self, Sentence};
use chrono::{Months, NaiveDate};

/// How much further the days of another reading are worked out.
const FURTHER: Months = Months::new(36);

/// Works out the days of a phrase, and what its other lawful readings would give.
pub fn explain(phrase: &Phrase, question: &Question<'_>) -> Answer {
    let tree = &phrase.tree;
    let (mut answer, turned_on) = Evaluation::new(question).answer(&tree.limit);
    if answer.dates.is_empty() {
        return answer;
    }
    answer
        .warnings
        .extend(brackets_that_disagree(phrase, &answer));
    // What recurs more seldom under another reading is looked for further ahead.
    let further = Question {
        until: question
            .until
            .checked_add_months(FURTHER)
            .unwrap_or(question.until),
        ..*question
    };
    for other in readings(phrase, question.counting) {
        let (otherwise, _) = Evaluation::new(&further).answer(&other.tree.limit);
        compare(
            &mut answer,
            &otherwise,
            Beside::Next,
            &other.text,
            &other.source,
        );
    }
    let turned_on: Vec<_> = turned_on.into_iter().collect();
    for OtherRules {
        counting,
        text,
        source,
    } in question.counting.other_rules(&turned_on)
    {
        let question = Question {
            counting: &counting,
            ..*question
        };
        let (otherwise, _) = Evaluation::new(&question).answer(&tree.limit);
        compare(&mut answer, &otherwise, Beside::Nearest, &text, &source);
    }
    answer
}

/// A bracket that names a day which the words beside it do not come to, neither as their day nor on the way.
fn brackets_that_disagree(phrase: &Phrase, answer: &Answer) -> Vec<Sentence> {
    let [dates] = answer.dates.as_slice() else {
        return Vec::new();
    };
    let ends = [
        dates.opens,
        dates.due,
        dates.grace,
        dates.nominal,
        dates.begins,
    ];
    let known = |day: NaiveDate| {
        ends.contains(&Some(day)) || dates.steps.iter().any(|step| step.date == Some(day))
    };
    phrase
        .bracketed
        .iter()
        .filter(|(_, day)| !dates.projected && !known(*day))
        .map(|(text, _)| {
            let day = dates.due.or(dates.opens);
            Sentence::in_each(|language| {
                let day = day.map(|day| format!(", {}", language.day(day)));
                let day = day.unwrap_or_default();
                match language {
                    English => format!(
                        "the bracket `({text})` names another day than the words beside it come to{day}: ask which was agreed"
                    ),
                    Spanish => format!(
                        "el paréntesis `({text})` indica otro día que el que resulta del texto que lo acompaña{day}: pregunte cuál se acordó"
                    ),
                }
            })
        })
        .collect()
}

/// Which day of another reading is told beside a day of a series.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// The next one from the day on which this one begins: the words make another series.
    Next,
    /// The nearest: it is the same series, counted otherwise.
    Nearest,
}

/// A reading of the words that was not taken.
struct Reading<'a> {
    tree: &'a Tree,
    text: String,
    source: String,
}

fn readings<'a>(phrase: &'a Phrase, counting: &Counting) -> impl Iterator<Item = Reading<'a>> {
    // What a calendar settles is not open.
    let called = counting.calendar_of(OwnUnit::FiscalYear).is_some();
    let open = move |wording| wording != Wording::FiscalYearCalled || !called;
    let otherwise = phrase.otherwise.iter();
    otherwise
        .filter(move |other| open(other.wording))
        .map(|other| Reading {
            tree: &other.tree,
            text: format!(
                "{}; not taken, because {}",
                other.reading(),
                other.wording.why_not()
            ),
            source: other.wording.source().to_owned(),
        })
}

/// Adds a reading to each of the dates for which it gives another day.
fn compare(answer: &mut Answer, otherwise: &Answer, beside: Beside, text: &str, source: &str) {
    let recurs = answer.kind == Kind::Recurrence || otherwise.kind == Kind::Recurrence;
    let day = |dates: &Dates| dates.due.or(dates.opens);
    let mut before: Option<NaiveDate> = None;
    for (index, taken) in answer.dates.iter_mut().enumerate() {
        let first = taken.opens.or_else(|| before?.succ_opt()).or(taken.due);
        before = taken.due.or(before);
        let other = match (recurs, beside) {
            (false, _) => otherwise.dates.get(index),
            (true, Beside::Next) => otherwise.dates.iter().find(|other| day(other) >= first),
            (true, Beside::Nearest) => otherwise
                .dates
                .iter()
                .min_by_key(|other| day(other).zip(day(taken)).map(|(a, b)| (a - b).abs())),
        };
        let Some(other) = other else { continue };
        let told = told(taken, other, text, source, recurs && beside == Beside::Next);
        taken.other_readings.extend(told.filter(|told| {
            taken
                .other_readings
                .iter()
                .all(|known| known.date != told.date)
        }));
    }
}

/// What a reading gives in the place of some dates; nothing where that is the same.
fn told(
    taken: &Dates,
    other: &Dates,
    text: &str,
    source: &str,
    last_days_alone: bool,
) -> Option<OtherReading> {
    let (due, grace) = (other.due, other.grace);
    let opens_elsewhere = other
        .opens
        .filter(|opens| taken.opens != Some(*opens) && !last_days_alone);
    let same_end = (due, grace) == (taken.due, taken.grace);
    if same_end && opens_elsewhere.is_none() {
        return None;
    }
    let (date, more) = match (opens_elsewhere, same_end) {
        (Some(opens), true) => (Some(opens), "; it would open that day".to_owned()),
        (Some(opens), false) if due.is_some() => {
            (due, format!("; it would open on {}", words::day(opens)))
        }
        _ => (due.or(other.opens), String::new()),
    };
    Some(OtherReading {
        text: format!("{text}{more}"),
        date,
        source: source.to_owned(),
    })
}
