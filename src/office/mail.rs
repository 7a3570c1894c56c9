//! `[mail]` and `[mail.smtp]`: who writes, and how it leaves.

use super::address::{is_address, is_mailbox};
use super::settings::{addressed, secret, set};
use crate::diagnostic::Findings;
use crate::rules::{malformed_setting, misplaced_key, missing_key};
use crate::secret::Secret;
use crate::source::Span;
use crate::table::{Table, Value};
use std::net::IpAddr;
use std::path::PathBuf;

/// `[mail]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The sender, as a mailbox: `Side letter office <office@upe.example>`.
    pub from: String,
    /// Who answers go to.
    pub reply_to: Option<String>,
    /// Where failed deliveries come back to, with a token in each message's own: `bounces+TOKEN@upe.example`; `None`: to
    /// the sender.
    pub bounces: Option<String>,
    /// How mail leaves.
    pub transport: Transport,
    /// How many seconds the program of [`Transport::Sendmail`] may take for a message.
    pub sendmail_timeout: u32,
    /// What is done with a message of which nobody knows whether it left.
    pub on_unknown: OnUnknown,
    /// The Maildir, relative to the office.
    pub outbox: String,
}

/// How mail leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Written as files.
    Maildir,
    /// Handed to a relay.
    Smtp(Smtp),
    /// Handed to a program of this machine, by its absolute path.
    Sendmail(PathBuf),
    /// The settings have a fault: mail is decided and waits until it is mended. Another way would take it where nobody
    /// looks for it.
    Faulty,
}

/// `[mail.smtp]`: the relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smtp {
    /// Its name, which its certificate must bear, or its address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is kept from others.
    pub security: Security,
    /// The file of the authorities that its certificate is verified by; `None`: the system's.
    pub authorities: Option<PathBuf>,
    /// How the office makes itself known to it.
    pub login: Option<Login>,
    /// How many connections at once.
    pub sessions: u32,
    /// The most messages a minute over all sessions; 0: no limit.
    pub per_minute: u32,
    /// How many seconds an answer may take.
    pub timeout: u32,
}

impl Smtp {
    /// Whether the relay is on this machine: what it is sent crosses no network.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }
}

/// How the way to the relay is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS after the first words; without it, nothing is sent.
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None: to a loopback address alone.
    Plain,
}

/// How the office makes itself known to its relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The name.
    pub username: String,
    /// What goes with it.
    pub secret: Secret,
    /// Whether that is a token of OAuth 2.0, for XOAUTH2, and no password.
    pub is_token: bool,
}

/// What is done with a message to which no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnUnknown {
    /// It is sent once more, an hour later: twice is better than not at all.
    ResendOnce,
    /// A person decides.
    Hold,
}

impl Transport {
    /// Whether somebody is handed what leaves by it, who takes it further. A file in a folder has told nobody anything.
    pub fn hands_over(&self) -> bool {
        match self {
            Self::Smtp(_) | Self::Sendmail(_) => true,
            Self::Maildir | Self::Faulty => false,
        }
    }
}

impl Mail {
    /// What holds where nothing is said.
    pub(super) fn fresh() -> Self {
        Self {
            from: "Side letter office <office@localhost>".to_owned(),
            reply_to: None,
            bounces: None,
            transport: Transport::Maildir,
            sendmail_timeout: 600,
            on_unknown: OnUnknown::ResendOnce,
            outbox: "outbox".to_owned(),
        }
    }
}

#[derive(Clone, Copy)]
enum Word {
    Maildir,
    Smtp,
    Sendmail,
}

/// Reads `[mail]`.
pub(super) fn read(table: Table<'_>, findings: &Findings) -> Mail {
    let errors = findings.errors();
    let mut mail = Mail::fresh();
    let mailbox = |key| {
        table
            .text(key)
            .filter(|found| addressed(*found, is_mailbox, findings))
            .map(|found| found.value.to_owned())
    };
    set(&mut mail.from, mailbox("from"));
    mail.reply_to = mailbox("reply_to");
    mail.bounces = bounces(&table, findings);
    set(
        &mut mail.on_unknown,
        table.choice(
            "on_unknown",
            &[
                ("resend_once", OnUnknown::ResendOnce),
                ("hold", OnUnknown::Hold),
            ],
        ),
    );
    let transport = table.choice(
        "transport",
        &[
            ("maildir", Word::Maildir),
            ("smtp", Word::Smtp),
            ("sendmail", Word::Sendmail),
        ],
    );
    let program = program(&table, findings);
    let timeout = table.number("sendmail_timeout", 1..=1800);
    set(
        &mut mail.sendmail_timeout,
        timeout.map(|seconds| seconds.value),
    );
    let smtp = table
        .table("smtp", "the table of SMTP")
        .map(|smtp| read_smtp(smtp, findings));
    if let (Some(Word::Smtp), None) = (transport, &smtp) {
        findings.report(malformed_setting::fault(
            table.value_span("transport").unwrap_or(table.header()),
            "transport",
            "smtp",
            "name the relay too, in a table of its own: [mail.smtp] with `host = \"mail.upe.example\"`",
        ));
    }
    if let (Some(Word::Smtp | Word::Sendmail), false) = (transport, table.has("from")) {
        findings.report(missing_key::fault(
            table.value_span("transport").unwrap_or(table.header()),
            "from",
            "mail that leaves this machine",
        ));
    }
    let asked = table.has("transport");
    table.finish();
    // A misspelled key of the relay's may be the one that keeps it safe, and a sender that is none reaches nobody.
    let sound = findings.errors() == errors;
    mail.transport = match (transport, smtp.flatten()) {
        (Some(Word::Maildir), _) => Transport::Maildir,
        (None, _) if !asked => Transport::Maildir,
        (Some(Word::Smtp), Some(smtp)) if sound => Transport::Smtp(smtp),
        (Some(Word::Sendmail), _) if sound => Transport::Sendmail(program),
        _ => Transport::Faulty,
    };
    mail
}

