//! Lengths that are counted from something: `no later than 30 days after X`, `not less than 60 nor more than 90 days before X`.

use super::clauses::Piece;
use super::core::Parser;
use super::lengths::Written;
use crate::counting::{Direction, Length, Unit};
use crate::ids::EventId;
use crate::language::token::Kind;
use crate::language::tree::{Edge, Ends, Point, Sort};
use crate::language::{Refusal, Trigger};
use crate::rules::nothing_to_count_from;

/// How a length limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// Nothing was said: the day itself, as a last day.
    Plain,
    /// `no later than`.
    Latest,
    /// `not more than`, `up to`.
    AtMost,
    /// `within`.
    Within,
    /// `at least`.
    AtLeast,
    /// `no earlier than`.
    Earliest,
    /// `more than`.
    More,
    /// `less than`.
    Less,
}

/// One length with what limits it.
struct Measure {
    bound: Bound,
    written: Option<Written>,
    number: u32,
    way: Option<Way>,
    points: Option<Vec<Point>>,
}

/// Which way a length is counted, and whether its trigger's day counts.
#[derive(Clone, Copy)]
struct Way {
    direction: Direction,
    including: bool,
    /// `60 days' notice of X`.
    notice: bool,
}

impl Parser<'_> {
    /// One or several lengths counted from the same days.
    pub(super) fn measures(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        self.eat_any(&["at any time", "for use"]);
        let upon_notice = self.attempt(|p| {
            p.eat("with|upon|on").then_some(())?;
            p.eat("giving|provision of?");
            Some(())
        });
        let stretch = upon_notice.is_none()
            && (self.eat("during|for") || self.sees("maximum? term|duration of"));
        self.eat("maximum? term|duration of");
        let between = self.eat("between");
        let negated = self.period_which();
        let mut measures = Vec::new();
        let mut either = false;
        let mut negative = negated;
        loop {
            let later = !measures.is_empty();
            let measure = self.attempt(|p| {
                if later {
                    p.comma();
                    either |= p.sees("or");
                    let joined = p.eat("and|or|but|to") || p.eat_kind(&Kind::Dash) || p.sees("nor");
                    joined.then_some(())?;
                }
                p.measure(&mut negative, later)
            });
            let Some(measure) = measure else { break };
            let settled = measure.points.is_some();
            measures.push(measure);
            if settled {
                break;
            }
        }
        if measures.is_empty() || (between && measures.len() != 2) {
            return None;
        }
        // `10 or 15 days` is neither a range nor one of the two.
        if either
            && measures.len() > 1
            && measures.iter().all(|measure| measure.bound == Bound::Plain)
        {
            return self.complain(
                start,
                "two lengths are joined by `or`",
                "write the one that was agreed, or `10 to 15 days`",
            );
        }
        let pieces = self.settle(start, measures, between, stretch, upon_notice.is_some())?;
        Some(pieces)
    }

    /// `a period which shall not be (more than ...)`.
    fn period_which(&mut self) -> bool {
        self.attempt(|p| {
            p.eat("within|in|during");
            p.eat("period|time which|that").then_some(())?;
            p.eat("shall|must|may|is");
            let not = p.eat("not");
            p.eat("be");
            not.then_some(())
        })
        .is_some()
    }

    fn measure(&mut self, negative: &mut bool, later: bool) -> Option<Measure> {
        let mut bound = self.bound(negative, later);
        self.eat("period of?");
        let mut first = false;
        if matches!(self.kind(1), Some(Kind::Number { .. })) {
            self.eat("additional|further|next|last");
            first = self.eat_ordinal(1) || self.eat("initial");
        }
        let number = match self.kind(0) {
            Some(Kind::Number { value, .. }) => *value,
            _ => 0,
        };
        let written = self.length();
        if written.is_none() {
            // `not earlier than seven nor later than fifteen days`: the unit stands with the last.
            if number == 0 {
                return None;
            }
            self.advance(1);
            let goes_on = matches!(self.word(0), "nor" | "and" | "or" | "to" | "but")
                || matches!(self.kind(0), Some(Kind::Dash));
            return goes_on.then_some(Measure {
                bound,
                written: None,
                number,
                way: None,
                points: None,
            });
        }
        if !self.sees("or more|greater|longer|less|fewer than") {
            if self.eat("or more|greater|longer") {
                bound = Bound::AtLeast;
            } else if self.eat("or less|fewer") {
                bound = Bound::AtMost;
            }
        }
        let mut written = written?;
        written = self.exclusion(written);
        if self.sees("in advance") && self.word(2) != "of" && self.counted_from.is_none() {
            let start = self.at;
            self.advance(2);
            return self.nothing_to_count_from(
                start,
                "in advance of what?",
                "`30 days in advance of the change`",
            );
        }
        // `the week of May 4` is that week, not a week from then.
        if number == 0 && bound == Bound::Plain && self.sees("of") {
            return None;
        }
        let before_way = self.at;
        // The day itself is the first of `the first 30 days of employment`.
        let first_of = first && self.sees("of");
        let from = self.sees("of? time? from|beginning|starting|commencing");
        let mut way = self.way();
        if let Some(way) = way.as_mut().filter(|_| first_of) {
            way.including = true;
        }
        let mut points = match &way {
            Some(_) => self.attempt(Self::counted_from_points),
            None => None,
        };
        // `for a three-year period from A to B` says its length and then its ends.
        if from && points.is_some() && self.sees_far_end() {
            self.at = before_way;
            way = None;
            points = None;
        }
        if points.is_some() {
            written = self.exclusion(written);
        }
        Some(Measure {
            bound,
            written: Some(written),
            number,
            way,
            points,
        })
    }

    fn sees_far_end(&mut self) -> bool {
        let at = self.at;
        self.comma();
        let seen = self.sees("and? to|through|thru|until|till|ending|terminating|expiring")
            || matches!(self.kind(0), Some(Kind::Dash));
        self.at = at;
        seen
    }

    fn bound(&mut self, negative: &mut bool, later: bool) -> Bound {
        let mut denied = *negative;
        if self.eat("in no event|case") || self.eat("nor") {
            denied = true;
        }
        let bound = if self.eat("by? no|not later than") {
            denied = true;
            Bound::Latest
        } else if self.eat("no|not earlier|sooner than") {
            denied = true;
            Bound::Earliest
        } else if self.eat("no|not more|longer|greater than") {
            denied = true;
            Bound::AtMost
        } else if self.eat_any(&[
            "not to exceed",
            "not exceeding",
            "up to and? including?",
            "at most",
            "at? maximum of?",
            "as long as",
        ]) {
            Bound::AtMost
        } else if self.eat("no|not less|fewer than") {
            denied = true;
            Bound::AtLeast
        } else if self.eat_any(&["at least", "at? minimum of?", "not under"]) {
            Bound::AtLeast
        } else if self.eat("more|longer|greater than") {
            if denied { Bound::AtMost } else { Bound::More }
        } else if self.eat("less|fewer than") {
            if denied { Bound::AtLeast } else { Bound::Less }
        } else if denied && self.eat("later than") {
            Bound::Latest
        } else if denied && self.eat("earlier|sooner than") {
            Bound::Earliest
        } else if self.eat("within|inside of?") {
            Bound::Within
        } else if self.eat("on or before|at") || self.eat("by") {
            Bound::Latest
        } else {
            self.eat("exactly");
            Bound::Plain
        };
        // `not less than 60 days or more than 90 days`: the `not` reaches both.
        *negative = denied && (later || !matches!(bound, Bound::Plain));
        bound
    }

    /// `after`, `before`, `prior written notice of`, `beginning on`.
    fn way(&mut self) -> Option<Way> {
        let notice = self
            .attempt(|p| {
                p.eat("prior|advance|advanced");
                p.eat("written");
                p.eat("prior|advance|advanced");
                p.eat("notice|notification|warning").then_some(())
            })
            .is_some();
        if notice {
            let direction = self.attempt(|p| {
                p.eat("of").then_some(Direction::Backward).or_else(|| {
                    p.direction()
                        .filter(|direction| *direction == Direction::Backward)
                })
            });
            return Some(Way {
                direction: direction.unwrap_or(Direction::Forward),
                including: false,
                notice: direction.is_none(),
            });
        }
        if self.eat("beginning|starting|commencing|effective on|with|from|upon?")
            || self.eat("running from")
        {
            return Some(Way {
                direction: Direction::Forward,
                including: true,
                notice: false,
            });
        }
        if self.eat("including|inclusive of? date|day of") {
            return Some(Way {
                direction: Direction::Forward,
                including: true,
                notice: false,
            });
        }
        if self.eat("preceding|before and including") {
            return Some(Way {
                direction: Direction::Backward,
                including: true,
                notice: false,
            });
        }
        let direction = self.direction()?;
        Some(Way {
            direction,
            including: false,
            notice: false,
        })
    }

    fn settle(
        &mut self,
        start: usize,
        mut measures: Vec<Measure>,
        between: bool,
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
        let range = measures.len() == 2
            && (between
                || matches!(
                    (measures.first()?.bound, measures.get(1)?.bound),
                    (Bound::Plain | Bound::Within, Bound::Plain)
                ));
        // `upon X` is for others to read.
        if upon_notice && !way.is_some_and(|way| way.notice) {
            return None;
        }
        let Some(way) = way else {
            return self.without_way(start, &measures, stretch, range);
        };
        let points = match (points, way.notice) {
            (Some(points), _) => points,
            (None, true) if upon_notice => {
                self.skip_the_other_party();
                let trigger = Trigger::event(EventId::new("notice"));
                let [measure] = measures.as_slice() else {
                    return self.notice_of_how_long(start);
                };
                if !matches!(measure.bound, Bound::Plain | Bound::AtLeast | Bound::Within) {
                    return self.notice_of_how_long(start);
                }
                let written = measures.into_iter().next()?.written?;
                let opens = Some(Edge::On(offset(
                    &written,
                    way,
                    Bound::Plain,
                    Point::At(trigger),
                )));
                return Some(vec![Piece::opening(opens)]);
            }
            (None, true) => {
                self.skip_the_other_party();
                return self.nothing_to_count_from(
                    start,
                    "notice of what?",
                    "`60 days' notice of the change`",
                );
            }
            (None, false) => {
                // `30 days thereafter`, with the direction's word alone, points back; anything else is an unknown trigger.
                return None;
            }
        };
        if range {
            return self.range(&measures, way, &points);
        }
        self.counted_from = Some((way.direction, points.clone()));
        points
            .iter()
            .map(|point| {
                let mut piece: Option<Piece> = None;
                for measure in &measures {
                    let written = measure.written.as_ref()?;
                    let next = counted(
                        measure.bound,
                        written,
                        measure.way.unwrap_or(way),
                        point,
                        stretch,
                        measures.len() > 1,
                    );
                    piece = Some(match piece {
                        None => next,
                        Some(piece) => piece.and(next)?,
                    });
                }
                self.warn_of_two_sides(start, &measures, way, point);
                piece
            })
            .collect()
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
                notice: false,
            };
            if matches!(
                first.bound,
                Bound::Earliest | Bound::AtLeast | Bound::AtMost | Bound::More | Bound::Less
            ) && !self.eat("thereafter|later|afterwards|afterward")
            {
                return Some(
                    points
                        .iter()
                        .map(|point| counted(first.bound, written, way, point, false, true))
                        .collect(),
                );
            }
        }
        if self.eat("thereafter|later|afterwards|afterward")
            || matches!(first.bound, Bound::Within | Bound::Latest)
        {
            return Some(vec![Piece::after_the_one_before(
                written.length.clone(),
                start,
            )]);
        }
        self.eat("initial");
        self.eat("pilot|trial|probationary|probation|demonstration|test");
        self.eat("program|project|period|phase|basis|agreement");
        let from = || Point::Anchor;
        let way = Way {
            direction: Direction::Forward,
            including: false,
            notice: false,
        };
        let edge = |measure: &Measure| {
            // A length has no ends that could be clear.
            let written = Written {
                clear: false,
                ..measure.written.clone()?
            };
            Some(Edge::On(offset(&written, way, measure.bound, from())))
        };
        let (opens, due) = if range {
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

    fn range(&mut self, measures: &[Measure], way: Way, points: &[Point]) -> Option<Vec<Piece>> {
        let [a, b] = measures else { return None };
        let (a, b) = (a.written.as_ref()?, b.written.as_ref()?);
        let longer_first = days(&a.length) >= days(&b.length);
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

    /// `within 90 days of expiration`: before or after?
    fn warn_of_two_sides(&mut self, start: usize, measures: &[Measure], way: Way, point: &Point) {
        let within = measures
            .iter()
            .any(|m| matches!(m.bound, Bound::Within | Bound::AtMost | Bound::Latest));
        if !within || way.direction == Direction::Backward || !self.said_of(start) {
            return;
        }
        let Point::At(trigger) = point else { return };
        let name = trigger.to_string();
        let ahead = [
            "expiration",
            "birthday",
            "hearing",
            "meeting",
            "election",
            "anniversary",
        ]
        .iter()
        .any(|word| name.contains(word));
        if ahead {
            self.warn(
                start,
                format!("`of {name}` may be before it or after it: read as after"),
                format!("write `after {name}` or `before {name}`"),
            );
        }
    }

    /// Whether the length was joined to its trigger by `of`.
    fn said_of(&self, start: usize) -> bool {
        self.tokens
            .get(start..self.at)
            .unwrap_or_default()
            .windows(2)
            .any(|pair| {
                let is = |at: usize, words: &[&str]| {
                    matches!(pair.get(at).map(|t| &t.kind), Some(Kind::Word(w)) if words.contains(&w.as_str()))
                };
                is(1, &["of"]) && is(0, &["days", "day", "months", "month", "weeks", "week", "years", "year", "hours"])
            })
    }

    fn skip_the_other_party(&mut self) {
        let _: Option<()> = self.attempt(|p| {
            p.eat("to|by|from").then_some(())?;
            p.eat("other|either|each|all|both");
            p.eat("party|parties|side|union|employer|county|city|district")
                .then_some(())
        });
    }

    /// `with less than 14 days' notice` names no first day and no last.
    fn notice_of_how_long<T>(&mut self, start: usize) -> Option<T> {
        self.complain(
            start,
            "a longest time of notice names no day",
            "write the shortest time, as in `with at least 30 days' notice`, or put the words in `when`",
        )
    }

    pub(super) fn nothing_to_count_from<T>(
        &mut self,
        start: usize,
        message: &str,
        example: &str,
    ) -> Option<T> {
        let range = self.range_from(start);
        self.complaint.get_or_insert(Refusal {
            rule: &nothing_to_count_from::RULE,
            range,
            message: message.to_owned(),
            help: Some(format!("name what it is counted from: {example}")),
        });
        None
    }
}

/// One length, counted from one day, as a piece of a limit.
fn counted(
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
        (Direction::Backward, Bound::Plain) if stretch => (Some(edge()), Some(here())),
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
    // `beginning on January 31` names the first day of a term; a trigger's day is where the term begins of itself.
    let begins = way.including
        && way.direction == Direction::Forward
        && opens.is_none()
        && !limits
        && point.is_certain()
        && !matches!(point, Point::Anchor);
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

fn offset(written: &Written, way: Way, bound: Bound, from: Point) -> Point {
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
