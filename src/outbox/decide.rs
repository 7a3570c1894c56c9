//! Deciding: from planned messages to rows with their exact bytes.

use super::queue::Queue;
use super::{Day, Sent, SentMessage, WAITING, Why, give_up, is_to_leave};
use crate::error::Result;
use crate::ics::{self, Audience, Changes};
use crate::ids::PartyId;
use crate::mail::{self, Envelope, Templates};
use crate::reminder::letter::{self, Facts};
use crate::reminder::{Key, Part, PlannedMessage, Release};
use crate::store::Store;
use crate::store::outbox::{DecidedMessage, MessageState, PartRow, Pending};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// A planned message with its bytes, before it is decided.
#[derive(Clone, Debug)]
pub struct Draft {
    /// As it will be kept.
    pub message: DecidedMessage,
    /// Why each of its parts is sent, in the order of the parts.
    pub reasons: Vec<String>,
}

/// Writes the bytes of every planned message. A contact without a sound address is named in `no_address` and keeps
/// nobody else waiting.
///
/// # Errors
/// When a template cannot be used, or the office's own address is none.
pub fn drafts(
    day: &Day<'_>,
    plan: &[PlannedMessage<'_>],
    no_address: &mut Vec<PartyId>,
) -> Result<Vec<Draft>> {
    if plan.is_empty() {
        return Ok(Vec::new());
    }
    let templates = Templates::load(&day.office.root)?;
    let changes = Changes::of(day.record);
    let mut drafts = Vec::new();
    for message in plan {
        let party = &message.recipient.party.id;
        if !mail::is_address(&message.recipient.contact.email) {
            if !no_address.contains(party) {
                no_address.push(party.clone());
            }
            continue;
        }
        drafts.push(draft(day, &templates, &changes, message)?);
    }
    Ok(drafts)
}

fn draft(
    day: &Day<'_>,
    templates: &Templates,
    changes: &Changes,
    message: &PlannedMessage<'_>,
) -> Result<Draft> {
    let office = day.office;
    let facts = Facts {
        office,
        record: day.record,
        schedule: day.schedule,
        today: day.clock.today(),
    };
    let letter = letter::write(message, facts);
    let rendered = templates.render(&letter)?;
    let days = ics::events(
        office,
        changes,
        letter::occurrences(message),
        Audience::Letter(&message.recipient.party.id),
        message.recipient.contact.language,
    );
    let calendar = (!days.is_empty()).then(|| {
        let name = &office.settings.name;
        ics::calendar(message.recipient.contact.language, name, name, &days)
    });
    let keys: Vec<String> = message.parts.iter().map(|p| p.key.to_string()).collect();
    let written = mail::write(
        &rendered,
        calendar.as_deref(),
        &Envelope {
            from: &office.settings.mail.from,
            reply_to: office.settings.mail.reply_to.as_deref(),
            name: &message.recipient.contact.name,
            address: &message.recipient.contact.email,
            keys: &keys,
            thread: &thread(message),
            date: day.clock.now(),
        },
    )?;
    let (state, detail) = match message.recipient.release {
        Release::AtOnce => (MessageState::Queued, None),
        Release::Held => (
            MessageState::Held,
            Some("another party's contact that has not agreed to reminders"),
        ),
    };
    Ok(Draft {
        reasons: message.parts.iter().map(|p| p.reason.clone()).collect(),
        message: DecidedMessage {
            agreement: Some(message.agreement.id.clone()),
            recipient: message.recipient.contact.email.trim().to_owned(),
            party: message.recipient.party.id.clone(),
            day: day.clock.today(),
            subject: rendered.subject,
            message_id: written.message_id,
            bytes: written.bytes,
            state,
            detail: detail.map(ToOwned::to_owned),
            decided_at: day.clock.now(),
            parts: message.parts.iter().map(row).collect(),
        },
    })
}

/// Messages about one occurrence stay together in a mail program; those about several, by their agreement.
fn thread(message: &PlannedMessage<'_>) -> String {
    let things: BTreeSet<String> = message.parts.iter().map(|p| thing(&p.key)).collect();
    let agreement = message.agreement.id.to_string();
    match (things.len(), things.into_iter().next()) {
        (1, Some(thing)) => format!("{agreement}\u{1f}{thing}"),
        _ => agreement,
    }
}

fn thing(key: &Key) -> String {
    let occurrence = key.occurrence.map(|d| d.to_string()).unwrap_or_default();
    // Which worksite or case it is about; the number of an entry begins no thread of its own.
    let which = if key.stage.tells_of_an_entry() {
        ""
    } else {
        key.about.as_str()
    };
    format!("{}\u{1f}{occurrence}\u{1f}{which}", key.subject)
}

fn row(part: &Part<'_>) -> PartRow {
    PartRow {
        key: part.key.to_string(),
        agreement: part.key.agreement.clone(),
        obligation: (!part.key.subject.is_empty()).then(|| part.key.subject.clone()),
        occurrence: part.key.occurrence,
        stage: part.key.stage.to_string(),
        recipient: part.key.recipient.clone(),
        date: Some(part.key.day),
        asks: part.asks,
    }
}

/// Keeps the drafts, all in one transaction. A message that has not left and of which a later stage is decided now
/// is given up: it would tell again what the later one tells. So is what is too `late` to leave.
pub(super) fn keep(
    store: &mut dyn Store,
    drafts: Vec<Draft>,
    late: &[Pending],
    at: DateTime<Utc>,
    sent: &mut Sent,
) -> Result<()> {
    if drafts.is_empty() && late.is_empty() {
        return Ok(());
    }
    let messages: Vec<DecidedMessage> = drafts.into_iter().map(|draft| draft.message).collect();
    let renewed: BTreeSet<(String, String)> = messages
        .iter()
        .flat_map(|message| &message.parts)
        .filter_map(|part| about(&part.key))
        .collect();
    let keys: BTreeSet<&str> = messages
        .iter()
        .flat_map(|message| message.parts.iter().map(|part| part.key.as_str()))
        .collect();
    store.decide(&messages)?;
    for message in late {
        give_up(store, message, Why::TooLate, at, sent)?;
    }
    let is_late = |message: &Pending| late.iter().any(|late| late.id == message.id);
    let mut waiting = Queue::of(WAITING);
    while let Some(message) = waiting.next(store)? {
        if is_late(&message)
            || !is_to_leave(&message)
            || message.keys.iter().any(|key| keys.contains(key.as_str()))
        {
            // It was decided just now: by this run, or by another at the same time.
            continue;
        }
        let is_renewed = |key: &String| about(key).is_some_and(|about| renewed.contains(&about));
        if message.keys.iter().all(is_renewed) {
            give_up(store, &message, Why::LaterOneDecided, at, sent)?;
        }
    }
    for message in store.messages(Some(MessageState::Held))? {
        if message.decided_at == at {
            sent.held
                .push(SentMessage::new(&message, MessageState::Held));
        }
    }
    Ok(())
}

/// To whom about what.
fn about(key: &str) -> Option<(String, String)> {
    let key: Key = key.parse().ok()?;
    Some((
        key.recipient.clone(),
        format!("{}\u{1f}{}\u{1f}{}", key.agreement, thing(&key), key.about),
    ))
}
