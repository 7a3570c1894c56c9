//! The calendar files: one for each agreement, and one for all.

use super::row::Material;
use crate::ics::{self, Audience, DayEvent};
use crate::office::Office;
use crate::words::Language;
use rayon::prelude::*;

/// Every calendar file, by its path.
pub(super) fn feeds(office: &Office, material: &Material<'_>) -> Vec<(String, String)> {
    let name = super::text::shown(&office.settings.name);
    let of_each = material.visible.agreements.par_iter().map(|of| {
        let id = of.agreement.id.as_str();
        let shown = of
            .obligations
            .iter()
            .flat_map(|o| material.occurrences.get(id, o.id.as_str()))
            .copied();
        let audience = Audience::Pages(&office.settings.site_visibility);
        let mut events = ics::events(
            office,
            &material.changes,
            shown,
            audience,
            Language::English,
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
        let title = super::text::shown(&of.agreement.title);
        let file = (
            format!("agreements/{}.ics", of.agreement.id),
            ics::calendar(&title, &name, &events),
        );
        (file, events)
    });
    let (mut files, events): (Vec<_>, Vec<_>) = of_each.unzip();
    let mut all: Vec<DayEvent> = events.into_iter().flatten().collect();
    all.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    files.push(("all.ics".to_owned(), ics::calendar(&name, &name, &all)));
    files
}
