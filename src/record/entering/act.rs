//! Acts of all sides: what one party proposes, or agrees to by doing the same.

use super::occurrence::{self, Which};
use super::subject::Subject;
use super::{Circumstances, Request, about, how_to_strike, tell_apart};
use crate::agreement::{Agreement, Obligation, Renewal, RenewalKind, Timing};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::record::answers::{Act, ActStage, Rule, acts, is_same_thing};
use crate::record::{Draft, Entry, EntryKind, Record};
use crate::schedule::{self, Question, State};
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
            renewed(&draft, subject, given)?;
            if !matches!(subject, Some(Subject::Obligation(_))) {
                draft.subject = Some(RENEWAL.to_owned());
            }
            draft.proposed = is_beyond_its_option(&draft, subject, given);
        }
        _ => {
            ended(&draft, subject, given)?;
            if !matches!(subject, Some(Subject::Obligation(_))) {
                draft.subject = Some(EXPIRATION.to_owned());
            }
        }
    }
    see_that_it_is_new(draft, given)
}

/// The renewal of a term, or of the agreement itself.
pub(super) fn renewal<'a>(
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
    let end = end(obligation, given);
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

/// Whether a renewal that the agreement leaves to the option of a party goes to a later day than that gives: the day on
/// which it would end, had that party renewed it by its words alone.
fn is_beyond_its_option(
    draft: &Draft,
    subject: Option<Subject<'_>>,
    given: &Circumstances<'_>,
) -> bool {
    let (obligation, _) = named(subject, given);
    let option = renewal(obligation, given.agreement).filter(|r| r.how == RenewalKind::AtOption);
    let (Some(option), Some(to)) = (option, draft.to) else {
        return false;
    };
    let by_its_words = Draft {
        to: None,
        by: option.by.first().or(draft.by.as_ref()).cloned(),
        ..draft.clone()
    };
    let by_its_words = as_entry(by_its_words, given);
    let mut record = given.record.clone();
    record.entries.push(by_its_words.clone());
    let is_left = acts_about(&by_its_words, &record, given)
        .into_iter()
        .any(|(_, act)| act.agreed_with() == Some(by_its_words.number));
    is_left && latest_end(obligation, &record, to, given).is_none_or(|end| to > end)
}

/// The acts about the same as an entry, each with the entry that first made it.
fn acts_about<'r>(
    entry: &Entry,
    record: &'r Record,
    given: &Circumstances<'_>,
) -> Vec<(&'r Entry, Act)> {
    let about: Vec<&Entry> = record
        .standing()
        .filter(|other| (&other.agreement, &other.subject) == (&entry.agreement, &entry.subject))
        .collect();
    let rule = Rule::new(given.office, given.agreement, &record.asked, given.today);
    let first = |act: &Act| {
        let first = act.entries.first().copied()?;
        about.iter().copied().find(|entry| entry.number == first)
    };
    acts(&about, &rule)
        .into_iter()
        .filter_map(|act| Some((first(&act)?, act)))
        .collect()
}

/// The last day to which something goes on, by whichever lawful reading gives the latest; a later one than `until` may be
/// told by its taken reading alone.
fn latest_end(
    obligation: Option<&Obligation>,
    record: &Record,
    until: NaiveDate,
    given: &Circumstances<'_>,
) -> Option<NaiveDate> {
    let term = obligation.or(given.agreement.term.as_deref())?;
    let question = Question::new(given.office, record, given.today).at_least_until(until);
    let schedule = schedule::schedule(&question);
    let last = schedule
        .of_obligation(&given.agreement.id, &term.id)
        .max_by_key(|period| period.due)?;
    let readings = last.other_readings.iter().filter_map(|other| other.date);
    readings.chain(last.due).chain(last.renewed_until).max()
}

/// A draft as an entry of today, to ask what it would change.
fn as_entry(draft: Draft, given: &Circumstances<'_>) -> Entry {
    let at = Clock::on(given.today, given.office.settings.zone).now();
    draft.into_entry(u64::MAX, at, String::new())
}

fn ended(draft: &Draft, subject: Option<Subject<'_>>, given: &Circumstances<'_>) -> Result<()> {
    let (obligation, what) = named(subject, given);
    // What renews itself has another end each time.
    if renewal(obligation, given.agreement).is_none()
        && let (Some(on), Some(end)) = (draft.on, end(obligation, given))
        && on >= end
    {
        return Err(Error::refused(format!(
            "{what} ends on {} anyway; `ended` is for an earlier day, and `renewed` for a later one",
            words::day(end)
        )));
    }
    Ok(())
}

fn named<'a>(
    subject: Option<Subject<'a>>,
    given: &Circumstances<'a>,
) -> (Option<&'a Obligation>, String) {
    match subject {
        Some(Subject::Obligation(obligation)) => (Some(obligation), format!("`{}`", obligation.id)),
        _ => (None, format!("`{}`", given.agreement.id)),
    }
}

/// The last day of a term, or of the agreement, as it stands.
fn end(obligation: Option<&Obligation>, given: &Circumstances<'_>) -> Option<NaiveDate> {
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question);
    let agreement = &given.agreement.id;
    match obligation {
        Some(obligation) if matches!(obligation.timing, Timing::Lasts { .. }) => schedule
            .of_obligation(agreement, &obligation.id)
            .filter_map(|term| term.due)
            .max(),
        Some(_) => None,
        None => {
            let days = schedule.agreements.get(agreement)?;
            days.expires.as_ref().map(|end| end.day)
        }
    }
}

/// One party proposes one thing at a time, and nothing that all have agreed to.
fn see_that_it_is_new(draft: Draft, given: &Circumstances<'_>) -> Result<Draft> {
    let new = as_entry(draft.clone(), given);
    let same_thing: Vec<_> = acts_about(&new, given.record, given)
        .into_iter()
        .filter(|(first, _)| is_same_thing(first, &new))
        .collect();
    let in_force = same_thing
        .iter()
        .filter(|(_, act)| act.agreed_with().is_some())
        .max_by_key(|(_, act)| act.agreed_with());
    for (first, act) in &same_thing {
        let is_same = act.kind == draft.kind && act.to == draft.to && act.on == draft.on;
        let holds = in_force.is_some_and(|(_, other)| other == act);
        let number = first.number;
        match act.stage {
            ActStage::Agreed(_) if is_same && holds => {
                return Err(Error::refused(format!(
                    "all parties have agreed to that with entry {number}; there is nothing to add"
                )));
            }
            ActStage::Proposed if draft.by.as_ref().is_some_and(|by| act.agreed.contains(by)) => {
                let own = act
                    .entries
                    .iter()
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

fn proposal(entry: &Entry) -> String {
    match (entry.kind, entry.to, entry.on) {
        (EntryKind::Moved, Some(to), _) => format!("to move it to {}", words::day(to)),
        (EntryKind::Renewed, Some(to), _) => format!("to renew it to {}", words::day(to)),
        (EntryKind::Renewed, None, _) => "to renew it".to_owned(),
        (EntryKind::Ended, _, Some(on)) => format!("to end it on {}", words::day(on)),
        _ => "to skip it".to_owned(),
    }
}
