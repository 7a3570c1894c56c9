//! Why a phrase was refused: the first word not understood, and the nearest reading.

use super::core::Parser;
use crate::language::Refusal;
use crate::language::token::{Kind, Token};
use crate::rules::{phrase_not_understood, renewal_in_a_phrase, unknown_event};

/// Built-in events, by the names that a suggestion offers.
const BUILT_IN: [&str; 5] = [
    "signing",
    "effective",
    "expiration",
    "ratification",
    "notice",
];

/// Words of the language, for a near miss.
const VOCABULARY: [&str; 62] = [
    "after",
    "annually",
    "april",
    "august",
    "before",
    "beginning",
    "between",
    "business",
    "calendar",
    "commencing",
    "days",
    "december",
    "during",
    "earlier",
    "each",
    "early",
    "ending",
    "every",
    "february",
    "fiscal",
    "following",
    "friday",
    "from",
    "hours",
    "january",
    "july",
    "june",
    "last",
    "late",
    "later",
    "least",
    "march",
    "mid",
    "monday",
    "month",
    "monthly",
    "months",
    "november",
    "october",
    "prior",
    "promptly",
    "quarter",
    "quarterly",
    "receipt",
    "school",
    "september",
    "starting",
    "than",
    "through",
    "thursday",
    "tuesday",
    "until",
    "wednesday",
    "week",
    "weekly",
    "weeks",
    "within",
    "working",
    "year",
    "years",
    "semi-annually",
    "upon",
];

impl Parser<'_> {
    /// The refusal of a phrase that no reading got through.
    pub(super) fn not_understood(&self) -> Refusal {
        let at = self.furthest;
        if self.tokens.is_empty() {
            return Refusal {
                rule: &phrase_not_understood::RULE,
                range: 0..self.words.len(),
                message: "a time limit is empty".to_owned(),
                help: Some(
                    "write the time words of the agreement, such as `30 days after signing`"
                        .to_owned(),
                ),
            };
        }
        let Some(token) = self.tokens.get(at) else {
            let range = self.tokens.last().map_or(0..0, |t| t.range.clone());
            return Refusal {
                rule: &phrase_not_understood::RULE,
                range,
                message: "the time limit ends before it is complete".to_owned(),
                help: Some("say what it is counted from, or which day is meant".to_owned()),
            };
        };
        let written = self.words.get(token.range.clone()).unwrap_or_default();
        if self.no_trigger.is_some_and(|missed| missed >= at) && !is_function_word(&token.kind) {
            return self.unknown_event(at, token, written);
        }
        Refusal {
            rule: &phrase_not_understood::RULE,
            range: token.range.clone(),
            message: format!("`{written}` is not understood here"),
            help: Some(match nearest_word(written) {
                Some(word) => format!("did you mean `{word}`?"),
                None => {
                    "`docs/deadlines.md` lists what can be written; a condition belongs in `when`"
                        .to_owned()
                }
            }),
        }
    }

    fn unknown_event(&self, at: usize, token: &Token, written: &str) -> Refusal {
        let help = if let Some(name) = self.near_miss(at) {
            format!("did you mean `{name}`?")
        } else {
            let mut names: Vec<&str> = self
                .names
                .events
                .iter()
                .map(|(id, _)| id.as_str())
                .chain(self.names.obligations.iter().map(|(id, _)| id.as_str()))
                .collect();
            names.extend(BUILT_IN);
            names.dedup();
            names.truncate(8);
            format!(
                "declare it under `[events]`, or write one of `{}`",
                names.join("`, `")
            )
        };
        Refusal {
            rule: &unknown_event::RULE,
            range: token.range.clone(),
            message: format!("`{written}` begins no event that is declared"),
            help: Some(help),
        }
    }

    /// The declared name that the words from a token on are nearest to, where one is near.
    pub(super) fn near_miss(&self, at: usize) -> Option<String> {
        let rest: Vec<String> = self
            .tokens
            .get(at..)?
            .iter()
            .map_while(|token| match &token.kind {
                Kind::Word(word) => Some(word.clone()),
                Kind::Number { value, .. } | Kind::Ordinal(value) => Some(value.to_string()),
                _ => None,
            })
            .take(8)
            .collect();
        let names = self
            .names
            .events
            .iter()
            .map(|(id, title)| (id.as_str(), title.as_str()))
            .chain(
                self.names
                    .obligations
                    .iter()
                    .map(|(id, title)| (id.as_str(), title.as_str())),
            )
            .chain(BUILT_IN.iter().map(|name| (*name, "")));
        let mut best: Option<(f64, &str)> = None;
        for (id, title) in names {
            for name in [id.replace('_', " "), title.to_lowercase()] {
                let count = name.split_whitespace().count();
                if count == 0 {
                    continue;
                }
                let written = rest
                    .iter()
                    .take(count)
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(" ");
                let score = strsim::normalized_damerau_levenshtein(&written, &name).max(
                    strsim::normalized_damerau_levenshtein(&written.replace('_', " "), &name),
                );
                if score >= 0.7 && best.is_none_or(|(known, _)| score > known) {
                    best = Some((score, id));
                }
            }
        }
        best.map(|(_, id)| id.to_owned())
    }

    /// Renewal wordings are refused with the keys to write; says whether one stands here.
    pub(super) fn renews(&mut self) -> bool {
        const RENEWALS: [&str; 13] = [
            "from year to year",
            "year to year",
            "and? from? month to month",
            "on? day to day basis?",
            "for? successive|additional|further year|month|term|terms|period|periods|renewal",
            "shall|will|be|is? automatically renew|renews|renewed|extend|extended|continue",
            "shall|will|be|is? renewed|renews|renew",
            "for additional|successive periods|terms",
            "and shall automatically renew",
            "automatically renew|renewed|renews|renewing|extended",
            "be renewed",
            "renewable",
            "in successive",
        ];
        let start = self.at;
        self.comma();
        let year_terms = matches!((self.word(0), self.word(1)), ("for", "successive"))
            || (self.word(0) == "successive");
        if !year_terms && !RENEWALS.iter().any(|words| self.sees(words)) {
            self.at = start;
            return false;
        }
        let first = self.at;
        self.advance(self.tokens.len());
        let range = self.range_from(first);
        self.refusals.push(Refusal {
            rule: &renewal_in_a_phrase::RULE,
            range,
            message: "a renewal is no part of a time limit".to_owned(),
            help: Some(
                "write the end alone, and `[renewal]` with `how = \"automatic\"`, `for = \"1 year\"` and `notice = \"...\"`"
                    .to_owned(),
            ),
        });
        true
    }
}

/// Words that begin no event: they join limits, or bound them.
fn is_function_word(kind: &Kind) -> bool {
    match kind {
        Kind::Word(word) => matches!(
            word.as_str(),
            "unless"
                | "if"
                | "than"
                | "or"
                | "and"
                | "not"
                | "by"
                | "within"
                | "until"
                | "before"
                | "after"
                | "no"
                | "of"
                | "from"
                | "to"
                | "in"
                | "on"
                | "at"
                | "for"
                | "each"
                | "every"
                | "provided"
                | "except"
                | "but"
                | "per"
        ),
        Kind::Number { .. } | Kind::Ordinal(_) => false,
        _ => true,
    }
}

fn nearest_word(written: &str) -> Option<&'static str> {
    let written = written.to_lowercase();
    VOCABULARY
        .iter()
        .map(|word| {
            (
                strsim::normalized_damerau_levenshtein(&written, word),
                *word,
            )
        })
        .filter(|(score, word)| *score >= 0.7 && *word != written)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}
