//! An agreement's own term: when it ends, and the periods through which it is renewed.
//!
//! What hangs on the expiration of an agreement that is renewed hangs on the end of the last period that is known to come.

use super::acts::{self, Act, OF_AN_AGREEMENT};
use super::facts::{OfAgreement, Own, in_the_file};
use super::further::{Contested, EndAsClaimed};
use super::periods::{Periods, Renewable};
use super::renewed::{by_claims, each, is_automatic};
use super::{
    Known, Occurrence, OccurrenceKind, State, answer, changes, occurrences, renewals, state,
};
use crate::agreement::{Agreement, When};
use crate::counting::Step;
use crate::deadline::{Fact, Facts, OtherReading};
use crate::ids::EventId;
use crate::language::Trigger;
use crate::record::EntryKind;
use crate::record::answers::Stands;
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// The name under which the facts tell when an agreement ends and is not renewed. No event of a file can have it.
pub(super) const ENDS_FOR_GOOD: &str = "end for good";

/// The end of the last period that is known to come: only expected, as long as it may go on after that by itself.
pub(super) fn current_end(of: &OfAgreement<'_>) -> Fact {
    if changes::without_end_from(of).is_some() {
        return agreed_end(of).unwrap_or(Fact::Unknown);
    }
    let first = of.first_end();
    let Fact::Known { day, source } = first else {
        return first;
    };
    let acts = acts(of);
    let periods = periods(of, day, &acts);
    let current = periods.known_to_come(of.known().question.today);
    let end = periods.end(current).unwrap_or(day);
    let source = source_of_end(&periods, current, day, &source);
    if periods.is_last(current) {
        Fact::Known { day: end, source }
    } else {
        Fact::Expected { day: end, source }
    }
}

/// What was recorded about its end, in order, and what later agreements say of it among that.
pub(super) fn acts(of: &OfAgreement<'_>) -> Vec<Act> {
    with_its_end(of, acts::of(of, &OF_AN_AGREEMENT, None))
}

/// The same with an end that has taken place. Where that is the first, what came before it changes nothing any more; else it is
/// one more act of all, and the periods that had run by then stay as they were.
fn with_its_end(of: &OfAgreement<'_>, mut acts: Vec<Act>) -> Vec<Act> {
    let Some(end) = recorded_end(of) else {
        return acts;
    };
    if of.end_by_the_record_alone().is_some() {
        acts.retain(|act| act.is_of_an_agreement || act.number > end.number);
        return acts;
    }
    // A later agreement that takes effect on that day or after it decides anew.
    let came_before = |act: &Act| {
        if act.is_of_an_agreement {
            act.on < end.on
        } else {
            act.number < end.number
        }
    };
    let (mut all, since): (Vec<Act>, Vec<Act>) = acts.into_iter().partition(came_before);
    all.push(end);
    all.extend(since);
    all
}

/// That it ended, as all say: what is recorded of its expiration and holds.
fn recorded_end(of: &OfAgreement<'_>) -> Option<Act> {
    let known = of.known();
    let claims = of.claims_in_effect("expiration");
    let claim = claims.first()?;
    let number = of.ended_with()?;
    let entry = known.question.record.entry(number)?;
    Some(Act {
        kind: EntryKind::Ended,
        number,
        on: Some(claim.day),
        to: None,
        occurrence: None,
        source: of.source(claim),
        is_of_an_agreement: false,
        void_from: None,
        is_of_all: true,
        entered: known.rule(of.agreement()).day_of(entry),
        stands: Stands::Agreed,
        disputed_on: None,
    })
}

/// Where the end of a period comes from: what all agreed to, or that of the `first` and how often it was renewed since.
pub(super) fn source_of_end(
    periods: &Periods<'_>,
    number: u32,
    first: NaiveDate,
    source: &Sentence,
) -> Sentence {
    if periods.end(number).is_none_or(|end| end == first) {
        return source.clone();
    }
    let agreed = periods.agreed_end(number);
    if let Some(act) = agreed.filter(|act| act.kind != EntryKind::Renewed || number == 0) {
        return act.source.clone();
    }
    if number == 0 {
        return source.clone();
    }
    let source = source.clone();
    Sentence::when_read(move |language| {
        let (first, source) = (language.day(first), source.of(language));
        let which = language.ordinal_feminine(number);
        match language {
            English => {
                format!("the end of its {which} renewal; the first term ends on {first} ({source})")
            }
            Spanish => format!(
                "el fin de su {which} renovación; el primer período termina el {first} ({source})"
            ),
        }
    })
}

