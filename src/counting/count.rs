//! From a trigger and a length to a last day.

mod repeat;
mod walk;

use super::other_rules::{ORDER, TurnedOn};
use super::rules::{AtLeast, Before, TriggerDay};
use super::{Counting, DayKind, Direction, Length, Step, Unit};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
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
    /// The rules that it turned on, of which some have another lawful reading.
    pub turned_on: Vec<TurnedOn>,
}

/// Why a length cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountingFault {
    /// No calendar among the days off names this kind of day.
    NoCalendarNames(DayKind),
    /// The calendars close no day of the week, so that such days would be all days.
    NoClosedWeekday(DayKind),
    /// No calendar lists a school year on this day or beyond it.
    NoSchoolYear(NaiveDate),
    /// It leads outside the years 1 to 9999, or over more days than are counted one by one.
    OutOfRange,
}

impl std::fmt::Display for CountingFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.in_words())
    }
}

impl CountingFault {
    /// What is wrong.
    pub fn in_words(self) -> Sentence {
        Sentence::when_read(move |language| match (self, language) {
            (Self::NoCalendarNames(kind), English) => format!(
                "no calendar in `days_off` says which days are {} days",
                kind.word()
            ),
            (Self::NoCalendarNames(kind), Spanish) => format!(
                "ningún calendario de `days_off` indica cuál es un {}",
                kind.noun().one(language)
            ),
            (Self::NoClosedWeekday(kind), English) => format!(
                "no calendar in `days_off` closes a day of the week, so every day would be a {} day",
                kind.word()
            ),
            (Self::NoClosedWeekday(kind), Spanish) => format!(
                "ningún calendario de `days_off` cierra un día de la semana, de modo que cada día sería un {}",
                kind.noun().one(language)
            ),
            (Self::NoSchoolYear(day), English) => format!(
                "{} lies beyond the school years that are listed",
                language.day(day)
            ),
            (Self::NoSchoolYear(day), Spanish) => format!(
                "el {} queda fuera de los años escolares que constan",
                language.day(day)
            ),
            (Self::OutOfRange, English) => {
                "this leads outside the years 1 to 9999, or over more open days than are counted"
                    .to_owned()
            }
            (Self::OutOfRange, Spanish) => {
                "esto lleva fuera de los años 1 a 9999, o a más días hábiles de los que se cuentan"
                    .to_owned()
            }
        })
    }

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
            Self::NoSchoolYear(_) => {
                Some("list the school year, with `[[school_years]]`".to_owned())
            }
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
            match (direction, bound) {
                (Direction::Backward, _) => counted.turned_on.push("before"),
                (Direction::Forward, Bound::Minimum) => counted.turned_on.push("at_least"),
                (Direction::Forward, Bound::Limit) => {}
            }
        }
        if direction == Direction::Forward {
            counted.turned_on.push("trigger_day");
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

    /// [`Counting::reach`]; under the other reading, the parts of the length one by one.
    fn count_with(
        &self,
        from: NaiveDate,
        length: &Length,
        direction: Direction,
        ends: Ends,
        bound: Bound,
    ) -> Result<Counted, CountingFault> {
        let several = length.0.len() > 1;
        if !self.as_written || !several {
            let mut counted = self.reach(from, length, direction, ends, bound)?;
            if several {
                counted.turned_on.push(ORDER);
            }
            return Ok(counted);
        }
        let mut counted = Counted {
            nominal: from,
            steps: Vec::new(),
            turned_on: Vec::new(),
        };
        let last = length.0.len() - 1;
        for (index, &part) in length.0.iter().enumerate() {
            let ends = if index == last { ends } else { Ends::Last };
            let part = Length(vec![part]);
            let next = self.reach(counted.nominal, &part, direction, ends, bound)?;
            counted.nominal = next.nominal;
            counted.steps.extend(next.steps);
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
            lacked_a_day: false,
            said: None,
        };
        walk.years_and_months(&parts)?;
        walk.days(&parts)?;
        walk.close(&parts)?;
        walk.open_days(&parts, length)?;
        walk.working_days_within(&parts)?;
        let mut turned_on = Vec::new();
        if parts.is_six_months() {
            turned_on.push("six_months");
        }
        if parts.years > 0 {
            turned_on.push("year");
        }
        if walk.lacked_a_day {
            turned_on.push("months");
        }
        Ok(Counted {
            nominal: walk.day,
            steps: walk.steps,
            turned_on,
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
