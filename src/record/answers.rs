//! What the parties have said to a claim or an act, and so where it stands.
//!
//! Pure: it follows from the entries that were not struck out, the parties, the rule of confirmation and the day. Whoever
//! needs to know whether something is confirmed, disputed, proposed or agreed asks here.

mod acts;
mod cases;
mod claims;
mod index;
mod rule;

pub use acts::{Act, ActStage, acts};
pub(crate) use acts::{is_same_act, is_same_thing};
pub use cases::cases;
pub use claims::{Claim, Claims, claims};
pub use index::Index;
pub(crate) use index::is_same_end;
pub(crate) use rule::is_fair;
pub use rule::{Rule, is_accepted_by_all, is_for_all, is_no_ones_alone};

use super::{Entry, EntryKind, Record};
use crate::agreement::Agreement;
use crate::ids::PartyId;
use crate::office::Office;
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// Days from an entry to its acceptance by silence.
pub const SILENCE_DAYS: u64 = 14;

/// The fewest days that a message leaves a party to answer before its silence accepts what it asks about.
pub const FAIR_DAYS: u64 = 10;

/// A party's silence that accepts a claim.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Silence {
    /// The party that was asked.
    pub party: PartyId,
    /// The day from which the claim is accepted.
    pub from: NaiveDate,
    /// The message that asked it, by its number in the outbox.
    pub message: i64,
}

impl Silence {
    /// `accepted by UPE's silence from 15 May 2014 on, asked by message 3`.
    pub fn in_words(&self, office: &Office) -> Sentence {
        Sentence::in_each(|language| {
            let party = office.short_name(&self.party);
            let (from, message) = (language.day(self.from), self.message);
            match language {
                English => format!(
                    "accepted by {party}'s silence from {from} on, asked by message {message}"
                ),
                Spanish => format!(
                    "aceptado por el silencio de {party} a partir del {from}, preguntado por el mensaje {message}"
                ),
            }
        })
    }
}

/// Where an entry stands with the parties.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Standing {
    /// In one word.
    pub stands: Stands,
    /// Who says so now, on their own words, in the order in which they came to.
    pub said_by: Vec<PartyId>,
    /// Who says otherwise.
    pub against: Vec<PartyId>,
    /// Whose word is missing.
    pub waits_for: Vec<PartyId>,
    /// Whose silence has accepted it, where no word has.
    pub by_silence: Vec<Silence>,
    /// Of an act: the entry with which all had agreed to another in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overtaken_by: Option<u64>,
    /// Of a renewal: the day on which all agreed since that it ends.
    #[serde(skip)]
    pub ended_since: Option<NaiveDate>,
    /// Of a claim about an agreement's end: what all have said or agreed to about that, which it does not change alone.
    #[serde(skip)]
    pub holds: Option<OfAll>,
    /// Of a claim about an end that every party has made or confirmed: the entry with which all had. No one's word alone changes
    /// that any more.
    #[serde(skip)]
    pub settled_with: Option<u64>,
}

/// What all parties have said or agreed to about the end of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfAll {
    /// That it took place on a day.
    Confirmed,
    /// That it ends on a day.
    Ended,
    /// That it goes on; or one party has used its option to that.
    Renewed,
}

impl Standing {
    /// Whether a party's word is missing, or may still settle it.
    pub fn waits_for_a_word_of(&self, party: &PartyId) -> bool {
        match self.stands {
            Stands::Claimed | Stands::Proposed => self.waits_for.contains(party),
            // Each side may come over to the other's word.
            Stands::Disputed => !self.against.contains(party) && !self.said_by.contains(party),
            Stands::Confirmed | Stands::Agreed | Stands::Overtaken => false,
        }
    }
}

/// Where a claim or an act stands; the words are those of `log --format json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// One side's word.
    Claimed,
    /// Said by more than one side, or otherwise accepted.
    Confirmed,
    /// Claims differ.
    Disputed,
    /// An act that not every party has agreed to.
    Proposed,
    /// An act of all.
    Agreed,
    /// A proposal that was still open when another was agreed to.
    Overtaken,
}

impl Stands {
    /// The word of `log`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::Proposed => "proposed",
            Self::Agreed => "agreed",
            Self::Overtaken => "overtaken",
        }
    }
}

