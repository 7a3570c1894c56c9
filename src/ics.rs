//! Days as a calendar file: the only place that knows RFC 5545.
//!
//! Every event is one whole day and stands for itself; there is no recurrence rule, because a contract's months are not
//! RFC 5545's. The same input gives the same bytes: no stamp is taken from the clock.

mod events;
mod write;

pub use events::{Audience, Changes, events, gone, host};
pub use write::{Written, calendar, frame, written};

use crate::ids::{AgreementId, ObligationId};
use crate::schedule::State;
use chrono::{DateTime, NaiveDate, Utc};

/// One day in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayEvent {
    /// The same for the same occurrence in every mail and feed.
    pub uid: String,
    /// The day.
    pub day: NaiveDate,
    /// Of which agreement.
    pub agreement: AgreementId,
    /// Of which obligation; the id of the agreement's own term where it is that.
    pub obligation: ObligationId,
    /// Where that stands.
    pub state: State,
    /// Whether it was told and stands no more.
    pub is_cancelled: bool,
    /// What it is.
    pub title: String,
    /// Its facts, in lines.
    pub description: String,
    /// Where to read more.
    pub url: Option<String>,
    /// When what it says came to be known.
    pub stamp: DateTime<Utc>,
    /// How often what it rests on has changed: a calendar takes the event with the higher number.
    pub sequence: usize,
}
