//! The outbox as the store keeps it: messages that were decided, the keys they settle, and what became of them.
//!
//! What is decided, and how it is delivered, is for [`crate::outbox`].

use super::refusal::{self, Failure};
use crate::error::Result;
use crate::ids::{AgreementId, PartyId};
use crate::record::{Asked, Asks, Extent};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Hands on messages to be kept, one after another, so that not all need be in memory; from the first on each time that it is
/// asked.
pub type Deciding<'d> = &'d dyn Fn(&mut dyn FnMut(&DecidedMessage) -> Result<()>) -> Result<()>;

/// The part of the store that mail needs.
pub trait Outbox {
    /// The key of every reminder that was ever decided, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn decided_keys(&self) -> Result<Vec<String>>;

    /// Keeps messages, all in one transaction, and says how many were new. A key is decided once: a part whose key is there
    /// already is left to the message that has it, and a message that brings no new key is not kept at all. Nobody else writes
    /// while they are written, and `write` is asked again where a server gave up for the sake of another.
    ///
    /// # Errors
    /// Those of `write`, and when the store cannot be written; nothing is decided then.
    fn decide_each(&mut self, write: Deciding<'_>) -> Result<usize>;

    /// The same where they are there already.
    ///
    /// # Errors
    /// When the store cannot be written; nothing is decided then.
    fn decide(&mut self, messages: &[DecidedMessage]) -> Result<usize> {
        self.decide_each(&|keep| messages.iter().try_for_each(&mut *keep))
    }

    /// The key of each reminder of every message that has left, oldest first; those of one message stand together.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn sent_keys(&self) -> Result<Vec<SentKey>>;

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

    /// The subject line of the message under which a key was decided; `None` where it was not.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn subject_of(&self, key: &str) -> Result<Option<String>>;

    /// When the message under a key was decided; `None` where the key was not.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn decided_at(&self, key: &str) -> Result<Option<DateTime<Utc>>>;

    /// Which parties were asked about which entries, by messages that are `sent`.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn asked(&self, of: &Extent) -> Result<Asked>;

    /// The messages in some states with a number after `after`, oldest first, at most so many: what a run needs to choose
    /// from, without the bytes.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn pending(&self, states: &[MessageState], after: i64, most: usize) -> Result<Vec<Pending>>;

    /// Keeps what became of messages in hand, and takes others in hand: all in one transaction, durable before this returns,
    /// so that a message never leaves in any other state than `sending`.
    ///
    /// What became of a message is in its row (state, tries, instants and detail); it is kept only where `claim` is still the
    /// last that took it. Of `wanted`, those come back that may be taken (see [`Claim::may_take`]), as they were before, in
    /// the order of their numbers; the others are somebody else's by now.
    ///
    /// # Errors
    /// When the store cannot be written; nothing is kept and nothing taken then.
    fn exchange(
        &mut self,
        became: &[MessageRow],
        wanted: &[i64],
        claim: &Claim,
    ) -> Result<Vec<MessageRow>>;

    /// Moves messages that are in nobody's hand from the states in which they were read to another, all or none; `false`
    /// where one of them is no longer in that state, or is not there. A message that is queued or held again has as much
    /// time as a new one.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn shift(
        &mut self,
        messages: &[(i64, MessageState)],
        to: MessageState,
        detail: Option<&str>,
        at: DateTime<Utc>,
    ) -> Result<bool>;

    /// Cancels a message that waits, and frees some of its keys to be decided anew: they stay with it as
    /// [`withdrawn`] ones, and its Message-ID, which nobody has seen, is free too. `false` where it is no longer in the
    /// state in which it was read, or a try without an answer may have delivered it; nothing changes then.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn withdraw(&mut self, withdrawal: &Withdrawal<'_>) -> Result<bool>;

    /// Takes note that what was [`released`] and withdrawn under these keys is decided anew, or holds no more.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn use_up_releases(&mut self, keys: &[String]) -> Result<()>;

    /// The number of the message whose Message-ID has this before its `@`, or `None` where there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn message_of(&self, token: &str) -> Result<Option<i64>>;

    /// Keeps that a message came back or is late; `false` where this report was kept before, or there is no such message, and
    /// nothing changes. In the same step a message that has left, or may have, becomes what [`BounceAction::state`] says.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn keep_bounce(&mut self, bounce: &Bounce) -> Result<bool>;

