//! What limits a length, and which way it is counted: `no later than`, `at least`; `after`, `before`, `beginning on`.

use super::core::Parser;
use crate::counting::Direction;
use crate::language::token::Kind;

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

/// Which way a length is counted, and whether its trigger's day counts.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub(super) direction: Direction,
    pub(super) including: bool,
    /// Whether the length is a time of notice, and of what.
    pub(super) notice: Notice,
}

/// Whether a length is a time of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// It is none.
    No,
    /// `60 days' notice`: of what, is not said.
    Alone,
    /// `60 days' notice of X`, `60 days' notice before X`.
    Of,
}

impl Parser<'_> {
    pub(super) fn bound(&mut self, negative: &mut bool, later: bool) -> Bound {
        let mut denied = *negative;
        if self.eat("in? no event|case") || self.eat("under no circumstances") || self.eat("nor") {
            self.eat("shall|will|may|must it|this|that|they? be|occur|take? place?");
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
            "not over",
            "not in excess of",
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
        } else if self.eat("more|longer|greater than") || self.over() {
            if denied { Bound::AtMost } else { Bound::More }
        } else if self.eat("less|fewer than") {
            if denied { Bound::AtLeast } else { Bound::Less }
        } else if denied && self.eat("later than") {
            Bound::Latest
        } else if denied && self.eat("earlier|sooner than") {
            Bound::Earliest
        } else if self.sees("in")
            && matches!(self.kind(1), Some(Kind::Number { value: ..1600, .. }))
        {
            self.advance(1);
            Bound::Within
        } else if self.eat("within|inside of?") {
            // `within not less than 30 nor more than 60 days`: the bounds inside say all.
            if self.sees("not|no less|fewer|more|greater|earlier|sooner|later than")
                || self.sees("at least|most")
            {
                return self.bound(negative, later);
            }
            Bound::Within
        } else if self.eat("on or before|at") || self.eat("by") || self.eat("at latest") {
            Bound::Latest
        } else {
            self.eat("exactly");
            Bound::Plain
        };
        // `not less than 60 days or more than 90 days`: the `not` reaches both.
        *negative = denied && (later || !matches!(bound, Bound::Plain));
        bound
    }

    /// `over 30 days after X`, `in excess of 30 days`; `over three years` by itself is a stretch.
    fn over(&mut self) -> bool {
        if self.eat("in excess of") {
            return true;
        }
        if self.word(0) != "over" {
            return false;
        }
        let mut counted = false;
        let _: Option<()> = self.attempt(|p| {
            p.advance(1);
            matches!(p.kind(0), Some(Kind::Number { .. })).then_some(())?;
            p.length()?;
            counted = p.direction().is_some();
            None
        });
        counted && self.eat("over")
    }

    /// `after`, `before`, `prior written notice of`, `beginning on`.
    pub(super) fn way(&mut self) -> Option<Way> {
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
                // `14 days' notice to the Union before X`.
                p.skip_the_other_party();
                p.eat("of").then_some(Direction::Backward).or_else(|| {
                    p.direction()
                        .filter(|direction| *direction == Direction::Backward)
                })
            });
            return Some(Way {
                direction: direction.unwrap_or(Direction::Forward),
                including: false,
                notice: direction.map_or(Notice::Alone, |_| Notice::Of),
            });
        }
        if self.eat("beginning|starting|commencing|effective on|with|from|upon?")
            || self.eat("running from")
        {
            return Some(Way {
                direction: Direction::Forward,
                including: true,
                notice: Notice::No,
            });
        }
        if self.eat("from and including") || self.eat("including|inclusive of? date|day of") {
            return Some(Way {
                direction: Direction::Forward,
                including: true,
                notice: Notice::No,
            });
        }
        if self.eat("preceding|before and including") {
            return Some(Way {
                direction: Direction::Backward,
                including: true,
                notice: Notice::No,
            });
        }
        let direction = self.direction()?;
        Some(Way {
            direction,
            including: false,
            notice: Notice::No,
        })
    }
}
