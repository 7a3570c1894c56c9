//! The rows of a sheet gathered into agreements: what each row says of its agreement, and what it says is owed.

mod facts;
mod owed;
mod renewal;
mod status;

use super::cells;
use super::columns::{Columns, Meaning};
use super::parties::Directory;
use super::sheet::{Cell, Place, Row, Sheet};
use super::tidy::{Taken, compared, id_of, is_nothing, line, short};
use super::{Finding, Wishes};
use crate::agreement::{AgreementKind, OWN_DATES};
use crate::ids::{AgreementId, PartyId};
use crate::language::{KnownNames, Names};
use crate::office::Office;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The most rows of one agreement: every phrase of an agreement may name each of its obligations.
const MOST_OF_ONE: usize = 2_000;

/// An agreement as a sheet tells of it.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What sort of document it is.
    pub kind: AgreementKind,
    /// Who made it.
    pub parties: Vec<PartyId>,
    /// `draft` or `tentative`, where the sheet says so, or does not say in words that are understood that it is in force.
    pub status: Option<&'static str>,
    /// The day of the last signature.
    pub signed: Option<NaiveDate>,
    /// When it takes effect.
    pub effective: Option<When>,
    /// When it ends.
    pub expires: Option<When>,
    /// By how much it renews itself each time.
    pub renews: Option<String>,
    /// Notes of the office.
    pub notes: Vec<String>,
    /// The events that its phrases hang on, by id and title.
    pub events: Vec<(String, String)>,
    /// What is owed.
    pub obligations: Vec<Owed>,
    /// The rows that tell of it, the first of which names it.
    pub rows: Vec<u32>,
    /// Where each fact stands, by its key in the file.
    pub places: BTreeMap<&'static str, Place>,
}

/// One thing that is owed.
#[derive(Clone, Debug)]
pub struct Owed {
    /// Its id.
    pub id: String,
    /// The clause that creates it.
    pub clause: Option<String>,
    /// What is owed.
    pub title: String,
    /// Who owes it; empty: all parties jointly.
    pub owed_by: Vec<PartyId>,
    /// To whom; empty: the others.
    pub owed_to: Vec<PartyId>,
    /// When.
    pub timing: Timing,
    /// The participants.
    pub who: Option<String>,
    /// Notes of the office.
    pub notes: Vec<String>,
    /// What the sheet says of its being done.
    pub done: Option<Done>,
    /// The sheet's words for which it is held until a person has seen to it: nothing is mailed for it before.
    pub held: Option<String>,
    /// The row.
    pub row: u32,
    /// Where each fact stands, by its key in the file.
    pub places: BTreeMap<&'static str, Place>,
}

/// When something is owed, in the words that are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Timing {
    /// A deadline or a window.
    Due(String),
    /// It recurs.
    Every(String),
    /// It lasts.
    Lasts(String),
    /// The sheet says no time.
    Standing,
}

/// A day, or words from which one is worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// A day.
    Day(NaiveDate),
    /// A phrase.
    Words(String),
}

/// That something was done, says the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// When, where that is said.
    pub on: Option<NaiveDate>,
    /// Where it is said.
    pub place: Place,
}

/// What came of the rows.
pub(super) struct Gathered {
    pub(super) letters: Vec<Letter>,
    pub(super) findings: Vec<Finding>,
    pub(super) remarks: Vec<Finding>,
}

/// What the readers of rows share.
struct Reader<'a> {
    columns: &'a Columns,
    wishes: &'a Wishes,
    office: &'a Office,
    directory: Directory<'a>,
    /// What a row is called that has a number.
    row_word: &'static str,
    /// The ids of the agreements that there are, and of those of the sheet.
    ids: BTreeSet<String>,
}

/// The rows of one agreement.
struct Group<'a> {
    id: String,
    title: String,
    rows: Vec<&'a Row>,
}

/// What is said on the way, of one agreement.
#[derive(Default)]
struct Saying {
    findings: Vec<Finding>,
    remarks: Vec<Finding>,
}

