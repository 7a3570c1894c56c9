//! What agreements do to one another, looked at together: circles, changes of what cannot be changed so, and two changes of
//! one thing from one day. What is faulty is reported and left out; what it would have changed stays as it was.

use super::circle::{self, Dated, Hanging};
use crate::agreement::{self, Agreement, Change, ChangedTo, Obligation, Status, Timing, When};
use crate::deadline::{self, Fact, Facts};
use crate::diagnostic::Findings;
use crate::ids::{AgreementId, PartyId};
use crate::language::{Limit, Trigger};
use crate::rules::{
    change_not_possible, changed_on_one_day, changes_without_a_party, circular_amendment,
    circular_date,
};
use crate::source::Span;
use crate::words::Sentence;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Where a change is said: no two are in one place of one file and change the same.
type Place = (Span, String);

/// Reports what is faulty in agreements in the order of their ids, and takes it out. What was taken out of each agreement, by its id.
pub(super) fn check(
    agreements: &mut [Agreement],
    findings: &Findings,
) -> Vec<(AgreementId, String)> {
    if agreements
        .iter()
        .all(|a| a.changes.is_empty() && a.amends.is_empty())
    {
        return Vec::new();
    }
    let mut faulty = amending_in_circles(agreements, findings);
    faulty.extend(dated_in_circles(agreements, findings));
    faulty.extend(not_possible(agreements, findings));
    let mut left_out = Vec::new();
    for agreement in agreements.iter_mut() {
        let id = &agreement.id;
        agreement.changes.retain(|change| {
            let out = faulty.contains(&(change.span, change.target()));
            if out {
                left_out.push((id.clone(), change.left_out()));
            }
            !out
        });
    }
    left_out.extend(same_days(agreements, findings));
    without_a_party(agreements, findings);
    left_out.sort();
    left_out.dedup();
    give_ends(agreements);
    left_out
}

/// An agreement that has no end of its own, and that a later one gives one, has a term to tell of.
fn give_ends(agreements: &mut [Agreement]) {
    let ends: Vec<(AgreementId, When)> = agreements
        .iter()
        .flat_map(|by| &by.changes)
        .filter(|change| change.part.as_deref() == Some("expiration"))
        .filter_map(|change| match &change.to {
            ChangedTo::Day(when) => Some((change.agreement.clone(), when.clone())),
            ChangedTo::Void | ChangedTo::Restated(_) => None,
        })
        .collect();
    for (id, when) in ends {
        let found = agreements.binary_search_by(|a| a.id.cmp(&id));
        if let Some(agreement) = found.ok().and_then(|index| agreements.get_mut(index))
            && agreement.expires.is_none()
            && matches!(agreement.term.timing, Timing::Standing)
        {
            agreement.term = agreement::own_term(
                &agreement.parties,
                &agreement.visibility,
                Some((&when, None)),
                agreement.term.span,
            );
        }
    }
}

/// Agreements that amend or void one another in a circle, or themselves: nothing that those do to one another is followed.
fn amending_in_circles(agreements: &[Agreement], findings: &Findings) -> BTreeSet<Place> {
    let whole = |id: &AgreementId| Dated {
        agreement: id.clone(),
        name: String::new(),
    };
    let amending: Hanging = agreements
        .iter()
        .map(|agreement| {
            let voided = agreement.changes.iter();
            let voided = voided.filter(|c| c.part.is_none() || c.agreement == agreement.id);
            let voided: Vec<&Change> = voided.collect();
            let on = agreement
                .amends
                .iter()
                .chain(voided.iter().map(|c| &c.agreement));
            let span = agreement
                .amends_at
                .or_else(|| voided.first().map(|c| c.span))
                .unwrap_or(agreement.body);
            (whole(&agreement.id), (span, on.map(whole).collect()))
        })
        .collect();
    let mut faulty = BTreeSet::new();
    for members in circle::circles(&amending) {
        let names: Vec<String> = members.iter().map(|m| m.agreement.to_string()).collect();
        let places: Vec<(Span, String)> = members
            .iter()
            .filter_map(|m| Some((amending.get(m)?.0, m.agreement.to_string())))
            .collect();
        if let Some(((span, _), others)) = places.split_first() {
            findings.report(circular_amendment::fault(*span, &names, others));
        }
        let is_in = |id: &AgreementId| members.iter().any(|m| m.agreement == *id);
        for agreement in agreements.iter().filter(|a| is_in(&a.id)) {
            let towards = agreement.changes.iter().filter(|c| is_in(&c.agreement));
            faulty.extend(towards.map(|c| (c.span, c.target())));
        }
    }
    faulty
}

