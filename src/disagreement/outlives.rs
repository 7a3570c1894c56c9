//! A letter that outlives all that it amends.

use super::Outlooks;
use crate::agreement::{Agreement, Obligation, Status, Timing, When};
use crate::diagnostic::Diagnostic;
use crate::office::Office;
use crate::rules::outlives_what_it_amends;
use crate::source::Span;
use chrono::NaiveDate;

/// One for each letter in force of which something is still owed after everything that it amends has ended.
///
/// A letter does not end with its contract unless one of the two says so (California PERB, Decision 2213E): nothing is
/// ended here, and somebody should know.
pub(super) fn find(office: &Office, outlooks: &Outlooks) -> Vec<Diagnostic> {
    let in_force = office
        .agreements
        .iter()
        .filter(|agreement| agreement.status == Status::InForce);
    in_force
        .filter_map(|letter| {
            let (of, ended) = last_to_end(office, letter, outlooks)?;
            let own_end = outlooks.end(letter);
            if own_end.is_none() && letter.expires.is_some() || own_end.is_some_and(|d| d <= ended)
            {
                return None;
            }
            let owed: Vec<&Obligation> = letter
                .obligations
                .iter()
                .filter(|o| !o.survives && is_owed_after(ended, letter, o, outlooks))
                .collect();
            (!owed.is_empty()).then(|| {
                outlives_what_it_amends::fault(span(letter), &of.id, ended, own_end, owed.len())
            })
        })
        .collect()
}

/// Of what a letter amends, the one that ends last; `None` where it amends nothing, or anything of it has no end that is
/// known, or renews itself.
fn last_to_end<'a>(
    office: &'a Office,
    letter: &Agreement,
    outlooks: &Outlooks,
) -> Option<(&'a Agreement, NaiveDate)> {
    let ends: Option<Vec<_>> = letter
        .amends
        .iter()
        .map(|id| {
            let of = office.agreement(id.as_str())?;
            Some((of, outlooks.end(of)?))
        })
        .collect();
    ends?.into_iter().max_by_key(|(_, day)| *day)
}

fn is_owed_after(
    day: NaiveDate,
    letter: &Agreement,
    obligation: &Obligation,
    outlooks: &Outlooks,
) -> bool {
    // A series is worked out for a year ahead alone.
    let has_no_end = matches!(
        obligation.timing,
        Timing::Every {
            until: None,
            times: None,
            ..
        }
    );
    if has_no_end {
        outlooks.is_live(letter, obligation)
    } else {
        outlooks.is_live_after(day, letter, obligation)
    }
}

/// Where the letter says when it ends, or could.
fn span(letter: &Agreement) -> Span {
    match &letter.expires {
        Some(When::On(_, span)) => *span,
        Some(When::Phrase(phrase)) => phrase.span,
        None => letter.amends_at.unwrap_or(letter.front_matter),
    }
}
