//! The sections of a message that tell what a party has said.

mod follows;
mod next;
mod rests_on;

use super::super::hearers::Hearers;
use super::super::stage::Stage;
use super::super::wording::entries::{self as wording, By};
use super::super::wording::news;
use super::super::wording::{built_in, date_of};
use super::super::{Key, Part};
use super::sections::{self, Called};
use super::{Reader, Section, clean};
use crate::record::answers::Standing;
use crate::record::{Asks, Entry, EntryKind};
use crate::schedule::Occurrence;
use crate::words::capitalized;
use chrono::NaiveDate;

/// What an entry is about, in a subject line: the same as the reminders of that occurrence, or as the question for the
/// date of that event.
pub(super) fn called(reader: &Reader<'_>, entry: &Entry) -> Called {
    if let Some(occurrence) = occurrence(reader, entry).or_else(|| own_term(reader, entry)) {
        return sections::called(reader, occurrence);
    }
    let title = title(reader, entry);
    let of_event = entry
        .subject
        .as_deref()
        .is_some_and(|subject| reader.agreement.event(subject).is_some());
    let title = if of_event {
        date_of(reader.language, &title)
    } else {
        title
    };
    Called {
        title: sections::of_which(title, entry.for_words.as_deref()),
        day: String::new(),
    }
}

/// What the entry of a key is called in one line; `None` where the reader may not see it.
pub(super) fn called_by(reader: &Reader<'_>, key: &Key) -> Option<String> {
    let number = key.about.strip_prefix("entry ")?.parse().ok()?;
    let entry = reader.facts.record.entry(number)?;
    let visibility = hearers(reader).visibility(reader.agreement, entry);
    reader
        .may_see(visibility)
        .then(|| called(reader, entry).whole())
}

fn hearers<'a>(reader: &Reader<'a>) -> Hearers<'a> {
    Hearers {
        office: reader.facts.office,
        record: reader.facts.record,
        today: reader.facts.today,
        at: None,
    }
}

/// The occurrence that an entry is about.
fn occurrence<'a>(reader: &Reader<'a>, entry: &Entry) -> Option<&'a Occurrence> {
    let agreement = &reader.agreement.id;
    reader.facts.schedule.of_agreement(agreement).find(|o| {
        entry.subject.as_deref() == Some(o.obligation.as_str())
            && o.occurrence == entry.occurrence
            && (entry.for_words.is_none() || o.for_words == entry.for_words)
    })
}

/// The period of the agreement's own term that an entry about its renewal speaks of.
fn own_term<'a>(reader: &Reader<'a>, entry: &Entry) -> Option<&'a Occurrence> {
    let agreement = reader.agreement;
    let term = &agreement.term;
    if entry.subject.as_deref() != Some("renewal") {
        return None;
    }
    let on = entry.on.unwrap_or_else(|| written(reader, entry));
    let mut periods = reader.facts.schedule.of_obligation(&agreement.id, &term.id);
    let holds = |period: &&Occurrence| period.due.is_none_or(|due| on <= due);
    periods.find(holds)
}

/// The section that tells of an entry.
pub(super) fn told(reader: &Reader<'_>, entry: &Entry, part: &Part<'_>) -> Section {
    let language = reader.language;
    let written = written(reader, entry);
    let mut lines = vec![clean::line(&wording::recorded_as(
        language,
        entry,
        written,
        entered_for(reader, entry).as_deref(),
    ))];
    if let Some(note) = &entry.note {
        lines.push(wording::remark(language, &clean::line(note)));
    }
    if reader.facts.record.is_correction(entry) {
        lines.push(wording::corrects(language, entry.entry.unwrap_or_default()));
    }
    let of = occurrence(reader, entry);
    let called = called(reader, entry);
    if of.is_some() && !called.day.is_empty() {
        lines.push(wording::is_about(language, &called.whole()));
    }
    let subject = entry.subject.as_deref().unwrap_or_default();
    let obligation = sections::obligation(reader, subject);
    let earlier = earlier(reader, entry);
    let fact = wording::said(
        language,
        by(reader, entry),
        earlier.map(|earlier| by(reader, earlier)),
        part.key.stage == Stage::Proposed,
    );
    let answer = Answer::to(
        reader,
        entry,
        earlier,
        part.key.stage,
        (part.standing.as_ref(), part.asks),
    );
    Section {
        called: capitalized(&called.whole()),
        news: clean::line(&news::of_entry(
            language,
            part.key.stage,
            by(reader, entry),
            answer.is_for_the_reader(),
        )),
        title: title(reader, entry),
        clause: obligation
            .map(|o| sections::clause(reader, o))
            .unwrap_or_default(),
        fact: clean::line(&fact),
        for_words: clean::line(entry.for_words.as_deref().unwrap_or_default()),
        lines,
        words: obligation
            .map(|o| sections::words(reader, o))
            .unwrap_or_default(),
        quote: obligation
            .map(|o| sections::quote(reader, o))
            .unwrap_or_default(),
        follows: answer.follows(),
        next: answer.next(),
        commands: answer.commands(),
        ..Section::default()
    }
}

