//! One dated instance of an obligation, and where it may stand.

use super::changes::{Amendment, AmendmentStage};
use super::{RenewalAct, RenewalDays};
use crate::counting::Step;
use crate::deadline::OtherReading;
use crate::ids::{AgreementId, ObligationId};
use crate::record::answers::{Act, Claims, Standing};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// Whether another period of a term may follow on one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NextPeriod {
    /// Nothing stands against it.
    #[default]
    MayFollow,
    /// It was renewed as often, or for as long, as its words allow: more is for all parties to agree on.
    IsUsedUp,
    /// None may for another reason: all parties agreed on the day of its end, or a later agreement or the agreement's own end
    /// lets none follow.
    MayNotFollow,
}

/// One dated instance of an obligation, or the obligation itself where it has no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Its agreement.
    pub agreement: AgreementId,
    /// Its obligation.
    pub obligation: ObligationId,
    /// Which one: its nominal last day, before it was moved. `None` where there is only one.
    pub occurrence: Option<NaiveDate>,
    /// Which of an event that repeats.
    pub for_words: Option<String>,
    /// What sort of thing it is.
    pub kind: OccurrenceKind,
    /// Where it stands.
    pub state: State,
    /// The first day on which it may be done.
    pub opens: Option<NaiveDate>,
    /// The last day.
    pub due: Option<NaiveDate>,
    /// A later day on which the law lets it be done.
    pub grace: Option<NaiveDate>,
    /// The last day before any roll.
    pub nominal: Option<NaiveDate>,
    /// Its day before all parties agreed on another.
    pub moved_from: Option<NaiveDate>,
    /// The day from which a term runs.
    pub begins: Option<NaiveDate>,
    /// Whether it only has to begin within the window.
    pub to_begin: bool,
    /// Whether its dates hang on a day that is only expected.
    pub projected: bool,
    /// The names of what it waits for: `implementation`, `follow_up_meeting`, `mou_2013/expiration`.
    pub waiting_on: Vec<String>,
    /// Those of them that all parties have agreed to skip: as long as that stays, nothing is owed.
    pub skipped: Vec<String>,
    /// How its dates were reached.
    pub steps: Vec<Step>,
    /// Other lawful readings.
    pub other_readings: Vec<OtherReading>,
    /// What to know about the dates.
    pub warnings: Vec<Sentence>,
    /// What its words say twice without agreeing.
    pub contradictions: Vec<Sentence>,
    /// When a term may be renewed, or notice of its end given.
    pub renewal: Option<RenewalDays>,
    /// The end of the period that follows on this one of a term, as things stand.
    pub renewed_until: Option<NaiveDate>,
    /// Whether another period of a term may follow on this one.
    pub next_period: NextPeriod,
    /// The day on which it was done: what is accepted, else the earliest that anybody claims.
    pub met_on: Option<NaiveDate>,
    /// Every day on which it is said to have been done, and who stands by it.
    pub met: Claims,
    /// The days on which a standing duty or a term is said not to have been kept, in the order of the record.
    pub not_kept: Vec<NotKept>,
    /// What the parties agreed about it, and what is proposed: until all have agreed, the old date runs.
    pub acts: Vec<Act>,
    /// Whether the parties say different things about whether the condition under which it is owed has come about.
    pub is_condition_disputed: bool,
    /// The entries that say that what it is counted from was not missed: once one of them is accepted, it is withdrawn.
    pub withdrawn_by: Vec<u64>,
    /// What it follows from, where that is an event that repeats.
    pub begun: Begun,
    /// The entries of the record about this occurrence, by number.
    pub entries: Vec<u64>,
    /// What later agreements do to it, in the order in which they take effect.
    pub amendments: Vec<Amendment>,
}

/// One time of an event that repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    /// The entries that say when it took place; none where nothing follows from such an event.
    pub by: Vec<u64>,
    /// Whether that time of the event has several occurrences.
    pub recurs: bool,
}

