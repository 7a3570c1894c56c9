//! `init`: an office that works as it stands.

use super::{Context, Outcome, program, shown};
use crate::begin::{self, File};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::write_whole::{Readers, write_new};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Where, and with what.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder, which is made where it is not there; left out: this one
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Add the San Leandro letter and its parties, to look around with
    #[arg(long)]
    sample: bool,
}

/// Writes the files of an office that are not there yet, and says what to do next. What is there is left as it is.
///
/// # Errors
/// When the folder cannot be written; refused, where the sample's parties are not among those that are there.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let root = match &arguments.folder {
        Some(folder) if context.root == Path::new(".") => folder.clone(),
        Some(folder) => context.root.join(folder),
        None => context.root.clone(),
    };
    let files = begin::office(arguments.sample);
    if arguments.sample {
        check_sample(&root)?;
    }
    make(&root.join(begin::AGREEMENTS))?;
    make(&root.join("schema"))?;
    let (there, missing): (Vec<&File>, Vec<&File>) = files
        .iter()
        .partition(|file| root.join(file.path).symlink_metadata().is_ok());
    for file in &missing {
        write_new(
            &root.join(file.path),
            file.text.as_bytes(),
            Readers::Everybody,
        )?;
    }
    let program = match &arguments.folder {
        Some(_) => program(&root),
        None => context.program.clone(),
    };
    context
        .output
        .print(&said(&root, &there, &missing, arguments.sample, &program))?;
    Ok(Outcome::Fine)
}

fn make(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|cause| {
        Error::failed(format!(
            "cannot make the folder {}; name one that may be written: sideletter init DIR",
            folder.display()
        ))
        .because(cause)
    })
}

/// The sample's parties are written with a new file of parties alone: one that is there is never changed.
fn check_sample(root: &Path) -> Result<()> {
    if root.join(begin::PARTIES).symlink_metadata().is_err() {
        return Ok(());
    }
    let office = Office::load(root)?;
    if begin::SAMPLE_PARTIES
        .iter()
        .all(|party| office.party(party).is_some())
    {
        return Ok(());
    }
    Err(Error::refused(format!(
        "{} is there already, and is never changed; the sample needs parties of its own in it. Make the sample in another folder: sideletter init DIR --sample",
        shown(&root.join(begin::PARTIES))
    )))
}

fn said(root: &Path, there: &[&File], missing: &[&File], sample: bool, program: &str) -> String {
    let place = shown(root);
    let place = if place.is_empty() {
        "this folder"
    } else {
        &place
    };
    let mut text = if missing.is_empty() {
        format!("An office is in {place} already, and nothing was written.\n")
    } else {
        format!("An office is in {place}. Written:\n")
    };
    let widest = missing
        .iter()
        .map(|file| file.path.len())
        .max()
        .unwrap_or(0);
    for file in missing {
        let _ = writeln!(text, "  {:widest$}  {}", file.path, file.what);
    }
    if !missing.is_empty() && !there.is_empty() {
        let there: Vec<&str> = there.iter().map(|file| file.path).collect();
        let _ = writeln!(
            text,
            "There already, and left alone: {}.",
            crate::words::list(there)
        );
    }
    text.push_str("\nNext\n");
    let mut next = vec![
        (
            "write your name and zone into sideletter.toml, your parties and their contacts into parties.toml; then see whether all is sound",
            "check",
        ),
        ("start an agreement", "new side_letter_1 --kind side_letter"),
        (
            "make a pass: mails into outbox/ (nothing leaves this machine), pages into site/",
            "run",
        ),
    ];
    if sample {
        next.rotate_right(1);
    }
    for (what, command) in next {
        let _ = writeln!(text, "  {what}:\n    {program} {command}");
    }
    text
}
