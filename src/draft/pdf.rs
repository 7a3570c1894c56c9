//! The text of a PDF, by `pdftotext` of poppler: no reader of PDFs is part of this program, and none that was tried stands up
//! to every file.

use super::{MOST_TEXT, Unreadable};
use std::io::{Read, Seek};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How often the program is looked at, and how many times: a minute in all.
const PAUSE: Duration = Duration::from_millis(50);
const LOOKS: u32 = 1200;

/// The text that `program` finds in a PDF file, its pages divided by form feeds.
///
/// # Errors
/// Where the program is not there, does not end in a minute, refuses the file or finds too much.
pub fn text(program: &Path, file: &Path) -> Result<Vec<u8>, Unreadable> {
    let failed = |why: &str| {
        Unreadable::new(
            format!("cannot be read: {why}"),
            "save the letter as .docx or .txt",
        )
    };
    let mut printed = tempfile::tempfile().map_err(|cause| failed(&cause.to_string()))?;
    let mut said = tempfile::tempfile().map_err(|cause| failed(&cause.to_string()))?;
    let output = printed
        .try_clone()
        .and_then(|out| Ok((out, said.try_clone()?)));
    let (out, err) = output.map_err(|cause| failed(&cause.to_string()))?;
    // Without an absolute path a name that begins with `-` would be a flag.
    let file = std::path::absolute(file).map_err(|cause| failed(&cause.to_string()))?;
    let child = Command::new(program)
        .args(["-layout", "-enc", "UTF-8"])
        .arg(&file)
        .arg("-")
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(err)
        .spawn();
    let mut child = child.map_err(|cause| {
        if cause.kind() == std::io::ErrorKind::NotFound {
            Unreadable::new(
                "is a PDF, which is read by `pdftotext`, and that is not installed",
                "install it: apt-get install poppler-utils; or save the letter as .docx or .txt",
            )
        } else {
            failed(&format!("pdftotext does not start: {cause}"))
        }
    })?;
    for _ in 0..LOOKS {
        let ended = child
            .try_wait()
            .map_err(|cause| failed(&cause.to_string()))?;
        let too_much = printed
            .metadata()
            .is_ok_and(|file| file.len() > MOST_TEXT as u64);
        if too_much {
            // Whether it could be ended or had just ended makes no difference.
            let _ = child.kill();
            let _ = child.wait();
            return Err(Unreadable::too_long());
        }
        if let Some(status) = ended {
            if status.success() {
                return read(&mut printed).map_err(|cause| failed(&cause.to_string()));
            }
            let said = read(&mut said).unwrap_or_default();
            let said: String = String::from_utf8_lossy(&said)
                .lines()
                .next()
                .unwrap_or_default()
                .chars()
                .filter(|c| !c.is_control())
                .take(200)
                .collect();
            return Err(failed(&format!("pdftotext says: {said}")));
        }
        std::thread::sleep(PAUSE);
    }
    let _ = child.kill();
    let _ = child.wait();
    Err(failed("pdftotext has not ended in a minute"))
}

fn read(file: &mut std::fs::File) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(MOST_TEXT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
