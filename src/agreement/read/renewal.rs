//! `[renewal]` of an agreement and `[obligations.renewal]` of a term: how it may go on after its end.

use super::Reader;
use crate::agreement::{Renewal, RenewalKind};
use crate::table::Table;

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
        let length = self.phrase(&table, "for");
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
        if how.is_some_and(|how| how != RenewalKind::ByAgreement) {
            table.require("for");
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
}
