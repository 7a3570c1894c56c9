//! The conversation with a relay, command by command: what follows from an answer depends on where it stands.
//!
//! lettre's own transport tells a connection that broke before the message from one that broke after it by nothing at all, so
//! its connection is driven here.

use super::reply::Reply;
use super::{Fate, Sender, Session, Trouble, wire};
use crate::error::{Error, Result};
use crate::office::{Login, Security, Smtp};
use crate::store::outbox::MessageRow;
use lettre::Address;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    Certificate, CertificateStore, SmtpConnection, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How many messages one connection carries: relays that limit it allow no fewer.
const MOST_A_CONNECTION: u32 = 20;

/// How long a relay may take for its goodbye, which changes nothing.
const GOODBYE: Duration = Duration::from_secs(2);

/// How long an answer may take while somebody only looks whether the relay is there.
const PATIENCE: Duration = Duration::from_secs(20);

/// The relay of an office, and all that is needed to speak to it.
#[derive(Clone)]
pub struct Relay {
    settings: Smtp,
    office: PathBuf,
    sender: Sender,
    hello: ClientId,
    tls: Option<TlsParameters>,
    /// Read once; a token is asked for at every connection, because it does not last.
    password: Option<String>,
}

impl Relay {
    /// Reads what has to be read before anybody connects.
    ///
    /// # Errors
    /// When a password or the authorities cannot be read.
    pub(super) fn new(settings: &Smtp, sender: Sender, office: &Path) -> Result<Self> {
        let tls = match settings.security {
            Security::Plain => None,
            Security::Starttls | Security::Tls => Some(tls(settings, office)?),
        };
        let password = match &settings.login {
            Some(login) if !login.is_token => Some(login.secret.read(office)?),
            _ => None,
        };
        Ok(Self {
            settings: settings.clone(),
            office: office.to_owned(),
            // The domain of its mail rather than the name of the machine, which nobody outside may know.
            hello: ClientId::Domain(sender.from.domain().to_owned()),
            sender,
            tls,
            password,
        })
    }

    pub(super) fn sessions(&self) -> usize {
        usize::try_from(self.settings.sessions).unwrap_or(1)
    }

    pub(super) fn pace(&self) -> Duration {
        match self.settings.per_minute {
            0 => Duration::ZERO,
            _ if self.settings.is_loopback() => Duration::ZERO,
            // Rounded up, so that no minute has one more.
            most => Duration::from_nanos(60_000_000_000_u64.div_ceil(u64::from(most))),
        }
    }

    /// From the connection to the last answer there are a dozen that may each take as long as is allowed.
    pub(super) fn longest(&self) -> chrono::TimeDelta {
        chrono::TimeDelta::seconds(i64::from(self.settings.timeout) * 15 + 60)
    }

    /// Connects, makes the way safe, logs in and says goodbye: all but a message. Whoever waits for it is a person, so that
    /// no answer may take as long as while mail is sent.
    pub(super) fn look(&self) -> std::result::Result<String, Trouble> {
        let patient = u32::try_from(PATIENCE.as_secs()).unwrap_or(u32::MAX);
        let mut relay = self.clone();
        relay.settings.timeout = relay.settings.timeout.min(patient);
        let mut connection = relay.connect()?;
        hang_up(&mut connection);
        let safe = match self.settings.security {
            Security::Starttls => "by STARTTLS, verified",
            Security::Tls => "by TLS, verified",
            Security::Plain => "on this machine, without TLS",
        };
        let login = match &self.settings.login {
            None => "no login is asked for".to_owned(),
            Some(login) if login.is_token => "takes the token".to_owned(),
            Some(_) => "takes the password".to_owned(),
        };
        Ok(format!("{} answers {safe}; {login}", self.place()))
    }

    fn timeout(&self) -> Duration {
        Duration::from_secs(u64::from(self.settings.timeout))
    }

    /// Connects, makes the way safe and logs in.
    fn connect(&self) -> std::result::Result<SmtpConnection, Trouble> {
        let addresses = self.addresses()?;
        let first = match self.settings.security {
            Security::Tls => self.tls.as_ref(),
            Security::Starttls | Security::Plain => None,
        };
        let mut connection = SmtpConnection::connect(
            addresses.as_slice(),
            Some(self.timeout()),
            &self.hello,
            first,
            None,
        )
        .map_err(|error| self.not_reached(&error))?;
        if let (Security::Starttls, Some(tls)) = (self.settings.security, &self.tls) {
            if !connection.can_starttls() {
                hang_up(&mut connection);
                return Err(Trouble {
                    what: format!(
                        "the relay at {} offers no STARTTLS, and nothing is sent without; write `security = \"tls\"` where it speaks TLS from the first byte (mostly at port 465)",
                        self.place()
                    ),
                    lasting: true,
                });
            }
            connection
                .starttls(tls, &self.hello)
                .map_err(|error| self.not_reached(&error))?;
        }
        if let Some(login) = &self.settings.login {
            self.log_in(&mut connection, login)?;
        }
        Ok(connection)
    }

