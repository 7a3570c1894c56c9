//! What is tried again, when, and for how long.

use crate::relay::{Answer, Relay, Stage, Way};
use crate::smtp::{at, office, states};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

/// An instant so many minutes after 09:00 of 12 March 2014.
fn after(minutes: i64) -> String {
    let nine = chrono::DateTime::parse_from_rfc3339("2014-03-12T09:00:00Z").unwrap();
    (nine + chrono::TimeDelta::minutes(minutes)).to_rfc3339()
}

fn message_ids(relay: &Relay) -> Vec<String> {
    relay
        .taken()
        .iter()
        .map(|taken| {
            let mail = String::from_utf8_lossy(&taken.bytes).into_owned();
            let id = mail.lines().find(|line| line.starts_with("Message-ID:"));
            id.unwrap().to_owned()
        })
        .collect()
}

#[test]
fn what_is_put_off_is_tried_again_after_longer_and_longer_and_given_up_after_three_days() {
    let relay = Relay::new(Way::Plain);
    relay.answers(|stage| match stage {
        Stage::Rcpt(_) => Answer::Say("451 4.7.1 later"),
        _ => Answer::Fine,
    });
    let office = office(&relay.settings(""), 1);
    let rcpts = || {
        relay
            .lines()
            .iter()
            .filter(|line| line.starts_with("RCPT"))
            .count()
    };
    let mut tried_at = Vec::new();
    let mut minutes = 0;
    while minutes < 4 * 24 * 60 {
        let before = rcpts();
        let ran = at(&office, &after(minutes), "remind --send");
        assert_eq!(rcpts(), before + 1, "one try in one run: {ran:?}");
        tried_at.push(minutes);
        let message = &office.json("outbox")[0];
        if message["state"] == "gave_up" {
            assert_eq!(ran.code, 0, "{ran:?}");
            assert!(ran.stderr.contains("1 message given up"), "{ran:?}");
            break;
        }
        assert_eq!(ran.code, 75, "{ran:?}");
        let next = chrono::DateTime::parse_from_rfc3339(message["next_at"].as_str().unwrap());
        let start = chrono::DateTime::parse_from_rfc3339(&after(0)).unwrap();
        let next = (next.unwrap() - start).num_minutes();
        // Before its time nothing is tried.
        at(&office, &after(next - 1), "remind --send");
        minutes = next + 1;
    }
    let waits: Vec<i64> = tried_at.windows(2).map(|pair| pair[1] - pair[0]).collect();
    for (wait, about) in waits.iter().zip([5, 15, 60, 240, 480, 480]) {
        assert!(
            *wait >= about * 4 / 5 && *wait <= about * 6 / 5 + 5,
            "{waits:?}"
        );
    }
    let last = *tried_at.last().unwrap();
    assert!(
        (3 * 24 * 60..3 * 24 * 60 + 600).contains(&last),
        "{tried_at:?}"
    );
    let shown = office.prints("outbox show 1");
    assert!(
        shown.contains("gave_up (given up after 1") && shown.contains("451 4.7.1 later"),
        "{shown}"
    );
    // A person may have it tried again.
    relay.answers(|_| Answer::Fine);
    office.prints("outbox retry 1");
    assert_eq!(at(&office, &after(last + 1), "remind --send").code, 0);
    // It leaves in the words of the day on which it does.
    let states = states(&office);
    assert_eq!(states[0].1, "cancelled");
    let last = states.last().unwrap();
    assert_eq!((last.0 > 1, last.1.as_str()), (true, "sent"), "{states:?}");
}

