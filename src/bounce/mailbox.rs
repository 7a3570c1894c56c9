//! Where the mails come from: one in a file, several in a mailbox of one file (mbox), or a Maildir; mail by mail, so that a
//! mailbox may be larger than the memory.

use crate::error::{Error, Result};
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The longest mail that is read, in bytes: a report holds little more than the headers of what came back.
const LONGEST: usize = 10 * 1024 * 1024;

/// One mail and where it was found.
#[derive(Debug)]
pub struct Found {
    /// The file, and which mail of it where there are several: `bounces.mbox, mail 3`.
    pub place: String,
    /// Its bytes; `None` where it is longer than 10 MB.
    pub bytes: Option<Vec<u8>>,
}

/// Mails, one after the other.
#[derive(Debug)]
pub struct Mailbox {
    files: std::vec::IntoIter<PathBuf>,
    open: Option<Messages>,
}

impl Mailbox {
    /// Finds the mails in a file or a Maildir; `-` is standard input.
    ///
    /// # Errors
    /// Refused, where there is nothing of that name, or a folder that is no Maildir; failed, where it cannot be read.
    pub fn open(path: &Path) -> Result<Self> {
        if path == Path::new("-") {
            let input = Box::new(BufReader::new(std::io::stdin()));
            return Ok(Self {
                files: Vec::new().into_iter(),
                open: Some(Messages::new("standard input".to_owned(), input)),
            });
        }
        let found = std::fs::metadata(path).map_err(|cause| match cause.kind() {
            ErrorKind::NotFound => Error::refused(format!(
                "there is no {}; name a file with mail, a Maildir, or - for standard input",
                path.display()
            )),
            _ => unreadable(path, cause),
        })?;
        let files = if found.is_dir() {
            maildir(path)?
        } else {
            vec![path.to_owned()]
        };
        Ok(Self {
            files: files.into_iter(),
            open: None,
        })
    }

    /// The next mail, or `None` after the last.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn next_mail(&mut self) -> Result<Option<Found>> {
        loop {
            if let Some(messages) = &mut self.open {
                if let Some(found) = messages.next_mail()? {
                    return Ok(Some(found));
                }
                self.open = None;
            }
            let Some(path) = self.files.next() else {
                return Ok(None);
            };
            let file = File::open(&path).map_err(|cause| unreadable(&path, cause))?;
            let reader = Box::new(BufReader::new(file));
            self.open = Some(Messages::new(path.display().to_string(), reader));
        }
    }
}

/// The files of a Maildir, by their names.
fn maildir(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut any = false;
    for part in ["new", "cur"] {
        let folder = path.join(part);
        if !folder.is_dir() {
            continue;
        }
        any = true;
        let entries = std::fs::read_dir(&folder).map_err(|cause| unreadable(&folder, cause))?;
        for entry in entries {
            let entry = entry.map_err(|cause| unreadable(&folder, cause))?;
            // A pipe in its place would keep this waiting for ever.
            if std::fs::metadata(entry.path()).is_ok_and(|file| file.is_file()) {
                files.push(entry.path());
            }
        }
    }
    if !any {
        return Err(Error::refused(format!(
            "{} is a folder and no Maildir: it has neither `new` nor `cur`; name a Maildir, or a file",
            path.display()
        )));
    }
    files.sort();
    Ok(files)
}

fn unreadable(path: &Path, cause: std::io::Error) -> Error {
    Error::failed(format!(
        "cannot read {}; see that this user may read it",
        path.display()
    ))
    .because(cause)
}

/// The mails of one file.
struct Messages {
    name: String,
    reader: Box<dyn BufRead>,
    /// Whether it is a mailbox of several; known once the first line was read.
    several: bool,
    read: usize,
    /// The beginning of the next mail, where it was read already.
    ahead: Vec<u8>,
    /// Whether the line that was begun goes on.
    in_line: bool,
    ended: bool,
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Messages({})", self.name)
    }
}

/// What begins a mail of a mailbox.
const FROM: &[u8] = b"From ";

impl Messages {
    fn new(name: String, reader: Box<dyn BufRead>) -> Self {
        Self {
            name,
            reader,
            several: false,
            read: 0,
            ahead: Vec::new(),
            in_line: false,
            ended: false,
        }
    }

    fn next_mail(&mut self) -> Result<Option<Found>> {
        if self.ended {
            return Ok(None);
        }
        if self.read == 0 {
            self.line()?;
            self.several = self.ahead.starts_with(FROM);
        }
        if self.several {
            // The line that begins it is the mailbox's own. A long one is of no use, and goes on in the mail as what is no
            // header.
            self.ahead.clear();
        }
        self.read += 1;
        let mut bytes = std::mem::take(&mut self.ahead);
        let mut after_empty = false;
        while !self.ended {
            let begins = self.line()?;
            if begins && self.several && after_empty && self.ahead.starts_with(FROM) {
                break;
            }
            after_empty = begins && matches!(self.ahead.as_slice(), b"\n" | b"\r\n");
            let room = (LONGEST + 1).saturating_sub(bytes.len());
            bytes.extend(self.ahead.iter().take(room));
            self.ahead.clear();
        }
        let place = if self.several {
            format!("{}, mail {}", self.name, self.read)
        } else {
            self.name.clone()
        };
        Ok(Some(Found {
            place,
            bytes: (bytes.len() <= LONGEST).then_some(bytes),
        }))
    }

    /// Puts the next line into `ahead`, or the next piece of a long one; says whether it is the beginning of a line.
    fn line(&mut self) -> Result<bool> {
        const PIECE: u64 = 64 * 1024;
        let begins = !self.in_line;
        let read = Read::take(&mut self.reader, PIECE)
            .read_until(b'\n', &mut self.ahead)
            .map_err(|cause| unreadable(Path::new(&self.name), cause))?;
        self.ended = read == 0;
        self.in_line = read > 0 && self.ahead.last() != Some(&b'\n');
        Ok(begins)
    }
}
