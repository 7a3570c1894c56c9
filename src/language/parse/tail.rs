//! Tails: conditions that stand after a limit and are kept in their own words.

use super::core::Parser;
use super::dates::month_number;
use super::lengths::day_kind;
use super::pieces::{Clause, Piece};
use crate::language::pattern::Pattern;
use crate::language::token::Kind;

impl Parser<'_> {
    /// A condition that runs to the end; it is kept, and ends the phrase.
    pub(super) fn tail(&mut self) -> bool {
        let start = self.at;
        self.comma();
        if self.done() {
            return true;
        }
        if self.leaves_out() || self.moves_off_a_closed_day() {
            self.at = start;
            return false;
        }
        let found = TAILS.iter().any(|tail| self.sees(tail))
            || (self.sees_and_or() && self.attempt(Self::and_or).is_none());
        if !found || self.says_otherwise_when() {
            self.at = start;
            return false;
        }
        self.keep_the_rest();
        true
    }

    /// `except in July`: days that are left out cannot be kept as a condition, because the dates would be wrong.
    fn leaves_out(&mut self) -> bool {
        let start = self.at;
        let found = self.attempt(|p| {
            p.eat_any(&[
                words!("except|excepting|excluding|save|but for|in|on|during?"),
                words!("exclusive of"),
                words!("not including|counting|in|on|during"),
                words!("other than in|on|during?"),
                words!("but not in|on|during?"),
            ])
            .then_some(())?;
            p.eat(words!("any|all|month|months|days|day|week|of"));
            p.eat(words!("of|legal|public|federal|state|county|city|paid|observed|recognized|school"));
            let left_out = month_number(p.word(0)).is_some()
                || p.weekday_name().is_some()
                || p.sees(words!("holiday|holidays|weekend|weekends|summer|winter|spring|fall|break|recess|vacation"))
                || matches!(p.kind(0), Some(Kind::Date(_)));
            left_out.then_some(())?;
            p.advance(1);
            Some(())
        });
        if found.is_some() {
            let _: Option<()> = self.complain(
                start,
                "a time limit cannot leave days out",
                "write the times that remain, and the agreement's own words in `reading`",
            );
        }
        found.is_some()
    }

    /// `or the next business day if that day falls on a weekend`: how days move is for the counting to say. Kept as a condition,
    /// it would move none.
    fn moves_off_a_closed_day(&mut self) -> bool {
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        let word = |at: usize| match rest.get(at).map(|token| &token.kind) {
            Some(Kind::Word(word)) => word.as_str(),
            Some(Kind::Ordinal(1)) => "first",
            _ => "",
        };
        let is_open_day = |at: usize| {
            matches!(word(at), "workday" | "weekday")
                || day_kind(word(at)).is_some() && matches!(word(at + 1), "day" | "days")
        };
        let is_toward = |at: usize| {
            matches!(
                word(at),
                "next"
                    | "following"
                    | "succeeding"
                    | "first"
                    | "preceding"
                    | "previous"
                    | "prior"
                    | "nearest"
            )
        };
        let moves = |at: usize| {
            is_toward(at) && (is_open_day(at + 1) || is_open_day(at + 2) || is_open_day(at + 3))
        };
        let closed = |at: usize| {
            matches!(
                word(at),
                "weekend"
                    | "weekends"
                    | "holiday"
                    | "holidays"
                    | "saturday"
                    | "sunday"
                    | "closed"
                    | "nonworking"
            ) || matches!(word(at), "not" | "non") && is_open_day(at + 1)
        };
        let joined = matches!(
            word(0),
            "or" | "if"
                | "when"
                | "whenever"
                | "where"
                | "should"
                | "unless"
                | "provided"
                | "except"
                | "in"
                | "but"
                | "and"
        );
        let at_once = word(0) == "or" && (moves(1) || moves(2));
        let found =
            joined && (0..rest.len()).any(moves) && (at_once || (0..rest.len()).any(closed));
        if found {
            let (start, end) = (self.at, self.tokens.len());
            self.at = end;
            let _: Option<()> = self.complain(
                start,
                "where a day that is off moves to is said by the counting",
                "write the day alone, and `roll_forward = \"next_open\"` with `roll_applies = [\"act\", \"date_certain\"]` under `[obligations.counting]`",
            );
            self.at = start;
        }
        found
    }

    /// `if approved, otherwise July 1, 2026`: another day, for where the condition fails.
    fn says_otherwise_when(&mut self) -> bool {
        let start = self.at;
        let otherwise = (start..self.tokens.len()).find(|at| {
            self.at = *at;
            self.sees(words!("otherwise|else"))
        });
        let dated = otherwise.is_some_and(|at| {
            self.at = at + 1;
            self.comma();
            self.attempt(|p| {
                p.limited_or_measured()
                    .map(|_| ())
                    .or_else(|| p.date().map(|_| ()))
            })
            .is_some()
        });
        if dated {
            let _: Option<()> = self.complain(
                start,
                "the words name another time, for where the condition fails",
                "write two obligations, each with its own `when`",
            );
        }
        self.at = start;
        dated
    }

    /// `and/or` before another limit, which is one of the two.
    pub(super) fn and_or(&mut self) -> Option<()> {
        self.sees_and_or().then_some(())?;
        self.advance(3);
        let mut dated = false;
        let _: Option<()> = self.attempt(|p| {
            dated = matches!(p.clause(), Some(Clause::Pieces(_)));
            None
        });
        dated.then_some(())
    }

    /// `and/or`.
    fn sees_and_or(&self) -> bool {
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
            .any(|t| matches!(&t.kind, Kind::Word(w) if matches!(w.as_str(), "agreed" | "agree" | "agreement" | "consent" | "mutual" | "mutually" | "otherwise")));
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
            let start = self.condition.as_ref().map_or(start, |before| before.start);
            self.condition = Some(start..end);
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
        if !self.done() && !self.holds_a_limit() {
            self.keep_the_rest();
        }
    }

    /// Whether a time limit stands among the words that are left: it would be lost in a condition.
    fn holds_a_limit(&mut self) -> bool {
        let start = self.at;
        let limit = (start..self.tokens.len()).find(|at| {
            self.at = *at;
            let leads =
                self.sees(words!("within|by")) || self.sees(words!("no|not later|more than"));
            leads
                && self
                    .attempt(|p| {
                        let pieces = p.limited_or_measured()?;
                        let ends = |piece: &Piece| {
                            matches!(piece, Piece::Ends { due: Some(_), .. } | Piece::After(..))
                        };
                        // Only looked at: what it says is read where it stands.
                        p.refusals.clear();
                        Some(pieces.iter().any(ends))
                    })
                    .unwrap_or(false)
        });
        self.at = start;
        if let Some(at) = limit {
            self.at = self.tokens.len();
            let _: Option<()> = self.complain(
                at,
                "a time limit stands among words that name no date",
                "write the time limit alone, with what it is counted from, and the rest in `when`",
            );
            self.at = start;
        }
        limit.is_some()
    }
}

