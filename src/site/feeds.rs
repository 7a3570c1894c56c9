//! The days of the agreements, and the calendar files made of them: one for each agreement and each party, and one for all.

use super::row::Material;
use super::visible::VisibleAgreement;
use crate::agreement::Agreement;
use crate::ics::{self, Audience, DayEvent};
use crate::ids::PartyId;
use crate::office::Office;
use rayon::prelude::*;

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
            .chain(of.agreement.term.as_deref())
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

/// Every calendar file, by its path.
pub(super) fn files(
    office: &Office,
    material: &Material<'_>,
    days: &[Days<'_>],
) -> Vec<(String, String)> {
    let name = super::text::shown(&office.settings.name);
    let mut files: Vec<(String, String)> = days
        .par_iter()
        .map(|days| {
            let title = super::text::shown(&days.of.agreement.title);
            (
                format!("agreements/{}.ics", days.of.agreement.id),
                ics::calendar(&title, &name, &days.events, material.language),
            )
        })
        .collect();
    let parties = material.visible.parties();
    files.par_extend(parties.into_par_iter().map(|party| {
        let owed = sorted(days.iter().flat_map(|days| {
            let events = days.events.iter();
            events.filter(|event| concerns(days.of.agreement, event, &party.id))
        }));
        let name = format!("{}, {name}", material.visible.short(&party.id));
        (
            format!("parties/{}.ics", party.id),
            ics::calendar(&name, &name, owed, material.language),
        )
    }));
    let all = sorted(days.iter().flat_map(|days| &days.events));
    files.push((
        "all.ics".to_owned(),
        ics::calendar(&name, &name, all, material.language),
    ));
    files
}

/// Whether a party owes what a day is about, or is owed it; an agreement's own end concerns all of its parties.
fn concerns(agreement: &Agreement, event: &DayEvent, party: &PartyId) -> bool {
    let owed = agreement.owed(event.obligation.as_str());
    owed.is_some_and(|o| o.owed_by.contains(party) || o.owed_to.contains(party))
}

fn sorted<'a>(events: impl Iterator<Item = &'a DayEvent>) -> Vec<&'a DayEvent> {
    let mut all: Vec<&DayEvent> = events.collect();
    all.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    all
}
