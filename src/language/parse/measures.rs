//! Lengths that are counted from something: `no later than 30 days after X`, `not less than 60 nor more than 90 days before X`.

use super::bounds::{Bound, Notice, Way};
use super::core::Parser;
use super::lengths::Written;
use super::pieces::Piece;
use crate::language::token::Kind;
use crate::language::tree::Point;

/// The most lengths that are counted from one day: a range has two, a list of reviews a handful.
const MOST_MEASURES: usize = 12;

/// What joins a length to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joined {
    And,
    Or,
    To,
    Comma,
}

/// How several lengths stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SideBySide {
    /// `between 30 and 60 days`.
    Between,
    /// `30 to 60 days`, `not less than 30 nor more than 60 days`.
    Range,
    /// `30, 60 and 90 days`: each of them.
    List,
    /// `30 days or one month`.
    Either,
}

/// One length with what limits it.
pub(super) struct Measure {
    pub(super) bound: Bound,
    pub(super) written: Option<Written>,
    pub(super) number: u32,
    pub(super) way: Option<Way>,
    pub(super) points: Option<Vec<Point>>,
}

impl Parser<'_> {
    /// One or several lengths counted from the same days.
    pub(super) fn measures(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        self.eat_any(&[words!("at any time"), words!("for use")]);
        // `terminating upon 30 days' notice`.
        let ending = self.attempt(|p| {
            p.eat(words!("and? terminating|terminates|terminate|terminated|terminable|ending|ends|expiring|expires|cancelable|cancellable"))
                .then_some(())?;
            p.sees(words!("upon|on|with|after|following")).then_some(())
        });
        let upon_notice = self.attempt(|p| {
            // `by 14 days before X` is a limit; `by giving 14 days' notice before X` a notice.
            (p.eat(words!("with|upon|on|after|following"))
                || p.sees(words!("by giving|providing|serving")))
            .then_some(())?;
            p.eat(words!("by? giving|providing|serving|provision of?"));
            Some(())
        });
        let stretch = upon_notice.is_none()
            && (self.eat(words!("during|for")) || self.sees(words!("maximum? term|duration of")));
        self.eat(words!("maximum? term|duration of"));
        if stretch {
            self.eat(words!(
                "trial|pilot|probationary|initial|interim|evaluation|review? period|term|phase of"
            ));
        }
        let between = self.eat(words!("between"))
            // `from 90 to 60 days before X`.
            || (matches!(self.kind(1), Some(Kind::Number { .. })) && matches!(self.word(2), "to" | "through") && self.eat(words!("from")));
        let two = |p: &mut Self| {
            p.two_lengths = between;
            let measures = p.measures_side_by_side(start);
            p.two_lengths = false;
            measures.filter(|(measures, _)| measures.len() == 2 || !between)
        };
        let (measures, mut stand) = self.attempt(two).or_else(|| {
            // `between 1 year and 6 months and 2 years`.
            let found = self.measures_side_by_side(start)?;
            (found.0.len() == 2).then_some(found)
        })?;
        if measures.is_empty() {
            return None;
        }
        if between {
            stand = SideBySide::Between;
        }
        let pieces = self.settle(start, measures, stand, stretch, upon_notice.is_some())?;
        (ending.is_none() || self.runs_from_notice).then_some(pieces)
    }

    /// `at 30, 60 and 90 days after X`; of one such day alone `at` is read elsewhere.
    pub(super) fn at_several_lengths(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        self.eat(words!("at|on")).then_some(())?;
        matches!(self.kind(0), Some(Kind::Number { .. })).then_some(())?;
        let (measures, stand) = self.measures_side_by_side(start)?;
        (stand == SideBySide::List).then_some(())?;
        self.settle(start, measures, stand, false, false)
    }

    /// `not less than 60 nor more than 90 days before X`; none where a length stands there that is no measure.
    fn measures_side_by_side(&mut self, start: usize) -> Option<(Vec<Measure>, SideBySide)> {
        let negated = self.period_which();
        let mut measures: Vec<Measure> = Vec::new();
        let mut joints: Vec<Joined> = Vec::new();
        let mut negative = negated;
        loop {
            let found = match measures.last() {
                None => self
                    .attempt(|p| p.measure(&mut negative, false))
                    .map(|measure| (measure, None)),
                Some(last) => self.attempt(|p| p.other_side(last)).or_else(|| {
                    self.attempt(|p| {
                        let joined = p.joins_lengths()?;
                        let measure = p.measure(&mut negative, true)?;
                        Some((measure, Some(joined)))
                    })
                }),
            };
            let Some((measure, joined)) = found else {
                break;
            };
            joints.extend(joined);
            let settled = measure.points.is_some();
            measures.push(measure);
            if settled || measures.len() == MOST_MEASURES {
                break;
            }
        }
        let plain = measures.iter().all(|m| m.bound == Bound::Plain);
        let stand = if !plain || measures.len() < 2 || joints.contains(&Joined::To) {
            SideBySide::Range
        } else if joints.contains(&Joined::Or) {
            SideBySide::Either
        } else if joints.contains(&Joined::And) {
            SideBySide::List
        } else {
            // `60 days, 90 days after X`.
            return self.complain(
                start,
                "two lengths stand side by side with nothing that joins them",
                "join them with `and`, or write the one that was agreed",
            );
        };
        Some((measures, stand))
    }

    /// What stands between two lengths that are counted from one day.
    fn joins_lengths(&mut self) -> Option<Joined> {
        let comma = self.comma();
        if self.eat(words!("and")) {
            Some(Joined::And)
        } else if self.eat(words!("or")) {
            Some(Joined::Or)
        } else if self.eat(words!("but|to"))
            || self.eat_kind(&Kind::Dash)
            || self.sees(words!("nor"))
        {
            Some(Joined::To)
        } else {
            // `30, 60 and 90 days`.
            (comma && matches!(self.kind(0), Some(Kind::Number { .. }))).then_some(Joined::Comma)
        }
    }

    /// `before and after X`, `before or after X`: the length before it, on the other side.
    fn other_side(&mut self, last: &Measure) -> Option<(Measure, Option<Joined>)> {
        let way = last
            .way
            .filter(|way| !way.including && way.notice != Notice::Alone)?;
        let joined = self.joins_lengths()?;
        let direction = self.direction()?;
        (direction != way.direction).then_some(())?;
        let measure = Measure {
            bound: last.bound,
            written: last.written.clone(),
            number: last.number,
            way: Some(Way { direction, ..way }),
            points: Some(self.counted_from_points()?),
        };
        Some((measure, Some(joined)))
    }

    /// `a period which shall not be (more than ...)`.
    fn period_which(&mut self) -> bool {
        self.attempt(|p| {
            p.eat(words!("within|in|during"));
            p.eat(words!("period|time which|that")).then_some(())?;
            p.eat(words!("shall|must|may|is"));
            let not = p.eat(words!("not"));
            p.eat(words!("be"));
            not.then_some(())
        })
        .is_some()
    }

    fn measure(&mut self, negative: &mut bool, later: bool) -> Option<Measure> {
        let mut bound = self.bound(negative, later);
        self.eat(words!("period|window of?"));
        let mut first = false;
        if matches!(self.kind(1), Some(Kind::Number { .. })) {
            self.eat(words!("additional|further|next|last"));
            first = self.eat_ordinal(1) || self.eat(words!("initial"));
        }
        let number = match self.kind(0) {
            Some(Kind::Number { value, .. }) => *value,
            _ => 0,
        };
        // `the 30 days before X` are all of them.
        let stretch = bound == Bound::Plain && number > 1 && self.said_the();
        let written = self.length().map(|written| Written {
            period: written.period || stretch,
            ..written
        });
        if written.is_none() {
            // `not earlier than seven nor later than fifteen days`: the unit stands with the last.
            if number == 0 {
                return None;
            }
            self.advance(1);
            let goes_on = matches!(self.word(0), "nor" | "and" | "or" | "to" | "but")
                || matches!(self.kind(0), Some(Kind::Dash))
                || (matches!(self.kind(0), Some(Kind::Comma))
                    && (matches!(self.word(1), "nor" | "and" | "or" | "but")
                        || matches!(self.kind(1), Some(Kind::Number { .. }))));
            return goes_on.then_some(Measure {
                bound,
                written: None,
                number,
                way: None,
                points: None,
            });
        }
        if !self.sees(words!("or more|greater|longer|less|fewer than")) {
            if self.eat(words!("or more|greater|longer")) {
                bound = Bound::AtLeast;
            } else if self.eat(words!("or less|fewer")) {
                bound = Bound::AtMost;
            }
        }
        let mut written = written?;
        written = self.exclusion(written);
        if self.sees(words!("in advance")) && self.word(2) != "of" && self.counted_from.is_none() {
            let start = self.at;
            self.advance(2);
            return self.nothing_to_count_from(
                start,
                "in advance of what?",
                "`30 days in advance of the change`",
            );
        }
        // `the week of May 4` is that week, not a week from then.
        if number == 0 && bound == Bound::Plain && self.sees(words!("of")) {
            return None;
        }
        // `the 18-month anniversary of X` is a day.
        if self.sees(words!("anniversary|anniversaries")) {
            return None;
        }
        let before_way = self.at;
        // The day itself is the first of `the first 30 days of employment`.
        let first_of = first && self.sees(words!("of"));
        self.before_its_way();
        let from = self.sees(words!("of? time? from|beginning|starting|commencing"));
        let mut way = self.way();
        if let Some(way) = way.as_mut().filter(|_| first_of) {
            way.including = true;
        }
        let mut points = match &way {
            Some(way) => {
                let direction = way.direction;
                self.attempt(|p| Some(vec![p.near_end(direction)?]))
                    .or_else(|| self.attempt(Self::counted_from_points))
                    .or_else(|| {
                        // `30 days prior to, and no earlier than 60 days prior to, X`.
                        self.attempt(|p| {
                            (later && p.comma()).then_some(())?;
                            p.counted_from_points()
                        })
                    })
            }
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

    /// What may stand between a length and the day that it is counted from.
    fn before_its_way(&mut self) {
        // `within ten days, excluding weekends, of receipt`.
        let _: Option<()> = self.attempt(|p| {
            p.comma().then_some(())?;
            p.sees(words!("of|after|following|from|before|prior"))
                .then_some(())
        });
        self.softened();
        // `a six-month pilot program from X`, `in two weeks' time after X`: whatever it is for, it runs from X as any time does.
        let _: Option<()> = self.attempt(|p| {
            if p.eat(words!("time")) {
                return p.sees(words!("after|following|from")).then_some(());
            }
            p.eat(words!(
                "pilot|trial|probationary|probation|demonstration|test|evaluation"
            ))
            .then_some(())?;
            p.eat(words!("program|project|period|phase"));
            p.sees(words!("from")).then_some(())
        });
    }

    /// `within five days, or as soon as practicable, after X`: kept as a condition.
    fn softened(&mut self) {
        if !matches!(self.kind(0), Some(Kind::Comma)) && !self.sees(words!("or")) {
            return;
        }
        let _: Option<()> = self.attempt(|p| {
            p.comma();
            p.eat(words!("or")).then_some(())?;
            let start = p.at;
            p.undated_words()?;
            let said = p.range_from(start);
            p.comma();
            p.sees(words!("of|after|following|from|before|prior"))
                .then_some(())?;
            p.condition = Some(said);
            Some(())
        });
    }

    fn sees_far_end(&mut self) -> bool {
        let at = self.at;
        self.comma();
        let seen = self.sees(words!(
            "and? to|through|thru|until|till|ending|terminating|expiring"
        )) || matches!(self.kind(0), Some(Kind::Dash));
        self.at = at;
        seen
    }
}
