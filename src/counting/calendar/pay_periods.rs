//! Pay periods: when each begins and ends, and what payroll calls it. When it is paid is for [`pay_dates`](super::pay_dates).

use super::HolidayCalendar;
use super::pay_dates::{MovedPayDate, Paid};
use crate::counting::civil;
use chrono::{Datelike, Days, Months, NaiveDate};

/// How many periods of one year are looked back over for a number: more than there are weeks.
const MOST_IN_A_YEAR: usize = 60;

/// The pay periods of a payroll, in the order of their days, without a gap.
#[derive(Clone, Debug)]
pub(super) struct PayPeriods {
    /// At least one. Each but the last has a last day, and the next begins on the day after.
    pub(super) cycles: Vec<Cycle>,
    /// Pay dates that were moved one by one.
    pub(super) moved: Vec<MovedPayDate>,
}

/// Pay periods that follow one another by one rule.
#[derive(Clone, Debug)]
pub(super) struct Cycle {
    /// The first day of the first.
    pub(super) first: NaiveDate,
    /// The last day of the last; `None`: they go on.
    pub(super) last: Option<NaiveDate>,
    /// `None`: a single period.
    pub(super) every: Option<Every>,
    /// When each is paid.
    pub(super) paid: Option<Paid>,
    /// How payroll numbers them.
    pub(super) number: Option<Numbering>,
    /// Where this is from, if not where the calendar is.
    pub(super) authority: Option<String>,
}

/// How long each period lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Every {
    /// So many weeks.
    Weeks(u32),
    /// Two in a month, which begin on these days of it, none after the 28th.
    HalfMonth(u32, u32),
    /// A month from the day of the month on which the first begins.
    Month,
}

/// How payroll numbers its periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbering {
    /// `YYNN`: letters that stand for the year and for the number in it.
    pub(super) pattern: String,
    /// By which day a period belongs to a year.
    pub(super) year: NumberYear,
    /// The number of the cycle's first period, where it is not the first of its year.
    pub(super) first: Option<u32>,
}

/// The day by which a period belongs to a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberYear {
    /// Its first day.
    FirstDay,
    /// Its last day.
    LastDay,
    /// The day on which it is paid.
    PayDate,
}

/// One pay period: which, and its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    cycle: usize,
    /// From 0 within its cycle.
    pub(super) nth: i64,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

impl Cycle {
    /// The first day of its nth period, from 0; also of those that would lie before it.
    pub(super) fn begins(&self, nth: i64) -> Option<NaiveDate> {
        match self.every {
            None => (nth == 0).then_some(self.first),
            Some(Every::Weeks(weeks)) => {
                let days = nth.checked_mul(i64::from(weeks) * 7)?;
                shift(self.first, days)
            }
            Some(Every::Month) => {
                let months = Months::new(u32::try_from(nth.unsigned_abs()).ok()?);
                if nth < 0 {
                    self.first.checked_sub_months(months)
                } else {
                    self.first.checked_add_months(months)
                }
            }
            Some(Every::HalfMonth(early, late)) => {
                let halves = months(self.first) * 2 + i64::from(self.first.day() == late);
                let half = halves.checked_add(nth)?;
                let month = half.div_euclid(2);
                NaiveDate::from_ymd_opt(
                    i32::try_from(month.div_euclid(12)).ok()?,
                    u32::try_from(month.rem_euclid(12)).ok()? + 1,
                    if half.rem_euclid(2) == 0 { early } else { late },
                )
            }
        }
    }

    /// The days of its nth period.
    pub(super) fn days(&self, nth: i64) -> Option<(NaiveDate, NaiveDate)> {
        if nth < 0 {
            return None;
        }
        let first = self.begins(nth)?;
        let last = match self.every {
            None => self.last?,
            Some(_) => self.begins(nth.checked_add(1)?)?.pred_opt()?,
        };
        self.last
            .is_none_or(|end| last <= end)
            .then_some((first, last))
    }

    /// Which of its periods holds a day, where its rule reaches so far.
    pub(super) fn nth_at(&self, day: NaiveDate) -> Option<i64> {
        let mut nth = match self.every {
            None => 0,
            Some(Every::Weeks(weeks)) => {
                let days = day.signed_duration_since(self.first).num_days();
                days.div_euclid(i64::from(weeks.max(1)) * 7)
            }
            Some(Every::Month) => months(day) - months(self.first),
            Some(Every::HalfMonth(..)) => (months(day) - months(self.first)) * 2 + 1,
        };
        // In a month the guess is the last that may have begun.
        for _ in 0..3 {
            if self.begins(nth)? <= day {
                return Some(nth);
            }
            nth -= 1;
        }
        None
    }
}

impl PayPeriods {
    /// The period that holds a day; `None` before the first and after the last.
    pub(super) fn holding(&self, day: NaiveDate) -> Option<Place> {
        let cycle = self
            .cycles
            .partition_point(|cycle| cycle.first <= day)
            .checked_sub(1)?;
        let nth = self.cycles.get(cycle)?.nth_at(day)?;
        self.place(cycle, nth).filter(|place| day <= place.last)
    }

    /// The first of all.
    pub(super) fn earliest(&self) -> Option<Place> {
        self.place(0, 0)
    }

    /// The last of all, where they end.
    pub(super) fn latest(&self) -> Option<Place> {
        self.holding(self.cycles.last()?.last?)
    }

    pub(super) fn next(&self, place: &Place) -> Option<Place> {
        self.place(place.cycle, place.nth + 1)
            .or_else(|| self.place(place.cycle + 1, 0))
    }

