//! The days that rest on what a party has said.

use super::super::super::wording::{by_one_claim, gets_its_day};
use super::super::{Reader, sections};
use super::condition;
use crate::record::Entry;
use crate::schedule::{Occurrence, State};

/// The days that rest on an entry: `Follow-up meeting: due 30 March 2014`.
pub(super) fn days_that_rest_on(reader: &Reader<'_>, entry: &Entry) -> Vec<String> {
    reader
        .facts
        .schedule
        .of_agreement(&entry.agreement)
        // That a condition came about makes its own day hold.
        .filter(|o| {
            let is_its_own = entry.subject.as_deref() == Some(o.obligation.as_str());
            !is_its_own || condition(reader, entry).is_some()
        })
        .filter(|o| !o.projected && o.due.or(o.opens).is_some())
        // What would be withdrawn with it does not follow from it.
        .filter(|o| !o.withdrawn_by.contains(&entry.number) && rests_on(o, entry.number))
        .filter(|o| {
            sections::obligation(reader, o.obligation.as_str())
                .is_some_and(|o| reader.may_see(&o.visibility))
        })
        .map(|o| {
            let called = sections::called(reader, o).whole();
            let when = open_condition(reader, o);
            let goes_by = || gets_its_day(reader.language, &called, when.as_deref());
            by_this_claim(reader, o, entry.number).unwrap_or_else(goes_by)
        })
        .collect()
}

/// The condition under which something is owed, as long as it is not recorded that it came about.
fn open_condition(reader: &Reader<'_>, occurrence: &Occurrence) -> Option<String> {
    let obligation = sections::obligation(reader, occurrence.obligation.as_str())?;
    let is_open = matches!(occurrence.state, State::Waiting | State::Unrecorded);
    let when = obligation.when.as_deref().filter(|_| is_open)?;
    Some(reader.line(when))
}

/// The day that a claim would give where another goes before it, with the day that holds meanwhile.
fn by_this_claim(reader: &Reader<'_>, occurrence: &Occurrence, entry: u64) -> Option<String> {
    let mut claimed = occurrence.other_readings.iter().filter(|of| of.is_claimed);
    let of_it = claimed.find(|claim| names_entry(&claim.text, entry))?;
    let title = sections::called(reader, occurrence).title;
    let meanwhile = occurrence.due.or(occurrence.opens)?;
    Some(by_one_claim(
        reader.language,
        &title,
        of_it.date?,
        meanwhile,
    ))
}

fn rests_on(occurrence: &Occurrence, entry: u64) -> bool {
    let mut steps = occurrence.steps.iter();
    occurrence.entries.contains(&entry) || steps.any(|step| names_entry(&step.source, entry))
}

/// Whether words name an entry of the record.
fn names_entry(words: &str, entry: u64) -> bool {
    let after = words.split_once(format!("entry {entry}").as_str());
    after.is_some_and(|(_, after)| !after.starts_with(|c: char| c.is_ascii_digit()))
}
