//! Mail by a relay that fails at every stage of the conversation: what becomes of the messages, and what is said of it.

use crate::office::{Office, Outcome};
use crate::relay::{Answer, Relay, Stage, Way};
use std::fmt::Write as _;

const LETTER: &str = r#"+++
title = "Time clocks"
kind = "side_letter"
parties = ["upe", "dha"]

[counting]
preset = "plain"

[events.installation]
title = "Installation of the clocks"

[[obligations]]
id = "no_time_clock"
clause = "1"
title = "No time clock"
owed_by = ["dha"]
+++

1. No employee shall be required to use a time clock. [no_time_clock]
"#;

/// An office in which one thing was recorded that so many contacts of the other party are told.
pub(crate) fn office(settings: &str, contacts: usize) -> Office {
    let office = files(settings, contacts);
    let happened = "record happened time_clocks/installation --on 2014-03-10 --by upe";
    assert_eq!(office.types(happened).code, 0);
    office
}

/// The files of that office.
pub(crate) fn files(settings: &str, contacts: usize) -> Office {
    let mut parties = "[upe]\nname = \"United Public Employees\"\nside = \"union\"\n[dha]\nname = \"Department of Human Assistance\"\nside = \"employer\"\n".to_owned();
    for n in 1..=contacts {
        let _ = writeln!(
            parties,
            "[[dha.contacts]]\nname = \"Contact {n}\"\nemail = \"c{n}@dha.example\""
        );
    }
    Office::empty()
        .file("sideletter.toml", settings)
        .file("parties.toml", parties)
        .file("agreements/time_clocks.md", LETTER)
        .on("2014-03-12")
}

/// The office at an instant of the same day: it began at 09:00, which is 09:00 UTC here.
pub(crate) fn at(office: &Office, instant: &str, line: &str) -> Outcome {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sideletter"));
    command
        .current_dir(office.root())
        .args(line.split_whitespace())
        .args(["--now", instant]);
    Outcome::of(command.output().unwrap())
}

/// Number, state and tries of every message.
pub(crate) fn states(office: &Office) -> Vec<(i64, String, i64)> {
    office
        .json("outbox")
        .as_array()
        .unwrap()
        .iter()
        .map(|message| {
            (
                message["id"].as_i64().unwrap(),
                message["state"].as_str().unwrap().to_owned(),
                message["tries"].as_i64().unwrap(),
            )
        })
        .collect()
}

pub(crate) fn secret(office: Office, text: &str) -> Office {
    use std::os::unix::fs::PermissionsExt;
    let office = office.file("secret", format!("{text}\n"));
    let mode = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(office.root().join("secret"), mode).unwrap();
    office
}

pub(crate) const LOGIN: &str = "username = \"office\"\npassword_file = \"secret\"\ntimeout = 1";

/// What the relay does at one stage, and what follows: the state of the one message, how often it was tried, the exit code,
/// and what stands on stderr.
type Case = (
    fn(&Stage) -> Option<Answer>,
    &'static str,
    i64,
    i32,
    &'static str,
);

