//! The chain of entries, as every store continues it.

use crate::error::{Error, Result};
use crate::record::{Entry, Record, Sealed, seal};
use chrono::{DateTime, Utc};
use rayon::prelude::*;

/// The instant of an entry, from what is kept. One that no clock has told is read as the nearest that one may: somebody has
/// altered it, and its seal shows that.
pub(super) fn instant(milliseconds: i64) -> DateTime<Utc> {
    // The years 1 to 9999, in each zone.
    let near = milliseconds.clamp(-62_135_500_000_000, 253_402_200_000_000);
    DateTime::from_timestamp_millis(near).unwrap_or_default()
}

/// The next link. Instants are kept to the millisecond and never go back.
pub(super) fn next(newest: Option<&Sealed>, at: DateTime<Utc>, text: String) -> Sealed {
    let at = DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at);
    match newest {
        Some(newest) => Sealed::new(newest.number + 1, at.max(newest.at), text, &newest.seal),
        None => Sealed::new(1, at, text, seal::BEFORE_THE_FIRST),
    }
}

/// Entries, read; those whose text was erased say nothing and are left out.
///
/// # Errors
/// When the text of one is none that this program writes.
pub(super) fn read(sealed: &[Sealed]) -> Result<Vec<Entry>> {
    sealed
        .par_iter()
        .with_min_len(1000)
        .filter_map(|sealed| sealed.entry().transpose())
        .collect()
}

/// Adds to what is known of a record what was entered since. Where its newest entry is not the store's own, because
/// another store was put in the place of the one that was read, it is read anew from the first.
///
/// # Errors
/// Those of the questions, and when the text of an entry is none that this program writes.
pub(super) fn catch_up<E: From<Error>>(
    known: &mut Record,
    entry: impl FnOnce(u64) -> std::result::Result<Option<Sealed>, E>,
    after: impl FnOnce(u64) -> std::result::Result<Vec<Sealed>, E>,
) -> std::result::Result<(), E> {
    let mut newest = 0;
    if let Some(last) = known.entries.last() {
        if entry(last.number)?.is_some_and(|entry| entry.seal == last.seal) {
            newest = last.number;
        } else {
            known.entries.clear();
        }
    }
    known.entries.extend(read(&after(newest)?)?);
    Ok(())
}
