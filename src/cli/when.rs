//! `when`: a date worked out from words, without a file.

mod given;
mod shown;

use super::{Context, Format, Outcome, json, parse_day};
use crate::deadline::{self, Question};
use crate::diagnostic::{Diagnostic, Severity, drawing, fault};
use crate::error::Result;
use crate::language::{self, Refusal};
use crate::office::Settings;
use crate::rules::{contradictory_limits, period_not_listed};
use crate::source::{Source, Sources, Span};
use chrono::NaiveDate;
pub(super) use given::counting;
use given::{EventGiven, Given};
use shown::Shown;

/// What the phrase's file is called in a fault: there is none.
const NO_FILE: &str = "-";

/// Its arguments.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The time words: "no later than 30 days after implementation"
    #[arg(value_name = "PHRASE", required = true, num_args = 1..)]
    phrase: Vec<String>,

    /// An event and its day: implementation=2014-03-03. Without a day it is declared and has none yet
    #[arg(long = "event", value_name = "NAME=DATE", value_parser = given::parse_event)]
    events: Vec<EventGiven>,

    /// How the days are counted: a preset, such as `california_contract`; `plain`, if left out
    #[arg(long, value_name = "PRESET")]
    counting: Option<String>,

    /// A calendar besides those of the preset: `weekends`, `us_federal`, or one of the office's own
    #[arg(long, value_name = "CAL", value_delimiter = ',')]
    days_off: Vec<String>,

    /// The last day up to which a series is worked out, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    until: Option<NaiveDate>,
}

/// Runs it.
///
/// # Errors
/// When there is no such preset or calendar, or an event is given twice.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let settings = Settings::fresh();
    let today = context.clock(settings.zone).today();
    let words = arguments.phrase.join(" ");
    let counting = counting(
        arguments.counting.as_deref(),
        &arguments.days_off,
        &context.root,
    )?;
    let given = Given::new(&arguments.events, &words, settings.date_order, today)?;

    let mut sources = Sources::default();
    let file = sources.add(Source {
        path: NO_FILE.to_owned(),
        text: words.clone(),
    });
    let span = Span::new(file, 0..words.len());
    let phrase = match language::parse(&words, span, given.names()) {
        Ok(phrase) => phrase,
        Err(refusals) => return refuse(&refusals, span, &sources, context),
    };
    let undefined = language::check_counting(&phrase, &counting);
    if !undefined.is_empty() {
        return refuse(&undefined, span, &sources, context);
    }
    let question = Question {
        facts: &given,
        counting: &counting,
        from: today,
        until: arguments
            .until
            .unwrap_or_else(|| given.a_year_ahead(&phrase.tree, today)),
        first: None,
        ending: deadline::Ending::MayRoll,
    };
    let answer = deadline::explain(&phrase, &question);
    if let Some(text) = &answer.not_listed {
        return refuse(&[not_listed(text, &words)], span, &sources, context);
    }
    if !answer.contradictions.is_empty() {
        let contradicted: Vec<Refusal> = answer
            .contradictions
            .iter()
            .map(|text| contradictory_limits::refusal(text, words.len()))
            .collect();
        return refuse(&contradicted, span, &sources, context);
    }
    let shown = Shown::new(&phrase, &answer, &counting);
    context.output.print(&match context.format {
        Format::Json => json(&shown)?,
        Format::Text => shown.text(),
    })?;
    Ok(Outcome::Fine)
}

/// An office's own calendar does not list what the phrase speaks of.
fn not_listed(text: &str, words: &str) -> Refusal {
    Refusal {
        rule: &period_not_listed::RULE,
        range: 0..words.len(),
        message: text.to_owned(),
        help: Some("list it in the calendar as soon as it is known".to_owned()),
    }
}

/// Prints why a phrase is refused, and nothing else.
fn refuse(
    refusals: &[Refusal],
    phrase: Span,
    sources: &Sources,
    context: &Context,
) -> Result<Outcome> {
    #[derive(serde::Serialize)]
    struct Refused<T> {
        faults: Vec<T>,
    }
    let diagnostics: Vec<Diagnostic> = refusals
        .iter()
        .map(|refusal| {
            let range = refusal.range.start.min(phrase.end)..refusal.range.end.min(phrase.end);
            let mut said = Diagnostic::new(
                refusal.rule,
                Span::new(phrase.file, range),
                refusal.message.as_str(),
            );
            // Whatever the rule usually is: a phrase that is refused gives no date.
            said.severity = Severity::Error;
            // There is no file here to declare an event in.
            said.help = (refusal.help.as_deref())
                .map(|help| help.replace("under `[events]`", "with `--event NAME=DATE`"));
            said
        })
        .collect();
    match context.format {
        Format::Json => {
            let faults = diagnostics
                .iter()
                .map(|said| fault(said, sources))
                .collect();
            context.output.print(&json(&Refused { faults })?)?;
        }
        Format::Text => {
            for said in &diagnostics {
                context.output.print_as_is(&drawing(said, sources))?;
            }
        }
    }
    Ok(Outcome::Faults)
}
