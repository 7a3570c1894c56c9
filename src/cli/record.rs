//! `record`: enter what happened.

mod beside;
mod follows;
mod no_day;
mod out_of_time;
mod overtaken;
mod strikes;

use super::log::Shown;
use super::{Context, Format, Outcome, faults, find, json, parse_day};
use crate::agreement::Agreement;
use crate::clock::{self, Clock};
use crate::disagreement::Texts;
use crate::error::{Error, Result};
use crate::office::Office;
use crate::outbox;
use crate::record::entering::{self, Circumstances, Request};
use crate::record::{Draft, Entry, EntryKind, Evidence, Extent, Record, same_words, seal, told};
use crate::schedule::{self, Question, Schedule};
use crate::store::{Access, Store};
use crate::words;
use chrono::NaiveDate;
use follows::Change;
use std::path::{Path, PathBuf};

/// What to enter.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// happened, met, confirmed, disputed, waived, moved, renewed, ended, notice, noted or struck
    #[arg(value_name = "KIND")]
    kind: String,
    /// The agreement, and after a slash its obligation or event, or its own signing, ratification, effective, expiration or renewal
    #[arg(value_name = "AGREEMENT[/ID]")]
    what: String,
    /// The day that it speaks of, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    on: Option<NaiveDate>,
    /// The new last day, of what is moved or renewed
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    to: Option<NaiveDate>,
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
    /// The entry to answer, to strike out, or to remark on
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
    /// Who may see it: public, members, parties, or the key of the keeper; left out: who may see what it is about
    #[arg(long, value_name = "V")]
    visibility: Option<String>,
    /// Remove the text of what is struck out, too; its seal stays
    #[arg(long)]
    erase: bool,
}

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
    let request = request(arguments, kind, subject)?;
    let clock = context.clock(office.settings.zone);
    let today = clock.today();
    if !arguments.dry_run {
        see_that_the_day_is_no_slip(clock)?;
    }
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
    let store = context.store(&office, Access::Read)?;
    let newest = store.newest()?;
    let mut before = read(&office, agreement, &request, newest, store.as_ref())?;
    let still_there = still_there(&request, store.as_ref(), &office, context)?;
    // What is refused leaves the store as it is: not even made.
    let draft = decide(&before)?;
    let known = |record: &Record| {
        let last = record.entries.last().map(|entry| entry.seal.clone());
        (last, record.tracking.clone(), record.asked.clone())
    };
    let decided_on = known(&before);
    // Decided once, unless somebody has changed something since.
    let decide = |record: &Record| {
        if known(record) == decided_on {
            Ok(draft.clone())
        } else {
            decide(record)
        }
    };
    let (store, entry) = if arguments.dry_run {
        let draft = draft.clone();
        (
            store,
            draft.into_entry(newest + 1, clock.now(), String::new()),
        )
    } else {
        drop(store);
        let mut store = context.store(&office, Access::Write)?;
        // First, so that a kill between the two leaves nothing that would tell the text; and again, for a run in between.
        if draft.erase {
            outbox::withdraw_words(store.as_mut(), &agreement.id, clock.now())?;
        }
        let entry = store.enter(clock.now(), today, &mut before, &decide)?;
        if draft.erase {
            outbox::withdraw_words(store.as_mut(), &agreement.id, clock.now())?;
        }
        (store, entry)
    };
    if !arguments.dry_run && clock.is_ahead() {
        context
            .output
            .complain(&dated_ahead(&entry, today, context));
    } else if clock::is_ahead_of(entry.at, clock.now()) {
        context
            .output
            .complain(&dated_late(&entry, today, &office, context));
    }
    let was = was(&office, &before, &entry, today, context.format);
    let mut after = before;
    after.entries.push(entry.clone());
    match was {
        None => {
            let shown = Shown::of(&office, &after, today, |other| other.number == entry.number);
            context.output.print(&as_json(shown.first())?)?;
        }
        Some(was) => {
            let change = Change {
                office: &office,
                agreement,
                was,
                after: &after,
                entry: &entry,
                today,
                program: &context.program,
            };
            let text_changed = text_changed(&change, store.as_ref())?;
            let text = text(&change, arguments.dry_run, &text_changed);
            context.output.print(&(text + &change.days()))?;
        }
    }
    context.output.complain(&still_there);
    Ok(faults::of_agreement(&office, agreement, context))
}

