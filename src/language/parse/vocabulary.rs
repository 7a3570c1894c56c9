//! Words of the language, and words that letters use where none of it stands: what to offer for each.

use crate::language::token::Kind;

pub(super) fn nearest_word(written: &str) -> Option<&'static str> {
    let written = written.to_lowercase();
    VOCABULARY
        .iter()
        .map(|word| {
            (
                strsim::normalized_damerau_levenshtein(&written, &word.to_lowercase()),
                *word,
            )
        })
        .filter(|(score, word)| {
            // `day` for `days` is no slip of the pen.
            let same = written.trim_end_matches('s') == word.to_lowercase().trim_end_matches('s');
            *score >= 0.7 && !same
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

/// Words that letters use and no time limit holds: what is wrong with them, and what to write.
pub(super) fn well_known(kind: &Kind, at: usize) -> Option<(&'static str, &'static str)> {
    if *kind == Kind::Mark('/') {
        return Some((
            "joins no date without a year",
            "write the day in words, such as `February 15`",
        ));
    }
    let Kind::Word(word) = kind else { return None };
    Some(match word.as_str() {
        "if" | "unless" | "when" | "whenever" | "where" | "provided" | "should" if at == 0 => (
            "begins a condition",
            "write the condition in `when`, and the time limit alone here",
        ),
        "not" | "never" | "neither" | "without" => (
            "denies what follows",
            "write when it is due or may begin, with `no later than` or `not before`",
        ),
        "exclusive" | "excluding" if at == 0 => (
            "leaves days out of a count that is not named before it",
            "write it after the count: `10 days after receipt, excluding weekends`",
        ),
        "including" | "inclusive" | "exclusive" | "excluding" => (
            "does not say here which day counts",
            "write `30 days beginning on signing` where the day itself is the first, else leave it out",
        ),
        "today" | "tomorrow" | "yesterday" | "now" | "ago" => {
            ("is another day every day", "write the day that is meant")
        }
        "minute" | "minutes" => (
            "is shorter than a day, and days are what is counted",
            "write the day, and the hour beside it as a remark",
        ),
        "thereof" | "thereafter" | "later" | "afterwards" | "therefrom" => (
            "points back to something that is not named before it",
            "name what it is counted from, such as `ratification`",
        ),
        "payday" | "paydays" | "paycheck" | "payroll" | "pay" => (
            "asks for a pay calendar",
            "write the day that is meant, and the agreement's words in `reading`",
        ),
        "semester" | "trimester" | "term" if at > 0 => (
            "has no first or last day here",
            "write the days that are meant",
        ),
        "plus" => (
            "adds no length here",
            "write `60 days after April 30, 2026`",
        ),
        "few" | "several" | "couple" | "some" | "many" => (
            "is no number",
            "ask how many were agreed, and write the number; or `within a reasonable time`",
        ),
        "soon" | "shortly" | "asap" | "quickly" | "eventually" => (
            "names no day",
            "write the day, or `as soon as possible`, which has no date",
        ),
        "none" | "n" | "na" | "nil" | "unknown" | "unspecified" | "blank" if at == 0 => (
            "names no day",
            "leave the key out for a standing duty, or write `no time stated`",
        ),
        "about" | "approximately" | "approx" | "roughly" | "circa" | "around" | "nearly"
        | "almost" => (
            "leaves the day open",
            "write the length that was agreed alone, or `on or about` before a day",
        ),
        "evergreen" => (
            "is a renewal, and no time limit",
            "write `[renewal]` with `how = \"automatic\"`",
        ),
        "whichever" if at == 0 => (
            "names nothing to choose from",
            "write both: `July 1, 2026 or ratification, whichever is later`",
        ),
        "article" | "section" | "paragraph" | "clause" | "appendix" | "see" | "per" if at <= 1 => (
            "points to other words",
            "write the time that stands there, and the place in `clause`",
        ),
        "q1" | "q2" | "q3" | "q4" => (
            "is short for a quarter",
            "write `the third quarter of 2026`",
        ),
        "weekdays" | "weekday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday"
        | "saturday" | "sunday" | "mondays" | "tuesdays" | "wednesdays" | "thursdays"
        | "fridays" | "saturdays" | "sundays" => (
            "is a day of every week",
            "write `every Monday`, or `the first Monday after signing`",
        ),
        "labor" | "thanksgiving" | "christmas" | "easter" | "memorial" | "juneteenth"
        | "independence" | "presidents" | "veterans" | "columbus" => (
            "is no day that a time limit may name",
            "write its date, such as `December 25`",
        ),
        "spring" | "summer" | "fall" | "autumn" | "winter" => (
            "has no first or last day here",
            "write the days or months that are meant",
        ),
        _ => return None,
    })
}

/// Words that make a length inexact.
pub(super) fn is_vague(kind: &Kind) -> bool {
    matches!(kind, Kind::Word(word) if matches!(word.as_str(), "about" | "approximately" | "approx" | "roughly" | "circa" | "around" | "nearly" | "almost"))
}

/// Words that begin no event: they join limits, or bound them.
pub(super) fn is_function_word(kind: &Kind) -> bool {
    match kind {
        Kind::Word(word) => matches!(
            word.as_str(),
            "unless"
                | "if"
                | "than"
                | "or"
                | "and"
                | "not"
                | "by"
                | "within"
                | "until"
                | "before"
                | "after"
                | "no"
                | "of"
                | "from"
                | "to"
                | "in"
                | "on"
                | "at"
                | "for"
                | "each"
                | "every"
                | "provided"
                | "except"
                | "but"
                | "per"
        ),
        Kind::Number { .. } | Kind::Ordinal(_) => false,
        _ => true,
    }
}

/// Words of the language, for a near miss.
const VOCABULARY: [&str; 96] = [
    "after",
    "agreement",
    "annually",
    "April",
    "August",
    "before",
    "beginning",
    "between",
    "biweekly",
    "business",
    "calendar",
    "closest",
    "commencing",
    "consecutive",
    "days",
    "December",
    "during",
    "each",
    "earlier",
    "earliest",
    "early",
    "effective",
    "ending",
    "every",
    "expiration",
    "February",
    "fifteen",
    "fifth",
    "fifty",
    "first",
    "fiscal",
    "following",
    "forty",
    "fourth",
    "Friday",
    "from",
    "half",
    "hours",
    "hundred",
    "immediately",
    "January",
    "July",
    "June",
    "last",
    "late",
    "later",
    "latest",
    "least",
    "March",
    "mid",
    "Monday",
    "month",
    "monthly",
    "months",
    "ninety",
    "notice",
    "November",
    "October",
    "period",
    "possible",
    "practicable",
    "prior",
    "promptly",
    "quarter",
    "quarterly",
    "reasonable",
    "receipt",
    "request",
    "Saturday",
    "school",
    "second",
    "semi-annually",
    "September",
    "sixty",
    "soon",
    "starting",
    "Sunday",
    "than",
    "third",
    "thirty",
    "through",
    "Thursday",
    "Tuesday",
    "twenty",
    "twice",
    "until",
    "upon",
    "Wednesday",
    "week",
    "weekly",
    "weeks",
    "whichever",
    "within",
    "working",
    "year",
    "years",
];
