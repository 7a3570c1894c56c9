//! A site on the disk: written aside, then switched whole. Whatever fails, the old pages stay.

use super::basis::{Basis, Digests, is_current, stamp};
use super::contents::Contents;
use super::pages::Shelf;
use crate::error::{Error, Result};
use crate::record::seal::sha256_of_pieces;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The file by which a folder is known as one that this program wrote.
pub(super) const MARKER: &str = ".sideletter-site";

const MARKER_TEXT: &str = "These pages were made by sideletter. Every build replaces the whole folder: keep nothing else in it.\n";

/// Puts a site in the place of a folder: `make` puts its files on the shelf. `None` where the folder has already what is
/// made from that basis, and is left alone.
///
/// The folder is replaced only if it is missing, empty, or was written by this program.
///
/// # Errors
/// When the folder holds something else, something cannot be written, or as `make` does. The folder is then as it was.
pub fn publish<T>(
    out: &Path,
    basis: Option<&Basis>,
    make: impl FnOnce(&dyn Shelf) -> Result<T>,
) -> Result<Option<T>> {
    let out = resolved(out)?;
    let cannot = |error| Error::failed(format!("cannot write {}", out.display())).because(error);
    may_be_replaced(&out)?;
    if let (Some(basis), Ok(marker)) = (basis, fs::read_to_string(out.join(MARKER)))
        && is_current(&out, basis, &marker)
    {
        return Ok(None);
    }
    let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
        return Err(Error::failed(format!(
            "cannot write pages to {}: name a folder",
            out.display()
        )));
    };
    fs::create_dir_all(parent).map_err(cannot)?;
    let prefix = format!(".{}.building-", name.to_string_lossy());
    let (folder, _lock) = begin(parent, &prefix).map_err(cannot)?;
    let aside = Aside {
        folder: folder.path(),
        out: &out,
        folders: Mutex::default(),
        digests: Mutex::default(),
    };
    let built = make(&aside)?;
    let digests = aside.digests.into_inner();
    let digests = digests.unwrap_or_else(PoisonError::into_inner);
    let stamp = basis.map_or_else(String::new, |basis| stamp(basis, &digests));
    fs::write(folder.path().join(MARKER), format!("{MARKER_TEXT}{stamp}")).map_err(cannot)?;
    sync(folder.path()).map_err(cannot)?;
    {
        let _turn = turn(parent).map_err(cannot)?;
        switch(folder.path(), &out).map_err(cannot)?;
    }
    File::open(parent)
        .and_then(|folder| folder.sync_all())
        .map_err(cannot)?;
    // What is aside now are the old pages. Where they cannot be taken away the next build does it.
    drop(folder);
    Ok(Some(built))
}

/// The new pages, beside the old ones until all are there.
struct Aside<'a> {
    folder: &'a Path,
    /// Where they will stand.
    out: &'a Path,
    /// The folders that are there.
    folders: Mutex<BTreeSet<PathBuf>>,
    /// The files that are there.
    digests: Mutex<Digests>,
}

impl Shelf for Aside<'_> {
    fn put(&self, path: &str, contents: Contents) -> Result<()> {
        self.write(path, &contents).map_err(|error| {
            Error::failed(format!("cannot write {}", self.out.display())).because(error)
        })?;
        let digest = sha256_of_pieces(contents.pieces());
        let mut digests = self.digests.lock().unwrap_or_else(PoisonError::into_inner);
        digests.add(path, digest);
        Ok(())
    }
}

impl Aside<'_> {
    fn write(&self, path: &str, contents: &Contents) -> std::io::Result<()> {
        let path = self.folder.join(path);
        if let Some(parent) = path.parent() {
            let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
            if !folders.contains(parent) {
                fs::create_dir_all(parent)?;
                folders.insert(parent.to_owned());
            }
        }
        contents.write_to(File::create_new(path)?)
    }
}

/// A new folder, with the lock that tells a later build that this one is still at work.
fn begin(parent: &Path, prefix: &str) -> std::io::Result<(tempfile::TempDir, File)> {
    // A build that sweeps between the two would take the folder for an abandoned one.
    let _turn = turn(parent)?;
    sweep(parent, prefix);
    let aside = new_folder(parent, prefix)?;
    let lock = File::open(aside.path())?;
    lock.lock()?;
    Ok((aside, lock))
}

/// One build at a time makes, takes away or exchanges folders in a folder, as long as this is kept.
fn turn(parent: &Path) -> std::io::Result<File> {
    let folder = File::open(parent)?;
    folder.lock()?;
    Ok(folder)
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

/// Makes everything that was written durable.
fn sync(folder: &Path) -> std::io::Result<()> {
    // Thousands of pages are one request to the disk and not as many.
    #[cfg(target_os = "linux")]
    if rustix::fs::syncfs(File::open(folder)?).is_ok() {
        return Ok(());
    }
    // What a folder holds comes before the folder.
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        File::open(entry?.path())?.sync_all()?;
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::MARKER;
    use crate::error::{Error, Result};
    use crate::site::{Contents, Shelf};
    use std::fs;
    use std::path::Path;

    fn publish(text: &str, out: &Path) -> Result<()> {
        super::publish(out, None, |shelf| put(text, shelf)).map(|_| ())
    }

    fn put(text: &str, shelf: &dyn Shelf) -> Result<()> {
        for path in ["index.html", "agreements/a.html"] {
            shelf.put(path, Contents::of(text.to_owned()))?;
        }
        Ok(())
    }

    #[test]
    fn a_build_that_fails_leaves_the_old_pages_and_nothing_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        publish("old", &out).unwrap();
        let failed = super::publish(&out, None, |shelf| {
            put("new", shelf)?;
            Err::<(), _>(Error::failed("no more"))
        });
        assert_eq!(failed.unwrap_err().to_string(), "no more");
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_build_replaces_the_whole_folder() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("deep/site");
        publish("old", &out).unwrap();
        fs::write(out.join("stray.html"), "stray").unwrap();
        publish("new", &out).unwrap();
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "new");
        assert!(!out.join("stray.html").exists());
        assert!(out.join(MARKER).exists());
        let beside = fs::read_dir(folder.path().join("deep")).unwrap().count();
        assert_eq!(beside, 1, "nothing is left beside it");
    }

    #[test]
    fn what_an_interrupted_build_left_is_taken_away_and_what_is_at_work_stays() {
        let folder = tempfile::tempdir().unwrap();
        let abandoned = folder.path().join(".site.building-abc");
        let at_work = folder.path().join(".site.building-def");
        fs::create_dir(&abandoned).unwrap();
        fs::create_dir(&at_work).unwrap();
        let lock = fs::File::open(&at_work).unwrap();
        lock.lock().unwrap();
        publish("new", &folder.path().join("site")).unwrap();
        assert!(!abandoned.exists());
        assert!(at_work.exists());
    }

    #[test]
    fn builds_at_the_same_time_each_come_to_their_end() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        publish("new", &out).unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real");
        fs::create_dir(&real).unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        publish("new", &link).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(real.join("index.html")).unwrap(), "new");
    }

    #[test]
    fn somebody_elses_folder_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "years").unwrap();
        let error = publish("new", folder.path()).unwrap_err();
        assert!(error.to_string().contains("--out"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
