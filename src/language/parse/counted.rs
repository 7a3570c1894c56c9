//! A length counted from a day, as a piece of a limit.

use super::bounds::{Bound, Way};
use super::lengths::Written;
use super::pieces::Piece;
use crate::counting::{Direction, Length, Unit};
use crate::language::tree::{Edge, Ends, Point, Sort};

/// One length, counted from one day, as a piece of a limit.
pub(super) fn counted(
    bound: Bound,
    written: &Written,
    way: Way,
    point: &Point,
    stretch: bool,
    paired: bool,
) -> Piece {
    let edge = || Edge::On(offset(written, way, bound, point.clone()));
    let beyond = || Edge::Beyond(offset(written, way, bound, point.clone()));
    let here = || Edge::On(point.clone());
    #[expect(
        clippy::match_same_arms,
        reason = "the arms stand in the order of the manual's table"
    )]
    let (opens, due) = match (way.direction, bound) {
        (Direction::Forward, Bound::AtLeast | Bound::Earliest) => (Some(edge()), None),
        (Direction::Forward, Bound::More) => (Some(beyond()), None),
        (Direction::Forward, Bound::Less) => (None, Some(beyond())),
        (Direction::Backward, Bound::Plain) if stretch || written.period => {
            (Some(edge()), Some(here()))
        }
        (Direction::Forward, _)
        | (Direction::Backward, Bound::Plain | Bound::Latest | Bound::AtLeast) => {
            (None, Some(edge()))
        }
        (Direction::Backward, Bound::Within | Bound::AtMost) if !paired => {
            (Some(edge()), Some(here()))
        }
        (Direction::Backward, Bound::Within | Bound::AtMost | Bound::Earliest) => {
            (Some(edge()), None)
        }
        (Direction::Backward, Bound::More) => (None, Some(beyond())),
        (Direction::Backward, Bound::Less) if !paired => (Some(beyond()), Some(here())),
        (Direction::Backward, Bound::Less) => (Some(beyond()), None),
    };
    let limits = matches!(bound, Bound::Within | Bound::Latest | Bound::More) && !stretch;
    let begins = way.including
        && way.direction == Direction::Forward
        && opens.is_none()
        && !limits
        && is_named_as_first(point);
    let sort = if way.direction == Direction::Forward && (way.including || stretch) && !limits {
        Sort::Term
    } else {
        Sort::Act
    };
    Piece::Ends {
        opens: if begins { Some(here()) } else { opens },
        due,
        exact: false,
        sort,
    }
}

/// Whether a day that something begins on is told as its first day: `beginning on January 31`, `beginning the first of the month
/// following ratification`. A trigger's day is where a term begins of itself.
pub(super) fn is_named_as_first(point: &Point) -> bool {
    !matches!(point, Point::At(_) | Point::Anchor | Point::Occasion)
}

pub(super) fn offset(written: &Written, way: Way, bound: Bound, from: Point) -> Point {
    let ends = if way.including {
        Ends::Including
    } else if written.clear {
        Ends::Clear
    } else if bound == Bound::AtLeast {
        Ends::Minimum
    } else {
        Ends::Plain
    };
    Point::Offset {
        length: written.length.clone(),
        direction: way.direction,
        ends,
        from: Box::new(from),
    }
}

/// About how many days a length has: for telling the longer from the shorter.
pub(super) fn days(length: &Length) -> u64 {
    length
        .0
        .iter()
        .map(|(count, unit)| {
            u64::from(*count)
                * match unit {
                    Unit::Hour => 1,
                    Unit::Day => 24,
                    Unit::Open(_) => 34,
                    Unit::Week => 168,
                    Unit::HalfMonth => 360,
                    Unit::Month => 730,
                    Unit::Quarter => 2190,
                    Unit::Year => 8760,
                }
        })
        .sum()
}
