//! Every command, flag and exit code. The only part of the program that prints.
//!
//! One file a command, and in each the same two things: its arguments, and `run`.

pub mod backup;
pub mod bounces;
pub mod build;
pub mod check;
pub mod completions;
pub mod doctor;
pub mod draft;
pub mod due;
pub mod feed;
pub mod import;
pub mod init;
pub mod log;
pub mod man;
pub mod new;
pub mod outbox;
pub mod record;
pub mod remind;
pub mod restore;
pub mod run;
pub mod serve;
pub mod show;
pub mod status;
pub mod when;
pub mod why;

mod examples;
mod faults;
mod find;
mod output;
mod progress;
mod sent;

pub use output::Output;

use crate::agreement::Agreement;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::office::Office;
use crate::record::{Extent, Record};
use crate::schedule;
use crate::store::{self, Access, Store};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// Keeps negotiated promises from being forgotten.
///
/// Reads the agreements of an office, works out every date, reminds both parties by mail, keeps one record, and makes
/// pages for members.
#[derive(Debug, Parser)]
#[command(name = "sideletter", version, disable_help_subcommand = true)]
struct Arguments {
    /// The office's folder
    #[arg(
        short = 'C',
        value_name = "DIR",
        global = true,
        default_value = ".",
        hide_default_value = true
    )]
    office: PathBuf,

    /// Work as if on this day, YYYY-MM-DD, at 09:00 in the office's zone
    #[arg(long, value_name = "DATE", global = true, conflicts_with = "now", value_parser = parse_day)]
    today: Option<NaiveDate>,

    /// Work as if at this instant: 2026-11-22T08:00:00-08:00
    #[arg(long, value_name = "INSTANT", global = true, value_parser = parse_instant)]
    now: Option<DateTime<Utc>>,

    /// How to print
    #[arg(long, value_enum, global = true, default_value_t = Format::Text, hide_default_value = true)]
    format: Format,

    #[command(subcommand)]
    command: Command,
}

/// How a command prints its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs; a contract.
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an office that works as it stands
    Init(init::Arguments),
    /// Start an agreement
    New(new::Arguments),
    /// Agreements from a spreadsheet
    Import(import::Arguments),
    /// Propose an agreement from a letter
    Draft(draft::Arguments),
    /// One pass, for a timer: check, remind --send, build
    Run(run::Arguments),
    /// Every fault in every file
    Check(check::Arguments),
    /// What is not finished, soonest first
    Due(due::Arguments),
    /// An agreement's text, with each obligation's date and state at its words
    Show(show::Arguments),
    /// How an obligation's date was reached, step by step
    Why(why::Arguments),
    /// A date worked out from words, without a file
    When(when::Arguments),
    /// Enter what happened
    Record(record::Arguments),
    /// The record
    Log(log::Arguments),
    /// What would be mailed now, and why
    Remind(remind::Arguments),
    /// What was decided to be mailed, and what became of it
    Outbox(outbox::Arguments),
    /// Failed deliveries: read what came back
    Bounces(bounces::Arguments),
    /// Whether everything is in order for mail to leave
    Doctor(doctor::Arguments),
    /// When reminders last ran
    Status(status::Arguments),
    /// Write the members' pages
    Build(build::Arguments),
    /// Show the pages on this machine, live, while one writes
    Serve(serve::Arguments),
    /// Print the iCalendar feed
    Feed(feed::Arguments),
    /// Copy the store into a file, while others may write
    Backup(backup::Arguments),
    /// Put a backup in the place of the store
    Restore(restore::Arguments),
    /// Print what a shell needs to complete commands and flags
    Completions(completions::Arguments),
    /// Print a manual page, or write all of them
    Man(man::Arguments),
}

/// How a command ended. Several at once: the worst counts (3, then 1, then 75).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing wrong.
    Fine,
    /// Errors in what was asked about; the output is complete for everything sound.
    Faults,
    /// Some mail is left for the next run.
    MailLeft,
    /// A part of the work could not be done; what could be is done.
    Failed,
}

impl Outcome {
    /// [`Outcome::Faults`] if there are any.
    pub fn faults_if(faults: bool) -> Self {
        if faults { Self::Faults } else { Self::Fine }
    }

