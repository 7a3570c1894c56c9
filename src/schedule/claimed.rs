//! Days that are claimed for one event and differ: by which of them something goes until that is settled, and what the others
//! would give.

use super::answer::{self, Instead};
use super::facts::OfAgreement;
use super::times::{OneTime, Time};
use super::{occurrences, own_term, renewed};
use crate::agreement::{Obligation, Timing};
use crate::deadline::{Answer, Dates, Fact, Facts, OtherReading};
use crate::ids::{AgreementId, EventId};
use crate::language::{Phrase, Trigger};
use crate::record::answers::Claim;
use crate::titles;
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// The days of something by another claim than the one that it goes by, and the facts with that.
pub(super) struct Otherwise<'f> {
    /// Which of its days, where it has several.
    pub(super) place: usize,
    /// What is said of it.
    pub(super) reading: OtherReading,
    pub(super) dates: Dates,
    pub(super) facts: Box<dyn Facts + 'f>,
}

/// What something goes by, and what the other claims would give.
pub(super) struct ByClaims<'f> {
    /// The day that it goes by instead of the one that the facts give.
    pub(super) goes_by: Option<(Trigger, Fact)>,
    pub(super) others: Vec<Otherwise<'f>>,
}

/// Where two days are claimed for an event, both are computed: the earlier is reminded of, the other is shown. Against the
/// day of the file only the days of a limit are moved so by one side's word: no term, no series and no end is.
/// What it goes by instead, where that is not the day that the facts give: an earlier one would take away what the other
/// leaves.
pub(super) fn show_other_claims<'f>(
    obligation: &Obligation,
    phrase: &Phrase,
    facts: &OfAgreement<'_>,
    facts_then: &'f OneTime<'_>,
    answer: &mut Answer,
) -> ByClaims<'f> {
    let time = facts_then.time();
    let mut triggers = phrase.tree.triggers();
    // What names nothing to count from counts from there.
    if !triggers.contains(&Trigger::effective()) {
        triggers.push(Trigger::effective());
    }
    let owed = Owed {
        of: facts,
        obligation,
        phrase,
        time,
    };
    let mut by_claims = ByClaims {
        goes_by: None,
        others: Vec::new(),
    };
    for trigger in triggers {
        let Trigger::Event {
            agreement: None,
            event,
        } = &trigger
        else {
            continue;
        };
        // The day that dates are worked out from, and where it comes from.
        let Fact::Known { day, source } = facts_then.day(&trigger) else {
            continue;
        };
        let mut taken = (day, source);
        let mut taken_by = entries_of(facts, event, time, day);
        let against_the_file =
            (time.is_none() && facts.leaves_the_files_day(event.as_str())).then_some(event);
        let others = other_claims(facts, &trigger, event, time);
        let claims = others.len() + 1;
        for claim in others {
            let (day, by) = (claim.day, facts.source(&claim));
            let as_claimed = |day: NaiveDate, source: Sentence| Instead {
                facts: facts_then,
                trigger: trigger.clone(),
                fact: Fact::Known { day, source },
            };
            let facts_claimed = as_claimed(day, by.clone());
            let other = answer::of(facts, obligation, phrase, &facts_claimed, time);
            for (place, (dates, mut other)) in answer.dates.iter_mut().zip(other.dates).enumerate()
            {
                if !differs(&other, dates) {
                    continue;
                }
                let (mut day, mut by) = (day, by.clone());
                let mut entries = claim.entries.clone();
                let one = ByAClaim {
                    dates,
                    facts: facts_then,
                };
                let another = ByAClaim {
                    dates: &other,
                    facts: &facts_claimed,
                };
                let why = owed.why_shown(one, another, (against_the_file, claims));
                if why.holds {
                    std::mem::swap(dates, &mut other);
                    std::mem::swap(&mut day, &mut taken.0);
                    std::mem::swap(&mut by, &mut taken.1);
                    std::mem::swap(&mut entries, &mut taken_by);
                    dates.other_readings.append(&mut other.other_readings);
                    let (day, source) = taken.clone();
                    by_claims.goes_by = Some((trigger.clone(), Fact::Known { day, source }));
                }
                let claimed = Claimed {
                    day,
                    by: &by,
                    entries: &entries,
                };
                let reading = reading(&trigger, claimed, why.source, (dates, &other));
                dates.other_readings.push(reading.clone());
                by_claims.others.push(Otherwise {
                    place,
                    reading,
                    dates: other,
                    facts: Box::new(as_claimed(day, by)),
                });
            }
        }
    }
    by_claims
}

/// Whether other days are given: the last, or where that is the same, the first.
pub(super) fn differs(other: &Dates, dates: &Dates) -> bool {
    (other.due, other.opens) != (dates.due, dates.opens)
}

