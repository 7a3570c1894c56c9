//! Which flags a kind of entry takes.

use super::Request;
use crate::error::{Error, Result};
use crate::record::EntryKind;

/// Refuses a flag that says nothing in this kind of entry, and says what does.
pub(super) fn see_that_they_fit(request: &Request) -> Result<()> {
    use EntryKind::{Confirmed, Happened, Met, Moved, Notice, Renewed, Struck, Waived};
    let kind = request.kind;
    let used = [
        ("--on", request.on.is_some()),
        ("--to", request.to.is_some()),
        ("--occurrence", request.occurrence.is_some()),
        ("--for", request.for_words.is_some()),
        ("--entry", request.entry.is_some()),
        ("--erase", request.erase),
    ];
    for (flag, _) in used.into_iter().filter(|(_, used)| *used) {
        let why = match (kind, flag) {
            (Struck, "--on" | "--occurrence" | "--for") => {
                "a strike takes no FLAG; the entry's number says all: --entry N"
            }
            (Confirmed, "--on") => {
                "a confirmation takes no --on: it agrees to the day that was said; if it was another day, record that one as the entry did"
            }
            (Waived | Moved | Renewed, "--on") => {
                "`KIND` takes no --on; which of several is said as --occurrence DATE, and a new last day as --to DATE"
            }
            (Moved | Renewed, "--to") | (Struck, "--erase") => continue,
            (_, "--to") => {
                "--to is a new last day, which only `moved` and `renewed` have; type it without, or one of these"
            }
            (_, "--erase") => {
                "--erase goes with `struck`, and removes the text of what is struck out"
            }
            (Happened | Met | Notice, "--entry") => "`KIND` answers no entry; leave --entry out",
            (kind, "--entry") if kind.is_act() => {
                "`KIND` answers no entry; to agree to one: record confirmed, with --entry N"
            }
            (Renewed | EntryKind::Ended | Notice, "--occurrence") => {
                "`KIND` is about all that is still to come; leave FLAG out"
            }
            _ => continue,
        };
        return Err(Error::refused(
            why.replace("FLAG", flag).replace("KIND", kind.as_str()),
        ));
    }
    Ok(())
}
