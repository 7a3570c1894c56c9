//! From a trigger and a length to a last day.

mod repeat;
mod walk;

use super::rules::{AtLeast, Before, TriggerDay};
use super::{Counting, DayKind, Direction, Length, Step, Unit};
use crate::deadline::OtherReading;
use chrono::NaiveDate;
use walk::{Parts, Walk};

/// How a number of days is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `within`, `no later than`, `N days after`.
    Limit,
    /// `at least`, `not less than`.
    Minimum,
}

/// A last day, and how it was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The last day, before any roll.
    pub nominal: NaiveDate,
    /// The arithmetic, one step for each part of the length, with any clamp and each day stepped over.
    pub steps: Vec<Step>,
    /// What another lawful reading would give.
    pub other_readings: Vec<OtherReading>,
}

/// Why a length cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountingFault {
    /// No calendar among the days off names this kind of day.
    NoCalendarNames(DayKind),
    /// The calendars close no day of the week, so that such days would be all days.
    NoClosedWeekday(DayKind),
    /// It leads outside the years 1 to 9999, or over more days than are counted one by one.
    OutOfRange,
}

impl std::fmt::Display for CountingFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoCalendarNames(kind) => write!(
                f,
                "no calendar in `days_off` says which days are {} days",
                kind.word()
            ),
            Self::NoClosedWeekday(kind) => write!(
                f,
                "no calendar in `days_off` closes a day of the week, so every day would be a {} day",
                kind.word()
            ),
            Self::OutOfRange => f.write_str("this leads to no day that can be worked out"),
        }
    }
}

impl CountingFault {
    /// What to write.
    pub fn help(self) -> Option<String> {
        match self {
            Self::NoCalendarNames(DayKind::Working | DayKind::Business)
            | Self::NoClosedWeekday(_) => {
                Some("name a calendar that has weekends: days_off = [\"weekends\"]".to_owned())
            }
            Self::NoCalendarNames(kind) => Some(format!(
                "name a calendar whose `names` have \"{}\": days_off = [\"weekends\", ...]",
                kind.word()
            )),
            Self::OutOfRange => Some("write a shorter length".to_owned()),
        }
    }
}

/// Which of the days at the ends of a count are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    /// The trigger is not counted, the last day is.
    Last,
    /// Both are.
    Both,
    /// Neither is.
    Neither,
}

impl Counting {
    /// Counts `length` from a trigger: `30 days after`, `at least 90 days before`.
    ///
    /// # Errors
    /// Where no calendar says which days are open, or the day cannot be worked out.
    pub fn count(
        &self,
        from: NaiveDate,
        length: &Length,
        direction: Direction,
        bound: Bound,
    ) -> Result<Counted, CountingFault> {
        let ends = self.ends(length, direction, bound);
        let mut counted = self.count_with(from, length, direction, ends, bound)?;
        if is_days(length) {
            self.show_neighbours(&mut counted, from, length, direction, ends, bound);
        }
        for (counting, other) in self.otherwise(&["six_months", "year", "before", "at_least"]) {
            let ends = counting.ends(length, direction, bound);
            if let Ok(otherwise) = counting.reach(from, length, direction, ends, bound)
                && otherwise.nominal != counted.nominal
            {
                counted.other_readings.push(OtherReading {
                    text: other.text.clone(),
                    date: Some(otherwise.nominal),
                    source: other.source.clone(),
                });
            }
        }
        Ok(counted)
    }

    /// Counts a length whose first day is counted: `3 months beginning on January 31` ends on 30 April.
    ///
    /// # Errors
    /// As [`Counting::count`].
    pub fn count_including_first(
        &self,
        from: NaiveDate,
        length: &Length,
    ) -> Result<Counted, CountingFault> {
        self.count_with(from, length, Direction::Forward, Ends::Both, Bound::Limit)
    }

    /// Counts back with the named day counted: `30 days preceding and including` a day.
    ///
    /// # Errors
    /// As [`Counting::count`].
    pub fn count_inclusive_before(
        &self,
        from: NaiveDate,
        length: &Length,
    ) -> Result<Counted, CountingFault> {
        self.count_with(from, length, Direction::Backward, Ends::Both, Bound::Limit)
    }

    /// Counts with both ends not counted: `7 clear days after`, `more than 7 days after`.
    ///
    /// # Errors
    /// As [`Counting::count`].
    pub fn count_clear(
        &self,
        from: NaiveDate,
        length: &Length,
        direction: Direction,
    ) -> Result<Counted, CountingFault> {
        self.count_with(from, length, direction, Ends::Neither, Bound::Minimum)
    }

    /// Counts days and hours over open days alone: `48 hours after receipt excluding Saturdays, Sundays and holidays`.
    /// What is off is what any calendar here closes.
    ///
    /// # Errors
    /// As [`Counting::count`].
    pub fn count_open(
        &self,
        from: NaiveDate,
        length: &Length,
        direction: Direction,
    ) -> Result<Counted, CountingFault> {
        let parts = length.0.iter().map(|&(number, unit)| match unit {
            Unit::Day => (number, Unit::Open(DayKind::Working)),
            Unit::Hour => (number.div_ceil(24), Unit::Open(DayKind::Working)),
            Unit::Week => (number.saturating_mul(7), Unit::Open(DayKind::Working)),
            unit => (number, unit),
        });
        self.count(from, &Length(parts.collect()), direction, Bound::Limit)
    }

