//! A series in words: its rule, told once, and how each of its days follows from that.

use super::super::day_in::lacking;
use crate::counting::{Length, Step, Unit, the_words};
use crate::language::{DayIn, Every, Period, Years};
use crate::words::Language::{self, English, Spanish};
use crate::words::{Noun, Sentence};
use chrono::{Datelike, NaiveDate};

/// The rule of a series, where it has one of its own, that is followed from `day`; `including`: that day may be one of it;
/// `named`: the words name it, or what they hang on.
pub(super) fn step(every: &Every, day: NaiveDate, including: bool, named: bool) -> Option<Step> {
    // What it is counted from tells its own rule.
    if matches!(every, Every::Around { .. }) {
        return None;
    }
    let every = every.clone();
    let text = Sentence::when_read(move |language| match language {
        English => in_english(&every, day, including),
        Spanish => in_spanish(&every, day, including),
    });
    Some(Step {
        text,
        date: None,
        source: if named { the_words() } else { no_first_day() },
    })
}

fn no_first_day() -> Sentence {
    Sentence::written(&[
        "the words of the agreement; they state no first day, so it is followed here from that day on",
        "el texto del acuerdo; no indica un primer día, de modo que aquí se sigue a partir de esa fecha",
    ])
}

fn in_english(every: &Every, day: NaiveDate, including: bool) -> String {
    let from = English.day(day);
    let first = if including {
        format!("the first on or after {from}")
    } else {
        format!("the first after {from}")
    };
    match every {
        Every::On(length) => {
            let length = crate::language::print_length(length);
            format!(
                "every {length}: the first is {from}, and each is counted from there, not from the one before"
            )
        }
        Every::Within(length) => {
            let length = crate::language::print_length(length);
            format!("once in every {length} from {from} on, by the last day of each")
        }
        Every::Each(period) => format!(
            "once in each {}, by its last day; the first is the one that holds {from}",
            name(English, *period)
        ),
        Every::HalfMonth => format!(
            "twice a month, by the 15th and by the last day; the first is the half that holds {from}"
        ),
        Every::DayOfMonths { day, months: 1 } => {
            format!(
                "on the {} of each month; the first on or after {from}",
                day_name(English, *day)
            )
        }
        Every::DayOfMonths { day, months } => format!(
            "on the {} of a month, every {months} months; the first on or after {from}",
            day_name(English, *day)
        ),
        Every::Weekday { weekday, weeks: 1 } => {
            format!(
                "every {}; the first on or after {from}",
                English.weekday(*weekday)
            )
        }
        Every::Weekday { weekday, weeks } => format!(
            "on a {} every {weeks} weeks; the first on or after {from}",
            English.weekday(*weekday)
        ),
        Every::DayOfEach { day, period } => format!(
            "on the {} of each {}; the first on or after {from}",
            day_name(English, *day),
            name(English, *period)
        ),
        Every::Anniversary => format!("each year on the day of {from}, the first a year after it"),
        Every::Around { .. } => String::new(),
        Every::Yearly { years, .. } => match years {
            Years::All => format!("each year; {first}"),
            Years::From(year) => format!("each year from {year} on"),
            Years::Odd => format!("each odd-numbered year; {first}"),
            Years::Even => format!("each even-numbered year; {first}"),
        },
    }
}

fn in_spanish(every: &Every, day: NaiveDate, including: bool) -> String {
    let from = Spanish.day(day);
    let first = if including {
        format!("la primera vez, el {from} o después")
    } else {
        format!("la primera vez, después del {from}")
    };
    let on_or_after = format!("la primera vez, el {from} o después");
    match every {
        Every::On(length) => format!(
            "cada {}: la primera vez es el {from}, y cada vez se cuenta desde ahí, no desde la anterior",
            length.in_words(Spanish)
        ),
        Every::Within(length) => format!(
            "una vez cada {} a partir del {from}, a más tardar el último día de cada período",
            length.in_words(Spanish)
        ),
        Every::Each(period) => format!(
            "una vez en cada {}, a más tardar su último día; se empieza por el período que contiene el {from}",
            name(Spanish, *period)
        ),
        Every::HalfMonth => format!(
            "dos veces al mes, a más tardar el día 15 y el último día; se empieza por la mitad que contiene el {from}"
        ),
        Every::DayOfMonths { day, months: 1 } => {
            format!("el {} de cada mes; {on_or_after}", day_name(Spanish, *day))
        }
        Every::DayOfMonths { day, months } => format!(
            "el {} de un mes, cada {months} meses; {on_or_after}",
            day_name(Spanish, *day)
        ),
        Every::Weekday { weekday, weeks: 1 } => {
            format!("cada {}; {on_or_after}", Spanish.weekday(*weekday))
        }
        Every::Weekday { weekday, weeks } => format!(
            "un {} cada {weeks} semanas; {on_or_after}",
            Spanish.weekday(*weekday)
        ),
        Every::DayOfEach { day, period } => format!(
            "el {} de cada {}; {on_or_after}",
            day_name(Spanish, *day),
            name(Spanish, *period)
        ),
        Every::Anniversary => {
            format!("cada año el mismo día que el {from}, por primera vez un año después")
        }
        Every::Around { .. } => String::new(),
        Every::Yearly { years, .. } => match years {
            Years::All => format!("cada año; {first}"),
            Years::From(year) => format!("cada año a partir de {year}"),
            Years::Odd => format!("cada año impar; {first}"),
            Years::Even => format!("cada año par; {first}"),
        },
    }
}

