//! The day of something that is owed: that on which it was met or missed, or else its last day.

use super::OfAgreement;
use crate::agreement::{Agreement, Obligation, Timing};
use crate::deadline::{Answer, Dates, Fact, Facts};
use crate::ids::{AgreementId, ObligationId};
use crate::language::Trigger;
use crate::record::answers::Claims;
use crate::record::{Entry, EntryKind};
use crate::schedule::changes::{self, Later, To};
use crate::schedule::matter::{self, Matter};
use crate::schedule::missed::{self, Missed};
use crate::schedule::renewed;
use crate::schedule::times::Time;
use crate::schedule::{answer, claimed, conditions, in_place};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use std::cmp::Reverse;

impl<'a> OfAgreement<'a> {
    /// The day of an obligation that hangs on one time of an event that repeats.
    pub(in crate::schedule) fn of_one_time(
        &self,
        trigger: &Trigger,
        facts: &dyn Facts,
        time: &Time,
    ) -> Fact {
        match trigger {
            Trigger::Obligation(id) => self.obligation(id.as_str(), facts, Some(time)),
            Trigger::Missed(id) => self.missed(id.as_str(), facts, Some(time)),
            Trigger::Event { .. } | Trigger::AnyMissed => Fact::Unknown,
        }
    }

    pub(super) fn obligation(&self, id: &str, facts: &dyn Facts, time: Option<&Time>) -> Fact {
        let Some((obligation, answer)) = self.answer(id, facts, time) else {
            return Fact::Unknown;
        };
        let is_term = matches!(obligation.timing, Timing::Lasts { .. });
        if let Some(fact) = self.in_its_place(obligation, &answer, is_term, facts, time) {
            return fact;
        }
        if is_term && let Some(fact) = renewed::end(self, obligation, &answer, facts, time) {
            return fact;
        }
        // What all agreed to skip starts nothing, whatever one side says.
        let is_skipped = |dates: Option<&Dates>| {
            !is_term && matter::is_skipped(self, obligation, time, &answer, dates)
        };
        if !answer::is_series(obligation, &answer) && is_skipped(answer.dates.first()) {
            return Fact::Unknown;
        }
        if !is_term && let Some(met) = self.met(id, &answer, time) {
            return met;
        }
        let today = self.ledger.known.question.today;
        let is_owed = |dates: &&Dates| !is_skipped(Some(dates));
        let mut ahead = answer
            .dates
            .iter()
            .filter(|d| d.due.is_some_and(|due| due >= today));
        let dates = ahead.find(is_owed);
        match dates.or(answer.dates.iter().rfind(is_owed)) {
            // A term ends by itself; a deadline is a trigger only once it is met.
            Some(Dates {
                nominal: Some(day),
                projected: false,
                ..
            }) if is_term => Fact::Known {
                day: *day,
                source: renewed::the_end_of(id),
            },
            Some(Dates {
                nominal: Some(day), ..
            }) if conditions::came_after(self, obligation, time, *day) => Fact::Unknown,
            Some(Dates {
                nominal: Some(day), ..
            }) => Fact::Expected {
                day: *day,
                source: as_long_as_it_is_not_met(id),
            },
            _ => Fact::Unknown,
        }
    }

    /// What hangs on something that a later agreement has taken over hangs on what stands in its place: what that obligation
    /// gives. What was done, or had ended, before stays; what is void ends with the day before.
    pub(in crate::schedule) fn in_its_place(
        &self,
        obligation: &Obligation,
        answer: &Answer,
        is_term: bool,
        facts: &dyn Facts,
        time: Option<&Time>,
    ) -> Option<Fact> {
        let later = changes::of(self, obligation.id.as_str());
        let Some((taken_by, from)) = changes::superseding(&later) else {
            return self.in_its_place_before(&later, answer, is_term, time);
        };
        let before = if is_term {
            renewed::end(self, obligation, answer, facts, time)
                .filter(|end| matches!(end, Fact::Known { day, .. } if *day < from))
        } else {
            self.met(obligation.id.as_str(), answer, time)
                .filter(|met| matches!(met, Fact::Known { day, .. } if *day < from))
        };
        if before.is_some() {
            return before;
        }
        Some(match taken_by.to {
            To::Replaced(agreement, id) => {
                let there = self
                    .ledger
                    .known
                    .question
                    .office
                    .agreement(agreement.as_str())?;
                let there = self.ledger.of(there);
                let fact = in_place::day_there(&there, &Trigger::Obligation(id.clone()), id, time);
                in_the_words_of_another(fact, agreement, id)
            }
            To::Void if is_term => Fact::Known {
                day: from.pred_opt()?,
                source: taken_by.source(),
            },
            To::Void | To::Day(_) => Fact::Unknown,
        })
    }

