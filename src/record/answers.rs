//! What the parties have said to a claim or an act, and so where it stands.
//!
//! Pure: it follows from the entries that were not struck out, the parties, the rule of confirmation and the day. Whoever
//! needs to know whether something is confirmed, disputed, proposed or agreed asks here.

mod acts;
mod claims;
mod index;
mod rule;

pub(crate) use acts::is_same_thing;
pub use acts::{Act, ActStage, acts};
pub use claims::{Claim, Claims, claims};
pub use index::Index;
pub use rule::Rule;
pub(crate) use rule::is_fair;

use super::{Entry, EntryKind};
use crate::agreement::{Agreement, Confirmation};
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
    /// Who says so now, in the order in which they came to.
    pub said_by: Vec<PartyId>,
    /// Who says otherwise.
    pub against: Vec<PartyId>,
    /// Whose word is missing.
    pub waits_for: Vec<PartyId>,
    /// Whose silence has accepted it, where no word has.
    pub by_silence: Vec<Silence>,
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
    standing(
        entry,
        index.about(entry),
        repeats(entry, rule.agreement()),
        rule,
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
/// obligation or event that were not struck out, in order.
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
            });
    }
    if !is_claim(entry) {
        return None;
    }
    let of_matter = |other: &Entry| is_claim(other) && is_same_matter(entry, other, repeats);
    let claims = claims(about, &of_matter, None, rule);
    let claim = claims
        .all
        .iter()
        .find(|claim| claim.entries.contains(&entry.number))?;
    let accepted = claims.accepted() == Some(claim);
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
    })
}

/// Whether a day that is claimed for the end of an agreement counts: `accepted` are the parties that say so and those whose
/// silence does, where it is accepted. The end that its file gives is one that all have agreed on, so another takes the
/// word or the silence of every party, unless one side's word is enough.
pub fn is_end_settled(
    office: &Office,
    agreement: &Agreement,
    accepted: Option<(&[PartyId], &[Silence])>,
) -> bool {
    if agreement.expires.is_none() {
        return true;
    }
    let one_is_enough = office.confirmation(agreement, Some("expiration")) == Confirmation::None;
    accepted.is_some_and(|(said_by, by_silence)| {
        let mut parties = agreement.parties.iter();
        one_is_enough
            || parties.all(|p| said_by.contains(p) || by_silence.iter().any(|s| s.party == *p))
    })
}

/// A day in the file that counts as a claim, and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct InFile<'a> {
    /// The day.
    pub day: NaiveDate,
    /// The keeper; `None` where the office is kept jointly.
    pub by: Option<&'a PartyId>,
}
