//! What happens when a count ends on a day that is off.

use super::days_off::Purpose;
use super::other_rules::TurnedOn;
use super::passed::steps_over;
use super::rules::{RollBackward, RollForward};
use super::{Counting, DayOff, Direction, Step, THE_WORDS, civil};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// The longest run of days off that a roll passes: a year. Where no day in it is open, the day stays.
const LONGEST_CLOSURE: usize = 366;

/// The laws that move a last day speak of an act that is to be done, and of no other day.
const OF_ACTS: &str =
    "California Code of Civil Procedure 12, 12a; Federal Rule of Civil Procedure 6(a)";

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
        steps.push(Step {
            text: Sentence::when_read(move |language| {
                let open = language.weekday_and_day(open);
                let nominal = language.day(nominal);
                match (grace, towards, language) {
                    (true, _, English) => format!(
                        "due unmoved on {nominal}; the next open day, {open}, is a day of grace"
                    ),
                    (true, _, Spanish) => format!(
                        "vence sin traslado el {nominal}; el siguiente día hábil, {open}, es un día de gracia"
                    ),
                    (false, Direction::Forward, English) => {
                        format!("moved to the next open day: {open}")
                    }
                    (false, Direction::Forward, Spanish) => {
                        format!("se traslada al siguiente día hábil: {open}")
                    }
                    (false, Direction::Backward, English) => {
                        format!("moved to the open day before: {open}")
                    }
                    (false, Direction::Backward, Spanish) => {
                        format!("se traslada al día hábil anterior: {open}")
                    }
                }
            }),
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
            text: Sentence::in_each(|language| {
                let off = off.sentence(nominal);
                let off = off.of(language);
                match language {
                    English => {
                        format!("{off}; a count back does not move for a holiday of the state")
                    }
                    Spanish => format!(
                        "{off}; una cuenta hacia atrás no se traslada por un día feriado del estado"
                    ),
                }
            }),
            date: Some(nominal),
            source: self
                .source(key)
                .map(|rule| format!("{}; {rule}", off.source())),
        })
    }

    /// That the day of an event is off, and is that day all the same.
    pub fn event_stays(&self, day: NaiveDate) -> Option<Step> {
        let off = self.day_off(day)?;
        Some(Step {
            text: Sentence::in_each(|language| {
                let off = off.sentence(day);
                match language {
                    English => format!("{}; the day of an event stays", off.of(language)),
                    Spanish => format!("{}; el día de un hecho no se traslada", off.of(language)),
                }
            }),
            date: Some(day),
            source: Sentence::verbatim(off.source()),
        })
    }

    /// That the end of a term, or an effective date, is off and is that day all the same: what moves a last day is law on acts.
    pub fn end_stays(&self, day: NaiveDate) -> Option<Step> {
        let off = self.day_off(day)?;
        Some(Step {
            text: Sentence::in_each(|language| {
                let off = off.sentence(day);
                let off = off.of(language);
                match language {
                    English => format!(
                        "{off}; the end of a term and an effective date stay, for only the time of an act moves"
                    ),
                    Spanish => format!(
                        "{off}; el fin de una vigencia y una fecha de entrada en vigor no se trasladan: solo se traslada el plazo de un acto"
                    ),
                }
            }),
            date: Some(day),
            source: Sentence::verbatim(format!("{}; {OF_ACTS}", off.source())),
        })
    }

    /// Says that a day is off and stays, and why.
    fn not_moved(&self, stays: Rolled, off: &DayOff, key: &str, act: Act) -> Rolled {
        let why = |language| match (key, act, language) {
            ("roll_applies", Act::Occurrence, English) => "a day of a series stays",
            ("roll_applies", Act::Occurrence, Spanish) => "un día de una serie no se traslada",
            ("roll_applies", Act::DateCertain, English) => "a day that the words name stays",
            ("roll_applies", Act::DateCertain, Spanish) => {
                "un día que el texto nombra no se traslada"
            }
            ("roll_applies", Act::Act, English) => "the last day of a period stays",
            ("roll_applies", Act::Act, Spanish) => "el último día de un plazo no se traslada",
            ("roll_backward", _, English) => "a day counted backward stays",
            ("roll_backward", _, Spanish) => "un día contado hacia atrás no se traslada",
            (_, _, English) => "no rule here moves it",
            (_, _, Spanish) => "ninguna regla aplicable lo traslada",
        };
        let rule = self.source(key);
        let step = Step {
            text: Sentence::in_each(|language| {
                format!(
                    "{}; {}",
                    off.sentence(stays.due).of(language),
                    why(language)
                )
            }),
            date: Some(stays.due),
            source: match &*rule {
                THE_WORDS => Sentence::verbatim(off.source()),
                _ => rule.map(|rule| format!("{}; {rule}", off.source())),
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
