//! The parties that a cell names, found among those of the office by key, name or short name.

use super::tidy::compared;
use crate::ids::{PartyId, snake_case};
use crate::office::{Office, Party, Side};
use crate::words::{did_you_mean, either};
use std::collections::BTreeMap;

/// What stands between two names.
const BETWEEN: [&str; 8] = [";", "\n", "/", "&", "+", ",", " and ", " y "];

/// More names than these in one cell are not taken apart.
const MOST_NAMES: usize = 24;

/// The names of an office's parties.
pub(super) struct Directory<'a> {
    office: &'a Office,
    names: BTreeMap<String, Vec<&'a Party>>,
    /// Contacts, by their names: who owes something may be written as who does it.
    contacts: BTreeMap<String, Vec<&'a Party>>,
}

/// Why a name is none of a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    pub(super) said: String,
    pub(super) help: String,
}

/// In which column a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// One that names the parties, of a side where it says so.
    Parties(Option<Side>),
    /// One that says who owes, or is owed.
    Duty,
}

impl<'a> Directory<'a> {
    /// The names of an office.
    pub(super) fn new(office: &'a Office) -> Self {
        let mut names: BTreeMap<String, Vec<&Party>> = BTreeMap::new();
        let mut contacts: BTreeMap<String, Vec<&Party>> = BTreeMap::new();
        let add = |to: &mut BTreeMap<String, Vec<&'a Party>>, name: &str, party: &'a Party| {
            let parties = to.entry(plain(name)).or_default();
            if !parties.iter().any(|known| known.id == party.id) {
                parties.push(party);
            }
        };
        for party in office.parties.iter() {
            for name in [party.id.as_str(), &party.name, &party.short] {
                add(&mut names, name, party);
            }
            for contact in &party.contacts {
                add(&mut contacts, &contact.name, party);
            }
        }
        Self {
            office,
            names,
            contacts,
        }
    }

    /// The parties that a cell of a column of parties names.
    pub(super) fn parties(&self, text: &str, side: Option<Side>) -> Result<Vec<PartyId>, Unknown> {
        self.named(text, Heading::Parties(side), &[])
    }

    /// The parties that a cell about a duty names, of those of the agreement; empty: all of them jointly.
    pub(super) fn of_a_duty(&self, text: &str, own: &[PartyId]) -> Result<Vec<PartyId>, Unknown> {
        if is_all(text) {
            return Ok(Vec::new());
        }
        self.named(text, Heading::Duty, own)
    }

    fn named(
        &self,
        text: &str,
        heading: Heading,
        own: &[PartyId],
    ) -> Result<Vec<PartyId>, Unknown> {
        let mut found: Vec<PartyId> = Vec::new();
        let mut rest = text.trim();
        let mut count = 0;
        while !rest.is_empty() {
            count += 1;
            // From the longest that may be a name: `Health and Human Services` has an `and` of its own.
            let mut ends: Vec<(usize, usize)> = BETWEEN
                .iter()
                .flat_map(|between| {
                    rest.match_indices(between)
                        .map(|(at, word)| (at, at + word.len()))
                })
                .collect();
            ends.push((rest.len(), rest.len()));
            ends.sort_unstable_by(|a, b| b.cmp(a));
            let skip = ends.len().saturating_sub(MOST_NAMES);
            let parties = ends.iter().skip(skip).find_map(|(end, next)| {
                let name = rest.get(..*end)?.trim();
                if name.is_empty() {
                    return Some((Ok(Vec::new()), *next));
                }
                self.one(name, heading, own).map(|found| (found, *next))
            });
            let Some((parties, next)) = parties.filter(|_| count <= MOST_NAMES) else {
                let first = ends
                    .last()
                    .and_then(|(end, _)| rest.get(..*end))
                    .unwrap_or(rest);
                return Err(self.unknown(first.trim(), heading));
            };
            for party in parties? {
                if !found.contains(&party) {
                    found.push(party);
                }
            }
            rest = rest.get(next..).unwrap_or_default().trim_start();
        }
        Ok(found)
    }

