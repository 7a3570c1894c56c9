//! What was mailed about the agreement: to which role of which party, why, when, and what the relay said.

use super::super::text::shown;
use super::Case;
use crate::agreement::{Agreement, OWN_DATES};
use crate::reader::Reader;
use crate::reminder::Stage;
use crate::store::outbox::{MessageRow, MessageState, PartRow};
use crate::words;

/// One message.
#[derive(serde::Serialize)]
pub(super) struct Mail {
    number: i64,
    /// `the business agent of UPE`.
    to: String,
    /// When it was decided.
    decided: String,
    parts: Vec<About>,
    /// What became of it, with the day.
    became: String,
    /// What the relay or a person said.
    detail: Option<String>,
    /// How often it was tried, where that is more than once.
    tries: u32,
    /// What stands before the `@` of its Message-ID.
    message_id: String,
    /// SHA-256 of its bytes.
    sha256: String,
}

/// One thing that it tells.
#[derive(serde::Serialize)]
struct About {
    what: String,
    stage: String,
    /// The day that is spoken of.
    date: Option<String>,
}

impl Mail {
    /// Its words that are no secret although they are somebody's role.
    pub(super) fn words(&self) -> String {
        let detail = self.detail.as_deref().unwrap_or_default();
        format!("{} \u{1} {detail}", self.to)
    }
}

/// The messages of which something may be shown, oldest first.
pub(super) fn mails(case: &Case<'_>, of: Option<&Agreement>) -> Vec<Mail> {
    let past = case
        .mails
        .iter()
        .filter(|(m, _)| case.is_past(m.decided_at));
    past.filter_map(|(message, parts)| {
        let parts: Vec<About> = parts
            .iter()
            .filter(|part| part.agreement == *case.agreement && may_be_shown(case, of, part))
            .map(|part| about(part, of))
            .collect();
        (!parts.is_empty()).then(|| mail(case, message, parts))
    })
    .collect()
}

fn may_be_shown(case: &Case<'_>, of: Option<&Agreement>, part: &PartRow) -> bool {
    let Some(subject) = part.obligation.as_deref() else {
        return true;
    };
    let visibility = of.and_then(|of| {
        of.owed(subject)
            .map(|o| &o.visibility)
            .or_else(|| of.event(subject).map(|e| &e.visibility))
    });
    match visibility {
        Some(visibility) => case.reader.admits(visibility),
        None => case.reader == Reader::Parties || OWN_DATES.contains(&subject),
    }
}

fn about(part: &PartRow, of: Option<&Agreement>) -> About {
    let title = part.obligation.as_deref().map(|id| {
        let known = of.and_then(|of| {
            of.owed(id)
                .map(|o| o.title.as_str())
                .or_else(|| of.event(id).map(|e| e.title.as_str()))
        });
        known.map_or_else(|| id.replace('_', " "), str::to_owned)
    });
    About {
        what: shown(title.as_deref().unwrap_or("The agreement")),
        stage: stage(&part.stage),
        date: part.date.map(words::day),
    }
}

fn mail(case: &Case<'_>, message: &MessageRow, parts: Vec<About>) -> Mail {
    // What changed after the day is not known as of the day.
    let is_known = case.is_past(message.changed_at);
    let became = if is_known {
        became(case, message)
    } else {
        "decided; what became of it was recorded after this day".to_owned()
    };
    let local = message.message_id.trim_matches(['<', '>']);
    let local = local.split('@').next().unwrap_or_default();
    Mail {
        number: message.id,
        to: shown(&recipient(case, message)),
        decided: case.instant(message.decided_at),
        parts,
        became,
        detail: message.detail.as_deref().filter(|_| is_known).map(shown),
        tries: if is_known && message.tries > 1 {
            message.tries
        } else {
            0
        },
        message_id: shown(local),
        sha256: message.sha256.clone(),
    }
}

/// The recipient by its role, as `parties.toml` has it now; never by name or address.
fn recipient(case: &Case<'_>, message: &MessageRow) -> String {
    let party = case.office.short_name(&message.party);
    let contacts = case.office.party(message.party.as_str());
    let role = contacts
        .into_iter()
        .flat_map(|party| &party.contacts)
        .find(|contact| {
            contact
                .email
                .trim()
                .eq_ignore_ascii_case(message.recipient.trim())
        })
        .and_then(|contact| contact.role.as_deref());
    match role {
        Some(role) => format!("{role}, {party}"),
        None => format!("a contact of {party}"),
    }
}

/// What became of a message, in words that claim no more than is known.
fn became(case: &Case<'_>, message: &MessageRow) -> String {
    let at = case.instant(message.changed_at);
    match message.state {
        MessageState::Queued => "decided, and to be sent".to_owned(),
        MessageState::Sending => format!("taken in hand on {at}; whether it left is not known"),
        MessageState::Sent if message.unanswered > 0 => format!("sent on {at}, perhaps twice"),
        MessageState::Sent => format!("sent on {at}"),
        MessageState::Deferred => match message.next_at {
            Some(next) => format!("put off on {at}, until {}", case.instant(next)),
            None => format!("put off on {at}"),
        },
        MessageState::Unknown => {
            format!("handed over on {at}, and the reply was lost; whether it left is not known")
        }
        MessageState::Rejected => format!("refused for good on {at}"),
        MessageState::GaveUp => format!("given up on {at}, after it could not be sent"),
        MessageState::Held => "held until a person releases it; not sent".to_owned(),
        MessageState::Cancelled => format!("cancelled on {at}; not sent"),
    }
}

/// Why it was mailed, in words without a verdict.
fn stage(word: &str) -> String {
    let Ok(stage) = word.parse::<Stage>() else {
        return shown(word);
    };
    match stage {
        Stage::Asked => "asked for its date".to_owned(),
        Stage::Opens => "it may be done from now on".to_owned(),
        Stage::Before(days) => format!("{} before", words::count(days, "day")),
        Stage::Due => "on its last day".to_owned(),
        Stage::Overdue(1) => "after its last day".to_owned(),
        Stage::Overdue(time) => {
            format!("after its last day, for the {} time", words::ordinal(time))
        }
        Stage::Escalated => "to those who are told long after the last day".to_owned(),
        Stage::Review => "asked how it stands".to_owned(),
        Stage::RenewalOpens => "it may be renewed, or notice given, from now on".to_owned(),
        Stage::RenewalCloses => "the time to renew it, or to give notice, ends soon".to_owned(),
        Stage::Ended => "its stated term has ended".to_owned(),
        Stage::Moved => "its date is another one now, or stands no more".to_owned(),
        Stage::Reported => "what a party has said".to_owned(),
        Stage::Proposed => "what a party proposes".to_owned(),
        Stage::Confirmed => "that a party says the same or agrees".to_owned(),
        Stage::Disputed => "that a party says otherwise or does not agree".to_owned(),
        Stage::Undelivered => "that an address takes no mail".to_owned(),
        Stage::Digest => "the weekly overview".to_owned(),
    }
}
