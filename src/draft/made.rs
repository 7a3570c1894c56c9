//! Obligations and events, sentence by sentence.

use super::duty::{Duty, duty};
use super::finder::{Event, Found, Need, bare, in_one_line};
use super::naming::{owes, title_of};
use super::own_dates::OwnDate;
use super::parties::PartyProposed;
use super::propose::{Lack, Obligation, Proposed, Timing};
use super::sentences::Sentence;
use crate::agreement::OWN_DATES;
use crate::ids::{AgreementId, EventId, ObligationId, snake_case};
use crate::language::{self, DateOrder, KnownNames, Names};
use crate::source::{SourceId, Span};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The most obligations that are proposed of one letter.
const MOST: usize = 200;

/// What is proposed so far.
#[derive(Default)]
pub(super) struct Made {
    pub(super) obligations: Vec<Obligation>,
    pub(super) events: Vec<(String, Proposed<String>)>,
    pub(super) days_off: Option<String>,
    pub(super) seen: Vec<(Option<String>, String)>,
    taken: BTreeSet<String>,
}

impl Made {
    /// Proposes what a sentence says; whether it says anything.
    pub(super) fn sentence(
        &mut self,
        sentence: &Sentence,
        found: &[Found],
        parties: &[PartyProposed],
    ) -> bool {
        if sentence.recital || sentence.signature {
            return false;
        }
        let mut all = true;
        let mut verbs: Vec<usize> = Vec::new();
        let duties: Vec<(&Found, Duty)> = found
            .iter()
            .filter_map(|one| {
                let duty = duty(&sentence.text, one)
                    .or_else(|| super::duty::notice(&sentence.text, one))?;
                Some((one, duty))
            })
            .collect();
        for (index, (one, duty)) in duties.iter().enumerate() {
            if self.obligations.len() >= MOST {
                break;
            }
            // One verb has one limit; the first is its own, and a further one is for a person to read.
            let further = verbs.contains(&duty.verb);
            let next = duties
                .get(index + 1)
                .filter(|(_, next)| next.verb == duty.verb);
            let between = next.and_then(|(next, _)| sentence.text.get(one.end..next.start));
            if further || is_one_of_two(sentence, one, duty) || between.is_some_and(offers_another)
            {
                verbs.push(duty.verb);
                all = false;
                continue;
            }
            verbs.push(duty.verb);
            self.obligation(sentence, one, duty.clone(), parties);
        }
        // What the sentence says of time besides, behind its verb, is for a person to read.
        let first = verbs.iter().copied().min().unwrap_or_default();
        let mut behind = found.iter().filter(|one| one.start > first);
        all && !duties.is_empty()
            && behind.all(|one| duties.iter().any(|(known, _)| known.start == one.start))
    }

    fn obligation(
        &mut self,
        sentence: &Sentence,
        found: &Found,
        duty: Duty,
        parties: &[PartyProposed],
    ) {
        let title = title_of(&duty, &found.words, parties);
        let (owed_by, owed_by_words) = owes(&duty, parties);
        let id = self.id(&title);
        if let Some(event) = &found.event {
            self.event(event, sentence);
        }
        let needs = match &found.needs {
            Need::Nothing => None,
            Need::DaysOff => {
                self.days_off.get_or_insert_with(|| found.words.clone());
                None
            }
            Need::Calendar(why) => Some(Lack::Calendar(why.clone())),
            Need::Start => Some(Lack::Start),
        };
        let tree = &found.phrase.tree;
        let timing = if tree.recurs() {
            Timing::Every
        } else if lasts(found) {
            Timing::Lasts
        } else {
            Timing::Due
        };
        self.obligations.push(Obligation {
            id,
            clause: sentence.clause.clone(),
            title,
            owed_by,
            owed_by_words,
            timing,
            phrase: moved_to(found).to_owned(),
            needs,
            when: duty.when,
            words: in_one_line(&sentence.text),
            place: (sentence.block, sentence.end),
        });
    }

    fn event(&mut self, event: &Event, sentence: &Sentence) {
        if !self.events.iter().any(|(id, _)| *id == event.id) {
            self.taken.insert(event.id.clone());
            self.events.push((
                event.id.clone(),
                Proposed {
                    value: event.title.clone(),
                    words: in_one_line(&sentence.text),
                },
            ));
        }
    }

