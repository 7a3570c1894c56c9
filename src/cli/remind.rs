//! `remind`: what would be mailed now, and why; with `--send`, it is.

use super::outbox::{Row, shown_part};
use super::{Context, Format, Outcome, faults, json, lines, sent};
use crate::clock::Clock;
use crate::disagreement;
use crate::error::Result;
use crate::office::Office;
use crate::outbox::{self, Day, Decided, Draft, GivenUp, Sent, Threads};
use crate::schedule::{self, Question};
use crate::store::outbox::{MessageRow, MessageState};
use crate::store::{Access, Store};
use crate::words;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Whether to send.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Decide and deliver it
    #[arg(long)]
    send: bool,
}

/// Shows what is owed today, or sends it.
///
/// # Errors
/// When the office, its store or its mail folder cannot be read or written.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let office = context.office()?;
    let clock = context.clock(office.settings.zone);
    let outcome = if arguments.send {
        send(&office, &clock, context)?
    } else {
        show(&office, &clock, context)?
    };
    Ok(faults::tell(&office, context).and(outcome))
}

fn send(office: &Office, clock: &Clock, context: &Context) -> Result<Outcome> {
    let mut store = context.store(office, Access::Write)?;
    let sent = outbox::send(office, store.as_mut(), clock)?;
    match context.format {
        Format::Text => context
            .output
            .print(&summary(office, &sent, &context.program))?,
        Format::Json => {
            let mut rows = Vec::new();
            for message in sent.messages.iter().chain(&sent.held) {
                if let Some(row) = store.message(message.id)? {
                    rows.push(Row::kept(&row, &store.parts(row.id)?));
                }
            }
            context.output.print(&json(&rows)?)?;
        }
    }
    Ok(said(&sent, context))
}

/// What a run has sent, for people: `run` says the same.
pub(super) fn summary(office: &Office, sent: &Sent, program: &str) -> String {
    let mut text = String::new();
    let left = sent::left(sent);
    if left.is_empty() {
        let in_doubt = !sent.in_state(&[MessageState::Unknown]).is_empty();
        let is_known = sent.trouble.is_none();
        text.push_str(if sent.messages.is_empty() && sent.left == 0 && is_known {
            "Nobody was written to: nothing new is owed.\n"
        } else if in_doubt {
            "It is not known whether anybody was written to.\n"
        } else {
            "Nobody was written to.\n"
        });
    } else {
        let _ = writeln!(
            text,
            "{} {}:",
            words::count(left.len(), "message"),
            sent::went(office)
        );
        let mut table = super::table();
        for message in left {
            table.add_row([
                format!("  {}", office.short_name(&message.party)),
                message.to.clone(),
                message.subject.clone(),
            ]);
        }
        text.push_str(&lines(&table));
    }
    text.push_str(&sent::rest(office, sent));
    text.push_str(&sent::held(sent, program));
    if sent.cancelled > 0 {
        let _ = writeln!(
            text,
            "{} from before given up: what it said no longer holds.",
            words::count(sent.cancelled, "message")
        );
    }
    if sent.withdrawn > 0 {
        let _ = writeln!(
            text,
            "{} from before given up and decided anew: a part of what it said no longer holds, it was written for another day, a party has answered it since, its reader has agreed to reminders since, or it has to wait for a person now.",
            words::count(sent.withdrawn, "message")
        );
    }
    if sent.too_late > 0 {
        let _ = writeln!(
            text,
            "{} from before given up: it left too little time to answer, and what it tells is decided anew with a later day.",
            words::count(sent.too_late, "message")
        );
    }
    text
}

/// Says what keeps a run from being complete.
pub(super) fn said(sent: &Sent, context: &Context) -> Outcome {
    for party in &sent.no_address {
        context.output.complain(&format!(
            "a contact of `{party}` has no sound `email` in parties.toml and was not written to\n"
        ));
    }
    sent::said(sent, context)
}

