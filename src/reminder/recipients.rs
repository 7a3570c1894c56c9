//! Who is told: the contacts of an agreement's parties, as far as they may see the thing and want to hear of it.

use crate::agreement::{Agreement, Remind, Visibility};
use crate::ids::{AgreementId, PartyId};
use crate::office::{Contact, Office, Party, Receives};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

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
        address(&self.contact.email)
    }
}

/// An address as a key names it.
pub(super) fn address(email: &str) -> String {
    email.trim().to_lowercase()
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

impl Occasion {
    fn is_for(self, contact: &Contact) -> bool {
        let receives = match self {
            Self::Reminder => Receives::Reminders,
            Self::Escalation => Receives::Escalation,
            Self::Digest => Receives::Digest,
        };
        contact.receives == receives
    }
}

/// Every contact of an office by its address, so that whoever asks about one of many thousands need not go through all.
#[derive(Debug)]
pub(super) struct Contacts<'a> {
    /// In the order of the file.
    by_address: BTreeMap<String, Vec<(&'a Party, &'a Contact)>>,
    /// The agreements that a party's contacts of single agreements are named for.
    named: BTreeSet<(&'a PartyId, &'a AgreementId)>,
}

impl<'a> Contacts<'a> {
    pub(super) fn of(office: &'a Office) -> Self {
        let mut by_address: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut named = BTreeSet::new();
        for party in office.parties.iter() {
            for contact in &party.contacts {
                let at = by_address.entry(address(&contact.email)).or_default();
                at.push((party, contact));
            }
            named.extend(named_for(party).map(|agreement| (&party.id, agreement)));
        }
        Self { by_address, named }
    }

    /// Those at an address, each with its party.
    pub(super) fn at(&self, address: &str) -> &[(&'a Party, &'a Contact)] {
        self.by_address.get(address).map_or(&[], Vec::as_slice)
    }
}

/// Those of all contacts that one address stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub(super) contacts: &'a Contacts<'a>,
    pub(super) address: &'a str,
}

impl<'a> At<'a> {
    /// The contacts there, each with its party.
    pub(super) fn found(self) -> &'a [(&'a Party, &'a Contact)] {
        self.contacts.at(self.address)
    }

    fn of(self, party: &Party) -> Vec<&'a Contact> {
        let found = self.found().iter();
        let of_it = found.filter(|(whose, _)| whose.id == party.id);
        of_it.map(|(_, contact)| *contact).collect()
    }

    fn are_named(self, party: &Party, agreement: &AgreementId) -> bool {
        self.contacts.named.contains(&(&party.id, agreement))
    }
}

/// The contacts that hear of something in `agreement` that only `visibility` may see, among `parties`, in the order of
/// the agreement's parties and of the file; of those the one at an address alone, where one is named. An address stands for
/// one recipient, however many contacts have it.
pub(super) fn recipients<'a>(
    office: &'a Office,
    agreement: &Agreement,
    visibility: &Visibility,
    parties: Option<&[PartyId]>,
    occasion: Occasion,
    today: NaiveDate,
    at: Option<At<'a>>,
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
        let contacts = at.map_or_else(|| party.contacts.iter().collect(), |at| at.of(party));
        let concerned = with_contacts(office, agreement, |id| match at {
            None => named_for(party).any(|named| named == id),
            Some(at) => at.are_named(party, id),
        });
        for contact in contacts {
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
            if occasion.is_for(contact) && concerns && seen.insert(recipient.address()) {
                found.push(recipient);
            }
        }
    }
    found
}

/// The agreements that contacts of a party are named for.
fn named_for(party: &Party) -> impl Iterator<Item = &AgreementId> {
    party.contacts.iter().flat_map(|c| &c.agreements).flatten()
}

/// Whether a party has a contact that hears of an agreement: by reminders, or by the weekly overview.
pub fn is_told_of(office: &Office, agreement: &Agreement, party: &PartyId) -> bool {
    let hears = |occasion| {
        let only = std::slice::from_ref(party);
        let visibility = &agreement.visibility;
        // Whether mail waits for a person is another question, and the only one that the day has a part in.
        let day = NaiveDate::MIN;
        let found = recipients(
            office,
            agreement,
            visibility,
            Some(only),
            occasion,
            day,
            None,
        );
        !found.is_empty()
    };
    hears(Occasion::Reminder) || hears(Occasion::Digest)
}

