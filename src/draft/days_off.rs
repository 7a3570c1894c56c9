//! Which days a letter does not count, where it counts working days.

use super::finder::in_one_line;
use super::sentences::Sentence;

/// The days off that are proposed where a letter does not say which days are none.
pub(super) const USUAL: [&str; 2] = ["weekends", "us_federal"];

/// Days off that are proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaysOff {
    /// The calendars that are built in.
    pub calendars: Vec<&'static str>,
    /// The words that count such days, or that say which they are.
    pub words: String,
    /// Whether the letter itself says which they are.
    pub defined: bool,
}

impl DaysOff {
    /// What the letter says itself; else what is usual, for words that count such days.
    pub(super) fn of(words: String, sentences: &[Sentence]) -> Self {
        let defined = sentences
            .iter()
            .map(|s| s.text.as_str())
            .find(|text| defines(text));
        match defined {
            Some(text) => Self {
                calendars: calendars(&text.to_lowercase()),
                words: in_one_line(text),
                defined: true,
            },
            None => Self {
                calendars: USUAL.to_vec(),
                words,
                defined: false,
            },
        }
    }
}

const KINDS: [&str; 8] = [
    "working day",
    "work day",
    "workday",
    "business day",
    "school day",
    "duty day",
    "court day",
    "service day",
];

/// Whether a sentence says which days a kind of day is: `“Working days” means Monday through Friday`.
fn defines(text: &str) -> bool {
    let lower: String = text
        .to_lowercase()
        .chars()
        .map(|c| {
            if "“”\"'’‘*".contains(c) {
                ' '
            } else {
                c
            }
        })
        .collect();
    let lower = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    KINDS.iter().any(|kind| {
        lower.match_indices(kind).any(|(at, _)| {
            let rest = lower.get(at + kind.len()..).unwrap_or_default();
            let rest = rest
                .strip_prefix('s')
                .unwrap_or(rest)
                .trim_start_matches([' ', ',', ':']);
            [
                "mean ",
                "means ",
                "shall mean ",
                "will mean ",
                "is defined",
                "are defined",
                "shall be defined",
                "refers to ",
                "refer to ",
                "is any day",
                "are any day",
                "is a day",
                "are days",
                "is monday",
                "are monday",
                "shall be monday",
            ]
            .iter()
            .any(|says| rest.starts_with(says))
        })
    })
}

/// The built-in calendars of what is said. Other holidays are for a calendar of the office's own.
fn calendars(lower: &str) -> Vec<&'static str> {
    let mut calendars = vec!["weekends"];
    if lower.contains("federal holiday") {
        calendars.push("us_federal");
    }
    calendars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_is_told_from_a_use() {
        for text in [
            "For purposes of this letter, “working days” means Monday through Friday, excluding County holidays.",
            "Business days are defined as days on which the County is open.",
        ] {
            assert!(defines(text), "{text}");
        }
        for text in [
            "The Union shall answer within ten working days of receipt.",
            "Ten working days are given to comment.",
        ] {
            assert!(!defines(text), "{text}");
        }
    }
}
