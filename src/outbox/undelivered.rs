//! What did not arrive and is still to be looked at: a message that one of an office's own contacts never got. Findings, `due`,
//! `doctor` and the mail about it all begin here.

use super::decide::{About, about};
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
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// The messages that did not arrive and whose address is still one of the party's, oldest first. A person settles one by another address in `parties.toml`, or by `outbox retry` or `outbox cancel`; so does a later message about the same that gets through.
///
/// # Errors
/// When the store cannot be read.
pub fn undelivered(office: &Office, store: &dyn Store) -> Result<Vec<NotDelivered>> {
    let (mut found, _) = not_delivered(office, store)?;
    leave_out_what_was_told_since(&mut found, store)?;
    Ok(found)
}

/// The messages that did not arrive: those to an address that is still one of the party's, and those to one that is so no more.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn not_delivered(
    office: &Office,
    store: &dyn Store,
) -> Result<(Vec<NotDelivered>, Vec<NotDelivered>)> {
    let mailboxes = Mailboxes::of(office);
    let is_its_own = |of: &NotDelivered| mailboxes.at(&of.party, &of.recipient).is_some();
    let found = store.not_delivered()?.into_iter();
    Ok(found.partition(is_its_own))
}

/// Leaves out what a later message has told the same recipient, which left once the failure was known.
fn leave_out_what_was_told_since(found: &mut Vec<NotDelivered>, store: &dyn Store) -> Result<()> {
    let told = found.iter().flat_map(|message| &message.parts);
    let told: BTreeSet<About> = told.filter_map(|part| about(&part.key)).collect();
    if told.is_empty() {
        return Ok(());
    }
    let mut last_sent: BTreeMap<About, DateTime<Utc>> = BTreeMap::new();
    for sent in store.sent_keys()? {
        if let Some(about) = about(&sent.key).filter(|about| told.contains(about)) {
            let last = last_sent.entry(about).or_insert(sent.at);
            *last = sent.at.max(*last);
        }
    }
    for message in found.iter_mut() {
        let since = message.at;
        message.parts.retain(|part| {
            let sent = about(&part.key).and_then(|about| last_sent.get(&about));
            sent.is_none_or(|at| *at <= since)
        });
    }
    found.retain(|message| !message.parts.is_empty());
    Ok(())
}

/// What a party's other contacts, or the office, are told of, by address and agreement: `undelivered` are the messages that did
/// not arrive at an address that is still one of the party's.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn failures(
    office: &Office,
    mut undelivered: Vec<NotDelivered>,
    store: &dyn Store,
) -> Result<Failures> {
    leave_out_what_was_told_since(&mut undelivered, store)?;
    let not_told = undelivered.iter().flat_map(|message| {
        let keys = message
            .parts
            .iter()
            .filter_map(|part| part.key.parse().ok());
        keys.map(|key| NotTold {
            key,
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