/// Whether an entry says something that other parties may answer.
pub fn is_claim(entry: &Entry) -> bool {
    match entry.kind {
        EntryKind::Happened | EntryKind::Met | EntryKind::Notice => true,
        // That a duty was not kept on a day.
        EntryKind::Disputed => entry.entry.is_none(),
        _ => false,
    }
}

/// Whether two claims are about one thing, whatever day they name.
pub fn is_same_matter(one: &Entry, other: &Entry, repeats: Repeats) -> bool {
    one.kind == other.kind
        && one.agreement == other.agreement
        && one.subject == other.subject
        && one.occurrence == other.occurrence
        && one.for_words == other.for_words
        && (one.occurrence.is_some() || one.entry == other.entry)
        // Each time of what repeats is a thing of its own, as is each day on which a duty was not kept.
        && (repeats == Repeats::No && one.kind != EntryKind::Disputed || one.on == other.on)
}

/// Whether what an entry of an agreement is about can happen more than once.
fn repeats(entry: &Entry, agreement: &Agreement) -> Repeats {
    let event = entry.subject.as_deref().and_then(|id| agreement.event(id));
    if event.is_some_and(|event| event.repeats) || entry.kind == EntryKind::Notice {
        Repeats::Yes
    } else {
        Repeats::No
    }
}

/// Where one entry of a record stands; `None` where it is an answer, a remark or a strike, or was struck out.
pub fn stands<'a>(entry: &'a Entry, index: &Index<'a>, rule: &Rule<'_>) -> Option<Standing> {
    if index.struck_by(entry.number).is_some() {
        return None;
    }
    let about = if entry.kind.is_act() {
        index.about_the_same_end(entry)
    } else {
        index.about(entry).to_vec()
    };
    let standing = standing(entry, &about, repeats(entry, rule.agreement()), rule)?;
    let overtaken_by = match standing.stands {
        Stands::Agreed => overtaken_by(entry, &about, rule),
        _ => standing.overtaken_by,
    };
    let ended_since = match (standing.stands, entry.kind) {
        (Stands::Agreed, EntryKind::Renewed) => ended_since(entry, &about, rule),
        _ => None,
    };
    let standing = Standing {
        overtaken_by,
        ended_since,
        ..standing
    };
    if entry.kind != EntryKind::Happened {
        return Some(standing);
    }
    Some(match agreed_end(entry, index, rule) {
        Some(holds) if !is_by_all(&standing, rule) => {
            // A day that all agreed on stays, also where one side's word is enough for what happens.
            let is_open = standing.stands == Stands::Confirmed;
            let missing = |party: &&PartyId| !standing.said_by.contains(party);
            Standing {
                stands: if is_open {
                    Stands::Claimed
                } else {
                    standing.stands
                },
                waits_for: if is_open {
                    rule.parties().iter().filter(missing).cloned().collect()
                } else {
                    standing.waits_for.clone()
                },
                holds: standing.holds.or(Some(holds)),
                ..standing
            }
        }
        _ => standing,
    })
}

/// Whether every party says so, or has accepted it by its silence.
fn is_by_all(standing: &Standing, rule: &Rule<'_>) -> bool {
    let is_silent = |party: &PartyId| standing.by_silence.iter().any(|s| s.party == *party);
    let mut parties = rule.parties().iter();
    parties.all(|party| standing.said_by.contains(party) || is_silent(party))
}

/// What was agreed to last about the end of an agreement that a claim is about.
fn agreed_end(claim: &Entry, index: &Index<'_>, rule: &Rule<'_>) -> Option<OfAll> {
    if claim.subject.as_deref() != Some("expiration") {
        return None;
    }
    let acts = acts(&index.about_its_end(claim), rule);
    let last = acts.iter().max_by_key(|act| act.agreed_with())?;
    last.agreed_with()?;
    match last.kind {
        EntryKind::Ended => Some(OfAll::Ended),
        EntryKind::Renewed => Some(OfAll::Renewed),
        _ => None,
    }
}

/// The entry with which all parties came to agree to another act in the place of one that they had agreed to before.
fn overtaken_by(entry: &Entry, about: &[&Entry], rule: &Rule<'_>) -> Option<u64> {
    let acts = acts(about, rule);
    let own = acts
        .iter()
        .find(|act| act.entries.contains(&entry.number))?;
    let later = acts.iter().filter(|act| {
        act.agreed_with() > own.agreed_with() && takes_the_place_of(act.kind, own.kind)
    });
    later.filter_map(Act::agreed_with).max()
}

