//! The office's files, read from the disk into [`Sources`] within named limits. What cannot be read is reported and left out.

use super::Proposal;
use crate::diagnostic::Findings;
use crate::rules::{file_not_readable, file_too_large, hidden_character, not_utf8};
use crate::source::{Source, SourceId, Sources, Span};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use walkdir::WalkDir;

/// The most bytes that are read of one file.
const LIMIT: u64 = 4 * 1_048_576;

/// A file that was read.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// Its place among the sources.
    pub file: SourceId,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub digest: String,
    /// Whether all of it was text.
    pub is_utf8: bool,
}

/// Reads one file of the office; `None` where there is none, or where it cannot be read.
pub(super) fn read(
    root: &Path,
    path: &str,
    sources: &mut Sources,
    findings: &Findings,
) -> Option<Text> {
    keep(path, Content::read(&root.join(path)), sources, findings)
}

/// Reads many files at once; they stand among the sources in the order of `paths`.
pub(super) fn read_all(
    root: &Path,
    paths: Vec<String>,
    sources: &mut Sources,
    findings: &Findings,
) -> Vec<(String, Option<Text>)> {
    let contents: Vec<_> = paths
        .par_iter()
        .map(|path| Content::read(&root.join(path)))
        .collect();
    paths
        .into_iter()
        .zip(contents)
        .map(|(path, content)| {
            let text = keep(&path, content, sources, findings);
            (path, text)
        })
        .collect()
}

/// Takes up files that are not written yet, as they would be read.
pub(super) fn propose(
    proposals: &[Proposal],
    sources: &mut Sources,
    findings: &Findings,
) -> Vec<(String, Option<Text>)> {
    let take = |proposal: &Proposal| {
        let bytes = proposal.text.clone().into_bytes();
        let content = Content::of(bytes);
        let text = keep(&proposal.path, content, sources, findings);
        (proposal.path.clone(), text)
    };
    proposals.iter().map(take).collect()
}

fn keep(
    path: &str,
    content: Result<Content, Unread>,
    sources: &mut Sources,
    findings: &Findings,
) -> Option<Text> {
    let content = match content {
        Ok(content) => content,
        Err(Unread::Absent) => return None,
        Err(Unread::TooLarge) => {
            let span = begin(path, sources);
            findings.report(file_too_large::fault(span, LIMIT));
            return None;
        }
        Err(Unread::Failed(cause)) => {
            let span = begin(path, sources);
            findings.report(file_not_readable::fault(span, "file", &cause.to_string()));
            return None;
        }
    };
    let file = sources.add(Source {
        path: path.to_owned(),
        text: content.text,
    });
    if let Some(NotUtf8 { first, count }) = content.not_utf8 {
        let replaced = first..first + char::REPLACEMENT_CHARACTER.len_utf8();
        findings.report(not_utf8::fault(Span::new(file, replaced), count));
    } else if let Some(Hidden { at, first, count }) = content.hidden {
        let span = Span::new(file, at..at + first.len_utf8());
        findings.report(hidden_character::fault(span, first, count));
    }
    Some(Text {
        file,
        digest: content.digest,
        is_utf8: content.not_utf8.is_none(),
    })
}

