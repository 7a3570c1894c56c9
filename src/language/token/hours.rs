//! Hours of a day: `5 p.m.`, `noon`, `midnight`.

use super::{Kind, Token};

/// Joins `5 p.m.`, and turns `noon` and `midnight` into hours.
pub(super) fn hours(tokens: Vec<Token>) -> Vec<Token> {
    let mut folded: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter().peekable();
    while let Some(mut token) = tokens.next() {
        let is_time = matches!(
            token.kind,
            Kind::Hour
                | Kind::Number {
                    value: 1..=12,
                    spelled: false
                }
        );
        if is_time {
            if let Some(half) = tokens.next_if(|t| is_word(t, &["am", "pm", "a", "p"])) {
                let split = is_word(&half, &["a", "p"]);
                let second = if split {
                    tokens.next_if(|t| is_word(t, &["m"]))
                } else {
                    None
                };
                match (split, second) {
                    (true, None) => {
                        folded.push(token);
                        folded.push(half);
                        continue;
                    }
                    (_, second) => {
                        token.kind = Kind::Hour;
                        token.range.end = second.map_or(half.range.end, |s| s.range.end);
                    }
                }
            }
        } else if is_military(&token, folded.last())
            && let Some(hours) = tokens.next_if(|t| is_word(t, &["hours", "hrs"]))
        {
            // `within 2400 hours of receipt` is a length: only an hour that is named as one is no count.
            if tokens.peek().is_some_and(|t| is_word(t, &COUNTED_FROM)) {
                folded.push(token);
                folded.push(hours);
                continue;
            }
            token.kind = Kind::Hour;
            token.range.end = hours.range.end;
        } else if is_word(&token, &["mid"])
            && let Some(night) = tokens.next_if(|t| is_word(t, &["night"]))
        {
            token.kind = Kind::Hour;
            token.range.end = night.range.end;
        } else if is_word(&token, &["noon", "midnight"]) {
            token.kind = Kind::Hour;
        }
        folded.push(token);
    }
    folded
}

/// What joins a length to the day that it is counted from.
const COUNTED_FROM: [&str; 9] = [
    "after",
    "from",
    "of",
    "following",
    "since",
    "before",
    "prior",
    "preceding",
    "in",
];

/// `2400`, `0800`: four digits of a clock, where an hour is named and no length.
fn is_military(token: &Token, before: Option<&Token>) -> bool {
    let Kind::Number {
        value: value @ 0..=2400,
        spelled: false,
    } = token.kind
    else {
        return false;
    };
    token.range.len() == 4
        && value % 100 < 60
        && before.is_none_or(|before| {
            is_word(
                before,
                &["at", "by", "before", "until", "till", "than", "through"],
            )
        })
}

fn is_word(token: &Token, words: &[&str]) -> bool {
    matches!(&token.kind, Kind::Word(word) if words.contains(&word.as_str()))
}
