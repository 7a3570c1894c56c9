//! What was not done by its last day, under the eyes of this office: it may start a clock.

use super::facts::OfAgreement;
use super::matter::{self, Agreed, Condition, Matter};
use super::times::{self, OneTime, Time};
use super::{Known, Occurrence, answer, changes, overtaken, own_term};
use crate::agreement::{Agreement, Obligation, Status, Timing};
use crate::deadline::{Answer, Dates, Fact};
use crate::ids::ObligationId;
use crate::language::{Phrase, Trigger};
use crate::record::Entry;
use crate::record::answers::Claim;
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A last day that passed without its having been done by then, as far as is settled.
pub(super) struct Missed {
    /// That day.
    pub(super) day: NaiveDate,
    /// What the occurrence is called by, where its obligation has several or may have.
    pub(super) name: Option<NaiveDate>,
    /// Those who say that it was done by then, whose word binds nobody yet: once it does, it was not missed.
    pub(super) denied: Vec<Claim>,
}

/// The last days of one obligation that passed without its having been done by then, the earliest first.
pub(super) fn days(
    facts: &OfAgreement<'_>,
    obligation: &Obligation,
    answer: &Answer,
    time: Option<&Time>,
) -> Vec<Missed> {
    let id = obligation.id.as_str();
    if !may_be_missed(obligation) {
        return Vec::new();
    }
    let later = changes::of(facts, id);
    let is_series = answer::is_series(obligation, answer);
    let missed = |dates: &Dates| {
        let last = passed(facts, obligation, dates)?;
        overtaken::was_missed(facts, obligation, time, last).then_some(())?;
        // What was taken over on its last day, or put off, was not owed on it.
        let was_put_off = !is_series && changes::had_put_off(&later, last);
        if was_put_off || changes::had_taken_over(&later, last) {
            return None;
        }
        if is_series && !obligation.survives && own_term::had_lapsed_on(facts, last) {
            return None;
        }
        let called = dates.name();
        let matter = Matter {
            name: called.filter(|_| is_series || time.is_some()),
            for_words: time.and_then(|time| time.for_words.as_deref()),
            begun_by: time.map_or(&[], |time| &time.begun_by),
            recurs: Time::recurs(time, answer),
        };
        was_owed(facts, obligation, matter, last).then_some(())?;
        Some(Missed {
            day: dates.nominal?,
            name: called,
            denied: denied(facts, obligation, matter, last)?,
        })
    };
    answer.dates.iter().filter_map(missed).collect()
}

/// Whether there is a last day by which it is to be done. A term runs out by itself, and a standing duty has no day.
fn may_be_missed(obligation: &Obligation) -> bool {
    matches!(obligation.timing, Timing::Due(_) | Timing::Every { .. })
}

/// The last day of what has passed since this office looks on.
fn passed(facts: &OfAgreement<'_>, obligation: &Obligation, dates: &Dates) -> Option<NaiveDate> {
    let question = facts.known().question;
    let last = dates.grace.or(dates.due)?;
    let watched_from = question.tracked_from(facts.agreement(), Some(obligation));
    (!dates.projected && watched_from <= last && last < question.today).then_some(last)
}

/// Whether it was owed on its last day: it has no condition, or one that had come about by then.
fn was_owed(
    facts: &OfAgreement<'_>,
    obligation: &Obligation,
    matter: Matter<'_>,
    last: NaiveDate,
) -> bool {
    let is_under = |entry: &Entry| matter.is_under(entry);
    match matter::condition(facts.known(), facts.agreement(), obligation, &is_under) {
        None => true,
        Some(Condition::CameAbout(claim)) => claim.day <= last,
        Some(Condition::Open | Condition::Disputed(_)) => false,
    }
}

/// The claims that it was done by `last`, of which none binds; `None` where it was not missed: it was skipped by agreement, or
/// done by then as all accept. What was entered by that day itself starts no clock as long as nobody disputes it; a clock that
/// has started is withdrawn by nothing that one party says alone.
fn denied(
    facts: &OfAgreement<'_>,
    obligation: &Obligation,
    matter: Matter<'_>,
    last: NaiveDate,
) -> Option<Vec<Claim>> {
    let about = matter::entries(
        facts.known(),
        facts.agreement(),
        obligation.id.as_str(),
        matter,
    );
    denied_in(facts, &about, last)
}

