//! What rows say of their agreement as a whole: each fact once, however many rows repeat it.

use super::{Group, Letter, Reader, Saying, When, cells, line};
use crate::agreement::AgreementKind;
use crate::begin;
use crate::ids::PartyId;
use crate::import::Finding;
use crate::import::columns::Meaning;
use crate::import::parties::Unknown;
use crate::import::sheet::{Cell, Place, Row};
use crate::import::tidy::{compared, is_nothing, short};
use crate::language::Names;
use crate::office::Side;
use crate::words::{self, list};
use std::collections::BTreeMap;

/// Kinds by words in a title or a cell, the first that stands in it.
const KINDS: [(&str, AgreementKind); 17] = [
    ("side letter", AgreementKind::SideLetter),
    ("sideletter", AgreementKind::SideLetter),
    ("letter of", AgreementKind::SideLetter),
    ("loa", AgreementKind::SideLetter),
    ("lou", AgreementKind::SideLetter),
    ("memorandum", AgreementKind::Memorandum),
    ("mou", AgreementKind::Memorandum),
    ("moa", AgreementKind::Memorandum),
    ("ground rules", AgreementKind::GroundRules),
    ("contract", AgreementKind::Contract),
    ("collective bargaining agreement", AgreementKind::Contract),
    ("collective agreement", AgreementKind::Contract),
    ("cba", AgreementKind::Contract),
    ("commitment", AgreementKind::Commitment),
    ("plan", AgreementKind::Plan),
    ("convenio", AgreementKind::Contract),
    ("carta", AgreementKind::SideLetter),
];

/// The kind that a title or a cell names.
pub(super) fn kind_in(words: &str) -> Option<AgreementKind> {
    let plain: String = words
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let plain = format!(" {} ", line(&plain));
    KINDS
        .iter()
        .find(|(known, _)| plain.contains(&format!(" {known} ")))
        .map(|(_, kind)| *kind)
}

