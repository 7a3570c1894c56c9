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
    let told: Vec<&str> = counted
        .steps
        .iter()
        .map(|step| step.text.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "Friday 25 December 2020 is off: Christmas Day (us_federal)",
            "Saturday 26 and Sunday 27 December 2020 are off (weekends)",
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

/// The holidays of a calendar in a year: weekdays off left out.
fn holidays(id: &str, year: i32) -> Vec<String> {
    let calendar = Calendars::built_in().get(id).unwrap();
    NaiveDate::from_ymd_opt(year, 1, 1)
        .unwrap()
        .iter_days()
        .take_while(|day| chrono::Datelike::year(day) == year)
        .filter(|day| {
            calendar
                .day_off(*day)
                .is_some_and(|off| off.kind == DayOffKind::Holiday)
        })
        .map(|day| day.format("%m-%d").to_string())
        .collect()
}

#[test]
fn the_three_californian_lists_differ_in_2026() {
    let [state, courts, employees] =
        ["us_ca_state", "us_ca_courts", "us_ca_state_employees"].map(|id| holidays(id, 2026));
    assert_eq!(
        state.join(" "),
        "01-01 01-19 02-12 02-16 02-17 03-31 04-24 05-25 06-19 07-04 09-07 09-09 09-25 10-12 11-08 11-11 11-26 12-25"
    );
    assert_eq!(
        courts.join(" "),
        "01-01 01-19 02-12 02-16 03-31 05-25 06-19 07-04 09-07 09-25 11-11 11-26 11-27 12-25"
    );
    assert_eq!(
        employees.join(" "),
        "01-01 01-19 02-16 03-31 05-25 07-04 09-07 11-11 11-26 11-27 12-25"
    );
}

#[test]
fn californian_lists_change_with_the_years() {
    let off = |id: &str, on: &str| {
        Calendars::built_in()
            .get(id)
            .unwrap()
            .day_off(day(on))
            .is_some()
    };
    let table = [
        // Cesar Chavez Day, from 2001.
        ("us_ca_state_employees", "2000-03-31", false),
        ("us_ca_state_employees", "2003-03-31", true),
        // A Sunday's is observed on Monday.
        ("us_ca_courts", "2024-04-01", true),
        // Veterans Day on a Saturday is observed on Friday, Independence Day is not.
        ("us_ca_state_employees", "2028-11-10", true),
        ("us_ca_state", "2023-11-10", true),
        ("us_ca_state_employees", "2026-07-03", false),
        // Juneteenth: federal from 2021, of the state from 2023, of its employees never.
        ("us_federal", "2020-06-19", false),
        ("us_federal", "2021-06-18", true),
        ("us_ca_state", "2022-06-19", true),
        ("us_ca_courts", "2022-06-20", false),
        ("us_ca_courts", "2023-06-19", true),
        ("us_ca_state_employees", "2026-06-19", false),
        // Lincoln and Columbus ended for employees in 2009.
        ("us_ca_state_employees", "2009-02-12", true),
        ("us_ca_state_employees", "2010-02-12", false),
        ("us_ca_state_employees", "2008-10-13", true),
        ("us_ca_state_employees", "2009-10-12", false),
        // Courts gave up Columbus Day for Native American Day in 2022.
        ("us_ca_courts", "2021-10-11", true),
        ("us_ca_courts", "2026-10-12", false),
        ("us_ca_courts", "2021-09-24", false),
        ("us_ca_courts", "2022-09-23", true),
        // New, each from its year.
        ("us_ca_state", "2022-02-01", false),
        ("us_ca_state", "2025-01-29", true),
        ("us_ca_state", "2022-04-24", true),
        ("us_ca_state", "2026-04-24", true),
        ("us_ca_state", "2027-10-29", true),
        ("us_ca_courts", "2027-10-29", false),
        // New Year's Day 2028 is a Saturday: federal offices closed the Friday before, California's did not.
        ("us_federal", "2027-12-31", true),
        ("us_ca_courts", "2027-12-31", false),
        // Christmas 2027 is a Saturday, New Year's Day 2023 was a Sunday.
        ("us_ca_state_employees", "2027-12-24", false),
        ("us_ca_state_employees", "2023-01-02", true),
        // By order of the President.
        ("us_federal_closings", "2025-01-09", true),
        ("us_federal_closings", "2026-12-24", false),
        ("us_federal", "2018-12-24", false),
    ];
    for (id, on, expected) in table {
        assert_eq!(off(id, on), expected, "{id} on {on}");
    }
}

#[test]
fn a_day_beyond_what_was_reviewed_is_provisional() {
    let federal = counting("us_federal", &[]);
    assert_eq!(federal.provisional(day("2028-01-07")), None);
    assert_eq!(
        federal.provisional(day("2040-01-07")).unwrap(),
        "7 January 2040 is provisional: `us_federal` and `us_federal_closings` were checked to the end of 2030 only"
    );
    assert_eq!(
        counting("plain", &["weekends"]).provisional(day("2999-01-07")),
        None
    );
}

#[test]
fn easter_falls_where_the_tables_have_it() {
    for (year, easter) in [
        (2000, "2000-04-23"),
        (2024, "2024-03-31"),
        (2026, "2026-04-05"),
        (2038, "2038-04-25"),
    ] {
        assert_eq!(civil::easter(year), Some(day(easter)));
    }
}

#[track_caller]
fn read(text: &str, base: &Counting) -> (Counting, Vec<String>) {
    let table = DeTable::parse(text).unwrap();
    let (counting, faults) = base.read(table.get_ref(), &Calendars::built_in());
    let faults = faults
        .into_iter()
        .map(|(key, fault)| {
            format!(
                "{key}: {}; {}",
                fault.message,
                fault.help.unwrap_or_default()
            )
        })
        .collect();
    (counting, faults)
}

#[test]
fn an_obligation_overrides_single_keys_of_its_agreement() {
    let (agreement, faults) = read(
        "preset = \"california_contract\"\ndays_off = [\"weekends\"]\nauthority = \"MOU article 8\"",
        &Counting::plain(),
    );
    assert_eq!(faults, Vec::<String>::new());
    let (obligation, faults) = read("roll_forward = \"next_open\"", &agreement);
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(obligation.preset.as_deref(), Some("california_contract"));
    let rolled = obligation.roll(day("2026-03-07"), Direction::Forward, Act::Act);
    assert_eq!((rolled.due, rolled.grace), (day("2026-03-09"), None));
    assert_eq!(rolled.steps[1].source, "MOU article 8");
}

#[test]
fn a_wrong_key_is_left_out_and_says_what_to_write() {
    let (counting, faults) = read(
        "preset = \"us_federl\"\nroll_foward = \"none\"\nservice = { mail = 5 }\ndays_off = [\"weekend\"]\nmonths = \"spil\"\nyear = \"folded_365\"",
        &Counting::plain(),
    );
    assert_eq!(counting.rules.year, rules::Year::Folded365);
    insta::assert_snapshot!(faults.join("\n"), @"
    days_off: there is no calendar `weekend`; did you mean `weekends`?
    months: expected `clamp` or `spill`; did you mean `spill`?
    preset: there is no preset `us_federl`; did you mean `us_federal`?
    roll_foward: there is no key `roll_foward` here; did you mean `roll_forward`?
    service: `service` is not built yet; leave it out: it would have no effect
    ");
}

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
