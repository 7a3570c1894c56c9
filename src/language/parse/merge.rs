//! Clauses to one limit: all limits of a phrase hold together.

use super::core::Parser;
use super::dates::share_the_year;
use super::join::{impossible, join, not_joined, two_duties};
use super::occasions::{End, around, end_of_series};
use super::pieces::{Clause, Joint, Piece, plain_forward};
use super::spans::first_of;
use super::years::{last_before, names_yearless, of_the_same_year};
use crate::counting::{Length, Unit};
use crate::language::Refusal;
use crate::language::tree::{
    DayIn, Edge, Ends, Every, Limit, Period, Point, Recurrence, Sort, Span,
};
use crate::rules::contradictory_limits;
use chrono::{Datelike, NaiveDate};
use std::rc::Rc;

/// Puts the clauses together.
pub(super) fn limit(parser: &mut Parser<'_>, clauses: Vec<(Joint, Clause)>) -> Option<Limit> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut recurrences: Vec<Recurrence> = Vec::new();
    let mut undated = None;
    let mut ends = Vec::new();
    // `through June 30, 2027, or upon 30 days' notice`, `quarterly, upon 14 days' notice`.
    if parser.runs_from_notice && clauses.len() > 1 && !is_notice_and_last_day(&clauses) {
        return parser.complain(
            0,
            "a time that runs from a notice stands beside another limit",
            "write the other limit alone, and the notice in `[renewal]`, in `when` or as an obligation of its own",
        );
    }
    let beside_series = is_day_beside_series(&clauses);
    for (joint, clause) in clauses {
        match clause {
            Clause::Undated(..) if !pieces.is_empty() => return not_joined(parser),
            Clause::Undated(wording, after) => undated = Some((wording, after)),
            Clause::Recurs(next) => {
                if !recurrences.is_empty() && joint != Joint::Also {
                    // `monthly, by the 10th of each month`: the second says on which day.
                    if !says_how_often(&recurrences, &next) {
                        return two_duties(parser);
                    }
                    recurrences.clear();
                }
                recurrences.extend(next);
            }
            Clause::Pieces(next) => {
                let opens = |piece: &Piece| {
                    matches!(
                        piece,
                        Piece::Ends {
                            opens: Some(_),
                            due: None,
                            ..
                        }
                    )
                };
                let is_exact = |piece: &Piece| {
                    matches!(piece, Piece::Ends { opens: None, exact: true, due: Some(due), .. }
                        if matches!(due.point(), Point::At(_)))
                };
                let on_a_trigger =
                    joint == Joint::But && !pieces.is_empty() && pieces.iter().all(is_exact);
                if (matches!(undated, Some((_, Some(_)))) || on_a_trigger) && next.iter().any(opens)
                {
                    return parser.complain(
                        0,
                        "what it comes after and the first day beside it are two days, and it opens on the later",
                        "write the later of the two: `no earlier than the later of ratification and May 15, 2026`",
                    );
                }
                if joint == Joint::But
                    && next
                        .iter()
                        .all(|piece| matches!(piece, Piece::Ends { exact: true, .. }))
                {
                    return not_joined(parser);
                }
                // `each July 1, beginning July 1, 2027`: what bounds a series is no limit of each.
                let recurs = (parser.yearly.is_some() && names_yearless(&pieces))
                    || (parser.occasion.is_some() && !pieces.is_empty())
                    || (parser.thereafter && !recurrences.is_empty() && !pieces.is_empty());
                match end_of_series(&next).filter(|_| recurs) {
                    Some(end) => ends.push(end),
                    None => pieces = join(parser, pieces, joint, next)?,
                }
            }
        }
    }
    // `quarterly, within 15 days after the end of each calendar quarter`.
    if parser
        .occasion
        .as_ref()
        .is_some_and(|of| says_how_often(&recurrences, std::slice::from_ref(of)))
    {
        recurrences.clear();
    }
    if beside_series && !parser.thereafter && !recurrences.is_empty() {
        return parser.complain(
            0,
            "a day is joined to a series, and it is not said whether it is one more or the first",
            "write `from` before the day of the first, or another obligation",
        );
    }
    if !recurrences.is_empty() {
        return recurring(parser, recurrences, pieces, &ends);
    }
    if pieces.is_empty() {
        return undated.map(|(wording, after)| Limit::Undated { wording, after });
    }
    together(parser, pieces, &ends)
}

