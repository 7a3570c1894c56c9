//! The sentences of a reminder: neutral, short, facts and the next step, never a verdict.
//!
//! Every sentence that a reader sees stands here in each language, side by side: a `match` over [`Language`], so that none can
//! be missing. An agreement's own words are never translated.

pub(super) mod digest;
pub(super) mod entries;
pub(super) mod follows;
pub(super) mod gone;
mod message;
pub(super) mod news;
mod renewals;
mod stages;

pub(super) use message::{
    answer, attachment, built_in, by_one_claim, clause, date_of, due, from, gets_its_day, greeting,
    labels, quoted_above, receipt, subject, through, to_begin, withheld,
};
pub(super) use renewals::{
    Renewing, next as renewal_next, once_used_up as renewal_once_used_up, open_window,
    otherwise as renewal_otherwise, used_up as renewal_used_up, window as renewal_window,
};
pub(super) use stages::{said_before, skipped, stage};

use super::stage::Stage;
use crate::agreement::{Renewal, RenewalKind};
use crate::schedule::{AmendedTo, Occurrence, OccurrenceKind, State};
use crate::store::refusal::Failure;
use crate::words::Language::{self, English, Spanish};
use crate::words::{self, Noun};
use chrono::NaiveDate;

/// How a party stands to an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// It alone, or with others, owes it.
    Owes,
    /// It is owed.
    IsOwed,
    /// Neither.
    Looks,
}

/// `says` of one, `say` of several.
pub(super) fn verb<'a>(who: &[String], of_one: &'a str, of_several: &'a str) -> &'a str {
    match who {
        [one] => words::verb(one, of_one, of_several),
        _ => of_several,
    }
}

/// The first line about something that is owed: the one that differs between who owes it and who is owed.
pub(super) fn who(
    language: Language,
    stand: Stand,
    own: &str,
    owed_by: &[String],
    owed_to: &[String],
) -> String {
    let (owers, to) = (language.list(owed_by), language.list(owed_to));
    let debe = verb(owed_by, "debe", "deben");
    match (stand, owed_by.len(), owed_to.is_empty(), language) {
        (Stand::Owes, 1, true, English) => format!("This is for {own} to do."),
        (Stand::Owes, 1, true, Spanish) => format!("Le corresponde hacerlo a {own}."),
        (Stand::Owes, 1, false, English) => {
            format!("This is for {own} to do; it is owed to {to}.")
        }
        (Stand::Owes, 1, false, Spanish) => {
            format!("Le corresponde hacerlo a {own}, que lo debe a {to}.")
        }
        (Stand::Owes, _, true, English) => format!("This is for {owers} to do together."),
        (Stand::Owes, _, true, Spanish) => {
            format!("Les corresponde hacerlo conjuntamente a {owers}.")
        }
        (Stand::Owes, _, false, English) => {
            format!("This is for {owers} to do together; it is owed to {to}.")
        }
        (Stand::Owes, _, false, Spanish) => {
            format!("Les corresponde hacerlo conjuntamente a {owers}, que lo deben a {to}.")
        }
        (Stand::IsOwed, _, _, English) => format!("This is owed to {own} by {owers}."),
        (Stand::IsOwed, _, _, Spanish) => format!("{owers} {debe} esto a {own}."),
        (Stand::Looks, _, true, English) => format!("This is for {owers} to do."),
        (Stand::Looks, _, true, Spanish) => format!("Corresponde hacerlo a {owers}."),
        (Stand::Looks, _, false, English) => format!("This is owed by {owers} to {to}."),
        (Stand::Looks, _, false, Spanish) => format!("{owers} {debe} esto a {to}."),
    }
}

