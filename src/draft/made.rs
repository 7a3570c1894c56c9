//! Obligations and events, sentence by sentence.

use super::complete::is_complete;
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
use std::ops::Range;

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
    /// Proposes what a sentence says; where the words of time of that stand in it.
    pub(super) fn sentence(
        &mut self,
        sentence: &Sentence,
        found: &[Found],
        parties: &[PartyProposed],
    ) -> Vec<Range<usize>> {
        if sentence.recital || sentence.signature {
            return Vec::new();
        }
        let mut read: Vec<Range<usize>> = Vec::new();
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
            let later = found.iter().find(|later| later.start > one.start);
            if further
                || is_one_of_two(sentence, one, duty)
                || between.is_some_and(offers_another)
                || found
                    .iter()
                    .any(|limit| limit.start > duty.verb && only_leads_to(one, duty, limit))
                || later.is_some_and(|later| begins_unread(one, later))
                || one.phrase.tree.recurs()
                    && found.iter().any(|earlier| {
                        (duty.verb..one.start).contains(&earlier.start)
                            && !is_complete(&sentence.text, earlier)
                    })
            {
                verbs.push(duty.verb);
                continue;
            }
            verbs.push(duty.verb);
            read.push(one.start..one.end);
            self.obligation(sentence, one, duty.clone(), parties);
        }
        read
    }

    fn obligation(
        &mut self,
        sentence: &Sentence,
        found: &Found,
        duty: Duty,
        parties: &[PartyProposed],
    ) {
        let title = title_of(&duty, &said(found), parties);
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
        let needs = needs.or_else(|| is_of_each(found, &duty).then_some(Lack::Start));
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

/// The words of a limit for people: its event by its name and not by its id.
fn said(found: &Found) -> String {
    let Some(event) = &found.event else {
        return found.words.clone();
    };
    let mut letters = event.title.chars();
    let name = match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            let rest = event.title.get(first.len_utf8()..).unwrap_or_default();
            format!("{}{rest}", first.to_lowercase())
        }
        _ => event.title.clone(),
    };
    found.words.replace(&event.id, &name)
}

/// Whether a length is that of each person or case, which begins with that and not with the letter: `a trial period of six
/// months`.
fn is_of_each(found: &Found, duty: &Duty) -> bool {
    const ONE: &[&str] = &[
        "candidate",
        "clerk",
        "deputy",
        "employee",
        "hire",
        "member",
        "officer",
        "who",
    ];
    let words = format!("{} {}", duty.subject, duty.deed).to_ascii_lowercase();
    let of_one = words
        .split_whitespace()
        .any(|word| ONE.contains(&bare(word).as_str()));
    let of_each = ["a ", "an ", "any ", "each ", "every ", "such ", "new "]
        .iter()
        .any(|lead| words.starts_with(lead));
    let time = format!("{words} {}", found.words.to_ascii_lowercase());
    let personal = ["probation", "trial", "performance"]
        .iter()
        .any(|word| time.contains(word));
    found.phrase.tree.bare_length().is_some()
        && (duty.when.is_some() || of_one || of_each || personal)
}

/// Whether `Upon ratification` at the head of a sentence is only what its own limit behind the verb comes after.
fn only_leads_to(first: &Found, duty: &Duty, limit: &Found) -> bool {
    let lower = first.words.to_ascii_lowercase();
    let leads = ["upon ", "following ", "after ", "once "]
        .iter()
        .any(|word| lower.starts_with(word));
    let limit = limit.words.to_ascii_lowercase();
    let limits = [
        "within",
        "no later",
        "not later",
        "by ",
        "on ",
        "before",
        "at least",
        "no more",
    ]
    .iter()
    .any(|word| limit.starts_with(word));
    leads && first.end <= duty.verb && limits
}

/// Whether the day on which a series begins stands behind it and is not read with it: `$75 per month to each, beginning July 1`.
fn begins_unread(series: &Found, later: &Found) -> bool {
    let lower = later.words.to_ascii_lowercase();
    series.phrase.tree.recurs()
        && ["beginning", "starting", "commencing", "effective"]
            .iter()
            .any(|word| lower.starts_with(word))
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
        && (found.event.is_none() || found.words.starts_with("for a period"))
}
