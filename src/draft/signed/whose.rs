//! Of what a day beside `dated` or `signed on` is said: of this letter, of another document, or of what a label names.

use crate::draft::finder::bare;
use crate::draft::sentences::Sentence;

/// Names of documents, which are this letter where `this` stands before them.
const DOCUMENTS: &[&str] = &[
    "agreement",
    "amendment",
    "addendum",
    "extension",
    "letter",
    "loa",
    "memorandum",
    "moa",
    "mou",
    "settlement",
    "sideletter",
    "understanding",
];

/// Words that may stand between a letter's name, or who signs it, and the word that says the day.
const AMONG: &[&str] = &[
    "a",
    "and",
    "agree",
    "accepted",
    "agreed",
    "are",
    "as",
    "be",
    "been",
    "being",
    "by",
    "caused",
    "duly",
    "each",
    "effective",
    "entered",
    "executed",
    "for",
    "have",
    "has",
    "hereby",
    "hereto",
    "hereunto",
    "in",
    "into",
    "is",
    "it",
    "made",
    "of",
    "on",
    "or",
    "parties",
    "party",
    "respective",
    "representatives",
    "authorized",
    "side",
    "signed",
    "so",
    "the",
    "their",
    "to",
    "undersigned",
    "was",
    "we",
    "were",
    "whereof",
    "witness",
];

/// Whether a day is said of this letter by the words before it: `This Side Letter, dated`, `The parties have agreed to on`, and
/// not `the grievance dated`.
pub(super) fn of_this_letter(before: &str) -> bool {
    // `Firmado / Signed this`, `____ Date:`
    let before = before.rsplit(['/', '_', '|']).next().unwrap_or(before);
    let words: Vec<&str> = before.split_whitespace().collect();
    let plain: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let named = |index: usize| {
        (0..index)
            .rev()
            .take(6)
            .find_map(|at| match plain.get(at)?.as_str() {
                "this" => Some(true),
                "the" | "a" | "an" | "that" | "said" => Some(false),
                _ => None,
            })
    };
    words
        .iter()
        .zip(&plain)
        .enumerate()
        .all(|(index, (word, plain))| {
            if DOCUMENTS.contains(&plain.as_str()) {
                return named(index) == Some(true);
            }
            plain.is_empty()
                || plain == "this"
                || AMONG.contains(&plain.as_str())
                || named(index) == Some(true)
                    && word.starts_with(char::is_uppercase)
                    && !word.chars().any(|c| c.is_ascii_digit())
        })
}

/// Labels of dates that are none of signing: `Effective Date:`, `Hire date:`.
const LABELS: &[&str] = &[
    "adopted",
    "adoption",
    "anniversary",
    "approval",
    "begin",
    "beginning",
    "birth",
    "closing",
    "completion",
    "deadline",
    "delivery",
    "due",
    "effective",
    "end",
    "ending",
    "event",
    "expiration",
    "final",
    "hearing",
    "hire",
    "hired",
    "implementation",
    "incident",
    "issue",
    "issued",
    "last",
    "meeting",
    "mailing",
    "new",
    "next",
    "original",
    "pay",
    "payment",
    "posting",
    "print",
    "printed",
    "promotion",
    "ratification",
    "received",
    "release",
    "review",
    "revised",
    "revision",
    "seniority",
    "separation",
    "service",
    "start",
    "starting",
    "submitted",
    "target",
    "term",
    "termination",
    "the",
    "this",
    "to",
    "of",
];

/// Whether a label in the signatures is that of another day, or of those who only looked at the letter's form.
pub(super) fn is_of_another(sentences: &[Sentence], index: usize, before: &str) -> bool {
    let last = before
        .split_whitespace()
        .next_back()
        .map(bare)
        .unwrap_or_default();
    let form = |text: &str| text.to_ascii_lowercase().contains("as to form");
    let above = index.checked_sub(1).and_then(|above| sentences.get(above));
    LABELS.contains(&last.as_str()) || form(before) || above.is_some_and(|above| form(&above.text))
}

/// Whether a label stands at the head of a memorandum, beside `TO:` and `FROM:`, or below `Approved as to form`.
pub(super) fn heads_a_memo(sentences: &[Sentence], index: usize) -> bool {
    let near = sentences.get(index.saturating_sub(4)..(index + 5).min(sentences.len()));
    let form = index.checked_sub(1).and_then(|above| sentences.get(above));
    let form = form.is_some_and(|above| above.text.to_ascii_lowercase().contains("as to form"));
    form || near.is_some_and(|near| {
        near.iter().any(|sentence| {
            let lower = sentence.text.to_ascii_lowercase();
            ["to:", "from:", "subject:", "re:"]
                .iter()
                .any(|head| lower.starts_with(head))
        })
    })
}
