//! What `import` says: how the sheet is read, what each agreement becomes, what is not understood and what to write instead,
//! and what comes next.

use crate::begin;
use crate::import::columns::near;
use crate::import::sheet::letters;
use crate::import::{Fate, Finding, Import, Letter, Owed, Place, Proposed, Timing, When};
use crate::office::Office;
use crate::words::{count, day, list};
use std::fmt::Write as _;

/// How many of a kind are listed where the whole is not asked for.
const LISTED: usize = 20;
/// How many findings are shown.
const MOST_FINDINGS: usize = 200;
/// How many places of one finding are named.
const PLACES: usize = 6;

/// What was imported, and how it is told.
pub(super) struct Telling<'a> {
    pub(super) name: &'a str,
    pub(super) import: &'a Import,
    pub(super) office: &'a Office,
    pub(super) program: &'a str,
    pub(super) dry_run: bool,
    pub(super) written: bool,
}

impl Telling<'_> {
    /// All of it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.sheet(&mut text);
        self.columns(&mut text);
        self.agreements(&mut text);
        self.findings(
            &mut text,
            "Not understood",
            &self.import.findings,
            MOST_FINDINGS,
        );
        let shown = if self.dry_run { MOST_FINDINGS } else { LISTED };
        self.findings(&mut text, "To know", &self.import.remarks, shown);
        self.done(&mut text);
        self.end(&mut text);
        text
    }

    fn sheet(&self, text: &mut String) {
        let sheet = &self.import.sheet;
        let of = sheet
            .name
            .as_ref()
            .map(|name| format!(", sheet `{name}`"))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "{}{of}: headings in {} {}",
            self.name, sheet.row_word, self.import.columns.header
        );
        for remark in &sheet.remarks {
            let _ = writeln!(text, "  {remark}");
        }
    }

    fn columns(&self, text: &mut String) {
        let columns = &self.import.columns;
        let widest = columns
            .all
            .iter()
            .map(|column| columns.called(column.number).chars().count())
            .max()
            .unwrap_or(0);
        text.push_str("\nColumns\n");
        for column in &columns.all {
            let called = columns.called(column.number);
            let what = column.meaning.map_or_else(
                || {
                    let meant = near(&column.heading);
                    let meaning = meant.map_or("MEANING", |(meaning, _)| meaning.word());
                    let column = letters(column.number);
                    format!(
                        "not understood, and kept nowhere; say what it is: --column {meaning}={column}"
                    )
                },
                |meaning| meaning.what().to_owned(),
            );
            let _ = writeln!(text, "  {called:widest$}  {what}");
        }
    }

    fn of_fate(&self, fate: Fate) -> Vec<&Proposed> {
        self.import
            .letters
            .iter()
            .filter(|proposed| proposed.fate == fate)
            .collect()
    }

    fn agreements(&self, text: &mut String) {
        let new = self.of_fate(Fate::New);
        if !new.is_empty() {
            let owed: usize = new
                .iter()
                .map(|proposed| proposed.letter.obligations.len())
                .sum();
            let what = match (self.written, self.dry_run) {
                (true, _) => "Written",
                (false, true) => "Would be written",
                (false, false) => "Understood",
            };
            let _ = writeln!(
                text,
                "\n{what}: {} with {}",
                count(new.len() as u64, "agreement"),
                count(owed as u64, "obligation")
            );
            let shown = if self.dry_run { new.len() } else { LISTED };
            for proposed in new.iter().take(shown) {
                self.agreement(text, proposed);
            }
            if let Some(more @ 1..) = new.len().checked_sub(shown) {
                let _ = writeln!(text, "  and {more} more");
            }
        }
        for (fate, title) in [
            (Fate::NotUnderstood, "Not understood whole, and not written"),
            (
                Fate::There,
                "There already, and left as it is: nothing of the sheet is added to it",
            ),
        ] {
            let of_fate = self.of_fate(fate);
            if of_fate.is_empty() {
                continue;
            }
            let _ = writeln!(
                text,
                "\n{title}: {}",
                count(of_fate.len() as u64, "agreement")
            );
            let shown = if self.dry_run { of_fate.len() } else { LISTED };
            for proposed in of_fate.iter().take(shown) {
                let _ = writeln!(text, "  {}  {}", proposed.path, proposed.letter.title);
            }
            if let Some(more @ 1..) = of_fate.len().checked_sub(shown) {
                let _ = writeln!(text, "  and {more} more");
            }
        }
    }

    fn agreement(&self, text: &mut String, proposed: &Proposed) {
        let letter = &proposed.letter;
        let _ = writeln!(text, "  {}  {}", proposed.path, letter.title);
        if !self.dry_run {
            return;
        }
        let _ = writeln!(text, "    {}", self.facts(letter));
        for owed in &letter.obligations {
            let _ = writeln!(
                text,
                "    {} {}: {}",
                self.import.sheet.row_word,
                owed.row,
                self.owed(owed)
            );
        }
        for (_, title) in &letter.events {
            let _ = writeln!(text, "    waits for the day of: {title}");
        }
    }

    fn facts(&self, letter: &Letter) -> String {
        let kind = begin::word_of(letter.kind).replace('_', " ");
        let parties = list(letter.parties.iter().map(|id| self.office.short_name(id)));
        let mut facts = vec![format!("{kind} between {parties}")];
        facts.extend(letter.status.map(str::to_owned));
        facts.push(match letter.signed {
            Some(signed) => format!("signed {}", day(signed)),
            None => "the sheet does not say when it was signed".to_owned(),
        });
        for (what, when) in [
            ("effective", &letter.effective),
            ("expires", &letter.expires),
        ] {
            facts.extend(
                when.as_ref()
                    .map(|when| format!("{what} {}", self::when(when))),
            );
        }
        facts.extend(
            letter
                .renews
                .as_ref()
                .map(|length| format!("renews itself for {length}")),
        );
        if !letter.notes.is_empty() {
            facts.push("with notes".to_owned());
        }
        facts.join("; ")
    }

    fn owed(&self, owed: &Owed) -> String {
        let by = if owed.owed_by.is_empty() {
            "all parties".to_owned()
        } else {
            list(owed.owed_by.iter().map(|id| self.office.short_name(id)))
        };
        let timing = match &owed.timing {
            Timing::Due(words) => format!("due `{words}`"),
            Timing::Every(words) => format!("recurs `{words}`"),
            Timing::Lasts(words) => format!("lasts `{words}`"),
            Timing::Standing => "no time is said: a standing duty".to_owned(),
        };
        let clause = owed
            .clause
            .as_deref()
            .map(|clause| format!("clause {clause}, "))
            .unwrap_or_default();
        let notes = match (&owed.held, owed.notes.as_slice()) {
            (Some(_), _) => "; held, with notes",
            (None, []) => "",
            (None, _) => "; with notes",
        };
        format!("{} ({clause}{by}): {timing}{notes}", owed.title)
    }

    fn place(&self, place: Place) -> String {
        let row = format!("{} {}", self.import.sheet.row_word, place.row);
        match place.column {
            Some(column) => format!("{row}, column {}", self.import.columns.called(column)),
            None => row,
        }
    }

    /// Findings, what is the same in several places once.
    fn findings(&self, text: &mut String, title: &str, findings: &[Finding], most: usize) {
        let mut grouped: Vec<(&Finding, Vec<Place>)> = Vec::new();
        let mut known = std::collections::BTreeMap::new();
        for finding in findings {
            let key = (&finding.said, &finding.help, finding.place.column);
            let index = *known.entry(key).or_insert_with(|| {
                grouped.push((finding, Vec::new()));
                grouped.len() - 1
            });
            grouped[index].1.push(finding.place);
        }
        if grouped.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{title}");
        for (finding, places) in grouped.iter().take(most) {
            let here = finding
                .here
                .as_ref()
                .map(|here| format!(": {here}"))
                .unwrap_or_default();
            let _ = writeln!(text, "  {}: {}{here}", self.places(places), finding.said);
            for (index, line) in finding
                .help
                .iter()
                .flat_map(|help| help.lines())
                .enumerate()
            {
                let begin = if index == 0 { "= help: " } else { "        " };
                let _ = writeln!(text, "    {begin}{line}");
            }
        }
        if let Some(more @ 1..) = grouped.len().checked_sub(most) {
            let _ = writeln!(text, "  and {more} more");
        }
    }

    fn places(&self, places: &[Place]) -> String {
        let [first, rest @ ..] = places else {
            return String::new();
        };
        let mut said = self.place(*first);
        if !rest.is_empty() {
            let rows: Vec<String> = rest
                .iter()
                .take(PLACES)
                .map(|place| place.row.to_string())
                .collect();
            let _ = write!(said, " (also {}", list(rows));
            if let Some(more @ 1..) = rest.len().checked_sub(PLACES) {
                let _ = write!(said, " and {more} more");
            }
            said.push(')');
        }
        said
    }

    /// What the sheet says was done: nothing is entered by itself, for the record says who said what and when.
    fn done(&self, text: &mut String) {
        let done: Vec<(&Letter, &Owed)> = self
            .import
            .letters
            .iter()
            .filter(|proposed| proposed.fate == Fate::New)
            .flat_map(|proposed| {
                proposed
                    .letter
                    .obligations
                    .iter()
                    .map(|owed| (&proposed.letter, owed))
            })
            .filter(|(_, owed)| owed.done.is_some())
            .collect();
        if done.is_empty() {
            return;
        }
        let by = if self.office.settings.keeper.is_some() {
            ""
        } else {
            " --by PARTY"
        };
        let _ = writeln!(
            text,
            "\nDone, says the sheet: {}. It is in the notes alone; the record is of what a party says, so enter what one does{}",
            count(done.len() as u64, "obligation"),
            if by.is_empty() { "" } else { " (PARTY)" }
        );
        let shown = if self.dry_run { done.len() } else { LISTED };
        for (letter, owed) in done.iter().take(shown) {
            let on = owed.done.as_ref().and_then(|done| done.on);
            let on = on.map_or_else(|| "YYYY-MM-DD".to_owned(), |on| on.to_string());
            let _ = writeln!(
                text,
                "    {} record met {}/{} --on {on}{by}",
                self.program, letter.id, owed.id
            );
            if owed.held.is_some() {
                let _ = writeln!(
                    text,
                    "      held, and nothing is mailed for it: take its line `proposed` out of {}/{}.md first",
                    begin::AGREEMENTS,
                    letter.id
                );
            }
        }
        if let Some(more @ 1..) = done.len().checked_sub(shown) {
            let _ = writeln!(text, "  and {more} more");
        }
    }

    fn end(&self, text: &mut String) {
        let program = self.program;
        let new = self.of_fate(Fate::New).len();
        let sound = self.import.findings.is_empty();
        if !self.written {
            let why = if self.dry_run {
                "a dry run"
            } else {
                "not all of it is understood"
            };
            let _ = writeln!(text, "\nNothing is written: {why}.");
        }
        text.push_str("\nNext\n");
        if !sound {
            text.push_str("  mend in the sheet what is not understood, and import it again: what is there by then stays as it is\n");
            if !self.written && new > 0 {
                let _ = writeln!(
                    text,
                    "  write the agreements alone that are understood whole:\n    {program} import {} --skip",
                    self.typed()
                );
            }
        } else if self.dry_run && new > 0 {
            let _ = writeln!(text, "  write it:\n    {program} import {}", self.typed());
        } else if new == 0 {
            text.push_str("  nothing is new in the sheet; what changed is written into the agreement's own file\n");
        }
        if self.written && new > 0 {
            let _ = writeln!(
                text,
                "  see what the files leave open: their text, how days are counted\n    {program} check"
            );
            let _ = writeln!(
                text,
                "  see what is due; what was due before the first pass is never mailed\n    {program} due"
            );
            let _ = writeln!(text, "  make a pass\n    {program} run");
        }
    }

    fn typed(&self) -> String {
        let plain = self
            .name
            .chars()
            .all(|c| c.is_alphanumeric() || "/._-~".contains(c));
        if plain && !self.name.starts_with('-') {
            self.name.to_owned()
        } else {
            format!("'{}'", self.name.replace('\'', r"'\''"))
        }
    }
}

fn when(when: &When) -> String {
    match when {
        When::Day(on) => day(*on),
        When::Words(words) => format!("`{words}`"),
    }
}