impl Reader<'_> {
    /// Reads what all rows say of the agreement.
    pub(super) fn facts(
        &self,
        group: &Group<'_>,
        letter: &mut Letter,
        names: &mut Names,
        said: &mut Saying,
    ) {
        if let Some(row) = group.rows.first() {
            let column = self.columns.of(Meaning::Agreement).first().copied();
            letter.places.insert("title", place(row, column));
        }
        self.kind(group, letter, said);
        self.parties(group, letter, said);
        self.status(group, letter, said);
        self.signed(group, letter, names, said);
        let mut taken = super::reserved();
        for (meaning, key) in [
            (Meaning::Effective, "effective"),
            (Meaning::Expires, "expires"),
        ] {
            for row in &group.rows {
                if let Some((_, Cell::Text(text))) = self.columns.cell(row, meaning)
                    && !is_nothing(text)
                {
                    cells::declare(&line(text), names, &mut taken);
                }
            }
            let Some((when, place)) =
                self.one(group, meaning, said, |cell| cells::when(cell, names))
            else {
                continue;
            };
            if let (When::Day(day), Meaning::Effective) = (&when, meaning) {
                names.near = Some(*day);
            }
            letter.places.insert(key, place);
            match meaning {
                Meaning::Effective => letter.effective = Some(when),
                _ => letter.expires = Some(when),
            }
        }
        self.renews(group, letter, said);
        self.beside(group, letter, said);
    }

    fn kind(&self, group: &Group<'_>, letter: &mut Letter, said: &mut Saying) {
        let read = |cell: &Cell| {
            let words = cell.words().unwrap_or_default();
            let kind = begin::kind_named(&compared(&words)).or_else(|| kind_in(&words));
            match kind {
                None if !is_nothing(&words) => Err(cells::Fault {
                    said: format!("`{}` is no kind of agreement that is known", short(&words)),
                    help: Some(format!("write {}", words::either(begin::kinds()))),
                    code: None,
                }),
                value => Ok(cells::Said {
                    value,
                    remark: None,
                }),
            }
        };
        match self.one(group, Meaning::Kind, said, read) {
            Some((kind, place)) => {
                letter.kind = kind;
                letter.places.insert("kind", place);
            }
            None => letter.kind = kind_in(&group.title).unwrap_or(letter.kind),
        }
    }

    fn parties(&self, group: &Group<'_>, letter: &mut Letter, said: &mut Saying) {
        let columns = [
            (Meaning::Union, Some(Side::Union)),
            (Meaning::Employer, Some(Side::Employer)),
            (Meaning::Parties, None),
        ];
        let mut found: BTreeMap<u32, (Vec<PartyId>, u32)> = BTreeMap::new();
        for row in &group.rows {
            for (column, side) in columns.iter().flat_map(|(meaning, side)| {
                self.columns
                    .of(*meaning)
                    .iter()
                    .map(move |column| (*column, *side))
            }) {
                let Some(text) = row
                    .cell(column)
                    .and_then(Cell::words)
                    .filter(|text| !is_nothing(text))
                else {
                    continue;
                };
                let place = place(row, Some(column));
                match self.directory.parties(&text, side) {
                    Ok(parties) => match found.get(&column) {
                        Some((earlier, number)) if *earlier != parties => {
                            said.findings.push(self.differs(place, &text, *number));
                        }
                        Some(_) => {}
                        None => {
                            letter.places.entry("parties").or_insert(place);
                            found.insert(column, (parties, row.number));
                        }
                    },
                    Err(unknown) => said.findings.push(finding(place, unknown)),
                }
            }
        }
        let named = found.into_values().flat_map(|(parties, _)| parties);
        for party in named.chain(self.wishes.parties.iter().cloned()) {
            if !letter.parties.contains(&party) {
                letter.parties.push(party);
            }
        }
        let is_silent = |finding: &Finding| {
            finding.place.column.is_none_or(|column| {
                !columns
                    .iter()
                    .any(|(meaning, _)| self.columns.of(*meaning).contains(&column))
            })
        };
        if letter.parties.len() < 2 && said.findings.iter().all(is_silent) {
            let place = letter.places.get("title").copied().map(|title| Place {
                column: None,
                ..title
            });
            let known = list(letter.parties.iter().map(|party| format!("`{party}`")));
            let what = if letter.parties.is_empty() {
                "the sheet does not say between whom the agreement is".to_owned()
            } else {
                format!("the sheet names one party alone, {known}")
            };
            let keeper = self.office.settings.keeper.as_ref();
            let key = keeper
                .filter(|keeper| !letter.parties.contains(keeper))
                .map_or("KEY", PartyId::as_str);
            let help = format!(
                "name the parties in the sheet; or, for all of its rows, on the command line: --party {key}, as often as there are parties"
            );
            said.findings
                .extend(place.map(|place| Finding::new(place, what).help(help)));
        }
    }

    /// What rows that say nothing owed say besides: there is no key for who owes it.
    fn beside(&self, group: &Group<'_>, letter: &mut Letter, said: &mut Saying) {
        for row in group.rows.iter().filter(|row| !self.owes(row)) {
            self.unreadable(row, said);
            for meaning in [
                Meaning::Clause,
                Meaning::OwedBy,
                Meaning::OwedTo,
                Meaning::Participants,
            ] {
                for (place, words) in self.words(row, meaning) {
                    let heading = place.column.map(|column| self.columns.heading(column));
                    letter.notes.push(format!(
                        "{} in the spreadsheet: {words}",
                        heading.unwrap_or_default()
                    ));
                    letter.places.entry("notes").or_insert(place);
                }
            }
            for (place, words) in self.words(row, Meaning::Notes) {
                letter.notes.push(words);
                letter.places.entry("notes").or_insert(place);
            }
        }
    }

    /// A fact of the agreement: the first row that says it; another that says otherwise is a finding.
    pub(super) fn one<T: PartialEq>(
        &self,
        group: &Group<'_>,
        meaning: Meaning,
        said: &mut Saying,
        read: impl Fn(&Cell) -> Result<cells::Said<Option<T>>, cells::Fault>,
    ) -> Option<(T, Place)> {
        let mut found: Option<(T, Place)> = None;
        for row in &group.rows {
            let Some((column, cell)) = self.columns.cell(row, meaning) else {
                continue;
            };
            let place = place(row, Some(column));
            if let Cell::Unreadable(why) = cell {
                said.findings
                    .push(Finding::new(place, "its value is not known").help(*why));
                continue;
            }
            let value = match read(cell) {
                Ok(read) => {
                    said.remarks
                        .extend(read.remark.map(|remark| of_remark(place, remark)));
                    read.value
                }
                Err(fault) => {
                    said.findings.push(of_fault(place, fault));
                    continue;
                }
            };
            match (&found, value) {
                (None, Some(value)) => found = Some((value, place)),
                (Some((earlier, at)), Some(value)) if *earlier != value => {
                    let words = cell.words().unwrap_or_default();
                    said.findings.push(self.differs(place, &words, at.row));
                }
                _ => {}
            }
        }
        found
    }

    /// A row that says otherwise than an earlier one of the same agreement.
    pub(super) fn differs(&self, place: Place, words: &str, earlier: u32) -> Finding {
        let said = format!(
            "`{}` is not what {} {earlier} says of the same agreement",
            short(words),
            self.row_word
        );
        Finding::new(place, said)
            .help("make them the same; or, where they are two agreements, give them two titles")
    }

    /// Whether a row says that something is owed.
    pub(super) fn owes(&self, row: &Row) -> bool {
        let cell = self.columns.cell(row, Meaning::Obligation);
        cell.is_some_and(|(_, cell)| cell.words().is_none_or(|words| !is_nothing(&words)))
    }

    /// The words of every cell of a meaning in a row that has some.
    pub(super) fn words(&self, row: &Row, meaning: Meaning) -> Vec<(Place, String)> {
        self.columns
            .of(meaning)
            .iter()
            .filter_map(|column| {
                let words = row.cell(*column)?.words()?;
                (!is_nothing(&words)).then(|| (place(row, Some(*column)), words))
            })
            .collect()
    }
}

pub(super) fn place(row: &Row, column: Option<u32>) -> Place {
    Place {
        row: row.number,
        column,
    }
}

pub(super) fn of_fault(place: Place, fault: cells::Fault) -> Finding {
    Finding {
        help: fault.help,
        code: fault.code,
        ..Finding::new(place, fault.said)
    }
}

pub(super) fn of_remark(place: Place, remark: cells::Remark) -> Finding {
    Finding {
        here: Some(remark.here),
        ..Finding::new(place, remark.said)
    }
}

pub(super) fn finding(place: Place, unknown: Unknown) -> Finding {
    Finding::new(place, unknown.said).help(unknown.help)
}
