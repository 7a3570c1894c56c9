//! What rules and opinions say of counting, one by one.

mod days_off;
mod properties;
mod settings;

use super::*;

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

fn counting(preset: &str, days_off: &[&str]) -> Counting {
    let mut counting = Counting::preset(preset).unwrap();
    for id in days_off {
        counting.add_days_off(Calendars::built_in().get(id).unwrap());
    }
    counting
}

fn days(number: u32) -> Length {
    Length(vec![(number, Unit::Day)])
}

fn months(number: u32) -> Length {
    Length(vec![(number, Unit::Month)])
}

#[track_caller]
fn limit(counting: &Counting, from: &str, length: &Length, direction: Direction, due: &str) {
    let counted = counting
        .count(day(from), length, direction, Bound::Limit)
        .unwrap();
    let rolled = counting.roll(counted.nominal, direction, Act::Act);
    assert_eq!(
        rolled.due,
        day(due),
        "{:#?} {:#?}",
        counted.steps,
        rolled.steps
    );
}

#[test]
fn the_day_of_the_trigger_is_not_counted() {
    limit(
        &Counting::plain(),
        "2014-03-03",
        &days(30),
        Direction::Forward,
        "2014-04-02",
    );
    limit(
        &Counting::plain(),
        "2026-06-30",
        &days(90),
        Direction::Backward,
        "2026-04-01",
    );
}

#[test]
fn months_clamp_and_their_end_is_not_sticky() {
    let plain = Counting::plain();
    limit(
        &plain,
        "2022-01-31",
        &months(3),
        Direction::Forward,
        "2022-04-30",
    );
    limit(
        &plain,
        "2023-02-28",
        &months(3),
        Direction::Forward,
        "2023-05-28",
    );
    limit(
        &plain,
        "2026-12-31",
        &months(3),
        Direction::Backward,
        "2026-09-30",
    );
    limit(
        &plain,
        "2024-02-29",
        &Length(vec![(1, Unit::Year)]),
        Direction::Forward,
        "2025-02-28",
    );
}

#[test]
fn a_first_day_that_counts_ends_the_period_a_day_sooner() {
    let plain = Counting::plain();
    let ends = |from: &str, length: &Length| {
        plain
            .count_including_first(day(from), length)
            .unwrap()
            .nominal
    };
    assert_eq!(ends("2025-01-01", &months(3)), day("2025-03-31"));
    assert_eq!(ends("2022-02-02", &months(3)), day("2022-05-01"));
    assert_eq!(ends("2026-01-31", &months(3)), day("2026-04-30"));
    assert_eq!(ends("2026-01-30", &months(1)), day("2026-02-28"));
    assert_eq!(ends("2026-07-01", &days(90)), day("2026-09-28"));
    let back = plain.count_inclusive_before(day("2026-06-30"), &days(90));
    assert_eq!(back.unwrap().nominal, day("2026-04-02"));
    let clear = plain.count_clear(day("2019-04-30"), &days(7), Direction::Forward);
    assert_eq!(clear.unwrap().nominal, day("2019-05-08"));
}

#[test]
fn a_half_month_is_fifteen_days_after_the_months() {
    let length = Length(vec![(1, Unit::Month), (1, Unit::HalfMonth)]);
    limit(
        &Counting::plain(),
        "2000-01-31",
        &length,
        Direction::Forward,
        "2000-03-15",
    );
}

/// What the other lawful rules would give.
fn others(
    counting: &Counting,
    turned_on: &[TurnedOn],
    day: impl Fn(&Counting) -> NaiveDate,
) -> Vec<NaiveDate> {
    let rules = counting.other_rules(turned_on);
    rules.iter().map(|other| day(&other.counting)).collect()
}

#[test]
fn the_larger_parts_come_first_and_the_other_order_is_shown() {
    let length = Length(vec![(10, Unit::Day), (1, Unit::Month)]);
    let counted = Counting::plain()
        .count(day("2026-01-25"), &length, Direction::Forward, Bound::Limit)
        .unwrap();
    assert_eq!(counted.nominal, day("2026-03-07"));
    assert_eq!(
        others(&Counting::plain(), &counted.turned_on, |rules| rules
            .count(day("2026-01-25"), &length, Direction::Forward, Bound::Limit)
            .unwrap()
            .nominal),
        [day("2026-03-04")]
    );
}

#[test]
fn at_least_ninety_days_before_has_three_lawful_answers() {
    let counted = Counting::plain()
        .count(
            day("2026-06-30"),
            &days(90),
            Direction::Backward,
            Bound::Minimum,
        )
        .unwrap();
    assert_eq!(counted.nominal, day("2026-04-01"));
    let others = others(&Counting::plain(), &counted.turned_on, |rules| {
        let counted = rules.count(
            day("2026-06-30"),
            &days(90),
            Direction::Backward,
            Bound::Minimum,
        );
        counted.unwrap().nominal
    });
    // The first is the usual count, which is the one that was taken.
    assert_eq!(
        others,
        [day("2026-04-01"), day("2026-03-31"), day("2026-04-02")]
    );
    let canada = counting("canada", &[])
        .count(
            day("2026-06-30"),
            &days(90),
            Direction::Backward,
            Bound::Minimum,
        )
        .unwrap();
    assert_eq!(canada.nominal, day("2026-03-31"));
}

#[test]
fn federal_courts_roll_on_in_the_direction_of_the_count() {
    let federal = counting("us_federal", &[]);
    limit(
        &federal,
        "2026-06-03",
        &days(30),
        Direction::Forward,
        "2026-07-06",
    );
    limit(
        &federal,
        "2026-02-02",
        &days(14),
        Direction::Backward,
        "2026-01-16",
    );
    let certain = federal.roll(day("2026-07-04"), Direction::Forward, Act::DateCertain);
    assert_eq!(certain.due, day("2026-07-04"));
    assert_eq!(certain.steps.len(), 1);
}

