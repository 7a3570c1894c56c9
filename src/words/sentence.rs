//! A sentence in every language that readers have.

use super::Language::{self, English, Spanish};
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// The same words in each language. Commands and JSON show the English ones, and so it reads as a `str`; what is written
/// for a person asks for [`Sentence::of`] that person's language.
///
/// Most sentences say how a day was reached, and most of them nobody reads: one that is made by [`Sentence::when_read`] is
/// written once somebody does. Copies share their words.
#[derive(Clone)]
pub struct Sentence(Words);

#[derive(Clone)]
enum Words {
    /// In the order of [`Language::ALL`].
    Fixed(&'static [&'static str; 2]),
    Known(Arc<Known>),
    WhenRead(Arc<WhenRead<dyn Fn(Language) -> String + Send + Sync>>),
}

struct Known {
    english: String,
    /// `None` where it is the same.
    spanish: Option<String>,
}

/// Words that are written when they are read, and what was written.
struct WhenRead<F: ?Sized> {
    english: OnceLock<String>,
    spanish: OnceLock<String>,
    write: F,
}

impl Sentence {
    /// What `words` say in each language, written now.
    pub fn in_each(words: impl Fn(Language) -> String) -> Self {
        Self::of_both(words(English), words(Spanish))
    }

    /// What `words` say in each language, written when it is read.
    pub fn when_read(words: impl Fn(Language) -> String + Send + Sync + 'static) -> Self {
        Self(Words::WhenRead(Arc::new(WhenRead {
            english: OnceLock::new(),
            spanish: OnceLock::new(),
            write: words,
        })))
    }

    /// Words that stand in the program, first the English ones.
    pub fn written(words: &'static [&'static str; 2]) -> Self {
        Self(Words::Fixed(words))
    }

    /// Words in both languages.
    pub fn of_both(english: impl Into<String>, spanish: impl Into<String>) -> Self {
        let (english, spanish) = (english.into(), spanish.into());
        Self(Words::Known(Arc::new(Known {
            spanish: (spanish != english).then_some(spanish),
            english,
        })))
    }

    /// Words that are nobody's to translate: a name, a citation, what an author wrote.
    pub fn verbatim(words: impl Into<String>) -> Self {
        Self(Words::Known(Arc::new(Known {
            english: words.into(),
            spanish: None,
        })))
    }

    /// In that language.
    pub fn of(&self, language: Language) -> &str {
        match (&self.0, language) {
            (Words::Fixed([english, _]), English) => english,
            (Words::Fixed([_, spanish]), Spanish) => spanish,
            (Words::Known(known), English) => &known.english,
            (Words::Known(known), Spanish) => known.spanish.as_ref().unwrap_or(&known.english),
            (Words::WhenRead(words), English) => {
                words.english.get_or_init(|| (words.write)(English))
            }
            (Words::WhenRead(words), Spanish) => {
                words.spanish.get_or_init(|| (words.write)(Spanish))
            }
        }
    }

    /// The same done to the words of each language.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        Self::in_each(|language| change(self.of(language)))
    }

    fn each(&self) -> [&str; 2] {
        Language::ALL.map(|language| self.of(language))
    }
}

impl Deref for Sentence {
    type Target = str;

    fn deref(&self) -> &str {
        self.of(English)
    }
}

impl PartialEq for Sentence {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            // Copies of one sentence are not written to be compared.
            (Words::WhenRead(one), Words::WhenRead(other)) if Arc::ptr_eq(one, other) => true,
            _ => (Language::ALL.iter()).all(|language| self.of(*language) == other.of(*language)),
        }
    }
}

impl Eq for Sentence {}

impl PartialOrd for Sentence {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Sentence {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.each().cmp(&other.each())
    }
}

impl PartialEq<&str> for Sentence {
    fn eq(&self, english: &&str) -> bool {
        self.of(English) == *english
    }
}

impl fmt::Debug for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sentence").field(&self.each()).finish()
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl serde::Serialize for Sentence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static WRITTEN: AtomicUsize = AtomicUsize::new(0);

    #[test]
    fn is_written_once_and_only_in_the_language_that_is_read() {
        let sentence = Sentence::when_read(|language| {
            WRITTEN.fetch_add(1, Ordering::Relaxed);
            language.day(chrono::NaiveDate::MIN)
        });
        let copy = sentence.clone();
        assert_eq!(sentence, copy);
        assert_eq!(WRITTEN.load(Ordering::Relaxed), 0);
        assert_eq!(copy.of(Spanish), sentence.of(Spanish));
        assert_eq!(WRITTEN.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn reads_alike_however_it_was_made() {
        let fixed = Sentence::written(&["the end", "el fin"]);
        let known = Sentence::of_both("the end", "el fin");
        let when_read = Sentence::when_read(|language| {
            let words = match language {
                English => "the end",
                Spanish => "el fin",
            };
            words.to_owned()
        });
        assert_eq!(fixed, known);
        assert_eq!(known, when_read);
        assert_ne!(fixed, Sentence::verbatim("the end"));
        assert_eq!(when_read.of(Spanish), "el fin");
    }
}
