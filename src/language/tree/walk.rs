//! Asking a tree: what it hangs on, which lengths it counts, whether it recurs.

use super::{DayIn, Edge, Every, Limit, Period, Place, Point, Recurrence, Sort, Span, Tree, Which};
use crate::counting::{Direction, Length};
use crate::language::Trigger;
use crate::language::named_days::is_one_day;
use chrono::NaiveDate;

impl Tree {
    /// The triggers that it hangs on, in order of appearance; the implied anchor counts as `effective`.
    pub fn triggers(&self) -> Vec<Trigger> {
        let mut found = Vec::new();
        self.limit.visit(&mut |point| {
            let trigger = match point {
                Point::At(trigger) => trigger.clone(),
                Point::Anchor => Trigger::effective(),
                _ => return,
            };
            if !found.contains(&trigger) {
                found.push(trigger);
            }
        });
        if let Limit::Undated {
            after: Some(trigger),
            ..
        } = &self.limit
        {
            found.push(trigger.clone());
        }
        found
    }

    /// Whether it names no date.
    pub fn is_undated(&self) -> bool {
        matches!(self.limit, Limit::Undated { .. })
    }

    /// Whether it is a state that lasts and then ends.
    pub fn is_term(&self) -> bool {
        matches!(
            self.limit,
            Limit::Window {
                sort: Sort::Term,
                ..
            } | Limit::During {
                sort: Sort::Term,
                ..
            }
        )
    }

    /// The length of time that it is where it names nothing to count from: `1 year`, `up to 3 months`. Of a range, the
    /// longest.
    pub fn bare_length(&self) -> Option<&Length> {
        let (Limit::Window {
            due: Some(Edge::On(point)),
            ..
        }
        | Limit::On(point)) = &self.limit
        else {
            return None;
        };
        match point {
            Point::Offset {
                length,
                direction: Direction::Forward,
                from,
                ..
            } if **from == Point::Anchor => Some(length),
            _ => None,
        }
    }

    /// The day that it names by itself, with nothing to count.
    pub fn bare_day(&self) -> Option<NaiveDate> {
        match &self.limit {
            Limit::Window {
                due: Some(Edge::On(Point::Day(day))),
                ..
            }
            | Limit::On(Point::Day(day)) => Some(*day),
            _ => None,
        }
    }

    /// Whether it has more than one occurrence.
    pub fn recurs(&self) -> bool {
        matches!(self.limit, Limit::Recurs(_) | Limit::Several(_))
    }

    /// Every length that is counted in it, in order of appearance.
    pub fn lengths(&self) -> Vec<Length> {
        let mut found = Vec::new();
        self.limit.lengths(&mut found);
        found
    }
}

impl Limit {
    /// Whether it speaks of a day or a month that names no year.
    pub fn names_no_year(&self) -> bool {
        let mut found = match self {
            Self::During { span, .. } => span.names_no_year(),
            _ => false,
        };
        self.visit(&mut |point| {
            found |= match point {
                Point::Yearless { .. } => true,
                Point::DayOf { span, .. } => span.names_no_year(),
                _ => false,
            };
        });
        found
    }

    /// Whether a day that names no year is one of several of which others come once: `each July 1 or upon ratification`.
    pub fn mixes_years(&self) -> bool {
        let mut found = false;
        self.visit(&mut |point| {
            if let Point::Extreme { of, .. } = point {
                let yearly = |point: &Point| Self::On(point.clone()).names_no_year();
                found |= of.iter().any(yearly) && !of.iter().all(yearly);
            }
        });
        found
    }

    /// Whether each of its ends is a day that is named, and none is counted from another.
    pub fn names_its_days(&self) -> bool {
        let is_named = |edge: &Edge| matches!(edge.point(), Point::Day(_));
        match self {
            Self::On(point) => matches!(point, Point::Day(_)),
            Self::Window { opens, due, .. } => opens.iter().chain(due).all(is_named),
            Self::Several(limits) => limits.iter().all(Self::names_its_days),
            Self::During { .. } | Self::Recurs(_) | Self::Undated { .. } => true,
        }
    }

