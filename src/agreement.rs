//! An agreement: what one file says, read into types. Nothing here is computed.

pub mod body;
mod change;
mod declared;
mod read;
mod surroundings;

pub use change::{Change, ChangedTo};
pub use declared::Declared;
pub(crate) use read::{KINDS, OWN_DATES};
pub use read::{Reading, confirmation, own_term, read, remind, visibility_word};
pub use surroundings::Surroundings;

use crate::counting::Counting;
use crate::ids::{AgreementId, EventId, ObligationId, PartyId};
use crate::language::Phrase;
use crate::source::{SourceId, Span};
use crate::table::Value;
use crate::titles::titled;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// One signed document, or a plan or commitment that is treated as one.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// The file's stem.
    pub id: AgreementId,
    /// The file.
    pub file: SourceId,
    /// Where its front matter begins: what concerns the file as a whole is pointed at there.
    pub front_matter: Span,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal: which text an entry of the record spoke about.
    pub digest: String,
    /// Its title in its own words.
    pub title: String,
    /// What sort of document it is.
    pub kind: AgreementKind,
    /// Who made it, in the order of the file.
    pub parties: Vec<PartyId>,
    /// Whether it is in force.
    pub status: Status,
    /// The day of the last signature.
    pub signed: Option<Value<NaiveDate>>,
    /// When it takes effect; left out: on signing.
    pub effective: Option<When>,
    /// When it ends; `None`: it has no end of its own.
    pub expires: Option<When>,
    /// What it adds to or changes, first the one that counting and contacts come from.
    pub amends: Vec<AgreementId>,
    /// Where that is said.
    pub amends_at: Option<Span>,
    /// What it does to other agreements from its own effective day, in the order of the file.
    pub changes: Vec<Change>,
    /// Who may see it.
    pub visibility: Visibility,
    /// How its days are counted.
    pub counting: Counting,
    /// Its renewal, where it has an end that may be put off.
    pub renewal: Option<Renewal>,
    /// Its own term as something that is owed, under the id `expiration`: what is said of its end wherever terms are. One that
    /// states no end is standing.
    pub term: Box<Obligation>,
    /// The events that it declares, in the order of the file.
    pub events: Vec<Event>,
    /// What is owed under it, in the order of the file. A faulty obligation is left out, alone.
    pub obligations: Vec<Obligation>,
    /// Its text: Markdown, from the line after the front matter to the end of the file.
    pub body: Span,
    /// The reminders' settings that differ from the office's.
    pub remind: Remind,
    /// How a report is confirmed, where it differs from the office's.
    pub confirmation: Option<Confirmation>,
    /// The day from which it is tracked, where the file says one.
    pub tracked_from: Option<NaiveDate>,
    /// For the office alone: never on a page, never in a mail.
    pub notes: Option<String>,
    /// Its own keys of which it is not known what they say: the value has a fault, or a key that there is not may be meant for it.
    pub in_doubt: BTreeSet<&'static str>,
}

impl Agreement {
    /// One with nothing in it, which binds nobody.
    pub fn empty(id: AgreementId, file: SourceId) -> Self {
        let nowhere = Span::new(file, 0..0);
        Self {
            title: format!("`{id}`"),
            id,
            file,
            front_matter: nowhere,
            digest: String::new(),
            kind: AgreementKind::SideLetter,
            parties: Vec::new(),
            status: Status::Draft,
            signed: None,
            effective: None,
            expires: None,
            amends: Vec::new(),
            amends_at: None,
            changes: Vec::new(),
            visibility: Visibility::Members,
            counting: Counting::plain(),
            renewal: None,
            term: own_term(&[], &Visibility::Members, None, nowhere),
            events: Vec::new(),
            obligations: Vec::new(),
            body: nowhere,
            remind: Remind::default(),
            confirmation: None,
            tracked_from: None,
            notes: None,
            in_doubt: BTreeSet::new(),
        }
    }

    /// A phrase with titles in the place of the ids that it names: `at ‘Follow-up meeting’`.
    pub fn with_titles(&self, phrase: &str) -> String {
        titled(phrase, |id| self.title_of(id).map(str::to_owned))
    }

