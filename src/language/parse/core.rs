//! Walking the tokens: looking, eating, trying and taking back.

use super::catalogue::Catalogue;
use super::occasions::BesideSeries;
use crate::counting::{Direction, Length};
use crate::language::pattern::{Pattern, bit};
use crate::language::token::{Kind, Token};
use crate::language::tree::{Point, Recurrence, Years};
use crate::language::{Called, Names, Refusal, Remark, Wording};
use crate::rules::{ambiguous_phrase, phrase_not_understood};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// How deep readings may nest; a phrase that people write has three or four.
const DEEPEST: usize = 24;
/// How many readings are tried for each word before the parser gives up; a phrase that people write needs some tens.
const MOST_TRIES: usize = 1_000;
/// How many are tried in any phrase, however short.
const ENOUGH_TRIES: usize = 5_000;

pub(super) struct Parser<'a> {
    pub(super) words: &'a str,
    pub(super) tokens: &'a [Token],
    /// Of each token that is a word, its bit.
    bits: Vec<u64>,
    pub(super) names: &'a Names,
    pub(super) catalogue: &'a Catalogue,
    pub(super) at: usize,
    /// The first token that no reading got past.
    pub(super) furthest: usize,
    /// Where a trigger was looked for and none was found.
    pub(super) no_trigger: Option<usize>,
    pub(super) remarks: Vec<Remark>,
    /// The wordings so far that have two readings.
    pub(super) doubts: Vec<Wording>,
    /// The wording of which the other reading is taken.
    pub(super) instead: Option<Wording>,
    pub(super) refusals: Vec<Refusal>,
    /// What a reading that came to nothing has to say: it is said where no other reading succeeds.
    pub(super) complaint: Option<Refusal>,
    pub(super) asides: Vec<String>,
    /// The bytes of the condition in the tail.
    pub(super) condition: Option<Range<usize>>,
    /// How many deeds the words round the limits name: times of two are two duties.
    pub(super) deeds: usize,
    /// Where a limit begins that nothing joins to the one before it.
    pub(super) unjoined: Option<usize>,
    /// Whether what recurs does so `thereafter`: from the limit named before it on.
    pub(super) thereafter: bool,
    /// The series that a limit is counted from each day of.
    pub(super) occasion: Option<Rc<Recurrence>>,
    /// What recurs, while a limit is read that stands beside it.
    pub(super) beside: Option<BesideSeries>,
    /// `each year` was read beside a day or a month without a year.
    pub(super) yearly: Option<Years>,
    /// What the last limit was counted from, for one that says `thereafter` or nothing.
    pub(super) counted_from: Option<(Direction, Vec<Point>)>,
    /// A time that runs from a notice was read: `upon 30 days' notice`.
    pub(super) runs_from_notice: bool,
    /// Lengths beside a stated end, with what they run from, that the words alone do not compare with it.
    pub(super) said_twice: Vec<(Length, Point)>,
    /// What days are called beside them.
    pub(super) called: Vec<Called>,
    /// Numbers and words of time that the reading says in other words: the `twice` of every 6 months.
    pub(super) in_other_words: Vec<Kind>,
    /// Two lengths are joined by `and`: `between 6 months and 90 days`.
    pub(super) two_lengths: bool,
    /// The declared names that the words from a token on are nearest to, where that was asked.
    pub(super) near: RefCell<BTreeMap<usize, Option<String>>>,
    /// How often the names were searched for a near one.
    pub(super) searches: Cell<usize>,
    depth: usize,
    tries: usize,
    /// Which limit was reached: nothing that is read after it can be relied on.
    gave_up: Option<String>,
}

/// The bit of a word; none for what is no word.
fn bit_of(token: &Token) -> u64 {
    match &token.kind {
        Kind::Word(word) => bit(word.as_bytes()),
        _ => 0,
    }
}