/// The pieces as one limit, or as several.
fn together(parser: &mut Parser<'_>, mut pieces: Vec<Piece>, ends: &[End]) -> Option<Limit> {
    if parser.yearly.is_none() {
        // `the last Friday of May and the first Friday of June 2026`, `June 1-5 and June 8-12, 2026`.
        share_the_year(pieces.iter_mut().filter_map(Piece::last_of_stretch));
    }
    for piece in &mut pieces {
        if let Piece::Ends {
            opens: Some(Edge::On(opens) | Edge::Beyond(opens) | Edge::Until(opens)),
            due: Some(due),
            sort,
            ..
        } = piece
        {
            *opens = of_the_same_year(opens.clone(), due.point());
            if *sort == Sort::Act && parser.yearly.is_none() {
                *opens = last_before(opens.clone(), due.point());
            }
        }
    }
    if pieces.iter().any(impossible) {
        parser.refusals.push(Refusal {
            rule: &contradictory_limits::RULE,
            range: 0..parser.words.len(),
            message: "the limits cannot both be kept: it opens after it is due".to_owned(),
            help: Some("exchange the two, or correct one of them".to_owned()),
        });
        return None;
    }
    let limits: Vec<Limit> = pieces
        .into_iter()
        .map(Piece::into_limit)
        .collect::<Option<_>>()?;
    if let Some(years) = parser.yearly
        && limits.iter().any(Limit::names_no_year)
    {
        // A day with its year would come again every year as itself: `March 1, 2026 and September 1 of each year`.
        if limits.iter().any(Limit::mixes_years) || !limits.iter().all(Limit::names_no_year) {
            return parser.complain(
                0,
                "a day of each year stands beside a day that comes once",
                "write an obligation for each of them",
            );
        }
        let every = Every::Yearly {
            each: limits,
            years,
        };
        let series = Recurrence {
            every,
            from: None,
            until: None,
        };
        return Some(Limit::Recurs(bounded(series, ends)));
    }
    // `for three years, annually`: nothing that recurs is lost among days that name their year.
    if parser.yearly.is_some() {
        return not_joined(parser);
    }
    if let Some(of) = parser.occasion.take() {
        return Some(Limit::Recurs(bounded(
            around(limits, Rc::unwrap_or_clone(of)),
            ends,
        )));
    }
    if limits.len() == 1 {
        limits.into_iter().next()
    } else {
        Some(Limit::Several(limits))
    }
}

/// `the 1st day of each month and July 15, 2026`, `July 11, 2026 or monthly`: a day joined to a series that has days of its own,
/// or either of the two.
fn is_day_beside_series(clauses: &[(Joint, Clause)]) -> bool {
    let [(_, first), (joint, second)] = clauses else {
        return false;
    };
    let (Clause::Pieces(days), Clause::Recurs(series)) = (match first {
        Clause::Pieces(_) => (first, second),
        _ => (second, first),
    }) else {
        return false;
    };
    let of_its_own = |series: &Recurrence| {
        matches!(
            series.every,
            Every::DayOfMonths { .. } | Every::DayOfEach { .. } | Every::Weekday { .. }
        )
    };
    let exact = |piece: &Piece| matches!(piece, Piece::Ends { exact: true, .. });
    days.iter().all(exact)
        && (*joint == Joint::Or || *joint == Joint::And && series.iter().any(of_its_own))
}

/// `with at least six months' notice and no later than June 30, 2023`: both hold.
fn is_notice_and_last_day(clauses: &[(Joint, Clause)]) -> bool {
    let [
        (_, Clause::Pieces(a)),
        (Joint::And | Joint::But, Clause::Pieces(b)),
    ] = clauses
    else {
        return false;
    };
    let opens = |pieces: &[Piece]| {
        matches!(
            pieces,
            [Piece::Ends {
                opens: Some(_),
                due: None,
                ..
            }]
        )
    };
    let last = |pieces: &[Piece]| {
        matches!(
            pieces,
            [Piece::Ends {
                opens: None,
                due: Some(_),
                exact: false,
                sort: Sort::Act,
            }]
        )
    };
    opens(a) && last(b) || last(a) && opens(b)
}

/// `monthly for six months`: the length runs from the first day of the series, which is counted.
fn for_so_long(due: Edge, start: Point) -> Edge {
    match due {
        Edge::On(Point::Offset {
            length,
            direction,
            ends: Ends::Plain,
            from,
        }) if *from == Point::Anchor => Edge::On(Point::Offset {
            length,
            direction,
            ends: Ends::Including,
            from: Box::new(start),
        }),
        due => due,
    }
}