    /// The title of the obligation or event of that id.
    pub fn title_of(&self, id: &str) -> Option<&str> {
        let obligation = self.obligation(id).map(|o| o.title.as_str());
        obligation.or_else(|| self.event(id).map(|e| e.title.as_str()))
    }

    /// The obligation of that id.
    pub fn obligation(&self, id: &str) -> Option<&Obligation> {
        self.obligations.iter().find(|o| o.id.as_str() == id)
    }

    /// The obligation of that id, or the agreement's own term.
    pub fn owed(&self, id: &str) -> Option<&Obligation> {
        if self.term.id.as_str() == id {
            Some(&self.term)
        } else {
            self.obligation(id)
        }
    }

    /// Whether that is what the agreement itself lasts.
    pub fn is_own_term(&self, obligation: &Obligation) -> bool {
        self.term.id == obligation.id
    }

    /// The declared event of that id.
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.events.iter().find(|e| e.id.as_str() == id)
    }
}

/// What sort of document an agreement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the names are the file's own words, explained in docs/format.md"
)]
pub enum AgreementKind {
    SideLetter,
    Memorandum,
    Contract,
    GroundRules,
    Plan,
    Commitment,
}

/// Whether an agreement is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Signed, or otherwise binding.
    InForce,
    /// Settled, but not signed by all or not ratified: dates are projected, nothing is open, it is on no page.
    Tentative,
    /// Checked and nothing more.
    Draft,
}

/// Who may see something, widest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Members and supervisors: who reads the pages.
    Members,
    /// The parties' contacts alone.
    Parties,
    /// The keeper alone.
    Keeper(PartyId),
}

impl Visibility {
    /// Whether a party's contacts may read what has this visibility: they are no members of the public, so all but what
    /// the keeper keeps for itself.
    pub fn admits(&self, party: &PartyId) -> bool {
        match self {
            Self::Public | Self::Members | Self::Parties => true,
            Self::Keeper(keeper) => keeper == party,
        }
    }

    /// The word of files, commands, JSON and the sealed text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Public => "public",
            Self::Members => "members",
            Self::Parties => "parties",
            Self::Keeper(keeper) => keeper.as_str(),
        }
    }

    /// What a word means; one that is none of the three names a party.
    pub fn from_word(word: &str) -> Self {
        match word {
            "public" => Self::Public,
            "members" => Self::Members,
            "parties" => Self::Parties,
            party => Self::Keeper(PartyId::new(party)),
        }
    }
}

impl serde::Serialize for Visibility {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A day, or words from which one is worked out.
#[derive(Clone, Debug)]
pub enum When {
    /// A TOML date.
    On(NaiveDate, Span),
    /// A phrase. Most have none, and there may be millions of them.
    Phrase(Box<Phrase>),
}

impl When {
    /// Whether it is a day or a month that names no year.
    pub fn names_no_year(&self) -> bool {
        matches!(self, Self::Phrase(phrase) if phrase.tree.limit.names_no_year())
    }
}

/// What starts a clock.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its key.
    pub id: EventId,
    /// Where the key stands.
    pub span: Span,
    /// What it is called.
    pub title: String,
    /// The day, where the file says one: the keeper's claim.
    pub date: Option<Value<NaiveDate>>,
    /// The day on which it is expected: gives projected dates meanwhile.
    pub expected: Option<NaiveDate>,
    /// Who is asked for the date; empty: every party.
    pub told_by: Vec<PartyId>,
    /// Whether each time starts its own occurrence of whatever hangs on it.
    pub repeats: bool,
    /// Who may see it.
    pub visibility: Visibility,
}

