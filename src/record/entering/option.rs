//! Renewals that an agreement leaves to the option of a party: how far that goes, when it may be used, and when it no longer
//! is that party's alone to take back.

use super::Circumstances;
use super::act::{acts_about, as_entry, named, of_case, periods, renewal};
use super::subject::Subject;
use crate::agreement::{Agreement, Obligation, RenewalKind};
use crate::ids::PartyId;
use crate::record::{Draft, Entry, EntryKind};
use crate::schedule::{self, Occurrence, Question, RenewalAct};
use crate::words;
use chrono::NaiveDate;

/// Whether a renewal that the agreement leaves to the option of a party is none that it gives: the option is used up, its
/// window is not open, the term has ended, or the day is another than that on which it would end, had that party renewed it
/// by its words alone. Words that leave less to it too (`up to 3 months`) give every day until then.
pub(super) fn is_beyond(
    draft: &Draft,
    subject: Option<Subject<'_>>,
    given: &Circumstances<'_>,
) -> bool {
    let (obligation, _) = named(subject, given);
    let option = renewal(obligation, given.agreement).filter(|r| r.how == RenewalKind::AtOption);
    let Some(option) = option else {
        return false;
    };
    if !is_open(obligation, of_case(draft), given) {
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
    let renewed = Circumstances {
        record: &record,
        ..*given
    };
    let is_left = acts_about(&by_its_words, &renewed)
        .into_iter()
        .any(|(_, act)| act.agreed_with() == Some(by_its_words.number));
    if !is_left {
        return true;
    }
    let until = draft.to.unwrap_or(given.today);
    let before = ends(obligation, until, of_case(draft), given);
    let after = ends(obligation, until, of_case(draft), &renewed);
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
fn is_open(
    obligation: Option<&Obligation>,
    of_case: Option<&str>,
    given: &Circumstances<'_>,
) -> bool {
    let term = obligation.unwrap_or(&given.agreement.term);
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question);
    let periods = periods(&schedule, term, of_case, given);
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

/// Whose option was used by which something was renewed, of those who said that it goes on; nobody's, where every party has.
pub fn used_by<'a>(
    renewed: &Entry,
    said_by: &'a [PartyId],
    agreement: &Agreement,
) -> Vec<&'a PartyId> {
    let subject = renewed.subject.as_deref();
    let obligation = subject.and_then(|id| agreement.obligation(id));
    let option = renewal(obligation, agreement)
        .filter(|r| renewed.kind == EntryKind::Renewed && r.how == RenewalKind::AtOption);
    let is_of_all = agreement
        .parties
        .iter()
        .all(|party| said_by.contains(party));
    let Some(option) = option.filter(|_| !is_of_all) else {
        return Vec::new();
    };
    let theirs = |party: &&PartyId| option.by.is_empty() || option.by.contains(party);
    said_by.iter().filter(theirs).collect()
}

/// Whether an entry renewed something at the option of its party, or confirmed what did, and what it renewed it for has begun:
/// others have gone by that since.
pub fn is_in_use(entry: &Entry, given: &Circumstances<'_>) -> bool {
    let renewed = match entry.kind {
        EntryKind::Confirmed => entry.entry.and_then(|number| given.record.entry(number)),
        _ => Some(entry),
    };
    let Some(renewed) = renewed.filter(|entry| entry.kind == EntryKind::Renewed) else {
        return false;
    };
    let obligation = renewed
        .subject
        .as_deref()
        .and_then(|id| given.agreement.obligation(id));
    let holds = acts_about(renewed, given)
        .into_iter()
        .any(|(_, act)| act.entries.contains(&renewed.number) && act.agreed_with().is_some());
    let mut record = given.record.clone();
    record.entries.retain(|other| other.number != entry.number);
    let until = renewed.to.unwrap_or(given.today);
    let without = Circumstances {
        record: &record,
        ..*given
    };
    let before = ends(obligation, until, renewed.for_words.as_deref(), &without);
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

/// The last day to which something goes on, by each lawful reading; one later than `until` may be told by its taken reading
/// alone.
fn ends(
    obligation: Option<&Obligation>,
    until: NaiveDate,
    of_case: Option<&str>,
    given: &Circumstances<'_>,
) -> Vec<NaiveDate> {
    let term = obligation.unwrap_or(&given.agreement.term);
    let question = Question::new(given.office, given.record, given.today).reaching(until);
    let schedule = schedule::schedule(&question);
    let periods = periods(&schedule, term, of_case, given);
    let Some(last) = periods.max_by_key(|period| period.due) else {
        return Vec::new();
    };
    let readings = last.other_readings.iter().filter_map(|other| other.date);
    readings.chain(last.due).chain(last.renewed_until).collect()
}
