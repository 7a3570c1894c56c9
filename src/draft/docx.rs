//! Word's form: XML files in a zip. Each is read within a limit; a document type is refused, and no entity is looked up.

mod body;
mod lists;
mod xml;

use super::letter::{Letter, Unreadable};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most bytes of one file within the zip, unpacked.
const MOST_OF_A_PART: u64 = 16 * 1_048_576;

/// The most files within the zip.
const MOST_PARTS: usize = 4096;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Reads a letter that Word wrote.
pub(super) fn read(bytes: &[u8]) -> Result<Letter, Unreadable> {
    let no_word = || {
        Unreadable::new(
            "is no .docx file, or is damaged",
            "open it in Word or LibreOffice and save it as .docx; an old .doc has to be saved so too",
        )
    };
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Unreadable::new(
            "has a password, or is an old .doc under another name",
            "open it in Word or LibreOffice and save it without a password as .docx",
        ));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_word())?;
    if archive.len() > MOST_PARTS {
        return Err(Unreadable::new(
            format!("holds more than {MOST_PARTS} files"),
            "save the letter anew as .docx",
        ));
    }
    let document = part(&mut archive, "word/document.xml")?.ok_or_else(|| {
        Unreadable::new(
            "has no word/document.xml in it, so it is no document of Word",
            "open it in the program that wrote it and save it as .docx",
        )
    })?;
    let numbering = part(&mut archive, "word/numbering.xml")?.unwrap_or_default();
    let styles = part(&mut archive, "word/styles.xml")?.unwrap_or_default();
    let footnotes = part(&mut archive, "word/footnotes.xml")?.unwrap_or_default();
    let mut lists = lists::Lists::read(&numbering, &styles)?;
    let mut read = body::read(&document, &footnotes, &mut lists)?;
    read.warnings.extend(left_out(&mut archive)?);
    Ok(read)
}

/// The text of a file within the zip; `None` where there is none of that name.
fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, Unreadable> {
    let damaged = || {
        Unreadable::new(
            format!("is damaged: {name} in it cannot be unpacked"),
            "open it in Word or LibreOffice and save it anew",
        )
    };
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(zip::result::ZipError::UnsupportedArchive(_)) => {
            return Err(Unreadable::new(
                "is protected by a password, or packed in a way that is not read",
                "save it without one, as .docx",
            ));
        }
        Err(_) => return Err(damaged()),
    };
    let mut bytes = Vec::new();
    file.take(MOST_OF_A_PART + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| damaged())?;
    if bytes.len() as u64 > MOST_OF_A_PART {
        return Err(Unreadable::new(
            format!("unpacks to more than {} MB", MOST_OF_A_PART / 1_048_576),
            "save the letter alone, without pictures and attachments",
        ));
    }
    String::from_utf8(bytes).map(Some).map_err(|_| damaged())
}

/// What is not part of the text, and said instead.
fn left_out(archive: &mut Archive<'_>) -> Result<Vec<String>, Unreadable> {
    let mut warnings = Vec::new();
    let names: Vec<String> = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .collect();
    if names.iter().any(|name| name == "word/comments.xml") {
        warnings.push("its comments are left out".to_owned());
    }
    let mut said: Vec<String> = Vec::new();
    let mut edges: Vec<&String> = names
        .iter()
        .filter(|name| name.starts_with("word/header") || name.starts_with("word/footer"))
        .collect();
    edges.sort();
    for name in edges.into_iter().take(12) {
        let text = body::words(&part(archive, name)?.unwrap_or_default())?;
        let short: String = text.chars().take(120).collect();
        if !short.is_empty() && !said.contains(&short) {
            warnings.push(format!(
                "what heads or foots its pages is left out: {short}"
            ));
            said.push(short);
        }
    }
    Ok(warnings)
}
