//! The sentences about what a party has said: what it said, where that stands, what follows, and how to answer.

use super::{day, list, short_day};
use crate::agreement::Confirmation;
use crate::record::answers::{Silence, is_claim};
use crate::record::{Entry, EntryKind};
use chrono::NaiveDate;

/// Who has said something, where no party's name is known.
const SOMEBODY: &str = "A party";

/// An entry, and by whom.
#[derive(Clone, Copy)]
pub(in super::super) struct By<'a> {
    pub(in super::super) entry: &'a Entry,
    pub(in super::super) party: Option<&'a str>,
}

/// What a party has said, as the others are told. `earlier` is what it answers or strikes out, where that can be read.
pub(in super::super) fn said(this: By<'_>, earlier: Option<By<'_>>, proposes: bool) -> String {
    let entry = this.entry;
    let party = this.party.unwrap_or(SOMEBODY);
    let number = entry.entry.unwrap_or_default();
    match (entry.kind, earlier) {
        _ if is_claim(entry) => match this.party {
            Some(party) => format!("{party} says that {}.", claim(entry)),
            None => format!("It was recorded that {}.", claim(entry)),
        },
        (EntryKind::Confirmed, Some(earlier)) if earlier.entry.kind.is_act() => {
            format!("{party} agrees {} (entry {number}).", proposal(earlier))
        }
        (EntryKind::Confirmed, Some(earlier)) => {
            format!("{party} confirms {} (entry {number}).", word(earlier))
        }
        (EntryKind::Confirmed, None) => format!("{party} confirms entry {number} of the record."),
        (EntryKind::Disputed, Some(earlier)) if earlier.entry.kind.is_act() => {
            format!(
                "{party} does not agree {} (entry {number}).",
                proposal(earlier)
            )
        }
        (EntryKind::Disputed, Some(earlier)) => {
            format!(
                "{party} does not agree with {} (entry {number}).",
                word(earlier)
            )
        }
        (EntryKind::Struck, _) => {
            let what = earlier.map(struck_out).unwrap_or_default();
            if entry.proposed {
                format!("{party} wants entry {number} of the record struck out{what}.")
            } else {
                format!("{party} struck out entry {number} of the record{what}.")
            }
        }
        (EntryKind::Noted, _) => match this.party {
            Some(party) => format!("{party} made a remark{}.", on(entry)),
            None => format!("A remark was made{}.", on(entry)),
        },
        (kind, _) if kind.is_act() => {
            let verb = if proposes { "proposes" } else { "agrees" };
            format!("{party} {verb} {}.", act(entry))
        }
        _ => format!("{party} does not agree with entry {number} of the record."),
    }
}

/// What was claimed, and by whom: `what UPE said: this was done on Friday 28 March 2014`.
fn word(claimed: By<'_>) -> String {
    let who = match claimed.party {
        Some(party) => format!("what {party} said"),
        None => "what was recorded".to_owned(),
    };
    format!("{who}: {}", claim(claimed.entry))
}

/// What another proposed, after `agrees` or `does not agree`.
fn proposal(proposed: By<'_>) -> String {
    format!(
        "{}, as {} proposed",
        act(proposed.entry),
        proposed.party.unwrap_or("a party")
    )
}

fn struck_out(earlier: By<'_>) -> String {
    let party = earlier.party.unwrap_or(SOMEBODY);
    match earlier.entry.kind {
        kind if kind.is_act() => format!(": {party} had agreed {}", act(earlier.entry)),
        EntryKind::Confirmed => format!(": {party} had confirmed or agreed"),
        _ if is_claim(earlier.entry) => match earlier.party {
            Some(party) => format!(": {party} had said that {}", claim(earlier.entry)),
            None => format!(": it had said that {}", claim(earlier.entry)),
        },
        EntryKind::Disputed => format!(": {party} had not agreed"),
        _ => String::new(),
    }
}

fn on(entry: &Entry) -> String {
    entry
        .on
        .map_or_else(String::new, |on| format!(" on {}", day(on)))
}

/// What an entry claims, as a clause.
fn claim(entry: &Entry) -> String {
    let on = on(entry);
    match entry.kind {
        EntryKind::Happened => format!("this took place{on}"),
        EntryKind::Met => format!("this was done{on}"),
        EntryKind::Notice => format!("notice was given{on}"),
        _ => format!("this was not kept{on}"),
    }
}

