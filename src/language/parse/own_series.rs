//! What recurs with an office's own periods: `every pay period`, `each payday`, `once each fall and spring semester`.

use super::core::Parser;
use super::pieces::{Clause, Piece};
use super::recurrences::Found;
use crate::language::Trigger;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Every, Period, Point, Recurrence, Sort, Span, Which, Years};
use std::rc::Rc;

impl Parser<'_> {
    /// `every pay period`, `at least once each semester`, `twice each school year`.
    pub(super) fn own_recurrence(&mut self) -> Option<Found> {
        let start = self.at;
        self.eat(words!("on|in|for|during"));
        self.eat_any(&[
            words!("at least"),
            words!("no|not less|fewer than"),
            words!("minimum of"),
        ]);
        let times = self.times();
        self.eat(words!("in|during|on"));
        (self.eat(words!("each|every|per")) || (times.is_some() && self.said_an())).then_some(())?;
        if let Some(seasons) = self.attempt(Self::seasons) {
            self.yearly = Some(Years::All);
            let pieces = seasons
                .into_iter()
                .map(|span| Piece::Span(span, Sort::Act))
                .collect();
            return Some(Found::Clause(Clause::Pieces(pieces)));
        }
        let unit = match self.year_period() {
            Some(Period::Year) => return None,
            Some(year) => year,
            None => self.own_period()?,
        };
        let unit = match (unit, times) {
            (Period::FiscalYear, Some(4)) => Period::FiscalQuarter,
            _ => unit,
        };
        if times.is_some() {
            self.say_in_other_words(start);
        }
        if unit != Period::FiscalQuarter && times.is_some_and(|times| times > 1) {
            self.warn(
                start,
                "how the times are spread over the period is not said: read as once in each, by its end",
                "write the days or the parts of the period that are meant",
            );
        }
        Some(Found::Every(vec![match unit {
            Period::PayDate => Every::DayOfEach {
                day: DayIn::Nth(1),
                period: unit,
            },
            unit => Every::Each(unit),
        }]))
    }

    /// `once`, `twice`, `two (2) times`.
    fn times(&mut self) -> Option<u32> {
        if self.eat(words!("once")) || self.eat(words!("one time")) {
            return Some(1);
        }
        if self.eat(words!("twice")) {
            return Some(2);
        }
        self.attempt(|p| {
            let Kind::Number { value, .. } = p.kind(0)? else {
                return None;
            };
            p.advance(1);
            p.eat(words!("time|times")).then_some(*value)
        })
    }

    /// `each payday`, where something is counted from it.
    pub(super) fn each_pay_date(&mut self) -> Option<Point> {
        self.eat(words!("each|every|any")).then_some(())?;
        (self.own_period()? == Period::PayDate).then_some(())?;
        let of = Recurrence {
            every: Every::DayOfEach {
                day: DayIn::Nth(1),
                period: Period::PayDate,
            },
            from: None,
            until: None,
        };
        if self.occasion.as_ref().is_some_and(|known| **known != of) {
            return None;
        }
        self.occasion = Some(Rc::new(of));
        Some(Point::Occasion)
    }

    /// `each month`, as the stretch that a day of a series is of.
    pub(super) fn each_as_span(&mut self) -> Option<Span> {
        self.eat(words!("each|every|any")).then_some(())?;
        let unit = match self.word(0) {
            "year" => {
                self.advance(1);
                Period::Year
            }
            _ => self.period()?,
        };
        self.of_each(unit)
    }

    /// Each such period, one after the other.
    pub(super) fn of_each(&mut self, unit: Period) -> Option<Span> {
        let every = match unit {
            Period::Month => Every::DayOfMonths {
                day: DayIn::Last,
                months: 1,
            },
            period => Every::DayOfEach {
                day: DayIn::Last,
                period,
            },
        };
        let of = Recurrence {
            every,
            from: None,
            until: None,
        };
        if self.occasion.as_ref().is_some_and(|known| **known != of) {
            return None;
        }
        self.occasion = Some(Rc::new(of));
        Some(Span::Holding {
            unit,
            shift: 0,
            of: Point::Occasion,
        })
    }

    /// `throughout the 2026-27 school year`, beside what recurs: its first and its last day.
    pub(super) fn throughout_year(&mut self) -> Option<(Point, Point)> {
        self.comma();
        self.eat(words!("throughout|during|in|over"))
            .then_some(())?;
        let span = self.own_span().or_else(|| {
            let year = self.attempt(Self::named_year)?;
            (!matches!(year, Span::Year(Period::Year, _))).then_some(year)
        });
        let Some(span) = span else {
            let unit = self.year_period()?;
            (unit == Period::SchoolYear).then_some(())?;
            // What began before the agreement took effect is no part of it.
            let year = Span::Holding {
                unit,
                shift: 0,
                of: Point::Anchor,
            };
            let begins = Point::in_span(DayIn::Nth(1), year.clone());
            let effective = Point::At(Trigger::effective());
            let first = Point::extreme(Which::Later, vec![effective, begins]);
            return Some((first, Point::in_span(DayIn::Last, year)));
        };
        let day = |day| Point::DayOf {
            day,
            span: Box::new(span.clone()),
        };
        Some((day(DayIn::Nth(1)), day(DayIn::Last)))
    }
}
