//! What is owed about everything that has a day, or is asked about regularly.

use super::chain::{escalation, latest, stages};
use super::key::Key;
use super::recipients::{Occasion, Recipient, Settings, recipients};
use super::stage::Stage;
use super::{Desk, Matter, Part};
use crate::agreement::Obligation;
use crate::counting::Unit;
use crate::language::Phrase;
use crate::schedule::{Occurrence, State};
use chrono::{Days, Months, NaiveDate};

/// The reminders of every occurrence of the agreement.
pub(super) fn owed<'a>(desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
    let mut owed = Vec::new();
    for occurrence in desk.occurrences.iter().copied() {
        let Some(obligation) = desk.agreement.obligation(occurrence.obligation.as_str()) else {
            continue;
        };
        let matter = About {
            settings: Settings::of(desk.office, desk.agreement, Some(&obligation.remind)),
            obligation,
            occurrence,
        };
        owed.extend(matter.stages(desk));
        owed.extend(matter.escalation(desk));
        owed.extend(matter.review(desk));
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

    /// How does it stand? Asked every so often about what has no date, from its trigger's day or from the first day of
    /// tracking, whichever is later; of several days that have come, only the latest.
    fn review(&self, desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
        let tracked_from = desk.tracked_from(Some(self.obligation));
        let Some(every) = self.obligation.review_every.as_ref().and_then(review_step) else {
            return Vec::new();
        };
        if self.occurrence.state != State::Undated || self.occurrence.projected {
            return Vec::new();
        }
        let trigger = self.occurrence.begins.or(self.occurrence.opens);
        let anchor = trigger.map_or(tracked_from, |day| day.max(tracked_from));
        let Some(on) = last_step(anchor, every, desk.today) else {
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
        recipients(
            desk.office,
            desk.agreement,
            &self.obligation.visibility,
            self.settings.to.as_deref(),
            occasion,
            desk.today,
        )
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

/// The time between two questions.
#[derive(Clone, Copy, Debug)]
struct Period {
    months: u32,
    days: u64,
}

/// The latest day `anchor + k periods`, k from 1, that has come. Never counted from the one before, so that months do
/// not drift.
fn last_step(anchor: NaiveDate, every: Period, today: NaiveDate) -> Option<NaiveDate> {
    (1_u32..)
        .map_while(|k| {
            anchor
                .checked_add_months(Months::new(every.months.checked_mul(k)?))?
                .checked_add_days(Days::new(every.days.checked_mul(k.into())?))
        })
        .take_while(|day| *day <= today)
        .last()
}

/// How long a phrase such as `2 weeks` is. Working days are taken as days: a review is a courtesy and needs no more.
fn review_step(phrase: &Phrase) -> Option<Period> {
    let length = phrase.tree.lengths().into_iter().next()?;
    let mut period = Period { months: 0, days: 0 };
    for (number, unit) in length.0 {
        let days = |each: u64| u64::from(number).checked_mul(each);
        let months = |each: u32| number.checked_mul(each);
        match unit {
            Unit::Hour => period.days += u64::from(number).div_ceil(24),
            Unit::Day | Unit::Open(_) => period.days += days(1)?,
            Unit::Week => period.days += days(7)?,
            Unit::HalfMonth => period.days += days(15)?,
            Unit::Month => period.months = period.months.checked_add(months(1)?)?,
            Unit::Quarter => period.months = period.months.checked_add(months(3)?)?,
            Unit::Year => period.months = period.months.checked_add(months(12)?)?,
        }
    }
    // A period of no length would never end.
    (period.months > 0 || period.days > 0).then_some(period)
}
