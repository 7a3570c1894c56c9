//! What words for people have in the place of what only a file's author knows: titles for ids, days written out.

use crate::agreement::Agreement;
use crate::words::Language::{self, English, Spanish};
use chrono::NaiveDate;

/// A phrase with the titles of what it names in the place of their ids: nobody but the file's author knows
/// `follow_up_meeting`. A word without an underscore is left as it is, unless it stands in backticks: it is the agreement's
/// own.
pub(crate) fn titled(phrase: &str, title: impl Fn(&str) -> Option<String>) -> String {
    let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/');
    let mut out = String::with_capacity(phrase.len());
    let mut rest = phrase;
    while let Some(first) = rest.chars().next() {
        let whole = is_id(first);
        let end = rest.find(|c| is_id(c) != whole).unwrap_or(rest.len());
        let (word, mut after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let is_quoted = out.ends_with('`') && after.starts_with('`');
        let is_named = whole && (is_quoted || word.contains('_'));
        match is_named.then(|| title(word)).flatten() {
            Some(title) => {
                if is_quoted {
                    out.pop();
                    after = after.trim_start_matches('`');
                }
                out.push('\u{2018}');
                out.push_str(&title);
                out.push('\u{2019}');
            }
            None => out.push_str(word),
        }
        rest = after;
    }
    out
}

/// A sentence of the program, about something in an agreement, with titles in the place of ids: of the agreement's own, of
/// `others`, where those may be named, and of what they declare (`mou_2013/launch`).
pub(crate) fn in_words<'a>(
    others: impl Fn(&str) -> Option<&'a Agreement>,
    agreement: &'a Agreement,
    words: &str,
) -> String {
    let words = titled(words, |name| {
        let (there, part) = match name.split_once('/') {
            None if agreement.title_of(name).is_some() => (agreement, Some(name)),
            None => (others(name)?, None),
            Some((there, part)) => (others(there)?, Some(part)),
        };
        let Some(part) = part else {
            return Some(there.title.clone());
        };
        let part_title = there.title_of(part).map(str::to_owned);
        let part_title = part_title.unwrap_or_else(|| part.replace('_', " "));
        if there.id == agreement.id {
            return Some(part_title);
        }
        Some(format!("{part_title} ({})", there.title))
    });
    // A step about an event begins with its name, in words.
    let begins = |id: &str, title: &str| {
        let (name, rest) = words.split_at_checked(id.len())?;
        let is_named = (rest.starts_with(" is ") || rest.starts_with(": "))
            && id
                .bytes()
                .map(|b| if b == b'_' { b' ' } else { b })
                .eq(name.bytes());
        is_named.then(|| format!("\u{2018}{title}\u{2019}{rest}"))
    };
    let events = agreement.events.iter();
    let obligations = agreement.obligations.iter();
    events
        .map(|event| (event.id.as_str(), event.title.as_str()))
        .chain(obligations.map(|o| (o.id.as_str(), o.title.as_str())))
        .find_map(|(id, title)| begins(id, title))
        .unwrap_or(words)
}

/// What an event is called in a sentence: an agreement's own days in words, and what a file declares by its id in backticks,
/// in whose place [`in_words`] has its title. `agreement`: whose it is, where that is another.
pub(crate) fn of_event(language: Language, agreement: Option<&str>, event: &str) -> String {
    match (own_day(language, event), agreement, language) {
        (Some(own), None, _) => own.to_owned(),
        (Some(own), Some(agreement), English) => format!("{own} of `{agreement}`"),
        (Some(own), Some(agreement), Spanish) => format!("{own} de `{agreement}`"),
        (None, None, _) => format!("`{event}`"),
        (None, Some(agreement), _) => format!("`{agreement}/{event}`"),
    }
}

/// What an agreement's own days, and what is no event of its own, are called in a sentence.
pub(crate) fn built_in(language: Language, name: &str) -> String {
    match (own_day(language, name), name, language) {
        (Some(own), _, _) => own.to_owned(),
        (None, "a missed commitment", Spanish) => "un compromiso sin cumplir".to_owned(),
        (None, other, _) => other.replace('_', " "),
    }
}

