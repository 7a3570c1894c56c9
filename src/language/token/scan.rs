//! Characters to tokens, before numbers and brackets are settled.

use super::hours::hours;
use super::numeric_dates::{Part, numeric_date, part};
use super::{Kind, Token};
use crate::language::{DateOrder, Refusal};
use crate::rules::{no_such_date, phrase_not_understood};
use crate::words::MONTHS;
use chrono::{Datelike, NaiveDate};

/// The longest time that is counted, in days: 1,000 years.
const LONGEST: u64 = 365_250;

/// Cuts the words of a phrase into tokens.
pub(super) fn scan(
    words: &str,
    order: DateOrder,
    near: Option<NaiveDate>,
    refusals: &mut Vec<Refusal>,
) -> Vec<Token> {
    let mut scanner = Scanner {
        words,
        order,
        near,
        at: 0,
        tokens: Vec::new(),
    };
    while let Some(c) = scanner.peek() {
        scanner.step(c, refusals);
    }
    hours(scanner.tokens)
}

struct Scanner<'a> {
    words: &'a str,
    order: DateOrder,
    near: Option<NaiveDate>,
    at: usize,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        self.words.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn push(&mut self, kind: Kind, len: usize) {
        self.tokens.push(Token {
            kind,
            range: self.at..self.at + len,
        });
        self.at += len;
    }

    fn step(&mut self, c: char, refusals: &mut Vec<Refusal>) {
        let len = c.len_utf8();
        if c.is_ascii_digit() {
            self.digits(refusals);
        } else if c == '½' {
            self.push(Kind::Mark(c), len);
        } else if c.is_alphanumeric() || c == '_' {
            self.word();
        } else {
            match c {
                '-' | '\u{2010}' | '\u{2011}' => self.hyphen(len),
                '\u{2012}'..='\u{2015}' => self.push(Kind::Dash, len),
                '(' | '[' if self.plural_bracket() => {}
                // A scanner takes a round bracket for a curly one.
                '(' | '[' | '{' => self.push(Kind::Open, len),
                ')' | ']' | '}' => self.push(Kind::Close, len),
                c if is_apostrophe(c) && self.short_year(len) => {}
                ',' => self.push(Kind::Comma, len),
                ';' => self.push(Kind::Semicolon, len),
                '&' => self.push(Kind::Word("and".to_owned()), len),
                c if c.is_whitespace()
                    || is_quote(c)
                    || matches!(c, '.' | '*' | '•')
                    || c.is_control() =>
                {
                    self.at += len;
                }
                c => self.push(Kind::Mark(c), len),
            }
        }
    }

    fn word(&mut self) {
        let run = run(self.rest());
        // A scanner loses the space of `July 1`.
        let letters = run.trim_end_matches(|c: char| c.is_ascii_digit());
        let run = if is_month(letters) { letters } else { run };
        let len = run.len();
        let word = if run.is_ascii() {
            run.to_ascii_lowercase()
        } else {
            run.chars()
                .map(|c| if is_quote(c) { '\'' } else { c })
                .collect::<String>()
                .to_lowercase()
        };
        self.push(Kind::Word(word), len);
    }

    fn digits(&mut self, refusals: &mut Vec<Refusal>) {
        if let Some((len, parts)) = numeric_date(self.rest()) {
            let range = self.at..self.at + len;
            if let Some(date) = self.date(parts) {
                self.push(Kind::Date(date), len);
            } else {
                let written = self.words.get(range.clone()).unwrap_or_default().to_owned();
                refusals.push(Refusal {
                    rule: &no_such_date::RULE,
                    range,
                    message: format!("there is no such date as `{written}`"),
                    help: Some("write the day that is meant".to_owned()),
                });
                // A stand-in keeps the rest readable, so that its faults are found in the same run.
                self.push(Kind::Date(NaiveDate::default()), len);
            }
            return;
        }
        if let Some(len) = clock_time(self.rest()) {
            self.push(Kind::Hour, len);
            return;
        }
        if let Some((len, refusal)) = no_number_of(self.rest()) {
            refusals.push(Refusal {
                range: self.at..self.at + len,
                ..refusal
            });
            // A stand-in, for the same reason.
            let one = Kind::Number {
                value: 1,
                spelled: false,
            };
            self.push(one, len);
            return;
        }
        if let Some((len, value)) = grouped(self.rest()) {
            let kind = Kind::Number {
                value,
                spelled: false,
            };
            self.push(kind, len);
            return;
        }
        let run = run(self.rest());
        let digits: String = run.chars().take_while(char::is_ascii_digit).collect();
        let suffix: String = run.chars().skip(digits.len()).collect();
        let len = run.len();
        let kind = match (digits.parse::<u32>(), suffix.to_ascii_lowercase().as_str()) {
            (Ok(value), "") => Kind::Number {
                value,
                spelled: false,
            },
            (Ok(value), "st" | "nd" | "rd" | "th") => Kind::Ordinal(value),
            (Ok(1..=12), "am" | "pm") => Kind::Hour,
            _ => Kind::Word(run.to_lowercase()),
        };
        self.push(kind, len);
    }

    fn hyphen(&mut self, len: usize) {
        let before = self
            .words
            .get(..self.at)
            .and_then(|s| s.chars().next_back());
        let rest = self.words.get(self.at + len..).unwrap_or_default();
        let after = rest.chars().next();
        let dash = match (before, after) {
            (Some(b), Some(a)) if b.is_ascii_digit() && a.is_ascii_digit() => true,
            (Some(b), Some(a)) if b.is_ascii_digit() && a.is_alphabetic() => {
                let word = run(rest);
                if is_month_in_short(word) {
                    self.ends_a_day(true)
                } else {
                    !is_unit(&word.to_lowercase())
                }
            }
            (Some(b), Some(a)) if b.is_alphabetic() && a.is_alphanumeric() => {
                let month = is_month_in_short(run(rest));
                (month || begins_with_a_day(rest)) && self.ends_a_day(month)
            }
            (Some(b), Some(a)) => b.is_whitespace() && a.is_whitespace(),
            _ => false,
        };
        if dash {
            self.push(Kind::Dash, len);
        } else if !self.year_after_month(len) {
            self.at += len;
        }
    }

    /// Whether what stands before a hyphen is a day or a month that it joins to another, which begins with a month or with the
    /// number of a day: `January 1-March 31`, `1 January-31 March`, `the 1st-15th`, `March-May`. In `March-15` and `1-Jan-27`
    /// it stands inside one day.
    fn ends_a_day(&self, before_a_month: bool) -> bool {
        let Some(last) = self.tokens.last() else {
            return false;
        };
        let before = self.tokens.iter().rev().nth(1);
        match &last.kind {
            Kind::Number { value: 1600.., .. } | Kind::Ordinal(_) => true,
            Kind::Number { .. } => before.is_some_and(|before| self.is_month_here(before)),
            _ if !self.is_month_here(last) => false,
            _ if before_a_month => true,
            _ => before.is_some_and(|day| {
                let between = self.words.get(day.range.end..last.range.start);
                matches!(
                    day.kind,
                    Kind::Number { value: ..=31, .. } | Kind::Ordinal(_)
                ) && between.is_some_and(|between| between.starts_with(char::is_whitespace))
            }),
        }
    }

    fn is_month_here(&self, token: &Token) -> bool {
        self.words
            .get(token.range.clone())
            .is_some_and(is_month_in_short)
    }

    /// The `-27` of `1-Jan-27`.
    fn year_after_month(&mut self, len: usize) -> bool {
        let rest = self.words.get(self.at + len..).unwrap_or_default();
        let [.., day, month] = self.tokens.as_slice() else {
            return false;
        };
        let hyphened = self.words.get(day.range.end..month.range.start)
            == self.words.get(self.at..self.at + len)
            && month.range.end == self.at
            && matches!(day.kind, Kind::Number { spelled: false, .. });
        let in_short = self
            .words
            .get(month.range.clone())
            .is_some_and(is_month_in_short);
        match part(rest) {
            Some((year, after))
                if hyphened
                    && in_short
                    && year.width == 2
                    && !after.starts_with(char::is_alphanumeric) =>
            {
                let value = u32::try_from(self.whole_year(year)).unwrap_or_default();
                self.push(
                    Kind::Number {
                        value,
                        spelled: false,
                    },
                    len + year.width,
                );
                true
            }
            _ => false,
        }
    }

    /// `'26`, after a day or a month.
    fn short_year(&mut self, len: usize) -> bool {
        let rest = self.words.get(self.at + len..).unwrap_or_default();
        let Some((year, after)) = part(rest) else {
            return false;
        };
        let follows = matches!(
            self.tokens.last().map(|token| &token.kind),
            Some(Kind::Comma | Kind::Number { .. } | Kind::Ordinal(_))
        );
        if year.width != 2 || !follows || after.starts_with(char::is_alphanumeric) {
            return false;
        }
        let value = u32::try_from(self.whole_year(year)).unwrap_or_default();
        let kind = Kind::Number {
            value,
            spelled: false,
        };
        self.push(kind, len + year.width);
        true
    }

    /// A year of two digits is the one nearest to the agreement's own.
    fn whole_year(&self, year: Part) -> i32 {
        let full = i32::try_from(year.value).unwrap_or_default();
        if year.width == 4 {
            return full;
        }
        let near = self.near.map_or(2000, |near| near.year());
        let century = near - near.rem_euclid(100);
        [century - 100, century, century + 100]
            .into_iter()
            .map(|century| century + full)
            .min_by_key(|year| (year - near).abs())
            .unwrap_or(full)
    }

    /// `day(s)` is `day`.
    fn plural_bracket(&mut self) -> bool {
        let glued = self
            .words
            .get(..self.at)
            .and_then(|s| s.chars().next_back())
            .is_some_and(char::is_alphabetic);
        let Some(plural) = ["(s)", "(es)", "(S)", "(ies)"]
            .iter()
            .find(|p| self.rest().starts_with(**p))
        else {
            return false;
        };
        if glued {
            self.at += plural.len();
        }
        glued
    }

    fn date(&self, (a, b, c): (Part, Part, Part)) -> Option<NaiveDate> {
        let iso = a.width == 4;
        let (year, month, day) = match (iso, self.order) {
            (true, _) | (false, DateOrder::YearMonthDay) => (a, b, c),
            (false, DateOrder::MonthDayYear) => (c, a, b),
            (false, DateOrder::DayMonthYear) => (c, b, a),
        };
        NaiveDate::from_ymd_opt(self.whole_year(year), month.value, day.value)
    }
}

