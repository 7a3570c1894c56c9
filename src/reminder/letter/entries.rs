//! The sections of a message that tell what a party has said.

use super::super::hearers::Hearers;
use super::super::recipients::Occasion;
use super::super::stage::Stage;
use super::super::wording::entries::{self as wording, By};
use super::super::wording::follows::{self, Meanwhile};
use super::super::wording::news;
use super::super::wording::{built_in, by_one_claim, date_of, gets_its_day};
use super::super::{Key, Part};
use super::sections::{self, Called};
use super::{Reader, Section, clean};
use crate::agreement::Confirmation;
use crate::ids::PartyId;
use crate::reader;
use crate::record::answers::{
    Repeats, Rule, Standing, Stands, is_claim, is_same_matter, other_answers,
};
use crate::record::entering::{how_to_answer, how_to_strike};
use crate::record::{Asks, Entry, EntryKind, told};
use crate::schedule::{Occurrence, OccurrenceKind, RenewalDays, State};
use crate::words::{Sentence, capitalized};
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

    /// What follows from it, and what if nobody answers.
    fn follows(&self) -> Vec<String> {
        let language = self.reader.language;
        if self.entry.kind == EntryKind::Struck {
            let struck = earlier(self.reader, self.entry).filter(|struck| is_claim(struck));
            let mut answers = self.reader.facts.record.standing();
            let is_confirmed = struck.is_some_and(|struck| {
                answers.any(|answer| {
                    answer.kind == EntryKind::Confirmed && answer.entry == Some(struck.number)
                })
            });
            return vec![follows::struck(language, self.entry.proposed, is_confirmed)];
        }
        let mut follows = self.answered_otherwise();
        follows.extend(days_that_rest_on(self.reader, self.open));
        follows.extend(self.withdraws());
        follows.extend(self.term());
        let days = &self.reader.facts.schedule.agreements;
        let days = days.get(&self.reader.agreement.id);
        if self.open.kind == EntryKind::Happened && days.is_some_and(|days| days.is_settled) {
            follows.push(follows::still_tentative(language));
        }
        if let Some(standing) = self.standing {
            let holds = self.what_holds(standing);
            let holds = holds.map(|holds| follows::holds_meanwhile(language, &holds));
            follows.extend(holds);
            follows.extend(self.from(standing));
        }
        follows
    }

    /// That the party of an answer had answered otherwise before.
    fn answered_otherwise(&self) -> Vec<String> {
        let record = self.reader.facts.record.standing();
        let of_the_same = record.filter(|e| e.entry.is_some() && e.entry == self.entry.entry);
        let (before, _) = other_answers(self.entry, &of_the_same.collect::<Vec<_>>());
        let before = before.zip(by(self.reader, self.entry).party);
        let said = before.map(|(before, party)| {
            follows::had_answered(self.reader.language, &clean::line(party), before)
        });
        said.into_iter().collect()
    }

    /// Whether the keeper entered it in the reader's name.
    fn is_in_the_readers_name(&self) -> bool {
        self.entry.entered_by.is_some() && self.entry.by.as_ref() == Some(self.reader.party)
    }

    fn from(&self, standing: &Standing) -> Vec<String> {
        let language = self.reader.language;
        let names = |parties: &[PartyId]| self.reader.names(parties);
        match standing.stands {
            Stands::Claimed if self.is_in_the_readers_name() => {
                vec![follows::as_your_word(language, &self.reader_name())]
            }
            Stands::Claimed => vec![self.unanswered()],
            Stands::Confirmed if !standing.by_silence.is_empty() => standing
                .by_silence
                .iter()
                .map(|silence| {
                    let party = self.reader.facts.office.short_name(&silence.party);
                    follows::accepted(language, silence, &clean::line(party))
                })
                .collect(),
            Stands::Confirmed if standing.said_by.len() > 1 => {
                vec![follows::confirmed(language, &names(&standing.said_by))]
            }
            Stands::Confirmed => vec![follows::one_word_is_enough(language)],
            Stands::Disputed => vec![follows::disputed(
                language,
                &names(&standing.against),
                match self.open.kind {
                    EntryKind::Met => Meanwhile::Reminders,
                    EntryKind::Happened if self.what_holds(standing).is_none() => {
                        Meanwhile::OneOfTheDays
                    }
                    _ => Meanwhile::Holds,
                },
            )],
            Stands::Proposed => vec![follows::proposed(
                language,
                &names(&standing.waits_for),
                &names(&standing.against),
                occurrence(self.reader, self.open).and_then(|o| o.due.or(o.opens)),
            )],
            Stands::Agreed if let Some(end) = standing.ended_since => {
                vec![follows::ended_since(language, end)]
            }
            Stands::Agreed if standing.overtaken_by.is_some() || self.gives_no_end() => {
                vec![follows::was_agreed(language)]
            }
            Stands::Agreed if self.stage == Stage::Reported => {
                vec![follows::is_an_option(language)]
            }
            Stands::Agreed => vec![follows::all_agree(language)],
            Stands::Overtaken => vec![follows::overtaken(language)],
        }
    }

    /// What holds until all have confirmed a day of the agreement itself that it claims.
    fn what_holds(&self, standing: &Standing) -> Option<Sentence> {
        told::holds_meanwhile(self.reader.facts.office, self.open, standing)
    }

    /// Whether it names an end, or a later one, that neither a term nor the agreement has any more.
    fn gives_no_end(&self) -> bool {
        let day = match self.open.kind {
            EntryKind::Ended => self.open.on,
            EntryKind::Renewed => self.open.to,
            _ => None,
        };
        let agreement = self.reader.agreement;
        let subject = self.open.subject.as_deref().unwrap_or_default();
        let term = agreement.obligation(subject).unwrap_or(&agreement.term);
        let periods = self
            .reader
            .facts
            .schedule
            .of_obligation(&agreement.id, &term.id);
        let mut ends = periods
            .filter(|period| period.kind == OccurrenceKind::Term)
            .filter_map(|period| period.due)
            .peekable();
        ends.peek().is_some() && day.is_some_and(|day| ends.all(|end| end != day))
    }

    /// What follows if nobody answers what one party alone has said.
    fn unanswered(&self) -> String {
        let language = self.reader.language;
        let facts = self.reader.facts;
        let agreement = self.reader.agreement;
        let rule = Rule::new(facts.office, agreement, &facts.record.asked, facts.today);
        let asked_before = || Some(rule.silence(self.open, self.reader.party)?.from);
        let from = self.asks.map(|asks| asks.silent_from);
        let needs_all = self.standing.is_some_and(|s| self.what_holds(s).is_some());
        match from.or_else(asked_before) {
            Some(from) => follows::silence(language, &self.reader_name(), from),
            // Where one side's word is enough, it is not for this day.
            None if needs_all && rule.confirmation(self.open) == Confirmation::None => {
                follows::unanswered(
                    language,
                    self.open.kind,
                    Confirmation::Required,
                    &self.reader_name(),
                    false,
                )
            }
            None => follows::unanswered(
                language,
                self.open.kind,
                rule.confirmation(self.open),
                &self.reader_name(),
                rule.may_be_silent(self.open, self.reader.party) && self.may_be_asked(),
            ),
        }
    }

    /// Whether somebody of the reader's party gets the mail that asks: of a party that has overviews alone, silence is never an
    /// answer.
    fn may_be_asked(&self) -> bool {
        let hearers = hearers(self.reader);
        let hearers = hearers.of_entry(self.reader.agreement, self.open, Occasion::Reminder);
        hearers.iter().any(|of| of.party.id == *self.reader.party)
    }

    /// What is withdrawn once it is accepted: what is counted from the missing of what it says was done, here or under what this
    /// agreement amends.
    fn withdraws(&self) -> Option<String> {
        let (reader, agreement) = (self.reader, self.reader.agreement);
        let office = reader.facts.office;
        let may_see = |o: &Occurrence| {
            let of = office.agreement(o.agreement.as_str());
            let of = of.filter(|of| reader::Reader::Party(reader.party).sees(of));
            let obligation = of.and_then(|of| of.owed(o.obligation.as_str()));
            obligation.is_some_and(|obligation| reader.may_see(&obligation.visibility))
        };
        let withdrawn: Vec<String> = std::iter::once(&agreement.id)
            .chain(&agreement.amends)
            .flat_map(|id| reader.facts.schedule.of_agreement(id))
            .filter(|o| o.withdrawn_by.contains(&self.open.number))
            .filter(|o| may_see(o))
            .map(|o| sections::called(reader, o).whole())
            .collect();
        (!withdrawn.is_empty()).then(|| follows::withdraws(reader.language, &withdrawn))
    }

    /// Until when what it speaks of lasts, where it speaks of that.
    fn term(&self) -> Vec<String> {
        let language = self.reader.language;
        let is_of_an_end = matches!(
            self.open.kind,
            EntryKind::Notice | EntryKind::Renewed | EntryKind::Ended
        );
        if !is_of_an_end {
            return Vec::new();
        }
        let agreement = &self.reader.agreement.id;
        let schedule = self.reader.facts.schedule;
        let subject = self.open.subject.as_deref();
        let mut lines = Vec::new();
        if self.open.kind == EntryKind::Notice
            && let Some(on) = self.open.on
            && let Some(window) = schedule.notice_window(agreement, subject, on)
        {
            lines.push(follows::notice_was_due(
                language,
                window.opens,
                window.closes,
                on,
                self.reader.facts.today,
            ));
            lines.extend(self.told_of_late(window));
        }
        let periods: Vec<(NaiveDate, Option<NaiveDate>)> = schedule
            .of_agreement(agreement)
            .filter(|o| o.kind == OccurrenceKind::Term)
            .filter(|o| Some(o.obligation.as_str()) == subject)
            .filter_map(|o| Some((o.due?, o.renewed_until)))
            .collect();
        // Notice that ends nothing is told with the period in which it was given.
        let is_in_vain = |(_, goes_on): &(_, Option<NaiveDate>)| {
            goes_on.is_some() && self.open.kind == EntryKind::Notice
        };
        let given_in = periods.iter().find(|(due, _)| Some(*due) >= self.open.on);
        // Of what goes on without an end, the period that holds today.
        let last = periods.last().copied().map(|last| {
            let mut periods = periods.iter().copied().filter(|_| last.1.is_some());
            let today = self.reader.facts.today;
            periods.find(|(due, _)| *due >= today).unwrap_or(last)
        });
        let of_a_term = match last {
            Some(last) if is_in_vain(&last) => given_in.copied().or(Some(last)),
            last => last,
        };
        // What ends of an obligation without a term of its own is no end of the agreement's.
        let is_of_an_obligation =
            subject.is_some_and(|id| self.reader.agreement.obligation(id).is_some());
        let of_it_all = || {
            if is_of_an_obligation {
                return None;
            }
            let days = schedule.agreements.get(agreement)?;
            Some((days.expires.as_ref()?.day, days.renewed_until))
        };
        if let Some((end, goes_on)) = of_a_term.or_else(of_it_all) {
            lines.push(follows::lasts(language, end, goes_on));
        }
        lines
    }

    /// That notice in a window counts for nothing until another party confirms it: when it was entered, the term had gone on.
    fn told_of_late(&self, window: &RenewalDays) -> Option<String> {
        let facts = self.reader.facts;
        let mut periods = facts.schedule.of_agreement(&self.reader.agreement.id);
        let of_it = |o: &&Occurrence| {
            let days = o.renewal.as_ref();
            days.is_some_and(|days| std::ptr::eq(days, window))
        };
        let end = periods.find(of_it)?.due?;
        let entered = self.open.at.with_timezone(&facts.office.settings.zone);
        let is_open =
            |standing: &Standing| matches!(standing.stands, Stands::Claimed | Stands::Disputed);
        let is_in_time = self.open.on <= window.closes && self.open.on >= window.opens;
        (is_in_time && entered.date_naive() > end && self.standing.is_some_and(is_open))
            .then(|| follows::told_of_late(self.reader.language, end))
    }

    /// Whether the reader's word is missing.
    fn is_for_the_reader(&self) -> bool {
        let waits = |standing: &Standing| standing.waits_for_a_word_of(self.reader.party);
        self.open.by.as_ref() != Some(self.reader.party) && self.standing.is_some_and(waits)
    }

    fn next(&self) -> String {
        let language = self.reader.language;
        let reader = self.reader_name();
        let keeper = self.reader.facts.office.settings.keeper.as_ref();
        let keeper = keeper.map(|id| clean::line(self.reader.facts.office.short_name(id)));
        match keeper {
            Some(keeper) if self.is_in_the_readers_name() => {
                follows::in_your_name(language, &keeper, &reader)
            }
            keeper if self.is_for_the_reader() => {
                let other = keeper.filter(|_| !self.reader.keeps_the_record());
                follows::please_answer(language, &reader, other.as_deref(), is_claim(self.open))
            }
            keeper if self.may_strike() => {
                let other = keeper.filter(|_| !self.reader.keeps_the_record());
                follows::please_answer(language, &reader, other.as_deref(), is_claim(self.open))
            }
            _ => self
                .settle()
                .unwrap_or_else(|| follows::no_answer_needed(language, &reader)),
        }
    }

    /// How the reader, who says otherwise than another, settles that.
    fn settle(&self) -> Option<String> {
        let standing = self.standing?;
        let party = self.reader.party;
        if standing.stands != Stands::Disputed {
            return None;
        }
        let other = if self.open.by.as_ref() == Some(party) {
            standing.against.first()?
        } else if standing.against.contains(party) {
            self.open.by.as_ref()?
        } else {
            return None;
        };
        let (open, record) = (self.open, self.reader.facts.record);
        let own = record
            .standing()
            .filter(|e| e.by.as_ref() == Some(party))
            .filter(|e| e.number == open.number || is_same_matter(e, open, Repeats::No))
            .last();
        Some(follows::settle(
            self.reader.language,
            &self.reader_name(),
            &clean::line(self.reader.facts.office.short_name(other)),
            own.and_then(|own| own.on),
        ))
    }

    /// Whether the reader may settle a dispute by taking its own word back.
    fn is_disputed_word_of_the_reader(&self) -> bool {
        let is_disputed = |standing: &Standing| standing.stands == Stands::Disputed;
        self.open.by.as_ref() == Some(self.reader.party) && self.standing.is_some_and(is_disputed)
    }

    /// Whether the reader's own strike is missing before what all agreed to is void.
    fn may_strike(&self) -> bool {
        self.entry.kind == EntryKind::Struck && self.entry.proposed
    }

    /// The commands for whoever keeps the record.
    fn commands(&self) -> Vec<String> {
        if !self.reader.keeps_the_record() {
            return Vec::new();
        }
        let (party, office) = (self.reader.party, self.reader.facts.office);
        if self.may_strike() {
            let entry = self.entry;
            let number = entry.entry.unwrap_or_default();
            return vec![format!(
                "sideletter record struck {} --entry {number} --by {party}",
                entry.agreement
            )];
        }
        if self.is_disputed_word_of_the_reader() {
            return vec![format!("sideletter {}", how_to_strike(self.open, office))];
        }
        if !self.is_for_the_reader() {
            // Who says otherwise may still come over.
            let answer = self.settle().map(|_| EntryKind::Confirmed);
            return answer
                .map(|answer| how_to_answer(answer, self.open, party, office))
                .map(|how| format!("sideletter {how}"))
                .into_iter()
                .collect();
        }
        [EntryKind::Confirmed, EntryKind::Disputed]
            .map(|answer| {
                let how = how_to_answer(answer, self.open, party, office);
                format!("sideletter {how}")
            })
            .to_vec()
    }
}

