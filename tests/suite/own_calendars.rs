//! An office with calendars of its own: a payroll, a school year with its breaks, a fiscal year.

use crate::office::Office;

const PAYROLL: &str = r#"title = "Payroll of the county"
authority = "payroll calendar of the Finance Department"
reviewed_to = 2027

[pay_periods]
every = "2 weeks"
first = 2025-12-20
paid = "7 days after"
number = "YYNN"

[fiscal_year]
begins = "July 1"
authority = "County Charter 9.1"
"#;

const DISTRICT: &str = r#"title = "School calendar of the district"
authority = "Board resolution 2025-14"
reviewed_to = 2027
weekdays_off = ["saturday", "sunday"]
names = ["school"]

[[exceptions]]
name = "Winter break"
first = 2026-12-21
last = 2027-01-01

[[school_years]]
first = 2025-08-18
last = 2026-06-05

[[school_years]]
first = 2026-08-17
last = 2027-06-04
"#;

const LETTER: &str = r#"+++
title = "Pay and school years"
kind = "side_letter"
parties = ["upe", "dha"]
signed = 2026-02-05

[counting]
preset = "plain"
days_off = ["weekends", "payroll", "district"]
authority = "MOU article 8.3"

[[obligations]]
id = "new_rate"
title = "The new rate"
due = "the first full pay period following signing"

[[obligations]]
id = "retroactive_pay"
title = "Retroactive pay"
due = "no later than the second payday following signing"

[[obligations]]
id = "report"
title = "The year's report"
every = "within 30 days after the end of each fiscal year"

[[obligations]]
id = "roster"
title = "The roster"
due = "within 10 school days after June 1, 2026"

[[obligations]]
id = "pilot"
title = "The pilot"
lasts = "through the end of the 2026-27 school year"
+++

[new_rate] [retroactive_pay] [report] [roster] [pilot]
"#;

fn office() -> Office {
    Office::fixture("offices/two_parties")
        .file("calendars/payroll.toml", PAYROLL)
        .file("calendars/district.toml", DISTRICT)
        .file("agreements/letter.md", LETTER)
        .on("2026-02-10")
}