impl<'a> Parser<'a> {
    pub(super) fn new(words: &'a str, tokens: &'a [Token], names: &'a Names) -> Self {
        Self {
            words,
            tokens,
            bits: tokens.iter().map(bit_of).collect(),
            names,
            catalogue: names.known.0.get_or_init(|| Catalogue::new(names)),
            at: 0,
            furthest: 0,
            no_trigger: None,
            remarks: Vec::new(),
            doubts: Vec::new(),
            instead: None,
            refusals: Vec::new(),
            complaint: None,
            asides: Vec::new(),
            condition: None,
            deeds: 0,
            unjoined: None,
            thereafter: false,
            occasion: None,
            beside: None,
            yearly: None,
            counted_from: None,
            runs_from_notice: false,
            said_twice: Vec::new(),
            called: Vec::new(),
            in_other_words: Vec::new(),
            two_lengths: false,
            near: RefCell::default(),
            searches: Cell::default(),
            depth: 0,
            tries: 0,
            gave_up: None,
        }
    }

    /// The kind of the token that many ahead.
    pub(super) fn kind(&self, ahead: usize) -> Option<&'a Kind> {
        self.tokens.get(self.at + ahead).map(|token| &token.kind)
    }

    /// The word that many ahead; empty where there is none.
    pub(super) fn word(&self, ahead: usize) -> &'a str {
        match self.kind(ahead) {
            Some(Kind::Word(word)) => word,
            _ => "",
        }
    }

    /// Whether `the` stands before the next token: articles are no tokens.
    pub(super) fn said_the(&self) -> bool {
        self.said_before("the")
    }

    /// Whether `a` or `an` stands before the next token.
    pub(super) fn said_an(&self) -> bool {
        self.said_before("a") || self.said_before("an")
    }

    fn said_before(&self, article: &str) -> bool {
        let Some(next) = self.tokens.get(self.at) else {
            return false;
        };
        let before = self
            .at
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .map_or(0, |token| token.range.end);
        self.words
            .get(before..next.range.start)
            .is_some_and(|between| {
                between
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| word.eq_ignore_ascii_case(article))
            })
    }

    pub(super) fn done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Goes past that many tokens.
    pub(super) fn advance(&mut self, count: usize) {
        self.at = (self.at + count).min(self.tokens.len());
        self.furthest = self.furthest.max(self.at);
    }

    /// Goes past the words of a pattern.
    pub(super) fn eat(&mut self, pattern: &Pattern) -> bool {
        let here = self.bits.get(self.at).copied().unwrap_or_default();
        if !pattern.may_begin_with(here) {
            return false;
        }
        let Some(covered) = pattern.covers(|ahead| self.word(ahead)) else {
            return false;
        };
        self.advance(covered);
        covered > 0
    }

    /// Goes past any of several patterns.
    pub(super) fn eat_any(&mut self, patterns: &[&Pattern]) -> bool {
        patterns.iter().any(|pattern| self.eat(pattern))
    }

    /// Whether a pattern stands here.
    pub(super) fn sees(&mut self, pattern: &Pattern) -> bool {
        let (at, furthest) = (self.at, self.furthest);
        let seen = self.eat(pattern);
        self.at = at;
        self.furthest = furthest;
        seen
    }

    pub(super) fn eat_kind(&mut self, kind: &Kind) -> bool {
        let found = self.kind(0) == Some(kind);
        if found {
            self.advance(1);
        }
        found
    }

    pub(super) fn comma(&mut self) -> bool {
        let mut found = false;
        while matches!(self.kind(0), Some(Kind::Comma)) {
            self.advance(1);
            found = true;
        }
        found
    }

    /// Tries a reading; where it fails, everything is as before, but for the first word not understood.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.tries += 1;
        if self.gave_up.is_none() {
            self.gave_up = self.too_much();
        }
        if self.gave_up.is_some() {
            return None;
        }
        let at = self.at;
        let remarks = self.remarks.len();
        let doubts = self.doubts.len();
        let refusals = self.refusals.len();
        let asides = self.asides.len();
        let in_other_words = self.in_other_words.len();
        let yearly = self.yearly;
        let deeds = self.deeds;
        let said_twice = self.said_twice.len();
        let called = self.called.len();
        let runs_from_notice = self.runs_from_notice;
        let occasion = self.occasion.clone();
        let condition = self.condition.clone();
        let counted_from = self.counted_from.clone();
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        if result.is_none() {
            self.at = at;
            self.remarks.truncate(remarks);
            self.doubts.truncate(doubts);
            self.refusals.truncate(refusals);
            self.asides.truncate(asides);
            self.in_other_words.truncate(in_other_words);
            self.yearly = yearly;
            self.deeds = deeds;
            self.said_twice.truncate(said_twice);
            self.called.truncate(called);
            self.runs_from_notice = runs_from_notice;
            self.occasion = occasion;
            self.condition = condition;
            self.counted_from = counted_from;
        }
        result
    }

    fn too_much(&self) -> Option<String> {
        let most = MOST_TRIES * self.tokens.len() + ENOUGH_TRIES;
        if self.depth >= DEEPEST {
            Some(format!(
                "a time limit nests at most {DEEPEST} readings deep"
            ))
        } else if self.tries > most {
            Some(format!(
                "a time limit is tried in at most {MOST_TRIES} ways for each word"
            ))
        } else {
            None
        }
    }

    /// Why nothing was read although something might be: a limit of the program was reached.
    pub(super) fn given_up(&mut self) -> Option<Refusal> {
        Some(Refusal {
            rule: &phrase_not_understood::RULE,
            range: 0..self.words.len(),
            message: self.gave_up.take()?,
            help: Some("write the time words alone, in fewer words".to_owned()),
        })
    }

    /// How many readings were tried.
    #[cfg(test)]
    pub(super) fn tries(&self) -> usize {
        self.tries
    }

    /// Forgets a reading of the whole phrase that came to nothing, but for the first word not understood.
    pub(super) fn begin_again(&mut self) {
        self.at = 0;
        self.remarks.clear();
        self.asides.clear();
        self.in_other_words.clear();
        self.yearly = None;
        self.occasion = None;
        self.deeds = 0;
        self.said_twice.clear();
        self.called.clear();
        self.runs_from_notice = false;
        self.thereafter = false;
        self.condition = None;
        self.counted_from = None;
    }

    /// Bytes from a token to the one before the next to be read.
    pub(super) fn range_from(&self, start: usize) -> Range<usize> {
        let first = self.tokens.get(start).map_or(0, |t| t.range.start);
        let last = self
            .at
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .map_or(first, |t| t.range.end);
        first..last.max(first)
    }

    /// Notes that the tokens from one on to here are said in other words in the reading, and are not lost.
    pub(super) fn say_in_other_words(&mut self, start: usize) {
        let said = self.tokens.get(start..self.at).unwrap_or_default();
        let said = said.iter().map(|token| token.kind.clone());
        self.in_other_words.extend(said);
    }

    /// Keeps why a reading came to nothing, for where no other succeeds; the first is kept.
    pub(super) fn complain<T>(
        &mut self,
        start: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Option<T> {
        let range = self.range_from(start);
        self.complaint.get_or_insert(Refusal {
            rule: &phrase_not_understood::RULE,
            range,
            message: message.into(),
            help: Some(help.into()),
        });
        None
    }

    /// Notes that a wording has two lawful readings; says whether it is the other one that is to be taken.
    pub(super) fn in_doubt(&mut self, wording: Wording) -> bool {
        self.doubts.push(wording);
        self.instead == Some(wording)
    }

    /// Says that a wording has two lawful readings and which was taken.
    pub(super) fn warn(
        &mut self,
        start: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let range = self.range_from(start);
        self.remarks.push(Remark {
            rule: &ambiguous_phrase::RULE,
            range,
            message: message.into(),
            help: Some(help.into()),
        });
    }
}
