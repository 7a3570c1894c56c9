//! A whole store handed over, and made anew from what another hands over.

use super::outbox::{keep_part, put as put_message, put_bounce};
use super::rows::{bounce_row, instant, message_row, part_row, state, tries};
use super::trouble::Trouble;
use super::writing::Stop;
use super::{Postgres, insert, sealed_after, set_last_run, track, tracking};
use crate::error::Result;
use crate::store::Store;
use crate::store::backup::{
    Became, Consent, Copied, ENTRIES, Holdings, MESSAGES, Piece, Taking, with_parts,
};
use crate::store::outbox::{MessageRow, PartRow};
use ::postgres::{GenericClient, IsolationLevel};
use std::path::Path;

impl Copied for Postgres {
    fn pieces(&self, take: &mut Taking<'_>) -> Result<()> {
        let mut client = self.client.borrow_mut();
        let mut read = || -> std::result::Result<(), Stop> {
            let mut transaction = client
                .build_transaction()
                .read_only(true)
                // The store as it was at the first question, and nobody is kept from writing.
                .isolation_level(IsolationLevel::RepeatableRead)
                .start()?;
            hand_over(&mut transaction, take)?;
            Ok(transaction.rollback()?)
        };
        read().reading(&self.server)
    }

    fn holdings(&self) -> Result<Holdings> {
        holdings(&mut *self.client.borrow_mut()).reading(&self.server)
    }

    fn replace(&mut self, source: &dyn Store, consent: &Consent<'_>) -> Result<()> {
        self.write("what was restored", |transaction| {
            consent(&holdings(transaction)?, &mut |take| {
                hand_over(transaction, take).reading(&self.server)
            })?;
            // The triggers keep every entry; only the owner of the tables can set them aside, and only until this is done.
            transaction.batch_execute(
                "ALTER TABLE entries DISABLE TRIGGER USER;
                 DELETE FROM bounces; DELETE FROM reminders; DELETE FROM messages; DELETE FROM last_run; DELETE FROM tracking; DELETE FROM entries;
                 ALTER TABLE entries ENABLE TRIGGER USER;",
            )?;
            source.pieces(&mut |piece| put(transaction, piece).writing(&self.server))?;
            Ok(())
        })
    }

    fn file(&self) -> Option<&Path> {
        None
    }
}

fn hand_over(
    client: &mut impl GenericClient,
    take: &mut Taking<'_>,
) -> std::result::Result<(), Stop> {
    let mut newest = 0;
    loop {
        let entries = sealed_after(client, newest, ENTRIES)?;
        let Some(last) = entries.last() else { break };
        newest = last.number;
        take(Piece::Entries(entries))?;
    }
    take(Piece::Tracking(tracking(client)?))?;
    if let Some(row) = client.query_opt("SELECT at FROM last_run", &[])? {
        take(Piece::LastRun(instant(&row, "at")?))?;
    }
    let mut newest = i64::MIN;
    loop {
        let messages = messages_after(client, newest)?;
        let Some((last, _)) = messages.last() else {
            break;
        };
        newest = last.id;
        take(Piece::Messages(messages))?;
    }
    let bounces = client
        .query("SELECT * FROM bounces ORDER BY message, report", &[])?
        .iter()
        .map(bounce_row)
        .collect::<std::result::Result<_, _>>()?;
    Ok(take(Piece::Bounces(bounces))?)
}

fn messages_after(
    client: &mut impl GenericClient,
    id: i64,
) -> std::result::Result<Vec<(MessageRow, Vec<PartRow>)>, Stop> {
    let messages: Vec<MessageRow> = client
        .query(
            "SELECT * FROM messages WHERE id > $1 ORDER BY id LIMIT $2",
            &[&id, &MESSAGES],
        )?
        .iter()
        .map(message_row)
        .collect::<std::result::Result<_, _>>()?;
    let last = messages.last().map_or(id, |last| last.id);
    let parts = client
        .query(
            "SELECT * FROM reminders WHERE message > $1 AND message <= $2 ORDER BY message, place",
            &[&id, &last],
        )?
        .iter()
        .map(|row| Ok((row.try_get("message")?, part_row(row)?)))
        .collect::<std::result::Result<_, Stop>>()?;
    Ok(with_parts(messages, parts))
}

fn holdings(client: &mut impl GenericClient) -> std::result::Result<Holdings, Stop> {
    Ok(Holdings {
        seals: client
            .query("SELECT number, seal FROM entries", &[])?
            .iter()
            .map(|row| Ok((row.try_get::<_, i64>(0)?.cast_unsigned(), row.try_get(1)?)))
            .collect::<std::result::Result<_, Stop>>()?,
        messages: client
            .query(
                "SELECT message_id, state, tries, changed_at FROM messages",
                &[],
            )?
            .iter()
            .map(|row| {
                let became = Became {
                    state: state(row)?,
                    tries: tries(row)?,
                    changed_at: instant(row, "changed_at")?,
                };
                Ok((row.try_get("message_id")?, became))
            })
            .collect::<std::result::Result<_, Stop>>()?,
        tracking: tracking(client)?,
    })
}

fn put(client: &mut impl GenericClient, piece: Piece) -> std::result::Result<(), Stop> {
    match piece {
        Piece::Entries(entries) => insert(client, &entries),
        Piece::Tracking(tracking) => tracking
            .iter()
            .try_for_each(|(agreement, day)| track(client, agreement, *day)),
        Piece::LastRun(at) => set_last_run(client, at),
        Piece::Messages(messages) => {
            for (message, parts) in messages {
                put_message(client, &message)?;
                for (place, part) in (1..).zip(&parts) {
                    keep_part(client, message.id, place, part)?;
                }
            }
            Ok(())
        }
        Piece::Bounces(bounces) => bounces
            .iter()
            .try_for_each(|bounce| put_bounce(client, bounce).map(drop)),
    }
}
