//! What trees are put together from: lengths, triggers, days, years and the words that choose among them.

use crate::counting::{DayKind, Direction, Length, Unit};
use crate::ids::{AgreementId, EventId, ObligationId};
use crate::language::{DayIn, Ends, Part, Period, Trigger, Undated, Which, Years};
use chrono::{Datelike, NaiveDate, Weekday};
use proptest::prelude::*;
use proptest::sample::select;

/// Lengths as they are counted: larger units before smaller, each once, none of nothing.
pub(super) fn length() -> BoxedStrategy<Length> {
    const RANKS: [&[Unit]; 7] = [
        &[Unit::Year],
        &[Unit::Quarter],
        &[Unit::Month],
        &[Unit::HalfMonth],
        &[Unit::Week],
        &[
            Unit::Day,
            Unit::Open(DayKind::Working),
            Unit::Open(DayKind::Business),
            Unit::Open(DayKind::Court),
            Unit::Open(DayKind::School),
            Unit::Open(DayKind::Duty),
        ],
        &[Unit::Hour],
    ];
    let part = |units: &'static [Unit]| {
        (count(), select(units)).prop_map(|(count, unit)| match unit {
            Unit::HalfMonth => (1, unit),
            _ => (count, unit),
        })
    };
    let one = (0..7_usize).prop_flat_map(move |rank| part(RANKS[rank]).prop_map(|part| vec![part]));
    let two = (0..6_usize)
        .prop_flat_map(move |rank| {
            (
                part(RANKS[rank]),
                ((rank + 1)..7).prop_flat_map(move |next| part(RANKS[next])),
            )
        })
        .prop_map(|(a, b)| vec![a, b]);
    prop_oneof![4 => one, 1 => two].prop_map(Length).boxed()
}

pub(super) fn count() -> BoxedStrategy<u32> {
    prop_oneof![Just(1), 2..=12_u32, 13..=99_u32, 100..=999_u32].boxed()
}

pub(super) fn trigger() -> BoxedStrategy<Trigger> {
    let own = [
        "implementation",
        "grievance",
        "signing",
        "effective",
        "expiration",
        "ratification",
        "notice",
    ];
    prop_oneof![
        4 => select(own.to_vec()).prop_map(|event| Trigger::event(EventId::new(event))),
        1 => select(vec!["signing", "effective", "expiration", "ratification"]).prop_map(|event| Trigger::Event {
            agreement: Some(AgreementId::new("mou_2013")),
            event: EventId::new(event),
        }),
        1 => Just(Trigger::Obligation(ObligationId::new("follow_up_meeting"))),
        1 => Just(Trigger::Missed(ObligationId::new("follow_up_meeting"))),
        1 => Just(Trigger::AnyMissed),
    ].boxed()
}

pub(super) fn day() -> BoxedStrategy<NaiveDate> {
    let days = |from: i32, to: i32| {
        let day = |year, month, day| {
            NaiveDate::from_ymd_opt(year, month, day)
                .unwrap()
                .num_days_from_ce()
        };
        (day(from, 1, 1)..=day(to, 12, 31))
            .prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).unwrap())
    };
    prop_oneof![6 => days(1990, 2040), 1 => days(1, 9999)].boxed()
}

/// A month and a day that there is in some year.
pub(super) fn day_of_year() -> BoxedStrategy<(u32, u32)> {
    (0..366_u32)
        .prop_map(|day| {
            let day = NaiveDate::from_yo_opt(2000, day + 1).unwrap();
            (day.month(), day.day())
        })
        .boxed()
}

pub(super) fn year() -> BoxedStrategy<i32> {
    prop_oneof![6 => 1990..=2040_i32, 1 => 1..=9999_i32].boxed()
}

pub(super) fn weekday() -> BoxedStrategy<Weekday> {
    (0..7_u8)
        .prop_map(|day| Weekday::try_from(day).unwrap())
        .boxed()
}

pub(super) fn day_in() -> BoxedStrategy<DayIn> {
    prop_oneof![
        (1..=31_u32).prop_map(DayIn::Nth),
        Just(DayIn::Last),
        (0..=5_u32, weekday()).prop_map(|(nth, weekday)| DayIn::Weekday(nth, weekday)),
        (0..=23_u32, select(&DayKind::ALL[..])).prop_map(|(nth, kind)| DayIn::Open(nth, kind)),
    ]
    .boxed()
}

pub(super) fn direction() -> BoxedStrategy<Direction> {
    select(&[Direction::Forward, Direction::Backward][..]).boxed()
}

pub(super) fn ends() -> BoxedStrategy<Ends> {
    select(
        &[
            Ends::Plain,
            Ends::Plain,
            Ends::Minimum,
            Ends::Clear,
            Ends::Including,
        ][..],
    )
    .boxed()
}

pub(super) fn which() -> BoxedStrategy<Which> {
    select(&[Which::Earlier, Which::Later][..]).boxed()
}

pub(super) fn part() -> BoxedStrategy<Part> {
    select(
        &[
            Part::Whole,
            Part::Early,
            Part::Mid,
            Part::Late,
            Part::FirstHalf,
            Part::SecondHalf,
        ][..],
    )
    .boxed()
}

pub(super) fn period() -> BoxedStrategy<Period> {
    select(
        &[
            Period::Week,
            Period::Month,
            Period::Quarter,
            Period::HalfYear,
            Period::Year,
            Period::FiscalYear,
            Period::FiscalQuarter,
            Period::SchoolYear,
            Period::PayPeriod,
        ][..],
    )
    .boxed()
}

pub(super) fn years() -> BoxedStrategy<Years> {
    prop_oneof![
        Just(Years::All),
        Just(Years::Odd),
        Just(Years::Even),
        year().prop_map(Years::From),
    ]
    .boxed()
}

pub(super) fn undated() -> BoxedStrategy<Undated> {
    select(
        &[
            Undated::AsSoonAsPossible,
            Undated::Promptly,
            Undated::Immediately,
            Undated::AsNeeded,
            Undated::UponRequest,
            Undated::Ongoing,
            Undated::WithinAReasonableTime,
            Undated::Periodically,
            Undated::AtATimeToBeAgreed,
            Undated::NoTimeStated,
        ][..],
    )
    .boxed()
}
