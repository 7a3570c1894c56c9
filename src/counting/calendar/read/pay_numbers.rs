//! Reads how payroll numbers its periods: `number`, `number_year` and `first_number`.

use super::Reader;
use crate::counting::calendar::HolidayCalendar;
use crate::counting::calendar::pay_periods::{NumberYear, Numbering, PayPeriods};
use crate::words;
use chrono::Datelike;
use std::ops::Range;
use toml::de::DeTable;

impl Reader {
    /// How the periods of a cycle are numbered; what it does not say of that is as in the cycle before it.
    pub(super) fn numbering(
        &mut self,
        table: &DeTable<'_>,
        before: Option<&Numbering>,
    ) -> Option<Numbering> {
        let pattern = table.get("number").map(|value| {
            let pattern = self.text(value).unwrap_or_default();
            let sound = pattern.contains('N')
                && pattern
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | ' ' | '.'));
            if !sound {
                self.fault(
                    value.span(),
                    "a pay period's number has `NN` for the number, and may have `YY` or `YYYY` for the year",
                    Some("number = \"YYNN\""),
                );
            }
            pattern
        });
        let year = table.get("number_year").and_then(|value| {
            self.choice(
                value,
                &[
                    ("last_day", NumberYear::LastDay),
                    ("first_day", NumberYear::FirstDay),
                    ("pay_date", NumberYear::PayDate),
                ],
            )
        });
        let first = table.get("first_number").and_then(|value| {
            let number = super::values::integer(value.get_ref())
                .and_then(|number| u32::try_from(number).ok())
                .filter(|number| (1..=53).contains(number));
            if number.is_none() {
                self.fault(
                    value.span(),
                    "expected a number of 1 to 53",
                    Some("first_number = 1"),
                );
            }
            number
        });
        if pattern.is_none() && before.is_none() {
            for key in ["number_year", "first_number"] {
                if let Some(value) = table.get(key) {
                    self.fault(
                        value.span(),
                        format!("`{key}` goes with `number`"),
                        Some("number = \"YYNN\""),
                    );
                }
            }
            return None;
        }
        Some(Numbering {
            pattern: pattern.or_else(|| Some(before?.pattern.clone()))?,
            year: year
                .or_else(|| before.map(|before| before.year))
                .unwrap_or(NumberYear::LastDay),
            first,
        })
    }

    /// Payroll's numbers are certain from the first period on, and each is one period's alone.
    pub(super) fn certain_numbers(
        &mut self,
        index: usize,
        range: &Range<usize>,
        pay: &PayPeriods,
        calendar: &HolidayCalendar,
    ) {
        let Some((cycle, numbering)) = pay
            .cycles
            .get(index)
            .and_then(|cycle| Some((cycle, cycle.number.as_ref()?)))
        else {
            return;
        };
        let begins_there = index
            .checked_sub(1)
            .and_then(|before| pay.cycles.get(before))
            .is_none_or(|before| before.number.is_none());
        if numbering.first.is_none()
            && begins_there
            && !pay.begins_its_year(index, numbering.year, calendar)
        {
            self.fault(
                range.clone(),
                format!(
                    "the period that begins on {} is not the first of its year",
                    words::day(cycle.first)
                ),
                Some("first_number = 14, as payroll numbers it; or `first` of the year's first period"),
            );
        }
        let two_digits = numbering.pattern.contains("YY") && !numbering.pattern.contains("YYYY");
        let to = pay
            .latest()
            .map(|latest| latest.last.year())
            .or(calendar.reviewed_to);
        if two_digits && to.is_some_and(|to| to - cycle.first.year() >= 100) {
            self.fault(
                range.clone(),
                "two digits of a year name it no longer where the periods run over a century",
                Some("number = \"YYYYNN\""),
            );
        }
    }
}