/// The day of a series that lies `k` lengths after its anchor, with any clamp.
pub(super) fn length_after(
    anchor: NaiveDate,
    length: &Length,
    k: u32,
    day: NaiveDate,
) -> Vec<Sentence> {
    let &[(count, unit)] = length.0.as_slice() else {
        return by_number(day, k);
    };
    if k == 0 {
        return by_number(day, k);
    }
    let mut told = vec![Sentence::when_read(move |language| {
        let number = language.ordinal_feminine(k.saturating_add(1));
        let length = language.count(count.saturating_mul(k), unit.noun());
        let (anchor, reached) = (language.day(anchor), language.weekday_and_day(day));
        match language {
            English => format!("the {number}: {length} after {anchor}: {reached}"),
            Spanish => format!("la {number} vez: {length} después del {anchor}: {reached}"),
        }
    })];
    let of_months = matches!(unit, Unit::Month | Unit::Quarter | Unit::Year);
    if of_months && day.day() < anchor.day() {
        told.extend(lacking(anchor.day(), day));
    }
    told
}

/// A day of a series that its rule names outright.
pub(super) fn by_number(day: NaiveDate, k: u32) -> Vec<Sentence> {
    vec![Sentence::when_read(move |language| {
        let number = language.ordinal_feminine(k.saturating_add(1));
        let day = language.weekday_and_day(day);
        match language {
            English => format!("the {number}: {day}"),
            Spanish => format!("la {number} vez: {day}"),
        }
    })]
}

fn name(language: Language, period: Period) -> &'static str {
    match (period, language) {
        (Period::Week, English) => "week",
        (Period::Week, Spanish) => "semana",
        (Period::Month, English) => "calendar month",
        (Period::Month, Spanish) => "mes calendario",
        (Period::Quarter, English) => "calendar quarter",
        (Period::Quarter, Spanish) => "trimestre calendario",
        (Period::HalfYear, English) => "half of a calendar year",
        (Period::HalfYear, Spanish) => "semestre calendario",
        (Period::Year, English) => "calendar year",
        (Period::Year, Spanish) => "año calendario",
        (Period::FiscalYear, English) => "fiscal year",
        (Period::FiscalYear, Spanish) => "año fiscal",
        (Period::FiscalQuarter, English) => "fiscal quarter",
        (Period::FiscalQuarter, Spanish) => "trimestre fiscal",
        (Period::SchoolYear, English) => "school year",
        (Period::SchoolYear, Spanish) => "año escolar",
        (Period::PayPeriod, English) => "pay period",
        (Period::PayPeriod, Spanish) => "período de pago",
        (Period::PayDate, English) => "pay date",
        (Period::PayDate, Spanish) => "día de pago",
        (Period::Term(kind), _) => kind.word_in(language),
        (Period::Biennium, English) => "biennium",
        (Period::Biennium, Spanish) => "bienio",
    }
}

fn day_name(language: Language, day: DayIn) -> String {
    let noun = match day {
        DayIn::Nth(_) | DayIn::Last => Noun::Day.one(language),
        DayIn::Weekday(_, weekday) => language.weekday(weekday),
        DayIn::Open(_, kind) => kind.noun().one(language),
    };
    match (day, language) {
        (DayIn::Last | DayIn::Weekday(0, _) | DayIn::Open(0, _), English) => {
            format!("last {noun}")
        }
        (DayIn::Last | DayIn::Weekday(0, _) | DayIn::Open(0, _), Spanish) => {
            format!("último {noun}")
        }
        (DayIn::Nth(nth), Spanish) => format!("{noun} {nth}"),
        (DayIn::Nth(nth) | DayIn::Weekday(nth, _) | DayIn::Open(nth, _), _) => {
            format!("{} {noun}", language.ordinal_before(nth))
        }
    }
}
