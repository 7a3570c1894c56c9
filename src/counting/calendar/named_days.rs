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
    /// The holidays and breaks of one of these names that begin in a year, breaks first; the days themselves, not those on
    /// which they are observed.
    pub(in crate::counting) fn named_days(
        &self,
        names: &[&str],
        year: i32,
    ) -> impl Iterator<Item = NamedDays> {
        let called = move |name: &str| names.contains(&plain(name).as_str());
        let breaks = self
            .exceptions
            .iter()
            .filter(move |exception| {
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
        let holidays = self
            .rules
            .iter()
            .filter(move |rule| called(&rule.name))
            .filter_map(move |rule| Some(self.of_rule(rule, rule.own_day(year)?)));
        breaks.chain(holidays)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_listed_twice_in_a_year_is_found_twice() {
        let text = r#"
authority = "resolution of the board"
reviewed_to = 2027
[[holidays]]
name = "Columbus Day"
day = "second Monday of October"
[[exceptions]]
name = "Columbus Day"
day = 2026-10-09
"#;
        let calendar = HolidayCalendar::read("district", text).unwrap();
        let days = |year| {
            calendar
                .named_days(&["columbus day"], year)
                .map(|found| found.first.to_string())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(days(2026), "2026-10-09 2026-10-12");
        assert_eq!(days(2027), "2027-10-11");
    }
}
