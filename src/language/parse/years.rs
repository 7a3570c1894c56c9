//! Days and months without a year, and what is said of each year.

use super::core::Parser;
use super::pieces::{Clause, Joint, Piece};
use crate::counting::Direction;
use crate::language::Trigger;
use crate::language::tree::{DayIn, Edge, Period, Point, Sort, Span, Years};
use chrono::{Datelike, Months, NaiveDate};

impl Parser<'_> {
    /// `of each year`, after a day or a month that names none.
    pub(super) fn each_year(&mut self) {
        let _: Option<()> = self.attempt(|p| {
            p.comma();
            let years = p.each_year_words()?;
            p.yearly = Some(years);
            Some(())
        });
    }

    fn each_year_words(&mut self) -> Option<Years> {
        if self.eat(words!("annually|yearly thereafter?")) || self.eat(words!("per year|annum")) {
            return Some(Years::All);
        }
        if self.eat(words!("of|on any|each|every subsequent|successive|succeeding|following? anniversary thereof|date?")) {
            return Some(Years::All);
        }
        self.attempt(|p| {
            p.eat(words!("of|in|for|during"));
            let all = p.eat(words!("each|every|any|all|such"));
            // `of odd-numbered years`.
            if !all && !p.sees(words!("odd|even numbered? years")) {
                return None;
            }
            p.eat(words!(
                "subsequent|succeeding|successive|following|and|future?"
            ));
            let sort = p.at;
            p.eat(words!("calendar|contract|agreement|fiscal|school|academic"));
            // A day comes once in each year of any sort.
            p.say_in_other_words(sort);
            let years = if p.eat(words!("odd numbered?")) {
                Years::Odd
            } else if p.eat(words!("even numbered?")) {
                Years::Even
            } else {
                Years::All
            };
            p.eat(words!("calendar"));
            if !p.eat(words!("year|years")) {
                return None;
            }
            let _: Option<()> = p.attempt(|p| {
                if !p.eat(words!("of|during|covered by?")) {
                    return None;
                }
                p.eat(words!("term|duration|life of"));
                p.document()
            });
            let from = p.attempt(|p| {
                p.eat(words!("from")).then_some(())?;
                let year = p.year()?;
                p.eat(words!("on|onward|onwards"))
                    .then_some(Years::From(year))
            });
            p.eat(words!("thereafter"));
            Some(from.unwrap_or(years))
        })
    }

    /// `or any anniversary thereof`, `or June 30 of any year thereafter`: the same, each year.
    pub(super) fn again_each_year(&mut self, clauses: &mut [(Joint, Clause)]) -> Option<Years> {
        let (_, Clause::Pieces(pieces)) = clauses.last_mut()? else {
            return None;
        };
        let first = first_year(pieces);
        let again = self
            .attempt(|p| {
                let plain = p.eat_any(&[
                    words!("on? any|each|every subsequent|successive|succeeding? anniversary|anniversaries thereof|thereafter|date?"),
                    words!("on? any|each|every year|anniversary thereafter"),
                    words!("annually|yearly thereafter"),
                    words!("on? its anniversary|anniversaries"),
                ]);
                plain.then_some(None)
            })
            .or_else(|| {
                self.attempt(|p| {
                    let successive = p.eat(words!("any|each|every successive|subsequent|succeeding"));
                    let before = p.yearly;
                    p.yearly = successive.then_some(Years::All);
                    let Clause::Pieces(again) = p.clause()? else {
                        return None;
                    };
                    let yearly = p.eat(words!("thereafter")) || p.yearly.is_some();
                    p.yearly = before;
                    yearly.then_some(Some(again))
                })
            })?;
        if let Some(again) = again {
            let wanted = yearless_days(&again);
            let known = yearless_days(pieces);
            let all_known = wanted.iter().all(|day| known.contains(day));
            if first.is_none() || wanted.is_empty() || !all_known {
                return None;
            }
        }
        let first = first?;
        // `July 1, 2026, January 1, 2027 and each January 1 and July 1 thereafter`: a year is too coarse for the first of them.
        let begins = days_said(pieces).into_iter().min();
        if let Some(begins) = begins
            && yearless_days(pieces)
                .iter()
                .any(|day| *day < (begins.month(), begins.day()))
        {
            return self.complain(
                self.at,
                "the days that come again would begin before the first that is named",
                "write `each January 1 and July 1` alone, and its first day in `first`",
            );
        }
        for piece in pieces.iter_mut() {
            // `beginning July 1, 2027 and each July 1 thereafter`: the first is that day.
            if let Piece::Ends {
                opens: Some(Edge::On(point)),
                due: None,
                sort: Sort::Act,
                ..
            } = piece
            {
                *piece = Piece::exact(point.clone());
            }
        }
        forget_years(pieces);
        Some(Years::From(first))
    }
}

