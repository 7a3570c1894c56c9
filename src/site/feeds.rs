//! The days of the agreements, and the calendar files made of them: one for each agreement and each party, and one for all.

use super::contents::Contents;
use super::looks::Look;
use super::pages::Pages;
use super::row::Material;
use super::visible::VisibleAgreement;
use crate::agreement::Agreement;
use crate::error::Result;
use crate::ics::{self, Audience, DayEvent, Written};
use crate::ids::PartyId;
use crate::office::Office;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The days of one agreement, as its pages' readers may see them.
pub(super) struct Days<'a> {
    pub(super) of: &'a VisibleAgreement<'a>,
    pub(super) events: Vec<Shown>,
}

/// A day, and how it looks.
pub(super) struct Shown {
    pub(super) event: DayEvent,
    pub(super) look: Look,
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
        let events = events.into_iter().map(|event| Shown {
            look: material.look_of_day(of, &event),
            event,
        });
        Days {
            of,
            events: events.collect(),
        }
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
    days: Vec<Days<'_>>,
) -> Result<()> {
    let language = material.language;
    let office = super::text::shown(&office.settings.name);
    let file = |path: &str, name: &str, days: &mut dyn Iterator<Item = &InFiles<'_>>| {
        let frame = ics::frame(name, &office, language);
        pages.may_be_shown(path, &frame.concat())?;
        let days = days.map(|day| Arc::clone(&day.written.0));
        pages.put_searched(path, Contents::around(frame, days))
    };
    let folder = language.folder();
    let of_agreements: Vec<Result<Vec<InFiles<'_>>>> = days
        .into_par_iter()
        .map(|days| {
            let agreement = days.of.agreement;
            let path = format!("{folder}agreements/{}.ics", agreement.id);
            let title = super::text::shown(&agreement.title);
            let written = days.events.into_iter().map(|Shown { event, .. }| {
                let url = event.url.as_deref().unwrap_or_default();
                for words in [&event.uid, &event.title, &event.description, url] {
                    pages.may_be_shown(&path, words)?;
                }
                Ok(InFiles {
                    written: ics::written(&event),
                    concerned: concerned(agreement, &event),
                    day: event.day,
                    uid: event.uid,
                })
            });
            let written = written.collect::<Result<Vec<_>>>()?;
            file(&path, &title, &mut written.iter())?;
            Ok(written)
        })
        .collect();
    let mut all = Vec::new();
    for written in of_agreements {
        all.extend(written?);
    }
    all.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    let mut of_parties: BTreeMap<&PartyId, Vec<&InFiles<'_>>> = BTreeMap::new();
    for day in &all {
        for party in &day.concerned {
            of_parties.entry(party).or_default().push(day);
        }
    }
    let parties = material.visible.parties();
    let put: Vec<Result<()>> = parties
        .into_par_iter()
        .map(|party| {
            let path = format!("{folder}parties/{}.ics", party.id);
            let name = format!("{}, {office}", material.visible.short(&party.id));
            let owed = of_parties.get(&party.id).map_or(&[][..], Vec::as_slice);
            file(&path, &name, &mut owed.iter().copied())
        })
        .collect();
    put.into_iter().collect::<Result<()>>()?;
    file(&format!("{folder}all.ics"), &office, &mut all.iter())
}

/// A day as the files have it, and which of them do.
struct InFiles<'a> {
    written: Written,
    day: NaiveDate,
    uid: String,
    concerned: BTreeSet<&'a PartyId>,
}

/// The parties that owe what a day is about, or are owed it; an agreement's own end concerns all of its parties.
fn concerned<'a>(agreement: &'a Agreement, event: &DayEvent) -> BTreeSet<&'a PartyId> {
    let owed = agreement.owed(event.obligation.as_str());
    let parties = owed.map(|owed| owed.owed_by.iter().chain(&owed.owed_to));
    parties.into_iter().flatten().collect()
}
