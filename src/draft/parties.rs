//! Who made a letter: the office's parties that it names, what it calls them, and names that the office does not know.

use crate::ids::PartyId;
use crate::office::{Party, Side};

/// A party of the office that the letter names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyProposed {
    /// Its key.
    pub id: PartyId,
    /// The letter's words.
    pub words: String,
    /// What the letter calls it, in small letters.
    pub called: Vec<String>,
}

/// Somebody whom the letter names and calls by a word of its own: `Washington County ("County")`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyNamed {
    /// The name.
    pub name: String,
    /// The word.
    pub called: String,
}

/// Words that letters call a union or an employer by.
const UNIONS: &[&str] = &["union", "association", "federation", "guild", "local"];
const EMPLOYERS: &[&str] = &[
    "county",
    "city",
    "district",
    "employer",
    "company",
    "agency",
    "department",
    "university",
    "state",
    "board",
    "management",
    "administration",
    "hospital",
    "authority",
];

/// Words of those that stand for an employer only where its name has them.
const PLACES: &[&str] = &[
    "county",
    "city",
    "district",
    "agency",
    "department",
    "university",
    "state",
    "board",
    "hospital",
    "authority",
];

/// How far into a letter its parties are looked for.
const HEAD: usize = 6000;

/// The office's parties that a letter's text names.
pub(super) fn proposed(text: &str, parties: &[Party]) -> Vec<PartyProposed> {
    let head = head(text);
    let plain = even(head);
    let mut found: Vec<(usize, PartyProposed)> = Vec::new();
    for party in parties {
        let by_name = whole(&plain, &even(&party.name));
        let short_counts = party.short != party.name && (is_distinct(&party.short));
        let by_short = short_counts
            .then(|| whole(&plain, &even(&party.short)))
            .flatten()
            .filter(|_| head.contains(party.short.as_str()));
        let Some(at) = by_name.or(by_short) else {
            continue;
        };
        let words = if by_name.is_some() {
            &party.name
        } else {
            &party.short
        };
        let mut called = vec![even(&party.name)];
        if by_short.is_some() || party.short.len() > 2 {
            called.push(even(&party.short));
        }
        found.push((
            at,
            PartyProposed {
                id: party.id.clone(),
                words: words.clone(),
                called,
            },
        ));
    }
    // A name within another's: `Washington County` in `Washington County Police Association`.
    let all = found.clone();
    found.retain(|(_, one)| {
        let name = even(&one.words);
        let alone = all
            .iter()
            .filter(|(_, other)| other.id != one.id && even(&other.words).contains(&name))
            .fold(plain.clone(), |text, (_, other)| {
                text.replace(&even(&other.words), " ")
            });
        whole(&alone, &name).is_some()
    });
    found.sort_by_key(|(at, _)| *at);
    let mut found: Vec<PartyProposed> = found.into_iter().map(|(_, party)| party).collect();
    let named = named(text);
    for name in &named {
        let one = even(&name.name);
        let is_it = |party: &&mut PartyProposed| {
            let other = even(&party.words);
            one == other
                || one.ends_with(&format!(" {other}"))
                || one.starts_with(&format!("{other} "))
        };
        // The County is in the name of its clerks' association, which is the longer.
        if let Some(party) = found
            .iter_mut()
            .filter(is_it)
            .max_by_key(|party| party.words.len())
        {
            party.called.push(even(&name.called));
        }
    }
    call_by_side(&mut found, parties);
    found
}

/// `the Union` is the only union among them, `the County` the only employer.
fn call_by_side(found: &mut [PartyProposed], parties: &[Party]) {
    for (side, words) in [(Side::Union, UNIONS), (Side::Employer, EMPLOYERS)] {
        let on_it: Vec<usize> = found
            .iter()
            .enumerate()
            .filter(|(_, one)| parties.iter().any(|p| p.id == one.id && p.side == side))
            .map(|(index, _)| index)
            .collect();
        if let [only] = on_it.as_slice()
            && let Some(party) = found.get_mut(*only)
        {
            // `the Hospital` is somebody else, unless the party's own name has the word.
            let own = party.called.join(" ");
            let its = words
                .iter()
                .filter(|word| !PLACES.contains(word) || own.split(' ').any(|name| name == **word));
            let its: Vec<String> = its.map(|word| (*word).to_owned()).collect();
            party.called.extend(its);
        }
    }
}

/// The parties that a text speaks of, by what it calls them.
pub(super) fn spoken_of<'a>(words: &str, parties: &'a [PartyProposed]) -> Vec<&'a PartyProposed> {
    let words = even(words);
    parties
        .iter()
        .filter(|party| {
            party
                .called
                .iter()
                .any(|called| whole(&words, called).is_some())
        })
        .collect()
}

