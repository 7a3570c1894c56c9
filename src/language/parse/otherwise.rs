//! The other lawful readings of a phrase: it is read once more, with the other side of one wording taken.

use super::{Numbers, read_as};
use crate::counting::{Direction, Unit};
use crate::language::tree::{Edge, Ends, Limit, Point, Sort, Tree};
use crate::language::{DateOrder, Names, Otherwise, Wording};
use chrono::{Months, NaiveDate};

/// How much nearer another century may seem before a year of two digits is in no doubt: the other year lies within 60.
const NEARER_BY_MONTHS: u32 = 120;

/// The readings that differ from the one that was taken, in the order of [`Wording`].
pub(super) fn readings(
    words: &str,
    names: &Names,
    taken: &Tree,
    doubts: &[Wording],
) -> Vec<Otherwise> {
    let mut doubts = doubts.to_vec();
    doubts.sort_unstable();
    doubts.dedup();
    let mut found: Vec<Otherwise> = Vec::new();
    let mut add = |wording, tree: Tree| {
        if tree.limit != taken.limit && found.iter().all(|other| other.tree.limit != tree.limit) {
            found.push(Otherwise { wording, tree });
        }
    };
    for wording in doubts {
        for numbers in numbers(wording, names) {
            if let Ok(read) = read_as(words, names, numbers, Some(wording)) {
                add(wording, read.tree);
            }
        }
    }
    if let Some(tree) = without_the_first_day(taken) {
        add(Wording::BeginningOn, tree);
    }
    if let Some(tree) = with_the_first_day(taken, Lasts::AsItSays) {
        add(Wording::TermFrom, tree);
    }
    found
}

/// The other reading of words that say how long something lasts, whatever they would say by themselves.
pub(in crate::language) fn first_day_counted(taken: &Tree) -> Option<Otherwise> {
    let tree = with_the_first_day(taken, Lasts::Certainly)?;
    Some(Otherwise {
        wording: Wording::TermFrom,
        tree,
    })
}

/// Whether words say how long something lasts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lasts {
    /// Where the words themselves are a term.
    AsItSays,
    /// They stand where nothing else can.
    Certainly,
}

/// How dates in numbers would be read.
fn numbers(wording: Wording, names: &Names) -> Vec<Numbers> {
    let usual = Numbers {
        order: names.date_order,
        near: names.near,
    };
    match (wording, names.date_order) {
        (Wording::DateOrder, DateOrder::MonthDayYear) => vec![Numbers {
            order: DateOrder::DayMonthYear,
            ..usual
        }],
        (Wording::DateOrder, DateOrder::DayMonthYear) => vec![Numbers {
            order: DateOrder::MonthDayYear,
            ..usual
        }],
        (Wording::DateOrder, DateOrder::YearMonthDay) => Vec::new(),
        (Wording::Century, _) => {
            let by = Months::new(NEARER_BY_MONTHS);
            let near = names.near.or_else(|| NaiveDate::from_ymd_opt(2000, 1, 1));
            near.into_iter()
                .flat_map(|near| [near.checked_sub_months(by), near.checked_add_months(by)])
                .map(|near| Numbers { near, ..usual })
                .collect()
        }
        _ => vec![usual],
    }
}

/// `30 days beginning on` a day, as if that day were not counted.
fn without_the_first_day(taken: &Tree) -> Option<Tree> {
    last_day(taken, |length_ends, _, _| {
        let including = *length_ends == Ends::Including;
        *length_ends = Ends::Plain;
        including
    })
}

/// A term of months or years from a day, as if that day were its first.
fn with_the_first_day(taken: &Tree, lasts: Lasts) -> Option<Tree> {
    last_day(taken, |ends, sort, smallest| {
        let from = *ends == Ends::Plain
            && (sort == Sort::Term || lasts == Lasts::Certainly)
            && matches!(smallest, Unit::Month | Unit::Quarter | Unit::Year);
        *ends = Ends::Including;
        from
    })
}

/// The tree with the count of its last day changed, where `change` says that it is.
fn last_day(taken: &Tree, change: impl Fn(&mut Ends, Sort, Unit) -> bool) -> Option<Tree> {
    let mut tree = taken.clone();
    let Limit::Window {
        due:
            Some(Edge::On(Point::Offset {
                length,
                direction: Direction::Forward,
                ends,
                ..
            })),
        sort,
        ..
    } = &mut tree.limit
    else {
        return None;
    };
    let smallest = length.0.last()?.1;
    change(ends, *sort, smallest).then_some(tree)
}
