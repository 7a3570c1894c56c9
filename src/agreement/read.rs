//! From the front matter of one file to an [`Agreement`]. Reading never stops: what is faulty is reported and left out.

mod counting;
mod dates;
mod event;
mod obligation;
mod other_agreements;
mod phrase;
mod proposed;
mod remind;
mod renewal;
mod shared;
mod term;
mod timing;

pub use remind::remind;
pub use shared::{confirmation, visibility_word};
pub use term::of as own_term;

use super::declared::Declared;
use super::surroundings::Surroundings;
use super::{Agreement, AgreementKind, Status, Visibility, When};
use crate::counting::Counting;
use crate::diagnostic::Findings;
use crate::ids::{AgreementId, PartyId};
use crate::language::{KnownNames, Names};
use crate::rules::{misplaced_key, term_ends_before_it_begins};
use crate::source::Span;
use crate::table::Table;
use std::collections::BTreeSet;

/// What was read of one file.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The agreement, as far as it is sound.
    pub agreement: Agreement,
    /// The ids of the obligations and events that are left out of it.
    pub left_out: Vec<String>,
}

/// What the readers of an agreement's parts share.
struct Reader<'a> {
    around: Surroundings<'a>,
    findings: &'a Findings,
    names: Names,
    /// The agreement's parties.
    parties: Vec<PartyId>,
    /// The agreement's visibility: nothing in it is wider.
    visibility: Visibility,
    /// How the agreement counts.
    counting: Counting,
    /// Whether it is in force, as the file says.
    status: Status,
}

/// Reads a front matter. `body` is where the Markdown stands, `digest` the SHA-256 of the file.
#[expect(
    clippy::too_many_lines,
    reason = "each key of an agreement is read here, one after another, and what has a fault is noted at once"
)]
pub fn read(
    table: Table<'_>,
    declared: &Declared,
    around: Surroundings<'_>,
    findings: &Findings,
    body: Span,
    digest: String,
) -> Reading {
    let title = table.required_text("title");
    table.require("kind");
    let kind = table.choice("kind", KINDS);
    let parties = shared::agreement_parties(&table, around, findings);
    let mut in_doubt = BTreeSet::new();
    let mut faults = findings.errors();
    // Takes note of a key that was just read, where that has found a fault.
    let mut read_now = |key: &'static str| {
        let now = findings.errors();
        if now > std::mem::replace(&mut faults, now) {
            in_doubt.insert(key);
        }
    };
    let said = table.choice("status", STATUSES).unwrap_or(Status::InForce);
    let status = proposed::status(&table, said, findings);
    read_now("status");
    let visibility = shared::visibility(&table, around, findings, None);
    read_now("visibility");
    let signed = table.day("signed");
    read_now("signed");
    let reader = Reader {
        around,
        findings,
        names: Names {
            known: KnownNames::default(),
            events: declared.events.clone(),
            repeating: declared.repeating.clone(),
            obligations: declared.obligations.clone(),
            agreements: named_in(table.place().text, around),
            date_order: around.date_order,
            near: table
                .peek_day("effective")
                .or(signed)
                .or_else(|| table.peek_day("expires"))
                .map(|day| day.value)
                .or_else(|| table.peek_first_day("events")),
        },
        parties,
        visibility,
        counting: around
            .counting(declared)
            .cloned()
            .unwrap_or_else(Counting::plain),
        status: said,
    };

    let own_day = |key| {
        let day = reader.when(&table, key);
        reader.check_when(table.place(), day.as_ref(), &reader.counting);
        day
    };
    let effective = own_day("effective");
    read_now("effective");
    let expires = own_day("expires");
    read_now("expires");
    let errors = findings.errors();
    let renewal = table
        .table("renewal", "a renewal")
        .and_then(|inner| reader.renewal(inner));
    if let (Some(span), None, false) = (table.key_span("renewal"), &expires, table.has("expires")) {
        findings.report(misplaced_key::fault(span, "renewal", "expires"));
    }
    if let (Some(renewal), Some(expires)) = (&renewal, &expires) {
        reader.check_until(renewal, expires);
    }
    // Of a renewal that is not understood nothing is computed.
    let is_sound = findings.errors() == errors;
    let renewal = renewal.filter(|_| is_sound);
    check_order(effective.as_ref(), expires.as_ref(), findings);
    let amends = reader.amends(&table);
    let mut left_out = Vec::new();
    let mut changes = reader.changes(&table, &mut left_out);
    left_out.extend((!is_sound).then(|| "renewal".to_owned()));
    let events = reader.events(&table, &mut left_out);
    let obligations = reader.obligations(&table, &mut left_out);
    changes.extend(reader.restated(&amends, &declared.id, &obligations));
    let ends = expires.as_ref().map(|ends| (ends, renewal.as_ref()));
    read_now("the rest");
    let counting = match declared.counting {
        Some(_) => reader.counting(&table, &Counting::plain()),
        None => reader.counting(&table, &reader.counting),
    };
    read_now("counting");
    let remind = reader.remind(&table);
    read_now("the rest");
    let confirmation = confirmation(&table);
    read_now("confirmation");
    let tracked_from = table.day("tracked_from").map(|day| day.value);
    let notes = table.text("notes").map(|notes| notes.value.to_owned());
    in_doubt.remove("the rest");
    in_doubt.extend(table.perhaps_meant());
    let agreement = Agreement {
        id: declared.id.clone(),
        file: table.place().file,
        front_matter: table.header(),
        digest,
        title: title.map_or_else(|| declared.id.to_string(), |title| title.value.to_owned()),
        kind: kind.unwrap_or(AgreementKind::SideLetter),
        status,
        signed,
        effective,
        amends,
        amends_at: table.value_span("amends"),
        changes,
        counting,
        term: own_term(&reader.parties, &reader.visibility, ends, table.header()),
        renewal,
        expires,
        events,
        obligations,
        body,
        remind,
        confirmation,
        tracked_from,
        notes,
        in_doubt,
        visibility: reader.visibility,
        parties: reader.parties,
    };
    let at = table.value_span("counting").unwrap_or(table.header());
    counting::check_stated(&agreement, at, findings);
    table.finish();
    Reading {
        agreement,
        left_out,
    }
}

