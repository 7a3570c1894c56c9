//! Who hears of what: when it is decided, and once more before it leaves.

use super::key::{Key, Named};
use super::recipients::{self, At, Occasion, Recipient, Release, Settings, recipients};
use super::stage::Stage;
use super::{digest, fallen_away, renewals};
use crate::agreement::{Agreement, OWN_DATES, Obligation, Visibility};
use crate::ids::{ObligationId, PartyId};
use crate::office::{Office, Receives};
use crate::record::{Entry, EntryKind, Record};
use crate::schedule::AwaitedEvent;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The office, its record and the day; and the address that alone is asked about, where one is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hearers<'a> {
    pub(super) office: &'a Office,
    pub(super) record: &'a Record,
    pub(super) today: NaiveDate,
    pub(super) at: Option<At<'a>>,
}

impl<'a> Hearers<'a> {
    /// Of the days of something that is owed.
    pub(super) fn of_obligation(
        self,
        agreement: &Agreement,
        obligation: &Obligation,
        occasion: Occasion,
    ) -> Vec<Recipient<'a>> {
        let settings = Settings::of(self.office, agreement, Some(&obligation.remind));
        let to = settings.to.as_deref();
        self.among(agreement, &obligation.visibility, to, occasion)
    }

    /// Of when it is decided whether a term, or the agreement, goes on.
    pub(super) fn of_renewal(
        self,
        agreement: &Agreement,
        obligation: &Obligation,
    ) -> Vec<Recipient<'a>> {
        let settings = Settings::of(self.office, agreement, Some(&obligation.remind));
        let to = renewals::to(self.office, agreement, &settings);
        let to = to.as_deref();
        self.among(agreement, &obligation.visibility, to, Occasion::Reminder)
    }

    /// Who is asked for the day of an event: where all that waits for it is kept from a party, the party is not asked.
    pub(super) fn of_event(
        self,
        agreement: &Agreement,
        event: &AwaitedEvent,
    ) -> Vec<Recipient<'a>> {
        let of_event = agreement.event(event.event.as_str());
        let visibility = of_event.map_or(&agreement.visibility, |e| &e.visibility);
        let mut found = self.among(
            agreement,
            visibility.max(&agreement.visibility),
            Some(&event.asked),
            Occasion::Reminder,
        );
        found.retain(|recipient| {
            let waits = |id: &ObligationId| {
                let waiting = agreement.obligation(id.as_str());
                waiting.is_some_and(|o| o.visibility.admits(&recipient.party.id))
            };
            event.hanging.iter().any(waits)
        });
        found
    }

    /// Of an entry: the contacts of every party but the one that made it. What the keeper entered for another party is told to
    /// that party, and to the keeper's own contacts as what that party said: whoever entered it is not each of them. A remark is
    /// told to no other than for whom it was entered, unless it says that a changed file is right. Of what is not read, for a
    /// fault or because it is gone, nobody knows who may see it: nobody hears of it meanwhile.
    pub(super) fn of_entry(
        self,
        agreement: &Agreement,
        entry: &Entry,
        occasion: Occasion,
    ) -> Vec<Recipient<'a>> {
        if !may_be_known(agreement, entry) {
            return Vec::new();
        }
        let entered_for = entered_for(entry);
        let is_aside = entry.kind == EntryKind::Noted && !self.record.is_correction(entry);
        let parties: Vec<PartyId> = if is_aside {
            entered_for.into_iter().cloned().collect()
        } else {
            let made_by = entry.by.as_ref().filter(|_| entered_for.is_none());
            let others = agreement.parties.iter();
            others.filter(|p| made_by != Some(*p)).cloned().collect()
        };
        self.among(
            agreement,
            self.visibility(agreement, entry),
            Some(&parties),
            occasion,
        )
    }

    /// The addresses of each of an agreement's parties that hear of something in it, by reminders.
    pub(super) fn of_parties(self, agreement: &Agreement) -> Vec<BTreeSet<String>> {
        let parties = agreement.parties.iter().map(|party| {
            let only = Some(std::slice::from_ref(party));
            let found = self.among(agreement, &agreement.visibility, only, Occasion::Reminder);
            found.iter().map(Recipient::address).collect()
        });
        parties.collect()
    }

    /// The contacts of a party that may hear of mail about something.
    pub(super) fn of_mail(
        self,
        agreement: &Agreement,
        subject: &str,
        party: &PartyId,
    ) -> Vec<Recipient<'a>> {
        let of_it = agreement.obligation(subject);
        let visibility = of_it.map_or(&agreement.visibility, |o| &o.visibility);
        let party = std::slice::from_ref(party);
        self.among(agreement, visibility, Some(party), Occasion::Reminder)
    }

    /// How mail about a key would go today to its recipient, at whose address these are; `None`: that address hears nothing of
    /// it any more. `event`: what the key asks for.
    pub(super) fn release(self, key: &Key, event: Option<&AwaitedEvent>) -> Option<Release> {
        if key.stage == Stage::Digest {
            return digest::release(self.office, self.at?, self.today);
        }
        let agreement = self.office.agreement(key.agreement.as_str())?;
        let owed = || agreement.owed(&key.subject);
        let found = match key.stage {
            Stage::Asked => self.of_event(agreement, event?),
            Stage::RenewalOpens | Stage::RenewalCloses => self.of_renewal(agreement, owed()?),
            Stage::Escalated => self.of_obligation(agreement, owed()?, Occasion::Escalation),
            Stage::Moved if key.named() == Some(Named::Gone) => {
                fallen_away::hearers(self, agreement, owed()?)
            }
            // That a message came back is for whom it was decided: a party's other contacts, or the office.
            Stage::Undelivered => return Some(self.release_to_another_contact(agreement)),
            stage if stage.tells_of_an_entry() => {
                let number = key.about.strip_prefix("entry ")?.parse().ok()?;
                self.of_entry(agreement, self.record.entry(number)?, Occasion::Reminder)
            }
            _ => self.of_obligation(agreement, owed()?, Occasion::Reminder),
        };
        Some(found.first()?.release)
    }

    /// How mail for a party's other contact goes; to an address that is none it goes at once, as to the office.
    fn release_to_another_contact(self, agreement: &Agreement) -> Release {
        let found = self.at.map_or(&[][..], At::found).iter();
        let reads = found.filter(|(party, contact)| {
            agreement.parties.contains(&party.id) && contact.receives == Receives::Reminders
        });
        let releases: Vec<Release> = reads
            .filter_map(|(party, contact)| {
                let occasion = Occasion::Reminder;
                recipients::release(self.office, &party.id, contact, occasion, self.today)
            })
            .collect();
        if releases.contains(&Release::AtOnce) {
            return Release::AtOnce;
        }
        releases.first().copied().unwrap_or(Release::AtOnce)
    }

    /// Who may see an entry: the narrowest of what it says itself, of what it answers or strikes out, and of what it is about.
    pub(super) fn visibility<'e>(self, agreement: &'e Agreement, entry: &'e Entry) -> &'e Visibility
    where
        'a: 'e,
    {
        let subject = entry.subject.as_deref().unwrap_or_default();
        let holder = agreement
            .obligation(subject)
            .map(|o| &o.visibility)
            .or_else(|| agreement.event(subject).map(|e| &e.visibility))
            .unwrap_or(&agreement.visibility);
        let record: &'e Record = self.record;
        let earlier = entry.entry.and_then(|number| record.entry(number));
        [Some(entry), earlier]
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.visibility.as_ref())
            .fold(holder, |narrowest, other| narrowest.max(other))
    }

    fn among(
        self,
        agreement: &Agreement,
        visibility: &Visibility,
        parties: Option<&[PartyId]>,
        occasion: Occasion,
    ) -> Vec<Recipient<'a>> {
        let (office, today, at) = (self.office, self.today, self.at);
        recipients(office, agreement, visibility, parties, occasion, today, at)
    }
}

/// Whether who may see what an entry is about can be known: it is there, or it is the agreement's own.
pub(super) fn may_be_known(agreement: &Agreement, entry: &Entry) -> bool {
    entry.subject.as_deref().is_none_or(|subject| {
        let is_there = agreement.owed(subject).is_some() || agreement.event(subject).is_some();
        is_there || OWN_DATES.contains(&subject)
    })
}

/// For which party the keeper entered something; `None` where it did not.
pub(super) fn entered_for(entry: &Entry) -> Option<&PartyId> {
    entry.entered_by.as_ref().and(entry.by.as_ref())
}
