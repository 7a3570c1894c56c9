//! What no file shows alone: where a file disagrees with the record, and agreements with one another.
//!
//! Pure: it follows from the office, the record, the outlook of each agreement and the day. All of it is for somebody to look at: each paper is
//! read as it stands, and every date is computed. Only words that contradict themselves are a fault.

mod agreed_day;
mod date_in_file;
mod dated;
mod gone;
mod itself;
mod nobody_is_reminded;
mod outlives;
mod outlook;
mod same_duty;
mod tentative;
mod text_changed;

pub use gone::{Gone, How, gone};
pub use nobody_is_reminded::{Unreminded, unreminded};
pub use outlook::Outlooks;
pub(crate) use outlook::{loose, of_an_occurrence};
pub(crate) use text_changed::Texts;

use crate::diagnostic::Diagnostic;
use crate::office::Office;
use crate::record::Record;
use crate::schedule::{Occurrence, State};
use chrono::NaiveDate;

/// Every such disagreement on a day.
pub fn find(
    office: &mut Office,
    record: &Record,
    outlooks: &Outlooks,
    today: NaiveDate,
) -> Vec<Diagnostic> {
    let mut found = text_changed::find(office, record);
    found.extend(date_in_file::find(office, record, today));
    found.extend(agreed_day::find(office, record, outlooks, today));
    found.extend(same_duty::find(office, outlooks));
    found.extend(outlives::find(office, outlooks));
    found.extend(itself::find(office, outlooks));
    found.extend(tentative::find(office, outlooks));
    found.extend(nobody_is_reminded::find(office));
    found.extend(gone::find(office, record, outlooks));
    found.extend(dated::find(office, record, today));
    found
}

/// Whether an occurrence is still to come or goes on.
fn is_live(occurrence: &Occurrence) -> bool {
    !matches!(
        occurrence.state,
        State::Met
            | State::MetLate
            | State::Waived
            | State::Superseded
            | State::Renewed
            | State::Ended
            | State::Unrecorded
    )
}
