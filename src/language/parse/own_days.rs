//! Limits in an office's own periods: `in the first two pay periods of each month`, `for six pay periods following X`.

use super::bounds::Bound;
use super::core::Parser;
use super::own_periods::{first_of_own, nth_span};
use super::pay::is_pay;
use super::pieces::Piece;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Edge, Period, Place, Point, Sort, Span};

impl Parser<'_> {
    /// Pay periods with nothing that limits them: the first day of each. `for` and `during` ask for all of their days.
    pub(super) fn own_days(&mut self) -> Option<Vec<Piece>> {
        let term = self.eat(words!("for|throughout|over"));
        let during = !term && self.eat(words!("during|within"));
        if term || during {
            self.eat(words!("period of"));
            let nths = self.attempt(Self::so_many_periods)?;
            return Some(vec![nths.window(if term { Sort::Term } else { Sort::Act })]);
        }
        let mut negative = false;
        let bound = self.attempt(|p| {
            let bound = p.bound(&mut negative, false);
            matches!(bound, Bound::AtLeast | Bound::AtMost).then_some(bound)
        });
        if let Some(bound) = bound {
            let Some(Kind::Number { .. }) = self.kind(0) else {
                return None;
            };
            return Some(vec![limited_by(bound, self.nth_period()?)]);
        }
        self.eat(words!("in|on|upon|with|at|as of?"));
        let mut spans = self.own_days_list()?;
        while let Some(more) = self.attempt(|p| {
            let comma = p.comma();
            (p.eat(words!("and")) || comma).then_some(())?;
            p.eat(words!("in|on|upon|with|at"));
            p.own_days_list()
        }) {
            spans.extend(more);
        }
        Some(
            spans
                .into_iter()
                .map(|span| Piece::exact(first_of_own(span)))
                .collect(),
        )
    }

    fn own_days_list(&mut self) -> Option<Vec<Span>> {
        let spans = self.attempt(Self::nth_periods).or_else(|| {
            let span = self
                .attempt(Self::own_span)
                .or_else(|| self.attempt(|p| p.holding(false)))?;
            Some(vec![span])
        })?;
        spans.iter().all(is_pay).then_some(spans)
    }

    /// `six pay periods following X`, `the first three pay periods`: all of them together.
    fn so_many_periods(&mut self) -> Option<SoMany> {
        let nths = self.nths()?;
        let &count = nths.list.last()?;
        (nths.counted || nths.list.len() > 1).then_some(())?;
        self.eat(words!("full|complete|entire|whole|consecutive|additional"));
        let unit = match self.year_period() {
            Some(Period::Year) => return None,
            Some(year) => year,
            None => self.own_period()?,
        };
        let place = match self.places(false) {
            Some(places) => places.into_iter().next()?,
            None => Place::After(Point::Anchor),
        };
        Some(SoMany { count, unit, place })
    }
}

/// So many periods in a row.
struct SoMany {
    count: u32,
    unit: Period,
    place: Place,
}

impl SoMany {
    fn window(self, sort: Sort) -> Piece {
        let nth =
            |nth, day| Point::in_span(day, nth_span(nth, self.unit, false, self.place.clone()));
        Piece::window(
            Edge::On(nth(1, DayIn::Nth(1))),
            Edge::On(nth(self.count, DayIn::Last)),
            sort,
        )
    }
}

/// `at least two pay periods before X`, `up to three pay periods after X`.
fn limited_by(bound: Bound, span: Span) -> Piece {
    let before = matches!(
        &span,
        Span::NthPeriod {
            place: Place::Before(_),
            ..
        } | Span::Holding { shift: ..=-1, .. }
    );
    let day = if before { DayIn::Nth(1) } else { DayIn::Last };
    let point = Point::in_span(day, span);
    match (bound, before) {
        (Bound::AtLeast, false) => Piece::opening(Some(Edge::Beyond(point))),
        (Bound::AtMost, true) => Piece::opening(Some(Edge::On(point))),
        _ => Piece::due(Edge::On(point), Sort::Act),
    }
}
