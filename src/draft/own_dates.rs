//! A letter's own dates: when it takes effect and when it ends, in sentences that speak of the letter itself.

use super::finder::{Found, Reader};
use super::sentences::Sentence;
use super::with_the_contract::with_the_contract;
use crate::language::Trigger;
use chrono::NaiveDate;

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
}

/// What a letter calls itself after `this` or `the`.
const ITSELF: &[&str] = &[
    "moa",
    "mou",
    "loa",
    "memorandum",
    "agreement",
    "letter",
    "side letter",
    "sideletter",
    "extension",
    "pilot",
    "amendment",
    "addendum",
    "understanding",
    "settlement",
    "program",
    "provision",
];

/// Verbs that end something.
const ENDS: &[&str] = &[
    "expire",
    "terminate",
    "sunset",
    "conclude",
    "end ",
    "ends ",
    "remain in effect",
    "remain in full force",
    "remain in force",
    "remain in place",
    "continue in effect",
    "continue in full force",
    "continue in force",
    "be in effect",
    "is in effect",
    "stay in effect",
    "extend this",
    "extend the term",
    "shall last",
    "will last",
    "in effect through",
    "be effective",
    "is effective",
    "become effective",
    "effective",
    "term of this",
    "shall continue",
    "will continue",
    "take effect",
    "duration of this",
];