/// The same, as these entries about it say.
pub(super) fn denied_in(
    facts: &OfAgreement<'_>,
    about: &[&Entry],
    last: NaiveDate,
) -> Option<Vec<Claim>> {
    let (known, agreement) = (facts.known(), facts.agreement());
    if Agreed::of(known, agreement, about).waived().is_some() {
        return None;
    }
    let met = matter::met(known, agreement, about);
    let in_time = |claim: &Claim| claim.day <= last;
    if let Some(accepted) = met.accepted() {
        return (!in_time(accepted)).then(Vec::new);
    }
    let rule = known.rule(agreement);
    let was_entered = |number: &u64| {
        let entry = about.iter().find(|entry| entry.number == *number);
        entry.is_some_and(|entry| rule.day_of(entry) <= last)
    };
    let denied: Vec<Claim> = met.all.iter().filter(|c| in_time(c)).cloned().collect();
    let was_told = denied.iter().any(|c| c.entries.iter().any(was_entered));
    (met.are_disputed() || !was_told).then_some(denied)
}

/// What a day of this file's rests on.
pub(super) fn source(of: &OfAgreement<'_>, id: &str, denied: &[Claim]) -> Sentence {
    let denied: Vec<Sentence> = denied.iter().map(|claim| of.source(claim)).collect();
    Sentence::in_each(|language| {
        let said = language.list(denied.iter().map(|source| source.of(language)));
        match (denied.is_empty(), language) {
            (true, English) => {
                format!("the last day of `{id}`; nothing says that it was done by then")
            }
            (true, Spanish) => {
                format!(
                    "el último día de `{id}`; nada indica que para entonces se hubiera cumplido"
                )
            }
            (false, English) => {
                format!("the last day of `{id}`; that it was done by then is not accepted ({said})")
            }
            (false, Spanish) => format!(
                "el último día de `{id}`; que para entonces se hubiera cumplido no está aceptado ({said})"
            ),
        }
    })
}

/// Says of what is counted from something missed who denies that it was, where nobody is bound by that yet.
pub(super) fn tell(
    of: &OfAgreement<'_>,
    phrase: &Phrase,
    facts: &OneTime<'_>,
    occurrence: &mut Occurrence,
) {
    let time = facts.time();
    for trigger in phrase.tree.triggers() {
        match &trigger {
            Trigger::Missed(id) if time.is_some_and(|time| time.event == trigger) => {
                let denied = time.map_or(&[][..], |time| &time.denied);
                tell_of(of, id.as_str(), denied, occurrence);
            }
            // Of what hangs on one of a series in its case: that one.
            Trigger::Missed(id)
                if time.is_some_and(|time| {
                    time.of_series
                        .as_ref()
                        .is_some_and(|(of, _)| *of == trigger)
                }) =>
            {
                let denied = time.map_or(&[][..], |time| &time.denied);
                tell_of(of, id.as_str(), denied, occurrence);
            }
            Trigger::Missed(id) => {
                let one = time.filter(|time| of.repeating().get(id) == Some(&time.event));
                if let Some((name, missed)) = of.last_missed(id.as_str(), facts, one) {
                    tell_of(of, &name, &missed.denied, occurrence);
                }
            }
            Trigger::AnyMissed => {
                if let Some(time) = time {
                    let name = time.for_words.as_deref().unwrap_or_default();
                    tell_of(of, name, &time.denied, occurrence);
                }
            }
            Trigger::Event { .. } | Trigger::Obligation(_) => {}
        }
    }
}

fn tell_of(of: &OfAgreement<'_>, name: &str, denied: &[Claim], occurrence: &mut Occurrence) {
    for claim in denied {
        let (name, day, source) = (name.to_owned(), claim.day, of.source(claim));
        occurrence.warnings.push(Sentence::in_each(|language| {
            let (day, source) = (language.day(day), source.of(language));
            match language {
                English => format!(
                    "once it is accepted that `{name}` was done on {day} ({source}), this is withdrawn"
                ),
                Spanish => format!(
                    "cuando se acepte que `{name}` se cumplió el {day} ({source}), esto queda retirado"
                ),
            }
        }));
        occurrence.withdrawn_by.extend(&claim.entries);
    }
}

