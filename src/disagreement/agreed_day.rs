//! A later agreement that takes the place of a day that all parties had agreed on by the record.

use super::Outlooks;
use crate::agreement::{Agreement, Status};
use crate::diagnostic::Diagnostic;
use crate::office::Office;
use crate::record::answers::{Act, Rule, acts};
use crate::record::{Entry, EntryKind, Record};
use crate::rules::agreed_day_changed::{self, AgreedOn};
use crate::schedule::{AmendedTo, Amendment, takes_the_place_of};
use crate::source::Span;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What the agreement's own end is recorded under: that it ends, and that it goes on.
const OF_THE_END: [&str; 2] = ["expiration", "renewal"];

/// One for each such day, at the change.
pub(super) fn find(
    office: &Office,
    record: &Record,
    outlooks: &Outlooks,
    today: NaiveDate,
) -> Vec<Diagnostic> {
    let mut about: BTreeMap<(&str, &str), Vec<&Entry>> = BTreeMap::new();
    for entry in record.standing() {
        let subject = entry.subject.as_deref().unwrap_or_default();
        let of = about
            .entry((entry.agreement.as_str(), subject))
            .or_default();
        of.push(entry);
    }
    let mut found = Vec::new();
    let in_force = office.agreements.iter();
    for agreement in in_force.filter(|agreement| agreement.status == Status::InForce) {
        let rule = Rule::new(office, agreement, &record.asked, today);
        for (part, amendments) in outlooks.amended(agreement) {
            let subjects = match part.as_str() {
                "expiration" => &OF_THE_END[..],
                part => &[part][..],
            };
            let of_it = subjects
                .iter()
                .filter_map(|of| about.get(&(agreement.id.as_str(), of)));
            let mut entries: Vec<&Entry> = of_it.flatten().copied().collect();
            entries.sort_by_key(|entry| entry.number);
            let Some((act, day, with)) = last_agreed(&entries, &rule) else {
                continue;
            };
            let entered = rule.day_of(with);
            let mut later = amendments.iter().rev();
            let Some((by, from)) =
                later.find_map(|by| Some((by, takes_the_place_of(by, entered)?)))
            else {
                continue;
            };
            let given = match by.to {
                AmendedTo::Day(given) => given,
                AmendedTo::Void | AmendedTo::Replaced(..) => None,
            };
            let span = span(office, by, agreement, part);
            if let Some(span) = span.filter(|_| given != Some(day)) {
                let agreed = AgreedOn {
                    day,
                    entries: &entries_of(&act, with),
                    again: again(&act, agreement, part, day),
                };
                let id = &agreement.id;
                found.push(agreed_day_changed::fault(
                    span, id, part, from, given, &agreed,
                ));
            }
        }
    }
    found
}

/// The day on which all agreed last, and the entry with which they had. One of a series has a day that no later agreement gives.
fn last_agreed<'e>(about: &[&'e Entry], rule: &Rule<'_>) -> Option<(Act, NaiveDate, &'e Entry)> {
    let entry = |number: u64| about.iter().copied().find(|entry| entry.number == number);
    let agreed = acts(about, rule).into_iter().filter(|act| {
        let first = act.entries.first().copied().and_then(entry);
        act.kind != EntryKind::Waived && first.is_some_and(|first| first.occurrence.is_none())
    });
    let act = agreed.max_by_key(Act::agreed_with)?;
    let day = match act.kind {
        EntryKind::Ended => act.on,
        _ => act.to,
    }?;
    let with = entry(act.agreed_with()?)?;
    Some((act, day, with))
}

fn entries_of(act: &Act, with: &Entry) -> Vec<u64> {
    let mut entries = act.entries.clone();
    if !entries.contains(&with.number) {
        entries.push(with.number);
    }
    entries
}

fn again(act: &Act, agreement: &Agreement, part: &str, day: NaiveDate) -> String {
    let what = match part {
        "expiration" => agreement.id.to_string(),
        part => format!("{}/{part}", agreement.id),
    };
    let (kind, on) = (act.kind.as_str(), act.kind == EntryKind::Ended);
    format!(
        "record {kind} {what} --{} {day} --by PARTY",
        if on { "on" } else { "to" }
    )
}

/// Where the later agreement says so.
fn span(office: &Office, by: &Amendment, of: &Agreement, part: &str) -> Option<Span> {
    let later = office.agreement(by.by.as_str())?;
    let mut changes = later.changes.iter();
    let change = changes.find(|c| c.agreement == of.id && c.part.as_deref() == Some(part))?;
    Some(change.span)
}
