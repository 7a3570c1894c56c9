//! `build`: the members' pages.

use super::progress::Progress;
use super::{Context, Outcome, faults};
use crate::clock::Clock;
use crate::disagreement;
use crate::error::Result;
use crate::office::Office;
use crate::record::Record;
use crate::schedule::{Question, Schedule, schedule};
use crate::site::{self, Basis, Built, Shelf, Theme};
use crate::store::Access;
use crate::words;
use chrono::{DateTime, NaiveDate, Utc};
use std::borrow::Borrow;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

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
    let clock = context.clock(office.settings.zone);
    let last_run = context.store(&office, Access::Read)?.last_run()?;
    let ground = Ground::new(&office, &record, last_run, &clock)?;
    let built = ground.publish(&out, || {
        schedule(&Question::new(&office, &record, clock.today()))
    })?;
    drop(progress);
    context.output.print(&summary(built, &out))?;
    Ok(faults::tell(&office, context))
}

/// Makes the pages as of the day to work at.
pub(super) fn of_today(office: &Office, context: &Context, shelf: &dyn Shelf) -> Result<Built> {
    let record = known(office, context)?;
    let clock = context.clock(office.settings.zone);
    let last_run = context.store(office, Access::Read)?.last_run()?;
    let schedule = schedule(&Question::new(office, &record, clock.today()));
    Ground::new(office, &record, last_run, &clock)?.make(&schedule, shelf)
}

/// The record; what it has and the files have no more is said.
fn known(office: &Office, context: &Context) -> Result<Record> {
    let record = context.record(office)?;
    faults::tell_of_what_is_gone(&disagreement::gone(office, &record), context);
    Ok(record)
}

/// What pages are made from, but for the dates that follow from it.
pub(super) struct Ground<'a> {
    office: &'a Office,
    record: &'a Record,
    today: NaiveDate,
    /// The day on which reminders last ran.
    last_run: Option<NaiveDate>,
    theme: Theme,
}

impl<'a> Ground<'a> {
    /// Takes up the office's own templates; `last_run` is when reminders last ran.
    ///
    /// # Errors
    /// When a template cannot be read.
    pub(super) fn new(
        office: &'a Office,
        record: &'a Record,
        last_run: Option<DateTime<Utc>>,
        clock: &Clock,
    ) -> Result<Self> {
        Ok(Self {
            office,
            record,
            today: clock.today(),
            last_run: last_run.map(|at| at.with_timezone(&clock.zone()).date_naive()),
            theme: Theme::of_office(&office.root)?,
        })
    }

    /// Writes the pages, unless those in the folder are the ones that would be written. The dates are asked for only where
    /// they are needed.
    pub(super) fn publish<S: Borrow<Schedule>>(
        &self,
        out: &Path,
        schedule: impl FnOnce() -> S,
    ) -> Result<Built> {
        let (today, last_run) = (self.today, self.last_run);
        let basis = this_program().map(|program| {
            Basis::of(
                &program,
                self.office,
                self.record,
                today,
                last_run,
                &self.theme,
            )
        });
        let make = |shelf: &dyn Shelf| self.make(schedule().borrow(), shelf);
        let built = site::publish(out, basis.as_ref(), make)?;
        Ok(built.unwrap_or_else(|| Built::already(self.office)))
    }

    fn make(&self, schedule: &Schedule, pages: &dyn Shelf) -> Result<Built> {
        site::build(
            self.office,
            self.record,
            schedule,
            self.today,
            self.last_run,
            &self.theme,
            pages,
        )
    }
}

/// What tells this program from another version: its number, the length of its file and when that was written; `None` where
/// that cannot be looked at.
fn this_program() -> Option<String> {
    let file = std::env::current_exe().and_then(fs::metadata).ok()?;
    let written = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let (version, length) = (env!("CARGO_PKG_VERSION"), file.len());
    Some(format!("{version} {length} {}", written.as_nanos()))
}

/// What was written and where to look.
pub(super) fn summary(built: Built, out: &Path) -> String {
    let mut text = format!(
        "pages: {}, with an overview and calendar feeds{}; open {}\n",
        words::count(built.agreements, "agreement"),
        if built.unchanged { ", unchanged" } else { "" },
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
