//! `build`: the members' pages.

use super::progress::Progress;
use super::{Context, Outcome, faults};
use crate::clock::Clock;
use crate::disagreement;
use crate::error::Result;
use crate::office::Office;
use crate::record::Record;
use crate::schedule::{Question, Schedule, schedule};
use crate::site::{self, Built, Shelf, Theme};
use crate::store::Access;
use crate::words;
use chrono::{DateTime, Utc};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Where to write.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder to write the pages to, instead of the one in [site]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Writes the pages of everything sound.
///
/// # Errors
/// When the office or its store cannot be read, a template has a fault, a page would show what may stand on none, or the
/// folder cannot be written. The old pages stay.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let progress = Progress::of(2);
    progress.at("reading the agreements");
    let office = context.office()?;
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| office.root.join(&office.settings.site_out));
    progress.at("making and writing the pages");
    let record = progress.aside(|| known(&office, context))?;
    let built = site::publish(&out, |shelf| as_known(&office, &record, context, shelf))?;
    drop(progress);
    context.output.print(&summary(built, &out))?;
    Ok(faults::tell(&office, context))
}

/// Makes the pages as of the day to work at.
pub(super) fn of_today(office: &Office, context: &Context, shelf: &dyn Shelf) -> Result<Built> {
    as_known(office, &known(office, context)?, context, shelf)
}

/// The record; what it has and the files have no more is said.
fn known(office: &Office, context: &Context) -> Result<Record> {
    let record = context.record(office)?;
    faults::tell_of_what_is_gone(&disagreement::gone(office, &record), context);
    Ok(record)
}

fn as_known(
    office: &Office,
    record: &Record,
    context: &Context,
    shelf: &dyn Shelf,
) -> Result<Built> {
    let clock = context.clock(office.settings.zone);
    let schedule = schedule(&Question::new(office, record, clock.today()));
    let last_run = context.store(office, Access::Read)?.last_run()?;
    make(office, record, &schedule, last_run, &clock, shelf)
}

/// Makes the pages with the office's own templates; `last_run` is when reminders last ran.
pub(super) fn make(
    office: &Office,
    record: &Record,
    schedule: &Schedule,
    last_run: Option<DateTime<Utc>>,
    clock: &Clock,
    shelf: &dyn Shelf,
) -> Result<Built> {
    let theme = Theme::of_office(&office.root)?;
    let last_run = last_run.map(|at| at.with_timezone(&clock.zone()).date_naive());
    site::build(
        office,
        record,
        schedule,
        clock.today(),
        last_run,
        &theme,
        shelf,
    )
}

/// What was written and where to look.
pub(super) fn summary(built: Built, out: &Path) -> String {
    let mut text = format!(
        "pages: {}, with an overview and calendar feeds; open {}\n",
        words::count(built.agreements, "agreement"),
        super::shown(&out.join("index.html"))
    );
    if built.left_out > 0 {
        let _ = writeln!(
            text,
            "not shown: {} that could not be read",
            words::count(built.left_out, "agreement")
        );
    }
    text
}
