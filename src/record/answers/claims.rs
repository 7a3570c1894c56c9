//! Days that are claimed for one thing, and which parties stand by which.

use super::{InFile, Rule, Silence};
use crate::agreement::Confirmation;
use crate::ids::PartyId;
use crate::record::{Entry, EntryKind};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A day that is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The day.
    pub day: NaiveDate,
    /// The entries that name it, in order. Empty: the agreement's file alone does.
    pub entries: Vec<u64>,
    /// The parties that stand by it on their own words, in the order in which they came to.
    pub said_by: Vec<PartyId>,
    /// The parties that stand by another day, or say that it is not so.
    pub against: Vec<PartyId>,
    /// Those among them that have answered it so.
    pub disputed_by: Vec<PartyId>,
    /// The parties whose silence has accepted it, where no word has: the earliest first.
    pub by_silence: Vec<Silence>,
}

/// Every day that is claimed for one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// The claims that stand, the earliest day first. A claim whose party has since confirmed another's is left out.
    pub all: Vec<Claim>,
    /// Which of them is accepted.
    accepted: Option<usize>,
    /// Where every party's word is what settles it, and all have given it: the entry with which they had.
    settled_with: Option<u64>,
    /// The entries by whose day their party stands no more, each with the one by which it came to another.
    given_up: BTreeMap<u64, u64>,
}

impl Claims {
    /// One claim, and that it is accepted.
    pub fn settled(claim: Claim) -> Self {
        Self {
            all: vec![claim],
            accepted: Some(0),
            settled_with: None,
            given_up: BTreeMap::new(),
        }
    }

    /// The entry with which every party had said that an end took place on the day that is accepted; no one's word alone
    /// changes that any more.
    pub fn settled_with(&self) -> Option<u64> {
        self.settled_with
    }

    /// The claim that settles it.
    pub fn accepted(&self) -> Option<&Claim> {
        self.all.get(self.accepted?)
    }

    /// The entry by which the party of another came to stand by another day than it had named there.
    pub fn given_up_with(&self, entry: u64) -> Option<u64> {
        self.given_up.get(&entry).copied()
    }

    /// The one to go by: what is accepted, else the earliest.
    pub fn first(&self) -> Option<&Claim> {
        self.accepted().or(self.all.first())
    }

    /// Those that differ from the one to go by.
    pub fn others(&self) -> impl Iterator<Item = &Claim> {
        let first = self.first().map(|claim| claim.day);
        let settled = self.accepted.is_some();
        self.all
            .iter()
            .filter(move |claim| !settled && Some(claim.day) != first)
    }

    /// Whether the parties say different things: more than one day, or that it was not so.
    pub fn are_disputed(&self) -> bool {
        self.accepted.is_none()
            && (self.all.len() > 1 || self.all.iter().any(|claim| !claim.against.is_empty()))
    }

    /// Whether it is open if it was so at all: a party has answered that it was not, and names no day itself.
    pub fn are_denied(&self) -> bool {
        let says_so = |party: &PartyId| self.all.iter().any(|claim| claim.said_by.contains(party));
        let mut answered = self.all.iter().flat_map(|claim| &claim.disputed_by);
        self.accepted.is_none() && answered.any(|party| !says_so(party))
    }
}

/// What one party holds now.
#[derive(Default)]
struct Position {
    stands_by: Option<NaiveDate>,
    /// The days that it stood by before, each with the entry by which it came to another.
    left: BTreeMap<NaiveDate, u64>,
    /// Whether it does so on its own words, and not only on what the keeper entered in its name.
    on_own_words: bool,
    against: BTreeSet<NaiveDate>,
}

impl Position {
    /// Comes to stand by the day of a claim, or of what it confirms, with an entry.
    fn come_to(&mut self, day: Option<NaiveDate>, with: u64) {
        if let Some(before) = self.stands_by.filter(|before| Some(*before) != day) {
            self.left.insert(before, with);
        }
        if let Some(day) = day {
            self.left.remove(&day);
            self.against.remove(&day);
        }
        self.stands_by = day;
    }
}

