//! What becomes of a message by what came of handing it over. Pure: the instant and the message's number decide.

use crate::office::OnUnknown;
use crate::store::outbox::{MessageRow, MessageState};
use crate::store::refusal;
use crate::transport::Fate;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

/// How long to wait after the first try, the second ...; after the last of them, always as long. A relay that greets with a
/// delay wants the same message again after 5 to 15 minutes.
const WAITS: [TimeDelta; 5] = [
    TimeDelta::minutes(5),
    TimeDelta::minutes(15),
    TimeDelta::hours(1),
    TimeDelta::hours(4),
    TimeDelta::hours(8),
];

/// How long a message is tried.
const PATIENCE: TimeDelta = TimeDelta::days(3);

/// How long to wait where no answer came: the message may be on its way.
const DOUBT: TimeDelta = TimeDelta::hours(1);

/// Puts into a row, which is as it was before it was taken in hand, what came of it.
pub(super) fn settle(row: &mut MessageRow, fate: Fate, at: DateTime<Utc>, on_unknown: OnUnknown) {
    if matches!(fate, Fate::NotTried(_)) {
        return;
    }
    row.tries = row.tries.saturating_add(1);
    let first = *row.first_tried_at.get_or_insert(at);
    row.next_at = None;
    let (state, detail) = match fate {
        Fate::NotTried(_) => return,
        Fate::Sent(said) => (MessageState::Sent, said),
        Fate::Rejected { why, as_a_message } => (
            MessageState::Rejected,
            Some(refusal::in_words(&why, as_a_message)),
        ),
        Fate::Deferred(why) if at - first >= PATIENCE => (
            MessageState::GaveUp,
            Some(format!(
                "given up after {} tries in {} days; the last time: {why}",
                row.tries,
                (at - first).num_days()
            )),
        ),
        Fate::Deferred(why) => {
            row.next_at = at.checked_add_signed(wait(row.id, row.tries));
            (MessageState::Deferred, Some(why))
        }
        Fate::Unknown(why) => {
            row.unanswered = row.unanswered.saturating_add(1);
            let once_more = row.unanswered == 1 && on_unknown == OnUnknown::ResendOnce;
            row.next_at = once_more
                .then(|| at.checked_add_signed(DOUBT + spread(DOUBT, row.id, row.tries).abs()))
                .flatten();
            (MessageState::Unknown, Some(why))
        }
    };
    row.state = state;
    row.detail = match (detail, row.unanswered) {
        (detail, 0) => detail,
        (detail, _) if state == MessageState::Unknown => detail,
        // The mark of what may have come twice.
        (detail, _) => Some(format!(
            "no answer came to an earlier try, so it may have arrived before{}{}",
            if detail.is_some() {
                "; this time: "
            } else {
                ""
            },
            detail.unwrap_or_default()
        )),
    };
}

/// What came of a message that a run had in hand which was killed.
pub(super) fn of_a_killed_run() -> Fate {
    Fate::Unknown("the run that sent it was killed before it kept the answer".to_owned())
}

/// How long to wait after so many tries.
fn wait(id: i64, tries: u32) -> TimeDelta {
    let nth = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX);
    let [.., last] = WAITS;
    let wait = WAITS.get(nth).copied().unwrap_or(last);
    wait + spread(wait, id, tries)
}

/// Up to a fifth more or less, so that messages that failed together do not come together again: by the message's number,
/// so that the same run has the same end.
fn spread(wait: TimeDelta, id: i64, tries: u32) -> TimeDelta {
    let digest = Sha256::digest(format!("sl-wait-1 {id} {tries}"));
    let number = digest
        .iter()
        .take(2)
        .fold(0_i64, |n, &byte| n * 256 + i64::from(byte));
    // Thousandths of the wait, from -200 to 200.
    TimeDelta::milliseconds(wait.num_milliseconds() / 1_000 * (number % 401 - 200))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_waits_grow_to_eight_hours() {
        let minutes: Vec<i64> = (1..=7).map(|tries| wait(7, tries).num_minutes()).collect();
        for (minutes, about) in minutes.iter().zip([5, 15, 60, 240, 480, 480, 480]) {
            assert!((minutes * 10 - about * 10).abs() <= about * 2, "{minutes}");
        }
        assert_ne!(wait(7, 3), wait(8, 3));
        assert_eq!(wait(7, 3), wait(7, 3));
    }

    proptest! {
        #[test]
        fn no_wait_differs_by_more_than_a_fifth(id: i64, tries in 1_u32..99) {
            let nth = usize::try_from(tries).unwrap().min(WAITS.len()) - 1;
            let middle = WAITS[nth];
            prop_assert!((wait(id, tries) - middle).abs() <= middle / 5);
        }
    }
}
