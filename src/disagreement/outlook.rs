//! What is kept of an agreement's schedule to compare it with others.

use super::is_live;
use crate::agreement::{Agreement, Obligation};
use crate::ids::{AgreementId, ObligationId};
use crate::record::{Entry, EntryKind};
use crate::schedule::{self, Amendment, Question, Schedule};
use crate::words::Sentence;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The outlook of each agreement. Nothing else of their schedules is kept, so that an office of any size is checked.
#[derive(Debug)]
pub struct Outlooks(BTreeMap<AgreementId, Outlook>);

/// What lies ahead under one agreement.
#[derive(Debug)]
struct Outlook {
    /// The day on which it ends for good, as far as it is known.
    end: Option<NaiveDate>,
    /// Whether it is tentative by its file alone.
    is_settled: bool,
    /// The entries that say what became of an occurrence that there is no more, by their numbers.
    loose: Vec<u64>,
    /// What later agreements do to its parts, by the part: an obligation, or its own end.
    amended: BTreeMap<String, Vec<Amendment>>,
    /// Of those of which anything is live, or that contradict themselves.
    obligations: BTreeMap<ObligationId, Ahead>,
}

/// What lies ahead of one obligation.
#[derive(Debug, Default)]
struct Ahead {
    /// Until when anything of it is live.
    live: Option<Live>,
    /// What its words say twice without agreeing, each once.
    contradictions: Vec<Sentence>,
}

/// How long something is still to come or goes on. What has no day is the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Live {
    /// Until that last day.
    Until(NaiveDate),
    /// No day is known.
    WithoutDay,
}

impl Outlooks {
    /// Those of the agreements that the record covers, on the day that is asked about.
    pub fn of(question: &Question<'_>) -> Self {
        let mut said: BTreeMap<&AgreementId, Vec<&Entry>> = BTreeMap::new();
        for entry in question.record.standing() {
            let is_worked_out = entry.occurrence.is_none_or(|day| day <= question.until);
            if of_an_occurrence(entry) && is_worked_out {
                said.entry(&entry.agreement).or_default().push(entry);
            }
        }
        let each = schedule::of_each(question, |agreement, schedule| {
            let said = said.get(&agreement.id).map_or(&[][..], Vec::as_slice);
            let outlook = Outlook::of(agreement, &schedule, said);
            (agreement.id.clone(), outlook)
        });
        Self(each.into_iter().collect())
    }

    /// The entries that say what became of an occurrence that there is no more, by their numbers, in order.
    pub(super) fn loose(&self) -> impl Iterator<Item = u64> {
        self.0
            .values()
            .flat_map(|outlook| outlook.loose.iter().copied())
    }

    /// The day on which an agreement ends for good, as far as it is known.
    pub(super) fn end(&self, of: &Agreement) -> Option<NaiveDate> {
        self.0.get(&of.id)?.end
    }

    /// Whether the record has all that a tentative agreement waits for.
    pub(super) fn is_settled(&self, of: &Agreement) -> bool {
        self.0.get(&of.id).is_some_and(|outlook| outlook.is_settled)
    }

    /// The parts of an agreement that later ones change, each with what they do to it.
    pub(super) fn amended(&self, of: &Agreement) -> impl Iterator<Item = (&String, &[Amendment])> {
        let outlook = self.0.get(&of.id).into_iter();
        let amended = outlook.flat_map(|outlook| &outlook.amended);
        amended.map(|(part, amendments)| (part, amendments.as_slice()))
    }

    /// Whether anything of an obligation is still to come or goes on.
    pub(super) fn is_live(&self, of: &Agreement, obligation: &Obligation) -> bool {
        self.ahead(of, obligation)
            .is_some_and(|ahead| ahead.live.is_some())
    }

    /// Whether anything of it is, beyond a day.
    pub(super) fn is_live_after(
        &self,
        day: NaiveDate,
        of: &Agreement,
        obligation: &Obligation,
    ) -> bool {
        self.ahead(of, obligation)
            .is_some_and(|ahead| ahead.live > Some(Live::Until(day)))
    }

    /// What the words of an obligation say twice without agreeing.
    pub(super) fn contradictions(&self, of: &Agreement, obligation: &Obligation) -> &[Sentence] {
        self.ahead(of, obligation)
            .map_or(&[], |ahead| &ahead.contradictions)
    }

    fn ahead(&self, of: &Agreement, obligation: &Obligation) -> Option<&Ahead> {
        self.0.get(&of.id)?.obligations.get(&obligation.id)
    }
}

/// Of what is `said` of occurrences of an agreement, the entries that belong to none that there is, by their numbers.
pub(crate) fn loose(agreement: &Agreement, schedule: &Schedule, said: &[&Entry]) -> Vec<u64> {
    if said.is_empty() {
        return Vec::new();
    }
    let of_it = schedule.of_agreement(&agreement.id);
    let taken: BTreeSet<u64> = of_it.flat_map(|o| o.entries.iter().copied()).collect();
    let is_owed = |entry: &&&Entry| {
        let subject = entry.subject.as_deref();
        subject.is_some_and(|id| agreement.obligation(id).is_some())
    };
    let numbers = said
        .iter()
        .filter(is_owed)
        .filter(|entry| !taken.contains(&entry.number));
    numbers.map(|entry| entry.number).collect()
}

/// Whether an entry says what became of one occurrence.
pub(crate) fn of_an_occurrence(entry: &Entry) -> bool {
    matches!(
        entry.kind,
        EntryKind::Met | EntryKind::Waived | EntryKind::Moved
    )
}

impl Outlook {
    /// `said`: the entries that stand and say what became of an occurrence of the agreement's.
    fn of(agreement: &Agreement, schedule: &Schedule, said: &[&Entry]) -> Self {
        let days = schedule.agreements.get(&agreement.id);
        let end = days
            .filter(|days| days.renewed_until.is_none())
            .and_then(|days| days.expires.as_ref())
            .filter(|end| !end.projected);
        let mut obligations: BTreeMap<ObligationId, Ahead> = BTreeMap::new();
        for occurrence in &schedule.occurrences {
            if !is_live(occurrence) && occurrence.contradictions.is_empty() {
                continue;
            }
            let ahead = obligations
                .entry(occurrence.obligation.clone())
                .or_default();
            if is_live(occurrence) {
                let live = occurrence.due.map_or(Live::WithoutDay, Live::Until);
                ahead.live = ahead.live.max(Some(live));
            }
            ahead
                .contradictions
                .extend(occurrence.contradictions.iter().cloned());
            ahead.contradictions.sort_unstable();
            ahead.contradictions.dedup();
        }
        let parts = agreement.obligations.iter().map(|o| o.id.as_str());
        let amended = parts.chain(["expiration"]).filter_map(|part| {
            let amendments = schedule.amendments(agreement, Some(part));
            (!amendments.is_empty()).then(|| (part.to_owned(), amendments.to_vec()))
        });
        Self {
            amended: amended.collect(),
            end: end.map(|end| end.day),
            is_settled: days.is_some_and(|days| days.is_settled),
            loose: loose(agreement, schedule, said),
            obligations,
        }
    }
}
