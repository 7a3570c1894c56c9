//! Faults of a phrase that only its days show: they are worked out on trial, with the triggers put on a day of our own.

use super::Reader;
use crate::agreement::Timing;
use crate::counting::Counting;
use crate::deadline::{self, Answer, Fact, Facts, Question};
use crate::language::{Phrase, Point, Trigger};
use crate::rules::{contradictory_limits, first_not_such_a_day, notice_after_expiration};
use crate::table::Value;
use crate::words::Sentence;
use chrono::{Days, NaiveDate};

/// How far a series is followed on trial: over the year in which most have a day, then further than the longest period
/// that anybody writes.
const TRIAL_DAYS: [u64; 2] = [366, 366 * 6];

impl Reader<'_> {
    /// Reports a phrase whose first day lies after its last, and a `first` that is no such day as the phrase names.
    pub(super) fn check_days(
        &self,
        timing: &Timing,
        first: Option<Value<NaiveDate>>,
        counting: &Counting,
    ) {
        match timing {
            Timing::Due(phrase) | Timing::Lasts { phrase, .. } => {
                self.check_order_of_limits(phrase, counting);
            }
            Timing::Every { phrase, .. } => {
                if let Some(first) = first {
                    self.check_first(phrase, first, counting);
                }
            }
            Timing::Standing => {}
        }
    }

    /// Reports a `window` or `notice` of a renewal that ends after the term whose renewal it is.
    pub(super) fn check_before_expiration(&self, key: &str, phrase: &Phrase, counting: &Counting) {
        let is_expiration = |trigger: &Trigger| matches!(trigger, Trigger::Event { agreement: None, event } if event.as_str() == "expiration");
        if !phrase.tree.triggers().iter().all(is_expiration) || has_a_fixed_day(phrase) {
            return;
        }
        let expiration = trial_day();
        let answer = on_trial(phrase, counting, None);
        let late = answer
            .dates
            .iter()
            .filter_map(|dates| dates.nominal.or(dates.opens))
            .any(|day| day > expiration);
        if late {
            self.findings
                .report(notice_after_expiration::fault(phrase.span, key));
        }
    }

    fn check_order_of_limits(&self, phrase: &Phrase, counting: &Counting) {
        // How two triggers, or a trigger and a day of the calendar, will lie to each other nobody knows.
        if !phrase.tree.limit.may_be_crossed() {
            return;
        }
        let triggers = phrase.tree.triggers().len();
        if triggers > 1 || (triggers == 1 && has_a_fixed_day(phrase)) {
            return;
        }
        let answer = on_trial(phrase, counting, None);
        let crossed = answer.dates.iter().find_map(|dates| {
            let (opens, last) = (dates.opens?, dates.nominal?);
            (opens > last).then_some((opens, last))
        });
        if let Some((opens, last)) = crossed {
            self.findings
                .report(contradictory_limits::fault(phrase.span, last - opens));
        }
    }

    fn check_first(&self, phrase: &Phrase, first: Value<NaiveDate>, counting: &Counting) {
        let answer = on_trial(phrase, counting, Some(first.value));
        let Some(dates) = answer.dates.first() else {
            return;
        };
        let Some(last) = dates.nominal else {
            return;
        };
        let opens = dates.opens.unwrap_or(last);
        if !(opens..=last).contains(&first.value) {
            self.findings.report(first_not_such_a_day::fault(
                first.span,
                first.value,
                phrase.span,
                Some(last),
            ));
        }
    }
}

/// A day that is no holiday and has room on both sides.
fn trial_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 6, 18).unwrap_or_default()
}

fn has_a_fixed_day(phrase: &Phrase) -> bool {
    let mut found = false;
    phrase.tree.limit.visit(&mut |point| {
        found |= matches!(point, Point::Day(_) | Point::Yearless { .. });
    });
    found
}

fn on_trial(phrase: &Phrase, counting: &Counting, first: Option<NaiveDate>) -> Answer {
    let from = first.unwrap_or_else(trial_day);
    let facts = AllOn(trial_day());
    let followed_for = |days| {
        let question = Question {
            facts: &facts,
            counting,
            from,
            until: from
                .checked_add_days(Days::new(days))
                .unwrap_or(NaiveDate::MAX),
            first,
            ending: deadline::Ending::MayRoll,
        };
        deadline::evaluate(&phrase.tree, &question)
    };
    let [year, longest] = TRIAL_DAYS;
    let within_a_year = followed_for(year);
    if within_a_year.dates.is_empty() {
        followed_for(longest)
    } else {
        within_a_year
    }
}

/// Every trigger is on one day.
struct AllOn(NaiveDate);

impl Facts for AllOn {
    fn day(&self, _: &Trigger) -> Fact {
        Fact::Known {
            day: self.0,
            source: Sentence::verbatim(""),
        }
    }
}