/// Whether an agreement had ended before a day, and all agreed only after that that it goes on: what falls due in a series on
/// such a day was owed by nobody then.
pub(super) fn had_lapsed_on(of: &OfAgreement<'_>, day: NaiveDate) -> bool {
    let acts = acts(of);
    if acts.is_empty() {
        return false;
    }
    let first = of.first_end();
    matches!(first, Fact::Known { day: end, .. } if periods(of, end, &acts).had_lapsed_on(day))
}

/// The day on which it ends and is not renewed, as things stand; unknown where it has no end, or renews itself without
/// one.
pub(super) fn last_end(of: &OfAgreement<'_>) -> Fact {
    if changes::without_end_from(of).is_some() {
        return agreed_end(of).unwrap_or(Fact::Unknown);
    }
    let (day, is_expected) = match of.first_end() {
        Fact::Known { day, .. } => (day, false),
        Fact::Expected { day, source } => {
            match with_last_ends(of, Fact::Expected { day, source }) {
                Fact::Known { day, .. } | Fact::Expected { day, .. } => (day, true),
                Fact::Unknown => return Fact::Unknown,
            }
        }
        Fact::Unknown => return Fact::Unknown,
    };
    let acts = acts(of);
    let source = Sentence::written(&["the agreement's own end", "el fin del propio acuerdo"]);
    match periods(of, day, &acts).last_day() {
        Some(day) if is_expected => Fact::Expected { day, source },
        Some(day) => Fact::Known { day, source },
        None => Fact::Unknown,
    }
}

/// The end that its words expect, where others that it hangs on may go on: as far as those have a last end.
fn with_last_ends(of: &OfAgreement<'_>, expected: Fact) -> Fact {
    match &of.agreement().expires {
        Some(words @ When::Phrase(_)) if changes::end_in_its_place(of).is_none() => {
            of.when(words, &in_the_file(Own::End), &LastEnds(of))
        }
        _ => expected,
    }
}

/// The facts, with the last end of each other agreement in the place of one that may be put off.
struct LastEnds<'a>(&'a OfAgreement<'a>);

impl Facts for LastEnds<'_> {
    fn day(&self, trigger: &Trigger) -> Fact {
        match for_good(trigger) {
            Some(last) => self.0.day(&last),
            None => self.0.day(trigger),
        }
    }

    fn steps(&self, trigger: &Trigger) -> Vec<Step> {
        self.0.steps(trigger)
    }

    fn is_recorded(&self, trigger: &Trigger) -> bool {
        self.0.is_recorded(trigger)
    }
}

/// The last end of another agreement, where a trigger is its expiration.
pub(super) fn for_good(trigger: &Trigger) -> Option<Trigger> {
    match trigger {
        Trigger::Event {
            agreement: Some(other),
            event,
        } if event.as_str() == "expiration" => Some(Trigger::Event {
            agreement: Some(other.clone()),
            event: EventId::new(ENDS_FOR_GOOD),
        }),
        _ => None,
    }
}

/// Whether until when it lasts is agreed on: that it ends on a day, or goes on.
pub(super) fn is_agreed_on(of: &OfAgreement<'_>) -> bool {
    let decides = |act: &Act| matches!(act.kind, EntryKind::Ended | EntryKind::Renewed);
    let recorded = acts::recorded(of, &OF_AN_AGREEMENT, None);
    recorded.iter().any(|(_, act)| decides(act))
}

/// The day on which all agreed last that it ends, where no later agreement has decided about that since.
pub(super) fn agreed_end(of: &OfAgreement<'_>) -> Option<Fact> {
    let mut recorded = recorded(of).into_iter();
    let act = recorded.rfind(|act| act.kind == EntryKind::Ended)?;
    let later = changes::of(of, "expiration");
    let given = changes::deciding(&later).filter(|later| later.gives_a_day());
    let since = given.map_or_else(|| changes::without_end_from(of), |later| later.from);
    since
        .is_none_or(|since| act.entered > since)
        .then_some(Fact::Known {
            day: act.on?,
            source: act.source,
        })
}

/// The end of the period that holds a day, as the parties alone have left it.
pub(super) fn end_without_changes(
    of: &OfAgreement<'_>,
    first: NaiveDate,
    on: NaiveDate,
) -> Option<Fact> {
    let acts = recorded(of);
    let periods = periods(of, first, &acts);
    let number = periods.holding(on);
    let day = periods.end(number)?;
    let source = source_of_end(&periods, number, first, &in_the_file(Own::End));
    Some(Fact::Known { day, source })
}

