//! The record: what has happened since, as an append-only, sealed list of entries.
//!
//! Pure: how entries are kept is for the [`store`](crate::store).

pub mod answers;
pub mod canonical;
pub mod compare;
pub mod entering;
pub mod export;
pub mod receipt;
pub mod same_words;
pub mod seal;
mod strikes;
pub mod told;

pub use seal::{SealFault, Sealed, verify};
pub use strikes::{Strike, Strikes};

use crate::agreement::Visibility;
use crate::ids::{AgreementId, PartyId};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// One entry. It is never changed; a mistake is struck out by a later entry.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// From 1, without gaps.
    pub number: u64,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// What it says.
    pub kind: EntryKind,
    /// The agreement.
    pub agreement: AgreementId,
    /// The obligation or event; `None`: the agreement as a whole.
    pub subject: Option<String>,
    /// The day that it speaks of.
    pub on: Option<NaiveDate>,
    /// The new last day of what is moved, or of what is renewed.
    pub to: Option<NaiveDate>,
    /// The occurrence, by its nominal last day.
    pub occurrence: Option<NaiveDate>,
    /// Which of an event that repeats: a worksite, a case number.
    #[serde(rename = "for")]
    pub for_words: Option<String>,
    /// The entry that it answers, strikes or remarks on; of what follows from an event that repeats, the entry that says
    /// when the event took place.
    pub entry: Option<u64>,
    /// The party that says it.
    pub by: Option<PartyId>,
    /// The keeper, where it entered this for another party.
    pub entered_by: Option<PartyId>,
    /// Who spoke for the party.
    pub speaker: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Papers, by name and SHA-256.
    pub evidence: Vec<Evidence>,
    /// Who may see it, where that is narrower than for what it is about.
    pub visibility: Option<Visibility>,
    /// Whether a strike also removed the text of what it strikes.
    pub erase: bool,
    /// Whether a strike waits for other parties: what all have agreed to is void once all have struck it out, and the
    /// last of their strikes is not proposed. Of a renewal: whether it goes beyond what the agreement leaves to the option
    /// of one party, and so is for all to agree on.
    pub proposed: bool,
    /// The digest of the agreement's file as it then stood.
    pub text: String,
    /// The seal: SHA-256 over the entry before, the number, the instant and the digest of all the rest.
    pub seal: String,
}

impl Entry {
    /// The words that somebody chose: the remark, the speaker, what tells a case from others, the names of papers.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        own_words([&self.note, &self.speaker, &self.for_words], &self.evidence)
    }

    /// The party whose own word it is; `None` of what the keeper entered in another's name without a paper that has its
    /// words, and of what nobody in particular says.
    pub fn own_word(&self) -> Option<&PartyId> {
        self.by
            .as_ref()
            .filter(|_| self.entered_by.is_none() || !self.evidence.is_empty())
    }

    /// Whether the keeper alone vouches for what it says in the name of another party.
    pub fn is_in_name_only(&self) -> bool {
        self.by.is_some() && self.own_word().is_none()
    }
}

/// What is to be entered: an [`Entry`] before it has a number, an instant and a seal. Its fields are the entry's.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[expect(missing_docs, reason = "each is explained at the entry")]
pub struct Draft {
    pub kind: EntryKind,
    pub agreement: AgreementId,
    pub subject: Option<String>,
    pub on: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub occurrence: Option<NaiveDate>,
    #[serde(rename = "for")]
    pub for_words: Option<String>,
    pub entry: Option<u64>,
    pub by: Option<PartyId>,
    pub entered_by: Option<PartyId>,
    pub speaker: Option<String>,
    pub note: Option<String>,
    pub evidence: Vec<Evidence>,
    pub visibility: Option<Visibility>,
    pub erase: bool,
    pub proposed: bool,
    pub text: String,
}

fn own_words<'a>(
    words: [&'a Option<String>; 3],
    papers: &'a [Evidence],
) -> impl Iterator<Item = &'a str> {
    let papers = papers.iter().map(|paper| paper.name.as_str());
    words.into_iter().filter_map(Option::as_deref).chain(papers)
}

