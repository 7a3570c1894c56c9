//! Stretches of days and the days in them, in the canonical form.

use super::{ordinal, point};
use crate::language::tree::{DayIn, Part, Period, Point, Span};
use crate::words;

/// A day of a stretch, in words.
pub(in crate::language) fn day_of(day: DayIn, span: &Span) -> String {
    format!("the {} of {}", day_in(day), self::span(span))
}

pub(super) fn day_in(day: DayIn) -> String {
    match day {
        DayIn::Nth(nth) => format!("{} day", ordinal(nth)),
        DayIn::Last => "last day".to_owned(),
        DayIn::Weekday(nth, weekday) => format!("{} {}", nth_or_last(nth), words::weekday(weekday)),
        DayIn::Open(nth, kind) => format!("{} {} day", nth_or_last(nth), kind.word()),
    }
}

fn nth_or_last(nth: u32) -> String {
    if nth == 0 {
        "last".to_owned()
    } else {
        ordinal(nth)
    }
}

pub(in crate::language) fn span(span: &Span) -> String {
    let of_year = |year: &Option<i32>| year.map_or(String::new(), |year| format!(" {year}"));
    match span {
        Span::Month { part, month, year } => {
            let part = match part {
                Part::Whole => "",
                Part::Early => "early ",
                Part::Mid => "mid ",
                Part::Late => "late ",
                Part::FirstHalf => "the first half of ",
                Part::SecondHalf => "the second half of ",
            };
            format!("{part}{}{}", words::month(*month), of_year(year))
        }
        Span::About(point) => format!("on or about {}", self::point(point)),
        Span::Holding { unit, shift, of } => {
            let unit = period(*unit);
            match (shift, of) {
                (0, Point::Anchor) => format!("the current {unit}"),
                (1, Point::Anchor) => format!("the next {unit}"),
                (-1, Point::Anchor) => format!("the preceding {unit}"),
                (0, of) => format!("the {unit} of {}", point(of)),
                (1, of) => format!("the {unit} following {}", point(of)),
                (-1, of) => format!("the {unit} preceding {}", point(of)),
                (2.., of) => format!(
                    "the {} {unit} following {}",
                    ordinal(shift.unsigned_abs()),
                    point(of)
                ),
                (_, of) => format!(
                    "the {} {unit} preceding {}",
                    ordinal(shift.unsigned_abs()),
                    point(of)
                ),
            }
        }
        Span::Quarter { nth, year } => match year {
            Some(year) => format!("the {} quarter of {year}", ordinal(*nth)),
            None => format!("the {} quarter", ordinal(*nth)),
        },
        Span::HalfYear { nth, year } => {
            let half = if *nth == 1 { "first" } else { "second" };
            match year {
                Some(year) => format!("the {half} half of {year}"),
                None => format!("the {half} half of the year"),
            }
        }
        Span::Year(unit, year) => format!("{} {year}", period(*unit)),
        Span::WeekOf { nth, month, year } => {
            format!(
                "the {} week of {}{}",
                nth_or_last(*nth),
                words::month(*month),
                of_year(year)
            )
        }
        Span::NthPeriod { nth, unit, within } => {
            let within = match within.as_ref() {
                Span::Holding {
                    unit: Period::PayPeriod,
                    of,
                    ..
                } => format!("after {}", point(of)),
                other => format!("in {}", self::span(other)),
            };
            format!("the {} {} {within}", nth_or_last(*nth), period(*unit))
        }
    }
}

pub(super) fn period(period: Period) -> &'static str {
    match period {
        Period::Week => "calendar week",
        Period::Month => "calendar month",
        Period::Quarter => "calendar quarter",
        Period::HalfYear => "calendar half year",
        Period::Year => "calendar year",
        Period::FiscalYear => "fiscal year",
        Period::SchoolYear => "school year",
        Period::PayPeriod => "pay period",
    }
}
