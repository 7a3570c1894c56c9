//! The text of an agreement's file, and from which cell each line of it is. Cells are data: every word of theirs stands in a
//! string of TOML that is written by its own rules, on one line, and none in the body.

use super::letters::{Letter, Owed, Timing, When};
use super::sheet::Place;
use super::{Fate, Proposed, Wishes};
use crate::begin::{self, quoted};
use crate::ids::PartyId;
use crate::words::count;
use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

/// Where each line of a text is from.
#[derive(Clone, Debug, Default)]
pub struct Page {
    text: String,
    /// From which byte on, which place.
    from: Vec<(usize, Place)>,
}

/// The file of an agreement.
pub(super) fn write(letter: Letter, wishes: &Wishes) -> Proposed {
    let text = page(&letter, wishes).text;
    Proposed {
        path: format!("{}/{}.md", begin::AGREEMENTS, letter.id),
        text,
        letter,
        fate: Fate::New,
    }
}

/// The text of a file with its places.
pub(super) fn page(letter: &Letter, wishes: &Wishes) -> Page {
    let mut page = Page::default();
    let row = Place {
        row: letter.rows.first().copied().unwrap_or_default(),
        column: None,
    };
    let facts = Facts {
        places: &letter.places,
        row,
    };
    page.line(row, "+++");
    page.key(&facts, "title", quoted(&letter.title));
    page.key(&facts, "kind", quoted(begin::word_of(letter.kind)));
    page.key(&facts, "parties", keys(&letter.parties));
    if let Some(status) = letter.status {
        page.key(&facts, "status", quoted(status));
    }
    if let Some(signed) = letter.signed {
        page.key(&facts, "signed", signed);
    }
    for (key, when) in [
        ("effective", &letter.effective),
        ("expires", &letter.expires),
    ] {
        match when {
            Some(When::Day(day)) => page.key(&facts, key, day),
            Some(When::Words(words)) => page.key(&facts, key, quoted(words)),
            None => {}
        }
    }
    page.notes(&facts, &letter.notes);
    page.counting(row, wishes);
    if let Some(length) = &letter.renews {
        page.line(row, "");
        page.line(row, "[renewal]");
        page.line(row, "how = \"automatic\"");
        let place = letter.places.get("renewal").copied().unwrap_or(row);
        page.line(place, format_args!("for = {}", quoted(length)));
    }
    for (id, title) in &letter.events {
        page.line(row, "");
        page.line(row, format_args!("[events.{id}]"));
        page.line(row, format_args!("title = {}", quoted(title)));
    }
    for owed in &letter.obligations {
        page.owed(owed);
    }
    page.line(row, "+++");
    page.line(row, "");
    page.line(
        row,
        format_args!(
            "<!-- From {} of a spreadsheet. Put the agreement's own words here, and behind those that create an obligation its id in brackets. -->",
            count(letter.rows.len() as u64, "row")
        ),
    );
    page
}

/// Where the facts of one thing stand.
struct Facts<'a> {
    places: &'a BTreeMap<&'static str, Place>,
    row: Place,
}

impl Page {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// From which place the line is in which a byte stands.
    pub fn place(&self, byte: usize) -> Option<Place> {
        let after = self.from.partition_point(|(begin, _)| *begin <= byte);
        Some(self.from.get(after.checked_sub(1)?)?.1)
    }

    fn line(&mut self, place: Place, line: impl Display) {
        self.from.push((self.text.len(), place));
        let _ = writeln!(self.text, "{line}");
    }

    fn key(&mut self, facts: &Facts<'_>, key: &'static str, value: impl Display) {
        let place = facts.places.get(key).copied().unwrap_or(facts.row);
        self.line(place, format_args!("{key} = {value}"));
    }

    fn notes(&mut self, facts: &Facts<'_>, notes: &[String]) {
        if !notes.is_empty() {
            self.key(facts, "notes", quoted(&notes.join("\n")));
        }
    }

    fn counting(&mut self, row: Place, wishes: &Wishes) {
        if wishes.counting.is_none() && wishes.days_off.is_empty() {
            return;
        }
        self.line(row, "");
        self.line(row, "[counting]");
        if let Some(preset) = &wishes.counting {
            self.line(row, format_args!("preset = {}", quoted(preset)));
        }
        if !wishes.days_off.is_empty() {
            self.line(
                row,
                format_args!("days_off = {}", listed(wishes.days_off.iter())),
            );
        }
    }

    fn owed(&mut self, owed: &Owed) {
        let row = Place {
            row: owed.row,
            column: None,
        };
        let facts = Facts {
            places: &owed.places,
            row,
        };
        self.line(row, "");
        self.line(row, "[[obligations]]");
        self.line(
            facts.places.get("title").copied().unwrap_or(row),
            format_args!("id = {}", quoted(&owed.id)),
        );
        if let Some(clause) = &owed.clause {
            self.key(&facts, "clause", quoted(clause));
        }
        self.key(&facts, "title", quoted(&owed.title));
        for (key, parties) in [("owed_by", &owed.owed_by), ("owed_to", &owed.owed_to)] {
            if !parties.is_empty() {
                self.key(&facts, key, keys(parties));
            }
        }
        let timing = match &owed.timing {
            Timing::Due(words) => Some(("due", words)),
            Timing::Every(words) => Some(("every", words)),
            Timing::Lasts(words) => Some(("lasts", words)),
            Timing::Standing => None,
        };
        if let Some((key, words)) = timing {
            // The cell is one, whatever the key is called.
            let place = facts.places.get("due").copied().unwrap_or(row);
            self.line(place, format_args!("{key} = {}", quoted(words)));
        }
        if let Some(who) = &owed.who {
            self.key(&facts, "who", quoted(who));
        }
        self.notes(&facts, &owed.notes);
        if let Some(words) = &owed.held {
            self.key(&facts, "proposed", quoted(words));
        }
    }
}

fn keys(parties: &[PartyId]) -> String {
    listed(parties.iter().map(PartyId::as_str))
}

fn listed<T: AsRef<str>>(texts: impl Iterator<Item = T>) -> String {
    let texts: Vec<String> = texts.map(|text| quoted(text.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_one_string_on_one_line(text in "(?s).{0,60}") {
            let written = quoted(&text);
            prop_assert!(!written.contains(['\n', '\r']), "{}", written);
            let read: toml::Table = toml::from_str(&format!("a = {written}")).unwrap();
            prop_assert_eq!(read["a"].as_str(), Some(text.as_str()));
        }
    }
}
