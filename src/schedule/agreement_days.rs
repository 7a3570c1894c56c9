//! The days of an agreement itself: when it takes effect and ends, and what it says of its renewal.

use super::changes::{self, Amendment};
use super::further::Contested;
use super::occurrence::days_claimed;
use super::{Occurrence, RenewalDays, State, facts};
use crate::agreement::{Agreement, Status};
use crate::counting::Step;
use crate::ids::EventId;
use crate::words::Sentence;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The days of an agreement itself: stated, recorded, or worked out from its phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgreementDays {
    /// The days that are claimed for each of its events that does not repeat: first the one to go by, then those that differ.
    pub claimed: BTreeMap<EventId, Vec<NaiveDate>>,
    /// When it takes effect.
    pub effective: Option<AgreementDay>,
    /// That other days are claimed for that.
    pub effective_claimed: Option<Sentence>,
    /// When it ends; where it is renewed, the end of the period that holds the day.
    pub expires: Option<AgreementDay>,
    /// That other days are claimed for that.
    pub expires_claimed: Option<Sentence>,
    /// Whether that is a later period than the first.
    pub was_renewed: bool,
    /// The end of the period that follows on it, as things stand.
    pub renewed_until: Option<NaiveDate>,
    /// When the renewal of that period may be asked for, or notice given.
    pub renewal: Option<RenewalDays>,
    /// Whether the record has all that it waited for, and only its file still says that it is tentative.
    pub is_settled: bool,
    /// What later agreements do to the day on which it takes effect.
    pub effective_amended: Vec<Amendment>,
    /// What they do to its end.
    pub expires_amended: Vec<Amendment>,
    /// What they do to it as a whole.
    pub amended: Vec<Amendment>,
}

impl AgreementDays {
    /// The day on which it ended, where that is past.
    pub fn ended_on(&self, today: NaiveDate) -> Option<NaiveDate> {
        let end = self.expires.as_ref().filter(|end| !end.projected)?.day;
        (end < today && self.renewed_until.is_none()).then_some(end)
    }

    pub(super) fn of(
        agreement: &Agreement,
        facts: &facts::OfAgreement<'_>,
        own_term: &[Occurrence],
        contested: &Contested<'_>,
        today: NaiveDate,
    ) -> Self {
        let projected = agreement.status == Status::Tentative;
        let effective = facts.own_day("effective").map(|mut day| {
            day.projected |= projected;
            day
        });
        let effective_claimed = effective.as_ref().and_then(|first| {
            let mut others = contested.first_days(agreement);
            others.retain(|day| *day != first.day);
            (!others.is_empty()).then(|| days_claimed(first.day, &others))
        });
        let holds_today = |period: &&Occurrence| period.due.is_none_or(|due| due >= today);
        let current = own_term.iter().find(holds_today).or(own_term.last());
        let stands = current.filter(|period| period.state != State::Superseded);
        let expires = stands.and_then(|period| {
            Some(AgreementDay {
                day: period.due?,
                projected: period.projected || projected,
                steps: period.steps.clone(),
            })
        });
        let once = agreement.events.iter().filter(|event| !event.repeats);
        let claimed = once.map(|event| {
            let claims = facts.claims(event.id.as_str());
            let first = claims.first().into_iter();
            let days = first.chain(claims.others()).map(|claim| claim.day);
            (event.id.clone(), days.collect())
        });
        Self {
            claimed: claimed.collect(),
            effective,
            effective_claimed,
            expires,
            expires_claimed: current.and_then(Occurrence::two_days_claimed),
            was_renewed: current
                .zip(facts.own_day("expiration"))
                .is_some_and(|(now, first)| now.due > Some(first.day)),
            renewed_until: current.and_then(|period| period.renewed_until),
            renewal: current.and_then(|period| period.renewal.clone()),
            is_settled: false,
            effective_amended: changes::amendments(facts, "effective"),
            expires_amended: changes::amendments(facts, "expiration"),
            amended: changes::amendments(facts, changes::VOID),
        }
    }
}

/// A day of an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementDay {
    /// The day.
    pub day: NaiveDate,
    /// Whether it hangs on a day that is only expected.
    pub projected: bool,
    /// How it was reached.
    pub steps: Vec<Step>,
}
