//! Reads a calendar file. Never stops at the first fault; each names its place and what to write.
//!
//! ```toml
//! title = "State of California holidays"
//! authority = "Government Code 6700, 6701"
//! level = "state"                    # general (default) national state
//! reviewed_from = 2000               # before it, dates are provisional (optional)
//! reviewed_to = 2030                 # beyond, dates are provisional
//! weekdays_off = ["sunday"]
//! names = ["working", "business"]    # the kinds of day that it names
//!
//! [[holidays]]
//! name = "Veterans Day"
//! day = "November 11"                # or "third Monday of January", "last Monday of May", "2 days before Easter",
//!                                    # "day after fourth Thursday of November", or `days = [2026-02-17, ...]`
//! from = 1978                        # the first and the last year
//! to = 2030
//! observed = { saturday = "friday", sunday = "monday" }
//! authority = "Government Code 6700(a)(12)"
//!
//! [[exceptions]]
//! name = "Winter break"
//! day = 2026-12-24                   # or `first` and `last`
//! off = true                         # false: open, whatever the rest says
//!
//! [pay_periods]                      # or several [[pay_periods]], one after the other, where payroll changed its rule
//! every = "2 weeks"                  # week, 2 weeks, 4 weeks, half month, month; left out: one period from first to last
//! first = 2025-12-20                 # the first day of the first period
//! paid = "7 days after"              # its last day; or a list of days
//! number = "YYNN"                    # as payroll numbers them
//!
//! [[moved_pay_dates]]
//! from = 2026-01-02
//! to = 2025-12-31
//!
//! [fiscal_year]
//! begins = "July 1"
//!
//! [[school_years]]
//! first = 2026-08-17
//! last = 2027-06-04
//! terms = [{ name = "Fall semester", first = 2026-08-17, last = 2026-12-18 }]
//! ```

mod paid;
mod pay_numbers;
mod pay_periods;
mod school_years;
mod values;

use super::{DaySpec, Exception, HolidayCalendar, Level, YearlyRule};
use crate::words;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong in a calendar file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFault {
    /// The bytes of the text that are wrong.
    pub range: Range<usize>,
    /// One phrase.
    pub message: String,
    /// What to write.
    pub help: Option<String>,
}

const KEYS: [&str; 13] = [
    "title",
    "authority",
    "level",
    "reviewed_from",
    "reviewed_to",
    "weekdays_off",
    "names",
    "holidays",
    "exceptions",
    "pay_periods",
    "moved_pay_dates",
    "fiscal_year",
    "school_years",
];
const HOLIDAY_KEYS: [&str; 7] = ["name", "day", "days", "from", "to", "observed", "authority"];
/// The most days between the first and the last of a break: a year. What is longer leaves nothing to move to.
const LONGEST_BREAK: i64 = 366;
const EXCEPTION_KEYS: [&str; 6] = ["name", "day", "first", "last", "off", "authority"];

impl HolidayCalendar {
    /// Reads a calendar file; `id` is its stem.
    ///
    /// # Errors
    /// Every fault, in the order of the file.
    pub fn read(id: &str, text: &str) -> Result<Self, Vec<CalendarFault>> {
        let (document, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(errors.iter().map(|error| not_toml(error, text)).collect());
        }
        let mut reader = Reader::default();
        let calendar = reader.calendar(id, &document);
        reader.faults.sort_by_key(|fault| fault.range.start);
        if reader.faults.is_empty() {
            Ok(calendar)
        } else {
            Err(reader.faults)
        }
    }
}

fn not_toml(error: &toml::de::Error, text: &str) -> CalendarFault {
    CalendarFault {
        range: error.span().unwrap_or(0..text.len().min(1)),
        message: format!("this is no TOML: {}", error.message()),
        help: None,
    }
}

#[derive(Default)]
struct Reader {
    faults: Vec<CalendarFault>,
}

impl Reader {
    fn calendar(&mut self, id: &str, document: &Spanned<DeTable<'_>>) -> HolidayCalendar {
        let table = document.get_ref();
        self.keys(table, &KEYS);
        let title = table.get("title").and_then(|value| self.text(value));
        let authority = table.get("authority").and_then(|value| self.text(value));
        if !table.contains_key("authority") {
            self.fault(
                0..0,
                "a calendar says by which authority its days are off",
                Some("authority = \"MOU article 12\""),
            );
        }
        let mut calendar = HolidayCalendar {
            id: id.to_owned(),
            title: title.unwrap_or_else(|| id.to_owned()),
            authority: authority.unwrap_or_default(),
            level: table
                .get("level")
                .map_or(Level::General, |value| self.level(value)),
            reviewed_from: table
                .get("reviewed_from")
                .and_then(|value| self.year(value)),
            reviewed_to: table.get("reviewed_to").and_then(|value| self.year(value)),
            weekdays_off: table
                .get("weekdays_off")
                .map(|value| self.weekdays(value))
                .unwrap_or_default(),
            names: table
                .get("names")
                .map(|value| self.kinds(value))
                .unwrap_or_default(),
            rules: self.each(table, "holidays", Self::holiday),
            exceptions: self.each(table, "exceptions", Self::exception),
            pay_periods: None,
            fiscal_year: self.fiscal_year(table),
            school_years: self.school_years(table),
        };
        calendar.pay_periods = self.pay_periods(table, &calendar);
        if let (Some(from), Some(to)) = (calendar.reviewed_from, calendar.reviewed_to)
            && let Some(value) = table.get("reviewed_to")
        {
            self.years_in_order(value.span(), from, to);
        }
        let dated = !calendar.rules.is_empty() || !calendar.exceptions.is_empty();
        let pays_on = (calendar.pay_periods.as_ref()).is_some_and(|pay| pay.latest().is_none());
        if (dated || pays_on) && !table.contains_key("reviewed_to") {
            let what = if dated { "holidays" } else { "pay periods" };
            self.fault(
                0..0,
                format!("a calendar with {what} says for which years it was checked"),
                Some("reviewed_to = 2027"),
            );
        }
        calendar
    }

