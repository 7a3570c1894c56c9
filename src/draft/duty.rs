//! Whether words of time are the limit of a duty: who owes it, what, and under which condition. What hangs on another verb,
//! names another document's days or tells what may be done is none.

mod none;
mod subject;
mod words;

use super::complete::{is_a_rest, is_complete};
use super::finder::{Found, bare, in_one_line};
use super::sentences::words_of;
use super::verbs::{Modal, condition, modals};
use crate::language::{Every, Limit};
use none::{is_kept_for_a_while, is_of_a_provision, is_of_the_letter, is_of_what_it_names};
use subject::subject_of;
use words::{DONE_AGAIN, OWNERS, TURNS, goes_on};

/// A duty of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Duty {
    /// Who owes it, in the sentence's words.
    pub subject: String,
    /// The verb that makes it a duty: `shall`.
    pub modal: String,
    /// What is owed, in the sentence's words.
    pub deed: String,
    /// Whether the subject does it, and is not what it is done to.
    pub active: bool,
    /// The condition, in the sentence's words.
    pub when: Option<String>,
    /// Where its verb stands: one verb has one limit.
    pub verb: usize,
}

/// The duty of which `found` is the limit.
pub(super) fn duty(sentence: &str, found: &Found) -> Option<Duty> {
    let words = words_of(sentence);
    if !is_complete(sentence, found)
        || is_a_rest(sentence.get(..found.start).unwrap_or_default(), found)
        || is_of_what_it_names(sentence, found)
    {
        return None;
    }
    let modals = modals(&words);
    let governing = modals.iter().rev().find(|modal| modal.at < found.start);
    let condition = condition(sentence, &words, &modals);
    // `Once ratified, it shall`: the limit is what the sentence begins with.
    let condition = condition.filter(|c| !(c.is_once && c.start == found.start));
    if condition
        .as_ref()
        .is_some_and(|c| found.start < c.end && c.start <= found.start)
    {
        return None;
    }
    let duty = match governing {
        Some(modal) => after_its_verb(sentence, &words, modal, found),
        None => before_its_verb(sentence, &words, &modals, found),
    }?;
    let recurs = matches!(found.phrase.tree.limit, Limit::Recurs(_));
    if recurs && !is_done_again(&duty, found) {
        return None;
    }
    let lower = duty.deed.to_ascii_lowercase();
    // What holds for one employee's service is a rule, and no day of the office's.
    if lower.starts_with("have ")
        || lower.starts_with("not ")
        || lower.starts_with("no longer ")
        || lower.starts_with("be required")
        || lower.starts_with("do the following")
        || is_kept_for_a_while(&lower, found)
        || is_of_a_provision(&duty.subject, &lower)
        || is_of_the_letter(&duty.subject, &lower, found)
    {
        return None;
    }
    Some(Duty {
        when: condition.map(|c| c.words),
        ..duty
    })
}

/// The limit comes after the verb: `The County shall meet within 30 days`.
fn after_its_verb(
    sentence: &str,
    words: &[(usize, &str)],
    modal: &Modal,
    found: &Found,
) -> Option<Duty> {
    if !modal.owes {
        return None;
    }
    let between: Vec<String> = words
        .iter()
        .filter(|(at, _)| (modal.end..found.start).contains(at))
        .map(|(_, word)| bare(word))
        .collect();
    let lower = found.words.to_ascii_lowercase();
    let firm = [
        "within",
        "no later",
        "not later",
        "on or before",
        "no less",
        "not less",
        "at least",
        "by ",
    ]
    .iter()
    .any(|lead| lower.starts_with(lead));
    if turns(&between) {
        return None;
    }
    let subject = subject_of(sentence, words, modal.at);
    let after = sentence.get(found.end..).unwrap_or_default();
    let before = sentence
        .get(modal.end..found.start)
        .unwrap_or_default()
        .trim();
    let verb = sentence.get(modal.at..modal.end)?;
    // `shall have 30 days from receipt to comment`: what the time is for stands behind it.
    let itself = ["has", "have"].contains(&verb.to_ascii_lowercase().as_str());
    if before == "have" || before.is_empty() && itself {
        let deed = purpose(after)?;
        return made(&subject, if itself { "to" } else { verb }, modal.at, &deed);
    }
    // `in effect through June 30, 2025` is said of another document.
    if belongs_to_the_words_before(sentence, &between, &lower, firm, found) {
        return None;
    }
    if lower.starts_with("for ") && between.len() > 14 {
        return None;
    }
    // `will, for one year, give`: what is done stands behind the limit.
    let inserted = before.starts_with(',') || verb.ends_with(',');
    // `shall provide, within 14 days, the records`
    let enclosed = before.ends_with(',') && after.starts_with(',');
    let deed = if enclosed && !inserted {
        let rest = up_to_a_break(after.trim_start_matches([',', ' ']));
        format!("{} {rest}", before.trim_end_matches(','))
    } else if before.is_empty() || inserted {
        up_to_a_break(after.trim_start_matches([',', ' ']))
    } else {
        before.to_owned()
    };
    made(&subject, verb, modal.at, deed.trim())
}

