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
                (p.sees(words!("shall|will|must|is|may|to|remains|continues|expires|terminates|ends|sunsets|lapses"))
                    || p.sees(words!("becomes|takes|begins")))
                .then_some(())
            });
            if subject.is_none() {
                self.eat_any(&[words!("it|they|which|that"), words!("and|but")]);
            }
            self.eat(words!("shall|will|must"));
            // Before anything else it is the month.
            if self.sees(words!(
                "may be|not|only|begin|start|commence|last|run|remain|continue|extend|end"
            )) {
                self.eat(words!("may"));
            }
            self.eat(words!("be|is|are"));
            // `effective each July 1` recurs.
            if self.sees(words!("effective each|every")) {
                self.eat(words!("effective"));
            }
            let effect = self.at;
            if self.eat_any(&[
                words!("remain|remains|remaining|continue|continues|continuing|be|stay|is in full? force? and? effect"),
                words!("in full? force and effect"),
                words!("in effect"),
                words!("remain|remains effective"),
            ]) {
                // `in effect unless modified` has no date, and says so with these words.
                if self.done() || self.sees(words!("unless")) {
                    self.at = effect;
                    break;
                }
            }
            let deed = self.eat_any(&[
                words!("completed|held|provided|submitted|given|made|paid|implemented|scheduled|filed|issued|delivered"),
                words!("to take|takes|take place"),
            ]);
            self.deeds += usize::from(deed);
            if self.sees(words!("last|lasts|lasting|run|runs|continue|continues|extend|extends for|from|through|until")) {
                self.advance(1);
            }
            self.eat_any(&[
                words!("due"),
                words!("to occur|occurs|occur"),
                words!("take|takes effect"),
            ]);
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
            && self.sees(words!("to? begin|begins|start|starts|commence|commences|starting|commencing|beginning within|by|no|not"))
        {
            self.eat(words!("to"));
            self.advance(1);
        }
    }

    /// `and shall`, `but in no case`, between clauses.
    pub(super) fn go_on(&mut self) {
        self.eat(words!("in any event|case"));
        // `and continuing through June 30, 2028`.
        if self.sees(words!("continuing|continue|continues|running|extending thereafter? through|until|till|to|thru|for|up")) {
            self.advance(1);
            self.eat(words!("thereafter"));
        }
        // `and lasting six months`.
        if matches!(self.word(0), "lasting" | "continuing" | "running")
            && matches!(self.kind(1), Some(Kind::Number { .. }))
        {
            self.advance(1);
        }
        self.eat(words!("then|also"));
        self.lead_in();
    }
}
