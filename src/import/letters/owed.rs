//! What rows say is owed.

use super::facts::{finding, of_fault, of_remark, place};
use super::{Done, Group, Letter, Owed, Reader, Saying, Timing, cells, id_of, line};
use crate::ids::ObligationId;
use crate::import::Finding;
use crate::import::columns::Meaning;
use crate::import::sheet::{Cell, Place, Row};
use crate::import::standing::{Standing, standing};
use crate::import::tidy::{is_nothing, short};
use crate::language::{KnownNames, Names};
use chrono::NaiveDate;
use std::collections::BTreeMap;

impl Reader<'_> {
    /// Reads what all rows say is owed. All titles come first, and then all events, so that a phrase may name what stands
    /// further down.
    pub(super) fn owed(
        &self,
        group: &Group<'_>,
        letter: &mut Letter,
        names: &mut Names,
        said: &mut Saying,
    ) {
        let mut taken = super::reserved();
        taken.extend(names.events.iter().map(|(id, _)| id.to_string()));
        let mut begun: Vec<(&Row, Owed)> = Vec::new();
        for row in &group.rows {
            let found = self
                .columns
                .cell(row, Meaning::Obligation)
                .filter(|_| self.owes(row));
            let Some((column, cell)) = found else {
                self.nothing_owed(row, said);
                continue;
            };
            let place = place(row, Some(column));
            let Some(title) = cell.words().map(|words| line(&words)) else {
                if let Cell::Unreadable(why) = cell {
                    said.findings
                        .push(Finding::new(place, "its value is not known").help(*why));
                }
                continue;
            };
            let id = taken.free(&id_of(&title, "obligation"));
            names
                .obligations
                .push((ObligationId::new(id.clone()), title.clone()));
            begun.push((row, owed(id, title, row, place)));
        }
        names.known = KnownNames::default();
        for (row, _) in &begun {
            if let Some((_, Cell::Text(text))) = self.columns.cell(row, Meaning::Due)
                && !is_nothing(text)
            {
                cells::declare(&line(text), names, &mut taken);
            }
        }
        letter.events = names
            .events
            .iter()
            .map(|(id, title)| (id.to_string(), title.clone()))
            .collect();
        for (row, mut owed) in begun {
            self.fill(row, &mut owed, letter, names, said);
            letter.obligations.push(owed);
        }
    }

    /// A row that says when, or by whom, and not what.
    fn nothing_owed(&self, row: &Row, said: &mut Saying) {
        let orphan = [Meaning::Due, Meaning::OwedBy].iter().find_map(|meaning| {
            let (column, cell) = self.columns.cell(row, *meaning)?;
            let says = cell.words().is_none_or(|words| !is_nothing(&words));
            says.then_some(column)
        });
        // A sheet of one row for each agreement may say who is responsible for it as a whole.
        if let (Some(column), true) = (orphan, self.columns.has(Meaning::Obligation)) {
            let finding = Finding::new(
                place(row, Some(column)),
                "the row does not say what is owed",
            );
            said.findings.push(finding.help(format!(
                "write what is owed into {}",
                self.columns.called(self.columns.of(Meaning::Obligation)[0])
            )));
        }
    }

    fn fill(&self, row: &Row, owed: &mut Owed, letter: &Letter, names: &Names, said: &mut Saying) {
        if let Some((place, clause)) = self.words(row, Meaning::Clause).into_iter().next() {
            owed.clause = Some(line(&clause));
            owed.places.insert("clause", place);
        }
        if let Some((place, who)) = self.words(row, Meaning::Participants).into_iter().next() {
            owed.who = Some(line(&who));
            owed.places.insert("who", place);
        }
        for (meaning, key) in [(Meaning::OwedBy, "owed_by"), (Meaning::OwedTo, "owed_to")] {
            let Some((place, words)) = self.words(row, meaning).into_iter().next() else {
                continue;
            };
            owed.places.insert(key, place);
            match self.directory.of_a_duty(&words, &letter.parties) {
                Ok(parties) if meaning == Meaning::OwedBy => owed.owed_by = parties,
                Ok(parties) => owed.owed_to = parties,
                Err(unknown) => said.findings.push(finding(place, unknown)),
            }
        }
        if let Some((column, cell)) = self.columns.cell(row, Meaning::Due) {
            let place = place(row, Some(column));
            owed.places.insert("due", place);
            match cells::timing(cell, names) {
                Ok(read) => {
                    owed.timing = read.value;
                    said.remarks
                        .extend(read.remark.map(|remark| of_remark(place, remark)));
                }
                Err(fault) => said.findings.push(of_fault(place, fault)),
            }
        }
        self.standing(row, owed, letter, names, said);
        for (place, words) in self.words(row, Meaning::Notes) {
            owed.notes.push(words);
            owed.places.entry("notes").or_insert(place);
        }
        self.unreadable(row, said);
    }

    /// What is said of how it stands, kept in the notes in its own words. What is done is entered by a person, and what is not
    /// understood is seen to by one: until then either is held where anything would be mailed for it.
    fn standing(
        &self,
        row: &Row,
        owed: &mut Owed,
        letter: &Letter,
        names: &Names,
        said: &mut Saying,
    ) {
        let columns = self.columns.of(Meaning::Done).iter();
        for column in columns.chain(self.columns.of(Meaning::Status)) {
            let Some(cell) = row.cell(*column) else {
                continue;
            };
            let Some(words) = cell
                .words()
                .map(|words| line(&words))
                .filter(|words| !is_nothing(words))
            else {
                continue;
            };
            let place = place(row, Some(*column));
            let note = format!(
                "{} in the spreadsheet: {words}",
                self.columns.heading(*column)
            );
            owed.notes.push(note.clone());
            owed.places.entry("notes").or_insert(place);
            let is_done_column = self.columns.of(Meaning::Done).contains(column);
            let standing = match (cell, standing(&words)) {
                (Cell::Truth(true), _) => Standing::Done(String::new()),
                (Cell::Truth(false), _) => Standing::Open,
                (_, Standing::Unknown) if is_done_column && cells::day(cell, names).is_ok() => {
                    Standing::Done(words.clone())
                }
                (_, standing) => standing,
            };
            match standing {
                Standing::Done(day) => {
                    let on = Self::done_on(place, &day, cell, names, said);
                    let known = owed.done.as_ref().and_then(|done| done.on);
                    owed.done = Some(Done {
                        on: known.or(on),
                        place,
                    });
                    if self.would_be_mailed(owed) {
                        owed.held.get_or_insert(note);
                    }
                }
                // What these say is said of the agreement.
                Standing::Open | Standing::InForce | Standing::Draft | Standing::Tentative => {}
                // Of an agreement that holds no more nothing is mailed anyway.
                Standing::Ended if letter.status == Some("draft") => {}
                Standing::Ended | Standing::Unknown => {
                    said.remarks.push(held(place, &words, &standing));
                    owed.held.get_or_insert(note);
                }
            }
        }
    }

    /// The day on which something was done, where it is said.
    fn done_on(
        place: Place,
        words: &str,
        cell: &Cell,
        names: &Names,
        said: &mut Saying,
    ) -> Option<NaiveDate> {
        if let Cell::Day(day) = cell {
            return Some(*day);
        }
        if words.is_empty() {
            return None;
        }
        let Ok(read) = cells::day(&Cell::Text(words.to_owned()), names) else {
            let what = format!("`{}` is no day on which it was done", short(words));
            said.remarks.push(Finding::new(place, what));
            return None;
        };
        said.remarks
            .extend(read.remark.map(|remark| of_remark(place, remark)));
        read.value
    }

    /// Whether something that was done would still be spoken of. What was due before the first pass never is, and of a
    /// series what was done on a day is one of its days.
    fn would_be_mailed(&self, owed: &Owed) -> bool {
        match &owed.timing {
            Timing::Standing => false,
            Timing::Every(_) => owed.done.as_ref().is_none_or(|done| done.on.is_none()),
            Timing::Due(words) => words
                .parse::<NaiveDate>()
                .map_or(true, |due| due >= self.wishes.today),
            Timing::Lasts(_) => true,
        }
    }

    /// Cells of which the value is not known, in columns whose words would be taken.
    pub(super) fn unreadable(&self, row: &Row, said: &mut Saying) {
        let taken = [
            Meaning::Clause,
            Meaning::Participants,
            Meaning::OwedBy,
            Meaning::OwedTo,
            Meaning::Notes,
            Meaning::Status,
            Meaning::Done,
        ];
        for column in taken.iter().flat_map(|meaning| self.columns.of(*meaning)) {
            if let Some(Cell::Unreadable(why)) = row.cell(*column) {
                said.findings.push(
                    Finding::new(place(row, Some(*column)), "its value is not known").help(*why),
                );
            }
        }
    }
}

fn owed(id: String, title: String, row: &Row, place: Place) -> Owed {
    Owed {
        id,
        clause: None,
        title,
        owed_by: Vec::new(),
        owed_to: Vec::new(),
        timing: Timing::Standing,
        who: None,
        notes: Vec::new(),
        done: None,
        held: None,
        row: row.number,
        places: BTreeMap::from([("title", place)]),
    }
}

/// What is said of a task whose status does not say that it is still owed.
fn held(place: Place, words: &str, standing: &Standing) -> Finding {
    let said = if *standing == Standing::Ended {
        "the status says that it holds no more; it is held, and nothing is mailed for it"
    } else {
        "the status is not understood; what is owed is held, and nothing is mailed for it"
    };
    Finding {
        here: Some(format!("`{}`", short(words))),
        ..Finding::new(place, said)
    }
    .help("see whether it is owed: then take its line `proposed` out of the file; else take it out whole. A column of mere remarks is told with --column notes=LETTER")
}
