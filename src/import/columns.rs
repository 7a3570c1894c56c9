//! Which column is what: found by the headings, in whichever row they stand, or told on the command line.

mod headings;

use super::sheet::{Cell, Row, Sheet, column_of, letters};
use crate::error::{Error, Result};
use crate::words::{capitalized, did_you_mean, list};
use std::collections::BTreeMap;

/// How far down the row of the headings is looked for, in rows that have something in them.
const LOOKED_AT: usize = 50;

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// The agreement's title.
    Agreement,
    /// What sort of document it is.
    Kind,
    /// A party that is a union.
    Union,
    /// A party that is an employer.
    Employer,
    /// The parties, or one of them.
    Parties,
    /// The day of the last signature.
    Signed,
    /// When it takes effect.
    Effective,
    /// When it ends.
    Expires,
    /// Whether it renews itself, and for how long.
    Renews,
    /// What is owed.
    Obligation,
    /// Who owes it.
    OwedBy,
    /// To whom.
    OwedTo,
    /// When.
    Due,
    /// The clause that creates it.
    Clause,
    /// The participants.
    Participants,
    /// How it stands.
    Status,
    /// Whether or when it was done.
    Done,
    /// Notes of the office.
    Notes,
    /// It is left.
    Nothing,
}

/// What `--column` calls each meaning, and what the column then is.
const WORDS: &[(&str, Meaning, &str)] = &[
    ("agreement", Meaning::Agreement, "the agreement's title"),
    ("kind", Meaning::Kind, "the agreement's kind"),
    ("union", Meaning::Union, "a party: the union"),
    ("employer", Meaning::Employer, "a party: the employer"),
    ("parties", Meaning::Parties, "the agreement's parties"),
    ("signed", Meaning::Signed, "the day of the last signature"),
    ("effective", Meaning::Effective, "when it takes effect"),
    ("expires", Meaning::Expires, "when it ends"),
    (
        "renews",
        Meaning::Renews,
        "for how long it renews itself each time",
    ),
    ("obligation", Meaning::Obligation, "what is owed"),
    ("owed_by", Meaning::OwedBy, "who owes it"),
    ("owed_to", Meaning::OwedTo, "to whom it is owed"),
    ("due", Meaning::Due, "when it is due"),
    ("clause", Meaning::Clause, "the clause"),
    ("who", Meaning::Participants, "the participants"),
    ("status", Meaning::Status, "how it stands"),
    ("done", Meaning::Done, "whether or when it was done"),
    ("notes", Meaning::Notes, "notes, for the office alone"),
    ("nothing", Meaning::Nothing, "left, as you said"),
];

/// A column that was told on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    meaning: Meaning,
    /// Its heading, or its letters.
    heading: String,
}

/// The columns of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The row of the headings.
    pub header: u32,
    /// Every column that has a heading or cells below, in order.
    pub all: Vec<Column>,
    by_meaning: BTreeMap<Meaning, Vec<u32>>,
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    /// From 0.
    pub number: u32,
    /// What stands at its head; may be empty.
    pub heading: String,
    /// What it says; `None`: it is not understood.
    pub meaning: Option<Meaning>,
}

impl Meaning {
    /// What a column of it is, in a phrase.
    pub fn what(self) -> &'static str {
        let found = WORDS.iter().find(|(_, meaning, _)| *meaning == self);
        found.map_or("", |(_, _, what)| what)
    }

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        let found = WORDS.iter().find(|(_, meaning, _)| *meaning == self);
        found.map_or("", |(word, ..)| word)
    }

    /// Whether several columns may say it.
    fn may_repeat(self) -> bool {
        matches!(
            self,
            Self::Union | Self::Employer | Self::Parties | Self::Notes | Self::Nothing
        )
    }
}

impl Told {
    /// Reads `due="Follow up by"`.
    ///
    /// # Errors
    /// What was expected.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let words = || list(WORDS.iter().map(|(word, ..)| *word));
        let (word, heading) = text
            .split_once('=')
            .filter(|(_, heading)| !heading.trim().is_empty())
            .ok_or_else(|| {
                "a column is told as MEANING=HEADING: due=\"Follow up by\"".to_owned()
            })?;
        let found = WORDS
            .iter()
            .find(|(known, ..)| *known == word.trim().to_lowercase().replace('-', "_"));
        let (_, meaning, _) = found.ok_or_else(|| {
            did_you_mean(word, WORDS.iter().map(|(word, ..)| *word))
                .unwrap_or_else(|| format!("a column can be {}", words()))
        })?;
        Ok(Self {
            meaning: *meaning,
            heading: heading.trim().to_owned(),
        })
    }
}

