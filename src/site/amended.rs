//! What agreements do to one another, on the pages of both, as far as the pages' readers may see both.

use super::row::{Material, not_shown};
use super::text::shown;
use super::visible::{Visible, VisibleAgreement};
use super::wording::{Said, either};
use crate::agreement::{Change, ChangedTo, Obligation, When};
use crate::coming;
use crate::ids::AgreementId;
use crate::schedule::{AmendedTo, Amendment, AmendmentStage, Occurrence, State};
use crate::words::Language::{self, English, Spanish};
use std::collections::BTreeMap;

/// A place on another page, or on this one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Place {
    /// `mou_2013.html#training_report`.
    href: String,
    title: String,
    /// The agreement that it stands in; `None` for an agreement itself.
    of: Option<String>,
    /// The language of the titles, where the page is in another.
    its_lang: Option<&'static str>,
}

/// A later agreement that adds to this one or changes it.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct AmendedBy {
    place: Place,
    /// `, in effect from 1 March 2016`; empty where that is not known.
    from: Said,
}

/// Something that an agreement does to another.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Done {
    /// `The end of`; empty of an obligation.
    what: &'static str,
    place: Place,
    /// `: “June 30, 2017”`.
    said: Said,
}

/// The agreements that have a page and that add to or change each other one, in the order of their ids.
pub(super) type ByAmended<'a> = BTreeMap<&'a AgreementId, Vec<&'a VisibleAgreement<'a>>>;

/// Sorts them once, for all pages.
pub(super) fn by_amended<'a>(visible: &'a Visible<'a>) -> ByAmended<'a> {
    let mut found: ByAmended<'a> = BTreeMap::new();
    for by in &visible.agreements {
        let changed = by.agreement.changes.iter().map(|change| &change.agreement);
        for amended in by.agreement.amends.iter().chain(changed) {
            let of = found.entry(amended).or_default();
            let is_new = of
                .last()
                .is_none_or(|last| last.agreement.id != by.agreement.id);
            if is_new && *amended != by.agreement.id {
                of.push(by);
            }
        }
    }
    found
}

impl Material<'_> {
    /// The later agreements that add to this one or change it.
    pub(super) fn amended_by(&self, of: &VisibleAgreement<'_>) -> Vec<AmendedBy> {
        let by = self.by_amended.get(&of.agreement.id).into_iter().flatten();
        by.map(|by| {
            let days = self.days.get(&by.agreement.id);
            let from = days.and_then(|days| days.effective.as_ref());
            AmendedBy {
                place: whole(self.language, by),
                from: match from {
                    Some(from) => self
                        .words(", in effect from ", ", vigente desde el ")
                        .day(from.day),
                    None => Said::nothing(self.language),
                },
            }
        })
        .collect()
    }

    /// What an agreement does to others.
    pub(super) fn does_to_others(&self, of: &VisibleAgreement<'_>) -> Vec<Done> {
        let changes = of.agreement.changes.iter();
        changes.filter_map(|change| self.done(of, change)).collect()
    }

    fn done(&self, of: &VisibleAgreement<'_>, change: &Change) -> Option<Done> {
        let target = self.visible.agreement(change.agreement.as_str())?;
        let (what, place) = match change.part.as_deref() {
            None => ("", whole(self.language, target)),
            Some("effective") => (
                self.either("The first day of", "El primer día de"),
                whole(self.language, target),
            ),
            Some("expiration") => (
                self.either("The end of", "El fin de"),
                whole(self.language, target),
            ),
            Some("renewal") => (
                self.either("The renewal of", "La renovación de"),
                whole(self.language, target),
            ),
            Some(part) => (
                "",
                obligation(self.language, target, target.obligation(part)?),
            ),
        };
        let said = match (&change.to, change.part.as_deref()) {
            (ChangedTo::Void, Some("expiration" | "renewal")) => {
                self.words(": none any more", ": ya no hay")
            }
            (ChangedTo::Void, _) => self.words(": made void", ": sin efecto"),
            (ChangedTo::Day(_), Some("expiration" | "effective")) => self.quoted(of, ": ", change),
            (ChangedTo::Day(_), _) => {
                self.quoted(of, self.either(": last day ", ": último día "), change)
            }
            (ChangedTo::Restated(id), _) => match of.obligation(id.as_str()) {
                Some(own) => self
                    .words(": replaced by ", ": reemplazado por ")
                    .and(format!("\u{201c}{}\u{201d}", shown(&own.title))),
                None => return None,
            },
        };
        Some(Done { what, place, said })
    }

    fn quoted(&self, of: &VisibleAgreement<'_>, before: &str, change: &Change) -> Said {
        let words = change.words();
        let is_hidden = match &change.to {
            ChangedTo::Day(When::Phrase(limit)) => self.hides_limit(of, limit),
            _ => (self.betrays)(&words),
        };
        if is_hidden {
            return Said::words(self.language, before).and(not_shown(self.language));
        }
        match &change.to {
            ChangedTo::Day(When::On(day, _)) => Said::words(self.language, before).day(*day),
            _ => Said::words(
                self.language,
                format!("{before}\u{201c}{}\u{201d}", shown(&words)),
            ),
        }
    }

    /// What stands in the place of something that a later agreement has taken over, where it may be shown; for what is void,
    /// the agreement that says so.
    pub(super) fn in_its_place(&self, occurrence: &Occurrence) -> Option<Place> {
        let by = occurrence
            .amended()
            .filter(|_| occurrence.state == State::Superseded)?;
        match &by.to {
            AmendedTo::Replaced(agreement, id) => {
                let there = self.visible.agreement(agreement.as_str())?;
                Some(obligation(
                    self.language,
                    there,
                    there.obligation(id.as_str())?,
                ))
            }
            AmendedTo::Void | AmendedTo::Day(_) => Some(whole(
                self.language,
                self.visible.agreement(by.by.as_str())?,
            )),
        }
    }

    /// What an obligation takes the place of.
    pub(super) fn in_the_place_of(
        &self,
        of: &VisibleAgreement<'_>,
        own: &Obligation,
    ) -> Vec<Place> {
        let changes = of.agreement.changes.iter();
        let restated =
            changes.filter(|change| matches!(&change.to, ChangedTo::Restated(id) if *id == own.id));
        restated
            .filter_map(|change| {
                let there = self.visible.agreement(change.agreement.as_str())?;
                Some(obligation(
                    self.language,
                    there,
                    there.obligation(change.part.as_deref()?)?,
                ))
            })
            .collect()
    }
}

