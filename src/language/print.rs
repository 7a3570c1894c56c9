//! The canonical form of a tree: one wording for each meaning, which reads back to the same tree.

use super::tree::{
    DayIn, Edge, Ends, Every, Limit, Part, Period, Point, Recurrence, Sort, Span, Tree, Undated,
    Which, Years,
};
use crate::counting::{Direction, Length, Unit};
use crate::words;
use chrono::{Datelike, NaiveDate};
use std::fmt;

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for aside in &self.asides {
            write!(f, "({aside}) ")?;
        }
        f.write_str(&limit(&self.limit))?;
        match &self.condition {
            Some(condition) => write!(f, ", {condition}"),
            None => Ok(()),
        }
    }
}

fn limit(limit: &Limit) -> String {
    match limit {
        Limit::On(Point::Offset {
            length,
            direction,
            ends: Ends::Plain,
            from,
        }) if matches!(length.0.as_slice(), [(_, Unit::Day | Unit::Open(_))]) => {
            let (count, unit) = length.0.first().copied().unwrap_or((1, Unit::Day));
            let one = self::length(&Length(vec![(1, unit)]));
            let one = one.strip_prefix("1 ").unwrap_or(&one).to_owned();
            let way = match direction {
                Direction::Forward => "after",
                Direction::Backward => "before",
            };
            format!("on the {} {one} {way} {}", ordinal(count), point(from))
        }
        Limit::On(point @ Point::Offset { .. }) => format!("at {}", self::point(point)),
        Limit::On(point @ Point::At(_)) => format!("upon {}", self::point(point)),
        Limit::On(point) => format!("on {}", self::point(point)),
        Limit::Window { opens, due, sort } => window(opens.as_ref(), due.as_ref(), *sort),
        Limit::During {
            span: span @ Span::About(_),
            ..
        } => self::span(span),
        Limit::During {
            span,
            sort: Sort::ToBegin,
        } => format!("begin in {}", self::span(span)),
        Limit::During { span, .. } => format!("in {}", self::span(span)),
        Limit::Several(limits) => several(limits),
        Limit::Recurs(recurrence) => self::recurrence(recurrence),
        Limit::Undated { wording, after } => match after {
            Some(trigger) => format!("{} after {trigger}", undated(*wording)),
            None => undated(*wording).to_owned(),
        },
    }
}

fn several(limits: &[Limit]) -> String {
    limits
        .iter()
        .map(limit)
        .collect::<Vec<_>>()
        .join(" as well as ")
}

fn window(opens: Option<&Edge>, due: Option<&Edge>, sort: Sort) -> String {
    if sort == Sort::Term {
        return term(opens, due);
    }
    let parts: Vec<String> = [opens.map(first_day), due.map(last_day)]
        .into_iter()
        .flatten()
        .collect();
    parts.join(" and ")
}

fn first_day(edge: &Edge) -> String {
    match edge {
        Edge::On(Point::Offset {
            length,
            direction,
            ends,
            from,
        }) => {
            let bound = if *ends == Ends::Minimum {
                "at least"
            } else {
                "no earlier than"
            };
            format!("{bound} {}", counted(length, *direction, *ends, from))
        }
        Edge::Beyond(Point::Offset {
            length,
            direction: Direction::Forward,
            ends,
            from,
        }) => format!(
            "more than {}",
            counted(length, Direction::Forward, *ends, from)
        ),
        Edge::On(point) => format!("no earlier than {}", self::point(point)),
        Edge::Beyond(point) => format!("after {}", self::point(point)),
    }
}

fn last_day(edge: &Edge) -> String {
    match edge {
        Edge::On(Point::Offset {
            length,
            direction,
            ends,
            from,
        }) => {
            let bound = if *ends == Ends::Minimum {
                "at least"
            } else {
                "no later than"
            };
            format!("{bound} {}", counted(length, *direction, *ends, from))
        }
        Edge::Beyond(Point::Offset {
            length,
            direction,
            ends,
            from,
        }) => {
            let bound = match direction {
                Direction::Forward => "less than",
                Direction::Backward => "more than",
            };
            format!("{bound} {}", counted(length, *direction, *ends, from))
        }
        Edge::On(point) => format!("no later than {}", self::point(point)),
        Edge::Beyond(point) => format!("before {}", self::point(point)),
    }
}

