//! How does it stand? Asked every so often about what has no date of its own.

use super::Desk;
use crate::agreement::Obligation;
use crate::counting::Unit;
use crate::language::{Phrase, Trigger};
use crate::record::EntryKind;
use crate::schedule::{Occurrence, State};
use chrono::{Days, Months, NaiveDate};

/// The latest day that has come on which it is asked: every so often from the day of what it follows, or from the first
/// day of tracking, whichever is later. `None` before what it follows has happened, when there is nothing to ask yet, and once
/// the agreement has ended, unless it survives that.
pub(super) fn day(
    desk: &Desk<'_, '_>,
    obligation: &Obligation,
    occurrence: &Occurrence,
) -> Option<NaiveDate> {
    let every = obligation.review_every.as_deref().and_then(period)?;
    // Of a duty that is owed only in a certain case it is not known that there is anything to ask.
    let is_standing = occurrence.state == State::Standing && obligation.when.is_none();
    let is_asked = is_standing || occurrence.state == State::Undated;
    if !is_asked || !occurrence.waiting_on.is_empty() {
        return None;
    }
    if desk.ended_on.is_some() && !obligation.survives {
        return None;
    }
    let mut anchor = desk.tracked_from(Some(obligation));
    let phrase = obligation.timing.phrase();
    for trigger in phrase.map(|of| of.tree.triggers()).unwrap_or_default() {
        match known(desk, &trigger) {
            Known::On(day) => anchor = anchor.max(day),
            Known::NotYet => return None,
            Known::Elsewhere => {}
        }
    }
    last_step(anchor, every, desk.today)
}

/// What is known here about something that an undated obligation follows.
enum Known {
    On(NaiveDate),
    NotYet,
    /// It is another agreement's business.
    Elsewhere,
}

fn known(desk: &Desk<'_, '_>, trigger: &Trigger) -> Known {
    let day = match trigger {
        Trigger::Obligation(id) => desk
            .occurrences
            .iter()
            .filter(|o| o.obligation == *id)
            .filter_map(|o| match o.state {
                State::Ended => o.due,
                _ => o.met_on,
            })
            .max(),
        Trigger::Event {
            agreement: None,
            event,
        } => {
            let claimed = desk
                .entries
                .iter()
                .filter(|e| e.kind == EntryKind::Happened)
                .filter(|e| e.subject.as_deref() == Some(event.as_str()))
                .filter_map(|e| e.on)
                .max();
            let declared = desk.agreement.event(event.as_str());
            match (
                claimed.or(declared.and_then(|e| Some(e.date?.value))),
                declared,
            ) {
                // The agreement's own days are worked out elsewhere; they are no reason to keep silent.
                (None, None) => return Known::Elsewhere,
                (day, _) => day,
            }
        }
        Trigger::Event { .. } | Trigger::Missed(_) | Trigger::AnyMissed => return Known::Elsewhere,
    };
    day.map_or(Known::NotYet, Known::On)
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
fn period(phrase: &Phrase) -> Option<Period> {
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