impl Draft {
    /// The words that somebody chose: the remark, the speaker, what tells a case from others, the names of papers.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        own_words([&self.note, &self.speaker, &self.for_words], &self.evidence)
    }

    /// A draft that says the least: a kind, about an agreement whose file has the digest `text`.
    pub fn new(kind: EntryKind, agreement: AgreementId, text: impl Into<String>) -> Self {
        Self {
            kind,
            agreement,
            subject: None,
            on: None,
            to: None,
            occurrence: None,
            for_words: None,
            entry: None,
            by: None,
            entered_by: None,
            speaker: None,
            note: None,
            evidence: Vec::new(),
            visibility: None,
            erase: false,
            proposed: false,
            text: text.into(),
        }
    }

    /// The entry that it becomes.
    #[must_use]
    pub fn into_entry(self, number: u64, at: DateTime<Utc>, seal: String) -> Entry {
        Entry {
            number,
            at,
            kind: self.kind,
            agreement: self.agreement,
            subject: self.subject,
            on: self.on,
            to: self.to,
            occurrence: self.occurrence,
            for_words: self.for_words,
            entry: self.entry,
            by: self.by,
            entered_by: self.entered_by,
            speaker: self.speaker,
            note: self.note,
            evidence: self.evidence,
            visibility: self.visibility,
            erase: self.erase,
            proposed: self.proposed,
            text: self.text,
            seal,
        }
    }
}

/// What an entry says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// An event took place, or the condition of a `when` came about.
    Happened,
    /// An occurrence was done, says a party.
    Met,
    /// Another party says the same of a claim, or agrees to an act.
    Confirmed,
    /// Another party says otherwise of a claim, or does not agree to an act; of a standing duty or a running term: it was not kept that day.
    Disputed,
    /// An act of all sides: an occurrence is skipped.
    Waived,
    /// An act of all sides: an occurrence has another last day.
    Moved,
    /// An act of all sides: a term, or the agreement, goes on.
    Renewed,
    /// An act of all sides: something ends.
    Ended,
    /// Notice was given or received.
    Notice,
    /// A remark or evidence.
    Noted,
    /// An earlier entry is void.
    Struck,
}

impl EntryKind {
    /// Every kind, in the order of the type.
    pub const ALL: [Self; 11] = [
        Self::Happened,
        Self::Met,
        Self::Confirmed,
        Self::Disputed,
        Self::Waived,
        Self::Moved,
        Self::Renewed,
        Self::Ended,
        Self::Notice,
        Self::Noted,
        Self::Struck,
    ];

    /// The word of commands, JSON and the sealed text.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Happened => "happened",
            Self::Met => "met",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::Waived => "waived",
            Self::Moved => "moved",
            Self::Renewed => "renewed",
            Self::Ended => "ended",
            Self::Notice => "notice",
            Self::Noted => "noted",
            Self::Struck => "struck",
        }
    }

    /// Whether it is an act of all sides, *proposed* until every party has agreed.
    pub fn is_act(self) -> bool {
        matches!(
            self,
            Self::Waived | Self::Moved | Self::Renewed | Self::Ended
        )
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A paper that an entry rests on.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Evidence {
    /// The file's name, without its folder.
    pub name: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// How much of a record is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    #[default]
    Whole,
    /// What is about these agreements.
    About(Vec<AgreementId>),
    /// The same without remarks: they are half of many a record, and change nothing about where things stand.
    WithoutRemarks(Vec<AgreementId>),
}

impl Extent {
    /// Whether what is about an agreement is known.
    pub fn covers(&self, agreement: &AgreementId) -> bool {
        self.agreements().is_none_or(|of| of.contains(agreement))
    }

    /// The agreements that it is about; `None`: all.
    pub fn agreements(&self) -> Option<&[AgreementId]> {
        match self {
            Self::Whole => None,
            Self::About(agreements) | Self::WithoutRemarks(agreements) => Some(agreements),
        }
    }
}

/// What the store knows, for a pure reader.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// How much of it was read. Nothing is worked out about an agreement that it does not cover.
    pub extent: Extent,
    /// Every entry within the extent, in order.
    pub entries: Vec<Entry>,
    /// The first day of tracking, by agreement.
    pub tracking: BTreeMap<AgreementId, NaiveDate>,
    /// Who was asked about which entry, by a message that has left and that said what silence means. Without it no silence
    /// accepts anything.
    pub asked: Asked,
}