const CASES: &[Case] = &[
    (|_| None, "sent", 1, 0, ""),
    // Nobody's fault but the relay's, or the settings': nothing becomes of the message.
    (
        |at| (*at == Stage::Connected).then_some(Answer::Say("421 4.3.2 closing")),
        "queued",
        0,
        75,
        "the relay refuses the connection (421 4.3.2)",
    ),
    (
        |at| {
            (*at == Stage::Connected).then_some(Answer::Say("554 5.7.1 not you office@upe.example"))
        },
        "queued",
        0,
        3,
        "the relay refuses the connection (554 5.7.1)",
    ),
    (
        |at| (*at == Stage::Connected).then_some(Answer::HangUp),
        "queued",
        0,
        75,
        "failed at its beginning",
    ),
    (
        |at| (*at == Stage::Connected).then_some(Answer::Silence),
        "queued",
        0,
        75,
        "no answer in time",
    ),
    (
        |at| (*at == Stage::Ehlo).then_some(Answer::Say("550 5.7.1 no")),
        "queued",
        0,
        3,
        "the relay refuses the connection (550 5.7.1)",
    ),
    (
        |at| (*at == Stage::Ehlo).then_some(Answer::HangUp),
        "queued",
        0,
        75,
        "failed at its beginning",
    ),
    (
        |at| matches!(at, Stage::Auth(_)).then_some(Answer::Say("535 5.7.8 bad credentials")),
        "queued",
        0,
        3,
        "refuses this `username` with its password (535 5.7.8)",
    ),
    (
        |at| {
            matches!(at, Stage::Auth(_)).then_some(Answer::Say(
                "550 5.7.30 Basic authentication is not supported",
            ))
        },
        "queued",
        0,
        3,
        "(550 5.7.30)",
    ),
    (
        |at| matches!(at, Stage::Auth(_)).then_some(Answer::Say("454 4.7.0 later")),
        "queued",
        0,
        75,
        "(454 4.7.0)",
    ),
    (
        |at| matches!(at, Stage::Auth(_)).then_some(Answer::HangUp),
        "queued",
        0,
        75,
        "failed while logging in",
    ),
    (
        |at| (*at == Stage::Mail).then_some(Answer::Say("451 4.3.0 later")),
        "queued",
        0,
        75,
        "refuses the sender, which is `from` under [mail] (451 4.3.0)",
    ),
    (
        |at| {
            (*at == Stage::Mail).then_some(Answer::Say("553 5.7.1 <office@upe.example> not yours"))
        },
        "queued",
        0,
        3,
        "(553 5.7.1)",
    ),
    (
        |at| (*at == Stage::Mail).then_some(Answer::HangUp),
        "queued",
        0,
        75,
        "failed before a message was begun",
    ),
    // The recipient's.
    (
        |at| matches!(at, Stage::Rcpt(_)).then_some(Answer::Say("451 4.7.1 greylisted")),
        "deferred",
        1,
        75,
        "1 message to be tried later",
    ),
    (
        |at| {
            matches!(at, Stage::Rcpt(_))
                .then_some(Answer::Say("550 5.1.1 <c1@dha.example> unknown"))
        },
        "rejected",
        1,
        0,
        "",
    ),
    (
        |at| matches!(at, Stage::Rcpt(_)).then_some(Answer::Say("552 5.2.2 mailbox full")),
        "deferred",
        1,
        75,
        "",
    ),
    (
        |at| matches!(at, Stage::Rcpt(_)).then_some(Answer::Say("552 too much")),
        "deferred",
        1,
        75,
        "",
    ),
    (
        |at| matches!(at, Stage::Rcpt(_)).then_some(Answer::SayAndHangUp("421 4.3.2 closing")),
        "deferred",
        1,
        75,
        "",
    ),
    (
        |at| matches!(at, Stage::Rcpt(_)).then_some(Answer::HangUp),
        "deferred",
        1,
        75,
        "",
    ),
    (
        |at| (*at == Stage::Data).then_some(Answer::Say("451 4.3.0 later")),
        "deferred",
        1,
        75,
        "",
    ),
    (
        |at| (*at == Stage::Data).then_some(Answer::Say("554 5.5.1 no")),
        "rejected",
        1,
        0,
        "",
    ),
    (
        |at| (*at == Stage::Data).then_some(Answer::Say("250 what?")),
        "deferred",
        1,
        75,
        "",
    ),
    (
        |at| (*at == Stage::Data).then_some(Answer::HangUp),
        "deferred",
        1,
        75,
        "",
    ),
    // The message's.
    (
        |at| matches!(at, Stage::Message(_)).then_some(Answer::Say("451 4.3.0 later")),
        "deferred",
        1,
        75,
        "",
    ),
    (
        |at| matches!(at, Stage::Message(_)).then_some(Answer::Say("552 5.3.4 too large")),
        "rejected",
        1,
        0,
        "",
    ),
    (
        |at| matches!(at, Stage::Message(_)).then_some(Answer::Say("552 5.2.2 mailbox full")),
        "deferred",
        1,
        75,
        "",
    ),
    // Nobody knows.
    (
        |at| matches!(at, Stage::Message(_)).then_some(Answer::HangUp),
        "unknown",
        1,
        75,
        "1 message in doubt",
    ),
    (
        |at| matches!(at, Stage::Message(_)).then_some(Answer::Silence),
        "unknown",
        1,
        75,
        "1 message in doubt",
    ),
    (
        |at| matches!(at, Stage::Message(_)).then_some(Answer::Say("yes, gladly")),
        "unknown",
        1,
        75,
        "1 message in doubt",
    ),
    (
        |at| (*at == Stage::Quit).then_some(Answer::HangUp),
        "sent",
        1,
        0,
        "",
    ),
];

fn every_stage(relay: &Relay) {
    for (nth, (script, state, tries, code, said)) in CASES.iter().enumerate() {
        relay.answers(|stage| script(stage).unwrap_or(Answer::Fine));
        let before = relay.taken().len();
        let office = secret(office(&relay.settings(LOGIN), 1), "open sesame");
        let ran = office.types("remind --send");
        assert_eq!(ran.code, *code, "case {nth}: {ran:?}");
        assert!(ran.stderr.contains(said), "case {nth}: {ran:?}");
        if said.is_empty() && *code == 0 {
            assert_eq!(ran.stderr, "", "case {nth}");
        }
        // Nothing in a log tells an address or a secret.
        for hidden in ["@dha", "@upe", "sesame", "Time clocks"] {
            assert!(!ran.stderr.contains(hidden), "case {nth}: {ran:?}");
        }
        let expected = [(1, (*state).to_owned(), *tries)];
        assert_eq!(states(&office), expected, "case {nth}: {ran:?}");
        let taken = relay.taken().len() - before;
        assert_eq!(taken, usize::from(*state == "sent" || *state == "unknown"));
    }
}

