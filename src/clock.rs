//! What day and what instant it is: from the machine, or from the command line.
//!
//! The only file that reads the time. Everything else is given a day, so that every command can be replayed.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// The instant at which the program works, and the office's zone.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    now: DateTime<Utc>,
    zone: Tz,
    goes_on: bool,
}

/// How many days beyond another an instant is no longer a matter of clocks that differ.
const FAR: i64 = 366;

/// Whether an instant lies more than a year after another.
pub fn is_far_after(later: DateTime<Utc>, earlier: DateTime<Utc>) -> bool {
    later - earlier > TimeDelta::days(FAR)
}

/// Whether an instant lies so much after another, more than a day, that no difference of clocks explains it.
pub fn is_ahead_of(later: DateTime<Utc>, earlier: DateTime<Utc>) -> bool {
    later - earlier > TimeDelta::days(1)
}

impl Clock {
    /// The machine's own time.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the clock"
    )]
    pub fn system(zone: Tz) -> Self {
        Self {
            now: Utc::now(),
            zone,
            goes_on: true,
        }
    }

    /// A given instant.
    pub fn at(now: DateTime<Utc>, zone: Tz) -> Self {
        Self {
            now,
            zone,
            goes_on: false,
        }
    }

    /// 09:00 of a given day in the office's zone.
    pub fn on(day: NaiveDate, zone: Tz) -> Self {
        let nine = day.and_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default());
        let now = zone
            .from_local_datetime(&nine)
            .earliest()
            .map_or_else(|| nine.and_utc(), |local| local.with_timezone(&Utc));
        Self::at(now, zone)
    }

    /// The instant now, where the work takes so long that it is another than the one at which it began: of the machine's
    /// clock. A given instant stays.
    #[must_use]
    pub fn again(&self) -> Self {
        if self.goes_on {
            Self::system(self.zone)
        } else {
            *self
        }
    }

    /// Whether it is the machine's own, and not one that was given.
    pub fn is_the_machines(&self) -> bool {
        self.goes_on
    }

    /// Whether it was given, and lies so far beyond the machine's own that nobody works then: a day that was mistyped.
    pub fn is_far_ahead(&self) -> bool {
        !self.goes_on && is_far_after(self.now, Self::system(self.zone).now)
    }

    /// Whether it was given, and lies ahead of the machine's own by more than a day.
    pub fn is_ahead(&self) -> bool {
        !self.goes_on && is_ahead_of(self.now, Self::system(self.zone).now)
    }

    /// The instant, to the millisecond.
    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.now.timestamp_millis()).unwrap_or(self.now)
    }

    /// The day, in the office's zone.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    /// The office's zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }
}
/// A moment, for how soon one thing may follow another: it says nothing of what day it is, and no result depends on it.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the clock"
)]
pub fn moment() -> std::time::Instant {
    std::time::Instant::now()
}
