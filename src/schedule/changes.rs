//! What later agreements do to this one: which of them, from which day, and which one decides.
//!
//! A change holds from the effective day of the agreement that makes it. Of several the later in effect wins, and what
//! an earlier one put in its place goes with it; of two from one day neither is followed. One of an agreement that is
//! itself void is undone. All of it follows from the files, the record and the day alone, so that nothing that is
//! changed is ever written down twice.

mod days;
mod state;
mod told;

pub(super) use days::{
    NewDay, end_in_its_place, held_until, in_the_words_of, new_day, put_among_acts,
    without_end_from,
};
pub(super) use state::{
    drop_what_would_follow, end_what_was_void, ended_while_void, had_put_off, had_taken_over,
    supersede,
};
pub(super) use told::{amendments, tell};

use super::Known;
use super::answer::own;
use super::chain::Link;
use super::facts::{Ledger, OfAgreement};
use crate::agreement::{Agreement, Change, ChangedTo, Status, When};
use crate::deadline::{Fact, Facts};
use crate::ids::{AgreementId, ObligationId};
use crate::language::Trigger;
use crate::words::Sentence;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The name under which the facts tell since when an agreement is void as a whole. No event of a file can have it.
pub(super) const VOID: &str = "void as a whole";

/// At how many removes what stands in the place of something is followed: more letters than ever restated one clause.
const MOST_REMOVES: usize = 16;

/// Who changes each agreement, by its id.
pub(super) type ByTarget<'a> = BTreeMap<&'a str, Vec<(&'a Agreement, &'a Change)>>;

/// What a later agreement does to something that is owed, or to an agreement's own day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    /// The later agreement.
    pub by: AgreementId,
    /// What it puts in its place.
    pub to: AmendedTo,
    /// The first day on which that holds; `None` while nobody knows it.
    pub from: Option<NaiveDate>,
    /// Whether it holds.
    pub stage: AmendmentStage,
}

/// What a later agreement puts in the place of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AmendedTo {
    /// Nothing.
    Void,
    /// Another day; `None` while it is not known.
    Day(Option<NaiveDate>),
    /// An obligation.
    Replaced(AgreementId, ObligationId),
}

/// How far a change has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmendmentStage {
    /// It decides now.
    Holds,
    /// It did, until a later one took its place.
    Overtaken,
    /// Another has the same first day, and neither is followed.
    Disagrees,
    /// The agreement that makes it is itself void.
    Undone,
    /// Its first day is known and lies ahead.
    Ahead,
    /// Its first day is not known for certain, or its agreement is tentative.
    Expected,
}

/// From which day on a change holds instead of what all parties had come to agree on with an entry of such a day: of both on one
/// day the change does. `None` where it does not.
pub fn takes_the_place_of(change: &Amendment, entered: NaiveDate) -> Option<NaiveDate> {
    let is_to_hold = matches!(change.stage, AmendmentStage::Holds | AmendmentStage::Ahead);
    change.from.filter(|from| is_to_hold && entered <= *from)
}

/// A change that concerns some part of an agreement, and how far it has come.
pub(super) struct Later<'a> {
    pub(super) by: &'a Agreement,
    pub(super) change: &'a Change,
    pub(super) to: To<'a>,
    pub(super) from: Option<NaiveDate>,
    /// The day from which it no longer holds, where it did and another came, or its own agreement became void.
    until: Option<NaiveDate>,
    /// The day from which its own agreement is void, where that is past.
    void: Option<NaiveDate>,
    pub(super) stage: AmendmentStage,
    /// Where its first day comes from.
    since: Sentence,
    /// Whether it speaks of the part itself, and not of the agreement as a whole.
    is_specific: bool,
}

/// What it puts in the place of that part.
#[derive(Clone, Copy)]
pub(super) enum To<'a> {
    Void,
    Day(&'a When),
    Replaced(&'a AgreementId, &'a ObligationId),
}

/// Who changes whom. Nothing follows from a draft, and nothing from what an agreement does to itself.
pub(super) fn by_target(agreements: &[Agreement]) -> ByTarget<'_> {
    let mut found = ByTarget::new();
    for by in agreements.iter().filter(|by| by.status != Status::Draft) {
        for change in by.changes.iter().filter(|c| c.agreement != by.id) {
            let of = found.entry(change.agreement.as_str()).or_default();
            of.push((by, change));
        }
    }
    found
}

/// Every change that concerns a part of an agreement, in the order of their first days; those without one last.
pub(super) fn of<'a>(of: &OfAgreement<'a>, part: &str) -> Vec<Later<'a>> {
    let mut found: Vec<Later<'a>> = candidates(of.known(), of.agreement(), part)
        .into_iter()
        .filter_map(|candidate| later(of, candidate))
        .collect();
    found.sort_by(|a, b| {
        let key = |later: &Later<'_>| (later.from.is_none(), later.turn());
        key(a).cmp(&key(b)).then_with(|| a.by.id.cmp(&b.by.id))
    });
    days::keep_what_had_passed(of, part, &mut found);
    decide(&mut found);
    found
}

