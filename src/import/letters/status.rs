//! Whether an agreement is in force: what its status says, and that it is not signed. Only words that are understood leave it
//! in force.

use super::{Group, Letter, Reader, Saying, cells};
use crate::import::Finding;
use crate::import::columns::Meaning;
use crate::import::sheet::Place;
use crate::import::standing::{Standing, is_not_signed, standing};
use crate::import::tidy::short;
use crate::language::Names;

/// What the words of a status make of an agreement, and what is to be done.
const IS_DRAFT: (&str, &str) = (
    "the agreement is written as a draft, of which nothing is dated or mailed",
    "once it is signed, write its day under `signed` and take the line `status` out",
);
const IS_TENTATIVE: (&str, &str) = (
    "the agreement is written as tentative, of which days are projected alone",
    "once it is signed and ratified, write its day under `signed` and take the line `status` out",
);
const HAS_ENDED: (&str, &str) = (
    "the status says that the agreement holds no more; it is written as a draft, of which nothing is dated or mailed",
    "give it its last day under `expires`, or name it under `[changes]` of what took its place; then take the line `status` out",
);
const NOT_UNDERSTOOD: (&str, &str) = (
    "the status does not say that the agreement is in force; it is written as a draft, of which nothing is dated or mailed",
    "write `in force`, `tentative`, `draft` or `expired` in the sheet; or, where it is in force, take the line `status` out of the file. A column of mere remarks is told with --column notes=LETTER",
);
const IS_NOT_SIGNED: (&str, &str) = (
    "it is not signed; the agreement is written as tentative, of which days are projected alone",
    "where it is signed, write the day of the last signature, such as 2014-02-20, or leave the cell empty",
);

impl Reader<'_> {
    /// The status of the agreement. Only words that are understood leave it in force; beside a task they may be the task's.
    pub(super) fn status(&self, group: &Group<'_>, letter: &mut Letter, said: &mut Saying) {
        let all_ended = self.all_ended(group);
        for row in &group.rows {
            let owes = self.owes(row);
            let done: &[Meaning] = if owes { &[] } else { &[Meaning::Done] };
            for meaning in [Meaning::Status].iter().chain(done) {
                for (place, words) in self.words(row, *meaning) {
                    let standing = standing(&words);
                    let (status, why) = match standing {
                        Standing::Draft => ("draft", IS_DRAFT),
                        Standing::Tentative => ("tentative", IS_TENTATIVE),
                        Standing::InForce => continue,
                        Standing::Ended if owes && !all_ended => continue,
                        Standing::Ended => ("draft", HAS_ENDED),
                        _ if owes => continue,
                        Standing::Done(_) => ("draft", HAS_ENDED),
                        Standing::Open if *meaning == Meaning::Done => continue,
                        Standing::Open | Standing::Unknown => ("draft", NOT_UNDERSTOOD),
                    };
                    if !owes && (why == HAS_ENDED || why == NOT_UNDERSTOOD) {
                        let heading = place.column.map(|column| self.columns.heading(column));
                        letter.notes.push(format!(
                            "{} in the spreadsheet: {words}",
                            heading.unwrap_or_default()
                        ));
                        letter.places.entry("notes").or_insert(place);
                    }
                    self.stands(letter, status, (place, &words), why, said);
                }
            }
        }
    }

    /// Whether every task of an agreement of which a status stands there has one of what holds no more: then it is the
    /// agreement's.
    fn all_ended(&self, group: &Group<'_>) -> bool {
        let mut statuses = group
            .rows
            .iter()
            .flat_map(|row| self.words(row, Meaning::Status))
            .peekable();
        statuses.peek().is_some() && statuses.all(|(_, words)| standing(&words) == Standing::Ended)
    }

    /// Gives the agreement a status other than in force, and says why.
    fn stands(
        &self,
        letter: &mut Letter,
        status: &'static str,
        (place, words): (Place, &str),
        (why, help): (&'static str, &'static str),
        said: &mut Saying,
    ) {
        match letter.status {
            Some(earlier) if earlier != status => {
                let row = letter.places.get("status").map_or(0, |place| place.row);
                said.findings.push(self.differs(place, words, row));
            }
            Some(_) => {}
            None => {
                letter.status = Some(status);
                letter.places.insert("status", place);
                said.remarks.push(
                    Finding {
                        here: Some(format!("`{}`", short(words))),
                        ..Finding::new(place, why)
                    }
                    .help(help),
                );
            }
        }
    }

    /// The day of the last signature; words that say that there is none yet make the agreement tentative.
    pub(super) fn signed(
        &self,
        group: &Group<'_>,
        letter: &mut Letter,
        names: &mut Names,
        said: &mut Saying,
    ) {
        let mut not_signed: Option<(Place, String)> = None;
        for row in &group.rows {
            for (place, words) in self.words(row, Meaning::Signed) {
                if is_not_signed(&words) {
                    not_signed.get_or_insert((place, words));
                }
            }
        }
        let signed = self.one(group, Meaning::Signed, said, |cell| match cell.words() {
            Some(words) if is_not_signed(&words) => Ok(cells::Said {
                value: None,
                remark: None,
            }),
            _ => cells::day(cell, names),
        });
        match (signed, not_signed) {
            (Some((day, at)), not_signed) => {
                letter.signed = Some(day);
                letter.places.insert("signed", at);
                names.near = Some(day);
                if let Some((place, words)) = not_signed {
                    said.findings.push(self.differs(place, &words, at.row));
                }
            }
            // A draft, or what holds no more, stays what it is.
            (None, Some((place, words))) if letter.status.is_none() => {
                self.stands(letter, "tentative", (place, &words), IS_NOT_SIGNED, said);
            }
            (None, _) => {}
        }
    }
}