/// The claims among `about`, the entries about one obligation or event that were not struck out, in order. `is_of` says
/// which of them are claims about this very thing; answers are found by the entry that they name.
pub fn claims(
    about: &[&Entry],
    is_of: &dyn Fn(&Entry) -> bool,
    in_file: Option<InFile<'_>>,
    rule: &Rule<'_>,
) -> Claims {
    let claimed: BTreeMap<u64, &Entry> = about
        .iter()
        .filter(|entry| entry.on.is_some() && is_of(entry))
        .map(|entry| (entry.number, *entry))
        .collect();
    // Beside each other once, and not for every claim anew: there may be thousands.
    let bounds: Vec<(&Entry, &PartyId, NaiveDate)> = claimed
        .values()
        .flat_map(|claim| {
            let bounds = rule.bounds(claim).into_iter();
            bounds.map(|(party, from)| (*claim, party, from))
        })
        .collect();
    let mut positions: Vec<(PartyId, Position)> = Vec::new();
    let mut settled: Option<Settled> = None;
    let mut before = 0;
    if let Some(InFile { day, by: Some(by) }) = in_file {
        let position = take(&mut positions, by);
        position.stands_by = Some(day);
        position.on_own_words = true;
    }
    for entry in about {
        let Some(by) = &entry.by else {
            continue;
        };
        // What one party says after all have agreed changes nothing until all agree anew.
        let silent_by = settled.is_none().then(|| rule.day_of(entry));
        let now = settled_by(&positions, &claimed, silent_by, rule);
        settled = settled_since(settled, now, before);
        before = entry.number;
        if claimed.contains_key(&entry.number) {
            let late = bounds.iter().any(|(other, party, from)| {
                *party == by && other.on != entry.on && *from <= rule.day_of(entry)
            });
            let position = take(&mut positions, by);
            // What was entered in its name takes nothing from what the party has said itself.
            let is_own = entry.own_word().is_some();
            if !late && (is_own || !position.on_own_words) {
                position.come_to(entry.on, entry.number);
                position.on_own_words = is_own;
            }
            continue;
        }
        let answered = entry.entry.and_then(|number| claimed.get(&number));
        let Some((claim, day)) = answered.and_then(|claim| Some((*claim, claim.on?))) else {
            continue;
        };
        match entry.kind {
            EntryKind::Confirmed => {
                let position = take(&mut positions, by);
                position.come_to(Some(day), entry.number);
                position.on_own_words = true;
            }
            EntryKind::Disputed if !is_too_late(claim, entry, by, rule) => {
                let position = take(&mut positions, by);
                position.against.insert(day);
                if position.stands_by == Some(day) {
                    position.stands_by = None;
                    position.on_own_words = false;
                }
            }
            _ => {}
        }
    }
    let now = settled_by(&positions, &claimed, None, rule);
    let given_up = given_up(&claimed, &positions);
    let mut all = days(&claimed, in_file, &positions);
    all.sort_by_key(|claim| claim.day);
    if let Some(settled) = settled_since(settled, now, before) {
        return settled.among(all, given_up);
    }
    let by_word = all
        .iter()
        .position(|claim| is_accepted_by_word(claim, all.len(), &claimed, rule));
    let accepted = by_word.or_else(|| accept_by_silence(&mut all, &claimed, rule));
    Claims {
        all,
        accepted,
        settled_with: None,
        given_up,
    }
}

/// The entries by whose day their party stands no more, each with a later one by which it came to another.
fn given_up(
    claimed: &BTreeMap<u64, &Entry>,
    positions: &[(PartyId, Position)],
) -> BTreeMap<u64, u64> {
    let given_up = claimed.values().filter_map(|entry| {
        let of_its_party = |(party, _): &&(PartyId, Position)| entry.by.as_ref() == Some(party);
        let (_, position) = positions.iter().find(of_its_party)?;
        let with = position.left.get(&entry.on?)?;
        (*with > entry.number).then_some((entry.number, *with))
    });
    given_up.collect()
}

/// The day on which every party has said that an agreement ended, and the entry with which all had.
struct Settled {
    claim: Claim,
    with: u64,
}

impl Settled {
    /// The claims with this one accepted; each other waits for the parties that have not said so.
    fn among(self, mut all: Vec<Claim>, mut given_up: BTreeMap<u64, u64>) -> Claims {
        // What all have said stands, whatever one of them says since.
        given_up.retain(|entry, _| !self.claim.entries.contains(entry));
        let day = self.claim.day;
        all.retain(|claim| claim.day != day);
        for claim in &mut all {
            claim.against.clone_from(&claim.disputed_by);
        }
        let accepted = all.partition_point(|claim| claim.day < day);
        all.insert(accepted, self.claim);
        Claims {
            all,
            accepted: Some(accepted),
            settled_with: Some(self.with),
            given_up,
        }
    }
}

/// What is settled now, where `claim` is what all stand by: the same as before, unless that is another day.
fn settled_since(before: Option<Settled>, claim: Option<Claim>, with: u64) -> Option<Settled> {
    match (before, claim) {
        (Some(before), Some(claim)) if before.claim.day == claim.day => Some(before),
        (_, Some(claim)) => Some(Settled { claim, with }),
        (before, None) => before,
    }
}

