//! A party that has something to do in an agreement and no contact that hears of it.

use crate::agreement::{Agreement, Status};
use crate::diagnostic::Diagnostic;
use crate::ids::PartyId;
use crate::office::{Office, Party};
use crate::reminder;
use crate::rules::nobody_is_reminded;

/// A party of an agreement that is told nothing of what it has to do.
#[derive(Clone, Copy, Debug)]
pub struct Unreminded<'a> {
    /// The agreement.
    pub agreement: &'a Agreement,
    /// The party.
    pub party: &'a Party,
}

/// One for each such party of an agreement.
pub(super) fn find(office: &Office) -> Vec<Diagnostic> {
    let found = unreminded(office).into_iter();
    found
        .map(|of| nobody_is_reminded::fault(of.agreement, &of.party.id, &of.party.short))
        .collect()
}

/// Every party that has something to do in an agreement and contacts, but none that hears of it.
pub fn unreminded(office: &Office) -> Vec<Unreminded<'_>> {
    let live = |agreement: &&Agreement| agreement.status != Status::Draft;
    let mut found = Vec::new();
    for agreement in office.agreements.iter().filter(live) {
        let parties = agreement.parties.iter();
        for party in parties.filter_map(|id| office.party(id.as_str())) {
            if !party.contacts.is_empty()
                && has_something_to_do(office, agreement, &party.id)
                && !reminder::is_told_of(office, agreement, &party.id)
            {
                found.push(Unreminded { agreement, party });
            }
        }
    }
    found
}

/// Whether a party owes something of which it is to be reminded, or is asked for the day of an event.
fn has_something_to_do(office: &Office, agreement: &Agreement, party: &PartyId) -> bool {
    let owes = agreement.obligations.iter().any(|obligation| {
        let remind = obligation.remind.or(&agreement.remind);
        let remind = remind.or(&office.settings.remind);
        let is_reminded = remind.to.is_none_or(|to| to.contains(party));
        is_reminded
            && obligation.owed_by.contains(party)
            && obligation.visibility.admits(party)
            && agreement.visibility.admits(party)
    });
    let mut events = agreement.events.iter();
    owes || events.any(|event| event.told_by.contains(party) && event.visibility.admits(party))
}
