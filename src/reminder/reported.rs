//! Telling every other party what one party has said.

use super::key::Key;
use super::recipients::{Occasion, Recipient, recipients};
use super::stage::Stage;
use super::{Desk, Matter, Part};
use crate::agreement::Visibility;
use crate::ids::PartyId;
use crate::record::{Entry, EntryKind};

/// One reminder for each entry to each contact of the parties that did not make it. Entries that were struck out since
/// are not told.
pub(super) fn owed<'a>(desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
    let mut owed = Vec::new();
    for entry in desk.entries.iter().copied() {
        let said = matches!(entry.kind, EntryKind::Happened | EntryKind::Met);
        let about = format!("entry {}", entry.number);
        if !said || desk.told.entry_was_told(&entry.agreement, &about) {
            continue;
        }
        let subject = entry.subject.clone().unwrap_or_default();
        let others: Vec<PartyId> = desk
            .agreement
            .parties
            .iter()
            .filter(|party| speaker(entry) != Some(*party))
            .cloned()
            .collect();
        for recipient in recipients(
            desk.office,
            desk.agreement,
            entry
                .visibility
                .as_ref()
                .unwrap_or(visibility(desk, &subject)),
            Some(&others),
            Occasion::Reminder,
            desk.today,
        ) {
            let key = Key {
                agreement: entry.agreement.clone(),
                subject: subject.clone(),
                occurrence: entry.occurrence,
                about: about.clone(),
                stage: Stage::Reported,
                recipient: recipient.address(),
                day: entry.on.unwrap_or_else(|| entry.at.date_naive()),
            };
            let part = Part {
                key,
                matter: Matter::Entry(entry),
                skipped: Vec::new(),
                before: None,
                reason: format!("reported: entry {} of the record", entry.number),
            };
            owed.push((recipient, part));
        }
    }
    owed
}

fn visibility<'a>(desk: &Desk<'a, '_>, subject: &str) -> &'a Visibility {
    let agreement = desk.agreement;
    agreement
        .obligation(subject)
        .map(|o| &o.visibility)
        .or_else(|| agreement.event(subject).map(|e| &e.visibility))
        .unwrap_or(&agreement.visibility)
}

/// Who knows of the entry already: the party that made it. What the keeper entered for another party is told to that party.
fn speaker(entry: &Entry) -> Option<&PartyId> {
    entry.entered_by.as_ref().or(entry.by.as_ref())
}
