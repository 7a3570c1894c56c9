//! Runs over several messages: sessions, connections, caps, and what is said of what became of the mail.

use crate::relay::{Answer, Relay, Stage, Way};
use crate::smtp::{LOGIN, office, secret, states};

#[test]
fn what_the_relay_said_is_kept_and_shown() {
    let relay = Relay::new(Way::Plain);
    relay.answers(|stage| match stage {
        Stage::Rcpt(to) if to == "c2@dha.example" => {
            Answer::Say("550 5.1.1 <c2@dha.example> unknown")
        }
        Stage::Rcpt(to) if to == "c3@dha.example" => Answer::Say("451 4.7.1 greylisted"),
        Stage::Rcpt(to) if to == "c4@dha.example" => Answer::HangUp,
        _ => Answer::Fine,
    });
    let office = office(&relay.settings("timeout = 1"), 4);
    let ran = office.types("remind --send");
    assert_eq!(ran.code, 75);
    insta::assert_snapshot!(
        "what_became_of_the_mail",
        format!("{}---\n{}", ran.stdout, ran.stderr)
    );
    insta::assert_snapshot!("what_the_outbox_lists", office.prints("outbox"));
    let heads: Vec<String> = (1..=4)
        .map(|id| office.prints(&format!("outbox show {id}")))
        .map(|shown| {
            shown
                .lines()
                .take_while(|line| !line.is_empty())
                .collect::<Vec<_>>()
                .join("\n")
        })
        .collect();
    insta::assert_snapshot!("what_the_outbox_shows", heads.join("\n\n"));
    // The next run of that minute tries none of them again; the other contacts are told of the address that was refused.
    let taken = relay.taken().len();
    assert_eq!(office.types("remind --send").code, 75);
    let told: Vec<String> = relay.taken().drain(taken..).map(|taken| taken.to).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("c1@dha.example"), "{told:?}");
}

#[test]
fn a_connection_carries_so_many_messages_and_one_that_the_relay_ends_is_made_anew() {
    let relay = Relay::new(Way::Plain);
    office(&relay.settings(""), 45).prints("remind --send");
    let on = |connection| {
        relay
            .taken()
            .iter()
            .filter(|t| t.connection == connection)
            .count()
    };
    assert_eq!([on(0), on(1), on(2), on(3)], [20, 20, 5, 0]);

    let relay = Relay::new(Way::Plain);
    let mails = std::sync::atomic::AtomicUsize::new(0);
    relay.answers(move |stage| match stage {
        Stage::Mail if mails.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % 4 == 3 => {
            Answer::SayAndHangUp("421 4.7.0 enough for one connection")
        }
        _ => Answer::Fine,
    });
    office(&relay.settings(""), 10).prints("remind --send");
    assert_eq!(relay.taken().len(), 10);
}

#[test]
fn sessions_that_the_relay_has_no_room_for_keep_nobody_waiting() {
    let relay = Relay::new(Way::Plain);
    let open = std::sync::atomic::AtomicUsize::new(0);
    relay.answers(move |stage| match stage {
        Stage::Connected if open.fetch_add(1, std::sync::atomic::Ordering::Relaxed) >= 2 => {
            Answer::SayAndHangUp("421 4.7.0 too many connections")
        }
        _ => Answer::Fine,
    });
    let office = office(&relay.settings("sessions = 4"), 20);
    let ran = office.types("remind --send");
    // What the two that were refused had in hand waits for the next run.
    assert!([0, 75].contains(&ran.code), "{ran:?}");
    let left = states(&office)
        .iter()
        .filter(|(_, state, tries)| state == "queued" && *tries == 0)
        .count();
    assert_eq!(relay.taken().len() + left, 20);
    assert!(left <= 2, "{left}");
}

#[test]
fn one_session_alone_finds_out_that_a_password_is_wrong() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let relay = Relay::new(Way::Plain);
    let tried = Arc::new(AtomicUsize::new(0));
    let by_relay = Arc::clone(&tried);
    relay.answers(move |stage| match stage {
        Stage::Auth(_) => {
            by_relay.fetch_add(1, Ordering::Relaxed);
            Answer::Say("535 5.7.8 no")
        }
        _ => Answer::Fine,
    });
    let settings = relay.settings(&format!("{LOGIN}\nsessions = 10"));
    assert_eq!(
        secret(office(&settings, 20), "wrong")
            .types("remind --send")
            .code,
        3
    );
    assert_eq!(tried.load(Ordering::Relaxed), 1);
}

