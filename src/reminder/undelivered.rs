//! Mail that did not arrive: that party's other contacts are told of it, or else the office is, once for each address and
//! agreement.

use super::key::Key;
use super::recipients::{Recipient, Release};
use super::stage::Stage;
use super::{Desk, Matter, Part};
use crate::ids::{AgreementId, PartyId};
use crate::office::{Contact, Office, Party, Receives};
use crate::store::refusal::Failure;
use chrono::NaiveDate;

/// Mail about an agreement that did not arrive at an address, where a contact still has that address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// The agreement.
    pub agreement: AgreementId,
    /// What the first message that did not arrive is about.
    pub subject: String,
    /// The day that it speaks of.
    pub day: NaiveDate,
    /// Whose contact it is.
    pub party: PartyId,
    /// What the contact is called.
    pub contact: String,
    /// The address, in lower case.
    pub address: String,
    /// Why.
    pub why: Failure,
}

/// One reminder whose message did not arrive.
#[derive(Clone, Debug)]
pub struct NotTold<'a> {
    /// The reminder.
    pub key: Key,
    /// Whose contact did not get it.
    pub party: &'a PartyId,
    /// Why.
    pub why: Failure,
}

impl Undelivered {
    /// What a key calls it: an address that takes no mail is news also where a message was refused before.
    fn about(&self) -> String {
        match self.why {
            Failure::Address => self.address.clone(),
            Failure::Message => format!("a message to {}", self.address),
            Failure::Time => format!("given up to {}", self.address),
        }
    }
}

/// What did not arrive, and who at the office hears of it.
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
        not_told: impl IntoIterator<Item = NotTold<'r>>,
    ) -> Self {
        let mut undelivered: Vec<Undelivered> = Vec::new();
        for NotTold { key, party, why } in not_told {
            // That the mail about this did not arrive either is told to nobody: it would go on for ever.
            if matches!(key.stage, Stage::Digest | Stage::Undelivered) {
                continue;
            }
            let is_known = |u: &Undelivered| {
                u.agreement == key.agreement && u.address == key.recipient && u.why == why
            };
            if undelivered.iter().any(is_known) {
                continue;
            }
            let contact = office.party(party.as_str());
            let contact = contact.and_then(|party| party.contact_at(&key.recipient));
            undelivered.extend(contact.map(|contact| Undelivered {
                party: party.clone(),
                contact: contact.name.clone(),
                agreement: key.agreement,
                subject: key.subject,
                day: key.day,
                address: key.recipient,
                why,
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
            address != refused.address && !desk.failures.is_out_of_reach(&address)
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
                reason: reason(refused),
            };
            owed.push((recipient, part));
        }
    }
    owed
}

fn reason(of: &Undelivered) -> String {
    let party = &of.party;
    match of.why {
        Failure::Address => format!("undelivered: an address of {party} takes no mail"),
        Failure::Message => {
            format!("undelivered: a message to {party} was refused, but not for its address")
        }
        Failure::Time => format!("undelivered: a message to {party} was given up"),
    }
}

impl Failures {
    /// Whether an address is none to tell it to: it takes no mail, or has not for days.
    fn is_out_of_reach(&self, address: &str) -> bool {
        let mut undelivered = self.undelivered.iter();
        undelivered.any(|u| u.why != Failure::Message && u.address == address)
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
