//! A bracket that is itself a date or a length is checked against the rest.

use super::accounted::is_of_time;
use super::core::Parser;
use super::dates::month_number;
use super::duty::is_duty;
use super::pieces::Clause;
use crate::counting::{Length, Unit};
use crate::language::token::{Kind, is_silent, tokenise};
use crate::language::tree::{Limit, Point, Tree};
use crate::language::{Names, Refusal, Remark};
use crate::rules::{ambiguous_phrase, contradictory_limits, phrase_not_understood};
use chrono::{Datelike, NaiveDate};
use std::ops::Range;

/// The brackets that disagree with the limit that they stand beside.
pub(super) fn check(tree: &Tree, asides: &[(String, Range<usize>)], names: &Names) -> Vec<Refusal> {
    asides
        .iter()
        .filter(|(text, _)| disagrees(tree, text, names))
        .map(|(text, range)| Refusal {
            rule: &contradictory_limits::RULE,
            range: range.clone(),
            message: format!("`({text})` disagrees with the words beside it"),
            help: Some("ask which was agreed, and leave the other out".to_owned()),
        })
        .collect()
}

/// The days that brackets name by themselves, each with its words: the days that the rest comes to are compared with them.
pub(super) fn days(tree: &Tree, names: &Names) -> Vec<(String, NaiveDate)> {
    tree.asides
        .iter()
        .filter_map(|text| {
            let said = said(text);
            let mut tokens = tokenise(said, names.date_order, names.near);
            tokens.list.retain(|token| !is_silent(&token.kind));
            let mut parser = Parser::new(said, &tokens.list, names);
            match parser.date()? {
                Point::Day(day) if parser.done() && tokens.refusals.is_empty() => {
                    Some((text.clone(), day))
                }
                _ => None,
            }
        })
        .collect()
}

/// Brackets that may change the date and are not read: a kind of day, a recurrence, another limit.
pub(super) fn unread(tree: &Tree, asides: &[(String, Range<usize>)], names: &Names) -> Vec<Remark> {
    asides
        .iter()
        .filter_map(|(text, range)| {
            Some(Remark {
                rule: &ambiguous_phrase::RULE,
                range: range.clone(),
                message: format!(
                    "`({text})` is kept as a remark and was not read as part of the limit"
                ),
                help: Some(format!(
                    "write {} without the brackets, or leave it out",
                    what(tree, text, names)?
                )),
            })
        })
        .collect()
}

/// Brackets whose words may change the limit in a way that no reading of them settles: `(first day counted)`, `(20 days for
/// supervisors)`.
pub(super) fn not_settled(
    tree: &Tree,
    asides: &[(String, Range<usize>)],
    names: &Names,
) -> Vec<Refusal> {
    asides
        .iter()
        .filter(|(text, _)| {
            let what = what(tree, text, names);
            may_change(text, names)
                && (what.is_none() && !says_again(tree, text, names) || what == Some(KIND_OF_DAY))
        })
        .map(|(text, range)| Refusal {
            rule: &phrase_not_understood::RULE,
            range: range.clone(),
            message: format!("`({text})` holds words of time that were not read"),
            help: Some(
                "write them without the brackets, or put what is a remark in `reading`".to_owned(),
            ),
        })
        .collect()
}

/// Whether a bracket's words are about time; a reference or a name that is given to the words before it is not.
fn may_change(text: &str, names: &Names) -> bool {
    let tokens = tokenise(text, names.date_order, names.near);
    let word = |at: usize| match tokens.list.get(at).map(|token| &token.kind) {
        Some(Kind::Word(word)) => word.as_str(),
        _ => "",
    };
    let refers = matches!(
        word(0),
        "see"
            | "per"
            | "pursuant"
            | "under"
            | "article"
            | "section"
            | "hereinafter"
            | "hereafter"
            | "herein"
    );
    let defines = text.contains(['"', '\u{201c}', '\u{201d}']);
    // `(Year 1)`.
    let numbered = tokens.list.len() == 2
        && !matches!(word(0), "" | "fy")
        && month_number(word(0)).is_none()
        && matches!(
            tokens.list.get(1).map(|token| &token.kind),
            Some(Kind::Number { .. })
        );
    !(refers || defines || numbered || is_duty(text, names))
        && tokens.list.iter().any(|token| {
            is_of_time(&token.kind)
                || matches!(&token.kind, Kind::Date(_))
                || matches!(&token.kind, Kind::Word(word) if CHANGE.contains(&word.as_str()))
        })
}

