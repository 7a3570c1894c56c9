//! `log`: the record, and whether it is as it was written.

use super::{Context, Format, Outcome, find, json};
use crate::error::Result;
use crate::ids::{AgreementId, PartyId};
use crate::office::Office;
use crate::record::answers::{self, Index, Rule, Standing, Stands};
use crate::record::entering::{self, text::shown};
use crate::record::{Entry, EntryKind, Extent, Record, SealFault, Sealed, verify};
use crate::store::{Access, Store};
use crate::words;
use chrono::NaiveDate;
use std::fmt::Write as _;

/// What to show.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only what is about this agreement
    #[arg(value_name = "AGREEMENT")]
    agreement: Option<String>,
    /// Check that no entry was altered, removed or put in; always of the whole record
    #[arg(long)]
    verify: bool,
}

/// Shows it.
///
/// # Errors
/// When the office or its store cannot be read, or the agreement is not known.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let office = context.office()?;
    let store = context.store(&office, Access::Read)?;
    if arguments.verify {
        return check(store.as_ref(), context);
    }
    let only = arguments.agreement.as_deref().map(AgreementId::new);
    let extent = only.map_or(Extent::Whole, |id| Extent::About(vec![id]));
    let record = store.record_of(&extent)?;
    let today = context.clock(office.settings.zone).today();
    if let Some(id) = &arguments.agreement {
        // What was recorded about an agreement stays, whatever became of its file.
        if record.entries.is_empty() {
            find::agreement(&office, id)?;
        }
    }
    let entries = Shown::of(&office, &record, today, |_| true);
    context.output.print(&match context.format {
        Format::Json => json(&entries)?,
        Format::Text => text(&office, &entries),
    })?;
    Ok(Outcome::Fine)
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
                Self {
                    entry,
                    standing: agreement.and_then(|of| {
                        let rule = Rule::new(office, of, &record.asked, today);
                        answers::stands(entry, &index, &rule)
                    }),
                    struck_by: index.struck_by(entry.number),
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
        let stands = self.standing.as_ref().and_then(|s| stands(office, s));
        let stands = stands.map(|stands| format!(" {stands}"));
        format!(
            "entry {}, {day}: {}{}",
            entry.number,
            sentence(office, entry),
            stands.unwrap_or_default()
        )
    }
}

/// An entry in one sentence, without its full stop: `UPE says that "Implementation of SDR Phase II" happened on 3 March 2014`.
pub(super) fn sentence(office: &Office, entry: &Entry) -> String {
    let title = shown(&title(office, entry));
    let on = entry
        .on
        .map(|day| format!(" on {}", words::weekday_and_day(day)))
        .unwrap_or_default();
    let to = entry
        .to
        .map(|day| format!(" to {}", words::weekday_and_day(day)))
        .unwrap_or_default();
    let for_words = entry
        .for_words
        .as_ref()
        .map(|words| format!(" ({})", shown(words)))
        .unwrap_or_default();
    let which = entry
        .occurrence
        .map(|day| format!(", that of {},", words::day(day)))
        .unwrap_or_default();
    let what = match entry.kind {
        EntryKind::Happened if is_obligation(office, entry) => {
            format!("the condition of \"{title}\"{which} came about{on}")
        }
        EntryKind::Happened => format!("\"{title}\"{for_words} happened{on}"),
        EntryKind::Met => format!("\"{title}\"{for_words}{which} was done{on}"),
        EntryKind::Confirmed => format!("confirms {}", answered(entry)),
        EntryKind::Disputed if entry.entry.is_none() => {
            format!("\"{title}\"{for_words} was not kept{on}")
        }
        EntryKind::Disputed => format!("disputes {}", answered(entry)),
        EntryKind::Waived => format!("agrees to skip \"{title}\"{for_words}{which} this time"),
        EntryKind::Moved => format!("agrees to move \"{title}\"{for_words}{which}{to}"),
        EntryKind::Renewed => format!("agrees to renew \"{title}\"{to}"),
        EntryKind::Ended => format!("agrees to end \"{title}\"{on}"),
        EntryKind::Notice => format!("notice about the renewal of \"{title}\" was given{on}"),
        EntryKind::Noted => format!("a remark on \"{title}\"{for_words}{which}{on}"),
        EntryKind::Struck if entry.proposed => format!("{} is to be struck out", answered(entry)),
        EntryKind::Struck if entry.erase => {
            format!("{} is struck out and its text is erased", answered(entry))
        }
        EntryKind::Struck => format!("{} is struck out", answered(entry)),
    };
    let note = entry
        .note
        .as_ref()
        .map(|note| format!(": {}", shown(note)))
        .unwrap_or_default();
    match (&entry.by, entry.kind) {
        (Some(by), EntryKind::Noted | EntryKind::Struck) => {
            format!("{what}, by {}{note}", office.short_name(by))
        }
        (Some(by), _) if is_done_by_saying_it(entry) => {
            format!("{} {what}{note}", office.short_name(by))
        }
        (Some(by), _) => format!("{} says that {what}{note}", office.short_name(by)),
        (None, _) => format!("{what}{note}"),
    }
}

