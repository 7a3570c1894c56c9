//! What a section says of a term whose renewal is being decided.

use super::super::wording::{self, Renewing};
use super::{Reader, Section, clean, sections};
use crate::agreement::{Obligation, Renewal, RenewalKind, Timing};
use crate::schedule::{Occurrence, RenewalAct};

/// Puts into the section of a term when its renewal is decided, what happens if nobody does anything, and what to do.
pub(super) fn tell(
    reader: &Reader<'_>,
    obligation: &Obligation,
    occurrence: &Occurrence,
    section: &mut Section,
) {
    let Timing::Lasts {
        renewal: Some(renewal),
        ..
    } = &obligation.timing
    else {
        return;
    };
    let (Some(days), Some(end)) = (&occurrence.renewal, occurrence.due) else {
        return;
    };
    let by = match renewal.how {
        RenewalKind::AtOption => reader.names(&renewal.by),
        RenewalKind::Automatic | RenewalKind::ByAgreement => Vec::new(),
    };
    let renewing = Renewing {
        days,
        how: renewal.how,
        by: &by,
        end,
        next: occurrence.renewed_until,
        today: reader.facts.today,
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