/// Names that the letter defines: `Washington County, Oregon, (hereinafter referred to as "County")`.
pub(super) fn named(text: &str) -> Vec<PartyNamed> {
    let head = head(text);
    let mut found: Vec<PartyNamed> = Vec::new();
    for (at, _) in head.match_indices('(') {
        let Some(inner) = head.get(at + 1..).and_then(|rest| rest.split(')').next()) else {
            continue;
        };
        let Some(called) = defined(inner) else {
            continue;
        };
        let before = head.get(..at).unwrap_or_default();
        let name = name_before(before);
        let first = name.chars().next();
        if name.split_whitespace().count() >= 2
            && first.is_some_and(char::is_alphabetic)
            && !is_a_thing(&name)
            && !is_document(&called)
            && !found.iter().any(|one| one.called == called)
        {
            found.push(PartyNamed { name, called });
        }
    }
    found.truncate(6);
    found
}

/// The word that a bracket defines.
fn defined(inner: &str) -> Option<String> {
    let inner = inner.trim();
    if inner.len() > 80 {
        return None;
    }
    let quoted = inner.split(['"', '“', '”', '\'', '‘', '’']).nth(1);
    let word = match quoted {
        Some(word) if inner.contains(['"', '“', '”']) || inner.starts_with(['‘', '\'']) => {
            word
        }
        _ => inner,
    };
    let word = word
        .trim()
        .trim_start_matches("the ")
        .trim_start_matches("The ");
    let sound = (2..=24).contains(&word.len())
        && word.split_whitespace().count() <= 3
        && word.starts_with(|c: char| c.is_uppercase())
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || " -&".contains(c))
        && word.chars().any(char::is_alphabetic);
    sound.then(|| word.to_owned())
}

/// Whether a name is that of a fund, an index or a plan, and of nobody.
fn is_a_thing(name: &str) -> bool {
    const THINGS: &[&str] = &[
        "account",
        "act",
        "code",
        "fund",
        "index",
        "insurance",
        "leave",
        "pay",
        "plan",
        "policy",
        "program",
        "system",
        "trust",
    ];
    even(name).split(' ').any(|word| THINGS.contains(&word))
}

fn is_document(word: &str) -> bool {
    let lower = word.to_lowercase();
    [
        "moa",
        "mou",
        "loa",
        "cba",
        "agreement",
        "parties",
        "memorandum",
        "letter",
        "contract",
        "fsa",
        "cola",
    ]
    .iter()
    .any(|document| lower == *document || lower.ends_with(&format!(" {document}")))
}

/// The name at the end of a text: its last words with capitals, and what ties them together.
fn name_before(text: &str) -> String {
    let mut name: Vec<&str> = Vec::new();
    for word in text.split_whitespace().rev().take(16) {
        // What stands before the next name defines another.
        let is_bracket = word.contains(')') && !name.is_empty();
        let bare = word.trim_matches([',', '“', '”', '"']);
        let capital =
            bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '#');
        let ties = ["of", "and", "the", "for", "&"].contains(&bare);
        if is_bracket
            || word.ends_with(['.', ':', ';']) && !name.is_empty()
            || !(capital || ties && !name.is_empty())
        {
            break;
        }
        name.push(word);
    }
    name.reverse();
    let mut words = name.into_iter().peekable();
    let mut kept: Vec<&str> = Vec::new();
    while let Some(word) = words.next() {
        let ties = [
            "of", "and", "the", "for", "&", "The", "Between", "By", "And", "This", "WHEREAS",
        ]
        .contains(&word);
        if !(kept.is_empty() && ties) {
            kept.push(word);
            kept.extend(words.by_ref());
        }
    }
    kept.join(" ").trim_end_matches(',').to_owned()
}

fn head(text: &str) -> &str {
    let mut end = HEAD.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// Small letters, and one blank between words; points, commas and apostrophes are left out.
pub(super) fn even(text: &str) -> String {
    let text: String = text
        .to_lowercase()
        .chars()
        .filter(|c| !"'’‘.".contains(*c))
        .map(|c| {
            if c.is_alphanumeric() || c == '&' {
                c
            } else {
                ' '
            }
        })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where whole words stand in others.
fn whole(text: &str, words: &str) -> Option<usize> {
    if words.is_empty() {
        return None;
    }
    text.match_indices(words).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).and_then(|t| t.chars().next_back());
        let after = text.get(at + words.len()..).and_then(|t| t.chars().next());
        before.is_none_or(|c| c == ' ') && after.is_none_or(|c| c == ' ')
    })
}

/// Whether a short name names one party by itself, as `WCPOA` does and `County` does not.
fn is_distinct(short: &str) -> bool {
    let capitals = short.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 && short.chars().count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_letter_defines_are_found() {
        let text = "The parties to this MOA (\"MOA\") are Lake County, Oregon, (hereinafter referred to as \"County\"), and the Lake County \
            Clerks Association (LCCA). In 2020 (two years) it was (“Project”).";
        let named: Vec<String> = named(text)
            .into_iter()
            .map(|n| format!("{} = {}", n.called, n.name))
            .collect();
        assert_eq!(
            named,
            [
                "County = Lake County, Oregon",
                "LCCA = Lake County Clerks Association"
            ]
        );
    }
}
