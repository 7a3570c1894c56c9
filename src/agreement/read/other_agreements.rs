//! What an agreement says of others: `amends`, `replaces`, `[changes]`.

use super::{OWN_DATES, Reader};
use crate::agreement::{Change, ChangedTo, Obligation};
use crate::ids::AgreementId;
use crate::rules::{change_not_possible, restated_by_id, unknown_agreement, unknown_obligation};
use crate::source::Span;
use crate::table::{DayOrWords, Place, Table, Value};

/// The own dates of an agreement that another may change; the others are what happened, and are recorded.
const CHANGEABLE: [&str; 3] = ["effective", "expiration", "renewal"];

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
        Some(target.value.to_owned())
    }

    /// `[changes]`, as far as it is sound.
    pub(super) fn changes(&self, table: &Table<'_>, left_out: &mut Vec<String>) -> Vec<Change> {
        let Some(changes) = table.table("changes", "the table of changes") else {
            return Vec::new();
        };
        let place = changes.place();
        let all = changes.named_days_or_words().into_iter();
        all.filter_map(|(target, to)| {
            let change = self.change(place, target, to);
            if change.is_none() {
                left_out.push(format!("changes ({})", target.value));
            }
            change
        })
        .collect()
    }

    fn change(
        &self,
        place: Place<'_>,
        target: Value<&str>,
        to: Value<DayOrWords<'_>>,
    ) -> Option<Change> {
        let (agreement, part) = match target.value.split_once('/') {
            Some((agreement, part)) => (agreement, Some(part)),
            None => (target.value, None),
        };
        if !self.is_agreement(agreement, target.span) {
            return None;
        }
        if let Some(part) = part {
            let declared = self.around.declared(agreement)?;
            if declared.has_event(part) || OWN_DATES.contains(&part) && !CHANGEABLE.contains(&part)
            {
                let fault = change_not_possible::of_what_happens(target.span, target.value);
                self.findings.report(fault);
                return None;
            }
            if !OWN_DATES.contains(&part) && !declared.has_obligation(part) {
                self.findings.report(unknown_obligation::fault(
                    target.span,
                    agreement,
                    part,
                    declared.obligation_ids(),
                ));
                return None;
            }
        }
        let is_void = matches!(to.value, DayOrWords::Words(words) if words.trim().eq_ignore_ascii_case("void"));
        let fault = match (part, is_void) {
            (None, false) => Some(change_not_possible::only_void(to.span, target.value)),
            (Some("renewal"), false) => {
                Some(change_not_possible::only_no_more(to.span, target.value))
            }
            (Some("effective"), true) => Some(change_not_possible::never_void(to.span, agreement)),
            _ => None,
        };
        if let Some(fault) = fault {
            self.findings.report(fault);
            return None;
        }
        Some(Change {
            span: target.span,
            agreement: AgreementId::new(agreement),
            part: part.map(str::to_owned),
            to: if is_void {
                ChangedTo::Void
            } else {
                ChangedTo::Day(self.one_day(place, target.value, to)?)
            },
        })
    }

    /// What the obligations take the place of: what each says that it replaces, or else what has its id in an agreement
    /// that this one amends.
    pub(super) fn restated(
        &self,
        amends: &[AgreementId],
        own: &AgreementId,
        obligations: &[Obligation],
    ) -> Vec<Change> {
        let mut restated = Vec::new();
        for obligation in obligations {
            let id = obligation.id.as_str();
            let change = |agreement: &str, part: &str| Change {
                span: obligation.span,
                agreement: AgreementId::new(agreement),
                part: Some(part.to_owned()),
                to: ChangedTo::Restated(obligation.id.clone()),
            };
            if let Some((agreement, part)) = obligation
                .replaces
                .as_ref()
                .and_then(|target| target.split_once('/'))
            {
                restated.push(change(agreement, part));
                continue;
            }
            for agreement in amends.iter().filter(|amended| *amended != own) {
                let declared = self.around.declared(agreement.as_str());
                if declared.is_some_and(|declared| declared.has_obligation(id)) {
                    let note = restated_by_id::note(obligation.span, agreement.as_str(), id);
                    self.findings.report(note);
                    restated.push(change(agreement.as_str(), id));
                }
            }
        }
        restated
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
