//! `whichever comes first`, after alternatives.

use super::core::Parser;
use super::pieces::{Clause, Joint, Piece, plain};
use super::points::one_of_a_year;
use crate::language::tree::{Edge, Point, Sort, Which};

impl Parser<'_> {
    /// `, whichever comes first`.
    pub(super) fn whichever_of(&mut self) -> Option<Which> {
        self.comma();
        self.eat(words!("whichever")).then_some(())?;
        self.eat(words!("date|event|one|of?"));
        self.eat(words!("is|comes|occurs|happens|shall|falls"));
        self.eat(words!("occur|come|be"));
        self.eat(words!("to"));
        self.which()
    }

    /// `or, if later, X`: the other day is added, and the words say which of the two counts.
    fn or_if_later(&mut self, clauses: &mut Vec<(Joint, Clause)>) -> Option<Which> {
        self.comma();
        self.eat(words!("or|and")).then_some(())?;
        self.comma();
        self.eat(words!("if")).then_some(())?;
        let which = self.which()?;
        self.comma();
        let other = self.attempt(Self::clause)?;
        clauses.push((Joint::Or, other));
        Some(which)
    }

    /// `whichever comes first`, after alternatives.
    pub(super) fn whichever(&mut self, clauses: &mut Vec<(Joint, Clause)>) -> bool {
        let Some(which) = self
            .attempt(Self::whichever_of)
            .or_else(|| self.attempt(|p| p.or_if_later(clauses)))
        else {
            return false;
        };
        // A bare length among the alternatives is a day as well.
        let mut days = Vec::new();
        let mut kept = Vec::new();
        for (joint, clause) in clauses.drain(..) {
            match clause {
                Clause::Pieces(pieces) => {
                    for piece in pieces {
                        match piece {
                            Piece::Ends {
                                opens: None,
                                due: Some(edge),
                                exact,
                                sort,
                            } => days.push((edge, exact, sort)),
                            Piece::Ends {
                                opens: Some(opens),
                                due: Some(edge),
                                exact,
                                sort,
                            } => {
                                days.push((edge, exact, sort));
                                kept.push((
                                    joint,
                                    Clause::Pieces(vec![Piece::opening(Some(opens))]),
                                ));
                            }
                            other => kept.push((joint, Clause::Pieces(vec![other]))),
                        }
                    }
                }
                other => kept.push((joint, other)),
            }
        }
        let sort = if days.iter().any(|(_, _, sort)| *sort == Sort::Term) {
            Sort::Term
        } else {
            Sort::Act
        };
        if days.is_empty() {
            // Nothing to choose from before it: the earlier of the two openings.
            let edges: Vec<Point> = kept
                .drain(..)
                .filter_map(|(_, clause)| match clause {
                    Clause::Pieces(pieces) => pieces.into_iter().next(),
                    _ => None,
                })
                .filter_map(|piece| match piece {
                    Piece::Ends {
                        opens: Some(edge), ..
                    } => Some(plain(edge)),
                    _ => None,
                })
                .collect();
            clauses.push((
                Joint::None,
                Clause::Pieces(vec![Piece::opening(Some(Edge::On(Point::extreme(
                    which, edges,
                ))))]),
            ));
            return true;
        }
        let of: Vec<Point> = days.into_iter().map(|(edge, _, _)| plain(edge)).collect();
        let point = one_of_a_year(which, of);
        kept.push((
            Joint::And,
            Clause::Pieces(vec![Piece::due(Edge::On(point), sort)]),
        ));
        *clauses = kept;
        true
    }
}
