//! What a stage adds to the facts.

use super::super::stage::Stage;
use super::super::{Named, Skipped};
use crate::words::Language::{self, English, Spanish};
use crate::words::Noun;
use chrono::NaiveDate;

/// The day that a reader was told of before something was taken over.
pub(in super::super) fn said_before(language: Language, before: NaiveDate) -> String {
    let day = language.weekday_and_day(before);
    match language {
        English => format!("Earlier messages said {day}."),
        Spanish => format!("Los mensajes anteriores decían {day}."),
    }
}

/// What this stage adds to the facts; empty where the facts say it.
///
/// `since`: how many days ago the last day was; `is_disputed`: whether one party reports what another denies.
pub(in super::super) fn stage(
    language: Language,
    (stage, named): (Stage, Option<Named>),
    before: Option<NaiveDate>,
    (since, is_disputed): (i64, bool),
) -> String {
    let later = language.count(since.unsigned_abs(), Noun::Day);
    match (
        stage,
        before.map(|day| language.weekday_and_day(day)),
        language,
    ) {
        (_, Some(day), English) if named == Some(Named::Renewal) => {
            format!("The day for deciding on its renewal has changed: earlier messages said {day}.")
        }
        (_, Some(day), Spanish) if named == Some(Named::Renewal) => format!(
            "La fecha para decidir su renovación ha cambiado: los mensajes anteriores decían {day}."
        ),
        (Stage::Moved, None, English) if named.is_none() => {
            "It has a day again: an earlier message said that none was known.".to_owned()
        }
        (Stage::Moved, None, Spanish) if named.is_none() => {
            "Vuelve a tener fecha: un mensaje anterior decía que no se conocía ninguna.".to_owned()
        }
        (Stage::Moved, None, English) => {
            "The time for it begins later: earlier messages said that it had begun.".to_owned()
        }
        (Stage::Moved, None, Spanish) => {
            "El plazo se abre más tarde: los mensajes anteriores decían que ya se había abierto."
                .to_owned()
        }
        (_, Some(day), English) => {
            format!("The day has changed: earlier messages said {day}.")
        }
        (_, Some(day), Spanish) => {
            format!("La fecha ha cambiado: los mensajes anteriores decían {day}.")
        }
        (Stage::Escalated, _, English) if is_disputed => format!(
            "You are written to because {later} after that day it is still disputed whether it was done."
        ),
        (Stage::Escalated, _, Spanish) if is_disputed => format!(
            "Le escribimos porque {later} después de esa fecha sigue en disputa si se cumplió."
        ),
        (Stage::Escalated, _, English) => {
            format!("You are written to because {later} after that day nothing is recorded.")
        }
        (Stage::Escalated, _, Spanish) => {
            format!("Le escribimos porque {later} después de esa fecha no hay nada registrado.")
        }
        (Stage::Review, _, English) => "This is the regular question how it stands.".to_owned(),
        (Stage::Review, _, Spanish) => "Esta es la consulta periódica sobre cómo va.".to_owned(),
        _ => String::new(),
    }
}

/// Which stages were passed over.
///
/// `is_recorded`: whether anything is recorded about it, which may be why.
pub(in super::super) fn skipped(
    language: Language,
    stages: &[Skipped],
    is_recorded: bool,
) -> Vec<String> {
    let of = |was_written| {
        let of_it = stages.iter().filter(|of| of.was_written == was_written);
        let stages: Vec<Stage> = of_it.map(|of| of.stage).collect();
        (!stages.is_empty()).then(|| names(language, &stages))
    };
    let written = of(true).map(|names| match language {
        English => format!(
            "No message reached you {names}: what was written then was not sent or not delivered."
        ),
        Spanish => format!(
            "No le llegó ningún mensaje {names}: lo que se escribió entonces no se envió o no se entregó."
        ),
    });
    let others = of(false).map(|names| unwritten(language, &names, is_recorded));
    written.into_iter().chain(others).collect()
}

/// Their names in a sentence.
fn names(language: Language, stages: &[Stage]) -> String {
    let after = stages
        .iter()
        .filter(|stage| matches!(stage, Stage::Overdue(_)))
        .count();
    let mut names: Vec<String> = Vec::new();
    for stage in stages {
        let name = match stage {
            Stage::Overdue(_) if after > 1 => some_times_after(language, after),
            stage => name(language, *stage),
        };
        if names.last() != Some(&name) {
            names.push(name);
        }
    }
    language.either(names)
}

/// Why for some stages there was no message.
fn unwritten(language: Language, names: &str, is_recorded: bool) -> String {
    let why = match (is_recorded, language) {
        (false, English) => "the date was not known then, or no reminders ran",
        (false, Spanish) => "entonces no se conocía la fecha o no se enviaban recordatorios",
        (true, English) => {
            "the date was not known then, the record said something else, or no reminders ran"
        }
        (true, Spanish) => {
            "entonces no se conocía la fecha, constaba otra cosa o no se enviaban recordatorios"
        }
    };
    match language {
        English => format!("No message went out {names}: {why}."),
        Spanish => format!("No se envió ningún mensaje {names}: {why}."),
    }
}

fn some_times_after(language: Language, times: usize) -> String {
    match language {
        English => format!("the {times} times after the last day"),
        Spanish => format!("en las {times} ocasiones posteriores al último día"),
    }
}

fn name(language: Language, stage: Stage) -> String {
    match (stage, language) {
        (Stage::Opens | Stage::RenewalOpens, English) => "when its time began".to_owned(),
        (Stage::Opens | Stage::RenewalOpens, Spanish) => "cuando se abrió el plazo".to_owned(),
        (Stage::Before(1), English) => "the day before".to_owned(),
        (Stage::Before(1), Spanish) => "el día anterior".to_owned(),
        (Stage::Before(days), English) => {
            format!("{} before", language.count(days, Noun::Day))
        }
        (Stage::Before(days), Spanish) => format!("{} antes", language.count(days, Noun::Day)),
        (Stage::Due, English) => "on the last day".to_owned(),
        (Stage::Due, Spanish) => "el último día".to_owned(),
        (Stage::Overdue(1), English) => "after the last day".to_owned(),
        (Stage::Overdue(1), Spanish) => "después del último día".to_owned(),
        (Stage::Overdue(time), English) => {
            format!("after the last day ({})", language.ordinal(time))
        }
        (Stage::Overdue(time), Spanish) => format!(
            "después del último día ({} vez)",
            language.ordinal_feminine(time)
        ),
        (Stage::Escalated, English) => "some time after the last day".to_owned(),
        (Stage::Escalated, Spanish) => "algún tiempo después del último día".to_owned(),
        (other, English) => format!("about “{other}”"),
        (other, Spanish) => format!("sobre “{other}”"),
    }
}
