//! The small words that messages, pages and mails share: numbers of things, lists, days in words, the nearest name.
//!
//! English, as commands and JSON speak; what is written for a reader is written in that reader's [`Language`].

mod language;
mod sentence;

pub use language::{Language, Noun};
pub use sentence::Sentence;

use chrono::{Datelike, NaiveDate};
use std::fmt::Display;

/// `1 day`, `3 days`, `0 days`; `noun` is the singular.
pub fn count(number: impl TryInto<u64>, noun: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {}", plural(noun))
    }
}

/// The plural of a noun: `days`, `parties`, `classes`. The last word of several is the one that changes.
pub fn plural(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'i', 'o', 'u'])
    {
        return format!("{stem}ies");
    }
    if noun.ends_with('s') || noun.ends_with('x') || noun.ends_with("ch") || noun.ends_with("sh") {
        return format!("{noun}es");
    }
    format!("{noun}s")
}

/// `a`, `a and b`, `a, b and c`.
pub fn list<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    join(items, "and")
}

/// `a`, `a or b`, `a, b or c`.
pub fn either<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    join(items, "or")
}

fn join<T: Display>(items: impl IntoIterator<Item = T>, word: &str) -> String {
    let mut items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    match items.pop() {
        None => String::new(),
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} {word} {last}", items.join(", ")),
    }
}

/// `2 April 2014`.
pub fn day(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month(day.month()), day.year())
}

/// `Wednesday 2 April 2014`.
pub fn weekday_and_day(day: NaiveDate) -> String {
    format!("{} {}", weekday(day.weekday()), self::day(day))
}

/// `6 to 19 December 2025`, `27 December 2025 to 9 January 2026`; of one day, that day.
pub fn days(first: NaiveDate, last: NaiveDate) -> String {
    format!("{}{}", beginning(first, last, ""), day(last))
}

/// `Monday 6 to Friday 10 April 2026`; of one day, that day.
pub fn weekdays_and_days(first: NaiveDate, last: NaiveDate) -> String {
    let weekday = format!("{} ", weekday(first.weekday()));
    format!(
        "{}{}",
        beginning(first, last, &weekday),
        weekday_and_day(last)
    )
}

/// `6 to ` before `19 December 2025`: what the last day does not say again.
fn beginning(first: NaiveDate, last: NaiveDate, weekday: &str) -> String {
    let (number, name) = (first.day(), month(first.month()));
    if first == last {
        String::new()
    } else if first.year() != last.year() {
        format!("{weekday}{number} {name} {} to ", first.year())
    } else if first.month() != last.month() {
        format!("{weekday}{number} {name} to ")
    } else {
        format!("{weekday}{number} to ")
    }
}

/// `Wednesday`.
pub fn weekday(weekday: chrono::Weekday) -> &'static str {
    match weekday {
        chrono::Weekday::Mon => "Monday",
        chrono::Weekday::Tue => "Tuesday",
        chrono::Weekday::Wed => "Wednesday",
        chrono::Weekday::Thu => "Thursday",
        chrono::Weekday::Fri => "Friday",
        chrono::Weekday::Sat => "Saturday",
        chrono::Weekday::Sun => "Sunday",
    }
}

/// The names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `April` for 4; nothing for a number that is no month.
pub fn month(number: u32) -> &'static str {
    number
        .checked_sub(1)
        .and_then(|index| usize::try_from(index).ok())
        .and_then(|index| MONTHS.get(index))
        .copied()
        .unwrap_or_default()
}

/// The words that every message, page and feed bears. An office may add to them and never take them away.
pub fn courtesy(name: &str) -> String {
    format!(
        "A courtesy of {name}. It is no notice under the agreement, adds no duty and waives nothing, and that none came excuses nothing. This is a transcription: the signed agreement governs."
    )
}

/// How a clause is cited: `clause 3`; a document that has headings instead of numbers is cited by them.
pub fn clause(clause: &str) -> String {
    if clause.starts_with(|c: char| c.is_ascii_digit()) {
        format!("clause {clause}")
    } else {
        clause.to_owned()
    }
}

/// Whether a text names a day: `12 April 2014` does not name the 2nd.
pub fn names_day(text: &str, named: NaiveDate) -> bool {
    names(text, &day(named))
}

/// Whether the words of a day stand in a text, and its number whole.
fn names(text: &str, day: &str) -> bool {
    text.match_indices(day).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_ascii_digit())
    })
}

/// The verb of a party: `says` of one, `say` of one whose name is that of several.
pub fn verb<'a>(name: &str, of_one: &'a str, of_several: &'a str) -> &'a str {
    if is_of_several(name) {
        of_several
    } else {
        of_one
    }
}

/// Whether a name is that of several, as far as its form tells: `Districts`, `Human Resources`; not `DHA`, nor `City of Los
/// Angeles`.
fn is_of_several(name: &str) -> bool {
    let whole = name.split(" of ").next().unwrap_or(name);
    let last = whole.rsplit(' ').next().unwrap_or(whole);
    let is_plural = last.len() > 3
        && last.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| last.ends_with(end))
        && last.chars().rev().nth(1).is_some_and(char::is_lowercase);
    is_plural || whole.contains(" and ") || whole.contains(" & ")
}

/// With a capital letter at its beginning.
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// The candidate that is spelled most like `word`, where one is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Names longer than any that a person types are not compared: the work grows with the product of the lengths.
    const LONGEST: usize = 100;
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.len() > LONGEST {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&word, &candidate.to_lowercase());
        let allowed = (word.chars().count().max(candidate.chars().count()) / 3).max(1);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// ``did you mean `expires`?``, where a candidate is near enough.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_with_their_nouns() {
        assert_eq!(count(1_u32, "day"), "1 day");
        assert_eq!(count(3_u32, "day"), "3 days");
        assert_eq!(count(0_u32, "party"), "0 parties");
        assert_eq!(count(2_u32, "working day"), "2 working days");
    }

    #[test]
    fn lists_end_in_and_or_or() {
        assert_eq!(list(["a"]), "a");
        assert_eq!(list(["a", "b", "c"]), "a, b and c");
        assert_eq!(either(["a", "b"]), "a or b");
        assert_eq!(list(Vec::<String>::new()), "");
    }

    #[test]
    fn a_day_is_named_only_where_its_number_stands_whole() {
        let day = NaiveDate::from_ymd_opt(2014, 4, 2).unwrap();
        assert!(names_day("signing is Wednesday 2 April 2014", day));
        assert!(names_day("2 April 2014 to 12 April 2014", day));
        assert!(!names_day("10 days before 12 April 2014", day));
    }

    #[test]
    fn days_are_written_in_words() {
        let april = NaiveDate::from_ymd_opt(2014, 4, 2).unwrap();
        assert_eq!(day(april), "2 April 2014");
        assert_eq!(weekday_and_day(april), "Wednesday 2 April 2014");
        assert_eq!(
            [1, 2, 3, 11, 22, 113].map(ordinal),
            ["1st", "2nd", "3rd", "11th", "22nd", "113th"]
        );
    }

    #[test]
    fn a_near_miss_is_named_and_a_stranger_is_not() {
        let keys = ["expires", "effective"];
        assert_eq!(
            did_you_mean("expire", keys).unwrap(),
            "did you mean `expires`?"
        );
        assert_eq!(did_you_mean("colour", keys), None);
        assert_eq!(
            nearest("implementaton", ["implementation"]),
            Some("implementation")
        );
    }
}