/// How things stood before the entry, where that is compared with how they stand since; for JSON it is not.
fn was(
    office: &Office,
    before: &Record,
    entry: &Entry,
    today: NaiveDate,
    format: Format,
) -> Option<Schedule> {
    match format {
        Format::Json => None,
        // A remark changes no day.
        Format::Text if entry.kind == EntryKind::Noted => Some(Schedule::default()),
        Format::Text => {
            let question = Question::new(office, before, today);
            Some(schedule::schedule(&reaching_back(question, entry)))
        }
    }
}

/// As far back as the day in whose period notice, or what was not kept, lies: that may be long over.
fn reaching_back<'a>(question: Question<'a>, entry: &Entry) -> Question<'a> {
    match (entry.kind, entry.on) {
        (EntryKind::Notice | EntryKind::Disputed, Some(on)) => question.reaching(on),
        _ => question,
    }
}

/// What is asked for, with the papers read.
fn request(arguments: &Arguments, kind: EntryKind, subject: Option<&str>) -> Result<Request> {
    Ok(Request {
        kind,
        subject: subject.map(str::to_owned),
        on: arguments.on,
        to: arguments.to,
        by: arguments.by.clone(),
        speaker: arguments.speaker.clone(),
        occurrence: arguments.occurrence,
        for_words: arguments.for_words.clone(),
        entry: arguments.entry,
        note: arguments.note.clone(),
        evidence: papers(&arguments.evidence)?,
        visibility: arguments.visibility.clone(),
        erase: arguments.erase,
    })
}

/// In which other entries the words still stand that are asked to be erased.
fn still_there(
    request: &Request,
    store: &dyn Store,
    office: &Office,
    context: &Context,
) -> Result<String> {
    let Some(number) = request.entry.filter(|_| request.erase) else {
        return Ok(String::new());
    };
    let record = store.record()?;
    let Some(erased) = record.entry(number) else {
        return Ok(String::new());
    };
    let others = same_words::others_with_words_of(erased, &record.entries).into_iter();
    let told = others.map(|other| {
        format!(
            "entry {} has the same words and keeps them; where they are to go there too: {} {} --erase\n",
            other.number,
            context.program,
            entering::how_to_strike(other, office)
        )
    });
    let own = request
        .note
        .iter()
        .filter(|note| same_words::quotes(note, erased));
    let own =
        own.map(|_| "this strike has the same words in its remark, and keeps them\n".to_owned());
    Ok(told.chain(own).collect())
}

/// What the answer can depend on, with the entry that is named, and with the last about the agreement.
fn read(
    office: &Office,
    agreement: &Agreement,
    request: &Request,
    newest: u64,
    store: &dyn Store,
) -> Result<Record> {
    // Before the rest, so that what is entered meanwhile comes after all that is known.
    let last = store.sealed_before(newest + 1, &agreement.id)?;
    let named = match request.entry {
        Some(number) => store.sealed_entry(number)?,
        None => None,
    };
    if named.as_ref().is_some_and(|named| named.text.is_none()) {
        // Which entry struck it out, its text no longer tells.
        return store.record();
    }
    let mut single = Vec::new();
    for sealed in named.into_iter().chain(last) {
        single.extend(sealed.entry()?);
    }
    let names_one = request.occurrence.is_some() || request.for_words.is_some();
    let extent = if request.kind == EntryKind::Noted && !names_one {
        // A remark changes no day, and on no single occurrence it hangs on none.
        Extent::About(Vec::new())
    } else {
        let named = single
            .iter()
            .find(|entry| Some(entry.number) == request.entry);
        schedule::touched(office, &agreement.id, named.map(|named| &named.agreement))
    };
    let mut record = store.record_of(&extent)?;
    for entry in single {
        let place = |other: &Entry| other.number.cmp(&entry.number);
        if let Err(place) = record.entries.binary_search_by(place) {
            record.entries.insert(place, entry);
        }
    }
    Ok(record)
}