impl Material<'_> {
    /// What a later agreement will do to a day of an agreement, or to the whole of it, where that agreement has a page.
    pub(super) fn ahead(&self, amended: &[Amendment]) -> Said {
        let office = self.question.office;
        let is_ahead = |a: &&Amendment| {
            a.stage == AmendmentStage::Ahead
                && a.from.is_some()
                && office
                    .agreement(a.by.as_str())
                    .is_some_and(|by| self.visible.may_name(by, None))
        };
        let mut said = Said::nothing(self.language);
        for change in amended.iter().filter(is_ahead) {
            let words = coming::in_words(self.language, change);
            said = said.and(format!("; {words}"));
        }
        said
    }
}

/// What is said beside a day of an agreement that a later one changes.
pub(super) fn by_a_later_agreement(language: Language, amended: &[Amendment]) -> Said {
    let words =
        |english: &str, spanish: &str| Said::words(language, either(language, english, spanish));
    let holds = |a: &&Amendment| a.stage == AmendmentStage::Holds;
    let Some(by) = amended.iter().find(holds) else {
        return Said::nothing(language);
    };
    match (&by.to, by.from) {
        (AmendedTo::Day(Some(day)), _) => {
            words("; by a later agreement ", "; por un acuerdo posterior, el ").day(*day)
        }
        (AmendedTo::Void, Some(from)) => match language {
            English => Said::words(language, "; no longer, from ")
                .day(from)
                .and(" on, by a later agreement"),
            Spanish => Said::words(language, "; ya no, desde el ")
                .day(from)
                .and(", por un acuerdo posterior"),
        },
        _ => words(
            "; by a later agreement another day, not known yet",
            "; por un acuerdo posterior otra fecha, que todavía no se conoce",
        ),
    }
}

fn whole(language: Language, of: &VisibleAgreement<'_>) -> Place {
    Place {
        href: format!("{}.html", of.agreement.id),
        title: shown(&of.agreement.title),
        of: None,
        its_lang: of.lang_on(language),
    }
}

fn obligation(language: Language, of: &VisibleAgreement<'_>, obligation: &Obligation) -> Place {
    Place {
        href: format!("{}.html#{}", of.agreement.id, obligation.id),
        title: shown(&obligation.title),
        of: Some(shown(&of.agreement.title)),
        its_lang: of.lang_on(language),
    }
}
