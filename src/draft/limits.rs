//! Which words may be a time limit: where one begins and ends, and what of it the language of deadlines reads is one.

use super::finder::{MODALS, bare};
use crate::language::{Limit, Phrase, is_month};

/// The most words of one time limit.
const MOST_WORDS: usize = 26;

/// The last word that a limit from `at` may have.
pub(super) fn reach(words: &[(usize, &str)], at: usize) -> usize {
    let mut last = at;
    let mut proviso = false;
    for (index, (_, word)) in words.iter().enumerate().skip(at).take(MOST_WORDS) {
        proviso |= bare(word) == "unless";
        // A month may be called May.
        let modal = MODALS.contains(&bare(word).as_str()) && !word.starts_with("May");
        if index > at
            && (modal && !proviso
                || ["who", "which", "that", "whose"].contains(&bare(word).as_str()))
        {
            break;
        }
        // `upon signing and terminates on June 30`: another verb.
        let next = words.get(index + 1).map(|(_, next)| bare(next));
        if bare(word) == "and" && next.is_some_and(|next| OTHER_VERBS.contains(&next.as_str())) {
            break;
        }
        last = index;
        if word.ends_with([';', ':']) && !word.ends_with("am:") {
            break;
        }
    }
    last
}

/// Whether the words up to one say which thing the next one is: `the April 2026 paycheck`.
pub(super) fn says_which(words: &[(usize, &str)], end: usize) -> bool {
    let closed = words
        .get(end)
        .is_some_and(|(_, word)| word.ends_with([',', '.', ';', ':', ')']));
    let next = words
        .get(end + 1)
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    let last = words
        .get(end)
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    let is_year = next.len() == 4 && next.chars().all(|c| c.is_ascii_digit());
    let thing = [
        "paycheck",
        "paychecks",
        "payroll",
        "paydate",
        "salary",
        "wages",
    ];
    !closed && (thing.contains(&next.as_str()) || is_year && is_month(&last))
}

/// Whether the words are `within` and a length, and what follows does not say after what.
pub(super) fn is_bare(words: &[(usize, &str)], at: usize, end: usize) -> bool {
    let word = |index: usize| {
        words
            .get(index)
            .map(|(_, word)| bare(word))
            .unwrap_or_default()
    };
    let ends = words
        .get(end)
        .is_some_and(|(_, word)| word.ends_with([',', '.', ';']));
    let says = [
        "of",
        "after",
        "from",
        "following",
        "before",
        "prior",
        "thereafter",
    ];
    word(at) == "within"
        && ["day", "days", "week", "weeks", "month", "months"].contains(&word(end).as_str())
        && (ends || !says.contains(&word(end + 1).as_str()))
}

/// Verbs of a letter that begin something else than what stands before them.
const OTHER_VERBS: &[&str] = &[
    "terminates",
    "expires",
    "ends",
    "sunsets",
    "remains",
    "continues",
    "will",
    "shall",
    "must",
    "may",
];

/// Whether words of time go on after a word: `by June` of `by June 31, 2027`, which is no day, is not what the letter says.
pub(super) fn is_cut(words: &[(usize, &str)], end: usize) -> bool {
    let Some((_, next)) = words.get(end + 1) else {
        return false;
    };
    let ends_here = words
        .get(end)
        .is_some_and(|(_, word)| word.ends_with([';', ':', ')']));
    let last = words.get(end).map(|(_, word)| bare(word));
    let last = last.unwrap_or_default();
    let next = bare(next);
    let is_unit = |word: &str| UNITS.contains(&word);
    // `for six months from the first day of work`: from when it runs is said, and not read.
    let runs_from = is_unit(&last)
        && ["from", "after", "following", "beginning", "commencing"].contains(&next.as_str());
    // `upon ratification of the successor MOU` is not this one's.
    let of_another = next == "of"
        && [
            "ratification",
            "signing",
            "execution",
            "expiration",
            "approval",
        ]
        .contains(&last.as_str());
    // `upon ratification by the Union and approval by the Board` waits for both.
    let next_of_two = words
        .windows(2)
        .skip(end + 1)
        .take(4)
        .take_while(|pair| !pair[0].1.ends_with([',', ';', '.']))
        .find(|pair| bare(pair[0].1) == "and");
    let and_another = next_of_two.is_some_and(|pair| {
        ["approval", "ratification", "adoption"].contains(&bare(pair[1].1).as_str())
    });
    let goes_on = next.starts_with(|c: char| c.is_ascii_digit()) || is_unit(&next);
    !ends_here && (goes_on || runs_from || of_another || and_another)
}

/// Words that a number of time is counted in.
const UNITS: [&str; 10] = [
    "day", "days", "week", "weeks", "month", "months", "year", "years", "term", "terms",
];

/// Whether a word ends no limit.
pub(super) fn ends_weakly(word: &str) -> bool {
    [
        "the", "a", "an", "of", "and", "or", "to", "by", "in", "on", "for", "with", "from", "at",
        "their", "its", "this", "any", "all", "is", "be", "except", "provided", "that", "which",
    ]
    .contains(&bare(word).as_str())
}

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
    BEGINNINGS.contains(&word.as_str())
        || word.chars().next().is_some_and(|c| c.is_ascii_digit())
        || NUMBERS.contains(&word.as_str())
        || word.ends_with("-year")
        || word.ends_with("-month")
}

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
    "twelve",
    "fifteen",
    "twenty",
    "thirty",
    "forty",
    "forty-five",
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
    if ["current", "existing", "present", "successor"]
        .iter()
        .any(|which| has(&format!("expiration of the {which}")))
    {
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
        return !begins_bare && first != "may";
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
