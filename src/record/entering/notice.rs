//! Notice, where an agreement asks for it: what stops a renewal that comes by itself.

use super::subject::Subject;
use super::{Circumstances, Request, about, act, how_to_strike, occurrence, tell_apart};
use crate::agreement::{Renewal, RenewalKind};
use crate::error::{Error, Result};
use crate::ids::EventId;
use crate::language::Trigger;
use crate::record::{Draft, Entry, EntryKind};
use crate::schedule::{self, Question, counts_from};
use crate::words;
use chrono::NaiveDate;

/// Notice is about a renewal. It is recorded outside its window too.
pub(super) fn decide(
    mut draft: Draft,
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<Draft> {
    let agreement = &given.agreement.id;
    let obligation = match subject {
        Some(Subject::Obligation(obligation)) => Some(obligation),
        _ => None,
    };
    let what = match obligation {
        Some(obligation) => format!("`{}`", obligation.id),
        None => format!("`{agreement}`"),
    };
    let Some(renewal) = act::renewal(obligation, given.agreement) else {
        let event = Trigger::event(EventId::new("notice"));
        let remedy = match draft.on {
            Some(on) if counts_from(given.agreement, &event) => format!(
                "its words count from notice, which is recorded as an event: sideletter record happened {agreement}/notice --on {on}"
            ),
            _ => format!("to keep a remark: sideletter record noted {agreement} --note \"...\""),
        };
        return Err(Error::refused(format!(
            "{what} has no renewal that notice could stop; {remedy}"
        )));
    };
    if !asks_for_notice(renewal) {
        return Err(Error::refused(format!(
            "no notice is asked for about the renewal of {what}: it goes on only where that is agreed, or chosen; to say so: record renewed; to keep a remark: record noted"
        )));
    }
    tell_apart(&mut draft, occurrence::case(request, subject, given)?);
    if obligation.is_none() {
        draft.subject = Some(act::RENEWAL.to_owned());
    }
    let said_before = given.record.standing().find(|entry| {
        entry.kind == EntryKind::Notice
            && entry.agreement == draft.agreement
            && entry.subject == draft.subject
            && entry.for_words == draft.for_words
            && entry.by == draft.by
            && entry.on == draft.on
    });
    match said_before {
        Some(earlier) => Err(Error::refused(format!(
            "entry {} says so already ({}, about {}); if it is wrong, strike it out first: sideletter {}",
            earlier.number,
            earlier.on.map(words::day).unwrap_or_default(),
            about(earlier),
            how_to_strike(earlier, given.office)
        ))),
        None => Ok(draft),
    }
}

fn asks_for_notice(renewal: &Renewal) -> bool {
    renewal.notice.is_some() || renewal.how == RenewalKind::Automatic
}

/// Whether notice, or another party's word that it was given, has ended a term, or the agreement, and that end has come: others
/// have gone by it since.
pub fn has_ended_it(entry: &Entry, given: &Circumstances<'_>) -> bool {
    let answered = || entry.entry.and_then(|number| given.record.entry(number));
    let is_about_notice = match entry.kind {
        EntryKind::Notice => true,
        EntryKind::Confirmed => answered().is_some_and(|of| of.kind == EntryKind::Notice),
        _ => false,
    };
    if !is_about_notice {
        return false;
    }
    let mut record = given.record.clone();
    record.entries.retain(|other| other.number != entry.number);
    let without = Circumstances {
        record: &record,
        ..*given
    };
    let end = last_day(entry, given);
    end.is_some_and(|end| end < given.today) && last_day(entry, &without) > end
}

/// The last day of what notice is about, as far as it is worked out.
fn last_day(notice: &Entry, given: &Circumstances<'_>) -> Option<NaiveDate> {
    let subject = notice.subject.as_deref();
    let obligation = subject.and_then(|id| given.agreement.obligation(id));
    let term = obligation.unwrap_or(&given.agreement.term);
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question);
    let periods = act::periods(&schedule, term, notice.for_words.as_deref(), given);
    periods.filter_map(|period| period.due).max()
}
