//! The sentences of a reminder, in English: neutral, short, facts and the next step, never a verdict.
//!
//! Every sentence that a reader sees stands here, so that another language is another file of the same functions.

pub(super) mod entries;

use super::stage::Stage;
use crate::agreement::{Renewal, RenewalKind};
use crate::record::receipt;
use crate::schedule::{AmendedTo, Occurrence, OccurrenceKind, State};
use crate::words;
use chrono::NaiveDate;

/// How a party stands to an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// It alone, or with others, owes it.
    Owes,
    /// It is owed.
    IsOwed,
    /// Neither.
    Looks,
}

pub(super) fn day(day: NaiveDate) -> String {
    words::weekday_and_day(day)
}

pub(super) fn short_day(day: NaiveDate) -> String {
    words::day(day)
}

pub(super) fn due(due: NaiveDate) -> String {
    format!(", due {}", short_day(due))
}

pub(super) fn through(end: NaiveDate) -> String {
    format!(", through {}", short_day(end))
}

pub(super) fn from(opens: NaiveDate) -> String {
    format!(", from {}", short_day(opens))
}

/// What the question for an event's date is about, and the answer to it.
pub(super) fn date_of(event: &str) -> String {
    format!("date of \"{event}\"")
}

pub(super) fn subject(agreement: &str, about: &str, others: usize) -> String {
    match others {
        0 => format!("{agreement}: {about}"),
        n => format!("{agreement}: {about}, and {n} more"),
    }
}

fn list(names: &[String]) -> String {
    words::list(names)
}

pub(super) fn greeting(party: &str, agreement: &str, things: usize) -> String {
    match things {
        1 => format!("To {party}, about “{agreement}”."),
        n => format!("To {party}, about “{agreement}”: {n} things."),
    }
}

/// The first line about something that is owed: the one that differs between who owes it and who is owed.
pub(super) fn who(stand: Stand, own: &str, owed_by: &[String], owed_to: &[String]) -> String {
    let owers = list(owed_by);
    match (stand, owed_by.len(), owed_to.is_empty()) {
        (Stand::Owes, 1, true) => format!("This is for {own} to do."),
        (Stand::Owes, 1, false) => {
            format!("This is for {own} to do; it is owed to {}.", list(owed_to))
        }
        (Stand::Owes, _, true) => format!("This is for {owers} to do together."),
        (Stand::Owes, _, false) => {
            format!(
                "This is for {owers} to do together; it is owed to {}.",
                list(owed_to)
            )
        }
        (Stand::IsOwed, _, _) => format!("This is owed to {own} by {owers}."),
        (Stand::Looks, _, true) => format!("This is for {owers} to do."),
        (Stand::Looks, _, false) => format!("This is owed by {owers} to {}.", list(owed_to)),
    }
}

/// The same of a term that has ended. It has no tense: whether anything goes on is for the law and the parties.
pub(super) fn whose_term(
    stand: Stand,
    own: &str,
    owed_by: &[String],
    owed_to: &[String],
) -> String {
    let owers = list(owed_by);
    match (stand, owed_to.is_empty()) {
        (Stand::IsOwed, _) => format!("A term owed to {own} by {owers}."),
        (_, true) => format!("A term for {owers} to keep."),
        (Stand::Owes, false) => {
            format!("A term for {owers} to keep, owed to {}.", list(owed_to))
        }
        (Stand::Looks, false) => format!("A term owed by {owers} to {}.", list(owed_to)),
    }
}

/// What is due and on which day, and what is recorded: the same for everybody.
pub(super) fn when(occurrence: &Occurrence, recorded: bool, today: NaiveDate) -> String {
    let nothing = if recorded {
        "not recorded as done yet"
    } else {
        "nothing recorded yet"
    };
    if let Some(by) = occurrence
        .amended()
        .filter(|_| occurrence.state == State::Superseded)
    {
        let what = match by.to {
            AmendedTo::Void => "Made void",
            AmendedTo::Replaced(..) | AmendedTo::Day(_) => "Replaced",
        };
        let from = by.from.map(|from| format!(", from {}", day(from)));
        return format!("{what} by a later agreement{}.", from.unwrap_or_default());
    }
    match (occurrence.kind, occurrence.opens, occurrence.due) {
        (OccurrenceKind::Term, _, Some(end)) if end < today => {
            format!("Its stated term ended on {}.", day(end))
        }
        (OccurrenceKind::Term, _, Some(end)) => {
            format!(
                "Its stated term ends on {}. {}",
                day(end),
                distance(end, today)
            )
        }
        (_, _, Some(due)) if occurrence.to_begin => format!(
            "To be begun by {}; {nothing}. {}",
            day(due),
            distance(due, today)
        ),
        (_, Some(opens), Some(due)) if opens < due => format!(
            "Due {}; {nothing}. {} The time for it {} on {}.",
            day(due),
            distance(due, today),
            if opens > today { "begins" } else { "began" },
            day(opens)
        ),
        (_, _, Some(due)) => format!("Due {}; {nothing}. {}", day(due), distance(due, today)),
        (_, Some(opens), None) => format!(
            "It may be done from {} on; the agreement names no last day. {}.",
            day(opens),
            words::capitalized(nothing)
        ),
        (_, None, None) => format!("It has no date of its own; {nothing}."),
    }
}

fn distance(due: NaiveDate, today: NaiveDate) -> String {
    match (due - today).num_days() {
        0 => "That is today.".to_owned(),
        1 => "That is tomorrow.".to_owned(),
        -1 => "That was yesterday.".to_owned(),
        days if days > 0 => format!("That is in {days} days."),
        days => format!("That was {} days ago.", days.unsigned_abs()),
    }
}

