//! One run at a time sends: what another has in hand cannot be told from what a killed one left behind.

use crate::error::{Error, Result};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long to wait for another run to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// Takes the office's turn, which lasts as long as the answer is kept; the system ends it with the process, even a killed
/// one. It is a lock on the office's folder, so that nothing has to be written for it. Where folders cannot be locked there
/// is none to take.
///
/// # Errors
/// When another run keeps it for longer than a minute.
pub(super) fn take(office: &Path) -> Result<Option<File>> {
    let Ok(folder) = File::open(office) else {
        return Ok(None);
    };
    let begun = Instant::now();
    loop {
        match folder.try_lock() {
            Ok(()) => return Ok(Some(folder)),
            Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => {
                sleep(Duration::from_millis(50));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(Error::failed(format!(
                    "another run has been sending this office's mail for {} seconds; wait until it has ended and run this again",
                    PATIENCE.as_secs()
                )));
            }
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}
