//! How an agreement of a kind begins: a draft with the usual obligations of that kind, and each key explained.

use crate::agreement::{AgreementKind, KINDS};
use crate::counting::Counting;
use crate::office::{Office, Party, Side};
use crate::words::{capitalized, either};
use std::fmt::Write as _;
use toml_writer::{TomlStringBuilder, TomlWrite as _};

/// Of more parties than this the file names the first ones alone.
const NAMED: usize = 20;

/// The words for the kinds of agreement.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(word, _)| *word)
}

/// The kind that a word stands for.
pub fn kind_named(word: &str) -> Option<AgreementKind> {
    KINDS
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, kind)| *kind)
}

/// The word for a kind.
pub fn word_of(kind: AgreementKind) -> &'static str {
    KINDS
        .iter()
        .find(|(_, known)| *known == kind)
        .map_or("", |(word, _)| *word)
}

/// The text of a new agreement's file: a draft between two parties of the office.
pub fn agreement(id: &str, kind: AgreementKind, office: &Office) -> String {
    let [first, second] = sides(office);
    let expires = "expires = \"3 years after effective\"";
    let expires = match kind {
        AgreementKind::Memorandum | AgreementKind::Contract => expires.to_owned(),
        _ => format!("# {expires}"),
    };
    let parties = if first == second {
        format!("\"{first}\"")
    } else {
        format!("\"{first}\", \"{second}\"")
    };
    let filled = [
        ("{title}", capitalized(&id.replace('_', " "))),
        ("{kind}", word_of(kind).to_owned()),
        ("{offered}", offered(office)),
        ("{parties}", parties),
        ("{second}", second),
        ("{expires}", expires),
        ("{presets}", either(Counting::presets())),
    ];
    let text = format!("+++\n{}{}", include_str!("kinds/header.toml"), usual(kind));
    filled
        .iter()
        .fold(text, |text, (name, words)| text.replace(name, words))
}

/// The usual obligations of a kind, the end of the front matter, and a body with their marks.
fn usual(kind: AgreementKind) -> &'static str {
    match kind {
        AgreementKind::SideLetter => include_str!("kinds/side_letter.md"),
        AgreementKind::Memorandum => include_str!("kinds/memorandum.md"),
        AgreementKind::Contract => include_str!("kinds/contract.md"),
        AgreementKind::GroundRules => include_str!("kinds/ground_rules.md"),
        AgreementKind::Plan => include_str!("kinds/plan.md"),
        AgreementKind::Commitment => include_str!("kinds/commitment.md"),
    }
}

/// The keys of two parties: the keeper or else the first union, and the first that sits on another side. An office without
/// parties gets two keys for which `check` asks.
pub fn sides(office: &Office) -> [String; 2] {
    let all = || office.parties.iter();
    let keeper = office.settings.keeper.as_ref();
    let first = keeper
        .and_then(|keeper| office.party(keeper.as_str()))
        .or_else(|| all().find(|party| party.side == Side::Union))
        .or_else(|| all().next());
    let Some(first) = first else {
        return ["union".to_owned(), "employer".to_owned()];
    };
    let second = all()
        .find(|party| party.side != first.side)
        .or_else(|| all().find(|party| party.id != first.id))
        .unwrap_or(first);
    [first.id.to_string(), second.id.to_string()]
}

/// The office's parties as remarks, one a line.
fn offered(office: &Office) -> String {
    let line = |party: &Party| {
        // A remark ends with its line, and a name may hold anything.
        let name: String = party.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let name: String = name.chars().filter(|c| !c.is_control()).collect();
        format!("#   {}: {name}", party.id)
    };
    let mut lines: Vec<String> = office.parties.iter().take(NAMED).map(line).collect();
    if lines.is_empty() {
        lines.push("#   there is none yet".to_owned());
    }
    let mut text = lines.join("\n");
    if let Some(more @ 1..) = office.parties.len().checked_sub(NAMED) {
        let _ = write!(text, "\n#   and {more} more");
    }
    text
}

/// A text as a string of TOML in one line.
pub fn quoted(text: &str) -> String {
    let mut written = String::new();
    // Writing to a string cannot fail.
    let _ = written.value(TomlStringBuilder::new(text).as_basic());
    written
}