fn show(office: &Office, clock: &Clock, context: &Context) -> Result<Outcome> {
    let store = context.store(office, Access::Read)?;
    let record = store.record()?;
    let schedule = schedule::schedule(&Question::new(office, &record, clock.today()));
    let day = Day {
        office,
        record: &record,
        schedule: &schedule,
        clock,
    };
    let (decided, given_up) = Decided::by_the_next_run(store.as_ref(), &day)?;
    let mut sent = Sent {
        gone: disagreement::gone(office, &record),
        ..Sent::default()
    };
    let mut drafts = Vec::new();
    let plan = decided.plan(&day);
    let threads = Threads::before(&plan, &record, store.as_ref())?;
    let known = (&decided.told, &threads);
    outbox::drafts(&day, known, &plan, &mut sent.no_address, |write| {
        write(&mut |mut draft| {
            // They are listed, and not shown.
            draft.message.bytes = Vec::new();
            drafts.push(draft);
            Ok(())
        })
    })?;
    let mut waiting = waiting(store.as_ref(), &day)?;
    waiting.retain(|message| {
        let is_given_up = given_up.iter().any(|of| of.message.id == message.id);
        !is_given_up && !decided.late.iter().any(|late| late.id == message.id)
    });
    match context.format {
        Format::Text => {
            let left = (given_up.as_slice(), waiting.as_slice());
            context.output.print(&text(office, left, &drafts))?;
        }
        Format::Json => {
            let mut rows = Vec::new();
            for message in &waiting {
                let parts = store.parts(message.id)?;
                rows.push(Row::kept(message, &parts).because("left from an earlier run"));
            }
            rows.extend(drafts.iter().map(Row::planned));
            context.output.print(&json(&rows)?)?;
        }
    }
    Ok(said(&sent, context))
}

/// What an earlier run decided and the next would deliver.
fn waiting(store: &dyn Store, day: &Day<'_>) -> Result<Vec<MessageRow>> {
    let owed = day.still_owed();
    let mut waiting = Vec::new();
    for message in outbox::waiting(store, day.clock)? {
        if message.state == MessageState::Sending || outbox::still_owed(&owed, &message.keys) {
            waiting.extend(store.message(message.id)?);
        }
    }
    Ok(waiting)
}

/// To whom a message goes, and about what.
fn addressed(office: &Office, message: &MessageRow) -> String {
    format!(
        "  to {} ({}): {}",
        message.recipient,
        office.short_name(&message.party),
        message.subject
    )
}

fn text(
    office: &Office,
    (given_up, waiting): (&[GivenUp], &[MessageRow]),
    drafts: &[Draft],
) -> String {
    let mut text = String::new();
    let reasons: BTreeSet<Option<&str>> = given_up.iter().map(|of| of.anew).collect();
    for reason in reasons {
        let of_it: Vec<&GivenUp> = given_up.iter().filter(|of| of.anew == reason).collect();
        let why = reason.unwrap_or("what it says no longer holds");
        let _ = writeln!(
            text,
            "{} from an earlier run would be given up, because {why}:",
            words::count(of_it.len(), "message")
        );
        for of in of_it {
            let _ = writeln!(text, "{}", addressed(office, &of.message));
        }
    }
    if waiting.is_empty() && drafts.is_empty() {
        text.push_str("Nobody would be written to: nothing new is owed.\n");
    }
    if !waiting.is_empty() {
        let _ = writeln!(
            text,
            "{} left from an earlier run:",
            words::count(waiting.len(), "message")
        );
        for message in waiting {
            let _ = writeln!(text, "{}", addressed(office, message));
        }
    }
    if !drafts.is_empty() {
        let _ = writeln!(
            text,
            "{} would be written:",
            words::count(drafts.len(), "message")
        );
    }
    for draft in drafts {
        let message = &draft.message;
        let held = match message.state {
            MessageState::Held => ", held until you release it",
            _ => "",
        };
        let _ = writeln!(
            text,
            "\n  to {} ({}){held}: {}",
            message.recipient,
            office.short_name(&message.party),
            message.subject
        );
        for (part, reason) in message.parts.iter().zip(&draft.reasons) {
            let _ = writeln!(text, "    {}: {reason}", shown_part(part));
        }
    }
    if !drafts.is_empty() || !waiting.is_empty() {
        text.push_str("\nTo write them: sideletter remind --send\n");
    }
    text
}