/// Refuses a day that would date every later entry, too.
fn see_that_the_day_is_no_slip(clock: Clock) -> Result<()> {
    if !clock.is_far_ahead() {
        return Ok(());
    }
    Err(Error::refused(format!(
        "today would be {}, more than a year after this machine's clock, and no later entry could be dated before that; type the day again, or leave it out; if the clock is wrong, set it",
        words::day(clock.today())
    )))
}

/// That an entry is dated ahead of the machine's clock, as every later one will be.
fn dated_ahead(entry: &Entry, today: NaiveDate, context: &Context) -> String {
    format!(
        "entry {} is dated {}, which lies ahead of this machine's clock, and no later entry is dated before that; if the day was mistyped, restore a backup that was made before it ({} restore FILE --aside OTHER) before more is entered\n",
        entry.number,
        words::day(today),
        context.program
    )
}

/// That an entry is dated like one before it that a clock dated wrongly, and what to do about that.
fn dated_late(entry: &Entry, today: NaiveDate, office: &Office, context: &Context) -> String {
    let at = entry.at.with_timezone(&office.settings.zone).date_naive();
    let number = entry.number;
    let program = &context.program;
    format!(
        "entry {number} was made on {}, and is dated {}, as the one before it is: no entry is dated earlier than another that came before it; if a clock went wrong then, restore a backup that was made before it ({program} restore FILE --aside OTHER) and enter anew what came since, or write down what happened: {program} record noted {} --note \"...\"\n",
        words::day(today),
        words::day(at),
        entry.agreement
    )
}

fn kind(arguments: &Arguments) -> Result<EntryKind> {
    let typed = arguments.kind.as_str();
    EntryKind::from_word(typed).ok_or_else(|| {
        let known = EntryKind::ALL.map(EntryKind::as_str);
        find::unknown("kind of entry", typed, &known)
    })
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

/// The entry as JSON; what has no seal yet has none.
fn as_json(shown: Option<&Shown<'_>>) -> Result<String> {
    let mut value = serde_json::to_value(shown)
        .map_err(|cause| Error::failed("cannot write JSON").because(cause))?;
    if let Some(seal) = value.get_mut("seal").filter(|seal| *seal == "") {
        *seal = serde_json::Value::Null;
    }
    json(&value)
}

fn text(change: &Change<'_>, dry_run: bool, text_changed: &str) -> String {
    let (office, entry) = (change.office, change.entry);
    // A remark may bring its own full stop.
    let said = told::sentence(office, entry);
    let said = said.strip_suffix('.').unwrap_or(&said);
    let standing = change.standing();
    if dry_run {
        return format!(
            "Entry {} would say: {said}.\nNothing was entered. Without --dry-run, it is.\n{standing}",
            entry.number
        );
    }
    let strike = if entry.kind == EntryKind::Struck && !entry.proposed {
        String::new()
    } else {
        format!(
            "To strike it out: {} {}\n",
            change.program,
            entering::how_to_strike(entry, office)
        )
    };
    format!(
        "Entry {}: {said}.\n{strike}{text_changed}{standing}",
        entry.number,
    )
}

/// That the file is no longer the text that the record speaks about, and what the entry makes of it: said with the first
/// entry that is made about it, and with one that sets it right. From then on `check` says so.
fn text_changed(change: &Change<'_>, store: &dyn Store) -> Result<String> {
    let (agreement, entry) = (change.agreement, change.entry);
    let corrects = change.after.is_correction(entry);
    let mut newest_first = change.after.entries.iter().rev();
    let is_before = |other: &&Entry| other.number < entry.number;
    let last = newest_first.find(|other| is_before(other) && other.agreement == agreement.id);
    if !corrects && last.is_none_or(|last| last.text == agreement.digest) {
        return Ok(String::new());
    }
    // Remarks say which text is the right one.
    let about = Extent::About(vec![agreement.id.clone()]);
    let mut record = store.record_of(&about)?;
    record.entries.retain(|other| is_before(&other));
    let texts = Texts::of(&record);
    let Some(before) = texts.spoken_about_before(agreement) else {
        return Ok(String::new());
    };
    let number = before.number;
    if corrects {
        return Ok(format!(
            "The file has changed since entry {number}; with this remark its text as it is now is taken for the right one.\n"
        ));
    }
    let file = &change.office.sources.get(agreement.file).path;
    Ok(format!(
        "The file has changed since entry {number}; see: {} check {file}\n",
        change.program
    ))
}