/// The day on which all agreed last that something ends, where that was after its renewal.
fn ended_since(renewal: &Entry, about: &[&Entry], rule: &Rule<'_>) -> Option<NaiveDate> {
    let mut agreed = acts(about, rule);
    agreed.retain(|act| act.agreed_with().is_some());
    agreed.sort_by_key(Act::agreed_with);
    let own = agreed
        .iter()
        .position(|act| act.entries.contains(&renewal.number))?;
    let last = agreed.last().filter(|last| last.kind == EntryKind::Ended)?;
    last.on.filter(|_| own + 1 < agreed.len())
}

/// Which act takes the place of which, once all have agreed to both. What was renewed stays renewed, and what was moved keeps
/// its day where it is skipped.
fn takes_the_place_of(later: EntryKind, earlier: EntryKind) -> bool {
    use EntryKind::{Ended, Moved, Renewed, Waived};
    matches!(
        (earlier, later),
        (Ended, Ended | Renewed) | (Moved | Waived, Moved)
    )
}

/// Whether what an entry is about can happen more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// Two days are two claims about one thing.
    No,
    /// Two days are two things.
    Yes,
}

/// Where one entry stands; `None` where it is an answer, a remark or a strike. `about` are the entries about the same
/// obligation or event, or of an act about the same end, that were not struck out, in order.
pub fn standing(
    entry: &Entry,
    about: &[&Entry],
    repeats: Repeats,
    rule: &Rule<'_>,
) -> Option<Standing> {
    if entry.kind.is_act() {
        return acts(about, rule)
            .into_iter()
            .find(|act| act.entries.contains(&entry.number))
            .map(|act| Standing {
                stands: match act.stage {
                    ActStage::Proposed => Stands::Proposed,
                    ActStage::Agreed(_) => Stands::Agreed,
                    ActStage::Overtaken(_) => Stands::Overtaken,
                },
                said_by: act.agreed,
                against: act.against,
                waits_for: act.waits_for,
                by_silence: Vec::new(),
                overtaken_by: match act.stage {
                    ActStage::Overtaken(by) => Some(by),
                    ActStage::Proposed | ActStage::Agreed(_) => None,
                },
                ended_since: None,
                holds: None,
                settled_with: None,
            });
    }
    if !is_claim(entry) {
        return None;
    }
    let claims = claims_with(entry, about, repeats, rule);
    let claim = claims
        .all
        .iter()
        .find(|claim| claim.entries.contains(&entry.number))?;
    let accepted = claims.accepted() == Some(claim) && rule.is_settled(entry, claim);
    let said = |party: &&PartyId| !claim.said_by.contains(party) && !claim.against.contains(party);
    Some(Standing {
        stands: if accepted {
            Stands::Confirmed
        } else if claims.are_disputed() {
            Stands::Disputed
        } else {
            Stands::Claimed
        },
        said_by: claim.said_by.clone(),
        against: claim.against.clone(),
        waits_for: if accepted {
            Vec::new()
        } else {
            rule.parties().iter().filter(said).cloned().collect()
        },
        by_silence: claim.by_silence.clone(),
        overtaken_by: None,
        ended_since: None,
        holds: claims
            .settled_with()
            .filter(|_| !accepted)
            .map(|_| OfAll::Confirmed),
        settled_with: claims.settled_with().filter(|_| accepted),
    })
}

/// The claims about the same as one.
fn claims_with(entry: &Entry, about: &[&Entry], repeats: Repeats, rule: &Rule<'_>) -> Claims {
    // Without words each day is a time of its own.
    let is_told_by_words = entry.kind == EntryKind::Happened && entry.for_words.is_some();
    let case = (is_told_by_words && repeats == Repeats::Yes).then(|| case_of(entry, about, rule));
    let of_matter = |other: &Entry| match &case {
        Some(case) => case.contains(&other.number),
        None => is_claim(other) && is_same_matter(entry, other, repeats),
    };
    claims(about, &of_matter, None, rule)
}

