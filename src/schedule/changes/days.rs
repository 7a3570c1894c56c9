//! Other days: that of an obligation, and an agreement's own.

use super::super::acts::Act;
use super::super::answer::{Instead, own};
use super::super::facts::OfAgreement;
use super::super::own_term;
use super::{AmendmentStage, Later, To, deciding, of, superseding};
use crate::agreement::When;
use crate::deadline::{Fact, Facts};
use crate::ids::EventId;
use crate::language::Trigger;
use crate::record::EntryKind;
use crate::record::answers::Stands;
use crate::words::Sentence;
use chrono::NaiveDate;

/// Another day, by a later agreement that decides.
pub(crate) struct NewDay {
    /// The day.
    pub(crate) fact: Fact,
    /// Since when it holds.
    pub(crate) from: NaiveDate,
    /// Where it is said.
    pub(crate) source: Sentence,
    /// What the day still waits for, as the changed agreement would call it.
    pub(crate) waits_for: Vec<Trigger>,
}

impl NewDay {
    /// The day, where it is known.
    pub(crate) fn known(&self) -> Option<NaiveDate> {
        match self.fact {
            Fact::Known { day, .. } => Some(day),
            _ => None,
        }
    }
}

/// The day that a later agreement has put in the place of that of a part: an obligation, `effective`, `expiration`.
pub(crate) fn new_day(here: &OfAgreement<'_>, part: &str) -> Option<NewDay> {
    let later = of(here, part);
    let deciding = deciding(&later).filter(|l| matches!(l.to, To::Day(_)))?;
    let (fact, source) = in_the_words_of(here, part, &later, deciding)?;
    let waits_for = match (&fact, deciding.to) {
        (Fact::Known { .. }, _) | (_, To::Void | To::Replaced(..) | To::Day(When::On(..))) => {
            Vec::new()
        }
        (_, To::Day(When::Phrase(phrase))) => {
            let by = &deciding.by.id;
            let triggers = phrase.tree.triggers().into_iter();
            let named = triggers.filter_map(|trigger| match trigger {
                Trigger::Event {
                    agreement: None,
                    event,
                } => Some(Trigger::Event {
                    agreement: Some(by.clone()),
                    event,
                }),
                Trigger::Event { .. } => Some(trigger),
                Trigger::Obligation(_) | Trigger::Missed(_) | Trigger::AnyMissed => None,
            });
            named.collect()
        }
    };
    Some(NewDay {
        fact,
        from: deciding.from?,
        source,
        waits_for,
    })
}

/// A day that a change gave, and that had passed before its agreement became void, stays: nothing that is void reaches back.
pub(super) fn keep_what_had_passed(here: &OfAgreement<'_>, part: &str, later: &mut [Later<'_>]) {
    for number in 0..later.len() {
        let Some(l) = later.get(number).filter(|l| l.gives_a_day()) else {
            continue;
        };
        let Some((_, until)) = l.held_while() else {
            continue;
        };
        let given = in_the_words_of(here, part, later, l);
        let had_passed = matches!(given, Some((Fact::Known { day, .. }, _)) if day < until);
        if let Some(l) = later.get_mut(number).filter(|_| had_passed) {
            l.stage = AmendmentStage::Holds;
            l.until = None;
        }
    }
}

/// The day from which a change of a part's day is void, where that day lay still ahead: as long as it held, another day was the
/// one that counted.
pub(crate) fn held_until(here: &OfAgreement<'_>, part: &str) -> Option<(NaiveDate, Sentence)> {
    let later = of(here, part);
    if deciding(&later).is_some() {
        return None;
    }
    let of_a_day = later.iter().filter(|l| l.gives_a_day());
    let held = of_a_day.filter_map(|l| Some((l.held_while()?.1, l.source())));
    held.max_by_key(|(until, _)| *until)
}

/// The day in the words of one of the changes, and where that comes from. Where they name the very day that they change,
/// that is the day as it was before.
pub(crate) fn in_the_words_of(
    here: &OfAgreement<'_>,
    part: &str,
    later: &[Later<'_>],
    of: &Later<'_>,
) -> Option<(Fact, Sentence)> {
    let names_itself = |l: &Later<'_>| match l.to {
        To::Day(When::Phrase(phrase)) => {
            let mut triggers = phrase.tree.triggers().into_iter();
            triggers.any(|trigger| l.change.is_what_it_changes(&trigger))
        }
        _ => false,
    };
    let in_force = |l: &&Later<'_>| {
        matches!(l.stage, AmendmentStage::Holds | AmendmentStage::Overtaken)
            && matches!(l.to, To::Day(_))
            && l.from < of.from
    };
    let mut before = if later.iter().any(names_itself) {
        before_any(here, part, of.from)
    } else {
        Fact::Unknown
    };
    for l in later.iter().filter(in_force) {
        before = worked_out(here, part, l, before)?;
    }
    Some((worked_out(here, part, of, before)?, of.source()))
}