/// What a day that every agreement has is called in a sentence.
fn own_day(language: Language, name: &str) -> Option<&'static str> {
    Some(match (name, language) {
        ("signing", English) => "the signing",
        ("signing", Spanish) => "la firma",
        ("ratification", English) => "the ratification",
        ("ratification", Spanish) => "la ratificación",
        ("effective", English) => "the first day",
        ("effective", Spanish) => "el primer día",
        ("expiration", English) => "the end",
        ("expiration", Spanish) => "el fin",
        ("notice", English) => "the notice",
        ("notice", Spanish) => "el aviso",
        _ => return None,
    })
}

/// What a day that every agreement has is called by itself.
pub(crate) fn of_own_day(language: Language, name: &str) -> Option<&'static str> {
    Some(match (name, language) {
        ("signing", English) => "Signing of the agreement",
        ("signing", Spanish) => "Firma del acuerdo",
        ("effective", English) => "The day on which the agreement takes effect",
        ("effective", Spanish) => "El día en que el acuerdo entra en vigor",
        ("expiration", English) => "The end of the agreement",
        ("expiration", Spanish) => "El fin del acuerdo",
        ("ratification", English) => "Ratification of the agreement",
        ("ratification", Spanish) => "Ratificación del acuerdo",
        ("notice", English) => "Notice under the agreement",
        ("notice", Spanish) => "Aviso conforme al acuerdo",
        _ => return None,
    })
}

/// What an agreement's own term is called.
pub(crate) fn own_term(language: Language) -> &'static str {
    match language {
        English => "Term of the agreement",
        Spanish => "Vigencia del acuerdo",
    }
}

/// Whether a time limit is the letter's own words: not the file's way of saying that the agreement names no time, nor a day
/// as no letter writes one.
pub(crate) fn is_of_the_letter(phrase: &str) -> bool {
    !names_no_time(phrase) && days_written_out(English, phrase).is_none()
}

/// Whether a phrase is the file's own way of saying that the agreement names no time: there is nothing to quote.
fn names_no_time(phrase: &str) -> bool {
    let words = phrase.trim().to_ascii_lowercase();
    matches!(
        words.as_str(),
        "no time stated" | "no time specified" | "no time given"
    )
}

/// A phrase with its days of the form `2027-01-04` written out; `None` where it has none. A day alone is in the reader's
/// language; one among other words in theirs.
pub(crate) fn days_written_out(language: Language, phrase: &str) -> Option<String> {
    let is_alone = !phrase.trim().contains(' ');
    let language = if is_alone { language } else { English };
    let day = |word: &str| {
        let is_one = word.len() == 10 && word.bytes().filter(|b| *b == b'-').count() == 2;
        is_one
            .then(|| NaiveDate::parse_from_str(word, "%Y-%m-%d").ok())
            .flatten()
    };
    let mut found = false;
    let words: Vec<String> = phrase
        .split(' ')
        .map(|word| {
            let bare = word.trim_end_matches([',', ';', '.', ')']);
            let after = word.get(bare.len()..).unwrap_or_default();
            match day(bare) {
                Some(day) => {
                    found = true;
                    format!("{}{after}", language.day(day))
                }
                None => word.to_owned(),
            }
        })
        .collect();
    found.then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_in_a_phrase_is_shown_by_its_title() {
        let title = |id: &str| (id != "work_day").then(|| format!("The {}", id.replace('_', " ")));
        assert_eq!(
            titled("30 days after follow_up_meeting, or signing", title),
            "30 days after \u{2018}The follow up meeting\u{2019}, or signing"
        );
        assert_eq!(
            titled("the end of `pilot`, as it is", title),
            "the end of \u{2018}The pilot\u{2019}, as it is"
        );
        assert_eq!(titled("each work_day", title), "each work_day");
        assert_eq!(titled("", title), "");
    }

    #[test]
    fn a_day_that_no_letter_writes_so_is_written_out() {
        let written = |phrase| days_written_out(English, phrase);
        assert_eq!(written("2027-01-04").as_deref(), Some("4 January 2027"));
        assert_eq!(
            written("3 months from 2026-01-31, or less").as_deref(),
            Some("3 months from 31 January 2026, or less")
        );
        assert_eq!(written("January 4, 2027"), None);
        assert!(!is_of_the_letter("no time stated"));
        assert!(is_of_the_letter("within 30 days of signing"));
    }
}