/// The same of a term. It has no tense: whether anything goes on is for the law and the parties.
pub(super) fn whose_term(
    language: Language,
    stand: Stand,
    own: &str,
    owed_by: &[String],
    owed_to: &[String],
) -> String {
    let (owers, to) = (language.list(owed_by), language.list(owed_to));
    match (stand, owed_to.is_empty(), language) {
        (Stand::IsOwed, _, English) => format!("A term owed to {own} by {owers}."),
        (Stand::IsOwed, _, Spanish) => format!("Un período a favor de {own}, a cargo de {owers}."),
        (_, true, English) => format!("A term for {owers} to keep."),
        (_, true, Spanish) => format!("Un período a cargo de {owers}."),
        (Stand::Owes, false, English) => format!("A term for {owers} to keep, owed to {to}."),
        (Stand::Looks, false, English) => format!("A term owed by {owers} to {to}."),
        (_, false, Spanish) => format!("Un período a cargo de {owers}, a favor de {to}."),
    }
}

/// What is due and on which day, and what is recorded: the same for everybody.
pub(super) fn when(
    language: Language,
    occurrence: &Occurrence,
    recorded: bool,
    today: NaiveDate,
) -> String {
    let day = |day| language.weekday_and_day(day);
    let far = |due| distance(language, due, today);
    let nothing = news::not_done(language, occurrence, recorded);
    if let Some(by) = occurrence
        .amended()
        .filter(|_| occurrence.state == State::Superseded)
    {
        let is_void = match by.to {
            AmendedTo::Void => true,
            AmendedTo::Replaced(..) | AmendedTo::Day(_) => false,
        };
        return taken_over(language, is_void, by.from);
    }
    match (occurrence.kind, occurrence.opens, occurrence.due, language) {
        (OccurrenceKind::Term, _, Some(end), English) if end < today => {
            format!("Its stated term ended on {}.", day(end))
        }
        (OccurrenceKind::Term, _, Some(end), Spanish) if end < today => {
            format!("El período fijado terminó el {}.", day(end))
        }
        (OccurrenceKind::Term, _, Some(end), English) if occurrence.renewed_until.is_some() => {
            format!("This period ends on {}. {}", day(end), far(end))
        }
        (OccurrenceKind::Term, _, Some(end), Spanish) if occurrence.renewed_until.is_some() => {
            format!("Este período termina el {}. {}", day(end), far(end))
        }
        (OccurrenceKind::Term, _, Some(end), English) => {
            format!("Its stated term ends on {}. {}", day(end), far(end))
        }
        (OccurrenceKind::Term, _, Some(end), Spanish) => {
            format!("El período fijado termina el {}. {}", day(end), far(end))
        }
        (_, _, Some(due), English) if occurrence.to_begin => {
            format!("To be begun by {}; {nothing}. {}", day(due), far(due))
        }
        (_, _, Some(due), Spanish) if occurrence.to_begin => format!(
            "Último día para comenzar: {}; {nothing}. {}",
            day(due),
            far(due)
        ),
        (_, Some(opens), Some(due), English) if opens < due => format!(
            "Due {}; {nothing}. {} The time for it {} on {}.",
            day(due),
            far(due),
            if opens > today { "begins" } else { "began" },
            day(opens)
        ),
        (_, Some(opens), Some(due), Spanish) if opens < due => format!(
            "Vencimiento: {}; {nothing}. {} El plazo {} el {}.",
            day(due),
            far(due),
            if opens > today {
                "se abre"
            } else {
                "se abrió"
            },
            day(opens)
        ),
        (_, _, Some(due), English) => {
            format!(
                "Due {}; {nothing}. {}{}",
                day(due),
                far(due),
                grace(language, occurrence, today)
            )
        }
        (_, _, Some(due), Spanish) => format!(
            "Vencimiento: {}; {nothing}. {}{}",
            day(due),
            far(due),
            grace(language, occurrence, today)
        ),
        (_, Some(opens), None, English) => format!(
            "It may be done from {} on; the agreement names no last day. {}.",
            day(opens),
            words::capitalized(nothing)
        ),
        (_, Some(opens), None, Spanish) => format!(
            "Puede hacerse a partir del {}; el acuerdo no fija un último día. {}.",
            day(opens),
            words::capitalized(nothing)
        ),
        (_, None, None, English) => format!("It has no date of its own; {nothing}."),
        (_, None, None, Spanish) => format!("No tiene fecha propia; {nothing}."),
    }
}

