//! What was told of and stands in no file any more: an agreement whose file is gone or is a draft now, an obligation whose id
//! is. What a fault keeps from being read is not gone: nobody knows whether it is.

use super::fallen_away;
use super::recipients::{Contacts, Occasion, Recipient, Release, release};
use super::told::{Told, ToldDay};
use super::{Desk, InItsPlace, Part};
use crate::agreement::{Agreement, Obligation, Status, Visibility, own_term};
use crate::ids::{AgreementId, ObligationId};
use crate::office::{Office, Receives};
use crate::record::{EntryKind, Record};
use crate::rules::{file_not_readable, no_agreements};
use crate::source::{SourceId, Span};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Whether something stands in the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InFiles {
    /// It does.
    Stands,
    /// A fault leaves that open.
    Unread,
    /// It does not.
    Gone,
}

/// The office's files, as far as they could be read.
#[derive(Debug)]
pub(super) struct Files<'a> {
    office: &'a Office,
    /// Those with a fault.
    faulty: BTreeSet<SourceId>,
    /// The ids of agreements of which nothing could be read.
    unread: BTreeSet<&'a str>,
    /// Whether all that there are were found.
    are_listed: bool,
    /// Whether all that stands in `parties.toml` was read.
    parties_are_known: bool,
}

impl<'a> Files<'a> {
    pub(super) fn of(office: &'a Office) -> Self {
        let faults = || office.diagnostics.iter().filter(|found| found.is_error());
        let path = |file| office.sources.get(file).path.as_str();
        Self {
            office,
            faulty: faults().map(|fault| fault.primary.span.file).collect(),
            unread: office.unread(),
            are_listed: !faults().any(|fault| {
                fault.rule == &file_not_readable::RULE || fault.rule == &no_agreements::RULE
            }),
            parties_are_known: !faults().any(|f| path(f.primary.span.file) == "parties.toml"),
        }
    }

    fn agreement(&self, id: &AgreementId) -> InFiles {
        match self.office.agreement(id.as_str()) {
            Some(of) if of.status != Status::Draft => InFiles::Stands,
            Some(of) if self.faulty.contains(&of.file) => InFiles::Unread,
            None if !self.are_listed || self.unread.contains(id.as_str()) => InFiles::Unread,
            Some(_) | None => InFiles::Gone,
        }
    }

    /// Whether an obligation or event of an agreement does, or the agreement where `subject` is empty.
    pub(super) fn owed(&self, agreement: &AgreementId, subject: &str) -> InFiles {
        let of = match self.agreement(agreement) {
            InFiles::Stands => self.office.agreement(agreement.as_str()),
            other => return other,
        };
        match of {
            Some(of) if subject.is_empty() || of.owed(subject).is_some() => InFiles::Stands,
            Some(of) if of.event(subject).is_some() => InFiles::Stands,
            Some(of) if self.faulty.contains(&of.file) => InFiles::Unread,
            Some(_) | None => InFiles::Gone,
        }
    }

    /// Whether a fault leaves open who hears of an agreement.
    pub(super) fn may_hide_a_hearer(&self, agreement: &AgreementId) -> bool {
        let of = self.office.agreement(agreement.as_str());
        !self.parties_are_known || of.is_some_and(|of| self.faulty.contains(&of.file))
    }
}

/// What somebody was told of with a day that is still to come, or was when a message was written that it is gone, and what is gone: it has no words of its own any more.
#[derive(Clone, Debug, Default)]
pub struct Vanished {
    /// Agreements, with nothing in them.
    agreements: Vec<Agreement>,
    /// What was owed under them, and under those that stand.
    obligations: BTreeMap<AgreementId, Vec<Obligation>>,
    /// The subject lines of the messages that told of it, by a key of each.
    told_in: BTreeMap<String, String>,
}

impl Vanished {
    /// All of it, by what was told.
    pub fn of(office: &Office, told: &Told, today: NaiveDate) -> Self {
        let files = Files::of(office);
        let mut vanished = Self::default();
        let mut last: Option<(&AgreementId, &str)> = None;
        for (agreement, subject, day) in told.days() {
            let is_to_tell =
                || day.day >= today || fallen_away::was_written(told, agreement, subject, &day);
            if last == Some((agreement, subject))
                || !is_to_tell()
                || files.owed(agreement, subject) != InFiles::Gone
            {
                continue;
            }
            last = Some((agreement, subject));
            let of_it = vanished.obligations.entry(agreement.clone()).or_default();
            of_it.push(without_words(subject));
            let is_known = vanished
                .agreements
                .last()
                .is_some_and(|of| of.id == *agreement);
            if !is_known && files.agreement(agreement) == InFiles::Gone {
                let agreement = empty(agreement, office.agreement(agreement.as_str()));
                vanished.agreements.push(agreement);
            }
        }
        vanished
    }

