//! `doctor`: whether everything is in order for mail to leave in time, and what to do where it is not.

mod mail;
mod messages;
mod office;
mod runs;

use super::{Context, Format, Outcome, json, lines};
use crate::error::Result;
use crate::store::{Access, Store};

/// It takes none.
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// One thing that was looked at; its fields are a contract: `docs/commands.md`.
#[derive(Debug, serde::Serialize)]
struct Line {
    what: &'static str,
    verdict: Verdict,
    said: String,
    remedy: Option<String>,
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Ok,
    /// Something for somebody to look at.
    Warning,
    /// Mail does not leave, or did not arrive.
    Fault,
    /// What cannot be seen from here, and how it should be.
    Advice,
}

impl Verdict {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Fault => "fault",
            Self::Advice => "advice",
        }
    }
}

impl Line {
    fn new(what: &'static str, verdict: Verdict, said: impl Into<String>) -> Self {
        Self {
            what,
            verdict,
            said: said.into(),
            remedy: None,
        }
    }

    fn ok(what: &'static str, said: impl Into<String>) -> Self {
        Self::new(what, Verdict::Ok, said)
    }

    fn warning(what: &'static str, said: impl Into<String>) -> Self {
        Self::new(what, Verdict::Warning, said)
    }

    fn fault(what: &'static str, said: impl Into<String>) -> Self {
        Self::new(what, Verdict::Fault, said)
    }

    fn advice(what: &'static str, said: impl Into<String>) -> Self {
        Self::new(what, Verdict::Advice, said)
    }

    fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

/// Looks at everything, whatever is wrong with some of it, and changes nothing.
///
/// # Errors
/// When the office's folder cannot be read.
pub fn run(_arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let office = context.office()?;
    let clock = context.clock(office.settings.zone);
    let mut found = vec![office::settings(&office, context)];
    found.extend(office::unreminded(&office, context));
    found.push(office::store(&office));
    found.extend(mail::all(&office));
    // Where the store cannot be read, its line says so; the rest is looked at all the same.
    if let Ok(store) = context.store(&office, Access::Read) {
        let store: &dyn Store = &*store;
        found.extend(office::gone(&office, store, context)?);
        found.extend(messages::all(&office, store, context)?);
        found.push(runs::last(store, &clock, context)?);
    }
    found.push(runs::timer());
    match context.format {
        Format::Json => context.output.print(&json(&found)?)?,
        Format::Text => context.output.print(&text(&found))?,
    }
    let any = found.iter().any(|line| line.verdict == Verdict::Fault);
    Ok(Outcome::faults_if(any))
}

fn text(found: &[Line]) -> String {
    let mut table = super::table();
    for line in found {
        let mut said = line.said.clone();
        if let Some(remedy) = &line.remedy {
            said.push_str("\n  ");
            said.push_str(remedy);
        }
        table.add_row([line.verdict.as_str(), line.what, said.as_str()]);
    }
    lines(&table)
}
