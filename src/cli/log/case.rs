//! `log --case`: the case file of an agreement.

use crate::cli::{Context, Outcome};
use crate::error::Result;
use crate::office::{Office, Party};
use crate::store::Store;

pub(super) fn run(
    _id: &str,
    _party: Option<&Party>,
    _office: &Office,
    _store: &dyn Store,
    _context: &Context,
) -> Result<Outcome> {
    Ok(Outcome::Fine)
}
