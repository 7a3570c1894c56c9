//! A Maildir: each message is a file, written whole, so a reader never sees half of one.

use crate::error::{Error, Result};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Puts a message into the Maildir at `folder`, which is made where it is not there, and says where the file is. The
/// file's name comes from `name`, so the same message put there again replaces itself. Durable when it returns.
///
/// # Errors
/// When the folder cannot be made or written, or the disk is full; nothing half written is then in `new`.
pub fn deliver(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf> {
    let failed = |cause: std::io::Error| {
        Error::failed(format!(
            "cannot write the mail folder {}; its messages stay queued",
            folder.display()
        ))
        .because(cause)
    };
    let made = make(folder).map_err(failed)?;
    let file = file_name(name);
    let draft = folder.join("tmp").join(&file);
    let place = folder.join("new").join(&file);
    let mut out = private(&draft).map_err(failed)?;
    out.write_all(bytes).map_err(failed)?;
    out.sync_all().map_err(failed)?;
    fs::rename(&draft, &place).map_err(failed)?;
    sync(&folder.join("new")).map_err(failed)?;
    if made {
        sync(folder).map_err(failed)?;
    }
    Ok(place)
}

/// Sees that messages could be put into the Maildir at `folder`, and makes nothing.
///
/// # Errors
/// When they could not.
pub fn look(folder: &Path) -> Result<()> {
    let new = folder.join("new");
    let there = new.ancestors().find(|folder| folder.is_dir());
    tempfile::tempfile_in(there.unwrap_or(Path::new(".")))
        .map(drop)
        .map_err(|cause| {
            Error::failed(format!(
                "the mail folder {} cannot be written; give this user the right to write it",
                folder.display()
            ))
            .because(cause)
        })
}

/// A file for its owner alone: it holds an address.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn make(folder: &Path) -> std::io::Result<bool> {
    let new = !folder.join("cur").is_dir();
    for part in ["tmp", "new", "cur"] {
        fs::create_dir_all(folder.join(part))?;
    }
    Ok(new)
}

/// Whether the message of that name stands in the Maildir, read or not. To be asked before a message is put there that
/// may have been put there before: a reader may have moved it, and it must not come a second time.
///
/// # Errors
/// When a folder that is there cannot be listed.
pub fn holds(folder: &Path, name: &str) -> Result<bool> {
    let file = file_name(name);
    if folder.join("new").join(&file).is_file() {
        return Ok(true);
    }
    let listing = match fs::read_dir(folder.join("cur")) {
        Ok(listing) => listing,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => {
            return Err(
                Error::failed(format!("cannot list the mail folder {}", folder.display()))
                    .because(error),
            );
        }
    };
    // A reader writes flags behind the name: `NAME:2,S`.
    Ok(listing
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().split(':').next() == Some(&file)))
}

/// Letters, digits and dots alone: no name leads out of the folder.
fn file_name(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '.' || *c == '@')
        .map(|c| if c == '@' { '.' } else { c })
        .collect::<String>()
        .trim_start_matches('.')
        .to_owned()
}

fn sync(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_message_put_there_twice_is_one_file() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("outbox");
        let first = deliver(&folder, "<abc@upe.example>", b"one").unwrap();
        let second = deliver(&folder, "<abc@upe.example>", b"one").unwrap();
        assert_eq!(first, second);
        assert_eq!(fs::read_dir(folder.join("new")).unwrap().count(), 1);
        assert_eq!(fs::read_dir(folder.join("tmp")).unwrap().count(), 0);
    }

    #[test]
    fn a_message_that_was_read_still_stands_there() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("outbox");
        let new = deliver(&folder, "<abc@upe.example>", b"one").unwrap();
        let name = new.file_name().unwrap().to_string_lossy().into_owned();
        assert!(holds(&folder, "<abc@upe.example>").unwrap());
        fs::rename(&new, folder.join("cur").join(format!("{name}:2,S"))).unwrap();
        assert!(holds(&folder, "<abc@upe.example>").unwrap());
        assert!(!holds(&folder, "<def@upe.example>").unwrap());
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        assert_eq!(file_name("<../../etc/passwd@x>"), "etcpasswd.x");
    }
}
