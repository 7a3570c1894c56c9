//! What one message says: the facts of its parts in words, for the templates to lay out.
//!
//! The fields are the names that a template uses. Every text is one line without control characters, so nothing that
//! stands in a title or a remark can break out of its place.

mod clean;
pub mod digest;
mod entries;
mod renewals;
mod sections;
mod undelivered;

use super::wording;
use super::{Matter, Part, PlannedMessage, Stage};
use crate::agreement::{Agreement, Obligation, Status, Timing, Visibility};
use crate::ids::PartyId;
use crate::mail::address_of;
use crate::office::Office;
use crate::record::Record;
use crate::schedule::{Occurrence, OccurrenceKind, Schedule, State};
use crate::titles;
use crate::withheld::{Withheld, names_hidden_agreement};
use crate::words::Language;
use chrono::NaiveDate;
use serde::Serialize;

/// Everything that a template may print.
#[derive(Clone, Debug, Serialize)]
pub struct Letter {
    /// The language of the words: `en`, `es`.
    pub language: &'static str,
    /// That of the agreement's own titles, clauses and time limits, which are never translated.
    pub language_of_the_agreement: &'static str,
    /// The subject line: the same for everything about one occurrence, so that mail programs keep it together; of several
    /// things, the first and how many more.
    pub subject: String,
    /// What the office calls itself.
    pub office: String,
    /// To whom, about what.
    pub greeting: String,
    /// What the message is about, a line for each thing; empty where it is one.
    pub contents: Vec<String>,
    /// One for each thing.
    pub sections: Vec<Section>,
    /// How to answer; empty where the reader is who answers go to.
    pub answer: String,
    /// The newest seal of the record; empty where nothing is recorded.
    pub receipt: String,
    /// The words that every message bears.
    pub courtesy: String,
    /// What the days are attached as; empty where there are none.
    pub attachment: String,
    /// The headings.
    pub labels: Labels,
}

/// One thing.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Section {
    /// What it is and when, in one line.
    pub called: String,
    /// What is new about it, in a few words: `DHA agrees`, `due in 7 days`.
    pub news: String,
    /// What is owed, or the event.
    pub title: String,
    /// `Clause 1`; empty where the document does not number it.
    pub clause: String,
    /// Which of an event that repeats; empty otherwise.
    #[serde(rename = "for")]
    pub for_words: String,
    /// Whose it is: the line that differs between who owes it and who is owed; may be empty.
    pub who: String,
    /// What is due by when and what is recorded, or what is asked or was said: the same for everybody.
    pub fact: String,
    /// What else there is to know about it now.
    pub lines: Vec<String>,
    /// The time limit in the agreement's words; may be empty.
    pub words: String,
    /// The clause as it stands in the agreement; may be empty.
    pub quote: String,
    /// How the day was reached.
    pub steps: Vec<Step>,
    /// How the office reads what the agreement leaves open; may be empty.
    pub reading: String,
    /// What holds, or may be done, after a term; may be empty.
    pub afterwards: String,
    /// Who has said what so far.
    pub said: Vec<String>,
    /// What follows from what was said.
    pub follows: Vec<String>,
    /// What to do next.
    pub next: String,
    /// The commands that record it, for whoever keeps the record; empty for others.
    pub commands: Vec<String>,
    /// The same, each as its arguments, so that a line breaks between them alone.
    pub arguments: Vec<Vec<String>>,
}

/// One step of how a day was reached.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// What was done.
    pub text: String,
    /// The day that it led to, in words; may be empty.
    pub day: String,
    /// Where that comes from; may be empty.
    pub source: String,
}

/// The headings of a section.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "each is the heading of the field of that name")]
pub struct Labels {
    pub words: &'static str,
    pub quote: &'static str,
    pub steps: &'static str,
    pub reading: &'static str,
    pub afterwards: &'static str,
    pub said: &'static str,
    pub follows: &'static str,
    pub next: &'static str,
    pub commands: &'static str,
}