impl Columns {
    /// How many columns of a sheet are understood, of the row that is most like a row of headings.
    pub fn understood(sheet: &Sheet, told: &[Told]) -> usize {
        best_row(sheet, told).map_or(0, |(_, found)| found)
    }

    /// Finds the columns.
    ///
    /// # Errors
    /// Refused, where no row has headings, no column names the agreement, or two columns say the same.
    pub fn find(sheet: &Sheet, told: &[Told]) -> Result<Self> {
        let Some((header, found)) = best_row(sheet, told) else {
            return Err(Error::refused(
                "it is empty: there is no row of headings, such as Agreement, Parties, Signed, Obligation, Responsible, Due",
            ));
        };
        let mut columns = Self {
            header: header.number,
            ..Self::default()
        };
        for number in 0..sheet.width() {
            let heading = heading(header, number);
            let below = || {
                let rows = sheet.rows.iter().filter(|row| row.number > header.number);
                rows.into_iter().any(|row| row.cell(number).is_some())
            };
            if heading.is_empty() && !below() {
                continue;
            }
            let meaning = meaning(number, &heading, told);
            columns.all.push(Column {
                number,
                heading,
                meaning,
            });
        }
        columns.drop_weaker(told);
        for column in &columns.all {
            if let Some(meaning) = column.meaning {
                columns
                    .by_meaning
                    .entry(meaning)
                    .or_default()
                    .push(column.number);
            }
        }
        columns.check_told(told)?;
        columns.check(sheet, found)?;
        Ok(columns)
    }

    /// The columns of a meaning.
    pub fn of(&self, meaning: Meaning) -> &[u32] {
        self.by_meaning.get(&meaning).map_or(&[], Vec::as_slice)
    }

    /// Whether there is such a column.
    pub fn has(&self, meaning: Meaning) -> bool {
        !self.of(meaning).is_empty()
    }

