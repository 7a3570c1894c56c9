//! What a phrase asks of an office's own calendars: pay periods, school years, terms, holidays by their names.

use crate::counting::{Counting, OwnUnit};
use crate::language::named_days::{is_one_day, names_of};
use crate::language::tree::{Every, Limit, Period, Span, WhichTerm};
use crate::language::{Called, Phrase, Refusal, Remark, print};
use crate::rules::{
    ambiguous_phrase, day_kind_not_defined, listed_in_two_calendars, period_not_listed,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::ops::Range;

/// Periods and days that no calendar of a counting lists at all, each at the words that name it.
pub(super) fn missing(phrase: &Phrase, counting: &Counting) -> Vec<Refusal> {
    let periods = own_periods(phrase)
        .into_iter()
        .filter(|unit| !matches!(unit, OwnUnit::FiscalYear | OwnUnit::SchoolYear))
        .filter(|unit| counting.calendar_of(*unit).is_none())
        .map(|unit| Refusal {
            rule: &day_kind_not_defined::RULE,
            range: words_of_unit(&phrase.words, unit),
            message: unit.no_calendar().to_string(),
            help: Some(format!(
                "list them in a calendar of the office, with {}, and name it in `days_off`; or write the day that is meant",
                unit.key()
            )),
        });
    let twice = own_periods(phrase).into_iter().filter_map(|unit| {
        Some(Refusal {
            rule: &listed_in_two_calendars::RULE,
            range: words_of_unit(&phrase.words, unit),
            message: counting.listed_twice(unit)?,
            help: Some("name the one that the agreement means in `days_off`".to_owned()),
        })
    });
    let named = named(phrase)
        .into_iter()
        .filter(|name| !counting.knows_days(names_of(name)) && !is_summer(name, counting))
        .map(|name| Refusal {
            rule: &day_kind_not_defined::RULE,
            range: words_of_name(&phrase.words, name),
            message: format!("no calendar in `days_off` lists {name}"),
            help: Some(format!(
                "name a calendar that has it, such as days_off = [\"{}\"]; or write the day that is meant",
                if is_one_day(name) { "us_federal" } else { "school_days" }
            )),
        });
    periods.chain(twice).chain(named).collect()
}

/// What a phrase names that the calendars of a counting do not list, or not so far: a school year of years to come, a pay
/// period of a number that there is not, a fiscal year that nobody says the beginning of.
pub fn check_listed(phrase: &Phrase, counting: &Counting) -> Vec<Remark> {
    let mut all: Vec<Remark> = own_periods(phrase)
        .into_iter()
        .filter(|unit| matches!(unit, OwnUnit::FiscalYear | OwnUnit::SchoolYear))
        .filter(|unit| counting.calendar_of(*unit).is_none())
        .map(|unit| Remark {
            rule: &ambiguous_phrase::RULE,
            range: words_of_unit(&phrase.words, unit),
            message: format!("{}: read as July 1 to June 30", unit.no_calendar()),
            help: Some(format!(
                "say it in a calendar of the office, with {}, and name that in `days_off`",
                unit.key()
            )),
        })
        .collect();
    phrase.tree.limit.visit_spans(&mut |span| {
        let Some((unit, what)) = not_listed(span, counting) else {
            return;
        };
        let Some(calendar) = counting.calendar_of(unit) else {
            return;
        };
        all.push(Remark {
            rule: &period_not_listed::RULE,
            range: words_of_unit(&phrase.words, unit),
            message: format!("`{}` does not list {what}", calendar.id),
            help: Some("list it there as soon as it is known; until then it has no day".to_owned()),
        });
    });
    all.extend(not_compared(phrase, counting));
    all.dedup();
    all
}

/// What days are called beside them where no calendar says which day that is.
fn not_compared(phrase: &Phrase, counting: &Counting) -> Vec<Remark> {
    let listed = |called: &Called| {
        let mut listed = true;
        Limit::Several(called.points.iter().cloned().map(Limit::On).collect()).visit_spans(
            &mut |span| {
                let (Span::Holding { unit, .. }
                | Span::Year(unit, _)
                | Span::NthPeriod { unit, .. }) = span
                else {
                    return;
                };
                listed &= unit
                    .own_unit()
                    .is_none_or(|unit| counting.calendar_of(unit).is_some());
            },
        );
        listed
    };
    let unknown = phrase.called.iter().filter(|called| !listed(called));
    unknown
        .map(|called| Remark {
            rule: &ambiguous_phrase::RULE,
            range: called.range.clone(),
            message: Called::NOT_COMPARED.to_owned(),
            help: Some(Called::LEAVE_OUT.to_owned()),
        })
        .collect()
}

/// What a stretch names and its calendar does not list.
fn not_listed(span: &Span, counting: &Counting) -> Option<(OwnUnit, String)> {
    let lists = |unit: OwnUnit, year: i32| {
        counting
            .calendar_of(unit)
            .is_none_or(|calendar| calendar.year_beginning_in(unit, year).is_some())
    };
    match span {
        Span::Year(period, year) => {
            let unit = period.own_unit()?;
            (!lists(unit, *year)).then(|| (unit, print::stretch(span)))
        }
        Span::PayPeriodNumber { number, year } => {
            let unit = OwnUnit::PayPeriod;
            let calendar = counting.calendar_of(unit)?;
            calendar
                .pay_period_numbered(*number, *year, NaiveDate::MIN)
                .is_none()
                .then(|| (unit, print::stretch(span)))
        }
        Span::Term {
            which: WhichTerm::Season(season),
            kind,
            of: Some(of),
        } => {
            let Span::Year(Period::Year, year) = **of else {
                return None;
            };
            counting
                .calendar_of_season(*season, *kind)?
                .term_of(*season, *kind, Some(year), NaiveDate::MIN)
                .is_none()
                .then(|| (OwnUnit::Term(*kind), print::stretch(span)))
        }
        _ => None,
    }
}

/// The periods of an office's own calendars that a phrase speaks of. A pay date that is named by its day needs none.
fn own_periods(phrase: &Phrase) -> BTreeSet<OwnUnit> {
    let mut units = BTreeSet::new();
    phrase.tree.limit.visit_spans(&mut |span| {
        units.extend(match span {
            Span::Holding {
                unit: Period::PayDate,
                shift: 0,
                ..
            } => None,
            Span::NthPeriod { unit, .. } | Span::Holding { unit, .. } | Span::Year(unit, _) => {
                unit.own_unit()
            }
            Span::PayPeriodNumber { .. } => Some(OwnUnit::PayPeriod),
            Span::Term { kind, .. } => Some(OwnUnit::Term(*kind)),
            _ => None,
        });
    });
    series_of(&phrase.tree.limit, &mut |every| {
        if let Every::Each(period) | Every::DayOfEach { period, .. } = every {
            units.extend(period.own_unit());
        }
    });
    units
}

/// The holidays and breaks that a phrase names.
fn named(phrase: &Phrase) -> Vec<&'static str> {
    let mut names = Vec::new();
    phrase.tree.limit.visit_spans(&mut |span| {
        if let Span::Named { name, .. } = span
            && !names.contains(name)
        {
            names.push(*name);
        }
    });
    names
}

