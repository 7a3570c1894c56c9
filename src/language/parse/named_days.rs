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

    fn named(&mut self, wanted: impl Fn(&Named) -> bool) -> Option<Span> {
        let name = self.name_of_days(wanted)?;
        // Of `Thanksgiving week` it is not said which days are meant.
        if self.sees("week|weekend|season|holiday|holidays|break|recess|vacation|bonus|eve") {
            return None;
        }
        let year = self.attempt(|p| {
            p.comma();
            p.eat("of|in");
            p.year()
        });
        Some(Span::Named { name, year })
    }

    /// The usual name of a holiday or a break, by any that it has.
    pub(super) fn name_of_days(&mut self, wanted: impl Fn(&Named) -> bool) -> Option<&'static str> {
        // `Easter Monday` is not Easter: the longest of the names that stand here.
        let start = self.at;
        let mut longest: Option<(usize, &'static str)> = None;
        for named in ALL.iter().filter(|named| wanted(named)) {
            for words in named.written {
                if self.eat(words) && longest.is_none_or(|(end, _)| end < self.at) {
                    longest = Some((self.at, named.name));
                }
                self.at = start;
            }
        }
        let (end, name) = longest?;
        self.at = end;
        Some(name)
    }
}
