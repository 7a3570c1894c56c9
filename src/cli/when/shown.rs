//! The result of `when`, as people and programs see it.

use crate::counting::{Counting, Step};
use crate::deadline::{Answer, Dates, Kind, OtherReading};
use crate::diagnostic::Severity;
use crate::language::Phrase;
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
    dates: Vec<OpensAndDue>,
    waiting_on: Vec<String>,
    warnings: Vec<String>,
    steps: Vec<Step>,
    #[serde(skip)]
    other_readings: Vec<OtherReading>,
}

#[derive(Debug, serde::Serialize)]
struct OpensAndDue {
    opens: Option<NaiveDate>,
    due: Option<NaiveDate>,
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
        for warning in answer.warnings.iter().cloned().chain(counting.remarks()) {
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
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
                .map(|dates| OpensAndDue {
                    opens: dates.opens,
                    due: dates.due,
                })
                .collect(),
            waiting_on: answer.waiting_on.iter().map(ToString::to_string).collect(),
            warnings,
            steps: distinct(&answer.dates, |dates| &dates.steps),
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
        add_list(&mut text, "how", self.steps.iter().map(with_source));
        add_list(
            &mut text,
            "other readings",
            self.other_readings.iter().map(|other| {
                let day = other
                    .date
                    .map_or_else(|| "no date".to_owned(), weekday_and_day);
                format!("{day}: {} ({})", other.text, other.source)
            }),
        );
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
            lines.push((
                "waiting",
                format!("for the day of {}", list(&self.waiting_on)),
            ));
        } else if lines.is_empty() {
            let words = match self.kind {
                Kind::Recurrence => "none up to that day",
                _ => "the words name no day",
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

impl OpensAndDue {
    fn in_words(&self) -> String {
        match (self.opens, self.due) {
            (Some(opens), Some(due)) => {
                format!("{} to {}", weekday_and_day(opens), weekday_and_day(due))
            }
            (Some(opens), None) => format!("from {}", weekday_and_day(opens)),
            (None, Some(due)) => weekday_and_day(due),
            (None, None) => String::new(),
        }
    }
}

/// A step with its source, unless its words already name that.
fn with_source(step: &Step) -> String {
    if step.text.contains(&step.source) {
        step.text.clone()
    } else {
        format!("{} ({})", step.text, step.source)
    }
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
