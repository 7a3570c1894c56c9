//! Who owes a duty, and what to call it.

use super::duty::Duty;
use super::finder::bare;
use super::parties::{self, PartyProposed};
use crate::ids::PartyId;
use crate::words::capitalized;

/// Who owes it, and the letter's words where that is no party of the office.
pub(super) fn owes(duty: &Duty, parties: &[PartyProposed]) -> (Vec<PartyId>, Option<String>) {
    let subject = parties::even(&duty.subject);
    let jointly = [
        "parties",
        "joint",
        "jointly",
        "committee",
        "labor management",
    ]
    .iter()
    .any(|word| subject.split(' ').any(|s| s == *word) || subject.contains("labor management"));
    if jointly {
        return (Vec::new(), None);
    }
    let by = duty
        .deed
        .rsplit_once(" by the ")
        .map(|(_, by)| by)
        .filter(|_| !duty.active);
    let speaks = if duty.active {
        &duty.subject
    } else {
        by.unwrap_or_default()
    };
    // `employees of the County` are not the County.
    let own: &str = speaks.split([',']).next().unwrap_or(speaks);
    let own = own.split(" of ").next().unwrap_or(own);
    let people = [
        "employee",
        "employees",
        "member",
        "members",
        "workers",
        "staff",
        "deputies",
        "officers",
        "candidates",
    ];
    let named = parties::spoken_of(own, parties);
    // Who receives something is not who owes it.
    let receives = ["receive ", "be given ", "have received "]
        .iter()
        .any(|verb| duty.deed.to_ascii_lowercase().starts_with(verb));
    if receives && duty.active && !named.is_empty() {
        let from = duty.deed.split_once(" from the ").map(|(_, from)| from);
        let from = from.map(|from| {
            from.split_whitespace()
                .take(3)
                .collect::<Vec<_>>()
                .join(" ")
        });
        let from = from.map(|from| parties::spoken_of(&from, parties));
        return match from.as_deref() {
            Some([only]) => (vec![only.id.clone()], None),
            _ => (Vec::new(), Some(String::new())),
        };
    }
    // One of several whom the office does not know.
    if duty.active && has_others(&duty.subject, parties) {
        return (Vec::new(), Some(duty.subject.clone()));
    }
    if named.is_empty()
        || parties::even(own)
            .split(' ')
            .any(|word| people.contains(&word))
    {
        let words = if duty.active {
            duty.subject.clone()
        } else {
            by.map(str::to_owned).unwrap_or_default()
        };
        return (Vec::new(), Some(words));
    }
    if named.len() == parties.len() {
        return (Vec::new(), None);
    }
    (named.iter().map(|party| party.id.clone()).collect(), None)
}

/// Whether a subject names several, of whom one is none of the parties: `the County and the Hospital`.
fn has_others(subject: &str, parties: &[PartyProposed]) -> bool {
    let head = subject.split(" of ").next().unwrap_or(subject);
    if !head.contains(" and ") {
        return false;
    }
    let mut rest = format!(" {} ", parties::even(head));
    let mut called: Vec<&String> = parties.iter().flat_map(|party| &party.called).collect();
    called.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in called {
        rest = rest.replace(&format!(" {name} "), "  ");
    }
    let rest: Vec<&str> = rest.split_whitespace().collect();
    head.split_whitespace().any(|word| {
        let plain = parties::even(word);
        word.starts_with(char::is_uppercase)
            && rest.contains(&plain.as_str())
            && !["the", "both", "each", "all", "a", "finally", "additionally"]
                .contains(&plain.as_str())
    })
}

/// A subject without what is told of it: `Employees who were hired in March` are employees. Nothing, where it is only a
/// pronoun that points at one.
fn without_relative_clause(subject: &str) -> String {
    let subject = subject.trim();
    let mut words: Vec<&str> = Vec::new();
    for word in subject.split_whitespace() {
        if ["who", "whom", "whose", "which", "that"].contains(&bare(word).as_str()) {
            // `that employee` points; `the schedule that` is told of.
            if bare(word) == "that" && words.is_empty() && subject.contains(' ') {
                continue;
            }
            break;
        }
        words.push(word);
    }
    words.join(" ").trim_end_matches(',').to_owned()
}

