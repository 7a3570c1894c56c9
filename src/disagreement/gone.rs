//! What the record speaks of and no file has any more: an agreement whose file is gone or no longer in force, an obligation
//! or event whose id is, an occurrence of which the words or the record leave nothing.

use super::Outlooks;
use crate::agreement::{Agreement, Status};
use crate::diagnostic::Diagnostic;
use crate::ids::AgreementId;
use crate::office::Office;
use crate::record::{Entry, EntryKind, Record};
use crate::rules::gone_since_recorded;
use crate::words;
use std::collections::BTreeMap;

/// Something that is lost from sight although the record speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The agreement.
    pub agreement: AgreementId,
    /// What has become of it.
    pub how: How,
    /// The entries that speak of it and were not struck out, by their numbers. Never empty.
    pub entries: Vec<u64>,
    /// The digest of the agreement's file when the newest of them was made.
    pub text: String,
}

/// What has become of something that the record speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// No file has its id.
    NoFile {
        /// The file that has its very text, where there is one.
        there: Option<String>,
    },
    /// It is a draft now, about which nothing can have been entered.
    Draft,
    /// It is tentative now, and was another text when something was entered that only what is in force has.
    Tentative,
    /// The agreement is there, and an obligation or event of it is not.
    NoSubject {
        /// Its id.
        id: String,
        /// A similar id that is there.
        near: Option<String>,
    },
    /// The obligation is there, and the occurrence is not.
    NoOccurrence {
        /// The obligation's id.
        id: String,
    },
}

impl Gone {
    /// In one phrase, lower case: which entries speak of what, and what has become of it.
    pub fn said(&self) -> String {
        gone_since_recorded::said(self)
    }
}

/// The findings; a file that is not there is given a place among the office's sources.
pub(super) fn find(office: &mut Office, record: &Record, outlooks: &Outlooks) -> Vec<Diagnostic> {
    let mut found = gone(office, record);
    found.extend(loose(record, outlooks));
    found
        .iter()
        .map(|gone| {
            let agreement = office.agreement(gone.agreement.as_str());
            let span = match agreement.map(|agreement| agreement.front_matter) {
                Some(span) => span,
                None => office.place(&format!("agreements/{}.md", gone.agreement)),
            };
            gone_since_recorded::fault(span, gone)
        })
        .collect()
}

/// Everything that the record speaks of and that is gone, by agreement. What has a fault and was left out for it is not gone.
pub fn gone(office: &Office, record: &Record) -> Vec<Gone> {
    let unread = office.unread();
    let mut found: BTreeMap<(&AgreementId, Option<&str>), Vec<&Entry>> = BTreeMap::new();
    for entry in record.standing() {
        let id = match office.agreement(entry.agreement.as_str()) {
            None if unread.contains(entry.agreement.as_str()) => continue,
            None => None,
            Some(agreement) if is_out_of_force(agreement, entry) => None,
            Some(agreement) => match entry.subject.as_deref() {
                Some(id) if !has(office, agreement, id) => Some(id),
                _ => continue,
            },
        };
        found.entry((&entry.agreement, id)).or_default().push(entry);
    }
    found
        .into_iter()
        .filter_map(|((id, subject), entries)| {
            let newest = entries.last()?;
            let how = match (office.agreement(id.as_str()), subject) {
                (None, _) => How::NoFile {
                    there: with_text(office, &newest.text),
                },
                (Some(agreement), Some(subject)) => How::NoSubject {
                    id: subject.to_owned(),
                    near: words::nearest(subject, ids(agreement)).map(str::to_owned),
                },
                (Some(agreement), None) if agreement.status == Status::Draft => How::Draft,
                (Some(_), None) => How::Tentative,
            };
            Some(Gone {
                agreement: id.clone(),
                how,
                entries: entries.iter().map(|entry| entry.number).collect(),
                text: newest.text.clone(),
            })
        })
        .collect()
}

/// What is said of occurrences that there are no more, by obligation.
fn loose(record: &Record, outlooks: &Outlooks) -> Vec<Gone> {
    let mut found: BTreeMap<(&AgreementId, &str), Vec<&Entry>> = BTreeMap::new();
    for entry in outlooks.loose().filter_map(|number| record.entry(number)) {
        let id = entry.subject.as_deref().unwrap_or_default();
        found.entry((&entry.agreement, id)).or_default().push(entry);
    }
    let each = found.into_iter();
    each.map(|((agreement, id), entries)| Gone {
        agreement: agreement.clone(),
        how: How::NoOccurrence { id: id.to_owned() },
        entries: entries.iter().map(|entry| entry.number).collect(),
        text: entries
            .last()
            .map_or_else(String::new, |entry| entry.text.clone()),
    })
    .collect()
}

/// Whether an entry could be made only while the agreement was in force, which it is no longer. A letter that is settled may
/// be dated, and its text may change, until it is signed.
fn is_out_of_force(agreement: &Agreement, entry: &Entry) -> bool {
    match agreement.status {
        Status::InForce => false,
        Status::Draft => true,
        Status::Tentative => {
            let is_of_what_is_in_force = match entry.kind {
                EntryKind::Disputed => entry.entry.is_none(),
                EntryKind::Met | EntryKind::Notice => true,
                kind => kind.is_act(),
            };
            is_of_what_is_in_force && entry.text != agreement.digest
        }
    }
}

/// Whether an agreement has something of that id, sound or not.
fn has(office: &Office, agreement: &Agreement, id: &str) -> bool {
    let is_own = || {
        let own = [
            "signing",
            "ratification",
            "effective",
            "expiration",
            "renewal",
            "notice",
        ];
        own.contains(&id)
    };
    let is_faulty = || {
        office.left_out.iter().any(|out| {
            out.agreement.as_ref() == Some(&agreement.id) && out.what.as_deref() == Some(id)
        })
    };
    agreement.owed(id).is_some() || agreement.event(id).is_some() || is_own() || is_faulty()
}

fn ids(agreement: &Agreement) -> impl Iterator<Item = &str> {
    let obligations = agreement.obligations.iter().map(|o| o.id.as_str());
    obligations.chain(agreement.events.iter().map(|e| e.id.as_str()))
}

/// The file that has a text, whatever it is called.
fn with_text(office: &Office, digest: &str) -> Option<String> {
    let there = office.agreements.iter().find(|a| a.digest == digest)?;
    Some(office.sources.get(there.file).path.clone())
}
