//! What became of messages that somebody has to look at.

use super::{Context, Line};
use crate::error::Result;
use crate::office::Office;
use crate::outbox;
use crate::store::Store;
use crate::store::outbox::MessageState;
use crate::store::refusal::Failure;
use crate::words;
use std::collections::BTreeMap;

/// How many messages a line names.
const NAMED: usize = 10;

pub(super) fn all(office: &Office, store: &dyn Store, context: &Context) -> Result<Vec<Line>> {
    let program = &context.program;
    let mut found = Vec::new();
    let undelivered = outbox::undelivered(office, store)?;
    let mut addresses: BTreeMap<(&str, &str), Vec<i64>> = BTreeMap::new();
    let mut alone: BTreeMap<(&str, &str), Vec<i64>> = BTreeMap::new();
    for message in &undelivered {
        let party = message.party.as_str();
        let ids = match message.failure {
            Failure::Address => addresses.entry((party, message.recipient.as_str())),
            Failure::Message => alone.entry((party, "refused for good, but not for the address")),
            Failure::Time => alone.entry((party, "given up, because each try was put off")),
        };
        ids.or_default().push(message.id);
    }
    for ((party, address), ids) in addresses {
        let first = ids.first().copied().unwrap_or_default();
        found.push(
            Line::fault(
                "address",
                format!(
                    "`{party}` was not told: {address} has refused {} for good",
                    numbers(&ids)
                ),
            )
            .remedy(format!(
                "correct it in parties.toml, or send once more: {program} outbox retry {first}; see why: {program} outbox show {first}"
            )),
        );
    }
    if undelivered.iter().all(|m| m.failure == Failure::Time) {
        found.push(Line::ok(
            "addresses",
            "none that is used has refused a message",
        ));
    }
    for ((party, became), ids) in alone {
        let first = ids.first().copied().unwrap_or_default();
        let said = format!("`{party}` was not told: {} {became}", numbers(&ids));
        found.push(Line::fault("message", said).remedy(format!(
            "see why: {program} outbox show {first}; tell the party by hand and {program} outbox cancel {first}, or {program} outbox retry {first}"
        )));
    }
    let mut any = false;
    for (state, what, remedy) in [
        (
            MessageState::Unknown,
            "in doubt: nobody knows whether it arrived",
            "ask whether it came; then `outbox retry` or `outbox cancel`",
        ),
        (
            MessageState::GaveUp,
            "given up: it never arrived",
            "tell the party by hand, or `outbox retry`; `outbox cancel` says that it is settled",
        ),
        (
            MessageState::Held,
            "held until a person releases it",
            "read it with `outbox show`; then `outbox release` or `outbox cancel`",
        ),
    ] {
        let mut ids: Vec<i64> = Vec::new();
        for message in store.messages(Some(state))? {
            // One that is sent once more needs nobody, and one that stands above needs no second line.
            if message.next_at.is_some() {
                continue;
            }
            any = true;
            let stands_above = undelivered.iter().any(|above| above.id == message.id);
            if !stands_above {
                ids.push(message.id);
            }
        }
        if !ids.is_empty() {
            let said = format!("{} {what}", numbers(&ids));
            found.push(Line::warning("messages", said).remedy(remedy));
        }
    }
    if !any {
        found.push(Line::ok("messages", "none in doubt, given up or held"));
    }
    Ok(found)
}

/// `message 7`, `messages 7, 8 and 3 more`.
fn numbers(ids: &[i64]) -> String {
    let mut named: Vec<String> = ids.iter().take(NAMED).map(ToString::to_string).collect();
    if let Some(more) = ids.len().checked_sub(NAMED).filter(|more| *more > 0) {
        named.push(format!("{more} more"));
    }
    let noun = if ids.len() == 1 {
        "message"
    } else {
        "messages"
    };
    format!("{noun} {}", words::list(named))
}
