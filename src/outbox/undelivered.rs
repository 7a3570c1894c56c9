//! What was refused for good and is still to be looked at: a message that one of an office's own contacts never got.

use crate::agreement::Agreement;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::office::Office;
use crate::rules::not_delivered;
use crate::source::Span;
use crate::store::Store;
use crate::store::outbox::{PartRow, Refused};
use std::collections::BTreeMap;

/// The messages that were refused for good and whose address is still one of the party's, oldest first. A person settles
/// one by another address in `parties.toml`, or by `outbox retry` or `outbox cancel`.
///
/// # Errors
/// When the store cannot be read.
pub fn undelivered(office: &Office, store: &dyn Store) -> Result<Vec<Refused>> {
    let mut refused = store.refused()?;
    refused.retain(|message| {
        office.party(message.party.as_str()).is_some_and(|party| {
            let mut contacts = party.contacts.iter();
            contacts.any(|contact| contact.email.trim() == message.recipient)
        })
    });
    Ok(refused)
}

/// One finding for each obligation, or event, of which a party was not told, at the words that make it one.
pub fn findings(office: &Office, undelivered: &[Refused]) -> Vec<Diagnostic> {
    let mut found: BTreeMap<(Span, &str), Vec<i64>> = BTreeMap::new();
    for message in undelivered {
        for part in &message.parts {
            let Some(agreement) = office.agreement(part.agreement.as_str()) else {
                continue;
            };
            let at = (place(agreement, part), message.party.as_str());
            let messages = found.entry(at).or_default();
            if !messages.contains(&message.id) {
                messages.push(message.id);
            }
        }
    }
    found
        .into_iter()
        .map(|((span, party), messages)| not_delivered::fault(span, party, &messages))
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
