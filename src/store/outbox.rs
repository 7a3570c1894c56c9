//! The outbox as the store keeps it: messages that were decided, the keys they settle, and what became of them.
//!
//! What is decided, and how it is delivered, is for [`crate::outbox`].

use crate::error::{Error, Result};
use crate::ids::{AgreementId, PartyId};
use crate::record::{Asked, Asks, Extent};
use chrono::{DateTime, NaiveDate, Utc};

/// The part of the store that mail needs.
pub trait Outbox {
    /// The key of every reminder that was ever decided, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn decided_keys(&self) -> Result<Vec<String>>;

    /// Keeps messages, all in one transaction, and says how many were new. A key is decided once: a part whose key is there
    /// already is left to the message that has it, and a message that brings no new key is not kept at all.
    ///
    /// # Errors
    /// When the store cannot be written; nothing is decided then.
    fn decide(&mut self, messages: &[DecidedMessage]) -> Result<usize>;

    /// The messages in one state, or all, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn messages(&self, state: Option<MessageState>) -> Result<Vec<MessageRow>>;

    /// The messages that tell of an agreement, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn messages_about(&self, agreement: &AgreementId) -> Result<Vec<MessageRow>>;

    /// One message, or `None` where there is none of that number.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn message(&self, id: i64) -> Result<Option<MessageRow>>;

    /// The reminders that a message carries, in its order.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn parts(&self, message: i64) -> Result<Vec<PartRow>>;

    /// Which parties were asked about which entries, by messages that are `sent`.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn asked(&self, of: &Extent) -> Result<Asked>;

    /// Takes a message in hand: from the state in which it was read to `sending`, with one try more. `false` where another
    /// process was faster. It is durable before this returns, so a message is never sent from any other state.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn claim(&mut self, id: i64, from: MessageState, at: DateTime<Utc>) -> Result<bool>;

    /// Keeps what became of a message.
    ///
    /// # Errors
    /// When the store cannot be written, or there is no message of that number.
    fn set_state(
        &mut self,
        id: i64,
        state: MessageState,
        detail: Option<&str>,
        at: DateTime<Utc>,
    ) -> Result<()>;

    /// Leaves a message for later: `deferred`, not to be tried before `next_at`.
    ///
    /// # Errors
    /// When the store cannot be written, or there is no message of that number.
    fn defer(
        &mut self,
        id: i64,
        next_at: DateTime<Utc>,
        detail: &str,
        at: DateTime<Utc>,
    ) -> Result<()>;
}

/// A message that was decided and rendered, with the reminders that it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedMessage {
    /// The agreement that it is about; `None` where it is about several.
    pub agreement: Option<AgreementId>,
    /// The address that it goes to.
    pub recipient: String,
    /// The party that the recipient belongs to.
    pub party: PartyId,
    /// The office's day on which it was owed.
    pub day: NaiveDate,
    /// Its subject line.
    pub subject: String,
    /// Its Message-ID, which never changes between tries.
    pub message_id: String,
    /// The exact bytes that are sent at every try.
    pub bytes: Vec<u8>,
    /// `queued`, or `held` for a person.
    pub state: MessageState,
    /// Why it is in that state, where there is more to say.
    pub detail: Option<String>,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// Its reminders; never empty.
    pub parts: Vec<PartRow>,
}

/// A message as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// Its number in this office.
    pub id: i64,
    /// The agreement that it is about; `None` where it is about several.
    pub agreement: Option<AgreementId>,
    /// The address that it goes to.
    pub recipient: String,
    /// The party that the recipient belongs to.
    pub party: PartyId,
    /// The office's day on which it was owed.
    pub day: NaiveDate,
    /// Its subject line.
    pub subject: String,
    /// Its Message-ID.
    pub message_id: String,
    /// The exact bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// What became of it.
    pub state: MessageState,
    /// How often it was tried.
    pub tries: u32,
    /// The instant before which it is not tried again.
    pub next_at: Option<DateTime<Utc>>,
    /// What the relay or a person said.
    pub detail: Option<String>,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// When its state last changed.
    pub changed_at: DateTime<Utc>,
}

/// One reminder: what one recipient is told about one occurrence at one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRow {
    /// What makes it this reminder and no other; decided once.
    pub key: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// The obligation or event; `None`: the agreement as a whole.
    pub obligation: Option<String>,
    /// The occurrence, where there are several.
    pub occurrence: Option<NaiveDate>,
    /// The stage: `asked`, `before 30 days`, `due` ...
    pub stage: String,
    /// The address that is told.
    pub recipient: String,
    /// The date that is spoken of.
    pub date: Option<NaiveDate>,
    /// What it asks, where silence would be an answer.
    pub asks: Option<Asks>,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// To be sent.
    Queued,
    /// Taken in hand; after a kill, nobody knows whether it went.
    Sending,
    /// A relay took it, or it stands in the Maildir.
    Sent,
    /// To be tried again later.
    Deferred,
    /// The reply was lost.
    Unknown,
    /// Refused for good.
    Rejected,
    /// Tried long enough.
    GaveUp,
    /// Waits for a person.
    Held,
    /// No longer to be sent.
    Cancelled,
}

impl MessageState {
    /// Every state, in the order of the type.
    pub const ALL: [Self; 9] = [
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Deferred,
        Self::Unknown,
        Self::Rejected,
        Self::GaveUp,
        Self::Held,
        Self::Cancelled,
    ];

    /// The word of commands, JSON and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Deferred => "deferred",
            Self::Unknown => "unknown",
            Self::Rejected => "rejected",
            Self::GaveUp => "gave_up",
            Self::Held => "held",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// Puts the messages that asked a party into the order in which they left.
pub(super) fn in_order(asked: &mut Asked) {
    for messages in asked.values_mut() {
        messages.sort_by_key(|asking| (asking.left_at, asking.message));
    }
}

/// What a method says where there is no message of that number.
pub(super) fn no_message(id: i64) -> Error {
    Error::refused(format!(
        "there is no message {id} in the outbox; `sideletter outbox` lists them"
    ))
}
