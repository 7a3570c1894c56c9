//! Days as people write them: `April 1, 2014`, `1 April 2014`, `the 30th day of June 2020`, `12/9/99`, `by 5 pm on July 1`.

use super::core::Parser;
use super::years::{in_year, so_many_years_after, year_said};
use crate::language::Refusal;
use crate::language::token::Kind;
use crate::language::tree::Point;
use crate::rules::no_such_date;
use chrono::{Datelike, NaiveDate, Weekday};

impl Parser<'_> {
    /// A day with a year or without one; the hour beside it is kept as an aside.
    pub(super) fn date(&mut self) -> Option<Point> {
        self.attempt(|p| {
            p.hour();
            let start = p.at;
            let weekday = p.weekday_name();
            if weekday.is_some() {
                p.say_in_other_words(start);
                p.comma();
            }
            let point = p.bare_date()?;
            if let (Some(weekday), Point::Day(day)) = (weekday, &point)
                && day.weekday() != weekday
            {
                p.not_that_weekday(start, *day);
            }
            p.trailing_hour();
            Some(point)
        })
    }

    /// `Monday, April 7, 2026`, which is a Tuesday.
    fn not_that_weekday(&mut self, start: usize, day: NaiveDate) {
        let range = self.range_from(start);
        let written = self.words.get(range.clone()).unwrap_or_default();
        self.refusals.push(Refusal {
            rule: &no_such_date::RULE,
            message: format!(
                "there is no such date as `{written}`: it is a {}",
                day.format("%A")
            ),
            range,
            help: Some("ask which was agreed, and write the date alone".to_owned()),
        });
    }

    /// One or more days: `February 3rd and 4th and August 3rd and 4th`, `July 1 in 2023, 2024 and 2025`.
    pub(super) fn dates(&mut self) -> Option<Vec<Point>> {
        let mut found = vec![self.date()?];
        if let Some(Point::Yearless { month, day }) = found.first().cloned()
            && let Some(years) = self.attempt(Parser::list_of_years)
        {
            let mut days = Vec::new();
            for year in years {
                days.push(Point::Day(NaiveDate::from_ymd_opt(year, month, day)?));
            }
            return Some(days);
        }
        // `July 1 in 2023, 2024 and 2025`.
        if let Some(Point::Day(day)) = found.first().cloned() {
            while let Some(year) = self.attempt(|p| {
                let comma = p.comma();
                let and = p.eat(words!("and"));
                (comma || and).then(|| p.year())?
            }) {
                found.push(Point::Day(day.with_year(year)?));
            }
        }
        while let Some(next) = self.attempt(|p| {
            let joined = p.comma();
            let and = p.eat(words!("and|plus"));
            if !joined && !and {
                return None;
            }
            p.eat(words!("on|by"));
            let next = p.date().map(|date| match found.last() {
                // `July 1, 2026 and January 31 of the following year`.
                Some(before @ Point::Day(_)) => p
                    .attempt(|p| so_many_years_after(before, p.relative_year()?, date.clone()))
                    .unwrap_or(date),
                _ => date,
            });
            next.or_else(|| {
                let Some(Point::Yearless { month, .. }) = found.last() else {
                    return None;
                };
                let before = p.at;
                let day = p.day_number()?;
                let of_another = p.word(0) == "of" && month_number(p.word(1)).is_some();
                let a_length = matches!(p.word(0), "day" | "days" | "working" | "business");
                // `July 1, 26`: a year as people write it, or another day.
                if !and && found.len() == 1 && !p.sees_more_days() {
                    return p.complain(
                        before,
                        "two digits after a day may be a year, or another day",
                        "write the year whole, or `and` between two days",
                    );
                }
                (!of_another && !a_length && day <= 31).then_some(())?;
                let start = p.at.saturating_sub(1);
                // In `June 1 and 15, 2026` the year belongs to both.
                let year = p.attempt(|p| {
                    p.comma();
                    p.eat(words!("of|in"));
                    p.year()
                });
                p.real_day(start, year, *month, day)
            })
        }) {
            found.push(next);
        }
        // In `March 1 and September 1, 2026` the year belongs to both.
        share_the_year(found.iter_mut());
        Some(found)
    }

    /// Whether a list of days goes on, or the last one is an ordinal: `June 1, 15 and 30`, `June 1, 15th`.
    fn sees_more_days(&mut self) -> bool {
        let ordinal = self
            .at
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .is_some_and(|token| matches!(token.kind, Kind::Ordinal(_)));
        ordinal
            || !self.done()
                && (self.sees(words!("and")) || matches!(self.kind(0), Some(Kind::Comma)))
    }

    /// `the 1st, 10th and 20th of July 2026`.
    pub(super) fn days_of_one_month(&mut self) -> Option<Vec<Point>> {
        let ordinal = |p: &mut Self| match p.kind(0)? {
            Kind::Ordinal(day) => {
                p.advance(1);
                p.eat(words!("day|days"));
                Some(*day)
            }
            _ => None,
        };
        let mut days = vec![ordinal(self)?];
        while let Some(day) = self.attempt(|p| {
            let comma = p.comma();
            let and = p.eat(words!("and"));
            (comma || and).then(|| ordinal(p))?
        }) {
            days.push(day);
        }
        (days.len() > 1).then_some(())?;
        self.eat(words!("of|in")).then_some(())?;
        let month = month_number(self.word(0))?;
        self.advance(1);
        // `the 15th of March, June and September` is a day of several months.
        let start = self.at;
        let year = self.attempt(|p| {
            p.comma();
            p.eat(words!("of|in"));
            p.year()
        });
        days.into_iter()
            .map(|day| self.real_day(start, year, month, day))
            .collect()
    }

    fn list_of_years(&mut self) -> Option<Vec<i32>> {
        if !self.eat(words!("in|of")) {
            return None;
        }
        self.eat(words!("each of"));
        let mut years = vec![self.year()?];
        while let Some(year) = self.attempt(|p| {
            p.comma();
            p.eat(words!("and"));
            p.year()
        }) {
            years.push(year);
        }
        Some(years)
    }

    fn bare_date(&mut self) -> Option<Point> {
        let start = self.at;
        if let Some(Kind::Date(date)) = self.kind(0) {
            self.advance(1);
            return Some(Point::Day(*date));
        }
        let (month, day) = if let Some(month) = month_number(self.word(0)) {
            self.advance(1);
            (month, self.day_number()?)
        } else {
            self.eat(words!("this"));
            let day = self.day_number()?;
            self.eat(words!("day"));
            self.eat(words!("of"));
            self.each_month_named();
            let month = month_number(self.word(0))?;
            self.advance(1);
            (month, day)
        };
        let year = self.attempt(|p| {
            p.comma();
            p.eat(words!("of|in"));
            p.year()
        });
        self.real_day(start, year, month, day)
    }

    /// A day that exists; one that does not is refused, and a stand-in keeps the rest readable.
    pub(super) fn real_day(
        &mut self,
        start: usize,
        year: Option<i32>,
        month: u32,
        day: u32,
    ) -> Option<Point> {
        if day > 31 {
            return None;
        }
        // Without a year, February has 29 days.
        let found = NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day);
        if let Some(date) = found {
            if year.is_some() {
                return Some(Point::Day(date));
            }
            if (month, day) == (2, 29) {
                self.warn(
                    start,
                    "a year that is no leap year has no February 29: its 28th is taken",
                    "write `the last day of February`, or the year",
                );
            }
            return Some(Point::Yearless { month, day });
        }
        let range = self.range_from(start);
        let written = self.words.get(range.clone()).unwrap_or_default();
        self.refusals.push(Refusal {
            rule: &no_such_date::RULE,
            message: format!("there is no such date as `{written}`"),
            range,
            help: Some("write the day that is meant".to_owned()),
        });
        Some(Point::Yearless { month, day: 28 })
    }

    /// `1`, `1st`, `first`, `twenty-first`.
    pub(super) fn day_number(&mut self) -> Option<u32> {
        let day = match self.kind(0)? {
            Kind::Number { value, .. } | Kind::Ordinal(value) => *value,
            _ => return None,
        };
        if !(1..=99).contains(&day) {
            return None;
        }
        self.advance(1);
        Some(day)
    }

    /// A year of four digits.
    pub(super) fn year(&mut self) -> Option<i32> {
        match self.kind(0)? {
            Kind::Number {
                value: value @ 1600..=2999,
                spelled: false,
            } => {
                self.advance(1);
                i32::try_from(*value).ok()
            }
            _ => None,
        }
    }

    /// `11:59 pm on`, `close of business`, `the end of the day on`, kept as an aside.
    pub(super) fn hour(&mut self) {
        loop {
            let start = self.at;
            let read = self.eat_kind(&Kind::Hour)
                || self.eat(words!("close|end of business day?"))
                || self.eat(words!("end|close of working|work|calendar? day"))
                || self.eat(words!("cob|eob|eod"));
            if !read {
                break;
            }
            let range = self.range_from(start);
            self.comma();
            self.zone();
            self.comma();
            self.eat(words!("on|of"));
            let text = self.words.get(range).unwrap_or_default();
            self.asides.push(text.to_owned());
        }
    }

    /// `Pacific Time`, `PST`: said of an hour, which is a remark.
    fn zone(&mut self) {
        self.eat_any(&[
            words!("pacific|eastern|central|mountain|local|prevailing standard|daylight? time"),
            words!("pacific|eastern|central|mountain|local time|standard? time?"),
            words!("pst|pdt|pt|est|edt|et|cst|cdt|ct|mst|mdt|mt|utc"),
        ]);
    }

    /// `, at 5 pm`, `inclusive`, `at the latest`.
    pub(super) fn trailing_hour(&mut self) {
        self.eat(words!("at latest"));
        let _: Option<()> = self.attempt(|p| {
            p.comma();
            p.eat(words!("at|by"));
            let start = p.at;
            let read = p.eat_kind(&Kind::Hour)
                || p.eat(words!("close|end of business day?"))
                || p.eat(words!("cob|eob|eod"));
            if !read {
                return None;
            }
            p.zone();
            let range = p.range_from(start);
            let text = p.words.get(range).unwrap_or_default().to_owned();
            p.asides.push(text);
            Some(())
        });
        let _: Option<()> = self.attempt(|p| {
            // Beside a count it would say that its first day counts.
            p.counted_from.is_none().then_some(())?;
            p.comma();
            p.eat(words!("both|all? days|dates? inclusive"))
                .then_some(())
        });
    }

    /// `Monday`, as a word.
    pub(super) fn weekday_name(&mut self) -> Option<Weekday> {
        let day = weekday(self.word(0))?;
        self.advance(1);
        Some(day)
    }
}

/// In `June 30 and December 31, 2028` the year belongs to both: a day without one has that of the next that names one.
pub(super) fn share_the_year<'a>(points: impl DoubleEndedIterator<Item = &'a mut Point>) {
    let mut year = None;
    for point in points.rev() {
        if let Some(said) = year_said(point) {
            year = Some(said);
        } else if let Some(same) = year.and_then(|year| in_year(point, year)) {
            *point = same;
        } else if !matches!(point, Point::Yearless { .. }) {
            year = None;
        }
    }
}

/// `january`, `jan`: 1.
pub(super) fn month_number(word: &str) -> Option<u32> {
    Some(match word {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mondays" | "mon" => Weekday::Mon,
        "tuesday" | "tuesdays" | "tue" | "tues" => Weekday::Tue,
        "wednesday" | "wednesdays" | "wed" => Weekday::Wed,
        "thursday" | "thursdays" | "thu" | "thur" | "thurs" => Weekday::Thu,
        "friday" | "fridays" | "fri" => Weekday::Fri,
        "saturday" | "saturdays" | "sat" => Weekday::Sat,
        "sunday" | "sundays" | "sun" => Weekday::Sun,
        _ => return None,
    })
}
