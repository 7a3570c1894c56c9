//! What is owed, with every date, how it was counted and what was recorded about it.

use super::super::letter::Letter;
use super::super::looks::Look;
use super::super::row::{Counted, Material, Row};
use super::super::text::shown;
use super::super::visible::VisibleAgreement;
use super::super::wording::Said;
use crate::agreement::Obligation;
use crate::schedule::Occurrence;
use crate::words::count;
use chrono::NaiveDate;

/// One thing that is owed, or one of the agreement's own days.
#[derive(serde::Serialize)]
pub(super) struct Owed {
    /// The obligation as the pages show it; `None` for the agreement's own days.
    row: Option<Row>,
    /// What an own day is called.
    title: String,
    dates: Vec<Date>,
    /// `9 later dates`: how many are left out, where any are.
    later: Option<String>,
}

/// One date of it.
#[derive(serde::Serialize)]
struct Date {
    look: Look,
    said: Said,
    /// Which of an event that repeats.
    #[serde(rename = "for")]
    for_words: Option<String>,
    counted: Counted,
    /// Whether it was counted as the one before it, and only what differs is told.
    as_before: bool,
    /// The entries about it.
    entries: Vec<u64>,
}

/// The agreement's own days, then each obligation in the order of the file.
pub(super) fn owed(
    of: &VisibleAgreement<'_>,
    letter: &Letter,
    material: &Material<'_>,
    today: NaiveDate,
) -> Vec<Owed> {
    let mut owed = Vec::new();
    let days = material.days.get(&of.agreement.id);
    if let Some(effective) = days.and_then(|days| days.effective.as_ref()) {
        let expected = if effective.projected {
            "expected on "
        } else {
            ""
        };
        owed.push(Owed {
            row: None,
            title: "When the agreement takes effect".to_owned(),
            dates: vec![Date {
                look: if effective.day <= today {
                    Look::Done
                } else {
                    Look::Ahead
                },
                said: Said::words(material.language, expected).day(effective.day),
                for_words: None,
                counted: material.account(of, &effective.steps, &[], &[], None),
                as_before: false,
                entries: Vec::new(),
            }],
            later: None,
        });
    }
    let (own_dates, later) = dates(of, &of.agreement.term, material, today);
    if !own_dates.is_empty() {
        owed.push(Owed {
            row: None,
            title: "When the agreement ends".to_owned(),
            dates: own_dates,
            later,
        });
    }
    for (obligation, row) in of.obligations.iter().zip(&letter.rows) {
        let (dates, later) = dates(of, obligation, material, today);
        owed.push(Owed {
            row: Some(row.clone()),
            title: row.title.clone(),
            dates,
            later,
        });
    }
    owed
}

/// Every date whose day has come, and the next; and how many are later than that.
fn dates(
    of: &VisibleAgreement<'_>,
    obligation: &Obligation,
    material: &Material<'_>,
    today: NaiveDate,
) -> (Vec<Date>, Option<String>) {
    let occurrences = material
        .occurrences
        .get(of.agreement.id.as_str(), obligation.id.as_str());
    let is_series = occurrences.len() > 1;
    let is_later =
        |o: &Occurrence| o.opens.or(o.due).is_some_and(|day| day > today) && o.entries.is_empty();
    let mut dates = Vec::new();
    let mut before = Counted::default();
    let mut later = 0_usize;
    for occurrence in occurrences {
        if is_series && is_later(occurrence) {
            later += 1;
            if later > 1 {
                continue;
            }
        }
        let counted = material.counted(of, occurrence);
        let rest = counted.after(&before);
        before = counted.clone();
        dates.push(Date {
            look: material.look(of, obligation, occurrence),
            said: material.one_day(of, obligation, occurrence),
            for_words: occurrence.for_words.as_deref().map(shown),
            as_before: rest.is_some(),
            counted: rest.unwrap_or(counted),
            entries: entries(occurrence, of, material),
        });
    }
    let left_out = later.saturating_sub(1);
    (dates, (left_out > 0).then(|| count(left_out, "later date")))
}

/// The entries about an occurrence that are shown.
fn entries(
    occurrence: &Occurrence,
    of: &VisibleAgreement<'_>,
    material: &Material<'_>,
) -> Vec<u64> {
    let numbers = occurrence.entries.iter().copied();
    numbers
        .filter(|number| {
            let entry = material.entries.get(number);
            entry.is_some_and(|entry| entry.agreement == of.agreement.id)
        })
        .collect()
}