    fn ends(&self, length: &Length, direction: Direction, bound: Bound) -> Ends {
        // Clear days are days: weeks and months end on the corresponding day, whatever the rules say of days.
        let of_days = matches!(length.0.last(), Some((_, Unit::Day | Unit::Open(_))));
        let clear = of_days && bound == Bound::Minimum && self.rules.at_least == AtLeast::Clear;
        match direction {
            _ if clear => Ends::Neither,
            Direction::Forward => match self.rules.trigger_day {
                TriggerDay::Excluded => Ends::Last,
                TriggerDay::Counted => Ends::Both,
            },
            Direction::Backward => match self.rules.before {
                Before::Clear if of_days => Ends::Neither,
                Before::Plain | Before::Clear => Ends::Last,
                Before::Inclusive => Ends::Both,
            },
        }
    }

    /// What the other two ways of counting the ends would give, where parties are known to differ over them.
    fn show_neighbours(
        &self,
        counted: &mut Counted,
        from: NaiveDate,
        length: &Length,
        direction: Direction,
        ends: Ends,
        bound: Bound,
    ) {
        let others: &[Ends] = match (direction, bound) {
            (Direction::Backward, _) => &[Ends::Last, Ends::Neither, Ends::Both],
            (Direction::Forward, Bound::Minimum) => &[Ends::Last, Ends::Neither],
            (Direction::Forward, Bound::Limit) => &[],
        };
        for &other in others.iter().filter(|other| **other != ends) {
            let Ok(otherwise) = self.reach(from, length, direction, other, bound) else {
                continue;
            };
            let (text, source) = match other {
                Ends::Last => (
                    "the named day is not counted and the last day is",
                    "the usual count",
                ),
                Ends::Both => (
                    "the named day itself is counted; not taken, because the words do not include it",
                    "the NLRB, for `preceding and including`",
                ),
                Ends::Neither => (
                    "clear days: neither the named day nor the last is counted; not taken, because the rules here do not ask for them",
                    "Interpretation Act (Canada), section 27(1)",
                ),
            };
            counted.other_readings.push(OtherReading {
                text: text.to_owned(),
                date: Some(otherwise.nominal),
                source: source.to_owned(),
            });
        }
    }

    /// [`Counting::reach`], and the other order of the parts where that would give another day.
    fn count_with(
        &self,
        from: NaiveDate,
        length: &Length,
        direction: Direction,
        ends: Ends,
        bound: Bound,
    ) -> Result<Counted, CountingFault> {
        let mut counted = self.reach(from, length, direction, ends, bound)?;
        let written: Result<NaiveDate, CountingFault> =
            length.0.iter().try_fold(from, |day, &part| {
                let part = Length(vec![part]);
                self.reach(day, &part, direction, Ends::Last, bound)
                    .map(|reached| reached.nominal)
            });
        let largest_first = self.reach(from, length, direction, Ends::Last, bound);
        if let (Ok(written), Ok(largest_first)) = (written, largest_first)
            && length.0.len() > 1
            && written != largest_first.nominal
        {
            counted.other_readings.push(OtherReading {
                text: "each part counted in the order written; not taken: years and months come first, then weeks, then days"
                    .to_owned(),
                date: Some(written),
                source: "XML Schema 1.0 part 2, appendix E".to_owned(),
            });
        }
        Ok(counted)
    }

    /// The last day and the steps to it.
    fn reach(
        &self,
        from: NaiveDate,
        length: &Length,
        direction: Direction,
        ends: Ends,
        bound: Bound,
    ) -> Result<Counted, CountingFault> {
        let mut parts = Parts::of(length)?;
        if self.is_short(length) {
            parts.open.push((parts.days, DayKind::Business));
            parts.days = 0;
        }
        let mut walk = Walk {
            counting: self,
            direction,
            from,
            day: from,
            steps: Vec::new(),
            ends,
            bound,
            clamped: false,
        };
        walk.years_and_months(&parts)?;
        walk.days(&parts)?;
        walk.close(&parts)?;
        walk.open_days(&parts, length)?;
        walk.working_days_within(&parts)?;
        Ok(Counted {
            nominal: walk.day,
            steps: walk.steps,
            other_readings: Vec::new(),
        })
    }

    /// Whether a length is so short that only business days count.
    fn is_short(&self, length: &Length) -> bool {
        let days = match length.0.as_slice() {
            [(number, Unit::Day)] => *number,
            [(number, Unit::Hour)] => number.div_ceil(24),
            _ => return false,
        };
        days < self.rules.short_period.under
    }
}

fn is_days(length: &Length) -> bool {
    matches!(length.0.as_slice(), [(_, Unit::Day | Unit::Open(_))])
}
