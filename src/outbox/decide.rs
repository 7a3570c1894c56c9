//! Deciding: from planned messages to rows with their exact bytes.

use super::queue::Queue;
use super::threads::{OVERVIEWS, Threads, thread};
use super::{BY_HAND, Day, Sent, SentMessage, WAITING, Why, give_up, is_to_leave, was_released};
use crate::error::Result;
use crate::ics::{self, Audience, Changes, DayEvent};
use crate::ids::PartyId;
use crate::mail::{self, Envelope, List, Templates};
use crate::record::Asks;
use crate::reminder::digest::PlannedDigest;
use crate::reminder::letter;
use crate::reminder::{Key, Part, Plan, PlannedMessage, Release, Told};
use crate::schedule::Occurrence;
use crate::store::Store;
use crate::store::outbox::{DecidedMessage, MessageState, PartRow, Pending, released};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// A planned message with its bytes, before it is decided.
#[derive(Clone, Debug)]
pub struct Draft {
    /// As it will be kept.
    pub message: DecidedMessage,
    /// Why each of its parts is sent, in the order of the parts.
    pub reasons: Vec<String>,
}

/// How many messages are kept together; more only where they are of one agreement. Of what is recorded somebody is told once: a
/// run that was killed between two readers of one entry would leave the second untold for ever.
const AT_ONCE: usize = 200;

/// Writes some messages and hands on each, one after another, so that the bytes of one alone are in memory; from the first on
/// each time that it is asked. It fails where one of them cannot be written, or handed on.
pub type Writing<'w> = &'w dyn Fn(&mut dyn FnMut(Draft) -> Result<()>) -> Result<()>;

