//! Days of another series that a limit is counted from: `within 10 days after the end of each quarter`, `each anniversary of X`.

use super::core::Parser;
use super::merge::how_long;
use super::pieces::{Clause, Piece};
use super::recurrences::Found;
use crate::counting::{Direction, Length, Unit};
use crate::language::Trigger;
use crate::language::token::Kind;
use crate::language::tree::{
    DayIn, Edge, Ends, Every, Limit, Period, Point, Recurrence, Sort, Span,
};
use std::rc::Rc;

/// What recurs beside a limit.
#[derive(Clone, Debug)]
pub(super) enum BesideSeries {
    /// It recurs so often, and the limit may speak of `the period`: `each quarter, by the end of the quarter`.
    SoOften(Every),
    /// The limit says on which days of a year it recurs.
    OnDaysOfAYear,
}

impl Parser<'_> {
    /// `the end of each quarter`, where something is counted from it.
    pub(super) fn occasion(&mut self) -> Option<Point> {
        let each_period = self.attempt(Self::each_period);
        let of = each_period
            .or_else(|| self.attempt(Self::anniversaries))
            .or_else(|| {
                self.attempt(|p| match p.day_of_each()? {
                    Found::Every(every) if every.len() == 1 => Some(Recurrence {
                        every: every.into_iter().next()?,
                        from: None,
                        until: None,
                    }),
                    _ => None,
                })
            })?;
        if self.occasion.as_ref().is_some_and(|known| **known != of) {
            return None;
        }
        self.occasion = Some(Rc::new(of));
        Some(Point::Occasion)
    }

    /// `following each quarter`, `before each fiscal year`: what follows a period is counted from its end, what comes before it
    /// from its beginning.
    fn each_period(&mut self) -> Option<Recurrence> {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at))?;
        let day = match &before.kind {
            Kind::Word(word) if matches!(word.as_str(), "following" | "after") => DayIn::Last,
            Kind::Word(word) if matches!(word.as_str(), "before" | "preceding" | "to") => {
                DayIn::Nth(1)
            }
            _ => return None,
        };
        self.eat(words!("each|every")).then_some(())?;
        let every = match self.period()? {
            Period::Month => Every::DayOfMonths { day, months: 1 },
            period => Every::DayOfEach { day, period },
        };
        Some(Recurrence {
            every,
            from: None,
            until: None,
        })
    }

    /// `each quarter, within 30 days of the end of the quarter`: the period that the limit speaks of is each of those named
    /// before it.
    pub(super) fn of_its_period(&mut self) -> Option<Clause> {
        self.beside.is_none().then_some(())?;
        let every = self.attempt(|p| match p.own_recurrence()? {
            Found::Every(every) if every.len() == 1 => every.into_iter().next(),
            _ => None,
        });
        let every = every.or_else(|| self.attempt(Self::how_often_alone))?;
        self.comma();
        self.names_a_period().then_some(())?;
        self.beside = Some(BesideSeries::SoOften(every.clone()));
        let clause = self.attempt(Self::clause);
        self.beside = None;
        let of = match self.occasion.as_ref()?.every {
            Every::DayOfMonths { months: 1, .. } => Period::Month,
            Every::DayOfEach { period, .. } => period,
            _ => return None,
        };
        // `monthly through the end of the month` says where the series ends.
        let is_of_each = |piece: &Piece| {
            matches!(
                piece,
                Piece::Ends {
                    due: Some(_),
                    sort: Sort::Act,
                    ..
                }
            )
        };
        clause.filter(|clause| {
            matches!(clause, Clause::Pieces(pieces) if pieces.iter().all(is_of_each))
                && is_each(&every, of)
        })
    }

    /// Whether a period is named among the words that are left.
    fn names_a_period(&self) -> bool {
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        rest.iter().any(
            |token| matches!(&token.kind, Kind::Word(word) if PERIODS.contains(&word.as_str())),
        )
    }

    /// `the quarter`, `that month`, `the following month`: beside what recurs so often, that of each.
    pub(super) fn its_period(&mut self, unit: Period, shift: i32) -> Option<Span> {
        match &self.beside {
            Some(BesideSeries::SoOften(each)) if is_each(each, unit) => {}
            _ => return None,
        }
        self.of_each(unit).map(|span| match span {
            Span::Holding { unit, of, .. } => Span::Holding { unit, shift, of },
            span => span,
        })
    }

    /// `the quarter` with nothing else said of it: each, beside what recurs so often; else the one that holds the anchor.
    pub(super) fn period_alone(&mut self, unit: Period) -> Span {
        self.its_period(unit, 0).unwrap_or(Span::Holding {
            unit,
            shift: 0,
            of: Point::Anchor,
        })
    }

    /// `the third anniversary of X`: so many years after it.
    pub(super) fn nth_anniversary(&mut self) -> Option<Point> {
        let length = match self.kind(0)? {
            Kind::Ordinal(nth) => {
                self.advance(1);
                Length(vec![(*nth, Unit::Year)])
            }
            // `the six-month anniversary of X`.
            Kind::Number { .. } => self.length()?.length,
            _ => return None,
        };
        let from = Box::new(self.anniversary_of()?);
        Some(Point::Offset {
            length,
            direction: Direction::Forward,
            ends: Ends::Plain,
            from,
        })
    }

    /// `each anniversary of X`; where neither which nor each is said, each is meant.
    pub(super) fn anniversaries(&mut self) -> Option<Recurrence> {
        let start = self.at;
        if self.eat(words!("annually|yearly")) || self.eat(words!("each|every|once? a? per? year"))
        {
            self.comma();
        }
        self.eat_any(&[
            words!("on or before|by"),
            words!("on or prior to"),
            words!("no|not later than"),
            words!("on|upon|by|at"),
        ]);
        // `annually on the anniversary of X`.
        let each = self.eat(words!("each|every|any")) || self.at > start && self.said_yearly(start);
        self.eat(words!(
            "subsequent|successive|succeeding|following|annual|yearly"
        ));
        let from = self.anniversary_of()?;
        if !each {
            self.warn(
                start,
                "which anniversary is not said: read as each",
                "write `each anniversary of` or `the first anniversary of`",
            );
        }
        Some(Recurrence {
            every: Every::Anniversary,
            from: (from != Point::At(Trigger::effective())).then_some(from),
            until: None,
        })
    }

    /// `every three years on the anniversary of X`: the first three years after it.
    pub(super) fn every_so_many_anniversaries(&mut self) -> Option<Recurrence> {
        self.eat(words!("once? every")).then_some(())?;
        let length = self.every_length()?;
        matches!(length.0.as_slice(), [(2.., Unit::Year)]).then_some(())?;
        self.comma();
        self.eat(words!("on|by|upon|at")).then_some(())?;
        let from = Box::new(self.anniversary_of()?);
        Some(Recurrence {
            from: Some(Point::Offset {
                length: length.clone(),
                direction: Direction::Forward,
                ends: Ends::Plain,
                from,
            }),
            every: Every::On(length),
            until: None,
        })
    }

    fn said_yearly(&self, start: usize) -> bool {
        matches!(self.tokens.get(start).map(|token| &token.kind), Some(Kind::Word(word)) if matches!(word.as_str(), "annually" | "yearly" | "each" | "every" | "once" | "per"))
    }

    fn anniversary_of(&mut self) -> Option<Point> {
        self.eat(words!("anniversary|anniversaries date|day|dates?"))
            .then_some(())?;
        self.eat(words!("of")).then_some(())?;
        if let Some(point) = self.attempt(Self::point) {
            return Some(point);
        }
        self.document()?;
        Some(Point::At(Trigger::effective()))
    }
}

