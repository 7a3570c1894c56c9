//! The files and the store.

use super::{Context, Line};
use crate::disagreement;
use crate::error::Result;
use crate::office::Office;
use crate::store::{self, Address, Seen, Store};
use crate::words;

pub(super) fn settings(office: &Office, context: &Context) -> Line {
    let read = format!(
        "{} and {} read",
        words::count(office.agreements.len(), "agreement"),
        words::count(office.parties.len(), "party"),
    );
    match office.diagnostics.iter().filter(|d| d.is_error()).count() {
        0 => Line::ok("settings", format!("{read}; no faults")),
        faults => Line::fault(
            "settings",
            format!("{read}; {}", words::count(faults, "fault")),
        )
        .remedy(format!("see them: {} check", context.program)),
    }
}

pub(super) fn store(office: &Office) -> Line {
    let place = &office.settings.store;
    let shown = Address::shown(&place.url);
    match store::see(&office.root, place) {
        Ok(Seen::There(entries)) => Line::ok(
            "store",
            format!(
                "{shown} can be read and written; {}",
                words::count(entries, "entry")
            ),
        ),
        Ok(Seen::NotYet) => Line::ok(
            "store",
            format!("{shown} is not there yet; the first run makes it"),
        ),
        Err(error) => Line::fault("store", error.to_string()),
    }
}

/// Parties that have something to do and are told nothing of it.
pub(super) fn unreminded(office: &Office, context: &Context) -> Vec<Line> {
    let found = disagreement::unreminded(office).into_iter();
    found
        .map(|of| {
            let said = format!(
                "none of {}'s contacts hears of `{}`, in which it has something to do",
                of.party.short, of.agreement.id
            );
            Line::warning("contacts", said).remedy(format!("what to do: {} check", context.program))
        })
        .collect()
}

/// What the record speaks of and no file has any more.
pub(super) fn gone(office: &Office, store: &dyn Store, context: &Context) -> Result<Vec<Line>> {
    let record = context.as_known(office, store.record()?);
    Ok(disagreement::gone(office, &record)
        .iter()
        .map(|gone| {
            Line::warning("record", gone.said())
                .remedy(format!("what to do: {} check", context.program))
        })
        .collect())
}
