//! What is proposed of a letter, each with the words that it comes from, and what was seen and is not proposed.

use super::begun::with_its_start;
use super::days_off::DaysOff;
use super::finder::{Found, Reader};
use super::letter::Letter;
use super::made::Made;
use super::own_dates::{OwnDate, own_dates};
use super::parties::{self, PartyNamed, PartyProposed};
use super::seen::says_more;
use super::sentences::sentences;
use super::signed::{Signed, signed};
use super::title;
use crate::agreement::AgreementKind;
use crate::ids::{AgreementId, PartyId};
use crate::language::DateOrder;
use crate::office::Party;
use chrono::NaiveDate;
use std::ops::Range;

/// What is known of the office that the letter is for.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Its parties.
    pub parties: &'a [Party],
    /// Its agreements, by id and title.
    pub agreements: &'a [(AgreementId, String)],
    /// How `12/9/99` is read.
    pub date_order: DateOrder,
}

/// A value with the words that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed<T> {
    /// The value.
    pub value: T,
    /// The letter's words.
    pub words: String,
}

/// Under which key an obligation's time stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// A deadline or a window.
    Due,
    /// It recurs.
    Every,
    /// It lasts and ends.
    Lasts,
}

impl Timing {
    /// The key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Every => "every",
            Self::Lasts => "lasts",
        }
    }
}

/// What a phrase lacks to be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A calendar of the office: why.
    Calendar(String),
    /// From when it is counted, which its sentence does not say.
    Start,
}

/// An obligation that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// Its id.
    pub id: String,
    /// The clause, as the letter numbers it.
    pub clause: Option<String>,
    /// What is owed, in the letter's words.
    pub title: String,
    /// Who owes it; empty: all parties, or nobody that is known by `owed_by_words`.
    pub owed_by: Vec<PartyId>,
    /// What the letter says of who owes it, where it is no party that is known.
    pub owed_by_words: Option<String>,
    /// Under which key its time stands.
    pub timing: Timing,
    /// Its time.
    pub phrase: String,
    /// What has to be added before the phrase can be counted.
    pub needs: Option<Lack>,
    /// Under which condition it is owed.
    pub when: Option<String>,
    /// The sentence that it comes from.
    pub words: String,
    /// The block of the letter, and where the sentence ends in it.
    pub place: (usize, usize),
}

/// What is proposed of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it calls itself.
    pub title: Option<Proposed<String>>,
    /// What sort of document it is; where it does not say so, a side letter.
    pub kind: Proposed<AgreementKind>,
    /// The office's parties that it names.
    pub parties: Vec<PartyProposed>,
    /// What it calls those that the office does not have, where it has fewer than two of its parties.
    pub parties_named: Vec<PartyNamed>,
    /// The day of signing.
    pub signed: Option<Proposed<NaiveDate>>,
    /// Days of which one is the last signature's, with their words.
    pub signed_unclear: Vec<(NaiveDate, String)>,
    /// When it takes effect.
    pub effective: Option<Proposed<String>>,
    /// When it ends.
    pub expires: Option<Proposed<String>>,
    /// The agreements of the office that it names.
    pub amends: Vec<Proposed<AgreementId>>,
    /// What it calls another agreement, where the office has none of that title.
    pub amends_named: Option<String>,
    /// The days off, where the letter counts working days.
    pub days_off: Option<DaysOff>,
    /// What starts a clock, by id and title, with the words.
    pub events: Vec<(String, Proposed<String>)>,
    /// What is owed.
    pub obligations: Vec<Obligation>,
    /// Sentences with words of time of which nothing is proposed, each with its clause.
    pub seen: Vec<(Option<String>, String)>,
    /// Whether there was more to look at than is looked at in one letter.
    pub gave_up: bool,
}