/// What an agreement that is not called `this` does when it is the letter itself.
const VERBS: &[&str] = &[
    "is effective",
    "shall be effective",
    "will be effective",
    "shall become effective",
    "will become effective",
    "will expire",
    "shall expire",
    "expires",
];

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
            if let Some((Some(from), to)) = reader.days(&one.phrase)
                && from != to
                && own.is_some_and(|at| at < one.start)
                && (says_a_range(before) || one.words.to_ascii_lowercase().starts_with("effective"))
            {
                set(&mut dates.effective, date(in_words(from), sentence), false);
                set(&mut dates.expires, date(in_words(to), sentence), true);
                dates.sentences.push(index);
                continue;
            }
            if takes_effect(before, own, one) {
                let mut value = without_effective(&one.words).to_owned();
                if reader.parse(&value, None).is_none() {
                    value.clone_from(&one.words);
                }
                let mut own_date = date(value, sentence);
                own_date.found = Some(one.clone());
                set(&mut dates.effective, own_date, false);
                dates.sentences.push(index);
            } else if own.is_some_and(|at| at < one.start) && ends(before, one) {
                let mut own_date = date(without_until(&one.words).to_owned(), sentence);
                own_date.found = Some(one.clone());
                set(&mut dates.expires, own_date, true);
                dates.sentences.push(index);
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

/// Where the letter speaks of itself: `this MOA`, or of all that it changes.
pub(super) fn speaks_of_itself(lower: &str) -> Option<usize> {
    let this = lower.match_indices("this ").filter_map(|(at, word)| {
        let rest = lower.get(at + word.len()..)?;
        let alone = lower
            .get(..at)?
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        (alone && ITSELF.iter().any(|name| rest.starts_with(name))).then_some(at)
    });
    let the = lower.starts_with("the term of the ").then_some(0);
    let the = the.or_else(|| {
        [
            "the agreement ",
            "the contract ",
            "the moa ",
            "the mou ",
            "the loa ",
            "the memorandum ",
        ]
        .iter()
        .filter_map(|name| {
            let at = lower.find(name)?;
            let rest = lower.get(at + name.len()..)?;
            VERBS
                .iter()
                .any(|verb| rest.starts_with(verb))
                .then_some(at)
        })
        .min()
    });
    // What a letter is for is not what it does.
    this.min()
        .or(the)
        .filter(|_| !lower.contains("purpose of this"))
}

/// Whether the words before a range of days say that the letter is in effect then.
fn says_a_range(before: &str) -> bool {
    let near = tail(before, 60);
    [
        "effective",
        "in effect",
        "in force",
        "term of",
        "run",
        "shall be for",
        "period of",
        "duration",
        "for 4 years",
        "years,",
    ]
    .iter()
    .any(|word| near.contains(word))
}

/// The last characters of a text.
fn tail(text: &str, count: usize) -> &str {
    let mut from = text.len().saturating_sub(count);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text.get(from..).unwrap_or(text)
}

/// Whether the limit is the day on which the letter takes effect.
fn takes_effect(before: &str, own: Option<usize>, found: &Found) -> bool {
    let words = found.words.to_ascii_lowercase();
    let lasts = ["through", "until", "for ", "to "]
        .iter()
        .any(|lead| words.starts_with(lead));
    let says = words.starts_with("effective")
        || !lasts
            && ends_with_any(
                before,
                &[
                    "effective",
                    "effect",
                    "effective on",
                    "effect on",
                    "effective as of",
                    "into effect",
                ],
            );
    // `shall become effective at the start of the first roster on August 5, 2023`
    let says = says
        || ["become effective", "be effective", "take effect"]
            .iter()
            .any(|verb| tail(before, 100).contains(verb))
            && words.starts_with("on ");
    let by_its_signing = found.phrase.tree.triggers().iter().any(is_own_signing);
    // `Effective upon signing below, the County ...`, `agree to the following, effective upon execution of this MOU`
    if words.starts_with("effective") && by_its_signing && !words.starts_with("effective date") {
        return true;
    }
    // `The parties agree that effective July 6, 2024, ...`
    let agree = (before.ends_with("the parties agree that ")
        || before.ends_with("the parties agree "))
        && words.starts_with("effective");
    // What becomes effective has to be the letter: `this process will go into effect` is one of its clauses.
    let letter = own.is_some_and(|at| {
        let subject = before.get(at..).unwrap_or_default();
        let verb = [
            " is ",
            " are ",
            "shall",
            "will",
            "become",
            "takes",
            "goes",
            ", effective",
        ]
        .iter()
        .any(|verb| tail(subject, 45).contains(verb));
        at < found.start
            && (verb || subject.trim_end().ends_with("effective"))
            && !subject.starts_with("this process")
            && !subject.starts_with("this provision")
            && !subject.starts_with("this program")
    });
    says && letter && !tail(before, 30).contains("become ineffective") || agree
}

fn is_own_signing(trigger: &Trigger) -> bool {
    matches!(trigger, Trigger::Event { agreement: None, event } if ["signing", "ratification"].contains(&event.as_str()))
}

fn ends_with_any(text: &str, ends: &[&str]) -> bool {
    let text = text.trim_end();
    ends.iter().any(|end| text.ends_with(end))
}

/// Whether the limit is the day on which the letter ends.
fn ends(before: &str, found: &Found) -> bool {
    let words = found.words.to_ascii_lowercase();
    let recurs = found.phrase.tree.recurs();
    let near = tail(before, 110);
    let verb = ENDS.iter().any(|verb| near.contains(verb));
    let ended_at = [
        "will terminate",
        "shall terminate",
        "terminates",
        "will expire",
        "shall expire",
        "expires",
        "will sunset",
        "shall sunset",
    ]
    .iter()
    .any(|verb| before.contains(verb));
    let verb = verb || ended_at;
    let hard = ended_at
        || [
            "expire",
            "terminate",
            "sunset",
            "conclude",
            "extend this",
            " end ",
        ]
        .iter()
        .any(|verb| near.contains(verb));
    let until = ["until", "through", "for ", "to "]
        .iter()
        .any(|lead| words.starts_with(lead));
    let on = hard
        && ["on", "at", "as of", "by", "upon", "effective", "after"]
            .iter()
            .any(|lead| words.starts_with(lead));
    let is_day = found.event.is_none() && !found.phrase.tree.is_undated();
    verb && !recurs && is_day && (until || on)
}

fn without_effective(words: &str) -> &str {
    let mut rest = words;
    for lead in ["effective ", "immediately ", "on "] {
        if rest.to_ascii_lowercase().starts_with(lead) {
            rest = rest.get(lead.len()..).unwrap_or(rest);
        }
    }
    rest
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