#[test]
fn every_stage_of_a_plain_conversation_can_fail() {
    every_stage(&Relay::new(Way::Plain));
    every_stage(&Relay::pipelining(Way::Plain));
}

#[test]
fn every_stage_of_a_conversation_that_becomes_safe_can_fail() {
    every_stage(&Relay::new(Way::Starttls));
    every_stage(&Relay::pipelining(Way::Starttls));
}

#[test]
fn every_stage_of_a_conversation_that_is_safe_can_fail() {
    every_stage(&Relay::new(Way::Tls));
    every_stage(&Relay::pipelining(Way::Tls));
}

#[test]
fn the_way_is_gone_once_where_a_relay_takes_several_commands() {
    let relay = Relay::pipelining(Way::Plain);
    let office = office(&relay.settings(""), 3);
    assert_eq!(office.types("remind --send").code, 0);
    let commands: Vec<String> = relay
        .lines()
        .iter()
        .filter_map(|line| line.split(' ').next().map(ToOwned::to_owned))
        .collect();
    let once = ["MAIL", "RCPT", "DATA"];
    let expected = ["EHLO"].iter().chain(once.iter().cycle().take(9));
    assert!(
        commands.iter().eq(expected.chain(&["QUIT"])),
        "{commands:?}"
    );
    assert_eq!(relay.taken().len(), 3);
}

#[test]
fn a_relay_that_asks_for_a_message_without_a_recipient_gets_nothing() {
    let relay = Relay::pipelining(Way::Plain);
    relay.answers(|stage| match stage {
        Stage::Rcpt(_) => Answer::Say("550 5.1.1 unknown"),
        Stage::Data => Answer::Say("354 go on"),
        _ => Answer::Fine,
    });
    let office = office(&relay.settings(""), 1);
    office.types("remind --send");
    assert_eq!(states(&office), [(1, "rejected".to_owned(), 1)]);
    let lines = relay.lines();
    assert_eq!(lines.last().map(String::as_str), Some("QUIT"), "{lines:?}");
    assert_eq!(relay.taken(), []);
}

#[test]
fn nothing_is_sent_to_a_relay_that_cannot_be_trusted() {
    for way in [Way::Starttls, Way::Tls] {
        let relay = Relay::new(way);
        let sound = relay.settings("timeout = 1");
        // Another name than the certificate's, and an authority that nobody knows.
        let other_name = sound.replace("\"localhost\"", "\"127.0.0.1\"");
        let nobodys = sound
            .lines()
            .filter(|line| !line.starts_with("authorities"))
            .collect::<Vec<_>>()
            .join("\n");
        for settings in [other_name, nobodys] {
            let office = office(&settings, 1);
            let ran = office.types("remind --send");
            assert_eq!(ran.code, 3, "{ran:?}");
            assert!(ran.stderr.contains("cannot be made safe"), "{ran:?}");
            assert_eq!(states(&office), [(1, "queued".to_owned(), 0)]);
        }
        assert_eq!(relay.taken(), []);
    }
    // A relay, or somebody in between, that offers no TLS.
    let relay = Relay::new(Way::Plain);
    let settings = relay.settings(LOGIN).replace("\"none\"", "\"starttls\"");
    let office = secret(office(&settings, 1), "open sesame");
    let ran = office.types("remind --send");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("offers no STARTTLS"), "{ran:?}");
    let lines = relay.lines();
    assert!(
        !lines.iter().any(|line| line.starts_with("MAIL")),
        "{lines:?}"
    );
}

#[test]
fn a_password_and_a_token_are_what_the_relay_asks_for() {
    use std::sync::{Arc, Mutex};
    let relay = Relay::new(Way::Starttls);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let by_relay = Arc::clone(&seen);
    relay.answers(move |stage| {
        if let Stage::Auth(line) = stage {
            by_relay.lock().unwrap().push(line.clone());
        }
        Answer::Fine
    });
    let token = "username = \"office@upe.example\"\ntoken_command = \"echo ya29.token\"";
    for login in [LOGIN, token] {
        let office = secret(office(&relay.settings(login), 1), "open sesame");
        office.prints("remind --send");
    }
    let seen = seen.lock().unwrap();
    // RFC 4616, and what Google and Microsoft document of XOAUTH2; both in base64.
    assert_eq!(
        *seen,
        [
            "AUTH PLAIN AG9mZmljZQBvcGVuIHNlc2FtZQ==",
            "AUTH XOAUTH2 dXNlcj1vZmZpY2VAdXBlLmV4YW1wbGUBYXV0aD1CZWFyZXIgeWEyOS50b2tlbgEB"
        ]
    );
    // A secret that cannot be read is said before anybody is called, and never shown.
    let office = office(&relay.settings(LOGIN), 1);
    let ran = office.types("remind --send");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("cannot read the password"), "{ran:?}");
    assert_eq!(states(&office), [(1, "queued".to_owned(), 0)]);
}
