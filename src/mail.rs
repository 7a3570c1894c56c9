//! One message, as the bytes that leave, written by lettre.
//!
//! The same arguments give the same bytes: its Message-ID and its boundaries come from the keys of what it carries, its
//! date from the clock that is passed in. So a retry is the same message, and a receiver that has it already can see that.

mod plain;
mod templates;

pub use plain::text_of;
pub use templates::{Rendered, Templates};

use crate::error::{Error, Result};
use crate::shown::one_line;
use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};
use sha2::{Digest, Sha256};

/// What stands around the words of a message.
#[derive(Clone, Debug)]
pub struct Envelope<'a> {
    /// The sender, as a mailbox: `Side letter office <office@upe.example>`.
    pub from: &'a str,
    /// Who answers go to.
    pub reply_to: Option<&'a str>,
    /// The contact's name.
    pub name: &'a str,
    /// The one address that it goes to.
    pub address: &'a str,
    /// The keys of what it carries, each in its canonical form.
    pub keys: &'a [String],
    /// What keeps the messages about one thing together; never changes for it.
    pub thread: &'a str,
    /// The Message-IDs of the earlier messages of that thread to the same recipient, oldest first.
    pub earlier: &'a [String],
    /// What kind of list it belongs to, and where one leaves it; for overviews alone.
    pub list: Option<List<'a>>,
    /// When it is written.
    pub date: DateTime<Utc>,
}

/// What a mail program sorts an overview by.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    /// What the list is called.
    pub name: &'a str,
    /// The subject of the mail with which one leaves it.
    pub leave: &'a str,
}

/// A message, ready to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its Message-ID, in angle brackets.
    pub message_id: String,
    /// Every byte of it.
    pub bytes: Vec<u8>,
}

/// Whether a contact can be written to at that address.
pub fn is_address(text: &str) -> bool {
    text.trim().parse::<lettre::Address>().is_ok()
}

/// The address of a mailbox: `agents@upe.example` of `Agents <agents@upe.example>`. What is no mailbox stays as it is.
pub fn address_of(mailbox: &str) -> String {
    mailbox
        .parse::<Mailbox>()
        .map_or_else(|_| mailbox.to_owned(), |mailbox| mailbox.email.to_string())
}

/// Writes a message: text and HTML side by side, and the days as a calendar file where there are any.
///
/// # Errors
/// When an address is none; the message names the setting or the party's file, never the address.
pub fn write(
    rendered: &Rendered,
    calendar: Option<&str>,
    envelope: &Envelope<'_>,
) -> Result<Written> {
    let from: Mailbox = envelope
        .from
        .parse()
        .map_err(|cause| not_a_mailbox("`from` under [mail] in sideletter.toml", cause))?;
    let domain = from.email.domain().to_owned();
    let address = envelope
        .address
        .trim()
        .parse()
        .map_err(|cause| not_a_mailbox("a contact's `email` in parties.toml", cause))?;
    let to = Mailbox::new(name(envelope.name), address);
    // Not read back out of the headers, where not every form of an address is understood.
    let ways = lettre::address::Envelope::new(Some(from.email.clone()), vec![to.email.clone()])
        .map_err(|cause| Error::failed("cannot write a message").because(cause))?;
    let seed = envelope.keys.join("\u{1e}");
    let message_id = format!("<{}@{domain}>", digest("sl-mid-1", &seed));
    let root = format!("<{}@{domain}>", digest("sl-root-1", envelope.thread));
    // The root stands first whatever came before, so that what was lost on its way breaks no thread.
    let earlier = envelope.earlier.iter().map(String::as_str);
    let references: Vec<&str> = std::iter::once(root.as_str()).chain(earlier).collect();
    let references = references.join(" ");

    let mut builder = Message::builder()
        .envelope(ways)
        .from(from)
        .to(to)
        .subject(one_line(&rendered.subject))
        .date(envelope.date.into())
        .message_id(Some(message_id.clone()))
        .in_reply_to(root)
        .references(references)
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "All"));
    if let Some(reply_to) = envelope.reply_to {
        let reply_to = reply_to
            .parse()
            .map_err(|cause| not_a_mailbox("`reply_to` under [mail] in sideletter.toml", cause))?;
        builder = builder.reply_to(reply_to);
    }
    if let Some(list) = envelope.list {
        let answers = address_of(envelope.reply_to.unwrap_or(envelope.from));
        let leave = list.leave.replace(' ', "%20");
        builder = builder
            .raw_header(header("List-Id", &format!("<{}.{domain}>", list.name)))
            .raw_header(folded(
                "List-Unsubscribe",
                &format!("<mailto:{answers}?subject={leave}>"),
            ));
    }
    let message = builder
        .multipart(body(rendered, calendar, &seed))
        .map_err(|cause| Error::failed("cannot write a message").because(cause))?;
    Ok(Written {
        message_id,
        bytes: message.formatted(),
    })
}

fn body(rendered: &Rendered, calendar: Option<&str>, seed: &str) -> MultiPart {
    let words = MultiPart::alternative()
        .boundary(digest("sl-words-1", seed))
        .singlepart(part(ContentType::TEXT_PLAIN, &rendered.text))
        .singlepart(part(ContentType::TEXT_HTML, &rendered.html));
    let whole = MultiPart::mixed()
        .boundary(digest("sl-whole-1", seed))
        .multipart(words);
    match (calendar, calendar_type()) {
        (Some(calendar), Some(content_type)) => whole.singlepart(
            Attachment::new("deadlines.ics".to_owned()).body(calendar.to_owned(), content_type),
        ),
        _ => whole,
    }
}

/// Quoted-printable whatever the text: every reader knows it, and no line grows too long on its way.
fn part(content_type: ContentType, text: &str) -> SinglePart {
    let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    let encoding = ContentTransferEncoding::QuotedPrintable;
    let builder = SinglePart::builder().header(content_type);
    match Body::new_with_encoding(text, encoding) {
        Ok(body) => builder.header(encoding).body(body),
        Err(text) => builder.body(text),
    }
}

/// The `method` must be the METHOD line's, or Outlook refuses the file.
fn calendar_type() -> Option<ContentType> {
    ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH").ok()
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// The longest line of a header, in bytes: RFC 5322 2.1.1.
const LONGEST_LINE: usize = 78;

/// A header of one word, which nothing may break: on a line of its own where it would make the first too long.
fn folded(name: &'static str, word: &str) -> HeaderValue {
    let fits = name.len() + ": ".len() + word.len() <= LONGEST_LINE;
    let value = if fits {
        word.to_owned()
    } else {
        format!("\r\n {word}")
    };
    HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str(name),
        word.to_owned(),
        value,
    )
}

/// No name at all is better than an empty one.
fn name(text: &str) -> Option<String> {
    let name = one_line(text);
    (!name.is_empty()).then_some(name)
}

fn not_a_mailbox(what: &str, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::failed(format!("{what} is no mail address")).because(cause)
}

/// 128 bits of a hash in letters that any mail program leaves alone. `purpose` keeps the uses apart.
fn digest(purpose: &str, seed: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(purpose.as_bytes());
    hash.update([0]);
    hash.update(seed.as_bytes());
    hash.finalize()
        .iter()
        .take(16)
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}
