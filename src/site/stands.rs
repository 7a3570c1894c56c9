//! Where an occurrence stands, by what may be shown of the record: its words, its look, and what it waits for.

use super::looks::{self, Look};
use super::row::Material;
use super::text::shown;
use super::visible::VisibleAgreement;
use super::wording::{self, Known, NotKept, Said, Tense};
use crate::agreement::Obligation;
use crate::coming;
use crate::ics::DayEvent;
use crate::ids::{AgreementId, PartyId};
use crate::record::{Entry, EntryKind};
use crate::schedule::{Amendment, Occurrence, OccurrenceKind, State};
use crate::titles;
use crate::words::Language::{English, Spanish};
use chrono::NaiveDate;

impl Material<'_> {
    /// Where an occurrence stands.
    pub(super) fn said(
        &self,
        of: &VisibleAgreement<'_>,
        obligation: &Obligation,
        occurrence: &Occurrence,
    ) -> Said {
        let by = occurrence
            .entries
            .iter()
            .rev()
            .filter_map(|number| self.entries.get(number))
            .find(|entry| entry.kind == EntryKind::Met)
            .and_then(|entry| entry.by.as_ref());
        let known = Known {
            language: self.language,
            waiting_for: self.waiting_for(of, &occurrence.waiting_on),
            conditional: obligation.when.is_some(),
            skipped: occurrence.follows_from_what_is_skipped(),
            case: self.case_of(occurrence).and_then(|entry| {
                let by = entry.by.as_ref().map(|by| self.visible.short(by));
                Some((entry.on?, by))
            }),
            coming: self.coming(occurrence),
            by,
            by_name: by.map(|p| self.visible.short(p)).unwrap_or_default(),
            by_silence: occurrence
                .met
                .accepted()
                .into_iter()
                .flat_map(|claim| &claim.by_silence)
                .map(|silence| (self.visible.short(&silence.party), silence))
                .collect(),
            not_kept: self.not_kept(occurrence),
            ended_on: self
                .ended_on(&of.agreement.id)
                .filter(|_| !obligation.survives),
            today: self.question.today,
        };
        wording::standing(occurrence, &known)
    }

    /// How an occurrence looks, as far as what is said of it may be shown.
    pub(super) fn look(
        &self,
        of: &VisibleAgreement<'_>,
        obligation: &Obligation,
        occurrence: &Occurrence,
    ) -> Look {
        match (occurrence.state, occurrence.kind) {
            (State::Disputed, OccurrenceKind::Standing) if self.not_kept(occurrence).is_empty() => {
                Look::Always
            }
            // Owed only in a certain case, it waits for no date.
            (State::Waiting, _)
                if obligation.when.is_some() && occurrence.waiting_on.is_empty() =>
            {
                Look::Always
            }
            // Nobody has said that its case came about: nothing may ever have been owed.
            (State::Unrecorded, _)
                if obligation.when.is_some() && self.case_of(occurrence).is_none() =>
            {
                Look::Always
            }
            (State::Unrecorded, _) if !self.is_early(of, obligation, occurrence) => Look::Quiet,
            (state, _) => looks::look(state),
        }
    }

    /// Whether it had its last day before a record was kept.
    pub(super) fn is_early(
        &self,
        of: &VisibleAgreement<'_>,
        obligation: &Obligation,
        occurrence: &Occurrence,
    ) -> bool {
        let tracked_from = self.question.tracked_from(of.agreement, Some(obligation));
        let last = occurrence.last_day();
        occurrence.state == State::Unrecorded && last.is_none_or(|last| last < tracked_from)
    }

    /// What later agreements that have a page will do to an occurrence, from a day that lies ahead.
    pub(super) fn coming<'o>(&self, occurrence: &'o Occurrence) -> Vec<&'o Amendment> {
        coming::of(occurrence, |by| {
            let by = self.question.office.agreement(by.as_str());
            by.is_some_and(|by| self.visible.may_name(by, None))
        })
    }

    /// The entry that says when the case came about in which it is owed; of several the one that names the earliest day.
    pub(super) fn case_of(&self, occurrence: &Occurrence) -> Option<&Entry> {
        let entries = occurrence.entries.iter();
        let told = entries.filter_map(|number| self.entries.get(number).copied());
        told.filter(|entry| {
            entry.kind == EntryKind::Happened
                && entry.agreement == occurrence.agreement
                && entry.subject.as_deref() == Some(occurrence.obligation.as_str())
        })
        .min_by_key(|entry| entry.on)
    }

    /// How a day in a calendar looks: that of what it is a day of. A day on which it was still to be decided whether something
    /// goes on is over once it is past.
    pub(super) fn look_of_day(&self, of: &VisibleAgreement<'_>, event: &DayEvent) -> Look {
        let Some(obligation) = of.agreement.owed(event.obligation.as_str()) else {
            return looks::look(event.state);
        };
        let all = self
            .occurrences
            .get(event.agreement.as_str(), event.obligation.as_str());
        let of_its_state = || all.iter().filter(|o| o.state == event.state);
        let day = Some(event.day);
        let own = of_its_state().find(|o| o.due == day || o.opens == day);
        if let Some(own) = own {
            return self.look(of, obligation, own);
        }
        match of_its_state().find(|o| o.renewal.as_ref().is_some_and(|r| r.has(event.day))) {
            Some(_) if event.day < self.question.today => Look::Over,
            Some(_) if event.day > self.question.today => Look::Ahead,
            Some(_) => Look::Now,
            None => looks::look(event.state),
        }
    }

    /// Whether a party has said how it was done, or that it was not kept.
    pub(super) fn is_told(&self, occurrence: &Occurrence) -> bool {
        let is_met = matches!(
            looks::look(occurrence.state),
            Look::Done | Look::Said | Look::Differ
        );
        (is_met && occurrence.kind != OccurrenceKind::Standing)
            || !self.not_kept(occurrence).is_empty()
    }

    /// When an occurrence is said not to have been kept, by the entries that are shown.
    fn not_kept(&self, occurrence: &Occurrence) -> Vec<NotKept> {
        let names = |parties: &[PartyId]| -> Vec<String> {
            parties.iter().map(|p| self.visible.short(p)).collect()
        };
        let told = occurrence.not_kept.iter().filter_map(|told| {
            let entry = self.entries.get(&told.entry)?;
            let mut said_by = names(&told.standing.said_by);
            // What the keeper entered for a party is nobody's own word yet.
            if said_by.is_empty() {
                said_by.extend(entry.by.as_ref().map(|by| self.visible.short(by)));
            }
            (!said_by.is_empty()).then(|| NotKept {
                on: told.on,
                said_by,
                against: names(&told.standing.against),
                waits_for: names(&told.standing.waits_for),
            })
        });
        told.collect()
    }

    /// The same of one of several, with its day.
    pub(super) fn one_day(
        &self,
        of: &VisibleAgreement<'_>,
        obligation: &Obligation,
        occurrence: &Occurrence,
    ) -> Said {
        match occurrence.state {
            State::Met | State::MetLate | State::Reported | State::Waived | State::Disputed
                if occurrence.due.or(occurrence.opens).is_some() =>
            {
                wording::dated(self.language, occurrence, Tense::Is)
                    .and(": ")
                    .join(self.said(of, obligation, occurrence))
            }
            _ => self.said(of, obligation, occurrence),
        }
    }

    fn waiting_for(&self, of: &VisibleAgreement<'_>, names: &[String]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for name in names {
            let words = self.trigger(of, name);
            if !found.contains(&words) {
                found.push(words);
            }
        }
        found
    }

    /// The agreement and the name of what is waited for, where it may be shown: `implementation`, `mou_2013/expiration`.
    pub(super) fn named<'b>(
        &'b self,
        of: &'b VisibleAgreement<'b>,
        name: &'b str,
    ) -> Option<(&'b VisibleAgreement<'b>, &'b str)> {
        let (there, name) = match name.split_once('/') {
            None => (of, name),
            Some((agreement, name)) => (self.visible.agreement(agreement)?, name),
        };
        (!there.hides(name)).then_some((there, name))
    }

    /// What something that is waited for is called.
    fn trigger(&self, of: &VisibleAgreement<'_>, name: &str) -> String {
        let hidden = self
            .either(
                "something that is not shown here",
                "algo que no se muestra aquí",
            )
            .to_owned();
        let Some((there, name)) = self.named(of, name) else {
            return hidden;
        };
        let agreement = there.agreement;
        let quoted = |title: &str| format!("\u{201c}{}\u{201d}", shown(title));
        let title = agreement.title_of(name).map(quoted);
        if title.is_none() && (self.betrays)(name) {
            return hidden;
        }
        let called = title.unwrap_or_else(|| shown(&titles::built_in(self.language, name)));
        if agreement.id == of.agreement.id {
            return called;
        }
        let whole = quoted(&agreement.title);
        match self.language {
            English => format!("{called} of {whole}"),
            Spanish => format!("{called} de {whole}"),
        }
    }

    /// The day on which an agreement ended, where it has.
    pub(super) fn ended_on(&self, agreement: &AgreementId) -> Option<NaiveDate> {
        self.days.get(agreement)?.ended_on(self.question.today)
    }
}
