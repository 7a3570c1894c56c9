//! What is new about a thing, in a few words: what tells one message from another where a list of mail shows its first line.

use super::super::stage::Stage;
use super::entries::By;
use crate::record::EntryKind;
use crate::schedule::{Occurrence, OccurrenceKind, State};
use crate::store::refusal::Failure;
use crate::words::Language::{self, English, Spanish};
use crate::words::{self, Noun};
use chrono::NaiveDate;

/// About something that is owed. `recorded`: whether something is said of it so far.
pub(in super::super) fn of_occurrence(
    language: Language,
    stage: Stage,
    occurrence: &Occurrence,
    recorded: bool,
    today: NaiveDate,
) -> String {
    let is_term = occurrence.kind == OccurrenceKind::Term;
    let left = occurrence.days_left(today).unwrap_or_default();
    let closes = occurrence.renewal.as_ref().and_then(|days| days.closes);
    let is_grace = left < 0 && occurrence.last_day().is_some_and(|last| today <= last);
    let is_disputed = occurrence.state == State::Disputed;
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
        (Stage::Escalated, English) if left < 0 && is_disputed => {
            let days = language.count(left.unsigned_abs(), Noun::Day);
            format!("still disputed {days} later")
        }
        (Stage::Escalated, Spanish) if left < 0 && is_disputed => {
            let days = language.count(left.unsigned_abs(), Noun::Day);
            format!("sigue en disputa {days} después")
        }
        (Stage::Before(_) | Stage::Due, _) if is_grace => grace(language, occurrence.grace, today),
        (Stage::Before(_) | Stage::Due, _) if occurrence.to_begin => to_begin(language, left),
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
        _ => not_done(language, occurrence, recorded).to_owned(),
    }
}

/// What is recorded of something that is not done as far as anybody knows, in a few words. `recorded`: whether something is said of
/// it so far.
pub(super) fn not_done(
    language: Language,
    occurrence: &Occurrence,
    recorded: bool,
) -> &'static str {
    match (recorded, language) {
        _ if occurrence.state == State::Disputed => disputed(language),
        (true, English) if occurrence.to_begin => "not recorded as begun yet",
        (true, Spanish) if occurrence.to_begin => "todavía no consta que haya comenzado",
        (true, English) => "not recorded as done yet",
        (true, Spanish) => "todavía no consta como cumplido",
        (false, English) => "nothing recorded yet",
        (false, Spanish) => "todavía no hay nada registrado",
    }
}

/// After the last day, as long as it may still be done.
fn grace(language: Language, last: Option<NaiveDate>, today: NaiveDate) -> String {
    let day = last
        .filter(|last| *last > today)
        .map(|last| language.day(last));
    match (day, language) {
        (None, English) => "it may still be done today".to_owned(),
        (None, Spanish) => "todavía puede hacerse hoy".to_owned(),
        (Some(day), English) => format!("it may still be done on {day}"),
        (Some(day), Spanish) => format!("todavía puede hacerse el {day}"),
    }
}

/// Of what only has to begin by its last day.
fn to_begin(language: Language, left: i64) -> String {
    let days = language.count(left.unsigned_abs(), Noun::Day);
    match (left, language) {
        (0, English) => "the last day to begin is today".to_owned(),
        (0, Spanish) => "hoy es el último día para comenzar".to_owned(),
        (1.., English) => format!("{days} left to begin"),
        (1, Spanish) => "queda 1 día para comenzar".to_owned(),
        (1.., Spanish) => format!("quedan {days} para comenzar"),
        (_, English) => "the last day to begin is past".to_owned(),
        (_, Spanish) => "el último día para comenzar ya pasó".to_owned(),
    }
}

/// What one party reports and another denies.
pub(in super::super) fn disputed(language: Language) -> &'static str {
    match language {
        English => "reported as done, and disputed",
        Spanish => "se indicó que se cumplió, y otra parte no está de acuerdo",
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
        (Failure::Message | Failure::Time, English) => "to be told in another way",
        (Failure::Message | Failure::Time, Spanish) => "por comunicar de otro modo",
    }
    .to_owned()
}

/// About what a party has said. `to_answer`: whether the reader's word is missing.
pub(in super::super) fn of_entry(
    language: Language,
    stage: Stage,
    this: By<'_>,
    to_answer: bool,
) -> String {
    let entry = this.entry;
    let party = this.party.unwrap_or(match language {
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
        (_, EntryKind::Happened) if this.condition.is_some() => says(
            (
                "says its condition came about",
                "say its condition came about",
            ),
            (
                "indica que se cumplió su condición",
                "indican que se cumplió su condición",
            ),
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
