//! Which entries speak of one occurrence, and what the parties have said and agreed about it.

use super::changes::NewDay;
use super::facts::OfAgreement;
use super::times::Time;
use super::{Known, Occurrence, answer};
use crate::agreement::{Agreement, Obligation};
use crate::counting::Step;
use crate::deadline::{Answer, Dates, Fact};
use crate::ids::PartyId;
use crate::record::answers::{Act, ActStage, Claim, Claims, acts, claims};
use crate::record::{Entry, EntryKind};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// What tells one occurrence of an obligation from the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matter<'m> {
    /// What it is called by; `None` where there is only one.
    pub(super) name: Option<NaiveDate>,
    /// Which of an event that repeats.
    pub(super) for_words: Option<&'m str>,
    /// The entries that say when that event took place.
    pub(super) begun_by: &'m [u64],
    /// Whether one time of the event has several occurrences.
    pub(super) recurs: bool,
}

impl<'m> Matter<'m> {
    pub(super) fn of(occurrence: &'m Occurrence) -> Self {
        Self {
            name: occurrence.occurrence,
            for_words: occurrence.for_words.as_deref(),
            begun_by: &occurrence.begun.by,
            recurs: occurrence.begun.recurs,
        }
    }

    /// Whether a claim or an act is about it. What follows from an event that repeats is known by the entry of the event,
    /// so that it stays the same one where the event's day is corrected.
    pub(super) fn has(&self, entry: &Entry) -> bool {
        if !self.begun_by.is_empty()
            && let Some(event) = entry.entry
        {
            return self.begun_by.contains(&event)
                && (!self.recurs || entry.occurrence == self.name);
        }
        entry.occurrence == self.name && entry.for_words.as_deref() == self.for_words
    }

    /// Whether an entry about the condition under which it is owed holds for it: it speaks of it alone, of its case, or of all
    /// that is owed so.
    pub(super) fn is_under(&self, entry: &Entry) -> bool {
        self.has(entry)
            || (entry.occurrence.is_none() || entry.occurrence == self.name)
                && is_of_case(entry, self.begun_by, self.for_words)
    }
}

/// Whether an entry about a condition speaks of one time of an event that repeats, or of all.
fn is_of_case(entry: &Entry, begun_by: &[u64], for_words: Option<&str>) -> bool {
    match entry.entry {
        Some(event) if !begun_by.is_empty() => begun_by.contains(&event),
        _ => entry.for_words.is_none() || entry.for_words.as_deref() == for_words,
    }
}

/// Whether an entry answers another, by its number.
pub(super) fn is_answer(entry: &Entry) -> bool {
    match entry.kind {
        EntryKind::Confirmed => true,
        EntryKind::Disputed => entry.entry.is_some(),
        _ => false,
    }
}

/// The entries about one occurrence that were not struck out, answers among them, in order.
pub(super) fn entries<'a>(
    known: &Known<'a>,
    agreement: &Agreement,
    obligation: &str,
    matter: Matter<'_>,
) -> Vec<&'a Entry> {
    let mut found: Vec<&Entry> = Vec::new();
    for entry in known.about(agreement, obligation).iter().copied() {
        let is_about = match entry.entry {
            Some(number) if is_answer(entry) => found
                .binary_search_by_key(&number, |other| other.number)
                .is_ok(),
            _ => matter.has(entry),
        };
        if is_about {
            found.push(entry);
        }
    }
    found
}

/// The days on which an occurrence is said to have been done.
pub(super) fn met(known: &Known<'_>, agreement: &Agreement, about: &[&Entry]) -> Claims {
    let is_met = |entry: &Entry| entry.kind == EntryKind::Met;
    claims(about, &is_met, None, &known.rule(agreement))
}

/// Whether somebody says that one of a series was done, or all have agreed to skip it: an end that comes before its last day
/// takes nothing of that away.
pub(super) fn is_finished(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    time: Option<&Time>,
    recurs: bool,
    dates: &Dates,
) -> bool {
    let (known, agreement) = (of.known(), of.agreement());
    let matter = Matter {
        name: dates.name(),
        for_words: time.and_then(|time| time.for_words.as_deref()),
        begun_by: time.map_or(&[], |time| &time.begun_by),
        recurs,
    };
    let about = entries(known, agreement, obligation.id.as_str(), matter);
    !met(known, agreement, &about).all.is_empty()
        || Agreed::of(known, agreement, &about).waived().is_some()
}

