//! What may be entered: a request is turned into a draft, or refused with the reason and what to type instead.
//!
//! Pure. It is asked while nobody else can write, so that two who report the same thing at once cannot both be taken. The
//! one part of the record that looks at the schedule: which occurrences there are follows from it.

mod occurrence;
mod strike;
mod subject;
pub mod text;

pub use strike::how_to_strike;

use super::{Draft, Entry, EntryKind, Evidence, Record};
use crate::agreement::{Agreement, Status};
use crate::error::{Error, Result};
use crate::ids::PartyId;
use crate::office::Office;
use crate::words;
use chrono::NaiveDate;
use occurrence::Which;
use subject::Subject;

/// The most papers that one entry names.
pub const MOST_PAPERS: usize = 20;

/// What somebody asks to enter, as it was typed.
#[derive(Clone, Debug)]
pub struct Request {
    /// What it says.
    pub kind: EntryKind,
    /// The obligation or event of the agreement; `None`: the agreement as a whole.
    pub subject: Option<String>,
    /// The day that it speaks of.
    pub on: Option<NaiveDate>,
    /// The party that says it.
    pub by: Option<String>,
    /// Who spoke for it.
    pub speaker: Option<String>,
    /// The occurrence, by its last day.
    pub occurrence: Option<NaiveDate>,
    /// Which of an event that repeats.
    pub for_words: Option<String>,
    /// The entry that it strikes or remarks on.
    pub entry: Option<u64>,
    /// A remark.
    pub note: Option<String>,
    /// Papers, already read.
    pub evidence: Vec<Evidence>,
}

/// What a request is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The office.
    pub office: &'a Office,
    /// The agreement that the request is about.
    pub agreement: &'a Agreement,
    /// What was entered before.
    pub record: &'a Record,
    /// The office's day.
    pub today: NaiveDate,
}

/// Turns a request into a draft.
///
/// # Errors
/// Refused, where the request breaks a rule; the message says which, and what to type instead.
pub fn decide(request: &Request, given: &Circumstances<'_>) -> Result<Draft> {
    let agreement = given.agreement;
    if agreement.status == Status::Draft {
        return Err(Error::refused(format!(
            "`{}` is a draft, about which nothing is recorded; write `status = \"tentative\"` in its file, or \"in_force\", once it is one",
            agreement.id
        )));
    }
    let subject = subject::find(request, given)?;
    let on = day(request, given)?;
    let by = party(request, given)?;
    let mut draft = Draft::new(
        request.kind,
        agreement.id.clone(),
        agreement.digest.as_str(),
    );
    draft.subject = subject.as_ref().map(|s| s.id().to_owned());
    draft.on = on;
    draft.by = by;
    draft.entered_by = given
        .office
        .settings
        .keeper
        .clone()
        .filter(|keeper| draft.by.as_ref() != Some(keeper));
    draft.speaker = text::line("--speaker", request.speaker.as_deref(), text::LONGEST_NAME)?;
    draft.for_words = text::line("--for", request.for_words.as_deref(), text::LONGEST_NAME)?;
    draft.note = text::line("--note", request.note.as_deref(), text::LONGEST_NOTE)?;
    draft.evidence = papers(request)?;
    draft.entry = request.entry;
    if draft.speaker.is_some() && draft.by.is_none() {
        return Err(Error::refused(format!(
            "--speaker speaks for a party; say for which: {}",
            by_which(given)
        )));
    }
    match request.kind {
        EntryKind::Happened => happened(draft, subject, request, given),
        EntryKind::Met => met(draft, subject, request, given),
        EntryKind::Noted => noted(draft, subject, request, given),
        EntryKind::Struck => strike::decide(draft, request, given),
        _ => Err(Error::refused("this kind of entry is not entered yet")),
    }
}

