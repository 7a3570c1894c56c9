//! `backup`: a copy of the store in one file.

use super::{Context, Outcome};
use crate::error::Result;
use crate::record::verify;
use crate::store::{Access, backup};
use crate::words;
use std::path::PathBuf;

/// Where to.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file to write; an older backup of the same store is replaced
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Writes it.
///
/// # Errors
/// When the store cannot be read or the file cannot be written; refused, where the file is something else.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let office = context.office()?;
    let store = context.store(&office, Access::Read)?;
    let copy = backup::write(store.as_ref(), &arguments.file)?;
    context.output.print(&format!(
        "Wrote {}: {}\n",
        super::shown(&arguments.file),
        sentence(&copy)
    ))?;
    let is_sound = verify(&store.sealed()?).is_empty();
    if !is_sound {
        context.output.complain(&format!(
            "the record is not as it was written, nor is the copy; see: {} log --verify\n",
            context.program
        ));
    }
    Ok(Outcome::faults_if(!is_sound))
}

/// What was copied.
pub(super) fn sentence(copy: &backup::Copy) -> String {
    let seal = match &copy.newest_seal {
        Some(seal) => format!("; newest seal {seal}"),
        None => String::new(),
    };
    format!(
        "{}, {}{seal}",
        words::count(copy.entries, "entry"),
        words::count(copy.messages, "message")
    )
}