/// Whether all have agreed to skip one of the days of an obligation, or the only one, and have not all come to accept since that
/// it was done.
pub(super) fn is_skipped(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    time: Option<&Time>,
    answer: &Answer,
    dates: Option<&Dates>,
) -> bool {
    let (known, agreement) = (of.known(), of.agreement());
    let is_named = answer::is_series(obligation, answer) || time.is_some();
    let matter = Matter {
        name: dates.and_then(Dates::name).filter(|_| is_named),
        for_words: time.and_then(|time| time.for_words.as_deref()),
        begun_by: time.map_or(&[], |time| &time.begun_by),
        recurs: Time::recurs(time, answer),
    };
    let about = entries(known, agreement, obligation.id.as_str(), matter);
    Agreed::of(known, agreement, &about).waived().is_some()
        && met(known, agreement, &about).accepted().is_none()
}

/// Whether the condition under which something is owed has come about, as `entries` of the record about it say; `None` where
/// it has none.
pub(super) fn condition(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    is_of: &dyn Fn(&Entry) -> bool,
) -> Option<Condition> {
    obligation.when.as_ref()?;
    let about = known.about(agreement, obligation.id.as_str());
    let came_about = |entry: &Entry| entry.kind == EntryKind::Happened && is_of(entry);
    let claims = claims(about, &came_about, None, &known.rule(agreement));
    // Two that name different days agree that it did, also where each says that it was not on the other's.
    let says_so = |party: &PartyId| claims.all.iter().any(|c| c.said_by.contains(party));
    let stands = |claim: &Claim| claim.disputed_by.iter().all(says_so);
    let standing = claims.accepted().or(claims.all.iter().find(|c| stands(c)));
    Some(match standing {
        Some(claim) => Condition::CameAbout(claim.clone()),
        None if claims.all.is_empty() => Condition::Open,
        None => Condition::Disputed(claims),
    })
}

/// Where the condition of an obligation stands.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    /// Nobody says that it came about.
    Open,
    /// It did, on the day of this claim.
    CameAbout(Claim),
    /// A party says so, and another that it is not so.
    Disputed(Claims),
}

/// Whether something is owed for certain, at a time of the event that it follows from: it has no condition, or one that came
/// about.
pub(super) fn came_about(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    time: Option<&Time>,
) -> bool {
    let condition = condition_then(known, agreement, obligation, time);
    matches!(condition, None | Some(Condition::CameAbout(_)))
}

/// Where its condition stands at a time of the event that it follows from.
pub(super) fn condition_then(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    time: Option<&Time>,
) -> Option<Condition> {
    let is_of = |entry: &Entry| {
        time.is_none_or(|time| is_of_case(entry, &time.begun_by, time.for_words.as_deref()))
    };
    condition(known, agreement, obligation, &is_of)
}

/// What the parties have agreed about one occurrence, and what is proposed.
#[derive(Clone, Debug, Default)]
pub(super) struct Agreed {
    /// Every act, in order.
    pub(super) acts: Vec<Act>,
}

impl Agreed {
    pub(super) fn of(known: &Known<'_>, agreement: &Agreement, about: &[&Entry]) -> Self {
        Self {
            acts: acts(about, &known.rule(agreement)),
        }
    }

    /// Of the acts of some kinds, the one that was agreed to last.
    fn last(&self, kinds: &[EntryKind]) -> Option<&Act> {
        self.acts
            .iter()
            .filter(|act| kinds.contains(&act.kind) && act.agreed_with().is_some())
            .max_by_key(|act| act.agreed_with())
    }

    /// That it is skipped, as long as all have not agreed on another day since.
    pub(super) fn waived(&self) -> Option<&Act> {
        self.last(&[EntryKind::Waived, EntryKind::Moved])
            .filter(|act| act.kind == EntryKind::Waived)
    }

    /// The day on which all had agreed to another one.
    fn moved_on(&self, known: &Known<'_>, agreement: &Agreement) -> Option<NaiveDate> {
        let (act, _) = self.moved()?;
        let entry = known.question.record.entry(act.agreed_with()?)?;
        Some(known.rule(agreement).day_of(entry))
    }

    /// Whether all agreed on a day of its own.
    pub(super) fn is_moved(&self) -> bool {
        self.moved().is_some()
    }

    fn moved(&self) -> Option<(&Act, NaiveDate)> {
        // Of what is skipped the day stays the one that they had agreed on.
        let act = self.last(&[EntryKind::Moved])?;
        Some((act, act.to?))
    }
}

