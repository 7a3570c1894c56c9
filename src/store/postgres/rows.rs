//! Rows, read: the same text and the same numbers as in SQLite.

use super::writing::Stop;
use crate::error::Error;
use crate::ids::{AgreementId, PartyId};
use crate::record::{Asks, Sealed};
use crate::store::chain;
use crate::store::outbox::{
    Bounce, BounceAction, MessageRow, MessageState, PartRow, Pending, SentKey,
};
use ::postgres::Row;
use chrono::{DateTime, NaiveDate, Utc};

type Read<T> = Result<T, Stop>;

/// An entry: number, instant, text, digest and seal, in this order.
pub(super) fn sealed_row(row: &Row) -> Read<Sealed> {
    Ok(Sealed {
        number: row.try_get::<_, i64>(0)?.cast_unsigned(),
        at: chain::instant(row.try_get(1)?),
        text: row.try_get(2)?,
        digest: row.try_get(3)?,
        seal: row.try_get(4)?,
    })
}

pub(super) fn message_row(row: &Row) -> Read<MessageRow> {
    Ok(MessageRow {
        id: row.try_get("id")?,
        agreement: row
            .try_get::<_, Option<String>>("agreement")?
            .map(AgreementId::new),
        recipient: row.try_get("recipient")?,
        party: PartyId::new(row.try_get::<_, String>("party")?),
        day: day(row, "day")?,
        subject: row.try_get("subject")?,
        message_id: row.try_get("message_id")?,
        bytes: row.try_get("bytes")?,
        sha256: row.try_get("sha256")?,
        state: state(row)?,
        tries: tries(row)?,
        unanswered: u32::try_from(row.try_get::<_, i64>("unanswered")?)
            .map_err(|_| unreadable("unanswered"))?,
        first_tried_at: optional_instant(row, "first_tried_at")?,
        next_at: optional_instant(row, "next_at")?,
        claimed_until: optional_instant(row, "claimed_until")?,
        detail: row.try_get("detail")?,
        decided_at: instant(row, "decided_at")?,
        changed_at: instant(row, "changed_at")?,
    })
}

/// A message without its bytes, with its keys.
pub(super) fn pending_row(row: &Row) -> Read<Pending> {
    Ok(Pending {
        id: row.try_get("id")?,
        state: state(row)?,
        next_at: optional_instant(row, "next_at")?,
        claimed_until: optional_instant(row, "claimed_until")?,
        day: day(row, "day")?,
        decided_at: instant(row, "decided_at")?,
        tries: tries(row)?,
        detail: row.try_get("detail")?,
        keys: row.try_get("keys")?,
    })
}

pub(super) fn sent_key(row: &Row) -> Read<SentKey> {
    Ok(SentKey {
        key: row.try_get("key")?,
        message_id: row.try_get("message_id")?,
        at: instant(row, "changed_at")?,
    })
}

pub(super) fn part_row(row: &Row) -> Read<PartRow> {
    Ok(PartRow {
        key: row.try_get("key")?,
        agreement: AgreementId::new(row.try_get::<_, String>("agreement")?),
        obligation: row.try_get("obligation")?,
        occurrence: optional_day(row, "occurrence")?,
        stage: row.try_get("stage")?,
        recipient: row.try_get("recipient")?,
        date: optional_day(row, "date")?,
        asks: match row.try_get::<_, Option<i64>>("asks_about")? {
            Some(about) => Some(Asks {
                about: about.cast_unsigned(),
                silent_from: day(row, "silent_from")?,
            }),
            None => None,
        },
    })
}

pub(super) fn bounce_row(row: &Row) -> Read<Bounce> {
    Ok(Bounce {
        message: row.try_get("message")?,
        report: row.try_get("report")?,
        action: BounceAction::from_word(row.try_get("action")?)
            .ok_or_else(|| unreadable("action"))?,
        status: row.try_get("status")?,
        said: row.try_get("said")?,
        at: instant(row, "at")?,
    })
}

pub(super) fn state(row: &Row) -> Read<MessageState> {
    MessageState::from_word(row.try_get("state")?).ok_or_else(|| unreadable("state"))
}

pub(super) fn tries(row: &Row) -> Read<u32> {
    u32::try_from(row.try_get::<_, i64>("tries")?).map_err(|_| unreadable("tries"))
}

/// A column that holds an instant, in milliseconds.
pub(super) fn instant(row: &Row, column: &str) -> Read<DateTime<Utc>> {
    optional_instant(row, column)?.ok_or_else(|| unreadable(column))
}

fn optional_instant(row: &Row, column: &str) -> Read<Option<DateTime<Utc>>> {
    let Some(milliseconds) = row.try_get::<_, Option<i64>>(column)? else {
        return Ok(None);
    };
    DateTime::from_timestamp_millis(milliseconds)
        .map(Some)
        .ok_or_else(|| unreadable(column))
}

/// A column that holds a day.
pub(super) fn day(row: &Row, column: &str) -> Read<NaiveDate> {
    optional_day(row, column)?.ok_or_else(|| unreadable(column))
}

fn optional_day(row: &Row, column: &str) -> Read<Option<NaiveDate>> {
    let Some(text) = row.try_get::<_, Option<&str>>(column)? else {
        return Ok(None);
    };
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map(Some)
        .map_err(|_| unreadable(column))
}

/// A value that this program never wrote.
fn unreadable(column: &str) -> Stop {
    Stop::Said(Error::failed(format!(
        "the store has something in its column `{column}` that sideletter never wrote; put a backup in its place, and keep the damaged one"
    )))
}
