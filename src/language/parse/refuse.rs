//! Why a phrase was refused: the first word not understood, and the nearest reading.

use super::core::Parser;
use super::dates::weekday;
use super::vocabulary::{is_function_word, is_vague, nearest_word, well_known};
use crate::language::Refusal;
use crate::language::token::{Kind, Token};
use crate::rules::{phrase_not_understood, unknown_event};

/// Built-in events, by the names that a suggestion offers.
pub(super) const BUILT_IN: [&str; 5] = [
    "signing",
    "effective",
    "expiration",
    "ratification",
    "notice",
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
            let last = self.tokens.last();
            let range = last.map_or(0..0, |t| t.range.clone());
            // `by Wednesday`.
            if let Some((message, help)) = last
                .filter(|token| matches!(&token.kind, Kind::Word(word) if weekday(word).is_some()))
                .and_then(|token| well_known(&token.kind, at))
            {
                let written = self.words.get(range.clone()).unwrap_or_default();
                return Refusal {
                    rule: &phrase_not_understood::RULE,
                    message: format!("`{written}` {message}"),
                    range,
                    help: Some(help.to_owned()),
                };
            }
            return Refusal {
                rule: &phrase_not_understood::RULE,
                range,
                message: "the time limit ends before it is complete".to_owned(),
                help: Some(self.what_is_missing().to_owned()),
            };
        };
        let written = self.words.get(token.range.clone()).unwrap_or_default();
        if let Some(said) = self.said_wrong(at) {
            return said;
        }
        // `about 30 days`: what was got past is still what is wrong.
        let blamed = [Some(at), at.checked_sub(2), at.checked_sub(1)]
            .into_iter()
            .flatten()
            .filter_map(|at| self.tokens.get(at).map(|token| (at, token)))
            .filter(|(before, token)| *before == at || is_vague(&token.kind))
            .find_map(|(at, token)| Some((token, well_known(&token.kind, at)?)));
        if let Some((token, (message, help))) = blamed {
            let written = self.words.get(token.range.clone()).unwrap_or_default();
            return Refusal {
                rule: &phrase_not_understood::RULE,
                range: token.range.clone(),
                message: format!("`{written}` {message}"),
                help: Some(help.to_owned()),
            };
        }
        // A slip of the pen is one wherever it stands, unless it is a slip in a name.
        let slip = nearest_word(written).filter(|_| self.near_miss(at).is_none());
        // `expiration of mou_2103`, where only `mou_2013` is known.
        let of_a_name = at
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before))
            .is_some_and(|before| before.kind == Kind::Word("of".to_owned()))
            && self.near_miss(at).is_some();
        let no_name = slip.is_none() && self.no_trigger.is_some_and(|missed| missed >= at);
        if (of_a_name || no_name) && !is_function_word(&token.kind) {
            return self.unknown_event(at, token, written);
        }
        Refusal {
            rule: &phrase_not_understood::RULE,
            range: token.range.clone(),
            message: format!("`{written}` is not understood here"),
            help: Some(
                self.near_miss(at)
                    .filter(|name| !is_function_word(&token.kind) && *name != written)
                    .or_else(|| nearest_word(written).map(str::to_owned))
                    .map_or_else(
                        || {
                            "`docs/deadlines.md` lists what can be written; a condition belongs in `when`"
                                .to_owned()
                        },
                        |meant| format!("did you mean `{meant}`?"),
                    ),
            ),
        }
    }

    /// What a phrase lacks that breaks off, by its last word.
    fn what_is_missing(&self) -> &'static str {
        match self.tokens.last().map(|token| &token.kind) {
            Some(Kind::Hour) => "name the day as well: `by 5 pm on July 1, 2026`",
            Some(Kind::Number { .. } | Kind::Ordinal(_)) => {
                "say of what: `30 days after signing`, `the 10th of each month`, `July 10, 2026`"
            }
            Some(Kind::Word(word)) => match word.as_str() {
                "after" | "of" | "from" | "following" | "since" => {
                    "name what it is counted from: `30 days after signing`"
                }
                "before" | "by" | "until" | "to" | "through" | "on" | "than" | "and" | "or" => {
                    "name the day: `by July 1, 2026`, `at least 30 days before expiration`"
                }
                "every" | "each" => "say how often: `every 3 months from signing`",
                "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday"
                | "sunday" => {
                    "say which: `every Monday`, `the first Monday after signing`, `the second Monday of each month`"
                }
                _ => {
                    "say what it is counted from, or which day is meant: `30 days after signing`, `July 1, 2026`"
                }
            },
            _ => {
                "say what it is counted from, or which day is meant: `30 days after signing`, `July 1, 2026`"
            }
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
        let rightly = matches!(word(at + 2), "than") && last < at + 2;
        if rightly
            || written.to_lowercase().starts_with(meant)
            || written.to_lowercase() == "not later than"
        {
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
            let said = name.replace('_', " ");
            let as_written = written.eq_ignore_ascii_case(&said)
                || self
                    .words
                    .get(token.range.start..)
                    .and_then(|rest| rest.get(..said.len()))
                    .is_some_and(|rest| rest.eq_ignore_ascii_case(&said));
            if as_written {
                // `receipt of the notice`, where `receipt` and `notice` are two events.
                "declare the whole name under `[events]`, or write the name of one event alone"
                    .to_owned()
            } else {
                format!("did you mean `{name}`?")
            }
        } else {
            let events = self.names.events.iter().map(|(id, _)| id.as_str());
            let obligations = self.names.obligations.iter().map(|(id, _)| id.as_str());
            let names: Vec<&str> = events.chain(obligations).chain(BUILT_IN).take(8).collect();
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
}
