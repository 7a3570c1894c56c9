//! The calendars that an office's agreements may name: the built-in ones, and the files in `calendars/`.

use super::draft::stem;
use super::files;
use crate::counting::{Calendars, HolidayCalendar};
use crate::diagnostic::Findings;
use crate::rules::malformed_calendar;
use crate::source::{SourceId, Sources};
use crate::table::Place;
use std::collections::BTreeMap;
use std::path::Path;

const CALENDARS: &str = "calendars";

/// The files in `calendars/`, before anything in them is understood, each with the id by which it is named.
pub(super) fn files(
    root: &Path,
    sources: &mut Sources,
    findings: &Findings,
) -> Vec<(String, SourceId)> {
    files::list(root, CALENDARS, "toml", sources, findings)
        .into_iter()
        .filter_map(|path| {
            let file = files::read(root, &path, sources, findings)?.file;
            Some((stem(&path).to_owned(), file))
        })
        .collect()
}

/// The built-in calendars and the office's own; a faulty one is left out.
pub(super) fn understand(
    files: &[(String, SourceId)],
    sources: &Sources,
    findings: &Findings,
) -> Calendars {
    let mut calendars = Calendars::built_in();
    let mut known: BTreeMap<&str, SourceId> = BTreeMap::new();
    for (id, file) in files {
        let place = Place::whole(*file, sources);
        if let Some(other) = known.insert(id, *file) {
            let said = format!("`{}` is called `{id}` as well", sources.get(other).path);
            let help = "give one of them another name: an agreement could not say which is meant";
            findings.report(malformed_calendar::fault(
                place.span(0..0),
                &said,
                Some(help),
            ));
        }
        match HolidayCalendar::read(id, place.text) {
            Ok(calendar) => calendars.add(calendar),
            Err(faults) => {
                for fault in faults {
                    let span = place.span(fault.range.clone());
                    findings.report(malformed_calendar::fault(
                        span,
                        &fault.message,
                        fault.help.as_deref(),
                    ));
                }
            }
        }
    }
    calendars
}

/// The calendars of the office in a folder, with nothing else of it read; where there is no office, those built in. Of a file
/// that cannot be read as a calendar, its id and the first thing that is wrong with it.
pub fn calendars(root: &Path) -> (Calendars, BTreeMap<String, String>) {
    let findings = Findings::default();
    let mut sources = Sources::default();
    let files = files(root, &mut sources, &findings);
    let calendars = understand(&files, &sources, &findings);
    let mut faulty = BTreeMap::new();
    for said in findings.into_vec() {
        if !said.is_error() {
            continue;
        }
        let path = sources.get(said.primary.span.file).path.as_str();
        let at = sources.position(said.primary.span);
        faulty
            .entry(stem(path).to_owned())
            .or_insert_with(|| format!("{path}:{}:{}: {}", at.line, at.column, said.message));
    }
    (calendars, faulty)
}