/// The later day on which it may still be done, with the space before it.
fn grace(language: Language, occurrence: &Occurrence, today: NaiveDate) -> String {
    let is_ahead = |grace: &NaiveDate| occurrence.due < Some(*grace) && today <= *grace;
    let later = occurrence.grace.filter(is_ahead);
    let later = later.map(|day| language.weekday_and_day(day));
    later.map_or_else(String::new, |later| match language {
        English => format!(" It may still be done on {later}."),
        Spanish => format!(" Todavía puede hacerse el {later}."),
    })
}

fn taken_over(language: Language, is_void: bool, from: Option<NaiveDate>) -> String {
    let from = from.map(|from| language.weekday_and_day(from));
    let from = from.map_or_else(String::new, |from| match language {
        English => format!(", from {from}"),
        Spanish => format!(", a partir del {from}"),
    });
    match (is_void, language) {
        (true, English) => format!("Made void by a later agreement{from}."),
        (true, Spanish) => format!("Un acuerdo posterior lo dejó sin efecto{from}."),
        (false, English) => format!("Replaced by a later agreement{from}."),
        (false, Spanish) => format!("Sustituido por un acuerdo posterior{from}."),
    }
}

fn distance(language: Language, due: NaiveDate, today: NaiveDate) -> String {
    let days = (due - today).num_days();
    let many = language.count(days.unsigned_abs(), Noun::Day);
    match (days, language) {
        (0, English) => "That is today.".to_owned(),
        (0, Spanish) => "Es hoy.".to_owned(),
        (1, English) => "That is tomorrow.".to_owned(),
        (1, Spanish) => "Es mañana.".to_owned(),
        (-1, English) => "That was yesterday.".to_owned(),
        (-1, Spanish) => "Fue ayer.".to_owned(),
        (2.., English) => format!("That is in {many}."),
        (2.., Spanish) => format!("Faltan {many}."),
        (_, English) => format!("That was {many} ago."),
        (_, Spanish) => format!("Fue hace {many}."),
    }
}

