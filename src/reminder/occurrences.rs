//! What is owed about everything that has a day, or is asked about regularly.

use super::chain::{escalation, every_stage, latest, stages};
use super::key::Key;
use super::recipients::{Occasion, Recipient, Settings};
use super::stage::Stage;
use super::{Desk, Matter, Part, renewals, review};
use crate::agreement::Obligation;
use crate::schedule::{Occurrence, State};
use chrono::NaiveDate;

/// The reminders of every occurrence of the agreement.
pub(super) fn owed<'a>(desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
    let mut owed = Vec::new();
    for occurrence in desk.occurrences.iter().copied() {
        let Some(obligation) = desk.agreement.owed(occurrence.obligation.as_str()) else {
            continue;
        };
        let matter = About {
            settings: Settings::of(desk.office, desk.agreement, Some(&obligation.remind)),
            obligation,
            occurrence,
        };
        owed.extend(matter.taken_over(desk));
        owed.extend(matter.stages(desk));
        owed.extend(matter.renewal(desk));
        owed.extend(matter.escalation(desk));
        owed.extend(matter.reviews(desk));
    }
    owed
}

struct About<'a> {
    obligation: &'a Obligation,
    occurrence: &'a Occurrence,
    settings: Settings,
}

impl<'a> About<'a> {
    fn stages(&self, desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
        let tracked_from = desk.tracked_from(Some(self.obligation));
        let stages = stages(
            self.occurrence,
            &self.settings,
            tracked_from,
            self.day_before(desk),
        );
        let Some(day) = self.occurrence.due.or(self.occurrence.opens) else {
            return Vec::new();
        };
        if stages.is_empty() {
            return Vec::new();
        }
        let mut owed = Vec::new();
        for recipient in self.recipients(desk, Occasion::Reminder) {
            let key = |stage| self.key(desk, &recipient, stage, day);
            let told = desk.told.last_day(&key(Stage::Due));
            let moved = told.filter(|before| *before != day);
            if let Some(before) = moved.filter(|_| !desk.told.contains(&key(Stage::Moved))) {
                let mut part = self.part(
                    key(Stage::Moved),
                    format!("told {before} before; it is {day} now"),
                );
                part.before = Some(before);
                owed.push((recipient, part));
            }
            if let Some((stage, on, skipped)) = latest(&stages, desk.told, desk.today, key) {
                let mut part = self.part(key(stage), reason(stage, on, &skipped));
                part.skipped = skipped;
                owed.push((recipient, part));
            }
        }
        owed
    }

    /// When it is decided whether a term, or the agreement, goes on.
    fn renewal(&self, desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
        let tracked_from = desk.tracked_from(Some(self.obligation));
        let stages = renewals::stages(self.occurrence, &self.settings, tracked_from);
        let renewal = renewals::open(self.occurrence);
        let Some(day) = renewal.and_then(renewals::spoken_of) else {
            return Vec::new();
        };
        let hearers = desk.hearers();
        hearers
            .of_renewal(desk.agreement, self.obligation)
            .into_iter()
            .filter_map(|recipient| {
                let key = |stage| self.key(desk, &recipient, stage, day);
                let (stage, on, skipped) = latest(&stages, desk.told, desk.today, key)?;
                let mut part = self.part(key(stage), reason(stage, on, &skipped));
                part.skipped = skipped;
                Some((recipient, part))
            })
            .collect()
    }

    /// Who was told of something that a later agreement has taken over since is told of that, once.
    fn taken_over(&self, desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
        let by = self
            .occurrence
            .amended()
            .filter(|_| self.occurrence.state == State::Superseded);
        let Some(from) = by.and_then(|by| by.from) else {
            return Vec::new();
        };
        let mut owed = Vec::new();
        for recipient in self.recipients(desk, Occasion::Reminder) {
            let key = |stage, day| self.key(desk, &recipient, stage, day);
            let of_one_of_a_series = self.occurrence.due.or(self.occurrence.opens).filter(|day| {
                let mut stages = every_stage(&self.settings).into_iter();
                stages.any(|stage| desk.told.contains(&key(stage, *day)))
            });
            let told = desk.told.last_day(&key(Stage::Due, from));
            let Some(before) = told.or(of_one_of_a_series) else {
                continue;
            };
            let key = key(Stage::Moved, from);
            if !desk.told.contains(&key) {
                let reason = format!("told {before} before; a later agreement has taken it over");
                let mut part = self.part(key, reason);
                part.before = Some(before);
                owed.push((recipient, part));
            }
        }
        owed
    }

    fn escalation(&self, desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
        let tracked_from = desk.tracked_from(Some(self.obligation));
        let Some(on) = escalation(self.occurrence, &self.settings) else {
            return Vec::new();
        };
        let last = self.occurrence.last_day();
        if on > desk.today || last.is_none_or(|last| last < tracked_from) {
            return Vec::new();
        }
        let Some(day) = self.occurrence.due else {
            return Vec::new();
        };
        self.recipients(desk, Occasion::Escalation)
            .into_iter()
            .map(|r| (r, self.key(desk, &r, Stage::Escalated, day)))
            .filter(|(_, key)| !desk.told.contains(key))
            .map(|(r, key)| (r, self.part(key, reason(Stage::Escalated, on, &[]))))
            .collect()
    }

    fn reviews(&self, desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
        let Some(on) = review::day(desk, self.obligation, self.occurrence) else {
            return Vec::new();
        };
        self.recipients(desk, Occasion::Reminder)
            .into_iter()
            .map(|r| (r, self.key(desk, &r, Stage::Review, on)))
            .filter(|(_, key)| !desk.told.contains(key))
            .map(|(r, key)| (r, self.part(key, reason(Stage::Review, on, &[]))))
            .collect()
    }

    fn recipients(&self, desk: &Desk<'a, '_>, occasion: Occasion) -> Vec<Recipient<'a>> {
        let hearers = desk.hearers();
        hearers.of_obligation(desk.agreement, self.obligation, occasion)
    }

    fn key(
        &self,
        desk: &Desk<'_, '_>,
        recipient: &Recipient<'_>,
        stage: Stage,
        day: NaiveDate,
    ) -> Key {
        Key {
            agreement: desk.agreement.id.clone(),
            subject: self.obligation.id.to_string(),
            occurrence: self.occurrence.occurrence,
            about: self.occurrence.for_words.clone().unwrap_or_default(),
            stage,
            recipient: recipient.address(),
            day,
        }
    }

    fn part(&self, key: Key, reason: String) -> Part<'a> {
        Part {
            key,
            matter: Matter::Occurrence(self.occurrence),
            skipped: Vec::new(),
            before: None,
            standing: None,
            asks: None,
            reason,
        }
    }

    /// The last day of the occurrence before this one, in a series.
    fn day_before(&self, desk: &Desk<'_, '_>) -> Option<NaiveDate> {
        self.occurrence.occurrence?;
        let due = self.occurrence.due?;
        desk.occurrences
            .iter()
            .filter(|o| o.obligation == self.obligation.id)
            .filter(|o| o.for_words == self.occurrence.for_words)
            .filter_map(|o| o.due)
            .filter(|day| *day < due)
            .max()
    }
}

fn reason(stage: Stage, on: NaiveDate, skipped: &[Stage]) -> String {
    if skipped.is_empty() {
        return format!("{stage}: its day is {on}");
    }
    let names: Vec<String> = skipped.iter().map(Stage::to_string).collect();
    format!("{stage}: its day is {on}; skipped: {}", names.join(", "))
}
