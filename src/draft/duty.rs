//! Whether words of time are the limit of a duty: who owes it, what, and under which condition. What hangs on another verb,
//! names another document's days or tells what may be done is none.

use super::finder::{Found, bare, in_one_line};
use super::sentences::words_of;
use super::verbs::{Modal, condition, modals};
use crate::language::{Every, Limit};

/// A duty of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Duty {
    /// Who owes it, in the sentence's words.
    pub subject: String,
    /// The verb that makes it a duty: `shall`.
    pub modal: String,
    /// What is owed, in the sentence's words.
    pub deed: String,
    /// Whether the subject does it, and is not what it is done to.
    pub active: bool,
    /// The condition, in the sentence's words.
    pub when: Option<String>,
}

/// Words between the verb and its limit after which the limit belongs to something else.
const TURNS: &[&str] = &[
    "who", "which", "whose", "whom", "that", "where", "if", "when", "while", "because", "unless",
    "than", "whether", "covering", "dated", "entitled", "since", "although", "as-of",
];

/// Words right before a limit after which it belongs to them.
const OWNERS: &[&str] = &[
    "issued",
    "dated",
    "signed",
    "covering",
    "hours",
    "worked",
    "hired",
    "contract",
    "agreement",
    "cba",
    "mou",
    "moa",
    "loa",
    "approved",
    "ratified",
    "adopted",
    "employed",
    "earned",
    "accrued",
    "scheduled",
    "changes",
    "rates",
    "rate",
    "schedule",
    "of",
    "amended",
    "expires",
    "expiring",
    "expire",
    "currently",
];

/// What recurring things are done; what is only earned or worked each time is no duty by a day.
const DONE_AGAIN: &[&str] = &[
    "meet",
    "met",
    "review",
    "reviewed",
    "provide",
    "provided",
    "report",
    "reported",
    "submit",
    "submitted",
    "pay",
    "paid",
    "contribute",
    "contributed",
    "issue",
    "issued",
    "post",
    "posted",
    "hold",
    "held",
    "conduct",
    "conducted",
    "evaluate",
    "evaluated",
    "notify",
    "notified",
    "furnish",
    "furnished",
    "send",
    "sent",
    "publish",
    "published",
    "give",
    "given",
    "convene",
    "discuss",
    "distribute",
    "distributed",
    "prepare",
    "deliver",
    "update",
    "updated",
    "occur",
    "share",
    "shared",
    "remit",
    "assess",
    "be",
    "reconvene",
    "consult",
    "increase",
    "adjust",
    "adjusted",
    "offer",
    "survey",
    "audit",
    "inspect",
    "test",
];

/// The duty of which `found` is the limit.
pub(super) fn duty(sentence: &str, found: &Found) -> Option<Duty> {
    let words = words_of(sentence);
    let modals = modals(&words);
    let governing = modals.iter().rev().find(|modal| modal.at < found.start);
    let condition = condition(sentence, &words, &modals);
    if condition
        .as_ref()
        .is_some_and(|c| found.start < c.end && c.start <= found.start)
    {
        return None;
    }
    let duty = match governing {
        Some(modal) => after_its_verb(sentence, &words, modal, found),
        None => before_its_verb(sentence, &words, &modals, found),
    }?;
    let recurs = matches!(found.phrase.tree.limit, Limit::Recurs(_));
    if recurs && !is_done_again(&duty, found) {
        return None;
    }
    let lower = duty.deed.to_ascii_lowercase();
    // What holds for one employee's service is a rule, and no day of the office's.
    if lower.starts_with("have ")
        || lower.starts_with("not ")
        || lower.starts_with("no longer ")
        || lower.starts_with("be required")
    {
        return None;
    }
    Some(Duty {
        when: condition.map(|c| c.words),
        ..duty
    })
}

/// The limit comes after the verb: `The County shall meet within 30 days`.
fn after_its_verb(
    sentence: &str,
    words: &[(usize, &str)],
    modal: &Modal,
    found: &Found,
) -> Option<Duty> {
    if !modal.owes {
        return None;
    }
    let between: Vec<String> = inner(words, modal.end, found.start)
        .map(|(_, word)| bare(word))
        .collect();
    let lower = found.words.to_ascii_lowercase();
    let firm = [
        "within",
        "no later",
        "not later",
        "on or before",
        "no less",
        "not less",
        "at least",
        "by ",
    ]
    .iter()
    .any(|lead| lower.starts_with(lead));
    if between.iter().any(|word| TURNS.contains(&word.as_str())) {
        return None;
    }
    // `in effect through June 30, 2025` is said of another document.
    if belongs_to_the_words_before(sentence, &between, &lower, firm, found) {
        return None;
    }
    if lower.starts_with("for ") && between.len() > 14 {
        return None;
    }
    let subject = subject_before(sentence, words, modal.at);
    let after = sentence.get(found.end..).unwrap_or_default();
    let before = sentence
        .get(modal.end..found.start)
        .unwrap_or_default()
        .trim();
    // `will, for one year, give`: what is done stands behind the limit.
    let inserted = before.starts_with(',');
    let deed = if before.is_empty() || inserted {
        up_to_a_break(after.trim_start_matches([',', ' ']))
    } else {
        before.to_owned()
    };
    made(&subject, sentence.get(modal.at..modal.end)?, deed.trim())
}