/// Words that say of a limit how it is counted or which of two it is.
const CHANGE: [&str; 22] = [
    "after",
    "before",
    "calendar",
    "counted",
    "counting",
    "earlier",
    "even",
    "except",
    "excluded",
    "excluding",
    "following",
    "included",
    "including",
    "inclusive",
    "later",
    "next",
    "not",
    "odd",
    "or",
    "prior",
    "whichever",
    "until",
];

/// Whether a bracket names a day, a stretch or a length alone, which [`check`] and [`days`] compare with the rest, or the
/// weekday of the day beside it.
fn says_again(tree: &Tree, text: &str, names: &Names) -> bool {
    let text = said(text);
    let mut tokens = tokenise(text, names.date_order, names.near);
    tokens.list.retain(|token| !is_silent(&token.kind));
    let mut parser = Parser::new(text, &tokens.list, names);
    if let Some(days) = parser.attempt(Parser::dates).filter(|_| parser.done()) {
        let mut points = Vec::new();
        tree.limit.visit(&mut |point| points.push(point.clone()));
        // A day is compared with what the rest comes to; one without a year only with one that is named.
        let one = matches!(days.as_slice(), [Point::Day(_)]);
        return one || days.iter().all(|day| points.contains(day));
    }
    parser.begin_again();
    parser.hour();
    if parser.done() {
        return true;
    }
    parser.begin_again();
    if let Some(weekday) = parser.weekday_name().filter(|_| parser.done()) {
        let mut all = true;
        let mut days = 0;
        tree.limit.visit(&mut |point| {
            if let Point::Day(day) = point {
                days += 1;
                all &= day.weekday() == weekday;
            }
        });
        return all && days > 0;
    }
    parser.begin_again();
    if let Some(length) = parser.attempt(Parser::length).filter(|_| parser.done()) {
        let said = measure(&length.length).map(|(unit, _)| unit);
        let known = tree.lengths();
        return known
            .iter()
            .any(|length| measure(length).map(|(unit, _)| unit) == said);
    }
    parser.begin_again();
    let window = parser.attempt(Parser::phrase).filter(|_| parser.done());
    matches!(window, Some(Limit::Window { opens: Some(opens), due: Some(due), .. })
        if [&opens, &due].iter().all(|edge| matches!(edge.point(), Point::Day(_))) && !tree.recurs())
}

/// What a bracket holds that changes every day that is counted: `10 (working) days`.
const KIND_OF_DAY: &str = "the kind of day";

/// What a bracket holds that the limit beside it does not say.
fn what(tree: &Tree, text: &str, names: &Names) -> Option<&'static str> {
    let mut tokens = tokenise(text, names.date_order, names.near);
    tokens.list.retain(|token| !is_silent(&token.kind));
    if ["e.g", "eg ", "for example", "such as"]
        .iter()
        .any(|lead| text.to_lowercase().starts_with(lead))
    {
        return may_change(text, names).then_some("what is more than an example");
    }
    let mut parser = Parser::new(text, &tokens.list, names);
    if parser.eat(words!("working|business|court|school|duty")) && parser.done() {
        return Some(KIND_OF_DAY);
    }
    parser.begin_again();
    if parser.eat(words!("or")) {
        return matches!(parser.clause(), Some(Clause::Pieces(_))).then_some("the other limit");
    }
    let recurs = matches!(parser.attempt(Parser::clause), Some(Clause::Recurs(_)));
    (recurs && parser.done() && !tree.recurs()).then_some("how often it recurs")
}