/// What an act does, after `agrees` or `proposes`.
fn act(entry: &Entry) -> String {
    let to = |word: &str| {
        entry
            .to
            .map_or_else(String::new, |to| format!("{word}{}", day(to)))
    };
    match entry.kind {
        EntryKind::Waived => "to skip this".to_owned(),
        EntryKind::Moved => format!("to move its last day{}", to(" to ")),
        EntryKind::Renewed => format!("that this goes on{}", to(" through ")),
        _ => format!("that this ends{}", on(entry)),
    }
}

/// Where an entry stands in the record.
pub(in super::super) fn entry(entry: &Entry, written: NaiveDate, entered: Option<&str>) -> String {
    let mut text = format!(
        "entry {} of the record, {}",
        entry.number,
        short_day(written)
    );
    if let Some(entered) = entered {
        text.push_str(", entered by ");
        text.push_str(entered);
    }
    if let Some(speaker) = &entry.speaker {
        text.push_str(", said by ");
        text.push_str(speaker);
    }
    for paper in &entry.evidence {
        text.push_str("; with the paper ");
        text.push_str(&paper.name);
    }
    text
}

pub(in super::super) fn recorded_as(
    recorded: &Entry,
    written: NaiveDate,
    entered: Option<&str>,
) -> String {
    format!("This is {}.", entry(recorded, written, entered))
}

pub(in super::super) fn one_for_another(one: &str, another: &str) -> String {
    format!("{one} for {another}")
}

pub(in super::super) fn remark(note: &str) -> String {
    format!("Their remark: “{note}”")
}

/// The occurrence that it is about.
pub(in super::super) fn is_about(what: &str) -> String {
    format!("It is about: {what}.")
}

/// When notice may be given.
pub(in super::super) fn notice_window(
    opens: Option<NaiveDate>,
    closes: Option<NaiveDate>,
) -> String {
    match (opens, closes) {
        (Some(opens), Some(closes)) => format!(
            "Notice may be given from {} through {}.",
            day(opens),
            day(closes)
        ),
        (None, Some(closes)) => format!("Notice may be given through {}.", day(closes)),
        (Some(opens), None) => format!("Notice may be given from {} on.", day(opens)),
        (None, None) => String::new(),
    }
}

/// Until when a term lasts, with what was said about it.
pub(in super::super) fn lasts(end: NaiveDate, goes_on: Option<NaiveDate>) -> String {
    match goes_on {
        Some(next) => format!(
            "As things stand, the term that ends on {} goes on through {}.",
            day(end),
            day(next)
        ),
        None => format!("As things stand, its term ends on {}.", day(end)),
    }
}

/// What follows where the reader's own silence is an answer.
pub(in super::super) fn silence(reader: &str, from: NaiveDate) -> String {
    let last = from.pred_opt().unwrap_or(from);
    format!(
        "If {reader} does not answer by {}, the record takes it as accepted by {reader} from {} on. An objection after that is kept and changes nothing.",
        day(last),
        day(from)
    )
}

/// What follows where one party alone has said it and the reader's silence is no answer.
pub(in super::super) fn unanswered(
    kind: EntryKind,
    confirmation: Confirmation,
    reader: &str,
    may_be_silent: bool,
) -> String {
    let meanwhile = match kind {
        EntryKind::Happened => ", and the days that rest on it stay as they are",
        EntryKind::Met => ", and no more reminders of it are sent",
        _ => "",
    };
    let silence = match confirmation {
        Confirmation::None => return one_word_is_enough(),
        Confirmation::Required => "Silence accepts nothing.".to_owned(),
        Confirmation::Silence if may_be_silent => format!(
            "{reader}'s silence accepts it only once a message to {reader} has named the day from which it does."
        ),
        Confirmation::Silence => format!("{reader}'s silence accepts nothing."),
    };
    format!(
        "If nobody answers, it stays in the record as what one party said, confirmed by no other{meanwhile}. {silence}"
    )
}

/// What follows where one side's word is enough.
pub(in super::super) fn one_word_is_enough() -> String {
    "It stands as it was said, unless another party says otherwise. No answer is needed.".to_owned()
}

