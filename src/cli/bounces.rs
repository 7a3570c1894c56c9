//! `bounces import`: reports of failed deliveries, read and kept with the messages that they are about.

use super::{Context, Format, Outcome, json, lines};
use crate::bounce::{self, Found, Mail, Mailbox};
use crate::error::Result;
use crate::ids::PartyId;
use crate::office::Office;
use crate::store::outbox::{BounceAction, PartRow};
use crate::store::{Access, Store, refusal};
use crate::words;
use chrono::{DateTime, Utc};
use clap::Subcommand;
use std::fmt::Write as _;
use std::path::PathBuf;

/// What to do with them.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Read the mails of a file, a mailbox (mbox) or a Maildir, and keep what was reported
    Import {
        /// The file or folder; - for standard input
        file: PathBuf,
    },
}

/// How many mails that are left alone are named.
const NAMED: usize = 20;

/// What became of one mail; its fields are a contract: `docs/commands.md`.
#[derive(serde::Serialize)]
struct Row {
    place: String,
    result: Read,
    message: Option<i64>,
    to: Option<String>,
    status: Option<String>,
    said: Option<String>,
    #[serde(skip)]
    told: Option<(PartyId, Vec<PartRow>)>,
}

/// What a mail was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Read {
    Refused,
    GivenUp,
    Delayed,
    /// It was read before.
    Known,
    /// It is about no message of this office.
    Unknown,
    /// It is about another address than the message went to.
    Elsewhere,
    /// It is no report.
    Left,
}

impl From<BounceAction> for Read {
    fn from(action: BounceAction) -> Self {
        match action {
            BounceAction::Refused => Self::Refused,
            BounceAction::GivenUp => Self::GivenUp,
            BounceAction::Delayed => Self::Delayed,
        }
    }
}

/// Reads them.
///
/// # Errors
/// When the mails or the store cannot be read, or the store cannot be written; what was read by then is kept.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let Action::Import { file } = &arguments.action;
    let office = context.office()?;
    let at = context.clock(office.settings.zone).now();
    let mut mailbox = Mailbox::open(file)?;
    let mut store = context.store(&office, Access::Write)?;
    let mut rows = Vec::new();
    while let Some(found) = mailbox.next_mail()? {
        rows.push(keep(found, store.as_mut(), at)?);
    }
    match context.format {
        Format::Json => context.output.print(&json(&rows)?)?,
        Format::Text => context.output.print(&text(&office, &rows))?,
    }
    Ok(Outcome::Fine)
}

/// The first message that one of these names.
fn message_of(tokens: &[String], store: &dyn Store) -> Result<Option<i64>> {
    for token in tokens {
        if let Some(id) = store.message_of(token)? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Reads one mail and keeps what it reports.
fn keep(found: Found, store: &mut dyn Store, at: DateTime<Utc>) -> Result<Row> {
    let mut row = Row {
        place: found.place,
        result: Read::Left,
        message: None,
        to: None,
        status: None,
        said: None,
        told: None,
    };
    let Some(bytes) = found.bytes else {
        row.said = Some("longer than 10 MB".to_owned());
        return Ok(row);
    };
    let report = match bounce::read(&bytes) {
        Mail::Report(report) => report,
        Mail::Other(other) => {
            // It is for a person; what it came to says which message it answers.
            row.message = message_of(&other.tokens, store)?;
            row.said = Some(match row.message {
                Some(id) => format!("{}; it came to the sender of message {id}", other.what),
                None => other.what.to_owned(),
            });
            return Ok(row);
        }
    };
    let id = message_of(&report.tokens, store)?;
    row.status = Some(report.status.clone()).filter(|status| !status.is_empty());
    row.said.clone_from(&report.said);
    let Some(id) = id else {
        row.result = Read::Unknown;
        return Ok(row);
    };
    row.message = Some(id);
    let Some(message) = store.message(id)? else {
        row.result = Read::Unknown;
        return Ok(row);
    };
    row.to = Some(message.recipient.clone());
    let addresses = report.addresses();
    let Some(report) = report.about(&message.recipient) else {
        row.result = Read::Elsewhere;
        row.said = Some(format!(
            "about {}, and message {id} went to {}",
            words::list(addresses),
            message.recipient
        ));
        return Ok(row);
    };
    row.status = Some(report.status.clone()).filter(|status| !status.is_empty());
    row.said.clone_from(&report.said);
    let action = report.action;
    let is_new = store.keep_bounce(&report.of(id, &bytes, at))?;
    row.result = if is_new { action.into() } else { Read::Known };
    row.told = Some((message.party, store.parts(id)?));
    Ok(row)
}

fn text(office: &Office, rows: &[Row]) -> String {
    if rows.is_empty() {
        return "There is no mail.\n".to_owned();
    }
    let with = |result: Read| rows.iter().filter(move |row| row.result == result);
    let mut text = String::new();
    for (result, what) in [
        (Read::Refused, "refused for good"),
        (Read::GivenUp, "given up by the mail system that had it"),
        (Read::Delayed, "late and still tried"),
    ] {
        if with(result).next().is_none() {
            continue;
        }
        let count = words::count(with(result).count(), "message");
        let _ = writeln!(text, "{count} {what}:");
        let mut table = super::table();
        for row in with(result) {
            table.add_row(shown(office, row));
        }
        text.push_str(&lines(&table));
    }
    let known = with(Read::Known).count();
    if known > 0 {
        let _ = writeln!(text, "{} read before.", words::count(known, "report"));
    }
    for (result, what) in [
        (
            Read::Elsewhere,
            "about another address than its message went to, of which nothing is kept; if mail is passed on to there, ask the party for the right address",
        ),
        (Read::Unknown, "about no message of this office"),
        (Read::Left, "left alone"),
    ] {
        let found = with(result).count();
        if found > 0 {
            let _ = writeln!(text, "{} {what}:", words::count(found, "mail"));
        }
        for row in with(result).take(NAMED) {
            let why = match (result, &row.said) {
                (Read::Left | Read::Elsewhere, Some(said)) => format!(": it is {said}"),
                _ => String::new(),
            };
            let _ = writeln!(text, "  {}{why}", row.place);
        }
        if found > NAMED {
            let _ = writeln!(text, "  and {} more", found - NAMED);
        }
    }
    let first = with(Read::Refused).chain(with(Read::GivenUp)).next();
    if let Some((row, id)) = first.and_then(|row| Some((row, row.message?))) {
        let status = row.status.as_deref().unwrap_or_default();
        let first = if refusal::is_of_the_address(status, false) {
            "correct the address in parties.toml and "
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "What to do: {first}tell the party what it missed (sideletter outbox show {id}); or send it once more (sideletter outbox retry {id})."
        );
    }
    text
}

/// A message that did not arrive: its number, to whom, why, and what it told.
fn shown(office: &Office, row: &Row) -> [String; 4] {
    let why = match (&row.status, &row.said) {
        (Some(status), Some(said)) if !said.contains(status.as_str()) => format!("{status} {said}"),
        (status, said) => said.clone().or(status.clone()).unwrap_or_default(),
    };
    let (party, told) = match &row.told {
        Some((party, reminders)) => {
            let told: Vec<String> = reminders
                .iter()
                .map(|part| format!("{}, {}", super::outbox::shown_part(part), part.stage))
                .collect();
            (office.short_name(party), told.join("\n"))
        }
        None => ("", String::new()),
    };
    [
        format!("  {}", row.message.unwrap_or_default()),
        party.to_owned(),
        row.to.clone().unwrap_or_default(),
        format!("{why}\n{told}").trim().to_owned(),
    ]
}
