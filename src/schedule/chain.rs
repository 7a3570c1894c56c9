//! The order in which days are worked out: first what a day hangs on, then the day.
//!
//! A chain of dates may be as long as a file allows. It is walked with a list and not by calls, so that no chain is too
//! long for the stack.

use super::changes::{self, VOID};
use super::own_term::ENDS_FOR_GOOD;
use super::{Known, missed};
use crate::agreement::{Agreement, Obligation, When};
use crate::ids::{AgreementId, EventId, ObligationId};
use crate::language::{Phrase, Trigger};
use std::collections::{BTreeMap, BTreeSet};

/// A day that something hangs on, of an agreement.
pub(super) type Link = (AgreementId, Trigger);

/// `first` and everything that it hangs on, the farthest first. What is in a circle comes once, at some place of it.
pub(super) fn farthest_first(
    known: &Known<'_>,
    first: Link,
    is_settled: &dyn Fn(&Link) -> bool,
) -> Vec<Link> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    // Each with whether what it hangs on was put on the list before it.
    let mut list = vec![(first, false)];
    while let Some((link, opened)) = list.pop() {
        if opened {
            order.push(link);
        } else if !is_settled(&link) && seen.insert(link.clone()) {
            let next = hangs_on(known, &link);
            list.push((link, true));
            list.extend(next.into_iter().map(|link| (link, false)));
        }
    }
    order
}

/// For each of `links` and of what they hang on, which of `of_interest` it hangs on, at whatever remove.
pub(super) fn reached(
    known: &Known<'_>,
    links: impl Iterator<Item = Link>,
    of_interest: &BTreeSet<Link>,
) -> BTreeMap<Link, BTreeSet<Link>> {
    let mut reached: BTreeMap<Link, BTreeSet<Link>> = BTreeMap::new();
    for link in links {
        for link in farthest_first(known, link, &|link| reached.contains_key(link)) {
            let mut found = BTreeSet::new();
            for next in hangs_on(known, &link) {
                found.extend(reached.get(&next).into_iter().flatten().cloned());
                if of_interest.contains(&next) {
                    found.insert(next);
                }
            }
            reached.insert(link, found);
        }
    }
    reached
}

/// The obligations of an agreement, and its own term, whose days hang on one of `days`, at whatever remove.
pub(super) fn hanging_on(
    known: &Known<'_>,
    agreement: &Agreement,
    days: &BTreeSet<Link>,
) -> Vec<ObligationId> {
    let of_obligation = |obligation: &Obligation| {
        let id = &obligation.id;
        let phrase = obligation.timing.phrase();
        let mut links = phrase.map_or_else(Vec::new, |phrase| triggers(agreement, phrase));
        links.extend(changes::hang_on(known, agreement, id.as_str()));
        (id.clone(), links)
    };
    let mut each: Vec<(ObligationId, Vec<Link>)> =
        agreement.obligations.iter().map(of_obligation).collect();
    each.push((
        agreement.term.id.clone(),
        vec![own(agreement, "expiration")],
    ));
    let links = each.iter().flat_map(|(_, links)| links.iter().cloned());
    let reached = reached(known, links, days);
    let hangs = |link: &Link| {
        days.contains(link) || reached.get(link).is_some_and(|found| !found.is_empty())
    };
    each.retain(|(_, links)| links.iter().any(hangs));
    each.into_iter().map(|(id, _)| id).collect()
}

/// What the words of a day name.
fn hangs_on(known: &Known<'_>, (agreement, trigger): &Link) -> Vec<Link> {
    let Some(agreement) = known.question.office.agreement(agreement.as_str()) else {
        return Vec::new();
    };
    match trigger {
        Trigger::Event {
            agreement: Some(other),
            event,
        } => {
            vec![(
                other.clone(),
                Trigger::Event {
                    agreement: None,
                    event: event.clone(),
                },
            )]
        }
        Trigger::Event {
            agreement: None,
            event,
        } => match event.as_str() {
            "effective" => {
                let mut found = match &agreement.effective {
                    Some(When::Phrase(phrase)) => triggers(agreement, phrase),
                    _ => vec![own(agreement, "signing")],
                };
                found.extend(changes::hang_on(known, agreement, "effective"));
                found
            }
            "expiration" | ENDS_FOR_GOOD => {
                let mut found = own_term(agreement);
                // A last end hangs on the last ends of others.
                let for_good = found.iter().filter_map(|(of, trigger)| {
                    Some((of.clone(), super::own_term::for_good(trigger)?))
                });
                found.extend(for_good.collect::<Vec<_>>());
                found.push(own(agreement, VOID));
                for part in ["expiration", "renewal"] {
                    found.extend(changes::hang_on(known, agreement, part));
                }
                found
            }
            VOID => changes::hang_on(known, agreement, VOID),
            _ => Vec::new(),
        },
        Trigger::Obligation(id) | Trigger::Missed(id) => {
            let phrase = agreement
                .obligation(id.as_str())
                .and_then(|o| o.timing.phrase());
            let mut found = phrase.map_or_else(Vec::new, |phrase| triggers(agreement, phrase));
            // Where its words name nothing to count from, it counts from there; a series ends with its agreement.
            found.extend([own(agreement, "effective"), own(agreement, ENDS_FOR_GOOD)]);
            found.extend(changes::hang_on(known, agreement, id.as_str()));
            found
        }
        Trigger::AnyMissed => missed::commitments(known, agreement)
            .into_iter()
            .map(|(of, obligation)| (of.id.clone(), Trigger::Obligation(obligation.id.clone())))
            .collect(),
    }
}

/// What the end of an agreement and of its renewals hangs on. `expiration` in a renewal is the end that it is about.
fn own_term(agreement: &Agreement) -> Vec<Link> {
    let renewal = agreement.renewal.as_ref();
    let until = renewal.and_then(|renewal| renewal.until.as_ref());
    let of_renewal = renewal
        .into_iter()
        .flat_map(|renewal| renewal.window.iter().chain(&renewal.notice));
    let mut found: Vec<Link> = [agreement.expires.as_ref(), until]
        .into_iter()
        .flatten()
        .filter_map(|when| match when {
            When::Phrase(phrase) => Some(&**phrase),
            When::On(..) => None,
        })
        .chain(of_renewal)
        .flat_map(|phrase| triggers(agreement, phrase))
        .collect();
    found.push(own(agreement, "effective"));
    let expiration = own(agreement, "expiration");
    found.retain(|link| *link != expiration);
    found
}

fn triggers(agreement: &Agreement, phrase: &Phrase) -> Vec<Link> {
    phrase
        .tree
        .triggers()
        .into_iter()
        .map(|trigger| (agreement.id.clone(), trigger))
        .collect()
}

fn own(agreement: &Agreement, event: &str) -> Link {
    (
        agreement.id.clone(),
        Trigger::Event {
            agreement: None,
            event: EventId::new(event),
        },
    )
}
