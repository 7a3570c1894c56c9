//! The office: a folder with agreements, the parties to them, and settings. Reading it never stops at a fault.

mod address;
mod amendments;
mod calendars;
mod circle;
mod draft;
mod files;
mod load;
mod mail;
mod parties;
mod party_list;
mod settings;

pub use crate::words::Language;
pub use calendars::calendars;
pub use mail::{Login, Mail, OnUnknown, Security, Smtp, Transport};
pub use party_list::Parties;

use crate::agreement::{Agreement, Confirmation, Remind, Visibility};
use crate::diagnostic::Diagnostic;
use crate::ids::{AgreementId, PartyId};
use crate::language::DateOrder;
use crate::source::Sources;
use crate::store::Place;
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Everything that was read, and every fault that was found in it.
#[derive(Clone, Debug)]
pub struct Office {
    /// The folder.
    pub root: PathBuf,
    /// `sideletter.toml`.
    pub settings: Settings,
    /// `parties.toml`, in the order of the file.
    pub parties: Parties,
    /// The agreements whose front matter could be read, in the order of their ids, each once.
    pub agreements: Vec<Agreement>,
    /// The files, for showing faults.
    pub sources: Sources,
    /// Every finding, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What is not computed because of a fault.
    pub left_out: Vec<LeftOut>,
}

/// An agreement's file that is not written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Where it would stand, relative to the office.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Something that a fault keeps from being computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The file.
    pub file: String,
    /// The agreement, where its front matter could be read.
    pub agreement: Option<AgreementId>,
    /// The obligation or event; `None`: the whole agreement.
    pub what: Option<String>,
}

impl Office {
    /// The agreement of that id.
    pub fn agreement(&self, id: &str) -> Option<&Agreement> {
        let found = self.agreements.binary_search_by(|a| a.id.as_str().cmp(id));
        self.agreements.get(found.ok()?)
    }

    /// The party of that key.
    pub fn party(&self, id: &str) -> Option<&Party> {
        self.parties.get(id)
    }

    /// The party's short name, or its key where it is not known.
    pub fn short_name<'a>(&'a self, id: &'a PartyId) -> &'a str {
        self.party(id.as_str())
            .map_or(id.as_str(), |p| p.short.as_str())
    }

    /// The ids of the agreements of which a fault keeps everything from being read.
    pub fn unread(&self) -> BTreeSet<&str> {
        let whole = self.left_out.iter().filter(|out| out.agreement.is_none());
        whole.map(|out| draft::stem(&out.file)).collect()
    }

    /// How a report on `agreement` (and an obligation of it, where one is named) becomes accepted.
    pub fn confirmation(&self, agreement: &Agreement, obligation: Option<&str>) -> Confirmation {
        obligation
            .and_then(|id| agreement.obligation(id))
            .and_then(|o| o.confirmation)
            .or(agreement.confirmation)
            .unwrap_or(self.settings.confirmation)
    }
}

/// A party to agreements.
#[derive(Clone, Debug)]
pub struct Party {
    /// Its key.
    pub id: PartyId,
    /// Its full name.
    pub name: String,
    /// What it is called for short; its full name where the file gives no other.
    pub short: String,
    /// On which side of the table it sits.
    pub side: Side,
    /// Whom to write to. May be empty: such a party is mailed nothing.
    pub contacts: Vec<Contact>,
}

/// Every contact that is written to, by its party and its address, so that whoever asks about one of many thousands need not go
/// through all.
#[derive(Debug)]
pub struct Mailboxes<'a>(BTreeMap<(&'a PartyId, String), &'a Contact>);

impl<'a> Mailboxes<'a> {
    /// Those of an office.
    pub fn of(office: &'a Office) -> Self {
        let mut found = BTreeMap::new();
        for party in office.parties.iter() {
            let written_to = party.contacts.iter();
            for contact in written_to.filter(|contact| contact.receives != Receives::Nothing) {
                let address = as_compared(&contact.email);
                // Of two at one address the first in the file is meant.
                found.entry((&party.id, address)).or_insert(contact);
            }
        }
        Self(found)
    }

    /// The contact of a party that is written to at an address.
    pub fn at(&self, party: &'a PartyId, address: &str) -> Option<&'a Contact> {
        self.0.get(&(party, as_compared(address))).copied()
    }
}

/// An address as it is compared with others.
fn as_compared(address: &str) -> String {
    address.trim().to_lowercase()
}

/// On which side of the table a party sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the file's own words")]
pub enum Side {
    Union,
    Employer,
    Joint,
    Other,
}

/// Somebody who is written to for a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// A name or an office.
    pub name: String,
    /// One address.
    pub email: String,
    /// What the contact does.
    pub role: Option<String>,
    /// What the contact gets.
    pub receives: Receives,
    /// The language to write in; the office's where nothing is said.
    pub language: Language,
    /// The agreements that concern the contact; `None`: all of the party's.
    pub agreements: Option<Vec<AgreementId>>,
    /// Since when the party has asked for these reminders.
    pub agreed: Option<NaiveDate>,
}

/// What a contact gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the file's own words")]
pub enum Receives {
    Reminders,
    Digest,
    Escalation,
    Nothing,
}

/// The words for the languages in the office's files.
const LANGUAGES: &[(&str, Language)] = &[("en", Language::English), ("es", Language::Spanish)];

/// `sideletter.toml`, every key with its default.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the office calls itself.
    pub name: String,
    /// The party that runs it; `None`: kept jointly.
    pub keeper: Option<PartyId>,
    /// Where its days begin and end.
    pub zone: Tz,
    /// The language of its pages and mails.
    pub language: Language,
    /// How `12/9/99` is read.
    pub date_order: DateOrder,
    /// How a report becomes accepted.
    pub confirmation: Confirmation,
    /// Where the office's own weekly overview goes.
    pub digest: Option<String>,
    /// How reminders are sent. All keys but `to` are set.
    pub remind: Remind,
    /// The most messages that one run sends.
    pub most_per_run: u32,
    /// `[mail]`.
    pub mail: Mail,
    /// `[store]`.
    pub store: Place,
    /// `site.out`, relative to the office.
    pub site_out: String,
    /// `site.url`, with a slash at its end.
    pub site_url: Option<String>,
    /// Who reads the pages.
    pub site_visibility: Visibility,
}
