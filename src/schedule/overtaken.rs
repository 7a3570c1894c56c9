//! An end that all had agreed on, in the place of which they agreed on another: what had fallen due before it by then did, and
//! was missed if nothing says that it was done.

use super::answer::Instead;
use super::facts::OfAgreement;
use super::matter::{self, Agreed, Matter};
use super::times::Time;
use super::{missed, periods};
use crate::agreement::Obligation;
use crate::deadline::{self, Dates, Fact};
use crate::record::Entry;
use chrono::NaiveDate;

/// What is to be known of such an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Overtaken {
    /// What its period was called by.
    called: NaiveDate,
    /// The office's day on which all had agreed on it.
    since: NaiveDate,
    /// The office's day on which they agreed on another.
    until: NaiveDate,
}

impl Overtaken {
    pub(super) fn of(end: &periods::Overtaken) -> Self {
        Self {
            called: end.called,
            since: end.since,
            until: end.until,
        }
    }

    /// Whether a last day fell due for that end: from the day on which all had agreed on it, until they agreed on another.
    fn holds(&self, last: NaiveDate) -> bool {
        self.since <= last && last < self.until
    }
}

fn of(time: Option<&Time>) -> Option<Overtaken> {
    time?.period?.overtaken
}

/// Whether what an obligation gives for an end is shown: for one that was overtaken, what nobody had spoken of as done by its
/// last day, or what a clock that has started gives.
pub(super) fn is_owed(
    facts: &OfAgreement<'_>,
    obligation: &Obligation,
    time: Option<&Time>,
    dates: &Dates,
) -> bool {
    let Some(overtaken) = of(time).filter(|_| hangs_on_it(obligation, time)) else {
        return true;
    };
    let last = dates.grace.or(dates.due);
    last.is_some_and(|last| overtaken.holds(last)) && {
        let about = said_before(facts, obligation, time, overtaken);
        let agreed = Agreed::of(facts.known(), facts.agreement(), &about);
        matter::met(facts.known(), facts.agreement(), &about)
            .all
            .is_empty()
            && agreed.waived().is_none()
            && !agreed.is_moved()
    }
}

/// Whether what had its last day before an end was missed, as far as the end goes: for one that was overtaken, it has to have
/// fallen due before that, and nothing that was said until then says that it was done or put off.
pub(super) fn was_missed(
    facts: &OfAgreement<'_>,
    obligation: &Obligation,
    time: Option<&Time>,
    last: NaiveDate,
) -> bool {
    let Some(overtaken) = of(time).filter(|_| hangs_on_it(obligation, time)) else {
        return true;
    };
    let about = said_before(facts, obligation, time, overtaken);
    overtaken.holds(last)
        && !Agreed::of(facts.known(), facts.agreement(), &about).is_moved()
        && missed::denied_in(facts, &about, last).is_some()
}

/// Whether the words of an obligation name that end themselves.
fn hangs_on_it(obligation: &Obligation, time: Option<&Time>) -> bool {
    let phrase = obligation.timing.phrase();
    phrase
        .zip(time)
        .is_some_and(|(phrase, time)| phrase.tree.triggers().contains(&time.event))
}

/// What was said of it while that was the end, under the name that it had then.
fn said_before<'a>(
    facts: &OfAgreement<'a>,
    obligation: &Obligation,
    time: Option<&Time>,
    overtaken: Overtaken,
) -> Vec<&'a Entry> {
    let (known, agreement) = (facts.known(), facts.agreement());
    let rule = known.rule(agreement);
    let Some(matter) = named_before(facts, obligation, time, overtaken) else {
        return Vec::new();
    };
    let mut about = matter::entries(known, agreement, obligation.id.as_str(), matter);
    about.retain(|entry| rule.day_of(entry) <= overtaken.until);
    about
}

fn named_before(
    facts: &OfAgreement<'_>,
    obligation: &Obligation,
    time: Option<&Time>,
    overtaken: Overtaken,
) -> Option<Matter<'static>> {
    let (known, agreement) = (facts.known(), facts.agreement());
    let phrase = obligation.timing.phrase()?;
    let Fact::Known { source, .. } = &time?.fact else {
        return None;
    };
    let then = Instead {
        facts,
        trigger: time?.event.clone(),
        fact: Fact::Known {
            day: overtaken.called,
            source: source.clone(),
        },
    };
    let dates = deadline::evaluate(
        &phrase.tree,
        &deadline::Question {
            facts: &then,
            counting: obligation.counting.as_ref().unwrap_or(&agreement.counting),
            from: known.question.tracked_from(agreement, Some(obligation)),
            until: known.question.until,
            first: None,
            ending: deadline::Ending::MayRoll,
        },
    );
    Some(Matter {
        name: dates.dates.first().and_then(Dates::name),
        for_words: None,
        begun_by: &[],
        recurs: false,
    })
}
