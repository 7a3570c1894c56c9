//! What follows from what a party has said, and what if nobody answers.

use super::super::super::recipients::Occasion;
use super::super::super::stage::Stage;
use super::super::super::wording::follows::{self, Meanwhile};
use super::super::{clean, sections};
use super::rests_on::days_that_rest_on;
use super::{Answer, by, earlier, hearers, occurrence};
use crate::agreement::Confirmation;
use crate::ids::PartyId;
use crate::reader;
use crate::record::answers::{Rule, Standing, Stands, is_claim, other_answers};
use crate::record::{EntryKind, told};
use crate::schedule::{Occurrence, OccurrenceKind, RenewalDays};
use crate::words::Sentence;
use chrono::NaiveDate;

impl Answer<'_, '_> {
    /// What follows from it, and what if nobody answers.
    pub(super) fn follows(&self) -> Vec<String> {
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
        let periods = self.reader.facts.schedule.of_case(
            &agreement.id,
            &term.id,
            self.open.for_words.as_deref(),
        );
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
            && let Some(window) =
                schedule.notice_window(agreement, subject, self.open.for_words.as_deref(), on)
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
            .filter(|o| self.open.for_words.is_none() || o.for_words == self.open.for_words)
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
}
