//! `doctor` and `status`: whether everything is in order, what to do where it is not, and whether reminders have run.

use crate::bounces::{message_id, report};
use crate::office::{Office, Outcome, fixtures};
use crate::relay::{Answer, Relay, Stage, Way};
use crate::smtp::{LOGIN, at, office, secret};
use std::os::unix::fs::PermissionsExt;

/// What `doctor` says where systemd's timer is active, or is not.
fn doctor(office: &Office, timer: bool, more: &[&str]) -> Outcome {
    let tools = tempfile::tempdir().unwrap();
    let systemctl = tools.path().join("systemctl");
    std::fs::write(
        &systemctl,
        format!("#!/bin/sh\nexit {}\n", if timer { 0 } else { 3 }),
    )
    .unwrap();
    std::fs::set_permissions(&systemctl, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = office.command(&[&["doctor"], more].concat());
    command.env("PATH", format!("{}:/usr/bin:/bin", tools.path().display()));
    Outcome::of(command.output().unwrap())
}

/// The same without the port, which is another each time.
fn said(office: &Office, relay: Option<&Relay>, timer: bool) -> String {
    let ran = doctor(office, timer, &[]);
    let said = format!("{}{}? {}\n", ran.stdout, ran.stderr, ran.code);
    match relay {
        Some(relay) => said.replace(&format!(":{}", relay.port()), ":PORT"),
        None => said,
    }
}

#[test]
fn a_fresh_office_is_in_order_and_doctor_makes_nothing_in_it() {
    let office = Office::fixture("offices/two_parties")
        .with(&fixtures().join("faults/not-delivered"))
        .on("2014-03-12");
    let files = office.files();
    insta::assert_snapshot!("doctor_of_a_fresh_office", said(&office, None, false));
    assert_eq!(office.files(), files);
    office.prints("run");
    insta::assert_snapshot!("doctor_after_a_run", said(&office, None, true));
}

#[test]
fn doctor_speaks_with_the_relay_and_sends_nothing() {
    let relay = Relay::new(Way::Starttls);
    let office = secret(office(&relay.settings(LOGIN), 1), "open sesame");
    insta::assert_snapshot!("doctor_of_a_relay", said(&office, Some(&relay), true));
    assert_eq!(
        relay.lines(),
        ["EHLO upe.example", "STARTTLS", "EHLO upe.example", "QUIT"]
    );
    assert_eq!(relay.taken(), []);
    assert_eq!(
        office.json("outbox"),
        serde_json::json!([]),
        "nothing is decided"
    );

    // Each thing that keeps mail from leaving is a fault with its remedy.
    relay.answers(|stage| match stage {
        Stage::Auth(_) => Answer::Say("535 5.7.8 no"),
        _ => Answer::Fine,
    });
    let ran = doctor(&office, true, &[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.stdout
            .contains("refuses this `username` with its password (535 5.7.8)"),
        "{ran:?}"
    );
    relay.answers(|_| Answer::HangUp);
    assert_eq!(doctor(&office, true, &[]).code, 1);
    let plain = Relay::new(Way::Plain);
    let unsafe_way = plain
        .settings("timeout = 1")
        .replace("security = \"none\"", "");
    let office = office.file("sideletter.toml", unsafe_way);
    let ran = doctor(&office, true, &[]);
    assert!(ran.stdout.contains("offers no STARTTLS"), "{ran:?}");
    let faulty = plain.settings("securty = \"tls\"");
    let office = office.file("sideletter.toml", faulty);
    let ran = doctor(&office, true, &[]);
    assert!(
        ran.stdout.contains("[mail] in sideletter.toml has a fault"),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("1 fault\n"), "{ran:?}");
}

#[test]
fn doctor_names_what_a_person_has_to_look_at() {
    let relay = Relay::new(Way::Plain);
    relay.answers(|stage| match stage {
        Stage::Rcpt(to) if to == "c2@dha.example" => Answer::Say("550 5.1.1 unknown"),
        Stage::Message(bytes) if String::from_utf8_lossy(bytes).contains("c3@dha") => {
            Answer::HangUp
        }
        _ => Answer::Fine,
    });
    let settings = relay.settings("").replace("[mail]\n", "[mail]\non_unknown = \"hold\"\nbounces = \"bounces@mail.upe.example\"\nreply_to = \"No-Reply <noreply@upe.example>\"\n");
    let settings = format!("[office]\nkeeper = \"upe\"\n{settings}");
    let office = office(&settings, 4);
    let agreed = office
        .read("parties.toml")
        .replace("c1@dha.example\"", "c1@dha.example\"\nagreed = 2014-01-01")
        .replace("c2@dha.example\"", "c2@dha.example\"\nagreed = 2014-01-01")
        .replace("c3@dha.example\"", "c3@dha.example\"\nagreed = 2014-01-01");
    let office = office.file("parties.toml", agreed);
    assert_eq!(office.types("remind --send").code, 75);
    let mail = report(
        "office@upe.example",
        &message_id(&office, 1),
        "failed",
        "4.4.7",
    );
    let office = office.file("bounce.eml", mail);
    office.prints("bounces import bounce.eml");
    insta::assert_snapshot!(
        "doctor_of_mail_that_did_not_arrive",
        said(&office, Some(&relay), true)
    );
    let ran = doctor(&office, true, &["--format", "json"]);
    let lines: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let address = lines
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["what"] == "address");
    insta::assert_json_snapshot!("doctor_in_json", address.unwrap());
}

#[test]
fn a_store_that_cannot_be_read_is_a_fault_and_the_rest_is_looked_at() {
    let office = Office::fixture("offices/two_parties")
        .with(&fixtures().join("faults/not-delivered"))
        .file(
            ".sideletter/store.db",
            "this is no store, and somebody put it here",
        )
        .on("2014-03-12");
    let ran = doctor(&office, true, &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""), "{ran:?}");
    let firsts: Vec<&str> = ran
        .stdout
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(
        firsts.contains(&"fault") && ran.stdout.contains("timer"),
        "{ran:?}"
    );
}

