//! Clauses to one limit: all limits of a phrase hold together.

use super::clauses::{Clause, Joint, Piece};
use super::core::Parser;
use crate::counting::Direction;
use crate::language::Refusal;
use crate::language::tree::{Edge, Ends, Every, Limit, Point, Recurrence, Sort, Span, Which};
use crate::rules::{contradictory_limits, phrase_not_understood, two_duties};
use chrono::Datelike;

impl Piece {
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
    fn counted_where_it_begins(self) -> Self {
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
                Edge::On(_) => Ends::Including,
                Edge::Beyond(_) => Ends::Plain,
            },
            from: Box::new(begins.clone()),
        };
        Self::Ends {
            // A trigger's day is where a term begins of itself.
            opens: (matches!(opens, Edge::On(_)) && begins.is_certain()).then(|| opens.clone()),
            due: Some(Edge::On(due)),
            exact: *exact,
            sort: *sort,
        }
    }

    fn into_limit(self) -> Option<Limit> {
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

impl Parser<'_> {
    /// `, whichever comes first`.
    pub(super) fn whichever_of(&mut self) -> Option<Which> {
        self.comma();
        self.eat("whichever").then_some(())?;
        self.eat("date|event|one|of?");
        self.eat("is|comes|occurs|happens|shall|falls");
        self.eat("occur|come|be");
        self.eat("to");
        self.which()
    }

    /// `whichever comes first`, after alternatives.
    pub(super) fn whichever(&mut self, clauses: &mut Vec<(Joint, Clause)>) -> bool {
        let Some(which) = self.attempt(Self::whichever_of) else {
            return false;
        };
        // A bare length among the alternatives is a day as well.
        let mut days = Vec::new();
        let mut kept = Vec::new();
        for (joint, clause) in clauses.drain(..) {
            match clause {
                Clause::Pieces(pieces) => {
                    for piece in pieces {
                        match piece {
                            Piece::Ends {
                                opens: None,
                                due: Some(edge),
                                exact,
                                sort,
                            } => days.push((edge, exact, sort)),
                            Piece::Ends {
                                opens: Some(opens),
                                due: Some(edge),
                                exact,
                                sort,
                            } => {
                                days.push((edge, exact, sort));
                                kept.push((
                                    joint,
                                    Clause::Pieces(vec![Piece::opening(Some(opens))]),
                                ));
                            }
                            other => kept.push((joint, Clause::Pieces(vec![other]))),
                        }
                    }
                }
                other => kept.push((joint, other)),
            }
        }
        let sort = if days.iter().any(|(_, _, sort)| *sort == Sort::Term) {
            Sort::Term
        } else {
            Sort::Act
        };
        if days.is_empty() {
            // Nothing to choose from before it: the earlier of the two openings.
            let edges: Vec<Point> = kept
                .drain(..)
                .filter_map(|(_, clause)| match clause {
                    Clause::Pieces(pieces) => pieces.into_iter().next(),
                    _ => None,
                })
                .filter_map(|piece| match piece {
                    Piece::Ends {
                        opens: Some(edge), ..
                    } => Some(plain(edge)),
                    _ => None,
                })
                .collect();
            clauses.push((
                Joint::None,
                Clause::Pieces(vec![Piece::opening(Some(Edge::On(Point::extreme(
                    which, edges,
                ))))]),
            ));
            return true;
        }
        let of: Vec<Point> = days.into_iter().map(|(edge, _, _)| plain(edge)).collect();
        let point = Point::extreme(which, of);
        kept.push((
            Joint::And,
            Clause::Pieces(vec![Piece::due(Edge::On(point), sort)]),
        ));
        *clauses = kept;
        true
    }
}

/// A day that leaves itself out, as the day beside it.
fn plain(edge: Edge) -> Point {
    match edge {
        Edge::On(point) => point,
        Edge::Beyond(point) => Point::Offset {
            length: crate::counting::Length(vec![(1, crate::counting::Unit::Day)]),
            direction: Direction::Backward,
            ends: Ends::Plain,
            from: Box::new(point),
        },
    }
}

