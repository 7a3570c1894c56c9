//! What a phrase asks of the counting: kinds of day that a calendar must name, periods that one must list.

mod own_calendars;

pub use own_calendars::check_listed;

use super::tree::{DayIn, Every, Limit, Point};
use super::{Phrase, Refusal};
use crate::counting::{Counting, DayKind, Length, Unit};
use crate::rules::day_kind_not_defined;
use std::ops::Range;

/// The faults of a phrase under a counting: days of a kind that no calendar names, pay periods that none lists. One for
/// each kind, at the words of its unit.
pub fn check_counting(phrase: &Phrase, counting: &Counting) -> Vec<Refusal> {
    let mut asked = Asked::default();
    asked.limit(&phrase.tree.limit);
    let kinds = asked
        .kinds
        .iter()
        .filter_map(|kind| Some((*kind, counting.can_count(*kind).err()?)))
        .map(|(kind, fault)| Refusal {
            rule: &day_kind_not_defined::RULE,
            range: words_of(&phrase.words, kind.word()),
            message: fault.to_string(),
            help: fault.help(),
        });
    kinds
        .chain(own_calendars::missing(phrase, counting))
        .collect()
}

#[derive(Default)]
struct Asked {
    kinds: Vec<DayKind>,
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
                Every::Each(_) | Every::HalfMonth | Every::Weekday { .. } | Every::Anniversary => {}
            }
        }
        let mut lengths = Vec::new();
        let mut days = Vec::new();
        limit.visit(&mut |point| match point {
            Point::Offset { length, .. } => lengths.push(length.clone()),
            Point::DayOf { day, .. } => days.push(*day),
            _ => {}
        });
        for length in &lengths {
            self.length(length);
        }
        for day in days {
            self.day(day);
        }
    }
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