    /// Where the relay is. A plain connection goes to this machine, whatever the name `localhost` may be made to mean.
    fn addresses(&self) -> std::result::Result<Vec<SocketAddr>, Trouble> {
        let found = (self.settings.host.as_str(), self.settings.port)
            .to_socket_addrs()
            .map_err(|cause| Trouble {
                what: format!("the relay {} is not found: {cause}", self.settings.host),
                lasting: false,
            })?;
        Ok(found
            .filter(|at| self.settings.security != Security::Plain || at.ip().is_loopback())
            .collect())
    }

    fn log_in(
        &self,
        connection: &mut SmtpConnection,
        login: &Login,
    ) -> std::result::Result<(), Trouble> {
        let lasting = |what| Trouble {
            what,
            lasting: true,
        };
        let (secret, mechanisms): (_, &[Mechanism]) = if login.is_token {
            let token = login.secret.read(&self.office);
            let token = token.map_err(|error| lasting(error.to_string()))?;
            (token, &[Mechanism::Xoauth2])
        } else {
            let password = self.password.clone().unwrap_or_default();
            (password, &[Mechanism::Plain, Mechanism::Login])
        };
        if connection
            .server_info()
            .get_auth_mechanism(mechanisms)
            .is_none()
        {
            hang_up(connection);
            return Err(lasting(if login.is_token {
                "the relay takes no token (it offers no XOAUTH2)".to_owned()
            } else {
                "the relay takes no password (it offers neither PLAIN nor LOGIN)".to_owned()
            }));
        }
        let credentials = Credentials::new(login.username.clone(), secret);
        let what = if login.is_token { "token" } else { "password" };
        match connection.auth(mechanisms, &credentials) {
            Ok(_) => Ok(()),
            Err(error) => {
                hang_up(connection);
                Err(match Reply::refusal(&error) {
                    Some(reply) => reply.trouble(&format!("this `username` with its {what}")),
                    // The answer to a token that is refused is a question that nobody can answer.
                    None if error.is_client() => {
                        lasting(format!("the relay refuses this `username` with its {what}"))
                    }
                    None => self.broke("while logging in", &error),
                })
            }
        }
    }

    fn place(&self) -> String {
        format!("{}:{}", self.settings.host, self.settings.port)
    }

    fn not_reached(&self, error: &smtp::Error) -> Trouble {
        if let Some(reply) = Reply::refusal(error) {
            return reply.trouble("the connection");
        }
        if is_about_tls(error) {
            return Trouble {
                what: format!(
                    "the way to the relay at {} cannot be made safe: {}; see that `host` is the name in its certificate, and where the authority is your own, name its file under `authorities`",
                    self.place(),
                    root_of(error)
                ),
                lasting: true,
            };
        }
        self.broke("at its beginning", error)
    }

    fn broke(&self, when: &str, error: &smtp::Error) -> Trouble {
        Trouble {
            what: format!(
                "the connection to the relay at {} failed {when}: {}",
                self.place(),
                root_of(error)
            ),
            lasting: false,
        }
    }
}

fn tls(settings: &Smtp, office: &Path) -> Result<TlsParameters> {
    let mut builder = TlsParametersBuilder::new(settings.host.clone());
    if let Some(path) = &settings.authorities {
        let path = office.join(path);
        let failed = || {
            Error::failed(format!(
                "cannot read the certificates in {}, which `authorities` under [mail.smtp] names; see that the file is there and is in the form PEM",
                path.display()
            ))
        };
        let text = std::fs::read(&path).map_err(|cause| failed().because(cause))?;
        let certificate = Certificate::from_pem(&text).map_err(|cause| failed().because(cause))?;
        builder = builder
            .certificate_store(CertificateStore::None)
            .add_root_certificate(certificate);
    }
    builder
        .build()
        .map_err(|cause| Error::failed("cannot begin TLS").because(cause))
}

fn is_about_tls(error: &smtp::Error) -> bool {
    error.is_tls() || {
        let mut cause = std::error::Error::source(error);
        let mut found = false;
        while let Some(error) = cause {
            found |= error
                .downcast_ref::<std::io::Error>()
                .and_then(std::io::Error::get_ref)
                .is_some_and(<dyn std::error::Error + Send + Sync>::is::<rustls::Error>);
            cause = error.source();
        }
        found
    }
}

/// The innermost cause, in its own words.
fn root_of(error: &smtp::Error) -> String {
    let mut root: &dyn std::error::Error = error;
    while let Some(cause) = root.source() {
        root = cause;
    }
    let words = root.to_string();
    if words.contains("WouldBlock") || words.contains("temporarily unavailable") {
        "no answer in time".to_owned()
    } else {
        words
    }
}

