//! A day that was found, or why none was; what the evaluation around it knows.

use crate::counting::{CountingFault, Direction, Step, the_words};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// A day that was found, and how.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something else of a day, and any of them may hold beside another"
)]
pub(super) struct Found {
    pub(super) day: NaiveDate,
    pub(super) steps: Vec<Step>,
    /// It hangs on a day that is only expected.
    pub(super) projected: bool,
    /// The way that was counted last, where something was counted.
    pub(super) counted: Option<Direction>,
    /// The day that was counted from.
    pub(super) from: Option<NaiveDate>,
    /// It is the end of a least length: the earliest.
    pub(super) is_least: bool,
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
            is_least: false,
            event: false,
            before: false,
        }
    }

    /// The day of that name on one side of this one.
    pub(super) fn beside(
        mut self,
        name: &Sentence,
        direction: Direction,
        day: Option<NaiveDate>,
    ) -> Result<Self, Missing> {
        let (from, name) = (self.day, name.clone());
        let day = day.ok_or_else(out_of_range)?;
        self.day = day;
        self.step(
            Sentence::when_read(move |language| {
                let name = name.of(language);
                let (from, day) = (language.day(from), language.day(day));
                match (direction, language) {
                    (Direction::Forward, English) => format!("the {name} after {from}: {day}"),
                    (Direction::Forward, Spanish) => {
                        format!("el {name} posterior al {from}: {day}")
                    }
                    (Direction::Backward, English) => format!("the {name} before {from}: {day}"),
                    (Direction::Backward, Spanish) => {
                        format!("el {name} anterior al {from}: {day}")
                    }
                }
            }),
            the_words(),
        );
        self.event = false;
        Ok(self)
    }

    pub(super) fn step(&mut self, text: Sentence, source: Sentence) {
        self.steps.push(Step {
            text,
            date: Some(self.day),
            source,
        });
    }
}

/// Why a day was not found.
#[derive(Clone, Debug)]
pub(super) enum Missing {
    /// A trigger has no day.
    Waiting,
    /// It cannot be worked out.
    Fault(Sentence),
    /// An office's own calendar does not list it, or not so far.
    NotListed(Sentence),
}

impl Missing {
    /// A count that cannot be made.
    pub(super) fn counting(fault: CountingFault) -> Self {
        match fault {
            CountingFault::NoSchoolYear(_) => Self::NotListed(fault.in_words()),
            fault => Self::Fault(fault.in_words()),
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
        Sentence::when_read(move |language| {
            let day = language.weekday_and_day(day);
            match language {
                English => format!("the words name {day}"),
                Spanish => format!("el texto indica el {day}"),
            }
        }),
        the_words(),
    );
    found
}

pub(super) fn not_listed(text: Sentence) -> Missing {
    Missing::NotListed(text)
}

pub(super) fn out_of_range() -> Missing {
    Missing::Fault(CountingFault::OutOfRange.in_words())
}
