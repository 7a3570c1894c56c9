//! A tree spelled out: every part in angle brackets, named and in one order, so that it can be read in one way alone.
//!
//! The wordings of letters cannot say every tree without doubt: `the earlier of A and B and C` does not show what belongs
//! together. Where they cannot, this is the canonical form. A day in it stands in its own words where those are plain.

use super::stretches::period;
use crate::counting::{Direction, Length, Unit};
use crate::language::parse::reads_as_point;
use crate::language::tree::{
    DayIn, Edge, Ends, Every, Limit, Part, Period, Place, Point, Recurrence, Sort, Span, Which,
    WhichTerm, Years,
};
use crate::words;

/// A limit, spelled out.
pub(super) fn limit(limit: &Limit) -> String {
    let words = match limit {
        Limit::On(point) => format!("on {}", self::point(point)),
        Limit::Window { opens, due, sort } => {
            let ends = [("opens", opens), ("due", due)];
            let ends = ends
                .iter()
                .filter_map(|(name, edge)| Some(format!(" {name} {}", self::edge(edge.as_ref()?))));
            format!("{}{}", self::sort(*sort), ends.collect::<String>())
        }
        Limit::During { span, sort } => {
            format!("{} in {}", self::sort(*sort), self::span(span))
        }
        Limit::Several(limits) => format!("all {}", all(limits)),
        Limit::Recurs(recurrence) => self::recurrence(recurrence),
        Limit::Undated { wording, after } => {
            let after = after.as_ref().map(|trigger| format!(" after {trigger}"));
            format!(
                "undated {}{}",
                super::undated(*wording),
                after.unwrap_or_default()
            )
        }
    };
    format!("<{words}>")
}

fn all(limits: &[Limit]) -> String {
    limits.iter().map(limit).collect::<Vec<_>>().join(" ")
}

fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Act => "window",
        Sort::ToBegin => "begin",
        Sort::Term => "term",
    }
}

fn edge(edge: &Edge) -> String {
    match edge {
        Edge::On(point) => format!("on {}", self::point(point)),
        Edge::Beyond(point) => format!("beyond {}", self::point(point)),
        Edge::Until(point) => format!("until {}", self::point(point)),
    }
}

fn recurrence(recurrence: &Recurrence) -> String {
    let mut words = match &recurrence.every {
        Every::On(length) => format!("every {}", self::length(length)),
        Every::Within(length) => format!("once {}", self::length(length)),
        Every::Each(period) => format!("each {}", self::period(*period)),
        Every::HalfMonth => "twice month".to_owned(),
        Every::DayOfMonths { day, months } => format!("{} months {months}", day_in(*day)),
        Every::Weekday { weekday, weeks } => format!("{} weeks {weeks}", words::weekday(*weekday)),
        Every::DayOfEach { day, period } => {
            format!("{} each {}", day_in(*day), self::period(*period))
        }
        Every::Anniversary => "anniversary".to_owned(),
        Every::Around { each, of } => {
            format!("around <{}> {}", self::recurrence(of), all(each))
        }
        Every::Yearly { each, years } => {
            let years = match years {
                Years::All => "every".to_owned(),
                Years::Odd => "odd".to_owned(),
                Years::Even => "even".to_owned(),
                Years::From(year) => format!("from {year}"),
            };
            format!("years {years} {}", all(each))
        }
    };
    if let Some(from) = &recurrence.from {
        words.push_str(" from ");
        words.push_str(&point(from));
    }
    if let Some(until) = &recurrence.until {
        words.push_str(" until ");
        words.push_str(&edge(until));
    }
    format!("recurs {words}")
}