    /// What a later agreement that is itself void since had done: the term that it ended, and what was done in the place of this
    /// meanwhile.
    fn in_its_place_before(
        &self,
        later: &[Later<'_>],
        answer: &Answer,
        is_term: bool,
        time: Option<&Time>,
    ) -> Option<Fact> {
        let begins = answer.dates.first().and_then(|d| d.opens.or(d.begins));
        if is_term && let Some(from) = changes::ended_while_void(later, begins) {
            let by = later.iter().find(|l| l.from == Some(from))?;
            return Some(Fact::Known {
                day: from.pred_opt()?,
                source: by.source(),
            });
        }
        later.iter().find_map(|l| {
            let (To::Replaced(agreement, id), (from, until)) = (l.to, l.held_while()?) else {
                return None;
            };
            let office = self.ledger.known.question.office;
            let there = self.ledger.of(office.agreement(agreement.as_str())?);
            let fact = in_place::day_there(&there, &Trigger::Obligation(id.clone()), id, time);
            matches!(&fact, Fact::Known { day, .. } if (from..until).contains(day))
                .then(|| in_the_words_of_another(fact, agreement, id))
        })
    }

    /// The day on which an obligation was met: of a series, the latest that was done; where two days are claimed for it,
    /// the earlier.
    pub(super) fn met(&self, id: &str, answer: &Answer, time: Option<&Time>) -> Option<Fact> {
        let claims = self.met_claims(id, answer, time)?;
        Some(Fact::Known {
            day: claims.first()?.day,
            source: self.source_of_claims(&claims)?,
        })
    }

    /// The days on which an obligation is said to have been met, of a series the latest that was done.
    pub(in crate::schedule) fn claims_of_met(&self, id: &str) -> Option<Claims> {
        let (_, answer) = self.answer(id, self, None)?;
        self.met_claims(id, &answer, None)
    }

    fn met_claims(&self, id: &str, answer: &Answer, time: Option<&Time>) -> Option<Claims> {
        let known = self.ledger.known;
        let of = self.agreement.obligation(id)?;
        let is_series = answer::is_series(of, answer);
        let last = self
            .entries(id, EntryKind::Met)
            .filter(|entry| entry.on.is_some() && is_of(entry, time, answer, is_series))
            .max_by_key(|entry| (entry.occurrence, Reverse(entry.number)))?;
        let matter = Matter {
            name: last.occurrence,
            for_words: last.for_words.as_deref(),
            begun_by: time.map_or(&[], |time| &time.begun_by),
            recurs: Time::recurs(time, answer),
        };
        let about = matter::entries(known, self.agreement, id, matter);
        Some(matter::met(known, self.agreement, &about))
    }

    /// The last day of what passed, under the eyes of this office, without having been done by then.
    pub(super) fn missed(&self, id: &str, facts: &dyn Facts, time: Option<&Time>) -> Fact {
        match self.last_missed(id, facts, time) {
            Some((name, missed)) => Fact::Known {
                day: missed.day,
                source: missed::source(self, &name, &missed.denied),
            },
            None => Fact::Unknown,
        }
    }

    /// The same, with those who deny it, and what it is called from here: it may be what stands in its place.
    pub(in crate::schedule) fn last_missed(
        &self,
        id: &str,
        facts: &dyn Facts,
        time: Option<&Time>,
    ) -> Option<(String, Missed)> {
        let (obligation, answer) = self.answer(id, facts, time)?;
        let last = missed::days(self, obligation, &answer, time).pop();
        let itself = last.map(|missed| (obligation.id.to_string(), missed));
        itself.or_else(|| {
            let in_its_place = self.missed_in_its_place(&obligation.id, time);
            in_its_place.into_iter().next()
        })
    }

    /// The same of each that stands in its place, or stood there while it fell due, the earliest first.
    pub(in crate::schedule) fn missed_in_its_place(
        &self,
        id: &ObligationId,
        time: Option<&Time>,
    ) -> Vec<(String, Missed)> {
        let missed = |(agreement, obligation): (&'a Agreement, &'a Obligation)| {
            let there = self.ledger.of(agreement);
            let facts = in_place::facts_there(&there, &obligation.id, time)?;
            let (_, answer) = there.answer(obligation.id.as_str(), &facts, facts.time())?;
            let last = missed::days(&there, obligation, &answer, facts.time()).pop()?;
            Some((format!("{}/{}", agreement.id, obligation.id), last))
        };
        let in_its_place = in_place::all_in_place_of(self, id).into_iter();
        let mut found: Vec<(String, Missed)> = in_its_place.filter_map(missed).collect();
        found.sort_by_key(|(_, missed)| missed.day);
        found
    }

    /// Whether all have agreed to skip an obligation that has one day, and which nothing stands in the place of.
    pub(in crate::schedule) fn is_skipped(
        &self,
        id: &str,
        facts: &dyn Facts,
        time: Option<&Time>,
    ) -> bool {
        let Some((obligation, answer)) = self.answer(id, facts, time) else {
            return false;
        };
        let later = changes::of(self, id);
        !matches!(obligation.timing, Timing::Lasts { .. })
            && !answer::is_series(obligation, &answer)
            && changes::superseding(&later).is_none()
            && matter::is_skipped(self, obligation, time, &answer, answer.dates.first())
    }

    /// An obligation and the days of its phrase, as far as `facts` go.
    pub(in crate::schedule) fn answer(
        &self,
        id: &str,
        facts: &dyn Facts,
        time: Option<&Time>,
    ) -> Option<(&Obligation, Answer)> {
        let obligation = self.agreement.obligation(id)?;
        let phrase = obligation.timing.phrase()?;
        let mut answer = answer::of(self, obligation, phrase, facts, time);
        claimed::go_by_what_is_left(self, obligation, phrase, facts, time, &mut answer);
        Some((obligation, answer))
    }
}

/// A day of an obligation as another agreement tells where it comes from.
pub(super) fn in_the_words_of_another(
    fact: Fact,
    agreement: &AgreementId,
    id: &ObligationId,
) -> Fact {
    let here = format!("`{id}`");
    let there = format!("`{agreement}/{id}`");
    let named = |source: Sentence| source.map(|source| source.replace(&here, &there));
    match fact {
        Fact::Known { day, source } => Fact::Known {
            day,
            source: named(source),
        },
        Fact::Expected { day, source } => Fact::Expected {
            day,
            source: named(source),
        },
        Fact::Unknown => Fact::Unknown,
    }
}

/// What the expected day of what hangs on another obligation rests on.
pub(in crate::schedule) fn as_long_as_it_is_not_met(id: &str) -> Sentence {
    Sentence::in_each(|language| match language {
        English => format!("the last day of `{id}`, as long as it is not met"),
        Spanish => format!("el último día de `{id}`, mientras no se cumpla"),
    })
}

/// Whether an entry speaks of what hangs on this time of an event; where nothing repeats, every one does that names no other
/// occurrence.
pub(super) fn is_of(entry: &Entry, time: Option<&Time>, answer: &Answer, is_series: bool) -> bool {
    let of_these = |entry: &Entry| {
        answer
            .dates
            .iter()
            .any(|dates| dates.name() == entry.occurrence)
    };
    let Some(time) = time else {
        // What was said of a time of an event that is struck out counts for nothing.
        return entry.for_words.is_none()
            && (is_series || entry.occurrence.is_none() || of_these(entry));
    };
    match entry.entry {
        Some(event) if !time.begun_by.is_empty() => time.begun_by.contains(&event),
        _ => entry.for_words == time.for_words && (entry.occurrence.is_none() || of_these(entry)),
    }
}
