//! Stretches of days: parts of months, quarters, years, weeks, pay periods, and the period that holds a day.

use super::core::Parser;
use super::dates::month_number;
use crate::counting::Direction;
use crate::language::Wording;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Edge, Part, Period, Point, Span};
use chrono::{Datelike, Months, NaiveDate, Weekday};

impl Parser<'_> {
    /// Any stretch that has a name.
    pub(super) fn span(&mut self) -> Option<Span> {
        self.attempt(Self::about)
            .or_else(|| self.attempt(Self::month_beside))
            .or_else(|| self.attempt(Self::part_of_month))
            .or_else(|| self.own_span())
            .or_else(|| self.attempt(Self::quarter))
            .or_else(|| self.attempt(Self::half_year))
            .or_else(|| self.attempt(Self::named_year))
            .or_else(|| self.attempt(Self::week_of_month))
            .or_else(|| self.attempt(|p| p.holding(false)))
    }

    fn about(&mut self) -> Option<Span> {
        if !self.eat_any(&[
            words!("on or about|around"),
            words!("about|around|approximately|roughly|circa"),
            words!("on approximately|roughly"),
        ]) {
            return None;
        }
        if let Some(day) = self.date().or_else(|| self.attempt(Self::counted)) {
            return Some(Span::About(day));
        }
        // `on or about the 15th of each month`.
        let start = self.at;
        let each = self.occasion()?;
        self.warn(
            start,
            "how far from the day is not said: read as five days either side of each",
            "write the first and the last day that are meant",
        );
        Some(Span::About(each))
    }

    /// `February 2000`, `early February`, `the first half of April 2000`, `the month of October 2013`.
    pub(super) fn part_of_month(&mut self) -> Option<Span> {
        let start = self.at;
        let part = self.part();
        if matches!(part, Part::Early | Part::Mid | Part::Late)
            && self.attempt(Self::year).is_some()
        {
            return self.complain(
                start,
                "a part of a year has no first or last day here",
                "write the months that are meant",
            );
        }
        self.eat(words!("calendar? month|months of"));
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
            p.eat(words!("of|in"));
            p.year()
        });
        Some(Span::Month { part, month, year })
    }

    /// `January preceding expiration`: the last whole one before that day; `January following ratification`: the first that
    /// begins after it.
    pub(super) fn month_beside(&mut self) -> Option<Span> {
        self.eat(words!("month of"));
        let month = month_number(self.word(0))?;
        self.advance(1);
        self.eat(words!("immediately|next"));
        let (direction, day) =
            if self.eat(words!("preceding|before")) || self.eat(words!("prior to")) {
                let next =
                    NaiveDate::from_ymd_opt(2001, month, 1)?.checked_add_months(Months::new(1))?;
                (Direction::Backward, next.pred_opt()?.day())
            } else if self.eat(words!("following|after")) || self.eat(words!("subsequent to")) {
                (Direction::Forward, 1)
            } else {
                return None;
            };
        let from = Box::new(self.point()?);
        Some(Span::Holding {
            unit: Period::Month,
            shift: 0,
            of: Point::DayToward {
                month,
                day,
                direction,
                from,
            },
        })
    }

    fn part(&mut self) -> Part {
        let ordinal_half = |p: &mut Self, nth: u32| {
            p.attempt(|p| {
                (p.kind(0) == Some(&Kind::Ordinal(nth))).then_some(())?;
                p.advance(1);
                p.eat(words!("half of")).then_some(())
            })
            .is_some()
        };
        if self.eat(words!("early in?")) || self.eat(words!("early part of")) {
            Part::Early
        } else if self.eat(words!("mid")) || self.eat(words!("middle of")) {
            Part::Mid
        } else if self.eat(words!("late in?")) {
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
        let nth = match (self.kind(0)?, self.word(0)) {
            (Kind::Ordinal(nth @ 1..=4), _) => {
                self.advance(1);
                self.eat(words!("calendar? quarter")).then_some(*nth)?
            }
            (_, "q1") => 1,
            (_, "q2") => 2,
            (_, "q3") => 3,
            (_, "q4") => 4,
            _ => return None,
        };
        if self.word(0).starts_with('q') {
            self.advance(1);
        }
        let year = self.of_a_year();
        (year.is_some() || !self.goes_on_from()).then_some(Span::Quarter { nth, year })
    }

    /// `the first half of 2026`, `the second half of the calendar year`.
    fn half_year(&mut self) -> Option<Span> {
        let Some(Kind::Ordinal(nth @ 1..=2)) = self.kind(0) else {
            return None;
        };
        self.advance(1);
        self.eat(words!("half")).then_some(())?;
        self.sees(words!("of|in")).then_some(())?;
        let year = self.of_a_year();
        (year.is_some() || !self.goes_on_from()).then_some(())?;
        let named = year.is_some()
            || self.tokens.get(self.at.checked_sub(1)?)?.kind == Kind::Word("year".to_owned());
        // `of each year` is read by itself.
        (named || self.sees(words!("of|in each|every|any")))
            .then_some(Span::HalfYear { nth: *nth, year })
    }

    /// The year of a part of it, where one is named.
    fn of_a_year(&mut self) -> Option<i32> {
        if self.sees(words!("of|in each|every|any")) {
            return None;
        }
        let _: Option<()> = self.attempt(|p| {
            let of = p.eat(words!("of|in"));
            (p.eat(words!("calendar? year")) || of || matches!(p.kind(0), Some(Kind::Comma)))
                .then_some(())?;
            p.comma();
            Some(())
        });
        self.year()
    }

    /// `the second quarter following ratification` is no part of a calendar year, and neither is one of a fiscal year.
    fn goes_on_from(&mut self) -> bool {
        self.sees(words!(
            "following|after|preceding|before|subsequent|prior|fiscal|school|academic|contract"
        ))
    }

    /// `the second week of May 2026`.
    pub(super) fn warn_of_weeks(&mut self, start: usize, nth: u32) {
        let read = if nth == 0 {
            "its last seven days".to_owned()
        } else {
            format!("days {} to {}", (nth - 1) * 7 + 1, nth * 7)
        };
        self.warn(
            start,
            format!("which days are the weeks of a month is not settled: read as {read}"),
            "write the days that are meant",
        );
    }

    fn week_of_month(&mut self) -> Option<Span> {
        let start = self.at;
        let nth = match self.kind(0)? {
            Kind::Ordinal(nth @ 1..=5) => *nth,
            Kind::Word(word) if matches!(word.as_str(), "last" | "final") => 0,
            _ => return None,
        };
        self.advance(1);
        let full = self.eat(words!("full|complete"));
        self.eat(words!("week of|in")).then_some(())?;
        self.eat(words!("month of"));
        let month = month_number(self.word(0))?;
        self.advance(1);
        self.comma();
        let year = self.year();
        if !full {
            self.warn_of_weeks(start, nth);
        } else if nth == 5 && !has_five_mondays(year, month) {
            return self.complain(
                start,
                "no month is sure to have a fifth full week, and this one has none or names no year",
                "write the first day of the week that is meant",
            );
        }
        if full || self.in_doubt(Wording::WeekOfMonth) {
            let month = Span::Month {
                part: Part::Whole,
                month,
                year,
            };
            return Some(Span::Holding {
                unit: Period::Week,
                shift: 0,
                of: Point::DayOf {
                    // A full week is Monday to Sunday: the last in a month ends on its last Sunday.
                    day: match nth {
                        0 if full => DayIn::Weekday(0, Weekday::Sun),
                        nth => DayIn::Weekday(nth, Weekday::Mon),
                    },
                    span: Box::new(month),
                },
            });
        }
        Some(Span::WeekOf { nth, month, year })
    }

    /// The name of a fixed period.
    pub(super) fn period(&mut self) -> Option<Period> {
        self.year_period()
            .or_else(|| self.own_period())
            .or_else(|| {
                if self.eat(words!("calendar? month")) {
                    Some(Period::Month)
                } else if self.eat(words!("calendar? quarter")) {
                    Some(Period::Quarter)
                } else if self.eat(words!("calendar? half year"))
                    || self.eat(words!("half calendar? year"))
                {
                    Some(Period::HalfYear)
                } else if self.eat(words!("biennium")) {
                    Some(Period::Biennium)
                } else if self.eat(words!("calendar? week")) {
                    Some(Period::Week)
                } else {
                    None
                }
            })
    }

    /// `the month of X`, `the month in which X occurs`, `the month following X`, `the next month`; alone, where that is
    /// `allowed`, the one that holds the anchor.
    pub(super) fn holding(&mut self, bare: bool) -> Option<Span> {
        let next = self.eat(words!("next|following|succeeding|subsequent"));
        let previous = !next && self.eat(words!("preceding|previous|prior"));
        let pointing = self.at;
        let back = self.sees(words!("same|that|such"));
        let current = !next && !previous && self.eat(words!("current|same|that|this|such"));
        let mut counted = None;
        if !next && !previous && !current {
            // `the second month following X`, `the first full month after X`.
            if let Some(Kind::Ordinal(nth @ 1..=12)) = self.kind(0) {
                counted = Some(i32::try_from(*nth).ok()?);
                self.advance(1);
            }
            self.eat(words!("full|complete|whole"));
        }
        let unit = self.period()?;
        if let Some(nth) = counted {
            // Years that follow an event may run from it: which is meant is not said.
            if unit == Period::Year {
                return None;
            }
            self.eat(words!("immediately|next"));
            let way = if self.eat(words!("following|after")) || self.eat(words!("subsequent to")) {
                1
            } else if self.eat(words!("preceding|before")) || self.eat(words!("prior to")) {
                -1
            } else {
                return None;
            };
            let (more, of) = self.held_by(unit)?;
            return Some(Span::Holding {
                unit,
                shift: nth * way + more,
                of,
            });
        }
        let shift = if next {
            1
        } else if previous {
            -1
        } else {
            0
        };
        if shift != 0 || current {
            let start = self.at.saturating_sub(2);
            let of = self.attempt(|p| {
                p.eat(words!("after|following|preceding|before"))
                    .then(|| p.point())?
            });
            if of.is_none()
                && let Some(span) = self.its_period(unit, shift)
            {
                return Some(span);
            }
            if of.is_none() && shift != 0 && self.counted_from.is_none() {
                self.warn(
                    start,
                    "what it follows is not said: read as the day on which the agreement takes effect",
                    "name it, as in `the month following ratification`",
                );
            }
            if of.is_none() && current && back {
                return self.nothing_to_count_from(
                    pointing,
                    "no day is named that it could hold: which one?",
                    "`the last day of the month in which ratification occurs`",
                );
            }
            let of = of.unwrap_or(Point::Anchor);
            return Some(Span::Holding { unit, shift, of });
        }
        let pointed = self.attempt(|p| {
            if p.eat(words!("in|during which")) {
                let of = p.point()?;
                p.eat(words!("occurs|occur|falls|fall|happens|begins|ends|is|takes place|held|given|received?"));
                return Some((0, of));
            }
            // `the first of the month coincident with or next following X`: that day itself, where it is such a first.
            if p.eat(words!("coincident|coinciding with or immediately|next? following|after"))
                || p.eat(words!("on or immediately|next? following|after"))
            {
                let of = super::pieces::plain(Edge::Beyond(p.point()?));
                return Some((1, of));
            }
            if p.eat(words!("immediately|next? following|after")) || p.eat(words!("subsequent to")) {
                let (more, of) = p.held_by(unit)?;
                return Some((1 + more, of));
            }
            if p.eat(words!("immediately|next? preceding|before")) || p.eat(words!("immediately? prior to")) {
                let (more, of) = p.held_by(unit)?;
                return Some((more - 1, of));
            }
            if p.eat(words!("of|containing")) || p.eat(words!("that contains|includes")) {
                return Some((0, p.point()?));
            }
            None
        });
        match pointed {
            Some((shift, of)) => Some(Span::Holding { unit, shift, of }),
            None => bare.then(|| self.period_alone(unit)),
        }
    }
}

impl Parser<'_> {
    /// What a period follows or precedes: a day, or the same sort of period about one (`the month following the month in which
    /// ratification occurs`), and how many periods that one is from it.
    fn held_by(&mut self, unit: Period) -> Option<(i32, Point)> {
        let span = self.attempt(|p| match p.holding(false)? {
            Span::Holding {
                unit: same,
                shift,
                of,
            } if same == unit => Some((shift, of)),
            _ => None,
        });
        match span {
            Some(found) => Some(found),
            None => Some((0, self.point()?)),
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

/// Whether a month is known to have five Mondays.
fn has_five_mondays(year: Option<i32>, month: u32) -> bool {
    year.and_then(|year| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 5))
        .is_some()
}
