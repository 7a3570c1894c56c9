//! An agreement that is tentative by its file alone.

use super::Outlooks;
use crate::diagnostic::Diagnostic;
use crate::office::Office;
use crate::rules::still_tentative;

/// One for each agreement of which the record has all that it waited for.
pub(super) fn find(office: &Office, outlooks: &Outlooks) -> Vec<Diagnostic> {
    let agreements = office.agreements.iter();
    let settled = agreements.filter(|agreement| outlooks.is_settled(agreement));
    settled.map(still_tentative::fault).collect()
}
