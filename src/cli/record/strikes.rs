//! Why a strike waits for others, and for whom.

use super::follows::Change;
use crate::record::answers::is_claim;
use crate::record::entering::{self, Circumstances};
use crate::record::{Entry, EntryKind, Strike};
use std::fmt::Write as _;

impl Change<'_> {
    /// Whose strikes are missing until an entry is void, and why they are wanted.
    pub(super) fn missing_strikes(&self) -> String {
        let is_waiting = self.entry.proposed && !self.after.strikes().has_taken_effect(self.entry);
        let Some(number) = self.entry.entry.filter(|_| is_waiting) else {
            return String::new();
        };
        let why = match self.after.entry(number) {
            Some(entry) if entry.by.is_none() && entry.entered_by.is_none() => {
                format!("No party made entry {number}, so it stands until each of them")
            }
            Some(notice) if self.has_ended_it(notice) => {
                format!(
                    "What entry {number} gave notice of has ended, so it stands until each party"
                )
            }
            Some(claim) if is_claim(claim) && self.is_accepted_by_silence(claim) => {
                format!(
                    "Entry {number} was accepted by silence, so it stands until each party that was silent, too,"
                )
            }
            Some(claim)
                if is_claim(claim) && !entering::has_settled_an_end(claim, &self.since()) =>
            {
                format!(
                    "Another party has confirmed entry {number}, so it stands until that party too"
                )
            }
            Some(entry) if entering::is_in_use(entry, &self.since()) => {
                format!("What entry {number} renewed has begun, so it stands until each party")
            }
            Some(entry) if let Some(holders) = self.holders_of(entry) => {
                format!(
                    "By entry {number} the option of {holders} was used, so it stands until {holders}, too,"
                )
            }
            _ => format!("All parties agreed to entry {number}, so it stands until each of them"),
        };
        format!(
            "{why} has struck it out: {} record struck {} --entry {number} --by PARTY\n{}",
            self.program,
            self.agreement.id,
            self.in_name_only(number)
        )
    }

    /// Which entries are void with this one, because their own parties' strikes of them had waited for no other word.
    pub(super) fn strikes_in_effect(&self) -> String {
        let strikes = self.after.strikes();
        let with_it =
            |strike: &Strike| strike.with == self.entry.number && strike.by != self.entry.number;
        let mut text = String::new();
        for (number, strike) in strikes.all().filter(|(_, strike)| with_it(strike)) {
            let _ = writeln!(
                text,
                "With that entry {number} is void, too: entry {} had struck it out, and waits for nobody any more.",
                strike.by
            );
        }
        text
    }

    /// That an entry which the keeper struck out for a party was no word of that party's, and is void at once on its own words.
    fn in_name_only(&self, number: u64) -> String {
        let by = self
            .entry
            .by
            .as_ref()
            .filter(|_| self.entry.entered_by.is_some());
        let struck = self
            .after
            .entry(number)
            .filter(|struck| struck.is_in_name_only());
        let Some((by, struck)) = by
            .zip(struck)
            .filter(|(by, struck)| struck.by.as_ref() == Some(by))
        else {
            return String::new();
        };
        format!(
            "Entry {number} was entered for {} without its own words; with them it is void at once: {} {} --evidence FILE\n",
            self.office.short_name(by),
            self.program,
            entering::how_to_strike(struck, self.office)
        )
    }

    fn is_accepted_by_silence(&self, claim: &Entry) -> bool {
        let standing = self.standing_of(claim);
        standing.is_some_and(|standing| !standing.by_silence.is_empty())
    }

    fn has_ended_it(&self, notice: &Entry) -> bool {
        entering::has_ended_it(notice, &self.since())
    }

    /// What is known with the entry.
    fn since(&self) -> Circumstances<'_> {
        Circumstances {
            office: self.office,
            agreement: self.agreement,
            record: self.after,
            today: self.today,
        }
    }

    /// By name, whose option an entry is part of the use of.
    fn holders_of(&self, entry: &Entry) -> Option<String> {
        let standing = self.standing_of(entry)?;
        let is_option = entry.kind == EntryKind::Renewed && !self.is_by_all(&standing);
        is_option.then(|| self.holders(entry, &standing))
    }
}
