//! What an agreement says of others: `amends`, `replaces`, `[changes]`.

use super::{OWN_DATES, Reader};
use crate::ids::AgreementId;
use crate::rules::{not_built_yet, unknown_agreement, unknown_obligation};
use crate::source::Span;
use crate::table::{DayOrWords, Table};

impl Reader<'_> {
    /// The agreements that this one adds to or changes: those that there are.
    pub(super) fn amends(&self, table: &Table<'_>) -> Vec<AgreementId> {
        table
            .texts("amends")
            .unwrap_or_default()
            .into_iter()
            .filter(|name| self.is_agreement(name.value, name.span))
            .map(|name| AgreementId::new(name.value))
            .collect()
    }

    /// The obligation of another agreement that this one takes the place of.
    pub(super) fn replaces(&self, table: &Table<'_>) -> Option<String> {
        let target = table.text("replaces")?;
        let (agreement, obligation) = target.value.split_once('/').unwrap_or((target.value, ""));
        if !self.is_agreement(agreement, target.span) {
            return None;
        }
        let declared = self.around.declared(agreement)?;
        if !declared.has_obligation(obligation) {
            self.findings.report(unknown_obligation::fault(
                target.span,
                agreement,
                obligation,
                declared.obligation_ids(),
            ));
            return None;
        }
        self.findings.report(not_built_yet::fault(
            table.key_span("replaces").unwrap_or(target.span),
            "replaces",
            "the earlier obligation is still followed, beside this one",
        ));
        Some(target.value.to_owned())
    }

    /// `[changes]`: checked, and said to be without effect so far.
    pub(super) fn changes(&self, table: &Table<'_>) {
        let Some(changes) = table.table("changes", "the table of changes") else {
            return;
        };
        let place = changes.place();
        for (target, change) in changes.named_days_or_words() {
            let (agreement, part) = match target.value.split_once('/') {
                Some((agreement, part)) => (agreement, Some(part)),
                None => (target.value, None),
            };
            if self.is_agreement(agreement, target.span)
                && let Some(part) = part
                && let Some(declared) = self.around.declared(agreement)
                && !OWN_DATES.contains(&part)
                && !declared.has_event(part)
                && !declared.has_obligation(part)
            {
                self.findings.report(unknown_obligation::fault(
                    target.span,
                    agreement,
                    part,
                    declared.obligation_ids(),
                ));
            }
            if let DayOrWords::Words(words) = change.value
                && words != "void"
            {
                self.words(place, change.map(|_| words));
            }
        }
        self.findings.report(not_built_yet::fault(
            changes.header(),
            "changes",
            "what it changes is still followed as it was",
        ));
    }

    fn is_agreement(&self, name: &str, span: Span) -> bool {
        let known = self.around.declared(name).is_some();
        if !known {
            self.findings.report(unknown_agreement::fault(
                span,
                name,
                self.around.agreement_ids(),
            ));
        }
        known
    }
}
