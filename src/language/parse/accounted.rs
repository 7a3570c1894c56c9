//! That nothing of a phrase is swallowed: each number and each word of time that was written stands in what was read.

use super::dates::{month_number, weekday};
use super::lengths::day_kind;
use crate::counting::{DayKind, Length};
use crate::language::token::{Kind, Token, tokenise};
use crate::language::tree::Tree;
use crate::language::{DateOrder, Refusal, print};
use crate::rules::phrase_not_understood;
use chrono::Datelike;
use std::collections::BTreeSet;

/// What a word or a number says of time, the same for all wordings of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u32),
    Weekday(u32),
    Month(u32),
    Word(&'static str),
}

/// The first number or word of time that stands in the phrase and not in its reading, as a refusal.
pub(super) fn swallowed(
    words: &str,
    written: &[Token],
    in_other_words: &[Kind],
    tree: &Tree,
) -> Option<Refusal> {
    // What is spelled out is read part by part.
    if written
        .first()
        .is_some_and(|token| token.kind == Kind::Mark('<'))
    {
        return None;
    }
    let said = print::every_word(tree);
    let read: BTreeSet<Part> = tokenise(&said, DateOrder::MonthDayYear, None)
        .list
        .iter()
        .map(|token| &token.kind)
        .chain(in_other_words)
        .flat_map(parts)
        .collect();
    let lost = (0..written.len()).find(|at| !stands(words, written, *at, &read))?;
    let lost = written.get(lost)?;
    let written = words.get(lost.range.clone()).unwrap_or_default();
    Some(Refusal {
        rule: &phrase_not_understood::RULE,
        range: lost.range.clone(),
        message: format!("`{written}` has no place in the nearest reading, `{said}`"),
        help: Some(
            "say how it belongs to the rest, or write an obligation for each time".to_owned(),
        ),
    })
}

/// A length, as the tokens that would say it.
pub(super) fn said(length: &Length) -> Vec<Kind> {
    let tokens = tokenise(&print::length(length), DateOrder::MonthDayYear, None).list;
    tokens.into_iter().map(|token| token.kind).collect()
}

/// Whether a token stands in the reading.
fn stands(words: &str, written: &[Token], at: usize, read: &BTreeSet<Part>) -> bool {
    let kind = |at: Option<usize>| at.and_then(|at| written.get(at)).map(|token| &token.kind);
    let is_unit = |kind| parts(kind).iter().any(|part| matches!(part, Part::Word(_)));
    let counted = match kind(at.checked_sub(1)) {
        Some(Kind::Number { .. }) => true,
        before => said_an(words, written, at) && before.is_some(),
    };
    let counts = kind(Some(at + 1)).is_some_and(is_unit);
    let Some(kind) = kind(Some(at)) else {
        return true;
    };
    parts(kind).iter().all(|part| {
        read.contains(part)
            || match part {
                // `the first` and `one` say no more than the singular does.
                Part::Number(1) => !(counts && matches!(kind, Kind::Number { .. })),
                // A verb as well.
                Part::Month(5) => *kind == Kind::Word("may".to_owned()),
                // It is printed as the years after the day.
                Part::Word("anniversary") => true,
                // `the 2026-2027 school year` is printed `2026-27`.
                Part::Number(short @ 10..=99) if of_two_years(written, at) => {
                    read.contains(&Part::Number(2000 + short))
                }
                Part::Number(year @ 1000..) => {
                    let has = |number| read.contains(&Part::Number(number));
                    has(year % 100) && (has(year - 1) || has(year - 2))
                }
                // `in the month of July`, `of the following year`: what a stretch is, and not how long.
                Part::Word(unit) if !counted => is_said_by_a_name(unit, read),
                _ => false,
            }
    })
}

/// Whether a number is the first of two years in short: the `26` of `FY 26/27`.
fn of_two_years(written: &[Token], at: usize) -> bool {
    let kind = |at: usize| written.get(at).map(|token| &token.kind);
    matches!(kind(at + 1), Some(Kind::Dash | Kind::Mark('/')))
        && matches!(kind(at + 2), Some(Kind::Number { value: 0..=99, .. }))
}

/// Whether a word or a number is one of time.
pub(super) fn is_of_time(kind: &Kind) -> bool {
    match kind {
        Kind::Word(word) if word == "may" => false,
        Kind::Word(word) if matches!(word.as_str(), "day" | "days" | "date") => true,
        kind => parts(kind)
            .iter()
            .any(|part| !matches!(part, Part::Number(_))),
    }
}

/// Whether `a` or `an` stands before a token.
fn said_an(words: &str, written: &[Token], at: usize) -> bool {
    let end = at
        .checked_sub(1)
        .and_then(|at| written.get(at))
        .map_or(0, |token| token.range.end);
    let start = written.get(at).map_or(end, |token| token.range.start);
    let between = words.get(end..start).unwrap_or_default();
    between
        .split_whitespace()
        .any(|word| matches!(word.to_lowercase().as_str(), "a" | "an"))
}

/// Whether a month, a weekday or a year that is called by its name says of itself what it is.
fn is_said_by_a_name(unit: &str, read: &BTreeSet<Part>) -> bool {
    read.iter().any(|part| {
        matches!(
            (unit, part),
            ("month" | "year" | "fiscal", Part::Month(_))
                | ("week", Part::Weekday(_))
                | ("year", Part::Number(1000..) | Part::Word("anniversary"))
        )
    })
}

fn parts(kind: &Kind) -> Vec<Part> {
    match kind {
        Kind::Number { value, .. } | Kind::Ordinal(value) => vec![Part::Number(*value)],
        Kind::Date(day) => vec![
            Part::Month(day.month()),
            Part::Number(day.day()),
            Part::Number(u32::try_from(day.year()).unwrap_or_default()),
        ],
        Kind::Word(word) => word_of_time(word).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn word_of_time(word: &str) -> Option<Part> {
    if let Some(weekday) = weekday(word) {
        return Some(Part::Weekday(weekday.num_days_from_monday()));
    }
    if let Some(month) = month_number(word) {
        return Some(Part::Month(month));
    }
    Some(Part::Word(match word {
        "week" | "weeks" | "weekly" | "weekday" | "weekdays" => "week",
        "month" | "months" | "monthly" => "month",
        "quarter" | "quarters" | "quarterly" => "quarter",
        "year" | "years" | "annually" | "annual" | "yearly" => "year",
        "hour" | "hours" => "hour",
        "fiscal" | "fy" => "fiscal",
        "anniversary" | "anniversaries" => "anniversary",
        word => match day_kind(word)? {
            DayKind::Working => "working",
            DayKind::Business => "business",
            DayKind::Court => "court",
            DayKind::School => "school",
            DayKind::Duty => "duty",
            DayKind::Week => return None,
        },
    }))
}