/// Gathers the rows below the headings.
pub(super) fn gather(
    sheet: &mut Sheet,
    columns: &Columns,
    wishes: &Wishes,
    office: &Office,
) -> Gathered {
    let mut said = Saying::default();
    let mut above = 0_u32;
    let mut repeated = 0_u32;
    let rows: Vec<&Row> = sheet
        .rows
        .iter()
        .filter(|row| {
            above += u32::from(row.number < columns.header);
            row.number > columns.header
        })
        .filter(|row| {
            let again = columns.repeats_headings(row) || columns.heads(row) == Some(false);
            repeated += u32::from(again);
            !again
        })
        .collect();
    let rows = of_first_table(rows, columns, sheet.row_word, &mut said);
    let groups = groups(&rows, columns, wishes, office, &mut said);
    let reader = Reader {
        columns,
        wishes,
        office,
        directory: Directory::new(office),
        row_word: sheet.row_word,
        ids: office
            .agreements
            .iter()
            .map(|agreement| agreement.id.to_string())
            .chain(groups.iter().map(|group| group.id.clone()))
            .collect(),
    };
    let read: Vec<(Letter, Saying)> = groups
        .par_iter()
        .map(|group| reader.letter(group))
        .collect();
    let mut letters = Vec::new();
    for (letter, of_letter) in read {
        letters.push(letter);
        said.findings.extend(of_letter.findings);
        said.remarks.extend(of_letter.remarks);
    }
    for (count, what) in [
        (above, "above the headings"),
        (repeated, "that repeat the headings"),
    ] {
        if count > 0 {
            let rows = crate::words::count(count, sheet.row_word);
            sheet.remarks.push(format!("left: {rows} {what}"));
        }
    }
    Gathered {
        letters,
        findings: said.findings,
        remarks: said.remarks,
    }
}

/// The rows above those of another table: its columns say other things, and it is not read by these headings.
fn of_first_table<'a>(
    mut rows: Vec<&'a Row>,
    columns: &Columns,
    row_word: &str,
    said: &mut Saying,
) -> Vec<&'a Row> {
    let mut numbered = rows.iter().enumerate();
    let other = numbered.find(|(_, row)| columns.heads(row) == Some(true));
    if let Some((at, number)) = other.map(|(at, row)| (at, row.number)) {
        let below = rows.len() - at - 1;
        let place = Place {
            row: number,
            column: None,
        };
        said.findings.push(
            Finding::new(
                place,
                format!(
                    "it heads another table, with other columns than {row_word} {}; it and {} below it are not read",
                    columns.header,
                    crate::words::count(below as u64, row_word)
                ),
            )
            .help("put the table into a sheet or a file of its own, or bring its columns into the same order"),
        );
        rows.truncate(at);
    }
    rows
}

/// The rows by the agreement that they name, in the order in which it is first named. Where rows say what is owed, one that
/// names none goes on with the agreement above.
fn groups<'a>(
    rows: &[&'a Row],
    columns: &Columns,
    wishes: &Wishes,
    office: &Office,
    said: &mut Saying,
) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut by_title: BTreeMap<String, usize> = BTreeMap::new();
    let mut taken = TakenFiles::of(office);
    let mut current: Option<usize> = None;
    for row in rows {
        let says_something = columns.all.iter().any(|column| {
            column
                .meaning
                .is_some_and(|meaning| meaning != Meaning::Nothing)
                && row.cell(column.number).is_some()
        });
        if !says_something {
            continue;
        }
        let named = columns.cell(row, Meaning::Agreement);
        let place = |column| Place {
            row: row.number,
            column,
        };
        let title = match named {
            Some((column, Cell::Unreadable(why))) => {
                said.findings
                    .push(Finding::new(place(Some(column)), "its value is not known").help(*why));
                current = None;
                continue;
            }
            Some((_, cell)) => cell
                .words()
                .map(|words| line(&words))
                .filter(|words| !is_nothing(words)),
            None => None,
        };
        let index = match title {
            Some(title) => *by_title.entry(compared(&title)).or_insert_with(|| {
                groups.push(Group {
                    id: taken.id(&title, facts::kind_in(&title).unwrap_or(wishes.kind)),
                    title,
                    rows: Vec::new(),
                });
                groups.len() - 1
            }),
            None if columns.has(Meaning::Obligation) && current.is_some() => {
                current.unwrap_or_default()
            }
            None => {
                let column = columns.of(Meaning::Agreement).first().copied();
                said.findings.push(
                    Finding::new(place(column), "it names no agreement")
                        .help("write the agreement's title in it"),
                );
                continue;
            }
        };
        current = Some(index);
        let of_it = &mut groups[index].rows;
        // One row too many is kept: at it stands what is said of all that follow.
        if of_it.len() <= MOST_OF_ONE {
            of_it.push(*row);
            if of_it.len() > MOST_OF_ONE {
                let column = columns.of(Meaning::Agreement).first().copied();
                said.findings
                    .push(too_many_rows(place(column), &groups[index].title));
            }
        }
    }
    groups
}