/// The last words of the names of periods.
const PERIODS: [&str; 13] = [
    "biennium",
    "cycle",
    "half",
    "month",
    "payroll",
    "period",
    "quarter",
    "semester",
    "session",
    "term",
    "trimester",
    "week",
    "year",
];

/// Whether what recurs so often recurs once in each such period.
fn is_each(every: &Every, period: Period) -> bool {
    let each = Every::Each(period);
    let long = how_long(&each);
    *every == each || (long.is_some() && how_long(every) == long)
}

/// Limits that are counted from each day of another series, as one series.
pub(super) fn around(mut limits: Vec<Limit>, mut of: Recurrence) -> Recurrence {
    for limit in &mut limits {
        if let Limit::On(point)
        | Limit::Window {
            opens: None,
            due: Some(Edge::On(point) | Edge::Beyond(point)),
            ..
        } = limit
        {
            found_from_the_day(point, &of.every);
        }
    }
    // `before the 10th of each month`: counted back from that day of each.
    if let [
        Limit::Window {
            opens: None,
            due: Some(Edge::Beyond(point)),
            sort: Sort::Act,
        },
    ] = limits.as_mut_slice()
        && let Some(every) = day_of_its_own(point)
    {
        *point = Point::Occasion;
        of.every = every;
    }
    // `no later than each anniversary` is each anniversary.
    let itself = matches!(
        limits.as_slice(),
        [Limit::On(Point::Occasion)
            | Limit::Window {
                opens: None,
                due: Some(Edge::On(Point::Occasion)),
                ..
            }]
    );
    if itself {
        return of;
    }
    // `no later than the last day of each fiscal year` is that day of each.
    if let [
        Limit::On(point)
        | Limit::Window {
            opens: None,
            due: Some(Edge::On(point)),
            sort: Sort::Act,
        },
    ] = limits.as_slice()
        && let Some(every) = day_of_its_own(point)
    {
        return Recurrence { every, ..of };
    }
    Recurrence {
        every: Every::Around {
            each: limits,
            of: Box::new(of),
        },
        from: None,
        until: None,
    }
}