    /// What was reported of messages, of one or of all, in the order in which it was read.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn bounces(&self, message: Option<i64>) -> Result<Vec<Bounce>>;

    /// The messages that did not arrive and will not by themselves, by what the relay said or by a report that came back, with
    /// what each told, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn not_delivered(&self) -> Result<Vec<NotDelivered>> {
        let mut found = Vec::new();
        let mut after = i64::MIN;
        let states = [MessageState::Rejected, MessageState::GaveUp];
        // One at a time: each has its bytes with it.
        while let [pending] = self.pending(&states, after, 1)?.as_slice() {
            after = pending.id;
            let Some(failure) = pending.failure() else {
                continue;
            };
            if let Some(message) = self.message(pending.id)? {
                found.push(NotDelivered {
                    parts: self.parts(message.id)?,
                    id: message.id,
                    recipient: message.recipient,
                    party: message.party,
                    at: message.changed_at,
                    failure,
                });
            }
        }
        Ok(found)
    }
}

/// What stands after a key that was withdrawn, before the number of its message: no key contains it.
const WITHDRAWN: &str = "\u{1f}withdrawn ";

/// What stands at the end where a person had let the message go, until it is decided anew.
const RELEASED: &str = " released";

/// Which message is withdrawn, and why.
#[derive(Clone, Copy, Debug)]
pub struct Withdrawal<'a> {
    /// Its number.
    pub message: i64,
    /// The state in which it was read.
    pub from: MessageState,
    /// The keys that become free.
    pub keys: &'a [String],
    /// Whether a person had let it go: who decides it anew is to know that.
    pub released: bool,
    /// Why, in words.
    pub detail: &'a str,
    /// The instant.
    pub at: DateTime<Utc>,
}

/// A key as it stays with the message that was withdrawn.
pub fn as_withdrawn(key: &str, message: i64, is_released: bool) -> String {
    let released = if is_released { RELEASED } else { "" };
    format!("{key}{WITHDRAWN}{message}{released}")
}

/// The key that was withdrawn after a person had let its message go, where that is one and was not used up.
pub fn released(key: &str) -> Option<&str> {
    withdrawn(key.strip_suffix(RELEASED)?)
}

/// The same key once that is used up.
pub(super) fn used_up(key: &str) -> &str {
    key.strip_suffix(RELEASED).unwrap_or(key)
}

/// The key that was withdrawn with its message, where that is one.
pub fn withdrawn(key: &str) -> Option<&str> {
    key.rsplit_once(WITHDRAWN).map(|(key, _)| key)
}

/// What a mail system reported of a message that it had taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// The message's number.
    pub message: i64,
    /// SHA-256 of the report, in lower-case hexadecimal: each is kept once.
    pub report: String,
    /// What became of the message.
    pub action: BounceAction,
    /// The status of RFC 3463, `5.1.1`; empty where the report has none.
    pub status: String,
    /// Why, as the mail system put it.
    pub said: Option<String>,
    /// When the report was read.
    pub at: DateTime<Utc>,
}

/// What became of a message after a relay had taken it, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BounceAction {
    /// It is late, and still tried: a note, and nothing else.
    Delayed,
    /// It was tried for long enough.
    GivenUp,
    /// It, or its address, is refused for good.
    Refused,
}

impl BounceAction {
    /// The word of JSON and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delayed => "delayed",
            Self::GivenUp => "given_up",
            Self::Refused => "refused",
        }
    }

    /// The action of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Delayed, Self::GivenUp, Self::Refused]
            .into_iter()
            .find(|action| action.as_str() == word)
    }

    /// What a message becomes by it that has left; `None`: it stays what it is.
    pub fn state(self) -> Option<MessageState> {
        match self {
            Self::Delayed => None,
            Self::GivenUp => Some(MessageState::GaveUp),
            Self::Refused => Some(MessageState::Rejected),
        }
    }
}

impl Bounce {
    /// In words: `5.1.1 no such mailbox`.
    pub fn words(&self) -> String {
        let said = self.said.as_deref().unwrap_or_default();
        // Most reasons begin with the status anyway.
        if said.contains(&self.status) {
            said.to_owned()
        } else {
            format!("{} {said}", self.status).trim().to_owned()
        }
    }

    /// What is kept with the message.
    pub(super) fn detail(&self) -> String {
        match self.action {
            BounceAction::Refused => refusal::that_came_back(&self.words()),
            BounceAction::Delayed | BounceAction::GivenUp => format!("came back: {}", self.words()),
        }
    }
}