/// `11:59`.
fn clock_time(text: &str) -> Option<usize> {
    let (hour, rest) = part(text)?;
    let (minute, rest) = part(rest.strip_prefix(':')?)?;
    // `11:59:59 p.m.`.
    let rest = rest
        .strip_prefix(':')
        .and_then(part)
        .filter(|(second, _)| second.width == 2 && second.value < 60)
        .map_or(rest, |(_, after)| after);
    (hour.width <= 2 && hour.value <= 24 && minute.width == 2 && minute.value < 60)
        .then(|| text.len() - rest.len())
}

/// The bytes and the value of `1,095`: digits in groups of three with commas between them.
fn grouped(text: &str) -> Option<(usize, u32)> {
    let whole = text
        .find(|c: char| !(c.is_ascii_digit() || c == ','))
        .unwrap_or(text.len());
    let written = text.get(..whole)?.trim_end_matches(',');
    let (first, groups) = written.split_once(',')?;
    let in_threes = groups.split(',').all(|group| group.len() == 3);
    ((1..=3).contains(&first.len()) && !first.starts_with('0') && in_threes).then_some(())?;
    let goes_on = text
        .get(written.len()..)?
        .starts_with(char::is_alphanumeric);
    let value = written.replace(',', "").parse().ok()?;
    (!goes_on).then_some((written.len(), value))
}

