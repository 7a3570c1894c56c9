//! Words of time in a sentence: the longest that the language of deadlines reads, each tried from where one may begin.

use super::anchors::{Anchored, anchored};
use super::days_off::USUAL;
use super::limits::{
    begins_with_number, ends_weakly, ends_with_a_clause, is_a_limit, is_bare, is_cut, reach,
    says_which, starts,
};
use super::scanned::mended;
use super::sentences::words_of;
use crate::counting::{Calendars, Counting};
use crate::deadline::{Ending, Fact, Facts, Question, evaluate};
use crate::ids::{AgreementId, EventId};
use crate::language::{self, DateOrder, KnownNames, Names, Phrase, Trigger};
use crate::source::{SourceId, Span};
use chrono::NaiveDate;
use std::cell::Cell;

/// The most words of one sentence that are looked at.
const MOST_OF_A_SENTENCE: usize = 400;

/// How many readings are tried in one letter: a long contract needs a part of it.
const MOST_TRIES: usize = 400_000;

/// An event that the words hang on and that has to be declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
}

/// Words of time.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Where they begin in the sentence, in bytes.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// The words as the front matter has them: the sentence's own, but for an event that is named by its id.
    pub words: String,
    /// What they say.
    pub phrase: Phrase,
    /// What they hang on.
    pub event: Option<Event>,
    /// What calendar they need.
    pub needs: Need,
}

/// What a phrase needs to be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing.
    Nothing,
    /// Days off: it counts working days.
    DaysOff,
    /// A calendar that the office has to write: why.
    Calendar(String),
    /// A day from which it is counted: the sentence does not say it.
    Start,
}

/// Reads words of time as a file of this office would.
pub(super) struct Reader<'a> {
    agreements: &'a [AgreementId],
    date_order: DateOrder,
    near: Option<NaiveDate>,
    plain: Names,
    counting: Counting,
    with_days_off: Counting,
    tries: Cell<usize>,
}

impl<'a> Reader<'a> {
    /// A reader for a letter of about that day.
    pub(super) fn new(
        agreements: &'a [AgreementId],
        date_order: DateOrder,
        near: Option<NaiveDate>,
    ) -> Self {
        let mut with_days_off = Counting::plain();
        let calendars = Calendars::built_in();
        for calendar in USUAL {
            if let Some(calendar) = calendars.get(calendar) {
                with_days_off.add_days_off(calendar);
            }
        }
        let mut reader = Self {
            agreements,
            date_order,
            near,
            plain: names(agreements, date_order, near, Vec::new()),
            counting: Counting::plain(),
            with_days_off,
            tries: Cell::new(0),
        };
        reader.plain.near = near;
        reader
    }

    /// Whether there was more to look at than is looked at in one letter.
    pub(super) fn gave_up(&self) -> bool {
        self.tries.get() > MOST_TRIES
    }

    /// The days of a limit that hangs on nothing.
    pub(super) fn days(&self, phrase: &Phrase) -> Option<(Option<NaiveDate>, NaiveDate)> {
        days(phrase, &self.counting)
    }

    /// Reads words; `event` is declared.
    pub(super) fn parse(&self, words: &str, event: Option<&Event>) -> Option<Phrase> {
        self.tries.set(self.tries.get() + 1);
        if self.gave_up() {
            return None;
        }
        let span = Span::new(SourceId(0), 0..0);
        let read = match event {
            None => language::parse(words, span, &self.plain),
            Some(event) => {
                let declared = vec![(EventId::new(&*event.id), event.title.clone())];
                let names = names(self.agreements, self.date_order, self.near, declared);
                language::parse(words, span, &names)
            }
        };
        // Words of a duty that the language sets aside are no words of time.
        read.ok().filter(|phrase| {
            !phrase
                .remarks
                .iter()
                .any(|r| r.message.contains("was not read as a time"))
        })
    }

