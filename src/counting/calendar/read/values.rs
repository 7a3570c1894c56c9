//! Reads single values of a calendar file: words, years, days, weekdays, days of the year.

use super::{CalendarFault, Reader};
use crate::counting::DayKind;
use crate::counting::calendar::day_words::{self, WEEKDAYS};
use crate::counting::calendar::{DaySpec, Level, Observance};
use crate::words;
use chrono::{NaiveDate, Weekday};
use std::ops::Range;
use toml::Spanned;
use toml::de::DeValue;

/// The years that a calendar may speak of.
const YEARS: std::ops::RangeInclusive<i64> = 1..=9999;

type Value<'a> = Spanned<DeValue<'a>>;

pub(super) fn integer(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

impl Reader {
    pub(super) fn text(&mut self, value: &Value<'_>) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            _ => {
                self.fault(value.span(), "expected words in quotes", None);
                None
            }
        }
    }

    pub(super) fn year(&mut self, value: &Value<'_>) -> Option<i32> {
        let year = integer(value.get_ref())
            .filter(|year| YEARS.contains(year))
            .and_then(|year| i32::try_from(year).ok());
        if year.is_none() {
            self.fault(value.span(), "expected a year", Some("2027"));
        }
        year
    }

    pub(super) fn date(&mut self, value: &Value<'_>) -> Option<NaiveDate> {
        let date = value
            .get_ref()
            .as_datetime()
            .filter(|datetime| datetime.time.is_none())
            .and_then(|datetime| datetime.date)
            .and_then(|date| {
                NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
            });
        if date.is_none() {
            self.fault(
                value.span(),
                "expected a day without quotes",
                Some("2026-12-24"),
            );
        }
        date
    }

    pub(super) fn level(&mut self, value: &Value<'_>) -> Level {
        let levels = [
            ("general", Level::General),
            ("national", Level::National),
            ("state", Level::State),
        ];
        self.choice(value, &levels).unwrap_or(Level::General)
    }

    pub(super) fn weekdays(&mut self, value: &Value<'_>) -> Vec<Weekday> {
        let weekdays = self
            .list(
                value,
                "weekdays: [\"saturday\", \"sunday\"]",
                |reader, item| reader.choice(item, &WEEKDAYS),
            )
            .unwrap_or_default();
        if WEEKDAYS.iter().all(|(_, day)| weekdays.contains(day)) {
            self.fault(
                value.span(),
                "every day of the week is off, so none is ever open",
                Some("weekdays_off = [\"saturday\", \"sunday\"]"),
            );
        }
        weekdays
    }

    pub(super) fn kinds(&mut self, value: &Value<'_>) -> Vec<DayKind> {
        let kinds = DayKind::ALL.map(|kind| (kind.word(), kind));
        self.list(value, "kinds of day: [\"working\"]", |reader, item| {
            if matches!(item.get_ref().as_str(), Some("student" | "instructional")) {
                reader.fault(
                    item.span(),
                    "student and instructional days are school days",
                    Some("names = [\"school\"]"),
                );
                return None;
            }
            reader.choice(item, &kinds)
        })
        .unwrap_or_default()
    }

    pub(super) fn observance(&mut self, value: &Value<'_>) -> Observance {
        let mut observed = Observance::default();
        let Some(table) = value.get_ref().as_table() else {
            self.fault(
                value.span(),
                "`observed` says for a weekday on which other one it is observed",
                Some("observed = { saturday = \"friday\", sunday = \"monday\" }"),
            );
            return observed;
        };
        self.keys(table, &["saturday", "sunday"]);
        if let Some(day) = table.get("saturday") {
            let choice = self.choice(day, &[("friday", true), ("monday", false)]);
            observed.saturday_on_friday = choice == Some(true);
            observed.saturday_on_monday = choice == Some(false);
        }
        if let Some(day) = table.get("sunday") {
            observed.sunday_on_monday = self.choice(day, &[("monday", ())]).is_some();
        }
        observed
    }

    pub(super) fn day_spec(&mut self, value: &Value<'_>) -> Option<DaySpec> {
        let spec = value.get_ref().as_str().and_then(day_words::parse);
        if spec.is_none() {
            self.fault(
                value.span(),
                "expected a day of the year",
                Some(
                    "`January 1`, `third Monday of January`, `last Monday of May`, `2 days before Easter`, \
                     `day after fourth Thursday of November`",
                ),
            );
        }
        spec
    }

    pub(super) fn list<T>(
        &mut self,
        value: &Value<'_>,
        what: &str,
        read: impl Fn(&mut Self, &Value<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Some(items) = value.get_ref().as_array() else {
            self.fault(value.span(), format!("expected a list of {what}"), None);
            return None;
        };
        Some(items.iter().filter_map(|item| read(self, item)).collect())
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        value: &Value<'_>,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let word = value.get_ref().as_str().unwrap_or_default();
        let found = choices.iter().find(|(name, _)| *name == word);
        if found.is_none() {
            let help = words::did_you_mean(word, choices.iter().map(|(name, _)| *name));
            self.fault(
                value.span(),
                format!(
                    "expected {}",
                    words::either(choices.iter().map(|(name, _)| format!("`{name}`")))
                ),
                help.as_deref(),
            );
        }
        found.map(|(_, choice)| *choice)
    }

    pub(super) fn fault(
        &mut self,
        range: Range<usize>,
        message: impl Into<String>,
        help: Option<&str>,
    ) {
        self.faults.push(CalendarFault {
            range,
            message: message.into(),
            help: help.map(str::to_owned),
        });
    }
}
