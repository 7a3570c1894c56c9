//! `record`: enter what happened.

use super::{Context, Format, Outcome, faults, find, json, parse_day};
use crate::agreement::Agreement;
use crate::error::{Error, Result};
use crate::office::Office;
use crate::record::entering::{self, Circumstances, Request};
use crate::record::{Draft, Entry, EntryKind, Evidence, Record, seal};
use crate::schedule::{self, Occurrence, Question};
use crate::store::Access;
use crate::words;
use chrono::NaiveDate;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What to enter.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// happened, met, noted or struck
    #[arg(value_name = "KIND")]
    kind: String,
    /// The agreement, and after a slash its obligation or event, or its own signing, ratification, effective or expiration
    #[arg(value_name = "AGREEMENT[/ID]")]
    what: String,
    /// The day that it speaks of, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    on: Option<NaiveDate>,
    /// The party that says it; left out: the keeper of the office
    #[arg(long, value_name = "PARTY")]
    by: Option<String>,
    /// Who spoke for the party
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Which of several: its last day, as `due` says it
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    occurrence: Option<NaiveDate>,
    /// Which of an event that repeats: a worksite, a unit, a case number; never a person
    #[arg(long = "for", value_name = "WORDS")]
    for_words: Option<String>,
    /// The entry to strike out, or to remark on
    #[arg(long, value_name = "N")]
    entry: Option<u64>,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// A paper that it rests on: its name and its SHA-256 are kept. May come several times
    #[arg(long, value_name = "FILE")]
    evidence: Vec<PathBuf>,
    /// Say what would be entered, and enter nothing
    #[arg(long)]
    dry_run: bool,
    #[arg(long, value_name = "DATE", hide = true)]
    to: Option<String>,
    #[arg(long, value_name = "V", hide = true)]
    visibility: Option<String>,
    #[arg(long, hide = true)]
    erase: bool,
}

/// The kinds that both sides' record brings.
const LATER_KINDS: [&str; 7] = [
    "confirmed",
    "disputed",
    "waived",
    "moved",
    "renewed",
    "ended",
    "notice",
];

/// Enters it.
///
/// # Errors
/// Refused, where a rule of the record forbids it; and when the office, a paper or the store cannot be read or written.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let kind = kind(arguments)?;
    let (agreement_id, subject) = match arguments.what.split_once('/') {
        Some((agreement, subject)) => (agreement, Some(subject)),
        None => (arguments.what.as_str(), None),
    };
    let office = context.office()?;
    let agreement = find::agreement(&office, agreement_id)?;
    if let Some(fault) = subject.and_then(|id| faults::left_out(&office, agreement, id)) {
        return Err(fault);
    }
    let request = Request {
        kind,
        subject: subject.map(str::to_owned),
        on: arguments.on,
        by: arguments.by.clone(),
        speaker: arguments.speaker.clone(),
        occurrence: arguments.occurrence,
        for_words: arguments.for_words.clone(),
        entry: arguments.entry,
        note: arguments.note.clone(),
        evidence: papers(&arguments.evidence)?,
    };
    let clock = context.clock(office.settings.zone);
    let today = clock.today();
    let decide = |record: &Record| -> Result<Draft> {
        entering::decide(
            &request,
            &Circumstances {
                office: &office,
                agreement,
                record,
                today,
            },
        )
    };
    let mut before = context.record(&office)?;
    // What is refused leaves the store as it is: not even made.
    let draft = decide(&before)?;
    let entry = if arguments.dry_run {
        let next = before.entries.last().map_or(1, |newest| newest.number + 1);
        draft.into_entry(next, clock.now(), String::new())
    } else {
        context
            .store(&office, Access::Write)?
            .enter(clock.now(), today, &mut before, &decide)?
    };
    match context.format {
        Format::Json => context.output.print(&as_json(&entry)?)?,
        Format::Text => {
            let text = text(&office, &entry, arguments.dry_run, &context.program);
            let moved = moved(&office, agreement, &before, &entry, today);
            context.output.print(&(text + &moved))?;
        }
    }
    Ok(faults::of_agreement(&office, agreement, context))
}

fn kind(arguments: &Arguments) -> Result<EntryKind> {
    let typed = arguments.kind.as_str();
    let meanwhile = format!(
        "comes with a later version; meanwhile, keep it as a remark: sideletter record noted {} --note \"...\"",
        arguments.what
    );
    if LATER_KINDS.contains(&typed) {
        return Err(Error::refused(format!("`{typed}` {meanwhile}")));
    }
    let kind = EntryKind::from_word(typed).ok_or_else(|| {
        let known = EntryKind::ALL.map(EntryKind::as_str);
        find::unknown("kind of entry", typed, &known)
    })?;
    for (flag, used) in [
        ("--to", arguments.to.is_some()),
        ("--visibility", arguments.visibility.is_some()),
        ("--erase", arguments.erase),
    ] {
        if used {
            let instead = match flag {
                "--erase" => {
                    "type it without: the entry is struck out, and its text stays".to_owned()
                }
                "--visibility" => {
                    "type it without: who may see the agreement may see the entry".to_owned()
                }
                _ => format!(
                    "meanwhile, keep the new day as a remark: sideletter record noted {} --note \"...\"",
                    arguments.what
                ),
            };
            return Err(Error::refused(format!(
                "{flag} comes with a later version; {instead}"
            )));
        }
    }
    Ok(kind)
}

