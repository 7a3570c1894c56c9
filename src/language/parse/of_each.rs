//! `each meeting`: what is said where an event comes more than once and one day of it is read.

use super::core::Parser;
use super::parties::is_party;
use crate::language::Trigger;
use crate::language::token::{Kind, Token};

impl Parser<'_> {
    /// `each meeting`, of an event that comes once as it is declared: one day is read, and more are meant.
    pub(super) fn warn_of_each(&mut self, start: usize, trigger: &Trigger) {
        let Trigger::Event {
            agreement: None,
            event,
        } = trigger
        else {
            return;
        };
        let is_each = |word: &str| matches!(word, "each" | "every");
        // `each party receives it` says whose act it is.
        let each = |pair: &[Token]| {
            let [
                Token {
                    kind: Kind::Word(each),
                    ..
                },
                Token {
                    kind: Kind::Word(next),
                    ..
                },
            ] = pair
            else {
                return false;
            };
            is_each(each) && !is_party(next)
        };
        let said = self.tokens.get(start..self.at).unwrap_or_default();
        if !said.windows(2).any(each) || self.names.repeating.contains(event) {
            return;
        }
        let declared = self.names.events.iter().find(|(id, _)| id == event);
        let in_its_name = |title: &str| {
            title
                .split_whitespace()
                .any(|word| is_each(&word.to_lowercase()))
        };
        if declared.is_some_and(|(_, title)| !in_its_name(title)) {
            self.warn(
                start,
                format!("`{event}` happens once, as it is declared: of `each` one day is read"),
                format!(
                    "write `repeats = true` under `[events.{}]`, and record each time",
                    event.as_str().replace(' ', "_")
                ),
            );
        }
    }
}
