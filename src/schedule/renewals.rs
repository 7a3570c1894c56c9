//! When a renewal may be asked for, or notice given: the window that hangs on the end of a term or of an agreement.

use super::answer::{Instead, own};
use crate::agreement::{Renewal, RenewalKind};
use crate::counting::{Counting, Step};
use crate::deadline::{self, Dates, Fact, Facts, OtherReading};
use crate::language::Trigger;
use crate::words::Sentence;
use chrono::{Days, NaiveDate};

/// The days of a renewal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewalDays {
    /// What is to be done in them.
    pub what: RenewalAct,
    /// The words that they were worked out from.
    pub words: String,
    /// The first day on which it may be asked for, or notice given; `None`: from the beginning.
    pub opens: Option<NaiveDate>,
    /// The last day.
    pub closes: Option<NaiveDate>,
    /// The last day before any roll.
    pub nominal: Option<NaiveDate>,
    /// Whether notice was given in them, and another party says otherwise.
    pub is_disputed: bool,
    /// Whether notice in the window of an earlier period was told of only once it had gone on, and is not accepted yet.
    pub waits_for_a_word: bool,
    /// How they were reached.
    pub steps: Vec<Step>,
    /// Other lawful readings of its words.
    pub other_readings: Vec<OtherReading>,
}

impl RenewalDays {
    /// Whether a day is its first or its last.
    pub fn has(&self, day: NaiveDate) -> bool {
        self.opens == Some(day) || self.closes == Some(day)
    }

    /// The first day on which it is decided: of a last day alone, so long before it as its first reminder is.
    pub fn decided_from(&self, lead: Days) -> Option<NaiveDate> {
        self.opens.or_else(|| self.closes?.checked_sub_days(lead))
    }
}

/// What decides whether something is renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenewalAct {
    /// A renewal is asked for, or the option to it is used: without it there is none.
    Request,
    /// Notice is given: without it, it goes on.
    Notice,
}

/// The window of `renewal` for the period that ends on `end`: that of its notice where it renews itself, else that in
/// which it may be asked for. `before` is the end of the period before it. `None` where the agreement names neither, or
/// where its days are not known.
pub(super) fn days(
    renewal: &Renewal,
    end: NaiveDate,
    before: Option<NaiveDate>,
    counting: &Counting,
    facts: &dyn Facts,
) -> Option<RenewalDays> {
    let (window, notice) = (renewal.window.as_ref(), renewal.notice.as_ref());
    let (phrase, what) = match renewal.how {
        RenewalKind::Automatic => (notice.or(window)?, RenewalAct::Notice),
        RenewalKind::ByAgreement | RenewalKind::AtOption => {
            (window.or(notice)?, RenewalAct::Request)
        }
    };
    let this_end = Instead {
        facts,
        trigger: own("expiration"),
        fact: Fact::Known {
            day: end,
            source: Sentence::written(&[
                "the end that may be put off",
                "el fin que puede aplazarse",
            ]),
        },
    };
    // A day without a year is the first after this period began.
    let this_period = before.map(|before| Instead {
        facts: &this_end,
        trigger: Trigger::effective(),
        fact: Fact::Known {
            day: before,
            source: Sentence::written(&["the end before this one", "el fin anterior a este"]),
        },
    });
    let facts: &dyn Facts = match &this_period {
        Some(period) => period,
        None => &this_end,
    };
    let question = deadline::Question {
        facts,
        counting,
        from: end,
        until: end,
        first: None,
        ending: deadline::Ending::MayRoll,
    };
    let answer = deadline::explain(phrase, &question);
    let dates = the_last_before(answer.dates, end)?;
    (dates.opens.is_some() || dates.due.is_some()).then_some(RenewalDays {
        what,
        words: phrase.words.clone(),
        opens: dates.opens,
        closes: dates.due,
        nominal: dates.nominal,
        is_disputed: false,
        waits_for_a_word: false,
        steps: dates.steps,
        other_readings: dates.other_readings,
    })
}

/// Of days that come each year, those of the year in which it ends.
fn the_last_before(dates: Vec<Dates>, end: NaiveDate) -> Option<Dates> {
    let mut dates = dates.into_iter();
    let first = dates.next()?;
    let last = |dates: &Dates| dates.nominal.or(dates.opens);
    Some(
        dates
            .rfind(|dates| last(dates).is_some_and(|day| day <= end))
            .unwrap_or(first),
    )
}