/// Proposes what a letter's text says.
pub fn propose(letter: &Letter, known: Known<'_>) -> Proposal {
    let text: Vec<&str> = letter.blocks.iter().map(|b| b.text.as_str()).collect();
    let text = text.join("\n");
    let title = title::title(letter);
    let own_title = title.as_ref().map(|title| title.words.as_str());
    let (amends, amends_named) = amends(&text, known.agreements, own_title);
    let ids: Vec<AgreementId> = amends.iter().map(|one| one.value.clone()).collect();
    let reader = Reader::new(&ids, known.date_order, near(&text));
    let sentences = sentences(letter);
    let found: Vec<Vec<Found>> = sentences
        .iter()
        .map(|s| {
            if s.text.len() > 6000 {
                Vec::new()
            } else {
                with_its_start(&reader, &s.text, reader.find(&s.text))
            }
        })
        .collect();
    let own = own_dates(&sentences, &found, &reader);
    let parties = parties::proposed(&text, known.parties);
    let mut made = Made::default();
    for (index, (sentence, found)) in sentences.iter().zip(&found).enumerate() {
        let is_own = own.sentences.contains(&index);
        let read: Vec<Range<usize>> = if is_own {
            let of_it = own.read.iter().filter(|(of, _)| *of == index);
            of_it.map(|(_, words)| words.clone()).collect()
        } else {
            made.sentence(sentence, found, &parties)
        };
        // An own date of which no words are marked is the whole sentence.
        let all_read = is_own && read.is_empty();
        if !all_read && !sentence.signature && says_more(sentence, found, &read) {
            made.seen
                .push((sentence.clause.clone(), sentence.text.clone()));
        }
    }
    let (effective, expires) = (own.effective.clone(), own.expires.clone());
    for date in [&effective, &expires].into_iter().flatten() {
        made.own(date);
    }
    let (signed, signed_unclear) = match signed(&sentences, &reader) {
        Signed::On(value, words) => (Some(Proposed { value, words }), Vec::new()),
        Signed::Unclear(days) => (None, days),
        Signed::NotSaid => (None, Vec::new()),
    };
    let kind = title.as_ref().and_then(|t| t.kind);
    made.read_again(&ids, known.date_order, near(&text));
    Proposal {
        kind: Proposed {
            value: kind.unwrap_or(AgreementKind::SideLetter),
            words: title.as_ref().map_or_else(String::new, |t| t.words.clone()),
        },
        title: title.map(|t| Proposed {
            value: t.text,
            words: t.words,
        }),
        parties_named: if parties.len() < 2 {
            parties::named(&text)
        } else {
            Vec::new()
        },
        parties,
        signed,
        signed_unclear,
        effective: effective.map(proposed),
        expires: expires.map(proposed),
        amends,
        amends_named,
        days_off: made.days_off.map(|words| DaysOff::of(words, &sentences)),
        events: made.events,
        obligations: made.obligations,
        seen: made.seen,
        gave_up: reader.gave_up(),
    }
}

fn proposed(date: OwnDate) -> Proposed<String> {
    Proposed {
        value: date.value,
        words: match date.remark {
            Some(remark) => format!("{} ({remark})", date.words),
            None => date.words,
        },
    }
}

/// The agreements of the office whose title the letter names; else what it calls the contract that it is under.
fn amends(
    text: &str,
    agreements: &[(AgreementId, String)],
    own: Option<&str>,
) -> (Vec<Proposed<AgreementId>>, Option<String>) {
    let plain = parties::even(text);
    let found: Vec<Proposed<AgreementId>> = agreements
        .iter()
        .filter(|(_, title)| names_one(title) && plain.contains(&parties::even(title)))
        .map(|(id, title)| Proposed {
            value: id.clone(),
            words: title.clone(),
        })
        .take(8)
        .collect();
    if !found.is_empty() {
        return (found, None);
    }
    let lower = text.to_ascii_lowercase();
    let own = own.map(parties::even).unwrap_or_default();
    let named = [
        "collective bargaining agreement",
        "memorandum of understanding dated",
        "labor agreement",
    ]
    .iter()
    .flat_map(|name| lower.match_indices(name))
    .find_map(|(at, _)| {
        let from = lower
            .get(..at)?
            .rfind(['.', '\n', ';'])
            .map_or(0, |p| p + 1);
        let rest = text.get(from..)?;
        let end = rest.find(['\n', ';']).unwrap_or(rest.len());
        let words = rest.get(..end)?.trim();
        // Its own title names no other.
        let is_own = own.len() > 8 && own.contains(&parties::even(words));
        (!is_own).then(|| words.chars().take(160).collect())
    });
    (found, named)
}

/// Whether a title names one document, as `Memorandum of Understanding` alone does not.
fn names_one(title: &str) -> bool {
    const COMMON: &[&str] = &[
        "memorandum",
        "of",
        "understanding",
        "agreement",
        "letter",
        "side",
        "collective",
        "bargaining",
        "the",
        "and",
        "between",
        "ground",
        "rules",
    ];
    let own = parties::even(title);
    own.split(' ').filter(|word| !COMMON.contains(word)).count() >= 2
}

/// A day of the first year that the text names.
fn near(text: &str) -> Option<NaiveDate> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|number| number.len() == 4)
        .filter_map(|number| number.parse::<i32>().ok())
        .find(|year| (1900..2100).contains(year))
        .and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1))
}
