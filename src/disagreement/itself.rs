//! A phrase that says a day twice without agreeing with itself, as the days show that it hangs on.

use super::Outlooks;
use crate::diagnostic::Diagnostic;
use crate::office::Office;
use crate::rules::contradictory_limits;

/// One for each contradiction of each obligation.
pub(super) fn find(office: &Office, outlooks: &Outlooks) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for agreement in &office.agreements {
        for obligation in &agreement.obligations {
            let Some(phrase) = obligation.timing.phrase() else {
                continue;
            };
            let said = outlooks.contradictions(agreement, obligation).iter();
            found.extend(said.map(|text| contradictory_limits::by_its_days(phrase.span, text)));
        }
    }
    found
}
