//! `completions`: what a shell types for its user.

use super::{Context, Outcome};
use crate::error::{Error, Result};
use clap_complete::Shell;

/// For which shell.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Prints the script that the shell reads.
///
/// # Errors
/// When it cannot be printed.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut super::command(),
        "sideletter",
        &mut script,
    );
    let script = String::from_utf8(script)
        .map_err(|cause| Error::failed("cannot write the completions").because(cause))?;
    context.output.print_as_is(&script)?;
    Ok(Outcome::Fine)
}
