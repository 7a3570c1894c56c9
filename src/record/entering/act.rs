//! Acts of all sides: what one party proposes, or agrees to by doing the same.

use super::occurrence::{self, Which};
use super::subject::Subject;
use super::{Circumstances, Request, about, how_to_strike, option, tell_apart};
use crate::agreement::{Agreement, Obligation, Renewal, RenewalKind, Timing};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::record::answers::{Act, ActStage, acts, is_same_thing};
use crate::record::{Draft, Entry, EntryKind};
use crate::schedule::{self, AmendedTo, Occurrence, Question, Schedule, State, takes_the_place_of};
use crate::words;
use chrono::NaiveDate;

/// What an act about the agreement's own going on is recorded under.
pub(super) const RENEWAL: &str = "renewal";

/// What an act that ends the agreement is recorded under.
const EXPIRATION: &str = "expiration";

/// An act names what it is about and the day that it brings, and says something new.
pub(super) fn decide(
    mut draft: Draft,
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<Draft> {
    match (request.kind, subject) {
        (EntryKind::Waived | EntryKind::Moved, Some(Subject::Obligation(obligation))) => {
            let which = occurrence::the_one(request, obligation, given)?;
            see_what_it_changes(obligation, &which, request, given)?;
            tell_apart(&mut draft, Some(which));
        }
        (EntryKind::Renewed, _) => {
            tell_apart(&mut draft, occurrence::case(request, subject, given)?);
            renewed(&draft, subject, given)?;
            if !matches!(subject, Some(Subject::Obligation(_))) {
                draft.subject = Some(RENEWAL.to_owned());
            }
            draft.proposed = option::is_beyond(&draft, subject, given);
        }
        _ => {
            tell_apart(&mut draft, occurrence::case(request, subject, given)?);
            ended(&draft, subject, given)?;
            if !matches!(subject, Some(Subject::Obligation(_))) {
                draft.subject = Some(EXPIRATION.to_owned());
            }
        }
    }
    see_that_it_is_new(draft, given)
}

/// The renewal of a term, or of the agreement itself.
pub fn renewal<'a>(
    obligation: Option<&'a Obligation>,
    agreement: &'a Agreement,
) -> Option<&'a Renewal> {
    match obligation.map(|obligation| &obligation.timing) {
        Some(Timing::Lasts { renewal, .. }) => renewal.as_deref(),
        Some(_) => None,
        None => agreement.renewal.as_ref(),
    }
}

fn see_what_it_changes(
    obligation: &Obligation,
    which: &Which,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<()> {
    let id = &obligation.id;
    if which.state == Some(State::Superseded)
        && let Some(taken_over) = &which.taken_over
    {
        let in_its_place = match &taken_over.to {
            AmendedTo::Replaced(agreement, obligation) => {
                format!("`{agreement}/{obligation}` stands in its place, and may be named instead")
            }
            _ => format!("by `{}`", taken_over.by),
        };
        return Err(Error::refused(format!(
            "`{id}` is owed no more: {in_its_place}"
        )));
    }
    if matches!(which.state, Some(State::Met | State::MetLate)) {
        return Err(Error::refused(format!(
            "`{id}` is recorded as done, so there is nothing to {}; if that is wrong, strike it out or dispute it first: sideletter log {}",
            if request.kind == EntryKind::Moved {
                "move"
            } else {
                "skip"
            },
            given.agreement.id
        )));
    }
    if request.kind != EntryKind::Moved {
        return Ok(());
    }
    let Some(to) = request.to else {
        return Err(Error::refused(
            "to which day? Say the new last day as --to YYYY-MM-DD",
        ));
    };
    if let Some(begins) = begins(None, None, given)
        && to < begins
        && which.last_day.is_some_and(|last| last >= begins)
        && given
            .agreement
            .signed
            .is_none_or(|signed| to < signed.value)
    {
        return Err(Error::refused(format!(
            "`{}` begins on {}, so nothing under it is put off to {}; type the day again, as --to DATE",
            given.agreement.id,
            words::day(begins),
            words::day(to)
        )));
    }
    if which.last_day == Some(to) && which.state != Some(State::Waived) {
        return Err(Error::refused(format!(
            "the last day of `{id}` is {} already; name another as --to",
            words::day(to)
        )));
    }
    Ok(())
}

fn renewed(draft: &Draft, subject: Option<Subject<'_>>, given: &Circumstances<'_>) -> Result<()> {
    let (obligation, what) = named(subject, given);
    let Some(renewal) = renewal(obligation, given.agreement) else {
        return Err(Error::refused(format!(
            "{what} names no renewal, so there is nothing to renew; an agreement of all sides that it goes on is an amendment: a file of its own, with [changes]"
        )));
    };
    let end = match renewal.how {
        // What renews itself has no last period: the end is that of the one that holds today.
        RenewalKind::Automatic => end_today(obligation, of_case(draft), given),
        _ => end(obligation, of_case(draft), given),
    };
    match (draft.to, end) {
        (Some(to), Some(end)) if to <= end => Err(Error::refused(format!(
            "{what} lasts through {} as it stands; a renewal ends later: name a later day as --to",
            words::day(end)
        ))),
        (None, _) if renewal.length.is_none() => Err(Error::refused(format!(
            "{what} does not say for how long it is renewed; say the new last day as --to YYYY-MM-DD"
        ))),
        _ => Ok(()),
    }
}

/// The case of what repeats that a draft speaks of.
pub(super) fn of_case(draft: &Draft) -> Option<&str> {
    draft.for_words.as_deref()
}

/// The periods of a term, or of the agreement; of one case alone, where it has several.
pub(super) fn periods<'s>(
    schedule: &'s Schedule,
    term: &'s Obligation,
    of_case: Option<&'s str>,
    given: &'s Circumstances<'_>,
) -> impl Iterator<Item = &'s Occurrence> {
    schedule.of_case(&given.agreement.id, &term.id, of_case)
}

