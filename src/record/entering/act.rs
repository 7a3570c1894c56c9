//! Acts of all sides: what one party proposes, or agrees to by doing the same.

use super::occurrence::{self, Which};
use super::subject::Subject;
use super::{Circumstances, Request, about, how_to_strike, tell_apart};
use crate::agreement::{Agreement, Obligation, Renewal, RenewalKind, Timing};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::record::answers::{Act, ActStage, Rule, acts, is_same_thing};
use crate::record::{Draft, Entry, EntryKind, Record};
use crate::schedule::{self, AmendedTo, Occurrence, Question, RenewalAct, State};
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
    if let Some(begins) = begins(None, given)
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
        RenewalKind::Automatic => end_today(obligation, given),
        _ => end(obligation, given),
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

/// Whether a renewal that the agreement leaves to the option of a party is none that it gives: the option is used up, its
/// window is not open, the term has ended, or the day is another than that on which it would end, had that party renewed it
/// by its words alone. Words that leave less to it too (`up to 3 months`) give every day until then.
fn is_beyond_its_option(
    draft: &Draft,
    subject: Option<Subject<'_>>,
    given: &Circumstances<'_>,
) -> bool {
    let (obligation, _) = named(subject, given);
    let option = renewal(obligation, given.agreement).filter(|r| r.how == RenewalKind::AtOption);
    let Some(option) = option else {
        return false;
    };
    if !is_open(obligation, given) {
        return true;
    }
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
    if !is_left {
        return true;
    }
    let until = draft.to.unwrap_or(given.today);
    let ends = |record: &Record| ends(obligation, record, until, given);
    let (before, after) = (ends(given.record), ends(&record));
    match draft.to {
        // Its `until` leaves nothing more.
        None => after.iter().max() <= before.iter().max(),
        Some(to)
            if option
                .length
                .as_ref()
                .is_some_and(|l| leaves_less(&l.words)) =>
        {
            after.iter().max().is_none_or(|end| to > *end)
        }
        Some(to) => !after.contains(&to),
    }
}

/// Whether a party may use its option today: the term has not ended, and the window for it, where there is one, is open.
fn is_open(obligation: Option<&Obligation>, given: &Circumstances<'_>) -> bool {
    let Some(term) = obligation.or(given.agreement.term.as_deref()) else {
        return true;
    };
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question);
    let periods = schedule.of_obligation(&given.agreement.id, &term.id);
    let last = periods.max_by_key(|period| period.due);
    last.is_none_or(|last| why_closed(last, given.today).is_none())
}

/// Why the option to renew the last period of a term may not be used on a day, where it may not.
pub fn why_closed(last: &Occurrence, today: NaiveDate) -> Option<String> {
    if let Some(end) = last.due.filter(|end| *end < today && !last.projected) {
        return Some(format!("It ended on {}", words::day(end)));
    }
    let window = last
        .renewal
        .as_ref()
        .filter(|days| days.what == RenewalAct::Request)?;
    match (window.opens, window.closes) {
        (Some(opens), _) if today < opens => {
            Some(format!("Its option may be used from {}", words::day(opens)))
        }
        (_, Some(closes)) if today > closes => Some(format!(
            "The last day for its option was {}",
            words::day(closes)
        )),
        _ => None,
    }
}

/// The day on which all parties agreed that a series or a standing duty ends.
pub(super) fn agreed_end(obligation: &Obligation, given: &Circumstances<'_>) -> Option<NaiveDate> {
    let subject = Some(obligation.id.as_str());
    let about: Vec<&Entry> = given
        .record
        .standing()
        .filter(|e| e.agreement == given.agreement.id && e.subject.as_deref() == subject)
        .collect();
    let rule = Rule::new(
        given.office,
        given.agreement,
        &given.record.asked,
        given.today,
    );
    acts(&about, &rule)
        .into_iter()
        .filter(|act| act.kind == EntryKind::Ended && act.agreed_with().is_some())
        .max_by_key(Act::agreed_with)?
        .on
}

/// Whether an entry renewed something at the option of its party and what it renewed it for has begun: others have gone by
/// that since.
pub(super) fn option_in_use(entry: &Entry, given: &Circumstances<'_>) -> bool {
    if entry.kind != EntryKind::Renewed {
        return false;
    }
    let obligation = entry
        .subject
        .as_deref()
        .and_then(|id| given.agreement.obligation(id));
    let holds = acts_about(entry, given.record, given)
        .into_iter()
        .any(|(_, act)| act.entries.contains(&entry.number) && act.agreed_with().is_some());
    let mut record = given.record.clone();
    record.entries.retain(|other| other.number != entry.number);
    let until = entry.to.unwrap_or(given.today);
    let before = ends(obligation, &record, until, given);
    holds && before.iter().max().is_some_and(|end| *end < given.today)
}