/// Puts the days that all parties agreed on in the place of those that the words give, or the `new_day` of a later
/// agreement, whichever came later. `is_series`: they are called by their days, so that each is told from the others.
pub(super) fn move_days(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    time: Option<&Time>,
    is_series: bool,
    new_day: Option<&NewDay>,
    answer: &mut Answer,
) {
    let (known, agreement) = (of.known(), of.agreement());
    let obligation = obligation.id.as_str();
    let moved = |name: Option<NaiveDate>, recurs: bool| {
        let matter = Matter {
            name,
            for_words: time.and_then(|time| time.for_words.as_deref()),
            begun_by: time.map_or(&[], |time| &time.begun_by),
            recurs,
        };
        let about = entries(known, agreement, obligation, matter);
        let agreed = Agreed::of(known, agreement, &about);
        agreed.moved().map(|(act, to)| (act.clone(), to))
    };
    let acted = known
        .about(agreement, obligation)
        .iter()
        .any(|entry| entry.kind == EntryKind::Moved);
    if let Some(new) = new_day.filter(|_| time.is_none()) {
        let only = Matter {
            name: None,
            for_words: None,
            begun_by: &[],
            recurs: false,
        };
        let about = entries(known, agreement, obligation, only);
        // What was done before stays done, and when it was due.
        let is_done = met(known, agreement, &about)
            .first()
            .is_some_and(|claim| claim.day < new.from);
        let was_moved_since = Agreed::of(known, agreement, &about)
            .moved_on(known, agreement)
            .is_some_and(|on| on > new.from);
        if is_done {
            return;
        }
        if !was_moved_since {
            give(new, answer);
            return;
        }
    }
    if !acted {
        return;
    }
    let recurs = Time::recurs(time, answer);
    for dates in &mut answer.dates {
        let called = dates.name();
        let name = called.filter(|_| is_series || time.is_some());
        if let Some((act, to)) = moved(name, recurs) {
            dates.called = called;
            put(dates, to, By::All, &agreed_by(known, &act));
            answer.waiting_on.clear();
        }
    }
    if answer.dates.is_empty()
        && !is_series
        && let Some((act, to)) = moved(None, false)
    {
        let mut dates = Dates::without_days();
        put(&mut dates, to, By::All, &agreed_by(known, &act));
        answer.dates.push(dates);
        answer.waiting_on.clear();
    }
}

/// Gives something the day that a later agreement names; it waits where that is not known.
fn give(new: &NewDay, answer: &mut Answer) {
    let (to, projected) = match new.fact {
        Fact::Known { day, .. } => (day, false),
        Fact::Expected { day, .. } => (day, true),
        Fact::Unknown => {
            answer.dates.clear();
            answer.waiting_on.clone_from(&new.waits_for);
            return;
        }
    };
    if answer.dates.is_empty() {
        answer.dates.push(Dates::without_days());
    }
    answer.waiting_on.clear();
    for dates in &mut answer.dates {
        put(dates, to, By::LaterAgreement, &new.source);
        dates.projected = projected;
    }
    if projected {
        answer.waiting_on.clone_from(&new.waits_for);
    }
}

/// Who moved a day.
#[derive(Clone, Copy)]
enum By {
    All,
    LaterAgreement,
}

fn put(dates: &mut Dates, to: NaiveDate, by: By, source: &Sentence) {
    let old = dates.due.or(dates.opens);
    dates.moved_from = match by {
        By::All => old.filter(|old| *old != to),
        By::LaterAgreement => None,
    };
    dates.steps.push(Step {
        text: Sentence::in_each(|language| {
            let by = match (by, language) {
                (By::All, English) => "as all parties agreed",
                (By::All, Spanish) => "por acuerdo de todas las partes",
                (By::LaterAgreement, English) => "by a later agreement",
                (By::LaterAgreement, Spanish) => "por un acuerdo posterior",
            };
            let to = language.weekday_and_day(to);
            match (old.map(|old| language.weekday_and_day(old)), language) {
                (Some(old), English) => format!("moved from {old} to {to}, {by}"),
                (Some(old), Spanish) => format!("trasladado del {old} al {to}, {by}"),
                (None, _) => format!("{to}, {by}"),
            }
        }),
        date: Some(to),
        source: source.clone(),
    });
    // An opening alone is moved itself.
    if dates.due.is_none() && dates.opens.is_some() {
        dates.opens = Some(to);
    } else {
        dates.due = Some(to);
        dates.nominal = Some(to);
        dates.opens = dates.opens.filter(|opens| *opens <= to);
    }
    dates.grace = None;
    dates.begins = dates.begins.filter(|begins| *begins <= to);
    dates.projected = false;
}

/// `entries 3 and 4 of the record, by UPE and DHA`.
pub(super) fn agreed_by(known: &Known<'_>, act: &Act) -> Sentence {
    let mut numbers = act.entries.clone();
    if let ActStage::Agreed(with) = act.stage
        && !numbers.contains(&with)
    {
        numbers.push(with);
    }
    super::acts::entries_of_the_record(known, &numbers, &act.agreed)
}
