//! What follows from what a party has said, what if nobody answers, and how to answer.

use super::verb;
use crate::agreement::Confirmation;
use crate::record::answers::Silence;
use crate::record::{Entry, EntryKind};
use crate::words;
use crate::words::Language::{self, English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// When notice may be given.
pub(in super::super) fn notice_window(
    language: Language,
    opens: Option<NaiveDate>,
    closes: Option<NaiveDate>,
) -> String {
    let day = |day| language.weekday_and_day(day);
    match (opens.map(day), closes.map(day), language) {
        (Some(opens), Some(closes), English) => {
            format!("Notice may be given from {opens} through {closes}.")
        }
        (Some(opens), Some(closes), Spanish) => {
            format!("Puede darse aviso desde el {opens} hasta el {closes} inclusive.")
        }
        (None, Some(closes), English) => format!("Notice may be given through {closes}."),
        (None, Some(closes), Spanish) => {
            format!("Puede darse aviso hasta el {closes} inclusive.")
        }
        (Some(opens), None, English) => format!("Notice may be given from {opens} on."),
        (Some(opens), None, Spanish) => format!("Puede darse aviso a partir del {opens}."),
        (None, None, _) => String::new(),
    }
}

/// The same where notice was given `on` a day: of a time that is past, its last day, and where that day is after it, that.
pub(in super::super) fn notice_was_due(
    language: Language,
    opens: Option<NaiveDate>,
    closes: Option<NaiveDate>,
    on: NaiveDate,
    today: NaiveDate,
) -> String {
    let is_after = closes.is_some_and(|closes| closes < on);
    match (closes.filter(|closes| *closes < today), language) {
        (None, _) => notice_window(language, opens, closes),
        (Some(last), English) if is_after => format!(
            "The last day to give notice was {}; the day named here is after it.",
            language.weekday_and_day(last)
        ),
        (Some(last), Spanish) if is_after => format!(
            "El último día para dar aviso fue el {}; la fecha indicada aquí es posterior.",
            language.weekday_and_day(last)
        ),
        (Some(last), English) => format!(
            "The last day to give notice was {}.",
            language.weekday_and_day(last)
        ),
        (Some(last), Spanish) => format!(
            "El último día para dar aviso fue el {}.",
            language.weekday_and_day(last)
        ),
    }
}

/// That notice was entered only once the term that it was given for had ended on `end` and gone on, and what it waits for.
pub(in super::super) fn told_of_late(language: Language, end: NaiveDate) -> String {
    let end = language.weekday_and_day(end);
    match language {
        English => format!(
            "It was entered after the term that it speaks of had gone on: it counts once it is accepted, and that term then ended on {end}."
        ),
        Spanish => format!(
            "Se anotó cuando el período del que habla ya había continuado: cuenta cuando se acepte, y entonces ese período terminó el {end}."
        ),
    }
}

/// That nothing is awaited any more, and only the file still says that an agreement is tentative.
pub(in super::super) fn still_tentative(language: Language) -> String {
    match language {
        English => "Nothing more is awaited. In this office's file the agreement still stands as tentative; its dates run once the office has changed that.",
        Spanish => "No se espera nada más. En el archivo de esta oficina el acuerdo figura todavía como provisional; sus fechas corren cuando la oficina lo haya cambiado.",
    }
    .to_owned()
}

/// What falls away once it is accepted that something was done in time.
pub(in super::super) fn withdraws(language: Language, what: &[String]) -> String {
    let list = what.join("; ");
    match language {
        English => format!(
            "Counted from its last day, by which nothing was recorded: {list}. This runs on, and is withdrawn once it is accepted that it was done by then."
        ),
        Spanish => format!(
            "Se cuenta desde su último día, para el que no constaba nada: {list}. Esto sigue corriendo y queda retirado cuando se acepte que para entonces se había cumplido."
        ),
    }
}

/// Until when a term lasts, with what was said about it.
pub(in super::super) fn lasts(
    language: Language,
    end: NaiveDate,
    goes_on: Option<NaiveDate>,
) -> String {
    let end = language.weekday_and_day(end);
    let next = goes_on.map(|next| language.weekday_and_day(next));
    match (next, language) {
        (Some(next), English) => {
            format!("As things stand, the term that ends on {end} goes on through {next}.")
        }
        (Some(next), Spanish) => format!(
            "Tal como están las cosas, el período que termina el {end} continúa hasta el {next} inclusive."
        ),
        (None, English) => format!("As things stand, its term ends on {end}."),
        (None, Spanish) => {
            format!("Tal como están las cosas, su período termina el {end}.")
        }
    }
}

/// What follows where the reader's own silence is an answer.
pub(in super::super) fn silence(language: Language, reader: &str, from: NaiveDate) -> String {
    let last = language.weekday_and_day(from.pred_opt().unwrap_or(from));
    let from = language.weekday_and_day(from);
    match language {
        English => format!(
            "If {reader} does not answer by {last}, the record takes it as accepted by {reader} from {from} on. An objection after that is kept and changes nothing."
        ),
        Spanish => format!(
            "Si {reader} no responde a más tardar el {last}, el registro lo dará por aceptado por {reader} a partir del {from}. Una objeción posterior se conserva y no cambia nada."
        ),
    }
}

/// What follows where one party alone has said it and the reader's silence is no answer.
pub(in super::super) fn unanswered(
    language: Language,
    kind: EntryKind,
    confirmation: Confirmation,
    reader: &str,
    may_be_silent: bool,
) -> String {
    let meanwhile = match (kind, language) {
        (EntryKind::Happened, English) => ", and the days that rest on it stay as they are",
        (EntryKind::Happened, Spanish) => ", y las fechas que dependen de ello quedan como están",
        (EntryKind::Met, English) => ", and no more reminders of it are sent",
        (EntryKind::Met, Spanish) => ", y no se envían más recordatorios al respecto",
        _ => "",
    };
    let silence = match (confirmation, language) {
        (Confirmation::None, _) => return one_word_is_enough(language),
        (Confirmation::Required, English) => "Silence accepts nothing.".to_owned(),
        (Confirmation::Required, Spanish) => "El silencio no acepta nada.".to_owned(),
        (Confirmation::Silence, English) if may_be_silent => format!(
            "For now {reader}'s silence accepts nothing: a message that names a day for that may still come."
        ),
        (Confirmation::Silence, Spanish) if may_be_silent => format!(
            "Por ahora el silencio de {reader} no acepta nada: todavía puede llegar un mensaje que fije una fecha para ello."
        ),
        (Confirmation::Silence, English) => format!("{reader}'s silence accepts nothing."),
        (Confirmation::Silence, Spanish) => format!("El silencio de {reader} no acepta nada."),
    };
    match language {
        English => format!(
            "If nobody answers, it stays in the record as what one party said, confirmed by no other{meanwhile}. {silence}"
        ),
        Spanish => format!(
            "Si nadie responde, queda en el registro como lo que dijo una sola de las partes, sin que otra lo haya confirmado{meanwhile}. {silence}"
        ),
    }
}

/// What follows where one side's word is enough.
pub(in super::super) fn one_word_is_enough(language: Language) -> String {
    match language {
        English => {
            "It stands as it was said, unless another party says otherwise. No answer is needed."
        }
        Spanish => {
            "Vale tal como se dijo, salvo que otra parte diga otra cosa. No hace falta responder."
        }
    }
    .to_owned()
}

/// What follows from what the keeper entered in the reader's name.
pub(in super::super) fn as_your_word(language: Language, reader: &str) -> String {
    match language {
        English => {
            format!(
                "It stands in the record as what {reader} said, unless {reader} says otherwise."
            )
        }
        Spanish => format!(
            "Consta en el registro como lo que dijo {reader}, salvo que {reader} diga otra cosa."
        ),
    }
}

/// Who says the same.
pub(in super::super) fn confirmed(language: Language, by: &[String]) -> String {
    let by = language.list(by);
    match language {
        English => format!("{by} say the same, so it is confirmed."),
        Spanish => format!("{by} dicen lo mismo, de modo que queda confirmado."),
    }
}

/// That silence has accepted it.
pub(in super::super) fn accepted(language: Language, silence: &Silence, party: &str) -> String {
    let (from, message) = (language.weekday_and_day(silence.from), silence.message);
    match language {
        English => format!(
            "The record takes it as accepted by {party} from {from} on: message {message} asked {party}, and no answer before that is recorded."
        ),
        Spanish => format!(
            "El registro lo da por aceptado por {party} a partir del {from}: el mensaje {message} se lo preguntó a {party}, y no consta ninguna respuesta anterior a esa fecha."
        ),
    }
}

/// What goes on as long as something is disputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Meanwhile {
    /// The reminders of what is said to have been done.
    Reminders,
    /// What the day gives that is gone by.
    OneOfTheDays,
    /// What is said beside it.
    Holds,
}

