//! A letter's own dates: when it takes effect and when it ends, in sentences that speak of the letter itself.

mod itself;
mod says;

use super::complete::is_complete;
use super::finder::{Found, Need, Reader};
use super::sentences::Sentence;
use super::with_the_contract::with_the_contract;
use chrono::NaiveDate;
use itself::speaks_of_another;
pub(super) use itself::speaks_of_itself;
use says::{by_its_signature, ends, says_a_range, takes_effect, without_effective};
use std::ops::Range;

/// One of the letter's own dates.
#[derive(Clone, Debug)]
pub(super) struct OwnDate {
    /// A day or a phrase, as the front matter has it.
    pub value: String,
    /// The words that it comes from.
    pub words: String,
    /// What its value needs to be said beside it: how it was put together.
    pub remark: Option<String>,
    /// What the value was read as.
    found: Option<Found>,
}

impl OwnDate {
    /// Whether it needs nothing that the office has to add.
    pub(super) fn found(&self) -> Option<&Found> {
        self.found.as_ref()
    }
}

/// When the letter takes effect and when it ends.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnDates {
    /// When it takes effect.
    pub effective: Option<OwnDate>,
    /// When it ends.
    pub expires: Option<OwnDate>,
    /// The sentences that were understood so.
    pub sentences: Vec<usize>,
    /// The words of time of them that were, each with its sentence.
    pub read: Vec<(usize, Range<usize>)>,
}

impl OwnDates {
    fn understood(&mut self, sentence: usize, found: &Found) {
        self.sentences.push(sentence);
        self.read.push((sentence, found.start..found.end));
    }
}

/// The letter's own dates.
pub(super) fn own_dates(
    sentences: &[Sentence],
    all: &[Vec<Found>],
    reader: &Reader<'_>,
) -> OwnDates {
    let mut dates = OwnDates::default();
    let mut labelled = None;
    for (index, (sentence, found)) in sentences.iter().zip(all).enumerate() {
        let lower = sentence.text.to_ascii_lowercase();
        let own = speaks_of_itself(&lower);
        for one in found {
            // Among recitals only what says `this` letter is its own.
            if sentence.recital && own.is_none_or(|at| at >= one.start) {
                continue;
            }
            let before = lower.get(..one.start).unwrap_or_default();
            let after = lower.get(one.end..).unwrap_or_default();
            // `upon ratification, and in any case not before April 1`: the later of two days, which is no window between them.
            let bounded = one.words.to_ascii_lowercase();
            let bounded = ["not before", "no earlier than", "not earlier than"]
                .iter()
                .any(|bound| bounded.contains(bound));
            if bounded || !is_complete(&sentence.text, one) {
                continue;
            }
            if let Some((Some(from), to)) = reader.days(&one.phrase)
                && from != to
                && own.is_some_and(|at| at < one.start && !speaks_of_another(before, at))
                && (says_a_range(before) || one.words.to_ascii_lowercase().starts_with("effective"))
            {
                // A school year's first day is in its calendar, which the office has to write.
                let lower = one.words.to_ascii_lowercase();
                if !["school year", "academic year", "semester"]
                    .iter()
                    .any(|name| lower.contains(name))
                {
                    set(&mut dates.effective, date(in_words(from), sentence), false);
                    set(&mut dates.expires, date(in_words(to), sentence), true);
                    dates.understood(index, one);
                }
                continue;
            }
            if matches!(one.needs, Need::Calendar(_)) {
                continue;
            }
            if takes_effect(before, after, own, one) {
                let mut value = without_effective(&one.words).to_owned();
                if reader.parse(&value, None).is_none() {
                    value.clone_from(&one.words);
                }
                let mut own_date = date(value, sentence);
                own_date.found = Some(one.clone());
                // A second day on which it takes effect is for a person to read.
                if dates.effective.is_none() {
                    set(&mut dates.effective, own_date, false);
                    dates.understood(index, one);
                }
            } else if own.is_some_and(|at| at < one.start && ends(before, at, &sentence.text, one))
            {
                let mut own_date = date(without_until(&one.words).to_owned(), sentence);
                own_date.found = Some(one.clone());
                set(&mut dates.expires, own_date, true);
                dates.understood(index, one);
            }
        }
        // `Effective Date: September 9, 2022` at the head of a letter.
        let label = index
            .checked_sub(1)
            .and_then(|before| sentences.get(before))
            .is_some_and(|before| is_label(&before.text));
        let day = if label {
            Some(sentence.text.as_str())
        } else {
            after_label(&sentence.text)
        };
        if let Some(day) = day.and_then(|text| reader.day_at_start(text)) {
            let mut own_date = date(in_words(day), sentence);
            own_date
                .words
                .insert_str(0, if label { "Effective: " } else { "" });
            labelled.get_or_insert(own_date);
            dates.sentences.push(index);
        }
        if by_its_signature(&lower, own) {
            set(
                &mut dates.effective,
                date("upon signing".to_owned(), sentence),
                false,
            );
            dates.sentences.push(index);
        }
        if let Some(end) = in_brackets(sentence, &lower, own, reader) {
            set(&mut dates.expires, date(end, sentence), true);
            dates.sentences.push(index);
        }
    }
    // What the letter says in a sentence counts before a label at its head.
    dates.effective = dates.effective.take().or(labelled);
    with_the_contract(sentences, all, reader, &mut dates);
    dates
}

