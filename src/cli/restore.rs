//! `restore`: the store as a backup has it.

use super::{Context, Outcome, backup::sentence};
use crate::error::Result;
use crate::store::{Access, backup};
use crate::words;
use std::path::PathBuf;

/// Where from.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Restore although the store has what the backup lacks, and first write what it has to this file, as a backup
    #[arg(long, value_name = "OTHER")]
    aside: Option<PathBuf>,
}

/// Restores it.
///
/// # Errors
/// When the backup or the store cannot be read or written; refused, where something would be lost; faulty, where the backup
/// was altered.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let office = context.office()?;
    // Before a store is made for it.
    backup::look(&arguments.file)?;
    let mut store = context.store(&office, Access::Write)?;
    let copy = backup::restore(store.as_mut(), &arguments.file, arguments.aside.as_deref())?;
    let waiting = match copy.waiting {
        0 => String::new(),
        n => format!(
            "{} waited to be sent when it was made: see {} outbox before the next run.\n",
            words::count(n, "message"),
            context.program
        ),
    };
    context.output.print(&format!(
        "Restored {}: {}\n{waiting}What was entered or mailed after the backup was made is not in it; see {} log.\n",
        super::shown(&arguments.file),
        sentence(&copy),
        context.program
    ))?;
    Ok(Outcome::Fine)
}
