//! Wordings that have two lawful readings: which was taken, why, and who reads it otherwise.

use super::Tree;
use crate::words::Sentence;

/// Another lawful reading of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Otherwise {
    /// The wording that may be read so.
    pub wording: Wording,
    /// What the phrase would then say.
    pub tree: Tree,
}

/// A wording with two lawful readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wording {
    /// `within 90 days of expiration`: after it, or before it.
    OfADayAhead,
    /// `bimonthly`: every two months, or twice a month.
    Bimonthly,
    /// `biweekly`: every two weeks, or twice a week.
    Biweekly,
    /// `biannually`: twice a year, or every two years.
    Biannually,
    /// `A or B` without `whichever`: the earlier, or the later.
    EitherOfTwo,
    /// `upon signing and ratification`: from the later, or from the earlier.
    BothOfTwo,
    /// `by March 2027`: its last day, or its first.
    WholeMonth,
    /// `the second week of May`: the 8th to the 14th, or Monday to Sunday.
    WeekOfMonth,
    /// `7 calendar days excluding weekends`: over open days, or over all.
    ExcludingSomeDays,
    /// `quarterly by the 10th`: of each running period, or of each calendar quarter.
    DayOfEachPeriod,
    /// `every 3 months after ratification`: the first on that day, or one period later.
    FirstOfSeries,
    /// `quarterly`: periods that run from the anchor, or those of the calendar.
    RunningPeriods,
    /// `within 36 hours`: two days, or one.
    PartOfADay,
    /// `fiscal year 2027`, where no calendar says which: the one that ends in 2027, or that begins in it.
    FiscalYearCalled,
    /// `12/9/99`: the month first, or the day.
    DateOrder,
    /// `6/30/70`: this century, or another.
    Century,
    /// `30 days beginning on`: the first day counted, or not.
    BeginningOn,
    /// A term of months or years `from` a day: that day not counted, or counted as its first.
    TermFrom,
    /// `after six months of employment`: the day on which it begins not counted, or counted as the first of them.
    SoMuchOf,
    /// `every third Thursday`: every three weeks, or the third of each month.
    NthWeekday,
}

impl Otherwise {
    /// The reading, in words that could be written instead where there are such: "read as `twice a month`".
    pub fn reading(&self) -> Sentence {
        match self.wording {
            // No tree says it: each of its weeks holds two.
            Wording::Biweekly => {
                Sentence::written(&["read as `twice a week`", "leído como `twice a week`"])
            }
            Wording::BeginningOn => Sentence::written(&[
                "the first day is not counted, as in `after`",
                "el primer día no se cuenta, como en `after`",
            ]),
            Wording::TermFrom => Sentence::written(&[
                "the first day is counted, as in `beginning on`",
                "el primer día se cuenta, como en `beginning on`",
            ]),
            _ => Sentence::of_both(
                format!("read as `{}`", self.tree),
                format!("leído como `{}`", self.tree),
            ),
        }
    }
}

