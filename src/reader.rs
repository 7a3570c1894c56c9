//! Who reads what was recorded, and which entries may be shown to them.

use crate::agreement::{Agreement, OWN_DATES, Status, Visibility};
use crate::ids::PartyId;
use crate::office::Office;
use crate::record::{Entry, EntryKind, Record};
use crate::withheld::Withheld;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody to whom the record is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader<'a> {
    /// Whoever runs the office: everything.
    Office,
    /// All parties of an agreement together, and whoever decides between them: everything that is not the keeper's alone.
    Parties,
    /// One party.
    Party(&'a PartyId),
}

impl Reader<'_> {
    /// Whether the reader may see what has this visibility, in an agreement that the reader may see.
    pub fn admits(&self, visibility: &Visibility) -> bool {
        match self {
            Self::Office => true,
            Self::Parties => !matches!(visibility, Visibility::Keeper(_)),
            Self::Party(party) => visibility.admits(party),
        }
    }

    /// Whether the reader may see an agreement.
    pub fn sees(&self, agreement: &Agreement) -> bool {
        let is_of_it = match self {
            Self::Party(party) => {
                agreement.parties.contains(party)
                    || agreement.visibility == Visibility::Keeper((*party).clone())
            }
            Self::Office | Self::Parties => true,
        };
        is_of_it && self.admits(&agreement.visibility)
    }

    /// Whether the reader may know of an agreement at all: it is the reader's own, or it stands on the pages.
    pub(crate) fn may_name(&self, office: &Office, agreement: &Agreement) -> bool {
        let is_published = agreement.status == Status::InForce
            && agreement.visibility <= office.settings.site_visibility;
        self.sees(agreement) || is_published
    }

    /// Whether the reader may know of something in an agreement that may be named.
    pub(crate) fn admits_of(
        &self,
        office: &Office,
        agreement: &Agreement,
        visibility: &Visibility,
    ) -> bool {
        if self.sees(agreement) {
            self.admits(visibility)
        } else {
            *visibility <= office.settings.site_visibility
        }
    }

    /// The numbers of the entries that may be shown. `entries` are those that still say something, in order.
    ///
    /// An entry is kept from the reader where what it is about is, where it says so itself, where it speaks of another that
    /// is, and where its words name what the reader may not know of, unless they are the reader's own. Of what the file no
    /// longer has nobody can tell who may see it: a party is not shown it.
    pub fn shown(&self, office: &Office, entries: &[Entry]) -> BTreeSet<u64> {
        if *self == Self::Office {
            return entries.iter().map(|entry| entry.number).collect();
        }
        let kept = Kept {
            reader: self,
            office,
            withheld: Withheld::of_office(office, self),
            erased: erased(entries),
        };
        let mut shown = BTreeSet::new();
        for entry in entries {
            if kept.may_be_shown(entry, &shown) {
                shown.insert(entry.number);
            }
        }
        shown
    }
}

/// The entries whose text was erased, each with the strike that did it.
pub(crate) fn erased(entries: &[Entry]) -> BTreeMap<u64, &Entry> {
    let strikes = entries
        .iter()
        .filter(|e| e.kind == EntryKind::Struck && e.erase && !e.proposed);
    strikes.filter_map(|e| Some((e.entry?, e))).collect()
}

/// What of a record is for whoever may see what has the visibility `widest`: without the entries that say themselves that
/// they are for fewer, and without what speaks of those. Where things stand for these readers follows from the rest. A
/// strike stays, for what it voids is void for everybody.
pub fn record_for<'a>(record: &'a Record, widest: &Visibility) -> Cow<'a, Record> {
    let mut narrower = BTreeSet::new();
    for entry in &record.entries {
        let is_of_such = entry.entry.is_some_and(|about| narrower.contains(&about));
        let voids = entry.kind == EntryKind::Struck && !entry.proposed;
        let is_one = entry.visibility.as_ref().is_some_and(|own| own > widest);
        if is_of_such || (is_one && !voids) {
            narrower.insert(entry.number);
        }
    }
    if narrower.is_empty() {
        return Cow::Borrowed(record);
    }
    let mut record = record.clone();
    record
        .entries
        .retain(|entry| !narrower.contains(&entry.number));
    Cow::Owned(record)
}

/// Whether something stands otherwise for whoever has only `part` of a record: remarks change nothing about that.
pub fn says_less(part: &Record, whole: &Record) -> bool {
    let number = |of: &Record| {
        let entries = of.entries.iter();
        entries.filter(|e| e.kind != EntryKind::Noted).count()
    };
    number(part) < number(whole)
}

/// What decides whether an entry is kept from a reader.
struct Kept<'a> {
    reader: &'a Reader<'a>,
    office: &'a Office,
    withheld: Withheld,
    erased: BTreeMap<u64, &'a Entry>,
}

impl Kept<'_> {
    fn may_be_shown(&self, entry: &Entry, shown: &BTreeSet<u64>) -> bool {
        let admits = |of: &Entry| of.visibility.as_ref().is_none_or(|v| self.reader.admits(v));
        let may_be_spoken_of = |number: u64| match self.erased.get(&number) {
            // A strike is about the same and as narrow as what it strikes. Whether the words that are gone named what the
            // reader may not know of, nobody can tell any more.
            Some(strike) => {
                admits(strike)
                    && self.sees_what_it_is_about(strike)
                    && (strike.number == entry.number
                        || entry.visibility.is_some()
                        || *self.reader == Reader::Parties
                        || self.is_own(strike)
                        || self.is_own(entry))
            }
            None => shown.contains(&number),
        };
        self.sees_what_it_is_about(entry)
            && admits(entry)
            && entry.entry.is_none_or(may_be_spoken_of)
            && (self.is_own(entry) || !self.names_what_is_withheld(entry))
    }

    fn sees_what_it_is_about(&self, entry: &Entry) -> bool {
        let unknown = *self.reader == Reader::Parties;
        let Some(agreement) = self.office.agreement(entry.agreement.as_str()) else {
            return unknown;
        };
        if !self.reader.sees(agreement) {
            return false;
        }
        let Some(subject) = entry.subject.as_deref() else {
            return true;
        };
        let visibility = agreement
            .owed(subject)
            .map(|obligation| &obligation.visibility)
            .or_else(|| agreement.event(subject).map(|event| &event.visibility));
        match visibility {
            Some(visibility) => self.reader.admits(visibility),
            None => unknown || OWN_DATES.contains(&subject),
        }
    }

    /// Whether the reader said it, by itself.
    fn is_own(&self, entry: &Entry) -> bool {
        match self.reader {
            Reader::Party(party) => entry.by.as_ref() == Some(party) && entry.entered_by.is_none(),
            Reader::Office | Reader::Parties => false,
        }
    }

    fn names_what_is_withheld(&self, entry: &Entry) -> bool {
        entry.words().any(|words| self.withheld.is_named_in(words))
    }
}
