//! `outbox`: what was decided to be mailed, and what became of it.

mod row;

pub(super) use row::{Row, instant};

use super::{Context, Format, Outcome, json, lines};
use crate::error::{Error, Result};
use crate::mail;
use crate::office::Office;
use crate::outbox::{self, Day};
use crate::schedule::{self, Question};
use crate::store::Access;
use crate::store::outbox::{Bounce, BounceAction, MessageRow, MessageState, PartRow};
use crate::words;
use clap::Subcommand;
use std::fmt::Write as _;

/// What to do with it.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Print one message's text
    Show {
        /// Its number
        id: i64,
    },
    /// Let held messages leave with the next `remind --send`
    Release {
        /// Their numbers
        #[arg(required = true)]
        ids: Vec<i64>,
    },
    /// Keep queued messages until they are released
    Hold {
        /// Their numbers
        #[arg(required = true)]
        ids: Vec<i64>,
    },
    /// Try a message again that was given up or refused
    Retry {
        /// Its number
        id: i64,
    },
    /// Give a message up that has not left, or settle one that was refused
    Cancel {
        /// Its number
        id: i64,
    },
}

/// Lists the messages, shows one, or moves some along.
///
/// # Errors
/// When the store cannot be read or written, or a message is not in a state in which that can be done.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let office = context.office()?;
    match &arguments.action {
        None => list(&office, context)?,
        Some(Action::Show { id }) => show(&office, *id, context)?,
        Some(Action::Release { ids }) => shift(&office, ids, &RELEASE, context)?,
        Some(Action::Hold { ids }) => shift(&office, ids, &HOLD, context)?,
        Some(Action::Retry { id }) => shift(&office, &[*id], &RETRY, context)?,
        Some(Action::Cancel { id }) => shift(&office, &[*id], &CANCEL, context)?,
    }
    Ok(Outcome::Fine)
}

fn list(office: &Office, context: &Context) -> Result<()> {
    let store = context.store(office, Access::Read)?;
    let messages = store.messages(None)?;
    let mut parts = Vec::new();
    for message in &messages {
        parts.push(store.parts(message.id)?);
    }
    match context.format {
        Format::Json => {
            let rows: Vec<Row> = messages
                .iter()
                .zip(&parts)
                .map(|(message, parts)| Row::kept(message, parts))
                .collect();
            context.output.print(&json(&rows)?)
        }
        Format::Text if messages.is_empty() => context
            .output
            .print("No message was decided yet. What would be: sideletter remind\n"),
        Format::Text => {
            let mut table = super::table();
            for (message, parts) in messages.iter().zip(&parts) {
                let stages: Vec<&str> = parts.iter().map(|p| p.stage.as_str()).collect();
                table.add_row([
                    message.id.to_string(),
                    state(message),
                    message.day.to_string(),
                    office.short_name(&message.party).to_owned(),
                    message.recipient.clone(),
                    stages.join(", "),
                    message.subject.clone(),
                ]);
            }
            context.output.print(&lines(&table))
        }
    }
}

fn show(office: &Office, id: i64, context: &Context) -> Result<()> {
    let store = context.store(office, Access::Read)?;
    let message = store.message(id)?.ok_or_else(|| no_message(id))?;
    let parts = store.parts(id)?;
    let bounces = store.bounces(Some(id))?;
    if context.format == Format::Json {
        return context.output.print(&json(&Row::kept(&message, &parts))?);
    }
    let mut text = format!(
        "To: {}\nSubject: {}\nState: {}{}\nDecided: {}\nMessage-ID: {}\n",
        message.recipient,
        message.subject,
        state(&message),
        message
            .detail
            .as_deref()
            .map(|detail| format!(" ({detail})"))
            .unwrap_or_default(),
        instant(message.decided_at),
        message.message_id
    );
    if message.tries > 0 {
        let _ = writeln!(text, "{}", tries(&message));
    }
    for bounce in &bounces {
        let _ = writeln!(text, "{}", reported(bounce));
    }
    for part in &parts {
        let _ = writeln!(text, "Carries: {}, {}", shown_part(part), part.stage);
    }
    text.push('\n');
    text.push_str(&mail::text_of(&message.bytes));
    context.output.print(&text)
}

/// The state, and whether the message may have come twice.
fn state(message: &MessageRow) -> String {
    let mut state = message.state.as_str().to_owned();
    if message.state == MessageState::Sent && message.unanswered > 0 {
        state.push_str(", perhaps twice");
    }
    state
}

