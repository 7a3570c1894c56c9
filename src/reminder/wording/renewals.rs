//! What is said of a renewal: when it is decided, what happens if nobody does anything, and what to do.

use super::distance;
use super::follows::notice_window;
use crate::agreement::RenewalKind;
use crate::schedule::RenewalAct;
use crate::words::Language::{self, English, Spanish};
use chrono::NaiveDate;

/// Something that may be renewed, as a reader is told of it.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Renewing<'a> {
    /// What decides it.
    pub(in super::super) what: RenewalAct,
    /// The first day for that, where there is one.
    pub(in super::super) opens: Option<NaiveDate>,
    /// The last.
    pub(in super::super) closes: Option<NaiveDate>,
    pub(in super::super) how: RenewalKind,
    /// Whose choice it is, where it is that of some.
    pub(in super::super) by: &'a [String],
    /// The last day of the period.
    pub(in super::super) end: NaiveDate,
    /// That of the one that follows, as things stand.
    pub(in super::super) next: Option<NaiveDate>,
    pub(in super::super) today: NaiveDate,
}

impl Renewing<'_> {
    /// Its last day, where that has passed.
    fn passed(self) -> Option<NaiveDate> {
        self.closes.filter(|closes| *closes < self.today)
    }

    /// Whether the time for it is over.
    pub(in super::super) fn has_closed(self) -> bool {
        self.passed().is_some()
    }
}

/// From when to when it is decided.
pub(in super::super) fn window(language: Language, of: Renewing<'_>) -> String {
    let day = |day| language.weekday_and_day(day);
    if let Some(closed) = of.passed() {
        let closed = day(closed);
        return match (of.what, language) {
            (RenewalAct::Notice, English) => format!(
                "The last day to give notice was {closed}; no notice given in that time is recorded."
            ),
            (RenewalAct::Notice, Spanish) => format!(
                "El último día para dar aviso fue el {closed}; no consta ningún aviso dado en ese plazo."
            ),
            (RenewalAct::Request, English) => {
                format!("The last day to renew it was {closed}; no renewal is recorded.")
            }
            (RenewalAct::Request, Spanish) => format!(
                "El último día para renovarlo fue el {closed}; no consta ninguna renovación."
            ),
        };
    }
    let window = open_window(language, of.what, of.opens, of.closes);
    match of.closes {
        Some(closes) => format!("{window} {}", distance(language, closes, of.today)),
        None => window,
    }
}

/// The same of a time that has not passed, without how far off its end is.
pub(in super::super) fn open_window(
    language: Language,
    what: RenewalAct,
    opens: Option<NaiveDate>,
    closes: Option<NaiveDate>,
) -> String {
    let day = |day| language.weekday_and_day(day);
    match what {
        RenewalAct::Notice => notice_window(language, opens, closes),
        RenewalAct::Request => match (opens.map(day), closes.map(day), language) {
            (Some(opens), Some(closes), English) => {
                format!("It may be renewed from {opens} through {closes}.")
            }
            (Some(opens), Some(closes), Spanish) => {
                format!("Puede renovarse desde el {opens} hasta el {closes} inclusive.")
            }
            (None, Some(closes), English) => format!("It may be renewed through {closes}."),
            (None, Some(closes), Spanish) => {
                format!("Puede renovarse hasta el {closes} inclusive.")
            }
            (Some(opens), None, English) => format!("It may be renewed from {opens} on."),
            (Some(opens), None, Spanish) => format!("Puede renovarse a partir del {opens}."),
            (None, None, _) => String::new(),
        },
    }
}