/// Who says otherwise, and what goes on meanwhile.
pub(in super::super) fn disputed(
    language: Language,
    against: &[String],
    meanwhile: Meanwhile,
) -> String {
    let who = language.list(against);
    let meanwhile = match (meanwhile, language) {
        (Meanwhile::Reminders, English) => {
            " As long as it is disputed whether it was done, its reminders go on."
        }
        (Meanwhile::Reminders, Spanish) => {
            " Mientras se discuta si se cumplió, siguen los recordatorios."
        }
        (Meanwhile::OneOfTheDays, English) => {
            " Where two days are named, the earlier is reminded of meanwhile, or the later where the earlier leaves nothing."
        }
        (Meanwhile::OneOfTheDays, Spanish) => {
            " Cuando se indican dos fechas, mientras tanto se recuerda la anterior, o la posterior si la anterior no deja nada."
        }
        (Meanwhile::Holds, _) => "",
    };
    if against.is_empty() {
        // The other day is nobody's in particular: that of the file, or of an entry without a party.
        return match language {
            English => format!(
                "Another day is claimed, too. If nobody answers, it stays so until one of them is confirmed or struck out.{meanwhile}"
            ),
            Spanish => format!(
                "También se afirma otra fecha. Si nadie responde, queda así hasta que una de ellas se confirme o se tache.{meanwhile}"
            ),
        };
    }
    match language {
        English => format!(
            "{who} {} otherwise. If nobody answers, it stays so until one side confirms the other's word or strikes out its own.{meanwhile}",
            verb(against, "says", "say")
        ),
        Spanish => format!(
            "{who} {} otra cosa. Si nadie responde, queda así hasta que una parte confirme lo dicho por la otra o tache lo suyo.{meanwhile}",
            verb(against, "dice", "dicen")
        ),
    }
}

