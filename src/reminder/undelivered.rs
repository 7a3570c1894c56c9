//! Mail that did not arrive: that party's other contacts are told of it, or else the office is, once for each address and
//! agreement.

use super::key::Key;
use super::recipients::{Recipient, Release};
use super::stage::Stage;
use super::{Desk, Matter, Part};
use crate::ids::{AgreementId, PartyId};
use crate::office::{Contact, Mailboxes, Office, Party, Receives};
use crate::store::refusal::Failure;
use std::collections::{BTreeMap, BTreeSet};

/// Mail about an agreement that did not arrive at an address, where a contact still has that address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// The agreement.
    pub agreement: AgreementId,
    /// What of the agreement the messages tell that did not arrive, the oldest first. Never empty.
    pub keys: Vec<Key>,
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
    /// What the first of its reminders is about.
    pub(super) fn subject(&self) -> &str {
        self.keys.first().map_or("", |key| &key.subject)
    }

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
    /// Each address once for each agreement and reason, oldest first.
    undelivered: BTreeMap<AgreementId, Vec<Undelivered>>,
    /// The addresses that take no mail, or have taken none for days.
    out_of_reach: BTreeSet<String>,
    /// The office as one that is written to; `None` where nobody is named to answer.
    office: Option<Party>,
}

impl Failures {
    /// Those of an office, from the oldest on. `answers`: the address at which somebody at the office reads what is answered.
    pub fn new<'r>(
        office: &Office,
        answers: Option<String>,
        not_told: impl IntoIterator<Item = NotTold<'r>>,
    ) -> Self {
        let mailboxes = Mailboxes::of(office);
        let mut seen: BTreeMap<_, usize> = BTreeMap::new();
        let mut undelivered: BTreeMap<AgreementId, Vec<Undelivered>> = BTreeMap::new();
        let mut out_of_reach = BTreeSet::new();
        for not_told in not_told {
            let NotTold { key, party, why } = not_told;
            // An overview is about no agreement.
            if key.stage == Stage::Digest {
                continue;
            }
            let Some(party) = office.party(party.as_str()).map(|party| &party.id) else {
                continue;
            };
            let Some(contact) = mailboxes.at(party, &key.recipient) else {
                continue;
            };
            let of_agreement = undelivered.entry(key.agreement.clone()).or_default();
            let next = of_agreement.len();
            let same = (key.agreement.clone(), key.recipient.clone(), why);
            let place = *seen.entry(same).or_insert(next);
            if let Some(first) = of_agreement.get_mut(place) {
                first.keys.push(key);
                continue;
            }
            if why != Failure::Message {
                out_of_reach.insert(key.recipient.clone());
            }
            of_agreement.push(Undelivered {
                party: party.clone(),
                contact: contact.name.clone(),
                agreement: key.agreement.clone(),
                address: key.recipient.clone(),
                keys: vec![key],
                why,
            });
        }
        Self {
            undelivered,
            out_of_reach,
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
    // Of many addresses that are refused, most are of one party and about one thing.
    let mut hearers: BTreeMap<(&PartyId, &str), Vec<Recipient<'_>>> = BTreeMap::new();
    for refused in desk.failures.of(&desk.agreement.id) {
        // Decided once, whoever was told.
        if desk
            .told
            .entry_was_told(&refused.agreement, &refused.about())
        {
            continue;
        }
        let of_party = hearers.entry((&refused.party, refused.subject()));
        let in_reach = of_party.or_insert_with(|| {
            let hearers = desk.hearers();
            let mut all = hearers.of_mail(desk.agreement, refused.subject(), &refused.party);
            all.retain(|other| !desk.failures.out_of_reach.contains(&other.address()));
            all
        });
        let others = in_reach.iter().copied();
        let mut others: Vec<_> = others.filter(|o| o.address() != refused.address).collect();
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
                day: refused.keys.first().map_or(desk.today, |key| key.day),
            };
            let part = Part {
                key,
                matter: Matter::Undelivered(refused),
                told_in: None,
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
    /// What did not arrive of the mail about an agreement.
    pub(super) fn of(&self, agreement: &AgreementId) -> &[Undelivered] {
        self.undelivered.get(agreement).map_or(&[], Vec::as_slice)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reminder::fixture::{contact, day, office};

    fn not_told<'a>(
        party: &'a PartyId,
        recipient: &str,
        stage: Stage,
        why: Failure,
    ) -> NotTold<'a> {
        NotTold {
            key: Key {
                agreement: AgreementId::new("sdr_phase_ii"),
                subject: "follow_up_meeting".to_owned(),
                occurrence: None,
                about: String::new(),
                stage,
                recipient: recipient.to_owned(),
                day: day("2014-03-30"),
            },
            party,
            why,
        }
    }

    #[test]
    fn each_address_that_is_refused_is_told_of_once_also_of_tens_of_thousands() {
        const REFUSED: usize = 30_000;
        let mut office = office();
        let mut parties: Vec<Party> = office.parties.iter().cloned().collect();
        let address = |n: usize| format!("c{n}@dha.example");
        parties[1].contacts = (0..=REFUSED).map(|n| contact("C", &address(n))).collect();
        office.parties = parties.into();
        let dha = PartyId::new("dha");
        let stages = [Stage::Before(7), Stage::Due, Stage::Digest];
        let each = (0..REFUSED)
            .flat_map(|n| stages.map(|stage| not_told(&dha, &address(n), stage, Failure::Address)));
        let stranger = not_told(&dha, "who@dha.example", Stage::Due, Failure::Address);
        let message = not_told(&dha, &address(REFUSED), Stage::Due, Failure::Message);
        let failures = Failures::new(&office, None, each.chain([stranger, message]));
        let of_it = failures.of(&AgreementId::new("sdr_phase_ii"));
        assert_eq!(of_it.len(), REFUSED + 1);
        assert_eq!(of_it[0].address, address(0));
        // Only the message was refused there, not the address.
        assert!(!failures.out_of_reach.contains(&address(REFUSED)));
        assert_eq!(failures.out_of_reach.len(), REFUSED);
    }
}