/// Says of the days that a point is found from which of them is the day of the other series: the last day of the period that
/// ends on a day is that day.
fn found_from_the_day(point: &mut Point, every: &Every) {
    let from = match point {
        Point::Offset { from, .. }
        | Point::NthWeekday { from, .. }
        | Point::DayToward { from, .. }
        | Point::Nearest { to: from, .. } => from.as_mut(),
        Point::DayOf { span, .. } => match span.as_mut() {
            Span::Holding { of, .. } => of,
            _ => return,
        },
        _ => return,
    };
    if day_of_its_own(from).as_ref() == Some(every) {
        *from = Point::Occasion;
    } else {
        found_from_the_day(from, every);
    }
}

/// Where a series begins or ends, as a piece beside it: `beginning July 1, 2027`, `through June 30, 2029`.
pub(super) enum End {
    First(Point),
    Last(Edge),
    Both(Point, Edge),
}

/// A limit beside what recurs that bounds it: a first day, the last day of a term, or both, none of them itself of the series.
pub(super) fn end_of_series(pieces: &[Piece]) -> Option<End> {
    let [
        piece @ Piece::Ends {
            opens,
            due,
            exact: false,
            sort,
        },
    ] = pieces
    else {
        return None;
    };
    if super::years::names_yearless(std::slice::from_ref(piece)) {
        return None;
    }
    let term = *sort == Sort::Term;
    match (opens, due) {
        (Some(Edge::On(first)), None) => Some(End::First(first.clone())),
        (None, Some(last)) if term => Some(End::Last(last.clone())),
        (Some(Edge::On(first)), Some(last)) if term => Some(End::Both(first.clone(), last.clone())),
        _ => None,
    }
}

/// A day of the period that holds the day of a series, as that day of each.
fn day_of_its_own(point: &Point) -> Option<Every> {
    let Point::DayOf { day, span } = point else {
        return None;
    };
    match **span {
        Span::Holding {
            unit: Period::Month,
            shift: 0,
            of: Point::Occasion,
        } => Some(Every::DayOfMonths {
            day: *day,
            months: 1,
        }),
        Span::Holding {
            unit,
            shift: 0,
            of: Point::Occasion,
        } => Some(Every::DayOfEach {
            day: *day,
            period: unit,
        }),
        _ => None,
    }
}