/// The day of an agreement's end by which every party stands on its own words, or by its silence until `silent_by`.
fn settled_by(
    positions: &[(PartyId, Position)],
    claimed: &BTreeMap<u64, &Entry>,
    silent_by: Option<NaiveDate>,
    rule: &Rule<'_>,
) -> Option<Claim> {
    let is_end = |entry: &Entry| {
        entry.kind == EntryKind::Happened && entry.subject.as_deref() == Some("expiration")
    };
    // All claims are about one thing, and of no other every party's word is wanted.
    let of_an_end = |entry: &&Entry| entry.subject.as_deref() == Some("expiration");
    claimed.values().next().filter(|entry| of_an_end(entry))?;
    let stands_by = |position: &Position| position.stands_by.filter(|_| position.on_own_words);
    let day = positions.iter().find_map(|(_, p)| stands_by(p))?;
    let of_day = || claimed.values().filter(|entry| entry.on == Some(day));
    let mut claim = Claim {
        day,
        entries: of_day()
            .filter(|entry| is_end(entry))
            .map(|entry| entry.number)
            .collect(),
        said_by: Vec::new(),
        against: Vec::new(),
        disputed_by: Vec::new(),
        by_silence: Vec::new(),
    };
    for party in rule.parties() {
        let position = positions.iter().find(|(p, _)| p == party).map(|(_, p)| p);
        let silence = || {
            let silences = of_day().filter_map(|entry| rule.silence(entry, party));
            silences
                .filter(|silence| silent_by.is_some_and(|day| silence.from <= day))
                .min_by_key(|silence| silence.from)
        };
        match position {
            Some(position) if stands_by(position) == Some(day) => {
                claim.said_by.push(party.clone());
            }
            Some(_) => return None,
            None => claim.by_silence.push(silence()?),
        }
    }
    (!claim.entries.is_empty()).then_some(claim)
}

/// Whether an objection comes after silence has accepted the claim.
fn is_too_late(claim: &Entry, objection: &Entry, by: &PartyId, rule: &Rule<'_>) -> bool {
    rule.silence(claim, by)
        .is_some_and(|silence| silence.from <= rule.day_of(objection))
}

/// The position of a party, in the order in which parties first spoke.
fn take<'p>(positions: &'p mut Vec<(PartyId, Position)>, party: &PartyId) -> &'p mut Position {
    let found = positions.iter().position(|(p, _)| p == party);
    let index = found.unwrap_or_else(|| {
        positions.push((party.clone(), Position::default()));
        positions.len() - 1
    });
    &mut positions[index].1
}

/// Each day that somebody still stands by, or that nobody in particular claimed.
fn days(
    claimed: &BTreeMap<u64, &Entry>,
    in_file: Option<InFile<'_>>,
    positions: &[(PartyId, Position)],
) -> Vec<Claim> {
    let in_file = in_file.map(|file| (file.day, None));
    let mut days: BTreeMap<NaiveDate, Vec<u64>> = BTreeMap::new();
    for (day, number) in in_file.into_iter().chain(
        claimed
            .iter()
            .filter_map(|(number, entry)| Some((entry.on?, Some(*number)))),
    ) {
        days.entry(day).or_default().extend(number);
    }
    days.into_iter()
        .filter_map(|(day, entries)| {
            let those = |is_so: &dyn Fn(&Position) -> bool| -> Vec<PartyId> {
                positions
                    .iter()
                    .filter(|(_, position)| is_so(position))
                    .map(|(party, _)| party.clone())
                    .collect()
            };
            let stand_by_it = those(&|p| p.stands_by == Some(day));
            let said_by = those(&|p| p.stands_by == Some(day) && p.on_own_words);
            let against = those(&|p| {
                p.against.contains(&day) || p.stands_by.is_some_and(|other| other != day)
            });
            let disputed_by = those(&|p| p.against.contains(&day));
            // Its party has come over to another's word.
            let given_up = !entries.is_empty()
                && stand_by_it.is_empty()
                && entries
                    .iter()
                    .filter_map(|number| claimed.get(number))
                    .all(|entry| entry.by.is_some());
            (!given_up).then_some(Claim {
                day,
                entries,
                said_by,
                against,
                disputed_by,
                by_silence: Vec::new(),
            })
        })
        .collect()
}

fn is_accepted_by_word(
    claim: &Claim,
    claims: usize,
    claimed: &BTreeMap<u64, &Entry>,
    rule: &Rule<'_>,
) -> bool {
    if !claim.against.is_empty() {
        return false;
    }
    let one_is_enough =
        || made_by(claim, claimed).any(|entry| rule.confirmation(entry) == Confirmation::None);
    claim.said_by.len() > 1 || (claims == 1 && one_is_enough())
}

/// The only claim, where nobody is against it and the silence of another party has accepted it.
fn accept_by_silence(
    all: &mut [Claim],
    claimed: &BTreeMap<u64, &Entry>,
    rule: &Rule<'_>,
) -> Option<usize> {
    let [claim] = all else {
        return None;
    };
    if !claim.against.is_empty() {
        return None;
    }
    let others = rule.parties().iter().filter(|p| !claim.said_by.contains(p));
    // A party is bound once, by the first of the entries that name the day.
    let mut by_silence: Vec<Silence> = others
        .filter_map(|party| {
            made_by(claim, claimed)
                .filter_map(|entry| rule.accepted_by_silence(entry, party))
                .min_by_key(|silence| silence.from)
        })
        .collect();
    by_silence.sort_by_key(|silence| silence.from);
    claim.by_silence = by_silence;
    (!claim.by_silence.is_empty()).then_some(0)
}

/// The entries that name a claim's day.
fn made_by<'c, 'e>(
    claim: &'c Claim,
    claimed: &'c BTreeMap<u64, &'e Entry>,
) -> impl Iterator<Item = &'e Entry> + use<'c, 'e> {
    claim
        .entries
        .iter()
        .filter_map(|number| claimed.get(number).copied())
}
