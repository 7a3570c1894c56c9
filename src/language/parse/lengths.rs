//! Lengths of time: `30 days`, `a month and a half`, `1 year and 6 months`, `ten (10) working days`, `72 hours`.

use super::core::Parser;
use crate::counting::{DayKind, Length, Unit};
use crate::language::Wording;
use crate::language::token::Kind;
use crate::words;

/// A length as it was written.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) length: Length,
    /// `clear days`.
    pub(super) clear: bool,
    /// `calendar days`, said in so many words.
    pub(super) calendar: bool,
    /// `the 90-day period`: a stretch, and not its end.
    pub(super) period: bool,
}

impl Parser<'_> {
    /// A length; a unit in the singular without a number is one.
    pub(super) fn length(&mut self) -> Option<Written> {
        self.attempt(|p| {
            let mut written = Written {
                length: Length(Vec::new()),
                clear: false,
                calendar: false,
                period: false,
            };
            let start = p.at;
            p.length_part(&mut written)?;
            while !p.two_lengths
                && p.attempt(|p| {
                    p.comma();
                    let plus = p.sees(words!("plus"));
                    let joined = p.eat(words!("and|plus"));
                    let a_half = joined && p.sees(words!("half"));
                    if a_half && !p.sees(words!("half of? month|year")) && p.eat(words!("half")) {
                        // `a month and a half`: fifteen days, counted last; `a year and a half`: six months.
                        let half = match written.length.0.last() {
                            Some((_, Unit::Month)) => (1, Unit::HalfMonth),
                            Some((_, Unit::Year)) => (6, Unit::Month),
                            _ => return None,
                        };
                        written.length.0.push(half);
                        return Some(());
                    }
                    let one = a_half || (joined && p.said_an());
                    (one || matches!(p.kind(0), Some(Kind::Number { .. }))).then_some(())?;
                    let before = written.length.0.last().map(|(_, unit)| rank(*unit))?;
                    let parts = written.length.0.len();
                    p.length_part(&mut written)?;
                    let after = written.length.0.get(parts).map(|(_, unit)| rank(*unit))?;
                    // `30 days and 60 days` are two lengths: one names each unit once.
                    let named = |(_, unit): &(u32, Unit)| rank(*unit) == after;
                    let again = written.length.0.iter().take(parts).any(named);
                    if again || (after > before && !joined) {
                        written.length.0.truncate(parts);
                        return None;
                    }
                    if after > before && !plus {
                        p.warn(
                            start,
                            "one length, whose larger part stands last: years and months are counted first, then weeks, then days",
                            "write `1 month and 10 days`, or `10 days, then 1 month` for the other order",
                        );
                    }
                    Some(())
                })
                .is_some()
            {}
            written.period = p.eat(words!("period|term|duration|interval|window of? time?"));
            Some(written)
        })
    }

    fn length_part(&mut self, written: &mut Written) -> Option<()> {
        let start = self.at;
        if let Some(half) = self.attempt(Self::half) {
            self.say_in_other_words(start);
            written.length.0.push(half);
            return Some(());
        }
        let (number, counted) = match self.kind(0)? {
            Kind::Number { value, .. } => {
                self.advance(1);
                (*value, true)
            }
            // `the month of X` is a stretch, `a month after X` a length.
            _ if self.said_the() => return None,
            _ => (1, false),
        };
        // `at least sixty (60), but no more than ninety (90), days`.
        if counted && self.kind(0) == Some(&Kind::Comma) && is_unit_word(self.word(1)) {
            self.comma();
        }
        let half = self.attempt(|p| {
            (counted && p.eat(words!("and"))).then_some(())?;
            // `one and one-half years`.
            if matches!(
                p.kind(0),
                Some(Kind::Number {
                    value: 1,
                    spelled: true
                })
            ) {
                p.advance(1);
            }
            p.eat(words!("half")).then_some(())
        });
        let half = half.or_else(|| self.attempt(|p| counted.then(|| p.half_in_figures())?));
        self.eat_any(&[
            words!("full"),
            words!("consecutive"),
            words!("additional"),
            words!("successive"),
            words!("whole"),
            words!("complete"),
            words!("further"),
        ]);
        if half.is_none() && self.eat(words!("quarter|quarters of year")) {
            self.say_in_other_words(start);
            written.length.0.push((number.checked_mul(3)?, Unit::Month));
            return Some(());
        }
        if self.eat(words!("fortnight|fortnights")) {
            self.say_in_other_words(start);
            written.length.0.push((number.checked_mul(2)?, Unit::Week));
            return Some(());
        }
        let (unit, plural) = self.unit(written)?;
        if !counted && plural {
            return None;
        }
        if number == 0 && counted {
            return None;
        }
        if unit == Unit::Hour && number % 24 != 0 {
            self.warn(
                start,
                format!(
                    "{number} hours are no whole days: read as {}, up to the end of the last",
                    words::count(number.div_ceil(24), "day")
                ),
                "write the days that are meant, and the hours in `reading`",
            );
            if self.in_doubt(Wording::PartOfADay) && number > 24 {
                self.say_in_other_words(start);
                written.length.0.push((number / 24, Unit::Day));
                return Some(());
            }
        }
        // `the 2026 calendar year` is that year.
        if number >= 1600 && !plural {
            return None;
        }
        written.length.0.push((number, unit));
        if half.is_some() {
            self.say_in_other_words(start);
        }
        match (half, unit) {
            (Some(()), Unit::Month) => written.length.0.push((1, Unit::HalfMonth)),
            (Some(()), Unit::Year) => written.length.0.push((6, Unit::Month)),
            (Some(()), _) => return None,
            (None, _) => {}
        }
        Some(())
    }

    /// `2 1/2 years`, `2½ years`.
    fn half_in_figures(&mut self) -> Option<()> {
        if self.eat_kind(&Kind::Mark('½')) {
            return Some(());
        }
        let figures = |p: &Self| {
            let number = |ahead: usize, wanted: u32| matches!(p.kind(ahead), Some(Kind::Number { value, spelled: false }) if *value == wanted);
            number(0, 1) && p.kind(1) == Some(&Kind::Mark('/')) && number(2, 2)
        };
        figures(self).then(|| self.advance(3))
    }

    /// `half a year`, `a quarter of a year`, `one-half month`; not `the half year after X`, which is a stretch.
    fn half(&mut self) -> Option<(u32, Unit)> {
        if self.said_the() {
            return None;
        }
        if matches!(
            self.kind(0),
            Some(Kind::Number {
                value: 1,
                spelled: true
            })
        ) {
            self.advance(1);
        }
        // `a quarter of a year`; `the quarter of the year` is a stretch.
        if self.eat(words!("quarter of")) {
            return (self.said_an() && self.eat(words!("year"))).then_some((3, Unit::Month));
        }
        self.eat(words!("half of?")).then_some(())?;
        if self.eat(words!("year")) {
            Some((6, Unit::Month))
        } else {
            self.eat(words!("month")).then_some((1, Unit::HalfMonth))
        }
    }

    /// A unit, and whether it stands in the plural.
    fn unit(&mut self, written: &mut Written) -> Option<(Unit, bool)> {
        let mut kind = None;
        loop {
            if self.eat(words!("calendar|cal")) {
                written.calendar = true;
            } else if self.eat(words!("clear")) {
                written.clear = true;
            } else if self.eat(words!(
                "consecutive|continuous|uninterrupted|successive|full|straight"
            )) {
            } else if self.sees(words!("regular|normal|ordinary business|court|school"))
                || self.sees(words!(
                    "county|city|district|town|university|college|hospital|employer|company|agency|department|authority|office|administrative working|work|business|duty day|days"
                ))
            {
                self.advance(1);
            } else if let Some(found) = day_kind(self.word(0))
                .filter(|_| matches!(self.word(1), "day" | "days" | "day's" | "days'"))
            {
                self.advance(1);
                kind = Some(found);
            } else {
                break;
            }
        }
        if let Some(kind) = kind {
            let plural = self.word(0) != "day";
            self.advance(1);
            return Some((Unit::Open(kind), plural));
        }
        let found = match self.word(0) {
            "hour" | "hour's" | "hr" => (Unit::Hour, false),
            "hours" | "hrs" => (Unit::Hour, true),
            "day" | "day's" => (Unit::Day, false),
            "days" => (Unit::Day, true),
            "weekday" => (Unit::Open(DayKind::Week), false),
            "weekdays" => (Unit::Open(DayKind::Week), true),
            "workday" => (Unit::Open(DayKind::Working), false),
            "workdays" => (Unit::Open(DayKind::Working), true),
            "schoolday" => (Unit::Open(DayKind::School), false),
            "schooldays" => (Unit::Open(DayKind::School), true),
            "week" | "week's" | "wk" => (Unit::Week, false),
            "weeks" | "wks" => (Unit::Week, true),
            "month" | "month's" | "mo" => (Unit::Month, false),
            "months" | "mos" => (Unit::Month, true),
            "quarter" => (Unit::Quarter, false),
            "quarters" => (Unit::Quarter, true),
            "year" | "year's" | "annum" | "yr" => (Unit::Year, false),
            "years" | "yrs" => (Unit::Year, true),
            _ => return None,
        };
        // `calendar year 2026` is that year, and `year end` its end.
        if self.word(1) == "end" {
            return None;
        }
        if matches!(self.kind(1), Some(Kind::Number { value: 1000.., .. })) {
            return None;
        }
        self.advance(1);
        Some(found)
    }
}

/// Whether a word begins the unit of a length.
fn is_unit_word(word: &str) -> bool {
    matches!(
        word,
        "calendar"
            | "consecutive"
            | "day"
            | "days"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
            | "hours"
    ) || day_kind(word).is_some()
}

/// Larger units stand first.
fn rank(unit: Unit) -> u32 {
    match unit {
        Unit::Year => 6,
        Unit::Quarter => 5,
        Unit::Month => 4,
        Unit::HalfMonth => 3,
        Unit::Week => 2,
        Unit::Day | Unit::Open(_) => 1,
        Unit::Hour => 0,
    }
}

/// The kind of day that a word names, beside `day`.
pub(super) fn day_kind(word: &str) -> Option<DayKind> {
    Some(match word {
        "working" | "work" => DayKind::Working,
        "business" | "bus" => DayKind::Business,
        "court" | "judicial" => DayKind::Court,
        "school" | "instructional" | "student" | "teaching" => DayKind::School,
        "duty" => DayKind::Duty,
        "week" => DayKind::Week,
        _ => return None,
    })
}
