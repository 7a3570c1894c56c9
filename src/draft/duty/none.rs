//! What sounds like a duty and is none: what becomes of a provision, a day of the letter itself or of what it names.

use crate::draft::finder::{Found, bare};
use crate::draft::own_dates::speaks_of_itself;

/// Whether a deed is what becomes of words of an agreement, which nobody does: `shall become null and void`.
pub(super) fn is_of_a_provision(subject: &str, deed: &str) -> bool {
    const BECOMES: &[&str] = &[
        "become null",
        "be null",
        "be void",
        "become void",
        "be ineffective",
        "become ineffective",
        "become inoperative",
        "be inoperative",
        "be of no ",
        "have no ",
        "be in effect",
        "be in force",
        "be in full",
        "be considered null",
        "be deemed",
        "remain in effect",
        "remain in force",
        "remain in full",
        "continue in effect",
        "continue in force",
        "continue in full",
        "lapse",
        "expire",
        "sunset",
        "cease",
        "be superseded",
    ];
    const WORDS: &[&str] = &[
        "agreement",
        "article",
        "articles",
        "cba",
        "contract",
        "language",
        "letter",
        "loa",
        "memorandum",
        "moa",
        "mou",
        "pilot",
        "program",
        "provision",
        "provisions",
        "section",
        "sections",
        "subsection",
        "terms",
    ];
    let of_words = subject
        .split_whitespace()
        .any(|word| WORDS.contains(&bare(word).as_str()));
    // That words of a contract are changed is done by the letter itself.
    let ends = [
        "terminate",
        "end",
        "go into effect",
        "take effect",
        "be amended",
        "be changed to read",
        "be deleted",
        "be interpreted",
        "be modified",
        "be replaced",
        "be revised",
        "be struck",
        "read",
    ];
    BECOMES.iter().any(|words| deed.starts_with(words))
        || of_words
            && ends
                .iter()
                .any(|words| deed == *words || deed.starts_with(&format!("{words} ")))
}

/// Whether a deed is that the letter itself takes effect: one of its own dates.
pub(super) fn is_of_the_letter(subject: &str, deed: &str, found: &Found) -> bool {
    let subject = subject.to_ascii_lowercase();
    let takes_effect = [
        "be effective",
        "become effective",
        "go into effect",
        "take effect",
    ];
    let effective = ["be", "become"].contains(&deed)
        && found.words.to_ascii_lowercase().starts_with("effective");
    speaks_of_itself(&subject) == Some(0)
        && (effective || takes_effect.iter().any(|words| deed.starts_with(words)))
}

/// Whether a limit hangs on a day of what the sentence speaks of, and not of the letter: `a layoff ... before its effective date`.
pub(super) fn is_of_what_it_names(sentence: &str, found: &Found) -> bool {
    let words = found.words.to_ascii_lowercase();
    let points = ["its ", "their "].iter().any(|whose| {
        [
            "effective",
            "expiration",
            "termination",
            "execution",
            "signing",
            "ratification",
            "implementation",
        ]
        .iter()
        .any(|day| words.contains(&format!("{whose}{day}")))
    });
    let before = sentence.get(..found.start).unwrap_or_default();
    points && speaks_of_itself(&before.to_ascii_lowercase()).is_none()
}

/// `retain the records for 90 days`: each of them for so long, from no day that the letter names.
pub(super) fn is_kept_for_a_while(deed: &str, found: &Found) -> bool {
    let verb = deed.split_whitespace().next().map(bare).unwrap_or_default();
    found.phrase.tree.bare_length().is_some()
        && ["retain", "keep", "store", "preserve", "hold", "post"].contains(&verb.as_str())
}
