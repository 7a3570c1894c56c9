//! The outbox's rows in SQLite.

use super::trouble::Trouble;
use super::{Sqlite, day, instant, optional_day, optional_instant, rows, unreadable};
use crate::error::Result;
use crate::ids::{AgreementId, PartyId};
use crate::record::seal::sha256;
use crate::record::{Asked, Asking, Asks, Extent};
use crate::store::outbox::{
    DecidedMessage, MessageRow, MessageState, Outbox, PartRow, in_order, no_message,
};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

impl Outbox for Sqlite {
    fn decided_keys(&self) -> Result<Vec<String>> {
        rows(
            &self.connection,
            &self.path,
            "SELECT key FROM reminders ORDER BY message, place",
            |row| row.get("key"),
        )
    }

    fn decide(&mut self, messages: &[DecidedMessage]) -> Result<usize> {
        let path = self.path.clone();
        let transaction = self.write()?;
        let mut new = 0;
        for message in messages {
            new += usize::from(insert(&transaction, message).writing(&path)?);
        }
        transaction.commit().writing(&path)?;
        Ok(new)
    }

    fn messages(&self, state: Option<MessageState>) -> Result<Vec<MessageRow>> {
        let select = || match state {
            None => self
                .connection
                .prepare("SELECT * FROM messages ORDER BY id")?
                .query_map([], message_row)?
                .collect(),
            // Apart from the other, so that years of sent messages are not read to find the few that wait.
            Some(state) => self
                .connection
                .prepare("SELECT * FROM messages WHERE state = ?1 ORDER BY id")?
                .query_map([state.as_str()], message_row)?
                .collect::<rusqlite::Result<Vec<MessageRow>>>(),
        };
        select().reading(&self.path)
    }

    fn messages_about(&self, agreement: &AgreementId) -> Result<Vec<MessageRow>> {
        let select = || {
            self.connection
                .prepare(
                    "SELECT * FROM messages WHERE id IN (SELECT message FROM reminders WHERE agreement = ?1) ORDER BY id",
                )?
                .query_map([agreement.as_str()], message_row)?
                .collect::<rusqlite::Result<Vec<MessageRow>>>()
        };
        select().reading(&self.path)
    }

    fn message(&self, id: i64) -> Result<Option<MessageRow>> {
        self.connection
            .query_row("SELECT * FROM messages WHERE id = ?1", [id], message_row)
            .optional()
            .reading(&self.path)
    }

    fn parts(&self, message: i64) -> Result<Vec<PartRow>> {
        let select = || {
            self.connection
                .prepare("SELECT * FROM reminders WHERE message = ?1 ORDER BY place")?
                .query_map([message], part_row)?
                .collect::<rusqlite::Result<Vec<PartRow>>>()
        };
        select().reading(&self.path)
    }

    fn asked(&self, of: &Extent) -> Result<Asked> {
        asked(&self.connection, of).reading(&self.path)
    }

    fn claim(&mut self, id: i64, from: MessageState, at: DateTime<Utc>) -> Result<bool> {
        let changed = self
            .connection
            .execute(
                "UPDATE messages SET state = 'sending', tries = tries + 1, next_at = NULL, changed_at = ?3
                 WHERE id = ?1 AND state = ?2",
                params![id, from.as_str(), at.timestamp_millis()],
            )
            .writing(&self.path)?;
        Ok(changed == 1)
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
pub(super) fn asked(connection: &Connection, of: &Extent) -> rusqlite::Result<Asked> {
    let of_all = "SELECT asks_about, party, message, changed_at, silent_from FROM reminders
        JOIN messages ON messages.id = message WHERE asks_about IS NOT NULL AND state = 'sent'";
    let mut asked = Asked::new();
    let mut read = |row: &Row<'_>| -> rusqlite::Result<()> {
        let about: i64 = row.get("asks_about")?;
        let party = PartyId::new(row.get::<_, String>("party")?);
        let asking = Asking {
            message: row.get("message")?,
            left_at: instant(row, "changed_at")?,
            from: day(row, "silent_from")?,
        };
        let asked = asked.entry((about.cast_unsigned(), party)).or_default();
        asked.push(asking);
        Ok(())
    };
    match of.agreements() {
        None => {
            let mut all = connection.prepare(of_all)?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                read(row)?;
            }
        }
        Some(agreements) => {
            let mut about =
                connection.prepare(&format!("{of_all} AND reminders.agreement = ?1"))?;
            for agreement in agreements {
                let mut rows = about.query([agreement.as_str()])?;
                while let Some(row) = rows.next()? {
                    read(row)?;
                }
            }
        }
    }
    in_order(&mut asked);
    Ok(asked)
}

