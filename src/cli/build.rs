//! `build`: the members' pages.

use super::{Context, Outcome, faults};
use crate::error::Result;
use crate::office::Office;
use crate::record::Record;
use crate::schedule::{Question, Schedule, schedule};
use crate::site::{self, Site, Theme};
use crate::words;
use chrono::NaiveDate;
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
    let office = context.office()?;
    let record = context.record(&office)?;
    let today = context.clock(office.settings.zone).today();
    let schedule = schedule(&Question::new(&office, &record, today));
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| office.root.join(&office.settings.site_out));
    let site = write(&office, &record, &schedule, today, &out)?;
    context.output.print(&summary(&site, &out))?;
    Ok(faults::tell(&office, context))
}

/// Makes the pages and puts them in the place of the old ones.
pub(super) fn write(
    office: &Office,
    record: &Record,
    schedule: &Schedule,
    today: NaiveDate,
    out: &Path,
) -> Result<Site> {
    let theme = Theme::of_office(&office.root)?;
    let site = site::build(office, record, schedule, today, &theme)?;
    site::publish(&site, out)?;
    Ok(site)
}

/// What was written and where to look.
pub(super) fn summary(site: &Site, out: &Path) -> String {
    let mut text = format!(
        "pages: {}, with an overview and calendar feeds; open {}\n",
        words::count(site.agreements, "agreement"),
        super::shown(&out.join("index.html"))
    );
    if site.left_out > 0 {
        let _ = writeln!(
            text,
            "not shown: {} that could not be read",
            words::count(site.left_out, "agreement")
        );
    }
    text
}
