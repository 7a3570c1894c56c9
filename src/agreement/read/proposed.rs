//! `proposed`: a letter's words from which a value was proposed, until a person has confirmed it.

use super::Reader;
use crate::agreement::Status;
use crate::diagnostic::Findings;
use crate::rules::{misplaced_key, not_confirmed};
use crate::table::Table;

/// The agreement's own keys that may be proposed.
const KEYS: [&str; 8] = [
    "title",
    "kind",
    "parties",
    "signed",
    "effective",
    "expires",
    "amends",
    "counting",
];

/// The status of an agreement: a draft, as long as one of its own keys is only proposed.
pub(super) fn status(table: &Table<'_>, status: Status, findings: &Findings) -> Status {
    let Some(proposed) = table.table("proposed", "what is proposed") else {
        return status;
    };
    let mut left = false;
    for key in KEYS {
        if proposed.text(key).is_none() {
            continue;
        }
        let Some(span) = proposed.key_span(key) else {
            continue;
        };
        if !table.has(key) {
            findings.report(misplaced_key::fault(span, &format!("proposed.{key}"), key));
        }
        left = true;
        let what = format!("`{key}`");
        findings.report(not_confirmed::fault(span, &what, status == Status::Draft));
    }
    proposed.finish();
    if left { Status::Draft } else { status }
}

impl Reader<'_> {
    /// Reports an obligation or event that is only proposed.
    pub(super) fn check_confirmed(&self, table: &Table<'_>, id: &str) {
        if table.text("proposed").is_some()
            && let Some(span) = table.key_span("proposed")
        {
            let what = format!("`{id}`");
            let is_draft = self.status == Status::Draft;
            self.findings
                .report(not_confirmed::fault(span, &what, is_draft));
        }
    }
}
