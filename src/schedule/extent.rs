//! How much of a record a question about one agreement needs: what is recorded about others reaches it along what its days
//! hang on, and no other way.

use crate::agreement::{Agreement, Change, ChangedTo, Obligation, Renewal, Timing, When};
use crate::ids::AgreementId;
use crate::language::{Phrase, Trigger};
use crate::office::Office;
use crate::record::Extent;
use std::collections::{BTreeMap, BTreeSet};

/// What has to be known to say how an agreement stands: what is recorded about it, and about all that it amends or whose
/// days its own hang on, however far.
pub fn needed(office: &Office, agreement: &AgreementId) -> Extent {
    let links = Links::of(office);
    Extent::About(links.with_what_they_need([agreement]))
}

/// What has to be known to say what follows from an entry about an agreement: the same for all whose days hang on it, however
/// far, but what was only remarked. `other` is another agreement that the entry speaks of.
pub fn touched(office: &Office, agreement: &AgreementId, other: Option<&AgreementId>) -> Extent {
    let links = Links::of(office);
    let hanging = reached(&links.hanging, [agreement]);
    Extent::WithoutRemarks(links.with_what_they_need(hanging.into_iter().chain(other)))
}

/// Whether any of an agreement's days is worked out from what a trigger names.
pub fn counts_from(agreement: &Agreement, trigger: &Trigger) -> bool {
    let mut phrases = phrases(agreement).into_iter();
    phrases.any(|phrase| phrase.tree.triggers().contains(trigger))
}

/// For each agreement, some others.
type Others<'a> = BTreeMap<&'a AgreementId, BTreeSet<&'a AgreementId>>;

/// How the agreements of an office hang together.
struct Links<'a> {
    /// What each needs.
    needed: Others<'a>,
    /// Those whose days hang on each.
    hanging: Others<'a>,
}

impl<'a> Links<'a> {
    fn of(office: &'a Office) -> Self {
        let mut needed = Others::new();
        let mut hanging = Others::new();
        for agreement in &office.agreements {
            let on = hangs_on(office, agreement);
            for other in &on {
                hanging.entry(*other).or_default().insert(&agreement.id);
            }
            let named = on.into_iter().chain(&agreement.amends);
            needed.entry(&agreement.id).or_default().extend(named);
            // What a later agreement changes hangs on its days, and it may count from the day that it changes.
            for change in &agreement.changes {
                let Some(changed) = office.agreement(change.agreement.as_str()) else {
                    continue;
                };
                needed.entry(&agreement.id).or_default().insert(&changed.id);
                needed.entry(&changed.id).or_default().insert(&agreement.id);
                hanging
                    .entry(&agreement.id)
                    .or_default()
                    .insert(&changed.id);
            }
        }
        Self { needed, hanging }
    }

    fn with_what_they_need(
        &self,
        these: impl IntoIterator<Item = &'a AgreementId>,
    ) -> Vec<AgreementId> {
        reached(&self.needed, these).into_iter().cloned().collect()
    }
}

/// These, what they lead to, what that leads to, and so on.
fn reached<'a>(
    others: &Others<'a>,
    these: impl IntoIterator<Item = &'a AgreementId>,
) -> BTreeSet<&'a AgreementId> {
    let mut open: Vec<&AgreementId> = these.into_iter().collect();
    let mut reached = BTreeSet::new();
    while let Some(agreement) = open.pop() {
        if reached.insert(agreement) {
            open.extend(others.get(agreement).into_iter().flatten().copied());
        }
    }
    reached
}

/// The other agreements that the days of one hang on.
fn hangs_on<'a>(office: &'a Office, agreement: &'a Agreement) -> BTreeSet<&'a AgreementId> {
    let mut found = BTreeSet::new();
    for phrase in phrases(agreement) {
        for trigger in phrase.tree.triggers() {
            match trigger {
                Trigger::Event {
                    agreement: Some(other),
                    ..
                } => found.extend(office.agreement(other.as_str()).map(|other| &other.id)),
                // What is missed under an agreement is so under those that amend it, too.
                Trigger::AnyMissed => found.extend(
                    office
                        .agreements
                        .iter()
                        .filter(|other| other.amends.contains(&agreement.id))
                        .map(|other| &other.id),
                ),
                Trigger::Event {
                    agreement: None, ..
                }
                | Trigger::Obligation(_)
                | Trigger::Missed(_) => {}
            }
        }
    }
    found
}

/// Every phrase from which a day of an agreement is worked out. Each field is named, so that a new one is thought of here.
fn phrases(agreement: &Agreement) -> Vec<&Phrase> {
    let Agreement {
        effective,
        expires,
        renewal,
        term,
        obligations,
        changes,
        id: _,
        file: _,
        front_matter: _,
        digest: _,
        title: _,
        kind: _,
        parties: _,
        status: _,
        signed: _,
        amends: _,
        amends_at: _,
        visibility: _,
        counting: _,
        events: _,
        body: _,
        remind: _,
        confirmation: _,
        tracked_from: _,
        notes: _,
        in_doubt: _,
    } = agreement;
    let mut found = Vec::new();
    found.extend(effective.iter().chain(expires).filter_map(phrase));
    found.extend(renewal.iter().flat_map(of_renewal));
    found.extend(changes.iter().filter_map(of_change));
    for obligation in obligations.iter().chain([&**term]) {
        found.extend(of_obligation(obligation));
    }
    found
}

fn of_change(change: &Change) -> Option<&Phrase> {
    match &change.to {
        ChangedTo::Day(when) => phrase(when),
        ChangedTo::Void | ChangedTo::Restated(_) => None,
    }
}

fn of_obligation(obligation: &Obligation) -> Vec<&Phrase> {
    let mut found: Vec<&Phrase> = obligation.timing.phrase().into_iter().collect();
    found.extend(obligation.review_every.as_deref());
    match &obligation.timing {
        Timing::Every { until, .. } => found.extend(until.iter().filter_map(phrase)),
        Timing::Lasts { renewal, .. } => found.extend(renewal.iter().flat_map(|r| of_renewal(r))),
        Timing::Due(_) | Timing::Standing => {}
    }
    found
}

fn of_renewal(renewal: &Renewal) -> Vec<&Phrase> {
    let Renewal {
        length,
        until,
        window,
        notice,
        how: _,
        by: _,
        times: _,
    } = renewal;
    let mut found: Vec<&Phrase> = length.iter().chain(window).chain(notice).collect();
    found.extend(until.iter().filter_map(phrase));
    found
}

fn phrase(when: &When) -> Option<&Phrase> {
    match when {
        When::Phrase(phrase) => Some(phrase),
        When::On(..) => None,
    }
}
