//! What readers are told: the day and what is recorded, never a verdict. No name of a state is printed.

use crate::ids::PartyId;
use crate::record::EntryKind;
use crate::record::answers::{Act, ActStage, Silence};
use crate::schedule::{AmendedTo, Occurrence, OccurrenceKind, RenewalAct, RenewalDays, State};
use crate::words;
use chrono::NaiveDate;

/// A day, for a `<time>`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Day {
    /// `2014-03-30`.
    iso: String,
    /// `30 March 2014`.
    text: String,
}

impl From<NaiveDate> for Day {
    fn from(day: NaiveDate) -> Self {
        Self {
            iso: day.format("%Y-%m-%d").to_string(),
            text: words::day(day),
        }
    }
}

/// A sentence with days in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub(super) struct Said(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
struct Part {
    /// The day as `YYYY-MM-DD`, where the part is one.
    iso: Option<String>,
    text: String,
}

impl Said {
    /// Words alone.
    pub(super) fn words(text: impl Into<String>) -> Self {
        Self::default().and(text)
    }

    /// A day alone.
    pub(super) fn on(day: NaiveDate) -> Self {
        Self::default().day(day)
    }

    /// Goes on with words.
    pub(super) fn and(mut self, text: impl Into<String>) -> Self {
        self.0.push(Part {
            iso: None,
            text: text.into(),
        });
        self
    }

    /// Goes on with a day.
    pub(super) fn day(mut self, day: NaiveDate) -> Self {
        self.0.push(Part {
            iso: Some(day.format("%Y-%m-%d").to_string()),
            text: words::day(day),
        });
        self
    }

    /// The sentence as plain text.
    #[cfg(test)]
    pub(super) fn plain(&self) -> String {
        self.0.iter().map(|part| part.text.as_str()).collect()
    }
}

/// The looks of where something stands: each has its own shape and colour, and stands beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Look {
    /// Its day has come and nothing is recorded.
    Quiet,
    /// Its day came before a record was kept, and nobody is asked about it.
    Early,
    /// It may be done now, or runs now.
    Now,
    /// It lies ahead.
    Ahead,
    /// One side says that it was done.
    Said,
    /// It waits for a date.
    Wait,
    /// It has no date.
    Always,
    /// It is recorded as done.
    Done,
    /// It is over, was skipped or was replaced.
    Over,
}

/// How something looks.
pub(super) fn look(occurrence: &Occurrence) -> Look {
    match occurrence.state {
        State::Overdue | State::NotStarted => Look::Quiet,
        State::Unrecorded => Look::Early,
        State::Open | State::Running | State::Deciding => Look::Now,
        State::Scheduled => Look::Ahead,
        State::Reported | State::Disputed => Look::Said,
        State::Waiting => Look::Wait,
        State::Undated | State::Standing => Look::Always,
        State::Met | State::MetLate => Look::Done,
        State::Waived | State::Superseded | State::Renewed | State::Ended => Look::Over,
    }
}

/// What the words about an occurrence are taken from besides itself.
pub(super) struct Known<'a> {
    /// The names of what it waits for, as readers know them: `implementation`.
    pub(super) waiting_for: Vec<String>,
    /// Whether it is owed only under a condition.
    pub(super) conditional: bool,
    /// Who says that it was done.
    pub(super) by: Option<&'a PartyId>,
    /// How that party is called.
    pub(super) by_name: String,
    /// Whose silence has accepted that it was done, by name.
    pub(super) by_silence: Vec<(String, &'a Silence)>,
}

/// Where an occurrence stands, in words, and what is proposed about it: until all have agreed, the old date runs.
pub(super) fn standing(occurrence: &Occurrence, known: &Known<'_>) -> Said {
    let mut said = as_it_is(occurrence, known);
    if matches!(occurrence.state, State::Met | State::MetLate) {
        for (party, silence) in &known.by_silence {
            said = said
                .and(format!("; accepted by {party}'s silence from "))
                .day(silence.from)
                .and(format!(" on, asked by message {}", silence.message));
        }
        return said;
    }
    let proposed = |act: &&Act| act.stage == ActStage::Proposed;
    for act in occurrence.acts.iter().filter(proposed) {
        let day = act.to.or(act.on);
        said = match (act.kind, day) {
            (EntryKind::Waived, _) => said.and("; to skip it this time is proposed"),
            (EntryKind::Moved, Some(day)) => said.and("; another day is proposed: ").day(day),
            (EntryKind::Renewed, Some(day)) => said.and("; to go on is proposed, to ").day(day),
            (EntryKind::Renewed, None) => said.and("; to go on is proposed"),
            (EntryKind::Ended, Some(day)) => said.and("; another end is proposed: ").day(day),
            _ => continue,
        }
        .and(", not agreed by all yet");
    }
    said
}

