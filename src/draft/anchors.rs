//! Events in a letter's own words: `within 30 days of [receipt of the request]`.

use super::finder::bare;
use crate::ids::snake_case;
use crate::words::capitalized;

/// Words that name an event, within a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Anchored {
    /// The first word.
    pub first: usize,
    /// The last one.
    pub last: usize,
    /// An id for it.
    pub id: String,
    /// What to call it.
    pub title: String,
}

/// The most words of an event's name.
const MOST_WORDS: usize = 14;

/// Words that an event's name does not go past.
const STOPS: &[&str] = &[
    "shall",
    "will",
    "must",
    "may",
    "should",
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "unless",
    "if",
    "provided",
    "whichever",
    "except",
    "and",
    "or",
    "but",
    "who",
    "which",
    "that",
    "utilizing",
    "using",
    "when",
    "whether",
    "then",
    "where",
    "until",
    "without",
];

/// Words that are left out of an id.
const SMALL: &[&str] = &[
    "the", "a", "an", "of", "to", "by", "in", "on", "for", "from", "with", "such", "any", "their",
    "its", "his", "her", "said", "this", "date", "day", "each", "all",
];

/// Words that only point at something.
const POINTS_BACK: &[&str] = &[
    "it",
    "which",
    "them",
    "thereof",
    "thereafter",
    "these",
    "agreement",
    "mou",
    "moa",
    "loa",
    "letter",
    "memorandum",
    "first",
    "second",
    "last",
    "former",
    "latter",
    "above",
    "below",
    "foregoing",
    "same",
];

/// The event that the words from `at` on hang on, where they are a length before or after something.
pub(super) fn anchored(words: &[(usize, &str)], at: usize) -> Option<Anchored> {
    named_at(words, relation(words, at)?)
}

/// The event whose name begins at a word.
pub(super) fn named_at(words: &[(usize, &str)], first: usize) -> Option<Anchored> {
    let mut last = None;
    for (index, (_, word)) in words.iter().enumerate().skip(first).take(MOST_WORDS) {
        let plain = bare(word);
        let before = index
            .checked_sub(1)
            .and_then(|at| words.get(at))
            .map(|(_, word)| bare(word))
            .unwrap_or_default();
        // `completion of the program to allow for ...` ends before the purpose; `demand to bargain` goes on.
        let goes_on = [
            "rise",
            "demand",
            "request",
            "notice",
            "intent",
            "response",
            "right",
            "returns",
            "return",
            "prior",
            "transfer",
            "appointment",
            "promotion",
            "change",
            "changes",
        ]
        .contains(&before.as_str());
        let purpose = plain == "to" && (!goes_on || answers(words, index + 1));
        if STOPS.contains(&plain.as_str()) || purpose {
            break;
        }
        if !plain.is_empty() && !SMALL.contains(&plain.as_str()) {
            last = Some(index);
        }
        if word.ends_with([',', ';', ':', '.', ')', ']']) || word.starts_with('(') && index > first
        {
            break;
        }
    }
    let last = before_its_subject(words, first, last?);
    let name: Vec<&str> = words
        .get(first..=last)?
        .iter()
        .map(|(_, word)| *word)
        .collect();
    // A day or another length is no event.
    if !name_counts_nothing(&name) {
        return None;
    }
    let content: Vec<String> = name
        .iter()
        .map(|word| bare(word))
        .filter(|word| !SMALL.contains(&word.as_str()) && !word.is_empty())
        .collect();
    // `after receiving it`
    let last_word = content.last().map(String::as_str).unwrap_or_default();
    if ["it", "them"].contains(&last_word) && content.len() == 2 {
        return None;
    }
    if content.is_empty() || content.len() == 1 && POINTS_BACK.contains(&content.first()?.as_str())
    {
        return None;
    }
    let short: Vec<String> = content.iter().take(4).cloned().collect();
    let id = snake_case(&short.join(" "))?;
    let named: Vec<&str> = name
        .iter()
        .map(|word| word.trim_matches([',', ';', ':', '.', '”', '"', ')', ']', '(']))
        .skip_while(|word| {
            ["the", "a", "an", "such", "any", "their", "its", "said"]
                .contains(&word.to_ascii_lowercase().as_str())
        })
        .collect();
    Some(Anchored {
        first,
        last,
        id: if crate::agreement::OWN_DATES.contains(&id.as_str()) {
            format!("{id}_event")
        } else {
            id
        },
        title: capitalized(&named.join(" ")),
    })
}

