//! Cells that say when: dates as workbooks keep and print them, and phrases of the language of deadlines.

mod events;

use super::letters::{Timing, When};
use super::sheet::Cell;
use super::standing::{Standing, standing};
use super::tidy::{is_nothing, line, short};
use crate::language::{self, DateOrder, Limit, Names, Phrase, Point, Refusal, Tree, Wording};
use crate::rules::no_such_date;
use crate::source::{SourceId, Span};
use crate::words::{self, Language};
use chrono::{Datelike, NaiveDate};

pub(super) use events::declare;

/// Something to know about how a cell is read: the same of every such cell, and what it is of this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remark {
    pub(super) said: String,
    pub(super) here: String,
}

/// Why a cell is not understood, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) said: String,
    pub(super) help: Option<String>,
    /// The rule that refuses a phrase.
    pub(super) code: Option<&'static str>,
}

/// What a cell says, and what to know about that.
#[derive(Clone, Debug)]
pub(super) struct Said<T> {
    pub(super) value: T,
    pub(super) remark: Option<Remark>,
}

impl Fault {
    fn new(said: impl Into<String>, help: &str) -> Self {
        Self {
            said: said.into(),
            help: Some(help.to_owned()),
            code: None,
        }
    }

    /// Why a phrase is refused, as it is said of a cell.
    fn of(refusals: &[Refusal], words: &str) -> Self {
        let first = refusals.first();
        let said = first.map_or("it is not understood", |refusal| refusal.message.as_str());
        let words = short(words);
        // The words as a whole, where the message has a part of them.
        let whole = if said.contains(&words) {
            String::new()
        } else {
            format!(": `{words}`")
        };
        Self {
            said: format!("{said}{whole}"),
            // There is no file here yet to declare an event in.
            help: first
                .and_then(|refusal| refusal.help.as_deref())
                .map(|help| help.replace("declare it under `[events]`, or ", "")),
            code: first.map(|refusal| refusal.rule.code),
        }
    }
}

/// One day alone; `None` where the cell says that there is none.
pub(super) fn day(cell: &Cell, names: &Names) -> Result<Said<Option<NaiveDate>>, Fault> {
    let said = read(cell, names)?;
    let value = match said.value {
        None => None,
        Some(Read::Day(day)) => Some(day),
        Some(Read::Phrase(phrase)) => Some(only_day(&phrase.tree).ok_or_else(|| {
            Fault::new(
                format!("`{}` is not one day", short(&phrase.words)),
                "write the day, such as 2014-02-20, or leave the cell empty: it may be known later",
            )
        })?),
    };
    Ok(Said {
        value,
        remark: said.remark,
    })
}

/// A day, or words from which one is worked out; `None` where the cell says that there is none.
pub(super) fn when(cell: &Cell, names: &Names) -> Result<Said<Option<When>>, Fault> {
    let said = read(cell, names)?;
    Ok(Said {
        value: said.value.map(|read| match read {
            Read::Day(day) => When::Day(day),
            Read::Phrase(phrase) => When::Words(phrase.words),
        }),
        remark: said.remark,
    })
}

/// What a cell says: a day by itself, or a phrase.
enum Read {
    Day(NaiveDate),
    Phrase(Box<Phrase>),
}

fn read(cell: &Cell, names: &Names) -> Result<Said<Option<Read>>, Fault> {
    let plain = |value| {
        Ok(Said {
            value,
            remark: None,
        })
    };
    let text = match cell {
        Cell::Day(day) => return plain(Some(Read::Day(*day))),
        Cell::Unreadable(why) => return Err(Fault::new("its value is not known", why)),
        Cell::Number(number) => return Err(number_and_no_date(*number)),
        Cell::Truth(_) => {
            return Err(Fault::new(
                "it says yes or no, and no day",
                "write the day, or the agreement's words",
            ));
        }
        Cell::Text(text) => line(text),
    };
    if is_nothing(&text) {
        return plain(None);
    }
    let text = without_midnight(&text);
    if let Some(fault) = no_time(text) {
        return Err(fault);
    }
    if let Some(day) = in_spanish(text) {
        return plain(Some(Read::Day(day)));
    }
    if let Some(day) = printed_by_excel(text, names.near) {
        return Ok(Said {
            value: Some(Read::Day(day)),
            remark: (text.rsplit('-').next().map(str::len) == Some(2)).then(|| Remark {
                said: "of two digits the year is the one nearest to the agreement's own days"
                    .to_owned(),
                here: format!("`{text}` is {}", words::day(day)),
            }),
        });
    }
    let in_numbers = !text.chars().any(char::is_alphabetic);
    match parse(text, names) {
        Ok(phrase) => match only_day(&phrase.tree).filter(|_| in_numbers) {
            Some(day) => Ok(Said {
                value: Some(Read::Day(day)),
                remark: two_ways(&phrase).then(|| Remark {
                    said: format!(
                        "a date in numbers is read in the office's order ({})",
                        order(names.date_order)
                    ),
                    here: format!("`{text}` is {}", words::day(day)),
                }),
            }),
            None => plain(Some(Read::Phrase(Box::new(phrase)))),
        },
        Err(refusals) => {
            if standing(text) != Standing::Unknown {
                return Err(Fault::new(
                    format!("`{}` is no time", short(text)),
                    "leave the cell empty where no day is known yet, or write the agreement's own words, such as `30 days after signing`",
                ));
            }
            let mut fault = Fault::of(&refusals, text);
            let lower = text.to_lowercase();
            if lower.contains("renew") || lower.contains("evergreen") {
                fault.help = Some("write here when the term ends, and by how much it renews itself, such as `1 year`, in a column headed Renews".to_owned());
            }
            if in_numbers
                && refusals
                    .iter()
                    .any(|refusal| refusal.rule == &no_such_date::RULE)
            {
                fault.help = Some(other_order(text, names).unwrap_or_else(|| {
                    "write the day that is meant, such as 2014-04-01".to_owned()
                }));
            }
            Err(fault)
        }
    }
}

