//! By whose word, or silence, something is accepted.

use super::SILENCE_DAYS;
use crate::agreement::{Agreement, Confirmation, Renewal, RenewalKind, Timing};
use crate::ids::PartyId;
use crate::office::Office;
use crate::record::{Asked, Entry, EntryKind};
use chrono::{Days, NaiveDate};

/// What decides whether something that was said about one agreement is accepted.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    office: &'a Office,
    agreement: &'a Agreement,
    asked: &'a Asked,
    today: NaiveDate,
}

impl<'a> Rule<'a> {
    /// The rule for what is said about `agreement`, as it stands on `today`.
    pub fn new(
        office: &'a Office,
        agreement: &'a Agreement,
        asked: &'a Asked,
        today: NaiveDate,
    ) -> Self {
        Self {
            office,
            agreement,
            asked,
            today,
        }
    }

    /// The agreement.
    pub(super) fn agreement(&self) -> &'a Agreement {
        self.agreement
    }

    /// The parties of the agreement, in the order of its file.
    pub fn parties(&self) -> &'a [PartyId] {
        &self.agreement.parties
    }

    /// How a claim about a subject becomes accepted.
    pub(super) fn confirmation(&self, entry: &Entry) -> Confirmation {
        self.office
            .confirmation(self.agreement, entry.subject.as_deref())
    }

    /// The office's day on which an entry was made.
    pub fn day_of(&self, entry: &Entry) -> NaiveDate {
        entry
            .at
            .with_timezone(&self.office.settings.zone)
            .date_naive()
    }

    /// The day from which the silence of `party` accepts a claim; `None` where silence does not bind it: the rule is
    /// another, the party never agreed to it, or no message asked it and said so.
    pub(super) fn bound_from(&self, entry: &Entry, party: &PartyId) -> Option<NaiveDate> {
        if self.confirmation(entry) != Confirmation::Silence || !self.is_bound(party) {
            return None;
        }
        let named = self.asked.get(&(entry.number, party.clone()))?;
        let soonest = self
            .day_of(entry)
            .checked_add_days(Days::new(SILENCE_DAYS))?;
        Some(soonest.max(*named))
    }

    /// Every party whose silence accepts a claim of another, with the day from which it does.
    pub(super) fn bounds(&self, claim: &Entry) -> Vec<(&'a PartyId, NaiveDate)> {
        let first = (claim.number, PartyId::new(""));
        self.asked
            .range(first..)
            .take_while(|((number, _), _)| *number == claim.number)
            .filter(|((_, party), _)| claim.by.as_ref() != Some(party))
            .filter_map(|((_, party), _)| Some((party, self.bound_from(claim, party)?)))
            .collect()
    }

    /// Whether the silence of `party` has accepted a claim by today.
    pub(super) fn accepted_by_silence(&self, entry: &Entry, party: &PartyId) -> bool {
        self.bound_from(entry, party)
            .is_some_and(|day| day <= self.today)
    }

    /// Whether a party has agreed to be bound by its silence: its contacts asked for these reminders, or it keeps the
    /// office together with the others.
    fn is_bound(&self, party: &PartyId) -> bool {
        let kept_jointly = self.office.settings.keeper.is_none();
        kept_jointly
            || self.office.party(party.as_str()).is_some_and(|party| {
                party
                    .contacts
                    .iter()
                    .any(|contact| contact.agreed.is_some_and(|day| day <= self.today))
            })
    }

    /// Whose word an act still needs, of those who have agreed to it: every party's, except that one party may choose
    /// where the agreement leaves a renewal to its option.
    pub(super) fn missing(&self, act: &Entry, agreed: &[PartyId]) -> Vec<PartyId> {
        let missing = |of: &[PartyId]| -> Vec<PartyId> {
            of.iter().filter(|p| !agreed.contains(p)).cloned().collect()
        };
        match self.option(act) {
            Some([]) if !agreed.is_empty() => Vec::new(),
            Some(by) if by.iter().any(|party| agreed.contains(party)) => Vec::new(),
            Some(by) if !by.is_empty() => missing(by),
            _ => missing(&self.agreement.parties),
        }
    }

    /// Whose option an act is; empty: any party's. `None` where it is an act of all.
    fn option(&self, act: &Entry) -> Option<&'a [PartyId]> {
        let renewal = (act.kind == EntryKind::Renewed)
            .then(|| renewal(self.agreement, act.subject.as_deref()))
            .flatten()?;
        (renewal.how == RenewalKind::AtOption).then_some(renewal.by.as_slice())
    }
}

/// The renewal that an act speaks of: that of an obligation, or of the agreement itself.
fn renewal<'a>(agreement: &'a Agreement, subject: Option<&str>) -> Option<&'a Renewal> {
    let obligation = subject.and_then(|id| agreement.obligation(id));
    match obligation.map(|obligation| &obligation.timing) {
        Some(Timing::Lasts { renewal, .. }) => renewal.as_deref(),
        Some(_) => None,
        None => agreement.renewal.as_ref(),
    }
}
