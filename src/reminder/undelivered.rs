//! An address that was refused for good: that party's other contacts are told of it once for each agreement, or else the
//! office is.

use super::key::Key;
use super::recipients::{Occasion, Recipient, Release, recipients};
use super::stage::Stage;
use super::{Desk, Matter, Part};
use crate::ids::{AgreementId, PartyId};
use crate::office::{Contact, Office, Party, Receives};
use chrono::NaiveDate;

/// Mail about an agreement that an address refused for good, where a contact still has that address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// The agreement.
    pub agreement: AgreementId,
    /// What the first message that was refused is about.
    pub subject: String,
    /// The day that it speaks of.
    pub day: NaiveDate,
    /// Whose contact it is.
    pub party: PartyId,
    /// What the contact is called.
    pub contact: String,
    /// The address, in lower case.
    pub address: String,
}

/// What was refused, and who at the office hears of it.
#[derive(Clone, Debug, Default)]
pub struct Failures {
    /// Each address once for each agreement.
    pub undelivered: Vec<Undelivered>,
    /// The office as one that is written to; `None` where nobody is named to answer.
    office: Option<Party>,
}

impl Failures {
    /// Those of an office, by the keys of the messages that were refused, oldest first. `answers`: the address at which
    /// somebody at the office reads what is answered.
    pub fn new(
        office: &Office,
        answers: Option<String>,
        refused: impl IntoIterator<Item = Key>,
    ) -> Self {
        let mut undelivered: Vec<Undelivered> = Vec::new();
        for key in refused {
            // That the mail about a refusal was refused too is told to nobody: it would go on for ever.
            if matches!(key.stage, Stage::Digest | Stage::Undelivered) {
                continue;
            }
            let is_known =
                |u: &Undelivered| u.agreement == key.agreement && u.address == key.recipient;
            if undelivered.iter().any(is_known) {
                continue;
            }
            let found = contact_at(office, &key);
            undelivered.extend(found.map(|(party, contact)| Undelivered {
                party: party.id.clone(),
                contact: contact.name.clone(),
                agreement: key.agreement,
                subject: key.subject,
                day: key.day,
                address: key.recipient,
            }));
        }
        Self {
            undelivered,
            office: answers.map(|email| {
                let keeper = office.settings.keeper.clone();
                Party {
                    id: keeper.unwrap_or_else(|| PartyId::new(super::THE_OFFICE)),
                    name: office.settings.name.clone(),
                    short: office.settings.name.clone(),
                    side: crate::office::Side::Other,
                    contacts: vec![Contact {
                        name: office.settings.name.clone(),
                        email,
                        role: None,
                        receives: Receives::Reminders,
                        language: office.settings.language,
                        agreements: None,
                        agreed: None,
                    }],
                }
            }),
        }
    }
}

/// The contact that still has the address of a key. Once it is corrected there is nothing more to find.
fn contact_at<'a>(office: &'a Office, key: &Key) -> Option<(&'a Party, &'a Contact)> {
    let agreement = office.agreement(key.agreement.as_str())?;
    let parties = agreement.parties.iter();
    parties
        .filter_map(|id| office.party(id.as_str()))
        .flat_map(|party| party.contacts.iter().map(move |contact| (party, contact)))
        .find(|(_, contact)| {
            contact.email.trim().to_lowercase() == key.recipient
                && contact.receives != Receives::Nothing
        })
}

/// The mail about it: to the party's other contacts, or else to the office.
pub(super) fn owed<'a>(desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
    let mut owed = Vec::new();
    let of_this = |u: &&Undelivered| u.agreement == desk.agreement.id;
    for refused in desk.failures.undelivered.iter().filter(of_this) {
        // Decided once, whoever was told.
        if desk
            .told
            .entry_was_told(&refused.agreement, &refused.address)
        {
            continue;
        }
        let visibility = desk.agreement.obligation(&refused.subject);
        let visibility = visibility.map_or(&desk.agreement.visibility, |o| &o.visibility);
        let mut others = recipients(
            desk.office,
            desk.agreement,
            visibility,
            Some(std::slice::from_ref(&refused.party)),
            Occasion::Reminder,
            desk.today,
        );
        others.retain(|other| !desk.failures.is_refused(&other.address()));
        if others.is_empty() {
            others.extend(desk.failures.office());
        }
        for recipient in others {
            let key = Key {
                agreement: refused.agreement.clone(),
                subject: String::new(),
                occurrence: None,
                about: refused.address.clone(),
                stage: Stage::Undelivered,
                recipient: recipient.address(),
                day: refused.day,
            };
            let part = Part {
                key,
                matter: Matter::Undelivered(refused),
                skipped: Vec::new(),
                before: None,
                standing: None,
                asks: None,
                reason: format!(
                    "undelivered: an address of {} refused mail for good",
                    refused.party
                ),
            };
            owed.push((recipient, part));
        }
    }
    owed
}

impl Failures {
    fn is_refused(&self, address: &str) -> bool {
        self.undelivered.iter().any(|u| u.address == address)
    }

    fn office(&self) -> Option<Recipient<'_>> {
        let party = self.office.as_ref()?;
        Some(Recipient {
            party,
            contact: party.contacts.first()?,
            release: Release::AtOnce,
        })
    }
}
