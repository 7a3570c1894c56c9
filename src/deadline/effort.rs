//! How much one phrase may cost: open days are counted one by one, and a series counts them again for each of its days.

use super::found::Missing;
use super::limits::Evaluation;
use crate::counting::{Length, Unit};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;

/// The most open days that are counted for one phrase: from each working day of ten years, the working days of half a year.
const MOST_OPEN_DAYS: u64 = 500_000;

impl Evaluation<'_> {
    /// Takes note that a length is to be counted so many times over.
    pub(super) fn spend(&mut self, length: &Length, times: usize) -> Result<(), Missing> {
        let open = length.0.iter().map(|(number, unit)| match unit {
            Unit::Open(_) => u64::from(*number),
            _ => 0,
        });
        let times = u64::try_from(times).unwrap_or(u64::MAX);
        let days = open.sum::<u64>().saturating_mul(times);
        self.open_days = self.open_days.saturating_add(days);
        if self.open_days > MOST_OPEN_DAYS {
            return Err(Missing::Fault(Sentence::in_each(
                |language| match language {
                    English => format!(
                        "this counts more than {MOST_OPEN_DAYS} open days; name a later day to begin from, or fewer days"
                    ),
                    Spanish => format!(
                        "esto cuenta más de {MOST_OPEN_DAYS} días hábiles; indique un día posterior desde el cual empezar, o menos días"
                    ),
                },
            )));
        }
        Ok(())
    }
}