    /// The parties of one name; `None` where it is none.
    fn one(
        &self,
        name: &str,
        heading: Heading,
        own: &[PartyId],
    ) -> Option<Result<Vec<PartyId>, Unknown>> {
        // `United Public Employees (UPE)`.
        let (outside, inside) = name
            .strip_suffix(')')
            .and_then(|name| name.rsplit_once('('))
            .unwrap_or((name, ""));
        let lists = [
            Some(&self.names),
            (heading == Heading::Duty).then_some(&self.contacts),
        ];
        for list in lists.into_iter().flatten() {
            for name in [name, outside, inside] {
                let Some(parties) = list.get(&plain(name)).filter(|_| !name.trim().is_empty())
                else {
                    continue;
                };
                let mine: Vec<&Party> = parties
                    .iter()
                    .copied()
                    .filter(|party| own.contains(&party.id))
                    .collect();
                return Some(match (parties.as_slice(), mine.as_slice()) {
                    ([party], _) | (_, [party]) => Ok(vec![party.id.clone()]),
                    _ => {
                        let keys = either(parties.iter().map(|party| format!("`{}`", party.id)));
                        Err(Unknown {
                            said: format!("`{name}` may be {keys}"),
                            help: "write the key of the one that is meant".to_owned(),
                        })
                    }
                });
            }
        }
        (heading == Heading::Duty).then(|| self.by_side(name, own).map(|id| Ok(vec![id])))?
    }

    /// `the union`: the agreement's party of that side, where there is one.
    fn by_side(&self, name: &str, own: &[PartyId]) -> Option<PartyId> {
        let side = match plain(name).as_str() {
            "union" | "association" | "local" | "labor" | "sindicato" => Side::Union,
            "employer" | "management" | "agency" | "county" | "city" | "district"
            | "department" | "company" | "administration" | "empleador" => Side::Employer,
            _ => return None,
        };
        let mut found = own.iter().filter(|id| {
            let party = self.office.party(id.as_str());
            party.is_some_and(|party| party.side == side)
        });
        match (found.next(), found.next()) {
            (Some(id), None) => Some(id.clone()),
            _ => None,
        }
    }

    fn unknown(&self, name: &str, heading: Heading) -> Unknown {
        let name = super::tidy::short(name);
        let known: Vec<&str> = self
            .office
            .parties
            .iter()
            .flat_map(|party| [party.id.as_str(), &party.name, &party.short])
            .collect();
        if let Some(near) = did_you_mean(&name, known) {
            return Unknown {
                said: format!("no party of this office is called `{name}`"),
                help: near,
            };
        }
        match heading {
            Heading::Parties(side) => {
                let side = match side {
                    Some(Side::Union) => "\"union\"",
                    Some(Side::Employer) => "\"employer\"",
                    _ => "\"union\"   # or employer, joint, other",
                };
                let key = snake_case(&name).unwrap_or_else(|| "the_party".to_owned());
                let written = crate::begin::quoted(&name);
                Unknown {
                    said: format!("no party of this office is called `{name}`"),
                    help: format!("write it into parties.toml:\n[{key}]\nname = {written}\nside = {side}"),
                }
            }
            Heading::Duty => Unknown {
                said: format!("`{name}` is no party of this office, and no contact of one"),
                help: "write the party that owes it, such as its key; or where the column has the people who do it, say so: --column who=HEADING".to_owned(),
            },
        }
    }
}

/// A name as it is compared.
fn plain(name: &str) -> String {
    let words = compared(name);
    let words =
        words.trim_matches(|c: char| matches!(c, '.' | '"' | '“' | '”') || c.is_whitespace());
    words.strip_prefix("the ").unwrap_or(words).to_owned()
}

/// Whether words name all parties.
fn is_all(text: &str) -> bool {
    matches!(
        plain(text).as_str(),
        "all"
            | "both"
            | "all parties"
            | "both parties"
            | "both sides"
            | "parties"
            | "joint"
            | "jointly"
            | "each party"
            | "mutual"
            | "ambas partes"
            | "ambos"
            | "todos"
    )
}
