//! Mail that came back: a mail system's report on one message (RFC 3464), read from bytes that anybody may have sent.
//!
//! Of a report only what is needed is read: whose message it is about, and what became of it. Only the headers of each piece
//! go to the reader of mail, so that no nesting of messages in messages, however deep, costs more than its bytes.

mod fields;
mod mailbox;
mod parts;

pub use mailbox::{Found, Mailbox};

use crate::record::seal::sha256;
use crate::store::outbox::{Bounce, BounceAction};
use chrono::{DateTime, Utc};
use fields::{Fields, blocks};
use mail_parser::{Message, MessageParser, MimeHeaders};
use parts::{decoded, head_and_body, parts};

/// The most that is kept of what a mail system said.
const LONGEST: usize = 500;

/// The most addresses that are asked for a token: a report goes to one, and each token is looked for in the store.
const TOKENS: usize = 8;

/// What a mail turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// A report of what became of a message.
    Report(Report),
    /// Something else, which is left alone.
    Other(Other),
}

/// A mail that is no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// What it is, as the rest of "it is ...".
    pub what: &'static str,
    /// What may name the message that it answers: the tokens of the addresses that it came to.
    pub tokens: Vec<String>,
}

/// What a report says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What may name the message, best first: the token of its envelope's sender, its envelope's id, its Message-ID. Each is
    /// the part of a Message-ID before the `@`, which is the same in all three.
    pub tokens: Vec<String>,
    /// What became of the message.
    pub action: BounceAction,
    /// The status of RFC 3463: `5.1.1`.
    pub status: String,
    /// Why, as the mail system put it.
    pub said: Option<String>,
    /// The same of each recipient.
    recipients: Vec<Said>,
}

impl Report {
    /// What it says of the recipient at an address, and where it names nobody; `None` where it is about others alone.
    pub fn about(mut self, address: &str) -> Option<Self> {
        let address = plain(address);
        let is_of_it = |said: &Said| said.names.is_empty() || said.names.contains(&address);
        let worst = worst(self.recipients.iter().filter(|said| is_of_it(said)))?.clone();
        self.action = worst.action;
        self.status = worst.status;
        self.said = worst.words;
        Some(self)
    }

