//! Whether `until` a day includes it.

use super::rules::Until;
use super::{Counted, Counting, Direction, Step, civil};
use crate::words;
use chrono::NaiveDate;

impl Counting {
    /// The last day of something that lasts `until` or `to` a day.
    pub fn until(&self, day: NaiveDate) -> Counted {
        let (nominal, text) = match self.rules.until {
            Until::Through => (
                day,
                format!("`until` {} is read as through that day", words::day(day)),
            ),
            Until::Before => {
                let before = civil::add_days(day, 1, Direction::Backward).unwrap_or(day);
                (
                    before,
                    format!(
                        "`until` leaves the day itself out: {}",
                        words::weekday_and_day(before)
                    ),
                )
            }
        };
        Counted {
            nominal,
            steps: vec![Step {
                text,
                date: Some(nominal),
                source: self.source("until"),
            }],
            turned_on: vec!["until"],
        }
    }
}