/// States from which a report that comes back moves a message on: in the others it is to be sent again, or given up.
pub(super) const HAS_LEFT: &[MessageState] = &[
    MessageState::Sent,
    MessageState::Unknown,
    MessageState::GaveUp,
];

/// A message that did not arrive and will not by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotDelivered {
    /// Its number.
    pub id: i64,
    /// The address that it went to.
    pub recipient: String,
    /// The party that the recipient belongs to.
    pub party: PartyId,
    /// Since when that is known.
    pub at: DateTime<Utc>,
    /// Why.
    pub failure: Failure,
    /// The reminders that did not arrive.
    pub parts: Vec<PartRow>,
}

/// A reminder that has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentKey {
    /// Its key.
    pub key: String,
    /// The Message-ID of its message.
    pub message_id: String,
    /// When that left.
    pub at: DateTime<Utc>,
}

/// What a run takes messages in hand with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which run it is; no other has the same.
    pub by: String,
    /// The instant.
    pub at: DateTime<Utc>,
    /// When the claim ends, so that a message in the hand of a run that was killed is not there for ever.
    pub until: DateTime<Utc>,
    /// Whether no other run can be at work on this store, so that whatever is in hand was left there by one that was killed.
    pub alone: bool,
}

impl Claim {
    /// Whether a message may be taken: it waits and its time has come, or it is in the hand of a run that has ended.
    pub fn may_take(&self, message: &Pending) -> bool {
        // Nothing waits for longer than this; the clock was set back since.
        let is_past =
            |instant: DateTime<Utc>| instant <= self.at || instant - self.at > TimeDelta::hours(12);
        let has_come = message.next_at.is_some_and(is_past);
        match message.state {
            MessageState::Queued => message.next_at.is_none() || has_come,
            MessageState::Deferred | MessageState::Unknown => has_come,
            MessageState::Sending => self.alone || message.claimed_until.is_none_or(is_past),
            _ => false,
        }
    }
}

/// What a run needs to know of a message to choose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its number.
    pub id: i64,
    /// Its state.
    pub state: MessageState,
    /// The instant before which it is not tried.
    pub next_at: Option<DateTime<Utc>>,
    /// Until when it is in somebody's hand.
    pub claimed_until: Option<DateTime<Utc>>,
    /// The office's day on which it was owed, and for which it is written.
    pub day: NaiveDate,
    /// The instant at which it was decided: it tells nothing of what was entered since.
    pub decided_at: DateTime<Utc>,
    /// How often it was tried.
    pub tries: u32,
    /// What the relay or a person said.
    pub detail: Option<String>,
    /// The keys of its reminders, in its order.
    pub keys: Vec<String>,
}

impl Pending {
    /// Why it did not arrive and will not by itself; `None` where it may.
    pub fn failure(&self) -> Option<Failure> {
        let said = |words| {
            let detail = self.detail.as_deref();
            detail.is_some_and(|detail| detail.contains(words))
        };
        match self.state {
            MessageState::Rejected if said(refusal::NOT_THE_ADDRESS) => Some(Failure::Message),
            MessageState::Rejected => Some(Failure::Address),
            MessageState::GaveUp if !said(refusal::OVERTAKEN) => Some(Failure::Time),
            _ => None,
        }
    }
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
    /// To how many of the tries no answer came: where there was one, it may have arrived more often than once.
    pub unanswered: u32,
    /// When it was first tried, since it was last queued.
    pub first_tried_at: Option<DateTime<Utc>>,
    /// The instant before which it is not tried again. One that is `unknown` and has none is not tried again by itself.
    pub next_at: Option<DateTime<Utc>>,
    /// Until when it is in somebody's hand.
    pub claimed_until: Option<DateTime<Utc>>,
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

impl MessageRow {
    /// What a run chooses it by.
    pub fn pending(&self) -> Pending {
        Pending {
            id: self.id,
            state: self.state,
            next_at: self.next_at,
            claimed_until: self.claimed_until,
            day: self.day,
            decided_at: self.decided_at,
            tries: self.tries,
            detail: self.detail.clone(),
            keys: Vec::new(),
        }
    }
}

/// States as they stand in a question; their words are the program's own.
pub(super) fn listed(states: &[MessageState]) -> String {
    let words: Vec<String> = states.iter().map(|s| format!("'{}'", s.as_str())).collect();
    words.join(", ")
}
