//! Dates that hang on one another in a circle. None of them can be worked out, so what is in a circle is reported and left out.

use crate::agreement::{self, Agreement, When};
use crate::diagnostic::Findings;
use crate::ids::AgreementId;
use crate::language::{Phrase, Trigger};
use crate::rules::circular_date;
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Something with a date: an obligation, or an agreement's own `effective` or `expiration`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dated {
    /// Its agreement.
    pub agreement: AgreementId,
    /// The obligation's id, or the event's.
    pub name: String,
}

/// What each date hangs on, and where that is said.
pub(super) type Hanging = BTreeMap<Dated, (Span, Vec<Dated>)>;

/// Reports every circle, and says what is in one.
pub(super) fn check(agreements: &[Agreement], findings: &Findings) -> BTreeSet<Dated> {
    let hanging: Hanging = agreements.iter().flat_map(dates_of).collect();
    let mut in_circles = BTreeSet::new();
    for circle in circles(&hanging) {
        report(&circle, &hanging, findings);
        in_circles.extend(circle);
    }
    in_circles
}

/// Takes what is in a circle out of its agreement, and says what that was.
pub(super) fn take_out(agreement: &mut Agreement, in_circles: &BTreeSet<Dated>) -> Vec<String> {
    let id = agreement.id.clone();
    let is_in = |name: &str| {
        in_circles.contains(&Dated {
            agreement: id.clone(),
            name: name.to_owned(),
        })
    };
    let mut left_out = Vec::new();
    for (name, date) in [
        ("effective", &mut agreement.effective),
        ("expiration", &mut agreement.expires),
    ] {
        if is_in(name) {
            *date = None;
            left_out.push(name.to_owned());
        }
    }
    if agreement.expires.is_none() {
        agreement.term = agreement::own_term(
            &agreement.parties,
            &agreement.visibility,
            None,
            agreement.term.span,
        );
    }
    agreement.obligations.retain(|obligation| {
        let out = is_in(obligation.id.as_str());
        if out {
            left_out.push(obligation.id.to_string());
        }
        !out
    });
    left_out
}

/// The dates of one agreement that hang on others.
pub(super) fn dates_of(agreement: &Agreement) -> Vec<(Dated, (Span, Vec<Dated>))> {
    let own = |name: &str| Dated {
        agreement: agreement.id.clone(),
        name: name.to_owned(),
    };
    let entry = |name: &str, phrase: &Phrase| {
        let triggers = phrase.tree.triggers().into_iter();
        let on = triggers.filter_map(|trigger| hangs_on(&agreement.id, trigger));
        (own(name), (phrase.span, on.collect()))
    };
    let of_agreement = [
        ("effective", &agreement.effective),
        ("expiration", &agreement.expires),
    ]
    .into_iter()
    .filter_map(|(name, date)| match date {
        Some(When::Phrase(phrase)) => Some(entry(name, phrase)),
        _ => None,
    });
    let of_obligations = agreement.obligations.iter().filter_map(|obligation| {
        let phrase = obligation.timing.phrase()?;
        Some(entry(obligation.id.as_str(), phrase))
    });
    of_agreement.chain(of_obligations).collect()
}

/// What hangs on a trigger of an agreement hangs on this.
pub(super) fn hangs_on(agreement: &AgreementId, trigger: Trigger) -> Option<Dated> {
    let (agreement, name) = match trigger {
        Trigger::Event {
            agreement: Some(other),
            event,
        } => (other, event.to_string()),
        Trigger::Event {
            agreement: None,
            event,
        } => (agreement.clone(), event.to_string()),
        Trigger::Obligation(id) | Trigger::Missed(id) => (agreement.clone(), id.to_string()),
        // What is missed under this one is never its own day.
        Trigger::AnyMissed => return None,
    };
    Some(Dated { agreement, name })
}

/// The circles, each once, beginning with what stands first in its file. Walked with a list and not by calls: a chain may be
/// as long as a file allows.
pub(super) fn circles(hanging: &Hanging) -> Vec<Vec<Dated>> {
    let mut order: Vec<&Dated> = hanging.keys().collect();
    order.sort_by_key(|dated| hanging.get(*dated).map(|(span, _)| *span));
    let mut done: BTreeSet<&Dated> = BTreeSet::new();
    let mut found = Vec::new();
    for start in order {
        // The way from `start`, each with how many of its neighbours were walked.
        let mut way: Vec<(&Dated, usize)> = vec![(start, 0)];
        let mut on_way: BTreeSet<&Dated> = BTreeSet::from([start]);
        while let Some((dated, walked)) = way.last_mut() {
            let next = hanging
                .get(*dated)
                .filter(|_| !done.contains(dated))
                .and_then(|(_, on)| on.get(*walked));
            *walked += 1;
            match next {
                Some(next) if on_way.contains(next) => {
                    let circle = way.iter().map(|(dated, _)| *dated);
                    found.push(circle.skip_while(|d| *d != next).cloned().collect());
                }
                Some(next) => {
                    if hanging.contains_key(next) && !done.contains(next) {
                        way.push((next, 0));
                        on_way.insert(next);
                    }
                }
                None => {
                    done.insert(dated);
                    on_way.remove(dated);
                    way.pop();
                }
            }
        }
    }
    found
}

fn report(circle: &[Dated], hanging: &Hanging, findings: &Findings) {
    let Some((first, others)) = circle.split_first() else {
        return;
    };
    let name = |dated: &Dated| {
        if dated.agreement == first.agreement {
            dated.name.clone()
        } else {
            format!("{}/{}", dated.agreement, dated.name)
        }
    };
    let names: Vec<String> = circle.iter().map(name).collect();
    let others: Vec<(Span, String)> = others
        .iter()
        .filter_map(|dated| Some((hanging.get(dated)?.0, name(dated))))
        .collect();
    if let Some((span, _)) = hanging.get(first) {
        findings.report(circular_date::fault(*span, &names, &others));
    }
}