/// Whether the words of a length give less than it, too.
pub fn leaves_less(words: &str) -> bool {
    let words = words.to_lowercase();
    [
        "up to",
        "not to exceed",
        "not exceeding",
        "no more than",
        "not more than",
        "no longer than",
        "not longer than",
        "at most",
        "maximum",
    ]
    .iter()
    .any(|most| words.contains(most))
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

/// The last day to which something goes on, by each lawful reading; one later than `until` may be told by its taken reading
/// alone.
fn ends(
    obligation: Option<&Obligation>,
    record: &Record,
    until: NaiveDate,
    given: &Circumstances<'_>,
) -> Vec<NaiveDate> {
    let Some(term) = obligation.or(given.agreement.term.as_deref()) else {
        return Vec::new();
    };
    let question = Question::new(given.office, record, given.today).at_least_until(until);
    let schedule = schedule::schedule(&question);
    let periods = schedule.of_obligation(&given.agreement.id, &term.id);
    let Some(last) = periods.max_by_key(|period| period.due) else {
        return Vec::new();
    };
    let readings = last.other_readings.iter().filter_map(|other| other.date);
    readings.chain(last.due).chain(last.renewed_until).collect()
}

/// A draft as an entry of today, to ask what it would change.
fn as_entry(draft: Draft, given: &Circumstances<'_>) -> Entry {
    let at = Clock::on(given.today, given.office.settings.zone).now();
    draft.into_entry(u64::MAX, at, String::new())
}

fn ended(draft: &Draft, subject: Option<Subject<'_>>, given: &Circumstances<'_>) -> Result<()> {
    let (obligation, what) = named(subject, given);
    if let (Some(on), Some(begins)) = (draft.on, begins(obligation, given))
        && on < begins
    {
        return Err(Error::refused(format!(
            "{what} begins on {}, so it cannot end on {}; type the day again, as --on DATE",
            words::day(begins),
            words::day(on)
        )));
    }
    // What renews itself has another end each time; what all agreed to end may end on a later day after all, as far as it
    // would last without that.
    let mut record = given.record.clone();
    record
        .entries
        .retain(|entry| entry.kind != EntryKind::Ended || entry.agreement != draft.agreement);
    let without = Circumstances {
        record: &record,
        ..*given
    };
    if renewal(obligation, given.agreement).is_none()
        && let (Some(on), Some(end)) = (draft.on, end(obligation, &without))
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

/// The last day of the period that holds today, of a term or of the agreement.
fn end_today(obligation: Option<&Obligation>, given: &Circumstances<'_>) -> Option<NaiveDate> {
    let Some(term) = obligation.filter(|o| matches!(o.timing, Timing::Lasts { .. })) else {
        return end(obligation, given);
    };
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question);
    let periods = schedule.of_obligation(&given.agreement.id, &term.id);
    let ends: Vec<NaiveDate> = periods.filter_map(|period| period.due).collect();
    let to_come = ends.iter().filter(|end| **end >= given.today).min();
    to_come.or(ends.iter().max()).copied()
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

/// The first day of a term, or of the agreement, where it is known for certain.
fn begins(obligation: Option<&Obligation>, given: &Circumstances<'_>) -> Option<NaiveDate> {
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question);
    let agreement = &given.agreement.id;
    let term = obligation.filter(|o| matches!(o.timing, Timing::Lasts { .. }));
    if let Some(term) = term {
        let first = schedule.of_obligation(agreement, &term.id).next();
        let first = first.filter(|first| !first.projected);
        return first.and_then(|first| first.opens.or(first.begins));
    }
    let effective = schedule.agreements.get(agreement)?.effective.as_ref()?;
    (!effective.projected).then_some(effective.day)
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

/// Once more is renewed what was renewed before and has begun.
fn see_that_it_has_begun(number: u64, draft: &Draft, given: &Circumstances<'_>) -> Result<()> {
    let subject = draft.subject.as_deref().unwrap_or_default();
    let obligation = given.agreement.obligation(subject);
    let Some(term) = obligation.or(given.agreement.term.as_deref()) else {
        return Ok(());
    };
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question);
    let periods = schedule.of_obligation(&given.agreement.id, &term.id);
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