/// What was recorded about its end alone, in order.
fn recorded(of: &OfAgreement<'_>) -> Vec<Act> {
    let recorded = acts::recorded(of, &OF_AN_AGREEMENT, None).into_iter();
    with_its_end(of, recorded.map(|(_, act)| act).collect())
}

/// The occurrences of the agreement's own term; none where it has no end and nobody says that it ended.
pub(super) fn occurrences(
    known: &Known<'_>,
    agreement: &Agreement,
    of: &OfAgreement<'_>,
    contested: &Contested<'_>,
) -> Vec<Occurrence> {
    let term = &agreement.term;
    let mut later = changes::of(of, term.id.as_str());
    // A letter had taken its end away, and all agreed on one since.
    let is_given_back = changes::without_end_from(of).is_some() && agreed_end(of).is_some();
    for taken in later.iter_mut().filter(|_| is_given_back) {
        taken.leave_the_end_to_the_parties();
    }
    let end = of.own_day("expiration");
    // Only a later agreement gives it an end, or the record.
    if agreement.expires.is_none()
        && end.is_none()
        && changes::deciding(&later).is_none_or(|l| !l.gives_a_day())
        && of.other_claims("expiration").is_empty()
    {
        return Vec::new();
    }
    let mut first = Occurrence::without_days(&agreement.id, &term.id, OccurrenceKind::Term);
    let all = match end {
        None => {
            let waits = of.to_be_told(&answer::own("expiration"));
            first.waiting_on = waits.iter().map(occurrences::name).collect();
            vec![first]
        }
        Some(end) => {
            first.begins = day(of, "effective");
            first.due = Some(end.day);
            first.nominal = Some(end.day);
            first.projected = end.projected;
            first.steps = end.steps;
            let others = by_other_claims(contested, agreement);
            let others: Vec<(&OtherReading, Periods<'_>)> =
                others.iter().map(ByOther::periods).collect();
            let otherwise = |number: u32, end: NaiveDate| -> Vec<OtherReading> {
                by_claims(&others, number, end)
            };
            if end.projected {
                first.other_readings = otherwise(0, end.day);
                first.waiting_on = term
                    .timing
                    .phrase()
                    .into_iter()
                    .flat_map(|phrase| phrase.tree.triggers())
                    .flat_map(|trigger| of.to_be_told(&trigger))
                    .map(|trigger| occurrences::name(&trigger))
                    .collect();
                first.renewal = agreement.renewal.as_ref().and_then(|renewal| {
                    renewals::days(renewal, end.day, None, &agreement.counting, of)
                });
                vec![first]
            } else {
                let acts = acts(of);
                let spoken_of = acts::days_spoken_of(of, &OF_AN_AGREEMENT);
                let periods = periods(of, end.day, &acts).listed(known.question, &spoken_of);
                let automatic = is_automatic(agreement.renewal.as_ref());
                each(&first, periods, automatic, &otherwise)
            }
        }
    };
    let mut all = all;
    show_claimed_ends(of, &mut all);
    let settled = all
        .into_iter()
        .map(|occurrence| state::settle(of, term, occurrence, &later));
    let mut settled: Vec<Occurrence> = settled.collect();
    wait_for_the_first_day(of, &mut settled);
    changes::drop_what_would_follow(&mut settled);
    settled
}

/// What nobody knows to have begun does not run: it waits for what its first day hangs on.
fn wait_for_the_first_day(of: &OfAgreement<'_>, periods: &mut [Occurrence]) {
    let is_worked_out = matches!(of.agreement().effective, Some(When::Phrase(_)));
    if !is_worked_out || day(of, "effective").is_some() {
        return;
    }
    for period in periods {
        if matches!(period.state, State::Running | State::Deciding) {
            period.state = State::Waiting;
            let waits = of.to_be_told(&answer::own("effective"));
            period.waiting_on = waits.iter().map(occurrences::name).collect();
        }
    }
}

/// An agreement's own term by another claim of what its end hangs on.
struct ByOther<'c> {
    claimed: EndAsClaimed<'c>,
    acts: Vec<Act>,
}

impl ByOther<'_> {
    fn periods(&self) -> (&OtherReading, Periods<'_>) {
        let EndAsClaimed {
            reading,
            there,
            end,
        } = &self.claimed;
        (reading, periods(there, *end, &self.acts))
    }
}