/// What the words are drawn from.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The office.
    pub office: &'a Office,
    /// Its record.
    pub record: &'a Record,
    /// What is owed.
    pub schedule: &'a Schedule,
    /// The office's day.
    pub today: NaiveDate,
}

/// The longest title of an agreement in a subject line, in characters.
const LONGEST_AGREEMENT: usize = 48;

/// The longest title of an obligation or event in a subject line, in characters.
const LONGEST_TITLE: usize = 64;

/// Puts a message into words.
pub fn write(message: &PlannedMessage<'_>, facts: Facts<'_>) -> Letter {
    let language = message.recipient.contact.language;
    let reader = Reader {
        facts,
        language,
        agreement: message.agreement,
        party: &message.recipient.party.id,
        short: &message.recipient.party.short,
        address: message.recipient.address(),
        withheld: Withheld::from(message.agreement, |visibility| {
            visibility.admits(&message.recipient.party.id)
        }),
    };
    let sections = sections::write(&reader, &message.parts);
    let office = clean::line(&facts.office.settings.name);
    let dated = occurrences(message).next().is_some() || !taken_back(message).is_empty();
    Letter {
        language: language.code(),
        // Time limits are read in English.
        language_of_the_agreement: Language::English.code(),
        subject: subject(&reader, &message.parts),
        greeting: wording::greeting(
            language,
            &clean::line(&message.recipient.party.short),
            &clean::line(&message.agreement.title),
            &sections.iter().map(|s| s.news.as_str()).collect::<Vec<_>>(),
        ),
        contents: if sections.len() > 1 {
            sections
                .iter()
                .map(|s| format!("{}: {}", s.called, s.news))
                .collect()
        } else {
            Vec::new()
        },
        sections,
        answer: if reader.is_the_office()
            && message
                .parts
                .iter()
                .all(|p| p.key.stage == Stage::Undelivered)
        {
            String::new()
        } else {
            wording::answer(language)
        },
        receipt: facts.record.entries.last().map_or_else(String::new, |e| {
            wording::receipt(language, e.number, &clean::line(&e.seal))
        }),
        courtesy: language.courtesy(&office),
        attachment: if dated {
            wording::attachment(language)
        } else {
            String::new()
        },
        office,
        labels: wording::labels(language),
    }
}

/// The occurrences with a day that a message speaks of: what goes into its calendar file.
pub fn occurrences<'m, 'a>(
    message: &'m PlannedMessage<'a>,
) -> impl Iterator<Item = &'a Occurrence> + use<'m, 'a> {
    let mut seen: Vec<&Occurrence> = Vec::new();
    message
        .parts
        .iter()
        .filter_map(|part| match part.matter {
            Matter::Occurrence(occurrence) => Some(occurrence),
            Matter::FallenAway(..)
            | Matter::Event(_)
            | Matter::Entry(_)
            | Matter::Undelivered(_) => None,
        })
        .filter(|o| o.state != State::Superseded)
        .filter(|o| !o.projected && (o.due.is_some() || o.opens.is_some()))
        .filter(move |o| {
            let new = !seen.iter().any(|s| std::ptr::eq(*s, *o));
            seen.push(o);
            new
        })
}

/// What a message says of days that were told and stand no more, as it was when they were told, each with what was owed: its
/// calendar file takes them back.
pub fn taken_back<'a>(message: &PlannedMessage<'a>) -> Vec<(Occurrence, &'a Obligation)> {
    let mut gone = Vec::new();
    for part in &message.parts {
        let Matter::FallenAway(obligation, _) = part.matter else {
            continue;
        };
        let kind = match obligation.timing {
            Timing::Lasts { .. } => OccurrenceKind::Term,
            Timing::Due(_) | Timing::Every { .. } | Timing::Standing => OccurrenceKind::Deadline,
        };
        let which = part.key.which();
        let occurrence = Occurrence {
            occurrence: part.key.occurrence,
            for_words: (!which.is_empty()).then(|| which.to_owned()),
            due: Some(part.key.day),
            ..Occurrence::without_days(&part.key.agreement, &obligation.id, kind)
        };
        gone.push((occurrence, obligation));
    }
    gone
}

