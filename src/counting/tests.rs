use super::*;
use proptest::prelude::*;

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
