//! Brackets: a number said twice, an exclusion, or an aside.

use super::{Kind, Token, Tokens};
use crate::language::Refusal;
use crate::rules::words_and_digits_differ;
use std::ops::Range;

/// Takes the brackets out of the tokens.
pub(super) fn settle(words: &str, tokens: Vec<Token>, into: &mut Tokens) -> Vec<Token> {
    let may_be_said_twice = |token: &Token| {
        matches!(
            token.kind,
            Kind::Open | Kind::Close | Kind::Number { spelled: true, .. }
        )
    };
    if !tokens.iter().any(may_be_said_twice) {
        return tokens;
    }
    let tokens = tokens.as_slice();
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token.kind {
            Kind::Open => at = bracket(words, tokens, at, &mut kept, into),
            // One that closes nothing says nothing.
            Kind::Close => at += 1,
            _ => {
                say_twice(words, tokens, at, &mut kept, into);
                at += 1;
            }
        }
    }
    kept
}

/// `thirty 30` without brackets is one number as well.
fn say_twice(words: &str, tokens: &[Token], at: usize, kept: &mut Vec<Token>, into: &mut Tokens) {
    let Some(token) = tokens.get(at) else { return };
    let before = kept.last().map(|last| &last.kind);
    if let (
        Some(Kind::Number {
            value: a,
            spelled: true,
        }),
        Kind::Number {
            value: b,
            spelled: false,
        },
    ) = (before, &token.kind)
        && *b < 1000
    {
        if a != b
            && let Some(last) = kept.last()
        {
            into.refusals
                .push(differ(words, last.range.start..token.range.end, *a, *b));
        }
        if let Some(last) = kept.last_mut() {
            last.range.end = token.range.end;
        }
        return;
    }
    kept.push(token.clone());
}

/// Settles the bracket that opens at `at`; says where to go on.
fn bracket(
    words: &str,
    tokens: &[Token],
    at: usize,
    kept: &mut Vec<Token>,
    into: &mut Tokens,
) -> usize {
    let Some(close) = closing(tokens, at) else {
        return at + 1;
    };
    let inside = tokens.get(at + 1..close).unwrap_or_default();
    let range =
        tokens.get(at).map_or(0, |t| t.range.start)..tokens.get(close).map_or(0, |t| t.range.end);
    if let [only] = inside
        && let Some(second) = value(&only.kind)
    {
        if let Some(last) = kept.last_mut()
            && last.range.end <= range.start
            && let Some(first) = value(&last.kind)
        {
            if first != second {
                into.refusals
                    .push(differ(words, last.range.start..range.end, first, second));
            }
            last.range.end = range.end;
            return close + 1;
        }
        if let Some(next) = tokens.get(close + 1)
            && let Some(first) = value(&next.kind)
        {
            let whole = range.start..next.range.end;
            if first != second {
                into.refusals
                    .push(differ(words, whole.clone(), first, second));
            }
            kept.push(Token {
                kind: next.kind.clone(),
                range: whole,
            });
            return close + 2;
        }
    }
    // `for a three-year term (July 1, 2026 through June 30, 2029)`: the days that the length runs between.
    if kept.last().is_some_and(is_length) && is_window(inside) {
        kept.push(Token {
            kind: Kind::Comma,
            range: range.start..range.start + 1,
        });
        kept.extend(inside.iter().cloned());
        return close + 1;
    }
    if excludes(inside) {
        kept.extend(
            inside
                .iter()
                .filter(|t| !matches!(t.kind, Kind::Open | Kind::Close))
                .cloned(),
        );
        return close + 1;
    }
    let text = inside
        .first()
        .zip(inside.last())
        .and_then(|(first, last)| words.get(first.range.start..last.range.end))
        .unwrap_or_default();
    if !text.is_empty() {
        into.asides.push((collapse(text), range));
    }
    close + 1
}

fn closing(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    tokens
        .iter()
        .enumerate()
        .skip(open)
        .find_map(|(at, token)| {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth == 0).then_some(at)
        })
}

fn value(kind: &Kind) -> Option<u32> {
    match kind {
        Kind::Number { value, .. } | Kind::Ordinal(value) => Some(*value),
        _ => None,
    }
}

fn excludes(inside: &[Token]) -> bool {
    let word = |at: Option<&Token>| match at.map(|token| &token.kind) {
        Some(Kind::Word(word)) => word.clone(),
        _ => String::new(),
    };
    matches!(
        word(inside.first()).as_str(),
        "excluding" | "exclusive" | "except" | "inclusive"
    ) || matches!(word(inside.last()).as_str(), "excepted" | "excluded")
        || (word(inside.first()) == "not"
            && matches!(word(inside.get(1)).as_str(), "including" | "counting"))
}

/// Whether a word ends a length: `a three-year term`.
fn is_length(token: &Token) -> bool {
    matches!(&token.kind, Kind::Word(word) if matches!(word.as_str(), "term" | "period" | "duration" | "year" | "years" | "month" | "months" | "days" | "weeks"))
}

/// Whether a bracket holds two days with their years, and what joins a first to a last.
fn is_window(inside: &[Token]) -> bool {
    let is_year = |token: &&Token| {
        matches!(
            token.kind,
            Kind::Date(_) | Kind::Number { value: 1600.., .. }
        )
    };
    let joins = |token: &Token| match &token.kind {
        Kind::Dash => true,
        Kind::Word(word) => matches!(word.as_str(), "through" | "thru" | "to"),
        _ => false,
    };
    inside.iter().filter(is_year).count() == 2
        && inside.iter().filter(|token| joins(token)).count() == 1
}

fn differ(words: &str, range: Range<usize>, first: u32, second: u32) -> Refusal {
    let written = words.get(range.clone()).unwrap_or_default();
    Refusal {
        rule: &words_and_digits_differ::RULE,
        range,
        message: format!("`{written}` says both {first} and {second}"),
        help: Some(format!(
            "ask which was agreed, and write `{first}` or `{second}`"
        )),
    }
}

/// White space made single.
pub(crate) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
