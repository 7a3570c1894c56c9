//! Relays that answer what they should not, too slowly or too much, and somebody on the way who answers for them.

use crate::office::Outcome;
use crate::relay::{Answer, Relay, Stage, Way};
use crate::smtp::{office, states};

/// What came of one run of three messages with a relay that answers one stage so.
fn run(way: Way, stage: Stage, answer: Answer) -> (Outcome, usize, Vec<String>) {
    let relay = Relay::new(way);
    relay.answers(move |at| {
        if *at == stage {
            answer.clone()
        } else {
            Answer::Fine
        }
    });
    let office = office(&relay.settings("timeout = 1"), 3);
    let ran = office.types("remind --send");
    let states = states(&office).into_iter().map(|(_, state, _)| state);
    (ran, relay.taken().len(), states.collect())
}

#[test]
fn what_comes_in_the_clear_after_starttls_is_no_answer() {
    let forged = "220 go\r\n250-x\r\n250 AUTH PLAIN\r\n250 a\r\n250 b\r\n354 c\r\n250 2.0.0 queued by nobody";
    let (ran, taken, states) = run(Way::Starttls, Stage::Starttls, Answer::Say(forged));
    assert_eq!((ran.code, taken), (3, 0), "{ran:?}");
    assert!(
        ran.stderr
            .contains("cannot be made safe: more came in the clear after the answer to STARTTLS"),
        "{ran:?}"
    );
    assert_eq!(states, ["queued"; 3]);
}

#[test]
fn an_answer_in_small_pieces_has_no_more_time_than_one_in_one() {
    for (stage, line) in [
        (Stage::Connected, "220-wait"),
        (Stage::Ehlo, "250-wait"),
        (Stage::Mail, "250-wait"),
    ] {
        let (ran, taken, states) = run(Way::Plain, stage, Answer::Drip(line));
        assert_eq!((ran.code, taken), (75, 0), "{ran:?}");
        assert!(ran.stderr.contains("no answer in time"), "{ran:?}");
        assert_eq!(states, ["queued"; 3]);
    }
}

#[test]
fn an_answer_without_end_is_read_no_further() {
    let long: &'static str = Box::leak("250-x\r\n".repeat(200_000).into_boxed_str());
    let (ran, taken, states) = run(Way::Plain, Stage::Mail, Answer::Say(long));
    assert_eq!((ran.code, taken), (75, 0), "{ran:?}");
    assert!(
        ran.stderr.contains("its answer is longer than 65536 bytes"),
        "{ran:?}"
    );
    assert_eq!(states, ["queued"; 3]);
}

#[test]
fn an_answer_that_nobody_asked_for_answers_nothing() {
    let (ran, taken, _) = run(
        Way::Plain,
        Stage::Mail,
        Answer::Say("250 ok\r\n250 2.1.5 ok"),
    );
    assert_eq!((ran.code, taken), (75, 0), "{ran:?}");
    assert!(
        ran.stdout
            .contains("the relay said something that it was not asked"),
        "{ran:?}"
    );
}

#[test]
fn an_answer_in_another_encoding_is_an_answer() {
    let relay = Relay::new(Way::Plain);
    relay.answers(|at| match at {
        Stage::Rcpt(to) if to == "c2@dha.example" => {
            Answer::SayBytes(b"550 5.1.1 Empf\xe4nger unbekannt\r\n")
        }
        Stage::Message(_) => Answer::SayBytes(b"250 2.0.0 queued caf\xe9\r\n"),
        _ => Answer::Fine,
    });
    let office = office(&relay.settings("timeout = 1"), 3);
    let ran = office.types("remind --send");
    assert_eq!(ran.code, 0, "{ran:?}");
    let states: Vec<String> = states(&office)
        .into_iter()
        .map(|(_, state, _)| state)
        .collect();
    assert_eq!(states, ["sent", "rejected", "sent"]);
    let shown = office.prints("outbox show 2");
    assert!(shown.contains("Empf\u{fffd}nger unbekannt"), "{shown}");
}

#[test]
fn a_relay_that_refuses_everybody_keeps_no_more_of_the_mail_than_three_messages() {
    for (answer, rejected) in [
        ("554 5.7.1 Relay access denied", 3),
        ("550 5.7.54 Unable to relay", 3),
        ("554 no", 3),
        ("530 5.7.0 Authentication required", 0),
        // Each of them may really be gone.
        ("550 5.1.1 no such user", 6),
    ] {
        let relay = Relay::new(Way::Plain);
        relay.answers(move |at| match at {
            Stage::Rcpt(_) => Answer::Say(answer),
            _ => Answer::Fine,
        });
        let office = office(&relay.settings(""), 6);
        let ran = office.types("remind --send");
        let states = states(&office);
        let count = |state: &str| states.iter().filter(|(_, s, _)| s == state).count();
        assert_eq!(count("rejected"), rejected, "{answer}: {ran:?}");
        assert_eq!(count("queued"), 6 - rejected, "{answer}: {ran:?}");
        assert_eq!(ran.code, if rejected == 6 { 0 } else { 3 }, "{ran:?}");
    }
}

#[test]
fn a_relay_that_refuses_every_message_before_it_is_sent_gets_no_more_of_them() {
    let (ran, taken, states) = {
        let relay = Relay::new(Way::Plain);
        relay.answers(|at| match at {
            Stage::Data => Answer::Say("554 5.7.1 policy"),
            _ => Answer::Fine,
        });
        let office = office(&relay.settings(""), 6);
        let ran = office.types("remind --send");
        let states: Vec<String> = states(&office)
            .into_iter()
            .map(|(_, state, _)| state)
            .collect();
        (ran, relay.taken().len(), states)
    };
    assert_eq!((ran.code, taken), (3, 0), "{ran:?}");
    assert!(
        ran.stderr.contains("refused 3 messages in a row"),
        "{ran:?}"
    );
    assert_eq!(states.iter().filter(|s| *s == "rejected").count(), 3);
}
