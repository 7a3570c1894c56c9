//! `[renewal]` of an agreement and `[obligations.renewal]` of a term: how it may go on after its end.

use super::Reader;
use crate::agreement::{Renewal, RenewalKind, When};
use crate::rules::{renewal_ends_before_the_term, renewal_is_no_length};
use crate::source::Span;
use crate::table::Table;
use chrono::NaiveDate;

/// More renewals than this are no number that anybody agreed to.
const MOST_TIMES: u32 = 1_000;

impl Reader<'_> {
    /// A renewal; `None` where it is not known by whose act.
    pub(super) fn renewal(&self, table: Table<'_>) -> Option<Renewal> {
        table.require("how");
        let how = table.choice(
            "how",
            &[
                ("by_agreement", RenewalKind::ByAgreement),
                ("automatic", RenewalKind::Automatic),
                ("at_option", RenewalKind::AtOption),
            ],
        );
        let by = self.some_parties(&table, "by").unwrap_or_default();
        let length = self.phrase(&table, "for").filter(|length| {
            let is_length = length.tree.bare_length().is_some();
            if !is_length {
                self.findings
                    .report(renewal_is_no_length::fault(length.span));
            }
            is_length
        });
        let times = table.number("times", 1..=MOST_TIMES).map(|n| n.value);
        let until = self.when(&table, "until");
        let window = self.phrase(&table, "window");
        let notice = self.phrase(&table, "notice");
        for (key, phrase) in [("window", &window), ("notice", &notice)] {
            if let Some(phrase) = phrase {
                self.check_counted(table.place(), phrase, &self.counting);
                self.check_before_expiration(key, phrase, &self.counting);
            }
        }
        self.check_when(table.place(), until.as_ref(), &self.counting);
        if how.is_some_and(|how| how != RenewalKind::ByAgreement) {
            table.require("for");
        }
        if let Some(length) = &length {
            self.check_counted(table.place(), length, &self.counting);
        }
        table.finish();
        Some(Renewal {
            how: how?,
            by,
            length,
            times,
            until,
            window,
            notice,
        })
    }

    /// Reports an `until` that lies before the first end, where both are days that the file names.
    pub(super) fn check_until(&self, renewal: &Renewal, first_end: &When) {
        let until = renewal.until.as_ref().and_then(named_day);
        if let (Some(until), Some(end)) = (until, named_day(first_end))
            && until.1 < end.1
        {
            self.findings
                .report(renewal_ends_before_the_term::fault(until, end));
        }
    }
}

/// A day that is named in the file, and where.
fn named_day(when: &When) -> Option<(Span, NaiveDate)> {
    match when {
        When::On(day, span) => Some((*span, *day)),
        When::Phrase(phrase) => Some((phrase.span, phrase.tree.bare_day()?)),
    }
}