    /// A key of each message that told of it.
    pub fn keys(&self, told: &Told) -> Vec<String> {
        let each = self.obligations.iter();
        let each = each.flat_map(|(agreement, of)| of.iter().map(move |o| (agreement, o)));
        each.flat_map(|(agreement, obligation)| {
            let id = obligation.id.as_str();
            let days = told.days_of(agreement, id);
            days.filter_map(move |day| told.key_of(agreement, id, &day).map(str::to_owned))
        })
        .collect()
    }

    /// Takes note of the subject line of the message that told of it under a key: nothing else there is says what it was.
    pub fn was_told_in(&mut self, key: String, subject: String) {
        self.told_in.insert(key, subject);
    }

    pub(super) fn agreements(&self) -> &[Agreement] {
        &self.agreements
    }

    /// Whether it is one of these agreements, rather than one of the office's.
    pub(super) fn is(&self, agreement: &Agreement) -> bool {
        self.agreements.iter().any(|of| std::ptr::eq(of, agreement))
    }

    pub(super) fn obligations(&self, of: &AgreementId) -> &[Obligation] {
        self.obligations.get(of).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.obligations.is_empty()
    }
}

/// Something that was owed, of which nothing but its id is known.
fn without_words(id: &str) -> Obligation {
    let own = own_term(
        &[],
        &Visibility::Members,
        None,
        Span::new(SourceId(0), 0..0),
    );
    if own.id.as_str() == id {
        return *own;
    }
    Obligation {
        id: ObligationId::new(id),
        title: format!("`{id}`"),
        ..*own
    }
}

/// An agreement with nothing in it. Of a draft, its title and who may see it are known.
fn empty(id: &AgreementId, draft: Option<&Agreement>) -> Agreement {
    let nothing = Agreement::empty(id.clone(), draft.map_or(SourceId(0), |of| of.file));
    let Some(draft) = draft else {
        return nothing;
    };
    Agreement {
        title: draft.title.clone(),
        kind: draft.kind,
        parties: draft.parties.clone(),
        term: own_term(&[], &draft.visibility, None, nothing.front_matter),
        visibility: draft.visibility.clone(),
        ..nothing
    }
}

/// Whoever was told of it is told that its day stands no more.
pub(super) fn owed<'a>(
    desk: &Desk<'a, '_>,
    vanished: &'a Vanished,
    contacts: &Contacts<'a>,
) -> Vec<(Recipient<'a>, Part<'a>)> {
    let id = &desk.agreement.id;
    let mut owed = Vec::new();
    for obligation in vanished.obligations(id) {
        for told in desk.told.days_of(id, obligation.id.as_str()) {
            let is_past = told.day < desk.today
                && !fallen_away::was_written(desk.told, id, obligation.id.as_str(), &told);
            if is_past || is_done(desk.record, id, obligation, &told) {
                continue;
            }
            let hearer = hearer(desk.office, contacts, id, told.recipient, desk.today);
            let Some(hearer) = hearer else {
                continue;
            };
            let key = desk.told.key_of(id, obligation.id.as_str(), &told);
            let nothing = InItsPlace::NoDay(None);
            let mut part = fallen_away::part(desk, obligation, nothing, &told);
            part.told_in = key.and_then(|key| vanished.told_in.get(key).cloned());
            owed.push((hearer, part));
        }
    }
    owed
}

/// Who is told at an address: the contact there, whatever it is named for, as long as it may see what is left of the agreement.
pub(super) fn hearer<'a>(
    office: &'a Office,
    contacts: &Contacts<'a>,
    agreement: &AgreementId,
    address: &str,
    today: NaiveDate,
) -> Option<Recipient<'a>> {
    let agreement = office.agreement(agreement.as_str());
    let may_see = |party| {
        agreement.is_none_or(|of| of.parties.contains(party) && of.visibility.admits(party))
    };
    let at = contacts.at(address).iter().copied();
    let mut hearers = at.filter_map(|(party, contact)| {
        let occasion = match contact.receives {
            Receives::Reminders => Occasion::Reminder,
            Receives::Escalation => Occasion::Escalation,
            Receives::Digest | Receives::Nothing => return None,
        };
        let release = release(office, &party.id, contact, occasion, today)?;
        may_see(&party.id).then_some(Recipient {
            party,
            contact,
            release,
        })
    });
    let first = hearers.next()?;
    let leaves = |of: &Recipient<'_>| of.release == Release::AtOnce;
    Some(if leaves(&first) {
        first
    } else {
        hearers.find(leaves).unwrap_or(first)
    })
}

/// Whether something was recorded as done, or waived: it keeps the day that it had.
pub(super) fn is_done(
    record: &Record,
    agreement: &AgreementId,
    obligation: &Obligation,
    told: &ToldDay<'_>,
) -> bool {
    record.standing().any(|entry| {
        matches!(entry.kind, EntryKind::Met | EntryKind::Waived)
            && entry.agreement == *agreement
            && entry.subject.as_deref() == Some(obligation.id.as_str())
            && (entry.occurrence.is_none() || entry.occurrence == told.occurrence)
    })
}