impl Wording {
    /// Why the other reading was not taken, in a clause.
    pub fn why_not(self) -> Sentence {
        let (english, spanish) = match self {
            Self::OfADayAhead => (
                "a time `of` a day is read as after it, unless the words say before",
                "un plazo `of` un día se lee como posterior a él, salvo que el texto diga que es anterior",
            ),
            Self::Bimonthly => (
                "`bimonthly` is read as every two months",
                "`bimonthly` se lee como cada dos meses",
            ),
            Self::Biweekly => (
                "`biweekly` is read as every two weeks",
                "`biweekly` se lee como cada dos semanas",
            ),
            Self::Biannually => (
                "`biannually` is read as twice a year",
                "`biannually` se lee como dos veces al año",
            ),
            Self::EitherOfTwo => (
                "the earlier of two days is never late",
                "la primera de dos fechas nunca llega tarde",
            ),
            Self::BothOfTwo => (
                "two things that are both named have both to come about",
                "si se indican dos cosas, las dos tienen que ocurrir",
            ),
            Self::WholeMonth => (
                "a month that is named as a limit is read as the whole of it",
                "un mes indicado como límite se lee como el mes entero",
            ),
            Self::WeekOfMonth => (
                "the weeks of a month are read as sevens of its days",
                "las semanas de un mes se leen como grupos de siete de sus días",
            ),
            Self::ExcludingSomeDays => (
                "words that leave days out say more than `calendar`",
                "las palabras que excluyen días dicen más que `calendar`",
            ),
            Self::DayOfEachPeriod => (
                "the words name no period of the calendar",
                "el texto no indica ningún período del calendario",
            ),
            Self::FirstOfSeries => (
                "a series counts from its anchor, which is its first day",
                "una serie se cuenta desde su inicio, que es su primer día",
            ),
            Self::RunningPeriods => (
                "the words do not say `calendar`: the periods run from the anchor",
                "el texto no dice `calendar`: los períodos corren desde el inicio",
            ),
            Self::PartOfADay => (
                "hours that are no whole days are counted up to the next one",
                "las horas que no completan un día se cuentan hasta el siguiente",
            ),
            Self::FiscalYearCalled => (
                "a fiscal year is called by its last day, where no calendar says otherwise",
                "un año fiscal se nombra por su último día, si ningún calendario dice otra cosa",
            ),
            Self::DateOrder => (
                "the office's `date_order` says which number is the month",
                "el `date_order` de la oficina dice qué número es el mes",
            ),
            Self::Century => (
                "a year of two digits is the one nearest to the agreement's own days",
                "un año de dos cifras es el más cercano a las fechas del propio acuerdo",
            ),
            Self::BeginningOn => (
                "`beginning on` a day counts that day as the first",
                "`beginning on` un día cuenta ese día como el primero",
            ),
            Self::SoMuchOf => (
                "a time `of` something does not count the day on which it begins, unless the words say `the first`",
                "un plazo `of` algo no cuenta el día en que empieza, salvo que el texto diga `the first`",
            ),
            Self::NthWeekday => (
                "`every` before a number counts the weeks between",
                "`every` ante un número cuenta las semanas intermedias",
            ),
            Self::TermFrom => (
                "a time `from` or `after` a day does not count that day",
                "un plazo `from` o `after` un día no cuenta ese día",
            ),
        };
        Sentence::of_both(english, spanish)
    }

    /// Who reads it so.
    pub fn source(self) -> Sentence {
        let (english, spanish) = match self {
            Self::OfADayAhead => (
                "the sense of `within N days of` that looks to both sides of a day",
                "el sentido de `within N days of` que mira a ambos lados de un día",
            ),
            Self::Bimonthly | Self::Biweekly | Self::Biannually => (
                "the other sense in the dictionaries",
                "la otra acepción de los diccionarios",
            ),
            Self::EitherOfTwo | Self::BothOfTwo | Self::NthWeekday => (
                "the other sense of the words",
                "el otro sentido de las palabras",
            ),
            Self::WholeMonth => (
                "the sense of `by` that means before it begins",
                "el sentido de `by` que significa antes de que empiece",
            ),
            Self::WeekOfMonth => ("weeks from Monday to Sunday", "semanas de lunes a domingo"),
            Self::ExcludingSomeDays => (
                "the word `calendar` taken by itself",
                "la palabra `calendar` tomada por sí sola",
            ),
            Self::DayOfEachPeriod | Self::RunningPeriods => {
                ("the periods of the calendar", "los períodos del calendario")
            }
            Self::FirstOfSeries => (
                "the sense of `after` that leaves that day out",
                "el sentido de `after` que deja fuera ese día",
            ),
            Self::PartOfADay => (
                "the hour at which the time began",
                "la hora en que empezó el plazo",
            ),
            Self::FiscalYearCalled => (
                "offices that call a fiscal year by its first day",
                "oficinas que nombran el año fiscal por su primer día",
            ),
            Self::DateOrder => (
                "the order of the numbers in other countries",
                "el orden de los números en otros países",
            ),
            Self::Century => ("the other century", "el otro siglo"),
            Self::BeginningOn => (
                "the usual count, which leaves the first day out",
                "la cuenta habitual, que deja fuera el primer día",
            ),
            Self::SoMuchOf => (
                "the sense in which the day on which it begins is the first",
                "el sentido en que el día en que empieza es el primero",
            ),
            Self::TermFrom => (
                "the custom by which a year from July 1 ends on June 30",
                "la costumbre por la que un año desde el 1 de julio termina el 30 de junio",
            ),
        };
        Sentence::of_both(english, spanish)
    }
}