/// When something is owed.
pub(super) fn timing(cell: &Cell, names: &Names) -> Result<Said<Timing>, Fault> {
    let said = read(cell, names)?;
    let value = match said.value {
        None => Timing::Standing,
        Some(Read::Day(day)) => Timing::Due(day.to_string()),
        Some(Read::Phrase(phrase)) => {
            let words = phrase.words;
            if matches!(phrase.tree.limit, Limit::Recurs(_)) {
                Timing::Every(words)
            } else if phrase.tree.is_term() {
                // `30 days` in a column of deadlines is one of two things.
                let bare =
                    phrase.tree.bare_length().is_some() && !words.to_lowercase().contains("for ");
                if bare {
                    return Err(Fault::new(
                        format!("`{}` does not say from when", short(&words)),
                        &format!(
                            "write `{words} after signing`, or what else it is counted from; if it is how long something lasts, `for {words}`"
                        ),
                    ));
                }
                Timing::Lasts(words)
            } else {
                Timing::Due(words)
            }
        }
    };
    Ok(Said {
        value,
        remark: said.remark,
    })
}

/// Reads words as a phrase.
pub(super) fn parse(words: &str, names: &Names) -> Result<Phrase, Vec<Refusal>> {
    language::parse(words, Span::new(SourceId(0), 0..words.len()), names)
}

/// The day that a phrase is, with nothing beside it.
fn only_day(tree: &Tree) -> Option<NaiveDate> {
    match &tree.limit {
        Limit::On(Point::Day(day)) if tree.condition.is_none() => Some(*day),
        _ => None,
    }
}

/// Whether numbers could be read as another day.
fn two_ways(phrase: &Phrase) -> bool {
    let mut wordings = phrase.otherwise.iter().map(|other| other.wording);
    wordings.any(|wording| matches!(wording, Wording::DateOrder | Wording::Century))
}

/// The office's order, as its settings write it.
fn order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::MonthDayYear => "mdy",
        DateOrder::DayMonthYear => "dmy",
        DateOrder::YearMonthDay => "ymd",
    }
}

/// What to write where numbers are a date in another order than the office's.
fn other_order(text: &str, names: &Names) -> Option<String> {
    let orders = [DateOrder::DayMonthYear, DateOrder::MonthDayYear];
    orders.into_iter().find_map(|other| {
        let with_other = Names {
            date_order: other,
            ..names.clone()
        };
        let day = only_day(&parse(text, &with_other).ok()?.tree)?;
        Some(format!(
            "the office reads such numbers as {}; if the whole sheet has them as {}, so that this is {}, write date_order = \"{}\" under [office] in sideletter.toml, else write {day}",
            order(names.date_order),
            order(other),
            words::day(day),
            order(other),
        ))
    })
}

/// Without the midnight that exports put behind a day: `2014-03-03 00:00:00`, `2014-03-03T00:00:00`.
fn without_midnight(text: &str) -> &str {
    let (day, hour) = match text.split_once(['T', ' ']) {
        Some((day, hour)) if day.len() >= 6 && day.starts_with(|c: char| c.is_ascii_digit()) => {
            (day, hour)
        }
        _ => return text,
    };
    let hour = hour.trim_end_matches('Z').trim();
    let is_midnight = matches!(
        hour,
        "0:00" | "00:00" | "0:00:00" | "00:00:00" | "12:00 AM" | "12:00:00 AM"
    ) || hour.starts_with("00:00:00.0");
    if is_midnight { day } else { text }
}

