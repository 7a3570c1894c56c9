//! What a command line says of something missed: `follow_up_meeting is missed`, `a missed commitment`.

/// The words after which the name of an obligation may stand.
const BEFORE_A_NAME: [&str; 8] = [
    "after",
    "following",
    "from",
    "of",
    "since",
    "if",
    "when",
    "the",
];

/// The obligation of `follow_up_meeting is missed`.
pub(super) fn of(name: &str) -> Option<&str> {
    let lower = name.to_ascii_lowercase();
    [" is missed", " was missed"]
        .iter()
        .find(|end| lower.ends_with(**end))
        .and_then(|end| name.get(..name.len() - end.len()))
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

/// Whether it is `a missed commitment`.
pub(super) fn is_any(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower == "missed commitment" || lower == "a missed commitment"
}

/// What a phrase says may be missed: the words between `after` and `is missed`.
pub(super) fn named_in(phrase: &str) -> Option<String> {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let bare = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_')
            .to_ascii_lowercase()
    };
    let end = words
        .windows(2)
        .position(|pair| matches!(pair, [be, missed] if matches!(bare(be).as_str(), "is" | "was") && bare(missed) == "missed"))?;
    let before = words.get(..end)?;
    let start = before
        .iter()
        .rposition(|word| BEFORE_A_NAME.contains(&bare(word).as_str()))
        .map_or(0, |at| at + 1);
    let name: Vec<&str> = before.get(start..)?.to_vec();
    (!name.is_empty()).then(|| name.join(" "))
}
