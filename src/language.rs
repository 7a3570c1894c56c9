//! The language of deadlines: from an agreement's own words to a tree, and back.
//!
//! Pure. Words are read into tokens (`token`), tokens into a [`Tree`] (`parse`); a tree prints in one canonical form
//! (`print`), which reads back to the same tree. What day a tree names is for [`deadline`](crate::deadline).

use crate::counting::Length;
use crate::diagnostic::Rule;
use crate::ids::{AgreementId, EventId, ObligationId};
use crate::source::Span;
use chrono::NaiveDate;
use std::ops::Range;
use std::sync::OnceLock;

/// A time limit in an agreement's own words, and what was read in them.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// The words, exactly.
    pub words: String,
    /// Where the TOML string stands, quotes included.
    pub span: Span,
    /// What they say.
    pub tree: Tree,
    /// What to know about the reading: an ambiguity, and which side was taken.
    pub remarks: Vec<Remark>,
    /// The other lawful readings, one for each wording that has two.
    pub otherwise: Vec<Otherwise>,
    /// The days that brackets name by themselves, each with its words: `(March 7, 2026)`.
    pub bracketed: Vec<(String, NaiveDate)>,
    /// The lengths beside a stated end, with what they run from, that only days can be compared with it: `for 60 working days,
    /// ending May 29, 2026`.
    pub said_twice: Vec<(Length, Point)>,
    /// What days are called beside them, that only a calendar can compare: `June 12, 2026, the last day of school`.
    pub called: Vec<Called>,
}

/// What a day is called beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// The words: `the last day of school`.
    pub words: String,
    /// Their bytes of the phrase.
    pub range: Range<usize>,
    /// The day that stands before them.
    pub day: NaiveDate,
    /// The day that they name, as it is looked for: the first of these that a calendar knows.
    pub points: Vec<Point>,
}

impl Phrase {
    /// The same words where they say how long something lasts: a time of months or years from a day may count that day.
    #[must_use]
    pub fn of_a_term(mut self) -> Self {
        let mut known = self.otherwise.iter();
        if known.all(|other| other.wording != Wording::TermFrom) {
            self.otherwise.extend(parse::first_day_counted(&self.tree));
        }
        self
    }

    /// A day that a file names by itself, as words.
    pub fn of_day(day: NaiveDate, span: Span) -> Self {
        Self {
            words: day.to_string(),
            span,
            tree: Tree {
                limit: Limit::On(Point::Day(day)),
                asides: Vec::new(),
                condition: None,
            },
            remarks: Vec::new(),
            otherwise: Vec::new(),
            bracketed: Vec::new(),
            said_twice: Vec::new(),
            called: Vec::new(),
        }
    }
}

/// The order of the numbers in `12/9/99`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DateOrder {
    MonthDayYear,
    DayMonthYear,
    YearMonthDay,
}

/// Names that a phrase may use, and how its numbers are read.
#[derive(Clone, Debug)]
pub struct Names {
    /// The declared events, by id and title.
    pub events: Vec<(EventId, String)>,
    /// Those of them that are declared to repeat: `each hearing` is then every time of it.
    pub repeating: Vec<EventId>,
    /// The obligations of the same agreement, by id and title.
    pub obligations: Vec<(ObligationId, String)>,
    /// Every agreement of the office.
    pub agreements: Vec<AgreementId>,
    /// How `12/9/99` is read.
    pub date_order: DateOrder,
    /// The agreement's own day: a two-digit year is the one nearest to it.
    pub near: Option<NaiveDate>,
    /// The names once more, as a reader of phrases looks for them.
    pub known: KnownNames,
}

/// Names in the form in which phrases are searched for them: put together for the first phrase and kept for all that follow,
/// so that an agreement's phrases cost what they say and not how many others there are.
#[derive(Clone, Debug, Default)]
pub struct KnownNames(OnceLock<parse::Catalogue>);

