//! A series in words: its rule, told once, and how each of its days follows from that.

use crate::counting::{Length, Step, THE_WORDS, Unit};
use crate::language::{DayIn, Every, Period, Years};
use crate::words;
use chrono::{Datelike, NaiveDate};

/// The rule of a series, where it has one of its own, that is followed from `day`; `including`: that day may be one of it.
pub(super) fn step(every: &Every, day: NaiveDate, including: bool) -> Option<Step> {
    let from = words::day(day);
    let first = if including {
        format!("the first on or after {from}")
    } else {
        format!("the first after {from}")
    };
    let text = match every {
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
            name(*period)
        ),
        Every::HalfMonth => format!(
            "twice a month, by the 15th and by the last day; the first is the half that holds {from}"
        ),
        Every::DayOfMonths { day, months: 1 } => {
            format!(
                "on the {} of each month; the first on or after {from}",
                day_name(*day)
            )
        }
        Every::DayOfMonths { day, months } => format!(
            "on the {} of a month, every {months} months; the first on or after {from}",
            day_name(*day)
        ),
        Every::Weekday { weekday, weeks: 1 } => {
            format!(
                "every {}; the first on or after {from}",
                words::weekday(*weekday)
            )
        }
        Every::Weekday { weekday, weeks } => format!(
            "on a {} every {weeks} weeks; the first on or after {from}",
            words::weekday(*weekday)
        ),
        Every::DayOfEach { day, period } => format!(
            "on the {} of each {}; the first on or after {from}",
            day_name(*day),
            name(*period)
        ),
        Every::Anniversary => format!("each year on the day of {from}, the first a year after it"),
        // What it is counted from tells its own rule.
        Every::Around { .. } => return None,
        Every::Yearly { years, .. } => match years {
            Years::All => format!("each year; {first}"),
            Years::From(year) => format!("each year from {year} on"),
            Years::Odd => format!("each odd-numbered year; {first}"),
            Years::Even => format!("each even-numbered year; {first}"),
        },
    };
    Some(Step {
        text,
        date: None,
        source: THE_WORDS.to_owned(),
    })
}

/// The day of a series that lies `k` lengths after its anchor, with any clamp.
pub(super) fn length_after(
    anchor: NaiveDate,
    length: &Length,
    k: u32,
    day: NaiveDate,
) -> Vec<String> {
    let reached = words::weekday_and_day(day);
    let number = words::ordinal(k.saturating_add(1));
    let [(count, unit)] = length.0.as_slice() else {
        return by_number(day, k);
    };
    if k == 0 {
        return by_number(day, k);
    }
    let mut told = vec![format!(
        "the {number}: {} after {}: {reached}",
        words::count(count.saturating_mul(k), &unit.to_string()),
        words::day(anchor)
    )];
    let of_months = matches!(unit, Unit::Month | Unit::Quarter | Unit::Year);
    if of_months && day.day() < anchor.day() {
        told.push(format!(
            "no {} {}: {}",
            anchor.day(),
            words::month(day.month()),
            words::day(day)
        ));
    }
    told
}

/// A day of a series that its rule names outright.
pub(super) fn by_number(day: NaiveDate, k: u32) -> Vec<String> {
    vec![format!(
        "the {}: {}",
        words::ordinal(k.saturating_add(1)),
        words::weekday_and_day(day)
    )]
}

fn name(period: Period) -> &'static str {
    match period {
        Period::Week => "week",
        Period::Month => "calendar month",
        Period::Quarter => "calendar quarter",
        Period::HalfYear => "half of a calendar year",
        Period::Year => "calendar year",
        Period::FiscalYear => "fiscal year",
        Period::FiscalQuarter => "fiscal quarter",
        Period::SchoolYear => "school year",
        Period::PayPeriod => "pay period",
        Period::PayDate => "pay date",
        Period::Term(kind) => kind.word(),
        Period::Biennium => "biennium",
    }
}

fn day_name(day: DayIn) -> String {
    match day {
        DayIn::Nth(nth) => format!("{} day", words::ordinal(nth)),
        DayIn::Last => "last day".to_owned(),
        DayIn::Weekday(0, weekday) => format!("last {}", words::weekday(weekday)),
        DayIn::Weekday(nth, weekday) => {
            format!("{} {}", words::ordinal(nth), words::weekday(weekday))
        }
        DayIn::Open(0, kind) => format!("last {} day", kind.word()),
        DayIn::Open(nth, kind) => format!("{} {} day", words::ordinal(nth), kind.word()),
    }
}
