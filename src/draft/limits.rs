//! Which words may be a time limit: where one begins and ends, and what of it the language of deadlines reads is one.

mod end;

use super::finder::bare;
use crate::language::{Limit, Phrase, is_month};
pub(super) use end::{ends_weakly, ends_with_a_clause, is_bare, is_cut, reach, says_which};

const BEGINNINGS: &[&str] = &[
    "by",
    "within",
    "no",
    "not",
    "at",
    "on",
    "upon",
    "until",
    "through",
    "before",
    "prior",
    "after",
    "following",
    "effective",
    "beginning",
    "starting",
    "commencing",
    "from",
    "for",
    "each",
    "every",
    "during",
    "between",
    "in",
    "once",
    "twice",
    "monthly",
    "quarterly",
    "annually",
    "weekly",
    "yearly",
    "semiannually",
    "semi-annually",
    "bimonthly",
    "biweekly",
    "as",
    "to",
    "a",
    "minimum",
    "when",
    "with",
    "per",
    "over",
    "any",
    "throughout",
];

/// Whether words of time may begin at a word.
pub(super) fn starts(words: &[(usize, &str)], at: usize) -> bool {
    let Some((_, word)) = words.get(at) else {
        return false;
    };
    let raw = *word;
    let word = bare(word);
    // `the first ninety days of`, `the twelve months of`: how long something is.
    let before = at
        .checked_sub(1)
        .and_then(|at| words.get(at))
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    // `remain in effect until June 30`: the limit is what follows.
    let next = words
        .get(at + 1)
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    if word == "in" && ["effect", "force", "full"].contains(&next.as_str()) {
        return false;
    }
    let a_number =
        word.chars().next().is_some_and(|c| c.is_ascii_digit()) || NUMBERS.contains(&word.as_str());
    if a_number && raw.starts_with('(') {
        return false;
    }
    if a_number
        && [
            "first", "the", "initial", "of", "last", "next", "every", "than",
        ]
        .contains(&before.as_str())
    {
        return false;
    }
    // `expires December 31, 2026`
    if is_month(&word) && raw.starts_with(char::is_uppercase) {
        return ENDS_OR_BEGINS.contains(&before.as_str())
            && next.starts_with(|c: char| c.is_ascii_digit());
    }
    BEGINNINGS.contains(&word.as_str())
        || word.chars().next().is_some_and(|c| c.is_ascii_digit())
        || NUMBERS.contains(&word.as_str())
        || word.ends_with("-year")
        || word.ends_with("-month")
}

/// Verbs that a day may follow without `on`.
const ENDS_OR_BEGINS: &[&str] = &[
    "expire",
    "expires",
    "terminate",
    "terminates",
    "end",
    "ends",
    "sunset",
    "sunsets",
    "conclude",
    "concludes",
    "effect",
];

/// Whether words begin with a number in words.
pub(super) fn begins_with_number(lower: &str) -> bool {
    lower
        .split_whitespace()
        .next()
        .is_some_and(|word| NUMBERS.contains(&word))
}

const NUMBERS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fourteen",
    "fifteen",
    "sixteen",
    "eighteen",
    "twenty",
    "twenty-four",
    "thirty",
    "thirty-six",
    "forty",
    "forty-five",
    "forty-eight",
    "sixty",
    "ninety",
];

/// Parts of words that say that something happens, from which a limit may run.
const HAPPENS: &[&str] = &[
    "sign",
    "execut",
    "ratif",
    "approv",
    "effective",
    "expir",
    "receipt",
    "complet",
    "after",
    "before",
    "prior to",
    "following",
];

/// Whether a length alone says how long something goes on.
fn is_how_long(lower: &str, first: &str) -> bool {
    let has = |word: &str| lower.contains(word);
    let named = ["pilot", "period", "term", "trial", "program", "extension"]
        .iter()
        .any(|word| has(word));
    let lasts = first == "for"
        || has("period of")
        || has("term of")
        || named && (has("-year") || has("-month") || has("-day"));
    // Hours are worked, not waited.
    lasts && !has("hour") && !lower.starts_with("for more") && !lower.starts_with("for less")
}

/// Names of the contract that a letter belongs to, whose days are not the letter's.
const CONTRACTS: &[&str] = &[
    "cba",
    "collective",
    "contract",
    "current",
    "existing",
    "labor",
    "master",
    "parent",
    "present",
    "successor",
    "underlying",
];