fn too_many_rows(place: Place, title: &str) -> Finding {
    Finding::new(
        place,
        format!("more than {MOST_OF_ONE} rows are of the agreement `{}`", short(title)),
    )
    .help("see whether that column names the agreement, or say which does: --column agreement=HEADING; one agreement of so many obligations is divided")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// The ids that are taken by files of the office, and which agreements have which title.
struct TakenFiles {
    taken: Taken,
    by_title: BTreeMap<String, Vec<String>>,
}

impl TakenFiles {
    fn of(office: &Office) -> Self {
        let stem = |file: &str| Some(Path::new(file).file_stem()?.to_str()?.to_owned());
        let unread = office.left_out.iter().filter(|out| out.agreement.is_none());
        let mut by_title: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for agreement in &office.agreements {
            let ids = by_title.entry(compared(&agreement.title)).or_default();
            ids.push(agreement.id.to_string());
        }
        Self {
            taken: office
                .agreements
                .iter()
                .map(|agreement| agreement.id.to_string())
                .chain(unread.filter_map(|out| stem(&out.file)))
                .collect(),
            by_title,
        }
    }

    /// The id of an agreement of that title: the one that the office has of it, or else one that is free.
    fn id(&mut self, title: &str, kind: AgreementKind) -> String {
        let id = id_of(title, crate::begin::word_of(kind));
        // Numbered ones too: a sheet that is imported a second time finds what it wrote.
        let is_it = |known: &&String| {
            known.strip_prefix(id.as_str()).is_some_and(|rest| {
                rest.is_empty() || rest.strip_prefix('_').is_some_and(is_number)
            })
        };
        let known = self.by_title.get(&compared(title));
        match known.and_then(|ids| ids.iter().find(is_it)) {
            Some(known) => known.clone(),
            None => self.taken.free(&id),
        }
    }
}

impl Reader<'_> {
    fn letter(&self, group: &Group<'_>) -> (Letter, Saying) {
        let mut said = Saying::default();
        let mut letter = Letter {
            id: group.id.clone(),
            title: group.title.clone(),
            kind: self.wishes.kind,
            parties: Vec::new(),
            status: None,
            signed: None,
            effective: None,
            expires: None,
            renews: None,
            notes: Vec::new(),
            events: Vec::new(),
            obligations: Vec::new(),
            rows: group.rows.iter().map(|row| row.number).collect(),
            places: BTreeMap::new(),
        };
        let mut names = self.names(group);
        self.facts(group, &mut letter, &mut names, &mut said);
        self.owed(group, &mut letter, &mut names, &mut said);
        (letter, said)
    }

    /// The names that phrases of an agreement may use: of other agreements those alone that the sheet's words may mean.
    fn names(&self, group: &Group<'_>) -> Names {
        let phrases = [Meaning::Effective, Meaning::Expires, Meaning::Due];
        let cells = group.rows.iter().flat_map(|row| {
            phrases
                .iter()
                .filter_map(|meaning| self.columns.cell(row, *meaning))
        });
        let mut agreements = BTreeSet::new();
        for (_, cell) in cells {
            if let Cell::Text(text) = cell {
                let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
                let named = words.filter(|word| word.contains('_') && self.ids.contains(*word));
                agreements.extend(named.map(AgreementId::new));
            }
        }
        Names {
            events: Vec::new(),
            repeating: Vec::new(),
            obligations: Vec::new(),
            agreements: agreements.into_iter().collect(),
            date_order: self.office.settings.date_order,
            near: Some(self.wishes.today),
            known: KnownNames::default(),
        }
    }
}

/// The ids that no obligation and no event may have.
fn reserved() -> Taken {
    OWN_DATES.iter().map(|id| (*id).to_owned()).collect()
}
