use super::*;

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

#[test]
fn an_office_keeps_a_school_calendar_with_its_breaks() {
    let calendar = HolidayCalendar::read(
        "district",
        r#"
title = "The district's school days"
authority = "board resolution 26-14"
reviewed_to = 2027
weekdays_off = ["saturday", "sunday"]
names = ["school"]

[[holidays]]
name = "Good Friday"
day = "2 days before Easter"

[[holidays]]
name = "Founders' Day"
day = "June 19"
from = 2026
observed = { saturday = "monday", sunday = "monday" }

[[exceptions]]
name = "Winter break"
first = 2026-12-21
last = 2027-01-01

[[exceptions]]
name = "A Saturday made up for a storm"
day = 2027-01-09
off = false
"#,
    )
    .unwrap();
    let name = |on: &str| calendar.day_off(day(on)).map(|off| off.name);
    assert_eq!(name("2027-03-26").unwrap(), "Good Friday");
    assert_eq!(name("2026-12-30").unwrap(), "Winter break");
    assert_eq!(name("2027-01-02").unwrap(), "Saturday");
    assert_eq!(name("2027-01-09"), None);
    assert_eq!(name("2025-06-19"), None);
    // 19 June 2027 is a Saturday, off as such too.
    assert_eq!(name("2027-06-21").unwrap(), "Founders' Day, observed");
    assert!(calendar.is_reviewed(day("2027-12-31")) && !calendar.is_reviewed(day("2028-01-01")));
}

#[test]
fn every_fault_of_a_calendar_file_has_its_place_and_a_remedy() {
    let text = r#"titel = "x"
reviewed_to = "soon"
weekdays_off = ["saturday", "sonday"]
payroll = { first = 2026-01-03 }

[[holidays]]
name = "Labor Day"
day = "first Munday of September"

[[holidays]]
day = "May 1"
from = 2020
to = 2019

[[exceptions]]
name = "Break"
first = 2026-12-31
last = 2026-12-24

[[exceptions]]
name = "Closed for good"
first = 2026-12-31
last = 2036-12-31
"#;
    let faults = HolidayCalendar::read("office", text).unwrap_err();
    let told: Vec<String> = faults
        .iter()
        .map(|fault| {
            let words = text.get(fault.range.clone()).unwrap();
            let first = words.lines().next().unwrap_or_default();
            format!(
                "{first} | {} | {}",
                fault.message,
                fault.help.as_deref().unwrap_or_default()
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    titel | there is no key `titel` here | did you mean `title`?
     | a calendar says by which authority its days are off | authority = "MOU article 12"
    "soon" | expected a year | 2027
    "sonday" | expected `monday`, `tuesday`, `wednesday`, `thursday`, `friday`, `saturday` or `sunday` | did you mean `monday`?
    payroll | there is no key `payroll` here | the keys here are title, authority, level, reviewed_from, reviewed_to, weekdays_off, names, holidays, exceptions, pay_periods, moved_pay_dates, fiscal_year and school_years
    "first Munday of September" | expected a day of the year | `January 1`, `third Monday of January`, `last Monday of May`, `2 days before Easter`, `day after fourth Thursday of November`
    [[holidays]] | a day off has a name | name = "Labor Day"
    2019 | it ends in 2019, before it begins in 2020 | swap the two years, or correct one
    2026-12-24 | it ends before it begins | swap `first` and `last`, or correct one
    2036-12-31 | a break is no longer than a year | correct its first or its last day
    "#);
}

#[test]
fn a_file_that_is_no_toml_names_the_place() {
    let faults = HolidayCalendar::read("office", "authority = \"x\"\nlevel = \n").unwrap_err();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].message.starts_with("this is no TOML"));
    assert_eq!(faults[0].range.start, 24);
}
