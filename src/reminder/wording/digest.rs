//! The sentences of a weekly overview.

use super::super::digest::Heading;
use crate::store::refusal::Failure;
use crate::words::Language::{self, English, Spanish};
use chrono::NaiveDate;

pub(in super::super) fn subject(language: Language, office: &str, monday: NaiveDate) -> String {
    let monday = language.day(monday);
    match language {
        English => format!("{office}: the week of {monday}"),
        Spanish => format!("{office}: semana del {monday}"),
    }
}

pub(in super::super) fn greeting(language: Language, reader: &str, monday: NaiveDate) -> String {
    let monday = language.day(monday);
    match language {
        English => format!(
            "To {reader}: what stands in the agreements in the week of {monday}, with the days up to 30 days ahead."
        ),
        Spanish => format!(
            "Para {reader}: lo que consta en los acuerdos en la semana del {monday}, con las fechas de los próximos 30 días."
        ),
    }
}

pub(in super::super) fn heading(language: Language, heading: Heading) -> &'static str {
    match (heading, language) {
        (Heading::ToAnswer, English) => "For you to answer",
        (Heading::ToAnswer, Spanish) => "Por contestar",
        (Heading::NotKept, English) => "One party says that it was not kept",
        (Heading::NotKept, Spanish) => "Una de las partes indica que no se respetó",
        (Heading::Said, English) => "Said since the last overview",
        (Heading::Said, Spanish) => "Dicho desde el último resumen",
        (Heading::Disputed, English) => "Different things have been said",
        (Heading::Disputed, Spanish) => "Se han dicho cosas distintas",
        (Heading::NothingRecorded, English) => "The last day is past; nothing recorded yet",
        (Heading::NothingRecorded, Spanish) => {
            "El último día ya pasó; todavía no hay nada registrado"
        }
        (Heading::Soon, English) => "In the next 30 days",
        (Heading::Soon, Spanish) => "En los próximos 30 días",
        (Heading::Reported, English) => "One party says that it was done",
        (Heading::Reported, Spanish) => "Una de las partes indica que se cumplió",
        (Heading::Running, English) => "Now running, or open",
        (Heading::Running, Spanish) => "En curso o abierto",
        (Heading::Waiting, English) => "Waiting for a date",
        (Heading::Waiting, Spanish) => "A la espera de una fecha",
        (Heading::Undelivered, English) => "Mail that did not arrive",
        (Heading::Undelivered, Spanish) => "Correo que no llegó",
    }
}

/// In letters that a mail address may bear.
pub(in super::super) fn leave(language: Language) -> &'static str {
    match language {
        English => "No weekly overviews",
        Spanish => "Sin resumen semanal",
    }
}

pub(in super::super) fn owed_by(language: Language, owers: &str) -> String {
    match language {
        English => format!("owed by {owers}"),
        Spanish => format!("a cargo de {owers}"),
    }
}

pub(in super::super) fn undelivered(language: Language, why: Failure, party: &str) -> String {
    match (why, language) {
        (Failure::Time, English) => {
            format!("A message to {party} was given up: it was put off each time that it was tried")
        }
        (Failure::Time, Spanish) => {
            format!("Se desistió de un mensaje a {party}: se aplazó en cada intento")
        }
        (Failure::Message, English) => {
            format!("A message to {party} was refused, but not for its address")
        }
        (Failure::Message, Spanish) => {
            format!("Un mensaje a {party} fue rechazado, pero no por su dirección")
        }
        (Failure::Address, English) => {
            format!("An address of {party} takes no mail; it is to be corrected")
        }
        (Failure::Address, Spanish) => {
            format!("Una dirección de {party} no recibe correo; hay que corregirla")
        }
    }
}
