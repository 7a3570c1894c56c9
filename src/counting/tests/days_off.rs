//! The built-in lists of days off, year by year.

use super::*;

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
        "01-01 01-19 02-12 02-16 03-31 05-25 06-19 07-03 07-04 09-07 09-25 11-11 11-26 11-27 12-25"
    );
    assert_eq!(
        employees.join(" "),
        "01-01 01-19 02-16 03-31 05-25 07-04 09-07 11-11 11-26 11-27 12-25"
    );
    let lists = [&state, &courts, &employees];
    let on_all = |day: &&String| lists.iter().all(|list| list.contains(day));
    let mut differ: Vec<&str> = lists
        .iter()
        .flat_map(|list| list.iter())
        .filter(|day| !on_all(day))
        .map(String::as_str)
        .collect();
    differ.sort_unstable();
    differ.dedup();
    assert_eq!(
        differ.join(" "),
        "02-12 02-17 04-24 06-19 07-03 09-09 09-25 10-12 11-08 11-27"
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
        // New Year's Day 2028 is a Saturday: federal offices and courts are closed the Friday before, the State's are not.
        ("us_federal", "2027-12-31", true),
        ("us_ca_courts", "2027-12-31", true),
        ("us_ca_state", "2027-12-31", false),
        // Of Saturdays and Sundays the courts observe all, by their rule 1.11.
        ("us_ca_courts", "2021-12-24", true),
        ("us_ca_courts", "2022-02-11", true),
        ("us_ca_courts", "2026-07-03", true),
        ("us_ca_courts", "2027-06-18", true),
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
fn a_holiday_of_the_state_that_a_count_back_ends_on_is_told() {
    let rolled = counting("us_federal", &["us_ca_state"]).roll(
        day("2026-03-31"),
        Direction::Backward,
        Act::Act,
    );
    assert_eq!(rolled.due, day("2026-03-31"));
    let told: Vec<String> = (rolled.steps.iter())
        .map(|step| format!("{} ({})", step.text, step.source))
        .collect();
    assert_eq!(
        told,
        [
            "Tuesday 31 March 2026: Farmworkers Day (Cesar Chavez Day); a count back does not move for a holiday of the state \
             (us_ca_state, California Government Code 6700, 6701; Federal Rule of Civil Procedure 6(a)(6)(C))"
        ]
    );
}

#[test]
fn a_day_outside_the_years_that_were_reviewed_is_provisional() {
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
    assert_eq!(
        federal.provisional(day("1984-11-19")).unwrap(),
        "19 November 1984 is provisional: `us_federal_closings` was checked from 2001 on only"
    );
    assert_eq!(
        counting("california_perb", &[])
            .provisional(day("1990-06-06"))
            .unwrap(),
        "6 June 1990 is provisional: `us_ca_state` and `us_ca_state_employees` were checked from 2000 on only"
    );
    assert_eq!(
        counting("california_perb", &[]).provisional(day("2000-06-06")),
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
