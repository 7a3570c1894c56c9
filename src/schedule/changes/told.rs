//! What is said of a change: the steps of `why`, and what to know about it.
//!
//! The text of a step never names the later agreement; its source does. So whoever may not see that agreement still reads
//! what holds, and not who says so.

use super::super::Occurrence;
use super::super::facts::OfAgreement;
use super::{
    AmendedTo, Amendment, AmendmentStage, Later, MOST_REMOVES, To, VOID, deciding, in_the_words_of,
    of, superseding,
};
use crate::agreement::When;
use crate::counting::Step;
use crate::deadline::{Fact, Facts, OtherReading};
use crate::words;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Where a change is said, and since when it holds.
pub(super) fn source(later: &Later<'_>) -> String {
    let by = &later.by.id;
    let mut source = match later.to {
        To::Replaced(agreement, id) if agreement == by => format!("`{agreement}/{id}`"),
        To::Replaced(..) | To::Void | To::Day(_) => {
            format!("`{by}`: \"{}\"", later.change.words())
        }
    };
    if let Some(from) = later.from {
        // Writing to a string cannot fail.
        let _ = write!(source, ", in effect from {}", words::day(from));
    }
    if !later.since.is_empty() {
        let _ = write!(source, " ({})", later.since);
    }
    source
}

/// Says in an occurrence what later agreements do to it: what holds in its steps, what is not in effect yet beside it.
pub(crate) fn tell(
    here: &OfAgreement<'_>,
    part: &str,
    later: &[Later<'_>],
    occurrence: &mut Occurrence,
) {
    for l in later {
        let day = || match in_the_words_of(here, part, later, l)?.0 {
            Fact::Known { day, .. } | Fact::Expected { day, .. } => Some(day),
            Fact::Unknown => None,
        };
        match l.stage {
            AmendmentStage::Holds | AmendmentStage::Overtaken | AmendmentStage::Undone => {
                if let Some(text) = held(l) {
                    occurrence.steps.push(Step {
                        text,
                        date: None,
                        source: source(l),
                    });
                }
            }
            AmendmentStage::Ahead | AmendmentStage::Expected => match (l.to, day()) {
                (To::Day(_), Some(day)) => occurrence.other_readings.push(OtherReading {
                    text: format!("{}, by a later agreement", not_yet(l)),
                    date: Some(day),
                    source: source(l),
                }),
                _ => occurrence.warnings.push(format!(
                    "a later agreement {}, {} ({})",
                    does(l),
                    not_yet(l),
                    source(l)
                )),
            },
            AmendmentStage::Disagrees => occurrence.warnings.push(format!(
                "two later agreements change it from one day on, and neither is followed ({})",
                source(l)
            )),
        }
    }
    follow_on(here, later, occurrence);
    occurrence.amendments = as_amendments(here, part, later);
}

/// What later agreements do to an own day of an agreement, or under [`VOID`] to the whole of it, and not to the one with
/// the other.
pub(crate) fn amendments(here: &OfAgreement<'_>, part: &str) -> Vec<Amendment> {
    let mut later = of(here, part);
    later.retain(|l| l.is_specific == (part != VOID));
    as_amendments(here, part, &later)
}

fn as_amendments(here: &OfAgreement<'_>, part: &str, later: &[Later<'_>]) -> Vec<Amendment> {
    let amendment = |l| amendment(here, part, later, l);
    later.iter().map(amendment).collect()
}

/// A change, without what it is worked out from.
fn amendment(here: &OfAgreement<'_>, part: &str, later: &[Later<'_>], of: &Later<'_>) -> Amendment {
    Amendment {
        by: of.by.id.clone(),
        to: match of.to {
            To::Void => AmendedTo::Void,
            To::Replaced(agreement, id) => AmendedTo::Replaced(agreement.clone(), id.clone()),
            To::Day(_) => AmendedTo::Day(match in_the_words_of(here, part, later, of) {
                Some((Fact::Known { day, .. } | Fact::Expected { day, .. }, _)) => Some(day),
                _ => None,
            }),
        },
        from: of.from,
        stage: of.stage,
    }
}