    /// The first cell of a meaning in a row, with its column.
    pub fn cell<'a>(&self, row: &'a Row, meaning: Meaning) -> Option<(u32, &'a Cell)> {
        self.of(meaning)
            .iter()
            .find_map(|column| Some((*column, row.cell(*column)?)))
    }

    /// What stands at the head of a column, in one line; its letters where nothing does.
    pub fn heading(&self, number: u32) -> String {
        let column = self.all.iter().find(|column| column.number == number);
        let heading = column
            .map(|column| shown(&column.heading))
            .unwrap_or_default();
        if heading.is_empty() {
            letters(number)
        } else {
            heading
        }
    }

    /// Whether a row repeats the headings, as long sheets do.
    pub fn repeats_headings(&self, row: &Row) -> bool {
        let mut cells = 0;
        row.cells().all(|(number, cell)| {
            cells += 1;
            let column = self.all.iter().find(|column| column.number == number);
            column.is_some_and(|column| cell.words().as_deref() == Some(column.heading.as_str()))
        }) && cells > 1
    }

    /// Whether a row has headings, and then whether its columns say other things than these.
    pub fn heads(&self, row: &Row) -> Option<bool> {
        let (mut cells, mut understood, mut others) = (0, Vec::new(), 0);
        for (number, cell) in row.cells() {
            let Cell::Text(text) = cell else {
                return None;
            };
            cells += 1;
            if let Some(meaning) = headings::meaning(text) {
                understood.push(meaning);
                let column = self.all.iter().find(|column| column.number == number);
                let same = column.is_some_and(|column| column.meaning == Some(meaning));
                others += usize::from(!same);
            }
        }
        understood.sort_unstable();
        understood.dedup();
        (understood.len() >= 3 && understood.len() * 2 > cells).then_some(others > 0)
    }

    /// A column as people call it: `F (Due)`.
    pub fn called(&self, number: u32) -> String {
        let column = self.all.iter().find(|column| column.number == number);
        match column.map(|column| shown(&column.heading)) {
            Some(heading) if !heading.is_empty() => format!("{} ({heading})", letters(number)),
            _ => letters(number),
        }
    }

    /// Of a column that was told, one that its own heading would make the same is no rival.
    fn drop_weaker(&mut self, told: &[Told]) {
        for told in told.iter().filter(|told| !told.meaning.may_repeat()) {
            for column in &mut self.all {
                let is_it = is_told(told, column.number, &column.heading);
                if column.meaning == Some(told.meaning) && !is_it {
                    column.meaning = None;
                }
            }
        }
    }

    fn check_told(&self, told: &[Told]) -> Result<()> {
        for told in told {
            if !self
                .all
                .iter()
                .any(|column| is_told(told, column.number, &column.heading))
            {
                let headings = self.all.iter().map(|column| column.heading.as_str());
                let near = did_you_mean(&told.heading, headings.clone()).unwrap_or_else(|| {
                    let headings = headings.filter(|heading| !heading.is_empty()).take(20);
                    format!(
                        "it has {}",
                        list(headings.map(|heading| format!("`{}`", shown(heading))))
                    )
                });
                return Err(Error::refused(format!(
                    "no column is headed `{}`; {near}",
                    shown(&told.heading)
                )));
            }
        }
        Ok(())
    }

    fn check(&self, sheet: &Sheet, found: usize) -> Result<()> {
        let row = format!("{} {}", sheet.row_word, self.header);
        if !self.has(Meaning::Agreement) {
            let said = if found == 0 {
                format!("no row has headings that are understood; the first is {row}")
            } else {
                format!("no column of {row} names the agreement")
            };
            return Err(Error::refused(format!(
                "{said}; say which does: --column agreement=HEADING (or its letter: --column agreement=A)"
            )));
        }
        for (meaning, columns) in &self.by_meaning {
            if let [first, second, ..] = columns.as_slice()
                && !meaning.may_repeat()
            {
                return Err(Error::refused(format!(
                    "two columns could be {}: {} and {}; say which is: --column {}={}",
                    meaning.what(),
                    self.called(*first),
                    self.called(*second),
                    meaning.word(),
                    letters(*first)
                )));
            }
        }
        if self.has(Meaning::Due) && !self.has(Meaning::Obligation) {
            return Err(Error::refused(format!(
                "{} says when something is due, and no column says what; say which does: --column obligation=HEADING",
                capitalized(&self.called(self.of(Meaning::Due)[0]))
            )));
        }
        Ok(())
    }
}

/// A heading in one line, for a message.
fn shown(heading: &str) -> String {
    let line = heading.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}...", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

fn heading(row: &Row, number: u32) -> String {
    match row.cell(number) {
        Some(Cell::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

fn is_told(told: &Told, number: u32, heading: &str) -> bool {
    let same = headings::plain(&told.heading) == headings::plain(heading) && !heading.is_empty();
    same || column_of(&told.heading) == Some(number)
}

fn meaning(number: u32, heading: &str, told: &[Told]) -> Option<Meaning> {
    told.iter()
        .find(|told| is_told(told, number, heading))
        .map(|told| told.meaning)
        .or_else(|| headings::meaning(heading))
}

/// What a heading that is not understood may be a slip for.
pub fn near(heading: &str) -> Option<(Meaning, &'static str)> {
    headings::near(heading)
}

/// The row that is most like a row of headings, and how many different things its headings say; of equals the first.
fn best_row<'a>(sheet: &'a Sheet, told: &[Told]) -> Option<(&'a Row, usize)> {
    let mut best: Option<(&Row, usize)> = None;
    for row in sheet.rows.iter().take(LOOKED_AT) {
        let mut meanings: Vec<Meaning> = row
            .cells()
            .filter_map(|(number, cell)| match cell {
                // Letters alone make no row one of headings: they name a column of every row.
                Cell::Text(text) => told
                    .iter()
                    .find(|told| headings::plain(&told.heading) == headings::plain(text))
                    .map(|told| told.meaning)
                    .or_else(|| meaning(number, text, &[])),
                _ => None,
            })
            .collect();
        meanings.sort_unstable();
        meanings.dedup();
        if best.is_none_or(|(_, most)| meanings.len() > most) {
            best = Some((row, meanings.len()));
        }
    }
    best
}