/// For an entry and a party, the messages that asked the party about it and have left, in the order in which they did.
pub type Asked = BTreeMap<(u64, PartyId), Vec<Asking>>;

/// A message that has left, and that asked a party about an entry and said from which day its silence accepts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The message, by its number in the outbox.
    pub message: i64,
    /// When it left.
    pub left_at: DateTime<Utc>,
    /// The day that it named.
    pub from: NaiveDate,
}

/// That a message asks about an entry and says from which day silence accepts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asks {
    /// The entry, by its number.
    pub about: u64,
    /// The day.
    pub silent_from: NaiveDate,
}

/// The entry of a number among some, which stand in the order of theirs.
fn numbered(entries: &[Entry], number: u64) -> Option<&Entry> {
    let found = entries.binary_search_by_key(&number, |entry| entry.number);
    entries.get(found.ok()?)
}

impl Record {
    /// What was known of it on a day, in an office's zone: without what was entered, or asked, on a later one.
    #[must_use]
    pub fn as_known_on(mut self, day: NaiveDate, zone: Tz) -> Self {
        let is_past = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive() <= day;
        // Instants never go back, so what is later is at the end; looked at whole all the same, in case they were altered.
        self.entries.retain(|entry| is_past(entry.at));
        for askings in self.asked.values_mut() {
            askings.retain(|asking| is_past(asking.left_at));
        }
        self
    }

    /// What was known of it before an instant, or with what was entered at it; `None`: nothing.
    #[must_use]
    pub fn known_at(&self, instant: Option<DateTime<Utc>>, with_its_own: bool) -> Self {
        let mut known = self.clone();
        let is_before = |at: DateTime<Utc>| {
            instant.is_some_and(|instant| at < instant || (with_its_own && at == instant))
        };
        known.entries.retain(|entry| is_before(entry.at));
        for askings in known.asked.values_mut() {
            askings.retain(|asking| is_before(asking.left_at));
        }
        known
    }

    /// The entry of that number.
    pub fn entry(&self, number: u64) -> Option<&Entry> {
        numbered(&self.entries, number)
    }

    /// Whether an entry is word that its agreement's file as it then stood is the right text: a remark on an entry that was
    /// made about another.
    pub fn is_correction(&self, entry: &Entry) -> bool {
        let about = entry.entry.and_then(|number| self.entry(number));
        entry.kind == EntryKind::Noted
            && about
                .is_some_and(|about| about.agreement == entry.agreement && about.text != entry.text)
    }

    /// Entries that were not struck out, in order; strikes themselves left out.
    pub fn standing(&self) -> impl Iterator<Item = &Entry> {
        self.not_struck().filter(|e| e.kind != EntryKind::Struck)
    }

    /// What is struck out, and by which strike.
    pub fn strikes(&self) -> Strikes {
        Strikes::of(&self.entries, &self.asked)
    }

    /// Strikes that wait for other parties and were not struck out themselves, in order.
    pub fn standing_strikes(&self) -> impl Iterator<Item = &Entry> {
        self.not_struck()
            .filter(|e| e.kind == EntryKind::Struck && e.proposed)
    }

    /// Entries that were not struck out, in order, strikes among them.
    pub fn not_struck(&self) -> impl Iterator<Item = &Entry> {
        let strikes = self.strikes();
        self.entries
            .iter()
            .filter(move |e| strikes.of_entry(e.number).is_none())
    }
}
