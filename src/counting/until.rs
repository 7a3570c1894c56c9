//! Whether `until` a day includes it.

use super::rules::Until;
use super::{Counted, Counting, Direction, Step, civil};
use crate::deadline::OtherReading;
use crate::words;
use chrono::NaiveDate;

/// `to March 19` ends on the 18th.
const EXCLUDES: &str = "Hemisphere Steel Products, 131 NLRB 56 (1961)";
/// `until` and `to` a day include it.
const INCLUDES: &str = "Interpretation Act (Canada), section 27(3)";

impl Counting {
    /// The last day of something that lasts `until` or `to` a day, and what the other reading would give.
    pub fn until(&self, day: NaiveDate) -> Counted {
        let before = civil::add_days(day, 1, Direction::Backward).unwrap_or(day);
        match self.rules.until {
            Until::Through => Counted {
                nominal: day,
                steps: Vec::new(),
                other_readings: vec![OtherReading {
                    text: "`until` a day leaves that day out; not taken, because the counting reads it as `through`"
                        .to_owned(),
                    date: Some(before),
                    source: EXCLUDES.to_owned(),
                }],
            },
            Until::Before => Counted {
                nominal: before,
                steps: vec![Step {
                    text: format!(
                        "`until` leaves the day itself out: {}",
                        words::weekday_and_day(before)
                    ),
                    date: Some(before),
                    source: self.source("until"),
                }],
                other_readings: vec![OtherReading {
                    text: "`until` a day includes that day; not taken, because the counting reads it as `before`"
                        .to_owned(),
                    date: Some(day),
                    source: INCLUDES.to_owned(),
                }],
            },
        }
    }
}