/// A day that is claimed, who says so, and the entries that do.
#[derive(Clone, Copy)]
pub(super) struct Claimed<'c> {
    pub(super) day: NaiveDate,
    pub(super) by: &'c Sentence,
    pub(super) entries: &'c [u64],
}

/// What a claim would give, of which `source` says why it is not gone by. `dates` are those that are shown, and those by the
/// claim.
pub(super) fn reading(
    trigger: &Trigger,
    claimed: Claimed<'_>,
    source: Sentence,
    (shown, other): (&Dates, &Dates),
) -> OtherReading {
    let Claimed { day, by, entries } = claimed;
    let date = last_of(other).filter(|last| Some(*last) != last_of(shown));
    // Of what has the same last day by both, the first is told.
    let opens = other.opens.filter(|_| date.is_none());
    let text = if_it_was_on(trigger, day, by);
    OtherReading {
        text: match opens {
            Some(opens) => Sentence::in_each(|language| {
                let (text, opens) = (text.of(language), language.day(opens));
                match language {
                    English => format!("{text}, it opens on {opens}"),
                    Spanish => format!("{text}, se abre el {opens}"),
                }
            }),
            None => text,
        },
        date,
        source,
        is_claimed: true,
        claimed_by: entries.to_vec(),
    }
}

/// In which case a date would be another. What a file declares stands by its id in backticks: readers have its title there.
pub(super) fn if_it_was_on(trigger: &Trigger, day: NaiveDate, by: &Sentence) -> Sentence {
    Sentence::in_each(|language| {
        let (day, by) = (language.day(day), by.of(language));
        match (trigger, language) {
            (own, English) if *own == Trigger::effective() => {
                format!("if it took effect on {day} ({by})")
            }
            (own, Spanish) if *own == Trigger::effective() => {
                format!("si entró en vigor el {day} ({by})")
            }
            (Trigger::Event { agreement, event }, _) => {
                let agreement = agreement.as_ref().map(AgreementId::as_str);
                let event = titles::of_event(language, agreement, event.as_str());
                match language {
                    English => format!("if {event} was on {day} ({by})"),
                    Spanish => format!("si {event} fue el {day} ({by})"),
                }
            }
            (of, English) => format!("if `{}` was done on {day} ({by})", occurrences::name(of)),
            (of, Spanish) => format!("si `{}` se cumplió el {day} ({by})", occurrences::name(of)),
        }
    })
}

/// The entries that claim the day that something goes by.
fn entries_of(
    of: &OfAgreement<'_>,
    event: &EventId,
    time: Option<&Time>,
    day: NaiveDate,
) -> Vec<u64> {
    if let Some(time) = time {
        return time.begun_by.clone();
    }
    let claims = of.claims(event.as_str());
    let claim = claims.all.into_iter().find(|claim| claim.day == day);
    claim.map_or_else(Vec::new, |claim| claim.entries)
}

/// What is claimed beside the day that something goes by.
fn other_claims(
    of: &OfAgreement<'_>,
    trigger: &Trigger,
    event: &EventId,
    time: Option<&Time>,
) -> Vec<Claim> {
    match time {
        None => of.other_claims(event.as_str()),
        Some(time) if time.event == *trigger => time.otherwise.clone(),
        Some(_) => Vec::new(),
    }
}

fn last_of(dates: &Dates) -> Option<NaiveDate> {
    dates.due.or(dates.opens)
}

/// Which of two claimed days holds until one is confirmed or struck out.
struct Shown {
    /// Whether it is the other one, and not the one that dates are worked out from.
    holds: bool,
    source: Sentence,
}

/// What is owed, for one time of an event that repeats or for good.
struct Owed<'x, 'o> {
    of: &'x OfAgreement<'o>,
    obligation: &'x Obligation,
    phrase: &'x Phrase,
    time: Option<&'x Time>,
}

/// Its days by one claim, and the facts with that.
#[derive(Clone, Copy)]
struct ByAClaim<'d> {
    dates: &'d Dates,
    facts: &'d dyn Facts,
}

impl Owed<'_, '_> {
    fn why_shown(
        &self,
        one: ByAClaim<'_>,
        another: ByAClaim<'_>,
        (against_the_file, claims): (Option<&EventId>, usize),
    ) -> Shown {
        if let Some(event) = against_the_file {
            return Shown {
                holds: event.as_str() != "expiration"
                    && self.is_limit()
                    && is_reminded_of(another.dates, one.dates, self.tracked_from()),
                source: if event.as_str() != "expiration" && self.is_limit() {
                    Sentence::written(&[
                        "the day that the file gives holds until every other party has confirmed another; of a limit the earlier is reminded of",
                        "el día que da el archivo rige hasta que todas las demás partes hayan confirmado otro; de un plazo se recuerda el anterior",
                    ])
                } else {
                    what_holds_meanwhile(self.of, event.as_str())
                },
            };
        }
        if self.leaves_nothing(one, another) {
            return Shown {
                holds: true,
                source: nothing_would_be_left(claims),
            };
        }
        Shown {
            holds: false,
            source: the_earlier_is_used(claims),
        }
    }