fn by_other_claims<'c>(contested: &'c Contested<'_>, agreement: &'c Agreement) -> Vec<ByOther<'c>> {
    let ends = contested.ends(agreement).into_iter();
    ends.map(|claimed| ByOther {
        acts: acts(&claimed.there),
        claimed,
    })
    .collect()
}

/// A day that is claimed for its end against the one that holds is shown, with the period that holds today and those after.
fn show_claimed_ends(of: &OfAgreement<'_>, periods: &mut [Occurrence]) {
    let today = of.known().question.today;
    let is_over = |period: &Occurrence| period.due.is_some_and(|due| due < today);
    let current = periods.iter().position(|period| !is_over(period));
    let first = current.unwrap_or(periods.len().saturating_sub(1));
    let holds = what_holds_meanwhile(of);
    for claim in of.other_claims("expiration") {
        let others = periods.iter_mut().skip(first);
        for period in others.filter(|period| period.due != Some(claim.day)) {
            period.other_readings.push(OtherReading {
                text: Sentence::in_each(|language| {
                    let source = of.source(&claim);
                    let (day, source) = (language.day(claim.day), source.of(language));
                    match language {
                        English => format!("if it ended on {day} ({source})"),
                        Spanish => format!("si terminó el {day} ({source})"),
                    }
                }),
                date: Some(claim.day),
                source: holds.clone(),
                is_claimed: true,
                claimed_by: claim.entries.clone(),
            });
        }
    }
}

/// What holds until every other party has confirmed the end that one side claims.
pub(super) fn what_holds_meanwhile(of: &OfAgreement<'_>) -> Sentence {
    let decides = |act: &&Act| {
        use EntryKind::{Ended, Moved, Renewed};
        matches!(act.kind, Ended | Moved | Renewed)
    };
    let acts = acts(of);
    let last = acts.iter().rfind(decides);
    let agreed = last.map(|act| (act.kind, act.is_of_an_agreement));
    Sentence::written(match agreed {
        Some((_, true)) => &[
            "the end that a later agreement gives holds until every other party has confirmed another",
            "el fin que da un acuerdo posterior rige hasta que todas las demás partes hayan confirmado otro",
        ],
        Some((EntryKind::Renewed, _)) => &[
            "the end to which it was renewed holds until every other party has confirmed another",
            "el fin hasta el que se renovó rige hasta que todas las demás partes hayan confirmado otro",
        ],
        Some(_) => &[
            "the end that all parties agreed on holds until every other party has confirmed another",
            "el fin que acordaron todas las partes rige hasta que todas las demás partes hayan confirmado otro",
        ],
        None if of.agreement().expires.is_some() => &[
            "the end that the file gives holds until every other party has confirmed another",
            "el fin que da el archivo rige hasta que todas las demás partes hayan confirmado otro",
        ],
        None => &[
            "one side's word ends no agreement: it goes on until every other party has confirmed its end",
            "la palabra de una parte no pone fin a ningún acuerdo: continúa hasta que todas las demás partes hayan confirmado su fin",
        ],
    })
}

/// The periods of an agreement whose first ends on `end`.
pub(super) fn periods<'p>(of: &'p OfAgreement<'_>, end: NaiveDate, acts: &'p [Act]) -> Periods<'p> {
    let (known, agreement) = (of.known(), of.agreement());
    // An expiration that was recorded is one that took place.
    let is_recorded = of.end_by_the_record_alone().is_some();
    let renewal = agreement.renewal.as_ref().filter(|_| !is_recorded);
    let is_agreed = |act: &Act| act.kind == EntryKind::Ended && act.on == Some(end);
    let is_of_the_words = matches!(of.in_the_file("expiration"), Fact::Known { day, .. } if day == end)
        || !is_recorded && !acts.iter().any(is_agreed);
    let words = match &agreement.expires {
        Some(When::Phrase(phrase)) if is_of_the_words => Some(&phrase.tree),
        _ => None,
    };
    Periods::of(Renewable {
        renewal,
        counting: &agreement.counting,
        facts: of,
        words,
        begins: day(of, "effective"),
        end,
        until: answer::renewed_until(known, agreement, renewal, end, of),
        agreements_end: None,
        is_moved: false,
        acts,
    })
}

fn day(of: &OfAgreement<'_>, event: &str) -> Option<NaiveDate> {
    match of.day(&answer::own(event)) {
        Fact::Known { day, .. } | Fact::Expected { day, .. } => Some(day),
        Fact::Unknown => None,
    }
}