    pub(super) fn previous(&self, place: &Place) -> Option<Place> {
        if place.nth > 0 {
            self.place(place.cycle, place.nth - 1)
        } else {
            self.holding(place.first.pred_opt()?)
        }
    }

    /// The first that begins after a day.
    pub(super) fn beginning_after(&self, day: NaiveDate) -> Option<Place> {
        match self.holding(day) {
            Some(holding) => self.next(&holding),
            // Of a day further back, one that is not listed may follow.
            None => self
                .earliest()
                .filter(|first| first.first.pred_opt() == Some(day)),
        }
    }

    /// The last that ends before a day.
    pub(super) fn ending_before(&self, day: NaiveDate) -> Option<Place> {
        match self.holding(day) {
            Some(holding) => self.previous(&holding),
            None => self
                .latest()
                .filter(|latest| latest.last.succ_opt() == Some(day)),
        }
    }

    /// The number that payroll gives a period: `2507`.
    pub(super) fn number(&self, place: &Place, calendar: &HolidayCalendar) -> Option<String> {
        let numbering = self.numbering(place)?;
        let year = self.year_of(place, numbering.year, calendar)?;
        let mut number = 1u32;
        let mut at = *place;
        for _ in 0..MOST_IN_A_YEAR {
            let begins_anew = (at.nth == 0).then(|| self.numbering(&at)?.first).flatten();
            if let Some(first) = begins_anew {
                number = first + number - 1;
                break;
            }
            let before = self.previous(&at).filter(|before| {
                self.numbering(before).is_some()
                    && self.year_of(before, numbering.year, calendar) == Some(year)
            });
            let Some(before) = before else { break };
            number += 1;
            at = before;
        }
        let text = numbering
            .pattern
            .replace("YYYY", &format!("{year:04}"))
            .replace("YY", &format!("{:02}", year.rem_euclid(100)))
            .replace("NN", &format!("{number:02}"))
            .replace('N', &number.to_string());
        Some(text)
    }

    /// The period of a number; of a number that comes again every year, that of `year`, or the first that ends on `after` or
    /// later.
    pub(super) fn numbered(
        &self,
        number: u32,
        year: Option<i32>,
        after: NaiveDate,
        calendar: &HolidayCalendar,
    ) -> Option<Place> {
        /// Of weeks, a century.
        const MOST: usize = 5_300;
        let mut found = self.earliest();
        for _ in 0..MOST {
            let place = found?;
            let numbering = self.numbering(&place);
            let fits = numbering.is_some_and(|numbering| {
                let in_year = year.is_none_or(|year| {
                    self.year_of(&place, numbering.year, calendar) == Some(year)
                });
                let names_its_year = year.is_some() || numbering.pattern.contains('Y');
                in_year && (names_its_year || after <= place.last)
            });
            if fits
                && self
                    .number(&place, calendar)
                    .and_then(|text| digits(&text))
                    .is_some_and(|own| own == number)
            {
                return Some(place);
            }
            found = self.next(&place);
        }
        None
    }

    /// Where its days are from, if not where the calendar is.
    pub(super) fn authority(&self, place: &Place) -> Option<&str> {
        self.cycles.get(place.cycle)?.authority.as_deref()
    }

    pub(super) fn cycle(&self, place: &Place) -> Option<&Cycle> {
        self.cycles.get(place.cycle)
    }

    /// Whether the first of a cycle is the first of its year by that day, as far as the rule tells.
    pub(super) fn begins_its_year(
        &self,
        cycle: usize,
        by: NumberYear,
        calendar: &HolidayCalendar,
    ) -> bool {
        let Some((cycle, place)) = self.cycles.get(cycle).zip(self.place(cycle, 0)) else {
            return false;
        };
        let before = match by {
            NumberYear::LastDay => place.first.pred_opt(),
            NumberYear::FirstDay => cycle.every.and_then(|_| cycle.begins(-1)),
            NumberYear::PayDate => cycle
                .every
                .and_then(|_| cycle.begins(-1))
                .zip(place.first.pred_opt())
                .and_then(|(first, last)| {
                    let before = Place {
                        nth: -1,
                        first,
                        last,
                        ..place
                    };
                    self.paid(&before, calendar).map(|paid| paid.day)
                }),
        };
        let year = self.year_of(&place, by, calendar);
        before.is_some_and(|before| Some(before.year()) != year)
    }

    fn place(&self, cycle: usize, nth: i64) -> Option<Place> {
        let (first, last) = self.cycles.get(cycle)?.days(nth)?;
        Some(Place {
            cycle,
            nth,
            first,
            last,
        })
    }

    fn numbering(&self, place: &Place) -> Option<&Numbering> {
        self.cycles.get(place.cycle)?.number.as_ref()
    }

    fn year_of(&self, place: &Place, by: NumberYear, calendar: &HolidayCalendar) -> Option<i32> {
        let day = match by {
            NumberYear::FirstDay => place.first,
            NumberYear::LastDay => place.last,
            NumberYear::PayDate => self.paid(place, calendar)?.day,
        };
        Some(day.year())
    }
}

/// The digits of a number, whatever stands between them.
fn digits(text: &str) -> Option<u32> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn months(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

pub(super) fn shift(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    let moved = if days < 0 {
        day.checked_sub_days(count)
    } else {
        day.checked_add_days(count)
    };
    moved.filter(|day| civil::YEARS.contains(&day.year()))
}