/// The days that rest on an entry: `Follow-up meeting: due 30 March 2014`.
fn days_that_rest_on(reader: &Reader<'_>, entry: &Entry) -> Vec<String> {
    reader
        .facts
        .schedule
        .of_agreement(&entry.agreement)
        // That a condition came about makes its own day hold.
        .filter(|o| {
            let is_its_own = entry.subject.as_deref() == Some(o.obligation.as_str());
            !is_its_own || condition(reader, entry).is_some()
        })
        .filter(|o| !o.projected && o.due.or(o.opens).is_some())
        // What would be withdrawn with it does not follow from it.
        .filter(|o| !o.withdrawn_by.contains(&entry.number) && rests_on(o, entry.number))
        .filter(|o| {
            sections::obligation(reader, o.obligation.as_str())
                .is_some_and(|o| reader.may_see(&o.visibility))
        })
        .map(|o| {
            let called = sections::called(reader, o).whole();
            let when = open_condition(reader, o);
            let goes_by = || gets_its_day(reader.language, &called, when.as_deref());
            by_this_claim(reader, o, entry.number).unwrap_or_else(goes_by)
        })
        .collect()
}

/// The condition under which something is owed, as long as it is not recorded that it came about.
fn open_condition(reader: &Reader<'_>, occurrence: &Occurrence) -> Option<String> {
    let obligation = sections::obligation(reader, occurrence.obligation.as_str())?;
    let is_open = matches!(occurrence.state, State::Waiting | State::Unrecorded);
    let when = obligation.when.as_deref().filter(|_| is_open)?;
    Some(reader.line(when))
}

/// The day that a claim would give where another goes before it, with the day that holds meanwhile.
fn by_this_claim(reader: &Reader<'_>, occurrence: &Occurrence, entry: u64) -> Option<String> {
    let mut claimed = occurrence.other_readings.iter().filter(|of| of.is_claimed);
    let of_it = claimed.find(|claim| names_entry(&claim.text, entry))?;
    let title = sections::called(reader, occurrence).title;
    let meanwhile = occurrence.due.or(occurrence.opens)?;
    Some(by_one_claim(
        reader.language,
        &title,
        of_it.date?,
        meanwhile,
    ))
}

fn rests_on(occurrence: &Occurrence, entry: u64) -> bool {
    let mut steps = occurrence.steps.iter();
    occurrence.entries.contains(&entry) || steps.any(|step| names_entry(&step.source, entry))
}

/// Whether words name an entry of the record.
fn names_entry(words: &str, entry: u64) -> bool {
    let after = words.split_once(format!("entry {entry}").as_str());
    after.is_some_and(|(_, after)| !after.starts_with(|c: char| c.is_ascii_digit()))
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
