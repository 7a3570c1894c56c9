//! How something looks that stands somewhere: a shape and a colour beside its words, and the keys and counts of them.

use crate::schedule::State;
use crate::words::Language::{self, English, Spanish};
use std::collections::{BTreeMap, BTreeSet};

/// The looks of where something stands: each has its own shape and colour, and stands beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Look {
    /// Its day has come and nothing is recorded.
    Quiet,
    /// Its day came before a record was kept, and nobody is asked about it.
    Early,
    /// It may be done now, or runs now.
    Now,
    /// It lies ahead.
    Ahead,
    /// One side says that it was done.
    Said,
    /// A party says otherwise than another, or that it was not kept.
    Differ,
    /// It waits for a date.
    Wait,
    /// It has no date.
    Always,
    /// It is recorded as done.
    Done,
    /// It is over, was skipped or was replaced.
    Over,
}

impl Look {
    /// All of them, in the order in which they are counted.
    const ALL: [Self; 10] = [
        Self::Now,
        Self::Ahead,
        Self::Quiet,
        Self::Early,
        Self::Said,
        Self::Differ,
        Self::Wait,
        Self::Always,
        Self::Done,
        Self::Over,
    ];

    /// What it says, of one thing or of several.
    pub(super) fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Now, English) => "going on now",
            (Self::Now, Spanish) => "en curso",
            (Self::Ahead, English) => "with a date ahead",
            (Self::Ahead, Spanish) => "con fecha por venir",
            (Self::Quiet, English) => "whose day has come, nothing recorded yet",
            (Self::Quiet, Spanish) => "con fecha ya llegada, sin nada registrado todavía",
            (Self::Early, English) => "from before a record was kept",
            (Self::Early, Spanish) => "de antes de que se llevara un registro",
            (Self::Said, English) => "reported",
            (Self::Said, Spanish) => "comunicado",
            (Self::Differ, English) => "contested by a party",
            (Self::Differ, Spanish) => "objetado por una de las partes",
            (Self::Wait, English) => "waiting for a date",
            (Self::Wait, Spanish) => "a la espera de una fecha",
            (Self::Always, English) => "without a date, or owed only in a certain case",
            (Self::Always, Spanish) => "sin fecha, o solo en un caso determinado",
            (Self::Done, English) => "recorded as done",
            (Self::Done, Spanish) => "registrado como hecho",
            (Self::Over, English) => "over, skipped or replaced",
            (Self::Over, Spanish) => "terminado, omitido o reemplazado",
        }
    }
}

/// A look and what it says: a line of a key.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Key {
    look: Look,
    words: &'static str,
}

/// The key to the looks that a picture or a table has.
pub(super) fn key(language: Language, looks: impl Iterator<Item = Look>) -> Vec<Key> {
    let looks: BTreeSet<Look> = looks.collect();
    let shown = Look::ALL.into_iter().filter(|look| looks.contains(look));
    shown
        .map(|look| Key {
            look,
            words: look.words(language),
        })
        .collect()
}

/// How many stand alike.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Tally {
    look: Look,
    pub(super) number: usize,
    words: &'static str,
}

/// How many obligations stand alike, in the order of their looks.
pub(super) fn tally(language: Language, looks: impl Iterator<Item = Look>) -> Vec<Tally> {
    let mut counts: BTreeMap<Look, usize> = BTreeMap::new();
    for look in looks {
        *counts.entry(look).or_default() += 1;
    }
    let counted = Look::ALL.into_iter().filter_map(|look| {
        Some(Tally {
            look,
            number: *counts.get(&look)?,
            words: look.words(language),
        })
    });
    counted.collect()
}

/// How something looks that is in a state.
pub(super) fn look(state: State) -> Look {
    match state {
        State::Overdue | State::NotStarted => Look::Quiet,
        State::Unrecorded => Look::Early,
        State::Open | State::Running | State::Deciding => Look::Now,
        State::Scheduled => Look::Ahead,
        State::Reported => Look::Said,
        State::Disputed => Look::Differ,
        State::Waiting => Look::Wait,
        State::Undated | State::Standing => Look::Always,
        State::Met | State::MetLate => Look::Done,
        State::Waived | State::Superseded | State::Renewed | State::Ended => Look::Over,
    }
}
