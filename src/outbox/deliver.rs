//! Delivering: from rows to files in the Maildir, each taken in hand in the store first.

use super::{Day, Sent, SentMessage};
use crate::error::Result;
use crate::maildir;
use crate::store::Store;
use crate::store::outbox::{MessageRow, MessageState};

/// Delivers what waits, oldest first, up to the office's cap for one run.
pub(super) fn all(day: &Day<'_>, store: &mut dyn Store, sent: &mut Sent) -> Result<()> {
    let cap = usize::try_from(day.office.settings.most_per_run).unwrap_or(usize::MAX);
    // What another run left in hand comes first: nobody knows whether it went.
    let mut waiting = store.messages(Some(MessageState::Sending))?;
    waiting.extend(store.messages(Some(MessageState::Queued))?);
    for message in waiting {
        if sent.messages.len() >= cap {
            sent.left += 1;
            continue;
        }
        if store.claim(message.id, message.state, day.clock.now())? {
            deliver(day, store, &message)?;
            sent.messages
                .push(SentMessage::new(&message, MessageState::Sent));
        }
    }
    Ok(())
}

fn deliver(day: &Day<'_>, store: &mut dyn Store, message: &MessageRow) -> Result<()> {
    let folder = day.office.root.join(&day.office.settings.mail.outbox);
    let tried_before = message.state == MessageState::Sending;
    // A kill may have come after the file was put there, and somebody may have read it since.
    if !(tried_before && maildir::holds(&folder, &message.message_id)?) {
        maildir::deliver(&folder, &message.message_id, &message.bytes)?;
    }
    store.set_state(message.id, MessageState::Sent, None, day.clock.now())
}
