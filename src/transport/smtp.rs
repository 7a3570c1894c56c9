//! The conversation with a relay, command by command: what follows from an answer depends on where it stands.
//!
//! lettre's own transport tells a connection that broke before the message from one that broke after it by nothing at all, so
//! the conversation is held here.

use super::connection::{Connection, Failure, Tls};
use super::reply::Reply;
use super::{Fate, Sender, Session, Trouble, wire};
use crate::error::{Error, Result};
use crate::office::{Login, Security, Smtp};
use crate::store::outbox::MessageRow;
use crate::tls;
use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::commands::{Auth, Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension};
use lettre::transport::smtp::response::Response;
use rustls::pki_types::ServerName;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How many messages one connection carries: relays that limit it allow no fewer.
const MOST_A_CONNECTION: u32 = 20;

/// How long an answer may take while somebody only looks whether the relay is there.
const PATIENCE: Duration = Duration::from_secs(20);

/// How many questions a relay may ask for one login; none asks more than two.
const MOST_QUESTIONS: u32 = 5;

/// The relay of an office, and all that is needed to speak to it.
#[derive(Clone)]
pub struct Relay {
    settings: Smtp,
    office: PathBuf,
    sender: Sender,
    hello: ClientId,
    tls: Option<Tls>,
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
            Security::Starttls | Security::Tls => Some(safe_way(settings, office)?),
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
        relay.connect()?.hang_up();
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
    fn connect(&self) -> std::result::Result<Connection, Trouble> {
        let addresses = self.addresses()?;
        let first = match self.settings.security {
            Security::Tls => self.tls.as_ref(),
            Security::Starttls | Security::Plain => None,
        };
        let mut connection = Connection::open(&addresses, self.timeout(), &self.hello, first)
            .map_err(|failure| self.not_reached(failure))?;
        if let (Security::Starttls, Some(tls)) = (self.settings.security, &self.tls) {
            if !connection.offers().supports_feature(Extension::StartTls) {
                connection.hang_up();
                return Err(Trouble {
                    what: format!(
                        "the relay at {} offers no STARTTLS, and nothing is sent without; write `security = \"tls\"` where it speaks TLS from the first byte (mostly at port 465)",
                        self.place()
                    ),
                    lasting: true,
                });
            }
            connection = connection
                .start_tls(tls, &self.hello)
                .map_err(|failure| self.not_reached(failure))?;
        }
        match &self.settings.login {
            Some(login) => self.log_in(connection, login),
            None => Ok(connection),
        }
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
        mut connection: Connection,
        login: &Login,
    ) -> std::result::Result<Connection, Trouble> {
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
        let Some(mechanism) = connection.offers().get_auth_mechanism(mechanisms) else {
            connection.hang_up();
            return Err(lasting(if login.is_token {
                "the relay takes no token (it offers no XOAUTH2)".to_owned()
            } else {
                "the relay takes no password (it offers neither PLAIN nor LOGIN)".to_owned()
            }));
        };
        let credentials = Credentials::new(login.username.clone(), secret);
        let what = if login.is_token { "token" } else { "password" };
        // The answer to a token that is refused is a question that nobody can answer.
        let refused = || lasting(format!("the relay refuses this `username` with its {what}"));
        let mut command = Auth::new(mechanism, credentials.clone(), None);
        for _ in 0..MOST_QUESTIONS {
            let Ok(auth) = command else {
                break;
            };
            match connection.command(auth) {
                Ok(response) if response.has_code(334) => {
                    command = Auth::new_from_response(mechanism, credentials.clone(), &response);
                }
                Ok(_) => return Ok(connection),
                Err(failure) => {
                    connection.hang_up();
                    return Err(match failure {
                        Failure::Refused(reply) => {
                            reply.trouble(&format!("this `username` with its {what}"))
                        }
                        Failure::Broke(why) | Failure::Unsafe(why) => {
                            self.broke("while logging in", &why)
                        }
                    });
                }
            }
        }
        connection.hang_up();
        Err(refused())
    }

    fn place(&self) -> String {
        format!("{}:{}", self.settings.host, self.settings.port)
    }

    fn not_reached(&self, failure: Failure) -> Trouble {
        match failure {
            Failure::Refused(reply) => reply.trouble("the connection"),
            Failure::Unsafe(why) => Trouble {
                what: format!(
                    "the way to the relay at {} cannot be made safe: {why}; see that `host` is the name in its certificate, and where the authority is your own, name its file under `authorities`",
                    self.place()
                ),
                lasting: true,
            },
            Failure::Broke(why) => self.broke("at its beginning", &why),
        }
    }

    fn broke(&self, when: &str, why: &str) -> Trouble {
        Trouble {
            what: format!(
                "the connection to the relay at {} failed {when}: {why}",
                self.place()
            ),
            lasting: false,
        }
    }
}

fn safe_way(settings: &Smtp, office: &Path) -> Result<Tls> {
    let authorities = settings.authorities.as_ref().map(|path| office.join(path));
    let key = "`authorities` under [mail.smtp]";
    let name = ServerName::try_from(settings.host.clone()).map_err(|cause| {
        Error::failed("`host` under [mail.smtp] is no name of a server").because(cause)
    })?;
    Ok(Tls {
        config: Arc::new(tls::verified(authorities.as_deref(), key)?),
        name,
    })
}

