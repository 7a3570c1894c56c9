//! The languages that readers have, and the words that all sentences share in each: days, lists, numbers of things.
//!
//! A sentence stands where it is made, in every language side by side: a `match` over [`Language`], so that none can be
//! missing.

use chrono::{Datelike, NaiveDate, Weekday};
use std::fmt::Display;

/// A language that mails and pages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Language {
    English,
    Spanish,
}

use Language::{English, Spanish};

impl Language {
    /// The language that a text is in, by its commonest short words; `None` where they do not tell.
    pub fn of_text(text: &str) -> Option<Self> {
        const ENGLISH: [&str; 14] = [
            "a", "and", "be", "by", "for", "in", "is", "of", "shall", "that", "the", "to", "will",
            "with",
        ];
        const SPANISH: [&str; 14] = [
            "con", "de", "del", "el", "en", "la", "las", "los", "para", "por", "que", "se", "un",
            "y",
        ];
        let (mut english, mut spanish) = (0_usize, 0_usize);
        for word in text.split(|c: char| !c.is_alphabetic()) {
            let word = word.to_lowercase();
            english += usize::from(ENGLISH.contains(&word.as_str()));
            spanish += usize::from(SPANISH.contains(&word.as_str()));
        }
        match english.cmp(&spanish) {
            std::cmp::Ordering::Greater => Some(English),
            std::cmp::Ordering::Less => Some(Spanish),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// What belongs to something, in Spanish: `de UPE`, `del Condado`.
    pub fn de(words: &str) -> String {
        match words.strip_prefix("el ") {
            Some(rest) => format!("del {rest}"),
            None => format!("de {words}"),
        }
    }
}

/// What can be counted, by its singular.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Noun {
    Year,
    Quarter,
    Month,
    HalfMonth,
    Week,
    Day,
    WorkingDay,
    BusinessDay,
    CourtDay,
    SchoolDay,
    DutyDay,
    WeekDay,
    Hour,
    Holiday,
    Renewal,
    Agreement,
    Obligation,
    Party,
}

impl Noun {
    /// Singular and plural, in each language.
    fn forms(self, language: Language) -> (&'static str, &'static str) {
        match (self, language) {
            (Self::Year, English) => ("year", "years"),
            (Self::Year, Spanish) => ("año", "años"),
            (Self::Quarter, English) => ("quarter", "quarters"),
            (Self::Quarter, Spanish) => ("trimestre", "trimestres"),
            (Self::Month, English) => ("month", "months"),
            (Self::Month, Spanish) => ("mes", "meses"),
            (Self::HalfMonth, English) => ("half month", "half months"),
            (Self::HalfMonth, Spanish) => ("quincena", "quincenas"),
            (Self::Week, English) => ("week", "weeks"),
            (Self::Week, Spanish) => ("semana", "semanas"),
            (Self::Day, English) => ("day", "days"),
            (Self::Day, Spanish) => ("día", "días"),
            (Self::WorkingDay, English) => ("working day", "working days"),
            (Self::WorkingDay, Spanish) => ("día laborable", "días laborables"),
            (Self::BusinessDay, English) => ("business day", "business days"),
            (Self::BusinessDay, Spanish) => ("día hábil", "días hábiles"),
            (Self::CourtDay, English) => ("court day", "court days"),
            (Self::CourtDay, Spanish) => ("día judicial", "días judiciales"),
            (Self::SchoolDay, English) => ("school day", "school days"),
            (Self::SchoolDay, Spanish) => ("día lectivo", "días lectivos"),
            (Self::DutyDay, English) => ("duty day", "duty days"),
            (Self::DutyDay, Spanish) => ("día de servicio", "días de servicio"),
            (Self::WeekDay, English) => ("week day", "week days"),
            (Self::WeekDay, Spanish) => ("día entre semana", "días entre semana"),
            (Self::Hour, English) => ("hour", "hours"),
            (Self::Hour, Spanish) => ("hora", "horas"),
            (Self::Holiday, English) => ("holiday", "holidays"),
            (Self::Holiday, Spanish) => ("día feriado", "días feriados"),
            (Self::Renewal, English) => ("renewal", "renewals"),
            (Self::Renewal, Spanish) => ("renovación", "renovaciones"),
            (Self::Agreement, English) => ("agreement", "agreements"),
            (Self::Agreement, Spanish) => ("acuerdo", "acuerdos"),
            (Self::Obligation, English) => ("obligation", "obligations"),
            (Self::Obligation, Spanish) => ("obligación", "obligaciones"),
            (Self::Party, English) => ("party", "parties"),
            (Self::Party, Spanish) => ("parte", "partes"),
        }
    }