/// What to do next, about something that is owed.
pub(super) fn next(
    language: Language,
    occurrence: &Occurrence,
    stages: &[Stage],
    stand: Stand,
    today: NaiveDate,
    owed_by: &[String],
) -> String {
    let owers = language.list(owed_by);
    let is_past = occurrence.last_day().is_some_and(|last| last < today);
    if stages.iter().all(|stage| *stage == Stage::Moved) {
        return match language {
            English => "Nothing is asked of you now. If you read the day differently, reply to this message and say so.",
            Spanish => "Por ahora no se le pide nada. Si usted calcula otra fecha, responda a este mensaje y díganoslo.",
        }
        .to_owned();
    }
    match (occurrence.kind, stand, language) {
        (OccurrenceKind::Term, _, English) if stages.contains(&Stage::Ended) => {
            "If a further period was agreed, reply to this message and say until which day.".to_owned()
        }
        (OccurrenceKind::Term, _, Spanish) if stages.contains(&Stage::Ended) => {
            "Si se acordó un nuevo período, responda a este mensaje e indique hasta qué día.".to_owned()
        }
        (OccurrenceKind::Term, _, English) => {
            "If it is to go on after that day, agree on that before then, and reply to this message with what was agreed."
                .to_owned()
        }
        (OccurrenceKind::Term, _, Spanish) => {
            "Si debe continuar después de ese día, hay que acordarlo antes; responda a este mensaje con lo acordado."
                .to_owned()
        }
        (OccurrenceKind::Standing, _, English) => {
            "Reply to this message and say how it stands; if it was not kept, on which day.".to_owned()
        }
        (OccurrenceKind::Standing, _, Spanish) => {
            "Responda a este mensaje e indique cómo va; si no se cumplió, qué día.".to_owned()
        }
        (OccurrenceKind::Undated, _, English) => {
            "Reply to this message and say how it stands; if it is done, on which day.".to_owned()
        }
        (OccurrenceKind::Undated, _, Spanish) => {
            "Responda a este mensaje e indique cómo va; si ya se cumplió, qué día.".to_owned()
        }
        (_, Stand::Owes, English) if occurrence.to_begin => {
            "When it has begun, reply to this message and say on which day. If another day was agreed, or you read the day differently, reply and say that."
                .to_owned()
        }
        (_, Stand::Owes, Spanish) if occurrence.to_begin => {
            "Cuando haya comenzado, responda a este mensaje e indique qué día. Si se acordó otro día, o usted calcula otra fecha, responda y díganoslo."
                .to_owned()
        }
        (_, Stand::IsOwed | Stand::Looks, English) if occurrence.to_begin => {
            "Nothing is asked of you now. If it has begun, or you read the day differently, reply to this message and say so."
                .to_owned()
        }
        (_, Stand::IsOwed | Stand::Looks, Spanish) if occurrence.to_begin => {
            "Por ahora no se le pide nada. Si ya comenzó, o usted calcula otra fecha, responda a este mensaje y díganoslo."
                .to_owned()
        }
        (_, Stand::Owes, English) if is_past => {
            "If it was done, reply to this message and say on which day. If not, say how it stands. If another day was agreed, or you read the day differently, say that."
                .to_owned()
        }
        (_, Stand::Owes, Spanish) if is_past => {
            "Si ya se cumplió, responda a este mensaje e indique qué día. Si no, indique cómo va. Si se acordó otro día, o usted calcula otra fecha, díganoslo."
                .to_owned()
        }
        (_, Stand::Owes, English) => {
            "When it is done, reply to this message and say on which day. If another day was agreed, or you read the day differently, reply and say that."
                .to_owned()
        }
        (_, Stand::Owes, Spanish) => {
            "Cuando se haya cumplido, responda a este mensaje e indique qué día. Si se acordó otro día, o usted calcula otra fecha, responda y díganoslo."
                .to_owned()
        }
        (_, Stand::IsOwed | Stand::Looks, English) if is_past => format!(
            "If you know that it was done, reply to this message and say on which day. If not, {owers} can say how it stands. If another day was agreed, or you read the day differently, say that."
        ),
        (_, Stand::IsOwed | Stand::Looks, Spanish) if is_past => format!(
            "Si usted sabe que ya se cumplió, responda a este mensaje e indique qué día. Si no, {owers} {} decir cómo va. Si se acordó otro día, o usted calcula otra fecha, díganoslo.",
            verb(owed_by, "puede", "pueden")
        ),
        (_, Stand::IsOwed | Stand::Looks, English) => {
            "Nothing is asked of you now. If it has been done, or you read the day differently, reply to this message and say so."
                .to_owned()
        }
        (_, Stand::IsOwed | Stand::Looks, Spanish) => {
            "Por ahora no se le pide nada. Si ya se cumplió, o usted calcula otra fecha, responda a este mensaje y díganoslo."
                .to_owned()
        }
    }
}

/// That the parties do not say the same of the notice by which something ends.
pub(super) fn notice_is_disputed(language: Language) -> String {
    match language {
        English => "The parties have recorded different things about the notice.",
        Spanish => "Las partes han registrado cosas distintas sobre el aviso.",
    }
    .to_owned()
}

