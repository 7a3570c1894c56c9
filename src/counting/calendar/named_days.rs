//! Holidays and breaks by their names: on which days of a year a calendar has them.

use super::HolidayCalendar;
use super::yearly::YearlyRule;
use chrono::{Datelike, NaiveDate};

/// A holiday or a break of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::counting) struct NamedDays {
    pub(in crate::counting) name: String,
    pub(in crate::counting) first: NaiveDate,
    pub(in crate::counting) last: NaiveDate,
    pub(in crate::counting) authority: String,
}

impl HolidayCalendar {
    /// The holiday or break of one of these names that begins in a year; the day itself, not one on which it is observed.
    pub(in crate::counting) fn named_days(&self, names: &[&str], year: i32) -> Option<NamedDays> {
        let called = |name: &str| {
            let name = plain(name);
            names.iter().any(|wanted| *wanted == name)
        };
        let break_ = self
            .exceptions
            .iter()
            .find(|exception| {
                exception.off && exception.first.year() == year && called(&exception.name)
            })
            .map(|exception| NamedDays {
                name: exception.name.clone(),
                first: exception.first,
                last: exception.last,
                authority: exception
                    .authority
                    .clone()
                    .unwrap_or_else(|| self.authority.clone()),
            });
        break_.or_else(|| {
            self.rules
                .iter()
                .filter(|rule| called(&rule.name))
                .find_map(|rule| Some(self.of_rule(rule, rule.own_day(year)?)))
        })
    }

    /// Whether it has a holiday or a break of one of these names at all.
    pub(in crate::counting) fn knows_days(&self, names: &[&str]) -> bool {
        let called = |name: &str| names.contains(&plain(name).as_str());
        self.rules.iter().any(|rule| called(&rule.name))
            || self
                .exceptions
                .iter()
                .any(|exception| exception.off && called(&exception.name))
    }

    fn of_rule(&self, rule: &YearlyRule, day: NaiveDate) -> NamedDays {
        NamedDays {
            name: rule.name.clone(),
            first: day,
            last: day,
            authority: rule
                .authority
                .clone()
                .unwrap_or_else(|| self.authority.clone()),
        }
    }
}

/// A name in lower case without `the`, `dr.`, apostrophes, commas and what stands in brackets.
fn plain(name: &str) -> String {
    let before_bracket = name.split('(').next().unwrap_or_default();
    let kept: String = before_bracket
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\'' | '\u{2019}' | '.' | ','))
        .collect();
    kept.split_whitespace()
        .filter(|word| !matches!(*word, "the" | "dr" | "jr"))
        .collect::<Vec<_>>()
        .join(" ")
}