fn as_it_is(occurrence: &Occurrence, known: &Known<'_>) -> Said {
    let o = occurrence;
    match o.state {
        State::Overdue | State::NotStarted => dated(o, "due ").and("; nothing recorded yet"),
        State::Unrecorded if o.due.is_some() || o.opens.is_some() => {
            dated(o, "was due ").and("; nothing recorded")
        }
        State::Unrecorded => Said::words("nothing recorded"),
        State::Open | State::Scheduled => dated(o, "due "),
        State::Running | State::Deciding => {
            term(o).join(decided(o.renewal.as_ref(), o.renewed_until))
        }
        State::Reported => {
            let by = match known.by {
                Some(_) => format!(" by {}", known.by_name),
                None => String::new(),
            };
            match o.met_on {
                Some(day) => Said::words("reported done on ").day(day).and(by),
                None => Said::words("reported done").and(by),
            }
        }
        State::Disputed if o.kind == OccurrenceKind::Standing => {
            Said::words("the parties differ on whether it was kept")
        }
        State::Disputed => Said::words("the parties have recorded different things"),
        State::Waiting => waiting(o, known),
        State::Undated => Said::words("no date stated"),
        State::Standing => Said::words("has no date"),
        State::Met | State::MetLate => match o.met_on {
            Some(day) => Said::words("recorded as done on ").day(day),
            None => Said::words("recorded as done"),
        },
        State::Waived => Said::words("skipped this time, by agreement"),
        State::Superseded => {
            let by = o.amended();
            let said = Said::words(match by.map(|by| &by.to) {
                Some(AmendedTo::Void) => "made void by a later agreement",
                _ => "replaced by a later agreement",
            });
            match by.and_then(|by| by.from) {
                Some(from) => said.and(", from ").day(from),
                None => said,
            }
        }
        State::Renewed => match o.due {
            Some(day) => Said::words("its term until ").day(day).and(" was renewed"),
            None => Said::words("renewed"),
        },
        State::Ended => match o.due {
            Some(day) => Said::words("its stated term ended on ").day(day),
            None => Said::words("its stated term ended"),
        },
    }
}

/// When an occurrence is owed, whatever is recorded: `between 1 and 10 February 2000`.
pub(super) fn dated(o: &Occurrence, due: &str) -> Said {
    if o.kind == OccurrenceKind::Term {
        return term(o);
    }
    let expected = if o.projected { "expected " } else { "" };
    let begin = if o.to_begin { "to begin " } else { "" };
    match (o.opens, o.due) {
        (Some(opens), Some(last)) if opens < last => {
            Said::words(format!("{expected}{begin}between "))
                .day(opens)
                .and(" and ")
                .day(last)
        }
        (_, Some(last)) if o.to_begin => Said::words(format!("{expected}to begin by ")).day(last),
        (_, Some(last)) if o.projected => Said::words("expected by ").day(last),
        (_, Some(last)) => Said::words(due).day(last),
        (Some(opens), None) => Said::words(format!("{expected}from "))
            .day(opens)
            .and(" on"),
        (None, None) => Said::words("no date stated"),
    }
}

fn term(o: &Occurrence) -> Said {
    let begins = o.begins.or(o.opens);
    match (begins, o.due) {
        (begins, Some(last)) if o.state == State::Scheduled => match begins {
            Some(begins) if o.projected => Said::words("expected to run from ")
                .day(begins)
                .and(" until ")
                .day(last),
            Some(begins) => Said::words("runs from ")
                .day(begins)
                .and(" until ")
                .day(last),
            None => Said::words("runs until ").day(last),
        },
        (_, Some(last)) if o.projected => Said::words("expected to run until ").day(last),
        (_, Some(last)) => Said::words("runs until ").day(last),
        (Some(begins), None) => Said::words("runs since ")
            .day(begins)
            .and("; no last day stated"),
        (None, None) => Said::words("runs; no last day stated"),
    }
}

/// How it is decided whether a term goes on, and when.
pub(super) fn decided(window: Option<&RenewalDays>, renewed_until: Option<NaiveDate>) -> Said {
    let Some(window) = window else {
        return Said(Vec::new());
    };
    let said = match (window.what, renewed_until) {
        (RenewalAct::Notice, Some(_)) => "; renewed then, unless notice is given",
        (RenewalAct::Request, None) => "; may be renewed",
        // It is decided.
        (RenewalAct::Notice, None) if window.is_disputed => {
            return Said::words(
                "; not renewed then, by a notice about which the parties have recorded different things",
            );
        }
        (RenewalAct::Notice, None) => return Said::words("; not renewed then"),
        (RenewalAct::Request, Some(next)) => return Said::words("; renewed until ").day(next),
    };
    match (window.opens, window.closes) {
        (Some(opens), Some(closes)) => Said::words(format!("{said} between "))
            .day(opens)
            .and(" and ")
            .day(closes),
        (None, Some(closes)) => Said::words(format!("{said} by ")).day(closes),
        (Some(opens), None) => Said::words(format!("{said} from ")).day(opens).and(" on"),
        (None, None) => Said::words(said),
    }
}