    fn holiday(&mut self, table: &DeTable<'_>, range: &Range<usize>) -> Option<YearlyRule> {
        self.keys(table, &HOLIDAY_KEYS);
        let name = self.name(table, range);
        let day = match (table.get("day"), table.get("days")) {
            (Some(day), None) => self.day_spec(day),
            (None, Some(days)) => self
                .list(days, "days: [2026-02-17, 2027-02-06]", Self::date)
                .map(DaySpec::Listed),
            _ => {
                self.fault(
                    range.clone(),
                    "a holiday has either `day` or `days`",
                    Some("day = \"third Monday of January\""),
                );
                None
            }
        };
        let from = table.get("from").and_then(|value| self.year(value));
        let to = table.get("to").and_then(|value| self.year(value));
        if let (Some(from), Some(to)) = (from, to) {
            let place = table.get("to").map_or(range.clone(), Spanned::span);
            self.years_in_order(place, from, to);
        }
        let observed = table
            .get("observed")
            .map(|value| self.observance(value))
            .unwrap_or_default();
        let authority = table.get("authority").and_then(|value| self.text(value));
        Some(YearlyRule {
            name: name?,
            day: day?,
            from,
            to,
            observed,
            authority,
        })
    }

    fn years_in_order(&mut self, place: Range<usize>, from: i32, to: i32) {
        if to < from {
            self.fault(
                place,
                format!("it ends in {to}, before it begins in {from}"),
                Some("swap the two years, or correct one"),
            );
        }
    }

    fn exception(&mut self, table: &DeTable<'_>, range: &Range<usize>) -> Option<Exception> {
        self.keys(table, &EXCEPTION_KEYS);
        let name = self.name(table, range);
        let authority = table.get("authority").and_then(|value| self.text(value));
        let off = match table.get("off").map(|value| (value, value.get_ref())) {
            None => true,
            Some((_, DeValue::Boolean(off))) => *off,
            Some((value, _)) => {
                self.fault(value.span(), "`off` is true or false", None);
                true
            }
        };
        let days = match (table.get("day"), table.get("first"), table.get("last")) {
            (Some(day), None, None) => self.date(day).map(|day| (day, day)),
            (None, Some(first), Some(last)) => self.date(first).zip(self.date(last)),
            _ => {
                self.fault(
                    range.clone(),
                    "an exception has either `day`, or `first` and `last`",
                    Some("day = 2026-12-24"),
                );
                None
            }
        };
        let (first, last) = days?;
        if last < first {
            self.fault(
                table.get("last").map_or(range.clone(), Spanned::span),
                "it ends before it begins",
                Some("swap `first` and `last`, or correct one"),
            );
        }
        if off && (last - first).num_days() > LONGEST_BREAK {
            self.fault(
                table.get("last").map_or(range.clone(), Spanned::span),
                "a break is no longer than a year",
                Some("correct its first or its last day"),
            );
        }
        Some(Exception {
            first,
            last,
            name: name?,
            authority,
            off,
        })
    }

    fn each<T>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        read: fn(&mut Self, &DeTable<'_>, &Range<usize>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.fault(
                value.span(),
                format!("`{key}` is a list of tables"),
                Some(&format!("[[{key}]]")),
            );
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                Some(table) => all.extend(read(self, table, &item.span())),
                None => self.fault(
                    item.span(),
                    format!("`{key}` is a list of tables"),
                    Some(&format!("[[{key}]]")),
                ),
            }
        }
        all
    }

    fn keys(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let help = words::did_you_mean(name, known.iter().copied())
                .unwrap_or_else(|| format!("the keys here are {}", words::list(known)));
            self.fault(
                key.span(),
                format!("there is no key `{name}` here"),
                Some(&help),
            );
        }
    }

    fn name(&mut self, table: &DeTable<'_>, range: &Range<usize>) -> Option<String> {
        if let Some(value) = table.get("name") {
            return self.text(value);
        }
        self.fault(
            range.clone(),
            "a day off has a name",
            Some("name = \"Labor Day\""),
        );
        None
    }
}
