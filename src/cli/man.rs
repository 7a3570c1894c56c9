//! `man`: the manual pages.

use super::{Context, Outcome, shown};
use crate::cli::find;
use crate::error::{Error, Result};
use crate::words::count;
use crate::write_whole::{Readers, write_whole};
use clap::Command;
use std::path::PathBuf;

/// Which page, or where to write all.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The command whose page is printed; left out: that of the whole program
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    command: Option<String>,

    /// Write the pages of all commands into this folder, which is made where it is not there
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints a page in roff, the language of `man`, or writes all of them.
///
/// # Errors
/// When there is no such command, or the folder cannot be written.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let mut whole = super::command();
    // Each command's own flags, and those that all have.
    whole.build();
    let Some(out) = &arguments.out else {
        let page = match &arguments.command {
            None => page(&whole)?,
            Some(name) => {
                let Some(command) = whole.find_subcommand(name) else {
                    let known: Vec<&str> = whole.get_subcommands().map(Command::get_name).collect();
                    return Err(find::unknown("command", name, &known));
                };
                page(command)?
            }
        };
        context.output.print_as_is(&page)?;
        return Ok(Outcome::Fine);
    };
    std::fs::create_dir_all(out).map_err(|cause| {
        Error::failed(format!("cannot make the folder {}", out.display())).because(cause)
    })?;
    let commands = with_all_below(&whole);
    for command in &commands {
        let path = out.join(format!("{}.1", name(command)));
        write_whole(&path, page(command)?.as_bytes(), Readers::Everybody)?;
    }
    context.output.print(&format!(
        "Wrote {} into {}; read one: man {}\n",
        count(commands.len(), "page"),
        shown(out),
        shown(&out.join("sideletter.1"))
    ))?;
    Ok(Outcome::Fine)
}

/// A command, and all commands below it.
fn with_all_below(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().flat_map(with_all_below);
    std::iter::once(command).chain(below).collect()
}

/// `sideletter-outbox-show`.
fn name(command: &Command) -> String {
    command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
        .to_owned()
}

fn page(command: &Command) -> Result<String> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut page)
        .map_err(|cause| Error::failed("cannot write the manual page").because(cause))?;
    let page = String::from_utf8(page)
        .map_err(|cause| Error::failed("cannot write the manual page").because(cause))?;
    // What stands after the help is examples and nothing else.
    Ok(page.replacen("\n.SH EXTRA\nExamples:\n", "\n.SH EXAMPLES\n", 1))
}
