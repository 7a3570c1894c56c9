//! `[counting]` and `[obligations.counting]`: how days are counted.

use super::Reader;
use crate::agreement::Agreement;
use crate::counting::{Counting, SettingFault, SettingPart};
use crate::diagnostic::{Diagnostic, Findings};
use crate::rules::{
    counting_not_stated, days_off_not_named, listed_in_two_calendars, unknown_calendar,
    unknown_key, unknown_value,
};
use crate::source::Span;
use crate::table::Table;

impl Reader<'_> {
    /// What the table under `counting` says, over `outer`, which holds where it says nothing.
    pub(super) fn counting(&self, table: &Table<'_>, outer: &Counting) -> Counting {
        let Some(inner) = table.table("counting", "the table of counting") else {
            return outer.clone();
        };
        let (counting, faults) = outer.read(inner.entries(), self.around.calendars);
        let days_off_at_fault = faults.iter().any(|(key, _)| key == "days_off");
        for (key, fault) in faults {
            self.findings.report(diagnostic(&inner, &key, fault));
        }
        if let Some(both) = counting.contradiction()
            && outer.contradiction().is_none()
        {
            let span = inner.value_span("days_off").unwrap_or(inner.header());
            self.findings
                .report(listed_in_two_calendars::fault(span, &both));
        }
        // Of a list that is not understood it is not known that it names none.
        if !days_off_at_fault {
            for remark in counting.remarks() {
                self.findings
                    .report(days_off_not_named::fault(inner.header(), &remark));
            }
        }
        counting
    }
}

/// Reports an agreement with time limits that does not say how its days are counted.
pub(super) fn check_stated(agreement: &Agreement, at: Span, findings: &Findings) {
    let has_limits = agreement
        .obligations
        .iter()
        .any(|obligation| obligation.timing.phrase().is_some());
    if has_limits && agreement.counting.preset.is_none() {
        findings.report(counting_not_stated::fault(at, Counting::presets()));
    }
}

fn diagnostic(table: &Table<'_>, key: &str, fault: SettingFault) -> Diagnostic {
    let span = match (&fault.range, fault.what) {
        (Some(range), _) => table.place().span(range.clone()),
        (None, SettingPart::Key) => table.key_span(key).unwrap_or(table.header()),
        (None, SettingPart::Value) => table.value_span(key).unwrap_or(table.header()),
    };
    let rule = match (fault.what, key) {
        (SettingPart::Key, _) => &unknown_key::RULE,
        (SettingPart::Value, "days_off") => &unknown_calendar::RULE,
        (SettingPart::Value, _) => &unknown_value::RULE,
    };
    let (message, help) = match fault.message.strip_prefix("expected ") {
        Some(wanted) => (
            format!("`{key}` cannot be this"),
            Some(fault.help.unwrap_or_else(|| format!("write {wanted}"))),
        ),
        None => (fault.message, fault.help),
    };
    let said = Diagnostic::new(rule, span, message);
    match help {
        Some(help) => said.help(help),
        None => said,
    }
}
