//! Payrolls and school years as counties, agencies and districts have them.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn read(text: &str) -> HolidayCalendar {
    HolidayCalendar::read(
        "own",
        &format!("authority = \"x\"\nreviewed_to = 2030\n{text}"),
    )
    .unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn faults(text: &str) -> String {
    let text = format!("authority = \"x\"\nreviewed_to = 2030\n{text}");
    let faults = HolidayCalendar::read("own", &text).unwrap_err();
    faults
        .iter()
        .map(|fault| {
            let words = text.get(fault.range.clone()).unwrap();
            let first = words.lines().next().unwrap_or_default();
            let help = fault.help.as_deref().unwrap_or_default();
            format!("{first} | {} | {help}", fault.message)
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn told(period: Option<OwnPeriod>) -> String {
    period.map_or("none".to_owned(), |period| {
        format!("{} {}..{}", period.name, period.first, period.last)
    })
}

#[test]
fn a_biweekly_payroll_numbers_its_periods_by_the_year_in_which_each_ends() {
    let payroll = read(
        r#"
[pay_periods]
every = "2 weeks"
first = 2023-12-23
paid = "7 days after"
number = "YYNN"
"#,
    );
    let holding = |on: &str| told(payroll.holding(OwnUnit::PayPeriod, day(on)));
    // The ends of 2418, 2501 and 2507 as a county's letters name them.
    assert_eq!(
        holding("2024-08-30"),
        "pay period 2418 2024-08-17..2024-08-30"
    );
    assert_eq!(
        holding("2025-01-03"),
        "pay period 2501 2024-12-21..2025-01-03"
    );
    assert_eq!(
        holding("2025-03-28"),
        "pay period 2507 2025-03-15..2025-03-28"
    );
    assert_eq!(holding("2023-12-22"), "none");
    let numbered =
        |number, year| told(payroll.pay_period_numbered(number, year, day("2024-01-01")));
    assert_eq!(
        numbered(2507, None),
        "pay period 2507 2025-03-15..2025-03-28"
    );
    assert_eq!(numbered(2599, None), "none");
    let after = |on: &str| told(payroll.beginning_after(OwnUnit::PayPeriod, day(on)));
    assert_eq!(
        after("2025-03-14"),
        "pay period 2507 2025-03-15..2025-03-28"
    );
    assert_eq!(
        after("2025-03-15"),
        "pay period 2508 2025-03-29..2025-04-11"
    );
    assert_eq!(
        after("2023-12-22"),
        "pay period 2401 2023-12-23..2024-01-05"
    );
    // What came before the first is not known.
    assert_eq!(after("2023-12-21"), "none");
    let before = |on: &str| told(payroll.ending_before(OwnUnit::PayPeriod, day(on)));
    assert_eq!(
        before("2025-03-28"),
        "pay period 2506 2025-03-01..2025-03-14"
    );
    assert_eq!(
        before("2025-03-29"),
        "pay period 2507 2025-03-15..2025-03-28"
    );
    let paid = told(payroll.beginning_after(OwnUnit::PayDate, day("2025-03-28")));
    assert_eq!(
        paid,
        "the pay date of pay period 2507 (15 to 28 March 2025) 2025-04-04..2025-04-04"
    );
}

#[test]
fn a_number_that_comes_again_every_year_is_that_of_the_year_or_the_next() {
    let payroll = read(
        r#"
[pay_periods]
every = "2 weeks"
first = 2024-12-21
number = "NN"
"#,
    );
    let numbered =
        |number, year, after| told(payroll.pay_period_numbered(number, year, day(after)));
    assert_eq!(
        numbered(7, Some(2026), "2025-01-01"),
        "pay period 07 2026-03-14..2026-03-27"
    );
    assert_eq!(
        numbered(7, None, "2025-06-01"),
        "pay period 07 2026-03-14..2026-03-27"
    );
    assert_eq!(
        numbered(7, None, "2025-03-20"),
        "pay period 07 2025-03-15..2025-03-28"
    );
}

#[test]
fn payroll_may_change_its_rule_with_a_period_between_that_is_of_neither() {
    // From the calendar month to the 22nd and the 21st, as a county's memorandum has it.
    let payroll = read(
        r#"
weekdays_off = ["saturday", "sunday"]

[[pay_periods]]
every = "month"
first = 2022-01-01
last = 2023-03-31
paid = "last working day of the month"

[[pay_periods]]
first = 2023-04-01
last = 2023-04-21

[[pay_periods]]
every = "month"
first = 2023-04-22
"#,
    );
    let holding = |on: &str| told(payroll.holding(OwnUnit::PayPeriod, day(on)));
    assert_eq!(
        holding("2023-03-31"),
        "the pay period 2023-03-01..2023-03-31"
    );
    assert_eq!(
        holding("2023-04-10"),
        "the pay period 2023-04-01..2023-04-21"
    );
    assert_eq!(
        holding("2023-05-01"),
        "the pay period 2023-04-22..2023-05-21"
    );
    let paid = told(payroll.beginning_after(OwnUnit::PayDate, day("2023-04-01")));
    assert_eq!(
        paid,
        "the pay date of 1 to 21 April 2023 2023-04-28..2023-04-28"
    );
    let before = told(payroll.ending_before(OwnUnit::PayPeriod, day("2023-04-22")));
    assert_eq!(before, "the pay period 2023-04-01..2023-04-21");
}

#[test]
fn halves_of_a_month_are_paid_before_a_day_that_is_off() {
    let payroll = read(
        r#"
weekdays_off = ["saturday", "sunday"]

[pay_periods]
every = "half month"
first = 2026-01-16
paid = "10 days after"
if_off = "earlier"
number = "YYYY-NN"
first_number = 2
"#,
    );
    let after = |on: &str| told(payroll.beginning_after(OwnUnit::PayDate, day(on)));
    // 10 May 2026 is a Sunday.
    assert_eq!(
        after("2026-04-26"),
        "the pay date of pay period 2026-08 (16 to 30 April 2026) 2026-05-08..2026-05-08"
    );
    assert_eq!(
        after("2026-02-25"),
        "the pay date of pay period 2026-04 (16 to 28 February 2026) 2026-03-10..2026-03-10"
    );
}

#[test]
fn a_pay_date_that_was_moved_is_found_by_either_day() {
    // A county's move to another payroll system: one pay date a week later, then every two weeks, and one moved up.
    let payroll = read(
        r#"
[[pay_periods]]
every = "2 weeks"
first = 2024-12-21
last = 2025-10-24
paid = "7 days after"

[[pay_periods]]
first = 2025-10-25
last = 2025-10-31

[[pay_periods]]
every = "2 weeks"
first = 2025-11-01

[[moved_pay_dates]]
from = 2025-10-31
to = 2025-11-03
authority = "MOU of 18 November 2025"
"#,
    );
    let on = payroll
        .holding(OwnUnit::PayDate, day("2025-10-31"))
        .unwrap();
    assert_eq!(
        told(Some(on.clone())),
        "the pay date of 11 to 24 October 2025, moved from 31 October 2025, 2025-11-03..2025-11-03"
    );
    assert_eq!(on.authority, "MOU of 18 November 2025");
    assert_eq!(
        told(payroll.holding(OwnUnit::PayDate, day("2025-10-30"))),
        "none"
    );
    let next = told(payroll.beginning_after(OwnUnit::PayDate, day("2025-11-07")));
    assert_eq!(
        next,
        "the pay date of 1 to 14 November 2025 2025-11-21..2025-11-21"
    );
}

#[test]
fn school_years_hold_their_terms() {
    let district = read(
        r#"
[[school_years]]
first = 2025-08-18
last = 2026-06-05
terms = [
    { name = "Fall semester", first = 2025-08-18, last = 2025-12-19 },
    { name = "Spring semester", first = 2026-01-05, last = 2026-06-05 },
    { name = "Summer session", first = 2026-06-15, last = 2026-07-24 },
]

[[school_years]]
first = 2026-08-17
last = 2027-06-04
"#,
    );
    let after = |unit, on: &str| told(district.beginning_after(unit, day(on)));
    assert_eq!(
        after(OwnUnit::SchoolYear, "2026-06-05"),
        "school year 2026-27 2026-08-17..2027-06-04"
    );
    assert_eq!(after(OwnUnit::SchoolYear, "2026-08-17"), "none");
    assert_eq!(
        after(OwnUnit::Term(TermKind::Semester), "2025-12-01"),
        "Spring semester of school year 2025-26 2026-01-05..2026-06-05"
    );
    let session = district.term_of(
        Season::Summer,
        TermKind::Session,
        Some(2026),
        day("2030-01-01"),
    );
    assert_eq!(
        told(session),
        "Summer session of school year 2025-26 2026-06-15..2026-07-24"
    );
    assert!(!district.lists(OwnUnit::Term(TermKind::Quarter)));
}

#[test]
fn a_fiscal_year_is_called_by_its_end_unless_the_calendar_says_otherwise() {
    let july = read("[fiscal_year]\nbegins = \"July 1\"");
    assert_eq!(july.fiscal_year_called(2026), Some(2025));
    assert_eq!(
        told(july.holding(OwnUnit::FiscalYear, day("2026-06-30"))),
        "fiscal year 2025-26 2025-07-01..2026-06-30"
    );
    let january = read("[fiscal_year]\nbegins = \"January 1\"");
    assert_eq!(january.fiscal_year_called(2026), Some(2026));
    let first = read("[fiscal_year]\nbegins = \"October 1\"\ncalled_by = \"first_day\"");
    assert_eq!(first.fiscal_year_called(2026), Some(2026));
}

#[test]
fn years_that_are_reversed_or_not_told_apart_are_refused() {
    insta::assert_snapshot!(faults(r#"
reviewed_from = 2031
[pay_periods]
every = "week"
first = 1927-01-01
last = 2027-01-01
number = "YYNN"
number_year = "first_day"
"#), @r#"
    2030 | it ends in 2030, before it begins in 2031 | swap the two years, or correct one
    "YYNN" | two digits of a year name it no longer where the periods run over a century | number = "YYYYNN"
    "#);
}

#[test]
fn pay_periods_that_contradict_one_another_are_refused() {
    insta::assert_snapshot!(faults(r#"
[[pay_periods]]
every = "2 weeks"
first = 2025-01-04
last = 2025-03-15
paid = "a week later"

[[pay_periods]]
every = "biweekly"
first = 2025-03-22
"#), @r#"
    "a week later" | expected when a period is paid | `7 days after`, `5 working days after`, `the Friday after`, `the last day`, `last day of the month`, `last working day of the month`, or a list of days
    "biweekly" | expected `week`, `2 weeks`, `4 weeks`, `half month` or `month` | every = "2 weeks"
    "#);
    insta::assert_snapshot!(faults(r#"
[[pay_periods]]
every = "2 weeks"
first = 2025-01-04
last = 2025-03-15

[[pay_periods]]
every = "month"
first = 2025-03-22
begins = [1, 16]
"#), @r#"
    2025-03-22 | no pay period holds 16 to 21 March 2025 | first = 2025-03-16, or another `last` above
    [1, 16] | `begins` goes with `every = "half month"` alone | leave it out: `first` says on which day a period begins
    "#);
    insta::assert_snapshot!(faults(r#"
[[pay_periods]]
every = "2 weeks"
first = 2025-01-04

[[pay_periods]]
every = "half month"
first = 2025-03-16
last = 2025-03-01
"#), @r#"
    2025-03-01 | it ends before it begins | swap `first` and `last`, or correct one
    "#);
    insta::assert_snapshot!(faults(r#"
[pay_periods]
every = "2 weeks"
first = 2025-06-07
paid = "3 working days after"
number = "YYNN"

[[moved_pay_dates]]
from = 2025-06-21
to = 2025-06-28
"#), @r#"
    "3 working days after" | no day of the week is off in this calendar, so every day would be a working day | weekdays_off = ["saturday", "sunday"]
    "YYNN" | the period that begins on 7 June 2025 is not the first of its year | first_number = 14, as payroll numbers it; or `first` of the year's first period
    2025-06-21 | 21 June 2025 is no pay date | write the pay date as it was before
    "#);
    insta::assert_snapshot!(faults(r#"
[pay_periods]
every = "2 weeks"
first = 2025-06-07
paid = "7 days after"

[[moved_pay_dates]]
from = 2025-06-27
to = 2025-07-11

[[moved_pay_dates]]
from = 2025-06-28
to = 2025-06-30
"#), @r#"
    2025-07-11 | this is on or beyond another pay date | write the periods anew from the change on, as another `[[pay_periods]]`
    2025-06-28 | 28 June 2025 is no pay date | the next pay date is 11 July 2025
    "#);
}

#[test]
fn school_years_that_contradict_one_another_are_refused() {
    insta::assert_snapshot!(faults(r#"
[fiscal_year]
begins = "first Monday of July"
called_by = "end"

[[school_years]]
first = 2025-08-18
last = 2026-06-05
terms = [
    { name = "Fall", first = 2025-08-18, last = 2025-12-19 },
    { name = "Spring semester", first = 2026-01-05, last = 2026-06-12 },
    { name = "1st quarter", first = 2025-08-18, last = 2025-10-24 },
    { name = "2nd quarter", first = 2025-10-20, last = 2025-12-19 },
]

[[school_years]]
first = 2026-05-18
last = 2027-06-04

[[school_years]]
first = 2028-08-14
last = 2027-06-04

[[school_years]]
first = 2029-08-14
last = 2030-06-04
"#), @r#"
    "first Monday of July" | expected a day of a month that every year has, no later than the 28th | begins = "July 1"
    "end" | expected `last_day` or `first_day` | 
    "Fall" | a term's name ends with `semester`, `trimester`, `quarter`, `term` or `session` | name = "Fall semester"
    2026-01-05 | `Spring semester` reaches outside its school year, 18 August 2025 to 5 June 2026 | correct its days, or the school year's
    2025-10-20 | `2nd quarter` begins before `1st quarter` has ended, on 24 October 2025 | list the terms of a kind in their order, each with its own days
    2027-06-04 | a school year is no longer than a year | correct its first or its last day
    2027-06-04 | it ends before it begins | swap `first` and `last`, or correct one
    "#);
    insta::assert_snapshot!(faults(r"
[[school_years]]
first = 2025-08-18
last = 2026-06-05

[[school_years]]
first = 2027-08-14
last = 2028-06-04

[[school_years]]
first = 2028-05-14
last = 2028-06-14
"), @r#"
    2027-08-14 | no school year is listed between 5 June 2026 and 14 August 2027 | list the one that is missing
    2028-05-14 | no school year is listed between 5 June 2026 and 14 May 2028 | list the one that is missing
    "#);
}
