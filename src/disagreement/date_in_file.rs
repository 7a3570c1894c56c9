//! A day in a file against the day that the record has.

use crate::agreement::{Agreement, Status, When};
use crate::diagnostic::Diagnostic;
use crate::office::Office;
use crate::record::answers::{Index, Rule, Stands, stands};
use crate::record::{Entry, EntryKind, Record};
use crate::rules::date_against_the_record::{self, Recorded};
use crate::source::Span;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One for each day in a file that the record contradicts.
pub(super) fn find(office: &Office, record: &Record, today: NaiveDate) -> Vec<Diagnostic> {
    let index = Index::new(record);
    let mut happened: BTreeMap<(&str, &str), Vec<&Entry>> = BTreeMap::new();
    for entry in record.standing().filter(|e| e.kind == EntryKind::Happened) {
        if let Some(subject) = &entry.subject {
            let about = (entry.agreement.as_str(), subject.as_str());
            happened.entry(about).or_default().push(entry);
        }
    }
    let mut found = Vec::new();
    let kept = office
        .agreements
        .iter()
        .filter(|agreement| agreement.status != Status::Draft);
    for agreement in kept {
        let rule = Rule::new(office, agreement, &record.asked, today);
        for day in days(agreement) {
            let Some(entries) = happened.get(&(agreement.id.as_str(), day.subject)) else {
                continue;
            };
            let recorded: Vec<(&Entry, Stands)> = entries
                .iter()
                .filter_map(|entry| Some((*entry, stands(entry, &index, &rule)?.stands)))
                .collect();
            let is_confirmed = |(entry, stands): &(&Entry, Stands)| {
                entry.on == Some(day.day) && *stands == Stands::Confirmed
            };
            if recorded.iter().any(is_confirmed) {
                continue;
            }
            let others: Vec<Recorded<'_>> = recorded
                .into_iter()
                .filter(|(entry, _)| entry.on != Some(day.day))
                // What is renewed ends on another day than its first period.
                .filter(|(entry, _)| !(day.is_renewed && entry.on > Some(day.day)))
                .filter_map(|(entry, stands)| {
                    Some(Recorded {
                        number: entry.number,
                        on: entry.on?,
                        by: entry.by.as_ref().map(|by| office.short_name(by)),
                        is_confirmed: stands == Stands::Confirmed,
                    })
                })
                .collect();
            if !others.is_empty() {
                found.push(date_against_the_record::fault(
                    day.span,
                    &agreement.id,
                    day.subject,
                    day.day,
                    &others,
                ));
            }
        }
    }
    found
}

/// A day that a file gives for something that the record may date too.
struct InFile<'a> {
    subject: &'a str,
    day: NaiveDate,
    span: Span,
    /// Whether it is the end of a first period, on which others may follow.
    is_renewed: bool,
}

/// The days in the file of an agreement. An event that repeats is on every day that anybody names.
fn days(agreement: &Agreement) -> Vec<InFile<'_>> {
    let own = |subject, when: &Option<When>| match when {
        Some(When::On(day, span)) => Some(InFile {
            subject,
            day: *day,
            span: *span,
            is_renewed: subject == "expiration" && agreement.renewal.is_some(),
        }),
        _ => None,
    };
    let signed = agreement.signed.map(|signed| InFile {
        subject: "signing",
        day: signed.value,
        span: signed.span,
        is_renewed: false,
    });
    let events = agreement.events.iter().filter(|event| !event.repeats);
    let events = events.filter_map(|event| {
        let date = event.date?;
        Some(InFile {
            subject: event.id.as_str(),
            day: date.value,
            span: date.span,
            is_renewed: false,
        })
    });
    signed
        .into_iter()
        .chain(own("effective", &agreement.effective))
        .chain(own("expiration", &agreement.expires))
        .chain(events)
        .collect()
}
