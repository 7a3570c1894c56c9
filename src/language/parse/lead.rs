//! Words before a limit that say nothing about time: `this agreement shall be in effect`.

use super::core::Parser;
use crate::language::token::Kind;

impl Parser<'_> {
    /// Words before the limit that say nothing about time.
    pub(super) fn lead_in(&mut self) {
        let start = self.at;
        loop {
            let at = self.at;
            let subject = self.attempt(|p| {
                p.document()?;
                (p.sees("shall|will|must|is|may|to|remains|continues|expires|terminates|ends|sunsets|lapses")
                    || p.sees("becomes|takes|begins"))
                .then_some(())
            });
            if subject.is_none() {
                self.eat_any(&["it|they|which|that", "and|but"]);
            }
            self.eat("shall|will|must");
            // Before anything else it is the month.
            if self.sees("may be|not|only|begin|start|commence|last|run|remain|continue|extend|end")
            {
                self.eat("may");
            }
            self.eat("be|is|are");
            // `effective each July 1` recurs.
            if self.sees("effective each|every") {
                self.eat("effective");
            }
            let effect = self.at;
            if self.eat_any(&[
                "remain|remains|remaining|continue|continues|continuing|be|stay|is in full? force? and? effect",
                "in full? force and effect",
                "in effect",
                "remain|remains effective",
            ]) {
                // `in effect unless modified` has no date, and says so with these words.
                if self.done() || self.sees("unless") {
                    self.at = effect;
                    break;
                }
            }
            let deed = self.eat_any(&[
                "completed|held|provided|submitted|given|made|paid|implemented|scheduled|filed|issued|delivered",
                "to take|takes|take place",
            ]);
            self.deeds += usize::from(deed);
            if self.sees("last|lasts|lasting|run|runs|continue|continues|extend|extends for|from|through|until") {
                self.advance(1);
            }
            self.eat_any(&["due", "to occur|occurs|occur", "take|takes effect"]);
            if self.at == at || self.done() {
                break;
            }
        }
        // Words that lead to nothing are the limit themselves.
        if self.done() {
            self.at = start;
        }
    }

    /// `commence no later than`: the limit is for the beginning alone, unless an end is named as well.
    pub(super) fn begins_within(&mut self) {
        let ends = self.tokens.iter().any(|token| {
            matches!(&token.kind, Kind::Word(word) if ["complet", "end", "finish", "conclu", "clos"].iter().any(|end| word.starts_with(end)))
        });
        if !ends
            && self.sees("to? begin|begins|start|starts|commence|commences|starting|commencing|beginning within|by|no|not")
        {
            self.eat("to");
            self.advance(1);
        }
    }

    /// `and shall`, `but in no case`, between clauses.
    pub(super) fn go_on(&mut self) {
        self.eat("in any event|case");
        // `and continuing through June 30, 2028`.
        if self.sees("continuing|continue|continues|running|extending thereafter? through|until|till|to|thru|for|up") {
            self.advance(1);
            self.eat("thereafter");
        }
        self.eat("then|also");
        self.lead_in();
    }
}