/// The entry by which the party of a claim came to stand by another day than it had named there: its later word about the
/// same, or its answer to another's.
pub fn replaced_by<'a>(entry: &'a Entry, index: &Index<'a>, rule: &Rule<'_>) -> Option<u64> {
    if !is_claim(entry) || index.struck_by(entry.number).is_some() {
        return None;
    }
    let repeats = repeats(entry, rule.agreement());
    let claims = claims_with(entry, index.about(entry), repeats, rule);
    claims.given_up_with(entry.number)
}

/// The entries that say when the same time of an event that repeats took place.
fn case_of(entry: &Entry, about: &[&Entry], rule: &Rule<'_>) -> Vec<u64> {
    let happened = about.iter().copied().filter(|other| {
        other.kind == EntryKind::Happened && is_same_matter(entry, other, Repeats::No)
    });
    cases(&happened.collect::<Vec<_>>(), &|entry| rule.day_of(entry))
        .into_iter()
        .map(|case| case.iter().map(|entry| entry.number).collect())
        .find(|case: &Vec<u64>| case.contains(&entry.number))
        .unwrap_or_default()
}

/// The parties that say so by having confirmed a claim: those whose last answer to that very entry confirms it.
pub fn confirmed_by<'a>(claim: &Entry, about: &[&'a Entry]) -> Vec<&'a PartyId> {
    let mut confirmed: Vec<&PartyId> = Vec::new();
    for answer in about.iter().filter(|e| e.entry == Some(claim.number)) {
        let Some(by) = &answer.by else {
            continue;
        };
        confirmed.retain(|party| *party != by);
        if answer.kind == EntryKind::Confirmed {
            confirmed.push(by);
        }
    }
    confirmed
}

/// What the party that gives an answer had answered otherwise before, and has since, to the same entry: of the answers of one
/// party the last counts, and the others stay in sight. `about` are the entries about the same that were not struck out.
pub fn other_answers<'a>(
    answer: &Entry,
    about: &[&'a Entry],
) -> (Option<&'a Entry>, Option<&'a Entry>) {
    let is_answer = matches!(answer.kind, EntryKind::Confirmed | EntryKind::Disputed);
    if !is_answer || answer.entry.is_none() {
        return (None, None);
    }
    let of_the_same = |other: &&Entry| {
        (other.entry, &other.by) == (answer.entry, &answer.by)
            && matches!(other.kind, EntryKind::Confirmed | EntryKind::Disputed)
            && other.kind != answer.kind
    };
    let mut others = about.iter().copied().filter(of_the_same);
    let before = others.clone().rfind(|other| other.number < answer.number);
    (before, others.find(|other| other.number > answer.number))
}

/// Whether a strike that is proposed still waits for those of others: what it strikes, or what that answers, is agreed to
/// or confirmed as long as they have not struck it out, or was said by nobody in particular.
pub fn is_waiting<'a>(
    strike: &Entry,
    record: &'a Record,
    index: &Index<'a>,
    rule: &Rule<'_>,
) -> bool {
    let struck = strike.entry.and_then(|number| record.entry(number));
    let Some(struck) = struck.filter(|_| strike.kind == EntryKind::Struck && strike.proposed)
    else {
        return false;
    };
    let answered = struck.entry.filter(|_| !is_claim(struck));
    let said = answered
        .and_then(|number| record.entry(number))
        .unwrap_or(struck);
    let holds = |standing: Standing| matches!(standing.stands, Stands::Agreed | Stands::Confirmed);
    // What nobody in particular said is for all to strike out.
    let is_of_all = struck.by.is_none() && struck.entered_by.is_none();
    // Notice that nobody has answered is for all once what it ended is over.
    let is_answered =
        |entry: &Entry| entry.kind == EntryKind::Confirmed && entry.entry == Some(struck.number);
    let is_of_all =
        is_of_all || struck.kind == EntryKind::Notice && !record.entries.iter().any(is_answered);
    index.struck_by(struck.number).is_none()
        && index.struck_by(strike.number).is_none()
        && (is_of_all || stands(said, index, rule).is_some_and(holds))
}

/// A day in the file that counts as a claim, and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct InFile<'a> {
    /// The day.
    pub day: NaiveDate,
    /// The keeper; `None` where the office is kept jointly.
    pub by: Option<&'a PartyId>,
}