#[test]
fn a_relay_that_refuses_message_after_message_gets_no_more_of_them() {
    let relay = Relay::new(Way::Plain);
    relay.answers(|stage| match stage {
        Stage::Message(_) => Answer::Say("554 5.7.1 policy"),
        _ => Answer::Fine,
    });
    let office = office(&relay.settings(""), 9);
    let ran = office.types("remind --send");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(
        ran.stderr.contains("refused 3 messages in a row"),
        "{ran:?}"
    );
    let states: Vec<String> = states(&office)
        .into_iter()
        .map(|(_, state, _)| state)
        .collect();
    assert_eq!(states.iter().filter(|s| *s == "rejected").count(), 3);
    assert_eq!(states.iter().filter(|s| *s == "queued").count(), 6);
}

#[test]
fn over_the_cap_the_rest_waits_and_the_exit_code_says_so() {
    let relay = Relay::new(Way::Plain);
    let settings = format!(
        "[remind]\nmost_per_run = 4\n{}",
        relay.settings("sessions = 3")
    );
    let office = office(&settings, 10);
    for (taken, code) in [(4, 75), (8, 75), (10, 0)] {
        let ran = office.types("remind --send");
        assert_eq!((relay.taken().len(), ran.code), (taken, code), "{ran:?}");
        assert_eq!(ran.stderr.contains("`most_per_run`"), code == 75, "{ran:?}");
    }
}

#[test]
fn what_is_struck_out_while_a_run_sends_is_not_sent_any_more() {
    use std::path::PathBuf;
    use std::sync::{Arc, Mutex};
    let relay = Relay::new(Way::Plain);
    let office = office(&relay.settings(""), 3);
    let root: Arc<Mutex<Option<PathBuf>>> = Arc::new(Mutex::new(Some(office.root().to_owned())));
    relay.answers(move |stage| {
        // Somebody takes it back while the first message is on its way.
        let root = match stage {
            Stage::Rcpt(_) => root.lock().unwrap().take(),
            _ => None,
        };
        if let Some(root) = root {
            let struck = std::process::Command::new(env!("CARGO_BIN_EXE_sideletter"))
                .current_dir(root)
                .args("record struck time_clocks --entry 1 --by upe --today 2014-03-12".split(' '))
                .output()
                .unwrap();
            assert!(struck.status.success(), "{struck:?}");
        }
        Answer::Fine
    });
    office.prints("remind --send");
    assert_eq!(relay.taken().len(), 1);
    let expected = [(1, "sent", 1), (2, "cancelled", 0), (3, "cancelled", 0)];
    assert_eq!(
        states(&office),
        expected.map(|(id, state, tries)| (id, state.to_owned(), tries))
    );
}

#[test]
fn nothing_in_a_name_or_a_title_becomes_a_header_or_a_command() {
    let relay = Relay::new(Way::Plain);
    let bad = "x\\r\\nBcc: all@upe.example\\r\\n.\\r\\nMAIL FROM:<x@upe.example>\\r\\n";
    let settings = relay.settings("").replace("Office <", "Office\\u0009 <");
    let office = office(&settings, 1);
    let parties = office.read("parties.toml").replace("Contact 1", bad);
    let letter = office
        .read("agreements/time_clocks.md")
        .replace("\"Time clocks\"", &format!("\"{bad}\""));
    let office = office
        .file("parties.toml", parties)
        .file("agreements/time_clocks.md", letter);
    let ran = office.types("remind --send");
    assert_eq!(relay.taken().len(), 1, "{ran:?}");
    let lines = relay.lines();
    let words: Vec<&str> = lines
        .iter()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(words, ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"]);
    let mail = String::from_utf8(relay.taken()[0].bytes.clone()).unwrap();
    let (head, _) = mail.split_once("\r\n\r\n").unwrap();
    assert!(
        !head
            .lines()
            .any(|line| line.starts_with("Bcc") || line.starts_with('.')),
        "{head}"
    );
    // An address that would be more than one is a fault of the file, and nobody is written to.
    let parties = office.read("parties.toml").replace(
        "c1@dha.example",
        "c1@dha.example>\\r\\nRCPT TO:<x@upe.example",
    );
    let ran = office.file("parties.toml", parties).types("check");
    assert!(ran.stdout.contains("malformed-address"), "{ran:?}");
}
