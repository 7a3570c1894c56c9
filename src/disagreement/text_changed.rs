//! An agreement whose file is no longer the text that the record speaks about.

use crate::agreement::{Agreement, Status};
use crate::diagnostic::Diagnostic;
use crate::ids::AgreementId;
use crate::office::Office;
use crate::record::{Entry, Record};
use crate::rules::text_changed;
use std::collections::BTreeMap;

/// One for each agreement in force whose text has changed since the record has spoken about it.
pub(super) fn find(office: &Office, record: &Record) -> Vec<Diagnostic> {
    let texts = Texts::of(record);
    let in_force = office
        .agreements
        .iter()
        .filter(|agreement| agreement.status == Status::InForce);
    in_force
        .filter_map(|agreement| {
            let before = texts.spoken_about_before(agreement)?;
            Some(text_changed::fault(
                agreement.front_matter,
                &agreement.id,
                &agreement.digest,
                before,
            ))
        })
        .collect()
}

/// What the record says about the texts of each agreement.
#[derive(Debug)]
pub(crate) struct Texts<'a> {
    of: BTreeMap<&'a AgreementId, OfOne<'a>>,
}

#[derive(Debug)]
struct OfOne<'a> {
    /// Every entry about it, in order; those that were struck out have spoken too.
    entries: Vec<&'a Entry>,
    /// The text that is the right one: that of the newest correction that stands, or else the first that an entry speaks
    /// about.
    right: &'a str,
}

impl<'a> Texts<'a> {
    /// Reads a record.
    pub(crate) fn of(record: &'a Record) -> Self {
        let mut of: BTreeMap<&AgreementId, OfOne<'_>> = BTreeMap::new();
        for entry in &record.entries {
            let of_one = of.entry(&entry.agreement).or_insert_with(|| OfOne {
                entries: Vec::new(),
                right: &entry.text,
            });
            of_one.entries.push(entry);
        }
        for entry in record
            .standing()
            .filter(|entry| record.is_correction(entry))
        {
            if let Some(of_one) = of.get_mut(&entry.agreement) {
                of_one.right = &entry.text;
            }
        }
        Self { of }
    }

    /// Where the file's text is not the right one: the newest entry that speaks about another.
    pub(crate) fn spoken_about_before(&self, agreement: &Agreement) -> Option<&'a Entry> {
        let of_one = self.of.get(&agreement.id)?;
        if of_one.right == agreement.digest {
            return None;
        }
        let mut newest_first = of_one.entries.iter().rev().copied();
        newest_first.find(|entry| entry.text != agreement.digest)
    }
}