/// A number before a unit that cannot be counted, as `0 days`, `2.5 months` and `9000 years`, and why not.
fn no_number_of(text: &str) -> Option<(usize, Refusal)> {
    let whole = match grouped(text) {
        Some((len, _)) => len,
        None => text.find(|c: char| !c.is_ascii_digit())?,
    };
    let part = text.get(whole..)?.strip_prefix('.').map_or(0, |rest| {
        rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()
    });
    let len = if part > 0 { whole + 1 + part } else { whole };
    let (number, rest) = (text.get(..len)?, text.get(len..)?);
    let unit = rest
        .trim_start_matches(|c: char| c.is_whitespace() || c == '-')
        .to_ascii_lowercase();
    let days = match unit.get(..3)? {
        "yea" => 365,
        "qua" => 91,
        "mon" => 30,
        "wee" => 7,
        "day" | "hou" | "wor" | "bus" | "cal" | "cou" | "sch" => 1,
        _ => return None,
    };
    let (message, help) = if part > 0 {
        (
            format!("`{number}` is no whole number"),
            "write the parts out: `2 months and 15 days`",
        )
    } else {
        match number.replace(',', "").parse::<u64>() {
            // `before 0000 hours` is an hour.
            Ok(0) if number.len() == 4 && unit.starts_with("hou") => return None,
            Ok(0) => (
                format!("`{number}` counts nothing"),
                "write `on` and the day or event that is meant",
            ),
            Ok(value) if value.saturating_mul(days) <= LONGEST => return None,
            _ => (
                format!("`{number}` is too long a time: a length has at most 1,000 years"),
                "write the number that is meant",
            ),
        }
    };
    let refusal = Refusal {
        rule: &phrase_not_understood::RULE,
        range: 0..0,
        message,
        help: Some(help.to_owned()),
    };
    Some((len, refusal))
}