    /// The worse of the two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Failed, _) | (_, Self::Failed) => Self::Failed,
            (Self::Faults, _) | (_, Self::Faults) => Self::Faults,
            (Self::MailLeft, _) | (_, Self::MailLeft) => Self::MailLeft,
            (Self::Fine, Self::Fine) => Self::Fine,
        }
    }

    fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Faults => 1,
            Self::MailLeft => 75,
            Self::Failed => 3,
        }
    }
}

/// What every command is given.
#[derive(Debug)]
pub struct Context {
    /// The office's folder.
    pub root: PathBuf,
    /// How to print.
    pub format: Format,
    /// Where to print.
    pub output: Output,
    /// What to type to run the program again.
    pub program: String,
    today: Option<NaiveDate>,
    now: Option<DateTime<Utc>>,
    /// It is opened more than once, and said once.
    has_told_of_blank_store: AtomicBool,
}

impl Context {
    /// Reads the office.
    ///
    /// # Errors
    /// When the folder cannot be read. Faults in its files are no error: they are in the office.
    pub fn office(&self) -> Result<Office> {
        Office::load(&self.root)
    }

    /// Opens the office's store.
    ///
    /// # Errors
    /// As [`store::open`].
    pub fn store(&self, office: &Office, access: Access) -> Result<Box<dyn Store>> {
        if !self.has_told_of_blank_store.load(Ordering::Relaxed)
            && let Some(path) = store::blank(&office.root, &office.settings.store)
        {
            self.has_told_of_blank_store.store(true, Ordering::Relaxed);
            self.output.complain(&format!(
                "the store {} is an empty file, so nothing is recorded; where something was, put a backup in its place: {} restore FILE\n",
                path.display(),
                self.program
            ));
        }
        store::open(&office.root, &office.settings.store, access)
    }

    /// What has happened, as it was known on the day to work at; an office without a store has an empty record.
    ///
    /// # Errors
    /// When the store is there and cannot be read.
    pub fn record(&self, office: &Office) -> Result<Record> {
        self.record_about(office, None)
    }

    /// The same for who asks about one agreement alone, with what that hangs on; `None`: about all.
    ///
    /// # Errors
    /// When the store is there and cannot be read.
    pub fn record_about(&self, office: &Office, agreement: Option<&Agreement>) -> Result<Record> {
        let extent = agreement.map_or(Extent::Whole, |agreement| {
            schedule::needed(office, &agreement.id)
        });
        let record = self.store(office, Access::Read)?.record_of(&extent)?;
        Ok(self.as_known(office, record))
    }

    /// A record as it was known on a day that was given. By the machine's own clock all of it is: another host's may be a
    /// little ahead.
    pub fn as_known(&self, office: &Office, record: Record) -> Record {
        let clock = self.clock(office.settings.zone);
        if clock.is_the_machines() {
            record
        } else {
            record.as_known_on(clock.today(), clock.zone())
        }
    }

    /// The instant to work at: from the command line, else from the machine.
    pub fn clock(&self, zone: Tz) -> Clock {
        match (self.today, self.now) {
            (Some(day), _) => Clock::on(day, zone),
            (None, Some(now)) => Clock::at(now, zone),
            (None, None) => Clock::system(zone),
        }
    }
}

/// Runs the program on the machine's own arguments.
pub fn main() -> ExitCode {
    let arguments = match command()
        .try_get_matches()
        .and_then(|matches| Arguments::from_arg_matches(&matches))
    {
        Ok(arguments) => arguments,
        Err(usage) => {
            let code = if usage.use_stderr() { 2 } else { 0 };
            // Where even the message cannot be printed there is nobody left to tell.
            let _ = usage.print();
            return ExitCode::from(code);
        }
    };
    let program = program(&arguments.office);
    let context = Context {
        root: arguments.office,
        format: arguments.format,
        output: Output::standard(),
        program,
        today: arguments.today,
        now: arguments.now,
        has_told_of_blank_store: AtomicBool::new(false),
    };
    match run_command(arguments.command, &context)
        .and_then(|outcome| context.output.flush().map(|()| outcome))
    {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(error) => {
            context.output.complain(&format!("sideletter: {error}\n"));
            ExitCode::from(error.exit_code())
        }
    }
}