/// Whether a limit is said of the words right before it and not of the verb.
fn belongs_to_the_words_before(
    sentence: &str,
    between: &[String],
    lower: &str,
    firm: bool,
    found: &Found,
) -> bool {
    let last = between.last().map(String::as_str).unwrap_or_default();
    let begins_to = lower.starts_with("to ");
    if begins_to {
        let moved = [
            "pushed",
            "moved",
            "changed",
            "postponed",
            "extended",
            "delayed",
            "advanced",
            "rescheduled",
            "shifted",
            "up",
            "back",
            "forward",
        ];
        if !moved.contains(&last) {
            return true;
        }
    } else {
        // `at the rate of $5 beginning July 1`: what begins is what is owed.
        let begins = ["beginning", "starting", "commencing", "effective"]
            .iter()
            .any(|lead| lower.starts_with(lead));
        let owners =
            OWNERS.contains(&last) && !(begins && ["rate", "rates", "hours"].contains(&last));
        if !firm && (owners || begins && ["period", "periods", "plan", "year"].contains(&last)) {
            return true;
        }
    }
    // `shall include six months following completion` says how long something is.
    let bare_number =
        lower.starts_with(|c: char| c.is_ascii_digit()) || super::limits::begins_with_number(lower);
    if bare_number
        && !lower.contains("notice")
        && ["include", "serve", "receive", "have", "require", "be", "of"].contains(&last)
    {
        return true;
    }
    // `regular monthly salary`
    let next = sentence.get(found.end..).unwrap_or_default();
    let one_word = !lower.contains(' ');
    if one_word
        && next.starts_with(' ')
        && !next.trim_start().starts_with(|c: char| c.is_uppercase())
        && !goes_on(next)
    {
        return true;
    }
    // That an agreement is signed is when, not until when.
    let by_signing = found
        .phrase
        .tree
        .triggers()
        .iter()
        .any(|t| t.to_string() == "signing" || t.to_string() == "effective");
    if by_signing
        && ["as of", "with ", "at the", "for the", "during"]
            .iter()
            .any(|lead| lower.starts_with(lead))
    {
        return true;
    }
    let be = between.iter().rposition(|word| word == "be");
    let participle = last.ends_with("ed") && last.len() > 3;
    if participle
        && !firm
        && !begins_to
        && be.is_none_or(|be| between.len() - be > 7)
        && between.len() > 3
    {
        return true;
    }
    false
}

/// The limit comes first: `Within 30 days of the request, the County shall meet`.
fn before_its_verb(
    sentence: &str,
    words: &[(usize, &str)],
    modals: &[Modal],
    found: &Found,
) -> Option<Duty> {
    let modal = modals.iter().find(|modal| modal.at >= found.end)?;
    if !modal.owes {
        return None;
    }
    let pre = sentence.get(..found.start).unwrap_or_default().trim();
    let pre_words = pre.split_whitespace().count();
    let last_part = pre.rsplit(',').next().unwrap_or(pre).trim();
    // `Finally, on a payroll period in February 2024, the County`
    let first_of_it = last_part
        .split_whitespace()
        .next()
        .map(bare)
        .unwrap_or_default();
    let of_a_time = ["on", "with", "by", "at", "in"].contains(&first_of_it.as_str())
        && last_part.split_whitespace().count() <= 5;
    let leads = pre_words == 0
        || pre.ends_with(',')
        || of_a_time
            && sentence
                .get(found.end..)
                .is_some_and(|rest| rest.starts_with(','))
        || pre_words <= 2
            && pre.split_whitespace().all(|w| {
                !w.starts_with(|c: char| c.is_lowercase()) || ["and", "then", "that"].contains(&w)
            });
    let between = sentence.get(found.end..modal.at)?;
    let subject = between.trim().trim_start_matches([',', ')', '.']).trim();
    let subject = subject.rsplit_once(", ").map_or(subject, |(_, last)| last);
    let count = subject.split_whitespace().count();
    if between.split_whitespace().count() > 60 {
        return None;
    }
    if !leads || count == 0 || count > 30 {
        return None;
    }
    let comma = between.trim_start().starts_with([',', ')']);
    let begins = subject
        .split_whitespace()
        .next()
        .map(bare)
        .unwrap_or_default();
    let named = ["the", "a", "an", "each", "all", "both", "there", "any"]
        .contains(&begins.as_str())
        || subject.starts_with(char::is_uppercase);
    if !(comma || named) {
        return None;
    }
    let end = words.last().map_or(0, |(at, word)| at + word.len());
    let deed = up_to_a_break(sentence.get(modal.end..end)?);
    made(subject, sentence.get(modal.at..modal.end)?, &deed)
}

