//! A whole store handed over, and made anew from what another hands over.

use super::opening::MIGRATIONS;
use super::outbox::{bounce_row, keep_part, message_row, part_row, put_bounce};
use super::trouble::Trouble;
use super::{Sqlite, insert, instant, rows, sealed_after, track, tracking, unreadable};
use crate::error::Result;
use crate::store::backup::{
    Became, Consent, Copied, ENTRIES, Holdings, MESSAGES, Piece, Taking, with_parts,
};
use crate::store::outbox::{MessageRow, MessageState};
use crate::store::{AgreementId, Store};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use std::path::Path;

impl Copied for Sqlite {
    fn pieces(&self, take: &mut Taking<'_>) -> Result<()> {
        // A transaction that only reads sees the store as it was at its first question, and keeps nobody from writing.
        let reading = self
            .connection
            .unchecked_transaction()
            .reading(&self.path)?;
        hand_over(&reading, &self.path, take)
    }

    fn holdings(&self) -> Result<Holdings> {
        let reading = self
            .connection
            .unchecked_transaction()
            .reading(&self.path)?;
        holdings(&reading, &self.path)
    }

    fn replace(&mut self, source: &dyn Store, consent: &Consent<'_>) -> Result<()> {
        let path = self.path.clone();
        let transaction = self.write()?;
        consent(&holdings(&transaction, &path)?, &mut |take| {
            hand_over(&transaction, &path, take)
        })?;
        clear(&transaction).writing(&path)?;
        source.pieces(&mut |piece| put(&transaction, piece).writing(&path))?;
        transaction.commit().writing(&path)
    }

    fn file(&self) -> Option<&Path> {
        Some(&self.path)
    }
}