/// The change that decides, where there is one.
pub(super) fn deciding<'l, 'a>(later: &'l [Later<'a>]) -> Option<&'l Later<'a>> {
    later.iter().find(|l| l.stage == AmendmentStage::Holds)
}

/// The change that took something away or put an obligation in its place, with its first day.
pub(super) fn superseding<'l, 'a>(later: &'l [Later<'a>]) -> Option<(&'l Later<'a>, NaiveDate)> {
    let deciding = deciding(later).filter(|l| !matches!(l.to, To::Day(_)))?;
    Some((deciding, deciding.from?))
}

/// Since when something is no longer owed.
pub(super) fn superseded_from(later: &[Later<'_>]) -> Option<NaiveDate> {
    superseding(later).map(|(_, from)| from)
}

/// Since when an agreement is void as a whole.
pub(super) fn void_from(of: &OfAgreement<'_>) -> Fact {
    let whole = candidates(of.known(), of.agreement(), VOID);
    let voids = whole
        .into_iter()
        .filter_map(|candidate| later(of, candidate));
    let standing = |l: &Later<'_>| matches!(l.stage, AmendmentStage::Holds | AmendmentStage::Ahead);
    let first = voids.filter(standing).min_by_key(|l| l.from);
    match first.and_then(|l| Some((l.from?, l.source()))) {
        Some((day, source)) => Fact::Known { day, source },
        None => Fact::Unknown,
    }
}

/// Since when each agreement is void, of those that are: worked out once for all, because one may be void for the sake of
/// another, through any number of them.
pub(super) fn void_days(known: &Known<'_>) -> BTreeMap<AgreementId, Fact> {
    let ledger = Ledger::new(known);
    let office = known.question.office;
    let is_voided = |of: &&Vec<(&Agreement, &Change)>| of.iter().any(|(_, c)| c.part.is_none());
    let voided = known.changes.iter().filter(|(_, of)| is_voided(of));
    voided
        .filter_map(|(id, _)| office.agreement(id))
        .map(|agreement| (agreement.id.clone(), ledger.of(agreement).day(&own(VOID))))
        .collect()
}

/// What the changes of a part hang on: the effective days of those who make them, and what they put in its place.
pub(super) fn hang_on(known: &Known<'_>, agreement: &Agreement, part: &str) -> Vec<Link> {
    let mut found = Vec::new();
    for Candidate { by, change, to, .. } in candidates(known, agreement, part) {
        found.push((by.id.clone(), own("effective")));
        if known.void.is_none() {
            found.push((by.id.clone(), own(VOID)));
        }
        match to {
            To::Void | To::Day(When::On(..)) => {}
            To::Day(When::Phrase(phrase)) => {
                let triggers = phrase.tree.triggers().into_iter();
                let others = triggers.filter(|trigger| !change.is_what_it_changes(trigger));
                found.extend(others.map(|trigger| (by.id.clone(), trigger)));
            }
            To::Replaced(agreement, obligation) => {
                found.push((agreement.clone(), Trigger::Obligation(obligation.clone())));
            }
        }
    }
    found
}

/// A change that may concern a part.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    by: &'a Agreement,
    change: &'a Change,
    to: To<'a>,
    is_specific: bool,
    /// Of a change of what this agreement put something in the place of: it counts only where it is the later one.
    is_inherited: bool,
}

fn candidates<'a>(known: &Known<'a>, agreement: &'a Agreement, part: &str) -> Vec<Candidate<'a>> {
    let changes_of = |id: &AgreementId| {
        let found = known.changes.get(id.as_str());
        found.into_iter().flatten().copied()
    };
    let mut found: Vec<Candidate<'a>> = changes_of(&agreement.id)
        .filter(|(_, change)| change.concerns(&agreement.id, part))
        // What is void took effect when it did.
        .filter(|(_, change)| part != "effective" || change.part.is_some())
        .map(|(by, change)| Candidate {
            by,
            change,
            to: To::of(by, change),
            is_specific: change.part.is_some(),
            is_inherited: false,
        })
        .collect();
    // What stands in the place of something goes with it when a later agreement changes that.
    let mut open: Vec<(&Agreement, &str)> = vec![(agreement, part)];
    let mut seen = BTreeSet::new();
    while let Some((of, part)) = open.pop().filter(|_| seen.len() < MOST_REMOVES) {
        let restates = |change: &&Change| matches!(&change.to, ChangedTo::Restated(as_this) if as_this.as_str() == part);
        for restated in of.changes.iter().filter(restates) {
            let Some(before) = restated.part.as_deref() else {
                continue;
            };
            if !seen.insert((&restated.agreement, before)) {
                continue;
            }
            let others = changes_of(&restated.agreement)
                .filter(|(by, change)| by.id != of.id && change.part.as_deref() == Some(before))
                .filter(|(by, _)| by.id != agreement.id);
            for (by, change) in others {
                found.push(Candidate {
                    by,
                    change,
                    to: match To::of(by, change) {
                        To::Day(_) => match obligation(known, &restated.agreement, before) {
                            Some(id) => To::Replaced(&restated.agreement, id),
                            None => continue,
                        },
                        to => to,
                    },
                    is_specific: true,
                    is_inherited: true,
                });
            }
            if let Some(earlier) = known.question.office.agreement(restated.agreement.as_str()) {
                open.push((earlier, before));
            }
        }
    }
    found
}