/// A series with what bounds it.
fn bounded(mut series: Recurrence, ends: &[End]) -> Recurrence {
    let begins = |series: &mut Recurrence, first: Point| match &mut series.every {
        Every::Around { of, .. } => of.from = of.from.take().or(Some(first)),
        _ => series.from = series.from.take().or(Some(first)),
    };
    for end in ends {
        match end {
            End::First(first) => begins(&mut series, first.clone()),
            End::Last(last) => series.until = series.until.take().or(Some(last.clone())),
            End::Both(first, last) => {
                begins(&mut series, first.clone());
                series.until = series.until.take().or(Some(last.clone()));
            }
        }
    }
    series
}

/// Whether series say no more than how often the next ones are.
fn says_how_often(plain: &[Recurrence], next: &[Recurrence]) -> bool {
    let often: Vec<_> = plain
        .iter()
        .filter(|series| {
            series.from.is_none()
                && series.until.is_none()
                && matches!(series.every, Every::Within(_) | Every::Each(_))
        })
        .filter_map(|series| how_long(&series.every))
        .collect();
    !plain.is_empty()
        && often.len() == plain.len()
        && next.iter().all(|series| {
            let long = how_long(&series.every);
            often.iter().all(|often| long == Some(*often))
        })
}

/// How long the periods of a series are.
pub(super) fn how_long(every: &Every) -> Option<(Unit, u32)> {
    let months = |count: u32| Some((Unit::Month, count));
    match every {
        Every::Within(length) | Every::On(length) => match length.0.as_slice() {
            [(count, Unit::Quarter)] => months(count.checked_mul(3)?),
            [(count, Unit::Year)] => months(count.checked_mul(12)?),
            [(count, unit)] => Some((*unit, *count)),
            _ => None,
        },
        Every::DayOfMonths { months: count, .. } => months(*count),
        Every::Weekday { weeks, .. } => Some((Unit::Week, *weeks)),
        Every::Each(period) | Every::DayOfEach { period, .. } => match period {
            Period::Week => Some((Unit::Week, 1)),
            Period::Month => months(1),
            Period::Quarter | Period::FiscalQuarter => months(3),
            Period::HalfYear => months(6),
            Period::Year | Period::FiscalYear | Period::SchoolYear => months(12),
            _ => None,
        },
        Every::Anniversary => months(12),
        _ => None,
    }
}

/// Whether something recurs by the week, by the day or by the payday.
fn shorter_than_a_month(every: &Every) -> bool {
    match every {
        Every::Weekday { .. }
        | Every::DayOfEach {
            period: Period::PayDate,
            ..
        } => true,
        Every::On(length) | Every::Within(length) => matches!(
            length.0.as_slice(),
            [(1 | 2, Unit::Week | Unit::Day | Unit::Open(_))]
        ),
        _ => false,
    }
}

/// The first of a series that recurs every so many years, on a day without a year that stands beside where it begins.
fn first_of_its_years(
    series: &[Recurrence],
    opens: Option<&Edge>,
    due: Option<&Edge>,
    sort: Sort,
) -> Option<Point> {
    let (Some(Edge::On(begins)), Some(Edge::On(Point::Yearless { month, day })), Sort::Act) =
        (opens, due, sort)
    else {
        return None;
    };
    let of_years = |series: &Recurrence| {
        series.from.is_none()
            && matches!(&series.every, Every::On(Length(parts)) | Every::Within(Length(parts))
                if matches!(parts.as_slice(), [(_, Unit::Year)]))
    };
    series.iter().all(of_years).then_some(())?;
    let begins = match begins {
        Point::Day(day) => *day,
        Point::DayOf { day, span } => match (day, span.as_ref()) {
            (DayIn::Nth(1), Span::Year(Period::Year, year)) => {
                NaiveDate::from_ymd_opt(*year, 1, 1)?
            }
            _ => return None,
        },
        _ => return None,
    };
    [begins.year(), begins.year() + 1]
        .into_iter()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, *month, *day))
        .find(|first| *first >= begins)
        .map(Point::Day)
}

/// Whether an end of a window names no year.
fn names_no_year(edge: &Edge) -> bool {
    names_yearless(&[Piece::due(edge.clone(), Sort::Act)])
}

/// Refuses several days beside a series of which nothing says which is which.
fn one_day_at_most(parser: &mut Parser<'_>, pieces: &[Piece]) -> Option<()> {
    // `every two years on March 1 and October 1`: neither is the last day of the series.
    let named = |piece: &&Piece| {
        matches!(
            piece,
            Piece::Ends {
                opens: None,
                exact: true,
                ..
            }
        )
    };
    if pieces.iter().filter(named).count() > 1 {
        return parser.complain(
            0,
            "several days stand beside a series, and it is not said which of its times each is",
            "write a series for each day, or `each` before the days: `each January 1 and July 1`",
        );
    }
    Some(())
}

