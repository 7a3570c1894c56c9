//! Which days are off, for whom and in which direction.

use super::{
    Counting, CountingFault, DayKind, DayOff, DayOffKind, Direction, HolidayCalendar, Level,
};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::{Datelike, NaiveDate, Weekday};

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

    /// What to know about a day that lies outside the years for which a calendar was checked.
    pub fn provisional(&self, day: NaiveDate) -> Option<Sentence> {
        let (early, late): (Vec<&HolidayCalendar>, Vec<&HolidayCalendar>) = self
            .days_off()
            .filter(|calendar| !calendar.is_reviewed(day))
            .partition(|calendar| calendar.is_too_early(day));
        let is_late = early.is_empty();
        let (outside, year) = if is_late {
            let last = late.iter().filter_map(|calendar| calendar.reviewed_to);
            (&late, last.min()?)
        } else {
            let first = early.iter().filter_map(|calendar| calendar.reviewed_from);
            (&early, first.max()?)
        };
        Some(Sentence::in_each(|language| {
            let day = language.day(day);
            let ids = outside.iter().map(|calendar| format!("`{}`", calendar.id));
            let ids = language.list(ids);
            let years = match (is_late, language) {
                (true, English) => format!("to the end of {year} only"),
                (true, Spanish) => format!("solo hasta el final de {year}"),
                (false, English) => format!("from {year} on only"),
                (false, Spanish) => format!("solo a partir de {year}"),
            };
            match language {
                English => format!(
                    "{day} is provisional: {ids} {} checked {years}",
                    if outside.len() == 1 { "was" } else { "were" },
                ),
                Spanish => format!(
                    "{day} es provisional: {ids} {} {years}",
                    if outside.len() == 1 {
                        "se revisó"
                    } else {
                        "se revisaron"
                    },
                ),
            }
        }))
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
        if kind == DayKind::Week {
            return Ok(());
        }
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
        if let Purpose::Step(DayKind::Week, _) = purpose {
            return weekend(day);
        }
        let (direction, kind) = match purpose {
            Purpose::Roll(direction) => (direction, None),
            Purpose::Step(kind, direction) => (direction, Some(kind)),
        };
        let passes_states = direction == Direction::Backward && !self.rules.state_holidays_backward;
        let mut weekday = None;
        for calendar in self.days_off() {
            if kind.is_some_and(|kind| !speaks_of(calendar, kind)) {
                continue;
            }
            // Of a state's calendar its weekends are left: they are no holidays of the state.
            let off = if passes_states && calendar.level == Level::State {
                calendar.weekday_off(day)
            } else {
                calendar.day_off(day)
            };
            // A holiday says more than that it is a Saturday.
            match off {
                Some(off) if off.kind == DayOffKind::Holiday => return Some(off),
                Some(off) => weekday = weekday.or(Some(off)),
                None => {}
            }
            if kind == Some(DayKind::School)
                && let Some(off) = calendar.out_of_school(day)
            {
                return Some(off);
            }
        }
        weekday
    }
}

/// Why a day is no week day: the days of the week say it, and no calendar.
fn weekend(day: NaiveDate) -> Option<DayOff> {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun).then(|| DayOff {
        name: crate::words::weekday(day.weekday()).to_owned(),
        calendar: "weekends".to_owned(),
        authority: "the days of the week".to_owned(),
        kind: DayOffKind::Weekday,
    })
}

/// Whether a calendar closes days in a count of `kind`: it names the kind, or it is about work in general. A calendar of
/// school days alone does not close a working day.
fn speaks_of(calendar: &HolidayCalendar, kind: DayKind) -> bool {
    calendar.names.is_empty()
        || calendar.names.contains(&kind)
        || calendar.names.contains(&DayKind::Working)
        || calendar.names.contains(&DayKind::Business)
}
