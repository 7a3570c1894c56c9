//! Many days that move at once because a file was changed: whoever changed it sees them before anybody is told.

use super::{Key, Matter, Named, Part, PlannedMessage, Release, Stage, fallen_away, renewals};
use crate::ids::AgreementId;
use crate::schedule::{Occurrence, Schedule, State};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// So many obligations may move by a change of a file in one run, and those who were told are told of it at once.
const MOST: usize = 10;

type Moved = BTreeSet<(AgreementId, String)>;

/// Whether so many move that it matters by what.
pub fn are_many(messages: &[PlannedMessage<'_>]) -> bool {
    moved(messages, |_| true).len() > MOST
}

/// Holds what is told of the obligations that move by a change of a file, where they are many; the rest of each message
/// leaves by itself. `before`: the same files under the record that the last run knew; what stands there on the day that was
/// told has moved by the record, and everything else by a file. They are several, where that is in doubt.
pub fn hold<'a>(
    messages: Vec<PlannedMessage<'a>>,
    before: &[Schedule],
    today: NaiveDate,
) -> Vec<PlannedMessage<'a>> {
    let is_by_a_file = |part: &Part<'_>| {
        let moved_by_the_record = |before: &Schedule| match part.matter {
            Matter::Occurrence(now) => {
                let mut same = before
                    .of_obligation(&now.agreement, &now.obligation)
                    .filter(|o| (o.occurrence, &o.for_words) == (now.occurrence, &now.for_words));
                same.next()
                    .is_none_or(|before| spoken_of(before, &part.key) == part.before)
            }
            Matter::FallenAway(of, _) => {
                let of_it = before.of_obligation(&part.key.agreement, &of.id);
                let of_it: Vec<_> = of_it.collect();
                !fallen_away::has_fallen_away(of, &of_it, &part.key.as_told(), today)
            }
            Matter::Event(_) | Matter::Entry(_) | Matter::Undelivered(_) => true,
        };
        !before.iter().any(moved_by_the_record)
    };
    let moved = moved(&messages, is_by_a_file);
    if moved.len() <= MOST {
        return messages;
    }
    let mut held_apart = Vec::with_capacity(messages.len());
    for message in messages {
        let is_moved = |part: &Part<'_>| {
            moved.contains(&(part.key.agreement.clone(), part.key.subject.clone()))
                && matches!(part.matter, Matter::Occurrence(_) | Matter::FallenAway(..))
        };
        let [moved, rest] = message.split(is_moved);
        if let Some(mut moved) = moved {
            if moved.recipient.release == Release::AtOnce {
                moved.recipient.release = Release::ManyMoved;
            }
            held_apart.push(moved);
        }
        held_apart.extend(rest);
    }
    held_apart
}

/// The obligations of which somebody is told that they have moved.
fn moved(messages: &[PlannedMessage<'_>], is_so: impl Fn(&Part<'_>) -> bool) -> Moved {
    messages
        .iter()
        .flat_map(|message| &message.parts)
        .filter(|part| part.key.stage == Stage::Moved && is_so(part))
        .map(|part| (part.key.agreement.clone(), part.key.subject.clone()))
        .collect()
}

/// The day that is spoken of: of what a later agreement has taken over, that from which it has.
fn spoken_of(occurrence: &Occurrence, key: &Key) -> Option<NaiveDate> {
    if key.named() == Some(Named::Renewal) {
        return renewals::open(occurrence).and_then(renewals::spoken_of);
    }
    match occurrence.amended() {
        Some(by) if occurrence.state == State::Superseded => by.from,
        _ => occurrence.due.or(occurrence.opens),
    }
}
