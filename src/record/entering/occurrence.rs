//! Which occurrence an entry is about: the one that is named, or the only one that is open.

use super::subject::Subject;
use super::{Circumstances, Request, case, text};
use crate::agreement::Obligation;
use crate::error::{Error, Result};
use crate::schedule::{self, AmendedTo, Amendment, Occurrence, Question, Schedule, State};
use chrono::NaiveDate;

/// How many days a refusal lists.
const MOST_LISTED: usize = 12;

/// What tells one occurrence from the others of its obligation, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Which {
    /// Its nominal last day.
    pub(super) occurrence: Option<NaiveDate>,
    /// Which of an event that repeats it follows from.
    pub(super) for_words: Option<String>,
    /// The entry that says when that event took place.
    pub(super) begun_by: Option<u64>,
    /// Its last day, or that on which it opens, as it stands.
    pub(super) last_day: Option<NaiveDate>,
    /// Where it stands.
    pub(super) state: Option<State>,
    /// The entries that say that it was done.
    pub(super) met_by: Vec<u64>,
    /// The later agreement that took it over, where one did.
    pub(super) taken_over: Option<Amendment>,
}

impl Which {
    fn of(occurrence: &Occurrence) -> Self {
        Self {
            occurrence: occurrence.occurrence,
            for_words: occurrence.for_words.clone().filter(|w| !w.is_empty()),
            begun_by: occurrence.begun.by.first().copied(),
            last_day: occurrence.due.or(occurrence.opens),
            state: Some(occurrence.state),
            met_by: occurrence
                .met
                .all
                .iter()
                .flat_map(|claim| claim.entries.iter().copied())
                .collect(),
            taken_over: occurrence
                .amended()
                .filter(|amendment| !matches!(amendment.to, AmendedTo::Day(_)))
                .cloned(),
        }
    }
}

/// The occurrence that `--occurrence` names; `None` where none is named.
pub(super) fn named(
    request: &Request,
    obligation: &Obligation,
    given: &Circumstances<'_>,
) -> Result<Option<Which>> {
    let Some(day) = request.occurrence else {
        if request.for_words.is_some() {
            let schedule = schedule_of(request, given);
            let all = of(&schedule, request, obligation, given);
            see_that_there_is_one(&all, request, (&schedule, obligation), given)?;
        }
        return Ok(None);
    };
    let schedule = schedule_of(request, given);
    let all = of(&schedule, request, obligation, given);
    see_that_there_is_one(&all, request, (&schedule, obligation), given)?;
    find(day, &all, obligation.id.as_str()).map(Some)
}

/// The occurrence that is meant: the one that is named, the only one that there is, or the only one that is open.
pub(super) fn the_one(
    request: &Request,
    obligation: &Obligation,
    given: &Circumstances<'_>,
) -> Result<Which> {
    let schedule = schedule_of(request, given);
    let all = of(&schedule, request, obligation, given);
    let id = obligation.id.as_str();
    see_that_there_is_one(&all, request, (&schedule, obligation), given)?;
    match request.occurrence {
        Some(day) => find(day, &all, id),
        None => only_open(&all, id, given.today),
    }
}

/// Refuses where nothing is owed that could be meant: there is no such case, or what repeats has not happened yet.
fn see_that_there_is_one(
    all: &[&Occurrence],
    request: &Request,
    (schedule, obligation): (&Schedule, &Obligation),
    given: &Circumstances<'_>,
) -> Result<()> {
    let of_it = schedule.of_obligation(&given.agreement.id, &obligation.id);
    if let ([only], None) = (all, &request.for_words)
        && case::waits_for_its_event(only)
        && let Some(event) = case::event(given.agreement, obligation.id.as_str())
    {
        return Err(case::none_yet(
            given.agreement,
            obligation.id.as_str(),
            event,
        ));
    }
    match &request.for_words {
        Some(words) if all.is_empty() => Err(case::no_such(
            given.agreement,
            obligation.id.as_str(),
            words,
            of_it,
        )),
        _ => Ok(()),
    }
}

/// Of which the condition came about: of the occurrence that is named, else of the case that `--for` names or the only one there
/// is, else of all that is owed.
pub(super) fn conditional(
    request: &Request,
    obligation: &Obligation,
    given: &Circumstances<'_>,
) -> Result<Option<Which>> {
    let schedule = schedule_of(request, given);
    let all = of(&schedule, request, obligation, given);
    let id = obligation.id.as_str();
    see_that_there_is_one(&all, request, (&schedule, obligation), given)?;
    if let Some(day) = request.occurrence {
        return find(day, &all, id).map(Some);
    }
    let is_of_a_case = |o: &&&Occurrence| o.for_words.is_some() || !o.begun.by.is_empty();
    let mut cases: Vec<&Occurrence> = all.iter().filter(is_of_a_case).copied().collect();
    cases.dedup_by(|a, b| (&a.for_words, &a.begun) == (&b.for_words, &b.begun));
    match cases.as_slice() {
        [] => Ok(None),
        // It holds for the whole case, whatever is owed in it.
        [only] => Ok(Some(Which {
            occurrence: None,
            ..Which::of(only)
        })),
        several => Err(Error::refused(format!(
            "`{id}` follows from more than one time of what repeats; say for which the condition came about, as --for WORDS or --occurrence DATE: {}",
            list(several, given.today)
        ))),
    }
}

