//! Among which of an office's own periods the nth is looked for: `in March`, `after ratification`, `that includes July 1`.

use super::core::Parser;
use crate::language::tree::{DayIn, Period, Place, Point, Span};

impl Parser<'_> {
    /// `that includes July 1`, `in which X occurs`.
    pub(super) fn held_day(&mut self) -> Option<Point> {
        if self.eat(words!("in|during which")) {
            let of = self.point()?;
            self.eat_any(&[
                words!("occurs|occur|falls|fall|happens|is"),
                words!("takes place"),
            ]);
            return Some(of);
        }
        self.eat(words!("that|which"));
        self.eat(words!(
            "includes|contains|covers|including|containing|covering|encompassing|encompasses"
        ))
        .then_some(())?;
        self.point()
    }

    /// Where the nth is looked for.
    pub(super) fn places(&mut self, last: bool) -> Option<Vec<Place>> {
        self.attempt(|p| p.places_in(last))
            .or_else(|| self.attempt(|p| Some(vec![p.place_beside()?])))
    }

    /// `in March`, `of April and October`, `of each month`, `at the beginning of each school year`.
    fn places_in(&mut self, last: bool) -> Option<Vec<Place>> {
        self.comma();
        self.eat(words!("that|which"));
        self.eat(words!(
            "begins|begin|starts|start|beginning|starting|commencing|occurring|falling|issued|paid"
        ));
        self.eat_any(&[
            words!("at? beginning|start|commencement of"),
            words!("in|of|during|within|for"),
        ])
        .then_some(())?;
        let start = self.at;
        if let Some(each) = self.attempt(Self::each_as_span) {
            return Some(vec![Place::In(Box::new(each))]);
        }
        if let Some(first) = self.attempt(Self::part_of_month) {
            let mut months = vec![first];
            while let Some(next) = self.attempt(|p| {
                let comma = p.comma();
                let and = p.eat(words!("and"));
                (comma || and).then(|| p.part_of_month())?
            }) {
                months.push(next);
            }
            let year = match months.last() {
                Some(Span::Month { year, .. }) => *year,
                _ => None,
            };
            return Some(
                months
                    .into_iter()
                    .map(|mut month| {
                        if let Span::Month { year: own, .. } = &mut month {
                            *own = own.or(year);
                        }
                        Place::In(Box::new(month))
                    })
                    .collect(),
            );
        }
        if let Some(span) = self.span() {
            return Some(vec![Place::In(Box::new(span))]);
        }
        let unit = self.period()?;
        if unit == Period::Month {
            self.warn(
                start,
                "which month is not said: read as each month",
                "write `of each month`, or the month that is meant",
            );
            return Some(vec![Place::In(Box::new(self.of_each(unit)?))]);
        }
        // `the first paycheck of the fiscal year`: of the next to begin; `the last`: of the one that runs.
        let shift = i32::from(!last);
        let of = Point::Anchor;
        Some(vec![Place::In(Box::new(Span::Holding { unit, shift, of }))])
    }

    /// `after ratification`, `on or after July 1`, `upon X`, `before X`.
    fn place_beside(&mut self) -> Option<Place> {
        self.comma();
        self.eat(words!("that|which"));
        self.eat(words!(
            "begins|begin|starts|start|beginning|starting|commencing|occurring|falling|issued|paid"
        ));
        self.eat(words!("immediately|next|directly"));
        if self.eat_any(&[words!("on|upon and|or after|following")]) {
            return Some(Place::OnOrAfter(self.point()?));
        }
        if self.eat_any(&[
            words!("after|following|from|since|succeeding"),
            words!("subsequent to"),
        ]) {
            let point = self
                .attempt(|p| p.beside_span(DayIn::Last))
                .or_else(|| self.point())?;
            return Some(Place::After(point));
        }
        if self.eat_any(&[
            words!("before|preceding"),
            words!("prior to"),
            words!("in advance of"),
        ]) {
            let point = self
                .attempt(|p| p.beside_span(DayIn::Nth(1)))
                .or_else(|| self.point())?;
            return Some(Place::Before(point));
        }
        self.eat(words!("upon|on|with")).then_some(())?;
        Some(Place::OnOrAfter(self.point()?))
    }
}
