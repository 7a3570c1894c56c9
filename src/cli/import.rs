//! `import`: agreements from a spreadsheet.

mod json;
mod shown;

use super::progress::Progress;
use super::{Context, Format, Outcome, find, new, shown as path_shown, when};
use crate::agreement::AgreementKind;
use crate::error::{Error, Result};
use crate::import::{self, Fate, Import, Proposed, Told, Wishes};
use crate::office::Office;
use crate::write_whole::{Readers, write_new};
use rayon::prelude::*;
use shown::Telling;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Which file, and what is told besides.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The spreadsheet: .csv (also with semicolons or tabs) or .xlsx
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Show what is understood, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Write the agreements that are understood whole, and leave the others out
    #[arg(long)]
    skip: bool,

    /// The sheet of a workbook; left out: the one of which the most is understood
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,

    /// What a column says, by its heading or its letter: due="Follow up by", nothing=G
    #[arg(long = "column", value_name = "MEANING=HEADING", value_parser = Told::parse)]
    columns: Vec<Told>,

    /// A party to every agreement, besides those that the sheet names
    #[arg(long = "party", value_name = "KEY")]
    parties: Vec<String>,

    /// What sort of document they are of which the sheet does not say it
    #[arg(
        long,
        value_name = "K",
        default_value = new::USUAL_KIND,
        value_parser = new::kind_parser()
    )]
    kind: AgreementKind,

    /// How the agreements count their days: a preset, such as `california_contract`
    #[arg(long, value_name = "PRESET")]
    counting: Option<String>,

    /// A calendar besides those of the preset: `weekends`, `us_federal`, or one of the office's own
    #[arg(long, value_name = "CAL", value_delimiter = ',')]
    days_off: Vec<String>,
}

/// Reads a spreadsheet, shows what is understood of it, and writes the agreements' files where all of it is.
///
/// # Errors
/// When the file cannot be read or one cannot be written; refused, where it is no spreadsheet or there is no office.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let progress = Progress::of(3);
    progress.at("reading the agreements");
    let office = context.office()?;
    new::check_office(&office, &context.program)?;
    let wishes = wishes(arguments, &office, context)?;
    let bytes = bytes(&arguments.file)?;
    let name = path_shown(&arguments.file);
    progress.at("reading the spreadsheet");
    let import = import::read(&bytes, &wishes, &office)
        .map_err(|error| Error::refused(format!("{name} cannot be imported: {error}")))?;
    drop(bytes);
    let sound = import.findings.is_empty();
    let writes = !arguments.dry_run && (sound || arguments.skip);
    if writes {
        progress.at("writing the agreements");
        write(&import, &office)?;
    }
    drop(progress);
    let text = match context.format {
        Format::Json => super::json(&json::understood(&name, &import, writes))?,
        Format::Text => Telling {
            name: &name,
            import: &import,
            office: &office,
            program: &context.program,
            dry_run: arguments.dry_run,
            written: writes,
        }
        .text(),
    };
    context.output.print(&text)?;
    Ok(Outcome::faults_if(!sound))
}

fn wishes(arguments: &Arguments, office: &Office, context: &Context) -> Result<Wishes> {
    // Refuses what is none.
    when::counting(
        arguments.counting.as_deref(),
        &arguments.days_off,
        &context.root,
    )?;
    let parties = arguments
        .parties
        .iter()
        .map(|key| find::party(office, key).map(|party| party.id.clone()))
        .collect::<Result<_>>()?;
    Ok(Wishes {
        sheet: arguments.sheet.clone(),
        columns: arguments.columns.clone(),
        kind: arguments.kind,
        parties,
        counting: arguments.counting.clone(),
        days_off: arguments.days_off.clone(),
        today: context.clock(office.settings.zone).today(),
    })
}

/// The bytes of the file, as far as the most that is read and one more.
fn bytes(path: &Path) -> Result<Vec<u8>> {
    let failed = |cause| {
        Error::failed(format!(
            "cannot read {}; see that it is there and may be read",
            path.display()
        ))
        .because(cause)
    };
    let metadata = path.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(Error::refused(format!("{} is no file", path.display())));
    }
    let mut bytes = Vec::new();
    let most = import::LARGEST as u64 + 1;
    File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .map_err(failed)?;
    Ok(bytes)
}

/// Writes the files of the agreements that are understood and new, each whole. A run that is killed leaves some of them;
/// the next one writes the rest.
fn write(import: &Import, office: &Office) -> Result<()> {
    new::make_folder(office)?;
    let proposed: Vec<&Proposed> = import
        .letters
        .iter()
        .filter(|proposed| proposed.fate == Fate::New)
        .collect();
    proposed.par_iter().try_for_each(|proposed| {
        write_new(
            &office.root.join(&proposed.path),
            proposed.text.as_bytes(),
            Readers::Everybody,
        )
    })
}