/// The longest that the part before the `@` may be, so that a `+` and a token have room behind it: 64 in all.
const LONGEST_BEFORE_TOKEN: usize = 31;

fn bounces(table: &Table<'_>, findings: &Findings) -> Option<String> {
    let found = table.text("bounces")?;
    if !addressed(found, is_address, findings) {
        return None;
    }
    let (local, _) = found.value.split_once('@')?;
    if local.contains(['+', '"']) || local.len() > LONGEST_BEFORE_TOKEN {
        findings.report(malformed_setting::fault(
            found.span,
            "bounces",
            found.value,
            "write an address without a `+` and with at most 31 characters before the `@`, of a mailbox that takes bounces+ANYTHING too: \"bounces@upe.example\"",
        ));
        return None;
    }
    Some(found.value.to_owned())
}

fn program(table: &Table<'_>, findings: &Findings) -> PathBuf {
    let Some(found) = table.text("sendmail") else {
        return PathBuf::from("/usr/sbin/sendmail");
    };
    let path = PathBuf::from(found.value);
    if !path.is_absolute() {
        findings.report(malformed_setting::fault(
            found.span,
            "sendmail",
            found.value,
            "write the whole path of the program, and nothing else: \"/usr/sbin/sendmail\"",
        ));
    }
    path
}

/// Reads `[mail.smtp]`; `None` where there is no relay.
fn read_smtp(table: Table<'_>, findings: &Findings) -> Option<Smtp> {
    let host = table.required_text("host").filter(|host| {
        let sound = is_host(host.value);
        if !sound {
            findings.report(malformed_setting::fault(
                host.span,
                "host",
                host.value,
                "write the relay's name alone: \"mail.upe.example\"; its port stands under `port`",
            ));
        }
        sound
    });
    let port = table.number("port", 1..=65_535);
    let security = security(&table, host, findings);
    let login = login(&table, findings);
    let authorities = table.text("authorities");
    if let (Some(found), Security::Plain) = (authorities, security) {
        findings.report(malformed_setting::fault(
            found.span,
            "authorities",
            found.value,
            "without TLS there is no certificate to verify; remove it, or remove `security`",
        ));
    }
    let number = |key, limits, default| table.number(key, limits).map_or(default, |n| n.value);
    let smtp = host.map(|host| Smtp {
        host: host.value.trim_matches(['[', ']']).to_owned(),
        port: port
            .and_then(|port| u16::try_from(port.value).ok())
            .unwrap_or(match security {
                Security::Starttls => 587,
                Security::Tls => 465,
                Security::Plain => 25,
            }),
        security,
        authorities: authorities.map(|path| PathBuf::from(path.value)),
        login,
        sessions: number("sessions", 1..=64, 1),
        per_minute: number("per_minute", 0..=100_000, 20),
        timeout: number("timeout", 1..=600, 300),
    });
    table.finish();
    smtp
}

fn security(table: &Table<'_>, host: Option<Value<&str>>, findings: &Findings) -> Security {
    let words = [
        ("starttls", Security::Starttls),
        ("tls", Security::Tls),
        ("none", Security::Plain),
    ];
    let found = table
        .choice("security", &words)
        .unwrap_or(Security::Starttls);
    if found == Security::Plain && !host.is_some_and(|host| is_loopback(host.value)) {
        findings.report(malformed_setting::fault(
            table.value_span("security").unwrap_or(table.header()),
            "security",
            "none",
            "a plain connection is for a relay on this machine alone (localhost, 127.0.0.1, ::1); write \"starttls\" or \"tls\"",
        ));
    }
    found
}

fn login(table: &Table<'_>, findings: &Findings) -> Option<Login> {
    let username = table.text("username");
    let password = secret(table, findings);
    let token = table.text("token_command");
    if let (Some(_), Some(token)) = (&password, token) {
        findings.report(malformed_setting::fault(
            token.span,
            "token_command",
            token.value,
            "write a password or a token, not both",
        ));
    }
    let key = [
        "password_file",
        "password_command",
        "password_credential",
        "token_command",
    ]
    .into_iter()
    .find_map(|key| Some((key, table.key_span(key)?)));
    let incomplete = |span: Option<Span>, key: &str, wanted: &str| {
        if let Some(span) = span {
            findings.report(misplaced_key::fault(span, key, wanted));
        }
    };
    let is_token = password.is_none();
    let secret = password.or_else(|| token.map(|token| Secret::Command(token.value.to_owned())));
    match (username, secret) {
        (Some(username), Some(secret)) => Some(Login {
            username: username.value.to_owned(),
            secret,
            is_token,
        }),
        (Some(_), None) => {
            incomplete(table.key_span("username"), "username", "password_file");
            None
        }
        (None, Some(_)) => {
            let (key, span) = key?;
            incomplete(Some(span), key, "username");
            None
        }
        (None, None) => None,
    }
}

/// A name or an address, without a port, a path or anything else that does not belong there.
fn is_host(text: &str) -> bool {
    let bare = text.trim_matches(['[', ']']);
    bare.parse::<IpAddr>().is_ok()
        || (text.len() <= 253
            && text.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && label
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            }))
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_matches(['[', ']']);
    bare.eq_ignore_ascii_case("localhost")
        || bare
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}
