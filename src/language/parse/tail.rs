//! Tails: conditions that stand after a limit and are kept in their own words.

use super::core::Parser;

impl Parser<'_> {
    /// A condition that runs to the end; it is kept, and ends the phrase.
    pub(super) fn tail(&mut self) -> bool {
        let start = self.at;
        self.comma();
        if self.done() {
            return true;
        }
        let found = TAILS.iter().any(|tail| self.sees(tail)) || self.and_or();
        if !found {
            self.at = start;
            return false;
        }
        self.keep_the_rest();
        true
    }

    /// `and/or`.
    fn and_or(&self) -> bool {
        use crate::language::token::Kind;
        matches!(
            (self.word(0), self.kind(1), self.word(2)),
            ("and", Some(Kind::Mark('/')), "or")
        )
    }

    /// Words after `or` that are no limit: what the parties may agree instead.
    pub(super) fn loose_tail(&mut self) -> bool {
        let agreed = self
            .tokens
            .get(self.at..)
            .unwrap_or_default()
            .iter()
            .any(|t| matches!(&t.kind, crate::language::token::Kind::Word(w) if matches!(w.as_str(), "agreed" | "agree" | "agreement" | "consent" | "mutual" | "mutually" | "otherwise")));
        if agreed {
            // The `or` belongs to the condition.
            self.at = self.at.saturating_sub(1);
            self.keep_the_rest();
        }
        agreed
    }

    /// Keeps what is left as a condition.
    pub(super) fn keep_the_rest(&mut self) {
        let start = self.tokens.get(self.at).map(|t| t.range.start);
        let end = self.tokens.last().map(|t| t.range.end);
        if let (Some(start), Some(end)) = (start, end) {
            let text = self.words.get(start..end).unwrap_or_default();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.condition = Some(match self.condition.take() {
                Some(before) => format!("{before}, {text}"),
                None => text,
            });
        }
        self.advance(self.tokens.len());
    }

    /// After a wording without a date the rest is a condition, whatever it says; a near miss of a declared name is left to be
    /// refused.
    pub(super) fn let_go_of_the_rest(&mut self) {
        if self.done() || self.near_miss(self.at + 1).is_some() || self.near_miss(self.at).is_some()
        {
            return;
        }
        self.comma();
        if !self.done() {
            self.keep_the_rest();
        }
    }
}

/// How conditions begin.
const TAILS: [&str; 34] = [
    "unless",
    "if",
    "provided",
    "except",
    "subject to",
    "contingent",
    "depending",
    "or|and as otherwise? mutually? agreed|needed|necessary|required|requested|determined",
    "or otherwise",
    "or|and by mutual",
    "or|and upon mutual",
    "or|and more|less frequently|often",
    "or sooner|earlier|later if|by|as|upon",
    "or|and such other|longer|shorter|additional|later|earlier",
    "or at|on such|another|other",
    "or|and at other|another",
    "or any? other|another",
    "or when|whenever|if",
    "and also|additionally as|when|if",
    "and when|if|whenever",
    "and thereafter as",
    "and at such|any other",
    "and/or",
    "by mutual",
    "upon mutual",
    "as mutually|otherwise|agreed|needed|necessary|determined",
    "at date|dates|time|times|place|location",
    "in accordance|order|writing|addition",
    "pursuant to",
    "whichever applies|applicable",
    "without",
    "with notice|approval|consent|option",
    "so long",
    "or longer|shorter if|by|as",
];
