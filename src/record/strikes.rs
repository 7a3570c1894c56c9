//! Which entries are struck out, and by which strike.
//!
//! What others have agreed to or confirmed is void only once they have struck it out, too: the strike of one waits for theirs. It
//! waits for their words as long as those stand: where one that it waited for is gone since, or says otherwise, nothing is left
//! but its own party's word, which that has taken back. This is decided by going through the entries in their order, so that
//! whoever asks what is void asks here.

use super::answers::{confirmed_by, is_same_act};
use super::{Asked, Entry, EntryKind, numbered};
use crate::ids::PartyId;
use std::collections::{BTreeMap, BTreeSet};

/// The entries that are void.
#[derive(Clone, Debug, Default)]
pub struct Strikes {
    struck: BTreeMap<u64, Strike>,
}

/// What made an entry void.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strike {
    /// The strike, by its number.
    pub by: u64,
    /// The entry with which it took effect: the strike itself, or what it had waited for.
    pub with: u64,
}

/// A party's strike of its own word that waits for others.
struct Waiting<'a> {
    strike: &'a Entry,
    word: &'a Entry,
    /// The other parties whose word stood with it.
    others: BTreeSet<&'a PartyId>,
    /// The entry itself and those words: only what strikes or answers one of them may free it.
    hangs_on: BTreeSet<u64>,
}

impl Strikes {
    /// Goes through the entries of a record in their order.
    pub(super) fn of(entries: &[Entry], asked: &Asked) -> Self {
        let mut strikes = Self::default();
        let mut waiting: Vec<Waiting<'_>> = Vec::new();
        for (place, entry) in entries.iter().enumerate() {
            if entry.kind == EntryKind::Struck {
                let (before, _) = entries.split_at(place);
                strikes.take(entry, before, &mut waiting);
            }
            let may_free = matches!(
                entry.kind,
                EntryKind::Struck | EntryKind::Confirmed | EntryKind::Disputed
            );
            if !waiting.is_empty() && may_free {
                let (so_far, _) = entries.split_at(place + 1);
                strikes.free(entry, so_far, asked, &mut waiting);
            }
        }
        strikes
    }

    /// What made an entry void; `None` where it stands.
    pub fn of_entry(&self, number: u64) -> Option<Strike> {
        self.struck.get(&number).copied()
    }

    /// Whether a strike has made void what it names.
    pub fn has_taken_effect(&self, strike: &Entry) -> bool {
        let of = strike.entry.and_then(|number| self.of_entry(number));
        of.is_some_and(|of| of.by == strike.number)
    }

    /// Every entry that is void.
    pub fn all(&self) -> impl Iterator<Item = (u64, Strike)> {
        self.struck
            .iter()
            .map(|(number, strike)| (*number, *strike))
    }