#[test]
fn an_agreement_counts_on_the_calendars_of_its_office() {
    let office = office();
    insta::assert_snapshot!(office.prints("check"), @r#"
    1 agreement read; no faults
    "#);
    insta::assert_snapshot!(office.prints("why letter/new_rate"), @r#"
    The new rate
    Pay and school years
    Owed by UPE and DHA

    The words: "the first full pay period following signing"

      1. signing is Thursday 5 February 2026
         [the agreement's file]
      2. pay period 2605 runs from Saturday 14 February 2026 to Friday 27 February 2026
         [payroll, payroll calendar of the Finance Department]
      3. the 1st day of the pay period following signing: Saturday 14 February 2026
      4. Saturday 14 February 2026 is off; no rule here moves it
         [weekends; MOU article 8.3]

    Last day: Saturday 14 February 2026
    "#);
    insta::assert_snapshot!(office.prints("why letter/retroactive_pay"), @r#"
    Retroactive pay
    Pay and school years
    Owed by UPE and DHA

    The words: "no later than the second payday following signing"

      1. signing is Thursday 5 February 2026
         [the agreement's file]
      2. the pay date of pay period 2604 (31 January to 13 February 2026) is Friday 20 February 2026
         [payroll, payroll calendar of the Finance Department]
      3. the 2nd pay date after signing: Friday 20 February 2026

    Last day: Friday 20 February 2026
    "#);
    insta::assert_snapshot!(office.prints("why letter/report"), @r#"
    The year's report
    Pay and school years
    Owed by UPE and DHA

    The words: "within 30 days after the end of each fiscal year"

      1. the effective date is Thursday 5 February 2026
         [the agreement's file]
      2. on the last day of each fiscal year; the first on or after 5 February 2026
      3. fiscal year 2025-26 runs from Tuesday 1 July 2025 to Tuesday 30 June 2026
         [payroll, County Charter 9.1]
      4. the 1st: Tuesday 30 June 2026
      5. 30 days after 30 June 2026 (the day itself is not counted): Thursday 30 July 2026
         [MOU article 8.3]
      6. the agreement's days are counted as `plain` has it: the words alone: the day of the trigger is not counted, the last day is, and no day moves
         [MOU article 8.3]

    Last day: Thursday 30 July 2026
    "#);
    insta::assert_snapshot!(office.prints("why letter/roster"), @r#"
    The roster
    Pay and school years
    Owed by UPE and DHA

    The words: "within 10 school days after June 1, 2026"

      1. the words name Monday 1 June 2026
      2. Saturday 6 June 2026 to Sunday 16 August 2026: between the school years 2025-26 and 2026-27
         [district, Board resolution 2025-14]
      3. Saturday 22 and Sunday 23 August 2026 are off
         [weekends]
      4. 10 school days after 1 June 2026 (the day itself is not counted): Monday 24 August 2026
         [MOU article 8.3]
      5. the agreement's days are counted as `plain` has it: the words alone: the day of the trigger is not counted, the last day is, and no day moves
         [MOU article 8.3]

    Last day: Monday 24 August 2026
    "#);
    insta::assert_snapshot!(office.prints("why letter/pilot"), @r#"
    The pilot
    Pay and school years
    Owed by UPE and DHA

    The words: "through the end of the 2026-27 school year"

      1. school year 2026-27 runs from Monday 17 August 2026 to Friday 4 June 2027
         [district, Board resolution 2025-14]
      2. the last day of school year 2026-27: Friday 4 June 2027

    Last day: Friday 4 June 2027
    "#);
}

#[test]
fn when_knows_the_calendars_of_the_office_that_it_runs_in() {
    let office = office();
    let line = [
        "when",
        "by the end of pay period 2605",
        "--days-off",
        "payroll",
    ];
    insta::assert_snapshot!(office.run(&line).stdout, @r#"
    due       Friday 27 February 2026
    read as   no later than the last day of pay period 2605

    how:
      pay period 2605 runs from Saturday 14 February 2026 to Friday 27 February 2026 (payroll, payroll calendar of the Finance Department)
      the last day of pay period 2605: Friday 27 February 2026
    "#);
    // An office is no more than its calendars to it: nothing else is read.
    let nothing_else = Office::empty()
        .file("calendars/payroll.toml", PAYROLL)
        .file("agreements/letter.md", "no front matter")
        .on("2026-02-10");
    assert_eq!(nothing_else.run(&line).stdout, office.run(&line).stdout);
    let elsewhere = Office::empty().on("2026-02-10");
    let folder = office.root().to_str().unwrap();
    let mut from_elsewhere = vec!["-C", folder];
    from_elsewhere.extend(line);
    assert_eq!(
        elsewhere.run(&from_elsewhere).stdout,
        office.run(&line).stdout
    );
    insta::assert_snapshot!(elsewhere.run(&line).stderr, @r#"
    sideletter: there is no calendar `payroll`; the calendars are weekends, us_federal, us_federal_closings, us_ca_state, us_ca_courts and us_ca_state_employees
    "#);
}

#[test]
fn a_calendar_that_cannot_be_read_is_told_where_it_is_named() {
    let office = office().file("calendars/payroll.toml", "title = \"x\"\nauthority = 1\n");
    let named = office.run(&["when", "each payday", "--days-off", "payroll"]);
    assert_eq!(named.code, 1);
    insta::assert_snapshot!(named.stderr, @r#"
    sideletter: the calendar `payroll` cannot be read; run `sideletter check`
      calendars/payroll.toml:2:13: cannot read this calendar: expected words in quotes
    "#);
    let other = office.run(&[
        "when",
        "by the end of the 2026-27 school year",
        "--days-off",
        "district",
    ]);
    assert_eq!((other.code, other.stderr.as_str()), (0, ""));
}

#[test]
fn what_no_calendar_lists_is_refused() {
    let office = office();
    let refused = |phrase: &str, calendars: &str| {
        let ran = office.run(&["when", phrase, "--days-off", calendars]);
        assert_eq!((ran.code, ran.stderr.as_str()), (1, ""), "{phrase}");
        ran.stdout
    };
    insta::assert_snapshot!(refused("the first full pay period after June 1, 2026", "district"), @r#"
    error[day-kind-not-defined]: no calendar says when pay periods begin
     --> -:1:16
      |
    1 | the first full pay period after June 1, 2026
      |                ^^^
      |
      = help: list them in a calendar of the office, with `[pay_periods]`, and name it in `days_off`; or write the day that is meant
    "#);
    insta::assert_snapshot!(refused("the day after Labor Day 2026", "payroll"), @r#"
    error[day-kind-not-defined]: no calendar in `days_off` lists Labor Day
     --> -:1:15
      |
    1 | the day after Labor Day 2026
      |               ^^^^^
      |
      = help: name a calendar that has it, such as days_off = ["us_federal"]; or write the day that is meant
    "#);
    insta::assert_snapshot!(refused("by the end of the 2029-30 school year", "district"), @r#"
    error[period-not-listed]: `district` lists no school year that begins in 2029
     --> -:1:1
      |
    1 | by the end of the 2029-30 school year
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: list it in the calendar as soon as it is known
    "#);
    insta::assert_snapshot!(refused("by the end of the fall semester", "district"), @r#"
    error[day-kind-not-defined]: no calendar says when semesters begin
     --> -:1:24
      |
    1 | by the end of the fall semester
      |                        ^^^^^^^^
      |
      = help: list them in a calendar of the office, with `terms` under `[[school_years]]`, and name it in `days_off`; or write the day that is meant
    "#);
}

#[test]
fn two_calendars_of_one_agreement_cannot_both_list_pay_periods() {
    let office = office().file("calendars/payroll_2.toml", PAYROLL).file(
        "agreements/letter.md",
        LETTER.replace("\"payroll\",", "\"payroll\", \"payroll_2\","),
    );
    insta::assert_snapshot!(office.run(&["check"]).stdout, @r#"
    error[listed-in-two-calendars]: `payroll` and `payroll_2` both list pay periods
     --> agreements/letter.md:9:12
      |
    9 | days_off = ["weekends", "payroll", "payroll_2", "district"]
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: name the one that the agreement means; until then what speaks of them has no day

    error[listed-in-two-calendars]: `payroll` and `payroll_2` both list pay periods
      --> agreements/letter.md:15:23
       |
    15 | due = "the first full pay period following signing"
       |                       ^^^
       |
       = help: name the one that the agreement means in `days_off`

    error[listed-in-two-calendars]: `payroll` and `payroll_2` both list pay periods
      --> agreements/letter.md:20:33
       |
    20 | due = "no later than the second payday following signing"
       |                                 ^^^^^^
       |
       = help: name the one that the agreement means in `days_off`

    error[listed-in-two-calendars]: `payroll` and `payroll_2` both list fiscal years
      --> agreements/letter.md:25:47
       |
    25 | every = "within 30 days after the end of each fiscal year"
       |                                               ^^^^^^
       |
       = help: name the one that the agreement means in `days_off`

    1 agreement read; 4 faults; left out: letter/new_rate, letter/retroactive_pay and letter/report
    "#);
    let ran = office.run(&["when", "each payday", "--days-off", "payroll,payroll_2"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.stderr, @r#"
    sideletter: `payroll` and `payroll_2` both list pay periods; name the one that is meant
    "#);
}

#[test]
fn two_calendars_of_one_name_are_refused() {
    let office = office().file("calendars/old/payroll.toml", PAYROLL);
    insta::assert_snapshot!(office.run(&["check"]).stdout, @r#"
    error[malformed-calendar]: cannot read this calendar: `calendars/old/payroll.toml` is called `payroll` as well
     --> calendars/payroll.toml:1:1
      |
    1 | title = "Payroll of the county"
      | ^
      |
      = help: give one of them another name: an agreement could not say which is meant

    1 agreement read; 1 fault
    "#);
}

#[test]
fn the_agreements_own_days_ask_for_a_calendar_as_any_limit_does() {
    let office = office().file(
        "agreements/letter.md",
        LETTER
            .replace("\"payroll\", ", "")
            .replace("signed = 2026-02-05", "signed = 2026-02-05\neffective = \"the first full pay period following signing\"\nexpires = \"the end of pay period 2710\"")
            .replace("due = \"the first full pay period following signing\"", "due = \"30 days after signing\"")
            .replace("due = \"no later than the second payday following signing\"", "every = \"monthly\"\nuntil = \"the last payday in June 2027\""),
    );
    let checked = office.run(&["check"]).stdout;
    let faults: Vec<&str> = checked
        .lines()
        .filter(|line| line.starts_with("error") || line.contains("-->"))
        .collect();
    insta::assert_snapshot!(faults.join("\n"), @"
    error[day-kind-not-defined]: no calendar says when pay periods begin
     --> agreements/letter.md:6:29
    error[day-kind-not-defined]: no calendar says when pay periods begin
     --> agreements/letter.md:7:23
    error[day-kind-not-defined]: no calendar says when pay dates are
      --> agreements/letter.md:23:19
      --> agreements/letter.md:28:47
    ");
}

#[test]
fn a_calendar_that_there_is_not_leaves_the_others_of_its_list() {
    let office = office().file(
        "agreements/letter.md",
        LETTER
            .replace("\"payroll\"", "\"payrol\"")
            .replace("\"plain\"", "\"california_contract\""),
    );
    let checked = office.run(&["check"]).stdout;
    assert!(
        checked.contains("there is no calendar `payrol`"),
        "{checked}"
    );
    assert!(!checked.contains("days-off-not-named"), "{checked}");
    // The school days of the district are known.
    assert!(!checked.contains("school days"), "{checked}");
}
