//! The page of one party: what it owes and is owed, and where that stands.

use super::letter::{Letter, side};
use super::lists::{List, Listed, Next, Order, each, list, next, soonest};
use super::looks::{Look, Tally, tally};
use super::overview::Made;
use super::row::Row;
use super::text::shown;
use crate::ids::PartyId;
use crate::office::Party;
use crate::words::Language::{self, English, Spanish};
use crate::words::Noun;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The most entries of one list; the rest is counted and stands on the agreements' own pages.
const MOST: usize = 12;

/// The most agreements that are listed; the page of all agreements has the rest.
const MOST_AGREEMENTS: usize = 30;

/// What there is of each party.
pub(super) struct Shares<'a> {
    of: BTreeMap<&'a PartyId, Share<'a>>,
    none: Share<'a>,
}

/// What there is of one party.
#[derive(Default)]
pub(super) struct Share<'a> {
    /// The agreements that it has made.
    pub(super) agreements: Vec<&'a Letter>,
    /// What it owes, alone or with others.
    pub(super) owes: Vec<(&'a Letter, &'a Row)>,
    /// What it is owed.
    pub(super) owed: Vec<(&'a Letter, &'a Row)>,
}

impl<'a> Shares<'a> {
    /// Goes through all agreements once, for all parties.
    pub(super) fn of_all(made: &'a [Made<'_>]) -> Self {
        let mut of: BTreeMap<&PartyId, Share<'_>> = BTreeMap::new();
        for m in made {
            for party in &m.of.agreement.parties {
                of.entry(party).or_default().agreements.push(&m.letter);
            }
            for (obligation, row) in m.of.obligations.iter().zip(&m.letter.rows) {
                for party in &obligation.owed_by {
                    of.entry(party).or_default().owes.push((&m.letter, row));
                }
                for party in &obligation.owed_to {
                    of.entry(party).or_default().owed.push((&m.letter, row));
                }
            }
        }
        Self {
            of,
            none: Share::default(),
        }
    }

    /// The share of one party.
    pub(super) fn of(&self, party: &PartyId) -> &Share<'a> {
        self.of.get(party).unwrap_or(&self.none)
    }
}

/// What the template of a party is given, besides the frame of every page.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct PartyPage {
    id: String,
    name: String,
    short: Option<String>,
    side: &'static str,
    /// `3 agreements; owes 12 obligations, is owed 9`
    about: String,
    tally: Vec<Tally>,
    owes: List,
    is_owed: List,
    running: List,
    quiet: List,
    recorded: List,
    agreements: Vec<OfAgreement>,
    more_agreements: usize,
}

#[derive(Clone, Debug, serde::Serialize)]
struct OfAgreement {
    id: String,
    title: String,
    its_lang: Option<&'static str>,
    kind: &'static str,
    next: Option<Next>,
}

/// Makes the page of a party.
pub(super) fn party(
    language: Language,
    party: &Party,
    share: &Share<'_>,
    today: NaiveDate,
) -> PartyPage {
    let (name, short) = (shown(&party.name), shown(&party.short));
    // What several owe each other is there once.
    let mut both: Vec<(&Letter, &Row)> = share.owes.iter().chain(&share.owed).copied().collect();
    both.sort_by_key(|(letter, row)| (&letter.id, row.number));
    both.dedup_by_key(|(letter, row)| (&letter.id, row.number));
    let listed: Vec<Listed<'_>> = both.iter().flat_map(|(l, row)| each(l, row)).collect();
    let listed = || listed.iter().copied();
    // Whether an agreement goes on is for each of its parties.
    let own_terms = || {
        let own = share.agreements.iter();
        own.filter_map(|letter| Some((*letter, letter.own_term.as_ref()?)))
    };
    let owes: Vec<(&Letter, &Row)> = share.owes.iter().copied().chain(own_terms()).collect();
    let running = listed().chain(own_terms().flat_map(|(l, row)| each(l, row)));
    PartyPage {
        id: party.id.to_string(),
        short: (short != name).then_some(short),
        name,
        side: side(language, party.side),
        about: about(language, share),
        tally: tally(language, both.iter().map(|(_, row)| row.look)),
        owes: list(next(&owes, today), |_| true, Order::SoonestFirst, MOST),
        is_owed: list(
            next(&share.owed, today),
            |_| true,
            Order::SoonestFirst,
            MOST,
        ),
        running: list(running, |one| one.day.runs, Order::SoonestFirst, MOST),
        quiet: list(
            listed(),
            |one| one.day.look == Look::Quiet,
            Order::NewestFirst,
            MOST,
        ),
        recorded: list(listed(), |one| one.day.is_told, Order::NewestFirst, MOST),
        agreements: share
            .agreements
            .iter()
            .take(MOST_AGREEMENTS)
            .map(|letter| OfAgreement {
                id: letter.id.clone(),
                title: letter.title.clone(),
                its_lang: letter.its_lang,
                kind: letter.kind,
                next: soonest(letter.listed(), today),
            })
            .collect(),
        more_agreements: share.agreements.len().saturating_sub(MOST_AGREEMENTS),
    }
}

fn about(language: Language, share: &Share<'_>) -> String {
    let agreements = language.count(share.agreements.len(), Noun::Agreement);
    let owes = language.count(share.owes.len(), Noun::Obligation);
    let is_owed = share.owed.len();
    match language {
        English => format!("{agreements}; it owes {owes} and is owed {is_owed}"),
        Spanish => format!("{agreements}; debe {owes} y se le deben {is_owed}"),
    }
}
