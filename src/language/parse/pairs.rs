//! Limits with two ends: `between A and B`, `from A through B`, `during the life of this agreement`.

use super::core::Parser;
use super::dates::month_number;
use super::pieces::Piece;
use super::spans::first_of;
use super::years::{of_the_same_year, so_many_years_after};
use crate::counting::{Direction, Length, Unit};
use crate::ids::EventId;
use crate::language::Trigger;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Edge, Ends, Point, Sort, Span};

impl Parser<'_> {
    /// `between A and B`, `from A through B`, `A – B`.
    pub(super) fn pair(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        let period = self.eat_any(&[
            words!("for|during|over? period|term of|from|between?"),
            words!("for|during from"),
        ]);
        let between = self.eat(words!("between"));
        let during = self
            .tokens
            .get(start)
            .is_some_and(|t| t.kind == Kind::Word("during".to_owned()));
        let from = self.eat(words!("from and including")) || self.eat(words!("from"));
        let sort = if between || during || !(from || period) {
            Sort::Act
        } else {
            Sort::Term
        };
        let bounded = self.at == start
            && self.eat_any(&[
                words!("no|not earlier|sooner than"),
                words!("not before"),
                words!("on or after"),
            ]);
        if let Some((first, last)) = self.attempt(|p| p.two_days_of_a_stretch(between, bounded)) {
            return Some(vec![Piece::window(Edge::On(first), Edge::On(last), sort)]);
        }
        // Other days with a bound before each are read one by one.
        if bounded {
            return None;
        }
        self.eat(words!("any|each|every successive|subsequent"));
        let first = self.attempt(Self::start_of_pair)?;
        self.each_year();
        self.comma();
        let hours = self.asides.len();
        let left_out = !between && self.attempt(Self::up_to_but_not).is_some();
        let (last, open) = if left_out {
            (self.end_of_pair(&first)?, false)
        } else if between {
            self.eat(words!("and")).then_some(())?;
            let last = self.attempt(|p| p.end_of_pair(&first));
            (last.or_else(|| self.day_of_the_same_month(&first))?, false)
        } else {
            self.second_end(&first)?
        };
        self.trailing_hour();
        // `from July 1 through December 31, 2026`: the year belongs to both.
        let first = of_the_same_year(first, &last);
        // `July 1 to July 15` are fifteen days; only where something lasts `to` a day is it open whether that day is one of them.
        let named = matches!(last, Point::Day(_) | Point::Yearless { .. });
        let due = if open && named && sort == Sort::Term && self.asides.len() == hours {
            Edge::Until(last)
        } else if left_out {
            Edge::Beyond(last)
        } else {
            Edge::On(last)
        };
        Some(vec![Piece::window(Edge::On(first), due, sort)])
    }

    /// `between the 1st and the 15th of March 2027`, `from the 25th through the last day of each quarter`, `no earlier than the
    /// 1st and no later than the 10th of each month`, `1-31 March 2026`.
    fn two_days_of_a_stretch(&mut self, between: bool, bounded: bool) -> Option<(Point, Point)> {
        let (first, figures) = self.one_of_two_days()?;
        let dash = self.kind(0) == Some(&Kind::Dash);
        let joined = if between {
            self.eat(words!("and")) || self.eat_kind(&Kind::Dash)
        } else if bounded {
            self.comma();
            self.eat(words!("and|but"));
            self.eat_any(&[
                words!("no|not|nor later than"),
                words!("not after"),
                words!("on or before"),
                words!("by"),
            ])
        } else {
            self.eat(words!("through|thru and? including?"))
                || self.eat(words!("to and including"))
                || self.eat_kind(&Kind::Dash)
                || self.sees(words!("to|until end of")) && self.eat(words!("to|until"))
        };
        joined.then_some(())?;
        let (last, more_figures) = self.one_of_two_days()?;
        let (DayIn::Nth(a), true) = (first, figures == more_figures && (dash || !figures)) else {
            return None;
        };
        if let DayIn::Nth(b) = last {
            (a < b).then_some(())?;
        }
        let of = self.eat(words!("of|in"));
        (of || figures).then_some(())?;
        let start = self.at;
        if let (Some(month), DayIn::Nth(b)) = (month_number(self.word(0)), last) {
            self.advance(1);
            let year = self.attempt(|p| {
                p.comma();
                p.eat(words!("of|in"));
                p.year()
            });
            return Some((
                self.real_day(start, year, month, a)?,
                self.real_day(start, year, month, b)?,
            ));
        }
        of.then_some(())?;
        let span = self
            .attempt(Self::each_as_span)
            .or_else(|| self.attempt(Self::span))
            .or_else(|| {
                // `monthly, between the first and the tenth of the month`.
                let span = self.attempt(|p| p.holding(true))?;
                let of_each = matches!(&span, Span::Holding { of, .. } if *of == Point::Occasion);
                of_each.then_some(span)
            })?;
        let day = |day| Point::DayOf {
            day,
            span: Box::new(span.clone()),
        };
        Some((day(first), day(last)))
    }

    /// `the 10th day`, `the last day`, `10`; whether it is a number alone.
    fn one_of_two_days(&mut self) -> Option<(DayIn, bool)> {
        let (day, figures) = match self.kind(0)? {
            Kind::Ordinal(day @ 1..=31) => (DayIn::Nth(*day), false),
            Kind::Number {
                value: day @ 1..=31,
                spelled: false,
            } => (DayIn::Nth(*day), true),
            _ => {
                let last = self.eat(words!("last day")) || self.eat(words!("end"));
                return last.then_some((DayIn::Last, false));
            }
        };
        self.advance(1);
        self.eat(words!("calendar? day"));
        Some((day, figures))
    }

    /// A day, or the first day of a stretch.
    fn start_of_pair(&mut self) -> Option<Point> {
        self.attempt(|p| {
            let span = p.attempt(Self::part_of_month)?;
            Some(first_of(span))
        })
        .or_else(|| self.point())
    }

    fn end_of_pair(&mut self, first: &Point) -> Option<Point> {
        self.eat(words!("on|upon"));
        let last = self
            .attempt(|p| {
                let span = p.attempt(Self::part_of_month)?;
                Some(Point::DayOf {
                    day: DayIn::Last,
                    span: Box::new(span),
                })
            })
            .or_else(|| self.point())?;
        let start = self.at;
        let Some(years) = self.relative_year() else {
            return Some(last);
        };
        so_many_years_after(first, years, last).or_else(|| {
            self.complain(
                start,
                "the two days do not lie so many years apart",
                "write the year of each",
            )
        })
    }

    /// The far end of `from A ...`, and whether the words leave open that its day is included.
    fn second_end(&mut self, first: &Point) -> Option<(Point, bool)> {
        let start = self.at;
        if self.eat(words!("up? to|until|till and including"))
            || self.eat(words!("through|thru and? including?"))
            || self.eat_kind(&Kind::Dash)
        {
            let last = self
                .attempt(|p| p.so_long_after(first))
                .or_else(|| self.attempt(|p| p.end_of_pair(first)));
            return Some((last.or_else(|| self.day_of_the_same_month(first))?, false));
        }
        if self.eat_any(&[
            words!("and? up? until|till|til such? time? as|that?"),
            words!("up? to"),
        ]) {
            if let Some(last) = self.attempt(|p| p.so_long_after(first)) {
                return Some((last, false));
            }
            let last = self
                .attempt(|p| p.end_of_pair(first))
                .or_else(|| self.day_of_the_same_month(first))?;
            let open = self.warn_of_until(start);
            return Some((last, open));
        }
        None
    }

    /// The `31, 2026` of `July 1-31, 2026`.
    fn day_of_the_same_month(&mut self, first: &Point) -> Option<Point> {
        let Point::Yearless { month, .. } = first else {
            return None;
        };
        self.attempt(|p| {
            let start = p.at;
            let day = p.day_number()?;
            let year = p.attempt(|p| {
                p.comma();
                p.eat(words!("of|in"));
                p.year()
            });
            p.real_day(start, year, *month, day)
        })
    }

    /// Warns that `until` may include its day or not; whether it may.
    pub(super) fn warn_of_until(&mut self, start: usize) -> bool {
        let certain = self
            .tokens
            .get(start)
            .is_some_and(|t| matches!(&t.kind, Kind::Word(w) if matches!(w.as_str(), "until" | "to" | "till" | "til" | "up" | "and")));
        let inclusive = self
            .at
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .is_some_and(|t| matches!(&t.kind, Kind::Word(w) if w == "inclusive"));
        let open = certain && !inclusive;
        if open {
            self.warn(
                start,
                "law differs on whether the last day is included: read as through that day, unless `counting.until` says otherwise",
                "write `through` or `before`",
            );
        }
        open
    }

    /// The far end of `from X through 30 days thereafter`.
    fn so_long_after(&mut self, first: &Point) -> Option<Point> {
        let written = self.length()?;
        self.eat(words!("thereafter|later|afterward|afterwards"))
            .then_some(())?;
        Some(Point::Offset {
            length: written.length,
            direction: Direction::Forward,
            ends: Ends::Plain,
            from: Box::new(first.clone()),
        })
    }

    /// `the last 30 days of this agreement`, `the last 90 days before expiration`, `the first ten days of July 2026`.
    pub(super) fn so_many_of(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        self.eat(words!("within|during|in|over|for"));
        if let Some(year) = self
            .attempt(Self::nth_year_of)
            .or_else(|| self.attempt(Self::stretch_from_a_day))
        {
            return Some(year);
        }
        let last = self.eat(words!("last|final"));
        (last || self.eat_ordinal(1)).then_some(())?;
        let one = last
            && matches!(self.word(0), "year" | "quarter" | "month" | "week")
            && month_number(self.word(2)).is_none();
        (one || matches!(self.kind(0), Some(Kind::Number { .. }))).then_some(())?;
        let length = self.length()?.length;
        let counted = |direction, ends, from: Point| Point::Offset {
            length: length.clone(),
            direction,
            ends,
            from: Box::new(from),
        };
        let window = |opens, due| {
            Some(vec![Piece::window(
                Edge::On(opens),
                Edge::On(due),
                Sort::Act,
            )])
        };
        if !self.eat(words!("of|in")) {
            last.then_some(())?;
            (self.direction()? == Direction::Backward).then_some(())?;
            let end = self.point()?;
            return window(counted(Direction::Backward, Ends::Plain, end.clone()), end);
        }
        let mut span = self.attempt(Self::part_of_month).or_else(|| self.span());
        if span.is_none() {
            span = self.attempt(Self::each_as_span);
            // `the last week of each month`.
            if span.is_some() && one && matches!(length.0.as_slice(), [(1, Unit::Week)]) {
                self.warn_of_weeks(start, 0);
            }
        }
        // `the first 30 days of the fiscal year`: which, is not said.
        if span.is_none() {
            let which = self.at;
            span = self.attempt(|p| p.holding(true));
            if matches!(&span, Some(Span::Holding { of, .. }) if *of == Point::Anchor) {
                return self.which_period(which);
            }
        }
        if let Some(span) = span {
            let day = |day| Point::DayOf {
                day,
                span: Box::new(span.clone()),
            };
            return if last {
                let end = day(DayIn::Last);
                window(
                    counted(Direction::Backward, Ends::Including, end.clone()),
                    end,
                )
            } else {
                let first = first_of(span.clone());
                window(
                    first.clone(),
                    counted(Direction::Forward, Ends::Including, first),
                )
            };
        }
        // `the first six months of this agreement`.
        if !last {
            self.eat(words!("term|life|duration of"));
            self.document()?;
            let first = Point::At(Trigger::effective());
            return window(
                first.clone(),
                counted(Direction::Forward, Ends::Including, first),
            );
        }
        let end = self.attempt(Self::point).or_else(|| {
            self.eat(words!("term|life|duration of"));
            self.document()?;
            Some(Point::At(Trigger::event(EventId::new("expiration"))))
        })?;
        window(
            counted(Direction::Backward, Ends::Including, end.clone()),
            end,
        )
    }

    /// `the week beginning October 5, 2026`, `the year ending June 30, 2027`.
    fn stretch_from_a_day(&mut self) -> Option<Vec<Piece>> {
        let said = self.said_the();
        let unit = match self.word(0) {
            "week" => Unit::Week,
            "month" => Unit::Month,
            "year" => Unit::Year,
            _ => return None,
        };
        self.advance(1);
        let ending = self.eat_any(&[words!("ending on?"), words!("that? ends on?")]);
        let beginning = !ending
            && self.eat_any(&[
                words!("beginning|commencing|starting on?"),
                words!("that? begins|starts on?"),
            ]);
        (said && (ending || beginning)).then_some(())?;
        let day = self.date()?;
        let direction = if ending {
            Direction::Backward
        } else {
            Direction::Forward
        };
        let far = Point::Offset {
            length: Length(vec![(1, unit)]),
            direction,
            ends: Ends::Including,
            from: Box::new(day.clone()),
        };
        let (opens, due) = if ending { (far, day) } else { (day, far) };
        Some(vec![Piece::window(
            Edge::On(opens),
            Edge::On(due),
            Sort::Act,
        )])
    }

    /// `the second year of this agreement`, `the first month of employment`: from its first day, which is counted, to its last.
    fn nth_year_of(&mut self) -> Option<Vec<Piece>> {
        let Kind::Ordinal(nth) = self.kind(0)? else {
            return None;
        };
        self.advance(1);
        self.eat(words!("full|contract|agreement"));
        let unit = match self.word(0) {
            "year" => Unit::Year,
            "month" => Unit::Month,
            "week" => Unit::Week,
            _ => return None,
        };
        self.advance(1);
        self.eat(words!("of")).then_some(())?;
        let from = self
            .attempt(|p| p.declared_trigger().map(Point::At))
            .or_else(|| {
                self.eat(words!("term|life of"));
                self.document()?;
                Some(Point::At(Trigger::effective()))
            })?;
        let after = |count: u32, ends| Point::Offset {
            length: Length(vec![(count, unit)]),
            direction: Direction::Forward,
            ends,
            from: Box::new(from.clone()),
        };
        let opens = match nth - 1 {
            0 => from.clone(),
            before => after(before, Ends::Plain),
        };
        Some(vec![Piece::window(
            Edge::On(opens),
            Edge::On(after(*nth, Ends::Including)),
            Sort::Act,
        )])
    }

    /// `for the remainder of the term`, `for the rest of the calendar year`: to its end.
    fn rest_of(&mut self) -> Option<Vec<Piece>> {
        self.eat(words!("for|during|through|throughout"))
            .then_some(())?;
        self.eat(words!("remainder|balance|rest of"))
            .then_some(())?;
        let end = self
            .attempt(|p| {
                let span = p.attempt(Self::span).or_else(|| p.holding(true))?;
                Some(Point::DayOf {
                    day: DayIn::Last,
                    span: Box::new(span),
                })
            })
            .or_else(|| {
                self.eat(words!("term|life|duration of"));
                self.document()?;
                Some(Point::At(Trigger::event(EventId::new("expiration"))))
            })?;
        Some(vec![Piece::due(Edge::On(end), Sort::Term)])
    }

    /// `during the life of this agreement`, `with the contract`.
    pub(super) fn life(&mut self) -> Option<Vec<Piece>> {
        if let Some(rest) = self.attempt(Self::rest_of) {
            return Some(rest);
        }
        let as_long = self.eat(words!("for? so|as long as")) || self.eat(words!("while"));
        let during = as_long
            || self.eat(words!(
                "for|during|throughout|through|over entire|full? life|term|duration of"
            ));
        let with = !during
            && (self.eat(words!(
                "coterminous|concurrent|coextensive|concurrently? with"
            )) || self.eat(words!("with")));
        if !during && !with {
            return None;
        }
        let agreement = self.attempt(|p| {
            p.eat(words!("its"));
            p.agreement_name()
        });
        if agreement.is_none() {
            self.document()?;
        }
        if as_long {
            self.eat(words!(
                "is|are|remains|remain|continues|continue in full? force? and? effect|force"
            ))
            .then_some(())?;
        }
        let own = |event: &str| {
            Point::At(Trigger::Event {
                agreement: agreement.clone(),
                event: EventId::new(event),
            })
        };
        Some(vec![if during {
            Piece::window(
                Edge::On(own("effective")),
                Edge::On(own("expiration")),
                Sort::Term,
            )
        } else {
            Piece::due(Edge::On(own("expiration")), Sort::Term)
        }])
    }
}