/// A long subject without what belongs to its noun, so that there is room for what is owed.
fn shortened(subject: &str, deed: &str) -> String {
    let words: Vec<&str> = subject.split_whitespace().collect();
    let room = 12_usize.saturating_sub(deed.split_whitespace().count().min(6) + 1);
    if words.len() <= room {
        return subject.to_owned();
    }
    let ends = words.iter().enumerate().skip(2).filter(|(_, word)| {
        [
            "as", "at", "by", "for", "from", "in", "of", "on", "to", "with", "employed", "hired",
            "working", "offered",
        ]
        .contains(word)
    });
    let ends: Vec<usize> = ends.map(|(at, _)| at).collect();
    let end = ends.iter().rfind(|at| **at <= room).or(ends.first());
    let end = end.copied().unwrap_or(words.len());
    words.get(..end).unwrap_or(&words).join(" ")
}

/// A short title from the duty's own words.
pub(super) fn title_of(duty: &Duty, phrase: &str, parties: &[PartyProposed]) -> String {
    let subject = parties::even(&duty.subject);
    let subject = subject.strip_prefix("the ").unwrap_or(&subject);
    let is_party = parties.iter().any(|party| {
        party.called.iter().any(|called| {
            subject
                .strip_prefix(called.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(" and "))
        })
    }) || [
        "the parties",
        "both parties",
        "the county",
        "the union",
        "the association",
        "the city",
        "the district",
        "the employer",
    ]
    .contains(&duty.subject.to_ascii_lowercase().trim());
    let deed = duty.deed.trim();
    let pronoun = ["it", "they"].contains(&subject);
    let named = without_relative_clause(&duty.subject);
    let short = if duty.modal.is_empty() || named.is_empty() {
        deed.to_owned()
    } else if duty.active && (is_party || pronoun) {
        // `respond` alone says too little.
        if deed.contains(' ') {
            deed.to_owned()
        } else {
            format!("{deed} {phrase}")
        }
    } else {
        let named = shortened(&named, deed);
        let short = format!("{named} {} {deed}", duty.modal);
        // `shall be` alone says nothing.
        if deed.contains(' ') || !["be", "become", "go", "occur"].contains(&deed) {
            short
        } else {
            format!("{short} {phrase}")
        }
    };
    // `give the Union at least 45 days' notice`: the notice is what is given.
    let gives_notice = phrase.to_ascii_lowercase().contains("notice")
        && ["give", "provide", "receive"]
            .iter()
            .any(|verb| deed.starts_with(verb))
        && !short.to_ascii_lowercase().contains("notice");
    let short = if gives_notice {
        format!("{short} notice")
    } else {
        short
    };
    let mut words: Vec<&str> = Vec::new();
    let mut length = 0;
    for word in short.split_whitespace() {
        length += word.chars().count() + 1;
        if words.len() >= 12 || length > 80 {
            break;
        }
        words.push(word);
    }
    while words.len() > 2
        && words.last().is_some_and(|word| {
            [
                "the", "a", "an", "of", "to", "and", "or", "for", "in", "with", "on", "by", "such",
                "as", "their", "is", "from", "that",
            ]
            .contains(&bare(word).as_str())
                || words.len() < short.split_whitespace().count()
                    && crate::language::is_month(&bare(word))
        })
    {
        words.pop();
    }
    let title = words.join(" ");
    let title = title.trim_matches(|c: char| ",;:.“”\"(".contains(c) || c.is_whitespace());
    let title: String = title.chars().filter(|c| !c.is_control()).collect();
    if title.is_empty() {
        "Something owed".to_owned()
    } else {
        capitalized(&title)
    }
}
