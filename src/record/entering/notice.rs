//! Notice, where an agreement asks for it: what stops a renewal that comes by itself.

use super::subject::Subject;
use super::{Circumstances, about, how_to_strike};
use crate::agreement::{Renewal, RenewalKind};
use crate::error::{Error, Result};
use crate::ids::EventId;
use crate::language::Trigger;
use crate::record::{Draft, EntryKind};
use crate::schedule::counts_from;
use crate::words;

/// Notice is about a renewal. It is recorded outside its window too.
pub(super) fn decide(
    mut draft: Draft,
    subject: Option<Subject<'_>>,
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
    let Some(renewal) = super::act::renewal(obligation, given.agreement) else {
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
    if obligation.is_none() {
        draft.subject = Some(super::act::RENEWAL.to_owned());
    }
    let said_before = given.record.standing().find(|entry| {
        entry.kind == EntryKind::Notice
            && entry.agreement == draft.agreement
            && entry.subject == draft.subject
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
