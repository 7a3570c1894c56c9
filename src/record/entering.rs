//! What may be entered: a request is turned into a draft, or refused with the reason and what to type instead.
//!
//! Pure. It is asked while nobody else can write, so that two who report the same thing at once cannot both be taken. The
//! one part of the record that looks at the schedule: which occurrences there are follows from it.

mod act;
mod answer;
pub mod case;
mod flags;
mod noted;
mod notice;
mod occurrence;
mod option;
mod speaker;
mod strike;
mod subject;
pub mod text;

pub use act::renewal;
pub use answer::how_to_answer;
pub use notice::has_ended_it;
pub use option::{is_in_use, leaves_less, used_by, why_closed};
pub use strike::{has_settled_an_end, how_to_strike};

use super::answers::{Rule, is_same_end};
use super::{Draft, Entry, EntryKind, Evidence, Record};
use crate::agreement::{Agreement, Obligation, Status};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::reader;
use crate::schedule::{AmendedTo, Amendment};
use crate::words;
use chrono::{Datelike, Months, NaiveDate};
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
    /// The new last day.
    pub to: Option<NaiveDate>,
    /// The party that says it.
    pub by: Option<String>,
    /// Who spoke for it.
    pub speaker: Option<String>,
    /// The occurrence, by its last day.
    pub occurrence: Option<NaiveDate>,
    /// Which of an event that repeats.
    pub for_words: Option<String>,
    /// The entry that it answers, strikes or remarks on.
    pub entry: Option<u64>,
    /// A remark.
    pub note: Option<String>,
    /// Papers, already read.
    pub evidence: Vec<Evidence>,
    /// Who may see it.
    pub visibility: Option<String>,
    /// Whether a strike removes the text, too.
    pub erase: bool,
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

impl<'a> Circumstances<'a> {
    /// By whose word, or silence, something is accepted.
    fn rule(&self) -> Rule<'a> {
        let Self {
            office,
            agreement,
            record,
            today,
        } = *self;
        Rule::new(office, agreement, &record.asked, today)
    }

    /// What stands about something in the agreement, or about it as a whole, in order.
    fn about(&self, subject: Option<&str>) -> Vec<&'a Entry> {
        let standing = self.record.standing();
        standing
            .filter(|e| e.agreement == self.agreement.id && e.subject.as_deref() == subject)
            .collect()
    }

    /// The same, and of the agreement's own end what is recorded about its renewal: acts decide about both.
    fn about_the_end(&self, subject: Option<&str>) -> Vec<&'a Entry> {
        let standing = self.record.standing();
        standing
            .filter(|e| e.agreement == self.agreement.id)
            .filter(|e| is_same_end(e.subject.as_deref(), subject))
            .collect()
    }
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
    flags::see_that_they_fit(request)?;
    let subject = subject::find(request, given)?;
    let on = day(request, given)?;
    let mut draft = Draft::new(
        request.kind,
        agreement.id.clone(),
        agreement.digest.as_str(),
    );
    draft.subject = subject.as_ref().map(|s| s.id().to_owned());
    draft.on = on;
    draft.to = request.to;
    draft.for_words = text::line("--for", request.for_words.as_deref(), text::LONGEST_NAME)?;
    draft.note = text::line("--note", request.note.as_deref(), text::LONGEST_NOTE)?;
    draft.evidence = papers(request)?;
    draft.entry = request.entry;
    draft.erase = request.erase;
    speaker::speaks(&mut draft, request, given)?;
    draft.visibility = speaker::visibility(draft.by.as_ref(), request, subject, given)?;
    match request.kind {
        EntryKind::Happened => happened(draft, subject, request, given),
        EntryKind::Met => met(draft, subject, request, given),
        EntryKind::Confirmed | EntryKind::Disputed => {
            answer::decide(draft, subject, request, given)
        }
        EntryKind::Waived | EntryKind::Moved | EntryKind::Renewed | EntryKind::Ended => {
            act::decide(draft, subject, request, given)
        }
        EntryKind::Notice => notice::decide(draft, subject, request, given),
        EntryKind::Noted => noted::decide(draft, subject, request, given),
        EntryKind::Struck => strike::decide(draft, request, given),
    }
}

