//! Limits with two ends: `between A and B`, `from A through B`, `during the life of this agreement`.

use super::core::Parser;
use super::pieces::Piece;
use super::spans::first_of;
use super::years::of_the_same_year;
use crate::ids::EventId;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Edge, Point, Sort};
use crate::language::{Trigger, Wording};

impl Parser<'_> {
    /// `between A and B`, `from A through B`, `A – B`.
    pub(super) fn pair(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        let period = self.eat_any(&[
            "for|during|over? period|term of|from|between?",
            "for|during from",
        ]);
        let between = self.eat("between");
        let during = self
            .tokens
            .get(start)
            .is_some_and(|t| t.kind == Kind::Word("during".to_owned()));
        let from = self.eat("from");
        let sort = if between || during || !(from || period) {
            Sort::Act
        } else {
            Sort::Term
        };
        self.eat("any|each|every successive|subsequent");
        let first = self.attempt(Self::start_of_pair)?;
        self.each_year();
        self.comma();
        let (last, beyond) = if between {
            self.eat("and").then_some(())?;
            (self.attempt(Self::end_of_pair)?, false)
        } else {
            self.second_end(&first)?
        };
        self.trailing_hour();
        // `from July 1 through December 31, 2026`: the year belongs to both.
        let first = of_the_same_year(first, &last);
        let due = if beyond {
            Edge::Beyond(last)
        } else {
            Edge::On(last)
        };
        Some(vec![Piece::window(Edge::On(first), due, sort)])
    }

    /// A day, or the first day of a stretch.
    fn start_of_pair(&mut self) -> Option<Point> {
        self.attempt(|p| {
            let span = p.attempt(Self::part_of_month)?;
            Some(first_of(span))
        })
        .or_else(|| self.point())
    }

    fn end_of_pair(&mut self) -> Option<Point> {
        self.eat("on|upon");
        self.attempt(|p| {
            let span = p.attempt(Self::part_of_month)?;
            Some(Point::DayOf {
                day: DayIn::Last,
                span: Box::new(span),
            })
        })
        .or_else(|| self.point())
        .inspect(|_| {
            self.eat("of following|next|same|that|succeeding year");
        })
    }

    /// The far end of `from A ...`, and whether its day is left out.
    fn second_end(&mut self, first: &Point) -> Option<(Point, bool)> {
        let start = self.at;
        if self.eat("up? to and including")
            || self.eat("through|thru and? including?")
            || self.eat_kind(&Kind::Dash)
        {
            let last = self.attempt(Self::end_of_pair);
            return Some((last.or_else(|| self.day_of_the_same_month(first))?, false));
        }
        if self.eat_any(&["and? up? until|till|til such? time? as|that?", "up? to"]) {
            let last = self
                .until_point()
                .or_else(|| self.day_of_the_same_month(first))?;
            let before = self.warn_of_until(start);
            return Some((last, before));
        }
        None
    }

    /// The `31, 2026` of `July 1-31, 2026`.
    fn day_of_the_same_month(&mut self, first: &Point) -> Option<Point> {
        let Point::Yearless { month, .. } = first else {
            return None;
        };
        self.attempt(|p| {
            let start = p.at;
            let day = p.day_number()?;
            let year = p.attempt(|p| {
                p.comma();
                p.eat("of|in");
                p.year()
            });
            p.real_day(start, year, *month, day)
        })
    }

    /// Says that `until` a day may or may not include it; whether it is to be read as the day before.
    pub(super) fn warn_of_until(&mut self, start: usize) -> bool {
        let certain = self
            .tokens
            .get(start)
            .is_some_and(|t| matches!(&t.kind, Kind::Word(w) if matches!(w.as_str(), "until" | "to" | "till" | "til" | "up" | "and")));
        let inclusive = self
            .at
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .is_some_and(|t| matches!(&t.kind, Kind::Word(w) if w == "inclusive"));
        if !certain || inclusive {
            return false;
        }
        self.warn(
            start,
            "law differs on whether the last day is included: read as through that day, unless `counting.until` says `before`",
            "write `through` or `before`",
        );
        self.in_doubt(Wording::Until)
    }

    fn until_point(&mut self) -> Option<Point> {
        self.attempt(Self::end_of_pair)
    }

    /// `during the life of this agreement`, `with the contract`.
    pub(super) fn life(&mut self) -> Option<Vec<Piece>> {
        let during = self.eat("for|during|throughout|over entire? life|term|duration of");
        let with = !during
            && (self.eat("coterminous|concurrent|coextensive|concurrently? with")
                || self.eat("with"));
        if !during && !with {
            return None;
        }
        let agreement = self.attempt(|p| {
            p.eat("its");
            p.agreement_name()
        });
        if agreement.is_none() {
            self.document()?;
        }
        let own = |event: &str| {
            Point::At(Trigger::Event {
                agreement: agreement.clone(),
                event: EventId::new(event),
            })
        };
        Some(vec![if during {
            Piece::window(
                Edge::On(own("effective")),
                Edge::On(own("expiration")),
                Sort::Term,
            )
        } else {
            Piece::due(Edge::On(own("expiration")), Sort::Term)
        }])
    }
}
