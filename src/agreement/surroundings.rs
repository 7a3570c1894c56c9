//! What an agreement is read against: the office's parties, its keeper, and the names in all other agreements.

use super::declared::Declared;
use crate::counting::{Calendars, Counting};
use crate::ids::{AgreementId, PartyId};
use crate::language::DateOrder;
use crate::office::Parties;
use std::collections::BTreeMap;

/// What an agreement is read against.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The office's parties; `None`: their file could not be read, so that no party can be called unknown.
    pub parties: Option<&'a Parties>,
    /// The party that runs the office.
    pub keeper: Option<&'a PartyId>,
    /// How `12/9/99` is read.
    pub date_order: DateOrder,
    /// The names in every agreement of the office, this one's too.
    pub declared: &'a BTreeMap<AgreementId, Declared>,
    /// The calendars that may be named.
    pub calendars: &'a Calendars,
}

impl<'a> Surroundings<'a> {
    /// The names in the agreement of that id.
    pub fn declared(&self, id: &str) -> Option<&'a Declared> {
        self.declared.get(id)
    }

    /// How an agreement counts: its own way, or that of the first agreement it amends that has one.
    pub fn counting(&self, declared: &'a Declared) -> Option<&'a Counting> {
        let mut seen = vec![declared.id.as_str()];
        self.counting_beyond(declared, &mut seen)
    }

    /// `seen` are the agreements that were asked already: two that amend each other are no reason to ask for ever.
    fn counting_beyond(
        &self,
        declared: &'a Declared,
        seen: &mut Vec<&'a str>,
    ) -> Option<&'a Counting> {
        declared.counting.as_ref().or_else(|| {
            declared.amends.iter().find_map(|name| {
                if seen.contains(&name.as_str()) {
                    return None;
                }
                seen.push(name);
                self.counting_beyond(self.declared(name)?, seen)
            })
        })
    }

    /// The ids of all agreements.
    pub fn agreement_ids(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.declared.keys().map(AgreementId::as_str)
    }

    /// The keys of all parties.
    pub fn party_ids(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.parties
            .into_iter()
            .flat_map(|parties| parties.iter())
            .map(|party| party.id.as_str())
    }

    /// Whether there is such a party, as far as is known.
    pub fn has_party(&self, id: &str) -> bool {
        self.parties.is_none_or(|parties| parties.get(id).is_some())
    }
}
