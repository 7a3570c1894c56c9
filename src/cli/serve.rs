//! `serve`: the pages on this machine, live, while one writes.

use super::{Context, Outcome, build, check};
use crate::diagnostic::{Severity, drawing};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::serve::{Files, Live, Server, Shown};
use crate::site::InMemory;
use crate::store::Address;
use crate::words::{count, list};
use anstream::adapter::strip_str;
use chrono::NaiveDate;
use chrono_tz::Tz;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::fs::Metadata;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};
use walkdir::WalkDir;

/// Where to listen.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The port on 127.0.0.1; left out: one that is free
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 0,
        hide_default_value = true
    )]
    port: u16,
}

/// How often the office's files are looked at. A change is built once two looks agree: who saves several files at once is
/// waited for.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// How many findings stand above a page; `check` lists all.
const MOST_SHOWN: usize = 30;

/// Shows the pages until it is ended, and makes them anew when a file of the office changes. It writes nothing.
///
/// # Errors
/// When the folder cannot be read at the beginning, or the port is taken.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let ended = told_to_end()?;
    let mut work = Work::new(context)?;
    let server = Server::bind(arguments.port)?;
    let mut built = work.look();
    work.build();
    context.output.print(&format!(
        "The pages are at {} for this machine alone, and follow what is saved. Ctrl-C ends it.\n",
        server.address()
    ))?;
    context.output.flush()?;
    server.start(Arc::clone(&work.live));
    let mut before = built.clone();
    while !ended.load(Ordering::SeqCst) {
        std::thread::sleep(LOOK_EVERY);
        let seen = work.look();
        if seen != built && seen == before {
            work.build();
            built = seen.clone();
        }
        before = seen;
    }
    Ok(Outcome::Fine)
}

/// Whether somebody has ended it; a second time ends it at once, in the middle of a build.
fn told_to_end() -> Result<Arc<AtomicBool>> {
    let ended = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&ended))
            .and_then(|_| flag::register(signal, Arc::clone(&ended)))
            .map_err(|cause| Error::failed("cannot listen for Ctrl-C").because(cause))?;
    }
    Ok(ended)
}

/// What is shown, and what that is made from.
struct Work<'a> {
    context: &'a Context,
    live: Arc<Live>,
    /// The pages of the last build that went well.
    site: Option<Arc<Files>>,
    zone: Tz,
    /// The file of the record, where it is one.
    store: Option<PathBuf>,
}

impl<'a> Work<'a> {
    fn new(context: &'a Context) -> Result<Self> {
        let mut work = Self {
            context,
            live: Arc::default(),
            site: None,
            zone: Tz::UTC,
            store: None,
        };
        work.settle(&context.office()?);
        Ok(work)
    }

    /// Takes up what the settings say of the day and of the record's place.
    fn settle(&mut self, office: &Office) {
        self.zone = office.settings.zone;
        self.store = match Address::parse(&office.settings.store.url) {
            Ok(Address::Sqlite(path)) => Some(office.root.join(path)),
            _ => None,
        };
    }

    /// Makes the pages and shows them, or where that fails the ones before, with everything that is wrong.
    fn build(&mut self) {
        let context = self.context;
        let (made, mut shown) = match context.office() {
            Ok(mut office) => {
                self.settle(&office);
                let known = check::report_what_is_known(&mut office, context);
                let pages = InMemory::default();
                let made = build::of_today(&office, context, &pages);
                (known.and(made).map(|_| pages.files()), findings(&office))
            }
            Err(cause) => (Err(cause), Shown::default()),
        };
        match made {
            Ok(files) => self.site = Some(Arc::new(files)),
            Err(cause) => put_first(&mut shown, &cause, self.site.is_some()),
        }
        shown.site.clone_from(&self.site);
        self.live.show(shown);
    }

    /// What the pages are made from, as far as it is seen without reading it.
    fn look(&self) -> Seen {
        let root = &self.context.root;
        let parts = [
            "sideletter.toml",
            "parties.toml",
            "agreements",
            "calendars",
            "templates",
        ];
        let mut files = Vec::new();
        for part in parts {
            let entries = WalkDir::new(root.join(part)).follow_links(true);
            for entry in entries.into_iter().flatten() {
                let known = entry.metadata().ok().filter(|known| !known.is_dir());
                files.extend(known.map(|known| seen(entry.into_path(), &known)));
            }
        }
        if let Some(store) = &self.store {
            // What was written last is in the log beside it; an empty one is there whenever somebody reads.
            let log = PathBuf::from(format!("{}-wal", store.display()));
            for path in [store.clone(), log] {
                let known = std::fs::metadata(&path)
                    .ok()
                    .filter(|known| known.len() > 0);
                files.extend(known.map(|known| seen(path, &known)));
            }
        }
        files.sort();
        Seen {
            today: self.context.clock(self.zone).today(),
            files,
        }
    }
}

/// The day, and which files there are, of which length, last written when.
#[derive(Clone, PartialEq, Eq)]
struct Seen {
    today: NaiveDate,
    files: Vec<SeenFile>,
}

type SeenFile = (PathBuf, u64, Option<SystemTime>);

fn seen(path: PathBuf, known: &Metadata) -> SeenFile {
    (path, known.len(), known.modified().ok())
}

/// Puts what the program could not do before everything else.
fn put_first(shown: &mut Shown, cause: &Error, has_old_pages: bool) {
    shown.findings.insert(0, format!("error: {cause}"));
    let found = std::mem::take(&mut shown.summary);
    let old = if has_old_pages {
        "no new pages could be made, so these are the ones from before"
    } else {
        "no pages could be made yet"
    };
    let summary = [old, &found].into_iter().filter(|part| !part.is_empty());
    shown.summary = summary.collect::<Vec<_>>().join("; ");
    shown.faulty = true;
}

/// What `check` finds, its faults first.
fn findings(office: &Office) -> Shown {
    let of = |severity| {
        let all = office.diagnostics.iter();
        all.filter(move |d| d.severity == severity)
    };
    let numbers = [
        (Severity::Error, "fault"),
        (Severity::Warning, "warning"),
        (Severity::Note, "note"),
    ];
    let all = || numbers.iter().flat_map(|(severity, _)| of(*severity));
    let mut findings: Vec<String> = all()
        .take(MOST_SHOWN)
        .map(|d| strip_str(&drawing(d, &office.sources)).to_string())
        .collect();
    if let Some(more @ 1..) = office.diagnostics.len().checked_sub(MOST_SHOWN) {
        findings.push(format!("... and {more} more: sideletter check"));
    }
    let counted = numbers.iter().filter_map(|(severity, noun)| {
        let number = of(*severity).count();
        (number > 0).then(|| count(number, noun))
    });
    Shown {
        site: None,
        summary: list(counted),
        findings,
        faulty: of(Severity::Error).next().is_some(),
    }
}