/// How often it was tried, and when it is tried again.
fn tries(message: &MessageRow) -> String {
    let mut text = format!("Tried: {}", message.tries);
    if message.unanswered > 0 {
        let _ = write!(text, ", of which {} without an answer", message.unanswered);
    }
    if let Some(next) = message.next_at {
        let _ = write!(text, "; again from {}", instant(next));
    }
    text
}

/// What a mail system reported of a message that it had taken, and when that was read.
fn reported(bounce: &Bounce) -> String {
    let what = match bounce.action {
        BounceAction::Delayed => "late, and still tried",
        BounceAction::GivenUp => "tried long enough, and given up",
        BounceAction::Refused => "refused for good",
    };
    let why = bounce.words();
    let why = if why.is_empty() {
        why
    } else {
        format!(" ({why})")
    };
    format!("Reported: {}: {what}{why}", instant(bounce.at))
}

/// `sdr_phase_ii/follow_up_meeting`, and which of several.
pub(super) fn shown_part(part: &PartRow) -> String {
    if part.agreement.as_str().is_empty() {
        return "all agreements".to_owned();
    }
    let mut text = part.agreement.to_string();
    if let Some(obligation) = &part.obligation {
        text.push('/');
        text.push_str(obligation);
    }
    if let Some(occurrence) = part.occurrence {
        let _ = write!(text, " of {occurrence}");
    }
    text
}

/// A step that a person takes with a message: from which states, to which.
struct Shift {
    word: &'static str,
    from: &'static [MessageState],
    to: MessageState,
    done: &'static str,
}

const RELEASE: Shift = Shift {
    word: "released",
    from: &[MessageState::Held],
    to: MessageState::Queued,
    done: "released; they leave with: sideletter remind --send",
};
const HOLD: Shift = Shift {
    word: "held",
    from: &[
        MessageState::Queued,
        MessageState::Deferred,
        MessageState::Unknown,
    ],
    to: MessageState::Held,
    done: "held",
};
const RETRY: Shift = Shift {
    word: "tried again",
    from: &[
        MessageState::Deferred,
        MessageState::Unknown,
        MessageState::Rejected,
        MessageState::GaveUp,
        MessageState::Cancelled,
    ],
    to: MessageState::Queued,
    done: "queued again; it leaves with: sideletter remind --send",
};
const CANCEL: Shift = Shift {
    word: "cancelled",
    from: &[
        MessageState::Queued,
        MessageState::Deferred,
        MessageState::Held,
        MessageState::Unknown,
        MessageState::Rejected,
        MessageState::GaveUp,
    ],
    to: MessageState::Cancelled,
    done: "cancelled; what it says is not written about again at this stage",
};

/// Moves messages along, all or none.
fn shift(office: &Office, ids: &[i64], step: &Shift, context: &Context) -> Result<()> {
    let clock = context.clock(office.settings.zone);
    let mut store = context.store(office, Access::Write)?;
    let mut messages = Vec::new();
    for id in ids {
        let message = store.message(*id)?.ok_or_else(|| no_message(*id))?;
        if !step.from.contains(&message.state) {
            return Err(Error::refused(format!(
                "message {id} is {} and cannot be {}{}",
                message.state.as_str(),
                step.word,
                why_not(message.state)
            )));
        }
        messages.push(message);
    }
    if step.to == MessageState::Queued {
        let record = store.record()?;
        let day = Day {
            office,
            record: &record,
            schedule: &schedule::schedule(&Question::new(office, &record, clock.today())),
            clock: &clock,
        };
        for message in &messages {
            if let Some(why) = outbox::would_not_leave(&day, store.as_ref(), message)? {
                return Err(Error::refused(format!(
                    "message {} is {} and would not leave: {why}",
                    message.id,
                    message.state.as_str()
                )));
            }
        }
    }
    let messages: Vec<_> = messages.iter().map(|of| (of.id, of.state)).collect();
    if !store.shift(&messages, step.to, Some(outbox::BY_HAND), clock.now())? {
        return Err(Error::refused(
            "a run has taken one of them meanwhile, so nothing was changed; see: sideletter outbox",
        ));
    }
    context.output.print(&format!(
        "{} {}\n",
        words::count(ids.len(), "message"),
        step.done
    ))
}

/// What to know of a state in which little can be done.
fn why_not(state: MessageState) -> &'static str {
    match state {
        MessageState::Sending => {
            ": a run has it in hand; if that was killed, the next `remind --send` finds out and says what became of it"
        }
        MessageState::Sent => ": it has left",
        MessageState::Held => ": release it, or cancel it",
        _ => "",
    }
}

fn no_message(id: i64) -> Error {
    Error::refused(format!("there is no message {id}; see: sideletter outbox"))
}
