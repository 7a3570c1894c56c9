//! `day-kind-not-defined`.

use crate::counting::{Counting, CountingFault, DayKind, Length, Unit};
use crate::diagnostic::{Rule, Severity};
use crate::language::{DayIn, Every, Limit, Period, Phrase, Point, Recurrence, Refusal, Stretch};
use std::ops::Range;

/// The rule.
pub static RULE: Rule = Rule {
    code: "day-kind-not-defined",
    severity: Severity::Error,
    page: r#"## What it checks

A count of working, business, court, school or duty days, or of school years, fiscal years or pay periods, where no calendar of the agreement's counting says which those are.

## Why it matters

Whose working days: the employer's, the court's, the employee's? A count over the wrong ones gives a wrong day.

## Example

```toml
due = "within 10 working days of receipt"
```

## Write instead

Name the calendars, in the agreement or in one that it amends:

```toml
[counting]
days_off = ["weekends", "us_ca_state_employees"]
```
"#,
};

/// Why a phrase cannot be counted by these rules: its kinds of day that no calendar names.
pub fn refusals(phrase: &Phrase, counting: &Counting) -> Vec<Refusal> {
    let mut all: Vec<Refusal> = kinds_of_day(&phrase.tree.limit, &phrase.tree.lengths())
        .into_iter()
        .filter_map(|kind| counting.can_count(kind).err().map(|fault| (kind, fault)))
        .map(|(kind, fault)| undefined(phrase, kind, fault))
        .collect();
    if names_pay_periods(&phrase.tree.limit) {
        all.push(Refusal {
            rule: &RULE,
            range: find(&phrase.words, &["pay", "payroll"], &["period", "periods"]),
            message: "no calendar says when pay periods begin".to_owned(),
            help: Some(
                "write the day itself; calendars of pay periods are not built yet".to_owned(),
            ),
        });
    }
    all
}

fn undefined(phrase: &Phrase, kind: DayKind, fault: CountingFault) -> Refusal {
    let words: &[&str] = match kind {
        DayKind::Working => &[
            "working",
            "work",
            "workdays",
            "workday",
            "excluding",
            "exclusive",
        ],
        DayKind::Business => &["business"],
        DayKind::Court => &["court", "judicial"],
        DayKind::School => &["school", "instructional", "student", "teaching"],
        DayKind::Duty => &["duty"],
    };
    Refusal {
        rule: &RULE,
        range: find(&phrase.words, words, &["day", "days"]),
        message: fault.to_string(),
        help: fault.help(),
    }
}

fn kinds_of_day(limit: &Limit, lengths: &[Length]) -> Vec<DayKind> {
    let mut kinds: Vec<DayKind> = lengths
        .iter()
        .flat_map(|length| &length.0)
        .filter_map(|(_, unit)| match unit {
            Unit::Open(kind) => Some(*kind),
            _ => None,
        })
        .collect();
    let mut see = |day: DayIn| {
        if let DayIn::Open(_, kind) = day {
            kinds.push(kind);
        }
    };
    limit.visit(&mut |point| {
        if let Point::DayOf { day, .. } = point {
            see(*day);
        }
    });
    if let Limit::Recurs(Recurrence {
        every: Every::DayOfMonths { day, .. } | Every::DayOfEach { day, .. },
        ..
    }) = limit
    {
        see(*day);
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn names_pay_periods(limit: &Limit) -> bool {
    fn stretch(span: &Stretch) -> bool {
        match span {
            Stretch::Holding { unit, .. } | Stretch::Year(unit, _) => *unit == Period::PayPeriod,
            Stretch::NthPeriod { unit, within, .. } => {
                *unit == Period::PayPeriod || stretch(within)
            }
            _ => false,
        }
    }
    let mut found = match limit {
        Limit::During { span, .. } => stretch(span),
        Limit::Recurs(Recurrence {
            every: Every::Each(period) | Every::DayOfEach { period, .. },
            ..
        }) => *period == Period::PayPeriod,
        Limit::Several(limits) => limits.iter().any(names_pay_periods),
        _ => false,
    };
    limit.visit(&mut |point| {
        if let Point::DayOf { span, .. } = point {
            found |= stretch(span);
        }
    });
    found
}

/// The bytes of the first of `words` in a phrase, with one of `after` where it follows; all of the phrase where none is in it.
fn find(phrase: &str, words: &[&str], after: &[&str]) -> Range<usize> {
    let mut start = 0;
    let mut found: Option<Range<usize>> = None;
    for word in phrase.split(|c: char| !c.is_alphanumeric()) {
        let range = start..start + word.len();
        // What splits may be several bytes long.
        start = range.end
            + phrase
                .get(range.end..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
        let is_one_of = |names: &[&str]| names.iter().any(|name| word.eq_ignore_ascii_case(name));
        match &found {
            Some(first) if word.is_empty() => found = Some(first.clone()),
            Some(first) if is_one_of(after) => return first.start..range.end,
            Some(first) => return first.clone(),
            None if is_one_of(words) => found = Some(range),
            None => {}
        }
    }
    found.unwrap_or(0..phrase.len())
}
