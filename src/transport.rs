//! How a message leaves: one session at a time hands over one message at a time, and says what came of it.
//!
//! Nothing here knows the store. What is kept of an answer, and when a message is tried again, is for [`crate::outbox`].

mod connection;
mod reply;
mod sendmail;
mod smtp;
mod wire;

use crate::error::{Error, Result};
use crate::maildir;
use crate::office::{Mail, Office, Transport};
use crate::store::outbox::{MessageRow, MessageState};
use std::path::PathBuf;

/// What came of handing a message over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was taken; the words are the relay's.
    Sent(Option<String>),
    /// Not now: it is to be tried again later.
    Deferred(String),
    /// Never: this message, or its recipient, is refused.
    Rejected {
        /// Why.
        why: String,
        /// Whether it was the message itself, and not the recipient.
        as_a_message: bool,
    },
    /// All of it was handed over and no answer came: nobody knows whether it was taken.
    Unknown(String),
    /// It was not even begun with: the fault is the relay's or the settings', and not this message's.
    NotTried(Trouble),
}

/// What keeps every message from leaving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong, without an address and without the relay's own words, which may hold one.
    pub what: String,
    /// Whether it stays until somebody changes something; otherwise waiting may be enough.
    pub lasting: bool,
}

/// One way by which messages leave, one after the other.
pub trait Session: Send {
    /// Hands a message over.
    fn send(&mut self, message: &MessageRow) -> Fate;

    /// Says goodbye.
    fn end(&mut self) {}
}

/// The office's way for its mail, ready to be used.
pub enum Way {
    /// Into the Maildir.
    Maildir(PathBuf),
    /// To a relay.
    Smtp(Box<smtp::Relay>),
    /// To a program.
    Sendmail(sendmail::Program),
}

impl Way {
    /// The way that the settings say.
    ///
    /// # Errors
    /// When the settings have a fault, or a password or the authorities cannot be read.
    pub fn of(office: &Office) -> Result<Self> {
        let mail = &office.settings.mail;
        match &mail.transport {
            Transport::Maildir => Ok(Self::Maildir(office.root.join(&mail.outbox))),
            Transport::Smtp(smtp) => Ok(Self::Smtp(Box::new(smtp::Relay::new(
                smtp,
                Sender::of(mail)?,
                &office.root,
            )?))),
            Transport::Sendmail(path) => Ok(Self::Sendmail(sendmail::Program::new(
                path,
                Sender::of(mail)?,
                mail.sendmail_timeout,
            ))),
            Transport::Faulty => Err(Error::faulty(
                "[mail] in sideletter.toml has a fault; type: sideletter check",
            )),
        }
    }

    /// How many sessions may be open at once.
    pub fn sessions(&self) -> usize {
        match self {
            Self::Smtp(relay) => relay.sessions(),
            Self::Maildir(_) | Self::Sendmail(_) => 1,
        }
    }

    /// The shortest time between one message and the next.
    pub fn pace(&self) -> std::time::Duration {
        match self {
            Self::Smtp(relay) => relay.pace(),
            Self::Maildir(_) | Self::Sendmail(_) => std::time::Duration::ZERO,
        }
    }

    /// The longest that one message can take.
    pub fn longest(&self) -> chrono::TimeDelta {
        match self {
            Self::Smtp(relay) => relay.longest(),
            Self::Maildir(_) => chrono::TimeDelta::minutes(30),
            Self::Sendmail(program) => program.longest(),
        }
    }

    /// Whether a message that was handed over and is handed over again takes its own place.
    pub fn repeats_harmlessly(&self) -> bool {
        matches!(self, Self::Maildir(_))
    }

    /// Sees whether messages would be taken, and hands none over; says what was found.
    ///
    /// # Errors
    /// What would keep every message from leaving.
    pub fn look(&self) -> std::result::Result<String, Trouble> {
        match self {
            Self::Maildir(folder) => maildir::look(folder)
                .map(|()| {
                    format!(
                        "mail is written into {}/new, and nothing leaves this machine",
                        folder.strip_prefix(".").unwrap_or(folder).display()
                    )
                })
                .map_err(|error| Trouble {
                    what: error.to_string(),
                    lasting: true,
                }),
            Self::Smtp(relay) => relay.look(),
            Self::Sendmail(program) => program.look(),
        }
    }

    /// A session; nothing is opened before its first message.
    pub fn session(&self) -> Box<dyn Session + '_> {
        match self {
            Self::Maildir(folder) => Box::new(Shelf { folder }),
            Self::Smtp(relay) => Box::new(smtp::Conversation::new(relay)),
            Self::Sendmail(program) => Box::new(program.clone()),
        }
    }
}

/// The sender of a message's envelope: where it comes back to.
#[derive(Clone, Debug)]
struct Sender {
    /// The office's own address.
    from: lettre::Address,
    /// The parts before and after the `@` of the address that failed deliveries come back to.
    bounces: Option<(String, String)>,
}

impl Sender {
    fn of(mail: &Mail) -> Result<Self> {
        let mailbox: lettre::message::Mailbox = mail.from.parse().map_err(|cause| {
            Error::failed("`from` under [mail] in sideletter.toml is no mail address")
                .because(cause)
        })?;
        let bounces = mail.bounces.as_deref().and_then(|at| at.split_once('@'));
        Ok(Self {
            from: mailbox.email,
            bounces: bounces.map(|(local, domain)| (local.to_owned(), domain.to_owned())),
        })
    }

    /// Which setting it comes from.
    fn setting(&self) -> &'static str {
        match self.bounces {
            None => "the sender, which is `from` under [mail]",
            Some(_) => {
                "the sender, which comes from `bounces` under [mail]; without that key it is `from`"
            }
        }
    }

    /// That of one message: with `bounces` its own, so that what comes back names it whatever else is lost on the way.
    fn for_message(&self, message: &MessageRow) -> lettre::Address {
        let token = message
            .message_id
            .trim_start_matches('<')
            .split('@')
            .next()
            .unwrap_or_default();
        self.bounces
            .as_ref()
            .and_then(|(local, domain)| {
                lettre::Address::new(format!("{local}+{token}"), domain).ok()
            })
            .unwrap_or_else(|| self.from.clone())
    }
}

/// The Maildir as a session.
struct Shelf<'a> {
    folder: &'a std::path::Path,
}

impl Session for Shelf<'_> {
    fn send(&mut self, message: &MessageRow) -> Fate {
        let put = || {
            // A kill may have come after the file was put there, and somebody may have read it since.
            let tried_before = message.state == MessageState::Sending;
            if !(tried_before && maildir::holds(self.folder, &message.message_id)?) {
                maildir::deliver(self.folder, &message.message_id, &message.bytes)?;
            }
            Result::Ok(())
        };
        match put() {
            Ok(()) => Fate::Sent(None),
            Err(error) => Fate::NotTried(Trouble {
                what: error.to_string(),
                lasting: true,
            }),
        }
    }
}