    fn take<'a>(&mut self, strike: &'a Entry, before: &'a [Entry], waiting: &mut Vec<Waiting<'a>>) {
        let Some(number) = strike.entry else {
            return;
        };
        if !strike.proposed {
            let (by, with) = (strike.number, strike.number);
            self.struck.entry(number).or_insert(Strike { by, with });
            return;
        }
        let Some(word) = numbered(before, number) else {
            return;
        };
        if strike.by.is_some() && word.by == strike.by {
            let others = self.others(word, before);
            let mut hangs_on: BTreeSet<u64> = self
                .standing(before)
                .filter(|entry| is_with(word, entry, before))
                .map(|entry| entry.number)
                .collect();
            hangs_on.insert(word.number);
            waiting.push(Waiting {
                strike,
                word,
                others,
                hangs_on,
            });
        }
    }

    /// Lets those take effect that waited for words which are gone with an entry; what is void with that may free others.
    fn free(
        &mut self,
        entry: &Entry,
        so_far: &[Entry],
        asked: &Asked,
        waiting: &mut Vec<Waiting<'_>>,
    ) {
        let is_void = |strikes: &Self, number| strikes.struck.contains_key(&number);
        // Whoever confirms it meanwhile stands with it, too.
        for of in waiting.iter_mut() {
            if entry.kind == EntryKind::Confirmed && entry.entry == Some(of.word.number) {
                of.hangs_on.insert(entry.number);
            }
        }
        let mut touched: BTreeSet<u64> = entry.entry.into_iter().collect();
        loop {
            waiting.retain(|of| !is_void(self, of.word.number) && !is_void(self, of.strike.number));
            let is_free = |of: &&Waiting<'_>| {
                !of.hangs_on.is_disjoint(&touched) && self.is_free(of, so_far, asked)
            };
            let Some(freed) = waiting.iter().find(is_free) else {
                return;
            };
            let strike = Strike {
                by: freed.strike.number,
                with: entry.number,
            };
            self.struck.insert(freed.word.number, strike);
            touched.insert(freed.word.number);
        }
    }

    fn is_free(&self, of: &Waiting<'_>, so_far: &[Entry], asked: &Asked) -> bool {
        let now = self.others(of.word, so_far);
        let is_one_gone = !of.others.is_subset(&now);
        if made_with_others(of.word, so_far).is_none() {
            return is_one_gone && now.is_empty() && !may_be_silent(of, asked);
        }
        // What is of all is no longer, once the word of one is missing.
        let is_confirmed = !self.confirming(of.word, so_far).is_empty();
        is_one_gone && (of.word.kind != EntryKind::Happened || !is_confirmed)
    }

    /// The other parties whose word stands with a word.
    fn others<'a>(&self, word: &Entry, so_far: &'a [Entry]) -> BTreeSet<&'a PartyId> {
        let Some(first) = made_with_others(word, so_far) else {
            return self.confirming(word, so_far);
        };
        let mut words: Vec<u64> = Vec::new();
        let mut by: BTreeSet<&PartyId> = BTreeSet::new();
        for entry in self.standing(so_far) {
            let answers = entry.entry.is_some_and(|number| words.contains(&number));
            let is_answer = matches!(entry.kind, EntryKind::Confirmed | EntryKind::Disputed);
            let Some(party) = &entry.by else {
                continue;
            };
            if is_answer && answers && entry.kind == EntryKind::Disputed {
                by.remove(party);
            } else if is_answer && answers || is_same_word(first, entry) {
                by.insert(party);
                words.push(entry.number);
            }
        }
        by.retain(|party| word.by.as_ref() != Some(*party));
        by
    }

    fn confirming<'a>(&self, claim: &Entry, so_far: &'a [Entry]) -> BTreeSet<&'a PartyId> {
        let standing: Vec<&Entry> = self.standing(so_far).collect();
        let confirmed = confirmed_by(claim, &standing).into_iter();
        confirmed
            .filter(|party| claim.by.as_ref() != Some(*party))
            .collect()
    }

    fn standing<'s, 'a: 's>(&'s self, so_far: &'a [Entry]) -> impl Iterator<Item = &'a Entry> + 's {
        let stands = |entry: &&Entry| !self.struck.contains_key(&entry.number);
        so_far.iter().filter(stands)
    }
}

/// What a word was said with others of: the act that it makes or agrees to, or the end that it says has taken place. `None`
/// where it is a claim that others may confirm.
fn made_with_others<'a>(word: &'a Entry, so_far: &'a [Entry]) -> Option<&'a Entry> {
    let said = match word.kind {
        EntryKind::Confirmed => numbered(so_far, word.entry?)?,
        _ => word,
    };
    let is_an_end =
        said.kind == EntryKind::Happened && said.subject.as_deref() == Some("expiration");
    (said.kind.is_act() || is_an_end).then_some(said)
}

/// Whether an entry is said with a word, or answers that: it makes or agrees to the same act, or confirms the claim.
fn is_with(word: &Entry, entry: &Entry, so_far: &[Entry]) -> bool {
    let answered = || numbered(so_far, entry.entry?);
    match made_with_others(word, so_far) {
        None => entry.kind == EntryKind::Confirmed && entry.entry == Some(word.number),
        Some(first) if entry.kind == EntryKind::Confirmed => {
            answered().is_some_and(|answered| is_same_word(first, answered))
        }
        Some(first) => is_same_word(first, entry),
    }
}

fn is_same_word(one: &Entry, other: &Entry) -> bool {
    if one.kind.is_act() {
        return is_same_act(one, other);
    }
    one.kind == other.kind
        && one.agreement == other.agreement
        && one.subject == other.subject
        && one.on == other.on
}

/// Whether another party than those that had confirmed a claim was asked about it, so that its silence may have accepted it.
fn may_be_silent(of: &Waiting<'_>, asked: &Asked) -> bool {
    let first = (of.word.number, PartyId::new(""));
    let mut asked = asked
        .range(first..)
        .take_while(|((number, _), _)| *number == of.word.number);
    asked.any(|((_, party), _)| !of.others.contains(party))
}
