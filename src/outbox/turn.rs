//! One run at a time sends from a store that is a file: what another has in hand could not be told from what a killed one left
//! behind.

use crate::error::{Error, Result};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// How long to wait before asking again whether another run has ended.
const WAIT: Duration = Duration::from_millis(50);

/// How often to ask: for a minute.
const TRIES: usize = 1_200;

/// Takes the turn of whoever sends from a store that is a file; it lasts as long as the answer is kept, and the system ends it
/// with the process, even a killed one. It is a lock on the store's folder, so that nothing has to be written for it. Where
/// folders cannot be locked there is none to take, and of a server none is needed: each message there is claimed for a time.
///
/// # Errors
/// When another run keeps it for longer than a minute.
pub(super) fn take(store: Option<&Path>) -> Result<Option<File>> {
    let Some(Ok(folder)) = store.and_then(Path::parent).map(File::open) else {
        return Ok(None);
    };
    for _ in 0..TRIES {
        match folder.try_lock() {
            Ok(()) => return Ok(Some(folder)),
            Err(TryLockError::WouldBlock) => sleep(WAIT),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
    Err(Error::failed(
        "another run has been sending this office's mail for a minute; wait until it has ended and run this again",
    ))
}
