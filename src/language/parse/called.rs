//! Declared names in other grammatical forms: `the grievance is received` is the event `receipt_of_the_grievance`.
//!
//! A name is found where every word of the phrase that says something is one of its words, and none of its words is missing.

use super::core::Parser;
use super::vocabulary::is_function_word;
use crate::language::Trigger;
use crate::language::token::{Kind, Token};
use std::collections::BTreeSet;

/// A declared name as the roots of its words, in no order.
#[derive(Clone, Debug)]
pub(super) struct Roots {
    roots: Vec<String>,
    trigger: Trigger,
}

impl Roots {
    /// `None` for a name in which no word says anything.
    pub(super) fn new(name: &[Kind], trigger: &Trigger) -> Option<Self> {
        let mut roots: Vec<String> = name.iter().filter_map(root_of).collect();
        roots.sort();
        roots.dedup();
        (!roots.is_empty()).then(|| Self {
            roots,
            trigger: trigger.clone(),
        })
    }

    /// Each root.
    pub(super) fn each(&self) -> impl Iterator<Item = &str> {
        self.roots.iter().map(String::as_str)
    }

    /// How many tokens say this name and nothing else.
    fn said_in(&self, tokens: &[Token]) -> Option<usize> {
        let mut missing: Vec<&str> = self.roots.iter().map(String::as_str).collect();
        let mut rest = tokens.iter().enumerate().peekable();
        let mut used = 0;
        while let Some((at, token)) = rest.next() {
            let Some(root) = root_of(&token.kind) else {
                if !matches!(token.kind, Kind::Word(_)) {
                    break;
                }
                continue;
            };
            if let Some(found) = missing.iter().position(|known| *known == root) {
                missing.remove(found);
                used = at + 1;
            } else if self.roots.contains(&root) {
                used = at + 1;
            } else if missing.is_empty()
                || !is_whose(&token.kind, rest.peek().map(|(_, next)| &next.kind))
            {
                break;
            }
        }
        // `receives the notice` is not the receipt alone.
        let covered = tokens.get(used).is_none_or(|next| {
            is_function_word(&next.kind)
                || root_of(&next.kind).is_none()
                || matches!(&next.kind, Kind::Word(word) if word.starts_with("there") || word == "whichever")
        });
        (missing.is_empty() && covered).then_some(used)
    }
}

impl Parser<'_> {
    /// A declared name in other forms of its words; where two are meant by the same words, neither.
    pub(super) fn trigger_in_other_words(&mut self) -> Option<Trigger> {
        // At the head of a clause the same words may be what is to be done: `meet quarterly`.
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at))?;
        matches!(&before.kind, Kind::Word(word) if STARTS_A_CLOCK.contains(&word.as_str()))
            .then_some(())?;
        let rest = self.tokens.get(self.at..)?;
        let said: BTreeSet<String> = rest
            .iter()
            .filter_map(|token| root_of(&token.kind))
            .collect();
        let found: Vec<(usize, &Roots)> = self
            .catalogue
            .named_by(&said)
            .filter_map(|name| Some((name.said_in(rest)?, name)))
            .collect();
        let most = found.iter().map(|(_, name)| name.roots.len()).max()?;
        let mut best = found
            .into_iter()
            .filter(|(_, name)| name.roots.len() == most);
        let (used, name) = best.next()?;
        if best.any(|(_, other)| other.trigger != name.trigger) {
            return None;
        }
        self.advance(used);
        self.eat(words!("is|was|are|were|has|have|been"));
        Some(name.trigger.clone())
    }
}

/// Whose act it is does not name the event: `the County's receipt`, `the Union receives`.
fn is_whose(kind: &Kind, next: Option<&Kind>) -> bool {
    let Kind::Word(word) = kind else { return false };
    word.ends_with("'s")
        || word.ends_with("s'")
        || (super::parties::is_party(word)
            && matches!(next, Some(Kind::Word(next)) if !matches!(next.as_str(), "of" | "and" | "or")))
}

