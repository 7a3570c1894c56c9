//! What is said where a length is counted from nothing, or from either side of a day.

use super::bounds::{Bound, Way};
use super::core::Parser;
use super::measures::Measure;
use crate::counting::Direction;
use crate::language::token::Kind;
use crate::language::tree::{Every, Point};
use crate::language::{Refusal, Wording};
use crate::rules::nothing_to_count_from;

impl Parser<'_> {
    /// `within 90 days of expiration`: before or after? Says whether it is to be read as before.
    pub(super) fn warn_of_two_sides(
        &mut self,
        start: usize,
        measures: &[Measure],
        way: Way,
        point: &Point,
    ) -> bool {
        let within = measures
            .iter()
            .any(|m| matches!(m.bound, Bound::Within | Bound::AtMost | Bound::Latest));
        if !within || way.direction == Direction::Backward || !self.said_of(start) {
            return false;
        }
        let name = match point {
            Point::At(trigger) => trigger.to_string(),
            Point::Occasion
                if self
                    .occasion
                    .as_ref()
                    .is_some_and(|of| of.every == Every::Anniversary) =>
            {
                "each anniversary".to_owned()
            }
            _ => return false,
        };
        let ahead = [
            "expiration",
            "birthday",
            "hearing",
            "meeting",
            "election",
            "anniversary",
        ]
        .iter()
        .any(|word| name.contains(word));
        if !ahead {
            return false;
        }
        self.warn(
            start,
            format!("`of {name}` may be before it or after it: read as after"),
            format!("write `after {name}` or `before {name}`"),
        );
        self.in_doubt(Wording::OfADayAhead)
    }

    /// Whether the length was joined to its trigger by `of`.
    fn said_of(&self, start: usize) -> bool {
        self.tokens
            .get(start..self.at)
            .unwrap_or_default()
            .windows(2)
            .any(|pair| {
                let is = |at: usize, words: &[&str]| {
                    matches!(pair.get(at).map(|t| &t.kind), Some(Kind::Word(w)) if words.contains(&w.as_str()))
                };
                is(1, &["of"]) && is(0, &["days", "day", "months", "month", "weeks", "week", "years", "year", "hours"])
            })
    }

    pub(super) fn skip_the_other_party(&mut self) {
        let start = self.at;
        let _: Option<()> = self.attempt(|p| {
            p.eat(words!("to|by|from")).then_some(())?;
            p.eat(words!("other|either|each|all|both"));
            let named = p.eat(words!(
                "party|parties|side|union|employer|county|city|district"
            ));
            (named || p.done() && p.at > start + 1).then_some(())
        });
    }

    /// `with less than 14 days' notice` names no first day and no last.
    pub(super) fn notice_of_how_long<T>(&mut self, start: usize) -> Option<T> {
        self.complain(
            start,
            "a longest time of notice names no day",
            "write the shortest time, as in `with at least 30 days' notice`, or put the words in `when`",
        )
    }

    /// `in two weeks' time` does not say from when.
    pub(super) fn so_long_from_now(&mut self) -> Option<()> {
        let start = self.at;
        self.eat(words!("in")).then_some(())?;
        self.length()?;
        self.eat(words!("time|from")).then_some(())?;
        (self.done() || self.eat(words!("now|today"))).then_some(())?;
        self.nothing_to_count_from(
            start,
            "counted from when?",
            "`within two weeks after signing`",
        )
    }

    pub(super) fn nothing_to_count_from<T>(
        &mut self,
        start: usize,
        message: &str,
        example: &str,
    ) -> Option<T> {
        let range = self.range_from(start);
        self.complaint.get_or_insert(Refusal {
            rule: &nothing_to_count_from::RULE,
            range,
            message: message.to_owned(),
            help: Some(format!("name what it is counted from: {example}")),
        });
        None
    }
}
