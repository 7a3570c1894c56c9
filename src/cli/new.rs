//! `new`: starts an agreement.

use super::{Context, Outcome, shown};
use crate::agreement::AgreementKind;
use crate::begin;
use crate::error::{Error, Result};
use crate::ids::{LONGEST, is_snake_case, snake_case};
use crate::office::Office;
use crate::words::list;
use crate::write_whole::{Readers, write_new};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::Path;

/// What most agreements are.
pub(super) const USUAL_KIND: &str = "side_letter";

/// The words of `--kind`.
pub(super) fn kind_parser() -> impl TypedValueParser<Value = AgreementKind> {
    PossibleValuesParser::new(begin::kinds())
        .try_map(|word| begin::kind_named(&word).ok_or("no such kind"))
}

/// Which.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Its id, in `snake_case`: the name of its file without .md
    #[arg(value_name = "ID")]
    id: String,

    /// What sort of document it is
    #[arg(
        long,
        value_name = "K",
        default_value = USUAL_KIND,
        value_parser = kind_parser()
    )]
    kind: AgreementKind,
}

/// Writes a draft with the usual obligations of its kind, and says what to do next.
///
/// # Errors
/// When the file cannot be written; refused, where there is no office, the id is none, or there is such an agreement.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let id = arguments.id.as_str();
    check_id(id)?;
    let office = context.office()?;
    let program = &context.program;
    check_office(&office, program)?;
    let path = format!("{}/{id}.md", begin::AGREEMENTS);
    if let Some(there) = file_of(&office, id) {
        return Err(Error::refused(format!(
            "{there} is there already, and is left as it is; take another id, or read it: {program} show {id}"
        )));
    }
    make_folder(&office)?;
    let text = begin::agreement(id, arguments.kind, &office);
    write_new(
        &office.root.join(&path),
        text.as_bytes(),
        Readers::Everybody,
    )?;
    context
        .output
        .print(&said(&path, arguments.kind, &office, program))?;
    Ok(Outcome::Fine)
}

/// Makes the folder in which the agreements stand, where it is not there.
pub(super) fn make_folder(office: &Office) -> Result<()> {
    let folder = office.root.join(begin::AGREEMENTS);
    std::fs::create_dir_all(&folder).map_err(|cause| {
        Error::failed(format!(
            "cannot make the folder {}; see that nothing else has its name, and that the office may be written",
            folder.display()
        ))
        .because(cause)
    })
}

/// Refuses where there is no office: a folder without any of its parts.
pub(super) fn check_office(office: &Office, program: &str) -> Result<()> {
    let parts = [begin::AGREEMENTS, begin::PARTIES, "sideletter.toml"];
    if parts.iter().any(|part| office.root.join(part).exists()) {
        return Ok(());
    }
    let place = shown(&office.root);
    Err(Error::refused(format!(
        "there is no office in {}; make one: {program} init",
        if place.is_empty() {
            "this folder"
        } else {
            &place
        }
    )))
}

fn check_id(id: &str) -> Result<()> {
    if is_snake_case(id) {
        return Ok(());
    }
    let shown: String = id.chars().take(LONGEST).collect();
    // The file's name is what people type first.
    let better = snake_case(id.strip_suffix(".md").unwrap_or(id));
    Err(Error::refused(match better {
        Some(better) => format!(
            "`{shown}` cannot be the id of an agreement; write it in snake_case: sideletter new {better}"
        ),
        None => format!(
            "`{shown}` cannot be the id of an agreement; begin with a letter a-z and go on with a-z, 0-9 and single _, at most {LONGEST}: sideletter new pay_notice_2026"
        ),
    }))
}

/// The file of the agreement of that id, also of one that cannot be read.
pub(super) fn file_of(office: &Office, id: &str) -> Option<String> {
    if let Some(agreement) = office.agreement(id) {
        return Some(office.sources.get(agreement.file).path.clone());
    }
    let is_it = |path: &str| Path::new(path).file_stem().is_some_and(|stem| stem == id);
    office
        .left_out
        .iter()
        .find(|left| left.agreement.is_none() && is_it(&left.file))
        .map(|left| left.file.clone())
}

fn said(path: &str, kind: AgreementKind, office: &Office, program: &str) -> String {
    let kind = begin::word_of(kind).replace('_', " ");
    let between: Vec<String> = begin::sides(office)
        .iter()
        .filter_map(|key| Some(office.party(key)?.short.clone()))
        .collect();
    let between = if between.is_empty() {
        "parties that parties.toml does not have yet".to_owned()
    } else {
        list(between)
    };
    format!(
        "Wrote {path}: a draft ({kind}) between {between}, with what is usual in one.\n\n\
         Next\n  \
         put the document's own words, clauses and parties in the place of what stands there; then see whether it is understood:\n    \
         {program} check {path}\n  \
         try how words of time are read:\n    \
         {program} when \"no later than 30 days after signing\" --event signing=2026-01-31\n  \
         once it is signed, write the day under `signed` and take the line `status = \"draft\"` out; then make a pass:\n    \
         {program} run\n"
    )
}
