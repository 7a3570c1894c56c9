//! What happens when a count ends on a day that is off.

use super::days_off::Purpose;
use super::other_rules::TurnedOn;
use super::passed::steps_over;
use super::rules::{RollBackward, RollForward};
use super::{Counting, DayOff, Direction, Step, THE_WORDS, civil};
use crate::words;
use chrono::NaiveDate;

/// The longest run of days off that a roll passes: a year. Where no day in it is open, the day stays.
const LONGEST_CLOSURE: usize = 366;

/// What is due, as far as rolling asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Something to be done within a period.
    Act,
    /// Something to be done by a named day.
    DateCertain,
    /// One of a series: each rolls as a named day does.
    Occurrence,
}

/// A last day after rolling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rolled {
    /// The day on which it is due.
    pub due: NaiveDate,
    /// The later day on which the law lets it be done.
    pub grace: Option<NaiveDate>,
    /// Each day passed, and where that led; that a day off stays, and why. Empty where the day was open.
    pub steps: Vec<Step>,
    /// The rules that it turned on: none where the day was open.
    pub turned_on: Vec<TurnedOn>,
}

impl Counting {
    /// Rolls the last day of a count. Ends of terms, effective dates and openings never roll: do not ask for them.
    pub fn roll(&self, nominal: NaiveDate, direction: Direction, act: Act) -> Rolled {
        let stays = Rolled {
            due: nominal,
            grace: None,
            steps: Vec::new(),
            turned_on: Vec::new(),
        };
        let Some(off) = self.day_off_for(nominal, Purpose::Roll(direction)) else {
            return Rolled {
                steps: self.passed_over(nominal, direction).into_iter().collect(),
                ..stays
            };
        };
        let turned_on = match direction {
            Direction::Forward => vec!["roll_forward", "roll_applies"],
            Direction::Backward => vec!["roll_backward", "roll_applies"],
        };
        let stays = Rolled { turned_on, ..stays };
        let applies = match act {
            Act::Act => self.rules.roll_applies.act,
            Act::DateCertain | Act::Occurrence => self.rules.roll_applies.date_certain,
        };
        let (towards, key) = match direction {
            Direction::Forward => match self.rules.roll_forward {
                RollForward::None => (None, "roll_forward"),
                RollForward::NextOpen | RollForward::Grace => {
                    (Some(Direction::Forward), "roll_forward")
                }
            },
            Direction::Backward => match self.rules.roll_backward {
                RollBackward::None => (None, "roll_backward"),
                RollBackward::Earlier => (Some(Direction::Backward), "roll_backward"),
                RollBackward::Later => (Some(Direction::Forward), "roll_backward"),
            },
        };
        let (Some(towards), true) = (towards, applies) else {
            let key = if applies { key } else { "roll_applies" };
            return self.not_moved(stays, &off, key, act);
        };
        let Some((open, passed)) = self.next_open(nominal, Purpose::Roll(direction), towards)
        else {
            return self.not_moved(stays, &off, key, act);
        };
        let grace =
            direction == Direction::Forward && self.rules.roll_forward == RollForward::Grace;
        let mut steps = steps_over(&passed);
        let open_words = words::weekday_and_day(open);
        steps.push(Step {
            text: match (grace, towards) {
                (true, _) => format!(
                    "due unmoved on {}; the next open day, {open_words}, is a day of grace",
                    words::day(nominal)
                ),
                (false, Direction::Forward) => format!("moved to the next open day: {open_words}"),
                (false, Direction::Backward) => {
                    format!("moved to the open day before: {open_words}")
                }
            },
            date: Some(open),
            source: self.source(key),
        });
        Rolled {
            due: if grace { nominal } else { open },
            grace: grace.then_some(open),
            steps,
            turned_on: stays.turned_on,
        }
    }

    /// That a day which a count back ends on is a holiday of the state, where such a day is open.
    fn passed_over(&self, nominal: NaiveDate, direction: Direction) -> Option<Step> {
        if direction == Direction::Forward || self.rules.roll_backward == RollBackward::None {
            return None;
        }
        let off = self.day_off(nominal)?;
        let key = "state_holidays_backward";
        Some(Step {
            text: format!(
                "{}; a count back does not move for a holiday of the state",
                off.sentence(nominal)
            ),
            date: Some(nominal),
            source: format!("{}; {}", off.source(), self.source(key)),
        })
    }

    /// Says that a day is off and stays, and why.
    fn not_moved(&self, stays: Rolled, off: &DayOff, key: &str, act: Act) -> Rolled {
        let why = match (key, act) {
            ("roll_applies", Act::Occurrence) => "a day of a series stays",
            ("roll_applies", Act::DateCertain) => "a day that the words name stays",
            ("roll_applies", Act::Act) => "the last day of a period stays",
            ("roll_backward", _) => "a day counted backward stays",
            _ => "no rule here moves it",
        };
        let rule = self.source(key);
        let step = Step {
            text: format!("{}; {why}", off.sentence(stays.due)),
            date: Some(stays.due),
            source: match rule.as_str() {
                THE_WORDS => off.source(),
                rule => format!("{}; {rule}", off.source()),
            },
        };
        Rolled {
            steps: vec![step],
            ..stays
        }
    }

    /// The first open day in a direction, `day` itself included, and the days off that were passed.
    pub(super) fn next_open(
        &self,
        day: NaiveDate,
        purpose: Purpose,
        towards: Direction,
    ) -> Option<(NaiveDate, Vec<(NaiveDate, DayOff)>)> {
        let mut day = day;
        let mut passed = Vec::new();
        while let Some(off) = self.day_off_for(day, purpose) {
            if passed.len() >= LONGEST_CLOSURE {
                return None;
            }
            passed.push((day, off));
            day = civil::add_days(day, 1, towards).ok()?;
        }
        Some((day, passed))
    }
}
