//! What a fault in a file leaves open although it is read itself: the day of what hangs on something that is not, and who is asked
//! for it. Mail about it waits until the fault is mended.

use super::key::Key;
use super::stage::Stage;
use super::told::Told;
use crate::ids::{AgreementId, EventId, ObligationId};
use crate::language::Trigger;
use crate::office::Office;
use crate::record::Record;
use crate::schedule::{self, Question};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What the faults of an office leave open.
#[derive(Debug, Default)]
pub(super) struct LeftOpen {
    /// Obligations, own terms and events.
    subjects: BTreeSet<(AgreementId, String)>,
    /// Agreements of which it is not known whether they end: any day of theirs may be another.
    ends: BTreeSet<AgreementId>,
}

impl LeftOpen {
    pub(super) fn of(office: &Office, record: &Record, today: NaiveDate) -> Self {
        let mut open = Self::default();
        let mut days = BTreeSet::new();
        let left_out = office.left_out.iter();
        let left_out =
            left_out.filter_map(|out| Some((out.agreement.as_ref()?, out.what.as_deref()?)));
        for (id, what) in left_out {
            let Some(agreement) = office.agreement(id.as_str()) else {
                continue;
            };
            if what == "renewal" {
                open.ends.insert(id.clone());
                days.insert((id.clone(), event("expiration")));
                continue;
            }
            open.add(id, what);
            days.extend([event(what), obligation(what)].map(|day| (id.clone(), day)));
            // What was to take the place of another's leaves open what holds of that.
            for amended in &agreement.amends {
                open.add(amended, what);
                days.insert((amended.clone(), obligation(what)));
            }
        }
        let question = Question::new(office, record, today);
        for (agreement, subject) in schedule::hanging_on(&question, &days) {
            open.add(&agreement, subject.as_str());
        }
        open
    }

    fn add(&mut self, agreement: &AgreementId, subject: &str) {
        self.subjects
            .insert((agreement.clone(), subject.to_owned()));
    }

    /// Whether it is open on which day something is, or who hears of it.
    pub(super) fn has(&self, key: &Key) -> bool {
        is_of_a_day(key)
            && self
                .subjects
                .contains(&(key.agreement.clone(), key.subject.clone()))
    }

    /// Whether the day of something may be another than the one that is worked out.
    pub(super) fn may_move(&self, key: &Key) -> bool {
        is_of_a_day(key) && self.ends.contains(&key.agreement)
    }

    /// Whether nobody is told of it meanwhile: what is open, and that a day is another than the one that was told.
    pub(super) fn keeps_back(&self, key: &Key, told: &Told) -> bool {
        let is_news = || {
            key.stage == Stage::Moved || told.last_day(key).is_some_and(|before| before != key.day)
        };
        self.has(key) || (self.may_move(key) && is_news())
    }
}

/// Whether it speaks of a day, or asks for one, rather than of what somebody said or of mail.
fn is_of_a_day(key: &Key) -> bool {
    !key.stage.tells_of_an_entry() && !matches!(key.stage, Stage::Undelivered | Stage::Digest)
}

fn event(id: &str) -> Trigger {
    Trigger::Event {
        agreement: None,
        event: EventId::new(id),
    }
}

fn obligation(id: &str) -> Trigger {
    Trigger::Obligation(ObligationId::new(id))
}