/// A connection and how many messages it has carried.
struct Open {
    connection: SmtpConnection,
    carried: u32,
}

/// One session with the relay: a connection, made when the first message comes and anew where it has ended.
pub(super) struct Conversation<'a> {
    relay: &'a Relay,
    open: Option<Open>,
}

impl<'a> Conversation<'a> {
    pub(super) fn new(relay: &'a Relay) -> Self {
        Self { relay, open: None }
    }

    /// A connection on which the relay has accepted the sender.
    fn begin(&mut self, message: &MessageRow) -> std::result::Result<Open, Trouble> {
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.carried >= MOST_A_CONNECTION)
        {
            self.end();
        }
        loop {
            let had = self.open.is_some();
            let mut open = match self.open.take() {
                Some(open) => open,
                None => Open {
                    connection: self.relay.connect()?,
                    carried: 0,
                },
            };
            let sender = self.relay.sender.for_message(message);
            let mail = Mail::new(Some(sender), Vec::new());
            match open.connection.command(mail) {
                Ok(_) => return Ok(open),
                Err(error) => {
                    let reply = Reply::refusal(&error);
                    hang_up(&mut open.connection);
                    // A relay may end a connection that it has kept for long enough; nothing of this message is begun.
                    if had && reply.as_ref().is_none_or(|reply| reply.code() == 421) {
                        continue;
                    }
                    return Err(match reply {
                        Some(reply) => reply.trouble(self.relay.sender.setting()),
                        None => self.relay.broke("before a message was begun", &error),
                    });
                }
            }
        }
    }

    /// Hands one message over whose sender was accepted.
    fn hand_over(&mut self, mut open: Open, to: Address, message: &MessageRow) -> Fate {
        open.carried += 1;
        let before = "the connection broke before the message was sent";
        match open.connection.command(Rcpt::new(to, Vec::new())) {
            Ok(_) => {}
            Err(error) => return self.refused_before(open, &error, before),
        }
        match open.connection.command(Data) {
            Ok(response) if response.has_code(354) => {}
            Ok(response) => {
                hang_up(&mut open.connection);
                return Fate::Deferred(format!(
                    "the relay did not ask for the message: {}",
                    Reply::of(&response)
                ));
            }
            Err(error) => return self.refused_before(open, &error, before),
        }
        match open.connection.command(Body(&message.bytes)) {
            Ok(response) if Reply::of(&response).code() < 300 => {
                let said = Reply::of(&response).to_string();
                self.open = Some(open);
                Fate::Sent(Some(said))
            }
            Ok(response) => {
                hang_up(&mut open.connection);
                Fate::Unknown(format!("the answer was none: {}", Reply::of(&response)))
            }
            Err(error) => {
                let Some(reply) = Reply::refusal(&error) else {
                    hang_up(&mut open.connection);
                    return Fate::Unknown(format!("no answer came: {}", root_of(&error)));
                };
                if reply.code() == 421 {
                    hang_up(&mut open.connection);
                } else {
                    self.open = Some(open);
                }
                reply.after_the_message()
            }
        }
    }

    fn refused_before(&mut self, mut open: Open, error: &smtp::Error, before: &str) -> Fate {
        let Some(reply) = Reply::refusal(error) else {
            hang_up(&mut open.connection);
            return Fate::Deferred(format!("{before}: {}", root_of(error)));
        };
        // The sender stands until it is taken back.
        if reply.code() != 421 && open.connection.command(Rset).is_ok() {
            self.open = Some(open);
        } else {
            hang_up(&mut open.connection);
        }
        reply.before_the_message()
    }
}

/// Ends a connection on which nothing more is said or waited for.
fn hang_up(connection: &mut SmtpConnection) {
    // Whether the limit could be set makes no difference to what follows.
    let _ = connection.set_timeout(Some(GOODBYE));
    connection.abort();
}

impl Session for Conversation<'_> {
    fn send(&mut self, message: &MessageRow) -> Fate {
        let Ok(to) = message.recipient.parse::<Address>() else {
            return Fate::Rejected {
                why: "its address is none".to_owned(),
                as_a_message: false,
            };
        };
        match self.begin(message) {
            Ok(open) => self.hand_over(open, to, message),
            Err(trouble) => Fate::NotTried(trouble),
        }
    }

    fn end(&mut self) {
        if let Some(mut open) = self.open.take() {
            hang_up(&mut open.connection);
        }
    }
}

/// A message as one command: lettre writes a command at once, and a message in two pieces.
struct Body<'a>(&'a [u8]);

impl fmt::Display for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Mails are written in ASCII: see `crate::mail`, and addresses in `crate::office`.
        f.write_str(&String::from_utf8_lossy(&wire::data(self.0)))
    }
}