impl Parser<'_> {
    /// `of the following year`, `of the same year`: how many years after the one of the day named before.
    pub(super) fn relative_year(&mut self) -> Option<i32> {
        self.attempt(|p| {
            p.eat(words!("of|in")).then_some(())?;
            if p.eat(words!(
                "immediately? following|next|succeeding calendar? year"
            )) {
                return Some(1);
            }
            p.eat(words!("same|that calendar? year")).then_some(0)
        })
    }
}

/// A day without a year, so many years after that of another; where the words do not say which year that is, in their order.
pub(super) fn so_many_years_after(first: &Point, years: i32, last: Point) -> Option<Point> {
    if let Some(year) = year_said(first) {
        return in_year(&last, year + years);
    }
    match (day_of_year(first), day_of_year(&last)) {
        // Both are the first such days after the agreement takes effect, the second after the first.
        (Some(a), Some(b)) => ((years == 1) == (b <= a) && years <= 1).then_some(last),
        // `from ratification through June 30 of the following year`.
        _ => match last {
            Point::Yearless { month, day } => Some(toward(month, day, years - 1, first.clone())),
            _ => None,
        },
    }
}

/// The first such day after the end of the year that holds a day, or of one so many years from it.
fn toward(month: u32, day: u32, shift: i32, of: Point) -> Point {
    let year = Span::Holding {
        unit: Period::Year,
        shift,
        of,
    };
    Point::DayToward {
        month,
        day,
        direction: Direction::Forward,
        from: Box::new(Point::in_span(DayIn::Last, year)),
    }
}

/// The month and the day of such a day, with how many years after which day its year ends.
fn toward_in_a_year(point: &Point) -> Option<((u32, u32), i32, &Point)> {
    let Point::DayToward {
        month,
        day,
        direction: Direction::Forward,
        from,
    } = point
    else {
        return None;
    };
    let Point::DayOf {
        day: DayIn::Last,
        span,
    } = from.as_ref()
    else {
        return None;
    };
    match span.as_ref() {
        Span::Holding {
            unit: Period::Year,
            shift,
            of,
        } => Some(((*month, *day), *shift, of)),
        _ => None,
    }
}

/// The year that a day names.
pub(super) fn year_said(point: &Point) -> Option<i32> {
    match point {
        Point::Day(day) => Some(day.year()),
        Point::DayOf { span, .. } => match span.as_ref() {
            Span::Month { year, .. } => *year,
            _ => None,
        },
        _ => None,
    }
}

/// The month and the day of a day without a year.
fn day_of_year(point: &Point) -> Option<(u32, u32)> {
    match point {
        Point::Yearless { month, day } => Some((*month, *day)),
        Point::DayOf { day, span } => match (day, span.as_ref()) {
            (
                DayIn::Last,
                Span::Month {
                    month, year: None, ..
                },
            ) => Some((*month, 31)),
            _ => None,
        },
        _ => None,
    }
}

/// The earliest year that the pieces name.
pub(super) fn first_year(pieces: &[Piece]) -> Option<i32> {
    let of_spans = pieces.iter().filter_map(|piece| match piece {
        Piece::Span(Span::Month { year, .. }, _) => *year,
        _ => None,
    });
    let of_days = days_said(pieces).into_iter().map(|day| day.year());
    of_days.chain(of_spans).min()
}

/// The days that the pieces name with their years.
fn days_said(pieces: &[Piece]) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    for piece in pieces {
        if let Piece::Ends { opens, due, .. } = piece {
            for edge in [opens, due].into_iter().flatten() {
                edge.point().visit(&mut |point| {
                    if let Point::Day(day) = point {
                        days.push(*day);
                    }
                });
            }
        }
    }
    days
}

/// The days and months that the pieces name, without their years.
pub(super) fn yearless_days(pieces: &[Piece]) -> Vec<(u32, u32)> {
    let mut days = Vec::new();
    for piece in pieces {
        if let Piece::Ends { opens, due, .. } = piece {
            for edge in [opens, due].into_iter().flatten() {
                edge.point().visit(&mut |point| match point {
                    Point::Day(day) => days.push((day.month(), day.day())),
                    Point::Yearless { month, day } => days.push((*month, *day)),
                    _ => {}
                });
            }
        }
    }
    days
}

