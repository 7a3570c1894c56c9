//! `log`: the record, whether it is as it was written, and the record handed out.

mod case;
mod export;
mod verify;

use super::{Context, Format, Outcome, find, json};
use crate::clock;
use crate::error::{Error, Result};
use crate::ids::AgreementId;
use crate::office::Office;
use crate::reader::{self, Reader};
use crate::record::answers::{self, Index, Rule, Standing};
use crate::record::entering::{self, text::shown};
use crate::record::{Entry, EntryKind, Extent, Record, Sealed, told};
use crate::store::{Access, Store};
use chrono::{DateTime, NaiveDate, Utc};
use std::fmt::Write as _;

/// What to show.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only what is about this agreement
    #[arg(value_name = "AGREEMENT")]
    agreement: Option<String>,
    /// Check that no entry was altered, removed or put in; always of the whole record
    #[arg(long, conflicts_with_all = ["export", "case"])]
    verify: bool,
    /// Check a seal that was kept too, as a mail prints it (412:9f86...), or the file of an earlier export; may be given
    /// several times
    #[arg(long, value_name = "SEAL", requires = "verify")]
    receipt: Vec<String>,
    /// Hand the record out as JSON Lines, which verify without this program
    #[arg(long, conflicts_with = "case")]
    export: bool,
    /// The case file of an agreement, as one HTML page
    #[arg(long, value_name = "AGREEMENT", conflicts_with = "agreement")]
    case: Option<String>,
    /// For this party: without what it may not see
    #[arg(long = "for", value_name = "PARTY")]
    reader: Option<String>,
}

/// Shows it.
///
/// # Errors
/// When the office or its store cannot be read, or an agreement, a party or a receipt is none.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let office = context.office()?;
    let store = context.store(&office, Access::Read)?;
    let party = arguments.reader.as_deref();
    let party = party.map(|id| find::party(&office, id)).transpose()?;
    if party.is_some() && !arguments.export && arguments.case.is_none() {
        return Err(Error::refused(
            "--for says to whom the record is handed out; type --export or --case too",
        ));
    }
    if arguments.verify {
        return verify::run(&arguments.receipt, store.as_ref(), context);
    }
    if let Some(id) = &arguments.case {
        return case::run(id, party, &office, store.as_ref(), context);
    }
    let agreement = arguments.agreement.as_deref();
    if arguments.export {
        let reader = party.map_or(Reader::Office, |party| Reader::Party(&party.id));
        return export::run(agreement, reader, &office, store.as_ref(), context);
    }
    let only = arguments.agreement.as_deref().map(AgreementId::new);
    let extent = only.map_or(Extent::Whole, |id| Extent::About(vec![id]));
    let clock = context.clock(office.settings.zone);
    let today = clock.today();
    let all = store.record_of(&extent)?;
    let mut gone = gone(&all, store.as_ref())?;
    gone.retain(|gone| {
        let day = gone.at.with_timezone(&clock.zone()).date_naive();
        clock.is_the_machines() || day <= today
    });
    let record = context.as_known(&office, all);
    known(&office, &record.entries, agreement)?;
    let entries = Shown::of(&office, &record, today, |_| true);
    context.output.print(&match context.format {
        Format::Json => json(&in_order(entries, gone))?,
        Format::Text => text(&office, &entries, &gone, clock.now()),
    })?;
    Ok(Outcome::Fine)
}

/// Sees that an agreement is known. What was recorded about it stays, whatever became of its file.
fn known(office: &Office, entries: &[Entry], agreement: Option<&str>) -> Result<()> {
    if let Some(id) = agreement
        && !entries.iter().any(|entry| entry.agreement.as_str() == id)
    {
        find::agreement(office, id)?;
    }
    Ok(())
}

/// An entry as JSON shows it: what it says, and what has become of it.
#[derive(serde::Serialize)]
pub(super) struct Shown<'a> {
    #[serde(flatten)]
    entry: &'a Entry,
    /// Where it stands with the parties; null for an answer, a remark, a strike, and what was struck out.
    standing: Option<Standing>,
    /// The strike that voided it.
    struck_by: Option<u64>,
    /// Of a claim: the entry by which its party came to stand by another day.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_by: Option<u64>,
    /// Of an answer: that its party has answered otherwise, too, or that it changes nothing.
    #[serde(skip)]
    otherwise: Option<String>,
    /// Of a strike: whether it waits for those of others.
    #[serde(skip)]
    waits: bool,
}

