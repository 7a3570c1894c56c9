//! One run at a time sends: what another has in hand cannot be told from what a killed one left behind.

use crate::error::{Error, Result};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// How long to wait before asking again whether another run has ended.
const WAIT: Duration = Duration::from_millis(50);

/// How often to ask: for a minute.
const TRIES: usize = 1_200;

/// Takes the office's turn, which lasts as long as the answer is kept; the system ends it with the process, even a killed
/// one. It is a lock on a folder, so that nothing has to be written for it: of the store's, where the store is a file, so that
/// whoever sends from that store takes it, and else of the office's. Where folders cannot be locked there is none to take.
///
/// # Errors
/// When another run keeps it for longer than a minute.
pub(super) fn take(office: &Path, store: Option<&Path>) -> Result<Option<File>> {
    let folder = store.and_then(Path::parent).unwrap_or(office);
    let Ok(folder) = File::open(folder) else {
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