/// Whether a party does something by the entry, and does not only say that something is so.
fn is_done_by_saying_it(entry: &Entry) -> bool {
    let is_answer = entry.kind == EntryKind::Disputed && entry.entry.is_some();
    entry.kind.is_act() || entry.kind == EntryKind::Confirmed || is_answer
}

/// The entry that an entry answers or strikes: `entry 3`.
fn answered(entry: &Entry) -> String {
    let number = entry.entry.map(|number| number.to_string());
    format!("entry {}", number.as_deref().unwrap_or("?"))
}

fn is_obligation(office: &Office, entry: &Entry) -> bool {
    let agreement = office.agreement(entry.agreement.as_str());
    let subject = entry.subject.as_deref().unwrap_or_default();
    agreement.is_some_and(|a| a.obligation(subject).is_some())
}

fn title(office: &Office, entry: &Entry) -> String {
    let agreement = office.agreement(entry.agreement.as_str());
    let Some(subject) = entry.subject.as_deref() else {
        return agreement.map_or_else(|| entry.agreement.to_string(), |a| a.title.clone());
    };
    agreement
        .and_then(|a| {
            a.obligation(subject)
                .map(|o| o.title.clone())
                .or_else(|| a.event(subject).map(|e| e.title.clone()))
                .or_else(|| matches!(subject, "renewal" | "expiration").then(|| a.title.clone()))
        })
        .unwrap_or_else(|| entering::about(entry))
}

