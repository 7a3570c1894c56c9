//! What is owed under a condition that came about, or was told of, only after the last day that its words give.
//!
//! Nothing is due before it is owed. Where the day that the words name had passed when the condition came about, no last day is
//! left: it is owed from then on, as what names no time is, within a reasonable one (California Civil Code, section 1657), and
//! is past none. A condition that came about in time and was only told of later moves no day.

use super::facts::OfAgreement;
use super::matter::{self, Condition};
use super::times::Time;
use super::{Occurrence, OccurrenceKind};
use crate::agreement::{Obligation, Timing};
use crate::counting::Step;
use crate::record::answers::Claim;
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// Begins what is owed once with its condition, where its last day had passed when that came about, and says when the condition
/// came about where that was told of only after the last day. What was over before tracking began stays so.
pub(super) fn begin(
    of: &OfAgreement<'_>,
    claim: &Claim,
    tracked_from: NaiveDate,
    occurrence: &mut Occurrence,
) {
    let is_owed_once = matches!(
        occurrence.kind,
        OccurrenceKind::Deadline | OccurrenceKind::Window
    );
    let Some(last) = occurrence.last_day().filter(|_| is_owed_once) else {
        return;
    };
    let day = claim.day;
    let is_past = last < day && !occurrence.projected && day >= tracked_from;
    if is_past {
        occurrence.kind = OccurrenceKind::Opening;
        occurrence.opens = Some(day);
        occurrence.begins = Some(day);
        occurrence.due = None;
        occurrence.grace = None;
        occurrence.nominal = None;
        occurrence.moved_from = None;
        occurrence.to_begin = false;
    } else if told_on(of, claim).is_none_or(|told| told <= last) {
        return;
    }
    occurrence.steps.push(Step {
        text: Sentence::in_each(|language| {
            let (day, last) = (language.weekday_and_day(day), language.day(last));
            match (is_past, language) {
                (true, English) => format!(
                    "its condition came about on {day}, after {last}: it is owed from then on, and no last day is left that it could be past"
                ),
                (true, Spanish) => format!(
                    "su condición se cumplió el {day}, después del {last}: se debe desde entonces, y no queda último día que pueda haberse pasado"
                ),
                (false, English) => format!(
                    "its condition came about on {day}, which was told only after {last}"
                ),
                (false, Spanish) => format!(
                    "su condición se cumplió el {day}, lo que se dijo solo después del {last}"
                ),
            }
        }),
        date: is_past.then_some(day),
        source: of.source(claim),
    });
}

/// Whether the condition of what is owed once came about only after such a last day.
pub(super) fn came_after(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    time: Option<&Time>,
    last: NaiveDate,
) -> bool {
    let is_owed_once = matches!(&obligation.timing, Timing::Due(phrase) if !phrase.tree.recurs());
    is_owed_once
        && matches!(
            matter::condition_then(of.known(), of.agreement(), obligation, time),
            Some(Condition::CameAbout(claim)) if last < claim.day
        )
}

/// The office's day on which somebody first said so.
fn told_on(of: &OfAgreement<'_>, claim: &Claim) -> Option<NaiveDate> {
    let known = of.known();
    let rule = known.rule(of.agreement());
    let entries = claim.entries.iter();
    let told = entries.filter_map(|number| known.question.record.entry(*number));
    told.map(|entry| rule.day_of(entry)).min()
}
