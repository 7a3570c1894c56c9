//! How days are counted: which are off, where a count begins, and what happens when it ends on a closed day.
//!
//! Data, not program: presets are in `counting/presets`, days off in `counting/calendars`.

use chrono::NaiveDate;

/// One step of how a date was reached, for people.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Step {
    /// What was done, in a short sentence without a full stop.
    pub text: String,
    /// The day that it led to.
    pub date: Option<NaiveDate>,
    /// Where that comes from: a clause, an entry of the record, a calendar, a rule of law.
    pub source: String,
}

mod length;

pub use length::{DayKind, Direction, Length, Unit};

/// The rules by which an agreement's days are counted.
#[derive(Clone, Debug)]
pub struct Counting {
    /// The preset that they began from; `None`: the agreement names none, and `plain` is used.
    pub preset: Option<String>,
    /// The agreement's own authority for them: `MOU article 8.3`.
    pub authority: Option<String>,
}

impl Counting {
    /// Every day counts, nothing rolls.
    pub fn plain() -> Self {
        Self {
            preset: None,
            authority: None,
        }
    }
}