#[test]
fn a_message_without_an_answer_is_sent_once_more_with_the_same_bytes_and_marked() {
    let relay = Relay::new(Way::Plain);
    relay.answers(|stage| match stage {
        Stage::Message(_) => Answer::HangUp,
        _ => Answer::Fine,
    });
    let office = office(&relay.settings(""), 1);
    assert_eq!(at(&office, &after(0), "remind --send").code, 75);
    // Not within the hour.
    assert_eq!(at(&office, &after(59), "remind --send").code, 75);
    assert_eq!(relay.taken().len(), 1);
    relay.answers(|_| Answer::Fine);
    let ran = at(&office, &after(75), "remind --send");
    assert_eq!(ran.code, 0, "{ran:?}");
    let taken = relay.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].bytes, taken[1].bytes);
    let ids = message_ids(&relay);
    assert_eq!(ids[0], ids[1]);
    assert!(office.prints("outbox").contains("sent, perhaps twice"));
    let shown = office.prints("outbox show 1");
    assert!(
        shown.contains("Tried: 2, of which 1 without an answer"),
        "{shown}"
    );
    assert!(
        shown.contains("no answer came to an earlier try"),
        "{shown}"
    );
}

#[test]
fn a_second_time_without_an_answer_is_left_to_a_person() {
    let relay = Relay::new(Way::Plain);
    relay.answers(|stage| match stage {
        Stage::Message(_) => Answer::HangUp,
        _ => Answer::Fine,
    });
    let sent = office(&relay.settings(""), 1);
    at(&sent, &after(0), "remind --send");
    assert_eq!(at(&sent, &after(75), "remind --send").code, 75);
    // Of this day or of another: it is no longer sent by itself, and no longer left for the next run.
    assert_eq!(at(&sent, &after(1000), "remind --send").code, 0);
    assert_eq!(states(&sent), [(1, "unknown".to_owned(), 2)]);
    assert_eq!(relay.taken().len(), 2);

    // An office that would rather not send anything twice.
    let held = office(
        &relay
            .settings("")
            .replace("[mail]", "[mail]\non_unknown = \"hold\""),
        1,
    );
    at(&held, &after(0), "remind --send");
    assert_eq!(at(&held, &after(1000), "remind --send").code, 0);
    assert_eq!(states(&held), [(1, "unknown".to_owned(), 1)]);
    // A person decides: it never arrived.
    relay.answers(|_| Answer::Fine);
    held.prints("outbox retry 1");
    assert_eq!(at(&held, &after(1001), "remind --send").code, 0);
    assert!(held.prints("outbox").contains("sent, perhaps twice"));
}

#[test]
fn a_clock_that_was_set_back_keeps_nothing_waiting() {
    let relay = Relay::new(Way::Plain);
    relay.answers(|stage| match stage {
        Stage::Rcpt(_) => Answer::Say("451 4.7.1 later"),
        _ => Answer::Fine,
    });
    let office = office(&relay.settings(""), 1);
    at(&office, "2016-01-01T09:00:00Z", "remind --send");
    relay.answers(|_| Answer::Fine);
    at(&office, &after(0), "remind --send");
    // What was written for a day that has not come is written anew.
    let states: Vec<String> = states(&office).into_iter().map(|(_, s, _)| s).collect();
    assert_eq!(states, ["cancelled", "sent"]);
}

#[test]
fn each_state_allows_what_it_should() {
    let relay = Relay::new(Way::Plain);
    let nth = AtomicUsize::new(0);
    relay.answers(move |stage| match stage {
        Stage::Rcpt(_) => match nth.fetch_add(1, Ordering::Relaxed) {
            0 => Answer::Say("451 4.7.1 later"),
            1 => Answer::Say("550 5.1.1 unknown"),
            _ => Answer::Fine,
        },
        _ => Answer::Fine,
    });
    let office = office(&relay.settings(""), 3);
    office.types("remind --send");
    let mut said = String::new();
    for line in [
        "outbox release 1",
        "outbox hold 1",
        "outbox retry 1",
        "outbox release 1",
        "outbox cancel 1",
        "outbox cancel 1",
        "outbox hold 2",
        "outbox retry 2",
        "outbox retry 3",
        "outbox cancel 3",
        "outbox cancel 4",
        "outbox release 1 2",
    ] {
        let ran = office.types(line);
        let _ = write!(
            said,
            "$ {line}\n? {}\n{}{}",
            ran.code, ran.stdout, ran.stderr
        );
    }
    insta::assert_snapshot!("each_state_allows_what_it_should", said);
}
