//! By whose word, or silence, something is accepted.

use super::acts::Earlier;
use super::{Claim, FAIR_DAYS, SILENCE_DAYS, Silence};
use crate::agreement::{Agreement, Confirmation, Renewal, RenewalKind, Timing};
use crate::ids::PartyId;
use crate::office::Office;
use crate::record::{Asked, Entry, EntryKind};
use chrono::{DateTime, Days, NaiveDate, Utc};

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
    pub fn confirmation(&self, entry: &Entry) -> Confirmation {
        self.office
            .confirmation(self.agreement, entry.subject.as_deref())
    }

    /// The office's day on which an entry was made.
    pub fn day_of(&self, entry: &Entry) -> NaiveDate {
        self.day(entry.at)
    }

    fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.office.settings.zone).date_naive()
    }

    /// Whether the silence of `party` accepts a claim once a message has asked it: that is the rule for it, the party has
    /// agreed to that, and it is another's claim, which it did not enter either.
    pub fn may_be_silent(&self, claim: &Entry, party: &PartyId) -> bool {
        self.confirmation(claim) == Confirmation::Silence
            && claim.by.as_ref() != Some(party)
            && claim.entered_by.as_ref() != Some(party)
            && self.is_bound(party)
    }

    /// The day from which silence accepts a claim, as a message that leaves today names it: 14 days after the entry's day;
    /// where less than a fair time would be left by then, 14 days after today.
    pub fn silent_from(&self, claim: &Entry) -> Option<NaiveDate> {
        let from = self
            .day_of(claim)
            .checked_add_days(Days::new(SILENCE_DAYS))?;
        if is_fair(self.today, from) {
            Some(from)
        } else {
            self.today.checked_add_days(Days::new(SILENCE_DAYS))
        }
    }

    /// From which day, and by which message, the silence of `party` accepts a claim; `None` where it does not: the rule is
    /// another, the party never agreed to it, or no message asked it in time and said so.
    ///
    /// Of several messages the latest day holds that any of them named, so that nobody is bound before the day that was
    /// read; what left when silence had accepted the claim already changes nothing.
    pub fn silence(&self, claim: &Entry, party: &PartyId) -> Option<Silence> {
        if !self.may_be_silent(claim, party) {
            return None;
        }
        let mut bound: Option<Silence> = None;
        for asking in self.asked.get(&(claim.number, party.clone()))? {
            let left = self.day(asking.left_at);
            if bound.as_ref().is_some_and(|bound| bound.from <= left) {
                break;
            }
            let is_later = bound.as_ref().is_none_or(|b| b.from < asking.from);
            if is_fair(left, asking.from) && is_later {
                bound = Some(Silence {
                    party: party.clone(),
                    from: asking.from,
                    message: asking.message,
                });
            }
        }
        bound
    }

    /// Every party whose silence accepts a claim of another, with the day from which it does.
    pub(super) fn bounds(&self, claim: &Entry) -> Vec<(&'a PartyId, NaiveDate)> {
        let first = (claim.number, PartyId::new(""));
        self.asked
            .range(first..)
            .take_while(|((number, _), _)| *number == claim.number)
            .filter_map(|((_, party), _)| Some((party, self.silence(claim, party)?.from)))
            .collect()
    }

    /// The silence of `party`, where it has accepted a claim by today.
    pub(super) fn accepted_by_silence(&self, claim: &Entry, party: &PartyId) -> Option<Silence> {
        self.silence(claim, party)
            .filter(|silence| silence.from <= self.today)
    }

    /// Whether an accepted claim settles what it speaks of: another first or last day than the file gives takes every party.
    pub(super) fn is_settled(&self, entry: &Entry, claim: &Claim) -> bool {
        let subject = entry.subject.as_deref().unwrap_or_default();
        entry.kind != EntryKind::Happened
            || !is_no_ones_alone(self.agreement, subject)
            || is_for_all(self.office, self.agreement, subject, Some(claim))
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
    /// `earlier`: what was agreed before. More often or longer than its words allow is no option, but for all to agree on.
    pub(super) fn missing(
        &self,
        act: &Entry,
        agreed: &[PartyId],
        earlier: Earlier,
    ) -> Vec<PartyId> {
        let missing = |of: &[PartyId]| -> Vec<PartyId> {
            of.iter().filter(|p| !agreed.contains(p)).cloned().collect()
        };
        match self.option(act, earlier) {
            Some([]) if !agreed.is_empty() => Vec::new(),
            Some(by) if by.iter().any(|party| agreed.contains(party)) => Vec::new(),
            Some(by) if !by.is_empty() => missing(by),
            _ => missing(&self.agreement.parties),
        }
    }

    /// Whose option an act is; empty: any party's. `None` where it is an act of all.
    fn option(&self, act: &Entry, earlier: Earlier) -> Option<&'a [PartyId]> {
        let renewal = (act.kind == EntryKind::Renewed)
            .then(|| renewal(self.agreement, act.subject.as_deref()))
            .flatten()?;
        let is_left = renewal
            .times
            .is_none_or(|times| usize::try_from(times).is_ok_and(|times| earlier.renewals < times));
        (renewal.how == RenewalKind::AtOption && is_left && !earlier.is_ended && !act.proposed)
            .then_some(renewal.by.as_slice())
    }

    /// Whether a party uses its option with an act that it, or another, had proposed outside of the option: that proposal needs
    /// the word of all, and this act its own alone.
    pub fn uses_an_option(&self, act: &Entry, proposed: &Entry) -> bool {
        proposed.proposed && !act.proposed && self.option_beyond(act).is_some()
    }

    /// The renewal that the agreement leaves to the option of the party of an act, where the act goes beyond that.
    pub fn option_beyond(&self, act: &Entry) -> Option<&'a Renewal> {
        let renewal = renewal(self.agreement, act.subject.as_deref())?;
        let is_theirs =
            renewal.by.is_empty() || act.by.as_ref().is_some_and(|by| renewal.by.contains(by));
        let is_beyond =
            act.kind == EntryKind::Renewed && renewal.how == RenewalKind::AtOption && is_theirs;
        is_beyond.then_some(renewal)
    }
}

