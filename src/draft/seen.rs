//! Whether a sentence has words of time of which nothing is proposed: a person has to read them.

use super::finder::{Found, bare};
use super::sentences::{Sentence, words_of};
use super::verbs::modals;
use crate::language::is_month;
use crate::words::Language;
use std::ops::Range;

/// Whether a sentence says more of time than the words that were `read`.
pub(super) fn says_more(sentence: &Sentence, found: &[Found], read: &[Range<usize>]) -> bool {
    let text = &sentence.text;
    if read.is_empty() {
        return !found.is_empty()
            || speaks_of_time(text)
            || !sentence.recital && speaks_of_an_occasion(text);
    }
    // What stands before the verb and its limit tells of whom or of what it is said.
    let verb = modals(&words_of(text)).first().map(|modal| modal.at);
    let first = read.iter().map(|words| words.start).min();
    let from = [verb, first]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or_default();
    let unread = found
        .iter()
        .any(|one| one.start >= from && !read.iter().any(|words| words.contains(&one.start)));
    let rest: String = text
        .char_indices()
        .map(|(at, c)| {
            let known = at < from || read.iter().any(|words| words.contains(&at));
            if known { ' ' } else { c }
        })
        .collect();
    unread || speaks_of_time(&rest) || goes_on(&rest)
}

/// Whether what is left of a sentence bounds what was read, or hangs on something else.
fn goes_on(rest: &str) -> bool {
    let words: Vec<String> = words_of(rest).iter().map(|(_, word)| bare(word)).collect();
    words
        .iter()
        .any(|word| ["until", "upon", "thereafter", "whichever"].contains(&word.as_str()))
}

/// Whether a sentence hangs something on an occasion, in words that the language of deadlines may not read.
fn speaks_of_an_occasion(sentence: &str) -> bool {
    let words: Vec<String> = words_of(sentence)
        .iter()
        .take(400)
        .map(|(_, word)| bare(word))
        .collect();
    let word = |index: usize| words.get(index).map(String::as_str).unwrap_or_default();
    (0..words.len()).any(|index| {
        let before = index.checked_sub(1).map(word).unwrap_or_default();
        match word(index) {
            "date" | "dates" => before == "pay",
            "upon" => ![
                "agreed",
                "based",
                "binding",
                "depending",
                "dependent",
                "imposed",
                "relied",
            ]
            .contains(&before),
            "ratification" | "until" | "thereafter" | "whichever" | "expires" | "expire"
            | "sunset" | "paycheck" | "payday" | "immediately" => true,
            // `following the close of`, and not `the following`
            "following" => {
                !["the", "as", "following"].contains(&before)
                    && [
                        "the",
                        "a",
                        "an",
                        "any",
                        "completion",
                        "receipt",
                        "ratification",
                        "approval",
                        "notice",
                    ]
                    .contains(&word(index + 1))
            }
            "later" | "earlier" => ["no", "not"].contains(&before) && word(index + 1) == "than",
            "effective" => ["be", "become", "is", "are", ""].contains(&before) || index == 0,
            "period" | "periods" => {
                let which = index.checked_sub(2).map(word).unwrap_or_default();
                before == "pay"
                    && [
                        "first",
                        "full",
                        "next",
                        "each",
                        "every",
                        "following",
                        "per",
                        "second",
                        "1st",
                    ]
                    .contains(&which)
            }
            "day" => before == "working" && word(index + 1) == "of",
            "end" => before == "the" && word(index + 1) == "of",
            day => WEEKDAYS.contains(&day) && ["by", "on", "the", "before"].contains(&before),
        }
    })
}

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Whether a sentence has words of time, understood or not.
fn speaks_of_time(sentence: &str) -> bool {
    let words: Vec<String> = words_of(sentence)
        .iter()
        .take(400)
        .map(|(_, word)| bare(word))
        .collect();
    let number = |word: &String| {
        word.chars().any(|c| c.is_ascii_digit()) || NUMBER_WORDS.contains(&word.as_str())
    };
    words.iter().enumerate().any(|(index, word)| {
        let before = words
            .get(index.saturating_sub(3)..index)
            .unwrap_or_default();
        let after = words.get(index + 1);
        let of_a_month = is_month_in_spanish(word)
            && before.last().is_some_and(|word| word == "de")
            && before.iter().any(number);
        of_a_month
            || UNITS.contains(&word.as_str()) && before.iter().any(number)
            || is_month(word) && after.is_some_and(number)
            || word.split('/').count() == 3 && word.chars().all(|c| c.is_ascii_digit() || c == '/')
            || RECURRING.contains(&word.as_str())
    })
}

const NUMBER_WORDS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "ten", "fourteen", "thirty", "sixty",
    "ninety",
];
const UNITS: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "year", "years", "día", "días", "dias",
    "semana", "semanas", "mes", "meses", "año", "años",
];
const RECURRING: &[&str] = &[
    "monthly",
    "quarterly",
    "annually",
    "weekly",
    "biweekly",
    "semi-annually",
    "yearly",
    "duration",
    "promptly",
];

/// Whether a word is a month in Spanish, in which an office's letters may be as well.
fn is_month_in_spanish(word: &str) -> bool {
    (1..=12).any(|number| Language::Spanish.month(number) == word)
}
