//! What of an office may stand on its pages, and what may not.
//!
//! Pages are made from this view alone: it has no contact and no note, and nothing that is narrower than the pages' readers.

use super::text::shown;
use crate::agreement::{Agreement, Event, Obligation, Status, Visibility};
use crate::ids::PartyId;
use crate::office::{Office, Party};
use crate::record::Entry;
use std::collections::BTreeSet;

/// The part of an office that the pages may show.
pub(super) struct Visible<'a> {
    office: &'a Office,
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
}

impl<'a> Visible<'a> {
    /// The view of whoever reads the pages.
    pub(super) fn of(office: &'a Office) -> Self {
        let reader = &office.settings.site_visibility;
        let sees = |visibility: &Visibility| visibility <= reader;
        let mut agreements: Vec<VisibleAgreement<'a>> = office
            .agreements
            .iter()
            .filter(|a| a.status == Status::InForce && sees(&a.visibility))
            .map(|agreement| VisibleAgreement {
                agreement,
                obligations: agreement
                    .obligations
                    .iter()
                    .filter(|o| sees(&o.visibility))
                    .collect(),
                events: agreement
                    .events
                    .iter()
                    .filter(|e| sees(&e.visibility))
                    .collect(),
            })
            .collect();
        agreements.sort_by(|a, b| a.agreement.id.cmp(&b.agreement.id));
        Self { office, agreements }
    }

    /// Whether an entry of the record is for whoever reads the pages.
    pub(super) fn shows(&self, entry: &Entry) -> bool {
        let reader = &self.office.settings.site_visibility;
        let own = entry.visibility.as_ref();
        own.is_none_or(|visibility| visibility <= reader)
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
