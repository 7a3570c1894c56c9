//! The outbox's rows in PostgreSQL.

use super::Postgres;
use super::rows::{bounce_row, day, instant, message_row, part_row, pending_row, sent_key};
use super::trouble::Trouble;
use super::writing::Stop;
use crate::error::{Error, Result};
use crate::ids::{AgreementId, PartyId};
use crate::record::seal::sha256;
use crate::record::{Asked, Asking, Extent};
use crate::store::outbox::{
    Bounce, Claim, DecidedMessage, Deciding, HAS_LEFT, MessageRow, MessageState, Outbox, PartRow,
    Pending, SentKey, Withdrawal, as_withdrawn, in_order, listed, used_up,
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

    fn sent_keys(&self) -> Result<Vec<SentKey>> {
        self.ask(
            "SELECT key, message_id, changed_at FROM messages JOIN reminders ON message = id WHERE state = 'sent' ORDER BY id, place",
            &[],
            sent_key,
        )
    }

    fn decide_each(&mut self, write: Deciding<'_>) -> Result<usize> {
        self.write("what was decided", |transaction| {
            let mut new = 0;
            let mut stop = None;
            let written = write(&mut |message| match insert(transaction, message) {
                Ok(is_new) => {
                    new += usize::from(is_new);
                    Ok(())
                }
                Err(cause) => {
                    stop = Some(cause);
                    Err(Error::failed("what was decided is not kept"))
                }
            });
            // The server's own word goes before that.
            match stop {
                Some(stop) => Err(stop),
                None => Ok(written.map(|()| new)?),
            }
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

    fn subject_of(&self, key: &str) -> Result<Option<String>> {
        let found = self.ask(
            "SELECT subject FROM messages WHERE id = (SELECT message FROM reminders WHERE key = $1)",
            &[&key],
            |row| Ok(row.try_get("subject")?),
        )?;
        Ok(found.into_iter().next())
    }

    fn decided_at(&self, key: &str) -> Result<Option<DateTime<Utc>>> {
        let found = self.ask(
            "SELECT decided_at FROM messages WHERE id = (SELECT message FROM reminders WHERE key = $1)",
            &[&key],
            |row| instant(row, "decided_at"),
        )?;
        Ok(found.into_iter().next())
    }

    fn asked(&self, of: &Extent) -> Result<Asked> {
        asked(&mut *self.client.borrow_mut(), of).reading(&self.server)
    }

    fn pending(&self, states: &[MessageState], after: i64, most: usize) -> Result<Vec<Pending>> {
        self.ask(
            &format!(
                "SELECT id, state, next_at, claimed_until, day, decided_at, tries, detail,
                    array(SELECT key FROM reminders WHERE message = messages.id ORDER BY place) AS keys
                 FROM messages WHERE state IN ({}) AND id > $1 ORDER BY id LIMIT $2",
                listed(states)
            ),
            &[&after, &i64::try_from(most).unwrap_or(i64::MAX)],
            pending_row,
        )
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
        self.write("what became of the messages in hand", |transaction| {
            for message in became {
                settle(transaction, message, claim)?;
            }
            let rows = transaction.query(
                "SELECT * FROM messages WHERE id = ANY ($1) ORDER BY id",
                &[&wanted],
            )?;
            let mut taken: Vec<MessageRow> =
                rows.iter().map(message_row).collect::<std::result::Result<_, _>>()?;
            taken.retain(|message| claim.may_take(&message.pending()));
            let ids: Vec<i64> = taken.iter().map(|message| message.id).collect();
            transaction.execute(
                "UPDATE messages SET state = 'sending', claimed_by = $2, claimed_until = $3, changed_at = $4
                 WHERE id = ANY ($1)",
                &[
                    &ids,
                    &claim.by,
                    &claim.until.timestamp_millis(),
                    &claim.at.timestamp_millis(),
                ],
            )?;
            Ok(taken)
        })
    }

    fn shift(
        &mut self,
        messages: &[(i64, MessageState)],
        to: MessageState,
        detail: Option<&str>,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let (ids, from): (Vec<i64>, Vec<&str>) = messages
            .iter()
            .map(|(id, from)| (*id, from.as_str()))
            .unzip();
        let all = u64::try_from(messages.len()).unwrap_or(u64::MAX);
        self.write("what becomes of the messages", |transaction| {
            let there: i64 = transaction
                .query_one(
                    "SELECT count(*) FROM messages JOIN unnest($1::bigint[], $2::text[]) AS moved (id, state)
                        USING (id, state)",
                    &[&ids, &from],
                )?
                .try_get(0)?;
            if u64::try_from(there).ok() != Some(all) {
                return Ok(false);
            }
            transaction.execute(
                "UPDATE messages SET state = $2, next_at = NULL, claimed_until = NULL, detail = $3, changed_at = $4,
                    first_tried_at = CASE WHEN $2 IN ('queued', 'held') THEN NULL ELSE first_tried_at END
                 WHERE id = ANY ($1)",
                &[&ids, &to.as_str(), &detail.map(kept), &at.timestamp_millis()],
            )?;
            Ok(true)
        })
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
        self.write("what becomes of the messages", |transaction| {
            let changed = transaction.execute(
                "UPDATE messages SET state = 'cancelled', next_at = NULL, claimed_until = NULL, detail = $3, changed_at = $4,
                    message_id = message_id || ' withdrawn ' || id
                 WHERE id = $1 AND state = $2 AND unanswered = 0",
                &[&id, &from.as_str(), &kept(detail), &at.timestamp_millis()],
            )?;
            if changed == 0 {
                return Ok(false);
            }
            for key in keys {
                transaction.execute(
                    "UPDATE reminders SET key = $3 WHERE message = $1 AND key = $2",
                    &[&id, key, &as_withdrawn(key, id, released)],
                )?;
            }
            Ok(true)
        })
    }

    fn use_up_releases(&mut self, keys: &[String]) -> Result<()> {
        self.write("what was decided", |transaction| {
            for key in keys {
                transaction.execute(
                    "UPDATE reminders SET key = $2 WHERE key = $1",
                    &[key, &used_up(key)],
                )?;
            }
            Ok(())
        })
    }

    fn message_of(&self, token: &str) -> Result<Option<i64>> {
        let found = self.ask(
            "SELECT id FROM messages WHERE message_id LIKE '<' || $1 || '@%' LIMIT 1",
            &[&token],
            |row| Ok(row.try_get("id")?),
        )?;
        Ok(found.into_iter().next())
    }

    fn keep_bounce(&mut self, bounce: &Bounce) -> Result<bool> {
        self.write("what came back", |transaction| {
            let new = put_bounce(transaction, bounce)?;
            if let Some(state) = bounce.action.state().filter(|_| new) {
                transaction.execute(
                    &format!(
                        "UPDATE messages SET state = $2, next_at = NULL, detail = $3, changed_at = $4
                         WHERE id = $1 AND state IN ({})",
                        listed(HAS_LEFT)
                    ),
                    &[
                        &bounce.message,
                        &state.as_str(),
                        &kept(&bounce.detail()),
                        &bounce.at.timestamp_millis(),
                    ],
                )?;
            }
            Ok(new)
        })
    }

    fn bounces(&self, message: Option<i64>) -> Result<Vec<Bounce>> {
        self.ask(
            "SELECT * FROM bounces WHERE $1::bigint IS NULL OR message = $1 ORDER BY at, message, report",
            &[&message],
            bounce_row,
        )
    }
}

/// Keeps a report; `false` where it is kept already, or there is no such message.
pub(super) fn put_bounce(
    client: &mut impl GenericClient,
    bounce: &Bounce,
) -> std::result::Result<bool, Stop> {
    let new = client.execute(
        "INSERT INTO bounces (message, report, action, status, said, at)
         SELECT id, $2, $3, $4, $5, $6 FROM messages WHERE id = $1 ON CONFLICT DO NOTHING",
        &[
            &bounce.message,
            &bounce.report,
            &bounce.action.as_str(),
            &bounce.status,
            &bounce.said.as_deref().map(kept),
            &bounce.at.timestamp_millis(),
        ],
    )?;
    Ok(new > 0)
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

fn settle(
    client: &mut impl GenericClient,
    message: &MessageRow,
    claim: &Claim,
) -> std::result::Result<(), Stop> {
    client.execute(
        "UPDATE messages SET state = $3, tries = $4, unanswered = $5, first_tried_at = $6, next_at = $7,
            claimed_until = NULL, detail = $8, changed_at = $9
         WHERE id = $1 AND claimed_by = $2",
        &[
            &message.id,
            &claim.by,
            &message.state.as_str(),
            &i64::from(message.tries),
            &i64::from(message.unanswered),
            &message.first_tried_at.map(|at| at.timestamp_millis()),
            &message.next_at.map(|at| at.timestamp_millis()),
            &message.detail.as_deref().map(kept),
            &claim.at.timestamp_millis(),
        ],
    )?;
    Ok(())
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
        unanswered: 0,
        first_tried_at: None,
        next_at: None,
        claimed_until: None,
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
            next_at, detail, decided_at, changed_at, unanswered, first_tried_at, claimed_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
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
            &i64::from(message.unanswered),
            &message.first_tried_at.map(|at| at.timestamp_millis()),
            &message.claimed_until.map(|at| at.timestamp_millis()),
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
