//! Days that are found from something else: a trigger, a count, a day of a period, the earlier of two.

use super::core::Parser;
use super::dates::{month_number, weekday};
use super::lengths::day_kind;
use crate::counting::{DayKind, Direction, Length, Unit};
use crate::ids::EventId;
use crate::language::Trigger;
use crate::language::Wording;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Edge, Ends, Part, Period, Point, Span, Which, Years};

impl Parser<'_> {
    /// One day.
    pub(super) fn point(&mut self) -> Option<Point> {
        let point = self.plain_point()?;
        // `ratification plus 30 days`.
        let more = self.attempt(|p| {
            (p.eat("plus") || p.eat_kind(&Kind::Mark('+'))).then_some(())?;
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
        // A declared name may hold anything, so it comes first.
        self.attempt(|p| p.named_trigger().map(Point::At))
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
    }

    /// `the next July 1`: a day without a year is the first in any case.
    fn next_date(&mut self) -> Option<Point> {
        self.eat("next|following|ensuing|succeeding")
            .then_some(())?;
        self.date()
            .filter(|date| matches!(date, Point::Yearless { .. }))
    }

    /// `the last day of this agreement`, `the first day of the term`.
    fn end_of_document(&mut self) -> Option<Point> {
        let event = if self.eat("last|final day of") {
            "expiration"
        } else {
            (self.eat_ordinal(1) && self.eat("day of")).then_some("effective")?
        };
        self.eat("term|life of");
        let month = month_number(self.word(0)).is_some();
        self.document().filter(|()| !month)?;
        Some(Point::At(Trigger::event(EventId::new(event))))
    }

    /// `close of business on the tenth day following receipt`.
    fn hour_of_another(&mut self) -> Option<Point> {
        let before = self.asides.len();
        self.hour();
        (self.asides.len() > before).then_some(())?;
        self.eat("on|of");
        self.plain_point()
    }

    /// One day or several: `March 1 and September 1`.
    pub(super) fn points(&mut self) -> Option<Vec<Point>> {
        let start = self.at;
        let asides = self.asides.len();
        let point = self.point()?;
        if let Some(months) = self.attempt(|p| p.same_day_of_other_months(&point)) {
            return Some(months);
        }
        if !matches!(point, Point::Day(_) | Point::Yearless { .. }) {
            return Some(vec![point]);
        }
        let _: Option<()> = self.attempt(Self::said_again);
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
                let and = p.eat("and");
                (comma || and).then_some(())?;
                p.eat("of|in");
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
                    p.eat("of|in");
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
        let points = self.points()?;
        if !matches!(points.as_slice(), [Point::At(_)]) {
            return Some(points);
        }
        let mut of = points;
        let mut either = false;
        while let Some(next) = self.attempt(|p| {
            let or = p.eat("or");
            (or || p.eat("and")).then_some(())?;
            let next = p.trigger()?;
            let ends = p.done()
                || matches!(p.kind(0), Some(Kind::Comma | Kind::Semicolon))
                || p.sees("whichever|or|and|but|unless|if");
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
        if let Some(which) = self.attempt(Self::whichever_of) {
            self.comma();
            self.eat_kind(&Kind::Mark(':'));
            return self.one_of(which);
        }
        let which = self.which()?;
        self.eat("date|day");
        self.eat("to occur");
        if !self.eat("of|between") {
            return None;
        }
        self.one_of(which)
    }

    fn one_of(&mut self, which: Which) -> Option<Point> {
        self.eat_any(&["following", "either", "both", "date of"]);
        let mut of = vec![self.alternative()?];
        while let Some(next) = self.attempt(|p| {
            let comma = p.comma() || p.eat_kind(&Kind::Semicolon);
            let joined = p.eat("and|or");
            (comma || joined).then(|| p.alternative())?
        }) {
            of.push(next);
        }
        (of.len() > 1).then(|| Point::extreme(which, of))
    }

    /// A day as one of several, with the little words that stand before it.
    pub(super) fn alternative(&mut self) -> Option<Point> {
        self.eat_any(&["on or before", "by", "on|upon|at|until|through"]);
        self.point().or_else(|| {
            self.attempt(|p| {
                p.eat("for? period of");
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
        if self.eat("earlier|earliest|sooner|soonest") || self.eat_ordinal(1) {
            Some(Which::Earlier)
        } else if self.eat("later|latest|latter|last|longer") {
            Some(Which::Later)
        } else if self.eat("shorter|lesser") {
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

    /// `the Friday closest to October 15, 2025`, `the closest Friday to ...`.
    fn nearest(&mut self) -> Option<Point> {
        let first = self.eat("closest|nearest");
        let weekday = self.weekday_name()?;
        if !first && !self.eat("closest|nearest") {
            return None;
        }
        self.eat("to");
        let to = Box::new(self.point()?);
        Some(Point::Nearest { weekday, to })
    }

    /// `the last day of the month in which X occurs`, `the end of January 2000`, `the first working day in January`.
    pub(super) fn day_of(&mut self) -> Option<Point> {
        if self.eat("end|close|conclusion|ending of") {
            // `the end of the first working day of January` is that day.
            if let Some(point) = self
                .attempt(Self::day_of)
                .or_else(|| self.attempt(Self::first_so_many))
                .or_else(|| self.attempt(Self::nth_after))
            {
                return Some(point);
            }
            return self.day_of_span(DayIn::Last, true);
        }
        if self.eat("beginning|start|commencement|opening of") {
            return self.day_of_span(DayIn::Nth(1), true);
        }
        if let Some(point) = self.attempt(Self::year_end) {
            return Some(point);
        }
        let day = self.day_in()?;
        self.comma();
        if !self.eat("of|in|during") {
            return None;
        }
        self.each_month_named();
        self.day_of_span(day, true)
    }

    /// `year-end`, `month end`, `year-end 2026`.
    fn year_end(&mut self) -> Option<Point> {
        self.eat("calendar");
        let unit = match self.word(0) {
            "year" => Period::Year,
            "quarter" => Period::Quarter,
            "month" => Period::Month,
            _ => return None,
        };
        (self.word(1) == "end").then(|| self.advance(2))?;
        let year = self.attempt(|p| {
            (unit == Period::Year).then_some(())?;
            p.comma();
            p.eat("of|in");
            p.year()
        });
        let span = match year {
            Some(year) => Span::Year(unit, year),
            None => Span::Holding {
                unit,
                shift: 0,
                of: Point::Anchor,
            },
        };
        Some(Point::DayOf {
            day: DayIn::Last,
            span: Box::new(span),
        })
    }

    /// `the 15th of each January`.
    pub(super) fn each_month_named(&mut self) {
        if matches!(self.word(0), "each" | "every") && month_number(self.word(1)).is_some() {
            self.advance(1);
            self.yearly = Some(Years::All);
        }
    }

    fn day_of_span(&mut self, day: DayIn, bare: bool) -> Option<Point> {
        let start = self.at;
        let current = self.sees("current|same|that|this");
        let span = self
            .attempt(Self::span)
            .or_else(|| self.attempt(|p| p.holding(bare)))?;
        let at_the_end = matches!(day, DayIn::Last | DayIn::Weekday(0, _) | DayIn::Open(0, _));
        if !current
            && !at_the_end
            && matches!(
                span,
                Span::Holding {
                    shift: 0,
                    of: Point::Anchor,
                    ..
                }
            )
        {
            if let Span::Holding {
                unit: unit @ (Period::SchoolYear | Period::Term(_)),
                ..
            } = span
            {
                // As a day without a year: the first after the agreement takes effect.
                let next = Span::Holding {
                    unit,
                    shift: 1,
                    of: Point::Anchor,
                };
                return Some(Point::DayOf {
                    day,
                    span: Box::new(next),
                });
            }
            return self.which_period(start);
        }
        // `September 1 through the last day of February of the following year`: the year follows from the order.
        let _: bool = matches!(span, Span::Month { year: None, .. })
            && self.eat("of|in following|next|same|that year");
        if let (
            DayIn::Nth(day),
            Span::Month {
                part: Part::Whole,
                month,
                year,
            },
        ) = (day, &span)
        {
            return self.real_day(start, *year, *month, day);
        }
        Some(Point::DayOf {
            day,
            span: Box::new(span),
        })
    }

    /// `the 15th of the month` may be each month's, or lie before the agreement.
    fn which_period<T>(&mut self, start: usize) -> Option<T> {
        let written = self.words.get(self.range_from(start)).unwrap_or_default();
        self.complain(
            start,
            format!("which {written}?"),
            format!("write `each {written}`, `the {written} following signing`, or the day itself"),
        )
    }

    /// Which day of a period: `the last day`, `the second Tuesday`, `the first working day`, `the 15th`, `the first`.
    pub(super) fn day_in(&mut self) -> Option<DayIn> {
        self.attempt(|p| {
            let nth = match p.kind(0)? {
                Kind::Ordinal(nth) => *nth,
                Kind::Word(word) if matches!(word.as_str(), "last" | "final") => 0,
                _ => return None,
            };
            p.advance(1);
            if p.eat("calendar? day") {
                return Some(if nth == 0 {
                    DayIn::Last
                } else {
                    DayIn::Nth(nth)
                });
            }
            if let Some(weekday) = p.weekday_name() {
                return (nth <= 5).then_some(DayIn::Weekday(nth, weekday));
            }
            if let Some(kind) = p.open_day() {
                return Some(DayIn::Open(nth, kind));
            }
            (1..=31).contains(&nth).then_some(DayIn::Nth(nth))
        })
    }

    pub(super) fn open_day(&mut self) -> Option<DayKind> {
        if self.eat("workday|workdays") {
            return Some(DayKind::Working);
        }
        let kind = day_kind(self.word(0))?;
        matches!(self.word(1), "day" | "days").then(|| {
            self.advance(2);
            kind
        })
    }

    /// `the first six months of employment`, as their last day: the day of employment is the first.
    fn first_so_many(&mut self) -> Option<Point> {
        (self.eat_ordinal(1) || self.eat("initial")).then_some(())?;
        matches!(self.kind(0), Some(Kind::Number { .. })).then_some(())?;
        let start = self.at.saturating_sub(1);
        let written = self.length()?;
        if !self.eat("of") {
            return self.nothing_to_count_from(
                start,
                "the first so many of what?",
                "`the first 3 months of implementation`",
            );
        }
        let from = Box::new(self.point()?);
        Some(Point::Offset {
            length: written.length,
            direction: Direction::Forward,
            ends: Ends::Including,
            from,
        })
    }

    /// `the fifth business day after January 1`, `the first Monday following ratification`, `the 10th day after X`.
    fn nth_after(&mut self) -> Option<Point> {
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
        } else if self.eat("calendar? day|days") {
            Unit::Day
        } else {
            return None;
        };
        // The 90th day `of` employment is counted with the day of employment itself.
        let of = self.sees("of");
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
    fn beside(&mut self) -> Option<(Direction, Box<Point>)> {
        let same = self.attempt(|p| {
            let direction = if p.eat("on or next? after|following") {
                Direction::Forward
            } else {
                p.eat_any(&[
                    "on or before",
                    "on or immediately? preceding",
                    "on or prior to",
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
        let written = self.length()?;
        let including = self.eat("beginning|starting|commencing on|with|from|upon?");
        let (direction, from) = if including {
            (Direction::Forward, Box::new(self.point()?))
        } else {
            let direction = self.direction()?;
            (direction, Box::new(self.counted_point(direction)?))
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

    /// A day that something is counted from: a stretch of an office's own by its near end.
    fn counted_point(&mut self, direction: Direction) -> Option<Point> {
        self.attempt(|p| p.near_end(direction))
            .or_else(|| self.point())
    }

    /// `January 1 preceding expiration`.
    fn date_toward(&mut self) -> Option<Point> {
        let Point::Yearless { month, day } = self.date()? else {
            return None;
        };
        self.eat("next|immediately");
        let direction = if self.eat("preceding|before") || self.eat("prior to") {
            Direction::Backward
        } else if self.eat("following|after") || self.eat("subsequent to") {
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

    /// `after`, `from`, `before`, `in advance of`.
    pub(super) fn direction(&mut self) -> Option<Direction> {
        self.eat("immediately|next|directly");
        if self.eat_any(&[
            "from and after",
            "after|following|from|of|since|past|beyond|post",
            "subsequent to",
            "succeeding",
        ]) {
            return Some(Direction::Forward);
        }
        self.eat_any(&[
            "prior to",
            "before|preceding",
            "in advance of",
            "ahead of",
            "previous to",
        ])
        .then_some(Direction::Backward)
    }
}
