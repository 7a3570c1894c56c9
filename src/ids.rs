//! Identifiers: the names that people write in files and on the command line.
//!
//! All are `snake_case`, given by an author and never derived from a title, so that a retitled letter keeps its
//! page, its calendar entries and its place in the record. Copies share their letters: every occurrence bears some.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the name as it is; whether it is well formed is for a rule to say.
            pub fn new(name: impl Into<Arc<str>>) -> Self {
                Self(name.into())
            }

            /// The name as it is written in files.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id!(
    /// An agreement: its file's stem.
    AgreementId
);
id!(
    /// An obligation within its agreement.
    ObligationId
);
id!(
    /// An event declared in an agreement, or one of its own: `signing`, `effective`, `expiration`, `ratification`, `notice`.
    EventId
);
id!(
    /// A party: its key in `parties.toml`.
    PartyId
);

/// The most characters of an id. It names files, and most systems take no longer name than 255 bytes, an extension included.
pub const LONGEST: usize = 100;

/// Whether `name` is `snake_case`: a lower-case ASCII letter, then letters, digits and single underscores; at most [`LONGEST`].
pub fn is_snake_case(name: &str) -> bool {
    name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !name.ends_with('_')
        && !name.contains("__")
}

/// The nearest name in `snake_case`, if there is one.
pub fn snake_case(name: &str) -> Option<String> {
    let words: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name = words.join("_");
    is_snake_case(&name).then_some(name)
}
