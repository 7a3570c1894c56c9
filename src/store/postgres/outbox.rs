//! The outbox's rows in PostgreSQL.

use super::Postgres;
use super::rows::{day, instant, message_row, part_row};
use super::trouble::Trouble;
use super::writing::Stop;
use crate::error::Result;
use crate::ids::{AgreementId, PartyId};
use crate::record::seal::sha256;
use crate::record::{Asked, Asking, Extent};
use crate::store::outbox::{
    DecidedMessage, MessageRow, MessageState, Outbox, PartRow, in_order, no_message,
};
use ::postgres::GenericClient;
use chrono::{DateTime, Utc};

impl Outbox for Postgres {
    fn decided_keys(&self) -> Result<Vec<String>> {
        self.ask(
            "SELECT key FROM reminders ORDER BY message, place",
            &[],
            |row| Ok(row.try_get("key")?),
        )
    }

    fn decide(&mut self, messages: &[DecidedMessage]) -> Result<usize> {
        self.write("what was decided", |transaction| {
            let mut new = 0;
            for message in messages {
                new += usize::from(insert(transaction, message)?);
            }
            Ok(new)
        })
    }

    fn messages(&self, state: Option<MessageState>) -> Result<Vec<MessageRow>> {
        match state {
            None => self.ask("SELECT * FROM messages ORDER BY id", &[], message_row),
            Some(state) => self.ask(
                "SELECT * FROM messages WHERE state = $1 ORDER BY id",
                &[&state.as_str()],
                message_row,
            ),
        }
    }

    fn messages_about(&self, agreement: &AgreementId) -> Result<Vec<MessageRow>> {
        self.ask(
            "SELECT * FROM messages WHERE id IN (SELECT message FROM reminders WHERE agreement = $1) ORDER BY id",
            &[&agreement.as_str()],
            message_row,
        )
    }

    fn message(&self, id: i64) -> Result<Option<MessageRow>> {
        let found = self.ask("SELECT * FROM messages WHERE id = $1", &[&id], message_row)?;
        Ok(found.into_iter().next())
    }

    fn parts(&self, message: i64) -> Result<Vec<PartRow>> {
        self.ask(
            "SELECT * FROM reminders WHERE message = $1 ORDER BY place",
            &[&message],
            part_row,
        )
    }

    fn asked(&self, of: &Extent) -> Result<Asked> {
        asked(&mut *self.client.borrow_mut(), of).reading(&self.server)
    }

    fn claim(&mut self, id: i64, from: MessageState, at: DateTime<Utc>) -> Result<bool> {
        self.write("that a message is in hand", |transaction| {
            let changed = transaction.execute(
                "UPDATE messages SET state = 'sending', tries = tries + 1, next_at = NULL, changed_at = $3
                 WHERE id = $1 AND state = $2",
                &[&id, &from.as_str(), &at.timestamp_millis()],
            )?;
            Ok(changed == 1)
        })
    }

    fn set_state(
        &mut self,
        id: i64,
        state: MessageState,
        detail: Option<&str>,
        at: DateTime<Utc>,
    ) -> Result<()> {
        self.change(id, state, None, detail, at)
    }

    fn defer(
        &mut self,
        id: i64,
        next_at: DateTime<Utc>,
        detail: &str,
        at: DateTime<Utc>,
    ) -> Result<()> {
        self.change(id, MessageState::Deferred, Some(next_at), Some(detail), at)
    }
}

/// Who was asked about which entries of an extent, by messages that have left.
pub(super) fn asked(
    client: &mut impl GenericClient,
    of: &Extent,
) -> std::result::Result<Asked, Stop> {
    let of_all = "SELECT asks_about, party, message, changed_at, silent_from FROM reminders
        JOIN messages ON messages.id = message WHERE asks_about IS NOT NULL AND state = 'sent'";
    let rows = match of.agreements() {
        None => client.query(of_all, &[])?,
        Some(agreements) => {
            let agreements: Vec<&str> = agreements.iter().map(AgreementId::as_str).collect();
            client.query(
                &format!("{of_all} AND reminders.agreement = ANY ($1)"),
                &[&agreements],
            )?
        }
    };
    let mut asked = Asked::new();
    for row in &rows {
        let about: i64 = row.try_get("asks_about")?;
        let party = PartyId::new(row.try_get::<_, String>("party")?);
        let asking = Asking {
            message: row.try_get("message")?,
            left_at: instant(row, "changed_at")?,
            from: day(row, "silent_from")?,
        };
        let asked = asked.entry((about.cast_unsigned(), party)).or_default();
        asked.push(asking);
    }
    in_order(&mut asked);
    Ok(asked)
}

