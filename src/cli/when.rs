//! (to come)

use super::{Context, Outcome};
use crate::error::Result;

/// Its arguments.
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// Runs it.
///
/// # Errors
/// (to come)
pub fn run(_arguments: &Arguments, _context: &Context) -> Result<Outcome> {
    Ok(Outcome::Fine)
}
