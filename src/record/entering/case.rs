//! Which case of what repeats is meant by `--for`, and what can be typed where there is no such case.

use super::text;
use crate::agreement::{Agreement, Event};
use crate::error::Error;
use crate::language::Trigger;
use crate::schedule::Occurrence;
use crate::words;

/// How many cases a refusal lists.
const MOST_LISTED: usize = 12;

/// That no case is recorded yet of what an obligation follows from.
pub(super) fn none_yet(agreement: &Agreement, id: &str, event: &Event) -> Error {
    Error::refused(format!(
        "`{id}` follows from each time of \"{}\", and none is recorded yet; record that first: sideletter record happened {}/{} --on DATE --for WORDS",
        event.title, agreement.id, event.id
    ))
}

/// That an obligation has no case by these words. `of_it`: its occurrences, whatever they are called.
pub fn no_such<'a>(
    agreement: &Agreement,
    id: &str,
    typed: &str,
    of_it: impl Iterator<Item = &'a Occurrence>,
) -> Error {
    let event = event(agreement, id);
    let mut known: Vec<&str> = Vec::new();
    let mut is_begun = false;
    for occurrence in of_it {
        is_begun |= !waits_for_its_event(occurrence);
        if let Some(words) = occurrence.for_words.as_deref()
            && !known.contains(&words)
        {
            known.push(words);
        }
    }
    match (event, known.as_slice()) {
        (Some(event), []) if !is_begun => none_yet(agreement, id, event),
        (None, []) => Error::refused(format!(
            "`{id}` is not owed for one case and another, so there is no --for; leave it out"
        )),
        (event, _) => Error::refused(format!(
            "`{id}` has no occurrence for \"{}\"; {}",
            text::shown(typed),
            what_can_be_typed(agreement, event, typed, &known)
        )),
    }
}

fn what_can_be_typed(
    agreement: &Agreement,
    event: Option<&Event>,
    typed: &str,
    known: &[&str],
) -> String {
    let is_the_same = |words: &&&str| words.to_lowercase() == typed.to_lowercase();
    let near = known.iter().find(is_the_same).copied();
    // Another number is another case.
    let numbers = |words: &str| -> String { words.chars().filter(char::is_ascii_digit).collect() };
    let spelled = known
        .iter()
        .copied()
        .filter(|w| numbers(w) == numbers(typed));
    if let Some(meant) = near.or_else(|| words::nearest(typed, spelled)) {
        return format!("did you mean --for \"{}\"?", text::shown(meant));
    }
    let mut listed: Vec<String> = known
        .iter()
        .take(MOST_LISTED)
        .map(|words| format!("--for \"{}\"", text::shown(words)))
        .collect();
    if known.len() > MOST_LISTED {
        listed.push(format!("and {} more", known.len() - MOST_LISTED));
    }
    let there_are = if listed.is_empty() {
        "what is recorded has no words: leave --for out".to_owned()
    } else {
        format!("there are: {}", listed.join(", "))
    };
    match event {
        Some(event) => format!(
            "{there_are}. Another case is recorded first: sideletter record happened {}/{} --on DATE --for \"{}\"",
            agreement.id,
            event.id,
            text::shown(typed)
        ),
        None => there_are,
    }
}

/// Whether an occurrence stands for what has none yet, because nothing that it follows from is recorded.
pub(super) fn waits_for_its_event(occurrence: &Occurrence) -> bool {
    occurrence.begun.by.is_empty() && occurrence.occurrence.is_none()
}

/// The event that repeats and that an obligation follows from, itself or through others.
pub(super) fn event<'a>(agreement: &'a Agreement, id: &str) -> Option<&'a Event> {
    let mut open: Vec<&str> = vec![id];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(id) = open.pop() {
        let obligation = agreement.obligation(id).filter(|_| !seen.contains(&id));
        seen.push(id);
        let phrase = obligation.and_then(|obligation| obligation.timing.phrase());
        for trigger in phrase.into_iter().flat_map(|phrase| phrase.tree.triggers()) {
            match trigger {
                Trigger::Event {
                    agreement: None,
                    event,
                } => {
                    let event = agreement.event(event.as_str());
                    if let Some(event) = event.filter(|event| event.repeats) {
                        return Some(event);
                    }
                }
                Trigger::Obligation(id) | Trigger::Missed(id) => {
                    open.extend(agreement.obligation(id.as_str()).map(|o| o.id.as_str()));
                }
                _ => {}
            }
        }
    }
    None
}
