//! A term said twice, by its length and by its end: whether the two agree, or which of them holds.

use super::accounted::said;
use super::core::Parser;
use super::join::two_duties;
use super::pieces::Joint;
use super::years::of_the_same_year;
use crate::counting::{Length, Unit};
use crate::language::Refusal;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Edge, Ends, Part, Point, Sort, Span};
use crate::rules::{contradictory_limits, phrase_not_understood};
use chrono::{Days, Months, NaiveDate};

/// What a length and an end beside it come to.
pub(super) enum TwoEnds {
    /// The end, which the length says again.
    SaidTwice(Edge),
    /// Each holds.
    Together,
    /// Nothing that could be relied on; why is with the parser.
    Refused,
}

/// What two last days come to of which one is a length of its own: a cap holds beside the length, `through D` says its end
/// again. None where neither is such a length.
pub(super) fn length_beside_end(
    parser: &mut Parser<'_>,
    opens: Option<&Edge>,
    ends: [(&Edge, Sort, bool); 2],
    joint: Joint,
) -> Option<TwoEnds> {
    let [(a, asort, ax), (b, bsort, bx)] = ends;
    if joint == Joint::Or {
        return None;
    }
    let bare =
        |edge: &Edge| matches!(edge.point(), Point::Offset { from, .. } if **from == Point::Anchor);
    let is_length = |edge: &Edge, other: &Edge| {
        let counts_its_first = matches!(
            edge.point(),
            Point::Offset {
                ends: Ends::Including,
                ..
            }
        );
        bare(edge) || (counts_its_first && other.point().is_certain())
    };
    let length_first = is_length(a, b);
    if length_first && is_length(b, a) {
        let help = "write the one that was agreed, or an obligation for each";
        return (joint != Joint::But)
            .then(|| refused(parser, "two lengths stand side by side", help));
    }
    let (length, end, sort, exact) = match (length_first, is_length(b, a)) {
        (true, _) => (a, b, bsort, bx),
        (false, true) => (b, a, asort, ax),
        (false, false) => return None,
    };
    if exact {
        return Some(refused(
            parser,
            "a length stands beside a day, and how the two belong together is not said",
            "write `beginning on` or `through` before the day",
        ));
    }
    if joint == Joint::But || (sort == Sort::Act && length_first) {
        return Some(TwoEnds::Together);
    }
    if sort == Sort::Act {
        let _: Option<()> = two_duties(parser);
        return Some(TwoEnds::Refused);
    }
    let Point::Offset {
        length: so_long,
        from,
        ..
    } = length.point()
    else {
        return None;
    };
    if let Some(days) = compared(opens, length, end) {
        if !days.agree(at_most(parser)) {
            parser.refusals.push(Refusal {
                rule: &contradictory_limits::RULE,
                range: 0..parser.words.len(),
                message: days.told(so_long),
                help: Some("correct the one that is wrong, or write the end alone".to_owned()),
            });
            return Some(TwoEnds::Refused);
        }
    } else if at_most(parser) {
        return Some(TwoEnds::Together);
    } else if (length_first || opens.is_some() || !bare(length))
        && !matches!(end.point(), Point::Offset { .. })
    {
        // Only the days show whether it ends where the words beside it say.
        let begins = match (from.as_ref(), opens) {
            (Point::Anchor, Some(opens)) => opens.point().clone(),
            (from, _) => from.clone(),
        };
        parser.said_twice.push((so_long.clone(), begins));
    } else {
        return Some(refused(
            parser,
            "it is not said whether the length ends on that day or follows it",
            "write the last day alone, or `thereafter` after the length",
        ));
    }
    parser.in_other_words.extend(said(so_long));
    Some(TwoEnds::SaidTwice(end.clone()))
}

fn refused(parser: &mut Parser<'_>, message: &str, help: &str) -> TwoEnds {
    parser.refusals.push(Refusal {
        rule: &phrase_not_understood::RULE,
        range: 0..parser.words.len(),
        message: message.to_owned(),
        help: Some(help.to_owned()),
    });
    TwoEnds::Refused
}

/// Whether the words name a longest time.
fn at_most(parser: &Parser<'_>) -> bool {
    parser.tokens.iter().any(|token| {
        matches!(&token.kind, Kind::Word(word) if matches!(word.as_str(), "exceed" | "exceeding" | "most" | "maximum" | "up" | "within" | "more" | "longer"))
    })
}

/// A length and a stated end, as days: `for 90 days from July 1 through December 31, 2026`.
struct Compared {
    begins: NaiveDate,
    /// The day of its beginning's number, on which the length may end or on the one before.
    after: NaiveDate,
    last: NaiveDate,
}

impl Compared {
    fn agree(&self, at_most: bool) -> bool {
        self.last == self.after
            || Some(self.last) == self.after.pred_opt()
            || (at_most && self.last < self.after)
    }

    fn told(&self, length: &Length) -> String {
        let said = |day: NaiveDate| day.format("%B %-d, %Y").to_string();
        format!(
            "{length} from {} end on {}, and the words name {} as the last day",
            said(self.begins),
            said(self.after.pred_opt().unwrap_or(self.after)),
            said(self.last)
        )
    }
}

/// The days of a length and of the end beside it, where the words alone say them.
fn compared(opens: Option<&Edge>, length: &Edge, end: &Edge) -> Option<Compared> {
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
    Some(Compared {
        begins,
        after,
        last,
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
