//! Who a verb is said of: what stands before it, from the last break on.

use crate::draft::finder::bare;
use crate::draft::sentences::words_of;
use crate::draft::verbs::modals;

/// How many verbs before one are asked for its subject.
const MOST_VERBS: usize = 8;

/// The subject of the verb at `at`, in the sentence's words.
pub(super) fn subject_of(sentence: &str, words: &[(usize, &str)], at: usize) -> String {
    let subject = before(sentence, words, at);
    let pronoun = ["which ", "that "]
        .iter()
        .find_map(|word| subject.strip_prefix(word))
        .map(str::to_owned);
    pronoun
        .or_else(|| antecedent(sentence, &subject))
        .unwrap_or(subject)
}

fn before(sentence: &str, words: &[(usize, &str)], at: usize) -> String {
    let before: Vec<(usize, &str)> = words
        .iter()
        .copied()
        .filter(|(from, _)| *from < at)
        .collect();
    let earlier: Vec<usize> = modals(words)
        .iter()
        .filter(|modal| modal.at < at)
        .map(|modal| modal.at)
        .collect();
    let last = before.last().map(|(_, word)| *word).unwrap_or_default();
    // `shall meet quarterly and shall report`: one subject has both verbs; a relative clause between them has its own.
    if is_joined(words, at) {
        let subjects: Vec<String> = earlier
            .iter()
            .rev()
            .filter(|at| !is_joined(words, **at))
            .take(MOST_VERBS)
            .map(|at| self::before(sentence, words, *at))
            .collect();
        let own = subjects
            .iter()
            .find(|subject| !["which", "who"].contains(&subject.as_str()));
        if let Some(subject) = own.or(subjects.first()) {
            return subject.clone();
        }
    }
    // `The Agency, having first asked the Union, shall`: what stands between commas is not the subject.
    if last.ends_with(',') && (!is_year(last) || !earlier.is_empty()) {
        let whole = sentence.get(..at).unwrap_or_default();
        if let Some(subject) = whole.split(", ").map(str::trim).find(|part| is_named(part)) {
            return subject.trim_end_matches(',').to_owned();
        }
    }
    let mut start = 0;
    for (index, (from, word)) in before.iter().enumerate() {
        let Some((next, following)) = before.get(index + 1) else {
            break;
        };
        let after_a_verb = earlier.last().is_some_and(|verb| verb < from);
        let joins = ["that", "then", "and"].contains(&bare(word).as_str())
            && is_clause(&before, index + 1)
            || after_a_verb && ["and", "but"].contains(&bare(word).as_str());
        // The comma of `January 1, 2025` divides nothing.
        let ends = word.ends_with([',', ';', ':'])
            && !is_year(following)
            && !OF_A_PLACE.contains(&bare(following).as_str())
            && !is_which_date(&before, index)
            && !lists(&before, start, index);
        if joins || ends {
            start = *next;
        }
    }
    without_a_lead(sentence.get(start..at).unwrap_or_default().trim()).to_owned()
}

/// `Upon ratification the County`: the subject begins behind what the sentence begins with.
fn without_a_lead(subject: &str) -> &str {
    const LEADS: [&str; 6] = ["upon", "following", "after", "within", "once", "no"];
    let words = words_of(subject);
    let first = words
        .first()
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    let begins =
        words.iter().skip(1).rev().find(|(_, word)| {
            ["the", "each", "all", "both", "an", "a"].contains(&bare(word).as_str())
        });
    let begins = begins.or_else(|| {
        let names = words.iter().skip(2).rev();
        names
            .take_while(|(_, word)| word.starts_with(char::is_uppercase))
            .last()
    });
    match begins {
        Some((at, _)) if LEADS.contains(&first.as_str()) => subject.get(*at..).unwrap_or(subject),
        _ => subject,
    }
}

/// What goes on behind a comma with where words stand in an agreement: `Article 9, Section G`.
const OF_A_PLACE: &[&str] = &[
    "section",
    "sections",
    "article",
    "subsection",
    "paragraph",
    "appendix",
    "exhibit",
    "document",
    "inc",
    "llc",
];

/// Whether a year with a comma belongs to the noun behind it: `The October 31, 2025, pay date`.
fn is_which_date(before: &[(usize, &str)], index: usize) -> bool {
    let word = |back: usize| {
        let at = index.checked_sub(back);
        at.and_then(|at| before.get(at))
            .map(|(_, word)| bare(word))
            .unwrap_or_default()
    };
    is_year(&word(0)) && crate::language::is_month(&word(2)) && word(3) == "the"
}

/// Whether a comma stands within a list of names: `The County, the Union and the Hospital`.
fn lists(before: &[(usize, &str)], start: usize, index: usize) -> bool {
    let first = before
        .iter()
        .position(|(at, _)| *at >= start)
        .unwrap_or_default();
    let begins = before
        .get(first)
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    let capitals = before.get(first).is_some_and(|(_, word)| {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        letters.len() > 1 && letters.iter().all(|c| c.is_uppercase())
    });
    let rest = before.get(index + 1..).unwrap_or_default();
    let named = rest.first().is_some_and(|(_, word)| {
        ["the", "and"].contains(&bare(word).as_str()) || word.starts_with(char::is_uppercase)
    });
    let of_names = before
        .get(first..=index)
        .unwrap_or_default()
        .iter()
        .all(|(_, word)| {
            word.starts_with(char::is_uppercase)
                || ["the", "of", "and"].contains(&bare(word).as_str())
        });
    (begins == "the" || capitals)
        && of_names
        && named
        && index < first + 6
        && rest.len() <= 12
        && rest.iter().any(|(_, word)| bare(word) == "and")
        && rest.iter().all(|(_, word)| {
            word.starts_with(char::is_uppercase)
                || ["the", "of", "and", "for"].contains(&bare(word).as_str())
        })
}