fn obligation<'a>(
    known: &Known<'a>,
    agreement: &AgreementId,
    id: &str,
) -> Option<&'a ObligationId> {
    let agreement = known.question.office.agreement(agreement.as_str())?;
    Some(&agreement.obligation(id)?.id)
}

impl<'a> To<'a> {
    fn of(by: &'a Agreement, change: &'a Change) -> Self {
        match &change.to {
            ChangedTo::Void => Self::Void,
            ChangedTo::Day(when) => Self::Day(when),
            ChangedTo::Restated(id) => Self::Replaced(&by.id, id),
        }
    }
}

/// How far a change has come by itself. `None`: it is not later than what it would take the place of.
fn later<'a>(of: &OfAgreement<'a>, candidate: Candidate<'a>) -> Option<Later<'a>> {
    let Candidate {
        by,
        change,
        to,
        is_specific,
        is_inherited,
    } = candidate;
    let today = of.known().question.today;
    let (from, since, mut stage) = match of.effective_of(by) {
        Fact::Known { day, source } if day <= today => (Some(day), source, AmendmentStage::Holds),
        Fact::Known { day, source } => (Some(day), source, AmendmentStage::Ahead),
        Fact::Expected { day, source } => (Some(day), source, AmendmentStage::Expected),
        Fact::Unknown => (None, Sentence::verbatim(""), AmendmentStage::Expected),
    };
    // Whether it took effect at all is for the parties to settle.
    if matches!(stage, AmendmentStage::Holds | AmendmentStage::Ahead) && of.of_the(by).is_denied() {
        stage = AmendmentStage::Expected;
    }
    let since = told::since(&of.of_the(by), since);
    if is_inherited {
        let Fact::Known { day: before, .. } = of.day(&own("effective")) else {
            return None;
        };
        from.filter(|from| *from > before)?;
    }
    let is_come = |void: NaiveDate| void <= today || from.is_some_and(|from| void <= from);
    let void = match of.of_the(by).day(&own(VOID)) {
        Fact::Known { day, .. } if is_come(day) => Some(day),
        _ => None,
    };
    if void.is_some() {
        stage = AmendmentStage::Undone;
    }
    Some(Later {
        by,
        change,
        to,
        from,
        until: void,
        void,
        stage,
        since,
        is_specific,
    })
}

/// Lets the last of those in effect decide. What speaks of the part itself comes before what speaks of the whole from the
/// same day.
fn decide(later: &mut [Later<'_>]) {
    let in_effect = later.iter().filter(|l| l.stage == AmendmentStage::Holds);
    let mut turns: Vec<_> = in_effect.map(Later::turn).collect();
    turns.dedup();
    let mut is_decided = false;
    let mut next = None;
    for turn in turns.into_iter().rev() {
        let mut of_this_turn: Vec<&mut Later<'_>> = later
            .iter_mut()
            .filter(|l| l.stage == AmendmentStage::Holds && l.turn() == turn)
            .collect();
        let all_void = of_this_turn.iter().all(|l| matches!(l.to, To::Void));
        let disagree = of_this_turn.len() > 1 && !all_void;
        for (number, l) in of_this_turn.iter_mut().enumerate() {
            l.stage = match number {
                _ if is_decided => AmendmentStage::Overtaken,
                _ if disagree => AmendmentStage::Disagrees,
                0 => AmendmentStage::Holds,
                _ => AmendmentStage::Overtaken,
            };
            l.until = next;
        }
        is_decided |= !disagree;
        next = turn.0;
    }
}

impl Later<'_> {
    /// Whether it names another day.
    pub(super) fn gives_a_day(&self) -> bool {
        matches!(self.to, To::Day(_))
    }

    /// Whether it is in effect, whether or not a later one decides.
    pub(super) fn is_in_effect(&self) -> bool {
        matches!(
            self.stage,
            AmendmentStage::Holds | AmendmentStage::Overtaken
        )
    }

    /// The days on which it held, from the first to that from which its agreement is void, of one that is undone.
    pub(super) fn held_while(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (from, until) = (self.from?, self.void?);
        (self.stage == AmendmentStage::Undone && from < until).then_some((from, until))
    }

    /// Where it has taken an end away, that is overtaken: all have agreed on one since.
    pub(super) fn leave_the_end_to_the_parties(&mut self) {
        if self.is_specific && matches!(self.to, To::Void) && self.is_in_effect() {
            self.stage = AmendmentStage::Overtaken;
        }
    }

    /// By what the changes in effect follow on one another.
    fn turn(&self) -> (Option<NaiveDate>, bool) {
        (self.from, self.is_specific)
    }

    /// Where it is said, and since when it holds: `` `letter_7`: "June 30, 2017"; in effect from 1 March 2016 ``.
    pub(super) fn source(&self) -> Sentence {
        told::source(self)
    }
}