/// Letters, digits, underscores, and apostrophes between letters.
fn run(text: &str) -> &str {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = (c.is_alphanumeric() && c != '½')
            || c == '_'
            || (is_apostrophe(c) && chars.peek().is_some_and(|(_, next)| next.is_alphabetic()));
        if !inside {
            break;
        }
        end = at + c.len_utf8();
    }
    text.get(..end).unwrap_or_default()
}

/// Whether a word is the name of a month, written out.
pub(crate) fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|month| word.eq_ignore_ascii_case(month))
}

/// Whether the words after a hyphen begin with the number of a day: `31 March`, `15th`.
fn begins_with_a_day(rest: &str) -> bool {
    let digits = run(rest).trim_end_matches(|c: char| c.is_ascii_alphabetic());
    matches!(digits.len(), 1..=2) && digits.chars().all(|c| c.is_ascii_digit())
}

/// Whether a word is the name of a month, written out or by its first letters.
fn is_month_in_short(word: &str) -> bool {
    is_month(word)
        || word.eq_ignore_ascii_case("sept")
        || MONTHS.iter().any(|month| {
            month
                .get(..3)
                .is_some_and(|short| word.eq_ignore_ascii_case(short))
        })
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}')
}

fn is_quote(c: char) -> bool {
    is_apostrophe(c) || matches!(c, '"' | '`' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}')
}

/// Units that are written with a hyphen after digits: `30-day`.
fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "day"
            | "days"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
            | "hour"
            | "hours"
            | "calendar"
            | "working"
            | "business"
            | "court"
            | "school"
            | "work"
            | "duty"
            | "quarter"
    )
}
