//! Joins a limit to the limits before it: the tighter of two of one end, or both.

use super::core::Parser;
use super::pieces::{Joint, Piece, plain, plain_forward};
use super::said_twice::{TwoEnds, length_beside_end};
use super::years::names_yearless;
use crate::counting::{Direction, Length};
use crate::language::token::Kind;
use crate::language::tree::{Edge, Ends, Period, Point, Sort, Span, Which};
use crate::language::{Refusal, Wording};
use crate::rules::{nothing_to_count_from, phrase_not_understood, two_duties};

/// Adds a clause's pieces to those before it.
pub(super) fn join(
    parser: &mut Parser<'_>,
    before: Vec<Piece>,
    joint: Joint,
    next: Vec<Piece>,
) -> Option<Vec<Piece>> {
    let (before, next) = settle_back_references(parser, before, joint, next)?;
    if before.is_empty() {
        return Some(next);
    }
    if next.is_empty() {
        return Some(before);
    }
    may_stand_together(parser, &before, joint, &next)?;
    if joint == Joint::Or
        && let Some(one) = one_of_them_all(parser, &before, &next)
    {
        return Some(vec![one]);
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

/// Refuses what stands side by side without saying how it belongs together.
fn may_stand_together(
    parser: &mut Parser<'_>,
    before: &[Piece],
    joint: Joint,
    next: &[Piece],
) -> Option<()> {
    // `May 1 following ratification`: what follows belongs to the day, and is no limit beside it.
    if let (
        [Piece::Ends { exact: true, .. }],
        [
            Piece::Ends {
                opens: Some(Edge::Beyond(_)),
                due: None,
                ..
            },
        ],
    ) = (before, next)
        && joint == Joint::None
    {
        return not_joined(parser);
    }
    // In `January 1 and July 1, 2026 and 2027` the year belongs to days, and is no year of its own.
    let days = |piece: &Piece| matches!(piece, Piece::Ends { exact: true, .. });
    let month = |piece: &Piece| matches!(piece, Piece::Span(Span::Month { .. }, _));
    if let [Piece::Span(Span::Year(Period::Year, _), _)] = next
        && before.iter().all(|piece| days(piece) || month(piece))
    {
        return not_joined(parser);
    }
    // `effective upon ratification and July 1, 2027`: two days on which something begins are no window.
    if let (
        [
            Piece::Ends {
                opens: Some(Edge::On(_)),
                due: None,
                ..
            },
        ],
        [
            Piece::Ends {
                opens: None,
                due: Some(Edge::On(day)),
                exact: true,
                ..
            },
        ],
        Joint::And,
    ) = (before, next, joint)
        && day.is_certain()
    {
        return parser.complain(
            0,
            "it is not said whether the second day is a first day or a last",
            "write `through` before a last day, or two obligations",
        );
    }
    // In `the 1st and 15th of June and July 2026` the days belong to both months.
    if next.iter().all(month)
        && before.len() > 1
        && !before.iter().all(month)
        && names_yearless(before)
    {
        return not_joined(parser);
    }
    // `on or about June 1 and December 1, 2026`: whether both are left open is not said.
    if let ([Piece::Span(Span::About(_), _)], Joint::And) = (before, joint)
        && next.iter().all(days)
    {
        return parser.complain(
            0,
            "it is not said whether the second day is left open as the first is",
            "write `on or about` before each of them",
        );
    }
    // `October or November`: whether they are a choice or one stretch is not said.
    let stretch = |piece: &Piece| matches!(piece, Piece::Span(..));
    if joint == Joint::Or && before.iter().chain(next).any(stretch) {
        return parser.complain(
            0,
            "two stretches of days are joined by `or`",
            "write `through` between the first and the last, or the one that was agreed",
        );
    }
    Some(())
}

/// Two limits with nothing between them that says how they belong together.
pub(super) fn not_joined<T>(parser: &mut Parser<'_>) -> Option<T> {
    let start = parser.unjoined.and_then(|at| parser.tokens.get(at));
    let range = start.map_or(0, |token| token.range.start)..parser.words.len();
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
    if joint == Joint::And && *ax && *bx && bare(bd.as_ref()) && !both_certain {
        return Some(when_both_have_come(parser, ad.as_ref()?, bd.as_ref()?));
    }
    let beside = joint != Joint::Or && joint != Joint::But;
    if beside && both_certain && ax == bx && ao.is_none() && bo.is_none() {
        return None;
    }
    if ao.is_some() && bo.is_some() && ad.is_some() && bd.is_some() {
        return None;
    }
    if let (None, None, Some(a), Some(b)) = (ao, bo, ad, bd)
        && (joint == Joint::And && on_either_side(a.point(), b.point())
            || joint == Joint::Or && *asort == Sort::Act && counted_from_nothing(parser, a, b))
    {
        return None;
    }
    let due = match (ad, bd) {
        (Some(a), Some(b)) => {
            let which = match joint {
                Joint::Or => earlier_of_two(parser),
                _ => Which::Earlier,
            };
            let opens = bo.as_ref().or(ao.as_ref());
            // `a three-year agreement, July 1, 2026 to June 30, 2029`: the length is that of the days beside it.
            let bsort = match (ao, bo) {
                (None, Some(_)) => Sort::Term,
                _ => *bsort,
            };
            let ends = [(a, *asort, *ax), (b, bsort, *bx)];
            match length_beside_end(parser, opens, ends, joint) {
                Some(TwoEnds::Refused) => return None,
                Some(TwoEnds::SaidTwice(end)) => Some(end),
                None if joint == Joint::None => return None,
                Some(TwoEnds::Together) | None => {
                    if joint == Joint::And && (*ax || *bx || counted_from_two(a, b)) {
                        warn_of_both(parser);
                    }
                    let one = Point::extreme(which, vec![plain(a.clone()), plain(b.clone())]);
                    Some(match (a, b) {
                        (Edge::Until(_), Edge::Until(_)) => Edge::Until(one),
                        _ => Edge::On(one),
                    })
                }
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

/// `upon signing and ratification`: when both have come about.
fn when_both_have_come(parser: &mut Parser<'_>, a: &Edge, b: &Edge) -> Piece {
    parser.warn(
        0,
        "two days are named: read as the later, when both have come",
        "write `the later of ... and ...`, or two obligations",
    );
    let which = if parser.in_doubt(Wording::BothOfTwo) {
        Which::Earlier
    } else {
        Which::Later
    };
    Piece::exact(Point::extreme(
        which,
        vec![plain(a.clone()), plain(b.clone())],
    ))
}

/// `June 30, July 1, or July 2`: one of them all; beside `and` nothing says which belong together.
fn one_of_them_all(parser: &mut Parser<'_>, before: &[Piece], next: &[Piece]) -> Option<Piece> {
    let and = Kind::Word("and".to_owned());
    if before.len() < 2 || parser.tokens.iter().any(|token| token.kind == and) {
        return None;
    }
    let day = |piece: &Piece| match piece {
        Piece::Ends {
            opens: None,
            due: Some(Edge::On(point)),
            exact: true,
            ..
        } => Some(point.clone()),
        _ => None,
    };
    let days: Vec<Point> = before.iter().chain(next).map(day).collect::<Option<_>>()?;
    let which = earlier_of_two(parser);
    Some(Piece::exact(Point::extreme(which, days)))
}

/// `within 30 days after signing or 60 days`: what the second is counted from is not said.
fn counted_from_nothing(parser: &mut Parser<'_>, a: &Edge, b: &Edge) -> bool {
    let bare =
        |edge: &Edge| matches!(edge.point(), Point::Offset { from, .. } if **from == Point::Anchor);
    let nothing = bare(b) && !bare(a);
    if nothing {
        parser.refusals.push(Refusal {
            rule: &nothing_to_count_from::RULE,
            range: 0..parser.words.len(),
            message: "the length after `or` is counted after what?".to_owned(),
            help: Some("name what it is counted from: `or 60 days after ratification`".to_owned()),
        });
    }
    nothing
}

/// Whether two days are counted from one, the one back and the other forward.
fn on_either_side(a: &Point, b: &Point) -> bool {
    matches!(
        (a, b),
        (
            Point::Offset { direction: way, from, .. },
            Point::Offset { direction: other, from: same, .. },
        ) if way != other && from == same
    )
}

/// Says that each of two limits may be owed by itself.
fn warn_of_both(parser: &mut Parser<'_>) {
    parser.warn(
        0,
        "two limits are joined by `and`: read as holding together, so as the earlier of the two",
        "write `the earlier of ... and ...`, or an obligation for each",
    );
}

/// Whether two last days are counted forward from two different days: each may be owed by itself.
fn counted_from_two(a: &Edge, b: &Edge) -> bool {
    match (a.point(), b.point()) {
        (
            Point::Offset {
                direction: Direction::Forward,
                from: a,
                ..
            },
            Point::Offset {
                direction: Direction::Forward,
                from: b,
                ..
            },
        ) => a != b && **a != Point::Anchor && **b != Point::Anchor,
        _ => false,
    }
}

/// `A or B` without `whichever`: the earlier, said in a warning; under the other reading, the later.
fn earlier_of_two(parser: &mut Parser<'_>) -> Which {
    let end = std::mem::replace(&mut parser.at, parser.tokens.len());
    parser.warn(
        0,
        "`or` without `whichever`: read as the earlier of the two",
        "write `the earlier of ... and ...` or `the later of ... and ...`",
    );
    parser.at = end;
    if parser.in_doubt(Wording::EitherOfTwo) {
        Which::Later
    } else {
        Which::Earlier
    }
}

/// `within an additional 30 days` and `30 days thereafter` go on from the limit named before them, and take its place.
fn settle_back_references(
    parser: &mut Parser<'_>,
    mut before: Vec<Piece>,
    joint: Joint,
    next: Vec<Piece>,
) -> Option<(Vec<Piece>, Vec<Piece>)> {
    let mut settled = Vec::new();
    for piece in next {
        let Piece::After(length, at, goes_on) = piece else {
            settled.push(piece);
            continue;
        };
        if !goes_on && let Some(piece) = beside(parser, before.last(), joint, &length, at) {
            settled.push(piece);
            continue;
        }
        if joint == Joint::Or {
            return parser.nothing_to_count_from(
                at,
                "counted after what?",
                "`within 10 days of signing`",
            );
        }
        // `after the hearing, within 30 days`.
        if let Some(Piece::Ends {
            opens: opens @ Some(Edge::Beyond(_)),
            due: None,
            ..
        }) = before.last_mut()
        {
            let from = opens.take()?.point().clone();
            settled.push(Piece::due(
                Edge::On(Point::Offset {
                    length,
                    direction: Direction::Forward,
                    ends: Ends::Plain,
                    from: Box::new(from),
                }),
                Sort::Act,
            ));
            continue;
        }
        // `effective August 5, 2023 and lasting for 90 days thereafter`.
        if let Some(Piece::Ends {
            opens: Some(Edge::On(first)),
            due: due @ None,
            sort,
            ..
        }) = before.last_mut()
        {
            *sort = Sort::Term;
            *due = Some(Edge::On(Point::Offset {
                length,
                direction: Direction::Forward,
                ends: Ends::Plain,
                from: Box::new(first.clone()),
            }));
            continue;
        }
        let Some(Piece::Ends {
            due: due @ Some(_), ..
        }) = before.last_mut()
        else {
            return parser.nothing_to_count_from(
                at,
                "counted after what?",
                "`within 10 days of signing`",
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

/// `within 30 days after receipt, but no later than 45 days`, `no sooner than 30 days after receipt and no later than 60 days`:
/// what caps a limit is counted from where that is.
fn beside(
    parser: &Parser<'_>,
    before: Option<&Piece>,
    joint: Joint,
    length: &Length,
    at: usize,
) -> Option<Piece> {
    let said = |ahead: usize, words: &[&str]| matches!(parser.tokens.get(at + ahead).map(|token| &token.kind), Some(Kind::Word(word)) if words.contains(&word.as_str()));
    let in_no_event =
        said(0, &["in"]) && said(1, &["no"]) || said(0, &["no"]) && said(1, &["event", "case"]);
    let edge = match before? {
        Piece::Ends {
            opens: Some(opens),
            due: None,
            ..
        } => opens,
        Piece::Ends { due: Some(due), .. } if joint == Joint::But || in_no_event => due,
        _ => return None,
    };
    let Point::Offset {
        direction, from, ..
    } = edge.point()
    else {
        return None;
    };
    (**from != Point::Anchor).then(|| {
        Piece::due(
            Edge::On(Point::Offset {
                length: length.clone(),
                direction: *direction,
                ends: Ends::Plain,
                from: from.clone(),
            }),
            Sort::Act,
        )
    })
}

/// Whether a window opens after it is due, as far as the words alone say.
pub(super) fn impossible(piece: &Piece) -> bool {
    let Piece::Ends {
        opens: Some(opens),
        due: Some(due),
        ..
    } = piece
    else {
        return false;
    };
    match (opens.point(), due.point()) {
        (Point::Day(first), Point::Day(last)) => {
            let (mut first, mut last) = (Some(*first), Some(*last));
            if matches!(opens, Edge::Beyond(_)) {
                first = first.and_then(|day| day.succ_opt());
            }
            if matches!(due, Edge::Beyond(_)) {
                last = last.and_then(|day| day.pred_opt());
            }
            first > last
        }
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
            let (a, b) = (super::counted::days(a), super::counted::days(b));
            match way {
                Direction::Forward => a > b,
                Direction::Backward => a < b,
            }
        }
        _ => false,
    }
}

pub(super) fn two_duties<T>(parser: &mut Parser<'_>) -> Option<T> {
    let refusal = Refusal {
        rule: &two_duties::RULE,
        range: 0..parser.words.len(),
        message: "the phrase holds the times of two duties".to_owned(),
        help: Some("write two obligations, each with its own time".to_owned()),
    };
    parser.complaint.get_or_insert(refusal.clone());
    parser.refusals.push(refusal);
    None
}
