//! What SQLite could not do, in words that say what to do about it.

use crate::error::{Error, Result};
use rusqlite::ffi::ErrorCode;
use std::fmt;
use std::path::Path;

/// Turns SQLite's errors into the program's.
pub(super) trait Trouble<T> {
    /// While reading the store at `path`.
    fn reading(self, path: &Path) -> Result<T>;
    /// While writing the store at `path`.
    fn writing(self, path: &Path) -> Result<T>;
}

impl<T> Trouble<T> for rusqlite::Result<T> {
    fn reading(self, path: &Path) -> Result<T> {
        self.map_err(|cause| explain(Doing::Reading, path, cause))
    }

    fn writing(self, path: &Path) -> Result<T> {
        self.map_err(|cause| explain(Doing::Writing, path, cause))
    }
}

#[derive(Clone, Copy, Debug)]
enum Doing {
    Reading,
    Writing,
}

impl fmt::Display for Doing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reading => "read",
            Self::Writing => "write",
        })
    }
}

fn explain(doing: Doing, path: &Path, cause: rusqlite::Error) -> Error {
    let path = path.display();
    // Where the sentence says all that SQLite's own code says, the code is left out.
    Error::failed(match cause.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => format!(
            "cannot {doing} the store {path}: another process has had it locked for 30 seconds; wait until that one has ended and run this again"
        ),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            match doing {
                Doing::Writing => read_only(&path),
                Doing::Reading => format!(
                    "cannot read the store {path}: this user may not open it, or what its last writer left beside it; give this user the right to read and write it and its folder, or run sideletter as their owner"
                ),
            }
        }
        Some(ErrorCode::NotADatabase) => format!("{path} is no store of sideletter; {ELSEWHERE}"),
        Some(ErrorCode::DatabaseCorrupt) => format!(
            "the store {path} is damaged; put a backup in its place, and keep the damaged file"
        ),
        Some(ErrorCode::DiskFull) => {
            format!(
                "cannot {doing} the store {path}: the disk is full; make room and run this again"
            )
        }
        Some(ErrorCode::SystemIoFailure) => {
            return Error::failed(format!(
                "cannot {doing} the store {path}; see that the disk works and has room for it, and run this again"
            ))
            .because(cause);
        }
        _ => {
            return Error::failed(format!("cannot {doing} the store {path}")).because(cause);
        }
    })
}

/// What to say where the store, or its folder, may be read and not written.
pub(super) fn read_only(path: &impl fmt::Display) -> String {
    format!(
        "cannot write the store {path}: it or its folder is read-only; give this user the right to write both, or run sideletter as their owner"
    )
}

/// What to do about a file that is something else.
pub(super) const ELSEWHERE: &str = "move it away, put a backup in its place, or name another file as `url` under [store] in sideletter.toml";
