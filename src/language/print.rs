//! The canonical form of a tree: one wording for each meaning, which reads back to the same tree.
//!
//! It is said as a letter would say it. The reader itself is asked whether that is without doubt; where it is not, the tree
//! is spelled out (`spelled`).

mod spelled;
mod stretches;
mod windows;

use super::parse::reads_as;
use super::tree::{
    DayIn, Edge, Ends, Every, Limit, Period, Point, Recurrence, Sort, Span, Tree, Undated, Which,
    Years,
};
use crate::counting::{Direction, Length, Unit};
use crate::words;
use chrono::{Datelike, NaiveDate};
use std::fmt;
use stretches::{day_in, period, span};
use windows::{counted, window};

pub(super) use stretches::{day_of, span as stretch};

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asides = self.asides.iter().map(|a| format!("({a}) "));
        let asides = asides.collect::<Vec<_>>().concat();
        let beside = |joint: &str| match &self.condition {
            Some(condition) => format!("{joint} {condition}"),
            None => String::new(),
        };
        let words = format!("{asides}{}{}", limit(&self.limit), beside(","));
        if reads_as(&words, self) {
            return f.write_str(&words);
        }
        write!(f, "{asides}{}{}", spelled::limit(&self.limit), beside(":"))
    }
}

/// All that a tree says, for comparing it with the words that it was read from.
pub(super) fn every_word(tree: &Tree) -> String {
    let mut words = limit(&tree.limit);
    for beside in tree.asides.iter().chain(&tree.condition) {
        words.push_str("; ");
        words.push_str(beside);
    }
    words
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
        // Where nothing says that all its days are meant, a pay period is its first.
        Limit::During {
            span:
                span @ (Span::PayPeriodNumber { .. }
                | Span::NthPeriod {
                    unit: Period::PayPeriod,
                    ..
                }
                | Span::Holding {
                    unit: Period::PayPeriod,
                    ..
                }),
            ..
        } => format!("during {}", self::span(span)),
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

fn recurrence(recurrence: &Recurrence) -> String {
    let words = match &recurrence.every {
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
        Every::DayOfEach {
            day: DayIn::Nth(1),
            period: Period::PayDate,
        } => "each pay date".to_owned(),
        Every::DayOfEach { day, period } => {
            format!("the {} of each {}", day_in(*day), self::period(*period))
        }
        Every::Anniversary => {
            let from = recurrence.from.as_ref().unwrap_or(&Point::Anchor);
            return ended(format!("each anniversary of {}", point(from)), recurrence);
        }
        Every::Around { each, of } => {
            // Each limit is counted from a day of the other series, and says so in its words.
            let words = several(each);
            if words.contains(OCCASION) {
                words.replace(OCCASION, &self::recurrence(of))
            } else {
                // They speak of the period, whatever day of it the other series has.
                bounds(words, of)
            }
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
    bounds(words, recurrence)
}

/// A series with the first day that it runs from, and the last on which it may fall.
fn bounds(mut words: String, recurrence: &Recurrence) -> String {
    if let Some(from) = &recurrence.from {
        words.push_str(" from ");
        words.push_str(&point(from));
    }
    ended(words, recurrence)
}

/// A series with the last day on which it may fall.
fn ended(mut words: String, recurrence: &Recurrence) -> String {
    let start = recurrence.from.as_ref().unwrap_or(&Point::Anchor);
    match &recurrence.until {
        Some(Edge::On(Point::Offset {
            length,
            direction: Direction::Forward,
            ends: Ends::Including,
            from,
        })) if **from == *start => {
            words.push_str(" for ");
            words.push_str(&self::length(length));
        }
        Some(Edge::On(last)) => {
            words.push_str(" through ");
            words.push_str(&point(last));
        }
        Some(Edge::Beyond(last)) => {
            words.push_str(" before ");
            words.push_str(&point(last));
        }
        Some(Edge::Until(last)) => {
            words.push_str(" until ");
            words.push_str(&point(last));
        }
        None => {}
    }
    words
}

/// Stands for the day of the other series until its words are put in its place.
const OCCASION: &str = "\u{1}";

/// A day, in the words of the language.
pub(super) fn point(point: &Point) -> String {
    match point {
        Point::Day(day) => date(*day),
        Point::Yearless { month, day } => format!("{} {day}", words::month(*month)),
        Point::Anchor => "effective".to_owned(),
        Point::At(trigger) => trigger.to_string(),
        Point::Occasion => OCCASION.to_owned(),
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

/// A length, in the words of the language.
pub(super) fn length(length: &Length) -> String {
    let mut after = None;
    let parts: Vec<String> = length
        .0
        .iter()
        .map(|(count, unit)| {
            let noun = match (unit, after.replace(*unit)) {
                (Unit::HalfMonth, Some(Unit::Month)) => return "a half".to_owned(),
                (Unit::HalfMonth, _) => return "half a month".to_owned(),
                (Unit::Hour, _) => "hour".to_owned(),
                (Unit::Day, _) => "day".to_owned(),
                (Unit::Open(kind), _) => format!("{} day", kind.word()),
                (Unit::Week, _) => "week".to_owned(),
                (Unit::Month, _) => "month".to_owned(),
                (Unit::Quarter, _) => "quarter".to_owned(),
                (Unit::Year, _) => "year".to_owned(),
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