/// What becomes of a day that rests on nothing being recorded.
pub(super) fn falls_away_if_done(language: Language) -> String {
    match language {
        English => "This day is counted because nothing was recorded as done by then. If it was done in time, reply to this message and say on which day: this day falls away then.",
        Spanish => "Esta fecha se cuenta porque hasta entonces no constaba que se cumpliera. Si se cumplió a tiempo, responda a este mensaje e indique qué día: entonces esta fecha deja de valer.",
    }
    .to_owned()
}

/// Under which condition something is owed, in the agreement's words.
pub(super) fn owed_when(language: Language, when: &str) -> String {
    match language {
        English => format!("It is owed under a condition: “{when}”."),
        Spanish => format!("Se debe bajo una condición: “{when}”."),
    }
}

/// That an event's day is missing, and what waits for it.
pub(super) fn asked(language: Language, title: &str, hanging: &[String]) -> String {
    let (n, all) = (hanging.len(), hanging.join("; "));
    match (n, language) {
        (1, English) => {
            format!("The date of “{title}” is not recorded; 1 obligation waits for it: {all}.")
        }
        (1, Spanish) => {
            format!(
                "La fecha de “{title}” no está registrada; 1 obligación depende de ella: {all}."
            )
        }
        (_, English) => {
            format!("The date of “{title}” is not recorded; {n} obligations wait for it: {all}.")
        }
        (_, Spanish) => format!(
            "La fecha de “{title}” no está registrada; {n} obligaciones dependen de ella: {all}."
        ),
    }
}

pub(super) fn asked_next(language: Language) -> String {
    match language {
        English => "Please tell us on which day it took place: reply to this message with the day, or write that it has not taken place yet.",
        Spanish => "Por favor, indíquenos qué día tuvo lugar: responda a este mensaje con la fecha, o escriba que todavía no ha tenido lugar.",
    }
    .to_owned()
}

/// That mail to a contact did not arrive.
pub(super) fn undelivered(language: Language, why: Failure, contact: &str, party: &str) -> String {
    match (why, language) {
        (Failure::Message, English) => format!(
            "A message to {contact} of {party} about this agreement was refused for good, but not for its address: the mail system there did not take that message."
        ),
        (Failure::Message, Spanish) => format!(
            "Un mensaje a {contact}, de {party}, sobre este acuerdo fue rechazado definitivamente, pero no por su dirección: el sistema de correo de destino no aceptó ese mensaje."
        ),
        (Failure::Time, English) => format!(
            "A message to {contact} of {party} about this agreement was put off each time that it was tried, until it was given up: it has not arrived."
        ),
        (Failure::Time, Spanish) => format!(
            "Un mensaje a {contact}, de {party}, sobre este acuerdo se aplazó en cada intento, hasta que se desistió de él: no ha llegado."
        ),
        (Failure::Address, English) => format!(
            "Mail to {contact} of {party} about this agreement was refused for good: that address takes no mail."
        ),
        (Failure::Address, Spanish) => format!(
            "El correo a {contact}, de {party}, sobre este acuerdo fue rechazado definitivamente: esa dirección no recibe correo."
        ),
    }
}

/// What it told: `all`, in words.
pub(super) fn has_not_reached(language: Language, contact: &str, all: &[String]) -> String {
    let all = all.join("; ");
    match language {
        English => format!("What has not reached {contact}: {all}."),
        Spanish => format!("Lo que no le llegó a {contact}: {all}."),
    }
}

/// What mail is about that tells of other mail.
pub(super) fn of_other_mail(language: Language) -> String {
    match language {
        English => "that mail to another contact did not arrive",
        Spanish => "que no llegó el correo a otro contacto",
    }
    .to_owned()
}

/// What that is called in a subject line.
pub(super) fn not_delivered(language: Language, why: Failure, party: &str) -> String {
    match (why, language) {
        (Failure::Address, English) => format!("an address of {party} takes no mail"),
        (Failure::Address, Spanish) => format!("una dirección de {party} no recibe correo"),
        (Failure::Message, English) => format!("a message to {party} was refused"),
        (Failure::Message, Spanish) => format!("un mensaje a {party} fue rechazado"),
        (Failure::Time, English) => format!("a message to {party} did not arrive"),
        (Failure::Time, Spanish) => format!("un mensaje a {party} no llegó"),
    }
}