    /// Whether by one claimed day nothing is left that another leaves: one side's word ends no term that lasts by another's,
    /// and takes nobody's reminders away. A term is over once its last renewal is.
    fn leaves_nothing(&self, one: ByAClaim<'_>, another: ByAClaim<'_>) -> bool {
        let is_gone = |by: ByAClaim<'_>| match &self.obligation.timing {
            Timing::Due(_) if self.is_limit() => {
                by.dates.due.is_some_and(|due| due < self.tracked_from())
            }
            Timing::Lasts { .. } => {
                let last =
                    renewed::last_day(self.of, self.obligation, by.dates, by.facts, self.time);
                last.is_some_and(|last| last < self.of.known().question.today)
            }
            _ => false,
        };
        is_gone(one) && !is_gone(another)
    }

    fn is_limit(&self) -> bool {
        matches!(self.obligation.timing, Timing::Due(_)) && !self.phrase.tree.recurs()
    }

    /// What was due before it is reminded of to nobody.
    fn tracked_from(&self) -> NaiveDate {
        let question = self.of.known().question;
        question.tracked_from(self.of.agreement(), Some(self.obligation))
    }
}

/// What holds until every other party has confirmed a day that is claimed for the agreement itself.
pub(super) fn what_holds_meanwhile(of: &OfAgreement<'_>, event: &str) -> Sentence {
    match event {
        "expiration" => own_term::what_holds_meanwhile(of),
        _ => Sentence::written(&[
            "the day that the file gives holds until every other party has confirmed another",
            "el día que da el archivo rige hasta que todas las demás partes hayan confirmado otro",
        ]),
    }
}

/// By which of so many claimed days something goes, as a rule.
pub(super) fn the_earlier_is_used(claims: usize) -> Sentence {
    if claims <= 2 {
        return Sentence::written(&[
            "two days are claimed; the earlier is used until one is confirmed or struck out",
            "se afirman dos fechas; se usa la anterior hasta que una se confirme o se anule",
        ]);
    }
    Sentence::in_each(|language| match language {
        English => format!(
            "{claims} days are claimed; the earliest is used until one is confirmed or the others are struck out"
        ),
        Spanish => format!(
            "se afirman {claims} fechas; se usa la primera hasta que una se confirme o las demás se anulen"
        ),
    })
}

/// Why it goes by a later one.
pub(super) fn nothing_would_be_left(claims: usize) -> Sentence {
    if claims <= 2 {
        return Sentence::written(&[
            "two days are claimed; by the earlier nothing would be left, so the later is used until one is confirmed or struck out",
            "se afirman dos fechas; con la anterior no quedaría nada, de modo que se usa la posterior hasta que una se confirme o se anule",
        ]);
    }
    Sentence::in_each(|language| match language {
        English => format!(
            "{claims} days are claimed; by the earliest nothing would be left, so a later one is used until one is confirmed or the others are struck out"
        ),
        Spanish => format!(
            "se afirman {claims} fechas; con la primera no quedaría nada, de modo que se usa una posterior hasta que una se confirme o las demás se anulen"
        ),
    })
}

/// Puts the days by another claim in the place of those by which nothing would be left, for what hangs on them.
pub(super) fn go_by_what_is_left(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    phrase: &Phrase,
    facts: &dyn Facts,
    time: Option<&Time>,
    answer: &mut Answer,
) {
    let owed = Owed {
        of,
        obligation,
        phrase,
        time,
    };
    for trigger in phrase.tree.triggers() {
        let Trigger::Event {
            agreement: None,
            event,
        } = &trigger
        else {
            continue;
        };
        if time.is_none() && of.leaves_the_files_day(event.as_str()) {
            continue;
        }
        let others = other_claims(of, &trigger, event, time);
        for claim in others {
            let as_claimed = Instead {
                facts,
                trigger: trigger.clone(),
                fact: Fact::Known {
                    day: claim.day,
                    source: of.source(&claim),
                },
            };
            let other = answer::of(of, obligation, phrase, &as_claimed, time);
            for (dates, other) in answer.dates.iter_mut().zip(other.dates) {
                let one = ByAClaim { dates, facts };
                let another = ByAClaim {
                    dates: &other,
                    facts: &as_claimed,
                };
                if owed.leaves_nothing(one, another) {
                    *dates = other;
                }
            }
        }
    }
}

/// Whether a last day is earlier than another and may still be reminded of: a day before this office looked on takes the
/// reminders away that the other would have.
fn is_reminded_of(one: &Dates, other: &Dates, tracked_from: NaiveDate) -> bool {
    one.due < other.due && one.due.is_some_and(|due| due >= tracked_from)
}
