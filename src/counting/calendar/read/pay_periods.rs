//! Reads the pay periods of a calendar file: `[pay_periods]`, or several `[[pay_periods]]` where payroll changed its rule.

use super::Reader;
use crate::counting::calendar::HolidayCalendar;
use crate::counting::calendar::pay_dates::{MovedPayDate, PaidOn};
use crate::counting::calendar::pay_periods::{Cycle, Every, PayPeriods};
use crate::words;
use chrono::{Datelike, NaiveDate};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const KEYS: [&str; 10] = [
    "every",
    "first",
    "last",
    "begins",
    "paid",
    "if_off",
    "number",
    "number_year",
    "first_number",
    "authority",
];
const MOVED_KEYS: [&str; 3] = ["from", "to", "authority"];
/// The last day of a month on which half a month may begin: every month has it.
const LATEST_BEGINNING: i64 = 28;

/// A cycle as it was read, and where.
struct Read {
    cycle: Cycle,
    first: Range<usize>,
    last: Option<Range<usize>>,
    paid: Option<Range<usize>>,
    number: Option<Range<usize>>,
}

impl Reader {
    /// The pay periods; `calendar` has the days off that pay dates step around.
    pub(super) fn pay_periods(
        &mut self,
        table: &DeTable<'_>,
        calendar: &HolidayCalendar,
    ) -> Option<PayPeriods> {
        let Some(value) = table.get("pay_periods") else {
            if let Some(moved) = table.get("moved_pay_dates") {
                self.fault(
                    moved.span(),
                    "there are no pay periods whose pay dates were moved",
                    Some("write `[pay_periods]` with `paid`"),
                );
            }
            return None;
        };
        let tables: Vec<(&DeTable<'_>, Range<usize>)> = match value.get_ref() {
            DeValue::Table(table) => vec![(table, value.span())],
            DeValue::Array(items) if !items.is_empty() => items
                .iter()
                .filter_map(|item| Some((item.get_ref().as_table()?, item.span())))
                .collect(),
            _ => Vec::new(),
        };
        if tables.is_empty() {
            self.fault(
                value.span(),
                "`pay_periods` is a table",
                Some("[pay_periods] with `every` and `first`"),
            );
            return None;
        }
        let mut read: Vec<Read> = Vec::new();
        for (table, range) in tables {
            let next = self.cycle(table, &range, read.last().map(|read| &read.cycle));
            // One that cannot be read would make gaps of those around it.
            read.push(next?);
        }
        self.in_order(&mut read)?;
        let cycles = read.iter().map(|read| read.cycle.clone()).collect();
        let mut pay = PayPeriods {
            cycles,
            moved: Vec::new(),
        };
        for (index, read) in read.iter().enumerate() {
            if let Some(range) = &read.number {
                self.certain_numbers(index, range, &pay, calendar);
            }
        }
        for read in &read {
            let listed = matches!(
                &read.cycle.paid,
                Some(paid) if matches!(paid.on, PaidOn::OpenAfter(_) | PaidOn::LastOpenOfMonth)
            );
            if listed
                && calendar.weekdays_off.is_empty()
                && let Some(range) = &read.paid
            {
                self.fault(
                    range.clone(),
                    "no day of the week is off in this calendar, so every day would be a working day",
                    Some("weekdays_off = [\"saturday\", \"sunday\"]"),
                );
            }
        }
        pay.moved = self.moved_pay_dates(table, &pay, calendar);
        Some(pay)
    }

