//! A site on the disk: written aside, then switched whole. Whatever fails, the old pages stay.

use super::Site;
use crate::error::{Error, Result};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The file by which a folder is known as one that this program wrote.
const MARKER: &str = ".sideletter-site";

const MARKER_TEXT: &str = "These pages were made by sideletter. Every build replaces the whole folder: keep nothing else in it.\n";

/// Puts a site in the place of a folder.
///
/// The folder is replaced only if it is missing, empty, or was written by this program.
///
/// # Errors
/// When the folder holds something else, or something cannot be written. The folder is then as it was.
pub fn publish(site: &Site, out: &Path) -> Result<()> {
    let out = resolved(out)?;
    let cannot = |error| Error::failed(format!("cannot write {}", out.display())).because(error);
    may_be_replaced(&out)?;
    let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
        return Err(Error::failed(format!(
            "cannot write pages to {}: name a folder",
            out.display()
        )));
    };
    fs::create_dir_all(parent).map_err(cannot)?;
    let prefix = format!(".{}.building-", name.to_string_lossy());
    sweep(parent, &prefix);
    let aside = new_folder(parent, &prefix).map_err(cannot)?;
    // The lock tells a later build that this one is still at work.
    let lock = File::open(aside.path()).map_err(cannot)?;
    lock.lock().map_err(cannot)?;
    write(site, aside.path()).map_err(cannot)?;
    switch(aside.path(), &out).map_err(cannot)?;
    File::open(parent)
        .and_then(|folder| folder.sync_all())
        .map_err(cannot)?;
    // What is aside now are the old pages. Where they cannot be taken away the next build does it.
    drop(aside);
    Ok(())
}

/// The folder itself, where `out` is a symbolic link to it.
fn resolved(out: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(out)
        .map_err(|error| Error::failed(format!("cannot find {}", out.display())).because(error))?;
    match fs::symlink_metadata(&absolute) {
        Ok(found) if found.is_symlink() => fs::canonicalize(&absolute).map_err(|error| {
            Error::failed(format!("cannot follow the link {}", out.display())).because(error)
        }),
        _ => Ok(absolute),
    }
}

fn may_be_replaced(out: &Path) -> Result<()> {
    let mut entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            return Err(Error::failed(format!("cannot read {}", out.display())).because(error));
        }
    };
    if out.join(MARKER).is_file() || entries.next().is_none() {
        return Ok(());
    }
    Err(Error::failed(format!(
        "{} holds files that this program did not write: name another folder with --out or in [site], or empty it",
        out.display()
    )))
}

/// Takes away what builds left that did not come to an end.
fn sweep(parent: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        if !entry.file_name().to_string_lossy().starts_with(prefix) {
            continue;
        }
        let abandoned = File::open(entry.path()).is_ok_and(|folder| folder.try_lock().is_ok());
        if abandoned {
            // What cannot be taken away does no harm; the next build tries again.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn new_folder(parent: &Path, prefix: &str) -> std::io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Readable by a web server that is somebody else, as far as the user's own mask lets it be.
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(parent)
}

fn write(site: &Site, folder: &Path) -> std::io::Result<()> {
    let mut folders = vec![folder.to_owned()];
    write_file(&folder.join(MARKER), MARKER_TEXT.as_bytes())?;
    for (path, bytes) in &site.files {
        let path = folder.join(path);
        if let Some(parent) = path.parent()
            && !folders.iter().any(|known| known == parent)
        {
            fs::create_dir_all(parent)?;
            folders.push(parent.to_owned());
        }
        write_file(&path, bytes)?;
    }
    for folder in folders.iter().rev() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn write_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Exchanges the two folders in one step where the system can, else in two.
fn switch(aside: &Path, out: &Path) -> std::io::Result<()> {
    if !out.exists() {
        return fs::rename(aside, out);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, aside, CWD, out, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let old = aside.with_extension("old");
    fs::rename(out, &old)?;
    match fs::rename(aside, out) {
        Ok(()) => fs::rename(&old, aside),
        Err(error) => {
            fs::rename(&old, out)?;
            Err(error)
        }
    }
}