/// Whether words hang on a day of another agreement: `before the expiration of the CBA`.
fn is_of_another(lower: &str) -> bool {
    const EVENTS: [&str; 5] = [
        "expiration of ",
        "expiry of ",
        "expiration date of ",
        "ratification of ",
        "execution of ",
    ];
    EVENTS
        .iter()
        .filter_map(|words| lower.split_once(words))
        .any(|(_, rest)| {
            let mut names = rest.split_whitespace().map(bare);
            let first = names.next().unwrap_or_default();
            let name = if ["the", "a", "any", "its", "their"].contains(&first.as_str()) {
                names.next().unwrap_or_default()
            } else {
                first
            };
            CONTRACTS.contains(&name.as_str())
        })
}

/// Whether words begin with the least of a length, which says when nothing is owed.
fn is_the_least(lower: &str) -> bool {
    const LEADS: [&str; 6] = [
        "no less",
        "not less",
        "no fewer",
        "at least",
        "minimum",
        "a minimum",
    ];
    LEADS.iter().any(|lead| lower.starts_with(lead))
}

/// Whether what the language reads in the words is a limit and not a number or a day in passing.
pub(super) fn is_a_limit(words: &str, phrase: &Phrase) -> bool {
    let lower = words.to_ascii_lowercase();
    let all: Vec<String> = lower.split_whitespace().map(bare).collect();
    let first = all.first().cloned().unwrap_or_default();
    let has = |word: &str| lower.contains(word);
    let is_unit = |word: &String| {
        [
            "day", "days", "week", "weeks", "month", "months", "year", "years",
        ]
        .contains(&word.as_str())
    };
    let begins_bare = first.chars().next().is_some_and(|c| c.is_ascii_digit())
        || NUMBERS.contains(&first.as_str());
    // `29, 2022` is the rest of a day; `30 days after` is a limit.
    if begins_bare && !all.iter().take(5).any(is_unit) {
        return false;
    }
    if lower.starts_with("effective,")
        || all.len() == 1 && !phrase.tree.recurs()
        || has("by signing")
        || lower.starts_with("following the first")
        || lower == "following the pay period"
    {
        return false;
    }
    // `four hours of training`: how much of something.
    if (has("hours of") || has("hour of")) && !has("notice") && first != "within" {
        return false;
    }
    // `through end of month`, `for the current year`: said of something that the sentence points at.
    let dated = words.chars().any(|c| c.is_ascii_digit());
    let points = [
        "at", "until", "through", "during", "in", "with", "from", "for",
    ];
    let tree = &phrase.tree;
    if points.contains(&first.as_str())
        && !tree.recurs()
        && tree.bare_length().is_none()
        && !HAPPENS.iter().any(|word| has(word))
        && (!dated || first == "for" && !has("through") && !has(" to ") && !has("–") && !has("-"))
    {
        return false;
    }
    if tree.recurs() && lower.starts_with("a ") || has("subsequent year") || has("for the current")
    {
        return false;
    }
    if matches!(tree.limit, Limit::During { .. })
        && !dated
        && !["by", "within", "no", "not", "before", "on"].contains(&first.as_str())
    {
        return false;
    }
    // `the expiration of the current MOU` is another's.
    if is_of_another(&lower) {
        return false;
    }
    // One's own agreement is no day, and neither is what a sentence only points at.
    if lower.starts_with("with the agreement")
        || lower.starts_with("with this")
        || has("of the next") && !has("following")
    {
        return false;
    }
    if tree.bare_length().is_some() {
        return is_how_long(&lower, &first);
    }
    let hangs = [
        "before",
        "prior",
        "after",
        "of",
        "from",
        "notice",
        "advance",
        "following",
        "once",
        "every",
        "each",
    ]
    .iter()
    .any(|word| all.iter().any(|w| w == word))
        || tree.recurs();
    if is_the_least(&lower) && !hangs {
        return false;
    }
    if tree.bare_day().is_some() || matches!(tree.limit, Limit::During { .. }) {
        let day = all
            .get(1)
            .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        return !begins_bare && (first != "may" || day);
    }
    if tree.is_undated() {
        return lower.starts_with("as soon as");
    }
    // The life of an agreement is no date by itself.
    !["duration of", "life of", "term of"]
        .iter()
        .any(|words| has(words))
        || has("day")
}