/// Puts the clauses together.
pub(super) fn limit(parser: &mut Parser<'_>, clauses: Vec<(Joint, Clause)>) -> Option<Limit> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut recurrences: Vec<Recurrence> = Vec::new();
    let mut undated = None;
    for (joint, clause) in clauses {
        match clause {
            Clause::Undated(..) if !pieces.is_empty() => return not_joined(parser),
            Clause::Undated(wording, after) => undated = Some((wording, after)),
            Clause::Recurs(next) => {
                if !recurrences.is_empty() && joint != Joint::Also {
                    return two_duties(parser);
                }
                recurrences.extend(next);
            }
            Clause::Pieces(next) => pieces = join(parser, pieces, joint, next)?,
        }
    }
    if !recurrences.is_empty() {
        return recurring(parser, recurrences, pieces);
    }
    if pieces.is_empty() {
        return undated.map(|(wording, after)| Limit::Undated { wording, after });
    }
    for piece in &mut pieces {
        if let Piece::Ends {
            opens: Some(Edge::On(opens) | Edge::Beyond(opens)),
            due: Some(due),
            ..
        } = piece
        {
            *opens = of_the_same_year(opens.clone(), due.point());
        }
    }
    if pieces.iter().any(impossible) {
        parser.refusals.push(Refusal {
            rule: &contradictory_limits::RULE,
            range: 0..parser.words.len(),
            message: "the limits cannot both be kept: it opens after it is due".to_owned(),
            help: Some("exchange the two, or correct one of them".to_owned()),
        });
        return None;
    }
    let limits: Vec<Limit> = pieces
        .into_iter()
        .map(Piece::into_limit)
        .collect::<Option<_>>()?;
    if let Some(years) = parser.yearly
        && limits.iter().any(has_yearless)
    {
        return Some(Limit::Recurs(Recurrence {
            every: Every::Yearly {
                each: limits,
                years,
            },
            from: None,
            until: None,
        }));
    }
    if limits.len() == 1 {
        limits.into_iter().next()
    } else {
        Some(Limit::Several(limits))
    }
}

/// What recurs, with the days beside it: where it begins and where it ends.
fn recurring(
    parser: &mut Parser<'_>,
    mut recurrences: Vec<Recurrence>,
    pieces: Vec<Piece>,
) -> Option<Limit> {
    for piece in pieces {
        let Piece::Ends {
            opens, due, exact, ..
        } = piece
        else {
            return two_duties(parser);
        };
        for recurrence in &mut recurrences {
            match (&opens, &due) {
                (None, Some(Edge::On(point))) if exact && recurrence.from.is_none() => {
                    recurrence.from = Some(point.clone());
                }
                (opens, due) => {
                    if recurrence.from.is_none() {
                        recurrence.from = opens.clone().map(plain_forward);
                    }
                    if recurrence.until.is_none() {
                        recurrence.until.clone_from(due);
                    }
                }
            }
        }
    }
    let mut limits: Vec<Limit> = recurrences.into_iter().map(Limit::Recurs).collect();
    if limits.len() == 1 {
        limits.pop()
    } else {
        Some(Limit::Several(limits))
    }
}

/// A first day without a year, beside a last day that has one: the last such day before it.
pub(super) fn of_the_same_year(first: Point, last: &Point) -> Point {
    let Point::Day(last) = last else {
        return first;
    };
    let Point::Yearless { month, day } = first else {
        return first;
    };
    [last.year(), last.year() - 1]
        .into_iter()
        .filter_map(|year| chrono::NaiveDate::from_ymd_opt(year, month, day))
        .find(|found| found <= last)
        .map_or(first, Point::Day)
}

fn plain_forward(edge: Edge) -> Point {
    match edge {
        Edge::On(point) => point,
        Edge::Beyond(point) => Point::Offset {
            length: crate::counting::Length(vec![(1, crate::counting::Unit::Day)]),
            direction: Direction::Forward,
            ends: Ends::Plain,
            from: Box::new(point),
        },
    }
}

fn two_duties<T>(parser: &mut Parser<'_>) -> Option<T> {
    parser.refusals.push(Refusal {
        rule: &two_duties::RULE,
        range: 0..parser.words.len(),
        message: "the phrase holds the times of two duties".to_owned(),
        help: Some("write two obligations, each with its own time".to_owned()),
    });
    None
}

