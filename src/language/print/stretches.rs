//! Stretches of days and the days in them, in the canonical form.

use super::{ordinal, point};
use crate::counting::TermKind;
use crate::language::tree::{DayIn, Part, Period, Place, Point, Span, WhichTerm};
use crate::words;

/// A day of a stretch, in words.
pub(in crate::language) fn day_of(day: DayIn, span: &Span) -> String {
    if day == DayIn::Nth(1) && span.is_one_day() {
        return self::span(span);
    }
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
                (0, Point::Occasion) => format!("each {unit}"),
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
        Span::Year(unit @ (Period::FiscalYear | Period::SchoolYear), year) => {
            format!("{} {}", period(*unit), two_years(*year, 1))
        }
        Span::Year(Period::Biennium, year) => format!("biennium {}", two_years(*year, 2)),
        Span::Year(unit, year) => format!("{} {year}", period(*unit)),
        Span::WeekOf { nth, month, year } => {
            format!(
                "the {} week of {}{}",
                nth_or_last(*nth),
                words::month(*month),
                of_year(year)
            )
        }
        Span::FiscalYearCalled(year) => format!("fiscal year {year}"),
        Span::NthPeriod {
            nth,
            unit,
            whole,
            place,
        } => {
            let place = match place {
                Place::In(span) => format!("in {}", self::span(span)),
                Place::After(of) => format!("after {}", point(of)),
                Place::OnOrAfter(of) => format!("on or after {}", point(of)),
                Place::Before(of) => format!("before {}", point(of)),
                Place::Nearest(of) => {
                    return format!("the {} closest to {}", period(*unit), point(of));
                }
            };
            let whole = if *whole { "full " } else { "" };
            let unit = match unit {
                Period::Week => "week",
                unit => period(*unit),
            };
            format!("the {} {whole}{unit} {place}", nth_or_last(*nth))
        }
        Span::Term { which, kind, of } => {
            let which = match which {
                WhichTerm::Nth(nth) => ordinal(*nth),
                WhichTerm::Season(season) => season.word().to_owned(),
            };
            let of = of
                .as_ref()
                .map_or(String::new(), |of| format!(" of {}", self::span(of)));
            format!("the {which} {}{of}", period(Period::Term(*kind)))
        }
        Span::PayPeriodNumber { number, year } => match year {
            Some(year) => format!("pay period {number} of {year}"),
            None => format!("pay period {number}"),
        },
        Span::Named { name, year } => format!("{name}{}", of_year(year)),
    }
}

/// `2026-27`.
fn two_years(first: i32, count: i32) -> String {
    format!("{first}-{:02}", (first + count).rem_euclid(100))
}

pub(super) fn period(period: Period) -> &'static str {
    match period {
        Period::Week => "calendar week",
        Period::Month => "calendar month",
        Period::Quarter => "calendar quarter",
        Period::HalfYear => "calendar half year",
        Period::Year => "calendar year",
        Period::FiscalYear => "fiscal year",
        Period::FiscalQuarter => "fiscal quarter",
        Period::SchoolYear => "school year",
        Period::PayPeriod => "pay period",
        Period::PayDate => "pay date",
        Period::Term(TermKind::Semester) => "semester",
        Period::Term(TermKind::Trimester) => "trimester",
        Period::Term(TermKind::Quarter) => "school quarter",
        Period::Term(TermKind::Term) => "school term",
        Period::Term(TermKind::Session) => "school session",
        Period::Biennium => "biennium",
    }
}
