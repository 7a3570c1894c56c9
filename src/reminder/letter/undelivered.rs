//! The section that tells of mail which did not arrive: to whom, why, and what it was about.

use super::super::stage::Stage;
use super::super::wording::{self, news};
use super::super::{Key, Undelivered};
use super::{Reader, Section, clean, entries, sections};
use crate::words::capitalized;

/// What mail that did not arrive is called in a line.
pub(super) fn called(reader: &Reader<'_>, refused: &Undelivered) -> String {
    let party = clean::line(reader.facts.office.short_name(&refused.party));
    wording::not_delivered(reader.language, refused.why, &party)
}

/// The section that tells of it.
pub(super) fn tell(reader: &Reader<'_>, refused: &Undelivered) -> Section {
    let language = reader.language;
    let party = clean::line(reader.facts.office.short_name(&refused.party));
    let contact = clean::line(&refused.contact);
    let called = capitalized(&called(reader, refused));
    Section {
        title: called.clone(),
        called,
        news: news::of_lost_mail(language, refused.why),
        fact: wording::undelivered(language, refused.why, &contact, &party),
        lines: has_not_reached(reader, refused, &contact),
        next: if reader.is_the_office() {
            wording::undelivered_next_of_the_office(language, refused.why, &contact, &party)
        } else {
            wording::undelivered_next(language, refused.why, &contact, &party)
        },
        ..Section::default()
    }
}

/// What the contact was not told, as far as the reader may see it.
fn has_not_reached(reader: &Reader<'_>, refused: &Undelivered, contact: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for key in &refused.keys {
        let called = match key.stage {
            Stage::Undelivered => Some(wording::of_other_mail(reader.language)),
            stage if stage.tells_of_an_entry() => entries::called_by(reader, key),
            _ => told_of(reader, key),
        };
        all.extend(called.filter(|called| !all.contains(called)));
    }
    let lines = (!all.is_empty()).then(|| wording::has_not_reached(reader.language, contact, &all));
    lines.into_iter().collect()
}

/// What a reminder of a day, or the question for one, is about; `None` where the reader may not see it.
fn told_of(reader: &Reader<'_>, key: &Key) -> Option<String> {
    if let Some(event) = reader.agreement.event(&key.subject) {
        let may_see = reader.may_see(&event.visibility);
        return may_see.then(|| wording::date_of(reader.language, &clean::line(&event.title)));
    }
    let obligation = sections::obligation(reader, &key.subject)?;
    if !reader.may_see(&obligation.visibility) {
        return None;
    }
    let called = sections::called_before(reader, obligation, key);
    let is_its_last_day = key.stage != Stage::Review && key.named().is_none();
    Some(if is_its_last_day {
        called.whole()
    } else {
        called.title
    })
}
