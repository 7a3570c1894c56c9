//! What `import` understood, as data.

use crate::begin;
use crate::diagnostic::Severity;
use crate::ids::PartyId;
use crate::import::sheet::letters;
use crate::import::{Fate, Finding, Import, Meaning, Owed, Place, Proposed, Timing, When};

/// All that was understood of a sheet, and what was not.
#[derive(serde::Serialize)]
pub(super) struct Understood<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    /// The row of the headings.
    headings: u32,
    columns: Vec<ColumnRow<'a>>,
    agreements: Vec<LetterRow<'a>>,
    faults: Vec<Fault<'a>>,
}

#[derive(serde::Serialize)]
struct ColumnRow<'a> {
    column: String,
    heading: &'a str,
    /// What `--column` calls it; null: it is not understood.
    meaning: Option<&'static str>,
}

#[derive(serde::Serialize)]
struct LetterRow<'a> {
    agreement: &'a str,
    file: &'a str,
    /// `written`, `understood` (and not written), `not_understood`, or `there` already.
    state: &'static str,
    title: &'a str,
    kind: &'static str,
    parties: &'a [PartyId],
    status: Option<&'static str>,
    signed: Option<String>,
    effective: Option<String>,
    expires: Option<String>,
    renews: Option<&'a str>,
    waiting_on: Vec<&'a str>,
    obligations: Vec<OwedRow<'a>>,
}

#[derive(serde::Serialize)]
struct OwedRow<'a> {
    obligation: &'a str,
    title: &'a str,
    clause: Option<&'a str>,
    owed_by: &'a [PartyId],
    owed_to: &'a [PartyId],
    due: Option<&'a str>,
    every: Option<&'a str>,
    lasts: Option<&'a str>,
    /// The words for which it is held until a person has seen to it.
    proposed: Option<&'a str>,
    row: u32,
}

/// A finding with the fields of a fault of `check`: the line is the row, the column the sheet's, both from 1.
#[derive(serde::Serialize)]
struct Fault<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    severity: Severity,
    /// The rule of `check`; null where none is concerned, but the sheet alone.
    code: Option<&'static str>,
    message: String,
    help: Option<&'a str>,
}

/// Everything.
pub(super) fn understood<'a>(name: &'a str, import: &'a Import, written: bool) -> Understood<'a> {
    let of_findings = import
        .findings
        .iter()
        .map(|finding| (finding, Severity::Error));
    let of_remarks = import.remarks.iter().map(|remark| match remark.code {
        Some(_) => (remark, Severity::Warning),
        None => (remark, Severity::Note),
    });
    Understood {
        file: name,
        sheet: import.sheet.name.as_deref(),
        headings: import.columns.header,
        columns: import
            .columns
            .all
            .iter()
            .map(|column| ColumnRow {
                column: letters(column.number),
                heading: &column.heading,
                meaning: column.meaning.map(Meaning::word),
            })
            .collect(),
        agreements: import
            .letters
            .iter()
            .map(|proposed| agreement(proposed, written))
            .collect(),
        faults: of_findings
            .chain(of_remarks)
            .map(|(finding, severity)| fault(name, finding, severity))
            .collect(),
    }
}

fn agreement(proposed: &Proposed, written: bool) -> LetterRow<'_> {
    let letter = &proposed.letter;
    let when = |when: &Option<When>| {
        when.as_ref().map(|when| match when {
            When::Day(day) => day.to_string(),
            When::Words(words) => words.clone(),
        })
    };
    LetterRow {
        agreement: &letter.id,
        file: &proposed.path,
        state: match proposed.fate {
            Fate::New if written => "written",
            Fate::New => "understood",
            Fate::NotUnderstood => "not_understood",
            Fate::There => "there",
        },
        title: &letter.title,
        kind: begin::word_of(letter.kind),
        parties: &letter.parties,
        status: letter.status,
        signed: letter.signed.map(|day| day.to_string()),
        effective: when(&letter.effective),
        expires: when(&letter.expires),
        renews: letter.renews.as_deref(),
        waiting_on: letter.events.iter().map(|(id, _)| id.as_str()).collect(),
        obligations: letter.obligations.iter().map(obligation).collect(),
    }
}

fn obligation(owed: &Owed) -> OwedRow<'_> {
    let (due, every, lasts) = match &owed.timing {
        Timing::Due(words) => (Some(words.as_str()), None, None),
        Timing::Every(words) => (None, Some(words.as_str()), None),
        Timing::Lasts(words) => (None, None, Some(words.as_str())),
        Timing::Standing => (None, None, None),
    };
    OwedRow {
        obligation: &owed.id,
        title: &owed.title,
        clause: owed.clause.as_deref(),
        owed_by: &owed.owed_by,
        owed_to: &owed.owed_to,
        due,
        every,
        lasts,
        proposed: owed.held.as_deref(),
        row: owed.row,
    }
}

fn fault<'a>(file: &'a str, finding: &'a Finding, severity: Severity) -> Fault<'a> {
    let Place { row, column } = finding.place;
    let here = finding.here.as_ref();
    Fault {
        file,
        line: row,
        column: column.unwrap_or(0) + 1,
        severity,
        code: finding.code,
        message: here.map_or_else(
            || finding.said.clone(),
            |here| format!("{}: {here}", finding.said),
        ),
        help: finding.help.as_deref(),
    }
}
