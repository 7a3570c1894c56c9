//! What became of the mail of a run, for people: `remind --send` and `run` say the same.

use super::outbox::instant;
use super::{Context, Outcome, faults, lines};
use crate::office::{Office, Transport};
use crate::outbox::{HELD_AS_MOVED, Sent, SentMessage};
use crate::store::outbox::MessageState;
use crate::words;
use std::fmt::Write as _;

/// What left.
pub(super) fn left(sent: &Sent) -> Vec<&SentMessage> {
    sent.in_state(&[MessageState::Sent])
}

/// Where mail went, as it stands behind the number of messages.
pub(super) fn went(office: &Office) -> String {
    match office.settings.mail.transport {
        Transport::Smtp(_) => "sent".to_owned(),
        Transport::Sendmail(_) => "handed to sendmail".to_owned(),
        Transport::Maildir | Transport::Faulty => {
            format!("written, into {}/new", office.settings.mail.outbox)
        }
    }
}

/// What did not leave, each with the reason.
pub(super) fn rest(office: &Office, sent: &Sent) -> String {
    let mut text = String::new();
    for (state, what) in [
        (MessageState::Deferred, "put off by the relay"),
        (
            MessageState::Unknown,
            "in doubt, because no answer came; nobody knows whether they arrived",
        ),
        (MessageState::Rejected, "refused for good"),
        (MessageState::GaveUp, "given up"),
    ] {
        let messages = sent.in_state(&[state]);
        if messages.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{} {what}:", words::count(messages.len(), "message"));
        let mut table = super::table();
        for message in messages {
            let again = message
                .next_at
                .map(|at| format!("tried again from {}", instant(at)));
            table.add_row([
                format!("  {}", message.id),
                office.short_name(&message.party).to_owned(),
                message.to.clone(),
                message.detail.clone().unwrap_or_default(),
                again.unwrap_or_default(),
            ]);
        }
        text.push_str(&lines(&table));
    }
    text
}

/// What waits for a person, with the command that lets it go.
pub(super) fn held(sent: &Sent, program: &str) -> String {
    let is_moved = |message: &&SentMessage| message.detail.as_deref() == Some(HELD_AS_MOVED);
    let (moved, others): (Vec<_>, Vec<_>) = sent.held.iter().partition(is_moved);
    let mut text = String::new();
    if !others.is_empty() {
        let _ = writeln!(
            text,
            "{} held for you to release: the contact of another party has not agreed to reminders. See: {program} outbox",
            words::count(others.len(), "message")
        );
    }
    if let Some(first) = moved.first() {
        let ids: Vec<String> = moved.iter().map(|message| message.id.to_string()).collect();
        let _ = writeln!(
            text,
            "{} held: {HELD_AS_MOVED}. See whether they are meant: {program} outbox show {}; then let them go: {program} outbox release {}",
            words::count(moved.len(), "message"),
            first.id,
            ids.join(" ")
        );
    }
    text
}

/// Says what keeps the mail from being complete, without an address and without the relay's words.
pub(super) fn said(sent: &Sent, context: &Context) -> Outcome {
    let mut outcome = if sent.is_incomplete() {
        Outcome::MailLeft
    } else {
        Outcome::Fine
    };
    let left = words::count(sent.left, "message");
    if let Some(trouble) = &sent.trouble {
        context
            .output
            .complain(&format!("mail does not leave: {}\n", trouble.what));
        if sent.left > 0 {
            context
                .output
                .complain(&format!("{left} left for the next run\n"));
        }
        let lasting = if trouble.lasting {
            Outcome::Failed
        } else {
            Outcome::MailLeft
        };
        outcome = outcome.and(lasting);
    } else if sent.capped {
        context.output.complain(&format!(
            "{left} left for the next run: `most_per_run` under [remind] in sideletter.toml is reached; check that so many are meant, then run again\n"
        ));
    } else if sent.left > 0 {
        context.output.complain(&format!(
            "{left} left for the next run: the relay did not take as many `sessions` as [mail.smtp] says\n"
        ));
    }
    let doubt = sent.in_state(&[MessageState::Unknown]).len();
    if doubt > 0 {
        context.output.complain(&format!(
            "{} in doubt: no answer came; see: sideletter outbox\n",
            words::count(doubt, "message")
        ));
    }
    faults::tell_of_what_is_gone(&sent.gone, context);
    if sent.waiting > 0 {
        context.output.complain(&format!(
            "{} to be tried later, or in the hand of another run; see: sideletter outbox\n",
            words::count(sent.waiting, "message")
        ));
    }
    if !sent.unread.is_empty() {
        context.output.complain(&format!(
            "{} to wait until a fault in the files is mended, which leaves open whether what they say still holds; see: sideletter check\n",
            words::count(sent.unread.len(), "message")
        ));
    }
    let given_up = sent.in_state(&[MessageState::GaveUp]).len();
    if given_up > 0 {
        context.output.complain(&format!(
            "{} given up: the relay never took them; see: sideletter outbox\n",
            words::count(given_up, "message")
        ));
    }
    outcome
}
