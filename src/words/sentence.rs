//! A sentence in every language that readers have.

use super::Language::{self, English, Spanish};
use std::fmt;
use std::ops::Deref;

/// The same words in each language. Commands and JSON show the English ones, and so it reads as a `str`; what is written
/// for a person asks for [`Sentence::of`] that person's language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sentence {
    english: String,
    /// `None` where it is the same.
    spanish: Option<String>,
}

impl Sentence {
    /// What `words` say in each language.
    pub fn in_each(words: impl Fn(Language) -> String) -> Self {
        let (english, spanish) = (words(English), words(Spanish));
        Self {
            spanish: (spanish != english).then_some(spanish),
            english,
        }
    }

    /// Words that stand written in both languages.
    pub fn written(english: impl Into<String>, spanish: impl Into<String>) -> Self {
        Self {
            english: english.into(),
            spanish: Some(spanish.into()),
        }
    }

    /// Words that are nobody's to translate: a name, a citation, what an author wrote.
    pub fn verbatim(words: impl Into<String>) -> Self {
        Self {
            english: words.into(),
            spanish: None,
        }
    }

    /// In that language.
    pub fn of(&self, language: Language) -> &str {
        match language {
            English => &self.english,
            Spanish => self.spanish.as_deref().unwrap_or(&self.english),
        }
    }

    /// The same done to the words of each language.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        Self::in_each(|language| change(self.of(language)))
    }
}

impl Deref for Sentence {
    type Target = str;

    fn deref(&self) -> &str {
        &self.english
    }
}

impl PartialEq<&str> for Sentence {
    fn eq(&self, english: &&str) -> bool {
        self.english == *english
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

impl serde::Serialize for Sentence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.english)
    }
}
