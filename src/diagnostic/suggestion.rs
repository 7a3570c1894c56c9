//! What to write instead of a word that is none of those that were possible.

use crate::words::{did_you_mean, either};

/// More words than this are not listed in a line of help.
const FEW: usize = 16;

/// The nearest of the candidates, or else all of them where they are few.
pub fn instead<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    did_you_mean(word, candidates.clone()).or_else(|| {
        let all: Vec<&str> = candidates.into_iter().take(FEW + 1).collect();
        (!all.is_empty() && all.len() <= FEW).then(|| format!("write {}", one_of(&all)))
    })
}

/// The words as `a`, `b` or `c`.
pub fn one_of(words: &[&str]) -> String {
    either(words.iter().map(|word| format!("`{word}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_is_suggested_and_else_few_words_are_listed() {
        let words = ["union", "employer", "joint"];
        assert_eq!(
            instead("onion", words).as_deref(),
            Some("did you mean `union`?")
        );
        assert_eq!(
            instead("x", words).as_deref(),
            Some("write `union`, `employer` or `joint`")
        );
    }
}