fn worked_out(here: &OfAgreement<'_>, part: &str, l: &Later<'_>, before: Fact) -> Option<Fact> {
    let To::Day(when) = l.to else { return None };
    let theirs = here.of_the(l.by);
    let instead = Instead {
        facts: &theirs,
        trigger: Trigger::Event {
            agreement: Some(l.change.agreement.clone()),
            event: EventId::new(part),
        },
        fact: before,
    };
    Some(theirs.when(when, &l.source(), &instead))
}

/// An agreement's own day before any agreement changed it: of an end, that of the period in which it is changed.
fn before_any(here: &OfAgreement<'_>, part: &str, from: Option<NaiveDate>) -> Fact {
    let fact = here.unchanged(part);
    match (&fact, from) {
        (Fact::Known { day, .. }, Some(from)) if part == "expiration" => {
            own_term::end_without_changes(here, *day, from).unwrap_or(fact)
        }
        _ => fact,
    }
}

/// Since when an agreement has no end any more, where a later one has taken it away.
pub(crate) fn without_end_from(here: &OfAgreement<'_>) -> Option<NaiveDate> {
    let later = of(here, "expiration");
    // An agreement that is void as a whole keeps its end: its own days are what they were.
    let (taken_away, from) = superseding(&later)?;
    taken_away.is_specific.then_some(from)
}

/// What holds in the place of an agreement's end, where that is not an end of the same kind that acts can move: one that is
/// not known yet, or one where its file has none.
pub(crate) fn end_in_its_place(here: &OfAgreement<'_>) -> Option<Fact> {
    let later = of(here, "expiration");
    let deciding = deciding(&later)?;
    match deciding.to {
        // What it had stays to be seen; see `without_end_from`.
        To::Void | To::Replaced(..) => None,
        To::Day(_) => {
            let recorded = here.claims_in_effect("expiration");
            if recorded.first().map(|claim| claim.day) > deciding.from {
                return None;
            }
            let (fact, _) = in_the_words_of(here, "expiration", &later, deciding)?;
            let is_moved = matches!(fact, Fact::Known { .. })
                && (here.agreement().expires.is_some() || recorded.first().is_some());
            (!is_moved).then_some(fact)
        }
    }
}

/// Puts the other last days of a term, or of an agreement, among what the parties agreed about it, by their days: a change
/// by a later agreement is one more such act. `days`: the day of each act.
pub(crate) fn put_among_acts(here: &OfAgreement<'_>, part: &str, acts: &mut Vec<(NaiveDate, Act)>) {
    let recorded = match part {
        "expiration" => here.end_by_the_record_alone(),
        _ => None,
    };
    let mut put = |kind: EntryKind, to: Option<NaiveDate>, l: &Later<'_>, source: Sentence| {
        let Some(from) = l.from else { return };
        let place = acts.partition_point(|(day, _)| *day <= from);
        let act = Act {
            kind,
            number: 0,
            on: Some(from),
            to,
            occurrence: None,
            source,
            is_of_an_agreement: true,
            void_from: l.held_while().map(|(_, until)| until),
            is_of_all: true,
            entered: from,
            stands: Stands::Agreed,
            disputed_on: None,
        };
        acts.insert(place, (from, act));
    };
    let later = of(here, part);
    for l in &later {
        let holds = matches!(l.stage, AmendmentStage::Holds | AmendmentStage::Overtaken);
        let held_while = l.held_while();
        if !(holds || held_while.is_some()) || recorded > l.from {
            continue;
        }
        match (l.to, held_while) {
            (To::Day(_), _) => {
                if let Some((Fact::Known { day, .. }, source)) =
                    in_the_words_of(here, part, &later, l)
                {
                    put(EntryKind::Moved, Some(day), l, source);
                }
            }
            // As long as its end was taken away it went on.
            (To::Void, Some((_, until))) if part == "expiration" && l.is_specific => {
                put(EntryKind::Moved, until.pred_opt(), l, l.source());
            }
            _ => {}
        }
    }
    if part == "expiration" {
        let later = of(here, "renewal");
        let of_it = later.iter().filter(|l| l.is_specific);
        for l in of_it.filter(|l| l.stage == AmendmentStage::Holds || l.held_while().is_some()) {
            put(EntryKind::Notice, None, l, l.source());
        }
    }
}

impl OfAgreement<'_> {
    /// The day before which an agreement that is void as a whole was in force, where that has come.
    pub(crate) fn void_from(&self) -> Option<NaiveDate> {
        match self.day(&own(super::VOID)) {
            Fact::Known { day, .. } if day <= self.known().question.today => Some(day),
            _ => None,
        }
    }
}
