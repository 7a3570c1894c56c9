//! Whatever the relay answers, whenever a run is killed and whatever happens between: no message is lost, and none comes twice
//! without a mark.

use super::killed::Dying;
use super::relay::{Answer, Relay, Stage, Way};
use super::{Place, day, meeting, schedule};
use crate::clock::Clock;
use crate::office::{OnUnknown, Security, Smtp, Transport};
use crate::reminder::fixture::hold;
use crate::store::outbox::MessageState;
use chrono::TimeDelta;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

fn smtp(port: u16) -> Smtp {
    Smtp {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::Plain,
        authorities: None,
        login: None,
        sessions: 2,
        per_minute: 0,
        timeout: 5,
    }
}

/// What a relay may do to a message; most of the time it works.
fn answers() -> impl Strategy<Value = Vec<(u8, u8)>> {
    prop::collection::vec((0_u8..12, 0_u8..3), 1..12)
}

fn answer(stage: &Stage, (what, at): (u8, u8)) -> Answer {
    let here = match stage {
        Stage::Mail => at == 0,
        Stage::Rcpt(_) => at == 1,
        Stage::Message(_) => at == 2,
        _ => false,
    };
    match what {
        _ if !here => Answer::Fine,
        0 => Answer::Say("451 4.7.1 later"),
        1 => Answer::Say("550 5.7.1 never"),
        2 | 3 => Answer::HangUp,
        4 => Answer::SayAndHangUp("421 4.3.2 closing"),
        _ => Answer::Fine,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn each_key_ends_as_sent_or_visibly_not(
        runs in prop::collection::vec((0_i64..2_000, prop_oneof![0_usize..12, Just(usize::MAX)], 0_u8..8), 1..8),
        script in answers(),
        hold_what_is_in_doubt: bool,
    ) {
        let relay = Relay::new(Way::Plain);
        let nth = AtomicUsize::new(0);
        relay.answers(move |stage| {
            let nth = match stage {
                Stage::Mail => nth.fetch_add(1, Ordering::Relaxed),
                _ => nth.load(Ordering::Relaxed).saturating_sub(1),
            };
            script.get(nth % script.len()).map_or(Answer::Fine, |what| answer(stage, *what))
        });
        let mut place = Place::new();
        place.office.settings.mail.transport = Transport::Smtp(smtp(relay.port()));
        if hold_what_is_in_doubt {
            place.office.settings.mail.on_unknown = OnUnknown::Hold;
        }
        let due = day("2014-03-30");
        let mut now = Clock::on(day("2014-03-01"), place.office.settings.zone).now();
        // Then the relay works, and time goes on until there is nothing more to do.
        let good = (0..6).map(|_| (600_i64, usize::MAX, 9_u8));
        let all = runs.len();
        for (run, (minutes, steps_left, by_hand)) in runs.into_iter().chain(good).enumerate() {
            if run == all {
                relay.answers(|_| Answer::Fine);
            }
            now += TimeDelta::minutes(minutes);
            let clock = Clock::at(now, place.office.settings.zone);
            let owed = schedule(vec![meeting(due, clock.today()), hold(due, clock.today())]);
            let mut store = Dying { store: place.store(), steps_left };
            let _killed = place.run_with(&mut store, &owed, &clock);
            if by_hand < 2 {
                for message in place.store().pending(&[MessageState::Deferred, MessageState::Queued], 0, 9).unwrap() {
                    let to = if by_hand == 0 { MessageState::Held } else { MessageState::Queued };
                    prop_assert!(place.store().shift(&[(message.id, message.state)], to, None, now).unwrap());
                }
            }
        }
        let mut taken: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
        for message in relay.taken() {
            let text = String::from_utf8(message.bytes.clone()).unwrap();
            let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap();
            taken.entry(id.to_owned()).or_default().push(message.bytes);
        }
        let messages = place.store().messages(None).unwrap();
        prop_assert!(!messages.is_empty());
        for message in messages {
            let copies = taken.remove(&message.message_id).unwrap_or_default();
            prop_assert!(copies.iter().all(|copy| *copy == message.bytes));
            let in_doubt = usize::try_from(message.unanswered).unwrap();
            match message.state {
                MessageState::Sent => {
                    prop_assert!(!copies.is_empty(), "lost: {:?}", message.detail);
                    prop_assert!(copies.len() <= 1 + in_doubt, "not marked: {:?}", message.detail);
                }
                MessageState::Unknown => {
                    prop_assert!(message.next_at.is_none(), "still waits");
                    prop_assert!(copies.len() <= in_doubt);
                }
                MessageState::Rejected
                | MessageState::Cancelled
                | MessageState::Held
                | MessageState::GaveUp => {
                    prop_assert!(message.detail.is_some() || message.state == MessageState::Held);
                    prop_assert!(copies.len() <= in_doubt, "{:?}: {:?}", message.state, message.detail);
                }
                MessageState::Queued | MessageState::Sending | MessageState::Deferred => {
                    prop_assert!(false, "left {:?}", message.state);
                }
            }
        }
        prop_assert!(taken.is_empty(), "sent and not kept");
    }
}