/// The program as it was typed, where that is short enough to type again, else its name; with the office's folder, where
/// that is another than this.
fn program(office: &std::path::Path) -> String {
    let typed = std::env::args().next().unwrap_or_default();
    let short = typed.contains('/') && typed.len() <= "./target/release/sideletter".len();
    let program = if short {
        typed
    } else {
        "sideletter".to_owned()
    };
    if office == std::path::Path::new(".") {
        program
    } else {
        let folder = office.display().to_string();
        let plain = folder
            .chars()
            .all(|c| c.is_alphanumeric() || "/._-~".contains(c));
        if plain {
            format!("{program} -C {folder}")
        } else {
            format!("{program} -C '{}'", folder.replace('\'', r"'\''"))
        }
    }
}

/// The command line, with the examples of each command.
fn command() -> clap::Command {
    examples::add(Arguments::command())
}

fn run_command(command: Command, context: &Context) -> Result<Outcome> {
    match command {
        Command::Init(arguments) => init::run(&arguments, context),
        Command::New(arguments) => new::run(&arguments, context),
        Command::Import(arguments) => import::run(&arguments, context),
        Command::Draft(arguments) => draft::run(&arguments, context),
        Command::Run(arguments) => run::run(&arguments, context),
        Command::Check(arguments) => check::run(&arguments, context),
        Command::Due(arguments) => due::run(&arguments, context),
        Command::Show(arguments) => show::run(&arguments, context),
        Command::Why(arguments) => why::run(&arguments, context),
        Command::When(arguments) => when::run(&arguments, context),
        Command::Record(arguments) => record::run(&arguments, context),
        Command::Log(arguments) => log::run(&arguments, context),
        Command::Remind(arguments) => remind::run(&arguments, context),
        Command::Outbox(arguments) => outbox::run(&arguments, context),
        Command::Bounces(arguments) => bounces::run(&arguments, context),
        Command::Doctor(arguments) => doctor::run(&arguments, context),
        Command::Status(arguments) => status::run(&arguments, context),
        Command::Build(arguments) => build::run(&arguments, context),
        Command::Serve(arguments) => serve::run(&arguments, context),
        Command::Feed(arguments) => feed::run(&arguments, context),
        Command::Backup(arguments) => backup::run(&arguments, context),
        Command::Restore(arguments) => restore::run(&arguments, context),
        Command::Completions(arguments) => completions::run(&arguments, context),
        Command::Man(arguments) => man::run(&arguments, context),
    }
}

/// Reads `YYYY-MM-DD` and nothing else.
///
/// # Errors
/// What was expected.
pub fn parse_day(text: &str) -> std::result::Result<NaiveDate, String> {
    (text.len() == 10)
        .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .flatten()
        .ok_or_else(|| "a day is written YYYY-MM-DD: 2014-03-03".to_owned())
}

fn parse_instant(text: &str) -> std::result::Result<DateTime<Utc>, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|instant| instant.with_timezone(&Utc))
        .map_err(|_| "an instant is written with its offset: 2026-11-22T08:00:00-08:00".to_owned())
        .and_then(|instant| {
            // Wherever the office is, its day has a year of four digits.
            if instant
                .date_naive()
                .pred_opt()
                .is_some_and(|day| day.year() >= 1)
                && instant
                    .date_naive()
                    .succ_opt()
                    .is_some_and(|day| day.year() <= 9999)
            {
                Ok(instant)
            } else {
                Err("an instant lies in the years 1 to 9999".to_owned())
            }
        })
}

/// Turns data into the JSON that a reading command prints.
///
/// # Errors
/// Never for the types that are passed in; a failure would be the program's.
pub fn json<T: serde::Serialize>(data: &T) -> Result<String> {
    serde_json::to_string_pretty(data)
        .map(|text| text + "\n")
        .map_err(|cause| Error::failed("cannot write JSON").because(cause))
}

/// A path as somebody would type it.
fn shown(path: &std::path::Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// A table without lines, for a terminal or a file.
fn table() -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table
}

/// A table's lines, without the blanks at their ends.
fn lines(table: &comfy_table::Table) -> String {
    table.lines().fold(String::new(), |mut text, line| {
        text.push_str(line.trim_end());
        text.push('\n');
        text
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
