//! `why`: how an obligation's date was reached, step by step.

mod recorded;
mod window;

use recorded::recorded;
pub(super) use recorded::skipped_and_reported;

use super::{Context, Format, Outcome, faults, find, json, parse_day};
use crate::agreement::{Agreement, Obligation};
use crate::counting::Step;
use crate::deadline::OtherReading;
use crate::error::{Error, Result};
use crate::ids::PartyId;
use crate::office::Office;
use crate::record::answers::Stands;
use crate::record::entering;
use crate::schedule::{self, NotKept, Occurrence, OccurrenceKind, Question, RenewalAct, State};
use crate::words;
use chrono::NaiveDate;
use std::fmt::Write as _;

/// Which obligation.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// AGREEMENT/OBLIGATION, as `due` prints it
    #[arg(value_name = "AGREEMENT/OBLIGATION")]
    what: String,
    /// Which of several: its last day
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    on: Option<NaiveDate>,
    /// Which of an event that repeats, as `due` prints it in brackets
    #[arg(long = "for", value_name = "WORDS")]
    for_words: Option<String>,
}

/// What JSON says; its fields are a contract: `docs/commands.md`.
#[derive(serde::Serialize)]
struct Account<'a> {
    agreement: &'a str,
    obligation: &'a str,
    occurrence: Option<NaiveDate>,
    nominal: Option<NaiveDate>,
    due: Option<NaiveDate>,
    grace: Option<NaiveDate>,
    opens: Option<NaiveDate>,
    steps: Vec<&'a Step>,
    other_readings: &'a [OtherReading],
    words: Option<&'a str>,
}

/// Explains a date.
///
/// # Errors
/// When the office or its store cannot be read, or the name or the day is not known.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let office = context.office()?;
    let (agreement, obligation, part) = obligation(&office, &arguments.what)?;
    let today = context.clock(office.settings.zone).today();
    let record = context.record_about(&office, Some(agreement))?;
    let question = Question::new(&office, &record, today).reaching(arguments.on.unwrap_or(today));
    let schedule = schedule::schedule(&question);
    let words = arguments.for_words.as_ref();
    let occurrences: Vec<&Occurrence> = schedule
        .of_obligation(&agreement.id, &obligation.id)
        .filter(|o| words.is_none() || o.for_words.as_ref() == words)
        .collect();
    if let Some(words) = words.filter(|_| occurrences.is_empty()) {
        let of_it = schedule.of_obligation(&agreement.id, &obligation.id);
        let id = obligation.id.as_str();
        return Err(entering::case::no_such(agreement, id, words, of_it));
    }
    if occurrences.is_empty() && agreement.is_own_term(obligation) {
        return Err(faults::left_out(&office, agreement, obligation.id.as_str())
            .unwrap_or_else(|| no_end(agreement)));
    }
    let occurrence = choose(&occurrences, arguments.on, today, &arguments.what)?;
    if part == Part::Renewal {
        let account = window::account(agreement, occurrence);
        let (Some(account), Some(days)) = (account, &occurrence.renewal) else {
            return Err(no_window(agreement, occurrence));
        };
        let shown = match context.format {
            Format::Json => json(&account)?,
            Format::Text => window::text(agreement, occurrence, days),
        };
        context.output.print(&shown)?;
        return Ok(faults::of_agreement(&office, agreement, context));
    }
    match context.format {
        Format::Json => context.output.print(&json(&Account {
            agreement: agreement.id.as_str(),
            obligation: obligation.id.as_str(),
            occurrence: occurrence.occurrence,
            nominal: occurrence.nominal,
            due: occurrence.due,
            grace: occurrence.grace,
            opens: occurrence.opens,
            steps: window::all_steps(occurrence),
            other_readings: &occurrence.other_readings,
            words: obligation.timing.words(),
        })?)?,
        Format::Text => context.output.print(
            &(text(&office, agreement, obligation, occurrence, today)
                + &recorded(&office, agreement, &record, occurrence, today)),
        )?,
    }
    Ok(faults::of_obligation(
        &office, agreement, obligation, context,
    ))
}

/// What is asked about of something that is owed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Its days.
    Itself,
    /// When it is decided whether the agreement is renewed.
    Renewal,
}

fn obligation<'a>(office: &'a Office, what: &str) -> Result<(&'a Agreement, &'a Obligation, Part)> {
    let Some((agreement, id)) = what.split_once('/') else {
        return Err(Error::refused(format!(
            "`{what}` names no obligation; write AGREEMENT/OBLIGATION, as in sdr_phase_ii/follow_up_meeting"
        )));
    };
    let agreement = find::agreement(office, agreement)?;
    let known: Vec<&str> = agreement
        .obligations
        .iter()
        .chain([&*agreement.term])
        .map(|o| o.id.as_str())
        .collect();
    match (agreement.owed(id), &agreement.renewal) {
        (Some(obligation), _) => Ok((agreement, obligation, Part::Itself)),
        (None, Some(_)) if id == "renewal" => Ok((agreement, &agreement.term, Part::Renewal)),
        _ => Err(faults::left_out(office, agreement, id)
            .unwrap_or_else(|| no_such(agreement, id, &known))),
    }
}

