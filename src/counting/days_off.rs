//! Which days are off, for whom and in which direction.

use super::{
    Counting, CountingFault, DayKind, DayOff, DayOffKind, Direction, HolidayCalendar, Level,
};
use crate::words;
use chrono::NaiveDate;

/// For which count a day is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// To see where a last day moves.
    Roll(Direction),
    /// To step over days that are no such days.
    Step(DayKind, Direction),
}

impl Counting {
    /// Why a day is off; `None`: it is open.
    pub fn day_off(&self, day: NaiveDate) -> Option<DayOff> {
        self.day_off_for(day, Purpose::Roll(Direction::Forward))
    }

    /// What to know about a day that lies beyond the last year for which a calendar was checked.
    pub fn provisional(&self, day: NaiveDate) -> Option<String> {
        let beyond: Vec<&HolidayCalendar> = self
            .days_off()
            .filter(|calendar| !calendar.is_reviewed(day))
            .collect();
        let first = beyond
            .iter()
            .filter_map(|calendar| calendar.reviewed_to)
            .min()?;
        Some(format!(
            "{} is provisional: {} {} checked to the end of {first} only",
            words::day(day),
            words::list(beyond.iter().map(|calendar| format!("`{}`", calendar.id))),
            if beyond.len() == 1 { "was" } else { "were" },
        ))
    }

    /// Whether a calendar among the days off names that kind of day.
    pub fn names_kind(&self, kind: DayKind) -> bool {
        self.days_off()
            .any(|calendar| calendar.names.contains(&kind))
    }

    /// Whether a number of days of that kind can be counted.
    ///
    /// # Errors
    /// Which calendar is missing.
    pub fn can_count(&self, kind: DayKind) -> Result<(), CountingFault> {
        if !self.names_kind(kind) {
            return Err(CountingFault::NoCalendarNames(kind));
        }
        if !self.closes_a_weekday(kind) {
            return Err(CountingFault::NoClosedWeekday(kind));
        }
        Ok(())
    }

    /// Whether school years are listed, and none so far.
    pub(super) fn is_past_the_school_years(&self, day: NaiveDate) -> bool {
        self.days_off()
            .filter(|calendar| calendar.names.contains(&DayKind::School))
            .any(|calendar| calendar.is_past_the_school_years(day))
    }

    /// Whether a weekday is off for that kind of day: without one, working days would be days.
    pub(super) fn closes_a_weekday(&self, kind: DayKind) -> bool {
        self.days_off()
            .any(|calendar| speaks_of(calendar, kind) && !calendar.weekdays_off.is_empty())
    }

    pub(super) fn day_off_for(&self, day: NaiveDate, purpose: Purpose) -> Option<DayOff> {
        let (direction, kind) = match purpose {
            Purpose::Roll(direction) => (direction, None),
            Purpose::Step(kind, direction) => (direction, Some(kind)),
        };
        let passes_states = direction == Direction::Backward && !self.rules.state_holidays_backward;
        let mut weekday = None;
        for calendar in self.days_off() {
            if kind.is_some_and(|kind| !speaks_of(calendar, kind))
                || (passes_states && calendar.level == Level::State)
            {
                continue;
            }
            if kind == Some(DayKind::School)
                && let Some(off) = calendar.between_school_years(day)
            {
                return Some(off);
            }
            // A holiday says more than that it is a Saturday.
            match calendar.day_off(day) {
                Some(off) if off.kind == DayOffKind::Holiday => return Some(off),
                Some(off) => weekday = weekday.or(Some(off)),
                None => {}
            }
        }
        weekday
    }
}

/// Whether a calendar closes days in a count of `kind`: it names the kind, or it is about work in general. A calendar of
/// school days alone does not close a working day.
fn speaks_of(calendar: &HolidayCalendar, kind: DayKind) -> bool {
    calendar.names.is_empty()
        || calendar.names.contains(&kind)
        || calendar.names.contains(&DayKind::Working)
        || calendar.names.contains(&DayKind::Business)
}

impl DayOff {
    /// `Saturday 7 March 2026 is off (weekends)`, `Thursday 26 November 2026 is off: Thanksgiving Day (us_federal)`.
    pub fn sentence(&self, day: NaiveDate) -> String {
        let day_words = words::weekday_and_day(day);
        match self.kind {
            DayOffKind::Weekday => format!("{day_words} is off ({})", self.calendar),
            DayOffKind::Holiday => {
                format!("{day_words} is off: {} ({})", self.name, self.calendar)
            }
        }
    }

    /// The same of several days in a row: `Saturday 7 and Sunday 8 March 2026 are off (weekends)`, `Monday 6 to Friday 10 April
    /// 2026 are off: Spring break (school_days)`.
    fn sentence_through(&self, first: NaiveDate, last: NaiveDate) -> String {
        if first == last {
            return self.sentence(first);
        }
        let days = words::weekdays_and_days(first, last);
        let days = if first.succ_opt() == Some(last) {
            days.replacen(" to ", " and ", 1)
        } else {
            days
        };
        match self.kind {
            DayOffKind::Weekday => format!("{days} are off ({})", self.calendar),
            DayOffKind::Holiday => format!("{days} are off: {} ({})", self.name, self.calendar),
        }
    }

    /// The source of a step: the calendar, for a holiday the law that it is from.
    pub(super) fn source(&self) -> String {
        match self.kind {
            DayOffKind::Weekday => self.calendar.clone(),
            DayOffKind::Holiday => self.authority.clone(),
        }
    }
}

/// Days that are off for one reason, told in one step: a weekend, a break. A holiday has its own.
pub(super) fn steps_over(days: &[(NaiveDate, DayOff)]) -> Vec<super::Step> {
    let mut ordered = days.to_vec();
    ordered.sort_by_key(|(day, _)| *day);
    let mut steps = Vec::new();
    let mut rest = ordered.as_slice();
    while let Some(((day, off), tail)) = rest.split_first() {
        let mut last = *day;
        let same = tail
            .iter()
            .take_while(|(next, other)| {
                let goes_on = last.succ_opt() == Some(*next) && are_one(off, other);
                last = if goes_on { *next } else { last };
                goes_on
            })
            .count();
        steps.push(super::Step {
            text: off.sentence_through(*day, last),
            date: None,
            source: off.source(),
        });
        rest = tail.get(same..).unwrap_or_default();
    }
    steps
}

/// Whether two days next to each other are off for one reason: the days of a weekend, or of a break.
fn are_one(off: &DayOff, other: &DayOff) -> bool {
    let name = match off.kind {
        DayOffKind::Weekday => other.name.clone(),
        DayOffKind::Holiday => off.name.clone(),
    };
    *other
        == DayOff {
            name,
            ..off.clone()
        }
}