/// Whether words between a verb and a limit give the limit to something else. `no more than five` does not.
fn turns(between: &[String]) -> bool {
    between.iter().enumerate().any(|(index, word)| {
        let before = index
            .checked_sub(1)
            .and_then(|before| between.get(before))
            .map(String::as_str)
            .unwrap_or_default();
        // `no less than eighteen months` is a length again, and what follows belongs to that.
        let is_long = between.iter().skip(index + 1).take(4).any(|word| {
            [
                "day", "days", "week", "weeks", "month", "months", "year", "years", "hours",
            ]
            .contains(&word.as_str())
        });
        let compares = word == "than"
            && ["fewer", "less", "more", "later", "greater"].contains(&before)
            && !is_long;
        TURNS.contains(&word.as_str()) && !compares
    })
}

/// What a time is given for: `to accept or decline`, `in which to accept`.
fn purpose(after: &str) -> Option<String> {
    let near: String = after.chars().take(60).collect();
    let at = match near.find("which to ") {
        Some(at) => at + "which ".len(),
        None if after.trim_start().starts_with("to ") => after.find("to ")?,
        None => return None,
    };
    let deed = up_to_a_break(after.get(at + "to ".len()..)?);
    (!deed.is_empty()).then_some(deed)
}

/// Whether a limit is said of the words right before it and not of the verb.
fn belongs_to_the_words_before(
    sentence: &str,
    between: &[String],
    lower: &str,
    firm: bool,
    found: &Found,
) -> bool {
    let last = between.last().map(String::as_str).unwrap_or_default();
    let begins_to = lower.starts_with("to ");
    if begins_to {
        let moved = [
            "pushed",
            "moved",
            "changed",
            "postponed",
            "extended",
            "delayed",
            "advanced",
            "rescheduled",
            "shifted",
            "up",
            "back",
            "forward",
        ];
        if !moved.contains(&last) {
            return true;
        }
    } else {
        // `at the rate of $5 beginning July 1`: what begins is what is owed.
        let begins = ["beginning", "starting", "commencing", "effective"]
            .iter()
            .any(|lead| lower.starts_with(lead));
        let owners =
            OWNERS.contains(&last) && !(begins && ["rate", "rates", "hours"].contains(&last));
        if !firm && (owners || begins && ["period", "periods", "plan", "year"].contains(&last)) {
            return true;
        }
    }
    // `the rates in effect on June 30, 2026`
    let in_effect = between
        .windows(2)
        .next_back()
        .is_some_and(|two| two == ["in", "effect"]);
    if in_effect && !firm && between.len() > 3 {
        return true;
    }
    // `shall include six months following completion` says how long something is.
    let bare_number =
        lower.starts_with(|c: char| c.is_ascii_digit()) || super::limits::begins_with_number(lower);
    if bare_number
        && !lower.contains("notice")
        && ["include", "serve", "receive", "have", "require", "be", "of"].contains(&last)
    {
        return true;
    }
    // `regular monthly salary`
    let next = sentence.get(found.end..).unwrap_or_default();
    let one_word = !lower.contains(' ');
    if one_word
        && next.starts_with(' ')
        && !next.trim_start().starts_with(|c: char| c.is_uppercase())
        && !goes_on(next)
    {
        return true;
    }
    // That an agreement is signed is when, not until when.
    let by_signing = found
        .phrase
        .tree
        .triggers()
        .iter()
        .any(|t| t.to_string() == "signing" || t.to_string() == "effective");
    if by_signing
        && !lower.contains("pay period")
        && ["as of", "with ", "at the", "for the", "during"]
            .iter()
            .any(|lead| lower.starts_with(lead))
    {
        return true;
    }
    let be = between.iter().rposition(|word| word == "be");
    let participle = last.ends_with("ed") && last.len() > 3;
    if participle
        && !firm
        && !begins_to
        && be.is_none_or(|be| between.len() - be > 7)
        && between.len() > 3
    {
        return true;
    }
    false
}

