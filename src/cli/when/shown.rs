//! The result of `when`, as people and programs see it.

use crate::counting::{Counting, Step, THE_WORDS};
use crate::deadline::{Answer, Dates, Kind, OtherReading};
use crate::diagnostic::Severity;
use crate::language::{Phrase, Trigger};
use crate::words::Sentence;
use crate::words::{list, weekday_and_day};
use chrono::NaiveDate;
use std::fmt::Write;

/// The fields of `--format json`, which are a contract.
#[derive(Debug, serde::Serialize)]
pub(super) struct Shown {
    words: String,
    reading: String,
    kind: Kind,
    opens: Option<NaiveDate>,
    due: Option<NaiveDate>,
    grace: Option<NaiveDate>,
    nominal: Option<NaiveDate>,
    dates: Vec<Day>,
    waiting_on: Vec<String>,
    warnings: Vec<String>,
    steps: Vec<Step>,
    /// The steps as people read them: of a series its rule, and of its days only what the rule does not say.
    #[serde(skip)]
    told: Vec<Step>,
    #[serde(skip)]
    other_readings: Vec<OtherReading>,
}

#[derive(Debug, serde::Serialize)]
struct Day {
    opens: Option<NaiveDate>,
    due: Option<NaiveDate>,
    grace: Option<NaiveDate>,
    nominal: Option<NaiveDate>,
}

impl Shown {
    pub(super) fn new(phrase: &Phrase, answer: &Answer, counting: &Counting) -> Self {
        // A series has no one day: its days are in `dates`.
        let only = match (answer.kind, answer.dates.as_slice()) {
            (Kind::Recurrence, _) => None,
            (_, [only]) => Some(only),
            _ => None,
        };
        let mut warnings: Vec<String> = phrase
            .remarks
            .iter()
            .filter(|remark| remark.rule.severity == Severity::Warning)
            .map(|remark| match &remark.help {
                Some(help) => format!("{}; {help}", remark.message),
                None => remark.message.clone(),
            })
            .collect();
        let found = answer.warnings.iter().map(ToString::to_string);
        for warning in found.chain(counting.remarks()) {
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
        let (steps, told) = if answer.dates.is_empty() {
            let without = without_days(phrase, answer);
            (without.clone(), without)
        } else {
            (
                distinct(&answer.dates, |dates| &dates.steps),
                told(&answer.dates),
            )
        };
        Self {
            words: phrase.words.clone(),
            reading: phrase.tree.to_string(),
            kind: answer.kind,
            opens: only.and_then(|dates| dates.opens),
            due: only.and_then(|dates| dates.due),
            grace: only.and_then(|dates| dates.grace),
            nominal: only.and_then(|dates| dates.nominal),
            dates: answer
                .dates
                .iter()
                .map(|dates| Day {
                    opens: dates.opens,
                    due: dates.due,
                    grace: dates.grace,
                    nominal: dates.nominal,
                })
                .collect(),
            waiting_on: answer.waiting_on.iter().map(ToString::to_string).collect(),
            warnings,
            steps,
            told,
            other_readings: distinct(&answer.dates, |dates| &dates.other_readings),
        }
    }

    /// The result in words: the days first, then how they were reached.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (name, words) in self.lines() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{name:<10}{words}");
        }
        add_list(&mut text, "how", self.told.iter().map(with_source));
        let other_readings = together(&self.other_readings);
        add_list(&mut text, "other readings", other_readings.into_iter());
        text
    }

    fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines = Vec::new();
        let mut line = |name, day: Option<NaiveDate>| {
            lines.extend(day.map(|day| (name, weekday_and_day(day))));
        };
        line("opens", self.opens);
        line("due", self.due);
        line("grace", self.grace);
        if self.opens.is_none() && self.due.is_none() {
            lines.extend(self.dates.iter().map(|dates| ("due", dates.in_words())));
        }
        if !self.waiting_on.is_empty() {
            let (missed, days): (Vec<&String>, Vec<&String>) =
                (self.waiting_on.iter()).partition(|name| name.contains("missed"));
            if !days.is_empty() {
                lines.push(("waiting", format!("for the day of {}", list(days))));
            }
            if !missed.is_empty() {
                let words = format!("until the record shows: {}", list(missed));
                lines.push(("waiting", words));
            }
        } else if lines.is_empty() {
            let words = match self.kind {
                Kind::Recurrence => "none up to that day",
                Kind::Undated => "the words name no day",
                _ => "none that can be worked out",
            };
            lines.push(("no date", words.to_owned()));
        }
        lines.push(("read as", self.reading.clone()));
        lines.extend(
            self.warnings
                .iter()
                .map(|warning| ("warning", warning.clone())),
        );
        lines
    }
}

