//! The words that a calendar file uses for a day of the year: `third Monday of January`.

use super::DaySpec;
use crate::words;
use chrono::{NaiveDate, Weekday};

pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];
/// Days that an offset may reach: further is another holiday.
const LONGEST_OFFSET: i64 = 366;

/// Reads `January 1`, `third Monday of January`, `last Monday of May`, `2 days before Easter`, `Easter`,
/// `day after fourth Thursday of November`.
pub(super) fn parse(text: &str) -> Option<DaySpec> {
    // The longest has seven words; the limit keeps a hostile file from nesting deeper.
    const MOST_WORDS: usize = 12;
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split_whitespace()
        .filter(|word| *word != "the")
        .collect();
    (words.len() <= MOST_WORDS).then(|| day_spec_of(&words))?
}

fn day_spec_of(words: &[&str]) -> Option<DaySpec> {
    match words {
        ["easter"] => Some(DaySpec::Easter { offset: 0 }),
        ["day", side @ ("after" | "before"), rest @ ..] => offset_spec(1, side, rest),
        [
            number,
            "days" | "day",
            side @ ("after" | "before"),
            rest @ ..,
        ] => offset_spec(number.parse().ok()?, side, rest),
        ["last", weekday, "of" | "in", month] => Some(DaySpec::Last {
            weekday: weekday_of(weekday)?,
            month: month_of(month)?,
        }),
        [nth, weekday, "of" | "in", month] => Some(DaySpec::Nth {
            nth: nth_of(nth)?,
            weekday: weekday_of(weekday)?,
            month: month_of(month)?,
        }),
        [month, day] => {
            let (month, day) = (month_of(month)?, day.parse().ok()?);
            // 2000 is a leap year: 29 February is a day of some years.
            NaiveDate::from_ymd_opt(2000, month, day).map(|_| DaySpec::Fixed { month, day })
        }
        _ => None,
    }
}

fn offset_spec(number: i64, side: &str, rest: &[&str]) -> Option<DaySpec> {
    let offset = if side == "after" { number } else { -number };
    if !(0..=LONGEST_OFFSET).contains(&number) {
        return None;
    }
    match day_spec_of(rest)? {
        DaySpec::Easter { offset: 0 } => Some(DaySpec::Easter { offset }),
        day @ (DaySpec::Fixed { .. } | DaySpec::Nth { .. } | DaySpec::Last { .. }) => {
            Some(DaySpec::Offset {
                offset,
                day: Box::new(day),
            })
        }
        _ => None,
    }
}

fn nth_of(word: &str) -> Option<u32> {
    ["first", "second", "third", "fourth", "fifth"]
        .iter()
        .position(|name| *name == word)
        .and_then(|index| u32::try_from(index + 1).ok())
}

fn weekday_of(word: &str) -> Option<Weekday> {
    WEEKDAYS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, weekday)| *weekday)
}

fn month_of(word: &str) -> Option<u32> {
    words::MONTHS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(word))
        .and_then(|index| u32::try_from(index + 1).ok())
}
