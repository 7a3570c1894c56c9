//! Pay dates: by which rule the days of a pay period are paid, and those that were moved.

use super::HolidayCalendar;
use super::pay_periods::{PayPeriods, Place, shift};
use crate::counting::civil;
use chrono::{Datelike, NaiveDate, Weekday};

/// How many periods back a pay date is looked for: the longest lag of weekly periods, and more.
const LAG: usize = 12;
/// How many days after its period a pay date is looked for.
const MOST_DAYS: usize = 400;
/// How many days in a row may be off before a pay date is left where it is.
const MOST_OFF: usize = 31;

/// When a pay period is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paid {
    pub(super) on: PaidOn,
    /// What becomes of a pay date that is off.
    pub(super) if_off: IfOff,
}

/// The day on which a pay period is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PaidOn {
    /// So many days after its last.
    After(u32),
    /// So many days that are not off here after its last.
    OpenAfter(u32),
    /// The first such weekday after its last day.
    Weekday(Weekday),
    /// The last day of the month in which it ends.
    EndOfMonth,
    /// The last day of that month that is not off here.
    LastOpenOfMonth,
    /// Listed, one for each period of the cycle.
    Listed(Vec<NaiveDate>),
}

/// What becomes of a pay date that is off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum IfOff {
    /// It stays.
    #[default]
    Stays,
    /// The last day before it that is not off.
    Earlier,
    /// The first day after it that is not off.
    Later,
}

/// A pay date that was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MovedPayDate {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) authority: Option<String>,
}

/// The day on which a pay period is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PayDate {
    pub(super) day: NaiveDate,
    /// The day on which it would have been.
    pub(super) moved: Option<MovedPayDate>,
}

impl PayPeriods {
    /// When a period is paid; `None` where the calendar does not say.
    pub(super) fn paid(&self, place: &Place, calendar: &HolidayCalendar) -> Option<PayDate> {
        let day = self.paid_by_rule(place, calendar)?;
        let moved = self.moved.iter().find(|moved| moved.from == day).cloned();
        Some(PayDate {
            day: moved.as_ref().map_or(day, |moved| moved.to),
            moved,
        })
    }

    /// When a period would be paid, had nothing been moved.
    pub(super) fn paid_by_rule(
        &self,
        place: &Place,
        calendar: &HolidayCalendar,
    ) -> Option<NaiveDate> {
        let paid = self.cycle(place)?.paid.as_ref()?;
        let open = |day: &NaiveDate| calendar.day_off(*day).is_none();
        let day = match &paid.on {
            PaidOn::After(days) => shift(place.last, i64::from(*days))?,
            PaidOn::OpenAfter(days) => {
                let mut after = place.last.iter_days().skip(1).take(MOST_DAYS).filter(open);
                after.nth(usize::try_from(*days).ok()?.checked_sub(1)?)?
            }
            PaidOn::Weekday(weekday) => place
                .last
                .iter_days()
                .skip(1)
                .take(7)
                .find(|day| day.weekday() == *weekday)?,
            PaidOn::EndOfMonth => civil::last_of_month(place.last.year(), place.last.month())?,
            PaidOn::LastOpenOfMonth => {
                let last = civil::last_of_month(place.last.year(), place.last.month())?;
                back_from(last).take(MOST_OFF).find(open)?
            }
            PaidOn::Listed(days) => *days.get(usize::try_from(place.nth).ok()?)?,
        };
        let moved = match paid.if_off {
            IfOff::Stays => None,
            IfOff::Earlier => back_from(day).take(MOST_OFF).find(open),
            IfOff::Later => day.iter_days().take(MOST_OFF).find(open),
        };
        Some(moved.unwrap_or(day))
    }

    /// The pay dates from some time before a day on, in order, each with its period.
    fn pay_dates_about<'a>(
        &'a self,
        day: NaiveDate,
        calendar: &'a HolidayCalendar,
    ) -> impl Iterator<Item = (Place, PayDate)> + 'a {
        let mut at = self
            .holding(day)
            .or_else(|| self.latest().filter(|latest| latest.last < day))
            .or_else(|| self.earliest());
        for _ in 0..LAG {
            let before = at.and_then(|place| self.previous(&place));
            at = before.or(at);
        }
        std::iter::successors(at, |place| self.next(place))
            .map_while(move |place| Some((place, self.paid(&place, calendar)?)))
    }

    /// The first pay date after a day.
    pub(super) fn pay_date_after(
        &self,
        day: NaiveDate,
        calendar: &HolidayCalendar,
    ) -> Option<(Place, PayDate)> {
        let mut about = self.pay_dates_about(day, calendar).peekable();
        // Before the first of all there may be one that is not listed.
        about.peek().filter(|(_, paid)| paid.day <= day)?;
        about.find(|(_, paid)| day < paid.day)
    }

    /// The last pay date before a day.
    pub(super) fn pay_date_before(
        &self,
        day: NaiveDate,
        calendar: &HolidayCalendar,
    ) -> Option<(Place, PayDate)> {
        let mut found = None;
        for next in self.pay_dates_about(day, calendar) {
            if day <= next.1.day {
                return found;
            }
            found = Some(next);
        }
        // After the last of all there may be one that is not listed.
        None
    }

    /// The pay date that is on a day, or would have been had it not been moved.
    pub(super) fn pay_date_on(
        &self,
        day: NaiveDate,
        calendar: &HolidayCalendar,
    ) -> Option<(Place, PayDate)> {
        let mut about = self
            .pay_dates_about(day, calendar)
            .take(2 * LAG)
            .collect::<Vec<_>>();
        let by_its_day = about.iter().position(|(_, paid)| paid.day == day);
        let moved = about
            .iter()
            .position(|(_, paid)| paid.moved.as_ref().is_some_and(|moved| moved.from == day));
        by_its_day.or(moved).map(|at| about.swap_remove(at))
    }
}

fn back_from(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(day), NaiveDate::pred_opt)
}
