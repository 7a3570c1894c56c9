//! Words of time that a scanner misread: `Febuary 13, 2O26`.

use super::finder::bare;
use crate::language::is_month;
use crate::words::MONTHS;
use std::borrow::Cow;

/// Words with their numbers in figures, and with the months that a day beside them says they are.
pub(super) fn mended(words: &str) -> Cow<'_, str> {
    let all: Vec<&str> = words.split(' ').collect();
    let mut mended: Option<Vec<Cow<'_, str>>> = None;
    for (index, word) in all.iter().enumerate() {
        let next = all.get(index + 1).copied().unwrap_or_default();
        let Some(better) = figures(word).or_else(|| month(word, next)) else {
            continue;
        };
        mended
            .get_or_insert_with(|| all.iter().map(|word| Cow::Borrowed(*word)).collect())
            .splice(index..=index, [Cow::Owned(better)]);
    }
    match mended {
        Some(words) => Cow::Owned(words.join(" ")),
        None => Cow::Borrowed(words),
    }
}

/// `2O26`: a number with letters that look like figures.
fn figures(word: &str) -> Option<String> {
    let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = plain.len() > 1
        && plain.chars().filter(char::is_ascii_digit).count() * 2 >= plain.len()
        && plain
            .chars()
            .all(|c| c.is_ascii_digit() || "OoIl".contains(c))
        && !plain.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| word.replace(['O', 'o'], "0").replace(['I', 'l'], "1"))
}

/// `Febuary` before `13`: a month with one letter wrong, missing or too many.
fn month(word: &str, next: &str) -> Option<String> {
    let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_name = plain.len() >= 4
        && plain.starts_with(char::is_uppercase)
        && next.starts_with(|c: char| c.is_ascii_digit())
        && !is_month(&bare(plain));
    let month = MONTHS.iter().find(|month| {
        is_name && month.len() >= 5 && strsim::damerau_levenshtein(plain, month) == 1
    })?;
    Some(word.replace(plain, month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_numbers_are_mended_and_nothing_else() {
        for (scanned, meant) in [
            (
                "not later than Febuary 13, 2026",
                "not later than February 13, 2026",
            ),
            ("by Apri1 15, 2O26", "by April 15, 2026"),
            ("by l5 March", "by 15 March"),
            ("within 30 days of Local 12", "within 30 days of Local 12"),
            ("by Mar. 3", "by Mar. 3"),
            ("on Marsh 3 Lane", "on March 3 Lane"),
            ("Oil and lo", "Oil and lo"),
        ] {
            assert_eq!(mended(scanned), meant, "{scanned}");
        }
    }
}