impl<'a> Shown<'a> {
    /// The entries that `asked` picks of a record, as they stand on a day.
    pub(super) fn of(
        office: &Office,
        record: &'a Record,
        today: NaiveDate,
        asked: impl Fn(&Entry) -> bool,
    ) -> Vec<Self> {
        let index = Index::new(record);
        let entries = record.entries.iter().filter(|entry| asked(entry));
        entries
            .map(|entry| {
                let agreement = office.agreement(entry.agreement.as_str());
                let rule = agreement.map(|of| Rule::new(office, of, &record.asked, today));
                Self {
                    entry,
                    standing: rule.and_then(|rule| answers::stands(entry, &index, &rule)),
                    struck_by: index.struck_by(entry.number),
                    replaced_by: rule.and_then(|rule| answers::replaced_by(entry, &index, &rule)),
                    otherwise: index
                        .struck_by(entry.number)
                        .is_none()
                        .then(|| told::of_an_answer(office, entry, &index, rule.as_ref()))
                        .flatten(),
                    waits: rule
                        .is_some_and(|rule| answers::is_waiting(entry, record, &index, &rule)),
                }
            })
            .collect()
    }
}

impl Shown<'_> {
    /// The entry in one line, with where it stands: `entry 3, 2014-04-10: UPE agrees to move ... [proposed by UPE; waits for DHA]`.
    pub(super) fn line(&self, office: &Office) -> String {
        let entry = self.entry;
        let day = entry.at.with_timezone(&office.settings.zone).date_naive();
        let stands = self.stands(office).or_else(|| self.otherwise.clone());
        let replaced = told::replaced(office, entry, self.replaced_by);
        let stands: Vec<String> = stands.into_iter().chain(replaced).collect();
        let stands = (!stands.is_empty()).then(|| format!(" [{}]", stands.join("; ")));
        format!(
            "entry {}, {day}: {}{}",
            entry.number,
            told::sentence(office, entry),
            stands.unwrap_or_default()
        )
    }

    fn stands(&self, office: &Office) -> Option<String> {
        told::stands(office, self.entry, self.standing.as_ref()?)
    }
}

/// An entry whose text is gone, as JSON shows it too.
#[derive(serde::Serialize)]
struct Gone {
    number: u64,
    at: DateTime<Utc>,
    /// Always: what tells it from an entry whose text is there.
    erased: bool,
    /// The strike that erased it; `None`: nothing says that any did.
    struck_by: Option<u64>,
    digest: String,
    seal: String,
}

/// An entry of the list, whether its text is there or not.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Listed<'a> {
    Said(Shown<'a>),
    Gone(Gone),
}

/// All of them, in the order of their numbers.
fn in_order<'a>(entries: Vec<Shown<'a>>, gone: Vec<Gone>) -> Vec<Listed<'a>> {
    let said = entries.into_iter().map(Listed::Said);
    let mut all: Vec<Listed<'a>> = said.chain(gone.into_iter().map(Listed::Gone)).collect();
    all.sort_by_key(|listed| match listed {
        Listed::Said(shown) => shown.entry.number,
        Listed::Gone(gone) => gone.number,
    });
    all
}

/// The entries whose text is gone. Of one agreement those that a strike erased: of the others nothing says what they were
/// about.
fn gone(record: &Record, store: &dyn Store) -> Result<Vec<Gone>> {
    let erased = reader::erased(&record.entries);
    let kept: Vec<Sealed> = if record.extent == Extent::Whole {
        store.sealed()?
    } else {
        let kept = erased.keys().map(|number| store.sealed_entry(*number));
        kept.filter_map(Result::transpose).collect::<Result<_>>()?
    };
    let gone = kept.iter().filter(|entry| entry.text.is_none());
    let gone = gone.map(|entry| Gone {
        number: entry.number,
        at: entry.at,
        erased: true,
        struck_by: erased.get(&entry.number).map(|strike| strike.number),
        digest: entry.digest.clone(),
        seal: entry.seal.clone(),
    });
    Ok(gone.collect())
}