/// Takes the years out of the pieces.
pub(super) fn forget_years(pieces: &mut [Piece]) {
    for piece in pieces {
        match piece {
            Piece::Ends { opens, due, .. } => {
                for edge in [opens, due].into_iter().flatten() {
                    let (Edge::On(point) | Edge::Beyond(point) | Edge::Until(point)) = edge;
                    forget_year(point);
                }
            }
            Piece::Span(Span::Month { year, .. }, _) => *year = None,
            Piece::Span(..) | Piece::After(..) => {}
        }
    }
}

fn forget_year(point: &mut Point) {
    match point {
        Point::Day(day) => {
            *point = Point::Yearless {
                month: day.month(),
                day: day.day(),
            };
        }
        Point::Offset { from, .. } | Point::NthWeekday { from, .. } => forget_year(from),
        Point::Nearest { to, .. } => forget_year(to),
        Point::DayOf { span, .. } => {
            if let Span::Month { year, .. } = span.as_mut() {
                *year = None;
            }
        }
        _ => {}
    }
}

/// Whether the pieces speak of a day or a month that names no year.
pub(super) fn names_yearless(pieces: &[Piece]) -> bool {
    pieces
        .iter()
        .filter_map(|piece| piece.clone().into_limit())
        .any(|limit| limit.names_no_year())
}

/// A first day without a year, beside a last day that has one: the last such day before it.
pub(super) fn of_the_same_year(first: Point, last: &Point) -> Point {
    // `no earlier than February 1 and no later than March 1 of the year in which X occurs`.
    if let (Point::Yearless { month, day }, Some((until, shift, of))) =
        (&first, toward_in_a_year(last))
    {
        return toward(
            *month,
            *day,
            shift - i32::from((*month, *day) > until),
            of.clone(),
        );
    }
    let last = match last {
        Point::Day(last) => Some(*last),
        last => year_said(last)
            .zip(month_of(last))
            .and_then(|(year, month)| {
                NaiveDate::from_ymd_opt(year, month, 1)?
                    .checked_add_months(Months::new(1))?
                    .pred_opt()
            }),
    };
    let begins = match &first {
        Point::Yearless { month, day } => Some((*month, *day)),
        first if year_said(first).is_none() => month_of(first).map(|month| (month, 1)),
        _ => None,
    };
    let (Some(last), Some((month, day))) = (last, begins) else {
        return first;
    };
    [last.year(), last.year() - 1]
        .into_iter()
        .filter(|year| {
            NaiveDate::from_ymd_opt(*year, month, day).is_some_and(|found| found <= last)
        })
        .find_map(|year| in_year(&first, year))
        .unwrap_or(first)
}

/// A first day without a year, beside a last day that hangs on an event: the last such day before that. Only where the
/// agreement's own beginning is that event is it the first after it, as any day without a year is.
pub(super) fn last_before(first: Point, last: &Point) -> Point {
    let Point::Yearless { month, day } = first else {
        return first;
    };
    let mut hangs_on_an_event = false;
    last.visit(&mut |point| {
        hangs_on_an_event |=
            matches!(point, Point::At(trigger) if *trigger != Trigger::effective());
    });
    if !hangs_on_an_event {
        return first;
    }
    Point::DayToward {
        month,
        day,
        direction: Direction::Backward,
        from: Box::new(last.clone()),
    }
}

/// The month that a day is of, where it is found in one.
fn month_of(point: &Point) -> Option<u32> {
    match point {
        Point::DayOf { span, .. } => match span.as_ref() {
            Span::Month { month, .. } => Some(*month),
            _ => None,
        },
        _ => None,
    }
}

/// A day without a year, in a year.
pub(super) fn in_year(point: &Point, year: i32) -> Option<Point> {
    match point {
        Point::Yearless { month, day } => {
            NaiveDate::from_ymd_opt(year, *month, *day).map(Point::Day)
        }
        Point::DayOf { day, span } => match span.as_ref() {
            Span::Month { part, month, .. } => Some(Point::in_span(
                *day,
                Span::Month {
                    part: *part,
                    month: *month,
                    year: Some(year),
                },
            )),
            _ => None,
        },
        _ => None,
    }
}