    /// The day that a text begins with.
    pub(super) fn day_at_start(&self, text: &str) -> Option<NaiveDate> {
        let words = words_of(text);
        (1..=7.min(words.len())).rev().find_map(|count| {
            let (at, word) = words.get(count - 1)?;
            let candidate = trimmed(text.get(..at + word.len())?);
            let day = dotted(candidate).or_else(|| self.parse(candidate, None)?.tree.bare_day());
            day.filter(|_| candidate.chars().any(|c| c.is_ascii_digit()))
        })
    }

    /// The words of time in a sentence, in order; they do not overlap.
    pub(super) fn find(&self, sentence: &str) -> Vec<Found> {
        let mut words = words_of(sentence);
        words.truncate(MOST_OF_A_SENTENCE);
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let next = starts(&words, at)
                .then(|| self.longest(sentence, &words, at))
                .flatten();
            match next {
                Some((one, past)) => {
                    found.push(one);
                    at = past;
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest(
        &self,
        sentence: &str,
        words: &[(usize, &str)],
        at: usize,
    ) -> Option<(Found, usize)> {
        let plain = self.longest_plain(sentence, words, at);
        let hung =
            anchored(words, at).and_then(|anchored| self.hung(sentence, words, at, &anchored));
        match (plain, hung) {
            (Some(plain), Some(hung)) => Some(if hung.1 > plain.1 { hung } else { plain }),
            (plain, hung) => plain.or(hung),
        }
    }

    fn longest_plain(
        &self,
        sentence: &str,
        words: &[(usize, &str)],
        at: usize,
    ) -> Option<(Found, usize)> {
        let last = reach(words, at);
        (at..=last).rev().find_map(|end| {
            let (from, _) = words.get(at)?;
            let (to, word) = words.get(end)?;
            if ends_weakly(word)
                || says_which(words, end)
                || is_cut(words, end)
                || ends_with_a_clause(words, end)
            {
                return None;
            }
            let candidate = trimmed(sentence.get(*from..to + word.len())?);
            let mended = mended(candidate);
            let read = self.parse(&mended, None);
            let (from, past) = (*from, from + candidate.len());
            if read.is_none() && is_bare(words, at, end) {
                return Some((self.without_a_start(from, past, &mended)?, end + 1));
            }
            let phrase = read.filter(|phrase| is_a_limit(&mended, phrase))?;
            let words = in_one_line(&mended);
            Some((self.found(from, past, words, phrase, None), end + 1))
        })
    }

    /// Words that hang on an event of the letter's own words.
    fn hung(
        &self,
        sentence: &str,
        words: &[(usize, &str)],
        at: usize,
        anchored: &Anchored,
    ) -> Option<(Found, usize)> {
        if is_cut(words, anchored.last) {
            return None;
        }
        let (from, _) = words.get(at)?;
        let (to, word) = words.get(anchored.last)?;
        let candidate = trimmed(sentence.get(*from..to + word.len())?);
        let (event_at, _) = words.get(anchored.first)?;
        let before = sentence.get(*from..*event_at)?;
        // `following the first 90 days of`, `from the twelve months of`: how long something is.
        let lead = words
            .get(at)
            .map(|(_, word)| bare(word))
            .unwrap_or_default();
        let span = before.to_ascii_lowercase();
        let a_period = span.starts_with("for a period of ") && !span.trim_end().ends_with(" of");
        if ["following", "from", "during", "over", "for", "after"].contains(&lead.as_str())
            && !a_period
        {
            return None;
        }
        // `two days of release time`, `with sixteen hours of leave`: how much of something.
        let relation = span.split_whitespace().next_back().unwrap_or_default();
        let counted = lead == "with"
            || begins_with_number(&lead)
            || lead.starts_with(|c: char| c.is_ascii_digit());
        if counted && relation == "of" && !span.contains("notice") {
            return None;
        }
        if !span.contains("pay period")
            && ["initial", "first", "last"]
                .iter()
                .any(|word| span.split_whitespace().any(|w| w == *word))
        {
            return None;
        }
        let event = Event {
            id: anchored.id.clone(),
            title: anchored.title.clone(),
        };
        let (words, phrase) = self.hung_on(before, candidate, &event)?;
        let found = self.found(*from, from + candidate.len(), words, phrase, Some(event));
        Some((found, anchored.last + 1))
    }

    /// Words that hang on an event as they stand, else with its id in its name's place behind `before`.
    pub(super) fn hung_on(
        &self,
        before: &str,
        whole: &str,
        event: &Event,
    ) -> Option<(String, Phrase)> {
        let hangs = |phrase: &Phrase| {
            let triggers = phrase.tree.triggers();
            triggers
                .iter()
                .any(|trigger| trigger.to_string() == event.id)
        };
        let as_it_stands = self.parse(whole, Some(event)).filter(hangs);
        as_it_stands
            .map(|phrase| (in_one_line(whole), phrase))
            .or_else(|| {
                let by_id = format!("{before}{}", event.id);
                let phrase = self.parse(&by_id, Some(event)).filter(hangs)?;
                Some((by_id, phrase))
            })
    }

    pub(super) fn found(
        &self,
        start: usize,
        end: usize,
        words: String,
        phrase: Phrase,
        event: Option<Event>,
    ) -> Found {
        let needs = self.needs(&phrase);
        Found {
            start,
            end,
            words,
            phrase,
            event,
            needs,
        }
    }

    /// `within five days` alone: it is read as it would be after something.
    fn without_a_start(&self, start: usize, end: usize, words: &str) -> Option<Found> {
        let words = in_one_line(words);
        let phrase = self.parse(&format!("{words} after signing"), None)?;
        Some(Found {
            start,
            end,
            words,
            phrase,
            event: None,
            needs: Need::Start,
        })
    }

    fn needs(&self, phrase: &Phrase) -> Need {
        if language::check_counting(phrase, &self.counting).is_empty() {
            return Need::Nothing;
        }
        match language::check_counting(phrase, &self.with_days_off).first() {
            None => Need::DaysOff,
            Some(refusal) => Need::Calendar(refusal.message.clone()),
        }
    }
}

fn names(
    agreements: &[AgreementId],
    date_order: DateOrder,
    near: Option<NaiveDate>,
    events: Vec<(EventId, String)>,
) -> Names {
    Names {
        events,
        repeating: Vec::new(),
        obligations: Vec::new(),
        agreements: agreements.to_vec(),
        date_order,
        near,
        known: KnownNames::default(),
    }
}

/// `2025.02.21`, as programs for signing write it.
fn dotted(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y.%m.%d")
        .ok()
        .filter(|_| text.len() == 10)
}

/// Words with one blank between them.
pub(super) fn in_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without the signs that end a sentence or a part of it, and without half a pair of brackets.
fn trimmed(words: &str) -> &str {
    let mut words = words
        .trim()
        .trim_end_matches([',', '.', ';', ':', '”', '"', '’', '*', '_']);
    if words.matches('(').count() < words.matches(')').count() {
        words = words.trim_end_matches([')', ',', '.', ';', ':']);
    }
    words.trim_start_matches(['“', '"', '('])
}

/// A word in small letters, without the signs around it.
pub(super) fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric())
        .to_ascii_lowercase()
}

/// Words that no time limit goes past.
pub(super) const MODALS: [&str; 8] = [
    "shall", "will", "must", "may", "should", "agrees", "agree", "can",
];

/// The days of a limit that hangs on nothing: the first, where it has one, and the last.
fn days(phrase: &Phrase, counting: &Counting) -> Option<(Option<NaiveDate>, NaiveDate)> {
    struct Nothing;
    impl Facts for Nothing {
        fn day(&self, _: &Trigger) -> Fact {
            Fact::Unknown
        }
    }
    let from = NaiveDate::from_ymd_opt(2000, 1, 1)?;
    let answer = evaluate(
        &phrase.tree,
        &Question {
            facts: &Nothing,
            counting,
            from,
            until: from,
            first: None,
            ending: Ending::Stays,
        },
    );
    match answer.dates.as_slice() {
        [one] if answer.waiting_on.is_empty() && !phrase.tree.recurs() => {
            Some((one.opens, one.nominal?))
        }
        _ => None,
    }
}