/// The day on which all parties agreed that a series or a standing duty ends.
pub(super) fn agreed_end(obligation: &Obligation, given: &Circumstances<'_>) -> Option<NaiveDate> {
    let about = given.about(Some(obligation.id.as_str()));
    acts(&about, &given.rule())
        .into_iter()
        .filter(|act| act.kind == EntryKind::Ended && act.agreed_with().is_some())
        .max_by_key(Act::agreed_with)?
        .on
}

/// The acts about the same as an entry, each with the entry that first made it.
pub(super) fn acts_about<'r>(entry: &Entry, given: &Circumstances<'r>) -> Vec<(&'r Entry, Act)> {
    let about = given.about_the_end(entry.subject.as_deref());
    let first = |act: &Act| {
        let first = act.entries.first().copied()?;
        about.iter().copied().find(|entry| entry.number == first)
    };
    acts(&about, &given.rule())
        .into_iter()
        .filter_map(|act| Some((first(&act)?, act)))
        .collect()
}

/// A draft as an entry of today, to ask what it would change.
pub(super) fn as_entry(draft: Draft, given: &Circumstances<'_>) -> Entry {
    let at = Clock::on(given.today, given.office.settings.zone).now();
    draft.into_entry(u64::MAX, at, String::new())
}

fn ended(draft: &Draft, subject: Option<Subject<'_>>, given: &Circumstances<'_>) -> Result<()> {
    let (obligation, what) = named(subject, given);
    if let (Some(on), Some(begins)) = (draft.on, begins(obligation, of_case(draft), given))
        && on < begins
    {
        return Err(Error::refused(format!(
            "{what} begins on {}, so it cannot end on {}; type the day again, as --on DATE",
            words::day(begins),
            words::day(on)
        )));
    }
    // What renews itself has another end each time; what all agreed to end, or said to have ended, may end on a later day
    // after all, as far as it would last without that.
    let mut record = given.record.clone();
    let says_that_it_ends = |entry: &Entry| match entry.kind {
        EntryKind::Ended => true,
        EntryKind::Happened => entry.subject.as_deref() == Some(EXPIRATION),
        _ => false,
    };
    record
        .entries
        .retain(|entry| entry.agreement != draft.agreement || !says_that_it_ends(entry));
    let without = Circumstances {
        record: &record,
        ..*given
    };
    if renewal(obligation, given.agreement).is_none()
        && let (Some(on), Some(end)) = (draft.on, end(obligation, of_case(draft), &without))
        && on >= end
    {
        return Err(Error::refused(format!(
            "{what} ends on {} anyway, and may not be renewed; `ended` is for an earlier day, and a later one is for a later agreement to give, with [changes] in its file: \"{}/{}\" = \"{on}\"",
            words::day(end),
            given.agreement.id,
            obligation.map_or("expiration", |obligation| obligation.id.as_str())
        )));
    }
    Ok(())
}

pub(super) fn named<'a>(
    subject: Option<Subject<'a>>,
    given: &Circumstances<'a>,
) -> (Option<&'a Obligation>, String) {
    match subject {
        Some(Subject::Obligation(obligation)) => (Some(obligation), format!("`{}`", obligation.id)),
        _ => (None, format!("`{}`", given.agreement.id)),
    }
}

/// The last day of the period that holds today, of a term or of the agreement.
fn end_today(
    obligation: Option<&Obligation>,
    of_case: Option<&str>,
    given: &Circumstances<'_>,
) -> Option<NaiveDate> {
    let Some(term) = obligation.filter(|o| matches!(o.timing, Timing::Lasts { .. })) else {
        return end(obligation, of_case, given);
    };
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question);
    let periods = periods(&schedule, term, of_case, given);
    let ends: Vec<NaiveDate> = periods.filter_map(|period| period.due).collect();
    let to_come = ends.iter().filter(|end| **end >= given.today).min();
    to_come.or(ends.iter().max()).copied()
}

/// The last day of a term, or of the agreement, as it stands.
fn end(
    obligation: Option<&Obligation>,
    of_case: Option<&str>,
    given: &Circumstances<'_>,
) -> Option<NaiveDate> {
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question);
    let agreement = &given.agreement.id;
    match obligation {
        Some(obligation) if matches!(obligation.timing, Timing::Lasts { .. }) => {
            periods(&schedule, obligation, of_case, given)
                .filter_map(|term| term.due)
                .max()
        }
        Some(_) => None,
        None => {
            let days = schedule.agreements.get(agreement)?;
            days.expires
                .as_ref()
                .filter(|end| !end.projected)
                .map(|end| end.day)
        }
    }
}

