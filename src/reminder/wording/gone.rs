//! The sentences about a day that was told and stands no more.

use crate::words::Language::{self, English, Spanish};
use chrono::NaiveDate;

/// In a few words.
pub(in super::super) fn news(language: Language) -> String {
    match language {
        English => "its day stands no more",
        Spanish => "su fecha ya no vale",
    }
    .to_owned()
}

/// `goes_on`: whether its series has other days.
pub(in super::super) fn fact(language: Language, told: NaiveDate, goes_on: bool) -> String {
    let told = language.weekday_and_day(told);
    match language {
        English if goes_on => format!("Earlier messages said {told}: that stands no more."),
        Spanish if goes_on => {
            format!("Los mensajes anteriores decían {told}: eso ya no vale.")
        }
        English => format!(
            "No day is known for it now. Earlier messages said {told}: that stands no more."
        ),
        Spanish => format!(
            "Ahora no se conoce ninguna fecha para esto. Los mensajes anteriores decían {told}: eso ya no vale."
        ),
    }
}

/// Of a series that is left without that day.
pub(in super::super) fn next_day(language: Language, next: NaiveDate) -> String {
    let next = language.weekday_and_day(next);
    match language {
        English => format!("It is due next on {next}."),
        Spanish => format!("El próximo vencimiento es el {next}."),
    }
}

/// `names`: what has no day, in words.
pub(in super::super) fn waits_for(language: Language, names: &str) -> String {
    match language {
        English => format!("It is counted from {names}, of which no day is recorded now."),
        Spanish => {
            format!("Se cuenta desde {names}, de lo que ahora no hay ninguna fecha registrada.")
        }
    }
}

/// Of a day that was counted from one by which nothing was recorded as done.
pub(in super::super) fn is_not_missing(language: Language) -> String {
    match language {
        English => {
            "It was counted because nothing was recorded as done by then, and that is no longer so."
        }
        Spanish => {
            "Se contaba porque hasta entonces no constaba que se cumpliera, y eso ya no es así."
        }
    }
    .to_owned()
}

pub(in super::super) fn waits_for_its_condition(language: Language) -> String {
    match language {
        English => "Nothing is recorded now of its condition having come about.",
        Spanish => "Ahora no consta que se haya cumplido su condición.",
    }
    .to_owned()
}

pub(in super::super) fn ends_before(language: Language, end: NaiveDate) -> String {
    let end = language.weekday_and_day(end);
    match language {
        English => format!("The agreement ends before it, on {end}."),
        Spanish => format!("El acuerdo termina antes, el {end}."),
    }
}

/// Where no file has the agreement any more.
pub(in super::super) fn is_kept_no_more(language: Language) -> String {
    match language {
        English => "This office no longer keeps the text of that agreement, and reminds nobody of what is in it.",
        Spanish => "Esta oficina ya no conserva el texto de ese acuerdo y no recuerda a nadie lo que contiene.",
    }
    .to_owned()
}

/// `subject`: of the message that told of what has no words of its own any more.
pub(in super::super) fn told_in(language: Language, subject: &str) -> String {
    match language {
        English => format!("An earlier message about it had the subject “{subject}”."),
        Spanish => format!("Un mensaje anterior al respecto llevaba el asunto “{subject}”."),
    }
}

pub(in super::super) fn is_a_draft(language: Language) -> String {
    match language {
        English => "This office now keeps that agreement as a draft, and reminds nobody of what is in it.",
        Spanish => "Esta oficina conserva ahora ese acuerdo como borrador y no recuerda a nadie lo que contiene.",
    }
    .to_owned()
}

/// Where the agreement's file no longer has the obligation.
pub(in super::super) fn is_in_the_text_no_more(language: Language) -> String {
    match language {
        English => {
            "It no longer stands, under that name, in the agreement's text as this office keeps it."
        }
        Spanish => {
            "Ya no figura, con ese nombre, en el texto del acuerdo que conserva esta oficina."
        }
    }
    .to_owned()
}

/// Where nothing else says why.
pub(in super::super) fn as_it_stands(language: Language) -> String {
    match language {
        English => {
            "By the agreement's text and the record as they stand now, there is no such day."
        }
        Spanish => {
            "Según el texto del acuerdo y el registro tal como están ahora, no existe esa fecha."
        }
    }
    .to_owned()
}

pub(in super::super) fn next(language: Language) -> String {
    match language {
        English => "Nothing is asked of you now. If you have that day in a calendar, take it out there. If you read this differently, reply to this message and say so.",
        Spanish => "Por ahora no se le pide nada. Si tiene esa fecha en un calendario, quítela de allí. Si usted lo entiende de otra manera, responda a este mensaje y díganoslo.",
    }
    .to_owned()
}