#[test]
fn a_day_closed_by_the_president_is_a_legal_holiday_and_no_holiday_of_a_contract() {
    limit(
        &counting("us_federal", &[]),
        "2024-12-10",
        &days(30),
        Direction::Forward,
        "2025-01-10",
    );
    let contract = counting("california_contract", &["weekends", "us_federal"]);
    let rolled = contract.roll(day("2025-01-09"), Direction::Forward, Act::Act);
    assert_eq!(rolled.grace, None);
}

#[test]
fn a_states_holiday_does_not_count_backward_in_federal_courts() {
    let federal = counting("us_federal", &["us_ca_state"]);
    // Tuesday 31 March 2026 is a holiday of California alone.
    limit(
        &federal,
        "2026-03-17",
        &days(14),
        Direction::Forward,
        "2026-04-01",
    );
    limit(
        &federal,
        "2026-04-14",
        &days(14),
        Direction::Backward,
        "2026-03-31",
    );
}

#[test]
fn a_contract_in_california_has_grace_forward_and_is_earlier_backward() {
    let contract = counting(
        "california_contract",
        &["weekends", "us_ca_state_employees"],
    );
    let forward = contract.roll(day("2026-11-26"), Direction::Forward, Act::Act);
    assert_eq!(
        (forward.due, forward.grace),
        (day("2026-11-26"), Some(day("2026-11-30")))
    );
    let backward = contract.roll(day("2026-11-27"), Direction::Backward, Act::Act);
    assert_eq!((backward.due, backward.grace), (day("2026-11-25"), None));
    assert!(!counting("california_contract", &[]).remarks().is_empty());
}

#[test]
fn a_californian_statute_shows_the_later_day_of_a_backward_roll() {
    let statute = counting("california_statute", &[]);
    let rolled = statute.roll(day("2026-03-31"), Direction::Backward, Act::Act);
    assert_eq!(rolled.due, day("2026-03-30"));
    let later = others(&statute, &rolled.turned_on, |rules| {
        rules
            .roll(day("2026-03-31"), Direction::Backward, Act::Act)
            .due
    });
    assert_eq!(later, [day("2026-04-01")]);
}

#[test]
fn six_months_of_a_californian_statute_are_at_least_182_days() {
    let statute = counting("california_statute", &[]);
    limit(
        &statute,
        "1983-01-20",
        &months(6),
        Direction::Forward,
        "1983-07-21",
    );
    limit(
        &statute,
        "2001-03-01",
        &months(6),
        Direction::Forward,
        "2001-09-04",
    );
    limit(
        &Counting::plain(),
        "1983-01-20",
        &months(6),
        Direction::Forward,
        "1983-07-20",
    );
}

#[test]
fn short_periods_of_the_nlrb_run_over_business_days() {
    let nlrb = counting("us_nlrb", &[]);
    limit(
        &nlrb,
        "2026-06-12",
        &days(6),
        Direction::Forward,
        "2026-06-23",
    );
    limit(
        &nlrb,
        "2026-11-20",
        &days(5),
        Direction::Forward,
        "2026-11-30",
    );
    limit(
        &nlrb,
        "2026-08-22",
        &days(14),
        Direction::Forward,
        "2026-09-08",
    );
}

#[test]
fn a_period_of_the_european_union_holds_two_working_days() {
    let eu = counting("eu", &[]);
    limit(
        &eu,
        "2026-06-05",
        &days(2),
        Direction::Forward,
        "2026-06-09",
    );
    limit(
        &eu,
        "2026-09-20",
        &days(7),
        Direction::Backward,
        "2026-09-13",
    );
}

#[test]
fn working_days_are_stepped_through_and_each_day_off_is_named() {
    let plain = counting("plain", &["weekends", "us_federal"]);
    let length = Length(vec![(2, Unit::Open(DayKind::Business))]);
    let counted = plain
        .count(day("2020-12-24"), &length, Direction::Forward, Bound::Limit)
        .unwrap();
    let told: Vec<&str> = counted.steps.iter().map(|step| &*step.text).collect();
    assert_eq!(
        told,
        [
            "Friday 25 December 2020: Christmas Day",
            "Saturday 26 and Sunday 27 December 2020 are off",
            "2 business days after 24 December 2020 (the day itself is not counted): Tuesday 29 December 2020",
        ]
    );
}

#[test]
fn working_days_without_a_calendar_are_a_fault() {
    let ask = |counting: &Counting, kind| {
        let length = Length(vec![(5, Unit::Open(kind))]);
        counting
            .count(day("2026-01-05"), &length, Direction::Forward, Bound::Limit)
            .map(|counted| counted.nominal)
    };
    assert_eq!(
        ask(&Counting::plain(), DayKind::Working),
        Err(CountingFault::NoCalendarNames(DayKind::Working))
    );
    assert_eq!(
        ask(&counting("plain", &["us_federal"]), DayKind::Business),
        Err(CountingFault::NoClosedWeekday(DayKind::Business))
    );
    assert_eq!(
        ask(&counting("plain", &["weekends"]), DayKind::School),
        Err(CountingFault::NoCalendarNames(DayKind::School))
    );
    assert_eq!(
        ask(&counting("plain", &["weekends"]), DayKind::Working),
        Ok(day("2026-01-12"))
    );
}

#[test]
fn a_clamp_says_which_day_the_month_lacks() {
    let counted = Counting::plain()
        .count(
            day("2022-01-31"),
            &months(3),
            Direction::Forward,
            Bound::Limit,
        )
        .unwrap();
    assert_eq!(counted.steps[1].text, "no 31 April: 30 April 2022");
}
