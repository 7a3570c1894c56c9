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
    let Point::Offset { length, from, .. } = length.point() else {
        return None;
    };
    let begins = match from.as_ref() {
        Point::Anchor => opens?.point(),
        from => from,
    };
    let Point::Day(begins) = of_the_same_year(begins.clone(), end.point()) else {
        return None;
    };
    let last = match (end, day_said(end.point())?) {
        (Edge::Beyond(_), day) => day.pred_opt()?,
        (_, day) => day,
    };
    let after = end_of_length(begins, length)?;
    let at_most = parser.tokens.iter().any(|token| {
        matches!(&token.kind, Kind::Word(word) if matches!(word.as_str(), "exceed" | "exceeding" | "most" | "maximum" | "up" | "within" | "more" | "longer"))
    });
    if last == after || Some(last) == after.pred_opt() || (at_most && last < after) {
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
