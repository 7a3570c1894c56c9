//! What a later agreement will do to something that is owed, from a day that lies ahead, as readers are told of it.

use crate::ids::AgreementId;
use crate::schedule::{AmendedTo, Amendment, AmendmentStage, Occurrence, State};
use crate::words::Language::{self, English, Spanish};
use chrono::NaiveDate;

/// The changes that lie ahead of an occurrence and concern it, as far as the later agreement may be named.
pub(crate) fn of(
    occurrence: &Occurrence,
    may_name: impl Fn(&AgreementId) -> bool,
) -> Vec<&Amendment> {
    use State::{Deciding, Open, Running, Scheduled, Standing, Undated, Waiting};
    let is_owed = matches!(
        occurrence.state,
        Deciding | Open | Running | Scheduled | Standing | Undated | Waiting
    );
    let last = occurrence.last_day();
    let concerns = |change: &&Amendment| {
        let is_later = |from: NaiveDate| last.is_none_or(|last| from <= last);
        is_owed
            && change.stage == AmendmentStage::Ahead
            && change.from.is_some_and(is_later)
            && change.to != AmendedTo::Day(occurrence.due)
            && may_name(&change.by)
    };
    occurrence.amendments.iter().filter(concerns).collect()
}

/// What a change will do, in a few words.
pub(crate) fn in_words(language: Language, change: &Amendment) -> String {
    let from = change.from.map(|from| language.day(from));
    let from = from.unwrap_or_default();
    match (&change.to, language) {
        (AmendedTo::Void, English) => format!("made void by a later agreement from {from} on"),
        (AmendedTo::Void, Spanish) => {
            format!("queda sin efecto por un acuerdo posterior a partir del {from}")
        }
        (AmendedTo::Replaced(..), English) => {
            format!("replaced by a later agreement from {from} on")
        }
        (AmendedTo::Replaced(..), Spanish) => {
            format!("reemplazado por un acuerdo posterior a partir del {from}")
        }
        (AmendedTo::Day(Some(day)), English) => {
            let day = language.day(*day);
            format!("from {from} on its last day is {day}, by a later agreement")
        }
        (AmendedTo::Day(Some(day)), Spanish) => {
            let day = language.day(*day);
            format!("a partir del {from} su último día es el {day}, por un acuerdo posterior")
        }
        (AmendedTo::Day(None), English) => {
            format!("from {from} on it has another last day, by a later agreement")
        }
        (AmendedTo::Day(None), Spanish) => {
            format!("a partir del {from} tiene otro último día, por un acuerdo posterior")
        }
    }
}
