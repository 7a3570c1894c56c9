//! A phrase that says a day twice without agreeing with itself, as the days show that it hangs on.

use crate::diagnostic::Diagnostic;
use crate::office::Office;
use crate::rules::contradictory_limits;
use crate::schedule::Schedule;

/// One for each contradiction of each obligation.
pub(super) fn find(office: &Office, schedule: &Schedule) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for agreement in &office.agreements {
        for obligation in &agreement.obligations {
            let Some(phrase) = obligation.timing.phrase() else {
                continue;
            };
            let mut said: Vec<&str> = schedule
                .of_obligation(&agreement.id, &obligation.id)
                .flat_map(|occurrence| &occurrence.contradictions)
                .map(|said| &**said)
                .collect();
            said.sort_unstable();
            said.dedup();
            found.extend(
                said.into_iter()
                    .map(|text| contradictory_limits::by_its_days(phrase.span, text)),
            );
        }
    }
    found
}