/// A connection and how many messages it has carried.
struct Open {
    connection: Connection,
    carried: u32,
}

/// What the relay answered to commands, one after another.
type Answers = std::vec::IntoIter<std::result::Result<Response, Failure>>;

/// One session with the relay: a connection, made when the first message comes and anew where it has ended.
pub(super) struct Conversation<'a> {
    relay: &'a Relay,
    open: Option<Open>,
}

impl<'a> Conversation<'a> {
    pub(super) fn new(relay: &'a Relay) -> Self {
        Self { relay, open: None }
    }

    /// A connection on which the relay has accepted the sender, and what it answered to the recipient and to the wish to
    /// send.
    fn begin(
        &mut self,
        to: &Address,
        message: &MessageRow,
    ) -> std::result::Result<(Open, Answers), Trouble> {
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.carried >= MOST_A_CONNECTION)
        {
            self.end();
        }
        let sender = self.relay.sender.for_message(message);
        let commands = [
            Mail::new(Some(sender), Vec::new()).to_string(),
            Rcpt::new(to.clone(), Vec::new()).to_string(),
            Data.to_string(),
        ];
        loop {
            let had = self.open.is_some();
            let mut open = match self.open.take() {
                Some(open) => open,
                None => Open {
                    connection: self.relay.connect()?,
                    carried: 0,
                },
            };
            let mut answers = open.connection.commands(&commands).into_iter();
            match answers.next() {
                Some(Err(failure)) => {
                    open.connection.hang_up();
                    match failure {
                        // A relay may end a connection that it has kept for long enough; nothing of this message is begun.
                        Failure::Refused(reply) if had && reply.code() == 421 => {}
                        Failure::Broke(_) | Failure::Unsafe(_) if had => {}
                        Failure::Refused(reply) => {
                            return Err(reply.trouble(self.relay.sender.setting()));
                        }
                        Failure::Broke(why) | Failure::Unsafe(why) => {
                            return Err(self.relay.broke("before a message was begun", &why));
                        }
                    }
                }
                _ => return Ok((open, answers)),
            }
        }
    }

    /// Hands one message over whose sender was accepted.
    fn hand_over(&mut self, mut open: Open, mut answers: Answers, message: &MessageRow) -> Fate {
        open.carried += 1;
        let recipient = answers.next();
        let asked_for = answers.next();
        if let Some(Err(failure)) = recipient {
            // A relay that takes several commands at once may ask for a message that has no recipient.
            let waits = matches!(asked_for, Some(Ok(_)));
            return self.refused_before(open, failure, waits, Reply::at_the_recipient);
        }
        match asked_for {
            Some(Ok(response)) if response.has_code(354) => {}
            Some(Ok(response)) => {
                open.connection.hang_up();
                return Fate::Deferred(format!(
                    "the relay did not ask for the message: {}",
                    Reply::of(&response)
                ));
            }
            Some(Err(failure)) => {
                return self.refused_before(open, failure, false, Reply::at_the_message);
            }
            None => {
                open.connection.hang_up();
                return Fate::Deferred("the relay did not ask for the message".to_owned());
            }
        }
        match open.connection.exchange(&wire::data(&message.bytes)) {
            Ok(response) if Reply::of(&response).code() < 300 => {
                let said = Reply::of(&response).to_string();
                self.open = Some(open);
                Fate::Sent(Some(said))
            }
            Ok(response) => {
                open.connection.hang_up();
                Fate::Unknown(format!("the answer was none: {}", Reply::of(&response)))
            }
            Err(Failure::Broke(why) | Failure::Unsafe(why)) => {
                open.connection.hang_up();
                Fate::Unknown(format!("no answer came: {why}"))
            }
            Err(Failure::Refused(reply)) => {
                if reply.code() == 421 {
                    open.connection.hang_up();
                } else {
                    self.open = Some(open);
                }
                reply.at_the_message()
            }
        }
    }

    /// What becomes of a message of which nothing was sent. `waits`: the relay waits for it all the same. `fate`: what an
    /// answer means at this stage.
    fn refused_before(
        &mut self,
        mut open: Open,
        failure: Failure,
        waits: bool,
        fate: impl FnOnce(&Reply) -> Fate,
    ) -> Fate {
        let reply = match failure {
            Failure::Refused(reply) => reply,
            Failure::Broke(why) | Failure::Unsafe(why) => {
                open.connection.hang_up();
                return Fate::Deferred(format!(
                    "the connection broke before the message was sent: {why}"
                ));
            }
        };
        // The sender stands until it is taken back.
        if !waits && reply.code() != 421 && open.connection.command(Rset).is_ok() {
            self.open = Some(open);
        } else {
            open.connection.hang_up();
        }
        fate(&reply)
    }
}

impl Session for Conversation<'_> {
    fn send(&mut self, message: &MessageRow) -> Fate {
        let Ok(to) = message.recipient.parse::<Address>() else {
            return Fate::Rejected {
                why: "its address is none".to_owned(),
                as_a_message: false,
            };
        };
        match self.begin(&to, message) {
            Ok((open, answers)) => self.hand_over(open, answers, message),
            Err(trouble) => Fate::NotTried(trouble),
        }
    }

    fn end(&mut self) {
        if let Some(open) = self.open.take() {
            open.connection.hang_up();
        }
    }
}
