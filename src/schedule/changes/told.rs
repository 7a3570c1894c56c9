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
use crate::words::Language::{self, English, Spanish};
use crate::words::Sentence;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Where a change is said, and since when it holds.
pub(super) fn source(later: &Later<'_>) -> Sentence {
    Sentence::in_each(|language| source_in(language, later))
}

fn source_in(language: Language, later: &Later<'_>) -> String {
    let by = &later.by.id;
    let mut source = match later.to {
        To::Replaced(agreement, id) if agreement == by => format!("`{agreement}/{id}`"),
        To::Replaced(..) | To::Void | To::Day(_) => {
            format!("`{by}`: \"{}\"", later.change.words())
        }
    };
    if let Some(from) = later.from {
        let from = language.day(from);
        let since = match language {
            English => format!(", in effect from {from}"),
            Spanish => format!(", en vigor desde el {from}"),
        };
        source.push_str(&since);
    }
    if let Some(void) = later.void.filter(|void| later.from < Some(*void)) {
        let void = language.day(void);
        let void = match language {
            English => format!(", void from {void}"),
            Spanish => format!(", sin efecto desde el {void}"),
        };
        source.push_str(&void);
    }
    if !later.since.is_empty() {
        // Writing to a string cannot fail.
        let _ = write!(source, " ({})", later.since.of(language));
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
                    text: Sentence::in_each(|language| {
                        let when = not_yet(language, l);
                        match language {
                            English => format!("{when}, by a later agreement"),
                            Spanish => format!("{when}, por un acuerdo posterior"),
                        }
                    }),
                    date: Some(day),
                    source: source(l),
                    is_claimed: false,
                    claimed_by: Vec::new(),
                }),
                _ => occurrence.warnings.push(Sentence::in_each(|language| {
                    let source = source_in(language, l);
                    let (does, when) = (does(language, l), not_yet(language, l));
                    match language {
                        English => format!("a later agreement {does}, {when} ({source})"),
                        Spanish => format!("un acuerdo posterior {does}, {when} ({source})"),
                    }
                })),
            },
            AmendmentStage::Disagrees => occurrence.warnings.push(Sentence::in_each(|language| {
                let source = source_in(language, l);
                match language {
                    English => format!(
                        "two later agreements change it from one day on, and neither is followed ({source})"
                    ),
                    Spanish => format!(
                        "dos acuerdos posteriores lo cambian desde el mismo día, y no se sigue ninguno ({source})"
                    ),
                }
            })),
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
            occurrence.steps.push(Step {
                text: Sentence::in_each(|language| {
                    let from = language.weekday_and_day(from);
                    match (l.to, language) {
                        (To::Void, English) => {
                            format!("what took its place is itself void from {from}")
                        }
                        (To::Void, Spanish) => {
                            format!(
                                "lo que ocupó su lugar queda a su vez sin efecto desde el {from}"
                            )
                        }
                        (_, English) => {
                            format!("what took its place is itself replaced from {from}")
                        }
                        (_, Spanish) => format!(
                            "lo que ocupó su lugar queda a su vez sustituido desde el {from}"
                        ),
                    }
                }),
                date: None,
                source: source(l),
            });
            next = Some(l.to);
        } else if let Some(l) = deciding(&later).filter(|l| l.by.id != first.by.id) {
            occurrence.steps.push(Step {
                text: Sentence::written(&[
                    "what took its place has another last day",
                    "lo que ocupó su lugar tiene otro último día",
                ]),
                date: None,
                source: source(l),
            });
        }
    }
}

