//! The outbox's rows in SQLite.

use super::trouble::Trouble;
use super::{Sqlite, day, instant, optional_day, optional_instant, rows, unreadable};
use crate::error::Result;
use crate::ids::{AgreementId, PartyId};
use crate::record::seal::sha256;
use crate::record::{Asked, Asking, Asks, Extent};
use crate::store::outbox::{
    Bounce, BounceAction, Claim, DecidedMessage, Deciding, HAS_LEFT, MessageRow, MessageState,
    Outbox, PartRow, Pending, SentKey, Withdrawal, as_withdrawn, in_order, listed, used_up,
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

    fn sent_keys(&self) -> Result<Vec<SentKey>> {
        rows(
            &self.connection,
            &self.path,
            "SELECT key, message_id, changed_at FROM messages JOIN reminders ON message = id WHERE state = 'sent' ORDER BY id, place",
            |row| {
                Ok(SentKey {
                    key: row.get("key")?,
                    message_id: row.get("message_id")?,
                    at: instant(row, "changed_at")?,
                })
            },
        )
    }

    fn decide_each(&mut self, write: Deciding<'_>) -> Result<usize> {
        let path = self.path.clone();
        let transaction = self.write()?;
        let mut new = 0;
        write(&mut |message| {
            new += usize::from(insert(&transaction, message).writing(&path)?);
            Ok(())
        })?;
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

    fn subject_of(&self, key: &str) -> Result<Option<String>> {
        self.connection
            .query_row(
                "SELECT subject FROM messages WHERE id = (SELECT message FROM reminders WHERE key = ?1)",
                [key],
                |row| row.get(0),
            )
            .optional()
            .reading(&self.path)
    }

    fn decided_at(&self, key: &str) -> Result<Option<DateTime<Utc>>> {
        self.connection
            .query_row(
                "SELECT decided_at FROM messages WHERE id = (SELECT message FROM reminders WHERE key = ?1)",
                [key],
                |row| instant(row, "decided_at"),
            )
            .optional()
            .reading(&self.path)
    }

    fn asked(&self, of: &Extent) -> Result<Asked> {
        asked(&self.connection, of).reading(&self.path)
    }

    fn pending(&self, states: &[MessageState], after: i64, most: usize) -> Result<Vec<Pending>> {
        let select = || {
            let mut keys = self
                .connection
                .prepare_cached("SELECT key FROM reminders WHERE message = ?1 ORDER BY place")?;
            let mut found = self
                .connection
                .prepare_cached(&format!(
                    "SELECT id, state, next_at, claimed_until, day, decided_at, tries, detail FROM messages
                     WHERE state IN ({}) AND id > ?1 ORDER BY id LIMIT ?2",
                    listed(states)
                ))?
                .query_map(
                    params![after, i64::try_from(most).unwrap_or(i64::MAX)],
                    |row| {
                        Ok(Pending {
                            id: row.get("id")?,
                            state: state(row)?,
                            next_at: optional_instant(row, "next_at")?,
                            claimed_until: optional_instant(row, "claimed_until")?,
                            day: day(row, "day")?,
                            decided_at: instant(row, "decided_at")?,
                            tries: row.get("tries")?,
                            detail: row.get("detail")?,
                            keys: Vec::new(),
                        })
                    },
                )?
                .collect::<rusqlite::Result<Vec<Pending>>>()?;
            for message in &mut found {
                message.keys = keys
                    .query_map([message.id], |row| row.get("key"))?
                    .collect::<rusqlite::Result<_>>()?;
            }
            Ok(found)
        };
        select().reading(&self.path)
    }

    fn exchange(
        &mut self,
        became: &[MessageRow],
        wanted: &[i64],
        claim: &Claim,
    ) -> Result<Vec<MessageRow>> {
        if became.is_empty() && wanted.is_empty() {
            return Ok(Vec::new());
        }
        let path = self.path.clone();
        let transaction = self.write()?;
        for message in became {
            settle(&transaction, message, claim).writing(&path)?;
        }
        let mut taken = Vec::new();
        for &id in wanted {
            taken.extend(take(&transaction, id, claim).writing(&path)?);
        }
        transaction.commit().writing(&path)?;
        Ok(taken)
    }

    fn shift(
        &mut self,
        messages: &[(i64, MessageState)],
        to: MessageState,
        detail: Option<&str>,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let path = self.path.clone();
        let transaction = self.write()?;
        for (id, from) in messages {
            let changed = transaction
                .execute(
                    "UPDATE messages SET state = ?3, next_at = NULL, claimed_until = NULL, detail = ?4, changed_at = ?5,
                        first_tried_at = CASE WHEN ?3 IN ('queued', 'held') THEN NULL ELSE first_tried_at END
                     WHERE id = ?1 AND state = ?2",
                    params![id, from.as_str(), to.as_str(), detail, at.timestamp_millis()],
                )
                .writing(&path)?;
            if changed == 0 {
                return Ok(false);
            }
        }
        transaction.commit().writing(&path)?;
        Ok(true)
    }

    fn withdraw(&mut self, withdrawal: &Withdrawal<'_>) -> Result<bool> {
        let Withdrawal {
            message: id,
            from,
            keys,
            released,
            detail,
            at,
        } = *withdrawal;
        let path = self.path.clone();
        let transaction = self.write()?;
        let changed = transaction
            .execute(
                "UPDATE messages SET state = 'cancelled', next_at = NULL, claimed_until = NULL, detail = ?3, changed_at = ?4,
                    message_id = message_id || ' withdrawn ' || id
                 WHERE id = ?1 AND state = ?2 AND unanswered = 0",
                params![id, from.as_str(), detail, at.timestamp_millis()],
            )
            .writing(&path)?;
        if changed == 0 {
            return Ok(false);
        }
        for key in keys {
            transaction
                .execute(
                    "UPDATE reminders SET key = ?3 WHERE message = ?1 AND key = ?2",
                    params![id, key, as_withdrawn(key, id, released)],
                )
                .writing(&path)?;
        }
        transaction.commit().writing(&path)?;
        Ok(true)
    }

    fn use_up_releases(&mut self, keys: &[String]) -> Result<()> {
        let path = self.path.clone();
        let transaction = self.write()?;
        for key in keys {
            transaction
                .execute(
                    "UPDATE reminders SET key = ?2 WHERE key = ?1",
                    params![key, used_up(key)],
                )
                .writing(&path)?;
        }
        transaction.commit().writing(&path)
    }

    fn message_of(&self, token: &str) -> Result<Option<i64>> {
        // What lies between `<TOKEN@` and `<TOKENA`, whose last characters follow one another: the index finds it.
        self.connection
            .prepare_cached(
                "SELECT id FROM messages WHERE message_id >= '<' || ?1 || '@' AND message_id < '<' || ?1 || 'A' LIMIT 1",
            )
            .and_then(|mut found| found.query_row([token], |row| row.get(0)).optional())
            .reading(&self.path)
    }

    fn keep_bounce(&mut self, bounce: &Bounce) -> Result<bool> {
        let path = self.path.clone();
        let transaction = self.write()?;
        let new = put_bounce(&transaction, bounce).writing(&path)?;
        if let Some(state) = bounce.action.state().filter(|_| new) {
            transaction
                .execute(
                    &format!(
                        "UPDATE messages SET state = ?2, next_at = NULL, detail = ?3, changed_at = ?4
                         WHERE id = ?1 AND state IN ({})",
                        listed(HAS_LEFT)
                    ),
                    params![
                        bounce.message,
                        state.as_str(),
                        bounce.detail(),
                        bounce.at.timestamp_millis()
                    ],
                )
                .writing(&path)?;
        }
        transaction.commit().writing(&path)?;
        Ok(new)
    }

    fn bounces(&self, message: Option<i64>) -> Result<Vec<Bounce>> {
        let select = || {
            self.connection
                .prepare(
                    "SELECT * FROM bounces WHERE ?1 IS NULL OR message = ?1 ORDER BY at, message, report",
                )?
                .query_map([message], bounce_row)?
                .collect::<rusqlite::Result<Vec<Bounce>>>()
        };
        select().reading(&self.path)
    }
}

/// Keeps a report; `false` where it is kept already, or there is no such message.
pub(super) fn put_bounce(connection: &Connection, bounce: &Bounce) -> rusqlite::Result<bool> {
    let kept = connection
        .prepare_cached(
            "INSERT INTO bounces (message, report, action, status, said, at)
             SELECT id, ?2, ?3, ?4, ?5, ?6 FROM messages WHERE id = ?1 ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            bounce.message,
            bounce.report,
            bounce.action.as_str(),
            bounce.status,
            bounce.said,
            bounce.at.timestamp_millis()
        ])?;
    Ok(kept > 0)
}

