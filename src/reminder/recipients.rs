//! Who is told: the contacts of an agreement's parties, as far as they may see the thing and want to hear of it.

use crate::agreement::{Agreement, Remind, Visibility};
use crate::ids::{AgreementId, PartyId};
use crate::office::{Contact, Office, Party, Receives};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// One contact of one party, and whether mail to it waits for a person.
#[derive(Clone, Copy, Debug)]
pub struct Recipient<'a> {
    /// The party.
    pub party: &'a Party,
    /// Its contact.
    pub contact: &'a Contact,
    /// Whether it leaves at once.
    pub release: Release,
}

/// Whether a message leaves at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// Delivered when it is decided.
    AtOnce,
    /// Held until a person releases it: another party than the keeper, whose contact has not asked for reminders.
    Held,
    /// Held until a person has seen that so many days were meant to move.
    ManyMoved,
    /// Delivered because a person has released it, in earlier words.
    ByHand,
}

impl Recipient<'_> {
    /// The address that a key names.
    pub fn address(&self) -> String {
        self.contact.email.trim().to_lowercase()
    }
}

/// The reminder settings of one obligation, every key filled in.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) before: Vec<u32>,
    pub(super) overdue_every: u32,
    pub(super) overdue_times: u32,
    pub(super) escalate_after: Option<u32>,
    pub(super) to: Option<Vec<PartyId>>,
}

impl Settings {
    /// The obligation's, else the agreement's, else the office's.
    pub(super) fn of(office: &Office, agreement: &Agreement, own: Option<&Remind>) -> Self {
        let outer = agreement.remind.or(&office.settings.remind);
        let remind = own.map_or(outer.clone(), |own| own.or(&outer));
        Self {
            before: remind.before.unwrap_or_default(),
            overdue_every: remind.overdue_every.unwrap_or(7).max(1),
            overdue_times: remind.overdue_times.unwrap_or(0),
            escalate_after: remind.escalate_after,
            to: remind.to,
        }
    }
}

/// What a contact is written to about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occasion {
    /// Ordinary reminders.
    Reminder,
    /// Nothing was recorded for long.
    Escalation,
    /// The weekly overview.
    Digest,
}

/// The contacts that hear of something in `agreement` that only `visibility` may see, among `parties`, in the order of
/// the agreement's parties and of the file. An address stands for one recipient, however many contacts have it.
pub(super) fn recipients<'a>(
    office: &'a Office,
    agreement: &Agreement,
    visibility: &Visibility,
    parties: Option<&[PartyId]>,
    occasion: Occasion,
    today: NaiveDate,
) -> Vec<Recipient<'a>> {
    let mut found: Vec<Recipient<'a>> = Vec::new();
    let mut seen = BTreeSet::new();
    for id in &agreement.parties {
        if !agreement.visibility.admits(id)
            || !visibility.admits(id)
            || parties.is_some_and(|only| !only.contains(id))
        {
            continue;
        }
        let Some(party) = office.party(id.as_str()) else {
            continue;
        };
        let concerned = with_contacts(office, agreement, party);
        for contact in &party.contacts {
            let wants = match occasion {
                Occasion::Reminder => contact.receives == Receives::Reminders,
                Occasion::Escalation => contact.receives == Receives::Escalation,
                Occasion::Digest => contact.receives == Receives::Digest,
            };
            let concerns = contact
                .agreements
                .as_ref()
                .is_none_or(|only| concerned.is_some_and(|of| only.contains(of)));
            let Some(release) = release(office, id, contact, occasion, today) else {
                continue;
            };
            let recipient = Recipient {
                party,
                contact,
                release,
            };
            if wants && concerns && seen.insert(recipient.address()) {
                found.push(recipient);
            }
        }
    }
    found
}

/// Whether a party has a contact that hears of an agreement: by reminders, or by the weekly overview.
pub fn is_told_of(office: &Office, agreement: &Agreement, party: &PartyId) -> bool {
    let hears = |occasion| {
        let only = std::slice::from_ref(party);
        let visibility = &agreement.visibility;
        // Whether mail waits for a person is another question, and the only one that the day has a part in.
        let day = NaiveDate::MIN;
        let found = recipients(office, agreement, visibility, Some(only), occasion, day);
        !found.is_empty()
    };
    hears(Occasion::Reminder) || hears(Occasion::Digest)
}

/// The agreement by which a party's contacts of single agreements are chosen: this one, or else the first that it amends,
/// at whatever remove, that one of them is named for.
fn with_contacts<'a>(
    office: &'a Office,
    agreement: &'a Agreement,
    party: &Party,
) -> Option<&'a AgreementId> {
    let is_named = |id: &AgreementId| {
        let mut named = party.contacts.iter().flat_map(|c| &c.agreements).flatten();
        named.any(|named| named == id)
    };
    let mut seen = BTreeSet::new();
    let mut open = vec![&agreement.id];
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if is_named(id) {
            return Some(id);
        }
        let amended = office.agreement(id.as_str());
        let amends = amended.into_iter().flat_map(|of| of.amends.iter().rev());
        open.extend(amends);
    }
    None
}

/// With a keeper, what goes to another party waits for a person unless that contact has asked for reminders. An
/// escalation does not even wait.
fn release(
    office: &Office,
    party: &PartyId,
    contact: &Contact,
    occasion: Occasion,
    today: NaiveDate,
) -> Option<Release> {
    let own = office
        .settings
        .keeper
        .as_ref()
        .is_none_or(|keeper| keeper == party);
    let agreed = contact.agreed.is_some_and(|day| day <= today);
    match (own || agreed, occasion) {
        (true, _) => Some(Release::AtOnce),
        (false, Occasion::Reminder | Occasion::Digest) => Some(Release::Held),
        (false, Occasion::Escalation) => None,
    }
}