/// One thing that somebody owes somebody.
#[derive(Clone, Debug)]
pub struct Obligation {
    /// Unique in its agreement.
    pub id: ObligationId,
    /// Where the id stands.
    pub span: Span,
    /// The clause that creates it, as the document numbers it.
    pub clause: Option<String>,
    /// What is owed.
    pub title: String,
    /// Who owes it. Never empty: all parties jointly, where the file says nothing.
    pub owed_by: Vec<PartyId>,
    /// To whom. The parties that do not owe it, where the file says nothing; empty where all owe it jointly.
    pub owed_to: Vec<PartyId>,
    /// When.
    pub timing: Timing,
    /// The condition under which it is owed, in words: shown, never asked about.
    pub when: Option<String>,
    /// How the office reads what the agreement leaves open.
    pub reading: Option<String>,
    /// What holds after a term has ended, in the agreement's words.
    pub afterwards: Option<String>,
    /// How often to ask how something without a date stands.
    pub review_every: Option<Box<Phrase>>,
    /// The participants.
    pub who: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// What shows that it was done.
    pub products: Vec<String>,
    /// The obligation of another agreement that it replaces: `sdr_phase_ii/hold_harmless`.
    pub replaces: Option<String>,
    /// Whether it outlives its agreement.
    pub survives: bool,
    /// Who may see it.
    pub visibility: Visibility,
    /// How its days are counted, where that differs from the agreement's.
    pub counting: Option<Counting>,
    /// The reminders' settings that differ from the agreement's.
    pub remind: Remind,
    /// How a report is confirmed, where it differs from the agreement's.
    pub confirmation: Option<Confirmation>,
    /// The day from which it is tracked, where the file says one.
    pub tracked_from: Option<NaiveDate>,
    /// For the office alone.
    pub notes: Option<String>,
}

/// When an obligation is owed. Exactly one of these.
#[derive(Clone, Debug)]
pub enum Timing {
    /// A deadline or a window.
    Due(Phrase),
    /// It recurs.
    Every {
        /// How often.
        phrase: Phrase,
        /// The day of the first occurrence and the anchor of all others.
        first: Option<NaiveDate>,
        /// The last day on which one may fall, included.
        until: Option<When>,
        /// How many there are.
        times: Option<u32>,
    },
    /// A state that lasts and then ends.
    Lasts {
        /// How long.
        phrase: Phrase,
        /// Whether and how it may be renewed.
        renewal: Option<Box<Renewal>>,
    },
    /// A standing duty: shown and never scheduled.
    Standing,
}

impl Timing {
    /// The time limit in the agreement's own words.
    pub fn words(&self) -> Option<&str> {
        self.phrase().map(|p| p.words.as_str())
    }

    /// The time limit.
    pub fn phrase(&self) -> Option<&Phrase> {
        match self {
            Self::Due(phrase) | Self::Every { phrase, .. } | Self::Lasts { phrase, .. } => {
                Some(phrase)
            }
            Self::Standing => None,
        }
    }
}

/// How a term, or an agreement, may go on after its end.
#[derive(Clone, Debug)]
pub struct Renewal {
    /// By whose act.
    pub how: RenewalKind,
    /// Whose request or option it is; empty: any party.
    pub by: Vec<PartyId>,
    /// For how long.
    pub length: Option<Phrase>,
    /// How often.
    pub times: Option<u32>,
    /// The last day to which it may go on.
    pub until: Option<When>,
    /// When it may be asked for; `expiration` in it is the end of the term.
    pub window: Option<Phrase>,
    /// When notice must be given; `expiration` in it is the end of the term.
    pub notice: Option<Phrase>,
}

/// By whose act something is renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RenewalKind {
    /// All parties must agree.
    ByAgreement,
    /// It renews itself, unless notice is given.
    Automatic,
    /// One party may choose.
    AtOption,
}

/// How a report becomes accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmation {
    /// One side's word is enough.
    None,
    /// Accepted 14 days after the entry's day without objection.
    Silence,
    /// Another party must confirm.
    Required,
}

/// How reminders are sent: what is set overrides the level above, key by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remind {
    /// How many days before the last day.
    pub before: Option<Vec<u32>>,
    /// Days between reminders after the last day.
    pub overdue_every: Option<u32>,
    /// How many reminders there are after the last day.
    pub overdue_times: Option<u32>,
    /// Days after the last day until those contacts hear of it who receive escalations.
    pub escalate_after: Option<u32>,
    /// The parties that are reminded; left out: all that may see it.
    pub to: Option<Vec<PartyId>>,
}

impl Remind {
    /// What holds where `self` says nothing and `outer` does.
    #[must_use]
    pub fn or(&self, outer: &Self) -> Self {
        Self {
            before: self.before.clone().or_else(|| outer.before.clone()),
            overdue_every: self.overdue_every.or(outer.overdue_every),
            overdue_times: self.overdue_times.or(outer.overdue_times),
            escalate_after: self.escalate_after.or(outer.escalate_after),
            to: self.to.clone().or_else(|| outer.to.clone()),
        }
    }
}
