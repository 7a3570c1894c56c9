//! `parties.toml`: the parties and their contacts.

use super::address::is_address;
use super::{Contact, LANGUAGES, Language, Party, Receives, Side};
use crate::diagnostic::Findings;
use crate::ids::{AgreementId, PartyId, is_snake_case};
use crate::rules::{duplicate_contact, malformed_address, malformed_id, unknown_agreement};
use crate::shown::one_line;
use crate::source::Span;
use crate::table::{Table, Value};

/// The words that stand for something else where a party's key could stand.
const RESERVED: [&str; 3] = ["public", "members", "parties"];

/// Reads the parties, in the order of the file. A faulty contact is left out alone. `agreements` are the ids of the office.
pub(super) fn read(
    table: &Table<'_>,
    language: Language,
    agreements: &[&str],
    findings: &Findings,
) -> Vec<Party> {
    table
        .named_tables("a party")
        .into_iter()
        .map(|(key, table)| {
            if !is_snake_case(key.value) || RESERVED.contains(&key.value) {
                findings.report(malformed_id::fault(key.span, key.value, "a party"));
            }
            party(table, key, language, agreements, findings)
        })
        .collect()
}

fn party(
    table: Table<'_>,
    key: Value<&str>,
    language: Language,
    agreements: &[&str],
    findings: &Findings,
) -> Party {
    let name = table
        .required_text("name")
        .map_or_else(|| key.value.to_owned(), |name| one_line(name.value));
    table.require("side");
    let side = table.choice(
        "side",
        &[
            ("union", Side::Union),
            ("employer", Side::Employer),
            ("joint", Side::Joint),
            ("other", Side::Other),
        ],
    );
    let mut seen: Vec<Value<&str>> = Vec::new();
    let mut contacts = Vec::new();
    for table in table.tables("contacts", "a contact") {
        let errors = findings.errors();
        let email = table.required_text("email");
        if let Some(email) = email {
            check_address(email, &mut seen, findings);
        }
        let contact = contact(table, email, language, agreements, findings);
        if findings.errors() == errors {
            contacts.push(contact);
        }
    }
    let party = Party {
        id: PartyId::new(key.value),
        short: table
            .text("short")
            .map_or_else(|| name.clone(), |short| one_line(short.value)),
        name,
        side: side.unwrap_or(Side::Other),
        contacts,
    };
    table.finish();
    party
}

fn contact(
    table: Table<'_>,
    email: Option<Value<&str>>,
    language: Language,
    agreements: &[&str],
    findings: &Findings,
) -> Contact {
    let name = table.required_text("name").map_or("", |name| name.value);
    let receives = table.choice(
        "receives",
        &[
            ("reminders", Receives::Reminders),
            ("digest", Receives::Digest),
            ("escalation", Receives::Escalation),
            ("nothing", Receives::Nothing),
        ],
    );
    let contact = Contact {
        name: one_line(name),
        email: email.map_or("", |email| email.value).to_owned(),
        role: table.text("role").map(|role| role.value.to_owned()),
        receives: receives.unwrap_or(Receives::Reminders),
        language: table.choice("language", LANGUAGES).unwrap_or(language),
        agreements: table.texts("agreements").map(|names| {
            names
                .into_iter()
                .filter(|name| is_agreement(name.value, name.span, agreements, findings))
                .map(|name| AgreementId::new(name.value))
                .collect()
        }),
        agreed: table.day("agreed").map(|day| day.value),
    };
    table.finish();
    contact
}

fn check_address<'a>(email: Value<&'a str>, seen: &mut Vec<Value<&'a str>>, findings: &Findings) {
    if !is_address(email.value) {
        findings.report(malformed_address::fault(email.span, email.value));
    }
    let same = |other: &&Value<&str>| other.value.eq_ignore_ascii_case(email.value);
    match seen.iter().find(same) {
        Some(first) => {
            findings.report(duplicate_contact::fault(
                email.span,
                first.span,
                email.value,
            ));
        }
        None => seen.push(email),
    }
}

fn is_agreement(name: &str, span: Span, agreements: &[&str], findings: &Findings) -> bool {
    let known = agreements.contains(&name);
    if !known {
        findings.report(unknown_agreement::fault(
            span,
            name,
            agreements.iter().copied(),
        ));
    }
    known
}
