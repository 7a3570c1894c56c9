//! `log --export`: the record handed out, one entry a line.

use crate::cli::{Context, Outcome};
use crate::error::Result;
use crate::office::Office;
use crate::reader::Reader;
use crate::record::{Entry, Sealed, export, verify};
use crate::store::Store;
use crate::words;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Prints the whole chain. What is about another agreement than the one asked for, and what the reader may not see, is
/// printed without what it says.
pub(super) fn run(
    agreement: Option<&str>,
    reader: Reader<'_>,
    office: &Office,
    store: &dyn Store,
    context: &Context,
) -> Result<Outcome> {
    let sealed = store.sealed()?;
    let entries = readable(&sealed);
    super::known(office, &entries, agreement)?;
    let mut shown = reader.shown(office, &entries);
    if let Some(id) = agreement {
        let about = entries.iter().filter(|e| e.agreement.as_str() == id);
        let about: BTreeSet<u64> = about.map(|entry| entry.number).collect();
        shown.retain(|number| about.contains(number));
    }
    let lines: Vec<String> = sealed
        .par_iter()
        .map(|entry| {
            // What cannot be read is nobody's but the office's.
            let is_shown =
                shown.contains(&entry.number) || (reader == Reader::Office && agreement.is_none());
            export::line(entry, is_shown) + "\n"
        })
        .collect();
    for line in &lines {
        context.output.print_as_is(line)?;
    }
    tell_of_files_that_are_gone(&entries, reader, office, context);
    let faults = verify(&sealed);
    if !faults.is_empty() {
        context.output.complain(&format!(
            "the record is not as it was written ({}), and what was printed does not verify; see: {} log --verify\n",
            words::count(faults.len(), "fault"),
            context.program
        ));
    }
    Ok(Outcome::faults_if(!faults.is_empty()))
}

/// The entries that say something.
pub(super) fn readable(sealed: &[Sealed]) -> Vec<Entry> {
    let entries = sealed.par_iter().with_min_len(1000);
    entries
        .filter_map(|entry| entry.entry().ok().flatten())
        .collect()
}

/// Says which agreements' entries are kept from a party because nobody can tell any more who may see them.
fn tell_of_files_that_are_gone(
    entries: &[Entry],
    reader: Reader<'_>,
    office: &Office,
    context: &Context,
) {
    if !matches!(reader, Reader::Party(_)) {
        return;
    }
    let named: BTreeSet<&str> = entries.iter().map(|e| e.agreement.as_str()).collect();
    for id in named
        .into_iter()
        .filter(|id| office.agreement(id).is_none())
    {
        context.output.complain(&format!(
            "what is recorded about {id} is not shown: its file is not among those that could be read, and nothing else says who may see it\n"
        ));
    }
}
