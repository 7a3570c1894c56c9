//! What a request is about: an obligation, an event, or one of the agreement's own days; and whether its kind fits.

use super::super::EntryKind;
use super::{Circumstances, Request, text};
use crate::agreement::{Event, Obligation, Timing};
use crate::error::{Error, Result};
use crate::words;

/// The days that every agreement has, declared or not.
const OWN_DAYS: [&str; 4] = ["signing", "ratification", "effective", "expiration"];

/// What a request is about, below its agreement.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject<'a> {
    Obligation(&'a Obligation),
    Event(&'a Event),
    OwnDay(&'static str),
}

impl<'a> Subject<'a> {
    pub(super) fn id(self) -> &'a str {
        match self {
            Self::Obligation(obligation) => obligation.id.as_str(),
            Self::Event(event) => event.id.as_str(),
            Self::OwnDay(id) => id,
        }
    }
}

/// Finds the subject and sees that such an entry may be made about it. `None`: the agreement as a whole.
pub(super) fn find<'a>(
    request: &Request,
    given: &Circumstances<'a>,
) -> Result<Option<Subject<'a>>> {
    let subject = request
        .subject
        .as_deref()
        .map(|id| named(id, given))
        .transpose()?;
    match request.kind {
        EntryKind::Happened => may_happen(subject, request, given),
        EntryKind::Met => may_be_met(subject, request, given),
        EntryKind::Waived | EntryKind::Moved => may_be_changed(subject, request, given),
        EntryKind::Renewed | EntryKind::Ended | EntryKind::Notice => {
            may_end(subject, request, given)
        }
        EntryKind::Confirmed | EntryKind::Disputed | EntryKind::Noted | EntryKind::Struck => Ok(()),
    }?;
    Ok(subject)
}

fn named<'a>(id: &str, given: &Circumstances<'a>) -> Result<Subject<'a>> {
    let agreement = given.agreement;
    if let Some(obligation) = agreement.obligation(id) {
        return Ok(Subject::Obligation(obligation));
    }
    if let Some(event) = agreement.event(id) {
        return Ok(Subject::Event(event));
    }
    if let Some(own) = OWN_DAYS.into_iter().find(|own| *own == id) {
        return Ok(Subject::OwnDay(own));
    }
    // What some phrases hang on without its being declared, and what only some entries are about.
    if let Some(own) = ["renewal", "notice"].into_iter().find(|own| *own == id) {
        return Ok(Subject::OwnDay(own));
    }
    let known = events(given)
        .into_iter()
        .chain(agreement.obligations.iter().map(|o| o.id.as_str()));
    let remedy = words::did_you_mean(id, known).unwrap_or_else(|| {
        let obligations: Vec<&str> = agreement
            .obligations
            .iter()
            .map(|o| o.id.as_str())
            .collect();
        format!(
            "its events: {}; its obligations: {}",
            events(given).join(", "),
            if obligations.is_empty() {
                "none".to_owned()
            } else {
                obligations.join(", ")
            }
        )
    });
    Err(Error::refused(format!(
        "{} has no obligation or event `{}`; {remedy}",
        agreement.id,
        text::shown(id)
    )))
}