/// What recurs, with the days beside it: where it begins and where it ends.
fn recurring(
    parser: &mut Parser<'_>,
    mut recurrences: Vec<Recurrence>,
    pieces: Vec<Piece>,
    ends: &[End],
) -> Option<Limit> {
    one_day_at_most(parser, &pieces)?;
    for piece in pieces {
        // `every Monday in July 2026`: those of the days that lie in it.
        if let Piece::Span(span, Sort::Act) = &piece
            && recurrences
                .iter()
                .all(|series| series.from.is_none() && shorter_than_a_month(&series.every))
        {
            for recurrence in &mut recurrences {
                recurrence.from = Some(first_of(span.clone()));
                let last = Point::in_span(DayIn::Last, span.clone());
                recurrence.until = recurrence.until.take().or(Some(Edge::On(last)));
            }
            continue;
        }
        let Piece::Ends {
            opens,
            due,
            exact,
            sort,
        } = piece
        else {
            return two_duties(parser);
        };
        // `every two years by July 1, beginning in 2027`.
        if let Some(first) = first_of_its_years(&recurrences, opens.as_ref(), due.as_ref(), sort) {
            for recurrence in &mut recurrences {
                if let Every::Within(length) = &recurrence.every {
                    recurrence.every = Every::On(length.clone());
                }
                recurrence.from = Some(first.clone());
            }
            continue;
        }
        // `until July 1, 2026 and monthly thereafter`.
        if parser.thereafter && sort == Sort::Term && opens.is_none() {
            return parser.complain(
                0,
                "what recurs `thereafter` follows a day on which something ends",
                "write `from` and the day of its first, and another obligation for what comes before",
            );
        }
        let first = parser.thereafter && sort == Sort::Act && opens.is_none();
        // A deadline counted from something is no end of a series: nothing says how the two belong together.
        let counted = due.as_ref().is_some_and(|due| !due.point().is_certain());
        if !first && counted && sort == Sort::Act && opens.is_none() && !exact {
            return two_duties(parser);
        }
        // `monthly by June 30, 2026`: the last of them, or each by a day that has gone by for most.
        let by_a_day = (opens.is_none() || due.as_ref().is_some_and(names_no_year))
            && matches!(due, Some(Edge::On(_) | Edge::Beyond(_)));
        if !first && !exact && sort == Sort::Act && by_a_day {
            return parser.complain(
                0,
                "a day by which something is done stands beside a series",
                "write `through` before the day on which the series ends, or the day of each period",
            );
        }
        // `monthly for three months after ratification` may begin with the series or with ratification.
        let counted_from_another =
            matches!(&due, Some(Edge::On(Point::Offset { from, .. })) if **from != Point::Anchor);
        if sort == Sort::Term
            && opens.is_none()
            && counted_from_another
            && recurrences.iter().any(|series| series.from.is_none())
        {
            return parser.complain(
                0,
                "it is not said from which day the series runs",
                "write `from` and that day: `monthly from ratification for 3 months`",
            );
        }
        for recurrence in &mut recurrences {
            match (&opens, &due) {
                // `30 days after X and quarterly thereafter`: the limit is the first of the series, and each is on its day.
                (None, Some(Edge::On(point))) if first && recurrence.from.is_none() => {
                    recurrence.from = Some(point.clone());
                    if let Every::Within(length) = &recurrence.every {
                        recurrence.every = Every::On(length.clone());
                    }
                }
                (None, Some(Edge::On(point))) if exact && recurrence.from.is_none() => {
                    recurrence.from = Some(point.clone());
                }
                (opens, due) => {
                    if recurrence.from.is_none() {
                        recurrence.from = opens.clone().map(plain_forward);
                    }
                    if recurrence.until.is_none() {
                        let start = recurrence.from.clone().unwrap_or(Point::Anchor);
                        recurrence.until = due.clone().map(|due| for_so_long(due, start));
                    }
                }
            }
        }
    }
    let mut limits: Vec<Limit> = recurrences
        .into_iter()
        .map(|series| Limit::Recurs(bounded(series, ends)))
        .collect();
    if limits.len() == 1 {
        limits.pop()
    } else {
        Some(Limit::Several(limits))
    }
}