    fn cycle(
        &mut self,
        table: &DeTable<'_>,
        range: &Range<usize>,
        before: Option<&Cycle>,
    ) -> Option<Read> {
        self.keys(table, &KEYS);
        let first = if let Some(value) = table.get("first") {
            self.date(value).map(|day| (day, value.span()))
        } else {
            self.fault(
                range.clone(),
                "pay periods have the first day of the first one",
                Some("first = 2025-12-20"),
            );
            None
        };
        let last = table
            .get("last")
            .map(|value| (self.date(value), value.span()));
        let every = match table.get("every") {
            Some(value) => Some(self.every(value, table)?),
            None => None,
        };
        if let Some(begins) = table.get("begins")
            && !matches!(every, Some(Every::HalfMonth(..)))
        {
            self.fault(
                begins.span(),
                "`begins` goes with `every = \"half month\"` alone",
                Some("leave it out: `first` says on which day a period begins"),
            );
        }
        if every.is_none() && last.is_none() {
            self.fault(
                range.clone(),
                "pay periods have `every`; a single one has `first` and `last`",
                Some("every = \"2 weeks\""),
            );
        }
        let authority = table.get("authority").and_then(|value| self.text(value));
        let paid = self.paid(table, before.and_then(|before| before.paid.as_ref()));
        let number = self.numbering(table, before.and_then(|before| before.number.as_ref()));
        let (first, first_range) = first?;
        if let Some(Every::HalfMonth(early, late)) = every
            && first.day() != early
            && first.day() != late
        {
            self.fault(
                first_range.clone(),
                format!("a period begins on day {early} or {late} of a month, and not on this day"),
                Some("write the first day of a period"),
            );
        }
        let (last, last_range) = match last {
            Some((day, range)) => (Some(day?), Some(range)),
            None => (None, None),
        };
        if let (Some(last), Some(range)) = (last, &last_range)
            && last < first
        {
            self.fault(
                range.clone(),
                "it ends before it begins",
                Some("swap `first` and `last`, or correct one"),
            );
            return None;
        }
        if every.is_none() && last.is_none() {
            return None;
        }
        Some(Read {
            cycle: Cycle {
                first,
                last,
                every,
                paid,
                number,
                authority,
            },
            first: first_range,
            last: last_range,
            paid: table.get("paid").map(Spanned::span),
            number: table.get("number").map(Spanned::span),
        })
    }

    fn every(&mut self, value: &Spanned<DeValue<'_>>, table: &DeTable<'_>) -> Option<Every> {
        let help = match value.get_ref().as_str().unwrap_or_default() {
            "semimonthly" | "semi-monthly" | "twice a month" | "bimonthly" | "bi-monthly" => {
                "every = \"half month\""
            }
            "monthly" => "every = \"month\"",
            "weekly" => "every = \"week\"",
            "week" => return Some(Every::Weeks(1)),
            "2 weeks" => return Some(Every::Weeks(2)),
            "4 weeks" => return Some(Every::Weeks(4)),
            "month" => return Some(Every::Month),
            "half month" => return self.begins(table),
            // `biweekly`, `every other week`, and whatever else.
            _ => "every = \"2 weeks\"",
        };
        self.fault(
            value.span(),
            "expected `week`, `2 weeks`, `4 weeks`, `half month` or `month`",
            Some(help),
        );
        None
    }

