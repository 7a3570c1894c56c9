//! Days that are found from something else: a trigger, a count, a day of a period, the earlier of two.

use super::core::Parser;
use super::dates::{month_number, share_the_year};
use crate::counting::Direction;
use crate::language::Wording;
use crate::language::token::Kind;
use crate::language::tree::{Ends, Part, Point, Span, Which, Years};

/// The earlier or the later of several days, of which a year that stands once belongs to those before it too.
pub(super) fn one_of_a_year(which: Which, of: Vec<Point>) -> Point {
    // One of several within another of the same kind is of them all, so that they share a year only once they are together.
    match Point::extreme(which, of) {
        Point::Extreme { which, mut of } => {
            share_the_year(of.iter_mut());
            Point::extreme(which, of)
        }
        one => one,
    }
}

/// Whether it is a weekday or an open day of a month: `the first Friday in June`.
fn is_found_in_a_month(point: &Point) -> bool {
    matches!(point, Point::DayOf { span, .. } if matches!(span.as_ref(), Span::Month { .. }))
}

impl Parser<'_> {
    /// One day.
    pub(super) fn point(&mut self) -> Option<Point> {
        let point = self.plain_point()?;
        // `ratification plus 30 days`.
        let more = self.attempt(|p| {
            (p.eat(words!("plus")) || p.eat_kind(&Kind::Mark('+'))).then_some(())?;
            p.length()
        });
        Some(match more {
            Some(more) => Point::Offset {
                length: more.length,
                direction: Direction::Forward,
                ends: Ends::Plain,
                from: Box::new(point),
            },
            None => point,
        })
    }

    fn plain_point(&mut self) -> Option<Point> {
        if self.kind(0) == Some(&Kind::Mark('<')) {
            return self.angled_point();
        }
        // A declared name may hold anything, so it comes first; `expiration` may be declared, and `the expiration of 30 days
        // from X` is none.
        self.attempt(Self::end_of_count)
            .or_else(|| self.attempt(|p| p.named_trigger().map(Point::At)))
            .or_else(|| self.attempt(Self::extreme))
            .or_else(|| self.attempt(Self::nearest))
            .or_else(|| self.attempt(Self::date_toward))
            .or_else(|| self.attempt(Self::end_of_document))
            .or_else(|| self.attempt(Self::day_of_school))
            .or_else(|| self.attempt(Self::day_of))
            .or_else(|| self.attempt(Self::pay_day))
            .or_else(|| self.attempt(Self::each_pay_date))
            .or_else(|| self.attempt(Self::holiday))
            .or_else(|| self.attempt(Self::first_so_many))
            .or_else(|| self.attempt(Self::nth_after))
            .or_else(|| self.attempt(Self::nth_anniversary))
            .or_else(|| self.attempt(Self::counted))
            .or_else(|| self.date())
            .or_else(|| self.attempt(Self::next_date))
            .or_else(|| self.attempt(|p| p.trigger().map(Point::At)))
            .or_else(|| self.attempt(Self::occasion))
            .or_else(|| self.attempt(Self::hour_of_another))
            .or_else(|| self.day_which_is())
    }

    /// `the expiration of thirty days from ratification`: the last of them.
    pub(super) fn end_of_count(&mut self) -> Option<Point> {
        self.eat(words!(
            "expiration|expiry|end|lapse|passage|conclusion|completion of"
        ))
        .then_some(())?;
        matches!(self.kind(0), Some(Kind::Number { .. })).then_some(())?;
        self.counted()
    }

    /// `the date that is 90 days after ratification`, `a date thirty (30) days prior to expiration`.
    fn day_which_is(&mut self) -> Option<Point> {
        if !self.sees(words!("date|day")) {
            return None;
        }
        self.attempt(|p| {
            p.advance(1);
            if p.eat(words!("that|which is|falls|occurs")) {
                p.eat(words!("on"));
                return p.plain_point();
            }
            matches!(p.kind(0), Some(Kind::Number { .. })).then_some(())?;
            p.counted()
        })
    }

    /// `close of business on the tenth day following receipt`.
    fn hour_of_another(&mut self) -> Option<Point> {
        let before = self.asides.len();
        self.hour();
        (self.asides.len() > before).then_some(())?;
        self.eat(words!("on|of"));
        self.plain_point()
    }

    /// One day or several: `March 1 and September 1`.
    pub(super) fn points(&mut self) -> Option<Vec<Point>> {
        let start = self.at;
        if let Some(days) = self.attempt(Self::days_of_one_month) {
            return Some(days);
        }
        let asides = self.asides.len();
        let point = self.point()?;
        if let Some(months) = self.attempt(|p| p.same_day_of_other_months(&point)) {
            return Some(months);
        }
        if is_found_in_a_month(&point) {
            return Some(self.days_of_other_months(point));
        }
        if !matches!(point, Point::Day(_) | Point::Yearless { .. }) {
            return Some(vec![point]);
        }
        let _: Option<()> = self.attempt(|p| p.said_again(&point));
        let end = self.at;
        let said = self.asides.split_off(asides);
        self.at = start;
        if let Some(dates) = self.attempt(|p| p.dates().filter(|_| p.at >= end)) {
            Some(dates)
        } else {
            self.at = end;
            self.asides.extend(said);
            Some(vec![point])
        }
    }

    /// `the first Friday in June and the second Friday in December`: each a day of a month.
    fn days_of_other_months(&mut self, first: Point) -> Vec<Point> {
        let mut days = vec![first];
        while let Some(next) = self.attempt(|p| {
            let comma = p.comma();
            let and = p.eat(words!("and"));
            (comma || and).then_some(())?;
            p.attempt(Self::day_of).filter(is_found_in_a_month)
        }) {
            days.push(next);
        }
        share_the_year(days.iter_mut());
        days
    }

    /// `the first Tuesday of January, April and July`: the day belongs to each of the months.
    fn same_day_of_other_months(&mut self, first: &Point) -> Option<Vec<Point>> {
        let month_before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let named_last = matches!(month_before.map(|token| &token.kind), Some(Kind::Word(word)) if month_number(word).is_some());
        named_last.then_some(())?;
        let mut months = Vec::new();
        let mut year = None;
        while year.is_none()
            && let Some((month, found)) = self.attempt(|p| {
                let comma = p.comma();
                let and = p.eat(words!("and"));
                (comma || and).then_some(())?;
                p.eat(words!("of|in"));
                let month = month_number(p.word(0))?;
                p.advance(1);
                // `and September 1` is a day of its own.
                let a_day = matches!(
                    p.kind(0),
                    Some(Kind::Ordinal(_) | Kind::Number { value: 1..=31, .. })
                );
                (!a_day).then_some(())?;
                let year = p.attempt(|p| {
                    p.comma();
                    p.eat(words!("of|in"));
                    p.year()
                });
                Some((month, year))
            })
        {
            months.push(month);
            year = found;
        }
        (!months.is_empty()).then_some(())?;
        let start = self.at;
        let mut days = Vec::new();
        let own = match first {
            Point::Yearless { month, .. } => *month,
            Point::DayOf { span, .. } => match span.as_ref() {
                Span::Month {
                    part: Part::Whole,
                    month,
                    year: None,
                } => *month,
                _ => return None,
            },
            _ => return None,
        };
        for month in std::iter::once(own).chain(months) {
            days.push(match first {
                Point::Yearless { day, .. } => self.real_day(start, year, month, *day)?,
                Point::DayOf { day, .. } => Point::DayOf {
                    day: *day,
                    span: Box::new(Span::Month {
                        part: Part::Whole,
                        month,
                        year,
                    }),
                },
                _ => return None,
            });
        }
        Some(days)
    }

    /// What a length is counted from: `30 days after signing or ratification` is counted from one of the two.
    pub(super) fn counted_from_points(&mut self) -> Option<Vec<Point>> {
        let start = self.at;
        self.eat(words!(
            "time|date|day specified|set|fixed|scheduled|noticed|appointed for"
        ));
        // `sixty days prior to each July 1`.
        if let Some(days) = self.attempt(|p| {
            p.eat(words!("each|every|any")).then_some(())?;
            let days = p.dates()?;
            let yearless = |point: &Point| matches!(point, Point::Yearless { .. });
            days.iter().all(yearless).then_some(days)
        }) {
            self.yearly = Some(Years::All);
            return Some(days);
        }
        let points = self.points()?;
        if !matches!(points.as_slice(), [Point::At(_)]) {
            return Some(points);
        }
        let mut of = points;
        let mut either = false;
        while let Some(next) = self.attempt(|p| {
            let or = p.eat(words!("or"));
            (or || p.eat(words!("and"))).then_some(())?;
            let next = p.trigger()?;
            let ends = p.done()
                || matches!(p.kind(0), Some(Kind::Comma | Kind::Semicolon))
                || p.sees(words!("whichever|or|and|but|unless|if"));
            either |= or;
            ends.then_some(Point::At(next))
        }) {
            of.push(next);
        }
        if of.len() == 1 {
            return Some(of);
        }
        let which = match self.attempt(Self::whichever_of) {
            Some(which) => which,
            None if either => {
                self.warn(
                    start,
                    "`or` without `whichever`: counted from the earlier of the two",
                    "write `the earlier of ... and ...` or `the later of ... and ...`",
                );
                if self.in_doubt(Wording::EitherOfTwo) {
                    Which::Later
                } else {
                    Which::Earlier
                }
            }
            None => {
                self.warn(
                    start,
                    "counted from both: read as from the later of the two",
                    "write `the later of ... and ...`, or two obligations",
                );
                if self.in_doubt(Wording::BothOfTwo) {
                    Which::Earlier
                } else {
                    Which::Later
                }
            }
        };
        Some(vec![Point::extreme(which, of)])
    }

    /// `the earlier of A and B`.
    fn extreme(&mut self) -> Option<Point> {
        if let Some(both) = self.attempt(Self::both) {
            return Some(both);
        }
        if let Some(which) = self.attempt(Self::whichever_of) {
            self.comma();
            self.eat_kind(&Kind::Mark(':'));
            return self.one_of(which);
        }
        let which = self.which()?;
        self.eat(words!("date|day"));
        self.eat(words!("to occur"));
        if !self.eat(words!("of|between")) {
            return None;
        }
        self.eat(words!("following to? occur?"));
        self.eat_kind(&Kind::Mark(':'));
        self.one_of(which)
    }

    /// `both signing and ratification`: the later, when both have come about.
    fn both(&mut self) -> Option<Point> {
        self.eat(words!("both")).then_some(())?;
        let first = self.alternative()?;
        self.eat(words!("and")).then_some(())?;
        let second = self.alternative()?;
        let of = vec![first, second];
        // `both March 1 and September 1` are two days.
        of.iter().all(|point| !point.is_certain()).then_some(())?;
        Some(Point::extreme(Which::Later, of))
    }

    fn one_of(&mut self, which: Which) -> Option<Point> {
        let start = self.at;
        self.eat_any(&[
            words!("following"),
            words!("either"),
            words!("both"),
            words!("date of"),
        ]);
        let mut of = vec![self.alternative()?];
        while let Some(next) = self.attempt(|p| {
            let comma = p.comma() || p.eat_kind(&Kind::Semicolon);
            let joined = p.eat(words!("and|or"));
            (comma || joined).then(|| p.alternative())?
        }) {
            of.push(next);
        }
        if of.len() < 2 {
            return None;
        }
        self.lengths_of_one_trigger(start, &mut of);
        Some(one_of_a_year(which, of))
    }

    /// In `the longer of 30 days or one month after receipt` both lengths are counted from receipt.
    fn lengths_of_one_trigger(&mut self, start: usize, of: &mut [Point]) {
        let counted = of.iter().find_map(|point| match point {
            Point::Offset {
                direction,
                ends,
                from,
                ..
            } if **from != Point::Anchor => Some((*direction, *ends, from.clone())),
            _ => None,
        });
        let Some((direction, ends, from)) = counted else {
            return;
        };
        let mut found = false;
        for point in of {
            if let Point::Offset {
                length, from: own, ..
            } = point
                && **own == Point::Anchor
            {
                found = true;
                *point = Point::Offset {
                    length: length.clone(),
                    direction,
                    ends,
                    from: from.clone(),
                };
            }
        }
        if found {
            self.warn(
                start,
                "a length without a day of its own is counted from the day of the one beside it",
                "say of each length what it is counted from",
            );
        }
    }

    /// A day as one of several, with the little words that stand before it.
    pub(super) fn alternative(&mut self) -> Option<Point> {
        self.eat_any(&[
            words!("on or before"),
            words!("by"),
            words!("on|upon|at|until|through"),
        ]);
        self.point().or_else(|| {
            self.attempt(|p| {
                p.eat(words!("for? period of"));
                let length = p.length()?.length;
                Some(Point::Offset {
                    length,
                    direction: Direction::Forward,
                    ends: Ends::Plain,
                    from: Box::new(Point::Anchor),
                })
            })
        })
    }

    pub(super) fn which(&mut self) -> Option<Which> {
        if self.eat(words!("earlier|earliest|sooner|soonest")) || self.eat_ordinal(1) {
            Some(Which::Earlier)
        } else if self.eat(words!(
            "later|latest|latter|last|longer|longest|greater|greatest"
        )) {
            Some(Which::Later)
        } else if self.eat(words!("shorter|shortest|lesser|less")) {
            Some(Which::Earlier)
        } else {
            None
        }
    }

    pub(super) fn eat_ordinal(&mut self, value: u32) -> bool {
        let found = self.kind(0) == Some(&Kind::Ordinal(value));
        if found {
            self.advance(1);
        }
        found
    }
}
