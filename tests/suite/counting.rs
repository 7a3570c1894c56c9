//! The keys of `[counting]`, of an agreement and of an obligation: each changes the day that it is about.

use crate::deadlines::{manual, tables};
use crate::office::Office;
use crate::states::{letter, owed};

/// An office whose letter has one obligation, with keys of the agreement's and of the obligation's counting.
fn office(agreement: &str, obligation: &str, timing: &str) -> Office {
    let own = if obligation.is_empty() {
        String::new()
    } else {
        format!("[obligations.counting]\n{obligation}\n")
    };
    let keys = format!("{timing}\n{own}");
    let rest = format!(
        "signed = 2026-01-31\nexpires = 2026-06-30\n\n[counting]\npreset = \"plain\"\n{agreement}\n{}",
        owed("act", &keys)
    );
    letter(&rest).on("2026-01-31")
}

/// Its days: `opens to due, grace G`.
fn days(agreement: &str, obligation: &str, timing: &str) -> String {
    let why = office(agreement, obligation, timing).json("why letter/act");
    let day = |name: &str| why[name].as_str().unwrap_or("none").to_owned();
    format!("{} to {}, grace {}", day("opens"), day("due"), day("grace"))
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one table of all keys is read better than several"
)]
fn each_key_changes_its_day_in_an_agreement_and_in_an_obligation() {
    let weekends = "days_off = [\"weekends\"]";
    // A setting beside the one that is tried, the setting, the timing, the day without it, the day with it.
    let table = [
        (
            "",
            "trigger_day = \"counted\"",
            "due = \"30 days after signing\"",
            "2026-03-02",
            "2026-03-01",
        ),
        (
            "",
            "before = \"inclusive\"",
            "due = \"90 days before expiration\"",
            "2026-04-01",
            "2026-04-02",
        ),
        (
            "",
            "before = \"clear\"",
            "due = \"90 days before expiration\"",
            "2026-04-01",
            "2026-03-31",
        ),
        (
            "",
            "at_least = \"clear\"",
            "due = \"at least 90 days before expiration\"",
            "2026-04-01",
            "2026-03-31",
        ),
        (
            "",
            "until = \"before\"",
            "lasts = \"until March 19, 2026\"",
            "2026-03-19",
            "2026-03-18",
        ),
        (
            weekends,
            "roll_forward = \"next_open\"",
            "due = \"4 weeks after signing\"",
            "2026-02-28",
            "2026-03-02",
        ),
        (
            weekends,
            "roll_backward = \"earlier\"",
            "due = \"30 days before expiration\"",
            "2026-05-31",
            "2026-05-29",
        ),
        (
            weekends,
            "roll_backward = \"later\"",
            "due = \"30 days before expiration\"",
            "2026-05-31",
            "2026-06-01",
        ),
        (
            "days_off = [\"weekends\"]\nroll_forward = \"next_open\"",
            "roll_applies = [\"act\"]",
            "due = \"by February 28, 2026\"",
            "2026-03-02",
            "2026-02-28",
        ),
        (
            "roll_backward = \"earlier\"\ndays_off = [\"weekends\", \"us_ca_state\"]",
            "state_holidays_backward = false",
            "due = \"91 days before expiration\"",
            "2026-03-30",
            "2026-03-31",
        ),
        (
            weekends,
            "short_period = { under = 7 }",
            "due = \"5 days after signing\"",
            "2026-02-05",
            "2026-02-06",
        ),
        (
            weekends,
            "short_period = { working_days = 2 }",
            "due = \"2 days after signing\"",
            "2026-02-02",
            "2026-02-03",
        ),
        (
            "",
            "months = \"spill\"",
            "due = \"1 month after signing\"",
            "2026-02-28",
            "2026-03-01",
        ),
        (
            "",
            "six_months = \"longer_of_182_days\"",
            "due = \"six months after signing\"",
            "2026-07-31",
            "2026-08-01",
        ),
        (
            "",
            "year = \"folded_365\"",
            "due = \"1 year after February 28, 2027\"",
            "2028-02-28",
            "2028-02-29",
        ),
        (
            "roll_forward = \"next_open\"",
            weekends,
            "due = \"4 weeks after signing\"",
            "2026-02-28",
            "2026-03-02",
        ),
        (
            "",
            "preset = \"california_statute\"",
            "due = \"4 weeks after signing\"",
            "2026-02-28",
            "2026-03-02",
        ),
    ];
    for (beside, key, timing, without, with) in table {
        let due = |agreement: &str, obligation: &str| {
            let days = days(agreement, obligation, timing);
            let (_, rest) = days.split_once(" to ").unwrap();
            rest.split(',').next().unwrap().to_owned()
        };
        assert_eq!(due(beside, ""), without, "{timing} without {key}");
        if !key.starts_with("preset") {
            let both = format!("{beside}\n{key}");
            assert_eq!(due(&both, ""), with, "{timing} with {key} of the agreement");
        }
        assert_eq!(
            due(beside, key),
            with,
            "{timing} with {key} of the obligation"
        );
    }
}

