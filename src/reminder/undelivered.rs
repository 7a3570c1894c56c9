//! Mail that was refused for good: that party's other contacts are told of it, or else the office is, once for each address
//! and agreement.

use super::key::Key;
use super::recipients::{Recipient, Release};
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
    /// Whether it is the address that takes no mail, and not the message that was refused for what it is.
    pub is_of_its_address: bool,
}

/// One reminder whose message was refused for good.
#[derive(Clone, Debug)]
pub struct Refusal<'a> {
    /// The reminder.
    pub key: Key,
    /// Whose contact did not get it.
    pub party: &'a PartyId,
    /// As in [`Undelivered`].
    pub is_of_its_address: bool,
}

impl Undelivered {
    /// What a key calls it: an address that takes no mail is news also where a message was refused before.
    fn about(&self) -> String {
        if self.is_of_its_address {
            self.address.clone()
        } else {
            format!("a message to {}", self.address)
        }
    }
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
    /// Those of an office, oldest first. `answers`: the address at which somebody at the office reads what is answered.
    pub fn new<'r>(
        office: &Office,
        answers: Option<String>,
        refused: impl IntoIterator<Item = Refusal<'r>>,
    ) -> Self {
        let mut undelivered: Vec<Undelivered> = Vec::new();
        for refusal in refused {
            let key = refusal.key;
            // That the mail about a refusal was refused too is told to nobody: it would go on for ever.
            if matches!(key.stage, Stage::Digest | Stage::Undelivered) {
                continue;
            }
            let is_known = |u: &Undelivered| {
                u.agreement == key.agreement
                    && u.address == key.recipient
                    && u.is_of_its_address == refusal.is_of_its_address
            };
            if undelivered.iter().any(is_known) {
                continue;
            }
            let party = office.party(refusal.party.as_str());
            let contact = party.and_then(|party| party.contact_at(&key.recipient));
            undelivered.extend(contact.map(|contact| Undelivered {
                party: refusal.party.clone(),
                contact: contact.name.clone(),
                agreement: key.agreement,
                subject: key.subject,
                day: key.day,
                address: key.recipient,
                is_of_its_address: refusal.is_of_its_address,
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

/// The mail about it: to the party's other contacts, or else to the office.
pub(super) fn owed<'a>(desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
    let mut owed = Vec::new();
    let of_this = |u: &&Undelivered| u.agreement == desk.agreement.id;
    for refused in desk.failures.undelivered.iter().filter(of_this) {
        // Decided once, whoever was told.
        if desk
            .told
            .entry_was_told(&refused.agreement, &refused.about())
        {
            continue;
        }
        let hearers = desk.hearers();
        let mut others = hearers.of_mail(desk.agreement, &refused.subject, &refused.party);
        others.retain(|other| {
            let address = other.address();
            address != refused.address && !desk.failures.is_refused(&address)
        });
        if others.is_empty() {
            others.extend(desk.failures.office());
        }
        for recipient in others {
            let key = Key {
                agreement: refused.agreement.clone(),
                subject: String::new(),
                occurrence: None,
                about: refused.about(),
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
                reason: if refused.is_of_its_address {
                    format!("undelivered: an address of {} takes no mail", refused.party)
                } else {
                    format!(
                        "undelivered: a message to {} was refused, but not for its address",
                        refused.party
                    )
                },
            };
            owed.push((recipient, part));
        }
    }
    owed
}

impl Failures {
    fn is_refused(&self, address: &str) -> bool {
        let mut undelivered = self.undelivered.iter();
        undelivered.any(|u| u.is_of_its_address && u.address == address)
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
