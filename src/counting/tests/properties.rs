//! What holds of every count and roll.

use super::*;
use proptest::prelude::*;

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..40_000).prop_map(|days| day("1950-01-01") + chrono::Days::new(days))
}

/// Any of the presets, with any of the built-in calendars.
fn any_counting() -> impl Strategy<Value = Counting> {
    let names = Counting::presets().to_vec();
    let calendars: Vec<String> = Calendars::built_in().ids().map(str::to_owned).collect();
    let most = calendars.len();
    (
        proptest::sample::select(names),
        proptest::sample::subsequence(calendars, 0..=most),
    )
        .prop_map(|(name, calendars)| {
            let calendars: Vec<&str> = calendars.iter().map(String::as_str).collect();
            counting(name, &calendars)
        })
}

/// The same, with keys of its own.
fn any_rules() -> impl Strategy<Value = Counting> {
    let keys = proptest::sample::subsequence(
        vec![
            "trigger_day = \"counted\"",
            "before = \"inclusive\"",
            "at_least = \"clear\"",
            "roll_forward = \"next_open\"",
            "roll_backward = \"earlier\"",
            "roll_applies = [\"act\", \"date_certain\"]",
            "state_holidays_backward = false",
            "short_period = { under = 7, working_days = 2 }",
            "months = \"spill\"",
            "six_months = \"longer_of_182_days\"",
            "year = \"folded_365\"",
        ],
        0..=11,
    );
    (any_counting(), keys).prop_map(|(counting, keys)| {
        let text = keys.join("\n");
        let table = DeTable::parse(&text).unwrap();
        let (counting, faults) = counting.read(table.get_ref(), &Calendars::built_in());
        assert!(faults.is_empty(), "{faults:?}");
        counting
    })
}

fn any_direction() -> impl Strategy<Value = Direction> {
    proptest::sample::select(vec![Direction::Forward, Direction::Backward])
}

fn nominal(
    counting: &Counting,
    from: NaiveDate,
    length: &Length,
    direction: Direction,
) -> NaiveDate {
    let counted = counting.count(from, length, direction, Bound::Limit);
    counted.unwrap().nominal
}

/// Whether a day is open as a count in that direction sees it.
fn is_open(counting: &Counting, day: NaiveDate, direction: Direction) -> bool {
    use crate::counting::days_off::Purpose;
    counting
        .day_off_for(day, Purpose::Roll(direction))
        .is_none()
}

