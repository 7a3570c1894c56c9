//! Acts of all sides: proposed until every party has agreed, by the same act or by confirming it.

use super::{Rule, is_same_end};
use crate::ids::PartyId;
use crate::record::{Entry, EntryKind};
use chrono::NaiveDate;

/// One act, whoever proposed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// `waived`, `moved`, `renewed` or `ended`.
    pub kind: EntryKind,
    /// The day on which something ends.
    pub on: Option<NaiveDate>,
    /// The new last day.
    pub to: Option<NaiveDate>,
    /// The entries of the parties that made it, in order; never empty.
    pub entries: Vec<u64>,
    /// The parties that have agreed, in order.
    pub agreed: Vec<PartyId>,
    /// The parties that do not agree.
    pub against: Vec<PartyId>,
    /// The parties whose word is missing, those that are against it among them.
    pub waits_for: Vec<PartyId>,
    /// How far it has come.
    pub stage: ActStage,
}

/// How far an act has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActStage {
    /// The word of a party is missing: it changes nothing yet.
    Proposed,
    /// All have agreed, with this entry.
    Agreed(u64),
    /// This entry made another act about the same thing agreed before it was.
    Overtaken(u64),
}

impl Act {
    /// The entry with which all had agreed.
    pub fn agreed_with(&self) -> Option<u64> {
        match self.stage {
            ActStage::Agreed(entry) => Some(entry),
            ActStage::Proposed | ActStage::Overtaken(_) => None,
        }
    }
}

/// The acts among `about`, the entries about one obligation, or about the agreement's own end, that were not struck out,
/// in order. Those of different occurrences are told apart.
pub fn acts(about: &[&Entry], rule: &Rule<'_>) -> Vec<Act> {
    let mut acts: Vec<(&Entry, Act)> = Vec::new();
    for entry in about {
        let Some(by) = &entry.by else {
            continue;
        };
        let is_open = |act: &Act| act.stage == ActStage::Proposed;
        let found = if entry.kind.is_act() {
            let same = |(first, act): &(&Entry, Act)| {
                is_open(act) && is_same_act(first, entry) && !rule.uses_an_option(entry, first)
            };
            let found = acts.iter().position(same).unwrap_or_else(|| {
                acts.push((entry, proposed(entry)));
                acts.len() - 1
            });
            acts[found].1.entries.push(entry.number);
            Some(found)
        } else {
            let answered = |(_, act): &(&Entry, Act)| {
                is_open(act) && entry.entry.is_some_and(|n| act.entries.contains(&n))
            };
            acts.iter().position(answered)
        };
        let before: Vec<(&Entry, u64)> = acts
            .iter()
            .filter_map(|(first, act)| Some((*first, act.agreed_with()?)))
            .collect();
        let Some((first, act)) = found.and_then(|found| acts.get_mut(found)) else {
            continue;
        };
        act.agreed.retain(|party| party != by);
        act.against.retain(|party| party != by);
        match entry.kind {
            EntryKind::Disputed => act.against.push(by.clone()),
            _ => act.agreed.push(by.clone()),
        }
        act.waits_for = rule.missing(first, &act.agreed, earlier(&before, first));
        if act.waits_for.is_empty() {
            act.stage = ActStage::Agreed(entry.number);
            let first = *first;
            overtake(&mut acts, first, entry.number);
        }
    }
    acts.into_iter().map(|(_, act)| act).collect()
}

/// What was agreed before about until when the same lasts.
fn earlier(agreed: &[(&Entry, u64)], act: &Entry) -> Earlier {
    let about_its_end = |(entry, _): &&(&Entry, u64)| {
        matches!(entry.kind, EntryKind::Renewed | EntryKind::Ended)
            && is_same_end(entry.subject.as_deref(), act.subject.as_deref())
            && entry.for_words == act.for_words
    };
    let about_its_end = agreed.iter().filter(about_its_end);
    let last = about_its_end.clone().max_by_key(|(_, with)| *with);
    Earlier {
        renewals: about_its_end
            .filter(|(entry, _)| entry.kind == EntryKind::Renewed)
            .count(),
        is_ended: last.is_some_and(|(entry, _)| entry.kind == EntryKind::Ended),
    }
}

/// What was agreed before an act about until when the same lasts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Earlier {
    /// How often it was renewed.
    pub(super) renewals: usize,
    /// Whether all agreed last that it ends: no option is left then.
    pub(super) is_ended: bool,
}

fn proposed(entry: &Entry) -> Act {
    Act {
        kind: entry.kind,
        on: entry.on,
        to: entry.to,
        entries: Vec::new(),
        agreed: Vec::new(),
        against: Vec::new(),
        waits_for: Vec::new(),
        stage: ActStage::Proposed,
    }
}

/// What was still open about the same thing is no longer.
fn overtake(acts: &mut [(&Entry, Act)], agreed: &Entry, by: u64) {
    for (first, act) in acts {
        if act.stage == ActStage::Proposed && is_same_thing(first, agreed) {
            act.stage = ActStage::Overtaken(by);
        }
    }
}

/// Whether two entries make one act.
pub(crate) fn is_same_act(one: &Entry, other: &Entry) -> bool {
    one.kind == other.kind
        && is_same_thing(one, other)
        && one.to == other.to
        && (one.kind != EntryKind::Ended || one.on == other.on)
}

/// Whether two acts decide the same: when one occurrence is due, or until when something lasts.
pub(crate) fn is_same_thing(one: &Entry, other: &Entry) -> bool {
    let decides_an_end = |kind| matches!(kind, EntryKind::Renewed | EntryKind::Ended);
    one.agreement == other.agreement
        && one.subject == other.subject
        && one.for_words == other.for_words
        && decides_an_end(one.kind) == decides_an_end(other.kind)
        && (one.occurrence == other.occurrence || one.entry.is_some() && one.entry == other.entry)
}
