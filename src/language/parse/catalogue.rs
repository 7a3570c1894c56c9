//! The names that a trigger may be called by: events and obligations by their ids and titles, agreements by their ids.

use super::called::Roots;
use super::near_names::{self, Spelled};
use crate::ids::AgreementId;
use crate::language::token::{Kind, Token, name_tokens};
use crate::language::{Names, Trigger};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Every name that a trigger may be called by.
#[derive(Clone, Debug)]
pub(in crate::language) struct Catalogue {
    /// By their first words, so that a phrase is compared with few of them, however many there are; the longest stand first.
    names: BTreeMap<Kind, Vec<(Vec<Kind>, Trigger)>>,
    /// Worked out where a name is looked for in other words.
    roots: OnceLock<ByRoots>,
    /// Worked out where a name may be misspelled.
    spelled: OnceLock<Vec<Spelled>>,
    /// By their first words, as well.
    agreements: BTreeMap<Kind, Vec<(Vec<Kind>, AgreementId)>>,
}

/// The names by the roots of their words, each under the rarest of its own.
type ByRoots = BTreeMap<String, Vec<Roots>>;

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
        let agreements = names.agreements.iter();
        Self {
            roots: OnceLock::new(),
            spelled: OnceLock::new(),
            names: by_first_word(list),
            agreements: by_first_word(
                agreements
                    .map(|id| (name_tokens(id.as_str()), id.clone()))
                    .collect(),
            ),
        }
    }

    /// The longest name that some tokens begin with, and how many it has.
    pub(super) fn longest_name(&self, tokens: &[Token]) -> Option<(usize, Trigger)> {
        longest(&self.names, tokens)
    }

    /// The longest id of an agreement that some tokens begin with, and how many it has.
    pub(super) fn longest_agreement(&self, tokens: &[Token]) -> Option<(usize, AgreementId)> {
        longest(&self.agreements, tokens)
    }

    /// Every name that may be meant by a misspelled one.
    pub(super) fn spelled(&self, names: &Names) -> &[Spelled] {
        self.spelled.get_or_init(|| near_names::spelled(names))
    }

    /// The names of which some roots hold the rarest.
    pub(super) fn named_by<'a>(
        &'a self,
        roots: &'a BTreeSet<String>,
    ) -> impl Iterator<Item = &'a Roots> {
        let all = self.roots.get_or_init(|| {
            let names = self.names.values().flatten();
            under_the_rarest(
                names
                    .filter_map(|(name, trigger)| Roots::new(name, trigger))
                    .collect(),
            )
        });
        roots.iter().filter_map(|root| all.get(root)).flatten()
    }
}

fn under_the_rarest(names: Vec<Roots>) -> ByRoots {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for root in names.iter().flat_map(Roots::each) {
        *count.entry(root.to_owned()).or_default() += 1;
    }
    let mut all = ByRoots::new();
    for name in names {
        let rarest = name.each().min_by_key(|root| count.get(*root).copied());
        if let Some(rarest) = rarest.map(str::to_owned) {
            all.entry(rarest).or_default().push(name);
        }
    }
    all
}

fn by_first_word<T>(mut names: Vec<(Vec<Kind>, T)>) -> BTreeMap<Kind, Vec<(Vec<Kind>, T)>> {
    // The longest match wins.
    names.sort_by_key(|(tokens, _)| std::cmp::Reverse(tokens.len()));
    let mut all: BTreeMap<Kind, Vec<(Vec<Kind>, T)>> = BTreeMap::new();
    for (tokens, named) in names {
        if let Some(first) = tokens.first().map(plain_number) {
            all.entry(first).or_default().push((tokens, named));
        }
    }
    all
}

fn longest<T: Clone>(
    names: &BTreeMap<Kind, Vec<(Vec<Kind>, T)>>,
    tokens: &[Token],
) -> Option<(usize, T)> {
    let of_that_word = names.get(&plain_number(&tokens.first()?.kind))?;
    of_that_word.iter().find_map(|(name, named)| {
        let stands = name.len() <= tokens.len()
            && name
                .iter()
                .zip(tokens)
                .all(|(a, b)| plain_number(a) == plain_number(&b.kind));
        stands.then(|| (name.len(), named.clone()))
    })
}

/// A number is the same in digits and in words.
fn plain_number(kind: &Kind) -> Kind {
    match kind {
        Kind::Number { value, .. } => Kind::Number {
            value: *value,
            spelled: false,
        },
        kind => kind.clone(),
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