    /// The addresses that it is about.
    pub fn addresses(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .recipients
            .iter()
            .flat_map(|said| said.names.clone())
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// As it is kept: of which message, from which bytes, and when it was read. The ends of its lines, and what is empty at
    /// its end, are the mailbox's and not the report's.
    pub fn of(self, message: i64, bytes: &[u8], at: DateTime<Utc>) -> Bounce {
        let lines: Vec<&[u8]> = bytes
            .trim_ascii_end()
            .split(|&byte| byte == b'\n')
            .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
            .collect();
        Bounce {
            message,
            report: sha256(&lines.join(&b'\n')),
            action: self.action,
            status: self.status,
            said: self.said,
            at,
        }
    }
}

fn other(what: &'static str, tokens: Vec<String>) -> Mail {
    Mail::Other(Other { what, tokens })
}

/// Reads a mail. Whatever the bytes, it ends, and nothing is kept of what is no report.
pub fn read(bytes: &[u8]) -> Mail {
    let (head, body) = head_and_body(bytes);
    let Some(whole) = MessageParser::default().parse_headers(head) else {
        return other("no mail", Vec::new());
    };
    let mut tokens: Vec<String> = addressed_to(&whole).take(TOKENS).collect();
    let Some(boundary) = boundary_of_report(&whole) else {
        return other(what_else(&whole), tokens);
    };
    if has_sender(&whole) {
        let what = "a report with a sender in its envelope, as no mail system's own has";
        return other(what, tokens);
    }
    let mut envelope = None;
    let mut returned = None;
    let mut recipients: Vec<Said> = Vec::new();
    for part in parts(body, &boundary) {
        let (head, body) = head_and_body(part);
        let Some(head) = MessageParser::default().parse_headers(head) else {
            continue;
        };
        let subtype = head.content_type().and_then(|found| found.subtype());
        let subtype = subtype.unwrap_or_default().to_ascii_lowercase();
        let content = decoded(body, head.content_transfer_encoding());
        match subtype.as_str() {
            "delivery-status" | "global-delivery-status" => {
                for block in blocks(&content) {
                    envelope = envelope.or(block.get("original-envelope-id").and_then(token));
                    recipients.extend(recipient(&block));
                }
            }
            "rfc822" | "rfc822-headers" | "global" | "global-headers" if returned.is_none() => {
                let (head, _) = head_and_body(&content);
                let head = MessageParser::default().parse_headers(head);
                returned = head.and_then(|head| head.message_id().and_then(token));
            }
            _ => {}
        }
    }
    tokens.extend(envelope.into_iter().chain(returned));
    let Some(worst) = worst(&recipients) else {
        let what = "a report that does not say that anything failed or is late";
        return other(what, tokens);
    };
    Mail::Report(Report {
        tokens,
        action: worst.action,
        status: worst.status.clone(),
        said: worst.words.clone(),
        recipients,
    })
}

/// What stands between the parts of a report of deliveries; `None` where it is none.
fn boundary_of_report(whole: &Message<'_>) -> Option<String> {
    let content = whole.content_type()?;
    let is = |text: Option<&str>, wanted: &str| {
        text.is_some_and(|text| text.trim().eq_ignore_ascii_case(wanted))
    };
    let is_report = content.ctype().eq_ignore_ascii_case("multipart")
        && is(content.subtype(), "report")
        && is(content.attribute("report-type"), "delivery-status");
    content
        .attribute("boundary")
        .filter(|boundary| is_report && !boundary.is_empty())
        .map(ToOwned::to_owned)
}

/// What a mail is that is no report of a delivery.
fn what_else(whole: &Message<'_>) -> &'static str {
    let is_report = whole.content_type().is_some_and(|content| {
        content
            .subtype()
            .is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
    });
    let is_automatic = whole
        .header_raw("Auto-Submitted")
        .is_some_and(|how| !how.trim().to_ascii_lowercase().starts_with("no"));
    if is_report {
        "a report of something else, or one that is not whole"
    } else if is_automatic {
        "an automatic answer"
    } else {
        "an ordinary mail"
    }
}

/// Whether the mail system that delivered it has written down a sender: a report has none.
fn has_sender(whole: &Message<'_>) -> bool {
    whole
        .header_raw("Return-Path")
        .is_some_and(|path| path.trim().trim_matches(['<', '>']).contains('@'))
}

/// The tokens in the addresses that it went to: `bounces+TOKEN@upe.example`.
fn addressed_to<'a>(whole: &'a Message<'_>) -> impl Iterator<Item = String> + 'a {
    const NAMES: [&str; 5] = [
        "delivered-to",
        "x-original-to",
        "envelope-to",
        "x-envelope-to",
        "to",
    ];
    whole
        .headers_raw()
        .filter(|(name, _)| NAMES.contains(&name.to_ascii_lowercase().as_str()))
        .flat_map(|(_, value)| value.split('+').skip(1))
        .filter_map(|rest| rest.split_once('@').and_then(|(found, _)| token(found)))
}

/// The part of a Message-ID before the `@`, where it is one of ours: 32 digits of a hash.
fn token(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('<');
    let found = text.split('@').next()?.trim_end_matches('>');
    let is_ours = found.len() == 32
        && found
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    is_ours.then(|| found.to_owned())
}

/// What one recipient's block of a report says; `None` where nothing failed and nothing is late.
fn recipient(block: &Fields) -> Option<Said> {
    let status = block.get("status").unwrap_or_default();
    let status = status.split_whitespace().next().unwrap_or_default();
    let status = if is_status(status) { status } else { "" };
    let action = match block.get("action")?.to_ascii_lowercase().as_str() {
        "failed" if status.starts_with('4') => BounceAction::GivenUp,
        "failed" => BounceAction::Refused,
        "delayed" => BounceAction::Delayed,
        _ => return None,
    };
    let said = block.get("diagnostic-code").map(|said| {
        // `smtp; 550 5.1.1 unknown`: the kind of system says nothing to a person.
        let said = said.split_once(';').map_or(said, |(_, said)| said);
        one_line(said)
    });
    let names = ["original-recipient", "final-recipient"];
    Some(Said {
        names: names
            .into_iter()
            .filter_map(|name| block.get(name).and_then(address))
            .collect(),
        action,
        status: status.to_owned(),
        words: said.filter(|said| !said.is_empty()),
    })
}

/// The address of `rfc822; labor@dha.example`; `None` where that is none.
fn address(field: &str) -> Option<String> {
    let (_, address) = field.split_once(';')?;
    let address = plain(address);
    address.contains('@').then_some(address)
}

/// An address as it is compared. What stands in a report as `+2B` is a plus sign.
fn plain(address: &str) -> String {
    let address = one_line(address).replace("+2B", "+").replace("+2b", "+");
    address.trim_matches(['<', '>', ' ']).to_lowercase()
}

fn is_status(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3
        && parts
            .iter()
            .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST)
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a report says of one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    /// Its address, as it was given and as it became; empty where the report names none.
    names: Vec<String>,
    action: BounceAction,
    status: String,
    words: Option<String>,
}

/// One message has one recipient: of several that a report names behind it, the worst counts, and of those the first.
fn worst<'s>(of: impl IntoIterator<Item = &'s Said>) -> Option<&'s Said> {
    of.into_iter().reduce(|worst, said| {
        if said.action > worst.action {
            said
        } else {
            worst
        }
    })
}

#[cfg(test)]
mod tests;
