//! What PostgreSQL could not do, in words that say what to do about it.

use super::writing::Stop;
use crate::error::{Error, Result};
use crate::store::address::Server;
use ::postgres::error::SqlState;
use std::error::Error as _;
use std::fmt;

/// Turns PostgreSQL's errors into the program's.
pub(super) trait Trouble<T> {
    /// While reading the store.
    fn reading(self, server: &Server) -> Result<T>;
    /// While writing the store.
    fn writing(self, server: &Server) -> Result<T>;
}

impl<T> Trouble<T> for std::result::Result<T, Stop> {
    fn reading(self, server: &Server) -> Result<T> {
        self.map_err(|stop| explain(Doing::Reading, server, stop))
    }

    fn writing(self, server: &Server) -> Result<T> {
        self.map_err(|stop| explain(Doing::Writing, server, stop))
    }
}

#[derive(Clone, Copy, Debug)]
enum Doing {
    Reading,
    Writing,
}

impl fmt::Display for Doing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reading => "read",
            Self::Writing => "write",
        })
    }
}

fn explain(doing: Doing, server: &Server, stop: Stop) -> Error {
    let cause = match stop {
        Stop::Said(error) => return error,
        Stop::Server(cause) | Stop::InDoubt(cause) => cause,
    };
    let Some(code) = cause.code() else {
        return lost(doing, server, &cause);
    };
    let what = match code.code() {
        "55P03" => {
            "another process has had it locked for 10 seconds; wait until that one has ended and run this again"
        }
        "57014" => {
            "the server took more than a minute; see what else it is doing, and run this again"
        }
        "42501" => {
            "this role may not; let its owner type: GRANT USAGE ON SCHEMA sideletter TO ROLE, and GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA sideletter TO ROLE; or, where the store is not made yet: GRANT CREATE ON DATABASE NAME TO ROLE"
        }
        "53100" => "the server's disk is full; make room and run this again",
        "25006" => {
            "the server takes no writes, because it is a copy of another; name the one that does in `url` under [store]"
        }
        "53300" => {
            "the server has no connection left; run this again later, or raise max_connections"
        }
        // Commands on their way when the server ends.
        "57P01" | "57P02" | "57P03" | "57P05" | "25P03" => return lost(doing, server, &cause),
        _ => {
            return Error::failed(format!("cannot {doing} the store {server}"))
                .because(Said(in_words(&cause)));
        }
    };
    Error::failed(format!("cannot {doing} the store {server}: {what}"))
}

fn lost(doing: Doing, server: &Server, cause: &::postgres::Error) -> Error {
    let so = match doing {
        Doing::Reading => "",
        Doing::Writing => "; nothing was written",
    };
    Error::failed(format!(
        "cannot {doing} the store {server}: the connection was lost{so}; run this again when the server is back"
    ))
    .because(Said(in_words(cause)))
}

/// What to say where a transaction may be committed or not.
pub(super) fn in_doubt(server: &Server, what: &str, cause: &::postgres::Error) -> Error {
    Error::failed(format!(
        "the connection to the store {server} was lost while {what} was being written, so nobody here knows whether it is there; when the server is back, see `sideletter log` and `sideletter outbox` before you do this again"
    ))
    .because(Said(in_words(cause)))
}

/// What to say where there is no connection to begin with.
pub(super) fn not_connected(server: &Server, cause: &::postgres::Error) -> Error {
    let said = in_words(cause);
    let what = match cause.code().map(SqlState::code) {
        Some("28P01" | "28000") => {
            "the server does not let this role in; see `url` under [store], its `password_file`, and the server's pg_hba.conf"
        }
        Some("3D000") => "the server has no such database; make it: createdb NAME",
        Some("53300") => {
            "the server has no connection left; run this again later, or raise max_connections"
        }
        Some("57P03") => "the server is starting or ending; run this again when it is there",
        _ if said.contains("password missing") => {
            "the server asks for a password; name a file that has it under [store]: password_file = \"/etc/sideletter/store-password\"; or a `password_command` or `password_credential`"
        }
        _ if said.contains("certificate") || said.contains("TLS") => {
            "the connection cannot be made safe; see that the server has TLS, under the name in `url`, and name the authority of its certificate: sslrootcert=/path/ca.pem"
        }
        _ => "see that the server runs, and that `url` under [store] names it",
    };
    Error::failed(format!("cannot reach the store {server}: {what}")).because(Said(said))
}

/// A cause in one line.
#[derive(Debug)]
struct Said(String);

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Said {}

/// The error and what it came from, without what comes twice.
fn in_words(cause: &::postgres::Error) -> String {
    if let Some(said) = cause.as_db_error() {
        return said.message().to_owned();
    }
    let mut words = cause.to_string();
    let mut source = cause.source();
    while let Some(error) = source {
        let more = error.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        source = error.source();
    }
    words
}
