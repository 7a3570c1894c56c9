//! The verbs of a sentence that make a duty, and the conditions before them.

use super::finder::{bare, in_one_line};

/// A verb that makes a duty, or allows something.
#[derive(Clone, Debug)]
pub(super) struct Modal {
    /// Its first byte.
    pub at: usize,
    /// One past its last byte, `to` of `agrees to` included.
    pub end: usize,
    /// Whether something is owed and not only allowed.
    pub owes: bool,
}

/// The verbs of a sentence that make a duty or allow something, in order.
pub(super) fn modals(words: &[(usize, &str)]) -> Vec<Modal> {
    let mut found = Vec::new();
    for (index, (at, word)) in words.iter().enumerate() {
        let plain = bare(word);
        let next = words
            .get(index + 1)
            .map(|(at, word)| (at + word.len(), bare(word)));
        let own_end = at + word.len();
        let (end, owes) = match plain.as_str() {
            // `Should the work group be unable` is a condition.
            "should" if word.starts_with('S') => continue,
            "shall" | "will" | "must" | "should" => (own_end, true),
            "may" | "can" | "could" | "might" if !word.starts_with('M') => (own_end, false),
            "agrees" | "agree" => match next {
                Some((end, to)) if to == "to" => (end, true),
                _ => continue,
            },
            _ => continue,
        };
        // A will, and what `shall not`.
        let negated = words
            .get(index + 1)
            .is_some_and(|(_, word)| ["not", "never", "neither"].contains(&bare(word).as_str()));
        found.push(Modal {
            at: *at,
            end,
            owes: owes && !negated,
        });
    }
    found
}

/// A clause that says under which condition something is owed.
pub(super) struct Condition {
    pub start: usize,
    pub end: usize,
    pub words: String,
}

/// `If ..., the County shall`: the clause before the verb.
pub(super) fn condition(
    sentence: &str,
    words: &[(usize, &str)],
    modals: &[Modal],
) -> Option<Condition> {
    let first = modals.first()?;
    let begin = words.iter().enumerate().find(|(index, (at, word))| {
        let plain = bare(word);
        let at_start = *index <= 1;
        *at < first.at
            && (plain == "if"
                || at_start && ["when", "should", "where", "whenever"].contains(&plain.as_str())
                || plain == "in" && follows(words, *index, &["the", "event"]))
    });
    let (_, (start, _)) = begin?;
    let until = sentence.get(*start..first.at)?.rfind(',')? + start;
    Some(Condition {
        start: *start,
        end: until,
        words: in_one_line(sentence.get(*start..until)?),
    })
}

fn follows(words: &[(usize, &str)], index: usize, wanted: &[&str]) -> bool {
    wanted.iter().enumerate().all(|(n, wanted)| {
        words
            .get(index + 1 + n)
            .is_some_and(|(_, word)| bare(word) == *wanted)
    })
}
