//! Who has said what about an occurrence so far.

use super::super::log::Shown;
use crate::agreement::Agreement;
use crate::office::Office;
use crate::record::{Entry, EntryKind, Record};
use crate::schedule::{Occurrence, State};
use crate::words;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What was recorded, in a period of an agreement's own term, of whether it goes on: that is under other names than its end.
fn of_its_end(
    office: &Office,
    agreement: &Agreement,
    record: &Record,
    o: &Occurrence,
) -> BTreeSet<u64> {
    let mut found = BTreeSet::new();
    if o.obligation != agreement.term.id {
        return found;
    }
    let entered = |entry: &Entry| {
        let at = entry.at.with_timezone(&office.settings.zone);
        entry.on.unwrap_or_else(|| at.date_naive())
    };
    let is_in_it = |day: NaiveDate| {
        o.begins.is_none_or(|begins| begins <= day) && o.due.is_none_or(|due| day <= due)
    };
    for entry in record.standing() {
        let is_of_its_end = matches!(entry.subject.as_deref(), None | Some("renewal" | "notice"));
        let decides = entry.kind.is_act() || entry.kind == EntryKind::Notice;
        let answers = entry.entry.is_some_and(|number| found.contains(&number));
        let is_said = is_of_its_end && decides && is_in_it(entered(entry));
        if entry.agreement == agreement.id && (is_said || answers) {
            found.insert(entry.number);
        }
    }
    found
}

/// Who has said what about it so far.
pub(super) fn recorded(
    office: &Office,
    agreement: &Agreement,
    record: &Record,
    o: &Occurrence,
    today: NaiveDate,
) -> String {
    let of_its_end = of_its_end(office, agreement, record, o);
    let about = Shown::of(office, record, today, |entry| {
        let is_of_it = o.entries.binary_search(&entry.number).is_ok();
        entry.agreement == agreement.id && (is_of_it || of_its_end.contains(&entry.number))
    });
    if about.is_empty() {
        return String::new();
    }
    let mut text = "\nRecorded:\n".to_owned();
    for shown in &about {
        let _ = writeln!(text, "  {}", shown.line(office));
    }
    text
}

/// How that all parties agreed to skip something stands to the word of some that it was done; `None` where it is not so.
pub(in super::super) fn skipped_and_reported(office: &Office, o: &Occurrence) -> Option<String> {
    if o.state != State::Waived || o.met.all.is_empty() {
        return None;
    }
    let said = o.met.all.iter().map(|claim| {
        let day = words::day(claim.day);
        let by = claim.said_by.iter().map(|party| office.short_name(party));
        match words::list(by) {
            nobody if nobody.is_empty() => day,
            by => format!("{day}, as {by} says"),
        }
    });
    Some(format!(
        "all parties agreed to skip it, which holds until it is accepted that it was done on {}",
        words::either(said)
    ))
}