/// Whose word is missing. `last_day` is the day that runs until then.
pub(in super::super) fn proposed(
    language: Language,
    waits_for: &[String],
    against: &[String],
    last_day: Option<NaiveDate>,
) -> String {
    let last = last_day.map(|last| language.weekday_and_day(last));
    let meanwhile = match (last, language) {
        (Some(last), English) => format!("its last day stays {last}"),
        (Some(last), Spanish) => format!("su último día sigue siendo el {last}"),
        (None, English) => "things stay as they are".to_owned(),
        (None, Spanish) => "todo queda como está".to_owned(),
    };
    let (who, waits_for) = (language.list(against), language.list(waits_for));
    match (against.is_empty(), language) {
        (false, English) => format!(
            "{who} {} not agree. As long as that is so, {meanwhile}.",
            verb(against, "does", "do")
        ),
        (false, Spanish) => format!(
            "{who} no {} de acuerdo. Mientras sea así, {meanwhile}.",
            verb(against, "está", "están")
        ),
        (true, English) => format!(
            "It is proposed and waits for the word of {waits_for}. If nobody answers, {meanwhile}, and the proposal stays open: silence agrees to nothing."
        ),
        (true, Spanish) => format!(
            "Está propuesto y falta la respuesta de {waits_for}. Si nadie responde, {meanwhile} y la propuesta sigue abierta: el silencio no equivale a acuerdo."
        ),
    }
}

