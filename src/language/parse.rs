//! From tokens to a tree: a hand-written recursive descent, one file for each region of the language.
//!
//! Readings are tried in turn and what was tried is taken back; a refusal points at the first word that no reading got past.

mod accounted;
mod beside;
mod bounds;
mod bracketed;
mod called;
mod catalogue;
mod clauses;
mod core;
mod counted;
mod counted_from;
mod dates;
mod day_of;
mod duty;
mod duty_words;
mod exclusions;
mod first_minute;
mod how_often;
mod in_turn;
mod join;
mod lead;
mod lengths;
mod limited;
mod measures;
mod merge;
mod named_days;
mod near_names;
mod occasions;
mod of_each;
mod otherwise;
mod own_days;
mod own_periods;
mod own_places;
mod own_series;
mod pairs;
mod parties;
mod pay;
mod pieces;
mod points;
mod read_back;
mod recurrences;
mod refuse;
mod renewals;
mod said_twice;
mod school;
mod settle;
mod spans;
mod spelled;
mod spelled_parts;
mod tail;
mod triggers;
mod undated;
mod vocabulary;
mod whichever;
mod years;

use super::token::{Kind, collapse, is_silent, tokenise};
use super::tree::{Point, Tree};
use super::{Called, DateOrder, KnownNames, Names, Otherwise, Refusal, Remark, Trigger, Wording};
use crate::counting::Length;
use crate::ids::EventId;
use crate::rules::phrase_not_understood;
use chrono::NaiveDate;
use core::Parser;
use std::ops::Range;

pub(super) use catalogue::Catalogue;
pub(super) use otherwise::first_day_counted;
pub(super) use read_back::{reads_as, reads_as_point};

/// The longest phrase that is read, in characters.
pub(super) const LONGEST: usize = 1000;

/// What was read: one reading, the other lawful ones, and the days that brackets name.
pub(super) struct Reading {
    pub(super) taken: OneReading,
    pub(super) otherwise: Vec<Otherwise>,
    pub(super) bracketed: Vec<(String, NaiveDate)>,
}

/// Reads the words of a phrase.
pub(super) fn read(words: &str, names: &Names) -> Result<Reading, Vec<Refusal>> {
    if words.chars().take(LONGEST + 1).count() > LONGEST {
        return Err(vec![Refusal {
            rule: &phrase_not_understood::RULE,
            range: 0..words.chars().take(40).map(char::len_utf8).sum(),
            message: format!("a time limit has at most {LONGEST} characters"),
            help: Some("write the time words alone".to_owned()),
        }]);
    }
    let numbers = Numbers {
        order: names.date_order,
        near: names.near,
    };
    let taken = read_as(words, names, numbers, None)?;
    Ok(Reading {
        otherwise: otherwise::readings(words, names, &taken.tree, &taken.doubts),
        bracketed: bracketed::days(&taken.tree, names),
        taken,
    })
}

/// How dates in numbers are read.
#[derive(Clone, Copy)]
struct Numbers {
    order: DateOrder,
    near: Option<NaiveDate>,
}

/// One reading of a phrase.
pub(super) struct OneReading {
    pub(super) tree: Tree,
    /// What to know about it.
    pub(super) remarks: Vec<Remark>,
    /// The wordings that have another reading.
    doubts: Vec<Wording>,
    /// The lengths beside an end.
    pub(super) said_twice: Vec<(Length, Point)>,
    /// What days are called beside them.
    pub(super) called: Vec<Called>,
}