#[test]
fn status_says_whether_reminders_have_run_in_time() {
    let office = office("", 1);
    let status = |instant: &str, more: &str| at(&office, instant, &format!("status {more}"));
    let never = status("2014-03-12T09:00:00Z", "--max-age 26h");
    assert_eq!(never.code, 1, "{never:?}");
    assert!(
        never
            .stdout
            .starts_with("Reminders have never run completely here"),
        "{never:?}"
    );
    assert_eq!(status("2014-03-12T09:00:00Z", "").code, 0);
    office.prints("remind --send");
    for (instant, max_age, code, words) in [
        ("2014-03-12T09:00:30Z", "26h", 0, "just now"),
        ("2014-03-12T09:01:00Z", "26h", 0, "1 minute ago"),
        ("2014-03-13T11:00:00Z", "26h", 0, "26 hours ago"),
        ("2014-03-13T11:00:01Z", "26h", 1, "26 hours ago"),
        ("2014-03-16T09:00:00Z", "4d", 0, "4 days ago"),
        // The clock was set back a little, or stood wrong when the last run was made.
        ("2014-03-12T08:58:00Z", "26h", 0, "just now"),
        (
            "2014-03-01T09:00:00Z",
            "26h",
            1,
            "lies ahead: a clock was wrong",
        ),
    ] {
        let ran = status(instant, &format!("--max-age {max_age}"));
        assert_eq!(ran.code, code, "{instant}: {ran:?}");
        assert!(ran.stdout.contains(words), "{instant}: {ran:?}");
    }
    let ran = status("2014-03-13T12:00:00Z", "--max-age 26h --format json");
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(ran.code, 1);
    assert_eq!(
        json,
        serde_json::json!({"last_run": "2014-03-12T09:00:00Z", "age": 97_200, "max_age": 93_600, "in_time": false})
    );
    let usage = office.fails(2, "status --max-age 26");
    assert!(
        usage.contains("a time is written 90m, 26h, 4d or 1w"),
        "{usage}"
    );
}

#[test]
fn a_run_that_could_not_hand_over_its_mail_was_not_complete() {
    let relay = Relay::new(Way::Plain);
    relay.answers(|_| Answer::SayAndHangUp("421 4.3.2 closing"));
    let office = office(&relay.settings("timeout = 1"), 2);
    assert_eq!(office.types("run").code, 75);
    assert_eq!(office.types("status --max-age 26h").code, 1);
    // One recipient that is put off keeps no run from being complete.
    relay.answers(|stage| match stage {
        Stage::Rcpt(to) if to == "c2@dha.example" => Answer::Say("451 4.7.1 greylisted"),
        _ => Answer::Fine,
    });
    assert_eq!(office.types("run").code, 75);
    assert_eq!(office.types("status --max-age 26h").code, 0);
}