/// The first day of a term, or of the agreement, where it is known for certain.
fn begins(
    obligation: Option<&Obligation>,
    of_case: Option<&str>,
    given: &Circumstances<'_>,
) -> Option<NaiveDate> {
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question);
    let agreement = &given.agreement.id;
    let term = obligation.filter(|o| matches!(o.timing, Timing::Lasts { .. }));
    if let Some(term) = term {
        let first = periods(&schedule, term, of_case, given).next();
        let first = first.filter(|first| !first.projected);
        return first.and_then(|first| first.opens.or(first.begins));
    }
    let effective = schedule.agreements.get(agreement)?.effective.as_ref()?;
    (!effective.projected).then_some(effective.day)
}

/// One party proposes one thing at a time, and nothing that all have agreed to.
fn see_that_it_is_new(draft: Draft, given: &Circumstances<'_>) -> Result<Draft> {
    let new = as_entry(draft.clone(), given);
    let same_thing: Vec<_> = acts_about(&new, given)
        .into_iter()
        .filter(|(first, _)| is_same_thing(first, &new))
        .collect();
    let in_force = same_thing
        .iter()
        .filter(|(_, act)| act.agreed_with().is_some())
        .max_by_key(|(_, act)| act.agreed_with());
    for (first, act) in &same_thing {
        let is_same = act.kind == draft.kind && act.to == draft.to && act.on == draft.on;
        let holds = in_force.is_some_and(|(_, other)| other == act)
            && !(is_same && is_taken_over(act, &draft, given));
        let number = first.number;
        match act.stage {
            ActStage::Agreed(_)
                if is_same && holds && draft.kind == EntryKind::Renewed && draft.to.is_none() =>
            {
                see_that_it_has_begun(number, &draft, given)?;
            }
            ActStage::Agreed(_) if is_same && holds => {
                return Err(Error::refused(format!(
                    "all parties have agreed to that with entry {number}; there is nothing to add"
                )));
            }
            ActStage::Proposed if given.rule().uses_an_option(&new, first) => {}
            ActStage::Proposed if draft.by.as_ref().is_some_and(|by| act.agreed.contains(by)) => {
                let entries = act.entries.iter();
                let own = entries
                    .filter_map(|n| given.record.entry(*n))
                    .find(|entry| entry.by == draft.by);
                return Err(Error::refused(match own {
                    Some(own) => format!(
                        "entry {} proposes {} already, about {}; to propose something else, strike it out first: sideletter {}",
                        own.number,
                        proposal(own),
                        about(own),
                        how_to_strike(own, given.office)
                    ),
                    None => {
                        format!("entry {number} was confirmed already; it waits for the others")
                    }
                }));
            }
            _ => {}
        }
    }
    Ok(draft)
}

/// Whether a later agreement in effect has taken the place of what all had agreed to: then they may agree to it anew.
fn is_taken_over(act: &Act, draft: &Draft, given: &Circumstances<'_>) -> bool {
    let with = act.agreed_with().and_then(|with| given.record.entry(with));
    let Some(entered) = with.map(|with| given.rule().day_of(with)) else {
        return false;
    };
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question);
    let amendments = schedule.amendments(given.agreement, draft.subject.as_deref());
    let mut since = amendments
        .iter()
        .filter_map(|by| takes_the_place_of(by, entered));
    since.any(|from| from < given.today)
}

/// Once more is renewed what was renewed before and has begun.
fn see_that_it_has_begun(number: u64, draft: &Draft, given: &Circumstances<'_>) -> Result<()> {
    let subject = draft.subject.as_deref().unwrap_or_default();
    let obligation = given.agreement.obligation(subject);
    let term = obligation.unwrap_or(&given.agreement.term);
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question);
    let periods = periods(&schedule, term, of_case(draft), given);
    let last = periods.max_by_key(|period| period.due);
    let Some((begins, end)) = last.and_then(|last| last.begins.zip(last.due)) else {
        return Ok(());
    };
    if begins <= given.today {
        return Ok(());
    }
    Err(Error::refused(format!(
        "entry {number} renews it through {} already; once that has begun, on {}, it may be renewed once more in the same words; to go further today, name the day: --to YYYY-MM-DD",
        words::day(end),
        words::day(begins)
    )))
}

fn proposal(entry: &Entry) -> String {
    match (entry.kind, entry.to, entry.on) {
        (EntryKind::Moved, Some(to), _) => format!("to move it to {}", words::day(to)),
        (EntryKind::Renewed, Some(to), _) => format!("to renew it to {}", words::day(to)),
        (EntryKind::Renewed, None, _) => "to renew it".to_owned(),
        (EntryKind::Ended, _, Some(on)) => format!("to end it on {}", words::day(on)),
        _ => "to skip it".to_owned(),
    }
}