/// Between two school years there is a summer break, whether it is listed or not.
fn is_summer(name: &str, counting: &Counting) -> bool {
    name == "summer break" && counting.calendar_of(OwnUnit::SchoolYear).is_some()
}

/// How whatever recurs in a limit does so.
fn series_of(limit: &Limit, see: &mut dyn FnMut(&Every)) {
    match limit {
        Limit::Recurs(recurrence) => {
            see(&recurrence.every);
            match &recurrence.every {
                Every::Around { each, of } => {
                    for limit in each {
                        series_of(limit, see);
                    }
                    series_of(&Limit::Recurs((**of).clone()), see);
                }
                Every::Yearly { each, .. } => {
                    for limit in each {
                        series_of(limit, see);
                    }
                }
                _ => {}
            }
        }
        Limit::Several(limits) => limits.iter().for_each(|limit| series_of(limit, see)),
        _ => {}
    }
}

/// The bytes of the first word that names a period.
fn words_of_unit(words: &str, unit: OwnUnit) -> Range<usize> {
    let first: &[&str] = match unit {
        OwnUnit::PayPeriod | OwnUnit::PayDate => &["pay", "pp"],
        OwnUnit::FiscalYear => &["fiscal", "fy", "budget", "biennium"],
        OwnUnit::SchoolYear => &["school", "academic", "sy"],
        OwnUnit::Term(kind) => &[kind.word()],
    };
    first
        .iter()
        .find_map(|word| at_word(words, word))
        .unwrap_or(0..words.len())
}

/// The bytes of the first word of a name.
fn words_of_name(words: &str, name: &str) -> Range<usize> {
    let first = name.split([' ', '\'']).next().unwrap_or_default();
    at_word(words, &first.to_lowercase()).unwrap_or(0..words.len())
}

/// The word that begins so.
fn at_word(words: &str, beginning: &str) -> Option<Range<usize>> {
    let lower = words.to_ascii_lowercase();
    let start = lower.find(beginning)?;
    let rest = lower.get(start..)?;
    let length = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    Some(start..start + length)
}
