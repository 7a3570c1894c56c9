//! A term said twice, by its length and by its end: whether the two agree.

use super::core::Parser;
use super::years::of_the_same_year;
use crate::counting::{Length, Unit};
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Edge, Part, Point, Span};
use chrono::{Days, Months, NaiveDate};

/// How a length and a stated end disagree, as far as the words alone say: `for 90 days from July 1 through December 31, 2026`.
/// A length may end on the day of its beginning's number or on the one before it.
pub(super) fn disagreement(
    parser: &Parser<'_>,
    opens: Option<&Edge>,
    length: &Edge,
    end: &Edge,
) -> Option<String> {
    let (length, begins) = runs(opens, length)?;
    let Point::Day(begins) = of_the_same_year(begins.clone(), end.point()) else {
        return None;
    };
    let last = match (end, day_said(end.point())?) {
        (Edge::Beyond(_), day) => day.pred_opt()?,
        (_, day) => day,
    };
    let after = end_of_length(begins, length)?;
    if last == after || Some(last) == after.pred_opt() || (is_at_most(parser) && last < after) {
        return None;
    }
    let said = |day: NaiveDate| day.format("%B %-d, %Y").to_string();
    Some(format!(
        "{length} from {} end on {}, and the words name {} as the last day",
        said(begins),
        said(after.pred_opt()?),
        said(last)
    ))
}

/// A length and what it runs from, where only days show whether it ends where the words beside it say.
pub(super) fn to_compare(
    parser: &Parser<'_>,
    opens: Option<&Edge>,
    length: &Edge,
    end: &Edge,
) -> Option<(Length, Point)> {
    let (length, begins) = match runs(opens, length) {
        Some((length, begins)) => (length, begins.clone()),
        None => match length.point() {
            Point::Offset { length, .. } => (length, Point::Anchor),
            _ => return None,
        },
    };
    let known = matches!(of_the_same_year(begins.clone(), end.point()), Point::Day(day) if end_of_length(day, length).is_some())
        && day_said(end.point()).is_some();
    (!known && !is_at_most(parser)).then(|| (length.clone(), begins))
}

/// A length, and the day that it runs from, where the words name one.
fn runs<'a>(opens: Option<&'a Edge>, length: &'a Edge) -> Option<(&'a Length, &'a Point)> {
    let Point::Offset { length, from, .. } = length.point() else {
        return None;
    };
    match from.as_ref() {
        Point::Anchor => Some((length, opens?.point())),
        from => Some((length, from)),
    }
}

/// Whether a length is said to be the longest, so that an earlier end is no contradiction.
fn is_at_most(parser: &Parser<'_>) -> bool {
    parser.tokens.iter().any(|token| {
        matches!(&token.kind, Kind::Word(word) if matches!(word.as_str(), "exceed" | "exceeding" | "most" | "maximum" | "up" | "within" | "more" | "longer"))
    })
}

/// The day that words name by themselves.
fn day_said(point: &Point) -> Option<NaiveDate> {
    match point {
        Point::Day(day) => Some(*day),
        Point::DayOf {
            day: DayIn::Last,
            span,
        } => match span.as_ref() {
            Span::Month {
                part: Part::Whole,
                month,
                year: Some(year),
            } => NaiveDate::from_ymd_opt(*year, *month, 1)?
                .checked_add_months(Months::new(1))?
                .pred_opt(),
            _ => None,
        },
        _ => None,
    }
}

/// The day a length after another, where no calendar is needed to find it.
fn end_of_length(begins: NaiveDate, length: &Length) -> Option<NaiveDate> {
    length.0.iter().try_fold(begins, |day, (count, unit)| {
        let days = |each: u32| day.checked_add_days(Days::new(u64::from(*count) * u64::from(each)));
        let months = |each: u32| day.checked_add_months(Months::new(count.checked_mul(each)?));
        match unit {
            Unit::Day => days(1),
            Unit::Week => days(7),
            Unit::Month => months(1),
            Unit::Quarter => months(3),
            Unit::Year => months(12),
            Unit::Hour | Unit::HalfMonth | Unit::Open(_) => None,
        }
    })
}