fn text(office: &Office, entries: &[Shown<'_>]) -> String {
    if entries.is_empty() {
        return "Nothing is recorded yet. To enter something: sideletter record --help\n"
            .to_owned();
    }
    let mut table = super::table();
    table.set_header(["no.", "entered", "what", "day", "by", "remark"]);
    for shown in entries {
        let entry = shown.entry;
        let at = entry.at.with_timezone(&office.settings.zone);
        table.add_row([
            entry.number.to_string(),
            at.format("%Y-%m-%d %H:%M").to_string(),
            what(entry),
            entry.on.map(|day| day.to_string()).unwrap_or_default(),
            who(office, entry),
            remark(office, shown),
        ]);
    }
    let mut text = String::new();
    for line in table.lines() {
        text += line.trim_end();
        text.push('\n');
    }
    text
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

fn who(office: &Office, entry: &Entry) -> String {
    let party = entry.by.as_ref().map(|by| office.short_name(by));
    let keeper = entry.entered_by.as_ref().map(|by| office.short_name(by));
    let who = match (party, keeper) {
        (Some(party), Some(keeper)) => format!("{party}, entered by {keeper}"),
        (None, Some(keeper)) => format!("entered by {keeper}"),
        (Some(party), None) => party.to_owned(),
        (None, None) => String::new(),
    };
    match &entry.speaker {
        Some(speaker) => format!("{who} ({})", shown(speaker)),
        None => who,
    }
}

fn remark(office: &Office, of: &Shown<'_>) -> String {
    let entry = of.entry;
    let mut parts = Vec::new();
    if let Some(strike) = of.struck_by {
        parts.push(format!("[struck out by entry {strike}]"));
    }
    if entry.proposed {
        parts.push("[waits for the strikes of all who agreed]".to_owned());
    }
    parts.extend(
        of.standing
            .as_ref()
            .and_then(|standing| stands(office, standing)),
    );
    if let Some(note) = &entry.note {
        parts.push(shown(note));
    }
    for paper in &entry.evidence {
        let begin: String = paper.sha256.chars().take(12).collect();
        parts.push(format!("[{}, SHA-256 {begin}...]", shown(&paper.name)));
    }
    parts.join(" ")
}

/// Where an entry stands with the parties: `[proposed; waits for DHA]`.
fn stands(office: &Office, standing: &Standing) -> Option<String> {
    let names = |parties: &[PartyId]| words::list(parties.iter().map(|p| office.short_name(p)));
    let word = standing.stands.as_str();
    let against = if standing.against.is_empty() {
        String::new()
    } else {
        format!("; not agreed to by {}", names(&standing.against))
    };
    match standing.stands {
        Stands::Claimed => None,
        Stands::Proposed => Some(format!(
            "[{word} by {}; waits for {}{against}]",
            names(&standing.said_by),
            names(&standing.waits_for)
        )),
        Stands::Confirmed if !standing.by_silence.is_empty() => {
            let silences = standing.by_silence.iter();
            Some(format!(
                "[{}]",
                words::list(silences.map(|silence| silence.in_words(office)))
            ))
        }
        Stands::Confirmed | Stands::Agreed => {
            Some(format!("[{word}: {}]", names(&standing.said_by)))
        }
        Stands::Disputed => Some(format!("[{word} by {}]", names(&standing.against))),
        Stands::Overtaken => Some("[overtaken by another act]".to_owned()),
    }
}

/// What `--verify --format json` says.
#[derive(serde::Serialize)]
struct Verified<'a> {
    entries: usize,
    not_shown: usize,
    newest_seal: Option<&'a str>,
    faults: &'a [SealFault],
}

fn check(store: &dyn Store, context: &Context) -> Result<Outcome> {
    let sealed = store.sealed()?;
    let faults = verify(&sealed);
    let newest = sealed.last().map(|entry| entry.seal.as_str());
    let not_shown = sealed.iter().filter(|entry| entry.text.is_none()).count();
    context.output.print(&match context.format {
        Format::Json => json(&Verified {
            entries: sealed.len(),
            not_shown,
            newest_seal: newest,
            faults: &faults,
        })?,
        Format::Text => verdict(&sealed, not_shown, &faults),
    })?;
    Ok(Outcome::faults_if(!faults.is_empty()))
}

fn verdict(sealed: &[Sealed], not_shown: usize, faults: &[SealFault]) -> String {
    let Some(newest) = sealed.last() else {
        return "Nothing is recorded yet, so there is no seal.\n".to_owned();
    };
    let entries = words::count(sealed.len(), "entry");
    if !faults.is_empty() {
        let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        lines.push(format!(
            "{entries}, {}; compare with a backup, and with the seals in reminders that were sent",
            words::count(faults.len(), "fault")
        ));
        return lines.join("\n") + "\n";
    }
    let hidden = match not_shown {
        0 => String::new(),
        n => format!(" ({n} erased, whose digests stand)"),
    };
    format!(
        "{entries}{hidden}, each sealed to the one before; newest seal {}\n",
        newest.seal
    )
}