impl Occurrence {
    /// One of which nothing is known but what it is of: it waits.
    pub fn without_days(
        agreement: &AgreementId,
        obligation: &ObligationId,
        kind: OccurrenceKind,
    ) -> Self {
        Self {
            agreement: agreement.clone(),
            obligation: obligation.clone(),
            occurrence: None,
            for_words: None,
            kind,
            state: State::Waiting,
            opens: None,
            due: None,
            grace: None,
            nominal: None,
            moved_from: None,
            begins: None,
            to_begin: false,
            projected: false,
            waiting_on: Vec::new(),
            skipped: Vec::new(),
            steps: Vec::new(),
            other_readings: Vec::new(),
            warnings: Vec::new(),
            contradictions: Vec::new(),
            renewal: None,
            renewed_until: None,
            next_period: NextPeriod::MayFollow,
            met_on: None,
            met: Claims::default(),
            not_kept: Vec::new(),
            acts: Vec::new(),
            is_condition_disputed: false,
            withdrawn_by: Vec::new(),
            begun: Begun::default(),
            entries: Vec::new(),
            amendments: Vec::new(),
        }
    }

    /// Its days alone, and what others are claimed: how they were reached is let go of.
    #[must_use]
    pub fn days_alone(mut self) -> Self {
        self.steps = Vec::new();
        self.other_readings.retain(|reading| reading.is_claimed);
        if let Some(days) = &mut self.renewal {
            days.steps = Vec::new();
            days.other_readings = Vec::new();
        }
        self
    }

    /// Whether it would follow only from what all parties have agreed to skip.
    pub fn follows_from_what_is_skipped(&self) -> bool {
        let is_skipped = |name: &String| self.skipped.contains(name);
        !self.waiting_on.is_empty() && self.waiting_on.iter().all(is_skipped)
    }

    /// Whether no other day that is claimed matters any more.
    fn is_settled(&self) -> bool {
        use State::{Met, MetLate, Superseded, Waived};
        matches!(self.state, Met | MetLate | Superseded | Waived)
    }

    /// The days that it would be due by other claims than the one that it goes by, the earliest first; none where that matters
    /// no more.
    pub fn also_claimed(&self) -> Vec<NaiveDate> {
        if self.is_settled() {
            return Vec::new();
        }
        let claimed = self.other_readings.iter().filter(|other| other.is_claimed);
        let mut days: Vec<NaiveDate> = claimed.filter_map(|other| other.date).collect();
        days.retain(|day| Some(*day) != self.due.or(self.opens));
        days.sort_unstable();
        days.dedup();
        days
    }

    /// That more than one day is claimed for it, and which is shown; of an end that one side claims where there is none, which.
    pub fn two_days_claimed(&self) -> Option<Sentence> {
        let others = self.also_claimed();
        let Some(is_shown) = self.due.or(self.opens) else {
            return (!others.is_empty()).then(|| an_end_claimed(&others));
        };
        if others.is_empty() {
            let claimed = self.other_readings.iter().filter(|of| of.is_claimed);
            // Another first day, or none.
            let is_other = |claim: &&OtherReading| claim.date.is_none() && !self.is_settled();
            let number = claimed.filter(is_other).count();
            return (number > 0).then(|| claimed_for_what_it_hangs_on(number + 1));
        }
        Some(days_claimed(is_shown, &others))
    }

    /// The change that decides about it now, where a later agreement has made one.
    pub fn amended(&self) -> Option<&Amendment> {
        let holds = |a: &&Amendment| a.stage == AmendmentStage::Holds;
        self.amendments.iter().find(holds)
    }

    /// When it is decided whether another period follows, as long as that is open: what is renewed by an act is decided once
    /// it goes on; what renews itself, once it does not.
    pub fn undecided_renewal(&self) -> Option<&RenewalDays> {
        let goes_on = self.renewed_until.is_some();
        self.renewal.as_ref().filter(|days| match days.what {
            RenewalAct::Request => !goes_on,
            RenewalAct::Notice => goes_on,
        })
    }

    /// The last day on which it counts as in time: the grace day, or else the last day.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.grace.or(self.due)
    }

    /// Days from `today` to the last day; negative after it.
    pub fn days_left(&self, today: NaiveDate) -> Option<i64> {
        self.due.map(|due| (due - today).num_days())
    }
}

/// That so many days are claimed for what something hangs on, which change nothing of its last day.
fn claimed_for_what_it_hangs_on(claims: usize) -> Sentence {
    Sentence::in_each(|language| match language {
        English if claims == 2 => "two days are claimed for what it hangs on".to_owned(),
        English => format!("{claims} days are claimed for what it hangs on"),
        Spanish if claims == 2 => "se afirman dos fechas para aquello de lo que depende".to_owned(),
        Spanish => format!("se afirman {claims} fechas para aquello de lo que depende"),
    })
}