fn may_happen(
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<()> {
    let agreement = &given.agreement.id;
    match subject {
        Some(Subject::Obligation(obligation)) if obligation.when.is_none() => {
            Err(Error::refused(format!(
                "`{}` is an obligation without a condition, so it cannot come about; to say that it was done: sideletter record met {agreement}/{} --on {}",
                obligation.id,
                obligation.id,
                request.on.unwrap_or(given.today)
            )))
        }
        Some(Subject::OwnDay("renewal")) => Err(Error::refused(format!(
            "the renewal of an agreement is an act of all sides: sideletter record renewed {agreement}"
        ))),
        Some(_) => Ok(()),
        None => Err(Error::refused(format!(
            "what happened? Type {agreement}/EVENT, where EVENT is {}",
            words::either(events(given))
        ))),
    }
}

fn may_be_met(
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<()> {
    let agreement = &given.agreement.id;
    let day = request.on.unwrap_or(given.today);
    match subject {
        Some(Subject::Obligation(obligation)) => match obligation.timing {
            Timing::Standing => Err(Error::refused(format!(
                "`{}` is a standing duty, which is never done once and for all; to keep a remark: sideletter record noted {agreement}/{} --note \"...\"",
                obligation.id, obligation.id
            ))),
            Timing::Lasts { .. } => Err(Error::refused(format!(
                "`{}` is a term, which ends by itself; to keep a remark: sideletter record noted {agreement}/{} --note \"...\"",
                obligation.id, obligation.id
            ))),
            Timing::Due(_) | Timing::Every { .. } => Ok(()),
        },
        Some(event) => Err(Error::refused(format!(
            "`{}` is an event, which happens; type: sideletter record happened {agreement}/{} --on {day}",
            event.id(),
            event.id()
        ))),
        None => Err(Error::refused(with_a_limit(given).map_or_else(
            || format!("{agreement} has no obligation that is done on a day"),
            |known| {
                format!("what was done? Type {agreement}/OBLIGATION, where OBLIGATION is {known}")
            },
        ))),
    }
}

/// What is skipped or moved is an obligation with a time limit.
fn may_be_changed(
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<()> {
    let agreement = &given.agreement.id;
    let kind = request.kind.as_str();
    match subject {
        Some(Subject::Obligation(obligation)) => match obligation.timing {
            Timing::Standing => Err(Error::refused(format!(
                "`{0}` is a standing duty, which has no day to be {kind}; if it ends: sideletter record ended {agreement}/{0} --on DATE",
                obligation.id
            ))),
            Timing::Lasts { .. } => Err(Error::refused(format!(
                "`{0}` is a term; if it ends on another day: sideletter record ended {agreement}/{0} --on DATE, or record renewed {agreement}/{0} --to DATE",
                obligation.id
            ))),
            Timing::Due(_) | Timing::Every { .. } => Ok(()),
        },
        Some(Subject::OwnDay("expiration" | "renewal")) => {
            let instead = if given.agreement.renewal.is_some() {
                format!(
                    "put off or brought forward as `renewed` or `ended`: sideletter record renewed {agreement} --to DATE"
                )
            } else {
                format!(
                    "brought forward as `ended`: sideletter record ended {agreement} --on DATE; it names no renewal, so a later day is for a later agreement to give, with [changes] in its file: \"{agreement}/expiration\" = \"DATE\""
                )
            };
            Err(Error::refused(format!(
                "the end of an agreement is {instead}"
            )))
        }
        Some(event) => Err(Error::refused(format!(
            "`{0}` is an event, which happens when it does; what hangs on it may be {kind}; if the day is another: sideletter record happened {agreement}/{0} --on DATE",
            event.id()
        ))),
        None => Err(Error::refused(with_a_limit(given).map_or_else(
            || format!("{agreement} has no obligation that is done on a day"),
            |known| {
                format!("what is {kind}? Type {agreement}/OBLIGATION, where OBLIGATION is {known}")
            },
        ))),
    }
}

/// What goes on, ends or is ended by notice lasts: a term, a series, a standing duty, or the agreement itself.
fn may_end(
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<()> {
    let agreement = &given.agreement.id;
    let kind = request.kind.as_str();
    match subject {
        None | Some(Subject::OwnDay("renewal" | "expiration")) => Ok(()),
        Some(Subject::Obligation(obligation)) => match (&obligation.timing, request.kind) {
            // Whether it has a renewal is seen where that is looked at.
            (Timing::Lasts { .. } | Timing::Standing | Timing::Every { .. }, _)
            | (_, EntryKind::Renewed | EntryKind::Notice) => Ok(()),
            (Timing::Due(_), _) => Err(Error::refused(format!(
                "`{0}` is owed once, so it cannot be ended; if it is skipped: sideletter record waived {agreement}/{0}",
                obligation.id
            ))),
        },
        Some(Subject::OwnDay("notice")) if request.kind == EntryKind::Notice => {
            Err(Error::refused(format!(
                "type `record notice {agreement}/renewal` for notice that stops a renewal; where a time limit hangs on notice: sideletter record happened {agreement}/notice --on DATE"
            )))
        }
        Some(event) => Err(Error::refused(format!(
            "`{}` is an event, about which `{kind}` says nothing; type {agreement}/renewal for the agreement itself, or {agreement}/OBLIGATION",
            event.id()
        ))),
    }
}

/// The obligations that are done on a day, as a list.
fn with_a_limit(given: &Circumstances<'_>) -> Option<String> {
    let obligations: Vec<&str> = given
        .agreement
        .obligations
        .iter()
        .filter(|o| matches!(o.timing, Timing::Due(_) | Timing::Every { .. }))
        .map(|o| o.id.as_str())
        .collect();
    (!obligations.is_empty()).then(|| words::either(obligations))
}

/// The declared events, then the agreement's own days.
fn events<'a>(given: &Circumstances<'a>) -> Vec<&'a str> {
    let declared = given.agreement.events.iter().map(|e| e.id.as_str());
    declared
        .chain(
            OWN_DAYS
                .into_iter()
                .filter(|own| given.agreement.event(own).is_none()),
        )
        .collect()
}
