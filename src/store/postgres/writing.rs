//! A transaction that writes: one at a time, tried again where the server asks for it, and honest about a lost commit.

use super::Postgres;
use super::opening::{MIGRATIONS, newer};
use super::trouble::{self, Trouble};
use crate::error::{Error, Result};
use ::postgres::error::SqlState;
use ::postgres::{Client, Transaction};

/// Why a transaction did not end.
pub(super) enum Stop {
    /// The server, or the way to it.
    Server(::postgres::Error),
    /// The program itself, in its own words.
    Said(Error),
    /// The connection broke while the transaction was being committed: it may be done, or not.
    InDoubt(::postgres::Error),
}

impl From<::postgres::Error> for Stop {
    fn from(cause: ::postgres::Error) -> Self {
        Self::Server(cause)
    }
}

impl From<Error> for Stop {
    fn from(said: Error) -> Self {
        Self::Said(said)
    }
}

/// How often a transaction is tried that the server gave up for the sake of another.
const TRIES: usize = 10;

impl Postgres {
    /// Does `work` in a transaction that no other writer can come between. `what` is what it writes, for saying that
    /// nobody knows whether it is there. The work is done again where the server gave it up for the sake of another's.
    pub(super) fn write<T>(
        &self,
        what: &str,
        mut work: impl FnMut(&mut Transaction<'_>) -> std::result::Result<T, Stop>,
    ) -> Result<T> {
        let mut client = self.client.borrow_mut();
        let mut tried = 1;
        loop {
            match once(&mut client, &mut work) {
                Err(Stop::Server(cause)) if tried < TRIES && is_for_another(&cause) => tried += 1,
                Err(Stop::InDoubt(cause)) => {
                    return Err(trouble::in_doubt(&self.server, what, &cause));
                }
                done => return done.writing(&self.server),
            }
        }
    }
}

fn once<T>(
    client: &mut Client,
    work: &mut impl FnMut(&mut Transaction<'_>) -> std::result::Result<T, Stop>,
) -> std::result::Result<T, Stop> {
    let mut transaction = client.transaction()?;
    // The turn: it ends with the transaction. Another program may have brought the store to a newer version meanwhile.
    let row = transaction.query_one("SELECT version FROM store FOR UPDATE", &[])?;
    let version: i32 = row.try_get("version")?;
    if usize::try_from(version).is_ok_and(|version| version > MIGRATIONS.len()) {
        return Err(Stop::Said(newer(version)));
    }
    let done = work(&mut transaction)?;
    commit(transaction)?;
    Ok(done)
}

/// Commits; where the server says that it did not, that is an error like any other.
pub(super) fn commit(transaction: Transaction<'_>) -> std::result::Result<(), Stop> {
    transaction.commit().map_err(|cause| {
        let refused = cause
            .as_db_error()
            .is_some_and(|said| said.severity() == "ERROR");
        if refused {
            Stop::Server(cause)
        } else {
            Stop::InDoubt(cause)
        }
    })
}

/// Whether the server gave a transaction up so that another could go on.
pub(super) fn is_for_another(cause: &::postgres::Error) -> bool {
    cause.code().is_some_and(|code| {
        [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
        ]
        .contains(code)
    })
}
