//! What a weekly overview says.

use super::super::digest::{Heading, OfAgreement, PlannedDigest, Thing};
use super::super::said;
use super::super::wording::{self, digest as words};
use super::entries;
use super::{Facts, LONGEST_AGREEMENT, Reader, clean};
use crate::record::answers::{Index, Rule};
use crate::schedule::{Occurrence, OccurrenceKind};
use crate::titles;
use crate::withheld::Withheld;
use crate::words::Language;
use chrono::NaiveDate;
use serde::Serialize;

/// Everything that a template of `templates/mail/digest` may print.
#[derive(Clone, Debug, Serialize)]
pub struct Digest {
    /// The language of the words: `en`, `es`.
    pub language: &'static str,
    /// That of the agreements' own titles.
    pub language_of_the_agreement: &'static str,
    /// The subject line.
    pub subject: String,
    /// What the office calls itself.
    pub office: String,
    /// To whom, about which week.
    pub greeting: String,
    /// One for each agreement of which there is something to say.
    pub agreements: Vec<Listed>,
    /// How to answer.
    pub answer: String,
    /// The newest seal of the record; empty where nothing is recorded.
    pub receipt: String,
    /// The words that every message bears.
    pub courtesy: String,
}

/// One agreement.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// Its title.
    pub title: String,
    /// What there is to say, under headings.
    pub groups: Vec<Group>,
}

/// What stands under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The heading.
    pub heading: &'static str,
    /// One line for each thing.
    pub items: Vec<String>,
}

/// Puts an overview into words.
pub fn write(planned: &PlannedDigest<'_>, facts: Facts<'_>) -> Digest {
    let (office, record) = (facts.office, facts.record);
    let index = Index::new(record);
    let language = planned.language;
    let name = clean::line(&office.settings.name);
    Digest {
        language: language.code(),
        language_of_the_agreement: Language::English.code(),
        subject: words::subject(
            language,
            &clean::short(&name, LONGEST_AGREEMENT),
            planned.key.day,
        ),
        greeting: words::greeting(language, &clean::line(&planned.called), planned.key.day),
        agreements: planned
            .agreements
            .iter()
            .map(|of| listed(planned, facts, &index, of))
            .collect(),
        answer: wording::answer(language),
        receipt: record.entries.last().map_or_else(String::new, |e| {
            wording::receipt(language, e.number, &clean::line(&e.seal))
        }),
        courtesy: language.courtesy(&name),
        office: name,
    }
}

/// The subject of the mail with which a reader asks for no more of them.
pub fn leave(language: Language) -> &'static str {
    words::leave(language)
}

fn listed<'a>(
    planned: &PlannedDigest<'_>,
    facts: Facts<'a>,
    index: &Index<'a>,
    of: &OfAgreement<'a>,
) -> Listed {
    let language = planned.language;
    let reader = Reader {
        facts,
        language,
        agreement: of.agreement,
        party: &planned.party,
        short: &planned.called,
        address: planned.key.recipient.clone(),
        withheld: Withheld::from(of.agreement, |visibility| visibility.admits(&planned.party)),
    };
    let under = |heading: Heading| -> Vec<String> {
        of.things
            .iter()
            .filter(|(under, _)| *under == heading)
            .map(|(_, thing)| item(&reader, index, *thing))
            .collect()
    };
    Listed {
        title: clean::line(&of.agreement.title),
        groups: Heading::ALL
            .into_iter()
            .map(|heading| Group {
                heading: words::heading(language, heading),
                items: under(heading),
            })
            .filter(|group| !group.items.is_empty())
            .collect(),
    }
}

/// `Follow-up meeting, due 30 March 2014 (clause 1; owed by DHA)`.
fn item<'a>(reader: &Reader<'a>, index: &Index<'a>, thing: Thing<'a>) -> String {
    let (language, office, agreement) = (reader.language, reader.facts.office, reader.agreement);
    match thing {
        Thing::Entry(entry, stage) => {
            let (record, today) = (reader.facts.record, reader.facts.today);
            let rule = Rule::new(office, agreement, &record.asked, today);
            let standing = said::standing(record, index, &rule, entry);
            entries::in_an_overview(reader, entry, stage, standing.as_ref())
        }
        Thing::Event(event) => {
            crate::words::capitalized(&wording::date_of(language, &clean::line(&event.title)))
        }
        Thing::Renewal(occurrence, renewal) => {
            let window =
                wording::open_window(language, renewal.what, renewal.opens, renewal.closes);
            let what = match agreement.owed(occurrence.obligation.as_str()) {
                Some(obligation) if !agreement.is_own_term(obligation) => {
                    clean::line(&obligation.title)
                }
                _ => titles::own_term(language).to_owned(),
            };
            format!("{what}{}: {window}", days(language, occurrence))
        }
        Thing::Undelivered(refused) => {
            let party = clean::line(office.short_name(&refused.party));
            words::undelivered(language, refused.why, &party)
        }
        Thing::Occurrence(occurrence) => {
            let Some(obligation) = agreement.owed(occurrence.obligation.as_str()) else {
                return String::new();
            };
            if agreement.is_own_term(obligation) {
                return format!(
                    "{}{}",
                    titles::own_term(language),
                    days(language, occurrence)
                );
            }
            let owers = obligation.owed_by.iter();
            let owers = language.list(owers.map(|id| clean::line(office.short_name(id))));
            let clause = obligation.clause.as_deref().map(clean::line);
            let clause = clause.map(|clause| wording::clause(language, &clause));
            let about: Vec<String> = clause
                .into_iter()
                .chain([words::owed_by(language, &owers)])
                .chain(
                    occurrence
                        .two_days_claimed()
                        .map(|claimed| claimed.of(language).to_owned()),
                )
                .collect();
            let which = occurrence.for_words.as_deref().map(clean::line);
            let which = which.map_or_else(String::new, |which| format!(": {which}"));
            format!(
                "{}{which}{} ({})",
                clean::line(&obligation.title),
                days(language, occurrence),
                about.join("; ")
            )
        }
    }
}

fn days(language: Language, occurrence: &Occurrence) -> String {
    let last: Option<NaiveDate> = occurrence.due;
    match (occurrence.kind, occurrence.opens, last) {
        (OccurrenceKind::Term, _, Some(end)) => wording::through(language, end),
        (_, _, Some(due)) => wording::due(language, due),
        (_, Some(opens), None) => wording::from(language, opens),
        (_, None, None) => String::new(),
    }
}