impl Postgres {
    fn change(
        &mut self,
        id: i64,
        state: MessageState,
        next_at: Option<DateTime<Utc>>,
        detail: Option<&str>,
        at: DateTime<Utc>,
    ) -> Result<()> {
        self.write("what became of a message", |transaction| {
            let changed = transaction.execute(
                "UPDATE messages SET state = $2, next_at = $3, detail = $4, changed_at = $5 WHERE id = $1",
                &[
                    &id,
                    &state.as_str(),
                    &next_at.map(|next_at| next_at.timestamp_millis()),
                    &detail.map(kept),
                    &at.timestamp_millis(),
                ],
            )?;
            if changed == 1 {
                Ok(())
            } else {
                Err(Stop::Said(no_message(id)))
            }
        })
    }
}

/// Text as PostgreSQL can keep it: the one character that it has no place for becomes one that says so.
fn kept(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// Keeps a message with the parts that are new; `false` where none is.
fn insert(
    client: &mut impl GenericClient,
    message: &DecidedMessage,
) -> std::result::Result<bool, Stop> {
    let keys: Vec<&str> = message.parts.iter().map(|part| part.key.as_str()).collect();
    let any_new: bool = client
        .query_one(
            "SELECT EXISTS (SELECT 1 FROM unnest($1::text[]) AS key WHERE key NOT IN (SELECT key FROM reminders
                WHERE key = ANY ($1::text[])))",
            &[&keys],
        )?
        .try_get(0)?;
    if !any_new {
        return Ok(false);
    }
    // Writers take turns, so the next number is nobody else's; a sequence would leave gaps where one gave up.
    let id: i64 = client
        .query_one("SELECT coalesce(max(id), 0) + 1 FROM messages", &[])?
        .try_get(0)?;
    let row = MessageRow {
        id,
        agreement: message.agreement.clone(),
        recipient: message.recipient.clone(),
        party: message.party.clone(),
        day: message.day,
        subject: message.subject.clone(),
        message_id: message.message_id.clone(),
        bytes: message.bytes.clone(),
        sha256: sha256(&message.bytes),
        state: message.state,
        tries: 0,
        next_at: None,
        detail: message.detail.clone(),
        decided_at: message.decided_at,
        changed_at: message.decided_at,
    };
    put(client, &row)?;
    for (place, part) in (1..).zip(&message.parts) {
        keep_part(client, id, place, part)?;
    }
    Ok(true)
}

/// Keeps a message as it is.
pub(super) fn put(
    client: &mut impl GenericClient,
    message: &MessageRow,
) -> std::result::Result<(), Stop> {
    client.execute(
        "INSERT INTO messages (id, agreement, recipient, party, day, subject, message_id, bytes, sha256, state, tries,
            next_at, detail, decided_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        &[
            &message.id,
            &message.agreement.as_ref().map(AgreementId::as_str),
            &kept(&message.recipient),
            &message.party.as_str(),
            &message.day.to_string(),
            &kept(&message.subject),
            &kept(&message.message_id),
            &message.bytes,
            &message.sha256,
            &message.state.as_str(),
            &i64::from(message.tries),
            &message.next_at.map(|at| at.timestamp_millis()),
            &message.detail.as_deref().map(kept),
            &message.decided_at.timestamp_millis(),
            &message.changed_at.timestamp_millis(),
        ],
    )?;
    Ok(())
}

/// Keeps a reminder of a message, unless its key was decided before.
pub(super) fn keep_part(
    client: &mut impl GenericClient,
    message: i64,
    place: i64,
    part: &PartRow,
) -> std::result::Result<(), Stop> {
    client.execute(
        "INSERT INTO reminders (key, message, place, agreement, obligation, occurrence, stage, recipient, date,
            asks_about, silent_from)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (key) DO NOTHING",
        &[
            &part.key,
            &message,
            &place,
            &part.agreement.as_str(),
            &part.obligation,
            &part.occurrence.map(|day| day.to_string()),
            &part.stage,
            &kept(&part.recipient),
            &part.date.map(|day| day.to_string()),
            &part.asks.map(|asks| asks.about.cast_signed()),
            &part.asks.map(|asks| asks.silent_from.to_string()),
        ],
    )?;
    Ok(())
}
