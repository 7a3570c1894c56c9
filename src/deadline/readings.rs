//! The other lawful readings of a phrase: each worked out whole, and told where it leads to another day.

use super::limits::Evaluation;
use super::{Answer, Dates, Kind, OtherReading, Question};
use crate::counting::OtherRules;
use crate::counting::rules::Until;
use crate::language::{Phrase, Tree, Wording};
use crate::words;
use chrono::NaiveDate;

/// Works out the days of a phrase, and what its other lawful readings would give.
pub fn explain(phrase: &Phrase, question: &Question<'_>) -> Answer {
    let tree = phrase.under(&question.counting.rules);
    let (mut answer, turned_on) = Evaluation::new(question).answer(&tree.limit);
    if answer.dates.is_empty() {
        return answer;
    }
    for other in readings(phrase, tree, question) {
        let (otherwise, _) = Evaluation::new(question).answer(&other.tree.limit);
        compare(&mut answer, &otherwise, &other.text, &other.source);
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
        compare(&mut answer, &otherwise, &text, &source);
    }
    answer
}

/// A reading of the words that was not taken.
struct Reading<'a> {
    tree: &'a Tree,
    text: String,
    source: String,
}

fn readings<'a>(phrase: &'a Phrase, taken: &Tree, question: &Question<'_>) -> Vec<Reading<'a>> {
    phrase
        .otherwise
        .iter()
        .map(|other| {
            if other.wording == Wording::Until && other.tree == *taken {
                // The agreement reads `until` as before a day: then through it is the other reading.
                return reading(
                    &phrase.tree,
                    &phrase.tree.to_string(),
                    "`counting.until` says `before`",
                    "Interpretation Act (Canada), section 27(3)",
                );
            }
            let why = match (other.wording, question.counting.rules.until) {
                (Wording::Until, Until::Through) => "`counting.until` does not say `before`",
                (wording, _) => wording.why_not(),
            };
            reading(&other.tree, &other.reading(), why, other.wording.source())
        })
        .collect()
}

fn reading<'a>(tree: &'a Tree, words: &str, why: &str, source: &str) -> Reading<'a> {
    Reading {
        tree,
        text: format!("read as `{words}`; not taken, because {why}"),
        source: source.to_owned(),
    }
}

/// Adds a reading to each of the dates for which it gives another day.
fn compare(answer: &mut Answer, otherwise: &Answer, text: &str, source: &str) {
    let recurs = answer.kind == Kind::Recurrence || otherwise.kind == Kind::Recurrence;
    let mut before: Option<NaiveDate> = None;
    for (index, taken) in answer.dates.iter_mut().enumerate() {
        let first = taken.opens.or_else(|| before?.succ_opt()).or(taken.due);
        before = taken.due.or(before);
        let other = if recurs {
            // What is next due, from the day on which this one begins.
            otherwise
                .dates
                .iter()
                .find(|other| other.due.or(other.opens) >= first)
        } else {
            otherwise.dates.get(index)
        };
        let Some(other) = other else { continue };
        let told = told(taken, other, text, source, recurs);
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
    recurs: bool,
) -> Option<OtherReading> {
    let (due, grace) = (other.due, other.grace);
    let opens_elsewhere = other
        .opens
        .filter(|opens| taken.opens != Some(*opens) && !recurs);
    let same_end = (due, grace) == (taken.due, taken.grace);
    if same_end && (opens_elsewhere.is_none() || recurs) {
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
