//! A day of a stretch: `the last day of the month in which X occurs`, `year-end`, `the last day of this agreement`.

use super::core::Parser;
use super::dates::month_number;
use super::lengths::day_kind;
use crate::counting::DayKind;
use crate::ids::EventId;
use crate::language::Trigger;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Part, Period, Point, Span, Years};

impl Parser<'_> {
    /// `the last day of the month in which X occurs`, `the end of January 2000`, `the first working day in January`.
    pub(super) fn day_of(&mut self) -> Option<Point> {
        if self.eat(words!("end|close|conclusion|ending of")) {
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
        if self.eat(words!("beginning|start|commencement|opening of")) {
            return self.day_of_span(DayIn::Nth(1), true);
        }
        if let Some(point) = self.attempt(Self::year_end) {
            return Some(point);
        }
        let day = self
            .attempt(Self::weekday_of_a_week)
            .or_else(|| self.day_in())?;
        self.comma();
        if !self.eat(words!("of|in|during")) {
            return None;
        }
        self.each_month_named();
        self.day_of_span(day, true)
    }

    /// The `Friday` of `the Friday of the week in which X occurs`.
    fn weekday_of_a_week(&mut self) -> Option<DayIn> {
        let weekday = self.weekday_name()?;
        (self.sees(words!("of following|next|same|calendar? week"))
            && !self.sees(words!("of week of|beginning|ending")))
        .then_some(DayIn::Weekday(1, weekday))
    }

    /// `the 15th of each January`.
    pub(super) fn each_month_named(&mut self) {
        if matches!(self.word(0), "each" | "every") && month_number(self.word(1)).is_some() {
            self.advance(1);
            self.yearly = Some(Years::All);
        }
    }

    /// `year-end`, `month end`, `year-end 2026`.
    pub(super) fn year_end(&mut self) -> Option<Point> {
        self.eat(words!("calendar"));
        let unit = match self.word(0) {
            "year" | "year's" => Period::Year,
            "quarter" | "quarter's" => Period::Quarter,
            "month" | "month's" => Period::Month,
            _ => return None,
        };
        (self.word(1) == "end").then(|| self.advance(2))?;
        let year = self.attempt(|p| {
            (unit == Period::Year).then_some(())?;
            p.comma();
            p.eat(words!("of|in"));
            p.year()
        });
        let span = match year {
            Some(year) => Span::Year(unit, year),
            None => self.period_alone(unit),
        };
        Some(Point::DayOf {
            day: DayIn::Last,
            span: Box::new(span),
        })
    }

    pub(super) fn day_of_span(&mut self, day: DayIn, bare: bool) -> Option<Point> {
        let start = self.at;
        let current = self.sees(words!("current|same|that|this|such"));
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
    pub(super) fn which_period<T>(&mut self, start: usize) -> Option<T> {
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
            if p.eat(words!("calendar? day")) {
                return Some(if nth == 0 {
                    DayIn::Last
                } else {
                    DayIn::Nth(nth)
                });
            }
            if let Some(weekday) = p.weekday_name() {
                if nth == 5 {
                    p.warn(
                        p.at.saturating_sub(2),
                        "where a month lacks it, the last one is taken",
                        "write `the last` and the weekday, or the months that are meant",
                    );
                }
                return (nth <= 5).then_some(DayIn::Weekday(nth, weekday));
            }
            if let Some(kind) = p.open_day() {
                return Some(DayIn::Open(nth, kind));
            }
            (1..=31).contains(&nth).then_some(DayIn::Nth(nth))
        })
    }

    pub(super) fn open_day(&mut self) -> Option<DayKind> {
        if self.eat(words!("workday|workdays")) {
            return Some(DayKind::Working);
        }
        let kind = day_kind(self.word(0))?;
        matches!(self.word(1), "day" | "days").then(|| {
            self.advance(2);
            kind
        })
    }

    /// `the last day of this agreement`, `the first day of the term`.
    pub(super) fn end_of_document(&mut self) -> Option<Point> {
        let event = if self.eat(words!("last|final day of")) {
            "expiration"
        } else {
            (self.eat_ordinal(1) && self.eat(words!("day of"))).then_some("effective")?
        };
        self.eat(words!("term|life of"));
        let month = month_number(self.word(0)).is_some();
        self.document().filter(|()| !month)?;
        Some(Point::At(Trigger::event(EventId::new(event))))
    }

    /// `the next July 1`: a day without a year is the first in any case.
    pub(super) fn next_date(&mut self) -> Option<Point> {
        self.eat(words!("next|following|ensuing|succeeding"))
            .then_some(())?;
        self.date()
            .filter(|date| matches!(date, Point::Yearless { .. }))
    }
}
