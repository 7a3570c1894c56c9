//! Lengths and what they are counted from, as pieces: what the last says holds for those before it.

use super::bounds::{Bound, Notice, Way};
use super::core::Parser;
use super::counted::{counted, offset};
use super::lengths::Written;
use super::measures::{Measure, SideBySide};
use super::pieces::Piece;
use crate::counting::{Direction, Length, Unit};
use crate::ids::EventId;
use crate::language::Trigger;
use crate::language::token::{Kind, Token};
use crate::language::tree::{Edge, Point, Sort};

impl Parser<'_> {
    pub(super) fn settle(
        &mut self,
        start: usize,
        mut measures: Vec<Measure>,
        stand: SideBySide,
        stretch: bool,
        upon_notice: bool,
    ) -> Option<Vec<Piece>> {
        // What the last says holds for those before it that do not say it.
        let mut way = None;
        let mut points = None;
        let mut like: Option<Written> = None;
        for measure in measures.iter_mut().rev() {
            way = measure.way.or(way);
            measure.way = way;
            points = measure.points.clone().or(points);
            measure.points.clone_from(&points);
            if measure.written.is_none() {
                let mut written = like.clone()?;
                written.length = Length(vec![(measure.number, written.length.0.first()?.1)]);
                measure.written = Some(written);
            }
            like.clone_from(&measure.written);
        }
        let range = is_range(stand, &measures);
        // `upon X` is for others to read.
        if upon_notice && way.is_none_or(|way| way.notice == Notice::No) {
            return None;
        }
        let Some(way) = way else {
            if stand == SideBySide::List || stand == SideBySide::Either {
                return self.lengths_of_nothing(start, stand);
            }
            return self.without_way(start, &measures, stretch, range);
        };
        let points = match (points, way.notice) {
            (Some(points), Notice::Of) => {
                self.counted_back_as_notice(start, &measures)?;
                points
            }
            (Some(points), _) => points,
            (None, Notice::Alone) if upon_notice => {
                return self.running_from_notice(start, measures, way);
            }
            (None, Notice::Alone) => {
                self.skip_the_other_party();
                return self.nothing_to_count_from(
                    start,
                    "notice of what?",
                    "`60 days' notice before expiration`",
                );
            }
            (None, Notice::No | Notice::Of) => {
                // `30 days thereafter`, with the direction's word alone, points back; anything else is an unknown trigger.
                return None;
            }
        };
        if range {
            for point in &points {
                let _: bool = self.warn_of_two_sides(start, &measures, way, point);
            }
            return self.range(&measures, way, &points);
        }
        self.counted_from = Some((way.direction, points.clone()));
        match stand {
            SideBySide::List if !of_one_sort(&measures) => {
                return self.lengths_of_nothing(start, stand);
            }
            SideBySide::List => return listed(&measures, way, &points, stretch),
            SideBySide::Either => return self.one_of_lengths(start, &measures, way, &points),
            SideBySide::Between | SideBySide::Range => {}
        }
        points
            .iter()
            .map(|point| {
                let mut piece: Option<Piece> = None;
                let before = self.warn_of_two_sides(start, &measures, way, point);
                for measure in &measures {
                    let written = measure.written.as_ref()?;
                    let mut way = measure.way.unwrap_or(way);
                    if before {
                        way.direction = Direction::Backward;
                    }
                    let next = counted(
                        measure.bound,
                        written,
                        way,
                        point,
                        stretch,
                        measures.len() > 1,
                    );
                    piece = Some(match piece {
                        None => next,
                        Some(piece) => piece.and(next)?,
                    });
                }
                piece
            })
            .collect()
    }

    /// `upon 60 days' notice`: it opens so long after the notice.
    fn running_from_notice(
        &mut self,
        start: usize,
        measures: Vec<Measure>,
        way: Way,
    ) -> Option<Vec<Piece>> {
        self.skip_the_other_party();
        let trigger = Trigger::event(EventId::new("notice"));
        let [measure] = measures.as_slice() else {
            return self.notice_of_how_long(start);
        };
        if !matches!(measure.bound, Bound::Plain | Bound::AtLeast | Bound::Within) {
            return self.notice_of_how_long(start);
        }
        let written = measures.into_iter().next()?.written?;
        self.runs_from_notice = true;
        let opens = Some(Edge::On(offset(
            &written,
            way,
            Bound::Plain,
            Point::At(trigger),
        )));
        Some(vec![Piece::opening(opens)])
    }

    /// `upon 14 days' notice before X`: the last day on which the notice is in time. `After 14 days' notice of X` may as well
    /// run from the notice, and a longest time of notice names no day.
    fn counted_back_as_notice(&mut self, start: usize, measures: &[Measure]) -> Option<()> {
        let after = self
            .tokens
            .get(start)
            .is_some_and(|token| matches!(&token.kind, Kind::Word(word) if matches!(word.as_str(), "after" | "following")));
        let shortest = |bound| {
            matches!(
                bound,
                Bound::Plain | Bound::AtLeast | Bound::More | Bound::Latest
            )
        };
        match measures {
            _ if after => self.complain(
                start,
                "a time after a notice of something may run from the notice or back from what it tells of",
                "write `30 days after notice`, or `30 days before` what it tells of",
            ),
            [measure] if !shortest(measure.bound) => self.notice_of_how_long(start),
            _ => Some(()),
        }
    }

    /// Whether a length says that it goes on from the limit before it: `an additional 30 days`, `30 days thereafter`.
    fn said_to_go_on(&self, start: usize) -> bool {
        let said = self.tokens.get(start..self.at).unwrap_or_default();
        let is = |token: &Token, words: &[&str]| matches!(&token.kind, Kind::Word(word) if words.contains(&word.as_str()));
        said.iter().any(|token| {
            is(
                token,
                &[
                    "additional",
                    "further",
                    "next",
                    "thereafter",
                    "afterwards",
                    "afterward",
                ],
            )
        }) || said.last().is_some_and(|token| is(token, &["later"]))
    }

    /// Whether a token is joined to what stands before it.
    fn is_joined(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.is_some_and(|token| match &token.kind {
            Kind::Comma | Kind::Semicolon => true,
            Kind::Word(word) => matches!(word.as_str(), "and" | "plus" | "then"),
            _ => false,
        })
    }

    /// A length without a trigger.
    fn without_way(
        &mut self,
        start: usize,
        measures: &[Measure],
        stretch: bool,
        range: bool,
    ) -> Option<Vec<Piece>> {
        let first = measures.first()?;
        let written = first.written.as_ref()?;
        if let Some((direction, points)) = self.counted_from.clone() {
            let way = Way {
                direction,
                including: false,
                notice: Notice::No,
            };
            if matches!(
                first.bound,
                Bound::Earliest | Bound::AtLeast | Bound::AtMost | Bound::More | Bound::Less
            ) && !self.eat(words!("thereafter|later|afterwards|afterward"))
            {
                return Some(
                    points
                        .iter()
                        .map(|point| counted(first.bound, written, way, point, false, true))
                        .collect(),
                );
            }
        }
        if self.eat(words!("thereafter|later|afterwards|afterward"))
            || matches!(first.bound, Bound::Within | Bound::Latest)
            || (self.is_joined(start) && self.said_to_go_on(start))
        {
            return Some(vec![Piece::after_the_one_before(
                written.length.clone(),
                start,
                self.said_to_go_on(start),
            )]);
        }
        if self.said_to_go_on(start) {
            self.warn(
                start,
                "what it is added to is not named: read as a length of its own",
                "write the whole length, or a `[renewal]` with `for`",
            );
        }
        self.eat(words!("initial"));
        self.eat(words!(
            "pilot|trial|probationary|probation|demonstration|test"
        ));
        self.eat(words!("program|project|period|phase|basis|agreement"));
        self.eat(words!("in duration|length"));
        self.eat(words!("only"));
        let from = || Point::Anchor;
        let way = Way {
            direction: Direction::Forward,
            including: false,
            notice: Notice::No,
        };
        let both = matches!(
            (first.bound, measures.get(1).map(|second| second.bound)),
            (
                Bound::AtLeast | Bound::Earliest,
                Some(Bound::AtMost | Bound::Latest)
            )
        );
        let edge = |measure: &Measure| {
            // A length has no ends that could be clear.
            let written = Written {
                clear: false,
                ..measure.written.clone()?
            };
            // Of two ends that are both named none is a minimum alone.
            let bound = if both { Bound::Plain } else { measure.bound };
            Some(Edge::On(offset(&written, way, bound, from())))
        };
        let (opens, due) = if range || both {
            (edge(first), edge(measures.get(1)?))
        } else if matches!(first.bound, Bound::AtLeast | Bound::Earliest | Bound::More) {
            (edge(first), None)
        } else {
            (None, edge(first))
        };
        let _ = stretch;
        Some(vec![Piece::Ends {
            opens,
            due,
            exact: false,
            sort: Sort::Term,
        }])
    }

    /// `30 days or one month after X, whichever is longer`: the day that the words choose.
    fn one_of_lengths(
        &mut self,
        start: usize,
        measures: &[Measure],
        way: Way,
        points: &[Point],
    ) -> Option<Vec<Piece>> {
        let Some(which) = self.attempt(Self::whichever_of) else {
            return self.lengths_of_nothing(start, SideBySide::Either);
        };
        points
            .iter()
            .map(|point| {
                let days: Option<Vec<Point>> = measures
                    .iter()
                    .map(|measure| {
                        let way = measure.way.unwrap_or(way);
                        let written = measure.written.as_ref()?;
                        Some(offset(written, way, measure.bound, point.clone()))
                    })
                    .collect();
                let day = Point::extreme(which, days?);
                Some(Piece::due(Edge::On(day), Sort::Act))
            })
            .collect()
    }

    /// Two lengths of which the words do not say how they belong together.
    fn lengths_of_nothing<T>(&mut self, start: usize, stand: SideBySide) -> Option<T> {
        let joined = if stand == SideBySide::List {
            "and"
        } else {
            "or"
        };
        self.complain(
            start,
            format!("two lengths are joined by `{joined}`"),
            "write the one that was agreed, or `10 to 15 days`",
        )
    }

    fn range(&mut self, measures: &[Measure], way: Way, points: &[Point]) -> Option<Vec<Piece>> {
        let [a, b] = measures else { return None };
        if across(a, b) {
            return Some(around(a, b, points));
        }
        let (a, b) = (a.written.as_ref()?, b.written.as_ref()?);
        let longer_first = super::counted::days(&a.length) >= super::counted::days(&b.length);
        let (first, last) = match (way.direction, longer_first) {
            (Direction::Backward, true) | (Direction::Forward, false) => (a, b),
            _ => (b, a),
        };
        self.counted_from = Some((way.direction, points.to_vec()));
        Some(
            points
                .iter()
                .map(|point| Piece::Ends {
                    opens: Some(Edge::On(offset(first, way, Bound::Plain, point.clone()))),
                    due: Some(Edge::On(offset(last, way, Bound::Plain, point.clone()))),
                    exact: false,
                    sort: Sort::Act,
                })
                .collect(),
        )
    }
}

