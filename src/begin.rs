//! What a new office is made of, and how an agreement of a kind begins. Text alone: who asks for it writes it.

mod agreement;

pub use agreement::{agreement, kind_named, kinds, quoted, sides, word_of};

/// A file of a new office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path in the office.
    pub path: &'static str,
    /// What it is for, in a phrase.
    pub what: &'static str,
    /// Its text.
    pub text: String,
}

/// The folder in which the agreements stand.
pub const AGREEMENTS: &str = "agreements";

/// The file of the parties.
pub const PARTIES: &str = "parties.toml";

/// The sample's parties, by their keys in the file of the parties.
pub const SAMPLE_PARTIES: [&str; 2] = ["slta", "slusd"];

const SAMPLE_PARTIES_TEXT: &str = include_str!("begin/office/sample_parties.toml");

/// The files of an office that works as it stands; with the sample, a letter and its parties too.
pub fn office(with_sample: bool) -> Vec<File> {
    let mut parties = include_str!("begin/office/parties.toml").to_owned();
    if with_sample {
        parties.push_str(SAMPLE_PARTIES_TEXT);
    }
    let mut files = vec![
        file(
            "sideletter.toml",
            "the settings",
            include_str!("begin/office/sideletter.toml"),
        ),
        file(PARTIES, "the parties, and whom to write to", &parties),
        file(
            ".gitignore",
            "what is not for version control",
            include_str!("begin/office/gitignore"),
        ),
        file(
            "schema/settings.json",
            "the keys of sideletter.toml, for editors",
            include_str!("../schema/settings.json"),
        ),
        file(
            "schema/parties.json",
            "the keys of parties.toml, for editors",
            include_str!("../schema/parties.json"),
        ),
        file(
            "schema/agreement.json",
            "the keys of an agreement, for editors",
            include_str!("../schema/agreement.json"),
        ),
    ];
    if with_sample {
        files.push(file(
            "agreements/san_leandro_wellness.md",
            "the sample: the San Leandro letter",
            include_str!("../agreements/san_leandro_wellness.md"),
        ));
    }
    files
}

fn file(path: &'static str, what: &'static str, text: &str) -> File {
    File {
        path,
        what,
        text: text.to_owned(),
    }
}