/// What happens if nobody does anything.
pub(in super::super) fn otherwise(language: Language, of: Renewing<'_>) -> String {
    let end = language.weekday_and_day(of.end);
    let next = of.next.map(|next| language.weekday_and_day(next));
    let by = language.either(of.by.iter().cloned());
    let has_closed = of.has_closed();
    match (of.what, next, language) {
        (RenewalAct::Notice, Some(next), English) if has_closed => {
            format!(
                "As things are recorded, it is renewed for another period and goes on through {next}."
            )
        }
        (RenewalAct::Notice, Some(next), Spanish) if has_closed => {
            format!(
                "Según lo registrado, se renueva por otro período y continúa hasta el {next} inclusive."
            )
        }
        (_, None, English) if has_closed => format!("As things are recorded, it ends on {end}."),
        (_, None, Spanish) if has_closed => format!("Según lo registrado, termina el {end}."),
        (RenewalAct::Notice, Some(next), English) => format!(
            "If nobody gives notice, it is renewed for another period and goes on through {next}."
        ),
        (RenewalAct::Notice, Some(next), Spanish) => format!(
            "Si nadie da aviso, se renueva por otro período y continúa hasta el {next} inclusive."
        ),
        (_, _, English) if of.how == RenewalKind::AtOption && !of.by.is_empty() => {
            format!("If {by} does not renew it, it ends on {end}.")
        }
        (_, _, Spanish) if of.how == RenewalKind::AtOption && !of.by.is_empty() => {
            format!("Si {by} no lo renueva, termina el {end}.")
        }
        (_, _, English) => format!("If the parties do not agree to renew it, it ends on {end}."),
        (_, _, Spanish) => format!("Si las partes no acuerdan renovarlo, termina el {end}."),
    }
}

/// What to do next.
pub(in super::super) fn next(language: Language, of: Renewing<'_>) -> String {
    if of.has_closed() {
        return match (of.what, language) {
            (RenewalAct::Notice, English) => {
                "Nothing is asked of you now. If notice was given in that time, or you read the day differently, reply to this message and say so."
            }
            (RenewalAct::Notice, Spanish) => {
                "Por ahora no se le pide nada. Si se dio aviso en ese plazo, o usted calcula otra fecha, responda a este mensaje y díganoslo."
            }
            (RenewalAct::Request, English) => {
                "If it was renewed in that time, or you read the day differently, reply to this message and say so."
            }
            (RenewalAct::Request, Spanish) => {
                "Si se renovó en ese plazo, o usted calcula otra fecha, responda a este mensaje y díganoslo."
            }
        }
        .to_owned();
    }
    let by_then = of.closes.map(|closes| language.weekday_and_day(closes));
    let by_then = match (by_then, language) {
        (Some(day), English) => format!(", by {day} at the latest"),
        (Some(day), Spanish) => format!(", a más tardar el {day}"),
        (None, _) => String::new(),
    };
    let by = language.either(of.by.iter().cloned());
    match (of.what, language) {
        (RenewalAct::Notice, English) => format!(
            "If it is not to go on, notice is given as the agreement says{by_then}; reply to this message with the day on which it was given. If it is to go on, nothing needs to be done."
        ),
        (RenewalAct::Notice, Spanish) => format!(
            "Si no debe continuar, se da aviso como dice el acuerdo{by_then}; responda a este mensaje e indique qué día se dio. Si debe continuar, no hay que hacer nada."
        ),
        (RenewalAct::Request, English) if of.how == RenewalKind::AtOption && !of.by.is_empty() => {
            format!(
                "If it is to go on, {by} says so as the agreement asks{by_then}; reply to this message with the day on which that was said. If it is to end, nothing needs to be done."
            )
        }
        (RenewalAct::Request, Spanish) if of.how == RenewalKind::AtOption && !of.by.is_empty() => {
            format!(
                "Si debe continuar, {by} lo comunica como pide el acuerdo{by_then}; responda a este mensaje e indique qué día se comunicó. Si debe terminar, no hay que hacer nada."
            )
        }
        (RenewalAct::Request, English) => format!(
            "If it is to go on, agree on that{by_then}, and reply to this message with what was agreed. If it is to end, nothing needs to be done."
        ),
        (RenewalAct::Request, Spanish) => format!(
            "Si debe continuar, hay que acordarlo{by_then}; responda a este mensaje con lo acordado. Si debe terminar, no hay que hacer nada."
        ),
    }
}

/// That it may be renewed no more by its words.
pub(in super::super) fn used_up(language: Language) -> &'static str {
    match language {
        English => "It was renewed as often as its words allow, and ends then.",
        Spanish => "Ya se renovó cuantas veces permite su texto, y termina entonces.",
    }
}

/// What to do then.
pub(in super::super) fn once_used_up(language: Language) -> &'static str {
    match language {
        English => {
            "If it is to go on all the same, that is for all parties to agree on before then; reply to this message with what was agreed. If it is to end, nothing needs to be done."
        }
        Spanish => {
            "Si aun así debe continuar, todas las partes han de acordarlo antes; responda a este mensaje con lo acordado. Si debe terminar, no hay que hacer nada."
        }
    }
}