    /// The two days of a month on which a half begins.
    fn begins(&mut self, table: &DeTable<'_>) -> Option<Every> {
        let Some(value) = table.get("begins") else {
            return Some(Every::HalfMonth(1, 16));
        };
        let days: Vec<i64> = value
            .get_ref()
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|item| super::values::integer(item.get_ref()))
            .collect();
        if let [early, late] = days.as_slice()
            && (1..*late).contains(early)
            && *late <= LATEST_BEGINNING
        {
            return Some(Every::HalfMonth(
                u32::try_from(*early).ok()?,
                u32::try_from(*late).ok()?,
            ));
        }
        self.fault(
            value.span(),
            format!("expected two days of a month, of 1 to {LATEST_BEGINNING}, the earlier first"),
            Some("begins = [1, 16]"),
        );
        None
    }

    /// Each cycle begins where the one before it ends.
    fn in_order(&mut self, all: &mut [Read]) -> Option<()> {
        let mut sound = true;
        let firsts: Vec<(NaiveDate, Range<usize>)> = all
            .iter()
            .map(|read| (read.cycle.first, read.first.clone()))
            .collect();
        for (index, read) in all.iter_mut().enumerate() {
            let next = firsts.get(index + 1);
            if let Some((next, range)) = next {
                let ends = match read.cycle.last {
                    Some(last) => last,
                    None => next.pred_opt()?,
                };
                let wrong = if *next <= read.cycle.first {
                    Some("they begin before those above them".to_owned())
                } else if *next <= ends {
                    Some(format!(
                        "the pay periods overlap: those above end on {}",
                        words::day(ends)
                    ))
                } else if ends.succ_opt() != Some(*next) {
                    Some(format!(
                        "no pay period holds {}",
                        words::days(ends.succ_opt()?, next.pred_opt()?)
                    ))
                } else {
                    None
                };
                if let Some(wrong) = wrong {
                    let after = ends.succ_opt().unwrap_or(ends);
                    let help = format!("first = {after}, or another `last` above");
                    self.fault(range.clone(), wrong, Some(&help));
                    sound = false;
                    continue;
                }
                read.cycle.last = Some(ends);
            }
            sound &= self.ends_with_a_period(read, next.map(|(_, range)| range));
        }
        sound.then_some(())
    }

    /// The last day of a cycle is the last of one of its periods.
    fn ends_with_a_period(&mut self, read: &Read, next: Option<&Range<usize>>) -> bool {
        let Some(last) = read.cycle.last.filter(|_| read.cycle.every.is_some()) else {
            return true;
        };
        let open = Cycle {
            last: None,
            ..read.cycle.clone()
        };
        let days = open.nth_at(last).and_then(|nth| open.days(nth));
        let Some((first, end)) = days.filter(|(_, end)| *end != last) else {
            return true;
        };
        let range = read
            .last
            .clone()
            .or_else(|| next.cloned())
            .unwrap_or_else(|| read.first.clone());
        let message = if read.last.is_some() {
            format!(
                "a pay period runs from {}: this is not its last day",
                words::days(first, end)
            )
        } else {
            format!("a pay period above runs from {}", words::days(first, end))
        };
        let help = "end the periods with a whole one, and list one that is shorter or longer by its own `first` and `last`";
        self.fault(range, message, Some(help));
        false
    }

    fn moved_pay_dates(
        &mut self,
        table: &DeTable<'_>,
        pay: &PayPeriods,
        calendar: &HolidayCalendar,
    ) -> Vec<MovedPayDate> {
        let mut all: Vec<(MovedPayDate, Range<usize>, Range<usize>)> = Vec::new();
        let read = self.each(table, "moved_pay_dates", |reader, table, range| {
            reader.keys(table, &MOVED_KEYS);
            let authority = table.get("authority").and_then(|value| reader.text(value));
            let (Some(from), Some(to)) = (table.get("from"), table.get("to")) else {
                reader.fault(
                    range.clone(),
                    "a pay date that was moved has `from` and `to`",
                    Some("from = 2025-10-31 and to = 2025-11-07"),
                );
                return None;
            };
            let (from_day, to_day) = reader.date(from).zip(reader.date(to))?;
            Some((
                MovedPayDate {
                    from: from_day,
                    to: to_day,
                    authority,
                },
                from.span(),
                to.span(),
            ))
        });
        for (moved, from, to) in read {
            if all.iter().any(|(other, ..)| other.from == moved.from) {
                self.fault(
                    from,
                    "this pay date is moved twice",
                    Some("leave one of them out"),
                );
                continue;
            }
            let is_one = pay
                .pay_date_on(moved.from, calendar)
                .is_some_and(|(_, paid)| paid.day == moved.from);
            if !is_one {
                let near = pay
                    .pay_date_after(moved.from, calendar)
                    .map(|(_, paid)| format!("the next pay date is {}", words::day(paid.day)));
                self.fault(
                    from,
                    format!("{} is no pay date", words::day(moved.from)),
                    near.as_deref()
                        .or(Some("write the pay date as it was before")),
                );
                continue;
            }
            let before = pay.pay_date_before(moved.from, calendar);
            let after = pay.pay_date_after(moved.from, calendar);
            let passes = before.is_some_and(|(_, paid)| moved.to <= paid.day)
                || after.is_some_and(|(_, paid)| paid.day <= moved.to);
            if passes {
                self.fault(
                    to,
                    "this is on or beyond another pay date",
                    Some("write the periods anew from the change on, as another `[[pay_periods]]`"),
                );
                continue;
            }
            all.push((moved, from, to));
        }
        all.into_iter().map(|(moved, ..)| moved).collect()
    }
}