    /// `working day`, `día laborable`.
    pub fn one(self, language: Language) -> &'static str {
        self.forms(language).0
    }
}

impl Language {
    /// Every language, English first.
    pub const ALL: [Self; 2] = [English, Spanish];

    /// Its code, for `lang` in HTML and in an office's files.
    pub fn code(self) -> &'static str {
        match self {
            English => "en",
            Spanish => "es",
        }
    }

    /// The folder of its pages in the site's own: empty for English, `es/` for Spanish.
    pub fn folder(self) -> &'static str {
        match self {
            English => "",
            Spanish => "es/",
        }
    }

    /// `3 days`, `1 día`.
    pub fn count(self, number: impl TryInto<u64>, noun: Noun) -> String {
        let number = number.try_into().unwrap_or(u64::MAX);
        let (one, many) = noun.forms(self);
        let noun = if number == 1 { one } else { many };
        format!("{number} {noun}")
    }

    /// `2 April 2014`, `2 de abril de 2014`.
    pub fn day(self, day: NaiveDate) -> String {
        match self {
            English => super::day(day),
            Spanish => format!(
                "{} de {} de {}",
                day.day(),
                self.month(day.month()),
                day.year()
            ),
        }
    }

    /// `Wednesday 2 April 2014`, `miércoles 2 de abril de 2014`.
    pub fn weekday_and_day(self, day: NaiveDate) -> String {
        format!("{} {}", self.weekday(day.weekday()), self.day(day))
    }

    /// `6 to 19 December 2025`, `del 6 al 19 de diciembre de 2025`; of one day, that day.
    pub fn days(self, first: NaiveDate, last: NaiveDate) -> String {
        match self {
            English => super::days(first, last),
            Spanish if first == last => self.day(last),
            Spanish => format!("del {} al {}", self.beginning(first, last), self.day(last)),
        }
    }

    /// The same with the names of the days of the week.
    pub fn weekdays_and_days(self, first: NaiveDate, last: NaiveDate) -> String {
        match self {
            English => super::weekdays_and_days(first, last),
            Spanish if first == last => self.weekday_and_day(last),
            Spanish => format!(
                "del {} {} al {}",
                self.weekday(first.weekday()),
                self.beginning(first, last),
                self.weekday_and_day(last)
            ),
        }
    }

    /// What the last day of a stretch does not say again.
    fn beginning(self, first: NaiveDate, last: NaiveDate) -> String {
        let (number, month) = (first.day(), self.month(first.month()));
        if first.year() != last.year() {
            self.day(first)
        } else if first.month() != last.month() {
            format!("{number} de {month}")
        } else {
            number.to_string()
        }
    }

    /// `Wednesday`, `miércoles`.
    pub fn weekday(self, weekday: Weekday) -> &'static str {
        match (self, weekday) {
            (English, weekday) => super::weekday(weekday),
            (Spanish, Weekday::Mon) => "lunes",
            (Spanish, Weekday::Tue) => "martes",
            (Spanish, Weekday::Wed) => "miércoles",
            (Spanish, Weekday::Thu) => "jueves",
            (Spanish, Weekday::Fri) => "viernes",
            (Spanish, Weekday::Sat) => "sábado",
            (Spanish, Weekday::Sun) => "domingo",
        }
    }

    /// `Saturdays`, `sábados`.
    pub fn weekdays(self, weekday: Weekday) -> String {
        let name = self.weekday(weekday);
        match self {
            Spanish if name.ends_with('s') => name.to_owned(),
            English | Spanish => format!("{name}s"),
        }
    }

    /// `April`, `abril` for 4; nothing for a number that is no month.
    pub fn month(self, number: u32) -> &'static str {
        let names = match self {
            English => &super::MONTHS,
            Spanish => &[
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
                "julio",
                "agosto",
                "septiembre",
                "octubre",
                "noviembre",
                "diciembre",
            ],
        };
        number
            .checked_sub(1)
            .and_then(|index| usize::try_from(index).ok())
            .and_then(|index| names.get(index))
            .copied()
            .unwrap_or_default()
    }

    /// `2 April`, `2 de abril`: a day of every year.
    pub fn day_of_month(self, month: u32, day: u32) -> String {
        match self {
            English => format!("{} {day}", self.month(month)),
            Spanish => format!("{day} de {}", self.month(month)),
        }
    }

    /// `3rd`, `3.º`: for what is masculine, and stands alone.
    pub fn ordinal(self, number: u32) -> String {
        match self {
            English => super::ordinal(number),
            Spanish => format!("{number}.º"),
        }
    }

    /// The same before a masculine noun: `3rd`, `3.er`.
    pub fn ordinal_before(self, number: u32) -> String {
        match self {
            Spanish if matches!(number, 1 | 3) => format!("{number}.er"),
            English | Spanish => self.ordinal(number),
        }
    }

    /// The same for what is feminine: `3rd`, `3.ª`.
    pub fn ordinal_feminine(self, number: u32) -> String {
        match self {
            English => super::ordinal(number),
            Spanish => format!("{number}.ª"),
        }
    }

    /// `a, b and c`, `a, b y c`.
    pub fn list<T: Display>(self, items: impl IntoIterator<Item = T>) -> String {
        match self {
            English => super::list(items),
            Spanish => joined(items, |last| if begins_with_i(last) { "e" } else { "y" }),
        }
    }

    /// `a, b or c`, `a, b o c`.
    pub fn either<T: Display>(self, items: impl IntoIterator<Item = T>) -> String {
        match self {
            English => super::either(items),
            Spanish => joined(items, |last| {
                let last = last.to_lowercase();
                let o = ["o", "ó", "ho", "hó", "8", "11 "];
                if o.iter().any(|o| last.starts_with(o)) {
                    "u"
                } else {
                    "o"
                }
            }),
        }
    }

    /// How a clause is cited: `clause 3`, `cláusula 3`; a document that has headings instead of numbers is cited by them.
    pub fn clause(self, clause: &str) -> String {
        match self {
            Spanish if clause.starts_with(|c: char| c.is_ascii_digit()) => {
                format!("cláusula {clause}")
            }
            English | Spanish => super::clause(clause),
        }
    }

    /// The words that every message, page and feed bears. An office may add to them and never take them away.
    pub fn courtesy(self, name: &str) -> String {
        match self {
            English => super::courtesy(name),
            Spanish => format!(
                "Un servicio de cortesía de {name}. No es una notificación conforme al acuerdo, no añade ninguna obligación ni implica renuncia a nada, y el hecho de que no haya llegado ningún mensaje no excusa nada. Esto es una transcripción: rige el acuerdo firmado."
            ),
        }
    }

    /// Whether a text names a day: `12 April 2014` does not name the 2nd.
    pub fn names_day(self, text: &str, named: NaiveDate) -> bool {
        super::names(text, &self.day(named))
    }
}