proptest! {
    #[test]
    fn rolling_never_moves_a_day_the_wrong_way_and_twice_changes_nothing(
        from in any_day(), counting in any_rules(), direction in any_direction(),
        act in proptest::sample::select(vec![Act::Act, Act::DateCertain, Act::Occurrence]),
    ) {
        let rolled = counting.roll(from, direction, act);
        match direction {
            Direction::Forward => prop_assert!(rolled.due >= from),
            // No preset rolls a count back to a later day.
            Direction::Backward => prop_assert!(rolled.due <= from),
        }
        prop_assert!(rolled.grace.is_none_or(|grace| grace > rolled.due));
        let again = counting.roll(rolled.due, direction, act);
        prop_assert_eq!((again.due, again.grace), (rolled.due, rolled.grace));
    }

    #[test]
    fn what_rolls_ends_on_an_open_day_and_what_does_not_stays(from in any_day(), counting in any_rules(), direction in any_direction()) {
        use rules::{RollBackward, RollForward};
        let rolled = counting.roll(from, direction, Act::Act);
        let rules = &counting.rules;
        let rolls = rules.roll_applies.act && match direction {
            Direction::Forward => rules.roll_forward != RollForward::None,
            Direction::Backward => rules.roll_backward != RollBackward::None,
        };
        let ends = rolled.grace.unwrap_or(rolled.due);
        prop_assert!(!rolls || is_open(&counting, ends, direction), "{ends} is off");
        prop_assert!(rolls || ends == from);
        // No open day was passed over.
        let (first, last) = (from.min(ends), from.max(ends));
        for day in first.iter_days().take_while(|day| *day <= last) {
            prop_assert!(day == ends || !is_open(&counting, day, direction), "{day} is open");
        }
    }

    #[test]
    fn days_forward_and_back_meet(from in any_day(), number in 0_u32..4000, counting in any_counting()) {
        // Where short periods and least working days make some days longer than others, they need not.
        prop_assume!(counting.rules.short_period == Rules::PLAIN.short_period);
        let there = nominal(&counting, from, &days(number), Direction::Forward);
        prop_assert_eq!(nominal(&counting, there, &days(number), Direction::Backward), from);
    }

    #[test]
    fn open_days_forward_and_back_meet(from in any_day(), number in 1_u32..200) {
        let counting = counting("plain", &["weekends", "us_federal"]);
        prop_assume!(is_open(&counting, from, Direction::Forward));
        let length = Length(vec![(number, Unit::Open(DayKind::Business))]);
        let there = nominal(&counting, from, &length, Direction::Forward);
        prop_assert_eq!(nominal(&counting, there, &length, Direction::Backward), from);
    }

    #[test]
    fn a_longer_limit_never_ends_sooner(
        from in any_day(), counting in any_counting(), direction in any_direction(), number in 1_u32..200,
        unit in proptest::sample::select(vec![Unit::Week, Unit::Month, Unit::Quarter, Unit::Year]),
    ) {
        let shorter = nominal(&counting, from, &Length(vec![(number, unit)]), direction);
        let longer = nominal(&counting, from, &Length(vec![(number + 1, unit)]), direction);
        match direction {
            Direction::Forward => prop_assert!(longer > shorter),
            Direction::Backward => prop_assert!(longer < shorter),
        }
    }

    #[test]
    fn a_later_trigger_never_ends_sooner(
        from in any_day(), more in 0_u64..400, counting in any_counting(), direction in any_direction(), number in 0_u32..200,
        unit in proptest::sample::select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]),
    ) {
        let length = Length(vec![(number, unit)]);
        let end = |from| nominal(&counting, from, &length, direction);
        prop_assert!(end(from + chrono::Days::new(more)) >= end(from));
    }

    #[test]
    fn a_clamped_month_keeps_the_number_or_ends_the_month(from in any_day(), number in 0_u32..400, direction in any_direction()) {
        use chrono::Datelike;
        let end = nominal(&Counting::plain(), from, &months(number), direction);
        let month = i64::from(from.year()) * 12 + i64::from(from.month0());
        let signed = if direction == Direction::Forward { i64::from(number) } else { -i64::from(number) };
        prop_assert_eq!(i64::from(end.year()) * 12 + i64::from(end.month0()), month + signed);
        let last = civil::last_of_month(end.year(), end.month()).unwrap();
        prop_assert_eq!(end.day(), from.day().min(last.day()));
    }

    #[test]
    fn as_many_days_are_open_as_were_counted(
        from in any_day(), number in 1_u32..300, direction in any_direction(), counting in any_counting(),
    ) {
        let kind = DayKind::Working;
        prop_assume!(counting.can_count(kind).is_ok());
        let end = nominal(&counting, from, &Length(vec![(number, Unit::Open(kind))]), direction);
        let purpose = crate::counting::days_off::Purpose::Step(kind, direction);
        let open = |day: &NaiveDate| counting.day_off_for(*day, purpose).is_none();
        prop_assert!(open(&end));
        let (first, last) = (from.min(end), from.max(end));
        let between = first.iter_days().take_while(|day| *day <= last)
            .filter(|day| *day != from && open(day)).count();
        prop_assert_eq!(between, usize::try_from(number).unwrap());
    }

    #[test]
    fn the_days_of_a_series_are_counted_from_the_first(
        from in any_day(), counting in any_rules(), number in 1_u32..30, times in 0_usize..40,
        unit in proptest::sample::select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]),
    ) {
        let length = Length(vec![(number, unit)]);
        let day = |times| counting.repeated(from, &length, times).unwrap();
        prop_assert_eq!(day(0), from);
        prop_assert!(day(times + 1) > day(times));
        let all_at_once = Length(vec![(number * u32::try_from(times).unwrap(), unit)]);
        prop_assert_eq!(day(times), counting.repeated(from, &all_at_once, 1).unwrap());
    }

    #[test]
    fn the_three_ways_before_a_day_lie_a_day_apart(from in any_day(), number in 1_u32..400) {
        let way = |value: &str| {
            let text = format!("before = \"{value}\"");
            let table = DeTable::parse(&text).unwrap();
            let (counting, _) = Counting::plain().read(table.get_ref(), &Calendars::built_in());
            nominal(&counting, from, &days(number), Direction::Backward)
        };
        let plain = way("plain");
        prop_assert_eq!(Some(way("inclusive")), plain.succ_opt());
        prop_assert_eq!(Some(way("clear")), plain.pred_opt());
    }

    #[test]
    fn no_length_makes_a_count_panic_or_run_away(
        from in any_day(), counting in any_rules(), numbers in proptest::collection::vec(any::<u32>(), 0..4), which in 0_usize..8,
    ) {
        let units = [Unit::Hour, Unit::Day, Unit::Open(DayKind::Working), Unit::Week, Unit::Month, Unit::HalfMonth, Unit::Quarter, Unit::Year];
        let parts = numbers.iter().enumerate().map(|(i, number)| (*number, units[(which + i) % units.len()]));
        let length = Length(parts.collect());
        for direction in [Direction::Forward, Direction::Backward] {
            for bound in [Bound::Limit, Bound::Minimum] {
                let _ = counting.count(from, &length, direction, bound);
            }
        }
        let _ = counting.count_including_first(from, &length);
        let _ = counting.count_open(from, &length, Direction::Forward);
    }

    #[test]
    fn no_calendar_file_makes_the_reader_panic(text in "[a-z_= \"\\[\\]{}0-9\n-]{0,200}") {
        let _ = HolidayCalendar::read("office", &text);
    }
}