/// What a bracket says, without the words that lead to it: `i.e., by March 7, 2026`.
fn said(text: &str) -> &str {
    let mut said = text;
    while let Some(rest) = LEADS.iter().find_map(|lead| {
        let start = said.get(..lead.len())?;
        let rest = said.get(lead.len()..)?;
        (start.eq_ignore_ascii_case(lead) && rest.starts_with([' ', ',', '\t', '\u{a0}']))
            .then(|| rest.trim_start_matches([' ', ',', '\t', '\u{a0}']))
    }) {
        said = rest;
    }
    said
}

/// Words that lead to what a bracket says again.
const LEADS: [&str; 15] = [
    "i.e.",
    "i.e",
    "ie",
    "that is",
    "namely",
    "viz.",
    "by",
    "on",
    "on or before",
    "no later than",
    "not later than",
    "through",
    "thru",
    "until",
    "ending",
];

fn disagrees(tree: &Tree, text: &str, names: &Names) -> bool {
    let text = said(text);
    let mut tokens = tokenise(text, names.date_order, names.near);
    tokens.list.retain(|token| !is_silent(&token.kind));
    let mut parser = Parser::new(text, &tokens.list, names);
    let mut days = Vec::new();
    tree.limit.visit(&mut |point| {
        if let Point::Day(day) = point {
            days.push(*day);
        }
    });
    if let Some(Point::Day(said)) = parser.attempt(Parser::date).filter(|_| parser.done()) {
        // What a count from a named day comes to is compared once it is worked out.
        return !days.is_empty() && tree.limit.names_its_days() && !days.contains(&said);
    }
    parser.at = 0;
    if let Some(Limit::Window {
        opens: Some(opens),
        due: Some(due),
        ..
    }) = parser.attempt(Parser::phrase).filter(|_| parser.done())
        && let (Point::Day(first), Point::Day(last)) = (opens.point(), due.point())
    {
        // `for three years (July 1, 2026 to June 30, 2029)`: the bracket is the limit, and the words beside it its length.
        return !days.contains(first) || !days.contains(last);
    }
    parser.begin_again();
    // `quarterly (March 31, June 30)`: days that the words beside it do not name.
    if let Some(said) = parser
        .attempt(Parser::dates)
        .filter(|_| parser.done() && tree.recurs())
    {
        let mut points = Vec::new();
        tree.limit.visit(&mut |point| points.push(point.clone()));
        return !said.iter().all(|day| points.contains(day));
    }
    parser.begin_again();
    if let Some(said) = parser.attempt(Parser::length).filter(|_| parser.done()) {
        let known = tree.lengths();
        let comparable: Vec<_> = known
            .iter()
            .filter_map(|length| measure(length).zip(measure(&said.length)))
            .filter(|((unit, _), (other, _))| unit == other)
            .collect();
        // `thirty days (one month)`: a month is no number of days.
        let of_another_unit = known.iter().filter_map(measure).any(|(unit, _)| {
            measure(&said.length).is_some_and(|(other, _)| {
                matches!((unit, other), ("days", "months") | ("months", "days"))
            })
        });
        if comparable.is_empty() && of_another_unit {
            return true;
        }
        return !comparable.is_empty() && comparable.iter().all(|((_, a), (_, b))| a != b);
    }
    false
}

/// A length in days or in months, where it is all in one.
fn measure(length: &Length) -> Option<(&'static str, u32)> {
    let [(count, unit)] = length.0.as_slice() else {
        return None;
    };
    Some(match unit {
        Unit::Day => ("days", *count),
        Unit::Week => ("days", count.checked_mul(7)?),
        Unit::Hour if count % 24 == 0 => ("days", count / 24),
        Unit::Open(_) => ("open days", *count),
        Unit::Month => ("months", *count),
        Unit::Quarter => ("months", count.checked_mul(3)?),
        Unit::Year => ("months", count.checked_mul(12)?),
        _ => return None,
    })
}