/// That more than one day is claimed, and which is shown: of `others` none is that one.
pub(super) fn days_claimed(is_shown: NaiveDate, others: &[NaiveDate]) -> Sentence {
    let mut days = others.to_vec();
    days.push(is_shown);
    days.sort_unstable();
    days.dedup();
    let (first, last) = (days.first().copied(), days.last().copied());
    Sentence::in_each(|language| {
        let listed = language.list(days.iter().map(|day| language.day(*day)));
        let number = days.len();
        let which = match language {
            English if number == 2 && Some(is_shown) == first => "the earlier".to_owned(),
            English if number == 2 => "the later".to_owned(),
            English if Some(is_shown) == first => "the earliest".to_owned(),
            English if Some(is_shown) == last => "the latest".to_owned(),
            Spanish if number == 2 && Some(is_shown) == first => "la anterior".to_owned(),
            Spanish if number == 2 => "la posterior".to_owned(),
            Spanish if Some(is_shown) == first => "la primera".to_owned(),
            Spanish if Some(is_shown) == last => "la última".to_owned(),
            English => language.day(is_shown),
            Spanish => format!("la del {}", language.day(is_shown)),
        };
        match language {
            English if number == 2 => format!("two days are claimed: {listed}, {which} is shown"),
            English => format!("{number} days are claimed: {listed}, {which} is shown"),
            Spanish if number == 2 => {
                format!("se afirman dos fechas: {listed}; se muestra {which}")
            }
            Spanish => format!("se afirman {number} fechas: {listed}; se muestra {which}"),
        }
    })
}

/// That an end is claimed of what has none, or none that is known yet.
fn an_end_claimed(days: &[NaiveDate]) -> Sentence {
    Sentence::in_each(|language| {
        let days = language.either(days.iter().map(|day| language.day(*day)));
        match language {
            English => {
                format!("it is said to have ended on {days}; not every party has confirmed that")
            }
            Spanish => {
                format!("se afirma que terminó el {days}; no todas las partes lo han confirmado")
            }
        }
    })
}

/// That something was not kept on a day, as a party says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotKept {
    /// The entry that says so; the first of several that name that day.
    pub entry: u64,
    /// The day.
    pub on: Option<NaiveDate>,
    /// Where that stands with the parties.
    pub standing: Standing,
}

/// What sort of thing an occurrence is; the words are those of `due --format json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the contract's own words")]
pub enum OccurrenceKind {
    Deadline,
    Window,
    Recurrence,
    Term,
    Opening,
    Undated,
    Standing,
}

/// Where an occurrence stands. State names are for commands and JSON: readers of mails and pages are
/// told what is recorded, never a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Past its last day, and nothing recorded.
    Overdue,
    /// A window to start in has passed, and nothing recorded.
    NotStarted,
    /// Its window or its first reminder has begun.
    Open,
    /// A term that has begun and not ended.
    Running,
    /// A term whose renewal window is open.
    Deciding,
    /// Met, says one side.
    Reported,
    /// Claims differ.
    Disputed,
    /// Its trigger has no date.
    Waiting,
    /// It lies ahead.
    Scheduled,
    /// It has no date by its nature.
    Undated,
    /// A standing duty.
    Standing,
    /// Done in time.
    Met,
    /// Done after its last day.
    MetLate,
    /// Skipped this time, by agreement.
    Waived,
    /// Taken over by a later agreement.
    Superseded,
    /// A term that goes on.
    Renewed,
    /// A term that has ended.
    Ended,
    /// Due before tracking began, or an older one of a series: shown and counted, never mailed.
    Unrecorded,
}

impl State {
    /// The word of commands and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::NotStarted => "not_started",
            Self::Open => "open",
            Self::Running => "running",
            Self::Deciding => "deciding",
            Self::Reported => "reported",
            Self::Disputed => "disputed",
            Self::Waiting => "waiting",
            Self::Scheduled => "scheduled",
            Self::Undated => "undated",
            Self::Standing => "standing",
            Self::Met => "met",
            Self::MetLate => "met_late",
            Self::Waived => "waived",
            Self::Superseded => "superseded",
            Self::Renewed => "renewed",
            Self::Ended => "ended",
            Self::Unrecorded => "unrecorded",
        }
    }
}
