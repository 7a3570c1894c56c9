//! Pay periods and pay dates: `the first full pay period after ratification`, `the last paycheck in June`, `pay period 2507`.

use super::bounds::Bound;
use super::core::Parser;
use super::pieces::Piece;
use crate::counting::Direction;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Edge, Period, Place, Point, Sort, Span, WhichTerm};

/// Which of several periods is meant.
struct Nths {
    /// From 1; 0 is the last.
    list: Vec<u32>,
    /// `two pay periods following X`: the second.
    counted: bool,
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
        if self.eat("fiscal|budget quarter|quarters") {
            return Some(Period::FiscalQuarter);
        }
        self.attempt(|p| {
            p.eat_any(&[
                "regularly scheduled?",
                "regular|normal|available|scheduled|applicable|standard scheduled?",
            ]);
            p.eat_any(&[
                "bi|semi weekly|monthly",
                "biweekly|semimonthly|monthly|weekly|fortnightly",
            ]);
            p.eat("regular");
            // `payday` before `pay`, and `pay day` before `payroll` alone.
            if p.eat_any(&[
                "payday|paydays|paydate|paydates|paycheck|paychecks|paycheque|paycheques",
                "pay|payroll|salary|wage date|dates|day|days|check|checks|cheque|cheques|warrant|warrants",
            ]) {
                return Some(Period::PayDate);
            }
            p.eat_any(&[
                "pay|payroll period|periods|cycle|cycles",
                "payperiod|payperiods",
                "payroll|payrolls",
            ])
            .then_some(Period::PayPeriod)
        })
        .or_else(|| self.term_kind().map(Period::Term))
    }

    /// `pay period 2507`, `PP 25-07`, `pay period 7 of 2026`.
    fn pay_period_number(&mut self) -> Option<Span> {
        self.eat_any(&["pay|payroll period", "pp"]).then_some(())?;
        self.eat("number|no|num");
        self.eat_kind(&Kind::Mark('#'));
        let mut digits = self.digits()?;
        if let Some(more) = self.attempt(|p| {
            (p.eat_kind(&Kind::Dash) || p.eat_kind(&Kind::Mark('/'))).then_some(())?;
            p.digits()
        }) {
            digits.push_str(&more);
        }
        let number = digits.parse().ok()?;
        let year = self.attempt(|p| {
            p.comma();
            p.eat("of|in calendar? year?").then(|| p.year())?
        });
        Some(Span::PayPeriodNumber { number, year })
    }

    /// A number's digits, as they were written.
    pub(super) fn digits(&mut self) -> Option<String> {
        let token = self.tokens.get(self.at)?;
        let Kind::Number { spelled: false, .. } = token.kind else {
            return None;
        };
        let written = self.words.get(token.range.clone())?;
        let digits: String = written.chars().take_while(char::is_ascii_digit).collect();
        self.advance(1);
        (digits.len() <= 6).then_some(digits)
    }

    /// `the June 30, 2026 paycheck`.
    fn dated_pay(&mut self) -> Option<Span> {
        let of = self.date()?;
        self.comma();
        (self.own_period()? == Period::PayDate).then_some(Span::Holding {
            unit: Period::PayDate,
            shift: 0,
            of,
        })
    }

    /// The day on which such a stretch is a day certain: `the pay date of D`, and the `pay period beginning D` or `ending D`.
    pub(super) fn pay_day(&mut self) -> Option<Point> {
        let pay_date = self.attempt(|p| {
            let span = p.own_span().or_else(|| p.holding(false))?;
            span.is_one_day().then_some(span)
        });
        if let Some(span) = pay_date {
            return Some(first_of_own(span));
        }
        let unit = self.own_period()?;
        if unit == Period::PayDate {
            // `the paycheck issued on March 6, 2026`.
            self.eat_any(&["issued|dated|paid|distributed on?", "on"])
                .then_some(())?;
            let of = self.date()?;
            return Some(first_of_own(Span::Holding { unit, shift: 0, of }));
        }
        (unit == Period::PayPeriod).then_some(())?;
        self.attempt(|p| {
            p.eat("that|which");
            p.eat(
                "beginning|starting|commencing|begins|starts|commences|ending|ends|concluding on?",
            )
            .then_some(())?;
            p.date()
        })
    }

    /// `the pay period ending D`, where its first day is asked for.
    pub(super) fn pay_period_ending(&mut self) -> Option<Point> {
        (self.own_period()? == Period::PayPeriod).then_some(())?;
        self.eat("that|which");
        self.eat("ending|ends|concluding on?").then_some(())?;
        Some(first_of_own(Span::Holding {
            unit: Period::PayPeriod,
            shift: 0,
            of: self.date()?,
        }))
    }

    /// `the first full pay period after ratification`, `the last pay period in June`, `two pay periods following X`.
    fn nth_period(&mut self) -> Option<Span> {
        let mut spans = self.nth_periods()?;
        if spans.len() > 1 {
            return None;
        }
        spans.pop()
    }

    /// The same of several at once: `the first two pay periods of each month`, `the first pay period of April and October`.
    pub(super) fn nth_periods(&mut self) -> Option<Vec<Span>> {
        let start = self.at;
        self.eat("immediately");
        let nths = self.nths()?;
        let whole = self.eat("full|complete|entire|whole");
        let unit = if self.sees("week|weeks of|in") {
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
        self.eat("to|for|of all? teachers|employees|members|staff|faculty");
        self.eat("to|for bargaining? unit members");
        // `the first pay period that includes July 1` is that one, whichever it is of a month.
        if nths.list == [1]
            && let Some(of) = self.attempt(Self::held_day)
        {
            return Some(vec![Span::Holding { unit, shift: 0, of }]);
        }
        let of_counted = self.attempt(|p| {
            (nths.counted && p.eat("of")).then_some(())?;
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
        self.sees("quarter|quarters of|in fiscal|budget|fy")
            || (self.sees("quarter|quarters of|in") && self.word(2).starts_with("fy"))
    }

    fn nths(&mut self) -> Option<Nths> {
        let one = |nth: u32| Nths {
            list: vec![nth],
            counted: false,
            next: false,
        };
        if self.eat("last|final") {
            return Some(one(0));
        }
        if self.eat("next|following|subsequent|succeeding") {
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
                    (p.eat("and") || comma).then_some(())?;
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

    /// `that includes July 1`, `in which X occurs`.
    fn held_day(&mut self) -> Option<Point> {
        if self.eat("in|during which") {
            let of = self.point()?;
            self.eat_any(&["occurs|occur|falls|fall|happens|is", "takes place"]);
            return Some(of);
        }
        self.eat("that|which");
        self.eat("includes|contains|covers|including|containing|covering|encompassing|encompasses")
            .then_some(())?;
        self.point()
    }

    /// `the pay period closest to July 1, 2026`.
    fn nearest_period(&mut self) -> Option<Span> {
        let first = self.eat("closest|nearest");
        let unit = self.own_period()?;
        self.eat("that|which");
        self.eat("begins|begin|starts|start|beginning|starting|commencing|occurring|falling");
        if !first && !self.eat("closest|nearest") {
            return None;
        }
        self.eat("to");
        let place = Place::Nearest(self.point()?);
        Some(Span::NthPeriod {
            nth: 1,
            unit,
            whole: false,
            place,
        })
    }

    /// Where the nth is looked for.
    fn places(&mut self, last: bool) -> Option<Vec<Place>> {
        self.attempt(|p| p.places_in(last))
            .or_else(|| self.attempt(|p| Some(vec![p.place_beside()?])))
    }

    /// `in March`, `of April and October`, `of each month`, `at the beginning of each school year`.
    fn places_in(&mut self, last: bool) -> Option<Vec<Place>> {
        self.comma();
        self.eat("that|which");
        self.eat(
            "begins|begin|starts|start|beginning|starting|commencing|occurring|falling|issued|paid",
        );
        self.eat_any(&[
            "at? beginning|start|commencement of",
            "in|of|during|within|for",
        ])
        .then_some(())?;
        let start = self.at;
        if let Some(each) = self.attempt(Self::each_as_span) {
            return Some(vec![Place::In(Box::new(each))]);
        }
        if let Some(first) = self.attempt(Self::part_of_month) {
            let mut months = vec![first];
            while let Some(next) = self.attempt(|p| {
                let comma = p.comma();
                let and = p.eat("and");
                (comma || and).then(|| p.part_of_month())?
            }) {
                months.push(next);
            }
            let year = match months.last() {
                Some(Span::Month { year, .. }) => *year,
                _ => None,
            };
            return Some(
                months
                    .into_iter()
                    .map(|mut month| {
                        if let Span::Month { year: own, .. } = &mut month {
                            *own = own.or(year);
                        }
                        Place::In(Box::new(month))
                    })
                    .collect(),
            );
        }
        if let Some(span) = self.span() {
            return Some(vec![Place::In(Box::new(span))]);
        }
        let unit = self.period()?;
        if unit == Period::Month {
            self.warn(
                start,
                "which month is not said: read as each month",
                "write `of each month`, or the month that is meant",
            );
            return Some(vec![Place::In(Box::new(self.of_each(unit)?))]);
        }
        // `the first paycheck of the fiscal year`: of the next to begin; `the last`: of the one that runs.
        let shift = i32::from(!last);
        let of = Point::Anchor;
        Some(vec![Place::In(Box::new(Span::Holding { unit, shift, of }))])
    }

    /// `after ratification`, `on or after July 1`, `upon X`, `before X`.
    fn place_beside(&mut self) -> Option<Place> {
        self.comma();
        self.eat("that|which");
        self.eat(
            "begins|begin|starts|start|beginning|starting|commencing|occurring|falling|issued|paid",
        );
        self.eat("immediately|next|directly");
        if self.eat_any(&["on|upon and|or after|following"]) {
            return Some(Place::OnOrAfter(self.point()?));
        }
        if self.eat_any(&["after|following|from|since|succeeding", "subsequent to"]) {
            let point = self
                .attempt(|p| p.beside_span(DayIn::Last))
                .or_else(|| self.point())?;
            return Some(Place::After(point));
        }
        if self.eat_any(&["before|preceding", "prior to", "in advance of"]) {
            let point = self
                .attempt(|p| p.beside_span(DayIn::Nth(1)))
                .or_else(|| self.point())?;
            return Some(Place::Before(point));
        }
        self.eat("upon|on|with").then_some(())?;
        Some(Place::OnOrAfter(self.point()?))
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

    /// `January 26, 2026, the start of the Spring 2026 semester`: what a day is called is kept beside it.
    pub(super) fn said_again(&mut self) -> Option<()> {
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
        let words = self.words.get(self.range_from(start))?;
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.asides.push(words);
        Some(())
    }

    /// Pay periods with nothing that limits them: the first day of each. `for` and `during` ask for all of their days.
    pub(super) fn own_days(&mut self) -> Option<Vec<Piece>> {
        let term = self.eat("for|throughout|over");
        let during = !term && self.eat("during|within");
        if term || during {
            self.eat("period of");
            let nths = self.attempt(Self::so_many_periods)?;
            return Some(vec![nths.window(if term { Sort::Term } else { Sort::Act })]);
        }
        let mut negative = false;
        let bound = self.attempt(|p| {
            let bound = p.bound(&mut negative, false);
            matches!(bound, Bound::AtLeast | Bound::AtMost).then_some(bound)
        });
        if let Some(bound) = bound {
            let Some(Kind::Number { .. }) = self.kind(0) else {
                return None;
            };
            return Some(vec![limited_by(bound, self.nth_period()?)]);
        }
        self.eat("in|on|upon|with|at|as of?");
        let mut spans = self.own_days_list()?;
        while let Some(more) = self.attempt(|p| {
            let comma = p.comma();
            (p.eat("and") || comma).then_some(())?;
            p.eat("in|on|upon|with|at");
            p.own_days_list()
        }) {
            spans.extend(more);
        }
        Some(
            spans
                .into_iter()
                .map(|span| Piece::exact(first_of_own(span)))
                .collect(),
        )
    }

    fn own_days_list(&mut self) -> Option<Vec<Span>> {
        let spans = self.attempt(Self::nth_periods).or_else(|| {
            let span = self
                .attempt(Self::own_span)
                .or_else(|| self.attempt(|p| p.holding(false)))?;
            Some(vec![span])
        })?;
        spans.iter().all(is_pay).then_some(spans)
    }

    /// `six pay periods following X`, `the first three pay periods`: all of them together.
    fn so_many_periods(&mut self) -> Option<SoMany> {
        let nths = self.nths()?;
        let &count = nths.list.last()?;
        (nths.counted || nths.list.len() > 1).then_some(())?;
        self.eat("full|complete|entire|whole|consecutive|additional");
        let unit = match self.year_period() {
            Some(Period::Year) => return None,
            Some(year) => year,
            None => self.own_period()?,
        };
        let place = match self.places(false) {
            Some(places) => places.into_iter().next()?,
            None => Place::After(Point::Anchor),
        };
        Some(SoMany { count, unit, place })
    }
}

/// So many periods in a row.
struct SoMany {
    count: u32,
    unit: Period,
    place: Place,
}

impl SoMany {
    fn window(self, sort: Sort) -> Piece {
        let nth =
            |nth, day| Point::in_span(day, nth_span(nth, self.unit, false, self.place.clone()));
        Piece::window(
            Edge::On(nth(1, DayIn::Nth(1))),
            Edge::On(nth(self.count, DayIn::Last)),
            sort,
        )
    }
}

/// `at least two pay periods before X`, `up to three pay periods after X`.
fn limited_by(bound: Bound, span: Span) -> Piece {
    let before = matches!(
        &span,
        Span::NthPeriod {
            place: Place::Before(_),
            ..
        } | Span::Holding { shift: ..=-1, .. }
    );
    let day = if before { DayIn::Nth(1) } else { DayIn::Last };
    let point = Point::in_span(day, span);
    match (bound, before) {
        (Bound::AtLeast, false) => Piece::opening(Some(Edge::Beyond(point))),
        (Bound::AtMost, true) => Piece::opening(Some(Edge::On(point))),
        _ => Piece::due(Edge::On(point), Sort::Act),
    }
}

/// The nth of some periods; nothing where that says nothing.
fn nth_of(nth: u32, counted: bool, unit: Period, whole: bool, place: Place) -> Option<Span> {
    let inside = matches!(place, Place::In(_));
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
fn nth_span(nth: u32, unit: Period, whole: bool, place: Place) -> Span {
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

/// Whether it is a pay period or a pay date, which is a day where nothing else is said.
pub(super) fn is_pay(span: &Span) -> bool {
    matches!(
        span,
        Span::PayPeriodNumber { .. }
            | Span::NthPeriod {
                unit: Period::PayPeriod | Period::PayDate,
                ..
            }
            | Span::Holding {
                unit: Period::PayPeriod | Period::PayDate,
                ..
            }
    )
}