pub(in super::super) fn all_agree(language: Language) -> String {
    match language {
        English => "Every party has agreed, so it holds.",
        Spanish => "Todas las partes están de acuerdo, de modo que queda acordado.",
    }
    .to_owned()
}

/// Nobody else's word was needed.
pub(in super::super) fn is_an_option(language: Language) -> String {
    match language {
        English => "The agreement leaves this to one party's choice, so it holds. No answer is needed.",
        Spanish => "El acuerdo lo deja a la elección de una de las partes, de modo que queda decidido. No hace falta responder.",
    }
    .to_owned()
}

/// That something else has taken the place of what was agreed on.
pub(in super::super) fn was_agreed(language: Language) -> String {
    match language {
        English => "It was agreed on, and something else has taken its place since.",
        Spanish => "Quedó acordado, y desde entonces otra cosa ha ocupado su lugar.",
    }
    .to_owned()
}

/// That all agreed on an end after a renewal.
pub(in super::super) fn ended_since(language: Language, end: NaiveDate) -> String {
    let end = language.weekday_and_day(end);
    match language {
        English => format!("All parties agreed since that it ends on {end}."),
        Spanish => format!("Desde entonces todas las partes acordaron que termina el {end}."),
    }
}

/// What holds until all have confirmed a day of the agreement itself.
pub(in super::super) fn holds_meanwhile(language: Language, what: &Sentence) -> String {
    let what = words::capitalized(what.of(language));
    match language {
        English => format!("{what} until every other party confirms this day."),
        Spanish => format!("{what} hasta que todas las demás partes confirmen este día."),
    }
}

pub(in super::super) fn overtaken(language: Language) -> String {
    match language {
        English => "Something else was agreed on since, so it is no longer open.",
        Spanish => "Desde entonces se acordó otra cosa, de modo que ya no está pendiente.",
    }
    .to_owned()
}

/// `proposed`: whether what is struck out needs the strikes of others; `is_confirmed`: whether it says that something is
/// so, and another party has confirmed that.
pub(in super::super) fn struck(language: Language, proposed: bool, is_confirmed: bool) -> String {
    match (proposed, is_confirmed, language) {
        (true, true, English) => "It was confirmed, so it stands until each party that says so has struck it out. If nobody answers, it stands: silence strikes out nothing.",
        (true, true, Spanish) => "Fue confirmado, de modo que vale hasta que cada parte que lo dice lo haya tachado. Si nadie responde, sigue valiendo: el silencio no tacha nada.",
        (true, false, English) => "It is not one party's to strike out, so it stands until each party has done so. If nobody answers, it stands: silence strikes out nothing.",
        (true, false, Spanish) => "No le corresponde a una sola parte tacharlo, de modo que vale hasta que cada una lo haya tachado. Si nadie responde, sigue valiendo: el silencio no tacha nada.",
        (false, _, English) => "What it said no longer counts, and the days that rested on it are worked out without it. No answer is needed.",
        (false, _, Spanish) => "Lo que decía ya no cuenta, y las fechas que dependían de ello se calculan sin ello. No hace falta responder.",
    }
    .to_owned()
}

/// That a party has answered otherwise before.
pub(in super::super) fn had_answered(language: Language, party: &str, before: &Entry) -> String {
    let number = before.number;
    match (before.kind == EntryKind::Confirmed, language) {
        (true, English) => format!(
            "{party} had confirmed or agreed to it before (entry {number}); of its answers the last counts."
        ),
        (true, Spanish) => format!(
            "{party} lo había confirmado o aceptado antes (anotación {number}); de sus respuestas cuenta la última."
        ),
        (false, English) => format!(
            "{party} had not agreed with it before (entry {number}); of its answers the last counts."
        ),
        (false, Spanish) => format!(
            "{party} no había estado de acuerdo antes (anotación {number}); de sus respuestas cuenta la última."
        ),
    }
}

