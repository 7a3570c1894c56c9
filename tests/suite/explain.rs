//! How dates are explained: whole outputs of `when`, one snapshot for each sort of time limit, and of `why` for what only an
//! agreement has. They are to be read as an arbitrator reads them.

use crate::office::Office;
use crate::states::{letter, owed};
use insta::assert_snapshot;
use std::fmt::Write as _;

/// A phrase, and the flags that go with it.
type Asked<'a> = (&'a str, &'a [&'a str]);

/// What `when` prints for each.
fn explained(all: &[Asked<'_>]) -> String {
    let office = Office::empty().on("2026-01-01");
    let mut text = String::new();
    for (phrase, flags) in all {
        let arguments: Vec<&str> = ["when", phrase].iter().chain(*flags).copied().collect();
        let ran = office.run(&arguments);
        assert_eq!(ran.stderr, "", "{phrase}");
        let flags = flags.join(" ");
        let _ = writeln!(text, "==== {} {flags}\n{}", phrase, ran.stdout);
    }
    text
}

#[test]
fn deadlines_tell_their_steps() {
    assert_snapshot!(explained(&[
        (
            "no later than 30 days after implementation",
            &[
                "--event",
                "implementation=2026-02-05",
                "--counting",
                "california_contract",
                "--days-off",
                "weekends,us_ca_state_employees"
            ]
        ),
        (
            "at least 90 days before expiration",
            &[
                "--event",
                "expiration=2026-06-30",
                "--counting",
                "california_statute"
            ]
        ),
        (
            "30 days before hearing",
            &[
                "--event",
                "hearing=2026-04-30",
                "--counting",
                "california_statute"
            ]
        ),
        (
            "at least 30 days before expiration",
            &[
                "--event",
                "expiration=2026-06-30",
                "--counting",
                "canada",
                "--days-off",
                "weekends"
            ]
        ),
        (
            "5 days after ratification",
            &[
                "--event",
                "ratification=2026-02-05",
                "--counting",
                "us_nlrb"
            ]
        ),
        (
            "2 days after ratification",
            &["--event", "ratification=2026-02-06", "--counting", "eu"]
        ),
        (
            "10 days after ratification",
            &[
                "--event",
                "ratification=2035-02-08",
                "--counting",
                "us_federal"
            ]
        ),
        (
            "within 72 hours after signing",
            &["--event", "signing=2026-01-31"]
        ),
        ("November 26, 2026", &["--counting", "us_federal"]),
        (
            "30 days after implementation",
            &["--event", "implementation="]
        ),
        ("as soon as administratively possible", &[]),
    ]));
}

#[test]
fn months_tell_their_steps() {
    assert_snapshot!(explained(&[
        ("3 months after signing", &["--event", "signing=2026-01-31"]),
        (
            "1 month and 10 days after signing",
            &["--event", "signing=2026-01-31"]
        ),
        (
            "10 days and 1 month after signing",
            &["--event", "signing=2026-01-25"]
        ),
        (
            "within a month and a half after signing",
            &["--event", "signing=2026-01-31"]
        ),
        (
            "six months after signing",
            &[
                "--event",
                "signing=1983-01-20",
                "--counting",
                "california_statute"
            ]
        ),
        (
            "one year after signing",
            &[
                "--event",
                "signing=2027-03-01",
                "--counting",
                "california_statute"
            ]
        ),
    ]));
}

#[test]
fn working_days_tell_their_steps() {
    assert_snapshot!(explained(&[
        (
            "10 working days after receipt",
            &[
                "--event",
                "receipt=2026-08-27",
                "--days-off",
                "weekends,us_federal"
            ]
        ),
        (
            "10 working days before hearing",
            &[
                "--event",
                "hearing=2026-09-10",
                "--days-off",
                "weekends,us_federal"
            ]
        ),
        (
            "60 working days after receipt",
            &[
                "--event",
                "receipt=2026-08-27",
                "--days-off",
                "weekends,us_federal"
            ]
        ),
        (
            "48 hours after receipt excluding Saturdays, Sundays and holidays",
            &["--event", "receipt=2026-01-30", "--days-off", "weekends"]
        ),
    ]));
}

#[test]
fn windows_tell_their_steps() {
    assert_snapshot!(explained(&[
        (
            "between 120 and 90 days before expiration",
            &[
                "--event",
                "expiration=2026-06-30",
                "--counting",
                "us_federal"
            ]
        ),
        (
            "within 30 days before expiration",
            &["--event", "expiration=2026-06-30"]
        ),
        (
            "at least six months after notice and no later than June 30, 2027",
            &["--event", "notice=2026-03-02"]
        ),
        ("early February 2000", &[]),
        ("on or about March 1, 2000", &[]),
        ("begin in April 2000", &[]),
        (
            "by the end of the quarter in which ratification occurs",
            &["--event", "ratification=2026-02-05"]
        ),
        (
            "the first day of the month following execution",
            &["--event", "signing=2026-02-05"]
        ),
    ]));
}

#[test]
fn two_limits_tell_their_steps() {
    assert_snapshot!(explained(&[
        (
            "the earlier of July 1, 2026 and ratification",
            &["--event", "ratification=2026-08-05"]
        ),
        (
            "August 31, 2026 or completion, whichever is later",
            &["--event", "completion=2026-09-02"]
        ),
        (
            "within 10 days after ratification, and within an additional 30 days",
            &["--event", "ratification=2026-08-05"]
        ),
        ("the Friday closest to October 15, 2025", &[]),
        (
            "the first Monday after ratification",
            &["--event", "ratification=2026-02-05"]
        ),
        (
            "January 1 preceding expiration",
            &["--event", "expiration=2026-06-30"]
        ),
        ("before April 1, 2026", &[]),
        (
            "no later than March 15",
            &["--event", "effective=2025-07-01"]
        ),
    ]));
}

#[test]
fn series_tell_their_steps() {
    assert_snapshot!(explained(&[
        (
            "every 3 months from implementation",
            &["--event", "implementation=2026-01-31"]
        ),
        (
            "every 10 days from signing",
            &[
                "--event",
                "signing=2026-01-08",
                "--counting",
                "california_statute",
                "--until",
                "2026-02-28"
            ]
        ),
        ("quarterly", &["--event", "effective=2026-01-15"]),
        (
            "each calendar quarter",
            &["--event", "effective=2026-01-15"]
        ),
        (
            "twice a month",
            &["--event", "effective=2026-01-15", "--until", "2026-03-31"]
        ),
        (
            "monthly on the second Tuesday",
            &["--event", "effective=2026-01-15", "--until", "2026-04-30"]
        ),
        (
            "at least 30 days prior to March 1 and September 1 of each year",
            &["--event", "effective=2026-01-15"]
        ),
        (
            "by March 1 of each odd-numbered year",
            &["--event", "effective=2026-01-15", "--until", "2031-12-31"]
        ),
        (
            "on January 16, 2026, and every two weeks thereafter",
            &["--until", "2026-03-01"]
        ),
        ("December 9, 1999 and January 13, 2000", &[]),
    ]));
}

#[test]
fn terms_tell_their_steps() {
    assert_snapshot!(explained(&[
        (
            "3 months from implementation",
            &["--event", "implementation=2026-02-05"]
        ),
        ("3 months beginning on January 31, 2026", &[]),
        ("90 days beginning on January 31, 2026", &[]),
        (
            "no less than one year",
            &["--event", "effective=2026-02-05"]
        ),
        ("from July 1, 2026 through June 30, 2028", &[]),
        (
            "for a period of one year",
            &["--event", "effective=2026-07-01"]
        ),
    ]));
}

#[test]
fn wordings_with_two_readings_show_the_other() {
    assert_snapshot!(explained(&[
        ("until April 1, 2014", &[]),
        (
            "within 90 days of expiration",
            &["--event", "expiration=2026-06-30"]
        ),
        (
            "bimonthly",
            &["--event", "effective=2026-01-15", "--until", "2026-06-01"]
        ),
        (
            "biweekly",
            &["--event", "effective=2026-01-15", "--until", "2026-03-01"]
        ),
        ("biannually", &["--event", "effective=2026-01-15"]),
        ("July 1, 2026 or August 1, 2026", &[]),
        (
            "30 days after signing or ratification",
            &[
                "--event",
                "signing=2026-01-05",
                "--event",
                "ratification=2026-02-05"
            ]
        ),
        (
            "quarterly by the 10th",
            &["--event", "effective=2026-01-15"]
        ),
        ("no later than December 2026", &[]),
        ("the second week of March 2026", &[]),
        (
            "7 calendar days after signing excluding weekends",
            &["--event", "signing=2026-01-30", "--days-off", "weekends"]
        ),
        (
            "every 3 months after ratification",
            &["--event", "ratification=2026-02-05"]
        ),
        ("no later than 12/9/99", &[]),
        (
            "no later than 6/30/70",
            &["--event", "effective=2026-01-01"]
        ),
        (
            "the first of the month following 30 days of employment",
            &["--event", "employment=2026-01-30"]
        ),
    ]));
}

#[test]
fn what_only_the_record_dates_waits_for_it() {
    assert_snapshot!(explained(&[
        (
            "15 working days after follow_up_meeting is missed",
            &[
                "--event",
                "follow_up_meeting=2026-02-01",
                "--days-off",
                "weekends"
            ]
        ),
        (
            "15 working days after follow_up_meeting is missed",
            &[
                "--event",
                "follow_up_meeting is missed=2026-03-01",
                "--days-off",
                "weekends"
            ]
        ),
        ("within 15 days after a missed commitment", &[]),
        (
            "within 15 days after a missed commitment",
            &["--event", "a missed commitment=2026-03-01"]
        ),
    ]));
}

#[test]
fn a_refusal_shows_the_place_and_what_to_write() {
    assert_snapshot!(explained(&[
        (
            "30 days after implementaton",
            &["--event", "implementation=2026-02-05"]
        ),
        (
            "within thirty (60) days after signing",
            &["--event", "signing=2026-01-05"]
        ),
        ("within 30 days", &[]),
        ("within a few days of signing", &[]),
        ("soon after ratification", &[]),
        ("the third Thursday", &[]),
        ("по 30 days afer signing", &[]),
        ("“thirty”  dyas after signing", &[]),
    ]));
}

#[test]
fn an_agreements_own_authority_and_reading_stand_beside_the_steps() {
    let office = letter(&format!(
        "signed = 2026-02-05\n[counting]\npreset = \"california_contract\"\ndays_off = [\"weekends\"]\nauthority = \"MOU article 8.3\"\nuntil = \"before\"\n{}{}{}{}",
        owed("plan", "due = \"within 30 days of signing\"\nreading = \"Of signing is read as after it.\""),
        owed("pilot", "lasts = \"until June 30, 2026\""),
        owed("meetings", "every = \"quarterly\""),
        owed("answer", "due = \"15 working days after plan is missed\""),
    ))
    .on("2026-02-10");
    let all: Vec<String> = ["plan", "pilot", "meetings", "answer"]
        .iter()
        .map(|id| office.prints(&format!("why letter/{id}")))
        .collect();
    assert_snapshot!(all.join("\n====\n\n"));
}

#[test]
fn one_of_a_series_shows_its_own_steps_alone() {
    let office = letter(&format!(
        "signed = 2026-01-31\n{}",
        owed("report", "every = \"every 3 months\"")
    ))
    .on("2026-02-10");
    let shown = office.json("why letter/report --on 2026-07-31");
    let steps: Vec<&str> = shown["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        steps,
        [
            "the effective date is Saturday 31 January 2026",
            "every 3 months: the first is 31 January 2026, and each is counted from there, not from the one before",
            "the 3rd: 6 months after 31 January 2026: Friday 31 July 2026",
        ]
    );
}

/// Every step says something, names where it comes from, and is a sentence without its full stop.
#[test]
fn every_step_and_reading_has_its_source() {
    let office = letter(&format!(
        "signed = 2026-02-05\nexpires = \"June 30, 2027\"\n[counting]\npreset = \"california_statute\"\n{}{}{}",
        owed("a", "due = \"within 10 court days of signing\""),
        owed("b", "due = \"at least 91 days before expiration\""),
        owed("c", "every = \"bimonthly\""),
    ))
    .on("2026-02-10");
    for id in ["a", "b", "c"] {
        let shown = office.json(&format!("why letter/{id}"));
        for step in ["steps", "other_readings"]
            .iter()
            .flat_map(|key| shown[*key].as_array().unwrap())
        {
            let text = step["text"].as_str().unwrap();
            assert!(!text.is_empty() && !text.ends_with('.'), "{id}: {step}");
            assert!(!step["source"].as_str().unwrap().is_empty(), "{id}: {step}");
            assert!(
                step["date"].is_null() || step["date"].is_string(),
                "{id}: {step}"
            );
        }
        assert!(!shown["steps"].as_array().unwrap().is_empty(), "{id}");
    }
}