/// What a change that is in effect, or was, has done. `None` where a step that moves the day says it.
fn held(l: &Later<'_>) -> Option<Sentence> {
    let from = l.from?;
    if let (AmendmentStage::Holds, To::Day(_)) = (l.stage, l.to) {
        return None;
    }
    Some(Sentence::in_each(|language| {
        let from = language.weekday_and_day(from);
        let did = did(language, l);
        match (l.stage, l.to, language) {
            (AmendmentStage::Holds, To::Void, English) => {
                format!("void from {from}, by a later agreement")
            }
            (AmendmentStage::Holds, To::Void, Spanish) => {
                format!("sin efecto desde el {from}, por un acuerdo posterior")
            }
            (AmendmentStage::Holds, _, English) => {
                format!("replaced from {from}, by a later agreement")
            }
            (AmendmentStage::Holds, _, Spanish) => {
                format!("sustituido desde el {from}, por un acuerdo posterior")
            }
            (AmendmentStage::Undone, _, English) => {
                format!("from {from} a later agreement {did}; that agreement is itself void")
            }
            (AmendmentStage::Undone, _, Spanish) => format!(
                "desde el {from} un acuerdo posterior {did}; ese acuerdo queda a su vez sin efecto"
            ),
            (_, _, English) => {
                format!("from {from} a later agreement {did}; a still later one decides")
            }
            (_, _, Spanish) => {
                format!("desde el {from} un acuerdo posterior {did}; decide otro aún más reciente")
            }
        }
    }))
}

fn did(language: Language, l: &Later<'_>) -> &'static str {
    match (l.to, language) {
        (To::Void, English) => "made it void",
        (To::Void, Spanish) => "lo dejó sin efecto",
        (To::Replaced(..), English) => "replaced it",
        (To::Replaced(..), Spanish) => "lo sustituyó",
        (To::Day(_), English) => "gave it another day",
        (To::Day(_), Spanish) => "le fijó otra fecha",
    }
}

fn does(language: Language, l: &Later<'_>) -> &'static str {
    match (l.to, language) {
        (To::Void, English) => "makes it void",
        (To::Void, Spanish) => "lo deja sin efecto",
        (To::Replaced(..), English) => "replaces it",
        (To::Replaced(..), Spanish) => "lo sustituye",
        (To::Day(_), English) => "gives it another day",
        (To::Day(_), Spanish) => "le fija otra fecha",
    }
}

/// When a change will be in effect.
fn not_yet(language: Language, l: &Later<'_>) -> String {
    let from = l.from.map(|from| language.weekday_and_day(from));
    match (l.stage, from, language) {
        (AmendmentStage::Ahead, Some(from), English) => format!("from {from} on"),
        (AmendmentStage::Ahead, Some(from), Spanish) => format!("a partir del {from}"),
        (_, Some(from), English) => format!("once it is in effect, expected on {from}"),
        (_, Some(from), Spanish) => {
            format!("cuando entre en vigor, lo que se espera para el {from}")
        }
        (_, None, English) => "once it is in effect".to_owned(),
        (_, None, Spanish) => "cuando entre en vigor".to_owned(),
    }
}

/// Where the effective day of an agreement comes from, in a bracket after it: its words, and the entries of the record that
/// tell the days that they hang on.
pub(super) fn since(by: &OfAgreement<'_>, source: Sentence) -> Sentence {
    let phrase = match &by.agreement().effective {
        Some(When::Phrase(phrase)) if source.ends_with(&format!("\"{}\"", phrase.words)) => phrase,
        Some(When::On(..)) => return Sentence::verbatim(""),
        _ => return source,
    };
    let triggers = phrase.tree.triggers();
    let known = triggers.iter().filter_map(|trigger| match by.day(trigger) {
        Fact::Known { source, .. } => Some((super::super::occurrences::name(trigger), source)),
        Fact::Expected { .. } | Fact::Unknown => None,
    });
    let known: Vec<(String, Sentence)> = known.collect();
    Sentence::in_each(|language| {
        let mut since = format!("\"{}\"", phrase.words);
        for (name, source) in &known {
            // Writing to a string cannot fail.
            let _ = write!(since, "; {name}: {}", source.of(language));
        }
        since
    })
}
