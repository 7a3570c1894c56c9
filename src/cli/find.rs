//! Names on the command line: found, or refused with the nearest.

use crate::agreement::Agreement;
use crate::error::{Error, Result};
use crate::office::{Office, Party};
use crate::words;

/// The agreement of that id.
///
/// # Errors
/// Refused with the nearest id, or with the file whose faults kept it from being read.
pub(super) fn agreement<'a>(office: &'a Office, id: &str) -> Result<&'a Agreement> {
    office.agreement(id).ok_or_else(|| {
        let unread = office
            .left_out
            .iter()
            .find(|left| left.agreement.is_none() && stem(&left.file) == id);
        if let Some(left) = unread {
            return Error::faulty(format!(
                "{} could not be read; see: sideletter check {}",
                left.file, left.file
            ));
        }
        let known: Vec<&str> = office.agreements.iter().map(|a| a.id.as_str()).collect();
        unknown("agreement", id, &known)
    })
}

/// The party of that key.
///
/// # Errors
/// Refused with the nearest key.
pub(super) fn party<'a>(office: &'a Office, id: &str) -> Result<&'a Party> {
    office.party(id).ok_or_else(|| {
        let known: Vec<&str> = office.parties.iter().map(|p| p.id.as_str()).collect();
        unknown("party", id, &known)
    })
}

/// What to say of a name that is not known.
pub(super) fn unknown(what: &str, name: &str, known: &[&str]) -> Error {
    let remedy = match words::did_you_mean(name, known.iter().copied()) {
        Some(question) => question,
        None if known.is_empty() => "this office has none".to_owned(),
        None => format!("known: {}", known.join(", ")),
    };
    Error::refused(format!("no {what} `{name}`; {remedy}"))
}

fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".md").unwrap_or(name)
}
