//! What is said of a limit in a sentence that speaks of the letter: that it takes effect then, or that it ends.

use super::itself::speaks_of_itself;
use crate::draft::complete::is_complete;
use crate::draft::finder::Found;
use crate::draft::limits::begins_with_number;
use crate::draft::sentences::words_of;
use crate::draft::verbs::modals;
use crate::language::Trigger;

/// Verbs that end something.
const ENDS: &[&str] = &[
    "expire",
    "terminate",
    "sunset",
    "conclude",
    "end ",
    "ends ",
    "remain in effect",
    "remain in full force",
    "remain in force",
    "remain in place",
    "continue in effect",
    "continue in full force",
    "continue in force",
    "be in full force",
    "be in force",
    "is in full force",
    "is in force",
    "be in effect",
    "is in effect",
    "stay in effect",
    "extend this",
    "extend the term",
    "shall last",
    "will last",
    "in effect through",
    "be effective",
    "is effective",
    "become effective",
    "effective",
    "term of this",
    "shall continue",
    "will continue",
    "take effect",
    "duration of this",
];

/// Whether the words before a range of days say that the letter is in effect then.
pub(super) fn says_a_range(before: &str) -> bool {
    let near = tail(before, 60);
    [
        "effective",
        "in effect",
        "in force",
        "term of",
        "run",
        "shall be for",
        "period of",
        "duration",
        "for 4 years",
        "years,",
    ]
    .iter()
    .any(|word| near.contains(word))
}

/// The last characters of a text.
fn tail(text: &str, count: usize) -> &str {
    let mut from = text.len().saturating_sub(count);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text.get(from..).unwrap_or(text)
}

/// Whether the limit is the day on which the letter takes effect.
pub(super) fn takes_effect(before: &str, after: &str, own: Option<usize>, found: &Found) -> bool {
    let words = found.words.to_ascii_lowercase();
    let lasts = ["through", "until", "for ", "to "]
        .iter()
        .any(|lead| words.starts_with(lead));
    let says = words.starts_with("effective")
        || !lasts
            && ends_with_any(
                before,
                &[
                    "effective",
                    "effect",
                    "effective on",
                    "effect on",
                    "effective as of",
                    "into effect",
                ],
            );
    // `shall become effective at the start of the first roster on August 5, 2023`
    let says = says
        || ["become effective", "be effective", "take effect"]
            .iter()
            .any(|verb| tail(before, 100).contains(verb))
            && words.starts_with("on ")
            && !["expire", "terminate", "sunset", "conclude"]
                .iter()
                .any(|verb| tail(before, 100).contains(verb));
    let by_its_signing = found.phrase.tree.triggers().iter().any(is_own_signing);
    // `Effective upon signing below, the County ...`, `agree to the following, effective upon execution of this MOU`
    if words.starts_with("effective") && by_its_signing && !words.starts_with("effective date") {
        return !is_a_clause(before, after);
    }
    // `The parties agree that effective July 6, 2024, ...`
    let agree = (before.ends_with("the parties agree that ")
        || before.ends_with("the parties agree "))
        && words.starts_with("effective");
    // What becomes effective has to be the letter: `this process will go into effect` is one of its clauses.
    let letter = own.is_some_and(|at| {
        let subject = before.get(at..).unwrap_or_default();
        let verb = [
            " is ",
            " are ",
            "shall",
            "will",
            "become",
            "takes",
            "goes",
            ", effective",
        ]
        .iter()
        .any(|verb| tail(subject, 45).contains(verb));
        at < found.start
            && (verb || subject.trim_end().ends_with("effective"))
            && !subject.starts_with("this process")
            && !subject.starts_with("this provision")
            && !subject.starts_with("this program")
    });
    says && letter && !tail(before, 30).contains("become ineffective") || agree
}

