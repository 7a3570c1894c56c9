//! What a person lets go: whether it would leave, and what it would tell.

use super::Day;
use super::decide::Latest;
use crate::error::Result;
use crate::office::{Mailboxes, Office};
use crate::reminder::Key;
use crate::store::Store;
use crate::store::outbox::{MessageRow, MessageState, withdrawn};

/// Why a message would not leave if a person let it go: of each of its parts a later message was decided, or it holds no more.
/// `None` where something of it would leave, or where a fault in the files leaves that open.
///
/// # Errors
/// When the store cannot be read.
pub fn would_not_leave(
    day: &Day<'_>,
    store: &dyn Store,
    message: &MessageRow,
) -> Result<Option<String>> {
    let latest = Latest::of(store.decided_keys()?);
    let owed = day.still_owed();
    let parts = store.parts(message.id)?;
    let keys: Vec<&str> = parts.iter().map(|part| part.key.as_str()).collect();
    let mut later: Option<&String> = None;
    for key in &keys {
        // What was withdrawn with its message may have been decided anew under the same key.
        let told_since = latest.after(withdrawn(key).unwrap_or(key));
        if let Some(last) = told_since.filter(|last| !keys.contains(&last.as_str())) {
            later = Some(last);
            continue;
        }
        let may_leave = |key: Key| owed.holds(&key) || owed.is_unread(&key);
        if key.parse().is_ok_and(may_leave) {
            return Ok(None);
        }
    }
    let since = match later {
        Some(key) => message_of(store, message, key)?,
        None => None,
    };
    Ok(Some(match since {
        Some(since) if since.state == MessageState::Sent => {
            format!("message {} has said it since", since.id)
        }
        Some(since) => format!(
            "message {id}, which is {state}, says it now; see: sideletter outbox show {id}",
            id = since.id,
            state = since.state.as_str()
        ),
        None if is_of_nobody(day.office, message) => format!(
            "{} is no address of {} any more; its contacts are told of what still holds",
            message.recipient,
            day.office.short_name(&message.party)
        ),
        None => "what it says no longer holds".to_owned(),
    }))
}

/// Whether the party that a message was for has another address since.
fn is_of_nobody(office: &Office, message: &MessageRow) -> bool {
    let mailboxes = Mailboxes::of(office);
    mailboxes.at(&message.party, &message.recipient).is_none()
}

/// The message that carries a key, of those about the same as another.
fn message_of(store: &dyn Store, like: &MessageRow, key: &str) -> Result<Option<MessageRow>> {
    let about = match &like.agreement {
        Some(agreement) => store.messages_about(agreement)?,
        None => store.messages(None)?,
    };
    for message in about.into_iter().rev() {
        if store.parts(message.id)?.iter().any(|part| part.key == key) {
            return Ok(Some(message));
        }
    }
    Ok(None)
}
