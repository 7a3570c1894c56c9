//! The days of the agreements, and the calendar files made of them: one for each agreement and each party, and one for all.

use super::pages::Pages;
use super::row::Material;
use super::visible::VisibleAgreement;
use crate::agreement::Agreement;
use crate::error::Result;
use crate::ics::{self, Audience, DayEvent, Written};
use crate::ids::PartyId;
use crate::office::Office;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The days of one agreement, as its pages' readers may see them.
pub(super) struct Days<'a> {
    pub(super) of: &'a VisibleAgreement<'a>,
    pub(super) events: Vec<DayEvent>,
}

/// The days of every agreement, in the pages' language.
pub(super) fn days<'a>(office: &Office, material: &Material<'a>) -> Vec<Days<'a>> {
    let of_each = material.visible.agreements.par_iter().map(|of| {
        let id = of.agreement.id.as_str();
        let shown = of
            .obligations
            .iter()
            .copied()
            .chain([&*of.agreement.term])
            .flat_map(|o| material.occurrences.get(id, o.id.as_str()))
            .copied();
        let audience = Audience::Pages(&office.settings.site_visibility);
        let mut events = ics::events(
            office,
            &material.changes,
            shown,
            audience,
            material.language,
        );
        for event in &mut events {
            event.title = material.unless_hidden(&event.title);
            event.description = event
                .description
                .lines()
                .map(|line| material.unless_hidden(line))
                .collect::<Vec<_>>()
                .join("\n");
        }
        Days { of, events }
    });
    of_each.collect()
}

/// Puts every calendar file in its place. Each day is written once for all the files that have it, and searched once.
///
/// # Errors
/// When a day would show what may stand on no page, or a file cannot be put there.
pub(super) fn put(
    pages: &Pages<'_>,
    office: &Office,
    material: &Material<'_>,
    days: &[Days<'_>],
) -> Result<()> {
    let language = material.language;
    let office = super::text::shown(&office.settings.name);
    let file = |path: &str, name: &str, days: &[&Written]| {
        pages.may_be_shown(path, &ics::calendar(name, &office, [], language))?;
        let days = days.iter().copied();
        pages.put_searched(path, ics::calendar(name, &office, days, language))
    };
    let folder = language.folder();
    let of_agreements: Vec<Result<Vec<Written>>> = days
        .par_iter()
        .map(|days| {
            let path = format!("{folder}agreements/{}.ics", days.of.agreement.id);
            let title = super::text::shown(&days.of.agreement.title);
            for event in &days.events {
                let url = event.url.as_deref().unwrap_or_default();
                for words in [&event.uid, &event.title, &event.description, url] {
                    pages.may_be_shown(&path, words)?;
                }
            }
            let written: Vec<Written> = days.events.iter().map(ics::written).collect();
            file(&path, &title, &written.iter().collect::<Vec<_>>())?;
            Ok(written)
        })
        .collect();
    let written = of_agreements.into_iter().collect::<Result<Vec<_>>>()?;

    let mut all: Vec<(&Agreement, &DayEvent, &Written)> = days
        .iter()
        .zip(&written)
        .flat_map(|(days, written)| {
            let each = days.events.iter().zip(written);
            each.map(|(event, written)| (days.of.agreement, event, written))
        })
        .collect();
    all.sort_by(|(_, a, _), (_, b, _)| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    let mut of_parties: BTreeMap<&PartyId, Vec<&Written>> = BTreeMap::new();
    for (agreement, event, written) in &all {
        for party in concerned(agreement, event) {
            of_parties.entry(party).or_default().push(written);
        }
    }
    let parties = material.visible.parties();
    let put: Vec<Result<()>> = parties
        .into_par_iter()
        .map(|party| {
            let path = format!("{folder}parties/{}.ics", party.id);
            let name = format!("{}, {office}", material.visible.short(&party.id));
            let owed = of_parties.get(&party.id).map_or(&[][..], Vec::as_slice);
            file(&path, &name, owed)
        })
        .collect();
    put.into_iter().collect::<Result<()>>()?;
    let all: Vec<&Written> = all.into_iter().map(|(_, _, written)| written).collect();
    file(&format!("{folder}all.ics"), &office, &all)
}

/// The parties that owe what a day is about, or are owed it; an agreement's own end concerns all of its parties.
fn concerned<'a>(agreement: &'a Agreement, event: &DayEvent) -> BTreeSet<&'a PartyId> {
    let owed = agreement.owed(event.obligation.as_str());
    let parties = owed.map(|owed| owed.owed_by.iter().chain(&owed.owed_to));
    parties.into_iter().flatten().collect()
}
