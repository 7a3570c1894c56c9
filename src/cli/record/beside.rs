//! What an entry stands beside: another case, the day of the file, what all agreed to skip, a word that is missing; and who may
//! answer it.

use super::super::why::skipped_and_reported;
use super::follows::Change;
use crate::ids::PartyId;
use crate::language::Trigger;
use crate::reader::Reader;
use crate::record::answers::{Standing, Stands};
use crate::record::entering::{self, how_to_answer};
use crate::record::told;
use crate::record::{Entry, EntryKind};
use crate::schedule::{AmendedTo, Occurrence, Schedule, State};
use crate::words;
use std::fmt::Write as _;

/// How another case is told from one for whose words two days are claimed.
pub(super) fn same_words(about: &Entry, standing: &Standing) -> String {
    match &about.for_words {
        Some(words) if standing.stands == Stands::Disputed && about.kind == EntryKind::Happened => {
            format!(
                "Those who name different days for the same words speak of one case; if this is another, strike it out and enter it with words of its own: --for \"{}, second\"\n",
                entering::text::shown(words)
            )
        }
        _ => String::new(),
    }
}

impl Change<'_> {
    /// Who may answer the entry, and how; who may not see it is not asked.
    pub(super) fn who_may_answer(&self, standing: &Standing) -> String {
        let mut text = String::new();
        let may_see = |party: &PartyId| {
            let shown = Reader::Party(party).shown(self.office, &self.after.entries);
            shown.contains(&self.entry.number)
        };
        let hidden = standing.waits_for.iter().filter(|party| !may_see(party));
        if let [first, others @ ..] = hidden.collect::<Vec<_>>().as_slice() {
            let _ = writeln!(
                text,
                "{} may not see it, and {} not asked about it.",
                self.names([*first].into_iter().chain(others.iter().copied())),
                if others.is_empty() { "is" } else { "are" }
            );
        }
        for party in standing.waits_for.iter().filter(|party| may_see(party)) {
            let _ = writeln!(
                text,
                "{} may answer: {} {}, or `disputed` in its place",
                self.office.short_name(party),
                self.program,
                how_to_answer(EntryKind::Confirmed, self.entry, party, self.office)
            );
        }
        text
    }

    /// That what the keeper entered for a party waits for that party's own word, where its confirmation adds none.
    pub(super) fn own_word_is_missing(&self, about: &Entry, standing: &Standing) -> String {
        let own = about.by.as_ref().filter(|_| about.is_in_name_only());
        let own = own.filter(|by| {
            self.entry.kind == EntryKind::Confirmed
                && standing.stands == Stands::Claimed
                && standing.waits_for.contains(by)
        });
        own.map_or_else(String::new, |by| {
            format!(
                "Entry {} was entered for {} without its own words, and waits for those: {} {}\n",
                about.number,
                self.office.short_name(by),
                self.program,
                how_to_answer(EntryKind::Confirmed, about, by, self.office)
            )
        })
    }

    /// That the file gives another day than an entry for what happened.
    pub(super) fn beside_the_file(&self, about: &Entry, standing: &Standing) -> String {
        let is_open = matches!(standing.stands, Stands::Claimed | Stands::Disputed);
        let subject = about.subject.as_deref().unwrap_or_default();
        let in_file = match subject {
            "signing" => self.agreement.signed.as_ref(),
            event => self
                .agreement
                .event(event)
                .and_then(|event| event.date.as_ref()),
        };
        let in_file = in_file
            .map(|day| day.value)
            .filter(|day| is_open && about.kind == EntryKind::Happened && Some(*day) != about.on);
        in_file.map_or_else(String::new, |day| {
            format!(
                "Its file gives {}, so that two days are claimed: both are shown until one of them is confirmed or taken back.\n",
                words::day(day)
            )
        })
    }

    /// Another day of an event that repeats, without words, is a case beside those that others have told of.
    pub(super) fn second_case(&self) -> String {
        let entry = self.entry;
        let event = entry
            .subject
            .as_deref()
            .and_then(|id| self.agreement.event(id));
        let is_bare =
            |entry: &Entry| entry.kind == EntryKind::Happened && entry.for_words.is_none();
        if !is_bare(entry) || !event.is_some_and(|event| event.repeats) {
            return String::new();
        }
        let told: Vec<&Entry> = self
            .after
            .standing()
            .filter(|other| {
                is_bare(other)
                    && (&other.agreement, &other.subject) == (&entry.agreement, &entry.subject)
            })
            .collect();
        let is_told_by_both = |other: &Entry| {
            told.iter()
                .any(|own| own.by == entry.by && own.on == other.on)
        };
        let is_of_another = |other: &Entry| other.by != entry.by;
        let says_the_same = |other: &&Entry| is_of_another(other) && other.on == entry.on;
        let mut others = told.iter().rev();
        let other = others.find(|other| is_of_another(other) && !is_told_by_both(other));
        let other = other.filter(|_| !told.iter().any(says_the_same));
        let Some((other, day)) = other.and_then(|other| Some((other, other.on?))) else {
            return String::new();
        };
        let who = told::who(self.office, other);
        let who = if who.is_empty() {
            who
        } else {
            format!("{who}, ")
        };
        let answer = match &entry.by {
            Some(by) => how_to_answer(EntryKind::Confirmed, other, by, self.office),
            None => format!(
                "record confirmed {} --entry {} --by PARTY",
                other.agreement, other.number
            ),
        };
        format!(
            "It is taken as a second case, beside entry {} ({who}{}): without --for each day is a case of its own. If it is the same, strike this out and answer that entry: {} {answer}, or `disputed` in its place\n",
            other.number,
            words::day(day),
            self.program
        )
    }

    /// That what the entry speaks of is skipped as all agreed, and said to have been done.
    pub(super) fn skipped(&self, is: &Schedule) -> String {
        let decides = matches!(
            self.entry.kind,
            EntryKind::Met | EntryKind::Waived | EntryKind::Confirmed | EntryKind::Disputed
        );
        let mut of_it = is
            .occurrences
            .iter()
            .filter(|o| decides && o.entries.contains(&self.entry.number));
        let said = of_it.find_map(|o| skipped_and_reported(self.office, o));
        said.map_or_else(String::new, |said| {
            format!("{}.\n", words::capitalized(&said))
        })
    }

    /// That to dispute notice which was entered in time changes no day.
    pub(super) fn disputes_notice_in_time(&self) -> String {
        let answered = self.entry.entry.and_then(|number| self.after.entry(number));
        let notice = answered.filter(|answered| {
            self.entry.kind == EntryKind::Disputed && answered.kind == EntryKind::Notice
        });
        let in_time = notice.and_then(|notice| {
            let (on, subject) = (notice.on?, notice.subject.as_deref());
            let of_case = notice.for_words.as_deref();
            let window = self
                .was
                .notice_window(&self.agreement.id, subject, of_case, on)?;
            let entered = notice.at.with_timezone(&self.office.settings.zone);
            let in_window = window.opens.is_none_or(|opens| opens <= on)
                && window
                    .closes
                    .is_none_or(|closes| entered.date_naive() <= closes);
            in_window.then_some(())
        });
        in_time.map_or_else(String::new, |()| {
            "No day changes with that: notice that was given and entered in time counts, whatever another party says of it.\n".to_owned()
        })
    }

    /// That what hangs on an event is owed no more, and from which event of another agreement what stands in its place follows.
    pub(super) fn stands_in_its_place(&self, is: &Schedule) -> String {
        let subject = self.entry.subject.as_deref().unwrap_or_default();
        let event = self.agreement.event(subject);
        if self.entry.kind != EntryKind::Happened || !event.is_some_and(|event| event.repeats) {
            return String::new();
        }
        let hint = |o: &Occurrence| {
            let is_of_it = o.begun.by.contains(&self.entry.number);
            let by = o
                .amended()
                .filter(|_| is_of_it && o.state == State::Superseded)?;
            let AmendedTo::Replaced(there, id) = &by.to else {
                return None;
            };
            let there = self.office.agreement(there.as_str())?;
            let phrase = there.obligation(id.as_str())?.timing.phrase()?;
            let own = phrase
                .tree
                .triggers()
                .into_iter()
                .find_map(|trigger| match trigger {
                    Trigger::Event {
                        agreement: None,
                        event,
                    } => there.event(event.as_str()).filter(|event| event.repeats),
                    _ => None,
                })?;
            let on = self.entry.on?;
            let words = self.entry.for_words.as_deref().map(entering::text::shown);
            let words = words.map_or_else(String::new, |words| format!(" --for \"{words}\""));
            Some(format!(
                "`{0}/{id}` stands in the place of `{1}` and follows from `{0}/{2}`; if it is that which happened: {3} record happened {0}/{2} --on {on}{words}\n",
                there.id, o.obligation, own.id, self.program
            ))
        };
        is.occurrences.iter().find_map(hint).unwrap_or_default()
    }
}
