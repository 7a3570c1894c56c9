//! Stretches of days: parts of months, quarters, years, weeks, pay periods, and the period that holds a day.

use super::core::Parser;
use super::dates::month_number;
use crate::language::Wording;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Part, Period, Point, Span};
use chrono::{NaiveDate, Weekday};

impl Parser<'_> {
    /// Any stretch that has a name.
    pub(super) fn span(&mut self) -> Option<Span> {
        self.attempt(Self::about)
            .or_else(|| self.attempt(Self::part_of_month))
            .or_else(|| self.attempt(Self::own_span))
            .or_else(|| self.attempt(Self::quarter))
            .or_else(|| self.attempt(Self::named_year))
            .or_else(|| self.attempt(Self::week_of_month))
            .or_else(|| self.attempt(|p| p.holding(false)))
    }

    fn about(&mut self) -> Option<Span> {
        if !self.eat_any(&[
            "on or about|around",
            "about|around|approximately",
            "on approximately",
        ]) {
            return None;
        }
        self.date().map(Span::About)
    }

    /// `February 2000`, `early February`, `the first half of April 2000`, `the month of October 2013`.
    pub(super) fn part_of_month(&mut self) -> Option<Span> {
        let part = self.part();
        self.eat("calendar? month of");
        let month = month_number(self.word(0))?;
        self.advance(1);
        // `May 3` is a day; so is `3 May`, which never comes here.
        if matches!(
            self.kind(0),
            Some(Kind::Ordinal(_) | Kind::Number { value: 1..=31, .. })
        ) {
            return None;
        }
        let year = self.attempt(|p| {
            p.comma();
            p.eat("of|in");
            p.year()
        });
        Some(Span::Month { part, month, year })
    }

    fn part(&mut self) -> Part {
        let ordinal_half = |p: &mut Self, nth: u32| {
            p.attempt(|p| {
                (p.kind(0) == Some(&Kind::Ordinal(nth))).then_some(())?;
                p.advance(1);
                p.eat("half of").then_some(())
            })
            .is_some()
        };
        if self.eat("early in?") || self.eat("early part of") {
            Part::Early
        } else if self.eat("mid") || self.eat("middle of") {
            Part::Mid
        } else if self.eat("late in?") {
            Part::Late
        } else if ordinal_half(self, 1) {
            Part::FirstHalf
        } else if ordinal_half(self, 2) {
            Part::SecondHalf
        } else {
            Part::Whole
        }
    }

    /// `the first quarter of 2026`, `the second calendar quarter`.
    fn quarter(&mut self) -> Option<Span> {
        let Some(Kind::Ordinal(nth @ 1..=4)) = self.kind(0) else {
            return None;
        };
        self.advance(1);
        if !self.eat("calendar? quarter of?") {
            return None;
        }
        self.eat("calendar? year");
        let year = self.year();
        Some(Span::Quarter { nth: *nth, year })
    }

    /// `the second week of May 2026`.
    fn week_of_month(&mut self) -> Option<Span> {
        let start = self.at;
        let Some(Kind::Ordinal(nth @ 1..=5)) = self.kind(0) else {
            return None;
        };
        self.advance(1);
        if !self.eat("full? week of|in") {
            return None;
        }
        self.eat("month of");
        let month = month_number(self.word(0))?;
        self.advance(1);
        self.comma();
        let year = self.year();
        self.warn(
            start,
            format!(
                "which days are the weeks of a month is not settled: read as days {} to {}",
                (nth - 1) * 7 + 1,
                nth * 7
            ),
            "write the days that are meant",
        );
        if self.in_doubt(Wording::WeekOfMonth) {
            let month = Span::Month {
                part: Part::Whole,
                month,
                year,
            };
            return Some(Span::Holding {
                unit: Period::Week,
                shift: 0,
                of: Point::DayOf {
                    day: DayIn::Weekday(*nth, Weekday::Mon),
                    span: Box::new(month),
                },
            });
        }
        Some(Span::WeekOf {
            nth: *nth,
            month,
            year,
        })
    }

    /// The name of a fixed period.
    pub(super) fn period(&mut self) -> Option<Period> {
        self.year_period()
            .or_else(|| self.own_period())
            .or_else(|| {
                if self.eat("calendar? month") {
                    Some(Period::Month)
                } else if self.eat("calendar? quarter") {
                    Some(Period::Quarter)
                } else if self.eat("calendar? half year") || self.eat("half calendar? year") {
                    Some(Period::HalfYear)
                } else if self.eat("calendar? week") {
                    Some(Period::Week)
                } else {
                    None
                }
            })
    }

    /// `the month of X`, `the month in which X occurs`, `the month following X`, `the next month`; alone, where that is
    /// `allowed`, the one that holds the anchor.
    pub(super) fn holding(&mut self, bare: bool) -> Option<Span> {
        let next = self.eat("next|following|succeeding|subsequent");
        let previous = !next && self.eat("preceding|previous|prior");
        let current = !next && !previous && self.eat("current|same|that|this");
        let unit = self.period()?;
        let shift = if next {
            1
        } else if previous {
            -1
        } else {
            0
        };
        if shift != 0 || current {
            let of = self
                .attempt(|p| {
                    p.eat("after|following|preceding|before")
                        .then(|| p.point())?
                })
                .unwrap_or(Point::Anchor);
            return Some(Span::Holding { unit, shift, of });
        }
        let pointed = self.attempt(|p| {
            if p.eat("in|during which") {
                let of = p.point()?;
                p.eat("occurs|occur|falls|fall|happens|begins|ends|is|takes place|held|given|received?");
                return Some((0, of));
            }
            if p.eat("immediately|next? following|after") || p.eat("subsequent to") {
                return Some((1, p.point()?));
            }
            if p.eat("immediately|next? preceding|before") || p.eat("immediately? prior to") {
                return Some((-1, p.point()?));
            }
            if p.eat("of|containing") || p.eat("that contains|includes") {
                return Some((0, p.point()?));
            }
            None
        });
        match pointed {
            Some((shift, of)) => Some(Span::Holding { unit, shift, of }),
            None if bare => Some(Span::Holding {
                unit,
                shift: 0,
                of: Point::Anchor,
            }),
            None => None,
        }
    }
}

/// The first day of a stretch; that of a whole month is a day like any other.
pub(super) fn first_of(span: Span) -> Point {
    match span {
        Span::Month {
            part: Part::Whole,
            month,
            year,
        } => year
            .and_then(|year| NaiveDate::from_ymd_opt(year, month, 1))
            .map_or(Point::Yearless { month, day: 1 }, Point::Day),
        span => Point::in_span(DayIn::Nth(1), span),
    }
}