/// How conditions begin.
const TAILS: [&Pattern; 38] = [
    words!("or|and any|its? extension|extensions|renewal|renewals"),
    words!("unless"),
    words!("absent"),
    words!("if"),
    words!("provided"),
    words!("except"),
    words!("subject to"),
    words!("contingent"),
    words!("depending"),
    words!("or|and as otherwise? mutually? agreed|needed|necessary|required|requested|determined"),
    words!("or otherwise"),
    words!("or|and by mutual"),
    words!("or|and upon mutual"),
    words!("or|and more|less frequently|often"),
    words!("or sooner|earlier|later if|by|as|upon"),
    words!("or|and such other|longer|shorter|additional|later|earlier"),
    words!("or at|on such|another|other"),
    words!("or|and at other|another"),
    words!("or any? other|another"),
    words!("or when|whenever|if"),
    words!("and also|additionally as|when|if"),
    words!("and when|if|whenever"),
    words!("and thereafter as"),
    words!("and at such|any other"),
    words!("and/or"),
    words!("by mutual"),
    words!("upon mutual"),
    words!("as mutually|otherwise|agreed|needed|necessary|determined"),
    words!("at date|dates|time|times|place|location"),
    words!("in accordance|order|writing|addition"),
    words!("pursuant to"),
    words!("whichever applies|applicable"),
    words!("without"),
    words!("with notice|approval|consent|option"),
    words!("so long"),
    words!("or longer|shorter if|by|as"),
    words!("or|and as soon|promptly thereafter|after as"),
    words!("time being|is of essence"),
];