fn no_such(agreement: &Agreement, id: &str, known: &[&str]) -> Error {
    match id {
        "renewal" => Error::refused(format!(
            "{0} has no renewal: its file, {0}.md, has no [renewal]",
            agreement.id
        )),
        _ => find::unknown(&format!("obligation in {}", agreement.id), id, known),
    }
}

fn no_end(agreement: &Agreement) -> Error {
    Error::refused(format!(
        "{0} has no end of its own: its file, {0}.md, has no `expires`",
        agreement.id
    ))
}

fn no_window(agreement: &Agreement, term: &Occurrence) -> Error {
    let what = format!("{}/renewal", agreement.id);
    Error::refused(match term.due {
        None => format!("`{what}` has no days yet: the end that it hangs on has none"),
        Some(end)
            if agreement
                .renewal
                .as_ref()
                .is_some_and(|r| r.window.is_some() || r.notice.is_some()) =>
        {
            format!(
                "`{what}` has no days for the term that ends on {end}: it is not renewed after that"
            )
        }
        Some(_) => format!(
            "`{what}` has no days: its file names neither a `window` nor a `notice`; for the end itself: sideletter why {}/expiration",
            agreement.id
        ),
    })
}

/// The one of that day; else the one that is still to be done, or the last.
fn choose<'a>(
    occurrences: &[&'a Occurrence],
    on: Option<NaiveDate>,
    today: NaiveDate,
    what: &str,
) -> Result<&'a Occurrence> {
    let last = |o: &&&Occurrence| o.due.or(o.opens).is_none_or(|day| day >= today);
    let chosen = match on {
        Some(day) => occurrences
            .iter()
            .find(|o| [o.occurrence, o.nominal, o.due].contains(&Some(day))),
        None => occurrences.iter().find(last).or(occurrences.last()),
    };
    chosen.copied().ok_or_else(|| {
        let days: Vec<String> = occurrences
            .iter()
            .filter_map(|o| o.occurrence.or(o.due))
            .map(|day| day.to_string())
            .collect();
        let known = match days.as_slice() {
            [] => "it has no dated occurrence".to_owned(),
            [.., _] if days.len() > 12 => {
                format!(
                    "there are {} from {} to {}",
                    days.len(),
                    days[0],
                    days[days.len() - 1]
                )
            }
            _ => format!("there are {}", days.join(", ")),
        };
        Error::refused(format!("`{what}` has no occurrence on that day; {known}"))
    })
}

fn text(
    office: &Office,
    agreement: &Agreement,
    obligation: &Obligation,
    o: &Occurrence,
    today: NaiveDate,
) -> String {
    let of = o.for_words.as_ref().map(|words| format!(" ({words})"));
    let mut text = format!(
        "{}{}\n{}",
        obligation.title,
        of.unwrap_or_default(),
        agreement.title
    );
    if let Some(clause) = &obligation.clause {
        let _ = write!(text, ", clause {clause}");
    }
    let owed_by: Vec<&str> = obligation
        .owed_by
        .iter()
        .map(|p| office.short_name(p))
        .collect();
    let _ = writeln!(text, "\nOwed by {}", words::list(&owed_by));
    if let Some(words) = obligation.timing.words() {
        let _ = writeln!(text, "\nThe words: \"{words}\"");
    }
    if let Some(condition) = &obligation.when {
        let _ = writeln!(text, "Owed when: {condition}");
    }
    if let Some(reading) = &obligation.reading {
        let _ = writeln!(text, "The office's reading: {reading}");
    }
    text.push('\n');
    text.push_str(&steps(&o.steps));
    let _ = writeln!(
        text,
        "{}{}",
        if o.steps.is_empty() { "" } else { "\n" },
        result(office, o, today)
    );
    text.push_str(&other_readings(&o.other_readings));
    let remarks = obligation.timing.phrase().map(|phrase| &phrase.remarks);
    for remark in remarks.into_iter().flatten() {
        let help = remark.help.as_deref().map(|help| format!("; {help}"));
        let _ = writeln!(text, "Note: {}{}", remark.message, help.unwrap_or_default());
    }
    for warning in &o.warnings {
        let _ = writeln!(text, "Note: {warning}");
    }
    if let Some(said) = skipped_and_reported(office, o) {
        let _ = writeln!(text, "Note: {said}");
    }
    if let Some(days) = &o.renewal {
        text.push('\n');
        text.push_str(&window::below(o, days));
    }
    text
}