/// The largest paper: a scanned contract is far smaller, and hashing must end.
const LARGEST_PAPER: u64 = 1 << 30;

fn papers(files: &[PathBuf]) -> Result<Vec<Evidence>> {
    if files.len() > entering::MOST_PAPERS {
        return Err(Error::refused(format!(
            "an entry names at most {} papers; note the others in further entries",
            entering::MOST_PAPERS
        )));
    }
    files.iter().map(|file| paper(file)).collect()
}

fn paper(file: &Path) -> Result<Evidence> {
    let shown = file.display();
    let metadata = std::fs::metadata(file).map_err(|cause| {
        Error::refused(format!(
            "cannot find the evidence {shown}; name a file that is there"
        ))
        .because(cause)
    })?;
    if !metadata.is_file() {
        return Err(Error::refused(format!(
            "the evidence {shown} is no file; name one, or put several into an archive"
        )));
    }
    if metadata.len() > LARGEST_PAPER {
        return Err(Error::refused(format!(
            "the evidence {shown} is larger than 1 GiB; name a smaller file"
        )));
    }
    let sha256 = std::fs::File::open(file)
        .and_then(seal::sha256_of)
        .map_err(|cause| {
            Error::failed(format!(
                "cannot read the evidence {shown}; see that this user may"
            ))
            .because(cause)
        })?;
    let name = file.file_name().unwrap_or(file.as_os_str());
    Ok(Evidence {
        name: name.to_string_lossy().into_owned(),
        sha256,
    })
}

fn as_json(entry: &Entry) -> Result<String> {
    let mut value = serde_json::to_value(entry)
        .map_err(|cause| Error::failed("cannot write JSON").because(cause))?;
    if entry.seal.is_empty()
        && let Some(seal) = value.get_mut("seal")
    {
        *seal = serde_json::Value::Null;
    }
    json(&value)
}

fn text(office: &Office, entry: &Entry, dry_run: bool, program: &str) -> String {
    let said = super::log::sentence(office, entry);
    if dry_run {
        format!(
            "Entry {} would say: {said}.\nNothing was entered. Without --dry-run, it is.\n",
            entry.number
        )
    } else if entry.kind == EntryKind::Struck {
        format!("Entry {}: {said}.\n", entry.number)
    } else {
        format!(
            "Entry {}: {said}.\nTo strike it out: {program} {}\n",
            entry.number,
            entering::how_to_strike(entry, office)
        )
    }
}

/// The occurrences of the agreement whose dates or state the entry changed.
fn moved(
    office: &Office,
    agreement: &Agreement,
    before: &Record,
    entry: &Entry,
    today: NaiveDate,
) -> String {
    const MOST: usize = 15;
    let mut after = before.clone();
    after.entries.push(entry.clone());
    let was = schedule::schedule(&Question::new(office, before, today));
    let is = schedule::schedule(&Question::new(office, &after, today));
    let facts = |o: &Occurrence| (o.opens, o.due, o.state, o.projected, o.met_on);
    let lines: Vec<String> = is
        .occurrences
        .iter()
        .filter(|o| {
            !was.occurrences.iter().any(|w| {
                (&w.agreement, &w.obligation, w.occurrence, &w.for_words)
                    == (&o.agreement, &o.obligation, o.occurrence, &o.for_words)
                    && facts(w) == facts(o)
            })
        })
        .map(|o| line(office, o))
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    let mut text = "\nWhat follows from it:\n".to_owned();
    for line in lines.iter().take(MOST) {
        let _ = writeln!(text, "  {line}");
    }
    if lines.len() > MOST {
        let _ = writeln!(
            text,
            "  ... and {} more; see: sideletter due --all --agreement {}",
            lines.len() - MOST,
            agreement.id
        );
    }
    text
}

fn line(office: &Office, o: &Occurrence) -> String {
    let title = office
        .agreement(o.agreement.as_str())
        .and_then(|a| a.obligation(o.obligation.as_str()))
        .map_or(o.obligation.as_str(), |b| b.title.as_str());
    let expected = if o.projected { "expected, " } else { "" };
    let state = o.state.as_str();
    match (o.opens, o.due) {
        (Some(opens), Some(due)) => {
            format!(
                "{title}: {} to {} ({expected}{state})",
                words::day(opens),
                words::day(due)
            )
        }
        (None, Some(due)) => format!("{title}: {} ({expected}{state})", words::day(due)),
        (Some(opens), None) => format!("{title}: from {} ({expected}{state})", words::day(opens)),
        (None, None) => format!("{title}: {state}"),
    }
}