/// The day that a reader was told of before something was taken over.
pub(super) fn said_before(before: NaiveDate) -> String {
    format!("Earlier messages said {}.", day(before))
}

/// What this stage adds to the facts; empty where the facts say it.
pub(super) fn stage(stage: Stage, before: Option<NaiveDate>) -> String {
    match stage {
        Stage::Moved => before.map_or_else(String::new, |before| {
            format!(
                "The day has changed: earlier messages said {}.",
                day(before)
            )
        }),
        Stage::Escalated => {
            "You are written to because nothing has been recorded for some time after that day."
                .to_owned()
        }
        Stage::Review => "This is the regular question how it stands.".to_owned(),
        _ => String::new(),
    }
}

pub(super) fn skipped(stages: &[Stage]) -> String {
    let names: Vec<String> = stages.iter().map(|s| stage_name(*s)).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!(
            "No message went out {}: the date was not known then, or no reminders ran.",
            words::either(names)
        ),
    }
}

fn stage_name(stage: Stage) -> String {
    match stage {
        Stage::Opens => "when its time began".to_owned(),
        Stage::Before(1) => "the day before".to_owned(),
        Stage::Before(days) => format!("{days} days before"),
        Stage::Due => "on the last day".to_owned(),
        Stage::Overdue(1) => "after the last day".to_owned(),
        Stage::Overdue(time) => format!("after the last day ({})", words::ordinal(time)),
        Stage::Escalated => "some time after the last day".to_owned(),
        other => format!("about “{other}”"),
    }
}

/// What to do next, about something that is owed.
pub(super) fn next(
    occurrence: &Occurrence,
    stages: &[Stage],
    stand: Stand,
    today: NaiveDate,
    owed_by: &[String],
) -> String {
    if stages == [Stage::Moved] {
        return "Nothing is asked of you now. If you read the day differently, reply to this message and say so."
            .to_owned();
    }
    let past = occurrence.due.is_some_and(|due| due < today);
    match (occurrence.kind, stand) {
        (OccurrenceKind::Term, _) if stages.contains(&Stage::Ended) => {
            "If a further period was agreed, reply to this message and say until which day.".to_owned()
        }
        (OccurrenceKind::Term, _) => {
            "If it is to go on after that day, agree on that before then, and reply to this message with what was agreed."
                .to_owned()
        }
        (OccurrenceKind::Undated, _) => {
            "Reply to this message and say how it stands; if it is done, on which day.".to_owned()
        }
        (_, Stand::Owes) if past => {
            "If it was done, reply to this message and say on which day. If not, say how it stands. If another day was agreed, or you read the day differently, say that."
                .to_owned()
        }
        (_, Stand::Owes) => {
            "When it is done, reply to this message and say on which day. If another day was agreed, or you read the day differently, reply and say that."
                .to_owned()
        }
        (_, Stand::IsOwed | Stand::Looks) if past => format!(
            "If you know that it was done, reply to this message and say on which day. If not, {} can say how it stands. If another day was agreed, or you read the day differently, say that.",
            list(owed_by)
        ),
        (_, Stand::IsOwed | Stand::Looks) => {
            "Nothing is asked of you now. If it has been done, or you read the day differently, reply to this message and say so."
                .to_owned()
        }
    }
}

pub(super) fn quoted_above() -> String {
    "The words that it rests on stand above.".to_owned()
}

pub(super) fn asked(title: &str, hanging: &[String]) -> String {
    let n = hanging.len();
    let (noun, verb) = if n == 1 {
        ("obligation", "waits")
    } else {
        ("obligations", "wait")
    };
    format!(
        "The date of “{title}” is not recorded; {n} {noun} {verb} for it: {}.",
        hanging.join("; ")
    )
}

pub(super) fn asked_next() -> String {
    "Please tell us on which day it took place: reply to this message with the day, or write that it has not taken place yet."
        .to_owned()
}

pub(super) fn renewal(renewal: &Renewal, by: &[String]) -> String {
    let mut text = match renewal.how {
        RenewalKind::ByAgreement => "It may be renewed by agreement".to_owned(),
        RenewalKind::Automatic => "It renews itself unless notice is given".to_owned(),
        RenewalKind::AtOption => "One party may choose to renew it".to_owned(),
    };
    if let Some(length) = &renewal.length {
        text.push_str(", for ");
        text.push_str(&length.words);
    }
    if !by.is_empty() {
        text.push_str("; who may ask for it: ");
        text.push_str(&list(by));
    }
    text + "."
}

pub(super) fn receipt(number: u64, seal: &str) -> String {
    format!(
        "Receipt: {}, the number and the seal of the newest entry of the record. Keep this message: with it a later alteration can be shown.",
        receipt::of(number, seal)
    )
}

/// What an agreement's own dates are called.
pub(super) fn built_in(event: &str) -> &str {
    match event {
        "signing" => "Signing of the agreement",
        "effective" => "The day on which the agreement takes effect",
        "expiration" => "The end of the agreement",
        "ratification" => "Ratification of the agreement",
        "notice" => "Notice under the agreement",
        other => other,
    }
}

pub(super) fn withheld() -> String {
    "A passage is not shown here.".to_owned()
}

pub(super) fn gets_its_day(what: &str) -> String {
    format!("{what}.")
}

pub(super) fn clause(clause: &str) -> String {
    words::clause(clause)
}

pub(super) fn answer() -> String {
    "To answer, reply to this message: a person at the office reads it.".to_owned()
}

pub(super) fn attachment() -> String {
    "The days are attached as a calendar file. It holds what is known today; later changes come by message.".to_owned()
}