fn term(opens: Option<&Edge>, due: Option<&Edge>) -> String {
    match (opens, due) {
        (None, Some(Edge::On(Point::Offset { length, from, .. }))) if **from == Point::Anchor => {
            format!("for a period of {}", self::length(length))
        }
        (
            Some(Edge::On(Point::Offset {
                length, from, ends, ..
            })),
            None,
        ) if **from == Point::Anchor => {
            let bound = if *ends == Ends::Minimum {
                "at least"
            } else {
                "no earlier than"
            };
            format!("{bound} {}", self::length(length))
        }
        (
            Some(Edge::On(Point::Offset {
                length: a, from, ..
            })),
            Some(Edge::On(Point::Offset { length: b, .. })),
        ) if **from == Point::Anchor => {
            format!("between {} and {}", length(a), length(b))
        }
        (
            _,
            Some(Edge::On(Point::Offset {
                length,
                ends: Ends::Including,
                direction: Direction::Forward,
                from,
            })),
        ) => format!("for {} beginning on {}", self::length(length), point(from)),
        (
            None,
            Some(Edge::On(Point::Offset {
                length,
                direction: direction @ Direction::Forward,
                ends,
                from,
            })),
        ) => format!("for {}", counted(length, *direction, *ends, from)),
        (Some(Edge::On(first)), Some(Edge::On(last))) => {
            format!("from {} through {}", point(first), point(last))
        }
        (None, Some(Edge::On(last))) => format!("through {}", point(last)),
        (opens, due) => [opens.map(first_day), due.map(last_day)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" and "),
    }
}

fn counted(length: &Length, direction: Direction, ends: Ends, from: &Point) -> String {
    if *from == Point::Anchor {
        return format!("a period of {}", self::length(length));
    }
    let clear = if ends == Ends::Clear { "clear " } else { "" };
    let words = self::length(length);
    let words = match (clear, words.split_once(' ')) {
        ("", _) | (_, None) => words,
        (clear, Some((number, unit))) => format!("{number} {clear}{unit}"),
    };
    let way = match (direction, ends) {
        (Direction::Forward, Ends::Including) => "beginning on",
        (Direction::Forward, _) => "after",
        (Direction::Backward, Ends::Including) => "preceding and including",
        (Direction::Backward, _) => "before",
    };
    format!("{words} {way} {}", point(from))
}

fn recurrence(recurrence: &Recurrence) -> String {
    let mut words = match &recurrence.every {
        Every::On(length) => format!("every {}", each(length)),
        Every::Within(length) => format!("once every {}", each(length)),
        Every::Each(period) => format!("once each {}", self::period(*period)),
        Every::HalfMonth => "twice a month".to_owned(),
        Every::DayOfMonths { day, months: 1 } => format!("the {} of each month", day_in(*day)),
        Every::DayOfMonths { day, months } => {
            format!("the {} of every {months} months", day_in(*day))
        }
        Every::Weekday { weekday, weeks: 1 } => format!("every {}", words::weekday(*weekday)),
        Every::Weekday { weekday, weeks } => {
            format!("every {} {}", ordinal(*weeks), words::weekday(*weekday))
        }
        Every::DayOfEach { day, period } => {
            format!("the {} of each {}", day_in(*day), self::period(*period))
        }
        Every::Yearly { each, years } => format!(
            "{} {}",
            several(each),
            match years {
                Years::All => "of each year".to_owned(),
                Years::Odd => "of each odd numbered year".to_owned(),
                Years::Even => "of each even numbered year".to_owned(),
                Years::From(year) => format!("of each year from {year} on"),
            }
        ),
    };
    if let Some(from) = &recurrence.from {
        words.push_str(" from ");
        words.push_str(&point(from));
    }
    match &recurrence.until {
        Some(Edge::On(last)) => {
            words.push_str(" through ");
            words.push_str(&point(last));
        }
        Some(Edge::Beyond(last)) => {
            words.push_str(" before ");
            words.push_str(&point(last));
        }
        None => {}
    }
    words
}

