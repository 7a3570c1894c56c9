//! What `draft` proposes, as data.

use crate::begin;
use crate::draft::{Lack, Letter, Obligation, Proposal, Proposed};
use crate::ids::{AgreementId, PartyId};

/// All that is proposed of a letter, and what was seen and is not.
#[derive(serde::Serialize)]
pub(super) struct Proposals<'a> {
    agreement: &'a str,
    file: &'a str,
    /// `written`, or `proposed` (and not written).
    state: &'static str,
    title: Option<Value<&'a str>>,
    kind: &'static str,
    parties: Vec<&'a PartyId>,
    signed: Option<Value<String>>,
    /// Days of which one is the last signature's.
    signed_unclear: Vec<Value<String>>,
    effective: Option<Value<&'a str>>,
    expires: Option<Value<&'a str>>,
    amends: Vec<Value<&'a AgreementId>>,
    events: Vec<Event<'a>>,
    obligations: Vec<Row<'a>>,
    /// Sentences with words of time of which nothing is proposed.
    seen: Vec<Seen<'a>>,
    warnings: &'a [String],
}

/// A value with the letter's words.
#[derive(serde::Serialize)]
struct Value<T> {
    value: T,
    words: String,
}

#[derive(serde::Serialize)]
struct Event<'a> {
    #[serde(rename = "event")]
    id: &'a str,
    title: &'a str,
    words: &'a str,
}

#[derive(serde::Serialize)]
struct Row<'a> {
    obligation: &'a str,
    clause: Option<&'a str>,
    title: &'a str,
    owed_by: &'a [PartyId],
    due: Option<&'a str>,
    every: Option<&'a str>,
    lasts: Option<&'a str>,
    /// `calendar` or `start`, where that has to be added before it can be counted.
    needs: Option<&'static str>,
    when: Option<&'a str>,
    words: &'a str,
}

#[derive(serde::Serialize)]
struct Seen<'a> {
    clause: Option<&'a str>,
    words: &'a str,
}

/// Everything.
pub(super) fn proposals<'a>(
    (agreement, file): (&'a str, &'a str),
    written: bool,
    letter: &'a Letter,
    proposal: &'a Proposal,
) -> Proposals<'a> {
    Proposals {
        agreement,
        file,
        state: if written { "written" } else { "proposed" },
        title: proposal.title.as_ref().map(text),
        kind: begin::word_of(proposal.kind.value),
        parties: proposal.parties.iter().map(|party| &party.id).collect(),
        signed: proposal.signed.as_ref().map(|signed| Value {
            value: signed.value.to_string(),
            words: signed.words.clone(),
        }),
        signed_unclear: proposal
            .signed_unclear
            .iter()
            .map(|(day, words)| Value {
                value: day.to_string(),
                words: words.clone(),
            })
            .collect(),
        effective: proposal.effective.as_ref().map(text),
        expires: proposal.expires.as_ref().map(text),
        amends: proposal
            .amends
            .iter()
            .map(|amended| Value {
                value: &amended.value,
                words: amended.words.clone(),
            })
            .collect(),
        events: proposal
            .events
            .iter()
            .map(|(id, title)| Event {
                id,
                title: &title.value,
                words: &title.words,
            })
            .collect(),
        obligations: proposal.obligations.iter().map(row).collect(),
        seen: proposal
            .seen
            .iter()
            .map(|(clause, words)| Seen {
                clause: clause.as_deref(),
                words,
            })
            .collect(),
        warnings: &letter.warnings,
    }
}

fn text(proposed: &Proposed<String>) -> Value<&str> {
    Value {
        value: &proposed.value,
        words: proposed.words.clone(),
    }
}

fn row(owed: &Obligation) -> Row<'_> {
    let under = |key: &str| (owed.timing.key() == key).then_some(owed.phrase.as_str());
    Row {
        obligation: &owed.id,
        clause: owed.clause.as_deref(),
        title: &owed.title,
        owed_by: &owed.owed_by,
        due: under("due"),
        every: under("every"),
        lasts: under("lasts"),
        needs: owed.needs.as_ref().map(|lack| match lack {
            Lack::Calendar(_) => "calendar",
            Lack::Start => "start",
        }),
        when: owed.when.as_deref(),
        words: &owed.words,
    }
}
