//! What is new about a thing, in a few words: what tells one message from another where a list of mail shows its first line.

use super::super::stage::Stage;
use crate::record::{Entry, EntryKind};
use crate::schedule::{Occurrence, OccurrenceKind, State};
use crate::store::refusal::Failure;
use crate::words::Language::{self, English, Spanish};
use crate::words::{self, Noun};
use chrono::NaiveDate;

/// About something that is owed.
pub(in super::super) fn of_occurrence(
    language: Language,
    stage: Stage,
    occurrence: &Occurrence,
    today: NaiveDate,
) -> String {
    let is_term = occurrence.kind == OccurrenceKind::Term;
    let left = occurrence.days_left(today).unwrap_or_default();
    let closes = occurrence.renewal.as_ref().and_then(|days| days.closes);
    let has_closed = closes.is_some_and(|closes| closes < today);
    match (stage, language) {
        (Stage::Moved, English) if occurrence.state == State::Superseded => {
            "changed by a later agreement".to_owned()
        }
        (Stage::Moved, Spanish) if occurrence.state == State::Superseded => {
            "modificado por un acuerdo posterior".to_owned()
        }
        (Stage::Moved, English) => "a new day".to_owned(),
        (Stage::Moved, Spanish) => "una nueva fecha".to_owned(),
        (Stage::Opens, English) => "its time begins".to_owned(),
        (Stage::Opens, Spanish) => "se abre el plazo".to_owned(),
        (Stage::Before(_) | Stage::Due, _) => ahead(language, is_term, left),
        (Stage::Escalated, English) if left < 0 => {
            let days = language.count(left.unsigned_abs(), Noun::Day);
            format!("nothing recorded {days} later")
        }
        (Stage::Escalated, Spanish) if left < 0 => {
            let days = language.count(left.unsigned_abs(), Noun::Day);
            format!("nada registrado {days} después")
        }
        (Stage::Review, English) => "how it stands".to_owned(),
        (Stage::Review, Spanish) => "cómo va".to_owned(),
        (Stage::RenewalOpens | Stage::RenewalCloses, _) if has_closed => {
            let goes_on = occurrence.renewed_until.is_some();
            match (goes_on, language) {
                (true, English) => "it goes on: no notice is recorded",
                (true, Spanish) => "continúa: no consta ningún aviso",
                (false, English) => "no renewal is recorded",
                (false, Spanish) => "no consta ninguna renovación",
            }
            .to_owned()
        }
        (Stage::RenewalOpens, English) => "its renewal may be decided".to_owned(),
        (Stage::RenewalOpens, Spanish) => "puede decidirse su renovación".to_owned(),
        (Stage::RenewalCloses, English) if closes == Some(today) => {
            "the time to decide on its renewal ends today".to_owned()
        }
        (Stage::RenewalCloses, Spanish) if closes == Some(today) => {
            "hoy termina el plazo para decidir su renovación".to_owned()
        }
        (Stage::RenewalCloses, English) => "the time to decide on its renewal ends soon".to_owned(),
        (Stage::RenewalCloses, Spanish) => {
            "pronto termina el plazo para decidir su renovación".to_owned()
        }
        (Stage::Ended, English) => "its stated term has ended".to_owned(),
        (Stage::Ended, Spanish) => "el período fijado terminó".to_owned(),
        (_, English) => "nothing recorded yet".to_owned(),
        (_, Spanish) => "todavía no hay nada registrado".to_owned(),
    }
}

fn ahead(language: Language, is_term: bool, left: i64) -> String {
    let days = language.count(left.unsigned_abs(), Noun::Day);
    match (is_term, left, language) {
        (true, 0, English) => "ends today".to_owned(),
        (true, 0, Spanish) => "termina hoy".to_owned(),
        (true, 1.., English) => format!("ends in {days}"),
        (true, 1.., Spanish) => format!("termina en {days}"),
        (false, 0, English) => "due today".to_owned(),
        (false, 0, Spanish) => "vence hoy".to_owned(),
        (false, 1.., English) => format!("due in {days}"),
        (false, 1.., Spanish) => format!("vence en {days}"),
        (_, _, English) => "its last day is past".to_owned(),
        (_, _, Spanish) => "su último día ya pasó".to_owned(),
    }
}

/// About an event whose day is asked for.
pub(in super::super) fn of_event(language: Language) -> String {
    match language {
        English => "a day is asked for",
        Spanish => "se pide una fecha",
    }
    .to_owned()
}

/// About mail that did not arrive.
pub(in super::super) fn of_lost_mail(language: Language, why: Failure) -> String {
    match (why, language) {
        (Failure::Address, English) => "to be corrected",
        (Failure::Address, Spanish) => "por corregir",
        (Failure::Message | Failure::Time, English) => "a message did not arrive",
        (Failure::Message | Failure::Time, Spanish) => "no llegó un mensaje",
    }
    .to_owned()
}

/// About what a party has said. `to_answer`: whether the reader's word is missing.
pub(in super::super) fn of_entry(
    language: Language,
    stage: Stage,
    entry: &Entry,
    party: Option<&str>,
    to_answer: bool,
) -> String {
    let party = party.unwrap_or(match language {
        English => "a party",
        Spanish => "una de las partes",
    });
    let says = |english: (&str, &str), spanish: (&str, &str)| match language {
        English => format!("{party} {}", words::verb(party, english.0, english.1)),
        Spanish => format!("{party} {}", words::verb(party, spanish.0, spanish.1)),
    };
    let news = match (stage, entry.kind) {
        (Stage::Confirmed, _) => says(("agrees", "agree"), ("está de acuerdo", "están de acuerdo")),
        (Stage::Disputed, _) => says(
            ("does not agree", "do not agree"),
            ("no está de acuerdo", "no están de acuerdo"),
        ),
        (Stage::Proposed, EntryKind::Struck) => says(
            ("wants it struck out", "want it struck out"),
            ("pide tacharlo", "piden tacharlo"),
        ),
        (Stage::Proposed, _) => says(
            ("proposes this", "propose this"),
            ("lo propone", "lo proponen"),
        ),
        (_, EntryKind::Met) => says(
            ("says it was done", "say it was done"),
            ("indica que se cumplió", "indican que se cumplió"),
        ),
        (_, EntryKind::Happened) => says(
            ("says it took place", "say it took place"),
            ("indica que tuvo lugar", "indican que tuvo lugar"),
        ),
        (_, EntryKind::Notice) => either(language, "notice was given", "se dio aviso"),
        (_, EntryKind::Disputed) => says(
            ("says it was not kept", "say it was not kept"),
            ("indica que no se respetó", "indican que no se respetó"),
        ),
        (_, EntryKind::Struck) => either(language, "struck out", "tachado"),
        (_, EntryKind::Noted) => either(language, "a remark", "una observación"),
        _ => either(language, "decided", "decidido"),
    };
    match (to_answer, language) {
        (false, _) => news,
        (true, English) => format!("{news}; to answer"),
        (true, Spanish) => format!("{news}; por contestar"),
    }
}

fn either(language: Language, english: &str, spanish: &str) -> String {
    match language {
        English => english,
        Spanish => spanish,
    }
    .to_owned()
}
