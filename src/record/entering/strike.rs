//! Striking an earlier entry out.

use super::super::{Draft, Entry, EntryKind};
use super::{Circumstances, Request, about, earlier};
use crate::error::{Error, Result};
use crate::ids::PartyId;
use crate::office::Office;

/// A strike names an entry that stands, and comes from the party that made it.
pub(super) fn decide(
    mut draft: Draft,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<Draft> {
    for (flag, used) in [
        ("--on", request.on.is_some()),
        ("--occurrence", request.occurrence.is_some()),
        ("--for", request.for_words.is_some()),
    ] {
        if used {
            return Err(Error::refused(format!(
                "a strike takes no {flag}; the entry's number says all: --entry N"
            )));
        }
    }
    let number = request.entry.ok_or_else(|| {
        Error::refused(format!(
            "which entry is to be struck out? Say its number: sideletter record struck {} --entry N; `sideletter log {}` lists them",
            given.agreement.id, given.agreement.id
        ))
    })?;
    let earlier = earlier(number, given)?;
    if earlier.kind == EntryKind::Struck {
        return Err(Error::refused(format!(
            "entry {number} is itself a strike, which stays; enter anew what it struck out"
        )));
    }
    if let Some(strike) = given
        .record
        .entries
        .iter()
        .find(|entry| entry.kind == EntryKind::Struck && entry.entry == Some(number))
    {
        return Err(Error::refused(format!(
            "entry {number} was struck out before, by entry {}; there is nothing left to strike",
            strike.number
        )));
    }
    if draft.subject.is_some() && draft.subject != earlier.subject {
        return Err(Error::refused(format!(
            "entry {number} is about {}; if it is that one: sideletter {}",
            about(earlier),
            how_to_strike(earlier, given.office)
        )));
    }
    if earlier.by != draft.by && earlier.by.is_some() {
        let by = earlier.by.as_ref().map_or("", PartyId::as_str);
        return Err(Error::refused(format!(
            "entry {number} was made by {by}, and only who made it may strike it out; if {by} does: sideletter {}",
            how_to_strike(earlier, given.office)
        )));
    }
    draft.subject.clone_from(&earlier.subject);
    Ok(draft)
}

/// The command, without the program's name, that strikes an entry out.
pub fn how_to_strike(entry: &Entry, office: &Office) -> String {
    let by = entry
        .by
        .as_ref()
        .filter(|by| Some(*by) != office.settings.keeper.as_ref())
        .map(|by| format!(" --by {by}"))
        .unwrap_or_default();
    format!(
        "record struck {} --entry {}{by}",
        entry.agreement, entry.number
    )
}