/// For whom the words are.
struct Reader<'a> {
    facts: Facts<'a>,
    language: Language,
    agreement: &'a Agreement,
    party: &'a PartyId,
    /// What the party is called.
    short: &'a str,
    address: String,
    /// What the reader may not see: another obligation's steps may name it.
    withheld: Withheld,
}

impl Reader<'_> {
    fn may_see(&self, visibility: &Visibility) -> bool {
        visibility.admits(self.party)
    }

    /// A line, unless it names what the reader may not see.
    fn line(&self, text: &str) -> String {
        let may_read = |other: &Agreement, part: Option<&str>| {
            let of_the_part = part.and_then(|part| other.obligation(part));
            other.status != Status::Draft
                && self.may_see(&other.visibility)
                && of_the_part.is_none_or(|o| self.may_see(&o.visibility))
        };
        if self.withheld.is_named_in(text)
            || names_hidden_agreement(self.facts.office, text, may_read)
        {
            return wording::withheld(self.language);
        }
        clean::line(text)
    }

    /// A sentence of the program, with titles in the place of ids.
    fn told(&self, text: &str) -> String {
        let line = self.line(text);
        let titled = titles::in_words(|id| self.facts.office.agreement(id), self.agreement, text);
        // What may not be read by its id may not be read by its title.
        if line == clean::line(text) {
            self.line(&titled)
        } else {
            line
        }
    }

    fn names(&self, parties: &[PartyId]) -> Vec<String> {
        parties
            .iter()
            .map(|id| clean::line(self.facts.office.short_name(id)))
            .collect()
    }

    /// Whether answers to the office's mail go to the reader.
    fn is_the_office(&self) -> bool {
        let mail = &self.facts.office.settings.mail;
        let answers = mail.reply_to.as_deref().map(address_of);
        answers.is_some_and(|at| at.to_lowercase() == self.address)
    }

    /// Whether the reader keeps the record, alone or with the others.
    fn keeps_the_record(&self) -> bool {
        self.facts
            .office
            .settings
            .keeper
            .as_ref()
            .is_none_or(|keeper| keeper == self.party)
    }
}

/// What tells one thing of a message from another.
fn same_thing(one: &Part<'_>, other: &Part<'_>) -> bool {
    one.thing() == other.thing()
}

fn subject(reader: &Reader<'_>, parts: &[Part<'_>]) -> String {
    let agreement = clean::line(&reader.agreement.title);
    let Some((first, rest)) = parts.split_first() else {
        return agreement;
    };
    let about = match first.matter {
        Matter::Occurrence(occurrence) => sections::called(reader, occurrence).short(),
        Matter::FallenAway(obligation, _) => {
            let title = sections::called_before(reader, obligation, &first.key).title;
            let title = clean::short(&title, LONGEST_TITLE);
            format!("{title}: {}", wording::gone::news(reader.language))
        }
        Matter::Event(event) => {
            let about = wording::date_of(reader.language, &clean::line(&event.title));
            clean::short(&about, LONGEST_TITLE)
        }
        Matter::Entry(entry) => entries::called(reader, entry).short(),
        Matter::Undelivered(refused) => undelivered::called(reader, refused),
    };
    let mut others: Vec<&Part<'_>> = Vec::new();
    for part in rest {
        if !same_thing(first, part) && !others.iter().any(|other| same_thing(other, part)) {
            others.push(part);
        }
    }
    wording::subject(
        reader.language,
        &clean::short(&agreement, LONGEST_AGREEMENT),
        &about,
        others.len(),
    )
}
