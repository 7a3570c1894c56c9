//! `store.url`, read: a file of SQLite, or a server of PostgreSQL and how it is spoken to.
//!
//! Pure, so that `check` finds what is wrong with it before anybody connects.

use crate::words::nearest;
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// Where a store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// `sqlite:PATH`: a file, relative to the office's folder.
    Sqlite(String),
    /// `postgres://USER@HOST:PORT/DATABASE`.
    Postgres(Server),
}

/// A PostgreSQL database, as an address names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Where to look, in this order; never empty.
    pub hosts: Vec<Host>,
    /// The role; `None`: named as the system's user is.
    pub user: Option<String>,
    /// The database; `None`: named as the role is.
    pub database: Option<String>,
    /// How the connection is kept from being listened to.
    pub security: Security,
    /// How many seconds to wait for a connection.
    pub connect_timeout: u64,
}

/// One server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name, or the folder of its Unix socket.
    pub name: HostName,
    /// Its address, where its name is not to be looked up.
    pub address: Option<IpAddr>,
    /// Its port.
    pub port: u16,
}

/// What a server is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostName {
    /// A name or an address of the network.
    Network(String),
    /// The folder in which its Unix socket is.
    Socket(PathBuf),
}

/// How a connection is kept from being listened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all: it does not leave the machine.
    Plain,
    /// TLS, with the server's certificate and its name verified: by the file of authorities that is named, or else by
    /// the system's.
    Verified(Option<PathBuf>),
}

/// What an address may say after its question mark.
const PARAMETERS: [&str; 8] = [
    "host",
    "hostaddr",
    "port",
    "user",
    "dbname",
    "sslmode",
    "sslrootcert",
    "connect_timeout",
];

/// Where Debian's servers have their Unix sockets.
const SOCKETS: &str = "/var/run/postgresql";

const PORT: u16 = 5432;

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// What to write instead. Nothing of a password is in it.
    pub fn parse(url: &str) -> Result<Self, String> {
        match url.split_once(':') {
            Some(("sqlite", path)) if !path.trim().is_empty() => {
                Ok(Self::Sqlite(path.to_owned()))
            }
            Some(("postgres" | "postgresql", rest)) => rest
                .strip_prefix("//")
                .ok_or_else(|| "write \"postgres://USER@HOST/DATABASE\"".to_owned())
                .and_then(Parts::read)
                .and_then(Parts::settle)
                .map(Self::Postgres),
            _ => Err("write `sqlite:` and a path: \"sqlite:.sideletter/store.db\"; or a server of PostgreSQL: \"postgres://USER@HOST/DATABASE\"".to_owned()),
        }
    }

    /// An address as it may be shown: what may hold a password is left out.
    pub fn shown(url: &str) -> String {
        match url.split_once("://") {
            Some((scheme, _)) => format!("{scheme}://..."),
            None => url.to_owned(),
        }
    }
}

/// The parts of an address, decoded and not yet judged.
#[derive(Debug, Default)]
struct Parts {
    user: Option<String>,
    database: Option<String>,
    hosts: Vec<String>,
    addresses: Vec<String>,
    ports: Vec<String>,
    mode: Option<String>,
    roots: Option<PathBuf>,
    timeout: Option<String>,
}

impl Parts {
    fn read(rest: &str) -> Result<Self, String> {
        let mut parts = Self::default();
        let (before, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, database) = before.split_once('/').unwrap_or((before, ""));
        let (who, hosts) = authority
            .rsplit_once('@')
            .map_or((None, authority), |(who, hosts)| (Some(who), hosts));
        if let Some(who) = who {
            if who.contains(':') {
                return Err(NO_PASSWORD.to_owned());
            }
            parts.user = given(decode(who)?);
        }
        parts.database = given(decode(database)?);
        for host in hosts.split(',').filter(|_| !hosts.is_empty()) {
            let (name, port) = host_and_port(host);
            parts.hosts.push(decode(name)?);
            parts.ports.push(decode(port)?);
        }
        for parameter in parameters.split('&').filter(|p| !p.is_empty()) {
            let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            parts.parameter(key, decode(value)?)?;
        }
        Ok(parts)
    }

    fn parameter(&mut self, key: &str, value: String) -> Result<(), String> {
        let list = |value: &str| value.split(',').map(str::to_owned).collect();
        match key {
            "host" => self.hosts = list(&value),
            "hostaddr" => self.addresses = list(&value),
            "port" => self.ports = list(&value),
            "user" => self.user = given(value),
            "dbname" => self.database = given(value),
            "sslmode" => self.mode = given(value),
            "sslrootcert" => self.roots = given(value).map(PathBuf::from),
            "connect_timeout" => self.timeout = given(value),
            "password" | "passfile" | "sslpassword" => return Err(NO_PASSWORD.to_owned()),
            // A key that is none of these is named, never its value.
            _ => {
                let near = nearest(key, PARAMETERS)
                    .map(|near| format!(", perhaps `{near}`"))
                    .unwrap_or_default();
                return Err(format!(
                    "after the question mark write no more than {}{near}",
                    PARAMETERS.join(", ")
                ));
            }
        }
        Ok(())
    }

