//! School years: each with its first and its last day of school, and the terms within it.

use super::fiscal_year::years_in_words;
use crate::words::Language;
use chrono::{Datelike, NaiveDate};

/// One school year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SchoolYear {
    /// The first day of school.
    pub(super) first: NaiveDate,
    /// The last.
    pub(super) last: NaiveDate,
    pub(super) terms: Vec<Term>,
    /// Where this is from, if not where the calendar is.
    pub(super) authority: Option<String>,
}

impl SchoolYear {
    /// The term before a day and the one after it, where it lies in none: of one kind, and the nearest.
    pub(super) fn between_terms(&self, day: NaiveDate) -> Option<(&Term, &Term)> {
        if self
            .terms
            .iter()
            .any(|term| (term.first..=term.last).contains(&day))
        {
            return None;
        }
        let ended = self.terms.iter().filter(|term| term.last < day);
        let ended = ended.max_by_key(|term| term.last)?;
        let begins = self.terms.iter().filter(|term| term.first > day);
        let begins = begins.filter(|term| term.kind == ended.kind);
        Some((ended, begins.min_by_key(|term| term.first)?))
    }
}

/// A part of a school year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) name: String,
    pub(super) kind: TermKind,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

/// What the parts of a school year are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the field's own words")]
pub enum TermKind {
    Semester,
    Trimester,
    Quarter,
    Term,
    Session,
}

/// The season that a term is called by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Season {
    Fall,
    Winter,
    Spring,
    Summer,
}

impl TermKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Semester,
        Self::Trimester,
        Self::Quarter,
        Self::Term,
        Self::Session,
    ];

    /// The word that a term's name ends with: `semester`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Semester => "semester",
            Self::Trimester => "trimester",
            Self::Quarter => "quarter",
            Self::Term => "term",
            Self::Session => "session",
        }
    }
}

impl TermKind {
    /// What such a term is called in that language.
    pub fn word_in(self, language: Language) -> &'static str {
        match (self, language) {
            (_, Language::English) => self.word(),
            (Self::Semester, Language::Spanish) => "semestre",
            (Self::Trimester, Language::Spanish) => "trimestre",
            (Self::Quarter, Language::Spanish) => "trimestre escolar",
            (Self::Term, Language::Spanish) => "período lectivo",
            (Self::Session, Language::Spanish) => "curso",
        }
    }
}

impl Season {
    /// Its name in that language.
    pub fn word_in(self, language: Language) -> &'static str {
        match (self, language) {
            (_, Language::English) => self.word(),
            (Self::Fall, Language::Spanish) => "otoño",
            (Self::Winter, Language::Spanish) => "invierno",
            (Self::Spring, Language::Spanish) => "primavera",
            (Self::Summer, Language::Spanish) => "verano",
        }
    }

    /// Every season.
    pub const ALL: [Self; 4] = [Self::Fall, Self::Winter, Self::Spring, Self::Summer];

    /// The word that a term's name begins with: `fall`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fall => "fall",
            Self::Winter => "winter",
            Self::Spring => "spring",
            Self::Summer => "summer",
        }
    }
}

impl SchoolYear {
    /// Its last day, or that of a summer session after it.
    pub(super) fn ends(&self) -> NaiveDate {
        let terms = self.terms.iter().map(|term| term.last);
        terms.fold(self.last, NaiveDate::max)
    }

    /// `2026-27`.
    pub(super) fn years(&self) -> String {
        years_in_words(self.first, self.last)
    }
}

impl Term {
    /// The season that its name begins with.
    pub(super) fn season(&self) -> Option<Season> {
        let name = self.name.to_lowercase();
        let word = name.split_whitespace().next()?;
        let word = if word == "autumn" { "fall" } else { word };
        Season::ALL.into_iter().find(|season| season.word() == word)
    }

    /// The year that it is called by: the one in which it begins.
    pub(super) fn year(&self) -> i32 {
        self.first.year()
    }
}