/// The files with an extension in a folder of the office and in its sub-folders, by path. Hidden ones are passed over, and a
/// link that leads back into its own folder is not followed.
pub(super) fn list(
    root: &Path,
    folder: &str,
    extension: &str,
    sources: &mut Sources,
    findings: &Findings,
) -> Vec<String> {
    let mut paths = Vec::new();
    let mut has_links = false;
    let entries = WalkDir::new(root.join(folder))
        .follow_links(true)
        .min_depth(1)
        .into_iter()
        .filter_entry(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    for entry in entries {
        match entry {
            Ok(entry) => {
                has_links |= entry.path_is_symlink();
                let wanted = entry.path().extension().is_some_and(|e| e == extension);
                if wanted && entry.file_name().to_str().is_none() {
                    let span = begin(&relative(root, entry.path()), sources);
                    let cause = "its name is not UTF-8 text";
                    findings.report(file_not_readable::fault(span, "file or folder", cause));
                } else if wanted && !entry.file_type().is_dir() {
                    paths.push(relative(root, entry.path()));
                }
            }
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let path = error.path().map(|path| relative(root, path));
                let path = path.unwrap_or_else(|| folder.to_owned());
                let absent = error
                    .io_error()
                    .is_some_and(|cause| cause.kind() == ErrorKind::NotFound);
                if path == folder && absent {
                    continue;
                }
                let cause = error
                    .io_error()
                    .map_or_else(|| error.to_string(), ToString::to_string);
                let span = begin(&path, sources);
                findings.report(file_not_readable::fault(span, "file or folder", &cause));
            }
        }
    }
    paths.sort();
    if has_links {
        // Links may lead to one file by several ways: the first in the order of paths counts.
        let mut seen = BTreeSet::new();
        paths.retain(|path| match root.join(path).canonicalize() {
            Ok(file) => seen.insert(file),
            Err(_) => true,
        });
    }
    paths
}

/// The place where a file begins whose text is not held: for faults of the file as a whole.
pub(super) fn begin(path: &str, sources: &mut Sources) -> Span {
    let file = sources.add(Source {
        path: path.to_owned(),
        text: String::new(),
    });
    Span::new(file, 0..0)
}

enum Unread {
    Absent,
    TooLarge,
    Failed(io::Error),
}

fn bytes(path: &Path) -> Result<Vec<u8>, Unread> {
    let metadata = path.metadata().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Unread::Absent,
        _ => Unread::Failed(error),
    })?;
    if !metadata.is_file() {
        // Reading a pipe or a device could wait for ever.
        return Err(Unread::Failed(io::Error::other("it is no ordinary file")));
    }
    // As long as the file says that it is, with room to see that it ends there.
    let length = usize::try_from(metadata.len().min(LIMIT) + 1).unwrap_or_default();
    let mut bytes = Vec::with_capacity(length);
    File::open(path)
        .and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
        .map_err(Unread::Failed)?;
    Ok(bytes)
}

fn is_within_limit(bytes: &[u8]) -> bool {
    u64::try_from(bytes.len()).is_ok_and(|length| length <= LIMIT)
}

/// What a file holds, before it has a place among the sources.
struct Content {
    text: String,
    digest: String,
    not_utf8: Option<NotUtf8>,
    hidden: Option<Hidden>,
}

impl Content {
    fn read(path: &Path) -> Result<Self, Unread> {
        Self::of(bytes(path)?)
    }

    fn of(bytes: Vec<u8>) -> Result<Self, Unread> {
        if !is_within_limit(&bytes) {
            return Err(Unread::TooLarge);
        }
        let digest = hexadecimal(&Sha256::digest(&bytes));
        let not_utf8 = NotUtf8::in_bytes(&bytes);
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        Ok(Self {
            hidden: Hidden::in_text(&text),
            text,
            digest,
            not_utf8,
        })
    }
}

#[derive(Clone, Copy)]
struct NotUtf8 {
    /// Where the first one stands; the same byte in the text, where U+FFFD replaces it.
    first: usize,
    count: usize,
}

impl NotUtf8 {
    fn in_bytes(bytes: &[u8]) -> Option<Self> {
        let first = std::str::from_utf8(bytes).err()?.valid_up_to();
        let count = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
        Some(Self { first, count })
    }
}

/// Characters that nobody sees.
struct Hidden {
    /// Where the first one stands.
    at: usize,
    first: char,
    count: usize,
}

impl Hidden {
    fn in_text(text: &str) -> Option<Self> {
        let mut hidden = text.char_indices().filter(|(_, c)| is_hidden(*c));
        let (at, first) = hidden.next()?;
        Some(Self {
            at,
            first,
            count: hidden.count() + 1,
        })
    }
}

/// Whether a character is a control character other than a tab or a line's end, or changes the direction of what is shown.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