    fn settle(self) -> Result<Server, String> {
        let hosts = self.hosts()?;
        let stays = hosts.iter().all(Host::is_here);
        let verified = Security::Verified(self.roots.clone());
        let security = match self.mode.as_deref() {
            None if stays && self.roots.is_none() => Security::Plain,
            Some("disable" | "allow" | "prefer") if stays => Security::Plain,
            None | Some("require" | "verify-ca" | "verify-full") => verified,
            Some("disable" | "allow" | "prefer") => {
                return Err("a plain connection is for a Unix socket or a loopback address alone; leave `sslmode` out, so that TLS is used and verified".to_owned());
            }
            Some(_) => return Err("write `sslmode=verify-full`, or leave it out".to_owned()),
        };
        if security != Security::Plain
            && hosts
                .iter()
                .any(|host| matches!(host.name, HostName::Socket(_)))
        {
            return Err(
                "a Unix socket has no TLS; leave `sslmode` and `sslrootcert` out".to_owned(),
            );
        }
        let connect_timeout = match self.timeout.as_deref() {
            None => 10,
            Some(timeout) => timeout
                .parse()
                .ok()
                .filter(|seconds| (1..=600).contains(seconds))
                .ok_or("write `connect_timeout` in seconds, 1 to 600")?,
        };
        Ok(Server {
            hosts,
            user: self.user,
            database: self.database,
            security,
            connect_timeout,
        })
    }

    fn hosts(&self) -> Result<Vec<Host>, String> {
        let count = self.hosts.len().max(self.addresses.len()).max(1);
        if !(self.addresses.is_empty() || self.addresses.len() == count)
            || !(self.hosts.is_empty() || self.hosts.len() == count)
            || self.ports.len() > count
        {
            return Err("name as many of `hostaddr`, and of `port`, as of `host`".to_owned());
        }
        (0..count)
            .map(|n| {
                let address = self.addresses.get(n).filter(|a| !a.is_empty());
                let named = self.hosts.get(n).filter(|h| !h.is_empty()).or(address);
                // One port is for all.
                let port = self.ports.get(n).or(self.ports.first());
                Ok(Host {
                    name: match named {
                        None => HostName::Socket(PathBuf::from(SOCKETS)),
                        Some(name) if name.starts_with('/') => {
                            HostName::Socket(PathBuf::from(name))
                        }
                        Some(name) => HostName::Network(name.clone()),
                    },
                    address: address
                        .map(|a| a.parse())
                        .transpose()
                        .map_err(|_| "write `hostaddr` as numbers: 192.0.2.7")?,
                    port: match port.map(String::as_str) {
                        None | Some("") => PORT,
                        Some(port) => port
                            .parse()
                            .ok()
                            .filter(|&port| port > 0)
                            .ok_or("write a port as a number from 1 to 65535")?,
                    },
                })
            })
            .collect()
    }
}

/// What to say about a password in an address.
const NO_PASSWORD: &str = "take the password out of the address, which is for all to read, and name a file that has it under [store]: password_file = \"/etc/sideletter/store-password\"; or a `password_command` or `password_credential`";

impl Host {
    /// Whether what is said to it stays on this machine.
    fn is_here(&self) -> bool {
        match &self.name {
            HostName::Socket(_) => true,
            HostName::Network(name) => {
                let named_here =
                    name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
                named_here && self.address.is_none_or(|address| address.is_loopback())
            }
        }
    }
}

impl fmt::Display for Server {
    /// The address without the role: what a message calls the store.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let database = self.database.as_deref().unwrap_or_default();
        let socket = self.hosts.iter().find_map(|host| match &host.name {
            HostName::Socket(folder) => Some((folder.as_path(), host.port)),
            HostName::Network(_) => None,
        });
        match socket {
            Some((folder, PORT)) if folder == Path::new(SOCKETS) => {
                write!(f, "postgres:///{database}")
            }
            Some((folder, PORT)) => {
                write!(f, "postgres:///{database}?host={}", folder.display())
            }
            Some((folder, port)) => write!(
                f,
                "postgres:///{database}?host={}&port={port}",
                folder.display()
            ),
            None => {
                let hosts: Vec<String> = self.hosts.iter().map(ToString::to_string).collect();
                write!(f, "postgres://{}/{database}", hosts.join(","))
            }
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            HostName::Socket(folder) => write!(f, "{}", folder.display()),
            HostName::Network(name) if name.contains(':') => write!(f, "[{name}]:{}", self.port),
            HostName::Network(name) if self.port == PORT => f.write_str(name),
            HostName::Network(name) => write!(f, "{name}:{}", self.port),
        }
    }
}

fn given(value: String) -> Option<String> {
    (!value.is_empty()).then_some(value)
}

/// `db.example:5433` or `[::1]:5433`; the port is empty where there is none.
fn host_and_port(host: &str) -> (&str, &str) {
    match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((name, port)) => (name, port.strip_prefix(':').unwrap_or(port)),
        None => host.split_once(':').unwrap_or((host, "")),
    }
}

