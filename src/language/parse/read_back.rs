//! Whether words read back to what they are meant to say.

use super::core::Parser;
use super::{Numbers, read_as};
use crate::language::token::{is_silent, tokenise};
use crate::language::tree::{Point, Tree};
use crate::language::{DateOrder, KnownNames, Names, Trigger};

/// Whether the words of a phrase say just that.
pub(in crate::language) fn reads_as(words: &str, tree: &Tree) -> bool {
    let names = names(&tree.triggers());
    let numbers = Numbers {
        order: names.date_order,
        near: names.near,
    };
    read_as(words, &names, numbers, None).is_ok_and(|read| read.tree == *tree)
}

/// Whether the words, standing alone, say just that day.
pub(in crate::language) fn reads_as_point(words: &str, point: &Point) -> bool {
    let mut triggers = Vec::new();
    point.visit(&mut |point| {
        if let Point::At(trigger) = point {
            triggers.push(trigger.clone());
        }
    });
    let names = names(&triggers);
    let mut tokens = tokenise(words, names.date_order, names.near);
    tokens.list.retain(|token| !is_silent(&token.kind));
    let mut parser = Parser::new(words, &tokens.list, &names);
    let read = parser.point();
    read.as_ref() == Some(point)
        && parser.done()
        && tokens.refusals.is_empty()
        && parser.refusals.is_empty()
        && parser.asides.is_empty()
}

/// The names that triggers are called by; what else an office declares is of no account.
fn names(triggers: &[Trigger]) -> Names {
    let mut names = Names {
        events: Vec::new(),
        repeating: Vec::new(),
        obligations: Vec::new(),
        agreements: Vec::new(),
        date_order: DateOrder::MonthDayYear,
        near: None,
        known: KnownNames::default(),
    };
    for trigger in triggers {
        match trigger {
            Trigger::Event {
                agreement: None,
                event,
            } => names.events.push((event.clone(), String::new())),
            Trigger::Event {
                agreement: Some(agreement),
                ..
            } => names.agreements.push(agreement.clone()),
            Trigger::Obligation(id) | Trigger::Missed(id) => {
                names.obligations.push((id.clone(), String::new()));
            }
            Trigger::AnyMissed => {}
        }
    }
    names
}