/// Adds a clause's pieces to those before it.
fn join(
    parser: &mut Parser<'_>,
    before: Vec<Piece>,
    joint: Joint,
    next: Vec<Piece>,
) -> Option<Vec<Piece>> {
    let (before, next) = settle_back_references(parser, before, next)?;
    if before.is_empty() {
        return Some(next);
    }
    if joint == Joint::Also {
        return Some(before.into_iter().chain(next).collect());
    }
    // `as of A and shall remain in effect through B`.
    if let (
        [
            Piece::Ends {
                opens: None,
                due: Some(first),
                exact: true,
                ..
            },
        ],
        [
            Piece::Ends {
                opens: None,
                due: Some(last),
                exact: false,
                sort: Sort::Term,
            },
        ],
    ) = (before.as_slice(), next.as_slice())
        && joint != Joint::Or
    {
        let window = Piece::window(first.clone(), last.clone(), Sort::Term);
        return Some(vec![window.counted_where_it_begins()]);
    }
    // One first day holds for each of several last days, and the other way round.
    if before.len() == next.len() || next.len() == 1 || before.len() == 1 {
        let count = before.len().max(next.len());
        let a = before.iter().cycle().take(count).cloned();
        let b = next.iter().cycle().take(count).cloned();
        let both: Option<Vec<Piece>> = a.zip(b).map(|(a, b)| a.and(b)).collect();
        if let Some(both) = both {
            return Some(both);
        }
    }
    if let ([.., last], [next]) = (before.as_slice(), next.as_slice())
        && before.len() > 1
        && let Some(both) = last.clone().and(next.clone())
    {
        let mut all = before;
        all.pop();
        all.push(both);
        return Some(all);
    }
    if let ([Piece::Ends { .. }], [Piece::Ends { .. }]) = (before.as_slice(), next.as_slice())
        && let (Some(a), Some(b)) = (before.first(), next.first())
        && let Some(piece) = same_end(parser, a, b, joint)
    {
        return Some(vec![piece]);
    }
    if joint == Joint::None {
        return not_joined(parser);
    }
    let mut all = before;
    all.extend(next);
    Some(all)
}

/// Two limits with nothing between them that says how they belong together.
fn not_joined<T>(parser: &mut Parser<'_>) -> Option<T> {
    let range = 0..parser.words.len();
    parser.complaint.get_or_insert(Refusal {
        rule: &phrase_not_understood::RULE,
        range,
        message: "two limits stand side by side with nothing that joins them".to_owned(),
        help: Some("join them with `and`, or write `the earlier of ... and ...`".to_owned()),
    });
    None
}

/// Two limits of the same end: the tighter, or the earlier of two that `or` joins; two plain days are both owed.
fn same_end(parser: &mut Parser<'_>, a: &Piece, b: &Piece, joint: Joint) -> Option<Piece> {
    let (
        Piece::Ends {
            opens: ao,
            due: ad,
            exact: ax,
            sort: asort,
        },
        Piece::Ends {
            opens: bo,
            due: bd,
            exact: bx,
            sort: bsort,
        },
    ) = (a, b)
    else {
        return None;
    };
    let both_certain = ad
        .as_ref()
        .zip(bd.as_ref())
        .is_some_and(|(a, b)| a.point().is_certain() && b.point().is_certain());
    // `within 30 days after signing, ratification`: whether it is one limit or two is not said.
    let bare = |edge: Option<&Edge>| matches!(edge, Some(Edge::On(Point::At(_))));
    if joint == Joint::And && *bx && !*ax && bare(bd.as_ref()) && ad.is_some() {
        return two_duties(parser);
    }
    // `upon signing and ratification`: when both have come about.
    if joint == Joint::And && *ax && *bx && bare(bd.as_ref()) && !both_certain {
        let (Some(a), Some(b)) = (ad, bd) else {
            return None;
        };
        parser.warn(
            0,
            "two days are named: read as the later, when both have come",
            "write `the later of ... and ...`, or two obligations",
        );
        let later = Point::extreme(Which::Later, vec![plain(a.clone()), plain(b.clone())]);
        return Some(Piece::exact(later));
    }
    if joint != Joint::Or && both_certain && ax == bx && ao.is_none() && bo.is_none() {
        return None;
    }
    if ao.is_some() && bo.is_some() && ad.is_some() && bd.is_some() {
        return None;
    }
    // A term said twice: `for a three-year period from A to B`.
    let due = match (ad, bd) {
        (Some(a), Some(b)) => {
            if joint == Joint::Or {
                let end = parser.at;
                parser.at = parser.tokens.len();
                parser.warn(
                    0,
                    "`or` without `whichever`: read as the earlier of the two",
                    "write `the earlier of ... and ...` or `the later of ... and ...`",
                );
                parser.at = end;
            }
            // A length beside a stated end says the same twice: the end is the surer.
            let said_twice = |edge: &Edge, other: &Edge| {
                matches!(edge.point(), Point::Offset { from, ends, .. }
                    if (**from == Point::Anchor && (joint != Joint::None || other.point().is_certain())) || (*ends == Ends::Including && other.point().is_certain()))
            };
            if joint != Joint::Or && said_twice(a, b) {
                Some(b.clone())
            } else if joint != Joint::Or && said_twice(b, a) {
                Some(a.clone())
            } else if joint == Joint::None {
                return None;
            } else {
                Some(Edge::On(Point::extreme(
                    Which::Earlier,
                    vec![plain(a.clone()), plain(b.clone())],
                )))
            }
        }
        (a, b) => a.clone().or(b.clone()),
    };
    let twice = joint == Joint::None && ao.is_some() && bo.is_some();
    if twice {
        return None;
    }
    let opens = match (ao, bo) {
        (Some(a), Some(b)) => Some(Edge::On(Point::extreme(
            Which::Later,
            vec![plain_forward(a.clone()), plain_forward(b.clone())],
        ))),
        (a, b) => a.clone().or(b.clone()),
    };
    Some(Piece::Ends {
        opens,
        due,
        exact: false,
        sort: if *asort == Sort::Term || *bsort == Sort::Term {
            Sort::Term
        } else {
            Sort::Act
        },
    })
}