/// An entry in one line, for an overview: what it is about, what was said, and what follows if nobody answers.
pub(super) fn in_an_overview(
    reader: &Reader<'_>,
    entry: &Entry,
    stage: Stage,
    standing: Option<&Standing>,
) -> String {
    let earlier = earlier(reader, entry);
    let said = wording::said(
        reader.language,
        by(reader, entry),
        earlier.map(|earlier| by(reader, earlier)),
        stage == Stage::Proposed,
    );
    let entered = entered_for(reader, entry);
    let place = wording::entry(
        reader.language,
        entry,
        written(reader, entry),
        entered.as_deref(),
    );
    // An overview asks nothing.
    let answer = Answer::to(reader, entry, earlier, stage, (standing, None));
    let called = capitalized(&called(reader, entry).whole());
    let line = format!("{called}: {} ({place}).", said.trim_end_matches('.'));
    [line]
        .into_iter()
        .chain(answer.follows())
        .map(|line| clean::line(&line))
        .collect::<Vec<_>>()
        .join(" ")
}

/// An entry in the list of what was said so far.
pub(super) fn in_a_list(reader: &Reader<'_>, entry: &Entry, occurrence: &Occurrence) -> String {
    let entered = entered_for(reader, entry);
    let place = wording::entry(
        reader.language,
        entry,
        written(reader, entry),
        entered.as_deref(),
    );
    let earlier = earlier(reader, entry).map(|earlier| by(reader, earlier));
    let number = entry.number;
    let proposes = occurrence
        .acts
        .iter()
        .any(|act| act.entries.first() == Some(&number) && act.agreed_with() != Some(number));
    let said = wording::said(reader.language, by(reader, entry), earlier, proposes);
    clean::line(&format!("{said} ({place})"))
}

fn by<'a>(reader: &Reader<'a>, entry: &'a Entry) -> By<'a> {
    By {
        entry,
        party: entry
            .by
            .as_ref()
            .map(|id| reader.facts.office.short_name(id)),
        condition: condition(reader, entry),
    }
}

/// The condition that an entry says came about: what is owed under one does not take place.
fn condition<'a>(reader: &Reader<'a>, entry: &Entry) -> Option<&'a str> {
    let subject = entry
        .subject
        .as_deref()
        .filter(|_| entry.kind == EntryKind::Happened)?;
    let obligation = sections::obligation(reader, subject)?;
    let when = obligation.when.as_deref()?;
    // What may not be read is not quoted.
    (reader.line(when) == clean::line(when)).then_some(when)
}

/// What an entry answers or strikes out, where the reader may see it and its text was not erased.
fn earlier<'a>(reader: &Reader<'a>, entry: &Entry) -> Option<&'a Entry> {
    let answers = matches!(
        entry.kind,
        EntryKind::Confirmed | EntryKind::Disputed | EntryKind::Struck
    );
    let earlier = reader
        .facts
        .record
        .entry(entry.entry.filter(|_| answers)?)?;
    let shown = earlier.visibility.as_ref();
    shown
        .is_none_or(|visibility| reader.may_see(visibility))
        .then_some(earlier)
}

/// What is to be answered, and how the reader stands to it.
struct Answer<'a, 'r> {
    reader: &'r Reader<'a>,
    /// The entry that is told.
    entry: &'r Entry,
    /// What is answered: the entry itself, or that which it answers.
    open: &'r Entry,
    stage: Stage,
    /// Where that stands which is answered.
    standing: Option<&'r Standing>,
    /// What the message asks, where silence would be an answer.
    asks: Option<Asks>,
}

impl<'a, 'r> Answer<'a, 'r> {
    fn to(
        reader: &'r Reader<'a>,
        entry: &'r Entry,
        earlier: Option<&'r Entry>,
        stage: Stage,
        (standing, asks): (Option<&'r Standing>, Option<Asks>),
    ) -> Self {
        Self {
            reader,
            entry,
            open: earlier
                .filter(|_| entry.kind != EntryKind::Struck)
                .unwrap_or(entry),
            stage,
            standing,
            asks,
        }
    }

    fn reader_name(&self) -> String {
        clean::line(self.reader.short)
    }

    /// Whether the keeper entered it in the reader's name.
    fn is_in_the_readers_name(&self) -> bool {
        self.entry.entered_by.is_some() && self.entry.by.as_ref() == Some(self.reader.party)
    }
}

/// `UPE for DHA`, where the keeper entered what another party said.
fn entered_for(reader: &Reader<'_>, entry: &Entry) -> Option<String> {
    let office = reader.facts.office;
    let entered_by = entry.entered_by.as_ref()?;
    let by = entry.by.as_ref()?;
    Some(wording::one_for_another(
        reader.language,
        office.short_name(entered_by),
        office.short_name(by),
    ))
}

/// The office's day on which an entry was written.
fn written(reader: &Reader<'_>, entry: &Entry) -> NaiveDate {
    entry
        .at
        .with_timezone(&reader.facts.office.settings.zone)
        .date_naive()
}

fn title(reader: &Reader<'_>, entry: &Entry) -> String {
    let agreement = reader.agreement;
    let subject = entry.subject.as_deref().unwrap_or_default();
    let title = agreement
        .obligation(subject)
        .map(|o| o.title.as_str())
        .or_else(|| agreement.event(subject).map(|e| e.title.as_str()))
        .unwrap_or_else(|| built_in(reader.language, subject));
    clean::line(if title.is_empty() {
        agreement.title.as_str()
    } else {
        title
    })
}
