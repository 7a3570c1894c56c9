//! Two live obligations with one meaning: what two agreements of the same parties ask for under one name, or under
//! two that are nearly one with one time limit.

use crate::agreement::{Agreement, Obligation, Status, Timing};
use crate::diagnostic::Diagnostic;
use crate::ids::PartyId;
use crate::office::Office;
use crate::rules::same_duty_twice;
use crate::schedule::Schedule;
use std::collections::{BTreeMap, BTreeSet};

/// One for each obligation that another agreement has too, both still owed.
pub(super) fn find(office: &Office, schedule: &Schedule) -> Vec<Diagnostic> {
    // By what makes two alike and by each two of the parties, so that an office with many agreements of many parties is not
    // compared each with each.
    let mut alike: BTreeMap<(Sign, &PartyId, &PartyId), Vec<Duty<'_>>> = BTreeMap::new();
    let in_force = office
        .agreements
        .iter()
        .filter(|agreement| agreement.status == Status::InForce);
    for agreement in in_force {
        for obligation in &agreement.obligations {
            let signs = signs(obligation);
            for (one, other) in pairs(&agreement.parties) {
                for sign in &signs {
                    let duties = alike.entry((sign.clone(), one, other)).or_default();
                    duties.push((agreement, obligation));
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    for ((sign, ..), duties) in alike.into_iter().filter(|(_, duties)| duties.len() > 1) {
        let live: Vec<Duty<'_>> = duties
            .into_iter()
            .filter(|duty| is_live(*duty, schedule))
            .collect();
        for (place, later) in live.iter().enumerate() {
            let mut before = live.iter().take(place).rev();
            let by_title = matches!(sign, Sign::Title(_));
            let is_one = |earlier: &&Duty<'_>| {
                mean_one(**earlier, *later) && (by_title || ask_for_one(earlier.1, later.1))
            };
            if let Some((of, other)) = before.find(is_one) {
                let (_, obligation) = later;
                found.entry(obligation.span).or_insert_with(|| {
                    same_duty_twice::fault(
                        (obligation.span, &obligation.id, &obligation.title),
                        (other.span, &of.id, &other.id),
                        (!by_title).then_some(other.title.as_str()),
                    )
                });
            }
        }
    }
    found.into_values().collect()
}

/// What two obligations may have in common that are one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// Their title.
    Title(String),
    /// Their time limit, as it prints, and two words of their titles.
    Limit(String, String, String),
}

/// The most words of a title that are compared.
const MOST_WORDS: usize = 8;

fn signs(obligation: &Obligation) -> Vec<Sign> {
    let mut signs = vec![Sign::Title(plain(&obligation.title))];
    if let Some(limit) = limit(obligation) {
        let words = telling(&obligation.title);
        for (place, one) in words.iter().enumerate() {
            let others = words.iter().skip(place + 1);
            signs
                .extend(others.map(|other| Sign::Limit(limit.clone(), one.clone(), other.clone())));
        }
    }
    signs
}

/// A time limit in its one form; `None` of a standing duty, which has none.
fn limit(obligation: &Obligation) -> Option<String> {
    let kind = match obligation.timing {
        Timing::Due(_) => "due",
        Timing::Every { .. } => "every",
        Timing::Lasts { .. } => "lasts",
        Timing::Standing => return None,
    };
    let phrase = obligation.timing.phrase()?;
    Some(format!("{kind} {}", phrase.tree))
}

/// Whether two obligations with one time limit are one under two titles: the same parties owe it to the same, and of the
/// words that tell in the shorter title two in three are in the other.
fn ask_for_one(one: &Obligation, other: &Obligation) -> bool {
    let parties = |of: &[PartyId]| of.iter().cloned().collect::<BTreeSet<_>>();
    let (words, others) = (telling(&one.title), telling(&other.title));
    let shared = words.intersection(&others).count();
    parties(&one.owed_by) == parties(&other.owed_by)
        && parties(&one.owed_to) == parties(&other.owed_to)
        && shared * 3 >= words.len().min(others.len()) * 2
}

/// The words of a title that tell it from others, each once, without the `s` of a plural.
fn telling(title: &str) -> BTreeSet<String> {
    const TELL_NOTHING: [&str; 16] = [
        "a", "an", "and", "at", "by", "for", "from", "if", "in", "is", "of", "on", "or", "the",
        "to", "with",
    ];
    let plain = plain(title);
    let words = plain.split(' ').filter(|word| !TELL_NOTHING.contains(word));
    let singular = |word: &str| match word.strip_suffix('s') {
        Some(one) if one.chars().count() > 2 && !one.ends_with('s') => one.to_owned(),
        _ => word.to_owned(),
    };
    words.map(singular).take(MOST_WORDS).collect()
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

/// Whether two obligations that are alike and of the same parties may be one: another agreement has it, and the same party owes it.
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