fn waiting(o: &Occurrence, known: &Known<'_>) -> Said {
    let waits = if known.waiting_for.is_empty() {
        if known.conditional {
            return Said::words("owed only in a certain case");
        }
        Said::words("waiting for a date")
    } else {
        Said::words(format!(
            "waiting for the date of {}",
            words::list(&known.waiting_for)
        ))
    };
    match (o.opens, o.due) {
        (None, None) => waits,
        _ => waits.and("; ").join(dated(
            &Occurrence {
                projected: true,
                state: State::Scheduled,
                ..o.clone()
            },
            "expected by ",
        )),
    }
}

impl Said {
    /// Goes on with another sentence.
    pub(super) fn join(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, dated, standing};
    use crate::ids::{AgreementId, ObligationId, PartyId};
    use crate::schedule::{Occurrence, OccurrenceKind, State};
    use chrono::NaiveDate;

    fn day(text: &str) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
    }

    fn occurrence(kind: OccurrenceKind, state: State) -> Occurrence {
        let agreement = AgreementId::new("sdr_phase_ii");
        let obligation = ObligationId::new("follow_up_meeting");
        Occurrence {
            state,
            due: day("2014-03-30"),
            nominal: day("2014-03-30"),
            ..Occurrence::without_days(&agreement, &obligation, kind)
        }
    }

    #[track_caller]
    fn case(occurrence: &Occurrence, expected: &str) {
        let upe = PartyId::new("upe");
        let waiting = occurrence.state == State::Waiting;
        let known = Known {
            waiting_for: waiting
                .then(|| "implementation".to_owned())
                .into_iter()
                .collect(),
            conditional: false,
            by: Some(&upe),
            by_name: "UPE".to_owned(),
            by_silence: Vec::new(),
        };
        assert_eq!(standing(occurrence, &known).plain(), expected);
    }

    #[test]
    fn readers_are_told_what_is_recorded_and_never_a_verdict() {
        use OccurrenceKind::{Deadline, Term};
        let met = |state| Occurrence {
            met_on: day("2014-04-05"),
            ..occurrence(Deadline, state)
        };
        let runs = |state| Occurrence {
            begins: day("2014-03-03"),
            ..occurrence(Term, state)
        };
        case(
            &occurrence(Deadline, State::Overdue),
            "due 30 March 2014; nothing recorded yet",
        );
        case(
            &occurrence(Deadline, State::Unrecorded),
            "was due 30 March 2014; nothing recorded",
        );
        case(
            &met(State::Reported),
            "reported done on 5 April 2014 by UPE",
        );
        case(&met(State::MetLate), "recorded as done on 5 April 2014");
        case(
            &occurrence(Deadline, State::Waived),
            "skipped this time, by agreement",
        );
        case(&runs(State::Running), "runs until 30 March 2014");
        case(
            &runs(State::Ended),
            "its stated term ended on 30 March 2014",
        );
        case(
            &runs(State::Scheduled),
            "runs from 3 March 2014 until 30 March 2014",
        );
    }

    #[test]
    fn a_date_that_hangs_on_an_expected_one_is_said_to_be_expected() {
        let projected = Occurrence {
            projected: true,
            ..occurrence(OccurrenceKind::Deadline, State::Waiting)
        };
        case(
            &projected,
            "waiting for the date of implementation; expected by 30 March 2014",
        );
        let window = Occurrence {
            opens: day("2014-03-11"),
            ..projected
        };
        assert_eq!(
            dated(&window, "due ").plain(),
            "expected between 11 March 2014 and 30 March 2014"
        );
        case(
            &Occurrence {
                due: None,
                nominal: None,
                ..occurrence(OccurrenceKind::Deadline, State::Waiting)
            },
            "waiting for the date of implementation",
        );
    }

    #[test]
    fn a_window_to_start_in_says_so() {
        let begin = Occurrence {
            opens: day("2014-03-01"),
            to_begin: true,
            ..occurrence(OccurrenceKind::Window, State::NotStarted)
        };
        case(
            &begin,
            "to begin between 1 March 2014 and 30 March 2014; nothing recorded yet",
        );
    }
}
