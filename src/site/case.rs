//! The case file of one agreement: one page for an arbitrator, with everything that was agreed, due, said and mailed.
//!
//! It shows more than the members' pages do, because it goes to the parties and to whoever decides between them: who said
//! what, and what was mailed. A contact is its role and its party, here too.

mod dates;
mod entries;
mod mails;
mod texts;

use super::labels::Labels;
use super::leaks::{self, Secrets};
use super::letter::{self, Letter};
use super::policy::policy;
use super::row::Material;
use super::text::shown;
use super::theme::Theme;
use super::visible::Visible;
use super::wording::Day;
use crate::agreement::{Agreement, Status, Visibility};
use crate::error::{Error, Result};
use crate::ids::AgreementId;
use crate::office::Office;
use crate::reader::{Reader, record_for};
use crate::record::{Entry, Record, SealFault, Sealed, receipt, verify};
use crate::schedule::{Question, schedule};
use crate::store::outbox::{MessageRow, PartRow};
use crate::words::{self, Language, count};
use chrono::{DateTime, NaiveDate, Utc};
use dates::Owed;
use entries::Recorded;
use mails::Mail;
use std::collections::BTreeSet;
use texts::Text;

/// What a case file is made from.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The office.
    pub office: &'a Office,
    /// The agreement; its file may be gone.
    pub agreement: &'a AgreementId,
    /// For whom it is made.
    pub reader: Reader<'a>,
    /// The whole record, read.
    pub record: &'a Record,
    /// The whole record, as it is kept.
    pub sealed: &'a [Sealed],
    /// The messages that tell of the agreement, each with its parts.
    pub mails: &'a [(MessageRow, Vec<PartRow>)],
    /// The day as of which it is made: what is later is left out.
    pub today: NaiveDate,
}

/// What the template is given.
#[derive(serde::Serialize)]
struct Page<'a> {
    lang: &'a str,
    style: String,
    policy: String,
    office: String,
    courtesy: String,
    made: Day,
    /// The words of the parts that the members' pages have too.
    w: Labels,
    id: String,
    title: String,
    /// For which party it is made, where it is for one.
    prepared_for: Option<String>,
    /// Why it is not in force; nothing where it is.
    status: Option<&'static str>,
    /// The agreement, where its file is there.
    letter: Option<Letter>,
    /// The agreement's own days, then what is owed under it.
    owed: Vec<Owed>,
    recorded: Vec<Recorded>,
    mails: Vec<Mail>,
    texts: Vec<Text>,
    /// How many entries the whole record has.
    entries: String,
    /// Which of them are shown here.
    shown_of_them: String,
    /// The newest entry's receipt.
    newest: Option<String>,
    /// What is wrong with the seals.
    faults: Vec<String>,
}

impl Case<'_> {
    /// The office's day of an instant.
    fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.office.settings.zone).date_naive()
    }

    /// Whether an instant lies on the day as of which the case file is made, or before it.
    fn is_past(&self, at: DateTime<Utc>) -> bool {
        self.day(at) <= self.today
    }

    /// An instant as people read it: `2 April 2014, 09:00 PDT`.
    fn instant(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.office.settings.zone);
        format!(
            "{}, {}",
            words::day(local.date_naive()),
            local.format("%H:%M %Z")
        )
    }

    /// The numbers of the entries about the agreement that the reader may see, later ones too. Remarks that are the keeper's
    /// alone are in no case file.
    fn may_be_shown(&self) -> BTreeSet<u64> {
        let seen = self.reader.shown(self.office, &self.record.entries);
        let entries = self.record.entries.iter();
        entries
            .filter(|entry| {
                entry.agreement == *self.agreement
                    && seen.contains(&entry.number)
                    && !matches!(entry.visibility, Some(Visibility::Keeper(_)))
            })
            .map(|entry| entry.number)
            .collect()
    }
}

