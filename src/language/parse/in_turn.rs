//! Lengths that are counted one after the other, and days that are called by their number: `10 days, then 1 month after X`,
//! `between the 90th and the 60th day before X`.

use super::bounds::{Bound, Notice, Way};
use super::core::Parser;
use super::counted::offset;
use super::lengths::Written;
use super::measures::{Measure, SideBySide};
use super::pieces::Piece;
use crate::counting::{Length, Unit};
use crate::language::token::Kind;

impl Parser<'_> {
    /// `within 10 days and then 1 month after X`: in the order in which they are said.
    pub(super) fn in_turn(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        let bound = self.bound(&mut false, false);
        let mut lengths = vec![self.length()?];
        while let Some(next) = self.attempt(|p| {
            p.comma();
            p.eat(words!("and|plus"));
            (p.eat(words!("then")) || p.eat(words!("followed by"))).then_some(())?;
            p.length()
        }) {
            lengths.push(next);
        }
        let last = lengths.pop().filter(|_| !lengths.is_empty())?;
        let way = self.way().filter(|way| way.notice != Notice::Alone)?;
        let points = self.attempt(Self::counted_from_points)?;
        let after_the_first = Way {
            including: false,
            ..way
        };
        let points = points
            .into_iter()
            .map(|point| {
                let mut ways = std::iter::once(way).chain(std::iter::repeat(after_the_first));
                lengths.iter().fold(point, |point, written| {
                    let way = ways.next().unwrap_or(after_the_first);
                    offset(written, way, Bound::Plain, point)
                })
            })
            .collect();
        let measure = Measure {
            bound,
            written: Some(last),
            number: 0,
            way: Some(after_the_first),
            points: Some(points),
        };
        self.settle(start, vec![measure], SideBySide::Range, false, false)
    }

    /// `the period commencing 120 days and ending 90 days before X`.
    pub(super) fn period_by_its_ends(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        self.eat(words!("for|during|within? period|window"));
        self.eat(words!("beginning|commencing|starting|opening"))
            .then_some(())?;
        let first = self.length()?;
        self.direction();
        self.comma();
        self.eat(words!("and? ending|concluding|closing"))
            .then_some(())?;
        let last = self.length()?;
        let way = self.way().filter(|way| way.notice == Notice::No)?;
        let points = self.attempt(Self::counted_from_points)?;
        let measure = |written| Measure {
            bound: Bound::Plain,
            written: Some(written),
            number: 0,
            way: Some(way),
            points: Some(points.clone()),
        };
        let both = vec![measure(first), measure(last)];
        self.settle(start, both, SideBySide::Between, false, false)
    }

    /// `no earlier than the 120th nor later than the 90th day before X`.
    pub(super) fn numbered_days(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        let mut stand = if self.eat(words!("between")) {
            SideBySide::Between
        } else {
            SideBySide::Range
        };
        if stand == SideBySide::Range {
            self.eat(words!("on|at"));
        }
        let mut negative = false;
        let mut measures = Vec::new();
        for later in [false, true] {
            if later {
                self.comma();
                let and = self.eat(words!("and"));
                (and || self.eat(words!("but|to")) || self.sees(words!("nor"))).then_some(())?;
                // `the 30th and 60th days after X` are two days.
                let plain = matches!(self.kind(0), Some(Kind::Ordinal(_)))
                    && measures.iter().all(|m: &Measure| m.bound == Bound::Plain);
                if and && plain && stand == SideBySide::Range {
                    stand = SideBySide::List;
                }
            }
            let bound = self.bound(&mut negative, later);
            let Some(&Kind::Ordinal(number)) = self.kind(0) else {
                return None;
            };
            self.advance(1);
            let unit = if let Some(kind) = self.open_day() {
                Some(Unit::Open(kind))
            } else {
                self.eat(words!("calendar? day|days")).then_some(Unit::Day)
            };
            measures.push(Measure {
                bound,
                written: unit.map(|unit| Written {
                    length: Length(vec![(number, unit)]),
                    clear: false,
                    calendar: false,
                    period: false,
                }),
                number,
                way: None,
                points: None,
            });
        }
        let last = measures.last_mut().filter(|last| last.written.is_some())?;
        last.way = Some(self.way().filter(|way| way.notice != Notice::Alone)?);
        last.points = Some(self.attempt(Self::counted_from_points)?);
        self.settle(start, measures, stand, false, false)
    }
}
