//! From a phrase to its days: each with the steps that led to it.
//!
//! Pure: the days come from the [`Facts`] and the [`Counting`] that are passed in.

mod day_in;
mod effort;
mod found;
mod limits;
mod own_periods;
mod own_stretches;
mod periods;
mod points;
mod readings;
mod series;
mod stretches;
#[cfg(test)]
mod tests;
mod weekdays;

use crate::counting::{Counting, Step};
use crate::language::{Tree, Trigger};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;
use limits::Evaluation;

pub use readings::explain;

/// What is known about the days that phrases hang on.
pub trait Facts {
    /// The day of a trigger.
    fn day(&self, trigger: &Trigger) -> Fact;

    /// How that day was reached, where it was itself worked out from words.
    fn steps(&self, _: &Trigger) -> Vec<Step> {
        Vec::new()
    }

    /// Whether that day is known from what the record says, and not from the words of a file.
    fn is_recorded(&self, _: &Trigger) -> bool {
        false
    }
}

/// What is known about one trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// It has a day. For another deadline this is its nominal day: what hangs on a date hangs on the nominal one.
    Known {
        /// The day.
        day: NaiveDate,
        /// Where that comes from: `entry 3 of the record, by UPE`, `signed in the file`.
        source: Sentence,
    },
    /// It is expected on a day; dates that hang on it are projected.
    Expected {
        /// The day.
        day: NaiveDate,
        /// Where that comes from.
        source: Sentence,
    },
    /// Nobody has said when; what hangs on it is waiting.
    Unknown,
}

/// What is asked of a phrase.
pub struct Question<'a> {
    /// The days that it may hang on.
    pub facts: &'a dyn Facts,
    /// How its days are counted.
    pub counting: &'a Counting,
    /// The day that a series of fixed periods without an anchor begins to be followed on.
    pub from: NaiveDate,
    /// The last day up to which a series is worked out; named days are all worked out.
    pub until: NaiveDate,
    /// The day of the first occurrence, where the file says one: it takes the place of `effective`.
    pub first: Option<NaiveDate>,
    /// Whether what ends is something to be done by then.
    pub ending: Ending,
}

/// What a last day is the end of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Of the time for something to be done: it may move off a day that is off, as the counting has it.
    MayRoll,
    /// Of a term, or an effective date: it stays.
    Stays,
}

/// What a phrase comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What sort of limit it is.
    pub kind: Kind,
    /// Its days: one, or for a recurrence one each time. Empty when it waits or has no date.
    pub dates: Vec<Dates>,
    /// The triggers that have no day yet; with `dates` where they are projected.
    pub waiting_on: Vec<Trigger>,
    /// What to know about the result, such as a calendar that was not reviewed so far ahead.
    pub warnings: Vec<Sentence>,
    /// What the words say twice without agreeing, where only the days that they hang on show it.
    pub contradictions: Vec<Sentence>,
    /// The period that an office's own calendar does not list, where there are no dates for want of it.
    pub not_listed: Option<Sentence>,
}

/// What sort of limit a phrase is; the words are those of `when --format json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the contract's own words")]
pub enum Kind {
    Date,
    Deadline,
    Window,
    Recurrence,
    Term,
    Undated,
    Waiting,
}

/// The days of one occurrence, and how they were reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The first day on which it may be done, where the phrase gives one.
    pub opens: Option<NaiveDate>,
    /// The last day; `None` for an opening alone.
    pub due: Option<NaiveDate>,
    /// A later day on which the law lets it be done.
    pub grace: Option<NaiveDate>,
    /// The last day before any roll: what other dates hang on, and what an occurrence of a series is called by.
    pub nominal: Option<NaiveDate>,
    /// What it is still called by among others, where its last day became another since: that before.
    pub called: Option<NaiveDate>,
    /// Its day before all parties agreed on another.
    pub moved_from: Option<NaiveDate>,
    /// The day from which a term runs, where the phrase gives no opening day of its own: its trigger.
    pub begins: Option<NaiveDate>,
    /// Whether it hangs on a day that is only expected.
    pub projected: bool,
    /// Whether it only has to begin within the window.
    pub to_begin: bool,
    /// How it was reached.
    pub steps: Vec<Step>,
    /// Other lawful readings: what each would give, and why it was not taken.
    pub other_readings: Vec<OtherReading>,
}

impl Dates {
    /// What it is called by where there are several.
    pub fn name(&self) -> Option<NaiveDate> {
        self.called.or(self.nominal).or(self.due).or(self.opens)
    }

    /// Those of which nothing is known yet.
    pub fn without_days() -> Self {
        Self {
            opens: None,
            due: None,
            grace: None,
            nominal: None,
            called: None,
            moved_from: None,
            begins: None,
            projected: false,
            to_begin: false,
            steps: Vec::new(),
            other_readings: Vec::new(),
        }
    }
}

/// A lawful reading that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct OtherReading {
    /// The reading, and why it was not taken.
    pub text: Sentence,
    /// What it would give.
    pub date: Option<NaiveDate>,
    /// Who reads it so.
    pub source: Sentence,
    /// Whether it follows from another day that a party claims, and not from the words.
    #[serde(skip)]
    pub is_claimed: bool,
    /// The entries of the record that claim that day; none where the file alone does, or nobody.
    #[serde(skip)]
    pub claimed_by: Vec<u64>,
}

/// Works out the days of a tree alone; [`explain`] also says what the other readings of its phrase would give.
pub fn evaluate(tree: &Tree, question: &Question<'_>) -> Answer {
    Evaluation::new(question).answer(&tree.limit).0
}

impl Answer {
    /// What is to be known of the things it waits for that only the record can date: that something is missed.
    pub fn for_the_record(&self) -> Vec<Step> {
        self.waiting_on
            .iter()
            .filter_map(|trigger| match trigger {
                Trigger::Missed(id) => Some(Sentence::in_each(|language| match language {
                    English => format!(
                        "whether `{id}` is missed is for the record to say: its last day has to pass with nothing recorded"
                    ),
                    Spanish => format!(
                        "si `{id}` no se cumplió lo dice el registro: su último día tiene que pasar sin que se registre nada"
                    ),
                })),
                Trigger::AnyMissed => Some(Sentence::written(&["which commitments are missed is for the record to say; each starts its own clock", "qué compromisos no se cumplieron lo dice el registro; cada uno inicia su propio plazo"])),
                Trigger::Event { .. } | Trigger::Obligation(_) => None,
            })
            .map(|text| Step {
                text,
                date: None,
                source: Sentence::written(&["the record", "el registro"]),
            })
            .collect()
    }
}