    /// Whether its first day could lie after its last: it has both, each found for itself.
    pub fn may_be_crossed(&self) -> bool {
        match self {
            Self::On(_) | Self::During { .. } | Self::Undated { .. } => false,
            Self::Window { opens, due, .. } => opens.is_some() && due.is_some(),
            Self::Several(limits) => limits.iter().any(Self::may_be_crossed),
            Self::Recurs(_) => true,
        }
    }

    /// Every day that it speaks of, the outer before the inner.
    pub fn visit(&self, see: &mut dyn FnMut(&Point)) {
        match self {
            Self::On(point) => point.visit(see),
            Self::Window { opens, due, .. } => {
                for edge in [opens, due].into_iter().flatten() {
                    edge.point().visit(see);
                }
            }
            Self::During { span, .. } => span.visit(see),
            Self::Several(limits) => {
                for limit in limits {
                    limit.visit(see);
                }
            }
            Self::Recurs(recurrence) => {
                if let Some(from) = &recurrence.from {
                    from.visit(see);
                } else if recurrence.needs_anchor() {
                    see(&Point::Anchor);
                }
                match &recurrence.every {
                    Every::Yearly { each, .. } => {
                        for limit in each {
                            limit.visit(see);
                        }
                    }
                    Every::Around { each, of } => {
                        for limit in each {
                            limit.visit(see);
                        }
                        Self::Recurs((**of).clone()).visit(see);
                    }
                    _ => {}
                }
                if let Some(until) = &recurrence.until {
                    until.point().visit(see);
                }
            }
            Self::Undated { .. } => {}
        }
    }

    /// Every stretch that it speaks of, the outer before the inner.
    pub fn visit_spans(&self, see: &mut dyn FnMut(&Span)) {
        match self {
            Self::During { span, .. } => span.visit_spans(see),
            Self::Several(limits) => limits.iter().for_each(|limit| limit.visit_spans(see)),
            Self::Recurs(recurrence) => {
                match &recurrence.every {
                    Every::Yearly { each, .. } => {
                        for limit in each {
                            limit.visit_spans(see);
                        }
                    }
                    Every::Around { each, of } => {
                        for limit in each {
                            limit.visit_spans(see);
                        }
                        Self::Recurs((**of).clone()).visit_spans(see);
                    }
                    _ => {}
                }
                let until = recurrence.until.as_ref().map(Edge::point);
                for point in recurrence.from.iter().chain(until) {
                    spans_of(point, see);
                }
            }
            Self::On(_) | Self::Window { .. } => self.visit(&mut |point| {
                if let Point::DayOf { span, .. } = point {
                    span.see_with_those_in_it(see);
                }
            }),
            Self::Undated { .. } => {}
        }
    }

    fn lengths(&self, found: &mut Vec<Length>) {
        self.visit(&mut |point| {
            if let Point::Offset { length, .. } = point {
                found.push(length.clone());
            }
        });
        if let Self::Recurs(Recurrence {
            every: Every::On(length) | Every::Within(length),
            ..
        }) = self
        {
            found.push(length.clone());
        }
    }
}

impl Recurrence {
    /// Whether its days cannot be worked out without a day to run from.
    pub fn needs_anchor(&self) -> bool {
        self.from.is_none()
            && match &self.every {
                Every::On(_)
                | Every::Within(_)
                | Every::DayOfMonths { .. }
                | Every::Weekday { .. }
                | Every::Anniversary => true,
                Every::Around { of, .. } => of.needs_anchor(),
                _ => false,
            }
    }
}

impl Point {
    /// The first or the last of several: of one, that one; one of the same sort inside is taken apart.
    pub(in crate::language) fn extreme(which: Which, of: Vec<Self>) -> Self {
        let mut flat = Vec::new();
        for point in of {
            match point {
                Self::Extreme { which: inner, of } if inner == which => flat.extend(of),
                other => flat.push(other),
            }
        }
        // The order is of no account, and one that is several stands last, where its end is plain.
        flat.sort_by_key(|point| matches!(point, Self::Extreme { .. }));
        let mut once = Vec::new();
        for point in flat {
            if !once.contains(&point) {
                once.push(point);
            }
        }
        if once.len() == 1 {
            once.pop().unwrap_or(Self::Anchor)
        } else {
            Self::Extreme { which, of: once }
        }
    }

