//! Senders that are killed at any instant, four at once: nothing is lost, and what comes twice has the same bytes and a mark.
//!
//! 25 kills for each kind of store; `SIDELETTER_TEST_KILLS=200` makes it as many as that.

use crate::cluster;
use crate::office::Office;
use crate::relay::{Answer, Relay, Stage, Way};
use crate::smtp::office;
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::{Child, Stdio};
use std::time::Duration;

const SENDERS: usize = 4;
const SESSIONS: usize = 2;

#[expect(
    clippy::disallowed_methods,
    reason = "how often to kill is no matter of an office"
)]
fn kills() -> usize {
    std::env::var("SIDELETTER_TEST_KILLS").map_or(25, |kills| kills.parse().unwrap())
}

/// An instant so many times two hours after 09:00 of 12 March 2014: by then every claim of the last round has ended, and what
/// is in doubt may be sent once more.
fn instant(round: usize) -> String {
    let nine = chrono::DateTime::parse_from_rfc3339("2014-03-12T09:00:00Z").unwrap();
    (nine + chrono::TimeDelta::hours(2 * i64::try_from(round).unwrap())).to_rfc3339()
}

fn send(office: &Office, round: usize) -> Child {
    std::process::Command::new(env!("CARGO_BIN_EXE_sideletter"))
        .current_dir(office.root())
        .args(["remind", "--send", "--now", &instant(round)])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Hosts are offices that have one store; the first of them has decided everything.
#[expect(clippy::print_stdout, reason = "the longer run is for its figures")]
fn kill_senders(hosts: &[Office], relay: &Relay, messages: usize) {
    relay.answers(|stage| {
        if let Stage::Message(_) = stage {
            std::thread::sleep(Duration::from_millis(4));
        }
        Answer::Fine
    });
    let rows = |state: &str| {
        let all = hosts[0].json("outbox");
        all.as_array()
            .unwrap()
            .iter()
            .filter(|m| m["state"] == state)
            .count()
    };
    let (mut killed, mut round, mut seed) = (0, 0, 4711_u64);
    while killed < kills() {
        let mut senders: Vec<Child> = (0..SENDERS)
            .map(|n| send(&hosts[n % hosts.len()], round))
            .collect();
        for sender in &mut senders {
            // A generator of random numbers that gives the same to everybody.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let random = usize::try_from(seed >> 33).unwrap();
            // After the relay has taken a few more, and some milliseconds; or before it takes any.
            let until = relay.taken().len() + random % 5;
            for _ in 0..2_000 {
                if relay.taken().len() >= until || sender.try_wait().unwrap().is_some() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_micros(seed % 7_000));
            // It may have ended by itself.
            let _ = sender.kill();
            sender.wait().unwrap();
            killed += 1;
        }
        round += 1;
        assert!(
            rows("sending") <= SENDERS * SESSIONS,
            "in doubt: {}",
            rows("sending")
        );
    }
    // Now they are left alone, until there is nothing more to do.
    for _ in 0..6 {
        let mut senders: Vec<Child> = (0..SENDERS)
            .map(|n| send(&hosts[n % hosts.len()], round))
            .collect();
        for sender in &mut senders {
            sender.wait().unwrap();
        }
        round += 1;
    }
    let mut taken: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for message in relay.taken() {
        taken.entry(message.to).or_default().push(message.bytes);
    }
    let all = hosts[0].prints("outbox");
    let kept = hosts[0].json("outbox");
    let kept = kept.as_array().unwrap();
    // In a longer run days pass: what was never tried on one is written anew for the next.
    let is_of_another_day = |row: &Value| row["state"] == "cancelled" && row["tries"] == 0;
    let of_other_days = kept.iter().filter(|row| is_of_another_day(row)).count();
    assert_eq!(all.lines().count(), messages + of_other_days);
    let (mut twice, mut left_to_a_person, mut never_came) = (0, 0, 0);
    for (line, row) in all.lines().zip(kept) {
        if is_of_another_day(row) {
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let to = row["to"].as_str().unwrap();
        assert!(words.contains(&to), "{line} is not {row}");
        let copies = taken.remove(to).unwrap_or_default();
        assert!(copies.windows(2).all(|pair| pair[0] == pair[1]), "{line}");
        let count = copies.len();
        match words[1] {
            // Two runs were killed that had it in hand: nobody knows whether either had sent it, and it says so. Only such a
            // one may not have come at all: a single kill never keeps a message from its second try.
            "unknown" => {
                assert!(count <= 2, "{count} times: {line}");
                assert_eq!(
                    (&row["tries"], &row["next_at"]),
                    (&2.into(), &Value::Null),
                    "{line}"
                );
                let shown = hosts[0].prints(&format!("outbox show {}", words[0]));
                assert!(
                    shown.contains("was killed before it kept the answer"),
                    "{shown}"
                );
                left_to_a_person += 1;
                never_came += usize::from(count == 0);
            }
            _ if line.contains("perhaps twice") => {
                assert!([1, 2].contains(&count), "{count} times: {line}");
            }
            "sent" => assert_eq!(count, 1, "{line}"),
            _ => panic!("{line}"),
        }
        twice += count.saturating_sub(1);
    }
    assert!(taken.is_empty(), "sent and not kept");
    println!(
        "{killed} kills, {messages} messages: {twice} came twice, all of them marked; {left_to_a_person} left to a person, in doubt after two kills, of which {never_came} had not come"
    );
}

fn relay_and_settings() -> (Relay, String) {
    let relay = Relay::new(Way::Plain);
    let settings = format!(
        "[remind]\nmost_per_run = 10000\n{}",
        relay.settings(&format!("sessions = {SESSIONS}\ntimeout = 1"))
    );
    (relay, settings)
}

#[test]
fn senders_that_are_killed_lose_nothing_and_double_nothing_without_a_mark() {
    // More than are decided in one transaction, were they not all about one agreement.
    let messages = kills() * 8 + 60;
    let (relay, settings) = relay_and_settings();
    kill_senders(&[office(&settings, messages)], &relay, messages);
}

#[test]
fn senders_of_several_hosts_that_are_killed_lose_nothing_and_double_nothing_without_a_mark() {
    // More than are decided in one transaction, were they not all about one agreement.
    let messages = kills() * 8 + 60;
    let (relay, settings) = relay_and_settings();
    let url = cluster::shared().url(&cluster::shared().database());
    let settings = format!("{settings}[store]\nurl = \"{url}\"\n");
    let first = office(&settings, messages);
    let hosts: Vec<Office> = std::iter::once(first)
        .chain((1..SENDERS).map(|_| crate::smtp::files(&settings, messages)))
        .collect();
    kill_senders(&hosts, &relay, messages);
}

/// On a server each message is claimed: nobody waits for another's run, even where they share the office's folder.
#[test]
fn senders_of_one_server_do_not_wait_for_one_another() {
    let (relay, settings) = relay_and_settings();
    let url = cluster::shared().url(&cluster::shared().database());
    let office = office(&format!("{settings}[store]\nurl = \"{url}\"\n"), 60);
    let turn = std::fs::File::open(office.root()).unwrap();
    turn.try_lock().unwrap();
    let mut senders: Vec<Child> = (0..SENDERS).map(|_| send(&office, 0)).collect();
    for sender in &mut senders {
        let code = sender.wait().unwrap().code();
        assert!([Some(0), Some(75)].contains(&code), "{code:?}");
    }
    let mut to: Vec<String> = relay.taken().into_iter().map(|taken| taken.to).collect();
    to.sort();
    let all = to.len();
    to.dedup();
    assert_eq!((to.len(), all), (60, 60));
}

#[test]
fn four_senders_at_once_send_each_message_once() {
    let (relay, settings) = relay_and_settings();
    let url = cluster::shared().url(&cluster::shared().database());
    let settings = format!("{settings}[store]\nurl = \"{url}\"\n");
    let hosts: Vec<Office> = std::iter::once(office(&settings, 60))
        .chain((1..SENDERS).map(|_| crate::smtp::files(&settings, 60)))
        .collect();
    let mut senders: Vec<Child> = hosts.iter().map(|host| send(host, 0)).collect();
    for sender in &mut senders {
        let code = sender.wait().unwrap().code();
        // What another has in hand is left, and said.
        assert!([Some(0), Some(75)].contains(&code), "{code:?}");
    }
    let mut to: Vec<String> = relay.taken().into_iter().map(|taken| taken.to).collect();
    let all = to.len();
    to.sort();
    to.dedup();
    assert_eq!((to.len(), all), (60, 60));
    assert_eq!(hosts[0].types("remind --send").code, 0);
}
