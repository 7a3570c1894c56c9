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
const VOCABULARY: [&str; 96] = [
    "after",
    "agreement",
    "annually",
    "April",
    "August",
    "before",
    "beginning",
    "between",
    "biweekly",
    "business",
    "calendar",
    "closest",
    "commencing",
    "consecutive",
    "days",
    "December",
    "during",
    "each",
    "earlier",
    "earliest",
    "early",
    "effective",
    "ending",
    "every",
    "expiration",
    "February",
    "fifteen",
    "fifth",
    "fifty",
    "first",
    "fiscal",
    "following",
    "forty",
    "fourth",
    "Friday",
    "from",
    "half",
    "hours",
    "hundred",
    "immediately",
    "January",
    "July",
    "June",
    "last",
    "late",
    "later",
    "latest",
    "least",
    "March",
    "mid",
    "Monday",
    "month",
    "monthly",
    "months",
    "ninety",
    "notice",
    "November",
    "October",
    "period",
    "possible",
    "practicable",
    "prior",
    "promptly",
    "quarter",
    "quarterly",
    "reasonable",
    "receipt",
    "request",
    "Saturday",
    "school",
    "second",
    "semi-annually",
    "September",
    "sixty",
    "soon",
    "starting",
    "Sunday",
    "than",
    "third",
    "thirty",
    "through",
    "Thursday",
    "Tuesday",
    "twenty",
    "twice",
    "until",
    "upon",
    "Wednesday",
    "week",
    "weekly",
    "weeks",
    "whichever",
    "within",
    "working",
    "year",
    "years",
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
        if let Some(said) = self.said_wrong(at) {
            return said;
        }
        if let Some((message, help)) = well_known(&token.kind, at) {
            return Refusal {
                rule: &phrase_not_understood::RULE,
                range: token.range.clone(),
                message: format!("`{written}` {message}"),
                help: Some(help.to_owned()),
            };
        }
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

    /// Half of a bound: `no latter than`, `not later 30 days`, `prior expiration`.
    fn said_wrong(&self, at: usize) -> Option<Refusal> {
        let word = |at: usize| match self.tokens.get(at).map(|token| &token.kind) {
            Some(Kind::Word(word)) => word.as_str(),
            _ => "",
        };
        let (first, last, meant) = match (word(at), word(at + 1), word(at + 2)) {
            ("no" | "not", "later" | "latter" | "lather" | "after", then) => (
                at,
                at + if matches!(then, "then" | "than" | "that") {
                    2
                } else {
                    1
                },
                "no later than",
            ),
            ("no" | "not", "earlier" | "sooner" | "early" | "before", then) => (
                at,
                at + if matches!(then, "then" | "that") {
                    2
                } else {
                    1
                },
                "no earlier than",
            ),
            ("at", "lest" | "leats" | "leased", _) => (at, at + 1, "at least"),
            _ if at > 0 && word(at - 1) == "prior" && word(at) != "to" => {
                (at - 1, at - 1, "prior to")
            }
            _ => return None,
        };
        let range = self.tokens.get(first)?.range.start..self.tokens.get(last)?.range.end;
        let written = self.words.get(range.clone())?;
        if written.to_lowercase().starts_with(meant) || written.to_lowercase() == "not later than" {
            return None;
        }
        Some(Refusal {
            rule: &phrase_not_understood::RULE,
            message: format!("`{written}` is not understood here"),
            range,
            help: Some(format!("did you mean `{meant}`?")),
        })
    }

    fn unknown_event(&self, at: usize, token: &Token, written: &str) -> Refusal {
        let help = if let Some(name) = self.near_miss(at) {
            format!("did you mean `{name}`?")
        } else if let Some(word) = nearest_word(written) {
            format!("did you mean `{word}`? An event is declared under `[events]`")
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
            .chain(self.names.agreements.iter().map(|id| (id.as_str(), "")))
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
                // `mou_2103` is one word, whatever follows it.
                let score = rest.first().map_or(score, |first| {
                    score.max(strsim::normalized_damerau_levenshtein(
                        &first.replace('_', " "),
                        &name,
                    ))
                });
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

/// Words that letters use and no time limit holds: what is wrong with them, and what to write.
fn well_known(kind: &Kind, at: usize) -> Option<(&'static str, &'static str)> {
    let Kind::Word(word) = kind else { return None };
    Some(match word.as_str() {
        "if" | "unless" | "when" | "whenever" | "where" | "provided" | "should" if at == 0 => (
            "begins a condition",
            "write the condition in `when`, and the time limit alone here",
        ),
        "not" | "never" | "without" => (
            "denies what follows",
            "write when it is due or may begin, with `no later than` or `not before`",
        ),
        "including" | "inclusive" | "exclusive" | "excluding" => (
            "does not say here which day counts",
            "write `30 days beginning on signing` where the day itself is the first, else leave it out",
        ),
        "today" | "tomorrow" | "yesterday" | "now" | "ago" => {
            ("is another day every day", "write the day that is meant")
        }
        "few" | "several" | "couple" | "some" | "many" => (
            "is no number",
            "ask how many were agreed, and write the number; or `within a reasonable time`",
        ),
        "labor" | "thanksgiving" | "christmas" | "easter" | "memorial" | "juneteenth"
        | "independence" | "presidents" | "veterans" | "columbus" => (
            "is no day that a time limit may name",
            "write its date, such as `December 25`",
        ),
        "spring" | "summer" | "fall" | "autumn" | "winter" => (
            "has no first or last day here",
            "write the days or months that are meant",
        ),
        _ => return None,
    })
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
                strsim::normalized_damerau_levenshtein(&written, &word.to_lowercase()),
                *word,
            )
        })
        .filter(|(score, word)| {
            // `day` for `days` is no slip of the pen.
            let same = written.trim_end_matches('s') == word.to_lowercase().trim_end_matches('s');
            *score >= 0.7 && !same
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}