/// Whether a name has no number in it but that of a step: `the Step 2 meeting`.
fn name_counts_nothing(name: &[&str]) -> bool {
    let counts = |index: usize| {
        let before = index.checked_sub(1).and_then(|before| name.get(before));
        before
            .is_some_and(|word| ["level", "phase", "stage", "step"].contains(&bare(word).as_str()))
    };
    name.iter()
        .enumerate()
        .all(|(index, word)| !word.chars().any(|c| c.is_ascii_digit()) || counts(index))
}

/// `a request to bargain` is one thing; in `from the request to answer it` the answer is what the time is for.
fn answers(words: &[(usize, &str)], at: usize) -> bool {
    let verb = words
        .get(at)
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    [
        "approve", "deny", "answer", "respond", "review", "accept", "decide", "comment", "object",
        "appeal",
    ]
    .contains(&verb.as_str())
}

/// `30 days after implementation the County shall`: the verb's subject is not the event's.
fn before_its_subject(words: &[(usize, &str)], first: usize, last: usize) -> usize {
    let word = |index: usize| words.get(index).map(|(_, word)| *word).unwrap_or_default();
    if !["shall", "will", "must"].contains(&bare(word(last + 1)).as_str()) {
        return last;
    }
    let begins = |index: &usize| {
        bare(word(*index)) == "the" || word(*index).starts_with(|c: char| c.is_uppercase())
    };
    match (first + 1..=last).rev().find(begins) {
        Some(mut at) => {
            if at > first + 1 && bare(word(at - 1)) == "the" {
                at -= 1;
            }
            at - 1
        }
        None => last,
    }
}

/// Where the name begins after `30 days of`, `six weeks prior to`, `14 days' notice of`.
fn relation(words: &[(usize, &str)], at: usize) -> Option<usize> {
    approval(words, at).or_else(|| of_a_length(words, at))
}

/// `upon approval by the City Council`: what a body has to do.
fn approval(words: &[(usize, &str)], at: usize) -> Option<usize> {
    let word = |index: usize| {
        words
            .get(index)
            .map(|(_, word)| bare(word))
            .unwrap_or_default()
    };
    let acts = ["approval", "adoption", "acceptance"].contains(&word(at + 1).as_str());
    let body = ["by", "of"].contains(&word(at + 2).as_str()) && word(at + 3) == "the";
    let named = words
        .get(at + 4)
        .is_some_and(|(_, word)| word.starts_with(char::is_uppercase));
    (["upon", "on"].contains(&word(at).as_str()) && acts && body && named).then_some(at + 1)
}

fn of_a_length(words: &[(usize, &str)], at: usize) -> Option<usize> {
    let word = |index: usize| {
        words
            .get(index)
            .map(|(_, word)| bare(word))
            .unwrap_or_default()
    };
    // `for a period of thirty days following`: the unit is the one of the number.
    let is_lead = |index: usize| word(index) == "period" && word(index + 1) == "of";
    let unit = (at..at + 9).find(|index| is_unit(&word(*index)) && !is_lead(*index))?;
    let mut next = unit + 1;
    // `14 days prior notice of`, `30 days’ written notice of`
    let is_related = ["after", "of", "from", "following"].contains(&word(next).as_str());
    if !is_related && (next..next + 3).any(|index| word(index) == "notice") {
        next = (next..next + 3).find(|index| word(*index) == "notice")? + 1;
    }
    match word(next).as_str() {
        "after" | "of" | "from" | "following" | "before" => Some(next + 1),
        "prior" if word(next + 1) == "to" => Some(next + 2),
        "ahead" if word(next + 1) == "of" => Some(next + 2),
        "in" if word(next + 1) == "advance" && word(next + 2) == "of" => Some(next + 3),
        _ => None,
    }
}

fn is_unit(word: &str) -> bool {
    [
        "day", "days", "week", "weeks", "month", "months", "year", "years", "days’", "days'",
        "hours", "period", "periods",
    ]
    .contains(&word)
}
