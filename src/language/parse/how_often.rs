//! How often: `every 3 months`, `once each fiscal year`, `twice a year`, `semi-annually`, `monthly on the second Tuesday`.

use super::core::Parser;
use super::recurrences::{Found, of_one_kind};
use crate::counting::{Length, Unit};
use crate::language::Wording;
use crate::language::token::Kind;
use crate::language::tree::{Every, Period};

impl Parser<'_> {
    pub(super) fn how_often(&mut self) -> Option<Found> {
        let start = self.at;
        let every = self.how_often_alone()?;
        if every == Every::HalfMonth
            && let Some(days) = self.attempt(Self::two_days_of_each_month)
        {
            return Some(Found::Every(days));
        }
        if let Some(named) = self.attempt(|p| p.on_named_day(start, &every)) {
            return Some(Found::Every(self.and_other_weekdays(named)));
        }
        Some(Found::Every(vec![every]))
    }

    /// The same with no day named of it.
    pub(super) fn how_often_alone(&mut self) -> Option<Every> {
        let start = self.at;
        self.no_maximum();
        if let Some(length) = self.attempt(Self::intervals) {
            return Some(Every::On(length));
        }
        let on = self.eat(words!("on|in"));
        let least = self.at_least();
        if on {
            self.at_least();
        }
        let once = self.eat_any(&[
            words!("once? in? each|per"),
            words!("once a? every?"),
            words!("one time"),
        ]);
        let every = if once {
            self.at = start;
            self.eat(words!("on|in"));
            self.at_least();
            self.once_each()?
        } else if self.sees(words!("every")) {
            self.advance(1);
            let length = self.every_length()?;
            if least {
                Every::Within(length)
            } else {
                Every::On(length)
            }
        } else if self.sees(words!("each")) {
            self.once_each()?
        } else if let Some(every) = self.attempt(Self::times_a_period) {
            every
        } else {
            self.adverb(start)?
        };
        self.eat(words!("basis"));
        Some(every)
    }

    /// `at intervals of six months`, `at six-month intervals`.
    fn intervals(&mut self) -> Option<Length> {
        self.eat(words!("at|in")).then_some(())?;
        if self.eat(words!("intervals of")) {
            return self.length().map(|written| written.length);
        }
        let length = self.length()?.length;
        self.eat(words!("intervals")).then_some(length)
    }

    /// `no more than twice a year` names no day on which anything is owed.
    fn no_maximum(&mut self) {
        let start = self.at;
        let _: Option<()> = self.attempt(|p| {
            (p.eat(words!("no|not more often? than"))
                || p.eat(words!("at most"))
                || p.eat(words!("up to")))
            .then_some(())?;
            let times = p.eat(words!("once|twice|thrice"))
                || (matches!(p.kind(0), Some(Kind::Number { .. }))
                    && matches!(p.word(1), "time" | "times"));
            times.then_some(())?;
            p.complain(
                start,
                "a highest number of times is no date",
                "write it in `notes`, and here how often it is owed at least",
            )
        });
    }

    pub(super) fn at_least(&mut self) -> bool {
        self.eat_any(&[
            words!("at least"),
            words!("no|not less frequently|often? than"),
            words!("no|not fewer than"),
            words!("at? minimum of?"),
            words!("not less than"),
        ]) && {
            self.comma();
            true
        }
    }

    /// `once each calendar quarter`, `once a month`, `once every six months`, `each month`.
    fn once_each(&mut self) -> Option<Every> {
        self.eat_any(&[words!("once"), words!("one time")]);
        self.eat_any(&[
            words!("in each|every"),
            words!("during each|every"),
            words!("per"),
            words!("each|every"),
        ]);
        // A contract's year runs from where the contract does.
        if self.sees(words!("contract|agreement year")) {
            self.advance(1);
        }
        if matches!(self.kind(0), Some(Kind::Number { .. } | Kind::Ordinal(_)))
            || self.sees(words!("other"))
        {
            return self.every_length().map(Every::Within);
        }
        if self.sees(words!("calendar|fiscal|school|academic|fy"))
            || self.sees(words!("bi? weekly? pay|payroll"))
            || self.sees(words!("half"))
        {
            return self.period().map(Every::Each);
        }
        let length = self.every_length()?;
        // A day is its own window.
        Some(match length.0.as_slice() {
            [(1, Unit::Open(_))] => Every::On(length),
            _ => Every::Within(length),
        })
    }

    /// After `every`: `3 months`, `other week`, `third month`, `day`.
    pub(super) fn every_length(&mut self) -> Option<Length> {
        if self.eat(words!("other|alternate")) {
            let written = self.length()?;
            let [(1, unit)] = written.length.0.as_slice() else {
                return None;
            };
            return Some(Length(vec![(2, *unit)]));
        }
        if let Some(Kind::Ordinal(nth)) = self.kind(0) {
            self.advance(1);
            let written = self.length()?;
            let [(1, unit)] = written.length.0.as_slice() else {
                return None;
            };
            return Some(Length(vec![(*nth, *unit)]));
        }
        self.length().map(|written| written.length)
    }

    /// `two times per year`, `twice a month`, `four times each school year`.
    fn times_a_period(&mut self) -> Option<Every> {
        let start = self.at;
        let times = if self.eat(words!("twice")) {
            2
        } else if self.eat(words!("thrice")) {
            3
        } else {
            let Kind::Number { value, .. } = self.kind(0)? else {
                return None;
            };
            self.advance(1);
            self.eat(words!(
                "time|times|meeting|meetings|session|sessions|visit|visits"
            ))
            .then_some(*value)?
        };
        self.eat(words!("in|during"));
        self.eat(words!("per|each|every|any"));
        let year = if self.sees(words!("fiscal")) {
            Period::FiscalYear
        } else if self.sees(words!("school|academic")) {
            Period::SchoolYear
        } else {
            Period::Year
        };
        let fixed = self.eat(words!("calendar|fiscal|school|academic"));
        if !fixed && self.sees(words!("contract|agreement year")) {
            self.advance(1);
        }
        let unit = match self.word(0) {
            "annum" | "yearly" | "annually" => "year",
            "monthly" => "month",
            "weekly" => "week",
            "quarterly" => "quarter",
            unit => unit,
        };
        let length = match (times, unit) {
            // The halves and quarters of a fixed year are fixed.
            (1, "year") if fixed => Every::Each(year),
            (2, "year") if fixed => Every::Each(Period::HalfYear),
            (4, "year") | (1, "quarter") if fixed => Every::Each(Period::Quarter),
            (12, "year") | (1, "month") if fixed => Every::Each(Period::Month),
            (1..=12, "year") if 12 % times == 0 => {
                Every::Within(Length(vec![(12 / times, Unit::Month)]))
            }
            (2, "month") => Every::HalfMonth,
            (1 | 3, "quarter") => Every::Within(Length(vec![(3 / times, Unit::Month)])),
            (1 | 7, "week") => Every::Within(Length(vec![(7 / times, Unit::Day)])),
            (_, "year" | "quarter" | "month" | "week") => {
                let start = self.at.saturating_sub(1);
                return self.complain(
                    start,
                    format!("{times} times do not share this period out evenly"),
                    "write the months or the days that are meant",
                );
            }
            _ => return None,
        };
        self.advance(1);
        self.say_in_other_words(start);
        Some(length)
    }

    /// `monthly`, `semi-annually`, `bimonthly`.
    fn adverb(&mut self, start: usize) -> Option<Every> {
        let months = |count| Every::Within(Length(vec![(count, Unit::Month)]));
        let weeks = |count| Every::Within(Length(vec![(count, Unit::Week)]));
        let twofold = self.attempt(|p| {
            let every = if p.eat(words!("bimonthly")) || p.eat(words!("bi monthly")) {
                (Wording::Bimonthly, months(2), Every::HalfMonth)
            } else if p.eat(words!("biweekly")) || p.eat(words!("bi weekly")) {
                (Wording::Biweekly, weeks(2), weeks(1))
            } else if p.eat(words!("biannually|biannual")) || p.eat(words!("bi annually|annual")) {
                (Wording::Biannually, months(6), months(24))
            } else {
                return None;
            };
            Some(every)
        });
        if let Some((wording, every, other)) = twofold {
            let (said, otherwise) = match wording {
                Wording::Bimonthly => ("every 2 months", "twice a month"),
                Wording::Biweekly => ("every 2 weeks", "twice a week"),
                _ => ("twice a year", "every 2 years"),
            };
            self.warn(
                start,
                format!("it may mean `{said}` or `{otherwise}`: read as `{said}`"),
                format!("write `{said}` or `{otherwise}`"),
            );
            self.say_in_other_words(start);
            return Some(if self.in_doubt(wording) { other } else { every });
        }
        let first = self.at;
        let every = if self.eat(words!("semiannually|semiannual"))
            || self.eat(words!("semi annually|annual"))
        {
            months(6)
        } else if self.eat(words!("semimonthly")) || self.eat(words!("semi monthly")) {
            Every::HalfMonth
        } else if self.eat(words!("biennially|biennial")) {
            Every::Within(Length(vec![(2, Unit::Year)]))
        } else if self.eat(words!("triennially|triennial")) {
            Every::Within(Length(vec![(3, Unit::Year)]))
        } else if self.eat(words!("half yearly")) {
            months(6)
        } else if self.eat(words!("quarterly")) {
            months(3)
        } else if self.eat(words!("monthly")) {
            months(1)
        } else if self.eat(words!("fortnightly")) {
            weeks(2)
        } else if self.eat(words!("weekly")) {
            weeks(1)
        } else if self.eat(words!("annually|yearly|annual")) {
            Every::Within(Length(vec![(1, Unit::Year)]))
        } else if self.eat(words!("daily")) {
            Every::Within(Length(vec![(1, Unit::Day)]))
        } else {
            return None;
        };
        self.say_in_other_words(first);
        Some(every)
    }

    /// `semi-monthly on the 10th and 25th`, `twice a month on the first and third Monday`.
    fn two_days_of_each_month(&mut self) -> Option<Vec<Every>> {
        self.comma();
        self.eat(words!("on|by")).then_some(())?;
        let first = self.day_or_bare_number()?;
        (self.comma() | self.eat(words!("and"))).then_some(())?;
        let days = of_one_kind(&[first, self.day_or_bare_number()?]);
        self.eat(words!("of|in each|every? calendar? month"));
        let each = |day| Every::DayOfMonths { day, months: 1 };
        Some(days.into_iter().map(each).collect())
    }

    /// `monthly on the second Tuesday`, `every 3 months on the 15th`, `weekly on Fridays`, `quarterly by the 10th`.
    fn on_named_day(&mut self, start: usize, every: &Every) -> Option<Every> {
        self.comma();
        let by = self.eat_any(&[
            words!("by"),
            words!("no|not later than"),
            words!("on or before"),
        ]);
        if !by && !self.eat(words!("on")) {
            return None;
        }
        let (Every::On(length) | Every::Within(length)) = every else {
            return None;
        };
        let (count, unit) = match length.0.as_slice() {
            [(count, unit)] => (*count, *unit),
            _ => return None,
        };
        if unit == Unit::Week {
            let weekday = self.weekday_name()?;
            self.eat(words!("of|in each|every|that? week"));
            return Some(Every::Weekday {
                weekday,
                weeks: count,
            });
        }
        let months = match unit {
            Unit::Month => count,
            Unit::Quarter => count.checked_mul(3)?,
            _ => return None,
        };
        let day = self.day_in()?;
        let _: Option<()> = self.attempt(|p| {
            if !p.eat(words!("of|in each|every|that?")) {
                return None;
            }
            p.eat(words!("calendar"));
            p.eat(words!("month")).then_some(())?;
            // `the last day of the month following the close of each quarter` is no day of each period.
            (!p.sees(words!("following|after|preceding|before")) && !p.sees(words!("in which")))
                .then_some(())
        });
        if self.sees(words!("of month")) || months == 3 && self.sees(words!("of")) {
            return None;
        }
        // `every 3 months on the 15th` runs from the first; `quarterly` says no more than how often.
        if months > 1 && (by || matches!(every, Every::Within(_))) {
            self.warn(
                start,
                "read as that day of each period's first month",
                "name the months, or write `the last day of each quarter`",
            );
            let period = match months {
                3 => Some(Period::Quarter),
                6 => Some(Period::HalfYear),
                _ => None,
            };
            if let Some(period) = period
                && self.in_doubt(Wording::DayOfEachPeriod)
            {
                return Some(Every::DayOfEach { day, period });
            }
        }
        Some(Every::DayOfMonths { day, months })
    }
}