/// Changes whose first day hangs, in a circle, on what they change.
fn dated_in_circles(agreements: &[Agreement], findings: &Findings) -> BTreeSet<Place> {
    let mut hanging: Hanging = agreements.iter().flat_map(circle::dates_of).collect();
    let mut said: BTreeMap<(Dated, Dated), Vec<(&Agreement, &Change)>> = BTreeMap::new();
    for agreement in agreements {
        let others = agreement
            .changes
            .iter()
            .filter(|c| c.agreement != agreement.id);
        for change in others {
            for (changed, on) in edges(agreement, change) {
                let entry = hanging.entry(changed.clone());
                entry
                    .or_insert((change.span, Vec::new()))
                    .1
                    .push(on.clone());
                said.entry((changed, on))
                    .or_default()
                    .push((agreement, change));
            }
        }
    }
    let mut faulty = BTreeSet::new();
    for members in circle::circles(&hanging) {
        let next = members.iter().cycle().skip(1);
        let by_changes = members
            .iter()
            .zip(next)
            .filter_map(|(one, other)| said.get(&(one.clone(), other.clone())));
        let by_changes: Vec<&(&Agreement, &Change)> = by_changes.flatten().collect();
        let Some((agreement, change)) = by_changes.first() else {
            continue;
        };
        let name = |dated: &Dated| {
            if dated.agreement == agreement.id {
                dated.name.clone()
            } else {
                format!("{}/{}", dated.agreement, dated.name)
            }
        };
        let names: Vec<String> = members.iter().map(name).collect();
        findings.report(circular_date::fault(change.span, &names, &[]));
        faulty.extend(by_changes.iter().map(|(_, c)| (c.span, c.target())));
    }
    faulty
}

/// What the day of something that is changed hangs on for that.
fn edges(by: &Agreement, change: &Change) -> Vec<(Dated, Dated)> {
    let dated = |agreement: &AgreementId, name: &str| Dated {
        agreement: agreement.clone(),
        name: name.to_owned(),
    };
    let Some(part) = change.part.as_deref().filter(|part| *part != "renewal") else {
        return Vec::new();
    };
    let changed = dated(&change.agreement, part);
    // An agreement without an effective day of its own takes effect on signing, which hangs on nothing.
    let mut on = vec![dated(&by.id, "effective")];
    match &change.to {
        ChangedTo::Void | ChangedTo::Day(When::On(..)) => {}
        ChangedTo::Day(When::Phrase(phrase)) => {
            for trigger in phrase.tree.triggers() {
                // The day that it changes is the day as it was before.
                if change.is_what_it_changes(&trigger) {
                    continue;
                }
                on.extend(circle::hangs_on(&by.id, trigger));
            }
        }
        ChangedTo::Restated(id) => on.push(dated(&by.id, id.as_str())),
    }
    on.into_iter().map(|on| (changed.clone(), on)).collect()
}

/// Changes of an agreement that not all of its parties have made. They are followed: the parties may have signed apart.
fn without_a_party(agreements: &[Agreement], findings: &Findings) {
    let by_id: BTreeMap<&AgreementId, &Agreement> = agreements.iter().map(|a| (&a.id, a)).collect();
    for agreement in agreements.iter().filter(|a| a.status == Status::InForce) {
        for change in &agreement.changes {
            let Some(target) = by_id.get(&change.agreement) else {
                continue;
            };
            let parties = target.parties.iter();
            let missing: Vec<&str> = parties
                .filter(|party| !agreement.parties.contains(party))
                .map(PartyId::as_str)
                .collect();
            if !missing.is_empty() {
                let target = change.target();
                findings.report(changes_without_a_party::fault(
                    change.span,
                    &target,
                    &missing,
                ));
            }
            let of_both = target.parties.iter().filter(|party| {
                agreement.parties.contains(party) && target.visibility.admits(party)
            });
            let unaware: Vec<&str> = of_both
                .filter(|party| !agreement.visibility.admits(party))
                .map(PartyId::as_str)
                .collect();
            if !unaware.is_empty() {
                let target = change.target();
                findings.report(changes_without_a_party::unseen(
                    change.span,
                    &target,
                    &unaware,
                ));
            }
        }
    }
}