/// The agreements of the office whose ids stand in a text. Phrases are read against these and not against all: an office may
/// have a hundred thousand, and each of them as many phrases.
fn named_in(text: &str, around: Surroundings<'_>) -> Vec<AgreementId> {
    let text = text.to_lowercase();
    let words: BTreeSet<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .collect();
    words
        .into_iter()
        .filter_map(|word| Some(around.declared(word)?.id.clone()))
        .collect()
}

/// An agreement's own dates and acts: events that need no declaring, and names that no obligation may have.
pub(crate) const OWN_DATES: [&str; 6] = [
    "signing",
    "ratification",
    "effective",
    "expiration",
    "notice",
    "renewal",
];

/// The words for the kinds of agreement.
pub(crate) const KINDS: &[(&str, AgreementKind)] = &[
    ("side_letter", AgreementKind::SideLetter),
    ("memorandum", AgreementKind::Memorandum),
    ("contract", AgreementKind::Contract),
    ("ground_rules", AgreementKind::GroundRules),
    ("plan", AgreementKind::Plan),
    ("commitment", AgreementKind::Commitment),
];

const STATUSES: &[(&str, Status)] = &[
    ("in_force", Status::InForce),
    ("tentative", Status::Tentative),
    ("draft", Status::Draft),
];

fn check_order(effective: Option<&When>, expires: Option<&When>, findings: &Findings) {
    if let (Some(When::On(from, from_span)), Some(When::On(to, to_span))) = (effective, expires)
        && to < from
    {
        findings.report(term_ends_before_it_begins::fault(
            (*to_span, *to),
            (*from_span, *from),
        ));
    }
}