/// One reading; `instead` is the wording of which the other side is taken.
fn read_as(
    words: &str,
    names: &Names,
    numbers: Numbers,
    instead: Option<Wording>,
) -> Result<OneReading, Vec<Refusal>> {
    let mut tokens = tokenise(words, numbers.order, numbers.near);
    tokens.list.retain(|token| !is_silent(&token.kind));
    let mut refusals = std::mem::take(&mut tokens.refusals);
    let mut parser = Parser::new(words, &tokens.list, names);
    parser.instead = instead;
    let limit = parser.phrase();
    if let Some(refusal) = parser.given_up() {
        return Err(vec![refusal]);
    }
    refusals.append(&mut parser.refusals);
    let Some(limit) = limit else {
        if refusals.is_empty() {
            refusals.push(
                parser
                    .complaint
                    .take()
                    .unwrap_or_else(|| parser.not_understood()),
            );
        }
        return Err(in_order(refusals));
    };
    let condition = parser.condition.take();
    let mut asides = std::mem::take(&mut parser.asides);
    // A bracket inside the condition is the condition's.
    let beside = |range: &Range<usize>| {
        condition
            .as_ref()
            .is_none_or(|condition| range.end <= condition.start || condition.end <= range.start)
    };
    asides.extend(
        tokens
            .asides
            .iter()
            .filter(|(_, range)| beside(range))
            .map(|(text, _)| text.clone()),
    );
    let stated = condition
        .clone()
        .and_then(|range| words.get(range))
        .map(collapse);
    let mut remarks = std::mem::take(&mut parser.remarks);
    let mut doubts = std::mem::take(&mut parser.doubts);
    let said_twice = std::mem::take(&mut parser.said_twice);
    let called = std::mem::take(&mut parser.called);
    if tokens.list.iter().any(|t| matches!(t.kind, Kind::Date(_))) {
        doubts.extend([Wording::DateOrder, Wording::Century]);
    }
    let tree = Tree {
        limit,
        asides,
        condition: stated,
    };
    refusals.extend(bracketed::check(&tree, &tokens.asides, names));
    tokens.asides.retain(|(_, range)| beside(range));
    refusals.extend(bracketed::not_settled(&tree, &tokens.asides, names));
    remarks.extend(bracketed::unread(&tree, &tokens.asides, names));
    remarks.extend(first_minute::at_the_end(words, &tokens.list, &tree));
    if refusals.is_empty() {
        refusals.extend(accounted::swallowed(
            words,
            &tokens.list,
            &parser.in_other_words,
            &tree,
        ));
    }
    if refusals.is_empty() {
        Ok(OneReading {
            tree,
            remarks,
            doubts,
            said_twice,
            called,
        })
    } else {
        Err(in_order(refusals))
    }
}

/// As they stand in the phrase; one that several readings came upon is said once.
fn in_order(mut refusals: Vec<Refusal>) -> Vec<Refusal> {
    refusals.sort_by_key(|refusal| refusal.range.start);
    refusals.dedup_by(|next, kept| {
        next.rule.code == kept.rule.code
            && next.range.start < kept.range.end.max(kept.range.start + 1)
    });
    refusals
}

/// The built-in event that a whole name stands for.
pub(super) fn built_in(name: &str) -> Option<EventId> {
    let names = Names {
        events: Vec::new(),
        repeating: Vec::new(),
        obligations: Vec::new(),
        agreements: Vec::new(),
        date_order: DateOrder::MonthDayYear,
        near: None,
        known: KnownNames::default(),
    };
    let mut tokens = tokenise(name, names.date_order, None);
    tokens.list.retain(|token| !is_silent(&token.kind));
    let mut parser = Parser::new(name, &tokens.list, &names);
    match parser.trigger() {
        Some(Trigger::Event {
            agreement: None,
            event,
        }) if parser.done() => Some(event),
        _ => None,
    }
}

/// How often all declared names are searched for one that is near, in reading a phrase and in refusing it.
#[cfg(test)]
pub(super) fn searches(words: &str, names: &Names) -> (usize, usize) {
    let mut tokens = tokenise(words, names.date_order, names.near);
    tokens.list.retain(|token| !is_silent(&token.kind));
    let mut parser = Parser::new(words, &tokens.list, names);
    let _ = parser.phrase();
    let _ = parser.not_understood();
    (parser.searches.get(), tokens.list.len())
}

/// How many readings are tried for a phrase, and how many words it has.
#[cfg(test)]
pub(super) fn work(words: &str, names: &Names) -> (usize, usize) {
    let mut tokens = tokenise(words, names.date_order, names.near);
    tokens.list.retain(|token| !is_silent(&token.kind));
    let mut parser = Parser::new(words, &tokens.list, names);
    let _ = parser.phrase();
    (parser.tries(), tokens.list.len())
}