/// The root of a word that says something.
fn root_of(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Word(word) if !SAY_NOTHING.contains(&word.as_str()) => Some(root(word)),
        Kind::Number { value, .. } | Kind::Ordinal(value) => Some(value.to_string()),
        _ => None,
    }
}

/// What is left of a word without its endings: the same for a verb and for the noun of what was done.
fn root(word: &str) -> String {
    let word = word.trim_end_matches("'s").trim_end_matches('\'');
    if let Some((_, root)) = IRREGULAR.iter().find(|(forms, _)| forms.contains(&word)) {
        return (*root).to_owned();
    }
    let mut root = word;
    while let Some(shorter) = ENDINGS
        .iter()
        .find_map(|ending| root.strip_suffix(ending).filter(|rest| rest.len() >= 3))
    {
        root = shorter;
    }
    // `submitted`, `occurring`.
    let mut last = root.chars().rev();
    if let (Some(a), Some(b)) = (last.next(), last.next())
        && a == b
        && root.len() > 3
    {
        root = root.strip_suffix(a).unwrap_or(root);
    }
    root.to_owned()
}

/// Endings, the longer ones first.
const ENDINGS: [&str; 18] = [
    "ments", "ances", "ences", "ment", "ance", "ence", "ings", "ions", "ing", "ion", "ies", "ied",
    "als", "al", "at", "ed", "es", "s",
];

const IRREGULAR: [(&[&str], &str); 16] = [
    (
        &[
            "receipt",
            "receipts",
            "receive",
            "receives",
            "received",
            "receiving",
        ],
        "receiv",
    ),
    (
        &[
            "submission",
            "submissions",
            "submit",
            "submits",
            "submitted",
            "submitting",
        ],
        "submit",
    ),
    (
        &[
            "decision",
            "decisions",
            "decide",
            "decides",
            "decided",
            "deciding",
        ],
        "decid",
    ),
    (
        &[
            "conclusion",
            "conclude",
            "concludes",
            "concluded",
            "concluding",
        ],
        "conclud",
    ),
    (
        &[
            "publication",
            "publish",
            "publishes",
            "published",
            "publishing",
        ],
        "publish",
    ),
    (&["service", "serve", "serves", "served", "serving"], "serv"),
    (
        &["denial", "denials", "deny", "denies", "denied", "denying"],
        "deny",
    ),
    (&["reply", "replies", "replied", "replying"], "reply"),
    (
        &[
            "notification",
            "notifications",
            "notify",
            "notifies",
            "notified",
            "notifying",
        ],
        "notify",
    ),
    (
        &[
            "begin",
            "begins",
            "began",
            "begun",
            "beginning",
            "start",
            "starts",
            "started",
            "starting",
            "commencement",
            "commence",
            "commences",
            "commenced",
        ],
        "begin",
    ),
    (&["meet", "meets", "met", "meeting", "meetings"], "meet"),
    (&["hear", "heard", "hearing", "hearings"], "hear"),
    (&["hold", "holds", "held", "holding"], "hold"),
    (&["give", "gives", "gave", "given", "giving"], "give"),
    (&["send", "sends", "sent", "sending"], "send"),
    (
        &[
            "application",
            "applications",
            "apply",
            "applies",
            "applied",
            "applying",
        ],
        "apply",
    ),
];

/// Words after which stands what a time is counted from.
const STARTS_A_CLOCK: [&str; 18] = [
    "after",
    "following",
    "of",
    "from",
    "before",
    "to",
    "preceding",
    "upon",
    "when",
    "once",
    "since",
    "until",
    "till",
    "at",
    "that",
    "which",
    "notice",
    "as",
];

/// Words that name nothing by themselves.
const SAY_NOTHING: [&str; 42] = [
    "of", "to", "by", "for", "in", "on", "at", "is", "was", "are", "were", "be", "been", "being",
    "has", "have", "had", "that", "which", "when", "such", "said", "its", "their", "his", "her",
    "any", "each", "either", "every", "this", "first", "date", "day", "written", "will", "shall",
    "upon", "from", "with", "occurs", "occurred",
];
