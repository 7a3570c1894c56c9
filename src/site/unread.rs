//! What could not be read, as far as the pages may count it: what may be narrower than their readers is not counted.

use super::visible::VisibleAgreement;
use crate::office::{LeftOut, Office};

/// How many agreements could not be read. One that says anything of who may see it, or that it is not in force, is not
/// counted: nobody can tell whether it would have a page.
pub(super) fn agreements(office: &Office) -> usize {
    let whole = office.left_out.iter().filter(|left| left.what.is_none());
    let may_be_counted = |left: &&LeftOut| {
        let source = office.sources.iter().find(|s| s.path == left.file);
        let text = source.map_or("", |source| &source.text);
        let first_keys = text.split("\n[").next().unwrap_or_default();
        !(has(first_keys, "visibility", "") || has(first_keys, "status", ""))
    };
    whole.filter(may_be_counted).count()
}

/// How many obligations and events of an agreement could not be read, but for those that may be narrower.
pub(super) fn parts(office: &Office, of: &VisibleAgreement<'_>) -> usize {
    let names = left_out(office, of);
    names
        .filter(|name| !may_be_narrower(office, of, name))
        .count()
}

/// Whether an obligation or event of an agreement could not be read.
pub(super) fn is_left_out(office: &Office, of: &VisibleAgreement<'_>, word: &str) -> bool {
    left_out(office, of).any(|name| name == word)
}

/// Whether an obligation that could not be read says anything of its own about who may see it: its passage then stays
/// hidden until it can be read.
pub(super) fn may_be_narrower(office: &Office, of: &VisibleAgreement<'_>, name: &str) -> bool {
    let source = &office.sources.get(of.agreement.file).text;
    let front = source.get(..of.agreement.body.start).unwrap_or_default();
    is_left_out(office, of, name)
        && front
            .split("[[obligations]]")
            .skip(1)
            .any(|block| has(block, "id", name) && has(block, "visibility", ""))
}

/// The names of what could not be read of an agreement. What it does to others is no part of it.
fn left_out<'a>(office: &'a Office, of: &'a VisibleAgreement<'_>) -> impl Iterator<Item = &'a str> {
    let of_it = |left: &&LeftOut| left.agreement.as_ref() == Some(&of.agreement.id);
    let names = office.left_out.iter().filter(of_it);
    names
        .filter_map(|left| left.what.as_deref())
        .filter(|name| !name.starts_with("changes ("))
}

/// Whether lines of TOML have a key, with a value that has these words in it.
fn has(lines: &str, key: &str, value: &str) -> bool {
    lines.lines().any(|line| {
        line.split_once('=')
            .is_some_and(|(k, v)| k.trim() == key && (value.is_empty() || v.contains(value)))
    })
}
