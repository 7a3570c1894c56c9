//! What is to be written, read once as `check` reads it: whatever it would refuse is said at the cell.

use super::{Fate, Finding, Import, page};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Result;
use crate::office::{Office, Proposal};
use crate::rules::{
    counting_not_stated, hidden_character, not_confirmed, obligation_not_marked,
    party_not_of_the_agreement,
};
use std::collections::{BTreeMap, BTreeSet};

impl Import {
    /// Finds what becomes of each agreement.
    ///
    /// # Errors
    /// When the office cannot be read again.
    pub(super) fn check(&mut self, office: &Office, wishes: &super::Wishes) -> Result<()> {
        for proposed in &mut self.letters {
            if let Some(known) = office.agreement(&proposed.letter.id) {
                proposed.fate = Fate::There;
                proposed
                    .path
                    .clone_from(&office.sources.get(known.file).path);
            }
        }
        let new: Vec<Proposal> = self
            .letters
            .iter()
            .filter(|proposed| proposed.fate == Fate::New)
            .map(|proposed| Proposal {
                path: proposed.path.clone(),
                text: proposed.text.clone(),
            })
            .collect();
        let with = Office::load_with(&office.root, &new)?;
        let places: BTreeMap<&str, usize> = self
            .letters
            .iter()
            .enumerate()
            .filter(|(_, proposed)| proposed.fate == Fate::New)
            .map(|(index, proposed)| (proposed.path.as_str(), index))
            .collect();
        let already: BTreeSet<(u32, Option<u32>)> = self
            .findings
            .iter()
            .map(|finding| (finding.place.row, finding.place.column))
            .collect();
        let rows_with_one: BTreeSet<u32> = already.iter().map(|(row, _)| *row).collect();
        let mut findings = Vec::new();
        let mut remarks = Vec::new();
        let mut pages: BTreeMap<usize, page::Page> = BTreeMap::new();
        for diagnostic in &with.diagnostics {
            let span = diagnostic.primary.span;
            let Some(index) = places.get(with.sources.get(span.file).path.as_str()) else {
                continue;
            };
            let page = pages
                .entry(*index)
                .or_insert_with(|| page::page(&self.letters[*index].letter, wishes));
            let Some(place) = page.place(span.start) else {
                continue;
            };
            // What the sheet's own reader has said of a cell is not said twice; nor what it leaves out because of that.
            if already.contains(&(place.row, place.column)) {
                continue;
            }
            // Of an agreement whose parties are not all found, who is none of them is not known.
            if diagnostic.rule == &party_not_of_the_agreement::RULE
                && self.letters[*index]
                    .letter
                    .rows
                    .iter()
                    .any(|row| rows_with_one.contains(row))
            {
                continue;
            }
            // What is held for the sheet's words is said in the sheet's terms.
            if diagnostic.rule == &not_confirmed::RULE {
                continue;
            }
            let finding = finding(diagnostic, place);
            if diagnostic.is_error() {
                findings.push(finding);
            } else if is_about_a_cell(diagnostic) {
                remarks.push(finding);
            }
        }
        self.findings.extend(findings);
        self.remarks.extend(remarks);
        self.findings.sort_by_key(|finding| finding.place);
        self.remarks.sort_by_key(|finding| finding.place);
        self.judge();
        Ok(())
    }

    /// An agreement of which a row has a finding is not written; nor is what an office has already a matter of findings.
    fn judge(&mut self) {
        let mut by_row: BTreeMap<u32, usize> = BTreeMap::new();
        for (index, proposed) in self.letters.iter().enumerate() {
            by_row.extend(proposed.letter.rows.iter().map(|row| (*row, index)));
        }
        let letters = &mut self.letters;
        self.findings.retain(|finding| {
            let Some(index) = by_row.get(&finding.place.row) else {
                return true;
            };
            let fate = &mut letters[*index].fate;
            if *fate == Fate::New {
                *fate = Fate::NotUnderstood;
            }
            *fate != Fate::There
        });
        self.remarks.retain(|remark| {
            let index = by_row.get(&remark.place.row);
            index.is_none_or(|index| letters[*index].fate != Fate::There)
        });
    }
}

fn finding(diagnostic: &Diagnostic, place: super::Place) -> Finding {
    // There is no file here yet to write a key into.
    let help = diagnostic.help.as_ref();
    let help = help.map(|help| help.replace("days_off = [\"weekends\"]", "--days-off weekends"));
    Finding {
        help,
        code: Some(diagnostic.rule.code),
        ..Finding::new(place, diagnostic.message.as_str())
    }
}

/// Whether a warning is about what a cell says, and not about what every imported agreement leaves open.
fn is_about_a_cell(diagnostic: &Diagnostic) -> bool {
    let everywhere = [&counting_not_stated::RULE, &obligation_not_marked::RULE];
    diagnostic.severity == Severity::Warning
        && !everywhere.contains(&diagnostic.rule)
        && diagnostic.rule != &hidden_character::RULE
}