/// What was put in its place may itself have been replaced: the chain to what is owed now.
fn follow_on(here: &OfAgreement<'_>, later: &[Later<'_>], occurrence: &mut Occurrence) {
    let Some((first, _)) = superseding(later) else {
        return;
    };
    let mut next = Some(first.to);
    let mut seen = BTreeSet::new();
    while let Some(To::Replaced(agreement, id)) = next {
        if seen.len() == MOST_REMOVES || !seen.insert((agreement, id)) {
            return;
        }
        let Some(there) = here.known().question.office.agreement(agreement.as_str()) else {
            return;
        };
        let later = of(&here.of_the(there), id.as_str());
        next = None;
        if let Some((l, from)) = superseding(&later) {
            let what = match l.to {
                To::Void => "void",
                To::Replaced(..) | To::Day(_) => "replaced",
            };
            occurrence.steps.push(Step {
                text: format!(
                    "what took its place is itself {what} from {}",
                    words::weekday_and_day(from)
                ),
                date: None,
                source: source(l),
            });
            next = Some(l.to);
        } else if let Some(l) = deciding(&later).filter(|l| l.by.id != first.by.id) {
            occurrence.steps.push(Step {
                text: "what took its place has another last day".to_owned(),
                date: None,
                source: source(l),
            });
        }
    }
}

/// What a change that is in effect, or was, has done. `None` where a step that moves the day says it.
fn held(l: &Later<'_>) -> Option<String> {
    let from = words::weekday_and_day(l.from?);
    Some(match (l.stage, l.to) {
        (AmendmentStage::Holds, To::Void) => format!("void from {from}, by a later agreement"),
        (AmendmentStage::Holds, To::Replaced(..)) => {
            format!("replaced from {from}, by a later agreement")
        }
        (AmendmentStage::Holds, To::Day(_)) => return None,
        (AmendmentStage::Undone, _) => format!(
            "from {from} a later agreement {}; that agreement is itself void",
            did(l)
        ),
        _ => format!(
            "from {from} a later agreement {}; a still later one decides",
            did(l)
        ),
    })
}

fn did(l: &Later<'_>) -> &'static str {
    match l.to {
        To::Void => "made it void",
        To::Replaced(..) => "replaced it",
        To::Day(_) => "gave it another day",
    }
}

fn does(l: &Later<'_>) -> &'static str {
    match l.to {
        To::Void => "makes it void",
        To::Replaced(..) => "replaces it",
        To::Day(_) => "gives it another day",
    }
}

/// When a change will be in effect.
fn not_yet(l: &Later<'_>) -> String {
    match (l.stage, l.from) {
        (AmendmentStage::Ahead, Some(from)) => format!("from {} on", words::weekday_and_day(from)),
        (_, Some(from)) => format!(
            "once it is in effect, expected on {}",
            words::weekday_and_day(from)
        ),
        (_, None) => "once it is in effect".to_owned(),
    }
}

/// Where the effective day of an agreement comes from, in a bracket after it: its words, and the entries of the record that
/// tell the days that they hang on.
pub(super) fn since(by: &OfAgreement<'_>, source: String) -> String {
    let phrase = match &by.agreement().effective {
        Some(When::Phrase(phrase)) if source.ends_with(&format!("\"{}\"", phrase.words)) => phrase,
        Some(When::On(..)) => return String::new(),
        _ => return source,
    };
    let mut since = format!("\"{}\"", phrase.words);
    for trigger in phrase.tree.triggers() {
        if let Fact::Known { source, .. } = by.day(&trigger) {
            let name = super::super::occurrences::name(&trigger);
            // Writing to a string cannot fail.
            let _ = write!(since, "; {name}: {source}");
        }
    }
    since
}
