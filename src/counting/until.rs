//! Whether `until` a day includes it.

use super::rules::Until;
use super::{Counted, Counting, Direction, Step, civil};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

impl Counting {
    /// The last day of something that lasts `until` or `to` a day.
    pub fn until(&self, day: NaiveDate) -> Counted {
        let (nominal, text) = match self.rules.until {
            Until::Through => (
                day,
                Sentence::when_read(move |language| {
                    let day = language.day(day);
                    match language {
                        English => format!("`until` {day} is read as through that day"),
                        Spanish => {
                            format!("`until` (hasta) el {day} se entiende con ese día incluido")
                        }
                    }
                }),
            ),
            Until::Before => {
                let before = civil::add_days(day, 1, Direction::Backward).unwrap_or(day);
                (
                    before,
                    Sentence::when_read(move |language| {
                        let before = language.weekday_and_day(before);
                        match language {
                            English => format!("`until` leaves the day itself out: {before}"),
                            Spanish => format!("`until` (hasta) excluye ese mismo día: {before}"),
                        }
                    }),
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
