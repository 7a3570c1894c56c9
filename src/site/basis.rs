//! What pages are made from, and whether the pages in a folder were made from just that and are as they were made. Pages
//! that are need not be made again.

use super::publish::MARKER;
use super::theme::Theme;
use crate::office::Office;
use crate::record::Record;
use crate::record::seal::{sha256, sha256_of};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;
use walkdir::WalkDir;

/// Everything that pages are made from, as one SHA-256: the program, the office's files as they were read, the record, the
/// day, when reminders last ran, and the theme. Whatever of it changes, this does, whether or not the pages would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis(String);

impl Basis {
    /// What pages are to be made from. `program`: what tells the program that makes them from others, which may make others
    /// of the same. `last_run` is the day on which reminders last ran.
    pub fn of(
        program: &str,
        office: &Office,
        record: &Record,
        today: NaiveDate,
        last_run: Option<NaiveDate>,
        theme: &Theme,
    ) -> Self {
        let Record {
            extent,
            entries,
            tracking,
            asked,
        } = record;
        // The forms for whoever looks for a fault have every field, also one that is new, and are compared with nothing but
        // those of the same program.
        let mut parts = vec![
            format!("{program} {today} {last_run:?} {theme:?}"),
            format!("{:?} {extent:?} {tracking:?} {asked:?}", office.left_out),
        ];
        let sources: Vec<_> = office.sources.iter().collect();
        parts.par_extend(sources.into_par_iter().map(|source| {
            let text = sha256(source.text.as_bytes());
            format!("{:?} {text}", source.path)
        }));
        let entries = entries.par_iter().map(|entry| format!("{entry:?}"));
        parts.par_extend(entries.map(|entry| sha256(entry.as_bytes())));
        Self(sha256(parts.join("\n").as_bytes()))
    }
}

/// The files of a site, each with its SHA-256.
#[derive(Debug, Default)]
pub(super) struct Digests(BTreeMap<String, String>);

impl Digests {
    /// Takes up a file by its path.
    pub(super) fn add(&mut self, path: &str, digest: String) {
        self.0.insert(path.to_owned(), digest);
    }

    /// One for all of them.
    fn in_one(&self) -> String {
        let files = self.0.iter();
        let lines: Vec<_> = files
            .map(|(path, digest)| format!("{digest}  {path}"))
            .collect();
        sha256(lines.join("\n").as_bytes())
    }

    /// Those of the files in a folder.
    ///
    /// # Errors
    /// When one cannot be read, or is no ordinary file.
    fn in_folder(folder: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        for entry in WalkDir::new(folder).min_depth(1) {
            let entry = entry?;
            if entry.file_type().is_dir() {
                continue;
            }
            if !entry.file_type().is_file() {
                return Err(io::Error::other("it is no ordinary file"));
            }
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let path = path.to_string_lossy().replace('\\', "/");
            if path != MARKER {
                files.push((path, entry.into_path()));
            }
        }
        let digests = files
            .into_par_iter()
            .map(|(path, file)| Ok((path, sha256_of(File::open(file)?)?)));
        digests.collect::<io::Result<_>>().map(Self)
    }
}

/// The last lines of the file by which a folder of pages is known.
pub(super) fn stamp(basis: &Basis, files: &Digests) -> String {
    format!("{}pages: sha256 {}\n", made_from(basis), files.in_one())
}

fn made_from(basis: &Basis) -> String {
    format!("made from: sha256 {}\n", basis.0)
}

/// Whether a folder has the pages that would be made, each as it was made, and nothing else. `marker` is what the file says
/// by which it is known.
pub(super) fn is_current(folder: &Path, basis: &Basis, marker: &str) -> bool {
    marker.contains(&made_from(basis))
        && Digests::in_folder(folder).is_ok_and(|files| marker.ends_with(&stamp(basis, &files)))
}