/// Words that say no time, or of which two are meant alike.
fn no_time(text: &str) -> Option<Fault> {
    if text.len() <= 8
        && let Ok(number) = text.parse::<u32>()
    {
        return Some(number_and_no_date(number.into()));
    }
    if let Some((day, month)) = text.split_once(['-', ' '])
        && let (Ok(1..=31), Some(month)) = (day.parse::<u32>(), month_of(month))
        && words::month(month).len() > text.len() - day.len() - 1
    {
        return Some(Fault::new(
            format!("`{text}` is a day without its year"),
            &format!("write the year too: {day} {} 2027", words::month(month)),
        ));
    }
    let (month, year) = text.split_once(['-', '/', '\'', '’'])?;
    let month = month_of(month.trim_end())?;
    let year = year.trim_start_matches(['\'', '’']);
    let two: u32 = year.parse().ok().filter(|_| year.len() == 2)?;
    let name = words::month(month);
    let of_month = format!("{name} {}", 2000 + two);
    let day = NaiveDate::from_ymd_opt(2000, month, two)
        .map(|day| format!(" or {} {name}", day.day()))
        .unwrap_or_default();
    let last = NaiveDate::from_ymd_opt(2000 + i32::try_from(two).ok()?, month, 1)?
        .checked_add_months(chrono::Months::new(1))?
        .pred_opt()?;
    Some(Fault::new(
        format!("`{text}` may be {of_month}{day}, and is no day"),
        &format!("write the day that is meant, such as {last}, or `{of_month}` for the month"),
    ))
}

/// A number where a day should be; days of a workbook that have lost their form are such numbers.
fn number_and_no_date(number: f64) -> Fault {
    // From 1955 to 2118, counted as Excel counts.
    let day = (20_000.0..80_000.0)
        .contains(&number)
        .then(|| chrono::Days::new(whole(number)))
        .and_then(|days| NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(days));
    let help = match day {
        Some(day) => format!(
            "if it is a day as a workbook counts them, it is {}: format the column as a date in the workbook, or write {day}",
            words::day(day)
        ),
        None => "format the cell as a date in the workbook, or write it as 2014-04-01".to_owned(),
    };
    Fault::new(format!("`{number}` is a number, and no date"), &help)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is between 20,000 and 80,000"
)]
fn whole(number: f64) -> u64 {
    number as u64
}

/// A length by itself, in the words that are written.
pub(super) fn length(words: &str) -> Option<String> {
    let names = Names {
        events: Vec::new(),
        repeating: Vec::new(),
        obligations: Vec::new(),
        agreements: Vec::new(),
        date_order: DateOrder::MonthDayYear,
        near: None,
        known: language::KnownNames::default(),
    };
    let phrase = parse(words, &names).ok()?;
    phrase.tree.bare_length().map(|_| phrase.words)
}

/// The number of a month by its name in either language, or by what is left of that: `Jun`, `jun.`, `ene`, `Sept`.
fn month_of(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    if word.len() < 3 {
        return None;
    }
    let is_it = |language: Language, number: u32| {
        let name = language.month(number).to_lowercase();
        name.starts_with(&word)
    };
    (1..=12).find(|number| is_it(Language::English, *number) || is_it(Language::Spanish, *number))
}

/// A day as Spanish writes it: `30 de junio de 2027`, `1º de enero del 2027`.
fn in_spanish(text: &str) -> Option<NaiveDate> {
    let lower = text.to_lowercase();
    let mut words = lower
        .split_whitespace()
        .skip_while(|word| *word == "el")
        .filter(|word| !matches!(*word, "de" | "del"));
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() || !lower.contains(" de ") {
        return None;
    }
    let day = day.trim_end_matches(['º', '°', 'o']).parse().ok()?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month_of(month)?, day)
}

/// `4-Mar-26` and `4-Mar-2026`, as Excel prints a date unless it is told otherwise. Of two digits the year is the nearest to
/// the agreement's own.
fn printed_by_excel(text: &str, near: Option<NaiveDate>) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || day.len() > 2 || month.len() < 3 || !matches!(year.len(), 2 | 4) {
        return None;
    }
    let month = month_of(month)?;
    let day: u32 = day.parse().ok()?;
    let written: i32 = year.parse().ok()?;
    if year.len() == 4 {
        return NaiveDate::from_ymd_opt(written, month, day);
    }
    let near = near?.year();
    (near - 50..near + 50)
        .filter(|year| year.rem_euclid(100) == written)
        .find_map(|year| NaiveDate::from_ymd_opt(year, month, day))
}