/// Of which case of what repeats it is said that it goes on or ends: of the one that `--for` names, or the only one there is;
/// `None` where nothing repeats.
pub(super) fn case(
    request: &Request,
    subject: Option<Subject<'_>>,
    given: &Circumstances<'_>,
) -> Result<Option<Which>> {
    let obligation = match subject {
        Some(Subject::Obligation(obligation)) => obligation,
        _ if request.for_words.is_none() => return Ok(None),
        _ => {
            return Err(Error::refused(format!(
                "`{}` is about all that is still to come; leave --for out",
                request.kind.as_str()
            )));
        }
    };
    let id = obligation.id.as_str();
    let schedule = schedule_of(request, given);
    let all = of(&schedule, request, obligation, given);
    let repeats = case::event(given.agreement, id).is_some();
    if repeats || request.for_words.is_some() {
        see_that_there_is_one(&all, request, (&schedule, obligation), given)?;
    }
    let mut cases = if repeats { all } else { Vec::new() };
    cases.dedup_by(|a, b| a.for_words == b.for_words);
    match cases.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(Which {
            occurrence: None,
            ..Which::of(only)
        })),
        several => Err(Error::refused(format!(
            "`{id}` follows from more than one time of what repeats; say of which `{}` speaks, as --for WORDS: {}",
            request.kind.as_str(),
            list(several, given.today)
        ))),
    }
}

fn schedule_of(request: &Request, given: &Circumstances<'_>) -> Schedule {
    schedule::schedule(
        &Question::new(given.office, given.record, given.today)
            .reaching(request.occurrence.unwrap_or(given.today)),
    )
}

fn of<'a>(
    schedule: &'a Schedule,
    request: &Request,
    obligation: &Obligation,
    given: &Circumstances<'_>,
) -> Vec<&'a Occurrence> {
    schedule
        .occurrences
        .iter()
        .filter(|o| o.agreement == given.agreement.id && o.obligation == obligation.id)
        .filter(|o| request.for_words.is_none() || o.for_words == request.for_words)
        .collect()
}

/// An occurrence is called by its nominal last day; its due day and its only day are understood too.
fn find(day: NaiveDate, all: &[&Occurrence], id: &str) -> Result<Which> {
    let names: [fn(&Occurrence) -> Option<NaiveDate>; 3] =
        [|o| o.occurrence, |o| o.nominal, |o| o.due];
    let called = names
        .into_iter()
        .map(|name| -> Vec<&Occurrence> {
            let of_that_day = all.iter().filter(|o| name(o) == Some(day));
            of_that_day.copied().collect()
        })
        .find(|called| !called.is_empty());
    let called = called.map(|called| without_words(&called).map_or(called, |only| vec![only]));
    match called.as_deref() {
        Some([only]) => Ok(Which::of(only)),
        Some(several) => {
            let how = if several.iter().any(|o| o.for_words.is_some()) {
                "--for WORDS"
            } else {
                "--occurrence DATE"
            };
            Err(Error::refused(format!(
                "`{id}` has more than one occurrence on {day}; say which is meant, as {how}: {}",
                list(several, day)
            )))
        }
        None => {
            let listed = list(all, day);
            Err(Error::refused(if listed.is_empty() {
                format!("`{id}` has no dated occurrence yet; leave --occurrence out")
            } else {
                format!("`{id}` has no occurrence on {day}; there are: {listed}")
            }))
        }
    }
}

/// Of several that are called by one day, the only one that no words tell from the others: without --for it is meant.
fn without_words<'a>(called: &[&'a Occurrence]) -> Option<&'a Occurrence> {
    let mut bare = called.iter().filter(|o| o.for_words.is_none());
    match (bare.next(), bare.next()) {
        (Some(only), None) => Some(*only),
        _ => None,
    }
}

fn only_open(all: &[&Occurrence], id: &str, today: NaiveDate) -> Result<Which> {
    let open: Vec<&Occurrence> = all.iter().copied().filter(|o| is_open(o)).collect();
    let (found, candidates) = match (all, open.as_slice()) {
        // It has no occurrence yet that could be told from another.
        ([], _) => return Ok(Which::default()),
        ([only], _) | (_, [only]) => return Ok(Which::of(only)),
        (_, []) => ("none is", all),
        (_, several) => ("several are", several),
    };
    let how = if candidates.iter().any(|o| o.for_words.is_some()) {
        "--occurrence DATE or --for WORDS"
    } else {
        "--occurrence DATE"
    };
    Err(Error::refused(format!(
        "`{id}` comes more than once, and {found} open or overdue; say which is meant, as {how}: {}",
        list(candidates, today)
    )))
}