/// Makes the page. Pure: the same input and the same day give the same bytes.
///
/// # Errors
/// When a template cannot be filled, or the page would show what may stand on none.
pub fn case_file(case: &Case<'_>, theme: &Theme) -> Result<String> {
    let office = case.office;
    let templates = theme.compile()?;
    let zone = office.settings.zone;
    let record = case.record.clone().as_known_on(case.today, zone);
    // What is the keeper's alone is in no case file, and moves nothing in it.
    let theirs = record_for(&record, &Visibility::Parties);
    let question = Question::new(office, &theirs, case.today);
    let schedule = schedule(&question);
    let may_be_shown = case.may_be_shown();
    let (about, kept_back): (Vec<&Entry>, Vec<&Entry>) = case
        .record
        .entries
        .iter()
        .partition(|e| may_be_shown.contains(&e.number) && case.is_past(e.at));
    let numbers = about.iter().map(|entry| entry.number).collect();
    let visible = Visible::for_case(office, &case.reader, numbers);
    let of = visible
        .agreement(case.agreement.as_str())
        .filter(|of| case.reader.sees(of.agreement));
    let mails = mails::mails(case, of.map(|of| of.agreement));

    let mut rightly: Vec<String> = of
        .map(|of| super::rightly_shown(office, of))
        .into_iter()
        .collect();
    rightly.extend(about.iter().map(|entry| entries::own_words(entry)));
    rightly.extend(mails.iter().map(Mail::words));
    let secrets = Secrets::of(office, &visible, kept_back, &rightly)?;
    let betrays = |words: &str| secrets.betrayed_by(words);
    let material = Material::new(&visible, question, &schedule, &betrays);

    let letter = of
        .map(|of| letter::letter(of, office, &material, &templates, case.today))
        .transpose()?;
    let past: Vec<Sealed> = case
        .sealed
        .iter()
        .filter(|e| case.is_past(e.at))
        .cloned()
        .collect();
    // Of the whole record: what a later strike erased is gone rightly.
    let mut faults = verify(case.sealed);
    faults.retain(|fault| past.last().is_some_and(|last| fault.entry <= last.number));
    let mut recorded = entries::recorded(case, &record, &about, of.map(|of| of.agreement));
    recorded.extend(entries::erased(case, &may_be_shown));
    recorded.sort_by_key(Recorded::number);
    let style = theme.inline("case.css");
    let title = of.map_or_else(
        || case.agreement.to_string(),
        |of| shown(&of.agreement.title),
    );
    let page = Page {
        lang: "en",
        policy: policy(&style, false),
        style,
        office: shown(&office.settings.name),
        courtesy: words::courtesy(&shown(&office.settings.name)),
        made: Day::new(Language::English, case.today),
        w: Labels::of(Language::English),
        id: case.agreement.to_string(),
        title,
        prepared_for: match case.reader {
            Reader::Party(party) => Some(visible.name(party)),
            Reader::Office | Reader::Parties => None,
        },
        status: of.and_then(|of| status(of.agreement)),
        owed: match (of, &letter) {
            (Some(of), Some(letter)) => dates::owed(of, letter, &material, case.today),
            _ => Vec::new(),
        },
        texts: texts::texts(&about, of.map(|of| of.agreement)),
        entries: count(past.len(), "entry"),
        shown_of_them: shown_of_them(recorded.len(), past.len()),
        newest: past.last().map(|last| receipt::of(last.number, &last.seal)),
        faults: faults.iter().map(SealFault::to_string).collect(),
        letter,
        recorded,
        mails,
    };
    let html = templates.fill("case", &page)?;
    match secrets.shown_in(&leaks::readable(&html)) {
        None => Ok(html),
        Some(what) => Err(Error::failed(format!(
            "the case file was not made: it would show {what}: take it out of the text or the template that shows it, or give it other words"
        ))),
    }
}

/// How many of all entries stand on the page. Why the others do not is not told apart: what is kept from a reader is not
/// counted for the reader either.
fn shown_of_them(shown: usize, all: usize) -> String {
    if shown == all {
        return "All of them stand above.".to_owned();
    }
    format!(
        "{shown} of them stand above; the others are about other agreements, or are not for this page\u{2019}s readers."
    )
}

fn status(agreement: &Agreement) -> Option<&'static str> {
    match agreement.status {
        Status::InForce => None,
        Status::Tentative => Some(
            "Tentative: settled, but not signed by all or not ratified. Its dates are only expected.",
        ),
        Status::Draft => Some("A draft: nothing is owed under it, and no date is worked out."),
    }
}