/// Whether two lengths are the ends of a stretch.
fn is_range(stand: SideBySide, measures: &[Measure]) -> bool {
    match (stand, measures) {
        (SideBySide::Between, [_, _]) => true,
        (SideBySide::Range, [a, b]) => {
            across(a, b)
                || matches!(
                    (a.bound, b.bound),
                    (Bound::Plain | Bound::Within, Bound::Plain)
                )
        }
        _ => false,
    }
}

/// Whether lengths are all in the same sort of days: `30 days and 5 working days` may be one after the other.
fn of_one_sort(measures: &[Measure]) -> bool {
    let open = |measure: &Measure| {
        measure
            .written
            .iter()
            .flat_map(|written| &written.length.0)
            .any(|(_, unit)| matches!(unit, Unit::Open(_)))
    };
    measures.iter().all(open) || !measures.iter().any(open)
}

/// `30, 60 and 90 days after X`: a limit each.
fn listed(measures: &[Measure], way: Way, points: &[Point], stretch: bool) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    for point in points {
        for measure in measures {
            let way = measure.way.unwrap_or(way);
            let written = measure.written.as_ref()?;
            pieces.push(counted(measure.bound, written, way, point, stretch, false));
        }
    }
    Some(pieces)
}

/// Whether one length is counted back and the other forward.
fn across(a: &Measure, b: &Measure) -> bool {
    a.way
        .zip(b.way)
        .is_some_and(|(a, b)| a.direction != b.direction)
}

/// `within 30 days before and 10 days after X`: from the one to the other.
fn around(a: &Measure, b: &Measure, points: &[Point]) -> Vec<Piece> {
    let far = |measure: &Measure, point: &Point| {
        let (written, way) = (measure.written.as_ref()?, measure.way?);
        Some(offset(written, way, Bound::Plain, point.clone()))
    };
    let back = a
        .way
        .is_some_and(|way| way.direction == Direction::Backward);
    let (first, last) = if back { (a, b) } else { (b, a) };
    points
        .iter()
        .filter_map(|point| {
            let (opens, due) = (far(first, point)?, far(last, point)?);
            Some(Piece::window(Edge::On(opens), Edge::On(due), Sort::Act))
        })
        .collect()
}