pub(super) fn bounce_row(row: &Row<'_>) -> rusqlite::Result<Bounce> {
    let action: String = row.get("action")?;
    Ok(Bounce {
        message: row.get("message")?,
        report: row.get("report")?,
        action: BounceAction::from_word(&action).ok_or_else(|| unreadable("action"))?,
        status: row.get("status")?,
        said: row.get("said")?,
        at: instant(row, "at")?,
    })
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

fn settle(connection: &Connection, message: &MessageRow, claim: &Claim) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE messages SET state = :state, tries = :tries, unanswered = :unanswered,
                first_tried_at = :first_tried_at, next_at = :next_at, claimed_until = NULL, detail = :detail,
                changed_at = :changed_at
             WHERE id = :id AND claimed_by = :claimed_by",
        )?
        .execute(named_params! {
            ":id": message.id,
            ":claimed_by": claim.by,
            ":state": message.state.as_str(),
            ":tries": message.tries,
            ":unanswered": message.unanswered,
            ":first_tried_at": message.first_tried_at.map(|at| at.timestamp_millis()),
            ":next_at": message.next_at.map(|at| at.timestamp_millis()),
            ":detail": message.detail,
            ":changed_at": claim.at.timestamp_millis(),
        })?;
    Ok(())
}

fn take(connection: &Connection, id: i64, claim: &Claim) -> rusqlite::Result<Option<MessageRow>> {
    let found = connection
        .prepare_cached("SELECT * FROM messages WHERE id = ?1")?
        .query_row([id], message_row)
        .optional()?
        .filter(|message| claim.may_take(&message.pending()));
    if found.is_some() {
        connection
            .prepare_cached(
                "UPDATE messages SET state = 'sending', claimed_by = ?2, claimed_until = ?3, changed_at = ?4 WHERE id = ?1",
            )?
            .execute(params![
                id,
                claim.by,
                claim.until.timestamp_millis(),
                claim.at.timestamp_millis()
            ])?;
    }
    Ok(found)
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
        state: state(row)?,
        tries: row.get("tries")?,
        unanswered: row.get("unanswered")?,
        first_tried_at: optional_instant(row, "first_tried_at")?,
        next_at: optional_instant(row, "next_at")?,
        claimed_until: optional_instant(row, "claimed_until")?,
        detail: row.get("detail")?,
        decided_at: instant(row, "decided_at")?,
        changed_at: instant(row, "changed_at")?,
    })
}

fn state(row: &Row<'_>) -> rusqlite::Result<MessageState> {
    MessageState::from_word(&row.get::<_, String>("state")?).ok_or_else(|| unreadable("state"))
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
