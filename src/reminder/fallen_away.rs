//! Days that were told and stand no more: what they rested on was taken back, or what they belonged to ended before them.

use super::chain::{is_reminded_of, may_be_told_of};
use super::hearers::Hearers;
use super::key::{Key, Named};
use super::recipients::{Occasion, Recipient};
use super::stage::Stage;
use super::told::{Told, ToldDay};
use super::vanished::is_done;
use super::{Desk, InItsPlace, Matter, Part};
use crate::agreement::{Agreement, Obligation, Timing};
use crate::ids::{AgreementId, ObligationId};
use crate::language::Trigger;
use crate::office::Receives;
use crate::schedule::{Occurrence, State};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// How far ahead series are worked out: of a day after that nobody knows whether it stands.
const HORIZON: Days = Days::new(366);

/// Whoever was told such a day is told, once, that it stands no more.
pub(super) fn owed<'a>(desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
    let mut by_obligation: BTreeMap<&str, Vec<&'a Occurrence>> = BTreeMap::new();
    for occurrence in desk.occurrences.iter().copied() {
        let of = by_obligation.entry(occurrence.obligation.as_str());
        of.or_default().push(occurrence);
    }
    let agreement = desk.agreement;
    let mut owed = Vec::new();
    for obligation in agreement
        .obligations
        .iter()
        .chain(std::iter::once(&*agreement.term))
    {
        let id = obligation.id.as_str();
        let now = by_obligation.get(id).map_or(&[][..], Vec::as_slice);
        let mut fallen = desk.told.days_of(&agreement.id, id).peekable();
        if fallen.peek().is_none() {
            continue;
        }
        let fallen: Vec<ToldDay<'_>> = fallen
            .filter(|told| has_fallen_away(obligation, now, told, desk.today))
            .collect();
        if fallen.is_empty() {
            continue;
        }
        for recipient in hearers(desk.hearers(), agreement, obligation) {
            let address = recipient.address();
            let of_it = || fallen.iter().filter(|told| told.recipient == address);
            for told in of_it() {
                let mut in_its_place = in_its_place(desk, obligation, now, told);
                if is_past(now, told, desk.today)
                    && !was_written(desk.told, &agreement.id, id, told)
                    && !has_moved(desk, obligation, (told, in_its_place), of_it())
                {
                    continue;
                }
                // Who hears of escalations alone is told of no day ahead.
                if let InItsPlace::Another(other) = in_its_place {
                    if recipient.contact.receives == Receives::Reminders {
                        owed.push((recipient, moved_to(desk, obligation, other, told)));
                    } else {
                        in_its_place = InItsPlace::Next(other);
                    }
                }
                owed.push((recipient, part(desk, obligation, in_its_place, told)));
            }
        }
    }
    owed
}

/// Who may have been told of a day: also the contacts for escalations.
pub(super) fn hearers<'a>(
    hearers: Hearers<'a>,
    agreement: &Agreement,
    obligation: &Obligation,
) -> Vec<Recipient<'a>> {
    [Occasion::Reminder, Occasion::Escalation]
        .into_iter()
        .flat_map(|occasion| hearers.of_obligation(agreement, obligation, occasion))
        .collect()
}

pub(super) fn part<'a>(
    desk: &Desk<'a, '_>,
    obligation: &'a Obligation,
    in_its_place: InItsPlace<'a>,
    told: &ToldDay<'_>,
) -> Part<'a> {
    let key = key(
        &desk.agreement.id,
        obligation.id.as_str(),
        told,
        (told.occurrence, told.day),
    );
    Part {
        key: desk.told.anew(key.of(Named::Gone)),
        matter: Matter::FallenAway(obligation, in_its_place),
        told_in: None,
        skipped: Vec::new(),
        before: Some(told.day),
        standing: None,
        asks: None,
        reason: format!("told {} before; that day stands no more", told.day),
    }
}

/// That the day which was told has become that of another occurrence of its series.
fn moved_to<'a>(
    desk: &Desk<'a, '_>,
    obligation: &Obligation,
    other: &'a Occurrence,
    told: &ToldDay<'_>,
) -> Part<'a> {
    let day = other.due.unwrap_or(told.day);
    let key = key(
        &desk.agreement.id,
        obligation.id.as_str(),
        told,
        (other.occurrence, day),
    );
    Part {
        key: desk.told.anew(key),
        matter: Matter::Occurrence(other),
        told_in: None,
        skipped: Vec::new(),
        before: Some(told.day),
        standing: None,
        asks: None,
        reason: format!("told {} before; it is {day} now", told.day),
    }
}

fn key(
    agreement: &AgreementId,
    obligation: &str,
    told: &ToldDay<'_>,
    (occurrence, day): (Option<NaiveDate>, NaiveDate),
) -> Key {
    Key {
        agreement: agreement.clone(),
        subject: obligation.to_owned(),
        occurrence,
        about: told.which.to_owned(),
        stage: Stage::Moved,
        recipient: told.recipient.to_owned(),
        day,
    }
}