/// How a party answers. `keeper`: who keeps the record, where the reader does not.
///
/// `is_claim`: whether it says that something is so, of which the reader may name another day; a proposal is agreed to or not.
pub(in super::super) fn please_answer(
    language: Language,
    reader: &str,
    keeper: Option<&str>,
    is_claim: bool,
) -> String {
    let otherwise = match (is_claim, language) {
        (true, English) => {
            format!(" If {reader} sees it differently, say what, and from which day.")
        }
        (true, Spanish) => {
            format!(" Si {reader} lo ve de otra manera, indique qué y desde qué día.")
        }
        (false, English) => " If not, say that.".to_owned(),
        (false, Spanish) => " Si no, indíquelo también.".to_owned(),
    };
    match (keeper, language) {
        (None, English) => format!(
            "Does {reader} agree? Enter its answer by a command below, or reply to this message.{otherwise}"
        ),
        (None, Spanish) => format!(
            "¿Está de acuerdo {reader}? Anote la respuesta con uno de los comandos de abajo o responda a este mensaje.{otherwise}"
        ),
        (Some(keeper), English) => format!(
            "Does {reader} agree? Reply to this message and say so: {keeper} keeps the record and enters the answer with {reader}'s own words.{otherwise}"
        ),
        (Some(keeper), Spanish) => format!(
            "¿Está de acuerdo {reader}? Responda a este mensaje e indíquelo: {keeper} lleva el registro y anota la respuesta con las propias palabras de {reader}.{otherwise}"
        ),
    }
}

/// How a party that says otherwise than another settles that. `named`: the day that it named itself, where it named one.
pub(in super::super) fn settle(
    language: Language,
    reader: &str,
    other: &str,
    named: Option<NaiveDate>,
) -> String {
    let named = named.map(|day| language.weekday_and_day(day));
    match (named, language) {
        (Some(day), English) => format!(
            "{reader} named {day}. If what {other} {} is right, reply to this message and say so; if not, it stays open.",
            words::verb(other, "says", "say")
        ),
        (Some(day), Spanish) => format!(
            "{reader} indicó el {day}. Si lo que {} {other} es lo correcto, responda a este mensaje e indíquelo; si no, queda abierto.",
            words::verb(other, "indica", "indican")
        ),
        (None, English) => format!(
            "{reader} {} otherwise. If what {other} {} is right, reply to this message and say so; if not, it stays open.",
            words::verb(reader, "says", "say"),
            words::verb(other, "says", "say")
        ),
        (None, Spanish) => format!(
            "{reader} {} otra cosa. Si lo que {} {other} es lo correcto, responda a este mensaje e indíquelo; si no, queda abierto.",
            words::verb(reader, "indica", "indican"),
            words::verb(other, "indica", "indican")
        ),
    }
}

/// The same to the party in whose name the keeper entered it.
pub(in super::super) fn in_your_name(language: Language, keeper: &str, reader: &str) -> String {
    match language {
        English => format!(
            "{keeper} entered this for {reader}. If {reader} did not say it, or said something else, reply to this message and say so."
        ),
        Spanish => format!(
            "{keeper} anotó esto en nombre de {reader}. Si {reader} no lo dijo, o dijo otra cosa, responda a este mensaje e indíquelo."
        ),
    }
}

/// The same where the reader's word is not missing.
pub(in super::super) fn no_answer_needed(language: Language, reader: &str) -> String {
    match language {
        English => format!(
            "Nothing is asked of {reader} now. If {reader} sees it differently, reply to this message and say what, and from which day."
        ),
        Spanish => format!(
            "Por ahora no se le pide nada a {reader}. Si {reader} lo ve de otra manera, responda a este mensaje e indique qué y desde qué día."
        ),
    }
}
