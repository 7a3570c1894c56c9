//! The events without a day on which something hangs, and whether anybody is asked for it.

use super::AwaitedEvent;
use crate::agreement::{Agreement, Obligation};
use crate::ids::EventId;
use crate::language::Trigger;
use crate::office::Office;

/// The events of `agreement` that its obligations wait for, in the order in which they are first named.
pub(super) fn events(
    office: &Office,
    agreement: &Agreement,
    waits: &[(Trigger, &Obligation)],
) -> Vec<AwaitedEvent> {
    let mut awaited: Vec<AwaitedEvent> = Vec::new();
    for (trigger, obligation) in waits {
        // Another obligation has its own reminders; another agreement's event is asked for there.
        let Trigger::Event {
            agreement: None,
            event,
        } = trigger
        else {
            continue;
        };
        // Nothing is asked about an event on which only conditions hang.
        let asks = obligation.when.is_none();
        if let Some(known) = awaited.iter_mut().find(|a| a.event == *event) {
            if !known.hanging.contains(&obligation.id) {
                known.hanging.push(obligation.id.clone());
            }
            known.to_ask |= asks && may_be_asked(agreement, event);
            continue;
        }
        awaited.push(AwaitedEvent {
            agreement: agreement.id.clone(),
            event: event.clone(),
            title: title(agreement, event),
            asked: asked(office, agreement, event),
            hanging: vec![obligation.id.clone()],
            to_ask: asks && may_be_asked(agreement, event),
        });
    }
    awaited
}

/// An event that repeats is asked for only of those who are named to tell it.
fn may_be_asked(agreement: &Agreement, event: &EventId) -> bool {
    agreement
        .event(event.as_str())
        .is_none_or(|e| !e.repeats || !e.told_by.is_empty())
}

fn asked(office: &Office, agreement: &Agreement, event: &EventId) -> Vec<crate::ids::PartyId> {
    let named = agreement
        .event(event.as_str())
        .map(|e| e.told_by.clone())
        .unwrap_or_default();
    let all = if named.is_empty() {
        agreement.parties.clone()
    } else {
        named
    };
    all.into_iter()
        .filter(|party| office.party(party.as_str()).is_some())
        .collect()
}

fn title(agreement: &Agreement, event: &EventId) -> String {
    if let Some(declared) = agreement.event(event.as_str()) {
        return declared.title.clone();
    }
    match event.as_str() {
        "signing" => "Signing of the agreement".to_owned(),
        "effective" => "The day on which the agreement takes effect".to_owned(),
        "expiration" => "The end of the agreement".to_owned(),
        "ratification" => "Ratification of the agreement".to_owned(),
        "notice" => "Notice under the agreement".to_owned(),
        other => other.to_owned(),
    }
}