    /// A day of a stretch; of one that is a single day, that day.
    pub(in crate::language) fn in_span(day: DayIn, span: Span) -> Self {
        Self::DayOf {
            day: if span.is_one_day() {
                DayIn::Nth(1)
            } else {
                day
            },
            span: Box::new(span),
        }
    }

    /// This day and every day that it is found from.
    pub fn visit(&self, see: &mut dyn FnMut(&Self)) {
        see(self);
        match self {
            Self::Day(_) | Self::Yearless { .. } | Self::Anchor | Self::At(_) | Self::Occasion => {}
            Self::Offset { from, .. }
            | Self::NthWeekday { from, .. }
            | Self::DayToward { from, .. } => from.visit(see),
            Self::Nearest { to, .. } => to.visit(see),
            Self::DayOf { span, .. } => span.visit(see),
            Self::Extreme { of, .. } => {
                for point in of {
                    point.visit(see);
                }
            }
        }
    }

    /// Whether a length is counted, or a trigger asked, to find it; a day certain is neither.
    pub fn is_certain(&self) -> bool {
        let mut certain = true;
        self.visit(&mut |point| {
            certain &= !matches!(point, Self::Offset { .. } | Self::At(_));
        });
        certain
    }
}

fn spans_of(point: &Point, see: &mut dyn FnMut(&Span)) {
    point.visit(&mut |point| {
        if let Point::DayOf { span, .. } = point {
            span.see_with_those_in_it(see);
        }
    });
}

impl Span {
    fn names_no_year(&self) -> bool {
        match self {
            Self::Month { year, .. }
            | Self::Quarter { year, .. }
            | Self::HalfYear { year, .. }
            | Self::WeekOf { year, .. }
            | Self::Named { year, .. } => year.is_none(),
            Self::NthPeriod { place, .. } => match place {
                Place::In(span) => span.names_no_year(),
                Place::After(point)
                | Place::OnOrAfter(point)
                | Place::Before(point)
                | Place::Nearest(point) => Limit::On(point.clone()).names_no_year(),
            },
            Self::Holding { of, .. } => Limit::On(of.clone()).names_no_year(),
            Self::Term { of, .. } => of.is_none(),
            Self::About(point) => matches!(point, Point::Yearless { .. }),
            _ => false,
        }
    }

    /// Whether it is a single day: a pay date, a holiday.
    pub(in crate::language) fn is_one_day(&self) -> bool {
        match self {
            Self::NthPeriod { unit, .. } | Self::Holding { unit, .. } => *unit == Period::PayDate,
            Self::Named { name, .. } => is_one_day(name),
            _ => false,
        }
    }

    /// This stretch, and every stretch that it is found from.
    fn visit_spans(&self, see: &mut dyn FnMut(&Self)) {
        self.see_with_those_in_it(see);
        self.visit(&mut |point| {
            if let Point::DayOf { span, .. } = point {
                span.see_with_those_in_it(see);
            }
        });
    }

    /// This stretch, and those that it names as its own; not those of the days in it.
    fn see_with_those_in_it(&self, see: &mut dyn FnMut(&Self)) {
        see(self);
        match self {
            Self::NthPeriod {
                place: Place::In(span),
                ..
            }
            | Self::Term { of: Some(span), .. } => span.see_with_those_in_it(see),
            _ => {}
        }
    }

    fn visit(&self, see: &mut dyn FnMut(&Point)) {
        match self {
            Self::About(point) | Self::Holding { of: point, .. } => point.visit(see),
            Self::NthPeriod { place, .. } => match place {
                Place::In(span) => span.visit(see),
                Place::After(point)
                | Place::OnOrAfter(point)
                | Place::Before(point)
                | Place::Nearest(point) => point.visit(see),
            },
            Self::Term { of: Some(span), .. } => span.visit(see),
            Self::Month { .. }
            | Self::Quarter { .. }
            | Self::HalfYear { .. }
            | Self::Year(..)
            | Self::FiscalYearCalled(_)
            | Self::Term { of: None, .. }
            | Self::PayPeriodNumber { .. }
            | Self::Named { .. }
            | Self::WeekOf { .. } => {}
        }
    }
}