pub(super) fn undelivered_next(
    language: Language,
    why: Failure,
    contact: &str,
    party: &str,
) -> String {
    match (why, language) {
        (Failure::Message | Failure::Time, English) => format!(
            "See that {contact} learns of it in another way. Later messages go to the same address; if they do not arrive there, reply to this message and say so."
        ),
        (Failure::Message | Failure::Time, Spanish) => format!(
            "Procure que {contact} se entere de otro modo. Los mensajes siguientes van a la misma dirección; si no llegan allí, responda a este mensaje y díganoslo."
        ),
        (Failure::Address, English) => format!(
            "Reply to this message with the address that {party} reads, or with who is to be written to instead. Until then that contact is not reached."
        ),
        (Failure::Address, Spanish) => format!(
            "Responda a este mensaje con la dirección que lee {party}, o indique a quién debe escribirse en su lugar. Hasta entonces no se llega a ese contacto."
        ),
    }
}

/// The same for the office itself, which nobody else corrects.
pub(super) fn undelivered_next_of_the_office(
    language: Language,
    why: Failure,
    contact: &str,
    party: &str,
) -> String {
    match (why, language) {
        (Failure::Address, English) => format!(
            "Ask {party} for the address that it reads, and write it into parties.toml. Until then {contact} is not reached."
        ),
        (Failure::Address, Spanish) => format!(
            "Pregunte a {party} qué dirección lee y escríbala en parties.toml. Hasta entonces no se llega a {contact}."
        ),
        (Failure::Message | Failure::Time, English) => format!(
            "See that {contact} learns of it in another way. Later messages go to the same address; `sideletter outbox` shows whether they are taken."
        ),
        (Failure::Message | Failure::Time, Spanish) => format!(
            "Procure que {contact} se entere de otro modo. Los mensajes siguientes van a la misma dirección; `sideletter outbox` muestra si se aceptan."
        ),
    }
}

/// The day that another claim would give: `if the installation was on 15 May 2014 (entry 6 of the record, by DHA)`.
/// `why`: which of the two holds meanwhile.
pub(super) fn claimed_otherwise(
    language: Language,
    claimed: &str,
    day: NaiveDate,
    why: &str,
) -> String {
    let day = language.weekday_and_day(day);
    match language {
        English => format!("Another day is claimed: {claimed}, it is {day} ({why})."),
        Spanish => format!("Se afirma otra fecha: {claimed}, es el {day} ({why})."),
    }
}

/// How a term may go on.
pub(super) fn renewal(language: Language, renewal: &Renewal, by: &[String]) -> String {
    let mut text = match (renewal.how, language) {
        (RenewalKind::ByAgreement, English) => "It may be renewed by agreement",
        (RenewalKind::ByAgreement, Spanish) => "Puede renovarse de común acuerdo",
        (RenewalKind::Automatic, English) => "It renews itself unless notice is given",
        (RenewalKind::Automatic, Spanish) => "Se renueva automáticamente salvo que se dé aviso",
        (RenewalKind::AtOption, English) => "One party may choose to renew it",
        (RenewalKind::AtOption, Spanish) => "Una de las partes puede optar por renovarlo",
    }
    .to_owned();
    if let Some(length) = &renewal.length {
        text.push_str(match language {
            English => ", for ",
            Spanish => ", por el plazo siguiente: ",
        });
        let words = match language {
            English => length.words.clone(),
            Spanish => format!("“{}”", length.words),
        };
        text.push_str(&words);
    }
    if !by.is_empty() {
        text.push_str(match language {
            English => "; who may ask for it: ",
            Spanish => "; quién puede pedirlo: ",
        });
        text.push_str(&language.list(by));
    }
    text + "."
}