/// What there is now in the place of a day that stands no more: where the days of a series are others now, the nearest is the one that
/// was told of, unless its own day was told too.
fn in_its_place<'a>(
    desk: &Desk<'a, '_>,
    obligation: &Obligation,
    now: &[&'a Occurrence],
    told: &ToldDay<'_>,
) -> InItsPlace<'a> {
    let same = same(now, told);
    if same.is_some() || !is_called_by_its_day(desk.agreement, obligation) {
        return InItsPlace::NoDay(same);
    }
    let tracked_from = desk.tracked_from(Some(obligation));
    let is_past = is_past(now, told, desk.today);
    // What is past and was never told, or was before tracking, is the new day of nothing that was still to come.
    let is_known = |o: &Occurrence, day: NaiveDate| {
        let key = key(
            &desk.agreement.id,
            obligation.id.as_str(),
            told,
            (o.occurrence, day),
        );
        desk.told.last_day(&key).is_some()
            || day >= desk.today.max(tracked_from)
            || (is_past && is_reminded_of(o) && day >= tracked_from)
    };
    let days = || {
        let of_it = now.iter().copied().filter(|o| {
            may_be_told_of(o) && o.for_words.as_deref().unwrap_or_default() == told.which
        });
        // Each time of an event that repeats has its own.
        let of_it = of_it.filter(|o| o.begun.by.is_empty());
        let dated = of_it.filter_map(|o| Some((o.due?, o)));
        dated.filter(|(day, o)| is_known(o, *day))
    };
    let far = |day: NaiveDate| (day - told.day).num_days().abs();
    let Some((day, nearest)) = days().min_by_key(|(day, _)| far(*day)) else {
        return InItsPlace::NoDay(None);
    };
    let key = key(
        &desk.agreement.id,
        obligation.id.as_str(),
        told,
        (nearest.occurrence, day),
    );
    if desk.told.last_day(&key).is_none() || desk.told.is_gone(&key) {
        return InItsPlace::Another(nearest);
    }
    let ahead = days().filter(|(day, _)| *day >= desk.today);
    let next = ahead.min_by_key(|(day, _)| *day);
    next.map_or(InItsPlace::NoDay(None), |(_, next)| InItsPlace::Next(next))
}

/// Whether its occurrences are called by their days, each in the place of one before where those are others: it recurs, or is counted
/// from an end that may be put off.
fn is_called_by_its_day(agreement: &Agreement, obligation: &Obligation) -> bool {
    let Timing::Due(phrase) = &obligation.timing else {
        return matches!(obligation.timing, Timing::Every { .. });
    };
    let is_a_term = |id: &ObligationId| {
        let of = agreement.obligation(id.as_str());
        of.is_some_and(|of| matches!(of.timing, Timing::Lasts { .. }))
    };
    let triggers = phrase.tree.triggers();
    triggers.iter().any(|named| match named {
        Trigger::Event { event, .. } => event.as_str() == "expiration",
        Trigger::Obligation(id) => is_a_term(id),
        _ => false,
    })
}

/// Whether a day that was told is past, and nothing of it is listed any more: what it was told of keeps it, unless it has moved.
fn is_past(now: &[&Occurrence], told: &ToldDay<'_>, today: NaiveDate) -> bool {
    told.day < today && told.which.is_empty() && same(now, told).is_none()
}

/// Whether a message was written that a day stands no more, which has not left: it is told also where that day is past by now.
pub(super) fn was_written(
    told: &Told,
    agreement: &AgreementId,
    obligation: &str,
    day: &ToldDay<'_>,
) -> bool {
    if !told.may_take_back(agreement, obligation) {
        return false;
    }
    let key = key(agreement, obligation, day, (day.occurrence, day.day));
    told.was_withdrawn(&told.anew(key.of(Named::Gone)))
}

/// Whether a day that is past has become another that is reminded of, and is the nearest of those that were told to that one:
/// of a series that nobody has kept up with for long, one moves and not all. `told`: with what there is in its place.
fn has_moved<'t>(
    desk: &Desk<'_, '_>,
    obligation: &Obligation,
    (told, in_its_place): (&ToldDay<'_>, InItsPlace<'_>),
    mut others: impl Iterator<Item = &'t ToldDay<'t>>,
) -> bool {
    let InItsPlace::Another(other) = in_its_place else {
        return false;
    };
    let Some(day) = other.due.filter(|_| is_reminded_of(other)) else {
        return false;
    };
    let far = |of: &ToldDay<'_>| (day - of.day).num_days().abs();
    others.all(|of| far(told) <= far(of))
        && !is_done(desk.record, &desk.agreement.id, obligation, told)
}

/// Whether a day that was told stands no more. `now`: every occurrence of its obligation. What was done, reported, waived or
/// taken over keeps the day that it had.
pub(super) fn has_fallen_away(
    obligation: &Obligation,
    now: &[&Occurrence],
    told: &ToldDay<'_>,
    today: NaiveDate,
) -> bool {
    if let Some(same) = same(now, told) {
        let waits = matches!(
            same.state,
            State::Waiting | State::Undated | State::Standing
        );
        return waits
            && (same.projected
                || same.due.or(same.opens).is_none()
                || is_on_condition(same, obligation));
    }
    let horizon = today.checked_add_days(HORIZON);
    if horizon.is_some_and(|horizon| told.day > horizon) {
        return false;
    }
    let is_term = matches!(obligation.timing, Timing::Lasts { .. });
    let goes_by_another_name = |o: &&Occurrence| {
        let is_same_day = !o.projected && o.due.or(o.opens) == Some(told.day);
        // A period is called by its end: where that has moved, the one that holds now is the same.
        let holds = is_term && o.due.is_none_or(|end| end >= today);
        o.for_words.as_deref().unwrap_or_default() == told.which && (is_same_day || holds)
    };
    !now.iter().any(goes_by_another_name)
}

/// It waits although it has a day: whether its condition has come about is open.
fn is_on_condition(occurrence: &Occurrence, obligation: &Obligation) -> bool {
    obligation.when.is_some() && occurrence.state == State::Waiting
}

/// The occurrence that a day was told of, as it is now.
fn same<'a>(now: &[&'a Occurrence], told: &ToldDay<'_>) -> Option<&'a Occurrence> {
    now.iter().copied().find(|o| {
        o.occurrence == told.occurrence && o.for_words.as_deref().unwrap_or_default() == told.which
    })
}
