//! Holidays and breaks by their names: `Labor Day`, `the day after Thanksgiving`, `winter break`.

use super::core::Parser;
use crate::language::named_days::{ALL, Named};
use crate::language::tree::{DayIn, Point, Span};

impl Parser<'_> {
    /// A holiday, as a day.
    pub(super) fn holiday(&mut self) -> Option<Point> {
        let span = self.named(|named| named.one_day)?;
        Some(Point::DayOf {
            day: DayIn::Nth(1),
            span: Box::new(span),
        })
    }

    /// A break, as a stretch.
    pub(super) fn recess(&mut self) -> Option<Span> {
        self.named(|named| !named.one_day)
    }

    pub(super) fn named(&mut self, wanted: impl Fn(&Named) -> bool) -> Option<Span> {
        // The longest name wins: `Thanksgiving break` is no `Thanksgiving`.
        let start = self.at;
        let (end, found) = ALL
            .iter()
            .filter(|named| wanted(named))
            .filter_map(|named| {
                self.at = start;
                self.eat_any(named.written).then_some((self.at, named))
            })
            .max_by_key(|(end, _)| *end)?;
        self.at = end;
        // Of `Thanksgiving week` it is not said which days are meant.
        if self.sees(words!(
            "week|weekend|season|holiday|holidays|break|recess|vacation|bonus|eve"
        )) {
            return None;
        }
        let year = self.attempt(|p| {
            p.comma();
            p.eat(words!("of|in"));
            p.year()
        });
        Some(Span::Named {
            name: found.name,
            year,
        })
    }
}