/// `within an additional 30 days` and `30 days thereafter` go on from the limit named before them, and take its place.
fn settle_back_references(
    parser: &mut Parser<'_>,
    mut before: Vec<Piece>,
    next: Vec<Piece>,
) -> Option<(Vec<Piece>, Vec<Piece>)> {
    let mut settled = Vec::new();
    for piece in next {
        let Piece::After(length, at) = piece else {
            settled.push(piece);
            continue;
        };
        let Some(Piece::Ends {
            due: due @ Some(_), ..
        }) = before.last_mut()
        else {
            return parser.nothing_to_count_from(
                at,
                "counted after what?",
                "`within 10 days of receipt`",
            );
        };
        let from = due.take()?.point().clone();
        settled.push(Piece::due(
            Edge::On(Point::Offset {
                length,
                direction: Direction::Forward,
                ends: Ends::Plain,
                from: Box::new(from),
            }),
            Sort::Act,
        ));
    }
    // What has nothing left to say has been taken over.
    before.retain(|piece| {
        !matches!(
            piece,
            Piece::Ends {
                opens: None,
                due: None,
                ..
            }
        )
    });
    Some((before, settled))
}

/// The earliest year that the pieces name.
pub(super) fn first_year(pieces: &[Piece]) -> Option<i32> {
    let mut years = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Ends { opens, due, .. } => {
                for edge in [opens, due].into_iter().flatten() {
                    edge.point().visit(&mut |point| {
                        if let Point::Day(day) = point {
                            years.push(day.year());
                        }
                    });
                }
            }
            Piece::Span(Span::Month { year, .. }, _) => years.extend(*year),
            Piece::Span(..) | Piece::After(..) => {}
        }
    }
    years.into_iter().min()
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
                    let (Edge::On(point) | Edge::Beyond(point)) = edge;
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

/// Whether a limit speaks of a day or a month that names no year.
fn has_yearless(limit: &Limit) -> bool {
    let mut found = match limit {
        Limit::During { span, .. } => yearless_span(span),
        _ => false,
    };
    limit.visit(&mut |point| {
        found |= match point {
            Point::Yearless { .. } => true,
            Point::DayOf { span, .. } => yearless_span(span),
            _ => false,
        };
    });
    found
}

fn yearless_span(span: &Span) -> bool {
    match span {
        Span::Month { year, .. } | Span::Quarter { year, .. } | Span::WeekOf { year, .. } => {
            year.is_none()
        }
        Span::NthPeriod { within, .. } => yearless_span(within),
        Span::About(point) => matches!(point, Point::Yearless { .. }),
        _ => false,
    }
}

/// Whether the pieces speak of a day or a month that names no year.
pub(super) fn names_yearless(pieces: &[Piece]) -> bool {
    pieces
        .iter()
        .filter_map(|piece| piece.clone().into_limit())
        .any(|limit| has_yearless(&limit))
}

/// Whether a window opens after it is due, as far as the words alone say.
fn impossible(piece: &Piece) -> bool {
    let Piece::Ends {
        opens: Some(opens),
        due: Some(due),
        ..
    } = piece
    else {
        return false;
    };
    match (opens.point(), due.point()) {
        (Point::Day(first), Point::Day(last)) => first > last,
        (
            Point::Offset {
                length: a,
                direction: way,
                from,
                ..
            },
            Point::Offset {
                length: b,
                direction: other,
                from: same,
                ..
            },
        ) if way == other && from == same => {
            let (a, b) = (super::measures::days(a), super::measures::days(b));
            match way {
                Direction::Forward => a > b,
                Direction::Backward => a < b,
            }
        }
        _ => false,
    }
}