/// Whether a sentence that begins with when something takes effect goes on with somebody who owes it: `Effective upon
/// ratification, all employees shall`.
fn is_a_clause(before: &str, after: &str) -> bool {
    let begins = before.split_whitespace().count() <= 2;
    let words = words_of(after);
    // That the parties agree to something is the letter itself.
    let modal = modals(&words).into_iter().find(|modal| {
        !after
            .get(modal.at..)
            .is_some_and(|verb| verb.starts_with("agree "))
    });
    let subject = modal.and_then(|modal| after.get(..modal.at));
    let agrees = subject.is_some_and(|subject| subject.contains(" agree to "));
    begins
        && !agrees
        && subject.is_some_and(|subject| {
            speaks_of_itself(subject).is_none() && !subject.contains("the parties")
        })
}

/// `becomes effective on the date it is signed by both parties`.
pub(super) fn by_its_signature(lower: &str, own: Option<usize>) -> bool {
    let after = own.and_then(|at| lower.get(at..)).unwrap_or_default();
    ["effective", "effect"].iter().any(|word| {
        ["on the date", "upon the date", "as of the date", "when"]
            .iter()
            .any(|on| {
                [
                    "it is signed",
                    "this letter is signed",
                    "this agreement is signed",
                    "signed by",
                ]
                .iter()
                .any(|signed| after.contains(&format!("{word} {on} {signed}")))
            })
    })
}

fn is_own_signing(trigger: &Trigger) -> bool {
    matches!(trigger, Trigger::Event { agreement: None, event } if ["signing", "ratification"].contains(&event.as_str()))
}

fn ends_with_any(text: &str, ends: &[&str]) -> bool {
    let text = text.trim_end();
    ends.iter().any(|end| text.ends_with(end))
}

/// Whether the limit is the day on which the letter ends.
pub(super) fn ends(before: &str, own: usize, sentence: &str, found: &Found) -> bool {
    let words = found.words.to_ascii_lowercase();
    // `unless either party gives notice at least 90 days before its expiration` is no end, and neither is half of a choice.
    let said = before.get(own..).unwrap_or_default();
    let other = said.contains("unless")
        || said.contains("may be terminated")
        || said.contains("may terminate");
    if other || words.contains("notice") || !is_complete(sentence, found) {
        return false;
    }
    let recurs = found.phrase.tree.recurs();
    let near = tail(before, 110);
    let verb = ENDS.iter().any(|verb| near.contains(verb));
    let ended_at = [
        "will terminate",
        "shall terminate",
        "terminates",
        "will expire",
        "shall expire",
        "expires",
        "will sunset",
        "shall sunset",
    ]
    .iter()
    .any(|verb| before.contains(verb));
    let verb = verb || ended_at;
    let hard = ended_at
        || [
            "expire",
            "terminate",
            "sunset",
            "conclude",
            "extend this",
            " end ",
            " ends ",
        ]
        .iter()
        .any(|verb| near.contains(verb));
    let until = ["until", "through", "for ", "to "]
        .iter()
        .any(|lead| words.starts_with(lead));
    let on = hard
        && ["on", "at", "as of", "by", "upon", "effective", "after"]
            .iter()
            .any(|lead| words.starts_with(lead));
    let is_day = found.event.is_none() && !found.phrase.tree.is_undated();
    // `expires December 31, 2026`
    let bare_day = hard
        && found.phrase.tree.bare_day().is_some()
        && !words.starts_with("effective")
        && !before.trim_end().ends_with("effect");
    // `The term of this Agreement shall be eighteen (18) months from the date of execution`
    let is_term = ["term of", "duration of"]
        .iter()
        .any(|term| before.contains(term))
        && ends_with_any(before, &["shall be", "will be", " is", "be for"])
        && begins_with_number(&words);
    verb && !recurs && is_day && (until || on || bare_day) || is_term && is_day
}

pub(super) fn without_effective(words: &str) -> &str {
    let mut rest = words;
    for lead in ["effective ", "immediately ", "on "] {
        if rest.to_ascii_lowercase().starts_with(lead) {
            rest = rest.get(lead.len()..).unwrap_or(rest);
        }
    }
    rest
}
