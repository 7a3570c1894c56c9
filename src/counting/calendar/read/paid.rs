//! Reads when pay periods are paid: `paid = "7 days after"`, `"last working day of the month"`, or a list of days.

use super::Reader;
use crate::counting::calendar::day_words::WEEKDAYS;
use crate::counting::calendar::pay_dates::{IfOff, Paid, PaidOn};
use toml::de::DeTable;

/// The longest time after a period's end that a pay date may be, in days.
const LONGEST: u32 = 62;

impl Reader {
    /// When the periods of a cycle are paid; what it does not say is as `before` it.
    pub(super) fn paid(&mut self, table: &DeTable<'_>, before: Option<&Paid>) -> Option<Paid> {
        let if_off = table.get("if_off").and_then(|value| {
            self.choice(
                value,
                &[("earlier", IfOff::Earlier), ("later", IfOff::Later)],
            )
        });
        let Some(value) = table.get("paid") else {
            if if_off.is_some()
                && before.is_none()
                && let Some(value) = table.get("if_off")
            {
                self.fault(
                    value.span(),
                    "`if_off` goes with `paid`",
                    Some("paid = \"7 days after\""),
                );
            }
            // Days that were listed were for the periods above alone.
            let before = before.filter(|before| !matches!(before.on, PaidOn::Listed(_)))?;
            return Some(Paid {
                on: before.on.clone(),
                if_off: if_off.unwrap_or(before.if_off),
            });
        };
        let on = if value.get_ref().as_array().is_some() {
            let days = self.list(value, "days: [2026-01-16, 2026-01-30]", Self::date)?;
            if days.is_empty() || !days.is_sorted_by(|a, b| a < b) {
                self.fault(
                    value.span(),
                    "pay dates are listed in their order, one for each period from `first` on",
                    Some("paid = [2026-01-16, 2026-01-30]"),
                );
            }
            PaidOn::Listed(days)
        } else {
            let on = value.get_ref().as_str().and_then(paid_on);
            if on.is_none() {
                self.fault(
                    value.span(),
                    "expected when a period is paid",
                    Some(
                        "`7 days after`, `5 working days after`, `the Friday after`, `the last day`, `last day of the \
                         month`, `last working day of the month`, or a list of days",
                    ),
                );
            }
            on?
        };
        Some(Paid {
            on,
            if_off: if_off
                .or_else(|| before.map(|before| before.if_off))
                .unwrap_or_default(),
        })
    }
}

/// A day reckoned from a period's last.
fn paid_on(text: &str) -> Option<PaidOn> {
    let lower = text.to_lowercase();
    let mut words: Vec<&str> = lower
        .split_whitespace()
        .filter(|word| !matches!(*word, "the" | "on" | "first" | "next"))
        .collect();
    // `7 days after its last day`, `7 days after the end of the period`.
    if let Some(after) = words.iter().position(|word| *word == "after") {
        let tail = words.get(after + 1..)?;
        let known = matches!(
            tail,
            [] | ["its" | "period's", "last", "day"]
                | ["end" | "period"]
                | ["its", "end"]
                | ["last", "day"]
                | ["end", "of", "period"]
                | ["period", "ends"]
        );
        if !known {
            return None;
        }
        words.truncate(after + 1);
    }
    Some(match words.as_slice() {
        ["last", "day"] | ["its", "last", "day"] => PaidOn::After(0),
        ["last", "day", "of", "month"] => PaidOn::EndOfMonth,
        ["last", "working" | "business", "day", "of", "month"] => PaidOn::LastOpenOfMonth,
        ["day", "after"] => PaidOn::After(1),
        [number, "day" | "days", "after"] => PaidOn::After(at_most(number, 1)?),
        [number, "week" | "weeks", "after"] => PaidOn::After(at_most(number, 7)?),
        [number, "working" | "business", "day" | "days", "after"] => {
            PaidOn::OpenAfter(at_most(number, 1)?)
        }
        [weekday, "after"] => PaidOn::Weekday(
            WEEKDAYS
                .iter()
                .find(|(name, _)| name == weekday)
                .map(|(_, weekday)| *weekday)?,
        ),
        _ => return None,
    })
}

/// A number of units of so many days.
fn at_most(number: &str, days: u32) -> Option<u32> {
    let number: u32 = number.parse().ok()?;
    number
        .checked_mul(days)
        .filter(|days| (1..=LONGEST).contains(days))
}
