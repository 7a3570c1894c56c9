//! What an office writes beside an agreement or a task to say how it stands.

use super::tidy::compared;

/// What a status says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It was done; the rest of the words may say when.
    Done(String),
    /// The agreement is a draft.
    Draft,
    /// It is settled, and not signed or not ratified.
    Tentative,
    /// It is in force.
    InForce,
    /// Anything else: it is kept in the notes, in its own words.
    Other,
}

/// Words that say that something was done, longest first.
const DONE: [&str; 16] = [
    "completed",
    "complete",
    "fulfilled",
    "satisfied",
    "finished",
    "cumplido",
    "cumplida",
    "resolved",
    "closed",
    "hecho",
    "hecha",
    "done",
    "met",
    "yes",
    "x",
    "✓",
];

/// Words between `done` and its day.
const BEFORE_A_DAY: [&str; 7] = ["on", "by", "as of", "-", "–", ":", ","];

/// Reads a status.
pub(super) fn standing(words: &str) -> Standing {
    let words = compared(words);
    match words.as_str() {
        "draft" | "in draft" | "proposed" | "proposal" | "borrador" => return Standing::Draft,
        "tentative"
        | "tentative agreement"
        | "ta"
        | "not signed"
        | "unsigned"
        | "not ratified"
        | "pending ratification"
        | "pending signature"
        | "pending signatures"
        | "awaiting signature" => return Standing::Tentative,
        "in force" | "in effect" | "active" | "current" | "signed" | "executed" | "ratified"
        | "vigente" | "activo" => {
            return Standing::InForce;
        }
        _ => {}
    }
    for word in DONE {
        if let Some(rest) = words.strip_prefix(word) {
            // `metal` is not `met`.
            if rest.starts_with(|c: char| c.is_alphanumeric()) {
                continue;
            }
            let mut rest = rest
                .trim_matches(|c: char| matches!(c, '(' | ')' | '.' | '!') || c.is_whitespace());
            while let Some(shorter) = BEFORE_A_DAY.iter().find_map(|word| rest.strip_prefix(word)) {
                rest = shorter.trim_start();
            }
            return Standing::Done(rest.to_owned());
        }
    }
    Standing::Other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_told_apart() {
        assert_eq!(standing("Done"), Standing::Done(String::new()));
        assert_eq!(
            standing("Completed on 3/4/2026"),
            Standing::Done("3/4/2026".to_owned())
        );
        assert_eq!(
            standing("Closed (3/4/2026)"),
            Standing::Done("3/4/2026".to_owned())
        );
        assert_eq!(standing("Metal shop"), Standing::Other);
        assert_eq!(standing("not done"), Standing::Other);
        assert_eq!(standing("Tentative agreement"), Standing::Tentative);
        assert_eq!(standing("Active"), Standing::InForce);
    }
}
