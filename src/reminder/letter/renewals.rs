//! What a section says of a term whose renewal is being decided.

use super::super::wording::{self, Renewing};
use super::{Reader, Section, clean, sections};
use crate::agreement::{Obligation, Renewal, RenewalKind, Timing};
use crate::schedule::{NextPeriod, Occurrence, RenewalAct};

/// Puts into the section of a term when its renewal is decided, what happens if nobody does anything, and what to do.
pub(super) fn tell(
    reader: &Reader<'_>,
    obligation: &Obligation,
    occurrence: &Occurrence,
    section: &mut Section,
) {
    let (Some(renewal), Some(days)) = (renewal(obligation), &occurrence.renewal) else {
        return;
    };
    let by = whose_choice(reader, renewal);
    let Some(renewing) = renewing(reader, renewal, &by, occurrence) else {
        return;
    };
    let language = reader.language;
    section
        .lines
        .insert(0, wording::renewal_window(language, renewing));
    section.follows = vec![wording::renewal_otherwise(language, renewing)];
    section.next = wording::renewal_next(language, renewing);
    section.words = sections::limit(reader, &days.words);
    section.steps.extend(sections::steps(reader, &days.steps));
    section.commands = command(reader, obligation, days.what, renewal);
    // The line on how it may be renewed has become a longer one.
    section.afterwards = clean::line(obligation.afterwards.as_deref().unwrap_or_default());
}

/// Puts into the section of a term whose end is told before it comes until when it may still be renewed, and by whom; or that the
/// time for that is over.
pub(super) fn tell_before_the_end(
    reader: &Reader<'_>,
    obligation: &Obligation,
    occurrence: &Occurrence,
    section: &mut Section,
) {
    let Some(renewal) = renewal(obligation) else {
        return;
    };
    if occurrence.next_period == NextPeriod::IsUsedUp && occurrence.renewed_until.is_none() {
        let used_up = wording::renewal_used_up(reader.language);
        section.lines.insert(0, used_up.to_owned());
        wording::renewal_once_used_up(reader.language).clone_into(&mut section.next);
        return;
    }
    let is_named = occurrence.undecided_renewal().is_some();
    // Without a day for it, an option is still nobody's to agree on.
    let is_an_option = renewal.how == RenewalKind::AtOption && occurrence.renewed_until.is_none();
    let is_an_option = is_an_option && occurrence.next_period == NextPeriod::MayFollow;
    if !is_named && !is_an_option {
        return;
    }
    let by = whose_choice(reader, renewal);
    let Some(renewing) = renewing(reader, renewal, &by, occurrence) else {
        return;
    };
    let window = wording::renewal_window(reader.language, renewing);
    if !window.is_empty() {
        section.lines.insert(0, window);
    }
    section.next = wording::renewal_next(reader.language, renewing);
    if renewing.has_closed() {
        section.afterwards = clean::line(obligation.afterwards.as_deref().unwrap_or_default());
    }
}

fn renewal(obligation: &Obligation) -> Option<&Renewal> {
    match &obligation.timing {
        Timing::Lasts { renewal, .. } => renewal.as_deref(),
        _ => None,
    }
}

fn whose_choice(reader: &Reader<'_>, renewal: &Renewal) -> Vec<String> {
    match renewal.how {
        RenewalKind::AtOption => reader.names(&renewal.by),
        RenewalKind::Automatic | RenewalKind::ByAgreement => Vec::new(),
    }
}

fn renewing<'r>(
    reader: &Reader<'_>,
    renewal: &Renewal,
    by: &'r [String],
    occurrence: &Occurrence,
) -> Option<Renewing<'r>> {
    let days = occurrence.renewal.as_ref();
    Some(Renewing {
        what: days.map_or(RenewalAct::Request, |days| days.what),
        opens: days.and_then(|days| days.opens),
        closes: days.and_then(|days| days.closes),
        how: renewal.how,
        by,
        end: occurrence.due?,
        next: occurrence.renewed_until,
        today: reader.facts.today,
    })
}

/// How whoever keeps the record enters it.
fn command(
    reader: &Reader<'_>,
    obligation: &Obligation,
    what: RenewalAct,
    renewal: &Renewal,
) -> Vec<String> {
    if !reader.keeps_the_record() {
        return Vec::new();
    }
    let agreement = reader.agreement;
    let subject = if agreement.is_own_term(obligation) {
        "renewal"
    } else {
        obligation.id.as_str()
    };
    let (kind, by) = match what {
        RenewalAct::Notice => ("notice", reader.party),
        RenewalAct::Request => ("renewed", renewal.by.first().unwrap_or(reader.party)),
    };
    let day = match (what, &renewal.length) {
        (RenewalAct::Notice, _) => " --on YYYY-MM-DD",
        (RenewalAct::Request, Some(_)) => "",
        (RenewalAct::Request, None) => " --to YYYY-MM-DD",
    };
    vec![format!(
        "sideletter record {kind} {}/{subject}{day} --by {by}",
        agreement.id
    )]
}
