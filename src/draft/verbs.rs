//! The verbs of a sentence that make a duty, and the conditions before them.

use super::finder::{MODALS, bare, in_one_line};

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
            "is" | "are" => match next {
                Some((end, to)) if to == "to" && is_to(words, index) => (end, true),
                Some((_, required)) if required == "required" => match words.get(index + 2) {
                    Some((at, word)) if bare(word) == "to" => (at + word.len(), true),
                    _ => continue,
                },
                Some((_, responsible)) if responsible == "responsible" => {
                    match words.get(index + 2) {
                        Some((at, word)) if bare(word) == "for" => (at + word.len(), true),
                        _ => continue,
                    }
                }
                _ => continue,
            },
            // `Supervisors have ten days from the request to answer it.`
            "has" | "have" if has_so_long(words, index) => (own_end, true),
            "agrees" | "agree" | "commits" | "commit" | "undertakes" | "undertake" => match next {
                Some((end, to)) if to == "to" && !is_to_a_thing(words, index + 2) => (end, true),
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

/// `agree to its addition`: what is agreed to is a thing, and not to do something.
fn is_to_a_thing(words: &[(usize, &str)], at: usize) -> bool {
    let next = words.get(at).map(|(_, word)| bare(word));
    next.is_some_and(|next| {
        [
            "a", "an", "its", "such", "that", "the", "their", "these", "this", "those",
        ]
        .contains(&next.as_str())
    })
}

/// Whether `is to` at a word says what is owed, and not what something is for.
fn is_to(words: &[(usize, &str)], index: usize) -> bool {
    let purpose = [
        "purpose",
        "intent",
        "intention",
        "goal",
        "aim",
        "objective",
        "reason",
        "understanding",
        "if",
        "idea",
    ];
    let before = words
        .get(index.saturating_sub(12)..index)
        .unwrap_or_default();
    let verb = words
        .get(index + 2)
        .map(|(_, word)| *word)
        .unwrap_or_default();
    verb.starts_with(char::is_lowercase)
        && !["the", "a", "an", "all", "this", "these", "their", "its"]
            .contains(&bare(verb).as_str())
        && !before
            .iter()
            .any(|(_, word)| purpose.contains(&bare(word).as_str()))
}

/// Whether a length of time follows `has`, which is the time for what has to be done.
fn has_so_long(words: &[(usize, &str)], index: usize) -> bool {
    let word = |at: usize| {
        words
            .get(at)
            .map(|(_, word)| bare(word))
            .unwrap_or_default()
    };
    let modal = index.checked_sub(1).map(word).unwrap_or_default();
    let is_unit =
        |word: String| ["day", "days", "week", "weeks", "month", "months"].contains(&word.as_str());
    let number = word(index + 1);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        || super::limits::begins_with_number(&number);
    is_number
        && (index + 2..index + 6).any(|at| is_unit(word(at)))
        && !MODALS.contains(&modal.as_str())
}

/// Whether words end with a verb that makes a duty: `The City shall`, `The Union agrees to`.
pub(super) fn ends_with_a_duty(text: &str) -> bool {
    let text = text.trim_end();
    let lower = text.to_ascii_lowercase();
    let subject = [
        " shall",
        " will",
        " must",
        " agrees to",
        " agree to",
        " is to",
        " are to",
        " is responsible for",
        " are responsible for",
    ]
    .iter()
    .find_map(|verb| lower.strip_suffix(verb));
    subject.is_some_and(|subject| !subject.trim().is_empty())
}

/// A clause that says under which condition something is owed.
pub(super) struct Condition {
    pub start: usize,
    pub end: usize,
    pub words: String,
    /// Whether it begins with `once`, as a limit may.
    pub is_once: bool,
}

/// `If ..., the County shall`: the clause before the verb.
pub(super) fn condition(
    sentence: &str,
    words: &[(usize, &str)],
    modals: &[Modal],
) -> Option<Condition> {
    let first = modals.first()?;
    let last = modals.last()?;
    let begin = words.iter().enumerate().find(|(index, (at, word))| {
        let plain = bare(word);
        let at_start = *index <= 1;
        // `As a way to share what it will save, if ..., then the County will`
        let opens = index
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .is_some_and(|(_, before)| before.ends_with(','));
        (*at < first.at || *at < last.at && opens)
            && (plain == "if"
                || at_start
                    && ["when", "should", "where", "whenever", "once"].contains(&plain.as_str())
                || plain == "in" && follows(words, *index, &["the", "event"]))
    });
    let (_, (start, begins)) = begin?;
    let mut after = modals.iter().filter(|modal| modal.at > *start);
    let until = after.find_map(|modal| sentence.get(*start..modal.at)?.rfind(','))? + start;
    Some(Condition {
        start: *start,
        end: until,
        words: in_one_line(sentence.get(*start..until)?),
        is_once: bare(begins) == "once",
    })
}

fn follows(words: &[(usize, &str)], index: usize, wanted: &[&str]) -> bool {
    wanted.iter().enumerate().all(|(n, wanted)| {
        words
            .get(index + 1 + n)
            .is_some_and(|(_, word)| bare(word) == *wanted)
    })
}
