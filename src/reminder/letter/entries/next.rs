//! What its reader may do about what a party has said, and by which commands.

use super::super::super::wording::follows;
use super::super::clean;
use super::Answer;
use crate::record::EntryKind;
use crate::record::answers::{Repeats, Standing, Stands, is_claim, is_same_matter};
use crate::record::entering::{how_to_answer, how_to_strike};

impl Answer<'_, '_> {
    /// Whether the reader's word is missing.
    pub(super) fn is_for_the_reader(&self) -> bool {
        let waits = |standing: &Standing| standing.waits_for_a_word_of(self.reader.party);
        self.open.by.as_ref() != Some(self.reader.party) && self.standing.is_some_and(waits)
    }

    pub(super) fn next(&self) -> String {
        let language = self.reader.language;
        let reader = self.reader_name();
        let keeper = self.reader.facts.office.settings.keeper.as_ref();
        let keeper = keeper.map(|id| clean::line(self.reader.facts.office.short_name(id)));
        match keeper {
            Some(keeper) if self.is_in_the_readers_name() => {
                follows::in_your_name(language, &keeper, &reader)
            }
            keeper if self.is_for_the_reader() => {
                let other = keeper.filter(|_| !self.reader.keeps_the_record());
                follows::please_answer(language, &reader, other.as_deref(), is_claim(self.open))
            }
            keeper if self.may_strike() => {
                let other = keeper.filter(|_| !self.reader.keeps_the_record());
                follows::please_answer(language, &reader, other.as_deref(), is_claim(self.open))
            }
            _ => self
                .settle()
                .unwrap_or_else(|| follows::no_answer_needed(language, &reader)),
        }
    }

    /// How the reader, who says otherwise than another, settles that.
    fn settle(&self) -> Option<String> {
        let standing = self.standing?;
        let party = self.reader.party;
        if standing.stands != Stands::Disputed {
            return None;
        }
        let other = if self.open.by.as_ref() == Some(party) {
            standing.against.first()?
        } else if standing.against.contains(party) {
            self.open.by.as_ref()?
        } else {
            return None;
        };
        let (open, record) = (self.open, self.reader.facts.record);
        let own = record
            .standing()
            .filter(|e| e.by.as_ref() == Some(party))
            .filter(|e| e.number == open.number || is_same_matter(e, open, Repeats::No))
            .last();
        Some(follows::settle(
            self.reader.language,
            &self.reader_name(),
            &clean::line(self.reader.facts.office.short_name(other)),
            own.and_then(|own| own.on),
        ))
    }

    /// Whether the reader may settle a dispute by taking its own word back.
    fn is_disputed_word_of_the_reader(&self) -> bool {
        let is_disputed = |standing: &Standing| standing.stands == Stands::Disputed;
        self.open.by.as_ref() == Some(self.reader.party) && self.standing.is_some_and(is_disputed)
    }

    /// Whether the reader's own strike is missing before what all agreed to is void.
    fn may_strike(&self) -> bool {
        self.entry.kind == EntryKind::Struck && self.entry.proposed
    }

    /// The commands for whoever keeps the record.
    pub(super) fn commands(&self) -> Vec<String> {
        if !self.reader.keeps_the_record() {
            return Vec::new();
        }
        let (party, office) = (self.reader.party, self.reader.facts.office);
        if self.may_strike() {
            let entry = self.entry;
            let number = entry.entry.unwrap_or_default();
            return vec![format!(
                "sideletter record struck {} --entry {number} --by {party}",
                entry.agreement
            )];
        }
        if self.is_disputed_word_of_the_reader() {
            return vec![format!("sideletter {}", how_to_strike(self.open, office))];
        }
        if !self.is_for_the_reader() {
            // Who says otherwise may still come over.
            let answer = self.settle().map(|_| EntryKind::Confirmed);
            return answer
                .map(|answer| how_to_answer(answer, self.open, party, office))
                .map(|how| format!("sideletter {how}"))
                .into_iter()
                .collect();
        }
        [EntryKind::Confirmed, EntryKind::Disputed]
            .map(|answer| {
                let how = how_to_answer(answer, self.open, party, office);
                format!("sideletter {how}")
            })
            .to_vec()
    }
}
