//! Where words of time end: how far they may reach, and after which words more of them would have to follow.

use crate::draft::finder::{MODALS, bare};
use crate::language::is_month;

/// The most words of one time limit.
const MOST_WORDS: usize = 26;

/// The last word that a limit from `at` may have.
pub(in crate::draft) fn reach(words: &[(usize, &str)], at: usize) -> usize {
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
pub(in crate::draft) fn says_which(words: &[(usize, &str)], end: usize) -> bool {
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
    // `the December 10, 2025 supplemental payroll`
    let year = last.len() == 4 && last.chars().all(|c| c.is_ascii_digit());
    let after_next = words
        .get(end + 2)
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    let described = year
        && words
            .get(end + 1)
            .is_some_and(|(_, word)| !word.ends_with([',', '.', ';']))
        && (thing.contains(&after_next.as_str())
            || ["pay", "school"].contains(&next.as_str())
                && ["date", "day", "period", "year"].contains(&after_next.as_str()));
    !closed && (thing.contains(&next.as_str()) || is_year && is_month(&last) || described)
}

/// Whether the words are `within` and a length, and what follows does not say after what.
pub(in crate::draft) fn is_bare(words: &[(usize, &str)], at: usize, end: usize) -> bool {
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
    let later = ["no", "not"].contains(&word(at).as_str())
        && word(at + 1) == "later"
        && word(at + 2) == "than"
        && word(end + 1) == "thereafter";
    (word(at) == "within" || later)
        && ["day", "days", "week", "weeks", "month", "months"].contains(&word(end).as_str())
        && (ends || later || !says.contains(&word(end + 1).as_str()))
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
pub(in crate::draft) fn is_cut(words: &[(usize, &str)], end: usize) -> bool {
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
            "notice",
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

/// Whether the last of some words is the number of the next clause: `of this MOU, 4`.
pub(in crate::draft) fn ends_with_a_clause(words: &[(usize, &str)], end: usize) -> bool {
    let number = words
        .get(end)
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    let before = end.checked_sub(1).and_then(|before| words.get(before));
    (1..=2).contains(&number.len())
        && number.chars().all(|c| c.is_ascii_digit())
        && before.is_some_and(|(_, word)| word.ends_with([',', ';']))
}

/// Whether a word ends no limit.
pub(in crate::draft) fn ends_weakly(word: &str) -> bool {
    [
        "the", "a", "an", "of", "and", "or", "to", "by", "in", "on", "for", "with", "from", "at",
        "their", "its", "this", "any", "all", "is", "be", "except", "provided", "that", "which",
    ]
    .contains(&bare(word).as_str())
}
