//! What a phrase asks of the counting: kinds of day that a calendar must name.

use super::tree::{DayIn, Every, Limit, Point, Span};
use super::{Phrase, Refusal};
use crate::counting::{Bound, Counting, CountingFault, DayKind, Direction, Length, Unit};
use crate::rules::day_kind_not_defined;
use chrono::NaiveDate;
use std::ops::Range;

/// The faults of a phrase under a counting: days of a kind that no calendar names, pay periods that none lists. One for
/// each kind, at the words of its unit.
pub fn check_counting(phrase: &Phrase, counting: &Counting) -> Vec<Refusal> {
    let mut asked = Asked::default();
    asked.limit(&phrase.tree.limit);
    let kinds = asked
        .kinds
        .iter()
        .filter_map(|kind| Some((*kind, missing(*kind, counting)?)))
        .map(|(kind, fault)| Refusal {
            rule: &day_kind_not_defined::RULE,
            range: words_of(&phrase.words, kind.word()),
            message: fault.to_string(),
            help: fault.help(),
        });
    let pay = asked.pay_periods.then(|| Refusal {
        rule: &day_kind_not_defined::RULE,
        range: words_of(&phrase.words, "pay"),
        message: "no calendar says when pay periods begin".to_owned(),
        help: Some("write the day that is meant, and the words in `reading`".to_owned()),
    });
    kinds.chain(pay).collect()
}

/// Why days of that kind cannot be counted.
fn missing(kind: DayKind, counting: &Counting) -> Option<CountingFault> {
    let length = Length(vec![(1, Unit::Open(kind))]);
    counting
        .count(
            NaiveDate::default(),
            &length,
            Direction::Forward,
            Bound::Limit,
        )
        .err()
}

#[derive(Default)]
struct Asked {
    kinds: Vec<DayKind>,
    pay_periods: bool,
}

impl Asked {
    fn kind(&mut self, kind: DayKind) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
    }

    fn length(&mut self, length: &Length) {
        for (_, unit) in &length.0 {
            if let Unit::Open(kind) = unit {
                self.kind(*kind);
            }
        }
    }

    fn day(&mut self, day: DayIn) {
        if let DayIn::Open(_, kind) = day {
            self.kind(kind);
        }
    }

    fn limit(&mut self, limit: &Limit) {
        if let Limit::During { span, .. } = limit {
            self.span(span);
        }
        if let Limit::Several(limits) = limit {
            for limit in limits {
                self.limit(limit);
            }
        }
        if let Limit::Recurs(recurrence) = limit {
            match &recurrence.every {
                Every::On(length) | Every::Within(length) => self.length(length),
                Every::DayOfMonths { day, .. } | Every::DayOfEach { day, .. } => self.day(*day),
                Every::Yearly { each, .. } => {
                    for limit in each {
                        self.limit(limit);
                    }
                }
                Every::Around { each, of } => {
                    for limit in each {
                        self.limit(limit);
                    }
                    self.limit(&Limit::Recurs((**of).clone()));
                }
                Every::Each(period) => self.pay_periods |= *period == super::Period::PayPeriod,
                Every::HalfMonth | Every::Weekday { .. } | Every::Anniversary => {}
            }
        }
        let mut lengths = Vec::new();
        let mut days = Vec::new();
        let mut pay = false;
        limit.visit(&mut |point| match point {
            Point::Offset { length, .. } => lengths.push(length.clone()),
            Point::DayOf { day, span } => {
                days.push(*day);
                pay |= is_pay(span);
            }
            _ => {}
        });
        self.pay_periods |= pay;
        for length in &lengths {
            self.length(length);
        }
        for day in days {
            self.day(day);
        }
    }

    fn span(&mut self, span: &Span) {
        self.pay_periods |= is_pay(span);
    }
}

fn is_pay(span: &Span) -> bool {
    matches!(
        span,
        Span::NthPeriod { .. }
            | Span::Holding {
                unit: super::Period::PayPeriod,
                ..
            }
    )
}

/// The bytes of the first word that names a unit; of the whole phrase, where it is called otherwise.
fn words_of(words: &str, unit: &str) -> Range<usize> {
    let lower = words.to_ascii_lowercase();
    let Some(start) = lower.find(unit.trim_end_matches("ing")) else {
        return 0..words.len();
    };
    let rest = lower.get(start..).unwrap_or_default();
    let day = rest.find("day").unwrap_or_default();
    let ending = rest
        .get(day..)
        .unwrap_or_default()
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .count();
    start..start + day + ending
}