fn happened(
    mut draft: Draft,
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<Draft> {
    no_entry(request)?;
    match subject {
        Some(Subject::Obligation(obligation)) => {
            tell_apart(&mut draft, occurrence::named(request, obligation, given)?);
        }
        _ if request.occurrence.is_some() => {
            return Err(Error::refused(
                "--occurrence is for obligations; leave it out: an event is told by its day alone",
            ));
        }
        Some(Subject::Event(event)) if !event.repeats && draft.for_words.is_some() => {
            return Err(Error::refused(format!(
                "`{}` happens once, so there is no --for; leave it out, or write `repeats = true` under [events.{}] if it can happen again",
                event.id, event.id
            )));
        }
        _ => {}
    }
    let repeats = matches!(subject, Some(Subject::Event(event)) if event.repeats);
    let said_before = given.record.standing().find(|entry| {
        is_about_the_same(entry, &draft)
            && entry.kind == EntryKind::Happened
            && entry.by == draft.by
            && (!repeats || (entry.for_words == draft.for_words && entry.on == draft.on))
    });
    once(draft, said_before, given)
}

fn met(
    mut draft: Draft,
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<Draft> {
    no_entry(request)?;
    if let Some(Subject::Obligation(obligation)) = subject {
        let which = occurrence::to_be_met(request, obligation, given)?;
        tell_apart(&mut draft, Some(which));
    }
    let said_before = given.record.standing().find(|entry| {
        is_about_the_same(entry, &draft)
            && entry.kind == EntryKind::Met
            && entry.by == draft.by
            && entry.occurrence == draft.occurrence
            && entry.for_words == draft.for_words
    });
    once(draft, said_before, given)
}

fn noted(
    mut draft: Draft,
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<Draft> {
    if draft.note.is_none() && draft.evidence.is_empty() {
        return Err(Error::refused(
            "there is nothing to note; write the remark as --note \"...\", or name a file as --evidence FILE",
        ));
    }
    if let Some(number) = request.entry {
        earlier(number, given)?;
    }
    match subject {
        Some(Subject::Obligation(obligation)) => {
            tell_apart(&mut draft, occurrence::named(request, obligation, given)?);
        }
        _ if request.occurrence.is_some() => {
            return Err(Error::refused(
                "--occurrence is for obligations; name one as AGREEMENT/OBLIGATION, or leave it out",
            ));
        }
        _ => {}
    }
    Ok(draft)
}

/// What an entry is about, as it is typed: `sdr_phase_ii/implementation`.
pub fn about(entry: &Entry) -> String {
    match &entry.subject {
        Some(subject) => format!("{}/{subject}", entry.agreement),
        None => entry.agreement.to_string(),
    }
}

/// Says which occurrence an entry is about.
fn tell_apart(draft: &mut Draft, which: Option<Which>) {
    if let Some(which) = which {
        draft.occurrence = which.occurrence;
        draft.for_words = which.for_words.or(draft.for_words.take());
    }
}

/// One party says a thing once; another party's word is its own.
fn once(draft: Draft, said_before: Option<&Entry>, given: &Circumstances<'_>) -> Result<Draft> {
    let Some(earlier) = said_before else {
        return Ok(draft);
    };
    let day = earlier
        .on
        .map(|day| format!(" ({})", words::day(day)))
        .unwrap_or_default();
    Err(Error::refused(format!(
        "entry {} says so already{day}; if it is wrong, strike it out first: sideletter {}",
        earlier.number,
        how_to_strike(earlier, given.office)
    )))
}

fn is_about_the_same(entry: &Entry, draft: &Draft) -> bool {
    entry.agreement == draft.agreement && entry.subject == draft.subject
}

/// An earlier entry about the same agreement.
fn earlier<'a>(number: u64, given: &Circumstances<'a>) -> Result<&'a Entry> {
    let entry = given
        .record
        .entries
        .iter()
        .find(|entry| entry.number == number)
        .ok_or_else(|| {
            Error::refused(format!(
                "there is no entry {number}; `sideletter log {}` lists them",
                given.agreement.id
            ))
        })?;
    if entry.agreement == given.agreement.id {
        Ok(entry)
    } else {
        Err(Error::refused(format!(
            "entry {number} is about {}, not about {}; `sideletter log {}` lists the entries about that",
            about(entry),
            given.agreement.id,
            given.agreement.id
        )))
    }
}

fn no_entry(request: &Request) -> Result<()> {
    if request.entry.is_some() {
        return Err(Error::refused(format!(
            "`{}` answers no entry; leave --entry out",
            request.kind.as_str()
        )));
    }
    Ok(())
}

fn day(request: &Request, given: &Circumstances<'_>) -> Result<Option<NaiveDate>> {
    let today = given.today;
    match (request.on, request.kind) {
        (Some(on), _) if on > today => Err(Error::refused(format!(
            "{} has not come yet: today is {}; record what happened once it has",
            words::day(on),
            words::day(today)
        ))),
        (None, EntryKind::Happened | EntryKind::Met) => Err(Error::refused(format!(
            "on which day? Say it as --on YYYY-MM-DD; for today: --on {today}"
        ))),
        (on, _) => Ok(on),
    }
}

/// The party that speaks: the one that is named, else the keeper where it is a party.
fn party(request: &Request, given: &Circumstances<'_>) -> Result<Option<PartyId>> {
    let parties = &given.agreement.parties;
    if let Some(name) = &request.by {
        if let Some(party) = parties.iter().find(|party| party.as_str() == name) {
            return Ok(Some(party.clone()));
        }
        let remedy = words::did_you_mean(name, parties.iter().map(PartyId::as_str))
            .unwrap_or_else(|| format!("type {}", by_which(given)));
        return Err(Error::refused(format!(
            "`{}` is no party to {}; {remedy}",
            text::shown(name),
            given.agreement.id,
        )));
    }
    let keeper = given
        .office
        .settings
        .keeper
        .as_ref()
        .filter(|keeper| parties.contains(keeper));
    let made_by_nobody = request.kind == EntryKind::Struck
        && request.entry.is_some_and(|number| {
            given
                .record
                .entries
                .iter()
                .any(|entry| entry.number == number && entry.by.is_none())
        });
    match (keeper, request.kind) {
        // An entry that no party made is struck out as it was entered.
        (_, EntryKind::Struck) if made_by_nobody => Ok(None),
        (Some(keeper), _) => Ok(Some(keeper.clone())),
        (None, EntryKind::Happened | EntryKind::Noted) => Ok(None),
        (None, _) => Err(Error::refused(format!(
            "which party says so? Type {}",
            by_which(given)
        ))),
    }
}

/// `--by upe or --by dha`.
fn by_which(given: &Circumstances<'_>) -> String {
    words::either(
        given
            .agreement
            .parties
            .iter()
            .map(|party| format!("--by {party}")),
    )
}

fn papers(request: &Request) -> Result<Vec<Evidence>> {
    if request.evidence.len() > MOST_PAPERS {
        return Err(Error::refused(format!(
            "an entry names at most {MOST_PAPERS} papers; note the others in further entries"
        )));
    }
    Ok(request
        .evidence
        .iter()
        .map(|paper| Evidence {
            name: text::shown(&paper.name),
            sha256: paper.sha256.clone(),
        })
        .collect())
}
