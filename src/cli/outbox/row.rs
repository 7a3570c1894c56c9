//! One message in JSON, decided or only planned.

use crate::outbox::Draft;
use crate::store::outbox::{MessageRow, MessageState, PartRow};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

/// One message; the fields are a contract: `docs/commands.md`. Of several parts the first stands in `obligation`,
/// `occurrence` and `stage`.
#[derive(serde::Serialize)]
pub(in crate::cli) struct Row {
    id: Option<i64>,
    agreement: Option<String>,
    obligation: Option<String>,
    occurrence: Option<NaiveDate>,
    stage: String,
    to: String,
    subject: String,
    state: MessageState,
    tries: u32,
    next_at: Option<String>,
    message_id: String,
    parts: Vec<Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// One reminder of a message.
#[derive(serde::Serialize)]
struct Part {
    obligation: Option<String>,
    occurrence: Option<NaiveDate>,
    stage: String,
    date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl Row {
    /// A message that was decided.
    pub(in crate::cli) fn kept(row: &MessageRow, parts: &[PartRow]) -> Self {
        let parts: Vec<Part> = parts.iter().map(Part::new).collect();
        let first = parts.first();
        Self {
            id: Some(row.id),
            agreement: row.agreement.as_ref().map(ToString::to_string),
            obligation: first.and_then(|p| p.obligation.clone()),
            occurrence: first.and_then(|p| p.occurrence),
            stage: first.map(|p| p.stage.clone()).unwrap_or_default(),
            to: row.recipient.clone(),
            subject: row.subject.clone(),
            state: row.state,
            tries: row.tries,
            next_at: row.next_at.map(instant),
            message_id: row.message_id.clone(),
            parts,
            reason: None,
        }
    }

    /// A message that would be decided.
    pub(in crate::cli) fn planned(draft: &Draft) -> Self {
        let message = &draft.message;
        let parts: Vec<Part> = message
            .parts
            .iter()
            .zip(&draft.reasons)
            .map(|(part, reason)| Part {
                reason: Some(reason.clone()),
                ..Part::new(part)
            })
            .collect();
        let first = parts.first();
        Self {
            id: None,
            agreement: message.agreement.as_ref().map(ToString::to_string),
            obligation: first.and_then(|p| p.obligation.clone()),
            occurrence: first.and_then(|p| p.occurrence),
            stage: first.map(|p| p.stage.clone()).unwrap_or_default(),
            to: message.recipient.clone(),
            subject: message.subject.clone(),
            state: message.state,
            tries: 0,
            next_at: None,
            message_id: message.message_id.clone(),
            reason: first.and_then(|p| p.reason.clone()),
            parts,
        }
    }

    /// The same with the reason why it is listed.
    pub(in crate::cli) fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }
}

impl Part {
    fn new(part: &PartRow) -> Self {
        Self {
            obligation: part.obligation.clone(),
            occurrence: part.occurrence,
            stage: part.stage.clone(),
            date: part.date,
            reason: None,
        }
    }
}

/// An instant in JSON, to the second.
pub(in crate::cli) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
