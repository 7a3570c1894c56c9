//! Connecting: whether the database holds a store, of which version, and whether it may be read or written as asked.

use super::Postgres;
use super::trouble::{self, Trouble};
use super::writing::{Stop, commit, is_for_another};
use crate::error::{Error, Result};
use crate::store::Access;
use crate::store::address::{HostName, Security, Server};
use crate::tls;
use ::postgres::config::{SslMode, TargetSessionAttrs};
use ::postgres::error::SqlState;
use ::postgres::{Client, Config, GenericClient, NoTls};
use std::path::Path;
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// What makes each version of the store out of the one before; the first makes it out of nothing.
pub(super) const MIGRATIONS: [&str; 4] = [
    include_str!("0001.sql"),
    include_str!("0002.sql"),
    include_str!("0003.sql"),
    include_str!("0004.sql"),
];

/// What every connection begins with. A host that is gone in the middle keeps nobody waiting for long; a commit that is
/// acknowledged is on the disk.
const SETTINGS: &str = "
    SET search_path = sideletter;
    SET client_min_messages = warning;
    SET lock_timeout = '10s';
    SET statement_timeout = '60s';
    SET idle_in_transaction_session_timeout = '60s';
    SET tcp_keepalives_idle = 15;
    SET tcp_keepalives_interval = 5;
    SET tcp_keepalives_count = 3;
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
";

/// Connects to the server.
pub(super) fn connect(
    server: &Server,
    password: Option<String>,
    office: &Path,
    access: Access,
) -> Result<Client> {
    let mut config = Config::new();
    config
        .application_name("sideletter")
        .connect_timeout(Duration::from_secs(server.connect_timeout))
        .keepalives_idle(Duration::from_secs(15));
    if let Some(user) = &server.user {
        config.user(user);
    }
    if let Some(database) = &server.database {
        config.dbname(database);
    }
    if let Some(password) = password {
        config.password(password);
    }
    for host in &server.hosts {
        match &host.name {
            HostName::Network(name) => config.host(name),
            HostName::Socket(folder) => socket(&mut config, folder),
        };
        config.port(host.port);
    }
    // The addresses are for all hosts or for none.
    for address in server.hosts.iter().filter_map(|host| host.address) {
        config.hostaddr(address);
    }
    if server.hosts.len() > 1 && access == Access::Write {
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    }
    let connected = match &server.security {
        Security::Plain => config.ssl_mode(SslMode::Disable).connect(NoTls),
        Security::Verified(authorities) => {
            let authorities = authorities.as_ref().map(|path| office.join(path));
            config
                .ssl_mode(SslMode::Require)
                .connect(MakeRustlsConnect::new(tls::verified(
                    authorities.as_deref(),
                    "`sslrootcert` in `url` under [store]",
                )?))
        }
    };
    let mut client = connected.map_err(|cause| trouble::not_connected(server, &cause))?;
    client
        .batch_execute(SETTINGS)
        .map_err(Stop::from)
        .reading(server)?;
    Ok(client)
}

#[cfg(unix)]
fn socket<'a>(config: &'a mut Config, folder: &Path) -> &'a mut Config {
    config.host_path(folder)
}

/// A host that nobody has, where there are no Unix sockets.
#[cfg(not(unix))]
fn socket<'a>(config: &'a mut Config, folder: &Path) -> &'a mut Config {
    config.host(folder.to_string_lossy())
}

/// Sees whether there is a store to read, and keeps the connection from writing.
pub(super) fn to_read(store: &Postgres) -> Result<bool> {
    let mut client = store.client.borrow_mut();
    client
        .batch_execute("SET default_transaction_read_only = on")
        .map_err(Stop::from)
        .reading(&store.server)?;
    let found = recognize(&mut *client).reading(&store.server)?;
    if (1..MIGRATIONS.len()).contains(&found) {
        return Err(Error::failed(format!(
            "the store {} was written by an older version of sideletter; `sideletter run` brings it up to date",
            store.server
        )));
    }
    Ok(found > 0)
}

/// Sees that there is a store to write, and makes it or brings it up to date.
pub(super) fn to_write(store: &Postgres) -> Result<()> {
    let mut client = store.client.borrow_mut();
    let found = recognize(&mut *client).writing(&store.server)?;
    if found == MIGRATIONS.len() {
        return Ok(());
    }
    for _ in 0..10 {
        match migrate(&mut client) {
            // Another process has made it: that is as good.
            Err(Stop::Server(cause)) if is_for_another(&cause) || is_there_already(&cause) => {}
            Err(Stop::InDoubt(cause)) => {
                return Err(trouble::in_doubt(
                    &store.server,
                    "the store's tables",
                    &cause,
                ));
            }
            done => return done.writing(&store.server),
        }
    }
    Err(Error::failed(format!(
        "cannot make the store {}: others make it at the same time; run this again",
        store.server
    )))
}

