//! The declared name that some words are nearest to: what is offered where a name is misspelled.

use super::core::Parser;
use super::refuse::BUILT_IN;
use crate::language::Names;
use crate::language::token::Kind;

/// How alike two names are of which one is taken for a slip of the other, of ten.
const ALIKE: usize = 7;
/// The most words that a name is compared with.
const MOST_WORDS: usize = 8;

/// A name that may be meant, and how often each letter stands in it: most names are told apart by that alone, so that an
/// agreement with thousands of names is searched quickly.
#[derive(Clone, Debug)]
pub(super) struct Spelled {
    id: String,
    words: usize,
    text: Letters,
}

#[derive(Clone, Debug)]
struct Letters {
    text: String,
    count: [usize; 27],
    length: usize,
}

impl Letters {
    fn new(text: String) -> Self {
        let mut count = [0; 27];
        for c in text.chars() {
            let letter = match c {
                'a'..='z' => u32::from(c) - u32::from('a'),
                _ => 26,
            };
            if let Some(known) = usize::try_from(letter)
                .ok()
                .and_then(|at| count.get_mut(at))
            {
                *known += 1;
            }
        }
        Self {
            length: text.chars().count(),
            text,
            count,
        }
    }

    /// Whether so few letters differ that one may be a slip of the other: each slip adds a letter, takes one, or changes one.
    fn may_be_near(&self, other: &Self) -> bool {
        let (mut more, mut less) = (0, 0);
        for (a, b) in self.count.iter().zip(&other.count) {
            more += a.saturating_sub(*b);
            less += b.saturating_sub(*a);
        }
        10 * more.max(less) <= (10 - ALIKE) * self.length.max(other.length)
    }
}

/// Every name that may be meant, by its id and by its title.
pub(super) fn spelled(names: &Names) -> Vec<Spelled> {
    let events = names.events.iter();
    let obligations = names.obligations.iter();
    events
        .map(|(id, title)| (id.as_str(), title.as_str()))
        .chain(obligations.map(|(id, title)| (id.as_str(), title.as_str())))
        .chain(names.agreements.iter().map(|id| (id.as_str(), "")))
        .chain(BUILT_IN.iter().map(|name| (*name, "")))
        .flat_map(|(id, title)| {
            [id.replace('_', " "), title.to_lowercase()].map(|name| Spelled {
                id: id.to_owned(),
                words: name.split_whitespace().count(),
                text: Letters::new(name),
            })
        })
        .filter(|name| name.words > 0)
        .collect()
}

impl Parser<'_> {
    /// The declared name that the words from a token on are nearest to, where one is near. Every name is compared, so that
    /// what was found is kept: a phrase asks once for each of its words, however many readings ask again.
    pub(super) fn near_miss(&self, at: usize) -> Option<String> {
        let mut known = self.near.borrow_mut();
        known
            .entry(at)
            .or_insert_with(|| self.search_near(at))
            .clone()
    }

    fn search_near(&self, at: usize) -> Option<String> {
        self.searches.set(self.searches.get() + 1);
        let rest: Vec<String> = self
            .tokens
            .get(at..)?
            .iter()
            .map_while(|token| match &token.kind {
                Kind::Word(word) => Some(word.clone()),
                Kind::Number { value, .. } | Kind::Ordinal(value) => Some(value.to_string()),
                _ => None,
            })
            .take(MOST_WORDS)
            .collect();
        // `mou_2103` is one word, whatever follows it.
        let first = Letters::new(rest.first()?.replace('_', " "));
        let so_many: Vec<[Letters; 2]> = (0..=rest.len())
            .map(|count| {
                let written = rest.get(..count).unwrap_or_default().join(" ");
                [written.replace('_', " "), written].map(Letters::new)
            })
            .collect();
        let mut best: Option<(f64, &str)> = None;
        for name in self.catalogue.spelled(self.names) {
            let written = so_many.get(name.words).or(so_many.last());
            let said = written.into_iter().flatten().chain([&first]);
            for said in said.filter(|said| said.may_be_near(&name.text)) {
                let score = strsim::normalized_damerau_levenshtein(&said.text, &name.text.text);
                if score >= 0.7 && best.is_none_or(|(known, _)| score > known) {
                    best = Some((score, &name.id));
                }
            }
        }
        best.map(|(_, id)| id.to_owned())
    }
}
