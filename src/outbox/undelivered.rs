//! What did not arrive and is still to be looked at: a message that one of an office's own contacts never got. Findings, `due`,
//! `doctor` and the mail about it all begin here.

use crate::agreement::Agreement;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::mail;
use crate::office::{Mailboxes, Office};
use crate::reminder::{Failures, NotTold};
use crate::rules::not_delivered;
use crate::source::Span;
use crate::store::Store;
use crate::store::outbox::{NotDelivered, PartRow};
use crate::store::refusal::Failure;
use std::collections::BTreeMap;

/// The messages that did not arrive and whose address is still one of the party's, oldest first. A person settles one by another address in `parties.toml`, or by `outbox retry` or `outbox cancel`.
///
/// # Errors
/// When the store cannot be read.
pub fn undelivered(office: &Office, store: &dyn Store) -> Result<Vec<NotDelivered>> {
    let mut found = store.not_delivered()?;
    let mailboxes = Mailboxes::of(office);
    found.retain(|message| mailboxes.at(&message.party, &message.recipient).is_some());
    Ok(found)
}

/// The same by address and agreement: what a party's other contacts, or the office, are told of.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn failures(office: &Office, store: &dyn Store) -> Result<Failures> {
    let undelivered = undelivered(office, store)?;
    let not_told = undelivered.iter().flat_map(|message| {
        let keys = message
            .parts
            .iter()
            .filter_map(|part| part.key.parse().ok());
        keys.map(|key| NotTold {
            key,
            message: message.id,
            party: &message.party,
            why: message.failure,
        })
    });
    let answers = office.settings.mail.reply_to.as_deref();
    Ok(Failures::new(
        office,
        answers.map(mail::address_of),
        not_told,
    ))
}

/// One finding for each obligation, or event, of which a party was not told, at the words that make it one.
pub fn findings(office: &Office, undelivered: &[NotDelivered]) -> Vec<Diagnostic> {
    let mut found: BTreeMap<(Span, &str, Failure), Vec<i64>> = BTreeMap::new();
    for message in undelivered {
        for part in &message.parts {
            let Some(agreement) = office.agreement(part.agreement.as_str()) else {
                continue;
            };
            let place = place(agreement, part);
            let at = (place, message.party.as_str(), message.failure);
            let messages = found.entry(at).or_default();
            // They come one after another.
            if messages.last() != Some(&message.id) {
                messages.push(message.id);
            }
        }
    }
    found
        .into_iter()
        .map(|((span, party, why), messages)| not_delivered::fault(span, party, why, &messages))
        .collect()
}

fn place(agreement: &Agreement, part: &PartRow) -> Span {
    let id = part.obligation.as_deref().unwrap_or_default();
    let obligation = agreement.owed(id).map(|obligation| obligation.span);
    let event = || {
        agreement
            .events
            .iter()
            .find(|event| event.id.as_str() == id)
    };
    obligation
        .or_else(|| event().map(|event| event.span))
        .unwrap_or(agreement.front_matter)
}
