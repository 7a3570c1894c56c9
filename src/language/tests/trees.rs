//! Trees of every sort, nested to a sensible depth: what the types can hold and their doc comments allow.

mod parts;

use crate::counting::{Direction, Season, TermKind};
use crate::language::named_days::ALL;
use crate::language::tree::{Place, WhichTerm};
use crate::language::{
    DayIn, Edge, Ends, Every, Limit, Period, Point, Recurrence, Sort, Stretch, Tree,
};
use parts::{
    day, day_in, day_of_year, direction, ends, length, part, period, trigger, undated, weekday,
    which, year, years,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Trees with everything in them.
pub(crate) fn tree() -> BoxedStrategy<Tree> {
    (limit(), asides(), option::weighted(0.2, condition()))
        .prop_map(|(limit, asides, condition)| Tree {
            limit,
            asides,
            condition,
        })
        .boxed()
}

fn asides() -> BoxedStrategy<Vec<String>> {
    let aside = select(
        &[
            "11:59 pm",
            "as the parties agreed",
            "30",
            "Article 8.3",
            "1",
        ][..],
    );
    prop::collection::vec(aside.prop_map(str::to_owned), 0..=1).boxed()
}

fn condition() -> BoxedStrategy<String> {
    select(
        &[
            "unless extended by mutual agreement",
            "or as mutually agreed",
            "if requested (in writing) by either party",
            "whichever applies",
            "provided that the 30 days have not run",
        ][..],
    )
    .prop_map(str::to_owned)
    .boxed()
}

/// Time limits of every sort.
pub(crate) fn limit() -> BoxedStrategy<Limit> {
    prop_oneof![
        12 => single(),
        2 => prop::collection::vec(prop_oneof![4 => single(), 1 => recurrence().prop_map(Limit::Recurs)], 2..4)
            .prop_map(Limit::Several),
        5 => recurrence().prop_map(Limit::Recurs),
        1 => (undated(), option::of(trigger()))
            .prop_map(|(wording, after)| Limit::Undated { wording, after }),
    ].boxed()
}

/// A limit that is one day or one window.
fn single() -> BoxedStrategy<Limit> {
    let window = prop_oneof![
        (edge(), option::of(last_edge())).prop_map(|(opens, due)| (Some(opens), due)),
        last_edge().prop_map(|due| (None, Some(due))),
    ];
    prop_oneof![
        1 => point().prop_map(Limit::On),
        3 => (window, sort()).prop_map(|((opens, due), sort)| Limit::Window { opens, due, sort }),
        1 => (stretch(&point()), sort()).prop_map(|(span, sort)| Limit::During { span, sort }),
    ]
    .boxed()
}

fn sort() -> BoxedStrategy<Sort> {
    select(&[Sort::Act, Sort::Act, Sort::Term, Sort::ToBegin][..]).boxed()
}

fn edge() -> BoxedStrategy<Edge> {
    prop_oneof![3 => point().prop_map(Edge::On), 1 => point().prop_map(Edge::Beyond)].boxed()
}

fn last_edge() -> BoxedStrategy<Edge> {
    prop_oneof![4 => edge(), 1 => point().prop_map(Edge::Until)].boxed()
}

/// Days, found from other days up to four deep.
pub(crate) fn point() -> BoxedStrategy<Point> {
    leaf().prop_recursive(4, 10, 3, |inner| {
        let inner = inner.boxed();
        prop_oneof![
            4 => (length(), direction(), ends(), inner.clone()).prop_map(
                |(length, direction, ends, from)| Point::Offset {
                    length,
                    direction,
                    ends,
                    from: Box::new(from),
                }
            ),
            3 => (day_in(), stretch(&inner)).prop_map(|(day, span)| Point::DayOf {
                day,
                span: Box::new(span),
            }),
            1 => (weekday(), inner.clone()).prop_map(|(weekday, to)| Point::Nearest {
                weekday,
                to: Box::new(to),
            }),
            1 => (1..=40_u32, weekday(), direction(), inner.clone()).prop_map(
                |(nth, weekday, direction, from)| Point::NthWeekday {
                    nth,
                    weekday,
                    direction,
                    from: Box::new(from),
                }
            ),
            1 => (day_of_year(), direction(), inner.clone()).prop_map(
                |((month, day), direction, from)| Point::DayToward {
                    month,
                    day,
                    direction,
                    from: Box::new(from),
                }
            ),
            1 => (which(), prop::collection::vec(inner, 2..4)).prop_map(|(which, of)| Point::extreme(which, of)),
        ]
    }).boxed()
}

fn leaf() -> BoxedStrategy<Point> {
    prop_oneof![
        3 => day().prop_map(Point::Day),
        2 => day_of_year().prop_map(|(month, day)| Point::Yearless { month, day }),
        1 => Just(Point::Anchor),
        3 => trigger().prop_map(Point::At),
    ]
    .boxed()
}

fn stretch(point: &BoxedStrategy<Point>) -> BoxedStrategy<Stretch> {
    let months = || 1..=12_u32;
    let year = || option::of(year());
    prop_oneof![
        3 => (part(), months(), year())
            .prop_map(|(part, month, year)| Stretch::Month { part, month, year }),
        1 => point.clone().prop_map(Stretch::About),
        3 => (period(), -2..=2_i32, point.clone())
            .prop_map(|(unit, shift, of)| Stretch::Holding { unit, shift, of }),
        1 => (1..=4_u32, year()).prop_map(|(nth, year)| Stretch::Quarter { nth, year }),
        1 => (period(), self::year()).prop_map(|(period, year)| Stretch::Year(period, year)),
        1 => (1..=2_u32, year()).prop_map(|(nth, year)| Stretch::HalfYear { nth, year }),
        1 => (0..=5_u32, months(), year())
            .prop_map(|(nth, month, year)| Stretch::WeekOf { nth, month, year }),
        1 => self::year().prop_map(Stretch::FiscalYearCalled),
        1 => (1..=9999_u32, year())
            .prop_map(|(number, year)| Stretch::PayPeriodNumber { number, year }),
        1 => ((0..ALL.len()).prop_filter_map("a name", |at| ALL.get(at).map(|n| n.name)), year())
            .prop_map(|(name, year)| Stretch::Named { name, year }),
        2 => (1..=30_u32, own_period(), any::<bool>(), beside(point.clone()))
            .prop_map(|(nth, unit, whole, place)| Stretch::NthPeriod { nth, unit, whole, place }),
    ]
    .prop_recursive(2, 4, 1, |inner| {
        prop_oneof![
            (0..=30_u32, period(), any::<bool>(), inner.clone()).prop_map(
                |(nth, unit, whole, within)| Stretch::NthPeriod {
                    nth,
                    unit,
                    whole,
                    place: Place::In(Box::new(within)),
                }
            ),
            (which_term(), select(&TermKind::ALL[..]), option::of(inner)).prop_map(
                |(which, kind, of)| Stretch::Term {
                    which,
                    kind,
                    of: of.map(Box::new),
                }
            ),
        ]
    })
    .boxed()
}

/// A period of an office's own calendar.
fn own_period() -> BoxedStrategy<Period> {
    prop_oneof![
        Just(Period::PayPeriod),
        Just(Period::PayDate),
        Just(Period::FiscalYear),
        Just(Period::SchoolYear),
        Just(Period::Biennium),
        select(&TermKind::ALL[..]).prop_map(Period::Term),
    ]
    .boxed()
}

/// The periods beside a day.
fn beside(point: BoxedStrategy<Point>) -> BoxedStrategy<Place> {
    prop_oneof![
        point.clone().prop_map(Place::After),
        point.clone().prop_map(Place::OnOrAfter),
        point.clone().prop_map(Place::Before),
        point.prop_map(Place::Nearest),
    ]
    .boxed()
}

fn which_term() -> BoxedStrategy<WhichTerm> {
    prop_oneof![
        (1..=4_u32).prop_map(WhichTerm::Nth),
        select(&Season::ALL[..]).prop_map(WhichTerm::Season),
    ]
    .boxed()
}

fn recurrence() -> BoxedStrategy<Recurrence> {
    prop_oneof![
        8 => series(),
        1 => (prop::collection::vec(around(), 1..3), series()).prop_map(|(each, of)| Recurrence {
            every: Every::Around {
                each,
                of: Box::new(of),
            },
            from: None,
            until: None,
        }),
        2 => of_each_period(),
    ]
    .boxed()
}

/// Stretches of each period, which other series end with: `the first 10 days of each month`, `between the 1st and the 10th of
/// each month`, `the last month of each quarter`, `by the 10th day of the following month`.
fn of_each_period() -> BoxedStrategy<Recurrence> {
    let ends = |period| {
        let day = DayIn::Last;
        match period {
            Period::Month => Every::DayOfMonths { day, months: 1 },
            period => Every::DayOfEach { day, period },
        }
    };
    let of = (period(), option::weighted(0.3, point())).prop_map(move |(period, from)| {
        (
            period,
            Recurrence {
                every: ends(period),
                from,
                until: None,
            },
        )
    });
    (of, 0..4_u32, length(), 1..=15_u32, day_in())
        .prop_map(|((unit, of), form, length, first, day)| {
            let in_each = |day, shift| Point::DayOf {
                day,
                span: Box::new(Stretch::Holding {
                    unit,
                    shift,
                    of: Point::Occasion,
                }),
            };
            let counted = |direction, from: Point| Point::Offset {
                length: length.clone(),
                direction,
                ends: Ends::Including,
                from: Box::new(from),
            };
            let (begins, last) = (in_each(DayIn::Nth(1), 0), in_each(DayIn::Last, 0));
            let (opens, due) = match form {
                0 => (Some(begins.clone()), counted(Direction::Forward, begins)),
                1 => (Some(counted(Direction::Backward, last.clone())), last),
                2 => (Some(in_each(DayIn::Nth(first), 0)), in_each(day, 0)),
                _ => (None, in_each(day, 1)),
            };
            let each = vec![Limit::Window {
                opens: opens.map(Edge::On),
                due: Some(Edge::On(due)),
                sort: Sort::Act,
            }];
            Recurrence {
                every: Every::Around {
                    each,
                    of: Box::new(of),
                },
                from: None,
                until: None,
            }
        })
        .boxed()
}

/// A limit that is counted from each day of another series.
fn around() -> BoxedStrategy<Limit> {
    let edge = (length(), direction(), ends()).prop_map(|(length, direction, ends)| {
        Edge::On(Point::Offset {
            length,
            direction,
            ends,
            from: Box::new(Point::Occasion),
        })
    });
    (option::of(edge.clone()), edge)
        .prop_map(|(opens, due)| Limit::Window {
            opens,
            due: Some(due),
            sort: Sort::Act,
        })
        .boxed()
}

fn series() -> BoxedStrategy<Recurrence> {
    (
        every(),
        option::weighted(0.3, point()),
        option::weighted(0.3, last_edge()),
    )
        .prop_map(|(every, from, until)| Recurrence { every, from, until })
        .boxed()
}

fn every() -> BoxedStrategy<Every> {
    prop_oneof![
        3 => length().prop_map(Every::On),
        3 => length().prop_map(Every::Within),
        2 => period().prop_map(Every::Each),
        1 => Just(Every::HalfMonth),
        1 => Just(Every::Anniversary),
        3 => (day_in(), 1..=24_u32).prop_map(|(day, months)| Every::DayOfMonths { day, months }),
        2 => (weekday(), 1..=20_u32).prop_map(|(weekday, weeks)| Every::Weekday { weekday, weeks }),
        2 => (day_in(), period()).prop_map(|(day, period)| Every::DayOfEach { day, period }),
        3 => (prop::collection::vec(single(), 1..3), years())
            .prop_map(|(each, years)| Every::Yearly { each, years }),
    ]
    .boxed()
}
