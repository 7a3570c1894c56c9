//! Clauses: one limit each, and how they are strung together.

use super::core::Parser;
use super::dates::share_the_year;
use super::pieces::{Clause, Joint, Piece};
use crate::language::token::Kind;
use crate::language::tree::{Edge, Limit, Point};

impl Parser<'_> {
    /// The whole phrase.
    pub(super) fn phrase(&mut self) -> Option<Limit> {
        if self.kind(0) == Some(&Kind::Mark('<'))
            && let Some(limit) = self.attempt(Self::spelled_phrase)
        {
            return Some(limit);
        }
        if self.renews() {
            return None;
        }
        let limit = self.whole_limit();
        // What was refused for good stays refused.
        if limit.is_some() || !self.refusals.is_empty() {
            return limit;
        }
        self.begin_again();
        let complaint = self.complaint.take();
        let limit = self.after_duty();
        if complaint.is_some() {
            self.complaint = complaint;
        }
        limit
    }

    /// A limit, its clauses and its tails, to the end.
    pub(super) fn whole_limit(&mut self) -> Option<Limit> {
        self.lead_in();
        self.begins_within();
        let mut clauses = vec![(Joint::None, self.clause()?)];
        loop {
            self.trailing_hour();
            if self.done() {
                break;
            }
            if self.renews() {
                return None;
            }
            if self.whichever(&mut clauses)
                || (!self.sees_bound_of_proviso() && self.tail())
                || self.duty_to_the_end()
            {
                continue;
            }
            let start = self.at;
            if let Some(length) = self.attempt(|p| p.length_after_a_duty(&clauses)) {
                clauses.push((Joint::And, length));
                continue;
            }
            let joint = self.joint();
            if self.done() || self.tail() {
                break;
            }
            if self.renews() {
                return None;
            }
            self.go_on();
            let goes_on = self.sees(words!("through|until|till|thru|for"));
            // Beside a limit a wording without a date adds no limit: it is kept as a condition.
            let soft = self.attempt(|p| {
                (!goes_on || p.sees(words!("until"))).then_some(())?;
                let start = p.at;
                if p.attempt(Self::soft_lead).is_some() {
                    return None;
                }
                p.undated_words()?;
                p.at = start;
                Some(())
            });
            if soft.is_some() && joint != Joint::None {
                self.keep_the_rest();
                break;
            }
            let said = self.yearly;
            if let Some(years) = self.attempt(|p| p.again_each_year(&mut clauses)) {
                self.yearly = Some(years);
                continue;
            }
            let Some(clause) = self.attempt(Self::clause) else {
                self.yearly = said;
                if joint == Joint::Or && self.loose_tail() {
                    break;
                }
                return None;
            };
            if joint == Joint::None && self.unjoined.is_none() {
                self.unjoined = Some(start);
            }
            clauses.push((joint, clause));
        }
        if self.deeds > 1 && clauses.len() > 1 {
            return super::join::two_duties(self);
        }
        if self.yearly.is_none() {
            share_the_year_over_or(&mut clauses);
        }
        super::merge::limit(self, clauses)
    }

    /// `provided, however, that it shall be` before another limit: it bounds the one before it.
    fn proviso(&mut self) -> Option<()> {
        (self.eat(words!("provided|except")) || self.eat(words!("with understanding|proviso")))
            .then_some(())?;
        self.comma();
        self.eat(words!("further|however"));
        self.comma();
        self.eat(words!("that"));
        self.comma();
        self.eat(words!("it|they|this|payment|such date|day|time?"));
        self.eat(words!("shall|will|must|may|can"));
        let denied = self.sees(words!("not be? later|earlier|sooner|before|exceed"));
        if denied && self.word(1) == "be" {
            // `not be later than`.
            self.advance(2);
            return self.sees(words!("later|earlier|sooner than")).then_some(());
        }
        self.eat(words!(
            "be|is|are|occur|happen|occurs|begin|begins|end|ends"
        ));
        (self.sees(words!("no|not later|earlier|sooner|more|before|after"))
            || self.sees(words!("in? no event|case"))
            || self.sees(words!("on or before|after"))
            || self.sees(words!("within")))
        .then_some(())
    }

    /// Whether a proviso that bounds the limit stands next.
    fn sees_bound_of_proviso(&mut self) -> bool {
        let (at, furthest) = (self.at, self.furthest);
        self.comma();
        self.eat_kind(&Kind::Semicolon);
        let seen = self.attempt(Self::proviso).is_some();
        self.at = at;
        self.furthest = furthest;
        seen
    }

    /// `upon receipt, the County shall respond within 10 days`: the length is counted from what was named before it.
    fn length_after_a_duty(&mut self, clauses: &[(Joint, Clause)]) -> Option<Clause> {
        let [(_, Clause::Pieces(named))] = clauses else {
            return None;
        };
        let from_a_trigger = matches!(
            named.as_slice(),
            [Piece::Ends {
                opens: None,
                due: Some(Edge::On(Point::At(_))),
                exact: true,
                ..
            } | Piece::Ends {
                opens: Some(Edge::Beyond(Point::At(_))),
                due: None,
                ..
            }]
        );
        from_a_trigger.then_some(())?;
        self.duty_before_a_length()?;
        match self.clause()? {
            Clause::Pieces(pieces) if matches!(pieces.as_slice(), [Piece::After(..)]) => {
                Some(Clause::Pieces(pieces))
            }
            _ => None,
        }
    }

    fn joint(&mut self) -> Joint {
        let mut joint = Joint::None;
        loop {
            if self.comma() || self.eat_kind(&Kind::Semicolon) {
                joint = if joint == Joint::None {
                    Joint::And
                } else {
                    joint
                };
            } else if self.eat(words!("as well as")) {
                joint = Joint::Also;
            } else if self.eat(words!("but|however")) || self.attempt(Self::proviso).is_some() {
                joint = Joint::But;
            } else if self.eat(words!("or")) || self.attempt(Self::and_or).is_some() {
                joint = Joint::Or;
            } else if self.eat(words!("and")) {
                joint = Joint::And;
            } else {
                return joint;
            }
        }
    }

    /// A limit by its own words, with or without what it is counted from.
    pub(super) fn limited_or_measured(&mut self) -> Option<Vec<Piece>> {
        self.attempt(Self::measures)
            .or_else(|| self.attempt(Self::limited))
    }

    /// One clause.
    pub(super) fn clause(&mut self) -> Option<Clause> {
        // `at any time before D`.
        let _: Option<()> = self.attempt(|p| {
            p.eat_any(&[words!("at? any time"), words!("anytime|sometime")]).then_some(())?;
            p.sees(words!("before|prior|on|after|following|between|during|within|from|through|until|no|not|up|by|in"))
                .then_some(())
        });
        let _: Option<()> = self.attempt(Self::so_long_from_now);
        // `effective no later than 30 days after X`.
        let _: Option<()> = self.attempt(|p| {
            p.eat(words!("effective")).then_some(())?;
            (p.sees(words!("no|not later than")) || p.sees(words!("within"))).then_some(())
        });
        // `the date which is 30 days after X`, `a date no later than D`, `the period beginning D`.
        let _: Option<()> = self.attempt(|p| {
            let said = p.eat(words!("on|by? such? date|day that|which|as is|falls"))
                || p.eat(words!("on? date|day"))
                    && p.sees(words!("no|not later|earlier|sooner than"))
                || p.eat(words!("for|during? period"))
                    && p.sees(words!("beginning|starting|commencing"));
            said.then_some(())
        });
        // `as early as possible, but no later than D` is D.
        let _: Option<()> = self.attempt(Self::soft_lead);
        if let Some((wording, after)) = self.attempt(Self::undated) {
            return Some(Clause::Undated(wording, after));
        }
        if let Some(recurrence) = self.attempt(Self::recurrence) {
            return Some(recurrence);
        }
        self.attempt(Self::in_turn)
            .or_else(|| self.attempt(Self::so_many_of))
            .or_else(|| self.attempt(Self::numbered_days))
            .or_else(|| self.attempt(Self::period_by_its_ends))
            .or_else(|| self.attempt(Self::measures))
            .or_else(|| self.attempt(Self::at_several_lengths))
            .or_else(|| self.attempt(Self::whole_years))
            .or_else(|| self.attempt(Self::pair))
            .or_else(|| self.attempt(Self::life))
            .or_else(|| self.attempt(Self::limited))
            .or_else(|| self.attempt(Self::own_days))
            .or_else(|| self.attempt(Self::named_years))
            .or_else(|| self.attempt(Self::spans))
            .or_else(|| self.attempt(Self::bare))
            .or_else(|| self.attempt(Self::bare_length))
            .map(|pieces| {
                self.each_year();
                Clause::Pieces(pieces)
            })
    }
}

/// In `by June 30 or December 31, 2027` the year belongs to both.
fn share_the_year_over_or(clauses: &mut [(Joint, Clause)]) {
    if !clauses.iter().any(|(joint, _)| *joint == Joint::Or) {
        return;
    }
    let days = clauses
        .iter_mut()
        .filter_map(|(_, clause)| match clause {
            Clause::Pieces(pieces) => Some(pieces),
            _ => None,
        })
        .flatten()
        .filter_map(|piece| match piece {
            Piece::Ends {
                opens: None,
                due: Some(Edge::On(point) | Edge::Beyond(point) | Edge::Until(point)),
                ..
            } => Some(point),
            _ => None,
        });
    share_the_year(days);
}