fn text(office: &Office, entries: &[Shown<'_>], gone: &[Gone], now: DateTime<Utc>) -> String {
    if entries.is_empty() && gone.is_empty() {
        return "Nothing is recorded yet. To enter something: sideletter record --help\n"
            .to_owned();
    }
    let entered = |at: DateTime<Utc>| {
        let at = at.with_timezone(&office.settings.zone);
        at.format("%Y-%m-%d %H:%M").to_string()
    };
    let mut before: Option<&Entry> = None;
    let said = entries.iter().map(|shown| {
        let entry = shown.entry;
        let dated = dated(entry, before, now);
        before = before.filter(|before| before.at > entry.at).or(Some(entry));
        let cells = [
            what(entry),
            entry.on.map(|day| day.to_string()).unwrap_or_default(),
            told::who(office, entry),
            dated
                .into_iter()
                .chain([remark(office, shown)])
                .filter(|remark| !remark.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        ];
        (entry.number, entered(entry.at), cells)
    });
    let gone = gone.iter().map(|gone| {
        let (what, why) = match gone.struck_by {
            Some(strike) => ("text erased", format!("[struck out by entry {strike}]")),
            None => ("text gone", "[no strike erased it]".to_owned()),
        };
        let cells = [what.to_owned(), String::new(), String::new(), why];
        (gone.number, entered(gone.at), cells)
    });
    let mut rows: Vec<_> = said.chain(gone).collect();
    rows.sort_by_key(|(number, ..)| *number);
    let mut table = super::table();
    table.set_header(["no.", "entered", "what", "day", "by", "remark"]);
    for (number, entered, [what, day, by, remark]) in rows {
        table.add_row([number.to_string(), entered, what, day, by, remark]);
    }
    let mut text = String::new();
    for line in table.lines() {
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// That no clock that goes on dates an entry so: before one that came earlier, or ahead of today.
fn dated(entry: &Entry, before: Option<&Entry>, now: DateTime<Utc>) -> Option<String> {
    if let Some(before) = before.filter(|before| entry.at < before.at) {
        return Some(format!("[dated before entry {}]", before.number));
    }
    clock::is_ahead_of(entry.at, now).then(|| "[dated ahead of the clock]".to_owned())
}

fn what(entry: &Entry) -> String {
    let about = shown(&entering::about(entry));
    let mut what = match (entry.kind, entry.entry) {
        (EntryKind::Struck, Some(number)) => {
            let erased = if entry.erase {
                " and erased its text"
            } else {
                ""
            };
            format!("struck entry {number}{erased}, {about}")
        }
        (EntryKind::Confirmed | EntryKind::Disputed, Some(number)) => {
            format!("{} entry {number}, {about}", entry.kind.as_str())
        }
        (kind, _) => format!("{} {about}", kind.as_str()),
    };
    // Writing to a string cannot fail.
    if let Some(occurrence) = entry.occurrence {
        let _ = write!(what, ", that of {occurrence}");
    }
    if let Some(words) = &entry.for_words {
        let _ = write!(what, ", for {}", shown(words));
    }
    if let Some(to) = entry.to {
        let _ = write!(what, ", to {to}");
    }
    what
}

fn remark(office: &Office, of: &Shown<'_>) -> String {
    let entry = of.entry;
    let mut parts = Vec::new();
    if let Some(strike) = of.struck_by {
        parts.push(format!("[struck out by entry {strike}]"));
    }
    if of.waits {
        parts.push("[waits for the strikes of all who agreed]".to_owned());
    }
    let otherwise = of.otherwise.clone();
    let replaced = told::replaced(office, entry, of.replaced_by);
    let stands = of
        .stands(office)
        .into_iter()
        .chain(otherwise)
        .chain(replaced);
    parts.extend(stands.map(|stands| format!("[{stands}]")));
    if let Some(note) = &entry.note {
        parts.push(shown(note));
    }
    for paper in &entry.evidence {
        let begin: String = paper.sha256.chars().take(12).collect();
        parts.push(format!("[{}, SHA-256 {begin}...]", shown(&paper.name)));
    }
    parts.join(" ")
}