/// Writes the bytes of everything that is planned, for those who `keep` them, some together. A contact without a sound address
/// is named in `no_address` and keeps nobody else waiting.
///
/// # Errors
/// When a template cannot be used, or the office's own address is none; and those of `keep`.
pub fn drafts(
    day: &Day<'_>,
    (told, threads): (&Told, &Threads),
    plan: &Plan<'_>,
    no_address: &mut Vec<PartyId>,
    mut keep: impl FnMut(Writing<'_>) -> Result<()>,
) -> Result<()> {
    if plan.is_empty() {
        return Ok(());
    }
    let templates = Templates::load(&day.office.root)?;
    let changes = Changes::of(day.record);
    let reminders = plan.messages.iter().map(|message| {
        let recipient = &message.recipient;
        (recipient.contact.email.as_str(), &recipient.party.id)
    });
    let overviews = plan.digests.iter().map(|of| (of.email.as_str(), &of.party));
    for (email, party) in reminders.chain(overviews) {
        if !mail::is_address(email) && !no_address.contains(party) {
            no_address.push(party.clone());
        }
    }
    for together in together(&plan.messages) {
        keep(&|hand_on| {
            for message in together {
                if mail::is_address(&message.recipient.contact.email) {
                    hand_on(draft(
                        day,
                        (told, threads),
                        (&templates, &changes),
                        message,
                    )?)?;
                }
            }
            Ok(())
        })?;
    }
    for together in plan.digests.chunks(AT_ONCE) {
        keep(&|hand_on| {
            for planned in together {
                if mail::is_address(&planned.email) {
                    hand_on(overview(day, threads, &templates, planned)?)?;
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Planned messages in lots that are kept together: what is of one agreement is in one.
fn together<'p, 'a>(messages: &'p [PlannedMessage<'a>]) -> Vec<&'p [PlannedMessage<'a>]> {
    let mut lots = Vec::new();
    let (mut rest, mut size) = (messages, 0);
    for of_one in messages.chunk_by(|a, b| a.agreement.id == b.agreement.id) {
        size += of_one.len();
        if size >= AT_ONCE {
            let (lot, after) = rest.split_at_checked(size).unwrap_or((rest, &[]));
            lots.push(lot);
            (rest, size) = (after, 0);
        }
    }
    lots.extend((!rest.is_empty()).then_some(rest));
    lots
}

/// A weekly overview. It is in no thread but its own reader's.
fn overview(
    day: &Day<'_>,
    threads: &Threads,
    templates: &Templates,
    planned: &PlannedDigest<'_>,
) -> Result<Draft> {
    let office = day.office;
    let words = letter::digest::write(planned, day.facts());
    let rendered = templates.render_digest(&words)?;
    let key = planned.key.to_string();
    let written = mail::write(
        &rendered,
        None,
        &Envelope {
            from: &office.settings.mail.from,
            reply_to: office.settings.mail.reply_to.as_deref(),
            name: &planned.name,
            address: &planned.email,
            keys: std::slice::from_ref(&key),
            thread: OVERVIEWS,
            earlier: threads.of(&planned.key.recipient, OVERVIEWS),
            list: Some(List {
                name: "digest",
                leave: letter::digest::leave(planned.language),
            }),
            date: day.clock.now(),
        },
    )?;
    let (state, detail) = held_or_queued(planned.release);
    Ok(Draft {
        reasons: vec![format!("digest: the week of {}", planned.key.day)],
        message: DecidedMessage {
            agreement: None,
            recipient: planned.email.trim().to_owned(),
            party: planned.party.clone(),
            day: day.clock.today(),
            subject: rendered.subject,
            message_id: written.message_id,
            bytes: written.bytes,
            state,
            detail: detail.map(ToOwned::to_owned),
            decided_at: day.clock.now(),
            parts: vec![row(&planned.key, None)],
        },
    })
}

/// Why a message waits that tells of days which a change of a file has moved, many at once.
pub const HELD_AS_MOVED: &str = "more than 10 days moved at once by a change of a file";

/// Why a message waits that is for another party than the keeper.
pub(super) const HELD_FOR_ANOTHER: &str =
    "another party's contact that has not agreed to reminders";

fn held_or_queued(release: Release) -> (MessageState, Option<&'static str>) {
    match release {
        Release::AtOnce => (MessageState::Queued, None),
        Release::Held => (MessageState::Held, Some(HELD_FOR_ANOTHER)),
        Release::ByHand => (MessageState::Queued, Some(BY_HAND)),
        Release::ManyMoved => (MessageState::Held, Some(HELD_AS_MOVED)),
    }
}

fn draft(
    day: &Day<'_>,
    (told, threads): (&Told, &Threads),
    (templates, changes): (&Templates, &Changes),
    message: &PlannedMessage<'_>,
) -> Result<Draft> {
    let office = day.office;
    let letter = letter::write(message, day.facts());
    let rendered = templates.render(&letter)?;
    let language = message.recipient.contact.language;
    let name = &office.settings.name;
    let events = |of: &mut dyn Iterator<Item = &Occurrence>| {
        let audience = Audience::Letter(&message.recipient.party.id);
        ics::events(office, changes, of, audience, language)
    };
    let mut days = events(&mut letter::occurrences(message));
    for (occurrence, obligation) in letter::taken_back(message) {
        let agreement = office.agreement(occurrence.agreement.as_str());
        if agreement.is_some_and(|of| of.owed(occurrence.obligation.as_str()).is_some()) {
            days.extend(
                events(&mut std::iter::once(&occurrence))
                    .into_iter()
                    .map(|day| DayEvent {
                        is_cancelled: true,
                        ..day
                    }),
            );
        } else {
            days.extend(ics::gone(
                office,
                changes,
                &occurrence,
                &obligation.title,
                language,
            ));
        }
    }
    for event in &mut days {
        // A calendar takes the newest: what the record changed, and what a file did.
        let parts = message.parts.iter();
        let about_it = parts.filter(|part| part.key.subject == event.obligation.as_str());
        event.sequence += about_it
            .map(|part| told.moves(&part.key))
            .max()
            .unwrap_or(0);
        event.stamp = day.clock.now();
    }
    let days: Vec<_> = days.iter().map(ics::written).collect();
    let calendar = (!days.is_empty()).then(|| ics::calendar(name, name, &days, language));
    let keys: Vec<Key> = message.parts.iter().map(|p| p.key.clone()).collect();
    let thread = thread(&keys, day.record);
    let keys: Vec<String> = keys.iter().map(Key::to_string).collect();
    let written = mail::write(
        &rendered,
        calendar.as_deref(),
        &Envelope {
            from: &office.settings.mail.from,
            reply_to: office.settings.mail.reply_to.as_deref(),
            name: &message.recipient.contact.name,
            address: &message.recipient.contact.email,
            keys: &keys,
            thread: &thread,
            earlier: threads.of(&message.recipient.address(), &thread),
            list: None,
            date: day.clock.now(),
        },
    )?;
    let (state, detail) = held_or_queued(message.recipient.release);
    Ok(Draft {
        reasons: message.parts.iter().map(|p| p.reason.clone()).collect(),
        message: DecidedMessage {
            agreement: Some(message.agreement.id.clone()),
            recipient: message.recipient.contact.email.trim().to_owned(),
            party: message.recipient.party.id.clone(),
            day: day.clock.today(),
            subject: rendered.subject,
            message_id: written.message_id,
            bytes: written.bytes,
            state,
            detail: detail.map(ToOwned::to_owned),
            decided_at: day.clock.now(),
            parts: message
                .parts
                .iter()
                .map(|part| row(&part.key, part.asks))
                .collect(),
        },
    })
}

/// What a key is about, under its agreement: the obligation or event, which occurrence, and which worksite or case.
pub(super) fn thing(key: &Key, which: &str) -> String {
    let occurrence = key.occurrence.map(|d| d.to_string()).unwrap_or_default();
    format!("{}\u{1f}{occurrence}\u{1f}{which}", key.subject)
}

fn row(key: &Key, asks: Option<Asks>) -> PartRow {
    PartRow {
        key: key.to_string(),
        agreement: key.agreement.clone(),
        obligation: (!key.subject.is_empty()).then(|| key.subject.clone()),
        occurrence: key.occurrence,
        stage: key.stage.to_string(),
        recipient: key.recipient.clone(),
        date: Some(key.day),
        asks,
    }
}

/// Why a message is decided anew of which a plan tells a part.
pub(super) const OVERTAKEN_IN_PART: &str =
    "a later message about a part of it is decided; the rest is decided anew";

/// The messages that wait of which a part, but not all, is told anew at a later stage by a plan, each with the keys of the
/// rest: nobody is to be told of that part twice, and the rest not at all.
pub(super) fn overtaken_in_part(
    store: &dyn Store,
    plan: &Plan<'_>,
) -> Result<Vec<(Pending, Vec<String>)>> {
    let planned = plan.messages.iter().flat_map(|message| &message.parts);
    let later: BTreeSet<_> = planned
        .filter_map(|part| about(&part.key.to_string()))
        .collect();
    let mut found = Vec::new();
    if later.is_empty() {
        return Ok(found);
    }
    let mut waiting = Queue::of(WAITING);
    while let Some(message) = waiting.next(store)? {
        let is_overtaken = |key: &&String| about(key).is_some_and(|about| later.contains(&about));
        let (overtaken, rest): (Vec<_>, Vec<_>) = message.keys.iter().partition(is_overtaken);
        // Days that have moved, many at once, are not let go a few at a time: what is told anew says what it was before.
        let is_a_persons_wish = matches!(message.detail.as_deref(), Some(BY_HAND | HELD_AS_MOVED));
        if !overtaken.is_empty() && !rest.is_empty() && !is_a_persons_wish {
            let rest = rest.into_iter().cloned().collect();
            found.push((message, rest));
        }
    }
    Ok(found)
}

/// What a run has decided: the keys of its plan.
pub(super) struct JustDecided {
    keys: BTreeSet<String>,
}

impl JustDecided {
    pub(super) fn by(plan: &Plan<'_>) -> Self {
        let reminders = plan.messages.iter().flat_map(|message| &message.parts);
        let overviews = plan.digests.iter().map(|overview| &overview.key);
        let keys = reminders.map(|part| &part.key).chain(overviews);
        Self {
            keys: keys.map(Key::to_string).collect(),
        }
    }

    /// Gives up what has not left and of which a later stage was decided, now or by a run that was killed then: it would tell
    /// again what the later one tells. So is what is too `late` to leave.
    pub(super) fn give_up_what_went_before(
        &self,
        store: &mut dyn Store,
        late: &[Pending],
        at: DateTime<Utc>,
        sent: &mut Sent,
    ) -> Result<()> {
        for message in late {
            give_up(store, message, Why::TooLate, at, sent)?;
        }
        let is_late = |message: &Pending| late.iter().any(|late| late.id == message.id);
        let mut latest: Option<Latest> = None;
        let mut waiting = Queue::of(WAITING);
        while let Some(message) = waiting.next(store)? {
            if message.keys.iter().any(|key| self.keys.contains(key)) {
                // It was decided just now: by this run, or by another at the same time.
                if message.state == MessageState::Held {
                    let row = store.message(message.id)?;
                    let held = row.map(|row| SentMessage::new(&row, MessageState::Held));
                    sent.held.extend(held);
                }
                continue;
            }
            if is_late(&message) || !is_to_leave(&message) {
                continue;
            }
            // Nothing is read of what was decided where nothing waits.
            let latest = match &mut latest {
                Some(latest) => latest,
                none => none.insert(Latest::of(store.decided_keys()?)),
            };
            if latest.overtake(&message) {
                give_up(store, &message, Why::LaterOneDecided, at, sent)?;
            }
        }
        Ok(())
    }
}

/// The last key of all that were decided, for each recipient about each thing.
pub(super) struct Latest(BTreeMap<(String, String), String>);

impl Latest {
    /// `keys`: all, in the order in which they were decided.
    pub(super) fn of(keys: Vec<String>) -> Self {
        let about = |key: String| Some((about(&key)?, key));
        Self(keys.into_iter().filter_map(about).collect())
    }

    pub(super) fn after(&self, key: &str) -> Option<&String> {
        self.0.get(&about(key)?)
    }

    /// Whether something later was decided about all that a message tells.
    fn overtake(&self, message: &Pending) -> bool {
        let is_overtaken = |key: &String| {
            let last = self.after(key);
            last.is_some_and(|last| !message.keys.contains(last))
        };
        message.keys.iter().all(is_overtaken)
    }
}

/// Lets go what a person has released in earlier words; the rest of each message waits by itself.
pub(super) fn release<'a>(
    messages: Vec<PlannedMessage<'a>>,
    released: &BTreeSet<About>,
) -> Vec<PlannedMessage<'a>> {
    if released.is_empty() {
        return messages;
    }
    let mut all = Vec::with_capacity(messages.len());
    for message in messages {
        let is_released = |part: &Part<'_>| {
            about(&part.key.to_string()).is_some_and(|about| released.contains(&about))
        };
        if message.recipient.release == Release::AtOnce {
            all.push(message);
            continue;
        }
        let [released, rest] = message.split(is_released);
        if let Some(mut released) = released {
            released.recipient.release = Release::ByHand;
            all.push(released);
        }
        all.extend(rest);
    }
    all
}

/// To whom about what a person has released messages that were withdrawn since and are not decided anew. `keys`: all, in the
/// order in which they were decided; `let_go`: those of them under which that is kept.
pub(super) fn still_released(keys: &[String], let_go: &[String]) -> BTreeSet<About> {
    let mut found = BTreeSet::new();
    // Most of the time there are none, and nothing need be read of the others.
    if let_go.is_empty() {
        return found;
    }
    for key in keys {
        if let Some(of) = released(key).and_then(about) {
            found.insert(of);
        } else if let Some(anew) = about(key) {
            found.remove(&anew);
        }
    }
    found
}

/// Whether a person has let a message go of which a later one was decided.
pub(super) fn is_let_go_late(message: &Pending, store: &dyn Store) -> Result<bool> {
    if !was_released(message.state, message.detail.as_deref()) {
        return Ok(false);
    }
    Ok(Latest::of(store.decided_keys()?).overtake(message))
}

/// To whom about what: the address, and the thing.
pub(super) type About = (String, String);

/// To whom about what.
pub(super) fn about(key: &str) -> Option<About> {
    let key: Key = key.parse().ok()?;
    Some((
        key.recipient.clone(),
        format!("{}\u{1f}{}", key.agreement, thing(&key, key.which())),
    ))
}