fn is_open(occurrence: &Occurrence) -> bool {
    matches!(
        occurrence.state,
        State::Open | State::Overdue | State::NotStarted | State::Deciding
    )
}

/// What occurrences are called by, each with its state; of many, those around `middle`.
fn list(occurrences: &[&Occurrence], middle: NaiveDate) -> String {
    let mut named: Vec<(Option<NaiveDate>, &Occurrence)> = occurrences
        .iter()
        .map(|o| (o.occurrence.or(o.nominal).or(o.due), *o))
        .filter(|(day, o)| day.is_some() || o.for_words.is_some())
        .collect();
    named.sort_by_key(|(day, _)| *day);
    let left_out = named.len().saturating_sub(MOST_LISTED);
    let before = named.iter().filter(|(day, _)| *day < Some(middle)).count();
    let skipped = before.saturating_sub(MOST_LISTED / 2).min(left_out);
    let mut listed: Vec<String> = named
        .iter()
        .skip(skipped)
        .take(MOST_LISTED)
        .map(|(day, o)| {
            let day = day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
            let words = o
                .for_words
                .as_ref()
                .filter(|words| !words.is_empty())
                .map(|words| format!("for {}, ", text::shown(words)))
                .unwrap_or_default();
            format!("{day} ({words}{})", o.state.as_str())
        })
        .collect();
    if left_out > 0 {
        listed.push(format!("and {left_out} more"));
    }
    listed.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AgreementId, ObligationId};
    use crate::schedule::OccurrenceKind;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2014, month, day).unwrap()
    }

    fn occurrence(nominal: NaiveDate, state: State) -> Occurrence {
        let (letter, committee) = (AgreementId::new("letter"), ObligationId::new("committee"));
        Occurrence {
            occurrence: Some(nominal),
            state,
            due: nominal.succ_opt(),
            nominal: Some(nominal),
            ..Occurrence::without_days(&letter, &committee, OccurrenceKind::Recurrence)
        }
    }

    fn monthly(states: &[State]) -> Vec<Occurrence> {
        (1..)
            .zip(states)
            .map(|(month, state)| occurrence(day(month, 14), *state))
            .collect()
    }

    fn chosen(all: &[Occurrence]) -> Result<Which> {
        only_open(&all.iter().collect::<Vec<_>>(), "committee", day(4, 2))
    }

    #[test]
    fn the_only_one_that_is_open_is_meant() {
        use State::{Met, Overdue, Scheduled, Unrecorded};
        let one = monthly(&[Unrecorded, Met, Overdue, Scheduled, Scheduled]);
        assert_eq!(chosen(&one).unwrap().occurrence, Some(day(3, 14)));
        // Where there is only one, it is meant however it stands.
        let only = [occurrence(day(9, 1), Scheduled)];
        assert_eq!(chosen(&only).unwrap().occurrence, Some(day(9, 1)));
        assert_eq!(chosen(&[]).unwrap(), Which::default());
    }

    #[test]
    fn where_none_or_several_are_open_they_are_listed() {
        use State::{Open, Overdue, Scheduled};
        insta::assert_snapshot!(chosen(&monthly(&[Overdue, Open, Scheduled])).unwrap_err(), @"`committee` comes more than once, and several are open or overdue; say which is meant, as --occurrence DATE: 2014-01-14 (overdue), 2014-02-14 (open)");
        insta::assert_snapshot!(chosen(&monthly(&[Scheduled, Scheduled])).unwrap_err(), @"`committee` comes more than once, and none is open or overdue; say which is meant, as --occurrence DATE: 2014-01-14 (scheduled), 2014-02-14 (scheduled)");
        let mut stations = monthly(&[Open, Open]);
        stations[0].for_words = Some("Station 4".to_owned());
        stations[1].for_words = Some("Station 5".to_owned());
        insta::assert_snapshot!(chosen(&stations).unwrap_err(), @"`committee` comes more than once, and several are open or overdue; say which is meant, as --occurrence DATE or --for WORDS: 2014-01-14 (for Station 4, open), 2014-02-14 (for Station 5, open)");
        let many = monthly(&[Overdue; 12]);
        let many: Vec<_> = many.iter().chain(&many).cloned().collect();
        assert!(
            chosen(&many)
                .unwrap_err()
                .to_string()
                .ends_with("and 12 more")
        );
    }

    #[test]
    fn an_occurrence_is_found_by_its_nominal_or_its_due_day() {
        let all = monthly(&[State::Overdue, State::Open]);
        let all: Vec<&Occurrence> = all.iter().collect();
        let found = |day| find(day, &all, "committee").map(|which| which.occurrence);
        assert_eq!(found(day(2, 14)).unwrap(), Some(day(2, 14)));
        assert_eq!(found(day(2, 15)).unwrap(), Some(day(2, 14)));
        insta::assert_snapshot!(found(day(2, 16)).unwrap_err(), @"`committee` has no occurrence on 2014-02-16; there are: 2014-01-14 (overdue), 2014-02-14 (open)");
    }
}