/// What starts a clock, as a phrase names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trigger {
    /// An event: declared in the agreement, or built in (`signing`, `effective`, `expiration`, `ratification`, `notice`),
    /// of the agreement itself or of another.
    Event {
        /// `None`: of the agreement that the phrase stands in.
        agreement: Option<AgreementId>,
        /// The event.
        event: EventId,
    },
    /// Another obligation of the same agreement being met, or a term's end.
    Obligation(ObligationId),
    /// Another obligation's last day, once it has passed with nothing recorded.
    Missed(ObligationId),
    /// Any commitment of another party that was missed.
    AnyMissed,
}

/// Something to know about a reading that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The rule that says it: a warning or a note.
    pub rule: &'static Rule,
    /// Bytes of the phrase.
    pub range: Range<usize>,
    /// One phrase.
    pub message: String,
    /// What to write to be clear.
    pub help: Option<String>,
}

/// Why a phrase was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The rule that refuses it.
    pub rule: &'static Rule,
    /// Bytes of the phrase: the first word that was not understood.
    pub range: Range<usize>,
    /// One phrase.
    pub message: String,
    /// The nearest reading, or what to write.
    pub help: Option<String>,
}

#[macro_use]
mod pattern;

mod checks;
mod named_days;
mod parse;
mod print;
#[cfg(test)]
pub(crate) mod tests;
mod token;
mod tree;
mod wording;

pub use checks::{check_counting, check_listed};
pub(crate) use named_days::names_of;
pub(crate) use token::is_month;
pub use tree::{
    DayIn, Edge, Ends, Every, Limit, Part, Period, Place, Point, Recurrence, Sort, Span as Stretch,
    Tree, Undated, Which, WhichTerm, Years,
};
pub use wording::{Otherwise, Wording};

impl Called {
    /// What is said where nothing is known to compare it with.
    pub(crate) const NOT_COMPARED: &'static str =
        "it is what the day before it is called, and was not compared with it";
    /// And what to do.
    pub(crate) const LEAVE_OUT: &'static str = "see that it is that day, and leave it out";
}

impl Trigger {
    /// An event of the agreement that the phrase stands in.
    pub fn event(event: EventId) -> Self {
        Self::Event {
            agreement: None,
            event,
        }
    }

    /// The day on which the agreement takes effect.
    pub fn effective() -> Self {
        Self::event(EventId::new("effective"))
    }
}

impl std::fmt::Display for Trigger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Event {
                agreement: None,
                event,
            } => write!(f, "{event}"),
            Self::Event {
                agreement: Some(agreement),
                event,
            } => write!(f, "{event} of {agreement}"),
            Self::Obligation(id) => write!(f, "{id}"),
            Self::Missed(id) => write!(f, "{id} is missed"),
            Self::AnyMissed => f.write_str("a missed commitment"),
        }
    }
}

/// Reads a phrase that stands at `span` of a file.
///
/// # Errors
/// Every reason why it is refused, first the one that stands first in it.
pub fn parse(words: &str, span: Span, names: &Names) -> Result<Phrase, Vec<Refusal>> {
    let read = parse::read(words, names)?;
    Ok(Phrase {
        words: words.to_owned(),
        span,
        tree: read.taken.tree,
        remarks: read.taken.remarks,
        otherwise: read.otherwise,
        bracketed: read.bracketed,
        said_twice: read.taken.said_twice,
        called: read.taken.called,
    })
}

/// The built-in event that a name is another word for: `date of execution` is `signing`.
pub fn built_in(name: &str) -> Option<EventId> {
    parse::built_in(name)
}

/// A day of a stretch, in words: `the last day of February 2000`.
pub(crate) fn print_day_in(day: DayIn, span: &Stretch) -> String {
    print::day_of(day, span)
}

/// A length in the canonical form: `3 months`.
pub(crate) fn print_length(length: &Length) -> String {
    print::length(length)
}

/// A stretch in the canonical form: `early February 2000`.
pub(crate) fn print_stretch(span: &Stretch) -> String {
    print::stretch(span)
}
