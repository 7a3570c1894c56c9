//! The days of something that recurs: each counted from the first, never from the one before.

use super::{Bound, Ends};
use crate::counting::rules::SixMonths;
use crate::counting::{Counting, CountingFault, Direction, Length, Unit, civil};
use chrono::NaiveDate;

impl Counting {
    /// The day that lies `times` lengths after a day; with a day that a month lacks, what the rules make of it.
    ///
    /// What the rules say of a period in which something is to be done (the trigger's day, six months, a folded year, short
    /// periods) does not hold here: this is how far apart two days are.
    ///
    /// # Errors
    /// Where no calendar says which days are open, or the day cannot be worked out.
    pub fn repeated(
        &self,
        from: NaiveDate,
        length: &Length,
        times: usize,
    ) -> Result<NaiveDate, CountingFault> {
        let times = u64::try_from(times).map_err(|_| CountingFault::OutOfRange)?;
        let (mut months, mut days) = (0u64, 0u64);
        let mut open = Vec::new();
        for &(number, unit) in &length.0 {
            let number = u64::from(number).saturating_mul(times);
            let (place, by) = match unit {
                Unit::Year => (&mut months, 12),
                Unit::Quarter => (&mut months, 3),
                Unit::Month => (&mut months, 1),
                Unit::HalfMonth => (&mut days, 15),
                Unit::Week => (&mut days, 7),
                Unit::Day => (&mut days, 1),
                Unit::Hour => {
                    days = days.saturating_add(number.div_ceil(24));
                    continue;
                }
                Unit::Open(_) => {
                    let number = u32::try_from(number).map_err(|_| CountingFault::OutOfRange)?;
                    open.push((number, unit));
                    continue;
                }
            };
            *place = place.saturating_add(number.saturating_mul(by));
        }
        let forward = Direction::Forward;
        let moved = civil::add_months(from, months, forward, self.rules.months)?.day;
        let moved = civil::add_days(moved, days, forward)?;
        if open.iter().all(|(number, _)| *number == 0) {
            return Ok(moved);
        }
        self.reach(moved, &Length(open), forward, Ends::Last, Bound::Limit)
            .map(|counted| counted.nominal)
    }

    /// These rules for a term and its renewals in one: six months that are twice three are no six months of the words.
    #[must_use]
    pub fn of_lengths_put_together(&self) -> Self {
        let mut counting = self.clone();
        counting.rules.six_months = SixMonths::Calendar;
        counting
    }

    /// That day, the day that lies one length after it, two lengths, and so on.
    ///
    /// Open days are counted on from the day before, which comes to the same and does not count the first ones over and over.
    pub fn repeats(
        &self,
        from: NaiveDate,
        length: &Length,
    ) -> impl Iterator<Item = Result<NaiveDate, CountingFault>> {
        let on_from_there = counts_on(length);
        let mut before = from;
        (0..).map(move |times| {
            if !on_from_there || times == 0 {
                return self.repeated(from, length, times);
            }
            before = self.repeated(before, length, 1)?;
            Ok(before)
        })
    }

    /// How many times over a length is counted to come from one day of [`Counting::repeats`] to the one of that number.
    pub fn counts_over(length: &Length, number: usize) -> usize {
        if counts_on(length) { 1 } else { number }
    }
}

/// Whether each day is counted on from the one before.
fn counts_on(length: &Length) -> bool {
    matches!(length.0.as_slice(), [(_, Unit::Open(_))])
}