impl Sqlite {
    fn change(
        &mut self,
        id: i64,
        state: MessageState,
        next_at: Option<DateTime<Utc>>,
        detail: Option<&str>,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let changed = self
            .connection
            .execute(
                "UPDATE messages SET state = ?2, next_at = ?3, detail = ?4, changed_at = ?5 WHERE id = ?1",
                params![
                    id,
                    state.as_str(),
                    next_at.map(|next_at| next_at.timestamp_millis()),
                    detail,
                    at.timestamp_millis()
                ],
            )
            .writing(&self.path)?;
        if changed == 1 {
            Ok(())
        } else {
            Err(no_message(id))
        }
    }
}

/// Keeps a message with the parts that are new; `false` where none is.
fn insert(connection: &Connection, message: &DecidedMessage) -> rusqlite::Result<bool> {
    let mut known = connection.prepare_cached("SELECT 1 FROM reminders WHERE key = ?1")?;
    let mut any_new = false;
    for part in &message.parts {
        any_new |= !known.exists([&part.key])?;
    }
    if !any_new {
        return Ok(false);
    }
    connection.execute(
        "INSERT INTO messages (agreement, recipient, party, day, subject, message_id, bytes, sha256, state, detail,
            decided_at, changed_at)
         VALUES (:agreement, :recipient, :party, :day, :subject, :message_id, :bytes, :sha256, :state, :detail,
            :decided_at, :decided_at)",
        named_params! {
            ":agreement": message.agreement.as_ref().map(AgreementId::as_str),
            ":recipient": message.recipient,
            ":party": message.party.as_str(),
            ":day": message.day.to_string(),
            ":subject": message.subject,
            ":message_id": message.message_id,
            ":bytes": message.bytes,
            ":sha256": sha256(&message.bytes),
            ":state": message.state.as_str(),
            ":detail": message.detail,
            ":decided_at": message.decided_at.timestamp_millis(),
        },
    )?;
    let id = connection.last_insert_rowid();
    for (place, part) in (1..).zip(&message.parts) {
        keep_part(connection, id, place, part)?;
    }
    Ok(true)
}

/// Keeps a reminder of a message, unless its key was decided before.
pub(super) fn keep_part(
    connection: &Connection,
    message: i64,
    place: i64,
    part: &PartRow,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO reminders (key, message, place, agreement, obligation, occurrence, stage, recipient, date,
                asks_about, silent_from)
             VALUES (:key, :message, :place, :agreement, :obligation, :occurrence, :stage, :recipient, :date,
                :asks_about, :silent_from)
             ON CONFLICT (key) DO NOTHING",
        )?
        .execute(named_params! {
            ":key": part.key,
            ":message": message,
            ":place": place,
            ":agreement": part.agreement.as_str(),
            ":obligation": part.obligation,
            ":occurrence": part.occurrence.map(|day| day.to_string()),
            ":stage": part.stage,
            ":recipient": part.recipient,
            ":date": part.date.map(|day| day.to_string()),
            ":asks_about": part.asks.map(|asks| asks.about.cast_signed()),
            ":silent_from": part.asks.map(|asks| asks.silent_from.to_string()),
        })?;
    Ok(())
}

pub(super) fn message_row(row: &Row<'_>) -> rusqlite::Result<MessageRow> {
    Ok(MessageRow {
        id: row.get("id")?,
        agreement: row
            .get::<_, Option<String>>("agreement")?
            .map(AgreementId::new),
        recipient: row.get("recipient")?,
        party: PartyId::new(row.get::<_, String>("party")?),
        day: day(row, "day")?,
        subject: row.get("subject")?,
        message_id: row.get("message_id")?,
        bytes: row.get("bytes")?,
        sha256: row.get("sha256")?,
        state: MessageState::from_word(&row.get::<_, String>("state")?)
            .ok_or_else(|| unreadable("state"))?,
        tries: row.get("tries")?,
        next_at: optional_instant(row, "next_at")?,
        detail: row.get("detail")?,
        decided_at: instant(row, "decided_at")?,
        changed_at: instant(row, "changed_at")?,
    })
}

pub(super) fn part_row(row: &Row<'_>) -> rusqlite::Result<PartRow> {
    Ok(PartRow {
        key: row.get("key")?,
        agreement: AgreementId::new(row.get::<_, String>("agreement")?),
        obligation: row.get("obligation")?,
        occurrence: optional_day(row, "occurrence")?,
        stage: row.get("stage")?,
        recipient: row.get("recipient")?,
        date: optional_day(row, "date")?,
        asks: row
            .get::<_, Option<i64>>("asks_about")?
            .map(|about| {
                Ok::<_, rusqlite::Error>(Asks {
                    about: about.cast_unsigned(),
                    silent_from: day(row, "silent_from")?,
                })
            })
            .transpose()?,
    })
}