/// Percent signs undone.
fn decode(text: &str) -> Result<String, String> {
    let wanted = || "write a percent sign as %25".to_owned();
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || {
                rest.next()
                    .and_then(|digit| char::from(digit).to_digit(16))
                    .and_then(|digit| u8::try_from(digit).ok())
                    .ok_or_else(wanted)
            };
            bytes.push(digit()? * 16 + digit()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes)
        .ok()
        .filter(|text| !text.contains('\0'))
        .ok_or_else(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn server(url: &str) -> Server {
        match Address::parse(url) {
            Ok(Address::Postgres(server)) => server,
            other => panic!("{url}: {other:?}"),
        }
    }

    #[test]
    fn a_server_is_read_as_other_programs_read_it() {
        let whole = server("postgres://office@db.example:5433/letters?connect_timeout=3");
        assert_eq!(whole.user.as_deref(), Some("office"));
        assert_eq!(whole.database.as_deref(), Some("letters"));
        assert_eq!(whole.connect_timeout, 3);
        assert_eq!(whole.to_string(), "postgres://db.example:5433/letters");
        let socket = server("postgresql:///letters?host=/run/my%20sockets&user=office");
        assert_eq!(
            socket.hosts[0].name,
            HostName::Socket("/run/my sockets".into())
        );
        assert_eq!(
            socket.to_string(),
            "postgres:///letters?host=/run/my sockets"
        );
        let here = server("postgres:///letters");
        assert_eq!(here.hosts[0].name, HostName::Socket(SOCKETS.into()));
        assert_eq!(here.to_string(), "postgres:///letters");
        let two = server("postgres://one.example,[2001:db8::1]:5433/letters");
        assert_eq!(
            two.to_string(),
            "postgres://one.example,[2001:db8::1]:5433/letters"
        );
        // A password may hold what else would end it; an at sign in a folder is none that ends a role.
        let folder = server("postgres:///letters?host=/run/a@b");
        assert_eq!((folder.user, folder.hosts.len()), (None, 1));
    }

    #[test]
    fn only_what_stays_on_the_machine_is_plain() {
        for plain in [
            "postgres:///letters",
            "postgres://localhost/letters",
            "postgres://127.0.0.1:5433/letters",
            "postgres://[::1]/letters?sslmode=prefer",
            "postgres:///letters?host=/run/pg&sslmode=disable",
        ] {
            assert_eq!(server(plain).security, Security::Plain, "{plain}");
        }
        for verified in [
            "postgres://db.example/letters",
            "postgres://192.0.2.7/letters?sslmode=require",
            "postgres://localhost/letters?sslmode=verify-full",
            "postgres://localhost,db.example/letters",
            "postgres://localhost/letters?hostaddr=192.0.2.7",
            "postgres://db.example/letters?hostaddr=127.0.0.1",
        ] {
            assert_eq!(
                server(verified).security,
                Security::Verified(None),
                "{verified}"
            );
        }
        let roots = server("postgres://localhost/letters?sslrootcert=/etc/ca.pem").security;
        assert_eq!(roots, Security::Verified(Some("/etc/ca.pem".into())));
    }

    #[test]
    fn what_cannot_be_used_is_said_and_never_a_password() {
        let cases = [
            ("store.db", "sqlite:.sideletter/store.db"),
            ("sqlite:", "sqlite:.sideletter/store.db"),
            ("mysql://office:secret@db.example", "postgres://"),
            ("postgres:letters", "postgres://USER@HOST"),
            ("postgres://office:secret@db.example/x", "password_file"),
            ("postgres://office:se@cret@db.example/x", "password_file"),
            ("postgres:///x?password=secret", "password_file"),
            (
                "postgres://db.example/x?sslmode=disable",
                "loopback address",
            ),
            ("postgres://db.example/x?sslmode=prefer", "loopback address"),
            (
                "postgres://localhost,db.example/x?sslmode=disable",
                "loopback",
            ),
            ("postgres:///x?sslmode=require", "Unix socket has no TLS"),
            ("postgres://db.example/x?sslmode=secret", "verify-full"),
            ("postgres://db.example/x?ssl_mode=secret", "`sslmode`"),
            ("postgres://db.example:secret/x", "1 to 65535"),
            ("postgres://db.example/x?hostaddr=secret", "as numbers"),
            ("postgres://a,b/x?port=1,2,3", "as many of"),
            ("postgres://a/x?connect_timeout=0", "1 to 600"),
            ("postgres://a%zz/x", "%25"),
            ("postgres://a/%00", "%25"),
        ];
        for (url, expected) in cases {
            let said = Address::parse(url).unwrap_err();
            assert!(said.contains(expected), "{url}: {said}");
            assert!(!said.contains("secret"), "{url}: {said}");
        }
    }

    proptest::proptest! {
        #[test]
        fn reading_never_panics(rest in "(?s).*", parameters in "[a-z=&%0-9,/:@\\[\\]]*") {
            let _ = Address::parse(&rest);
            let _ = Address::parse(&format!("postgres://{rest}"));
            let _ = Address::parse(&format!("postgres://{parameters}?{parameters}"));
        }
    }
}