/// `y` becomes `e` before the sound of an i.
fn begins_with_i(word: &str) -> bool {
    let word = word.to_lowercase();
    let is_i = |word: &str| word.starts_with(['i', 'í']);
    let after_h = word.strip_prefix('h').unwrap_or_default();
    let is_one_sound = ["ie", "ia", "io"]
        .iter()
        .any(|sound| after_h.starts_with(sound));
    is_i(&word) || (is_i(after_h) && !is_one_sound)
}

fn joined<T: Display>(
    items: impl IntoIterator<Item = T>,
    word: impl Fn(&str) -> &'static str,
) -> String {
    let mut items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    match items.pop() {
        None => String::new(),
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} {} {last}", items.join(", "), word(&last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_written_in_spanish() {
        let one = day("2014-04-02");
        assert_eq!(Spanish.day(one), "2 de abril de 2014");
        assert_eq!(Spanish.weekday_and_day(one), "miércoles 2 de abril de 2014");
        assert_eq!(
            Spanish.days(one, day("2014-04-09")),
            "del 2 al 9 de abril de 2014"
        );
        assert_eq!(
            Spanish.weekdays_and_days(one, day("2015-01-09")),
            "del miércoles 2 de abril de 2014 al viernes 9 de enero de 2015"
        );
        assert!(Spanish.names_day("vence el 2 de abril de 2014", one));
        assert!(!Spanish.names_day("vence el 12 de abril de 2014", one));
    }

    #[test]
    fn numbers_and_lists_are_written_in_spanish() {
        assert_eq!(Spanish.count(1_u32, Noun::BusinessDay), "1 día hábil");
        assert_eq!(Spanish.count(3_u32, Noun::BusinessDay), "3 días hábiles");
        assert_eq!(Spanish.list(["UPE", "DHA"]), "UPE y DHA");
        assert_eq!(Spanish.list(["DHA", "IBEW"]), "DHA e IBEW");
        assert_eq!(Spanish.list(["agua", "hielo"]), "agua y hielo");
        assert_eq!(Spanish.either(["siete", "ocho"]), "siete u ocho");
        assert_eq!(Spanish.weekdays(Weekday::Sat), "sábados");
        assert_eq!(Spanish.weekdays(Weekday::Mon), "lunes");
        assert_eq!(Spanish.ordinal_before(3), "3.er");
    }
}