    /// What the letter's own dates need.
    pub(super) fn own(&mut self, date: &OwnDate) {
        let Some(found) = date.found() else { return };
        if let Some(event) = &found.event
            && !self.events.iter().any(|(id, _)| *id == event.id)
        {
            self.events.push((
                event.id.clone(),
                Proposed {
                    value: event.title.clone(),
                    words: date.words.clone(),
                },
            ));
        }
        if found.needs == Need::DaysOff {
            self.days_off.get_or_insert_with(|| found.words.clone());
        }
    }

    /// An id that no other has.
    fn id(&mut self, title: &str) -> String {
        const SMALL: &[&str] = &[
            "the", "a", "an", "of", "to", "by", "in", "on", "for", "and", "with", "will", "shall",
            "all", "any", "its", "their", "be",
        ];
        let words: Vec<String> = title
            .split_whitespace()
            .map(bare)
            .filter(|word| {
                !SMALL.contains(&word.as_str()) && word.chars().any(char::is_alphanumeric)
            })
            .take(4)
            .collect();
        let id = snake_case(&words.join(" "))
            .filter(|id| id.len() <= 48)
            .unwrap_or_else(|| "obligation".to_owned());
        let id = if OWN_DATES.contains(&id.as_str()) {
            format!("{id}_owed")
        } else {
            id
        };
        let mut free = id.clone();
        let mut number = 1;
        while self.taken.contains(&free) || self.events.iter().any(|(event, _)| *event == free) {
            number += 1;
            free = format!("{id}_{number}");
        }
        self.taken.insert(free.clone());
        free
    }

    /// Reads every phrase as the file will be read, with all its names; what is read otherwise there is not proposed.
    pub(super) fn read_again(
        &mut self,
        agreements: &[AgreementId],
        date_order: DateOrder,
        near: Option<NaiveDate>,
    ) {
        // An event and an obligation of one name are one too many.
        let events: Vec<String> = self.events.iter().map(|(id, _)| id.clone()).collect();
        for obligation in &mut self.obligations {
            while events.contains(&obligation.id) {
                obligation.id.push_str("_owed");
            }
        }
        let names = Names {
            events: self
                .events
                .iter()
                .map(|(id, e)| (EventId::new(&**id), e.value.clone()))
                .collect(),
            repeating: Vec::new(),
            obligations: self
                .obligations
                .iter()
                .map(|o| (ObligationId::new(&*o.id), o.title.clone()))
                .collect(),
            agreements: agreements.to_vec(),
            date_order,
            near,
            known: KnownNames::default(),
        };
        let span = Span::new(SourceId(0), 0..0);
        let (kept, refused): (Vec<_>, Vec<_>) = std::mem::take(&mut self.obligations)
            .into_iter()
            .partition(|o| {
                o.needs == Some(Lack::Start) || language::parse(&o.phrase, span, &names).is_ok()
            });
        self.obligations = kept;
        for refused in refused {
            let seen = (refused.clause, refused.words);
            if !self.seen.contains(&seen) {
                self.seen.push(seen);
            }
        }
    }
}

/// Whether a limit is that of one of two things of which either will do: `either restore the stipend by June 1 or`.
fn is_one_of_two(sentence: &Sentence, found: &Found, duty: &Duty) -> bool {
    let between = sentence.text.get(duty.verb..found.start);
    between.is_some_and(|words| words.split_whitespace().any(|word| bare(word) == "either"))
}

/// Whether what stands between two limits of one verb makes them a choice: `by June 1, or pay the differential by July 1`.
fn offers_another(between: &str) -> bool {
    between.split_whitespace().any(|word| bare(word) == "or")
}

/// `pushed to November 7, 2025`: the day itself.
fn moved_to(found: &Found) -> &str {
    found.words.strip_prefix("to ").unwrap_or(&found.words)
}

fn lasts(found: &Found) -> bool {
    if found.needs == Need::Start {
        return false;
    }
    let to = found.words.starts_with("to ");
    (found.phrase.tree.is_term() || found.phrase.tree.bare_length().is_some())
        && !to
        && found.event.is_none()
}