/// The agreement by which a party's contacts of single agreements are chosen: this one, or else the first that it amends,
/// at whatever remove, that one of them is named for.
fn with_contacts<'a>(
    office: &'a Office,
    agreement: &'a Agreement,
    is_named: impl Fn(&AgreementId) -> bool,
) -> Option<&'a AgreementId> {
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
pub(super) fn release(
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reminder::digest;
    use crate::reminder::fixture::{self, contact, day};
    use proptest::prelude::*;
    use proptest::sample::select;

    const ADDRESSES: [&str; 4] = ["a@x.example", "b@x.example", "B@x.example ", "c@x.example"];

    fn contacts() -> impl Strategy<Value = Vec<Contact>> {
        let receives = select(vec![
            Receives::Reminders,
            Receives::Digest,
            Receives::Escalation,
            Receives::Nothing,
        ]);
        let agreements = select(vec![None, Some("sdr_phase_ii"), Some("mou"), Some("other")]);
        let agreed = select(vec![None, Some(day("2014-03-01")), Some(day("2014-03-31"))]);
        let one = (select(&ADDRESSES[..]), receives, agreements, agreed).prop_map(
            |(email, receives, only, agreed)| Contact {
                receives,
                agreements: only.map(|id| vec![AgreementId::new(id)]),
                agreed,
                ..contact("Somebody", email)
            },
        );
        prop::collection::vec(one, 0..6)
    }

    /// Two parties that share addresses, and an agreement that amends another.
    fn office() -> impl Strategy<Value = Office> {
        let keeper = select(vec![None, Some("upe")]);
        let digest = select(vec![None, Some(" A@x.example"), Some("d@x.example")]);
        let visibility = select(vec![Visibility::Members, Visibility::from_word("upe")]);
        (contacts(), contacts(), keeper, digest, visibility).prop_map(
            |(upe, dha, keeper, digest, visibility)| {
                let mut office = fixture::office();
                office.parties[0].contacts = upe;
                office.parties[1].contacts = dha;
                office.settings.keeper = keeper.map(PartyId::new);
                office.settings.digest = digest.map(ToOwned::to_owned);
                let mut letter = office.agreements[0].clone();
                let mut amended = letter.clone();
                amended.id = AgreementId::new("mou");
                letter.amends = vec![amended.id.clone()];
                letter.visibility = visibility;
                office.agreements = vec![amended, letter];
                office
            },
        )
    }

    proptest! {
        #[test]
        fn who_is_at_an_address_is_who_is_found_there_among_all(
            office in office(),
            occasion in select(vec![Occasion::Reminder, Occasion::Escalation, Occasion::Digest]),
            only in select(vec![None, Some("upe"), Some("dha")]),
        ) {
            let today = day("2014-03-12");
            let contacts = Contacts::of(&office);
            let places = ADDRESSES.map(address);
            let only = only.map(|id| vec![PartyId::new(id)]);
            let of = |agreement, at| {
                let visibility = &Visibility::Members;
                recipients(&office, agreement, visibility, only.as_deref(), occasion, today, at)
            };
            let seen = |r: &Recipient<'_>| (r.party.id.clone(), r.contact.clone(), r.release);
            for agreement in &office.agreements {
                let all = of(agreement, None);
                for place in &places {
                    let at = At { contacts: &contacts, address: place };
                    let there: Vec<_> = of(agreement, Some(at)).iter().map(seen).collect();
                    let same = all.iter().filter(|r| r.address() == *place);
                    prop_assert_eq!(there, same.map(seen).collect::<Vec<_>>());
                }
            }
        }

        #[test]
        fn an_overview_waits_for_a_person_where_a_reader_of_it_does(office in office()) {
            let today = day("2014-03-12");
            let contacts = Contacts::of(&office);
            let mut readers: BTreeSet<String> = office.settings.digest.iter().map(|a| address(a)).collect();
            let mut held = BTreeSet::new();
            for party in office.parties.iter() {
                let wanted = party.contacts.iter().filter(|c| c.receives == Receives::Digest);
                readers.extend(wanted.map(|c| address(&c.email)));
            }
            for agreement in &office.agreements {
                let (visibility, occasion) = (&agreement.visibility, Occasion::Digest);
                for r in recipients(&office, agreement, visibility, None, occasion, today, None) {
                    held.extend((r.release == Release::Held).then(|| r.address()));
                }
            }
            for place in ADDRESSES.iter().chain(&["d@x.example"]) {
                let place = address(place);
                let at = At { contacts: &contacts, address: &place };
                let release = if held.contains(&place) { Release::Held } else { Release::AtOnce };
                let wanted = readers.contains(&place).then_some(release);
                prop_assert_eq!(digest::release(&office, at, today), wanted);
            }
        }
    }
}