/// Another last day of what has none, or of what has one for each time of an event.
fn not_possible(agreements: &[Agreement], findings: &Findings) -> BTreeSet<Place> {
    let by_id: BTreeMap<&AgreementId, &Agreement> = agreements.iter().map(|a| (&a.id, a)).collect();
    let mut faulty = BTreeSet::new();
    for agreement in agreements {
        for change in &agreement.changes {
            let (ChangedTo::Day(_), Some(part)) = (&change.to, &change.part) else {
                continue;
            };
            let target = by_id.get(&change.agreement);
            let Some((target, obligation)) = target.and_then(|t| Some((t, t.obligation(part)?)))
            else {
                continue;
            };
            let why = match &obligation.timing {
                Timing::Standing => "it is a standing duty",
                Timing::Due(phrase) if matches!(phrase.tree.limit, Limit::Several(_)) => {
                    "it has several days"
                }
                _ if repeats(target, obligation) => "it is owed each time that an event happens",
                _ => continue,
            };
            findings.report(change_not_possible::no_last_day(
                change.span,
                &change.target(),
                why,
                obligation.span,
            ));
            faulty.insert((change.span, change.target()));
        }
    }
    faulty
}

/// Whether an obligation hangs on an event that repeats, itself or through others.
fn repeats(agreement: &Agreement, obligation: &Obligation) -> bool {
    let mut open = vec![obligation];
    let mut seen = BTreeSet::new();
    while let Some(obligation) = open.pop() {
        let phrase = obligation.timing.phrase();
        for trigger in phrase.map(|p| p.tree.triggers()).unwrap_or_default() {
            match trigger {
                Trigger::AnyMissed => return true,
                Trigger::Event {
                    agreement: None,
                    event,
                } => {
                    if agreement.event(event.as_str()).is_some_and(|e| e.repeats) {
                        return true;
                    }
                }
                Trigger::Event { .. } => {}
                Trigger::Obligation(id) | Trigger::Missed(id) => {
                    if let Some(next) = agreement.obligation(id.as_str())
                        && seen.insert(&next.id)
                    {
                        open.push(next);
                    }
                }
            }
        }
    }
    false
}

/// Two changes of one thing that take effect on one day, as far as the files say when; what only the record tells, the
/// schedule says.
fn same_days(agreements: &[Agreement], findings: &Findings) -> Vec<(AgreementId, String)> {
    let in_force = agreements.iter().filter(|a| a.status == Status::InForce);
    let all = in_force.flat_map(|a| &a.changes);
    let void: BTreeSet<&AgreementId> = all
        .filter(|change| change.part.is_none())
        .map(|change| &change.agreement)
        .collect();
    let mut of_each: BTreeMap<(String, NaiveDate), Vec<(&Agreement, &Change)>> = BTreeMap::new();
    for agreement in agreements.iter().filter(|a| a.status == Status::InForce) {
        if agreement.changes.is_empty() || void.contains(&agreement.id) {
            continue;
        }
        let Some(day) = effective(agreement) else {
            continue;
        };
        for change in &agreement.changes {
            let same = of_each.entry((change.target(), day)).or_default();
            same.push((agreement, change));
        }
    }
    let mut left_out = Vec::new();
    for ((target, day), same) in &of_each {
        let all_void = same.iter().all(|(_, c)| matches!(c.to, ChangedTo::Void));
        if all_void {
            continue;
        }
        let Some(((first, one), others)) = same.split_first() else {
            continue;
        };
        for (_, other) in others {
            let first = (one.span, first.id.as_str());
            findings.report(changed_on_one_day::fault(other.span, first, target, *day));
        }
        if !others.is_empty() {
            let both = same.iter();
            left_out.extend(both.map(|(a, c)| (a.id.clone(), c.left_out())));
        }
    }
    left_out
}

/// The day on which an agreement takes effect, where its file alone says so.
fn effective(agreement: &Agreement) -> Option<NaiveDate> {
    match &agreement.effective {
        None => agreement.signed.map(|day| day.value),
        Some(When::On(day, _)) => Some(*day),
        Some(When::Phrase(phrase)) => {
            let facts = InItsFile(agreement);
            let day = agreement.signed.map(|day| day.value).unwrap_or_default();
            let question = deadline::Question {
                facts: &facts,
                counting: &agreement.counting,
                from: day,
                until: day,
                first: None,
                ending: deadline::Ending::Stays,
            };
            let answer = deadline::evaluate(&phrase.tree, &question);
            let dates = answer.dates.first()?;
            dates.nominal.or(dates.opens)
        }
    }
}

/// The days of what has happened, by the file alone.
struct InItsFile<'a>(&'a Agreement);

impl Facts for InItsFile<'_> {
    fn day(&self, trigger: &Trigger) -> Fact {
        let Trigger::Event {
            agreement: None,
            event,
        } = trigger
        else {
            return Fact::Unknown;
        };
        let day = match event.as_str() {
            "signing" => self.0.signed,
            event => self.0.event(event).and_then(|event| event.date),
        };
        match day {
            Some(day) => Fact::Known {
                day: day.value,
                source: Sentence::verbatim(""),
            },
            None => Fact::Unknown,
        }
    }
}
