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
        let found = ALL
            .iter()
            .filter(|named| wanted(named))
            .find(|named| named.written.iter().any(|words| self.eat(words)))?;
        // Of `Thanksgiving week` it is not said which days are meant.
        if self.sees("week|weekend|season|holiday|holidays|break|recess|vacation|bonus|eve") {
            return None;
        }
        let year = self.attempt(|p| {
            p.comma();
            p.eat("of|in");
            p.year()
        });
        Some(Span::Named {
            name: found.name,
            year,
        })
    }
}
