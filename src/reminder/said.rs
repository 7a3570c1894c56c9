//! Telling every other party what one party has said: that something is so, that it proposes something, its answer to
//! another's word, and what it struck out.

use super::hearers::entered_for;
use super::key::Key;
use super::recipients::{Occasion, Recipient, Release};
use super::stage::Stage;
use super::told::Told;
use super::{Desk, Matter, Part};
use crate::ids::PartyId;
use crate::record::answers::{Index, Rule, Standing, Stands, acts, is_claim, stands};
use crate::record::{Asks, Entry, EntryKind, Record};
use std::collections::BTreeSet;

/// One reminder for each entry to each contact of the parties that did not make it. Entries that were struck out since
/// are not told.
pub(super) fn owed<'a>(desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
    let rule = Rule::new(desk.office, desk.agreement, &desk.record.asked, desk.today);
    let present = desk.hearers().of_parties(desk.agreement);
    let mut owed = Vec::new();
    for entry in desk.entries.iter().copied() {
        let about = name(entry.number);
        let informed = Informed::of(desk.told, entry, &about);
        if informed.are_of_all(&present) {
            continue;
        }
        let takes_back = TakenBack::by(desk, entry);
        let is_strike = entry.kind == EntryKind::Struck && !entry.proposed;
        if is_strike && !takes_back.as_ref().is_some_and(|of| of.was_told(desk)) {
            continue;
        }
        let Some(stage) = stage(desk.record, desk.index, &rule, entry) else {
            continue;
        };
        let standing = standing(desk.record, desk.index, &rule, entry);
        let completed_by = completed_by(desk.record, desk.index, &rule, entry);
        let hear_that = completed_by.map(|word| {
            let hearers = desk.hearers();
            hearers.of_entry(desk.agreement, word, Occasion::Reminder)
        });
        let recipients = desk
            .hearers()
            .of_entry(desk.agreement, entry, Occasion::Reminder);
        for recipient in &recipients {
            let address = recipient.address();
            if !informed.is_missing_to(recipient, &recipients, standing.as_ref()) {
                continue;
            }
            let mut hear_that = hear_that.iter().flatten();
            if hear_that.any(|hearer| hearer.address() == address) {
                continue;
            }
            let is_news = |of: &TakenBack<'_>| of.is_nothing_to(desk, &address);
            if takes_back.as_ref().is_some_and(is_news) {
                continue;
            }
            let asks = asks(desk, &rule, entry, standing.as_ref(), recipient);
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
            owed.push((*recipient, part));
        }
    }
    owed
}

/// Who knows of an entry, by what was decided before.
struct Informed<'a> {
    /// The addresses that were told, or will be; `None`: nobody.
    told: Option<&'a BTreeSet<String>>,
    /// Those that were to be told by a message that never left.
    again: Option<&'a BTreeSet<String>>,
    /// The parties to which a message about it did not arrive, at an address that is theirs no more.
    lost: Option<&'a BTreeSet<PartyId>>,
}

impl<'a> Informed<'a> {
    fn of(told: &'a Told, entry: &Entry, about: &str) -> Self {
        Self {
            told: told.told_of_entry(&entry.agreement, about),
            again: told.again(&entry.agreement, about),
            lost: told.lost(&entry.agreement, about),
        }
    }

    /// Whether one of each party's contacts was told: `present` are those of the agreement's parties that there are.
    fn are_of_all(&self, present: &[BTreeSet<String>]) -> bool {
        self.again.is_none()
            && self.lost.is_none()
            && self.told.is_some_and(|told| {
                let mut present = present.iter();
                present.all(|of| of.is_empty() || !of.is_disjoint(told))
            })
    }

    /// Whether a recipient is owed it, among all that hear of it. A contact who comes later is not told of everything that was
    /// ever said, but of that of which nobody has told its party: what did not arrive there, and what waits for its word.
    fn is_missing_to(
        &self,
        recipient: &Recipient<'_>,
        recipients: &[Recipient<'_>],
        standing: Option<&Standing>,
    ) -> bool {
        let has = |of: Option<&BTreeSet<String>>, address: &String| {
            of.is_some_and(|of| of.contains(address))
        };
        let address = recipient.address();
        if has(self.again, &address) || (self.told.is_none() && self.again.is_none()) {
            return true;
        }
        let party = &recipient.party.id;
        let of_party = recipients.iter().filter(|other| other.party.id == *party);
        let mut addresses = of_party.map(Recipient::address);
        if addresses.any(|of| has(self.told, &of) || has(self.again, &of)) {
            return false;
        }
        let is_anybodys = |address: &String| recipients.iter().any(|of| of.address() == *address);
        let never_left = self.again.into_iter().flatten();
        let is_lost = self.lost.is_some_and(|lost| lost.contains(party))
            || never_left.into_iter().any(|address| !is_anybodys(address));
        is_lost || standing.is_some_and(|of| of.waits_for.contains(party))
    }
}

/// What a strike that nobody else's word is missing to takes back. Who was told nothing of it has nothing to forget.
struct TakenBack<'a> {
    /// What keys call it, and what answered it or was to strike it out before.
    names: Vec<String>,
    /// Those who would have heard of it.
    hearers: Vec<Recipient<'a>>,
}

impl<'a> TakenBack<'a> {
    fn by(desk: &Desk<'a, '_>, strike: &Entry) -> Option<Self> {
        if strike.kind != EntryKind::Struck || strike.proposed {
            return None;
        }
        let number = strike.entry?;
        let answers = desk.entries.iter();
        let answers = answers.filter(|e| e.entry == Some(number) && e.number != strike.number);
        let numbers = std::iter::once(number).chain(answers.map(|e| e.number));
        let struck = desk.record.entry(number);
        let would_hear = |struck| {
            let hearers = desk.hearers();
            hearers.of_entry(desk.agreement, struck, Occasion::Reminder)
        };
        Some(Self {
            names: numbers.map(name).collect(),
            hearers: struck.map(would_hear).unwrap_or_default(),
        })
    }

    /// Whether anybody was told anything of it.
    fn was_told(&self, desk: &Desk<'_, '_>) -> bool {
        let mut names = self.names.iter();
        names.any(|name| desk.told.entry_was_told(&desk.agreement.id, name))
    }

    /// Whether a recipient would have heard of it, and did not.
    fn is_nothing_to(&self, desk: &Desk<'_, '_>, address: &str) -> bool {
        let told = &desk.told;
        let would_hear = self.hearers.iter().any(|of| of.address() == address);
        let mut names = self.names.iter();
        would_hear && !names.any(|name| told.entry_was_told_to(&desk.agreement.id, name, address))
    }
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
    record
        .entry(act.agreed_with()?)
        .filter(|word| word.number != entry.number)
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