/// A day, in the words of the language.
pub(super) fn point(point: &Point) -> String {
    match point {
        Point::Day(day) => date(*day),
        Point::Yearless { month, day } => format!("{} {day}", words::month(*month)),
        Point::Anchor => "effective".to_owned(),
        Point::At(trigger) => trigger.to_string(),
        Point::Offset {
            length,
            direction,
            ends,
            from,
        } => counted(length, *direction, *ends, from),
        Point::DayOf { day, span } => day_of(*day, span),
        Point::Nearest { weekday, to } => {
            format!(
                "the {} closest to {}",
                words::weekday(*weekday),
                self::point(to)
            )
        }
        Point::NthWeekday {
            nth,
            weekday,
            direction,
            from,
        } => format!(
            "the {} {} {} {}",
            ordinal(*nth),
            words::weekday(*weekday),
            match direction {
                Direction::Forward => "after",
                Direction::Backward => "before",
            },
            self::point(from)
        ),
        Point::DayToward {
            month,
            day,
            direction,
            from,
        } => format!(
            "{} {day} {} {}",
            words::month(*month),
            match direction {
                Direction::Forward => "following",
                Direction::Backward => "preceding",
            },
            self::point(from)
        ),
        Point::Extreme { which, of } => {
            let which = match which {
                Which::Earlier => "earlier",
                Which::Later => "later",
            };
            let of: Vec<String> = of.iter().map(self::point).collect();
            format!("the {which} of {}", of.join(" and "))
        }
    }
}

/// A day of a stretch, in words.
pub(super) fn day_of(day: DayIn, span: &Span) -> String {
    format!("the {} of {}", day_in(day), self::span(span))
}

fn day_in(day: DayIn) -> String {
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

fn span(span: &Span) -> String {
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
                (1.., Point::Anchor) => format!("the next {unit}"),
                (_, Point::Anchor) => format!("the preceding {unit}"),
                (0, of) => format!("the {unit} of {}", point(of)),
                (1.., of) => format!("the {unit} following {}", point(of)),
                (_, of) => format!("the {unit} preceding {}", point(of)),
            }
        }
        Span::Quarter { nth, year } => match year {
            Some(year) => format!("the {} quarter of {year}", ordinal(*nth)),
            None => format!("the {} quarter", ordinal(*nth)),
        },
        Span::Year(unit, year) => format!("{} {year}", period(*unit)),
        Span::WeekOf { nth, month, year } => {
            format!(
                "the {} week of {}{}",
                ordinal(*nth),
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

fn period(period: Period) -> &'static str {
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

/// A length, in the words of the language.
pub(super) fn length(length: &Length) -> String {
    if let [(1, Unit::HalfMonth)] = length.0.as_slice() {
        return "half a month".to_owned();
    }
    let parts: Vec<String> = length
        .0
        .iter()
        .map(|(count, unit)| {
            let noun = match unit {
                Unit::HalfMonth => return "a half".to_owned(),
                Unit::Hour => "hour".to_owned(),
                Unit::Day => "day".to_owned(),
                Unit::Open(kind) => format!("{} day", kind.word()),
                Unit::Week => "week".to_owned(),
                Unit::Month => "month".to_owned(),
                Unit::Quarter => "quarter".to_owned(),
                Unit::Year => "year".to_owned(),
            };
            format!("{count} {noun}{}", if *count == 1 { "" } else { "s" })
        })
        .collect();
    parts.join(" and ")
}

/// A length after `every`: one month is `every month`.
fn each(length: &Length) -> String {
    let words = self::length(length);
    match words.strip_prefix("1 ") {
        Some(unit) if length.0.len() == 1 => unit.to_owned(),
        _ => words,
    }
}

fn date(day: NaiveDate) -> String {
    if (1600..=2999).contains(&day.year()) {
        format!(
            "{} {}, {}",
            words::month(day.month()),
            day.day(),
            day.year()
        )
    } else {
        day.format("%Y-%m-%d").to_string()
    }
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn undated(wording: Undated) -> &'static str {
    match wording {
        Undated::AsSoonAsPossible => "as soon as possible",
        Undated::Promptly => "promptly",
        Undated::Immediately => "immediately",
        Undated::AsNeeded => "as needed",
        Undated::UponRequest => "upon request",
        Undated::Ongoing => "ongoing",
        Undated::WithinAReasonableTime => "within a reasonable time",
        Undated::Periodically => "periodically",
        Undated::AtATimeToBeAgreed => "to be agreed",
        Undated::NoTimeStated => "no time stated",
    }
}
