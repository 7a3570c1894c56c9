//! When a renewal may be asked for, or notice given: the window that hangs on the end of a term or of an agreement.

use super::answer::{Instead, own};
use crate::agreement::Renewal;
use crate::counting::{Counting, Step};
use crate::deadline::{self, Fact, Facts};
use chrono::NaiveDate;

/// The days of a renewal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewalDays {
    /// The first day on which it may be asked for, or notice given; `None`: from the beginning.
    pub opens: Option<NaiveDate>,
    /// The last day.
    pub closes: Option<NaiveDate>,
    /// How they were reached.
    pub steps: Vec<Step>,
}

/// The window of `renewal`, or else that of its notice, for what ends on `end`. `None` where the agreement names
/// neither, or where its days are not known.
pub(super) fn days(
    renewal: &Renewal,
    end: NaiveDate,
    counting: &Counting,
    facts: &dyn Facts,
) -> Option<RenewalDays> {
    let phrase = renewal.window.as_ref().or(renewal.notice.as_ref())?;
    let of_this_end = Instead {
        facts,
        trigger: own("expiration"),
        fact: Fact::Known {
            day: end,
            source: "the end that may be put off".to_owned(),
        },
    };
    let question = deadline::Question {
        facts: &of_this_end,
        counting,
        from: end,
        until: end,
        first: None,
    };
    let answer = deadline::evaluate(phrase.under(&counting.rules), &question);
    let dates = answer.dates.into_iter().next()?;
    (dates.opens.is_some() || dates.due.is_some()).then_some(RenewalDays {
        opens: dates.opens,
        closes: dates.due,
        steps: dates.steps,
    })
}
