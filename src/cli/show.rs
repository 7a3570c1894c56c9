//! `show`: an agreement's text, with each obligation's date and state at its words.

use super::due::{self, Listed, Row};
use super::{Context, Format, Outcome, faults, find, json};
use crate::agreement::{Agreement, body};
use crate::coming;
use crate::error::Result;
use crate::ids::PartyId;
use crate::office::Office;
use crate::schedule::{self, Question};
use crate::words::{self, Language};
use chrono::NaiveDate;
use std::fmt::Write as _;
use std::ops::Range;

/// Which agreement.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The agreement, by its id
    #[arg(value_name = "AGREEMENT")]
    agreement: String,
}

/// What JSON says; its fields are a contract: `docs/commands.md`.
#[derive(serde::Serialize)]
struct Account<'a> {
    agreement: &'a str,
    title: &'a str,
    parties: &'a [PartyId],
    text: &'a str,
    occurrences: Vec<Row<'a>>,
}

/// Shows it.
///
/// # Errors
/// When the office or its store cannot be read, or the agreement is not known.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let office = context.office()?;
    let agreement = find::agreement(&office, &arguments.agreement)?;
    let today = context.clock(office.settings.zone).today();
    let record = context.record(&office)?;
    let schedule = schedule::schedule(&Question::new(&office, &record, today));
    let rows: Vec<Listed<'_>> = due::listed(&office, &schedule.occurrences)
        .into_iter()
        .filter(|(o, _)| o.agreement == agreement.id)
        .collect();
    context.output.print(&match context.format {
        Format::Json => json(&Account {
            agreement: agreement.id.as_str(),
            title: &agreement.title,
            parties: &agreement.parties,
            text: text(&office, agreement),
            occurrences: rows.iter().map(|(o, b)| due::row(o, b, today)).collect(),
        })?,
        Format::Text => shown(&office, agreement, &rows, today),
    })?;
    Ok(faults::of_agreement(&office, agreement, context))
}

fn text<'a>(office: &'a Office, agreement: &Agreement) -> &'a str {
    let file = &office.sources.get(agreement.body.file).text;
    file.get(agreement.body.range()).unwrap_or_default()
}

/// Its head, its text, and what no words of it are marked for.
fn shown(office: &Office, agreement: &Agreement, rows: &[Listed<'_>], today: NaiveDate) -> String {
    let text = text(office, agreement);
    let marks = body::marks(text, |id| agreement.obligation(id).is_some());
    let parties = words::list(agreement.parties.iter().map(|p| office.short_name(p)));
    let mut shown = format!(
        "{}\nbetween {parties}; as of {}\n\n",
        agreement.title,
        words::weekday_and_day(today)
    );

    let mut pieces: Vec<(Range<usize>, String)> = marks
        .iter()
        .map(|mark| {
            (
                mark.range.clone(),
                at_its_words(agreement, mark.obligation.as_str(), rows, today),
            )
        })
        .collect();
    pieces.extend(
        body::comments(text)
            .into_iter()
            .map(|range| (range, String::new())),
    );
    pieces.sort_by_key(|(range, _)| range.start);
    // The empty lines between the front matter and the first words.
    let mut from = text.len() - text.trim_start_matches(['\r', '\n']).len();
    for (range, words) in pieces {
        shown.push_str(text.get(from..range.start).unwrap_or_default());
        shown.push_str(&words);
        from = from.max(range.end);
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    let mut shown = shown.trim_end().to_owned();
    shown.push('\n');

    let unmarked: Vec<Listed<'_>> = rows
        .iter()
        .copied()
        .filter(|(o, _)| !marks.iter().any(|mark| mark.obligation == o.obligation))
        .collect();
    if !unmarked.is_empty() {
        let _ = write!(
            shown,
            "\nWithout words of their own in the text\n\n{}",
            due::text(office, &unmarked, &[], today)
        );
    }
    shown
}

/// `[Follow-up meeting: 2026-12-16, in 23 days; open]`, and whether another day is claimed.
fn at_its_words(agreement: &Agreement, id: &str, rows: &[Listed<'_>], today: NaiveDate) -> String {
    let Some(obligation) = agreement.obligation(id) else {
        return format!("[{id}]");
    };
    let of_it: Vec<&Listed<'_>> = rows
        .iter()
        .filter(|(o, _)| o.obligation == obligation.id)
        .collect();
    // Of a series the one that somebody has to look at now, else the one that was last.
    let current = of_it
        .iter()
        .find(|(o, b)| due::is_unfinished(o, b, NaiveDate::MAX))
        .or(of_it.last());
    let Some((o, _)) = current else {
        return format!("[{}]", obligation.title);
    };
    let others = match of_it.len() - 1 {
        0 => String::new(),
        n => format!("; {n} more"),
    };
    let state = o.state.as_str().replace('_', " ");
    let claimed = o.two_days_claimed().map(|claimed| format!("; {claimed}"));
    let claimed = claimed.unwrap_or_default();
    let mut coming = String::new();
    for change in coming::of(o, |_| true) {
        let words = coming::in_words(Language::English, change);
        // Writing to a string cannot fail.
        let _ = write!(coming, "; {words}");
    }
    format!(
        "[{}: {}; {state}{coming}{claimed}{others}]",
        obligation.title,
        due::when(o, today)
    )
}
