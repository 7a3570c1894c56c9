//! `excluding Saturdays, Sundays and holidays`, beside a length.

use super::accounted::said;
use super::core::Parser;
use super::lengths::Written;
use crate::counting::{DayKind, Length, Unit};
use crate::language::Wording;
use crate::language::token::Kind;

impl Parser<'_> {
    /// `excluding weekends and holidays`: counted over open days; `excluding weekends`: over the days of the working week.
    pub(super) fn exclusion(&mut self, mut written: Written) -> Written {
        let start = self.at;
        let Some(kind) = self.attempt(|p| p.excluded(&written)) else {
            return written;
        };
        if written.calendar {
            self.warn(
                start,
                "calendar days that exclude some days are counted without them",
                "leave out `calendar`, or the exclusion",
            );
            if self.in_doubt(Wording::ExcludingSomeDays) {
                return written;
            }
        }
        self.say_in_other_words(start);
        for (count, unit) in &mut written.length.0 {
            match unit {
                Unit::Hour => {
                    let hours = Length(vec![(*count, *unit)]);
                    self.in_other_words.extend(said(&hours));
                    *count = count.div_ceil(24);
                    *unit = Unit::Open(kind);
                }
                Unit::Day => *unit = Unit::Open(kind),
                _ => {}
            }
        }
        written
    }

    /// Goes past the days that are left out, where they are weekends at least and the length is in days or hours.
    fn excluded(&mut self, written: &Written) -> Option<DayKind> {
        self.comma();
        let start = self.at;
        let said_first = self.eat_any(&[
            words!("excluding"),
            words!("exclusive of"),
            words!("not including|counting"),
            words!("except for?"),
        ]);
        let mut named = Vec::new();
        loop {
            if let Some(days) = left_out(self.word(0)) {
                named.push(days);
            } else if !is_little_word(self.word(0))
                && !(matches!(self.kind(0), Some(Kind::Comma))
                    && (left_out(self.word(1)).is_some() || is_little_word(self.word(1))))
            {
                break;
            }
            self.advance(1);
        }
        // `Sundays and holidays excepted`.
        if named.is_empty()
            || !(said_first
                || self.eat_any(&[words!("excepted|excluded"), words!("not included|counted")]))
        {
            return None;
        }
        let weekends = named.contains(&LeftOut::Weekends)
            || (named.contains(&LeftOut::Saturdays) && named.contains(&LeftOut::Sundays));
        if !weekends {
            let (message, help) = if named.contains(&LeftOut::Holidays) {
                (
                    "whether weekends count is not said beside holidays that do not",
                    "ask which was agreed, and write `excluding weekends and holidays` where neither counts",
                )
            } else {
                (
                    "one day of the week cannot be left out of a count by itself",
                    "write `working days`, with a calendar that closes that day of the week, or `excluding weekends`",
                )
            };
            return self.complain(start, message, help);
        }
        let in_days =
            |(_, unit): &(u32, Unit)| matches!(unit, Unit::Hour | Unit::Day | Unit::Open(_));
        if !written.length.0.iter().all(in_days) {
            return self.complain(
                start,
                "days can be left out of a time in days alone",
                "write the time in working days",
            );
        }
        Some(if named.contains(&LeftOut::Holidays) {
            DayKind::Working
        } else {
            DayKind::Week
        })
    }
}

#[derive(PartialEq, Eq)]
enum LeftOut {
    Saturdays,
    Sundays,
    Weekends,
    Holidays,
}

fn left_out(word: &str) -> Option<LeftOut> {
    Some(match word {
        "saturday" | "saturdays" => LeftOut::Saturdays,
        "sunday" | "sundays" => LeftOut::Sundays,
        "weekend" | "weekends" => LeftOut::Weekends,
        "holiday" | "holidays" => LeftOut::Holidays,
        _ => return None,
    })
}

/// Words between the days that are left out.
fn is_little_word(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "legal"
            | "county"
            | "city"
            | "state"
            | "federal"
            | "public"
            | "observed"
            | "recognized"
            | "paid"
            | "contract"
            | "days"
            | "any"
            | "all"
            | "official"
            | "district"
    )
}
