//! `feed`: the iCalendar file, of one agreement or of all.

use super::{Context, Outcome, faults, find};
use crate::agreement::Agreement;
use crate::error::Result;
use crate::ics::{self, Audience, Changes};
use crate::reader::record_for;
use crate::schedule::{self, Question};
use crate::words::Language;
use rayon::prelude::*;

/// Which days.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only those of this agreement
    agreement: Option<String>,
}

/// Prints the days that readers of the pages may see.
///
/// # Errors
/// When the office or its store cannot be read, or there is no such agreement.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let office = context.office()?;
    let only: Option<&Agreement> = arguments
        .agreement
        .as_deref()
        .map(|id| find::agreement(&office, id))
        .transpose()?;
    let today = context.clock(office.settings.zone).today();
    let record = context.record_about(&office, only)?;
    let record = record_for(&record, &office.settings.site_visibility);
    let schedule = schedule::schedule(&Question::new(&office, &record, today));
    let readers = Audience::Pages(&office.settings.site_visibility);
    let occurrences = schedule
        .occurrences
        .iter()
        .filter(|o| only.is_none_or(|only| o.agreement == only.id));
    let days = ics::events(
        &office,
        &Changes::of(&record),
        occurrences,
        readers,
        Language::English,
    );
    // A title that its readers may not see is no name for the calendar either.
    let name = only
        .filter(|a| a.visibility <= office.settings.site_visibility)
        .map_or(&office.settings.name, |a| &a.title);
    let days: Vec<_> = days.par_iter().map(ics::written).collect();
    context.output.print_as_is(&ics::calendar(
        name,
        &office.settings.name,
        &days,
        Language::English,
    ))?;
    Ok(match only {
        Some(agreement) => faults::of_agreement(&office, agreement, context),
        None => faults::tell(&office, context),
    })
}