/// Whether a message that leaves on a day gives a fair time to answer before silence accepts what it asks about.
pub(crate) fn is_fair(leaves: NaiveDate, from: NaiveDate) -> bool {
    leaves
        .checked_add_days(Days::new(FAIR_DAYS))
        .is_some_and(|day| day <= from)
}

/// Whether no one party says alone when one of an agreement's own days came: the first day that its file gives, in words or
/// as a day, or, where it names none, as that of its signing; and its end, whether the file gives one or not.
pub fn is_no_ones_alone(agreement: &Agreement, subject: &str) -> bool {
    match subject {
        "effective" => agreement.effective.is_some() || agreement.signed.is_some(),
        "expiration" => true,
        _ => false,
    }
}

/// Whether a claim about an agreement's own day counts against its file: `accepted` is the claim that is accepted.
/// What stands in the file is what all have agreed on, so another takes the word or the silence of every party, unless one
/// side's word is enough.
pub fn is_for_all(
    office: &Office,
    agreement: &Agreement,
    subject: &str,
    accepted: Option<&Claim>,
) -> bool {
    let one_is_enough = office.confirmation(agreement, Some(subject)) == Confirmation::None;
    accepted.is_some_and(|claim| one_is_enough || is_accepted_by_all(agreement, claim))
}

/// Whether every party has said what a claim says, or accepted it by its silence.
pub fn is_accepted_by_all(agreement: &Agreement, claim: &Claim) -> bool {
    let is_silent = |party: &PartyId| {
        let mut silences = claim.by_silence.iter();
        silences.any(|silence| silence.party == *party)
    };
    let mut parties = agreement.parties.iter();
    parties.all(|party| claim.said_by.contains(party) || is_silent(party))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Asking;
    use crate::reminder::fixture::{day, entry, office};

    /// From which day UPE's silence accepts what DHA said on 1 May 2014, by messages that left on one day and named another.
    fn bound_from(messages: &[(&str, &str)]) -> Option<(String, i64)> {
        let mut office = office();
        office.settings.confirmation = Confirmation::Silence;
        let upe = PartyId::new("upe");
        let said = entry(1, EntryKind::Met, "follow_up_meeting", "2014-05-01", "dha");
        let asking = (1..).zip(messages).map(|(message, (left, from))| Asking {
            message,
            left_at: format!("{left}T17:00:00Z").parse().unwrap(),
            from: day(from),
        });
        let asked = Asked::from([((1, upe.clone()), asking.collect())]);
        let rule = Rule::new(&office, &office.agreements[0], &asked, day("2014-07-01"));
        let silence = rule.silence(&said, &upe)?;
        assert_eq!(rule.silence(&said, &PartyId::new("dha")), None);
        Some((silence.from.to_string(), silence.message))
    }

    #[test]
    fn of_several_messages_the_latest_day_holds_that_was_named_in_time() {
        let from =
            |messages| bound_from(messages).map(|(day, message)| format!("{day} by {message}"));
        assert_eq!(from(&[]), None);
        assert_eq!(
            from(&[("2014-05-01", "2014-05-15")]).unwrap(),
            "2014-05-15 by 1"
        );
        // Too little time was left.
        assert_eq!(from(&[("2014-05-06", "2014-05-15")]), None);
        // Another contact of the party was asked later, and read a later day.
        let two = [("2014-05-01", "2014-05-15"), ("2014-05-09", "2014-05-23")];
        assert_eq!(from(&two).unwrap(), "2014-05-23 by 2");
        // Or a nearer one.
        let two = [("2014-05-06", "2014-05-20"), ("2014-05-07", "2014-05-17")];
        assert_eq!(from(&two).unwrap(), "2014-05-20 by 1");
        // It was accepted already when the other left.
        let two = [("2014-05-01", "2014-05-15"), ("2014-05-15", "2014-05-29")];
        assert_eq!(from(&two).unwrap(), "2014-05-15 by 1");
    }

    #[test]
    fn a_message_never_names_a_day_that_leaves_less_than_a_fair_time() {
        let office = office();
        let said = entry(1, EntryKind::Met, "follow_up_meeting", "2014-05-01", "dha");
        let asked = Asked::new();
        for later in 0..60 {
            let today = day("2014-05-01") + Days::new(later);
            let rule = Rule::new(&office, &office.agreements[0], &asked, today);
            let from = rule.silent_from(&said).unwrap();
            assert!(is_fair(today, from), "{today}");
            assert!(from >= day("2014-05-15"), "{today}");
        }
    }
}
