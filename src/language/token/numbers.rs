//! Numbers in words: `twenty-four`, `one hundred and twenty`, `thirty-first`.

use super::{Kind, Token};

/// Joins the words of a number into one token.
pub(super) fn fold(mut tokens: Vec<Token>) -> Vec<Token> {
    let (mut at, mut kept) = (0, 0);
    while at < tokens.len() {
        if let Some((kind, used)) = read(&tokens, at) {
            let last = tokens.get(at + used - 1).map(|last| last.range.end);
            if let Some(token) = tokens.get_mut(at) {
                token.range.end = last.unwrap_or(token.range.end);
                token.kind = kind;
            }
            tokens.swap(kept, at);
            at += used;
        } else {
            tokens.swap(kept, at);
            at += 1;
        }
        kept += 1;
    }
    tokens.truncate(kept);
    tokens
}

/// What a word adds to a number.
enum Part {
    /// One to nine; whether it ends an ordinal.
    Unit(u32, bool),
    /// Ten to nineteen.
    Teen(u32, bool),
    /// Twenty to ninety.
    Ten(u32, bool),
    Hundred,
}

fn read(tokens: &[Token], start: usize) -> Option<(Kind, usize)> {
    let mut total = 0;
    let mut used = 0;
    // The place that may still be filled: 3 hundreds, 2 tens, 1 units.
    let mut place = 3;
    let mut ordinal = false;
    while let Some(word) = word(tokens, start + used) {
        if word == "and" {
            let goes_on = place == 2
                && used > 0
                && matches!(
                    self::word(tokens, start + used + 1).and_then(part),
                    Some(Part::Unit(..) | Part::Teen(..) | Part::Ten(..))
                );
            if !goes_on {
                break;
            }
            used += 1;
            continue;
        }
        match part(word) {
            Some(Part::Hundred) if place == 3 && total <= 9 && used <= 1 => {
                // `a hundred` is left to the reader: articles are no numbers.
                total = if used == 0 { 100 } else { total * 100 };
                place = 2;
            }
            Some(Part::Unit(value, is_ordinal)) if place >= 1 && (place != 3 || used == 0) => {
                total += value;
                ordinal = is_ordinal;
                place = if used == 0 { 3 } else { 0 };
            }
            Some(Part::Teen(value, is_ordinal)) if place >= 2 && (place != 3 || used == 0) => {
                total += value;
                ordinal = is_ordinal;
                place = 0;
            }
            Some(Part::Ten(value, is_ordinal)) if place >= 2 && (place != 3 || used == 0) => {
                total += value;
                ordinal = is_ordinal;
                place = 1;
            }
            _ => break,
        }
        used += 1;
        if ordinal {
            break;
        }
    }
    if used == 0 {
        return None;
    }
    let kind = if ordinal {
        Kind::Ordinal(total)
    } else {
        Kind::Number {
            value: total,
            spelled: true,
        }
    };
    Some((kind, used))
}

fn word(tokens: &[Token], at: usize) -> Option<&str> {
    match &tokens.get(at)?.kind {
        Kind::Word(word) => Some(word),
        _ => None,
    }
}

fn part(word: &str) -> Option<Part> {
    const UNITS: [(&str, &str); 9] = [
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("four", "fourth"),
        ("five", "fifth"),
        ("six", "sixth"),
        ("seven", "seventh"),
        ("eight", "eighth"),
        ("nine", "ninth"),
    ];
    const TEENS: [(&str, &str); 10] = [
        ("ten", "tenth"),
        ("eleven", "eleventh"),
        ("twelve", "twelfth"),
        ("thirteen", "thirteenth"),
        ("fourteen", "fourteenth"),
        ("fifteen", "fifteenth"),
        ("sixteen", "sixteenth"),
        ("seventeen", "seventeenth"),
        ("eighteen", "eighteenth"),
        ("nineteen", "nineteenth"),
    ];
    const TENS: [(&str, &str); 8] = [
        ("twenty", "twentieth"),
        ("thirty", "thirtieth"),
        ("forty", "fortieth"),
        ("fifty", "fiftieth"),
        ("sixty", "sixtieth"),
        ("seventy", "seventieth"),
        ("eighty", "eightieth"),
        ("ninety", "ninetieth"),
    ];
    // `fourty` is no word, but letters are full of it.
    let word = match word {
        "fourty" => "forty",
        "ninty" => "ninety",
        "dozen" => "twelve",
        other => other,
    };
    if matches!(word, "hundred") {
        return Some(Part::Hundred);
    }
    let find = |table: &[(&str, &str)]| {
        (0u32..).zip(table).find_map(|(at, (cardinal, ordinal))| {
            (*cardinal == word)
                .then_some((at, false))
                .or_else(|| (*ordinal == word).then_some((at, true)))
        })
    };
    find(&UNITS)
        .map(|(at, is_ordinal)| Part::Unit(at + 1, is_ordinal))
        .or_else(|| find(&TEENS).map(|(at, o)| Part::Teen(at + 10, o)))
        .or_else(|| find(&TENS).map(|(at, o)| Part::Ten((at + 2) * 10, o)))
}