fn happened(
    mut draft: Draft,
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<Draft> {
    match subject {
        Some(Subject::Obligation(obligation)) => {
            tell_apart(
                &mut draft,
                occurrence::conditional(request, obligation, given)?,
            );
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
    if repeats && draft.note.is_none() {
        see_that_its_words_are_new(&draft, given)?;
    }
    // The condition of each case, and of each of a series, comes about by itself.
    let is_of_the_same = |entry: &Entry| {
        !matches!(subject, Some(Subject::Obligation(_)))
            || (entry.occurrence, entry.entry, &entry.for_words)
                == (draft.occurrence, draft.entry, &draft.for_words)
    };
    let said_before = given.record.standing().find(|entry| {
        is_about_the_same(entry, &draft)
            && is_of_the_same(entry)
            && entry.kind == EntryKind::Happened
            && entry.by == draft.by
            && !is_set_right(entry, &draft)
            && (!repeats || (entry.for_words == draft.for_words && entry.on == draft.on))
    });
    once(draft, said_before, given)
}

/// Refuses a word with a letter of another alphabet: who types it again would name another case, and nobody sees why.
fn see_that_it_is_one_alphabet(words: &str) -> Result<()> {
    let Some(letter) = text::of_another_alphabet(words) else {
        return Ok(());
    };
    Err(Error::refused(format!(
        "--for has \"{letter}\" (U+{:04X}) among letters of another alphabet, and nobody sees the difference; type \"{words}\" anew in one, or say why it is so: --note \"...\"",
        u32::from(letter)
    )))
}

/// Refuses words that tell a case apart by their spelling alone: they are one that is there already, typed otherwise.
fn see_that_its_words_are_new(draft: &Draft, given: &Circumstances<'_>) -> Result<()> {
    let Some(words) = &draft.for_words else {
        return Ok(());
    };
    let same: Vec<&Entry> = given
        .record
        .standing()
        .filter(|entry| is_about_the_same(entry, draft) && entry.kind == EntryKind::Happened)
        .filter(|entry| {
            let others = entry.for_words.as_deref();
            others.is_some_and(|others| {
                text::as_heard(others) == text::as_heard(words) || text::look_alike(others, words)
            })
        })
        .collect();
    if same
        .iter()
        .any(|entry| entry.for_words.as_ref() == Some(words))
    {
        return Ok(());
    }
    let Some((entry, known)) = same
        .last()
        .and_then(|entry| Some((entry, entry.for_words.as_ref()?)))
    else {
        return see_that_it_is_one_alphabet(words);
    };
    if text::as_heard(known) != text::as_heard(words) {
        return Err(Error::refused(format!(
            "\"{words}\" looks like \"{known}\" of entry {}, and has letters of another alphabet, so it would be another case; if it is the same, copy the words of that entry; if it is another, say how they differ: --note \"...\"",
            entry.number
        )));
    }
    Err(Error::refused(format!(
        "entry {} calls it \"{known}\", and \"{words}\" would be another case; did you mean --for \"{known}\"? If it is another, say how they differ: --note \"...\"",
        entry.number
    )))
}

fn met(
    mut draft: Draft,
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<Draft> {
    let mut said = Vec::new();
    if let Some(Subject::Obligation(obligation)) = subject {
        let which = occurrence::the_one(request, obligation, given)?;
        see_that_it_is_owed(which.taken_over.as_ref(), obligation, request, given)?;
        said.clone_from(&which.met_by);
        tell_apart(&mut draft, Some(which));
    }
    let said_before = said
        .into_iter()
        .filter_map(|number| given.record.entry(number))
        .find(|entry| {
            entry.kind == EntryKind::Met && entry.by == draft.by && !is_set_right(entry, &draft)
        });
    once(draft, said_before, given)
}

/// What a later agreement has taken over was not done, or not kept, from then on: what stands in its place may have been.
fn see_that_it_is_owed(
    taken_over: Option<&Amendment>,
    obligation: &Obligation,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<()> {
    let Some(taken_over) = taken_over else {
        return Ok(());
    };
    let was = match request.kind {
        EntryKind::Met => "was done",
        _ => "was not kept",
    };
    let kind = request.kind.as_str();
    let (Some(from), Some(on)) = (taken_over.from, request.on) else {
        return Ok(());
    };
    if on < from {
        return Ok(());
    }
    let (id, agreement) = (&obligation.id, &given.agreement.id);
    let by = &taken_over.by;
    Err(Error::refused(match &taken_over.to {
        AmendedTo::Replaced(there, in_its_place) => format!(
            "`{id}` is owed no more from {} on: `{there}/{in_its_place}` stands in its place; if that {was}: sideletter record {kind} {there}/{in_its_place} --on {on}",
            words::day(from)
        ),
        AmendedTo::Void | AmendedTo::Day(_) => format!(
            "`{id}` is owed no more from {} on, by `{by}`; to keep a remark: sideletter record noted {agreement}/{id} --note \"...\"",
            words::day(from)
        ),
    }))
}

/// Whoever may not see an entry is not told of it by another that speaks of it, also once its own text is erased.
fn as_narrow_as(draft: &mut Draft, earlier: &Entry, agreement: &Agreement) {
    let of = |subject: &Option<String>| match subject.as_deref() {
        Some(id) => agreement
            .owed(id)
            .map(|obligation| &obligation.visibility)
            .or_else(|| agreement.event(id).map(|event| &event.visibility))
            .unwrap_or(&agreement.visibility),
        None => &agreement.visibility,
    };
    let holder = of(&earlier.subject);
    let narrower = (holder > of(&draft.subject)).then(|| holder.clone());
    draft.visibility = draft
        .visibility
        .take()
        .max(earlier.visibility.clone())
        .max(narrower);
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
        // What follows from an event that repeats stays with that event's entry, whatever becomes of its day.
        draft.entry = draft.entry.or(which.begun_by);
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

/// Whether a party says on its own words what stood in its name without them.
fn is_set_right(entry: &Entry, draft: &Draft) -> bool {
    entry.is_in_name_only() && !draft.evidence.is_empty()
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
            let erased = reader::erased(&given.record.entries);
            let erased = erased
                .get(&number)
                .filter(|strike| strike.agreement == given.agreement.id);
            Error::refused(match erased {
                Some(strike) => format!(
                    "entry {number} was struck out by entry {}, and its text is erased; `sideletter log {}` lists what stands",
                    strike.number, given.agreement.id
                ),
                None => format!(
                    "there is no entry {number}; `sideletter log {}` lists them",
                    given.agreement.id
                ),
            })
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

fn day(request: &Request, given: &Circumstances<'_>) -> Result<Option<NaiveDate>> {
    use EntryKind::{Disputed, Ended, Happened, Met, Noted, Notice};
    let today = given.today;
    if let Some(on) = request.on {
        see_that_it_is_no_slip(on, given.agreement)?;
    }
    match (request.on, request.kind) {
        // That something will end on a day may be agreed on before it.
        (Some(on), kind) if on > today && kind != Ended => Err(Error::refused(format!(
            "{} has not come yet: today is {}; record what happened once it has",
            words::day(on),
            words::day(today)
        ))),
        (None, Happened | Met | Ended | Notice) => Err(Error::refused(format!(
            "on which day? Say it as --on YYYY-MM-DD; for today: --on {today}"
        ))),
        (on, Happened | Met | Ended | Notice | Disputed | Noted) => Ok(on),
        (_, _) => Ok(None),
    }
}

/// No agreement of this office speaks of a day before this year.
const FIRST_YEAR: i32 = 1900;

/// The most years before its signing of which an agreement speaks.
const REACHES_BACK: u32 = 50;

/// Refuses a day that lies so long ago that it was mistyped.
fn see_that_it_is_no_slip(on: NaiveDate, agreement: &Agreement) -> Result<()> {
    let again = "type the day again, as --on YYYY-MM-DD";
    if on.year() < FIRST_YEAR {
        return Err(Error::refused(format!(
            "--on {on} lies before {FIRST_YEAR}, so it is a slip; {again}"
        )));
    }
    let signed = agreement.signed.map(|signed| signed.value);
    let first = signed.and_then(|day| day.checked_sub_months(Months::new(12 * REACHES_BACK)));
    match (first, signed) {
        (Some(first), Some(signed)) if on < first => Err(Error::refused(format!(
            "--on {on} lies more than {REACHES_BACK} years before {}, on which `{}` was signed, so it is a slip; {again}",
            words::day(signed),
            agreement.id
        ))),
        _ => Ok(()),
    }
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