/// What follows from what the keeper entered in the reader's name.
pub(in super::super) fn as_your_word(reader: &str) -> String {
    format!("It stands in the record as what {reader} said, unless {reader} says otherwise.")
}

/// Who says the same.
pub(in super::super) fn confirmed(by: &[String]) -> String {
    format!("{} say the same, so it is confirmed.", list(by))
}

/// That silence has accepted it.
pub(in super::super) fn accepted(silence: &Silence, party: &str) -> String {
    format!(
        "The record takes it as accepted by {party} from {} on: message {} asked {party}, and no answer before that is recorded.",
        day(silence.from),
        silence.message
    )
}

/// Who says otherwise.
pub(in super::super) fn disputed(against: &[String]) -> String {
    format!(
        "{} {} otherwise. If nobody answers, it stays so until one side confirms the other's word or strikes out its own. Where two days are named, the earlier is reminded of meanwhile.",
        list(against),
        if against.len() == 1 { "says" } else { "say" }
    )
}

/// Whose word is missing. `last_day` is the day that runs until then.
pub(in super::super) fn proposed(
    waits_for: &[String],
    against: &[String],
    last_day: Option<NaiveDate>,
) -> String {
    let meanwhile = match last_day {
        Some(last) => format!("its last day stays {}", day(last)),
        None => "things stay as they are".to_owned(),
    };
    if !against.is_empty() {
        return format!(
            "{} {} not agree. As long as that is so, {meanwhile}.",
            list(against),
            if against.len() == 1 { "does" } else { "do" }
        );
    }
    format!(
        "It is proposed and waits for the word of {}. If nobody answers, {meanwhile}, and the proposal stays open: silence agrees to nothing.",
        list(waits_for)
    )
}

pub(in super::super) fn all_agree() -> String {
    "Every party has agreed, so it holds.".to_owned()
}

/// Nobody else's word was needed.
pub(in super::super) fn is_an_option() -> String {
    "The agreement leaves this to one party's choice, so it holds. No answer is needed.".to_owned()
}

pub(in super::super) fn overtaken() -> String {
    "Something else was agreed on since, so it is no longer open.".to_owned()
}

/// `proposed`: whether what is struck out needs the strikes of others; `is_claim`: whether it says that something is so, and
/// another party has confirmed that.
pub(in super::super) fn struck(proposed: bool, is_claim: bool) -> String {
    if proposed {
        let why = if is_claim {
            "It was confirmed, so it stands until each party that says so"
        } else {
            "All parties had agreed to it, so it stands until each of them"
        };
        format!(
            "{why} has struck it out. If nobody answers, it stands: silence strikes out nothing."
        )
    } else {
        "What it said no longer counts, and the days that rested on it are worked out without it. No answer is needed."
            .to_owned()
    }
}

/// That a party has answered otherwise before.
pub(in super::super) fn had_answered(party: &str, before: &Entry) -> String {
    let had = if before.kind == EntryKind::Confirmed {
        "confirmed or agreed to"
    } else {
        "not agreed with"
    };
    format!(
        "{party} had {had} it before (entry {}); of its answers the last counts.",
        before.number
    )
}

/// How a party answers. `keeper`: who keeps the record, where the reader does not.
pub(in super::super) fn please_answer(reader: &str, keeper: Option<&str>) -> String {
    match keeper {
        None => format!(
            "Does {reader} agree? Enter its answer by a command below, or reply to this message. If {reader} sees it differently, say what, and from which day."
        ),
        Some(keeper) => format!(
            "Does {reader} agree? Reply to this message and say so: {keeper} keeps the record and enters the answer with {reader}'s own words. If {reader} sees it differently, say what, and from which day."
        ),
    }
}

/// The same to the party in whose name the keeper entered it.
pub(in super::super) fn in_your_name(keeper: &str, reader: &str) -> String {
    format!(
        "{keeper} entered this for {reader}. If {reader} did not say it, or said something else, reply to this message and say so."
    )
}

/// The same where the reader's word is not missing.
pub(in super::super) fn no_answer_needed(reader: &str) -> String {
    format!(
        "Nothing is asked of {reader} now. If {reader} sees it differently, reply to this message and say what, and from which day."
    )
}
