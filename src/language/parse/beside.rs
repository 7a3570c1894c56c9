//! Days beside another: `the fifth business day after X`, `the first Monday on or after X`, `January 1 preceding X`.

use super::core::Parser;
use super::dates::weekday;
use super::lengths::day_kind;
use crate::counting::{Direction, Length, Unit};
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Edge, Ends, Period, Point, Span};
use crate::language::{Trigger, Wording};

impl Parser<'_> {
    /// `the first six months of employment`, as their last day: the day of employment is the first.
    pub(super) fn first_so_many(&mut self) -> Option<Point> {
        (self.eat_ordinal(1) || self.eat(words!("initial"))).then_some(())?;
        matches!(self.kind(0), Some(Kind::Number { .. })).then_some(())?;
        let start = self.at.saturating_sub(1);
        let written = self.length()?;
        if !self.eat(words!("of")) {
            return self.nothing_to_count_from(
                start,
                "the first so many of what?",
                "`the first 3 months of implementation`",
            );
        }
        let from = self.attempt(Self::point).or_else(|| {
            self.eat(words!("term|life|duration of"));
            self.document()?;
            Some(Point::At(Trigger::effective()))
        })?;
        Some(Point::Offset {
            length: written.length,
            direction: Direction::Forward,
            ends: Ends::Including,
            from: Box::new(from),
        })
    }

    /// `the fifth business day after January 1`, `the first Monday following ratification`, `the 10th day after X`.
    pub(super) fn nth_after(&mut self) -> Option<Point> {
        let mut last = false;
        let nth = match self.kind(0)? {
            Kind::Ordinal(nth) => {
                self.advance(1);
                // `the first five (5) business days following January 1` ends on the fifth.
                match (nth, self.kind(0)) {
                    (1, Some(Kind::Number { value, .. })) => {
                        self.advance(1);
                        *value
                    }
                    _ => *nth,
                }
            }
            Kind::Word(word) if matches!(word.as_str(), "next" | "immediately") => {
                self.advance(1);
                1
            }
            // `the last working day before the hearing` is the first one back from it.
            Kind::Word(word) if word == "last" => {
                self.advance(1);
                last = true;
                1
            }
            Kind::Word(word) if weekday(word).is_some() => 1,
            // Without `the` it is a length of one day.
            Kind::Word(word) if self.said_the() && day_kind(word).is_some() => 1,
            Kind::Word(word)
                if self.said_the() && word == "day" && !matches!(self.word(1), "of" | "from") =>
            {
                1
            }
            _ => return None,
        };
        if let Some(weekday) = self.weekday_name() {
            let (direction, from) = self.beside()?;
            (!last || direction == Direction::Backward).then_some(())?;
            return Some(Point::NthWeekday {
                nth,
                weekday,
                direction,
                from,
            });
        }
        let unit = if let Some(kind) = self.open_day() {
            Unit::Open(kind)
        } else if self.eat(words!("calendar? day|days")) {
            Unit::Day
        } else {
            return None;
        };
        // The 90th day `of` employment is counted with the day of employment itself.
        let of = self.sees(words!("of"));
        let (direction, from) = self.beside()?;
        (!last || direction == Direction::Backward).then_some(())?;
        Some(Point::Offset {
            length: Length(vec![(nth, unit)]),
            direction,
            ends: if of && unit == Unit::Day {
                Ends::Including
            } else {
                Ends::Plain
            },
            from,
        })
    }

    /// `after X`, `on or after X`: which way and from where. With `on or` that day itself may be the one, and is: it is looked
    /// for from the day on its other side.
    pub(super) fn beside(&mut self) -> Option<(Direction, Box<Point>)> {
        let same = self.attempt(|p| {
            let direction = if p.eat(words!("on or next? after|following")) {
                Direction::Forward
            } else {
                p.eat_any(&[
                    words!("on or before"),
                    words!("on or immediately? preceding"),
                    words!("on or prior to"),
                ])
                .then_some(Direction::Backward)?
            };
            let from = p.point()?;
            let from = match direction {
                Direction::Forward => super::pieces::plain(Edge::Beyond(from)),
                Direction::Backward => super::pieces::plain_forward(Edge::Beyond(from)),
            };
            Some((direction, Box::new(from)))
        });
        same.or_else(|| {
            let direction = self.direction()?;
            Some((direction, Box::new(self.counted_point(direction)?)))
        })
    }

    /// `12 months from their last step advancement`, inside another limit.
    pub(super) fn counted(&mut self) -> Option<Point> {
        let start = self.at;
        let written = self.length()?;
        let mut including = self.eat(words!("beginning|starting|commencing on|with|from|upon?"));
        let (direction, from) = if including {
            (Direction::Forward, Box::new(self.point()?))
        } else {
            let of = self.sees(words!("of"));
            let direction = self.direction()?;
            let from = self.counted_point(direction)?;
            including = of && matches!(from, Point::At(_)) && self.warn_of_so_much(start);
            (direction, Box::new(from))
        };
        let written = self.exclusion(written);
        Some(Point::Offset {
            ends: if including {
                Ends::Including
            } else if written.clear {
                Ends::Clear
            } else {
                Ends::Plain
            },
            length: written.length,
            direction,
            from,
        })
    }

    /// `after six months of employment`: whether the day on which it begins is the first of them, is not said. Says whether it
    /// is to be read so.
    fn warn_of_so_much(&mut self, start: usize) -> bool {
        let before = start.checked_sub(1).and_then(|at| self.tokens.get(at));
        let after = before.is_some_and(|token| matches!(&token.kind, Kind::Word(word) if matches!(word.as_str(), "after" | "following" | "of")));
        if !after {
            return false;
        }
        self.warn(
            start,
            "the day on which it begins may be the first of them: read as not counted",
            "write `after the first` and the length, or the length and `after` what it is counted from",
        );
        self.in_doubt(Wording::SoMuchOf)
    }

    /// A day that something is counted from: a stretch of an office's own by its near end.
    fn counted_point(&mut self, direction: Direction) -> Option<Point> {
        self.attempt(|p| p.near_end(direction))
            .or_else(|| self.point())
    }

    /// `January 1 preceding expiration`.
    pub(super) fn date_toward(&mut self) -> Option<Point> {
        let Point::Yearless { month, day } = self.date()? else {
            return None;
        };
        // A year may lack the 29th of February, and the next one that has it is another year.
        if (month, day) != (2, 29)
            && let Some(from) = self.attempt(Self::day_before_a_year)
        {
            return Some(Point::DayToward {
                month,
                day,
                direction: Direction::Forward,
                from: Box::new(from),
            });
        }
        self.eat(words!("next|immediately"));
        let direction = if self.eat(words!("preceding|before")) || self.eat(words!("prior to")) {
            Direction::Backward
        } else if self.eat(words!("following|after")) || self.eat(words!("subsequent to")) {
            Direction::Forward
        } else {
            return None;
        };
        let from = Box::new(self.point()?);
        Some(Point::DayToward {
            month,
            day,
            direction,
            from,
        })
    }

    /// The last day before the year in `March 1 of the calendar year following ratification`. Where `calendar` is not said,
    /// the year that follows an event may run from it.
    fn day_before_a_year(&mut self) -> Option<Point> {
        self.eat(words!("of|in")).then_some(())?;
        let start = self.at;
        let calendar = self.sees(words!("calendar"));
        let Span::Holding {
            unit: unit @ Period::Year,
            shift,
            of,
        } = self.holding(false)?
        else {
            return None;
        };
        (of != Point::Anchor).then_some(())?;
        if shift != 0 && !calendar {
            let (message, help) = if shift > 0 {
                (
                    "the year may be the next calendar year, or run from that day",
                    "write `of the calendar year following` it, or the day itself",
                )
            } else {
                (
                    "the year may be the calendar year before, or the one that ends with that day",
                    "write `of the calendar year before` it, or the day itself",
                )
            };
            return self.complain(start, message, help);
        }
        Some(Point::in_span(
            DayIn::Last,
            Span::Holding {
                unit,
                shift: shift - 1,
                of,
            },
        ))
    }

    /// `after`, `from`, `before`, `in advance of`.
    pub(super) fn direction(&mut self) -> Option<Direction> {
        self.eat(words!("immediately|next|directly"));
        if self.eat_any(&[
            words!("from and after"),
            words!("after|following|from|of|since|past|beyond|post"),
            words!("subsequent to"),
            words!("succeeding"),
        ]) {
            return Some(Direction::Forward);
        }
        self.eat_any(&[
            words!("prior to"),
            words!("before|preceding"),
            words!("in advance of"),
            words!("ahead of"),
            words!("previous to"),
        ])
        .then_some(Direction::Backward)
    }

    /// `the Friday closest to October 15, 2025`, `the closest Friday to ...`.
    pub(super) fn nearest(&mut self) -> Option<Point> {
        let first = self.eat(words!("closest|nearest"));
        let weekday = self.weekday_name()?;
        if !first && !self.eat(words!("closest|nearest")) {
            return None;
        }
        self.eat(words!("to"));
        let to = Box::new(self.point()?);
        Some(Point::Nearest { weekday, to })
    }
}
