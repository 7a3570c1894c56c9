//! Terms over their successive periods: each is an occurrence of its own.

use super::acts::{self, Act};
use super::answer;
use super::claimed::Otherwise;
use super::facts::OfAgreement;
use super::periods::{Period, Periods, Renewable};
use super::times::Time;
use super::{Occurrence, OccurrenceKind, matter, renewals};
use crate::agreement::{Obligation, Renewal, RenewalKind, Timing};
use crate::deadline::{Answer, Dates, Fact, Facts, OtherReading};
use crate::record::EntryKind;
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// The periods of a term whose first is `first`. `others`: what that would be by other claims.
pub(super) fn occurrences(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    mut first: Occurrence,
    facts: &dyn Facts,
    time: Option<&Time>,
    others: &[&Otherwise<'_>],
) -> Vec<Occurrence> {
    let question = of.known().question;
    let (Some(end), OccurrenceKind::Term) = (first.nominal, first.kind) else {
        return vec![first];
    };
    // How often a term that has not begun for certain will be renewed is nobody's concern yet.
    if first.projected || !came_about(of, obligation, time) {
        let agreement = of.agreement();
        let counting = obligation.counting.as_ref().unwrap_or(&agreement.counting);
        first.renewal = renewal(obligation)
            .and_then(|renewal| renewals::days(renewal, end, None, counting, facts));
        return vec![first];
    }
    let acts = acts_about(of, obligation, time);
    let begins = first.opens.or(first.begins);
    let periods = term(of, obligation, begins, end, facts, &acts);
    let spoken_of = acts::days_spoken_of(of, &[obligation.id.as_str()]);
    let all = periods.listed(question, &spoken_of);
    let by_others = others.iter().filter(|other| !other.dates.projected);
    let by_others = by_others.filter_map(|other| {
        let dates = &other.dates;
        let (begins, end) = (dates.opens.or(dates.begins), dates.nominal?);
        let facts = other.facts.as_ref();
        let periods = term(of, obligation, begins, end, facts, &acts);
        Some((&other.reading, periods))
    });
    let by_others: Vec<(&OtherReading, Periods<'_>)> = by_others.collect();
    let is_told_of_each = |shown: &OtherReading| by_others.iter().any(|(of, _)| *of == shown);
    first.other_readings.retain(|shown| !is_told_of_each(shown));
    let otherwise =
        |number: u32, end: NaiveDate| -> Vec<OtherReading> { by_claims(&by_others, number, end) };
    each(&first, all, is_automatic(renewal(obligation)), &otherwise)
}

/// What the end of a period would be by other claims, where that is another day; and of the first what else they would change.
pub(super) fn by_claims(
    others: &[(&OtherReading, Periods<'_>)],
    number: u32,
    end: NaiveDate,
) -> Vec<OtherReading> {
    let otherwise = others.iter().filter_map(|(reading, periods)| {
        let other = periods.end(number)?;
        if other != end {
            return Some(OtherReading {
                date: Some(other),
                ..(*reading).clone()
            });
        }
        (number == 0 && reading.date.is_none()).then(|| (*reading).clone())
    });
    otherwise.collect()
}

/// The periods as occurrences, made from the first. `otherwise` is told which period it is asked about, and its end.
pub(super) fn each(
    first: &Occurrence,
    periods: Vec<Period>,
    automatic: bool,
    otherwise: &dyn Fn(u32, NaiveDate) -> Vec<OtherReading>,
) -> Vec<Occurrence> {
    let several = automatic || periods.iter().any(|period| period.number > 0);
    let occurrence = |period: Period| {
        let mut occurrence = first.clone();
        if period.number > 0 {
            occurrence.opens = first.opens.and(period.begins);
            occurrence.begins = period.begins;
            occurrence.steps.clear();
            occurrence.other_readings.clear();
        }
        if several {
            occurrence.occurrence = Some(period.called);
        }
        occurrence.due = Some(period.end);
        occurrence.nominal = Some(period.end);
        occurrence.grace = None;
        occurrence.steps.extend(period.steps);
        occurrence.other_readings.extend(period.other_readings);
        let claimed = otherwise(period.number, period.end);
        occurrence.other_readings.extend(claimed);
        occurrence.renewal = period.window;
        occurrence.renewed_until = period.next;
        occurrence.next_period = period.may_follow;
        occurrence
    };
    periods.into_iter().map(occurrence).collect()
}

/// The day on which a term ends, its renewals included, for what hangs on it: of one that renews itself only expected,
/// as long as neither notice nor its last renewal has settled it. `None` where it has no day.
pub(super) fn end(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    answer: &Answer,
    facts: &dyn Facts,
    time: Option<&Time>,
) -> Option<Fact> {
    let today = of.known().question.today;
    let id = &obligation.id;
    with_periods(of, obligation, answer, facts, time, |periods, _| {
        let current = periods.known_to_come(today);
        Some(if periods.is_last(current) {
            Fact::Known {
                day: periods.end(current)?,
                source: the_end_of(id.as_str()),
            }
        } else if let Some(day) = periods.last_day() {
            Fact::Expected {
                day,
                source: Sentence::in_each(|language| match language {
                    English => {
                        format!("the end of `{id}` after its last renewal, unless notice is given")
                    }
                    Spanish => {
                        format!("el fin de `{id}` tras su última renovación, salvo que se dé aviso")
                    }
                }),
            }
        } else {
            Fact::Expected {
                day: periods.end(current)?,
                source: Sentence::in_each(|language| match language {
                    English => format!("the end of `{id}`, if it is not renewed then"),
                    Spanish => format!("el fin de `{id}`, si entonces no se renueva"),
                }),
            }
        })
    })?
}

/// What `take` makes of the periods of a term, and of its first end; `None` where it has not begun for certain.
pub(super) fn with_periods<T>(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    answer: &Answer,
    facts: &dyn Facts,
    time: Option<&Time>,
    take: impl FnOnce(&Periods<'_>, NaiveDate) -> T,
) -> Option<T> {
    let [dates] = answer.dates.as_slice() else {
        return None;
    };
    if dates.projected || !came_about(of, obligation, time) {
        return None;
    }
    let end = dates.nominal?;
    let acts = acts_about(of, obligation, time);
    let begins = dates.opens.or(dates.begins);
    Some(take(&term(of, obligation, begins, end, facts, &acts), end))
}

/// The last day of a term by these dates of its first period, its renewals included; `None` where nothing ends it, or where it
/// has not begun for certain.
pub(super) fn last_day(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    dates: &Dates,
    facts: &dyn Facts,
    time: Option<&Time>,
) -> Option<NaiveDate> {
    if dates.projected || !came_about(of, obligation, time) {
        return None;
    }
    let (begins, end) = (dates.opens.or(dates.begins), dates.nominal?);
    let last = |acts: &[Act]| term(of, obligation, begins, end, facts, acts).last_day();
    // An option that was used when the term was over by these dates was used by others.
    let mut acts = Vec::new();
    for act in acts_about(of, obligation, time) {
        let at_option = act.kind == EntryKind::Renewed && !act.is_of_all;
        if !at_option || last(&acts).is_none_or(|last| act.entered <= last) {
            acts.push(act);
        }
    }
    last(&acts)
}

/// The end of a term, as a source.
pub(super) fn the_end_of(id: &str) -> Sentence {
    Sentence::in_each(|language| match language {
        English => format!("the end of `{id}`"),
        Spanish => format!("el fin de `{id}`"),
    })
}

fn term<'p>(
    of: &'p OfAgreement<'_>,
    obligation: &'p Obligation,
    begins: Option<NaiveDate>,
    end: NaiveDate,
    facts: &'p dyn Facts,
    acts: &'p [Act],
) -> Periods<'p> {
    let (known, agreement) = (of.known(), of.agreement());
    let counting = obligation.counting.as_ref().unwrap_or(&agreement.counting);
    let renewal = renewal(obligation);
    let is_moved = acts.iter().any(is_of_the_first);
    Periods::of(Renewable {
        renewal,
        counting,
        facts,
        words: obligation
            .timing
            .phrase()
            .filter(|_| !is_moved)
            .map(|phrase| &phrase.tree),
        begins,
        end,
        until: answer::renewed_until(known, agreement, renewal, end, facts),
        // What begins only after its agreement's end does not end with it.
        agreements_end: answer::end(facts)
            .filter(|end| !obligation.survives && begins.is_none_or(|begins| begins <= *end)),
        is_moved,
        acts,
    })
}

/// Whether an act has put another day in the place of the first end already, when the term was the only one.
fn is_of_the_first(act: &Act) -> bool {
    act.kind == EntryKind::Moved && act.occurrence.is_none() && !act.is_of_an_agreement
}

pub(super) fn renewal(obligation: &Obligation) -> Option<&Renewal> {
    match &obligation.timing {
        Timing::Lasts { renewal, .. } => renewal.as_deref(),
        _ => None,
    }
}

pub(super) fn is_automatic(renewal: Option<&Renewal>) -> bool {
    renewal.is_some_and(|renewal| renewal.how == RenewalKind::Automatic)
}

/// Whether it is owed for certain.
fn came_about(of: &OfAgreement<'_>, obligation: &Obligation, time: Option<&Time>) -> bool {
    matter::came_about(of.known(), of.agreement(), obligation, time)
}

fn acts_about(of: &OfAgreement<'_>, obligation: &Obligation, time: Option<&Time>) -> Vec<Act> {
    let for_words = time.and_then(|time| time.for_words.as_deref());
    let id = obligation.id.as_str();
    acts::of(of, &[id], for_words)
}