fn made(subject: &str, modal: &str, deed: &str) -> Option<Duty> {
    let deed = deed.trim().trim_end_matches([',', ';', '.', ':']).trim();
    let passive = deed.split_whitespace().next().is_some_and(|w| {
        bare(w) == "be" || bare(w) == "become" || bare(w) == "go" || bare(w) == "occur"
    });
    (!deed.is_empty()).then(|| Duty {
        active: !passive,
        subject: in_one_line(subject),
        modal: modal.to_owned(),
        deed: in_one_line(deed),
        when: None,
    })
}

/// The words between two places.
fn inner<'a>(
    words: &'a [(usize, &'a str)],
    from: usize,
    to: usize,
) -> impl Iterator<Item = (usize, &'a str)> {
    words
        .iter()
        .copied()
        .filter(move |(at, _)| *at >= from && *at < to)
}

/// The subject of a verb: what stands before it, from the last break on.
fn subject_before(sentence: &str, words: &[(usize, &str)], at: usize) -> String {
    let before: Vec<(usize, &str)> = inner(words, 0, at).collect();
    let mut start = 0;
    for (index, (from, word)) in before.iter().enumerate() {
        let next = before.get(index + 1).map_or(at, |(at, _)| *at);
        let breaks = word.ends_with([',', ';', ':'])
            || ["that", "then", "and"].contains(&bare(word).as_str())
                && index + 1 < before.len()
                && is_clause(&before, index + 1);
        if breaks && next < at {
            start = next;
        }
        let _ = from;
    }
    sentence
        .get(start..at)
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// Whether a subject of its own begins at a word: `... and the County shall`.
fn is_clause(words: &[(usize, &str)], from: usize) -> bool {
    let first = words
        .get(from)
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    let before = from
        .checked_sub(2)
        .and_then(|at| words.get(at))
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    // `the County and the Union shall` is one subject.
    let of_a_pair = words
        .get(from - 1)
        .is_some_and(|(_, word)| bare(word) == "and")
        && from < 5
        && !before.is_empty();
    !of_a_pair
        && (["the", "such", "each", "both", "a", "any", "all", "this"].contains(&first.as_str())
            || words
                .get(from)
                .is_some_and(|(_, w)| w.starts_with(char::is_uppercase)))
}

/// Whether a recurring word is followed by what goes on: `monthly by the 5th`, and not `monthly salary`.
fn goes_on(next: &str) -> bool {
    let word = next.split_whitespace().next().map(bare).unwrap_or_default();
    [
        "by",
        "on",
        "to",
        "with",
        "at",
        "in",
        "and",
        "or",
        "for",
        "beginning",
        "starting",
        "thereafter",
        "until",
        "through",
        "the",
        "unless",
        "during",
        "as",
        "from",
        "after",
        "basis",
    ]
    .contains(&word.as_str())
}

/// The words of a deed up to where another begins.
fn up_to_a_break(words: &str) -> String {
    let words = words.trim();
    let end = [
        ", and ",
        "; ",
        ", which",
        ". ",
        ", provided",
        ", but ",
        " unless ",
    ]
    .iter()
    .filter_map(|stop| words.find(stop))
    .min()
    .unwrap_or(words.len());
    words.get(..end).unwrap_or(words).to_owned()
}

fn is_done_again(duty: &Duty, found: &Found) -> bool {
    let verb = duty.deed.split_whitespace().map(bare).find(|word| {
        !["also", "be", "then", "continue", "to", "only"].contains(&word.as_str())
            && !word.ends_with("ly")
    });
    let verb = verb.unwrap_or_else(|| "be".to_owned());
    let known = DONE_AGAIN.contains(&verb.as_str());
    let lower = found.words.to_ascii_lowercase();
    // `per month` is how much, unless somebody pays it.
    if lower.starts_with("per ") || lower.starts_with("a month") {
        return duty.active && ["pay", "contribute", "provide", "remit"].contains(&verb.as_str());
    }
    let named_days = matches!(&found.phrase.tree.limit, Limit::Recurs(r) if matches!(r.every, Every::Yearly { .. } | Every::Around { .. } | Every::DayOfMonths { .. }));
    known || named_days
}

/// `..., provided that 14 days prior notice of the changes is provided`: notice, without a verb that owes.
pub(super) fn notice(sentence: &str, found: &Found) -> Option<Duty> {
    let lower = sentence.to_ascii_lowercase();
    let provided = lower
        .find("provided that")
        .or_else(|| lower.find("provided,"))?;
    let notice = found.words.to_ascii_lowercase().contains("notice");
    (notice && provided < found.start).then(|| Duty {
        subject: "Notice".to_owned(),
        modal: String::new(),
        deed: found.words.clone(),
        active: false,
        when: None,
    })
}
