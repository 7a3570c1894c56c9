//! `[remind]`: how reminders are sent, in the settings, in an agreement and in an obligation.

use super::Reader;
use crate::agreement::Remind;
use crate::diagnostic::Findings;
use crate::rules::malformed_lead_time;
use crate::table::{Table, Value};

/// Reminders go out at most so many days before or after a day: ten years.
const MOST_DAYS: u32 = 3_660;

/// More reminders than this about one last day are none that anybody reads.
const MOST_REMINDERS: u32 = 100;

impl Reader<'_> {
    /// What the table under `remind` sets; nothing where it is not there.
    pub(super) fn remind(&self, table: &Table<'_>) -> Remind {
        let Some(inner) = table.table("remind", "the table of reminders") else {
            return Remind::default();
        };
        let mut remind = remind(&inner, self.findings);
        remind.to = self.some_parties(&inner, "to");
        inner.finish();
        remind
    }
}

/// The keys that stand in every table of reminders.
pub fn remind(table: &Table<'_>, findings: &Findings) -> Remind {
    let days = |text: Value<&str>| {
        let days = lead_time(text.value);
        if days.is_none() {
            findings.report(malformed_lead_time::fault(text.span, text.value, MOST_DAYS));
        }
        days
    };
    Remind {
        before: table.text_or_texts("before").and_then(|texts| {
            let is_none = texts.is_empty();
            let sound: Vec<u32> = texts.into_iter().filter_map(days).collect();
            // An empty list asks for no reminders; one in which nothing can be read asks for nothing at all.
            (is_none || !sound.is_empty()).then_some(sound)
        }),
        overdue_every: table.text("overdue_every").and_then(days),
        overdue_times: table
            .number("overdue_times", 0..=MOST_REMINDERS)
            .map(|n| n.value),
        escalate_after: table.text("escalate_after").and_then(days),
        to: None,
    }
}

/// `30 days`, `1 day`, `2 weeks` in days.
fn lead_time(words: &str) -> Option<u32> {
    let mut words = words.split_whitespace();
    let number: u32 = words.next()?.parse().ok()?;
    let days = match words.next()? {
        "day" | "days" => number,
        "week" | "weeks" => number.checked_mul(7)?,
        _ => return None,
    };
    (words.next().is_none() && (1..=MOST_DAYS).contains(&days)).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::lead_time;

    #[test]
    fn days_and_weeks_are_lead_times() {
        assert_eq!(lead_time("30 days"), Some(30));
        assert_eq!(lead_time("1 day"), Some(1));
        assert_eq!(lead_time("2 weeks"), Some(14));
        for wrong in [
            "",
            "30",
            "days",
            "0 days",
            "a month",
            "30 days before",
            "99999 days",
        ] {
            assert_eq!(lead_time(wrong), None, "{wrong}");
        }
    }
}
