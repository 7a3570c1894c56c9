//! What holds of every count and roll.

use super::*;
use proptest::prelude::*;

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..40_000).prop_map(|days| day("1950-01-01") + chrono::Days::new(days))
}

fn any_counting() -> impl Strategy<Value = Counting> {
    let names = Counting::presets().to_vec();
    (
        proptest::sample::select(names),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(name, weekends, employees)| {
            let mut all = Vec::new();
            all.extend(weekends.then_some("weekends"));
            all.extend(employees.then_some("us_ca_state_employees"));
            counting(name, &all)
        })
}

proptest! {
    #[test]
    fn rolling_never_moves_a_day_the_wrong_way_and_twice_changes_nothing(from in any_day(), counting in any_counting()) {
        let forward = counting.roll(from, Direction::Forward, Act::Act);
        prop_assert!(forward.due >= from);
        prop_assert!(forward.grace.is_none_or(|grace| grace > forward.due));
        prop_assert_eq!(counting.roll(forward.due, Direction::Forward, Act::Act).due, forward.due);
        let backward = counting.roll(from, Direction::Backward, Act::Act);
        prop_assert!(backward.due <= from);
        prop_assert_eq!(counting.roll(backward.due, Direction::Backward, Act::Act).due, backward.due);
    }

    #[test]
    fn what_rolls_to_the_next_open_day_is_open(from in any_day(), counting in any_counting()) {
        let rolled = counting.roll(from, Direction::Forward, Act::Act);
        match counting.rules.roll_forward {
            rules::RollForward::NextOpen => prop_assert_eq!(counting.day_off(rolled.due), None),
            rules::RollForward::Grace => {
                prop_assert_eq!(counting.day_off(rolled.grace.unwrap_or(rolled.due)), None);
            }
            rules::RollForward::None => prop_assert_eq!(rolled.due, from),
        }
    }

    #[test]
    fn days_forward_and_back_meet(from in any_day(), number in 0_u32..4000) {
        let plain = Counting::plain();
        let there = plain.count(from, &days(number), Direction::Forward, Bound::Limit).unwrap().nominal;
        let back = plain.count(there, &days(number), Direction::Backward, Bound::Limit).unwrap().nominal;
        prop_assert_eq!(back, from);
    }

    #[test]
    fn a_later_trigger_or_more_months_never_end_sooner(from in any_day(), more in 0_u64..400, number in 0_u32..200) {
        let plain = Counting::plain();
        let end = |from, number| plain.count(from, &months(number), Direction::Forward, Bound::Limit).unwrap().nominal;
        prop_assert!(end(from + chrono::Days::new(more), number) >= end(from, number));
        prop_assert!(end(from, number + 1) > end(from, number));
    }

    #[test]
    fn as_many_days_are_open_as_were_counted(from in any_day(), number in 1_u32..300, backward in any::<bool>()) {
        let counting = counting("plain", &["weekends", "us_ca_state_employees"]);
        let direction = if backward { Direction::Backward } else { Direction::Forward };
        let length = Length(vec![(number, Unit::Open(DayKind::Working))]);
        let end = counting.count(from, &length, direction, Bound::Limit).unwrap().nominal;
        prop_assert_eq!(counting.day_off(end), None);
        let (first, last) = if backward { (end, from) } else { (from, end) };
        let open = first.iter_days().take_while(|day| *day <= last)
            .filter(|day| *day != from && counting.day_off(*day).is_none()).count();
        prop_assert_eq!(open, usize::try_from(number).unwrap());
    }

    #[test]
    fn no_length_makes_a_count_panic_or_run_away(
        from in any_day(), counting in any_counting(), numbers in proptest::collection::vec(any::<u32>(), 0..4), which in 0_usize..8,
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
