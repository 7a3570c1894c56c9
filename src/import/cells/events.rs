//! The events that a phrase hangs on: a sheet says `30 days after go-live` and declares nothing, so that the words are
//! declared with it, without a day.

use super::parse;
use crate::ids::EventId;
use crate::import::tidy::{Taken, id_of};
use crate::language::{KnownNames, Names, Refusal, Trigger};
use crate::rules::unknown_event;
use crate::words::capitalized;

/// What stands before an event.
const BEFORE: [&str; 12] = [
    "after",
    "following",
    "from",
    "of",
    "upon",
    "before",
    "since",
    "to",
    "until",
    "on",
    "with",
    "when",
];

/// How many words of a phrase are tried as the beginning of an event, and how many as its end.
const TRIED: usize = 4;
const LONGEST: usize = 10;

/// Declares the events that a phrase names and nobody has declared, where it is understood with them. What it names by
/// a slip of the pen is not declared: the refusal says what is meant.
pub(in crate::import) fn declare(words: &str, names: &mut Names, taken: &mut Taken) {
    // A phrase may name two.
    for _ in 0..3 {
        let Err(refusals) = parse(words, names) else {
            return;
        };
        let Some(found) = refusals
            .first()
            .and_then(|refusal| event(words, refusal, names))
        else {
            return;
        };
        let id = EventId::new(taken.free(&id_of(&found, "event")));
        names.events.push((id, capitalized(&found)));
        names.known = KnownNames::default();
    }
}

/// The words that make the phrase understood, or better understood, where they are declared as an event.
fn event(words: &str, refusal: &Refusal, names: &Names) -> Option<String> {
    let is_slip = refusal
        .help
        .as_deref()
        .is_some_and(|help| help.starts_with("did you mean"));
    if is_slip && refusal.rule == &unknown_event::RULE {
        return None;
    }
    let words_at = words_of(words);
    let beginnings: Vec<usize> = if refusal.rule == &unknown_event::RULE {
        words_at
            .iter()
            .position(|(at, _)| *at >= refusal.range.start)
            .into_iter()
            .collect()
    } else {
        words_at
            .iter()
            .enumerate()
            .filter(|(_, (at, word))| {
                *at < refusal.range.start && BEFORE.contains(&word.to_lowercase().as_str())
            })
            .map(|(index, _)| index + 1)
            .take(TRIED)
            .collect()
    };
    let mut further: Option<(usize, String)> = None;
    for begin in beginnings {
        let begin = begin
            + usize::from(
                words_at
                    .get(begin)
                    .is_some_and(|(_, word)| is_article(word)),
            );
        for end in (begin..words_at.len().min(begin + LONGEST)).rev() {
            let (Some((from, _)), Some((last, word))) = (words_at.get(begin), words_at.get(end))
            else {
                continue;
            };
            let candidate = words
                .get(*from..last + word.len())?
                .trim_end_matches(['.', ';', ',', ':']);
            if !candidate.starts_with(char::is_alphabetic)
                || candidate.contains(['(', ')', '[', ']', '"'])
            {
                continue;
            }
            let mut with = names.clone();
            let id = EventId::new("the_event_that_is_tried");
            with.events.push((id.clone(), candidate.to_owned()));
            with.known = KnownNames::default();
            match parse(words, &with) {
                Ok(phrase) if phrase.tree.triggers().contains(&Trigger::event(id)) => {
                    return Some(candidate.to_owned());
                }
                Ok(_) => {}
                // The first of two events: what is refused then stands behind it.
                Err(refusals) => {
                    let at = refusals.first().map_or(0, |refusal| refusal.range.start);
                    if at > last + word.len() && further.as_ref().is_none_or(|(most, _)| at > *most)
                    {
                        further = Some((at, candidate.to_owned()));
                    }
                }
            }
        }
    }
    further.map(|(_, candidate)| candidate)
}

fn is_article(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "the" | "a" | "an" | "said" | "such"
    )
}

/// The words of a text, each with where it begins.
fn words_of(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut begin = None;
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), begin) {
            (false, None) => begin = Some(at),
            (true, Some(from)) => {
                words.extend(text.get(from..at).map(|word| (from, word)));
                begin = None;
            }
            _ => {}
        }
    }
    if let Some(from) = begin {
        words.extend(text.get(from..).map(|word| (from, word)));
    }
    words
}
