//! Files written whole: a reader sees the old file or the new one, never a part; so does whoever looks after a power cut.

use crate::error::{Error, Result};
use std::io::Write;
use std::path::Path;

/// Who may read a file, before the process's umask takes its part away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// The user that wrote it: mail, with its addresses.
    Owner,
    /// Everybody on the machine: pages.
    Everybody,
}

/// Writes `bytes` to `path`, whole: into a temporary file of the same folder, synced, renamed over `path`, and the
/// folder synced. A file that stood there is replaced. A kill leaves at most a stray `.sideletter-…` file.
///
/// # Errors
/// When the folder is not there or cannot be written, or the disk is full; `path` is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8], readers: Readers) -> Result<()> {
    let folder = folder_of(path);
    write_and_rename(path, folder, bytes, readers).map_err(|cause| cannot_write(path, cause))?;
    sync_folder(folder)
}

/// Like [`write_whole`], where no file stands at `path` yet: one that does, also since a moment, is left as it is.
///
/// # Errors
/// Those of [`write_whole`], and refused where a file is there already.
pub fn write_new(path: &Path, bytes: &[u8], readers: Readers) -> Result<()> {
    let folder = folder_of(path);
    let failed = |cause| cannot_write(path, cause);
    let mut file = temporary(folder, readers).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist_noclobber(path).map_err(|error| {
        if error.error.kind() == std::io::ErrorKind::AlreadyExists {
            Error::refused(format!(
                "{} is there already, and is left as it is",
                path.display()
            ))
        } else {
            failed(error.error)
        }
    })?;
    sync_folder(folder)
}

/// Like [`write_whole`], where the file is too large for the memory or another library writes it: `build` is given the
/// path of the temporary file, which is there and empty.
///
/// # Errors
/// Those of `build`, and of [`write_whole`]; `path` is then as it was.
pub fn build_whole(
    path: &Path,
    readers: Readers,
    build: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    let folder = folder_of(path);
    let failed = |cause| cannot_write(path, cause);
    let file = temporary(folder, readers).map_err(failed)?;
    build(file.path())?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|cause| failed(cause.error))?;
    sync_folder(folder)
}

fn cannot_write(path: &Path, cause: std::io::Error) -> Error {
    Error::failed(format!(
        "cannot write {}; see that the folder is there and may be written, and that the disk has room",
        path.display()
    ))
    .because(cause)
}

/// Makes durable which files a folder holds: what was renamed into it or out of it stays so.
///
/// # Errors
/// When the folder cannot be opened or the disk does not answer.
pub fn sync_folder(folder: &Path) -> Result<()> {
    // Only on Unix is a folder something that can be opened and synced; elsewhere the rename itself is durable.
    #[cfg(unix)]
    std::fs::File::open(folder)
        .and_then(|opened| opened.sync_all())
        .map_err(|cause| {
            Error::failed(format!("cannot sync the folder {}", folder.display())).because(cause)
        })?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

fn write_and_rename(
    path: &Path,
    folder: &Path,
    bytes: &[u8],
    readers: Readers,
) -> std::io::Result<()> {
    let mut file = temporary(folder, readers)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}

fn temporary(folder: &Path, readers: Readers) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sideletter-");
    #[cfg(unix)]
    let permissions = {
        use std::os::unix::fs::PermissionsExt;
        std::fs::Permissions::from_mode(match readers {
            Readers::Owner => 0o600,
            Readers::Everybody => 0o666,
        })
    };
    #[cfg(unix)]
    builder.permissions(permissions);
    #[cfg(not(unix))]
    let _ = readers;
    builder.tempfile_in(folder)
}

/// The folder that a path lies in; a bare name lies in the current one.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.html");
        write_whole(&path, b"old", Readers::Everybody).unwrap();
        write_whole(&path, b"new and longer", Readers::Everybody).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new and longer");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_new_file_takes_the_place_of_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("letter.md");
        write_new(&path, b"first", Readers::Everybody).unwrap();
        let error = write_new(&path, b"second", Readers::Everybody).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failure_leaves_the_old_file_and_no_temporary_one() {
        let folder = tempfile::tempdir().unwrap();
        // A folder cannot be replaced by a file, so that the rename fails after everything before it went well.
        let path = folder.path().join("taken");
        std::fs::create_dir(&path).unwrap();
        std::fs::write(path.join("inside"), b"kept").unwrap();
        let error = write_whole(&path, b"new", Readers::Owner).unwrap_err();
        assert_eq!(error.exit_code(), 3);
        assert!(error.to_string().contains("taken"), "{error}");
        assert_eq!(std::fs::read(path.join("inside")).unwrap(), b"kept");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let error =
            write_whole(&folder.path().join("gone/page"), b"x", Readers::Owner).unwrap_err();
        assert!(
            error.to_string().contains("see that the folder is there"),
            "{error}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn mail_is_for_its_owner_alone_and_pages_are_for_all() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str, readers| {
            let path = folder.path().join(name);
            write_whole(&path, b"x", readers).unwrap();
            std::fs::metadata(path).unwrap().permissions().mode() & 0o777
        };
        assert_eq!(mode("mail", Readers::Owner), 0o600);
        // The umask of whoever runs the test may take rights away, but never the owner's.
        assert_eq!(mode("page", Readers::Everybody) & 0o600, 0o600);
    }
}
