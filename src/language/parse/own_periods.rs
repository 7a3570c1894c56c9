//! An office's own periods: `the first full pay period after ratification`, `the last paycheck in June`.

use super::core::Parser;
use crate::counting::Direction;
use crate::language::Called;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Period, Place, Point, Span, WhichTerm};
use chrono::NaiveDate;

/// Which of several periods is meant.
pub(super) struct Nths {
    /// From 1; 0 is the last.
    pub(super) list: Vec<u32>,
    /// `two pay periods following X`: the second.
    pub(super) counted: bool,
    /// `the next pay period` needs nothing after it.
    next: bool,
}

impl Parser<'_> {
    /// A stretch that only an office's own calendars know.
    pub(super) fn own_span(&mut self) -> Option<Span> {
        self.attempt(Self::pay_period_number)
            .or_else(|| self.attempt(Self::nth_period))
            .or_else(|| self.attempt(Self::nearest_period))
            .or_else(|| self.attempt(Self::dated_pay))
            .or_else(|| self.attempt(Self::term_of_school))
            .or_else(|| self.attempt(Self::recess))
    }

    /// The name of a period of an office's own calendar, in the singular or the plural.
    pub(super) fn own_period(&mut self) -> Option<Period> {
        if self.eat(words!("fiscal|budget quarter|quarters")) {
            return Some(Period::FiscalQuarter);
        }
        let start = self.at;
        self.attempt(|p| {
            p.eat_any(&[
                words!("regularly scheduled?"),
                words!("regular|normal|available|scheduled|applicable|standard scheduled?"),
            ]);
            p.eat_any(&[
                words!("bi|semi weekly|monthly"),
                words!("biweekly|semimonthly|monthly|weekly|fortnightly"),
            ]);
            // How often pay comes is the calendar's to say.
            p.say_in_other_words(start);
            p.eat(words!("regular"));
            // `payday` before `pay`, and `pay day` before `payroll` alone.
            if p.eat_any(&[
                words!("payday|paydays|paydate|paydates|paycheck|paychecks|paycheque|paycheques"),
                words!("pay|payroll|salary|wage date|dates|day|days|check|checks|cheque|cheques|warrant|warrants"),
            ]) {
                return Some(Period::PayDate);
            }
            p.eat_any(&[
                words!("pay|payroll period|periods|cycle|cycles"),
                words!("payperiod|payperiods"),
                words!("payroll|payrolls"),
            ])
            .then_some(Period::PayPeriod)
        })
        .or_else(|| self.term_kind().map(Period::Term))
    }

    /// `the first full pay period after ratification`, `the last pay period in June`, `two pay periods following X`.
    pub(super) fn nth_period(&mut self) -> Option<Span> {
        let mut spans = self.nth_periods()?;
        if spans.len() > 1 {
            return None;
        }
        spans.pop()
    }

    /// The same of several at once: `the first two pay periods of each month`, `the first pay period of April and October`.
    pub(super) fn nth_periods(&mut self) -> Option<Vec<Span>> {
        let start = self.at;
        self.eat(words!("immediately"));
        let nths = self.nths()?;
        let whole = self.eat(words!("full|complete|entire|whole"));
        let unit = if self.sees(words!("week|weeks of|in")) {
            self.advance(1);
            Period::Week
        } else if self.sees_quarter_of_a_fiscal_year() {
            self.advance(1);
            Period::FiscalQuarter
        } else {
            match self.year_period() {
                Some(Period::Year) => return None,
                Some(year) => year,
                None => self.own_period()?,
            }
        };
        self.eat(words!(
            "to|for|of all? teachers|employees|members|staff|faculty"
        ));
        self.eat(words!("to|for bargaining? unit members"));
        // `the first pay period that includes July 1` is that one, whichever it is of a month.
        if nths.list == [1]
            && let Some(of) = self.attempt(Self::held_day)
        {
            return Some(vec![Span::Holding { unit, shift: 0, of }]);
        }
        let of_counted = self.attempt(|p| {
            (nths.counted && p.eat(words!("of"))).then_some(())?;
            Some(vec![Place::After(p.point()?)])
        });
        let last = nths.list == [0];
        let places = match of_counted.or_else(|| self.places(last)) {
            Some(places) => places,
            None if nths.next => vec![Place::After(Point::Anchor)],
            None if nths.list == [1] && whole => {
                let message = "the first after what?";
                return self.nothing_to_count_from(start, message, "`after ratification`");
            }
            None => return None,
        };
        if unit == Period::Week {
            // The weeks of a month are others.
            let of_a_year = places.iter().all(|place| {
                matches!(place, Place::In(span) if matches!(
                    &**span,
                    Span::Term { .. }
                        | Span::Year(Period::SchoolYear, _)
                        | Span::Holding { unit: Period::SchoolYear | Period::Term(_), .. }
                ))
            });
            of_a_year.then_some(())?;
            self.warn(
                start,
                "which days are the weeks of a school year is not settled: read as Monday to Sunday, from the week in which it begins",
                "write the days that are meant",
            );
        }
        let mut spans = Vec::new();
        for place in &places {
            for &nth in &nths.list {
                spans.push(nth_of(nth, nths.counted, unit, whole, place.clone())?);
            }
        }
        Some(spans)
    }

    /// `quarter of fiscal year 2027`.
    fn sees_quarter_of_a_fiscal_year(&mut self) -> bool {
        self.sees(words!("quarter|quarters of|in fiscal|budget|fy"))
            || (self.sees(words!("quarter|quarters of|in")) && self.word(2).starts_with("fy"))
    }

    pub(super) fn nths(&mut self) -> Option<Nths> {
        let one = |nth: u32| Nths {
            list: vec![nth],
            counted: false,
            next: false,
        };
        if self.eat(words!("last|final")) {
            return Some(one(0));
        }
        if self.eat(words!("next|following|subsequent|succeeding")) {
            let list = match self.kind(0) {
                Some(Kind::Number {
                    value: value @ 1..=53,
                    ..
                }) => {
                    self.advance(1);
                    (1..=*value).collect()
                }
                _ => vec![1],
            };
            return Some(Nths {
                list,
                counted: false,
                next: true,
            });
        }
        match self.kind(0)? {
            Kind::Number {
                value: value @ 1..=200,
                ..
            } => {
                self.advance(1);
                Some(Nths {
                    list: vec![*value],
                    counted: true,
                    next: false,
                })
            }
            Kind::Ordinal(nth @ 1..=53) => {
                self.advance(1);
                if let (
                    1,
                    Some(Kind::Number {
                        value: value @ 1..=53,
                        ..
                    }),
                ) = (*nth, self.kind(0))
                {
                    self.advance(1);
                    return Some(Nths {
                        list: (1..=*value).collect(),
                        ..one(1)
                    });
                }
                let mut list = vec![*nth];
                while let Some(next) = self.attempt(|p| {
                    let comma = p.comma();
                    (p.eat(words!("and")) || comma).then_some(())?;
                    let Kind::Ordinal(nth @ 1..=53) = p.kind(0)? else {
                        return None;
                    };
                    p.advance(1);
                    Some(*nth)
                }) {
                    list.push(next);
                }
                Some(Nths { list, ..one(1) })
            }
            _ => None,
        }
    }

    /// `the pay period closest to July 1, 2026`.
    fn nearest_period(&mut self) -> Option<Span> {
        let first = self.eat(words!("closest|nearest"));
        let unit = self.own_period()?;
        self.eat(words!("that|which"));
        self.eat(words!(
            "begins|begin|starts|start|beginning|starting|commencing|occurring|falling"
        ));
        if !first && !self.eat(words!("closest|nearest")) {
            return None;
        }
        self.eat(words!("to"));
        let place = Place::Nearest(self.point()?);
        Some(Span::NthPeriod {
            nth: 1,
            unit,
            whole: false,
            place,
        })
    }

    /// A stretch of an office's own, where a day is counted from it: after its last day, before its first.
    pub(super) fn beside_span(&mut self, day: DayIn) -> Option<Point> {
        let span = self.own_span().or_else(|| {
            self.attempt(|p| {
                let year = p.named_year()?;
                (!matches!(year, Span::Year(Period::Year, _))).then_some(year)
            })
        })?;
        Some(Point::in_span(day, span))
    }

    /// The same, beside a length that is counted from it; a name that the agreement declares comes first.
    pub(super) fn near_end(&mut self, direction: Direction) -> Option<Point> {
        let start = self.at;
        if self.attempt(Self::named_trigger).is_some() {
            self.at = start;
            return None;
        }
        self.beside_span(match direction {
            Direction::Forward => DayIn::Last,
            Direction::Backward => DayIn::Nth(1),
        })
    }

    /// `January 26, 2026, the start of the Spring 2026 semester`: what a day is called is compared with it
    /// where a calendar knows it.
    pub(super) fn said_again(&mut self, day: &Point) -> Option<()> {
        self.comma().then_some(())?;
        let start = self.at;
        self.said_the().then_some(())?;
        let point = self.attempt(Self::day_of_school).or_else(|| self.point())?;
        let own = matches!(&point, Point::DayOf { span, .. } if matches!(
            **span,
            Span::Term { .. } | Span::Year(..) | Span::NthPeriod { .. } | Span::PayPeriodNumber { .. }
                | Span::Holding { .. } | Span::FiscalYearCalled(_)
        ));
        (own && self.done()).then_some(())?;
        let range = self.range_from(start);
        let words = self.words.get(range.clone())?;
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.say_in_other_words(start);
        match day {
            Point::Day(day) => self.called.push(Called {
                words,
                range,
                day: *day,
                points: about_that_day(point, *day),
            }),
            _ => self.warn(start, Called::NOT_COMPARED, Called::LEAVE_OUT),
        }
        Some(())
    }
}

