//! Two live obligations with one meaning: what two agreements of the same parties ask for under one name.

use crate::agreement::{Agreement, Obligation, Status};
use crate::diagnostic::Diagnostic;
use crate::ids::PartyId;
use crate::office::Office;
use crate::rules::same_duty_twice;
use crate::schedule::Schedule;
use std::collections::BTreeMap;

/// One for each obligation that another agreement has too, both still owed.
pub(super) fn find(office: &Office, schedule: &Schedule) -> Vec<Diagnostic> {
    // By title and by each two of the parties, so that an office with many agreements of many parties is not compared
    // each with each.
    let mut alike: BTreeMap<(String, &PartyId, &PartyId), Vec<Duty<'_>>> = BTreeMap::new();
    let in_force = office
        .agreements
        .iter()
        .filter(|agreement| agreement.status == Status::InForce);
    for agreement in in_force {
        for obligation in &agreement.obligations {
            let title = plain(&obligation.title);
            for (one, other) in pairs(&agreement.parties) {
                let duties = alike.entry((title.clone(), one, other)).or_default();
                duties.push((agreement, obligation));
            }
        }
    }
    let mut found = BTreeMap::new();
    for duties in alike.into_values().filter(|duties| duties.len() > 1) {
        let live: Vec<Duty<'_>> = duties
            .into_iter()
            .filter(|duty| is_live(*duty, schedule))
            .collect();
        for (place, later) in live.iter().enumerate() {
            let mut before = live.iter().take(place).rev();
            if let Some((of, other)) = before.find(|earlier| mean_one(**earlier, *later)) {
                let (_, obligation) = later;
                found.entry(obligation.span).or_insert_with(|| {
                    same_duty_twice::fault(
                        (obligation.span, &obligation.id),
                        (other.span, &of.id, &other.id),
                        &obligation.title,
                    )
                });
            }
        }
    }
    found.into_values().collect()
}

/// An obligation and the agreement that it is of.
type Duty<'a> = (&'a Agreement, &'a Obligation);

/// Each two of the parties, the lesser key first.
fn pairs(parties: &[PartyId]) -> impl Iterator<Item = (&PartyId, &PartyId)> {
    let with_greater = |one| parties.iter().filter(move |other| one < *other);
    parties
        .iter()
        .flat_map(move |one| with_greater(one).map(move |other| (one, other)))
}

/// Whether two obligations of one title and the same parties are one: another agreement has it, and the same party owes it.
/// What an agreement does to one that it amends is meant to differ.
fn mean_one((of, one): Duty<'_>, (other_of, other): Duty<'_>) -> bool {
    let amends = |by: &Agreement, of: &Agreement| by.amends.contains(&of.id);
    of.id != other_of.id
        && one.owed_by.iter().any(|p| other.owed_by.contains(p))
        && !amends(of, other_of)
        && !amends(other_of, of)
}

/// Whether anything of it is still to come or goes on.
fn is_live((agreement, obligation): Duty<'_>, schedule: &Schedule) -> bool {
    schedule
        .of_obligation(&agreement.id, &obligation.id)
        .any(super::is_live)
}

/// A title as it is compared: its letters and digits, in lower case, one blank between words.
fn plain(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
