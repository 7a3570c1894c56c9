//! `check`: every fault in every file, where files, record and agreements contradict one another, what a party was never
//! told, and the page of a rule.

use super::progress::Progress;
use super::{Context, Format, Outcome, json};
use crate::diagnostic::{Diagnostic, Severity, drawing, fault};
use crate::disagreement::{self, Outlooks};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::outbox;
use crate::record::Record;
use crate::rules;
use crate::schedule::Question;
use crate::store::outbox::NotDelivered;
use crate::store::{Access, Address};
use crate::words::{count, did_you_mean};
use std::path::{Component, Path};

/// Its arguments.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Show the findings in these files alone, each named by its path or as it stands in the office
    #[arg(value_name = "FILE", conflicts_with = "explain")]
    files: Vec<String>,

    /// Print the page of a rule, or `all` pages
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
}

/// Runs it.
///
/// # Errors
/// When the office cannot be read, or a file or rule is named that there is none of; and, once all that is in the files is
/// said, when the record cannot be read.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    if let Some(code) = &arguments.explain {
        return explain(code, context);
    }
    let progress = Progress::of(2);
    progress.at("reading the agreements");
    let mut office = context.office()?;
    progress.at("comparing them with the record");
    let known = report_what_is_known(&mut office, context);
    drop(progress);
    let files = named(&office, &arguments.files)?;
    let shown = in_files(&office, &files);
    match context.format {
        Format::Json => {
            let faults: Vec<_> = shown.iter().map(|d| fault(d, &office.sources)).collect();
            context.output.print(&json(&faults)?)?;
        }
        Format::Text => {
            for diagnostic in &shown {
                context
                    .output
                    .print_as_is(&drawing(diagnostic, &office.sources))?;
            }
            context
                .output
                .print(&closing_line(&office, &shown, &files))?;
        }
    }
    if known.is_err() {
        let alone = "The files were checked alone, without the record.\n";
        context.output.complain(alone);
    }
    known?;
    Ok(Outcome::faults_if(shown.iter().any(|d| d.is_error())))
}

/// Adds to the faults of the files what the record contradicts in them, and what never arrived.
///
/// # Errors
/// When the record cannot be read; the faults of the files are then all there are.
pub(super) fn report_what_is_known(office: &mut Office, context: &Context) -> Result<()> {
    // Where the address of the store is none, that is a fault in a file, and said as one.
    if Address::parse(&office.settings.store.url).is_err() {
        return Ok(());
    }
    let (record, undelivered) = known(office, context)?;
    let today = context.clock(office.settings.zone).today();
    let outlooks = Outlooks::of(&Question::new(office, &record, today));
    let mut found = disagreement::find(office, &record, &outlooks, today);
    found.extend(outbox::findings(office, &undelivered));
    office.report(found);
    Ok(())
}

/// What has happened, and what never arrived.
fn known(office: &Office, context: &Context) -> Result<(Record, Vec<NotDelivered>)> {
    let store = context.store(office, Access::Read)?;
    let record = context.as_known(office, store.record()?);
    Ok((record, outbox::undelivered(office, &*store)?))
}

fn explain(code: &str, context: &Context) -> Result<Outcome> {
    if code == "all" {
        context.output.print(&rules::manual())?;
        return Ok(Outcome::Fine);
    }
    let rule = rules::find(code).ok_or_else(|| {
        let codes = rules::ALL.iter().map(|rule| rule.code);
        let near = did_you_mean(code, codes).unwrap_or_else(|| "see docs/rules.md".to_owned());
        Error::refused(format!("there is no rule `{code}`; {near}"))
    })?;
    context.output.print(&rules::page(rule))?;
    Ok(Outcome::Fine)
}

/// The files that were named, by their paths within the office; none: all.
fn named(office: &Office, files: &[String]) -> Result<Vec<String>> {
    files.iter().map(|file| known_path(office, file)).collect()
}

/// The findings in the files that were named, or all.
fn in_files<'a>(office: &'a Office, files: &[String]) -> Vec<&'a Diagnostic> {
    let path = |d: &Diagnostic| &office.sources.get(d.primary.span.file).path;
    office
        .diagnostics
        .iter()
        .filter(|diagnostic| files.is_empty() || files.contains(path(diagnostic)))
        .collect()
}

/// The path within the office of a file that was named: as it stands in the office, or as the shell sees it.
fn known_path(office: &Office, file: &str) -> Result<String> {
    let known: Vec<&str> = office.sources.iter().map(|s| s.path.as_str()).collect();
    let within = |path: &Path| -> String {
        let parts: Vec<_> = path
            .components()
            .filter(|part| !matches!(part, Component::CurDir))
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        parts.join("/")
    };
    let plain = within(Path::new(file));
    let from_here = Path::new(file)
        .canonicalize()
        .and_then(|path| Ok((path, office.root.canonicalize()?)))
        .ok()
        .and_then(|(path, root)| Some(within(path.strip_prefix(root).ok()?)));
    [Some(plain), from_here]
        .into_iter()
        .flatten()
        .find(|path| known.contains(&path.as_str()))
        .ok_or_else(|| {
            let near = did_you_mean(file, known.iter().copied())
                .unwrap_or_else(|| "name a file that is part of the office".to_owned());
            Error::refused(format!("{file} is no file of this office; {near}"))
        })
}

/// `6 agreements read; no faults, 2 warnings`.
fn closing_line(office: &Office, shown: &[&Diagnostic], files: &[String]) -> String {
    let number = |severity| shown.iter().filter(|d| d.severity == severity).count() as u64;
    let mut line = format!(
        "{} read; ",
        count(office.agreements.len() as u64, "agreement")
    );
    line += &match number(Severity::Error) {
        0 => "no faults".to_owned(),
        faults => count(faults, "fault"),
    };
    for (severity, noun) in [(Severity::Warning, "warning"), (Severity::Note, "note")] {
        if number(severity) > 0 {
            line = format!("{line}, {}", count(number(severity), noun));
        }
    }
    let left_out = left_out(office, files);
    if !left_out.is_empty() {
        line = format!("{line}; left out: {}", crate::words::list(left_out));
    }
    line + "\n"
}

/// What is left out of the files that were named, or of all, by name.
fn left_out(office: &Office, files: &[String]) -> Vec<String> {
    office
        .left_out
        .iter()
        .filter(|out| files.is_empty() || files.contains(&out.file))
        .map(|out| match (&out.agreement, &out.what) {
            (Some(agreement), Some(what)) => format!("{agreement}/{what}"),
            _ => out.file.clone(),
        })
        .collect()
}
