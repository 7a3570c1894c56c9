//! What is owed about everything that has a day, or is asked about regularly.

use super::chain::{after_the_last_day, escalation, every_stage, latest, may_be_told_of, stages};
use super::key::{Key, Named};
use super::recipients::{Occasion, Recipient, Settings};
use super::stage::Stage;
use super::{Desk, Matter, Part, Skipped, renewals, review};
use crate::agreement::{Obligation, RenewalKind, Timing};
use crate::schedule::{Occurrence, OccurrenceKind, State};
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
        if !may_be_told_of(self.occurrence) {
            return Vec::new();
        }
        let mut owed = Vec::new();
        for recipient in self.recipients(desk, Occasion::Reminder) {
            let key = |stage| self.key(desk, &recipient, stage, day);
            let moved = self.moved(desk, key(Stage::Moved));
            owed.extend(moved.map(|part| (recipient, part)));
            let begins = self.begins_later(desk, self.occurrence.opens, key(Stage::Opens));
            owed.extend(begins.map(|part| (recipient, part)));
            let after = after_the_last_day(&self.settings);
            if let Some((stage, on, skipped)) = latest(&stages, after, desk.told, desk.today, key) {
                let mut part = self.part(key(stage), reason(stage, on, &skipped));
                part.skipped = skipped;
                part.before = desk.told.known_until_released(&key(Stage::Moved));
                owed.push((recipient, part));
            }
        }
        owed
    }

    /// That the day which `key` speaks of is another than its recipient was told before.
    fn moved(&self, desk: &Desk<'a, '_>, key: Key) -> Option<Part<'a>> {
        if desk.told.is_gone(&key) {
            let reason = format!("told that its day stood no more; it is {} now", key.day);
            return Some(self.part(desk.told.anew(key), reason));
        }
        let of_the_term = self.end_that_was_told(desk, &key);
        let before = of_the_term.or_else(|| desk.told.last_day(&key))?;
        if before == key.day {
            return None;
        }
        let reason = format!("told {before} before; it is {} now", key.day);
        let mut part = self.part(desk.told.anew(key), reason);
        part.before = Some(before);
        Some(part)
    }

    /// The day that was told as the end of a term, where the term has another end now, which is this period's. A period is called by
    /// its end: where that moves, none of the schedule has the name of the one that was told of, and the period now is in its
    /// place. Where it was renewed since, it has its name, and another follows on it.
    fn end_that_was_told(&self, desk: &Desk<'a, '_>, key: &Key) -> Option<NaiveDate> {
        if self.occurrence.kind != OccurrenceKind::Term {
            return None;
        }
        let periods = || {
            desk.occurrences.iter().copied().filter(|o| {
                o.obligation == self.obligation.id && o.for_words == self.occurrence.for_words
            })
        };
        let (called, day) = desk.told.last_occurrence(key)?;
        let is_of_its_end = key.named().is_none();
        // As long as there is only one, it has no name.
        let told = periods().find(|o| o.occurrence == called).or_else(|| {
            let mut unnamed = periods().filter(|_| called.is_none() && is_of_its_end);
            unnamed.find(|o| o.due == Some(day))
        });
        let now = match told {
            // Of another period another day is told when that is decided.
            Some(told) if is_of_its_end && self.was_told_as_the_end(desk, key, (called, day)) => {
                self.goes_on(told, periods)
            }
            Some(_) => None,
            // What has passed by now has not moved, unless the period that was told of lasts still.
            None => periods().find(|o| {
                let lasts = o.begins.is_some_and(|begins| begins <= day) && is_of_its_end;
                o.due.is_none_or(|end| end >= desk.today) && (day >= desk.today || lasts)
            }),
        }?;
        (now.occurrence == self.occurrence.occurrence).then_some(day)
    }

    /// Whether a recipient was told of a period that the term ends with it. Of what renews itself, that one has moved says only when
    /// it ends or goes on.
    fn was_told_as_the_end(
        &self,
        desk: &Desk<'_, '_>,
        key: &Key,
        (occurrence, day): (Option<NaiveDate>, NaiveDate),
    ) -> bool {
        let told = |stage| Key {
            occurrence,
            stage,
            day,
            ..key.clone()
        };
        let before = self.settings.before.iter().copied().map(Stage::Before);
        let mut stages = before.chain([Stage::Ended]);
        !renews_itself(self.obligation) || stages.any(|stage| desk.told.contains(&told(stage)))
    }

    /// The period with which the term ends as things stand, where another follows since on the one that was told of; of what renews
    /// itself, the next.
    fn goes_on<'o, P: Iterator<Item = &'o Occurrence>>(
        &self,
        told: &'o Occurrence,
        periods: impl Fn() -> P,
    ) -> Option<&'o Occurrence> {
        let after = |of: &Occurrence| {
            let end = of.renewed_until?;
            periods().find(|next| next.due == Some(end) && of.due < next.due)
        };
        let mut last = after(told)?;
        if !renews_itself(self.obligation) {
            while let Some(next) = after(last) {
                last = next;
            }
        }
        Some(last)
    }

    /// That what was told to have begun, at the stage of `told`, begins later.
    fn begins_later(
        &self,
        desk: &Desk<'a, '_>,
        opens: Option<NaiveDate>,
        told: Key,
    ) -> Option<Part<'a>> {
        let opens = opens.filter(|opens| *opens > desk.today && desk.told.contains(&told))?;
        let key = Key {
            stage: Stage::Moved,
            day: opens,
            ..told
        };
        let key = key.of(Named::Opening);
        let reason = format!("told that its time had begun; it begins on {opens} now");
        let is_known = desk.told.last_day(&key) == Some(opens);
        (!is_known).then(|| self.part(desk.told.anew(key), reason))
    }

    /// When it is decided whether a term, or the agreement, goes on.
    fn renewal(&self, desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
        let tracked_from = desk.tracked_from(Some(self.obligation));
        let stages = renewals::stages(self.occurrence, &self.settings, tracked_from);
        let renewal = renewals::open(self.occurrence);
        let Some(day) = renewal.and_then(renewals::spoken_of) else {
            return Vec::new();
        };
        let opens = renewal.and_then(|renewal| renewal.opens);
        let mut owed = Vec::new();
        for recipient in desk.hearers().of_renewal(desk.agreement, self.obligation) {
            let key = |stage| self.key(desk, &recipient, stage, day);
            let moved = self.moved(desk, key(Stage::Moved).of(Named::Renewal));
            let has_moved = moved.is_some();
            owed.extend(moved.map(|part| (recipient, part)));
            let begins = self.begins_later(desk, opens, key(Stage::RenewalOpens));
            owed.extend(begins.map(|part| (recipient, part)));
            if let Some((stage, on, skipped)) = latest(&stages, [], desk.told, desk.today, key) {
                let mut part = self.part(key(stage), reason(stage, on, &skipped));
                // Of another day a message went out then.
                part.skipped = if has_moved { Vec::new() } else { skipped };
                let moved = key(Stage::Moved).of(Named::Renewal);
                part.before = desk.told.known_until_released(&moved);
                owed.push((recipient, part));
            }
        }
        owed
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
            let key = key(Stage::Moved, from);
            let told = desk.told.last_day(&key);
            let Some(before) = told.or(of_one_of_a_series) else {
                continue;
            };
            // After that day was told, the one before may have been told again.
            let is_known = desk.told.contains(&key) && told.is_none_or(|told| told == from);
            if !is_known && !desk.told.is_gone(&key) {
                let reason = format!("told {before} before; a later agreement has taken it over");
                let mut part = self.part(desk.told.anew(key), reason);
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
            told_in: None,
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

fn renews_itself(obligation: &Obligation) -> bool {
    match &obligation.timing {
        Timing::Lasts { renewal, .. } => {
            let renewal = renewal.as_deref();
            renewal.is_some_and(|renewal| renewal.how == RenewalKind::Automatic)
        }
        _ => false,
    }
}

fn reason(stage: Stage, on: NaiveDate, skipped: &[Skipped]) -> String {
    if skipped.is_empty() {
        return format!("{stage}: its day is {on}");
    }
    let names: Vec<String> = skipped.iter().map(|of| of.stage.to_string()).collect();
    format!("{stage}: its day is {on}; skipped: {}", names.join(", "))
}
