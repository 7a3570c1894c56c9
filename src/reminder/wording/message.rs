//! What stands around the things that a message tells: its subject, its headings, its foot.

use super::super::letter::Labels;
use crate::record::receipt as written;
use crate::titles;
use crate::words::Language::{self, English, Spanish};
use chrono::NaiveDate;

/// The headings.
pub(in super::super) fn labels(language: Language) -> Labels {
    match language {
        English => Labels {
            words: "Time limit",
            quote: "The clause",
            steps: "How the day was reached",
            reading: "The office's reading",
            afterwards: "After it",
            said: "Said so far",
            follows: "What follows",
            next: "What to do next",
            commands: "For whoever keeps the record",
        },
        Spanish => Labels {
            words: "Plazo",
            quote: "La cláusula",
            steps: "Cómo se calculó la fecha",
            reading: "La interpretación de la oficina",
            afterwards: "Después",
            said: "Lo dicho hasta ahora",
            follows: "Lo que se deriva de ello",
            next: "Qué hacer ahora",
            commands: "Para quien lleva el registro",
        },
    }
}

/// `, due 30 March 2014`: what a subject line adds to a title.
pub(in super::super) fn due(language: Language, due: NaiveDate) -> String {
    let day = language.day(due);
    match language {
        English => format!(", due {day}"),
        Spanish => format!(", vencimiento: {day}"),
    }
}

/// The same of what only has to begin by then.
pub(in super::super) fn to_begin(language: Language, due: NaiveDate) -> String {
    let day = language.day(due);
    match language {
        English => format!(", to begin by {day}"),
        Spanish => format!(", debe comenzar a más tardar el {day}"),
    }
}

/// The same of a term.
pub(in super::super) fn through(language: Language, end: NaiveDate) -> String {
    let day = language.day(end);
    match language {
        English => format!(", through {day}"),
        Spanish => format!(", hasta el {day} inclusive"),
    }
}

/// The same of what has no last day.
pub(in super::super) fn from(language: Language, opens: NaiveDate) -> String {
    let day = language.day(opens);
    match language {
        English => format!(", from {day}"),
        Spanish => format!(", a partir del {day}"),
    }
}

/// What the question for an event's date is about, and the answer to it.
pub(in super::super) fn date_of(language: Language, event: &str) -> String {
    match language {
        English => format!("date of \"{event}\""),
        Spanish => format!("fecha de \"{event}\""),
    }
}

pub(in super::super) fn subject(
    language: Language,
    agreement: &str,
    about: &str,
    others: usize,
) -> String {
    match (others, language) {
        (0, English | Spanish) => format!("{agreement}: {about}"),
        (n, English) => format!("{agreement}: {about}, and {n} more"),
        (n, Spanish) => format!("{agreement}: {about}, y {n} más"),
    }
}

/// The first line. `news`: what is new about each of the things.
pub(in super::super) fn greeting(
    language: Language,
    party: &str,
    agreement: &str,
    news: &[&str],
) -> String {
    match (news, language) {
        ([one], English) => format!("To {party}, about “{agreement}”: {one}."),
        ([one], Spanish) => format!("Para {party}, sobre “{agreement}”: {one}."),
        (all, English) => format!("To {party}, about “{agreement}”: {} things.", all.len()),
        (all, Spanish) => format!("Para {party}, sobre “{agreement}”: {} asuntos.", all.len()),
    }
}

pub(in super::super) fn quoted_above(language: Language) -> String {
    match language {
        English => "The words that it rests on stand above.",
        Spanish => "Las palabras en que se basa figuran más arriba.",
    }
    .to_owned()
}

pub(in super::super) fn receipt(language: Language, number: u64, seal: &str) -> String {
    let receipt = written::of(number, seal);
    match language {
        English => format!(
            "Receipt: {receipt}, the number and the seal of the newest entry of the record. Keep this message: with it a later alteration can be shown."
        ),
        Spanish => format!(
            "Comprobante: {receipt}, el número y el sello de la anotación más reciente del registro. Conserve este mensaje: con él puede demostrarse una alteración posterior."
        ),
    }
}

/// What an agreement's own dates are called.
pub(in super::super) fn built_in(language: Language, event: &str) -> &str {
    match event {
        "renewal" => titles::own_term(language),
        other => titles::of_own_day(language, other).unwrap_or(other),
    }
}

pub(in super::super) fn withheld(language: Language) -> String {
    match language {
        English => "A passage is not shown here.",
        Spanish => "Aquí no se muestra un pasaje.",
    }
    .to_owned()
}

/// A day that rests on what was said. `when`: the condition under which it is owed, where that is open.
pub(in super::super) fn gets_its_day(language: Language, what: &str, when: Option<&str>) -> String {
    match (when, language) {
        (None, _) => format!("{what}."),
        (Some(when), English) => format!("{what}, if its condition comes about: “{when}”."),
        (Some(when), Spanish) => format!("{what}, si se cumple su condición: “{when}”."),
    }
}

/// The day that one of two claims gives, where the other goes before it.
pub(in super::super) fn by_one_claim(
    language: Language,
    title: &str,
    day: NaiveDate,
    meanwhile: NaiveDate,
) -> String {
    let (day, meanwhile) = (language.day(day), language.day(meanwhile));
    match language {
        English => {
            format!("{title}: {day} by this word; meanwhile it goes by the other, {meanwhile}.")
        }
        Spanish => format!(
            "{title}: el {day} según lo dicho aquí; mientras tanto rige lo otro, el {meanwhile}."
        ),
    }
}

pub(in super::super) fn clause(language: Language, clause: &str) -> String {
    language.clause(clause)
}

pub(in super::super) fn answer(language: Language) -> String {
    match language {
        English => "To answer, reply to this message: a person at the office reads it.",
        Spanish => "Para contestar, responda a este mensaje: lo lee una persona de la oficina.",
    }
    .to_owned()
}

pub(in super::super) fn attachment(language: Language) -> String {
    match language {
        English => "The days are attached as a calendar file. It holds what is known today; later changes come by message.",
        Spanish => "Se adjuntan las fechas en un archivo de calendario. Contiene lo que se sabe hoy; los cambios posteriores se comunican por mensaje.",
    }
    .to_owned()
}
