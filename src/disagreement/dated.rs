//! Entries whose instants no clock that goes on has told: before one that came earlier, or ahead of today.

use crate::diagnostic::Diagnostic;
use crate::ids::AgreementId;
use crate::office::Office;
use crate::record::{Entry, Record};
use crate::rules::dated_out_of_order;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// One for each agreement that such entries are about.
pub(super) fn find(office: &Office, record: &Record, today: NaiveDate) -> Vec<Diagnostic> {
    // Of clocks that differ a little, or of hosts in other zones, nothing is said.
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let mut ahead: BTreeMap<&AgreementId, Vec<u64>> = BTreeMap::new();
    let mut back: BTreeMap<&AgreementId, Vec<u64>> = BTreeMap::new();
    let mut newest: Option<&Entry> = None;
    for entry in &record.entries {
        let day = entry.at.with_timezone(&office.settings.zone).date_naive();
        if newest.is_some_and(|newest| entry.at < newest.at) {
            back.entry(&entry.agreement).or_default().push(entry.number);
        } else {
            newest = Some(entry);
        }
        if day > tomorrow {
            ahead
                .entry(&entry.agreement)
                .or_default()
                .push(entry.number);
        }
    }
    let found = |of: BTreeMap<&AgreementId, Vec<u64>>, what| {
        of.into_iter()
            .filter_map(|(id, entries)| {
                let place = office.agreement(id.as_str())?.front_matter;
                Some(dated_out_of_order::fault(place, id, &entries, what))
            })
            .collect::<Vec<_>>()
    };
    let mut all = found(ahead, "ahead of today");
    all.extend(found(back, "before one that came earlier"));
    all
}
