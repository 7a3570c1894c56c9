//! What a run has done.

use crate::disagreement::Gone;
use crate::ids::{AgreementId, PartyId};
use crate::store::outbox::{MessageRow, MessageState};
use crate::transport::Trouble;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// What a run has done.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// What was tried, with what came of it.
    pub messages: Vec<SentMessage>,
    /// What was decided and waits for a person.
    pub held: Vec<SentMessage>,
    /// How many were left over from earlier runs and no longer hold.
    pub cancelled: usize,
    /// How many were left over and no longer held in part: the rest of them is decided anew.
    pub withdrawn: usize,
    /// How many were left over and would have left too little time to answer.
    pub too_late: usize,
    /// How many were not tried and are left for the next run.
    pub left: usize,
    /// Whether they are left because the cap of one run is reached.
    pub capped: bool,
    /// How many wait for a time of their own, or are in the hand of another run.
    pub waiting: usize,
    /// What kept mail from leaving.
    pub trouble: Option<Trouble>,
    /// The messages, by their numbers, of which a fault in the files leaves open whether they hold: they neither leave nor are
    /// given up.
    pub unread: BTreeSet<i64>,
    /// Parties with a contact whose address is none, so that nothing could be written to it.
    pub no_address: Vec<PartyId>,
    /// What the record speaks of and no file has any more: nobody is reminded of it.
    pub gone: Vec<Gone>,
    /// How many were tried.
    pub tried: usize,
}

/// A message, as a summary needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMessage {
    /// Its number.
    pub id: i64,
    /// The address.
    pub to: String,
    /// The party that it is for.
    pub party: PartyId,
    /// Its subject line.
    pub subject: String,
    /// The agreement that it is about.
    pub agreement: Option<AgreementId>,
    /// What became of it.
    pub state: MessageState,
    /// Why, as the relay or the program put it.
    pub detail: Option<String>,
    /// When it is tried again.
    pub next_at: Option<DateTime<Utc>>,
}

impl Sent {
    /// What was tried and ended in one of these states.
    pub fn in_state(&self, states: &[MessageState]) -> Vec<&SentMessage> {
        let is_one = |message: &&SentMessage| states.contains(&message.state);
        self.messages.iter().filter(is_one).collect()
    }

    /// Whether mail is left for a later run, or in doubt since this one.
    pub fn is_incomplete(&self) -> bool {
        self.left > 0
            || self.waiting > 0
            || !self.unread.is_empty()
            || !self.in_state(&[MessageState::Unknown]).is_empty()
    }
}

impl SentMessage {
    pub(super) fn new(row: &MessageRow, state: MessageState) -> Self {
        Self {
            id: row.id,
            to: row.recipient.clone(),
            party: row.party.clone(),
            subject: row.subject.clone(),
            agreement: row.agreement.clone(),
            state,
            detail: row.detail.clone(),
            next_at: row.next_at,
        }
    }
}
