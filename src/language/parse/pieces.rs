//! What a clause says, before the clauses are put together: pieces of a limit, series, wordings without a date.

use super::counted::is_named_as_first;
use crate::counting::{Direction, Length, Unit};
use crate::language::Trigger;
use crate::language::tree::{Edge, Ends, Limit, Point, Recurrence, Sort, Span, Undated};

/// One limit of a phrase, before the clauses are put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A first day, a last day, or both.
    Ends {
        opens: Option<Edge>,
        due: Option<Edge>,
        /// Just that day, not a limit.
        exact: bool,
        sort: Sort,
    },
    /// A stretch that has a name.
    Span(Span, Sort),
    /// A length beside the limit before it, where it stands, and whether it goes on from that: `within an additional 30 days`.
    After(Length, usize, bool),
}

/// A clause: what it says.
#[derive(Clone, Debug)]
pub(super) enum Clause {
    Pieces(Vec<Piece>),
    /// One way of recurring, or several at once: the 1st and the 15th of each month.
    Recurs(Vec<Recurrence>),
    Undated(Undated, Option<Trigger>),
}

/// How a clause is joined to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    And,
    But,
    Or,
    /// `as well as`: owed besides, whatever the first says.
    Also,
    None,
}

impl Piece {
    pub(super) fn opening(opens: Option<Edge>) -> Self {
        Self::Ends {
            opens,
            due: None,
            exact: false,
            sort: Sort::Act,
        }
    }

    pub(super) fn due(edge: Edge, sort: Sort) -> Self {
        Self::Ends {
            opens: None,
            due: Some(edge),
            exact: false,
            sort,
        }
    }

    pub(super) fn exact(point: Point) -> Self {
        Self::Ends {
            opens: None,
            due: Some(Edge::On(point)),
            exact: true,
            sort: Sort::Act,
        }
    }

    pub(super) fn window(opens: Edge, due: Edge, sort: Sort) -> Self {
        Self::Ends {
            opens: Some(opens),
            due: Some(due),
            exact: false,
            sort,
        }
    }

    pub(super) fn after_the_one_before(length: Length, at: usize, goes_on: bool) -> Self {
        Self::After(length, at, goes_on)
    }

    /// Both limits together, where they do not speak of the same end.
    pub(super) fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (
                Self::Ends {
                    opens,
                    due,
                    exact,
                    sort,
                },
                Self::Ends {
                    opens: opens_too,
                    due: due_too,
                    exact: exact_too,
                    sort: other,
                },
            ) => {
                if (opens.is_some() && opens_too.is_some()) || (due.is_some() && due_too.is_some())
                {
                    return None;
                }
                let both = Self::Ends {
                    opens: opens.or(opens_too),
                    due: due.or(due_too),
                    exact: exact && exact_too,
                    sort: if sort == Sort::Term { sort } else { other },
                };
                Some(both.counted_where_it_begins())
            }
            _ => None,
        }
    }

    /// `beginning July 1, 2026 for a period of one year`: the length runs from that beginning, not from where a length
    /// without one does.
    pub(super) fn counted_where_it_begins(self) -> Self {
        let Self::Ends {
            opens: Some(opens),
            due:
                Some(Edge::On(Point::Offset {
                    length,
                    direction: Direction::Forward,
                    from,
                    ..
                })),
            exact,
            sort,
        } = &self
        else {
            return self;
        };
        let begins = opens.point();
        let a_length = matches!(begins, Point::Offset { from, .. } if **from == Point::Anchor);
        if **from != Point::Anchor || a_length {
            return self;
        }
        let due = Point::Offset {
            length: length.clone(),
            direction: Direction::Forward,
            ends: match opens {
                Edge::On(_) | Edge::Until(_) => Ends::Including,
                Edge::Beyond(_) => Ends::Plain,
            },
            from: Box::new(begins.clone()),
        };
        Self::Ends {
            opens: (matches!(opens, Edge::On(_)) && is_named_as_first(begins))
                .then(|| opens.clone()),
            due: Some(Edge::On(due)),
            exact: *exact,
            sort: *sort,
        }
    }

    /// The day that it is, where it is just that day.
    pub(super) fn exact_day(&mut self) -> Option<&mut Point> {
        match self {
            Self::Ends {
                opens: None,
                due: Some(Edge::On(point)),
                exact: true,
                ..
            } => Some(point),
            _ => None,
        }
    }

    /// The day that it is, or the last day of a stretch with both ends: a year said once may belong to it.
    pub(super) fn last_of_stretch(&mut self) -> Option<&mut Point> {
        match self {
            Self::Ends {
                opens: Some(_),
                due: Some(Edge::On(point)),
                ..
            } => Some(point),
            other => other.exact_day(),
        }
    }

    pub(super) fn into_limit(self) -> Option<Limit> {
        Some(match self {
            Self::Ends {
                opens: None,
                due: Some(Edge::On(point)),
                exact: true,
                ..
            } => Limit::On(point),
            Self::Ends {
                opens, due, sort, ..
            } => Limit::Window { opens, due, sort },
            Self::Span(span, sort) => Limit::During { span, sort },
            Self::After(..) => return None,
        })
    }
}

/// A day that leaves itself out, as the day beside it.
pub(super) fn plain(edge: Edge) -> Point {
    match edge {
        Edge::On(point) | Edge::Until(point) => point,
        Edge::Beyond(point) => Point::Offset {
            length: Length(vec![(1, Unit::Day)]),
            direction: Direction::Backward,
            ends: Ends::Plain,
            from: Box::new(point),
        },
    }
}

pub(super) fn plain_forward(edge: Edge) -> Point {
    match edge {
        Edge::On(point) | Edge::Until(point) => point,
        Edge::Beyond(point) => Point::Offset {
            length: Length(vec![(1, Unit::Day)]),
            direction: Direction::Forward,
            ends: Ends::Plain,
            from: Box::new(point),
        },
    }
}
