//! `when`: what it prints for people and for programs, and what it refuses.

use crate::office::{Office, Outcome};
use insta::assert_snapshot;

fn when(arguments: &[&str]) -> Outcome {
    let all: Vec<&str> = ["when"].iter().chain(arguments).copied().collect();
    Office::empty().on("2026-11-22").run(&all)
}

#[test]
fn the_days_come_first_and_then_how_they_were_reached() {
    let shown = when(&[
        "no later than 30 days after implementation",
        "--event",
        "implementation=2026-02-05",
        "--counting",
        "california_contract",
        "--days-off",
        "weekends",
        "--days-off",
        "us_ca_state_employees",
    ]);
    assert_eq!((shown.code, shown.stderr.as_str()), (0, ""));
    assert_snapshot!(shown.stdout, @r"
    due       Saturday 7 March 2026
    grace     Monday 9 March 2026
    read as   no later than 30 days after implementation

    how:
      implementation is Thursday 5 February 2026 (given with --event)
      30 days after 5 February 2026 (the day itself is not counted): Saturday 7 March 2026 (California Civil Code 10)
      Saturday 7 and Sunday 8 March 2026 are off (weekends)
      due unmoved on 7 March 2026; the next open day, Monday 9 March 2026, is a day of grace (California Civil Code 11; Code of Civil Procedure 13)

    other readings:
      Monday 9 March 2026: the due day itself moves to an open day; not taken, because that rule speaks of acts that the law requires (Code of Civil Procedure 12a)
    ");
}

#[test]
fn the_json_has_every_field_of_the_contract() {
    let shown = when(&[
        "30 days after implementation",
        "--event",
        "implementation=2026-02-05",
        "--counting",
        "california_contract",
        "--days-off",
        "weekends,us_ca_state_employees",
        "--format",
        "json",
    ]);
    assert_snapshot!(shown.stdout, @r#"
    {
      "words": "30 days after implementation",
      "reading": "no later than 30 days after implementation",
      "kind": "deadline",
      "opens": null,
      "due": "2026-03-07",
      "grace": "2026-03-09",
      "nominal": "2026-03-07",
      "dates": [
        {
          "opens": null,
          "due": "2026-03-07",
          "grace": "2026-03-09",
          "nominal": "2026-03-07"
        }
      ],
      "waiting_on": [],
      "warnings": [],
      "steps": [
        {
          "text": "implementation is Thursday 5 February 2026",
          "date": "2026-02-05",
          "source": "given with --event"
        },
        {
          "text": "30 days after 5 February 2026 (the day itself is not counted): Saturday 7 March 2026",
          "date": "2026-03-07",
          "source": "California Civil Code 10"
        },
        {
          "text": "Saturday 7 and Sunday 8 March 2026 are off",
          "date": null,
          "source": "weekends"
        },
        {
          "text": "due unmoved on 7 March 2026; the next open day, Monday 9 March 2026, is a day of grace",
          "date": "2026-03-09",
          "source": "California Civil Code 11; Code of Civil Procedure 13"
        }
      ]
    }
    "#);
}

#[test]
fn an_event_without_a_day_is_waited_for() {
    let shown = when(&[
        "30 days after the receipt of the grievance",
        "--event",
        "receipt of the grievance=",
        "--format",
        "json",
    ]);
    let json: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(json["kind"], "waiting");
    assert_eq!(json["waiting_on"][0], "receipt of the grievance");
    assert_eq!(json["due"], serde_json::Value::Null);
}

#[test]
fn an_event_may_be_called_by_another_of_its_names() {
    for name in ["signing", "execution", "date of execution"] {
        let event = format!("{name}=2014-02-20");
        let shown = when(&[
            "10 days after signing",
            "--event",
            &event,
            "--format",
            "json",
        ]);
        let json: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
        assert_eq!(json["due"], "2014-03-02", "{name}");
    }
}

#[test]
fn a_refused_phrase_underlines_the_word_and_gives_no_date() {
    let arguments = [
        "30 days after implementaton",
        "--event",
        "implementation=2014-03-03",
    ];
    let shown = when(&arguments);
    assert_eq!((shown.code, shown.stderr.as_str()), (1, ""));
    assert_snapshot!(shown.stdout, @r"
    error[unknown-event]: `implementaton` begins no event that is declared
     --> -:1:15
      |
    1 | 30 days after implementaton
      |               ^^^^^^^^^^^^^
      |
      = help: did you mean `implementation`?
    ");
    let json = when(&[arguments.as_slice(), &["--format", "json"]].concat());
    assert_eq!(json.code, 1);
    assert_snapshot!(json.stdout, @r#"
    {
      "faults": [
        {
          "file": "-",
          "line": 1,
          "column": 15,
          "severity": "error",
          "code": "unknown-event",
          "message": "`implementaton` begins no event that is declared",
          "help": "did you mean `implementation`?"
        }
      ]
    }
    "#);
}

#[test]
fn working_days_without_a_calendar_are_refused() {
    let shown = when(&[
        "within 10 working days of receipt",
        "--event",
        "receipt=2026-01-15",
    ]);
    assert_eq!(shown.code, 1);
    assert_snapshot!(shown.stdout, @r#"
    error[day-kind-not-defined]: no calendar in `days_off` says which days are working days
     --> -:1:11
      |
    1 | within 10 working days of receipt
      |           ^^^^^^^^^^^^
      |
      = help: name a calendar that has weekends: days_off = ["weekends"]
    "#);
}

#[test]
fn wrong_usage_says_what_to_type() {
    let wrong: [(&[&str], &str); 5] = [
        (&["--counting", "us_federl"], "did you mean `us_federal`?"),
        (&["--days-off", "weekend"], "did you mean `weekends`?"),
        (&["--event", "receipt"], "implementation=2014-03-03"),
        (
            &["--event", "receipt=2026-13-01"],
            "a day is written YYYY-MM-DD",
        ),
        (
            &[
                "--event",
                "signing=2026-01-01",
                "--event",
                "execution=2026-01-02",
            ],
            "given twice",
        ),
    ];
    for (arguments, says) in wrong {
        let shown = when(&[["30 days after signing"].as_slice(), arguments].concat());
        assert_eq!(
            (shown.code, shown.stdout.as_str()),
            (2, ""),
            "{arguments:?}"
        );
        assert!(
            shown.stderr.contains(says),
            "{arguments:?}: {}",
            shown.stderr
        );
    }
}

#[test]
fn a_series_is_worked_out_to_the_day_asked_for_or_a_year_ahead() {
    let days = |more: &[&str]| {
        let arguments = [
            "every 3 months from implementation",
            "--event",
            "implementation=2026-01-31",
            "--format",
            "json",
        ];
        let shown = when(&[arguments.as_slice(), more].concat());
        let json: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
        let dates = json["dates"].as_array().unwrap().clone();
        dates
            .iter()
            .map(|date| date["due"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        days(&["--until", "2026-07-31"]),
        "2026-01-31 2026-04-30 2026-07-31"
    );
    assert_eq!(
        days(&[]),
        "2026-01-31 2026-04-30 2026-07-31 2026-10-31 2027-01-31 2027-04-30 2027-07-31 2027-10-31"
    );
}
