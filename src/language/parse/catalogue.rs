//! The names that a trigger may be called by: events and obligations by their ids and titles, agreements by their ids.

use super::called::Roots;
use crate::ids::AgreementId;
use crate::language::token::{Kind, name_tokens};
use crate::language::{Names, Trigger};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Every name that a trigger may be called by.
#[derive(Clone, Debug)]
pub(in crate::language) struct Catalogue {
    pub(super) names: Vec<(Vec<Kind>, Trigger)>,
    /// Worked out where a name is looked for in other words.
    roots: OnceLock<Vec<Roots>>,
    pub(super) agreements: Vec<(Vec<Kind>, AgreementId)>,
}

impl Catalogue {
    pub(super) fn new(names: &Names) -> Self {
        let mut list = Vec::new();
        let mut known = BTreeSet::new();
        let mut add = |name: &str, trigger: &Trigger| {
            let tokens = name_tokens(name);
            let short = without_lead(&tokens).to_vec();
            for tokens in [tokens, short] {
                if !tokens.is_empty() && known.insert(tokens.clone()) {
                    list.push((tokens, trigger.clone()));
                }
            }
        };
        for (id, title) in &names.events {
            let trigger = Trigger::event(id.clone());
            add(id.as_str(), &trigger);
            add(&id.as_str().replace('_', " "), &trigger);
            add(title, &trigger);
        }
        for (id, title) in &names.obligations {
            let trigger = Trigger::Obligation(id.clone());
            add(id.as_str(), &trigger);
            add(&id.as_str().replace('_', " "), &trigger);
            add(title, &trigger);
        }
        // The longest match wins.
        list.sort_by_key(|(tokens, _)| std::cmp::Reverse(tokens.len()));
        Self {
            roots: OnceLock::new(),
            names: list,
            agreements: names
                .agreements
                .iter()
                .map(|id| (name_tokens(id.as_str()), id.clone()))
                .collect(),
        }
    }

    /// The names by the roots of their words.
    pub(super) fn roots(&self) -> &[Roots] {
        self.roots.get_or_init(|| {
            let names = self.names.iter();
            names
                .filter_map(|(name, trigger)| Roots::new(name, trigger))
                .collect()
        })
    }
}

/// `the date of receipt` and `receipt` are one event.
pub(super) fn without_lead(tokens: &[Kind]) -> &[Kind] {
    const LEADS: [&[&str]; 19] = [
        &["date", "on", "which"],
        &["date", "upon", "which"],
        &["day", "on", "which"],
        &["effective", "date", "of", "any"],
        &["effective", "date", "of", "such"],
        &["effective", "date", "of", "each"],
        &["effective", "date", "of"],
        &["date", "of", "any"],
        &["date", "of", "such"],
        &["date", "that"],
        &["date", "of"],
        &["day", "of"],
        &["time", "of"],
        &["time", "that"],
        &["occurrence", "of"],
        &["date", "when"],
        &["when"],
        &["such"],
        &["date"],
    ];
    for lead in LEADS {
        let matches = lead.len() < tokens.len()
            && lead
                .iter()
                .zip(tokens)
                .all(|(word, token)| matches!(token, Kind::Word(found) if found == word));
        if matches {
            return tokens.get(lead.len()..).unwrap_or(tokens);
        }
    }
    tokens
}