/// What a day is called, without a year of its own, is of the school or fiscal year that the day lies in, and of the one beside
/// it where it lies in none.
fn about_that_day(called: Point, day: NaiveDate) -> Vec<Point> {
    let Point::DayOf { day: which, span } = called else {
        return vec![called];
    };
    let holding = |unit| Span::Holding {
        unit,
        shift: 0,
        of: Point::Day(day),
    };
    match *span {
        Span::Holding {
            unit,
            of: Point::Anchor,
            ..
        } => {
            let beside = Span::Holding {
                unit,
                shift: if which == DayIn::Last { -1 } else { 1 },
                of: Point::Day(day),
            };
            vec![
                Point::in_span(which, holding(unit)),
                Point::in_span(which, beside),
            ]
        }
        Span::Term {
            which: term,
            kind,
            of: None,
        } => {
            let of = Some(Box::new(holding(Period::SchoolYear)));
            vec![Point::in_span(
                which,
                Span::Term {
                    which: term,
                    kind,
                    of,
                },
            )]
        }
        span => vec![Point::in_span(which, span)],
    }
}

/// The nth of some periods; nothing where that says nothing.
fn nth_of(nth: u32, counted: bool, unit: Period, whole: bool, place: Place) -> Option<Span> {
    let inside = matches!(place, Place::In(_));
    // `the last payday before July 1` is the one before it.
    let nth = match place {
        Place::Before(_) => nth.max(1),
        _ => nth,
    };
    // `two pay periods in June` are two, and `the last pay period after X` is none.
    if (counted && inside) || (nth == 0 && !inside) {
        return None;
    }
    Some(match (unit, place) {
        (Period::Term(kind), Place::In(of)) if nth > 0 => Span::Term {
            which: WhichTerm::Nth(nth),
            kind,
            of: Some(of),
        },
        (_, place) => nth_span(nth, unit, whole && inside, place),
    })
}

/// The first after a day is the one that follows it.
pub(super) fn nth_span(nth: u32, unit: Period, whole: bool, place: Place) -> Span {
    match (nth, place) {
        (1, Place::After(of)) => Span::Holding { unit, shift: 1, of },
        (1, Place::Before(of)) => Span::Holding {
            unit,
            shift: -1,
            of,
        },
        (nth, place) => Span::NthPeriod {
            nth,
            unit,
            whole,
            place,
        },
    }
}

pub(super) fn first_of_own(span: Span) -> Point {
    Point::DayOf {
        day: DayIn::Nth(1),
        span: Box::new(span),
    }
}
