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
        if self.eat(words!("in? no event|case"))
            || self.eat(words!("under no circumstances"))
            || self.eat(words!("nor"))
        {
            self.eat(words!(
                "shall|will|may|must it|this|that|they? be|occur|take? place?"
            ));
            denied = true;
        }
        let bound = if self.eat(words!("by? no|not later than")) {
            denied = true;
            Bound::Latest
        } else if self.eat(words!("no|not earlier|sooner than")) {
            denied = true;
            Bound::Earliest
        } else if self.eat(words!("no|not more|longer|greater than")) {
            denied = true;
            Bound::AtMost
        } else if self.eat_any(&[
            words!("not to exceed"),
            words!("not exceeding"),
            words!("not over"),
            words!("not in excess of"),
            words!("up to and? including?"),
            words!("at most"),
            words!("at? maximum of?"),
            words!("as long as"),
        ]) {
            Bound::AtMost
        } else if self.eat(words!("no|not less|fewer than")) {
            denied = true;
            Bound::AtLeast
        } else if self.eat_any(&[
            words!("at least"),
            words!("at? minimum of?"),
            words!("not under"),
        ]) {
            Bound::AtLeast
        } else if self.eat(words!("more|longer|greater than")) || self.over() {
            if denied { Bound::AtMost } else { Bound::More }
        } else if self.eat(words!("less|fewer than")) {
            if denied { Bound::AtLeast } else { Bound::Less }
        } else if denied && self.eat(words!("later than")) {
            Bound::Latest
        } else if denied && self.eat(words!("earlier|sooner than")) {
            Bound::Earliest
        } else if self.sees(words!("in"))
            && matches!(self.kind(1), Some(Kind::Number { value: ..1600, .. }))
        {
            self.advance(1);
            Bound::Within
        } else if self.eat(words!("within|inside of?")) {
            // `within not less than 30 nor more than 60 days`: the bounds inside say all.
            if self.sees(words!(
                "not|no less|fewer|more|greater|earlier|sooner|later than"
            )) || self.sees(words!("at least|most"))
            {
                return self.bound(negative, later);
            }
            Bound::Within
        } else if self.eat(words!("on or before|at"))
            || self.eat(words!("by"))
            || self.eat(words!("at latest"))
        {
            Bound::Latest
        } else {
            self.eat(words!("exactly"));
            Bound::Plain
        };
        // `not less than 60 days or more than 90 days`: the `not` reaches both.
        *negative = denied && (later || !matches!(bound, Bound::Plain));
        bound
    }

    /// `over 30 days after X`, `in excess of 30 days`; `over three years` by itself is a stretch.
    fn over(&mut self) -> bool {
        if self.eat(words!("in excess of")) {
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
        counted && self.eat(words!("over"))
    }

    /// `after`, `before`, `prior written notice of`, `beginning on`.
    pub(super) fn way(&mut self) -> Option<Way> {
        let notice = self
            .attempt(|p| {
                p.eat(words!("prior|advance|advanced"));
                p.eat(words!("written"));
                p.eat(words!("prior|advance|advanced"));
                p.eat(words!("notice|notification|warning")).then_some(())
            })
            .is_some();
        if notice {
            let direction = self.attempt(|p| {
                // `14 days' notice to the Union before X`.
                p.skip_the_other_party();
                p.eat(words!("of"))
                    .then_some(Direction::Backward)
                    .or_else(|| {
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
        if self.eat(words!(
            "beginning|starting|commencing|effective on|with|from|upon?"
        )) || self.eat(words!("running from"))
        {
            return Some(Way {
                direction: Direction::Forward,
                including: true,
                notice: Notice::No,
            });
        }
        if self.eat(words!("from and including"))
            || self.eat(words!("including|inclusive of? date|day of"))
        {
            return Some(Way {
                direction: Direction::Forward,
                including: true,
                notice: Notice::No,
            });
        }
        if self.eat(words!("preceding|before and including")) {
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