/// Why there is no day, or none yet.
fn without_days(phrase: &Phrase, answer: &Answer) -> Vec<Step> {
    let step = |text: String, source: &str| Step {
        text: Sentence::verbatim(text),
        date: None,
        source: Sentence::verbatim(source),
    };
    if answer.kind == Kind::Undated {
        let text = format!("`{}` names no day, so it is never past one", phrase.words);
        return vec![step(text, THE_WORDS)];
    }
    let mut steps = answer.for_the_record();
    for trigger in &answer.waiting_on {
        steps.push(match trigger {
            Trigger::Missed(_) | Trigger::AnyMissed => step(
                format!("to try a day here, add --event \"{trigger}=2026-03-01\""),
                THE_WORDS,
            ),
            trigger => step(
                format!("`{trigger}` has no day yet, and what is counted from it waits"),
                THE_WORDS,
            ),
        });
    }
    steps
}

impl Day {
    fn in_words(&self) -> String {
        let grace = self.grace.map(weekday_and_day);
        let grace = grace
            .map(|day| format!(", grace {day}"))
            .unwrap_or_default();
        let days = match (self.opens, self.due) {
            (Some(opens), Some(due)) => {
                format!("{} to {}", weekday_and_day(opens), weekday_and_day(due))
            }
            (Some(opens), None) => format!("from {}", weekday_and_day(opens)),
            (None, Some(due)) => weekday_and_day(due),
            (None, None) => String::new(),
        };
        days + &grace
    }
}

/// A step with its source, unless its words already say that.
fn with_source(step: &Step) -> String {
    match step.authority() {
        Some(source) => format!("{} ({source})", step.text),
        None => step.text.to_string(),
    }
}

/// Each reading once, with the days that it would give in a series.
fn together(all: &[OtherReading]) -> Vec<String> {
    let mut told: Vec<&OtherReading> = Vec::new();
    for other in all {
        if told.iter().all(|known| known.text != other.text) {
            told.push(other);
        }
    }
    told.iter()
        .map(|told| {
            let days: Vec<String> = all
                .iter()
                .filter(|other| other.text == told.text)
                .filter_map(|other| other.date)
                .map(weekday_and_day)
                .collect();
            let days = match days.as_slice() {
                [] => "no date".to_owned(),
                [.., last] if days.len() > MOST_DAYS => {
                    format!("{} and so on to {last}", list(days.iter().take(2)))
                }
                days => list(days),
            };
            format!("{days}: {} ({})", told.text, told.source)
        })
        .collect()
}

/// Days of another reading that are told one by one.
const MOST_DAYS: usize = 4;

/// The steps as people read them. What all days of a series share is told once; of each day then only what is more than
/// its place in the series: a count, a clamp, a roll.
fn told(dates: &[Dates]) -> Vec<Step> {
    let [first, others @ ..] = dates else {
        return Vec::new();
    };
    let shared = others.iter().fold(first.steps.len(), |shared, dates| {
        first
            .steps
            .iter()
            .zip(&dates.steps)
            .take(shared)
            .take_while(|(a, b)| a == b)
            .count()
    });
    if shared == 0 || others.is_empty() {
        return distinct(dates, |dates| &dates.steps);
    }
    let mut told: Vec<Step> = first.steps.iter().take(shared).cloned().collect();
    for dates in dates {
        let own = dates.steps.get(shared..).unwrap_or_default();
        let new: Vec<Step> = (own.iter())
            .filter(|step| !told.contains(step))
            .cloned()
            .collect();
        if new.len() > 1 {
            told.extend(new);
        }
    }
    told
}

/// Adds indented lines under a title; nothing where there are none.
fn add_list(text: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    for (index, line) in lines.enumerate() {
        if index == 0 {
            let _ = write!(text, "\n{title}:\n");
        }
        let _ = writeln!(text, "  {line}");
    }
}

/// What the dates of a series have of something, each once.
fn distinct<T: Clone + PartialEq>(dates: &[Dates], of: impl Fn(&Dates) -> &Vec<T>) -> Vec<T> {
    let mut all: Vec<T> = Vec::new();
    for item in dates.iter().flat_map(of) {
        if !all.contains(item) {
            all.push(item.clone());
        }
    }
    all
}
