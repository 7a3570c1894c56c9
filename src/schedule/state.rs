//! Where an occurrence stands: from its dates, what was recorded about it, and the day.

use super::changes::{self, Later};
use super::facts::OfAgreement;
use super::matter::{self, Agreed, Condition, Matter};
use super::{
    Known, NotKept, Occurrence, OccurrenceKind, RenewalDays, State, conditions, own_term, settled,
};
use crate::agreement::{Agreement, Obligation};
use crate::counting::Step;
use crate::deadline::{Fact, Facts};
use crate::ids::PartyId;
use crate::language::Trigger;
use crate::record::answers::{Repeats, Standing, Stands, standing};
use crate::record::{Entry, EntryKind};
use crate::words::Sentence;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// Gives an occurrence its state, and the entries that it follows from.
/// `later`: what later agreements do to it.
pub(super) fn settle(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    mut occurrence: Occurrence,
    later: &[Later<'_>],
) -> Occurrence {
    let (known, agreement) = (of.known(), of.agreement());
    let id = obligation.id.as_str();
    let entries: Vec<&Entry> = known
        .about(agreement, id)
        .iter()
        .copied()
        .filter(|entry| concerns(entry, &occurrence))
        .collect();
    let about = matter::entries(known, agreement, id, Matter::of(&occurrence));
    let mut numbers: Vec<u64> = entries.iter().chain(&about).map(|e| e.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    occurrence.entries = numbers;
    let is_under = |entry: &Entry| Matter::of(&occurrence).is_under(entry);
    let condition = matter::condition(known, agreement, obligation, &is_under);
    let met = matter::met(known, agreement, &about);
    let agreed = Agreed::of(known, agreement, &about);
    occurrence.met_on = met.first().map(|claim| claim.day);
    occurrence.not_kept = said_not_kept(known, agreement, &entries, &occurrence);
    let tracked_from = known.question.tracked_from(agreement, Some(obligation));
    if let Some(Condition::CameAbout(claim)) = &condition {
        conditions::begin(of, claim, tracked_from, &mut occurrence);
    }
    // That parties agreed on a day gives one to what had none.
    if occurrence.kind == OccurrenceKind::Undated && occurrence.due.is_some() {
        occurrence.kind = OccurrenceKind::Deadline;
    }
    let was_waived = agreed.waived().is_some();
    occurrence.state = if let Some(accepted) = met.accepted() {
        match occurrence.last_day() {
            Some(last)
                if accepted.day > last
                    && !was_waived
                    && settled::is_late(
                        of,
                        obligation,
                        &occurrence,
                        &agreed,
                        later,
                        accepted.day,
                    ) =>
            {
                State::MetLate
            }
            _ => State::Met,
        }
    } else if was_waived {
        // What all agreed to outranks what one party says, and ends a quarrel about it.
        State::Waived
    } else if met.are_disputed() {
        State::Disputed
    } else if !met.all.is_empty() {
        State::Reported
    } else if is_of_before(condition.as_ref(), &occurrence) {
        State::Unrecorded
    } else if let Some(Condition::Disputed(claims)) = &condition {
        occurrence.is_condition_disputed = true;
        let source = of.source_of_claims(claims);
        occurrence.steps.extend(source.map(condition_is_disputed));
        State::Disputed
    } else if matches!(condition, Some(Condition::Open)) {
        let passed = occurrence
            .last_day()
            .is_some_and(|last| last < known.question.today);
        if passed {
            State::Unrecorded
        } else {
            State::Waiting
        }
    } else {
        by_its_days(of, obligation, &occurrence, later)
    };
    occurrence.met = met;
    occurrence.acts = agreed.acts;
    changes::supersede(later, &mut occurrence);
    changes::tell(of, id, later, &mut occurrence);
    occurrence
}

/// The state of that of which nothing is recorded that decides it.
fn by_its_days(
    of: &OfAgreement<'_>,
    obligation: &Obligation,
    occurrence: &Occurrence,
    later: &[Later<'_>],
) -> State {
    let (known, agreement) = (of.known(), of.agreement());
    let until = changes::superseded_from(later);
    match occurrence.kind {
        OccurrenceKind::Standing
            if is_said_not_kept(&agreement.parties, &occurrence.not_kept, until) =>
        {
            State::Disputed
        }
        OccurrenceKind::Standing => State::Standing,
        OccurrenceKind::Undated => State::Undated,
        // Its end came before its first day.
        OccurrenceKind::Recurrence if is_without_days(occurrence) => State::Ended,
        _ if has_no_day(occurrence) => State::Waiting,
        _ if occurrence.projected && is_under_way(of, obligation, occurrence) => State::Running,
        _ if occurrence.projected => State::Waiting,
        OccurrenceKind::Term => term(known, agreement, obligation, occurrence),
        _ => {
            let tracked_from = known.question.tracked_from(agreement, Some(obligation));
            match limit(known, agreement, obligation, tracked_from, occurrence) {
                State::Overdue | State::NotStarted if is_of_a_lapse(of, obligation, occurrence) => {
                    State::Unrecorded
                }
                state => state,
            }
        }
    }
}

/// Whether it is one of a series whose last day had passed when the condition of that came about, whichever of the days holds
/// that are claimed for it.
fn is_of_before(condition: Option<&Condition>, occurrence: &Occurrence) -> bool {
    let came_about = match condition {
        Some(Condition::CameAbout(claim)) => Some(claim.day),
        Some(Condition::Disputed(claims)) => claims.all.iter().map(|claim| claim.day).min(),
        Some(Condition::Open) | None => None,
    };
    occurrence.kind == OccurrenceKind::Recurrence
        && came_about.is_some_and(|day| occurrence.last_day().is_some_and(|last| last < day))
}

/// Whether it is one of a series that fell due while the agreement had ended, before all agreed that it goes on.
fn is_of_a_lapse(of: &OfAgreement<'_>, obligation: &Obligation, occurrence: &Occurrence) -> bool {
    occurrence.kind == OccurrenceKind::Recurrence
        && !obligation.survives
        && occurrence
            .last_day()
            .is_some_and(|last| own_term::had_lapsed_on(of, last))
}

/// That the parties say different things about a condition.
fn condition_is_disputed(source: Sentence) -> Step {
    Step {
        text: Sentence::written(&[
            "whether its condition has come about is disputed",
            "si su condición se ha cumplido está en disputa",
        ]),
        date: None,
        source,
    }
}

/// Whether an entry has to do with an occurrence: it is about this one, or about all of its obligation.
fn concerns(entry: &Entry, occurrence: &Occurrence) -> bool {
    let of_it = Matter::of(occurrence);
    of_it.has(entry)
        || entry.kind == EntryKind::Happened && of_it.is_under(entry)
        || (entry.occurrence.is_none() || entry.occurrence == occurrence.occurrence)
            && (entry.for_words.is_none() || entry.for_words == occurrence.for_words)
            && entry.kind != EntryKind::Happened
            && !matter::is_answer(entry)
}

/// The days on which a standing duty or a term is said not to have been kept, each once. Of a term with several periods,
/// those in this one.
fn said_not_kept(
    known: &Known<'_>,
    agreement: &Agreement,
    entries: &[&Entry],
    occurrence: &Occurrence,
) -> Vec<NotKept> {
    let rule = known.rule(agreement);
    let is_in_its_time = |on: NaiveDate| {
        let begins = occurrence.begins.or(occurrence.opens);
        occurrence.occurrence.is_none()
            || (begins.is_none_or(|begins| begins <= on)
                && occurrence.due.is_none_or(|due| on <= due))
    };
    let mut found: Vec<NotKept> = Vec::new();
    for entry in entries {
        let is_told = entry.kind != EntryKind::Disputed
            || entry.on.is_some_and(|on| !is_in_its_time(on))
            || found.iter().any(|told| told.on == entry.on);
        if is_told {
            continue;
        }
        found.extend(
            standing(entry, entries, Repeats::No, &rule).map(|standing| NotKept {
                entry: entry.number,
                on: entry.on,
                standing,
            }),
        );
    }
    found
}

/// Whether a party says that a standing duty was not kept on some day, and the others have not come to say so too.
/// `until`: the day from which there is no such duty any more.
fn is_said_not_kept(parties: &[PartyId], not_kept: &[NotKept], until: Option<NaiveDate>) -> bool {
    // What one of several others confirms is not yet what all say; where one word or silence is enough, it is.
    let is_settled = |standing: &Standing| {
        let is_enough = standing.said_by.len() < 2 || !standing.by_silence.is_empty();
        standing.stands == Stands::Confirmed
            && (is_enough || parties.iter().all(|party| standing.said_by.contains(party)))
    };
    not_kept
        .iter()
        .filter(|told| until.is_none_or(|until| told.on.is_none_or(|on| on < until)))
        .any(|told| !is_settled(&told.standing))
}

/// Which of the occurrences of an obligation follow on one another as those of a series do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Succession {
    /// Those that recur by their words.
    Recurring,
    /// All: one for each period of an agreement that renews itself.
    All,
}

/// An older one of a series of which the next has fallen due, with nothing recorded, is counted as unrecorded and no
/// longer reminded of. What hangs on each time of an event is no series: each stays owed.
pub(super) fn older_of_series(
    known: &Known<'_>,
    succession: Succession,
    occurrences: &mut [Occurrence],
) {
    // The last day that has passed of those after it. One that was put off beyond the next is the older one no more.
    let mut passed: BTreeMap<Option<String>, NaiveDate> = BTreeMap::new();
    for occurrence in occurrences.iter_mut().rev() {
        if succession == Succession::Recurring && occurrence.kind != OccurrenceKind::Recurrence {
            continue;
        }
        let today = known.question.today;
        // What is only expected has not fallen due.
        let last = occurrence.last_day().filter(|_| !occurrence.projected);
        let Some(last) = last.filter(|last| *last < today) else {
            continue;
        };
        let of_the_next = passed.get(&occurrence.for_words).copied();
        let is_older = of_the_next.is_some_and(|next| match occurrence.moved_from {
            Some(_) => last < next,
            None => last <= next,
        });
        if is_older && matches!(occurrence.state, State::Overdue | State::NotStarted) {
            occurrence.state = State::Unrecorded;
        }
        passed.insert(
            occurrence.for_words.clone(),
            Some(last).max(of_the_next).unwrap_or(last),
        );
    }
}

/// The dates of what is settled but not signed by all are projected: none is open or overdue, and each waits for what
/// `settles` the agreement, as long as the record does not have it.
pub(super) fn project(occurrence: &mut Occurrence, settles: Option<&str>) {
    occurrence.projected = occurrence.due.is_some() || occurrence.opens.is_some();
    if !matches!(
        occurrence.state,
        State::Standing | State::Undated | State::Superseded
    ) {
        occurrence.state = State::Waiting;
        if occurrence.waiting_on.is_empty() {
            occurrence.waiting_on.extend(settles.map(str::to_owned));
        }
    }
}

/// Whether it is a term that has begun for certain, and only the end of the agreement that it lasts with may be put off.
fn is_under_way(of: &OfAgreement<'_>, obligation: &Obligation, term: &Occurrence) -> bool {
    let today = of.known().question.today;
    let begins = term.begins.or(term.opens);
    let holds_today = begins.is_none_or(|day| day <= today)
        && term.due.is_some_and(|due| today <= due)
        && matches!(of.day(&Trigger::effective()), Fact::Known { day, .. } if day <= today);
    let Some(phrase) = obligation.timing.phrase() else {
        return false;
    };
    let is_an_end = |trigger: &Trigger| match trigger {
        Trigger::Event { event, .. } => event.as_str() == "expiration",
        _ => false,
    };
    let hangs_on = phrase.tree.triggers().into_iter();
    let mut beside = hangs_on.filter(|trigger| !is_an_end(trigger));
    term.kind == OccurrenceKind::Term
        && holds_today
        && beside.all(|trigger| matches!(of.day(&trigger), Fact::Known { .. }))
}

fn has_no_day(occurrence: &Occurrence) -> bool {
    occurrence.due.is_none() && occurrence.opens.is_none()
}

/// Whether a series has no day, and nothing that could still give it one.
fn is_without_days(series: &Occurrence) -> bool {
    has_no_day(series) && series.waiting_on.is_empty() && series.warnings.is_empty()
}

/// A state that lasts and then ends.
fn term(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    occurrence: &Occurrence,
) -> State {
    let today = known.question.today;
    let begins = occurrence.begins.or(occurrence.opens);
    if begins.is_some_and(|begins| today < begins) {
        return State::Scheduled;
    }
    let goes_on = occurrence.renewed_until.is_some();
    match occurrence.due {
        Some(due) if today > due && goes_on => State::Renewed,
        Some(due) if today > due => State::Ended,
        _ if occurrence
            .undecided_renewal()
            .is_some_and(|days| is_open(days, today, lead(known, agreement, obligation))) =>
        {
            State::Deciding
        }
        _ => State::Running,
    }
}

/// Whether a renewal may be decided now.
fn is_open(renewal: &RenewalDays, today: NaiveDate, lead: Days) -> bool {
    let from = renewal.decided_from(lead);
    from.is_some_and(|from| from <= today) && renewal.closes.is_none_or(|closes| today <= closes)
}

/// How long before its last day the first reminder of something is.
fn lead(known: &Known<'_>, agreement: &Agreement, obligation: &Obligation) -> Days {
    let of_the_office = &known.question.office.settings.remind;
    let remind = obligation.remind.or(&agreement.remind).or(of_the_office);
    let longest = remind.before.unwrap_or_default().into_iter().max();
    Days::new(longest.unwrap_or(0).into())
}

/// A deadline, a window, or one of a series.
fn limit(
    known: &Known<'_>,
    agreement: &Agreement,
    obligation: &Obligation,
    tracked_from: NaiveDate,
    occurrence: &Occurrence,
) -> State {
    let today = known.question.today;
    let Some(last) = occurrence.last_day() else {
        // An opening without end is open from its day and never overdue.
        return if occurrence.opens.is_some_and(|opens| opens <= today) {
            State::Open
        } else {
            State::Scheduled
        };
    };
    if last < tracked_from {
        return State::Unrecorded;
    }
    if today > last {
        return if occurrence.to_begin {
            State::NotStarted
        } else {
            State::Overdue
        };
    }
    let opens = occurrence.opens.or_else(|| {
        let lead = lead(known, agreement, obligation);
        occurrence.due.and_then(|due| due.checked_sub_days(lead))
    });
    if opens.is_some_and(|opens| opens <= today) {
        State::Open
    } else {
        State::Scheduled
    }
}
