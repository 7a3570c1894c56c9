//! Telling every other party what one party has said: that something is so, that it proposes something, its answer to
//! another's word, and what it struck out.

use super::hearers::entered_for;
use super::key::Key;
use super::recipients::{Occasion, Recipient, Release};
use super::stage::Stage;
use super::{Desk, Matter, Part};
use crate::record::answers::{Index, Rule, Standing, Stands, acts, is_claim, stands};
use crate::record::{Asks, Entry, EntryKind, Record};

/// One reminder for each entry to each contact of the parties that did not make it. Entries that were struck out since
/// are not told.
pub(super) fn owed<'a>(desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
    let rule = Rule::new(desk.office, desk.agreement, &desk.record.asked, desk.today);
    let mut owed = Vec::new();
    for entry in desk.entries.iter().copied() {
        let about = name(entry.number);
        let was_told = desk.told.entry_was_told(&entry.agreement, &about);
        let again = desk.told.again(&entry.agreement, &about);
        if was_told && again.is_none() {
            continue;
        }
        // Who was not told of what it strikes has nothing to forget.
        let takes_back = entry
            .entry
            .filter(|_| entry.kind == EntryKind::Struck && !entry.proposed);
        let takes_back = takes_back.map(name);
        let Some(stage) = stage(desk.record, desk.index, &rule, entry) else {
            continue;
        };
        let standing = standing(desk.record, desk.index, &rule, entry);
        let completed_by = completed_by(desk.record, desk.index, &rule, entry);
        let hear_that = completed_by.map(|word| {
            let hearers = desk.hearers();
            hearers.of_entry(desk.agreement, word, Occasion::Reminder)
        });
        for recipient in desk
            .hearers()
            .of_entry(desk.agreement, entry, Occasion::Reminder)
        {
            let address = recipient.address();
            if again.is_some_and(|again| !again.contains(&address)) {
                continue;
            }
            let mut hear_that = hear_that.iter().flatten();
            if hear_that.any(|hearer| hearer.address() == address) {
                continue;
            }
            let has_heard =
                |of: &String| desk.told.entry_was_told_to(&entry.agreement, of, &address);
            if takes_back.as_ref().is_some_and(|of| !has_heard(of)) {
                continue;
            }
            let asks = asks(desk, &rule, entry, standing.as_ref(), &recipient);
            let key = Key {
                agreement: entry.agreement.clone(),
                subject: entry.subject.clone().unwrap_or_default(),
                occurrence: entry.occurrence,
                about: about.clone(),
                stage,
                recipient: address,
                day: match asks {
                    Some(asks) => asks.silent_from,
                    None => entry.on.unwrap_or_else(|| rule.day_of(entry)),
                },
            };
            let part = Part {
                key,
                matter: Matter::Entry(entry),
                told_in: None,
                skipped: Vec::new(),
                before: None,
                standing: standing.clone(),
                asks,
                reason: format!("{stage}: entry {} of the record", entry.number),
            };
            owed.push((recipient, part));
        }
    }
    owed
}

/// The word by which all have agreed to what an entry proposes: who hears of it is told by it, and the proposal is no news any more.
pub(super) fn completed_by<'a>(
    record: &'a Record,
    index: &Index<'a>,
    rule: &Rule<'_>,
    entry: &'a Entry,
) -> Option<&'a Entry> {
    if stage(record, index, rule, entry) != Some(Stage::Proposed) {
        return None;
    }
    let standing = standing(record, index, rule, entry)?;
    if standing.stands != Stands::Agreed {
        return None;
    }
    let acts = acts(index.about(entry), rule);
    let act = acts
        .iter()
        .find(|act| act.entries.contains(&entry.number))?;
    let last = act.entries.iter().max()?;
    record
        .entry(*last)
        .filter(|last| last.number != entry.number)
}

/// What a key calls an entry.
fn name(entry: u64) -> String {
    format!("entry {entry}")
}

/// At which stage an entry is told; `None`: it is not.
pub(super) fn stage(
    record: &Record,
    index: &Index<'_>,
    rule: &Rule<'_>,
    entry: &Entry,
) -> Option<Stage> {
    match entry.kind {
        EntryKind::Struck if entry.proposed => Some(Stage::Proposed),
        EntryKind::Happened | EntryKind::Met | EntryKind::Notice | EntryKind::Struck => {
            Some(Stage::Reported)
        }
        EntryKind::Disputed if entry.entry.is_none() => Some(Stage::Reported),
        EntryKind::Disputed => Some(Stage::Disputed),
        EntryKind::Confirmed => Some(Stage::Confirmed),
        EntryKind::Waived | EntryKind::Moved | EntryKind::Renewed | EntryKind::Ended => {
            let act = acts(index.about(entry), rule)
                .into_iter()
                .find(|act| act.entries.contains(&entry.number))?;
            let is_first = act.entries.first() == Some(&entry.number);
            Some(match (is_first, act.agreed_with()) {
                // It needed nobody else's word.
                (true, Some(with)) if with == entry.number => Stage::Reported,
                (true, _) => Stage::Proposed,
                (false, _) => Stage::Confirmed,
            })
        }
        EntryKind::Noted if record.is_correction(entry) => Some(Stage::Reported),
        // Another remark is told to the party for which the keeper entered it, and to no other.
        EntryKind::Noted => entered_for(entry).map(|_| Stage::Reported),
    }
}

/// Where an entry stands, or the one that it answers.
pub(super) fn standing<'a>(
    record: &'a Record,
    index: &Index<'a>,
    rule: &Rule<'_>,
    entry: &'a Entry,
) -> Option<Standing> {
    let answered = match entry.kind {
        EntryKind::Confirmed | EntryKind::Disputed => entry.entry,
        _ => None,
    };
    let open = answered.and_then(|number| record.entry(number));
    stands(open.unwrap_or(entry), index, rule)
}

/// What silence will be taken for, where a recipient's party is bound by it and was not asked before.
fn asks(
    desk: &Desk<'_, '_>,
    rule: &Rule<'_>,
    entry: &Entry,
    standing: Option<&Standing>,
    recipient: &Recipient<'_>,
) -> Option<Asks> {
    let party = &recipient.party.id;
    // What waits for a person leaves nobody knows when, and a file in a folder asks nobody.
    let leaves =
        recipient.release == Release::AtOnce && desk.office.settings.mail.transport.hands_over();
    if !leaves || !is_claim(entry) || !rule.may_be_silent(entry, party) {
        return None;
    }
    let standing = standing?;
    let is_open = standing.stands == Stands::Claimed && standing.waits_for.contains(party);
    if !is_open || rule.silence(entry, party).is_some() {
        return None;
    }
    Some(Asks {
        about: entry.number,
        silent_from: rule.silent_from(entry)?,
    })
}
