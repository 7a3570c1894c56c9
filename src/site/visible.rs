//! What of an office may stand on its pages, and what may not.
//!
//! Pages are made from this view alone: it has no contact and no note, and nothing that is narrower than the pages' readers.

use super::text::shown;
use crate::agreement::{Agreement, Event, Obligation, Status, Visibility};
use crate::ids::PartyId;
use crate::office::{Office, Party};
use crate::reader::Reader;
use crate::record::Entry;
use crate::words::Language;
use std::collections::BTreeSet;

/// The part of an office that the pages may show.
pub(super) struct Visible<'a> {
    office: &'a Office,
    /// The entries of the record that a case file shows; `None`: all of the record that is for the pages' readers.
    entries: Option<BTreeSet<u64>>,
    /// The agreements that have a page, by id.
    pub(super) agreements: Vec<VisibleAgreement<'a>>,
}

/// An agreement that has a page.
pub(super) struct VisibleAgreement<'a> {
    /// What the file says. Its obligations and events are those below, no others.
    pub(super) agreement: &'a Agreement,
    /// The obligations that may be shown, in the order of the file.
    pub(super) obligations: Vec<&'a Obligation>,
    /// The events that may be shown.
    pub(super) events: Vec<&'a Event>,
    /// The language of its own words: the one that its text is in, or else the office's.
    pub(super) language: Language,
}

impl<'a> Visible<'a> {
    /// The view of whoever reads the pages.
    pub(super) fn of(office: &'a Office) -> Self {
        let reader = &office.settings.site_visibility;
        let sees = |visibility: &Visibility| visibility <= reader;
        let agreements = office
            .agreements
            .iter()
            .filter(|a| a.status == Status::InForce && sees(&a.visibility));
        Self {
            office,
            entries: None,
            agreements: agreements
                .map(|agreement| VisibleAgreement::of(office, agreement, sees))
                .collect(),
        }
    }

    /// The view of whoever reads a case file, with the entries that it shows.
    pub(super) fn for_case(
        office: &'a Office,
        reader: &Reader<'_>,
        entries: BTreeSet<u64>,
    ) -> Self {
        let agreements = office.agreements.iter();
        Self {
            office,
            entries: Some(entries),
            agreements: agreements
                .filter(|agreement| reader.may_name(office, agreement))
                .map(|agreement| {
                    VisibleAgreement::of(office, agreement, |visibility| {
                        reader.admits_of(office, agreement, visibility)
                    })
                })
                .collect(),
        }
    }

    /// Whether an entry of the record that was read is shown.
    pub(super) fn shows(&self, entry: &Entry) -> bool {
        let shown = self.entries.as_ref();
        shown.is_none_or(|shown| shown.contains(&entry.number))
    }

    /// Whether an agreement, or a part of it, may be named.
    pub(super) fn may_name(&self, agreement: &Agreement, part: Option<&str>) -> bool {
        let shown = self.agreement(agreement.id.as_str());
        shown.is_some_and(|shown| part.is_none_or(|part| !shown.hides(part)))
    }

    /// The agreement of that id, where it has a page.
    pub(super) fn agreement(&self, id: &str) -> Option<&VisibleAgreement<'a>> {
        let found = self
            .agreements
            .binary_search_by(|a| a.agreement.id.as_str().cmp(id));
        found.ok().and_then(|index| self.agreements.get(index))
    }

    /// The parties of the agreements that have a page, in the order of `parties.toml`.
    pub(super) fn parties(&self) -> Vec<&'a Party> {
        let named: BTreeSet<&PartyId> = self
            .agreements
            .iter()
            .flat_map(|a| &a.agreement.parties)
            .collect();
        self.office
            .parties
            .iter()
            .filter(|p| named.contains(&p.id))
            .collect()
    }

    /// A party's short name.
    pub(super) fn short(&self, id: &PartyId) -> String {
        shown(self.office.short_name(id))
    }

    /// A party's full name.
    pub(super) fn name(&self, id: &PartyId) -> String {
        shown(
            self.office
                .party(id.as_str())
                .map_or(id.as_str(), |p| p.name.as_str()),
        )
    }
}

impl<'a> VisibleAgreement<'a> {
    /// What of an agreement a reader may see who sees what `sees` admits.
    fn of(
        office: &'a Office,
        agreement: &'a Agreement,
        sees: impl Fn(&Visibility) -> bool,
    ) -> Self {
        let body = &agreement.body;
        let text = office.sources.get(body.file).text.get(body.range());
        let language = Language::of_text(text.unwrap_or_default());
        let obligations = agreement.obligations.iter();
        let events = agreement.events.iter();
        Self {
            agreement,
            obligations: obligations.filter(|o| sees(&o.visibility)).collect(),
            events: events.filter(|e| sees(&e.visibility)).collect(),
            language: language.unwrap_or(office.settings.language),
        }
    }

    /// The code of the language of its own words, where a page is in another.
    pub(super) fn lang_on(&self, page: Language) -> Option<&'static str> {
        (self.language != page).then(|| self.language.code())
    }

    /// The obligation of that id, where it may be shown.
    pub(super) fn obligation(&self, id: &str) -> Option<&'a Obligation> {
        self.obligations
            .iter()
            .copied()
            .find(|o| o.id.as_str() == id)
    }

    /// Whether the agreement has an obligation or event of that id that may not be shown.
    pub(super) fn hides(&self, id: &str) -> bool {
        (self.agreement.obligation(id).is_some() && self.obligation(id).is_none())
            || (self.agreement.event(id).is_some()
                && !self.events.iter().any(|e| e.id.as_str() == id))
    }
}
