//! Two live obligations with one meaning: what two agreements of the same parties ask for under one name, or under
//! two that are nearly one with one time limit.

use super::Outlooks;
use crate::agreement::{Agreement, Obligation, Status, Timing};
use crate::diagnostic::Diagnostic;
use crate::ids::PartyId;
use crate::office::Office;
use crate::rules::same_duty_twice;
use std::collections::{BTreeMap, BTreeSet};

/// One for each obligation that another agreement has too, both still owed.
pub(super) fn find(office: &Office, outlooks: &Outlooks) -> Vec<Diagnostic> {
    let mut found = BTreeMap::new();
    for duties in between_each_two(office).into_values() {
        let of_first = duties.first().map(|(agreement, _)| &agreement.id);
        if duties.iter().all(|(of, _)| Some(&of.id) == of_first) {
            continue;
        }
        let live: Vec<Duty<'_>> = duties
            .into_iter()
            .filter(|(of, duty)| outlooks.is_live(of, duty))
            .collect();
        let by_title = alike(&live, |(_, duty)| [plain(&duty.title)]);
        for (later, earlier) in twins(&by_title, |_, _| true) {
            let fault = || {
                let of = (earlier.1.span, &earlier.0.id, &earlier.1.id);
                same_duty_twice::fault((later.span, &later.id, &later.title), of, None)
            };
            found.entry(later.span).or_insert_with(fault);
        }
        for duties in alike(&live, |(_, duty)| limit(duty)).into_values() {
            // By each two words of their titles, so that an office with many of one limit is not compared each with each.
            let by_words = alike(&duties, |(_, duty)| each_two(&telling(&duty.title)));
            for (later, earlier) in twins(&by_words, ask_for_one) {
                let fault = || {
                    let of = (earlier.1.span, &earlier.0.id, &earlier.1.id);
                    let title = Some(earlier.1.title.as_str());
                    same_duty_twice::fault((later.span, &later.id, &later.title), of, title)
                };
                found.entry(later.span).or_insert_with(fault);
            }
        }
    }
    found.into_values().collect()
}

/// What is in force between each two parties, in the order of the agreements.
fn between_each_two(office: &Office) -> BTreeMap<(&PartyId, &PartyId), Vec<Duty<'_>>> {
    let mut between: BTreeMap<_, Vec<Duty<'_>>> = BTreeMap::new();
    let in_force = office
        .agreements
        .iter()
        .filter(|agreement| agreement.status == Status::InForce);
    for agreement in in_force {
        for two in pairs(&agreement.parties) {
            let duties = agreement.obligations.iter();
            let duties = duties.map(|obligation| (agreement, obligation));
            between.entry(two).or_default().extend(duties);
        }
    }
    between
}

/// The duties by what makes them alike.
fn alike<'a, S: Ord, I: IntoIterator<Item = S>>(
    duties: &[Duty<'a>],
    signs: impl Fn(Duty<'a>) -> I,
) -> BTreeMap<S, Vec<Duty<'a>>> {
    let mut alike: BTreeMap<S, Vec<Duty<'a>>> = BTreeMap::new();
    for duty in duties {
        for sign in signs(*duty) {
            alike.entry(sign).or_default().push(*duty);
        }
    }
    alike
}

/// Each of those that are alike with the last one before it that may be the same.
fn twins<'a, S>(
    alike: &BTreeMap<S, Vec<Duty<'a>>>,
    are_one: impl Fn(&Obligation, &Obligation) -> bool,
) -> Vec<(&'a Obligation, Duty<'a>)> {
    let mut twins = Vec::new();
    for duties in alike.values() {
        for (place, later) in duties.iter().enumerate() {
            let mut before = duties.iter().take(place).rev();
            let earlier =
                before.find(|earlier| mean_one(**earlier, *later) && are_one(earlier.1, later.1));
            twins.extend(earlier.map(|earlier| (later.1, *earlier)));
        }
    }
    twins
}

/// The most words of a title that are compared.
const MOST_WORDS: usize = 8;

/// Each two of some words.
fn each_two(words: &BTreeSet<String>) -> Vec<(String, String)> {
    let mut two = Vec::new();
    for (place, one) in words.iter().enumerate() {
        let others = words.iter().skip(place + 1);
        two.extend(others.map(|other| (one.clone(), other.clone())));
    }
    two
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

/// A title as it is compared: its letters and digits, in lower case, one blank between words.
fn plain(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
