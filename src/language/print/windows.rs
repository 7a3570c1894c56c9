//! Windows, deadlines and terms, in the canonical form.

use super::{length, point};
use crate::counting::{Direction, Length};
use crate::language::tree::{DayIn, Edge, Ends, Point, Sort, Span};

pub(super) fn window(opens: Option<&Edge>, due: Option<&Edge>, sort: Sort) -> String {
    if let Some(([first, last], stretch)) = two_days_of_each(opens, due) {
        return match sort {
            Sort::Term => format!("from the {first} through the {last} of {stretch}"),
            _ => format!("between the {first} and the {last} of {stretch}"),
        };
    }
    if sort == Sort::Term {
        return term(opens, due);
    }
    if let Some(words) = first_so_many(opens, due).or_else(|| last_so_many_of_each(opens, due)) {
        return words;
    }
    let parts: Vec<String> = [opens.map(first_day), due.map(last_day)]
        .into_iter()
        .flatten()
        .collect();
    parts.join(" and ")
}

/// The two days and the stretch of `between the 1st day and the 10th day of each calendar month`.
fn two_days_of_each(opens: Option<&Edge>, due: Option<&Edge>) -> Option<([String; 2], String)> {
    match (opens?, due?) {
        (
            Edge::On(Point::DayOf { day: first, span }),
            Edge::On(Point::DayOf {
                day: last,
                span: same,
            }),
        ) if span == same && is_each(span) => Some((
            [super::day_in(*first), super::day_in(*last)],
            super::span(span),
        )),
        _ => None,
    }
}

/// `within the first 10 days of each month`.
fn first_so_many(opens: Option<&Edge>, due: Option<&Edge>) -> Option<String> {
    let (
        Edge::On(first),
        Edge::On(Point::Offset {
            length,
            direction: Direction::Forward,
            ends: Ends::Including,
            from,
        }),
    ) = (opens?, due?)
    else {
        return None;
    };
    match first {
        Point::DayOf {
            day: DayIn::Nth(1),
            span,
        } if **from == *first => Some(format!(
            "within the first {} of {}",
            super::length(length),
            super::span(span)
        )),
        _ => None,
    }
}

/// `within the last 1 month of each calendar quarter`.
fn last_so_many_of_each(opens: Option<&Edge>, due: Option<&Edge>) -> Option<String> {
    let (
        Edge::On(Point::Offset {
            length,
            direction: Direction::Backward,
            ends: Ends::Including,
            from,
        }),
        Edge::On(last),
    ) = (opens?, due?)
    else {
        return None;
    };
    match last {
        Point::DayOf {
            day: DayIn::Last,
            span,
        } if **from == *last && is_each(span) => Some(format!(
            "within the last {} of {}",
            super::length(length),
            super::span(span)
        )),
        _ => None,
    }
}

/// Whether a stretch is the one that ends on the day of another series.
fn is_each(span: &Span) -> bool {
    matches!(
        span,
        Span::Holding {
            shift: 0,
            of: Point::Occasion,
            ..
        }
    )
}

pub(super) fn first_day(edge: &Edge) -> String {
    match edge {
        Edge::On(point) | Edge::Until(point) => limited(point, "no earlier than"),
        Edge::Beyond(Point::Offset {
            length,
            direction: Direction::Forward,
            ends,
            from,
        }) => format!(
            "more than {}",
            counted(length, Direction::Forward, *ends, from)
        ),
        Edge::Beyond(point) => format!("after {}", super::point(point)),
    }
}

pub(super) fn last_day(edge: &Edge) -> String {
    match edge {
        Edge::On(point) => limited(point, "no later than"),
        Edge::Beyond(Point::Offset {
            length,
            direction,
            ends,
            from,
        }) => {
            let bound = match direction {
                Direction::Forward => "less than",
                Direction::Backward => "more than",
            };
            format!("{bound} {}", counted(length, *direction, *ends, from))
        }
        Edge::Beyond(point) => format!("before {}", super::point(point)),
        Edge::Until(point) => format!("until {}", super::point(point)),
    }
}

/// A day as a limit; a length that is a minimum has its own bound.
fn limited(point: &Point, bound: &str) -> String {
    match point {
        Point::Offset {
            length,
            direction,
            ends,
            from,
        } => {
            let bound = if *ends == Ends::Minimum {
                "at least"
            } else {
                bound
            };
            format!("{bound} {}", counted(length, *direction, *ends, from))
        }
        point => format!("{bound} {}", super::point(point)),
    }
}

fn term(opens: Option<&Edge>, due: Option<&Edge>) -> String {
    match (opens, due) {
        (None, Some(Edge::On(Point::Offset { length, from, .. }))) if **from == Point::Anchor => {
            format!("for a period of {}", super::length(length))
        }
        (
            Some(Edge::On(Point::Offset {
                length, from, ends, ..
            })),
            None,
        ) if **from == Point::Anchor => {
            let bound = if *ends == Ends::Minimum {
                "at least"
            } else {
                "no earlier than"
            };
            format!("{bound} {}", super::length(length))
        }
        (
            Some(Edge::On(Point::Offset {
                length: a, from, ..
            })),
            Some(Edge::On(Point::Offset { length: b, .. })),
        ) if **from == Point::Anchor => {
            format!("between {} and {}", length(a), length(b))
        }
        (
            _,
            Some(Edge::On(Point::Offset {
                length,
                ends: Ends::Including,
                direction: Direction::Forward,
                from,
            })),
        ) => format!("for {} beginning on {}", super::length(length), point(from)),
        (
            None,
            Some(Edge::On(Point::Offset {
                length,
                direction: direction @ Direction::Forward,
                ends,
                from,
            })),
        ) => format!("for {}", counted(length, *direction, *ends, from)),
        (Some(Edge::On(first)), Some(Edge::On(last))) => {
            format!("from {} through {}", point(first), point(last))
        }
        (Some(Edge::On(first)), Some(Edge::Until(last))) => {
            format!("from {} until {}", point(first), point(last))
        }
        (None, Some(Edge::On(last))) => format!("through {}", point(last)),
        (Some(Edge::On(first)), Some(Edge::Beyond(last))) => format!(
            "from {} up to but not including {}",
            point(first),
            point(last)
        ),
        (None, Some(Edge::Beyond(last))) => format!("up to but not including {}", point(last)),
        (opens, due) => [opens.map(first_day), due.map(last_day)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" and "),
    }
}

pub(super) fn counted(length: &Length, direction: Direction, ends: Ends, from: &Point) -> String {
    if *from == Point::Anchor {
        return format!("a period of {}", super::length(length));
    }
    let clear = if ends == Ends::Clear { "clear " } else { "" };
    let words = super::length(length);
    let words = match (clear, words.split_once(' ')) {
        ("", _) | (_, None) => words,
        (clear, Some((number, unit))) => format!("{number} {clear}{unit}"),
    };
    let way = match (direction, ends) {
        (Direction::Forward, Ends::Including) => "beginning on",
        (Direction::Forward, _) => "after",
        (Direction::Backward, Ends::Including) => "preceding and including",
        (Direction::Backward, _) => "before",
    };
    format!("{words} {way} {}", point(from))
}
