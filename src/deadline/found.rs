//! A day that was found, or why none was; what the evaluation around it knows.

use super::weekdays::toward;
use crate::counting::{CountingFault, Direction, Step, THE_WORDS};
use crate::words;
use chrono::NaiveDate;

/// A day that was found, and how.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) day: NaiveDate,
    pub(super) steps: Vec<Step>,
    /// It hangs on a day that is only expected.
    pub(super) projected: bool,
    /// The way that was counted last, where something was counted.
    pub(super) counted: Option<Direction>,
    /// The day that was counted from.
    pub(super) from: Option<NaiveDate>,
    /// It is a trigger's own day: nothing is limited by the calendar.
    pub(super) event: bool,
    /// It is the last day before one that the words leave out.
    pub(super) before: bool,
}

impl Found {
    pub(super) fn certain(day: NaiveDate) -> Self {
        Self {
            day,
            steps: Vec::new(),
            projected: false,
            counted: None,
            from: None,
            event: false,
            before: false,
        }
    }

    /// The day of that name on one side of this one.
    pub(super) fn beside(
        mut self,
        name: &str,
        direction: Direction,
        day: Option<NaiveDate>,
    ) -> Result<Self, Missing> {
        let from = self.day;
        self.day = day.ok_or_else(out_of_range)?;
        self.step(
            format!(
                "the {name} {} {}: {}",
                toward(direction),
                words::day(from),
                words::day(self.day)
            ),
            THE_WORDS,
        );
        self.event = false;
        Ok(self)
    }

    pub(super) fn step(&mut self, text: impl Into<String>, source: &str) {
        self.steps.push(Step {
            text: text.into(),
            date: Some(self.day),
            source: source.to_owned(),
        });
    }
}

/// Why a day was not found.
#[derive(Clone, Debug)]
pub(super) enum Missing {
    /// A trigger has no day.
    Waiting,
    /// It cannot be worked out.
    Fault(String),
    /// An office's own calendar does not list it, or not so far.
    NotListed(String),
}

impl Missing {
    /// A count that cannot be made.
    pub(super) fn counting(fault: CountingFault) -> Self {
        match fault {
            CountingFault::NoSchoolYear(_) => Self::NotListed(fault.to_string()),
            fault => Self::Fault(fault.to_string()),
        }
    }
}

/// Which year a day without one is in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// Of a series of years.
    pub(super) year: Option<i32>,
    /// On or after this day: the far end of a window.
    pub(super) after: Option<NaiveDate>,
    /// The day of the other series that a limit is counted from.
    pub(super) occasion: Option<NaiveDate>,
}

pub(super) fn named(day: NaiveDate) -> Found {
    let mut found = Found::certain(day);
    found.step(
        format!("the words name {}", words::weekday_and_day(day)),
        THE_WORDS,
    );
    found
}

pub(super) fn not_listed(text: String) -> Missing {
    Missing::NotListed(text)
}

pub(super) fn out_of_range() -> Missing {
    Missing::Fault(
        "this leads outside the years 1 to 9999, or over more open days than are counted"
            .to_owned(),
    )
}