#[test]
fn keys_work_together() {
    let keys = "days_off = [\"weekends\"]\nroll_forward = \"grace\"\nroll_backward = \"earlier\"\n\
        before = \"inclusive\"\nmonths = \"spill\"\nat_least = \"clear\"";
    let table = [
        (
            "due = \"1 month after signing\"",
            "none to 2026-03-01, grace 2026-03-02",
        ),
        (
            "due = \"30 days before expiration\"",
            "none to 2026-06-01, grace none",
        ),
        // Clear days, X - 31: a Saturday, so the Friday.
        (
            "due = \"at least 30 days before expiration\"",
            "none to 2026-05-29, grace none",
        ),
        (
            "due = \"between 60 and 32 days before expiration\"",
            "2026-05-02 to 2026-05-29, grace none",
        ),
        (
            "lasts = \"1 month from signing\"",
            "none to 2026-03-01, grace none",
        ),
    ];
    for (timing, expected) in table {
        assert_eq!(days(keys, "", timing), expected, "{timing}");
    }
}

#[test]
fn an_agreements_own_authority_stands_beside_the_rule_that_gave_the_day() {
    let office = office(
        "days_off = [\"weekends\"]\nroll_forward = \"next_open\"\nauthority = \"MOU article 8.3\"",
        "",
        "due = \"4 weeks after signing\"",
    );
    let why = office.prints("why letter/act");
    assert!(why.contains("MOU article 8.3"), "{why}");
}

#[test]
fn keys_that_are_not_built_yet_are_faults_that_say_what_to_write() {
    let keys = "service = { mail_us = 10 }\nextend_order = \"then_roll\"\ntolled = [2026-02-02]\nclosed = [2026-02-03]";
    let office = office(keys, "", "due = \"4 weeks after signing\"");
    let outcome = office.run(&["check"]);
    assert_eq!(outcome.code, 1);
    for key in ["service", "extend_order", "tolled", "closed"] {
        let said = format!("`{key}` is not built yet");
        assert!(outcome.stdout.contains(&said), "{key}: {}", outcome.stdout);
    }
    assert!(
        outcome.stdout.contains("[[exceptions]]"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn the_end_of_a_term_and_an_effective_date_never_move() {
    let rest = format!(
        "signed = 2026-01-31\neffective = \"4 weeks after signing\"\nexpires = \"27 weeks after signing\"\n\n\
        [counting]\npreset = \"california_statute\"\n{}{}{}{}",
        owed("trial", "lasts = \"4 weeks from signing\""),
        owed("report", "due = \"4 weeks after signing\""),
        owed("list", "due = \"3 days after effective\""),
        owed("offer", "due = \"3 days before expiration\"")
    );
    let office = letter(&rest).on("2026-01-31");
    let due = |id: &str| office.json(&format!("why letter/{id}"))["due"].clone();
    // All of these are Saturdays.
    assert_eq!(due("trial"), "2026-02-28");
    assert_eq!(due("report"), "2026-03-02");
    // Counted from the Saturdays themselves.
    assert_eq!(due("list"), "2026-03-03");
    assert_eq!(due("offer"), "2026-08-05");
}

#[test]
fn every_key_of_the_manual_gives_the_day_that_it_shows() {
    let manual = manual();
    let head = "| in `[counting]` | what it does | who counts so | written | gives |";
    let mut shown = Vec::new();
    for cells in tables(&manual, head) {
        let [keys, _, _, written, gives] = cells.as_slice() else {
            panic!("five cells: {cells:?}");
        };
        let mut keys = keys.trim_matches('`').replace("; ", "\n");
        if !keys.contains("days_off") {
            keys.push_str("\ndays_off = [\"weekends\"]");
        }
        let timing = format!("due = \"{}\"", written.trim_matches('`'));
        let office = office(&keys, "", &timing);
        let why = office.json("why letter/act");
        let mut said = why["due"].as_str().unwrap_or("none").to_owned();
        if let Some(grace) = why["grace"].as_str() {
            said = format!("{said}, grace {grace}");
        }
        if office.run(&["check"]).stdout.contains("law differs") {
            said.push_str("; warns");
        }
        assert_eq!(said, *gives, "{keys}: {written}");
        shown.push(keys);
    }
    for key in sideletter::counting::Counting::KEYS {
        let is_a_rule = !["preset", "days_off", "authority"].contains(key);
        let is_shown = shown.iter().any(|keys| keys.contains(&format!("{key} = ")));
        assert!(!is_a_rule || is_shown, "docs/deadlines.md shows no `{key}`");
    }
}