/// The limit comes first: `Within 30 days of the request, the County shall meet`.
fn before_its_verb(
    sentence: &str,
    words: &[(usize, &str)],
    modals: &[Modal],
    found: &Found,
) -> Option<Duty> {
    let modal = modals.iter().find(|modal| modal.at >= found.end)?;
    if !modal.owes {
        return None;
    }
    let pre = sentence.get(..found.start).unwrap_or_default().trim();
    let pre_words = pre.split_whitespace().count();
    let last_part = pre.rsplit(',').next().unwrap_or(pre).trim();
    // `Finally, on a payroll period in February 2024, the County`
    let first_of_it = last_part
        .split_whitespace()
        .next()
        .map(bare)
        .unwrap_or_default();
    let of_a_time = ["on", "with", "by", "at", "in"].contains(&first_of_it.as_str())
        && last_part.split_whitespace().count() <= 5;
    let leads = pre_words == 0
        || pre.ends_with(',')
        || of_a_time
            && sentence
                .get(found.end..)
                .is_some_and(|rest| rest.starts_with(','))
        || pre_words <= 2
            && pre.split_whitespace().all(|w| {
                !w.starts_with(|c: char| c.is_lowercase()) || ["and", "then", "that"].contains(&w)
            });
    let between = sentence.get(found.end..modal.at)?;
    let subject = between.trim().trim_start_matches([',', ')', '.']).trim();
    let subject = subject.rsplit_once(", ").map_or(subject, |(_, last)| last);
    let count = subject.split_whitespace().count();
    if between.split_whitespace().count() > 60 {
        return None;
    }
    if !leads || count == 0 || count > 30 {
        return None;
    }
    let comma = between.trim_start().starts_with([',', ')']);
    let begins = subject
        .split_whitespace()
        .next()
        .map(bare)
        .unwrap_or_default();
    let named = ["the", "a", "an", "each", "all", "both", "there", "any"]
        .contains(&begins.as_str())
        || subject.starts_with(char::is_uppercase);
    if !(comma || named) {
        return None;
    }
    let end = words.last().map_or(0, |(at, word)| at + word.len());
    let deed = up_to_a_break(sentence.get(modal.end..end)?);
    made(subject, sentence.get(modal.at..modal.end)?, modal.at, &deed)
}

fn made(subject: &str, modal: &str, verb: usize, deed: &str) -> Option<Duty> {
    let deed = deed.trim().trim_end_matches([',', ';', '.', ':']).trim();
    let passive = deed.split_whitespace().next().is_some_and(|w| {
        bare(w) == "be" || bare(w) == "become" || bare(w) == "go" || bare(w) == "occur"
    });
    (!deed.is_empty()).then(|| Duty {
        active: !passive,
        subject: in_one_line(subject),
        modal: modal.trim_end_matches(',').to_owned(),
        deed: in_one_line(deed),
        when: None,
        verb,
    })
}

/// The words of a deed up to where another begins.
fn up_to_a_break(words: &str) -> String {
    let words = words.trim();
    let end = [
        ", and ",
        "; ",
        ", which",
        ". ",
        ", provided",
        ", but ",
        " unless ",
    ]
    .iter()
    .filter_map(|stop| {
        // The point of `Grievance No. 25-118` ends nothing.
        words.match_indices(stop).map(|(at, _)| at).find(|at| {
            !stop.starts_with('.')
                || words
                    .get(..at + 1)
                    .is_some_and(super::sentences::ends_sentence)
        })
    })
    .min()
    .unwrap_or(words.len());
    words.get(..end).unwrap_or(words).to_owned()
}

fn is_done_again(duty: &Duty, found: &Found) -> bool {
    let verb = duty.deed.split_whitespace().map(bare).find(|word| {
        !["also", "be", "then", "continue", "to", "only"].contains(&word.as_str())
            && !word.ends_with("ly")
    });
    let verb = verb.unwrap_or_else(|| "be".to_owned());
    let known = DONE_AGAIN.contains(&verb.as_str());
    let lower = found.words.to_ascii_lowercase();
    // `per month` is how much, unless somebody pays it.
    if lower.starts_with("per ") || lower.starts_with("a month") {
        return duty.active && ["pay", "contribute", "provide", "remit"].contains(&verb.as_str());
    }
    let named_days = matches!(&found.phrase.tree.limit, Limit::Recurs(r) if matches!(r.every, Every::Yearly { .. } | Every::Around { .. } | Every::DayOfMonths { .. }));
    known || named_days
}

/// `..., provided that 14 days prior notice of the changes is provided`: notice, without a verb that owes.
pub(super) fn notice(sentence: &str, found: &Found) -> Option<Duty> {
    let lower = sentence.to_ascii_lowercase();
    let provided = lower
        .find("provided that")
        .or_else(|| lower.find("provided,"))?;
    let notice = found.words.to_ascii_lowercase().contains("notice");
    // `14 days prior notice of such changes`: what is given is the notice.
    let words = words_of(&found.words);
    let given = words.iter().position(|(_, word)| {
        ["advance", "notice", "prior", "written"].contains(&bare(word).as_str())
    });
    let given = given.and_then(|at| found.words.get(words.get(at)?.0..));
    let when = sentence.get(..provided).unwrap_or_default().trim();
    (notice && provided < found.start).then(|| Duty {
        subject: "Notice".to_owned(),
        modal: String::new(),
        deed: given.unwrap_or(&found.words).to_owned(),
        active: false,
        when: (!when.is_empty()).then(|| in_one_line(when.trim_end_matches([',', ';']))),
        verb: provided,
    })
}