/// Brings the store up to date, in one transaction.
fn migrate(client: &mut Client) -> std::result::Result<(), Stop> {
    let mut transaction = client.transaction()?;
    // There is no row to lock yet. The number is any that nobody else uses: `SLET`.
    transaction.execute("SELECT pg_advisory_xact_lock(1397507412)", &[])?;
    // Another process may have done it while this one waited for its turn.
    let found = recognize(&mut transaction)?;
    if found == 0 {
        let encoding: String = transaction
            .query_one("SHOW server_encoding", &[])?
            .try_get(0)?;
        if encoding != "UTF8" {
            return Err(Stop::Said(Error::failed(format!(
                "the database keeps text in {encoding}, and agreements are in UTF-8; make another: createdb --encoding UTF8 --template template0 NAME"
            ))));
        }
        if !look(&mut transaction)?.schema {
            transaction.batch_execute("CREATE SCHEMA sideletter")?;
        }
    }
    for migration in MIGRATIONS.iter().skip(found) {
        transaction.batch_execute(migration)?;
    }
    transaction.execute(
        "INSERT INTO store (one, program, version) VALUES (1, 'sideletter', $1)
         ON CONFLICT (one) DO UPDATE SET version = excluded.version",
        &[&i32::try_from(MIGRATIONS.len()).unwrap_or(i32::MAX)],
    )?;
    commit(transaction)
}

/// Which version of the store the database holds: 0 for one that is for us and has nothing in it.
fn recognize(client: &mut impl GenericClient) -> std::result::Result<usize, Stop> {
    let found = look(client)?;
    if found.ours {
        let row = client.query_opt("SELECT program, version FROM store", &[])?;
        let (program, version) = match &row {
            Some(row) => (row.try_get("program")?, row.try_get("version")?),
            None => ("", 0_i32),
        };
        if program != "sideletter" {
            return Err(Stop::Said(others()));
        }
        return usize::try_from(version)
            .ok()
            .filter(|&version| version <= MIGRATIONS.len())
            .ok_or_else(|| Stop::Said(newer(version)));
    }
    // A schema of our name without anything in it was made for us, whatever else is in the database.
    if found.inside > 0 || (found.outside > 0 && !found.schema) {
        return Err(Stop::Said(others()));
    }
    Ok(0)
}

/// What is in the database.
struct Found {
    /// A table `store` that may be ours.
    ours: bool,
    /// A schema of our name.
    schema: bool,
    /// How many things are in it.
    inside: i64,
    /// How many are elsewhere.
    outside: i64,
}

/// Looks with one question, because another process may be making the store meanwhile. What an extension brought is
/// nobody's.
fn look(client: &mut impl GenericClient) -> std::result::Result<Found, Stop> {
    let row = client.query_one(
        "SELECT
            count(*) FILTER (WHERE nspname = 'sideletter') AS inside,
            count(*) FILTER (WHERE nspname <> 'sideletter') AS outside,
            EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'sideletter') AS schema,
            (SELECT count(*) = 2 FROM pg_catalog.pg_attribute
                JOIN pg_catalog.pg_class ON pg_class.oid = attrelid
                JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname = 'sideletter' AND relname = 'store' AND attname IN ('program', 'version')) AS ours
         FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
         WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
            AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend
                WHERE pg_depend.objid = pg_class.oid AND pg_depend.deptype = 'e')",
        &[],
    )?;
    Ok(Found {
        ours: row.try_get("ours")?,
        schema: row.try_get("schema")?,
        inside: row.try_get("inside")?,
        outside: row.try_get("outside")?,
    })
}

fn is_there_already(cause: &::postgres::Error) -> bool {
    cause.code().is_some_and(|code| {
        [
            SqlState::DUPLICATE_SCHEMA,
            SqlState::DUPLICATE_TABLE,
            SqlState::UNIQUE_VIOLATION,
        ]
        .contains(code)
    })
}

/// What to say about a database that holds something else.
fn others() -> Error {
    Error::failed(
        "the database that `url` under [store] names holds the tables of another program; name a database of sideletter's own (createdb NAME), or make room in this one: CREATE SCHEMA sideletter",
    )
}

/// What to say about a store that a later program wrote.
pub(super) fn newer(version: i32) -> Error {
    Error::failed(format!(
        "the store was written by a newer version of sideletter (store version {version}; this one knows {}); install the newer version on this machine too",
        MIGRATIONS.len()
    ))
}