impl Sqlite {
    /// Puts what is handed over into a store that is still empty.
    ///
    /// # Errors
    /// Those of `hand_over`, and when the store cannot be written.
    pub(in crate::store) fn fill(
        &mut self,
        hand_over: &mut dyn FnMut(&mut Taking<'_>) -> Result<()>,
    ) -> Result<()> {
        let path = self.path.clone();
        let transaction = self.write()?;
        hand_over(&mut |piece| put(&transaction, piece).writing(&path))?;
        transaction.commit().writing(&path)
    }
}

fn hand_over(connection: &Connection, path: &Path, take: &mut Taking<'_>) -> Result<()> {
    let mut newest = 0;
    loop {
        let entries = sealed_after(connection, path, newest, ENTRIES)?;
        let Some(last) = entries.last() else { break };
        newest = last.number;
        take(Piece::Entries(entries))?;
    }
    take(Piece::Tracking(tracking(connection, path)?))?;
    let last_run = connection
        .query_row("SELECT at FROM last_run", [], |row| instant(row, "at"))
        .optional()
        .reading(path)?;
    if let Some(at) = last_run {
        take(Piece::LastRun(at))?;
    }
    let mut newest = i64::MIN;
    loop {
        let messages = messages_after(connection, newest).reading(path)?;
        let Some((last, _)) = messages.last() else {
            break;
        };
        newest = last.id;
        take(Piece::Messages(messages))?;
    }
    let bounces = rows(
        connection,
        path,
        "SELECT * FROM bounces ORDER BY message, report",
        bounce_row,
    )?;
    take(Piece::Bounces(bounces))
}

fn messages_after(
    connection: &Connection,
    id: i64,
) -> rusqlite::Result<Vec<(MessageRow, Vec<crate::store::outbox::PartRow>)>> {
    let messages: Vec<MessageRow> = connection
        .prepare_cached("SELECT * FROM messages WHERE id > ?1 ORDER BY id LIMIT ?2")?
        .query_map([id, MESSAGES], message_row)?
        .collect::<rusqlite::Result<_>>()?;
    let last = messages.last().map_or(id, |last| last.id);
    let parts = connection
        .prepare_cached(
            "SELECT * FROM reminders WHERE message > ?1 AND message <= ?2 ORDER BY message, place",
        )?
        .query_map([id, last], |row| Ok((row.get("message")?, part_row(row)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(with_parts(messages, parts))
}

fn holdings(connection: &Connection, path: &Path) -> Result<Holdings> {
    let select = || -> rusqlite::Result<Holdings> {
        Ok(Holdings {
            seals: connection
                .prepare("SELECT number, seal FROM entries")?
                .query_map([], |row| {
                    Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?))
                })?
                .collect::<rusqlite::Result<_>>()?,
            messages: connection
                .prepare("SELECT message_id, state, tries, changed_at FROM messages")?
                .query_map([], |row| {
                    let state = MessageState::from_word(&row.get::<_, String>(1)?)
                        .ok_or_else(|| unreadable("state"))?;
                    let became = Became {
                        state,
                        tries: row.get(2)?,
                        changed_at: instant(row, "changed_at")?,
                    };
                    Ok((row.get(0)?, became))
                })?
                .collect::<rusqlite::Result<_>>()?,
            tracking: std::collections::BTreeMap::default(),
        })
    };
    let mut holdings = select().reading(path)?;
    holdings.tracking = tracking(connection, path)?;
    Ok(holdings)
}

/// Takes away everything, to the tables themselves, whose triggers let no entry go; and makes them anew.
fn clear(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    // Whatever version made them: what refers to another goes first.
    transaction.execute_batch(
        "DROP TABLE bounces; DROP TABLE reminders; DROP TABLE messages; DROP TABLE last_run; DROP TABLE tracking; DROP TABLE entries;",
    )?;
    for migration in MIGRATIONS {
        transaction.execute_batch(migration)?;
    }
    Ok(())
}

fn put(connection: &Connection, piece: Piece) -> rusqlite::Result<()> {
    match piece {
        Piece::Entries(entries) => entries
            .iter()
            .try_for_each(|entry| insert(connection, entry)),
        Piece::Tracking(tracking) => tracking
            .iter()
            .try_for_each(|(agreement, day)| track(connection, agreement, *day)),
        Piece::LastRun(at) => connection
            .execute(
                "INSERT INTO last_run (one, at) VALUES (1, ?1)",
                [at.timestamp_millis()],
            )
            .map(drop),
        Piece::Messages(messages) => {
            for (message, parts) in messages {
                put_message(connection, &message)?;
                for (place, part) in (1..).zip(&parts) {
                    keep_part(connection, message.id, place, part)?;
                }
            }
            Ok(())
        }
        Piece::Bounces(bounces) => bounces
            .iter()
            .try_for_each(|bounce| put_bounce(connection, bounce).map(drop)),
    }
}

fn put_message(connection: &Connection, message: &MessageRow) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO messages (id, agreement, recipient, party, day, subject, message_id, bytes, sha256, state,
                tries, unanswered, first_tried_at, next_at, claimed_until, detail, decided_at, changed_at)
             VALUES (:id, :agreement, :recipient, :party, :day, :subject, :message_id, :bytes, :sha256, :state,
                :tries, :unanswered, :first_tried_at, :next_at, :claimed_until, :detail, :decided_at, :changed_at)",
        )?
        .execute(named_params! {
            ":id": message.id,
            ":agreement": message.agreement.as_ref().map(AgreementId::as_str),
            ":recipient": message.recipient,
            ":party": message.party.as_str(),
            ":day": message.day.to_string(),
            ":subject": message.subject,
            ":message_id": message.message_id,
            ":bytes": message.bytes,
            ":sha256": message.sha256,
            ":state": message.state.as_str(),
            ":tries": message.tries,
            ":unanswered": message.unanswered,
            ":first_tried_at": message.first_tried_at.map(|at| at.timestamp_millis()),
            ":next_at": message.next_at.map(|at| at.timestamp_millis()),
            ":claimed_until": message.claimed_until.map(|at| at.timestamp_millis()),
            ":detail": message.detail,
            ":decided_at": message.decided_at.timestamp_millis(),
            ":changed_at": message.changed_at.timestamp_millis(),
        })?;
    Ok(())
}
