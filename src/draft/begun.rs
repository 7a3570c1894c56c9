//! A limit whose start stands at the head of its sentence: `Upon ratification, the County shall pay within 30 days`.

use super::anchors::named_at;
use super::finder::{Event, Found, Need, Reader, bare, in_one_line};
use super::sentences::words_of;
use super::verbs::modals;

/// Words that a sentence begins with what its limit runs from by.
const LEADS: [&str; 3] = ["upon", "following", "after"];

/// The words of time of a sentence, where its limit does not say after what and its first words do: joined.
pub(super) fn with_its_start(
    reader: &Reader<'_>,
    sentence: &str,
    mut found: Vec<Found>,
) -> Vec<Found> {
    found = with_its_first_day(reader, found);
    let lacking: Vec<usize> = found
        .iter()
        .enumerate()
        .filter(|(_, one)| one.needs == Need::Start)
        .map(|(index, _)| index)
        .collect();
    let [limit] = lacking.as_slice() else {
        return found;
    };
    let words = words_of(sentence);
    let Some(start) = lead(&words) else {
        return found;
    };
    let verb = modals(&words).first().map_or(0, |modal| modal.at);
    let known = found
        .iter()
        .position(|one| one.start == words.get(start).map_or(0, |(at, _)| *at));
    let joined = found
        .get(*limit)
        .filter(|one| one.start > verb && verb > 0)
        .and_then(|one| match known {
            Some(known) => after_what_is_known(reader, one, found.get(known)?),
            None => after_an_event(reader, sentence, &words, start + 1, one, verb),
        });
    let Some(joined) = joined else {
        return found;
    };
    if let Some(place) = found.get_mut(*limit) {
        *place = joined;
    }
    if let Some(known) = known {
        found.remove(known);
    }
    found
}

/// Where the sentence says from when it counts, before its verb: its first word, or the one after an opening such as `In addition,`.
fn lead(words: &[(usize, &str)]) -> Option<usize> {
    let is_lead = |index: &usize| {
        words
            .get(*index)
            .is_some_and(|(_, word)| LEADS.contains(&bare(word).as_str()))
    };
    let opened = |index: &usize| {
        *index == 0
            || words
                .get(*index - 1)
                .is_some_and(|(_, word)| word.ends_with(','))
    };
    (0..4).filter(opened).find(is_lead)
}

/// `within 30 days` of what the language of deadlines knows: `of execution of this MOU`.
fn after_what_is_known(reader: &Reader<'_>, limit: &Found, start: &Found) -> Option<Found> {
    let (_, name) = start.words.split_once(' ')?;
    if start.phrase.tree.triggers().is_empty() {
        return None;
    }
    let length = length(limit);
    match &start.event {
        None => {
            let words = format!("{length} {name}");
            let phrase = reader.parse(&words, None)?;
            (!phrase.tree.triggers().is_empty())
                .then(|| reader.found(limit.start, limit.end, words, phrase, None))
        }
        Some(event) => {
            let whole = format!("{length} {name}");
            let (words, phrase) = reader.hung_on(&format!("{length} "), &whole, event)?;
            Some(reader.found(limit.start, limit.end, words, phrase, Some(event.clone())))
        }
    }
}

/// `within 10 days` of an event in the letter's own words: `of receipt of a written request`.
fn after_an_event(
    reader: &Reader<'_>,
    sentence: &str,
    words: &[(usize, &str)],
    first: usize,
    limit: &Found,
    verb: usize,
) -> Option<Found> {
    let named = named_at(words, first)?;
    let (from, _) = words.get(named.first)?;
    let (to, word) = words.get(named.last)?;
    let end = to + word.len();
    if end > verb {
        return None;
    }
    let name = in_one_line(sentence.get(*from..end)?);
    let name = name.trim_end_matches([',', ';', ':']);
    let event = Event {
        id: named.id,
        title: named.title,
    };
    let length = length(limit);
    let (words, phrase) =
        reader.hung_on(&format!("{length} "), &format!("{length} {name}"), &event)?;
    Some(reader.found(limit.start, limit.end, words, phrase, Some(event)))
}

/// The limit's own words up to what it runs from: `within 30 days of`, `no later than 30 days after`.
fn length(limit: &Found) -> String {
    let relation = if limit.words.to_ascii_lowercase().starts_with("within") {
        "of"
    } else {
        "after"
    };
    format!("{} {relation}", limit.words)
}

/// A series and the day on which it begins, where other words stand between: `$75 per month to each account beginning July 1`.
fn with_its_first_day(reader: &Reader<'_>, found: Vec<Found>) -> Vec<Found> {
    let mut joined: Vec<Found> = Vec::new();
    for one in found {
        let begins = ["beginning ", "starting ", "commencing "]
            .iter()
            .any(|word| one.words.to_ascii_lowercase().starts_with(word));
        let series = joined
            .last()
            .filter(|series| begins && series.phrase.tree.recurs() && series.event.is_none());
        let whole = series.and_then(|series| {
            let words = format!("{} {}", series.words, one.words);
            let phrase = reader.parse(&words, None)?;
            let both = phrase.tree.recurs() && phrase.tree != series.phrase.tree;
            both.then(|| reader.found(series.start, one.end, words, phrase, None))
        });
        match whole {
            Some(whole) => {
                joined.pop();
                joined.push(whole);
            }
            None => joined.push(one),
        }
    }
    joined
}