fn steps(steps: &[Step]) -> String {
    let mut text = String::new();
    for (number, step) in (1..).zip(steps) {
        let _ = writeln!(text, "{number:>3}. {}", step.text);
        if let Some(source) = step.authority() {
            let _ = writeln!(text, "     [{source}]");
        }
    }
    text
}

fn other_readings(readings: &[OtherReading]) -> String {
    let mut text = String::new();
    for reading in readings {
        let date = reading
            .date
            .map(|day| format!(" would give {}", words::weekday_and_day(day)));
        let _ = writeln!(
            text,
            "Another reading{}: {}",
            date.unwrap_or_default(),
            reading.text
        );
        if !reading.source.is_empty() {
            let _ = writeln!(text, "     [{}]", reading.source);
        }
    }
    text
}

fn result(office: &Office, o: &Occurrence, today: NaiveDate) -> String {
    let expected = if o.projected {
        ", as far as expected now"
    } else {
        ""
    };
    let mut lines = Vec::new();
    if o.follows_from_what_is_skipped() {
        lines.push(format!(
            "Not owed: it follows from {}, which all parties agreed to skip",
            words::list(&o.skipped)
        ));
    } else if !o.waiting_on.is_empty() {
        lines.push(format!("Waits for: {}", words::list(&o.waiting_on)));
    }
    let (word, first) = match o.kind {
        OccurrenceKind::Term => ("Begins", o.opens.or(o.begins)),
        _ => ("Opens", o.opens),
    };
    if let Some(first) = first {
        lines.push(format!(
            "{word}: {}{expected}",
            words::weekday_and_day(first)
        ));
    }
    if let Some(due) = o.due {
        lines.push(format!(
            "Last day: {}{expected}",
            words::weekday_and_day(due)
        ));
    }
    if let Some(grace) = o.grace {
        lines.push(format!(
            "May still be done on: {}",
            words::weekday_and_day(grace)
        ));
    }
    if let Some(next) = o.renewed_until {
        let is_ahead = matches!(o.state, State::Running | State::Deciding | State::Scheduled);
        let notice = o.renewal.as_ref();
        let notice = notice.filter(|days| is_ahead && days.what == RenewalAct::Notice);
        let may_be_given = notice.is_some_and(|d| d.closes.is_none_or(|last| last >= today));
        let unless = if may_be_given {
            ", unless notice is given"
        } else {
            ""
        };
        let next = words::weekday_and_day(next);
        let put_off = match notice {
            Some(_) => "Goes on",
            None => "Renewed",
        };
        lines.push(format!("{put_off} through: {next}{unless}"));
    }
    if lines.is_empty() {
        lines.push(match (o.kind, o.state) {
            (OccurrenceKind::Standing, State::Standing | State::Disputed) => {
                "A standing duty: it has no date.".to_owned()
            }
            (OccurrenceKind::Standing, State::Ended) => "A standing duty: it has ended.".to_owned(),
            _ => "It has no date.".to_owned(),
        });
    }
    if o.state == State::Waived {
        lines.push("Skipped this time, by agreement".to_owned());
    }
    lines.extend(o.not_kept.iter().map(|told| not_kept(office, told)));
    lines.join("\n")
}

/// `Disputed: UPE says that it was not kept on Monday 10 March 2014 (entry 3); DHA has not answered`.
fn not_kept(office: &Office, told: &NotKept) -> String {
    let names = |parties: &[PartyId]| words::list(parties.iter().map(|p| office.short_name(p)));
    let verb = |parties: &[PartyId], one: &'static str, several: &'static str| match parties {
        [_] => one,
        _ => several,
    };
    let standing = &told.standing;
    let (by, against, silent) = (&standing.said_by, &standing.against, &standing.waits_for);
    let is_disputed = standing.stands != Stands::Confirmed;
    let mut text = if is_disputed { "Disputed: " } else { "" }.to_owned();
    if !by.is_empty() {
        let _ = write!(text, "{} {} that ", names(by), verb(by, "says", "say"));
    }
    let on = told.on.map(words::weekday_and_day);
    let on = on.map(|on| format!(" on {on}")).unwrap_or_default();
    let _ = write!(text, "it was not kept{on} (entry {})", told.entry);
    if !against.is_empty() {
        let says = verb(against, "says", "say");
        let _ = write!(text, "; {} {says} otherwise", names(against));
    }
    if !silent.is_empty() {
        let has = verb(silent, "has", "have");
        let _ = write!(text, "; {} {has} not answered", names(silent));
    }
    text
}