/// What was missed of what stands in the place of something, beyond the first that was missed of all of these: each starts what
/// hangs on that once more.
pub(super) fn further(facts: &OfAgreement<'_>, trigger: &Trigger) -> Vec<Time> {
    let Trigger::Missed(id) = trigger else {
        return Vec::new();
    };
    let Some((obligation, answer)) = facts.answer(id.as_str(), facts, None) else {
        return Vec::new();
    };
    let itself = days(facts, obligation, &answer, None);
    let in_its_place = facts.missed_in_its_place(id, None).into_iter();
    let further = in_its_place.skip(usize::from(itself.is_empty()));
    further
        .map(|(name, missed)| Time {
            event: trigger.clone(),
            fact: Fact::Known {
                day: missed.day,
                source: source(facts, &name, &missed.denied),
            },
            for_words: Some(name),
            begun_by: Vec::new(),
            otherwise: Vec::new(),
            denied: missed.denied,
            elsewhere: Vec::new(),
            period: None,
            of_series: None,
        })
        .collect()
}

/// Every commitment of another party than those that owe `asking` that was missed, here and in what amends this agreement:
/// a time of its own each. What all owe jointly looks at all commitments.
pub(super) fn any(facts: &OfAgreement<'_>, asking: &Obligation) -> Vec<Time> {
    let here = facts.agreement();
    let asking = hangs_on_it(here, asking);
    let ours = |party| asking.owed_by.contains(party);
    let of_all = here.parties.iter().all(ours);
    let mut times = Vec::new();
    for (agreement, obligation) in commitments(facts.known(), here) {
        if !of_all && obligation.owed_by.iter().all(ours) {
            continue;
        }
        let theirs = facts.of_the(agreement);
        let Some(phrase) = obligation.timing.phrase() else {
            continue;
        };
        let name = if agreement.id == here.id {
            obligation.id.to_string()
        } else {
            format!("{}/{}", agreement.id, obligation.id)
        };
        for facts_then in times::of(obligation, phrase, &theirs) {
            let time = facts_then.time();
            let answer = answer::of(&theirs, obligation, phrase, &facts_then, time);
            let words = time.and_then(|time| time.for_words.as_ref());
            for Missed { day, denied, .. } in days(&theirs, obligation, &answer, time) {
                times.push(Time {
                    event: Trigger::AnyMissed,
                    fact: Fact::Known {
                        day,
                        source: source(&theirs, &name, &denied),
                    },
                    for_words: Some(match words {
                        Some(words) => format!("{name} ({words})"),
                        None => name.clone(),
                    }),
                    begun_by: Vec::new(),
                    otherwise: Vec::new(),
                    denied,
                    elsewhere: Vec::new(),
                    period: None,
                    of_series: None,
                });
            }
        }
    }
    times
}

/// The obligation whose own words name a missed commitment, where another hangs on it.
fn hangs_on_it<'a>(agreement: &'a Agreement, asking: &'a Obligation) -> &'a Obligation {
    let mut open = vec![asking];
    let mut seen: BTreeSet<&ObligationId> = BTreeSet::new();
    while let Some(obligation) = open.pop() {
        let phrase = obligation.timing.phrase();
        let triggers = phrase.map(|phrase| phrase.tree.triggers());
        for trigger in triggers.unwrap_or_default() {
            match trigger {
                Trigger::AnyMissed => return obligation,
                Trigger::Obligation(id) | Trigger::Missed(id) => {
                    if let Some(next) = agreement.obligation(id.as_str())
                        && seen.insert(&next.id)
                    {
                        open.push(next);
                    }
                }
                Trigger::Event { .. } => {}
            }
        }
    }
    asking
}

/// What may be missed under an agreement: what it and those that amend it set a time for. What itself hangs on something
/// missed is none: a clock that runs out starts no other of its kind.
pub(super) fn commitments<'a>(
    known: &Known<'a>,
    agreement: &'a Agreement,
) -> Vec<(&'a Agreement, &'a Obligation)> {
    let mut found = Vec::new();
    let amending = known
        .question
        .office
        .agreements
        .iter()
        .filter(|other| other.id == agreement.id || other.amends.contains(&agreement.id))
        .filter(|other| other.status == Status::InForce);
    for of in amending {
        let repeating = times::repeating_of_each(known, of);
        for obligation in &of.obligations {
            let hangs_on_one = repeating.get(&obligation.id) == Some(&Trigger::AnyMissed);
            if may_be_missed(obligation) && !hangs_on_one {
                found.push((of, obligation));
            }
        }
    }
    found
}