/// A day as letters write it.
pub(super) fn in_words(day: NaiveDate) -> String {
    day.format("%B %-d, %Y").to_string()
}

/// Whether a line ends with the label of the day on which the letter takes effect.
fn is_label(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let lower = lower.trim_end();
    lower.chars().count() < 400
        && ["effective date:", "effective:"]
            .iter()
            .any(|label| lower.ends_with(label))
}

/// What follows such a label within a line that begins with it.
fn after_label(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    [
        "effective date:",
        "effective:",
        "original effective date:",
        "original effective:",
    ]
    .iter()
    .find(|label| lower.starts_with(*label))
    .and_then(|label| text.get(label.len()..))
    .map(str::trim_start)
}

/// A date that a sentence says.
pub(super) fn date(value: String, sentence: &Sentence) -> OwnDate {
    OwnDate {
        value,
        words: sentence.text.clone(),
        remark: None,
        found: None,
    }
}

/// The first effective date counts, and the last end: an amendment below puts it off.
fn set(place: &mut Option<OwnDate>, date: OwnDate, last: bool) {
    if last || place.is_none() {
        *place = Some(date);
    }
}

/// `until March 28, 2025`: the last day is what the key asks for.
fn without_until(words: &str) -> &str {
    let lower = words.to_ascii_lowercase();
    ["through ", "on ", "as of "]
        .iter()
        .find(|lead| {
            lower.starts_with(*lead)
                && lower.get(lead.len()..).is_some_and(|rest| {
                    rest.starts_with(|c: char| c.is_ascii_alphanumeric())
                        && !rest.starts_with("the ")
                })
        })
        .and_then(|lead| words.get(lead.len()..))
        .unwrap_or(words)
}

/// `will expire at the end of the current contract period (June 30, 2025)`: the day in the brackets.
fn in_brackets(
    sentence: &Sentence,
    lower: &str,
    own: Option<usize>,
    reader: &Reader<'_>,
) -> Option<String> {
    let at = own?;
    let verb = [
        "will expire",
        "shall expire",
        "expires",
        "will terminate",
        "shall terminate",
        "will sunset",
        "shall sunset",
        "remain in effect",
    ]
    .iter()
    .filter_map(|verb| lower.find(verb))
    .find(|verb| *verb > at)?;
    let rest = sentence.text.get(verb..)?;
    let inner = rest.split_once('(')?.1.split_once(')')?.0;
    let before = rest.split_once('(')?.0.to_ascii_lowercase();
    let of_a_period = ["end of", "contract", "term"]
        .iter()
        .any(|word| before.contains(word));
    let only_day = !before.chars().any(|c| c.is_ascii_digit());
    let phrase = reader.parse(inner.trim(), None)?;
    (of_a_period && only_day && phrase.tree.bare_day().is_some()).then(|| inner.trim().to_owned())
}
