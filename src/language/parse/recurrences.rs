//! What recurs: `every 3 months`, `quarterly`, `once each fiscal year`, `the last Friday of each month`.

use super::clauses::Clause;
use super::core::Parser;
use super::spans::first_of;
use crate::counting::{Length, Unit};
use crate::language::Refusal;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Every, Period, Recurrence, Years};
use crate::rules::phrase_not_understood;

impl Parser<'_> {
    /// Something that recurs.
    pub(super) fn recurrence(&mut self) -> Option<Clause> {
        let every = self
            .attempt(Self::yearly_words)
            .or_else(|| self.attempt(Self::day_of_each))
            .or_else(|| self.attempt(Self::how_often))?;
        if let Found::Clause(clause) = every {
            return Some(clause);
        }
        let Found::Every(every) = every else {
            return None;
        };
        self.eat_any(&["meeting|meetings|basis|thereafter|intervals"]);
        let before_from = self.at;
        let from = self.attempt(|p| {
            p.comma();
            p.eat("thereafter");
            let named = p.eat("from|after|following|since")
                || p.eat("starting|beginning|commencing on|with|from|in?");
            if !named || p.sees("year to year") {
                return None;
            }
            p.eat("on");
            let first_of = p.attempt(|p| {
                let span = p.span()?;
                Some(first_of(span))
            });
            let from = first_of.or_else(|| p.point())?;
            // `from X through Y` has its second end among the clauses.
            Some(from)
        });
        let on_the_day = every.iter().any(|every| matches!(every, Every::On(_)));
        let after = self.tokens.get(before_from).is_some_and(
            |token| matches!(&token.kind, Kind::Word(word) if matches!(word.as_str(), "after" | "following")),
        );
        if from.is_some() && on_the_day && after {
            self.warn(
                before_from,
                "the first may be that day itself or one period after it: read as that day itself",
                "write `from` and the day of the first",
            );
        }
        self.eat("thereafter");
        let all = every.into_iter().map(|every| Recurrence {
            every,
            from: from.clone(),
            until: None,
        });
        Some(Clause::Recurs(all.collect()))
    }

    /// `annually by June 30`, `biannually in April and October of each year`, `every March 15`: days of a year.
    fn yearly_words(&mut self) -> Option<Found> {
        let start = self.at;
        let times = if self.eat_any(&[
            "at? least? biannually|semiannually",
            "semi|bi annually",
            "twice a? per|each|every? year|annually",
        ]) {
            Some(2)
        } else if self.eat_any(&[
            "at? least? annually|yearly",
            "once? a? each|every|per calendar|contract? year",
            "every|each|any calendar|contract? year",
            "annually",
        ]) {
            None
        } else if self.eat("quarterly") {
            Some(4)
        } else {
            Some(self.number_times_a_year()?)
        };
        let said = self.range_from(start);
        self.comma();
        if self
            .sees("from|starting|beginning|commencing|thereafter|through|thru|until|to|before|and")
        {
            return None;
        }
        let Clause::Pieces(pieces) = self.clause()? else {
            return None;
        };
        let days = super::merge::names_yearless(&pieces);
        if !days {
            return None;
        }
        self.yearly = self.yearly.or(Some(Years::All));
        if let Some(times) = times
            && usize::try_from(times).is_ok_and(|times| times != pieces.len())
        {
            let written = self.words.get(said.clone()).unwrap_or_default();
            self.refusals.push(Refusal {
                rule: &phrase_not_understood::RULE,
                message: format!(
                    "`{written}` wants {times} days in a year, and {} named",
                    match pieces.len() {
                        1 => "one is".to_owned(),
                        count => format!("{count} are"),
                    }
                ),
                range: said,
                help: Some("name as many days, or write `every` before the day alone".to_owned()),
            });
        }
        Some(Found::Clause(Clause::Pieces(pieces)))
    }

    fn number_times_a_year(&mut self) -> Option<u32> {
        self.attempt(|p| {
            let Kind::Number { value, .. } = p.kind(0)? else {
                return None;
            };
            p.advance(1);
            p.eat("times per|each|every? calendar? year")
                .then_some(*value)
        })
    }

    /// `the last Friday of each month`, `the 15th of every third month`, `every other Friday`, `each Friday`.
    fn day_of_each(&mut self) -> Option<Found> {
        self.eat("on|by");
        self.eat("no|not later than");
        if let Some(found) = self.attempt(|p| {
            if !p.eat("each|every") {
                return None;
            }
            let weeks = p.interval().unwrap_or(1);
            let weekday = p.weekday_name()?;
            if p.eat("of each|every? calendar? month") {
                return Some(Every::DayOfMonths {
                    day: DayIn::Weekday(weeks, weekday),
                    months: 1,
                });
            }
            Some(Every::Weekday { weekday, weeks })
        }) {
            return Some(Found::Every(self.and_other_weekdays(found)));
        }
        // `the 1st and 15th of each month`.
        let mut days = vec![self.day_or_bare_number()?];
        while let Some(day) = self.attempt(|p| {
            let comma = p.comma();
            let and = p.eat("and");
            (comma || and).then(|| p.day_or_bare_number())?
        }) {
            days.push(day);
        }
        let days = of_one_kind(&days);
        if !self.eat("of|in each|every|any") && !self.eat("each|every") {
            return None;
        }
        let period = self.at;
        let mut all = Vec::new();
        for day in days {
            self.at = period;
            all.push(self.each_period_of(day)?);
        }
        Some(Found::Every(all))
    }

    /// `every Monday and Wednesday`.
    fn and_other_weekdays(&mut self, first: Every) -> Vec<Every> {
        let mut all = vec![first];
        if let Some(Every::Weekday { weeks, .. }) = all.first().cloned() {
            while let Some(weekday) = self.attempt(|p| {
                let comma = p.comma();
                let and = p.eat("and");
                (comma || and).then(|| p.weekday_name())?
            }) {
                all.push(Every::Weekday { weekday, weeks });
            }
        }
        all
    }

    /// A day of a period, and whether it is a number alone.
    fn day_or_bare_number(&mut self) -> Option<(DayIn, bool)> {
        let start = self.at;
        let day = self.day_in()?;
        Some((day, self.at == start + 1))
    }

    fn each_period_of(&mut self, day: DayIn) -> Option<Every> {
        let interval = self.interval();
        if self.eat("calendar? month|months") {
            return Some(Every::DayOfMonths {
                day,
                months: interval.unwrap_or(1),
            });
        }
        if interval.is_some() {
            return None;
        }
        let period = self.period()?;
        Some(Every::DayOfEach { day, period })
    }

    /// `other`, `second`, `third`, `3`.
    fn interval(&mut self) -> Option<u32> {
        if self.eat("other|alternate") {
            return Some(2);
        }
        match self.kind(0)? {
            Kind::Ordinal(value @ 2..=12)
            | Kind::Number {
                value: value @ 2..=12,
                ..
            } => {
                self.advance(1);
                Some(*value)
            }
            _ => None,
        }
    }

    fn how_often(&mut self) -> Option<Found> {
        let start = self.at;
        let on = self.eat("on|in");
        let least = self.at_least();
        if on {
            self.at_least();
        }
        let once = self.eat_any(&["once? in? each|per", "once a? every?", "one time"]);
        let every = if once {
            self.at = start;
            self.eat("on|in");
            self.at_least();
            self.once_each()?
        } else if self.sees("every") {
            self.advance(1);
            let length = self.every_length()?;
            if least {
                Every::Within(length)
            } else {
                Every::On(length)
            }
        } else if self.sees("each") {
            self.once_each()?
        } else if let Some(every) = self.attempt(Self::times_a_period) {
            every
        } else {
            self.adverb(start)?
        };
        if let Some(named) = self.attempt(|p| p.on_named_day(start, &every)) {
            return Some(Found::Every(self.and_other_weekdays(named)));
        }
        Some(Found::Every(vec![every]))
    }

    fn at_least(&mut self) -> bool {
        self.eat_any(&[
            "at least",
            "no|not less frequently|often? than",
            "no|not fewer than",
            "minimum of",
            "not less than",
        ])
    }

    /// `once each calendar quarter`, `once a month`, `once every six months`, `each month`.
    fn once_each(&mut self) -> Option<Every> {
        self.eat_any(&["once", "one time"]);
        self.eat_any(&["in each|every", "during each|every", "per", "each|every"]);
        if matches!(self.kind(0), Some(Kind::Number { .. } | Kind::Ordinal(_)))
            || self.sees("other")
        {
            return self.every_length().map(Every::Within);
        }
        if self.sees("calendar|fiscal|school|academic|fy")
            || self.sees("bi? weekly? pay|payroll")
            || self.sees("half")
        {
            return self.period().map(Every::Each);
        }
        self.every_length().map(Every::Within)
    }

    /// After `every`: `3 months`, `other week`, `third month`, `day`.
    fn every_length(&mut self) -> Option<Length> {
        if self.eat("other|alternate") {
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
        let times = if self.eat("twice") {
            2
        } else if self.eat("thrice") {
            3
        } else {
            let Kind::Number { value, .. } = self.kind(0)? else {
                return None;
            };
            self.advance(1);
            self.eat("time|times").then_some(*value)?
        };
        self.eat("in|during");
        self.eat("per|each|every|any");
        let fixed = self.eat("calendar|fiscal|school|academic|contract");
        let length = match (times, self.word(0)) {
            // The halves and quarters of a fixed year are fixed.
            (1, "year") if fixed => Every::Each(Period::Year),
            (2, "year") if fixed => Every::Each(Period::HalfYear),
            (4, "year") | (1, "quarter") if fixed => Every::Each(Period::Quarter),
            (12, "year") | (1, "month") if fixed => Every::Each(Period::Month),
            (1..=12, "year") if 12 % times == 0 => {
                Every::Within(Length(vec![(12 / times, Unit::Month)]))
            }
            (2, "month") => Every::HalfMonth,
            (1 | 3, "quarter") => Every::Within(Length(vec![(3 / times, Unit::Month)])),
            (1 | 7, "week") => Every::Within(Length(vec![(7 / times, Unit::Day)])),
            _ => return None,
        };
        self.advance(1);
        Some(length)
    }

    /// `monthly`, `semi-annually`, `bimonthly`.
    fn adverb(&mut self, start: usize) -> Option<Every> {
        let months = |count| Every::Within(Length(vec![(count, Unit::Month)]));
        let weeks = |count| Every::Within(Length(vec![(count, Unit::Week)]));
        let twofold = self.attempt(|p| {
            let every = if p.eat("bimonthly") || p.eat("bi monthly") {
                (months(2), "every 2 months", "twice a month")
            } else if p.eat("biweekly") || p.eat("bi weekly") {
                (weeks(2), "every 2 weeks", "twice a week")
            } else if p.eat("biannually|biannual") || p.eat("bi annually|annual") {
                (months(6), "twice a year", "every 2 years")
            } else {
                return None;
            };
            Some(every)
        });
        if let Some((every, taken, other)) = twofold {
            self.warn(
                start,
                format!("it may mean `{taken}` or `{other}`: read as `{taken}`"),
                format!("write `{taken}` or `{other}`"),
            );
            return Some(every);
        }
        let every = if self.eat("semiannually|semiannual") || self.eat("semi annually|annual") {
            months(6)
        } else if self.eat("semimonthly") || self.eat("semi monthly") {
            Every::HalfMonth
        } else if self.eat("biennially|biennial") {
            Every::Within(Length(vec![(2, Unit::Year)]))
        } else if self.eat("quarterly") {
            months(3)
        } else if self.eat("monthly") {
            months(1)
        } else if self.eat("fortnightly") {
            weeks(2)
        } else if self.eat("weekly") {
            weeks(1)
        } else if self.eat("annually|yearly|annual") {
            Every::Within(Length(vec![(1, Unit::Year)]))
        } else if self.eat("daily") {
            Every::Within(Length(vec![(1, Unit::Day)]))
        } else {
            return None;
        };
        Some(every)
    }

    /// `monthly on the second Tuesday`, `every 3 months on the 15th`, `weekly on Fridays`, `quarterly by the 10th`.
    fn on_named_day(&mut self, start: usize, every: &Every) -> Option<Every> {
        self.comma();
        let by = self.eat_any(&["by", "no|not later than", "on or before"]);
        if !by && !self.eat("on") {
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
            if !p.eat("of|in each|every|that?") {
                return None;
            }
            p.eat("calendar");
            p.eat("month").then_some(())
        });
        if months == 3 && self.sees("of") {
            return None;
        }
        if months > 1 && by {
            self.warn(
                start,
                "read as that day of each period's first month",
                "name the months, or write `the last day of each quarter`",
            );
        }
        Some(Every::DayOfMonths { day, months })
    }
}

/// In `the first and third Monday` the weekday belongs to both.
fn of_one_kind(days: &[(DayIn, bool)]) -> Vec<DayIn> {
    let last = days.last().map(|(day, _)| *day);
    let like = |day: DayIn| match (day, last) {
        (DayIn::Nth(nth), Some(DayIn::Weekday(_, weekday))) => DayIn::Weekday(nth, weekday),
        (DayIn::Nth(nth), Some(DayIn::Open(_, kind))) => DayIn::Open(nth, kind),
        (DayIn::Last, Some(DayIn::Weekday(_, weekday))) => DayIn::Weekday(0, weekday),
        (DayIn::Last, Some(DayIn::Open(_, kind))) => DayIn::Open(0, kind),
        _ => day,
    };
    days.iter()
        .map(|(day, bare)| if *bare { like(*day) } else { *day })
        .collect()
}

/// What was found: a way to recur, or days of a year that recur.
enum Found {
    Every(Vec<Every>),
    Clause(Clause),
}
