//! An hour that is where its day begins: `12:01 a.m.`, `00:00`. What begins then begins that day; what ends then has ended
//! with the day before.

use crate::language::Remark;
use crate::language::token::{Kind, Token};
use crate::language::tree::{Edge, Limit, Tree};
use crate::rules::ambiguous_phrase;

/// Words that lead to an end.
const END: [&str; 17] = [
    "through",
    "thru",
    "until",
    "till",
    "to",
    "ending",
    "ends",
    "end",
    "expiring",
    "expires",
    "expire",
    "terminating",
    "terminates",
    "terminate",
    "lapses",
    "by",
    "than",
];

/// That a time limit ends at such an hour, and how it was read.
pub(super) fn at_the_end(words: &str, tokens: &[Token], tree: &Tree) -> Option<Remark> {
    let Limit::Window {
        opens,
        due: Some(Edge::On(_) | Edge::Until(_)),
        ..
    } = &tree.limit
    else {
        return None;
    };
    let leads_to_an_end = |at: usize| {
        let before = tokens.get(..at).unwrap_or_default();
        let is_end =
            |token: &Token| matches!(&token.kind, Kind::Word(word) if END.contains(&word.as_str()));
        opens.is_none() || before.iter().any(is_end)
    };
    let (token, written) = tokens.iter().enumerate().find_map(|(at, token)| {
        let written = words.get(token.range.clone())?;
        let is_meant = token.kind == Kind::Hour && is_first_minute(written) && leads_to_an_end(at);
        is_meant.then_some((token, written))
    })?;
    Some(Remark {
        rule: &ambiguous_phrase::RULE,
        range: token.range.clone(),
        message: format!(
            "`{written}` is where its day begins: read as that whole day, which may be a day too long"
        ),
        help: Some("write the day before, or the day without the hour".to_owned()),
    })
}

fn is_first_minute(written: &str) -> bool {
    let plain: String = written
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '.')
        .collect();
    matches!(
        plain.to_ascii_lowercase().as_str(),
        "12:00am"
            | "12:01am"
            | "12am"
            | "0:00"
            | "00:00"
            | "0:01"
            | "00:01"
            | "0000hours"
            | "0001hours"
            | "0000hrs"
            | "0001hrs"
    )
}