/// Whether `and` or `or` stands right before the verb at a place.
fn is_joined(words: &[(usize, &str)], at: usize) -> bool {
    let before = words.partition_point(|(from, _)| *from < at).checked_sub(1);
    let word = before.and_then(|before| words.get(before));
    word.is_some_and(|(_, word)| ["and", "or"].contains(word))
}

fn is_year(word: &str) -> bool {
    let plain = bare(word);
    plain.len() == 4 && plain.starts_with(['1', '2']) && plain.chars().all(|c| c.is_ascii_digit())
}

/// Whether words may be a subject: a name, and no condition or time before one.
fn is_named(part: &str) -> bool {
    let first = part.split_whitespace().next().map(bare).unwrap_or_default();
    let leads = [
        "if",
        "when",
        "where",
        "whenever",
        "should",
        "upon",
        "within",
        "effective",
        "on",
        "in",
        "by",
        "for",
        "during",
        "after",
        "before",
        "prior",
        "once",
        "unless",
        "following",
        "no",
        "not",
        "at",
        "as",
        "beginning",
        "starting",
        "except",
        "notwithstanding",
        "pursuant",
        "having",
        "which",
        "who",
        "provided",
    ];
    !first.is_empty()
        && !leads.contains(&first.as_str())
        && !is_year(&first)
        && (part.starts_with(char::is_uppercase)
            || ["the", "each", "any", "all", "both", "a", "an"].contains(&first.as_str()))
}

const ARTICLES: &[&str] = &[
    "a", "an", "the", "each", "its", "their", "such", "any", "all",
];

/// Words between two names that belong together.
const BETWEEN: &[&str] = &["of", "for", "in", "on", "at", "by", "from"];

/// What `which` or `who` stands for: the name before its comma.
fn antecedent(sentence: &str, subject: &str) -> Option<String> {
    if !["which", "who"].contains(&subject) {
        return None;
    }
    let at = sentence.find(&format!(", {subject} "))?;
    let before = words_of(sentence.get(..at)?);
    let word = |index: usize| {
        before
            .get(index)
            .map(|(_, word)| bare(word))
            .unwrap_or_default()
    };
    let is = |index: usize, words: &[&str]| words.contains(&word(index).as_str());
    let near = before.len().saturating_sub(9)..before.len();
    // `a rotation for the Division`: what stands before `for` is spoken of.
    let begin = near.clone().rev().find(|index| {
        is(*index, ARTICLES)
            && !index
                .checked_sub(1)
                .is_some_and(|before| is(before, BETWEEN))
    });
    let begin = begin.or_else(|| {
        let after = near
            .rev()
            .find(|index| is(*index, &["with", "to", "provide", "receive", "issue"]))?;
        Some(after + 1)
    })?;
    let (begin, _) = before.get(begin)?;
    sentence.get(*begin..at).map(str::to_owned)
}

/// Whether a subject of its own begins at a word: `... and the County shall`.
fn is_clause(words: &[(usize, &str)], from: usize) -> bool {
    let first = words
        .get(from)
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    let before = from
        .checked_sub(2)
        .and_then(|at| words.get(at))
        .map(|(_, word)| bare(word))
        .unwrap_or_default();
    // `the County and the Union shall` is one subject.
    let of_a_pair = words
        .get(from - 1)
        .is_some_and(|(_, word)| bare(word) == "and")
        && from < 5
        && !before.is_empty();
    !of_a_pair
        && (["the", "such", "each", "both", "a", "any", "all", "this"].contains(&first.as_str())
            || words
                .get(from)
                .is_some_and(|(_, w)| w.starts_with(char::is_uppercase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_verbs_cost_no_more_each_than_one() {
        let sentence = format!("It is a list, which shall {}go.", "and shall ".repeat(500));
        let words = words_of(&sentence);
        for modal in modals(&words) {
            assert_eq!(subject_of(&sentence, &words, modal.at), "a list");
        }
    }

    #[test]
    fn each_verb_has_its_subject() {
        for (sentence, verb, subject) in [
            (
                "The City will audit and will share the results.",
                "share",
                "The City",
            ),
            (
                "Members on the payroll as of January 1, 2025 shall receive it.",
                "receive",
                "Members on the payroll as of January 1, 2025",
            ),
            (
                "It shall be posted by March 3, 2026 and operators shall choose.",
                "choose",
                "operators",
            ),
            (
                "The Agency, having asked the Union, which talk shall be held, shall begin.",
                "begin",
                "The Agency",
            ),
            (
                "The Board shall be led by the Chief, who will report, and shall meet.",
                "meet",
                "The Board",
            ),
            (
                "It appoints a Review Board, which shall meet.",
                "meet",
                "a Review Board",
            ),
            (
                "If it snows, the County shall close.",
                "close",
                "the County",
            ),
            (
                "The County and the Union shall meet.",
                "meet",
                "The County and the Union",
            ),
        ] {
            let words = words_of(sentence);
            let at = modals(&words)
                .iter()
                .rev()
                .find(|modal| {
                    sentence
                        .get(modal.end..)
                        .is_some_and(|rest| rest.trim_start().starts_with(verb))
                })
                .unwrap()
                .at;
            assert_eq!(subject_of(sentence, &words, at), subject, "{sentence}");
        }
    }
}