/// A day: in its own words where they read back to it, else spelled out.
fn point(point: &Point) -> String {
    let own = super::point(point);
    if reads_as_point(&own, point) {
        return format!("<{own}>");
    }
    let words = match point {
        Point::Day(day) => day.format("%Y-%m-%d").to_string(),
        Point::Yearless { month, day } => format!("yearless {month} {day}"),
        Point::Anchor => "anchor".to_owned(),
        Point::Occasion => "occasion".to_owned(),
        Point::At(trigger) => format!("at {trigger}"),
        Point::Offset {
            length,
            direction,
            ends,
            from,
        } => format!(
            "{}{} {} {}",
            match ends {
                Ends::Plain => "",
                Ends::Minimum => "minimum ",
                Ends::Clear => "clear ",
                Ends::Including => "including ",
            },
            self::length(length),
            way(*direction),
            self::point(from)
        ),
        Point::DayOf { day, span } => format!("{} of {}", day_in(*day), self::span(span)),
        Point::Nearest { weekday, to } => {
            format!("nearest {} {}", words::weekday(*weekday), self::point(to))
        }
        Point::NthWeekday {
            nth,
            weekday,
            direction,
            from,
        } => format!(
            "number {nth} {} {} {}",
            words::weekday(*weekday),
            way(*direction),
            self::point(from)
        ),
        Point::DayToward {
            month,
            day,
            direction,
            from,
        } => format!(
            "yearless {month} {day} {} {}",
            way(*direction),
            self::point(from)
        ),
        Point::Extreme { which, of } => {
            let which = match which {
                Which::Earlier => "earlier",
                Which::Later => "later",
            };
            let of: Vec<String> = of.iter().map(self::point).collect();
            format!("{which} {}", of.join(" "))
        }
    };
    format!("<{words}>")
}

fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Forward => "after",
        Direction::Backward => "before",
    }
}

fn length(length: &Length) -> String {
    let parts = length.0.iter().map(|(count, unit)| match unit {
        Unit::HalfMonth => format!("{count} halves"),
        Unit::Open(kind) => format!("{count} {} days", kind.word()),
        unit => format!("{count} {unit}s"),
    });
    format!("count {}", parts.collect::<Vec<_>>().join(" "))
}

fn day_in(day: DayIn) -> String {
    match day {
        DayIn::Nth(nth) => format!("day {}", number(nth)),
        DayIn::Last => "day last".to_owned(),
        DayIn::Weekday(nth, weekday) => {
            format!("day {} {}", number(nth), words::weekday(weekday))
        }
        DayIn::Open(nth, kind) => format!("day {} {}", number(nth), kind.word()),
    }
}

fn number(nth: u32) -> String {
    match nth {
        0 => "last".to_owned(),
        nth => format!("number {nth}"),
    }
}

fn span(span: &Span) -> String {
    let of_year = |year: &Option<i32>| year.map_or(String::new(), |year| format!(" {year}"));
    let words = match span {
        Span::Month { part, month, year } => {
            let part = match part {
                Part::Whole => "whole",
                Part::Early => "early",
                Part::Mid => "middle",
                Part::Late => "late",
                Part::FirstHalf => "half 1",
                Part::SecondHalf => "half 2",
            };
            format!("month {month} {part}{}", of_year(year))
        }
        Span::About(point) => format!("about {}", self::point(point)),
        Span::Holding { unit, shift, of } => {
            let shift = match shift {
                0 => String::new(),
                1.. => format!(" after {shift}"),
                _ => format!(" before {}", shift.unsigned_abs()),
            };
            format!("holding {}{shift} {}", period(*unit), point(of))
        }
        Span::Quarter { nth, year } => format!("quarter {nth}{}", of_year(year)),
        Span::HalfYear { nth, year } => format!("half {nth}{}", of_year(year)),
        Span::Year(unit, year) => format!("year {year} {}", period(*unit)),
        Span::WeekOf { nth, month, year } => format!("week {nth} of {month}{}", of_year(year)),
        Span::FiscalYearCalled(year) => format!("fiscal {year}"),
        Span::NthPeriod {
            nth,
            unit,
            whole,
            place,
        } => {
            let whole = if *whole { " full" } else { "" };
            let place = match place {
                Place::In(span) => format!("in {}", self::span(span)),
                Place::After(of) => format!("after {}", point(of)),
                Place::OnOrAfter(of) => format!("onward {}", point(of)),
                Place::Before(of) => format!("before {}", point(of)),
                Place::Nearest(of) => format!("nearest {}", point(of)),
            };
            format!("period {}{whole} {} {place}", number(*nth), period(*unit))
        }
        Span::Term { which, kind, of } => {
            let which = match which {
                WhichTerm::Nth(nth) => number(*nth),
                WhichTerm::Season(season) => season.word().to_owned(),
            };
            let of = of
                .as_ref()
                .map_or(String::new(), |of| format!(" of {}", self::span(of)));
            format!("part {which} {}{of}", period(Period::Term(*kind)))
        }
        Span::PayPeriodNumber { number, year } => format!("pay {number}{}", of_year(year)),
        Span::Named { name, year } => format!("named {name}{}", of_year(year)),
    };
    format!("<{words}>")
}
